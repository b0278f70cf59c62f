//! Stories of reports beside those before them: copies, values that stand still or jump, versions, long unmet items.

use jiff::civil::date;
use proptest::prelude::*;

use super::made::{Report, World, report, small_set};
use super::*;
use crate::model::Verdict;

const ONE: &[(&str, &str)] = &[("13546", "Trung Lương")];

/// A world in which each month's report gives 3.1 a number; all else is met.
fn measured(values: &[(&str, f64)]) -> World {
    let set = small_set();
    let mut world = World::new(ONE, vec![set.clone()]);
    for (period, value) in values {
        world.store(&report(period, "13546", &set, &[])).value("3.1", *value);
    }
    world
}

fn jumps(values: &[f64]) -> Vec<Jump> {
    let months: Vec<String> = (1..=values.len()).map(|month| format!("2023-{month:02}")).collect();
    let dated: Vec<(&str, f64)> = months.iter().map(String::as_str).zip(values.iter().copied()).collect();
    let assessment = measured(&dated).assess(months.last().unwrap());
    assessment.communes[0].standings[0].trail.jumps.clone()
}

/// All six items with numbers, as a report that can be told to be a copy.
fn full(world: &mut World, period: &str, first: f64) {
    let set = small_set();
    world.store(&report(period, "13546", &set, &[("2", Some("not_met"))]));
    for (item, value) in [("1.1", first), ("1.2", 80.0), ("2", 40.5), ("3.1", 91.0), ("3.2", 77.7), ("3.3", 100.0)] {
        world.value(item, value);
    }
}

fn same_as(world: &World, period: &str) -> Option<String> {
    world.assess(period).communes[0].standings[0].trail.same_as.map(|month| month.to_string())
}

#[test]
fn the_same_content_with_a_new_date_is_recognised() {
    let mut world = World::new(ONE, vec![small_set()]);
    full(&mut world, "2023-02", 60.0);
    full(&mut world, "2023-04", 60.0);
    assert_eq!(same_as(&world, "2023-04").as_deref(), Some("2023-02"));
    assert_eq!(same_as(&world, "2023-02"), None);
}

#[test]
fn one_figure_or_one_remark_makes_a_report_its_own() {
    let mut world = World::new(ONE, vec![small_set()]);
    full(&mut world, "2023-03", 60.0);
    full(&mut world, "2023-04", 60.1);
    assert_eq!(same_as(&world, "2023-04"), None);
    full(&mut world, "2023-05", 60.1);
    world.observations.last_mut().unwrap().insert("note", "đã nghiệm thu".into());
    assert_eq!(same_as(&world, "2023-05"), None);
}

#[test]
fn verdicts_that_stay_as_they_are_make_no_copy() {
    let set = small_set();
    let mut world = World::new(ONE, vec![set.clone()]);
    world.store(&report("2023-03", "13546", &set, &[("2", Some("not_met"))]));
    world.store(&report("2023-04", "13546", &set, &[("2", Some("not_met"))]));
    assert_eq!(same_as(&world, "2023-04"), None);
}

#[test]
fn a_value_that_moves_as_it_always_did_does_not_jump() {
    assert_eq!(jumps(&[60.0, 62.0, 64.5, 66.0, 68.0]), []);
    assert_eq!(jumps(&[90.0, 90.0, 90.0, 90.0, 92.0]), [], "what stood still may move a little");
    assert_eq!(jumps(&[70.0, 71.0, 70.5, 71.5, 71.0]), []);
    assert_eq!(jumps(&[91.0, 91.0, 91.0, 64.0, 91.0]), [], "a fall made good");
}

#[test]
fn a_value_beyond_its_history_jumps_and_says_from_what_it_was_told() {
    let told = jumps(&[60.0, 62.0, 64.5, 66.0, 6.8]);
    let [jump] = told.as_slice() else { panic!("one jump: {told:?}") };
    assert_eq!((jump.before, jump.now, jump.months), (66.0, 6.8, 4));
    assert_eq!((jump.code.to_string().as_str(), jump.cell.as_str()), ("3.1", "E8"));
    assert_eq!(jump.before_period.to_string(), "2023-04");
    assert!(jump.source.is_some());
    assert_eq!(jumps(&[85.0, 85.0, 85.0, 85.0, 99.0]).len(), 1);
}

