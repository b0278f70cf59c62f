//! Reading again: by what rules the store was read, and what a file leaves behind that came out otherwise: papers of a
//! month it was alone in.

use std::path::Path;

use super::briefs;
use super::papers::paper_paths;
use super::plans;
use super::workspace::Workspace;
use crate::error::Error;
use crate::host::Host;
use crate::model::Period;
use crate::publish::{Artifact, publish};

/// The file of the store that says by what rules its files were read.
const RULES_FILE: &str = "quy-tac.txt";

/// A hash and a line break.
const RULES_LIMIT: u64 = 256;

/// By what rules the files of a store were last read, where a run came to its end.
pub(super) fn read_by(host: &dyn Host, store: &Path) -> Result<Option<String>, Error> {
    let path = store.join(RULES_FILE);
    if !host.exists(&path)? {
        return Ok(None);
    }
    Ok(Some(String::from_utf8_lossy(&host.read(&path, RULES_LIMIT)?).trim().to_owned()))
}

/// Writes down by what rules the store is read now: last of all, when it is.
pub(super) fn keep_rules(host: &dyn Host, workspace: &Workspace) -> Result<(), Error> {
    let path = workspace.settings.folders.store.join(RULES_FILE);
    publish(host, &[Artifact { path, bytes: format!("{}\n", workspace.rules).into_bytes() }])
}

/// Removes the papers of months that nothing stands in any more.
pub(super) fn clear(host: &dyn Host, workspace: &Workspace, empty: &[Period]) -> Result<(), Error> {
    let of_month =
        |period: &Period| paper_paths(workspace, *period).into_iter().chain([plans::path(workspace, *period)]);
    for path in empty.iter().flat_map(of_month) {
        if host.exists(&path)? {
            host.remove_file(&path)?;
        }
    }
    for period in empty {
        briefs::clear(host, &workspace.settings, *period)?;
    }
    Ok(())
}
