//! What changed against the report before, commune by commune.

use super::Material;
use crate::assess::{Basis, Change, CommuneStatus, ListKind, Standing};
use crate::catalogue::wording::Said;
use crate::model::report::Block;
use crate::model::{CriteriaSet, ItemCode};

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
    match (before.list, standing.list) {
        (ListKind::None, _) => {}
        // Only a report that did have a list makes the lack of one a change.
        (_, ListKind::None) => parts.push(wording.no_list()),
        lists => {
            let (was, is) = (before.criteria.met, standing.criteria_counts.met);
            parts.extend((was != is).then(|| wording.criteria(was, is)));
            let (was, is) = (before.items.met, standing.item_counts.met);
            let comparable = lists == (ListKind::Indicators, ListKind::Indicators);
            parts.extend((comparable && was != is).then(|| wording.indicators(was, is)));
        }
    }
    parts.extend(items(material, standing, set, Change::FellBack).map(|items| wording.fell_back(items)));
    parts.extend(items(material, standing, set, Change::NewlyMet).map(|items| wording.newly_met(items)));
    parts.extend(items(material, standing, set, Change::NoLongerStated).map(|items| wording.no_longer_stated(items)));
    let lead = wording.of_commune(&status.commune.name, &set.short_name, before.period.short());
    (!parts.is_empty()).then(|| lead.then(Said::join(parts, "; ")).then("."))
}

/// Items that changed in one way, and criteria that did so without any of their items: those judged as a whole, or
/// whose items were not all comparable.
pub(super) fn items(material: &Material<'_>, standing: &Standing, set: &CriteriaSet, change: Change) -> Option<String> {
    let mut codes: Vec<ItemCode> = standing.changed(change).collect();
    let by_items: Vec<u16> = codes.iter().map(|code| code.criterion_number()).collect();
    let of_themselves = standing.criteria_changed(change).filter(|number| !by_items.contains(number));
    codes.extend(of_themselves.map(ItemCode::criterion));
    codes.sort();
    (!codes.is_empty()).then(|| material.items(set, codes))
}
