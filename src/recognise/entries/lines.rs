//! Lines below an item: they speak where it does not, and are heard where they contradict it.

use std::collections::BTreeMap;

use super::super::columns::Judged;
use super::super::problems;
use super::{Reader, Rows};
use crate::catalogue::VerdictWord;
use crate::diag::Severity;
use crate::model::{ItemCode, Stated, Text, Verdict};

/// A row that belongs to the item above it.
#[derive(Debug, Clone, Copy)]
pub(super) struct SubLine {
    pub(super) item: ItemCode,
    pub(super) row: u32,
}

impl Reader<'_, '_> {
    /// Sub-lines speak where their indicator does not, and are heard where they contradict it.
    pub(super) fn weigh_sub_lines(&self, lines: &[SubLine], judged: &Judged, rows: &mut Rows) {
        let mut by_item: BTreeMap<ItemCode, Vec<(u32, VerdictWord, Stated)>> = BTreeMap::new();
        for line in lines {
            let stated = self.stated_at(line.row, judged);
            if let Some(word) = self.word_of(&stated) {
                by_item.entry(line.item).or_default().push((line.row, word, stated));
            }
        }
        for (item, lines) in by_item {
            let Some(entry) = rows.entries.iter_mut().find(|e| e.item == item) else { continue };
            let worst = lines
                .iter()
                .find(|(_, word, _)| !matches!(word, VerdictWord::Met | VerdictWord::Yes | VerdictWord::NotApplicable));
            match (&entry.stated, worst) {
                (Stated::Nothing, worst) => {
                    let from = Text::new("các dòng con", "the lines below it");
                    rows.diagnostics.push(problems::verdict_assumed(
                        self.place(entry.cell),
                        item,
                        from,
                        Severity::Warning,
                    ));
                    entry.stated = worst.unwrap_or(&lines[0]).2.clone();
                }
                (stated, Some((row, ..))) if self.word_of(stated) == Some(VerdictWord::Met) => {
                    rows.diagnostics.push(problems::sub_line_conflict(
                        self.place(entry.cell),
                        item,
                        self.place_of_row(*row),
                    ));
                }
                _ => {}
            }
        }
    }

    /// The word that a verdict amounts to, in whatever way it is stated.
    pub(super) fn word_of(&self, stated: &Stated) -> Option<VerdictWord> {
        match stated {
            Stated::Word(written) => self.vocabulary.verdict(&written.text),
            Stated::Mark { verdict: Verdict::Met, .. } => Some(VerdictWord::Met),
            Stated::Mark { verdict: Verdict::NotMet, .. } => Some(VerdictWord::NotMet),
            _ => None,
        }
    }
}
