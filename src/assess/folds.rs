//! The folds over months and communes against plain loops, on random stores: what changed, who stands in for whom, since
//! when an item is not met, which plan it has, what is overdue, and what the unit adds up to.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::made::{Report, Value, World, report, small_set};
use super::tests::fold;
use super::*;
use crate::model::{CriteriaSet, ItemCode};
use crate::settings::Office;

const THREE: [(&str, &str); 3] = [("13546", "Trung Lương"), ("13516", "Đồng Du"), ("13531", "Bồ Đề")];

/// The day on which it is asked what is overdue.
const TODAY: Date = date(2023, 6, 20);

/// What a report says of an item: a row or none, a verdict or none, and who does it by which day of June.
#[derive(Debug, Clone)]
struct Told {
    verdict: Option<Option<&'static str>>,
    plan: Option<(u8, i8)>,
}

/// A report: what it says of the six items of the small set.
type Told6 = Vec<Told>;

fn any_told() -> impl Strategy<Value = Told> {
    let verdict = prop_oneof![
        5 => Just(Some(Some("met"))),
        5 => Just(Some(Some("not_met"))),
        1 => Just(Some(Some("not_applicable"))),
        1 => Just(Some(None)),
        1 => Just(None),
    ];
    let plan = prop::option::weighted(0.3, (0u8..3, prop::sample::select(vec![10i8, 25])));
    (verdict, plan).prop_map(|(verdict, plan)| Told { plan: plan.filter(|_| verdict.is_some()), verdict })
}

/// Six months of one commune; in some nothing came.
fn any_story() -> impl Strategy<Value = Vec<Option<Told6>>> {
    prop::collection::vec(prop::option::weighted(0.75, prop::collection::vec(any_told(), 6)), 6)
}

fn month_of(place: usize) -> String {
    format!("2023-{:02}", place + 1)
}

/// The stories as a store holds them.
fn world(set: &CriteriaSet, stories: &[Vec<Option<Told6>>]) -> World {
    let mut world = World::new(&THREE, vec![set.clone()]);
    let all = set.criteria.iter().map(|criterion| (set.id.clone(), criterion.code())).collect();
    world.settings.offices = vec![Office { name: "Văn phòng".to_owned(), items: all }];
    for ((commune, _), story) in THREE.iter().zip(stories) {
        for (place, told) in story.iter().enumerate() {
            let Some(told) = told else { continue };
            let named =
                set.indicators().zip(told).filter_map(|(item, told)| Some((item.code.to_string(), told.verdict?)));
            world.store(&Report { items: named.collect(), ..report(&month_of(place), commune, set, &[]) });
            let rows = told.iter().filter(|told| told.verdict.is_some()).count();
            let first = world.observations.len() - rows;
            for (row, told) in told.iter().filter(|told| told.verdict.is_some()).enumerate() {
                let Some((owner, day)) = told.plan else { continue };
                let row = &mut world.observations[first + row];
                row.insert("owner", format!("Ông {owner}").as_str().into());
                row.insert("due", Value::Day(date(2023, 6, day)));
            }
        }
    }
    world
}

/// Who does what, by a number, and the month of the day by which.
type Plan = (u8, i8);

/// One commune in the last month, by plain loops.
struct Plain {
    /// The place of the month whose report speaks.
    basis: Option<usize>,
    items: Vec<Status>,
    criteria: Vec<Status>,
    changes: Vec<Option<Change>>,
    /// Items not met, since which month, and with which plan.
    unmet: Vec<(ItemCode, String, Option<Plan>)>,
    list: ListKind,
}

fn plain(set: &CriteriaSet, story: &[Option<Told6>]) -> Plain {
    let codes: Vec<ItemCode> = set.indicators().map(|indicator| indicator.code).collect();
    let told: Vec<(usize, &Told6)> =
        story.iter().enumerate().filter_map(|(place, told)| Some((place, told.as_ref()?))).collect();
    let nothing = vec![Told { verdict: None, plan: None }; 6];
    let (basis, now) = told.last().map_or((None, &nothing), |(place, told)| (Some(*place), *told));
    let statuses = |told: &Told6| fold(set, &told.iter().map(|told| told.verdict).collect::<Vec<_>>());
    let (items, criteria) = statuses(now);
    let says = |status: &Status| !matches!(status, Status::Open | Status::NotReported);
    let below = codes.iter().zip(&items).filter(|(code, _)| code.indicator_number().is_some());
    let list = match () {
        () if below.clone().any(|(_, status)| says(status)) => ListKind::Indicators,
        () if criteria.iter().any(says) => ListKind::Criteria,
        () => ListKind::None,
    };
    let before = (basis == Some(5)).then(|| told.iter().rev().nth(1)).flatten().map(|(_, told)| statuses(told).0);
    let change = |(now, before): (&Status, &Status)| match (now, before) {
        (Status::Met, Status::NotMet) => Some(Change::NewlyMet),
        (Status::NotMet, Status::Met) => Some(Change::FellBack),
        (Status::Open | Status::NotReported, Status::Met) if list == ListKind::Indicators => {
            Some(Change::NoLongerStated)
        }
        _ => None,
    };
    let unmet = codes.iter().enumerate().filter(|(place, _)| items[*place] == Status::NotMet).map(|(place, code)| {
        let of_item = || told.iter().rev().map(|(month, told)| (*month, &told[place]));
        let stated = of_item().filter(|(_, told)| told.verdict.flatten().is_some());
        let run = stated.take_while(|(_, told)| told.verdict.flatten() == Some("not_met"));
        let since = run.last().expect("the last report says so").0;
        let plan = of_item().take_while(|(month, _)| *month >= since).find_map(|(_, told)| told.plan);
        (*code, month_of(since), plan)
    });
    Plain {
        basis,
        changes: before.map_or(vec![None; 6], |before| items.iter().zip(&before).map(change).collect()),
        unmet: unmet.collect(),
        items,
        criteria,
        list,
    }
}

