//! Remarks that say of an item what its row does not: `Ghi chú: chỉ tiêu 2.3 chưa đạt`, where 2.3 is met, or
//! `Đạt (nợ 01 nội dung)` in the row itself.

use std::sync::Arc;

use super::code;
use super::columns::{Columns, bare_month, cell_in, contains_words, years};
use super::locate::Table;
use super::names::SetNames;
use super::problems;
use super::view::{Seen, View};
use crate::catalogue::{Role, VerdictWord, Vocabulary};
use crate::diag::Diagnostic;
use crate::model::{Entry, ItemCode, Place, Stated, Verdict};
use crate::text::{date, fold};

/// Between a code and what is said of it there are no more words.
const NEAR: usize = 6;

/// What remarks are read with.
pub(super) struct Remarks<'r, 'v> {
    pub(super) file: &'r Arc<str>,
    pub(super) view: &'r View<'v>,
    pub(super) table: &'r Table,
    pub(super) set: &'r SetNames,
    pub(super) columns: &'r Columns,
    pub(super) vocabulary: &'r Vocabulary,
}

impl Remarks<'_, '_> {
    /// What is said in a verdict's cell, beside rows and below the table that contradicts a verdict; the row counts.
    pub(super) fn against(&self, entries: &[Entry]) -> Vec<Diagnostic> {
        let rows = self.table.rows_of_items();
        let note = self.columns.col(Role::Note);
        let unread = self.unread();
        let beside = |row: u32| cell_in(self.view, row, note).filter(|cell| cell.is_text());
        let mut found = self.taken_back(entries);
        for row in self.view.row_numbers().filter(|row| self.table.segment.contains(row)) {
            if rows.contains(&row) {
                found.extend(unread.iter().filter_map(|&col| self.of_unread(row, col, entries)));
                let Some(cell) = beside(row) else { continue };
                let sentences = self.of_sentences(cell, entries);
                let own = if sentences.is_empty() { self.of_row(row, cell, entries) } else { None };
                found.extend(own.into_iter().chain(sentences));
            } else if row >= rows.end && self.view.row(row).len() <= 2 {
                let texts = self.view.row(row).iter().filter(|cell| cell.is_text());
                found.extend(texts.flat_map(|cell| self.of_sentences(cell, entries)));
            }
        }
        found
    }

    /// Verdicts that go on with words that take them back.
    fn taken_back(&self, entries: &[Entry]) -> Vec<Diagnostic> {
        let said = entries.iter().filter_map(|entry| match &entry.stated {
            Stated::Word(word) if self.vocabulary.takes_back(&word.text) => Some((entry, &word.text)),
            _ => None,
        });
        let place = |entry: &Entry| Place::cells(self.file, &self.view.grid.sheet, entry.cell);
        said.map(|(entry, text)| problems::verdict_taken_back(place(entry), entry.item, text)).collect()
    }

    /// Columns that nothing was read from, or figures alone: what they say of this time is heard where it denies a verdict.
    fn unread(&self) -> Vec<u32> {
        let is_of_another_time = |col: &u32| {
            let header = self.columns.header(*col);
            let key = fold(header);
            let roles = self.vocabulary.header_roles(&key);
            let others = [Role::Previous, Role::Planned, Role::Estimated, Role::Target, Role::Roadmap];
            others.iter().any(|role| roles.contains_key(role))
                || !years(&key).is_empty()
                || !date::months(header).is_empty()
                || bare_month(header, Some(2000)).is_some()
        };
        let columns = self.columns.unused.iter().chain(&self.columns.passed_over).copied();
        let mut unread: Vec<u32> = columns.filter(|col| !is_of_another_time(col)).collect();
        unread.extend(self.columns.col(Role::Value));
        unread.sort_unstable();
        unread.dedup();
        unread
    }

    /// A cell of such a column that denies the verdict of its row.
    fn of_unread(&self, row: u32, col: u32, entries: &[Entry]) -> Option<Diagnostic> {
        let cell = cell_in(self.view, row, Some(col)).filter(|cell| cell.is_text())?;
        let denies = cell.key.split(' ').count() <= 4 && cell.verdict(self.vocabulary) == Some(VerdictWord::NotMet)
            || self.columns.col(Role::Value) != Some(col) && self.vocabulary.doubts_met(&cell.text);
        let placed = self.table.alignment.placed.iter().find(|placed| placed.row == row).filter(|_| denies)?;
        let item = self.set.nodes[placed.node].item;
        let header = self.columns.header(col);
        self.contradicts(item, Verdict::NotMet, entries)
            .then(|| self.named(item, Verdict::NotMet, cell, entries, Some(header)))
    }

