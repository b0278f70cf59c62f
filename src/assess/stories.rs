//! Stories told over several months: what one commune's history says of them, and what a figure rests on.

use jiff::civil::date;
use proptest::prelude::*;

use super::made::{Report, Stored, Value, World, report, small_set};
use super::*;
use crate::model::{Assessor, ItemCode};

const TWO: &[(&str, &str)] = &[("13546", "Trung Lương"), ("13516", "Đồng Du")];

fn code(code: &str) -> ItemCode {
    code.parse().unwrap()
}

fn month(month: &str) -> Period {
    month.parse().unwrap()
}

/// An item's status by month, `None` where no report came.
fn statuses(history: &SetHistory, item: &str) -> Vec<(String, Option<Status>)> {
    let line = |reported: &Reported| reported.line(code(item)).unwrap().status;
    history.months.iter().map(|(period, reported)| (period.short(), reported.as_ref().map(line))).collect()
}

/// January to April: 2 is met, then not, no report in March, met again in a version that replaces another.
fn story() -> World {
    let set = small_set();
    let mut world = World::new(TWO, vec![set.clone()]);
    world.store(&report("2023-01", "13546", &set, &[("1.1", Some("not_met"))]));
    world.store(&report("2023-02", "13546", &set, &[("2", Some("not_met")), ("1.1", Some("not_met"))]));
    let replaced = Report { current: false, ..report("2023-04", "13546", &set, &[("2", Some("not_met"))]) };
    let counts = Report {
        file: "BC sửa.xlsx".to_owned(),
        received_at: date(2023, 4, 27).at(9, 0, 0, 0),
        ..report("2023-04", "13546", &set, &[("1.1", Some("not_met"))])
    };
    world.store(&replaced).store(&counts);
    world.store(&report("2023-04", "13516", &set, &[]));
    world
}

#[test]
fn a_history_has_every_month_and_a_gap_is_no_verdict() {
    let history = story().history("13546", "2023-05");
    let [set] = history.sets.as_slice() else { panic!("one set") };
    let expected = [
        ("1/2023", Some(Status::Met)),
        ("2/2023", Some(Status::NotMet)),
        ("3/2023", None),
        ("4/2023", Some(Status::Met)),
        ("5/2023", None),
    ];
    assert_eq!(statuses(set, "2"), expected.map(|(period, status)| (period.to_owned(), status)));
    let april = set.months[3].1.as_ref().unwrap();
    assert_eq!(april.line(code("1")).unwrap().status, Status::NotMet, "a criterion is rolled up each month");
    assert_eq!((april.criteria_counts().met, april.item_counts().met), (2, 5));
    assert_eq!(april.counting().unwrap().file, "BC sửa.xlsx");
}

#[test]
fn a_later_month_is_not_part_of_the_history_up_to_an_earlier_one() {
    let history = story().history("13546", "2023-02");
    let months: Vec<String> = history.sets[0].months.iter().map(|(period, _)| period.to_string()).collect();
    assert_eq!(months, ["2023-01", "2023-02"]);
}

#[test]
fn what_another_commune_sent_under_the_same_code_is_not_its_history() {
    let set = small_set();
    let mut world = World::new(TWO, vec![set.clone()]);
    for period in ["2023-01", "2023-02", "2023-03", "2023-04"] {
        world.store(&report(period, "13546", &set, &[]));
    }
    world.settings.communes[0].valid_from = Some(date(2023, 2, 1));
    world.settings.communes[0].valid_to = Some(date(2023, 3, 31));
    let history = world.history("13546", "2023-06");
    let months: Vec<String> = history.sets[0].months.iter().map(|(period, _)| period.to_string()).collect();
    assert_eq!(months, ["2023-02", "2023-03"]);
}

#[test]
fn a_commune_that_never_reported_has_an_empty_history() {
    let world = World::new(TWO, vec![small_set()]);
    assert_eq!(world.history("13516", "2023-04").sets, []);
    assert_eq!(world.why("13516", "2", "2023-04"), []);
}

#[test]
fn a_figure_leads_back_to_version_cell_and_roll_up() {
    let [why] = story().why("13546", "1.1", "2023-04").try_into().unwrap();
    assert_eq!((why.basis, why.before), (Some(month("2023-04")), Some((month("2023-02"), Status::NotMet))));
    assert_eq!(why.unmet_since, Some(month("2023-01")));
    let versions = &why.reported.as_ref().unwrap().versions;
    let told: Vec<(&str, bool)> = versions.iter().map(|v| (v.file.as_str(), v.current)).collect();
    assert_eq!(told, [("BC 13546 2023-04 nho.xlsx", false), ("BC sửa.xlsx", true)]);
    assert_eq!(versions[1].archive.as_deref(), Some("13546/BC sửa.xlsx"));
    let own = why.line().unwrap().own().unwrap();
    assert_eq!((own.sheet.as_str(), own.cell.as_str(), own.file.as_str()), ("Biểu 1", "E5", "BC sửa.xlsx"));
    assert_eq!(why.line().unwrap().statements.len(), 2, "what the replaced version says is kept beside it");
    let (criterion, items) = why.criterion().unwrap();
    assert_eq!((criterion.status, items.len()), (Status::NotMet, 2));
}

