//! Forms: what is written in them comes back to the last cell, whatever was done to them, and nothing more.
#![expect(clippy::disallowed_methods, reason = "what stands on the disk is looked at")]

use std::fs;

use ntm::diag::{Code, Severity};
use ntm::model::form::FormColumn::{
    self, BeforePlan, BeforeValue, BeforeVerdict, Due, Note, Owner, Task, Value, Verdict,
};
use ntm::model::{Lang, Period};
use ntm::pipeline::{self, Examined, Judged};
use ntm::read::{Grid, Value as Cell};

use super::support::desk::{examined, lines, recognised};
use super::support::filled::{answered, cell_of, filled, form, form_in, rebuilt, rows_moved, sheets};
use super::support::host::TestHost;
use super::support::office::{NOW, Office, THREE_COMMUNES};
use super::support::sets;

const FORM: &str = "Bieu-NTM-La-Son-13555-2023-05.xlsx";

/// What a commune writes: every kind of answer.
const ANSWERS: [(&str, FormColumn, &str); 12] = [
    ("1.1", Verdict, "Đạt"),
    ("2.1", Verdict, "Chưa đạt"),
    ("2.1", Value, "n:85.2"),
    ("2.1", Owner, "Công chức Địa chính"),
    ("2.1", Task, "Trải nhựa 2 km đường trục xã"),
    ("2.1", Due, "d:2023-11-30"),
    ("2.1", Note, "Chờ vốn"),
    ("5", Verdict, "Không áp dụng"),
    ("10", Verdict, "Đạt"),
    ("10", Value, "n:61.5"),
    ("17.10", Verdict, "Đạt"),
    ("17.10", Value, "97,2%"),
];

#[test]
fn what_is_filled_in_comes_back_with_confidence_1_and_nothing_lost() {
    for lang in [Lang::Vi, Lang::En] {
        let form = form_in(&Office::of(THREE_COMMUNES), "La Sơn", lang);
        let (files, judged) = examined(&[(FORM, &filled(&form, 0, &ANSWERS))]);
        let [submission] = files[0].submissions.as_slice() else { panic!("one sheet, one submission") };
        assert!((submission.confidence - 1.0).abs() < f64::EPSILON, "{}", submission.confidence);
        assert_eq!(submission.commune.as_ref().map(|code| code.0.as_str()), Some("13555"));
        assert_eq!(submission.period, Period::new(2023, 5));
        assert_eq!(submission.set.as_str(), "ntm-2021-2025");
        assert_eq!(
            rows(&judged),
            [
                "1.1 met - - - - -",
                "10 met 61.5 - - - -",
                "17.10 met 97.2 - - - -",
                "2.1 not_met 85.2 Công chức Địa chính Trải nhựa 2 km đường trục xã 2023-11-30 Chờ vốn",
                "5 not_applicable - - - - -",
            ]
        );
        let wrong: Vec<String> = lines(files[0].all_diagnostics().filter(|d| d.code != Code::VerdictMissing));
        assert!(wrong.iter().all(|line| line.starts_with("info")), "{wrong:#?}");
    }
}

#[test]
fn what_is_left_empty_states_nothing_and_is_never_met() {
    let form = form(&Office::of(THREE_COMMUNES), "La Sơn");
    let (files, judged) = examined(&[(FORM, &filled(&form, 0, &ANSWERS))]);
    let asked = sets::ntm().indicators().count();
    assert_eq!(files[0].submissions[0].entries.len(), asked);
    let verdicts = judged.frames.observations.column("verdict").unwrap();
    assert_eq!(verdicts.null_count(), asked - 5);
}

#[test]
fn a_form_in_which_nobody_wrote_is_no_report() {
    let (files, _) = examined(&[(FORM, &form(&Office::of(THREE_COMMUNES), "La Sơn"))]);
    assert!(files[0].submissions.is_empty());
    let said = &files[0].diagnostics;
    assert_eq!(said.iter().filter(|d| d.severity == Severity::Error).count(), 1, "{:#?}", lines(said.iter()));
    assert!(said.iter().any(|d| d.code == Code::FormBlank));
}

