//! What nobody but a person can tell: asked once, answered once, used from then on, and never for anything else.
#![expect(clippy::disallowed_methods, reason = "files of the workspace are looked at and edited as an officer does")]

use std::collections::BTreeMap;
use std::fs;

use assert_cmd::Command;
use ntm::diag::Code;
use ntm::error::Operation;
use ntm::host::Disk;
use ntm::model::{Asks, Reply};
use ntm::pipeline::{self, Open};

use super::support::desk::{lines, recognised, recognised_with};
use super::support::grids::{CRITERIA_OF_ANY_SET, grid};
use super::support::host::{Fault, TestHost};
use super::support::office::{NOW, Office, THREE_COMMUNES};
use super::support::reports::{Head, Naming, PeriodWords, Signature, Style};
use super::support::truth::rows;
use super::support::workbook::{FileFormat, Look, Sheet, Value, Workbook, write};
use super::support::{made, sets};

/// A report of a month with verdicts in two columns that nothing tells apart: the left one says that 2.1 is not met.
fn odd_report(commune: &str, month: i8) -> Vec<u8> {
    write(&odd_workbook(commune, month), FileFormat::Xlsx)
}

fn odd_workbook(commune: &str, month: i8) -> Workbook {
    let mut workbook = made::workbook(commune, month, &sets::ntm(), &Style::COMMON, &["2.1"]);
    let sheet = &mut workbook.sheets[0];
    let header = header_row(sheet);
    let look = Look::of("Arial", 11);
    sheet.put(header, 4, Value::text("Cột 5"), look);
    sheet.put(header, 5, Value::text("Cột 6"), look);
    let is_verdict = |value: &Value| [Value::text("Đạt"), Value::text("Chưa đạt")].contains(value);
    let cells = sheet.cells.iter().filter(|(at, cell)| at.1 == 4 && is_verdict(&cell.value));
    let judged: Vec<u32> = cells.map(|(at, _)| at.0).collect();
    for row in judged {
        sheet.put(row, 5, Value::text("Đạt"), look);
    }
    workbook
}

fn header_row(sheet: &Sheet) -> u32 {
    let is_header = |cell: &Value| *cell == Value::text("Xã tự đánh giá");
    sheet.cells.iter().find(|(_, cell)| is_header(&cell.value)).expect("the form has a header").0.0
}

fn ntm(office: &Office) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ntm"));
    command.env_clear().env("NTM_NOW", NOW).current_dir(office.path());
    command
}

/// What a command prints on both streams, and its exit code.
fn said(command: &mut Command) -> (String, i32) {
    let output = command.output().expect("the binary runs");
    let text = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).expect("messages are UTF-8"));
    (text.concat(), output.status.code().expect("it ends by itself"))
}

fn open(office: &Office) -> Vec<Open> {
    pipeline::questions(&Disk, &office.open()).expect("the workspace can be read")
}

fn answer(office: &Office, number: u32, words: &str) {
    pipeline::answer(&Disk, &office.open(), number, words, false).expect("the words answer the question");
}

fn number_of(open: &Open) -> u32 {
    open.question.subject.number()
}

/// The verdicts of a commune's items as `check` reads a file.
fn verdicts(text: &str, answers: &str) -> BTreeMap<String, String> {
    let (_, judged) = recognised_with(answers, "BC.xlsx", &[grid(text)]);
    let verdict = |row: &BTreeMap<&str, String>| row.get("verdict").cloned().unwrap_or_default();
    rows(&judged.frames.observations).iter().map(|row| (row["item"].clone(), verdict(row))).collect()
}

