//! Lists that stand in columns: `Tiêu chí đạt` and `Tiêu chí chưa đạt` side by side, or what is not met with its codes.

use super::super::Context;
use super::super::columns::contains_words;
use super::super::view::{Seen, View};
use super::lines::{Line, counts};
use crate::catalogue::Role;
use crate::model::Verdict;

/// The headings of columns that list items.
pub(super) struct Headed<'v, 'a> {
    /// Each with its verdict.
    lists: Vec<(&'v Seen<'a>, Verdict)>,
    /// Whether nothing but these lists and their numbers stands there.
    pub(super) alone: bool,
}

impl Headed<'_, '_> {
    /// Whether what is met and what is not stand side by side.
    pub(super) fn has_both(&self) -> bool {
        let has = |verdict| self.lists.iter().any(|(_, own)| *own == verdict);
        has(Verdict::Met) && has(Verdict::NotMet)
    }
}

/// The lists that a row heads: short texts that say of criteria or indicators that they are met, or are not.
pub(super) fn headed<'v, 'a>(view: &'v View<'a>, row: u32, context: &Context<'_>) -> Option<Headed<'v, 'a>> {
    let cells: Vec<&Seen<'a>> = view.row(row).iter().filter(|c| !c.text.is_empty()).collect();
    // Headings have no figures; a label with its value does.
    let is_heading = |cell: &&Seen<'_>| cell.is_text() && !cell.text.bytes().any(|b| b.is_ascii_digit());
    if cells.len() < 2 || !cells.iter().all(is_heading) || !cells.iter().any(|c| c.key.contains("dat")) {
        return None;
    }
    let lists: Vec<(&Seen<'a>, Verdict)> = cells.iter().filter_map(|c| Some((*c, verdict(c, context)?))).collect();
    let is_list = |cell: &&&Seen<'_>| lists.iter().any(|(list, _)| list.col == cell.col);
    let is_code = |cell: &&Seen<'_>| {
        context.catalogue.vocabulary.header_roles(&cell.key).get(&Role::Code).is_some_and(|fit| *fit >= 0.5)
    };
    let alone = cells.iter().filter(|cell| !is_list(cell)).all(is_code);
    let headed = Headed { lists, alone };
    // A label and its value stand in such a row too: only more than one list, or a heading of another kind, makes columns.
    let others = cells.len() - headed.lists.len();
    (headed.has_both() || !headed.lists.is_empty() && others >= 1 && cells.len() >= 3).then_some(headed)
}

/// The verdict that a heading gives to what is listed below it.
fn verdict(cell: &Seen<'_>, context: &Context<'_>) -> Option<Verdict> {
    let sentences = &context.catalogue.vocabulary.sentences;
    let says = |phrases: &[String]| phrases.iter().any(|phrase| contains_words(&cell.key, phrase));
    let names = ["tieu chi", "chi tieu", "noi dung", "tc", "ct"].iter().any(|kind| contains_words(&cell.key, kind));
    let counts = cell.key.starts_with("so ") || cell.key.starts_with("tong ");
    if !names || counts || cell.key.split(' ').count() > 8 || cell.key.bytes().any(|b| b.is_ascii_digit()) {
        None
    } else if says(&sentences.unmet) {
        Some(Verdict::NotMet)
    } else {
        says(&sentences.met).then_some(Verdict::Met)
    }
}

/// Puts the lists below their headings, one verdict after the other; how many rows belong to them.
pub(super) fn put<'v, 'a>(
    view: &'v View<'a>,
    headed: &Headed<'v, 'a>,
    below: &[u32],
    lines: &mut Vec<Line<'v, 'a>>,
) -> usize {
    let holds = |row: &u32| headed.lists.iter().any(|(list, _)| view.get(*row, list.col).is_some());
    let is_row = |row: &u32| {
        let cells = view.row(*row);
        // A sentence below the lists stands alone in its row.
        let alone = cells.len() == 1 && headed.lists.len() == 1 && cells[0].col != headed.lists[0].0.col;
        !alone && holds(row) && !states_totals(cells)
    };
    let count = below.iter().take_while(|row| is_row(row)).count();
    for verdict in [Verdict::Met, Verdict::NotMet] {
        let mut own = headed.lists.iter().filter(|(_, own)| *own == verdict).map(|(list, _)| *list).peekable();
        let Some(head) = own.peek().copied() else { continue };
        let own: Vec<u32> = own.map(|list| list.col).collect();
        lines.push(Line { text: format!("{}:", head.text.trim_end_matches(':')), cell: head, commune: None });
        for &row in &below[..count] {
            let cells: Vec<&Seen<'a>> = own.iter().filter_map(|col| view.get(row, *col)).collect();
            let cells: Vec<&Seen<'a>> = cells.into_iter().filter(|cell| !cell.text.is_empty()).collect();
            let Some(first) = cells.first() else { continue };
            // "Tiêu chí chưa đạt | Chỉ tiêu chưa đạt": the second tells what of the first is meant.
            let text = cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join(" ");
            if cells.len() > 1 || !counts(&text) || first.is_text() || own.len() == 1 {
                lines.push(Line { text: format!("- {text}"), cell: first, commune: None });
            }
        }
    }
    count
}

/// Whether the cells of a row are a total and not items.
fn states_totals(cells: &[Seen<'_>]) -> bool {
    cells.iter().any(|cell| cell.is_text() && (cell.key.starts_with("tong ") || cell.key.starts_with("cong ")))
}
