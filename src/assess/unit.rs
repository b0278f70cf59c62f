//! What the communes' standings come to for the unit, set by set.

use std::collections::BTreeMap;

use polars::prelude::{DataFrame, DataType, IntoLazy, JoinArgs, JoinType, PolarsResult, SortMultipleOptions, col, lit};

use super::bands::{self, Band};
use super::columns::keys;
use super::outcome::{Basis, Counts, ListKind, Standing};
use super::scope::Scope;
use crate::model::{CommuneCode, ItemCode, SetId};

/// One set over the unit.
#[derive(Debug, Clone, PartialEq)]
pub struct SetStatus {
    /// The set.
    pub set: SetId,
    /// Communes with a report of this month for it.
    pub reported: u32,
    /// Communes for which an earlier month's report stands in.
    pub earlier: u32,
    /// Communes of which nothing is stored.
    pub nothing: u32,
    /// Communes that meet all criteria.
    pub complete: Count,
    /// Criteria met by a commune on average, over this month's reports that say; `None` where none does.
    pub mean_criteria: Option<f64>,
    /// How many reports of this month the mean is made of.
    pub mean_of: u32,
    /// Communes by band, best first.
    pub bands: Vec<(Band, Count)>,
    /// Communes whose band cannot be told because too much is not reported.
    pub band_unknown: Count,
    /// Per criterion, in order, over this month's reports with a list.
    pub criteria: Vec<Tally>,
    /// Per item, in order, over this month's reports with a list.
    pub items: Vec<Tally>,
}

impl SetStatus {
    /// Criteria that most communes do not meet, hardest first, ties by number.
    #[must_use]
    pub fn hardest_criteria(&self) -> Vec<&Tally> {
        hardest(&self.criteria)
    }

    /// Items that most communes do not meet, hardest first, ties by number.
    #[must_use]
    pub fn hardest_items(&self) -> Vec<&Tally> {
        hardest(&self.items)
    }
}

fn hardest(tallies: &[Tally]) -> Vec<&Tally> {
    let mut ranked: Vec<&Tally> = tallies.iter().filter(|tally| tally.communes.not_met > 0).collect();
    ranked.sort_by_key(|tally| (std::cmp::Reverse(tally.communes.not_met), tally.code));
    ranked
}

/// Communes, this month's reports and stand-ins of earlier months apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Count {
    /// By a report of this month.
    pub this_month: Vec<CommuneCode>,
    /// By an earlier month's report that stands in.
    pub earlier: Vec<CommuneCode>,
}

impl Count {
    /// All of them.
    #[must_use]
    pub fn total(&self) -> usize {
        self.this_month.len() + self.earlier.len()
    }
}

/// How many communes are of which status for one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// The item.
    pub code: ItemCode,
    /// Communes by status.
    pub communes: Counts,
}

/// The sets in force over all expected communes.
pub(super) fn sets(
    scope: &Scope<'_>,
    criteria_grid: &DataFrame,
    items_grid: &DataFrame,
    standings: &[((u32, u32), Standing)],
) -> PolarsResult<Vec<SetStatus>> {
    let listed: Vec<(u32, u32)> = standings
        .iter()
        .filter(|(_, standing)| standing.basis == Basis::ThisMonth && standing.list != ListKind::None)
        .map(|(pair, _)| *pair)
        .collect();
    let criteria = tallies(criteria_grid, &["criterion"], &listed)?;
    let items = tallies(items_grid, &["criterion", "indicator"], &listed)?;
    let of_set = |tallies: &BTreeMap<u32, Vec<Tally>>, rank| tallies.get(&rank).cloned().unwrap_or_default();
    Ok((0u32..)
        .zip(&scope.sets)
        .map(|(rank, set)| {
            let standings: Vec<(&CommuneCode, &Standing)> = standings
                .iter()
                .filter(|((_, set_rank), _)| *set_rank == rank)
                .map(|((commune_rank, _), standing)| (&scope.communes[*commune_rank as usize].code, standing))
                .collect();
            let based = |wanted: fn(Basis) -> bool| standings.iter().filter(|(_, s)| wanted(s.basis)).count() as u32;
            let (mean_criteria, mean_of) = mean(&standings);
            let (bands, band_unknown) = in_bands(set.criteria_total(), &standings);
            SetStatus {
                set: set.id.clone(),
                reported: based(|basis| basis == Basis::ThisMonth),
                earlier: based(|basis| matches!(basis, Basis::Earlier(_))),
                nothing: based(|basis| basis == Basis::Nothing),
                complete: counted(&standings, |range| range.is_some_and(|(least, _)| least == set.criteria_total())),
                mean_criteria,
                mean_of,
                bands,
                band_unknown,
                criteria: of_set(&criteria, rank),
                items: of_set(&items, rank),
            }
        })
        .collect())
}

