//! The words of reports: headers, verdicts, marks, rows that are no items. Compared by their folded keys.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::TemplateError;
use super::phrases::{Months, Sentences, Sheets};
use crate::model::{CriteriaSet, SetId, Text};
use crate::text::{fold, toned};

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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VocabularyFile {
    columns: BTreeMap<Role, Vec<String>>,
    verdicts: VerdictsFile,
    marks: MarksFile,
    rows: RowsFile,
    names: NamesFile,
    months: Months,
    sheets: Sheets,
    sentences: Sentences,
    written: WrittenFile,
    sets: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VerdictsFile {
    met: Vec<String>,
    not_met: Vec<String>,
    nearly_met: Vec<String>,
    in_progress: Vec<String>,
    not_applicable: Vec<String>,
    not_stated: Vec<String>,
    yes: Vec<String>,
    no: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MarksFile {
    tick: Vec<String>,
    pairs: Vec<[String; 2]>,
    blank: Vec<String>,
    ditto: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RowsFile {
    total: Vec<String>,
    signature: Vec<String>,
    legend: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenFile {
    forms: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NamesFile {
    commune_kinds: Vec<String>,
    other_kinds: Vec<String>,
    mentioned: Vec<String>,
    #[serde(default)]
    other_levels: Vec<String>,
    commune_codes: Vec<String>,
    district_words: Vec<String>,
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
    /// What titles call each set, the longest first.
    pub sets: Vec<(String, SetId)>,
}

/// Reads and checks the vocabulary.
///
/// # Errors
/// A slip of syntax with its line; a word that means two things; a set that does not exist.
pub fn parse(file: &str, text: &str, sets: &[CriteriaSet]) -> Result<Vocabulary, TemplateError> {
    let raw: VocabularyFile = toml::from_str(text).map_err(|e| TemplateError::of_toml(file, text, &e))?;
    let twice = |word: &str| {
        TemplateError::whole_file(
            file,
            Text::new(format!("từ «{word}» có hai nghĩa"), format!("the word {word:?} means two things")),
        )
    };
    let headers = unique(raw.columns.into_iter()).map_err(|w| twice(&w))?;
    let v = raw.verdicts;
    let words = [&v.met, &v.not_met, &v.nearly_met, &v.in_progress, &v.not_applicable, &v.not_stated];
    let single = words.into_iter().flatten().filter(|word| !word.contains(' ')).map(|word| toned(word)).collect();
    let unjudged = v.not_stated.iter().map(|phrase| fold(phrase)).collect();
    let verdicts = unique(
        [
            (VerdictWord::Met, v.met),
            (VerdictWord::NotMet, v.not_met),
            (VerdictWord::NearlyMet, v.nearly_met),
            (VerdictWord::InProgress, v.in_progress),
            (VerdictWord::NotApplicable, v.not_applicable),
            (VerdictWord::NotStated, v.not_stated),
            (VerdictWord::Yes, v.yes),
            (VerdictWord::No, v.no),
        ]
        .into_iter(),
    )
    .map_err(|w| twice(&w))?;
    let rows = unique(
        [
            (RowWord::Total, raw.rows.total),
            (RowWord::Signature, raw.rows.signature),
            (RowWord::Legend, raw.rows.legend),
        ]
        .into_iter(),
    )
    .map_err(|w| twice(&w))?;
    let mut set_words = Vec::new();
    for (id, words) in raw.sets {
        let id = SetId::from(id.as_str());
        if !sets.iter().any(|set| set.id == id) {
            return Err(TemplateError::whole_file(
                file,
                Text::new(
                    format!("không có bộ tiêu chí «{id}»"),
                    format!("there is no criteria set {:?}", id.as_str()),
                ),
            ));
        }
        set_words.extend(words.iter().map(|w| (fold(w), id.clone())));
    }
    set_words.sort_by_key(|(word, _)| (std::cmp::Reverse(word.len()), word.clone()));
    let keys = |words: Vec<String>| {
        let mut keys: Vec<String> = words.iter().map(|w| fold(w)).collect();
        keys.sort_by_key(|key| (std::cmp::Reverse(key.len()), key.clone()));
        keys
    };
    Ok(Vocabulary {
        headers,
        squeezed: verdicts.iter().filter(|(key, _)| key.len() >= 3).map(|(key, &word)| (squeeze(key), word)).collect(),
        single,
        verdicts,
        marks: raw.marks.tick,
        blanks: raw.marks.blank,
        ditto: raw.marks.ditto,
        mark_pairs: raw.marks.pairs,
        rows: rows.into_iter().collect(),
        written: raw.written.forms,
        commune_kinds: keys(raw.names.commune_kinds),
        other_kinds: keys(raw.names.other_kinds),
        mentioned: keys(raw.names.mentioned),
        other_levels: keys(raw.names.other_levels),
        commune_codes: keys(raw.names.commune_codes),
        district_words: keys(raw.names.district_words),
        months: raw.months,
        sheets: raw.sheets,
        sentences: Sentences { unjudged, ..raw.sentences },
        sets: set_words,
    })
}

/// Signs that begin a box to be ticked.
const BOXES: &[char] = &['☐', '☑', '☒', '□', '■', '[', '('];

/// Boxes, empty and ticked.
const BOX_SIGNS: &[(&str, bool)] = &[
    ("☐", false),
    ("□", false),
    ("[ ]", false),
    ("[]", false),
    ("( )", false),
    ("()", false),
    ("☑", true),
    ("☒", true),
    ("■", true),
    ("[x]", true),
    ("[X]", true),
    ("[v]", true),
    ("(x)", true),
    ("(X)", true),
    ("(v)", true),
];

/// Each run of one letter written once.
fn squeeze(key: &str) -> String {
    let mut out = String::with_capacity(key.len());
    key.chars().filter(|&c| c != ' ').for_each(|c| {
        if !out.ends_with(c) {
            out.push(c);
        }
    });
    out
}

/// One meaning for each folded word; the word that has two is the error.
fn unique<M: Copy + PartialEq>(groups: impl Iterator<Item = (M, Vec<String>)>) -> Result<BTreeMap<String, M>, String> {
    let mut map: BTreeMap<String, M> = BTreeMap::new();
    for (meaning, words) in groups {
        for word in words {
            if map.insert(fold(&word), meaning).is_some_and(|before| before != meaning) {
                return Err(word);
            }
        }
    }
    Ok(map)
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

    /// The verdict a text states, if all of it is one: figures and remarks in brackets are read past.
    #[must_use]
    pub fn verdict(&self, text: &str) -> Option<VerdictWord> {
        // Brackets alone are a remark; boxes come at least in twos.
        if text.contains(BOXES) && BOX_SIGNS.iter().map(|(sign, _)| text.matches(sign).count()).sum::<usize>() >= 2 {
            return self.ticked(text);
        }
        let key = fold(text);
        if let Some(&word) = self.verdicts.get(&key) {
            return Some(word);
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
    fn begins_with_verdict(&self, text: &str) -> bool {
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
            None => piece.trim().is_empty() || piece.bytes().any(|b| b.is_ascii_digit()),
        });
        found.filter(|_| clear)
    }

    /// `☐ Đạt ☑ Chưa đạt`, `( ) Đạt (x) Chưa đạt`: the words behind the one box that is ticked.
    fn ticked(&self, text: &str) -> Option<VerdictWord> {
        let mut boxes: Vec<(usize, usize, bool)> = Vec::new();
        for (sign, ticked) in BOX_SIGNS {
            boxes.extend(text.match_indices(sign).map(|(at, _)| (at, at + sign.len(), *ticked)));
        }
        boxes.sort_unstable();
        let mut found = boxes.iter().enumerate().filter(|(_, (.., ticked))| *ticked);
        let (at, &(_, start, _)) = found.next().filter(|_| boxes.len() >= 2)?;
        if found.next().is_some() {
            return None;
        }
        let end = boxes.get(at + 1).map_or(text.len(), |next| next.0);
        self.verdicts.get(&fold(&text[start..end])).copied()
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
    fn verdicts_are_read_past_figures_and_brackets() {
        let v = vocabulary();
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
            ("Đang thhực hiện", VerdictWord::InProgress),
        ] {
            assert_eq!(v.verdict(text), Some(word), "{text}");
        }
        for text in ["", "≥90%", "95,5", "Giao thông", "Xã đạt 17/19 tiêu chí, 70/75 chỉ tiêu."] {
            assert_eq!(v.verdict(text), None, "{text}");
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
