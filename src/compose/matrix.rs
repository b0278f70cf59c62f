//! Communes against criteria, and against indicators: a letter in each cell, never colour alone.

use super::words::joined;
use super::{Material, table};
use crate::assess::{Basis, CriterionState, ListKind, SetStatus, Standing, Status, Subject, Tally, items};
use crate::catalogue::wording::Said;
use crate::model::CriteriaSet;
use crate::model::report::{Block, Cell, Column, Media, PageStart, Row, Section, Table, TableStyle, Tone};

/// The matrix by criterion; where the set's indicators are known, in the workbook also the one by indicator.
pub(super) fn sections(material: &Material<'_>, set: &CriteriaSet) -> Vec<Section> {
    let wording = material.wording.matrix();
    let Some(status) = material.assessment.sets.iter().find(|status| status.set == set.id) else { return Vec::new() };
    let by_criterion = Section {
        id: format!("matrix-{}", set.id),
        media: Media::Both,
        title: wording.title(&set.short_name).into(),
        sheet_name: wording.sheet(&set.short_name).into(),
        page: PageStart::NewLandscape,
        blocks: std::iter::once(Block::Table(by_criterion(material, set, status)))
            .chain(notes(material, set))
            .collect(),
    };
    let by_item = set.indicators_known.then(|| Section {
        id: format!("matrix-indicators-{}", set.id),
        media: Media::Workbook,
        title: wording.indicator_title(&set.short_name).into(),
        sheet_name: wording.indicator_sheet(&set.short_name).into(),
        page: PageStart::NewLandscape,
        blocks: std::iter::once(Block::Table(by_item(material, set, status))).chain(notes(material, set)).collect(),
    });
    std::iter::once(by_criterion).chain(by_item).collect()
}

fn by_criterion(material: &Material<'_>, set: &CriteriaSet, status: &SetStatus) -> Table {
    let labels = set.criteria.iter().map(|criterion| table::mark(criterion.number.to_string(), 3.2));
    let columns: Vec<Column> = std::iter::once(table::text(material.wording.columns().commune(), 24.0))
        .chain(labels)
        .chain(total_columns(material, set))
        .collect();
    let rows = standings(material, set).map(|(name, standing)| {
        let cells = standing.criteria.iter().map(|criterion| {
            let cell = mark(material, standing, criterion.status, unmet_below(criterion));
            Cell { source: criterion.source, ..cell }
        });
        table::body(std::iter::once(name).chain(cells).chain(totals(set, standing)).collect())
    });
    let rows = rows.collect::<Vec<_>>();
    let empty_totals = total_columns(material, set).len();
    matrix(
        format!("matrix-{}", set.id),
        columns,
        rows,
        tally_rows(material, &status.criteria, set.criteria.len(), empty_totals),
    )
}

fn by_item(material: &Material<'_>, set: &CriteriaSet, status: &SetStatus) -> Table {
    let wording = material.wording.matrix();
    let labels = items(set).map(|code| {
        let group = wording.criterion_group(code.criterion_number());
        table::under(group, table::mark(code.to_string(), 5.0))
    });
    let columns: Vec<Column> =
        std::iter::once(table::text(material.wording.columns().commune(), 22.0)).chain(labels).collect();
    let rows = standings(material, set).map(|(name, standing)| {
        let cells = standing
            .items
            .iter()
            .map(|item| Cell { source: item.source, ..mark(material, standing, item.status, None) });
        table::body(std::iter::once(name).chain(cells).collect())
    });
    let rows = rows.collect::<Vec<_>>();
    let width = columns.len() - 1;
    matrix(format!("matrix-indicators-{}", set.id), columns, rows, tally_rows(material, &status.items, width, 0))
}

fn matrix(id: String, columns: Vec<Column>, mut rows: Vec<Row>, tallies: Vec<Row>) -> Table {
    rows.extend(tallies);
    Table { id, caption: String::new(), columns, rows, key_columns: 1, style: TableStyle::Matrix }
}

/// Each commune's standing under a set, with the name its row bears.
fn standings<'a>(material: &'a Material<'a>, set: &'a CriteriaSet) -> impl Iterator<Item = (Cell, &'a Standing)> {
    let wording = material.wording.matrix();
    material.assessment.standings().filter(|(_, standing)| standing.set == set.id).map(move |(status, standing)| {
        let name = &status.commune.name;
        let cell = match standing.basis {
            Basis::ThisMonth => Cell::text(name),
            Basis::Earlier(period) => Cell::text(wording.earlier_commune(name, period.short())).toned(Tone::Outdated),
            Basis::Nothing => Cell::text(wording.no_commune(name)).toned(Tone::NotReported),
        };
        (cell, standing)
    })
}

