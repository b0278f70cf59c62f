//! Entries in senders' words to the observation frame: verdicts, numbers, units, dates, for all files at once.
//!
//! *Takes* the submissions of a batch. *Gives* the frames of observations and submissions, and what could not be made
//! out, item by item. *Never* loops over rows to decide: one lazy plan works column by column, and each distinct text
//! is read once.

mod clauses;
mod frame;
mod plan;
mod problems;
mod said;
mod units;

use jiff::civil::DateTime;
use polars::prelude::{DataFrame, PolarsResult};

use crate::catalogue::Catalogue;
use crate::diag::Diagnostic;
use crate::model::Submission;
use crate::settings::Deadline;

/// A submission with where it came from.
#[derive(Debug, Clone, Copy)]
pub struct Received<'a> {
    /// What was recognised.
    pub submission: &'a Submission,
    /// The hash of its file.
    pub sha256: &'a str,
    /// When the file was received.
    pub received_at: DateTime,
}

/// A batch in columns.
#[derive(Debug, Clone)]
pub struct Normalised {
    /// [`crate::model::frames::OBSERVATIONS`] with a column `submission` (u32, the position in the batch) before them;
    /// `commune` and `period` are null where they are not known.
    pub observations: DataFrame,
    /// [`crate::model::frames::SUBMISSIONS`], in the order of the batch.
    pub submissions: DataFrame,
    /// What could not be made out, by the position of its submission.
    pub diagnostics: Vec<(usize, Diagnostic)>,
}

/// Normalises a batch.
///
/// # Errors
/// Only where polars fails: a fault of ours.
pub fn batch(received: &[Received<'_>], catalogue: &Catalogue, deadline: Deadline) -> PolarsResult<Normalised> {
    let raw = frame::entries(received, catalogue)?;
    let judged = plan::judged(raw, catalogue)?;
    let diagnostics = problems::of(&judged, received)?;
    Ok(Normalised {
        observations: plan::observations(judged)?,
        submissions: frame::submissions(received, deadline)?,
        diagnostics,
    })
}
