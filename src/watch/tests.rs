//! A watch with a clock and events of the test's own: nothing sleeps.
#![expect(clippy::disallowed_methods, reason = "somebody drops files")]

use std::collections::VecDeque;
use std::fs;

use super::*;
use crate::host::Disk;

const REST: Duration = seconds(5);
const EVERY: Duration = seconds(30);

const fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn inbox() -> Inbox {
    Inbox::new(REST, EVERY, false)
}

/// A file of so many bytes.
fn file(name: &str, bytes: u64) -> Sighting {
    let modified = "2026-11-25T07:00:00".parse().unwrap();
    Sighting { path: name.into(), look: Some(Look { bytes, modified }) }
}

fn locked(name: &str) -> Sighting {
    Sighting { path: name.into(), look: None }
}

fn names(names: &[&str]) -> BTreeSet<PathBuf> {
    names.iter().map(PathBuf::from).collect()
}

fn take_in(files: &[&str]) -> Next {
    Next::TakeIn(names(files))
}

#[test]
fn a_file_is_taken_in_once_it_has_not_changed_for_a_while() {
    let mut inbox = inbox();
    assert_eq!(inbox.look(seconds(0), &[file("a.xlsx", 100)]), Next::Wait(REST));
    assert_eq!(inbox.look(seconds(4), &[file("a.xlsx", 200)]), Next::Wait(REST), "it grows");
    assert_eq!(inbox.look(seconds(7), &[file("a.xlsx", 200)]), Next::Wait(seconds(2)));
    assert_eq!(inbox.look(seconds(9), &[file("a.xlsx", 200)]), take_in(&["a.xlsx"]));
}

#[test]
fn a_file_whose_time_alone_changes_is_still_being_written() {
    let mut inbox = inbox();
    let later = Look { bytes: 100, modified: "2026-11-25T07:00:03".parse().unwrap() };
    inbox.look(seconds(0), &[file("a.xlsx", 100)]);
    let found = [Sighting { path: "a.xlsx".into(), look: Some(later) }];
    assert_eq!(inbox.look(seconds(5), &found), Next::Wait(REST));
    assert_eq!(inbox.look(seconds(10), &found), take_in(&["a.xlsx"]));
}

#[test]
fn an_empty_inbox_is_looked_at_now_and_then() {
    assert_eq!(inbox().look(seconds(0), &[]), Next::Wait(EVERY));
}

#[test]
fn files_copied_one_after_the_other_are_taken_in_together() {
    let mut inbox = inbox();
    inbox.look(seconds(0), &[file("a.xlsx", 1)]);
    let both = [file("a.xlsx", 1), file("b.xlsx", 2)];
    assert_eq!(inbox.look(seconds(5), &both), Next::Wait(REST));
    assert_eq!(inbox.look(seconds(10), &both), take_in(&["a.xlsx", "b.xlsx"]));
}

#[test]
fn a_whole_file_does_not_wait_for_ever_for_one_that_is_copied() {
    let mut inbox = inbox();
    inbox.look(seconds(0), &[file("a.xlsx", 1)]);
    let growing = |now| [file("a.xlsx", 1), file("lớn.xlsx", now)];
    for now in (1..35).step_by(2) {
        assert!(matches!(inbox.look(seconds(now), &growing(now)), Next::Wait(_)), "{now} s");
    }
    assert_eq!(inbox.look(seconds(35), &growing(35)), take_in(&["a.xlsx"]), "the other is not touched");
}

#[test]
fn what_is_held_or_empty_is_given_more_time_and_then_tried_so_that_it_is_said() {
    for doubtful in [locked("a.xlsx"), file("a.xlsx", 0)] {
        let mut inbox = inbox();
        inbox.look(seconds(0), std::slice::from_ref(&doubtful));
        assert_eq!(inbox.look(seconds(50), std::slice::from_ref(&doubtful)), Next::Wait(seconds(10)));
        assert_eq!(inbox.look(seconds(60), std::slice::from_ref(&doubtful)), take_in(&["a.xlsx"]));
    }
    let mut inbox = inbox();
    inbox.look(seconds(0), &[locked("a.xlsx")]);
    assert_eq!(inbox.look(seconds(59), &[file("a.xlsx", 9)]), Next::Wait(REST), "let go, it is as good as new");
}

