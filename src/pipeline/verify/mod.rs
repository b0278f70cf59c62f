//! `ntm verify`: the archive against its hashes, the store against the archive and itself, closed months against their
//! records. Nothing is changed.

mod stored;

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::*;
use rayon::prelude::*;

use self::stored::Parts;
use super::check::FILE_LIMIT;
use super::closings::{self, Closings};
use super::examine::sha256;
use super::held::Keeper;
use super::workspace::{Workspace, below};
use super::{archive, problems};
use crate::diag::{Diagnostic, Severity, sort};
use crate::error::Error;
use crate::host::Host;
use crate::model::Lang;

/// What was looked at, and what is amiss.
#[derive(Debug)]
pub struct Verified {
    /// Files of the archive whose bytes were held against their hash.
    pub archived: usize,
    /// Files that the store knows.
    pub stored: usize,
    /// Closings whose papers were held against their record.
    pub closings: usize,
    /// What is amiss, in the order in which diagnostics are shown.
    pub diagnostics: Vec<Diagnostic>,
}

/// Looks at all that a workspace keeps.
///
/// # Errors
/// The disk, another run that is at work, or a fault of ours; what is amiss in the workspace is in the answer.
pub fn verify(host: &dyn Host, workspace: &Workspace) -> Result<Verified, Error> {
    // A run at work would be told as what is amiss; where nothing can be written, as on a backup, there is none.
    let _lock = match host.lock(&workspace.root) {
        Ok(lock) => Some(lock),
        Err(locked @ Error::Locked { .. }) => return Err(locked),
        Err(_) => None,
    };
    let originals = originals(host, workspace)?;
    let mut diagnostics = Vec::new();
    let parts = Parts::of(host, workspace)?;
    let record = parts.record()?;
    let known = record.as_ref().map_or_else(|| Ok(Vec::new()), known).map_err(Error::internal)?;
    diagnostics.extend(of_archive(&originals, &known, record.is_some()));
    diagnostics.extend(parts.amiss(record.as_ref())?);
    let found = closings::read(host, workspace)?;
    diagnostics.extend(of_closings(host, workspace, &found, &originals)?);
    sort(&mut diagnostics);
    diagnostics.dedup();
    Ok(Verified { archived: originals.len(), stored: known.len(), closings: found.all().count(), diagnostics })
}

/// A file of the archive.
struct OriginalFile {
    /// Its path below the archive.
    path: String,
    /// The hash of its bytes.
    sha256: String,
    /// The first digits of it, as its path has them; `None` for what the program did not put there.
    named: Option<String>,
}

fn originals(host: &dyn Host, workspace: &Workspace) -> Result<Vec<OriginalFile>, Error> {
    let folder = &workspace.settings.folders.archive;
    if !host.exists(folder)? {
        return Ok(Vec::new());
    }
    let paths = host.files(folder)?;
    paths
        .into_par_iter()
        .map(|path| {
            let relative = below(folder, &path);
            let named = archive::parse(&relative).map(|(_, hash, _)| hash);
            // What the program did not put there may be of any size and is nothing to it.
            let sha256 = match &named {
                Some(_) => sha256(&host.read(&path, FILE_LIMIT)?),
                None => String::new(),
            };
            Ok(OriginalFile { path: relative, sha256, named })
        })
        .collect()
}

/// The files that the store knows: path below the archive, hash, name as received.
fn known(files: &DataFrame) -> PolarsResult<Vec<(String, String, String)>> {
    let column = |name: &str| files.column(name)?.str();
    let rows = column("archive")?.iter().zip(column("sha256")?.iter()).zip(column("file")?.iter());
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    Ok(rows.map(|((archive, sha256), file)| (text(archive), text(sha256), text(file))).collect())
}

fn of_archive(originals: &[OriginalFile], known: &[(String, String, String)], is_stored: bool) -> Vec<Diagnostic> {
    let by_path: BTreeMap<&str, &OriginalFile> = originals.iter().map(|file| (file.path.as_str(), file)).collect();
    let hashes: BTreeSet<&str> = known.iter().map(|(_, sha256, _)| sha256.as_str()).collect();
    let stored: BTreeMap<&str, &str> = known.iter().map(|(path, sha256, _)| (path.as_str(), sha256.as_str())).collect();
    let mut said = Vec::new();
    for file in originals {
        let Some(named) = &file.named else {
            said.push(problems::not_ours(&file.path));
            continue;
        };
        let expected = stored.get(file.path.as_str());
        let is_whole = expected.map_or(file.sha256.starts_with(named.as_str()), |hash| *hash == file.sha256);
        if !is_whole {
            said.push(problems::original_changed(&file.path));
        } else if is_stored && !hashes.contains(file.sha256.as_str()) {
            said.push(problems::not_stored(&file.path));
        }
    }
    let gone = known.iter().filter(|(path, ..)| !by_path.contains_key(path.as_str()));
    said.extend(gone.map(|(path, _, file)| problems::original_gone(file, path)));
    said
}

/// Closed papers against their records, and the files that the records name against the archive.
fn of_closings(
    host: &dyn Host,
    workspace: &Workspace,
    closings: &Closings,
    originals: &[OriginalFile],
) -> Result<Vec<Diagnostic>, Error> {
    let keeper = Keeper { host, workspace, closings, now: host.now()?, lang: Lang::Vi };
    let hashes: BTreeSet<&str> = originals.iter().map(|file| file.sha256.as_str()).collect();
    let mut said = Vec::new();
    for (period, closing) in closings.all() {
        said.extend(keeper.amiss(period, closing)?);
        for kept in closing.told() {
            let Ok(record) = kept.record(host)? else { continue };
            let gone = record.value.inputs.iter().filter(|input| !hashes.contains(input.sha256.as_str()));
            said.extend(gone.map(|input| problems::original_gone(&input.file, &input.archive)));
        }
    }
    Ok(said)
}

impl Verified {
    /// Whether a person has to act.
    #[must_use]
    pub fn needs_person(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }
}
