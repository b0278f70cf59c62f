//! Each diagnostic code is provoked by a file made for it.
#![expect(clippy::disallowed_methods, reason = "closed papers are tampered with on the disk")]

use std::collections::BTreeSet;
use std::fs;
use std::io::{Cursor, Write};

use ntm::diag::Code;
use ntm::host::Broke;
use ntm::model::Lang;
use ntm::model::plan_form::{PlanColumn, PlanMark};
use ntm::pipeline;

use super::inbox::{half_copied, saved_while_taken_in};
use super::support::desk::{examined, lines, recognised, recognised_with};
use super::support::filled::form;
use super::support::grids::{CRITERIA_OF_ANY_SET, grid};
use super::support::host::TestHost;
use super::support::mended::mended;
use super::support::office::{NOW, Office, THREE_COMMUNES};
use super::support::reports::{
    Column, Figures, Head, Naming, PeriodWords, Signature, Style, SubLines, Totals, Verdicts,
};
use super::support::spelling::Spelling;
use super::support::workbook::{
    Area, Cell, Fault, FileFormat, Formula, Look, NumberFormat, Sheet, Stored, Value, Workbook, never_calculated,
    rewritten, write,
};
use super::support::{made, sets};

/// Codes of faults of ours, which no file should provoke: a unit test beside them does.
const OURS: [(Code, &str); 1] = [(Code::InternalFault, include_str!("../../src/pipeline/examine.rs"))];

#[test]
fn every_code_is_provoked_here_or_beside_what_it_is_of() {
    let here: BTreeSet<Code> = cases().iter().map(|(code, _)| *code).collect();
    let ours = OURS.map(|(code, _)| code);
    let missing: Vec<&str> =
        Code::ALL.iter().filter(|c| !here.contains(c) && !ours.contains(c)).map(|c| c.as_str()).collect();
    assert_eq!(missing, Vec::<&str>::new());
    for (code, source) in OURS {
        let (_, tests) = source.split_once("#[cfg(test)]").expect("the module has tests");
        assert!(tests.contains(&format!("Code::{code:?}")), "{code}");
    }
}

