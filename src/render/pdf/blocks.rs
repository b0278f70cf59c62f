//! The blocks of a section to slabs: headings, paragraphs, list items, notes, figures; tables have their own file.

use crate::model::report::{Block, Figure, Section, Span};
use crate::model::{Lang, report::PageStart};

use super::chart;
use super::flow::{Keep, Slab};
use super::fonts::Face;
use super::page::{Fill, Ink, Item, Level};
use super::style::{BODY, Frame, HEADING_GAP, INDENT, NOTE, PARAGRAPH_GAP, Setting, field_ground};
use super::table;
use super::tags::{Blocks, Kind};
use super::text::{Line, Measure, Set, Slot, cleaned, lines, plain_lines};

/// Room between two boxes of figures.
const BOX_GAP: f32 = 8.0;
/// A box of figures is not narrower.
const BOX_WIDTH: f32 = 84.0;
const BOX_PADDING: f32 = 5.0;
const BOX_VALUE: Setting = Setting { size: 18.0, leading: 21.0 };
const BOX_LABEL: Setting = Setting { size: 10.0, leading: 11.5 };
const BOX_NOTE: Setting = Setting { size: 9.0, leading: 10.5 };

/// Which part of the paper a section belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part<'a> {
    /// What is signed.
    Text,
    /// What stands behind the signature, and to what that is attached.
    Annex(&'a str),
}

/// A section's title and blocks; under an annex's title stands what it is attached to.
pub(super) fn section(section: &Section, part: Part<'_>, frame: Frame, lang: Lang, counted: &mut Blocks) -> Vec<Slab> {
    let mut slabs = Vec::new();
    if !section.title.is_empty() {
        slabs.extend(match part {
            Part::Annex(attached) => annexed(&section.title, attached, frame),
            // A section on its own page is headed in the middle.
            Part::Text if section.page == PageStart::Flow => heading(&section.title, frame, Set::Left, Level::Section),
            Part::Text => heading(&section.title, frame, Set::Center, Level::Section),
        });
        counted.add(items(&mut slabs), Kind::Section);
    }
    slabs.extend(blocks(&section.blocks, frame, lang, counted));
    slabs
}

/// The decree's head of an annex: its number, its title in capitals, and to what it is attached.
fn annexed(title: &str, attached: &str, frame: Frame) -> Vec<Slab> {
    let width = frame.text_width();
    let shown = match title.split_once('\n') {
        Some((number, name)) => format!("{number}\n{}", name.to_uppercase()),
        None => title.to_owned(),
    };
    let spans = [(Face::Bold, shown.as_str()), (Face::Bold, "\n"), (Face::Italic, attached)];
    let mut slabs = stacked(&lines(&spans, BODY.size, width), width, 0.0, Set::Center, BODY, 0.0);
    slabs.iter_mut().for_each(|slab| slab.keep = Keep::WithNext);
    if let Some(first) = slabs.first_mut() {
        first.bookmark = Some((Level::Section, cleaned(&title.replace('\n', ". "), Face::Regular)));
        first.reference = title.split_once('\n').map(|(number, _)| number.to_owned());
    }
    slabs
}

/// Blocks one under the other.
pub(super) fn blocks(blocks: &[Block], frame: Frame, lang: Lang, counted: &mut Blocks) -> Vec<Slab> {
    let mut slabs: Vec<Slab> = Vec::new();
    let mut before: Option<&Block> = None;
    for block in blocks {
        let from = slabs.len();
        match block {
            Block::Heading(text) => slabs.extend(heading(text, frame, Set::Left, Level::Heading)),
            Block::Paragraph(spans) => slabs.extend(paragraph(&faces(spans), frame)),
            Block::Bullet(spans) => {
                // The dash stays with the first word.
                let mut spans = faces(spans);
                spans.insert(0, (Face::Regular, "-\u{a0}"));
                slabs.extend(paragraph(&spans, frame));
            }
            Block::Note(text) => {
                // What explains a table stands on the page where it ends.
                if let (Some(Block::Table(_)), Some(row)) = (before, slabs.last_mut()) {
                    row.keep = Keep::WithNext;
                }
                slabs.extend(note(text, frame.text_width()));
            }
            Block::Figures(figures) => slabs.extend(boxes(figures, frame)),
            Block::Drawing(drawn) => slabs.extend(chart::slab(drawn, frame, lang)),
            Block::Table(table) => slabs.extend(table::slabs(table, frame, lang)),
            // The long tables are the workbook's.
            Block::Data(_) => {}
        }
        let number = counted.add(items(&mut slabs[from..]), kind(block));
        for slab in &mut slabs[from..] {
            if let Some((block, _)) = &mut slab.alternative {
                *block = number;
            }
        }
        before = Some(block);
    }
    slabs
}

/// Everything that stands on slabs.
pub(super) fn items(slabs: &mut [Slab]) -> impl Iterator<Item = &mut Item> {
    slabs.iter_mut().flat_map(|slab| &mut slab.items)
}

fn kind(block: &Block) -> Kind {
    match block {
        Block::Heading(_) => Kind::Heading,
        Block::Bullet(_) => Kind::Item,
        Block::Drawing(_) => Kind::Chart,
        Block::Table(_) => Kind::Cell,
        Block::Paragraph(_) | Block::Note(_) | Block::Figures(_) | Block::Data(_) => Kind::Paragraph,
    }
}

fn faces(spans: &[Span]) -> Vec<(Face, &str)> {
    let face = |bold| if bold { Face::Bold } else { Face::Regular };
    spans.iter().map(|span| (face(span.bold), span.text.as_str())).collect()
}

