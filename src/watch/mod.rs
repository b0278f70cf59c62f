//! `ntm watch`: what is dropped into the inbox is taken in once it lies there whole.
//!
//! *Takes* what the inbox shows whenever the system tells of a change, and at the latest after a while: no event comes from
//! network shares, and none is needed for anything but speed. *Gives* files to take in. *Never* takes one that is still
//! being written, and never looks at the disk or the clock itself.

mod inbox;
pub mod life;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::error::Error;
use crate::host::{Host, Look};

pub use inbox::{Inbox, Next, Sighting};

/// After a change the inbox is left alone for this long: a copy is told of as hundreds of changes.
const BREATH: Duration = Duration::from_millis(200);

/// Why somebody who waits is woken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wake {
    /// Something changed in the folder.
    Changed,
    /// The time is up.
    TimeUp,
    /// The program is to end.
    Stop,
}

/// The clock and the bell of whoever watches.
pub trait Bell {
    /// How long the watch has gone on.
    fn elapsed(&self) -> Duration;

    /// Waits for a change of the folder, or for nothing but the end where `only_stop`.
    fn wait(&mut self, at_most: Duration, only_stop: bool) -> Wake;

    /// Has the changes of a folder told, where the system can.
    fn listen(&mut self, folder: &Path);
}

/// What a watch does.
pub trait Work {
    /// Takes files in; gives back those that stay to be tried once more, all of them where nothing could be done.
    fn take_in(&mut self, files: &BTreeSet<PathBuf>) -> BTreeSet<PathBuf>;

    /// Called at each look, with what keeps the inbox from being looked at.
    fn beat(&mut self, trouble: Option<&Error>);
}

/// Watches an inbox until the bell says stop.
pub fn watch(host: &dyn Host, folder: &Path, mut inbox: Inbox, bell: &mut dyn Bell, work: &mut dyn Work) {
    bell.listen(folder);
    let mut is_lost = false;
    loop {
        let found = sightings(host, folder);
        work.beat(found.as_ref().err());
        // A folder that comes back, as a share does, is another one: the old one's changes are told no more.
        if is_lost && found.is_ok() {
            bell.listen(folder);
        }
        is_lost = found.is_err();
        let next = inbox.look(bell.elapsed(), &found.unwrap_or_default());
        let wake = match next {
            Next::TakeIn(files) => {
                let left = work.take_in(&files);
                inbox.tried(bell.elapsed(), &files, &left);
                bell.wait(BREATH, true)
            }
            Next::Wait(at_most) => match bell.wait(at_most, false) {
                Wake::Changed => bell.wait(BREATH, true),
                other => other,
            },
        };
        if wake == Wake::Stop {
            return;
        }
    }
}

/// What an inbox shows. A file that goes while it is looked at is not there; one that cannot be opened is shown as that.
fn sightings(host: &dyn Host, folder: &Path) -> Result<Vec<Sighting>, Error> {
    let mut found = Vec::new();
    for path in host.files(folder)? {
        let look = match host.look(&path) {
            Err(error) if error.is_not_found() => continue,
            other => other.ok(),
        };
        found.push(Sighting { path, look });
    }
    Ok(found)
}

#[cfg(test)]
mod tests;
