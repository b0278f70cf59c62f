//! One office in charge: what it has to follow, most urgent first, in which communes and by when.

use std::collections::BTreeSet;

use super::super::words::joined;
use super::super::{Material, offices, plans, table};
use super::{Parts, brief};
use crate::assess::{Basis, Duty, DutyItem, Followed, Unmet};
use crate::model::brief::Brief;
use crate::model::report::{Block, Cell, Figure, Row, Tone};
use crate::model::{ItemCode, SetId};

/// How many communes an item names.
const NAMED: usize = 40;
/// How many dates are listed, the earliest first.
const DATES: usize = 60;

/// The brief of an office.
#[must_use]
pub fn office_brief(material: &Material<'_>, duty: &Duty) -> Brief {
    let wording = material.wording.brief();
    let name = offices::name(material, duty);
    let period = material.assessment.period.short();
    let urgent = duty.most_urgent(material.made_at.date());
    let mut parts = Parts::new(material);
    parts.add(wording.followed(), followed(material, &urgent));
    parts.add(wording.dates(), dates(material, duty));
    let texts = [
        wording.office_document(&name, &period).into(),
        wording.office_title().into(),
        name,
        wording.office_source(&period, material.day(material.made_at.date())).into(),
    ];
    brief(material, material.made_at, texts, parts.blocks)
}

/// The figures, then every item with its communes.
fn followed(material: &Material<'_>, urgent: &[&DutyItem]) -> Vec<Block> {
    let columns = material.wording.columns();
    let labels = vec![
        table::text(columns.set(), 10.0),
        table::mark(columns.item(), 6.0),
        table::text(columns.content(), 40.0),
        table::figure(columns.communes(), 6.0),
        table::text(columns.names(), 60.0),
    ];
    let rows = urgent.iter().map(|item| row(material, item)).collect();
    let unconfirmed = super::super::assessed_sets(material).any(|set| super::super::annex::unconfirmed(set) > 0);
    let note = std::iter::once(material.wording.brief().followed_note())
        .chain(unconfirmed.then(|| material.wording.words().unconfirmed_note()));
    let note = joined(note, " ");
    vec![
        Block::Figures(figures(material, urgent)),
        Block::Table(table::of_text("brief-followed", "", labels, rows)),
        Block::Note(note),
    ]
}

fn figures(material: &Material<'_>, urgent: &[&DutyItem]) -> Vec<Figure> {
    let wording = material.wording.offices();
    let today = material.made_at.date();
    let sum = |of: &dyn Fn(&DutyItem) -> usize| urgent.iter().map(|item| of(item)).sum::<usize>();
    let figure = |label: crate::catalogue::wording::Said, count: usize, tone| Figure {
        label: label.into(),
        value: count.to_string(),
        note: String::new(),
        tone: if count > 0 { tone } else { Tone::Plain },
    };
    vec![
        figure(wording.items(), urgent.len(), Tone::Plain),
        figure(wording.places(), sum(&|item| item.communes.len()), Tone::Plain),
        figure(wording.overdue(), sum(&|item| item.overdue(today)), Tone::Warning),
        figure(wording.fallen(), sum(&DutyItem::fallen), Tone::NotMet),
        figure(wording.unplanned(), sum(&DutyItem::unplanned), Tone::Plain),
    ]
}

fn row(material: &Material<'_>, item: &DutyItem) -> Row {
    let today = material.made_at.date();
    let tone = match item {
        item if item.overdue(today) > 0 => Tone::Warning,
        item if item.fallen() > 0 => Tone::NotMet,
        _ => Tone::Plain,
    };
    let content = material.set(&item.set).map(|set| material.item_name(set, item.code)).unwrap_or_default();
    // What presses stands first here too; a stable sort keeps the order of the communes among equals.
    let mut communes: Vec<&Followed> = item.communes.iter().collect();
    communes.sort_by_key(|one| (one.due.is_none_or(|due| due >= today), !one.fell_back));
    let named = joined(communes.iter().take(NAMED).map(|one| commune(material, one)), ", ");
    let more = communes.len().saturating_sub(NAMED);
    let named = if more > 0 { material.wording.offices().and_more(named, more).into() } else { named };
    table::body(vec![
        Cell::text(material.short_name(item.set.as_str())),
        Cell::text(item.code.to_string()).toned(tone),
        Cell::text(content),
        table::count(item.communes.len()),
        Cell::text(named),
    ])
}

/// A commune with what presses: past its date, fallen back, or by when it is planned.
fn commune(material: &Material<'_>, one: &Followed) -> String {
    let (wording, offices) = (material.wording.brief(), material.wording.offices());
    let name = material.name_of_code(&one.commune.0);
    let name = if one.this_month { name } else { format!("{name}*") };
    match one.due {
        Some(due) if due < material.made_at.date() => offices.past(name, material.day(due)).into(),
        _ if one.fell_back => wording.fallen(name).into(),
        Some(due) => wording.by(name, material.day(due)).into(),
        None => name,
    }
}

/// What communes have planned for the office's items, by date.
fn dates(material: &Material<'_>, duty: &Duty) -> Vec<Block> {
    let columns = material.wording.columns();
    let today = material.made_at.date();
    let wanted: BTreeSet<(&SetId, ItemCode)> = duty.items.iter().map(|item| (&item.set, item.code)).collect();
    let mut planned: Vec<(jiff::civil::Date, String, &SetId, &Unmet)> = Vec::new();
    for (status, standing) in material.assessment.standings() {
        let earlier = if standing.basis == Basis::ThisMonth { "" } else { "*" };
        let of_office = standing.not_met.iter().filter(|unmet| wanted.contains(&(&standing.set, unmet.code)));
        planned.extend(of_office.filter_map(|unmet| {
            Some((unmet.plan.due?, format!("{}{earlier}", status.commune.name), &standing.set, unmet))
        }));
    }
    planned.sort_by_key(|(due, ..)| *due);
    let rest = planned.len().saturating_sub(DATES);
    let rows = planned.iter().take(DATES).map(|(due, name, set, unmet)| {
        let day = table::day(Some(*due));
        table::body(vec![
            if *due < today { day.toned(Tone::Warning) } else { day },
            Cell::text(name),
            Cell::text(material.short_name(set.as_str())),
            Cell::text(unmet.code.to_string()),
            table::optional(unmet.plan.owner.as_deref()),
            table::optional(plans::task(material, unmet)),
        ])
    });
    let rows: Vec<Row> = rows.collect();
    if rows.is_empty() {
        return vec![table::paragraph(material.wording.brief().no_dates())];
    }
    let labels = vec![
        table::mark(columns.due(), 10.0),
        table::text(columns.commune(), 12.0),
        table::text(columns.set(), 10.0),
        table::mark(columns.item(), 6.0),
        table::text(columns.owner(), 22.0),
        table::text(columns.task(), 40.0),
    ];
    let mut blocks = vec![Block::Table(table::of_text("brief-dates", "", labels, rows))];
    let sheet = material.wording.unmet().sheet();
    blocks.extend((rest > 0).then(|| Block::Note(material.wording.brief().dates_rest(rest, sheet).into())));
    blocks
}
