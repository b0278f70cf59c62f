//! The same report counted in three ways, and what would explain where they differ.

use proptest::prelude::*;

use super::made::{Report, Stored, Value, World, advanced_set, report, seed, small_set};
use super::*;
use crate::model::criteria::Better;
use crate::model::{Amount, ItemCode, Target};

const ONE: &[(&str, &str)] = &[("13546", "Trung Lương")];

fn codes(codes: &[&str]) -> Vec<ItemCode> {
    codes.iter().map(|code| code.parse().unwrap()).collect()
}

/// What explains the totals that a commune declares beside a list of the small set.
fn readings(declared: (u32, u32, u32, u32), other: &[(&str, Option<&str>)]) -> Vec<Explanation> {
    let set = small_set();
    let mut world = World::new(ONE, vec![set.clone()]);
    world.store(&Report { declared: Some(declared), ..report("2023-04", "13546", &set, other) });
    world.assess("2023-04").communes[0].standings[0].explanations(&set)
}

/// The set with a target for 3.1: at least 70 %.
fn measured() -> CriteriaSet {
    let mut set = small_set();
    let indicator = &mut set.criteria[2].indicators[0];
    (indicator.better, indicator.unit) = (Better::Higher, "%".to_owned());
    let amount = Amount::Number(70.0);
    indicator.targets =
        vec![Target { amount, region: None, group: None, from: None, to: None, confirmed: true, decision: None }];
    set
}

#[test]
fn the_seed_has_three_readings_and_none_is_proved() {
    let mut set = advanced_set();
    set.criteria[1].indicators[1].lines = 2;
    let mut world = World::new(ONE, vec![set.clone()]);
    let assessment = world.store(&seed(&set)).assess("2023-04");
    let told = assessment.communes[0].standings[0].explanations(&set);
    let expected = [
        Explanation::MissingWithin { count: 1, criteria: vec![2, 11, 13, 14, 17] },
        Explanation::LinesCounted(codes(&["2.2"])),
        Explanation::CountedTwice(vec![11]),
    ];
    assert_eq!(told, expected);
    let text: Vec<String> = told.iter().map(|one| one.text().vi).collect();
    assert_eq!(text[..2], ["thiếu 1 chỉ tiêu trong các tiêu chí 2, 11, 13, 14, 17", "đếm dòng của 2.2"]);
}

#[test]
fn without_room_in_the_unmet_criteria_nothing_can_be_missing_there() {
    let all_of_3 = [("3.1", Some("not_met")), ("3.2", Some("not_met")), ("3.3", Some("not_met"))];
    assert_eq!(readings((2, 3, 2, 6), &all_of_3), []);
    let expected = [Explanation::MissingWithin { count: 1, criteria: vec![3] }];
    assert_eq!(readings((2, 3, 3, 6), &all_of_3[..2]), expected);
}

#[test]
fn an_unmet_indicator_that_was_not_counted_hides_only_beside_another_of_its_criterion() {
    let two_of_3 = [("3.1", Some("not_met")), ("3.2", Some("not_met"))];
    assert_eq!(readings((2, 3, 5, 6), &two_of_3), [Explanation::UncountedWithin { count: 1, criteria: vec![3] }]);
    assert_eq!(readings((2, 3, 6, 6), &two_of_3), [], "two cannot hide beside each other");
    assert_eq!(readings((2, 3, 6, 6), &two_of_3[..1]), []);
}

#[test]
fn where_the_criteria_differ_too_the_missing_one_may_lie_anywhere() {
    assert_eq!(readings((1, 3, 4, 6), &[("3.1", Some("not_met"))]), []);
}

#[test]
fn totals_that_agree_need_no_explanation_and_lists_with_gaps_get_none() {
    assert_eq!(readings((2, 3, 5, 6), &[("3.1", Some("not_met"))]), []);
    assert_eq!(readings((2, 3, 2, 6), &[("3.1", Some("not_met")), ("3.2", None)]), []);
}

#[test]
fn nearly_met_counted_as_met_is_a_reading() {
    let set = small_set();
    let mut world = World::new(ONE, vec![set.clone()]);
    let declared = Some((3, 3, 6, 6));
    world.store(&Report { declared, ..report("2023-04", "13546", &set, &[("1.2", Some("not_met"))]) });
    let mut said: Stored = Stored::new();
    for column in ["period", "file", "sha256", "commune", "set"] {
        said.insert(column, world.submissions[0][column].clone());
    }
    said.extend([("severity", "warning".into()), ("code", "verdict-nearly-met".into()), ("item", "1.2".into())]);
    world.diagnostics.push(said);
    let standing = &world.assess("2023-04").communes[0].standings[0];
    assert_eq!(standing.explanations(&set), [Explanation::NearlyMetCounted(codes(&["1.2"]))]);
}

