//! A table: its headings in one or two rows, its rows, its place on the sheet.

use std::collections::HashSet;

use rust_xlsxwriter::{Url, XlsxError, utility::row_col_to_cell_absolute};

use super::{
    cells::{self, Written},
    formats::{self, CellLook, Guard, Leads, Line, Look, Number},
    grid::{Claim, Layout, Span},
    measure::{self, Face},
    originals,
    page::{Page, Pen},
    rules::Rules,
};
use crate::model::{
    Lang,
    report::{Align, Cell, CellValue, Column, Row, RowKind, Table, TableStyle, Tone},
};

/// Room above and below the text of a row, in pixels.
const ROW_SPACE: u32 = 6;

/// Room for the button that opens a column's filter, in pixels.
const FILTER_BUTTON: u32 = 14;

/// An upright heading is no higher than this, in pixels; a longer one is wrapped.
const HIGHEST_UPRIGHT: u32 = 170;

/// What figures stand off the line at their right, in pixels.
const INDENT: u32 = 9;

/// A table no higher than this is not torn over two printed pages, in pixels.
const SMALL: u32 = 520;

/// A matrix narrower than the line may grow by so much, in per cent: wider, its marks would stand lost.
const MATRIX_GROWTH: u32 = 140;

/// A key column of a matrix is not made wider than this for a long name, in pixels.
const WIDEST_KEY: u32 = 220;

/// The heading of a matrix column is turned upright where it would make the column wider than this, in pixels.
const WIDEST_MATRIX_WORD: u32 = 72;

/// Where a table stands on its sheet.
#[derive(Debug)]
pub(super) struct Placed {
    /// The sheet's columns under each of the table's.
    pub(super) spans: Vec<Span>,
    /// The first row of its headings.
    pub(super) header_row: u32,
    /// How many rows its headings take.
    header_rows: u32,
    /// How far down the sheet its headings end, in pixels.
    pub(super) header_bottom: u32,
    /// How many rows follow them.
    rows: u32,
    /// How many of these, at the end, are totals.
    totals: u32,
}

impl Placed {
    /// The first row below the headings.
    pub(super) fn first_body_row(&self) -> u32 {
        self.header_row + self.header_rows
    }

    /// The last row that is no total, where there is one.
    pub(super) fn last_body_row(&self) -> Option<u32> {
        let body = self.rows - self.totals;
        (body > 0).then(|| self.first_body_row() + body - 1)
    }

    /// The rows that a filter takes, with the last row of headings and without the totals, which must stay in sight.
    pub(super) fn filter_rows(&self) -> Option<std::ops::RangeInclusive<u32>> {
        let body = self.rows - self.totals;
        (body > 1).then(|| self.first_body_row() - 1..=self.first_body_row() + body - 1)
    }

    /// Whether it is kept on one printed page.
    pub(super) fn is_whole(&self, page: &Page) -> bool {
        let below = page.rows.height_from(self.first_body_row() + self.rows);
        page.rows.height_from(self.header_row) - below <= SMALL
    }

    /// Whether a column of the table covers several of the sheet.
    pub(super) fn is_merged(&self) -> bool {
        self.spans.iter().any(|span| span.start() < span.end())
    }

    /// The table's first column on the sheet.
    pub(super) fn first_column(&self) -> u16 {
        self.spans.first().map_or(0, |span| *span.start())
    }

    /// The table's last column on the sheet.
    pub(super) fn last_column(&self) -> u16 {
        self.spans.last().map_or(0, |span| *span.end())
    }
}

/// The table's place as a reference: `='Tổng hợp'!$A$5:$F$20`.
pub(super) fn reference(quoted_sheet: &str, place: &Placed) -> String {
    let first = row_col_to_cell_absolute(place.header_row, place.first_column());
    let last = row_col_to_cell_absolute(place.first_body_row() + place.rows - 1, place.last_column());
    format!("={quoted_sheet}!{first}:{last}")
}

/// The width the table asks for, in pixels.
pub(super) fn wanted_width(table: &Table) -> u32 {
    table.columns.iter().map(|column| measure::column_pixels(column.width)).sum()
}

/// The table's columns: as wide as wanted, wide enough for each number and each word, and in a table of text stretched
/// or drawn in to the line.
pub(super) fn layout(table: &Table, lang: Lang, line_width: u32) -> Layout {
    let least: Vec<u32> = (0..table.columns.len()).map(|index| least_width(table, index, lang)).collect();
    Layout { widths: widths(table, &least, line_width), least, claim: Claim::Firm }
}

