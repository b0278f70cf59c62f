//! The totals a report itself states: `17/19 tiêu chí, 70/75 chỉ tiêu`, in a title, a total row or a sentence.

use super::mood::{self, Mood};
use crate::catalogue::Sentences;

/// One statement of totals in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Totals {
    pub(super) criteria: Option<(u32, u32)>,
    pub(super) indicators: Option<(u32, u32)>,
}

/// All statements of a text, in order; a sentence on two sets makes two.
pub(super) fn totals(text: &str) -> Vec<Totals> {
    // Most texts state none.
    if !text.contains('/') {
        return Vec::new();
    }
    let key = words_of(text);
    let words: Vec<&str> = key.split(' ').collect();
    located(&words, &|_| ()).into_iter().map(|(totals, ())| totals).collect()
}

/// All statements of a text with what kind of statement each is; goals and earlier figures stand beside results.
pub(super) fn statements(text: &str, sentences: &Sentences, year: Option<i16>, base: Mood) -> Vec<(Totals, Mood)> {
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if !says(&["/", "trên", "TRÊN", "tren", "ổng", "ỔNG", "rong", "RONG"]) {
        return Vec::new();
    }
    let key = words_of(text);
    let words: Vec<&str> = key.split(' ').collect();
    let moods = mood::at_each_word(&words, sentences, year, base);
    located(&words, &|at| moods[at])
}

/// The slash, and the commas that part what is said, are all that is needed beside words and numbers; numbers in words
/// before what they count are written in figures, as is "mười bảy trên mười chín".
fn words_of(text: &str) -> String {
    let mut marked = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '/' => marked.push_str(" slash "),
            ';' => marked.push_str(&format!(" {COMMA} ")),
            c => marked.push(c),
        }
    }
    let key = mood::words_of(&marked.replace(", ", &format!(" {COMMA} ")));
    let words: Vec<&str> = key.split(' ').collect();
    if !words.iter().any(|word| *word == "tren" || digit(word).is_some() || *word == "muoi") {
        return key;
    }
    let mut written: Vec<String> = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        let is_number = |word: Option<&String>| word.is_some_and(|w| w.bytes().all(|b| b.is_ascii_digit()));
        let follows =
            |at: usize| numeral(&words, at).is_some() || words.get(at).is_some_and(|w| w.parse::<u32>().is_ok());
        let counts = |at: usize| matches!(words.get(at), Some(&("tieu" | "chi" | "tc" | "ct" | "tren" | "slash")));
        match numeral(&words, at) {
            Some((number, length)) if counts(at + length) => {
                written.push(number.to_string());
                at += length;
            }
            // The second number of "mười bảy trên mười chín" counts nothing by itself.
            Some((number, length)) if written.last().is_some_and(|word| word == "slash") => {
                written.push(number.to_string());
                at += length;
            }
            _ => {
                let is_slash = words[at] == "tren" && is_number(written.last()) && follows(at + 1);
                written.push(if is_slash { "slash" } else { words[at] }.to_owned());
                at += 1;
            }
        }
    }
    written.join(" ")
}

/// The word that stands for a comma or a semicolon.
const COMMA: &str = "comma";

/// A number in words, to ninety-nine, and how many words it takes.
pub(super) fn numeral(words: &[&str], at: usize) -> Option<(u32, usize)> {
    let ones = |at: usize| words.get(at).and_then(|word| digit(word));
    let is_ten = |at: usize| words.get(at) == Some(&"muoi");
    let (tens, from) = match (is_ten(at), ones(at)) {
        (true, _) => (10, at + 1),
        (false, Some(tens)) if is_ten(at + 1) => (tens * 10, at + 2),
        (false, ones) => return ones.map(|ones| (ones, 1)),
    };
    Some(ones(from).map_or((tens, from - at), |ones| (tens + ones, from + 1 - at)))
}

fn digit(word: &str) -> Option<u32> {
    const DIGITS: [&str; 9] = ["mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin"];
    let found = DIGITS.iter().zip(1..).find(|(name, _)| **name == word).map(|(_, value)| value);
    found.or_else(|| (word == "lam").then_some(5))
}

/// The statements among words, each with what `mark` says of the word it begins at; statements of one mark only are one.
fn located<M: Copy + PartialEq>(words: &[&str], mark: &dyn Fn(usize) -> M) -> Vec<(Totals, M)> {
    let number = |at: usize| -> Option<u32> { words.get(at).filter(|w| w.len() <= 3).and_then(|w| w.parse().ok()) };
    let kind_at = |at: usize| kind_at(words, at);
    let mut found: Vec<(Totals, M)> = Vec::new();
    let mut at = 0;
    while at + 2 < words.len() {
        let ratio = number(at)
            .zip(number(at + 2))
            .filter(|(met, total)| words[at + 1] == "slash" && met <= total && *total > 0);
        let Some(ratio) = ratio else {
            if let Some((kind, ratio)) = of_all(words, at) {
                put(&mut found, kind, ratio, mark(at));
            }
            at += 1;
            continue;
        };
        // The kind stands behind the ratio, or before it: "Số tiêu chí đạt: 17/19".
        let behind = kind_at(at + 3);
        let before = || (1..=5).filter_map(|back| kind_at(at.checked_sub(back)?)).next();
        let mut clause = words[..at].iter().rev().take(4).take_while(|word| **word != COMMA);
        let negated = clause.any(|w| matches!(*w, "chua" | "khong"));
        if let Some(kind) = behind.or_else(before).filter(|_| !negated) {
            put(&mut found, kind, ratio, mark(at));
        }
        at += 3;
    }
    found
}

