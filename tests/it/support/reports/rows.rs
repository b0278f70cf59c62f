//! The rows of a table: groups, criteria, indicators and their dash lines.

use super::super::figures::{Figure, target};
use super::super::sets::{Criterion, Indicator};
use super::super::workbook::{Look, NumberFormat, Value, serial};
use super::page::Page;
use super::{
    Answer, Codes, Column, CriterionRows, CriterionVerdicts, Figures, Groups, Report, SingleRows, Style, SubLines,
    Verdict, Verdicts,
};

/// All rows between the header and the totals.
pub(super) fn push_criteria(page: &mut Page<'_>, report: &Report<'_>) {
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
    if let (Some(reviewed), Verdicts::Words(met, not_met)) = (answer.reviewed, page.style.verdicts) {
        page.text_in(Column::Review, word(reviewed, met, not_met), look.centred());
    }
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
            page.text_in(Column::Verdict, word(verdict, met, not_met), look.centred());
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

fn word(verdict: Verdict, met: &'static str, not_met: &'static str) -> &'static str {
    match verdict {
        Verdict::Met => met,
        Verdict::NotMet => not_met,
        Verdict::NearlyMet => "Cơ bản đạt",
        Verdict::NotApplicable => "Không áp dụng",
    }
}

/// Dash lines repeat their indicator's figure in parts; they state no verdict.
fn push_sub_lines(page: &mut Page<'_>, report: &Report<'_>, indicator: &Indicator) {
    if page.style.sub_lines == SubLines::Absent {
        return;
    }
    let lines: [(&str, f64); 2] = match (indicator.code.as_str(), &report.answers[&indicator.code].figure) {
        ("2.2", Figure::Number(number)) => [("- Đường trục thôn", *number), ("- Đường liên thôn", *number)],
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

fn roman(number: u16) -> &'static str {
    const NUMERALS: [&str; 19] = [
        "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII",
        "XVIII", "XIX",
    ];
    NUMERALS[usize::from(number) - 1]
}
