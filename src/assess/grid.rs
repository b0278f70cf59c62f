//! Every item and criterion of every expected commune with its status: lazy plans over the rows of the reports.
//!
//! The grids are dense: an item of which nothing is said has a row too, with the status `not_reported`, so that it can
//! never be taken for one that is not met.

use polars::prelude::{
    DataFrame, DataType, Expr, IntoLazy, JoinArgs, JoinType, LazyFrame, NULL, PolarsResult, SortMultipleOptions,
    UnionArgs, UniqueKeepStrategy, col, concat, len, lit, when,
};

use super::Input;
use super::hands::{self, Disagreement, Hands};
use super::scope::Scope;
use super::spans::{self, Span};
use super::statement::{self, Reports};
use crate::model::Assessor;

/// What a grid of a month has one report for.
pub(super) const PAIR: [&str; 2] = ["commune_rank", "set_rank"];
/// What a grid of all months has one report for.
pub(super) const MONTHLY: [&str; 3] = ["commune_rank", "set_rank", "period"];
const ITEM: [&str; 4] = ["commune_rank", "set_rank", "criterion", "indicator"];
const CRITERION: [&str; 3] = ["commune_rank", "set_rank", "criterion"];

/// What the reports come to.
pub(super) struct Grids {
    /// `commune_rank`, `set_rank`, `criterion`, `indicator`, `status`, `row`, `change`.
    pub(super) items: DataFrame,
    /// `commune_rank`, `set_rank`, `criterion`, `status`, counts by status, `row`, `change`.
    pub(super) criteria: DataFrame,
    /// The rows of what is not met, with `unmet_since`.
    pub(super) unmet: DataFrame,
    /// The rows of the reports that count as communes state them, not yet collected.
    pub(super) rows: LazyFrame,
    /// Items and criteria as communes state them, where another hand counts somewhere.
    pub(super) stated: Option<StatusGrids>,
    /// Where the hands differ, by places of commune and set.
    pub(super) disagreements: Vec<((u32, u32), Disagreement)>,
    /// The items of the report before, where there is one.
    pub(super) items_before: DataFrame,
    /// The criteria of the report before.
    pub(super) criteria_before: DataFrame,
}

/// The grids of a month, each sorted by commune, set and number.
pub(super) fn grids(input: &Input<'_>, scope: &Scope<'_>, reports: &Reports, data: &DataFrame) -> PolarsResult<Grids> {
    let rows = expected_rows(data, Assessor::Commune);
    let as_of = lit(input.period.to_string());
    let of_reports = reports.now.clone().lazy();
    let hands = Hands::of(input, scope, &of_reports, &as_of, expected_rows(data, Assessor::District), &PAIR)?;
    let counting = hands.lay_over(rows.clone())?;
    let months_before = spans::of_months(&reports.before)?;
    let rows_before = rows_of(input, scope, &reports.before)?;
    let rows_before = hands::laid_over_months(input, scope, rows_before, &months_before, None)?;
    let now = status_grids(scope, &reports.now, &counting, &PAIR)?;
    let before = status_grids(scope, &reports.before, &rows_before, &PAIR)?;
    let stated = match hands.is_plain() {
        true => None,
        false => Some(status_grids(scope, &reports.now, &hands::as_stated(&rows), &PAIR)?),
    };
    let disagreements = hands.disagreements(input, &rows, &stated.as_ref().unwrap_or(&now).criteria)?;
    Ok(Grids {
        stated,
        disagreements,
        unmet: unmet(input, scope, &now, &counting)?,
        items: with_changes(&now.items, &before.items, &ITEM)?,
        criteria: with_changes(&now.criteria, &before.criteria, &CRITERION)?,
        items_before: before.items,
        criteria_before: before.criteria,
        rows,
    })
}

/// How many current rows of this report name an item that their set does not have.
pub(super) fn unplaced(scope: &Scope<'_>, data: &DataFrame) -> PolarsResult<usize> {
    let items = scope.item_frame.clone().lazy();
    let wholes =
        items.clone().select([col("set_rank"), col("criterion"), lit(0u32).cast(DataType::UInt32).alias("indicator")]);
    let known = concat([items, wholes], UnionArgs::default())?;
    let keys = [col("set_rank"), col("criterion"), col("indicator")];
    let rows = expected_rows(data, Assessor::Commune).join(known, keys.clone(), keys, JoinArgs::new(JoinType::Anti));
    Ok(rows.collect()?.height())
}

/// Items and criteria with their status, `row` the first row that states them.
pub(super) struct StatusGrids {
    pub(super) items: DataFrame,
    pub(super) criteria: DataFrame,
}