#[test]
fn with_fewer_than_four_months_nothing_is_said_to_jump() {
    assert_eq!(jumps(&[60.0, 62.0, 64.5, 6.8]), []);
    assert_eq!(jumps(&[60.0, 6.0]), []);
}

#[test]
fn a_resubmission_names_what_it_changed_and_nothing_else() {
    let set = small_set();
    let mut world = World::new(ONE, vec![set.clone()]);
    let first = Report { current: false, ..report("2023-04", "13546", &set, &[("2", Some("not_met"))]) };
    world.store(&first).value("3.1", 8.52);
    let second = Report {
        file: "BC sửa.xlsx".to_owned(),
        received_at: date(2023, 4, 24).at(9, 0, 0, 0),
        ..report("2023-04", "13546", &set, &[])
    };
    world.store(&second).value("3.1", 85.2);
    let trail = world.assess("2023-04").communes[0].standings[0].trail.clone();
    let resubmitted = trail.resubmitted.unwrap();
    assert_eq!(resubmitted.replaced, "BC 13546 2023-04 nho.xlsx");
    let told: Vec<_> = resubmitted.changes.iter().map(|c| (c.code.to_string(), c.verdict, c.value)).collect();
    let met = Some(Verdict::Met);
    let expected = [
        ("2".to_owned(), (Some(Verdict::NotMet), met), (None, None)),
        ("3.1".to_owned(), (met, met), (Some(8.52), Some(85.2))),
    ];
    assert_eq!(told, expected);
}

#[test]
fn a_row_that_only_one_version_has_is_a_change() {
    let set = small_set();
    let mut world = World::new(ONE, vec![set.clone()]);
    let mut first = Report { current: false, ..report("2023-04", "13546", &set, &[]) };
    first.items.retain(|(code, _)| code != "2");
    world.store(&first);
    let mut second = Report {
        file: "BC sửa.xlsx".to_owned(),
        received_at: date(2023, 4, 24).at(9, 0, 0, 0),
        ..report("2023-04", "13546", &set, &[])
    };
    second.items.retain(|(code, _)| code != "1.1");
    world.store(&second);
    let trail = world.assess("2023-04").communes[0].standings[0].trail.clone();
    let told: Vec<_> = trail.resubmitted.unwrap().changes.iter().map(|c| (c.code.to_string(), c.verdict)).collect();
    let met = Some(Verdict::Met);
    assert_eq!(told, [("1.1".to_owned(), (met, None)), ("2".to_owned(), (None, met))]);
}

#[test]
fn a_report_sent_once_was_not_resubmitted() {
    let trail = measured(&[("2023-04", 60.0)]).assess("2023-04").communes[0].standings[0].trail.clone();
    assert_eq!(trail, Trail::default());
}

#[test]
fn the_months_an_item_is_not_met_and_its_value_stands_still_are_counted() {
    let set = small_set();
    let mut world = World::new(ONE, vec![set.clone()]);
    let unmet = [("3.1", Some("not_met"))];
    for (period, value) in [("2022-11", 60.0), ("2023-01", 61.0), ("2023-02", 61.0), ("2023-04", 61.0)] {
        world.store(&report(period, "13546", &set, &unmet)).value("3.1", value);
    }
    let assessment = world.assess("2023-04");
    let unmet = &assessment.communes[0].standings[0].not_met[0];
    assert_eq!((unmet.months(assessment.period), unmet.unmoved_months(assessment.period)), (6, 4));
}

#[test]
fn a_plan_is_carried_over_until_the_item_is_met_and_says_from_where() {
    let set = small_set();
    let mut world = World::new(ONE, vec![set.clone()]);
    let unmet = [("2", Some("not_met")), ("3.1", Some("not_met"))];
    let planned = |world: &mut World, period: &str, item: &str, owner: &str| {
        world.store(&report(period, "13546", &set, &unmet));
        let is_item = |row: &&mut super::made::Stored| matches!(row.get("item"), Some(super::made::Value::Text(code)) if code == item);
        world.observations.iter_mut().rev().find(is_item).unwrap().insert("owner", owner.into());
    };
    planned(&mut world, "2022-12", "3.1", "Người cũ");
    world.store(&report("2023-01", "13546", &set, &[("2", Some("not_met"))]));
    planned(&mut world, "2023-02", "2", "Ông A");
    world.store(&report("2023-03", "13546", &set, &unmet));
    let not_met = |world: &World| world.assess("2023-03").communes[0].standings[0].not_met.clone();
    let [two, three] = not_met(&world).try_into().unwrap();
    assert_eq!(two.plan.owner.as_deref(), Some("Ông A"));
    let carried = two.carried.unwrap();
    assert_eq!((carried.period.to_string().as_str(), carried.cell.as_str()), ("2023-02", "E7"));
    assert!(three.plan.is_blank() && three.carried.is_none(), "it was met since: that plan is closed");
    let last = world.observations.len() - 4;
    world.observations[last].insert("task", "Việc mới".into());
    let [two, _] = not_met(&world).try_into().unwrap();
    assert_eq!((two.plan.owner, two.carried), (None, None), "a plan of the report's own is not filled up");
}

