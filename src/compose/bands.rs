//! Communes by number of criteria met, and what is hard: the tables of the first page.

use super::words::joined;
use super::{Material, assessed_sets, table};
use crate::assess::{Band, Basis, Count, ListKind, SetStatus, Standing, Tally};
use crate::catalogue::wording::Said;
use crate::model::report::{Block, Cell, Row, Tone};
use crate::model::{CommuneCode, CriteriaSet, ItemCode};

/// How many of the hardest a committee is shown; the matrices have all.
const SHOWN: usize = 10;

/// One table of bands for each set.
pub(super) fn blocks(material: &Material<'_>) -> Vec<Block> {
    let wording = material.wording.overview();
    let tables = with_status(material).map(|(set, status)| Block::Table(bands(material, set, status)));
    std::iter::once(Block::Heading(wording.bands_heading().into()))
        .chain(tables)
        .chain([Block::Note(wording.bands_note().into())])
        .collect()
}

/// The hardest criteria and indicators of each set.
pub(super) fn hard(material: &Material<'_>) -> Vec<Block> {
    let wording = material.wording.overview();
    let mut blocks = vec![Block::Heading(wording.hard_heading().into())];
    let mut unconfirmed = false;
    for (set, status) in with_status(material) {
        let listed = status.criteria.first().map_or(0, |tally| tally.communes.total());
        let criteria = status.hardest_criteria();
        if criteria.is_empty() {
            blocks.push(Block::Paragraph(wording.hard_none(&set.short_name).into_spans()));
            continue;
        }
        blocks.extend(hardest(material, set, "criteria", wording.hard_criteria(&set.short_name, listed), &criteria));
        if set.indicators_known {
            let items = status.hardest_items();
            let caption = wording.hard_indicators(&set.short_name, listed);
            blocks.extend(hardest(material, set, "indicators", caption, &items));
        }
        unconfirmed |= super::annex::unconfirmed(set) > 0;
    }
    blocks.extend(unconfirmed.then(|| Block::Note(material.wording.words().unconfirmed_note().into())));
    blocks
}

/// Communes whose report of this month declares criteria met without a list to check them by.
pub(super) fn declared_only<'a>(
    material: &Material<'a>,
    set: &'a CriteriaSet,
) -> impl Iterator<Item = &'a CommuneCode> {
    let declares = |standing: &Standing| standing.list == ListKind::None && standing.criteria_range().is_some();
    let standings = material.assessment.standings();
    let declaring = standings.filter(move |(_, standing)| {
        standing.set == set.id && standing.basis == Basis::ThisMonth && declares(standing)
    });
    declaring.map(|(status, _)| &status.commune.code)
}

fn with_status<'a>(material: &Material<'a>) -> impl Iterator<Item = (&'a CriteriaSet, &'a SetStatus)> + use<'a> {
    assessed_sets(material).zip(&material.assessment.sets)
}

fn bands(material: &Material<'_>, set: &CriteriaSet, status: &SetStatus) -> crate::model::report::Table {
    let wording = material.wording.overview();
    let columns = material.wording.columns();
    let mut rows: Vec<Row> = status
        .bands
        .iter()
        .map(|(band, count)| row(material, set, label(material, *band, set.criteria_total()), count, Tone::Plain))
        .collect();
    if status.band_unknown.total() > 0 {
        rows.push(row(material, set, wording.band_unknown(), &status.band_unknown, Tone::Warning));
    }
    let nothing: Vec<CommuneCode> = material
        .assessment
        .standings()
        .filter(|(_, standing)| standing.set == set.id && standing.basis == Basis::Nothing)
        .map(|(status, _)| status.commune.code.clone())
        .collect();
    if !nothing.is_empty() {
        let nothing = Count { this_month: nothing, earlier: Vec::new() };
        rows.push(row(material, set, wording.band_nothing(), &nothing, Tone::NotReported));
    }
    let counts = [status.reported + status.earlier + status.nothing, status.earlier];
    let totals = counts.map(|number| Cell::integer(number.into()));
    rows.push(table::total([vec![Cell::text(wording.band_total())], totals.to_vec(), vec![Cell::empty()]].concat()));
    table::of_text(
        format!("bands-{}", set.id),
        wording.bands_caption(&set.short_name, set.criteria_total()),
        vec![
            table::text(columns.band(), 24.0),
            table::figure(columns.communes(), 8.0),
            table::figure(columns.of_earlier(), 14.0),
            table::text(columns.names(), 60.0),
        ],
        rows,
    )
}

fn row(material: &Material<'_>, set: &CriteriaSet, label: Said, count: &Count, tone: Tone) -> Row {
    let declared: Vec<&CommuneCode> = declared_only(material, set).collect();
    let this_month = count.this_month.iter().map(|code| {
        let name = material.name_of_code(&code.0);
        if declared.contains(&code) { material.wording.overview().band_declared(name).into() } else { name }
    });
    let earlier = count.earlier.iter().map(|code| format!("{}*", material.name_of_code(&code.0)));
    table::body(vec![
        Cell::text(label).toned(tone),
        table::count(count.total()),
        table::count(count.earlier.len()),
        Cell::text(joined(this_month.chain(earlier), ", ")),
    ])
}

fn label(material: &Material<'_>, band: Band, total: u32) -> Said {
    let wording = material.wording.overview();
    match band {
        Band { from, .. } if from == total => wording.band_all(total),
        Band { from: 0, to } => wording.band_under(to + 1),
        Band { from, to } if from == to => Said::from(from.to_string().as_str()),
        Band { from, to } => wording.band_range(from, to),
    }
}

fn hardest(material: &Material<'_>, set: &CriteriaSet, kind: &str, caption: Said, tallies: &[&Tally]) -> Vec<Block> {
    let columns = material.wording.columns();
    let rows = tallies.iter().take(SHOWN).map(|tally| {
        let counts = tally.communes;
        let numbers = [counts.not_met, counts.met, counts.not_applicable, counts.unknown()];
        let name = name(material, set, kind, tally.code);
        let cells = [Cell::text(tally.code.to_string()), Cell::text(name)];
        table::body(cells.into_iter().chain(numbers.map(|number| Cell::integer(number.into()))).collect())
    });
    let shown = table::of_text(
        format!("hard-{kind}-{}", set.id),
        caption,
        vec![
            table::mark(columns.item(), 6.0),
            table::text(columns.content(), 60.0),
            table::figure(columns.not_met(), 9.0),
            table::figure(columns.met(), 9.0),
            table::figure(columns.not_applicable(), 9.0),
            table::figure(columns.unknown(), 9.0),
        ],
        rows.collect(),
    );
    let more = tallies.len().saturating_sub(SHOWN);
    let more = (more > 0).then(|| Block::Note(material.wording.overview().hard_more(more).into()));
    std::iter::once(Block::Table(shown)).chain(more).collect()
}

fn name(material: &Material<'_>, set: &CriteriaSet, kind: &str, code: ItemCode) -> String {
    match set.criterion(code.criterion_number()) {
        Some(criterion) if kind == "criteria" => material.criterion_name(criterion),
        _ => material.item_name(set, code),
    }
}