#[test]
fn a_file_that_could_not_be_taken_in_is_tried_again_less_and_less_often() {
    let mut inbox = inbox();
    let found = [file("a.xlsx", 1)];
    inbox.look(seconds(0), &found);
    let (mut now, mut pauses) = (5, Vec::new());
    for _ in 0..8 {
        assert_eq!(inbox.look(seconds(now), &found), take_in(&["a.xlsx"]));
        inbox.tried(seconds(now), &names(&["a.xlsx"]), &names(&["a.xlsx"]));
        let begun = now;
        while matches!(inbox.look(seconds(now), &found), Next::Wait(_)) {
            now += 30;
        }
        pauses.push((now - begun) / 60);
    }
    assert_eq!(pauses, [1, 2, 4, 8, 16, 30, 30, 30]);
    inbox.tried(seconds(now), &names(&["a.xlsx"]), &names(&["a.xlsx"]));
    inbox.look(seconds(now + 1), &[file("a.xlsx", 2)]);
    assert_eq!(inbox.look(seconds(now + 6), &[file("a.xlsx", 2)]), take_in(&["a.xlsx"]), "changed, it is another file");
}

#[test]
fn a_second_try_keeps_no_new_file_waiting() {
    let mut inbox = inbox();
    inbox.look(seconds(0), &[file("mở.xlsx", 1)]);
    inbox.look(seconds(5), &[file("mở.xlsx", 1)]);
    inbox.tried(seconds(5), &names(&["mở.xlsx"]), &names(&["mở.xlsx"]));
    inbox.look(seconds(6), &[file("mở.xlsx", 1), file("a.xlsx", 1)]);
    assert_eq!(inbox.look(seconds(11), &[file("mở.xlsx", 1), file("a.xlsx", 1)]), take_in(&["a.xlsx"]));
}

#[test]
fn the_same_file_dropped_once_more_is_taken_in_once_more() {
    let mut inbox = inbox();
    inbox.look(seconds(0), &[file("a.xlsx", 1)]);
    inbox.look(seconds(5), &[file("a.xlsx", 1)]);
    inbox.tried(seconds(6), &names(&["a.xlsx"]), &names(&[]));
    assert_eq!(inbox.look(seconds(7), &[file("a.xlsx", 1)]), Next::Wait(REST));
    assert_eq!(inbox.look(seconds(12), &[file("a.xlsx", 1)]), take_in(&["a.xlsx"]));
}

#[test]
fn in_an_inbox_that_is_kept_a_file_is_taken_in_once() {
    let mut inbox = Inbox::new(REST, EVERY, true);
    inbox.look(seconds(0), &[file("a.xlsx", 1)]);
    inbox.look(seconds(5), &[file("a.xlsx", 1)]);
    inbox.tried(seconds(6), &names(&["a.xlsx"]), &names(&[]));
    assert_eq!(inbox.look(seconds(3600), &[file("a.xlsx", 1)]), Next::Wait(EVERY));
    assert_eq!(inbox.look(seconds(3601), &[file("a.xlsx", 2)]), Next::Wait(REST));
}

#[test]
fn a_file_that_goes_is_forgotten_and_one_renamed_is_another() {
    let mut inbox = inbox();
    inbox.look(seconds(0), &[file("a.xlsx", 1)]);
    assert_eq!(inbox.look(seconds(4), &[file("b.xlsx", 1)]), Next::Wait(REST));
    assert_eq!(inbox.look(seconds(9), &[file("b.xlsx", 1)]), take_in(&["b.xlsx"]));
    inbox.tried(seconds(9), &names(&["b.xlsx"]), &names(&["b.xlsx"]));
    assert_eq!(inbox.look(seconds(10), &[]), Next::Wait(EVERY));
}

