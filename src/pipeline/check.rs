//! `ntm check`: files read and shown as understood; nothing is changed.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::examine::{Desk, Examined, Judged, examine, judge, too_large};
use super::workspace::Workspace;
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
}

/// Examines files.
///
/// # Errors
/// A file that is not there or cannot be opened; what is wrong inside one is its diagnostic.
pub fn check(host: &dyn Host, workspace: &Workspace, files: &[PathBuf]) -> Result<Checkup, Error> {
    let desk = Desk::new(&workspace.catalogue, &workspace.settings);
    let now = host.now()?;
    let examined: Result<Vec<Examined>, Error> = files
        .par_iter()
        .map(|path| match host.read(path, FILE_LIMIT) {
            Err(Error::TooLarge { limit, .. }) => Ok(too_large(&shown(workspace, path), now, limit)),
            read => Ok(examine(&desk, &shown(workspace, path), &read?, now)),
        })
        .collect();
    let mut files = examined?;
    let judged = judge(&desk, &mut files).map_err(Error::internal)?;
    Ok(Checkup { files, judged })
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
