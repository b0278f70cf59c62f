//! Communes that became one: on which day, of which parts, and how their figures become those of the new one.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::CommuneCode;

/// Communes that became one. A code may stand among the parts and be the new commune's too: codes are re-used, the day
/// tells them apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Merger {
    /// The first day of the new commune.
    pub on: Date,
    /// Its code from that day.
    pub into: CommuneCode,
    /// What it was made of, by their codes until the day before.
    pub parts: Vec<MergedPart>,
}

/// A commune that became a part of another.
#[derive(Debug, Clone, PartialEq)]
pub struct MergedPart {
    /// Its code until the day before.
    pub code: CommuneCode,
    /// What it weighs in a mean: people or households, the same for all parts; `None` where it is not set.
    pub weight: Option<f64>,
}

/// How an item of the parts becomes an item of the whole.
///
/// Whatever the rule, a verdict is never better than those of the parts: what only some of them meet is not met, or has
/// to be looked at again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Merging {
    /// Met where all parts meet it; a number of theirs says nothing of the whole.
    #[default]
    All,
    /// Numbers are added up.
    Sum,
    /// The mean of the numbers, by the weights of the parts.
    WeightedMean,
    /// The whole has to be assessed anew: the parts say nothing of it.
    Anew,
}
