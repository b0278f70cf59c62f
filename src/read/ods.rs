//! ods: values by calamine, and from the sheet's own XML what it does not give: percentages, merges, hidden parts.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use std::ops::Range;
use std::sync::Arc;

use calamine::{Ods, OdsError, Reader, SheetVisible};
use quick_xml::events::{BytesStart, Event};

use super::grid::{Font, Grid, GridCell, Visibility};
use super::package::Package;
use super::sheet_xml::extend;
use super::{MAX_CELLS, Read, Sheets, owned_value_of, problems, returned, too_many};
use crate::model::{CellRange, CellRef};

pub(super) fn grids(file: &Arc<str>, bytes: &[u8]) -> Read {
    let mut package = Package::open(bytes).map_err(|r| problems::refused(file, &r))?;
    let content = package.text_part("content.xml").map_err(|r| problems::refused(file, &r))?.unwrap_or_default();
    let mut workbook: Ods<_> = Ods::new(Cursor::new(bytes)).map_err(|e| match e {
        OdsError::Password => problems::encrypted(file),
        other => problems::damaged(file, &other.to_string()),
    })?;
    let mut looks = sheet_looks(&content).into_iter();
    let sheets = workbook.sheets_metadata().to_vec();
    let mut grids = Vec::with_capacity(sheets.len());
    let mut left = MAX_CELLS;
    for sheet in sheets {
        let look = looks.next().unwrap_or_default();
        let range = workbook.worksheet_range(&sheet.name).map_err(|e| problems::damaged(file, &e.to_string()))?;
        let (first_row, first_col) = range.start().unwrap_or((0, 0));
        let cells = range.used_cells().filter_map(|(row, col, data)| {
            let at = CellRef::new(first_row + row as u32, first_col + col as u32);
            let value = owned_value_of(data, false)?;
            // A percentage is stored as its fraction, like a percent format in Excel.
            Some(GridCell { at, value, percent: Some(look.percent.contains(&at)), font: Font::Unknown })
        });
        let cells: Vec<GridCell> = cells.take(left + 1).collect();
        left = left.checked_sub(cells.len()).ok_or_else(|| problems::too_large(file, &too_many()))?;
        let visibility = if sheet.visible == SheetVisible::Visible { Visibility::Visible } else { Visibility::Hidden };
        let mut grid = Grid::new(&sheet.name, visibility, cells);
        grid.merges = look.merges;
        grid.hidden_rows = look.hidden_rows;
        grid.hidden_cols = look.hidden_cols;
        grid.widths = look.widths;
        grids.push(grid);
    }
    Ok(Sheets { grids, list: returned::list(workbook.defined_names()) })
}

/// What the XML says of one sheet.
#[derive(Debug, Default, PartialEq)]
struct Looks {
    percent: BTreeSet<CellRef>,
    merges: Vec<CellRange>,
    hidden_rows: Vec<Range<u32>>,
    hidden_cols: Vec<Range<u32>>,
    widths: Vec<(Range<u32>, f32)>,
}

/// One pass over the content; repeated cells and rows are counted, only those with content are kept.
fn sheet_looks(xml: &str) -> Vec<Looks> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut sheets: Vec<Looks> = Vec::new();
    let (mut row, mut col, mut columns, mut row_repeat) = (0u32, 0u32, 0u32, 1u32);
    let (mut style, mut widths) = (String::new(), BTreeMap::new());
    loop {
        let event = reader.read_event();
        let (e, is_empty) = match &event {
            Ok(Event::Start(e)) => (e, false),
            Ok(Event::Empty(e)) => (e, true),
            Ok(Event::End(e)) if e.name().as_ref() == "table:table-row" => {
                row = row.saturating_add(row_repeat);
                continue;
            }
            Ok(Event::Eof) | Err(_) => return sheets,
            Ok(_) => continue,
        };
        let name = e.name();
        if name.as_ref() == "table:table" {
            sheets.push(Looks::default());
            (row, col, columns) = (0, 0, 0);
            continue;
        }
        let Some(looks) = sheets.last_mut() else {
            // Styles stand before the sheets.
            match name.as_ref() {
                "style:style" => style = attribute(e, "style:name").unwrap_or_default(),
                "style:table-column-properties" => {
                    let width = attribute(e, "style:column-width").and_then(|width| letters(&width));
                    widths.extend(width.map(|width| (std::mem::take(&mut style), width)));
                }
                _ => {}
            }
            continue;
        };
        match name.as_ref() {
            "table:table-column" => {
                let repeat = number(e, "table:number-columns-repeated");
                let cols = columns..columns.saturating_add(repeat);
                let width = attribute(e, "table:style-name").and_then(|style| widths.get(&style).copied());
                looks.widths.extend(width.map(|width| (cols.clone(), width)));
                if is_hidden(e) {
                    looks.hidden_cols.push(cols);
                }
                columns = columns.saturating_add(repeat);
            }
            "table:table-row" => {
                (col, row_repeat) = (0, number(e, "table:number-rows-repeated"));
                if is_hidden(e) {
                    (row..row.saturating_add(row_repeat).min(row + 10_000))
                        .for_each(|r| extend(&mut looks.hidden_rows, r));
                }
                if is_empty {
                    row = row.saturating_add(row_repeat);
                }
            }
            "table:table-cell" | "table:covered-table-cell" => {
                let repeat = number(e, "table:number-columns-repeated");
                cell(e, CellRef::new(row, col), repeat, looks);
                col = col.saturating_add(repeat);
            }
            _ => {}
        }
    }
}

