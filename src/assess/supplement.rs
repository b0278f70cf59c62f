//! What a closed month's figures have become since: only the difference, line by line, with the cells of both sides.

use std::collections::{BTreeMap, BTreeSet};

use super::figures::{ComparedFigures, Figure, Figures, SetFigures, Source, StandingFigures, Totals};
use super::outcome::Status;
use crate::model::{CommuneCode, ItemCode, SetId};

/// The difference between the figures of a month as they were told last and as they are now.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Supplement {
    /// Sets whose totals over the unit differ, before and now.
    pub sets: Vec<(SetFigures, SetFigures)>,
    /// Figures of earlier months that stood beside and differ, before and now.
    pub compared: Vec<(ComparedFigures, ComparedFigures)>,
    /// Communes and sets with a difference, in order.
    pub standings: Vec<Amended>,
}

/// One commune under one set, of which something differs.
#[derive(Debug, Clone, PartialEq)]
pub struct Amended {
    /// The commune.
    pub commune: CommuneCode,
    /// Its name, with its kind.
    pub name: String,
    /// The set.
    pub set: SetId,
    /// The report it rested on and rests on, also where both are the same.
    pub report: Sides<Source>,
    /// The totals that the reports state.
    pub declared: Sides<Totals>,
    /// The totals by the lists.
    pub listed: Sides<Totals>,
    /// Items, and criteria that are told only as wholes, of which something differs, in order.
    pub items: Vec<(ItemCode, Sides<Figure>)>,
}

/// Before and now; `None` where nothing was or is said.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sides<T> {
    /// As told last.
    pub before: Option<T>,
    /// As it is now.
    pub now: Option<T>,
}

impl<T: PartialEq> Sides<T> {
    /// Whether both sides differ.
    #[must_use]
    pub fn differ(&self) -> bool {
        self.before != self.now
    }
}

impl Supplement {
    /// Whether there is nothing to tell.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sets.is_empty() && self.compared.is_empty() && self.standings.is_empty()
    }

    /// How many items and how many communes differ.
    #[must_use]
    pub fn size(&self) -> (usize, usize) {
        let communes: BTreeSet<&CommuneCode> = self.standings.iter().map(|standing| &standing.commune).collect();
        (self.standings.iter().map(|standing| standing.items.len()).sum(), communes.len())
    }
}

/// What differs between two states of a month's figures.
#[must_use]
pub fn supplement(before: &Figures, now: &Figures) -> Supplement {
    let sets = now.sets.iter().filter_map(|now| {
        let before = before.sets.iter().find(|before| before.set == now.set)?;
        (before != now).then(|| (before.clone(), now.clone()))
    });
    // What was not told beside it then is no correction of it.
    let compared = now.compared.iter().filter_map(|now| {
        let is_same = |before: &&ComparedFigures| (before.compared, &before.set) == (now.compared, &now.set);
        let before = before.compared.iter().find(is_same)?;
        (before != now).then(|| (before.clone(), now.clone()))
    });
    let old: BTreeMap<Key<'_>, &StandingFigures> = before.standings.iter().map(|one| (key(one), one)).collect();
    let new: BTreeSet<Key<'_>> = now.standings.iter().map(key).collect();
    let still = now.standings.iter().map(|now| (old.get(&key(now)).copied(), Some(now)));
    let gone = before.standings.iter().filter(|before| !new.contains(&key(before)));
    let standings = still.chain(gone.map(|before| (Some(before), None)));
    Supplement {
        sets: sets.collect(),
        compared: compared.collect(),
        standings: standings.filter_map(|(before, now)| amended(before, now)).collect(),
    }
}

type Key<'a> = (&'a CommuneCode, &'a SetId);

fn key(standing: &StandingFigures) -> Key<'_> {
    (&standing.commune, &standing.set)
}

fn amended(before: Option<&StandingFigures>, now: Option<&StandingFigures>) -> Option<Amended> {
    let any = now.or(before)?;
    let amended = Amended {
        commune: any.commune.clone(),
        name: any.name.clone(),
        set: any.set.clone(),
        report: sides(before, now, |one| one.report.clone()),
        declared: sides(before, now, |one| one.declared),
        listed: sides(before, now, |one| Some(one.listed)),
        items: items(before, now),
    };
    let says = amended.declared.differ() || amended.listed.differ() || !amended.items.is_empty();
    // Another file that says the same is a difference too: its cells are those that the figures rest on now.
    (says || amended.report.differ()).then_some(amended)
}

fn sides<T>(
    before: Option<&StandingFigures>,
    now: Option<&StandingFigures>,
    of: impl Fn(&StandingFigures) -> Option<T>,
) -> Sides<T> {
    Sides { before: before.and_then(&of), now: now.and_then(&of) }
}

/// Items that differ; criteria only where they are no item themselves.
fn items(before: Option<&StandingFigures>, now: Option<&StandingFigures>) -> Vec<(ItemCode, Sides<Figure>)> {
    let figures = |one: Option<&StandingFigures>| -> BTreeMap<ItemCode, Figure> {
        let Some(one) = one else { return BTreeMap::new() };
        let wholes = one.criteria.iter().map(|(code, status)| (*code, Figure::bare(*status)));
        wholes.chain(one.items.iter().map(|(code, figure)| (*code, figure.clone()))).collect()
    };
    let (before, now) = (figures(before), figures(now));
    let codes: BTreeSet<ItemCode> = before.keys().chain(now.keys()).copied().collect();
    let of = |code: ItemCode| (code, Sides { before: before.get(&code).cloned(), now: now.get(&code).cloned() });
    codes.into_iter().map(of).filter(|(_, sides)| !same(sides)).collect()
}

