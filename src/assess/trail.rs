//! What this month's reports look like beside those before them: the same content with a new date, values that jump by
//! more than their history allows, what a resubmission changed.
//!
//! A history that is too short says nothing: silence is better than a false alarm that teaches people to look away.

use std::collections::BTreeMap;

use polars::prelude::{
    DataFrame, DataType, Expr, IntoLazy, JoinArgs, JoinType, LazyFrame, NULL, PolarsResult, SortMultipleOptions, col,
    len, lit, when,
};

use super::Input;
use super::columns::{codes, floats, keys, moments, months, pairs, texts};
use super::grid::{self, Grids, columns};
use super::scope::Scope;
use super::spans::{self, Span};
use super::statement::{self, Reports, by_names};
use crate::model::{ItemCode, Period, Verdict};

/// An item that is not met for so many months is long unmet.
pub const LONG_UNMET: u32 = 6;
/// A number that has not moved for so many months, of an item that is not met, stands still.
pub const STANDS_STILL: u32 = 3;

/// Fewest values in a report that can be a copy: verdicts alone agree from month to month in honest reports too.
const FEWEST_VALUES: u32 = 5;
/// Fewest months with a value before one can be told to jump.
const FEWEST_MONTHS: u32 = 4;
/// How far back a value is compared, in months: what was usual longer ago is not what is usual now.
const LOOK_BACK: i32 = 24;
/// A step beyond so many times the usual spread of steps is a jump; for steps spread as errors are, one in millions.
const JUMP: f64 = 6.0;
/// From the median deviation to the standard deviation, for errors.
const SPREAD: f64 = 1.4826;
/// The least spread that is taken as usual, as a share of the value: a value that stood still may move a little.
const LEAST_SPREAD: f64 = 0.02;

/// What one report looks like beside those before it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Trail {
    /// The month whose report it repeats in every verdict, value, remark and plan.
    pub same_as: Option<Period>,
    /// Values that jump.
    pub jumps: Vec<Jump>,
    /// What the version that counts changed against the one before it.
    pub resubmitted: Option<Resubmission>,
}

/// A value that moved by more than its history allows.
#[derive(Debug, Clone, PartialEq)]
pub struct Jump {
    /// The item.
    pub code: ItemCode,
    /// The value before.
    pub before: f64,
    /// The month of the value before.
    pub before_period: Period,
    /// The value now.
    pub now: f64,
    /// The unit of both.
    pub unit: Option<String>,
    /// How many months it was told from.
    pub months: u32,
    /// The sheet of the value now.
    pub sheet: String,
    /// Its cell.
    pub cell: String,
    /// Its row in [`Assessment::data`](super::Assessment::data).
    pub source: Option<u32>,
}

/// A report sent again.
#[derive(Debug, Clone, PartialEq)]
pub struct Resubmission {
    /// The file that was replaced.
    pub replaced: String,
    /// When that was received.
    pub received_at: jiff::civil::DateTime,
    /// Items whose verdict or value differs, in order; none where only something else was changed.
    pub changes: Vec<VersionChange>,
}

/// What a resubmission changed of an item; `None` where a version states nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct VersionChange {
    /// The item.
    pub code: ItemCode,
    /// The verdict, before and now.
    pub verdict: (Option<Verdict>, Option<Verdict>),
    /// The value, before and now.
    pub value: (Option<f64>, Option<f64>),
    /// The unit of the value now, else of the one before.
    pub unit: Option<String>,
}

/// Places of a commune and of a set.
type Pair = (u32, u32);

const PAIR: [&str; 2] = ["commune_rank", "set_rank"];
const ITEM: [&str; 4] = ["commune_rank", "set_rank", "criterion", "indicator"];

/// The trails of this month's reports.
pub(super) fn trails(
    input: &Input<'_>,
    scope: &Scope<'_>,
    reports: &Reports,
    grids: &Grids,
) -> PolarsResult<BTreeMap<Pair, Trail>> {
    let now = once(grids.rows.clone().filter(col("period").eq(lit(input.period.to_string()))));
    let mut trails: BTreeMap<Pair, Trail> = BTreeMap::new();
    for (pair, period) in repeated(&now, input, scope, reports)? {
        trails.entry(pair).or_default().same_as = Some(period);
    }
    for (pair, jump) in jumps(&now, input, scope)? {
        trails.entry(pair).or_default().jumps.push(jump);
    }
    for (pair, resubmission) in resubmissions(&now, input, scope)? {
        trails.entry(pair).or_default().resubmitted = Some(resubmission);
    }
    Ok(trails)
}

