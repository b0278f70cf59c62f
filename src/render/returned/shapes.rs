//! The boxes of notes: VML, which Excel asks for beside each note, with room for its text.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::Unmarkable;
use super::marks::merged;
use super::markup::Element;
use super::package::Package;
use crate::model::{CellRange, CellRef};

/// The width of a box in pixels, and how many letters of the note's face stand in a line of it.
const BOX_WIDTH: u32 = 330;
const LETTERS_A_LINE: usize = 50;
const LINE_HEIGHT: u32 = 17;

/// Pixels of a column and a row where the sheet says nothing.
const COLUMN_WIDTH: u32 = 64;
const ROW_HEIGHT: u32 = 20;

/// Excel numbers shapes in blocks of so many.
const BLOCK: u32 = 1024;

const NAMESPACES: [(&str, &str); 3] = [
    ("xmlns:v", "urn:schemas-microsoft-com:vml"),
    ("xmlns:o", "urn:schemas-microsoft-com:office:office"),
    ("xmlns:x", "urn:schemas-microsoft-com:office:excel"),
];

/// Adds the boxes of notes to a drawing, which is made where it is not there.
pub(super) fn put(
    package: &mut Package<'_>,
    part: &str,
    sheet: &Element<'_>,
    notes: &BTreeMap<CellRef, String>,
    merges: &[CellRange],
) -> Result<(), Unmarkable> {
    if notes.is_empty() {
        return Ok(());
    }
    let mut xml = match package.text(part)? {
        Some(xml) => xml,
        None => new_drawing(free_block(package)?),
    };
    // Programs of Microsoft's write breaks without an end into these drawings, so they are no XML to be parsed.
    let head = &xml[..xml.find('>').map_or(0, |_| root_tag_end(&xml))];
    if let Some((prefix, _)) = NAMESPACES.iter().find(|(prefix, uri)| !head.contains(&format!("{prefix}=\"{uri}\""))) {
        return Err(Unmarkable::Package(format!("{part} does not declare {prefix}")));
    }
    let Some(end) = xml.rfind("</xml>") else { return Err(Unmarkable::Package(format!("{part} has no end"))) };
    let mut shapes = String::new();
    if !xml.contains("id=\"_x0000_t202\"") {
        shapes.push_str(SHAPE_TYPE);
    }
    let mut number = numbers(&xml).max().unwrap_or_else(|| blocks(&xml).max().unwrap_or(1) * BLOCK);
    let grid = Sizes::of(sheet)?;
    for (cell, note) in notes {
        number += 1;
        shapes.push_str(&shape(number, *cell, &grid.anchor(merged(*cell, merges), height(note))));
    }
    xml.insert_str(end, &shapes);
    package.put(part, xml);
    Ok(())
}

/// Takes out the boxes of the notes of some cells.
pub(super) fn take_out(package: &mut Package<'_>, part: &str, cells: &BTreeSet<CellRef>) -> Result<(), Unmarkable> {
    let Some(xml) = package.text(part)? else { return Ok(()) };
    let mut kept = String::with_capacity(xml.len());
    let mut rest = xml.as_str();
    while let Some(start) = rest.find("<v:shape ") {
        let Some(end) = rest[start..].find("</v:shape>").map(|end| start + end + "</v:shape>".len()) else { break };
        let shape = &rest[start..end];
        let number = |tag: &str| -> Option<u32> {
            let (_, after) = shape.split_once(&format!("<x:{tag}>"))?;
            after.split_once('<')?.0.trim().parse().ok()
        };
        let of = number("Row").zip(number("Column")).map(|(row, col)| CellRef::new(row, col));
        let goes = shape.contains("ObjectType=\"Note\"") && of.is_some_and(|cell| cells.contains(&cell));
        kept.push_str(&rest[..if goes { start } else { end }]);
        rest = &rest[end..];
    }
    kept.push_str(rest);
    package.put(part, kept);
    Ok(())
}

/// Where the root's opening tag ends, behind a declaration where there is one.
fn root_tag_end(xml: &str) -> usize {
    let start = xml.find("<xml").unwrap_or(0);
    xml[start..].find('>').map_or(xml.len(), |end| start + end + 1)
}

/// The numbers of the shapes in a drawing.
fn numbers(xml: &str) -> impl Iterator<Item = u32> {
    xml.split("_x0000_s").skip(1).filter_map(|after| {
        let digits: &str = &after[..after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len())];
        digits.parse().ok()
    })
}

/// The blocks of numbers that a drawing has for itself.
fn blocks(xml: &str) -> impl Iterator<Item = u32> {
    let lists = xml.split("<o:idmap ").skip(1).filter_map(|after| after.split_once("data=\"")?.1.split_once('"'));
    lists.flat_map(|(list, _)| list.split(',')).filter_map(|block| block.trim().parse().ok())
}

