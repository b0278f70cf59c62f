//! What the assessment of a month says: plain values, in the order of the settings and of the sets.

mod standing;
mod status;
mod unmet;

use jiff::civil::Date;
use polars::prelude::DataFrame;

pub(super) use standing::Stated;
pub use standing::{Basis, Before, DeclaredTotals, ListKind, Received, Standing, ThreeWays};
pub use status::{Change, Counts, CriterionState, ItemState, Status};
pub use unmet::{CarriedPlan, Plan, Unmet};

use super::ledger::{FileRecord, Unexpected};
use super::past::{Past, Reached};
use super::problems::Problem;
use super::trend::Trend;
use super::unit::SetStatus;
use crate::model::{Commune, Period, SetId};

/// One month of one unit.
#[derive(Debug, Clone)]
pub struct Assessment {
    /// The month.
    pub period: Period,
    /// The last day on which its reports are in time.
    pub due: Date,
    /// The sets in force, in the order of the settings.
    pub sets: Vec<SetStatus>,
    /// What each of them came to month by month.
    pub trends: Vec<Trend>,
    /// The unit a month and a year before, as far as anything is stored of them.
    pub past: Vec<Past>,
    /// The conditions of the unit itself, with what is reached of them.
    pub reached: Vec<Reached>,
    /// The expected communes, in the order of the settings.
    pub communes: Vec<CommuneStatus>,
    /// Submissions of the month from communes or for sets that are not expected: kept, not counted.
    pub unexpected: Vec<Unexpected>,
    /// Files received for the month, and earlier ones that stand in for a missing report.
    pub files: Vec<FileRecord>,
    /// What was said about the month's files, without those that a later file replaces.
    pub problems: Vec<Problem>,
    /// How many diagnostics stand on replaced files.
    pub replaced_problems: usize,
    /// Current observations whose item the set does not have: in the data, in no figure.
    pub unplaced: usize,
    /// The rows behind all figures, in the order of communes, sets and items, with their own number in `row`.
    pub data: DataFrame,
}

impl Assessment {
    /// All standings with their communes, in order.
    pub fn standings(&self) -> impl Iterator<Item = (&CommuneStatus, &Standing)> {
        self.communes.iter().flat_map(|commune| commune.standings.iter().map(move |standing| (commune, standing)))
    }
}

/// One expected commune.
#[derive(Debug, Clone)]
pub struct CommuneStatus {
    /// The commune.
    pub commune: Commune,
    /// One for each set in force, in the order of the sets.
    pub standings: Vec<Standing>,
}

impl CommuneStatus {
    /// How the month's report arrived, over all sets.
    #[must_use]
    pub fn arrival(&self) -> Arrival {
        let this_month = || self.standings.iter().filter(|standing| standing.basis == Basis::ThisMonth);
        let late = this_month().any(|s| s.received.as_ref().is_some_and(|r| r.timeliness == Timeliness::Late));
        match this_month().count() {
            0 => Arrival::Missing,
            _ if late => Arrival::Received(Timeliness::Late),
            _ => Arrival::Received(Timeliness::InTime),
        }
    }

    /// Sets for which nothing came this month.
    pub fn missing_sets(&self) -> impl Iterator<Item = &SetId> {
        self.standings.iter().filter(|standing| standing.basis != Basis::ThisMonth).map(|standing| &standing.set)
    }
}

/// How a month's report arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrival {
    /// For at least one set.
    Received(Timeliness),
    /// For none.
    Missing,
}

/// Whether the first version came by the deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timeliness {
    /// By the deadline.
    InTime,
    /// After it.
    Late,
}
