//! The binary as a user runs it: exit codes, streams, languages and files, in a clean environment.
#![expect(clippy::disallowed_methods, reason = "files are laid out for the binary and looked at afterwards")]

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use assert_cmd::assert::Assert;
use ntm::diag::Code;
use ntm::host::{Disk, Host};
use serde_json::Value;

use super::support::office::{NOW, Office, THREE_COMMUNES, sample_folder, tree};
use super::support::reports::{PeriodWords, Signature, Style};
use super::support::workbook::{FileFormat, Value as CellValue, write};
use super::support::{made, sets};

/// The binary with nothing of the environment but the clock of tests.
fn ntm() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ntm"));
    command.env_clear().env("NTM_NOW", NOW);
    command
}

fn stdout(assert: &Assert) -> String {
    String::from_utf8(assert.get_output().stdout.clone()).expect("output is UTF-8")
}

fn stderr(assert: &Assert) -> String {
    String::from_utf8(assert.get_output().stderr.clone()).expect("messages are UTF-8")
}

/// An office with one good report and one file that is no workbook.
fn office() -> Office {
    let office = Office::of(THREE_COMMUNES);
    office.send("BC La Son.xlsx", &made::xlsx("La Sơn", 4, &sets::ntm(), &["11"]));
    office.send("Trung Luong.xlsx", b"khong phai so tinh");
    office
}

/// An office with one report in which nothing is wrong.
fn tidy_office() -> Office {
    let office = Office::of(THREE_COMMUNES);
    office.send("BC La Son.xlsx", &made::xlsx("La Sơn", 4, &sets::ntm(), &["11"]));
    office
}

#[test]
fn a_new_workspace_runs_at_once_and_needs_nobody() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let workspace = folder.path().join("huyện Bình Lục");
    let init = ntm().arg("init").arg(&workspace).assert().code(0);
    let made = stdout(&init);
    assert!(made.lines().any(|line| Path::new(line) == workspace.join("ntm.toml")), "{made}");
    let next = format!("ntm run \"{}\"", workspace.display());
    assert!(stderr(&init).contains(&next), "what to do next can be typed as it is said: {}", stderr(&init));
    let run = ntm().arg("run").arg(&workspace).assert().code(0);
    assert_eq!((stdout(&run).as_str(), stderr(&run).trim()), ("", "Không có tệp mới."));
    let again = ntm().arg("init").arg(&workspace).assert().code(2);
    assert!(stderr(&again).contains("không bị ghi đè"), "{}", stderr(&again));
}

#[test]
fn a_run_in_which_nothing_is_wrong_exits_with_0_and_names_its_papers() {
    let office = tidy_office();
    let run = ntm().current_dir(office.path()).arg("run").assert().code(0);
    let expected = [
        "xa",
        "Tong-hop-NTM-2023-04.xlsx",
        "Bao-cao-NTM-2023-04.pdf",
        "Nhac-viec-2023-04.txt",
        "Ke-hoach-NTM-2023-04.xlsx",
    ];
    let expected = expected.map(|name| format!("bao-cao/2023-04/{name}"));
    for (line, paper) in stdout(&run).lines().zip(expected) {
        assert!(line.replace('\\', "/").ends_with(&paper), "{line}");
        assert!(office.path().join(paper).exists());
    }
    assert_eq!(stdout(&run).lines().count(), 5);
    assert_eq!(stderr(&run).trim(), "Đã nhận 1 tệp (0 để riêng, 0 trùng), 0 lỗi, 0 cảnh báo; tháng: 4/2023.");
}

#[test]
fn a_file_set_aside_exits_with_1_each_time_and_says_why_on_stderr() {
    let office = office();
    let run = ntm().arg("run").arg(office.path()).assert().code(1);
    assert!(stderr(&run).contains("lỗi[file-unsupported]: nội dung là tệp văn bản thường"), "{}", stderr(&run));
    assert!(!stdout(&run).contains("lỗi["), "data alone on stdout");
    let reason = fs::read_to_string(office.path().join("tra-lai/2023-04/Trung Luong.xlsx.ly-do.txt"));
    assert!(reason.expect("the reason lies beside the file").contains("file-unsupported"));
    ntm().arg("run").arg(office.path()).assert().code(1);
}