/// A block that no drawing of the workbook has.
fn free_block(package: &mut Package<'_>) -> Result<u32, Unmarkable> {
    let mut last = 0;
    for part in package.names_in("xl/").into_iter().filter(|name| name.to_lowercase().ends_with(".vml")) {
        let xml = package.text(&part)?.unwrap_or_default();
        last = last.max(blocks(&xml).max().unwrap_or(0));
    }
    Ok(last.saturating_add(1).min(1 << 20))
}

fn new_drawing(block: u32) -> String {
    let namespaces = NAMESPACES.map(|(prefix, uri)| format!(" {prefix}=\"{uri}\"")).concat();
    format!(
        "<xml{namespaces}><o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"{block}\"/></o:shapelayout></xml>"
    )
}

const SHAPE_TYPE: &str = "<v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" \
    path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" \
    o:connecttype=\"rect\"/></v:shapetype>";

fn shape(number: u32, cell: CellRef, anchor: &str) -> String {
    format!(
        "<v:shape id=\"_x0000_s{number}\" type=\"#_x0000_t202\" style=\"position:absolute;margin-left:60pt;\
         margin-top:2pt;width:248pt;height:90pt;z-index:1;visibility:hidden\" fillcolor=\"#ffffe1\" o:insetmode=\"auto\">\
         <v:fill color2=\"#ffffe1\"/><v:shadow color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/>\
         <v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div></v:textbox>\
         <x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>\
         <x:AutoFill>False</x:AutoFill><x:Row>{}</x:Row><x:Column>{}</x:Column></x:ClientData></v:shape>",
        cell.row, cell.col
    )
}

/// The height in pixels that a note takes.
fn height(note: &str) -> u32 {
    let lines: usize = note.lines().map(|line| line.chars().count() / LETTERS_A_LINE + 1).sum();
    u32::try_from(lines).unwrap_or(100).min(60) * LINE_HEIGHT + 14
}

/// The sizes of a sheet's columns and rows in pixels, as far as it says them.
struct Sizes {
    column: u32,
    columns: Vec<(u32, u32, u32)>,
    row: u32,
    rows: BTreeMap<u32, u32>,
}

impl Sizes {
    fn of(sheet: &Element<'_>) -> Result<Self, Unmarkable> {
        let number = |element: &Element<'_>, key: &str| element.attribute(key).and_then(|n| n.parse::<f64>().ok());
        let usual = sheet.child("sheetFormatPr")?;
        let usual = |key: &str, pixels: fn(f64) -> u32| usual.as_ref().and_then(|u| number(u, key)).map(pixels);
        let shown = |element: &Element<'_>, size: u32| {
            let hidden = element.attribute("hidden").is_some_and(|hidden| hidden == "1" || hidden == "true");
            if hidden { 0 } else { size }
        };
        let column = |element: &Element<'_>| {
            let (min, max) = (number(element, "min")? as u32, number(element, "max")? as u32);
            Some((min.checked_sub(1)?, max, shown(element, of_letters(number(element, "width")?))))
        };
        let row = |element: &Element<'_>| {
            let number_of = number(element, "r")? as u32;
            Some((number_of.checked_sub(1)?, shown(element, of_points(number(element, "ht")?))))
        };
        Ok(Sizes {
            column: usual("defaultColWidth", of_letters).unwrap_or(COLUMN_WIDTH),
            columns: sheet.grandchildren("cols")?.iter().filter_map(column).collect(),
            row: usual("defaultRowHeight", of_points).unwrap_or(ROW_HEIGHT),
            rows: sheet.grandchildren("sheetData")?.iter().filter_map(row).collect(),
        })
    }

    fn width(&self, col: u32) -> u32 {
        let own = self.columns.iter().find(|(first, end, _)| (*first..*end).contains(&col));
        own.map_or(self.column, |(_, _, width)| *width)
    }

    fn height(&self, row: u32) -> u32 {
        self.rows.get(&row).copied().unwrap_or(self.row)
    }

    /// From where to where a box reaches that stands to the right of a cell.
    fn anchor(&self, cells: CellRange, height: u32) -> String {
        let (left, top) = (cells.last.col + 1, cells.first.row.saturating_sub(1));
        let (right, right_offset) = reach(left, 15 + BOX_WIDTH, |col| self.width(col));
        let (bottom, bottom_offset) = reach(top, 10 + height, |row| self.height(row));
        let mut anchor = String::new();
        let _ = write!(anchor, "{left}, 15, {top}, 10, {right}, {right_offset}, {bottom}, {bottom_offset}");
        anchor
    }
}

/// The column or row in which a length ends that begins at the edge of one, and how far into it.
fn reach(from: u32, length: u32, size: impl Fn(u32) -> u32) -> (u32, u32) {
    let mut rest = length;
    for at in from..from + 2_000 {
        let size = size(at);
        if rest <= size {
            return (at, rest);
        }
        rest -= size;
    }
    (from + 3, 0)
}

fn of_letters(width: f64) -> u32 {
    (width.clamp(0.0, 255.0) * 7.0).round() as u32
}

fn of_points(height: f64) -> u32 {
    (height.clamp(0.0, 409.5) * 4.0 / 3.0).round() as u32
}
