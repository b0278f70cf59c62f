//! Tables that list what is not met and nothing else: the rows are not met, and where the report says its total, what it
//! does not list is met.

use std::ops::Range;
use std::sync::Arc;

use super::columns::contains_words;
use super::names::SetNames;
use super::view::{Seen, View};
use crate::model::{CellRef, Declared, Entry, ItemCode, Stated, Verdict};

/// The cell that says of the table below it that it lists what is not met: `Các chỉ tiêu chưa đạt gồm:`, or the heading
/// `Chỉ tiêu chưa đạt` over the names.
pub(super) fn phrase<'v, 'a>(view: &'v View<'a>, segment: &Range<u32>) -> Option<&'v Seen<'a>> {
    let rows = view.row_numbers().filter(|row| segment.contains(row)).take(16);
    rows.flat_map(|row| view.row(row)).find(|cell| {
        let says = |words: &[&str]| words.iter().any(|w| contains_words(&cell.key, w));
        cell.is_text()
            && cell.key.contains("dat")
            && says(&["chua dat", "khong dat", "chua dat chuan"])
            && says(&["chi tieu", "tieu chi", "noi dung"])
    })
}

/// The sections of a table without verdicts: `A. Các chỉ tiêu đã đạt`, `B. Các chỉ tiêu chưa đạt`, each from its row on.
pub(super) fn sections(view: &View<'_>, rows: &Range<u32>) -> Vec<(u32, Verdict)> {
    let titles = view.row_numbers().filter(|row| rows.contains(row)).map(|row| view.row(row));
    let mut sections: Vec<(u32, Verdict)> = Vec::new();
    for cell in titles.filter(|cells| cells.len() == 1).map(|cells| &cells[0]) {
        let says = |words: &[&str]| words.iter().any(|w| contains_words(&cell.key, w));
        if !cell.is_text() || !says(&["chi tieu", "tieu chi", "noi dung"]) || cell.key.split(' ').count() > 14 {
            continue;
        }
        if says(&["chua dat", "khong dat", "chua hoan thanh"]) {
            sections.push((cell.row, Verdict::NotMet));
        } else if says(&["dat", "da dat", "hoan thanh"]) {
            sections.push((cell.row, Verdict::Met));
        }
    }
    let has = |verdict| sections.iter().any(|(_, v)| *v == verdict);
    if has(Verdict::Met) && has(Verdict::NotMet) { sections } else { Vec::new() }
}

/// Whether so many listed items can be all that is not met, by the totals where they are stated: a list may be one item
/// short, as people count rows, yet not of another kind.
pub(super) fn is_plausible(listed: usize, indicators: usize, declared: &Declared) -> bool {
    match declared.indicators_met.and_then(|met| indicators.checked_sub(met as usize)) {
        Some(unmet) => listed > 0 && listed.abs_diff(unmet) <= 1.max(unmet / 5),
        None => listed > 0 && listed * 2 <= indicators,
    }
}

/// The indicators that the list leaves out: met where a total is stated; those of a criterion that is listed without its
/// indicators stay open.
pub(super) fn left_out(listed: &[Entry], set: &SetNames, sheet: &Arc<str>, cell: CellRef) -> Vec<Entry> {
    let is_listed = |item: ItemCode| listed.iter().any(|e| e.item == item);
    let open = |criterion: u16| {
        let own = |e: &&Entry| e.item.criterion_number() == criterion;
        is_listed(ItemCode::criterion(criterion)) && !set.is_single(criterion) && listed.iter().filter(own).count() == 1
    };
    let indicators = set.nodes.iter().filter(|n| n.indicator > 0 && !is_listed(n.item));
    indicators
        .map(|node| {
            let stated =
                if open(node.criterion) { Stated::Nothing } else { Stated::Implied { verdict: Verdict::Met, cell } };
            Entry {
                item: node.item,
                sheet: Arc::clone(sheet),
                cell,
                stated,
                value: None,
                owner: None,
                task: None,
                due: None,
                note: None,
            }
        })
        .collect()
}
