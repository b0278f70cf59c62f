//! Taking files in: what lies in the inbox and what an interrupted run left in the archive, examined in parallel, each
//! copied into the archive before anything rests on it.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::resume_unwind;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, ScopedJoinHandle};

use jiff::SignedDuration;
use jiff::civil::{Date, DateTime, Time};
use rayon::prelude::*;

use super::archive;
use super::check::FILE_LIMIT;
use super::examine::{Desk, Examined, broken, examine, examine_fenced, sha256, unread};
use super::workspace::{Workspace, below};
use crate::diag::{Code, Diagnostic, Severity};
use crate::error::Error;
use crate::host::{Host, Look};
use crate::model::{Place, Text};
use crate::render;

/// A file taken in.
#[derive(Debug)]
pub(super) struct Taken {
    pub(super) examined: Examined,
    /// Its path below the archive.
    pub(super) archive: String,
    /// The hash of the file of which it is the mended copy.
    pub(super) copy_of: Option<String>,
}

/// How many files are worked on at a time. What a file was understood as takes a hundred times the room that it takes
/// in the frames, so that of a province's thousand files only these are held.
const BATCH: usize = 128;

/// How many threads write to the archive.
const WRITERS: usize = 4;

/// What taking in came to.
#[derive(Debug, Default)]
pub(super) struct Intake {
    /// New files, by the order of their paths.
    pub(super) taken: Vec<Taken>,
    /// Files that are byte for byte others, or copies as they were returned: the diagnostic says which.
    pub(super) repeated: Vec<Diagnostic>,
    /// Files that could not be opened, or are not whole yet: they stay in the inbox.
    pub(super) left: Vec<Examined>,
    /// Files taken in that could not be removed from the inbox.
    pub(super) uncleared: Vec<Uncleared>,
    /// When the run began.
    now: DateTime,
    /// The path as sent of each file of this run, by its hash.
    first: BTreeMap<String, String>,
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

/// A file taken in that lies in the inbox all the same.
#[derive(Debug)]
pub struct Uncleared {
    /// Its path below the inbox.
    pub path: String,
    /// Why.
    pub diagnostic: Diagnostic,
}

/// A file that was opened.
struct Opened {
    source: Source,
    bytes: Vec<u8>,
    sha256: String,
    /// What it looked like before it was read, in the inbox.
    look: Option<Look>,
}

/// A file of the inbox that can go once the archive has it.
struct Read {
    path: PathBuf,
    sent: String,
    /// What it looked like before it was read.
    look: Look,
}

/// A file that was examined.
enum Looked {
    /// It is new, with its bytes where the archive does not have them.
    New(Taken, Option<Vec<u8>>),
    /// A returned copy in which nobody changed anything: all it says, the archive has.
    Unmended(Source),
    /// It is no whole file, and was written to a moment ago: somebody is at it.
    Unfinished(Examined),
}

/// Files that were examined and are not in the archive yet.
#[derive(Default)]
struct Batch {
    /// What they were understood as, and where in the archive they belong.
    taken: Vec<Taken>,
    /// Bytes to be archived, by their path below the archive.
    originals: Vec<(String, Vec<u8>)>,
    /// What can go from the inbox then.
    clear: Vec<Read>,
    /// What could not.
    uncleared: Vec<Uncleared>,
}

/// Which files of the inbox are meant, and when that is asked.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'a> {
    /// All that lie there, or these only.
    pub(super) only: Option<&'a BTreeSet<PathBuf>>,
    pub(super) now: DateTime,
}

/// Takes in everything that is not known by its hash, a batch at a time; `known` has the archive's path of each hash.
/// `frame` is given the new files of each batch, `done` is called after each file.
pub(super) fn take_in(
    host: &dyn Host,
    workspace: &Workspace,
    known: &BTreeMap<String, String>,
    wanted: Wanted<'_>,
    frame: &mut (dyn FnMut(&mut [Taken]) -> Result<(), Error> + Send),
    done: &(dyn Fn(usize, usize) + Sync),
) -> Result<Intake, Error> {
    let desk = Desk::new(&workspace.catalogue, &workspace.settings).without_pictures();
    let mut sources = left_in_archive(host, workspace, known)?;
    sources.extend(in_inbox(host, workspace, wanted)?);
    let total = sources.len();
    let mut sources = sources.into_iter().peekable();
    let mut intake = Intake { now: wanted.now, ..Intake::default() };
    let count = AtomicUsize::new(0);
    let tick = || done(count.fetch_add(1, Ordering::Relaxed) + 1, total);
    let mut batch = Batch::default();
    loop {
        // While one batch is archived and becomes frames, the next is examined.
        let next: Vec<Source> = sources.by_ref().take(BATCH).collect();
        let mut examined = Ok(Batch::default());
        let kept = rayon::in_place_scope(|scope| {
            scope.spawn(|_| examined = examine_batch(host, workspace, &desk, known, next, &mut intake, &tick));
            keep(host, workspace, &mut batch, frame)
        });
        kept?;
        intake.taken.append(&mut batch.taken);
        intake.uncleared.append(&mut batch.uncleared);
        batch = examined?;
        if batch.taken.is_empty() && batch.clear.is_empty() && sources.peek().is_none() {
            return Ok(intake);
        }
    }
}

