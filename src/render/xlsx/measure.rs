//! How wide a text is in Times New Roman, and where Excel will break it.
//!
//! Excel fits no row with merged cells by itself, and what it fits on the screen it may cut in print. So heights are
//! estimated here, with a little to spare: a line too many is white, a line too few is a sentence lost.

use std::ops::Range;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

/// The screen is taken to have 96 pixels an inch, as Excel's own measures do.
const PIXELS_PER_POINT: f64 = 96.0 / 72.0;

/// Excel draws a little wider on some screens and printers than the font's metrics say.
const SPARE: f64 = 1.05;

/// Bold letters of Times New Roman are wider by so much on average.
const BOLD: f64 = 1.06;

/// What Excel leaves empty at the left and right of a cell's text.
const PADDING: u32 = 8;

/// Excel's limit of a row's height, 409.5 points.
pub(in crate::render) const HIGHEST_ROW: u32 = 546;

/// How a text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::render) struct Face {
    /// In points.
    pub(super) size: u8,
    /// Its weight.
    pub(super) weight: Weight,
}

/// The weight of a face.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::render) enum Weight {
    /// Regular.
    Regular,
    /// Bold.
    Bold,
}

impl Face {
    /// A regular face of so many points.
    pub(in crate::render) const fn regular(size: u8) -> Self {
        Face { size, weight: Weight::Regular }
    }

    /// A bold face of so many points.
    pub(in crate::render) const fn bold(size: u8) -> Self {
        Face { size, weight: Weight::Bold }
    }

    /// The height of one line, in pixels: what Excel gives a row of this face.
    pub(in crate::render) fn line_height(self) -> u32 {
        whole_pixels(f64::from(self.size) * PIXELS_PER_POINT * 1.34)
    }

    /// Pixels for a thousandth of the size.
    fn scale(self) -> f64 {
        let weight = if self.weight == Weight::Bold { BOLD } else { 1.0 };
        f64::from(self.size) * PIXELS_PER_POINT * weight * SPARE / 1000.0
    }
}

/// The width in pixels of a column that is so many average characters wide.
pub(in crate::render) fn column_pixels(characters: f32) -> u32 {
    // A column without a sensible width gets a narrow one; 255 characters are Excel's limit.
    let characters = if characters.is_finite() { f64::from(characters).clamp(2.0, 250.0) } else { 10.0 };
    whole_pixels(characters * 7.0) + 5
}

/// The width a column must have so that the text stands on one line.
pub(in crate::render) fn cell_width(text: &str, face: Face) -> u32 {
    let widest = text.lines().map(units).fold(0.0, f64::max);
    whole_pixels(widest * face.scale()) + PADDING
}

/// A width that no text of so many bytes exceeds.
pub(super) fn widest(bytes: usize, face: Face) -> u32 {
    let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
    whole_pixels(f64::from(bytes) * 1_000.0 * face.scale()) + PADDING
}

/// The width a column must have so that no word of the text is broken.
pub(super) fn longest_word(text: &str, face: Face) -> u32 {
    let widest = text.split([' ', '\n']).map(|word| units(word.trim())).fold(0.0, f64::max);
    whole_pixels(widest * face.scale()) + PADDING
}

/// How many lines the text takes in a cell of so many pixels; one at least.
pub(in crate::render) fn line_count(text: &str, face: Face, cell_width: u32) -> u32 {
    // Most cells hold a number or a mark: one short line.
    if text.len() < 4 {
        return 1;
    }
    u32::try_from(break_lines(text, face, cell_width).len()).unwrap_or(u32::MAX).max(1)
}

/// The lines into which the text is broken in a cell of so many pixels, as byte ranges that together are the text.
pub(super) fn break_lines(text: &str, face: Face, cell_width: u32) -> Vec<Range<usize>> {
    let room = f64::from(cell_width.saturating_sub(PADDING).max(1)) / face.scale();
    let mut lines = Vec::new();
    let mut line_start = 0;
    let mut line_units = 0.0;
    let mut word_start = 0;
    for word in text.split_inclusive([' ', '\n']) {
        let word_end = word_start + word.len();
        let visible = units(word.trim_end());
        if line_units > 0.0 && line_units + visible > room {
            lines.push(line_start..word_start);
            line_start = word_start;
            line_units = 0.0;
        }
        // A word longer than the line is broken where the line is full.
        if visible > room {
            for (offset, letter) in word.char_indices() {
                let letter_units = units_of(letter);
                if line_units > 0.0 && line_units + letter_units > room {
                    lines.push(line_start..word_start + offset);
                    line_start = word_start + offset;
                    line_units = 0.0;
                }
                line_units += letter_units;
            }
        } else {
            line_units += units(word);
        }
        word_start = word_end;
        if word.ends_with('\n') {
            lines.push(line_start..word_end);
            line_start = word_end;
            line_units = 0.0;
        }
    }
    if line_start < text.len() {
        lines.push(line_start..text.len());
    }
    lines
}

