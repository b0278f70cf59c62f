//! xlsx and xlsm, through rust_xlsxwriter.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula as XlsxFormula, Workbook as XlsxWorkbook,
    Worksheet,
};

use super::package::{Packing, pack, unpack};
use super::{Align, Cell, Frame, Look, NumberFormat, Sheet, Slant, Stored, Value, Visibility, Weight, Workbook};

/// The workbook as xlsx.
pub(super) fn write(workbook: &Workbook) -> Vec<u8> {
    let mut book = XlsxWorkbook::new();
    let created = ExcelDateTime::from_ymd(2023, 1, 1).expect("a day of the calendar");
    book.set_properties(&DocProperties::new().set_creation_datetime(&created));
    for sheet in &workbook.sheets {
        fill(book.add_worksheet(), sheet);
    }
    book.save_to_buffer().expect("writing to memory")
}

/// The same with the content type of a workbook that may hold macros: what tells xlsm from xlsx.
pub(super) fn write_with_macro_type(workbook: &Workbook) -> Vec<u8> {
    const PLAIN: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
    const WITH_MACROS: &str = "application/vnd.ms-excel.sheet.macroEnabled.main+xml";
    let members: Vec<(String, Vec<u8>)> = unpack(&write(workbook))
        .into_iter()
        .map(|(name, content)| {
            if name != "[Content_Types].xml" {
                return (name, content);
            }
            let types = String::from_utf8(content).expect("XML of rust_xlsxwriter is UTF-8");
            (name, types.replace(PLAIN, WITH_MACROS).into_bytes())
        })
        .collect();
    let members: Vec<_> = members.iter().map(|(n, c)| (n.as_str(), Packing::Deflated, c.as_slice())).collect();
    pack(&members)
}

fn fill(worksheet: &mut Worksheet, sheet: &Sheet) {
    worksheet.set_name(&sheet.name).expect("a sheet name Excel takes");
    worksheet.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0);
    // Without this a formula that was never calculated would be written as 0.
    worksheet.set_formula_result_default("");
    if sheet.visibility == Visibility::Hidden {
        worksheet.set_hidden(true);
    }
    for (&column, &width) in &sheet.widths {
        worksheet.set_column_width(column, width).expect("a column of the sheet");
    }
    for &column in &sheet.hidden_columns {
        worksheet.set_column_hidden(column).expect("a column of the sheet");
    }
    for (&row, &height) in &sheet.heights {
        worksheet.set_row_height(row, height).expect("a row of the sheet");
    }
    for &row in &sheet.hidden_rows {
        worksheet.set_row_hidden(row).expect("a row of the sheet");
    }
    // A merge writes blanks over its cells, so the cells come after it.
    for area in &sheet.merges {
        let look = sheet.cells.get(&area.first).map_or(Format::new(), |cell| format(cell.look, NumberFormat::General));
        worksheet
            .merge_range(area.first.0, area.first.1, area.last.0, area.last.1, "", &look)
            .expect("merges do not overlap");
    }
    for (&(row, column), cell) in &sheet.cells {
        put(worksheet, row, column, cell);
    }
}

fn put(worksheet: &mut Worksheet, row: u32, column: u16, cell: &Cell) {
    let look = format(cell.look, cell.value.number_format());
    match &cell.value {
        Value::Blank => worksheet.write_blank(row, column, &look),
        Value::Text(text) => worksheet.write_string_with_format(row, column, text, &look),
        Value::Number(number, _) => worksheet.write_number_with_format(row, column, *number, &look),
        Value::Bool(truth) => worksheet.write_boolean_with_format(row, column, *truth, &look),
        // rust_xlsxwriter writes an error only as the result of a formula.
        Value::Error(fault) => {
            let formula = XlsxFormula::new(fault.as_str()).set_result(fault.as_str());
            worksheet.write_formula_with_format(row, column, formula, &look)
        }
        Value::Formula(formula, stored) => {
            let result = match stored {
                Stored::Nothing => String::new(),
                Stored::Number(number, _) => number.to_string(),
                Stored::Text(text) => text.clone(),
            };
            let formula = XlsxFormula::new(formula.excel()).set_result(result);
            worksheet.write_formula_with_format(row, column, formula, &look)
        }
    }
    .expect("the cell lies in the sheet");
}

fn format(look: Look, number: NumberFormat) -> Format {
    let mut format = Format::new().set_font_name(look.font).set_font_size(f64::from(look.size));
    if number != NumberFormat::General {
        format = format.set_num_format(number.code());
    }
    if look.weight == Weight::Bold {
        format = format.set_bold();
    }
    if look.slant == Slant::Italic {
        format = format.set_italic();
    }
    if look.frame == Frame::Thin {
        format = format.set_border(FormatBorder::Thin);
    }
    match look.align {
        Align::Plain => format,
        Align::Left => format.set_align(FormatAlign::VerticalCenter).set_text_wrap(),
        Align::Centre => format.set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter).set_text_wrap(),
    }
}
