//! A batch into the archive, and only then out of the inbox.

use std::panic::resume_unwind;
use std::path::PathBuf;
use std::thread::{self, ScopedJoinHandle};

use super::batch::Batch;
use super::sources::Source;
use super::{Taken, problems};
use crate::diag::Diagnostic;
use crate::error::Error;
use crate::host::{Host, Look};
use crate::pipeline::archive;
use crate::pipeline::workspace::Workspace;

/// How many threads write to the archive.
const WRITERS: usize = 4;

/// A file taken in that lies in the inbox all the same.
#[derive(Debug)]
pub struct Uncleared {
    /// Its path below the inbox.
    pub path: String,
    /// Why.
    pub diagnostic: Diagnostic,
}

/// A file of the inbox that can go once the archive has it.
pub(super) struct Read {
    pub(super) path: PathBuf,
    pub(super) sent: String,
    /// What it looked like before it was read.
    pub(super) look: Look,
}

impl Read {
    pub(super) fn of(source: &Source, look: Option<Look>) -> Option<Read> {
        look.map(|look| Read { path: source.path.clone(), sent: source.sent.clone(), look })
    }
}

/// Archives a batch while it becomes frames, then clears the inbox of it.
pub(super) fn keep(
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

/// Removes a file from the inbox if it is still the one that was read; what became of it where that cannot be.
fn clear(host: &dyn Host, read: &Read) -> Option<Uncleared> {
    let diagnostic = match host.look(&read.path) {
        Ok(look) if look != read.look => Some(problems::saved_anew(&read.sent)),
        looked => {
            let removed = looked.and_then(|_| host.remove_file(&read.path));
            let error = removed.err().filter(|error| !error.is_not_found());
            error.map(|error| problems::not_removed(&read.sent, &error))
        }
    };
    diagnostic.map(|diagnostic| Uncleared { path: read.sent.clone(), diagnostic })
}
