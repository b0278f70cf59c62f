//! Stories of several hands on one report: whose verdict counts, and where they differ.

use jiff::civil::date;
use proptest::prelude::*;

use crate::assess::made::{Report, Value, World, report, small_set};
use crate::assess::*;
use crate::model::{Assessor, CommuneCode, Verdict};
use crate::settings::Decision;

const ONE: &[(&str, &str)] = &[("13546", "Trung Lương")];

/// Lays the district's verdicts beside a stored report.
fn review(world: &mut World, period: &str, verdicts: &[(&str, &str)]) {
    let set = small_set();
    let items = verdicts.iter().map(|(code, verdict)| ((*code).to_owned(), Some(*verdict))).collect();
    let (rows, submissions) = (world.observations.len(), world.submissions.len());
    world.store(&Report { items, ..report(period, "13546", &set, &[]) });
    let theirs = world.observations[rows..].iter_mut().chain(&mut world.submissions[submissions..]);
    theirs.for_each(|row| {
        row.insert("assessor", "district".into());
        let cell = row.get("cell").cloned();
        if let Some(Value::Text(cell)) = cell {
            row.insert("cell", cell.replace('E', "G").as_str().into());
        }
    });
    world.files.pop();
}

fn decision(item: &str, verdict: Verdict, from: &str) -> Decision {
    Decision {
        commune: CommuneCode("13546".to_owned()),
        set: small_set().id,
        item: item.parse().unwrap(),
        verdict,
        number: "12/QĐ-UBND".to_owned(),
        date: date(2023, 3, 15),
        from: from.parse().unwrap(),
        to: None,
    }
}

fn one(assessment: &Assessment) -> &Standing {
    &assessment.communes[0].standings[0]
}

fn unmet(standing: &Standing) -> Vec<(String, Hand)> {
    standing.not_met.iter().map(|unmet| (unmet.code.to_string(), unmet.hand)).collect()
}

fn differing(standing: &Standing) -> Vec<(String, Hand)> {
    standing.disagreements.iter().map(|one| (one.code.to_string(), one.counts)).collect()
}

/// April: the commune meets all but 3.1; the district says the same but for 1.1 and 3.1.
fn reviewed() -> World {
    let set = small_set();
    let mut world = World::new(ONE, vec![set.clone()]);
    world.store(&report("2023-04", "13546", &set, &[("3.1", Some("not_met"))]));
    review(&mut world, "2023-04", &[("1.1", "not_met"), ("1.2", "met"), ("3.1", "met")]);
    world
}

#[test]
fn the_commune_s_verdict_counts_and_where_the_district_differs_is_listed() {
    let assessment = reviewed().assess("2023-04");
    let standing = one(&assessment);
    assert_eq!(unmet(standing), [("3.1".to_owned(), Hand::Commune)]);
    assert_eq!(differing(standing), [("1.1".to_owned(), Hand::Commune), ("3.1".to_owned(), Hand::Commune)]);
    let [first, _] = standing.disagreements.as_slice() else { panic!("two") };
    let (commune, district) = (first.commune.as_ref().unwrap(), first.district.as_ref().unwrap());
    assert_eq!((commune.verdict, commune.cell.as_str()), (Verdict::Met, "E5"));
    assert_eq!((district.verdict, district.cell.as_str()), (Verdict::NotMet, "G5"));
    assert_eq!(standing.stated, None);
}

#[test]
fn where_the_setting_says_so_the_district_s_verdict_counts_with_its_cell_and_the_report_is_held_against_itself() {
    let mut world = reviewed();
    world.settings.sets[0].hand = Assessor::District;
    world.submissions[0].insert("declared_indicators_met", Value::Number(5));
    world.submissions[0].insert("declared_indicators_total", Value::Number(6));
    let assessment = world.assess("2023-04");
    let standing = one(&assessment);
    assert_eq!(unmet(standing), [("1.1".to_owned(), Hand::District)]);
    assert_eq!((standing.not_met[0].cell.as_str(), standing.criteria_counts.met), ("G5", 2));
    assert_eq!(differing(standing), [("1.1".to_owned(), Hand::District), ("3.1".to_owned(), Hand::District)]);
    assert_eq!(standing.differences(), [], "5/6 is what the commune's own list says");
    assert_eq!(standing.items[1].hand, Hand::District, "where both agree it is the district's too");
    assert_eq!(standing.items[2].hand, Hand::Commune, "of which the district says nothing");
}

