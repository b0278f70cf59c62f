//! A file that ends the process that works on it takes only itself with it: the binary as a user runs it.

use std::collections::BTreeSet;

use assert_cmd::Command;
use ntm::diag::Code;
use ntm::host::Broke;
use serde_json::Value;

use super::attacks::{before_cells, with_cells, xlsx};
use crate::support::host::TestHost;
use crate::support::office::{NOW, Office, THREE_COMMUNES};

fn ntm(office: &Office) -> Command {
    let mut command = assert_cmd::cargo_bin_cmd!("ntm");
    command.current_dir(office.path()).env_remove("NTM_LANG").env("NTM_NOW", NOW);
    command
}

/// A file that takes more memory than the test lets files have.
fn greedy() -> Vec<u8> {
    before_cells(&format!("<!--{}-->", "x".repeat(100 << 20)))
}

/// A file that takes longer than the test lets a file take.
fn endless() -> Vec<u8> {
    with_cells(450_000, "1.1")
}

/// A small office with a bad file beside good ones.
fn office(bad: &[u8]) -> Office {
    let office = Office::of(THREE_COMMUNES);
    office.send("BC La Son.xlsx", &xlsx());
    office.send("hong.xlsx", bad);
    office
}

/// The run leaves what it would leave where the bad file were known as one.
fn is_as_if_known(office: &Office, bad: &[u8], how: Broke) {
    let known = self::office(bad);
    known.try_run(&TestHost::at(NOW).broken_by(bad, how)).expect("the others go on");
    assert!(office.derived() == known.derived());
    assert_eq!(office.tree("luu-tru").keys().collect::<BTreeSet<_>>(), known.tree("luu-tru").keys().collect());
    assert!(office.tree("hop-thu-den").is_empty());
    let reason = &office.tree("tra-lai/2023-04")["hong.xlsx.ly-do.txt"];
    assert!(String::from_utf8_lossy(reason).contains("cả khi đọc riêng tệp này"));
}

#[test]
fn a_file_that_takes_too_much_memory_is_set_aside_and_the_others_are_read() {
    let bad = greedy();
    let office = office(&bad);
    let run = ntm(&office).arg("run").env("NTM_FILE_MEMORY", "64").assert().code(1);
    let said = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    assert!(said.contains("đang đọc lại riêng từng tệp nghi ngờ"), "{said}");
    assert!(said.contains("file-breaks-reader"), "{said}");
    // What the runtime wrote is for developers: it stands in the log, in one line, and nowhere else.
    assert!(!said.contains("memory allocation"), "{said}");
    let logs = office.tree("nhat-ky");
    let log = logs.iter().find(|(path, _)| path.ends_with(".log")).expect("a run leaves its log").1;
    let log = String::from_utf8_lossy(log);
    let told = log.lines().find(|line| line.contains("memory allocation of"));
    assert!(told.is_some_and(|line| line.contains("tiến trình đọc dừng đột ngột") && line.len() < 300), "{log}");
    is_as_if_known(&office, &bad, Broke::Died);
}

#[test]
fn a_file_that_never_ends_is_set_aside_and_the_others_are_read() {
    let bad = endless();
    let office = office(&bad);
    ntm(&office).arg("run").env("NTM_FILE_SECONDS", "0").assert().code(1);
    is_as_if_known(&office, &bad, Broke::Slow);
}

#[test]
fn check_shows_the_file_that_broke_it_among_the_others() {
    let office = office(&greedy());
    let files = ["hop-thu-den/hong.xlsx", "hop-thu-den/BC La Son.xlsx"];
    let check = ntm(&office).args(["check", "--json"]).args(files).env("NTM_FILE_MEMORY", "64").assert().code(1);
    let shown = String::from_utf8_lossy(&check.get_output().stdout).into_owned();
    let objects: Vec<Value> = shown.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect();
    assert_eq!(objects.len(), 2);
    assert_eq!(objects[0]["diagnostics"][0]["code"], Code::FileBreaksReader.as_str());
    assert_eq!(objects[1]["submissions"][0]["observations"].as_array().map(Vec::len), Some(57));
}