/// One row an item: what is named twice is told by its first row.
fn once(rows: LazyFrame) -> LazyFrame {
    rows.unique_stable(Some(by_names(&ITEM)), polars::prelude::UniqueKeepStrategy::First)
}

/// Reports that say exactly what the report before them says.
fn repeated(
    now: &LazyFrame,
    input: &Input<'_>,
    scope: &Scope<'_>,
    reports: &Reports,
) -> PolarsResult<Vec<(Pair, Period)>> {
    const CONTENT: [&str; 7] = ["verdict", "value", "text", "note", "owner", "task", "due"];
    let before = once(grid::rows_of(input, scope, &reports.before)?);
    let size = |rows: &LazyFrame, name: &str| {
        rows.clone().group_by_stable(columns(&PAIR)).agg([len().cast(DataType::UInt32).alias(name)])
    };
    let renamed = CONTENT.map(|name| col(name).alias(format!("{name}_before")));
    let earlier = before.clone().select([columns(&ITEM), renamed.to_vec()].concat());
    let same = CONTENT
        .iter()
        .map(|name| col(*name).eq_missing(col(format!("{name}_before"))))
        .fold(lit(true), |all: Expr, one| all.and(one));
    let frame = now
        .clone()
        .join(earlier, columns(&ITEM), columns(&ITEM), JoinArgs::new(JoinType::Inner))
        .group_by_stable(columns(&PAIR))
        .agg([
            same.sum().cast(DataType::UInt32).alias("same"),
            col("value").is_not_null().sum().cast(DataType::UInt32).alias("values"),
        ])
        .join(size(now, "size"), columns(&PAIR), columns(&PAIR), JoinArgs::new(JoinType::Inner))
        .join(size(&before, "size_before"), columns(&PAIR), columns(&PAIR), JoinArgs::new(JoinType::Inner))
        .filter(col("same").eq(col("size")).and(col("size").eq(col("size_before"))))
        .filter(col("values").gt_eq(lit(FEWEST_VALUES)))
        .join(
            reports.before.clone().lazy().select([columns(&PAIR), columns(&["period"])].concat()),
            columns(&PAIR),
            columns(&PAIR),
            JoinArgs::new(JoinType::Inner),
        )
        .sort(PAIR, SortMultipleOptions::default())
        .collect()?;
    Ok(pairs(&frame)?
        .into_iter()
        .zip(months(&frame, "period")?)
        .filter_map(|(pair, period)| Some((pair, period?)))
        .collect())
}

/// Values that moved by more than the steps before them allow, to where they never were.
fn jumps(now: &LazyFrame, input: &Input<'_>, scope: &Scope<'_>) -> PolarsResult<Vec<(Pair, Jump)>> {
    let measured = now.clone().filter(col("value").is_not_null());
    let measured_items = measured.clone().select([columns(&ITEM), vec![col("unit").alias("unit_now")]].concat());
    let measured_items = measured_items.collect()?;
    // Of the unit it is enough to know whether it is the one of today.
    let is_same_unit = col("unit").eq_missing(col("unit_now")).alias("is_same_unit");
    let earlier = |span: Span| {
        let rows = statement::own(input).and(span.holds()).and(col("value").is_not_null());
        Ok(statement::ranked(input.observations.clone().filter(rows), scope)
            .filter(statement::counts(input))
            .join(measured_items.clone().lazy(), columns(&ITEM), columns(&ITEM), JoinArgs::new(JoinType::Inner))
            .select([columns(&ITEM), columns(&["period", "value"]), vec![is_same_unit.clone()]].concat()))
    };
    let first = input.period.plus_months(-LOOK_BACK);
    let history = spans::collected(&spans::spans(input, Some(first), input.period.previous())?, earlier)?;
    let frame = spans::by_communes(&history, |rows| beyond(rows, &measured))?;
    read_jumps(&frame)
}

