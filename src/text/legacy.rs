//! Text in the encodings before Unicode, TCVN3 (fonts `.Vn…`) and VNI (fonts `VNI-…`), as old workbooks still hold it:
//! their bytes stored as Latin-1 code points.
//!
//! A cell's font is the surest sign. Where the file does not give it, the words decide: an encoding is taken only when
//! it turns letters that no Vietnamese word has into words that are spelled like Vietnamese.

use unicode_normalization::UnicodeNormalization;

use super::fold::clean;

/// An encoding of Vietnamese before Unicode.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// TCVN 5712 "ABC", one byte a letter.
    Tcvn3,
    /// VNI for Windows, a letter and a mark.
    Vni,
}

impl Encoding {
    /// The encoding that a font's name tells: `.VnTime`, `VNI-Times`.
    #[must_use]
    pub fn of_font(name: &str) -> Option<Self> {
        let name = name.trim().to_ascii_lowercase();
        if name.starts_with(".vn") {
            Some(Encoding::Tcvn3)
        } else if name.starts_with("vni-") || name.starts_with("vni ") {
            Some(Encoding::Vni)
        } else {
            None
        }
    }

    /// Its name for people.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Tcvn3 => "TCVN3",
            Encoding::Vni => "VNI",
        }
    }

    /// The text in Unicode, NFC.
    ///
    /// ```
    /// use ntm::text::legacy::Encoding;
    /// assert_eq!(Encoding::Tcvn3.decode("X· Tiªu §éng, huyÖn B×nh Lôc"), "Xã Tiêu Động, huyện Bình Lục");
    /// assert_eq!(Encoding::Vni.decode("Xaõ Ñoàn Xaù"), "Xã Đồn Xá");
    /// ```
    #[must_use]
    pub fn decode(self, text: &str) -> String {
        match self {
            Encoding::Tcvn3 => text.chars().map(|c| tcvn3(c).unwrap_or(c)).collect(),
            Encoding::Vni => vni(text),
        }
    }
}

/// What may be said of a cell's encoding before it is decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judgement {
    /// It can only be Unicode (or plain ASCII).
    Unicode,
    /// It can only be this encoding.
    Legacy(Encoding),
    /// It reads as Vietnamese both ways; its neighbours decide.
    Open,
}

/// What the letters of a text say of its encoding.
#[must_use]
pub fn judge(text: &str) -> Judgement {
    if text.is_ascii() {
        return Judgement::Unicode;
    }
    // Letters beyond Latin-1 cannot come from a legacy byte; signs such as ≥ or – can stand in any text.
    if text.chars().any(|c| c as u32 > 0xff && c.is_alphabetic()) {
        return Judgement::Unicode;
    }
    // Eth among capitals (`Ð`, `CÐ`) is a slip for Đ; the letter é of TCVN3 would stand among small ones.
    // "×" alone is a mark, and "3.1 ÷ 3.6" a range; the letters ì and ữ of TCVN3 would stand in words.
    let is_sign = |c: char| matches!(c, '×' | '÷') || c.is_ascii() && !c.is_ascii_alphabetic();
    if text.split_whitespace().filter(|word| !word.is_ascii()).all(|word| word.chars().all(is_sign)) {
        return Judgement::Unicode;
    }
    if text.chars().all(|c| c == '\u{d0}' || c.is_ascii() && !c.is_ascii_lowercase()) {
        return Judgement::Unicode;
    }
    let plain = spelled(text);
    let readings = [Encoding::Tcvn3, Encoding::Vni].map(|encoding| {
        let decoded = encoding.decode(text);
        (encoding, if decoded == text { i32::MIN } else { spelled(&decoded) })
    });
    let (encoding, score) = if readings[1].1 > readings[0].1 { readings[1] } else { readings[0] };
    if score > plain {
        Judgement::Legacy(encoding)
    } else if score == plain && score > 0 {
        Judgement::Open
    } else {
        Judgement::Unicode
    }
}

/// How many of the words with marks are spelled like Vietnamese, less those that are not.
fn spelled(text: &str) -> i32 {
    let text = clean(text);
    let mut score = 0;
    for word in text.split(|c: char| c.is_whitespace() || (c.is_ascii() && !c.is_ascii_alphanumeric())) {
        if word.is_ascii() {
            continue;
        }
        score += if is_syllable(word) { 1 } else { -2 };
    }
    score
}