/// What would be taken in, examined where it lies.
pub(super) fn waiting(
    host: &dyn Host,
    workspace: &Workspace,
    desk: &Desk<'_>,
    known: &BTreeMap<String, String>,
    now: DateTime,
) -> Result<Vec<Examined>, Error> {
    let mut sources = left_in_archive(host, workspace, known)?;
    sources.extend(in_inbox(host, workspace, Wanted { only: None, now })?);
    let examined: Result<Vec<Option<Examined>>, Error> = sources
        .into_par_iter()
        .map(|source| {
            Ok(match open(host, source)? {
                Ok(one) if known.contains_key(&one.sha256) => None,
                Ok(Opened { source, bytes, sha256, .. }) => {
                    Some(examine_fenced(host, desk, &source.sent, &bytes, sha256, source.received_at))
                }
                Err(unopened) => Some(unopened),
            })
        })
        .collect();
    Ok(examined?.into_iter().flatten().collect())
}

/// Known files examined once more. One that has gone from the archive stays as it was understood.
pub(super) fn again(
    host: &dyn Host,
    workspace: &Workspace,
    desk: &Desk<'_>,
    known: &BTreeMap<String, String>,
    hashes: &BTreeSet<String>,
) -> Result<Vec<Taken>, Error> {
    let archived: Vec<(&String, &String)> = hashes.iter().filter_map(|hash| known.get_key_value(hash)).collect();
    let taken: Result<Vec<Option<Taken>>, Error> = archived
        .into_par_iter()
        .map(|(sha256, archive)| {
            let path = workspace.settings.folders.archive.join(archive);
            let Some((received_at, _, sent)) = archive::parse(archive) else { return Ok(None) };
            if !host.exists(&path)? {
                return Ok(None);
            }
            let bytes = host.read(&path, FILE_LIMIT)?;
            let examined = examine_fenced(host, desk, &sent, &bytes, sha256.clone(), received_at);
            let copy_of = copy_of(&examined, &bytes);
            Ok(Some(Taken { examined, archive: archive.clone(), copy_of }))
        })
        .collect();
    Ok(taken?.into_iter().flatten().collect())
}

/// Reads a batch and examines what is new.
fn examine_batch(
    host: &dyn Host,
    workspace: &Workspace,
    desk: &Desk<'_>,
    known: &BTreeMap<String, String>,
    sources: Vec<Source>,
    intake: &mut Intake,
    done: &(dyn Fn() + Sync),
) -> Result<Batch, Error> {
    let opened: Result<Vec<Result<Opened, Examined>>, Error> =
        sources.into_par_iter().map(|source| open(host, source)).collect();
    let (mut batch, mut fresh) = (Batch::default(), Vec::new());
    for one in opened? {
        let one = match one {
            Ok(opened) => opened,
            Err(unopened) => {
                done();
                intake.left.push(unopened);
                continue;
            }
        };
        let archived = known.get(&one.sha256);
        match (intake.first.get(&one.sha256), archived) {
            (Some(earlier), _) => intake.repeated.push(same_bytes(&one.source.sent, Some(earlier))),
            // A kept inbox shows the same files at every run: that is no news.
            (None, Some(_)) if workspace.settings.keep_inbox => {}
            (None, Some(_)) => intake.repeated.push(same_bytes(&one.source.sent, None)),
            (None, None) => {
                intake.first.insert(one.sha256.clone(), one.source.sent.clone());
                fresh.push(one);
                continue;
            }
        }
        batch.clear.extend(Read::of(&one.source, one.look));
        // A file that is known may have gone from the archive: then the copy at hand is the only one.
        if let Some(archived) = archived
            && !host.exists(&workspace.settings.folders.archive.join(archived))?
        {
            batch.originals.push((archived.clone(), one.bytes));
        }
        done();
    }
    let now = intake.now;
    let looked: Result<Vec<(Looked, Option<Read>)>, Error> = fresh
        .into_par_iter()
        .map(|opened| {
            let read = Read::of(&opened.source, opened.look);
            let looked = look(host, workspace, desk, known, now, opened);
            done();
            Ok((looked?, read))
        })
        .collect();
    for (one, read) in looked? {
        match one {
            Looked::New(taken, bytes) => {
                batch.originals.extend(bytes.map(|bytes| (taken.archive.clone(), bytes)));
                batch.taken.push(taken);
            }
            Looked::Unmended(source) => intake.repeated.push(unmended(&source.sent)),
            Looked::Unfinished(examined) => {
                intake.left.push(examined);
                continue;
            }
        }
        batch.clear.extend(read);
    }
    Ok(batch)
}

