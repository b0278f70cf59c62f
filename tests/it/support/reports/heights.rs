//! Row heights for wrapped text.

use unicode_normalization::UnicodeNormalization;

use super::super::workbook::{Align, Look, Sheet, Value};

/// Heights for wrapped text: Excel and LibreOffice do not fit a row to its text before someone touches it.
pub(super) fn set_heights(sheet: &mut Sheet) {
    let rows: Vec<u32> = (0..=sheet.extent().0).collect();
    for row in rows {
        let height = sheet
            .cells
            .range((row, 0)..=(row, u16::MAX))
            .filter(|(_, cell)| cell.look.align != Align::Plain)
            .filter_map(|(at, cell)| match &cell.value {
                Value::Text(text) => Some(text_height(sheet, *at, text, cell.look)),
                _ => None,
            })
            .fold(0.0_f64, f64::max);
        if height > 20.0 {
            sheet.heights.insert(row, height.ceil());
        }
    }
}

/// Points a wrapped text needs; one merged over rows has the room of all of them and needs none of its own.
fn text_height(sheet: &Sheet, at: (u32, u16), text: &str, look: Look) -> f64 {
    let end = sheet.merges.iter().find(|area| area.first == at).map_or(at, |area| area.last);
    if end.0 != at.0 {
        return 0.0;
    }
    let width: f64 = (at.1..=end.1).filter_map(|column| sheet.widths.get(&column)).sum();
    // Letters of the Times family are narrower than others.
    let narrow = look.font != "Arial";
    let letters = width * if narrow { 13.0 } else { 11.5 } / f64::from(look.size);
    let lines: f64 = text.split('\n').map(|line| (line.nfc().count() as f64 / letters).ceil().max(1.0)).sum();
    lines * f64::from(look.size) * 1.32 + 3.0
}
