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

/// Words beside a number that say what it is of; in small letters, with their marks.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figures {
    /// Before a result.
    #[serde(deserialize_with = "small")]
    pub result: Vec<String>,
    /// The same, and in brackets behind it.
    #[serde(deserialize_with = "small")]
    pub done: Vec<String>,
    /// Between what was before and the result.
    #[serde(deserialize_with = "small")]
    pub changed_to: Vec<String>,
    /// Of a plan.
    #[serde(deserialize_with = "small")]
    pub plan: Vec<String>,
    /// Of what has to be reached.
    #[serde(deserialize_with = "small")]
    pub demand: Vec<String>,
    /// Of an earlier time.
    #[serde(deserialize_with = "small")]
    pub earlier: Vec<String>,
    /// Before a change, a bound, a part.
    #[serde(deserialize_with = "small")]
    pub other: Vec<String>,
    /// Of what is left to be done, where what is left is the result otherwise.
    #[serde(deserialize_with = "small")]
    pub wanting: Vec<String>,
    /// Behind a number that is no result.
    #[serde(deserialize_with = "small")]
    pub behind: Vec<String>,
    /// With a year in brackets behind a number.
    #[serde(deserialize_with = "small")]
    pub dates: Vec<String>,
    /// Before the number of a day, a paper, a line.
    #[serde(deserialize_with = "small")]
    pub numbered: Vec<String>,
}

/// What titles say that a table is of.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Titles {
    #[serde(deserialize_with = "folded")]
    plans: Vec<String>,
    #[serde(deserialize_with = "folded")]
    results: Vec<String>,
}

impl Titles {
    /// The title that says of a table that it is of what is to come, where none speaks of results:
    /// `KẾ HOẠCH THỰC HIỆN BỘ TIÊU CHÍ … NĂM 2024`. Expected results are none yet.
    #[must_use]
    pub fn of_plan<'t>(&self, titles: &[&'t str]) -> Option<&'t str> {
        let keys: Vec<String> = titles.iter().map(|title| format!(" {} ", fold(title))).collect();
        let begins = |key: &str| self.plans.iter().find(|plan| key.starts_with(&format!(" {plan} ")));
        let has_results = |key: &String| {
            self.results.iter().any(|result| key.contains(&format!(" {result} ")))
                && !begins(key).is_some_and(|plan| plan.contains("du kien"))
        };
        if keys.iter().any(has_results) {
            return None;
        }
        // "Mục tiêu: đạt chuẩn năm 2024" below the title of the criteria is no title.
        let names_criteria = |key: &&String| key.contains(" tieu chi ") && begins(key).is_none();
        // A line that begins so and says no more is the heading of a part.
        let is_title = |key: &String| begins(key).is_some() && key.split_whitespace().count() >= 4;
        let at = keys.iter().position(is_title)?;
        keys.iter().find(names_criteria).is_none().then(|| titles[at])
    }
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

fn small<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let words = Vec::<String>::deserialize(deserializer)?;
    Ok(words.iter().map(|word| word.to_lowercase()).collect())
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
    fn a_title_may_say_that_a_table_is_of_what_is_to_come() {
        let titles = Catalogue::embedded().unwrap().vocabulary.titles;
        for title in [
            "KẾ HOẠCH THỰC HIỆN BỘ TIÊU CHÍ NÔNG THÔN MỚI NĂM 2024",
            "MỤC TIÊU XÂY DỰNG XÃ NÔNG THÔN MỚI NĂM 2023",
            "ĐĂNG KÝ THỰC HIỆN BỘ TIÊU CHÍ NĂM 2023",
            "DỰ KIẾN KẾT QUẢ BỘ TIÊU CHÍ ĐẾN HẾT NĂM 2023",
        ] {
            assert_eq!(titles.of_plan(&["UBND XÃ AN NỘI", title]), Some(title));
        }
        for lines in [
            &["BIỂU TIÊU CHÍ XÃ NÔNG THÔN MỚI", "Tháng 3 năm 2023"][..],
            &["KẾT QUẢ THỰC HIỆN KẾ HOẠCH XÂY DỰNG NÔNG THÔN MỚI"],
            &["KẾ HOẠCH XÂY DỰNG NÔNG THÔN MỚI", "Kết quả đến tháng 3 năm 2023"],
            &["Kế hoạch 2023"],
            &["BỘ TIÊU CHÍ XÃ NÔNG THÔN MỚI", "Mục tiêu: xã đạt chuẩn nông thôn mới năm 2024"],
            &["BÁO CÁO TIẾN ĐỘ", "Mục tiêu phấn đấu của xã năm 2023"],
        ] {
            assert_eq!(titles.of_plan(lines), None, "{lines:?}");
        }
    }

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
