//! The header of a table: labels, and above those that share one their group's heading.

use crate::model::report::Column;

use super::flow::Header;
use super::fonts::Face;
use super::page::{Fill, Ink, Item, Run, Turn};
use super::plan::{TURNED_LENGTH, is_turned, same_group};
use super::table::{PADDING, Sheet, Shown, places};
use super::tags::{self, Kind, Tag};
use super::text::{Line, Set, baseline, plain_lines};

/// A column of the header with its label broken into lines.
struct Label<'a> {
    column: &'a Column,
    x: f32,
    width: f32,
    lines: Vec<Line>,
    turn: Turn,
}

/// The header of these columns.
pub(super) fn header(sheet: &Sheet<'_>, part: &[usize], widths: &[f32]) -> Header {
    let labels: Vec<Label<'_>> =
        part.iter().zip(places(widths)).map(|(&index, (x, width))| label(sheet, index, x, width)).collect();
    let runs: Vec<(&[Label<'_>], Option<Vec<Line>>)> =
        labels.chunk_by(|a, b| same_group(a.column, b.column)).map(|run| (run, heading(sheet, run))).collect();
    let tallest = |heights: &mut dyn Iterator<Item = f32>| heights.fold(0.0, f32::max);
    let groups =
        tallest(&mut runs.iter().filter_map(|(_, lines)| lines.as_ref()).map(|lines| sheet.height(lines.len())));
    let below =
        tallest(&mut labels.iter().filter(|label| label.column.group.is_some()).map(|label| label.height(sheet)));
    let alone =
        tallest(&mut labels.iter().filter(|label| label.column.group.is_none()).map(|label| label.height(sheet)));
    let height = alone.max(groups + below);

    let mut items = Vec::new();
    let mut column = 0;
    let has_groups = groups > 0.0;
    for (run, heading) in runs {
        let is_grouped = heading.is_some();
        let top = if is_grouped { groups } else { 0.0 };
        if let Some(lines) = heading {
            let group = Label { column: run[0].column, x: run[0].x, width: width_of(run), lines, turn: Turn::Level };
            let span = (u8::try_from(run.len()).unwrap_or(u8::MAX), 1);
            items.extend(tagged(group.draw(sheet, 0.0, groups), Tag { span, ..Tag::cell(Kind::Head, 0, column) }));
        }
        for label in run {
            let tag = Tag::cell(Kind::Head, u32::from(is_grouped), column);
            let span = if has_groups && !is_grouped { (1, 2) } else { (1, 1) };
            items.extend(tagged(label.draw(sheet, top, height - top), Tag { span, ..tag }));
            column += 1;
        }
    }
    Header { height, items }
}

fn tagged(mut items: Vec<Item>, tag: Tag) -> Vec<Item> {
    tags::set(&mut items, tag);
    items
}

/// The labels as the cells of a row, each with its group: for a header too high to come again on every page.
pub(super) fn as_row(sheet: &Sheet<'_>, part: &[usize], widths: &[f32]) -> Vec<Shown> {
    let label = |(&column, (x, width)): (&usize, (f32, f32))| {
        let column = &sheet.table.columns[column];
        let text = column.group.iter().chain([&column.label]).map(String::as_str).collect::<Vec<_>>().join("\n");
        let lines = sheet.lines(&text, Face::Bold, width);
        Shown { x, width, lines, set: Set::Center, ink: Ink::BLACK, ground: Some(Ink::HEADER), kind: Kind::Head }
    };
    part.iter().zip(places(widths)).map(label).collect()
}

fn label<'a>(sheet: &Sheet<'a>, index: usize, x: f32, width: f32) -> Label<'a> {
    let column = &sheet.table.columns[index];
    if is_turned(sheet.plan.labels, sheet.table, index) {
        let lines = plain_lines(&column.label, Face::Bold, sheet.plan.setting.size, TURNED_LENGTH);
        Label { column, x, width, lines, turn: Turn::Up }
    } else {
        Label { column, x, width, lines: sheet.lines(&column.label, Face::Bold, width), turn: Turn::Level }
    }
}

/// The lines of a group's heading over all its columns.
fn heading(sheet: &Sheet<'_>, run: &[Label<'_>]) -> Option<Vec<Line>> {
    run[0].column.group.as_ref().map(|group| sheet.lines(group, Face::Bold, width_of(run)))
}

fn width_of(run: &[Label<'_>]) -> f32 {
    run.iter().map(|label| label.width).sum()
}

impl Label<'_> {
    fn height(&self, sheet: &Sheet<'_>) -> f32 {
        match self.turn {
            Turn::Level => sheet.height(self.lines.len()),
            Turn::Up => self.lines.iter().map(|line| line.width).fold(0.0, f32::max) + 2.0 * PADDING.0,
        }
    }

    fn draw(&self, sheet: &Sheet<'_>, y: f32, height: f32) -> Vec<Item> {
        let mut items = vec![Item::Fill(Fill { x: self.x, y, width: self.width, height, ink: Ink::HEADER })];
        items.extend(Item::frame(self.x, y, self.width, height));
        match self.turn {
            Turn::Level => {
                let spare = (height - sheet.height(self.lines.len())) / 2.0;
                let (x, width, lines) = (self.x, self.width, self.lines.clone());
                let shown =
                    Shown { x, width, lines, set: Set::Center, ink: Ink::BLACK, ground: None, kind: Kind::Head };
                items.extend(sheet.set_text(&shown, &shown.lines, y + spare + PADDING.1));
            }
            Turn::Up => items.extend(self.turned(sheet, y + height - PADDING.0)),
        }
        items
    }

    /// The label from the foot of its cell upwards.
    fn turned(&self, sheet: &Sheet<'_>, foot: f32) -> Vec<Item> {
        let (size, leading) = (sheet.plan.setting.size, sheet.plan.setting.leading);
        let left = self.x + (self.width - self.lines.len() as f32 * leading) / 2.0;
        let mut items = Vec::new();
        for (index, line) in self.lines.iter().enumerate() {
            let x = left + index as f32 * leading + baseline(leading, size);
            let mut y = foot;
            for part in &line.fragments {
                let (text, face) = (part.text.clone(), part.face);
                let (turn, ink, tag, space) = (Turn::Up, Ink::BLACK, Tag::default(), line.space);
                items.push(Item::Text(Run { x, y, text, face, size, stretch: 0.0, turn, ink, tag, space }));
                y -= part.width;
            }
        }
        items
    }
}
