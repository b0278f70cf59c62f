//! Names of files that every system can have: what one of them allows, another refuses.
//!
//! Windows has the narrowest rules: nine signs that no name may have, no dot or space at a name's end, and names that are
//! devices whatever follows their first dot. An archive that was made elsewhere is to be copied there with every file.

use std::fmt::Write as _;

/// Signs that Windows allows in no name; `/` parts names everywhere.
const SIGNS: &str = "<>:\"|?*\\";

/// Names that Windows keeps for devices, the last two with a digit behind them.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];

/// No file system of an office has longer names, in bytes or in units of UTF-16.
const LONGEST: usize = 255;

/// Whether every system allows a name.
#[must_use]
pub fn is_portable(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    !name.is_empty() && !name.chars().any(is_refused) && !name.ends_with(['.', ' ']) && !is_device(stem)
}

/// A path with forward slashes whose names every system allows; [`original`] gives it back as it was.
///
/// A sign that is not allowed is written as `%` and two digits, as in addresses. A name that would grow too long by that
/// stays as it is.
///
/// ```
/// use ntm::text::file_name::{original, portable};
/// let sent = "Zalo: 24-4/nul.xlsx";
/// assert_eq!(portable(sent), "Zalo%3A 24-4/%6Eul.xlsx");
/// assert_eq!(original(&portable(sent)), sent);
/// ```
#[must_use]
pub fn portable(path: &str) -> String {
    let name = |name: &str| {
        let portable = portable_name(name);
        if portable.len() > LONGEST { name.to_owned() } else { portable }
    };
    path.split('/').map(name).collect::<Vec<_>>().join("/")
}

/// The path of which [`portable`] made this one.
#[must_use]
pub fn original(portable: &str) -> String {
    let (mut bytes, mut rest) = (Vec::new(), portable.as_bytes());
    while let [first, after @ ..] = rest {
        match written_byte(rest) {
            Some(byte) if is_written(byte) => {
                bytes.push(byte);
                rest = &rest[3..];
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    // Only whole signs were ever written so, and each is one byte.
    String::from_utf8(bytes).unwrap_or_else(|_| portable.to_owned())
}

/// A name that people are to meet: what is not allowed is an underscore, and what is too long is cut before its extension.
#[must_use]
pub fn readable(name: &str, longest: usize) -> String {
    let mut clean: String = name.chars().map(|sign| if is_refused(sign) { '_' } else { sign }).collect();
    while clean.ends_with(['.', ' ']) {
        clean.pop();
    }
    if is_device(clean.split('.').next().unwrap_or_default()) {
        clean.insert(0, '_');
    }
    if clean.len() <= longest {
        return clean;
    }
    let (stem, extension) = clean.rsplit_once('.').filter(|(_, e)| e.len() <= 8).unwrap_or((&clean, ""));
    let dot = if extension.is_empty() { "" } else { "." };
    let room = longest.saturating_sub("…".len() + dot.len() + extension.len());
    format!("{}…{dot}{extension}", stem[..stem.floor_char_boundary(room)].trim_end())
}

/// Whether a name before its first dot is that of a device.
#[must_use]
pub fn is_device(stem: &str) -> bool {
    let stem = stem.trim_end().to_lowercase();
    let (word, digit) = stem.split_at(stem.floor_char_boundary(3));
    let is_numbered = matches!(digit, "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³");
    match word {
        "com" | "lpt" => digit.is_empty() || is_numbered,
        _ => DEVICES.contains(&word) && digit.is_empty(),
    }
}

fn is_refused(sign: char) -> bool {
    sign.is_control() || SIGNS.contains(sign)
}

/// The signs that may be written as `%` and two digits: letters only at the head of a device's name.
fn is_written(byte: u8) -> bool {
    byte < 0x80 && (is_refused(char::from(byte)) || matches!(byte, b'%' | b'.' | b' ') || byte.is_ascii_alphabetic())
}

/// The byte that `%` and two digits stand for.
fn written_byte(text: &[u8]) -> Option<u8> {
    let [b'%', high, low, ..] = text else { return None };
    let digit = |byte: u8| char::from(byte).to_digit(16).filter(|_| !byte.is_ascii_lowercase());
    u8::try_from(digit(*high)? * 16 + digit(*low)?).ok()
}

fn portable_name(name: &str) -> String {
    let stem = name.split('.').next().unwrap_or_default();
    let mut portable = String::new();
    for (at, sign) in name.char_indices() {
        let is_last = at + sign.len_utf8() == name.len();
        let is_head_of_device = at == 0 && is_device(stem);
        let reads_as_written = sign == '%' && written_byte(&name.as_bytes()[at..]).is_some_and(is_written);
        let is_refused = sign.is_ascii() && is_refused(sign) || is_last && matches!(sign, '.' | ' ');
        if is_refused || is_head_of_device || reads_as_written {
            let _ = write!(portable, "%{:02X}", u32::from(sign));
        } else {
            portable.push(sign);
        }
    }
    portable
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_that_windows_cannot_have_are_written_otherwise_and_others_stay() {
        for (sent, written) in [
            ("2023-04-24/BC Trung Lương.xlsx", "2023-04-24/BC Trung Lương.xlsx"),
            ("CON.xlsx", "%43ON.xlsx"),
            ("aux", "%61ux"),
            ("com1.a.xls", "%63om1.a.xls"),
            ("lpt10.xls", "lpt10.xls"),
            ("conan.xlsx", "conan.xlsx"),
            ("biểu 1. /a.xlsx.", "biểu 1.%20/a.xlsx%2E"),
            ("a\\b:c?.xlsx", "a%5Cb%3Ac%3F.xlsx"),
            ("hai\ndòng\u{7f}.xlsx", "hai%0Adòng%7F.xlsx"),
            ("85% đạt.xlsx", "85% đạt.xlsx"),
            ("a%2E.xlsx", "a%252E.xlsx"),
            ("..", ".%2E"),
        ] {
            assert_eq!(portable(sent), written);
            assert_eq!(original(written), sent);
            assert!(written.split('/').all(is_portable), "{written}");
        }
    }

    #[test]
    fn a_name_that_would_grow_too_long_stays_as_it_is() {
        let sent = format!("{}.xlsx", ":".repeat(100));
        assert_eq!(portable(&sent), sent);
        assert_eq!(original(&sent), sent);
    }

    #[test]
    fn a_name_for_people_is_clean_and_short_enough_and_keeps_its_extension() {
        assert_eq!(readable("BC: 4/2023?.xlsx", 100), "BC_ 4/2023_.xlsx");
        assert_eq!(readable("nul.xlsx", 100), "_nul.xlsx");
        assert_eq!(readable("a.xlsx. .", 100), "a.xlsx");
        let long = readable(&format!("{} - cần sửa.xlsx", "báo cáo ".repeat(40)), 100);
        assert!(long.len() <= 100 && long.ends_with("….xlsx") && long.starts_with("báo cáo"), "{long}");
    }

    proptest! {
        #[test]
        fn every_path_comes_back_as_it_was(path in "([a-zA-Z0-9%:. ệ/\\\\\u{1}]|%[0-9A-F]{2}|con|nul){0,40}") {
            prop_assert_eq!(original(&portable(&path)), path);
        }

        #[test]
        fn every_name_becomes_one_that_every_system_allows(name in "([a-zA-Z%:. ệ\\\\\u{1}]|con|nul){1,20}") {
            prop_assert!(is_portable(&portable(&name)), "{}", portable(&name));
        }
    }
}
