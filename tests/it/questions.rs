//! `ntm status`, `ntm history`, `ntm why`: what the store answers, and that asking changes nothing.

use std::sync::LazyLock;

use assert_cmd::Command;
use assert_cmd::assert::Assert;
use serde_json::Value;

use super::support::office::{NOW, Office, THREE_COMMUNES};
use super::support::{made, sets};

/// What the office has set for an item that La Sơn does not meet.
const SET_PLAN: &str = r#"
[[plan]]
commune = "13555"
set = "ntm-2021-2025"
items = ["5"]
owner = "Phòng Giáo dục"
due = 2023-06-30
date = 2023-03-22
"#;

/// Three communes over three months: Trung Lương loses 2.1 and sends April twice, La Sơn is silent in April, Đồng Du
/// never sends.
static OFFICE: LazyLock<Office> = LazyLock::new(|| {
    let office = Office::of(&[THREE_COMMUNES, SET_PLAN].concat());
    let ntm = sets::ntm();
    for (path, commune, month, unmet) in [
        ("2023-02-20/TL T2.xlsx", "Trung Lương", 2, &["11"][..]),
        ("2023-03-20/TL T3.xlsx", "Trung Lương", 3, &["11"]),
        ("2023-04-20/TL T4.xlsx", "Trung Lương", 4, &["11", "5"]),
        ("2023-04-24/TL T4 sua.xlsx", "Trung Lương", 4, &["2.1", "11"]),
        ("2023-03-20/LS T3.xlsx", "La Sơn", 3, &["5"]),
    ] {
        office.send(path, &made::xlsx(commune, month, &ntm, unmet));
    }
    office.run();
    office
});

fn ask(arguments: &[&str]) -> Assert {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ntm"));
    command.env_clear().env("NTM_NOW", NOW).current_dir(OFFICE.path()).args(arguments).assert()
}

fn stdout(assert: &Assert) -> String {
    String::from_utf8(assert.get_output().stdout.clone()).expect("output is UTF-8")
}

fn stderr(assert: &Assert) -> String {
    String::from_utf8(assert.get_output().stderr.clone()).expect("messages are UTF-8")
}

fn json(assert: &Assert) -> Value {
    serde_json::from_str(stdout(assert).lines().next().expect("a line")).expect("the line is JSON")
}

#[test]
fn status_says_who_has_sent_and_what_stands_out_in_the_latest_month() {
    let status = ask(&["status"]).code(0);
    insta::assert_snapshot!(stdout(&status));
}

#[test]
fn status_of_an_earlier_month_is_told_from_what_came_for_it() {
    let status = stdout(&ask(&["status", "--period", "2023-03"]).code(0));
    assert!(status.contains("3 xã: 2 đã gửi (0 muộn), 1 chưa gửi; 0 tệp để riêng"), "{status}");
    assert!(!status.contains("Từ đạt xuống chưa đạt"), "{status}");
}

#[test]
fn status_as_json_keeps_months_apart() {
    let status = json(&ask(&["status", "--json"]).code(0));
    assert_eq!((status["schema"].as_u64(), status["period"].as_str()), (Some(1), Some("2023-04")));
    let communes = status["communes"].as_array().expect("a list");
    let told: Vec<(&str, &str, Option<&str>)> = communes
        .iter()
        .map(|c| {
            let text = |key: &str| c[key].as_str().expect("text");
            (text("commune_name"), text("arrival"), c["sets"][0]["period"].as_str())
        })
        .collect();
    let expected = [
        ("Trung Lương", "in_time", Some("2023-04")),
        ("La Sơn", "missing", Some("2023-03")),
        ("Đồng Du", "missing", None),
    ];
    assert_eq!(told, expected);
    let kinds: Vec<&str> =
        status["attention"].as_array().expect("a list").iter().map(|k| k["kind"].as_str().expect("a word")).collect();
    assert_eq!(kinds, ["fell_back", "no_plan"]);
}

#[test]
fn an_error_that_stands_is_told_by_the_exit_code() {
    let office = Office::of(THREE_COMMUNES);
    office.send("hong.xlsx", b"PK\x03\x04");
    office.run();
    let mut command = Command::new(env!("CARGO_BIN_EXE_ntm"));
    let status = command.env_clear().env("NTM_NOW", NOW).arg("status").arg(office.path()).assert().code(1);
    assert!(stdout(&status).contains("Tệp để riêng, chưa đọc được (1)\n  hong.xlsx: "), "{}", stdout(&status));
}

#[test]
fn the_history_of_an_item_has_a_line_a_month_with_value_file_and_cell() {
    // The name without its marks, the code with the comma of the keyboard.
    let history = ask(&["history", "trung luong", "2,1"]).code(0);
    insta::assert_snapshot!(stdout(&history));
    assert_eq!(stdout(&ask(&["history", "13546", "2.1"])), stdout(&history), "the code says the same");
}

