//! Whether a commune will meet a set in its year: the pace of the last months against what is still missing.
//!
//! The arithmetic is in whole numbers and is shown; with fewer than three months there is none.

use std::collections::BTreeMap;

use polars::prelude::{
    DataType, IntoLazy, JoinArgs, JoinType, PolarsResult, SortMultipleOptions, UniqueKeepStrategy, col, len, lit,
};

use super::Input;
use super::columns::{keys, months, pairs};
use super::grid::columns;
use super::outcome::{Basis, Counts, ListKind, Standing};
use super::scope::Scope;
use super::spans::{self, Span};
use super::statement::{self, by_names};
use crate::model::{Commune, Period};

/// How far back the pace is taken, in months with that of the report.
const LOOK_BACK: i32 = 12;
/// Fewest months from which a pace is told.
const FEWEST_MONTHS: usize = 3;

/// Where a commune stands on its way to a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Course {
    /// The year in which the set is to be met.
    pub year: i16,
    /// Months from the assessed one to the end of that year; 0 where it is over.
    pub months_left: u32,
    /// Criteria and items that are not met yet.
    pub missing: (u32, u32),
    /// What the last months brought, where there are enough of them.
    pub pace: Option<Pace>,
    /// What follows.
    pub outlook: Outlook,
}

/// What the last months brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// The first month it is told from.
    pub from: Period,
    /// The last one.
    pub to: Period,
    /// Items gained between them; fewer than before where it is negative.
    pub gained: i32,
    /// Months between them.
    pub months: u32,
}

impl Pace {
    /// How many items so many months would bring at this pace, in whole ones.
    #[must_use]
    pub fn brings(&self, months: u32) -> u32 {
        (self.gained.max(0).unsigned_abs() * months).checked_div(self.months).unwrap_or(0)
    }
}

/// What the pace says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outlook {
    /// Nothing is missing.
    Met,
    /// At this pace it is met in its year.
    OnCourse,
    /// At this pace it comes later; at twice the pace it would come in time.
    Behind,
    /// Not even at twice the pace, or nothing was gained, or the year is over.
    OutOfReach,
    /// So many months with a whole list are too few to tell.
    TooFew(usize),
    /// The list that counts has gaps, so what is missing is not known.
    Unknown,
}

/// Places of a commune and of a set.
type Pair = (u32, u32);

/// Items that are met or do not apply, by month, of reports with a whole list; only where a year is set.
pub(super) fn gained(input: &Input<'_>, scope: &Scope<'_>) -> PolarsResult<BTreeMap<Pair, Vec<(Period, u32)>>> {
    const MONTHLY: [&str; 3] = ["commune_rank", "set_rank", "period"];
    const ITEM: [&str; 5] = ["commune_rank", "set_rank", "period", "criterion", "indicator"];
    let wanted: Vec<Pair> = targets(input, scope).into_keys().collect();
    if wanted.is_empty() {
        return Ok(BTreeMap::new());
    }
    let wanted = polars::df!(
        "commune_rank" => wanted.iter().map(|pair| pair.0).collect::<Vec<_>>(),
        "set_rank" => wanted.iter().map(|pair| pair.1).collect::<Vec<_>>(),
    )?;
    let pair = ["commune_rank", "set_rank"];
    let items = scope.item_frame.clone().lazy();
    let sizes = items.clone().group_by_stable([col("set_rank")]).agg([len().cast(DataType::UInt32).alias("size")]);
    let of_set = ["set_rank", "criterion", "indicator"];
    let first = input.period.plus_months(1 - LOOK_BACK);
    let fulfilled = col("verdict").eq(lit("met")).or(col("verdict").eq(lit("not_applicable")));
    let counted = [fulfilled.sum().alias("fulfilled"), len().alias("stated")].map(|sum| sum.cast(DataType::UInt32));
    let of_span = |span: Span| {
        let rows = statement::ranked(input.observations.clone().filter(statement::own(input).and(span.holds())), scope)
            .filter(statement::counts(input))
            .join(wanted.clone().lazy(), columns(&pair), columns(&pair), JoinArgs::new(JoinType::Semi));
        Ok(super::hands::laid_over_months(input, scope, rows, &span.holds(), None)?
            .filter(col("verdict").is_not_null())
            .join(items.clone(), columns(&of_set), columns(&of_set), JoinArgs::new(JoinType::Semi))
            .unique_stable(Some(by_names(&ITEM)), UniqueKeepStrategy::First)
            .group_by_stable(columns(&MONTHLY))
            .agg(counted.clone())
            .join(sizes.clone(), [col("set_rank")], [col("set_rank")], JoinArgs::new(JoinType::Inner))
            .filter(col("stated").eq(col("size"))))
    };
    let frame = spans::collected(&spans::spans(input, Some(first), input.period)?, of_span)?
        .lazy()
        .sort(MONTHLY, SortMultipleOptions::default())
        .collect()?;
    let mut gained: BTreeMap<Pair, Vec<(Period, u32)>> = BTreeMap::new();
    let rows = pairs(&frame)?.into_iter().zip(months(&frame, "period")?).zip(keys(&frame, "fulfilled")?);
    for ((pair, period), fulfilled) in rows {
        gained.entry(pair).or_default().extend(period.map(|period| (period, fulfilled)));
    }
    Ok(gained)
}

