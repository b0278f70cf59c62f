//! The unit beside itself a month and a year ago, with what moved it by name; and the conditions of the unit itself.

use super::words::joined;
use super::{Material, table, with_status};
use crate::assess::{Band, Count, Moves, Past, PastSet, Reached, ReachedShare, SetStatus};
use crate::catalogue::wording::Said;
use crate::model::report::{Block, Cell, Column, Media, PageStart, Row, Section, Table, Tone};
use crate::model::{CommuneCode, CriteriaSet};

/// Communes that a line names; the matrices have all.
const NAMED: usize = 20;

/// The section, where there is a past or a condition to tell of.
pub(super) fn section(material: &Material<'_>) -> Option<Section> {
    let wording = material.wording.district();
    let past = &material.assessment.past;
    let mut blocks = Vec::new();
    if !past.is_empty() {
        blocks.push(Block::Note(wording.note().into()));
        blocks.extend(with_status(material).map(|(set, status)| Block::Table(beside(material, set, status))));
    }
    if !material.assessment.reached.is_empty() {
        blocks.push(Block::Table(conditions(material)));
        let doubtful = material.assessment.reached.iter().any(|reached| !reached.condition.confirmed);
        blocks.extend(doubtful.then(|| Block::Note(wording.unconfirmed().into())));
    }
    (!blocks.is_empty()).then(|| Section {
        id: "district".to_owned(),
        media: Media::Both,
        title: wording.title().into(),
        sheet_name: wording.sheet().into(),
        page: PageStart::NewPortrait,
        blocks,
    })
}

/// Figures of a set, this month and in each month of the past that is stored, with what moved since the first of them.
fn beside(material: &Material<'_>, set: &CriteriaSet, status: &SetStatus) -> Table {
    let wording = material.wording.district();
    let past: Vec<(&Past, Option<&PastSet>)> =
        material.assessment.past.iter().map(|past| (past, past.set(&set.id))).collect();
    let moves = past.first().and_then(|(past, _)| material.assessment.moves(past, &set.id)).unwrap_or_default();
    let row = |label: Said, figure: &dyn Fn(&SetStatus) -> Cell, moved: String| {
        let then = past.iter().map(|(_, of_set)| of_set.map_or_else(Cell::empty, |past| figure(&past.status)));
        let moved = table::optional((!moved.is_empty()).then_some(moved));
        let cells = [Cell::text(label), figure(status)].into_iter().chain(then).chain([moved]);
        table::body(cells.collect())
    };
    let all = |status: &SetStatus| status.reported + status.earlier + status.nothing;
    let total = set.criteria_total();
    let mut rows: Vec<Row> = vec![
        row(
            wording.received(),
            &|status| Cell::text(format!("{}/{}", status.reported, all(status))),
            communes(material, &moves),
        ),
        row(
            wording.complete(total),
            &|status| Cell::text(format!("{}/{}", status.complete.total(), all(status))),
            completed(material, &moves),
        ),
        row(
            wording.mean(),
            &|status| status.mean_criteria.map_or_else(Cell::empty, |mean| Cell::text(material.decimal(mean, 2))),
            criteria(material, &moves),
        ),
    ];
    for (place, (band, _)) in status.bands.iter().enumerate() {
        let count = |status: &SetStatus| {
            status.bands.get(place).map_or_else(Cell::empty, |(_, count)| table::count(count.total()))
        };
        rows.push(row(super::bands::label(material, *band, total), &count, into_band(material, &moves, *band)));
    }
    let period = material.assessment.period.short();
    let since = past.first().map(|(past, _)| past.period.short()).unwrap_or_default();
    let columns: Vec<Column> = [table::text(wording.figure(), 22.0), table::figure(period, 9.0)]
        .into_iter()
        .chain(past.iter().map(|(past, _)| table::figure(past.period.short(), 9.0)))
        .chain([table::text(wording.moved(since), 50.0)])
        .collect();
    table::of_text(format!("district-{}", set.id), wording.caption(&set.short_name), columns, rows)
}

fn named(material: &Material<'_>, codes: &[CommuneCode]) -> String {
    limited(material, codes.iter().map(|code| material.name_of_code(&code.0)).collect())
}

fn limited(material: &Material<'_>, mut names: Vec<String>) -> String {
    let more = names.len().saturating_sub(NAMED);
    names.truncate(NAMED);
    let names = names.join(", ");
    if more > 0 { material.wording.offices().and_more(names, more).into() } else { names }
}

/// Communes that began or ended since: what the figures of both months are not made of alike.
fn communes(material: &Material<'_>, moves: &Moves) -> String {
    let wording = material.wording.district();
    let formed = (!moves.formed.is_empty()).then(|| wording.formed(named(material, &moves.formed)));
    let gone = || limited(material, moves.dissolved.iter().map(|commune| commune.name.clone()).collect());
    let dissolved = (!moves.dissolved.is_empty()).then(|| wording.dissolved(gone()));
    joined(formed.into_iter().chain(dissolved), "; ")
}

