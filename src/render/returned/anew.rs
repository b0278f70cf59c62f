//! A new xlsx workbook of the same content, for files that are no xlsx: values, merges, number formats as far as they
//! are known, what is hidden, and columns as wide as they were, or as their texts where that is not known.
//!
//! Formulas and looks are not in what was read, so they are not in the copy, and its list says so.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet, XlsxError,
};

use super::Unmarkable;
use crate::model::{CellRange, CellRef};
use crate::read::{Font, Grid, GridCell, Value, Visibility};
use crate::render::xlsx::measure::{Face, cell_width, column_pixels, line_count};

/// A column is not wider than this, in letters: longer texts are wrapped.
const WIDEST: f32 = 44.0;
const NARROWEST: f32 = 5.0;

/// Lines that a text of a table takes in its column, as offices set it.
const MOST_LINES: u32 = 6;

/// A row of a table has at least so many cells that are not empty.
const TABLE_CELLS: usize = 3;
/// A text of a table that is not longer is a mark, a code or a word of verdict.
const SHORT: usize = 12;
/// A table of more cells is not framed.
const LARGEST_TABLE: u64 = 100_000;

/// A workbook made anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anew {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The names of its sheets, in the order of the grids: Excel does not take every name.
    pub names: Vec<String>,
}

/// The workbook of some grids.
///
/// # Errors
///
/// Where the writer refuses something that was read, such as merged cells that overlap.
pub fn anew(grids: &[Grid]) -> Result<Anew, Unmarkable> {
    let refused = |error: XlsxError| Unmarkable::Package(error.to_string());
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(2000, 1, 1).map_err(refused)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let mut names: Vec<String> = Vec::with_capacity(grids.len());
    for grid in grids {
        let name = free_name(&grid.sheet, &names);
        let worksheet = workbook.add_worksheet();
        worksheet.set_name(&name).map_err(refused)?;
        fill(worksheet, grid).map_err(refused)?;
        names.push(name);
    }
    Ok(Anew { bytes: workbook.save_to_buffer().map_err(refused)?, names })
}

/// The name of a sheet as Excel takes it, another than those before it.
fn free_name(name: &str, taken: &[String]) -> String {
    let plain: String = name.chars().map(|c| if "[]:*?/\\".contains(c) { '_' } else { c }).collect();
    let plain = plain.trim_matches('\'').trim();
    let cut = |room: usize| plain.chars().take(room).collect::<String>();
    let first = if plain.is_empty() { "Trang".to_owned() } else { cut(31) };
    let numbered = (2..).map(|number| format!("{} ({number})", cut(25)));
    let is_free = |name: &String| !taken.iter().any(|other| other.to_lowercase() == name.to_lowercase());
    std::iter::once(first).chain(numbered).find(is_free).unwrap_or_default()
}

fn fill(worksheet: &mut Worksheet, grid: &Grid) -> Result<(), XlsxError> {
    worksheet.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0);
    if grid.visibility == Visibility::Hidden {
        worksheet.set_hidden(true);
    }
    let cells: BTreeMap<CellRef, &GridCell> = grid.cells().iter().map(|cell| (cell.at, cell)).collect();
    let table = table(&cells);
    let short = short_columns(&cells, table);
    let mut widths = widths(&cells, table, &grid.merges);
    widths.extend(own_widths(grid, &cells, table));
    for (&col, &width) in &widths {
        worksheet.set_column_width(column(col)?, f64::from(width))?;
    }
    for range in &grid.hidden_cols {
        for col in range.clone().take(16_384).filter(|col| *col < 16_384) {
            worksheet.set_column_hidden(column(col)?)?;
        }
    }
    for range in &grid.hidden_rows {
        for row in range.clone().take(10_000) {
            worksheet.set_row_hidden(row)?;
        }
    }
    for merge in grid.merges.iter().filter(|merge| merge.first != merge.last) {
        let (first, last) = (merge.first, merge.last);
        let look = look(cells.get(&first).copied(), Align::Centre, frame(table, first));
        worksheet.merge_range(first.row, column(first.col)?, last.row, column(last.col)?, "", &look)?;
    }
    for row in table.map(|table| table.first.row..=table.last.row).into_iter().flatten() {
        for col in table.map(|table| table.first.col..=table.last.col).into_iter().flatten() {
            let at = CellRef::new(row, col);
            if !cells.contains_key(&at) && !grid.merges.iter().any(|merge| merge.contains(at)) {
                worksheet.write_blank(row, column(col)?, &look(None, Align::Plain, Frame::Thin))?;
            }
        }
    }
    for (at, cell) in &cells {
        let align = match (grid.merges.iter().any(|merge| merge.contains(*at)), &cell.value) {
            (true, _) => Align::Centre,
            (false, _) if short.contains(&at.col) && frame(table, *at) == Frame::Thin => Align::Centre,
            (false, Value::Text(_)) if frame(table, *at) == Frame::Thin => Align::Left,
            (false, _) => Align::Plain,
        };
        put(worksheet, cell, &look(Some(cell), align, frame(table, *at)))?;
    }
    for (row, height) in heights(&cells, &widths, table, &grid.merges) {
        worksheet.set_row_height_pixels(row, height)?;
    }
    Ok(())
}

