//! Tables: columns, rows and cells, with what they mean.

use std::sync::Arc;

use jiff::civil::Date;

/// A table whose cells are all decided.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Stable id inside the report, for range names and tests.
    pub id: String,
    /// What it shows; may be empty.
    pub caption: String,
    /// Columns from the left.
    pub columns: Vec<Column>,
    /// Rows from the top; every row has as many cells as there are columns.
    pub rows: Vec<Row>,
    /// How many columns from the left stay in sight and repeat when the table is cut over pages.
    pub key_columns: usize,
    /// How dense it is drawn.
    pub style: TableStyle,
}

/// How a table is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableStyle {
    /// Text and figures in wrapped cells.
    Text,
    /// A matrix of short marks: narrow columns, centred, tinted by tone.
    Matrix,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Heading shared with neighbours of the same group (a merged cell above them); `None` where it stands alone.
    pub group: Option<String>,
    /// Its own heading.
    pub label: String,
    /// Width wanted, in average characters; writers scale all columns to what they have.
    pub width: f32,
    /// How its cells are aligned.
    pub align: Align,
}

/// Alignment across a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Align {
    /// Text.
    Left,
    /// Marks, codes, dates.
    Center,
    /// Figures.
    Right,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// From the left, one for each column.
    pub cells: Vec<Cell>,
    /// What kind of row it is.
    pub kind: RowKind,
}

/// What kind of row it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RowKind {
    /// A row of figures.
    Body,
    /// A group heading across the table (its text stands in the first cell).
    Group,
    /// A total, drawn bold.
    Total,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// What stands in it.
    pub value: CellValue,
    /// How it is to be read; never told by colour alone, the value's letters say it too.
    pub tone: Tone,
    /// The rows behind it: first row of the report's [`DataTable`](super::DataTable) (zero-based) that the figure rests on.
    pub source: Option<u32>,
    /// The original it stands in.
    pub original: Option<Box<Original>>,
}

/// A file of the archive, to be opened from where the report lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Original {
    /// Its path from the report's folder, with slashes: `../../luu-tru/13546/…/BC.xlsx`.
    pub path: Arc<str>,
    /// Sheet and cell in it, where they are known.
    pub place: Option<(String, String)>,
}

impl Cell {
    /// A cell of plain text.
    pub fn text(text: impl Into<String>) -> Self {
        Cell { value: CellValue::Text(text.into()), ..Cell::empty() }
    }

    /// A cell with a whole number.
    #[must_use]
    pub fn integer(number: i64) -> Self {
        Cell { value: CellValue::Integer(number), ..Cell::empty() }
    }

    /// A cell with nothing in it.
    #[must_use]
    pub fn empty() -> Self {
        Cell { value: CellValue::Empty, tone: Tone::Plain, source: None, original: None }
    }

    /// The same cell, to be read in another tone.
    #[must_use]
    pub fn toned(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum CellValue {
    /// Nothing.
    Empty,
    /// Text, never a formula whatever it begins with.
    Text(String),
    /// A whole number, thousands with a dot.
    Integer(i64),
    /// A number shown with so many decimals, decimal comma.
    Decimal {
        /// The number, already rounded.
        value: f64,
        /// Digits behind the comma.
        decimals: u8,
    },
    /// A share: 0.955 shown as 95,5%.
    Percent {
        /// The share, 1 for the whole.
        share: f64,
        /// Digits behind the comma.
        decimals: u8,
    },
    /// A day, shown 25/04/2023.
    Date(Date),
}

/// How a figure is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tone {
    /// Nothing special.
    Plain,
    /// Met, good.
    Met,
    /// Not met.
    NotMet,
    /// Does not apply.
    NotApplicable,
    /// Nothing was reported.
    NotReported,
    /// Last month's, for want of this month's.
    Outdated,
    /// Needs a look.
    Warning,
    /// Needs a person.
    Error,
    /// Of little weight, drawn paler.
    Quiet,
}