/// A bell that is rung as the test says: what somebody does, and when, while the watch waits.
struct Script<'a> {
    now: Duration,
    events: VecDeque<(Duration, Box<dyn FnMut() + 'a>)>,
    listened: usize,
    ends: Duration,
}

impl Bell for Script<'_> {
    fn elapsed(&self) -> Duration {
        self.now
    }

    fn wait(&mut self, at_most: Duration, only_stop: bool) -> Wake {
        let until = self.now + at_most;
        if !only_stop
            && let Some((at, _)) = self.events.front()
            && *at <= until
            && let Some((at, mut event)) = self.events.pop_front()
        {
            event();
            self.now = self.now.max(at);
            return Wake::Changed;
        }
        self.now = until;
        if self.now >= self.ends { Wake::Stop } else { Wake::TimeUp }
    }

    fn listen(&mut self, _: &Path) {
        self.listened += 1;
    }
}

/// What a watch did: when it took in what, and what it was kept from.
#[derive(Default)]
struct Done {
    taken: Vec<BTreeSet<PathBuf>>,
    troubles: usize,
}

impl Work for Done {
    fn take_in(&mut self, files: &BTreeSet<PathBuf>) -> BTreeSet<PathBuf> {
        self.taken.push(files.clone());
        files.iter().for_each(|path| fs::remove_file(path).unwrap());
        BTreeSet::new()
    }

    fn beat(&mut self, trouble: Option<&Error>) {
        self.troubles += usize::from(trouble.is_some());
    }
}

type Event<'a> = (u64, Box<dyn FnMut() + 'a>);

fn watched<'a>(folder: &Path, ends: u64, events: Vec<Event<'a>>) -> (Done, Script<'a>) {
    let events = events.into_iter().map(|(at, event)| (seconds(at), event)).collect();
    let mut script = Script { now: seconds(0), events, listened: 0, ends: seconds(ends) };
    let mut done = Done::default();
    watch(&Disk, folder, inbox(), &mut script, &mut done);
    (done, script)
}

#[test]
fn what_is_dropped_in_subfolders_too_is_taken_in_and_what_nobody_sent_is_not() {
    let root = tempfile::tempdir().unwrap();
    let at = |name: &str| root.path().join(name);
    let drop_all = || {
        fs::create_dir_all(at("2026-11-25")).unwrap();
        for name in ["a.xlsx", "2026-11-25/b.xls", "~$a.xlsx", ".c.xlsx", "d.xlsx.crdownload"] {
            fs::write(at(name), "x").unwrap();
        }
    };
    let (done, _) = watched(root.path(), 60, vec![(3, Box::new(drop_all))]);
    assert_eq!(done.taken, [[at("2026-11-25/b.xls"), at("a.xlsx")].into()]);
}

#[test]
fn a_folder_that_goes_is_waited_for_and_listened_to_anew() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("hop-thu-den");
    fs::create_dir(&folder).unwrap();
    let go = || fs::remove_dir(&folder).unwrap();
    let come = || {
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("a.xlsx"), "x").unwrap();
    };
    let (done, script) = watched(&folder, 120, vec![(10, Box::new(go)), (40, Box::new(come))]);
    assert!(done.troubles > 0);
    assert_eq!(done.taken, [[folder.join("a.xlsx")].into()]);
    assert_eq!(script.listened, 2);
}

#[cfg(unix)]
#[test]
fn links_lead_nowhere() {
    let (root, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    fs::write(outside.path().join("a.xlsx"), "x").unwrap();
    std::os::unix::fs::symlink(outside.path(), root.path().join("ra ngoài")).unwrap();
    std::os::unix::fs::symlink(outside.path().join("a.xlsx"), root.path().join("b.xlsx")).unwrap();
    assert_eq!(watched(root.path(), 120, Vec::new()).0.taken, Vec::<BTreeSet<PathBuf>>::new());
}
