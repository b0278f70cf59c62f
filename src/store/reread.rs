//! Files that were read again: what came out otherwise than it is stored replaces it, the rest stays as it is.

use std::collections::BTreeSet;

use polars::prelude::*;

use super::Frames;
use super::order::sorted;
use crate::model::Period;

/// What reading files again came to.
#[derive(Debug)]
pub struct Reread {
    /// What is stored, without the files that came out otherwise.
    pub stored: Frames,
    /// What is new, without the files that came out as they are stored.
    pub new: Frames,
    /// The hashes of the files that came out otherwise.
    pub changed: BTreeSet<String>,
    /// The months these stood in before.
    pub periods: BTreeSet<Period>,
}

impl Reread {
    /// Nothing was read again.
    #[must_use]
    pub fn nothing(stored: Frames) -> Self {
        Reread { stored, new: Frames::empty(), changed: BTreeSet::new(), periods: BTreeSet::new() }
    }
}

/// Splits what is stored and what is new by whether the files that were read `again` came out otherwise.
///
/// # Errors
///
/// A frame is not in its schema: a fault of ours.
pub fn reread(stored: Frames, new: Frames, again: &BTreeSet<String>) -> PolarsResult<Reread> {
    let (before, after) = (select(&stored, again, JoinType::Semi)?, select(&new, again, JoinType::Semi)?);
    let mut changed = BTreeSet::new();
    for hash in again {
        let one = BTreeSet::from([hash.clone()]);
        if !same(&select(&before, &one, JoinType::Semi)?, &select(&after, &one, JoinType::Semi)?)? {
            changed.insert(hash.clone());
        }
    }
    let unchanged: BTreeSet<String> = again.difference(&changed).cloned().collect();
    Ok(Reread {
        stored: select(&stored, &changed, JoinType::Anti)?,
        new: select(&new, &unchanged, JoinType::Anti)?,
        periods: select(&before, &changed, JoinType::Semi)?.periods()?,
        changed,
    })
}

/// The rows of the files of these hashes, or all others.
fn select(frames: &Frames, hashes: &BTreeSet<String>, join: JoinType) -> PolarsResult<Frames> {
    let of = df!["sha256" => hashes.iter().map(String::as_str).collect::<Vec<_>>()]?;
    let rows = |frame: &DataFrame| {
        let on = [col("sha256")];
        frame.clone().lazy().join(of.clone().lazy(), on.clone(), on, JoinArgs::new(join.clone())).collect()
    };
    Ok(Frames {
        observations: rows(&frames.observations)?,
        submissions: rows(&frames.submissions)?,
        files: rows(&frames.files)?,
        diagnostics: rows(&frames.diagnostics)?,
    })
}

/// Whether two readings of a file say the same. Which version counts is no part of a reading: it is settled in merging.
fn same(a: &Frames, b: &Frames) -> PolarsResult<bool> {
    for ((kind, a), (_, b)) in a.by_kind().into_iter().zip(b.by_kind()) {
        let read = |frame: &DataFrame| -> PolarsResult<DataFrame> {
            Ok(sorted(kind, frame.clone())?.drop_many(["current", "replaced_by"]))
        };
        if !read(a)?.equals_missing(&read(b)?) {
            return Ok(false);
        }
    }
    Ok(true)
}
