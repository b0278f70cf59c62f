//! Communes by number of criteria met.

use super::words::joined;
use super::{Material, charts, table};
use crate::assess::{Band, Basis, Count, ListKind, SetStatus, Standing};
use crate::catalogue::wording::Said;
use crate::model::report::{Block, Cell, Row, Table, Tone};
use crate::model::{CommuneCode, CriteriaSet};

/// One table of bands; sets of other bands have their own.
pub(super) fn blocks(material: &Material<'_>) -> Vec<Block> {
    let wording = material.wording.overview();
    let sets: Vec<Banded<'_>> = super::with_status(material).collect();
    let bands = |status: &SetStatus| status.bands.iter().map(|(band, _)| *band).collect::<Vec<Band>>();
    let tables = sets.chunk_by(|(_, left), (_, right)| bands(left) == bands(right));
    std::iter::once(Block::Heading(wording.bands_heading().into()))
        .chain(tables.flat_map(|sets| {
            let chart = charts::of_bands(material, sets).map(Block::Drawing);
            chart.into_iter().chain([Block::Table(table_of(material, sets))])
        }))
        .chain([Block::Note(wording.bands_note().into())])
        .collect()
}

/// A set with what is counted of it.
type Banded<'a> = (&'a CriteriaSet, &'a SetStatus);

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

/// A table of bands with a group of columns for each set.
fn table_of(material: &Material<'_>, sets: &[Banded<'_>]) -> Table {
    let wording = material.wording.overview();
    let columns = material.wording.columns();
    let row = |label: Said, tone: Tone, counts: &dyn Fn(&Banded<'_>) -> Count| {
        let cells = sets.iter().flat_map(|set| counted(material, set.0, &counts(set)));
        table::body(std::iter::once(Cell::text(label).toned(tone)).chain(cells).collect())
    };
    let first = sets.first().map_or(&[][..], |(_, status)| status.bands.as_slice());
    let total = sets.first().map_or(0, |(set, _)| set.criteria_total());
    let mut rows: Vec<Row> = first
        .iter()
        .enumerate()
        .map(|(place, (band, _))| row(label(material, *band, total), Tone::Plain, &|(_, s)| s.bands[place].1.clone()))
        .collect();
    if sets.iter().any(|(_, status)| status.band_unknown.total() > 0) {
        rows.push(row(wording.band_unknown(), Tone::Warning, &|(_, status)| status.band_unknown.clone()));
    }
    if sets.iter().any(|(_, status)| status.nothing > 0) {
        rows.push(row(wording.band_nothing(), Tone::NotReported, &|(set, _)| nothing(material, set)));
    }
    let totals = sets.iter().flat_map(|(_, status)| {
        [Cell::integer((status.reported + status.earlier + status.nothing).into()), Cell::empty()]
    });
    rows.push(table::total(std::iter::once(Cell::text(wording.band_total())).chain(totals).collect()));
    let of_sets = sets.iter().flat_map(|(set, _)| {
        let columns = [table::figure(columns.communes(), 5.0), table::text(columns.names(), 32.0)];
        columns.map(|column| table::under(wording.bands_caption(&set.short_name, set.criteria_total()), column))
    });
    let labels = std::iter::once(table::text(columns.band(), 13.0)).chain(of_sets).collect();
    let id = sets.first().map_or_else(String::new, |(set, _)| format!("bands-{}", set.id));
    table::of_text(id, "", labels, rows)
}

/// Communes of which there is nothing for a set.
fn nothing(material: &Material<'_>, set: &CriteriaSet) -> Count {
    let standings = material.assessment.standings();
    let nothing = standings.filter(|(_, standing)| standing.set == set.id && standing.basis == Basis::Nothing);
    Count { this_month: nothing.map(|(status, _)| status.commune.code.clone()).collect(), earlier: Vec::new() }
}

/// How many communes there are, and which; those of an earlier month bear a mark.
fn counted(material: &Material<'_>, set: &CriteriaSet, count: &Count) -> [Cell; 2] {
    let declared: Vec<&CommuneCode> = declared_only(material, set).collect();
    let this_month = count.this_month.iter().map(|code| {
        let name = material.name_of_code(&code.0);
        if declared.contains(&code) { material.wording.overview().band_declared(name).into() } else { name }
    });
    let earlier = count.earlier.iter().map(|code| format!("{}*", material.name_of_code(&code.0)));
    let names = joined(this_month.chain(earlier), ", ");
    [table::count(count.total()), table::optional((!names.is_empty()).then_some(names))]
}

pub(super) fn label(material: &Material<'_>, band: Band, total: u32) -> Said {
    let wording = material.wording.overview();
    match band {
        Band { from, .. } if from == total => wording.band_all(total),
        Band { from: 0, to } => wording.band_under(to + 1),
        Band { from, to } if from == to => Said::from(from.to_string().as_str()),
        Band { from, to } => wording.band_range(from, to),
    }
}
