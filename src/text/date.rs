//! Days and months as Vietnamese reports write them: `28/06/2023`, `ngày 5 tháng 4 năm 2023`, `Tháng 7/2023`, `T4.2023`.

use jiff::civil::Date;

use super::fold;
use crate::model::Period;

/// The day of an Excel serial number (1900 or 1904 epoch); the time of day is dropped.
#[must_use]
pub fn from_serial(serial: f64, is_1904: bool) -> Option<Date> {
    // Excel's 1900 calendar counts a 29 February 1900 that never was: days from 1 March 1900 on start at 1899-12-30.
    let (epoch, serial) =
        if is_1904 { (Date::constant(1904, 1, 1), serial) } else { (Date::constant(1899, 12, 30), serial) };
    let days = serial.is_finite().then(|| serial.floor() as i64).filter(|d| (0..200_000).contains(d))?;
    epoch.checked_add(jiff::Span::new().days(days)).ok()
}

/// The day that a text states, day first: `9/11/2023`, `09-11-2023`, `9.11.23`, `ngày 9 tháng 11 năm 2023`, `2023-11-09`.
#[must_use]
pub fn day(text: &str) -> Option<Date> {
    let folded = fold(text);
    let tokens: Vec<&str> = folded.split(' ').collect();
    let number = |t: &str| -> Option<i16> { (t.len() <= 4).then(|| t.parse().ok()).flatten() };
    let numbers: Vec<i16> = tokens.iter().filter_map(|t| number(t)).collect();
    let &[a, b, c] = numbers.as_slice() else { return None };
    let (year, month, day) = if a > 31 { (a, b, c) } else { (full_year(c), b, a) };
    let words = ["ngay", "thang", "nam", "truoc", "den", "han", "hoan", "thanh", "xong", "muon", "nhat"];
    let plain = tokens.iter().all(|t| number(t).is_some() || words.contains(t));
    (plain && (1990..=2100).contains(&year))
        .then(|| Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok())
        .flatten()
}

/// The last day of a month that a text states as a due date without a day: `tháng 6/2023`, `6/2023`, `quý II/2023`.
#[must_use]
pub fn month_or_quarter_end(text: &str) -> Option<Date> {
    let folded = fold(text);
    let names_quarter = folded.split(' ').any(|word| word == "quy");
    if let [month] = months(text).as_slice()
        && !names_quarter
    {
        return Some(month.day(31));
    }
    let year_end = ["cuoi nam ", "het nam ", "trong nam ", "den nam ", "nam "].iter().find_map(|words| {
        let year: i16 = folded.strip_prefix("den ").unwrap_or(&folded).strip_prefix(words)?.parse().ok()?;
        Period::new(year, 12).filter(|_| (2005..=2100).contains(&year))
    });
    if let Some(december) = year_end {
        return Some(december.day(31));
    }
    let mut tokens = folded.split(' ').skip_while(|t| *t != "quy").skip(1);
    let quarter = tokens.next().and_then(|t| t.parse().ok().or_else(|| super::roman::parse(t)))?;
    let year = tokens.find_map(|t| t.parse::<i16>().ok())?;
    ((1..=4).contains(&quarter))
        .then(|| Period::new(year, i8::try_from(quarter * 3).ok()?))
        .flatten()
        .map(|p| p.day(31))
}

fn full_year(year: i16) -> i16 {
    if (0..100).contains(&year) { 2000 + year } else { year }
}

