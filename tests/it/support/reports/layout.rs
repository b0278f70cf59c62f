//! A report laid out on a sheet, from the head down to the signatures.

use super::super::figures::{Figure, target};
use super::super::sets::{Criterion, Indicator};
use super::super::spelling::spell;
use super::super::workbook::{Align, Area, Formula, Look, NumberFormat, Sheet, Stored, Value, serial};
use super::words::{common_heading, header, title, under_title};
use super::{
    Answer, Codes, Column, ColumnNumbers, CriterionRows, CriterionVerdicts, Figures, Groups, Head, HeaderRows, Report,
    Signature, SingleRows, Style, SubLines, Totals, Verdict, Verdicts,
};

/// A sheet being filled from top to bottom.
struct Page<'a> {
    sheet: Sheet,
    style: &'a Style,
    /// The next free row.
    row: u32,
}

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

impl Page<'_> {
    fn plain(&self) -> Look {
        Look::of(self.style.font, self.style.size)
    }

    fn cell(&self) -> Look {
        self.plain().framed()
    }

    fn last_column(&self) -> u16 {
        self.style.columns.len() as u16 - 1
    }

    fn column(&self, column: Column) -> Option<u16> {
        self.style.columns.iter().position(|known| *known == column).map(|index| index as u16)
    }

    /// The column that holds names: the indicator's.
    fn content(&self) -> u16 {
        self.column(Column::Content).expect("each form names its indicators")
    }

    fn text(&mut self, row: u32, column: u16, text: &str, look: Look) {
        let (text, look) = spell(text, look, self.style.spelling);
        self.sheet.put(row, column, Value::Text(text), look);
    }

    /// A text in the column of a kind, where the form has one.
    fn text_in(&mut self, column: Column, text: &str, look: Look) {
        if let Some(index) = self.column(column)
            && !text.is_empty()
        {
            self.text(self.row, index, text, look);
        }
    }

    /// Framed cells across the row being filled.
    fn frame_row(&mut self) {
        for column in 0..=self.last_column() {
            let look = self.cell();
            self.sheet.put(self.row, column, Value::Blank, look);
        }
    }

    /// A text merged across the whole table.
    fn line(&mut self, text: &str, look: Look) {
        let (row, last) = (self.row, self.last_column());
        self.text(row, 0, text, look);
        self.sheet.merge((row, 0), (row, last));
        self.row += 1;
    }
}

