//! The codes in a column of what is not met, beside the criterion they belong to.

use std::sync::Arc;

use super::super::code;
use super::super::columns::cell_in;
use super::super::problems;
use super::{Reader, Rows};
use crate::catalogue::Role;
use crate::model::{Entry, Stated, Verdict};

impl Reader<'_, '_> {
    /// Adds what the column lists.
    pub(super) fn listed_as_unmet(&self, rows: &mut Rows) {
        let Some(col) = self.columns.col(Role::UnmetCodes) else { return };
        let mut listed: Vec<Entry> = Vec::new();
        for placed in &self.table.alignment.placed {
            let Some(cell) = cell_in(self.view, placed.row, Some(col)) else { continue };
            let criterion = self.set.nodes[placed.node].criterion;
            let (codes, rest) = code::list(cell, criterion);
            for code in codes {
                let node = self.set.by_code(code.0, code.1).map(|n| self.set.nodes[n].item);
                match node {
                    Some(item) if !listed.iter().any(|e| e.item == item) => listed.push(Entry {
                        item,
                        sheet: Arc::clone(&self.view.grid.sheet),
                        cell: cell.at(),
                        stated: Stated::Implied { verdict: Verdict::NotMet, cell: cell.at() },
                        value: None,
                        owner: None,
                        task: None,
                        due: None,
                        note: None,
                    }),
                    Some(_) => {}
                    None => rows.diagnostics.push(problems::row_not_placed(self.place(cell.at()), &cell.text)),
                }
            }
            if rest {
                rows.diagnostics.push(problems::row_not_placed(self.place(cell.at()), &cell.text));
            }
        }
        listed.retain(|e| !rows.entries.iter().any(|r| r.item == e.item));
        rows.entries.extend(listed);
    }
}
