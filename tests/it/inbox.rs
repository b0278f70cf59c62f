//! What happens to files of the inbox while a run takes them in: somebody copies, saves, renames, deletes, holds them.
#![expect(clippy::disallowed_methods, reason = "somebody else is at work on the disk")]

use std::fs::{self, File};
use std::io;
use std::time::{Duration, SystemTime};

use ntm::diag::{Code, Diagnostic};
use ntm::error::{Error, Operation};
use ntm::pipeline::Outcome;

use super::support::meddling::Meddling;
use super::support::office::{NOW, Office, THREE_COMMUNES};
use super::support::{made, sets};

const NAME: &str = "BC La Sơn.xlsx";

fn report(unmet: &str) -> Vec<u8> {
    made::xlsx("La Sơn", 4, &sets::ntm(), &[unmet])
}

fn office() -> Office {
    let office = Office::of(THREE_COMMUNES);
    office.send(NAME, &report("11"));
    office
}

/// The originals that the archive of an office holds.
fn archived(office: &Office) -> Vec<Vec<u8>> {
    office.tree("luu-tru").into_values().collect()
}

fn codes(outcome: &Outcome) -> Vec<Code> {
    let left = outcome.left.iter().flat_map(|file| &file.diagnostics);
    left.chain(outcome.uncleared.iter().map(|one| &one.diagnostic)).map(|diagnostic| diagnostic.code).collect()
}

/// The moment of the tests' runs as the disk has it.
fn now(later: Duration) -> SystemTime {
    let seconds = NOW
        .parse::<jiff::civil::DateTime>()
        .expect("a moment")
        .to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::Offset::constant(7)));
    SystemTime::from(seconds.expect("a moment").timestamp()) + later
}

fn touch(office: &Office, name: &str, moment: SystemTime) {
    let file = File::options().write(true).open(office.inbox(name)).expect("the file is there");
    file.set_modified(moment).expect("the disk keeps times");
}

/// What is told of a file that is saved anew just after it was read.
pub(crate) fn saved_while_taken_in() -> Vec<Diagnostic> {
    saved_anew(&office()).uncleared.into_iter().map(|one| one.diagnostic).collect()
}

/// What is told of the beginning of a file that was written a moment ago.
pub(crate) fn half_copied() -> Vec<Diagnostic> {
    let office = Office::of(THREE_COMMUNES);
    office.send(NAME, &report("11")[..4000]);
    touch(&office, NAME, now(Duration::ZERO));
    office.run().left.into_iter().flat_map(|file| file.diagnostics).collect()
}

fn saved_anew(office: &Office) -> Outcome {
    office.run_on(&Meddling::before(Operation::Write, || {
        fs::write(office.inbox(NAME), report("2.1")).expect("the inbox can be written");
        Ok(())
    }))
}

#[test]
fn a_file_saved_anew_while_it_is_taken_in_is_not_lost() {
    let office = office();
    let outcome = saved_anew(&office);
    assert_eq!(codes(&outcome), [Code::InboxNotCleared]);
    assert_eq!(fs::read(office.inbox(NAME)).expect("it is still there"), report("2.1"));
    assert_eq!(codes(&office.run()), []);
    assert!(!office.inbox(NAME).exists());
    let archived = archived(&office);
    assert!(archived.contains(&report("11")) && archived.contains(&report("2.1")) && archived.len() == 2);
}

#[test]
fn a_file_that_cannot_be_removed_keeps_nothing_back_and_goes_with_the_next_run() {
    let office = office();
    office.send("BC Dong Du.xlsx", &made::xlsx("Đồng Du", 4, &sets::ntm(), &[]));
    let is_open = || {
        let source = io::ErrorKind::PermissionDenied.into();
        Err(Error::Io { operation: Operation::Remove, path: office.inbox(NAME), source })
    };
    let outcome = office.run_on(&Meddling::before(Operation::Remove, is_open));
    assert_eq!((outcome.files.len(), outcome.written.len()), (2, 5), "everything else is done");
    assert_eq!(codes(&outcome), [Code::InboxNotCleared]);
    let told = &outcome.uncleared[0].diagnostic.message.vi;
    assert!(told.starts_with("tệp đã nhận và lưu, nhưng còn nằm trong hộp thư đến: không xóa được"), "{told}");
    let again = office.run();
    assert_eq!((again.repeated.len(), codes(&again).len()), (1, 0));
    assert_eq!(office.tree("hop-thu-den").len(), 0);
    assert_eq!(archived(&office).len(), 2);
}

#[test]
fn a_file_deleted_while_it_is_taken_in_is_in_the_archive() {
    let office = office();
    let outcome = office.run_on(&Meddling::before(Operation::Write, || {
        fs::remove_file(office.inbox(NAME)).expect("it is there");
        Ok(())
    }));
    assert_eq!((outcome.files.len(), codes(&outcome).len()), (1, 0));
    assert_eq!(archived(&office), [report("11")]);
}

#[test]
fn a_file_renamed_before_it_is_read_is_taken_in_under_its_new_name() {
    let office = office();
    let outcome = office.run_on(&Meddling::before(Operation::Read, || {
        fs::rename(office.inbox(NAME), office.inbox("BC La Sơn (2).xlsx")).expect("it is there");
        Ok(())
    }));
    assert_eq!((outcome.files.len(), codes(&outcome)), (0, vec![Code::FileUnreadable]));
    let again = office.run();
    assert_eq!(again.files[0].path, "BC La Sơn (2).xlsx");
    assert_eq!(archived(&office), [report("11")]);
}

#[test]
fn a_file_that_is_still_being_copied_is_left_until_it_is_whole() {
    let office = Office::of(THREE_COMMUNES);
    let whole = report("11");
    // The clock of the disk may be ahead of that of the machine, or behind it.
    for (part, moment) in [(4000, now(Duration::ZERO)), (8000, now(Duration::from_secs(20))), (0, now(Duration::ZERO))]
    {
        office.send(NAME, &whole[..part]);
        touch(&office, NAME, moment);
        let outcome = office.run();
        assert_eq!((codes(&outcome), outcome.needs_person), (vec![Code::FileUnfinished], true), "{part} bytes");
        assert!(office.inbox(NAME).exists());
    }
    office.send(NAME, &whole);
    touch(&office, NAME, now(Duration::ZERO));
    assert_eq!(office.run().files.len(), 1);
    assert_eq!(archived(&office), [whole]);
}

#[test]
fn a_broken_file_that_stays_as_it_is_is_taken_in_as_broken() {
    let office = Office::of(THREE_COMMUNES);
    office.send(NAME, &report("11")[..4000]);
    touch(&office, NAME, now(Duration::ZERO) - Duration::from_secs(61));
    let outcome = office.run();
    assert_eq!((outcome.files.len(), codes(&outcome).len()), (1, 0));
    assert_eq!(outcome.files[0].diagnostics[0].code, Code::FileUnreadable);
}

#[test]
fn what_nobody_sent_is_left_alone() {
    let office = office();
    for name in
        ["~$BC La Sơn.xlsx", ".ẩn.xlsx", "a.xlsx.crdownload", "b.xlsx.part", "c.tmp", "Thumbs.db", "2023-04-24/~$a.xls"]
    {
        office.send(name, b"x");
    }
    assert_eq!(office.run().files.len(), 1);
    assert_eq!(office.tree("hop-thu-den").len(), 7);
}
