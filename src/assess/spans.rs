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

#[cfg(test)]
mod tests {
    use polars::prelude::{DataType, IntoLazy, len};

    use super::*;
    use crate::assess::made::{World, report, small_set};

    /// Eighteen observations a month, from January to May; nothing came in March.
    fn world() -> World {
        let set = small_set();
        let mut world = World::new(&[("1", "A"), ("2", "B"), ("3", "C")], vec![set.clone()]);
        for period in ["2023-01", "2023-02", "2023-04", "2023-05"] {
            for commune in ["1", "2", "3"] {
                world.store(&report(period, commune, &set, &[]));
            }
        }
        world
    }

    #[test]
    fn months_are_taken_together_as_long_as_they_are_few_rows() {
        let told = |first: Option<&str>, last: &str| {
            let (first, last) = (first.map(|month| month.parse().unwrap()), last.parse().unwrap());
            let spans = world().ask("2023-05", |input| spans(input, first, last).unwrap());
            spans.iter().map(|span| format!("{} {}", span.first.short(), span.last.short())).collect::<Vec<_>>()
        };
        assert_eq!(told(None, "2023-05"), ["1/2023 2/2023", "4/2023 5/2023"]);
        assert_eq!(told(Some("2023-02"), "2023-04"), ["2/2023 4/2023"]);
        assert_eq!(told(Some("2023-06"), "2023-07"), ["7/2023 7/2023"], "no month, yet one span to plan over");
    }

    #[test]
    fn communes_folded_in_blocks_come_to_what_they_come_to_at_once() {
        let ranks: Vec<u32> = (0..150).map(|row| row % 7).collect();
        let rows = polars::df!("commune_rank" => ranks).unwrap();
        let fold = |rows: LazyFrame| {
            rows.group_by_stable([col("commune_rank")]).agg([len().cast(DataType::UInt32).alias("rows")]).collect()
        };
        let blocks = by_communes(&rows, fold).unwrap();
        assert!(blocks.equals(&fold(rows.lazy()).unwrap()), "{blocks}");
    }
}
