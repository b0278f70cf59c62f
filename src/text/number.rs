//! Numbers as Vietnamese clerks type them: `95,5%`, `8.481/9.669`, `54.500.000 đồng`, `≥ 90`.

/// What a text says as a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantity {
    /// The number; for a ratio the share in percent.
    pub value: f64,
    /// Whether a percent sign or a ratio says that it is a share.
    pub percent: bool,
    /// The two parts of a ratio, where they are written.
    pub ratio: Option<(f64, f64)>,
    /// Whether the reading of dots and commas rests on an assumption (`1.234` alone).
    pub doubtful: bool,
}

/// Reads the one quantity that a text states; `None` where there is none, or more than one that disagree.
///
/// The comma is the decimal sign and the dot groups thousands, unless the digits say otherwise: `95.5` can only be a
/// decimal, `1.234` alone is taken as a thousand and said to be doubtful.
///
/// ```
/// use ntm::text::number::parse;
/// assert_eq!(parse("95,5%").unwrap().value, 95.5);
/// assert_eq!(parse("87,7% (8.481/9.669)").unwrap().ratio, Some((8481.0, 9669.0)));
/// assert_eq!(parse("chưa có"), None);
/// ```
#[must_use]
pub fn parse(text: &str) -> Option<Quantity> {
    let found = numbers(text);
    let ratio = ratio_in(text, &found);
    let percent = found.iter().find(|n| n.percent);
    if let Some(n) = percent {
        return Some(Quantity { value: n.value, percent: true, ratio, doubtful: n.doubtful });
    }
    if let Some((part, whole)) = ratio.filter(|(part, whole)| *whole > 0.0 && part <= whole) {
        return Some(Quantity { value: part / whole * 100.0, percent: true, ratio, doubtful: false });
    }
    // "năm 2023 ước đạt 65,8 triệu đồng": a year after its word is no second figure.
    let is_dated = |n: &Found| is_year(n.value) && crate::text::fold(&text[..n.start]).ends_with("nam");
    let undated: Vec<Found> = found.iter().copied().filter(|n| !is_dated(n)).collect();
    match if undated.is_empty() { &found } else { &undated }.as_slice() {
        [only] => Some(Quantity { value: only.value, percent: false, ratio: None, doubtful: only.doubtful }),
        [first, rest @ ..] if !text.contains('/') => {
            // "4 sao (cấp tỉnh công nhận năm 2022)": the first number counts when the others are years or ordinals.
            let years = rest.iter().all(|n| is_year(n.value));
            years.then_some(Quantity { value: first.value, percent: false, ratio: None, doubtful: true })
        }
        _ => None,
    }
}

fn is_year(value: f64) -> bool {
    (1990.0..=2100.0).contains(&value) && value.fract() == 0.0
}

/// A number inside a text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Found {
    /// The number.
    pub value: f64,
    /// Whether a percent sign or its words follow.
    pub percent: bool,
    /// Whether the reading of dots and commas rests on an assumption.
    pub doubtful: bool,
    /// Where its digits begin, in bytes.
    pub start: usize,
    /// Where they end.
    pub end: usize,
}

/// All numbers of a text that do not stand behind a letter.
pub(crate) fn numbers(text: &str) -> Vec<Found> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let after_letter = text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
        if !bytes[at].is_ascii_digit() || after_letter {
            at += 1;
            while !text.is_char_boundary(at) {
                at += 1;
            }
            continue;
        }
        let start = at;
        while at < bytes.len() && (bytes[at].is_ascii_digit() || is_separator(bytes, at)) {
            at += 1;
        }
        let Some((value, doubtful)) = decimal(&text[start..at]) else { continue };
        let rest = text[at..].trim_start();
        let negative = text[..start].ends_with(['-', '−'])
            && !text[..start].trim_end_matches(['-', '−']).ends_with(|c: char| c.is_alphanumeric());
        let letters: String = rest.chars().take(9).flat_map(char::to_lowercase).collect();
        let percent = rest.starts_with('%') || letters.starts_with("phần trăm");
        found.push(Found { value: if negative { -value } else { value }, percent, doubtful, start, end: at });
    }
    found
}

