//! Taking files in: what lies in the inbox and what an interrupted run left in the archive, examined in parallel, each
//! copied into the archive before anything rests on it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use jiff::civil::{Date, DateTime, Time};
use rayon::prelude::*;

use super::check::FILE_LIMIT;
use super::examine::{Desk, Examined, examine, sha256, unread};
use super::workspace::{Workspace, below};
use crate::diag::{Code, Diagnostic, Severity};
use crate::error::Error;
use crate::host::Host;
use crate::model::{Place, Text};

/// How many hex digits of a hash stand in the archive's paths.
const SHORT_HASH: usize = 16;

/// A file taken in.
#[derive(Debug)]
pub(super) struct Taken {
    pub(super) examined: Examined,
    /// Its path below the archive.
    pub(super) archive: String,
}

/// What taking in came to.
#[derive(Debug, Default)]
pub(super) struct Intake {
    /// New files, by the order of their paths.
    pub(super) taken: Vec<Taken>,
    /// Files that are byte for byte others: the diagnostic says which.
    pub(super) repeated: Vec<Diagnostic>,
    /// Files that could not be opened: they stay in the inbox.
    pub(super) left: Vec<Examined>,
}

/// A file that was looked at.
enum Looked {
    Read(Source, Examined, Vec<u8>),
    Unopened(Examined),
}

/// A file to be looked at, and where it stands.
struct Source {
    /// Where its bytes are.
    path: PathBuf,
    /// Its path as the sender's: below the inbox.
    sent: String,
    received_at: DateTime,
    /// Its path below the archive, where it is there already.
    archived: Option<String>,
}

/// Takes in everything that is not known by its hash; `known` has the archive's path of each hash. `done` is called after each file.
pub(super) fn take_in(
    host: &dyn Host,
    workspace: &Workspace,
    known: &BTreeMap<String, String>,
    now: DateTime,
    done: &(dyn Fn(usize, usize) + Sync),
) -> Result<Intake, Error> {
    let desk = Desk::new(&workspace.catalogue, &workspace.settings);
    let mut sources = left_in_archive(host, workspace, known)?;
    sources.extend(in_inbox(host, workspace, now)?);
    let total = sources.len();
    let count = std::sync::atomic::AtomicUsize::new(0);
    let looked: Result<Vec<Looked>, Error> = sources
        .into_par_iter()
        .map(|source| {
            let bytes = match host.read(&source.path, FILE_LIMIT) {
                Ok(bytes) => bytes,
                // One file in the inbox that is locked or too large does not stop the others.
                Err(error) if source.archived.is_none() => {
                    return Ok(Looked::Unopened(unread(&source.sent, &error, source.received_at)));
                }
                Err(error) => return Err(error),
            };
            let hash = sha256(&bytes);
            let is_known = known.contains_key(&hash);
            let examined =
                if is_known { repetition(&hash) } else { examine(&desk, &source.sent, &bytes, source.received_at) };
            done(count.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1, total);
            Ok(Looked::Read(source, examined, bytes))
        })
        .collect();
    settle(host, workspace, known, looked?)
}

/// A stand-in while a batch is worked on as a whole.
pub(super) fn empty() -> Examined {
    repetition("")
}

/// A stand-in for a file whose bytes are known: nothing is read from it.
fn repetition(hash: &str) -> Examined {
    Examined {
        file: "".into(),
        path: String::new(),
        sha256: hash.to_owned(),
        received_at: DateTime::default(),
        submissions: Vec::new(),
        diagnostics: Vec::new(),
    }
}

/// Files in the archive that the store does not know: what a run that was cut off had taken in.
fn left_in_archive(
    host: &dyn Host,
    workspace: &Workspace,
    known: &BTreeMap<String, String>,
) -> Result<Vec<Source>, Error> {
    let archive = &workspace.settings.folders.archive;
    if !host.exists(archive)? {
        return Ok(Vec::new());
    }
    let short: BTreeSet<&str> = known.keys().filter_map(|hash| hash.get(..SHORT_HASH)).collect();
    let mut found = Vec::new();
    for path in host.files(archive)? {
        let archived = below(archive, &path);
        let Some((received_at, hash, sent)) = parse_archived(&archived) else { continue };
        if !short.contains(hash.as_str()) {
            found.push(Source { path, sent, received_at, archived: Some(archived) });
        }
    }
    Ok(found)
}

fn in_inbox(host: &dyn Host, workspace: &Workspace, now: DateTime) -> Result<Vec<Source>, Error> {
    let inbox = &workspace.settings.folders.inbox;
    if !host.exists(inbox)? {
        return Ok(Vec::new());
    }
    let sources = host.files(inbox)?.into_iter().map(|path| {
        let sent = below(inbox, &path);
        let received_at = folder_day(&sent).map_or(now, |day| day.to_datetime(Time::midnight()));
        Source { path, sent, received_at, archived: None }
    });
    Ok(sources.collect())
}

/// A folder of the inbox that is named by a day says when its files were received.
fn folder_day(sent: &str) -> Option<Date> {
    let (folders, _) = sent.rsplit_once('/')?;
    folders.rsplit('/').find_map(crate::text::date::day)
}