/// The measured rows whose value lies beyond what its history allows.
fn beyond(history: LazyFrame, measured: &LazyFrame) -> PolarsResult<DataFrame> {
    let history = history
        .sort([&ITEM[..], &["period"]].concat(), SortMultipleOptions::default().with_maintain_order(true))
        .filter(follows(&["period"]).not())
        .collect()?;
    // Sorted by item, so the row before is the month before where it is of the same item.
    let step = col("value") - col("value").shift(lit(1));
    let steps = history.lazy().with_column(when(follows(&[])).then(step).otherwise(lit(NULL)).alias("step"));
    let usual = steps.clone().group_by_stable(columns(&ITEM)).agg([
        len().cast(DataType::UInt32).alias("months"),
        col("step").median().alias("usual"),
        col("value").last().alias("before"),
        col("value").min().alias("least_seen"),
        col("value").max().alias("most_seen"),
        col("is_same_unit").last(),
        col("period").last().alias("period_before"),
    ]);
    let usual = usual.filter(col("months").gt_eq(lit(FEWEST_MONTHS)));
    let spread = steps
        .join(
            usual.clone().select([columns(&ITEM), columns(&["usual"])].concat()),
            columns(&ITEM),
            columns(&ITEM),
            JoinArgs::new(JoinType::Inner),
        )
        .group_by_stable(columns(&ITEM))
        .agg([magnitude(col("step") - col("usual")).median().alias("deviation")]);
    let least = magnitude(col("before")) * lit(LEAST_SPREAD);
    let measured_spread = col("deviation") * lit(SPREAD);
    let allowed = when(measured_spread.clone().gt(least.clone())).then(measured_spread).otherwise(least) * lit(JUMP);
    measured
        .clone()
        .join(usual, columns(&ITEM), columns(&ITEM), JoinArgs::new(JoinType::Inner))
        .join(spread, columns(&ITEM), columns(&ITEM), JoinArgs::new(JoinType::Inner))
        .filter(col("is_same_unit"))
        .filter(magnitude(col("value") - col("before") - col("usual")).gt(allowed))
        // What was seen before is within what the history allows: a fall made good is no jump.
        .filter(col("value").lt(col("least_seen")).or(col("value").gt(col("most_seen"))))
        .sort(ITEM, SortMultipleOptions::default())
        .collect()
}

/// Whether a row of a frame sorted by item is of the same item, and the same more, as the one before it.
fn follows(more: &[&str]) -> Expr {
    let same = |name: &&str| col(*name).eq(col(*name).shift(lit(1))).fill_null(lit(false));
    ITEM.iter().chain(more).map(same).fold(lit(true), Expr::and)
}

fn magnitude(number: Expr) -> Expr {
    when(number.clone().lt(lit(0.0))).then(lit(0.0) - number.clone()).otherwise(number)
}

fn read_jumps(frame: &DataFrame) -> PolarsResult<Vec<(Pair, Jump)>> {
    let (codes, periods) = (codes(frame)?, months(frame, "period_before")?);
    let (now, before, months) = (floats(frame, "value")?, floats(frame, "before")?, keys(frame, "months")?);
    let [unit, sheet, cell, value_cell] =
        [texts(frame, "unit")?, texts(frame, "sheet")?, texts(frame, "cell")?, texts(frame, "value_cell")?];
    let source = super::columns::numbers(frame, "row")?;
    let rows = pairs(frame)?.into_iter().enumerate().filter_map(|(row, pair)| {
        let jump = Jump {
            code: codes[row],
            before: before[row]?,
            before_period: periods[row]?,
            now: now[row]?,
            unit: unit[row].map(str::to_owned),
            months: months[row],
            sheet: sheet[row].unwrap_or_default().to_owned(),
            cell: value_cell[row].or(cell[row]).unwrap_or_default().to_owned(),
            source: source[row],
        };
        Some((pair, jump))
    });
    Ok(rows.collect())
}