fn widths(table: &Table, needs: &[u32], line_width: u32) -> Vec<u32> {
    let mut widths: Vec<u32> = table
        .columns
        .iter()
        .zip(needs)
        .map(|(column, least)| measure::column_pixels(column.width).max(*least))
        .collect();
    let total: u32 = widths.iter().sum();
    let target = match table.style {
        TableStyle::Matrix => line_width.min(total * MATRIX_GROWTH / 100).max(total),
        // Printed one page wide, a table of this width still has letters of 8 points.
        TableStyle::Text => total.clamp(line_width, line_width * 13 / 10),
    };
    let flexible: Vec<usize> = flexible_columns(table);
    let share_of: u32 = flexible.iter().map(|&index| widths[index]).sum();
    for &index in &flexible {
        let share = |amount: u32| amount * widths[index] / share_of.max(1);
        widths[index] = if target >= total {
            widths[index] + share(target - total)
        } else {
            (widths[index] - share(total - target).min(widths[index])).max(needs[index])
        };
    }
    widths
}

/// The columns that give and take when a table is stretched: those of text, or all in a matrix.
fn flexible_columns(table: &Table) -> Vec<usize> {
    let text = |&index: &usize| table.columns[index].align == Align::Left;
    let all = 0..table.columns.len();
    match table.style {
        TableStyle::Text if all.clone().any(|index| text(&index)) => all.filter(text).collect(),
        TableStyle::Text | TableStyle::Matrix => all.collect(),
    }
}

/// The width below which a number would not be shown or a word would be broken.
fn least_width(table: &Table, index: usize, lang: Lang) -> u32 {
    let column = &table.columns[index];
    let is_key = index < table.key_columns;
    let heading = measure::longest_word(&column.label, formats::face(Look::Header));
    let heading = if is_upright(table.style, column) { 0 } else { heading };
    let cells = table.rows.iter().filter(|row| row.kind != RowKind::Group).filter_map(|row| row.cells.get(index));
    // A single long word, an address or a file's name, may be broken rather than push everything aside.
    let widest_word = measure::column_pixels(column.width).max(100) * 3 / 2;
    let least = heading.min(widest_word);
    let mut measured: HashSet<&str> = HashSet::new();
    cells.fold(least, |least, cell| {
        // Most cells hold a mark or a word, or the same as others, and most columns a cell that is wider.
        let mut is_plain = |text| measure::widest(str::len(text), Face::bold(11)) <= least || !measured.insert(text);
        if matches!(&cell.value, CellValue::Text(text) if is_plain(text)) {
            return least;
        }
        let written = Written::of(&cell.value, lang);
        let needed = match written {
            Written::Number(..) => measure::cell_width(&written.shown(), Face::bold(11)) + INDENT,
            // A matrix is read along its rows: the name of one stands on one line.
            Written::Text(_) if is_key && table.style == TableStyle::Matrix => {
                measure::cell_width(&written.shown(), Face::bold(11)).min(WIDEST_KEY)
            }
            Written::Text(_) | Written::Blank => {
                measure::longest_word(&written.shown(), Face::bold(11)).min(widest_word)
            }
        };
        least.max(needed)
    })
}

fn is_upright(style: TableStyle, column: &Column) -> bool {
    style == TableStyle::Matrix
        && measure::longest_word(&column.label, formats::face(Look::Header))
            > measure::column_pixels(column.width).max(WIDEST_MATRIX_WORD)
}

/// Draws the table at the page's row and leaves room below it; `is_filtered` leaves some in its headings for the buttons.
pub(super) fn draw(
    table: &Table,
    spans: &[Span],
    is_filtered: bool,
    page: &mut Page,
    pen: &mut Pen,
) -> Result<Placed, XlsxError> {
    if !table.caption.is_empty() {
        page.line(pen, Line::Caption, &table.caption)?;
    }
    let header_row = page.row;
    let buttons = if is_filtered { FILTER_BUTTON } else { 0 };
    let header_rows = draw_header(table, spans, buttons, page, pen)?;
    let header_bottom = page.height;
    let rules = Rules::of(table);
    let first_body_row = page.row;
    for row in &table.rows {
        draw_row(table, row, &rules, spans, page, pen)?;
    }
    bind(table, header_row, first_body_row, page);
    let totals = table.rows.iter().rev().take_while(|row| row.kind == RowKind::Total).count();
    let placed = Placed {
        spans: spans.to_vec(),
        header_row,
        header_rows,
        header_bottom,
        rows: page.row - header_row - header_rows,
        totals: u32::try_from(totals).unwrap_or(u32::MAX),
    };
    rules.lay(table, &placed, page)?;
    page.gap()?;
    Ok(placed)
}

