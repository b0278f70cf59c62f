//! A section as a sheet: its blocks from the top, and what makes the sheet good to work with and to print.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::{
    WorkbookError,
    chart::{self, Figures},
    formats::{Line, Look},
    frame::{self, Origins},
    grid::{Grid, Layout, Span},
    head, names,
    page::{Binder, Page, Pen},
    print::{self, Orientation},
    table::{self, Placed},
};
use crate::model::{
    Lang,
    report::{self, Block, Chart, DataTable, Figure, Head, PageStart, Section, Table},
};

/// Header rows stay in sight while no more than this lies above and in them, in pixels: a third of a small screen.
const HIGHEST_FROZEN: u32 = 320;

/// Key columns stay in sight while they are no wider than this, in pixels.
const WIDEST_FROZEN: u32 = 420;

/// What a section is drawn with.
pub(super) struct Plan<'r> {
    /// The section.
    pub(super) section: &'r Section,
    /// The name of its sheet, legal and unique.
    pub(super) sheet_name: String,
    /// The letterhead, on the first sheet.
    pub(super) head: Option<&'r Head>,
    /// What stands above each printed page.
    pub(super) document_title: &'r str,
}

/// A section drawn.
pub(super) struct Drawn {
    /// Its sheets: one, or more where it holds a frame that is longer than a sheet.
    pub(super) worksheets: Vec<Worksheet>,
    /// Names and references of its tables.
    pub(super) ranges: Vec<(String, String)>,
    /// Where the rows of its first frame stand.
    pub(super) origins: Option<Origins>,
    /// Where the figures of its charts stand.
    pub(super) figures: Vec<Figures>,
}

/// Draws a section without a frame; beside the letterhead stand charts of what is on other sheets.
pub(super) fn draw(
    plan: &Plan<'_>,
    charts: &[Chart],
    beside: &[Figures],
    pen: &mut Pen,
) -> Result<Drawn, WorkbookError> {
    let blocks: Vec<&Block> = plan.section.blocks.iter().collect();
    let beside = if plan.head.is_some() { beside } else { &[] };
    let (worksheet, ranges, figures) = draw_blocks(plan, &plan.sheet_name, &blocks, (charts, beside), None, pen)?;
    Ok(Drawn { worksheets: vec![worksheet], ranges, origins: None, figures })
}

/// Draws a section of long tables without charts on a sheet whose rows wait in a file, as those of frames do.
pub(super) fn draw_row_by_row(plan: &Plan<'_>, sheet: Worksheet, pen: &mut Pen) -> Result<Drawn, WorkbookError> {
    let blocks: Vec<&Block> = plan.section.blocks.iter().collect();
    let (worksheet, ranges, figures) = draw_blocks(plan, &plan.sheet_name, &blocks, (&[], &[]), Some(sheet), pen)?;
    Ok(Drawn { worksheets: vec![worksheet], ranges, origins: None, figures })
}

/// Draws a section with frames. They stand below its other blocks, because nothing can follow a table that may fill the
/// sheet; beside tables of other columns, and from the second one on, a frame has a sheet of its own.
pub(super) fn draw_long(plan: &Plan<'_>, binder: &mut Binder, pen: &mut Pen) -> Result<Drawn, WorkbookError> {
    let mut drawn = Drawn { worksheets: Vec::new(), ranges: Vec::new(), origins: None, figures: Vec::new() };
    let (frames, blocks) = split(&plan.section.blocks);
    let has_columns =
        plan.head.is_some() || blocks.iter().any(|block| matches!(block, Block::Table(_) | Block::Figures(_)));
    let mut sheet_name = Some(plan.sheet_name.clone());
    if has_columns {
        let name = sheet_name.take().unwrap_or_default();
        let (worksheet, ranges, _) = draw_blocks(plan, &name, &blocks, (&[], &[]), None, pen)?;
        drawn.worksheets.push(worksheet);
        drawn.ranges.extend(ranges);
    }
    for frame in frames {
        let (name, above) = match sheet_name.take() {
            Some(name) => (name, blocks.as_slice()),
            None => (binder.names.claim(&plan.sheet_name), [].as_slice()),
        };
        let (worksheets, origins) = draw_frame(plan, frame, name, above, binder, pen)?;
        drawn.worksheets.extend(worksheets);
        drawn.ranges.extend(origins.range(&frame.id, frame.columns.len()));
        drawn.origins.get_or_insert(origins);
    }
    Ok(drawn)
}

fn split(blocks: &[Block]) -> (Vec<&DataTable>, Vec<&Block>) {
    let mut frames = Vec::new();
    let mut others = Vec::new();
    for block in blocks {
        match block {
            Block::Data(frame) => frames.push(frame),
            other => others.push(other),
        }
    }
    (frames, others)
}