/// The width of a text in thousandths of its size.
fn units(text: &str) -> f64 {
    text.chars().map(units_of).sum()
}

/// The width of a letter in thousandths of the size.
fn units_of(letter: char) -> f64 {
    match WIDTHS.get(letter as usize) {
        Some(width) => *width,
        None => measured_units(letter),
    }
}

/// The widths of the letters up to the last of Vietnamese, which are asked for a million times in a long workbook.
static WIDTHS: LazyLock<Vec<f64>> = LazyLock::new(|| ('\0'..='\u{1EFF}').map(measured_units).collect());

/// The width of a letter as Times New Roman has it. Vietnamese letters are as wide as the letter under their marks, only
/// the horn of ơ and ư stands beside it.
fn measured_units(letter: char) -> f64 {
    if letter.is_ascii() {
        return ascii_units(letter);
    }
    match letter {
        'đ' => 500.0,
        'Đ' => 722.0,
        '–' | '“' | '”' | '‘' | '’' => 500.0,
        '—' | '…' | '→' | '≥' | '≤' => 1000.0,
        _ => std::iter::once(letter).nfd().map(part_units).sum(),
    }
}

/// The width that one part of a decomposed letter adds.
fn part_units(part: char) -> f64 {
    match part {
        '\u{031B}' => 60.0,
        '\u{0300}'..='\u{036F}' => 0.0,
        ascii if ascii.is_ascii() => ascii_units(ascii),
        _ => 800.0,
    }
}

/// The advance widths of the ASCII letters.
fn ascii_units(letter: char) -> f64 {
    match letter {
        '\n' | '\r' => 0.0,
        ' ' | ',' | '.' => 250.0,
        'i' | 'j' | 'l' | 't' | '/' | ':' | ';' | '\\' => 278.0,
        'f' | 'r' | 'I' | '-' | '(' | ')' | '!' | '[' | ']' | '`' => 333.0,
        's' | 'J' => 389.0,
        'a' | 'c' | 'e' | 'z' | '?' | '"' => 444.0,
        'k' | 'v' | 'x' | 'y' | 'b' | 'd' | 'g' | 'h' | 'n' | 'o' | 'p' | 'q' | 'u' | '0'..='9' | '_' | '$' | '*' => {
            500.0
        }
        'F' | 'P' | 'S' | '+' | '<' | '=' | '>' => 560.0,
        'E' | 'L' | 'T' | 'Z' => 611.0,
        'B' | 'C' | 'R' => 667.0,
        'w' | 'A' | 'D' | 'G' | 'H' | 'K' | 'N' | 'O' | 'Q' | 'U' | 'V' | 'X' | 'Y' => 722.0,
        'm' | '&' => 778.0,
        '%' => 833.0,
        'M' => 889.0,
        'W' | '@' => 943.0,
        _ => 500.0,
    }
}

/// A length rounded up to whole pixels.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "widths are small and not negative")]
fn whole_pixels(length: f64) -> u32 {
    length.ceil() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_together_are_the_text() {
        let text = "Ban Chỉ đạo các chương trình mục tiêu quốc gia\nhuyện Bình Lục, tỉnh Hà Nam  ";
        let lines = break_lines(text, Face::regular(11), 150);
        let joined: String = lines.iter().map(|line| &text[line.clone()]).collect();
        assert_eq!(joined, text);
        assert!(lines.len() >= 4, "{lines:?}");
    }

    #[test]
    fn marks_over_letters_take_no_room() {
        let face = Face::regular(12);
        assert_eq!(cell_width("Trung Lương", face), cell_width("Trung Luong", face) + 2);
        assert_eq!(cell_width("Bồ Đề", face), cell_width("Bo De", face));
    }

    #[test]
    fn a_word_longer_than_the_line_is_broken() {
        assert_eq!(line_count(&"a".repeat(100), Face::regular(11), 110), 8);
    }

    #[test]
    fn an_empty_text_takes_one_line() {
        assert_eq!(line_count("", Face::regular(11), 50), 1);
        assert_eq!(line_count("\n\n\n\n", Face::regular(11), 50), 4);
    }
}
