//! Text typed all in capitals, in the usual small letters: what a paper needs of the offices and tasks of a report.
//!
//! What a word was before is not known from its capitals. What can be told is told: names of offices and communes by
//! their written forms, people by the word before them or a family name, abbreviations because no syllable is spelled
//! like them. All else is an ordinary word, and ordinary words are small.

use super::legacy::is_syllable;

/// Ways of writing names, to be found again in capitals.
#[derive(Debug, Clone, Default)]
pub struct Forms {
    /// The words in small letters, and as they are written; the longest form first.
    forms: Vec<(Vec<String>, Vec<String>)>,
}

impl Forms {
    /// The given ways of writing.
    #[must_use]
    pub fn of<'a>(written: impl Iterator<Item = &'a str>) -> Self {
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let mut forms: Vec<_> = written.map(|form| (words(&form.to_lowercase()), words(form))).collect();
        forms.sort_by_key(|(lower, _)| (std::cmp::Reverse(lower.len()), lower.clone()));
        forms.dedup();
        Forms { forms }
    }
}

/// What a text is about, as far as names of people go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// Somebody: people may be named.
    People,
    /// Anything: words that may be names are words.
    Things,
}

/// Words before a person's name.
const TITLES: &[&str] = &["ông", "bà", "đ/c", "đc", "anh", "chị", "cô"];

/// Family names with which a name of two to four words may begin.
const FAMILIES: &[&str] = &[
    "nguyễn", "trần", "lê", "phạm", "hoàng", "huỳnh", "phan", "vũ", "võ", "đặng", "bùi", "đỗ", "hồ", "ngô", "dương",
    "đinh", "đoàn", "trịnh", "mai", "đào", "lương", "tạ", "chu", "quách",
];

/// The text in small letters where all of it is in capitals, `None` where it is not.
///
/// ```
/// use ntm::text::capitals::{About, Forms, lowered};
/// let forms = Forms::of(["Trạm Y tế", "UBND"].into_iter());
/// assert_eq!(lowered("TRẠM Y TẾ XÃ", About::People, &forms).as_deref(), Some("Trạm Y tế xã"));
/// assert_eq!(lowered("ÔNG NGUYỄN VĂN AN, CT UBND", About::People, &forms).as_deref(), Some("Ông Nguyễn Văn An, CT UBND"));
/// assert_eq!(lowered("Trạm Y tế", About::People, &forms), None);
/// ```
#[must_use]
pub fn lowered(text: &str, about: About, forms: &Forms) -> Option<String> {
    if !is_in_capitals(text) {
        return None;
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let bare: Vec<String> = words.iter().map(|w| core(w).to_lowercase()).collect();
    let mut out: Vec<String> = Vec::with_capacity(words.len());
    // How many words of a person's name may still come.
    let mut name = 0_usize;
    let mut begins = true;
    while out.len() < words.len() {
        let at = out.len();
        if let Some((lower, written)) = forms.forms.iter().find(|(lower, _)| bare[at..].starts_with(lower)) {
            for (word, written) in words[at..].iter().zip(written) {
                let written = if out.is_empty() { capital(written) } else { written.clone() };
                out.push(put(word, &written));
            }
            name = 0;
            begins = ends_part(words[at + lower.len() - 1]);
            continue;
        }
        if about == About::People && name == 0 && begins && FAMILIES.contains(&bare[at].as_str()) {
            let rest = bare[at..].iter().zip(&words[at..]);
            let length = rest.take_while(|(bare, _)| is_syllable(bare)).count();
            name = if (2..=4).contains(&length) { length } else { 0 };
        }
        let word = if bare[at].is_empty() || !is_syllable(&bare[at]) {
            words[at].to_owned()
        } else if name > 0 || out.is_empty() {
            put(words[at], &capital(&bare[at]))
        } else {
            put(words[at], &bare[at])
        };
        name = name.saturating_sub(1);
        begins = ends_part(words[at]);
        if begins {
            name = 0;
        }
        let is_title = TITLES.contains(&bare[at].as_str()) || at > 0 && bare[at - 1] == "đồng" && bare[at] == "chí";
        if about == About::People && is_title {
            name = 4;
        }
        out.push(word);
    }
    let lowered = out.join(" ");
    (lowered != text).then_some(lowered)
}

/// Whether all of a text is in capitals.
#[must_use]
pub fn is_in_capitals(text: &str) -> bool {
    !text.chars().any(char::is_lowercase) && text.chars().filter(|c| c.is_alphabetic()).nth(1).is_some()
}

/// A word without the punctuation around it; a slash inside stays.
fn core(word: &str) -> &str {
    let inner = word.trim_matches(|c: char| !c.is_alphanumeric());
    // A dash between words is a word of its own.
    if inner.is_empty() { word } else { inner }
}

/// A word of the text with its letters written anew, its punctuation kept.
fn put(word: &str, written: &str) -> String {
    word.replacen(core(word), written, 1)
}

fn ends_part(word: &str) -> bool {
    word.ends_with([',', ';', ':', '.', ')']) || word == "-" || word == "–"
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_become_what_a_person_would_write() {
        let forms = Forms::of(
            ["Phòng Kinh tế - Hạ tầng", "Công an", "Chủ tịch", "UBND", "Trạm Y tế", "Trung Lương"].into_iter(),
        );
        for (text, expected) in [
            ("PHÒNG KINH TẾ - HẠ TẦNG", "Phòng Kinh tế - Hạ tầng"),
            ("CÔNG CHỨC ĐỊA CHÍNH", "Công chức địa chính"),
            ("CHỦ TỊCH UBND XÃ", "Chủ tịch UBND xã"),
            ("VẬN ĐỘNG NHÂN DÂN XÃ TRUNG LƯƠNG LẮP 12 CAMERA", "Vận động nhân dân xã Trung Lương lắp 12 CAMERA"),
            ("NGUYỄN VĂN AN - CÔNG AN XÃ", "Nguyễn Văn An - Công an xã"),
            ("Đ/C TRẦN THỊ HOA; HTX", "Đ/C Trần Thị Hoa; HTX"),
            ("ĐỒNG CHÍ HOA", "Đồng chí Hoa"),
            ("UBND", "UBND"),
        ] {
            let found = lowered(text, About::People, &forms);
            assert_eq!(found.as_deref().unwrap_or(text), expected);
        }
        let task = lowered("HỒ SƠ TIÊU CHÍ MÔI TRƯỜNG, BÀ CON GÓP ĐẤT", About::Things, &forms);
        assert_eq!(task.as_deref(), Some("Hồ sơ tiêu chí môi trường, bà con góp đất"));
        assert_eq!(lowered("12/2023", About::People, &forms), None);
    }
}
