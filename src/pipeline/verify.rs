//! `ntm verify`: the archive against its hashes, the store against the archive and itself, closed months against their
//! records. Nothing is changed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use polars::prelude::*;
use rayon::prelude::*;

use super::check::FILE_LIMIT;
use super::closings::{self, Closings};
use super::examine::sha256;
use super::held::Keeper;
use super::parts::{PART_LIMIT, parts_in};
use super::workspace::{Workspace, below};
use super::{archive, problems};
use crate::diag::{Diagnostic, Severity, sort};
use crate::error::Error;
use crate::host::Host;
use crate::model::Lang;
use crate::store::{self, Frames};

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
    let frames = stored(host, workspace, &mut diagnostics)?;
    let known = match &frames {
        Some(frames) => known(frames).map_err(Error::internal)?,
        None => Vec::new(),
    };
    diagnostics.extend(of_archive(&originals, &known, frames.is_some()));
    if let Some(frames) = frames {
        diagnostics.extend(miscounted(&frames).map_err(Error::internal)?);
        diagnostics.extend(otherwise_encoded(host, workspace, frames)?);
    }
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

/// The store's frames; `None` where parts of it cannot be relied on, each of which is said.
fn stored(host: &dyn Host, workspace: &Workspace, said: &mut Vec<Diagnostic>) -> Result<Option<Frames>, Error> {
    let folder = &workspace.settings.folders.store;
    let mut frames = Frames::empty();
    let mut is_whole = true;
    for path in parts_in(host, folder)? {
        let relative = path.strip_prefix(folder).unwrap_or(&path).to_owned();
        match store::decode(vec![(relative, host.read(&path, PART_LIMIT)?)]) {
            Ok(part) => frames.append(part).map_err(Error::internal)?,
            Err(corrupt) => {
                is_whole = false;
                said.push(problems::store_amiss(&below(&workspace.root, &path), &corrupt.reason));
            }
        }
    }
    Ok(is_whole.then_some(frames))
}

/// The files that the store knows: path below the archive, hash, name as received.
fn known(frames: &Frames) -> PolarsResult<Vec<(String, String, String)>> {
    let column = |name: &str| frames.files.column(name)?.str();
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

/// Files of which the store has not as many submissions, or observations, as it says itself.
fn miscounted(frames: &Frames) -> PolarsResult<Vec<Diagnostic>> {
    let count = |frame: &DataFrame, by: &[&str], name: &str| {
        let by: Vec<Expr> = by.iter().map(|name| col(*name)).collect();
        frame.clone().lazy().group_by_stable(by).agg([len().cast(DataType::UInt32).alias(name)])
    };
    let left = |rows: LazyFrame, counts: LazyFrame, by: &[&str]| {
        let by: Vec<Expr> = by.iter().map(|name| col(*name)).collect();
        rows.join(counts, by.clone(), by, JoinArgs::new(JoinType::Left))
    };
    const REPORT: [&str; 6] = ["sha256", "sheet", "commune", "set", "period", "assessor"];
    let told = frames
        .submissions
        .clone()
        .lazy()
        .group_by_stable(REPORT.map(col))
        .agg([col("file").first(), col("observations").sum().cast(DataType::UInt32).alias("told")]);
    let observations = left(told, count(&frames.observations, &REPORT, "found"), &REPORT)
        .filter(col("told").neq(col("found").fill_null(lit(0u32))))
        .select([col("file")])
        .collect()?;
    let mut names: BTreeSet<String> = texts(&observations)?;
    // Rows of a file that is not on record are of a run that was cut off.
    for frame in [&frames.observations, &frames.submissions] {
        let on = [col("sha256")];
        let files = frames.files.clone().lazy();
        let strays = frame.clone().lazy().join(files, on.clone(), on, JoinArgs::new(JoinType::Anti));
        names.extend(texts(&strays.select([col("file")]).collect()?)?);
    }
    Ok(names.iter().map(|file| problems::miscounted(file)).collect())
}

fn texts(frame: &DataFrame) -> PolarsResult<BTreeSet<String>> {
    Ok(frame.column("file")?.str()?.iter().flatten().map(str::to_owned).collect())
}

/// Parts whose bytes are not what the rows give when they are put in order and written again.
fn otherwise_encoded(host: &dyn Host, workspace: &Workspace, frames: Frames) -> Result<Vec<Diagnostic>, Error> {
    let folder = &workspace.settings.folders.store;
    let Ok((kept, _)) = store::finished(frames) else { return Ok(Vec::new()) };
    let Ok(merged) = store::merge(kept, Frames::empty()) else {
        return Ok(vec![problems::store_amiss(&below(&workspace.root, folder), &problems::not_in_order())]);
    };
    let parts: BTreeMap<PathBuf, Vec<u8>> =
        store::encode(&merged, None).map_err(Error::internal)?.into_iter().collect();
    let mut said = Vec::new();
    let amiss = |path: &Path| problems::store_amiss(&below(&workspace.root, path), &problems::not_in_order());
    let found = parts_in(host, folder)?;
    for path in &found {
        let relative = path.strip_prefix(folder).unwrap_or(path);
        let bytes = host.read(path, PART_LIMIT)?;
        said.extend((parts.get(relative) != Some(&bytes)).then(|| amiss(path)));
    }
    let gone = parts.keys().map(|relative| folder.join(relative)).filter(|path| !found.contains(path));
    said.extend(gone.map(|path| amiss(&path)));
    Ok(said)
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