#[test]
fn english_is_asked_for_by_option_or_environment_and_the_option_wins() {
    let office = office();
    let by_option = ntm().args(["run", "--lang", "en"]).arg(office.path()).assert().code(1);
    assert!(stderr(&by_option).contains("error[file-unsupported]: the content is text"), "{}", stderr(&by_option));
    let by_environment = ntm().env("NTM_LANG", "en").arg("run").arg(office.path()).assert().code(1);
    assert_eq!(stderr(&by_environment).trim(), "No new files.");
    let both = ntm().env("NTM_LANG", "en").args(["--lang", "vi", "run"]).arg(office.path()).assert().code(1);
    assert_eq!(stderr(&both).trim(), "Không có tệp mới.");
    ntm().args(["run", "--lang", "fr"]).arg(office.path()).assert().code(2);
}

#[test]
fn quiet_prints_errors_alone_and_verbose_prints_all() {
    let office = Office::of(THREE_COMMUNES);
    // The month is in the file's name only: that is for information.
    let style = Style { period: PeriodWords::Nowhere, signature: Signature::Absent, ..Style::COMMON };
    let workbook = made::workbook("La Sơn", 4, &sets::ntm(), &style, &["11"]);
    office.send("BC La Son T4.2023.xlsx", &write(&workbook, FileFormat::Xlsx));
    let file = office.inbox("BC La Son T4.2023.xlsx");
    fs::write(office.inbox("hong.xlsx"), b"PK\x03\x04").expect("the inbox can be written");
    let quiet = ntm().args(["run", "-q"]).arg(office.path()).assert().code(1);
    let said = stderr(&quiet);
    assert!(said.contains("lỗi[file-unreadable]") && !said.contains("Đã nhận"), "{said}");
    fs::remove_dir_all(office.path().join("luu-tru")).expect("the archive is there");
    fs::remove_dir_all(office.path().join("du-lieu")).expect("the store is there");
    fs::write(&file, write(&workbook, FileFormat::Xlsx)).expect("the inbox can be written");
    let plain = ntm().arg("run").arg(office.path()).assert().code(0);
    assert!(!stderr(&plain).contains("period-assumed"), "{}", stderr(&plain));
    fs::remove_dir_all(office.path().join("du-lieu")).expect("the store is there");
    let verbose = ntm().args(["run", "-v"]).arg(office.path()).assert().code(0);
    assert!(stderr(&verbose).contains("thông tin[period-assumed]"), "{}", stderr(&verbose));
}

#[test]
fn no_colour_leaves_for_a_pipe() {
    let office = office();
    for no_color in ["", "1"] {
        let file = office.inbox("Trung Luong.xlsx");
        let check =
            ntm().env("NO_COLOR", no_color).arg("check").arg(file).arg("--workspace").arg(office.path()).assert();
        assert!(!stdout(&check).contains('\u{1b}') && !stderr(&check).contains('\u{1b}'));
    }
}

#[test]
fn check_prints_on_stdout_and_changes_nothing() {
    let office = office();
    let before = tree(office.path());
    let file = office.inbox("BC La Son.xlsx");
    let check = ntm().arg("check").arg(&file).arg("--workspace").arg(office.path()).assert().code(0);
    let shown = stdout(&check);
    assert!(shown.contains("Xã La Sơn · tháng 4/2023 · bộ NTM · trang «Biểu»"), "{shown}");
    assert!(stderr(&check).is_empty(), "{}", stderr(&check));
    assert!(before == tree(office.path()));
}

#[cfg(target_os = "linux")]
#[test]
fn data_that_cannot_be_printed_is_no_success() {
    let office = tidy_office();
    let full = fs::File::options().write(true).open("/dev/full").expect("a disk without room");
    let check = std::process::Command::new(env!("CARGO_BIN_EXE_ntm"))
        .arg("check")
        .arg(office.inbox("BC La Son.xlsx"))
        .arg("--workspace")
        .arg(office.path())
        .env_clear()
        .stdout(full)
        .output()
        .expect("the binary runs");
    let said = String::from_utf8_lossy(&check.stderr);
    assert!(check.status.code() == Some(3) && said.contains("ổ đĩa hết chỗ"), "{:?}: {said}", check.status);
}

