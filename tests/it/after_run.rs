//! What a run leaves for those who were not there: its log, its page, and what the office's own program is given.
#![cfg(unix)]

use std::fs;

use assert_cmd::Command;
use ntm::host::{Disk, Host};
use serde_json::Value;

use super::support::office::{NOW, Office, THREE_COMMUNES};
use super::support::{made, sets};

fn ntm() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ntm"));
    command.env_clear().env("NTM_NOW", NOW);
    command
}

/// An office with a report and a file that is none, whose own program is a line of shell.
fn office(script: &str) -> Office {
    let office = Office::of(&format!(
        "{THREE_COMMUNES}\n[log]\nkeep = 3\n[after_run]\ncommand = [\"/bin/sh\", \"-c\", '{script}']\nseconds = 30\n"
    ));
    office.send("BC La Son.xlsx", &made::xlsx("La Sơn", 4, &sets::ntm(), &["11"]));
    office.send("2023-04-24/Trung Luong.xlsx", b"khong phai so tinh");
    office
}

fn text(office: &Office, path: &str) -> String {
    fs::read_to_string(office.path().join(path)).unwrap_or_default()
}

#[test]
fn the_office_s_own_program_is_given_the_result_as_json() {
    let office = office("/bin/cat > ket-qua.json");
    ntm().arg("run").arg(office.path()).assert().code(1);
    let result: Value = serde_json::from_str(&text(&office, "ket-qua.json")).expect("one JSON object");
    assert_eq!((result["schema"].as_u64(), result["exit_code"].as_u64()), (Some(1), Some(1)));
    assert_eq!(result["begun"], NOW);
    let files: Vec<&Value> = result["received"].as_array().expect("a list").iter().collect();
    assert_eq!((&files[0]["file"], &files[0]["errors"]), (&"2023-04-24/Trung Luong.xlsx".into(), &1.into()));
    assert_eq!((&files[1]["communes"][0], &files[1]["periods"][0]), (&"La Sơn".into(), &"2023-04".into()));
    let april = &result["months"][0];
    assert_eq!(
        (&april["period"], &april["due"], &april["expected"]),
        (&"2023-04".into(), &"2023-04-25".into(), &3.into())
    );
    assert_eq!(april["missing"], serde_json::json!(["Trung Lương", "Đồng Du"]));
    assert_eq!(result["papers"][0], "bao-cao/2023-04/xa");
    assert_eq!(result["papers"][2], "bao-cao/2023-04/Bao-cao-NTM-2023-04.pdf");
}

#[test]
fn the_page_and_the_log_tell_what_happened_and_what_to_do() {
    let office = office("exit 0");
    ntm().arg("run").arg(office.path()).assert().code(1);
    let settings = |text: String| text.replace(&office.path().display().to_string(), "binh-luc");
    insta::assert_snapshot!("page", settings(text(&office, "nhat-ky/Ket-qua-lan-chay.txt")));
    insta::assert_snapshot!("log", settings(text(&office, "nhat-ky/2023-04-28T070000.log")));
}

#[test]
fn a_program_that_fails_or_is_not_there_is_told_and_costs_nothing() {
    for (script, told) in
        [("echo khong gui duoc >&2; exit 7", "kết thúc với mã 7: khong gui duoc"), ("kill -9 $$", "bị hệ thống dừng")]
    {
        let office = office(script);
        let run = ntm().arg("run").arg(office.path()).assert().code(1);
        let stderr = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
        assert!(stderr.contains(told), "{stderr}");
        assert!(text(&office, "nhat-ky/2023-04-28T070000.log").contains(told));
        assert_eq!(office.tree("bao-cao").len(), 5);
    }
    let office = Office::of(&format!("{THREE_COMMUNES}\n[after_run]\ncommand = \"khong-co-chuong-trinh-nay\"\n"));
    let run = ntm().arg("run").arg(office.path()).assert().code(0);
    let stderr = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    assert!(stderr.contains("«khong-co-chuong-trinh-nay»"), "{stderr}");
}

#[test]
fn a_run_that_fails_leaves_its_reason_too() {
    let office = office("/bin/cat > ket-qua.json");
    let part = office.path().join("du-lieu/files/period=2023-04/part-0.parquet");
    Disk.create_folder(part.parent().expect("a file lies in a folder")).expect("the folder can be made");
    Disk.write(&part, b"PAR1 no more").expect("the folder can be written");
    ntm().arg("run").arg(office.path()).assert().code(3);
    let result: Value = serde_json::from_str(&text(&office, "ket-qua.json")).expect("one JSON object");
    assert_eq!(result["exit_code"], 3);
    assert!(result["fault"].as_str().is_some_and(|fault| fault.contains("hỏng")), "{result}");
    assert!(text(&office, "nhat-ky/Ket-qua-lan-chay.txt").contains("KHÔNG CHẠY ĐƯỢC"));

    let broken = Office::of("[unit]\n");
    ntm().arg("run").arg(broken.path()).assert().code(2);
    assert!(text(&broken, "nhat-ky/2023-04-28T070000.log").contains(" lỗi: ntm.toml có 2 chỗ cần sửa: · ntm.toml:1:"));
}

#[test]
fn a_run_that_finds_another_at_work_leaves_its_page_alone() {
    let office = office("/bin/cat > ket-qua.json");
    let lock = Disk.lock(office.path()).expect("nobody else holds it");
    ntm().arg("run").arg(office.path()).assert().code(3);
    drop(lock);
    assert_eq!(text(&office, "ket-qua.json") + &text(&office, "nhat-ky/Ket-qua-lan-chay.txt"), "");
    assert!(text(&office, "nhat-ky/2023-04-28T070000.log").contains("đang được một lần chạy khác sử dụng"));
}

#[test]
fn logs_do_not_pile_up() {
    let office = office("exit 0");
    for minute in 10..16 {
        ntm().env("NTM_NOW", format!("2023-04-28T07:{minute}:00")).arg("run").arg(office.path()).assert().code(1);
    }
    let left: Vec<String> = office.tree("nhat-ky").into_keys().collect();
    let expected = ["2023-04-28T071300.log", "2023-04-28T071400.log", "2023-04-28T071500.log", "Ket-qua-lan-chay.txt"];
    assert_eq!(left, expected);
}