/// Keeps together on a printed page what a reader needs together: headings with two rows below them, a group's heading
/// with its first row, the last two rows, totals with the row above them, and a small table as a whole.
fn bind(table: &Table, header_row: u32, first_body_row: u32, page: &mut Page) {
    let last_row = page.row.saturating_sub(1);
    let end = if page.rows.height_from(header_row) <= SMALL { last_row } else { (first_body_row + 1).min(last_row) };
    page.rows.bind(header_row..end);
    // The last row is not alone on the next page.
    page.rows.bind(last_row.saturating_sub(1).max(header_row)..last_row);
    for (row, (upper, lower)) in (first_body_row..).zip(table.rows.iter().zip(table.rows.iter().skip(1))) {
        if upper.kind == RowKind::Group || lower.kind == RowKind::Total {
            page.rows.bind(row..row + 1);
        }
    }
}

/// Draws the headings with room for buttons; gives the number of rows they take: two where columns are grouped.
fn draw_header(table: &Table, spans: &[Span], buttons: u32, page: &mut Page, pen: &mut Pen) -> Result<u32, XlsxError> {
    let grouped = table.columns.iter().any(|column| column.group.is_some());
    if !grouped {
        let mut height = 0;
        for (column, span) in table.columns.iter().zip(spans) {
            height = height.max(draw_label(table.style, column, span, 1, page, pen)?);
        }
        page.next(height + ROW_SPACE + buttons)?;
        return Ok(1);
    }

    let mut group_height = 0;
    let mut alone_height = 0;
    for run in runs(&table.columns) {
        let (first, last) = (*run.start(), *run.end());
        match &table.columns[first].group {
            Some(group) => {
                let span = *spans[first].start()..=*spans[last].end();
                group_height = group_height.max(draw_group(group, &span, page, pen)?);
            }
            None => {
                for index in run {
                    let height = draw_label(table.style, &table.columns[index], &spans[index], 2, page, pen)?;
                    alone_height = alone_height.max(height);
                }
            }
        }
    }
    let group_height = group_height + ROW_SPACE;
    page.next(group_height)?;
    let mut label_height = alone_height.saturating_sub(group_height);
    for (column, span) in table.columns.iter().zip(spans) {
        if column.group.is_some() {
            label_height = label_height.max(draw_label(table.style, column, span, 1, page, pen)?);
        }
    }
    page.next(label_height + ROW_SPACE + buttons)?;
    Ok(2)
}

/// Draws the heading of a group, upright where a word of it would be broken; gives the height it needs.
fn draw_group(group: &str, span: &Span, page: &mut Page, pen: &mut Pen) -> Result<u32, XlsxError> {
    let fits = measure::longest_word(group, formats::face(Look::Header)) <= page.grid.width(span);
    if fits { page.put(pen, span, Look::Header, group) } else { draw_upright(group, span, 1, page, pen) }
}

/// Draws a heading that is read from below; gives the height it needs.
fn draw_upright(text: &str, span: &Span, rows: u32, page: &mut Page, pen: &mut Pen) -> Result<u32, XlsxError> {
    page.put_down(pen, span, rows, Look::UprightHeader, text)?;
    let length = measure::cell_width(text, formats::face(Look::UprightHeader));
    Ok(length.min(HIGHEST_UPRIGHT))
}

/// Draws a column's own heading over so many rows; gives the height it needs.
fn draw_label(
    style: TableStyle,
    column: &Column,
    span: &Span,
    rows: u32,
    page: &mut Page,
    pen: &mut Pen,
) -> Result<u32, XlsxError> {
    if is_upright(style, column) {
        return draw_upright(&column.label, span, rows, page, pen);
    }
    page.put_down(pen, span, rows, Look::Header, &column.label)
}

/// Neighbouring columns of the same group, or of none.
fn runs(columns: &[Column]) -> Vec<std::ops::RangeInclusive<usize>> {
    let mut runs: Vec<std::ops::RangeInclusive<usize>> = Vec::new();
    for (index, column) in columns.iter().enumerate() {
        match runs.last_mut() {
            Some(run) if columns[*run.end()].group == column.group => *run = *run.start()..=index,
            _ => runs.push(index..=index),
        }
    }
    runs
}

