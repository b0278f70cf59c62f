//! Taking files in: what lies in the inbox and what an interrupted run left in the archive, examined in parallel, each
//! copied into the archive before anything rests on it.

mod batch;
mod keep;
mod problems;
mod sources;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::civil::DateTime;
use rayon::prelude::*;

use super::archive;
use super::check::FILE_LIMIT;
use super::examine::{Desk, Examined, examine_fenced};
use super::workspace::Workspace;
use crate::diag::Diagnostic;
use crate::error::Error;
use crate::host::Host;
use batch::{Batch, copy_of, examine_batch};
use keep::keep;
use sources::{Opened, Source, in_inbox, left_in_archive, open};

pub use keep::Uncleared;
pub(super) use sources::{Wanted, after_all};

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
