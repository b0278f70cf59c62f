//! A paragraph for each commune, in the form in which committees report: what it has reached by its list, what it
//! declares where that differs, and what is not met.

use super::words::{joined, of};
use super::{Material, changes};
use crate::assess::{Basis, Change, CommuneStatus, Counts, ListKind, Standing, Status};
use crate::catalogue::wording::Said;
use crate::model::report::{Block, Media, PageStart, Section};
use crate::model::{CriteriaSet, ItemCode};

/// The section of all communes.
pub(super) fn section(material: &Material<'_>) -> Section {
    let wording = material.wording.communes();
    Section {
        id: "communes".to_owned(),
        media: Media::Both,
        title: wording.title().into(),
        sheet_name: wording.sheet().into(),
        page: PageStart::Flow,
        blocks: material
            .assessment
            .communes
            .iter()
            .map(|status| Block::Paragraph(paragraph(material, status).into_spans()))
            .collect(),
    }
}

/// `Xã Trung Lương: đạt 14/19 tiêu chí, 61/75 chỉ tiêu … Chưa đạt …: giao thông 2.1, 2.2; nghèo đa chiều.`
fn paragraph(material: &Material<'_>, status: &CommuneStatus) -> Said {
    let with_sets: Vec<(&Standing, &CriteriaSet)> =
        status.standings.iter().filter_map(|standing| Some((standing, material.set(&standing.set)?))).collect();
    let figures = match status.standings.iter().all(|standing| standing.basis == Basis::Nothing) {
        true => material.wording.communes().no_report_at_all(material.assessment.period.short()),
        false => Said::join(with_sets.iter().map(|(standing, set)| figures(material, standing, set)), "; "),
    };
    let lead = material.wording.communes().lead(material.full_name(&status.commune));
    let sentences = with_sets.iter().flat_map(|(standing, set)| sentences(material, status, standing, set));
    let opening = lead.then(figures).then(".");
    sentences.fold(opening, |said, sentence| said.then(" ").then(sentence))
}

/// What is reached under one set, with what has to be known of the figures in brackets.
fn figures(material: &Material<'_>, standing: &Standing, set: &CriteriaSet) -> Said {
    let wording = material.wording.communes();
    let period = material.assessment.period.short();
    if standing.basis == Basis::Nothing {
        return wording.no_report(&set.short_name, period);
    }
    let asides = asides(material, standing, set);
    let mut said = reached(material, standing, set);
    if !asides.is_empty() {
        said = said.then(format!(" ({})", joined(asides, "; ")).as_str());
    }
    match standing.basis {
        Basis::Earlier(earlier) => said.then(" – ").then(wording.of_earlier(earlier.short(), period)),
        _ => said,
    }
}

fn reached(material: &Material<'_>, standing: &Standing, set: &CriteriaSet) -> Said {
    let wording = material.wording.communes();
    let (criteria, items) = (standing.criteria_counts, standing.item_counts);
    let name = &set.short_name;
    match standing.list {
        ListKind::Indicators => wording.by_list(criteria.met, criteria.total(), items.met, items.total(), name),
        ListKind::Criteria if set.indicators_known => wording.by_criteria_only(criteria.met, criteria.total(), name),
        ListKind::Criteria => wording.by_criteria(criteria.met, criteria.total(), name),
        ListKind::None => declared(material, standing, set),
    }
}

fn declared(material: &Material<'_>, standing: &Standing, set: &CriteriaSet) -> Said {
    let wording = material.wording.communes();
    let name = &set.short_name;
    let Some(declared) = &standing.declared else { return wording.nothing_stated(name) };
    let criteria_total = declared.criteria_total.unwrap_or(set.criteria_total());
    let indicators_total = declared.indicators_total.unwrap_or(set.indicators_total);
    match (declared.criteria_met, declared.indicators_met) {
        (Some(criteria), Some(indicators)) => {
            wording.declared_both(criteria, criteria_total, indicators, indicators_total, name)
        }
        (Some(criteria), None) => wording.declared_criteria(criteria, criteria_total, name),
        (None, Some(indicators)) => wording.declared_indicators(indicators, indicators_total, name),
        (None, None) => wording.nothing_stated(name),
    }
}

