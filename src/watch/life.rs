//! The sign of life of a watch: a small file that it writes anew as long as it lives, so that `ntm status` can tell.

use std::path::Path;

use jiff::civil::DateTime;
use jiff::{SignedDuration, Unit};
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::host::Host;

/// The file's name in the folder of the logs.
pub const FILE: &str = "dang-theo-doi.json";

/// The file is a few lines.
const LIMIT: u64 = 64 << 10;

/// A watch looks at its inbox, and shows that it lives, once a minute at least.
const SILENT_AFTER: SignedDuration = SignedDuration::from_mins(3);

/// While files are taken in it cannot show anything.
const SILENT_AT_WORK_AFTER: SignedDuration = SignedDuration::from_mins(60);

/// What a watch says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sign {
    /// Its process id.
    pub pid: u32,
    /// The machine it runs on.
    pub host: String,
    /// Since when, local time.
    pub since: DateTime,
    /// When it said this.
    pub at: DateTime,
    /// What it was doing.
    pub state: State,
    /// What kept it from looking at the inbox, as people are told.
    pub trouble: Option<String>,
}

/// What a watch was doing when it last showed that it lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Waiting for files.
    Waiting,
    /// Taking files in.
    AtWork,
    /// It was told to stop, and did.
    Stopped,
}

/// Whether a watch lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Life {
    /// It does.
    Alive,
    /// It was stopped.
    Stopped,
    /// It has said nothing for too long: its process, or the machine, ended without a word.
    Silent,
}

impl Sign {
    /// Whether the watch that gave this sign lives at a moment.
    ///
    /// A sign from the future, as after the clock was set back, is as doubtful as an old one.
    #[must_use]
    pub fn life(&self, now: DateTime) -> Life {
        let limit = match self.state {
            State::Stopped => return Life::Stopped,
            State::Waiting => SILENT_AFTER,
            State::AtWork => SILENT_AT_WORK_AFTER,
        };
        let age = now.since((Unit::Second, self.at)).map(|span| SignedDuration::from_secs(span.get_seconds()));
        if age.is_ok_and(|age| age.abs() <= limit) { Life::Alive } else { Life::Silent }
    }
}

/// The last sign of a watch in a folder of logs; none where none was ever given, or nobody can tell what it says.
///
/// # Errors
///
/// The disk.
pub fn last(host: &dyn Host, logs: &Path) -> Result<Option<Sign>, Error> {
    let path = logs.join(FILE);
    if !host.exists(&path)? {
        return Ok(None);
    }
    Ok(serde_json::from_slice(&host.read(&path, LIMIT)?).ok())
}

/// Shows that a watch lives.
///
/// # Errors
///
/// The disk.
pub fn show(host: &dyn Host, logs: &Path, sign: &Sign) -> Result<(), Error> {
    host.create_folder(logs)?;
    host.write(&logs.join(FILE), &serde_json::to_vec_pretty(sign).map_err(Error::internal)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::Disk;

    fn sign(at: &str, state: State) -> Sign {
        let since = "2026-11-25T07:00:00".parse().unwrap();
        Sign { pid: 42, host: "PC-NTM".into(), since, at: at.parse().unwrap(), state, trouble: None }
    }

    fn life(at: &str, state: State) -> Life {
        sign(at, state).life("2026-11-25T12:00:00".parse().unwrap())
    }

    #[test]
    fn a_watch_lives_while_its_last_sign_is_fresh() {
        assert_eq!(life("2026-11-25T11:57:30", State::Waiting), Life::Alive);
        assert_eq!(life("2026-11-25T11:56:00", State::Waiting), Life::Silent);
        assert_eq!(life("2026-11-25T11:20:00", State::AtWork), Life::Alive);
        assert_eq!(life("2026-11-24T12:00:00", State::AtWork), Life::Silent);
    }

    #[test]
    fn one_that_was_stopped_is_not_taken_for_one_that_fell_silent() {
        assert_eq!(life("2026-11-25T11:59:59", State::Stopped), Life::Stopped);
    }

    #[test]
    fn a_sign_from_the_future_is_no_sign_of_life() {
        assert_eq!(life("2026-11-25T12:01:00", State::Waiting), Life::Alive);
        assert_eq!(life("2026-11-26T07:00:00", State::Waiting), Life::Silent);
    }

    #[test]
    fn a_sign_is_read_as_it_was_given_and_a_broken_one_is_none() {
        let logs = tempfile::tempdir().unwrap();
        let folder = logs.path().join("nhat-ky");
        assert_eq!(last(&Disk, &folder).unwrap(), None);
        let given = sign("2026-11-25T11:59:59", State::Waiting);
        show(&Disk, &folder, &given).unwrap();
        assert_eq!(last(&Disk, &folder).unwrap(), Some(given));
        Disk.write(&folder.join(FILE), b"{").unwrap();
        assert_eq!(last(&Disk, &folder).unwrap(), None);
    }
}
