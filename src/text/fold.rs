//! One form for the many ways of writing the same words.

use std::sync::LazyLock;

use unicode_normalization::char::{decompose_canonical, is_combining_mark};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The text in NFC with plain single spaces, and Eth for Đ mended: what is kept and shown.
///
/// Line breaks inside a cell count as spaces; zero-width characters and byte order marks go.
///
/// ```
/// assert_eq!(ntm::text::clean("\u{a0}Ðạt \n chuẩn\u{200b} "), "Đạt chuẩn");
/// ```
#[must_use]
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    let mut push = |c: char| {
        if c.is_whitespace() || c.is_control() {
            gap = !out.is_empty();
        } else if !is_invisible(c) {
            if gap {
                out.push(' ');
                gap = false;
            }
            out.push(if c == '\u{d0}' { 'Đ' } else { c });
        }
    };
    if is_nfc_quick(text.chars()) == IsNormalized::Yes {
        text.chars().for_each(&mut push);
    } else {
        text.nfc().for_each(&mut push);
    }
    out
}

/// Zero-width characters that look like nothing and break every comparison. The soft hyphen is not among them: it is
/// the letter ư of TCVN3, and `legacy` has to see it.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// The key under which words are compared: lower case, no marks, đ as d, everything else than letters and digits one
/// space. It takes tone placement, capitals, spaces, NFD and forgotten marks away all at once.
///
/// ```
/// assert_eq!(ntm::text::fold("Thuỷ  lợi và PCTT (cấp xã)"), "thuy loi va pctt cap xa");
/// assert_eq!(ntm::text::fold("Đat"), ntm::text::fold("ĐẠT"));
/// ```
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    let mut push = |c: char| {
        if c.is_ascii_alphanumeric() {
            if gap && !out.is_empty() {
                out.push(' ');
            }
            gap = false;
            out.push(c.to_ascii_lowercase());
        } else if !is_combining_mark(c) {
            gap = true;
        }
    };
    for c in text.chars() {
        match c {
            _ if c.is_ascii() => push(c),
            _ if is_invisible(c) => {}
            _ => match PLAIN.get(c as usize) {
                Some(&plain) if plain != 0 => push(char::from(plain)),
                _ => fold_rare(c, &mut push),
            },
        }
    }
    out
}

/// The plain letter of every letter with marks, by its code point; 0 where there is none. Every text of every file is
/// folded, and decomposing each letter anew is slow.
static PLAIN: LazyLock<Vec<u8>> = LazyLock::new(|| ('\0'..'\u{1f00}').map(|c| plain(c).unwrap_or(0)).collect());

/// The ASCII letter that a letter with marks is without them.
fn plain(c: char) -> Option<u8> {
    if matches!(c, 'đ' | 'Đ' | '\u{d0}' | '\u{f0}') {
        return Some(b'd');
    }
    let mut letters = Vec::new();
    decompose_canonical(c, |part| letters.extend((!is_combining_mark(part)).then_some(part)));
    match letters.as_slice() {
        [letter] if letter.is_ascii_alphanumeric() => u8::try_from(*letter).ok(),
        _ => None,
    }
}

/// Letters of other scripts, signs, and marks that stand alone.
fn fold_rare(c: char, push: &mut impl FnMut(char)) {
    decompose_canonical(c, |part| {
        if part.is_ascii() || is_combining_mark(part) {
            push(part);
        } else if part.is_alphanumeric() {
            // Letters of other scripts stay apart from spaces, so that foreign text never folds to nothing.
            push('?');
            push(' ');
        } else {
            push(' ');
        }
    });
}

/// A key that keeps the marks but not their placement, for names that only differ by a mark (An Lão, An Lạo):
/// letters in lower case, then the tones of each word in order.
///
/// ```
/// use ntm::text::toned;
/// assert_eq!(toned("Hòa Thuỷ"), toned("HOÀ THỦY"));
/// assert_ne!(toned("Bình An"), toned("Bình Ân"));
/// ```
#[must_use]
pub fn toned(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut tone = None;
    for c in text.chars().flat_map(char::to_lowercase).chain([' ']) {
        if c.is_whitespace() {
            out.extend(tone.take());
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
            continue;
        }
        decompose_canonical(if c == '\u{f0}' { 'đ' } else { c }, |part| match part {
            '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}' => tone = Some(part),
            _ if is_combining_mark(part) || part.is_alphanumeric() => out.push(part),
            _ => {}
        });
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decomposed_and_composed_text_clean_to_the_same() {
        let composed = "Đảm bảo tiêu chí nước sạch";
        let decomposed: String = composed.nfd().collect();
        assert_ne!(composed, decomposed);
        assert_eq!(clean(&decomposed), composed);
        assert_eq!(fold(&decomposed), "dam bao tieu chi nuoc sach");
    }

    #[test]
    fn punctuation_and_breaks_are_one_space() {
        assert_eq!(fold(" Đạt/Chưa\nđạt. "), "dat chua dat");
        assert_eq!(fold("≥ 90 %"), "90");
        assert_eq!(clean("a\r\n\tb"), "a b");
    }

    #[test]
    fn cleaning_twice_is_cleaning_once() {
        for text in ["  x  ", "Ðồng\u{a0}Du", "e\u{302}\u{301}", "\u{feff}STT"] {
            assert_eq!(clean(&clean(text)), clean(text));
        }
    }
}
