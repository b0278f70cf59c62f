//! A table to slabs: one a row, its header on every page, tints with letters, too many columns cut into parts.

use std::ops::Range;
use std::rc::Rc;

use crate::model::Lang;
use crate::model::report::{Align, Cell, Column, Row, RowKind, Table, TableStyle, Tone};

use super::columns::{self, Need};
use super::flow::{Header, Keep, Slab};
use super::fonts::Face;
use super::header;
use super::numbers;
use super::page::{Fill, Ink, Item};
use super::plan::{self, Plan};
use super::style::{CAPTION, Frame, HAIRLINE, field_ground, ink, mark_ground};
use super::tags::{self, Kind, Tag};
use super::text::{Line, Set, Slot, plain_lines};

/// Room beside and above the text of a cell.
pub(super) const PADDING: (f32, f32) = (3.5, 2.0);
/// The part of a page that a header which comes again may take.
const HEADER: f32 = 0.4;
/// How many lines of a row higher than a page stay together.
const STRIP_LINES: usize = 4;
/// The parts of a page up to which a table is not torn: of text, of marks, and of marks going on from another part.
const WHOLE: (f32, f32, f32) = (0.35, 0.5, 0.95);

/// A table with the texts of its cells, and how it is set.
pub(super) struct Sheet<'a> {
    pub table: &'a Table,
    pub texts: &'a [Vec<String>],
    pub plan: Plan,
}

/// A table's caption, header and rows.
pub(super) fn slabs(table: &Table, frame: Frame, lang: Lang) -> Vec<Slab> {
    if table.columns.is_empty() {
        return Vec::new();
    }
    let text = |cell: &Cell| numbers::shown(&cell.value, lang);
    let texts: Vec<Vec<String>> = table.rows.iter().map(|row| row.cells.iter().map(text).collect()).collect();
    let sheet = Sheet { table, texts: &texts, plan: plan::plan(table, &texts, frame) };
    let mut slabs = Vec::new();
    for (index, part) in sheet.plan.parts.iter().enumerate() {
        let continued = match (index, lang) {
            (0, _) => "",
            (_, Lang::Vi) => " (tiếp theo)",
            (_, Lang::En) => " (continued)",
        };
        let captioned = !table.caption.is_empty();
        let from = slabs.len();
        if captioned {
            slabs.extend(caption(&format!("{}{continued}", table.caption), frame.text_width()));
        }
        let mut rows = sheet.part(part, frame, if captioned { 3.0 } else { 8.0 });
        let whole = match (table.style, index) {
            (TableStyle::Text, _) => WHOLE.0,
            (TableStyle::Matrix, 0) => WHOLE.1,
            (TableStyle::Matrix, _) => WHOLE.2,
        };
        let height: f32 = rows.iter().map(|slab| slab.height).sum();
        if let Some(first) = rows.first_mut().filter(|_| height <= frame.text_height() * whole) {
            first.whole = height;
        }
        slabs.extend(rows);
        let texts = slabs[from..].iter_mut().flat_map(|slab| &mut slab.items).filter_map(Item::tag_mut);
        texts.for_each(|tag| tag.part = u16::try_from(index).unwrap_or(u16::MAX));
    }
    slabs
}

fn caption(text: &str, width: f32) -> Vec<Slab> {
    let slot = Slot { x: 0.0, y: 0.0, width, leading: CAPTION.leading };
    let slab = |(index, line): (usize, &Line)| Slab {
        height: CAPTION.leading,
        above: if index == 0 { 10.0 } else { 0.0 },
        keep: Keep::WithNext,
        items: line.draw(slot, Set::Center, CAPTION.size, Ink::BLACK).collect(),
        ..Slab::default()
    };
    let mut slabs: Vec<Slab> =
        plain_lines(text, Face::Bold, CAPTION.size, width).iter().enumerate().map(slab).collect();
    let tag = Tag { kind: Kind::Caption, ..Tag::default() };
    tags::set(slabs.iter_mut().flat_map(|slab| &mut slab.items), tag);
    slabs
}

/// A group heading whose text runs across the table.
pub(super) fn spans(row: &Row) -> bool {
    row.kind == RowKind::Group && row.cells.iter().skip(1).all(|cell| numbers::shown(&cell.value, Lang::Vi).is_empty())
}

