//! What changed against the report before: a row for each commune, before and now for each set.

use super::words::{joined, names};
use super::{Material, assessed_sets, table};
use crate::assess::{Basis, Before, Change, CommuneStatus, Counts, ListKind, Standing, Subject};
use crate::model::report::{Block, Cell, Column, Row, Table, Tone};
use crate::model::{CriteriaSet, ItemCode, Period};

/// The part of the first pages.
pub(super) fn blocks(material: &Material<'_>) -> Vec<Block> {
    let wording = material.wording.changes();
    let heading = Block::Heading(wording.heading().into());
    let communes = material.assessment.communes.iter();
    let compared: Vec<&CommuneStatus> = communes.filter(|status| status.standings.iter().any(is_compared)).collect();
    let (changed, unchanged): (Vec<&CommuneStatus>, Vec<&CommuneStatus>) =
        compared.iter().copied().partition(|status| status.standings.iter().any(has_changed));
    if changed.is_empty() {
        let said = if compared.is_empty() { wording.nothing_before() } else { wording.none() };
        return vec![heading, Block::Paragraph(said.into_spans())];
    }
    let mut blocks = vec![heading, Block::Table(changes(material, &changed))];
    let legend = wording.legend();
    let unchanged = (!unchanged.is_empty()).then(|| wording.unchanged(names(unchanged)));
    blocks.push(Block::Note(joined(std::iter::once(legend).chain(unchanged), " ")));
    blocks
}

/// Items that changed in one way, with the names of their criteria.
pub(super) fn items(material: &Material<'_>, standing: &Standing, set: &CriteriaSet, change: Change) -> Option<String> {
    let codes = codes(standing, change);
    (!codes.is_empty()).then(|| material.items(set, codes))
}

/// Items that changed in one way, and criteria that did so without any of their items: those judged as a whole, or
/// whose items were not all comparable.
pub(super) fn codes(standing: &Standing, change: Change) -> Vec<ItemCode> {
    let mut codes: Vec<ItemCode> = standing.changed(change).collect();
    let by_items: Vec<u16> = codes.iter().map(|code| code.criterion_number()).collect();
    let of_themselves = standing.criteria_changed(change).filter(|number| !by_items.contains(number));
    codes.extend(of_themselves.map(ItemCode::criterion));
    codes.sort();
    codes
}

/// How many were met in the report before, where both lists say so, and in which month that was.
pub(super) fn met_before(standing: &Standing, subject: Subject) -> Option<(Period, u32)> {
    let before = standing.before?;
    let counted = match subject {
        Subject::Criteria => Counted::Criteria,
        Subject::Indicators => Counted::Items,
    };
    pair(before, standing, counted).map(|(met, _)| (before.period, met))
}

fn is_compared(standing: &Standing) -> bool {
    standing.basis == Basis::ThisMonth && standing.before.is_some()
}

fn has_changed(standing: &Standing) -> bool {
    let Some(before) = standing.before.filter(|_| standing.basis == Basis::ThisMonth) else { return false };
    let counted = |subject| pair(before, standing, subject).is_some_and(|(was, is)| was != is);
    let lost_its_list = before.list != ListKind::None && standing.list == ListKind::None;
    let kinds = [Change::FellBack, Change::NewlyMet, Change::NoLongerStated];
    lost_its_list
        || [Counted::Criteria, Counted::Items].into_iter().any(counted)
        || kinds.into_iter().any(|change| !codes(standing, change).is_empty())
}

/// What is counted before and now.
#[derive(Clone, Copy)]
enum Counted {
    Criteria,
    Items,
}

/// How many were met before and are met now, where both lists say so.
fn pair(before: Before, standing: &Standing, counted: Counted) -> Option<(u32, u32)> {
    let met = |before: Counts, now: Counts| Some((before.met, now.met));
    match (counted, before.list, standing.list) {
        (_, ListKind::None, _) | (_, _, ListKind::None) => None,
        (Counted::Criteria, ..) => met(before.criteria, standing.criteria_counts),
        (Counted::Items, ListKind::Indicators, ListKind::Indicators) => met(before.items, standing.item_counts),
        (Counted::Items, ..) => None,
    }
}

/// The ways of change that a set's columns show: met that are not reported any more only where there are some.
fn kinds(material: &Material<'_>, set: &CriteriaSet) -> Vec<Change> {
    let mut standings = material.assessment.standings().filter(|(_, standing)| standing.set == set.id);
    let lost = standings.any(|(_, s)| s.basis == Basis::ThisMonth && !codes(s, Change::NoLongerStated).is_empty());
    let lost = lost.then_some(Change::NoLongerStated);
    [Change::NewlyMet, Change::FellBack].into_iter().chain(lost).collect()
}

fn changes(material: &Material<'_>, changed: &[&CommuneStatus]) -> Table {
    let labels = material.wording.columns();
    let of_set =
        |set: &CriteriaSet| changed.iter().flat_map(|c| &c.standings).any(|s| s.set == set.id && has_changed(s));
    let sets: Vec<&CriteriaSet> = assessed_sets(material).filter(|set| of_set(set)).collect();
    let mut columns: Vec<Column> = vec![table::text(labels.commune(), 12.0)];
    for set in &sets {
        let figures = [table::mark(labels.criterion(), 9.0), table::mark(labels.indicator(), 9.0)];
        let kinds = kinds(material, set).into_iter().map(|change| match change {
            Change::NewlyMet => table::text(labels.newly_met(), 11.0),
            Change::FellBack => table::text(labels.fell_back(), 8.0),
            Change::NoLongerStated => table::text(labels.no_longer_stated(), 9.0),
        });
        columns.extend(figures.into_iter().chain(kinds).map(|column| table::under(&set.short_name, column)));
    }
    let rows = changed.iter().map(|status| {
        let name = Cell::text(&status.commune.name);
        let cells = sets.iter().flat_map(|set| cells(material, status, set));
        table::body(std::iter::once(name).chain(cells).collect())
    });
    let rows: Vec<Row> = rows.collect();
    table::of_text("changes", "", columns, rows)
}

/// The cells of one commune under one set, empty where there is nothing to compare.
fn cells(material: &Material<'_>, status: &CommuneStatus, set: &CriteriaSet) -> Vec<Cell> {
    let wording = material.wording.changes();
    let kinds = kinds(material, set);
    let standing = status.standings.iter().find(|standing| standing.set == set.id && is_compared(standing));
    let Some((standing, before)) = standing.and_then(|standing| Some((standing, standing.before?))) else {
        return std::iter::repeat_with(Cell::empty).take(2 + kinds.len()).collect();
    };
    let figures = [Counted::Criteria, Counted::Items].map(|counted| {
        pair(before, standing, counted).map(|(was, is)| match was == is {
            true => is.to_string(),
            false => wording.before_now(was, is).into(),
        })
    });
    let [mut criteria, items] = figures;
    if before.list != ListKind::None && standing.list == ListKind::None {
        criteria = Some(wording.no_list().into());
    }
    // The month before is what a reader takes for granted; another one is said.
    if before.period != material.assessment.period.previous() {
        criteria = criteria.map(|figures| wording.against(figures, before.period.short()).into());
    }
    let kinds = kinds.into_iter().map(|change| {
        let codes = codes(standing, change);
        let cell = table::optional((!codes.is_empty()).then(|| joined(codes, ", ")));
        match (&cell.value, change) {
            (crate::model::report::CellValue::Text(_), Change::FellBack) => cell.toned(Tone::NotMet),
            _ => cell,
        }
    });
    [table::optional(criteria), table::optional(items)].into_iter().chain(kinds).collect()
}