/// The rows of this report that count, of one assessor.
fn expected_rows(data: &DataFrame, assessor: Assessor) -> LazyFrame {
    let is_theirs = col("assessor").eq(lit(assessor.as_str()));
    data.clone().lazy().filter(is_theirs.and(col("commune_rank").is_not_null()).and(col("set_rank").is_not_null()))
}

/// The rows of other reports that count.
pub(super) fn rows_of(input: &Input<'_>, scope: &Scope<'_>, reports: &DataFrame) -> PolarsResult<LazyFrame> {
    let keys = [col("commune_rank"), col("set_rank"), col("period")];
    let of_months = input.observations.clone().filter(statement::own(input).and(spans::of_months(reports)?));
    Ok(statement::ranked(of_months, scope)
        .filter(statement::counts(input))
        .join(reports.clone().lazy().select(keys.clone()), keys.clone(), keys, JoinArgs::new(JoinType::Semi))
        .with_column(lit(NULL).cast(DataType::UInt32).alias("row")))
}

/// The grids of the reports that the keys tell apart, sorted by them; `rows` has a `row`, its own number.
pub(super) fn status_grids(
    scope: &Scope<'_>,
    reports: &DataFrame,
    rows: &LazyFrame,
    keys: &[&'static str],
) -> PolarsResult<StatusGrids> {
    let criterion = [keys, &["criterion"]].concat();
    let item = [keys, &["criterion", "indicator"]].concat();
    let stated = stated(rows, &item);
    let items = reports
        .clone()
        .lazy()
        .select(columns(keys))
        .join(scope.item_frame.clone().lazy(), [col("set_rank")], [col("set_rank")], JoinArgs::new(JoinType::Inner))
        .join(stated.clone(), columns(&item), columns(&item), JoinArgs::new(JoinType::Left))
        .with_column(item_status().alias("status"))
        .select([columns(&item), columns(&["status", "row", "hand"])].concat())
        .sort(item, SortMultipleOptions::default())
        .collect()?;
    let own = stated.filter(col("indicator").eq(lit(0u32))).select(
        [columns(&criterion), vec![col("verdict").alias("own"), col("row").alias("own_row"), col("hand")]].concat(),
    );
    let criteria = items
        .clone()
        .lazy()
        .group_by_stable(columns(&criterion))
        .agg([tallies(), vec![col("row").min()]].concat())
        .join(own, columns(&criterion), columns(&criterion), JoinArgs::new(JoinType::Left))
        .with_columns([
            criterion_status().alias("status"),
            // The criterion's own row stands first where there is one.
            when(col("own_row").is_not_null()).then(col("own_row")).otherwise(col("row")).alias("row"),
        ])
        .drop(statement::by_names(&["own", "own_row"]))
        .sort(criterion, SortMultipleOptions::default())
        .collect()?;
    Ok(StatusGrids { items, criteria })
}

/// One row for each item that is named; named twice with different verdicts, it states none.
pub(super) fn stated(rows: &LazyFrame, item: &[&str]) -> LazyFrame {
    rows.clone().group_by_stable(columns(item)).agg([
        agreed_verdict(),
        col("row").min(),
        col("hand").first(),
        len().alias("named"),
    ])
}

/// The verdict of rows that name one item; of different ones, none.
pub(super) fn agreed_verdict() -> Expr {
    let verdicts = col("verdict").drop_nulls();
    when(verdicts.clone().n_unique().eq(lit(1u32))).then(verdicts.first()).otherwise(lit(NULL)).alias("verdict")
}

fn item_status() -> Expr {
    when(col("verdict").is_not_null())
        .then(col("verdict"))
        .when(col("named").is_not_null())
        .then(lit("open"))
        .otherwise(lit("not_reported"))
}

/// A criterion is met when all its indicators that apply are met.
///
/// Its own row counts where its indicators say nothing at all. Where they say only a part, its own row can make it not
/// met, for the commune says so itself, but never met. Where another hand judges it as a whole, that counts.
pub(super) fn criterion_status() -> Expr {
    let unknown = || col("open") + col("not_reported");
    let says_nothing = || (col("met") + col("not_met") + col("not_applicable")).eq(lit(0u32));
    when(col("hand").neq(lit("commune")).and(col("own").is_not_null()))
        .then(col("own"))
        .when(col("not_met").gt(lit(0u32)))
        .then(lit("not_met"))
        .when(unknown().eq(lit(0u32)).and(col("met").gt(lit(0u32))))
        .then(lit("met"))
        .when(unknown().eq(lit(0u32)))
        .then(lit("not_applicable"))
        .when(col("own").eq(lit("not_met")).or(says_nothing().and(col("own").is_not_null())))
        .then(col("own"))
        .when(says_nothing().and(col("open").eq(lit(0u32))))
        .then(lit("not_reported"))
        .otherwise(lit("open"))
}

/// Counts by status in a group.
fn tallies() -> Vec<Expr> {
    ["met", "not_met", "not_applicable", "open", "not_reported"]
        .map(|status| col("status").eq(lit(status)).sum().cast(DataType::UInt32).alias(status))
        .to_vec()
}

/// A grid with what changed against the same grid of the report before.
fn with_changes(now: &DataFrame, before: &DataFrame, keys: &[&str]) -> PolarsResult<DataFrame> {
    let before = before.clone().lazy().select([columns(keys), vec![col("status").alias("status_before")]].concat());
    let is =
        |now: &'static str, before: &'static str| col("status").eq(lit(now)).and(col("status_before").eq(lit(before)));
    now.clone()
        .lazy()
        .join(before, columns(keys), columns(keys), JoinArgs::new(JoinType::Left))
        .with_column(
            when(is("met", "not_met"))
                .then(lit("newly_met"))
                .when(is("not_met", "met"))
                .then(lit("fell_back"))
                .when(is("open", "met").or(is("not_reported", "met")))
                .then(lit("no_longer_stated"))
                .otherwise(lit(NULL).cast(DataType::String))
                .alias("change"),
        )
        .sort(keys.to_vec(), SortMultipleOptions::default())
        .collect()
}

/// Who does what by when.
const PLAN: [&str; 3] = ["owner", "task", "due"];
/// Where it stands.
const PLACE: [&str; 3] = ["file", "sheet", "cell"];

/// What a number that has not moved is known by.
const UNMOVED: [&str; 5] = ["commune_rank", "set_rank", "criterion", "indicator", "value"];

/// The rows that state what is not met: of items, and of criteria whose indicators do not say it.
fn unmet(input: &Input<'_>, scope: &Scope<'_>, now: &StatusGrids, rows: &LazyFrame) -> PolarsResult<DataFrame> {
    let rows = rows
        .clone()
        .filter(col("verdict").eq(lit("not_met")))
        .unique_stable(Some(statement::by_names(&ITEM)), UniqueKeepStrategy::First);
    let not_met = |grid: &DataFrame| grid.clone().lazy().filter(col("status").eq(lit("not_met")));
    let of_items =
        rows.clone().join(not_met(&now.items), columns(&ITEM), columns(&ITEM), JoinArgs::new(JoinType::Semi));
    let item_keys = ["set_rank", "criterion", "indicator"];
    let of_criteria = rows
        .filter(col("indicator").eq(lit(0u32)))
        .join(scope.item_frame.clone().lazy(), columns(&item_keys), columns(&item_keys), JoinArgs::new(JoinType::Anti))
        .join(
            not_met(&now.criteria).filter(col("not_met").eq(lit(0u32))),
            columns(&CRITERION),
            columns(&CRITERION),
            JoinArgs::new(JoinType::Semi),
        );
    let unmet = concat([of_items, of_criteria], UnionArgs::default())?.collect()?;
    let items = unmet.clone().lazy().select(columns(&ITEM)).collect()?.lazy();
    // What reports say of these items in a span of months, with the verdicts that counted.
    let said = |span: Span, kept: &[&str], of: Expr| {
        let own = input.observations.clone().filter(statement::own(input).and(span.holds()).and(of));
        let own = statement::ranked(own, scope)
            .filter(statement::counts(input))
            .select([columns(&ITEM), columns(&["period", "verdict"]), columns(kept)].concat())
            .join(items.clone(), columns(&ITEM), columns(&ITEM), JoinArgs::new(JoinType::Semi));
        hands::laid_over_months(input, scope, own, &span.holds(), Some(items.clone()))
    };
    let spans = spans::spans(input, None, input.period)?;
    let history = spans::collected(&spans, |span| {
        Ok(said(span, &["value"], lit(true))?.select([columns(&UNMOVED), columns(&["period", "verdict"])].concat()))
    })?;
    let since = spans::by_communes(&history, |rows| unmet_since(&rows).collect())?;
    let unmoved = spans::by_communes(&history, |rows| unmoved_since(&rows).collect())?;
    drop(history);
    let named = || PLAN.iter().map(|name| col(*name).is_not_null()).fold(lit(false), Expr::or);
    let plans = spans::collected(&spans, |span| {
        let kept = [&PLAN[..], &PLACE, &["received_at"]].concat();
        Ok(last_plans(said(span, &kept, named())?.filter(named()), &since))
    })?;
    unmet
        .lazy()
        .join(since.clone().lazy(), columns(&ITEM), columns(&ITEM), JoinArgs::new(JoinType::Left))
        .join(unmoved.lazy(), columns(&UNMOVED), columns(&UNMOVED), JoinArgs::new(JoinType::Left))
        .join(named_plans(plans), columns(&ITEM), columns(&ITEM), JoinArgs::new(JoinType::Left))
        .sort(ITEM, SortMultipleOptions::default())
        .collect()
}

/// The first stored month since which every report that says something of an item says that it is not met.
fn unmet_since(history: &LazyFrame) -> LazyFrame {
    let stated = history.clone().filter(col("verdict").is_not_null());
    let last_otherwise = stated
        .clone()
        .filter(col("verdict").neq(lit("not_met")))
        .group_by_stable(columns(&ITEM))
        .agg([col("period").max().alias("last_otherwise")]);
    stated
        .filter(col("verdict").eq(lit("not_met")))
        .join(last_otherwise, columns(&ITEM), columns(&ITEM), JoinArgs::new(JoinType::Left))
        .filter(col("last_otherwise").is_null().or(col("period").gt(col("last_otherwise"))))
        .group_by_stable(columns(&ITEM))
        .agg([col("period").min().alias("unmet_since"), col("last_otherwise").first()])
}

/// The first stored month since which every report that gives a number for an item gives the same one.
///
/// Reports that give none in between break nothing: they do not say that it moved.
fn unmoved_since(history: &LazyFrame) -> LazyFrame {
    let stated =
        history.clone().filter(col("value").is_not_null()).select([columns(&UNMOVED), columns(&["period"])].concat());
    let latest = stated.clone().group_by_stable(columns(&ITEM)).agg([col("period").max().alias("latest")]);
    // Each value of an item with the last month in which the item had another one.
    let last_of_value = stated.clone().group_by_stable(columns(&UNMOVED)).agg([col("period").max().alias("last")]);
    let current = last_of_value
        .clone()
        .join(latest, columns(&ITEM), columns(&ITEM), JoinArgs::new(JoinType::Inner))
        .filter(col("last").eq(col("latest")));
    let otherwise = last_of_value
        .join(
            current.clone().select([columns(&ITEM), vec![col("value").alias("value_now")]].concat()),
            columns(&ITEM),
            columns(&ITEM),
            JoinArgs::new(JoinType::Inner),
        )
        .filter(col("value").neq(col("value_now")))
        .group_by_stable(columns(&ITEM))
        .agg([col("last").max().alias("last_otherwise")]);
    stated
        .join(current.select(columns(&UNMOVED)), columns(&UNMOVED), columns(&UNMOVED), JoinArgs::new(JoinType::Semi))
        .join(otherwise, columns(&ITEM), columns(&ITEM), JoinArgs::new(JoinType::Left))
        .filter(col("last_otherwise").is_null().or(col("period").gt(col("last_otherwise"))))
        .group_by_stable(columns(&UNMOVED))
        .agg([col("period").min().alias("unmoved_since")])
}

/// Of rows with a plan, the last of each item since it is not met. A plan is closed by the item being met, so that of an
/// older run says nothing.
fn last_plans(planned: LazyFrame, since: &DataFrame) -> LazyFrame {
    planned
        .join(since.clone().lazy(), columns(&ITEM), columns(&ITEM), JoinArgs::new(JoinType::Inner))
        .filter(col("period").gt_eq(col("unmet_since")))
        .sort(["period"], SortMultipleOptions::default().with_maintain_order(true))
        .unique_stable(Some(statement::by_names(&ITEM)), UniqueKeepStrategy::Last)
}

/// The last plan that an earlier report names, with its month and place: `plan_owner`, and so on.
fn named_plans(plans: DataFrame) -> LazyFrame {
    let kept = [&PLAN[..], &PLACE, &["period", "received_at"]].concat();
    let renamed = kept.iter().map(|name| col(*name).alias(format!("plan_{name}"))).collect();
    plans
        .lazy()
        .unique_stable(Some(statement::by_names(&ITEM)), UniqueKeepStrategy::Last)
        .select([columns(&ITEM), renamed].concat())
}

/// Columns by their names.
pub(super) fn columns(names: &[&str]) -> Vec<Expr> {
    names.iter().map(|name| col(*name)).collect()
}
