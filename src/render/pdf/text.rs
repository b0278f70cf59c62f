//! Text to lines: cleaned to what the faces can draw, broken where Unicode allows it (UAX #14), justified.
//!
//! Nothing is lost: a word longer than the line is cut between its letters, and a letter no face has is written by its
//! number.

use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_normalization::UnicodeNormalization;

use super::fonts::{ASCENT, DESCENT, Face};
use super::page::{Ink, Item, Run, Turn};
use super::tags::Tag;

/// A line of text, measured.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// From the left, one for each change of face.
    pub fragments: Vec<Fragment>,
    /// Of all fragments together.
    pub width: f32,
    /// Why it ends.
    pub end: LineEnd,
    /// Whether it ends at a space or a line feed, and not inside a word.
    pub space: bool,
}

/// A part of a line in one face.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fragment {
    pub text: String,
    pub face: Face,
    pub width: f32,
}

/// Why a line ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineEnd {
    /// The width was used up; such lines are justified.
    Full,
    /// The text or one of its own lines ends.
    Paragraph,
}

/// How a line is set into its width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Set {
    Left,
    Center,
    Right,
    Justified,
}

/// The box a line is drawn into.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot {
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub leading: f32,
}

/// The widths of a paragraph's lines.
#[derive(Debug, Clone, Copy)]
pub(super) struct Measure {
    pub first: f32,
    pub rest: f32,
}

impl From<f32> for Measure {
    fn from(width: f32) -> Self {
        Measure { first: width, rest: width }
    }
}

/// Breaks text into lines no wider than the measure.
pub(super) fn lines(spans: &[(Face, &str)], size: f32, measure: impl Into<Measure>) -> Vec<Line> {
    Letters::new(spans).broken(size, measure.into())
}

/// Lines of a title: no more than needed, and broken in the narrowest width that needs no more.
pub(super) fn balanced_lines(text: &str, face: Face, size: f32, width: f32) -> Vec<Line> {
    let letters = Letters::new(&[(face, text)]);
    let mut best = letters.broken(size, width.into());
    let mut narrower = width - 4.0;
    while best.len() > 1 && narrower > letters.longest_word(size) {
        let lines = letters.broken(size, narrower.into());
        if lines.len() > best.len() {
            break;
        }
        best = lines;
        narrower -= 4.0;
    }
    best
}

/// Breaks text of one face into lines.
pub(super) fn plain_lines(text: &str, face: Face, size: f32, width: f32) -> Vec<Line> {
    lines(&[(face, text)], size, width)
}

/// The width of the longest piece of a text that is not broken between words.
pub(super) fn longest_word(text: &str, face: Face, size: f32) -> f32 {
    Letters::new(&[(face, text)]).longest_word(size)
}

/// The text as it is drawn, on one line.
pub(super) fn cleaned(text: &str, face: Face) -> String {
    clean(text, face).chars().map(|letter| if letter == '\n' { ' ' } else { drawn(letter) }).collect()
}

impl Line {
    /// The line as items in its slot.
    pub(super) fn draw(&self, slot: Slot, set: Set, size: f32, ink: Ink) -> impl Iterator<Item = Item> {
        let spaces = self.fragments.iter().flat_map(|part| part.text.chars()).filter(|&letter| letter == ' ').count();
        let room = (slot.width - self.width).max(0.0);
        // A line that could only be filled with gaping spaces (before a long address) stays ragged.
        let fill = set == Set::Justified && self.end == LineEnd::Full && spaces > 0 && room < spaces as f32 * size;
        let stretch = if fill { room / spaces as f32 } else { 0.0 };
        let mut x = slot.x
            + match set {
                Set::Left | Set::Justified => 0.0,
                Set::Center => room / 2.0,
                Set::Right => room,
            };
        let y = slot.y + baseline(slot.leading, size);
        let last = self.fragments.len().saturating_sub(1);
        self.fragments.iter().enumerate().map(move |(place, part)| {
            let (text, tag) = (part.text.clone(), Tag::default());
            let space = self.space && place == last;
            let run = Run { x, y, text, face: part.face, size, stretch, turn: Turn::Level, ink, tag, space };
            x += part.width + stretch * part.text.matches(' ').count() as f32;
            Item::Text(run)
        })
    }

