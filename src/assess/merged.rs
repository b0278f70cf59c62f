//! A commune's months before the merger it came out of, made from its parts by the rule of each item.
//!
//! What is made is never taken for what was reported: it has types of its own, and says of which parts it was made.

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::PolarsResult;

use super::Input;
use super::history::{self, History, Reported};
use super::outcome::{Counts, Status};
use crate::model::{Commune, CommuneCode, CriteriaSet, ItemCode, Merger, Merging, Period, SetId};

/// How a commune came to be, and its months before as its parts had them.
#[derive(Debug, Clone, PartialEq)]
pub struct Formed {
    /// The merger.
    pub merger: Merger,
    /// Its parts, as the register had them on the day before.
    pub parts: Vec<Commune>,
    /// Months before the merger of which a part has something, by set.
    pub months: BTreeMap<SetId, BTreeMap<Period, MadeMonth>>,
}

/// One month made from the parts.
#[derive(Debug, Clone, PartialEq)]
pub struct MadeMonth {
    /// Parts of which nothing is stored in the month.
    pub without: Vec<CommuneCode>,
    /// All items that are judged by themselves, in order.
    pub items: Vec<MadeLine>,
    /// All criteria, in order.
    pub criteria: Vec<(ItemCode, MadeStatus)>,
}

/// An item made from those of the parts.
#[derive(Debug, Clone, PartialEq)]
pub struct MadeLine {
    /// Its code.
    pub code: ItemCode,
    /// By which rule.
    pub rule: Merging,
    /// What follows.
    pub status: MadeStatus,
    /// The number that follows, in `unit`; `None` where a part has none.
    pub value: Option<f64>,
    /// Its unit.
    pub unit: Option<String>,
    /// What the parts say, in their order.
    pub parts: Vec<(CommuneCode, Status)>,
}

/// What follows from the parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MadeStatus {
    /// This.
    Told(Status),
    /// The new commune has to be assessed anew: parts differ where numbers decide, or nothing of theirs counts.
    Anew,
}

impl MadeMonth {
    /// The line of an item.
    #[must_use]
    pub fn line(&self, code: ItemCode) -> Option<&MadeLine> {
        self.items.iter().find(|line| line.code == code)
    }

    /// Items by status; what has to be assessed anew counts as open.
    #[must_use]
    pub fn item_counts(&self) -> Counts {
        self.items.iter().fold(Counts::default(), |counts, line| counts.with(line.status.counted()))
    }

    /// Criteria by status; what has to be assessed anew counts as open.
    #[must_use]
    pub fn criteria_counts(&self) -> Counts {
        self.criteria.iter().fold(Counts::default(), |counts, (_, status)| counts.with(status.counted()))
    }
}

impl MadeStatus {
    fn counted(self) -> Status {
        match self {
            MadeStatus::Told(status) => status,
            MadeStatus::Anew => Status::Open,
        }
    }
}

/// What a part has of a month.
enum PartMonth<'a> {
    Reported(&'a Reported),
    Made(&'a MadeMonth),
}

/// What a part says of an item.
struct PartLine {
    status: MadeStatus,
    value: Option<(f64, Option<String>)>,
}

/// How a commune came to be; `None` for one that no merger made.
pub(super) fn formed(input: &Input<'_>, commune: &Commune) -> PolarsResult<Option<Formed>> {
    let Some(merger) = input.settings.formed(commune) else { return Ok(None) };
    let parts: Vec<(&Commune, Option<f64>)> = input.settings.parts_of(merger).collect();
    // A part begins before the day on which it ends: mergers of mergers come to an end.
    let histories: PolarsResult<Vec<History>> = parts.iter().map(|(part, _)| history::history(input, part)).collect();
    let histories = histories?;
    let last = Period::of(merger.on).map(Period::previous);
    let mut months: BTreeMap<SetId, BTreeMap<Period, MadeMonth>> = BTreeMap::new();
    for set in input.sets {
        let periods: BTreeSet<Period> = histories.iter().flat_map(|history| periods(history, &set.id)).collect();
        for period in periods.into_iter().filter(|period| last.is_some_and(|last| *period <= last)) {
            let told: Vec<Option<PartMonth<'_>>> =
                histories.iter().map(|history| part_month(history, &set.id, period)).collect();
            months.entry(set.id.clone()).or_default().insert(period, month(set, &parts, &told));
        }
    }
    let parts = parts.into_iter().map(|(part, _)| part.clone()).collect();
    Ok(Some(Formed { merger: merger.clone(), parts, months }))
}

/// The months of which a commune has something.
fn periods(history: &History, set: &SetId) -> Vec<Period> {
    let own = history.sets.iter().filter(|of| of.set == *set).flat_map(|of| of.reported().map(|(period, _)| period));
    let made = history.formed.iter().filter_map(|formed| formed.months.get(set)).flat_map(|of| of.keys().copied());
    own.chain(made).collect()
}

fn part_month<'a>(history: &'a History, set: &SetId, period: Period) -> Option<PartMonth<'a>> {
    let own = history.sets.iter().find(|of| of.set == *set).and_then(|of| of.reported().find(|(at, _)| *at == period));
    let made = || history.formed.as_ref()?.months.get(set)?.get(&period).map(PartMonth::Made);
    own.map(|(_, reported)| PartMonth::Reported(reported)).or_else(made)
}