type Ranges = Vec<(String, String)>;

/// A sheet of text, figures and tables; `in_file` is one that keeps no row once the next is begun.
fn draw_blocks(
    plan: &Plan<'_>,
    sheet_name: &str,
    blocks: &[&Block],
    (charts, beside): (&[Chart], &[Figures]),
    in_file: Option<Worksheet>,
    pen: &mut Pen,
) -> Result<(Worksheet, Ranges, Vec<Figures>), WorkbookError> {
    let tables: Vec<&Table> =
        blocks.iter().filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None }).collect();
    let orientation = orientation(plan.section.page, &tables);
    let line_width = orientation.line_width();
    let head_layout = plan.head.map(|_| head::layout(line_width));
    let layouts: Vec<Layout> =
        head_layout.into_iter().chain(blocks.iter().filter_map(|block| layout(block, pen.lang, line_width))).collect();
    let (grid, spans) = Grid::new(&layouts, line_width);
    let mut spans = spans.into_iter();
    let is_in_file = in_file.is_some();
    let mut page = Page::new(in_file.unwrap_or_default(), sheet_name, grid, line_width)?;

    if let Some(head) = plan.head {
        head::draw(head, &spans.next().unwrap_or_default(), &mut page, pen)?;
    }
    let title_line = if plan.head.is_some() { Line::Heading } else { Line::Title };
    page.line(pen, title_line, &on_one_line(&plan.section.title))?;

    let mut placed = Vec::new();
    let mut chart_row = None;
    for block in blocks {
        match block {
            Block::Table(table) => {
                if chart_row.is_none() {
                    chart_row = Some(chart::room(charts, &tables, &mut page)?);
                }
                let spans = spans.next().unwrap_or_default();
                let is_filtered = tables.len() == 1 && spans.iter().all(|span| span.start() == span.end());
                placed.push(table::draw(table, &spans, is_filtered, &mut page, pen)?);
            }
            Block::Figures(figures) => draw_figures(figures, &spans.next().unwrap_or_default(), &mut page, pen)?,
            _ => draw_text(block, &mut page, pen)?,
        }
    }
    let figures = chart::figures(charts, sheet_name, &tables, &placed);
    for one in &figures {
        one.draw_lines(&mut page)?;
    }
    chart::above(&figures, chart_row.unwrap_or_default(), &mut page)?;
    chart::beside(beside, &mut page)?;
    page.worksheet.set_screen_gridlines(false);
    ease_work(&mut page, &tables, &placed)?;
    print::set_up(plan.head.is_none().then_some(plan.document_title), orientation, &mut page, pen.lang)?;
    let repeated = match (tables.first(), placed.first()) {
        (Some(table), Some(place))
            if is_torn(&placed, &page) && tables.iter().all(|other| other.columns == table.columns) =>
        {
            print::repeat_header(place, frozen_columns(table, place, &page), orientation, &mut page)?
        }
        _ => 0,
    };
    print::break_pages(orientation, repeated, is_filtered(&placed), &mut page)?;
    if is_in_file {
        page.close(pen)?;
    }
    let ranges = tables.iter().zip(&placed).map(|(table, place)| {
        let range = table::reference(&names::quoted(sheet_name), place);
        (names::range_name(&table.id), range)
    });
    Ok((page.worksheet, ranges.collect(), figures))
}

/// The looks of all that [`draw_long`] may write on sheets of shared texts.
pub(super) fn looks(section: &Section) -> Vec<Look> {
    let lines = [Line::Title, Line::Heading, Line::Paragraph, Line::Bullet, Line::Note].map(Look::Line);
    let (frames, _) = split(&section.blocks);
    lines.into_iter().chain(frames.into_iter().flat_map(frame::looks)).collect()
}

/// The sheets of a frame, with the section's text above it on the first.
fn draw_frame(
    plan: &Plan<'_>,
    frame: &DataTable,
    sheet_name: String,
    above: &[&Block],
    binder: &mut Binder,
    pen: &mut Pen,
) -> Result<(Vec<Worksheet>, Origins), WorkbookError> {
    let orientation = Orientation::Lying;
    let (grid, _) = Grid::new(&[frame::layout(frame)], 0);
    let mut origins = Origins::default();
    let mut worksheets = Vec::new();
    let mut name = sheet_name;
    while worksheets.is_empty() || origins.rows() < frame.frame.height() {
        let mut page = Page::new(binder.sheet_of_shared_texts()?, &name, grid.clone(), orientation.line_width())?;
        // A sheet that is nothing but the frame begins with its headings, so that other programs can read it as it is.
        if worksheets.is_empty() && !above.is_empty() {
            page.line(pen, Line::Title, &on_one_line(&plan.section.title))?;
            for block in above {
                draw_text(block, &mut page, pen)?;
            }
        }
        frame::draw(frame, &name, binder.rows_a_sheet, &mut origins, &mut page, pen)?;
        let title = if frame.caption.is_empty() { plan.document_title } else { &frame.caption };
        print::set_up(Some(title), orientation, &mut page, pen.lang)?;
        worksheets.push(page.worksheet);
        if origins.rows() < frame.frame.height() {
            name = binder.names.claim(&plan.sheet_name);
        }
    }
    Ok((worksheets, origins))
}