fn heading(text: &str, frame: Frame, set: Set, level: Level) -> Vec<Slab> {
    let (width, body) = (frame.text_width(), frame.body);
    let indent = if set == Set::Left { INDENT } else { 0.0 };
    let lines = lines(&[(Face::Bold, text)], body.size, Measure { first: width - indent, rest: width });
    let mut slabs = stacked(&lines, width, indent, set, body, HEADING_GAP);
    for slab in &mut slabs {
        slab.keep = Keep::WithNext;
    }
    if let Some(first) = slabs.first_mut() {
        first.bookmark = Some((level, cleaned(text, Face::Regular)));
    }
    slabs
}

fn paragraph(spans: &[(Face, &str)], frame: Frame) -> Vec<Slab> {
    let (width, body) = (frame.text_width(), frame.body);
    let lines = lines(spans, body.size, Measure { first: width - INDENT, rest: width });
    stacked(&lines, width, INDENT, Set::Justified, body, PARAGRAPH_GAP)
}

fn note(text: &str, width: f32) -> Vec<Slab> {
    let lines = plain_lines(text, Face::Italic, NOTE.size, width);
    stacked(&lines, width, 0.0, Set::Left, NOTE, 4.0)
}

/// One slab a line; no page ends after the first line of a paragraph or before its last.
fn stacked(lines: &[Line], width: f32, indent: f32, set: Set, setting: Setting, above: f32) -> Vec<Slab> {
    let slab = |(index, line): (usize, &Line)| {
        let x = if index == 0 { indent } else { 0.0 };
        let slot = Slot { x, y: 0.0, width: width - x, leading: setting.leading };
        let torn = index == 0 || index + 2 == lines.len();
        Slab {
            height: setting.leading,
            above: if index == 0 { above } else { 0.0 },
            keep: if torn && index + 1 < lines.len() { Keep::WithNext } else { Keep::Free },
            items: line.draw(slot, set, setting.size, Ink::BLACK).collect(),
            ..Slab::default()
        }
    };
    lines.iter().enumerate().map(slab).collect()
}

/// Figures in rows of boxes, the rows as even as they can be.
fn boxes(figures: &[Figure], frame: Frame) -> Vec<Slab> {
    let width = frame.text_width();
    if figures.is_empty() {
        return Vec::new();
    }
    let most = (((width + BOX_GAP) / (BOX_WIDTH + BOX_GAP)) as usize).clamp(1, 6);
    let rows = figures.len().div_ceil(most);
    let columns = figures.len().div_ceil(rows);
    let box_width = (width - BOX_GAP * (columns - 1) as f32) / columns as f32;
    let rows = figures.chunks(columns).map(|row| (row, box_row(row, box_width)));
    rows.flat_map(|(row, boxes)| {
        // A box is not torn; figures that talk too much for one are set as text.
        if boxes.height <= frame.text_height() / 2.0 { vec![boxes] } else { told(row, frame) }
    })
    .collect()
}

fn told(figures: &[Figure], frame: Frame) -> Vec<Slab> {
    let paragraphs = figures.iter().flat_map(|figure| {
        let spans = [
            (Face::Bold, figure.value.as_str()),
            (Face::Regular, "\n"),
            (Face::Regular, figure.label.as_str()),
            (Face::Regular, "\n"),
            (Face::Italic, figure.note.as_str()),
        ];
        paragraph(&spans, frame)
    });
    paragraphs.collect()
}

fn box_row(figures: &[Figure], width: f32) -> Slab {
    let inner = width - 2.0 * BOX_PADDING;
    let parts: Vec<[(Setting, Ink, Vec<Line>); 3]> = figures
        .iter()
        .map(|figure| {
            [
                (BOX_VALUE, Ink::BLACK, plain_lines(&figure.value, Face::Bold, BOX_VALUE.size, inner)),
                (BOX_LABEL, Ink::BLACK, plain_lines(&figure.label, Face::Regular, BOX_LABEL.size, inner)),
                (BOX_NOTE, Ink::GREY, plain_lines(&figure.note, Face::Italic, BOX_NOTE.size, inner)),
            ]
        })
        .collect();
    let heights = parts
        .iter()
        .map(|box_parts| box_parts.iter().map(|(setting, _, lines)| setting.leading * lines.len() as f32).sum::<f32>());
    let height = heights.fold(0.0, f32::max) + 2.0 * BOX_PADDING;
    let mut items = Vec::new();
    for (index, (figure, box_parts)) in figures.iter().zip(&parts).enumerate() {
        let from = items.len();
        let x = index as f32 * (width + BOX_GAP);
        if let Some(ink) = field_ground(figure.tone) {
            items.push(Item::Fill(Fill { x, y: 0.0, width, height, ink }));
        }
        items.extend(Item::frame(x, 0.0, width, height));
        let mut y = BOX_PADDING;
        for (setting, ink, lines) in box_parts {
            for line in lines {
                let slot = Slot { x: x + BOX_PADDING, y, width: inner, leading: setting.leading };
                items.extend(line.draw(slot, Set::Center, setting.size, *ink));
                y += setting.leading;
            }
        }
        // Each box is said by itself.
        let part = u16::try_from(index).unwrap_or(u16::MAX);
        for item in &mut items[from..] {
            if let Item::Text(run) = item {
                run.space = true;
                run.tag.part = part;
            }
        }
    }
    Slab { height, above: BOX_GAP, items, ..Slab::default() }
}
