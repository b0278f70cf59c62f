//! The unit drawn: communes by number of criteria met, and the last months. Each figure stands in a table too.

use super::words::joined;
use super::{Material, bands, table, with_status};
use crate::assess::{SetStatus, TrendMonth};
use crate::model::report::{Block, Cell, Chart, ChartKind, Column, Row, Series};
use crate::model::{CriteriaSet, Period};

/// Communes by band, a bar for each set.
pub(super) fn of_bands(material: &Material<'_>, sets: &[(&CriteriaSet, &SetStatus)]) -> Option<Chart> {
    let wording = material.wording.charts();
    let (first_set, first) = sets.first()?;
    let mut categories: Vec<String> =
        first.bands.iter().map(|(band, _)| bands::label(material, *band, first_set.criteria_total()).into()).collect();
    let has_unknown = sets.iter().any(|(_, status)| status.band_unknown.total() > 0);
    let has_nothing = sets.iter().any(|(_, status)| status.nothing > 0);
    let overview = material.wording.overview();
    categories.extend(has_unknown.then(|| overview.band_unknown().to_string()));
    categories.extend(has_nothing.then(|| overview.band_nothing().to_string()));
    let series = sets.iter().map(|(set, status)| {
        let mut values: Vec<Option<f64>> = status.bands.iter().map(|(_, count)| Some(count.total() as f64)).collect();
        values.extend(has_unknown.then(|| Some(status.band_unknown.total() as f64)));
        values.extend(has_nothing.then(|| Some(f64::from(status.nothing))));
        Series { name: set.short_name.clone(), values }
    });
    Some(Chart {
        id: format!("chart-bands-{}", first_set.id),
        caption: wording.bands().into(),
        kind: ChartKind::Bars,
        unit: wording.communes().into(),
        decimals: 0,
        categories,
        series: series.collect(),
    })
}

/// The last months: a line for each set, and its figures; nothing where no set has two months.
pub(super) fn trend(material: &Material<'_>) -> Vec<Block> {
    let wording = material.wording.charts();
    let sets: Vec<(&CriteriaSet, &[TrendMonth])> = with_status(material)
        .map(|(set, status)| (set, status.trend.as_slice()))
        .filter(|(_, trend)| !trend.is_empty())
        .collect();
    let mut months: Vec<Period> = sets.iter().flat_map(|(_, trend)| trend.iter().map(|month| month.period)).collect();
    months.sort();
    months.dedup();
    if months.is_empty() {
        return Vec::new();
    }
    let of_month = |trend: &[TrendMonth], period: Period| trend.iter().find(|month| month.period == period).copied();
    // Shown with one digit, so also drawn with one.
    let rounded = |value: f64| (value * 10.0).round() / 10.0;
    let series = sets.iter().map(|(set, trend)| Series {
        name: set.short_name.clone(),
        values: months.iter().map(|period| of_month(trend, *period).map(|month| rounded(month.mean_met))).collect(),
    });
    let chart = Chart {
        id: "chart-trend".to_owned(),
        caption: wording.trend().into(),
        kind: ChartKind::Lines,
        unit: wording.items().into(),
        decimals: 1,
        categories: months.iter().map(|period| period.short()).collect(),
        series: series.collect(),
    };
    let rows = sets.iter().map(|(set, trend)| {
        let cells = months.iter().map(|period| match of_month(trend, *period) {
            Some(month) => Cell::text(wording.month(material.decimal(rounded(month.mean_met), 1), month.communes)),
            None => Cell::empty(),
        });
        table::body(std::iter::once(Cell::text(&set.short_name)).chain(cells).collect())
    });
    let rows: Vec<Row> = rows.collect();
    let labels: Vec<Column> = std::iter::once(table::text(material.wording.columns().set(), 16.0))
        .chain(months.iter().map(|period| table::mark(period.short(), 12.0)))
        .collect();
    let sets = joined(sets.iter().map(|(set, _)| wording.size(&set.short_name, set.indicators_total)), "; ");
    vec![
        Block::Heading(wording.heading().into()),
        Block::Chart(chart),
        Block::Table(table::of_text("trend", "", labels, rows)),
        Block::Note(wording.note(sets).into()),
    ]
}
