//! The list that a returned copy has before the commune's own sheets: known by a defined name of ours, which follows the
//! sheet when it is renamed, moved, or saved by another program; never by the sheet's own name.

use crate::model::notice::LIST_NAME;

/// The sheet that our name among a workbook's defined names stands for.
pub(super) fn list(names: &[(String, String)]) -> Option<String> {
    let (_, reference) = names.iter().find(|(name, _)| name.eq_ignore_ascii_case(LIST_NAME))?;
    sheet_of(reference)
}

/// The sheet of `'Cần sửa'!$A$1`, or of `$'Cần sửa'.$A$1` as OpenDocument writes it.
fn sheet_of(reference: &str) -> Option<String> {
    let reference = reference.trim().trim_start_matches(['=', '$']);
    if let Some(quoted) = reference.strip_prefix('\'') {
        let mut sheet = String::new();
        let mut letters = quoted.chars().peekable();
        while let Some(letter) = letters.next() {
            match letter {
                '\'' if letters.peek() == Some(&'\'') => sheet.extend(letters.next()),
                '\'' => return Some(sheet),
                letter => sheet.push(letter),
            }
        }
        return None;
    }
    let end = reference.rfind('!').or_else(|| reference.rfind('.'))?;
    Some(reference[..end].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_found_however_a_program_writes_the_reference() {
        for (reference, sheet) in [
            ("'Cần sửa'!$A$1", Some("Cần sửa")),
            ("$'Cần sửa'.$A$1", Some("Cần sửa")),
            ("='Ô''n'!$A$1", Some("Ô'n")),
            ("Sheet1!$A$1", Some("Sheet1")),
            ("$Sheet1.$A$1", Some("Sheet1")),
            ("#REF!", Some("#REF")),
            ("", None),
        ] {
            let names =
                [("Print_Area".to_owned(), "Biểu!$A$1".to_owned()), (LIST_NAME.to_owned(), reference.to_owned())];
            assert_eq!(list(&names).as_deref(), sheet, "{reference}");
        }
        assert_eq!(list(&[("khac".to_owned(), "'Cần sửa'!$A$1".to_owned())]), None);
    }
}
