//! The first page's head (boxes 1 to 5a of Nghị định 30/2020/NĐ-CP, Phụ lục I), the paper's end (7 and 9b), and the
//! shorter head of a brief, which is no document that is issued.

use crate::model::brief::Brief;
use crate::model::report::{Head, Signature};

use super::flow::{Keep, Slab};
use super::fonts::Face;
use super::page::{Ink, Item};
use super::style::{BODY, Frame, NOTE, RECIPIENTS, RECIPIENTS_TITLE, RULE, SIGNING_ROOM, Setting};
use super::tags::{self, Blocks, Kind, Tag};
use super::text::{Line, Set, Slot, balanced_lines, plain_lines};

/// The two columns, then kind and summary in the middle.
pub(super) fn opening(head: &Head, width: f32) -> Vec<Slab> {
    let mut slabs = vec![letterhead(head, width)];
    slabs.extend(centred(&head.kind, Face::Bold, BODY, width, 16.0));
    let inset = width * 0.07;
    let summary_lines = balanced_lines(&head.summary, Face::Bold, BODY.size, width - 2.0 * inset);
    let rule_width = summary_lines.iter().map(|line| line.width).fold(0.0, f32::max) * 0.4;
    let summary = centred(&head.summary, Face::Bold, BODY, width - 2.0 * inset, 0.0);
    slabs.extend(
        summary
            .into_iter()
            .map(|slab| Slab { items: slab.items.into_iter().map(|item| item.moved(inset, 0.0)).collect(), ..slab }),
    );
    let rule = Item::level((width - rule_width) / 2.0, 3.0, rule_width, RULE, Ink::BLACK);
    slabs.push(Slab { height: 12.0, items: vec![rule], ..Slab::default() });
    slabs
}

/// Who hands it out and of what month it is, then what it tells of in the middle.
pub(super) fn of_brief(brief: &Brief, frame: Frame) -> Vec<Slab> {
    let width = frame.text_width();
    let names = Setting { size: 11.0, leading: 14.0 };
    let mut left = Column::new(0.0, width * 0.55);
    let mut issuer_width = 0.0;
    for line in &brief.issuer {
        issuer_width = left.add_balanced(line, Face::Bold, names);
    }
    left.rule(issuer_width * 0.4);
    let mut right = Column::new(width * 0.6, width * 0.4);
    for line in &brief.occasion {
        right.add_balanced(line, Face::Regular, names);
    }
    let mut slabs = vec![Slab {
        height: left.y.max(right.y),
        items: left.items.into_iter().chain(right.items).collect(),
        keep: Keep::WithNext,
        ..Slab::default()
    }];
    slabs.extend(centred(&brief.title, Face::Bold, BODY, width, 10.0));
    slabs.extend(centred(&brief.subject, Face::Bold, BODY, width, 0.0));
    slabs.extend(centred(&brief.source, Face::Italic, NOTE, width, 2.0));
    slabs
}

/// Counts the lines of a head or an end: each a paragraph, those that are marked so the title.
pub(super) fn count(slabs: &mut [Slab], counted: &mut Blocks) {
    let mut title: Vec<&mut Item> = Vec::new();
    for item in slabs.iter_mut().flat_map(|slab| &mut slab.items) {
        let is_title = item.tag_mut().is_some_and(|tag| tag.kind == Kind::Title);
        if is_title {
            title.push(item);
        } else {
            counted.add([item], Kind::Paragraph);
        }
    }
    counted.add(title, Kind::Title);
}

/// Signature on the right, recipients on the left level with it, on one page.
pub(super) fn ending(signature: &Signature, width: f32, height: f32) -> Vec<Slab> {
    let half = width / 2.0;
    let mut right = Column::new(half, half);
    for line in &signature.authority {
        right.add(line, Face::Bold, BODY, Set::Center);
    }
    if !signature.name.is_empty() || right.y > 0.0 {
        right.y += SIGNING_ROOM;
        right.add(&signature.name, Face::Bold, BODY, Set::Center);
    }
    let mut left = Column::new(0.0, half - 12.0);
    left.add(&signature.recipients_title, Face::BoldItalic, RECIPIENTS_TITLE, Set::Left);
    let mut rest = Vec::new();
    for recipient in &signature.recipients {
        for line in plain_lines(recipient, Face::Regular, RECIPIENTS.size, left.width) {
            // A list longer than a page goes on below, line by line.
            if left.y + RECIPIENTS.leading <= height - 18.0 {
                left.line(&line, RECIPIENTS, Set::Left);
            } else {
                rest.push(line);
            }
        }
    }
    let block = Slab {
        height: left.y.max(right.y),
        above: 18.0,
        items: left.items.into_iter().chain(right.items).collect(),
        ..Slab::default()
    };
    let mut slabs = vec![block];
    slabs.extend(rest.into_iter().map(|line| {
        let mut column = Column::new(0.0, half - 12.0);
        column.line(&line, RECIPIENTS, Set::Left);
        Slab { height: column.y, items: column.items, ..Slab::default() }
    }));
    slabs
}

