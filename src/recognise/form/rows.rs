//! The rows of a form by their keys, and what is left over.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{READ, filled, stranger};
use crate::diag::Diagnostic;
use crate::model::form::{FormColumn, RowKey, VERDICTS};
use crate::model::{CriteriaSet, Entry, ItemCode, Place, Stated, Text, Written};
use crate::recognise::problems;
use crate::recognise::view::View;

/// Where a form's rows and columns stand now.
pub(super) struct Keyed {
    /// The row of column keys.
    header: u32,
    /// The column of row keys.
    keys: u32,
    /// The columns, by what they are for.
    columns: BTreeMap<FormColumn, u32>,
    /// The rows below the headings, with their keys.
    pub(super) rows: Vec<(u32, RowKey)>,
}

impl Keyed {
    /// The keys of a sheet; `None` where those are gone without which it cannot be read.
    pub(super) fn of(view: &View<'_>) -> Option<Self> {
        let columns_key = |row: u32| {
            let cells = view.row(row);
            cells.iter().find(|cell| RowKey::parse(&cell.text) == Some(RowKey::Columns)).map(|cell| cell.col)
        };
        let (header, keys) = view.row_numbers().find_map(|row| Some((row, columns_key(row)?)))?;
        let cells = view.row(header).iter();
        let columns: BTreeMap<FormColumn, u32> =
            cells.filter_map(|cell| Some((FormColumn::parse(&cell.text)?, cell.col))).collect();
        let below = view.row_numbers().filter(|row| *row > header);
        let rows = below.filter_map(|row| Some((row, RowKey::parse(&view.get(row, keys)?.text)?))).collect();
        columns.contains_key(&FormColumn::Verdict).then_some(Keyed { header, keys, columns, rows })
    }

    /// Where a column stands.
    pub(super) fn col(&self, column: FormColumn) -> Option<u32> {
        self.columns.get(&column).copied()
    }

    /// All rows of the sheet that bear a key.
    pub(super) fn rows_of<'v>(&self, view: &'v View<'_>, wanted: RowKey) -> impl Iterator<Item = u32> + use<'v> {
        let keys = self.keys;
        view.row_numbers()
            .filter(move |row| view.get(*row, keys).is_some_and(|cell| RowKey::parse(&cell.text) == Some(wanted)))
    }

    /// The last row that bears a key.
    fn last(&self) -> u32 {
        self.rows.last().map_or(self.header, |(row, _)| *row)
    }

    /// What people call a column: the words above its first row.
    fn header_of(&self, view: &View<'_>, col: u32) -> String {
        let first = self.rows.first().map_or(self.header, |(row, _)| *row);
        let above = (self.header + 1..first).rev().find_map(|row| filled(view, row, Some(col)));
        above.map_or_else(|| view.col_name(col), |cell| cell.text.clone())
    }
}

/// The entries of a form, in the order of its rows.
pub(super) fn entries(
    file: &Arc<str>,
    view: &View<'_>,
    set: &CriteriaSet,
    keyed: &Keyed,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut first: BTreeMap<ItemCode, u32> = BTreeMap::new();
    let mut hidden = 0;
    let place = |row: u32, col: Option<u32>| Place::cells(file, &view.grid.sheet, view.on_sheet(row, col.unwrap_or(0)));
    let code_col = keyed.col(FormColumn::Code);
    for (row, key) in &keyed.rows {
        let Some(code) = key.asked() else { continue };
        if set.item(code) != Some(code) {
            diagnostics.push(problems::row_not_placed(place(*row, code_col), &code.to_string()));
            continue;
        }
        if let Some(earlier) = first.get(&code) {
            let taken = Text::new("dòng đầu", "the first");
            let earlier = place(*earlier, code_col);
            diagnostics.push(problems::item_repeated(place(*row, code_col), code, earlier, taken));
            continue;
        }
        first.insert(code, *row);
        hidden += usize::from(view.is_row_hidden(*row));
        entries.push(entry(view, keyed, *row, code));
    }
    if let Some((row, _)) = keyed.rows.first().filter(|_| hidden > 0) {
        let what = Text::new(format!("{hidden} dòng chỉ tiêu"), format!("{hidden} row(s) of items"));
        diagnostics.push(problems::hidden(place(*row, code_col), what));
    }
    left_over(file, view, keyed, diagnostics);
    entries
}