fn completed(material: &Material<'_>, moves: &Moves) -> String {
    let wording = material.wording.district();
    let completed = (!moves.completed.is_empty()).then(|| wording.completed(named(material, &moves.completed)));
    let lost = (!moves.lost.is_empty()).then(|| wording.lost(named(material, &moves.lost)));
    joined(completed.into_iter().chain(lost), "; ")
}

/// `Trung Lương 15 → 16, Bồ Đề 18 → 17`: those that moved most first.
fn criteria(material: &Material<'_>, moves: &Moves) -> String {
    let mut moved: Vec<&(CommuneCode, u32, u32)> = moves.criteria.iter().collect();
    moved.sort_by_key(|(_, then, now)| std::cmp::Reverse(then.abs_diff(*now)));
    let one = |(code, then, now): &(CommuneCode, u32, u32)| {
        material.wording.district().from_to(material.name_of_code(&code.0), then, now).to_string()
    };
    limited(material, moved.into_iter().map(one).collect())
}

/// Communes that came into a band, each with the one that it comes from.
fn into_band(material: &Material<'_>, moves: &Moves, band: Band) -> String {
    let into = moves.bands.iter().filter(|(.., now)| *now == band);
    let one = |(code, then, _): &(CommuneCode, Band, Band)| {
        let then = range(*then);
        material.wording.district().came_from(material.name_of_code(&code.0), then).to_string()
    };
    limited(material, into.map(one).collect())
}

fn range(band: Band) -> String {
    if band.from == band.to { band.from.to_string() } else { format!("{}-{}", band.from, band.to) }
}

/// The conditions of the unit, one line a share.
fn conditions(material: &Material<'_>) -> Table {
    let wording = material.wording.district();
    let columns = material.wording.columns();
    let rows = material.assessment.reached.iter().flat_map(|reached| {
        reached.shares.iter().enumerate().map(|(place, share)| condition(material, reached, share, place == 0))
    });
    let labels = vec![
        table::text(wording.condition(), 40.0),
        table::text(columns.set(), 14.0),
        table::figure(wording.least(), 12.0),
        table::figure(wording.now(), 16.0),
        table::text(wording.state(), 22.0),
    ];
    table::of_text("conditions", wording.conditions(), labels, rows.collect())
}

fn condition(material: &Material<'_>, reached: &Reached, share: &ReachedShare, is_first: bool) -> Row {
    let wording = material.wording.district();
    let condition = &reached.condition;
    let name = wording.named(&condition.name, &condition.decision).to_string();
    let name = if condition.confirmed { name } else { material.wording.words().unconfirmed(name).into() };
    let met = share.complete.total();
    let part = if share.of == 0 { 0.0 } else { met as f64 * 100.0 / f64::from(share.of) };
    let now = format!("{met}/{} ({}%)", share.of, material.decimal(part, 1));
    let (state, tone) = match share.is_reached {
        Some(true) => (wording.is_reached(), Tone::Met),
        Some(false) => (wording.is_not_reached(missing(share)), Tone::NotMet),
        None => (wording.is_open(), Tone::NotReported),
    };
    table::body(vec![
        if is_first { Cell::text(name) } else { Cell::empty() },
        Cell::text(material.short_name(share.share.set.as_str())),
        Cell::text(format!("{}%", share.share.least)),
        Cell::text(now),
        Cell::text(state).toned(tone),
    ])
}

/// How many communes are missing.
fn missing(share: &ReachedShare) -> u32 {
    let need = (share.share.least * share.of).div_ceil(100);
    need.saturating_sub(count(&share.complete))
}

fn count(count: &Count) -> u32 {
    u32::try_from(count.total()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::assess::made::{World, commune, made_at, report, small_set};
    use crate::catalogue::wording::shipped;
    use crate::model::{Commune, Lang};

    #[test]
    fn communes_that_began_or_ended_since_are_named_and_not_compared() {
        let set = small_set();
        let mut world = World::new(&[], vec![set.clone()]);
        world.settings.communes = vec![
            Commune { valid_to: Some(date(2024, 12, 31)), ..commune("13540", "An Nội") },
            Commune { valid_to: Some(date(2024, 12, 31)), ..commune("13522", "Hưng Công") },
            Commune { valid_from: Some(date(2025, 1, 1)), ..commune("13540", "Bình An") },
        ];
        world.store(&report("2024-12", "13540", &set, &[])).store(&report("2024-12", "13522", &set, &[]));
        world.store(&report("2025-01", "13540", &set, &[("2", Some("not_met"))]));
        let assessment = world.assess("2025-01");
        let wording = shipped(Lang::Vi).unwrap();
        let (settings, sets) = (&world.settings, world.sets.as_slice());
        let material = Material { assessment: &assessment, settings, sets, wording: &wording, made_at: made_at() };
        let told = format!("{:?}", section(&material).unwrap());
        assert!(told.contains("mới lập: Bình An; không còn: An Nội, Hưng Công"), "{told}");
        assert!(!told.contains("không còn đạt đủ"), "An Nội met all, Bình An never did: {told}");
        assert!(!told.contains("Bình An 3 → 2"), "{told}");
    }
}
