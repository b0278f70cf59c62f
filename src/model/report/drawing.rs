//! Figures, and drawings of them.

use super::Tone;

/// One key figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// What it counts: `Xã đạt chuẩn NTM`.
    pub label: String,
    /// `6/16`.
    pub value: String,
    /// What changed or what it rests on: `tháng trước 5/16`; may be empty.
    pub note: String,
    /// How it is to be read.
    pub tone: Tone,
}

/// Figures to be drawn on paper, each with its label; the workbook has charts of its tables instead.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    /// Stable id inside the report.
    pub id: String,
    /// What it shows.
    pub caption: String,
    /// How it is drawn.
    pub kind: DrawingKind,
    /// What is counted: `xã`.
    pub unit: String,
    /// Digits behind the comma of its figures.
    pub decimals: u8,
    /// What the figures are of, in order: bands, months.
    pub categories: Vec<String>,
    /// In order, each with a figure for each category.
    pub series: Vec<Series>,
}

/// How it is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DrawingKind {
    /// A group of level bars for each category, from zero.
    Bars,
    /// A line over the categories, which are months.
    Lines,
}

/// One row of figures of a drawing.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// One for each category; `None` where there is none, which is not zero.
    pub values: Vec<Option<f64>>,
}

/// A chart of a table: each body row is a series by the name in its first cell, each column behind the key columns a
/// category by its heading; the last column is empty and takes a small line for each row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// The id of the table.
    pub table: String,
    /// Its title.
    pub title: String,
    /// What its figures count: beside the axis.
    pub axis: String,
    /// How it is drawn.
    pub kind: ChartKind,
}

/// How a chart is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartKind {
    /// A line for each series.
    Lines,
    /// Columns side by side.
    Columns,
    /// No chart of its own, only the small line of each row.
    Sparklines,
}
