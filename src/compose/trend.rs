//! The last months side by side: of the unit, and of each commune; with the charts that show them.

use super::{Material, table, with_status};
use crate::assess::{MonthFigures, Trend};
use crate::model::report::{
    Align, Block, Cell, CellValue, Chart, ChartKind, Column, Media, PageStart, Row, Section, Table,
};
use crate::model::{CriteriaSet, Period};

/// What is told of a set in a month.
type Told = fn(&MonthFigures) -> CellValue;

/// The section; none before there are two months to compare.
pub(super) fn section(material: &Material<'_>) -> Option<Section> {
    let months = months(material);
    if months.len() < 2 {
        return None;
    }
    let wording = material.wording.trend();
    let of_unit = of_unit(material, &months).into_iter().map(|(table, _)| Block::Table(table));
    let of_communes = with_trend(material).map(|(set, trend)| Block::Table(of_communes(material, set, trend, &months)));
    Some(Section {
        id: "trend".to_owned(),
        media: Media::Workbook,
        title: wording.title().into(),
        sheet_name: wording.sheet().into(),
        page: PageStart::NewLandscape,
        blocks: std::iter::once(Block::Note(wording.note().into())).chain(of_unit).chain(of_communes).collect(),
    })
}

/// The charts of the tables above.
pub(super) fn charts(material: &Material<'_>) -> Vec<Chart> {
    let months = months(material);
    if months.len() < 2 {
        return Vec::new();
    }
    let lines = |table: String| Chart { table, title: String::new(), axis: String::new(), kind: ChartKind::Sparklines };
    let of_communes = with_trend(material).map(|(set, _)| lines(communes_id(set)));
    of_unit(material, &months).into_iter().map(|(_, chart)| chart).chain(of_communes).collect()
}

/// The trends of the sets in force.
fn with_trend<'a>(material: &Material<'a>) -> impl Iterator<Item = (&'a CriteriaSet, &'a Trend)> + use<'a> {
    let trends = &material.assessment.trends;
    with_status(material).filter_map(move |(set, _)| Some((set, trends.iter().find(|trend| trend.set == set.id)?)))
}

/// The months of which any set has a report, in order.
fn months(material: &Material<'_>) -> Vec<Period> {
    let told = material.assessment.trends.iter().flat_map(|trend| &trend.months);
    let mut months: Vec<Period> = told.filter(|month| month.reported > 0).map(|month| month.period).collect();
    months.sort_unstable();
    months.dedup();
    months
}

/// Criteria met on average, communes that meet all, reports received: a table and a chart each.
fn of_unit(material: &Material<'_>, months: &[Period]) -> Vec<(Table, Chart)> {
    let wording = material.wording.trend();
    let mean: Told = |month| {
        month.mean_criteria.map_or(CellValue::Empty, |value| CellValue::Decimal { value: rounded(value), decimals: 1 })
    };
    let told: [(&str, String, String, ChartKind, Told); 3] = [
        ("trend-mean", wording.mean().into(), wording.criteria().into(), ChartKind::Lines, mean),
        ("trend-complete", wording.complete().into(), wording.communes().into(), ChartKind::Columns, |month| {
            CellValue::Integer(month.complete.into())
        }),
        ("trend-reported", wording.reported().into(), wording.communes().into(), ChartKind::Columns, |month| {
            CellValue::Integer(month.reported.into())
        }),
    ];
    told.into_iter()
        .map(|(id, title, axis, kind, told)| {
            let rows = with_trend(material).map(|(set, trend)| row(material, &set.short_name, trend, months, told));
            let table = over_months(material, id.to_owned(), title.clone(), months, rows.collect());
            (table, Chart { table: id.to_owned(), title, axis, kind })
        })
        .collect()
}

/// Criteria met by each commune.
fn of_communes(material: &Material<'_>, set: &CriteriaSet, trend: &Trend, months: &[Period]) -> Table {
    let wording = material.wording.trend();
    let rows = material.assessment.communes.iter().map(|status| {
        let met = |period: &Period| {
            let month = trend.months.iter().find(|month| month.period == *period)?;
            month.met.get(&status.commune.code).map(|met| Cell::integer((*met).into()))
        };
        let cells = months.iter().map(|period| met(period).unwrap_or_else(Cell::empty));
        with_change(material, &status.commune.name, cells.collect())
    });
    let caption = wording.of_communes(&set.short_name, set.criteria_total());
    over_months(material, communes_id(set), caption.into(), months, rows.collect())
}

fn communes_id(set: &CriteriaSet) -> String {
    format!("trend-communes-{}", set.id)
}

fn row(material: &Material<'_>, name: &str, trend: &Trend, months: &[Period], told: Told) -> Row {
    let cells = months.iter().map(|period| {
        let month = trend.months.iter().find(|month| month.period == *period && month.reported > 0);
        Cell { value: month.map_or(CellValue::Empty, told), ..Cell::empty() }
    });
    with_change(material, name, cells.collect())
}

/// A row's name, how far its figures moved in all, the figures, and the cell of its line, which some programs leave empty.
fn with_change(material: &Material<'_>, name: &str, figures: Vec<Cell>) -> Row {
    let told: Vec<f64> = figures.iter().filter_map(|cell| figure(&cell.value)).collect();
    let moved = match told.as_slice() {
        [first, .., last] => table::optional(Some(moved(material, rounded(last - first)))),
        _ => Cell::empty(),
    };
    table::body([Cell::text(name), moved].into_iter().chain(figures).chain([Cell::empty()]).collect())
}

fn figure(value: &CellValue) -> Option<f64> {
    match value {
        CellValue::Integer(number) => Some(*number as f64),
        CellValue::Decimal { value, .. } => Some(*value),
        _ => None,
    }
}

/// A change as a sign and an amount, so that it is read without a colour.
fn moved(material: &Material<'_>, by: f64) -> String {
    match by {
        up if up > 0.0 => format!("↑ {}", material.number(up)),
        down if down < 0.0 => format!("↓ {}", material.number(-down)),
        _ => "=".to_owned(),
    }
}

/// A table with a column a month, and one in which the writer draws each row's line.
fn over_months(material: &Material<'_>, id: String, caption: String, months: &[Period], rows: Vec<Row>) -> Table {
    let wording = material.wording.trend();
    let month = |period: &Period| Column { align: Align::Right, ..table::mark(period.short(), 8.0) };
    let columns = [table::text(wording.subject(), 20.0), table::mark(wording.moved(), 11.0)]
        .into_iter()
        .chain(months.iter().map(month))
        .chain([table::mark(wording.line(), 24.0)]);
    Table { key_columns: 2, ..table::of_text(id, caption, columns.collect(), rows) }
}

/// To one decimal, as it is shown.
fn rounded(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
