//! Links to originals in the archive, which Excel opens at the very cell.

use rust_xlsxwriter::Url;

/// The link to a place of a file; `None` where the writer could not tell the path from what follows it.
pub(super) fn link(path: &str, place: Option<(&str, &str)>) -> Option<Url> {
    if path.contains(['#', '%']) {
        return None;
    }
    let place = place.map(|(sheet, cell)| format!("#{}!{cell}", super::names::quoted(sheet))).unwrap_or_default();
    Some(Url::new(format!("file://{path}{place}")))
}
