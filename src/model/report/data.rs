//! The long table of all rows behind the figures, and the files that they came from.

use std::sync::Arc;

use polars::prelude::DataFrame;

use super::Column;

/// A long table straight from a frame.
#[derive(Debug, Clone)]
pub struct DataTable {
    /// Stable id.
    pub id: String,
    /// What it shows.
    pub caption: String,
    /// Headings, widths and alignment, in the order of the frame's columns.
    pub columns: Vec<Column>,
    /// Columns of type string, f64, u32, date, datetime (ms) or bool; nulls are empty cells.
    pub frame: DataFrame,
    /// The originals that its rows stand in; left out where there are more rows than a program opens links of.
    pub originals: Option<Originals>,
}

/// The originals that the rows of a long table stand in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Originals {
    /// The column whose cells lead to them.
    pub column: usize,
    /// The columns of the sheet's name and of the cell in it.
    pub place: (usize, usize),
    /// The paths from the report's folder.
    pub paths: Vec<Arc<str>>,
    /// For each row the place of its path, where the archive has it.
    pub of_rows: Vec<Option<u32>>,
}