/// What has to be known of the figures: declared otherwise, not applicable, not reported.
fn asides(material: &Material<'_>, standing: &Standing, set: &CriteriaSet) -> Vec<Said> {
    let wording = material.wording.communes();
    let place = standing.received.as_ref().map_or("", |received| received.sheet.as_str());
    let cell = standing.declared.as_ref().and_then(|declared| declared.cell.as_deref());
    let mut asides: Vec<Said> = Vec::new();
    for difference in standing.differences() {
        let declared = of(difference.declared, difference.total);
        let subject = material.subject(difference.subject);
        asides.push(wording.aside_difference(declared, subject, material.at(place, cell), difference.amount()));
    }
    for (subject, declared, total) in standing.wrong_totals(set.criteria_total(), set.indicators_total) {
        asides.push(wording.aside_wrong_total(material.subject(subject), declared, total));
    }
    if standing.list == ListKind::None {
        return asides;
    }
    let criteria = standing.criteria_counts;
    let items = if standing.list == ListKind::Indicators { standing.item_counts } else { Counts::default() };
    asides.extend((items.not_applicable > 0).then(|| wording.aside_indicators_not_applicable(items.not_applicable)));
    asides
        .extend((criteria.not_applicable > 0).then(|| wording.aside_criteria_not_applicable(criteria.not_applicable)));
    asides.extend((items.unknown() > 0).then(|| wording.aside_indicators_unknown(items.unknown())));
    asides.extend((criteria.unknown() > 0).then(|| wording.aside_criteria_unknown(criteria.unknown())));
    asides
}

/// What follows the figures: fallen back, not met, not reported, the roadmap.
fn sentences(material: &Material<'_>, status: &CommuneStatus, standing: &Standing, set: &CriteriaSet) -> Vec<Said> {
    let wording = material.wording.communes();
    let name = &set.short_name;
    let mut said = Vec::new();
    let fallen = changes::items(material, standing, set, Change::FellBack);
    said.extend(
        fallen.zip(standing.before).map(|(items, before)| wording.fell_back(name, before.period.short(), items)),
    );
    if !standing.not_met.is_empty() {
        said.push(wording.not_met(name, material.items(set, standing.not_met.iter().map(|unmet| unmet.code))));
    }
    let unknown = if standing.list == ListKind::None { Vec::new() } else { unsettled(standing) };
    if !unknown.is_empty() {
        said.push(wording.unknown(name, material.items(set, unknown)));
    }
    let mut targets = material.settings.roadmap.iter();
    let target = targets.find(|target| target.commune == status.commune.code && target.set == set.id);
    said.extend(target.map(|target| wording.roadmap(name, target.year)));
    said
}

/// Items without a verdict, but for those whose criterion is judged as a whole; criteria, where the list is one of them.
fn unsettled(standing: &Standing) -> Vec<ItemCode> {
    let unsettled = |status| matches!(status, Status::Open | Status::NotReported);
    if standing.list == ListKind::Criteria {
        let criteria = standing.criteria.iter().filter(|criterion| unsettled(criterion.status));
        return criteria.map(|criterion| ItemCode::criterion(criterion.number)).collect();
    }
    let judged_whole = |number: u16| {
        let criterion = standing.criteria.iter().find(|criterion| criterion.number == number);
        criterion.is_some_and(|c| c.items.unknown() == c.items.total() && !unsettled(c.status))
    };
    let unknown = standing.items.iter().filter(|item| unsettled(item.status));
    unknown.map(|item| item.code).filter(|code| !judged_whole(code.criterion_number())).collect()
}
