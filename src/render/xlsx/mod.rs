//! The report as a workbook: one sheet a section, for filtering, drilling and printing.
//!
//! *Takes* a [`Report`], all of whose words, numbers and order are decided.
//! *Gives* the bytes of an xlsx file, the same for the same report.
//! *Never* adds or leaves out a figure, writes text as a formula, or asks the clock.
//!
//! The rows of long tables wait in a temporary file of the writer's, without a name, in the system's folder for such
//! files: kept in memory they would take more than all the rest of a run. It goes when the workbook is done, and where
//! the process is killed, with it.

mod breaks;
mod cells;
mod chart;
mod formats;
mod frame;
mod grid;
mod head;
pub(super) mod measure;
mod names;
mod originals;
mod page;
mod print;
mod rules;
mod sheet;
mod table;

#[cfg(test)]
mod tests;

use std::{error::Error, fmt, io, path::PathBuf};

use jiff::ToSpan;
use rayon::prelude::*;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use self::{
    chart::Figures,
    frame::Origins,
    page::{Binder, Pen},
    sheet::{Drawn, Plan},
};
use crate::model::{
    Lang,
    report::{Block, Chart, Media, PageStart, Report, Section},
};

/// Cells are linked to the rows behind them while the workbook has fewer such cells: Excel takes 65,530 a sheet, and
/// opens slowly long before.
const MOST_LINKS: usize = 20_000;

/// How hard the package is compressed. For 150,000 rows of 20 columns this is a fifth faster than the usual 6 and 7%
/// larger; 3 is no faster and 26% larger.
const COMPRESSION: u8 = 4;

/// Why no workbook could be made.
#[derive(Debug, thiserror::Error)]
pub enum WorkbookError {
    /// The writer refused something, which no report should be able to bring about.
    #[error("the workbook could not be written: {0}")]
    Writer(#[from] XlsxError),
    /// The folder for temporary files takes none.
    #[error("no temporary file could be made in {}", folder.display())]
    TemporaryFile {
        /// The folder.
        folder: PathBuf,
        /// What the system answered.
        source: io::Error,
    },
    /// A row has more or fewer cells than its table has columns: drawing it would lose or move a figure.
    #[error("the table {table:?} has rows or headings of other lengths than its columns")]
    Uneven {
        /// The table's id.
        table: String,
    },
    /// A column of a long table has a type that cannot be shown.
    #[error("column {column:?} of the long table {table:?} could not be read")]
    Frame {
        /// The table's id.
        table: String,
        /// The column's heading.
        column: String,
        /// What the frame says.
        source: Box<dyn Error + Send + Sync>,
    },
}

/// A workbook with all its sheets, which is left to be packed.
pub struct Book(Workbook);

impl fmt::Debug for Book {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Book").finish_non_exhaustive()
    }
}

impl Book {
    /// The bytes of the file. This is the work of one thread, and as long as that of drawing the sheets.
    ///
    /// # Errors
    ///
    /// When the writer refuses the workbook, or its temporary file is gone.
    pub fn pack(mut self) -> Result<Vec<u8>, WorkbookError> {
        Ok(self.0.save_to_buffer()?)
    }
}

/// Draws the report as an Excel workbook.
///
/// Each section that the workbook has becomes a sheet, in their order; the first carries the letterhead. A frame too
/// long for one sheet goes on in the next, named "… (2)". The same report gives the same bytes.
///
/// # Errors
///
/// When a table's rows do not fit its columns, the writer refuses a value, or a frame's column has a type that cannot be
/// shown as a cell: faults of the program, not of the communes' files. When no temporary file can be made: one of the
/// machine.
///
/// # Examples
///
/// ```
/// use jiff::civil::datetime;
/// use ntm::model::{Lang, Period, report::{Head, Properties, Report, Signature}};
///
/// let text = |text: &str| text.to_owned();
/// let report = Report {
///     lang: Lang::Vi,
///     period: Period::new(2023, 4).expect("a month"),
///     made_at: datetime(2023, 4, 28, 8, 30, 0, 0),
///     properties: Properties {
///         title: text("Báo cáo tháng 4/2023"),
///         subject: text("Nông thôn mới"),
///         author: text("Văn phòng điều phối"),
///         keywords: text("2023-04"),
///     },
///     head: Head {
///         superior: vec![text("ỦY BAN NHÂN DÂN HUYỆN BÌNH LỤC")],
///         issuer: vec![text("VĂN PHÒNG ĐIỀU PHỐI NÔNG THÔN MỚI")],
///         number: text("Số:      /BC-VPĐP"),
///         country: text("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
///         motto: text("Độc lập - Tự do - Hạnh phúc"),
///         place_and_date: text("Bình Lục, ngày 28 tháng 4 năm 2023"),
///         kind: text("BÁO CÁO"),
///         summary: text("Kết quả xây dựng nông thôn mới tháng 4 năm 2023"),
///         attached: text("(Kèm theo Báo cáo ngày 28 tháng 4 năm 2023)"),
///     },
///     sections: Vec::new(),
///     charts: Vec::new(),
///     signature: Signature {
///         authority: Vec::new(),
///         name: String::new(),
///         recipients_title: String::new(),
///         recipients: Vec::new(),
///     },
/// };
/// let bytes = ntm::render::xlsx::workbook(&report)?.pack()?;
/// assert!(bytes.starts_with(b"PK"));
/// # Ok::<(), ntm::render::xlsx::WorkbookError>(())
/// ```
pub fn workbook(report: &Report) -> Result<Book, WorkbookError> {
    bound(report, Binder::new()?)
}