#[test]
fn the_hand_may_change_with_the_month() {
    let mut world = reviewed();
    world.settings.sets[0].to = Some("2023-03".parse().unwrap());
    let later = crate::settings::SetInForce {
        from: Some("2023-04".parse().unwrap()),
        to: None,
        hand: Assessor::District,
        ..world.settings.sets[0].clone()
    };
    world.settings.sets.push(later);
    world.store(&report("2023-03", "13546", &small_set(), &[]));
    review(&mut world, "2023-03", &[("2", "not_met")]);
    let (march, april) = (world.assess("2023-03"), world.assess("2023-04"));
    assert_eq!(unmet(one(&march)), []);
    assert_eq!(unmet(one(&april)), [("1.1".to_owned(), Hand::District)]);
    assert_eq!(one(&april).changed(Change::FellBack).map(|c| c.to_string()).collect::<Vec<_>>(), ["1.1"]);
}

#[test]
fn a_decision_counts_before_both_from_its_month_on_until_the_next() {
    let mut world = reviewed();
    world.settings.sets[0].hand = Assessor::District;
    world.settings.decisions =
        vec![decision("1.1", Verdict::Met, "2023-04"), decision("2", Verdict::NotMet, "2023-05")];
    let april = world.assess("2023-04");
    assert_eq!(unmet(one(&april)), []);
    assert_eq!(differing(one(&april)), [("1.1".to_owned(), Hand::Decision), ("3.1".to_owned(), Hand::District)]);
    let decided = one(&april).disagreements[0].decision.as_ref().unwrap();
    assert_eq!(decided.number, "12/QĐ-UBND");
    // May has no report: April's stands in, and what is decided for May counts on it.
    let may = world.assess("2023-05");
    assert_eq!(one(&may).basis, Basis::Earlier("2023-04".parse().unwrap()));
    assert_eq!(unmet(one(&may)), [("2".to_owned(), Hand::Decision)]);
}

#[test]
fn a_decision_on_what_nobody_reports_makes_no_list_and_no_report() {
    let set = small_set();
    let mut world = World::new(&[("13546", "Trung Lương"), ("13516", "Đồng Du")], vec![set.clone()]);
    world.settings.decisions = vec![decision("2", Verdict::NotMet, "2023-04")];
    assert_eq!(one(&world.assess("2023-04")).basis, Basis::Nothing);
    assert_eq!(one(&world.assess("2023-04")).not_met, []);
    world.store(&Report { items: Vec::new(), declared: Some((2, 3, 5, 6)), ..report("2023-04", "13546", &set, &[]) });
    let assessment = world.assess("2023-04");
    let standing = one(&assessment);
    assert_eq!((standing.list, standing.criteria_range()), (ListKind::None, Some((2, 2))));
    assert_eq!(unmet(standing), [("2".to_owned(), Hand::Decision)]);
}

#[test]
fn a_criterion_judged_as_a_whole_speaks_of_its_indicators_when_met_and_for_itself_when_not() {
    let set = small_set();
    let mut world = World::new(ONE, vec![set.clone()]);
    world.settings.sets[0].hand = Assessor::District;
    world.store(&report("2023-04", "13546", &set, &[("1.1", Some("not_met"))]));
    review(&mut world, "2023-04", &[("1", "met"), ("3", "not_met")]);
    let assessment = world.assess("2023-04");
    let standing = one(&assessment);
    let states: Vec<Status> = standing.criteria.iter().map(|criterion| criterion.status).collect();
    assert_eq!(states, [Status::Met, Status::Met, Status::NotMet]);
    assert_eq!(unmet(standing), [("3".to_owned(), Hand::District)]);
    assert_eq!(differing(standing), [("1.1".to_owned(), Hand::District), ("3".to_owned(), Hand::District)]);
    let whole = standing.disagreements[1].commune.as_ref().map(|said| said.verdict);
    assert_eq!(whole, Some(Verdict::Met), "of a whole criterion the commune says what its indicators come to");
}