#[test]
fn a_run_goes_on_though_nobody_listens() {
    let office = office();
    let streams = [(); 2].map(|()| std::io::pipe().expect("a pipe").1);
    let [out, err] = streams;
    let run = std::process::Command::new(env!("CARGO_BIN_EXE_ntm"))
        .arg("run")
        .arg(office.path())
        .env_clear()
        .env("NTM_NOW", NOW)
        .stdout(out)
        .stderr(err)
        .status()
        .expect("the binary runs");
    assert_eq!(run.code(), Some(1));
    assert!(office.tree("bao-cao").len() > 2 && office.tree("hop-thu-den").is_empty());
}

#[test]
fn names_of_sheets_are_shown_as_they_are() {
    let office = tidy_office();
    let mut workbook = made::workbook("La Sơn", 4, &sets::ntm(), &Style::COMMON, &[]);
    workbook.sheets[0].name = "Biểu 1.2 (T4.2023)".into();
    office.send("a.xlsx", &write(&workbook, FileFormat::Xlsx));
    let check = ntm().arg("check").arg(office.inbox("a.xlsx")).arg("--workspace").arg(office.path()).assert();
    assert!(stdout(&check).contains("trang «Biểu 1.2 (T4.2023)»"), "{}", stdout(&check));
}

#[test]
fn json_has_one_line_a_file_in_the_order_asked_for_and_the_keys_of_the_contract() {
    let office = office();
    let mut workbook = made::workbook("Trung Lương", 4, &sets::ntm(), &Style::COMMON, &["2.1"]);
    let unclear = workbook.sheets[0].cells.values_mut().find(|cell| cell.value == CellValue::text("Chưa đạt"));
    unclear.expect("2.1 is not met").value = CellValue::text("xem lại sau");
    office.send("a.xlsx", &write(&workbook, FileFormat::Xlsx));
    let files = ["Trung Luong.xlsx", "BC La Son.xlsx", "a.xlsx"].map(|name| office.inbox(name));
    let check = ntm().args(["check", "--json"]).args(&files).arg("--workspace").arg(office.path()).assert().code(1);
    let objects: Vec<Value> =
        stdout(&check).lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect();
    assert_eq!(objects.len(), 3);
    for (object, file) in objects.iter().zip(&files) {
        assert_eq!(object["file"].as_str(), file.to_str());
        assert_eq!(object["schema"], 1);
        assert_eq!(object["sha256"].as_str().map(str::len), Some(64));
        check_object(object);
    }
    assert_eq!(objects[0]["submissions"].as_array().map(Vec::len), Some(0));
    assert_eq!(objects[0]["diagnostics"][0]["code"], "file-unsupported");
    let unclear = &objects[2]["submissions"][0]["diagnostics"][0];
    assert_eq!((unclear["code"].as_str(), unclear["scope"].as_str()), (Some("verdict-unclear"), Some("item")));
    assert_eq!((unclear["item"].as_str(), unclear["severity"].as_str()), (Some("2.1"), Some("error")));
}

/// The keys of an object of `check --json`, in the contract's order at each level, and the words it may use.
fn check_object(object: &Value) {
    let keys = |value: &Value| value.as_object().expect("an object").keys().cloned().collect::<Vec<_>>();
    let sorted = |names: &str| {
        let mut names: Vec<String> = names.split(' ').map(str::to_owned).collect();
        names.sort();
        names
    };
    assert_eq!(keys(object), sorted("schema file sha256 submissions diagnostics"));
    let mut diagnostics: Vec<&Value> = object["diagnostics"].as_array().expect("a list").iter().collect();
    for submission in object["submissions"].as_array().expect("a list") {
        let wanted = "commune commune_name period criteria_set assessor confidence declared observations diagnostics";
        assert_eq!(keys(submission), sorted(wanted));
        for observation in submission["observations"].as_array().expect("a list") {
            let wanted = "item verdict value unit text note owner task due sheet cell value_cell";
            assert_eq!(keys(observation), sorted(wanted));
            assert!(observation["item"].is_string(), "codes are text");
            let verdict = observation["verdict"].as_str();
            assert!(verdict.is_none_or(|word| ["met", "not_met", "not_applicable"].contains(&word)), "{verdict:?}");
        }
        diagnostics.extend(submission["diagnostics"].as_array().expect("a list"));
    }
    for diagnostic in diagnostics {
        assert_eq!(keys(diagnostic), sorted("severity code scope item message hint sheet cell related"));
        let word = |key: &str| diagnostic[key].as_str().expect("a word").to_owned();
        assert!(["error", "warning", "info"].contains(&word("severity").as_str()));
        assert!(["file", "submission", "item"].contains(&word("scope").as_str()));
        assert_eq!(word("scope") == "item", diagnostic["item"].is_string());
        assert!(Code::ALL.iter().any(|code| code.as_str() == word("code")));
    }
}

