//! The mark by which a form is known again: which set, commune and month it was made for.

use std::fmt;

use crate::model::{CommuneCode, Period, SetId, mark};

/// What every mark of this version begins with. A form laid out otherwise gets another number.
const VERSION: &str = "NTM1";

/// What a mark of any version begins with, before the number.
const FAMILY: &str = "NTM";

/// Between slashes.
const PARTS: usize = 5;

/// Which set, commune and month a sheet of a form was made for; written on it as
/// `NTM1/13546/2023-05/ntm-2021-2025/A3F0`.
///
/// The last four digits are a sum over the rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormMark {
    /// The commune.
    pub commune: CommuneCode,
    /// The month.
    pub period: Period,
    /// The set.
    pub set: SetId,
}

/// Why a text that looks like a mark is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkFault {
    /// It is of another version of the forms.
    OtherVersion,
    /// It was changed by hand.
    Changed,
}

impl FormMark {
    /// The mark that stands somewhere in a text, or why the one that stands there does not count; `None` where there is
    /// nothing like it.
    #[must_use]
    pub fn find(text: &str) -> Option<Result<Self, MarkFault>> {
        // Every cell of every file is asked.
        if text.bytes().filter(|byte| *byte == b'/').count() < PARTS - 1 {
            return None;
        }
        let word = text.split_whitespace().find(|word| looks_like_a_mark(word))?;
        if word.split('/').next() != Some(VERSION) {
            return Some(Err(MarkFault::OtherVersion));
        }
        Some(mark::said(word, VERSION).and_then(parse).ok_or(MarkFault::Changed))
    }
}

impl fmt::Display for FormMark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&mark::written(VERSION, &format!("{}/{}/{}", self.commune.0, self.period, self.set)))
    }
}

/// `NTM`, a number, and five parts between slashes.
fn looks_like_a_mark(word: &str) -> bool {
    let number = word.split('/').next().and_then(|first| first.strip_prefix(FAMILY)).unwrap_or_default();
    !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) && word.split('/').count() == PARTS
}

fn parse(said: &str) -> Option<FormMark> {
    let parts: Vec<&str> = said.split('/').collect();
    let [commune, period, set] = parts.as_slice() else { return None };
    Some(FormMark { commune: CommuneCode((*commune).into()), period: period.parse().ok()?, set: SetId::from(*set) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark() -> FormMark {
        FormMark {
            commune: CommuneCode("13546".into()),
            period: Period::new(2023, 5).unwrap(),
            set: SetId::from("ntm-2021-2025"),
        }
    }

    #[test]
    fn a_mark_is_found_among_other_words() {
        let text = format!("Mã biểu: {} (không sửa)", mark());
        assert_eq!(FormMark::find(&text), Some(Ok(mark())));
        assert_eq!(FormMark::find("Biểu NTM nâng cao, tháng 5/2023"), None);
        assert_eq!(FormMark::find("NTM/1/2/3/4"), None);
    }

    #[test]
    fn a_mark_that_was_typed_over_does_not_count() {
        let other_month = mark().to_string().replace("2023-05", "2023-06");
        assert_eq!(FormMark::find(&other_month), Some(Err(MarkFault::Changed)));
        let other_version = mark().to_string().replace("NTM1", "NTM7");
        assert_eq!(FormMark::find(&other_version), Some(Err(MarkFault::OtherVersion)));
    }
}