/// Letters and weight tell the tone where the tint cannot be seen.
pub(super) fn face(style: TableStyle, kind: RowKind, tone: Tone) -> Face {
    match (kind, tone) {
        (RowKind::Group | RowKind::Total, _) | (_, Tone::Error) => Face::Bold,
        (_, Tone::NotMet) if style == TableStyle::Matrix => Face::Bold,
        (_, Tone::NotReported | Tone::Outdated) => Face::Italic,
        _ => Face::Regular,
    }
}

/// A cell ready to be drawn.
pub(super) struct Shown {
    pub x: f32,
    pub width: f32,
    pub lines: Vec<Line>,
    pub set: Set,
    pub ink: Ink,
    pub ground: Option<Ink>,
    /// Whether it heads its row or column.
    pub kind: Kind,
}

impl Sheet<'_> {
    fn part(&self, part: &[usize], frame: Frame, above: f32) -> Vec<Slab> {
        let mut needs: Vec<Need> = part.iter().map(|&column| self.plan.needs[column]).collect();
        let columns: Vec<&Column> = part.iter().map(|&column| &self.table.columns[column]).collect();
        // A group that is cut over two parts has its heading in both.
        plan::widen_for_groups(&columns, &mut needs, self.plan.setting.size);
        let widths = columns::widths(&needs, frame.text_width());
        let header = header::header(self, part, &widths);
        let mut slabs = Vec::new();
        // A header that would fill the pages it comes again on is drawn once, like a row.
        let header = if header.height <= frame.text_height() * HEADER {
            Some(Rc::new(header))
        } else {
            slabs.extend(self.strips(&header::as_row(self, part, &widths), frame.text_height(), None));
            None
        };
        if let Some(header) = &header {
            let items = header.items.clone();
            slabs.push(Slab { height: header.height, keep: Keep::WithNext, items, ..Slab::default() });
        }
        if let Some(first) = slabs.first_mut() {
            first.above = above;
        }
        let mut repeated = header.clone();
        for (index, (row, texts)) in self.table.rows.iter().zip(self.texts).enumerate() {
            let is_heading = spans(row);
            if is_heading {
                repeated.clone_from(&header);
            }
            let boxes = if is_heading { self.spanning(texts, &widths) } else { self.boxes(row, texts, part, &widths) };
            let room = frame.text_height() - repeated.as_ref().map_or(0.0, |header| header.height);
            let mut strips = self.strips(&boxes, room, repeated.as_ref());
            // Behind the two rows of the header.
            let number = u32::try_from(index).unwrap_or(u32::MAX).saturating_add(2);
            let texts = strips.iter_mut().flat_map(|strip| &mut strip.items);
            texts.filter_map(Item::tag_mut).for_each(|tag| tag.row = number);
            let next = self.table.rows.get(index + 1);
            let bound = row.kind == RowKind::Group
                || next.is_some_and(|next| next.kind == RowKind::Total)
                || (index > 0 && index + 2 == self.table.rows.len());
            if let ([strip], true, true) = (strips.as_mut_slice(), bound, next.is_some()) {
                strip.keep = Keep::WithNext;
            }
            // A group that goes on over the page has its heading there too.
            if let ([strip], true, Some(header)) = (strips.as_slice(), is_heading, &header) {
                let fits = header.height + strip.height <= frame.text_height() * HEADER;
                repeated = Some(if fits { Rc::new(header.with(strip)) } else { Rc::clone(header) });
            }
            slabs.extend(strips);
        }
        slabs
    }

    /// The cells of a row.
    fn boxes(&self, row: &Row, texts: &[String], part: &[usize], widths: &[f32]) -> Vec<Shown> {
        let cells = part.iter().zip(places(widths)).filter_map(|(&column, (x, width))| {
            let (cell, text) = (row.cells.get(column)?, texts.get(column)?);
            let mark = self.table.style == TableStyle::Matrix && column >= self.table.key_columns;
            let set = match self.table.columns[column].align {
                _ if mark => Set::Center,
                Align::Left => Set::Left,
                Align::Center => Set::Center,
                Align::Right => Set::Right,
            };
            let group = (row.kind == RowKind::Group).then_some(Ink::HEADER);
            let lines = self.lines(text, face(self.table.style, row.kind, cell.tone), width);
            let ground = self.ground(cell.tone).or(group);
            let kind = if column < self.table.key_columns { Kind::Head } else { Kind::Cell };
            Some(Shown { x, width, lines, set, ink: ink(cell.tone), ground, kind })
        });
        cells.collect()
    }

    /// The one cell of a group heading.
    fn spanning(&self, texts: &[String], widths: &[f32]) -> Vec<Shown> {
        let width = widths.iter().sum();
        let lines = self.lines(texts.first().map_or("", String::as_str), Face::Bold, width);
        let (set, ink, ground) = (Set::Left, Ink::BLACK, Some(Ink::HEADER));
        vec![Shown { x: 0.0, width, lines, set, ink, ground, kind: Kind::Head }]
    }

    fn ground(&self, tone: Tone) -> Option<Ink> {
        match self.table.style {
            TableStyle::Matrix => mark_ground(tone),
            TableStyle::Text => field_ground(tone),
        }
    }

    pub(super) fn lines(&self, text: &str, face: Face, width: f32) -> Vec<Line> {
        plain_lines(text, face, self.plan.setting.size, width - 2.0 * PADDING.0)
    }

    pub(super) fn height(&self, lines: usize) -> f32 {
        lines.max(1) as f32 * self.plan.setting.leading + 2.0 * PADDING.1
    }

    /// A row as one slab. One higher than a page is several, a few lines each and open below, so that it begins where
    /// the row before ends and goes on over the pages.
    fn strips(&self, boxes: &[Shown], room: f32, header: Option<&Rc<Header>>) -> Vec<Slab> {
        let lines = boxes.iter().map(|cell| cell.lines.len()).max().unwrap_or(0).max(1);
        let step = if self.height(lines) <= room { lines } else { STRIP_LINES };
        let strip = |from: usize| self.strip(boxes, from..lines.min(from + step), lines, header);
        (0..lines).step_by(step).map(strip).collect()
    }

    /// Some of the lines of a row of so many.
    fn strip(&self, boxes: &[Shown], shown: Range<usize>, lines: usize, header: Option<&Rc<Header>>) -> Slab {
        let top = if shown.start == 0 { PADDING.1 } else { 0.0 };
        let bottom = if shown.end == lines { PADDING.1 } else { 0.0 };
        let height = top + shown.len() as f32 * self.plan.setting.leading + bottom;
        let mut items = Vec::new();
        for (column, cell) in boxes.iter().enumerate() {
            if let Some(ink) = cell.ground {
                items.push(Item::Fill(Fill { x: cell.x, y: 0.0, width: cell.width, height, ink }));
            }
            let text = &cell.lines[shown.start.min(cell.lines.len())..shown.end.min(cell.lines.len())];
            // Marks stand in the middle of their cell; text begins on the row's first line, so that it can be read
            // across.
            let is_mark = self.table.style == TableStyle::Matrix && shown.len() == lines;
            let above = if is_mark { (height - self.height(text.len())) / 2.0 } else { 0.0 };
            let mut texts = self.set_text(cell, text, top + above);
            tags::set(&mut texts, Tag::cell(cell.kind, 0, column));
            items.extend(texts);
            items.push(Item::upright(cell.x, 0.0, height, HAIRLINE, Ink::LINE));
        }
        let width = boxes.last().map_or(0.0, |cell| cell.x + cell.width);
        items.push(Item::upright(width, 0.0, height, HAIRLINE, Ink::LINE));
        if shown.end == lines {
            items.push(Item::level(0.0, height, width, HAIRLINE, Ink::LINE));
        }
        Slab { height, header: header.cloned(), items, ..Slab::default() }
    }

    /// Lines of a cell, the first so far down.
    pub(super) fn set_text(&self, cell: &Shown, lines: &[Line], top: f32) -> Vec<Item> {
        let leading = self.plan.setting.leading;
        let mut items = Vec::new();
        for (index, line) in lines.iter().enumerate() {
            let y = top + index as f32 * leading;
            let slot = Slot { x: cell.x + PADDING.0, y, width: cell.width - 2.0 * PADDING.0, leading };
            items.extend(line.draw(slot, cell.set, self.plan.setting.size, cell.ink));
        }
        items
    }
}

/// Left edge and width of columns side by side.
pub(super) fn places(widths: &[f32]) -> impl Iterator<Item = (f32, f32)> {
    widths.iter().scan(0.0, |x, &width| {
        let left = *x;
        *x += width;
        Some((left, width))
    })
}