fn month(set: &CriteriaSet, parts: &[(&Commune, Option<f64>)], told: &[Option<PartMonth<'_>>]) -> MadeMonth {
    let without = parts.iter().zip(told).filter(|(_, told)| told.is_none()).map(|((part, _), _)| part.code.clone());
    let items: Vec<MadeLine> = super::scope::items(set).map(|code| line(set, code, parts, told)).collect();
    let criteria = set.criteria.iter().map(|criterion| {
        let own = items.iter().filter(|line| line.code.criterion_number() == criterion.number);
        (criterion.code(), all(own.map(|line| line.status)))
    });
    MadeMonth { without: without.collect(), criteria: criteria.collect(), items }
}

fn line(
    set: &CriteriaSet,
    code: ItemCode,
    parts: &[(&Commune, Option<f64>)],
    told: &[Option<PartMonth<'_>>],
) -> MadeLine {
    let rule = set.indicator(code).map(|indicator| indicator.merging).unwrap_or_default();
    let lines: Vec<PartLine> = told.iter().map(|told| part_line(told.as_ref(), code)).collect();
    let status = match rule {
        Merging::Anew => MadeStatus::Anew,
        Merging::All => all(lines.iter().map(|line| line.status)),
        Merging::Sum | Merging::WeightedMean => by_number(&lines),
    };
    let number = match rule {
        Merging::Anew | Merging::All => None,
        Merging::Sum => number(&lines, |numbers| Some(numbers.iter().sum())),
        Merging::WeightedMean => {
            let weights: Option<Vec<f64>> = parts.iter().map(|(_, weight)| *weight).collect();
            number(&lines, |numbers| weights.map(|weights| mean(numbers, &weights)))
        }
    };
    let (value, unit) = number.map_or((None, None), |(value, unit)| (Some(value), unit));
    let said = parts.iter().zip(&lines).map(|((part, _), line)| (part.code.clone(), line.status.counted()));
    MadeLine { code, rule, status, value, unit, parts: said.collect() }
}

fn part_line(told: Option<&PartMonth<'_>>, code: ItemCode) -> PartLine {
    let nothing = || PartLine { status: MadeStatus::Told(Status::NotReported), value: None };
    match told {
        None => nothing(),
        Some(PartMonth::Reported(reported)) => reported.line(code).map_or_else(nothing, |line| PartLine {
            status: MadeStatus::Told(line.status),
            value: line.own().and_then(|own| Some((own.value?, own.unit.clone()))),
        }),
        Some(PartMonth::Made(made)) => made.line(code).map_or_else(nothing, |line| PartLine {
            status: line.status,
            value: line.value.map(|value| (value, line.unit.clone())),
        }),
    }
}

/// Met where all that applies is met; not met where anything is not; never better than what is known.
fn all(statuses: impl Iterator<Item = MadeStatus>) -> MadeStatus {
    let statuses: Vec<MadeStatus> = statuses.collect();
    let any = |wanted: MadeStatus| statuses.contains(&wanted);
    let each = |wanted: &[Status]| {
        !statuses.is_empty()
            && statuses.iter().all(|one| matches!(one, MadeStatus::Told(status) if wanted.contains(status)))
    };
    match () {
        () if any(MadeStatus::Told(Status::NotMet)) => MadeStatus::Told(Status::NotMet),
        () if any(MadeStatus::Anew) => MadeStatus::Anew,
        () if each(&[Status::NotApplicable]) => MadeStatus::Told(Status::NotApplicable),
        () if each(&[Status::Met, Status::NotApplicable]) => MadeStatus::Told(Status::Met),
        () if each(&[Status::NotReported]) => MadeStatus::Told(Status::NotReported),
        () => MadeStatus::Told(Status::Open),
    }
}

/// Where numbers decide: what all meet the whole meets, what none meets it does not; in between nobody can tell from
/// verdicts.
fn by_number(lines: &[PartLine]) -> MadeStatus {
    let statuses = || lines.iter().map(|line| line.status);
    let is_mixed = statuses().any(|status| status == MadeStatus::Told(Status::NotMet))
        && !statuses()
            .all(|status| matches!(status, MadeStatus::Told(Status::NotMet) | MadeStatus::Told(Status::NotApplicable)));
    if is_mixed { MadeStatus::Anew } else { all(statuses()) }
}

/// A number of all parts in one unit, to two decimals as people write them.
fn number(lines: &[PartLine], of: impl FnOnce(&[f64]) -> Option<f64>) -> Option<(f64, Option<String>)> {
    let values: Option<Vec<&(f64, Option<String>)>> = lines.iter().map(|line| line.value.as_ref()).collect();
    let values = values?;
    let (_, unit) = values.first()?;
    let is_one_unit = values.iter().all(|(_, other)| other == unit);
    let numbers: Vec<f64> = values.iter().map(|(value, _)| *value).collect();
    let value = is_one_unit.then(|| of(&numbers)).flatten()?;
    Some(((value * 100.0).round() / 100.0, unit.clone()))
}

fn mean(numbers: &[f64], weights: &[f64]) -> f64 {
    let sum: f64 = numbers.iter().zip(weights).map(|(number, weight)| number * weight).sum();
    sum / weights.iter().sum::<f64>()
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::*;
    use crate::assess::made::{World, commune, report, set};
    use crate::model::MergedPart;

    /// Binh An, made of three on 1/1/2025 and, under the same code, of itself and another on 1/7/2025.
    fn world() -> World {
        let set = set("nho", "NTM", &[("Quy hoạch", 2), ("Điện", 1), ("Y tế", 3)]);
        let mut world = World::new(&[], vec![set]);
        let rules = [("1.2", Merging::Anew), ("3.1", Merging::WeightedMean), ("3.2", Merging::Sum)];
        for (code, rule) in rules {
            let mut indicators = world.sets[0].criteria.iter_mut().flat_map(|criterion| &mut criterion.indicators);
            indicators.find(|one| one.code.to_string() == code).unwrap().merging = rule;
        }
        let valid = |code: &str, name: &str, from: Option<Date>, to: Option<Date>| Commune {
            valid_from: from,
            valid_to: to,
            ..commune(code, name)
        };
        let (first, second) = (date(2025, 1, 1), date(2025, 7, 1));
        let (before_first, before_second) = (Some(date(2024, 12, 31)), Some(date(2025, 6, 30)));
        world.settings.communes = vec![
            valid("13540", "An Nội", None, before_first),
            valid("13522", "Hưng Công", None, before_first),
            valid("13540", "Bình An cũ", Some(first), before_second),
            valid("13546", "Trung Lương", None, before_second),
            valid("13540", "Bình An", Some(second), None),
        ];
        let part = |code: &str, weight: f64| MergedPart { code: CommuneCode(code.to_owned()), weight: Some(weight) };
        let merger = |on, parts| Merger { on, into: CommuneCode("13540".to_owned()), parts };
        world.settings.mergers = vec![
            merger(first, vec![part("13540", 3.0), part("13522", 1.0)]),
            merger(second, vec![part("13540", 4.0), part("13546", 6.0)]),
        ];
        world
    }

    fn store(world: &mut World, period: &str, commune: &str, unmet: &[&str], values: &[(&str, f64)]) {
        let set = world.sets[0].clone();
        let unmet: Vec<(&str, Option<&str>)> = unmet.iter().map(|code| (*code, Some("not_met"))).collect();
        world.store(&report(period, commune, &set, &unmet));
        for (code, value) in values {
            world.value(code, *value);
        }
    }

    fn history(world: &World, name: &str, period: &str) -> History {
        let commune = world.settings.communes.iter().find(|commune| commune.name == name).unwrap().clone();
        world.ask(period, |input| history::history(input, &commune).unwrap())
    }

    fn made(history: &History, period: &str) -> MadeMonth {
        history.formed.as_ref().unwrap().months[&"nho".into()][&period.parse().unwrap()].clone()
    }

    fn line(month: &MadeMonth, code: &str) -> MadeLine {
        month.line(code.parse().unwrap()).unwrap().clone()
    }

    const MET: MadeStatus = MadeStatus::Told(Status::Met);
    const NOT_MET: MadeStatus = MadeStatus::Told(Status::NotMet);

    #[test]
    fn each_item_of_the_whole_follows_its_own_rule() {
        let mut world = world();
        let values = |first: f64, second: f64| [("3.1", first), ("3.2", second)];
        store(&mut world, "2024-11", "13540", &["2"], &values(80.0, 7.0));
        store(&mut world, "2024-11", "13522", &[], &values(90.0, 5.0));
        let month = made(&history(&world, "Bình An cũ", "2025-03"), "2024-11");
        assert_eq!(month.without, []);
        assert_eq!((line(&month, "1.1").status, line(&month, "1.2").status), (MET, MadeStatus::Anew));
        assert_eq!(line(&month, "2").status, NOT_MET, "all must meet it");
        assert_eq!((line(&month, "3.1").status, line(&month, "3.1").value), (MET, Some(82.5)), "3 : 1");
        assert_eq!((line(&month, "3.2").value, line(&month, "3.2").unit), (Some(12.0), Some("%".to_owned())));
        let criteria: Vec<MadeStatus> = month.criteria.iter().map(|(_, status)| *status).collect();
        assert_eq!(criteria, [MadeStatus::Anew, NOT_MET, MET]);
    }

    #[test]
    fn where_numbers_decide_and_the_parts_differ_it_has_to_be_assessed_anew() {
        let mut world = world();
        store(&mut world, "2024-11", "13540", &["3.1", "3.2"], &[]);
        store(&mut world, "2024-11", "13522", &["3.2"], &[]);
        let month = made(&history(&world, "Bình An cũ", "2025-03"), "2024-11");
        assert_eq!((line(&month, "3.1").status, line(&month, "3.2").status), (MadeStatus::Anew, NOT_MET));
        assert_eq!(line(&month, "3.1").value, None, "no part gives a number");
    }

    #[test]
    fn a_part_that_sent_nothing_makes_nothing_met() {
        let mut world = world();
        store(&mut world, "2024-11", "13540", &["2"], &[("3.1", 80.0)]);
        let month = made(&history(&world, "Bình An cũ", "2025-03"), "2024-11");
        assert_eq!(month.without, [CommuneCode("13522".to_owned())]);
        assert_eq!(line(&month, "1.1").status, MadeStatus::Told(Status::Open));
        assert_eq!(line(&month, "2").status, NOT_MET);
        assert_eq!(line(&month, "3.1").value, None);
    }

    #[test]
    fn a_merger_of_a_merger_reaches_back_to_the_first_parts_and_codes_are_never_mixed() {
        let mut world = world();
        store(&mut world, "2024-11", "13540", &[], &[("3.1", 80.0)]);
        store(&mut world, "2024-11", "13522", &[], &[("3.1", 90.0)]);
        store(&mut world, "2024-11", "13546", &[], &[("3.1", 50.0)]);
        store(&mut world, "2025-03", "13540", &["2"], &[("3.1", 70.0)]);
        store(&mut world, "2025-03", "13546", &[], &[("3.1", 60.0)]);
        store(&mut world, "2025-08", "13540", &[], &[("3.1", 99.0)]);
        let whole = history(&world, "Bình An", "2025-08");
        assert_eq!(line(&made(&whole, "2024-11"), "3.1").value, Some(63.0), "(82.5 · 4 + 50 · 6) / 10");
        assert_eq!(line(&made(&whole, "2025-03"), "3.1").value, Some(64.0));
        assert_eq!(line(&made(&whole, "2025-03"), "2").status, NOT_MET);
        let own: Vec<String> = whole.sets[0].reported().map(|(period, _)| period.to_string()).collect();
        assert_eq!(own, ["2025-08"], "what the code meant before is none of its own reports");
        let old = history(&world, "An Nội", "2025-08");
        let own: Vec<String> = old.sets[0].reported().map(|(period, _)| period.to_string()).collect();
        assert_eq!((own, old.formed), (vec!["2024-11".to_owned()], None));
        assert_eq!(
            old.became.map(|(commune, on)| (commune.name, on)),
            Some(("Bình An cũ".to_owned(), date(2025, 1, 1)))
        );
    }

    #[test]
    fn a_month_of_the_new_commune_is_never_compared_with_its_parts() {
        let mut world = world();
        store(&mut world, "2025-06", "13540", &[], &[]);
        store(&mut world, "2025-07", "13540", &["2"], &[]);
        let standing = &world.assess("2025-07").communes[0].standings[0];
        assert_eq!(standing.before, None);
        assert_eq!(standing.not_met[0].since.unwrap().to_string(), "2025-07");
        let late = world.assess("2025-08");
        assert_eq!(late.communes.len(), 1);
    }
}