/// Examines a file that is new.
fn look(
    host: &dyn Host,
    workspace: &Workspace,
    desk: &Desk<'_>,
    known: &BTreeMap<String, String>,
    now: DateTime,
    opened: Opened,
) -> Result<Looked, Error> {
    let Opened { source, bytes, sha256, look } = opened;
    // All of it is work on what the file holds.
    let begun = host.begin(&sha256);
    let mut examined = match &begun {
        Ok(_) => examine(desk, &source.sent, &bytes, sha256, source.received_at),
        Err(how) => broken(&source.sent, sha256, source.received_at, *how),
    };
    if look.is_some_and(|look| is_unfinished(&examined, look, now)) {
        examined.diagnostics = vec![unfinished(&source.sent)];
        return Ok(Looked::Unfinished(examined));
    }
    if is_copy(&examined) && source.archived.is_none() && is_unmended(host, workspace, known, &bytes)? {
        return Ok(Looked::Unmended(source));
    }
    let copy_of = copy_of(&examined, &bytes);
    Ok(match source.archived {
        Some(archive) => Looked::New(Taken { examined, archive, copy_of }, None),
        None => Looked::New(Taken { archive: archive::path_of(&examined), examined, copy_of }, Some(bytes)),
    })
}

/// Whether a file is a copy that this program returned.
fn is_copy(examined: &Examined) -> bool {
    examined.diagnostics.iter().any(|diagnostic| diagnostic.code == Code::ReturnedCopy)
}

/// The hash of the file of which this one is a returned copy.
fn copy_of(examined: &Examined, bytes: &[u8]) -> Option<String> {
    is_copy(examined).then(|| render::returned::origin_of(bytes)).flatten()
}

/// Whether a copy is, to the last byte, as it was returned, and the archive has the file of which it is one.
fn is_unmended(
    host: &dyn Host,
    workspace: &Workspace,
    known: &BTreeMap<String, String>,
    bytes: &[u8],
) -> Result<bool, Error> {
    match render::returned::unchanged_copy_of(bytes).and_then(|original| known.get(&original)) {
        Some(archived) => host.exists(&workspace.settings.folders.archive.join(archived)),
        None => Ok(false),
    }
}

/// The bytes of a file. One in the inbox that is locked or too large does not stop the others.
fn open(host: &dyn Host, source: Source) -> Result<Result<Opened, Examined>, Error> {
    // Looked at before it is read, so that what is written to it meanwhile is noticed.
    let look = source.archived.is_none().then(|| host.look(&source.path)).transpose();
    match look.and_then(|look| Ok((look, host.read(&source.path, FILE_LIMIT)?))) {
        Ok((look, bytes)) => Ok(Ok(Opened { sha256: sha256(&bytes), source, bytes, look })),
        Err(error) if source.archived.is_none() => Ok(Err(unread(&source.sent, &error, source.received_at))),
        Err(error) => Err(error),
    }
}

/// Archives a batch while it becomes frames, then clears the inbox of it.
fn keep(
    host: &dyn Host,
    workspace: &Workspace,
    batch: &mut Batch,
    frame: &mut (dyn FnMut(&mut [Taken]) -> Result<(), Error> + Send),
) -> Result<(), Error> {
    let folder = &workspace.settings.folders.archive;
    // Waiting for the disk is no work: more files wait at once than there are processors.
    let share = batch.originals.len().div_ceil(WRITERS).max(1);
    let write = |originals: &[(String, Vec<u8>)]| {
        originals.iter().try_for_each(|(path, bytes)| archive::write(host, &folder.join(path), bytes))
    };
    let (framed, written) = thread::scope(|scope| {
        let writers: Vec<_> =
            batch.originals.chunks(share).map(|originals| scope.spawn(move || write(originals))).collect();
        let framed = if batch.taken.is_empty() { Ok(()) } else { frame(&mut batch.taken) };
        let written: Vec<_> = writers.into_iter().map(ScopedJoinHandle::join).collect();
        (framed, written)
    });
    for one in written {
        one.unwrap_or_else(|panic| resume_unwind(panic))?;
    }
    framed?;
    if !workspace.settings.keep_inbox {
        batch.uncleared = batch.clear.iter().filter_map(|read| clear(host, read)).collect();
    }
    Ok(())
}

