//! Years of observations, some months at a time: what a plan gives of each span is kept, never all rows of all of them.

use std::collections::BTreeMap;

use polars::prelude::{DataFrame, Expr, IntoLazy, LazyFrame, PolarsResult, col, lit};

use super::Input;
use super::columns::{keys, numbers, texts};
use crate::model::Period;

/// So many observations are worked on at a time, or those of one month. A district's years are fewer; the few rows of a
/// test are not.
const TOGETHER: u64 = if cfg!(test) { 40 } else { 500_000 };

/// Months that follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) first: Period,
    pub(super) last: Period,
}

impl Span {
    /// One month.
    pub(super) fn of(period: Period) -> Self {
        Span { first: period, last: period }
    }

    /// Whether a row is of these months.
    pub(super) fn holds(&self) -> Expr {
        within(self.first, self.last)
    }
}

/// Whether a row is of the months from one to another, both inside.
pub(super) fn within(first: Period, last: Period) -> Expr {
    col("period").gt_eq(lit(first.to_string())).and(col("period").lt_eq(lit(last.to_string())))
}

/// Whether a row is of one of the months that a frame names in `period`.
pub(super) fn of_months(frame: &DataFrame) -> PolarsResult<Expr> {
    let mut months: Vec<&str> = texts(frame, "period")?.into_iter().flatten().collect();
    months.sort_unstable();
    months.dedup();
    let is = months.into_iter().map(|month| col("period").eq(lit(month)));
    Ok(is.reduce(Expr::or).unwrap_or(lit(false)))
}

/// The stored months from one to another, both inside, in spans of so many observations; at least one span.
pub(super) fn spans(input: &Input<'_>, first: Option<Period>, last: Period) -> PolarsResult<Vec<Span>> {
    let mut rows: BTreeMap<Period, u64> = BTreeMap::new();
    let counts = texts(input.submissions, "period")?.into_iter().zip(numbers(input.submissions, "observations")?);
    for (period, observations) in counts {
        let Some(period) = period.and_then(|period| period.parse::<Period>().ok()) else { continue };
        if period <= last && first.is_none_or(|first| first <= period) {
            *rows.entry(period).or_default() += u64::from(observations.unwrap_or_default());
        }
    }
    let mut spans: Vec<Span> = Vec::new();
    let mut held = 0;
    for (period, rows) in rows {
        match spans.last_mut() {
            Some(span) if held + rows <= TOGETHER => span.last = period,
            _ => {
                spans.push(Span::of(period));
                held = 0;
            }
        }
        held += rows;
    }
    if spans.is_empty() {
        spans.push(Span::of(last));
    }
    Ok(spans)
}

/// What a plan gives of each span, in the order of the months.
pub(super) fn collected(spans: &[Span], plan: impl Fn(Span) -> PolarsResult<LazyFrame>) -> PolarsResult<DataFrame> {
    let mut all: Option<DataFrame> = None;
    for span in spans {
        let rows = plan(*span)?.collect()?;
        match &mut all {
            Some(all) => all.vstack_mut_owned(rows).map(|_| ())?,
            None => all = Some(rows),
        }
    }
    Ok(all.unwrap_or_default())
}

/// What a fold gives of rows that are told apart by commune and more: of some communes at a time, where they are many.
pub(super) fn by_communes(
    rows: &DataFrame,
    fold: impl Fn(LazyFrame) -> PolarsResult<DataFrame>,
) -> PolarsResult<DataFrame> {
    let blocks = u32::try_from(rows.height() as u64 / TOGETHER + 1).unwrap_or(u32::MAX);
    if blocks == 1 {
        return fold(rows.clone().lazy());
    }
    let last = keys(rows, "commune_rank")?.into_iter().max().unwrap_or_default();
    let size = last / blocks + 1;
    let mut all: Option<DataFrame> = None;
    for first in (0..=last).step_by(size as usize) {
        let is_of_block = col("commune_rank").gt_eq(lit(first)).and(col("commune_rank").lt(lit(first + size)));
        let folded = fold(rows.clone().lazy().filter(is_of_block))?;
        match &mut all {
            Some(all) => all.vstack_mut_owned(folded).map(|_| ())?,
            None => all = Some(folded),
        }
    }
    Ok(all.unwrap_or_default())
}