#[test]
fn a_slip_in_the_settings_exits_with_2_and_tells_line_and_column() {
    let settings = THREE_COMMUNES.replace("day = 25", "day = 52");
    let line = settings.lines().position(|line| line == "day = 52").expect("the slip is there") + 1;
    let office = Office::of(&settings);
    let run = ntm().arg("run").arg(office.path()).assert().code(2);
    assert!(stderr(&run).contains(&format!("ntm.toml:{line}:7: ")), "{}", stderr(&run));
    assert!(stdout(&run).is_empty());
}

#[test]
fn a_folder_without_settings_exits_with_2_and_tells_how_to_make_them() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let run = ntm().arg("run").arg(folder.path()).assert().code(2);
    assert!(stderr(&run).contains("ntm init"), "{}", stderr(&run));
    assert_eq!(tree(folder.path()).len(), 0);
}

#[test]
fn a_second_run_at_once_exits_with_3_and_names_the_holder() {
    let office = office();
    let lock = Disk.lock(office.path()).expect("nobody else holds it");
    let run = ntm().arg("run").arg(office.path()).assert().code(3);
    assert!(stderr(&run).contains(&format!("tiến trình {}", std::process::id())), "{}", stderr(&run));
    assert!(office.inbox("BC La Son.xlsx").exists(), "nothing was touched");
    drop(lock);
    ntm().arg("run").arg(office.path()).assert().code(1);
}

#[test]
fn a_file_that_is_not_there_exits_with_3_and_the_others_are_shown() {
    let office = office();
    let good = office.inbox("BC La Son.xlsx");
    let check = ntm().args(["check", "khong-co.xlsx"]).arg(good).arg("--workspace").arg(office.path()).assert().code(3);
    assert!(stdout(&check).contains("lỗi[file-unreadable]: không đọc được «khong-co.xlsx»"), "{}", stdout(&check));
    assert!(stdout(&check).contains("Xã La Sơn"), "{}", stdout(&check));
}

#[test]
fn a_wrong_command_or_month_exits_with_2() {
    ntm().assert().code(2);
    let wrong = ntm().arg("xuat").assert().code(2);
    assert_eq!(stderr(&wrong), "lỗi: không có lệnh «xuat»\n  cần làm: xem cách dùng: ntm --help\n");
    let english = ntm().args(["close", "2023-04", "--reopen"]).env("NTM_LANG", "en").assert().code(2);
    assert!(
        stderr(&english).starts_with("error: --reason <LÝ DO> is missing\n  hint: write it as: ntm close"),
        "{}",
        stderr(&english)
    );
    assert!(stdout(&ntm().arg("--help").assert().code(0)).contains("ntm"), "the help is data");
    let run = ntm().args(["run", "--period", "4/2023"]).assert().code(2);
    assert!(stderr(&run).contains("2023-04"), "the right form is shown: {}", stderr(&run));
}

#[test]
fn every_code_is_explained_in_both_languages_and_an_unknown_one_exits_with_2() {
    let all = ntm().arg("explain").assert().code(0);
    assert_eq!(stdout(&all).lines().count(), Code::ALL.len());
    for code in Code::ALL {
        for lang in ["vi", "en"] {
            let explained = ntm().args(["explain", code.as_str(), "--lang", lang]).assert().code(0);
            assert!(stdout(&explained).starts_with(&format!("{code}: ")), "{}", stdout(&explained));
        }
    }
    let unknown = ntm().args(["explain", "no-such-code"]).assert().code(2);
    assert!(stderr(&unknown).contains("«no-such-code»") && stderr(&unknown).contains("ntm explain"));
}

#[test]
fn the_sample_runs_as_its_readme_says() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::copy(sample_folder().join("ntm.toml"), folder.path().join("ntm.toml")).expect("the sample has settings");
    let run = ntm().arg("run").arg(folder.path()).args(["--period", "2023-04"]).assert().code(0);
    assert_eq!(stdout(&run).lines().count(), 3, "papers of a month in which nobody reported: {}", stdout(&run));
}
