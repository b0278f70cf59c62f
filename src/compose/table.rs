//! Short ways to say a table.

use crate::model::report::{Align, Block, Cell, CellValue, Column, Row, RowKind, Span, Table, TableStyle};

/// A column of text.
pub(super) fn text(label: impl Into<String>, width: f32) -> Column {
    Column { group: None, label: label.into(), width, align: Align::Left }
}

/// A column of marks, codes or days.
pub(super) fn mark(label: impl Into<String>, width: f32) -> Column {
    Column { align: Align::Center, ..text(label, width) }
}

/// A column of figures.
pub(super) fn figure(label: impl Into<String>, width: f32) -> Column {
    Column { align: Align::Right, ..text(label, width) }
}

/// The same column under a heading that it shares with its neighbours.
pub(super) fn under(group: impl Into<String>, column: Column) -> Column {
    Column { group: Some(group.into()), ..column }
}

/// A row of figures.
pub(super) fn body(cells: Vec<Cell>) -> Row {
    Row { cells, kind: RowKind::Body }
}

/// A total.
pub(super) fn total(cells: Vec<Cell>) -> Row {
    Row { cells, kind: RowKind::Total }
}

/// A table of wrapped text with one key column.
pub(super) fn of_text(
    id: impl Into<String>,
    caption: impl Into<String>,
    columns: Vec<Column>,
    rows: Vec<Row>,
) -> Table {
    Table { id: id.into(), caption: caption.into(), columns, rows, key_columns: 1, style: TableStyle::Text }
}

/// The table without the columns in which no row has anything.
pub(super) fn without_empty_columns(table: Table) -> Table {
    let body = || table.rows.iter().filter(|row| row.kind == RowKind::Body);
    let kept: Vec<bool> = (0..table.columns.len())
        .map(|column| column < table.key_columns || body().any(|row| row.cells[column].value != CellValue::Empty))
        .collect();
    let rows = table.rows.into_iter().map(|row| Row { cells: picked(row.cells, &kept), ..row }).collect();
    Table { columns: picked(table.columns, &kept), rows, ..table }
}

fn picked<T>(all: Vec<T>, kept: &[bool]) -> Vec<T> {
    all.into_iter().zip(kept).filter(|(_, kept)| **kept).map(|(one, _)| one).collect()
}

/// A cell that is empty where there is nothing to show.
pub(super) fn optional(text: Option<impl Into<String>>) -> Cell {
    text.map_or_else(Cell::empty, Cell::text)
}

/// A day.
pub(super) fn day(day: Option<jiff::civil::Date>) -> Cell {
    day.map_or_else(Cell::empty, |day| Cell { value: CellValue::Date(day), ..Cell::empty() })
}

/// A count.
pub(super) fn count(number: usize) -> Cell {
    Cell::integer(i64::try_from(number).unwrap_or(i64::MAX))
}

/// A paragraph in one weight.
pub(super) fn paragraph(text: impl Into<String>) -> Block {
    Block::Paragraph(vec![Span { text: text.into(), bold: false }])
}
