//! Names that Excel accepts: of sheets, and of the ranges in which tables stand.

use std::collections::BTreeSet;

/// Excel's limit for a sheet's name, in UTF-16 units.
const LONGEST_SHEET_NAME: usize = 31;

/// The names of a workbook's sheets given so far.
#[derive(Debug, Default)]
pub(super) struct SheetNames {
    /// In small letters, because Excel takes "Xã" and "XÃ" for the same sheet.
    taken: BTreeSet<String>,
}

impl SheetNames {
    /// The name nearest to the one wanted that is legal and not yet taken; from now on it is.
    pub(super) fn claim(&mut self, wanted: &str) -> String {
        let legal = legal_sheet_name(wanted);
        let mut name = shortened(&legal, "");
        let mut number = 1;
        while !self.taken.insert(name.to_lowercase()) {
            number += 1;
            name = shortened(&legal, &format!(" ({number})"));
        }
        name
    }
}

/// The name without what Excel forbids in it: `[ ] : * ? / \`, control characters, an apostrophe at an end.
fn legal_sheet_name(wanted: &str) -> String {
    let replaced: String = wanted
        .chars()
        .map(|letter| match letter {
            '/' | '\\' | ':' => '-',
            '[' => '(',
            ']' => ')',
            '*' | '?' => ' ',
            control if control.is_control() => ' ',
            other => other,
        })
        .collect();
    let name = replaced.trim_matches(|letter: char| letter == '\'' || letter.is_whitespace());
    // Excel keeps "History" for itself, in any case of letters.
    match name {
        "" => "Sheet".to_owned(),
        reserved if reserved.eq_ignore_ascii_case("history") => format!("{reserved}_"),
        legal => legal.to_owned(),
    }
}

/// The name cut so that it and the suffix stay within Excel's limit.
fn shortened(name: &str, suffix: &str) -> String {
    let room = LONGEST_SHEET_NAME - suffix.encode_utf16().count();
    let mut units = 0;
    let kept: String = name
        .chars()
        .take_while(|letter| {
            units += letter.len_utf16();
            units <= room
        })
        .collect();
    format!("{}{suffix}", kept.trim_end_matches(|letter: char| letter == '\'' || letter.is_whitespace()))
}

/// A sheet's name as it is written in a reference: `'Dữ liệu'`.
pub(super) fn quoted(sheet_name: &str) -> String {
    format!("'{}'", sheet_name.replace('\'', "''"))
}

/// The defined name of a table's range: `ntm_matrix_ntm_2021_2025` for the table `matrix-ntm-2021-2025`. The prefix
/// keeps it from being read as a cell (`TC1`).
pub(super) fn range_name(table_id: &str) -> String {
    let id: String =
        table_id.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '_' }).take(200).collect();
    format!("ntm_{id}")
}

/// Gives a number to each name that stood before, because Excel takes a name once.
pub(super) fn number_repeated<'n>(names: impl Iterator<Item = &'n mut String>) {
    let mut taken = BTreeSet::new();
    for name in names {
        let plain = name.clone();
        let mut number = 1;
        while !taken.insert(name.to_lowercase()) {
            number += 1;
            *name = format!("{plain}_{number}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn legal_names_stay_as_they_are() {
        let mut names = SheetNames::default();
        assert_eq!(names.claim("Tổng hợp"), "Tổng hợp");
        assert_eq!(names.claim("NTM nâng cao 2021-2025"), "NTM nâng cao 2021-2025");
    }

    #[test]
    fn forbidden_characters_are_replaced() {
        let mut names = SheetNames::default();
        assert_eq!(names.claim("Xã: 1/2 [nháp]*?"), "Xã- 1-2 (nháp)");
        assert_eq!(names.claim("'Kỳ 4'"), "Kỳ 4");
        assert_eq!(names.claim(" ?* "), "Sheet");
        assert_eq!(names.claim("HISTORY"), "HISTORY_");
    }

    #[test]
    fn equal_names_are_numbered_whatever_their_case() {
        let mut names = SheetNames::default();
        assert_eq!(names.claim("Xã Đồn Xá"), "Xã Đồn Xá");
        assert_eq!(names.claim("XÃ ĐỒN XÁ"), "XÃ ĐỒN XÁ (2)");
        assert_eq!(names.claim("xã đồn xá"), "xã đồn xá (3)");
    }

    #[test]
    fn long_names_are_cut_and_keep_their_number() {
        let mut names = SheetNames::default();
        let long = "Chỉ tiêu chưa đạt theo từng xã trong huyện";
        assert_eq!(names.claim(long), "Chỉ tiêu chưa đạt theo từng xã");
        assert_eq!(names.claim(long), "Chỉ tiêu chưa đạt theo từng (2)");
    }

    #[test]
    fn repeated_range_names_are_numbered() {
        let mut names = ["ntm_a", "ntm_A", "ntm_a_2", "ntm_b"].map(str::to_owned);
        number_repeated(names.iter_mut());
        assert_eq!(names, ["ntm_a", "ntm_A_2", "ntm_a_2_2", "ntm_b"]);
    }

    #[test]
    fn range_names_are_no_cells() {
        assert_eq!(range_name("tc1"), "ntm_tc1");
        assert_eq!(range_name("matrix-ntm-2021-2025"), "ntm_matrix_ntm_2021_2025");
    }
}
