//! The tints of a matrix as rules: a mark typed over another is tinted as it should be, and an officer can see, change
//! and take out what tints it.

use std::collections::BTreeMap;

use rust_xlsxwriter::{ConditionalFormatCell, ConditionalFormatCellRule, XlsxError};

use super::{formats, page::Page, table::Placed};
use crate::model::report::{Cell, CellValue, RowKind, Table, TableStyle, Tone};

/// More rules than this are no help to anyone.
const MOST: usize = 40;

/// The longest text that is a mark.
const LONGEST_MARK: usize = 12;

/// Which mark of a matrix has which tone.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Rules {
    tones: BTreeMap<String, Tone>,
}

impl Rules {
    /// The rules of a matrix: none for a mark that stands in several tones, and none in a table of text.
    pub(super) fn of(table: &Table) -> Self {
        if table.style != TableStyle::Matrix {
            return Rules::default();
        }
        let mut tones: BTreeMap<&str, Option<Tone>> = BTreeMap::new();
        for row in table.rows.iter().filter(|row| row.kind == RowKind::Body) {
            for cell in row.cells.iter().skip(table.key_columns) {
                let Some(text) = mark(cell) else { continue };
                let tone = tones.entry(text).or_insert(Some(cell.tone));
                if *tone != Some(cell.tone) {
                    *tone = None;
                }
            }
        }
        let told = tones.into_iter().filter_map(|(text, tone)| Some((text.to_owned(), tone?)));
        let tones: BTreeMap<String, Tone> = told.filter(|(_, tone)| *tone != Tone::Plain).collect();
        if tones.len() > MOST { Rules::default() } else { Rules { tones } }
    }

    /// Whether a rule tints the cell, so that the cell itself need not be tinted.
    pub(super) fn cover(&self, cell: &Cell) -> bool {
        mark(cell).is_some_and(|text| self.tones.contains_key(text))
    }

    /// Lays the rules over the body of a table.
    pub(super) fn lay(&self, table: &Table, place: &Placed, page: &mut Page) -> Result<(), XlsxError> {
        let Some(first) = place.spans.get(table.key_columns).map(|span| *span.start()) else { return Ok(()) };
        let Some(last_row) = place.last_body_row() else { return Ok(()) };
        for (text, tone) in &self.tones {
            let rule = ConditionalFormatCell::new()
                .set_rule(ConditionalFormatCellRule::EqualTo(text.as_str()))
                .set_format(formats::laid_over(*tone));
            let (first_row, last) = (place.first_body_row(), place.last_column());
            page.worksheet.add_conditional_format(first_row, first, last_row, last, &rule)?;
        }
        Ok(())
    }
}

/// The mark that a cell holds: a short text without quotes, which a rule could not hold.
fn mark(cell: &Cell) -> Option<&str> {
    match &cell.value {
        CellValue::Text(text) if text.chars().count() <= LONGEST_MARK && !text.contains('"') => Some(text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::report::{Align, Column, Row};

    fn matrix(marks: &[(&str, Tone)]) -> Table {
        let column = || Column { group: None, label: String::new(), width: 5.0, align: Align::Center };
        let cells = marks.iter().map(|(text, tone)| Cell::text(*text).toned(*tone)).collect();
        Table {
            id: "m".to_owned(),
            caption: String::new(),
            columns: marks.iter().map(|_| column()).collect(),
            rows: vec![Row { cells, kind: RowKind::Body }],
            key_columns: 1,
            style: TableStyle::Matrix,
        }
    }

    #[test]
    fn each_mark_has_the_rule_of_its_tone() {
        let rules =
            Rules::of(&matrix(&[("Xã", Tone::Outdated), ("Đ", Tone::Met), ("C1", Tone::NotMet), ("Đ", Tone::Met)]));
        let expected = [("C1".to_owned(), Tone::NotMet), ("Đ".to_owned(), Tone::Met)];
        assert_eq!(rules.tones, BTreeMap::from(expected));
        assert!(rules.cover(&Cell::text("Đ").toned(Tone::Met)));
    }

    #[test]
    fn a_mark_of_two_tones_is_tinted_where_it_stands() {
        let rules = Rules::of(&matrix(&[("Xã", Tone::Plain), ("Đ", Tone::Met), ("Đ", Tone::Outdated)]));
        assert_eq!(rules, Rules::default());
    }
}
