//! Sizes and distances of the paper in points, after Nghị định 30/2020/NĐ-CP, Phụ lục I.

use super::page::Ink;
use crate::model::report::Tone;

/// One millimetre.
pub(super) const MM: f32 = 72.0 / 25.4;

/// Running text and headings: size 13 of the 13 to 14 allowed, 6 between paragraphs, first line 1.27 cm in.
pub(super) const BODY: Setting = Setting { size: 13.0, leading: 16.0 };
/// Room above a paragraph.
pub(super) const PARAGRAPH_GAP: f32 = 6.0;
/// Room above a heading.
pub(super) const HEADING_GAP: f32 = 9.0;
/// The first line's indent.
pub(super) const INDENT: f32 = 12.7 * MM;
/// Explanations, legends, sources.
pub(super) const NOTE: Setting = Setting { size: 10.5, leading: 12.5 };
/// A table's caption.
pub(super) const CAPTION: Setting = Setting { size: 12.0, leading: 15.0 };
/// `Nơi nhận:`.
pub(super) const RECIPIENTS_TITLE: Setting = Setting { size: 12.0, leading: 15.0 };
/// The recipients.
pub(super) const RECIPIENTS: Setting = Setting { size: 11.0, leading: 13.5 };
/// Where a hand signs.
pub(super) const SIGNING_ROOM: f32 = 68.0;
/// The number in the top margin.
pub(super) const PAGE_NUMBER: Setting = Setting { size: 13.0, leading: 16.0 };

/// Lines of the decree: under the motto, the issuer and the summary.
pub(super) const RULE: f32 = 0.7;
/// Lines of tables and boxes.
pub(super) const HAIRLINE: f32 = 0.4;

/// A size and the distance of its lines.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Setting {
    pub size: f32,
    pub leading: f32,
}

/// A page's size and the rectangle that text may use.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Frame {
    pub width: f32,
    pub height: f32,
    pub left: f32,
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
    /// How running text is set on it.
    pub body: Setting,
}

impl Frame {
    /// A4 upright: 20 mm above and below, 30 left where it is bound, 15 right, the least of the decree.
    pub(super) const PORTRAIT: Frame = Frame {
        width: 210.0 * MM,
        height: 297.0 * MM,
        left: 30.0 * MM,
        top: 20.0 * MM,
        right: 15.0 * MM,
        bottom: 20.0 * MM,
        body: BODY,
    };
    /// A4 lying: bound among upright pages its top is their left.
    pub(super) const LANDSCAPE: Frame = Frame {
        width: 297.0 * MM,
        height: 210.0 * MM,
        left: 20.0 * MM,
        top: 30.0 * MM,
        right: 20.0 * MM,
        bottom: 15.0 * MM,
        body: BODY,
    };
    /// A4 upright for a brief, which is read at a table and not filed: the least margins, and text as large as in tables.
    pub(super) const BRIEF: Frame =
        Frame { left: 25.0 * MM, body: Setting { size: 12.0, leading: 15.0 }, ..Frame::PORTRAIT };

    /// The width that text may use.
    pub(super) fn text_width(&self) -> f32 {
        self.width - self.left - self.right
    }

    /// The height that text may use.
    pub(super) fn text_height(&self) -> f32 {
        self.height - self.top - self.bottom
    }
}

/// The ground of a mark, light enough for a black letter and of different greys where two could be confused.
pub(super) fn mark_ground(tone: Tone) -> Option<Ink> {
    match tone {
        Tone::Plain | Tone::Quiet | Tone::NotReported => None,
        Tone::Met => Some(Ink(234, 246, 234)),
        Tone::NotMet => Some(Ink(246, 199, 191)),
        Tone::NotApplicable => Some(Ink(238, 238, 238)),
        Tone::Outdated => Some(Ink(255, 246, 214)),
        Tone::Warning => Some(Ink(255, 224, 163)),
        Tone::Error => Some(Ink(233, 164, 155)),
    }
}

/// The ground of a larger field with text on it: half as strong, so that it does not shout.
pub(super) fn field_ground(tone: Tone) -> Option<Ink> {
    let pale = |part: u8| part + (255 - part) / 2;
    mark_ground(tone).map(|Ink(red, green, blue)| Ink(pale(red), pale(green), pale(blue)))
}

/// The ink of a cell's text.
pub(super) fn ink(tone: Tone) -> Ink {
    match tone {
        Tone::Quiet | Tone::NotApplicable => Ink::GREY,
        _ => Ink::BLACK,
    }
}
