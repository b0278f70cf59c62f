//! Whole runs over the sample workspace: what is written, said and stored, and that it stays the same.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use ntm::diag::{Code, Scope};
use ntm::model::{CommuneCode, Lang};
use ntm::pipeline::{self, Checkup, Outcome};
use ntm::show::{Manner, json, person};
use ntm::store::{self, Frames};

use super::support::binh_luc::{self, SubmissionTruth, Truth};
use super::support::desk::line;
use super::support::host::TestHost;
use super::support::office::{NOW, Office, THREE_COMMUNES};
use super::support::papers::{dense, paper_text, workbook_texts};
use super::support::truth::{Row, differences, rows};
use super::support::{made, sets};

/// The sample after one run; tests only look at it.
static SAMPLE: LazyLock<(Office, Outcome)> = LazyLock::new(|| {
    let office = Office::sample();
    let outcome = office.run();
    (office, outcome)
});

const WORKBOOK: &str = "bao-cao/2023-04/Tong-hop-NTM-2023-04.xlsx";
const PAPER: &str = "bao-cao/2023-04/Bao-cao-NTM-2023-04.pdf";
const SEED: &str = "2023-04-24/BC Trung Lương.xlsx";

#[test]
fn a_run_writes_the_papers_of_each_month_and_returns_what_is_to_be_mended() {
    let (office, outcome) = &*SAMPLE;
    insta::assert_snapshot!(written(office, outcome), @r"
    bao-cao/2023-03/xa
    bao-cao/2023-03/phong
    bao-cao/2023-03/Tong-hop-NTM-2023-03.xlsx
    bao-cao/2023-03/Bao-cao-NTM-2023-03.pdf
    bao-cao/2023-03/Nhac-viec-2023-03.txt
    bao-cao/2023-03/Ke-hoach-NTM-2023-03.xlsx
    bao-cao/2023-04/xa
    bao-cao/2023-04/phong
    bao-cao/2023-04/Tong-hop-NTM-2023-04.xlsx
    bao-cao/2023-04/Bao-cao-NTM-2023-04.pdf
    bao-cao/2023-04/Nhac-viec-2023-04.txt
    bao-cao/2023-04/Ke-hoach-NTM-2023-04.xlsx
    tra-lai/2023-03/Biểu rà soát NTM Ngọc Lũ - cần sửa.xlsx
    tra-lai/2023-03/LA SON T3-2023 - cần sửa.xlsx
    tra-lai/2023-03/Tieu Dong NTM 2023 - cần sửa.xlsx
    tra-lai/2023-03/boi cau 3.2023 - cần sửa.xlsx
    tra-lai/2023-04/BC Trung Lương - cần sửa.xlsx
    tra-lai/2023-04/Biểu rà soát NTM Ngọc Lũ - cần sửa.xlsx
    tra-lai/2023-04/Bồ Đề - tự đánh giá tháng 4 - cần sửa.xlsx
    tra-lai/2023-04/Tieu Dong NTM 2023 (ban moi) - cần sửa.xlsx
    tra-lai/2023-04/Vu Ban_NTM_NC_thang4.xlsx.ly-do.txt
    tra-lai/2023-04/Vu Ban_NTM_NC_thang4.xlsx
    tra-lai/2023-04/boi cau 4.2023 - cần sửa.xlsx
    ");
    assert!(outcome.needs_person, "a file could not be read");
}

#[test]
fn what_is_said_of_the_sample() {
    let (_, outcome) = &*SAMPLE;
    let mut lines: Vec<String> = Vec::new();
    for file in &outcome.files {
        lines.extend(file.all_diagnostics().map(|d| format!("{}: {}", file.path, line(d))));
    }
    lines.extend(outcome.repeated.iter().map(line));
    lines.sort();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn each_observation_of_the_sample_is_in_the_store_as_it_was_stated() {
    let (office, outcome) = &*SAMPLE;
    let stored = by_submission(&stored(office).observations);
    let mut wrong = Vec::new();
    for (path, truth) in binh_luc::truth() {
        let Truth::Submissions(submissions) = truth else { continue };
        let examined = outcome.files.iter().find(|f| f.path == path).expect("every file was examined");
        for truth in &submissions {
            let key = (truth.commune.to_owned(), truth.period.to_owned(), truth.set.clone());
            let empty = BTreeMap::new();
            let read = stored.get(&key).unwrap_or(&empty);
            let doubted = doubted(examined.submissions.iter().filter(|s| s.set.as_str() == truth.set));
            for (code, answer) in &truth.answers {
                let found = differences(code, answer, read.get(code), &doubted);
                wrong.extend(found.into_iter().map(|what| format!("{path} {} {what}", truth.set)));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn declared_totals_are_in_the_store_as_they_were_stated() {
    let (office, _) = &*SAMPLE;
    let stored = stored(office).submissions;
    let text = |name: &str| {
        let column = stored.column(name).expect("a column of the schema").str().expect("text").clone();
        column.iter().map(|cell| cell.unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    let number = |name: &str| {
        let column = stored.column(name).expect("a column of the schema").u32().expect("counts").clone();
        column.iter().collect::<Vec<_>>()
    };
    let totals = ["criteria_met", "criteria_total", "indicators_met", "indicators_total"]
        .map(|name| number(&format!("declared_{name}")));
    let (communes, periods, sets) = (text("commune"), text("period"), text("set"));
    let mut compared = 0;
    for truth in submissions() {
        let at =
            |row: &usize| communes[*row] == truth.commune && periods[*row] == truth.period && sets[*row] == truth.set;
        let row = (0..stored.height()).find(at).expect("every submission is stored");
        let read = [0, 1, 2, 3].map(|kind| totals[kind][row]);
        let wanted = match truth.declared {
            None => [None; 4],
            Some(d) => [d.criteria_met, d.criteria_total, d.indicators_met, d.indicators_total].map(|n| Some(n as u32)),
        };
        assert_eq!(read, wanted, "{} {} {}", truth.commune, truth.period, truth.set);
        compared += 1;
    }
    assert_eq!(compared, stored.height());
}

/// As for a pipe.
const PLAIN: Manner<'_> =
    Manner { lang: Lang::Vi, colour: person::Colour::Off, terminal: None, is_verbose: false, workspace: "." };

#[test]
fn seed_case_trung_luong_april_2023_is_told_in_store_workbook_paper_and_check() {
    let (office, _) = &*SAMPLE;
    let derived = office.derived();
    let said = ["Trung Lương", "60/75", "61/75", "NTM NC", "A6"];
    let texts = workbook_texts(&derived[WORKBOOK]);
    assert!(texts.iter().any(|text| said.iter().all(|part| text.contains(part))), "the workbook says it in one cell");
    let paper = paper_text(&derived[PAPER]);
    let around = |at: usize| {
        let (before, after) = (paper[..at].chars().rev().take(80), paper[at..].chars().take(80));
        before.collect::<Vec<_>>().into_iter().rev().chain(after).collect::<String>()
    };
    let told = paper.match_indices("60/75").map(|(at, _)| around(at)).any(|sentence| {
        ["Trung Lương", "tự kê khai 60/75", "theo danh sách 61/75", "lệch 1", "«NTM NC», ô A6"]
            .iter()
            .all(|part| sentence.contains(&dense(part)))
    });
    assert!(told, "the paper says it in one sentence: {paper}");
    let (workspace, checkup) = checked(office, &[SEED]);
    let names = |code: &str| {
        let known = |c: &&ntm::model::Commune| c.code == CommuneCode(code.to_owned());
        workspace.settings.communes.iter().find(known).map(|c| c.name.clone())
    };
    let (sets, items) = (&str::to_owned, &|_: &str, _: &str| String::new());
    let called = person::Names { communes: &names, sets, items };
    let text = person::text(&checkup, called, &PLAIN).expect("text can be made");
    assert!(
        text.contains("cảnh báo[declared-mismatch]: tự kê khai 60/75 chỉ tiêu, theo danh sách 61/75, lệch 1"),
        "{text}"
    );
    assert!(text.contains("--> '[BC Trung Lương.xlsx]NTM NC'!A6"), "{text}");
    assert!(text.contains("2, 11, 13, 14, 17"), "the five criteria among which one is missing: {text}");
    let lines = json::lines(&checkup, &[SEED.to_owned()], &names, Lang::En).expect("JSON can be made");
    let [line] = lines.as_slice() else { panic!("one line for one file") };
    let object: serde_json::Value = serde_json::from_str(line).expect("the line is JSON");
    let advanced = &object["submissions"][1];
    assert_eq!(advanced["commune_name"], "Trung Lương");
    assert_eq!(advanced["declared"]["indicators_met"], 60, "what is declared is not corrected");
    let met = advanced["observations"].as_array().expect("a list").iter().filter(|o| o["verdict"] == "met");
    let indicators: BTreeSet<String> = sets::nang_cao().indicators().map(|i| i.code.clone()).collect();
    let met = met.filter(|o| indicators.contains(o["item"].as_str().expect("a code is text"))).count();
    assert_eq!(met, 61, "what is listed is not corrected");
    let mismatch = &advanced["diagnostics"][0];
    assert_eq!((mismatch["code"].as_str(), mismatch["cell"].as_str()), (Some("declared-mismatch"), Some("A6")));
    assert_eq!(mismatch["message"], "60/75 indicators declared met, the list gives 61/75, 1 apart");
}

#[test]
fn missing_late_and_unreadable_communes_are_named_in_both_papers() {
    let (office, _) = &*SAMPLE;
    let derived = office.derived();
    let texts = workbook_texts(&derived[WORKBOOK]);
    let paper = paper_text(&derived[PAPER]);
    for (start, name) in [
        ("UBND các xã", "La Sơn"),
        ("UBND các xã", "Vũ Bản"),
        ("Gửi sau hạn", "An Nội"),
        ("chưa đọc được", "Vu Ban_NTM_NC_thang4.xlsx"),
    ] {
        assert!(texts.iter().any(|text| text.contains(start) && text.contains(name)), "workbook: {start} … {name}");
        let (start, name) = (dense(start), dense(name));
        let near = paper.match_indices(&start).any(|(at, _)| {
            let sentence: String = paper[at..].chars().take(120).collect();
            sentence.contains(&name)
        });
        assert!(near, "paper: {start} … {name}");
    }
}

#[test]
fn a_second_run_and_a_rebuild_change_no_byte() {
    let office = Office::sample();
    office.run();
    let (first, archived) = (office.derived(), office.tree("luu-tru"));
    let second = office.run();
    assert!(second.files.is_empty() && second.repeated.is_empty() && second.written.is_empty(), "nothing is new");
    assert!(second.needs_person, "the unreadable file still waits for a person");
    check_same(&first, &office.derived());
    let rebuilt = office.rebuild();
    assert_eq!(rebuilt.files.len(), 31, "each file of the archive once");
    check_same(&first, &office.derived());
    check_same(&archived, &office.tree("luu-tru"));
}

#[test]
fn the_archive_holds_every_file_sent_byte_for_byte_and_once() {
    let (office, _) = &*SAMPLE;
    let mut archived: Vec<Vec<u8>> = office.tree("luu-tru").into_values().collect();
    let mut sent: Vec<Vec<u8>> =
        binh_luc::files().into_iter().filter(|f| !matches!(f.truth, Truth::CopyOf(_))).map(|f| f.bytes).collect();
    archived.sort();
    sent.sort();
    assert!(archived == sent, "{} archived, {} sent", archived.len(), sent.len());
}

#[test]
fn a_corrected_file_becomes_the_version_that_counts_and_the_papers_change() {
    let office = Office::of(THREE_COMMUNES);
    let ntm = sets::ntm();
    office.send("2023-04-20/BC Trung Luong.xlsx", &made::xlsx("Trung Lương", 4, &ntm, &["2.1", "5"]));
    office.send("2023-04-20/BC La Son.xlsx", &made::xlsx("La Sơn", 4, &ntm, &["11"]));
    office.run();
    let before = office.derived();
    office.send("2023-04-24/BC Trung Luong moi.xlsx", &made::xlsx("Trung Lương", 4, &ntm, &["5"]));
    office.run();
    let after = office.derived();
    for paper in [WORKBOOK, PAPER] {
        assert!(before[paper] != after[paper], "{paper} has the correction");
    }
    let stored = rows(&stored(&office).observations);
    let versions: BTreeSet<(&str, &str, &str)> = stored
        .iter()
        .filter(|row| row["commune"] == "13546" && row["item"] == "2.1")
        .map(|row| (row["file"].as_str(), row["verdict"].as_str(), row["current"].as_str()))
        .collect();
    let expected = [("BC Trung Luong moi.xlsx", "met", "true"), ("BC Trung Luong.xlsx", "not_met", "false")];
    assert_eq!(versions, BTreeSet::from(expected));
    let paper = paper_text(&after[PAPER]);
    assert!(paper.contains(&dense("Xã Trung Lương: đạt 18/19 tiêu chí, 56/57 chỉ tiêu NTM")), "{paper}");
    assert!(paper.contains(&dense("Xã La Sơn: đạt 18/19 tiêu chí, 56/57 chỉ tiêu NTM")), "{paper}");
    check_rebuild(&office);
}

#[test]
fn a_correction_of_an_earlier_month_reaches_the_papers_of_later_months() {
    let office = Office::of(THREE_COMMUNES);
    let ntm = sets::ntm();
    office.send("2023-03-20/BC Trung Luong T3.xlsx", &made::xlsx("Trung Lương", 3, &ntm, &["2.1", "5"]));
    office.send("2023-04-20/BC Trung Luong T4.xlsx", &made::xlsx("Trung Lương", 4, &ntm, &["2.1"]));
    office.run();
    let before = office.derived();
    // With this the fall of 11 between the months is gone, and April's paper must not go on telling the old change.
    office.send("2023-04-21/BC Trung Luong T3 sua.xlsx", &made::xlsx("Trung Lương", 3, &ntm, &["2.1", "5", "11"]));
    office.run();
    assert!(before[PAPER] != office.derived()[PAPER], "April tells what changed since March");
    check_rebuild(&office);
}

#[test]
fn an_emptied_inbox_loses_only_what_the_archive_holds() {
    let office = Office::of(THREE_COMMUNES);
    let report = made::xlsx("La Sơn", 4, &sets::ntm(), &["11"]);
    office.send("BC La Son.xlsx", &report);
    office.send("Zalo/BC La Son (1).xlsx", &report);
    office.send("ghi chu.docx", b"not a workbook");
    office.send("~$BC La Son.xlsx", b"an owner file of Excel");
    let outcome = office.run();
    let left: Vec<String> = office.tree("hop-thu-den").into_keys().collect();
    assert_eq!(left, ["~$BC La Son.xlsx"], "what nobody sent stays");
    let mut archived: Vec<Vec<u8>> = office.tree("luu-tru").into_values().collect();
    archived.sort();
    assert!(archived == [report.clone(), b"not a workbook".to_vec()], "{} archived", archived.len());
    let [repeated] = outcome.repeated.as_slice() else { panic!("the copy is said") };
    assert_eq!(
        line(repeated),
        "info[duplicate-file] [BC La Son (1).xlsx]: byte for byte the same as \"BC La Son.xlsx\", not taken in again"
    );
    // The same bytes again, weeks later: said, and gone from the inbox, for the archive has them.
    office.send("lai gui.xlsx", &report);
    let again = office.run();
    assert_eq!(again.repeated.iter().map(|d| d.code).collect::<Vec<_>>(), [Code::DuplicateFile]);
    assert!(!office.inbox("lai gui.xlsx").exists());
    assert_eq!(office.tree("luu-tru").len(), 2);
}

#[test]
fn a_file_that_the_archive_has_lost_is_archived_again_before_it_leaves_the_inbox() {
    let office = Office::of(THREE_COMMUNES);
    let report = made::xlsx("La Sơn", 4, &sets::ntm(), &["11"]);
    office.send("BC La Son.xlsx", &report);
    office.run();
    std::fs::remove_dir_all(office.path().join("luu-tru")).expect("the archive was there");
    office.send("BC La Son.xlsx", &report);
    office.run();
    let kept: Vec<Vec<u8>> =
        office.tree("luu-tru").into_values().chain(office.tree("hop-thu-den").into_values()).collect();
    assert!(kept.contains(&report), "the only copy is not thrown away");
}

#[test]
fn a_file_that_was_sent_anew_and_well_needs_no_person_any_more() {
    let office = Office::of(THREE_COMMUNES);
    let report = made::xlsx("La Sơn", 4, &sets::ntm(), &["11"]);
    let mut both = made::workbook("La Sơn", 4, &sets::ntm(), &super::support::reports::Style::COMMON, &[]);
    // One cell that is no verdict: an error stands.
    let unclear =
        both.sheets[0].cells.values_mut().filter(|c| c.value == super::support::workbook::Value::text("Đạt")).last();
    unclear.expect("verdicts are written").value = super::support::workbook::Value::text("xem lại sau");
    let unclear = super::support::workbook::write(&both, super::support::workbook::FileFormat::Xlsx);
    office.send("2023-04-20/BC La Son.xlsx", &unclear);
    assert!(office.run().needs_person, "an error stands");
    office.send("2023-04-21/BC La Son moi.xlsx", &report);
    assert!(!office.run().needs_person, "the version that counts is without error");
}

#[test]
fn the_order_in_which_files_came_changes_no_byte() {
    let ntm = sets::ntm();
    let files = [
        ("2023-03-20/BC La Son T3.xlsx", made::xlsx("La Sơn", 3, &ntm, &["11"])),
        ("2023-04-20/BC La Son.xlsx", made::xlsx("La Sơn", 4, &ntm, &["5"])),
        ("2023-04-21/BC Trung Luong.xlsx", made::xlsx("Trung Lương", 4, &ntm, &["2.1"])),
        ("2023-04-22/BC Trung Luong moi.xlsx", made::xlsx("Trung Lương", 4, &ntm, &["2.2"])),
        ("2023-04-22/hong.xlsx", b"PK\x03\x04 cut".to_vec()),
    ];
    let together = Office::of(THREE_COMMUNES);
    files.iter().for_each(|(path, bytes)| together.send(path, bytes));
    together.run();
    let apart = Office::of(THREE_COMMUNES);
    for (path, bytes) in files.iter().rev() {
        apart.send(path, bytes);
        apart.run();
    }
    check_same(&together.derived(), &apart.derived());
    check_same(&together.tree("luu-tru"), &apart.tree("luu-tru"));
}

fn check_rebuild(office: &Office) {
    let before = office.derived();
    office.rebuild();
    check_same(&before, &office.derived());
}

fn check_same(expected: &BTreeMap<String, Vec<u8>>, found: &BTreeMap<String, Vec<u8>>) {
    assert_eq!(expected.keys().collect::<Vec<_>>(), found.keys().collect::<Vec<_>>());
    let differing: Vec<&String> = expected.keys().filter(|path| expected[*path] != found[*path]).collect();
    assert_eq!(differing, Vec::<&String>::new(), "these differ");
}

fn written(office: &Office, outcome: &Outcome) -> String {
    let below = |path: &std::path::PathBuf| {
        path.strip_prefix(office.path()).expect("it lies in the workspace").to_string_lossy().replace('\\', "/")
    };
    outcome.written.iter().map(below).collect::<Vec<_>>().join("\n")
}

fn stored(office: &Office) -> Frames {
    let parts = office.tree("du-lieu").into_iter().filter(|(path, _)| path.ends_with(".parquet"));
    let parts = parts.map(|(path, bytes)| (path.into(), bytes)).collect();
    store::decode(parts).expect("the store is whole")
}

/// Stored rows by commune, month and set, then by item.
fn by_submission(frame: &polars::prelude::DataFrame) -> BTreeMap<(String, String, String), BTreeMap<String, Row>> {
    let mut found: BTreeMap<_, BTreeMap<String, Row>> = BTreeMap::new();
    for row in rows(frame) {
        let key = (row["commune"].clone(), row["period"].clone(), row["set"].clone());
        let before = found.entry(key.clone()).or_default().insert(row["item"].clone(), row);
        assert!(before.is_none(), "{key:?}: an item stands twice");
    }
    found
}

/// Items that a diagnostic names.
fn doubted<'a>(submissions: impl Iterator<Item = &'a ntm::model::Submission>) -> BTreeSet<String> {
    let scopes = submissions.flat_map(|s| &s.diagnostics).map(|d| d.scope);
    scopes.filter_map(|scope| if let Scope::Item(item) = scope { Some(item.to_string()) } else { None }).collect()
}

fn submissions() -> Vec<SubmissionTruth> {
    let files = binh_luc::truth().into_values();
    files.flat_map(|file| if let Truth::Submissions(all) = file { all } else { Vec::new() }).collect()
}

fn checked(office: &Office, paths: &[&str]) -> (pipeline::Workspace, Checkup) {
    let workspace = office.open();
    let paths: Vec<_> = paths.iter().map(|path| office.inbox(path)).collect();
    let checkup = pipeline::check(&TestHost::at(NOW), &workspace, &paths).expect("the files are there");
    (workspace, checkup)
}
