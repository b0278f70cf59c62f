//! The assessment of small made worlds.

use std::collections::BTreeMap;

use jiff::civil::date;
use proptest::prelude::*;

use super::made::{Report, Value, World, advanced_set, report, seed, small_set};
use super::*;
use crate::model::ItemCode;

const TWO: &[(&str, &str)] = &[("13546", "Trung Lương"), ("13516", "Đồng Du")];

fn standing<'a>(assessment: &'a Assessment, commune: &str) -> &'a Standing {
    assessment.standings().find(|(status, _)| status.commune.code.0 == commune).unwrap().1
}

fn codes(codes: impl Iterator<Item = ItemCode>) -> Vec<String> {
    codes.map(|code| code.to_string()).collect()
}

fn statuses(standing: &Standing) -> Vec<Status> {
    standing.criteria.iter().map(|criterion| criterion.status).collect()
}

#[test]
fn the_seed_gives_61_by_its_list_against_60_declared() {
    let set = advanced_set();
    let mut world = World::new(TWO, vec![set.clone()]);
    let assessment = world.store(&seed(&set)).assess("2023-04");
    let standing = standing(&assessment, "13546");
    assert_eq!((standing.item_counts.met, standing.item_counts.total()), (61, 75));
    assert_eq!((standing.criteria_counts.met, standing.criteria_counts.total()), (14, 19));
    let difference = Difference { subject: Subject::Indicators, declared: 60, listed: 61, total: 75 };
    assert_eq!(standing.differences(), [difference]);
    assert_eq!(standing.not_met.len(), 14);
    assert_eq!(standing.not_met[2].code.to_string(), "11");
}

#[test]
fn nothing_stated_is_neither_met_nor_unmet() {
    let set = small_set();
    let mut world = World::new(TWO, vec![set.clone()]);
    let mut said = report("2023-04", "13546", &set, &[("1.1", None), ("3.1", Some("not_met")), ("3.2", None)]);
    said.items.retain(|(code, _)| code != "2");
    let assessment = world.store(&said).assess("2023-04");
    let standing = standing(&assessment, "13546");
    let counts = Counts { met: 2, not_met: 1, not_applicable: 0, open: 2, not_reported: 1 };
    assert_eq!(standing.item_counts, counts);
    assert_eq!(statuses(standing), [Status::Open, Status::NotReported, Status::NotMet]);
    assert_eq!(standing.criteria_range(), Some((0, 2)));
}

#[test]
fn a_commune_without_any_report_is_not_reported_in_every_item() {
    let set = small_set();
    let mut world = World::new(TWO, vec![set.clone()]);
    let assessment = world.store(&report("2023-04", "13546", &set, &[])).assess("2023-04");
    let silent = standing(&assessment, "13516");
    assert_eq!(silent.basis, Basis::Nothing);
    assert_eq!(silent.item_counts, Counts { not_reported: 6, ..Counts::default() });
    assert_eq!((assessment.sets[0].reported, assessment.sets[0].nothing), (1, 1));
    assert_eq!(assessment.sets[0].mean_criteria, Some(3.0));
    assert!(assessment.sets[0].criteria.iter().all(|tally| tally.communes.total() == 1));
}

#[test]
fn a_missing_report_is_stood_in_for_by_the_last_one_and_marked() {
    let set = small_set();
    let mut world = World::new(TWO, vec![set.clone()]);
    world.store(&report("2023-02", "13516", &set, &[("2", Some("not_met"))]));
    world.store(&report("2023-03", "13516", &set, &[("1.1", Some("not_met"))]));
    let assessment = world.store(&report("2023-04", "13546", &set, &[])).assess("2023-04");
    let late = standing(&assessment, "13516");
    assert_eq!(late.basis, Basis::Earlier("2023-03".parse().unwrap()));
    assert_eq!(codes(late.not_met.iter().map(|unmet| unmet.code)), ["1.1"]);
    assert_eq!(late.before, None);
    let complete = &assessment.sets[0].complete;
    assert_eq!((complete.this_month.len(), complete.earlier.len()), (1, 0));
    assert_eq!(assessment.sets[0].criteria[0].communes.not_met, 0, "an earlier month is in no tally of this one");
    assert!(late.items[0].source.is_some(), "its rows are in the data");
}

#[test]
fn a_report_of_a_later_month_changes_nothing() {
    let set = small_set();
    let mut world = World::new(TWO, vec![set.clone()]);
    world.store(&report("2023-04", "13546", &set, &[]));
    world.store(&report("2023-05", "13546", &set, &[("2", Some("not_met"))]));
    world.store(&report("2023-05", "13516", &set, &[]));
    let assessment = world.assess("2023-04");
    assert_eq!(standing(&assessment, "13546").criteria_counts.met, 3);
    assert_eq!(standing(&assessment, "13516").basis, Basis::Nothing);
    assert_eq!(assessment.data.height(), 6);
}

