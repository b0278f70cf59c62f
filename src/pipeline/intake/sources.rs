//! Which files there are to be looked at: in the inbox, and in the archive where an interrupted run left them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use jiff::SignedDuration;
use jiff::civil::{Date, DateTime, Time};

use crate::error::Error;
use crate::host::{Host, Look};
use crate::pipeline::archive;
use crate::pipeline::check::FILE_LIMIT;
use crate::pipeline::examine::{Examined, sha256, unread};
use crate::pipeline::workspace::{Workspace, below};

/// A file to be looked at, and where it stands.
pub(super) struct Source {
    /// Where its bytes are.
    pub(super) path: PathBuf,
    /// Its path as the sender's: below the inbox.
    pub(super) sent: String,
    pub(super) received_at: DateTime,
    /// Its path below the archive, where it is there already.
    pub(super) archived: Option<String>,
}

/// A file that was opened.
pub(super) struct Opened {
    pub(super) source: Source,
    pub(super) bytes: Vec<u8>,
    pub(super) sha256: String,
    /// What it looked like before it was read, in the inbox.
    pub(super) look: Option<Look>,
}

/// Which files of the inbox are meant, and when that is asked.
#[derive(Clone, Copy)]
pub(in crate::pipeline) struct Wanted<'a> {
    /// All that lie there, or these only.
    pub(in crate::pipeline) only: Option<&'a BTreeSet<PathBuf>>,
    pub(in crate::pipeline) now: DateTime,
}

/// Files in the archive that the store does not know: what a run that was cut off had taken in.
pub(super) fn left_in_archive(
    host: &dyn Host,
    workspace: &Workspace,
    known: &BTreeMap<String, String>,
) -> Result<Vec<Source>, Error> {
    let folder = &workspace.settings.folders.archive;
    if !host.exists(folder)? {
        return Ok(Vec::new());
    }
    let short: BTreeSet<&str> = known.keys().filter_map(|hash| hash.get(..archive::SHORT_HASH)).collect();
    let mut found = Vec::new();
    for path in host.files(folder)? {
        let archived = below(folder, &path);
        let Some((received_at, hash, sent)) = archive::parse(&archived) else { continue };
        if !short.contains(hash.as_str()) {
            found.push(Source { path, sent, received_at, archived: Some(archived) });
        }
    }
    Ok(found)
}

pub(super) fn in_inbox(host: &dyn Host, workspace: &Workspace, wanted: Wanted<'_>) -> Result<Vec<Source>, Error> {
    let Wanted { only, now } = wanted;
    let inbox = &workspace.settings.folders.inbox;
    if !host.exists(inbox)? {
        return Ok(Vec::new());
    }
    let files = host.files(inbox)?.into_iter().filter(|path| only.is_none_or(|only| only.contains(path)));
    let sources = files.map(|path| {
        let sent = below(inbox, &path);
        let received_at = folder_day(&sent).map_or(now, |day| day.to_datetime(Time::midnight()));
        Source { path, sent, received_at, archived: None }
    });
    Ok(sources.collect())
}

/// The moment of a run. The latest received counts, so that a clock set back must not put what comes now before what
/// came already: then it is a second after. Days that folders are named by are no clock.
pub(in crate::pipeline) fn after_all<'a>(now: DateTime, archived: impl Iterator<Item = &'a str>) -> DateTime {
    let by_the_clock = archived.filter_map(archive::parse).filter(|(_, _, sent)| folder_day(sent).is_none());
    match by_the_clock.map(|(received_at, ..)| received_at).max() {
        Some(last) if now < last => last.checked_add(SignedDuration::from_secs(1)).unwrap_or(last),
        _ => now,
    }
}

/// A folder of the inbox that is named by a day says when its files were received.
fn folder_day(sent: &str) -> Option<Date> {
    let (folders, _) = sent.rsplit_once('/')?;
    folders.rsplit('/').find_map(crate::text::date::day)
}

/// The bytes of a file. One in the inbox that is locked or too large does not stop the others.
pub(super) fn open(host: &dyn Host, source: Source) -> Result<Result<Opened, Examined>, Error> {
    // Looked at before it is read, so that what is written to it meanwhile is noticed.
    let look = source.archived.is_none().then(|| host.look(&source.path)).transpose();
    match look.and_then(|look| Ok((look, host.read(&source.path, FILE_LIMIT)?))) {
        Ok((look, bytes)) => Ok(Ok(Opened { sha256: sha256(&bytes), source, bytes, look })),
        Err(error) if source.archived.is_none() => Ok(Err(unread(&source.sent, &error, source.received_at))),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_set_back_puts_nothing_before_what_came_already() {
        let moment = |text: &str| text.parse::<DateTime>().unwrap();
        let archived = [
            "13546/20230428T070000-0123456789abcdef/BC.xlsx",
            "13546/20300101T000000-0123456789abcdee/2030-01-01/BC.xlsx",
        ];
        let at = |now| after_all(moment(now), archived.into_iter());
        assert_eq!(at("2023-04-20T07:00:00"), moment("2023-04-28T07:00:01"));
        assert_eq!(at("2023-04-28T07:00:00"), moment("2023-04-28T07:00:00"));
        assert_eq!(at("2023-05-02T07:00:00"), moment("2023-05-02T07:00:00"));
    }

    #[test]
    fn a_folder_named_by_a_day_says_when_its_files_came() {
        assert_eq!(folder_day("2023-04-24/BC.xlsx"), Some(Date::constant(2023, 4, 24)));
        assert_eq!(folder_day("Zalo/25-4-2023/BC.xlsx"), Some(Date::constant(2023, 4, 25)));
        assert_eq!(folder_day("BC 24-4-2023.xlsx"), None);
    }
}
