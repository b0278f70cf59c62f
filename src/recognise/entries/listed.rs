//! Codes listed beside the criterion they belong to: of what is met, and of what is not.

use std::sync::Arc;

use super::super::code;
use super::super::columns::{cell_in, contains_words};
use super::super::problems;
use super::super::view::Seen;
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

    /// The rows whose cells list items, each with its criterion: those of criteria, also where one stands again for the next
    /// of its indicators, and those below a criterion that is named once.
    pub(super) fn listing_rows(&self) -> Vec<(u32, u16)> {
        let cols: Vec<u32> =
            [Role::UnmetCodes, Role::MetCodes].iter().filter_map(|role| self.columns.col(*role)).collect();
        if cols.is_empty() {
            return Vec::new();
        }
        let alignment = &self.table.alignment;
        let placed = alignment.placed.iter().map(|p| (p.row, p.node)).chain(alignment.repeated.iter().copied());
        let mut named: Vec<(u32, usize)> = placed.collect();
        named.sort_unstable();
        let lists = |row: &u32| cols.iter().any(|col| cell_in(self.view, *row, Some(*col)).is_some());
        let is_named = |row: u32| named.iter().any(|(named, _)| *named == row);
        let keys = self.table.keys.all();
        let is_unnamed = |row: u32| {
            let texts = keys.iter().filter_map(|&col| self.view.get(row, col)).filter(|cell| cell.is_text());
            texts.filter(|cell| !cell.key.is_empty() && code::readings(cell).is_empty()).count() == 0
        };
        let body = self.view.row_numbers().filter(|row| self.table.body.contains(row));
        let rows = body.filter(lists).filter(|&row| is_named(row) || self.view.row(row).len() > 1 && is_unnamed(row));
        rows.filter_map(|row| {
            let above = named.iter().rev().find(|(named, _)| *named <= row)?;
            Some((row, self.set.nodes[above.1].criterion))
        })
        .collect()
    }

    fn list(&self, col: u32, verdict: Verdict, listed: &mut Vec<Entry>, rows: &mut Rows) {
        for (row, criterion) in self.listing_rows() {
            let Some(cell) = cell_in(self.view, row, Some(col)) else { continue };
            let (items, is_left) = self.items_in(cell, criterion);
            for &item in &items {
                self.add(item, verdict, cell.at(), listed);
            }
            // What stands beside one item is said of it; beside several nobody can tell of which.
            if let ([only], Some(entry)) = (items.as_slice(), listed.last_mut())
                && entry.item == *only
                && entry.cell == cell.at()
            {
                self.add_what_stands_beside(row, entry);
            }
            if is_left {
                rows.diagnostics.push(problems::row_not_placed(self.place(cell.at()), &cell.text));
            }
        }
    }

    /// The items that a cell lists by codes or names, and whether something in it is none.
    fn items_in(&self, cell: &Seen<'_>, criterion: u16) -> (Vec<ItemCode>, bool) {
        let item = |code: (u16, u16)| self.set.by_code(code.0, code.1).map(|n| self.set.nodes[n].item);
        let mut items: Vec<ItemCode> = Vec::new();
        let mut is_left = false;
        if !cell.is_text() {
            // "10" beside the criterion 10 is its only indicator, which bears its number.
            if self.set.is_single(criterion) && cell.text == criterion.to_string() {
                return (self.only_item(criterion), false);
            }
            let (codes, rest) = code::list(cell, criterion);
            items.extend(codes.iter().filter_map(|code| item(*code)));
            return (items.clone(), rest || items.len() < codes.len());
        }
        for line in cell.lines().iter().filter(|line| line.chars().any(char::is_alphanumeric)) {
            let is_worded = code::has_words(line);
            let codes = if is_worded { code::at_heads(line) } else { code::list_in(line, criterion).0 };
            let known: Vec<ItemCode> = codes.iter().filter_map(|code| item(*code)).collect();
            if !known.is_empty() {
                is_left |= known.len() < codes.len();
                items.extend(known);
            } else {
                let named = self.item_named(line, criterion);
                is_left |= named.is_none();
                items.extend(named);
            }
        }
        items.dedup();
        (items, is_left)
    }

    /// The item of a criterion with one indicator.
    fn only_item(&self, criterion: u16) -> Vec<ItemCode> {
        let own = self.set.nodes.iter().find(|node| node.criterion == criterion);
        own.map(|node| node.item).into_iter().collect()
    }

    /// The indicator of a criterion that a text names, or the only one there is.
    fn item_named(&self, text: &str, criterion: u16) -> Option<ItemCode> {
        let set = self.table.alignment.set;
        let nodes = || self.set.nodes.iter().enumerate().filter(|(_, node)| node.criterion == criterion);
        let is_words = code::has_words(text) || self.vocabulary.verdict(text).is_some();
        if self.set.is_single(criterion) {
            return nodes().map(|(_, node)| node.item).next().filter(|_| is_words);
        }
        let key = crate::text::fold(text);
        let likeness = |node: usize| self.names.likeness(set, node, &key);
        let parts = nodes().filter(|(_, node)| node.indicator > 0);
        let mut alike: Vec<(f64, ItemCode)> = parts.map(|(at, node)| (likeness(at), node.item)).collect();
        alike.sort_by(|a, b| b.0.total_cmp(&a.0));
        match alike.as_slice() {
            [(best, item), rest @ ..] if *best >= 0.5 && rest.first().is_none_or(|next| best - next.0 >= 0.15) => {
                Some(*item)
            }
            _ => None,
        }
    }

    fn add_what_stands_beside(&self, row: u32, entry: &mut Entry) {
        let written = |role| self.columns.col(role).and_then(|col| self.own_or_merged(row, col)).map(|c| c.written());
        entry.value = written(Role::Value);
        (entry.owner, entry.task) = (written(Role::Owner), written(Role::Task));
        (entry.due, entry.note) = (written(Role::Due), written(Role::Note));
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
