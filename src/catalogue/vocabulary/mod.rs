//! The words of reports: headers, verdicts, marks, rows that are no items. Compared by their folded keys.

mod choice;
mod doubts;
mod file;
mod remark;
mod verdicts;

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use self::doubts::Doubts;
use super::phrases::{Figures, Months, Sentences, Sheets, Titles};
use crate::model::SetId;

pub use file::parse;

/// What a column of a report is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Code or serial number.
    Code,
    /// Name of the criterion.
    Criterion,
    /// Name of the indicator.
    Name,
    /// Target.
    Target,
    /// Unit of measure.
    Unit,
    /// Value reached.
    Value,
    /// Verdict in words.
    Verdict,
    /// Marked where met.
    Met,
    /// Marked where not met.
    NotMet,
    /// Marked where it does not apply.
    NotApplicable,
    /// Points.
    Points,
    /// Person or office.
    Owner,
    /// What to do.
    Task,
    /// By when.
    Due,
    /// Remark.
    Note,
    /// Codes of the indicators not met.
    UnmetCodes,
    /// Codes of the indicators met.
    MetCodes,
    /// Year in which it is to be met.
    Roadmap,
    /// Name of the commune.
    Commune,
    /// A total.
    Total,
    /// A figure of an earlier period.
    Previous,
    /// A figure of a time to come: planned, registered, expected.
    Planned,
    /// A figure expected by the end of the period: a result only where no other stands beside it.
    Estimated,
    /// One part of a share: how many, of how many.
    Part,
}

/// A word of a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum VerdictWord {
    /// Đạt.
    Met,
    /// Chưa đạt.
    NotMet,
    /// Cơ bản đạt: not met, with a warning.
    NearlyMet,
    /// Đang thực hiện: not met yet, with a warning.
    InProgress,
    /// Không áp dụng.
    NotApplicable,
    /// Chưa đánh giá: nothing is stated.
    NotStated,
    /// Có: met in a column of verdicts, an answer elsewhere.
    Yes,
    /// Không: not met in a column of verdicts, an answer elsewhere.
    No,
}

/// What a row is that is no item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowWord {
    /// A total.
    Total,
    /// Part of the signature block.
    Signature,
    /// An explanation of marks.
    Legend,
}

/// The words of reports, by their folded keys.
#[derive(Debug, Clone)]
pub struct Vocabulary {
    headers: BTreeMap<String, Role>,
    verdicts: BTreeMap<String, VerdictWord>,
    /// Verdict words with letters that stand twice written once: `Đạtt` is a slip that anybody reads past.
    squeezed: BTreeMap<String, VerdictWord>,
    /// Verdicts of one word with their marks: "Mặt đường hỏng" does not begin with "Mất".
    single: BTreeSet<String>,
    marks: Vec<String>,
    blanks: Vec<String>,
    ditto: Vec<String>,
    /// Two marks of one column that by custom mean met and not met.
    pub mark_pairs: Vec<[String; 2]>,
    rows: Vec<(String, RowWord)>,
    /// How names of offices and abbreviations are written, for texts in capitals.
    pub written: Vec<String>,
    /// Words before a commune's name, the longest first.
    pub commune_kinds: Vec<String>,
    /// Words before the name of another level.
    pub other_kinds: Vec<String>,
    /// Words before a commune that is merely spoken of.
    pub mentioned: Vec<String>,
    /// What the sets of other levels are called.
    pub other_levels: Vec<String>,
    /// Words before a commune's code.
    pub commune_codes: Vec<String>,
    /// Words that tell a reviewer's verdict from the commune's own.
    pub district_words: Vec<String>,
    /// What stands before a month and says what it is of.
    pub months: Months,
    /// What the names of sheets say.
    pub sheets: Sheets,
    /// How sentences are told apart.
    pub sentences: Sentences,
    /// What titles say that a table is of.
    pub titles: Titles,
    /// What words beside numbers say of them.
    pub figures: Figures,
    doubts: Doubts,
    /// What titles call each set, the longest first.
    pub sets: Vec<(String, SetId)>,
}