/// The cells that a table takes: from the first row with several cells to the last. Above and below stand titles and
/// signatures, whose texts run over the cells beside them.
fn table(cells: &BTreeMap<CellRef, &GridCell>) -> Option<CellRange> {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    cells.keys().for_each(|at| *counts.entry(at.row).or_insert(0) += 1);
    let rows: Vec<u32> = counts.into_iter().filter(|(_, count)| *count >= TABLE_CELLS).map(|(row, _)| row).collect();
    let (first, last) = (*rows.first()?, *rows.last()?);
    let inside = cells.keys().filter(|at| rows.binary_search(&at.row).is_ok());
    let (left, right) = inside.fold((u32::MAX, 0), |(left, right), at| (left.min(at.col), right.max(at.col)));
    let table = CellRange::new(CellRef::new(first, left), CellRef::new(last, right));
    let size = u64::from(last - first + 1) * u64::from(right - left + 1);
    (size <= LARGEST_TABLE).then_some(table)
}

/// The columns of a table that hold marks, codes, figures or verdicts, but for some headings: they stand in the middle.
fn short_columns(cells: &BTreeMap<CellRef, &GridCell>, table: Option<CellRange>) -> BTreeSet<u32> {
    let mut counts: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    for (at, cell) in cells.iter().filter(|(at, _)| frame(table, **at) == Frame::Thin) {
        let (short, all) = counts.entry(at.col).or_default();
        *short += usize::from(words(cell).is_none_or(|text| text.chars().count() <= SHORT));
        *all += 1;
    }
    counts.into_iter().filter(|(_, (short, all))| short * 10 >= all * 9).map(|(col, _)| col).collect()
}

/// Lines around a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Frame {
    Open,
    Thin,
}

fn frame(table: Option<CellRange>, at: CellRef) -> Frame {
    if table.is_some_and(|table| table.contains(at)) { Frame::Thin } else { Frame::Open }
}

fn put(worksheet: &mut Worksheet, cell: &GridCell, look: &Format) -> Result<(), XlsxError> {
    let (row, col) = (cell.at.row, column(cell.at.col)?);
    match &cell.value {
        Value::Text(text) => worksheet.write_string_with_format(row, col, shown(cell, text), look)?,
        Value::Number(number) => worksheet.write_number_with_format(row, col, *number, look)?,
        Value::Date { serial, .. } => worksheet.write_number_with_format(row, col, *serial, look)?,
        Value::Bool(truth) => worksheet.write_boolean_with_format(row, col, *truth, look)?,
        // The writer takes an error only as the result of a formula.
        Value::Error(error) => {
            worksheet.write_formula_with_format(row, col, Formula::new(*error).set_result(*error), look)?
        }
        Value::NoStoredValue => worksheet.write_blank(row, col, look)?,
    };
    Ok(())
}

/// The text as everyone can read it: what a font of a legacy encoding says, in Unicode.
fn shown(cell: &GridCell, text: &str) -> String {
    let shown = if let Font::Legacy(encoding) = cell.font { encoding.decode(text) } else { text.to_owned() };
    shown.chars().take(32_767).collect()
}

/// Where a text stands in its cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Align {
    Plain,
    Left,
    Centre,
}

