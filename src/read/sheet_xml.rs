//! What the XML of an xlsx sheet says beyond its values: merges, hidden rows and columns, formulas without a result.
//!
//! calamine re-reads the sheet for merges and does not give the rest, so the inflated part is searched once, for the
//! few words that matter; only where they occur is it parsed.

use std::collections::BTreeSet;
use std::ops::Range;

use memchr::memmem;
use quick_xml::events::Event;

use super::package::elements;
use crate::model::{CellRange, CellRef};

/// What was found.
#[derive(Debug, Default, PartialEq)]
pub(super) struct SheetExtras {
    pub(super) merges: Vec<CellRange>,
    pub(super) hidden_rows: Vec<Range<u32>>,
    pub(super) hidden_cols: Vec<Range<u32>>,
    /// Cells with a formula and no stored value.
    pub(super) unanswered: BTreeSet<CellRef>,
}

/// Reads them out of a sheet's XML.
pub(super) fn extras(xml: &[u8]) -> SheetExtras {
    let Ok(xml) = std::str::from_utf8(xml) else { return SheetExtras::default() };
    let start = memmem::find(xml.as_bytes(), b"sheetData").unwrap_or(xml.len());
    let end = memmem::rfind(xml.as_bytes(), b"sheetData").filter(|&end| end > start).unwrap_or(start);
    // The parts before and after the cells are small; they are cut at the markup's own boundaries.
    let (head, cells, tail) = (&xml[..start], &xml[start..end], &xml[end..]);
    let mut extras = SheetExtras {
        merges: merges(&tail[tail.find('>').map_or(tail.len(), |i| i + 1)..]),
        hidden_cols: hidden_cols(head),
        ..SheetExtras::default()
    };
    let has = |word: &[u8]| memmem::find(cells.as_bytes(), word).is_some();
    if has(b"hidden=") || has(b"<f") || has(b":f>") || has(b":f ") {
        let body = &cells[cells.find('>').map_or(cells.len(), |i| i + 1)..];
        scan_rows(body, &mut extras);
    }
    extras
}

fn merges(tail: &str) -> Vec<CellRange> {
    let corner = |text: &str| text.replace('$', "").parse::<CellRef>().ok();
    elements(tail, "mergeCell")
        .iter()
        .filter_map(|a| {
            let (first, last) = a.get("ref")?.split_once(':')?;
            Some(CellRange::new(corner(first)?, corner(last)?))
        })
        .collect()
}

fn hidden_cols(head: &str) -> Vec<Range<u32>> {
    elements(head, "col")
        .iter()
        .filter(|a| a.get("hidden").is_some_and(|h| is_true(h)))
        .filter_map(|a| {
            let min: u32 = a.get("min")?.parse().ok()?;
            let max: u32 = a.get("max")?.parse().ok()?;
            Some(min.checked_sub(1)?..max)
        })
        .collect()
}

fn is_true(text: &str) -> bool {
    matches!(text, "1" | "true")
}

/// One pass over the rows, for those that are hidden and for formulas whose cell holds no value.
fn scan_rows(body: &str, extras: &mut SheetExtras) {
    let mut reader = quick_xml::Reader::from_str(body);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    let mut next_row = 0;
    let mut cell: Option<(CellRef, bool, bool)> = None;
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(e) | Event::Empty(e) if e.local_name().as_ref() == "row" => {
                let number = |key| attribute(&e, key).and_then(|r| r.parse::<u32>().ok());
                let row = number("r").map_or(next_row, |r| r.saturating_sub(1));
                next_row = row.saturating_add(1);
                if attribute(&e, "hidden").is_some_and(|h| is_true(&h)) {
                    extend(&mut extras.hidden_rows, row);
                }
            }
            Event::Start(e) if e.local_name().as_ref() == "c" => {
                cell = attribute(&e, "r").and_then(|r| r.parse().ok()).map(|at| (at, false, false));
            }
            Event::Start(e) | Event::Empty(e) if e.local_name().as_ref() == "f" => {
                if let Some(cell) = &mut cell {
                    cell.1 = true;
                }
            }
            Event::Start(e) if matches!(e.local_name().as_ref(), "v" | "is") => {
                if let Some(cell) = &mut cell {
                    cell.2 = true;
                }
            }
            Event::End(e) if e.local_name().as_ref() == "c" => {
                if let Some((at, true, false)) = cell.take() {
                    extras.unanswered.insert(at);
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
}

fn attribute(e: &quick_xml::events::BytesStart<'_>, key: &str) -> Option<String> {
    e.attributes()
        .with_checks(false)
        .flatten()
        .find(|a| a.key.local_name().as_ref() == key)
        .map(|a| a.value.into_owned())
}

/// Adds a row to ranges that are in order.
pub(super) fn extend(ranges: &mut Vec<Range<u32>>, row: u32) {
    match ranges.last_mut() {
        Some(last) if last.end == row => last.end += 1,
        _ => ranges.push(row..row + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merges_hidden_parts_and_unanswered_formulas_are_found() {
        let xml = br#"<worksheet><cols><col min="3" max="4" hidden="1"/><col min="5" max="5"/></cols><sheetData>
            <row r="1"><c r="A1"><f>SUM(B1)</f><v>2</v></c><c r="B1"><f>X()</f></c><c r="C1"><f/><v></v></c></row>
            <row r="5" hidden="1"><c r="A5"/></row><row r="6" hidden="true"/></sheetData>
            <mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells></worksheet>"#;
        let found = extras(xml);
        assert_eq!(found.merges, [CellRange::new(CellRef::new(0, 0), CellRef::new(1, 1))]);
        assert_eq!(found.hidden_cols.first(), Some(&(2..4)));
        assert_eq!(found.hidden_rows.first(), Some(&(4..6)));
        assert_eq!(found.unanswered, BTreeSet::from([CellRef::new(0, 1)]));
    }

    #[test]
    fn prefixed_names_are_the_same_names() {
        let xml = br#"<x:worksheet><x:sheetData><x:row r="1"><x:c r="B1"><x:f>X()</x:f></x:c></x:row></x:sheetData><x:mergeCells><x:mergeCell ref="C1:C3"/></x:mergeCells></x:worksheet>"#;
        let found = extras(xml);
        assert_eq!(found.merges.len(), 1);
        assert_eq!(found.unanswered.len(), 1);
    }
}
