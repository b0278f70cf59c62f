//! How the same words arrive from different machines: composed, decomposed, in TCVN3, with stray spaces.

use unicode_normalization::UnicodeNormalization;

use super::workbook::Look;

/// How a commune's texts are typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spelling {
    /// One code point a letter, as it should be.
    Nfc,
    /// Letter and marks apart, as some phones and Macs send it.
    Nfd,
    /// TCVN3 bytes as Latin-1 letters, readable only in fonts such as .VnTime.
    Tcvn3,
    /// VNI: a base letter and a mark, both Latin-1 letters, readable only in fonts such as VNI-Times.
    Vni,
    /// Doubled and hard spaces, spaces at the end, line breaks inside.
    Stray,
}

/// A text as it is typed, and the look it then needs: TCVN3 is told by its font alone.
pub(crate) fn spell(text: &str, look: Look, spelling: Spelling) -> (String, Look) {
    match spelling {
        Spelling::Nfc => (text.to_string(), look),
        Spelling::Nfd => (text.nfd().collect(), look),
        Spelling::Tcvn3 => tcvn3(text, look),
        Spelling::Vni => (text.nfc().map(vni_letter).collect(), Look { font: "VNI-Times", ..look }),
        Spelling::Stray => (stray(text), look),
    }
}

/// The letters of TCVN3, sixteen bytes a line from 0xA0; a space where a byte has no letter.
const TCVN3_FROM_A0: &str = concat!(
    " ĂÂÊÔƠƯĐăâêôơưđ ",
    "     àảãáạ ằẳẵắ ",
    "      ặầẩẫấậè ẻẽ",
    "éẹềểễếệìỉ   ĩíịò",
    " ỏõóọồổỗốộờởỡớợù",
    " ủũúụừửữứựỳỷỹýỵ ",
);

/// Capitals with tones exist only as the glyphs of `.VnTimeH`, so a text in capitals is stored in small letters there.
fn tcvn3(text: &str, look: Look) -> (String, Look) {
    if text.is_ascii() {
        return (text.to_string(), Look { font: ".VnTime", ..look });
    }
    let is_upper = text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase);
    let (source, font) = if is_upper { (text.to_lowercase(), ".VnTimeH") } else { (text.to_string(), ".VnTime") };
    (source.chars().map(tcvn3_letter).collect(), Look { font, ..look })
}

fn tcvn3_letter(letter: char) -> char {
    let byte_of = |wanted: char| {
        let index = TCVN3_FROM_A0.chars().position(|known| known != ' ' && known == wanted)?;
        Some(char::from(0xA0 + index as u8))
    };
    let small = || letter.to_lowercase().next().unwrap_or(letter);
    byte_of(letter).or_else(|| if letter.is_ascii() { None } else { byte_of(small()) }).unwrap_or(letter)
}

/// The one or two letters of VNI for a letter; a mark is a capital where its letter is one.
fn vni_letter(letter: char) -> String {
    let parts: Vec<char> = letter.to_lowercase().nfd().collect();
    let tone = parts.iter().position(|p| matches!(p, '\u{301}' | '\u{300}' | '\u{309}' | '\u{303}' | '\u{323}'));
    let tone =
        tone.map(|at| "\u{301}\u{300}\u{309}\u{303}\u{323}".chars().position(|c| c == parts[at]).expect("a tone"));
    let nth = |marks: &str, at: usize| marks.chars().nth(at).expect("five marks");
    let with = |base: &str, marks: &str| match tone {
        Some(at) => format!("{base}{}", nth(marks, at)),
        None => base.to_owned(),
    };
    let has = |mark| parts.contains(&mark);
    let small = match parts[0] {
        'đ' => "ñ".to_owned(),
        'i' => tone.map_or_else(|| "i".to_owned(), |at| nth("íìæóò", at).to_string()),
        'y' if tone == Some(4) => "î".to_owned(),
        base if has('\u{302}') => format!("{base}{}", tone.map_or('â', |at| nth("áàåãä", at))),
        base if has('\u{306}') => format!("{base}{}", tone.map_or('ê', |at| nth("éèúüë", at))),
        'o' if has('\u{31b}') => with("ô", "ùøûõï"),
        'u' if has('\u{31b}') => with("ö", "ùøûõï"),
        base @ ('a' | 'e' | 'o' | 'u' | 'y') => with(&base.to_string(), "ùøûõï"),
        _ => return letter.to_string(),
    };
    if letter.is_uppercase() { small.to_uppercase() } else { small }
}