/// The years set for the expected communes and the sets in force.
pub(super) fn targets(input: &Input<'_>, scope: &Scope<'_>) -> BTreeMap<Pair, i16> {
    let place = |target: &crate::settings::RoadmapTarget| {
        // A code is used again after mergers: a year that was over before a commune began was set for another.
        let is_its = |commune: &&Commune| {
            commune.code == target.commune && commune.valid_from.is_none_or(|from| from.year() <= target.year)
        };
        let commune = scope.communes.iter().position(is_its)?;
        let set = scope.sets.iter().position(|set| set.id == target.set)?;
        Some(((commune as u32, set as u32), target.year))
    };
    input.settings.roadmap.iter().filter_map(place).collect()
}

/// The course of a standing towards its year.
pub(super) fn course(standing: &Standing, period: Period, year: i16, gained: &[(Period, u32)]) -> Course {
    let months_left = Period::new(year, 12).map_or(0, |december| period.months_until(december));
    let missing = |counts: Counts| counts.not_met + counts.unknown();
    let missing = (missing(standing.criteria_counts), missing(standing.item_counts));
    let pace = match gained {
        [first, .., last] if gained.len() >= FEWEST_MONTHS => Some(Pace {
            from: first.0,
            to: last.0,
            gained: last.1.cast_signed() - first.1.cast_signed(),
            months: first.0.months_until(last.0),
        }),
        _ => None,
    };
    let known =
        standing.basis != Basis::Nothing && standing.list != ListKind::None && standing.item_counts.unknown() == 0;
    let outlook = match pace {
        _ if !known => Outlook::Unknown,
        _ if missing.1 == 0 => Outlook::Met,
        None => Outlook::TooFew(gained.len()),
        Some(pace) => outlook(pace, missing.1, months_left),
    };
    Course { year, months_left, missing, pace, outlook }
}

