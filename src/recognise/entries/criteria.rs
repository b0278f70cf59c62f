//! Verdicts that are of criteria and not of their indicators: in the criteria's own rows, or in one cell merged down over
//! all rows of each.

use std::sync::Arc;

use super::super::align::Placed;
use super::super::columns::{Judged, VerdictColumns, cell_in};
use super::super::problems;
use super::super::totals::bare_ratio;
use super::{Reader, Rows};
use crate::model::{CellRef, Entry, ItemCode, Place, Stated, Verdict};
use crate::text::fold;

/// Fewer criteria of several indicators tell no habit.
const FEWEST: usize = 3;

impl Reader<'_, '_> {
    /// Gives each criterion the word or mark that is merged down over its rows, where that is so for every criterion of several
    /// rows: cells that merely say the same for neighbours are of the rows.
    pub(super) fn give_merged_to_criteria(&self, judged: &Judged, rows: &mut Rows) {
        let cols = match &judged.columns {
            VerdictColumns::Words(_)
            | VerdictColumns::Signs(..)
            | VerdictColumns::Marks(_)
            | VerdictColumns::Filled(_) => judged.columns.cols(),
            _ => return,
        };
        let Some(&col) = cols.first() else { return };
        let mut criteria: Vec<(u16, Vec<u32>)> = Vec::new();
        let mut placed: Vec<(u32, u16)> = self
            .table
            .alignment
            .placed
            .iter()
            .map(|p| (p.row, &self.set.nodes[p.node]))
            .filter(|(_, node)| node.indicator > 0 && !self.set.is_single(node.criterion))
            .map(|(row, node)| (row, node.criterion))
            .collect();
        placed.sort_unstable();
        for (row, criterion) in placed {
            match criteria.last_mut() {
                Some((last, rows)) if *last == criterion => rows.push(row),
                _ => criteria.push((criterion, vec![row])),
            }
        }
        criteria.retain(|(_, rows)| rows.len() > 1);
        let is_one_cell = |rows: &[u32]| {
            cols.iter().all(|&col| {
                let merge = self.view.merge_at(rows[0], col);
                merge.is_some_and(|m| rows.iter().all(|row| (m.first.row..=m.last.row).contains(row)))
            })
        };
        if criteria.len() < FEWEST || !criteria.iter().all(|(_, rows)| is_one_cell(rows)) {
            return;
        }
        let apart: Vec<u32> =
            criteria.iter().filter_map(|(_, r)| Some(self.view.merge_at(r[0], col)?.first.row)).collect();
        if apart.windows(2).any(|pair| pair[0] >= pair[1]) {
            return;
        }
        for (criterion, own) in criteria {
            let item = ItemCode::criterion(criterion);
            let is_own = |e: &&mut Entry| e.item.criterion_number() == criterion && e.item != item;
            rows.entries.iter_mut().filter(is_own).for_each(|e| e.stated = Stated::Nothing);
            let cell = cols.iter().find_map(|&col| self.own_or_merged(own[0], col)).map(|cell| cell.at());
            let Some(cell) = cell else { continue };
            if !rows.entries.iter().any(|e| e.item == item) {
                rows.entries.push(Entry {
                    item,
                    sheet: Arc::clone(&self.view.grid.sheet),
                    cell,
                    stated: self.stated_at(own[0], judged),
                    value: None,
                    owner: None,
                    task: None,
                    due: None,
                    note: None,
                });
            }
        }
    }

    /// What a criterion's own row says of its indicators by their number, `3/4`, or `3` and `1` under "Đạt" and "Chưa đạt": all of
    /// them met is met. `None` where it counts something else, or nothing.
    pub(super) fn counted(&self, place: &Placed, judged: &Judged) -> Option<Stated> {
        if !self.set.is_heading(place.node) || !self.has_parts(place.node) {
            return None;
        }
        let criterion = self.set.nodes[place.node].criterion;
        let parts = self.set.nodes.iter().filter(|n| n.criterion == criterion && n.indicator > 0).count() as u32;
        let cell = |col: u32| cell_in(self.view, place.row, Some(col));
        let (met, of, at) = match &judged.columns {
            VerdictColumns::Words(col) | VerdictColumns::Signs(col, _) => {
                let cell = cell(*col).filter(|cell| cell.is_text())?;
                let (met, of) = count_of(&cell.text)?;
                (met, of, cell.at())
            }
            VerdictColumns::Marks(cols) | VerdictColumns::Filled(cols) if cols.len() > 1 => {
                let counts = cols.iter().filter_map(|(col, verdict)| Some((cell(*col)?, *verdict)));
                let counts: Option<Vec<(u32, Verdict, CellRef)>> =
                    counts.map(|(cell, verdict)| Some((cell.text.parse().ok()?, verdict, cell.at()))).collect();
                let counts = counts.filter(|counts| counts.len() > 1)?;
                let met = counts.iter().filter(|(_, verdict, _)| *verdict == Verdict::Met).map(|(n, ..)| n).sum();
                (met, counts.iter().map(|(n, ..)| n).sum(), counts[0].2)
            }
            _ => return None,
        };
        let verdict = if met == of { Verdict::Met } else { Verdict::NotMet };
        (of == parts && of > 0).then_some(Stated::Implied { verdict, cell: at })
    }

    /// Says once that criteria alone are judged, where no indicator below them is.
    pub(super) fn report_criteria_alone(&self, judged: &Judged, rows: &mut Rows) {
        let is_part = |item: ItemCode| item.indicator_number().is_some();
        let has_parts = |e: &&Entry| {
            let criterion = e.item.criterion_number();
            rows.entries.iter().any(|other| is_part(other.item) && other.item.criterion_number() == criterion)
        };
        let states = |e: &&Entry| e.stated != Stated::Nothing;
        let criteria = rows.entries.iter().filter(|e| !is_part(e.item)).filter(states).filter(has_parts).count();
        let (Some(&col), false) =
            (judged.columns.cols().first(), rows.entries.iter().filter(states).any(|e| is_part(e.item)))
        else {
            return;
        };
        if criteria >= FEWEST {
            let at = self.view.on_sheet(self.table.header.start, col);
            rows.diagnostics.push(problems::criteria_alone(Place::cells(self.file, &self.view.grid.sheet, at)));
        }
    }
}

/// `3/4`, `1/2 CT`, `Đạt 3/4 chỉ tiêu`.
fn count_of(text: &str) -> Option<(u32, u32)> {
    let key = fold(text);
    let words = key.split(' ').filter(|word| word.bytes().any(|b| !b.is_ascii_digit()));
    let is_plain = words.clone().all(|word| matches!(word, "dat" | "ct" | "chi" | "tieu" | "so" | "noi" | "dung"));
    let ratio = text.split_whitespace().find(|word| word.contains('/'))?;
    bare_ratio(ratio.trim_end_matches(['.', ',', ';'])).filter(|_| is_plain)
}
