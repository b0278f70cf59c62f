//! The store against its own record and against itself: month by month, so that years take the memory of one.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use polars::prelude::*;

use crate::diag::Diagnostic;
use crate::error::Error;
use crate::host::Host;
use crate::model::{Period, Text};
use crate::pipeline::parts::{PART_LIMIT, parts_in};
use crate::pipeline::problems;
use crate::pipeline::workspace::{Workspace, below};
use crate::store::{self, CorruptPart, Frames};

/// The parts of a store by their months; what lies elsewhere is no part of any.
pub(super) struct Parts<'a> {
    host: &'a dyn Host,
    workspace: &'a Workspace,
    by_month: BTreeMap<Option<Period>, Vec<PathBuf>>,
}

impl<'a> Parts<'a> {
    pub(super) fn of(host: &'a dyn Host, workspace: &'a Workspace) -> Result<Self, Error> {
        let mut by_month: BTreeMap<Option<Period>, Vec<PathBuf>> = BTreeMap::new();
        for path in parts_in(host, &workspace.settings.folders.store)? {
            by_month.entry(store::month_of(&path)).or_default().push(path);
        }
        Ok(Parts { host, workspace, by_month })
    }

    /// The record of files; `None` where a part of it cannot be relied on.
    pub(super) fn record(&self) -> Result<Option<DataFrame>, Error> {
        let mut record = Frames::empty();
        for path in self.by_month.values().flatten().filter(|path| store::is_record(self.folder(), path)) {
            match self.decoded(path, self.read(path)?) {
                Ok(part) => record.append(part).map_err(Error::internal)?,
                Err(_) => return Ok(None),
            }
        }
        Ok(Some(record.files))
    }

    /// What is amiss in each month, as far as the record of files is there to hold it against.
    pub(super) fn amiss(&self, record: Option<&DataFrame>) -> Result<Vec<Diagnostic>, Error> {
        let mut said = Vec::new();
        for (month, paths) in &self.by_month {
            let (mut frames, mut found, mut is_whole) = (Frames::empty(), BTreeMap::new(), true);
            for path in paths {
                let bytes = self.read(path)?;
                match self.decoded(path, bytes.clone()) {
                    Ok(part) => frames.append(part).map_err(Error::internal)?,
                    Err(corrupt) => {
                        is_whole = false;
                        said.push(self.part(path, &corrupt.reason));
                    }
                }
                found.insert(self.relative(path), bytes);
            }
            if let (Some(month), Some(record), true) = (month, record, is_whole) {
                frames.files = record.clone();
                said.extend(miscounted(&frames).map_err(Error::internal)?);
                said.extend(self.otherwise_encoded(*month, frames, &found)?);
            }
        }
        Ok(said)
    }

    /// Parts of a month whose bytes are not what the rows give when they are put in order and written again.
    fn otherwise_encoded(
        &self,
        month: Period,
        frames: Frames,
        found: &BTreeMap<PathBuf, Vec<u8>>,
    ) -> Result<Vec<Diagnostic>, Error> {
        // Which version counts may rest on what a file of another month mends.
        let of_month = col("period").eq(lit(month.to_string())).or(col("mends").is_not_null());
        let Ok((mut kept, _)) = store::finished(frames) else { return Ok(Vec::new()) };
        kept.files = kept.files.lazy().filter(of_month).collect().map_err(Error::internal)?;
        let Ok(merged) = store::merge(kept, Frames::empty()) else {
            return Ok(vec![self.part(self.folder(), &problems::not_in_order())]);
        };
        let written: BTreeMap<PathBuf, Vec<u8>> =
            store::encode(&merged, Some(&[month])).map_err(Error::internal)?.into_iter().collect();
        let all: BTreeSet<&PathBuf> = written.keys().chain(found.keys()).collect();
        let differing = all.into_iter().filter(|path| written.get(*path) != found.get(*path));
        Ok(differing.map(|path| self.part(&self.folder().join(path), &problems::not_in_order())).collect())
    }

    fn folder(&self) -> &Path {
        &self.workspace.settings.folders.store
    }

    fn relative(&self, path: &Path) -> PathBuf {
        path.strip_prefix(self.folder()).unwrap_or(path).to_owned()
    }

    fn read(&self, path: &Path) -> Result<Vec<u8>, Error> {
        self.host.read(path, PART_LIMIT)
    }

    fn decoded(&self, path: &Path, bytes: Vec<u8>) -> Result<Frames, CorruptPart> {
        store::decode(vec![(self.relative(path), bytes)])
    }

    fn part(&self, path: &Path, reason: &Text) -> Diagnostic {
        problems::store_amiss(&below(&self.workspace.root, path), reason)
    }
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
