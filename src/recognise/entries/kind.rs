//! What a row is that was not placed: a total, a line below an item, a heading, or something that has to be named.

use super::super::code;
use super::super::columns::{Judged, cell_in};
use super::super::declared;
use super::super::locate::{is_line, is_repeated, numbers_columns};
use super::super::view::Seen;
use super::Reader;
use crate::catalogue::{Role, RowWord};
use crate::model::ItemCode;

pub(super) enum RowKind {
    Total,
    SubLine(ItemCode),
    /// A group, a heading, a signature, column numbers, a legend.
    Other,
    /// It judges an item, but not where verdicts stand.
    JudgedAside,
    /// It says something and fits nothing.
    Unknown,
}

impl Reader<'_, '_> {
    pub(super) fn kind_of(&self, row: u32, above: Option<ItemCode>, last_placed: u32, judged: &Judged) -> RowKind {
        let cells = self.view.row(row);
        let Some(first) = cells.iter().find(|c| c.is_text() && c.key.len() >= 2).or(cells.first()) else {
            return RowKind::Other;
        };
        let words = cells.iter().filter(|c| c.is_text()).filter_map(|c| self.vocabulary.row_word(&c.key)).min();
        if words == Some(RowWord::Total) || cells.iter().any(|c| !declared::totals(&c.text).is_empty()) {
            return RowKind::Total;
        }
        let again = self.table.header.clone().any(|header| is_repeated(self.view, header, row));
        if words.is_some() || numbers_columns(cells) || again || is_page(cells) {
            return RowKind::Other;
        }
        let keys = self.table.keys.all();
        let says = self.states_something(row, judged);
        let is_group = cells.iter().any(|c| self.set.is_group(&c.key));
        if is_group || (!says && cells.len() <= 2 && row < last_placed && !keys_with_code(self, row)) {
            return if is_line(&first.text) { above.map_or(RowKind::Other, RowKind::SubLine) } else { RowKind::Other };
        }
        // A verdict on an item, wherever in its row it stands, is never passed over.
        if !says && self.judges_an_item(row) {
            return RowKind::JudgedAside;
        }
        // Below the list stand signatures, dates and remarks; only what reads like a verdict is a row of it.
        if row > last_placed && !self.states_verdict(row, judged) {
            return RowKind::Other;
        }
        let has_code = keys_with_code(self, row);
        match above {
            Some(item)
                if !has_code
                    && (is_line(&first.text) || says)
                    && row <= last_placed + 3
                    && cells.iter().any(|c| keys.contains(&c.col)) =>
            {
                RowKind::SubLine(item)
            }
            _ if says || has_code => RowKind::Unknown,
            _ => RowKind::Other,
        }
    }

    /// Whether a row has anything in a column of results.
    pub(super) fn states_something(&self, row: u32, judged: &Judged) -> bool {
        let mut cols = judged.columns.cols();
        cols.extend(judged.value.or(self.columns.col(Role::Value)));
        cols.into_iter().any(|col| cell_in(self.view, row, Some(col)).is_some())
    }

    /// Whether a row has a code where codes stand, or an indicator's anywhere, or an item's very name, and a verdict in
    /// another cell.
    fn judges_an_item(&self, row: u32) -> bool {
        let cells = self.view.row(row);
        let is_verdict = |c: &Seen<'_>| c.is_text() && c.verdict(self.vocabulary).is_some();
        let is_item = |c: &Seen<'_>| {
            let by_code = || code::readings(c).iter().any(|r| self.set.by_code(r.criterion, r.indicator).is_some());
            // A criterion's name may be a group's too.
            let by_name = || {
                c.exact(self.names).iter().any(|m| m.set == self.table.alignment.set && !self.set.is_heading(m.node))
            };
            c.is_text() && (c.text.contains(['.', ',']) && by_code() || by_name())
        };
        let is_of_item = || keys_with_code(self, row) || cells.iter().any(|c| !is_verdict(c) && is_item(c));
        cells.iter().any(is_verdict) && is_of_item()
    }

    /// Whether a row has a verdict or a mark where verdicts stand.
    fn states_verdict(&self, row: u32, judged: &Judged) -> bool {
        let reads = |col: u32| {
            cell_in(self.view, row, Some(col))
                .is_some_and(|c| self.vocabulary.is_mark(&c.text) || c.verdict(self.vocabulary).is_some())
        };
        judged.columns.cols().into_iter().any(reads)
    }
}

/// Whether a row has something in its code column that is meant as a code, be it one of the set or not: a code that
/// the set does not have makes its row no line of the item above.
fn keys_with_code(reader: &Reader<'_, '_>, row: u32) -> bool {
    cell_in(reader.view, row, reader.table.keys.code).is_some_and(|cell| {
        let is_code = !code::readings(cell).is_empty() || is_two_numbers(&cell.text);
        is_code && crate::text::roman::parse(&cell.text).is_none()
    })
}

/// `Trang 2`, `Trang 2/4`: what stands at the foot or the head of a printed page.
fn is_page(cells: &[Seen<'_>]) -> bool {
    let [cell] = cells else { return false };
    let mut words = cell.key.split(' ');
    cell.is_text()
        && words.next() == Some("trang")
        && words.clone().count() > 0
        && words.all(|word| word.bytes().all(|b| b.is_ascii_digit()))
}

/// `99.1`, `45,9`
fn is_two_numbers(text: &str) -> bool {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    text.trim().split_once(['.', ',']).is_some_and(|(first, second)| is_number(first) && is_number(second))
}