#[test]
fn rows_and_columns_may_be_moved_and_deleted() {
    let sheet = answered(&blank(), &ANSWERS);
    let deleted = cell_of(&sheet, "10", Verdict).row;
    let fewer = rows_moved(&sheet, |row| match row {
        row if row == deleted => None,
        row if row > deleted => Some(row + 3),
        row => Some(row + 1),
    });
    // A column put in at the left, and the last row of items made the first.
    let (first, last) = (cell_of(&fewer, "1.1", Verdict).row, cell_of(&fewer, "19.2", Verdict).row);
    let moved = rows_moved(&fewer, |row| match row {
        row if row == last => Some(first),
        row if (first..last).contains(&row) => Some(row + 1),
        row => Some(row),
    });
    let cells = moved.cells().iter().cloned().map(|mut cell| {
        cell.at.col += 2;
        cell
    });
    let mut shifted = rebuilt(&moved, cells.collect());
    shifted.merges = Vec::new();
    let (file, judged) = recognised(FORM, &[shifted]);
    assert_eq!(
        rows(&judged),
        [
            "1.1 met - - - - -",
            "17.10 met 97.2 - - - -",
            "2.1 not_met 85.2 Công chức Địa chính Trải nhựa 2 km đường trục xã 2023-11-30 Chờ vốn",
            "5 not_applicable - - - - -",
        ]
    );
    assert!(says(&file, Code::ItemMissing), "{:#?}", lines(file.all_diagnostics()));
}

#[test]
fn a_row_without_its_key_is_named_and_a_repeated_one_counts_once() {
    let sheet = answered(&blank(), &ANSWERS);
    let (keyless, copied) = (cell_of(&sheet, "2.1", Verdict).row, cell_of(&sheet, "1.1", Verdict).row);
    let last = sheet.cells().iter().map(|cell| cell.at.row).max().unwrap();
    let mut cells: Vec<_> = sheet.cells().to_vec();
    cells.retain(|cell| cell.at.row != keyless || cell.at.col != 0);
    let copy = sheet.cells().iter().filter(|cell| cell.at.row == copied).cloned().map(|mut cell| {
        cell.at.row = last + 3;
        cell
    });
    cells.extend(copy.collect::<Vec<_>>());
    let (file, judged) = recognised(FORM, &[rebuilt(&sheet, cells)]);
    assert!(!rows(&judged).iter().any(|row| row.starts_with("2.1 ")));
    assert!(says(&file, Code::RowNotPlaced) && says(&file, Code::ItemRepeated), "{:#?}", lines(file.all_diagnostics()));
}

#[test]
fn words_typed_over_the_list_are_understood_or_asked_about() {
    let typed = [("1.1", Verdict, "đạt"), ("1.2", Verdict, "Cơ bản đạt"), ("2.1", Verdict, "tạm ổn")];
    let (file, judged) = recognised(FORM, &[answered(&blank(), &typed)]);
    assert_eq!(rows(&judged), ["1.1 met - - - - -", "1.2 not_met - - - - -"]);
    assert!(
        says(&file, Code::VerdictNearlyMet) && says(&file, Code::VerdictUnclear),
        "{:#?}",
        lines(file.all_diagnostics())
    );
}

#[test]
fn a_form_used_for_another_month_counts_for_none_until_that_is_told() {
    let sheet = answered(&blank(), &ANSWERS);
    let titled = retitled(&sheet, "tháng 5", "tháng 6");
    for (path, sheet) in [
        (FORM, &titled),
        ("BC T6-2023 La Son.xlsx", &sheet),
        ("BC T6 La Son.xlsx", &sheet),
        ("2023-06/La Son.xlsx", &sheet),
    ] {
        let (file, _) = recognised(path, std::slice::from_ref(sheet));
        assert_eq!(file.submissions[0].period, None, "{path}");
        let said = lines(file.all_diagnostics());
        let named = said.iter().any(|line| line.contains("the form is for 5/2023") && line.contains("6/2023"));
        assert!(named, "{path}: {said:#?}");
        assert_eq!(file.questions().count(), 1, "{path}");
    }
}

#[test]
fn a_form_used_by_another_commune_is_asked_about() {
    let sheet = retitled(&answered(&blank(), &ANSWERS), "Xã La Sơn", "Xã Đồng Du");
    let (file, _) = recognised("BC.xlsx", &[sheet]);
    assert_eq!(file.submissions[0].commune, None);
    assert!(says(&file, Code::CommuneUnknown), "{:#?}", lines(file.all_diagnostics()));
}

#[test]
fn a_mark_typed_over_does_not_count_and_the_sheet_is_read_all_the_same() {
    let all: Vec<(String, FormColumn, &str)> =
        sets::ntm().indicators().map(|indicator| (indicator.code.clone(), Verdict, "Đạt")).collect();
    let all: Vec<_> = all.iter().map(|(code, column, word)| (code.as_str(), *column, *word)).collect();
    let sheet = retitled(&answered(&blank(), &all), "13555/2023-05", "13555/2023-06");
    let (file, judged) = recognised(FORM, &[sheet]);
    assert!(says(&file, Code::FormChanged), "{:#?}", lines(file.all_diagnostics()));
    assert_eq!(rows(&judged).len(), all.len(), "{:#?}", lines(file.all_diagnostics()));
}

