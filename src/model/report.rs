//! The report of a month: every word, number and order decided. Both writers draw this value and nothing else, so
//! that workbook and paper can differ in looks, never in content.
//!
//! `compose` makes it, `render` draws it. All text is final (language, Vietnamese numbers and dates in sentences);
//! numbers in tables stay numbers with the format in which they are shown.

use std::sync::Arc;

use jiff::civil::{Date, DateTime};
use polars::prelude::DataFrame;

use super::{Lang, Period};

/// A month's report of one receiving unit.
#[derive(Debug, Clone)]
pub struct Report {
    /// Language of all its text.
    pub lang: Lang,
    /// The month.
    pub period: Period,
    /// When it was made; goes into document properties, so the same input gives the same bytes.
    pub made_at: DateTime,
    /// Title, subject, author and keywords of the documents.
    pub properties: Properties,
    /// The head of the paper's first page, after Nghị định 30/2020/NĐ-CP, Phụ lục I.
    pub head: Head,
    /// In order; each is a part of the paper, a sheet of the workbook, or both.
    pub sections: Vec<Section>,
    /// Charts of tables that the sections have.
    pub charts: Vec<Chart>,
    /// The end of the paper: signature block and recipients.
    pub signature: Signature,
}

/// What goes into the properties of both documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Properties {
    /// Title.
    pub title: String,
    /// Subject.
    pub subject: String,
    /// The issuing body.
    pub author: String,
    /// Keywords, separated by commas.
    pub keywords: String,
}

/// The head of the first page: boxes 1 to 5a of the decree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The superior body, capitals, regular; may be two lines.
    pub superior: Vec<String>,
    /// The issuing body, capitals, bold, a line under it.
    pub issuer: Vec<String>,
    /// `Số: 15/BC-BCĐ`, or with room for a number that is given by hand: `Số:      /BC-BCĐ`.
    pub number: String,
    /// `CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM`.
    pub country: String,
    /// `Độc lập - Tự do - Hạnh phúc`, a line under it as long as the text.
    pub motto: String,
    /// `Bình Lục, ngày 28 tháng 4 năm 2023`, italic.
    pub place_and_date: String,
    /// `BÁO CÁO`.
    pub kind: String,
    /// The summary under it, bold, a line under it.
    pub summary: String,
    /// What stands under the title of each annex, italic: `(Kèm theo Báo cáo số …/BC-BCĐ ngày …)`.
    pub attached: String,
}

/// The end of the paper: boxes 7 and 9b of the decree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// `TM. BAN CHỈ ĐẠO`, `TRƯỞNG BAN`: capitals, bold, one a line.
    pub authority: Vec<String>,
    /// The signer's name, bold, below the room for the signature; empty where it is not set.
    pub name: String,
    /// `Nơi nhận:`.
    pub recipients_title: String,
    /// `- Như trên;` and so on, with their punctuation.
    pub recipients: Vec<String>,
}

/// A part of the report.
#[derive(Debug, Clone)]
pub struct Section {
    /// Stable id, for anchors, names of ranges and tests: `overview`, `matrix-ntm-2021-2025`.
    pub id: String,
    /// Where it is drawn.
    pub media: Media,
    /// Its heading on paper, numbered where the paper numbers it: `I. Tình hình chung`; an annex's number and its title
    /// are two lines.
    pub title: String,
    /// The name of its sheet, unique, at most 31 characters, legal in Excel.
    pub sheet_name: String,
    /// Whether it starts on its own page, and how that lies.
    pub page: PageStart,
    /// In order.
    pub blocks: Vec<Block>,
}

/// In which documents a section is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    /// In workbook and paper.
    Both,
    /// In the workbook only.
    Workbook,
    /// In the paper only.
    Paper,
}

impl Media {
    /// Whether the workbook has it.
    #[must_use]
    pub fn in_workbook(self) -> bool {
        self != Media::Paper
    }

    /// Whether the paper has it.
    #[must_use]
    pub fn on_paper(self) -> bool {
        self != Media::Workbook
    }
}

/// Where a section starts on paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageStart {
    /// It flows on after the section before.
    Flow,
    /// A new page, upright.
    NewPortrait,
    /// A new page, lying: wide tables.
    NewLandscape,
}

/// A piece of a section.
#[derive(Debug, Clone)]
pub enum Block {
    /// A heading inside the section: `1. Xã Trung Lương`.
    Heading(String),
    /// A paragraph of running text.
    Paragraph(Vec<Span>),
    /// A list item with a dash.
    Bullet(Vec<Span>),
    /// Small text: an explanation, a legend, a source.
    Note(String),
    /// Key figures, a handful: drawn as a row of boxes or a small table.
    Figures(Vec<Figure>),
    /// Figures drawn; the same figures stand in a table beside it.
    Drawing(Drawing),
    /// A table.
    Table(Table),
    /// A long table straight from a frame, one row an observation; in the workbook only.
    Data(DataTable),
}

/// A run of text in one weight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The text, NFC.
    pub text: String,
    /// Drawn bold.
    pub bold: bool,
}

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
    /// The rows behind it: first row of the report's [`DataTable`] (zero-based) that the figure rests on.
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
