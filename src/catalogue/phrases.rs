//! Phrases by which sentences, months and sheets are told apart, of the vocabulary in `templates/`.

use serde::{Deserialize, Deserializer};

use crate::text::{fold, toned};

/// Phrases before a month, folded, the longest first.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Months {
    /// The day up to which figures go.
    #[serde(deserialize_with = "folded")]
    pub as_of: Vec<String>,
    /// The day of signing or sending.
    #[serde(deserialize_with = "folded")]
    pub signed: Vec<String>,
    /// The day of a paper that is cited.
    #[serde(deserialize_with = "folded")]
    pub papers: Vec<String>,
    /// A month compared with.
    #[serde(deserialize_with = "folded")]
    pub compared: Vec<String>,
    /// A month of what is to be done.
    #[serde(deserialize_with = "folded")]
    pub planned: Vec<String>,
    /// Words that mean a year as a whole.
    #[serde(deserialize_with = "folded")]
    pub whole_year: Vec<String>,
}

/// Phrases by which sentences are told apart, folded, the longest first.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sentences {
    /// A goal, a plan, a rule.
    #[serde(deserialize_with = "folded")]
    pub goal: Vec<String>,
    /// Something of an earlier time.
    #[serde(deserialize_with = "folded")]
    pub earlier: Vec<String>,
    /// What holds now.
    #[serde(deserialize_with = "folded")]
    pub result: Vec<String>,
    /// Before or after a list of what is not met.
    #[serde(deserialize_with = "folded")]
    pub unmet: Vec<String>,
    /// Before or after a list of what is met.
    #[serde(deserialize_with = "folded")]
    pub met: Vec<String>,
    /// Before or after a list of what nobody has judged yet: the words of verdicts that state none.
    #[serde(skip)]
    pub unjudged: Vec<String>,
    /// The kinds of papers that give orders or quote rules.
    #[serde(deserialize_with = "folded")]
    pub orders: Vec<String>,
}

/// What the names of sheets say.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sheets {
    retired: Vec<String>,
}

impl Sheets {
    /// Whether a sheet's name says that it is out of use. One word counts with its marks only, several also without.
    #[must_use]
    pub fn is_retired(&self, name: &str) -> bool {
        let within = |text: &str, phrase: &str| format!(" {text} ").contains(&format!(" {phrase} "));
        let letters: String = name.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
        let (marked, key) = (toned(&letters), fold(name));
        let says = |phrase: &String| {
            within(marked.trim(), toned(phrase).trim()) || (phrase.contains(' ') && within(&key, &fold(phrase)))
        };
        self.retired.iter().any(says)
    }
}

fn folded<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let words = Vec::<String>::deserialize(deserializer)?;
    let mut keys: Vec<String> = words.iter().map(|word| fold(word)).collect();
    keys.sort_by_key(|key| (std::cmp::Reverse(key.len()), key.clone()));
    Ok(keys)
}

#[cfg(test)]
mod tests {
    use crate::catalogue::Catalogue;

    #[test]
    fn the_name_of_a_sheet_may_say_that_it_is_out_of_use() {
        let sheets = Catalogue::embedded().unwrap().vocabulary.sheets;
        for name in ["Bản nháp - không sử dụng", "NTM (cũ)", "Huỷ", "HỦY", "khong dung", "T4 old", "bỏ"]
        {
            assert!(sheets.is_retired(name), "{name}");
        }
        for name in ["Bo De", "Bồ Đề", "2 bộ", "Mẫu nhập", "Chính thức", "Cu Khê", "NTM"] {
            assert!(!sheets.is_retired(name), "{name}");
        }
    }
}
