//! Sorted frames to standings: one for each expected commune and set.

use std::collections::BTreeMap;

use polars::prelude::{DataFrame, IntoLazy, JoinArgs, JoinType, PolarsResult, col, lit};

use super::Input;
use super::by_value;
use super::columns::{
    Pair, changes, codes, counts, flags, group, keys, moments, months, numbers, pairs, statuses, texts,
};
use super::grid::{Grids, StatusGrids};
use super::hands::Hand;
use super::outcome::{
    Basis, Before, Change, CommuneStatus, Counts, CriterionState, DeclaredTotals, ItemState, ListKind, Received,
    Standing, Stated, Status, Timeliness,
};
use super::roadmap;
use super::scope::Scope;
use super::spans;
use super::statement::Reports;
use super::trail;
use super::unmet::unmet;
use crate::diag::Code;
use crate::model::{CriteriaSet, ItemCode, Period};

/// All standings, by commune, then by set.
pub(super) fn standings(
    input: &Input<'_>,
    scope: &Scope<'_>,
    reports: &Reports,
    grids: &Grids,
) -> PolarsResult<Vec<(Pair, Standing)>> {
    let period = input.period;
    let mut items = item_states(&grids.items)?;
    let mut criteria = criterion_states(&grids.criteria)?;
    let mut not_met = unmet(input, scope, &grids.unmet)?;
    let mut before = before(scope, reports, grids)?;
    let mut declared = declared(&reports.now)?;
    let mut received = received(&reports.now)?;
    let mut by_value = by_value::by_value(scope, &reported(&reports.now)?, grids.rows.clone())?;
    let mut nearly_met = nearly_met(input, reports)?;
    let mut stated = stated(grids)?;
    let mut disagreements = group(grids.disagreements.iter().cloned());
    let targets = roadmap::targets(input, scope);
    let mut gained = roadmap::gained(input, scope)?;
    let mut trails = trail::trails(input, scope, reports, grids)?;
    let pairs = pairs(&reports.now)?.into_iter().zip(months(&reports.now, "period")?);
    Ok(pairs
        .map(|(pair, reported)| {
            let mut standing = Standing {
                set: scope.sets[pair.1 as usize].id.clone(),
                basis: basis(reported, period),
                received: received.remove(&pair),
                declared: declared.remove(&pair),
                list: ListKind::None,
                items: items.remove(&pair).unwrap_or_default(),
                criteria: criteria.remove(&pair).unwrap_or_default(),
                stated: stated.remove(&pair),
                disagreements: disagreements.remove(&pair).unwrap_or_default(),
                item_counts: Counts::default(),
                criteria_counts: Counts::default(),
                not_met: not_met.remove(&pair).unwrap_or_default(),
                before: before.remove(&pair),
                by_value: by_value.remove(&pair).unwrap_or_default(),
                nearly_met: nearly_met.remove(&pair).unwrap_or_default(),
                trail: trails.remove(&pair).unwrap_or_default(),
                course: None,
            };
            count(&mut standing, scope.sets[pair.1 as usize]);
            let gained = gained.remove(&pair).unwrap_or_default();
            standing.course = targets.get(&pair).map(|year| roadmap::course(&standing, period, *year, &gained));
            (pair, standing)
        })
        .collect())
}

/// Standings of a month with what is counted over all communes and nothing else, by commune, then by set.
pub(super) fn outlines(
    input: &Input<'_>,
    scope: &Scope<'_>,
    reports: &Reports,
    grids: &StatusGrids,
) -> PolarsResult<Vec<(Pair, Standing)>> {
    let mut items = item_states(&grids.items)?;
    let mut criteria = criterion_states(&grids.criteria)?;
    let mut declared = declared(&reports.now)?;
    let pairs = pairs(&reports.now)?.into_iter().zip(months(&reports.now, "period")?);
    let outline = |(pair, reported): (Pair, Option<Period>)| {
        let set = scope.sets[pair.1 as usize];
        let mut standing = Standing {
            set: set.id.clone(),
            basis: basis(reported, input.period),
            received: None,
            declared: declared.remove(&pair),
            list: ListKind::None,
            items: items.remove(&pair).unwrap_or_default(),
            criteria: criteria.remove(&pair).unwrap_or_default(),
            stated: None,
            disagreements: Vec::new(),
            item_counts: Counts::default(),
            criteria_counts: Counts::default(),
            not_met: Vec::new(),
            before: None,
            by_value: Default::default(),
            nearly_met: Vec::new(),
            trail: Default::default(),
            course: None,
        };
        count(&mut standing, set);
        (pair, standing)
    };
    Ok(pairs.map(outline).collect())
}

