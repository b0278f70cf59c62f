//! A sheet being filled from top to bottom, in a clerk's font and spelling.

use super::super::spelling::spell;
use super::super::workbook::{Look, Sheet, Value};
use super::{Column, Style};

/// A sheet being filled from top to bottom.
pub(super) struct Page<'a> {
    pub(super) sheet: Sheet,
    pub(super) style: &'a Style,
    /// The next free row.
    pub(super) row: u32,
}

impl Page<'_> {
    /// The look of running text.
    pub(super) fn plain(&self) -> Look {
        Look::of(self.style.font, self.style.size)
    }

    /// The look of a cell of the table.
    pub(super) fn cell(&self) -> Look {
        self.plain().framed()
    }

    /// The last column of the table.
    pub(super) fn last_column(&self) -> u16 {
        self.style.columns.len() as u16 - 1
    }

    /// Where a column stands, if the form has it.
    pub(super) fn column(&self, column: Column) -> Option<u16> {
        self.style.columns.iter().position(|known| *known == column).map(|index| index as u16)
    }

    /// The column that holds names: the indicator's.
    pub(super) fn content(&self) -> u16 {
        self.column(Column::Content).expect("each form names its indicators")
    }

    /// A text in a cell, spelt in the clerk's way.
    pub(super) fn text(&mut self, row: u32, column: u16, text: &str, look: Look) {
        let (text, look) = spell(text, look, self.style.spelling);
        self.sheet.put(row, column, Value::Text(text), look);
    }

    /// A text in the column of a kind, where the form has one.
    pub(super) fn text_in(&mut self, column: Column, text: &str, look: Look) {
        if let Some(index) = self.column(column)
            && !text.is_empty()
        {
            self.text(self.row, index, text, look);
        }
    }

    /// Framed cells across the row being filled.
    pub(super) fn frame_row(&mut self) {
        for column in 0..=self.last_column() {
            let look = self.cell();
            self.sheet.put(self.row, column, Value::Blank, look);
        }
    }

    /// A text merged across the whole table.
    pub(super) fn line(&mut self, text: &str, look: Look) {
        let (row, last) = (self.row, self.last_column());
        self.text(row, 0, text, look);
        self.sheet.merge((row, 0), (row, last));
        self.row += 1;
    }
}
