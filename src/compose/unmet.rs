//! What is not met, with its full wording, value, plan, since when, and where it stands: a sheet of the workbook.

use super::{Material, assessed_sets, hands, table};
use crate::assess::{Basis, CommuneStatus, Hand, Standing, Unmet, in_charge};
use crate::model::report::{Block, Cell, Column, Media, PageStart, Row, Section, Tone};
use crate::model::{CriteriaSet, ItemCode};

/// The section of all that is not met.
pub(super) fn section(material: &Material<'_>) -> Section {
    let wording = material.wording.unmet();
    let rows = rows(material);
    let mut blocks = vec![Block::Note(wording.note(hands::by_whom(material)).into())];
    if rows.is_empty() {
        blocks.push(table::paragraph(wording.none()));
    } else {
        blocks.push(Block::Table(table::of_text("unmet", "", columns(material), rows)));
        let unconfirmed = assessed_sets(material).any(|set| super::annex::unconfirmed(set) > 0);
        blocks.extend(unconfirmed.then(|| Block::Note(material.wording.words().unconfirmed_note().into())));
    }
    Section {
        id: "unmet".to_owned(),
        media: Media::Workbook,
        title: wording.title().into(),
        sheet_name: wording.sheet().into(),
        page: PageStart::NewLandscape,
        blocks,
    }
}

fn columns(material: &Material<'_>) -> Vec<Column> {
    let columns = material.wording.columns();
    let offices = (!material.settings.offices.is_empty()).then(|| table::text(columns.office(), 22.0));
    [
        table::text(columns.commune(), 12.0),
        table::text(columns.set(), 10.0),
        table::mark(columns.item(), 6.0),
        table::text(columns.content(), 44.0),
        table::text(columns.value(), 10.0),
        table::mark(columns.since(), 8.0),
    ]
    .into_iter()
    .chain(offices)
    .chain([
        table::text(columns.owner(), 18.0),
        table::text(columns.task(), 28.0),
        table::mark(columns.due(), 11.0),
        table::text(columns.source(), 30.0),
    ])
    .collect()
}

fn rows(material: &Material<'_>) -> Vec<Row> {
    let standings = material.assessment.standings();
    let with_sets = standings.filter_map(|(status, standing)| Some((status, standing, material.set(&standing.set)?)));
    with_sets
        .flat_map(|(status, standing, set)| {
            standing.not_met.iter().map(move |unmet| row(material, status, standing, set, unmet))
        })
        .collect()
}

fn row(material: &Material<'_>, status: &CommuneStatus, standing: &Standing, set: &CriteriaSet, unmet: &Unmet) -> Row {
    let wording = material.wording;
    let commune = match standing.basis {
        Basis::Earlier(period) => {
            let name = wording.matrix().earlier_commune(&status.commune.name, period.short());
            Cell::text(name).toned(Tone::Outdated)
        }
        _ => Cell::text(&status.commune.name),
    };
    let since = unmet.since.map(|period| wording.unmet().since_earlier(period.short()));
    let overdue = unmet.plan.due.is_some_and(|due| due < material.made_at.date());
    let due = table::day(unmet.plan.due);
    let offices = (!material.settings.offices.is_empty()).then(|| Cell::text(offices(material, set, unmet.code)));
    let reference = reference(material, status, set, unmet);
    let cells = [
        commune,
        Cell::text(&set.short_name),
        Cell { source: unmet.source, ..Cell::text(unmet.code.to_string()) },
        Cell::text(material.item_name(set, unmet.code)),
        table::optional(value(material, unmet)),
        table::optional(since),
    ];
    let plan = [
        table::optional(unmet.plan.owner.as_deref()),
        table::optional(super::plans::task(material, unmet)),
        if overdue { due.toned(Tone::Warning) } else { due },
        Cell::text(reference).toned(Tone::Quiet),
    ];
    table::body(cells.into_iter().chain(offices).chain(plan).collect())
}

/// Where it is said that the item is not met: the cell, the decision, or both.
fn reference(material: &Material<'_>, status: &CommuneStatus, set: &CriteriaSet, unmet: &Unmet) -> String {
    let place = || material.wording.words().reference(&unmet.file, &unmet.sheet, &unmet.cell).to_string();
    let period = material.assessment.period;
    let decision = (unmet.hand == Hand::Decision)
        .then(|| material.settings.decision(&status.commune.code, &set.id, unmet.code, period))
        .flatten()
        .map(|decision| hands::on_record(material, decision).to_string());
    match decision {
        Some(decision) if unmet.file.is_empty() => decision,
        Some(decision) => format!("{decision}; {}", place()),
        None => place(),
    }
}

/// The value as the commune writes it, else its number with its unit. A number alone is shown as it was understood: 0.677
/// as 67,7%, and 1.7 with the sign of the paper's language.
pub(super) fn value(material: &Material<'_>, unmet: &Unmet) -> Option<String> {
    let number = || Some(material.measured(unmet.value?, unmet.unit.as_deref()));
    let written = unmet.text.as_deref();
    let is_bare = |text: &str| text.chars().all(|letter| letter.is_ascii_digit() || matches!(letter, '.' | ',' | ' '));
    match (written, unmet.value) {
        (Some(text), Some(_)) if is_bare(text) => number(),
        (Some(text), _) => Some(text.to_owned()),
        (None, _) => number(),
    }
}

/// The names of the offices in charge of an item.
pub(super) fn offices(material: &Material<'_>, set: &CriteriaSet, code: ItemCode) -> String {
    let offices = in_charge(material.settings, &set.id, code);
    offices.iter().map(|office| office.name.as_str()).collect::<Vec<_>>().join(", ")
}