/// Which month's report speaks.
fn basis(reported: Option<Period>, period: Period) -> Basis {
    match reported {
        None => Basis::Nothing,
        Some(reported) if reported == period => Basis::ThisMonth,
        Some(earlier) => Basis::Earlier(earlier),
    }
}

/// Standings under their communes.
pub(super) fn by_commune(scope: &Scope<'_>, standings: Vec<(Pair, Standing)>) -> Vec<CommuneStatus> {
    let mut communes: Vec<CommuneStatus> = scope
        .communes
        .iter()
        .map(|&commune| CommuneStatus { commune: commune.clone(), standings: Vec::new() })
        .collect();
    for ((commune_rank, _), standing) in standings {
        communes[commune_rank as usize].standings.push(standing);
    }
    communes
}

/// Fills in what follows from the items and criteria.
fn count(standing: &mut Standing, set: &CriteriaSet) {
    standing.stated.take_if(|stated| {
        let items = stated.items.iter().zip(&standing.items).all(|(own, counts)| own.status == counts.status);
        let criteria = stated.criteria.iter().zip(&standing.criteria);
        items && criteria.into_iter().all(|(own, counts)| own.status == counts.status)
    });
    standing.item_counts = count_items(&standing.items);
    standing.criteria_counts = count_criteria(&standing.criteria);
    let own = standing.own();
    let own = list_kind(set, own.items, own.criteria_counts);
    // A decision on an item makes no list of a report; the verdicts of a district do.
    let is_reviewed = standing.items.iter().any(|item| item.hand == Hand::District);
    standing.list = if is_reviewed { list_kind(set, &standing.items, standing.criteria_counts) } else { own };
    // A report without a list does not take anything back item by item.
    if standing.list != ListKind::Indicators {
        standing.items.iter_mut().for_each(|item| forget_omission(&mut item.change));
    }
    if standing.list == ListKind::None {
        standing.criteria.iter_mut().for_each(|criterion| forget_omission(&mut criterion.change));
    }
}

fn count_items(items: &[ItemState]) -> Counts {
    items.iter().fold(Counts::default(), |counts, item| counts.with(item.status))
}

fn count_criteria(criteria: &[CriterionState]) -> Counts {
    criteria.iter().fold(Counts::default(), |counts, criterion| counts.with(criterion.status))
}

/// A list of whole criteria names those with a single indicator too: it speaks of indicators only where it names one
/// below a criterion, or where the set has none below. Of a set whose indicators are not known it speaks of criteria.
fn list_kind(set: &CriteriaSet, items: &[ItemState], criteria: Counts) -> ListKind {
    let below = |item: &&ItemState| item.code.indicator_number().is_some();
    let says = |item: &ItemState| !matches!(item.status, Status::Open | Status::NotReported);
    let none_below = !items.iter().any(|item| below(&item));
    if set.indicators_known && items.iter().filter(|item| none_below || below(item)).any(says) {
        ListKind::Indicators
    } else if criteria.unknown() < criteria.total() {
        ListKind::Criteria
    } else {
        ListKind::None
    }
}

fn forget_omission(change: &mut Option<Change>) {
    if *change == Some(Change::NoLongerStated) {
        *change = None;
    }
}

fn item_states(frame: &DataFrame) -> PolarsResult<BTreeMap<Pair, Vec<ItemState>>> {
    let hands = texts(frame, "hand")?.into_iter().map(Hand::from_word);
    let states = codes(frame)?.into_iter().zip(statuses(frame)?).zip(changes(frame)?).zip(numbers(frame, "row")?);
    Ok(group(pairs(frame)?.into_iter().zip(
        states.zip(hands).map(|((((code, status), change), source), hand)| ItemState {
            code,
            status,
            hand,
            change,
            source,
        }),
    )))
}

fn criterion_states(frame: &DataFrame) -> PolarsResult<BTreeMap<Pair, Vec<CriterionState>>> {
    let states = keys(frame, "criterion")?
        .into_iter()
        .zip(statuses(frame)?)
        .zip(counts(frame)?)
        .zip(changes(frame)?)
        .zip(numbers(frame, "row")?)
        .map(|((((number, status), items), change), source)| CriterionState {
            number: number as u16,
            status,
            items,
            change,
            source,
        });
    Ok(group(pairs(frame)?.into_iter().zip(states)))
}

/// What communes state themselves, where another hand counts somewhere.
fn stated(grids: &Grids) -> PolarsResult<BTreeMap<Pair, Stated>> {
    let Some(stated) = &grids.stated else { return Ok(BTreeMap::new()) };
    let mut criteria = criterion_states(&stated.criteria)?;
    let items = item_states(&stated.items)?.into_iter();
    Ok(items
        .map(|(pair, items)| (pair, Stated { items, criteria: criteria.remove(&pair).unwrap_or_default() }))
        .collect())
}

