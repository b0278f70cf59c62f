//! What a committee has to look at: written so that it can act, most pressing first.

use super::words::{joined, names, of};
use super::{Material, changes, hands, roadmap, this_month};
use crate::assess::{
    Arrival, Basis, Change, CommuneStatus, FileRecord, ListKind, Outlook, Standing, Timeliness, Unmet,
};
use crate::catalogue::wording::Said;
use crate::diag::Severity;
use crate::model::report::Block;
use crate::model::{CriteriaSet, ItemCode};

/// How many communes a matter names with their figures.
const SHOWN: usize = 6;

/// The part of the first page.
pub(super) fn blocks(material: &Material<'_>) -> Vec<Block> {
    let wording = material.wording.decide();
    let matters = matters(material);
    let heading = Block::Heading(wording.heading().into());
    if matters.is_empty() {
        return vec![heading, Block::Paragraph(wording.none().into_spans())];
    }
    std::iter::once(heading).chain(matters.into_iter().map(|said| Block::Bullet(said.into_spans()))).collect()
}

/// The matters of the month, each one bullet.
fn matters(material: &Material<'_>) -> Vec<Said> {
    let mut matters = Vec::new();
    matters.extend(missing(material));
    matters.extend(set_aside(material));
    matters.extend(errors(material));
    matters.extend(disagreeing(material));
    matters.extend(hands_differ(material));
    matters.extend(doubtful(material));
    matters.extend(without_list(material));
    matters.extend(incomplete(material));
    matters.extend(fell_back(material));
    matters.extend(plans(material));
    matters.extend(behind(material));
    matters.extend(late(material));
    matters.extend(kept_apart(material));
    matters
}

/// Files of this month that could not be read.
pub(super) fn files_set_aside<'a>(material: &Material<'a>) -> Vec<&'a FileRecord> {
    let assessment = material.assessment;
    assessment
        .files
        .iter()
        .filter(|file| file.submissions.is_none() && file.period.is_none_or(|period| period == assessment.period))
        .collect()
}

/// Why a file was set aside: the first error that is said of it.
pub(super) fn reason(material: &Material<'_>, file: &FileRecord) -> String {
    let of_file = || material.assessment.problems.iter().filter(|problem| problem.sha256 == file.sha256);
    let worst = of_file().min_by_key(|problem| problem.severity);
    worst.map_or_else(
        || material.wording.decide().no_reason().into(),
        |problem| problem.message.get(material.wording.lang()).to_owned(),
    )
}

fn missing(material: &Material<'_>) -> Vec<Said> {
    let wording = material.wording.decide();
    let (missing, partial): (Vec<&CommuneStatus>, Vec<&CommuneStatus>) =
        material.assessment.communes.iter().partition(|status| status.arrival() == Arrival::Missing);
    let mut said = Vec::new();
    if !missing.is_empty() {
        let due = material.day(material.assessment.due);
        said.push(wording.missing(missing.len(), due, names(missing.iter().copied())));
    }
    for status in &material.assessment.sets {
        let without: Vec<&CommuneStatus> =
            partial.iter().copied().filter(|commune| commune.missing_sets().any(|set| *set == status.set)).collect();
        if !without.is_empty() {
            said.push(wording.missing_sets(material.short_name(status.set.as_str()), names(without)));
        }
    }
    said
}

fn late(material: &Material<'_>) -> Option<Said> {
    let wording = material.wording.decide();
    let late: Vec<Said> = material
        .assessment
        .communes
        .iter()
        .filter(|status| status.arrival() == Arrival::Received(Timeliness::Late))
        .map(|status| {
            let received = status.standings.iter().filter(|standing| standing.basis == Basis::ThisMonth);
            let last = received.filter_map(|standing| standing.received.as_ref()).map(|r| r.first_received_at).max();
            let day = last.map(|at| material.day(at.date())).unwrap_or_default();
            wording.late_commune(&status.commune.name, day)
        })
        .collect();
    (!late.is_empty()).then(|| wording.late(joined(late, ", ")))
}

fn set_aside(material: &Material<'_>) -> Option<Said> {
    let wording = material.wording.decide();
    let files = files_set_aside(material);
    let reasons = files.iter().map(|file| wording.set_aside_file(&file.file, reason(material, file)));
    let reasons = joined(reasons, "; ");
    (!files.is_empty()).then(|| wording.set_aside(files.len()).then(" ").then(reasons.as_str()).then("."))
}