/// Communes by status for each item, over the given commune and set pairs.
fn tallies(grid: &DataFrame, item: &[&str], listed: &[(u32, u32)]) -> PolarsResult<BTreeMap<u32, Vec<Tally>>> {
    let listed = polars::df!(
        "commune_rank" => listed.iter().map(|pair| pair.0).collect::<Vec<_>>(),
        "set_rank" => listed.iter().map(|pair| pair.1).collect::<Vec<_>>(),
    )?;
    let pair = [col("commune_rank"), col("set_rank")];
    let by = [&["set_rank"], item].concat();
    let statuses = ["met", "not_met", "not_applicable", "open", "not_reported"];
    let tallied = grid
        .clone()
        .lazy()
        // The criteria grid has columns of these names already: counts of items, not of communes.
        .select([vec![col("commune_rank"), col("status")], by.iter().map(|name| col(*name)).collect()].concat())
        .join(listed.lazy(), pair.clone(), pair, JoinArgs::new(JoinType::Semi))
        .group_by_stable(by.iter().map(|name| col(*name)).collect::<Vec<_>>())
        .agg(statuses.map(|status| col("status").eq(lit(status)).sum().cast(DataType::UInt32).alias(status)))
        .sort(by.clone(), SortMultipleOptions::default())
        .collect()?;
    let indicators = if item.len() > 1 { keys(&tallied, "indicator")? } else { vec![0; tallied.height()] };
    let codes = keys(&tallied, "criterion")?.into_iter().zip(indicators);
    let [met, not_met, not_applicable, open, not_reported] = statuses.map(|status| keys(&tallied, status));
    let (met, not_met, not_applicable) = (met?, not_met?, not_applicable?);
    let (open, not_reported) = (open?, not_reported?);
    let mut by_set: BTreeMap<u32, Vec<Tally>> = BTreeMap::new();
    for (row, (set_rank, (criterion, indicator))) in keys(&tallied, "set_rank")?.into_iter().zip(codes).enumerate() {
        by_set.entry(set_rank).or_default().push(Tally {
            code: ItemCode::indicator(criterion as u16, indicator as u16),
            communes: Counts {
                met: met[row],
                not_met: not_met[row],
                not_applicable: not_applicable[row],
                open: open[row],
                not_reported: not_reported[row],
            },
        });
    }
    Ok(by_set)
}

/// Communes whose range of criteria is as wanted; `None` where a report states none.
fn counted(standings: &[(&CommuneCode, &Standing)], wanted: impl Fn(Option<(u32, u32)>) -> bool) -> Count {
    let mut count = Count::default();
    for (commune, standing) in standings {
        if wanted(standing.criteria_range()) {
            match standing.basis {
                Basis::ThisMonth => count.this_month.push((*commune).clone()),
                Basis::Earlier(_) => count.earlier.push((*commune).clone()),
                Basis::Nothing => {}
            }
        }
    }
    count
}

/// Communes by band; where what is not reported could move a commune to another band, its band is not known.
fn in_bands(total: u32, standings: &[(&CommuneCode, &Standing)]) -> (Vec<(Band, Count)>, Count) {
    let bands = bands::of(total);
    let lies_in = |band: &Band, range: Option<(u32, u32)>| {
        range.is_some_and(|(least, most)| band.contains(least) && band.contains(most))
    };
    let unknown = counted(standings, |range| !bands.iter().any(|band| lies_in(band, range)));
    (bands.iter().map(|band| (*band, counted(standings, |range| lies_in(band, range)))).collect(), unknown)
}

/// The mean of criteria met over this month's reports that settle every criterion.
fn mean(standings: &[(&CommuneCode, &Standing)]) -> (Option<f64>, u32) {
    let met: Vec<u32> = standings
        .iter()
        .filter(|(_, standing)| standing.basis == Basis::ThisMonth)
        .filter_map(|(_, standing)| match standing.list {
            ListKind::None => standing.declared.as_ref()?.criteria_met,
            _ => (standing.criteria_counts.unknown() == 0).then_some(standing.criteria_counts.met),
        })
        .collect();
    let of = met.len() as u32;
    ((of > 0).then(|| f64::from(met.iter().sum::<u32>()) / f64::from(of)), of)
}