/// The letter of a status; of an earlier month it bears a mark.
fn mark(material: &Material<'_>, standing: &Standing, status: Status, unmet: Option<u32>) -> Cell {
    let wording = material.wording.matrix();
    let (letter, tone): (Said, Tone) = match (status, unmet) {
        (Status::Met, _) => (wording.met(), Tone::Met),
        (Status::NotMet, Some(count)) => (wording.not_met_count(count), Tone::NotMet),
        (Status::NotMet, None) => (wording.not_met(), Tone::NotMet),
        (Status::NotApplicable, _) => (wording.not_applicable(), Tone::NotApplicable),
        (Status::Open, _) => (wording.open(), Tone::Warning),
        (Status::NotReported, _) => (wording.not_reported(), Tone::NotReported),
    };
    match standing.basis {
        Basis::Earlier(_) if status != Status::NotReported => Cell::text(wording.marked(letter)).toned(Tone::Outdated),
        _ => Cell::text(letter).toned(tone),
    }
}

/// How many indicators are unmet, where the criterion has more than one.
fn unmet_below(criterion: &CriterionState) -> Option<u32> {
    (criterion.items.total() > 1 && criterion.items.not_met > 0).then_some(criterion.items.not_met)
}

fn total_columns(material: &Material<'_>, set: &CriteriaSet) -> Vec<Column> {
    let columns = material.wording.columns();
    let criteria = [columns.met(), columns.not_met(), columns.not_applicable(), columns.unknown(), columns.declared()];
    let criteria = criteria.into_iter().map(|label| table::under(columns.criterion(), table::figure(label, 4.8)));
    let of_items = set.indicators_known.then(|| {
        [columns.met(), columns.declared()].map(|label| table::under(columns.indicator(), table::figure(label, 4.8)))
    });
    criteria.chain(of_items.into_iter().flatten()).collect()
}

/// Totals by the list, and as declared; without a list the first stay empty, for nothing is not zero.
fn totals(set: &CriteriaSet, standing: &Standing) -> Vec<Cell> {
    let tone = if matches!(standing.basis, Basis::Earlier(_)) { Tone::Outdated } else { Tone::Plain };
    let source = standing.criteria.iter().filter_map(|criterion| criterion.source).min();
    let number = |number: Option<u32>| {
        number.map_or_else(Cell::empty, |n| Cell { source, ..Cell::integer(n.into()).toned(tone) })
    };
    let criteria = (standing.list != ListKind::None).then_some(standing.criteria_counts);
    let of_items = (standing.list == ListKind::Indicators).then_some(standing.item_counts);
    let declared = standing.declared.as_ref();
    let differs = |subject| standing.differences().iter().any(|difference| difference.subject == subject);
    let declared_cell = |stated: Option<u32>, subject| {
        let cell = Cell { source: None, ..number(stated) };
        if differs(subject) { cell.toned(Tone::Warning) } else { cell }
    };
    let mut cells = vec![
        number(criteria.map(|counts| counts.met)),
        number(criteria.map(|counts| counts.not_met)),
        number(criteria.map(|counts| counts.not_applicable)),
        number(criteria.map(|counts| counts.unknown())),
        declared_cell(declared.and_then(|d| d.criteria_met), Subject::Criteria),
    ];
    if set.indicators_known {
        cells.push(number(of_items.map(|counts| counts.met)));
        cells.push(declared_cell(declared.and_then(|d| d.indicators_met), Subject::Indicators));
    }
    cells
}

/// How many communes of this month are of which status, under each column.
fn tally_rows(material: &Material<'_>, tallies: &[Tally], width: usize, behind: usize) -> Vec<Row> {
    let wording = material.wording.matrix();
    let row = |label: Said, count: fn(&Tally) -> u32| {
        let counts = (0..width).map(|place| tallies.get(place).map_or(0, count));
        let cells = counts.map(|number| Cell::integer(number.into()));
        let rest = std::iter::repeat_with(Cell::empty).take(behind);
        table::total(std::iter::once(Cell::text(label)).chain(cells).chain(rest).collect())
    };
    vec![
        row(wording.total_met(), |tally| tally.communes.met),
        row(wording.total_not_met(), |tally| tally.communes.not_met),
        row(wording.total_not_applicable(), |tally| tally.communes.not_applicable),
        row(wording.total_unknown(), |tally| tally.communes.unknown()),
    ]
}

fn notes(material: &Material<'_>, set: &CriteriaSet) -> Vec<Block> {
    let wording = material.wording.matrix();
    let earlier: Vec<&str> = material
        .assessment
        .standings()
        .filter(|(_, standing)| standing.set == set.id && matches!(standing.basis, Basis::Earlier(_)))
        .map(|(status, _)| status.commune.name.as_str())
        .collect();
    let names = set.criteria.iter().map(|c| wording.name(c.number, material.criterion_name(c)));
    let earlier = (!earlier.is_empty()).then(|| wording.legend_earlier(joined(earlier, ", ")));
    let unconfirmed = set.criteria.iter().any(|criterion| !criterion.confirmed);
    let unconfirmed = unconfirmed.then(|| material.wording.words().unconfirmed_note());
    let names = wording.names(joined(names, "; "));
    // Two notes and not four: a page that lies has little height.
    vec![
        Block::Note(joined(std::iter::once(wording.legend()).chain(earlier), " ")),
        Block::Note(joined(std::iter::once(names).chain(unconfirmed), " ")),
    ]
}