fn bound(report: &Report, mut binder: Binder) -> Result<Book, WorkbookError> {
    let cover = cover(report);
    let mut sections: Vec<&Section> = report.sections.iter().filter(|section| section.media.in_workbook()).collect();
    if sections.is_empty() {
        sections.push(&cover);
    }
    if let Some(table) = sections.iter().flat_map(|section| &section.blocks).find_map(uneven) {
        return Err(WorkbookError::Uneven { table: table.to_owned() });
    }
    let plans: Vec<Plan<'_>> = sections
        .iter()
        .enumerate()
        .map(|(index, section)| Plan {
            section,
            sheet_name: binder.names.claim(&section.sheet_name),
            head: (index == 0).then_some(&report.head),
            document_title: &report.properties.title,
        })
        .collect();

    let drawn = sheets(&plans, &report.charts, &mut binder, report.lang)?;

    let mut workbook = binder.workbook;
    workbook.set_properties(&properties(report)?);
    workbook.set_zip_compression_level(COMPRESSION);
    for section in drawn {
        for worksheet in section.worksheets {
            workbook.push_worksheet(worksheet);
        }
        for (name, range) in section.ranges {
            workbook.define_name(name, &range)?;
        }
    }
    Ok(Book(workbook))
}

/// Draws all sheets and gives them in the order of their sections. Frames have a thread of their own, for all of them
/// share their texts, and so have long tables, which number the looks that they are the first to have; where links must
/// know in which rows a frame stands, frames come first.
fn sheets(plans: &[Plan<'_>], charts: &[Chart], binder: &mut Binder, lang: Lang) -> Result<Vec<Drawn>, WorkbookError> {
    let (framed, others): (Vec<Numbered<'_>>, Vec<Numbered<'_>>) =
        plans.iter().enumerate().partition(|(_, plan)| has_frame(plan.section));
    let (long, others): (Vec<Numbered<'_>>, Vec<Numbered<'_>>) =
        others.into_iter().partition(|(_, plan)| is_long(plan, charts, binder.cells_in_memory));
    let is_linked = count_sources(plans) < MOST_LINKS;
    let mut in_files = Vec::new();
    for (index, plan) in long {
        in_files.push((index, plan, binder.sheet_of_own_texts()?));
    }
    if !in_files.is_empty() {
        binder.number(framed.iter().flat_map(|(_, plan)| sheet::looks(plan.section)));
    }
    let mut draw_framed = || -> Result<Vec<(usize, Drawn)>, WorkbookError> {
        let mut pen = Pen::new(lang, None);
        framed.iter().map(|(index, plan)| Ok((*index, sheet::draw_long(plan, binder, &mut pen)?))).collect()
    };
    let draw_long = |origins: Option<Origins>| -> Result<Vec<(usize, Drawn)>, WorkbookError> {
        let mut pen = Pen::new(lang, origins);
        let one = |(index, plan, sheet)| Ok((index, sheet::draw_row_by_row(plan, sheet, &mut pen)?));
        in_files.into_iter().map(one).collect()
    };
    let draw_others = |origins: Option<Origins>| -> Result<Vec<(usize, Drawn)>, WorkbookError> {
        let one = |(index, plan): &Numbered<'_>, beside: &[Figures]| {
            Ok((*index, sheet::draw(plan, charts, beside, &mut Pen::new(lang, origins.clone()))?))
        };
        // Charts stand on other sheets too than the figures they show: these come first.
        let (charted, rest): (Vec<&Numbered<'_>>, Vec<&Numbered<'_>>) =
            others.iter().partition(|(_, plan)| has_chart(plan.section, charts));
        let charted: Result<Vec<(usize, Drawn)>, WorkbookError> =
            charted.into_iter().map(|plan| one(plan, &[])).collect();
        let mut drawn = charted?;
        let figures: Vec<Figures> = drawn.iter().flat_map(|(_, drawn)| drawn.figures.clone()).collect();
        let rest: Result<Vec<(usize, Drawn)>, WorkbookError> =
            rest.into_par_iter().map(|plan| one(plan, &figures)).collect();
        drawn.extend(rest?);
        Ok(drawn)
    };
    let draw_rest =
        |origins: Option<Origins>| rayon::join(|| draw_long(origins.clone()), || draw_others(origins.clone()));
    let (framed, (long, others)) = if is_linked {
        let framed = draw_framed()?;
        let origins = framed.iter().find_map(|(_, drawn)| drawn.origins.clone());
        (framed, draw_rest(origins))
    } else {
        let (framed, rest) = rayon::join(draw_framed, || draw_rest(None));
        (framed?, rest)
    };
    let mut drawn: Vec<(usize, Drawn)> = framed.into_iter().chain(long?).chain(others?).collect();
    drawn.sort_by_key(|(index, _)| *index);
    let mut drawn: Vec<Drawn> = drawn.into_iter().map(|(_, section)| section).collect();
    names::number_repeated(drawn.iter_mut().flat_map(|section| &mut section.ranges).map(|(name, _)| name));
    Ok(drawn)
}

