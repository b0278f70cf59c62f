//! Tables whose rows were pasted as text, each into one cell with a sign between its fields (`1.1;Quy hoạch;;Đạt`): taken
//! apart into the columns that the sender saw.

use super::view::{Seen, View};
use crate::catalogue::{Role, Vocabulary};
use crate::text::fold;

/// Signs that stand between fields, the surest first.
const SIGNS: [char; 4] = ['\t', '|', ';', ','];

/// Rows of one text from which on a sheet may be a table that was pasted.
const FEWEST: usize = 5;

/// The table of a sheet whose rows were pasted as text; `None` of all others.
pub(super) fn apart<'a>(view: &View<'a>, vocabulary: &Vocabulary) -> Option<View<'a>> {
    let rows = || view.row_numbers().map(|row| view.row(row));
    let alone = || rows().filter(|cells| cells.len() == 1).map(|cells| &cells[0]).filter(|cell| cell.is_text());
    // Most sheets are tables as they stand.
    if alone().count() < FEWEST || alone().count() * 10 < rows().count() * 6 {
        return None;
    }
    SIGNS.into_iter().find_map(|sign| {
        let lines: Vec<(&Seen<'a>, Vec<String>)> = alone().map(|cell| (cell, cell.fields(sign))).collect();
        let header = lines.iter().position(|(_, fields)| are_headings(fields, vocabulary))?;
        let width = lines[header].1.len();
        let below = &lines[header + 1..];
        let signed = below.iter().filter(|(_, fields)| fields.len() > 1).count();
        let whole = below.iter().filter(|(_, fields)| fields.len() == width).count();
        if whole < FEWEST || whole * 10 < signed * 8 {
            return None;
        }
        // A line with more fields than headings has the sign inside one of them, and nobody can tell in which.
        let fits = |(_, fields): &(&Seen<'_>, Vec<String>)| (2..=width).contains(&fields.len());
        Some(view.of_fields(&lines.into_iter().skip(header).filter(fits).collect::<Vec<_>>()))
    })
}

/// Whether fields are headings: short, and two of them or more name what a column is for, one of them verdicts or values.
fn are_headings(fields: &[String], vocabulary: &Vocabulary) -> bool {
    if fields.len() < 3 || fields.iter().any(|field| field.chars().count() > 60) {
        return false;
    }
    let roles = |field: &String| vocabulary.header_roles(&fold(field));
    let named: Vec<_> = fields.iter().map(roles).filter(|roles| roles.values().any(|fit| *fit >= 0.5)).collect();
    let of_results = [Role::Verdict, Role::Value, Role::Met, Role::NotMet];
    named.len() >= 2 && named.iter().any(|roles| of_results.iter().any(|role| roles.contains_key(role)))
}