/// A dot, comma or thin space that stands between two digits belongs to the number.
fn is_separator(bytes: &[u8], at: usize) -> bool {
    matches!(bytes[at], b'.' | b',') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit)
}

/// The value of digits with dots and commas, and whether the reading is doubtful.
fn decimal(digits: &str) -> Option<(f64, bool)> {
    let dots = digits.matches('.').count();
    let commas = digits.matches(',').count();
    let grouped = |sign: char| {
        let mut parts = digits.split(sign);
        parts.next().is_some_and(|p| (1..=3).contains(&p.len()) && p != "0") && parts.all(|p| p.len() == 3)
    };
    let parse = |text: String| text.parse::<f64>().ok();
    match (dots, commas) {
        (0, 0) => Some((parse(digits.to_owned())?, false)),
        // 54.500.000 and 54,500,000
        (2.., 0) if grouped('.') => Some((parse(digits.replace('.', ""))?, false)),
        (0, 2..) if grouped(',') => Some((parse(digits.replace(',', ""))?, false)),
        // 1.234 could be both; a thousand is the Vietnamese reading.
        (1, 0) if grouped('.') => Some((parse(digits.replace('.', ""))?, true)),
        (1, 0) => Some((parse(digits.to_owned())?, false)),
        // 3,125 is a decimal: the comma never groups in Vietnamese, yet three digits behind it are rare.
        (0, 1) => Some((parse(digits.replace(',', "."))?, digits.rsplit(',').next()?.len() == 3 && grouped(','))),
        // 1.234,5 or 1,234.5: the last sign is the decimal one.
        (_, 1) if digits.rfind(',') > digits.rfind('.') => {
            Some((parse(digits.replace('.', "").replace(',', "."))?, false))
        }
        (1, _) if digits.rfind('.') > digits.rfind(',') => Some((parse(digits.replace(',', ""))?, false)),
        _ => None,
    }
}

/// `8.481/9.669`: two numbers with nothing but a slash between them.
fn ratio_in(text: &str, found: &[Found]) -> Option<(f64, f64)> {
    found.windows(2).find_map(|pair| {
        let between = text[pair[0].end..pair[1].start].trim();
        // 12/2022 is a month or the number of a decision.
        let is_of_year = is_year(pair[1].value) && pair[0].value < 1000.0;
        (between == "/" && !pair[0].percent && !pair[1].percent && !is_of_year)
            .then_some((pair[0].value, pair[1].value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Option<f64> {
        parse(text).map(|q| q.value)
    }

    #[test]
    fn commas_are_decimal_and_dots_group() {
        for (text, expected) in [
            ("95,5", 95.5),
            ("95.5%", 95.5),
            ("93,5 %", 93.5),
            ("54.500.000 đồng", 54_500_000.0),
            ("1.234,5", 1234.5),
            ("1,234.5", 1234.5),
            ("≥ 90%", 90.0),
            ("100", 100.0),
            ("0,85%", 0.85),
            ("đạt 147,70%", 147.7),
            ("-3,5", -3.5),
            ("62,5 triệu đồng/người/năm", 62.5),
            ("5 HTX", 5.0),
            ("1", 1.0),
            ("95 phần trăm", 95.0),
            ("Thu nhập bình quân năm 2023 ước đạt 65,8 triệu đồng/người", 65.8),
            ("năm 2023", 2023.0),
        ] {
            assert_eq!(value(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn a_ratio_is_a_share_in_percent() {
        let q = parse("8.481/9.669").unwrap();
        assert!((q.value - 87.713).abs() < 0.001 && q.percent);
        assert_eq!(parse("87,7% (8.481/9.669 người)").unwrap().value, 87.7);
    }

    #[test]
    fn what_states_no_single_number_is_none() {
        for text in ["", "Có", "Đảm bảo", "từ 10 đến 20", "12/4/2023", "x", "TC2"] {
            assert_eq!(value(text), None, "{text}");
        }
    }

    #[test]
    fn a_single_group_of_three_digits_is_doubtful() {
        assert!(parse("1.234").unwrap().doubtful);
        assert!(!parse("12.34").unwrap().doubtful);
        assert!(!parse("0.955").unwrap().doubtful);
        assert_eq!(value("0.955"), Some(0.955));
    }
}
