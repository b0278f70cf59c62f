//! All plans that communes state, the most urgent first: a sheet of the workbook.

use jiff::civil::Date;

use super::{Material, plans, table, unmet};
use crate::assess::{CommuneStatus, Standing, Unmet};
use crate::model::CriteriaSet;
use crate::model::report::{Block, Cell, Column, Media, PageStart, Row, Section, Tone};

/// The section.
pub(super) fn section(material: &Material<'_>) -> Section {
    let wording = material.wording.sheets();
    let mut rows: Vec<(Option<Date>, Row)> = material
        .assessment
        .standings()
        .filter_map(|(status, standing)| Some((status, standing, material.set(&standing.set)?)))
        .flat_map(|(status, standing, set)| of_standing(material, status, standing, set))
        .collect();
    // Those without a day stand at the end; of one day the order of communes and items stays.
    rows.sort_by_key(|(due, _)| due.unwrap_or(Date::MAX));
    let rows: Vec<Row> = rows.into_iter().map(|(_, row)| row).collect();
    let block = match rows.is_empty() {
        true => table::paragraph(wording.plans_none()),
        false => Block::Table(table::of_text("plans", "", columns(material), rows)),
    };
    Section {
        id: "plans".to_owned(),
        media: Media::Workbook,
        title: wording.plans_title().into(),
        sheet_name: wording.plans_sheet().into(),
        page: PageStart::NewLandscape,
        blocks: vec![Block::Note(wording.plans_note(material.day(material.made_at.date())).into()), block],
    }
}

fn columns(material: &Material<'_>) -> Vec<Column> {
    let columns = material.wording.columns();
    let offices = (!material.settings.offices.is_empty()).then(|| table::text(columns.office(), 22.0));
    [
        table::mark(columns.due(), 12.0),
        table::text(columns.state(), 16.0),
        table::text(columns.commune(), 13.0),
        table::text(columns.set(), 11.0),
        table::mark(columns.item(), 7.0),
        table::text(columns.content(), 40.0),
        table::text(columns.owner(), 20.0),
        table::text(columns.task(), 34.0),
        table::mark(columns.since(), 9.0),
    ]
    .into_iter()
    .chain(offices)
    .collect()
}

fn of_standing(
    material: &Material<'_>,
    status: &CommuneStatus,
    standing: &Standing,
    set: &CriteriaSet,
) -> Vec<(Option<Date>, Row)> {
    let planned = standing.not_met.iter().filter(|unmet| !unmet.plan.is_blank());
    planned.map(|unmet| (unmet.plan.due, row(material, status, set, unmet))).collect()
}

fn row(material: &Material<'_>, status: &CommuneStatus, set: &CriteriaSet, item: &Unmet) -> Row {
    let offices = (!material.settings.offices.is_empty()).then(|| Cell::text(unmet::offices(material, set, item.code)));
    let cells = [
        table::day(item.plan.due),
        state(material, item.plan.due),
        Cell::text(&status.commune.name),
        Cell::text(&set.short_name),
        Cell { source: item.source, ..Cell::text(item.code.to_string()) },
        Cell::text(material.item_name(set, item.code)),
        table::optional(item.plan.owner.as_deref()),
        table::optional(plans::task(material, item)),
        table::optional(item.since.map(|since| since.short())),
    ];
    table::body(cells.into_iter().chain(offices).collect())
}

/// How far the day is.
fn state(material: &Material<'_>, due: Option<Date>) -> Cell {
    let wording = material.wording.sheets();
    let Some(due) = due else { return Cell::text(wording.no_day()).toned(Tone::Quiet) };
    match material.made_at.date().until(due).map_or(0, |span| span.get_days()) {
        0 => Cell::text(wording.due_today()).toned(Tone::Warning),
        days if days < 0 => Cell::text(wording.overdue(days.unsigned_abs())).toned(Tone::Warning),
        days => Cell::text(wording.days_left(days)),
    }
}