#[test]
fn what_changed_is_told_by_item_against_the_report_before() {
    let set = small_set();
    let mut world = World::new(TWO, vec![set.clone()]);
    world.store(&report("2023-02", "13546", &set, &[("1.1", Some("not_met")), ("3.1", None)]));
    world.store(&report("2023-04", "13546", &set, &[("2", Some("not_met")), ("3.3", None)]));
    let assessment = world.assess("2023-04");
    let standing = standing(&assessment, "13546");
    assert_eq!(codes(standing.changed(Change::NewlyMet)), ["1.1"]);
    assert_eq!(codes(standing.changed(Change::FellBack)), ["2"]);
    assert_eq!(codes(standing.changed(Change::NoLongerStated)), ["3.3"]);
    assert_eq!(standing.criteria_changed(Change::FellBack).collect::<Vec<_>>(), [2]);
    let before = standing.before.unwrap();
    assert_eq!((before.period.short(), before.criteria.met, before.items.met), ("2/2023".to_owned(), 1, 4));
}

#[test]
fn an_item_is_unmet_since_the_first_month_of_its_unbroken_run() {
    let set = small_set();
    let mut world = World::new(TWO, vec![set.clone()]);
    for (period, verdict) in
        [("2022-12", "not_met"), ("2023-01", "met"), ("2023-02", "not_met"), ("2023-04", "not_met")]
    {
        world.store(&report(period, "13546", &set, &[("2", Some(verdict))]));
    }
    let assessment = world.assess("2023-04");
    assert_eq!(standing(&assessment, "13546").not_met[0].since, Some("2023-02".parse().unwrap()));
}

#[test]
fn only_the_version_that_counts_is_counted() {
    let set = small_set();
    let mut world = World::new(TWO, vec![set.clone()]);
    let first = Report { current: false, ..report("2023-04", "13546", &set, &[("2", Some("not_met"))]) };
    let second = Report {
        file: "BC Trung Lương sửa.xlsx".to_owned(),
        received_at: date(2023, 4, 27).at(9, 0, 0, 0),
        ..report("2023-04", "13546", &set, &[])
    };
    let assessment = world.store(&first).store(&second).assess("2023-04");
    let standing = standing(&assessment, "13546");
    assert_eq!(standing.item_counts.met, 6);
    let received = standing.received.as_ref().unwrap();
    assert_eq!((received.versions, received.timeliness), (2, Timeliness::InTime), "the first version was in time");
    assert_eq!(assessment.communes[0].arrival(), Arrival::Received(Timeliness::InTime));
    assert_eq!(assessment.communes[1].arrival(), Arrival::Missing);
}

#[test]
fn criteria_stated_as_wholes_count_where_indicators_say_nothing() {
    let set = small_set();
    let mut world = World::new(TWO, vec![set.clone()]);
    let wholes = vec![("1".to_owned(), Some("met")), ("2".to_owned(), Some("met")), ("3".to_owned(), Some("not_met"))];
    let assessment = world.store(&Report { items: wholes, ..report("2023-04", "13546", &set, &[]) }).assess("2023-04");
    let standing = standing(&assessment, "13546");
    assert_eq!(statuses(standing), [Status::Met, Status::Met, Status::NotMet]);
    assert_eq!(standing.item_counts, Counts { met: 1, not_reported: 5, ..Counts::default() });
    assert_eq!(codes(standing.not_met.iter().map(|unmet| unmet.code)), ["3"]);
}

#[test]
fn a_criterion_said_to_be_met_stays_open_while_an_indicator_is_missing() {
    let set = small_set();
    let mut world = World::new(TWO, vec![set.clone()]);
    let mut said = report("2023-04", "13546", &set, &[]);
    said.items.retain(|(code, _)| code != "1.2" && code != "3.2");
    said.items.extend([("1".to_owned(), Some("met")), ("3".to_owned(), Some("not_met"))]);
    let assessment = world.store(&said).assess("2023-04");
    let standing = standing(&assessment, "13546");
    assert_eq!(statuses(standing), [Status::Open, Status::Met, Status::NotMet]);
    assert_eq!(codes(standing.not_met.iter().map(|unmet| unmet.code)), ["3"]);
}

#[test]
fn a_criterion_of_which_nothing_applies_is_in_nobodys_way() {
    let set = small_set();
    let mut world = World::new(TWO, vec![set.clone()]);
    let said = report("2023-04", "13546", &set, &[("1.1", Some("not_applicable")), ("2", Some("not_applicable"))]);
    let assessment = world.store(&Report { declared: Some((3, 3, 6, 6)), ..said }).assess("2023-04");
    let standing = standing(&assessment, "13546");
    assert_eq!(statuses(standing), [Status::Met, Status::NotApplicable, Status::Met]);
    assert_eq!(assessment.sets[0].complete.total(), 1);
    assert_eq!(assessment.sets[0].mean_criteria, Some(2.0), "what does not apply is not met either");
    assert_eq!(standing.differences(), [], "what does not apply may be declared as met");
}

