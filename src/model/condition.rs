//! A condition of the receiving unit itself: what share of its communes has to meet a set.

use serde::Deserialize;

use super::{Period, SetId};

/// A condition.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// What is reached with it: `Huyện nông thôn mới`.
    pub name: String,
    /// The decision that sets it.
    pub decision: String,
    /// The kinds of unit it is for, as the unit's name begins.
    pub units: Vec<String>,
    /// First month.
    pub from: Option<Period>,
    /// Last month.
    pub to: Option<Period>,
    /// Whether it was read in its decision. One that was not is never shown as law.
    pub confirmed: bool,
    /// All of them have to be reached.
    pub shares: Vec<Share>,
}

/// A share of the communes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// The set to be met.
    pub set: SetId,
    /// Percent of the communes, at least.
    pub least: u32,
}

impl Condition {
    /// Whether it holds for a unit of this name in a month.
    #[must_use]
    pub fn holds_for(&self, unit: &str, period: Period) -> bool {
        let unit = unit.to_lowercase();
        self.units.iter().any(|kind| unit.starts_with(&format!("{} ", kind.to_lowercase())))
            && self.from.is_none_or(|from| from <= period)
            && self.to.is_none_or(|to| period <= to)
    }
}