    /// The text of the line.
    #[cfg(test)]
    pub(super) fn text(&self) -> String {
        self.fragments.iter().map(|part| part.text.as_str()).collect()
    }
}

/// Where the baseline stands in a line of some height, from its top.
pub(super) fn baseline(leading: f32, size: f32) -> f32 {
    (leading - (ASCENT + DESCENT) * size) / 2.0 + ASCENT * size
}

fn room(lines: &[Line], measure: Measure) -> f32 {
    if lines.is_empty() { measure.first } else { measure.rest }
}

/// A text's letters with their faces, and the widths up to each of them.
struct Letters {
    text: String,
    /// Byte, letter and face of each letter.
    letters: Vec<(usize, char, Face)>,
    /// The width of all letters before this one, at size 1.
    before: Vec<f64>,
}

impl Letters {
    fn new(spans: &[(Face, &str)]) -> Self {
        let mut text = String::new();
        let mut letters = Vec::new();
        let mut before = vec![0.0];
        let mut width = 0.0;
        for &(face, span) in spans {
            for letter in clean(span, face).chars() {
                letters.push((text.len(), letter, face));
                text.push(letter);
                if letter != '\n' {
                    width += f64::from(face.width(drawn(letter).encode_utf8(&mut [0; 4]), 1.0));
                }
                before.push(width);
            }
        }
        Letters { text, letters, before }
    }

    fn broken(&self, size: f32, measure: Measure) -> Vec<Line> {
        let mut lines: Vec<Line> = Vec::new();
        let (mut start, mut word) = (0, 0);
        for (next, opportunity) in self.breaks() {
            let word_end = self.without_trailing_spaces(word, next);
            // A word is first put on a line of its own, and cut only where it is longer than that line.
            if start < word && self.width(start, word_end, size) > room(&lines, measure) {
                lines.push(self.line(start, word, size, LineEnd::Full));
                start = word;
            }
            while self.width(start, word_end, size) > room(&lines, measure) {
                let cut = self.cut(start, word_end, size, room(&lines, measure));
                if cut == word_end {
                    break;
                }
                lines.push(self.line(start, cut, size, LineEnd::Full));
                start = cut;
            }
            if opportunity == BreakOpportunity::Mandatory {
                lines.push(self.line(start, next, size, LineEnd::Paragraph));
                start = next;
            }
            word = next;
        }
        lines
    }

    fn longest_word(&self, size: f32) -> f32 {
        let mut word = 0;
        let mut longest: f32 = 0.0;
        for (next, _) in self.breaks() {
            longest = longest.max(self.width(word, self.without_trailing_spaces(word, next), size));
            word = next;
        }
        longest
    }

    /// The places where a line may or must end, as counts of letters.
    fn breaks(&self) -> impl Iterator<Item = (usize, BreakOpportunity)> {
        let mut letter = 0;
        linebreaks(&self.text)
            .filter(|_| !self.text.is_empty())
            .filter(|&(byte, opportunity)| opportunity == BreakOpportunity::Mandatory || !belongs(&self.text, byte))
            .map(move |(byte, opportunity)| {
                while self.letters.get(letter).is_some_and(|&(at, ..)| at < byte) {
                    letter += 1;
                }
                (letter, opportunity)
            })
    }

    fn width(&self, from: usize, to: usize, size: f32) -> f32 {
        // Rounded, so that what just fits when it is measured also fits when it is broken.
        let width = (self.before[to] - self.before[from]) * f64::from(size);
        ((width * 1000.0).round() / 1000.0) as f32
    }

