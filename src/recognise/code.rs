//! What a cell of a code column may mean: `TC 2.1`, `17,08`, the number 17.1 (or 17.10), 2 January for 2.1, `XIV`.

use crate::read::Value;
use crate::text::roman;

use super::view::Seen;

/// One reading of a code: criterion, indicator (0 for the criterion itself), and how sure it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Reading {
    pub(super) criterion: u16,
    pub(super) indicator: u16,
    pub(super) weight: f64,
    /// Written in its plain form, not repaired.
    pub(super) plain: bool,
}

/// No set has more criteria, no criterion more indicators.
const MAX_CRITERION: u16 = 40;
const MAX_INDICATOR: u16 = 40;

/// All readings of a cell as a code, the surest first; none for anything else.
pub(super) fn readings(cell: &Seen<'_>) -> Vec<Reading> {
    let mut readings = match cell.cell.value {
        Value::Number(n) => of_number(n),
        // A date in a code column is a code that Excel took for one: day.month in Vietnam, month.day elsewhere.
        Value::Date { date, .. } => {
            let (day, month) = (date.day() as u16, date.month() as u16);
            vec![repaired(day, month, 5.0), repaired(month, day, 2.0)]
        }
        Value::Text(_) => cell.readings().to_vec(),
        _ => Vec::new(),
    };
    readings.retain(|r| (1..=MAX_CRITERION).contains(&r.criterion) && r.indicator <= MAX_INDICATOR);
    readings
}

fn repaired(criterion: u16, indicator: u16, weight: f64) -> Reading {
    Reading { criterion, indicator, weight, plain: false }
}

/// A number has lost its last zero, if it had one: 17.1 may be 17.10. Float noise is rounded away.
fn of_number(n: f64) -> Vec<Reading> {
    if !(1.0..100.0).contains(&n) {
        return Vec::new();
    }
    let hundredths = (n * 100.0).round() as u32;
    let (criterion, rest) = ((hundredths / 100) as u16, (hundredths % 100) as u16);
    if (n * 100.0 - f64::from(hundredths)).abs() > 1e-6 {
        return Vec::new();
    }
    match (rest / 10, rest % 10) {
        (0, 0) => vec![Reading { criterion, indicator: 0, weight: 5.0, plain: true }],
        // 17.08 is 17.8 zero-padded.
        (0, ones) => vec![repaired(criterion, ones, 5.0)],
        (tens, 0) => {
            vec![Reading { criterion, indicator: tens, weight: 5.0, plain: true }, repaired(criterion, tens * 10, 4.0)]
        }
        _ => vec![Reading { criterion, indicator: rest, weight: 5.5, plain: true }],
    }
}

/// Words that may stand before or inside a code.
const CODE_WORDS: &[&str] = &["tc", "ct", "chi", "tieu", "so", "muc", "ma", "nd", "stt", "ntm", "nc", "ntmnc"];

/// Whether a folded word may stand before a code.
pub(super) fn is_code_word(word: &str) -> bool {
    CODE_WORDS.contains(&word)
}

/// One or two numbers with nothing but code words around them, or a Roman numeral.
pub(super) fn of_text(key: &str, text: &str) -> Vec<Reading> {
    if key.is_empty() || key.len() > 24 {
        return Vec::new();
    }
    if let Some(criterion) = key.split(' ').filter(|w| !CODE_WORDS.contains(w)).collect::<Vec<_>>().as_slice().first() {
        let only = key.split(' ').filter(|w| !CODE_WORDS.contains(w)).count() == 1;
        if let Some(criterion) = roman::parse(criterion).filter(|_| only) {
            return vec![Reading { criterion, indicator: 0, weight: 4.0, plain: true }];
        }
    }
    let tokens = split(key);
    let numbers: Vec<&str> = tokens.iter().copied().filter(|t| t.as_bytes()[0].is_ascii_digit()).collect();
    let strange = tokens.iter().any(|t| !t.as_bytes()[0].is_ascii_digit() && !CODE_WORDS.contains(t));
    if strange || text.contains(['%', '/', '≥', '≤', '>', '<']) || numbers.iter().any(|n| n.len() > 2) {
        return Vec::new();
    }
    let value = |n: &str| n.parse::<u16>().unwrap_or(0);
    match numbers.as_slice() {
        [criterion] => vec![Reading { criterion: value(criterion), indicator: 0, weight: 6.0, plain: true }],
        [criterion, indicator] => {
            let padded = indicator.starts_with('0') || criterion.starts_with('0');
            let written = text.trim_end_matches('.').ends_with(&format!("{criterion}.{indicator}"));
            let mut readings = vec![Reading {
                criterion: value(criterion),
                indicator: value(indicator),
                weight: 6.0,
                plain: written && !padded,
            }];
            // "17.0" can only be a number that was written as text.
            readings.retain(|r| r.indicator > 0);
            if readings.is_empty() {
                readings.push(repaired(value(criterion), 0, 5.0));
            }
            readings
        }
        _ => Vec::new(),
    }
}

