//! One sheet as read: sparse, at absolute positions, nothing trimmed, nothing guessed.

use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;

use crate::model::{CellRange, CellRef};
use crate::text::legacy::Encoding;

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Text as the file has it, never blank.
    Text(String),
    /// A number, also the stored result of a formula.
    Number(f64),
    /// A day, with the serial number it is stored as.
    Date {
        /// The day.
        date: Date,
        /// Its serial number in the file's calendar.
        serial: f64,
    },
    /// True or false.
    Bool(bool),
    /// `#REF!` and the like.
    Error(&'static str),
    /// A formula whose result the file does not hold.
    NoStoredValue,
}

/// What a cell's font tells of its encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Font {
    /// The file does not tell the font.
    Unknown,
    /// A font of Unicode.
    Unicode,
    /// A font of a legacy encoding.
    Legacy(Encoding),
}

impl Font {
    /// What a font's name tells.
    #[must_use]
    pub fn of_name(name: &str) -> Self {
        Encoding::of_font(name).map_or(Font::Unicode, Font::Legacy)
    }
}

/// A cell that is not empty.
#[derive(Debug, Clone, PartialEq)]
pub struct GridCell {
    /// Where.
    pub at: CellRef,
    /// What.
    pub value: Value,
    /// Whether it shows its number as a percentage; `None` where the file does not tell.
    pub percent: Option<bool>,
    /// What its font tells.
    pub font: Font,
}

/// Whether a sheet can be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visibility {
    /// It can.
    Visible,
    /// It is hidden (or very hidden).
    Hidden,
}

/// One sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    /// Its name.
    pub sheet: Arc<str>,
    /// Whether it can be seen.
    pub visibility: Visibility,
    /// Row by row, from the left; no two at one place.
    cells: Vec<GridCell>,
    /// Merged rectangles.
    pub merges: Vec<CellRange>,
    /// Hidden rows, as ranges.
    pub hidden_rows: Vec<Range<u32>>,
    /// Hidden columns, as ranges.
    pub hidden_cols: Vec<Range<u32>>,
    /// Columns with their widths in letters, in order, as far as the file's reader tells them (xls and ods).
    pub widths: Vec<(Range<u32>, f32)>,
}

impl Grid {
    /// A sheet of the given cells, which are put in order; where two stand at one place the later one counts.
    #[must_use]
    pub fn new(sheet: &str, visibility: Visibility, mut cells: Vec<GridCell>) -> Self {
        if !cells.is_sorted_by(|a, b| a.at < b.at) {
            cells.sort_by_key(|cell| cell.at);
            cells.reverse();
            cells.dedup_by_key(|cell| cell.at);
            cells.reverse();
        }
        Grid {
            sheet: sheet.into(),
            visibility,
            cells,
            merges: Vec::new(),
            hidden_rows: Vec::new(),
            hidden_cols: Vec::new(),
            widths: Vec::new(),
        }
    }

    /// All cells that are not empty, row by row from the left.
    #[must_use]
    pub fn cells(&self) -> &[GridCell] {
        &self.cells
    }

    /// The cell at a place.
    #[must_use]
    pub fn get(&self, at: CellRef) -> Option<&GridCell> {
        self.cells.binary_search_by_key(&at, |cell| cell.at).ok().map(|i| &self.cells[i])
    }

    /// Whether a row is hidden.
    #[must_use]
    pub fn is_row_hidden(&self, row: u32) -> bool {
        self.hidden_rows.iter().any(|range| range.contains(&row))
    }

    /// Whether a column is hidden.
    #[must_use]
    pub fn is_col_hidden(&self, col: u32) -> bool {
        self.hidden_cols.iter().any(|range| range.contains(&col))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_put_in_order_and_the_later_one_counts() {
        let cell = |row, col, n| GridCell {
            at: CellRef::new(row, col),
            value: Value::Number(n),
            percent: None,
            font: Font::Unknown,
        };
        let grid = Grid::new("S", Visibility::Visible, vec![cell(1, 0, 1.0), cell(0, 2, 2.0), cell(1, 0, 3.0)]);
        assert_eq!(grid.cells().len(), 2);
        assert_eq!(grid.get(CellRef::new(1, 0)).unwrap().value, Value::Number(3.0));
        assert_eq!(grid.cells()[0].at, CellRef::new(0, 2));
    }
}