    fn without_trailing_spaces(&self, from: usize, to: usize) -> usize {
        let spaces = self.letters[from..to].iter().rev().take_while(|(_, letter, _)| matches!(letter, ' ' | '\n'));
        to - spaces.count()
    }

    /// The end of the longest part that fits, at least one letter with its marks.
    fn cut(&self, from: usize, to: usize, size: f32, room: f32) -> usize {
        let fits = (from + 1..=to).take_while(|&end| self.width(from, end, size) <= room).last();
        fits.unwrap_or(from + 1)
    }

    fn line(&self, from: usize, to: usize, size: f32, end: LineEnd) -> Line {
        let whole = to;
        let to = self.without_trailing_spaces(from, to);
        let fragments: Vec<Fragment> = self.letters[from..to]
            .chunk_by(|(.., left), (.., right)| left == right)
            .map(|part| {
                let text: String = part.iter().map(|&(_, letter, _)| drawn(letter)).collect();
                let face = part[0].2;
                let width = face.width(&text, size);
                Fragment { text, face, width }
            })
            .collect();
        Line { width: fragments.iter().map(|part| part.width).sum(), fragments, end, space: to < whole }
    }
}

/// Whether the words on both sides of a place are read as one: `1,25 km`, `ngày 25`, `tháng 4`.
fn belongs(text: &str, at: usize) -> bool {
    const UNITS: [&str; 12] = ["km", "m", "m2", "m3", "ha", "kg", "tấn", "%", "triệu", "tỷ", "đồng", "người"];
    const LEADS: [&str; 12] =
        ["ngày", "tháng", "năm", "quý", "Quý", "Điều", "khoản", "mục", "Biểu", "kỳ", "Ngày", "Tháng"];
    let is_number = |word: &str| word.starts_with(|first: char| first.is_ascii_digit());
    let edge = |letter: char| letter == '(' || letter == ')' || letter == '“';
    let before = text[..at].trim_end_matches(' ').rsplit(' ').next().unwrap_or_default().trim_start_matches(edge);
    let after = text[at..].split(' ').next().unwrap_or_default();
    let after = after.trim_end_matches(|letter: char| letter.is_ascii_punctuation() && letter != '%');
    (is_number(before) && before.ends_with(|last: char| last.is_ascii_digit()) && UNITS.contains(&after))
        || (LEADS.contains(&before) && is_number(after))
        // The mark of a footnote alone on a line belongs to nothing.
        || text[at..].starts_with("(*)")
}

/// Text of letters that the face has, in NFC, with line feeds.
fn clean(text: &str, face: Face) -> String {
    let mut clean = String::with_capacity(text.len());
    for letter in text.replace("\r\n", "\n").nfc() {
        match letter {
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => clean.push('\n'),
            // Not seen, and no break is taken at them: soft hyphen, zero-width space and joiners, byte order mark.
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fe0e}' | '\u{fe0f}' => {}
            _ if letter.is_control() => clean.push(' '),
            _ if face.glyph(drawn(letter)).is_some() => clean.push(letter),
            '✓' | '✔' | '☑' => clean.push('√'),
            '✗' | '✘' | '☒' => clean.push('×'),
            _ => clean.push_str(&format!("[U+{:04X}]", u32::from(letter))),
        }
    }
    clean
}