#[test]
fn a_sheet_is_asked_about_once_and_read_by_the_answer_from_then_on() {
    let office = Office::of(THREE_COMMUNES);
    office.send("BC La Son.xlsx", &odd_report("La Sơn", 4));
    let (run, code) = said(ntm(&office).arg("run"));
    assert_eq!(code, 1, "{run}");
    let [only] = &open(&office)[..] else { panic!("one question: {run}") };
    let number = number_of(only).to_string();
    assert!(run.contains(&format!("câu hỏi {number}: cột nào là đánh giá đạt/chưa đạt của kỳ này")), "{run}");
    assert!(run.contains(&format!("trả lời: ntm answer {number} E")), "the command to type is there: {run}");

    let (list, code) = said(ntm(&office).arg("answer"));
    assert_eq!(code, 1, "something waits for a person");
    assert!(list.contains(&number) && list.contains("xã La Sơn · BC La Son.xlsx"), "{list}");
    let (written, code) = said(ntm(&office).args(["answer", &number, "e"]));
    assert_eq!(code, 0, "{written}");
    let file = fs::read_to_string(office.path().join("tra-loi.toml")).expect("the answer is written down");
    assert!(file.contains("commune = \"13555\"") && file.contains("answer = \"E\""), "{file}");

    let (run, code) = said(ntm(&office).arg("run"));
    assert_eq!(code, 0, "{run}");
    assert!(run.contains("đọc lại 1 tệp đã nhận"), "{run}");
    assert!(office.tree("tra-lai").is_empty(), "what was set aside no longer is");
    let (list, code) = said(ntm(&office).arg("answer"));
    assert_eq!((list.trim(), code), ("Không có câu hỏi nào.", 0));
    let (again, _) = said(ntm(&office).arg("run"));
    assert_eq!(again.trim(), "Không có tệp mới.", "nothing is read again for nothing");

    office.send("BC La Son thang 5.xlsx", &odd_report("La Sơn", 5));
    let (check, code) = said(ntm(&office).args(["check", "hop-thu-den/BC La Son thang 5.xlsx"]));
    assert_eq!(code, 0, "{check}");
    assert!(check.contains(&format!("thông tin[answer-used]: theo câu trả lời {number}")), "{check}");
    assert!(check.contains("2.1  chưa đạt"), "{check}");
    let (run, code) = said(ntm(&office).arg("run"));
    assert_eq!((code, run.contains("câu hỏi")), (0, false), "{run}");
}

#[test]
fn an_answer_holds_for_its_commune_alone_unless_it_is_given_for_all() {
    let office = Office::of(THREE_COMMUNES);
    office.send("BC La Son.xlsx", &odd_report("La Sơn", 4));
    answer(&office, number_of(&open(&office)[0]), "E");
    office.send("BC Dong Du.xlsx", &odd_report("Đồng Du", 4));
    let [other] = &open(&office)[..] else { panic!("the other commune is asked about") };
    assert_eq!(other.question.subject.commune().map(|c| c.0.as_str()), Some("13516"));
    pipeline::answer(&Disk, &office.open(), number_of(other), "E", true).expect("an answer for all");
    office.send("BC Trung Luong.xlsx", &odd_report("Trung Lương", 4));
    assert!(open(&office).is_empty(), "nobody else is asked about this layout");
    assert!(!office.run().needs_person);
}

#[test]
fn an_answer_is_not_used_once_the_layout_has_changed_and_that_is_said() {
    let office = Office::of(THREE_COMMUNES);
    office.send("BC La Son.xlsx", &odd_report("La Sơn", 4));
    answer(&office, number_of(&open(&office)[0]), "E");
    let mut moved = odd_workbook("La Sơn", 5);
    let sheet = &mut moved.sheets[0];
    sheet.cells = std::mem::take(&mut sheet.cells).into_iter().map(|((r, c), v)| ((r, c + 1), v)).collect();
    sheet.merges.iter_mut().for_each(|area| {
        area.first.1 += 1;
        area.last.1 += 1;
    });
    office.send("BC La Son T5.xlsx", &write(&moved, FileFormat::Xlsx));
    let outcome = office.run();
    let said = lines(outcome.files.iter().flat_map(|f| &f.diagnostics));
    assert!(said.iter().any(|line| line.starts_with("warning[answer-outdated]")), "{said:#?}");
    assert_eq!(open(&office).len(), 1, "it is asked anew");
}

#[test]
fn another_answer_is_read_anew_and_a_rebuild_gives_the_same_bytes() {
    let office = Office::of(THREE_COMMUNES);
    office.send("2023-04-20/BC La Son.xlsx", &odd_report("La Sơn", 4));
    office.send("2023-04-21/BC Dong Du.xlsx", &made::xlsx("Đồng Du", 4, &sets::ntm(), &["11"]));
    office.run();
    let number = number_of(&open(&office)[0]);
    for (column, unmet) in [("E", 1), ("F", 0)] {
        answer(&office, number, column);
        let outcome = office.run();
        assert_eq!((outcome.files.len(), outcome.again.len()), (0, 1), "only what the answer is about");
        let run = office.derived();
        let (check, _) = said(ntm(&office).args(["check", "--json"]).arg(archived(&office, "BC La Son.xlsx")));
        assert_eq!(check.matches("\"verdict\":\"not_met\"").count() > 0, unmet > 0, "{column}: {check}");
        office.rebuild();
        assert!(office.derived() == run, "{column}");
    }
    fs::remove_file(office.path().join("tra-loi.toml")).expect("answers can be taken back");
    let outcome = office.run();
    assert_eq!(outcome.again.len(), 1);
    assert!(outcome.needs_person, "without the answer it is set aside again");
    let run = office.derived();
    office.rebuild();
    assert!(office.derived() == run);
}