fn look(cell: Option<&GridCell>, align: Align, frame: Frame) -> Format {
    let format = Format::new().set_font_name("Times New Roman").set_font_size(12);
    let format = format.set_align(FormatAlign::VerticalCenter);
    let format = if frame == Frame::Thin { format.set_border(FormatBorder::Thin) } else { format };
    let format = match align {
        Align::Plain => format,
        Align::Left => format.set_text_wrap(),
        Align::Centre => format.set_align(FormatAlign::Center).set_text_wrap(),
    };
    match cell.map(|cell| (&cell.value, cell.percent)) {
        Some((Value::Date { .. }, _)) => format.set_num_format("dd/mm/yyyy"),
        Some((Value::Number(number), Some(true))) => format.set_num_format(percent(*number)),
        _ => format,
    }
}

/// A percentage with as many decimals as the number has, at most two.
fn percent(number: f64) -> &'static str {
    let hundredths = (number * 1e4).round() as i64;
    match (hundredths % 100, hundredths % 10) {
        (0, _) => "0%",
        (_, 0) => "0.0%",
        _ => "0.00%",
    }
}

/// The widths of columns, by the texts of the table that stand in one column alone.
fn widths(cells: &BTreeMap<CellRef, &GridCell>, table: Option<CellRange>, merges: &[CellRange]) -> BTreeMap<u32, f32> {
    let mut widths: BTreeMap<u32, f32> = BTreeMap::new();
    for (at, cell) in cells {
        let spans = merges.iter().any(|merge| merge.contains(*at) && merge.first.col != merge.last.col);
        if spans || table.is_some_and(|table| !table.contains(*at)) {
            continue;
        }
        let pixels = words(cell).map_or(60, |text| cell_width(&text, Face::regular(12)));
        let letters = (pixels as f32 / 7.0).clamp(NARROWEST, WIDEST);
        let width = widths.entry(at.col).or_insert(NARROWEST);
        *width = width.max(letters);
    }
    widths
}

/// The widths that the file's columns had. One so narrow that a text of the table would take many lines was not meant
/// for wrapped texts, and is left to what was measured.
fn own_widths(grid: &Grid, cells: &BTreeMap<CellRef, &GridCell>, table: Option<CellRange>) -> BTreeMap<u32, f32> {
    let last = cells.keys().map(|at| at.col).max().unwrap_or(0);
    let known = |(cols, width): &(Range<u32>, f32)| {
        let width = width.clamp(NARROWEST / 2.0, WIDEST * 2.0);
        (cols.start..cols.end.min(last + 1)).map(move |col| (col, width))
    };
    let mut widths: BTreeMap<u32, f32> = grid.widths.iter().flat_map(known).collect();
    for (at, cell) in cells.iter().filter(|(at, _)| frame(table, **at) == Frame::Thin) {
        let is_alone = !grid.merges.iter().any(|merge| merge.contains(*at));
        let Some(text) = words(cell).filter(|_| is_alone) else { continue };
        let lines = |width: &f32| line_count(&text, Face::regular(12), column_pixels(*width));
        if widths.get(&at.col).map(lines).is_some_and(|lines| lines > MOST_LINES) {
            widths.remove(&at.col);
        }
    }
    widths
}

/// The heights of rows with texts that are wrapped: not every program fits them when it opens the file.
fn heights(
    cells: &BTreeMap<CellRef, &GridCell>,
    widths: &BTreeMap<u32, f32>,
    table: Option<CellRange>,
    merges: &[CellRange],
) -> BTreeMap<u32, u32> {
    let mut heights: BTreeMap<u32, u32> = BTreeMap::new();
    let face = Face::regular(12);
    for (at, cell) in cells {
        let merge = merges.iter().find(|merge| merge.contains(*at));
        let last = merge.map_or(*at, |merge| merge.last);
        let is_wrapped = last.row == at.row && (merge.is_some() || frame(table, *at) == Frame::Thin);
        let Some(text) = words(cell).filter(|_| is_wrapped) else { continue };
        let width: u32 =
            (at.col..=last.col).take(256).map(|col| column_pixels(widths.get(&col).copied().unwrap_or(8.43))).sum();
        let height = (line_count(&text, face, width) * face.line_height()).min(540);
        let row = heights.entry(at.row).or_insert(0);
        *row = (*row).max(height);
    }
    heights.retain(|_, height| *height > face.line_height());
    heights
}

fn words(cell: &GridCell) -> Option<String> {
    if let Value::Text(text) = &cell.value { Some(shown(cell, text)) } else { None }
}

fn column(col: u32) -> Result<u16, XlsxError> {
    u16::try_from(col).map_err(|_| XlsxError::RowColumnLimitError)
}
