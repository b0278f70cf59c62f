//! What a text states as its verdict: a word, a word beside figures and remarks, a ticked box, a slip of the keys.

use super::choice::has_boxes;
use super::remark::is_open;
use super::{VerdictWord, Vocabulary};
use crate::text::{fold, toned};

impl Vocabulary {
    /// The verdict a text states, if all of it is one: figures and remarks in brackets are read past.
    #[must_use]
    pub fn verdict(&self, text: &str) -> Option<VerdictWord> {
        // Brackets alone are a remark; boxes come at least in twos.
        if has_boxes(text) {
            return self.ticked(text);
        }
        // What is asked is not stated.
        if text.trim_end_matches([')', ' ']).ends_with('?') {
            return None;
        }
        let key = fold(text);
        if let Some(&word) = self.verdicts.get(&key) {
            return Some(word);
        }
        if let Some(choice) = self.choice(text) {
            return choice.made;
        }
        if let Some(word) = self.beside_a_figure(text).or_else(|| self.in_two_languages(text)) {
            return Some(word);
        }
        let plain = fold(text.split(['(', '[']).next().unwrap_or(text));
        let words: Vec<&str> =
            plain.split(' ').filter(|w| !w.is_empty() && !w.bytes().all(|b| b.is_ascii_digit())).collect();
        // "Đạt khi có đủ hồ sơ" is a rule.
        if words.is_empty() || words.len() > 8 || words.iter().any(|word| matches!(*word, "khi" | "neu")) {
            return None;
        }
        if let Some(&word) = self.verdicts.get(words.join(" ").as_str()) {
            return Some(word);
        }
        // "Đạt 4 sao cấp tỉnh", "Chưa đạt về diện tích": the longest known phrase at the head counts, if it is a plain
        // statement; yes and no begin too many other sentences.
        (1..words.len())
            .rev()
            .filter(|n| *n > 1 || self.begins_with_verdict(text))
            .find_map(|n| self.verdicts.get(words[..n].join(" ").as_str()).copied())
            .filter(|word| !matches!(word, VerdictWord::Yes | VerdictWord::No) && words[0].len() > 1)
            .or_else(|| self.behind_a_slip(&words))
    }

    /// Whether the first word of a text is a verdict with its own marks, or has none that could tell.
    pub(super) fn begins_with_verdict(&self, text: &str) -> bool {
        let first = text.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty()).unwrap_or(text);
        let is_plain = first.chars().all(|c| c.is_ascii() || matches!(c, 'đ' | 'Đ'));
        is_plain || self.single.contains(&toned(first))
    }

    /// `70,4 triệu đồng/người - Đạt`, `Chưa đạt: 61%`: a verdict set apart from a figure in the same cell.
    fn beside_a_figure(&self, text: &str) -> Option<VerdictWord> {
        if !text.bytes().any(|b| b.is_ascii_digit()) || text.len() > 80 {
            return None;
        }
        let mut pieces = text.split([':', ';', '(', ')']).flat_map(|p| p.split(" - ")).flat_map(|p| p.split(", "));
        let plain = |word: &VerdictWord| !matches!(word, VerdictWord::Yes | VerdictWord::No);
        let mut found = None;
        let whole = |piece: &str| self.verdicts.get(&fold(piece)).copied().filter(plain);
        // Beside the verdict there is nothing but figures with their units.
        let clear = pieces.all(|piece| match whole(piece) {
            Some(word) => found.replace(word).is_none_or(|before| before == word),
            // "Phấn đấu cuối năm 2025, đạt" is a wish.
            None => piece.trim().is_empty() || piece.bytes().any(|b| b.is_ascii_digit()) && !is_open(&fold(piece)),
        });
        found.filter(|_| clear)
    }

    /// `Đạt / Met`: two words that say the same.
    fn in_two_languages(&self, text: &str) -> Option<VerdictWord> {
        let (first, second) = text.split_once('/')?;
        let of = |piece: &str| self.verdicts.get(&fold(piece)).copied();
        of(first).filter(|&word| of(second) == Some(word))
    }

    /// A doubled letter or two neighbours changed round, as fast typing makes them.
    fn behind_a_slip(&self, words: &[&str]) -> Option<VerdictWord> {
        let key = words.join(" ");
        if words.len() > 3 || !(3..=18).contains(&key.len()) {
            return None;
        }
        if let Some(&word) = self.squeezed.get(&squeeze(&key)) {
            return Some(word);
        }
        let mut letters = key.into_bytes();
        (1..letters.len()).find_map(|at| {
            letters.swap(at - 1, at);
            let found = std::str::from_utf8(&letters).ok().and_then(|key| self.verdicts.get(key)).copied();
            letters.swap(at - 1, at);
            found.filter(|_| letters.len() >= 3)
        })
    }
}

