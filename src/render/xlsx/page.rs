//! A sheet while it is filled from the top: the row reached, lines of text, heights.

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use super::{
    WorkbookError,
    breaks::Rows,
    cells,
    formats::{self, Formats, Line, Look},
    frame::Origins,
    grid::{Grid, Span},
    measure::{self, Face, Weight},
    names::SheetNames,
};
use crate::model::{Lang, report};

/// The height of a row without one of its own, in pixels, and the width of such a column: Excel's for a font whose
/// digits are seven pixels wide.
pub(super) const ROW_HEIGHT: u32 = 20;
pub(super) const COLUMN_WIDTH: u32 = 64;

/// Excel's limit of rows a sheet.
const ROWS_A_SHEET: u32 = 1_048_576;

/// Each cell in memory takes some 130 bytes until the workbook is packed.
const CELLS_IN_MEMORY: usize = 100_000;

/// A paragraph that would be higher than Excel lets a row be goes on in the next row.
const LINES_A_ROW: usize = 22;

/// What is needed everywhere while a sheet is drawn.
pub(super) struct Pen {
    /// The looks made so far.
    pub(super) formats: Formats,
    /// The report's language.
    pub(super) lang: Lang,
    /// Where the rows behind the figures stand, where cells are linked to them.
    pub(super) origins: Option<Origins>,
}

impl Pen {
    /// A pen that has drawn nothing yet.
    pub(super) fn new(lang: Lang, origins: Option<Origins>) -> Self {
        Pen { formats: Formats::default(), lang, origins }
    }
}

/// What long sheets need besides: they belong to the workbook from their first row on.
pub(super) struct Binder {
    /// The workbook.
    pub(super) workbook: Workbook,
    /// The names of its sheets.
    pub(super) names: SheetNames,
    /// How many rows a sheet takes.
    pub(super) rows_a_sheet: u32,
    /// How many cells of a sheet's tables are kept in memory: with more, its rows wait in a file.
    pub(super) cells_in_memory: usize,
}

impl Binder {
    /// An empty workbook.
    pub(super) fn new() -> Result<Self, XlsxError> {
        let mut workbook = Workbook::new();
        workbook.set_default_format(&formats::base(), ROW_HEIGHT, COLUMN_WIDTH)?;
        let names = SheetNames::default();
        Ok(Binder { workbook, names, rows_a_sheet: ROWS_A_SHEET, cells_in_memory: CELLS_IN_MEMORY })
    }

    /// A sheet of which no row is kept in memory once the next is begun: what stands above cannot be written any more.
    /// Its texts go into the list that all sheets share, in the order in which they are written.
    pub(super) fn sheet_of_shared_texts(&mut self) -> Result<Worksheet, WorkbookError> {
        self.workbook.new_worksheet_with_low_memory().map_err(without_file)
    }

    /// The same, but with its texts in itself: it can be drawn beside others.
    pub(super) fn sheet_of_own_texts(&mut self) -> Result<Worksheet, WorkbookError> {
        self.workbook.new_worksheet_with_constant_memory().map_err(without_file)
    }

    /// Gives looks their numbers, which go by who came first: sheets that are drawn beside each other must not differ
    /// from run to run.
    pub(super) fn number(&mut self, looks: impl IntoIterator<Item = Look>) {
        for look in looks {
            self.workbook.register_format(&formats::make(look));
        }
    }
}

fn without_file(error: XlsxError) -> WorkbookError {
    match error {
        XlsxError::TempFileError(folder, source) => WorkbookError::TemporaryFile { folder, source },
        other => other.into(),
    }
}

/// A sheet while it is filled from the top.
pub(super) struct Page {
    /// The sheet.
    pub(super) worksheet: Worksheet,
    /// Its columns.
    pub(super) grid: Grid,
    /// The columns over which running text is set.
    pub(super) text_span: Span,
    /// The row to be filled next.
    pub(super) row: u32,
    /// The height of the rows filled, in pixels.
    pub(super) height: u32,
    /// The rows filled, as printed pages see them.
    pub(super) rows: Rows,
}

impl Page {
    /// An empty sheet gets the workbook's font, its name and the columns of the grid.
    pub(super) fn new(
        mut worksheet: Worksheet,
        sheet_name: &str,
        grid: Grid,
        line_width: u32,
    ) -> Result<Self, XlsxError> {
        worksheet.set_default_format(&formats::base(), ROW_HEIGHT, COLUMN_WIDTH)?;
        worksheet.set_name(sheet_name)?;
        for (column, width) in (0..).zip(&grid.widths) {
            worksheet.set_column_width_pixels(column, *width)?;
        }
        let text_span = grid.text_span(line_width);
        Ok(Page { worksheet, grid, text_span, row: 0, height: 0, rows: Rows::default() })
    }

    /// A line of its own over the columns for running text.
    pub(super) fn line(&mut self, pen: &mut Pen, line: Line, text: &str) -> Result<(), XlsxError> {
        let span = self.text_span.clone();
        let height = self.put(pen, &span, Look::Line(line), text)?;
        self.next(height + space_around(line))?;
        if matches!(line, Line::Title | Line::Heading | Line::Caption) {
            self.rows.bind(self.row - 1..self.row);
        }
        Ok(())
    }