fn width(column: Column) -> f64 {
    match column {
        Column::Code => 8.0,
        Column::Criterion => 17.0,
        Column::Content => 50.0,
        Column::Unit => 11.0,
        Column::Target | Column::Verdict => 11.0,
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
    for (row, text, look) in
        [(0, "ỦY BAN NHÂN DÂN", page.plain().centred()), (1, commune.as_str(), bold)]
    {
        page.text(row, 0, text, look);
        page.sheet.merge((row, 0), (row, left));
    }
    if page.style.head == Head::National {
        for (row, text) in [(0, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), (1, "Độc lập - Tự do - Hạnh phúc")] {
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

fn push_criteria(page: &mut Page<'_>, report: &Report<'_>) {
    let mut group = "";
    let mut groups = 0;
    for criterion in &report.set.criteria {
        if page.style.groups == Groups::Roman && criterion.group != group {
            groups += 1;
            group = &criterion.group;
            page.frame_row();
            page.text_in(Column::Code, roman(groups), page.cell().bold().centred());
            page.text_in(Column::Content, &group.to_uppercase(), page.cell().bold().left());
            page.row += 1;
        }
        push_criterion(page, report, criterion);
    }
}

fn push_criterion(page: &mut Page<'_>, report: &Report<'_>, criterion: &Criterion) {
    let is_single = criterion.indicators.len() == 1;
    if page.style.criteria == CriterionRows::Merged {
        let top = page.row;
        for indicator in &criterion.indicators {
            push_indicator(page, report, indicator, &indicator.code);
        }
        let last = page.row - 1;
        if let Some(column) = page.column(Column::Criterion) {
            let look = page.cell().bold().centred();
            page.text(top, column, &format!("{}. {}", criterion.number, criterion.name), look);
            page.sheet.merge((top, column), (last, column));
        }
        return;
    }
    let has_own_row = !is_single || page.style.singles == SingleRows::Own;
    page.frame_row();
    let bold = page.cell().bold();
    page.text_in(Column::Code, &criterion_code(page.style, criterion.number), bold.centred());
    let name = match page.style.criteria {
        CriterionRows::NameOnly => format!("Tiêu chí số {}: {}", criterion.number, criterion.name),
        _ if has_own_row => criterion.name.clone(),
        _ => format!("{}: {}", criterion.name, criterion.indicators[0].name),
    };
    page.text_in(Column::Content, &name, bold.left());
    if !has_own_row {
        let indicator = &criterion.indicators[0];
        push_answer(page, report, indicator);
        page.row += 1;
        push_sub_lines(page, report, indicator);
        return;
    }
    if page.style.criterion_verdicts == CriterionVerdicts::Shown {
        let is_met = criterion.indicators.iter().all(|i| report.answers[&i.code].verdict != Verdict::NotMet);
        push_verdict(page, if is_met { Verdict::Met } else { Verdict::NotMet }, bold);
    }
    page.row += 1;
    for indicator in &criterion.indicators {
        let code = if is_single { format!("{}.1", indicator.code) } else { indicator.code.clone() };
        push_indicator(page, report, indicator, &code);
        push_sub_lines(page, report, indicator);
    }
}

fn criterion_code(style: &Style, number: u16) -> String {
    match style.criteria {
        CriterionRows::Roman => roman(number).to_string(),
        CriterionRows::NameOnly => String::new(),
        CriterionRows::Numbered | CriterionRows::Merged => number.to_string(),
    }
}

fn push_indicator(page: &mut Page<'_>, report: &Report<'_>, indicator: &Indicator, code: &str) {
    page.frame_row();
    if let Some(column) = page.column(Column::Code) {
        let look = page.cell().centred();
        match code_value(page.style.codes, code) {
            Value::Text(text) => page.text(page.row, column, &text, look),
            value => page.sheet.put(page.row, column, value, look),
        }
    }
    page.text_in(Column::Content, &indicator.name, page.cell().left());
    push_answer(page, report, indicator);
    page.row += 1;
}

fn code_value(codes: Codes, code: &str) -> Value {
    let number = || code.parse().expect("a code is a decimal number");
    match codes {
        Codes::Text => Value::text(code),
        Codes::Prefixed => Value::Text(format!("TC {code}")),
        Codes::Number => Value::Number(number(), NumberFormat::General),
        Codes::Comma => Value::Text(code.replace('.', ",")),
        Codes::Dotted => Value::Text(format!("{code}.")),
        Codes::Date => match code.split_once('.') {
            Some((day, month)) => {
                let part = |text: &str| text.parse::<i8>().expect("a code has two small numbers");
                let day = jiff::civil::date(2023, part(month), part(day));
                Value::Number(serial(day), NumberFormat::DayMonth)
            }
            None => Value::Number(number(), NumberFormat::General),
        },
    }
}

/// All that the row of an indicator states.
fn push_answer(page: &mut Page<'_>, report: &Report<'_>, indicator: &Indicator) {
    let answer = &report.answers[&indicator.code];
    let look = page.cell();
    let unit = if indicator.kind == "yes_no" { "" } else { indicator.unit.as_str() };
    page.text_in(Column::Unit, unit, look.centred());
    page.text_in(Column::Target, target(&report.set.id, indicator), look.centred());
    push_figure(page, answer, &indicator.unit);
    push_verdict(page, answer.verdict, look);
    page.text_in(Column::Note, answer.note, look.left());
    if let Some(plan) = &answer.plan {
        page.text_in(Column::Owner, plan.owner, look.left());
        page.text_in(Column::Task, plan.task, look.left());
        if let Some(column) = page.column(Column::Due) {
            page.sheet.put(page.row, column, Value::date(plan.due), look.centred());
        }
    }
}

fn push_figure(page: &mut Page<'_>, answer: &Answer, unit: &str) {
    let look = page.cell().centred();
    let Some(column) = page.column(Column::Result) else { return };
    match &answer.figure {
        Figure::Words(words) => page.text(page.row, column, words, look),
        Figure::Number(number) => match number_value(page.style.figures, *number, unit) {
            Value::Text(text) => page.text(page.row, column, &text, look),
            value => page.sheet.put(page.row, column, value, look),
        },
    }
}

fn number_value(figures: Figures, number: f64, unit: &str) -> Value {
    match (figures, unit) {
        (Figures::PercentFormat, "%") => Value::Number(tenth_of_percent(number), NumberFormat::Percent1),
        (Figures::Text, "%") => Value::Text(format!("{}%", number.to_string().replace('.', ","))),
        (Figures::Text, _) => Value::Text(number.to_string().replace('.', ",")),
        _ => Value::Number(number, NumberFormat::General),
    }
}

/// 95.5 as the double nearest to 0.955, without the dust of a division.
fn tenth_of_percent(percent: f64) -> f64 {
    (percent * 10.0).round() / 1000.0
}

fn push_verdict(page: &mut Page<'_>, verdict: Verdict, look: Look) {
    match page.style.verdicts {
        Verdicts::Words(met, not_met) => {
            let word = match verdict {
                Verdict::Met => met,
                Verdict::NotMet => not_met,
                Verdict::NearlyMet => "Cơ bản đạt",
                Verdict::NotApplicable => "Không áp dụng",
            };
            page.text_in(Column::Verdict, word, look.centred());
        }
        Verdicts::Mark(mark) => {
            let column = match verdict {
                Verdict::Met => Column::Met,
                Verdict::NotMet => Column::NotMet,
                other => panic!("two columns to mark have no place for {other:?}"),
            };
            page.text_in(column, mark, look.centred());
        }
    }
}

/// Dash lines repeat their indicator's figure in parts; they state no verdict.
fn push_sub_lines(page: &mut Page<'_>, report: &Report<'_>, indicator: &Indicator) {
    if page.style.sub_lines == SubLines::Absent {
        return;
    }
    let lines: [(&str, f64); 2] = match (indicator.code.as_str(), &report.answers[&indicator.code].figure) {
        ("2.2", Figure::Number(number)) => {
            [("- Đường trục thôn", *number), ("- Đường liên thôn", *number)]
        }
        ("11", Figure::Number(number)) => {
            let poor = (number * 4.0).floor() / 10.0;
            [("- Hộ nghèo", poor), ("- Hộ cận nghèo", ((number - poor) * 10.0).round() / 10.0)]
        }
        _ => return,
    };
    for (name, number) in lines {
        page.frame_row();
        page.text_in(Column::Content, name, page.cell().italic().left());
        let look = page.cell().centred();
        if let Some(column) = page.column(Column::Result) {
            match number_value(page.style.figures, number, "%") {
                Value::Text(text) => page.text(page.row, column, &text, look),
                value => page.sheet.put(page.row, column, value, look),
            }
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
    for (label, total) in [("Tổng số tiêu chí đạt", &criteria), ("Tổng số chỉ tiêu đạt", &indicators)] {
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

/// Heights for wrapped text: Excel and LibreOffice do not fit a row to its text before someone touches it.
fn set_heights(sheet: &mut Sheet) {
    let rows: Vec<u32> = (0..=sheet.extent().0).collect();
    for row in rows {
        let height = sheet
            .cells
            .range((row, 0)..=(row, u16::MAX))
            .filter(|(_, cell)| cell.look.align != Align::Plain)
            .filter_map(|(at, cell)| match &cell.value {
                Value::Text(text) => Some(text_height(sheet, *at, text, cell.look)),
                _ => None,
            })
            .fold(0.0_f64, f64::max);
        if height > 20.0 {
            sheet.heights.insert(row, height.ceil());
        }
    }
}

/// Points a wrapped text needs; one merged over rows has the room of all of them and needs none of its own.
fn text_height(sheet: &Sheet, at: (u32, u16), text: &str, look: Look) -> f64 {
    let end = sheet.merges.iter().find(|area| area.first == at).map_or(at, |area| area.last);
    if end.0 != at.0 {
        return 0.0;
    }
    let width: f64 = (at.1..=end.1).filter_map(|column| sheet.widths.get(&column)).sum();
    let letters = width * 11.5 / f64::from(look.size);
    let lines: f64 = text.split('\n').map(|line| (line.chars().count() as f64 / letters).ceil().max(1.0)).sum();
    lines * f64::from(look.size) * 1.32 + 3.0
}

fn roman(number: u16) -> &'static str {
    const NUMERALS: [&str; 19] = [
        "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII",
        "XVIII", "XIX",
    ];
    NUMERALS[usize::from(number) - 1]
}