/// The two columns: superior, issuer and number on the left, country, motto and date on the right.
fn letterhead(head: &Head, width: f32) -> Slab {
    // The decree allows sizes 12 and 13: the smaller one where it saves lines on the left.
    let large = Columns::new(head, width, 13.0);
    let small = Columns::new(head, width, 12.0);
    let chosen = if small.left.lines < large.left.lines { small } else { large };
    let Columns { mut left, mut right } = chosen;
    // Number and date stand on one line.
    let row = left.y.max(right.y) + 4.0;
    (left.y, right.y) = (row, row);
    left.add(&head.number, Face::Regular, Setting { size: 13.0, leading: 17.0 }, Set::Center);
    right.add(&head.place_and_date, Face::Italic, Setting { size: 13.0, leading: 17.0 }, Set::Center);
    Slab {
        height: left.y.max(right.y),
        items: left.items.into_iter().chain(right.items).collect(),
        keep: Keep::WithNext,
        ..Slab::default()
    }
}

/// The names of the first page's head, set in one size.
struct Columns {
    left: Column,
    right: Column,
}

impl Columns {
    fn new(head: &Head, width: f32, size: f32) -> Self {
        let names = Setting { size, leading: size + 3.0 };
        let motto = Setting { size: size + 1.0, leading: size + 4.0 };
        // The country's name is never broken: the right column is as wide as it needs, the left takes the rest.
        let needed = Face::Bold.width(&head.country, size).max(Face::Bold.width(&head.motto, motto.size));
        let right_width = (needed + 1.0).clamp(width * 0.5, width * 0.64);
        let left_width = width - right_width - 6.0;

        let mut left = Column::new(0.0, left_width);
        for line in &head.superior {
            left.add_balanced(line, Face::Regular, names);
        }
        let mut issuer_width = 0.0;
        for line in &head.issuer {
            issuer_width = left.add_balanced(line, Face::Bold, names);
        }
        left.rule(issuer_width * 0.4);

        let mut right = Column::new(width - right_width, right_width);
        right.add(&head.country, Face::Bold, fitted(&head.country, names, right_width), Set::Center);
        let motto_width = right.add(&head.motto, Face::Bold, fitted(&head.motto, motto, right_width), Set::Center);
        right.rule(motto_width);
        Columns { left, right }
    }
}

/// The setting made smaller until the text stands on one line.
fn fitted(text: &str, setting: Setting, width: f32) -> Setting {
    let needed = Face::Bold.width(text, setting.size);
    let scale = (width / needed.max(1.0)).min(1.0);
    Setting { size: (setting.size * scale * 10.0).floor() / 10.0, leading: setting.leading }
}

/// Lines in the middle, of about the same length, kept with what follows.
fn centred(text: &str, face: Face, setting: Setting, width: f32, above: f32) -> Vec<Slab> {
    let lines = balanced_lines(text, face, setting.size, width);
    let slot = Slot { x: 0.0, y: 0.0, width, leading: setting.leading };
    let slab = |(index, line): (usize, &Line)| Slab {
        height: setting.leading,
        above: if index == 0 { above } else { 0.0 },
        keep: Keep::WithNext,
        items: line.draw(slot, Set::Center, setting.size, Ink::BLACK).collect(),
        ..Slab::default()
    };
    let mut slabs: Vec<Slab> = lines.iter().enumerate().map(slab).collect();
    if face == Face::Bold {
        let tag = Tag { kind: Kind::Title, ..Tag::default() };
        tags::set(slabs.iter_mut().flat_map(|slab| &mut slab.items), tag);
    }
    slabs
}

/// A column that lines are added to from the top.
struct Column {
    x: f32,
    width: f32,
    y: f32,
    lines: usize,
    items: Vec<Item>,
}

impl Column {
    fn new(x: f32, width: f32) -> Self {
        Column { x, width, y: 0.0, lines: 0, items: Vec::new() }
    }

    /// Adds a text and gives the width of its last line.
    fn add(&mut self, text: &str, face: Face, setting: Setting, set: Set) -> f32 {
        let lines = plain_lines(text, face, setting.size, self.width);
        self.set(&lines, setting, set)
    }

    /// Adds a name in the middle, its lines about equally long, and gives the width of the last.
    fn add_balanced(&mut self, text: &str, face: Face, setting: Setting) -> f32 {
        let lines = balanced_lines(text, face, setting.size, self.width);
        self.set(&lines, setting, Set::Center)
    }

    fn set(&mut self, lines: &[Line], setting: Setting, set: Set) -> f32 {
        for line in lines {
            self.line(line, setting, set);
        }
        lines.last().map_or(0.0, |line| line.width)
    }

    fn line(&mut self, line: &Line, setting: Setting, set: Set) {
        let slot = Slot { x: self.x, y: self.y, width: self.width, leading: setting.leading };
        self.items.extend(line.draw(slot, set, setting.size, Ink::BLACK));
        self.y += setting.leading;
        self.lines += 1;
    }

    /// Adds a line of the decree in the middle.
    fn rule(&mut self, width: f32) {
        self.y += 2.0;
        self.items.push(Item::level(self.x + (self.width - width) / 2.0, self.y, width, RULE, Ink::BLACK));
        self.y += 4.0;
    }
}
