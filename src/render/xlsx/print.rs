//! A sheet on paper: how it lies, how many pages wide it is, what stands on each page.

use rust_xlsxwriter::{IgnoreError, XlsxError};

use super::{page::Page, table::Placed};
use crate::model::Lang;

/// A4 in Excel's list of papers.
const A4: u8 = 9;

/// The head of a printed page takes no more letters of a title; with the commands beside them they stay within 255.
const LONGEST_HEADER: usize = 80;

/// How the paper lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Orientation {
    /// Portrait.
    Upright,
    /// Landscape.
    Lying,
}

impl Orientation {
    /// The width inside the margins at full size, in pixels.
    pub(super) fn line_width(self) -> u32 {
        match self {
            Orientation::Upright => 670,
            Orientation::Lying => 1000,
        }
    }

    /// The height inside the margins at full size, in pixels.
    fn page_height(self) -> u32 {
        match self {
            Orientation::Upright => 960,
            Orientation::Lying => 640,
        }
    }
}

/// Sets up the sheet's printing: paper, margins, the page's number, and above each page the title if there is one.
pub(super) fn set_up(
    title: Option<&str>,
    orientation: Orientation,
    page: &mut Page,
    lang: Lang,
) -> Result<(), XlsxError> {
    let pages_wide = pages_wide(page, orientation);
    let last_column = u16::try_from(page.grid.widths.len()).unwrap_or(u16::MAX).saturating_sub(1);
    let last_row = page.row.saturating_sub(1);
    let sheet = &mut page.worksheet;
    // Charts may stand beside what is printed.
    sheet.set_print_area(0, 0, last_row, last_column)?;
    sheet.set_paper_size(A4);
    if orientation == Orientation::Lying {
        sheet.set_landscape();
    }
    sheet.set_print_fit_to_pages(pages_wide, 0);
    sheet.set_margins(0.7, 0.5, 0.75, 0.75, 0.35, 0.35);
    if let Some(title) = title {
        let title = header_text(title);
        sheet.set_header(format!(r#"&L&9&"Times New Roman,Italic"{title}&R&9&"Times New Roman,Italic"&A"#));
    }
    let page_word = match lang {
        Lang::Vi => "Trang",
        Lang::En => "Page",
    };
    sheet.set_footer(format!(r#"&C&10&"Times New Roman,Regular"{page_word} &P/&N"#));
    // Codes are text and look like numbers: Excel would mark each with a green corner.
    sheet.ignore_error_range(0, 0, last_row, last_column, IgnoreError::NumberStoredAsText)?;
    Ok(())
}

/// The header rows of a sheet's one table stand on each printed page; where the sheet is printed over several pages side by side, the key
/// columns too. Gives the height of what comes again, in pixels.
pub(super) fn repeat_header(
    place: &Placed,
    key_columns: u16,
    orientation: Orientation,
    page: &mut Page,
) -> Result<u32, XlsxError> {
    page.worksheet.set_repeat_rows(place.header_row, place.first_body_row() - 1)?;
    if pages_wide(page, orientation) > 1 && key_columns > 0 {
        page.worksheet.set_repeat_columns(0, key_columns - 1)?;
    }
    Ok(page.rows.height_from(place.header_row) - page.rows.height_from(place.first_body_row()))
}

/// Excel's limit; what is longer goes on as Excel finds.
const MOST_BREAKS: usize = 1_023;

/// Ends printed pages where nothing is torn that belongs together; on each but the first, so much comes again. Where rows
/// can be filtered away, pages end as Excel finds, else they would stay half empty.
pub(super) fn break_pages(
    orientation: Orientation,
    repeated: u32,
    is_filtered: bool,
    page: &mut Page,
) -> Result<(), XlsxError> {
    let pages_wide = pages_wide(page, orientation);
    if is_nearly_one_page(page, orientation, pages_wide) {
        page.worksheet.set_print_fit_to_pages(pages_wide, 1);
        return Ok(());
    }
    if is_filtered {
        return Ok(());
    }
    let room = room(page, orientation, pages_wide);
    let mut first = page.rows.first_of_pages(u32::try_from(room).unwrap_or(u32::MAX), repeated);
    first.truncate(MOST_BREAKS);
    if !first.is_empty() {
        page.worksheet.set_page_breaks(&first)?;
    }
    Ok(())
}

/// A sheet is printed one page wide, unless that would make its letters smaller than half.
fn pages_wide(page: &Page, orientation: Orientation) -> u16 {
    let width: u32 = page.grid.widths.iter().sum();
    u16::try_from(width.div_ceil(orientation.line_width() * 2).max(1)).unwrap_or(u16::MAX)
}

/// Whether the sheet is no higher than a page, or by so little that a note would stand alone on the next: it is then
/// printed a little smaller.
fn is_nearly_one_page(page: &Page, orientation: Orientation, pages_wide: u16) -> bool {
    u64::from(page.height) * 4 <= room(page, orientation, pages_wide) * 5
}

/// The height of the rows that a printed page takes, in pixels.
fn room(page: &Page, orientation: Orientation, pages_wide: u16) -> u64 {
    let line = orientation.line_width() * u32::from(pages_wide);
    let width = page.grid.widths.iter().sum::<u32>().max(line);
    // Wider than the line it is printed smaller, and the page takes so much more.
    u64::from(orientation.page_height()) * u64::from(width) / u64::from(line)
}

/// A text for the head of printed pages, where Excel reads `&` as a command and takes no more than 255 letters in all.
fn header_text(text: &str) -> String {
    let mut letters = text.chars().filter(|letter| !letter.is_control());
    let kept: String = letters.by_ref().take(LONGEST_HEADER).collect();
    let mark = if letters.next().is_some() { "…" } else { "" };
    format!("{}{mark}", kept.replace('&', "&&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_above_printed_pages_is_no_command() {
        assert_eq!(header_text("Thu & chi"), "Thu && chi");
    }

    #[test]
    fn a_long_title_above_printed_pages_is_cut_with_a_mark() {
        let cut = header_text(&"Đ".repeat(LONGEST_HEADER + 1));
        assert_eq!(cut.chars().count(), LONGEST_HEADER + 1);
        assert!(cut.ends_with("Đ…"));
        assert!(!header_text(&"Đ".repeat(LONGEST_HEADER)).ends_with('…'));
    }
}
