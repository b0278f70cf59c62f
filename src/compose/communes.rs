//! A paragraph for each commune, in the form in which committees report: what it has reached by its list, what it
//! declares where that differs, and what is not met.

use super::words::{capitalised, joined, of};
use super::{Material, changes};
use crate::assess::{Basis, Change, CommuneStatus, Counts, ListKind, Standing, Status};
use crate::catalogue::wording::Said;
use crate::model::report::{Block, Media, PageStart, Section};
use crate::model::{CriteriaSet, ItemCode, Period};

/// The section of all communes.
pub(super) fn section(material: &Material<'_>) -> Section {
    let wording = material.wording.communes();
    let paragraph = |status| Block::Paragraph(paragraph(material, status).into_spans());
    let mut blocks = vec![Block::Note(wording.note(material.assessment.period.short()).into())];
    blocks.extend(material.assessment.communes.iter().map(paragraph));
    Section {
        id: "communes".to_owned(),
        media: Media::Both,
        title: wording.title().into(),
        sheet_name: wording.sheet().into(),
        page: PageStart::Flow,
        blocks,
    }
}

/// `Xã Trung Lương: đạt 14/19 tiêu chí, 61/75 chỉ tiêu … Chưa đạt …: giao thông 2.1, 2.2; nghèo đa chiều.`
fn paragraph(material: &Material<'_>, status: &CommuneStatus) -> Said {
    let with_sets: Vec<(&Standing, &CriteriaSet)> = with_sets(material, status).collect();
    let opening = opening(material, status);
    sentences(material, status, &with_sets).into_iter().fold(opening, |said, sentence| said.then(" ").then(sentence))
}

fn with_sets<'a>(
    material: &'a Material<'_>,
    status: &'a CommuneStatus,
) -> impl Iterator<Item = (&'a Standing, &'a CriteriaSet)> {
    status.standings.iter().filter_map(|standing| Some((standing, material.set(&standing.set)?)))
}

/// The first sentence: the figures of all sets, with what has to be known of them.
pub(super) fn opening(material: &Material<'_>, status: &CommuneStatus) -> Said {
    let wording = material.wording.communes();
    let period = material.assessment.period.short();
    let name = material.full_name(&status.commune);
    let earlier = stands_in(status);
    let lead = match earlier {
        Some(earlier) => wording.lead_earlier(name, earlier.short(), &period),
        None => wording.lead(name),
    };
    let figures = match status.standings.iter().all(|standing| standing.basis == Basis::Nothing) {
        true => wording.no_report_at_all(),
        false => {
            let of_set = |(standing, set): (&Standing, &CriteriaSet)| match standing.basis {
                // Said once at the head, where it holds for all figures of the commune.
                Basis::Earlier(month) if earlier.is_none() => {
                    figures(material, standing, set).then(" – ").then(wording.of_earlier(month.short(), &period))
                }
                _ => figures(material, standing, set),
            };
            Said::join(with_sets(material, status).map(of_set), "; ")
        }
    };
    lead.then(figures).then(".")
}

/// The one earlier month that stands in for all that a commune has not sent.
fn stands_in(status: &CommuneStatus) -> Option<Period> {
    let mut months = status.standings.iter().filter_map(|standing| match standing.basis {
        Basis::ThisMonth => Some(None),
        Basis::Earlier(month) => Some(Some(month)),
        Basis::Nothing => None,
    });
    let first = months.next()??;
    months.all(|month| month == Some(first)).then_some(first)
}

/// What is reached under one set, with what has to be known of the figures in brackets.
fn figures(material: &Material<'_>, standing: &Standing, set: &CriteriaSet) -> Said {
    let wording = material.wording.communes();
    if standing.basis == Basis::Nothing {
        return wording.no_report(&set.short_name);
    }
    let reached = reached(material, standing, set);
    // Figures that go by another hand are not those of the list.
    let differs = standing.list != ListKind::None && standing.stated.is_none() && !standing.differences().is_empty();
    let said = if differs { wording.listed(reached) } else { reached };
    let asides = asides(material, standing, set);
    if asides.is_empty() { said } else { said.then(format!(" ({})", joined(asides, "; ")).as_str()) }
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
    asides.extend(standing.own_counts().map(|(criteria, items)| {
        wording.aside_own_list(of(criteria.met, criteria.total()), of(items.met, items.total()))
    }));
    let differences = standing.differences();
    if !differences.is_empty() {
        let figures = differences.iter().map(|d| wording.difference(of(d.declared, d.total), d.amount()));
        asides.push(wording.aside_difference(joined(figures, "; "), material.at(place, cell)));
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

/// What follows the figures, each over all sets: fallen back, not met, not reported, the roadmap.
fn sentences(material: &Material<'_>, status: &CommuneStatus, with_sets: &[(&Standing, &CriteriaSet)]) -> Vec<Said> {
    let wording = material.wording.communes();
    let fell_back = with_sets.iter().filter_map(|(standing, set)| {
        let items = changes::items(material, standing, set, Change::FellBack)?;
        Some(wording.fell_back(&set.short_name, standing.before?.period.short(), items))
    });
    let not_met = with_sets.iter().filter(|(standing, _)| !standing.not_met.is_empty()).map(|(standing, set)| {
        wording.not_met(&set.short_name, material.items(set, standing.not_met.iter().map(|unmet| unmet.code)))
    });
    let unknown =
        with_sets.iter().filter(|(standing, _)| standing.list != ListKind::None).filter_map(|(standing, set)| {
            let codes = unsettled(standing);
            (!codes.is_empty()).then(|| wording.unknown(&set.short_name, material.items(set, codes)))
        });
    let targets = with_sets.iter().filter_map(|(_, set)| {
        let mut targets = material.settings.roadmap.iter();
        let target = targets.find(|target| target.commune == status.commune.code && target.set == set.id)?;
        Some(wording.target(&set.short_name, target.year))
    });
    let targets = joined(targets, "; ");
    let said = [joined(fell_back, "; "), joined(not_met, "; "), joined(unknown, "; ")];
    let said = said.into_iter().filter(|sentence| !sentence.is_empty());
    let sentences = said.map(|sentence| Said::from(format!("{}.", capitalised(&sentence)).as_str()));
    sentences.chain((!targets.is_empty()).then(|| wording.roadmap(targets))).collect()
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
