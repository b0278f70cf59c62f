//! The unit as it stood a month and a year ago, what moved it since, by name, and the conditions of the unit itself.
//!
//! The past is counted anew from what is stored of it, as the papers of that month did: an earlier report stands in for
//! one that was missing. A month of which nothing is stored has no figures.

use std::collections::BTreeMap;

use polars::prelude::{IntoLazy, PolarsResult, col, lit};

use super::Input;
use super::bands::Band;
use super::outcome::{Assessment, Basis, ListKind, Standing};
use super::scope::Scope;
use super::unit::{Count, SetStatus};
use super::{grid, hands, scope, spans, standing, statement, unit};
use crate::model::condition::{Condition, Share};
use crate::model::{Commune, CommuneCode, ItemCode, Period, SetId};

/// How far back the unit is looked at, in months.
const LOOK_BACK: [i32; 2] = [1, 12];

/// The kind of commune that the conditions of a unit count: towns have a programme of their own.
const COUNTED: &str = "xã";

/// The unit in an earlier month.
#[derive(Debug, Clone, PartialEq)]
pub struct Past {
    /// The month.
    pub period: Period,
    /// The sets in force then.
    pub sets: Vec<PastSet>,
    /// Communes that were expected then and are no more, by mergers or otherwise. A code that means another commune now
    /// is of one that is gone.
    pub gone: Vec<Commune>,
    /// Communes that are expected now and were not then.
    pub new: Vec<CommuneCode>,
}

/// One set in an earlier month.
#[derive(Debug, Clone, PartialEq)]
pub struct PastSet {
    /// What was counted.
    pub status: SetStatus,
    /// Criteria met by communes, where all are settled; only of those that are expected now too.
    pub met: BTreeMap<CommuneCode, u32>,
}

impl Past {
    /// What was counted of a set.
    #[must_use]
    pub fn set(&self, id: &SetId) -> Option<&PastSet> {
        self.sets.iter().find(|set| set.status.set == *id)
    }

    /// How many communes did not meet an item then, and of how many with a list; `None` where none had one.
    #[must_use]
    pub fn not_met(&self, set: &SetId, code: ItemCode) -> Option<(u32, u32)> {
        let SetStatus { criteria, items, .. } = &self.set(set)?.status;
        let tally = items.iter().chain(criteria).find(|tally| tally.code == code)?;
        Some((tally.communes.not_met, tally.communes.total()))
    }
}

/// What moved a set since an earlier month, by name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Moves {
    /// Communes that meet all criteria now and did not then.
    pub completed: Vec<CommuneCode>,
    /// Those that did then and do not now.
    pub lost: Vec<CommuneCode>,
    /// Criteria met by a commune, then and now, where they differ and both are settled.
    pub criteria: Vec<(CommuneCode, u32, u32)>,
    /// Communes that lie in another band: then and now.
    pub bands: Vec<(CommuneCode, Band, Band)>,
    /// Communes that began since: none of the above, for they have no then.
    pub formed: Vec<CommuneCode>,
    /// Communes that ended since.
    pub dissolved: Vec<Commune>,
}

/// A condition of the unit with what is reached of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached {
    /// The condition.
    pub condition: Condition,
    /// Its shares, in its order.
    pub shares: Vec<ReachedShare>,
}

/// A share of communes with what is reached of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReachedShare {
    /// What is asked for.
    pub share: Share,
    /// Communes that meet the set.
    pub complete: Count,
    /// Of how many.
    pub of: u32,
    /// Whether it is reached; `None` where communes of which too little is known could still decide it.
    pub is_reached: Option<bool>,
}