/// A sheet's plan with its place among all.
type Numbered<'a> = (usize, &'a Plan<'a>);

/// The id of a table whose rows do not fit its columns.
fn uneven(block: &Block) -> Option<&str> {
    match block {
        Block::Table(table) => {
            let even = table.rows.iter().all(|row| row.cells.len() == table.columns.len());
            (!even).then_some(&table.id)
        }
        Block::Data(frame) => (frame.columns.len() != frame.frame.width()).then_some(&frame.id),
        _ => None,
    }
}

fn has_chart(section: &Section, charts: &[Chart]) -> bool {
    let is_charted = |block: &Block| match block {
        Block::Table(table) => charts.iter().any(|chart| chart.table == table.id),
        _ => false,
    };
    section.blocks.iter().any(is_charted)
}

fn has_frame(section: &Section) -> bool {
    section.blocks.iter().any(|block| matches!(block, Block::Data(_)))
}

/// Whether the rows of a sheet are better kept in a file. What charts and the letterhead need stands in rows above others.
fn is_long(plan: &Plan<'_>, charts: &[Chart], cells_in_memory: usize) -> bool {
    plan.head.is_none() && !has_chart(plan.section, charts) && count_cells(plan.section) > cells_in_memory
}

/// How many cells the tables of a section have.
fn count_cells(section: &Section) -> usize {
    let cells = |block: &Block| match block {
        Block::Table(table) => table.rows.iter().map(|row| row.cells.len()).sum(),
        _ => 0,
    };
    section.blocks.iter().map(cells).sum()
}

/// How many cells of the workbook name the rows behind them.
fn count_sources(plans: &[Plan<'_>]) -> usize {
    plans
        .iter()
        .flat_map(|plan| &plan.section.blocks)
        .filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None })
        .flat_map(|table| &table.rows)
        .flat_map(|row| &row.cells)
        .filter(|cell| cell.source.is_some())
        .count()
}

/// The only sheet of a report that has none, because Excel opens no workbook without a sheet.
fn cover(report: &Report) -> Section {
    Section {
        id: "cover".to_owned(),
        media: Media::Workbook,
        title: report.properties.title.clone(),
        sheet_name: report.head.kind.clone(),
        page: PageStart::NewPortrait,
        blocks: Vec::new(),
    }
}

/// The document's properties. Excel keeps the time of making in UTC, the report in Vietnam's, seven hours ahead.
fn properties(report: &Report) -> Result<DocProperties, XlsxError> {
    let made_at = report.made_at.saturating_sub(7.hours());
    let part = |number: i8| u8::try_from(number).unwrap_or_default();
    let created = ExcelDateTime::from_ymd(
        u16::try_from(made_at.year()).unwrap_or_default(),
        part(made_at.month()),
        part(made_at.day()),
    )?
    .and_hms(u16::from(part(made_at.hour())), part(made_at.minute()), made_at.second())?;
    Ok(DocProperties::new()
        .set_title(&report.properties.title)
        .set_subject(&report.properties.subject)
        .set_author(&report.properties.author)
        .set_company(&report.properties.author)
        .set_keywords(&report.properties.keywords)
        .set_creation_datetime(&created))
}
