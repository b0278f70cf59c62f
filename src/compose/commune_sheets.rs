//! A sheet for each commune: every item of every set with its verdict, value, change and plan.

use polars::prelude::PolarsResult;

use super::values::Values;
use super::{Material, table};
use crate::assess::{Basis, Change, CommuneStatus, CriterionState, ItemState, ListKind, Standing, Status};
use crate::catalogue::wording::Said;
use crate::model::CriteriaSet;
use crate::model::report::{Block, Cell, Column, Media, PageStart, Row, RowKind, Section, Table, Tone};

/// Beyond so many communes a workbook has no sheet for each: nobody leafs through hundreds, and the matrices, the lists
/// and `ntm history` have the same.
const MOST_SHEETS: usize = 60;

/// A section for each commune, in the order of the settings; none where there are too many.
pub(super) fn sections(material: &Material<'_>) -> Vec<Section> {
    if material.assessment.communes.len() > MOST_SHEETS {
        return Vec::new();
    }
    let made = || -> PolarsResult<Vec<Section>> {
        let values = Values::of(&material.assessment.data)?;
        Ok(material.assessment.communes.iter().map(|status| section(material, status, &values)).collect())
    };
    made().expect("the assessment's rows have the columns of model::frames")
}

fn section(material: &Material<'_>, status: &CommuneStatus, values: &Values<'_>) -> Section {
    let wording = material.wording.sheets();
    let name = material.full_name(&status.commune);
    let with_sets = status.standings.iter().filter_map(|standing| Some((standing, material.set(&standing.set)?)));
    let plans = Plans::of(status);
    let blocks = with_sets.flat_map(|(standing, set)| of_set(material, (status, plans), standing, set, values));
    Section {
        id: format!("commune-{}", status.commune.code),
        media: Media::Workbook,
        title: wording.commune_title(&name, material.assessment.period.short()).into(),
        sheet_name: status.commune.name.clone(),
        page: match plans {
            Plans::Told => PageStart::NewLandscape,
            Plans::None => PageStart::NewPortrait,
        },
        blocks: std::iter::once(Block::Note(wording.commune_note().into())).chain(blocks).collect(),
    }
}

/// Whether a sheet has columns for plans: without one they would be a third of it, and empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Plans {
    Told,
    None,
}

impl Plans {
    /// All tables of a sheet have the same columns, so that their headings stay in sight.
    fn of(status: &CommuneStatus) -> Plans {
        let mut plans = status.standings.iter().flat_map(|standing| &standing.not_met).map(|unmet| &unmet.plan);
        match plans.any(|plan| plan.owner.is_some() || plan.task.is_some() || plan.due.is_some()) {
            true => Plans::Told,
            false => Plans::None,
        }
    }
}

/// What is counted, then the items; nothing but a line where nothing is stored.
fn of_set(
    material: &Material<'_>,
    (status, plans): (&CommuneStatus, Plans),
    standing: &Standing,
    set: &CriteriaSet,
    values: &Values<'_>,
) -> Vec<Block> {
    let wording = material.wording.sheets();
    let heading = match standing.basis {
        Basis::Nothing => return vec![Block::Heading(wording.commune_nothing(&set.short_name).into())],
        Basis::Earlier(period) => wording.commune_earlier(&set.short_name, period.short()),
        Basis::ThisMonth => counts(material, standing, set),
    };
    let rows = set.criteria.iter().zip(&standing.criteria).flat_map(|(criterion, state)| {
        let below: Vec<&ItemState> = standing
            .items
            .iter()
            .filter(|item| item.code.criterion_number() == state.number && item.code != criterion.code())
            .collect();
        rows(material, standing, set, state, &below, values)
    });
    let id = format!("commune-{}-{}", status.commune.code, set.id);
    let columns = columns(material, plans);
    // Of a row's cells those that have a column.
    let rows = rows.map(|row| Row { cells: row.cells.into_iter().take(columns.len()).collect(), ..row }).collect();
    let table = Table { key_columns: 2, ..table::of_text(id, "", columns, rows) };
    vec![Block::Heading(heading.into()), Block::Table(table)]
}

fn counts(material: &Material<'_>, standing: &Standing, set: &CriteriaSet) -> Said {
    let wording = material.wording.sheets();
    let of = |met: u32, total: u32| format!("{met}/{total}");
    let criteria = of(standing.criteria_counts.met, set.criteria_total());
    match standing.list {
        ListKind::Indicators => {
            let items = of(standing.item_counts.met, standing.item_counts.total());
            wording.commune_set(&set.short_name, criteria, items)
        }
        ListKind::Criteria => wording.commune_set_criteria(&set.short_name, criteria),
        ListKind::None => Said::from(set.short_name.as_str()),
    }
}