/// What the versions that count changed against the ones received just before them.
fn resubmissions(now: &LazyFrame, input: &Input<'_>, scope: &Scope<'_>) -> PolarsResult<Vec<(Pair, Resubmission)>> {
    const VERSION: [&str; 4] = ["received_at", "file", "sha256", "sheet"];
    let this_month = || col("period").eq(lit(input.period.to_string())).and(col("assessor").eq(lit("commune")));
    let of_months = |rows: LazyFrame| {
        statement::ranked(rows, scope)
            .filter(this_month().and(col("commune_rank").is_not_null()).and(col("set_rank").is_not_null()))
    };
    let replaced = of_months(input.submissions.clone().lazy())
        .filter(col("current").not())
        .sort(VERSION, SortMultipleOptions::default())
        .group_by_stable(columns(&PAIR))
        .agg([col("sha256").last(), col("file").last(), col("received_at").last()])
        .sort(PAIR, SortMultipleOptions::default())
        .collect()?;
    if replaced.height() == 0 {
        return Ok(Vec::new());
    }
    let by_version = [&PAIR[..], &["sha256"]].concat();
    let before = once(of_months(input.observations.clone()).filter(col("current").not()).join(
        replaced.clone().lazy().select(columns(&by_version)),
        columns(&by_version),
        columns(&by_version),
        JoinArgs::new(JoinType::Semi),
    ));
    let mut changes: BTreeMap<Pair, Vec<VersionChange>> = BTreeMap::new();
    for (pair, change) in differences(now, &before, &replaced)? {
        changes.entry(pair).or_default().push(change);
    }
    let files = texts(&replaced, "file")?.into_iter().zip(moments(&replaced, "received_at")?);
    let rows = pairs(&replaced)?.into_iter().zip(files).filter_map(|(pair, (file, received_at))| {
        let changes = changes.remove(&pair).unwrap_or_default();
        Some((pair, Resubmission { replaced: file?.to_owned(), received_at: received_at?, changes }))
    });
    Ok(rows.collect())
}

/// Items whose verdict or value differs between two versions, also those that only one of them names.
fn differences(now: &LazyFrame, before: &LazyFrame, replaced: &DataFrame) -> PolarsResult<Vec<(Pair, VersionChange)>> {
    const STATED: [&str; 3] = ["verdict", "value", "unit"];
    let of_replaced = replaced.clone().lazy().select(columns(&PAIR));
    let now = now.clone().join(of_replaced, columns(&PAIR), columns(&PAIR), JoinArgs::new(JoinType::Semi));
    let stated = |rows: &LazyFrame, suffix: &str| {
        let named = STATED.map(|name| col(name).alias(format!("{name}{suffix}")));
        rows.clone().select([columns(&ITEM), named.to_vec()].concat())
    };
    let either = polars::prelude::concat(
        [now.clone().select(columns(&ITEM)), before.clone().select(columns(&ITEM))],
        polars::prelude::UnionArgs::default(),
    )?;
    let frame = once(either)
        .join(stated(&now, "_now"), columns(&ITEM), columns(&ITEM), JoinArgs::new(JoinType::Left))
        .join(stated(before, "_before"), columns(&ITEM), columns(&ITEM), JoinArgs::new(JoinType::Left))
        .filter(
            col("verdict_now").neq_missing(col("verdict_before")).or(col("value_now").neq_missing(col("value_before"))),
        )
        .sort(ITEM, SortMultipleOptions::default())
        .collect()?;
    let codes = codes(&frame)?;
    let verdict = |name| -> PolarsResult<Vec<Option<Verdict>>> {
        Ok(texts(&frame, name)?.into_iter().map(|word| word.and_then(Verdict::from_stored)).collect())
    };
    let (verdict_now, verdict_before) = (verdict("verdict_now")?, verdict("verdict_before")?);
    let (value_now, value_before) = (floats(&frame, "value_now")?, floats(&frame, "value_before")?);
    let (unit_now, unit_before) = (texts(&frame, "unit_now")?, texts(&frame, "unit_before")?);
    let rows = pairs(&frame)?.into_iter().enumerate().map(|(row, pair)| {
        let change = VersionChange {
            code: codes[row],
            verdict: (verdict_before[row], verdict_now[row]),
            value: (value_before[row], value_now[row]),
            unit: unit_now[row].or(unit_before[row]).map(str::to_owned),
        };
        (pair, change)
    });
    Ok(rows.collect())
}
