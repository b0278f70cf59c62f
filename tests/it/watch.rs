//! The real binary that watches a real folder, until it is told to stop.
#![cfg(unix)]

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStderr, Command, Stdio};

use serde_json::Value;

use super::support::office::{Office, THREE_COMMUNES};
use super::support::{made, sets};

/// A watch that runs, and what it says. It is waited for by its words alone: no test sleeps.
struct Watch {
    child: Child,
    words: std::io::Lines<BufReader<ChildStderr>>,
}

impl Watch {
    fn of(office: &Office) -> Watch {
        let mut child = ntm()
            .arg("watch")
            .arg(office.path())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary is there");
        let words = BufReader::new(child.stderr.take().expect("it is piped")).lines();
        let mut watch = Watch { child, words };
        watch.wait_for("Đang theo dõi");
        watch
    }

    /// Reads what it says up to a line with these words.
    fn wait_for(&mut self, words: &str) {
        let found = self.words.by_ref().map_while(Result::ok).any(|line| line.contains(words));
        assert!(found, "it ended without «{words}»");
    }

    fn signal(&mut self, name: &str) {
        let pid = self.child.id().to_string();
        let done = Command::new("kill").args(["-s", name, &pid]).status().expect("kill is part of every Unix");
        assert!(done.success());
    }

    fn exit_code(mut self) -> Option<i32> {
        let rest: Vec<String> = self.words.by_ref().map_while(Result::ok).collect();
        let code = self.child.wait().expect("it was started").code();
        assert!(code != Some(0) || rest.last().is_some_and(|line| line.contains("Đã dừng")), "{rest:?}");
        code
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn ntm() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ntm"));
    command.env_clear();
    command
}

fn life(office: &Office) -> Value {
    let output = ntm().args(["status", "--json"]).arg(office.path()).output().expect("the binary is there");
    let status: Value = serde_json::from_slice(&output.stdout).expect("one JSON object");
    status["watch"].clone()
}

#[test]
fn files_dropped_while_it_watches_are_taken_in_and_it_stops_when_told_to() {
    let office = Office::of(&format!("{THREE_COMMUNES}\n[watch]\nrest = 1\nevery = 1\n"));
    let mut watch = Watch::of(&office);
    office.send("~$BC La Son.xlsx", b"x");
    office.send("2023-04-24/BC La Son.xlsx", &made::xlsx("La Sơn", 4, &sets::ntm(), &["11"]));
    watch.wait_for(": có 1 tệp để nhận");
    watch.wait_for("Đã nhận 1 tệp (0 để riêng, 0 trùng)");
    // It is written when the run has ended, a moment after its words.
    office.send("BC Dong Du.xlsx", &made::xlsx("Đồng Du", 4, &sets::ntm(), &["2.1"]));
    watch.wait_for("Đã nhận 1 tệp (0 để riêng, 0 trùng)");
    assert_eq!(life(&office)["life"], "alive");
    assert_eq!(life(&office)["pid"], watch.child.id());

    let second = ntm().arg("watch").arg(office.path()).output().expect("the binary is there");
    assert_eq!(second.status.code(), Some(3));
    let told = String::from_utf8_lossy(&second.stderr).into_owned();
    assert!(told.contains(&format!("đang được theo dõi (do tiến trình {}", watch.child.id())), "{told}");

    watch.signal("TERM");
    assert_eq!(watch.exit_code(), Some(0));
    assert_eq!(life(&office)["life"], "stopped");
    assert_eq!(office.tree("hop-thu-den").into_keys().collect::<Vec<_>>(), ["~$BC La Son.xlsx"]);
    assert_eq!(office.tree("luu-tru").len(), 2);
    let page = office.tree("nhat-ky").remove("Ket-qua-lan-chay.txt").expect("the last run left its page");
    let page = String::from_utf8(page).expect("it is text");
    assert!(page.contains("BC Dong Du.xlsx: Đồng Du, tháng 4/2023"), "{page}");
}

#[test]
fn a_watch_that_is_killed_loses_nothing_and_the_next_one_goes_on() {
    let office = Office::of(&format!("{THREE_COMMUNES}\n[watch]\nrest = 1\nevery = 1\n"));
    let mut watch = Watch::of(&office);
    office.send("BC La Son.xlsx", &made::xlsx("La Sơn", 4, &sets::ntm(), &["11"]));
    watch.signal("KILL");
    assert_eq!(watch.exit_code(), None);
    let mut watch = Watch::of(&office);
    watch.wait_for("Đã nhận 1 tệp");
    watch.signal("INT");
    assert_eq!(watch.exit_code(), Some(0));
    assert_eq!(office.tree("luu-tru").len(), 1);
    assert!(fs::metadata(office.path().join("bao-cao/2023-04/Bao-cao-NTM-2023-04.pdf")).is_ok());
}
