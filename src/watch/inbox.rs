//! What to take in now: the files of an inbox as they were seen, and for how long each has been at rest.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::Duration;

use super::Look;

/// A file in the inbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting {
    /// Where.
    pub path: PathBuf,
    /// What it looks like; `None` where it cannot be opened now.
    pub look: Option<Look>,
}

/// What to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// Take these files in.
    TakeIn(BTreeSet<PathBuf>),
    /// Wait for a change, at most this long.
    Wait(Duration),
}

/// Copies that come one after the other are taken in together, but none waits longer than this for the others.
const PATIENCE: Duration = Duration::from_secs(30);

/// An empty file is mostly the place that is kept for one, and a file that cannot be opened mostly is being written.
const DOUBTFUL_REST: Duration = Duration::from_secs(60);

/// How long a file that could not be taken in is left alone, the first time; then twice as long each time.
const SECOND_TRY: Duration = Duration::from_secs(60);

/// It is not left alone longer than this.
const LAST_TRIES: Duration = Duration::from_secs(30 * 60);

/// An inbox as it was seen so far.
#[derive(Debug)]
pub struct Inbox {
    /// How long a file has to be at rest.
    rest: Duration,
    /// How long to wait where nothing is told.
    every: Duration,
    /// Whether files stay where they are when they were taken in.
    is_kept: bool,
    seen: BTreeMap<PathBuf, Seen>,
}

/// A file as it was last seen.
#[derive(Debug)]
struct Seen {
    look: Option<Look>,
    /// Since when it has looked like this.
    since: Duration,
    state: State,
}

#[derive(Debug, PartialEq, Eq)]
enum State {
    /// Not taken in yet.
    New,
    /// Taken in; it stays where it is because the inbox is kept.
    Taken,
    /// It could not be taken in, so many times; it is tried again at that time.
    Left { times: u32, again: Duration },
}

impl Inbox {
    /// An inbox of which nothing was seen.
    #[must_use]
    pub fn new(rest: Duration, every: Duration, is_kept: bool) -> Self {
        Inbox { rest, every, is_kept, seen: BTreeMap::new() }
    }

    /// What to do, now that these files are there. The time is that since the watch began.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use ntm::watch::{Inbox, Next, Sighting};
    /// # use ntm::host::Look;
    /// let mut inbox = Inbox::new(Duration::from_secs(5), Duration::from_secs(30), false);
    /// let look = Some(Look { bytes: 9_120, modified: "2023-04-24T07:00:00".parse().unwrap() });
    /// let file = Sighting { path: "BC La Sơn.xlsx".into(), look };
    /// assert_eq!(inbox.look(Duration::ZERO, &[file.clone()]), Next::Wait(Duration::from_secs(5)));
    /// assert_eq!(inbox.look(Duration::from_secs(5), &[file.clone()]), Next::TakeIn([file.path].into()));
    /// ```
    pub fn look(&mut self, now: Duration, found: &[Sighting]) -> Next {
        self.note(now, found);
        let due = |seen: &Seen| self.due(seen);
        let ready: Vec<Duration> = self.seen.values().filter_map(due).filter(|due| *due <= now).collect();
        let coming: Vec<Duration> = self.seen.values().filter_map(due).filter(|due| *due > now).collect();
        // Only what somebody is at work on is waited for; a second try comes when it comes.
        let is_copied = |seen: &Seen| seen.state == State::New && self.due(seen).is_some_and(|due| due > now);
        let has_waited = ready.iter().min().is_some_and(|oldest| now >= *oldest + PATIENCE);
        if !ready.is_empty() && (has_waited || !self.seen.values().any(is_copied)) {
            let is_ready = |seen: &Seen| self.due(seen).is_some_and(|due| due <= now);
            let files = self.seen.iter().filter(|(_, seen)| is_ready(seen)).map(|(path, _)| path.clone());
            return Next::TakeIn(files.collect());
        }
        let patience_ends = ready.iter().min().map(|oldest| *oldest + PATIENCE);
        let next = coming.into_iter().chain(patience_ends).min();
        Next::Wait(next.map_or(self.every, |next| (next - now).min(self.every)))
    }

    /// Notes that files were tried at a time, and which of them are left to be tried again.
    pub fn tried(&mut self, now: Duration, files: &BTreeSet<PathBuf>, left: &BTreeSet<PathBuf>) {
        for path in files.difference(left) {
            match self.seen.get_mut(path) {
                Some(seen) if self.is_kept => seen.state = State::Taken,
                // It has gone; what bears its name from now on is another file, however like it looks.
                _ => drop(self.seen.remove(path)),
            }
        }
        for path in left {
            let Some(seen) = self.seen.get_mut(path) else { continue };
            let times = if let State::Left { times, .. } = seen.state { times } else { 0 };
            let pause = SECOND_TRY.saturating_mul(1 << times.min(5)).min(LAST_TRIES);
            seen.state = State::Left { times: times + 1, again: now + pause };
        }
    }

    /// Brings what was seen up to date: a file that looks otherwise is another one.
    fn note(&mut self, now: Duration, found: &[Sighting]) {
        let there: BTreeSet<&PathBuf> = found.iter().map(|sighting| &sighting.path).collect();
        self.seen.retain(|path, _| there.contains(path));
        for Sighting { path, look } in found {
            match self.seen.get_mut(path) {
                Some(seen) if seen.look == *look => {}
                _ => {
                    self.seen.insert(path.clone(), Seen { look: *look, since: now, state: State::New });
                }
            }
        }
    }

    /// When a file is to be taken in; `None` where it was.
    fn due(&self, seen: &Seen) -> Option<Duration> {
        let rest = match seen.look {
            Some(look) if look.bytes > 0 => self.rest,
            _ => self.rest.max(DOUBTFUL_REST),
        };
        match seen.state {
            State::New => Some(seen.since + rest),
            State::Taken => None,
            State::Left { again, .. } => Some(again),
        }
    }
}