/// Each run of one letter written once.
pub(super) fn squeeze(key: &str) -> String {
    let mut out = String::with_capacity(key.len());
    key.chars().filter(|&c| c != ' ').for_each(|c| {
        if !out.ends_with(c) {
            out.push(c);
        }
    });
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;

    #[test]
    fn verdicts_are_read_past_figures_and_brackets() {
        let v = Catalogue::embedded().unwrap().vocabulary;
        for (text, word) in [
            ("ĐẠT", VerdictWord::Met),
            ("Đat", VerdictWord::Met),
            ("Đạt 95%", VerdictWord::Met),
            ("chưa đạt (85,2%)", VerdictWord::NotMet),
            ("Chưa đạt về diện tích", VerdictWord::NotMet),
            ("CĐ", VerdictWord::NotMet),
            ("Cơ bản đạt", VerdictWord::NearlyMet),
            ("Chưa thẩm định", VerdictWord::NotStated),
            ("Tiếp tục duy trì đạt chuẩn", VerdictWord::Met),
            ("Duy trì", VerdictWord::Yes),
            ("Không áp dụng", VerdictWord::NotApplicable),
            ("Không", VerdictWord::No),
            ("70,4 triệu đồng/người/năm - Đạt", VerdictWord::Met),
            ("4,6 m2/người - Chưa đạt", VerdictWord::NotMet),
            ("Đạt: 2 HTX", VerdictWord::Met),
            ("Đạtt", VerdictWord::Met),
            ("Chưưa đạt", VerdictWord::NotMet),
            ("đtạ", VerdictWord::Met),
            ("☐ Đạt   ☑ Chưa đạt", VerdictWord::NotMet),
            ("[x] Đạt  [ ] Chưa đạt", VerdictWord::Met),
            ("( ) Đạt (x) Chưa đạt", VerdictWord::NotMet),
            ("Đạt ☒   Không đạt ☐", VerdictWord::Met),
            ("Đạt ☐ / Không đạt ☒", VerdictWord::NotMet),
            ("Đạt: [x]; Chưa đạt: [ ]", VerdictWord::Met),
            ("Đạt:    Chưa đạt: x", VerdictWord::NotMet),
            ("Đạt: X; Chưa đạt: ......", VerdictWord::Met),
            ("x Đạt   Chưa đạt", VerdictWord::Met),
            ("Đạt    Không đạt  v", VerdictWord::NotMet),
            ("Có: x   Không:", VerdictWord::Yes),
            ("Chưa đạt, đang thực hiện", VerdictWord::NotMet),
            ("Đạt (chưa đạt 02 hộ)", VerdictWord::Met),
            ("Chưa đạt (có/không)", VerdictWord::NotMet),
            ("Đạt   Chưa đạt (x)", VerdictWord::NotMet),
            ("Đạt (x)\nChưa đạt ( )\nKhông áp dụng ( )", VerdictWord::Met),
            ("Đang thhực hiện", VerdictWord::InProgress),
        ] {
            assert_eq!(v.verdict(text), Some(word), "{text}");
        }
        for text in [
            "",
            "≥90%",
            "95,5",
            "Giao thông",
            "Xã đạt 17/19 tiêu chí, 70/75 chỉ tiêu.",
            "Đạt ☒ Chưa đạt ☒",
            "Đạt ☐ Chưa đạt ☐",
            "☒ Đạt ☐ Chưa đạt ☐",
            "Đạt/Chưa đạt",
            "Đạt / Không đạt",
            "Đạt hoặc chưa đạt",
            "Đạt  Chưa đạt",
            "Đạt x Chưa đạt",
            "Đạt (x)  Chưa đạt",
            "Đạt: x Chưa đạt: x",
            "Đạt: Chưa đạt:",
            "Có/Không",
            "Đạt hay không đạt?",
            "Đạt?",
            "Đạt (?)",
            "Chưa đạt/Đạt",
            "Đạt, chưa đạt, không áp dụng",
        ] {
            assert_eq!(v.verdict(text), None, "{text}");
        }
    }
}