/// All months that a text names, in order, without repeats; a full date names its month.
///
/// ```
/// let found = ntm::text::date::months("Xã Đồn Xá (Tính đến tháng 11/2023)");
/// assert_eq!(found[0].to_string(), "2023-11");
/// ```
#[must_use]
pub fn months(text: &str) -> Vec<Period> {
    let folded = fold(text);
    let tokens = split_tokens(&folded);
    let number = |at: usize| -> Option<i16> { tokens.get(at).filter(|t| t.len() <= 4).and_then(|t| t.parse().ok()) };
    let year_at = |at: usize| -> Option<i16> {
        let at = if tokens.get(at).is_some_and(|t| *t == "nam") { at + 1 } else { at };
        number(at).filter(|y| (2005..=2100).contains(y))
    };
    let mut found: Vec<Period> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let (hit, step) = month_at(&tokens, at, &number, &year_at);
        if let Some(period) = hit.filter(|p| !found.contains(p)) {
            found.push(period);
        }
        at += step;
    }
    found
}

/// The month that begins at a token, and how many tokens it takes.
fn month_at(
    tokens: &[&str],
    at: usize,
    number: &dyn Fn(usize) -> Option<i16>,
    year_at: &dyn Fn(usize) -> Option<i16>,
) -> (Option<Period>, usize) {
    let period = |y: i16, m: i16| i8::try_from(m).ok().and_then(|m| Period::new(y, m));
    let two_digit_year = |at: usize| {
        // "T4.23": two digits are a year only where a word says that a month comes before them.
        tokens
            .get(at)
            .filter(|t| t.len() == 2)
            .and_then(|t| t.parse::<i16>().ok())
            .filter(|y| (10..=60).contains(y))
            .map(|y| y + 2000)
    };
    if matches!(tokens[at], "thang" | "t" | "th" | "ky") {
        if let Some((m, words)) = month_in_words(&tokens[at + 1..])
            && let Some(y) = year_at(at + 1 + words)
        {
            return (period(y, m), 2 + words);
        }
        if let Some(m) = number(at + 1)
            && let Some(y) = year_at(at + 2).or_else(|| two_digit_year(at + 2))
        {
            return (period(y, m), 3);
        }
        return (None, 1);
    }
    match (number(at), number(at + 1), year_at(at + 2)) {
        // Day, month, year.
        (Some(d), Some(m), Some(y)) if (1..=31).contains(&d) && (1..=12).contains(&m) => (period(y, m), 3),
        _ => match (number(at), year_at(at + 1), number(at + 1)) {
            // 11/2023
            (Some(m), Some(y), _) if (1..=12).contains(&m) => (period(y, m), 2),
            // 2023-11
            (Some(y), _, Some(m)) if (2005..=2100).contains(&y) && (1..=12).contains(&m) => (period(y, m), 2),
            _ => (None, 1),
        },
    }
}

/// `Giêng`, `Tư`, `Mười hai`: a month's name, and how many words it takes. `Tháng năm 2023` is a gap and a year.
pub(super) fn month_in_words(tokens: &[&str]) -> Option<(i16, usize)> {
    let word = |at: usize| tokens.get(at).copied().unwrap_or("");
    Some(match (word(0), word(1)) {
        ("muoi", "mot") => (11, 2),
        ("muoi", "hai") => (12, 2),
        ("muoi", _) => (10, 1),
        ("gieng" | "mot", _) => (1, 1),
        ("hai", _) => (2, 1),
        ("ba", _) => (3, 1),
        ("tu", _) => (4, 1),
        ("nam", "nam") => (5, 1),
        ("sau", _) => (6, 1),
        ("bay", _) => (7, 1),
        ("tam", _) => (8, 1),
        ("chin", _) => (9, 1),
        ("chap", _) => (12, 1),
        _ => return None,
    })
}

