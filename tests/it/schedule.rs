//! The binary as a scheduler calls it, and what it would have a scheduler do; no test changes this machine's schedule.

use assert_cmd::Command;

use super::support::office::{Office, THREE_COMMUNES};
use super::support::{made, sets};

/// The binary at a moment.
fn ntm(now: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ntm"));
    command.env_clear().env("NTM_NOW", now);
    command
}

/// The logs that runs have left.
fn runs(office: &Office) -> usize {
    office.tree("nhat-ky").into_keys().filter(|name| name.ends_with(".log")).count()
}

#[test]
fn what_each_system_would_be_given_is_shown_anywhere() {
    let office = Office::of(THREE_COMMUNES);
    for (keeper, words) in [
        ("systemd", "OnCalendar=*-*-25 07:00:00"),
        ("cron", "--if-due 25@07:00"),
        ("windows", "<StartBoundary>2023-05-25T07:00:00</StartBoundary>"),
    ] {
        let show = ntm("2023-04-28T07:00:00").args(["schedule", "show", "--for", keeper]).arg(office.path()).assert();
        let text = String::from_utf8_lossy(&show.code(0).get_output().stdout).into_owned();
        assert!(text.contains(words), "the day is that of the deadline: {text}");
        assert!(text.contains(&*office.path().display().to_string()), "the path is whole: {text}");
    }
    ntm("2023-04-28T07:00:00").args(["schedule", "show", "--day", "32"]).arg(office.path()).assert().code(2);
    ntm("2023-04-28T07:00:00").args(["schedule", "show", "--at", "7h"]).arg(office.path()).assert().code(2);
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_whose_name_breaks_lines_is_not_scheduled() {
    let office = Office::of(THREE_COMMUNES);
    let odd = office.path().join("a\n* * * * * rm");
    Command::new(env!("CARGO_BIN_EXE_ntm")).env_clear().arg("init").arg(&odd).assert().code(0);
    for keeper in ["systemd", "cron", "windows"] {
        let show = ntm("2023-04-28T07:00:00").args(["schedule", "show", "--for", keeper]).arg(&odd).assert().code(2);
        let said = String::from_utf8_lossy(&show.get_output().stderr).into_owned();
        assert!(said.contains("ký tự đặc biệt") && said.lines().count() == 1, "{said}");
    }
}

#[test]
fn a_run_that_is_asked_for_every_hour_takes_place_once_a_month() {
    let office = Office::of(THREE_COMMUNES);
    office.send("BC La Son.xlsx", &made::xlsx("La Sơn", 4, &sets::ntm(), &["11"]));
    let ask = |now: &str| {
        ntm(now).args(["run", "--quiet", "--if-due", "31@07:00"]).arg(office.path()).assert().code(0);
        runs(&office)
    };
    assert_eq!(ask("2023-04-28T08:00:00"), 1, "nobody knows of a run before");
    assert_eq!(ask("2023-04-28T09:00:00"), 1);
    assert_eq!(ask("2023-04-30T06:00:00"), 1);
    assert_eq!(ask("2023-05-02T09:00:00"), 2, "the machine was off on the last day of April");
    assert_eq!(ask("2023-05-02T10:00:00"), 2);
}
