//! Faults of files and of the machine: each is named, nothing is lost, nothing doubled, nothing wrong stays in silence.
#![expect(clippy::disallowed_methods, reason = "damage is done by hand")]

use std::collections::BTreeMap;
use std::fs;

use rayon::ThreadPoolBuilder;

use super::support::host::{Fault, TestHost};
use super::support::office::{NOW, Office, THREE_COMMUNES};
use super::support::{made, sets};

#[test]
fn an_operation_that_is_refused_costs_nothing_but_a_second_run() {
    check_every_operation(Fault::Refused);
}

#[test]
fn an_operation_whose_answer_is_lost_costs_nothing_but_a_second_run() {
    check_every_operation(Fault::DoneButDenied);
}

#[test]
fn a_machine_that_is_switched_off_costs_nothing_but_a_second_run() {
    check_every_operation(Fault::LastBreath);
}

/// Every operation of a run fails in turn; after the next good run everything is as if nothing had happened.
///
/// The run meets a store with an older version of a report, so that papers which are merely there are not enough.
fn check_every_operation(fault: Fault) {
    let expected = prepared();
    let host = TestHost::at(NOW);
    alone(|| expected.try_run(&host)).expect("nothing fails");
    let (expected, operations) = (all(&expected), host.asked());
    assert!(operations > 30, "{operations} operations");
    let mut wrong = Vec::new();
    for nth in 0..operations {
        let office = prepared();
        let failed = alone(|| office.try_run(&TestHost::at(NOW).failing(nth, fault)));
        if let Err(error) = &failed {
            assert_eq!(error.exit_code(), 3, "operation {nth}: {error}");
        }
        if let Err(error) = office.try_run(&TestHost::at(NOW)) {
            wrong.push(format!("operation {nth} ({:?}): the next run: {error}", failed.err().map(|e| e.to_string())));
            continue;
        }
        let found = all(&office);
        if found != expected {
            let paths = expected.keys().chain(found.keys()).collect::<std::collections::BTreeSet<_>>();
            let differing: Vec<_> = paths.into_iter().filter(|path| expected.get(*path) != found.get(*path)).collect();
            wrong.push(format!("operation {nth} ({:?}): {differing:?}", failed.err().map(|e| e.to_string())));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A workspace that knows an older version of a report, with a newer one and a broken file in its inbox.
fn prepared() -> Office {
    static BEFORE: std::sync::LazyLock<BTreeMap<String, Vec<u8>>> = std::sync::LazyLock::new(|| {
        let office = Office::of(THREE_COMMUNES);
        office.send("2023-04-20/BC Trung Luong.xlsx", &made::xlsx("Trung Lương", 4, &sets::ntm(), &["2.1"]));
        office.run();
        office.send("2023-04-21/BC Trung Luong moi.xlsx", &made::xlsx("Trung Lương", 4, &sets::ntm(), &["2.2"]));
        office.send("2023-04-21/BC La Son.xlsx", b"PK\x03\x04 cut off");
        all(&office)
    });
    let office = Office::of(THREE_COMMUNES);
    for (path, bytes) in BEFORE.iter() {
        let target = office.path().join(path);
        fs::create_dir_all(target.parent().expect("a file lies in a folder")).expect("the folder can be made");
        fs::write(target, bytes).expect("the folder can be written");
    }
    office
}

fn all(office: &Office) -> BTreeMap<String, Vec<u8>> {
    let mut all = office.tree("");
    all.retain(|path, _| !path.starts_with(".ntm-lock"));
    all
}

/// On one thread, so that operations come in the same order each time.
fn alone<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    ThreadPoolBuilder::new().num_threads(1).build().expect("one thread").install(work)
}