impl Vocabulary {
    /// How well a folded header names each role, 0 to 1: the share of its words that the role's best phrase covers.
    /// Whole words in order; "ket qua tu danh gia cua xa" is more a verdict than a value.
    #[must_use]
    pub fn header_roles(&self, key: &str) -> BTreeMap<Role, f64> {
        let words: Vec<&str> = key.split(' ').filter(|w| !w.is_empty()).collect();
        let mut roles: BTreeMap<Role, f64> = BTreeMap::new();
        // Long texts are no headers.
        if words.is_empty() || words.len() > 24 {
            return roles;
        }
        for start in 0..words.len() {
            for end in start + 1..=words.len().min(start + 7) {
                if let Some(&role) = self.headers.get(words[start..end].join(" ").as_str()) {
                    // "6 tháng đầu năm" is a time since the start of the year, not that start.
                    if role == Role::Previous && words[start] == "dau" && start > 0 && words[start - 1] == "thang" {
                        continue;
                    }
                    let share = (end - start) as f64 / words.len() as f64;
                    // A phrase at the head of the header weighs a little more than one inside it.
                    let score = match (start, end) {
                        (0, 2..) => share.max(0.4),
                        (0, _) => share,
                        _ => share * 0.9,
                    };
                    let best = roles.entry(role).or_insert(0.0);
                    *best = best.max(score);
                }
            }
        }
        roles
    }

    /// Whether a text is a mark that ticks a column.
    #[must_use]
    pub fn is_mark(&self, text: &str) -> bool {
        let text = text.trim().trim_matches(['(', ')', '[', ']']);
        !text.is_empty() && self.marks.iter().any(|mark| mark == text)
    }

    /// Whether a text says that nothing is marked: `☐`, `-`, `0`.
    #[must_use]
    pub fn is_blank(&self, text: &str) -> bool {
        let text = text.trim();
        self.blanks.iter().any(|blank| blank == text)
    }

    /// Whether a text repeats the cell above: `-nt-`, `Như trên`, `"`.
    #[must_use]
    pub fn is_ditto(&self, text: &str) -> bool {
        let text = text.trim();
        text.len() <= 16 && self.ditto.iter().any(|ditto| ditto == text)
    }

    /// What a row is by its first words, if it is a total, a signature or a legend.
    #[must_use]
    pub fn row_word(&self, key: &str) -> Option<RowWord> {
        let begins = |word: &str| key.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
        self.rows.iter().filter(|(word, _)| begins(word)).max_by_key(|(word, _)| word.len()).map(|(_, row)| *row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;
    use crate::text::fold;

    fn vocabulary() -> Vocabulary {
        Catalogue::embedded().unwrap().vocabulary
    }

    fn best(header: &str) -> Option<Role> {
        let roles = vocabulary().header_roles(&fold(header));
        roles.into_iter().max_by(|a, b| a.1.total_cmp(&b.1)).map(|(role, _)| role)
    }

    #[test]
    fn the_longest_phrase_of_a_header_decides() {
        for (header, role) in [
            ("Số TT", Role::Code),
            ("Kết quả tự đánh giá của xã", Role::Verdict),
            ("Kết quả thực hiện\nđến 25/4", Role::Value),
            ("Chỉ tiêu phải đạt", Role::Target),
            ("Các chỉ tiêu chưa đạt", Role::UnmetCodes),
            ("ĐẠT", Role::Met),
            ("Chưa đạt", Role::NotMet),
            ("Nhiệm vụ, giải pháp thực hiện", Role::Task),
            ("Thời hạn hoàn thành", Role::Due),
        ] {
            assert_eq!(best(header), Some(role), "{header}");
        }
    }

    #[test]
    fn rows_that_are_no_items_are_known_by_their_first_words() {
        let v = vocabulary();
        assert_eq!(v.row_word(&fold("TỔNG CỘNG: 17/19")), Some(RowWord::Total));
        assert_eq!(v.row_word(&fold("TM. ỦY BAN NHÂN DÂN XÃ")), Some(RowWord::Signature));
        assert_eq!(v.row_word(&fold("Cộng đồng học tập")), Some(RowWord::Total), "callers ask for items first");
        assert_eq!(v.row_word(&fold("Giao thông")), None);
    }
}