fn layout(block: &Block, lang: Lang, line_width: u32) -> Option<Layout> {
    match block {
        Block::Table(table) => Some(table::layout(table, lang, line_width)),
        Block::Figures(_) => {
            let (label, value) = (line_width * 46 / 100, line_width * 16 / 100);
            Some(Layout::loose(vec![label, value, line_width - label - value]))
        }
        Block::Heading(_)
        | Block::Paragraph(_)
        | Block::Bullet(_)
        | Block::Note(_)
        | Block::Data(_)
        | Block::Drawing(_) => None,
    }
}

fn orientation(page: PageStart, tables: &[&Table]) -> Orientation {
    let wide = |table: &&Table| table::wanted_width(table) > Orientation::Upright.line_width() * 13 / 10;
    if page == PageStart::NewLandscape || tables.iter().any(wide) { Orientation::Lying } else { Orientation::Upright }
}

fn draw_text(block: &Block, page: &mut Page, pen: &mut Pen) -> Result<(), XlsxError> {
    match block {
        Block::Heading(text) => page.line(pen, Line::Heading, text),
        Block::Paragraph(pieces) => page.running_text(pen, Line::Paragraph, pieces),
        Block::Bullet(pieces) => {
            let dash = report::Span { text: "- ".to_owned(), bold: false };
            let pieces: Vec<report::Span> = std::iter::once(dash).chain(pieces.iter().cloned()).collect();
            page.running_text(pen, Line::Bullet, &pieces)
        }
        Block::Note(text) => page.running_text(pen, Line::Note, &[report::Span { text: text.clone(), bold: false }]),
        Block::Figures(_) | Block::Table(_) | Block::Data(_) | Block::Drawing(_) => Ok(()),
    }
}

fn draw_figures(figures: &[Figure], spans: &[Span], page: &mut Page, pen: &mut Pen) -> Result<(), XlsxError> {
    let [label, value, note] = spans else { return Ok(()) };
    for figure in figures {
        let heights = [
            page.put(pen, label, Look::FigureLabel, &figure.label)?,
            page.put(pen, value, Look::FigureValue(figure.tone), &figure.value)?,
            page.put(pen, note, Look::FigureNote, &figure.note)?,
        ];
        page.next(heights.into_iter().fold(0, u32::max) + 6)?;
    }
    page.gap()
}

/// Headings stay in sight and tables can be filtered, where the sheet has one table or all have the same columns: the
/// headings of another table above a figure would be worse than none.
fn ease_work(page: &mut Page, tables: &[&Table], placed: &[Placed]) -> Result<(), XlsxError> {
    let (Some(table), Some(place)) = (tables.first(), placed.first()) else { return Ok(()) };
    if tables.iter().all(|other| other.columns == table.columns) {
        let rows = if place.header_bottom <= HIGHEST_FROZEN { place.first_body_row() } else { 0 };
        page.worksheet.set_freeze_panes(rows, frozen_columns(table, place, page))?;
    }
    if let (true, Some(rows)) = (is_filtered(placed), place.filter_rows()) {
        page.worksheet.autofilter(*rows.start(), place.first_column(), *rows.end(), place.last_column())?;
    }
    Ok(())
}

/// Whether a table of the sheet may go on over a page: one alone, or one of several that is too high to be kept whole.
fn is_torn(placed: &[Placed], page: &Page) -> bool {
    placed.len() == 1 || placed.iter().any(|place| !place.is_whole(page))
}

/// Whether the sheet's rows can be filtered: it has one table, and no column of it covers several of the sheet.
fn is_filtered(placed: &[Placed]) -> bool {
    matches!(placed, [place] if !place.is_merged())
}

/// How many columns of the sheet the key columns take, as long as they leave room for the others.
fn frozen_columns(table: &Table, place: &Placed, page: &Page) -> u16 {
    let keys = place.spans.iter().take(table.key_columns).map(|span| span.end() + 1);
    keys.take_while(|&after| page.grid.widths[..usize::from(after)].iter().sum::<u32>() <= WIDEST_FROZEN)
        .last()
        .unwrap_or(0)
}

/// An annex's number and title, which are two lines on paper.
fn on_one_line(title: &str) -> String {
    title.replace('\n', ". ")
}
