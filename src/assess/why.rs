//! One figure with all that it rests on: from what is shown back to the rows, the versions and the rule.

use polars::prelude::{PolarsResult, col, lit};

use super::Input;
use super::history::{self, History, Line, Reported, SetHistory, Statement};
use super::merged::{MadeLine, MadeStatus};
use super::outcome::Status;
use super::problems::{self, Problem};
use crate::model::{Commune, ItemCode, Merger, Period, SetId};
use crate::settings::{Decision, PlanSet};

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
    /// The plans of an item that is not met: the last one that a report names since, and all that came in forms, by month.
    pub plans: Vec<(Period, Statement)>,
    /// The plans that the office set for it in the settings since it was last anything else, in the order of their days.
    pub assigned: Vec<PlanSet>,
    /// What was said about the item, about its report and about the file, where these count.
    pub problems: Vec<Problem>,
    /// Where the commune has no report of its own up to the month and a merger made it: what its parts had.
    pub composed: Option<Composed>,
}

/// A figure of a month before the merger that a commune came out of, made from those of its parts.
#[derive(Debug, Clone, PartialEq)]
pub struct Composed {
    /// The merger.
    pub merger: Merger,
    /// The month of which the parts had something: the one asked for, else the last before it.
    pub period: Period,
    /// What follows.
    pub status: MadeStatus,
    /// By which rule, from what; `None` for a criterion of several indicators, which these make.
    pub line: Option<MadeLine>,
    /// The parts, each with its own chain for the month, where it has one.
    pub parts: Vec<(Commune, Option<Why>)>,
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
    let reported = |id: &SetId| history.sets.iter().find(|of_set| of_set.set == *id);
    let is_told = |id: &SetId| {
        reported(id).is_some() || history.formed.as_ref().is_some_and(|formed| formed.months.contains_key(id))
    };
    let of_sets = input.sets.iter().filter(|set| is_told(&set.id)).filter_map(|set| Some((&set.id, set.item(item)?)));
    let silent = |id: &SetId| SetHistory { set: id.clone(), months: Vec::new() };
    of_sets.map(|(id, item)| one(input, history, &reported(id).cloned().unwrap_or_else(|| silent(id)), item)).collect()
}

fn one(input: &Input<'_>, history: &History, of_set: &SetHistory, item: ItemCode) -> PolarsResult<Why> {
    let commune = &history.commune;
    let up_to = || of_set.reported().filter(|(period, _)| *period <= input.period);
    let now = up_to().next_back();
    let status = |reported: &Reported| reported.line(item).map(|line| line.status);
    let before = up_to().rev().nth(1).and_then(|(period, reported)| Some((period, status(reported)?)));
    // Months that say nothing of the item do not break a run, as for the papers.
    let stated =
        || up_to().rev().filter(|(_, r)| !matches!(status(r), Some(Status::Open | Status::NotReported) | None));
    let is_unmet = |reported: &Reported| status(reported) == Some(Status::NotMet);
    let last_otherwise = stated().find(|(_, reported)| !is_unmet(reported)).map(|(period, _)| period);
    let unmet_since = stated().take_while(|(_, reported)| is_unmet(reported)).last().map(|(period, _)| period);
    let assigned = unmet_since.map(|_| assigned(input, commune, &of_set.set, item, last_otherwise));
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
        plans: unmet_since.map(|since| plans(up_to().filter(|(period, _)| *period >= since), item)).unwrap_or_default(),
        assigned: assigned.unwrap_or_default(),
        problems: match now {
            Some((period, reported)) => said(input, commune, &of_set.set, item, period, reported)?,
            None => Vec::new(),
        },
        composed: match now {
            Some(_) => None,
            None => composed(input, history, &of_set.set, item)?,
        },
    })
}

/// The plans for an item in some months: of those that reports name, the last.
fn plans<'a>(months: impl Iterator<Item = (Period, &'a Reported)>, item: ItemCode) -> Vec<(Period, Statement)> {
    let (mut named, mut plans) = (None, Vec::new());
    for (period, line) in months.filter_map(|(period, reported)| Some((period, reported.line(item)?))) {
        named = line.own().filter(|own| !own.plan.is_blank()).map(|own| (period, own.clone())).or(named);
        plans.extend(line.plans.iter().map(|form| (period, form.clone())));
    }
    plans.extend(named);
    plans.sort_by_key(|(period, plan)| (*period, plan.assessor));
    plans
}

/// The plans of the settings for an item, by their days; being met closes those that were set before.
fn assigned(
    input: &Input<'_>,
    commune: &Commune,
    set: &SetId,
    item: ItemCode,
    last_otherwise: Option<Period>,
) -> Vec<PlanSet> {
    let counts = |month: Period| month <= input.period && last_otherwise.is_none_or(|last| month > last);
    let is_theirs =
        |plan: &&PlanSet| plan.is_for(&commune.code, set, item) && Period::of(plan.date).is_some_and(counts);
    let mut theirs: Vec<PlanSet> = input.settings.plans.iter().filter(is_theirs).cloned().collect();
    theirs.sort_by_key(|plan| plan.date);
    theirs
}

/// What the parts of a merged commune had, in the month or in the last one before it of which they had something.
fn composed(input: &Input<'_>, history: &History, set: &SetId, item: ItemCode) -> PolarsResult<Option<Composed>> {
    let Some(formed) = &history.formed else { return Ok(None) };
    let months = formed.months.get(set).into_iter().flatten();
    let Some((&period, month)) = months.take_while(|(period, _)| **period <= input.period).last() else {
        return Ok(None);
    };
    let line = month.line(item);
    let whole = month.criteria.iter().find(|(code, _)| *code == item).map(|(_, status)| *status);
    let Some(status) = line.map(|line| line.status).or(whole) else { return Ok(None) };
    let input = Input { period, ..*input };
    let of_part = |part: &Commune| -> PolarsResult<(Commune, Option<Why>)> {
        let chains = why(&input, &history::history(&input, part)?, item)?;
        let is_of_month = |why: &Why| {
            why.basis == Some(period) || why.composed.as_ref().is_some_and(|composed| composed.period == period)
        };
        Ok((part.clone(), chains.into_iter().find(|why| why.set == *set && is_of_month(why))))
    };
    let parts = formed.parts.iter().map(of_part).collect::<PolarsResult<Vec<_>>>()?;
    Ok(Some(Composed { merger: formed.merger.clone(), period, status, line: line.cloned(), parts }))
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