/// A verdict and a number for one item in one month, or no report.
fn any_month() -> impl Strategy<Value = Option<(&'static str, Option<u32>)>> {
    let verdict = prop::sample::select(vec!["met", "not_met", "not_met"]);
    prop::option::weighted(0.85, (verdict, prop::option::weighted(0.9, 60u32..64)))
}

/// The median of numbers, as polars takes it.
fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    let middle = numbers.len() / 2;
    if numbers.len() % 2 == 1 { numbers[middle] } else { (numbers[middle - 1] + numbers[middle]) / 2.0 }
}

/// Whether a number jumps after those before it, by a plain loop.
fn jumps_after(before: &[f64], now: f64) -> bool {
    if before.len() < 4 {
        return false;
    }
    let steps: Vec<f64> = before.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let usual = median(steps.clone());
    let deviation = median(steps.iter().map(|step| (step - usual).abs()).collect());
    let last = *before.last().unwrap();
    let seen = before.iter().any(|value| *value <= now) && before.iter().any(|value| *value >= now);
    !seen && (now - last - usual).abs() > 6.0 * f64::max(1.4826 * deviation, 0.02 * last.abs())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn plans_over_months_give_what_a_plain_loop_gives(
        months in prop::collection::vec(any_month(), 7),
        last in (prop::sample::select(vec!["met", "not_met"]), prop::sample::select(vec![6u32, 62, 63, 90])),
    ) {
        let set = small_set();
        let mut world = World::new(ONE, vec![set.clone()]);
        let story: Vec<_> = months.into_iter().chain([Some((last.0, Some(last.1)))]).collect();
        let periods: Vec<Period> = (1..=8).map(|month| Period::new(2023, month).unwrap()).collect();
        for (period, told) in periods.iter().zip(&story) {
            let Some((verdict, value)) = told else { continue };
            world.store(&report(&period.to_string(), "13546", &set, &[("3.1", Some(*verdict))]));
            if let Some(value) = value {
                world.value("3.1", f64::from(*value));
            }
        }
        let assessment = world.assess("2023-08");
        let standing = &assessment.communes[0].standings[0];
        let told = || periods.iter().zip(&story).filter_map(|(period, told)| Some((*period, (*told)?)));
        let since = told().collect::<Vec<_>>().into_iter().rev().take_while(|(_, (v, _))| *v == "not_met").last();
        prop_assert_eq!(standing.not_met.first().map(|unmet| unmet.since), since.map(|(period, _)| Some(period)));
        let values: Vec<(Period, u32)> = told().filter_map(|(period, (_, value))| Some((period, value?))).collect();
        let unmoved = values.iter().rev().take_while(|(_, value)| *value == last.1).last().unwrap().0;
        if let Some(unmet) = standing.not_met.first() {
            prop_assert_eq!(unmet.unmoved_since, Some(unmoved));
        }
        let before: Vec<f64> = values[..values.len() - 1].iter().map(|(_, value)| f64::from(*value)).collect();
        prop_assert_eq!(standing.trail.jumps.len(), usize::from(jumps_after(&before, f64::from(last.1))));
    }

    #[test]
    fn versions_copies_and_paces_are_told_as_a_plain_loop_tells_them(
        fresh in prop::collection::vec(prop::option::weighted(0.85, prop::collection::vec(any_answer(), 6)), 5),
        copied in prop::collection::vec(prop::bool::weighted(0.4), 5),
        replaced in prop::option::of(prop::collection::vec(any_answer(), 6)),
    ) {
        let months = with_copies(fresh, &copied);
        let set = small_set();
        let mut world = World::new(ONE, vec![set.clone()]);
        let (commune, id) = (world.settings.communes[0].code.clone(), set.id.clone());
        world.settings.roadmap = vec![crate::settings::RoadmapTarget { commune, set: id, year: 2023 }];
        let last = months.len() - 1;
        for (place, answers) in months.iter().enumerate() {
            if place == last && let Some(replaced) = &replaced {
                let first = date(2023, 5, 19).at(8, 0, 0, 0);
                store(&mut world, place, replaced, &Report { current: false, received_at: first, ..report("2023-05", "13546", &set, &[]) });
            }
            if let Some(answers) = answers {
                let period = format!("2023-{:02}", place + 1);
                store(&mut world, place, answers, &report(&period, "13546", &set, &[]));
            }
        }
        let assessment = world.assess("2023-05");
        let standing = &assessment.communes[0].standings[0];
        let told: Vec<(usize, &Vec<Answer>)> =
            months.iter().enumerate().filter_map(|(place, answers)| Some((place, answers.as_ref()?))).collect();
        let this_month = months[last].as_ref();
        // Copies: the report before says the same of everything, and enough of it is numbers.
        let before = told.iter().rev().find(|(place, _)| *place < last);
        let copies = this_month.zip(before).filter(|(now, (_, before))| {
            now == before && now.iter().filter(|(_, value)| value.is_some()).count() >= 5
        });
        let copy_of = copies.map(|(_, (place, _))| Period::new(2023, *place as i8 + 1).unwrap());
        prop_assert_eq!(standing.trail.same_as, copy_of);
        // Versions: what differs between the two, in verdict or value.
        let changed = this_month.zip(replaced.as_ref()).map(|(now, before)| {
            set.indicators().zip(now.iter().zip(before)).filter(|(_, (now, before))| now != before).map(|(i, _)| i.code).collect::<Vec<_>>()
        });
        let resubmitted = standing.trail.resubmitted.as_ref();
        let resubmitted = resubmitted.map(|r| r.changes.iter().map(|change| change.code).collect::<Vec<_>>());
        if this_month.is_some() {
            prop_assert_eq!(resubmitted, changed);
        }
        // Paces: from the first to the last month with a whole list, where there are three.
        let course = standing.course.unwrap();
        let whole: Vec<(usize, i32)> = told
            .iter()
            .filter(|(_, answers)| answers.iter().all(|(verdict, _)| verdict.is_some()))
            .map(|(place, answers)| (*place, answers.iter().filter(|(v, _)| *v != Some("not_met")).count() as i32))
            .collect();
        let pace = (whole.len() >= 3).then(|| {
            let (first, last) = (whole[0], whole[whole.len() - 1]);
            (last.1 - first.1, (last.0 - first.0) as u32)
        });
        prop_assert_eq!(course.pace.map(|pace| (pace.gained, pace.months)), pace);
    }
}

