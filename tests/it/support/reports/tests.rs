//! The hands differ as they say they do.

use std::collections::BTreeMap;

use jiff::civil::date;

use super::super::figures::{Standing, figure};
use super::super::sets::{self, Set};
use super::super::spelling::Spelling;
use super::super::workbook::{NumberFormat, Value};
use super::*;

#[test]
fn each_indicator_stands_on_a_row_of_its_own() {
    let set = sets::nang_cao();
    let sheet = page(&set, &Style { criteria: CriterionRows::Merged, columns: MERGED, ..Style::COMMON });
    let codes = column(&sheet, 0);
    let expected: Vec<String> = set.indicators().map(|i| i.code.clone()).collect();
    let found: Vec<String> = codes.into_iter().filter(|text| expected.contains(text)).collect();
    assert_eq!(found, expected);
    // One merge a criterion of several indicators, beside the two of the head's lines and of the title's.
    let several = set.criteria.iter().filter(|c| c.indicators.len() > 1).count();
    assert_eq!(sheet.merges.iter().filter(|area| area.first.0 != area.last.0).count(), several);
}

#[test]
fn a_code_is_written_in_the_clerks_way() {
    let first_code = |codes| {
        let sheet = page(&sets::ntm(), &Style { codes, groups: Groups::Absent, ..Style::COMMON });
        let (_, cell) = sheet
            .cells
            .iter()
            .find(|(at, c)| at.1 == 0 && row_holds(&sheet, at.0, "Có quy hoạch chung") && c.value != Value::Blank)
            .expect("1.1 is there");
        cell.value.clone()
    };
    assert_eq!(first_code(Codes::Text), Value::text("1.1"));
    assert_eq!(first_code(Codes::Prefixed), Value::text("TC 1.1"));
    assert_eq!(first_code(Codes::Comma), Value::text("1,1"));
    assert_eq!(first_code(Codes::Dotted), Value::text("1.1."));
    assert_eq!(first_code(Codes::Number), Value::Number(1.1, NumberFormat::General));
    assert_eq!(first_code(Codes::Date), Value::Number(44927.0, NumberFormat::DayMonth));
}

#[test]
fn a_percentage_is_written_in_the_clerks_way() {
    let result = |figures| {
        let sheet = page(&sets::ntm(), &Style { figures, ..Style::COMMON });
        let (at, _) =
            sheet.cells.iter().find(|(at, _)| row_holds(&sheet, at.0, "Tỷ lệ đường xã")).expect("2.1 is there");
        sheet.cells[&(at.0, 3)].value.clone()
    };
    let Value::Number(percent, NumberFormat::General) = result(Figures::Plain) else { panic!("a plain number") };
    assert!((90.0..100.0).contains(&percent));
    assert_eq!(
        result(Figures::PercentFormat),
        Value::Number((percent * 10.0).round() / 1000.0, NumberFormat::Percent1)
    );
    assert_eq!(result(Figures::Text), Value::Text(format!("{percent}%").replace('.', ",")));
}

#[test]
fn a_criterion_with_one_indicator_is_answered_once() {
    for (singles, rows) in [(SingleRows::OnCriterion, 1), (SingleRows::Own, 2)] {
        let sheet = page(&sets::ntm(), &Style { singles, groups: Groups::Absent, ..Style::COMMON });
        let found = column(&sheet, 0).into_iter().filter(|code| code == "10" || code == "10.1").count();
        assert_eq!(found, rows);
        let answers = column(&sheet, 4).into_iter().filter(|verdict| verdict == "Đạt" || verdict == "Chưa đạt").count();
        assert_eq!(answers, 57);
    }
}

#[test]
fn a_header_of_two_rows_merges_what_stands_alone() {
    let columns: &[Column] = &[Column::Code, Column::Content, Column::Met, Column::NotMet];
    let sheet = page(
        &sets::ntm(),
        &Style { columns, header_rows: HeaderRows::Two, verdicts: Verdicts::Mark("✓"), ..Style::COMMON },
    );
    let tall: Vec<u16> = sheet.merges.iter().filter(|a| a.last.0 == a.first.0 + 1).map(|a| a.first.1).collect();
    assert_eq!(tall, [0, 1]);
    assert_eq!(column(&sheet, 2).into_iter().chain(column(&sheet, 3)).filter(|mark| mark == "✓").count(), 57);
}

#[test]
fn every_wording_of_title_and_month_says_both() {
    let titles = [TitleWords::Table, TitleWords::Review, TitleWords::Situation, TitleWords::Enclosure];
    let months = [PeriodWords::Month, PeriodWords::Short, PeriodWords::Term, PeriodWords::UpTo, PeriodWords::Day];
    for title in titles {
        for period in months {
            for naming in [Naming::UnderTitle, Naming::Enclosure, Naming::Nowhere] {
                let sheet = page(&sets::nang_cao(), &Style { title, period, naming, ..Style::COMMON });
                let top = column(&sheet, 0)[2..7].join(" ").to_lowercase();
                assert!(top.contains("nâng cao") && top.contains('4') && top.contains("2023"), "{top}");
            }
        }
    }
}

#[test]
fn spelling_reaches_every_text() {
    let sheet = page(&sets::ntm(), &Style { spelling: Spelling::Tcvn3, ..Style::COMMON });
    let foreign = sheet.cells.values().filter(|cell| match &cell.value {
        Value::Text(text) => {
            !cell.look.font.starts_with(".VnTime") || text.chars().any(|c| u32::from(c) > 0xFF && c != '≥' && c != '≤')
        }
        _ => false,
    });
    assert_eq!(foreign.count(), 0);
}

#[test]
fn dash_lines_stand_under_their_indicator_without_a_verdict() {
    let sheet = page(&sets::ntm(), &Style { sub_lines: SubLines::Dashes, ..Style::COMMON });
    let dashes: Vec<u32> = (0..=sheet.extent().0).filter(|row| row_holds(&sheet, *row, "- ")).collect();
    assert_eq!(dashes.len(), 4);
    assert!(dashes.iter().all(|row| sheet.cells[&(*row, 4)].value == Value::Blank));
}

const MERGED: &[Column] = &[Column::Code, Column::Criterion, Column::Content, Column::Result, Column::Verdict];

fn page(set: &Set, style: &Style) -> Sheet {
    let answers: BTreeMap<String, Answer> = set
        .indicators()
        .map(|indicator| {
            let (verdict, standing) = match indicator.code.as_str() {
                "2.2" => (Verdict::NotMet, Standing::Short),
                _ => (Verdict::Met, Standing::Met),
            };
            let figure = figure(&set.id, indicator, standing, &indicator.code);
            (indicator.code.clone(), Answer { verdict, figure, note: "", plan: None, reviewed: None })
        })
        .collect();
    let declared = Some(count(set, &answers));
    let report = Report { commune: "An Bình", period: (2023, 4), signed: date(2023, 4, 24), set, answers, declared };
    sheet(&report, style, "NTM")
}

fn column(sheet: &Sheet, column: u16) -> Vec<String> {
    let texts = sheet.cells.iter().filter(|(at, _)| at.1 == column).filter_map(|(_, cell)| match &cell.value {
        Value::Text(text) => Some(text.clone()),
        _ => None,
    });
    texts.collect()
}

fn row_holds(sheet: &Sheet, row: u32, start: &str) -> bool {
    sheet
        .cells
        .range((row, 0)..=(row, u16::MAX))
        .any(|(_, c)| matches!(&c.value, Value::Text(t) if t.starts_with(start)))
}
