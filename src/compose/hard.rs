//! What is hard: the criteria and indicators that most communes do not meet, the first on paper, all in the workbook.

use super::{Material, table, with_status};
use crate::assess::{SetStatus, Tally};
use crate::catalogue::wording::Said;
use crate::model::report::{Block, Cell, Column, Media, PageStart, Row, Section, Table};
use crate::model::{CriteriaSet, ItemCode};

/// How many of the hardest a committee is shown; the workbook ranks all.
const SHOWN: usize = 5;

/// The part of the first pages: for each set the hardest criteria and, beside them, the hardest indicators.
pub(super) fn blocks(material: &Material<'_>) -> Vec<Block> {
    let wording = material.wording.hard();
    let mut blocks = vec![Block::Heading(wording.heading().into())];
    let mut unconfirmed = false;
    let mut more = false;
    for (set, status) in with_status(material) {
        let (criteria, items) = hardest(set, status);
        if criteria.is_empty() {
            blocks.push(Block::Paragraph(wording.none(&set.short_name).into_spans()));
            continue;
        }
        blocks.push(Block::Table(beside(material, set, listed(status), &criteria, &items)));
        unconfirmed |= super::annex::unconfirmed(set) > 0;
        more |= criteria.len() > SHOWN || items.len() > SHOWN;
    }
    blocks.extend(more.then(|| Block::Note(wording.more(wording.sheet()).into())));
    blocks.extend(unconfirmed.then(|| Block::Note(material.wording.words().unconfirmed_note().into())));
    blocks
}

/// All that some commune does not meet, ranked: one table, so that it can be filtered.
pub(super) fn section(material: &Material<'_>) -> Section {
    let wording = material.wording.hard();
    let columns = material.wording.columns();
    let mut notes = Vec::new();
    let mut rows = Vec::new();
    for (set, status) in with_status(material) {
        let (criteria, items) = hardest(set, status);
        if criteria.is_empty() {
            notes.push(Block::Note(wording.none(&set.short_name).into()));
            continue;
        }
        notes.push(Block::Note(wording.caption(&set.short_name, listed(status)).into()));
        let criterion = |code| criterion_name(material, set, code);
        let item = |code| material.item_name(set, code);
        let ranked = |kind, name, tally| ranked(material, set, kind, name, tally);
        rows.extend(criteria.into_iter().map(|tally| ranked(columns.criterion(), criterion(tally.code), tally)));
        rows.extend(items.into_iter().map(|tally| ranked(columns.indicator(), item(tally.code), tally)));
    }
    let labels = vec![
        table::text(columns.set(), 14.0),
        table::text(columns.kind(), 10.0),
        table::mark(columns.item(), 7.0),
        table::text(columns.content(), 70.0),
        table::figure(columns.not_met(), 9.0),
        table::figure(columns.met(), 9.0),
        table::figure(columns.not_applicable(), 9.0),
        table::figure(columns.unknown(), 9.0),
    ];
    let past = material.assessment.past.iter();
    let labels = labels
        .into_iter()
        .chain(past.map(|past| table::figure(wording.not_met_in(past.period.short()), 9.0)))
        .collect();
    let mut blocks = notes;
    blocks.extend((!rows.is_empty()).then(|| Block::Table(table::of_text("hard", "", labels, rows))));
    let unconfirmed = with_status(material).any(|(set, _)| super::annex::unconfirmed(set) > 0);
    blocks.extend(unconfirmed.then(|| Block::Note(material.wording.words().unconfirmed_note().into())));
    Section {
        id: "hard".to_owned(),
        media: Media::Workbook,
        title: wording.title().into(),
        sheet_name: wording.sheet().into(),
        page: PageStart::NewLandscape,
        blocks,
    }
}

/// An item with its counts, and with how many communes did not meet it in the months of the past that are stored.
fn ranked(material: &Material<'_>, set: &CriteriaSet, kind: Said, name: String, tally: &Tally) -> Row {
    let counts = tally.communes;
    let numbers = [counts.not_met, counts.met, counts.not_applicable, counts.unknown()];
    let lead = [Cell::text(&set.short_name), Cell::text(kind), Cell::text(tally.code.to_string()), Cell::text(name)];
    let past = material.assessment.past.iter().map(|past| past.not_met(&set.id, tally.code));
    let past = past.map(then);
    table::body(lead.into_iter().chain(numbers.map(|number| Cell::integer(number.into()))).chain(past).collect())
}

/// `3/16`: how many communes did not meet it then, of how many with a list; other communes may have had one.
fn then(count: Option<(u32, u32)>) -> Cell {
    count.map_or_else(Cell::empty, |(not_met, of)| Cell::text(super::words::of(not_met, of)))
}

/// Criteria and, where they are known, indicators that some commune does not meet, hardest first.
fn hardest<'a>(set: &CriteriaSet, status: &'a SetStatus) -> (Vec<&'a Tally>, Vec<&'a Tally>) {
    let items = if set.indicators_known { status.hardest_items() } else { Vec::new() };
    (status.hardest_criteria(), items)
}

/// How many communes have a list of this month.
fn listed(status: &SetStatus) -> u32 {
    status.criteria.first().map_or(0, |tally| tally.communes.total())
}

fn beside(material: &Material<'_>, set: &CriteriaSet, count: u32, criteria: &[&Tally], items: &[&Tally]) -> Table {
    let columns = material.wording.columns();
    let last = material.assessment.past.first().filter(|past| past.period == material.assessment.period.previous());
    let group = |heading: &Said, content: f32| -> Vec<Column> {
        let columns = [
            table::mark(columns.item(), 5.0),
            table::text(columns.content(), content),
            table::figure(columns.not_met(), 6.0),
        ];
        let before = last.map(|past| table::figure(past.period.short(), 6.0));
        columns.into_iter().chain(before).map(|column| table::under(heading.to_string(), column)).collect()
    };
    let of_items = if items.is_empty() { Vec::new() } else { group(&columns.indicator(), 42.0) };
    let labels: Vec<Column> = group(&columns.criterion(), 24.0).into_iter().chain(of_items).collect();
    let cells = |tallies: &[&Tally], place: usize, name: &dyn Fn(ItemCode) -> String| -> Vec<Cell> {
        let Some(tally) = tallies.get(place) else { return vec![Cell::empty(); 3 + usize::from(last.is_some())] };
        let not_met = Cell::integer(tally.communes.not_met.into());
        let before = last.map(|past| then(past.not_met(&set.id, tally.code)));
        let own = [Cell::text(tally.code.to_string()), Cell::text(name(tally.code)), not_met];
        own.into_iter().chain(before).collect()
    };
    let rows = (0..SHOWN.min(criteria.len().max(items.len()))).map(|place| {
        let left = cells(criteria, place, &|code| criterion_name(material, set, code));
        let right = cells(items, place, &|code| material.brief_item_name(set, code));
        let right = if items.is_empty() { Vec::new() } else { right };
        table::body(left.into_iter().chain(right).collect())
    });
    let rows: Vec<Row> = rows.collect();
    let caption = material.wording.hard().caption(&set.short_name, count);
    table::of_text(format!("hard-{}", set.id), caption, labels, rows)
}

fn criterion_name(material: &Material<'_>, set: &CriteriaSet, code: ItemCode) -> String {
    let criterion = set.criterion(code.criterion_number());
    criterion.map_or_else(String::new, |criterion| material.criterion_name(criterion))
}