const ONSETS: &[&str] = &[
    "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph", "qu",
    "r", "s", "t", "th", "tr", "v", "x",
];
const CODAS: &[&str] = &["", "c", "ch", "m", "n", "ng", "nh", "p", "t"];

/// Whether a word is spelled like one syllable of Vietnamese: onset, vowels with at most one tone, coda.
pub(super) fn is_syllable(word: &str) -> bool {
    // Capitals inside a word only come from a wrong encoding, unless the whole word is in capitals.
    let lower = word.chars().skip(1).all(|c| !c.is_uppercase());
    if !(lower || word.chars().all(|c| !c.is_lowercase())) {
        return false;
    }
    let mut tones = 0;
    let mut letters = String::new();
    for part in word.to_lowercase().nfd() {
        match part {
            '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}' => tones += 1,
            _ => letters.push(part),
        }
    }
    let letters: String = letters.nfc().collect();
    let is_vowel = |c: char| "aăâeêioôơuưy".contains(c);
    let onset = letters.find(is_vowel).unwrap_or(letters.len());
    let vowels: String = letters[onset..].chars().take_while(|&c| is_vowel(c)).collect();
    let coda = &letters[onset + vowels.len()..];
    let onset = if letters.starts_with("qu") && onset == 1 { "qu" } else { &letters[..onset] };
    tones <= 1
        && (1..=3).contains(&vowels.chars().count())
        && ONSETS.contains(&onset)
        && CODAS.contains(&coda)
        && is_rhyme(&vowels)
}

/// The vowel groups of Vietnamese.
fn is_rhyme(vowels: &str) -> bool {
    const GROUPS: &[&str] = &[
        "a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y", "ai", "ao", "au", "ay", "âu", "ây", "eo", "êu",
        "ia", "iê", "iu", "oa", "oă", "oe", "oi", "ôi", "ơi", "oo", "ua", "uâ", "uê", "ui", "uô", "uơ", "uy", "ưa",
        "ưi", "ươ", "ưu", "yê", "ya", "io", "iê", "iêu", "yêu", "oai", "oao", "oay", "oeo", "uao", "uây", "uôi", "uya",
        "uyê", "uyu", "ươi", "ươu", "iơ", "iươ", "iư", "iă", "iâ", "iô", "ie", "ue", "uă",
    ];
    GROUPS.contains(&vowels)
}

/// The letter of a TCVN3 byte.
fn tcvn3(c: char) -> Option<char> {
    const LETTERS: &[(u8, &str)] = &[
        (0xA1, "ĂÂÊÔƠƯĐăâêôơưđ"),
        (0xB5, "àảãáạ"),
        (0xBB, "ằẳẵắ"),
        (0xC6, "ặầẩẫấậè"),
        (0xCE, "ẻẽéẹềểễếệìỉ"),
        (0xDC, "ĩíịò"),
        (0xE1, "ỏõóọồổỗốộờởỡớợù"),
        (0xF1, "ủũúụừửữứựỳỷỹýỵ"),
    ];
    let byte = u8::try_from(u32::from(c)).ok()?;
    LETTERS.iter().find_map(|(first, letters)| letters.chars().nth(usize::from(byte.checked_sub(*first)?)))
}

/// VNI writes most letters as a base and a mark; both become combining marks here and are composed.
fn vni(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut base = ' ';
    for c in text.chars() {
        let lower = c.to_lowercase().next().unwrap_or(c);
        if let Some(marks) = vni_marks(base, lower) {
            out.push_str(marks);
            base = ' ';
            continue;
        }
        base = lower;
        let letter = match lower {
            'ô' => "ơ",
            'ö' => "ư",
            'ñ' => "đ",
            'î' => "ỵ",
            'æ' => "ỉ",
            'ó' => "ĩ",
            'ò' => "ị",
            _ => {
                out.push(c);
                continue;
            }
        };
        if c == lower { out.push_str(letter) } else { out.extend(letter.chars().flat_map(char::to_uppercase)) }
    }
    out.nfc().collect()
}