/// A verdict, where one is stated, and a number.
type Answer = (Option<&'static str>, Option<u32>);

fn any_answer() -> impl Strategy<Value = Answer> {
    let verdict = prop::sample::select(vec![Some("met"), Some("met"), Some("not_met"), Some("not_applicable"), None]);
    // Few numbers, so that some months are copies.
    (prop::option::weighted(0.95, verdict).prop_map(Option::flatten), prop::option::weighted(0.95, 60u32..62))
}

/// The months, some of them replaced by what the report before them says.
fn with_copies(fresh: Vec<Option<Vec<Answer>>>, copied: &[bool]) -> Vec<Option<Vec<Answer>>> {
    let mut months: Vec<Option<Vec<Answer>>> = Vec::new();
    for (answers, copied) in fresh.into_iter().zip(copied) {
        let before = months.iter().rev().flatten().next().cloned();
        months.push(if *copied && answers.is_some() { before.or(answers) } else { answers });
    }
    months
}

/// Stores a report with these answers; of two versions of a month each has a file of its own.
fn store(world: &mut World, place: usize, answers: &[Answer], report: &Report<'_>) {
    let set = small_set();
    let items = set.indicators().zip(answers).map(|(indicator, (verdict, _))| (indicator.code.to_string(), *verdict));
    let file = format!("{place} {}.xlsx", report.current);
    world.store(&Report { items: items.collect(), file, ..report.clone() });
    for (indicator, (_, value)) in set.indicators().zip(answers) {
        if let Some(value) = value {
            world.value(&indicator.code.to_string(), f64::from(*value));
        }
    }
}
