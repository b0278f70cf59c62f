//! What changed against the report before, commune by commune.

use super::Material;
use crate::assess::{Basis, Change, CommuneStatus, Counts, ListKind, Standing};
use crate::catalogue::wording::Said;
use crate::model::CriteriaSet;
use crate::model::report::Block;

/// The part of the first page.
pub(super) fn blocks(material: &Material<'_>) -> Vec<Block> {
    let wording = material.wording.changes();
    let standings = || material.assessment.standings().filter(|(_, standing)| standing.basis == Basis::ThisMonth);
    let changes: Vec<Block> = standings()
        .filter_map(|(status, standing)| of_standing(material, status, standing))
        .map(|said| Block::Bullet(said.into_spans()))
        .collect();
    let heading = Block::Heading(wording.heading().into());
    let nothing = if standings().any(|(_, standing)| standing.before.is_some()) {
        wording.none()
    } else {
        wording.nothing_before()
    };
    match changes.is_empty() {
        true => vec![heading, Block::Paragraph(nothing.into_spans())],
        false => std::iter::once(heading).chain(changes).collect(),
    }
}

fn of_standing(material: &Material<'_>, status: &CommuneStatus, standing: &Standing) -> Option<Said> {
    let wording = material.wording.changes();
    let before = standing.before?;
    let set = material.set(&standing.set)?;
    let mut parts = Vec::new();
    if standing.list == ListKind::None {
        // Only a report that did have a list makes the lack of one a change.
        parts.extend(says(before.criteria).then(|| wording.no_list()));
    } else {
        let differs = |before: Counts, now: Counts| says(before) && before.met != now.met;
        let criteria = (before.criteria, standing.criteria_counts);
        let items = (before.items, standing.item_counts);
        parts.extend(differs(criteria.0, criteria.1).then(|| wording.criteria(criteria.0.met, criteria.1.met)));
        let comparable = set.indicators_known && standing.list == ListKind::Indicators && differs(items.0, items.1);
        parts.extend(comparable.then(|| wording.indicators(items.0.met, items.1.met)));
    }
    parts.extend(items(material, standing, set, Change::FellBack).map(|items| wording.fell_back(items)));
    parts.extend(items(material, standing, set, Change::NewlyMet).map(|items| wording.newly_met(items)));
    parts.extend(items(material, standing, set, Change::NoLongerStated).map(|items| wording.no_longer_stated(items)));
    let lead = wording.of_commune(&status.commune.name, &set.short_name, before.period.short());
    (!parts.is_empty()).then(|| lead.then(Said::join(parts, "; ")).then("."))
}

/// Items that changed in one way; where lists speak of criteria only, the criteria.
pub(super) fn items(material: &Material<'_>, standing: &Standing, set: &CriteriaSet, change: Change) -> Option<String> {
    let mut codes: Vec<_> = standing.changed(change).collect();
    let by_items: Vec<u16> = codes.iter().map(|code| code.criterion_number()).collect();
    // A criterion judged as a whole changes without any of its items doing so.
    codes.extend(
        standing
            .criteria_changed(change)
            .filter(|number| change != Change::NoLongerStated && !by_items.contains(number))
            .filter(|number| unexplained(standing, *number))
            .map(crate::model::ItemCode::criterion),
    );
    codes.sort();
    (!codes.is_empty()).then(|| material.items(set, codes))
}

/// Whether nothing is said of the items of a criterion, so that its own verdict is all there is.
fn unexplained(standing: &Standing, number: u16) -> bool {
    let criterion = standing.criteria.iter().find(|criterion| criterion.number == number);
    criterion.is_some_and(|criterion| criterion.items.unknown() == criterion.items.total())
}

fn says(counts: Counts) -> bool {
    counts.unknown() < counts.total()
}
