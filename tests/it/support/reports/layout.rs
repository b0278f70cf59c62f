//! A report laid out on a sheet, from the head down to the signatures.

use super::super::workbook::{Area, Formula, Look, Sheet, Stored, Value};
use super::heights::set_heights;
use super::page::Page;
use super::rows::push_criteria;
use super::words::{common_heading, header, title, under_title};
use super::{Column, ColumnNumbers, Head, HeaderRows, Report, Signature, Style, Totals, Verdicts};

/// The sheet a clerk of this style makes of the report.
pub(super) fn sheet(report: &Report<'_>, style: &Style, name: &str) -> Sheet {
    let mut page = Page { sheet: Sheet::new(name), style, row: 0 };
    for (index, column) in style.columns.iter().enumerate() {
        page.sheet.widths.insert(index as u16, width(*column));
    }
    push_head(&mut page, report);
    push_title(&mut page, report);
    push_header(&mut page);
    let first = page.row;
    push_criteria(&mut page, report);
    push_totals(&mut page, report, first);
    push_signature(&mut page, report);
    set_heights(&mut page.sheet);
    page.sheet
}

fn width(column: Column) -> f64 {
    match column {
        Column::Code => 8.0,
        Column::Criterion => 17.0,
        Column::Content => 50.0,
        Column::Unit => 11.0,
        Column::Target | Column::Verdict | Column::Review => 11.0,
        Column::Result | Column::Due => 13.0,
        Column::Met | Column::NotMet => 8.0,
        Column::Note => 22.0,
        Column::Owner => 21.0,
        Column::Task => 34.0,
    }
}

fn push_head(page: &mut Page<'_>, report: &Report<'_>) {
    if page.style.head == Head::Nothing {
        return;
    }
    let (left, right) = (page.content(), page.content() + 1);
    let bold = page.plain().bold().centred();
    let last = page.last_column();
    let commune = format!("XÃ {}", report.commune.to_uppercase());
    for (row, text, look) in [(0, "ỦY BAN NHÂN DÂN", page.plain().centred()), (1, commune.as_str(), bold)] {
        page.text(row, 0, text, look);
        page.sheet.merge((row, 0), (row, left));
    }
    if page.style.head == Head::National {
        for (row, text) in [(0, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), (1, "Độc lập - Tự do - Hạnh phúc")]
        {
            page.text(row, right, text, bold);
            page.sheet.merge((row, right), (row, last));
        }
    }
    page.row = 3;
}

fn push_title(page: &mut Page<'_>, report: &Report<'_>) {
    let is_advanced = report.set.id.contains("nang-cao");
    let look = Look { size: page.style.size + 2, ..page.plain().bold().centred() };
    page.line(&title(page.style.title, is_advanced), look);
    for text in under_title(report, page.style) {
        let look = page.plain().italic().centred();
        page.line(&text, look);
    }
    if let (Totals::Sentence, Some(declared)) = (page.style.totals, report.declared) {
        let look = page.plain().left();
        page.line(
            &format!(
                "Đến nay xã đạt {}/{} tiêu chí, {}/{} chỉ tiêu.",
                declared.criteria_met, declared.criteria_total, declared.indicators_met, declared.indicators_total
            ),
            look,
        );
    }
    page.row += 1;
}

fn push_header(page: &mut Page<'_>) {
    let look = page.cell().bold().centred();
    let columns = page.style.columns;
    let words = page.style.header;
    let top = page.row;
    if page.style.header_rows == HeaderRows::Two {
        let mut index = 0;
        while index < columns.len() {
            let common = common_heading(words, columns[index]);
            let run = columns[index..].iter().take_while(|c| common_heading(words, **c) == common).count();
            let (first, end) = (index as u16, (index + run) as u16 - 1);
            match common {
                Some(heading) => {
                    page.text(top, first, heading, look);
                    page.sheet.merge((top, first), (top, end));
                    for column in first..=end {
                        page.text(top + 1, column, header(words, columns[usize::from(column)]), look);
                    }
                }
                None => {
                    for column in first..=end {
                        page.text(top, column, header(words, columns[usize::from(column)]), look);
                        page.sheet.merge((top, column), (top + 1, column));
                    }
                }
            }
            index += run;
        }
        page.row += 2;
    } else {
        for (index, column) in columns.iter().enumerate() {
            page.text(top, index as u16, header(words, *column), look);
        }
        page.row += 1;
    }
    if page.style.column_numbers == ColumnNumbers::Shown {
        let look = page.cell().italic().centred();
        for index in 0..columns.len() {
            page.text(page.row, index as u16, &format!("({})", index + 1), look);
        }
        page.row += 1;
    }
}

fn push_totals(page: &mut Page<'_>, report: &Report<'_>, first: u32) {
    let Some(declared) = report.declared else { return };
    if !matches!(page.style.totals, Totals::Rows | Totals::Formula) {
        return;
    }
    let column = page.column(Column::Verdict).or(page.column(Column::Met)).expect("each form has verdicts");
    let criteria = format!("{}/{}", declared.criteria_met, declared.criteria_total);
    let indicators = format!("{}/{}", declared.indicators_met, declared.indicators_total);
    let last = page.row - 1;
    let look = page.cell().bold();
    for (label, total) in [("Tổng số tiêu chí đạt", &criteria), ("Tổng số chỉ tiêu đạt", &indicators)]
    {
        page.frame_row();
        page.text_in(Column::Content, label, look.left());
        if page.style.totals == Totals::Formula && total == &indicators {
            let met = match page.style.verdicts {
                Verdicts::Words(met, _) => met,
                Verdicts::Mark(mark) => mark,
            };
            let count = Formula::CountIf(Area { first: (first, column), last: (last, column) }, met.to_string());
            let formula = Formula::join(count, Formula::Text(slash_total(declared.indicators_total)));
            let value = Value::Formula(formula, Stored::Text(total.clone()));
            page.sheet.put(page.row, column, value, look.centred());
        } else {
            page.text(page.row, column, total, look.centred());
        }
        page.row += 1;
    }
}

fn slash_total(total: usize) -> &'static str {
    match total {
        57 => "/57",
        75 => "/75",
        other => panic!("no set has {other} indicators"),
    }
}

fn push_signature(page: &mut Page<'_>, report: &Report<'_>) {
    if page.style.signature == Signature::Absent {
        return;
    }
    let (left, right, last) = (page.content(), page.content() + 1, page.last_column());
    let day = report.signed;
    page.row += 1;
    let place = format!("{}, ngày {:02} tháng {} năm {}", report.commune, day.day(), day.month(), day.year());
    let (plain, bold) = (page.plain().italic().centred(), page.plain().bold().centred());
    let row = page.row;
    page.text(row, right, &place, plain);
    page.text(row + 1, left, "NGƯỜI LẬP BIỂU", bold);
    page.text(row + 1, right, "TM. ỦY BAN NHÂN DÂN", bold);
    page.text(row + 2, right, "CHỦ TỊCH", bold);
    for line in row..row + 3 {
        page.sheet.merge((line, right), (line, last));
    }
    page.row += 3;
}