fn outlook(pace: Pace, missing: u32, months_left: u32) -> Outlook {
    let gain = u64::from(pace.gained.max(0).unsigned_abs()) * u64::from(months_left);
    let need = u64::from(missing) * u64::from(pace.months);
    match () {
        () if gain == 0 => Outlook::OutOfReach,
        () if gain >= need => Outlook::OnCourse,
        () if 2 * gain >= need => Outlook::Behind,
        () => Outlook::OutOfReach,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::made::{World, report, set};
    use crate::model::CommuneCode;
    use crate::settings::RoadmapTarget;

    /// A commune that has so many of twenty items, month by month from January 2023, and is to meet all in a year.
    fn told(fulfilled: &[usize], year: i16) -> Course {
        let set = set("hai-muoi", "NTM", &[("A", 10), ("B", 10)]);
        let mut world = World::new(&[("13546", "Trung Lương")], vec![set.clone()]);
        world.settings.roadmap =
            vec![RoadmapTarget { commune: CommuneCode("13546".to_owned()), set: set.id.clone(), year }];
        let codes: Vec<String> = set.indicators().map(|indicator| indicator.code.to_string()).collect();
        let months: Vec<String> = (1..=fulfilled.len()).map(|month| format!("2023-{month:02}")).collect();
        for (period, met) in months.iter().zip(fulfilled) {
            let unmet: Vec<(&str, Option<&str>)> =
                codes.iter().skip(*met).map(|code| (code.as_str(), Some("not_met"))).collect();
            world.store(&report(period, "13546", &set, &unmet));
        }
        let last = months.last().unwrap();
        world.assess(last).communes[0].standings[0].course.unwrap()
    }

    #[test]
    fn the_pace_of_the_last_months_is_held_against_what_is_missing() {
        let course = told(&[10, 11, 12, 13], 2023);
        let pace = course.pace.unwrap();
        assert_eq!((pace.gained, pace.months, course.months_left, course.missing), (3, 3, 8, (1, 7)));
        assert_eq!((pace.brings(8), course.outlook), (8, Outlook::OnCourse));
        assert_eq!(told(&[8, 9, 10, 11], 2023).outlook, Outlook::Behind, "9 are missing, 8 would come");
        assert_eq!(told(&[0, 1, 2, 3], 2023).outlook, Outlook::OutOfReach, "17 are missing, 8 would come");
        assert_eq!(told(&[0, 1, 2, 3], 2025).outlook, Outlook::OnCourse);
    }

    #[test]
    fn without_any_gain_or_after_its_year_it_is_out_of_reach() {
        assert_eq!(told(&[15, 15, 15], 2030).outlook, Outlook::OutOfReach);
        assert_eq!(told(&[16, 15, 14], 2030).outlook, Outlook::OutOfReach);
        assert_eq!(told(&[15, 16, 17], 2022).outlook, Outlook::OutOfReach);
    }

    #[test]
    fn with_fewer_than_three_months_no_pace_is_told() {
        let course = told(&[10, 15], 2023);
        assert_eq!((course.pace, course.outlook), (None, Outlook::TooFew(2)));
        assert_eq!(told(&[20], 2023).outlook, Outlook::Met, "what is met needs no pace");
    }

    #[test]
    fn a_year_ago_says_nothing_of_the_pace_of_today() {
        let fulfilled: Vec<usize> = std::iter::once(0).chain(std::iter::repeat_n(18, 11)).collect();
        assert_eq!(told(&fulfilled, 2024).outlook, Outlook::OnCourse, "January still counts in December");
        let set = set("hai-muoi", "NTM", &[("A", 10), ("B", 10)]);
        let mut world = World::new(&[("13546", "Trung Lương")], vec![set.clone()]);
        world.settings.roadmap =
            vec![RoadmapTarget { commune: CommuneCode("13546".to_owned()), set: set.id.clone(), year: 2024 }];
        for period in ["2022-01", "2023-01", "2023-02", "2023-03"] {
            let unmet: &[(&str, Option<&str>)] = if period == "2022-01" {
                &[("1.1", Some("not_met")), ("1.2", Some("not_met"))]
            } else {
                &[("1.1", Some("not_met"))]
            };
            world.store(&report(period, "13546", &set, unmet));
        }
        let course = world.assess("2023-03").communes[0].standings[0].course.unwrap();
        assert_eq!((course.pace.unwrap().gained, course.outlook), (0, Outlook::OutOfReach));
    }

    #[test]
    fn a_year_that_was_set_for_the_commune_that_bore_the_code_before_is_not_the_new_one_s() {
        let set = set("hai-muoi", "NTM", &[("A", 10), ("B", 10)]);
        let mut world = World::new(&[("13540", "Bình An")], vec![set.clone()]);
        world.settings.communes[0].valid_from = Some(jiff::civil::date(2025, 1, 1));
        world.store(&report("2025-03", "13540", &set, &[]));
        for (year, is_its) in [(2024, false), (2025, true)] {
            let commune = CommuneCode("13540".to_owned());
            world.settings.roadmap = vec![RoadmapTarget { commune, set: set.id.clone(), year }];
            assert_eq!(world.assess("2025-03").communes[0].standings[0].course.is_some(), is_its, "{year}");
        }
    }

    #[test]
    fn a_list_with_gaps_has_no_course_and_no_month_in_the_pace() {
        let set = set("hai-muoi", "NTM", &[("A", 10), ("B", 10)]);
        let mut world = World::new(&[("13546", "Trung Lương")], vec![set.clone()]);
        world.settings.roadmap =
            vec![RoadmapTarget { commune: CommuneCode("13546".to_owned()), set: set.id.clone(), year: 2024 }];
        for (period, verdict) in [("2023-01", None), ("2023-02", Some("not_met")), ("2023-03", Some("not_met"))] {
            world.store(&report(period, "13546", &set, &[("1.1", verdict)]));
        }
        let outlook = |period: &str| world.assess(period).communes[0].standings[0].course.unwrap().outlook;
        assert_eq!(outlook("2023-01"), Outlook::Unknown);
        assert_eq!(outlook("2023-03"), Outlook::TooFew(2));
    }
}