/// The path of a file in the archive.
fn archived(office: &Office, name: &str) -> std::path::PathBuf {
    let path = office.tree("luu-tru").into_keys().find(|path| path.ends_with(name)).expect("it was taken in");
    office.path().join("luu-tru").join(path)
}

#[test]
fn what_is_asked_about_is_read_again_only_where_the_rules_have_changed() {
    let office = Office::of(THREE_COMMUNES);
    office.send("BC La Son.xlsx", &odd_report("La Sơn", 4));
    office.run();
    let reads = |office: &Office| {
        let host = TestHost::at(NOW);
        let outcome = office.try_run(&host).expect("a sound disk");
        assert!(outcome.again.is_empty(), "nothing comes out otherwise");
        host.asked().into_iter().filter(|operation| *operation == Operation::Read).count()
    };
    let before = reads(&office);
    fs::write(office.path().join("ntm.toml"), format!("{THREE_COMMUNES}# một ghi chú\n")).expect("settings");
    assert!(reads(&office) > before, "the file that was set aside");
    assert_eq!(reads(&office), before);
}

#[test]
fn a_month_that_only_a_wrong_guess_filled_is_gone_with_its_papers() {
    let office = Office::of(THREE_COMMUNES);
    let style = Style { period: PeriodWords::Nowhere, signature: Signature::Absent, ..Style::COMMON };
    let workbook = made::workbook("La Sơn", 3, &sets::ntm(), &style, &[]);
    office.send("BC La Son.xlsx", &write(&workbook, FileFormat::Xlsx));
    office.run();
    assert!(office.tree("bao-cao").keys().all(|path| path.starts_with("2023-04/")), "filed by the day of receipt");
    let [month] = &open(&office)[..] else { panic!("the month is asked for") };
    assert_eq!(month.question.subject.asks, Asks::Period);
    answer(&office, number_of(month), "3/2023");
    assert!(!office.run().needs_person);
    let papers = office.tree("bao-cao");
    assert!(!papers.is_empty() && papers.keys().all(|path| path.starts_with("2023-03/")), "{:?}", papers.keys());
    let run = office.derived();
    office.rebuild();
    assert!(office.derived() == run);
}

#[test]
fn reading_again_that_is_cut_off_is_finished_by_the_next_run() {
    let prepared = || {
        let office = Office::of(THREE_COMMUNES);
        let style = Style { period: PeriodWords::Nowhere, signature: Signature::Absent, ..Style::COMMON };
        let workbook = made::workbook("La Sơn", 3, &sets::ntm(), &style, &[]);
        office.send("2023-04-20/BC La Son.xlsx", &write(&workbook, FileFormat::Xlsx));
        office.send("2023-04-20/BC Dong Du.xlsx", &odd_report("Đồng Du", 4));
        office.run();
        for one in open(&office) {
            let words = if one.question.subject.asks == Asks::Period { "2023-03" } else { "E" };
            answer(&office, number_of(&one), words);
        }
        office
    };
    let office = prepared();
    let host = TestHost::at(NOW);
    office.try_run(&host).expect("nothing fails");
    let whole = office.derived();
    let operations = host.asked();
    for kind in [Operation::Remove, Operation::Write] {
        let all: Vec<usize> = (0..operations.len()).filter(|nth| operations[*nth] == kind).collect();
        for nth in [all[0], all[all.len() / 2], all[all.len() - 1]] {
            let office = prepared();
            let cut = office.try_run(&TestHost::at(NOW).failing(nth, Fault::LastBreath));
            assert_eq!(cut.map_err(|error| error.exit_code()).err(), Some(3), "operation {nth}");
            office.run();
            let left = office.derived();
            let differ: Vec<&String> =
                left.keys().chain(whole.keys()).filter(|path| left.get(*path) != whole.get(*path)).collect();
            assert_eq!(differ, Vec::<&String>::new(), "operation {nth} ({kind:?})");
        }
    }
}

