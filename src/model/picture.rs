//! A sheet as it was understood, cut down to what shows it: the columns with their roles, the first rows and the last.

use super::{ItemCode, Text};

/// How many characters of a cell a picture keeps: more fits no column of a terminal.
pub const PICTURE_CELL: usize = 60;

/// A table as it was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// From the left; rows of the sheet, from the top, where items stand side by side.
    pub columns: Vec<PictureColumn>,
    /// Header rows, the first items, the last.
    pub rows: Vec<PictureRow>,
    /// How many items it holds in all.
    pub items: usize,
}

/// A column and what it was taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureColumn {
    /// Its letters, or the number of the row where items stand side by side.
    pub name: String,
    /// What it was taken for; `None` where it was not used.
    pub role: Option<Text>,
    /// Whether it holds names of items, which need room to be told apart.
    pub is_name: bool,
}

/// A row and what it was taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureRow {
    /// Its number, or the letters of the column where items stand side by side.
    pub name: String,
    /// The item it is; `None` for a row of the header.
    pub item: Option<ItemCode>,
    /// How many rows of items are left out above it.
    pub left_out: usize,
    /// One text a column, shortened, empty where there is none.
    pub texts: Vec<String>,
}
