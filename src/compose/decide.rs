//! One page to decide from: what changed since the report before, what is at risk, what is asked of whom by when.

use super::words::{joined, names};
use super::{Material, asks, changes, hands, roadmap, this_month};
use crate::assess::{Basis, Change, CommuneStatus, FileRecord, ListKind, Outlook, Standing, Unmet};
use crate::catalogue::wording::Said;
use crate::model::report::Block;
use crate::model::{CriteriaSet, ItemCode};

/// How many communes a matter names with their figures.
const SHOWN: usize = 6;

/// The part of the first page: what changed, what is at risk, what is asked of whom by when.
pub(super) fn blocks(material: &Material<'_>) -> Vec<Block> {
    let wording = material.wording.decide();
    let bullets = |heading: Said, said: Vec<Said>, none: Said| {
        let nothing = said.is_empty().then(|| Block::Paragraph(none.into_spans()));
        let said = said.into_iter().map(|said| Block::Bullet(said.into_spans()));
        std::iter::once(Block::Heading(heading.into())).chain(nothing).chain(said).collect::<Vec<Block>>()
    };
    let mut blocks = bullets(wording.changed_heading(), changed(material), material.wording.changes().nothing_before());
    blocks.extend(bullets(wording.risks_heading(), risks(material), wording.no_risks()));
    blocks.push(Block::Heading(wording.heading().into()));
    blocks.push(asks::table(material).map_or_else(|| Block::Paragraph(wording.none().into_spans()), Block::Table));
    blocks
}

/// What changed over all communes, set by set, and what fell back.
fn changed(material: &Material<'_>) -> Vec<Said> {
    super::assessed_sets(material).filter_map(|set| gained(material, set)).chain(fell_back(material)).collect()
}

/// How many communes gained how many items, and who newly meets all criteria; nothing where no report has one before.
fn gained(material: &Material<'_>, set: &CriteriaSet) -> Option<Said> {
    let wording = material.wording.decide();
    let compared: Vec<(&CommuneStatus, &Standing)> = this_month(material)
        .filter(|(_, standing, of)| of.id == set.id && standing.before.is_some())
        .map(|(status, standing, _)| (status, standing))
        .collect();
    let gains = compared.iter().map(|(_, standing)| changes::codes(standing, Change::NewlyMet).len());
    let gains: Vec<usize> = gains.filter(|gain| *gain > 0).collect();
    let completed = compared.iter().filter(|(_, standing)| {
        let was = standing.before.filter(|before| before.list != ListKind::None).map(|b| b.criteria.fulfilled());
        let is = standing.criteria_range().filter(|_| standing.list != ListKind::None);
        was.is_some_and(|was| was < set.criteria_total()) && is.is_some_and(|(least, _)| least == set.criteria_total())
    });
    let completed = names(completed.map(|(status, _)| *status));
    let said = match gains.is_empty() {
        true => wording.gained_none(&set.short_name),
        false => wording.gained(&set.short_name, gains.len(), gains.iter().sum::<usize>()),
    };
    let said = match completed.is_empty() {
        true => said,
        false => said.then("; ").then(wording.completed(set.criteria_total(), completed)),
    };
    (!compared.is_empty()).then(|| said.then("."))
}

/// What is at risk, or should be looked at twice, most pressing first.
fn risks(material: &Material<'_>) -> Vec<Said> {
    let mut risks = Vec::new();
    risks.extend(behind(material));
    risks.extend(overdue(material));
    risks.extend(hands_differ(material));
    risks.extend(doubtful(material));
    risks.extend(kept_apart(material));
    risks
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

/// Items that commune, district and decisions judge differently.
fn hands_differ(material: &Material<'_>) -> Option<Said> {
    hands::counted(material).map(|(count, communes)| material.wording.decide().hands(count, communes))
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
pub(super) fn the_first(material: &Material<'_>, mut said: Vec<(&str, Said)>) -> Said {
    let rest = said.split_off(said.len().min(SHOWN));
    let shown = Said::join(said.into_iter().map(|(_, said)| said), "; ");
    let mut names: Vec<&str> = rest.into_iter().map(|(name, _)| name).collect();
    names.dedup();
    if names.is_empty() { shown } else { shown.then(material.wording.decide().and_others(names.join(", "))) }
}

/// Unmet and past its date.
fn overdue(material: &Material<'_>) -> Option<Said> {
    let today = material.made_at.date();
    let is_overdue = |unmet: &&Unmet| unmet.plan.due.is_some_and(|due| due < today);
    let overdue = by_commune(material, |standing| standing.not_met.iter().filter(is_overdue).count());
    overdue.map(|overdue| material.wording.decide().overdue(overdue.items, overdue.communes))
}

/// Communes that will not meet a set in its year unless something changes.
pub(super) fn behind_course<'a>(material: &Material<'a>) -> impl Iterator<Item = roadmap::WithCourse<'a>> + use<'a> {
    let at_risk = |outlook| matches!(outlook, Outlook::Behind | Outlook::OutOfReach);
    roadmap::with_course(material).filter(move |(.., course)| at_risk(course.outlook))
}

fn behind(material: &Material<'_>) -> Option<Said> {
    let wording = material.wording.decide();
    let named: Vec<(&str, Said)> = behind_course(material)
        .map(|(status, _, set, course)| {
            let name = status.commune.name.as_str();
            let outlook = roadmap::outlook(material, course.outlook).to_string().to_lowercase();
            (name, wording.behind_commune(name, &set.short_name, course.year, outlook))
        })
        .collect();
    (!named.is_empty()).then(|| wording.behind(the_first(material, named)))
}

/// Something counted over this month's standings.
pub(super) struct Counted {
    /// How many in all.
    pub(super) items: usize,
    /// In how many communes.
    pub(super) places: usize,
    /// In which commune how many.
    pub(super) communes: String,
}

/// Something counted over this month's standings; nothing where there is none.
pub(super) fn by_commune(material: &Material<'_>, count: impl Fn(&Standing) -> usize) -> Option<Counted> {
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
    let items = counts.iter().map(|(_, count)| count).sum();
    (!counts.is_empty()).then(|| Counted { items, places: counts.len(), communes: joined(named, ", ") })
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
