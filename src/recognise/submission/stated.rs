//! What a table states as a whole: its totals, and what its lists leave out.

use super::Reading;
use crate::catalogue::Role;
use crate::diag::{Code, Diagnostic};
use crate::model::{Assessor, CellRef, Declared, Entry, Stated, Verdict};
use crate::recognise::columns::{Judged, VerdictColumns};
use crate::recognise::entries::Rows;
use crate::recognise::view::Seen;
use crate::recognise::{problems, totals, unmet};

impl Reading<'_, '_, '_> {
    /// The totals of a column of verdicts. They are the commune's own statement; a review repeats none.
    pub(super) fn declared(&self, judged: &Judged, rows: &Rows, notes: &mut Vec<Diagnostic>) -> Declared {
        let view = self.located.view;
        let of_column = || totals::of_column(view, self.set, &rows.totals, (judged, self.columns), &rows.entries);
        if judged.heading.is_some() {
            return of_column();
        }
        if judged.assessor != Assessor::Commune && self.columns.judged.len() != 1 {
            return Declared::default();
        }
        let around = self.located.titles.iter().chain(&self.located.below).map(|cell| cell.row);
        let mut stating: Vec<u32> = around.chain(rows.totals.iter().copied()).collect();
        stating.sort_unstable();
        stating.dedup();
        let said = (&self.located.context.catalogue.vocabulary.sentences, self.time.year);
        let of_rows = totals::of_rows(self.located.file, view, self.set, &stating, said, notes);
        if of_rows.is_empty() { of_column() } else { of_rows }
    }

    /// Adds what a list leaves out: met, where a sentence or the total says so. `Err` where the table is no list after all.
    pub(super) fn add_rest(
        &self,
        judged: &Judged,
        declared: &Declared,
        rows: &mut Rows,
        notes: &[Diagnostic],
    ) -> Result<(), Vec<Diagnostic>> {
        let (view, table) = (self.located.view, self.table);
        let vocabulary = &self.located.context.catalogue.vocabulary;
        // A row that could not be read may be another that is not met: then nothing is said of the rest.
        let is_whole = !notes.iter().any(|d| d.code == Code::RowNotPlaced);
        let rest = unmet::rest_is_met(view, &table.segment, &table.rows_of_items(), vocabulary);
        let rest = rest.filter(|_| is_whole).map(Seen::at);
        let cell = match judged.columns {
            VerdictColumns::Listed => self.after_codes(&mut rows.entries, declared, rest, is_whole)?,
            VerdictColumns::Unmet => self.after_unmet(&rows.entries, declared, rest, is_whole)?,
            // A list of what is not met may have a column that says so in each row.
            _ if unmet::are_all_unmet(&rows.entries, self.set, vocabulary) => {
                let is_list = unmet::phrase(view, &table.segment, vocabulary).is_some();
                let is_told = is_list && self.is_told(rows.entries.len(), declared, is_whole);
                rest.or(declared.cell.filter(|_| is_told))
            }
            _ => None,
        };
        if let Some(cell) = cell {
            let left_out = unmet::left_out(&rows.entries, self.names, declared, &view.grid.sheet, cell);
            rows.entries.extend(left_out);
        }
        Ok(())
    }

    /// Of codes beside criteria: the cell that says that what they do not list is met.
    fn after_codes(
        &self,
        entries: &mut Vec<Entry>,
        declared: &Declared,
        rest: Option<CellRef>,
        is_whole: bool,
    ) -> Result<Option<CellRef>, Vec<Diagnostic>> {
        let is_met = |e: &Entry| matches!(e.stated, Stated::Implied { verdict: Verdict::Met, .. });
        entries.retain(|e| e.stated != Stated::Nothing);
        let unmet = entries.iter().filter(|e| !is_met(e)).count();
        if entries.is_empty() {
            return Err(self.no_list(unmet));
        }
        // Where what is met is not listed too, a sentence or the total says whether the rest is.
        let by_total = declared.cell.filter(|_| self.is_told(unmet, declared, is_whole));
        Ok(rest.or(by_total).filter(|_| self.columns.col(Role::MetCodes).is_none()))
    }

    /// Of rows that are not met: the cell that says that all else is.
    fn after_unmet(
        &self,
        entries: &[Entry],
        declared: &Declared,
        rest: Option<CellRef>,
        is_whole: bool,
    ) -> Result<Option<CellRef>, Vec<Diagnostic>> {
        let listed = entries.iter().filter(|e| self.set.indicator(e.item).is_some()).count();
        // A few codes alone may be anything; names, the totals or a word on the rest speak for them.
        let placed = &self.table.alignment.placed;
        let named = placed.iter().filter(|p| p.name > 0.0).count() * 2 >= listed;
        let is_known = named || declared.indicators_met.is_some() || rest.is_some();
        let are_criteria = unmet::are_criteria(entries, self.names, declared);
        let is_list = are_criteria || unmet::is_plausible(listed, self.set.indicators().count(), declared);
        if !is_known && !are_criteria || !is_list {
            return Err(self.no_list(listed));
        }
        Ok(rest.or(declared.cell.filter(|_| are_criteria || self.is_told(listed, declared, is_whole))))
    }

    /// Whether the total says that so many items are all that is not met.
    fn is_told(&self, unmet: usize, declared: &Declared, is_whole: bool) -> bool {
        let indicators = self.set.indicators().count();
        let left = declared.indicators_met.and_then(|met| indicators.checked_sub(met as usize));
        left.is_some_and(|left| left == unmet || is_whole) && unmet::is_plausible(unmet, indicators, declared)
    }

    fn no_list(&self, listed: usize) -> Vec<Diagnostic> {
        let none = problems::no_verdict_column(self.located.place(), listed, &self.columns.headers);
        self.located.which_column(none, self.columns)
    }
}
