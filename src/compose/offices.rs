//! What each office in charge has to follow: on paper a line each, in the workbook every item with its communes.

use super::words::joined;
use super::{Material, table};
use crate::assess::{self, Duty, DutyItem};
use crate::catalogue::wording::Said;
use crate::model::report::{Block, Cell, Column, Media, PageStart, Row, Section, Table, Tone};

/// How many of the most urgent items a line on paper names.
const URGENT: usize = 5;
/// How many communes a row of the workbook names; the sheet of what is not met has all.
const NAMED: usize = 40;

/// The part of the paper and the sheet of the workbook, where offices are set.
pub(super) fn sections(material: &Material<'_>) -> Vec<Section> {
    if material.settings.offices.is_empty() {
        return Vec::new();
    }
    let duties = assess::duties(material.assessment, material.settings);
    if duties.is_empty() {
        return Vec::new();
    }
    let wording = material.wording.offices();
    let section = |id: &str, media, sheet: Said, page, table| Section {
        id: id.to_owned(),
        media,
        title: wording.title().into(),
        sheet_name: sheet.into(),
        page,
        blocks: vec![Block::Note(wording.note().into()), Block::Table(table)],
    };
    vec![
        section("offices", Media::Workbook, wording.sheet(), PageStart::NewLandscape, all(material, &duties)),
        section("offices-paper", Media::Paper, wording.paper_sheet(), PageStart::Flow, brief(material, &duties)),
    ]
}

/// The office's name, or that nobody is in charge.
pub(super) fn name(material: &Material<'_>, duty: &Duty) -> String {
    duty.office.clone().unwrap_or_else(|| material.wording.offices().nobody().into())
}

/// The figures of items: places not met, past their date, fallen back, without plan.
fn figures(material: &Material<'_>, items: &[&DutyItem]) -> [Cell; 4] {
    let today = material.made_at.date();
    let sum = |of: &dyn Fn(&DutyItem) -> usize| items.iter().map(|item| of(item)).sum::<usize>();
    let marked = |count: usize, tone| match count {
        0 => Cell::empty(),
        count => table::count(count).toned(tone),
    };
    [
        table::count(sum(&|item| item.communes.len())),
        marked(sum(&|item| item.overdue(today)), Tone::Warning),
        marked(sum(&DutyItem::fallen), Tone::NotMet),
        marked(sum(&DutyItem::unplanned), Tone::Plain),
    ]
}

fn figure_columns(material: &Material<'_>) -> [Column; 4] {
    let wording = material.wording.offices();
    [
        table::figure(wording.places(), 7.0),
        table::figure(wording.overdue(), 7.0),
        table::figure(wording.fallen(), 8.0),
        table::figure(wording.unplanned(), 8.0),
    ]
}

/// A line an office.
fn brief(material: &Material<'_>, duties: &[Duty]) -> Table {
    let wording = material.wording.offices();
    let rows = duties.iter().map(|duty| {
        let urgent = duty.most_urgent(material.made_at.date());
        let named = urgent
            .iter()
            .take(URGENT)
            .map(|item| wording.urgent_item(item.code, material.short_name(item.set.as_str()), item.communes.len()));
        let named = joined(named, "; ");
        let cells = [Cell::text(name(material, duty)), table::count(duty.items.len())];
        let dates = [table::optional(next_date(material, &urgent)), Cell::text(named)];
        table::body(cells.into_iter().chain(figures(material, &urgent)).chain(dates).collect())
    });
    let rows: Vec<Row> = rows.collect();
    let columns = [table::text(material.wording.columns().office(), 24.0), table::figure(wording.items(), 7.0)];
    let last = [table::text(wording.next_date(), 13.0), table::text(wording.urgent(), 60.0)];
    let columns = columns.into_iter().chain(figure_columns(material)).chain(last);
    table::of_text("offices-paper", "", columns.collect(), rows)
}

/// The next date in the communes' plans, with how much is due by then; nothing where none is ahead.
fn next_date(material: &Material<'_>, items: &[&DutyItem]) -> Option<Said> {
    let today = material.made_at.date();
    let ahead = || items.iter().flat_map(|item| &item.communes).filter_map(|one| one.due).filter(|due| *due >= today);
    let next = ahead().min()?;
    let count = ahead().filter(|due| *due == next).count();
    Some(material.wording.offices().due_next(material.day(next), count))
}

/// A row an item of an office, so that the sheet can be filtered by office.
fn all(material: &Material<'_>, duties: &[Duty]) -> Table {
    let columns = material.wording.columns();
    let labels: Vec<Column> = [
        table::text(columns.office(), 26.0),
        table::text(columns.set(), 12.0),
        table::mark(columns.item(), 7.0),
        table::text(columns.content(), 50.0),
    ]
    .into_iter()
    .chain(figure_columns(material))
    .chain([table::text(columns.names(), 60.0)])
    .collect();
    let rows = duties.iter().flat_map(|duty| {
        let urgent = duty.most_urgent(material.made_at.date());
        urgent.into_iter().map(|item| row(material, duty, item)).collect::<Vec<_>>()
    });
    let rows: Vec<Row> = rows.collect();
    table::of_text("offices", "", labels, rows)
}

fn row(material: &Material<'_>, duty: &Duty, item: &DutyItem) -> Row {
    let wording = material.wording.offices();
    let today = material.made_at.date();
    let commune = |one: &assess::Followed| -> String {
        let name = material.name_of_code(&one.commune.0);
        let name = if one.this_month { name } else { format!("{name}*") };
        match one.due.filter(|due| *due < today) {
            Some(due) => wording.past(name, material.day(due)).into(),
            None => name,
        }
    };
    let named = joined(item.communes.iter().take(NAMED).map(commune), ", ");
    let more = item.communes.len().saturating_sub(NAMED);
    let named = if more > 0 { wording.and_more(named, more).into() } else { named };
    let content = material.set(&item.set).map(|set| material.item_name(set, item.code)).unwrap_or_default();
    let lead = [
        Cell::text(name(material, duty)),
        Cell::text(material.short_name(item.set.as_str())),
        Cell::text(item.code.to_string()),
        Cell::text(content),
    ];
    let cells = lead.into_iter().chain(figures(material, &[item])).chain([Cell::text(named)]);
    table::body(cells.collect())
}