    /// Running text, bold where its pieces are, over as many rows as its height needs.
    pub(super) fn running_text(&mut self, pen: &mut Pen, line: Line, pieces: &[report::Span]) -> Result<(), XlsxError> {
        let span = self.text_span.clone();
        let look = Look::Line(line);
        let text: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
        let face = Face { weight: weight(pieces, text.len()), ..formats::face(look) };
        let lines = measure::break_lines(&text, face, self.grid.width(&span));
        for row_lines in lines.chunks(LINES_A_ROW) {
            let (Some(first), Some(last)) = (row_lines.first(), row_lines.last()) else { continue };
            self.put(pen, &span, look, "")?;
            let part = cut(pieces, first.start, last.end);
            self.write_pieces(pen, look, *span.start(), &part)?;
            let count = u32::try_from(row_lines.len()).unwrap_or(u32::MAX);
            self.next(face.line_height().saturating_mul(count) + space_around(line))?;
        }
        Ok(())
    }

    /// Text in a span of the row, merged where it is wider than a column. Gives the height it needs, in pixels.
    pub(super) fn put(&mut self, pen: &mut Pen, span: &Span, look: Look, text: &str) -> Result<u32, XlsxError> {
        self.put_down(pen, span, 1, look, text)
    }

    /// The same over several rows from this one down.
    pub(super) fn put_down(
        &mut self,
        pen: &mut Pen,
        span: &Span,
        rows: u32,
        look: Look,
        text: &str,
    ) -> Result<u32, XlsxError> {
        let text = cells::fit(text, pen.lang);
        let format = pen.formats.get(look);
        if rows > 1 || span.start() < span.end() {
            self.worksheet.merge_range(self.row, *span.start(), self.row + rows - 1, *span.end(), &text, format)?;
        } else {
            self.worksheet.write_string_with_format(self.row, *span.start(), text.as_ref(), format)?;
        }
        let face = formats::face(look);
        Ok(face.line_height().saturating_mul(measure::line_count(&text, face, self.grid.width(span))))
    }

    /// Ends the row: it gets the height, and the next one is filled from now on.
    pub(super) fn next(&mut self, height: u32) -> Result<(), XlsxError> {
        let height = height.min(measure::HIGHEST_ROW);
        self.worksheet.set_row_height_pixels(self.row, height)?;
        self.row += 1;
        self.height += height;
        self.rows.push(height);
        Ok(())
    }

    /// Leaves a little room.
    pub(super) fn gap(&mut self) -> Result<(), XlsxError> {
        self.next(10)
    }

    /// Ends a long sheet with a row that has a cell and no height of its own. rust_xlsxwriter 0.102 puts the last row of
    /// such a sheet into it twice where it has one, which Excel takes for damage.
    pub(super) fn close(&mut self, pen: &mut Pen) -> Result<(), XlsxError> {
        self.worksheet.write_blank(self.row, 0, pen.formats.get(Look::Line(Line::Rule)))?;
        Ok(())
    }

    fn write_pieces(
        &mut self,
        pen: &mut Pen,
        look: Look,
        column: u16,
        pieces: &[report::Span],
    ) -> Result<(), XlsxError> {
        let format = pen.formats.get(look);
        if pieces.iter().any(|piece| piece.bold) {
            let size = formats::face(look).size;
            let (regular, bold) = (formats::piece(size, Weight::Regular), formats::piece(size, Weight::Bold));
            let rich: Vec<(&Format, &str)> =
                pieces.iter().map(|piece| (if piece.bold { &bold } else { &regular }, piece.text.as_str())).collect();
            self.worksheet.write_rich_string_with_format(self.row, column, &rich, format)?;
        } else {
            let text: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
            self.worksheet.write_string_with_format(self.row, column, text, format)?;
        }
        Ok(())
    }
}

/// The weight in which the pieces are measured: some bold words are as wide as the room spared.
fn weight(pieces: &[report::Span], length: usize) -> Weight {
    let bold: usize = pieces.iter().filter(|piece| piece.bold).map(|piece| piece.text.len()).sum();
    if bold * 4 > length { Weight::Bold } else { Weight::Regular }
}

/// The room above and below a line, in pixels.
fn space_around(line: Line) -> u32 {
    match line {
        Line::Title => 12,
        Line::Heading | Line::Caption => 8,
        Line::Kind | Line::Paragraph | Line::Bullet | Line::Note => 4,
        _ => 0,
    }
}

/// The pieces between two bytes of the text that they are together; none of those given is empty.
fn cut(pieces: &[report::Span], start: usize, end: usize) -> Vec<report::Span> {
    let mut at = 0;
    let mut kept = Vec::new();
    for piece in pieces {
        let from = start.clamp(at, at + piece.text.len()) - at;
        let to = end.clamp(at, at + piece.text.len()) - at;
        if from < to {
            kept.push(report::Span { text: piece.text[from..to].to_owned(), bold: piece.bold });
        }
        at += piece.text.len();
    }
    kept
}
