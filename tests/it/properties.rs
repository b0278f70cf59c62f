//! What holds for any sheet and any report, tried on many made by chance; the chance is the same at every run.
#![expect(
    clippy::disallowed_methods,
    reason = "files that were made are kept for a look where NTM_MADE_INTO asks for it"
)]

use std::collections::BTreeSet;

use ntm::diag::{Scope, Severity};
use ntm::model::CellRef;
use ntm::read::{Font, Grid, GridCell, Value, Visibility};
use ntm::text;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::support::desk::{examined, examined_in_sample, lines, recognised};
use super::support::made;
use super::support::reports::{
    Codes, Column, ColumnNumbers, CriterionRows, CriterionVerdicts, Figures, Groups, Head, HeaderRows, HeaderWords,
    Naming, PeriodWords, Signature, SingleRows, Style, SubLines, TitleWords, Totals, Verdicts,
};
use super::support::sent::{self, Findings, Sent};
use super::support::sets;
use super::support::spelling::Spelling;
use super::support::truth::{differences, rows};
use super::support::workbook::{FileFormat, write};

/// Tries a property on so many cases; the same ones at every run.
fn check<S: Strategy>(cases: u32, strategy: &S, property: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(config, rng);
    if let Err(failure) = runner.run(strategy, property) {
        panic!("{failure}");
    }
}

/// Texts such as stand in reports, whole and broken, and texts of any kind.
fn words() -> impl Strategy<Value = String> {
    let known = vec![
        "TT",
        "STT",
        "Nội dung",
        "Tiêu chí",
        "Kết quả",
        "Đánh giá",
        "Đạt",
        "Chưa đạt",
        "Cơ bản đạt",
        "x",
        "✓",
        "2.1",
        "17.10",
        "2,1",
        "TC 2.1",
        "II",
        "1.1.1",
        "0.1",
        "99.99",
        "Giao thông",
        "Thu nhập",
        "Tháng 4 năm 2023",
        "T13/2023",
        "Xã La Sơn",
        "xã",
        "NÔNG THÔN MỚI NÂNG CAO",
        "18/19 tiêu chí",
        "60/75 chỉ tiêu",
        "0/0",
        "95,5%",
        "1.234.567",
        "-",
        "- đường thôn",
        "(1)",
        "5=4/3",
        "Tổng số",
        "30/02/2023",
        "#REF!",
        "Không áp dụng",
        "TM. ỦY BAN NHÂN DÂN",
        "Chưa đạt: 2.1, 2.2; 13.3",
        "quý III/2023",
        "\u{a0}",
        "ﬁ\u{301}",
        "¬ng",
        "®¹t",
    ];
    prop_oneof![
        6 => proptest::sample::select(known).prop_map(str::to_owned),
        1 => any::<String>().prop_filter("a cell of blanks is empty", |text| !text.trim().is_empty()),
        2 => (0..19_usize, 0..6_usize).prop_map(|(criterion, indicator)| {
            let set = sets::ntm();
            let criterion = &set.criteria[criterion];
            criterion.indicators.get(indicator).map_or(criterion.name.clone(), |indicator| indicator.name.clone())
        }),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        8 => words().prop_map(Value::Text),
        2 => (-5.0..120.0_f64).prop_map(Value::Number),
        1 => any::<f64>().prop_map(Value::Number),
        1 => any::<bool>().prop_map(Value::Bool),
        1 => Just(Value::Error("#N/A")),
        1 => Just(Value::NoStoredValue),
        1 => (1..28_i8, 1..12_i8).prop_map(|(day, month)| Value::Date {
            date: jiff::civil::date(2023, month, day),
            serial: 45_000.0,
        }),
    ]
}

fn any_grid() -> impl Strategy<Value = Grid> {
    let cell = (0..24_u32, 0..8_u32, value(), any::<Option<bool>>());
    let merge = (0..24_u32, 0..8_u32, 0..4_u32, 0..4_u32);
    (proptest::collection::vec(cell, 0..140), proptest::collection::vec(merge, 0..4)).prop_map(|(cells, merges)| {
        let cells = cells.into_iter().map(|(row, col, value, percent)| {
            let font = Font::Unknown;
            GridCell { at: CellRef::new(row, col), value, percent, font }
        });
        let mut grid = Grid::new("Biểu", Visibility::Visible, cells.collect());
        grid.merges = merges
            .into_iter()
            .map(|(row, col, down, right)| {
                ntm::model::CellRange::new(CellRef::new(row, col), CellRef::new(row + down, col + right))
            })
            .collect();
        grid
    })
}