#[test]
fn totals_left_from_the_month_before_are_recognised() {
    let set = small_set();
    let mut world = World::new(ONE, vec![set.clone()]);
    world.store(&report("2023-03", "13546", &set, &[("2", Some("not_met")), ("1.1", Some("not_met"))]));
    world.store(&Report { declared: Some((1, 3, 4, 6)), ..report("2023-04", "13546", &set, &[]) });
    let standing = &world.assess("2023-04").communes[0].standings[0];
    assert_eq!(standing.explanations(&set), [Explanation::TotalsOf("2023-03".parse().unwrap())]);
}

#[test]
fn a_value_against_a_confirmed_target_is_named_and_overrules_nothing() {
    let set = measured();
    let mut world = World::new(ONE, vec![set.clone()]);
    world.store(&Report { declared: Some((2, 3, 5, 6)), ..report("2023-04", "13546", &set, &[]) });
    for (column, value) in [("value", Value::Float(66.8)), ("unit", "%".into()), ("value_cell", "D8".into())] {
        world.note("3.1", column, value);
    }
    let assessment = world.assess("2023-04");
    let standing = &assessment.communes[0].standings[0];
    assert_eq!((standing.item_counts.met, standing.criteria_counts.met), (6, 3), "the commune's verdicts count");
    let [contradiction] = standing.by_value.contradictions.as_slice() else { panic!("one value contradicts") };
    let told = (contradiction.stated, contradiction.value, contradiction.target, contradiction.value_cell.as_deref());
    assert_eq!(told, (Status::Met, 66.8, 70.0, Some("D8")));
    let [(_, criteria), (_, indicators)] = standing.three_ways();
    assert_eq!((criteria.declared, criteria.listed, criteria.by_value), (Some(2), Some(3), Some(2)));
    assert_eq!((indicators.declared, indicators.listed, indicators.by_value), (Some(5), Some(6), Some(5)));
    assert_eq!(standing.explanations(&set), [Explanation::CountedByValue(codes(&["3.1"]))]);
}

#[test]
fn what_is_not_confirmed_not_measured_or_in_another_unit_contradicts_nothing() {
    let contradicted = |set: CriteriaSet, unit: &str| {
        let mut world = World::new(ONE, vec![set.clone()]);
        world.store(&report("2023-04", "13546", &set, &[]));
        world.note("3.1", "value", Value::Float(66.8));
        world.note("3.1", "unit", unit.into());
        world.assess("2023-04").communes[0].standings[0].by_value.contradictions.len()
    };
    assert_eq!(contradicted(measured(), "%"), 1);
    assert_eq!(contradicted(measured(), "triệu đồng"), 0);
    let mut unconfirmed = measured();
    unconfirmed.criteria[2].indicators[0].targets[0].confirmed = false;
    assert_eq!(contradicted(unconfirmed, "%"), 0);
    let mut elsewhere = measured();
    elsewhere.criteria[2].indicators[0].targets[0].region = Some("tn".to_owned());
    assert_eq!(contradicted(elsewhere, "%"), 0);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_plan_holds_values_against_targets_as_a_plain_comparison_does(
        value in prop::option::of(0u32..140),
        verdict in prop::sample::select(vec![Some("met"), Some("not_met"), Some("not_applicable"), None]),
        better in prop::sample::select(vec![Better::Higher, Better::Lower, Better::Exactly]),
    ) {
        let mut set = measured();
        set.criteria[2].indicators[0].better = better;
        let mut world = World::new(ONE, vec![set.clone()]);
        world.store(&report("2023-04", "13546", &set, &[("3.1", verdict)]));
        if let Some(value) = value {
            world.note("3.1", "value", Value::Float(f64::from(value)));
            world.note("3.1", "unit", "%".into());
        }
        let assessment = world.assess("2023-04");
        let standing = &assessment.communes[0].standings[0];
        let reached = value.map(|value| match better {
            Better::Lower => value <= 70,
            Better::Exactly => value == 70,
            _ => value >= 70,
        });
        let contradicted = match (verdict, reached) {
            (Some("met"), Some(reached)) => !reached,
            (Some("not_met"), Some(reached)) => reached,
            _ => false,
        };
        prop_assert_eq!(standing.by_value.contradictions.len(), usize::from(contradicted));
        let checked = matches!(verdict, Some("met" | "not_met")) && value.is_some();
        prop_assert_eq!(standing.by_value.checked, u32::from(checked));
    }
}