/// The letter drawn for another that looks the same. A glyph is copied out of the PDF as one letter: a single
/// no-break space or Icelandic eth would otherwise turn all spaces or all đ into itself.
fn drawn(letter: char) -> char {
    match letter {
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => ' ',
        '\u{2010}' | '\u{2011}' => '-',
        'Ð' | 'Ɖ' => 'Đ',
        _ => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, width: f32) -> Vec<String> {
        let lines = plain_lines(text, Face::Regular, 10.0, width);
        for line in &lines {
            assert!(line.width <= width || line.text().chars().count() == 1, "{line:?}");
        }
        lines.iter().map(Line::text).collect()
    }

    #[test]
    fn lines_break_at_spaces_and_keep_every_word() {
        assert_eq!(check("Xã Trung Lương đạt 15/19 tiêu chí", 50.0), ["Xã Trung", "Lương đạt", "15/19 tiêu", "chí"]);
    }

    #[test]
    fn a_no_break_space_keeps_number_and_unit_together() {
        assert_eq!(check("dài 12\u{a0}km", 30.0), ["dài", "12 km"]);
    }

    #[test]
    fn numbers_stay_with_their_units_and_dates_together() {
        assert_eq!(check("nâng cấp 1,25 km, trước", 68.0), ["nâng cấp", "1,25 km, trước"]);
        assert_eq!(check("trước ngày 25 tháng 4", 48.0), ["trước", "ngày 25", "tháng 4"]);
    }

    #[test]
    fn a_mark_stays_with_the_word_it_marks() {
        assert_eq!(check("đường thôn (*)", 56.0), ["đường", "thôn (*)"]);
    }

    #[test]
    fn a_word_longer_than_the_line_is_cut_between_letters() {
        let word = "Bao-cao_NTM_thang_04_2023_cua_xa_Trung_Luong.xlsx".replace('-', "_");
        let lines = check(&format!("tệp {word} đã nhận"), 60.0);
        assert_eq!(lines[0], "tệp");
        assert_eq!(lines.concat().replace(' ', ""), format!("tệp{word}đãnhận"));
    }

    #[test]
    fn a_width_too_narrow_for_a_letter_still_loses_nothing() {
        assert_eq!(check("mm m", 1.0), ["m", "m", "m"]);
    }

    #[test]
    fn line_feeds_end_lines_and_blank_lines_stay() {
        assert_eq!(check("a\r\nb\n\nc", 60.0), ["a", "b", "", "c"]);
        assert_eq!(check("", 60.0), [""; 0]);
    }

    #[test]
    fn decomposed_letters_are_composed_and_missing_ones_named() {
        assert_eq!(check("Tie\u{302}\u{301}ng", 90.0), ["Tiếng"]);
        assert_eq!(check("✔ 村", 90.0), ["√ [U+6751]"]);
        assert_eq!(check("Ðạt", 90.0), ["Đạt"]);
    }

    #[test]
    fn a_full_line_is_stretched_to_the_margin_and_the_last_is_not() {
        let text = "Xã Trung Lương đạt 15/19 tiêu chí và 52/57 chỉ tiêu nông thôn mới";
        let lines = plain_lines(text, Face::Regular, 10.0, 90.0);
        let slot = Slot { x: 0.0, y: 0.0, width: 90.0, leading: 12.0 };
        let ends: Vec<f32> = lines
            .iter()
            .map(|line| match line.draw(slot, Set::Justified, 10.0, Ink::BLACK).last() {
                Some(Item::Text(run)) => {
                    let spaces = run.text.matches(' ').count() as f32;
                    run.x + run.face.width(&run.text, run.size) + run.stretch * spaces
                }
                other => panic!("{other:?}"),
            })
            .collect();
        let (last, full) = ends.split_last().expect("there are lines");
        assert!(full.len() > 1 && full.iter().all(|end| (end - 90.0).abs() < 0.01) && *last < 89.0, "{ends:?}");
    }

    #[test]
    fn faces_change_inside_a_line() {
        let lines =
            lines(&[(Face::Regular, "Xã "), (Face::Bold, "Trung Lương"), (Face::Regular, ": đạt")], 10.0, 200.0);
        let parts: Vec<_> = lines[0].fragments.iter().map(|part| (part.text.as_str(), part.face)).collect();
        assert_eq!(parts, [("Xã ", Face::Regular), ("Trung Lương", Face::Bold), (": đạt", Face::Regular)]);
    }
}
