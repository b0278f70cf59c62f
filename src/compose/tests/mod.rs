//! Reports of small made worlds, as text.

mod communes;
mod first_page;
mod problems;
mod whole;

use std::collections::BTreeMap;

use jiff::civil::date;

use super::*;
use crate::assess::made::{
    Report as Stored, Value, World, advanced_set, made_at, report as report_of, seed, set, small_set,
};
use crate::catalogue::wording;
use crate::model::Lang;
use crate::model::report::{Block, Cell, CellValue, Media, Row, Span, Table, Tone};
use crate::settings::{Office, RoadmapTarget};

pub(super) const FOUR: &[(&str, &str)] =
    &[("13546", "Trung Lương"), ("13516", "Đồng Du"), ("13531", "Bồ Đề"), ("13552", "An Đổ")];

pub(super) fn composed(world: &World, period: &str, lang: Lang) -> Report {
    let wording = wording::shipped(lang).unwrap();
    report(&world.assess(period), &world.settings, &world.sets, &wording, made_at())
}

fn section<'a>(report: &'a Report, id: &str) -> &'a Section {
    report.sections.iter().find(|section| section.id == id).unwrap_or_else(|| panic!("no section {id}"))
}

pub(super) fn table<'a>(report: &'a Report, id: &str) -> &'a Table {
    let blocks = report.sections.iter().flat_map(|section| &section.blocks);
    let mut tables = blocks.filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None });
    tables.find(|table| table.id == id).unwrap_or_else(|| panic!("no table {id}"))
}

fn spans(spans: &[Span]) -> String {
    spans.iter().map(|span| span.text.as_str()).collect()
}

fn cell(cell: &Cell) -> String {
    match &cell.value {
        CellValue::Empty => String::new(),
        CellValue::Text(text) => text.clone(),
        CellValue::Integer(number) => number.to_string(),
        CellValue::Decimal { value, .. } => value.to_string(),
        CellValue::Percent { share, .. } => share.to_string(),
        CellValue::Date(day) => day.to_string(),
    }
}

pub(super) fn row(row: &Row) -> String {
    row.cells.iter().map(cell).collect::<Vec<_>>().join(" | ")
}

/// A section as lines of text.
pub(super) fn lines(section: &Section) -> Vec<String> {
    let of_block = |block: &Block| match block {
        Block::Heading(text) => vec![format!("# {text}")],
        Block::Paragraph(text) => vec![spans(text)],
        Block::Bullet(text) => vec![format!("- {}", spans(text))],
        Block::Note(text) => vec![format!("({text})")],
        Block::Figures(figures) => figures.iter().map(|f| format!("[{}: {}; {}]", f.label, f.value, f.note)).collect(),
        Block::Drawing(chart) => std::iter::once(format!("chart {}: {} ({})", chart.id, chart.caption, chart.unit))
            .chain([chart.categories.join(" | ")])
            .chain(chart.series.iter().map(|series| format!("{}: {:?}", series.name, series.values)))
            .collect(),
        Block::Table(table) => std::iter::once(format!("table {}: {}", table.id, table.caption))
            .chain([table.columns.iter().map(|column| column.label.as_str()).collect::<Vec<_>>().join(" | ")])
            .chain(table.rows.iter().map(row))
            .collect(),
        Block::Data(data) => vec![format!("data of {} rows", data.frame.height())],
    };
    section.blocks.iter().flat_map(of_block).collect()
}

pub(super) fn text(report: &Report, id: &str) -> String {
    lines(section(report, id)).join("\n")
}

/// April 2023: the seed in one commune, another without a report of the month, one with nothing, one fallen back.
pub(super) fn april() -> World {
    let advanced = advanced_set();
    let basic = set("ntm-2021-2025", "NTM", &[("Quy hoạch", 2), ("Giao thông", 4), ("Điện", 1)]);
    let mut world = World::new(FOUR, vec![basic.clone(), advanced.clone()]);
    world.store(&seed(&advanced));
    world.note("13.2", "owner", "Nguyễn Văn A".into());
    world.note("13.2", "task", "Hoàn thiện hồ sơ OCOP".into());
    world.note("13.2", "due", Value::Day(date(2023, 4, 15)));
    world.note("2.1", "value", Value::Float(85.2));
    world.note("2.1", "unit", "%".into());
    world.store(&Stored {
        items: Vec::new(),
        declared: Some((2, 3, 5, 7)),
        file: "BC Trung Lương.xlsx".to_owned(),
        ..report_of("2023-04", "13546", &basic, &[])
    });
    world.store(&report_of("2023-03", "13516", &advanced, &[("4", Some("not_met"))]));
    world.store(&report_of("2023-03", "13552", &basic, &[("1.1", Some("not_met"))]));
    world.store(&Stored {
        received_at: date(2023, 4, 27).at(9, 5, 0, 0),
        ..report_of("2023-04", "13552", &basic, &[("2.3", Some("not_met")), ("2.4", None)])
    });
    world
}