#[test]
fn the_history_of_a_commune_has_its_months_in_columns_and_their_files() {
    let history = stdout(&ask(&["history", "TRUNG LUONG"]).code(0));
    for line in [
        "  Mục           2/2023  3/2023  4/2023",
        "  Tiêu chí đạt  18/19   18/19   17/19",
        "    2.1         Đ       Đ       C",
        "  11            C       C       C",
        "  4/2023  24/4/2023  TL T4 sua.xlsx, trang «Biểu» (bản thứ 2)",
    ] {
        assert!(history.lines().any(|told| told == line), "{line}\n{history}");
    }
}

#[test]
fn a_month_without_a_report_is_no_verdict_in_the_history() {
    let history = stdout(&ask(&["history", "la son", "5"]).code(0));
    assert!(history.lines().last().is_some_and(|line| line.contains("4/2023  chưa có báo cáo")), "{history}");
    let months = json(&ask(&["history", "la son", "5", "--json"]))["sets"][0]["months"].clone();
    let told: Vec<Option<&str>> =
        months.as_array().expect("a list").iter().map(|m| m["items"][0]["status"].as_str()).collect();
    assert_eq!(told, [Some("not_met"), None]);
}

#[test]
fn why_leads_from_a_figure_to_file_cell_archive_and_rule() {
    let why = stdout(&ask(&["why", "trung luong", "2.1", "2023-04"]).code(0));
    let archived = OFFICE.tree("luu-tru").into_keys().find(|path| path.ends_with("TL T4 sua.xlsx"));
    let archived = format!("luu-tru/{}", archived.expect("the file is archived"));
    for part in [
        "Trung Lương (13546), mục 2.1 NTM, tháng 4/2023: Chưa đạt",
        "TL T4.xlsx – nhận 20/4/2023 – đã được thay",
        "TL T4 sua.xlsx – nhận 24/4/2023 – được tính: nhận sau cùng",
        archived.as_str(),
        "ghi «Chưa đạt», hiểu là chưa đạt",
        "của cùng xã, tháng và bộ, bản nhận sau cùng được tính",
        "tiêu chí 2: 2.1 chưa đạt, 2.2 đạt, 2.3 đạt, 2.4 đạt → chưa đạt",
        "3/2023: đạt",
        "chưa đạt liên tục từ tháng 4/2023",
    ] {
        assert!(why.contains(part), "{part}\n{why}");
    }
}

#[test]
fn why_of_a_month_without_a_report_never_speaks_as_of_that_month() {
    let why = stdout(&ask(&["why", "13555", "5"]).code(0));
    assert!(why.starts_with("La Sơn (13555), mục 5 NTM, tháng 4/2023: chưa có báo cáo\n"), "{why}");
    assert!(why.contains("Báo cáo gần nhất là của tháng 3/2023: chưa đạt; không tính vào tháng 4/2023."), "{why}");
    let object = json(&ask(&["why", "13555", "5", "--json"]));
    assert_eq!((&object["status"], object["basis_status"].as_str()), (&Value::Null, Some("not_met")));
}

#[test]
fn why_names_the_plan_that_the_office_set() {
    let why = stdout(&ask(&["why", "la son", "5", "2023-03"]).code(0));
    let plan = "kế hoạch đơn vị giao ngày 22/3/2023: Phòng Giáo dục – 30/6/2023 (ntm.toml)";
    assert!(why.contains(plan), "{why}");
    let plans = json(&ask(&["why", "la son", "5", "2023-03", "--json"]))["plans"].clone();
    assert_eq!((plans[0]["by"].as_str(), plans[0]["set_on"].as_str()), (Some("settings"), Some("2023-03-22")));
}

#[test]
fn what_is_not_there_is_said_and_a_slip_exits_with_2() {
    let nothing = ask(&["why", "Đồng Du", "5"]).code(0);
    assert!(stderr(&nothing).contains("Xã Đồng Du chưa có báo cáo nào có mục 5"), "{}", stderr(&nothing));
    let near = ask(&["history", "trung luon"]).code(2);
    assert!(stderr(&near).contains("có phải là «Trung Lương»?"), "{}", stderr(&near));
    let unknown = ask(&["why", "la son", "99"]).code(2);
    assert!(stderr(&unknown).contains("không bộ tiêu chí nào có mục 99"), "{}", stderr(&unknown));
    let form = ask(&["why", "la son", "hai"]).code(2);
    assert!(stderr(&form).contains("2.1"), "the right form is shown: {}", stderr(&form));
}

#[test]
fn an_empty_store_answers_that_it_is_empty() {
    let office = Office::of(THREE_COMMUNES);
    office.send("a.xlsx", b"waits");
    let mut command = Command::new(env!("CARGO_BIN_EXE_ntm"));
    let status = command.env_clear().env("NTM_NOW", NOW).arg("status").arg(office.path()).assert().code(0);
    assert!(stdout(&status).is_empty());
    let said = stderr(&status);
    assert!(said.contains("còn 1 tệp chưa nhận") && said.contains("Chưa có dữ liệu nào"), "{said}");
}

#[test]
fn asking_changes_nothing() {
    let before = OFFICE.tree("");
    for question in [&["status"][..], &["history", "la son"], &["why", "la son", "5"], &["status", "--json"]] {
        ask(question).code(0);
    }
    assert!(before == OFFICE.tree(""));
}
