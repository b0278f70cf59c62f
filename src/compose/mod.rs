//! Frames to the report: all words, numbers and order.
//!
//! *Takes* an assessment, the settings, the criteria sets and the wording.
//! *Gives* the [`Report`] that both writers draw, complete to the last letter: the first page for the committee, a
//! paragraph for each commune, matrices, what is not met, what was received, problems, all rows, and the sources.
//! *Never* judges, counts over rows, or draws; a name recalled and not read in the decision is never shown unmarked.

mod annex;
mod asks;
mod bands;
mod boundaries;
mod briefs;
mod change_sheet;
mod changes;
mod charts;
mod commune_sheets;
mod communes;
mod data;
mod decide;
mod dictionary;
mod district;
mod forms;
mod hands;
mod hard;
mod head;
mod matrix;
mod months;
mod notice;
mod offices;
mod originals;
mod overview;
mod plan_form;
mod plan_sheet;
mod plans;
mod problems;
mod receipts;
mod reconcile;
mod reminders;
mod roadmap;
mod sheets;
mod supplement;
mod table;
mod trend;
mod unmet;
mod values;
mod words;

#[cfg(test)]
mod golden;
#[cfg(test)]
mod sheets_told;
#[cfg(test)]
mod stories;
#[cfg(test)]
mod tests;

use jiff::civil::DateTime;

use crate::assess::{Assessment, Basis, CommuneStatus, SetStatus, Standing};
use crate::catalogue::wording::{Paper, Said, Wording};
use crate::model::CriteriaSet;
use crate::model::plan_form::PlanForm;
use crate::model::report::{Block, Media, PageStart, Report, Section};
use crate::settings::Settings;
use crate::text::roman;

pub use briefs::{Detail, commune_brief, file_names, office_brief};
pub use forms::forms;
pub use notice::{Form, notice, own_name, returned_name};
pub use plan_form::For;
pub use supplement::{Since, supplement_name};

/// What the papers of a month are composed of; every part of the stage reads from it.
#[derive(Clone, Copy)]
pub struct Material<'a> {
    assessment: &'a Assessment,
    settings: &'a Settings,
    sets: &'a [CriteriaSet],
    wording: &'a Wording,
    made_at: DateTime,
}

impl<'a> Material<'a> {
    /// A month with what its papers are written with, made at a moment: what is past its date is so on that day.
    #[must_use]
    pub fn new(
        assessment: &'a Assessment,
        settings: &'a Settings,
        sets: &'a [CriteriaSet],
        wording: &'a Wording,
        made_at: DateTime,
    ) -> Self {
        Material { assessment, settings, sets, wording, made_at }
    }
}

/// Composes the report of a month.
#[must_use]
pub fn report(
    assessment: &Assessment,
    settings: &Settings,
    sets: &[CriteriaSet],
    wording: &Wording,
    made_at: DateTime,
) -> Report {
    let material = Material { assessment, settings, sets, wording, made_at };
    Report {
        lang: wording.lang(),
        period: assessment.period,
        made_at,
        properties: head::properties(&material),
        head: head::head(&material),
        sections: sections(&material),
        charts: trend::charts(&material),
        signature: head::signature(&material),
    }
}

/// The reminders of a month: a short letter for each commune of which something is to be asked, as plain text.
#[must_use]
pub fn reminders(
    assessment: &Assessment,
    settings: &Settings,
    sets: &[CriteriaSet],
    wording: &Wording,
    made_at: DateTime,
) -> String {
    reminders::text(&Material { assessment, settings, sets, wording, made_at })
}

/// The workbook of plans of a month; `None` where its readers have nothing to plan.
#[must_use]
pub fn plan_form(
    assessment: &Assessment,
    settings: &Settings,
    sets: &[CriteriaSet],
    wording: &Wording,
    made_at: DateTime,
    whom: For<'_>,
) -> Option<PlanForm> {
    plan_form::plan_form(&Material { assessment, settings, sets, wording, made_at }, whom)
}

