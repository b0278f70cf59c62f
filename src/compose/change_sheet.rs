//! Every item that is judged otherwise than in the report before: a sheet of the workbook, what fell back first.

use super::commune_sheets::change;
use super::{Material, table, this_month};
use crate::assess::{Change, Standing};
use crate::model::report::{Block, Cell, Media, PageStart, Row, Section};
use crate::model::{CriteriaSet, ItemCode};

/// The section.
pub(super) fn section(material: &Material<'_>) -> Section {
    let wording = material.wording.sheets();
    let order = [Change::FellBack, Change::NoLongerStated, Change::NewlyMet];
    let rows = order.into_iter().flat_map(|kind| {
        this_month(material).flat_map(move |(status, standing, set)| {
            let changed = standing.items.iter().filter(move |item| item.change == Some(kind));
            changed.map(move |item| row(material, &status.commune.name, standing, set, (item.code, item.source), kind))
        })
    });
    let rows: Vec<Row> = rows.collect();
    let columns = material.wording.columns();
    let labels = vec![
        table::mark(wording.change(), 16.0),
        table::text(columns.commune(), 14.0),
        table::text(columns.set(), 13.0),
        table::mark(columns.item(), 7.0),
        table::text(columns.content(), 64.0),
        table::mark(wording.before_month(), 10.0),
    ];
    let block = match rows.is_empty() {
        true => table::paragraph(wording.changes_none()),
        false => Block::Table(table::of_text("item-changes", "", labels, rows)),
    };
    Section {
        id: "item-changes".to_owned(),
        media: Media::Workbook,
        title: wording.changes_title().into(),
        sheet_name: wording.changes_sheet().into(),
        page: PageStart::NewLandscape,
        blocks: vec![Block::Note(wording.changes_note().into()), block],
    }
}

fn row(
    material: &Material<'_>,
    commune: &str,
    standing: &Standing,
    set: &CriteriaSet,
    (code, source): (ItemCode, Option<u32>),
    kind: Change,
) -> Row {
    table::body(vec![
        change(material, Some(kind)),
        Cell::text(commune),
        Cell::text(&set.short_name),
        Cell { source, ..Cell::text(code.to_string()) },
        Cell::text(material.item_name(set, code)),
        table::optional(standing.before.map(|before| before.period.short())),
    ])
}