#[test]
fn totals_without_a_list_are_kept_and_not_taken_for_zero() {
    let set = small_set();
    let mut world = World::new(TWO, vec![set.clone()]);
    world.store(&report("2023-03", "13546", &set, &[]));
    let declared_only =
        Report { items: Vec::new(), declared: Some((2, 3, 5, 6)), ..report("2023-04", "13546", &set, &[]) };
    let assessment = world.store(&declared_only).assess("2023-04");
    let standing = standing(&assessment, "13546");
    assert_eq!((standing.basis, standing.list), (Basis::ThisMonth, ListKind::None));
    assert_eq!(standing.criteria_range(), Some((2, 2)));
    assert_eq!(standing.differences(), []);
    assert_eq!(codes(standing.changed(Change::NoLongerStated)), Vec::<String>::new());
    assert_eq!(assessment.sets[0].mean_criteria, Some(2.0));
    assert!(assessment.sets[0].criteria.is_empty(), "no list, no tally");
}

#[test]
fn communes_report_only_in_the_months_in_which_they_exist() {
    let set = small_set();
    let mut world = World::new(TWO, vec![set.clone()]);
    world.settings.communes[0].valid_to = Some(date(2023, 4, 29));
    world.settings.communes[1].valid_from = Some(date(2023, 4, 30));
    world.store(&report("2023-03", "13516", &set, &[("2", Some("not_met"))]));
    world.store(&report("2023-04", "13546", &set, &[]));
    world.store(&report("2023-05", "13516", &set, &[]));
    let assessment = world.assess("2023-04");
    let expected: Vec<&str> = assessment.communes.iter().map(|status| status.commune.name.as_str()).collect();
    assert_eq!(expected, ["Đồng Du"], "the month's last day decides");
    assert_eq!(standing(&assessment, "13516").basis, Basis::Nothing, "its code meant another commune in March");
    assert_eq!(assessment.unexpected.len(), 1);
    assert_eq!(assessment.data.height(), 6, "what the other commune sent is in the data");
    assert_eq!(assessment.sets[0].reported, 0);
    let may = world.assess("2023-05");
    assert_eq!(may.data.height(), 6, "a commune that has ended is not stood in for");
}

#[test]
fn rows_that_nobody_expected_stand_behind_all_others() {
    let set = small_set();
    let mut world = World::new(TWO, vec![set.clone()]);
    world.settings.communes[0].valid_to = Some(date(2023, 3, 31));
    world.store(&report("2023-04", "13546", &set, &[]));
    world.store(&report("2023-04", "13516", &set, &[]));
    let assessment = world.assess("2023-04");
    let communes = assessment.data.column("commune").unwrap().str().unwrap().clone();
    assert_eq!((communes.get(0), communes.get(6)), (Some("13516"), Some("13546")));
}

#[test]
fn a_set_counts_only_in_its_months_and_its_rows_are_kept() {
    let set = small_set();
    let mut world = World::new(TWO, vec![set.clone()]);
    world.settings.sets[0].from = Some("2023-05".parse().unwrap());
    world.store(&report("2023-04", "13546", &set, &[]));
    let april = world.assess("2023-04");
    assert_eq!((april.sets.len(), april.unexpected.len(), april.data.height()), (0, 1, 6));
    world.settings.sets[0].from = None;
    assert_eq!(world.assess("2026-01").sets.len(), 0, "the set itself has ended");
}

#[test]
fn an_item_named_twice_with_different_verdicts_states_none() {
    let set = small_set();
    let mut world = World::new(TWO, vec![set.clone()]);
    let mut said = report("2023-04", "13546", &set, &[]);
    said.items.extend([("2".to_owned(), Some("not_met")), ("1.1".to_owned(), Some("met"))]);
    let assessment = world.store(&said).assess("2023-04");
    let counts = Counts { met: 5, open: 1, ..Counts::default() };
    assert_eq!(standing(&assessment, "13546").item_counts, counts);
}

#[test]
fn rows_of_items_that_the_set_lacks_are_counted() {
    let set = small_set();
    let mut world = World::new(TWO, vec![set.clone()]);
    let mut said = report("2023-04", "13546", &set, &[]);
    said.items.extend([("9.9".to_owned(), Some("not_met")), ("1".to_owned(), Some("met"))]);
    let assessment = world.store(&said).assess("2023-04");
    assert_eq!((assessment.unplaced, assessment.data.height()), (1, 8));
}

