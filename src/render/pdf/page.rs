//! What the layout gives: pages of text runs, lines and tinted rectangles at fixed places, and nothing of PDF.
//!
//! Lengths are points; the origin is the top left corner of the page, `y` grows downwards.

use std::collections::BTreeMap;

use super::fonts::Face;
use super::style::HAIRLINE;
use super::tags::Tag;

/// The laid-out paper.
#[derive(Debug, Default)]
pub(super) struct Paper {
    /// In order.
    pub pages: Vec<Page>,
    /// The outline, in order.
    pub bookmarks: Vec<Bookmark>,
    /// What is said instead of a chart, by its block.
    pub alternatives: BTreeMap<u32, String>,
}

/// A page and what stands on it, text in reading order.
#[derive(Debug)]
pub(super) struct Page {
    pub width: f32,
    pub height: f32,
    pub items: Vec<Item>,
}

/// Something drawn.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Item {
    Text(Run),
    Rule(Rule),
    Fill(Fill),
}

/// A run of text in one face on one line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Run {
    /// Where it begins.
    pub x: f32,
    /// The baseline.
    pub y: f32,
    pub text: String,
    pub face: Face,
    pub size: f32,
    /// What each space is wider than in the face, to fill a line.
    pub stretch: f32,
    pub turn: Turn,
    pub ink: Ink,
    /// What it is.
    pub tag: Tag,
    /// Whether a space follows that is not seen, because the line ends there.
    pub space: bool,
}

/// The way a run reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// From left to right.
    Level,
    /// From below upwards.
    Up,
}

/// A straight line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Rule {
    pub from: (f32, f32),
    pub to: (f32, f32),
    pub thickness: f32,
    pub ink: Ink,
}

/// A tinted rectangle.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fill {
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub height: f32,
    pub ink: Ink,
}

/// A colour: red, green, blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ink(pub u8, pub u8, pub u8);

impl Ink {
    /// Text and the decree's lines.
    pub(super) const BLACK: Ink = Ink(0, 0, 0);
    /// Text of little weight: still dark enough to be read from a copy.
    pub(super) const GREY: Ink = Ink(96, 96, 96);
    /// The thin lines of tables and boxes.
    pub(super) const LINE: Ink = Ink(128, 128, 128);
    /// The ground of headings in tables.
    pub(super) const HEADER: Ink = Ink(232, 236, 240);
}

/// An entry of the outline.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Bookmark {
    pub level: Level,
    pub title: String,
    /// Zero-based.
    pub page: usize,
    /// The top of what it names.
    pub y: f32,
    /// The words by which the text names it: `Phụ lục II`.
    pub reference: Option<String>,
}

/// How deep an entry of the outline stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    Section,
    Heading,
}

impl Item {
    /// The same item, moved.
    pub(super) fn moved(mut self, dx: f32, dy: f32) -> Item {
        match &mut self {
            Item::Text(run) => (run.x, run.y) = (run.x + dx, run.y + dy),
            Item::Rule(rule) => {
                rule.from = (rule.from.0 + dx, rule.from.1 + dy);
                rule.to = (rule.to.0 + dx, rule.to.1 + dy);
            }
            Item::Fill(fill) => (fill.x, fill.y) = (fill.x + dx, fill.y + dy),
        }
        self
    }

    /// What it is, where it is a text.
    pub(super) fn tag_mut(&mut self) -> Option<&mut Tag> {
        if let Item::Text(run) = self { Some(&mut run.tag) } else { None }
    }

    /// A level line.
    pub(super) fn level(x: f32, y: f32, width: f32, thickness: f32, ink: Ink) -> Item {
        Item::Rule(Rule { from: (x, y), to: (x + width, y), thickness, ink })
    }

    /// The four lines around a rectangle.
    pub(super) fn frame(x: f32, y: f32, width: f32, height: f32) -> [Item; 4] {
        [
            Item::level(x, y, width, HAIRLINE, Ink::LINE),
            Item::level(x, y + height, width, HAIRLINE, Ink::LINE),
            Item::upright(x, y, height, HAIRLINE, Ink::LINE),
            Item::upright(x + width, y, height, HAIRLINE, Ink::LINE),
        ]
    }

    /// An upright line.
    pub(super) fn upright(x: f32, y: f32, height: f32, thickness: f32, ink: Ink) -> Item {
        Item::Rule(Rule { from: (x, y), to: (x, y + height), thickness, ink })
    }
}
