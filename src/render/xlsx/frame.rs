//! A long table straight from its frame: up to a million rows, column by column typed, row by row written.
//!
//! This is where the time of a workbook goes. Each column has one look, set once for the whole column, so that no cell
//! asks for a format; a worksheet autofilter is used instead of an Excel table, which the writer would keep a map of
//! all its cells for.

use std::ops::Range;

use jiff::{Span, civil::DateTime};
use polars::prelude::{
    BooleanChunked, Column, DataType, Float64Chunked, Int32Chunked, Int64Chunked, PolarsError, StringChunked, TimeUnit,
    UInt32Chunked,
};
use rust_xlsxwriter::{Url, XlsxError, utility};

use super::{
    WorkbookError, cells,
    formats::{self, Guard, Look, Number},
    grid::{Claim, Layout},
    measure, names, originals,
    page::{Page, Pen},
};
use crate::model::report::{Align, DataTable};

/// The milliseconds of a day.
const DAY: i64 = 86_400_000;

/// Where the rows of a frame stand in the workbook.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Origins {
    parts: Vec<Part>,
}

/// The rows of a frame that stand on one sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    /// The sheet's name as it is written in a reference.
    sheet: String,
    /// The row of the headings.
    header_row: u32,
    /// The frame's rows below them.
    rows: Range<usize>,
}

impl Origins {
    /// How many rows of the frame are drawn.
    pub(super) fn rows(&self) -> usize {
        self.parts.last().map_or(0, |part| part.rows.end)
    }

    /// The first cell of a row of the frame, `'Dữ liệu'!A5`, if the frame has that row.
    pub(super) fn cell(&self, row: u32) -> Option<String> {
        let row = usize::try_from(row).ok()?;
        let part = self.parts.iter().find(|part| part.rows.contains(&row))?;
        let below = u32::try_from(row - part.rows.start).ok()?;
        Some(format!("{}!{}", part.sheet, utility::row_col_to_cell(part.header_row + 1 + below, 0)))
    }

    /// The name and the reference of the frame's range on its first sheet.
    pub(super) fn range(&self, table_id: &str, columns: usize) -> Option<(String, String)> {
        let part = self.parts.first()?;
        let last_row = part.header_row + u32::try_from(part.rows.len()).ok()?;
        let last_column = u16::try_from(columns.checked_sub(1)?).ok()?;
        let first = utility::row_col_to_cell_absolute(part.header_row, 0);
        let last = utility::row_col_to_cell_absolute(last_row, last_column);
        Some((names::range_name(table_id), format!("={}!{first}:{last}", part.sheet)))
    }
}

/// The widths of the frame's columns: as wanted, and no heading's word broken.
pub(super) fn layout(table: &DataTable) -> Layout {
    let face = formats::face(Look::Header);
    let widths: Vec<u32> = table
        .columns
        .iter()
        .map(|column| measure::column_pixels(column.width).max(measure::longest_word(&column.label, face)))
        .collect();
    Layout { least: widths.clone(), widths, claim: Claim::Firm }
}

/// The looks of a frame's cells.
pub(super) fn looks(table: &DataTable) -> Vec<Look> {
    let columns = table.columns.iter().zip(table.frame.columns());
    let of_columns = columns.flat_map(|(heading, column)| {
        let align = heading.align;
        let text = [Look::ColumnQuoted(align), Look::ColumnLink(align)];
        let text = text.into_iter().filter(|_| column.dtype() == &DataType::String);
        [Look::Column(number(column.dtype()), align)].into_iter().chain(text)
    });
    std::iter::once(Look::Header).chain(of_columns).collect()
}