#[test]
fn a_district_that_judges_every_indicator_is_not_overruled_by_its_own_criterion_row() {
    let set = small_set();
    let mut world = World::new(ONE, vec![set.clone()]);
    world.settings.sets[0].hand = Assessor::District;
    world.store(&report("2023-04", "13546", &set, &[]));
    review(&mut world, "2023-04", &[("1", "not_met"), ("1.1", "met"), ("1.2", "met")]);
    assert_eq!(one(&world.assess("2023-04")).criteria_counts.met, 3);
}

#[test]
fn the_months_of_an_item_are_told_by_the_verdicts_that_counted_in_them() {
    let set = small_set();
    let mut world = World::new(ONE, vec![set.clone()]);
    world.settings.sets[0].hand = Assessor::District;
    for period in ["2023-01", "2023-02", "2023-03", "2023-04"] {
        world.store(&report(period, "13546", &set, &[]));
        let verdict = if period == "2023-01" { "met" } else { "not_met" };
        review(&mut world, period, &[("2", verdict)]);
    }
    assert_eq!(one(&world.assess("2023-04")).not_met[0].since, Some("2023-02".parse().unwrap()));
    let history = world.history("13546", "2023-04");
    let told: Vec<(Status, Hand)> = history.sets[0]
        .reported()
        .map(|(_, reported)| reported.line("2".parse().unwrap()).unwrap())
        .map(|line| (line.status, line.hand))
        .collect();
    let unmet = (Status::NotMet, Hand::District);
    assert_eq!(told, [(Status::Met, Hand::District), unmet, unmet, unmet]);
}

/// A verdict of one hand, or none.
fn any_verdict() -> impl Strategy<Value = Option<&'static str>> {
    prop::option::weighted(0.7, prop::sample::select(vec!["met", "not_met", "not_applicable"]))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_verdict_that_counts_is_what_a_plain_loop_takes(
        said in prop::collection::vec((any_verdict(), any_verdict(), prop::option::weighted(0.2, any_verdict())), 6),
        by_district in prop::bool::ANY,
    ) {
        let set = small_set();
        let mut world = World::new(ONE, vec![set.clone()]);
        world.settings.sets[0].hand = if by_district { Assessor::District } else { Assessor::Commune };
        let codes: Vec<String> = set.indicators().map(|indicator| indicator.code.to_string()).collect();
        let own: Vec<(&str, Option<&str>)> = codes.iter().map(String::as_str).zip(said.iter().map(|s| s.0)).collect();
        world.store(&report("2023-04", "13546", &set, &own));
        let theirs: Vec<(&str, &str)> =
            codes.iter().zip(&said).filter_map(|(code, s)| Some((code.as_str(), s.1?))).collect();
        review(&mut world, "2023-04", &theirs);
        let decided = codes.iter().zip(&said).filter_map(|(code, s)| Some((code, s.2.flatten()?)));
        world.settings.decisions = decided
            .map(|(code, verdict)| decision(code, Verdict::from_stored(verdict).unwrap(), "2023-01"))
            .collect();
        let assessment = world.assess("2023-04");
        let standing = one(&assessment);
        for (item, (own, district, decided)) in standing.items.iter().zip(&said) {
            let decided = decided.flatten();
            let counts = decided.or(if by_district { district.or(*own) } else { *own });
            prop_assert_eq!(item.status, counts.and_then(Status::from_word).unwrap_or(Status::Open));
            let differ = district.is_some_and(|d| Some(d) != *own) || decided.is_some_and(|d| Some(d) != *own)
                || decided.zip(*district).is_some_and(|(a, b)| a != b);
            prop_assert_eq!(standing.disagreements.iter().any(|one| one.code == item.code), differ);
        }
    }
}