/// The columns; those of plans are the last.
fn columns(material: &Material<'_>, plans: Plans) -> Vec<Column> {
    let columns = material.wording.columns();
    let mut all = vec![
        table::mark(columns.item(), 6.0),
        table::text(columns.content(), 60.0),
        table::mark(columns.verdict(), 10.0),
        table::text(columns.value(), 13.0),
        table::mark(material.wording.sheets().change(), 11.0),
        table::mark(columns.since(), 8.0),
    ];
    if plans == Plans::Told {
        all.push(table::text(columns.owner(), 18.0));
        all.push(table::text(columns.task(), 30.0));
        all.push(table::mark(columns.due(), 11.0));
    }
    all
}

/// How many cells a row of an item has, with those of its plan.
const CELLS: usize = 9;

/// A criterion with the items below it; a criterion that is judged itself is an item.
fn rows(
    material: &Material<'_>,
    standing: &Standing,
    set: &CriteriaSet,
    state: &CriterionState,
    below: &[&ItemState],
    values: &Values<'_>,
) -> Vec<Row> {
    let own = standing.items.iter().find(|item| item.code == crate::model::ItemCode::criterion(state.number));
    if let Some(item) = own {
        return vec![item_row(material, standing, set, item, values)];
    }
    let name = set.criterion(state.number).map(|c| material.criterion_name(c)).unwrap_or_default();
    let (word, _) = word(material, state.status);
    let head = Cell::text(material.wording.sheets().criterion(state.number, name, word));
    let rest = std::iter::repeat_with(Cell::empty).take(CELLS - 1);
    let group = Row { cells: std::iter::once(head).chain(rest).collect(), kind: RowKind::Group };
    let items = below.iter().map(|item| item_row(material, standing, set, item, values));
    std::iter::once(group).chain(items).collect()
}

fn item_row(
    material: &Material<'_>,
    standing: &Standing,
    set: &CriteriaSet,
    item: &ItemState,
    values: &Values<'_>,
) -> Row {
    let (word, tone) = word(material, item.status);
    let tone = if matches!(standing.basis, Basis::Earlier(_)) { Tone::Outdated } else { tone };
    let unmet = standing.not_met.iter().find(|unmet| unmet.code == item.code);
    let due = table::day(unmet.and_then(|unmet| unmet.plan.due));
    let is_overdue = unmet.and_then(|unmet| unmet.plan.due).is_some_and(|due| due < material.made_at.date());
    table::body(vec![
        Cell { source: item.source, ..Cell::text(item.code.to_string()) },
        Cell::text(material.item_name(set, item.code)),
        Cell::text(word).toned(tone),
        table::optional(item.source.and_then(|row| values.shown(material, row))),
        change(material, item.change),
        table::optional(unmet.and_then(|unmet| unmet.since).map(|since| since.short())),
        table::optional(unmet.and_then(|unmet| unmet.plan.owner.as_deref())),
        table::optional(unmet.and_then(|unmet| super::plans::task(material, unmet))),
        if is_overdue { due.toned(Tone::Warning) } else { due },
    ])
}

/// A change as a word; falling back is what the committee looks for.
pub(super) fn change(material: &Material<'_>, change: Option<Change>) -> Cell {
    let columns = material.wording.columns();
    match change {
        None => Cell::empty(),
        Some(Change::NewlyMet) => Cell::text(columns.newly_met()).toned(Tone::Met),
        Some(Change::FellBack) => Cell::text(columns.fell_back()).toned(Tone::NotMet),
        Some(Change::NoLongerStated) => Cell::text(columns.no_longer_stated()).toned(Tone::Warning),
    }
}

/// A status as a word, and how it is to be read.
fn word(material: &Material<'_>, status: Status) -> (Said, Tone) {
    let words = material.wording.words();
    match status {
        Status::Met => (words.met(), Tone::Met),
        Status::NotMet => (words.not_met(), Tone::NotMet),
        Status::NotApplicable => (words.not_applicable(), Tone::NotApplicable),
        Status::Open => (words.open(), Tone::Warning),
        Status::NotReported => (material.wording.sheets().not_reported(), Tone::NotReported),
    }
}
