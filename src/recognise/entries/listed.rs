//! Codes listed beside the criterion they belong to: of what is met, and of what is not.

use std::sync::Arc;

use super::super::code;
use super::super::columns::{cell_in, contains_words};
use super::super::problems;
use super::{Reader, Rows};
use crate::catalogue::Role;
use crate::model::{CellRef, Entry, ItemCode, Stated, Verdict};

impl Reader<'_, '_> {
    /// Adds what the columns of codes list: met, not met, and what remarks beside a criterion say is not met.
    pub(super) fn add_listed(&self, rows: &mut Rows) {
        let mut listed: Vec<Entry> = Vec::new();
        for (role, verdict) in [(Role::UnmetCodes, Verdict::NotMet), (Role::MetCodes, Verdict::Met)] {
            if let Some(col) = self.columns.col(role) {
                self.list(col, verdict, &mut listed, rows);
            }
        }
        if let (None, Some(col)) = (self.columns.col(Role::UnmetCodes), self.columns.col(Role::Note)) {
            self.list_remarks(col, &mut listed);
        }
        // What a row of its own says counts; where that row says nothing, the list does.
        rows.entries.retain(|e| e.stated != Stated::Nothing || !listed.iter().any(|l| l.item == e.item));
        listed.retain(|e| !rows.entries.iter().any(|r| r.item == e.item));
        rows.entries.extend(listed);
    }

    fn list(&self, col: u32, verdict: Verdict, listed: &mut Vec<Entry>, rows: &mut Rows) {
        for placed in &self.table.alignment.placed {
            let Some(cell) = cell_in(self.view, placed.row, Some(col)) else { continue };
            let criterion = self.set.nodes[placed.node].criterion;
            let (codes, rest) = code::list(cell, criterion);
            for code in codes {
                match self.set.by_code(code.0, code.1).map(|n| self.set.nodes[n].item) {
                    Some(item) => self.add(item, verdict, cell.at(), listed),
                    None => rows.diagnostics.push(problems::row_not_placed(self.place(cell.at()), &cell.text)),
                }
            }
            if rest {
                rows.diagnostics.push(problems::row_not_placed(self.place(cell.at()), &cell.text));
            }
        }
    }

    /// `Thiếu chỉ tiêu 2.2`, `CT 3.2 chưa đạt`: codes of a criterion's own indicators beside its row.
    fn list_remarks(&self, col: u32, listed: &mut Vec<Entry>) {
        const PHRASES: &[&str] = &["chua dat", "khong dat", "thieu", "con ct", "con chi tieu", "chua hoan thanh"];
        for placed in self.table.alignment.placed.iter().filter(|p| self.set.is_heading(p.node)) {
            let Some(cell) = cell_in(self.view, placed.row, Some(col)) else { continue };
            if !PHRASES.iter().any(|phrase| contains_words(&cell.key, phrase)) {
                continue;
            }
            let criterion = self.set.nodes[placed.node].criterion;
            let own = code::list(cell, 0).0.into_iter().filter(|code| code.0 == criterion);
            for item in own.filter_map(|code| self.set.by_code(code.0, code.1)).map(|n| self.set.nodes[n].item) {
                self.add(item, Verdict::NotMet, cell.at(), listed);
            }
        }
    }

    fn add(&self, item: ItemCode, verdict: Verdict, cell: CellRef, listed: &mut Vec<Entry>) {
        match listed.iter_mut().find(|e| e.item == item) {
            // In both lists: neither counts.
            Some(entry) if !matches!(entry.stated, Stated::Implied { verdict: v, .. } if v == verdict) => {
                entry.stated = Stated::Conflict(Vec::new());
            }
            Some(_) => {}
            None => listed.push(Entry {
                item,
                sheet: Arc::clone(&self.view.grid.sheet),
                cell,
                stated: Stated::Implied { verdict, cell },
                value: None,
                owner: None,
                task: None,
                due: None,
                note: None,
            }),
        }
    }
}
