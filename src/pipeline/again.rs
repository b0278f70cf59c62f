//! Reading again: by what rules the store was read, and what a file leaves behind that came out otherwise: its copy in
//! the folder of what goes back, papers of a month it was alone in.

use std::path::{Path, PathBuf};

use polars::prelude::*;

use super::check::FILE_LIMIT;
use super::run::paper_paths;
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

/// Removes what stood for files before they were read again, and the papers of months that nothing stands in any more,
/// unless it was `written` anew. `before` has the rows of the files as they were filed.
pub(super) fn clear(
    host: &dyn Host,
    workspace: &Workspace,
    before: &DataFrame,
    empty: &[Period],
    written: &[PathBuf],
) -> Result<(), Error> {
    let mut stale: Vec<PathBuf> = empty.iter().flat_map(|period| paper_paths(workspace, *period)).collect();
    for filed in filed(before).map_err(Error::internal)? {
        let folder = workspace.settings.folders.returned.join(&filed.period);
        let original = workspace.settings.folders.archive.join(&filed.archive);
        let head: String = filed.sha256.chars().take(8).collect();
        for name in [filed.file.clone(), format!("{head}-{}", filed.file)] {
            let copy = folder.join(&name);
            // Another file may have the same name: a copy is known by its bytes.
            if host.exists(&copy)? && host.read(&copy, FILE_LIMIT)? == host.read(&original, FILE_LIMIT)? {
                // The copy last: as long as it lies there, a run that was cut off is seen to have left it.
                stale.extend([".ly-do.txt", ".reason.txt", ""].map(|suffix| folder.join(format!("{name}{suffix}"))));
            }
        }
    }
    for path in stale {
        if !written.contains(&path) && host.exists(&path)? {
            host.remove_file(&path)?;
        }
    }
    Ok(())
}

/// A file as it was filed.
struct Filed {
    period: String,
    file: String,
    sha256: String,
    archive: String,
}

fn filed(before: &DataFrame) -> PolarsResult<Vec<Filed>> {
    let text = |name: &str| before.column(name)?.str();
    let (periods, files, hashes, archives) = (text("period")?, text("file")?, text("sha256")?, text("archive")?);
    let row = |row: usize| {
        let own = |column: &StringChunked| column.get(row).map(str::to_owned);
        Some(Filed { period: own(periods)?, file: own(files)?, sha256: own(hashes)?, archive: own(archives)? })
    };
    Ok((0..before.height()).filter_map(row).collect())
}
