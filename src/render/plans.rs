//! The workbook of plans: one table to be filled in, known by its mark and its hidden keys when it comes back.
//!
//! Nothing is locked: rows may be sorted, filtered and sent on in parts, and the keys move with them.

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DataValidationRule, DocProperties, ExcelDateTime, Format,
    FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use crate::model::plan_form::{GIVEN, PlanColumn, PlanForm, PlanRow};
use crate::render::xlsx::measure::{Face, column_pixels, line_count};

/// The font of official papers.
const FONT: &str = "Times New Roman";
/// Where people write, and what has passed its day.
const ANSWER: Color = Color::RGB(0xFF_FB_E0);
const OVERDUE: Color = Color::RGB(0xF8_DC_D6);
const HEADER: Color = Color::RGB(0xDD_E6_F3);
const QUIET: Color = Color::RGB(0x59_59_59);

/// The hidden column of row keys.
const KEYS: u16 = 0;
/// The first column of the table.
const FIRST: u16 = 1;

/// The workbook as xlsx, the same for the same plans.
///
/// # Errors
///
/// Where the writer refuses something: a fault of ours.
pub fn workbook(form: &PlanForm) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let properties = DocProperties::new().set_title(&form.title).set_author(&form.author);
    workbook.set_properties(&properties.set_creation_datetime(&created));
    let sheet = workbook.add_worksheet();
    sheet.set_name(&form.sheet_name)?;
    let looks = Looks::new();
    let header = head(sheet, form, &looks)?;
    for (row, line) in (header + 1..).zip(&form.rows) {
        put(sheet, row, line, &looks)?;
    }
    let last = header + u32::try_from(form.rows.len()).unwrap_or(u32::MAX);
    let last_col = FIRST + PlanColumn::ALL.len() as u16 - 1;
    sheet.autofilter(header, FIRST, last, last_col)?;
    sheet.set_freeze_panes(header + 1, column(PlanColumn::Name))?;
    days(sheet, form, header + 1, last)?;
    page(sheet, form, header)?;
    workbook.save_to_buffer()
}

fn column(wanted: PlanColumn) -> u16 {
    let place = PlanColumn::ALL.iter().position(|column| *column == wanted);
    FIRST + place.unwrap_or_default() as u16
}

/// In letters.
fn width(column: PlanColumn) -> f32 {
    match column {
        PlanColumn::Commune => 15.0,
        PlanColumn::Set => 12.0,
        PlanColumn::Code => 7.0,
        PlanColumn::Name => 42.0,
        PlanColumn::Office => 20.0,
        PlanColumn::Since => 9.0,
        PlanColumn::Standing | PlanColumn::Task => 34.0,
        PlanColumn::Owner => 22.0,
        PlanColumn::Due => 13.0,
    }
}

struct Looks {
    title: Format,
    step: Format,
    mark: Format,
    header: Format,
    text: Format,
    centred: Format,
    overdue: Format,
    answer: Format,
    day: Format,
}

impl Looks {
    fn new() -> Self {
        let base = || Format::new().set_font_name(FONT).set_font_size(11.0);
        let cell = || base().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::Top);
        Looks {
            title: base().set_font_size(14.0).set_bold(),
            step: base(),
            mark: base().set_font_size(9.0).set_font_color(QUIET),
            header: cell()
                .set_bold()
                .set_background_color(HEADER)
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter),
            text: cell(),
            centred: cell().set_align(FormatAlign::Center),
            overdue: cell().set_background_color(OVERDUE),
            answer: cell().set_background_color(ANSWER),
            day: cell().set_background_color(ANSWER).set_align(FormatAlign::Center).set_num_format("dd/mm/yyyy"),
        }
    }
}

/// Title, steps, mark, the hidden row of column keys, and the headings; the row of the headings.
fn head(sheet: &mut Worksheet, form: &PlanForm, looks: &Looks) -> Result<u32, XlsxError> {
    sheet.set_column_width(KEYS, 4)?.set_column_hidden(KEYS)?;
    for wanted in PlanColumn::ALL {
        sheet.set_column_width(column(wanted), f64::from(width(wanted)))?;
    }
    sheet.write_with_format(0, FIRST, &form.title, &looks.title)?;
    let mut row = 1;
    for step in &form.steps {
        sheet.write_with_format(row, FIRST, step, &looks.step)?;
        row += 1;
    }
    sheet.write_with_format(row, FIRST, &form.mark_text, &looks.mark)?;
    let (keys, header) = (row + 1, row + 2);
    for asked in PlanColumn::ASKED {
        sheet.write(keys, column(asked), asked.key().unwrap_or_default())?;
    }
    sheet.set_row_hidden(keys)?;
    for (wanted, heading) in PlanColumn::ALL.into_iter().zip(&form.headings) {
        sheet.write_with_format(header, column(wanted), heading, &looks.header)?;
    }
    sheet.set_row_height(header, 32)?;
    Ok(header)
}

fn put(sheet: &mut Worksheet, row: u32, line: &PlanRow, looks: &Looks) -> Result<(), XlsxError> {
    sheet.write(row, KEYS, line.key.to_string())?;
    let mut lines = 1;
    for (wanted, text) in PlanColumn::ALL.into_iter().take(GIVEN).zip(&line.given) {
        let look = match wanted {
            PlanColumn::Code | PlanColumn::Since => &looks.centred,
            PlanColumn::Standing if line.overdue => &looks.overdue,
            _ => &looks.text,
        };
        sheet.write_string_with_format(row, column(wanted), text, look)?;
        lines = lines.max(line_count(text, Face::regular(11), column_pixels(width(wanted))));
    }
    for asked in PlanColumn::ASKED {
        let look = if asked == PlanColumn::Due { &looks.day } else { &looks.answer };
        sheet.write_blank(row, column(asked), look)?;
    }
    // No program fits the height of wrapped text that it has not written itself.
    sheet.set_row_height_pixels(row, lines * Face::regular(11).line_height() + 4)?;
    Ok(())
}

/// A day is a day of these years, however it is typed; another is kept, with a word of warning.
fn days(sheet: &mut Worksheet, form: &PlanForm, first: u32, last: u32) -> Result<(), XlsxError> {
    let (from, to) = (ExcelDateTime::from_ymd(2020, 1, 1)?, ExcelDateTime::from_ymd(2050, 12, 31)?);
    let day = DataValidation::new()
        .allow_date(DataValidationRule::Between(from, to))
        .set_error_style(DataValidationErrorStyle::Warning)
        .set_error_message(&form.no_day)?;
    let due = column(PlanColumn::Due);
    sheet.add_data_validation(first, due, last, due, &day)?;
    Ok(())
}

fn page(sheet: &mut Worksheet, form: &PlanForm, header: u32) -> Result<(), XlsxError> {
    sheet.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(header, header)?;
    sheet.set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3);
    sheet.set_footer(format!("&L{}&R&P/&N", form.footer.replace('&', "&&")));
    Ok(())
}
