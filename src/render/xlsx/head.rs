//! The head of the first sheet, in the form of official papers (Nghị định 30/2020/NĐ-CP, Phụ lục I).

use rust_xlsxwriter::XlsxError;

use super::{
    formats::{Line, Look},
    grid::{Layout, Span},
    page::{Page, Pen},
};
use crate::model::report::Head;

/// The short line that the decree asks for under the issuing body and the summary.
const RULE: &str = "—————————";

/// The head's two columns: issuer on the left, country on the right.
pub(super) fn layout(line_width: u32) -> Layout {
    let left = line_width * 46 / 100;
    Layout::loose(vec![left, line_width - left])
}

/// Draws the head at the top of the page.
pub(super) fn draw(head: &Head, spans: &[Span], page: &mut Page, pen: &mut Pen) -> Result<(), XlsxError> {
    let (left, right) = (&spans[0], &spans[1]);
    let issuer = head.superior.iter().map(|text| (Line::Superior, text.as_str()));
    let issuer = issuer.chain(head.issuer.iter().map(|text| (Line::Issuer, text.as_str())));
    let left_lines: Vec<(Line, &str)> =
        issuer.chain([(Line::Rule, RULE), (Line::Number, head.number.as_str())]).collect();
    let right_lines = [
        (Line::Country, head.country.as_str()),
        (Line::Motto, head.motto.as_str()),
        (Line::PlaceAndDate, head.place_and_date.as_str()),
    ];
    // The number and the place with its date stand on the same line, the last of both sides.
    let rows = left_lines.len().max(right_lines.len());
    for row in 0..rows {
        let mut height = 0;
        if let Some((line, text)) = on_row(&left_lines, row, rows) {
            height = height.max(page.put(pen, left, Look::Line(line), text)?);
        }
        if let Some((line, text)) = on_row(&right_lines, row, rows) {
            height = height.max(page.put(pen, right, Look::Line(line), text)?);
        }
        page.next(height)?;
    }
    page.gap()?;
    page.line(pen, Line::Kind, &head.kind)?;
    page.line(pen, Line::Summary, &head.summary)?;
    page.line(pen, Line::Rule, RULE)?;
    page.gap()
}

/// What stands on a row of a side: its lines from the top, the last one on the last row.
fn on_row<'t>(lines: &[(Line, &'t str)], row: usize, rows: usize) -> Option<(Line, &'t str)> {
    let (last, first) = lines.split_last()?;
    if row + 1 == rows { Some(*last) } else { first.get(row).copied() }
}