fn draw_row(
    table: &Table,
    row: &Row,
    rules: &Rules,
    spans: &[Span],
    page: &mut Page,
    pen: &mut Pen,
) -> Result<(), XlsxError> {
    let mut height = 0;
    for (index, (cell, span)) in row.cells.iter().zip(spans).enumerate() {
        let align = match (row.kind, table.style) {
            (RowKind::Group, _) if index == 0 => Align::Left,
            (_, TableStyle::Matrix) if index >= table.key_columns => Align::Center,
            _ => table.columns[index].align,
        };
        let is_ruled = row.kind == RowKind::Body && index >= table.key_columns && rules.cover(cell);
        let tone = if is_ruled { Tone::Plain } else { cell.tone };
        height = height.max(draw_cell(cell, tone, row.kind, align, span, page, pen)?);
    }
    page.next(height + ROW_SPACE)
}

/// Draws a cell over its span; gives the height it needs.
fn draw_cell(
    cell: &Cell,
    tone: Tone,
    row_kind: RowKind,
    align: Align,
    span: &Span,
    page: &mut Page,
    pen: &mut Pen,
) -> Result<u32, XlsxError> {
    let at = (page.row, *span.start());
    let written = Written::of(&cell.value, pen.lang);
    let leads = if cell.original.is_some() { Leads::ToOriginal } else { Leads::Inside };
    let look = CellLook { tone, number: Number::General, align, row: row_kind, guard: Guard::None, leads };
    if span.start() < span.end() {
        let format = pen.formats.get(Look::Cell(look));
        page.worksheet.merge_range(at.0, at.1, at.0, *span.end(), "", format)?;
    }
    if let Some(link) = link(cell, pen) {
        // The link's own text is written over at once: the cell keeps its value and its look.
        let format = pen.formats.get(Look::Cell(look));
        page.worksheet.write_url_with_format(at.0, at.1, link, format)?;
    }
    cells::write(&mut page.worksheet, &mut pen.formats, at, &written, look)?;
    let face = formats::face(Look::Cell(look));
    Ok(match (row_kind, &written) {
        (RowKind::Body | RowKind::Total, Written::Text(text)) => {
            face.line_height().saturating_mul(measure::line_count(text, face, page.grid.width(span)))
        }
        _ => face.line_height(),
    })
}

fn link(cell: &Cell, pen: &Pen) -> Option<Url> {
    if let Some(original) = &cell.original {
        let place = original.place.as_ref().map(|(sheet, cell)| (sheet.as_str(), cell.as_str()));
        return originals::link(&original.path, place);
    }
    let target = pen.origins.as_ref()?.cell(cell.source?)?;
    Some(Url::new(format!("internal:{target}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(group: Option<&str>, label: &str, width: f32, align: Align) -> Column {
        Column { group: group.map(str::to_owned), label: label.to_owned(), width, align }
    }

    fn table(columns: Vec<Column>, cells: Vec<Cell>, style: TableStyle) -> Table {
        let rows = vec![Row { cells, kind: RowKind::Body }];
        Table { id: "t".to_owned(), caption: String::new(), columns, rows, key_columns: 1, style }
    }

    #[test]
    fn neighbours_of_one_group_make_a_run() {
        let columns = [None, None, Some("NTM"), Some("NTM"), Some("NTM nâng cao"), None]
            .map(|group| column(group, "x", 5.0, Align::Left));
        assert_eq!(runs(&columns), [0..=1, 2..=3, 4..=4, 5..=5]);
    }

    #[test]
    fn a_table_of_text_fills_the_line() {
        let columns = vec![column(None, "TT", 5.0, Align::Center), column(None, "Tên xã", 20.0, Align::Left)];
        let table = table(columns, vec![Cell::integer(1), Cell::text("Trung Lương")], TableStyle::Text);
        let widths = layout(&table, Lang::Vi, 670).widths;
        assert_eq!(widths.iter().sum::<u32>(), 670);
        assert_eq!(widths[0], 40);
    }

    #[test]
    fn a_number_is_never_wider_than_its_column() {
        let columns = vec![column(None, "Vốn", 2.0, Align::Right)];
        let table = table(columns, vec![Cell::integer(1_234_567_890)], TableStyle::Matrix);
        assert!(layout(&table, Lang::Vi, 670).least[0] >= measure::cell_width("1.234.567.890", Face::bold(11)));
    }

    #[test]
    fn a_long_heading_of_a_matrix_stands_upright() {
        let table = table(
            vec![column(None, "Trung Lương", 5.0, Align::Center), column(None, "Tàichínhkếtoánxã", 5.0, Align::Center)],
            vec![Cell::text("Đ").toned(Tone::Met), Cell::text("K").toned(Tone::NotMet)],
            TableStyle::Matrix,
        );
        assert!(!is_upright(table.style, &table.columns[0]));
        assert!(is_upright(table.style, &table.columns[1]));
        assert_eq!(layout(&table, Lang::Vi, 0).widths[1], 40);
    }
}