#[test]
fn no_sheet_ends_the_program_and_every_place_lies_in_it() {
    check(96, &any_grid(), |grid| {
        let (files, _) = recognised("BC.xlsx", std::slice::from_ref(&grid));
        let inside = |cell: CellRef| cell.row < 32 && cell.col < 16;
        for diagnostic in files.all_diagnostics() {
            if let Some(cells) = diagnostic.place.as_ref().and_then(|place| place.cells) {
                prop_assert!(inside(cells.last), "{diagnostic:?}");
            }
        }
        for entry in files.submissions.iter().flat_map(|submission| &submission.entries) {
            prop_assert!(grid.get(entry.cell).is_some(), "{entry:?} stands in a cell that holds something");
        }
        Ok(())
    });
}

#[test]
fn bytes_of_any_kind_are_a_diagnostic_and_nothing_more() {
    let starts = vec![&b"PK\x03\x04"[..], b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", b"<html>", b"%PDF", b"\x09\x08", b""];
    let bytes = (proptest::sample::select(starts), proptest::collection::vec(any::<u8>(), 0..600));
    check(200, &bytes, |(start, rest)| {
        let bytes = [start, &rest].concat();
        let (files, _) = examined(&[("BC.xlsx", &bytes)]);
        let [file] = files.as_slice() else { panic!("one file") };
        prop_assert!(file.submissions.is_empty());
        prop_assert!(file.diagnostics.iter().any(|d| d.severity == Severity::Error), "{:?}", file.diagnostics);
        prop_assert!(
            file.diagnostics.iter().all(|d| d.code != ntm::diag::Code::InternalFault),
            "{:?}",
            file.diagnostics
        );
        Ok(())
    });
}

#[test]
fn a_workbook_with_a_byte_turned_is_read_or_named() {
    let whole = [FileFormat::Xlsx, FileFormat::Xls, FileFormat::Ods, FileFormat::Xlsb]
        .map(|format| write(&made::workbook("La Sơn", 4, &sets::ntm(), &Style::COMMON, &["11"]), format));
    check(48, &(0..whole.len(), any::<proptest::sample::Index>(), 1..=255_u8), |(format, at, turn)| {
        let mut bytes = whole[format].clone();
        let at = at.index(bytes.len());
        bytes[at] ^= turn;
        let (files, _) = examined(&[("BC.xlsx", &bytes)]);
        let fault = files[0].all_diagnostics().find(|d| d.code == ntm::diag::Code::InternalFault);
        prop_assert!(fault.is_none(), "byte {at}: {fault:?}");
        let is_told =
            !files[0].submissions.is_empty() || files[0].diagnostics.iter().any(|d| d.severity == Severity::Error);
        prop_assert!(is_told, "byte {at}");
        Ok(())
    });
}

const MARKED: &[Column] =
    &[Column::Code, Column::Content, Column::Target, Column::Result, Column::Met, Column::NotMet, Column::Note];
const WITH_UNIT: &[Column] =
    &[Column::Code, Column::Content, Column::Unit, Column::Target, Column::Result, Column::Verdict, Column::Note];
const SHORT: &[Column] = &[Column::Code, Column::Content, Column::Result, Column::Verdict];
const WITH_CRITERION: &[Column] =
    &[Column::Code, Column::Criterion, Column::Content, Column::Target, Column::Result, Column::Verdict];

/// Any form that a clerk may make; forms that contradict themselves are left out.
fn any_style() -> impl Strategy<Value = Style> {
    use proptest::sample::select;
    let looks = (
        select(vec![TitleWords::Table, TitleWords::Review, TitleWords::Situation, TitleWords::Enclosure]),
        select(vec![Head::Nothing, Head::Unit, Head::National]),
        select(vec![Naming::UnderTitle, Naming::Enclosure]),
        select(vec![PeriodWords::Month, PeriodWords::Short, PeriodWords::Term, PeriodWords::UpTo, PeriodWords::Day]),
        select(vec![HeaderWords::First, HeaderWords::Second, HeaderWords::Third, HeaderWords::Fourth]),
        select(vec![ColumnNumbers::Absent, ColumnNumbers::Shown]),
        select(vec![Groups::Absent, Groups::Roman]),
        select(vec![Signature::Absent, Signature::Chairman]),
        select(vec![Spelling::Nfc, Spelling::Nfd, Spelling::Stray]),
        select(vec![Totals::Nowhere, Totals::Sentence, Totals::Rows]),
    );
    let rows = (
        select(vec![CriterionRows::Numbered, CriterionRows::Roman, CriterionRows::NameOnly, CriterionRows::Merged]),
        select(vec![CriterionVerdicts::Absent, CriterionVerdicts::Shown]),
        select(vec![SingleRows::OnCriterion, SingleRows::Own]),
        select(vec![SubLines::Absent, SubLines::Dashes]),
        select(vec![Codes::Text, Codes::Prefixed, Codes::Comma, Codes::Dotted, Codes::Number, Codes::Date]),
        select(vec![Figures::PercentFormat, Figures::Text, Figures::Plain]),
        select(vec![None, Some(("Đạt", "Chưa đạt")), Some(("Đ", "CĐ")), Some(("Đạt", "Không đạt"))]),
        select(vec![HeaderRows::One, HeaderRows::Two]),
        select(vec![WITH_UNIT, SHORT]),
        select(vec!["x", "X", "✓"]),
    );
    (looks, rows).prop_map(|(looks, rows)| {
        let (title, head, naming, period, header, column_numbers, groups, signature, spelling, totals) = looks;
        let (criteria, criterion_verdicts, singles, sub_lines, codes, figures, words, header_rows, columns, mark) =
            rows;
        let (columns, verdicts, header_rows) = match (words, criteria) {
            (Some((met, not_met)), CriterionRows::Merged) => {
                (WITH_CRITERION, Verdicts::Words(met, not_met), header_rows)
            }
            (Some((met, not_met)), _) => (columns, Verdicts::Words(met, not_met), header_rows),
            (None, _) => (MARKED, Verdicts::Mark(mark), HeaderRows::Two),
        };
        // Names merged down a column need that column.
        let criteria = if columns == WITH_CRITERION { CriterionRows::Merged } else { plain(criteria) };
        Style {
            title,
            head,
            naming,
            period,
            header,
            column_numbers,
            groups,
            signature,
            spelling,
            totals,
            criteria,
            criterion_verdicts,
            singles,
            sub_lines,
            codes,
            figures,
            verdicts,
            header_rows,
            columns,
            ..Style::COMMON
        }
    })
}

fn plain(criteria: CriterionRows) -> CriterionRows {
    if criteria == CriterionRows::Merged { CriterionRows::Numbered } else { criteria }
}

#[test]
fn what_a_report_states_is_read_right_or_named_whatever_its_form() {
    let sets = [sets::ntm(), sets::nang_cao()];
    let formats = FileFormat::ALL.to_vec();
    let unmet = proptest::collection::vec(any::<proptest::sample::Index>(), 0..9);
    let cases = (any_style(), 0..2_usize, unmet, proptest::sample::select(formats));
    check(48, &cases, |(style, set, unmet, format)| {
        let set = &sets[set];
        let codes: Vec<&str> = set.indicators().map(|i| i.code.as_str()).collect();
        let unmet: BTreeSet<&str> = unmet.into_iter().map(|index| codes[index.index(codes.len())]).collect();
        let unmet: Vec<&str> = unmet.into_iter().collect();
        let bytes = write(&made::workbook("La Sơn", 4, set, &style, &unmet), format);
        let (files, judged) = examined(&[("BC.xlsx", &bytes)]);
        let said: Vec<_> = files[0].all_diagnostics().collect();
        // What is returned to its sender as a whole is named as a whole.
        if files[0].submissions.is_empty() {
            prop_assert!(said.iter().any(|d| d.severity == Severity::Error), "set aside without a word");
            return Ok(());
        }
        let named: BTreeSet<String> = said
            .iter()
            .filter_map(|d| if let Scope::Item(item) = d.scope { Some(item.to_string()) } else { None })
            .collect();
        // A sheet that is set aside, or a column that is in doubt, names all that stands in it.
        let is_named_as_a_whole = said.iter().any(|d| match d.scope {
            Scope::File => d.severity == Severity::Error,
            Scope::Submission => d.severity != Severity::Info,
            Scope::Item(_) => false,
        });
        let rows = rows(&judged.frames.observations);
        let mut wrong = Vec::new();
        for (code, answer) in made::answers(set, &unmet) {
            let row = rows.iter().find(|row| row["item"] == code);
            let found = differences(&code, &answer, row, &named);
            if !found.is_empty() && !named.contains(&code) && !is_named_as_a_whole {
                wrong.extend(found);
            }
        }
        prop_assert!(wrong.is_empty(), "{format:?} {wrong:#?}\n{:#?}\n{style:#?}", lines(said.into_iter()));
        Ok(())
    });
}

/// How many files are made: `NTM_MADE=10000` for the long run.
fn made_files() -> u64 {
    std::env::var("NTM_MADE").ok().and_then(|count| count.parse().ok()).unwrap_or(320)
}

/// Reads files that a maker makes, in batches, and tells what was found of each.
fn tried(count: u64, make: impl Fn(u64) -> Sent, mut tell: impl FnMut(u64, &Sent, Findings, &[String])) {
    let first: u64 = std::env::var("NTM_MADE_FROM").ok().and_then(|first| first.parse().ok()).unwrap_or(0);
    let numbers: Vec<u64> = (first..first + count).collect();
    for batch in numbers.chunks(40) {
        let sent: Vec<Sent> = batch.iter().map(|&number| make(number)).collect();
        if let Ok(folder) = std::env::var("NTM_MADE_INTO") {
            for (number, sent) in batch.iter().zip(&sent) {
                let name = sent.path.rsplit('/').next().unwrap_or(&sent.path);
                std::fs::write(format!("{folder}/{number} {name}"), &sent.bytes).expect("the folder is there");
            }
        }
        let files: Vec<(&str, &[u8])> = sent.iter().map(|s| (s.path.as_str(), s.bytes.as_slice())).collect();
        let (files, judged) = examined_in_sample(&files);
        let findings = sent::findings(&sent, &files, &judged);
        for (((number, sent), file), found) in batch.iter().zip(&sent).zip(&files).zip(findings) {
            tell(*number, sent, found, &lines(file.all_diagnostics()));
        }
    }
}

#[test]
fn of_any_made_report_each_observation_is_right_or_named() {
    let (mut right, mut named, mut silent) = (0, 0, Vec::new());
    tried(made_files(), sent::report, |number, sent, found, said| {
        right += found.right;
        named += found.named;
        let is_aside = found.named > 20 && std::env::var_os("NTM_MADE_NAMED").is_some();
        if !found.silent.is_empty() || is_aside {
            let first = found.silent.iter().take(3).cloned().collect::<Vec<_>>().join("; ");
            let what = format!("{number} {} {}", sent.path, sent.what);
            let count = found.silent.len();
            silent.push(format!("{what}: {count} silent, {} named\n    {first}\n{}", found.named, said.join("\n")));
        }
    });
    assert!(silent.is_empty(), "right {right}, named {named}\n{}", silent.join("\n"));
    assert!(right * 100 >= 97 * (right + named), "right {right}, named {named}: too much is set aside");
}

#[test]
fn a_workbook_that_is_no_report_gives_no_observation() {
    let mut wrong = Vec::new();
    tried(made_files() / 4, sent::stranger, |number, sent, found, said| {
        if !found.silent.is_empty() || !said.iter().any(|line| line.starts_with("error")) {
            wrong.push(format!("{number} {}: {:?}\n{}", sent.what, found.silent, said.join("\n")));
        }
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn cleaned_and_folded_texts_stay_as_they_are() {
    check(600, &any::<String>(), |written| {
        let cleaned = text::clean(&written);
        prop_assert_eq!(text::clean(&cleaned), cleaned.clone());
        let folded = text::fold(&written);
        prop_assert_eq!(text::fold(&folded), folded.clone());
        prop_assert_eq!(text::fold(&cleaned), folded);
        Ok(())
    });
}

#[test]
fn the_order_of_files_changes_nothing_that_is_said_of_each() {
    let files: Vec<(String, Vec<u8>)> = ["La Sơn", "Trung Lương", "Đồng Du"]
        .into_iter()
        .enumerate()
        .map(|(index, name)| (format!("BC {index}.xlsx"), made::xlsx(name, 4, &sets::ntm(), &["2.1"])))
        .collect();
    let told = |order: &[usize]| {
        let batch: Vec<(&str, &[u8])> = order.iter().map(|&i| (files[i].0.as_str(), files[i].1.as_slice())).collect();
        let (examined, judged) = examined(&batch);
        let mut rows = rows(&judged.frames.observations);
        rows.sort();
        let mut said: Vec<Vec<String>> = examined.iter().map(|file| lines(file.all_diagnostics())).collect();
        said.sort();
        (rows, said)
    };
    let first = told(&[0, 1, 2]);
    check(5, &Just(vec![0_usize, 1, 2]).prop_shuffle(), |order| {
        prop_assert!(told(&order) == first, "{order:?}");
        Ok(())
    });
}
