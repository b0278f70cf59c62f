//! Faults of files and of the machine: each is named, nothing is lost, nothing doubled, nothing wrong stays in silence.
#![expect(clippy::disallowed_methods, reason = "damage is done by hand")]

use std::fs;

use ntm::diag::Code;
use ntm::error::Operation;

use super::provoked::{encrypted, with_many_shared_strings};
use super::support::desk::{examined, line, lines};
use super::support::host::{Fault, TestHost};
use super::support::office::{NOW, Office, THREE_COMMUNES};
use super::support::reports::{Column, HeaderRows, Style};
use super::support::story::alone;
use super::support::truth::rows;
use super::support::workbook::{
    Area, Fault as CellFault, FileFormat, Formula, Look, NumberFormat, Sheet, Stored, Value as CellValue, Workbook,
    never_calculated, rewritten, write,
};
use super::support::{made, sets};

/// Files that cannot be used, each with the code by which it is named and a word its message has to have.
fn bad_files() -> Vec<(&'static str, Vec<u8>, Code)> {
    let good = made::xlsx("La Sơn", 4, &sets::ntm(), &["11"]);
    let xls = write(&made::workbook("La Sơn", 4, &sets::ntm(), &Style::COMMON, &["11"]), FileFormat::Xls);
    let xlsb = write(&made::workbook("La Sơn", 4, &sets::ntm(), &Style::COMMON, &["11"]), FileFormat::Xlsb);
    let ods = write(&made::workbook("La Sơn", 4, &sets::ntm(), &Style::COMMON, &["11"]), FileFormat::Ods);
    let part = |bytes: &[u8], parts: usize| bytes[..bytes.len() * parts / 10].to_vec();
    let mut turned = good.clone();
    let middle = turned.len() / 2;
    turned[middle..middle + 64].iter_mut().for_each(|byte| *byte ^= 0xFF);
    vec![
        ("rong.xlsx", Vec::new(), Code::FileEmpty),
        ("so khong.xls", vec![0; 4096], Code::FileEmpty),
        ("van ban.xlsx", "Xã La Sơn đạt 19/19 tiêu chí".as_bytes().to_vec(), Code::FileUnsupported),
        (
            "trang web.xls",
            b"<html><body><table><tr><td>1.1</td></tr></table></body></html>".to_vec(),
            Code::FileUnsupported,
        ),
        ("anh.xlsx", b"\x89PNG\r\n\x1a\n".to_vec(), Code::FileUnsupported),
        ("nen.xlsx", rezipped(), Code::FileUnsupported),
        ("cut.xlsx", part(&good, 6), Code::FileUnreadable),
        ("cut dau.xlsx", good[..30].to_vec(), Code::FileUnreadable),
        ("cut.xls", part(&xls, 6), Code::FileUnreadable),
        ("cut.xlsb", part(&xlsb, 6), Code::FileUnreadable),
        ("cut.ods", part(&ods, 6), Code::FileUnreadable),
        ("hong giua.xlsx", turned, Code::FileUnreadable),
        ("mat khau.xlsx", encrypted(), Code::FileEncrypted),
        ("chuoi.xlsx", with_many_shared_strings(), Code::FileTooLarge),
    ]
}

/// A package that is no workbook.
fn rezipped() -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("ghi chu.txt", zip::write::SimpleFileOptions::default()).expect("a member in memory");
    zip.finish().expect("writing to memory").into_inner()
}

