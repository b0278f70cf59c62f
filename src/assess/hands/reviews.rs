//! What the district says of the items of reports, and whether it counts.

use polars::df;
use polars::prelude::{
    DataFrame, DataType, Expr, IntoLazy, JoinArgs, JoinType, LazyFrame, NULL, PolarsResult, SortMultipleOptions,
    UnionArgs, col, concat, len, lit,
};

use super::{FIRST, LAID, LAST, firsts};
use crate::assess::Input;
use crate::assess::grid::{agreed_verdict, columns};
use crate::assess::scope::Scope;
use crate::assess::statement::{self, by_names};
use crate::model::{Assessor, Period};

/// The district's rows of some months that count by the register.
pub(super) fn reviews(input: &Input<'_>, scope: &Scope<'_>, months: &Expr) -> LazyFrame {
    let rows = input.observations.clone().filter(statement::of(input, Assessor::District).and(months.clone()));
    statement::ranked(rows, scope)
        .filter(statement::counts_of(input, Assessor::District))
        .with_column(lit(NULL).cast(DataType::UInt32).alias("row"))
}

/// One verdict of the district for each item that it judges. A criterion that it calls met as a whole, or not
/// applicable, is so in each indicator of which it says nothing else; one that it calls not met is so as a whole, unless
/// it judges each of its indicators.
pub(super) fn reviewed(scope: &Scope<'_>, rows: LazyFrame, keys: &[&'static str]) -> PolarsResult<DataFrame> {
    let item = [keys, &["criterion", "indicator"]].concat();
    let criterion = [keys, &["criterion"]].concat();
    let of_set = ["set_rank", "criterion", "indicator"];
    let items = || scope.item_frame.clone().lazy();
    let places: Vec<&str> = LAID.into_iter().filter(|name| *name != "verdict").collect();
    let stated = rows
        .filter(col("verdict").is_not_null())
        .group_by_stable(columns(&item))
        .agg([vec![agreed_verdict()], firsts(&places)].concat())
        .filter(col("verdict").is_not_null())
        .collect()?;
    let stated = || stated.clone().lazy();
    let join = |left: LazyFrame, right: LazyFrame, on: &[&str], how: JoinType| {
        left.join(right, columns(on), columns(on), JoinArgs::new(how))
    };
    let of_items = join(stated(), items(), &of_set, JoinType::Semi);
    let wholes = join(stated().filter(col("indicator").eq(lit(0u32))), items(), &of_set, JoinType::Anti);
    let spread = join(
        wholes.clone().filter(col("verdict").neq(lit("not_met"))).drop(by_names(&["indicator"])),
        items(),
        &["set_rank", "criterion"],
        JoinType::Inner,
    );
    let spread = join(spread, of_items.clone(), &item, JoinType::Anti);
    let judged =
        of_items.clone().group_by_stable(columns(&criterion)).agg([len().cast(DataType::UInt32).alias("judged")]);
    let sizes =
        items().group_by_stable(columns(&["set_rank", "criterion"])).agg([len().cast(DataType::UInt32).alias("size")]);
    let unmet = join(wholes.filter(col("verdict").eq(lit("not_met"))), judged, &criterion, JoinType::Left);
    let unmet = join(unmet, sizes, &["set_rank", "criterion"], JoinType::Inner)
        .filter(col("judged").fill_null(lit(0u32)).lt(col("size")));
    let kept = [&item[..], &["verdict"], &places].concat();
    let all = [of_items, spread, unmet].map(|frame| frame.select(columns(&kept)));
    concat(all, UnionArgs::default())?.sort(item, SortMultipleOptions::default()).collect()
}

/// The district's verdicts with `counts`: whether by the settings they count in the month of their report.
pub(super) fn counting(
    input: &Input<'_>,
    scope: &Scope<'_>,
    reports: &LazyFrame,
    reviewed: DataFrame,
    keys: &[&'static str],
) -> PolarsResult<DataFrame> {
    let theirs: Vec<(u32, String, String)> = (0u32..)
        .zip(&scope.sets)
        .flat_map(|(rank, set)| {
            let of_set = input.settings.sets.iter().filter(|s| s.id == set.id && s.hand == Assessor::District);
            of_set.map(move |in_force| {
                let month = |period: Option<Period>, open: &str| {
                    period.map_or_else(|| open.to_owned(), |period| period.to_string())
                };
                (rank, month(in_force.from, FIRST), month(in_force.to, LAST))
            })
        })
        .collect();
    let theirs = df!(
        "set_rank" => theirs.iter().map(|one| one.0).collect::<Vec<_>>(),
        "hand_from" => theirs.iter().map(|one| one.1.as_str()).collect::<Vec<_>>(),
        "hand_to" => theirs.iter().map(|one| one.2.as_str()).collect::<Vec<_>>(),
    )?;
    let of_district = reports
        .clone()
        .select([columns(keys), vec![col("period").alias("reported")]].concat())
        .join(theirs.lazy(), columns(&["set_rank"]), columns(&["set_rank"]), JoinArgs::new(JoinType::Inner))
        .filter(col("reported").gt_eq(col("hand_from")).and(col("reported").lt_eq(col("hand_to"))))
        .select([columns(keys), vec![lit(true).alias("counts")]].concat());
    reviewed
        .lazy()
        .join(of_district, columns(keys), columns(keys), JoinArgs::new(JoinType::Left))
        .with_column(col("counts").fill_null(lit(false)))
        .collect()
}