/// Letters and digits apart: `tc2 1` is `tc`, `2`, `1`.
fn split(key: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    for word in key.split(' ').filter(|w| !w.is_empty()) {
        let mut rest = word;
        while let Some(first) = rest.bytes().next() {
            let digits = first.is_ascii_digit();
            let end = rest.bytes().position(|b| b.is_ascii_digit() != digits).unwrap_or(rest.len());
            tokens.push(&rest[..end]);
            rest = &rest[end..];
        }
    }
    tokens
}

/// The codes listed in a cell (`2.2, 2.3; 2.4`), and whether something in it is none: a number in such a cell belongs to
/// the criterion of its row.
pub(super) fn list(cell: &Seen<'_>, criterion: u16) -> (Vec<(u16, u16)>, bool) {
    if !cell.is_text() {
        let own = readings(cell).into_iter().find(|r| r.criterion == criterion && r.indicator > 0);
        return (own.map(|r| (r.criterion, r.indicator)).into_iter().collect(), own.is_none());
    }
    list_in(&cell.text, criterion)
}

/// The codes listed in a text, as in a cell.
pub(super) fn list_in(text: &str, criterion: u16) -> (Vec<(u16, u16)>, bool) {
    let mut codes = Vec::new();
    let mut rest = false;
    for part in text
        .split([';', ' ', '\n', '(', ')'])
        .map(|p| p.trim_matches([',', '.', ':', '-', '–']))
        .filter(|p| !p.is_empty())
    {
        for piece in if part.matches('.').count() > 1 { part.split(',').collect::<Vec<_>>() } else { vec![part] } {
            let piece = piece.trim();
            let key = crate::text::fold(piece);
            match of_text(&key, piece).first() {
                Some(r) if r.indicator > 0 => codes.push((r.criterion, r.indicator)),
                // A bare number is an indicator of the row's criterion, or that criterion's single one.
                Some(r) if r.criterion == criterion => codes.push((criterion, 1)),
                Some(r) => codes.push((criterion, r.criterion)),
                None => rest |= piece.bytes().any(|b| b.is_ascii_digit()),
            }
        }
    }
    (codes, rest)
}

/// The codes of a row that is of several indicators of one criterion: `2.2 - 2.4`, `Từ 3.1 đến 3.6`, `2.1, 2.3`.
pub(super) fn several(text: &str) -> Vec<(u16, u16)> {
    if text.len() > 60 || text.matches(['.', ',']).count() < 2 {
        return Vec::new();
    }
    let spaced = text.replace(['-', '–', '÷', '~', '→', '>'], " den ");
    let tokens = spaced.split([' ', ';', '(', ')']).map(|token| token.trim_matches(['.', ',', ':']));
    let mut codes: Vec<(u16, u16)> = Vec::new();
    let mut is_range = false;
    for token in tokens.flat_map(|token| token.split(',').map(str::trim)).filter(|token| !token.is_empty()) {
        let number = |digits: &str| (1..=2).contains(&digits.len()).then(|| digits.parse::<u16>().ok()).flatten();
        let code = token.split_once('.').and_then(|(criterion, indicator)| number(criterion).zip(number(indicator)));
        match (code, crate::text::fold(token).as_str()) {
            (Some(code), _) => {
                let from = codes.last().filter(|_| is_range).map_or(code.1, |last| last.1 + 1);
                if code.0 == 0
                    || code.1 == 0
                    || code.1 > MAX_INDICATOR
                    || codes.iter().any(|c| c.0 != code.0 || *c >= code)
                {
                    return Vec::new();
                }
                codes.extend((from..=code.1).map(|indicator| (code.0, indicator)));
                is_range = false;
            }
            (None, "den" | "toi") if !codes.is_empty() => is_range = true,
            (None, "tu" | "va" | "den" | "toi") => {}
            (None, word) if is_code_word(word) => {}
            _ => return Vec::new(),
        }
    }
    if codes.len() > 1 && !is_range { codes } else { Vec::new() }
}