#[test]
fn each_bad_file_is_named_once_in_both_languages_and_the_good_one_goes_on() {
    let office = Office::of(THREE_COMMUNES);
    let bad = bad_files();
    for (name, bytes, _) in &bad {
        office.send(name, bytes);
    }
    office.send("BC La Son.xlsx", &made::xlsx("La Sơn", 4, &sets::ntm(), &["11"]));
    let outcome = office.run();
    assert_eq!(outcome.files.len(), bad.len() + 1);
    let returned = office.tree("tra-lai/2023-04");
    for (name, bytes, code) in &bad {
        let file = outcome.files.iter().find(|file| file.path == *name).expect("every file is told of");
        let [only] = file.all_diagnostics().collect::<Vec<_>>()[..] else {
            panic!("{name}: one message, not {:#?}", lines(file.all_diagnostics()));
        };
        assert_eq!(only.code, *code, "{name}: {}", line(only));
        let hint = only.hint.as_ref().expect("what to do is said");
        for text in [&only.message, hint] {
            assert!(!text.vi.is_empty() && !text.en.is_empty() && text.vi != text.en, "{name}: {text:?}");
        }
        assert!(returned.get(*name) == Some(bytes), "{name} goes back as it came");
        assert!(returned.contains_key(&format!("{name}.ly-do.txt")), "{name} goes back with its reason");
    }
    let good = outcome.files.iter().find(|file| file.path == "BC La Son.xlsx").expect("it is there");
    assert_eq!((good.submissions.len(), good.all_diagnostics().count()), (1, 0));
    assert!(office.tree("hop-thu-den").is_empty(), "all of them are in the archive");
    assert_eq!(office.tree("luu-tru").len(), bad.len() + 1);
}

#[test]
fn a_file_beyond_the_limit_stays_where_it_is_and_the_others_go_on() {
    let office = Office::of(THREE_COMMUNES);
    office.send("lon.xlsx", b"PK\x03\x04");
    let file = fs::File::options().write(true).open(office.inbox("lon.xlsx")).expect("it was just written");
    file.set_len(65 << 20).expect("the disk has room for a hole");
    office.send("BC La Son.xlsx", &made::xlsx("La Sơn", 4, &sets::ntm(), &[]));
    let outcome = office.run();
    assert_eq!(
        outcome.left.iter().flat_map(|f| f.all_diagnostics()).map(|d| d.code).collect::<Vec<_>>(),
        [Code::FileTooLarge]
    );
    assert_eq!(outcome.files.len(), 1);
    assert!(office.inbox("lon.xlsx").exists() && !office.inbox("BC La Son.xlsx").exists());
}

#[test]
fn a_sheet_that_claims_to_fill_excel_is_read_by_what_it_holds() {
    let mut workbook = made::workbook("La Sơn", 4, &sets::ntm(), &Style::COMMON, &["11"]);
    workbook.sheets[0].put(1_048_575, 16_383, CellValue::text("x"), Look::of("Arial", 11));
    let vast = write(&workbook, FileFormat::Xlsx);
    let claims = rewritten(&vast, "xl/worksheets/sheet1.xml", |xml| {
        assert!(xml.contains("XFD1048576"), "the last cell of Excel is used");
        xml.to_owned()
    });
    let (files, judged) = examined(&[("BC.xlsx", &claims)]);
    assert_eq!(files[0].submissions.len(), 1, "{:?}", lines(files[0].all_diagnostics()));
    assert_eq!(judged.frames.observations.height(), 57);
}

#[test]
fn a_header_that_was_moved_and_merged_is_found() {
    let shift = |workbook: &mut Workbook, down: u32, right: u16| {
        let sheet = &mut workbook.sheets[0];
        sheet.cells =
            std::mem::take(&mut sheet.cells).into_iter().map(|((r, c), v)| ((r + down, c + right), v)).collect();
        for area in &mut sheet.merges {
            area.first = (area.first.0 + down, area.first.1 + right);
            area.last = (area.last.0 + down, area.last.1 + right);
        }
        sheet.heights.clear();
        sheet.widths.clear();
    };
    let common = Style::COMMON;
    let two_rows = Style { header_rows: HeaderRows::Two, columns: WITH_PLAN, ..Style::COMMON };
    for (style, down, right) in [(common, 0, 0), (common, 37, 5), (two_rows, 3, 1), (two_rows, 120, 20)] {
        let mut workbook = made::workbook("La Sơn", 4, &sets::ntm(), &style, &["2.1", "11"]);
        shift(&mut workbook, down, right);
        let (files, judged) = examined(&[("BC.xlsx", &write(&workbook, FileFormat::Xlsx))]);
        assert_eq!(lines(files[0].all_diagnostics()), Vec::<String>::new(), "{down} down, {right} right");
        let unmet: Vec<String> = rows(&judged.frames.observations)
            .into_iter()
            .filter(|row| row["verdict"] == "not_met")
            .map(|row| row["item"].clone())
            .collect();
        assert_eq!(unmet, ["2.1", "11"], "{down} down, {right} right");
    }
}

