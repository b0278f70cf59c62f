//! A verdict within a remark: `Xã đã làm xong; tự đánh giá: Đạt`, `Còn vướng mặt bằng nên chưa đạt`.

use super::{VerdictWord, Vocabulary};
use crate::text::fold;

/// A longer text is a story.
const LONGEST: usize = 240;

/// Words that join what follows to its reason.
const JOINTS: &[&str] = &[" nên ", " do ", " vì ", " - ", " – ", " → ", " => "];

/// Words by which more is said to be wanting: beside them nobody can tell what the word of a verdict is of.
const WANTING: &[&str] = &["chua", "khong", "thieu", "con", "vuong", "no", "cham"];

/// Words by which what follows is said to hold under a condition only, or to be wished.
const OPEN: &[&str] = &["khi", "neu", "de", "se", "can", "phai", "muon", "nham", "phan dau", "du kien", "ke hoach"];

impl Vocabulary {
    /// The verdict that a remark states, and its words: a part of the remark between its signs that is a verdict and nothing
    /// else. Two that differ state none, nor does one behind words of a wish or a condition, nor "đạt" beside what is wanting.
    #[must_use]
    pub fn verdict_within<'t>(&self, remark: &'t str) -> Option<(VerdictWord, &'t str)> {
        if remark.len() > LONGEST {
            return None;
        }
        let mut found: Option<(VerdictWord, &'t str)> = None;
        let (mut is_wished, mut is_wanting) = (false, false);
        for piece in pieces(remark) {
            let key = fold(piece);
            let key = key.strip_prefix("xa ").unwrap_or(&key);
            let word = self.verdicts.get(key.strip_prefix("tu danh gia ").unwrap_or(key)).copied();
            let is_plain = |word: &VerdictWord| !matches!(word, VerdictWord::Yes | VerdictWord::No) && key.len() > 2;
            // "Đất" is no "đạt".
            let is_itself = || key.contains(' ') || self.begins_with_verdict(piece);
            match word.filter(is_plain).filter(|_| is_itself()) {
                // What is wished first is not what is.
                Some(_) if is_wished => return None,
                Some(word) if found.is_some_and(|(first, _)| first != word) => return None,
                Some(word) => found = found.or(Some((word, piece))),
                None => {
                    is_wished |= found.is_none() && is_open(key);
                    is_wanting |= WANTING.iter().any(|word| has_words(key, word));
                }
            }
        }
        found.filter(|(word, _)| *word != VerdictWord::Met || !is_wanting)
    }
}

/// The parts of a remark between its signs and joints; a point or a comma within a number is no sign.
fn pieces(remark: &str) -> Vec<&str> {
    let mut pieces = vec![remark];
    for joint in JOINTS {
        pieces = pieces.into_iter().flat_map(|piece| piece.split(joint)).collect();
    }
    let signs = |c: char| matches!(c, ',' | ';' | ':' | '.' | '(' | ')' | '\n');
    pieces.into_iter().flat_map(|piece| piece.split(signs)).map(str::trim).filter(|piece| !piece.is_empty()).collect()
}

/// Whether what a folded text says holds under a condition only, or is wished.
pub(super) fn is_open(key: &str) -> bool {
    OPEN.iter().any(|open| has_words(key, open))
}

fn has_words(key: &str, words: &str) -> bool {
    let padded = format!(" {key} ");
    padded.contains(&format!(" {words} "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;

    #[test]
    fn a_remark_states_the_verdict_that_stands_apart_in_it() {
        let vocabulary = Catalogue::embedded().unwrap().vocabulary;
        for (remark, word) in [
            ("Đạt. Tiếp tục duy trì trong thời gian tới", Some(VerdictWord::Met)),
            ("Còn vướng GPMB nên chưa đạt", Some(VerdictWord::NotMet)),
            ("Xã đã thực hiện xong; tự đánh giá: Đạt", Some(VerdictWord::Met)),
            ("Đảm bảo theo quy định, đạt", Some(VerdictWord::Met)),
            ("Đã đạt, hồ sơ lưu tại UBND xã", Some(VerdictWord::Met)),
            ("Chưa đạt, phấn đấu cuối năm 2025", Some(VerdictWord::NotMet)),
            ("Chưa đạt do thiếu kinh phí", Some(VerdictWord::NotMet)),
            ("Đạt - có QĐ công nhận năm 2022", Some(VerdictWord::Met)),
            ("Phấn đấu cuối năm 2025, đạt", None),
            ("Khi có đủ hồ sơ: đạt", None),
            ("Thôn 1: đạt; thôn 2: chưa đạt", None),
            ("Đã đạt năm 2022, nay chưa đạt, cần bổ sung", None),
            ("Đường đạt chuẩn cấp B", None),
            ("98%, có", None),
            ("Đường trục: đạt, đường nhánh chưa xong", None),
            ("Thiếu quỹ, đất, vốn", None),
        ] {
            assert_eq!(vocabulary.verdict_within(remark).map(|(word, _)| word), word, "{remark}");
        }
    }
}
