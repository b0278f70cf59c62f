//! Where something stands: file, sheet, cells, printed as Excel prints them.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// One cell of a sheet, zero-based inside, `B7` in print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellRef {
    /// Zero-based row.
    pub row: u32,
    /// Zero-based column.
    pub col: u32,
}

impl CellRef {
    /// The cell at a zero-based row and column.
    #[must_use]
    pub fn new(row: u32, col: u32) -> Self {
        CellRef { row, col }
    }

    /// The row as people count it, from one.
    #[must_use]
    pub fn row_number(self) -> u32 {
        self.row + 1
    }

    /// The letters of the column: `A`, `Z`, `AA`.
    #[must_use]
    pub fn column_letters(self) -> String {
        let mut letters = Vec::new();
        let mut rest = u64::from(self.col) + 1;
        while rest > 0 {
            let digit = ((rest - 1) % 26) as u8;
            letters.push(char::from(b'A' + digit));
            rest = (rest - 1) / 26;
        }
        letters.iter().rev().collect()
    }
}

impl fmt::Display for CellRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.column_letters(), u64::from(self.row) + 1)
    }
}

/// The text is no cell reference of Excel's A1 style.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no cell reference")]
pub struct NoCellRef(pub String);

impl FromStr for CellRef {
    type Err = NoCellRef;

    fn from_str(text: &str) -> Result<Self, NoCellRef> {
        let wrong = || NoCellRef(text.to_owned());
        let split = text.find(|c: char| c.is_ascii_digit()).ok_or_else(wrong)?;
        let (letters, digits) = text.split_at(split);
        if letters.is_empty() || letters.len() > 3 || !letters.bytes().all(|b| b.is_ascii_uppercase()) {
            return Err(wrong());
        }
        let col = letters.bytes().fold(0u32, |sum, b| sum * 26 + u32::from(b - b'A') + 1);
        let row: u32 = digits.parse().map_err(|_| wrong())?;
        if row == 0 || digits.starts_with('0') {
            return Err(wrong());
        }
        Ok(CellRef { row: row - 1, col: col - 1 })
    }
}

/// A rectangle of cells, both corners inside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellRange {
    /// Top left.
    pub first: CellRef,
    /// Bottom right.
    pub last: CellRef,
}

impl CellRange {
    /// The rectangle between two corners, given in any order.
    #[must_use]
    pub fn new(a: CellRef, b: CellRef) -> Self {
        CellRange {
            first: CellRef::new(a.row.min(b.row), a.col.min(b.col)),
            last: CellRef::new(a.row.max(b.row), a.col.max(b.col)),
        }
    }

    /// Whether a cell lies inside.
    #[must_use]
    pub fn contains(&self, cell: CellRef) -> bool {
        (self.first.row..=self.last.row).contains(&cell.row) && (self.first.col..=self.last.col).contains(&cell.col)
    }
}

impl From<CellRef> for CellRange {
    fn from(cell: CellRef) -> Self {
        CellRange { first: cell, last: cell }
    }
}

impl fmt::Display for CellRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last { write!(f, "{}", self.first) } else { write!(f, "{}:{}", self.first, self.last) }
    }
}

/// File, and where it is known sheet and cells: `'[BC Trung Lương.xlsx]NTM NC'!E12`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file's name as received, without folders.
    pub file: Arc<str>,
    /// The sheet's name as its file has it.
    pub sheet: Option<Arc<str>>,
    /// The cells.
    pub cells: Option<CellRange>,
}

impl Place {
    /// The whole file.
    #[must_use]
    pub fn file(file: &Arc<str>) -> Self {
        Place { file: Arc::clone(file), sheet: None, cells: None }
    }

    /// A whole sheet.
    #[must_use]
    pub fn sheet(file: &Arc<str>, sheet: &Arc<str>) -> Self {
        Place { file: Arc::clone(file), sheet: Some(Arc::clone(sheet)), cells: None }
    }

    /// A cell or a range of a sheet.
    #[must_use]
    pub fn cells(file: &Arc<str>, sheet: &Arc<str>, cells: impl Into<CellRange>) -> Self {
        Place { file: Arc::clone(file), sheet: Some(Arc::clone(sheet)), cells: Some(cells.into()) }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.sheet {
            None => write!(f, "[{}]", self.file),
            // Excel doubles an apostrophe inside a quoted sheet reference.
            Some(sheet) => {
                write!(f, "'[{}]{}'", self.file.replace('\'', "''"), sheet.replace('\'', "''"))?;
                self.cells.map_or(Ok(()), |cells| write!(f, "!{cells}"))
            }
        }
    }
}

/// A value with the place it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Traced<T> {
    /// What was read.
    pub value: T,
    /// Where.
    pub place: Place,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_print_and_parse_as_excel_writes_them() {
        for (row, col, text) in
            [(0, 0, "A1"), (11, 4, "E12"), (0, 25, "Z1"), (0, 26, "AA1"), (1_048_575, 16_383, "XFD1048576")]
        {
            assert_eq!(CellRef::new(row, col).to_string(), text);
            assert_eq!(text.parse(), Ok(CellRef::new(row, col)));
        }
        for wrong in ["", "A0", "1A", "A", "12", "a1", "A01", "AAAA1"] {
            assert!(wrong.parse::<CellRef>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_place_reads_like_an_external_reference() {
        let place = Place::cells(&"BC Trung Lương.xlsx".into(), &"NTM NC".into(), CellRef::new(11, 4));
        assert_eq!(place.to_string(), "'[BC Trung Lương.xlsx]NTM NC'!E12");
    }
}
