//! The four faces of the paper: Liberation Serif, which has the widths of Times New Roman and all Vietnamese letters.
//!
//! Widths are those a viewer uses: whole thousandths of the size, cut as the PDF's width table is cut, so that what is
//! measured here is where the next letter stands on paper.

use std::sync::LazyLock;

use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};

/// A face of the serif family.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Face {
    Regular,
    Bold,
    Italic,
    BoldItalic,
}

/// From the baseline to the top of the highest letters, in parts of the size.
pub(super) const ASCENT: f32 = 0.891;
/// From the baseline to the foot of the lowest letters, in parts of the size.
pub(super) const DESCENT: f32 = 0.216;

impl Face {
    /// All of them, in the order of their discriminants.
    pub(super) const ALL: [Face; 4] = [Face::Regular, Face::Bold, Face::Italic, Face::BoldItalic];

    /// The whole face as a font file.
    pub(super) fn bytes(self) -> &'static [u8] {
        match self {
            Face::Regular => include_bytes!(concat!(env!("OUT_DIR"), "/serif-regular.ttf")),
            Face::Bold => include_bytes!(concat!(env!("OUT_DIR"), "/serif-bold.ttf")),
            Face::Italic => include_bytes!(concat!(env!("OUT_DIR"), "/serif-italic.ttf")),
            Face::BoldItalic => include_bytes!(concat!(env!("OUT_DIR"), "/serif-bold-italic.ttf")),
        }
    }

    /// Its name in the document.
    pub(super) fn name(self) -> &'static str {
        match self {
            Face::Regular => "LiberationSerif",
            Face::Bold => "LiberationSerif-Bold",
            Face::Italic => "LiberationSerif-Italic",
            Face::BoldItalic => "LiberationSerif-BoldItalic",
        }
    }

    /// The glyph that draws a letter; `None` where the face has none.
    pub(super) fn glyph(self, letter: char) -> Option<u16> {
        self.letter(letter).glyph
    }

    /// How wide a text is drawn at a size, in points.
    pub(super) fn width(self, text: &str, size: f32) -> f32 {
        let thousandths: u32 = text.chars().map(|letter| self.advance(letter)).sum();
        thousandths as f32 * size / 1000.0
    }

    /// The advance of a letter in thousandths of the size.
    fn advance(self, letter: char) -> u32 {
        self.letter(letter).advance
    }

    fn letter(self, letter: char) -> Letter {
        let metrics = &METRICS[self as usize];
        metrics.usual.get(letter as usize).copied().unwrap_or_else(|| metrics.letter(letter))
    }
}

/// What the layout asks of a letter.
#[derive(Debug, Clone, Copy)]
struct Letter {
    glyph: Option<u16>,
    advance: u32,
}

/// What the layout asks of a face.
struct Metrics {
    charmap: Charmap<'static>,
    glyphs: GlyphMetrics<'static>,
    units_per_em: f32,
    /// The letters up to the punctuation, by their code points: every letter of a paper is asked for several times.
    usual: Vec<Letter>,
}

impl Metrics {
    /// The letter, looked up in the face itself.
    fn letter(&self, letter: char) -> Letter {
        let Some(glyph) = self.charmap.map(letter) else { return Letter { glyph: None, advance: 0 } };
        let units = self.glyphs.advance_width(glyph).unwrap_or(0.0);
        Letter {
            // Glyph 0 is the box for letters that are missing; the faces have fewer than 65,536 glyphs.
            glyph: u16::try_from(glyph.to_u32()).ok().filter(|&id| id != 0),
            advance: (units * 1000.0 / self.units_per_em) as u32,
        }
    }
}

static METRICS: LazyLock<[Metrics; 4]> = LazyLock::new(|| {
    Face::ALL.map(|face| {
        let font = FontRef::new(face.bytes()).expect("the build script has checked the face's hash");
        let (size, location) = (Size::unscaled(), LocationRef::default());
        let units_per_em = f32::from(font.metrics(size, location).units_per_em);
        let (charmap, glyphs) = (font.charmap(), font.glyph_metrics(size, location));
        let mut metrics = Metrics { charmap, glyphs, units_per_em, usual: Vec::new() };
        metrics.usual = ('\0'..'\u{2070}').map(|letter| metrics.letter(letter)).collect();
        metrics
    })
});

#[cfg(test)]
mod tests {
    use super::*;

    /// The 134 letters that only Vietnamese has, both cases: twelve vowels under six tones, without the plain six, and đ.
    fn vietnamese_letters() -> Vec<char> {
        use unicode_normalization::UnicodeNormalization;
        let mut letters = vec!['đ', 'Đ'];
        for vowel in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY".chars() {
            for tone in ["", "\u{300}", "\u{309}", "\u{303}", "\u{301}", "\u{323}"] {
                letters.extend(format!("{vowel}{tone}").nfc());
            }
        }
        letters.retain(|letter| !letter.is_ascii());
        letters
    }

    #[test]
    fn every_vietnamese_letter_has_a_glyph_in_all_faces() {
        let letters = vietnamese_letters();
        assert_eq!(letters.len(), 134);
        let signs = "–—…“”‘’•→≥≤×±²³°‰₫√·";
        for face in Face::ALL {
            for letter in letters.iter().copied().chain(' '..='~').chain(signs.chars()) {
                assert!(face.glyph(letter).is_some(), "{face:?} has no {letter:?}");
                assert!(face.advance(letter) > 0, "{face:?} gives {letter:?} no width");
            }
        }
    }

    #[test]
    fn letters_do_not_share_a_glyph_so_that_they_are_copied_as_written() {
        for face in Face::ALL {
            let letters = vietnamese_letters().into_iter().chain(' '..='~');
            let mut glyphs: Vec<_> = letters.map(|letter| (face.glyph(letter), letter)).collect();
            glyphs.sort_unstable();
            for pair in glyphs.windows(2) {
                assert_ne!(pair[0].0, pair[1].0, "{pair:?} in {face:?}");
            }
        }
    }

    #[test]
    fn widths_are_those_of_times_new_roman() {
        assert_eq!(Face::Regular.width("0", 1000.0), 500.0);
        assert_eq!(Face::Regular.width("m", 1000.0), 777.0);
        assert_eq!(Face::Bold.width("ạạ", 100.0), 100.0);
    }
}
