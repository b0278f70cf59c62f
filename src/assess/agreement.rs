//! Whether the totals a commune declares agree with its own list.

use super::outcome::{Counts, DeclaredTotals, ListKind, Standing};

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// Criteria.
    Criteria,
    /// Indicators.
    Indicators,
}

/// A declared total that the list does not give. Neither is corrected: both are said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Difference {
    /// What is counted.
    pub subject: Subject,
    /// Met as declared.
    pub declared: u32,
    /// Met by the list.
    pub listed: u32,
    /// Of how many, by the set.
    pub total: u32,
}

impl Difference {
    /// By how much.
    #[must_use]
    pub fn amount(&self) -> u32 {
        self.declared.abs_diff(self.listed)
    }
}

/// The declared totals that the list cannot give, however its open items turn out.
///
/// Offices count what does not apply as met or leave it out, so both are taken as agreeing. An item of which nothing
/// is said may be either: only a total outside what is still possible is a difference.
pub(super) fn differences(standing: &Standing) -> Vec<Difference> {
    let Some(declared) = &standing.declared else { return Vec::new() };
    let own = standing.own();
    let criteria = (standing.list != ListKind::None)
        .then(|| difference(Subject::Criteria, declared.criteria_met, own.criteria_counts));
    let indicators = (standing.list == ListKind::Indicators)
        .then(|| difference(Subject::Indicators, declared.indicators_met, own.item_counts));
    [criteria, indicators].into_iter().flatten().flatten().collect()
}

/// The declared numbers of items in the set that are not the set's own: `60/57`.
pub(super) fn wrong_totals(declared: &DeclaredTotals, criteria: u32, indicators: u32) -> Vec<(Subject, u32, u32)> {
    [
        (Subject::Criteria, declared.criteria_total, criteria),
        (Subject::Indicators, declared.indicators_total, indicators),
    ]
    .into_iter()
    .filter_map(|(subject, stated, of_set)| stated.filter(|&stated| stated != of_set).map(|s| (subject, s, of_set)))
    .collect()
}

fn difference(subject: Subject, declared: Option<u32>, counts: Counts) -> Option<Difference> {
    let declared = declared?;
    let agrees = if counts.unknown() == 0 {
        declared == counts.met || declared == counts.fulfilled()
    } else {
        (counts.met..=counts.fulfilled() + counts.unknown()).contains(&declared)
    };
    (!agrees).then_some(Difference { subject, declared, listed: counts.met, total: counts.total() })
}