fn before(scope: &Scope<'_>, reports: &Reports, grids: &Grids) -> PolarsResult<BTreeMap<Pair, Before>> {
    let mut items = item_states(&grids.items_before)?;
    let mut criteria = criterion_states(&grids.criteria_before)?;
    let rows = pairs(&reports.before)?.into_iter().zip(months(&reports.before, "period")?);
    Ok(rows
        .filter_map(|(pair, period)| {
            let items = items.remove(&pair).unwrap_or_default();
            let criteria = count_criteria(&criteria.remove(&pair).unwrap_or_default());
            let list = list_kind(scope.sets[pair.1 as usize], &items, criteria);
            Some((pair, Before { period: period?, list, criteria, items: count_items(&items) }))
        })
        .collect())
}

fn declared(frame: &DataFrame) -> PolarsResult<BTreeMap<Pair, DeclaredTotals>> {
    Ok(pairs(frame)?.into_iter().zip(totals(frame)?).filter(|(_, totals)| totals.is_stated()).collect())
}

/// The totals that submissions state, row by row.
pub(super) fn totals(frame: &DataFrame) -> PolarsResult<Vec<DeclaredTotals>> {
    let criteria = numbers(frame, "declared_criteria_met")?.into_iter().zip(numbers(frame, "declared_criteria_total")?);
    let indicators =
        numbers(frame, "declared_indicators_met")?.into_iter().zip(numbers(frame, "declared_indicators_total")?);
    let totals = criteria.zip(indicators).zip(texts(frame, "declared_cell")?).map(
        |(((criteria_met, criteria_total), (indicators_met, indicators_total)), cell)| DeclaredTotals {
            criteria_met,
            criteria_total,
            indicators_met,
            indicators_total,
            cell: cell.map(str::to_owned),
        },
    );
    Ok(totals.collect())
}

fn received(frame: &DataFrame) -> PolarsResult<BTreeMap<Pair, Received>> {
    let files = texts(frame, "file")?.into_iter().zip(texts(frame, "sha256")?).zip(texts(frame, "sheet")?);
    let times = moments(frame, "received_at")?.into_iter().zip(moments(frame, "first_received_at")?);
    let versions = flags(frame, "first_late")?.into_iter().zip(numbers(frame, "versions")?);
    let rows = files.zip(times).zip(versions).map(
        |((((file, sha256), sheet), (received_at, first_received_at)), (late, versions))| {
            let received_at = received_at?;
            Some(Received {
                file: file?.to_owned(),
                sha256: sha256?.to_owned(),
                sheet: sheet.unwrap_or_default().to_owned(),
                received_at,
                first_received_at: first_received_at.unwrap_or(received_at),
                timeliness: if late == Some(true) { Timeliness::Late } else { Timeliness::InTime },
                versions: versions.unwrap_or(1),
            })
        },
    );
    Ok(pairs(frame)?.into_iter().zip(rows).filter_map(|(pair, row)| Some((pair, row?))).collect())
}

/// Items written as nearly met: normalising has said so of each.
fn nearly_met(input: &Input<'_>, reports: &Reports) -> PolarsResult<BTreeMap<Pair, Vec<ItemCode>>> {
    let of_report = ["commune", "set", "sha256"].map(col);
    let frame = input
        .diagnostics
        .clone()
        .filter(spans::of_months(&reports.now)?)
        .filter(col("code").eq(lit(Code::VerdictNearlyMet.as_str())).and(col("item").is_not_null()))
        .select([of_report.to_vec(), vec![col("item")]].concat())
        .join(reports.now.clone().lazy(), of_report.clone(), of_report, JoinArgs::new(JoinType::Inner))
        .collect()?;
    let codes = texts(&frame, "item")?.into_iter().map(|item| item.and_then(|item| item.parse::<ItemCode>().ok()));
    let mut items = group(pairs(&frame)?.into_iter().zip(codes).filter_map(|(pair, code)| Some((pair, code?))));
    items.values_mut().for_each(|codes| {
        codes.sort();
        codes.dedup();
    });
    Ok(items)
}

/// The months whose reports stand for communes and sets.
fn reported(frame: &DataFrame) -> PolarsResult<Vec<(Pair, Period)>> {
    let both = pairs(frame)?.into_iter().zip(months(frame, "period")?);
    Ok(both.filter_map(|(pair, period)| Some((pair, period?))).collect())
}