#[test]
fn days_are_counted_from_1904_where_the_file_says_so() {
    let mut workbook =
        made::workbook("La Sơn", 4, &sets::ntm(), &Style { columns: WITH_PLAN, ..Style::COMMON }, &["2.1"]);
    let sheet = &mut workbook.sheets[0];
    let row = sheet.cells.iter().find(|(_, cell)| cell.value == CellValue::text("2.1")).expect("2.1 has a row").0.0;
    // 9 November 2023, counted from 1904.
    sheet.put(row, 6, CellValue::Number(43_777.0, NumberFormat::DayMonthYear), Look::of("Arial", 11));
    let bytes = rewritten(&write(&workbook, FileFormat::Xlsx), "xl/workbook.xml", |xml| {
        assert!(xml.contains("<workbookPr "), "{xml}");
        xml.replace("<workbookPr ", "<workbookPr date1904=\"1\" ")
    });
    let (_, judged) = examined(&[("BC.xlsx", &bytes)]);
    let row = rows(&judged.frames.observations).into_iter().find(|row| row["item"] == "2.1").expect("2.1 is read");
    assert_eq!(row.get("due").map(String::as_str), Some("2023-11-09"));
}

#[test]
fn errors_and_formulas_without_a_value_leave_their_item_without_a_figure_and_say_so() {
    let mut workbook = made::workbook("La Sơn", 4, &sets::ntm(), &Style::COMMON, &[]);
    let sheet = &mut workbook.sheets[0];
    let row_of = |sheet: &Sheet, code: &str| {
        sheet.cells.iter().find(|(_, cell)| cell.value == CellValue::text(code)).expect("the code has a row").0.0
    };
    let look = Look::of("Arial", 11);
    let formula = Formula::CountIf(Area { first: (0, 0), last: (0, 0) }, "x".into());
    sheet.put(row_of(sheet, "2.1"), 3, CellValue::Error(CellFault::Reference), look);
    sheet.put(row_of(sheet, "2.2"), 3, CellValue::Formula(formula.clone(), Stored::Nothing), look);
    sheet.put(row_of(sheet, "2.3"), 4, CellValue::Error(CellFault::NotAvailable), look);
    sheet.put(row_of(sheet, "2.4"), 4, CellValue::Formula(formula, Stored::Nothing), look);
    let (files, judged) = examined(&[("BC.xlsx", &never_calculated(&write(&workbook, FileFormat::Xlsx)))]);
    let read: Vec<(String, Option<String>, Option<String>)> = rows(&judged.frames.observations)
        .into_iter()
        .filter(|row| row["item"].starts_with("2."))
        .map(|row| (row["item"].clone(), row.get("verdict").cloned(), row.get("value").cloned()))
        .collect();
    for (item, verdict, value) in &read {
        match item.as_str() {
            "2.1" | "2.2" => assert_eq!((verdict.as_deref(), value), (Some("met"), &None), "{item}"),
            _ => assert!(verdict.is_none() && value.is_some(), "{item}: {verdict:?} {value:?}"),
        }
    }
    let codes: Vec<Code> = files[0].all_diagnostics().map(|d| d.code).collect();
    for (code, times) in [(Code::ErrorCell, 2), (Code::FormulaWithoutValue, 2)] {
        assert_eq!(codes.iter().filter(|found| **found == code).count(), times, "{codes:?}");
    }
    assert!(codes.contains(&Code::VerdictMissing) || codes.contains(&Code::VerdictUnclear), "{codes:?}");
}

