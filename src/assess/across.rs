//! What is compared across mergers and across the switch of sets, and what is not.

use jiff::civil::date;
use proptest::prelude::*;

use super::made::{World, commune, report, set, small_set};
use super::*;
use crate::model::{Commune, CommuneCode};

/// The day on which Bình An was made of An Nội, whose code it bears, Hưng Công and Bối Cầu; Đồng Du stays what it is.
fn merged_in_january() -> World {
    let mut world = World::new(&[], vec![small_set()]);
    world.settings.sets = World::new(&[], vec![small_set()]).settings.sets;
    let until = |code: &str, name: &str| Commune { valid_to: Some(date(2024, 12, 31)), ..commune(code, name) };
    world.settings.communes = vec![
        until("13540", "An Nội"),
        until("13522", "Hưng Công"),
        until("13534", "Bối Cầu"),
        commune("13516", "Đồng Du"),
        Commune { valid_from: Some(date(2025, 1, 1)), ..commune("13540", "Bình An") },
    ];
    world
}

/// Stores what communes do not meet of the small set in a month.
fn told(world: &mut World, period: &str, unmet: &[(&str, &str)]) {
    let set = small_set();
    for (commune, unmet) in unmet {
        let unmet: Vec<(&str, Option<&str>)> = unmet.split_whitespace().map(|code| (code, Some("not_met"))).collect();
        world.store(&report(period, commune, &set, &unmet));
    }
}

#[test]
fn a_merged_commune_is_not_compared_with_the_one_whose_code_it_bears() {
    let mut world = merged_in_january();
    told(&mut world, "2024-12", &[("13540", ""), ("13522", "2"), ("13534", ""), ("13516", "1.1 2")]);
    told(&mut world, "2025-01", &[("13540", "1.1 2"), ("13516", "2")]);
    told(&mut world, "2025-12", &[("13540", ""), ("13516", "")]);
    for (period, completed) in [("2025-01", vec![]), ("2025-12", vec!["13516"])] {
        let assessment = world.assess(period);
        let past = assessment.past.last().unwrap();
        assert_eq!(past.period.to_string(), "2024-12", "a month and a year ago");
        let status = &past.sets[0].status;
        assert_eq!((status.reported, status.complete.total(), status.mean_criteria), (4, 2, Some(2.25)));
        let moves = assessment.moves(past, &small_set().id).unwrap();
        let codes = |codes: &[CommuneCode]| codes.iter().map(|code| code.0.clone()).collect::<Vec<_>>();
        assert_eq!(codes(&moves.completed), completed);
        assert_eq!((codes(&moves.lost), codes(&moves.formed)), (vec![], vec!["13540".to_owned()]));
        let moved: Vec<&str> = moves.criteria.iter().map(|(code, ..)| code.0.as_str()).collect();
        assert_eq!(moved, ["13516"], "Bình An has no month before");
        let dissolved: Vec<&str> = moves.dissolved.iter().map(|commune| commune.name.as_str()).collect();
        assert_eq!(dissolved, ["An Nội", "Hưng Công", "Bối Cầu"]);
    }
}

#[test]
fn months_before_a_merger_are_those_of_the_communes_of_then() {
    let mut world = merged_in_january();
    told(&mut world, "2024-12", &[("13540", ""), ("13522", "2"), ("13534", ""), ("13516", "1.1 2")]);
    told(&mut world, "2025-01", &[("13540", "1.1 2"), ("13516", "2")]);
    let [trend] = world.assess("2025-01").trends.try_into().unwrap();
    let [december, january] = trend.months.as_slice() else { panic!("two months") };
    assert_eq!((december.reported, december.complete, december.mean_criteria), (4, 2, Some(2.25)));
    let own: Vec<(&str, u32)> = december.met.iter().map(|(code, met)| (code.0.as_str(), *met)).collect();
    assert_eq!(own, [("13516", 1)], "what An Nội met is not told of Bình An");
    assert_eq!((january.reported, january.met.len()), (2, 2));
}

#[test]
fn sets_that_take_each_other_s_place_are_not_compared_a_month_or_a_year_ago() {
    let ten = CriteriaSet {
        valid_from: date(2026, 1, 1),
        valid_to: date(2030, 12, 31),
        ..set("muoi", "NTM 2026-2030", &[("Quy hoạch", 1), ("Hạ tầng", 1)])
    };
    let mut world = World::new(&[("13516", "Đồng Du")], vec![small_set(), ten.clone()]);
    told(&mut world, "2025-12", &[("13516", "2")]);
    for period in ["2026-01", "2026-12"] {
        world.store(&report(period, "13516", &ten, &[]));
        let assessment = world.assess(period);
        let past = assessment.past.last().unwrap();
        assert_eq!((past.period.to_string(), past.set(&ten.id).is_none()), ("2025-12".to_owned(), true));
        assert!(past.set(&small_set().id).is_some(), "what was counted then stands under its own set");
        assert_eq!(assessment.moves(past, &ten.id), None);
        let trend: Vec<&str> = assessment.trends.iter().map(|trend| trend.set.as_str()).collect();
        assert_eq!(trend, ["muoi"]);
        assert!(assessment.trends[0].months.iter().all(|month| month.period.year() == 2026));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    /// The course of the months and the look at one of them are one count: of the reports of that month, by the communes
    /// of that month. Only the look counts earlier reports that stand in, and keeps them apart.
    #[test]
    fn the_trend_and_the_past_of_a_month_say_the_same(
        months in prop::collection::vec(prop::collection::vec(prop::option::weighted(0.7, prop::collection::vec(any_verdict(), 6)), 4), 4),
    ) {
        let mut world = merged_in_january();
        let set = small_set();
        let codes: Vec<String> = set.indicators().map(|indicator| indicator.code.to_string()).collect();
        for (period, reports) in ["2024-11", "2024-12", "2025-01", "2025-02"].iter().zip(&months) {
            for (commune, verdicts) in ["13540", "13522", "13534", "13516"].iter().zip(reports) {
                let Some(verdicts) = verdicts else { continue };
                let items: Vec<(&str, Option<&str>)> =
                    codes.iter().map(String::as_str).zip(verdicts.iter().copied()).collect();
                world.store(&report(period, commune, &set, &items));
            }
        }
        for period in ["2025-01", "2025-03"] {
            let assessment = world.assess(period);
            let before = assessment.period.previous();
            let of_trend = assessment.trends[0].months.iter().find(|month| month.period == before);
            let of_past = assessment.past.iter().find(|past| past.period == before);
            let counted = of_past.map(|past| &past.sets[0].status).filter(|status| status.reported > 0);
            prop_assert_eq!(
                of_trend.map(|month| (month.reported, month.mean_criteria, month.complete as usize)),
                counted.map(|status| (status.reported, status.mean_criteria, status.complete.this_month.len()))
            );
        }
    }
}

fn any_verdict() -> impl Strategy<Value = Option<&'static str>> {
    prop::sample::select(vec![Some("met"), Some("met"), Some("met"), Some("not_met"), Some("not_applicable"), None])
}