fn kind_at(words: &[&str], at: usize) -> Option<Kind> {
    match (words.get(at).copied(), words.get(at + 1).copied()) {
        (Some("tieu"), Some("chi")) | (Some("tc"), _) => Some(Kind::Criteria),
        (Some("chi"), Some("tieu")) | (Some("ct"), _) => Some(Kind::Indicators),
        _ => None,
    }
}

/// "Tổng số chỉ tiêu: 75; đạt 70", "trong (tổng số) 19 tiêu chí, xã đã đạt 16 tiêu chí": the size at a word, and how many of
/// it are said to be met behind it.
fn of_all(words: &[&str], at: usize) -> Option<(Kind, (u32, u32))> {
    let total: u32 = words[at].parse().ok().filter(|total| (10..100).contains(total))?;
    let is_part = |at: usize| words.get(at) == Some(&"slash");
    if at.checked_sub(1).is_some_and(is_part) || is_part(at + 1) {
        return None;
    }
    let before = |back: usize| at.checked_sub(back).map(|at| words[at]);
    let labelled = at.checked_sub(2).and_then(|at| kind_at(words, at)).filter(|_| before(3) == Some("so"));
    let counted = kind_at(words, at + 1).filter(|_| matches!(before(1), Some("so" | "trong")));
    let kind = labelled.or(counted)?;
    let met = (at + 1..words.len().min(at + 12)).find(|&n| {
        let is_denied = matches!(words[n - 1], "chua" | "khong");
        words[n] == "dat" && !is_denied && words.get(n + 1).is_some_and(|word| word.parse::<u32>().is_ok())
    })?;
    let number: u32 = words[met + 1].parse().ok().filter(|number| *number <= total)?;
    let same = kind_at(words, met + 2).is_none_or(|own| own == kind);
    (same && !is_part(met + 2)).then_some((kind, (number, total)))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Criteria,
    Indicators,
}

fn put<M: Copy + PartialEq>(found: &mut Vec<(Totals, M)>, kind: Kind, ratio: (u32, u32), mark: M) {
    let slot = |(t, of): &(Totals, M)| match kind {
        _ if *of != mark => true,
        Kind::Criteria => t.criteria.is_some() || t.indicators.is_some(),
        Kind::Indicators => t.indicators.is_some(),
    };
    if found.last().is_none_or(slot) {
        found.push((Totals::default(), mark));
    }
    if let Some((last, _)) = found.last_mut() {
        match kind {
            Kind::Criteria => last.criteria = Some(ratio),
            Kind::Indicators => last.indicators = Some(ratio),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_are_found_in_titles_rows_and_sentences() {
        let both = Totals { criteria: Some((17, 19)), indicators: Some((70, 75)) };
        for text in [
            "Xã đạt 17/19 tiêu chí, 70/75 chỉ tiêu.",
            "17/19 tiêu chí; 70/75 chỉ tiêu",
            "Số tiêu chí đạt: 17/19; số chỉ tiêu đạt: 70/75",
            "Đạt 17/19 TC, 70/75 CT",
            "Chưa đạt 2 tiêu chí, 17/19 tiêu chí và 70/75 chỉ tiêu đã đạt",
        ] {
            assert_eq!(totals(text), [both], "{text}");
        }
        let two = totals("đạt 15/19 tiêu chí, 52/57 chỉ tiêu NTM và 14/19 tiêu chí, 60/75 chỉ tiêu NTM nâng cao");
        assert_eq!(two.len(), 2);
        assert_eq!(two[1].indicators, Some((60, 75)));
    }

    #[test]
    fn totals_may_be_in_words_or_of_a_size_named_before() {
        let sentences = crate::catalogue::Catalogue::embedded().unwrap().vocabulary.sentences;
        let criteria = Totals { criteria: Some((17, 19)), indicators: None };
        for text in [
            "Xã đạt mười bảy trên mười chín tiêu chí",
            "Xã đạt 17 trên 19 tiêu chí",
            "Tổng số tiêu chí: 19; đạt 17; chưa đạt 2",
            "Trong tổng số 19 tiêu chí, xã đã đạt 17 tiêu chí",
        ] {
            let found = statements(text, &sentences, None, Mood::Plain);
            assert_eq!(found.iter().map(|(totals, _)| *totals).collect::<Vec<_>>(), [criteria], "{text}");
        }
        for text in
            ["Tiêu chí 10: đạt 5", "Trong 57 chỉ tiêu có 2 chỉ tiêu chưa đạt 3", "Thực hiện trên 19 tuyến đường"]
        {
            assert_eq!(statements(text, &sentences, None, Mood::Plain), [], "{text}");
        }
    }

    #[test]
    fn decisions_dates_and_what_is_not_met_are_no_totals() {
        for text in ["Quyết định 318/QĐ-TTg", "Tháng 4/2023", "chưa đạt 2/19 tiêu chí", "8.481/9.669", "tiêu chí 2.1"]
        {
            assert_eq!(totals(text), [], "{text}");
        }
    }
}