impl Read {
    fn of(source: &Source, look: Option<Look>) -> Option<Read> {
        look.map(|look| Read { path: source.path.clone(), sent: source.sent.clone(), look })
    }
}

/// Removes a file from the inbox if it is still the one that was read; what became of it where that cannot be.
fn clear(host: &dyn Host, read: &Read) -> Option<Uncleared> {
    let reason = match host.look(&read.path) {
        Ok(look) if look != read.look => Some(Text::new(
            "tệp vừa được ghi lại trong khi nhận; bản mới sẽ được nhận ở lần chạy sau",
            "it was written to while it was taken in; the new version is taken in by the next run",
        )),
        looked => {
            looked.and_then(|_| host.remove_file(&read.path)).err().filter(|error| !error.is_not_found()).map(|error| {
                let Text { vi, en } = error.text();
                Text::new(
                    format!("tệp đã nhận và lưu, nhưng còn nằm trong hộp thư đến: {vi}"),
                    format!("it was taken in and archived, but still lies in the inbox: {en}"),
                )
            })
        }
    };
    let file = read.sent.rsplit('/').next().unwrap_or(&read.sent);
    reason.map(|reason| Uncleared {
        path: read.sent.clone(),
        diagnostic: Diagnostic::new(Severity::Warning, Code::InboxNotCleared, reason).at(Place::file(&file.into())),
    })
}

/// A file that was changed less long ago than this may still be copied.
const FRESH: SignedDuration = SignedDuration::from_secs(60);

/// Whether what is no whole workbook may become one: somebody wrote to it a moment ago. The clock of the disk, as of a
/// share, may be a little ahead of ours.
fn is_unfinished(examined: &Examined, look: Look, now: DateTime) -> bool {
    let is_broken = |d: &Diagnostic| matches!(d.code, Code::FileUnreadable | Code::FileEmpty);
    let age = now.duration_since(look.modified).abs();
    age < FRESH && examined.submissions.is_empty() && examined.diagnostics.iter().any(is_broken)
}

/// A stand-in while a batch is worked on as a whole.
pub(super) fn empty() -> Examined {
    Examined {
        file: "".into(),
        path: String::new(),
        sha256: String::new(),
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

fn in_inbox(host: &dyn Host, workspace: &Workspace, wanted: Wanted<'_>) -> Result<Vec<Source>, Error> {
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
pub(super) fn after_all<'a>(now: DateTime, archived: impl Iterator<Item = &'a str>) -> DateTime {
    let by_the_clock = archived.filter_map(archive::parse).filter(|(_, _, sent)| folder_day(sent).is_none());
    match by_the_clock.map(|(received_at, ..)| received_at).max() {
        Some(last) if now < last => last.checked_add(jiff::SignedDuration::from_secs(1)).unwrap_or(last),
        _ => now,
    }
}

/// A folder of the inbox that is named by a day says when its files were received.
fn folder_day(sent: &str) -> Option<Date> {
    let (folders, _) = sent.rsplit_once('/')?;
    folders.rsplit('/').find_map(crate::text::date::day)
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

fn unfinished(sent: &str) -> Diagnostic {
    let file = sent.rsplit('/').next().unwrap_or(sent);
    let message = Text::new(
        "tệp vừa được ghi và chưa trọn vẹn, có lẽ đang chép; để lại trong hộp thư đến",
        "just written and not whole, perhaps it is still being copied; left in the inbox",
    );
    let hint = Text::new(
        "chờ chép xong rồi chạy lại; sau một phút tệp vẫn như vậy thì được nhận như tệp hỏng",
        "wait until it is copied and run again; if it is the same after a minute, it is taken in as a broken file",
    );
    Diagnostic::new(Severity::Error, Code::FileUnfinished, message).with_hint(hint).at(Place::file(&file.into()))
}

fn unmended(sent: &str) -> Diagnostic {
    let file = sent.rsplit('/').next().unwrap_or(sent);
    let message = Text::new(
        "bản trả lại gửi về y nguyên, chưa sửa gì, không nhận",
        "a returned copy came back as it was sent, nothing is mended, not taken in",
    );
    let hint = Text::new(
        "nhắc xã sửa các chỗ ghi ở trang đầu của tệp rồi gửi lại",
        "ask the commune to mend what the first sheet of the file lists and to send it again",
    );
    Diagnostic::new(Severity::Info, Code::CopyUnmended, message).with_hint(hint).at(Place::file(&file.into()))
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
