//! Frames to the report: all words, numbers and order.
//!
//! *Takes* an assessment, the settings, the criteria sets and the wording.
//! *Gives* the [`Report`] that both writers draw, complete to the last letter: the first page for the committee, a
//! paragraph for each commune, matrices, what is not met, what was received, problems, all rows, and the sources.
//! *Never* judges, counts over rows, or draws; a name recalled and not read in the decision is never shown unmarked.

mod annex;
mod bands;
mod changes;
mod communes;
mod data;
mod decide;
mod head;
mod matrix;
mod overview;
mod problems;
mod receipts;
mod sheets;
mod table;
mod unmet;
mod words;

#[cfg(test)]
mod tests;

use jiff::civil::DateTime;

use crate::assess::Assessment;
use crate::catalogue::wording::Wording;
use crate::model::CriteriaSet;
use crate::model::report::{Report, Section};
use crate::settings::Settings;

/// What a report is composed of; every part of the stage reads from it.
#[derive(Clone, Copy)]
struct Material<'a> {
    assessment: &'a Assessment,
    settings: &'a Settings,
    sets: &'a [CriteriaSet],
    wording: &'a Wording,
    made_at: DateTime,
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
        signature: head::signature(&material),
    }
}

/// The sections in order: numbered on paper, with names that Excel takes for their sheets.
fn sections(material: &Material<'_>) -> Vec<Section> {
    let mut sections = vec![overview::section(material), communes::section(material)];
    sections.extend(assessed_sets(material).flat_map(|set| matrix::sections(material, set)));
    sections.push(unmet::section(material));
    sections.push(receipts::section(material));
    sections.extend(problems::sections(material));
    sections.push(data::section(material));
    let numerals = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV"];
    let on_paper = sections.iter_mut().filter(|section| section.media.on_paper());
    for (numeral, section) in numerals.iter().zip(on_paper) {
        section.title = material.wording.paper().numbered(numeral, &section.title).into();
    }
    // The annex is not numbered among the parts of the report.
    sections.push(annex::section(material));
    sheets::name(&mut sections);
    sections
}

/// The sets in force, in the order of the settings.
fn assessed_sets<'a>(material: &Material<'a>) -> impl Iterator<Item = &'a CriteriaSet> + use<'a> {
    let Material { assessment, sets, .. } = *material;
    assessment.sets.iter().filter_map(move |status| sets.iter().find(|set| set.id == status.set))
}