/// Tokens of a folded text with letters and digits apart: `t4 2023` is `t`, `4`, `2023`; `202304` is `2023`, `04`.
pub(super) fn split_tokens(folded: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    for word in folded.split(' ').filter(|w| !w.is_empty()) {
        let mut rest = word;
        while !rest.is_empty() {
            let digits = rest.as_bytes()[0].is_ascii_digit();
            let end = rest.bytes().position(|b| b.is_ascii_digit() != digits).unwrap_or(rest.len());
            let (token, tail) = rest.split_at(end);
            match token.len() {
                6 if digits && token.starts_with("20") => tokens.extend([&token[..4], &token[4..]]),
                6 if digits && token[2..].starts_with("20") => tokens.extend([&token[..2], &token[2..]]),
                8 if digits && token.starts_with("20") => tokens.extend([&token[..4], &token[4..6]]),
                8 if digits => tokens.extend([&token[..2], &token[2..4], &token[4..]]),
                _ => tokens.push(token),
            }
            rest = tail;
        }
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deadline_without_a_day_is_the_last_of_its_month_quarter_or_year() {
        for (text, expected) in [
            ("Tháng 7/2024", "2024-07-31"),
            ("Quý 2/2024", "2024-06-30"),
            ("quý II năm 2024", "2024-06-30"),
            ("Quý IV/2022", "2022-12-31"),
            ("Cuối năm 2024", "2024-12-31"),
            ("Năm 2025", "2025-12-31"),
            ("đến hết năm 2024", "2024-12-31"),
        ] {
            let end = month_or_quarter_end(text).map(|day| day.to_string());
            assert_eq!(end.as_deref(), Some(expected), "{text}");
        }
        assert_eq!(month_or_quarter_end("Đầu năm 2024"), None);
    }

    #[test]
    fn months_are_found_in_every_wording() {
        for (text, expected) in [
            ("Tháng 7 năm 2023", "2023-07"),
            ("(Tính đến tháng 11/2023)", "2023-11"),
            ("(Số liệu đến ngày 28/06/2023)", "2023-06"),
            ("BC NTM T4.2023", "2023-04"),
            ("bao cao thang 04-2023.xlsx", "2023-04"),
            ("2023-04", "2023-04"),
            ("NTM_042023", "2023-04"),
            ("Kỳ báo cáo: 5/2024", "2024-05"),
            ("đến hết ngày 30 tháng 9 năm 2023", "2023-09"),
            ("T4-23", "2023-04"),
            ("NTM 20230425", "2023-04"),
            ("Thời điểm: tháng Bảy năm 2022", "2022-07"),
            ("tháng Năm năm 2023", "2023-05"),
            ("Tháng Mười Hai năm 2023", "2023-12"),
        ] {
            let found: Vec<String> = months(text).iter().map(ToString::to_string).collect();
            assert_eq!(found, [expected], "{text}");
        }
    }

    #[test]
    fn decisions_and_ratios_name_no_month() {
        for text in [
            "Quyết định 318/QĐ-TTg",
            "17/19 tiêu chí, 70/75 chỉ tiêu",
            "giai đoạn 2021-2025",
            "Tháng 4",
            "19.2",
            "năm 2023",
            "Tháng      năm 2023",
        ] {
            assert_eq!(months(text), [], "{text}");
        }
    }

    #[test]
    fn days_are_read_day_first() {
        for text in ["9/11/2023", "09-11-2023", "9.11.23", "ngày 9 tháng 11 năm 2023", "2023-11-09", "Trước 09/11/2023"]
        {
            assert_eq!(day(text), Some(Date::constant(2023, 11, 9)), "{text}");
        }
        for text in ["31/2/2023", "tháng 6/2023", "", "sớm nhất", "45239"] {
            assert_eq!(day(text), None, "{text}");
        }
        assert_eq!(month_or_quarter_end("Quý II/2023"), Some(Date::constant(2023, 6, 30)));
        assert_eq!(month_or_quarter_end("tháng 6/2023"), Some(Date::constant(2023, 6, 30)));
    }

    #[test]
    fn serial_numbers_are_days_in_both_calendars() {
        assert_eq!(from_serial(45_239.75, false), Some(Date::constant(2023, 11, 9)));
        assert_eq!(from_serial(43_777.0, true), Some(Date::constant(2023, 11, 9)));
        assert_eq!(from_serial(-1.0, false), None);
    }
}