    /// A remark that denies the verdict beside it.
    fn of_row(&self, row: u32, cell: &Seen<'_>, entries: &[Entry]) -> Option<Diagnostic> {
        let placed = self.table.alignment.placed.iter().find(|placed| placed.row == row)?;
        let item = self.set.nodes[placed.node].item;
        let said = if cell.key.split(' ').count() > 3 { None } else { cell.verdict(self.vocabulary).and_then(plain) };
        // "OK" and the like beside a row may be of anything; the very words are of its verdict.
        let said = said.filter(|said| *said != Verdict::Met || matches!(cell.key.as_str(), "dat" | "da dat"));
        let said = said.or_else(|| self.vocabulary.doubts_met(&cell.text).then_some(Verdict::NotMet))?;
        self.contradicts(item, said, entries).then(|| self.named(item, said, cell, entries, None))
    }

    /// Sentences that say of an item, by its code, that it is not met.
    fn of_sentences(&self, cell: &Seen<'_>, entries: &[Entry]) -> Vec<Diagnostic> {
        let sentences = &self.vocabulary.sentences;
        let has = |key: &str, phrases: &[String]| phrases.iter().any(|phrase| contains_words(key, phrase));
        let mut found = Vec::new();
        if !has(&cell.key, &sentences.unmet) || !cell.text.bytes().any(|b| b.is_ascii_digit()) {
            return found;
        }
        for sentence in cell.text.split([';', '\n']).flat_map(|part| part.split(". ")) {
            let key = fold(sentence);
            if has(&key, &sentences.goal) || has(&key, &sentences.earlier) {
                continue;
            }
            let Some(item) = self.said_unmet(sentence) else { continue };
            if self.contradicts(item, Verdict::NotMet, entries) {
                found.push(self.named(item, Verdict::NotMet, cell, entries, None));
            }
        }
        found
    }

    /// The item whose code stands right before "chưa đạt".
    fn said_unmet(&self, sentence: &str) -> Option<ItemCode> {
        let words: Vec<&str> = sentence.split_whitespace().collect();
        let begins = |at: usize| {
            let rest = fold(&words[at..words.len().min(at + 3)].join(" "));
            self.vocabulary
                .sentences
                .unmet
                .iter()
                .any(|phrase| rest == *phrase || rest.starts_with(&format!("{phrase} ")))
        };
        let denied = (0..words.len()).find(|&at| begins(at))?;
        let at =
            (denied.saturating_sub(NEAR)..denied).rev().find(|&at| words[at].bytes().any(|b| b.is_ascii_digit()))?;
        // "năm 2.3", "đạt 2.3 km" are no codes: the word before says that it is one, or nothing stands before it.
        let before = at.checked_sub(1).map_or(String::new(), |before| fold(words[before]));
        let names_code = before.is_empty() || code::is_code_word(&before);
        let code = *code::at_heads(words[at]).first().filter(|_| names_code)?;
        self.set.by_code(code.0, code.1).map(|node| self.set.nodes[node].item)
    }

    fn contradicts(&self, item: ItemCode, said: Verdict, entries: &[Entry]) -> bool {
        let states = |entry: &Entry| match &entry.stated {
            Stated::Word(word) => plain(self.vocabulary.verdict(&word.text)?),
            Stated::Mark { verdict, .. } | Stated::Implied { verdict, .. } => Some(*verdict),
            Stated::Conflict(_) | Stated::Nothing => None,
        };
        let own = entries.iter().find(|entry| entry.item == item).and_then(states);
        matches!((own, said), (Some(Verdict::Met), Verdict::NotMet) | (Some(Verdict::NotMet), Verdict::Met))
    }

    /// What the diagnostic says; `header` is that of the cell's column, where it is not the remarks'.
    fn named(
        &self,
        item: ItemCode,
        said: Verdict,
        cell: &Seen<'_>,
        entries: &[Entry],
        header: Option<&str>,
    ) -> Diagnostic {
        let place = |at| Place::cells(self.file, &self.view.grid.sheet, at);
        let own = entries.iter().find(|entry| entry.item == item).map_or(cell.at(), |entry| entry.cell);
        problems::remark_against(place(cell.at()), item, said, (&cell.text, header), place(own))
    }
}

fn plain(word: VerdictWord) -> Option<Verdict> {
    match word {
        VerdictWord::Met => Some(Verdict::Met),
        VerdictWord::NotMet => Some(Verdict::NotMet),
        _ => None,
    }
}
