//! From observations to status: items, criteria, communes, the unit.
//!
//! *Takes* the stored frames up to a month, the settings and the criteria sets.
//! *Gives* one [`Assessment`]: what each commune has reached by its own list, by what it declares and by its values, what
//! changed over the months, what was received, and what the unit adds up to; the [`History`] of one commune; and [`Why`]
//! a figure is what it is. A figure of an earlier month is never shown as this month's, and an item
//! of which nothing is said is never counted as not met.
//! *Never* reads files, knows the time of day, or overrules a verdict by what it computes: another hand counts only
//! where the settings say so.

mod agreement;
mod bands;
mod by_value;
mod columns;
mod corrected;
mod duties;
mod explain;
mod faulty;
mod figures;
mod grid;
mod hands;
mod history;
mod ledger;
mod merged;
mod outcome;
mod past;
mod plans;
mod problems;
pub mod reconcile;
mod roadmap;
mod scope;
mod spans;
mod standing;
mod statement;
mod supplement;
mod trail;
mod trend;
mod unit;
mod unmet;
mod why;

use polars::prelude::{DataFrame, LazyFrame, PolarsError};

use crate::model::condition::Condition;
use crate::model::{CriteriaSet, Period};
use crate::settings::Settings;

pub use agreement::{Difference, Subject};
pub use bands::Band;
pub use by_value::{ByValue, Contradiction};
pub use corrected::{Change as ItemChange, Correction};
pub use duties::{Duty, DutyItem, Followed, duties, in_charge};
pub use explain::Explanation;
pub use faulty::{Earlier, Fault, Faulty};
pub use figures::{ComparedFigures, Figure, Figures, SetFigures, Source, StandingFigures, Totals};
pub use hands::{Disagreement, Hand, Said};
pub use history::{History, Line, Reported, SetHistory, Statement, Version, history};
pub use ledger::{FileRecord, GoingBack, Unexpected};
pub use merged::{Formed, MadeLine, MadeMonth, MadeStatus};
pub use outcome::{
    Arrival, Assessment, Basis, Before, CarriedPlan, Change, CommuneStatus, Counts, CriterionState, DeclaredTotals,
    ItemState, ListKind, Plan, Received, Standing, Status, ThreeWays, Timeliness, Unmet,
};
pub use past::{Moves, Past, PastSet, Reached, ReachedShare};
pub use plans::{AmendedBy, Amendment};
pub use problems::Problem;
pub use roadmap::{Course, Outlook, Pace};
pub use scope::items;
pub use supplement::{Amended, Sides, Supplement, supplement};
pub use trail::{Jump, LONG_UNMET, Resubmission, STANDS_STILL, Trail, VersionChange};
pub use trend::{MonthFigures, Trend};
pub use unit::{Count, SetStatus, Tally};
pub use why::{Composed, Why, why};

/// What a month is assessed from.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// The month.
    pub period: Period,
    /// A plan that gives observations (schema [`OBSERVATIONS`](crate::model::frames::OBSERVATIONS)). It may stand for
    /// years of a province: what is asked of it names its months and columns.
    pub observations: &'a LazyFrame,
    /// Submissions; later ones than of this month are ignored, as later observations are.
    pub submissions: &'a DataFrame,
    /// Files.
    pub files: &'a DataFrame,
    /// A plan that gives diagnostics.
    pub diagnostics: &'a LazyFrame,
    /// The office's settings.
    pub settings: &'a Settings,
    /// The sets of the catalogue.
    pub sets: &'a [CriteriaSet],
    /// What share of its communes a unit needs.
    pub conditions: &'a [Condition],
}

/// Assesses one month.
///
/// # Errors
///
/// Where a frame does not have the columns and types of [`crate::model::frames`]: a fault of ours, never of the data.
pub fn month(input: &Input<'_>) -> Result<Assessment, PolarsError> {
    let scope = scope::of(input)?;
    let reports = statement::reports(input, &scope)?;
    let data = statement::data(input, &scope, &reports)?;
    let grids = grid::grids(input, &scope, &reports, &data)?;
    let standings = standing::standings(input, &scope, &reports, &grids)?;
    let sets = unit::sets(&scope, &grids.criteria, &grids.items, &standings)?;
    Ok(Assessment {
        period: input.period,
        due: input.settings.deadline.date(input.period),
        past: past::past(input, &scope)?,
        reached: past::reached(input, &sets),
        trends: trend::trends(input, &scope, &sets, &standings)?,
        sets,
        communes: standing::by_commune(&scope, standings),
        unexpected: ledger::unexpected(input, &scope)?,
        files: ledger::files(input, &reports)?,
        problems: problems::live(input)?,
        replaced_problems: problems::replaced(input)?,
        unplaced: grid::unplaced(&scope, &data)?,
        data,
    })
}

/// What is said of the month's files and still matters, worst first: of a version that a later one replaces, nothing.
///
/// # Errors
///
/// As [`month`].
pub fn problems(input: &Input<'_>) -> Result<Vec<Problem>, PolarsError> {
    problems::live(input)
}

/// The files kept under the month that go back to their communes, each with what is to be mended in the version that
/// counts.
///
/// # Errors
///
/// As [`month`].
pub fn faulty(input: &Input<'_>) -> Result<Vec<Faulty>, PolarsError> {
    faulty::files(input)
}

/// All that a month's papers say in figures, as plain values that can be kept.
///
/// # Errors
///
/// As [`month`].
pub fn figures(assessment: &Assessment) -> Result<Figures, PolarsError> {
    figures::figures(assessment)
}

/// What some files mend of those they replace, in the order of the files. `origins` says of which file one is the
/// mended copy, where that is known otherwise than by what it states.
///
/// # Errors
///
/// As [`month`].
pub fn corrections(
    input: &Input<'_>,
    files: &[&str],
    origins: &[(&str, &str)],
) -> Result<Vec<Correction>, PolarsError> {
    corrected::corrections(input, files, origins)
}

#[cfg(test)]
mod across;
#[cfg(test)]
mod folds;
#[cfg(test)]
pub(crate) mod made;
#[cfg(test)]
mod published;
#[cfg(test)]
mod stories;
#[cfg(test)]
mod sums;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod trails;