/// Copies what is new into the archive, then clears the inbox of what is there.
fn settle(
    host: &dyn Host,
    workspace: &Workspace,
    known: &BTreeMap<String, String>,
    looked: Vec<Looked>,
) -> Result<Intake, Error> {
    let mut intake = Intake::default();
    let mut first: BTreeMap<String, String> = BTreeMap::new();
    let mut fresh = Vec::new();
    let mut clear = Vec::new();
    for one in looked {
        let (source, examined, bytes) = match one {
            Looked::Read(source, examined, bytes) => (source, examined, bytes),
            Looked::Unopened(examined) => {
                intake.left.push(examined);
                continue;
            }
        };
        let is_known = known.contains_key(&examined.sha256);
        if let Some(archived) = known.get(&examined.sha256) {
            keep_archived(host, &workspace.settings.folders.archive.join(archived), &bytes)?;
        }
        if source.archived.is_none() {
            clear.push(source.path.clone());
        }
        match first.get(&examined.sha256) {
            Some(earlier) => intake.repeated.push(same_bytes(&source.sent, Some(earlier))),
            // A kept inbox shows the same files at every run: that is no news.
            None if is_known && workspace.settings.keep_inbox => {}
            None if is_known => intake.repeated.push(same_bytes(&source.sent, None)),
            None => {
                first.insert(examined.sha256.clone(), source.sent.clone());
                fresh.push((source, examined, bytes));
            }
        }
    }
    let taken: Result<Vec<Taken>, Error> = fresh
        .into_par_iter()
        .map(|(source, examined, bytes)| {
            let archive = match source.archived {
                Some(archive) => archive,
                None => {
                    let relative = archive_path(&examined);
                    write_archived(host, &workspace.settings.folders.archive.join(&relative), &bytes)?;
                    relative
                }
            };
            Ok(Taken { examined, archive })
        })
        .collect();
    intake.taken = taken?;
    if !workspace.settings.keep_inbox {
        for path in clear {
            host.remove_file(&path)?;
        }
    }
    Ok(intake)
}

/// A file that is known may have gone from the archive: then the copy at hand is the only one.
fn keep_archived(host: &dyn Host, target: &Path, bytes: &[u8]) -> Result<(), Error> {
    if host.exists(target)? { Ok(()) } else { write_archived(host, target, bytes) }
}

fn write_archived(host: &dyn Host, target: &Path, bytes: &[u8]) -> Result<(), Error> {
    if let Some(folder) = target.parent() {
        host.create_folder(folder)?;
    }
    host.write(target, bytes)
}

/// `13546/20230424T000000-0123456789abcdef/2023-04-24/BC Trung Lương.xlsx`: commune, time, hash, and the path as sent.
fn archive_path(examined: &Examined) -> String {
    let mut communes: Vec<&str> =
        examined.submissions.iter().filter_map(|s| s.commune.as_ref()).map(|c| c.0.as_str()).collect();
    communes.dedup();
    let commune = match communes.as_slice() {
        [] => "chua-ro",
        [only] => only,
        _ => "nhieu-xa",
    };
    let time = examined.received_at.strftime("%Y%m%dT%H%M%S");
    format!("{commune}/{time}-{}/{}", &examined.sha256[..SHORT_HASH], examined.path)
}

/// Time, short hash and path as sent of a path below the archive; `None` for what the program did not put there.
fn parse_archived(archived: &str) -> Option<(DateTime, String, String)> {
    let (_, rest) = archived.split_once('/')?;
    let (stamp, sent) = rest.split_once('/')?;
    let (time, hash) = stamp.split_once('-')?;
    let received_at = DateTime::strptime("%Y%m%dT%H%M%S", time).ok()?;
    (hash.len() == SHORT_HASH).then(|| (received_at, hash.to_owned(), sent.to_owned()))
}

fn same_bytes(sent: &str, earlier: Option<&str>) -> Diagnostic {
    let file = sent.rsplit('/').next().unwrap_or(sent);
    let message = match earlier {
        Some(earlier) => Text::new(
            format!("tệp trùng từng byte với «{earlier}», không nhận lại"),
            format!("byte for byte the same as {earlier:?}, not taken in again"),
        ),
        None => Text::new(
            "tệp trùng từng byte với tệp đã nhận, không nhận lại",
            "byte for byte a file received before, not taken in again",
        ),
    };
    Diagnostic::new(Severity::Info, Code::DuplicateFile, message).at(Place::file(&file.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn archive_paths_keep_time_hash_and_the_path_as_sent() {
        let examined = Examined {
            path: "2023-04-24/BC Trung Lương.xlsx".into(),
            received_at: "2023-04-24T00:00:00".parse().unwrap(),
            ..repetition(&"0123456789abcdef".repeat(4))
        };
        let path = archive_path(&examined);
        assert_eq!(path, "chua-ro/20230424T000000-0123456789abcdef/2023-04-24/BC Trung Lương.xlsx");
        let (received_at, hash, sent) = parse_archived(&path).unwrap();
        assert_eq!((received_at, hash.as_str(), sent), (examined.received_at, "0123456789abcdef", examined.path));
        assert!(parse_archived("ghi chú.txt").is_none());
    }

    #[test]
    fn a_folder_named_by_a_day_says_when_its_files_came() {
        assert_eq!(folder_day("2023-04-24/BC.xlsx"), Some(Date::constant(2023, 4, 24)));
        assert_eq!(folder_day("Zalo/25-4-2023/BC.xlsx"), Some(Date::constant(2023, 4, 25)));
        assert_eq!(folder_day("BC 24-4-2023.xlsx"), None);
    }
}
