//! Marks by which the program's own workbooks are known again: a version, what they were made for, and a sum over that.
//!
//! A mark stands in a cell that people can see, because that is what outlives everything: another program, another kind
//! of file, a sheet moved into another workbook. By its sum, one that somebody typed over is not taken for one of ours.

/// `NTM1/13546/2023-05/ntm-2021-2025/A3F0`.
pub(super) fn written(version: &str, said: &str) -> String {
    format!("{version}/{said}/{:04X}", sum(said))
}

/// What a mark of a version says; `None` where it is of another version, or not whole.
pub(super) fn said<'a>(word: &'a str, version: &str) -> Option<&'a str> {
    let (said, digits) = word.strip_prefix(version)?.strip_prefix('/')?.rsplit_once('/')?;
    u16::from_str_radix(digits, 16).is_ok_and(|written| written == sum(said)).then_some(said)
}

/// Fletcher's sum: one letter changed, or two that change places, give another.
fn sum(text: &str) -> u16 {
    let (low, high) = text.bytes().fold((1_u16, 0_u16), |(low, high), byte| {
        let low = (low + u16::from(byte)) % 255;
        (low, (high + low) % 255)
    });
    high << 8 | low
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_mark_says_comes_back_and_not_once_it_is_typed_over() {
        let mark = written("NTM1", "13546/2023-05");
        assert_eq!(said(&mark, "NTM1"), Some("13546/2023-05"));
        assert_eq!(said(&mark, "NTM2"), None);
        for (old, new) in [("2023-05", "2023-06"), ("13546", "13564"), ("/2023", "/2O23")] {
            assert_eq!(said(&mark.replace(old, new), "NTM1"), None, "{new}");
        }
    }
}