/// The combining marks of a VNI mark after a base letter, where that pair exists.
fn vni_marks(base: char, mark: char) -> Option<&'static str> {
    let tone = match mark {
        'ù' => "\u{301}",
        'ø' => "\u{300}",
        'û' => "\u{309}",
        'õ' => "\u{303}",
        'ï' => "\u{323}",
        _ => "",
    };
    let hat = match mark {
        'â' => "\u{302}",
        'á' => "\u{302}\u{301}",
        'à' => "\u{302}\u{300}",
        'å' => "\u{302}\u{309}",
        'ã' => "\u{302}\u{303}",
        'ä' => "\u{302}\u{323}",
        _ => "",
    };
    let bowl = match mark {
        'ê' => "\u{306}",
        'é' => "\u{306}\u{301}",
        'è' => "\u{306}\u{300}",
        'ú' => "\u{306}\u{309}",
        'ü' => "\u{306}\u{303}",
        'ë' => "\u{306}\u{323}",
        _ => "",
    };
    let marks = match base {
        'a' => [tone, hat, bowl],
        'e' | 'o' => [tone, hat, ""],
        'u' | 'y' | 'ô' | 'ö' => [tone, "", ""],
        _ => return None,
    };
    marks.into_iter().find(|m| !m.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The letters of the two tables, from the encodings' own definitions.
    const PAIRS: &[(&str, &str, &str)] = &[
        ("Xã đạt 13/19 tiêu chí", "X· ®¹t 13/19 tiªu chÝ", "Xaõ ñaït 13/19 tieâu chí"),
        ("Nước sạch, đường ngõ", "N\u{ad}íc s¹ch, ®\u{ad}êng ngâ", "Nöôùc saïch, ñöôøng ngoõ"),
        ("Hộ nghèo; y tế; kỹ thuật", "Hé nghÌo; y tÕ; kü thuËt", "Hoä ngheøo; y teá; kyõ thuaät"),
    ];

    #[test]
    fn both_tables_decode() {
        for (unicode, tcvn3, vni) in PAIRS {
            assert_eq!(Encoding::Tcvn3.decode(tcvn3), *unicode);
            assert_eq!(Encoding::Vni.decode(vni), *unicode);
        }
        let all = "ăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ";
        let bytes: String = (0xA8..=0xAEu8)
            .chain(0xB5..=0xB9)
            .chain(0xBB..=0xBE)
            .chain(0xC6..=0xCC)
            .chain(0xCE..=0xD8)
            .chain(0xDC..=0xDF)
            .chain(0xE1..=0xEF)
            .chain(0xF1..=0xFE)
            .map(char::from)
            .collect();
        assert_eq!(Encoding::Tcvn3.decode(&bytes), all);
    }

    #[test]
    fn without_a_font_the_words_decide() {
        for (unicode, tcvn3, vni) in PAIRS {
            assert_eq!(judge(unicode), Judgement::Unicode, "{unicode}");
            assert_eq!(judge(tcvn3), Judgement::Legacy(Encoding::Tcvn3), "{tcvn3}");
            assert_eq!(judge(vni), Judgement::Legacy(Encoding::Vni), "{vni}");
        }
        for text in ["×", "3.1 ÷ 3.6", "5×3", "(2÷4)"] {
            assert_eq!(judge(text), Judgement::Unicode, "{text}");
        }
        assert_eq!(judge("Cã"), Judgement::Open);
        assert_eq!(judge("≥90%"), Judgement::Unicode);
        assert_eq!(judge("Hà Nam"), Judgement::Unicode);
        for eth in ["Ð", "CÐ", "KÐ", "Ð/CÐ"] {
            assert_eq!(judge(eth), Judgement::Unicode, "{eth}");
        }
        assert_eq!(judge("TM. ỦY BAN NHÂN DÂN"), Judgement::Unicode);
    }

    #[test]
    fn fonts_tell_their_encoding() {
        assert_eq!(Encoding::of_font(".VnTimeH"), Some(Encoding::Tcvn3));
        assert_eq!(Encoding::of_font("VNI-Times"), Some(Encoding::Vni));
        assert_eq!(Encoding::of_font("Times New Roman"), None);
    }
}