/// Whether a text has words beside its codes.
pub(super) fn has_words(text: &str) -> bool {
    let key = crate::text::fold(text);
    split(&key).iter().any(|token| {
        token.as_bytes()[0].is_ascii_alphabetic() && token.len() > 1 && !CODE_WORDS.contains(token) && *token != "va"
    })
}

/// The dotted codes at the heads of the parts of a text: `2.1 Đường xã, 2.3 Đường ngõ`. Figures inside a name, `mức độ 1`,
/// `đạt 2.5 km`, are none.
pub(super) fn at_heads(text: &str) -> Vec<(u16, u16)> {
    let parts = text.split([',', ';', '\n', '(', ')']).flat_map(|part| part.split(" và "));
    let code = |part: &str| {
        let is_word = |token: &str| is_code_word(&crate::text::fold(token));
        let mut tokens = part.trim_start_matches(|c: char| !c.is_alphanumeric()).split_whitespace();
        let head = tokens.find(|token| !is_word(token))?.trim_end_matches(['.', ':', ')', '-', '–']);
        let (criterion, indicator) = head.split_once('.')?;
        let number = |digits: &str| (1..=2).contains(&digits.len()).then(|| digits.parse::<u16>().ok()).flatten();
        number(criterion).zip(number(indicator)).filter(|code| code.0 > 0 && code.1 > 0)
    };
    parts.filter_map(code).collect()
}

