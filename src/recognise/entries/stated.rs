//! What a row states as its verdict: in a word, by a mark or a sign, in a remark, or not at all.

use super::super::columns::{Judged, Legend, VerdictColumns, cell_in};
use super::super::problems;
use super::Reader;
use crate::catalogue::{Role, VerdictWord};
use crate::diag::{Diagnostic, Severity};
use crate::model::{ItemCode, Stated, Text, Verdict};

impl Reader<'_, '_> {
    /// What a row states as its verdict.
    pub(super) fn stated(
        &self,
        row: u32,
        item: ItemCode,
        judged: &Judged,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Stated {
        let stated = self.stated_at(row, judged);
        if stated != Stated::Nothing {
            return stated;
        }
        // "Không đánh giá" in the remarks says why there is no mark.
        let note = cell_in(self.view, row, self.columns.col(Role::Note)).filter(|c| {
            matches!(
                self.vocabulary.verdict(&c.text),
                Some(VerdictWord::NotApplicable | VerdictWord::NotMet | VerdictWord::NearlyMet)
            ) && c.key.split(' ').count() <= 4
        });
        match note {
            Some(cell) => {
                let from = Text::new(format!("ghi chú «{}»", cell.text), format!("the remark {:?}", cell.text));
                diagnostics.push(problems::verdict_assumed(self.place(cell.at()), item, from, Severity::Info));
                Stated::Word(cell.written())
            }
            None => Stated::Nothing,
        }
    }

    /// What stands where verdicts do.
    pub(super) fn stated_at(&self, row: u32, judged: &Judged) -> Stated {
        match &judged.columns {
            VerdictColumns::Words(col) => {
                cell_in(self.view, row, Some(*col)).map_or(Stated::Nothing, |c| Stated::Word(c.written()))
            }
            VerdictColumns::Signs(col, legend) => self.signed(row, *col, legend),
            VerdictColumns::Marks(cols) => self.marked(row, cols),
            VerdictColumns::Filled(cols) => self.filled(row, cols),
            VerdictColumns::Sections(sections) => {
                let section = sections.iter().rev().find(|(start, _)| *start <= row);
                section.map_or(Stated::Nothing, |(start, verdict)| Stated::Implied {
                    verdict: *verdict,
                    cell: self.view.row(*start).first().map_or(self.view.on_sheet(*start, 0), |c| c.at()),
                })
            }
            VerdictColumns::Unmet => {
                let first = self.view.row(row).first().map_or(self.view.on_sheet(row, 0), |c| c.at());
                Stated::Implied { verdict: Verdict::NotMet, cell: first }
            }
        }
    }

    /// A mark that stands for a verdict; a word among marks is a word, an empty cell what the legend says of it.
    fn signed(&self, row: u32, col: u32, legend: &Legend) -> Stated {
        match cell_in(self.view, row, Some(col)) {
            Some(cell) => legend.verdict(&cell.text).map_or_else(
                || Stated::Word(cell.written()),
                |verdict| Stated::Mark { verdict, written: cell.written() },
            ),
            None => legend
                .empty()
                .map_or(Stated::Nothing, |verdict| Stated::Implied { verdict, cell: self.view.on_sheet(row, col) }),
        }
    }

    fn marked(&self, row: u32, cols: &[(u32, Verdict)]) -> Stated {
        let filled: Vec<_> =
            cols.iter().filter_map(|(col, verdict)| Some((cell_in(self.view, row, Some(*col))?, *verdict))).collect();
        match filled.as_slice() {
            [] => Stated::Nothing,
            [(cell, verdict)] => {
                let written = cell.written();
                let is_mark = self.vocabulary.is_mark(&cell.text);
                let is_word = !is_mark && self.vocabulary.verdict(&cell.text).is_some();
                // A word that is no mark and no verdict is left for `normalise` to name.
                if is_word || !is_mark { Stated::Word(written) } else { Stated::Mark { verdict: *verdict, written } }
            }
            _ => Stated::Conflict(filled.iter().map(|(cell, _)| cell.written()).collect()),
        }
    }

    /// The column that is filled says it, whatever stands there, unless that is the contrary in words.
    fn filled(&self, row: u32, cols: &[(u32, Verdict)]) -> Stated {
        let filled: Vec<_> =
            cols.iter().filter_map(|(col, verdict)| Some((cell_in(self.view, row, Some(*col))?, *verdict))).collect();
        match filled.as_slice() {
            [] => Stated::Nothing,
            [(cell, verdict)] => {
                let said = match self.vocabulary.verdict(&cell.text) {
                    Some(VerdictWord::Met) => Some(Verdict::Met),
                    Some(VerdictWord::NotMet) => Some(Verdict::NotMet),
                    _ => None,
                };
                match said {
                    Some(said) if said != *verdict => Stated::Conflict(vec![cell.written()]),
                    _ => Stated::Mark { verdict: *verdict, written: cell.written() },
                }
            }
            _ => Stated::Conflict(filled.iter().map(|(cell, _)| cell.written()).collect()),
        }
    }
}
