//! The report of a month: every word, number and order decided. Both writers draw this value and nothing else, so
//! that workbook and paper can differ in looks, never in content.
//!
//! `compose` makes it, `render` draws it. All text is final (language, Vietnamese numbers and dates in sentences);
//! numbers in tables stay numbers with the format in which they are shown.

mod data;
mod drawing;
mod table;

use jiff::civil::DateTime;

pub use data::{DataTable, Originals};
pub use drawing::{Chart, ChartKind, Drawing, DrawingKind, Figure, Series};
pub use table::{Align, Cell, CellValue, Column, Original, Row, RowKind, Table, TableStyle, Tone};

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