/// The tones of `òa`, `òe`, `ùy` on the other vowel, as half of the country writes them.
pub(crate) fn old_tones(text: &str) -> String {
    const PAIRS: &[(&str, &str)] = &[
        ("óa", "oá"),
        ("òa", "oà"),
        ("ỏa", "oả"),
        ("õa", "oã"),
        ("ọa", "oạ"),
        ("óe", "oé"),
        ("ỏe", "oẻ"),
        ("úy", "uý"),
        ("ủy", "uỷ"),
        ("ÓA", "OÁ"),
        ("ÒA", "OÀ"),
        ("ỦY", "UỶ"),
    ];
    PAIRS.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// Which flaw a text gets depends on its length alone, so that the same text always comes out the same.
fn stray(text: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    if words.len() < 2 {
        return text.to_string();
    }
    let (start, end) = words.split_at(words.len() / 2);
    let (start, end) = (start.join(" "), end.join(" "));
    match text.chars().count() % 4 {
        0 => format!("{start}  {end}"),
        1 => format!("{start} {end} "),
        2 => format!("{start}\u{a0}{end}"),
        _ => format!(" {start}\n{end}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Look = Look::of("Times New Roman", 12);

    #[test]
    fn tcvn3_stores_the_bytes_of_its_table_and_names_its_font() {
        let (text, look) = spell("Xin chào tất cả mọi người", PLAIN, Spelling::Tcvn3);
        let expected: Vec<char> =
            b"Xin ch\xb5o t\xcat c\xb6 m\xe4i ng\xad\xeai".iter().map(|b| char::from(*b)).collect();
        assert_eq!((text.chars().collect::<Vec<_>>(), look.font), (expected, ".VnTime"));
    }

    #[test]
    fn each_letter_of_tcvn3_lies_at_its_own_byte() {
        for (letter, byte) in
            [('Đ', 0xA7), ('đ', 0xAE), ('à', 0xB5), ('ắ', 0xBE), ('ặ', 0xC6), ('è', 0xCC), ('ẹ', 0xD1)]
        {
            assert_eq!(u32::from(tcvn3_letter(letter)), byte, "{letter}");
        }
        for (letter, byte) in
            [('ĩ', 0xDC), ('ò', 0xDF), ('ỏ', 0xE1), ('ợ', 0xEE), ('ù', 0xEF), ('ủ', 0xF1), ('ỵ', 0xFE)]
        {
            assert_eq!(u32::from(tcvn3_letter(letter)), byte, "{letter}");
        }
    }

    #[test]
    fn capitals_of_tcvn3_are_small_letters_in_a_font_of_capitals() {
        let (text, look) = spell("XÃ HƯNG CÔNG", PLAIN, Spelling::Tcvn3);
        assert_eq!((text.as_str(), look.font), ("x\u{b7} h\u{ad}ng c\u{ab}ng", ".VnTimeH"));
    }

    #[test]
    fn vni_writes_a_letter_and_a_mark() {
        let (text, look) = spell("Xã Đồn Xá, huyện; NƯỚC SẠCH; tỷ lệ hộ nghèo", PLAIN, Spelling::Vni);
        assert_eq!((text.as_str(), look.font), ("Xaõ Ñoàn Xaù, huyeän; NÖÔÙC SAÏCH; tyû leä hoä ngheøo", "VNI-Times"));
    }

    #[test]
    fn decomposed_text_composes_to_the_same() {
        let (text, _) = spell("Tỷ lệ hộ nghèo", PLAIN, Spelling::Nfd);
        assert_ne!(text, "Tỷ lệ hộ nghèo");
        assert_eq!(text.nfc().collect::<String>(), "Tỷ lệ hộ nghèo");
    }

    #[test]
    fn stray_spaces_leave_the_words() {
        for text in ["Đã có", "Chưa đạt", "Giao thông nông thôn", "Xã có chợ nông thôn hoặc nơi mua bán"]
        {
            let (stray, _) = spell(text, PLAIN, Spelling::Stray);
            assert_ne!(stray, text);
            assert_eq!(stray.split_whitespace().collect::<Vec<_>>(), text.split_whitespace().collect::<Vec<_>>());
        }
    }
}
