//! What the unit came to month by month: the last twelve, as their own reports of that month have it.
//!
//! The month that is assessed is taken from its own status; the months before are counted by the same rules, without a
//! row for every item of which nothing is said.

use std::collections::BTreeMap;

use polars::prelude::{
    DataFrame, DataType, IntoLazy, JoinArgs, JoinType, LazyFrame, PolarsResult, SortMultipleOptions, col, len, lit,
};

use super::Input;
use super::columns::{keys, months, numbers, pairs};
use super::grid::{self, MONTHLY, columns};
use super::hands;
use super::outcome::{Basis, ListKind, Standing};
use super::scope::{self, Scope};
use super::spans::{self, Span};
use super::statement;
use super::unit::SetStatus;
use crate::model::{CommuneCode, Period, SetId};

/// How many months are told, with the one that is assessed.
const MONTHS: i32 = 12;

/// A set over the months.
#[derive(Debug, Clone, PartialEq)]
pub struct Trend {
    /// The set.
    pub set: SetId,
    /// Months with a report, in order; the assessed one last, whether it has one or not.
    pub months: Vec<MonthFigures>,
}

/// A month of a set.
#[derive(Debug, Clone, PartialEq)]
pub struct MonthFigures {
    /// The month.
    pub period: Period,
    /// Communes with a report of it.
    pub reported: u32,
    /// Criteria met by a commune on average, over the reports that say; `None` where none does.
    pub mean_criteria: Option<f64>,
    /// Communes that meet all criteria.
    pub complete: u32,
    /// Criteria met by each commune whose report says.
    pub met: BTreeMap<CommuneCode, u32>,
}

/// The trend of each set in force.
pub(super) fn trends(
    input: &Input<'_>,
    scope: &Scope<'_>,
    sets: &[SetStatus],
    standings: &[((u32, u32), Standing)],
) -> PolarsResult<Vec<Trend>> {
    let mut earlier = earlier(input, scope)?;
    Ok((0u32..)
        .zip(sets)
        .map(|(rank, status)| {
            let mut months = earlier.remove(&rank).unwrap_or_default();
            months.push(this_month(input.period, scope, rank, status, standings));
            Trend { set: status.set.clone(), months }
        })
        .collect())
}

fn this_month(
    period: Period,
    scope: &Scope<'_>,
    rank: u32,
    status: &SetStatus,
    standings: &[((u32, u32), Standing)],
) -> MonthFigures {
    let own = standings.iter().filter(|((_, set), standing)| *set == rank && standing.basis == Basis::ThisMonth);
    let met = own.filter_map(|((commune, _), standing)| {
        let met = match standing.list {
            ListKind::None => standing.declared.as_ref()?.criteria_met,
            _ => (standing.criteria_counts.unknown() == 0).then_some(standing.criteria_counts.met),
        };
        Some((scope.communes[*commune as usize].code.clone(), met?))
    });
    MonthFigures {
        period,
        reported: status.reported,
        mean_criteria: status.mean_criteria,
        complete: status.complete.this_month.len() as u32,
        met: met.collect(),
    }
}