/// A code at the head of a longer text (`2.1. Tỷ lệ đường xã…`, `Tiêu chí 17: Môi trường`): its reading, and the rest.
pub(super) fn leading(text: &str) -> Option<(Reading, &str)> {
    // Most texts have no figure at all and need not be looked at closely.
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let mut rest = text.trim_start();
    let lower = rest.to_lowercase();
    for word in ["tiêu chí số", "chỉ tiêu số", "tiêu chí", "chỉ tiêu", "tc", "ct"] {
        // Lower-casing Vietnamese letters keeps their length in bytes; where it does not, the word is left alone.
        if lower.starts_with(word) && rest.is_char_boundary(word.len()) {
            rest = rest[word.len()..].trim_start();
            break;
        }
    }
    let number = |s: &str| s.bytes().take_while(u8::is_ascii_digit).count();
    let first = number(rest);
    if first == 0 || first > 2 {
        return None;
    }
    let criterion: u16 = rest[..first].parse().ok()?;
    let mut tail = &rest[first..];
    let mut indicator = 0;
    if let Some(after) = tail.strip_prefix(['.', ',']) {
        let second = number(after);
        if (1..=2).contains(&second) {
            indicator = after[..second].parse().ok()?;
            tail = &after[second..];
        }
    }
    let name = tail.trim_start_matches(['.', ',', ':', ')', '-', '–', '/', ' ']);
    let separated = name.len() < tail.len();
    let is_name = name.chars().next().is_some_and(char::is_alphabetic);
    ((1..=MAX_CRITERION).contains(&criterion) && separated && is_name)
        .then_some((Reading { criterion, indicator, weight: if indicator > 0 { 6.0 } else { 5.0 }, plain: true }, name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    fn first(text: &str) -> Option<(u16, u16)> {
        of_text(&fold(text), text).first().map(|r| (r.criterion, r.indicator))
    }

    #[test]
    fn codes_are_read_in_every_writing() {
        for (text, expected) in [
            ("2.1", (2, 1)),
            ("TC2.1", (2, 1)),
            ("NC 15.1", (15, 1)),
            ("CT 17.10", (17, 10)),
            ("Chỉ tiêu 5.1", (5, 1)),
            ("17,08", (17, 8)),
            ("17.1.", (17, 1)),
            ("Tiêu chí 17 - CT 5", (17, 5)),
            ("XIV", (14, 0)),
            ("4", (4, 0)),
            ("04", (4, 0)),
            ("TC 7", (7, 0)),
            ("Tiêu chí 3", (3, 0)),
            ("II.", (2, 0)),
        ] {
            assert_eq!(first(text), Some(expected), "{text}");
        }
        for text in ["≥90%", "95%", "12/4/2023", "2.2.1", "Giao thông", "2.2a", "", "17/19"] {
            assert_eq!(first(text), None, "{text}");
        }
    }

    #[test]
    fn a_cell_may_hold_the_codes_of_several_indicators() {
        for (text, expected) in [
            ("2.2 - 2.4", &[(2, 2), (2, 3), (2, 4)][..]),
            ("2.2-2.3", &[(2, 2), (2, 3)]),
            ("Từ 3.1 đến 3.3", &[(3, 1), (3, 2), (3, 3)]),
            ("CT 2.1, 2.3", &[(2, 1), (2, 3)]),
            ("17.9 ÷ 17.11", &[(17, 9), (17, 10), (17, 11)]),
            ("2.1, 2.3 và 2.4", &[(2, 1), (2, 3), (2, 4)]),
        ] {
            assert_eq!(several(text), expected, "{text}");
        }
        for text in
            ["2.1", "2.1.1", "1.5 - 2.5", "2.4 - 2.2", "2.5 km đến 2.7 km", "2.1 -", "12.500.000", "1,2", "2,5 - 3,1"]
        {
            assert_eq!(several(text), [], "{text}");
        }
    }

    #[test]
    fn codes_at_the_heads_of_names_are_told_from_figures_inside_them() {
        for (text, expected) in [
            ("- 5.1 Trường học đạt chuẩn mức độ 1, có 01 trường mức độ 2", &[(5, 1)][..]),
            ("CT 2.1: Đường xã đạt 2.5 km; 2.3. Đường ngõ", &[(2, 1), (2, 3)]),
            ("17.5 và 17.7 chưa đạt", &[(17, 5), (17, 7)]),
            ("Thiếu 2 nhà văn hóa", &[]),
        ] {
            assert_eq!((has_words(text), at_heads(text).as_slice()), (true, expected), "{text}");
        }
        assert!(!has_words("TC 2.1, CT 2.3 và 2.4"));
    }

    #[test]
    fn a_number_may_have_lost_its_zero() {
        let all = |n| of_number(n).iter().map(|r| (r.criterion, r.indicator)).collect::<Vec<_>>();
        assert_eq!(all(17.1), [(17, 1), (17, 10)]);
        assert_eq!(all(2.099_999_999_999_999_6), [(2, 1), (2, 10)]);
        assert_eq!(all(17.12), [(17, 12)]);
        assert_eq!(all(17.08), [(17, 8)]);
        assert_eq!(all(3.0), [(3, 0)]);
        assert_eq!(all(95.555), []);
    }

    #[test]
    fn a_code_at_the_head_of_a_name_is_split_off() {
        let (reading, rest) = leading("2.1. Tỷ lệ đường xã").unwrap();
        assert_eq!((reading.criterion, reading.indicator, rest), (2, 1, "Tỷ lệ đường xã"));
        let (reading, rest) = leading("Tiêu chí 17: Môi trường").unwrap();
        assert_eq!((reading.criterion, reading.indicator, rest), (17, 0, "Môi trường"));
        assert!(leading("100% hộ dân").is_none());
        assert!(leading("Đạt 2.1").is_none());
    }
}