fn counts(statuses: &[Status]) -> Counts {
    Counts::of(statuses.iter().copied())
}

/// How many of this month's and of earlier months' reports pass.
fn split(communes: &[Plain], passes: impl Fn(&Plain) -> bool) -> (usize, usize) {
    let of = |this_month: bool| {
        let based = communes.iter().filter(|one| one.basis.is_some_and(|basis| (basis == 5) == this_month));
        based.filter(|one| passes(one)).count()
    };
    (of(true), of(false))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn months_and_communes_fold_as_plain_loops_do(stories in prop::collection::vec(any_story(), 3)) {
        let set = small_set();
        let world = world(&set, &stories);
        let assessment = world.assess("2023-06");
        let communes: Vec<Plain> = stories.iter().map(|story| plain(&set, story)).collect();
        for ((_, standing), plain) in assessment.standings().zip(&communes) {
            let basis = plain.basis.map_or(Basis::Nothing, |place| match place {
                5 => Basis::ThisMonth,
                _ => Basis::Earlier(month_of(place).parse().unwrap()),
            });
            prop_assert_eq!(standing.basis, basis);
            prop_assert_eq!(standing.list, plain.list);
            prop_assert_eq!(standing.items.iter().map(|item| item.status).collect::<Vec<_>>(), plain.items.clone());
            prop_assert_eq!(standing.criteria.iter().map(|one| one.status).collect::<Vec<_>>(), plain.criteria.clone());
            prop_assert_eq!(standing.items.iter().map(|item| item.change).collect::<Vec<_>>(), plain.changes.clone());
            let unmet: Vec<_> = standing.not_met.iter().map(|unmet| {
                (unmet.code, unmet.since.unwrap().to_string(), unmet.plan.owner.clone(), unmet.plan.due)
            }).collect();
            let expected: Vec<_> = plain.unmet.iter().map(|(code, since, plan)| {
                let owner = plan.map(|(owner, _)| format!("Ông {owner}"));
                (*code, since.clone(), owner, plan.map(|(_, day)| date(2023, 6, day)))
            }).collect();
            prop_assert_eq!(unmet, expected);
        }
        let [status] = assessment.sets.as_slice() else { panic!("one set") };
        let total = set.criteria_total();
        let range = |one: &Plain| (one.list != ListKind::None).then(|| {
            let counts = counts(&one.criteria);
            (counts.fulfilled(), counts.fulfilled() + counts.unknown())
        });
        let told = |count: &Count| (count.this_month.len(), count.earlier.len());
        prop_assert_eq!((status.reported as usize, status.earlier as usize), split(&communes, |_| true));
        prop_assert_eq!(status.nothing as usize, communes.iter().filter(|one| one.basis.is_none()).count());
        prop_assert_eq!(told(&status.complete), split(&communes, |one| range(one).is_some_and(|(least, _)| least == total)));
        let lies_in = |one: &Plain, band: &Band| range(one).is_some_and(|(least, most)| band.contains(least) && band.contains(most));
        for (band, count) in &status.bands {
            prop_assert_eq!(told(count), split(&communes, |one| lies_in(one, band)));
        }
        let nowhere = |one: &Plain| !status.bands.iter().any(|(band, _)| lies_in(one, band));
        prop_assert_eq!(told(&status.band_unknown), split(&communes, nowhere));
        let this_month = || communes.iter().filter(|one| one.basis == Some(5) && one.list != ListKind::None);
        let settled: Vec<u32> = this_month().map(|one| counts(&one.criteria)).filter(|c| c.unknown() == 0).map(|c| c.met).collect();
        let mean = (!settled.is_empty()).then(|| f64::from(settled.iter().sum::<u32>()) / settled.len() as f64);
        prop_assert_eq!((status.mean_criteria, status.mean_of as usize), (mean, settled.len()));
        let tallied = |of: &dyn Fn(&Plain) -> &Vec<Status>, place: usize| counts(&this_month().map(|one| of(one)[place]).collect::<Vec<_>>());
        for (place, tally) in status.items.iter().enumerate() {
            prop_assert_eq!(tally.communes, tallied(&|one| &one.items, place), "{}", tally.code);
        }
        for (place, tally) in status.criteria.iter().enumerate() {
            prop_assert_eq!(tally.communes, tallied(&|one| &one.criteria, place), "{}", tally.code);
        }
        let duties = duties(&assessment, &world.settings);
        let followed: BTreeMap<ItemCode, (usize, usize)> = duties.iter().flat_map(|duty| &duty.items)
            .map(|item| (item.code, (item.communes.len(), item.overdue(TODAY)))).collect();
        let mut expected: BTreeMap<ItemCode, (usize, usize)> = BTreeMap::new();
        for (code, _, plan) in communes.iter().flat_map(|one| &one.unmet) {
            let entry = expected.entry(*code).or_default();
            entry.0 += 1;
            entry.1 += usize::from(plan.is_some_and(|(_, day)| date(2023, 6, day) < TODAY));
        }
        prop_assert_eq!(followed, expected);
    }
}
