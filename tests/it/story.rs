//! A whole month's story in which each operation fails in turn: after the next good run nothing is lost, nothing doubled,
//! and the papers are the same bytes as without the fault.
#![expect(clippy::disallowed_methods, reason = "an inbox is laid out on another disk")]

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::thread;

use ntm::assess::Status;
use ntm::error::Operation;
use ntm::pipeline::{consult, sha256};

use super::support::host::{Fault, TestHost};
use super::support::office::{Office, THREE_COMMUNES};
use super::support::story::{STORY, Step, Tree, all, alone, differing};
use super::support::{made, sets};

#[test]
fn the_first_run_is_made_good_after_any_fault() {
    check_every_operation(0);
}

#[test]
fn corrected_files_are_made_good_after_any_fault() {
    check_every_operation(1);
}

#[test]
fn an_answer_is_made_good_after_any_fault() {
    check_every_operation(2);
}

#[test]
fn the_next_month_is_made_good_after_any_fault() {
    check_every_operation(3);
}

/// An operation of a step of the story is the last before the machine is off; is refused; is done while its answer is
/// lost.
fn check_every_operation(step: usize) {
    let step = &STORY[step];
    let operations = operations_of(step);
    // What the next run makes of a workspace depends on the workspace alone: each is made good once.
    let mut known: BTreeSet<String> = BTreeSet::new();
    let mut wrong = Vec::new();
    for fault in [Fault::LastBreath, Fault::Refused, Fault::DoneButDenied] {
        for nth in (0..operations.len()).filter(|nth| is_tried(fault, operations[*nth])).step_by(stride()) {
            wrong.extend(wrong_after(step, nth, fault, &mut known));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(known.len() * stride() > 10, "{} workspaces were left half done", known.len());
}

/// Each operation where `NTM_FAULTS=all` asks for it, else one in so many: all of them take minutes.
fn stride() -> usize {
    if std::env::var("NTM_FAULTS").is_ok_and(|asked| asked == "all") { 1 } else { 5 }
}

#[test]
fn what_cannot_be_written_is_said_with_its_cause_and_nothing_is_lost() {
    let step = &STORY[0];
    for (kind, words) in [
        (ErrorKind::StorageFull, "ổ đĩa hết chỗ"),
        (ErrorKind::ReadOnlyFilesystem, "ổ đĩa chỉ cho đọc"),
        (ErrorKind::PermissionDenied, "không có quyền"),
    ] {
        let office = step.office();
        let error = step.go(&office, &TestHost::at(step.now).failing(0, Fault::Unwritable(kind)));
        let error = error.expect_err("nothing can be written");
        assert_eq!(error.exit_code(), 3);
        assert!(error.text().vi.contains(words), "{}", error.text().vi);
        assert!(all(&office) == step.before, "{kind}: all is as it was");
    }
}

#[test]
fn a_disk_that_fills_up_on_the_way_costs_nothing_but_a_second_run() {
    let step = &STORY[1];
    let operations = operations_of(step).len();
    let full = Fault::Unwritable(ErrorKind::StorageFull);
    let mut known = BTreeSet::new();
    let wrong = (1..8).filter_map(|part| wrong_after(step, operations * part / 8, full, &mut known));
    assert_eq!(wrong.collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn of_two_runs_at_once_one_waits_for_nobody_and_nothing_is_doubled() {
    let step = &STORY[1];
    let office = step.office();
    let results: Vec<_> = thread::scope(|scope| {
        let runs: Vec<_> = (0..2).map(|_| scope.spawn(|| step.go(&office, &TestHost::at(step.now)))).collect();
        runs.into_iter().map(|run| run.join().expect("no run panics")).collect()
    });
    assert!(results.iter().any(Result::is_ok), "{results:?}");
    assert!(results.iter().all(|result| result.as_ref().map_or_else(|e| e.exit_code() == 3, |()| true)), "{results:?}");
    assert_eq!(differing(&all(&office), &step.after), Vec::<String>::new());
}

#[test]
fn a_clock_set_back_does_not_let_an_older_report_win() {
    let office = Office::of(THREE_COMMUNES);
    let report = |unmet: &[&str]| made::xlsx("La Sơn", 4, &sets::ntm(), unmet);
    let run = |now: &str| office.try_run(&TestHost::at(now)).expect("a sound disk");
    office.send("BC La Son.xlsx", &report(&["2.1"]));
    run("2023-04-28T07:00:00");
    office.send("BC La Son moi.xlsx", &report(&["2.2"]));
    run("2023-04-20T07:00:00");
    let (workspace, commune) = (office.open(), "La Sơn");
    let stored = consult(&TestHost::at("2023-04-20T07:00:00"), &workspace).expect("the store is sound");
    let period = "2023-04".parse().expect("a month");
    let commune = stored.commune(commune, period).expect("it is registered");
    let why = stored.why(commune, "2.1".parse().expect("an item"), period).expect("polars does its work");
    assert_eq!(why[0].line().map(|line| line.status), Some(Status::Met), "the file that came later counts");
}

// Elsewhere a folder on another disk is a junction, which tests cannot make.
#[cfg(unix)]
#[test]
fn an_inbox_on_another_disk_is_taken_in_like_any() {
    use std::fs;

    let step = &STORY[0];
    let office = step.office();
    // On Linux another file system than the workspace's: nothing can be renamed across.
    let elsewhere = ["/dev/shm", "/tmp"].into_iter().find_map(|folder| tempfile::tempdir_in(folder).ok());
    let elsewhere = elsewhere.expect("a folder for temporary files");
    let inbox = elsewhere.path().join("hop thu");
    for (path, bytes) in
        step.before.iter().filter_map(|(path, bytes)| Some((path.strip_prefix("hop-thu-den/")?, bytes)))
    {
        let target = inbox.join(path);
        fs::create_dir_all(target.parent().expect("it lies in a folder")).expect("the folder can be made");
        fs::write(target, bytes).expect("the folder can be written");
    }
    fs::remove_dir_all(office.inbox("")).expect("it was there");
    std::os::unix::fs::symlink(&inbox, office.path().join("hop-thu-den")).expect("the name is free");
    step.go(&office, &TestHost::at(step.now)).expect("a sound disk");
    let found = all(&office).into_iter().filter(|(path, _)| !path.starts_with("hop-thu-den/")).collect();
    assert_eq!(differing(&found, &step.after), Vec::<String>::new());
}

/// The operations of a step in their order.
fn operations_of(step: &Step) -> Vec<Operation> {
    let (office, host) = (step.office(), TestHost::at(step.now));
    alone(|| step.go(&office, &host)).expect("nothing fails");
    let operations = host.asked();
    assert!(operations.len() > 30, "{}: {operations:?}", step.name);
    operations
}

/// What only looks changes nothing: off before it is off before the next that changes something, and its answer lost is
/// the same as refused.
fn is_tried(fault: Fault, operation: Operation) -> bool {
    let changes = matches!(operation, Operation::Write | Operation::CreateFolder | Operation::Remove);
    fault == Fault::Refused || changes
}

/// What is not as it would be without the fault, when the officer has done it all once more.
fn wrong_after(step: &Step, nth: usize, fault: Fault, known: &mut BTreeSet<String>) -> Option<String> {
    let office = step.office();
    let failed = alone(|| step.go(&office, &TestHost::at(step.now).failing(nth, fault)));
    let told = format!("{fault:?} at operation {nth} ({:?})", failed.as_ref().err().map(ToString::to_string));
    if let Err(error) = &failed
        && error.exit_code() != 3
    {
        return Some(format!("{told}: exit code {}", error.exit_code()));
    }
    if !known.insert(print_of(&all(&office))) {
        return None;
    }
    match step.go(&office, &TestHost::at(step.now)) {
        Ok(()) => {
            let differing = differing(&all(&office), &step.after);
            (!differing.is_empty()).then(|| format!("{told}: {differing:?}"))
        }
        Err(error) => Some(format!("{told}: the next run: {error}")),
    }
}

/// By what a workspace is known again.
fn print_of(tree: &Tree) -> String {
    let lines: Vec<String> = tree.iter().map(|(path, bytes)| format!("{path} {}", sha256(bytes))).collect();
    sha256(lines.join("\n").as_bytes())
}