/// Errors that stand on reports in use; those of files set aside are said with their file.
fn errors(material: &Material<'_>) -> Option<Said> {
    let aside = files_set_aside(material);
    let is_aside = |sha256: &str| aside.iter().any(|file| file.sha256 == sha256);
    let problems = material.assessment.problems.iter();
    let errors = problems.filter(|problem| problem.severity == Severity::Error && !is_aside(&problem.sha256)).count();
    (errors > 0).then(|| material.wording.decide().errors(errors, material.wording.problems().sheet()))
}

/// Declared totals that the list does not give, and sizes of the set that are not its own.
fn disagreeing(material: &Material<'_>) -> Vec<Said> {
    let wording = material.wording.decide();
    let mut communes: Vec<&str> = Vec::new();
    let mut differing = Vec::new();
    let mut wrong = Vec::new();
    for (status, standing, set) in this_month(material) {
        let sheet = standing.received.as_ref().map_or("", |received| received.sheet.as_str());
        let cell = standing.declared.as_ref().and_then(|declared| declared.cell.as_deref());
        let figures = standing.differences().into_iter().map(|difference| {
            let (declared, listed) =
                (of(difference.declared, difference.total), of(difference.listed, difference.total));
            wording.difference(material.subject(difference.subject), declared, listed, difference.amount())
        });
        let figures = joined(figures, "; ");
        if !figures.is_empty() {
            let name = status.commune.name.as_str();
            communes.push(name);
            let place = material.at(sheet, cell);
            differing.push((name, wording.difference_commune(name, &set.short_name, figures, place)));
        }
        let commune = material.full_name(&status.commune);
        for (subject, declared, total) in standing.wrong_totals(set.criteria_total(), set.indicators_total) {
            wrong.push(wording.wrong_total(&commune, material.subject_of_set(subject, set), declared, total));
        }
    }
    communes.dedup();
    let differing = (!differing.is_empty()).then(|| {
        let named = the_first(material, differing);
        wording.differences(communes.len()).then(" ").then(named).then(". ").then(wording.differences_hint())
    });
    differing.into_iter().chain(wrong).collect()
}

/// Items that commune, district and decisions judge differently.
fn hands_differ(material: &Material<'_>) -> Option<Said> {
    let sheet = material.wording.hands().sheet();
    hands::counted(material).map(|(count, communes)| material.wording.decide().hands(count, communes, sheet))
}

/// Reports that repeat the one before, values that jump, verdicts that their values contradict by a confirmed target.
fn doubtful(material: &Material<'_>) -> Vec<Said> {
    let wording = material.wording.decide();
    let named = |items: &dyn Fn(&Standing) -> Vec<ItemCode>| -> Option<Said> {
        let named: Vec<(&str, Said)> = this_month(material)
            .filter_map(|(status, standing, set)| {
                let items = items(standing);
                let name = status.commune.name.as_str();
                let said = wording.contradicted_commune(name, &set.short_name, joined(&items, ", "));
                (!items.is_empty()).then_some((name, said))
            })
            .collect();
        (!named.is_empty()).then(|| the_first(material, named))
    };
    let repeated = this_month(material).filter(|(_, standing, _)| standing.trail.same_as.is_some());
    let repeated: Vec<Said> =
        repeated.map(|(status, _, set)| wording.repeated_commune(&status.commune.name, &set.short_name)).collect();
    let repeated = (!repeated.is_empty()).then(|| wording.repeated(joined(repeated, ", ")));
    let jumping = named(&|standing| standing.trail.jumps.iter().map(|jump| jump.code).collect());
    let contradicted = named(&|standing| standing.by_value.contradictions.iter().map(|one| one.code).collect());
    let said =
        [contradicted.map(|named| wording.contradicted(named)), jumping.map(|named| wording.jumping(named)), repeated];
    said.into_iter().flatten().collect()
}

/// Reports that state totals only.
fn without_list(material: &Material<'_>) -> Vec<Said> {
    let of_set = |set: &CriteriaSet| {
        let without = |(_, standing, of): &(&CommuneStatus, &Standing, &CriteriaSet)| {
            standing.list == ListKind::None && of.id == set.id
        };
        let communes: Vec<&CommuneStatus> = this_month(material).filter(without).map(|(status, ..)| status).collect();
        (!communes.is_empty()).then(|| material.wording.decide().no_list(&set.short_name, names(communes)))
    };
    super::assessed_sets(material).filter_map(of_set).collect()
}

