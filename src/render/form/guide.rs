//! The sheet of instructions, one a line.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::looks::Looks;
use super::{print, sheet};
use crate::model::form::Guide;
use crate::render::xlsx::measure::{Face, line_count};

/// The width of the text, in pixels.
const WIDTH: u32 = 640;

pub(super) fn draw(worksheet: &mut Worksheet, guide: &Guide) -> Result<(), XlsxError> {
    let looks = Looks::new();
    worksheet.set_name(&guide.sheet_name)?;
    worksheet.set_column_width_pixels(0, 36)?.set_column_width_pixels(1, WIDTH)?;
    worksheet.merge_range(0, 0, 0, 1, &guide.title, &looks.title)?;
    worksheet.set_row_height_pixels(0, 40)?;
    for (row, step) in (1..).zip(&guide.steps) {
        worksheet.write_number_with_format(row, 0, row, &looks.step_number)?;
        worksheet.write_string_with_format(row, 1, step, &looks.step)?;
        let face = Face::regular(12);
        worksheet.set_row_height_pixels(row, face.line_height() * line_count(step, face, WIDTH) + 8)?;
    }
    worksheet.set_screen_gridlines(false);
    print::upright(worksheet);
    worksheet.protect_with_options(&sheet::protection());
    Ok(())
}