#[test]
fn words_that_answer_nothing_are_refused_and_nothing_is_written() {
    let office = Office::of(THREE_COMMUNES);
    office.send("BC La Son.xlsx", &odd_report("La Sơn", 4));
    let number = number_of(&open(&office)[0]).to_string();
    let cases = [
        (vec!["answer", "123456", "E"], "không có câu hỏi số 123456"),
        (vec!["answer", &number, "Z"], "bảng không có cột Z; các cột: A, B, C, D, E, F"),
        (vec!["answer", &number, "có"], "cần chữ cái của cột"),
        (vec!["answer", ".", "E"], "«E» không phải số của câu hỏi"),
    ];
    for (words, expected) in cases {
        let (said, code) = said(ntm(&office).args(&words));
        assert_eq!(code, 2, "{said}");
        assert!(said.contains(expected), "{said}");
    }
    assert!(!office.path().join("tra-loi.toml").exists());
    fs::write(office.path().join("tra-loi.toml"), "[[answer]]\nasks = \"verdict\"\nanswer = \"E\"\n").expect("a file");
    let (said, code) = said(ntm(&office).arg("run"));
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("tra-loi.toml:2:8: không có loại câu hỏi «verdict»"), "{said}");
}

#[test]
fn a_sheet_that_is_no_report_is_left_aside_in_peace() {
    let office = Office::of(THREE_COMMUNES);
    office.send("BC La Son.xlsx", &odd_report("La Sơn", 4));
    office.run();
    answer(&office, number_of(&open(&office)[0]), "bỏ qua");
    let outcome = office.run();
    assert!(!outcome.needs_person && open(&office).is_empty(), "{:?}", lines(outcome.again[0].all_diagnostics()));
    assert_eq!(lines(outcome.again[0].all_diagnostics()).len(), 1, "that the answer was used is said");
    assert!(office.tree("tra-lai").is_empty());
}

#[test]
fn a_name_nobody_knows_is_known_once_it_is_told_wherever_it_stands() {
    let (unknown, _) = recognised("BC.xlsx", &[grid(MISSPELT)]);
    let question = unknown.questions().next().expect("whose report is it");
    assert_eq!(question.offers[0].reply, Reply::Commune(ntm::model::CommuneCode("13546".into())));
    assert!(question.text.vi.contains("«Trung Lươn» có phải là xã Trung Lương không?"), "{}", question.text.vi);
    let answers = "[[answer]]\nasks = \"commune\"\nname = \"Trung Lươn\"\nanswer = \"13546\"";
    for text in [MISSPELT.to_owned(), MISSPELT.replace("Tháng 4", "Tháng 5")] {
        let (known, _) = recognised_with(answers, "BC.xlsx", &[grid(&text)]);
        assert_eq!(known.submissions[0].commune.as_ref().map(|c| c.0.as_str()), Some("13546"));
        let said = lines(known.all_diagnostics());
        assert!(said.iter().any(|line| line.starts_with("info[answer-used]")), "{said:?}");
    }
}

#[test]
fn communes_of_the_same_letters_are_named_in_the_question() {
    let office = Office::of(&format!("{THREE_COMMUNES}\n[[communes]]\ncode = \"13999\"\nname = \"Trung Lượng\"\n"));
    let style = Style { naming: Naming::Nowhere, head: Head::Nothing, signature: Signature::Absent, ..Style::COMMON };
    let workbook = made::workbook("Trung Lương", 4, &sets::ntm(), &style, &[]);
    office.send("BC Trung Luong.xlsx", &write(&workbook, FileFormat::Xlsx));
    let [whose] = &open(&office)[..] else { panic!("whose report it is") };
    assert_eq!(whose.question.text.vi, "trang «Biểu» là báo cáo của xã nào: Trung Lương hay Trung Lượng?");
    answer(&office, number_of(whose), "Trung Lượng");
    assert!(!office.run().needs_person);
    assert!(open(&office).is_empty());
}

#[test]
fn what_is_missing_altogether_is_asked_for_before_what_is_weak() {
    let bare = MISSPELT.lines().filter(|line| !line.contains("NÔNG THÔN") && !line.contains("Xã")).collect::<Vec<_>>();
    let bare = bare.join("\n").replace("Đánh giá", "Cột 4");
    let (examined, _) = recognised("BC.xlsx", &[grid(&bare)]);
    assert!(examined.submissions.is_empty(), "too little is known to count it");
    let asked: Vec<Asks> = examined.questions().map(|question| question.subject.asks).collect();
    assert_eq!(asked, [Asks::Commune], "one question a sheet");
}