impl Assessment {
    /// What moved a set since an earlier month.
    #[must_use]
    pub fn moves(&self, past: &Past, set: &SetId) -> Option<Moves> {
        let then = past.set(set)?;
        let now = self.sets.iter().find(|status| status.set == *set)?;
        let met = met(self
            .standings()
            .filter(|(_, standing)| standing.set == *set)
            .map(|(status, standing)| (&status.commune.code, standing)));
        let is_of_both =
            |code: &CommuneCode| !past.new.contains(code) && !past.gone.iter().any(|commune| commune.code == *code);
        let only_in = |one: &Count, other: &Count| -> Vec<CommuneCode> {
            let all = other.this_month.iter().chain(&other.earlier).collect::<Vec<_>>();
            let only = one.this_month.iter().chain(&one.earlier).filter(|code| !all.contains(code));
            only.filter(|code| is_of_both(code)).cloned().collect()
        };
        let both = met.iter().filter_map(|(code, now)| Some((code, *then.met.get(code)?, *now)));
        let moved: Vec<(&CommuneCode, u32, u32)> = both.filter(|(_, then, now)| then != now).collect();
        let band = |met: u32| now.bands.iter().map(|(band, _)| *band).find(|band| band.contains(met));
        Some(Moves {
            completed: only_in(&now.complete, &then.status.complete),
            lost: only_in(&then.status.complete, &now.complete),
            bands: moved
                .iter()
                .filter_map(|(code, then, now)| Some(((*code).clone(), band(*then)?, band(*now)?)))
                .filter(|(_, then, now)| then != now)
                .collect(),
            criteria: moved.into_iter().map(|(code, then, now)| (code.clone(), then, now)).collect(),
            formed: past.new.clone(),
            dissolved: past.gone.clone(),
        })
    }
}

/// The unit a month and a year before, as far as anything is stored of them.
pub(super) fn past(input: &Input<'_>, now: &Scope<'_>) -> PolarsResult<Vec<Past>> {
    let months = LOOK_BACK.map(|months| input.period.plus_months(-months));
    let of_months = months.into_iter().map(|period| in_month(&Input { period, ..*input }, now));
    Ok(of_months.collect::<PolarsResult<Vec<_>>>()?.into_iter().flatten().collect())
}

fn in_month(input: &Input<'_>, now: &Scope<'_>) -> PolarsResult<Option<Past>> {
    let this_month = col("period").eq(lit(input.period.to_string()));
    let stored = input.submissions.clone().lazy().filter(this_month.and(statement::own(input))).collect()?;
    if stored.height() == 0 {
        return Ok(None);
    }
    let scope = scope::of(input)?;
    let reports = statement::reports(input, &scope)?;
    let known = reports.now.clone().lazy().filter(col("period").is_not_null()).collect()?;
    let months = spans::of_months(&known)?;
    let rows = hands::laid_over_months(input, &scope, grid::rows_of(input, &scope, &known)?, &months, None)?;
    let grids = grid::status_grids(&scope, &reports.now, &rows, &grid::PAIR)?;
    let standings = standing::outlines(input, &scope, &reports, &grids)?;
    let sets = unit::sets(&scope, &grids.criteria, &grids.items, &standings)?;
    let of_set = |(rank, status): (u32, SetStatus)| {
        let of_rank = standings.iter().filter(|((_, set_rank), _)| *set_rank == rank);
        let of_rank = of_rank.map(|((commune, _), standing)| (scope.communes[*commune as usize], standing));
        let of_both = of_rank.filter(|(commune, _)| now.has(commune));
        PastSet { status, met: met(of_both.map(|(commune, standing)| (&commune.code, standing))) }
    };
    let gone = scope.communes.iter().filter(|commune| !now.has(commune)).map(|commune| (*commune).clone()).collect();
    let new = now.communes.iter().filter(|commune| !scope.has(commune)).map(|commune| commune.code.clone()).collect();
    Ok(Some(Past { period: input.period, sets: (0u32..).zip(sets).map(of_set).collect(), gone, new }))
}

/// Criteria met by communes that settle all of them, or declare how many.
fn met<'a>(standings: impl Iterator<Item = (&'a CommuneCode, &'a Standing)>) -> BTreeMap<CommuneCode, u32> {
    let settled = |standing: &Standing| match (standing.basis, standing.list) {
        (Basis::Nothing, _) => None,
        (_, ListKind::None) => standing.declared.as_ref()?.criteria_met,
        _ => (standing.criteria_counts.unknown() == 0).then_some(standing.criteria_counts.met),
    };
    standings.filter_map(|(code, standing)| Some((code.clone(), settled(standing)?))).collect()
}