#[test]
fn a_formula_written_over_is_named() {
    let sheet = answered(&blank(), &[("2.1", Verdict, "Chưa đạt")]);
    let mut at = cell_of(&sheet, "2.1", Verdict);
    at.row -= 1;
    let mut cells = sheet.cells().to_vec();
    let word = cells.iter().find(|cell| cell.at == cell_of(&sheet, "2.1", Verdict)).unwrap().clone();
    cells.push(ntm::read::GridCell { at, value: Cell::Text("Đạt".to_owned()), ..word });
    let (file, _) = recognised(FORM, &[rebuilt(&sheet, cells)]);
    assert!(says(&file, Code::FormChanged), "{:#?}", lines(file.all_diagnostics()));
}

#[test]
fn last_months_state_stands_beside_and_is_not_read() {
    let office = Office::sample();
    office.run();
    let form = form(&office, "Trung Lương");
    let sheet = sheets(&form).into_iter().find(|sheet| sheet.sheet.as_ref() == "Biểu NTM nâng cao").unwrap();
    let at = |code, column| match sheet.get(cell_of(&sheet, code, column)).map(|cell| &cell.value) {
        Some(Cell::Text(text)) => text.clone(),
        other => panic!("{code}: {other:?}"),
    };
    assert_eq!(at("2.1", BeforeVerdict), "Chưa đạt");
    assert_eq!(at("1.1", BeforeVerdict), "Đạt");
    assert_eq!(at("2.1", BeforeValue), "67,5%");
    assert!(at("2.1", BeforePlan).ends_with("; 15/8/2023"), "{}", at("2.1", BeforePlan));
    let (file, _) = recognised(FORM, &[answered(&sheet, &[("1.1", Verdict, "Chưa đạt")])]);
    let stated = file.submissions[0].entries.iter().filter(|entry| entry.stated != ntm::model::Stated::Nothing);
    assert_eq!(stated.count(), 1);
}

#[test]
fn forms_are_the_same_bytes_again_and_one_that_was_written_in_stays() {
    let office = Office::of(THREE_COMMUNES);
    let write = || {
        let period = Period::new(2023, 5);
        pipeline::template(&TestHost::at(NOW), &office.open(), period, None, Lang::Vi).expect("forms can be made")
    };
    let first = write();
    assert_eq!((first.written.len(), first.kept.len()), (3, 0));
    let path = first.written[1].clone();
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, filled(&bytes, 0, &ANSWERS)).unwrap();
    let second = write();
    assert_eq!(second.kept, std::slice::from_ref(&path));
    fs::remove_file(&path).unwrap();
    write();
    assert_eq!(fs::read(&path).unwrap(), bytes);
}

#[test]
fn a_form_sent_back_counts_in_a_run() {
    let office = Office::of(THREE_COMMUNES);
    office.send(FORM, &filled(&form(&office, "La Sơn"), 0, &ANSWERS));
    let outcome = office.run();
    assert_eq!(outcome.periods, [Period::new(2023, 5).unwrap()]);
    assert_eq!(outcome.files[0].submissions[0].layout, "form");
}

/// The NTM form of La Sơn for May 2023.
fn blank() -> Grid {
    let office = Office::of(THREE_COMMUNES);
    sheets(&form(&office, "La Sơn")).into_iter().next().expect("a form has a sheet for the set")
}

/// A sheet with a word changed wherever it stands.
fn retitled(sheet: &Grid, from: &str, to: &str) -> Grid {
    let cells = sheet.cells().iter().cloned().map(|mut cell| {
        if let Cell::Text(text) = &mut cell.value {
            *text = text.replace(from, to);
        }
        cell
    });
    rebuilt(sheet, cells.collect())
}

fn says(file: &Examined, code: Code) -> bool {
    file.all_diagnostics().any(|diagnostic| diagnostic.code == code)
}

/// What is stated: item, verdict, value, person, task, day, remark.
fn rows(judged: &Judged) -> Vec<String> {
    let column = |name: &str| judged.frames.observations.column(name).expect("the frame has its columns");
    let words = ["item", "verdict", "owner", "task", "note"].map(|name| column(name).str().expect("a column of text"));
    let value = column("value").f64().expect("a column of numbers");
    let mut rows: Vec<String> = (0..judged.frames.observations.height())
        .filter(|row| words[1].get(*row).is_some())
        .map(|row| {
            let value = value.get(row).map_or("-".to_owned(), |value| value.to_string());
            let due = column("due").get(row).expect("a row of the frame").to_string().replace("null", "-");
            let [item, verdict, owner, task, note] = words.map(|column| column.get(row).unwrap_or("-"));
            format!("{item} {verdict} {value} {owner} {task} {due} {note}")
        })
        .collect();
    rows.sort();
    rows
}