#[test]
fn diagnostics_of_replaced_versions_are_counted_apart() {
    let set = small_set();
    let mut world = World::new(TWO, vec![set.clone()]);
    let first = Report { current: false, ..report("2023-04", "13546", &set, &[]) };
    let second = Report { file: "BC sửa.xlsx".to_owned(), ..first.clone() };
    world.store(&first).store(&Report { current: true, ..second });
    for submission in world.submissions.clone() {
        let mut diagnostic: BTreeMap<&'static str, Value> = BTreeMap::new();
        for column in ["period", "file", "sha256", "commune", "set"] {
            diagnostic.insert(column, submission[column].clone());
        }
        diagnostic.insert("severity", "warning".into());
        diagnostic.insert("message_vi", "lời nhắn".into());
        world.diagnostics.push(diagnostic);
    }
    let assessment = world.assess("2023-04");
    assert_eq!((assessment.problems.len(), assessment.replaced_problems), (1, 1));
    assert_eq!(assessment.problems[0].file, "BC sửa.xlsx");
}

#[test]
fn an_empty_store_gives_an_empty_month() {
    let assessment = World::new(TWO, vec![small_set()]).assess("2023-04");
    assert_eq!(assessment.standings().count(), 2);
    assert_eq!(assessment.sets[0].nothing, 2);
    let nobody = World::new(&[], vec![]).assess("2023-04");
    assert_eq!((nobody.communes.len(), nobody.sets.len()), (0, 0));
}

/// Verdicts of the six items of the small set: three words, a row without a verdict, or no row.
fn any_verdicts() -> impl Strategy<Value = Vec<Option<Option<&'static str>>>> {
    let verdict = prop_oneof![
        3 => Just(Some(Some("met"))),
        2 => Just(Some(Some("not_met"))),
        1 => Just(Some(Some("not_applicable"))),
        1 => Just(Some(None)),
        1 => Just(None),
    ];
    prop::collection::vec(verdict, 6)
}

/// The statuses of items and criteria by a plain loop, to hold the plans against.
pub(super) fn fold(set: &CriteriaSet, verdicts: &[Option<Option<&str>>]) -> (Vec<Status>, Vec<Status>) {
    let items: Vec<Status> = verdicts
        .iter()
        .map(|verdict| match verdict {
            None => Status::NotReported,
            Some(None) => Status::Open,
            Some(Some("met")) => Status::Met,
            Some(Some("not_met")) => Status::NotMet,
            Some(Some(_)) => Status::NotApplicable,
        })
        .collect();
    let mut rest = items.as_slice();
    let criteria = set
        .criteria
        .iter()
        .map(|criterion| {
            let (own, others) = rest.split_at(criterion.indicators.len());
            rest = others;
            if own.contains(&Status::NotMet) {
                Status::NotMet
            } else if own.iter().all(|s| *s == Status::NotReported) {
                Status::NotReported
            } else if own.iter().any(|s| matches!(s, Status::Open | Status::NotReported)) {
                Status::Open
            } else if own.contains(&Status::Met) {
                Status::Met
            } else {
                Status::NotApplicable
            }
        })
        .collect();
    (items, criteria)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn plans_give_what_a_plain_loop_gives(reports in prop::collection::vec(any_verdicts(), 3)) {
        let set = small_set();
        let communes = [("1", "A"), ("2", "B"), ("3", "C")];
        let mut world = World::new(&communes, vec![set.clone()]);
        for ((commune, _), verdicts) in communes.iter().zip(&reports) {
            let items = set.indicators().zip(verdicts).filter_map(|(indicator, verdict)| {
                verdict.map(|verdict| (indicator.code.to_string(), verdict))
            });
            world.store(&Report { items: items.collect(), ..report("2023-04", commune, &set, &[]) });
        }
        let assessment = world.assess("2023-04");
        world.observations.reverse();
        world.submissions.reverse();
        let reversed = world.assess("2023-04");
        prop_assert_eq!(&reversed.sets, &assessment.sets);
        prop_assert!(reversed.standings().map(|(_, s)| s).eq(assessment.standings().map(|(_, s)| s)));
        let mut not_met = [0; 3];
        for ((_, standing), verdicts) in assessment.standings().zip(&reports) {
            let (items, criteria) = fold(&set, verdicts);
            prop_assert_eq!(standing.items.iter().map(|item| item.status).collect::<Vec<_>>(), items);
            prop_assert_eq!(statuses(standing), criteria.clone());
            criteria.iter().zip(&mut not_met).for_each(|(status, sum)| *sum += u32::from(*status == Status::NotMet));
        }
        let tallied: Vec<u32> = assessment.sets[0].criteria.iter().map(|tally| tally.communes.not_met).collect();
        prop_assert!(tallied.is_empty() || tallied == not_met);
    }
}