/// Draws as many of the rows still missing as the sheet takes, below what stands on the page.
pub(super) fn draw(
    table: &DataTable,
    sheet_name: &str,
    rows_a_sheet: u32,
    origins: &mut Origins,
    page: &mut Page,
    pen: &mut Pen,
) -> Result<(), WorkbookError> {
    let first_row = origins.rows();
    let header_row = page.row;
    draw_header(table, page, pen)?;
    let room = usize::try_from(rows_a_sheet.saturating_sub(page.row)).unwrap_or(usize::MAX);
    let rows = first_row..table.frame.height().min(first_row + room);

    let nothing = cells::not_a_number(pen.lang);
    page.worksheet.set_nan_value(nothing).set_infinity_value(nothing).set_neg_infinity_value(nothing);
    let readers = readers(table)?;
    for reader in &readers {
        let look = Look::Column(reader.number, reader.align);
        page.worksheet.set_column_format(reader.column, pen.formats.get(look))?;
    }
    for index in rows.clone() {
        let leads = original(table, &readers, index);
        for reader in &readers {
            match &leads {
                Some((column, link)) if *column == reader.column => write_link(link, reader, index, page, pen)?,
                _ => write(reader, index, page, pen)?,
            }
        }
        page.row += 1;
    }

    let last_row = page.row.saturating_sub(1);
    if let Some(last) = readers.last() {
        page.worksheet.autofilter(header_row, 0, last_row, last.column)?;
    }
    page.worksheet.set_repeat_rows(header_row, header_row)?;
    page.worksheet.set_freeze_panes(header_row + 1, 0)?;
    origins.parts.push(Part { sheet: names::quoted(sheet_name), header_row, rows });
    Ok(())
}

/// A column of the frame, ready to be read row by row.
struct Reader {
    /// Its column on the sheet.
    column: u16,
    /// How its cells are aligned.
    align: Align,
    /// How its numbers are shown.
    number: Number,
    /// Its values, in one piece each.
    values: Values,
}

/// The values of a column, by their type.
enum Values {
    Text(StringChunked),
    Float(Float64Chunked),
    Whole(UInt32Chunked),
    Truth(BooleanChunked),
    /// Days from 1/1/1970.
    Day(Int32Chunked),
    /// Milliseconds from 1/1/1970.
    Moment(Int64Chunked),
}

impl Values {
    /// Values of other types than the frames have are numbers where a double holds them, and else text: nothing of
    /// them is lost.
    fn of(column: &Column) -> Result<Self, PolarsError> {
        let series = column.as_materialized_series().rechunk();
        let milliseconds = DataType::Datetime(TimeUnit::Milliseconds, None);
        Ok(match series.dtype() {
            DataType::String => Values::Text(series.str()?.clone()),
            DataType::Float64 => Values::Float(series.f64()?.clone()),
            DataType::UInt32 => Values::Whole(series.u32()?.clone()),
            DataType::Boolean => Values::Truth(series.bool()?.clone()),
            DataType::Date => Values::Day(series.to_physical_repr().i32()?.clone()),
            DataType::Datetime(..) => Values::Moment(series.cast(&milliseconds)?.to_physical_repr().i64()?.clone()),
            DataType::UInt8 | DataType::UInt16 | DataType::Int8 | DataType::Int16 | DataType::Int32 => {
                Values::Float(series.cast(&DataType::Float64)?.f64()?.clone())
            }
            _ => Values::Text(series.cast(&DataType::String)?.str()?.clone()),
        })
    }
}

/// How the values of a type are shown.
fn number(kind: &DataType) -> Number {
    match kind {
        DataType::Date => Number::Date,
        DataType::Datetime(..) => Number::Moment,
        _ => Number::General,
    }
}

fn draw_header(table: &DataTable, page: &mut Page, pen: &mut Pen) -> Result<(), XlsxError> {
    let mut height = 0;
    for (number, column) in (0..).zip(&table.columns) {
        height = height.max(page.put(pen, &(number..=number), Look::Header, &column.label)?);
    }
    // Room for the buttons that open the filters.
    page.next(height + 20)
}

fn readers(table: &DataTable) -> Result<Vec<Reader>, WorkbookError> {
    (0..)
        .zip(table.columns.iter().zip(table.frame.columns()))
        .map(|(place, (heading, column))| {
            let values = Values::of(column).map_err(|source| WorkbookError::Frame {
                table: table.id.clone(),
                column: heading.label.clone(),
                source: Box::new(source),
            })?;
            Ok(Reader { column: place, align: heading.align, number: number(column.dtype()), values })
        })
        .collect()
}