/// Whether both sides say the same; where it stands is no part of what it says.
fn same(sides: &Sides<Figure>) -> bool {
    let said = |figure: &Option<Figure>| {
        let figure = figure.clone().unwrap_or_else(|| Figure::bare(Status::NotReported));
        Figure { cell: None, value: None, ..figure }
    };
    let value = |figure: &Option<Figure>| figure.as_ref().and_then(|figure| figure.value);
    let values = match (value(&sides.before), value(&sides.now)) {
        // A number that was written as text and read again may differ in its last bit.
        (Some(before), Some(now)) => (before - now).abs() <= f64::EPSILON * 4.0 * before.abs().max(now.abs()),
        (before, now) => before == now,
    };
    values && said(&sides.before) == said(&sides.now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::made::{Report, World, report, small_set};

    fn world(unmet: &[(&str, Option<&str>)]) -> World {
        let set = small_set();
        let mut world = World::new(&[("13546", "Trung Lương"), ("13555", "La Sơn")], vec![set.clone()]);
        world.store(&report("2023-04", "13546", &set, unmet));
        world
    }

    fn figures(world: &World) -> Figures {
        crate::assess::figures(&world.assess("2023-04")).unwrap()
    }

    fn difference(before: &World, now: &World) -> Supplement {
        supplement(&figures(before), &figures(now))
    }

    #[test]
    fn the_same_figures_have_no_supplement() {
        assert!(difference(&world(&[("2", Some("not_met"))]), &world(&[("2", Some("not_met"))])).is_empty());
    }

    #[test]
    fn an_item_tells_from_what_to_what_and_the_totals_follow() {
        let mut now = world(&[("2", Some("met")), ("1.1", Some("not_met"))]);
        now.value("3.1", 85.2);
        let supplement = difference(&world(&[("2", Some("not_met")), ("1.1", Some("not_met"))]), &now);
        assert_eq!(supplement.size(), (2, 1));
        let [amended] = supplement.standings.as_slice() else { panic!("one commune: {supplement:#?}") };
        assert_eq!((amended.name.as_str(), amended.report.differ()), ("xã Trung Lương", false));
        let codes: Vec<String> = amended.items.iter().map(|(code, _)| code.to_string()).collect();
        assert_eq!(codes, ["2", "3.1"]);
        let (_, two) = &amended.items[0];
        let status = |figure: &Option<Figure>| figure.as_ref().map(|figure| (figure.status, figure.cell.clone()));
        assert_eq!(status(&two.before), Some((Status::NotMet, Some("E7".to_owned()))));
        assert_eq!(status(&two.now), Some((Status::Met, Some("E7".to_owned()))));
        assert_eq!(amended.listed.before.unwrap().criteria, Some(1));
        assert_eq!(amended.listed.now.unwrap().criteria, Some(2));
        assert!(supplement.sets.is_empty(), "no commune more meets the set");
    }

    #[test]
    fn a_late_report_changes_the_unit_and_names_all_it_says() {
        let set = small_set();
        let mut now = world(&[]);
        now.store(&report("2023-04", "13555", &set, &[]));
        let supplement = difference(&world(&[]), &now);
        let [(before, after)] = supplement.sets.as_slice() else { panic!("one set: {supplement:#?}") };
        assert_eq!(((before.reported, before.complete), (after.reported, after.complete)), ((1, 1), (2, 2)));
        let [amended] = supplement.standings.as_slice() else { panic!("one commune") };
        assert_eq!((amended.report.before.clone(), amended.items.len()), (None, 8), "six items and two whole criteria");
    }

    #[test]
    fn figures_of_a_month_or_a_year_before_that_stood_beside_are_amended_too() {
        let set = small_set();
        let with_year_ago = |unmet: &[(&str, Option<&str>)]| {
            let mut world = world(&[]);
            world.store(&report("2022-04", "13546", &set, unmet));
            world
        };
        let (told, now) = (with_year_ago(&[("2", Some("not_met"))]), with_year_ago(&[]));
        let supplement = difference(&told, &now);
        let [(before, after)] = supplement.compared.as_slice() else { panic!("a year before: {supplement:#?}") };
        assert_eq!(before.compared.to_string(), "2022-04");
        assert_eq!(((before.complete, before.mean_hundredths), after.complete), ((0, Some(200)), 1));
        assert!(supplement.standings.is_empty(), "this month's own figures are as they were");
        assert!(difference(&world(&[]), &now).compared.is_empty(), "what was not told is not corrected");
    }

    #[test]
    fn a_corrected_file_that_says_the_same_is_named_for_its_cells_alone() {
        let set = small_set();
        let mut now = world(&[]);
        now.submissions.clear();
        now.observations.clear();
        now.store(&Report { file: "BC sửa.xlsx".to_owned(), ..report("2023-04", "13546", &set, &[]) });
        let supplement = difference(&world(&[]), &now);
        let [amended] = supplement.standings.as_slice() else { panic!("one commune") };
        assert!(amended.items.is_empty() && amended.report.differ());
    }

    #[test]
    fn a_number_that_went_through_text_is_the_same_number() {
        let figure = |value| Some(Figure { value: Some(value), ..Figure::bare(Status::Met) });
        assert!(same(&Sides { before: figure(0.1 + 0.2), now: figure(0.3) }));
        assert!(!same(&Sides { before: figure(85.2), now: figure(85.3) }));
    }
}
