//! A batch read and examined, several files at a time: what is new in it, and what is known already.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use jiff::civil::DateTime;
use rayon::prelude::*;

use super::keep::{Read, Uncleared};
use super::sources::{Opened, Source, open};
use super::{Intake, Taken, problems};
use crate::diag::{Code, Diagnostic};
use crate::error::Error;
use crate::host::{Host, Look};
use crate::pipeline::archive;
use crate::pipeline::examine::{Desk, Examined, broken, examine};
use crate::pipeline::workspace::Workspace;
use crate::render;

/// Files that were examined and are not in the archive yet.
#[derive(Default)]
pub(super) struct Batch {
    /// What they were understood as, and where in the archive they belong.
    pub(super) taken: Vec<Taken>,
    /// Bytes to be archived, by their path below the archive.
    pub(super) originals: Vec<(String, Vec<u8>)>,
    /// What can go from the inbox then.
    pub(super) clear: Vec<Read>,
    /// What could not.
    pub(super) uncleared: Vec<Uncleared>,
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

/// Reads a batch and examines what is new.
pub(super) fn examine_batch(
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
            (Some(earlier), _) => intake.repeated.push(problems::same_bytes(&one.source.sent, Some(earlier))),
            // A kept inbox shows the same files at every run: that is no news.
            (None, Some(_)) if workspace.settings.keep_inbox => {}
            (None, Some(_)) => intake.repeated.push(problems::same_bytes(&one.source.sent, None)),
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
            Looked::Unmended(source) => intake.repeated.push(problems::unmended(&source.sent)),
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
        examined.diagnostics = vec![problems::unfinished(&source.sent)];
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
pub(super) fn copy_of(examined: &Examined, bytes: &[u8]) -> Option<String> {
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

/// A file that was changed less long ago than this may still be copied.
const FRESH: SignedDuration = SignedDuration::from_secs(60);

/// Whether what is no whole workbook may become one: somebody wrote to it a moment ago. The clock of the disk, as of a
/// share, may be a little ahead of ours.
fn is_unfinished(examined: &Examined, look: Look, now: DateTime) -> bool {
    let is_broken = |d: &Diagnostic| matches!(d.code, Code::FileUnreadable | Code::FileEmpty);
    let age = now.duration_since(look.modified).abs();
    age < FRESH && examined.submissions.is_empty() && examined.diagnostics.iter().any(is_broken)
}
