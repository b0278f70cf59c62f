//! What of the store counts: the rows of files that its record of files names.
//!
//! The record is written after everything else, so rows without it are those of a run that was cut off. Its files are
//! taken in again from the archive.

use std::collections::BTreeSet;
use std::path::Path;

use polars::prelude::*;

use super::{Frames, Kind};
use crate::model::Period;

/// The rows that count, and the months of those that do not: they are to be written again.
///
/// # Errors
///
/// A frame has no period in a row, or is not in its schema: faults of ours.
pub fn finished(frames: Frames) -> PolarsResult<(Frames, BTreeSet<Period>)> {
    let files = frames.files.clone();
    let split = |frame: DataFrame, kind: JoinType| {
        let on = [col("sha256")];
        frame.lazy().join(files.clone().lazy(), on.clone(), on, JoinArgs::new(kind)).collect()
    };
    let left_behind = |frame: &DataFrame| {
        let of_files = frame.clone().lazy().filter(col("sha256").is_not_null()).collect()?;
        split(of_files, JoinType::Anti)
    };
    let unfinished = Frames {
        observations: left_behind(&frames.observations)?,
        submissions: left_behind(&frames.submissions)?,
        diagnostics: left_behind(&frames.diagnostics)?,
        ..Frames::empty()
    };
    let of_no_file = frames.diagnostics.clone().lazy().filter(col("sha256").is_null()).collect()?;
    let kept = Frames {
        observations: split(frames.observations, JoinType::Semi)?,
        submissions: split(frames.submissions, JoinType::Semi)?,
        diagnostics: split(frames.diagnostics, JoinType::Semi)?.vstack(&of_no_file)?,
        files: frames.files,
    };
    let periods = unfinished.periods()?;
    Ok((kept, periods))
}

/// Whether a path of the store is of the record of files.
#[must_use]
pub fn is_record(store: &Path, path: &Path) -> bool {
    path.starts_with(store.join(Kind::Files.folder()))
}

/// The month of a path of the store.
#[must_use]
pub fn month_of(path: &Path) -> Option<Period> {
    path.components().find_map(|part| part.as_os_str().to_str()?.strip_prefix("period=")?.parse().ok())
}
