//! A form on paper: A4, headings on every page, the mark and the page's number at its foot.

use rust_xlsxwriter::{Worksheet, XlsxError};

use crate::model::form::FormSheet;

/// A4 in Excel's list of papers.
const A4: u8 = 9;

/// Upright, one page wide.
pub(super) fn upright(worksheet: &mut Worksheet) {
    worksheet.set_paper_size(A4).set_print_fit_to_pages(1, 0).set_margins(0.8, 0.6, 0.8, 0.8, 0.4, 0.4);
}

/// Lying, one page wide, with the headings on every page.
pub(super) fn lying(
    worksheet: &mut Worksheet,
    form: &FormSheet,
    (first, last): (u16, u16),
    (header, header_end): (u32, u32),
    last_row: u32,
) -> Result<(), XlsxError> {
    worksheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
    worksheet.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
    worksheet.set_print_area(0, first, last_row, last)?;
    worksheet.set_repeat_rows(header, header_end)?;
    // Excel reads & as a command.
    let mark = form.mark.to_string().replace('&', "&&");
    worksheet.set_footer(format!(
        r#"&L&9&"Times New Roman,Regular"{mark}&C&9&"Times New Roman,Regular"{} &P/&N"#,
        form.page_word
    ));
    Ok(())
}
