//! The first page: the unit's figures and what to decide; then what changed, bands and what is hard.

use super::words::{joined, names};
use super::{Material, assessed_sets, bands, boundaries, changes, charts, decide, hard};
use crate::assess::{Arrival, CommuneStatus, SetStatus, Timeliness};
use crate::catalogue::wording::Said;
use crate::model::CriteriaSet;
use crate::model::report::{Block, Figure, Media, PageStart, Section, Tone};

/// The section that the head stands above.
pub(super) fn section(material: &Material<'_>) -> Section {
    let wording = material.wording.overview();
    let mut blocks = vec![intro(material), Block::Figures(figures(material))];
    blocks.extend(boundaries::blocks(material));
    blocks.extend(decide::blocks(material));
    blocks.extend(changes::blocks(material));
    blocks.extend(bands::blocks(material));
    blocks.extend(hard::blocks(material));
    blocks.extend(charts::trend(material));
    Section {
        id: "overview".to_owned(),
        media: Media::Both,
        title: wording.title().into(),
        sheet_name: wording.sheet().into(),
        page: PageStart::Flow,
        blocks,
    }
}

/// How many communes are expected, received, late and missing.
struct Arrivals {
    expected: usize,
    received: usize,
    late: usize,
    missing: usize,
}

fn arrivals(material: &Material<'_>) -> Arrivals {
    let count = |wanted: fn(Arrival) -> bool| {
        material.assessment.communes.iter().filter(|status| wanted(status.arrival())).count()
    };
    Arrivals {
        expected: material.assessment.communes.len(),
        received: count(|arrival| arrival != Arrival::Missing),
        late: late(material).len(),
        missing: count(|arrival| arrival == Arrival::Missing),
    }
}

/// Communes whose first report of the month came after the deadline.
fn late<'a>(material: &Material<'a>) -> Vec<&'a CommuneStatus> {
    let is_late = |status: &&CommuneStatus| status.arrival() == Arrival::Received(Timeliness::Late);
    material.assessment.communes.iter().filter(is_late).collect()
}

fn intro(material: &Material<'_>) -> Block {
    let wording = material.wording.overview();
    let Arrivals { expected, received, missing, .. } = arrivals(material);
    let period = material.assessment.period.short();
    let unit = &material.settings.unit.name;
    let said = match missing {
        0 => wording.intro_all(expected, period, unit),
        missing => wording.intro(expected, period, unit, received, missing),
    };
    let due = material.day(material.assessment.due);
    let late = late(material);
    Block::Paragraph(match late.is_empty() {
        true => said.into_spans(),
        false => said.then(" ").then(wording.intro_late(due, names(late))).into_spans(),
    })
}

fn figures(material: &Material<'_>) -> Vec<Figure> {
    let wording = material.wording.overview();
    let Arrivals { expected, received, late, missing } = arrivals(material);
    let notes = [
        (late > 0).then(|| wording.received_late(late)),
        (missing > 0).then(|| wording.received_missing(missing)),
        (late + missing == 0).then(|| wording.received_in_time()),
    ];
    let mut figures = vec![Figure {
        label: wording.received_label().into(),
        value: format!("{received}/{expected}"),
        note: joined(notes.into_iter().flatten(), ", "),
        tone: if missing > 0 { Tone::Warning } else { Tone::Met },
    }];
    for (set, status) in assessed_sets(material).zip(&material.assessment.sets) {
        figures.push(complete(material, set, status, expected));
        figures.push(mean(material, set, status));
    }
    figures
}

fn complete(material: &Material<'_>, set: &CriteriaSet, status: &SetStatus, expected: usize) -> Figure {
    let wording = material.wording.overview();
    let earlier = status.complete.earlier.len();
    let declared = bands::declared_only(material, set).filter(|code| status.complete.this_month.contains(code)).count();
    let notes: [Option<Said>; 3] = [
        (earlier > 0).then(|| wording.complete_note_earlier(earlier)),
        (declared > 0).then(|| wording.complete_note_declared(declared)),
        (status.nothing > 0).then(|| wording.complete_note_nothing(status.nothing)),
    ];
    Figure {
        label: wording.complete_label(&set.short_name, set.criteria_total()).into(),
        value: format!("{}/{expected}", status.complete.total()),
        note: joined(notes.into_iter().flatten(), "; "),
        tone: Tone::Plain,
    }
}

fn mean(material: &Material<'_>, set: &CriteriaSet, status: &SetStatus) -> Figure {
    let wording = material.wording.overview();
    let declared = bands::declared_only(material, set).count();
    let notes = [Some(wording.mean_note(status.mean_of)), (declared > 0).then(|| wording.mean_note_declared(declared))];
    let note = || joined(notes.into_iter().flatten(), "; ");
    let known = status.mean_criteria.map(|mean| (material.decimal(mean, 1), note()));
    let (value, note) = known.unwrap_or_else(|| ("–".to_owned(), wording.mean_none().into()));
    let tone = if status.mean_criteria.is_some() { Tone::Plain } else { Tone::NotReported };
    Figure { label: wording.mean_label(&set.short_name).into(), value, note, tone }
}
