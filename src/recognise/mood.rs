//! Whether a sentence states what holds now, a goal or a rule, or something of an earlier time: only the first is a result.

use crate::catalogue::Sentences;
use crate::text::fold;

/// What kind of statement words stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Mood {
    /// Nothing tells.
    #[default]
    Plain,
    /// It holds now, and the words say so.
    Result,
    /// It is to hold: a goal, a plan, a rule.
    Goal,
    /// It held before.
    Earlier,
}

impl Mood {
    /// Whether a statement may be one of the month of the report.
    pub(super) fn is_of_now(self) -> bool {
        matches!(self, Mood::Plain | Mood::Result)
    }
}

/// The word that stands for the end of a sentence.
pub(super) const STOP: &str = "fullstop";

/// The folded words of a text with the ends of its sentences among them.
pub(super) fn words_of(text: &str) -> String {
    fold(&text.replace(". ", &format!(" {STOP} ")))
}

/// The mood in force at each word: the last phrase that told one, until its sentence ends. A year that is not the
/// report's tells as well.
pub(super) fn at_each_word(words: &[&str], sentences: &Sentences, year: Option<i16>, base: Mood) -> Vec<Mood> {
    let begins = |at: usize, phrase: &str| {
        let mut phrase = phrase.split(' ');
        let mut own = words[at..].iter();
        phrase.all(|word| own.next() == Some(&word))
    };
    let any = |at: usize, phrases: &[String]| phrases.iter().any(|phrase| begins(at, phrase));
    let word = |at: Option<usize>| at.and_then(|at| words.get(at)).copied().unwrap_or(STOP);
    let mut mood = base;
    let mut moods = Vec::with_capacity(words.len());
    for at in 0..words.len() {
        let before = word(at.checked_sub(1));
        // A plan or a resolution that is followed is cited, not stated.
        let is_cited = matches!(before, "hien" | "theo" | "cu");
        if words[at] == STOP {
            mood = base;
        } else if any(at, &sentences.result) {
            mood = Mood::Result;
        } else if any(at, &sentences.goal) && !is_cited {
            mood = Mood::Goal;
        } else if any(at, &sentences.earlier) && mood != Mood::Goal {
            mood = Mood::Earlier;
        } else if let Some((named, year)) = year_at(words, at).zip(year)
            && matches!(before, "cuoi" | "het" | "den" | "trong" | "qua" | STOP)
        {
            mood = match (named.cmp(&year), mood) {
                (std::cmp::Ordering::Less, Mood::Goal) => Mood::Goal,
                (std::cmp::Ordering::Less, _) => Mood::Earlier,
                (std::cmp::Ordering::Greater, _) => Mood::Goal,
                (std::cmp::Ordering::Equal, Mood::Earlier) => Mood::Plain,
                (std::cmp::Ordering::Equal, mood) => mood,
            };
        } else if let Some(named) = year_of_month(words, at)
            && Some(named) == year
            && mood == Mood::Earlier
        {
            mood = Mood::Plain;
        }
        moods.push(mood);
    }
    moods
}

/// The mood of a heading over what follows it.
pub(super) fn of_heading(text: &str, sentences: &Sentences) -> Mood {
    let key = words_of(text);
    let words: Vec<&str> = key.split(' ').collect();
    let moods = at_each_word(&words, sentences, None, Mood::Plain);
    // A heading speaks of several things; results among them are results.
    if moods.contains(&Mood::Result) { Mood::Result } else { moods.last().copied().unwrap_or_default() }
}

/// `năm 2022`
fn year_at(words: &[&str], at: usize) -> Option<i16> {
    let year = words.get(at + 1).filter(|_| words[at] == "nam")?.parse().ok()?;
    (2005..=2100).contains(&year).then_some(year)
}

/// `tháng 4/2023`
fn year_of_month(words: &[&str], at: usize) -> Option<i16> {
    let mut after = words[at..].iter().skip(2).filter(|w| !matches!(**w, "slash" | "nam")).take(1);
    after.next().filter(|_| words[at] == "thang")?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;

    /// The mood at the word `19` of a sentence in a report of 2023.
    fn mood(text: &str) -> Mood {
        let sentences = Catalogue::embedded().unwrap().vocabulary.sentences;
        let key = words_of(&text.replace('/', " slash "));
        let words: Vec<&str> = key.split(' ').collect();
        let at = words.iter().rposition(|w| *w == "19").unwrap();
        at_each_word(&words, &sentences, Some(2023), Mood::Plain)[at]
    }

    #[test]
    fn goals_rules_and_earlier_times_are_no_results() {
        for (text, expected) in [
            ("Xã đạt 15/19 tiêu chí", Mood::Plain),
            ("Đến nay xã đạt 15/19 tiêu chí", Mood::Result),
            ("Thực hiện Kế hoạch số 12/KH-UBND, xã đạt 15/19 tiêu chí", Mood::Plain),
            ("Mục tiêu: đến hết năm 2024 đạt 19/19 tiêu chí", Mood::Goal),
            ("Phấn đấu hết năm 2023 đạt 19/19 tiêu chí", Mood::Goal),
            ("Xã nâng cao phải đạt 19/19 tiêu chí", Mood::Goal),
            ("Đến hết năm 2025: 19/19 tiêu chí", Mood::Goal),
            ("Cuối năm 2022, xã mới đạt 12/19 tiêu chí", Mood::Earlier),
            ("Năm 2022: 12/19 tiêu chí", Mood::Earlier),
            ("Cuối năm 2022 đạt 12/19; tháng 4/2023: 14/19 tiêu chí", Mood::Plain),
            ("Phấn đấu đạt chuẩn. Xã đạt 15/19 tiêu chí", Mood::Plain),
            ("Theo mục tiêu đề ra, đến nay đã đạt 15/19 tiêu chí", Mood::Result),
        ] {
            assert_eq!(mood(text), expected, "{text}");
        }
    }
}