fn entry(view: &View<'_>, keyed: &Keyed, row: u32, code: ItemCode) -> Entry {
    let written = |column| filled(view, row, keyed.col(column)).map(|cell| cell.written());
    let at = filled(view, row, keyed.col(FormColumn::Code)).map(|cell| cell.at());
    Entry {
        item: code,
        sheet: Arc::clone(&view.grid.sheet),
        cell: at.unwrap_or_else(|| view.on_sheet(row, keyed.col(FormColumn::Verdict).unwrap_or(0))),
        stated: written(FormColumn::Verdict).map_or(Stated::Nothing, stated),
        value: written(FormColumn::Value),
        owner: written(FormColumn::Owner),
        task: written(FormColumn::Task),
        due: written(FormColumn::Due),
        note: written(FormColumn::Note),
    }
}

/// A word of the list means its verdict; what was typed over it is understood like any other report's.
fn stated(written: Written) -> Stated {
    let verdict = VERDICTS.into_iter().find(|(_, word)| *word == written.text);
    match verdict {
        Some((verdict, _)) => Stated::Mark { verdict, written },
        None => Stated::Word(written),
    }
}

/// Whether the commune has written anything in a row.
pub(super) fn says_something(entry: &Entry) -> bool {
    let others = [&entry.value, &entry.owner, &entry.task, &entry.due, &entry.note];
    entry.stated != Stated::Nothing || others.iter().any(|written| written.is_some())
}

/// Answers in rows that have lost their key or never had one, and columns that are none of the form's.
fn left_over(file: &Arc<str>, view: &View<'_>, keyed: &Keyed, diagnostics: &mut Vec<Diagnostic>) {
    let place = |row: u32, col: u32| Place::cells(file, &view.grid.sheet, view.on_sheet(row, col));
    let of_items: BTreeSet<u32> = keyed.rows.iter().map(|(row, _)| *row).collect();
    let first_row = keyed.rows.first().map_or(u32::MAX, |(row, _)| *row);
    let answers: Vec<u32> = READ.into_iter().filter_map(|column| keyed.col(column)).collect();
    for row in view.row_numbers().filter(|row| *row >= first_row && !of_items.contains(row)) {
        let in_answers = answers.iter().filter_map(|col| filled(view, row, Some(*col)));
        // Below the form stand its signatures, above one answer in a row they are none.
        let counts = if row > keyed.last() { verdict_in(view, row, keyed) } else { in_answers.count() > 0 };
        if counts && view.merge_at(row, keyed.col(FormColumn::Owner).unwrap_or(0)).is_none() {
            let texts: Vec<&str> = view.row(row).iter().map(|cell| cell.text.as_str()).collect();
            diagnostics.push(problems::row_not_placed(place(row, 0), texts.join(" · ").trim()));
        }
    }
    let known: BTreeSet<u32> = keyed.columns.values().copied().chain([keyed.keys]).collect();
    let inside = |row: &u32| of_items.contains(row);
    let mut strangers: BTreeMap<u32, u32> = BTreeMap::new();
    for cell in view.cells().iter().filter(|cell| inside(&cell.row) && !cell.text.is_empty()) {
        let is_covered = view.merge_at(cell.row, cell.col).is_some();
        if !known.contains(&cell.col) && !is_covered {
            strangers.entry(cell.col).or_insert(cell.row);
        }
    }
    for (col, row) in strangers {
        diagnostics.push(stranger(place(row, col), &keyed.header_of(view, col)));
    }
}

fn verdict_in(view: &View<'_>, row: u32, keyed: &Keyed) -> bool {
    filled(view, row, keyed.col(FormColumn::Verdict)).is_some()
}
