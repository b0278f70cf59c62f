//! The store's parts as they lie in their folder.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use polars::prelude::{DataFrame, PolarsResult};

use crate::error::Error;
use crate::host::Host;
use crate::model::Period;
use crate::publish::{Artifact, publish};
use crate::store::{self, Frames, Opened, Store};

/// A part of the store is not larger than this.
pub(super) const PART_LIMIT: u64 = 1 << 30;

/// What is stored of files that a run took in to the end.
pub(super) fn stored(host: &dyn Host, folder: &Path) -> Result<Store, Error> {
    store::open(read(host, folder)?)?.finished().map_err(Error::internal)
}

/// The same for questions alone.
pub(super) fn opened(host: &dyn Host, folder: &Path) -> Result<Opened, Error> {
    Ok(stored(host, folder)?.opened)
}

/// The store's files by their paths inside it.
fn read(host: &dyn Host, folder: &Path) -> Result<Vec<(PathBuf, Vec<u8>)>, Error> {
    let part = |path: PathBuf| {
        let relative = path.strip_prefix(folder).unwrap_or(&path).to_owned();
        Ok((relative, host.read(&path, PART_LIMIT)?))
    };
    parts_in(host, folder)?.into_iter().map(part).collect()
}

/// The store's files; none where there is no store yet.
pub(super) fn parts_in(host: &dyn Host, folder: &Path) -> Result<Vec<PathBuf>, Error> {
    if !host.exists(folder)? {
        return Ok(Vec::new());
    }
    Ok(host.files(folder)?.into_iter().filter(|p| p.extension().is_some_and(|e| e == "parquet")).collect())
}

/// Writes the parts of the touched months, or of all, except the record of files, which is given back: it makes the
/// rest count and is to be written when everything else stands.
pub(super) fn save(
    host: &dyn Host,
    folder: &Path,
    frames: Frames,
    touched: Option<&BTreeSet<Period>>,
) -> Result<Vec<Artifact>, Error> {
    let months: Option<Vec<Period>> = touched.map(|periods| periods.iter().copied().collect());
    let parts = store::encode(&frames, months.as_deref()).map_err(Error::internal)?;
    drop(frames);
    let (record, parts): (Vec<Artifact>, Vec<Artifact>) = parts
        .into_iter()
        .map(|(path, bytes)| Artifact { path: folder.join(path), bytes })
        .partition(|part| store::is_record(folder, &part.path));
    let kept: BTreeSet<&PathBuf> = parts.iter().chain(&record).map(|part| &part.path).collect();
    let is_written_anew =
        |path: &Path| months.as_ref().is_none_or(|months| store::month_of(path).is_some_and(|m| months.contains(&m)));
    // A record of what is made again as a whole counts no more; first of all, so that no half of it is believed.
    let (records, others): (Vec<PathBuf>, Vec<PathBuf>) = parts_in(host, folder)?
        .into_iter()
        .filter(|path| is_written_anew(path))
        .partition(|path| store::is_record(folder, path));
    for stale in records.iter().filter(|path| months.is_none() || !kept.contains(path)) {
        host.remove_file(stale)?;
    }
    for stale in others.iter().filter(|path| !kept.contains(path)) {
        host.remove_file(stale)?;
    }
    publish(host, &parts)?;
    Ok(record)
}

/// The files of the store by their hash, each with its path below the archive.
pub(super) fn archived(files: &DataFrame) -> PolarsResult<BTreeMap<String, String>> {
    let (hashes, paths) = (files.column("sha256")?.str()?, files.column("archive")?.str()?);
    let both = hashes.iter().zip(paths.iter());
    Ok(both.filter_map(|(hash, path)| Some((hash?.to_owned(), path?.to_owned()))).collect())
}