#[test]
fn a_criterion_with_one_indicator_needs_no_roll_up_and_is_found_by_its_other_code() {
    let mut world = story();
    world.sets[0].criteria[1].indicators[0].aliases = vec![code("2.1")];
    let [why] = world.why("13546", "2.1", "2023-04").try_into().unwrap();
    assert_eq!(why.item, code("2"));
    assert!(why.criterion().is_none());
    assert_eq!(why.unmet_since, None);
}

#[test]
fn a_month_without_a_report_rests_on_the_last_one_and_says_which() {
    let [why] = story().why("13546", "2", "2023-03").try_into().unwrap();
    assert_eq!((why.period, why.basis), (month("2023-03"), Some(month("2023-02"))));
    assert_eq!(why.line().unwrap().status, Status::NotMet);
}

#[test]
fn the_district_s_verdict_stands_beside_the_commune_s_and_does_not_count() {
    let mut world = story();
    let own = world.observations.iter().rfind(|row| matches!(row.get("item"), Some(Value::Text(i)) if i == "2"));
    let mut reviewed: Stored = own.unwrap().clone();
    for (column, value) in [("commune", "13546"), ("assessor", "district"), ("verdict", "not_met"), ("cell", "G9")] {
        reviewed.insert(column, value.into());
    }
    world.observations.push(reviewed);
    let [why] = world.why("13546", "2", "2023-04").try_into().unwrap();
    let line = why.line().unwrap();
    assert_eq!(line.status, Status::Met);
    let beside: Vec<&str> =
        line.statements.iter().filter(|s| s.assessor == Assessor::District).map(|s| s.cell.as_str()).collect();
    assert_eq!(beside, ["G9"]);
}

#[test]
fn what_was_said_of_the_item_and_its_report_belongs_to_the_chain() {
    let mut world = story();
    let counting = world.submissions[3].clone();
    for (item, word) in [("1.1", "own"), ("1", "criterion"), ("3.1", "other"), ("", "report")] {
        let mut diagnostic: Stored = Stored::new();
        for column in ["period", "file", "sha256", "commune", "set"] {
            diagnostic.insert(column, counting[column].clone());
        }
        diagnostic.insert("severity", "warning".into());
        diagnostic.insert("code", word.into());
        (!item.is_empty()).then(|| diagnostic.insert("item", item.into()));
        world.diagnostics.push(diagnostic);
    }
    let [why] = world.why("13546", "1.1", "2023-04").try_into().unwrap();
    let codes: Vec<&str> = why.problems.iter().map(|problem| problem.code.as_str()).collect();
    assert_eq!(codes, ["own", "criterion", "report"]);
}

/// Verdicts of the six items of the small set in one month, or no report.
fn any_month() -> impl Strategy<Value = Option<Vec<Option<&'static str>>>> {
    let verdict = prop_oneof![
        4 => Just(Some("met")),
        3 => Just(Some("not_met")),
        1 => Just(Some("not_applicable")),
        1 => Just(None),
    ];
    prop::option::weighted(0.8, prop::collection::vec(verdict, 6))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_history_says_of_each_month_what_its_assessment_says(months in prop::collection::vec(any_month(), 5)) {
        let set = small_set();
        let mut world = World::new(TWO, vec![set.clone()]);
        let periods: Vec<String> = (1..=5).map(|month| format!("2023-0{month}")).collect();
        for (period, verdicts) in periods.iter().zip(&months) {
            if let Some(verdicts) = verdicts {
                let items = set.indicators().zip(verdicts).map(|(i, verdict)| (i.code.to_string(), *verdict));
                world.store(&Report { items: items.collect(), ..report(period, "13546", &set, &[]) });
            }
        }
        let history = world.history("13546", "2023-05");
        for (period, verdicts) in periods.iter().zip(&months) {
            let of_month = history.sets.first().and_then(|set| {
                set.months.iter().find(|(month, _)| month.to_string() == *period)?.1.as_ref()
            });
            prop_assert_eq!(of_month.is_some(), verdicts.is_some());
            let Some(of_month) = of_month else { continue };
            let assessment = world.assess(period);
            let standing = &assessment.communes[0].standings[0];
            prop_assert_eq!(of_month.item_counts(), standing.item_counts);
            let told = of_month.criteria.iter().map(|line| line.status);
            prop_assert!(told.eq(standing.criteria.iter().map(|criterion| criterion.status)));
        }
    }
}
