//! What a row states as its verdict: in a word, by a mark or a sign, in a remark, or not at all.

use super::super::columns::{Judged, Legend, VerdictColumns, cell_in};
use super::super::lines;
use super::super::problems;
use super::super::view::Seen;
use super::Reader;
use crate::catalogue::{Role, VerdictWord};
use crate::diag::{Diagnostic, Severity};
use crate::model::{ItemCode, Stated, Text, Verdict, Written};

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
                c.verdict(self.vocabulary),
                Some(VerdictWord::NotApplicable | VerdictWord::NotMet | VerdictWord::NearlyMet)
            ) && c.key.split(' ').count() <= 4
        });
        match note {
            Some(cell) => {
                let from = Text::new(format!("ghi chú «{}»", cell.text), format!("the remark {:?}", cell.text));
                diagnostics.push(problems::verdict_assumed(self.place(cell.at()), item, from, Severity::Info));
                Stated::Word(cell.written())
            }
            None => self.by_emptiness(row, judged),
        }
    }

    /// What an empty cell says where the legend says what that means.
    fn by_emptiness(&self, row: u32, judged: &Judged) -> Stated {
        let cols = judged.columns.cols();
        let is_column = matches!(judged.columns, VerdictColumns::Words(_) | VerdictColumns::Marks(_));
        match (self.columns.empty, cols.first()) {
            (Some(verdict), Some(&col)) if is_column && cols.len() == 1 => {
                Stated::Implied { verdict, cell: self.view.on_sheet(row, col) }
            }
            _ => Stated::Nothing,
        }
    }

    /// What stands where verdicts do.
    pub(super) fn stated_at(&self, row: u32, judged: &Judged) -> Stated {
        match &judged.columns {
            VerdictColumns::Words(col) => self.worded(row, *col),
            VerdictColumns::InName(col) => {
                let cell = cell_in(self.view, row, Some(*col));
                let apart = cell.and_then(|cell| Some((cell, lines::parts(&cell.text, self.vocabulary)?)));
                apart.map_or(Stated::Nothing, |(cell, [_, _, verdict])| {
                    Stated::Word(Written { text: verdict, ..cell.written() })
                })
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
            VerdictColumns::Listed => Stated::Nothing,
            VerdictColumns::Unmet => {
                let first = self.view.row(row).first().map_or(self.view.on_sheet(row, 0), |c| c.at());
                Stated::Implied { verdict: Verdict::NotMet, cell: first }
            }
        }
    }

    /// A word; one merged over several rows is of all of them, and a sign of repetition is the word above.
    fn worded(&self, row: u32, col: u32) -> Stated {
        let Some(cell) = self.own_or_merged(row, col) else { return Stated::Nothing };
        if !self.vocabulary.is_ditto(&cell.text) {
            return Stated::Word(self.told_in(cell));
        }
        let above = self.view.row_numbers().filter(|&above| self.table.body.start <= above && above < row);
        let words = above.filter_map(|above| cell_in(self.view, above, Some(col)));
        let repeated = words.filter(|c| !self.vocabulary.is_ditto(&c.text)).last();
        repeated.map_or_else(
            || Stated::Word(cell.written()),
            |above| Stated::Word(Written { original: Some(cell.text.clone()), cell: cell.at(), ..above.written() }),
        )
    }

    /// The words of a cell; where they are a remark that states a verdict, these of it.
    fn told_in(&self, cell: &Seen<'_>) -> Written {
        let written = cell.written();
        let within = || self.vocabulary.verdict_within(&cell.text);
        match cell.verdict(self.vocabulary).is_none().then(within).flatten() {
            Some((_, words)) => Written { text: words.to_owned(), original: Some(written.text.clone()), ..written },
            None => written,
        }
    }

    /// The cell of a row in a column, or the one merged down over it.
    pub(super) fn own_or_merged(&self, row: u32, col: u32) -> Option<&Seen<'_>> {
        cell_in(self.view, row, Some(col)).or_else(|| {
            let merge = self.view.merge_at(row, col).filter(|m| m.first.col == m.last.col)?;
            cell_in(self.view, merge.first.row, Some(col)).filter(|_| self.table.body.contains(&merge.first.row))
        })
    }

    /// A mark that stands for a verdict; a word among marks is a word, an empty cell what the legend says of it. What is
    /// merged down over a row stands in it.
    fn signed(&self, row: u32, col: u32, legend: &Legend) -> Stated {
        match self.own_or_merged(row, col) {
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
        let mut filled: Vec<_> =
            cols.iter().filter_map(|(col, verdict)| Some((self.own_or_merged(row, *col)?, *verdict))).collect();
        // An empty box says nothing beside one that is ticked, and nothing alone.
        filled.retain(|(cell, _)| !self.vocabulary.is_blank(&cell.text));
        match filled.as_slice() {
            [] => Stated::Nothing,
            [(cell, _)] if self.columns.nearly.contains(&cell.col) => {
                // Said in the words of its heading, so that the warning can name them.
                let words = self.columns.header(cell.col).rsplit(" · ").next().unwrap_or_default().to_owned();
                Stated::Word(Written { text: words, original: Some(cell.text.clone()), ..cell.written() })
            }
            [(cell, verdict)] => {
                let written = cell.written();
                let is_mark = self.vocabulary.is_mark(&cell.text);
                let is_word = !is_mark && cell.verdict(self.vocabulary).is_some();
                // A word that is no mark and no verdict is left for `normalise` to name.
                if is_word || !is_mark { Stated::Word(written) } else { Stated::Mark { verdict: *verdict, written } }
            }
            _ => Stated::Conflict(filled.iter().map(|(cell, _)| cell.written()).collect()),
        }
    }

    /// The column that is filled says it, whatever stands there, unless that is the contrary in words.
    fn filled(&self, row: u32, cols: &[(u32, Verdict)]) -> Stated {
        let filled: Vec<_> =
            cols.iter().filter_map(|(col, verdict)| Some((self.own_or_merged(row, *col)?, *verdict))).collect();
        match filled.as_slice() {
            [] => Stated::Nothing,
            [(cell, verdict)] => {
                let said = match cell.verdict(self.vocabulary) {
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