/// The months before, by the place of their set. Each is counted over the communes that were expected in it, as its own
/// papers did; a commune's own figures are told of those that are still expected.
fn earlier(input: &Input<'_>, now: &Scope<'_>) -> PolarsResult<BTreeMap<u32, Vec<MonthFigures>>> {
    let mut figures: BTreeMap<(u32, Period), MonthFigures> = BTreeMap::new();
    let mut sums: BTreeMap<(u32, Period), (u32, u32)> = BTreeMap::new();
    for (months, scope) in scopes(input)? {
        let reports = statement::counted(&Input { period: months.last, ..*input }, &scope)?;
        let spans = spans::spans(input, Some(months.first), months.last)?;
        let counts = spans::collected(&spans, |span| counts(input, &scope, &reports, span))?;
        let place = |set: u32| now.sets.iter().position(|other| other.id == scope.sets[set as usize].id);
        for report in reported(&counts)? {
            let Some(set) = place(report.set) else { continue };
            let (key, period) = ((set as u32, report.period), report.period);
            let (said, least) = match report.known {
                0 => (report.declared, report.declared),
                _ => ((report.unknown == 0).then_some(report.met), Some(report.fulfilled)),
            };
            let empty = MonthFigures { period, reported: 0, mean_criteria: None, complete: 0, met: BTreeMap::new() };
            let month = figures.entry(key).or_insert(empty);
            month.reported += 1;
            month.complete += u32::from(least == Some(now.sets[set].criteria_total()));
            let Some(said) = said else { continue };
            let commune = scope.communes[report.commune as usize];
            month.met.extend(now.has(commune).then(|| (commune.code.clone(), said)));
            let sum = sums.entry(key).or_default();
            *sum = (sum.0 + said, sum.1 + 1);
        }
    }
    let mut by_set: BTreeMap<u32, Vec<MonthFigures>> = BTreeMap::new();
    for ((set, period), mut month) in figures {
        month.mean_criteria = sums.get(&(set, period)).map(|(sum, of)| f64::from(*sum) / f64::from(*of));
        by_set.entry(set).or_default().push(month);
    }
    Ok(by_set)
}

