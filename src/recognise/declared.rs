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
    let key = words_of(text);
    let words: Vec<&str> = key.split(' ').collect();
    located(&words, &|_| ()).into_iter().map(|(totals, ())| totals).collect()
}

/// All statements of a text with what kind of statement each is; goals and earlier figures stand beside results.
pub(super) fn statements(text: &str, sentences: &Sentences, year: Option<i16>, base: Mood) -> Vec<(Totals, Mood)> {
    // Most texts state none.
    if !text.contains('/') {
        return Vec::new();
    }
    let key = words_of(text);
    let words: Vec<&str> = key.split(' ').collect();
    let moods = mood::at_each_word(&words, sentences, year, base);
    located(&words, &|at| moods[at])
}

/// The slash is all that is needed beside words and numbers.
fn words_of(text: &str) -> String {
    mood::words_of(&text.replace('/', " slash "))
}

/// The statements among words, each with what `mark` says of the word it begins at; statements of one mark only are one.
fn located<M: Copy + PartialEq>(words: &[&str], mark: &dyn Fn(usize) -> M) -> Vec<(Totals, M)> {
    let number = |at: usize| -> Option<u32> { words.get(at).filter(|w| w.len() <= 3).and_then(|w| w.parse().ok()) };
    let kind_at = |at: usize| -> Option<Kind> {
        match (words.get(at).copied(), words.get(at + 1).copied()) {
            (Some("tieu"), Some("chi")) => Some(Kind::Criteria),
            (Some("chi"), Some("tieu")) => Some(Kind::Indicators),
            (Some("tc"), _) => Some(Kind::Criteria),
            (Some("ct"), _) => Some(Kind::Indicators),
            _ => None,
        }
    };
    let mut found: Vec<(Totals, M)> = Vec::new();
    let mut at = 0;
    while at + 2 < words.len() {
        let ratio = number(at)
            .zip(number(at + 2))
            .filter(|(met, total)| words[at + 1] == "slash" && met <= total && *total > 0);
        let Some(ratio) = ratio else {
            at += 1;
            continue;
        };
        // The kind stands behind the ratio, or before it: "Số tiêu chí đạt: 17/19".
        let behind = kind_at(at + 3);
        let before = || (1..=5).filter_map(|back| kind_at(at.checked_sub(back)?)).next();
        let negated = words[..at].iter().rev().take(4).any(|w| matches!(*w, "chua" | "khong"));
        if let Some(kind) = behind.or_else(before).filter(|_| !negated) {
            put(&mut found, kind, ratio, mark(at));
        }
        at += 3;
    }
    found
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
        ] {
            assert_eq!(totals(text), [both], "{text}");
        }
        let two = totals("đạt 15/19 tiêu chí, 52/57 chỉ tiêu NTM và 14/19 tiêu chí, 60/75 chỉ tiêu NTM nâng cao");
        assert_eq!(two.len(), 2);
        assert_eq!(two[1].indicators, Some((60, 75)));
    }

    #[test]
    fn decisions_dates_and_what_is_not_met_are_no_totals() {
        for text in ["Quyết định 318/QĐ-TTg", "Tháng 4/2023", "chưa đạt 2/19 tiêu chí", "8.481/9.669", "tiêu chí 2.1"]
        {
            assert_eq!(totals(text), [], "{text}");
        }
    }
}