#[test]
fn every_case_provokes_its_code_in_both_languages() {
    let mut wrong = Vec::new();
    for (code, provoke) in cases() {
        let diagnostics = provoke.diagnostics();
        let Some(found) = diagnostics.iter().find(|d| d.code == code) else {
            wrong.push(format!("{code} is not said, but {:#?}", lines(diagnostics.iter())));
            continue;
        };
        for lang in [Lang::Vi, Lang::En] {
            let message = found.message.get(lang);
            assert!(!message.is_empty() && !message.ends_with('.'), "{code}: a fragment: {message}");
        }
        assert_ne!(found.message.vi, found.message.en, "{code}");
        if found.message != code.example() {
            wrong.push(format!("{code}: the example that is shown is not this: {:?}", found.message));
        }
        assert!(found.place.is_some(), "{code} has a place");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// How a code is provoked.
enum Provoke {
    /// By the bytes of a file of this name.
    File(&'static str, Vec<u8>),
    /// By a sheet written as text.
    Text(&'static str),
    /// By a sheet written as text, read with answers.
    Answered(&'static str, &'static str),
    /// By the same bytes sent twice.
    Twice,
    /// By a file that broke the process that worked on it.
    Broken,
    /// By what somebody does to the inbox while a run goes.
    Run(fn() -> Vec<ntm::diag::Diagnostic>),
    /// By the returned copy of a report of La Sơn with a verdict that is not understood, sent as it is or mended.
    Returned(fn(&[u8]) -> Vec<u8>),
    /// By what becomes of a closed month of La Sơn before the next run.
    Closed(fn(&Office)),
    /// By a report of a commune that gave its code to another before April 2023.
    Dissolved(&'static str),
    /// By what becomes of a workspace with a report of La Sơn before it is verified.
    Verified(fn(&Office)),
}

impl Provoke {
    fn diagnostics(&self) -> Vec<ntm::diag::Diagnostic> {
        match self {
            Provoke::File(name, bytes) => {
                let (files, _) = examined(&[(name, bytes)]);
                files[0].all_diagnostics().cloned().collect()
            }
            Provoke::Text(text) => recognised("BC.xlsx", &[grid(text)]).0.all_diagnostics().cloned().collect(),
            Provoke::Answered(text, answers) => {
                recognised_with(answers, "BC.xlsx", &[grid(text)]).0.all_diagnostics().cloned().collect()
            }
            Provoke::Twice => {
                let office = Office::of(THREE_COMMUNES);
                office.send("a.txt", b"the same");
                office.send("b.txt", b"the same");
                office.run().repeated
            }
            Provoke::Dissolved(commune) => {
                let register = "[[communes]]\ncode = \"13540\"\nname = \"An Nội\"\nvalid_to = 2022-12-31\n\
                    [[communes]]\ncode = \"13540\"\nname = \"Bình An\"\nvalid_from = 2023-01-01\n";
                let office = Office::of(&format!("{THREE_COMMUNES}{register}"));
                office.send("BC.xlsx", &made::xlsx(commune, 4, &sets::ntm(), &[]));
                office.run().files.iter().flat_map(|file| file.all_diagnostics()).cloned().collect()
            }
            Provoke::Verified(becomes) => {
                let office = Office::of(THREE_COMMUNES);
                office.send("2023-04-24/BC.xlsx", &made::xlsx("La Sơn", 4, &sets::ntm(), &["2.1"]));
                office.run();
                becomes(&office);
                pipeline::verify(&TestHost::at(NOW), &office.open()).expect("a sound disk").diagnostics
            }
            Provoke::Closed(becomes) => {
                let office = Office::of(THREE_COMMUNES);
                office.send("2023-04-24/BC.xlsx", &made::xlsx("La Sơn", 4, &sets::ntm(), &["2.1"]));
                office.run();
                let period = "2023-04".parse().expect("a month");
                pipeline::close(&TestHost::at(NOW), &office.open(), period, Lang::Vi).expect("a sound disk");
                becomes(&office);
                office.send("2023-04-25/BC sua.xlsx", &made::xlsx("La Sơn", 4, &sets::ntm(), &[]));
                office.run().closed
            }

            Provoke::Broken => {
                let office = Office::of(THREE_COMMUNES);
                office.send("BC.xlsx", b"a file");
                let host = TestHost::at(NOW).broken_by(b"a file", Broke::Died);
                let outcome = office.try_run(&host).expect("the others go on");
                outcome.files[0].all_diagnostics().cloned().collect()
            }
            Provoke::Run(told) => told(),
            Provoke::Returned(mend) => {
                let office = Office::of(THREE_COMMUNES);
                let Provoke::File(_, sent) = changed(|workbook| put(workbook, "1.1", VERDICT, Value::text("??")))
                else {
                    unreachable!("a changed report is a file")
                };
                office.send("BC.xlsx", &sent);
                office.run();
                let copy = office.tree("tra-lai").into_values().next().expect("it goes back");
                office.send("BC moi.xlsx", &mend(&copy));
                let outcome = office.run();
                let of_files = outcome.files.iter().flat_map(|file| file.all_diagnostics()).cloned();
                of_files.chain(outcome.repeated.clone()).chain(outcome.corrections.clone()).collect()
            }
        }
    }
}

/// A report of La Sơn in a style, as xlsx of a name that says nothing.
fn styled(style: Style) -> Provoke {
    Provoke::File("BC.xlsx", xlsx(&made::workbook("La Sơn", 4, &sets::ntm(), &style, &["2.1"])))
}

/// The commonest report of La Sơn with something changed.
fn changed(change: impl FnOnce(&mut Workbook)) -> Provoke {
    let mut workbook = made::workbook("La Sơn", 4, &sets::ntm(), &Style::COMMON, &["2.1"]);
    change(&mut workbook);
    Provoke::File("BC.xlsx", xlsx(&workbook))
}

fn xlsx(workbook: &Workbook) -> Vec<u8> {
    write(workbook, FileFormat::Xlsx)
}

/// A report behind a sheet that our name calls the list of a returned copy.
fn returned_copy() -> Vec<u8> {
    let mut workbook = made::workbook("La Sơn", 4, &sets::ntm(), &Style::COMMON, &["2.1"]);
    workbook.sheets.insert(0, Sheet::new("Cần sửa"));
    rewritten(&xlsx(&workbook), "xl/workbook.xml", |xml| {
        let name = "<definedNames><definedName name=\"_ntm_can_sua\">'Cần sửa'!$A$1</definedName></definedNames>";
        xml.replace("</sheets>", &format!("</sheets>{name}"))
    })
}

/// A form of plans in which somebody is named for some items, and nobody for one.
fn plan_form(items: &[&str]) -> Vec<u8> {
    let mut sheet = Sheet::new("Kế hoạch");
    let mut put = |row, col, text: &str| sheet.put(row, col, Value::text(text), Look::of("Arial", 11));
    put(0, 1, &PlanMark("2023-04".parse().expect("a month")).to_string());
    for (col, column) in (2..).zip(PlanColumn::ASKED) {
        put(1, col, column.key().expect("it is asked for"));
    }
    put(2, 0, "ntm:13555/ntm-2021-2025/7");
    for (row, item) in (3..).zip(items) {
        put(row, 0, &format!("ntm:{item}"));
        put(row, 2, "Bà Hoa");
    }
    xlsx(&Workbook { sheets: vec![sheet] })
}

/// The row whose code or name begins so.
fn row_of(sheet: &Sheet, start: &str) -> u32 {
    let found =
        sheet.cells.iter().find(|(_, cell)| matches!(&cell.value, Value::Text(text) if text.starts_with(start)));
    found.expect("the report has such a row").0.0
}

/// Puts a value into a column of the row of an item, zero-based.
fn put(workbook: &mut Workbook, start: &str, column: u16, value: Value) {
    let sheet = &mut workbook.sheets[0];
    let row = row_of(sheet, start);
    sheet.put(row, column, value, Look::of("Times New Roman", 12));
}

/// The columns of the commonest form.
const CODE: u16 = 0;
const RESULT: u16 = 3;
const VERDICT: u16 = 4;
const NOTE: u16 = 5;

const WITHOUT_VERDICTS: &[Column] = &[Column::Code, Column::Content, Column::Target];
const WITH_MARKS: &[Column] = &[Column::Code, Column::Content, Column::Result, Column::Met, Column::NotMet];
const WITH_PLAN: &[Column] =
    &[Column::Code, Column::Content, Column::Result, Column::Verdict, Column::Owner, Column::Task, Column::Due];

fn cases() -> Vec<(Code, Provoke)> {
    let mut cases = of_files();
    cases.extend(of_sheets());
    cases.extend(of_rows());
    cases.extend(of_verdicts());
    cases.extend(of_what_is_kept());
    cases
}

fn of_what_is_kept() -> Vec<(Code, Provoke)> {
    fn replace(office: &Office, path: &str, old: &str, new: &str) {
        let path = office.path().join(path);
        let text = fs::read_to_string(&path).expect("it is text");
        fs::write(&path, text.replace(old, new)).expect("it can be written");
    }
    fn turn_a_bit(office: &Office, folder: &str) {
        let (name, mut bytes) = office.tree(folder).into_iter().next().expect("a file lies there");
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(office.path().join(folder).join(name), bytes).expect("it can be written");
    }
    let emptied = |office: &Office| fs::remove_dir_all(office.path().join("luu-tru/13555")).expect("it can be deleted");
    let dropped = |office: &Office| fs::write(office.path().join("luu-tru/BC.xlsx"), b"x").expect("it can be written");
    let gone = |office: &Office| fs::remove_file(office.path().join(REMINDERS)).expect("it can be deleted");
    vec![
        (Code::CommuneNotInForce, Provoke::Dissolved("An Nội")),
        (Code::ArchiveChanged, Provoke::Verified(|office| turn_a_bit(office, "luu-tru"))),
        (Code::ArchiveMissing, Provoke::Verified(emptied)),
        (Code::ArchiveUnknown, Provoke::Verified(dropped)),
        (Code::StoreMismatch, Provoke::Verified(|office| turn_a_bit(office, "du-lieu/observations"))),
        (Code::ClosedMonthAmended, Provoke::Closed(|_| ())),
        (Code::ClosedPaperMissing, Provoke::Closed(gone)),
        (Code::ClosedPaperChanged, Provoke::Closed(|office| replace(office, REMINDERS, "xã", "phường"))),
        (
            Code::ClosingDamaged,
            Provoke::Closed(|office| {
                replace(office, "chot-so-lieu/2023-04/lan-1/ho-so.toml", "errors = 0", "errors = 1")
            }),
        ),
    ]
}

const REMINDERS: &str = "bao-cao/2023-04/Nhac-viec-2023-04.txt";

fn of_files() -> Vec<(Code, Provoke)> {
    let mut unread = Sheet::new("Danh sách");
    unread.put(0, 0, Value::text("Danh sách hộ nghèo"), Look::of("Arial", 11));
    let report = || made::xlsx("La Sơn", 4, &sets::ntm(), &[]);
    vec![
        (Code::FileEmpty, Provoke::File("rong.xlsx", Vec::new())),
        (Code::FileUnreadable, Provoke::File("cut.xlsx", report()[..2000].to_vec())),
        (Code::FileUnfinished, Provoke::Run(half_copied)),
        (Code::InboxNotCleared, Provoke::Run(saved_while_taken_in)),
        (Code::FileEncrypted, Provoke::File("mat khau.xlsx", encrypted())),
        (Code::FileUnsupported, Provoke::File("van ban.xlsx", "Báo cáo".as_bytes().to_vec())),
        (Code::FileTooLarge, Provoke::File("bom.xlsx", with_many_shared_strings())),
        (Code::FileBreaksReader, Provoke::Broken),
        (Code::NoReport, Provoke::File("ds.xlsx", xlsx(&Workbook { sheets: vec![unread.clone()] }))),
        (Code::SheetIgnored, changed(|workbook| workbook.sheets.push(unread))),
        (Code::ReturnedCopy, Provoke::File("BC.xlsx", returned_copy())),
        (Code::ProblemsClosed, Provoke::Returned(|copy| mended(copy, "xl/sharedStrings.xml", "??", "Đạt"))),
        (Code::CopyUnmended, Provoke::Returned(<[u8]>::to_vec)),
        (
            Code::PlansReceived,
            Provoke::File(
                "ke hoach.xlsx",
                plan_form(&["13555/ntm-2021-2025/2.1", "13546/ntm-2021-2025/11", "13546/ntm-2021-2025/2.1"]),
            ),
        ),
        (Code::PlansUnread, Provoke::File("ke hoach.xlsx", plan_form(&[]))),
        (Code::DuplicateFile, Provoke::Twice),
        (Code::FormBlank, Provoke::File("bieu.xlsx", form(&Office::of(THREE_COMMUNES), "La Sơn"))),
        (Code::FormChanged, Provoke::File("bieu.xlsx", of_another_month(&form(&Office::of(THREE_COMMUNES), "La Sơn")))),
    ]
}

/// A form whose code was typed over.
fn of_another_month(form: &[u8]) -> Vec<u8> {
    rewritten(form, "xl/sharedStrings.xml", |xml| xml.replace("13555/2023-05/", "13555/2023-06/"))
}

fn of_sheets() -> Vec<(Code, Provoke)> {
    let nowhere = Style { naming: Naming::Nowhere, head: Head::Nothing, signature: Signature::Absent, ..Style::COMMON };
    let no_month = Style { period: PeriodWords::Nowhere, signature: Signature::Absent, ..Style::COMMON };
    let report = |commune| made::workbook(commune, 4, &sets::ntm(), &Style::COMMON, &[]);
    let unnamed = || xlsx(&made::workbook("La Sơn", 4, &sets::ntm(), &nowhere, &[]));
    let undated = || xlsx(&made::workbook("La Sơn", 4, &sets::ntm(), &no_month, &[]));
    vec![
        (
            Code::HiddenContent,
            changed(|workbook| {
                let row = row_of(&workbook.sheets[0], "2.3");
                workbook.sheets[0].hidden_rows.insert(row);
            }),
        ),
        (Code::LegacyEncoding, styled(Style { spelling: Spelling::Tcvn3, ..Style::COMMON })),
        (
            Code::CapitalsLowered,
            Provoke::Text(
                "KẾT QUẢ TIÊU CHÍ NÔNG THÔN MỚI XÃ LA SƠN THÁNG 4 NĂM 2023
                TT | Nội dung | Đánh giá | Người phụ trách
                2.1 | @2.1 | Đạt |
                2.2 | @2.2 | Chưa đạt | CÔNG AN XÃ
                2.3 | @2.3 | Đạt |
                2.4 | @2.4 | Đạt |
                3.1 | @3.1 | Đạt |",
            ),
        ),
        (Code::SheetNotRecognised, styled(Style { columns: WITHOUT_VERDICTS, ..Style::COMMON })),
        (Code::CommuneUnknown, Provoke::File("BC.xlsx", xlsx(&report("Mỹ Lạ")))),
        (Code::CommuneAssumed, Provoke::File("BC La Son.xlsx", unnamed())),
        (Code::CommuneConflict, Provoke::File("BC xa Trung Luong.xlsx", xlsx(&report("La Sơn")))),
        (Code::PeriodUnknown, Provoke::File("BC.xlsx", undated())),
        (Code::PeriodAssumed, Provoke::File("BC T4.2023.xlsx", undated())),
        (Code::PeriodConflict, Provoke::File("BC T3.2023.xlsx", xlsx(&report("La Sơn")))),
        (
            Code::SetConflict,
            changed(|workbook| {
                let title = row_of(&workbook.sheets[0], "BIỂU TỔNG HỢP");
                let cell = workbook.sheets[0].cells.get_mut(&(title, 0)).expect("the title stands at the left");
                cell.value = Value::text("BIỂU TỔNG HỢP KẾT QUẢ THỰC HIỆN CÁC TIÊU CHÍ NÔNG THÔN MỚI NÂNG CAO");
            }),
        ),
        (Code::SetUnknown, Provoke::Text(CRITERIA_OF_ANY_SET)),
        (
            Code::SubmissionAmbiguous,
            changed(|workbook| {
                let mut second = workbook.sheets[0].clone();
                second.name = "Biểu (2)".into();
                workbook.sheets.push(second);
            }),
        ),
        (Code::DeclaredMismatch, changed(|workbook| restate(workbook, "55/57"))),
        (
            Code::DeclaredConflict,
            changed(|workbook| {
                let look = Look::of("Arial", 11);
                let below = workbook.sheets[0].extent().0 + 2;
                workbook.sheets[0].put(below, 1, Value::text("Xã đạt 12/19 tiêu chí, 40/57 chỉ tiêu"), look);
            }),
        ),
    ]
}

fn of_rows() -> Vec<(Code, Provoke)> {
    vec![
        (
            Code::RowNotPlaced,
            changed(|workbook| {
                put(workbook, "2.3", CODE, Value::text("45.9"));
                put(workbook, "45.9", 1, Value::text("Số máy cày của hợp tác xã"));
            }),
        ),
        (Code::CodeRepaired, changed(|workbook| put(workbook, "2.3", CODE, Value::text("6.3")))),
        (Code::ItemRepeated, Provoke::Text(REPEATED)),
        (
            Code::ItemMissing,
            changed(|workbook| {
                let row = row_of(&workbook.sheets[0], "2.3");
                workbook.sheets[0].cells.retain(|at, _| at.0 != row);
            }),
        ),
        (Code::SubLineConflict, {
            let style = Style { sub_lines: SubLines::Dashes, ..Style::COMMON };
            let mut workbook = made::workbook("La Sơn", 4, &sets::ntm(), &style, &[]);
            put(&mut workbook, "- Đường liên thôn", VERDICT, Value::text("Chưa đạt"));
            Provoke::File("BC.xlsx", xlsx(&workbook))
        }),
        (Code::ColumnAssumed, Provoke::Text(UNCLEAR_HEADING)),
        (Code::AnswerUsed, Provoke::Answered(UNCLEAR_HEADING, VERDICTS_IN_D)),
        (Code::AnswerOutdated, Provoke::Answered(HEADING_BY_HEADING, VERDICTS_IN_D)),
        (Code::ColumnIgnored, Provoke::Text(TWO_VERDICTS)),
        (Code::CriterionMismatch, Provoke::Text(CRITERION_AGAINST_ITS_INDICATORS)),
        (Code::ValueContradiction, Provoke::Text(VALUE_BELOW_ITS_TARGET)),
        (Code::FormulaWithoutValue, {
            let mut workbook = made::workbook("La Sơn", 4, &sets::ntm(), &Style::COMMON, &[]);
            let formula = Formula::CountIf(Area { first: (1, 1), last: (1, 1) }, "Đạt".into());
            put(&mut workbook, "2.3", RESULT, Value::Formula(formula, Stored::Nothing));
            Provoke::File("BC.xlsx", never_calculated(&xlsx(&workbook)))
        }),
        (Code::ErrorCell, changed(|workbook| put(workbook, "2.3", RESULT, Value::Error(Fault::Reference)))),
    ]
}

fn of_verdicts() -> Vec<(Code, Provoke)> {
    let marks = Style { columns: WITH_MARKS, verdicts: Verdicts::Mark("x"), ..Style::COMMON };
    let plan = Style { columns: WITH_PLAN, totals: Totals::Nowhere, ..Style::COMMON };
    let plain = Style { figures: Figures::Plain, ..Style::COMMON };
    vec![
        (Code::VerdictMissing, changed(|workbook| put(workbook, "2.3", VERDICT, Value::Blank))),
        (Code::VerdictUnclear, changed(|workbook| put(workbook, "2.3", VERDICT, Value::text("xem lại sau")))),
        (Code::VerdictNearlyMet, changed(|workbook| put(workbook, "2.3", VERDICT, Value::text("Cơ bản đạt")))),
        (Code::VerdictConflict, {
            let mut workbook = made::workbook("La Sơn", 4, &sets::ntm(), &marks, &[]);
            put(&mut workbook, "2.3", 3, Value::text("x"));
            put(&mut workbook, "2.3", 4, Value::text("x"));
            Provoke::File("BC.xlsx", xlsx(&workbook))
        }),
        (
            Code::VerdictAssumed,
            changed(|workbook| {
                put(workbook, "2.3", VERDICT, Value::Blank);
                put(workbook, "2.3", NOTE, Value::text("Không đánh giá"));
            }),
        ),
        (Code::ValueUnclear, changed(|workbook| put(workbook, "2.3", RESULT, Value::text("khoảng 3 đến 5 km")))),
        (Code::PercentAssumed, {
            let mut workbook = made::workbook("La Sơn", 4, &sets::ntm(), &plain, &[]);
            put(&mut workbook, "2.3", RESULT, Value::Number(0.93, NumberFormat::General));
            Provoke::File("BC.xlsx", xlsx(&workbook))
        }),
        (Code::DateUnclear, {
            let mut workbook = made::workbook("La Sơn", 4, &sets::ntm(), &plan, &["2.3"]);
            put(&mut workbook, "2.3", 6, Value::text("khi có vốn"));
            Provoke::File("BC.xlsx", xlsx(&workbook))
        }),
    ]
}

/// The totals of the commonest form stated otherwise.
fn restate(workbook: &mut Workbook, indicators: &str) {
    let is_sentence = |cell: &&mut Cell| matches!(&cell.value, Value::Text(text) if text.contains("56/57"));
    let sentence = workbook.sheets[0].cells.values_mut().find(is_sentence).expect("the totals are stated");
    let Value::Text(text) = &sentence.value else { panic!("a sentence is text") };
    sentence.value = Value::Text(text.replace("56/57", indicators));
}

const REPEATED: &str = "
    KẾT QUẢ TIÊU CHÍ NÔNG THÔN MỚI
    Xã La Sơn - Tháng 4 năm 2023
    TT | Nội dung | Kết quả | Đánh giá
    1.1 | @1.1 | | Đạt
    2.1 | @2.1 | 100% | Đạt
    2.2 | @2.2 | 95% | Đạt
    2.3 | @2.3 | 100% | Đạt
    2.3 | @2.3 | 90% | Chưa đạt
    2.4 | @2.4 | 100% | Đạt
    ";

const UNCLEAR_HEADING: &str = "
    KẾT QUẢ TIÊU CHÍ NÔNG THÔN MỚI
    Xã La Sơn - Tháng 4 năm 2023
    TT | Nội dung | Kết quả | Cột 4
    1.1 | @1.1 | | Đạt
    2.1 | @2.1 | 100% | Đạt
    2.2 | @2.2 | 95% | Đạt
    2.3 | @2.3 | 100% | Chưa đạt
    2.4 | @2.4 | 100% | Đạt
    ";

/// The layout of the sheet above, and what was answered about it.
const VERDICTS_IN_D: &str = "
    [[answer]]
    asks = \"verdict-column\"
    commune = \"13555\"
    layout = \"C ket qua; D cot #\"
    answer = \"D\"
    ";

/// The same with a column more.
const HEADING_BY_HEADING: &str = "
    KẾT QUẢ TIÊU CHÍ NÔNG THÔN MỚI
    Xã La Sơn - Tháng 4 năm 2023
    TT | Nội dung | ĐVT | Kết quả | Cột 4
    1.1 | @1.1 | | | Đạt
    2.1 | @2.1 | % | 100% | Đạt
    2.2 | @2.2 | % | 95% | Đạt
    2.3 | @2.3 | % | 100% | Chưa đạt
    2.4 | @2.4 | % | 100% | Đạt
    ";

const TWO_VERDICTS: &str = "
    KẾT QUẢ TIÊU CHÍ NÔNG THÔN MỚI
    Xã La Sơn - Tháng 4 năm 2023
    TT | Nội dung | Kết quả | Đánh giá | Dự kiến
    1.1 | @1.1 | | Đạt
    2.1 | @2.1 | 100% | Đạt | Đạt
    2.2 | @2.2 | 95% | Chưa đạt | Đạt
    2.3 | @2.3 | 100% | Chưa đạt | Đạt
    2.4 | @2.4 | 100% | Đạt | Đạt
    ";

const CRITERION_AGAINST_ITS_INDICATORS: &str = "
    KẾT QUẢ TIÊU CHÍ NÔNG THÔN MỚI
    Xã La Sơn - Tháng 4 năm 2023
    TT | Nội dung | Kết quả | Đánh giá
    2 | Giao thông | | Đạt
    2.1 | @2.1 | 100% | Đạt
    2.2 | @2.2 | 95% | Chưa đạt
    2.3 | @2.3 | 100% | Đạt
    2.4 | @2.4 | 100% | Đạt
    ";

/// The target of 15.4 in the region of the small office, 70 %, was read in the ministry's guidance.
const VALUE_BELOW_ITS_TARGET: &str = "
    KẾT QUẢ TIÊU CHÍ NÔNG THÔN MỚI
    Xã La Sơn - Tháng 4 năm 2023
    TT | Nội dung | Kết quả | Đánh giá
    15.1 | @15.1 | 95% | Đạt
    15.2 | @15.2 | | Đạt
    15.3 | @15.3 | 12% | Đạt
    15.4 | @15.4 | 66,8% | Đạt
    ";

/// What Excel makes of a workbook with a password: a compound file around what nobody can read.
pub(crate) fn encrypted() -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("a compound file in memory");
    for (name, content) in [("/EncryptionInfo", &[4_u8, 0, 4, 0][..]), ("/EncryptedPackage", &[7; 4096])] {
        file.create_stream(name).expect("the name is free").write_all(content).expect("writing to memory");
    }
    file.flush().expect("writing to memory");
    file.into_inner().into_inner()
}

/// A workbook whose table of shared strings says that it holds four thousand million.
pub(crate) fn with_many_shared_strings() -> Vec<u8> {
    super::support::workbook::rewritten(&made::xlsx("La Sơn", 4, &sets::ntm(), &[]), "xl/sharedStrings.xml", |xml| {
        let start = xml.find("uniqueCount=\"").expect("the table says its count") + "uniqueCount=\"".len();
        let end = start + xml[start..].find('"').expect("the attribute ends");
        format!("{}4000000000{}", &xml[..start], &xml[end..])
    })
}