/// The months before, in spans over which the same communes are expected by the same sets.
fn scopes<'a>(input: &Input<'a>) -> PolarsResult<Vec<(Span, Scope<'a>)>> {
    let mut scopes: Vec<(Span, Scope<'a>)> = Vec::new();
    for back in (1..MONTHS).rev() {
        let period = input.period.plus_months(-back);
        let scope = scope::of(&Input { period, ..*input })?;
        match scopes.last_mut() {
            Some((span, same)) if same.is_of_the_same(&scope) => span.last = period,
            _ => scopes.push((Span::of(period), scope)),
        }
    }
    Ok(scopes)
}

/// One report, counted.
struct Report {
    commune: u32,
    set: u32,
    period: Period,
    met: u32,
    fulfilled: u32,
    known: u32,
    unknown: u32,
    declared: Option<u32>,
}

fn reported(counts: &DataFrame) -> PolarsResult<Vec<Report>> {
    let (pairs, periods) = (pairs(counts)?, months(counts, "period")?);
    let [met, fulfilled, known, unknown] = ["met", "fulfilled", "known", "unknown"].map(|name| keys(counts, name));
    let (met, fulfilled, known, unknown) = (met?, fulfilled?, known?, unknown?);
    let declared = numbers(counts, "declared_criteria_met")?;
    let one = |(row, ((commune, set), period)): (usize, ((u32, u32), Option<Period>))| {
        let (met, fulfilled) = (met[row], fulfilled[row]);
        let (known, unknown, declared) = (known[row], unknown[row], declared[row]);
        Some(Report { commune, set, period: period?, met, fulfilled, known, unknown, declared })
    };
    Ok(pairs.into_iter().zip(periods).enumerate().filter_map(one).collect())
}

/// For each report of a span its criteria counted: met, fulfilled, known and unknown.
fn counts(input: &Input<'_>, scope: &Scope<'_>, reports: &DataFrame, span: Span) -> PolarsResult<LazyFrame> {
    let reports = reports.clone().lazy().filter(span.holds()).collect()?;
    let item = [&MONTHLY[..], &["criterion", "indicator"]].concat();
    let criterion = [&MONTHLY[..], &["criterion"]].concat();
    let of_set = ["set_rank", "criterion"];
    let items = scope.item_frame.clone().lazy();
    let item_of_set = ["set_rank", "criterion", "indicator"];
    let rows = grid::rows_of(input, scope, &reports)?;
    let rows = hands::laid_over_months(input, scope, rows, &span.holds(), None)?;
    let stated = grid::stated(&rows, &item);
    let verdict = |word: &str| col("verdict").eq(lit(word)).sum().cast(DataType::UInt32).alias(word);
    let tallied = stated
        .clone()
        .join(items.clone(), columns(&item_of_set), columns(&item_of_set), JoinArgs::new(JoinType::Semi))
        .group_by_stable(columns(&criterion))
        .agg([verdict("met"), verdict("not_met"), verdict("not_applicable")]);
    let own = stated
        .filter(col("indicator").eq(lit(0u32)))
        .select([columns(&criterion), vec![col("verdict").alias("own"), col("hand")]].concat());
    let sizes = items.group_by_stable(columns(&of_set)).agg([len().cast(DataType::UInt32).alias("size")]);
    let filled = |name: &str| col(name).fill_null(lit(0u32));
    let is = |words: &[&str]| {
        let any = words.iter().map(|word| col("status").eq(lit(*word))).reduce(|one, other| one.or(other));
        any.unwrap_or(lit(false)).sum().cast(DataType::UInt32)
    };
    let all = JoinArgs::new(JoinType::Left);
    Ok(reports
        .lazy()
        .select([columns(&MONTHLY), columns(&["declared_criteria_met"])].concat())
        .join(sizes, [col("set_rank")], [col("set_rank")], JoinArgs::new(JoinType::Inner))
        .join(tallied, columns(&criterion), columns(&criterion), all.clone())
        .join(own, columns(&criterion), columns(&criterion), all)
        .with_columns([filled("met"), filled("not_met"), filled("not_applicable")])
        .with_columns([
            (col("size") - col("met") - col("not_met") - col("not_applicable")).alias("not_reported"),
            lit(0u32).alias("open"),
        ])
        .with_column(grid::criterion_status().alias("status"))
        .group_by_stable(columns(&MONTHLY))
        .agg([
            is(&["met"]).alias("met"),
            is(&["met", "not_applicable"]).alias("fulfilled"),
            is(&["met", "not_met", "not_applicable"]).alias("known"),
            is(&["open", "not_reported"]).alias("unknown"),
            col("declared_criteria_met").first(),
        ])
        .sort(MONTHLY, SortMultipleOptions::default()))
}

#[cfg(test)]
mod tests {
    use crate::assess::made::{World, report, set};

    /// Two communes over four months: one gains a criterion, one leaves gaps and then has all.
    fn world() -> World {
        let set = set("nho", "NTM", &[("A", 2), ("B", 1), ("C", 3)]);
        let mut world = World::new(&[("13546", "Trung Lương"), ("13516", "Đồng Du")], vec![set.clone()]);
        world.store(&report("2023-01", "13546", &set, &[("1.2", Some("not_met")), ("3.1", Some("not_met"))]));
        world.store(&report("2023-02", "13546", &set, &[("3.1", Some("not_met"))]));
        world.store(&report("2023-02", "13516", &set, &[("2", None)]));
        world.store(&report("2023-04", "13546", &set, &[("2", Some("not_applicable"))]));
        world.store(&report("2023-04", "13516", &set, &[]));
        world
    }

    #[test]
    fn every_month_of_the_trend_is_what_that_month_said_of_itself() {
        let world = world();
        let trend = &world.assess("2023-04").trends[0];
        let months: Vec<String> = trend.months.iter().map(|month| month.period.to_string()).collect();
        assert_eq!(months, ["2023-01", "2023-02", "2023-04"]);
        for month in &trend.months {
            let own = world.assess(&month.period.to_string());
            let status = &own.sets[0];
            assert_eq!(month.reported, status.reported, "{}", month.period);
            assert_eq!(month.mean_criteria, status.mean_criteria, "{}", month.period);
            assert_eq!(month.complete as usize, status.complete.this_month.len(), "{}", month.period);
            assert_eq!(month, own.trends[0].months.last().unwrap(), "{}", month.period);
        }
    }

    #[test]
    fn a_month_more_than_a_year_ago_is_not_told() {
        let mut world = world();
        world.store(&report("2024-02", "13546", &world.sets[0].clone(), &[]));
        let months = world.assess("2024-02").trends[0].months.len();
        assert_eq!(months, 2, "April 2023 and February 2024");
    }
}