#[test]
fn the_meaning_of_a_word_is_asked_for_where_many_rows_say_it() {
    let (examined, _) = recognised("BC.xlsx", &[grid(UNKNOWN_WORDS)]);
    let question = examined.questions().next().expect("what does it mean");
    assert_eq!(question.subject.asks, Asks::Word);
    assert!(question.text.vi.starts_with("«Ổn» ở cột đánh giá nghĩa là"), "{}", question.text.vi);
    assert_eq!(verdicts(UNKNOWN_WORDS, "")["2.1"], "");
    let answers = "[[answer]]\nasks = \"word\"\nword = \"Ổn\"\nanswer = \"đạt\"";
    assert_eq!(verdicts(UNKNOWN_WORDS, answers)["2.1"], "met");
    assert_eq!(verdicts(UNKNOWN_WORDS, answers)["2.3"], "not_met", "other words say what they say");
}

#[test]
fn shares_that_may_be_fractions_are_asked_about_once_a_column() {
    let (examined, _) = recognised("BC.xlsx", &[grid(DOUBTFUL_SHARES)]);
    let questions: Vec<_> = examined.questions().collect();
    let [only] = questions.as_slice() else { panic!("one question: {questions:?}") };
    assert_eq!(only.text.vi, "cột kết quả ghi 0,93 là 93% hay 0,93%?");
    let layout = "layout = \"C ket qua; D danh gia\"";
    for (words, expected) in [("nhan-100", "93"), ("giu-nguyen", "0.93")] {
        let answers = format!("[[answer]]\nasks = \"shares\"\ncommune = \"13555\"\n{layout}\nanswer = \"{words}\"");
        let (examined, judged) = recognised_with(&answers, "BC.xlsx", &[grid(DOUBTFUL_SHARES)]);
        let value =
            |item: &str| rows(&judged.frames.observations).into_iter().find(|r| r["item"] == item)?.remove("value");
        assert_eq!(value("2.1").as_deref(), Some(expected), "{words}");
        let doubts = examined.all_diagnostics().filter(|d| d.code == Code::PercentAssumed).count();
        assert_eq!(doubts, 0, "{words}");
    }
}

#[test]
fn the_set_of_a_table_that_several_sets_fit_is_asked_for() {
    let (examined, _) = recognised("BC.xlsx", &[grid(CRITERIA_OF_ANY_SET)]);
    let question = examined.questions().next().expect("which set");
    assert_eq!((question.subject.asks, question.offers.len()), (Asks::Set, 2));
    let answers =
        "[[answer]]\nasks = \"set\"\ncommune = \"13555\"\nlayout = \"C danh gia\"\nanswer = \"ntm-2021-2025\"";
    let (examined, _) = recognised_with(answers, "BC.xlsx", &[grid(CRITERIA_OF_ANY_SET)]);
    assert_eq!(examined.submissions[0].set.as_str(), "ntm-2021-2025");
    assert!(examined.questions().next().is_none());
}

const MISSPELT: &str = "
    KẾT QUẢ TIÊU CHÍ NÔNG THÔN MỚI
    Xã Trung Lươn - Tháng 4 năm 2023
    TT | Nội dung | Kết quả | Đánh giá
    1.1 | @1.1 | | Đạt
    2.1 | @2.1 | 100% | Đạt
    2.2 | @2.2 | 95% | Đạt
    2.3 | @2.3 | 100% | Chưa đạt
    2.4 | @2.4 | 100% | Đạt
    ";

const UNKNOWN_WORDS: &str = "
    KẾT QUẢ TIÊU CHÍ NÔNG THÔN MỚI
    Xã La Sơn - Tháng 4 năm 2023
    TT | Nội dung | Kết quả | Đánh giá
    1.1 | @1.1 | | Đạt
    1.2 | @1.2 | | Đạt
    2.1 | @2.1 | 100% | Ổn
    2.2 | @2.2 | 95% | Ổn
    2.3 | @2.3 | 100% | Chưa đạt
    2.4 | @2.4 | 100% | Ổn
    3.1 | @3.1 | 85% | Đạt
    3.2 | @3.2 | | Đạt
    ";

const DOUBTFUL_SHARES: &str = "
    KẾT QUẢ TIÊU CHÍ NÔNG THÔN MỚI
    Xã La Sơn - Tháng 4 năm 2023
    TT | Nội dung | Kết quả | Đánh giá
    1.1 | @1.1 | | Đạt
    2.1 | @2.1 | n:0.93 | Đạt
    2.2 | @2.2 | n:0.8 | Đạt
    2.3 | @2.3 | n:90 | Chưa đạt
    2.4 | @2.4 | n:70 | Đạt
    3.1 | @3.1 | 85% | Đạt
    ";
