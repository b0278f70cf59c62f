//! The unit drawn: communes by number of criteria met, and the last months. Each figure stands in a table too.

use super::words::joined;
use super::{Material, assessed_sets, bands, table};
use crate::assess::{MonthFigures, SetStatus};
use crate::model::report::{Block, Cell, Column, Drawing, DrawingKind, Row, Series};
use crate::model::{CriteriaSet, Period};

/// How many months a paper has room for.
const MONTHS: usize = 6;

/// Communes by band, a bar for each set.
pub(super) fn of_bands(material: &Material<'_>, sets: &[(&CriteriaSet, &SetStatus)]) -> Option<Drawing> {
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
    Some(Drawing {
        id: format!("drawing-bands-{}", first_set.id),
        caption: wording.bands().into(),
        kind: DrawingKind::Bars,
        unit: wording.communes().into(),
        decimals: 0,
        categories,
        series: series.collect(),
    })
}

/// The last months: a line for each set, and its figures; nothing where no set has two months with a figure.
pub(super) fn trend(material: &Material<'_>) -> Vec<Block> {
    let wording = material.wording.charts();
    let has_figure = |month: &&MonthFigures| month.mean_criteria.is_some();
    let sets: Vec<(&CriteriaSet, &[MonthFigures])> = assessed_sets(material)
        .filter_map(|set| Some((set, material.assessment.trends.iter().find(|trend| trend.set == set.id)?)))
        .map(|(set, trend)| (set, &trend.months[trend.months.len().saturating_sub(MONTHS)..]))
        .filter(|(_, months)| months.iter().filter(has_figure).count() > 1)
        .collect();
    let mut months: Vec<Period> = sets.iter().flat_map(|(_, trend)| trend.iter().map(|month| month.period)).collect();
    months.sort();
    months.dedup();
    if months.is_empty() {
        return Vec::new();
    }
    // Shown with one digit, so also drawn with one.
    let mean = |trend: &[MonthFigures], period: Period| {
        let month = trend.iter().find(|month| month.period == period)?;
        Some(((month.mean_criteria? * 10.0).round() / 10.0, month.met.len()))
    };
    let series = sets.iter().map(|(set, trend)| Series {
        name: set.short_name.clone(),
        values: months.iter().map(|period| mean(trend, *period).map(|(mean, _)| mean)).collect(),
    });
    let drawing = Drawing {
        id: "drawing-trend".to_owned(),
        caption: wording.trend().into(),
        kind: DrawingKind::Lines,
        unit: wording.items().into(),
        decimals: 1,
        categories: months.iter().map(|period| period.short()).collect(),
        series: series.collect(),
    };
    let rows = sets.iter().map(|(set, trend)| {
        let cells = months.iter().map(|period| match mean(trend, *period) {
            Some((mean, communes)) => Cell::text(wording.month(material.decimal(mean, 1), communes)),
            None => Cell::empty(),
        });
        table::body(std::iter::once(Cell::text(&set.short_name)).chain(cells).collect())
    });
    let rows: Vec<Row> = rows.collect();
    let labels: Vec<Column> = std::iter::once(table::text(material.wording.columns().set(), 16.0))
        .chain(months.iter().map(|period| table::mark(period.short(), 12.0)))
        .collect();
    let sets = joined(sets.iter().map(|(set, _)| wording.size(&set.short_name, set.criteria_total())), "; ");
    vec![
        Block::Heading(wording.heading().into()),
        Block::Drawing(drawing),
        Block::Table(table::of_text("last-months", "", labels, rows)),
        Block::Note(wording.note(sets).into()),
    ]
}