/// Items of this month's lists of which nothing is said.
fn incomplete(material: &Material<'_>) -> Option<Said> {
    let counted = by_commune(material, |standing| match standing.list {
        ListKind::Indicators => standing.item_counts.unknown() as usize,
        ListKind::Criteria => standing.criteria_counts.unknown() as usize,
        ListKind::None => 0,
    });
    counted.map(|(count, communes)| material.wording.decide().incomplete(count, communes))
}

fn fell_back(material: &Material<'_>) -> Option<Said> {
    let wording = material.wording.decide();
    let fallen: Vec<(&str, Said)> = this_month(material)
        .filter_map(|(status, standing, set)| {
            let items = changes::items(material, standing, set, Change::FellBack)?;
            let name = status.commune.name.as_str();
            Some((name, wording.fell_back_commune(name, &set.short_name, items)))
        })
        .collect();
    (!fallen.is_empty()).then(|| wording.fell_back(the_first(material, fallen)))
}

/// What is said of communes, of the first in full, of the others by name: the first page must not become three. What is
/// left out here stands in the paragraph of each commune.
fn the_first(material: &Material<'_>, mut said: Vec<(&str, Said)>) -> Said {
    let rest = said.split_off(said.len().min(SHOWN));
    let shown = Said::join(said.into_iter().map(|(_, said)| said), "; ");
    let mut names: Vec<&str> = rest.into_iter().map(|(name, _)| name).collect();
    names.dedup();
    if names.is_empty() { shown } else { shown.then(material.wording.decide().and_others(names.join(", "))) }
}

/// Unmet without person, task and date; and past its date.
fn plans(material: &Material<'_>) -> Vec<Said> {
    let wording = material.wording.decide();
    let today = material.made_at.date();
    let unmet = |wanted: &dyn Fn(&Unmet) -> bool| {
        by_commune(material, |standing| standing.not_met.iter().filter(|unmet| wanted(unmet)).count())
    };
    let without = unmet(&|unmet| !unmet.plan.is_complete());
    let overdue = unmet(&|unmet| unmet.plan.due.is_some_and(|due| due < today));
    let without = without.map(|(count, communes)| wording.no_plan(count, communes));
    without.into_iter().chain(overdue.map(|(count, communes)| wording.overdue(count, communes))).collect()
}

/// Communes that will not meet a set in its year unless something changes.
fn behind(material: &Material<'_>) -> Option<Said> {
    let wording = material.wording.decide();
    let at_risk = |outlook| matches!(outlook, Outlook::Behind | Outlook::OutOfReach);
    let named: Vec<(&str, Said)> = roadmap::with_course(material)
        .filter(|(.., course)| at_risk(course.outlook))
        .map(|(status, _, set, course)| {
            let name = status.commune.name.as_str();
            let outlook = roadmap::outlook(material, course.outlook).to_string().to_lowercase();
            (name, wording.behind_commune(name, &set.short_name, course.year, outlook))
        })
        .collect();
    (!named.is_empty()).then(|| wording.behind(the_first(material, named)))
}

/// Something counted over this month's standings: in all, and in which commune how much.
fn by_commune(material: &Material<'_>, count: impl Fn(&Standing) -> usize) -> Option<(usize, String)> {
    let counts: Vec<(&CommuneStatus, usize)> = material
        .assessment
        .communes
        .iter()
        .map(|status| {
            let standings = status.standings.iter().filter(|standing| standing.basis == Basis::ThisMonth);
            (status, standings.map(&count).sum::<usize>())
        })
        .filter(|(_, count)| *count > 0)
        .collect();
    let wording = material.wording.decide();
    let named = counts.iter().map(|(status, count)| wording.commune_count(&status.commune.name, count));
    (!counts.is_empty()).then(|| (counts.iter().map(|(_, count)| count).sum(), joined(named, ", ")))
}

/// What was received and stands in no figure.
fn kept_apart(material: &Material<'_>) -> Vec<Said> {
    let wording = material.wording.decide();
    let (unexpected, unplaced) = (material.assessment.unexpected.len(), material.assessment.unplaced);
    let sheet = material.wording.receipts().sheet();
    let unexpected = (unexpected > 0).then(|| wording.unexpected(unexpected, sheet));
    let unplaced = (unplaced > 0).then(|| wording.unplaced(unplaced));
    unexpected.into_iter().chain(unplaced).collect()
}
