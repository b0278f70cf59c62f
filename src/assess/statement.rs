//! Which report speaks for a commune, and the rows it consists of.

use polars::prelude::{
    DataFrame, Expr, IntoLazy, JoinArgs, JoinType, LazyFrame, PolarsResult, SortMultipleOptions, col, lit,
};

use super::Input;
use super::scope::Scope;
use super::spans;
use crate::model::Assessor;

/// The reports that stand for each expected commune and set.
pub(super) struct Reports {
    /// For every expected commune and set: `commune_rank`, `commune`, `set_rank`, `set`, `period` (null where there is
    /// none), the submission's columns, `versions`, `first_received_at`, `first_late`.
    pub(super) now: DataFrame,
    /// The same for the report before this month's, only where both are there.
    pub(super) before: DataFrame,
}

/// The latest report up to the month, and the one before a report of this month.
pub(super) fn reports(input: &Input<'_>, scope: &Scope<'_>) -> PolarsResult<Reports> {
    let this_month = input.period.to_string();
    let counted = counted(input, scope)?;
    let versions = versions(input);
    let latest =
        |reports: LazyFrame| reports.group_by_stable([col("commune_rank"), col("set_rank")]).agg([col("period").max()]);
    let of_latest = |months: LazyFrame| {
        let keys = [col("commune_rank"), col("set_rank"), col("period")];
        let version_keys = [col("commune"), col("set"), col("period")];
        months.join(counted.clone().lazy(), keys.clone(), keys, JoinArgs::new(JoinType::Left)).join(
            versions.clone(),
            version_keys.clone(),
            version_keys,
            JoinArgs::new(JoinType::Left),
        )
    };
    let ranks = [col("commune_rank"), col("set_rank")];
    let now = of_latest(latest(counted.clone().lazy()));
    let now = pairs(scope)
        .join(now.drop(by_names(&["commune", "set"])), ranks.clone(), ranks.clone(), JoinArgs::new(JoinType::Left))
        .sort(["commune_rank", "set_rank"], SortMultipleOptions::default())
        .collect()?;
    let reported = now.clone().lazy().filter(col("period").eq(lit(this_month.clone())));
    let earlier = latest(counted.clone().lazy().filter(col("period").lt(lit(this_month)))).join(
        reported.select([col("commune_rank"), col("set_rank")]),
        ranks.clone(),
        ranks,
        JoinArgs::new(JoinType::Semi),
    );
    let before = of_latest(earlier).sort(["commune_rank", "set_rank"], SortMultipleOptions::default()).collect()?;
    Ok(Reports { now, before })
}

/// The rows behind the month's report: current ones of this month, and of the earlier month that stands in for it.
///
/// Rows of communes or sets that are not expected stand at the end: nothing sent is lost.
pub(super) fn data(input: &Input<'_>, scope: &Scope<'_>, reports: &Reports) -> PolarsResult<DataFrame> {
    let this_month = lit(input.period.to_string());
    let stands_for =
        reports.now.clone().lazy().select([col("commune"), col("set"), col("period").alias("reported_period")]);
    // What agrees in all of these is of one report and stays as the store has it.
    let sort_keys = ["commune_rank", "set_rank", "commune", "set", "criterion", "indicator", "assessor", "period"];
    let told = this_month.clone().eq(col("period")).or(spans::of_months(&reports.now)?);
    ranked(input.observations.clone().filter(col("current").and(told)), scope)
        .join(stands_for, [col("commune"), col("set")], [col("commune"), col("set")], JoinArgs::new(JoinType::Left))
        .filter(col("period").eq(this_month).or(col("period").eq(col("reported_period"))))
        .drop(by_names(&["reported_period", "valid_from"]))
        .sort(sort_keys, SortMultipleOptions::default().with_nulls_last(true).with_maintain_order(true))
        .with_row_index("row", None)
        .collect()
}

/// A frame with `commune` and `set`, with the ranks of those that are expected (null for others).
pub(super) fn ranked(frame: LazyFrame, scope: &Scope<'_>) -> LazyFrame {
    frame
        .join(scope.commune_frame.clone().lazy(), [col("commune")], [col("commune")], JoinArgs::new(JoinType::Left))
        .join(scope.set_frame.clone().lazy(), [col("set")], [col("set")], JoinArgs::new(JoinType::Left))
}

/// What [`counts`] asks of a row's own columns, to be asked before anything is joined.
pub(super) fn own(input: &Input<'_>) -> Expr {
    of(input, Assessor::Commune)
}

/// The same of the rows of one assessor.
pub(super) fn of(input: &Input<'_>, assessor: Assessor) -> Expr {
    col("current")
        .and(col("assessor").eq(lit(assessor.as_str())))
        .and(col("period").lt_eq(lit(input.period.to_string())))
}

/// Rows that count in a status: the version that counts, the commune's own verdict, a commune and a set that are
/// expected, not later than the month and not from before the code meant this commune.
pub(super) fn counts(input: &Input<'_>) -> Expr {
    counts_of(input, Assessor::Commune)
}

/// The same of the rows of one assessor.
pub(super) fn counts_of(input: &Input<'_>, assessor: Assessor) -> Expr {
    of(input, assessor)
        .and(col("commune_rank").is_not_null())
        .and(col("set_rank").is_not_null())
        .and(col("period").gt_eq(col("valid_from")))
}

/// Columns by their names, for `drop`.
pub(super) fn by_names(names: &[&'static str]) -> polars::prelude::Selector {
    polars::prelude::cols(names.iter().copied())
}

/// The reports that count of all months up to that of the input.
pub(super) fn counted(input: &Input<'_>, scope: &Scope<'_>) -> PolarsResult<DataFrame> {
    // The store keeps one current submission for each commune, set and month; were there two, the first in order counts.
    ranked(input.submissions.clone().lazy(), scope)
        .filter(counts(input))
        .sort(["commune_rank", "set_rank", "period", "received_at", "file", "sheet"], SortMultipleOptions::default())
        .unique_stable(
            Some(by_names(&["commune_rank", "set_rank", "period"])),
            polars::prelude::UniqueKeepStrategy::First,
        )
        .collect()
}

/// How often each report was sent, and when first.
fn versions(input: &Input<'_>) -> LazyFrame {
    input
        .submissions
        .clone()
        .lazy()
        .filter(col("assessor").eq(lit("commune")))
        .sort(["received_at"], SortMultipleOptions::default().with_maintain_order(true))
        .group_by_stable([col("commune"), col("set"), col("period")])
        .agg([
            col("sha256").n_unique().alias("versions"),
            col("received_at").first().alias("first_received_at"),
            col("late").first().alias("first_late"),
        ])
}

fn pairs(scope: &Scope<'_>) -> LazyFrame {
    scope
        .commune_frame
        .clone()
        .lazy()
        .select([col("commune_rank"), col("commune")])
        .cross_join(scope.set_frame.clone().lazy(), None)
}