/// The conditions that hold for the unit in the month, with what its communes reach of them.
pub(super) fn reached(input: &Input<'_>, sets: &[SetStatus]) -> Vec<Reached> {
    let unit = &input.settings.unit.name;
    let towns: Vec<&CommuneCode> = input
        .settings
        .communes
        .iter()
        .filter(|commune| commune.is_valid_on(input.period.day(31)) && commune.kind != COUNTED)
        .map(|commune| &commune.code)
        .collect();
    let rural = |count: &Count| Count {
        this_month: count.this_month.iter().filter(|code| !towns.contains(code)).cloned().collect(),
        earlier: count.earlier.iter().filter(|code| !towns.contains(code)).cloned().collect(),
    };
    let share = |share: &Share| {
        let status = sets.iter().find(|status| status.set == share.set)?;
        let all = status.reported + status.earlier + status.nothing;
        let of = all - (towns.len() as u32).min(all);
        let complete = rural(&status.complete);
        let settled = status.bands.iter().map(|(_, count)| rural(count).total()).sum::<usize>() as u32;
        let (met, most) = (complete.total() as u32, complete.total() as u32 + of.saturating_sub(settled));
        let enough = |met: u32| met * 100 >= share.least * of;
        let is_reached = match (enough(met), enough(most)) {
            (true, _) => Some(of > 0),
            (false, false) => Some(false),
            (false, true) => None,
        };
        Some(ReachedShare { share: share.clone(), complete, of, is_reached })
    };
    input
        .conditions
        .iter()
        .filter(|condition| condition.holds_for(unit, input.period))
        .filter_map(|condition| {
            let shares: Option<Vec<ReachedShare>> = condition.shares.iter().map(share).collect();
            Some(Reached { condition: condition.clone(), shares: shares? })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::assess::made::{World, report, small_set};

    const THREE: &[(&str, &str)] = &[("13546", "Trung Lương"), ("13516", "Đồng Du"), ("13531", "Bồ Đề")];

    /// What each of three communes does not meet of the small set in a month; `-` where it does not report.
    fn told(world: &mut World, period: &str, unmet: [&'static str; 3]) {
        let set = small_set();
        for ((commune, _), unmet) in THREE.iter().zip(unmet).filter(|(_, unmet)| *unmet != "-") {
            let unmet: Vec<(&str, Option<&str>)> = unmet.split_whitespace().map(|c| (c, Some("not_met"))).collect();
            world.store(&report(period, commune, &set, &unmet));
        }
    }

    fn names(codes: &[CommuneCode]) -> Vec<&str> {
        codes.iter().map(|code| code.0.as_str()).collect()
    }

    #[test]
    fn a_month_and_a_year_ago_stand_beside_this_month_with_what_moved_by_name() {
        let mut world = World::new(THREE, vec![small_set()]);
        told(&mut world, "2022-04", ["1.1 2 3.1", "2", "1.1 2"]);
        told(&mut world, "2023-03", ["2", "", "1.1 2"]);
        told(&mut world, "2023-04", ["", "3.1", "2"]);
        let assessment = world.assess("2023-04");
        let months: Vec<String> = assessment.past.iter().map(|past| past.period.to_string()).collect();
        assert_eq!(months, ["2023-03", "2022-04"]);
        let set = small_set().id;
        let means: Vec<Option<f64>> =
            assessment.past.iter().map(|past| past.set(&set).unwrap().status.mean_criteria).collect();
        assert_eq!(means, [Some(2.0), Some(1.0)]);
        let moves = assessment.moves(&assessment.past[0], &set).unwrap();
        assert_eq!((names(&moves.completed), names(&moves.lost)), (vec!["13546"], vec!["13516"]));
        let moved: Vec<(&str, u32, u32)> =
            moves.criteria.iter().map(|(code, then, now)| (code.0.as_str(), *then, *now)).collect();
        assert_eq!(moved, [("13516", 3, 2), ("13531", 1, 2), ("13546", 2, 3)]);
        assert_eq!(assessment.past[0].not_met(&set, "2".parse().unwrap()), Some((2, 3)));
    }

    #[test]
    fn a_month_of_which_nothing_is_stored_has_no_figures_and_one_that_is_late_is_stood_in_for() {
        let mut world = World::new(THREE, vec![small_set()]);
        told(&mut world, "2023-02", ["", "2", "2"]);
        told(&mut world, "2023-03", ["-", "2", "-"]);
        told(&mut world, "2023-05", ["", "", ""]);
        assert_eq!(world.assess("2023-05").past, [], "nothing came for April");
        let march = world.assess("2023-04").past.remove(0);
        let status = &march.sets[0].status;
        assert_eq!((status.reported, status.earlier, status.complete.total()), (1, 2, 1));
    }

    #[test]
    fn a_condition_is_reached_missed_or_open() {
        let mut world = World::new(THREE, vec![small_set()]);
        let condition = |least: u32| Condition {
            name: "Huyện".to_owned(),
            decision: "…".to_owned(),
            units: vec!["huyện".to_owned()],
            from: None,
            to: None,
            confirmed: true,
            shares: vec![Share { set: small_set().id, least }],
        };
        world.conditions = vec![condition(34), condition(66), condition(67), condition(100)];
        told(&mut world, "2023-04", ["", "-", "2"]);
        let reached: Vec<Option<bool>> =
            world.assess("2023-04").reached.iter().map(|reached| reached.shares[0].is_reached).collect();
        assert_eq!(reached, [None, None, Some(false), Some(false)], "Đồng Du has not said yet");
        told(&mut world, "2023-04", ["-", "", "-"]);
        let reached: Vec<Option<bool>> =
            world.assess("2023-04").reached.iter().map(|reached| reached.shares[0].is_reached).collect();
        assert_eq!(reached, [Some(true), Some(true), Some(false), Some(false)]);
        world.settings.communes[2].kind = "thị trấn".to_owned();
        assert_eq!(world.assess("2023-04").reached[3].shares[0].is_reached, Some(true), "a town does not count");
        world.settings.unit.name = "tỉnh Hà Nam".to_owned();
        assert_eq!(world.assess("2023-04").reached, [], "they are a district's");
    }

    /// Verdicts of the six items of the small set in one month, or no report.
    fn any_report() -> impl Strategy<Value = Option<Vec<Option<&'static str>>>> {
        let verdict =
            prop::sample::select(vec![Some("met"), Some("met"), Some("not_met"), Some("not_applicable"), None]);
        prop::option::weighted(0.7, prop::collection::vec(verdict, 6))
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_past_is_what_the_papers_of_that_month_said(
            months in prop::collection::vec(prop::collection::vec(any_report(), 3), 3),
        ) {
            let set = small_set();
            let mut world = World::new(THREE, vec![set.clone()]);
            let periods = ["2023-02", "2023-03", "2023-04"];
            for (period, reports) in periods.iter().zip(&months) {
                for ((commune, _), verdicts) in THREE.iter().zip(reports) {
                    let Some(verdicts) = verdicts else { continue };
                    let codes: Vec<String> = set.indicators().map(|indicator| indicator.code.to_string()).collect();
                    let items: Vec<(&str, Option<&str>)> =
                        codes.iter().map(String::as_str).zip(verdicts.iter().copied()).collect();
                    world.store(&report(period, commune, &set, &items));
                }
            }
            let (march, april) = (world.assess("2023-03"), world.assess("2023-04"));
            match months[1].iter().any(Option::is_some) {
                true => prop_assert_eq!(&april.past[0].sets[0].status, &march.sets[0]),
                false => prop_assert!(april.past.is_empty()),
            }
        }
    }
}