#[test]
fn a_report_folder_that_cannot_be_made_exits_with_3_and_costs_nothing() {
    let office = Office::of(THREE_COMMUNES);
    office.send("BC La Son.xlsx", &made::xlsx("La Sơn", 4, &sets::ntm(), &[]));
    fs::write(office.path().join("bao-cao"), b"a file where the folder should be")
        .expect("the workspace can be written");
    let error = office.try_run(&TestHost::at(NOW)).expect_err("there is a file in the way");
    assert_eq!(error.exit_code(), 3);
    assert!(error.text().vi.contains("bao-cao"), "{}", error.text().vi);
    fs::remove_file(office.path().join("bao-cao")).expect("the file was there");
    let outcome = office.run();
    assert_eq!(outcome.written.len(), 4, "the papers come with the next run");
    assert_eq!(office.tree("luu-tru").len(), 1);
}

#[test]
fn a_part_of_the_store_that_was_changed_is_refused_and_rebuild_mends_it() {
    let office = Office::of(THREE_COMMUNES);
    office.send("BC La Son.xlsx", &made::xlsx("La Sơn", 4, &sets::ntm(), &["11"]));
    office.run();
    let whole = office.derived();
    for (path, bytes) in office.tree("du-lieu").into_iter().filter(|(path, _)| path.ends_with(".parquet")) {
        let target = office.path().join("du-lieu").join(&path);
        let mut changed = bytes.clone();
        changed[bytes.len() / 2] ^= 1;
        for wrong in [changed, bytes[..bytes.len() / 2].to_vec(), Vec::new()] {
            fs::write(&target, wrong).expect("the store can be written");
            let error = office.try_run(&TestHost::at(NOW)).expect_err("the part is damaged");
            assert_eq!(error.exit_code(), 3, "{path}: {error}");
            let text = error.text();
            assert!(text.vi.contains("ntm rebuild") && text.en.contains("ntm rebuild"), "{text:?}");
            assert!(text.vi.contains("part-0.parquet"), "{text:?}");
        }
        fs::write(&target, b"").expect("the store can be written");
    }
    office.rebuild();
    assert!(office.derived() == whole);
}

#[test]
fn a_rebuild_that_is_cut_off_is_finished_by_the_next_run() {
    let office = Office::of(THREE_COMMUNES);
    office.send("2023-03-20/BC La Son.xlsx", &made::xlsx("La Sơn", 3, &sets::ntm(), &["11"]));
    office.send("2023-04-20/BC Trung Luong.xlsx", &made::xlsx("Trung Lương", 4, &sets::ntm(), &["2.1"]));
    office.run();
    let whole = office.derived();
    let host = TestHost::at(NOW);
    alone(|| office.try_rebuild(&host)).expect("nothing fails");
    let operations = host.asked();
    // Off before the first, the middle and the last change of each kind.
    for kind in [Operation::Remove, Operation::Write] {
        let all: Vec<usize> = (0..operations.len()).filter(|nth| operations[*nth] == kind).collect();
        for nth in [all[0], all[all.len() / 2], all[all.len() - 1]] {
            let cut = alone(|| office.try_rebuild(&TestHost::at(NOW).failing(nth, Fault::LastBreath)));
            assert_eq!(cut.map_err(|error| error.exit_code()).err(), Some(3), "operation {nth}");
            office.run();
            assert!(office.derived() == whole, "operation {nth} ({kind:?})");
        }
    }
}

const WITH_PLAN: &[Column] =
    &[Column::Code, Column::Content, Column::Result, Column::Verdict, Column::Owner, Column::Task, Column::Due];
