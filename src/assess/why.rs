//! One figure with all that it rests on: from what is shown back to the rows, the versions and the rule.

use polars::prelude::{PolarsResult, col, lit};

use super::Input;
use super::history::{History, Line, Reported, SetHistory};
use super::outcome::Status;
use super::problems::{self, Problem};
use crate::model::{Commune, ItemCode, Period, SetId};
use crate::settings::Decision;

/// Why an item of a commune is shown as it is in a month, under one set.
#[derive(Debug, Clone, PartialEq)]
pub struct Why {
    /// The set.
    pub set: SetId,
    /// The item.
    pub item: ItemCode,
    /// The month asked for.
    pub period: Period,
    /// The month whose report speaks, where there is one: the one asked for, else the last before it.
    pub basis: Option<Period>,
    /// What that report says as a whole.
    pub reported: Option<Reported>,
    /// The decision that stands for the item in the month asked for, else in that of the report.
    pub decision: Option<Decision>,
    /// The report before it, with what the item was then.
    pub before: Option<(Period, Status)>,
    /// Where the item is not met: the first month since which every report that says something of it says so.
    pub unmet_since: Option<Period>,
    /// What was said about the item, about its report and about the file, where these count.
    pub problems: Vec<Problem>,
}

impl Why {
    /// The item's own line.
    #[must_use]
    pub fn line(&self) -> Option<&Line> {
        self.reported.as_ref()?.line(self.item)
    }

    /// The item's criterion and all items below it: what the roll-up goes by. `None` where the item is the whole of it.
    #[must_use]
    pub fn criterion(&self) -> Option<(&Line, Vec<&Line>)> {
        let reported = self.reported.as_ref()?;
        let number = self.item.criterion_number();
        let criterion = reported.criteria.iter().find(|line| line.code.criterion_number() == number)?;
        let items: Vec<&Line> = reported.items.iter().filter(|line| line.code.criterion_number() == number).collect();
        let is_divided = items.iter().any(|line| line.code != criterion.code);
        is_divided.then_some((criterion, items))
    }
}

/// Why an item is what it is, for each set that has it and that the commune has reported on.
///
/// # Errors
///
/// As [`super::month`].
pub fn why(input: &Input<'_>, history: &History, item: ItemCode) -> PolarsResult<Vec<Why>> {
    let of_sets = history.sets.iter().filter_map(|of_set| {
        let set = input.sets.iter().find(|set| set.id == of_set.set)?;
        Some((of_set, set.item(item)?))
    });
    of_sets.map(|(of_set, item)| one(input, &history.commune, of_set, item)).collect()
}

fn one(input: &Input<'_>, commune: &Commune, of_set: &SetHistory, item: ItemCode) -> PolarsResult<Why> {
    let up_to = || of_set.reported().filter(|(period, _)| *period <= input.period);
    let now = up_to().next_back();
    let status = |reported: &Reported| reported.line(item).map(|line| line.status);
    let before = up_to().rev().nth(1).and_then(|(period, reported)| Some((period, status(reported)?)));
    // Months that say nothing of the item do not break a run, as for the papers.
    let stated = up_to().rev().filter(|(_, r)| !matches!(status(r), Some(Status::Open | Status::NotReported) | None));
    let unmet_since = stated.take_while(|(_, r)| status(r) == Some(Status::NotMet)).last().map(|(period, _)| period);
    Ok(Why {
        set: of_set.set.clone(),
        item,
        period: input.period,
        basis: now.map(|(period, _)| period),
        reported: now.map(|(_, reported)| reported.clone()),
        decision: now
            .and_then(|(period, _)| input.settings.decision(&commune.code, &of_set.set, item, period).cloned()),
        before,
        unmet_since,
        problems: match now {
            Some((period, reported)) => said(input, commune, &of_set.set, item, period, reported)?,
            None => Vec::new(),
        },
    })
}

/// What was said of the version that counts, about this item or about the report as a whole.
fn said(
    input: &Input<'_>,
    commune: &Commune,
    set: &SetId,
    item: ItemCode,
    period: Period,
    reported: &Reported,
) -> PolarsResult<Vec<Problem>> {
    let Some(version) = reported.counting() else { return Ok(Vec::new()) };
    let criterion = ItemCode::criterion(item.criterion_number()).to_string();
    let about_item = col("item").is_null().or(col("item").eq(lit(item.to_string()))).or(col("item").eq(lit(criterion)));
    let of_report = col("commune").eq(lit(commune.code.0.clone())).and(col("set").eq(lit(set.to_string())));
    let of_file = col("commune").is_null().and(col("set").is_null());
    let frame = input
        .diagnostics
        .clone()
        .filter(
            col("period")
                .eq(lit(period.to_string()))
                .and(col("sha256").eq(lit(version.sha256.clone())))
                .and(about_item)
                .and(of_report.or(of_file)),
        )
        .collect()?;
    let mut problems = problems::problems(&frame)?;
    problems.sort_by_key(|problem| problem.severity);
    Ok(problems)
}