/// Writes the column's value in the frame's row into the page's row; a null leaves the cell empty.
fn write(reader: &Reader, index: usize, page: &mut Page, pen: &mut Pen) -> Result<(), XlsxError> {
    let (row, column) = (page.row, reader.column);
    match &reader.values {
        Values::Text(values) => {
            let Some(text) = values.get(index) else { return Ok(()) };
            return write_text(text, reader, page, pen);
        }
        Values::Float(values) => {
            let Some(number) = values.get(index) else { return Ok(()) };
            page.worksheet.write_number(row, column, number)?;
        }
        Values::Whole(values) => {
            let Some(number) = values.get(index) else { return Ok(()) };
            page.worksheet.write_number(row, column, number)?;
        }
        Values::Truth(values) => {
            let Some(truth) = values.get(index) else { return Ok(()) };
            page.worksheet.write_boolean(row, column, truth)?;
        }
        Values::Day(values) => {
            let Some(days) = values.get(index) else { return Ok(()) };
            match cells::serial_of_epoch_day(days) {
                Some(serial) => page.worksheet.write_number(row, column, serial)?,
                None => page.worksheet.write_string(row, column, day_text(i64::from(days) * DAY, "%d/%m/%Y"))?,
            };
        }
        Values::Moment(values) => {
            let Some(moment) = values.get(index) else { return Ok(()) };
            let day = i32::try_from(moment.div_euclid(DAY)).ok().and_then(cells::serial_of_epoch_day);
            match day {
                Some(serial) => page.worksheet.write_number(row, column, serial + part_of_day(moment))?,
                None => page.worksheet.write_string(row, column, day_text(moment, "%d/%m/%Y %H:%M"))?,
            };
        }
    }
    Ok(())
}

/// The column that leads to the original of a row, and the link.
fn original(table: &DataTable, readers: &[Reader], index: usize) -> Option<(u16, Url)> {
    let all = table.originals.as_ref()?;
    let path = all.paths.get(usize::try_from((*all.of_rows.get(index)?)?).ok()?)?;
    let text = |column: usize| match &readers.get(column)?.values {
        Values::Text(values) => values.get(index),
        _ => None,
    };
    let place = text(all.place.0).zip(text(all.place.1));
    Some((u16::try_from(all.column).ok()?, originals::link(path, place)?))
}

/// Writes a text that leads to its original.
fn write_link(link: &Url, reader: &Reader, index: usize, page: &mut Page, pen: &mut Pen) -> Result<(), XlsxError> {
    let Values::Text(values) = &reader.values else { return write(reader, index, page, pen) };
    let Some(text) = values.get(index) else { return Ok(()) };
    let format = pen.formats.get(Look::ColumnLink(reader.align));
    let link = link.clone().set_text(cells::fit(text, pen.lang));
    page.worksheet.write_url_with_format(page.row, reader.column, link, format)?;
    Ok(())
}

fn write_text(text: &str, reader: &Reader, page: &mut Page, pen: &mut Pen) -> Result<(), XlsxError> {
    let text = cells::fit(text, pen.lang);
    match Guard::of(&text) {
        Guard::None => page.worksheet.write_string(page.row, reader.column, text)?,
        Guard::Quoted => {
            let format = pen.formats.get(Look::ColumnQuoted(reader.align));
            page.worksheet.write_string_with_format(page.row, reader.column, text, format)?
        }
    };
    Ok(())
}

/// The time of a moment as Excel counts it, a share of the day.
fn part_of_day(moment: i64) -> f64 {
    let milliseconds = u32::try_from(moment.rem_euclid(DAY)).expect("a day has fewer milliseconds than u32 counts");
    f64::from(milliseconds) / 86_400_000.0
}

/// A moment that Excel has no number for, as text.
fn day_text(moment: i64, form: &str) -> String {
    let epoch = DateTime::constant(1970, 1, 1, 0, 0, 0, 0);
    let shown = Span::new().try_milliseconds(moment).and_then(|span| epoch.checked_add(span));
    shown.map_or_else(|_| format!("1/1/1970 + {moment} ms"), |shown| shown.strftime(form).to_string())
}