fn cell(e: &BytesStart<'_>, at: CellRef, repeat: u32, looks: &mut Looks) {
    if attribute(e, "office:value-type").is_some_and(|t| t == "percentage") {
        looks.percent.extend((0..repeat.min(256)).map(|i| CellRef::new(at.row, at.col + i)));
    }
    let (rows, cols) = (number(e, "table:number-rows-spanned"), number(e, "table:number-columns-spanned"));
    if rows > 1 || cols > 1 {
        let last = CellRef::new(at.row.saturating_add(rows - 1), at.col.saturating_add(cols - 1));
        looks.merges.push(CellRange::new(at, last));
    }
}

fn is_hidden(e: &BytesStart<'_>) -> bool {
    attribute(e, "table:visibility").is_some_and(|v| v == "collapse" || v == "filter")
}

/// A length such as `2.3cm` in letters of the usual size.
fn letters(length: &str) -> Option<f32> {
    let digits = length.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let inches = match &length[digits.len()..] {
        "cm" => 1.0 / 2.54,
        "mm" => 1.0 / 25.4,
        "pt" => 1.0 / 72.0,
        "in" => 1.0,
        _ => return None,
    };
    let pixels = digits.parse::<f32>().ok()? * inches * 96.0;
    Some(((pixels - 5.0) / 7.0).clamp(0.0, 255.0))
}

/// A count; absent, zero or unreadable is one.
fn number(e: &BytesStart<'_>, key: &str) -> u32 {
    attribute(e, key).and_then(|v| v.parse().ok()).filter(|&n| n > 0).unwrap_or(1)
}

fn attribute(e: &BytesStart<'_>, key: &str) -> Option<String> {
    e.attributes().with_checks(false).flatten().find(|a| a.key.as_ref() == key).map(|a| a.value.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_merges_and_hidden_parts_are_found_behind_repeats() {
        let xml = r#"<office:body><style:style style:name="co1"><style:table-column-properties style:column-width="1in"/>
            </style:style><office:spreadsheet><table:table table:name="A">
            <table:table-column table:style-name="co1" table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>
            <table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>
            <table:table-row table:visibility="collapse"><table:table-cell table:number-columns-repeated="2"/>
            <table:table-cell office:value-type="percentage" office:value="0.5"><text:p>50%</text:p></table:table-cell>
            <table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="2"/></table:table-row>
            </table:table><table:table table:name="B"/></office:spreadsheet></office:body>"#;
        let sheets = sheet_looks(xml);
        assert_eq!(sheets.len(), 2);
        assert_eq!(sheets[0].percent, BTreeSet::from([CellRef::new(3, 2)]));
        assert_eq!(sheets[0].merges, [CellRange::new(CellRef::new(3, 3), CellRef::new(4, 4))]);
        assert_eq!(sheets[0].hidden_rows.first(), Some(&(3..4)));
        assert_eq!(sheets[0].hidden_cols.first(), Some(&(2..3)));
        assert_eq!(sheets[0].widths, [(0..2, 13.0)]);
    }
}
