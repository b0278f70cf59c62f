//! Observations, submissions, files and diagnostics by month, as Parquet.
//!
//! *Takes* the stored frames and those of new files. *Gives* them merged, with the versions that count marked, and
//! the hive-partitioned Parquet files by month.
//! *Never* touches the disk, doubles a file, or lets the order in which files arrived show in a byte.

mod finished;
mod merge;
mod opened;
mod order;
mod parquet;
mod reread;
mod scan;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::path::PathBuf;

use polars::prelude::*;

use crate::model::frames::{DIAGNOSTICS, FILES, OBSERVATIONS, SUBMISSIONS, schema};
use crate::model::{Period, Text};

pub use finished::{finished, is_record, month_of};
pub use merge::merge;
pub use opened::{Opened, Parts, Store, open};
pub use parquet::{decode, encode};
pub use reread::{Reread, reread};

/// All that is kept of the files received, in the schemas of [`crate::model::frames`].
#[derive(Debug, Clone, PartialEq)]
pub struct Frames {
    /// One row an item of a submission, all versions.
    pub observations: DataFrame,
    /// One row a submission, all versions.
    pub submissions: DataFrame,
    /// One row a file as received.
    pub files: DataFrame,
    /// One row a diagnostic.
    pub diagnostics: DataFrame,
}

impl Frames {
    /// Nothing received yet.
    #[must_use]
    pub fn empty() -> Self {
        let empty = |columns| DataFrame::empty_with_schema(&schema(columns));
        Frames {
            observations: empty(OBSERVATIONS),
            submissions: empty(SUBMISSIONS),
            files: empty(FILES),
            diagnostics: empty(DIAGNOSTICS),
        }
    }

    /// Adds the rows of more files.
    ///
    /// # Errors
    ///
    /// A frame is not in its schema: a fault of ours.
    pub fn append(&mut self, more: Frames) -> PolarsResult<()> {
        self.observations.vstack_mut_owned(more.observations)?;
        self.submissions.vstack_mut_owned(more.submissions)?;
        self.files.vstack_mut_owned(more.files)?;
        self.diagnostics.vstack_mut_owned(more.diagnostics)?;
        Ok(())
    }

    /// The months that any of the frames speaks of, in order: of new frames, those whose Parquet has to be rewritten.
    ///
    /// # Errors
    ///
    /// A frame has no period in a row, or one that is no month.
    pub fn periods(&self) -> PolarsResult<BTreeSet<Period>> {
        let mut periods = BTreeSet::new();
        for (kind, frame) in self.by_kind() {
            for period in frame.column("period")?.str()?.unique()?.iter() {
                let month = period.unwrap_or("null").parse();
                periods.insert(month.map_err(
                    |no: crate::model::period::NoPeriod| polars_err!(ComputeError: "{}: {no}", kind.folder()),
                )?);
            }
        }
        Ok(periods)
    }

    /// The frames with what they are, in the order in which they are stored.
    fn by_kind(&self) -> [(Kind, &DataFrame); 4] {
        [
            (Kind::Observations, &self.observations),
            (Kind::Submissions, &self.submissions),
            (Kind::Files, &self.files),
            (Kind::Diagnostics, &self.diagnostics),
        ]
    }

    fn get_mut(&mut self, kind: Kind) -> &mut DataFrame {
        match kind {
            Kind::Observations => &mut self.observations,
            Kind::Submissions => &mut self.submissions,
            Kind::Files => &mut self.files,
            Kind::Diagnostics => &mut self.diagnostics,
        }
    }
}

/// A part of the store that cannot be relied on; the store is derived, so it can be made again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {reason}", path.display())]
pub struct CorruptPart {
    /// The part, as it was given to [`decode`].
    pub path: PathBuf,
    /// What is wrong with it; a fragment.
    pub reason: Text,
}

/// Which of the four frames.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Observations,
    Submissions,
    Files,
    Diagnostics,
}

impl Kind {
    const ALL: [Kind; 4] = [Kind::Observations, Kind::Submissions, Kind::Files, Kind::Diagnostics];

    /// Its folder inside the store.
    fn folder(self) -> &'static str {
        match self {
            Kind::Observations => "observations",
            Kind::Submissions => "submissions",
            Kind::Files => "files",
            Kind::Diagnostics => "diagnostics",
        }
    }

    /// All its columns.
    fn columns(self) -> &'static [(&'static str, DataType)] {
        match self {
            Kind::Observations => OBSERVATIONS,
            Kind::Submissions => SUBMISSIONS,
            Kind::Files => FILES,
            Kind::Diagnostics => DIAGNOSTICS,
        }
    }

    /// The columns that stand in the path of a part and not in the part.
    fn hive_keys(self) -> &'static [&'static str] {
        match self {
            Kind::Observations => &["set", "period"],
            Kind::Submissions | Kind::Files | Kind::Diagnostics => &["period"],
        }
    }

    /// The month among the values of its hive keys.
    fn month(self, keys: &[String]) -> Option<Period> {
        let place = self.hive_keys().iter().position(|key| *key == "period")?;
        keys.get(place)?.parse().ok()
    }

    /// The columns by which rows are ordered.
    fn order(self) -> &'static [&'static str] {
        match self {
            Kind::Observations => &[
                "set",
                "period",
                "commune",
                "assessor",
                "criterion",
                "indicator",
                "received_at",
                "file",
                "sha256",
                "sheet",
            ],
            Kind::Submissions => &["period", "commune", "set", "assessor", "received_at", "file", "sha256", "sheet"],
            Kind::Files => &["period", "received_at", "file", "sha256"],
            Kind::Diagnostics => &["period", "file", "sha256", "sheet", "cells"],
        }
    }
}