/// Composes the supplement of a month that is closed: only what differs from what was told.
#[must_use]
pub fn supplement(
    since: Since<'_>,
    assessment: &Assessment,
    settings: &Settings,
    sets: &[CriteriaSet],
    wording: &Wording,
    made_at: DateTime,
) -> Report {
    supplement::report(&Material { assessment, settings, sets, wording, made_at }, since)
}

/// The sections in order: the text with its close, then the annexes; with names that Excel takes for their sheets.
fn sections(material: &Material<'_>) -> Vec<Section> {
    let mut text = vec![overview::section(material)];
    text.extend(trend::section(material));
    text.push(communes::section(material));
    number(material, &mut text, |paper, number, title| paper.numbered(number, title));
    let mut annexes: Vec<Section> = assessed_sets(material).flat_map(|set| matrix::sections(material, set)).collect();
    annexes.extend(district::section(material));
    annexes.push(hard::section(material));
    annexes.extend([unmet::section(material), plans::section(material)]);
    annexes.extend([plan_sheet::section(material), change_sheet::section(material)]);
    annexes.extend(offices::sections(material));
    annexes.extend(hands::sections(material));
    annexes.extend(receipts::sections(material));
    annexes.extend(roadmap::section(material));
    annexes.extend(reconcile::section(material));
    annexes.extend(months::section(material));
    annexes.extend(problems::sections(material));
    annexes.extend([data::section(material), dictionary::section(material)]);
    annexes.push(annex::section(material));
    annexes.extend(commune_sheets::sections(material));
    number(material, &mut annexes, |paper, number, title| paper.annexed(number, title));
    text.push(closing(material, &annexes));
    let mut sections: Vec<Section> = text.into_iter().chain(annexes).collect();
    sheets::name(&mut sections);
    sections
}

/// Numbers the titles of the sections that the paper has, in Roman numerals as the decree asks.
fn number(material: &Material<'_>, sections: &mut [Section], numbered: fn(Paper<'_>, &str, &str) -> Said) {
    let on_paper = sections.iter_mut().filter(|section| section.media.on_paper());
    for (number, section) in (1..).zip(on_paper) {
        section.title = numbered(material.wording.paper(), &roman::print(number), &section.title).into();
    }
}

/// The list of the annexes and the last sentence of the paper, above the signature.
fn closing(material: &Material<'_>, annexes: &[Section]) -> Section {
    let paper = material.wording.paper();
    let (period, unit) = (material.assessment.period, &material.settings.unit.name);
    let on_paper = annexes.iter().filter(|section| section.media.on_paper());
    let listed = on_paper.map(|annex| Said::from(annex.title.replace('\n', ": ").as_str()));
    let listed = listed.map(|said| Block::Bullet(said.into_spans()));
    Section {
        id: "closing".to_owned(),
        media: Media::Paper,
        title: String::new(),
        sheet_name: paper.kind().into(),
        page: PageStart::Flow,
        blocks: std::iter::once(Block::Paragraph(paper.annexes().into_spans()))
            .chain(listed)
            .chain([Block::Paragraph(paper.closing(period.short(), unit).into_spans())])
            .collect(),
    }
}

/// The sets in force, in the order of the settings.
fn assessed_sets<'a>(material: &Material<'a>) -> impl Iterator<Item = &'a CriteriaSet> + use<'a> {
    let Material { assessment, sets, .. } = *material;
    assessment.sets.iter().filter_map(move |status| sets.iter().find(|set| set.id == status.set))
}

/// The sets in force with what is counted of each.
fn with_status<'a>(material: &Material<'a>) -> impl Iterator<Item = (&'a CriteriaSet, &'a SetStatus)> + use<'a> {
    assessed_sets(material).zip(&material.assessment.sets)
}

/// This month's standings with their communes and sets.
fn this_month<'a>(
    material: &Material<'a>,
) -> impl Iterator<Item = (&'a CommuneStatus, &'a Standing, &'a CriteriaSet)> + use<'a> {
    let Material { assessment, sets, .. } = *material;
    assessment
        .standings()
        .filter(|(_, standing)| standing.basis == Basis::ThisMonth)
        .filter_map(move |(status, standing)| Some((status, standing, sets.iter().find(|s| s.id == standing.set)?)))
}
