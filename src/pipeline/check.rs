//! `ntm check`: files read and shown as understood; nothing is changed.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::examine::{Desk, Examined, Judged, examine_fenced, judge, sha256, unread};
use super::workspace::Workspace;
use crate::diag::Code;
use crate::error::Error;
use crate::host::Host;

/// A file of a commune is not larger than this.
pub(super) const FILE_LIMIT: u64 = 64 << 20;

/// Files as understood, in the order in which they were named.
#[derive(Debug)]
pub struct Checkup {
    /// One for each file.
    pub files: Vec<Examined>,
    /// Their observations.
    pub judged: Judged,
    /// Whether one of them could not be opened at all.
    pub unopened: bool,
}

/// Examines files. One that is not there or cannot be opened has its diagnostic, and the others go on.
///
/// # Errors
/// A fault of ours, or a clock that is none.
pub fn check(host: &dyn Host, workspace: &Workspace, files: &[PathBuf]) -> Result<Checkup, Error> {
    let desk = Desk::new(&workspace.catalogue, &workspace.settings);
    let now = host.now()?;
    let one = |path: &PathBuf| match host.read(path, FILE_LIMIT) {
        Ok(bytes) => examine_fenced(host, &desk, &shown(workspace, path), &bytes, sha256(&bytes), now),
        Err(error) => unread(&shown(workspace, path), &error, now),
    };
    let mut files: Vec<Examined> = files.par_iter().map(one).collect();
    let unopened = files
        .iter()
        .filter(|f| f.sha256.is_empty())
        .flat_map(|f| &f.diagnostics)
        .any(|d| d.code == Code::FileUnreadable);
    let judged = judge(&desk, &mut files).map_err(Error::internal)?;
    Ok(Checkup { files, judged, unopened })
}

/// A file in the inbox is known by its path below it; any other by its name, for the folders above say nothing.
fn shown(workspace: &Workspace, path: &Path) -> String {
    match path.strip_prefix(&workspace.settings.folders.inbox) {
        Ok(_) => super::workspace::below(&workspace.settings.folders.inbox, path),
        Err(_) => {
            path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
        }
    }
}
