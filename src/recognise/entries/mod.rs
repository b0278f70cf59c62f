//! The rows of a table one by one: items with what they state, sub-lines, totals, groups, signatures, and what is none
//! of these.

mod criteria;
mod kind;
mod lines;
mod listed;
mod stated;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::align::{CodeFit, Placed};
use super::code;
use super::columns::{Columns, Judged, VerdictColumns, cell_in};
use super::locate::Table;
use super::names::{Names, SetNames};
use super::problems;
use super::view::View;
use crate::catalogue::{Role, Vocabulary};
use crate::diag::Diagnostic;
use crate::model::{Assessor, CellRange, CellRef, Entry, ItemCode, Place, Stated, Text, Written};
use kind::RowKind;
use lines::SubLine;

/// A table's rows as read for one assessor.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub(super) entries: Vec<Entry>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Rows that state totals.
    pub(super) totals: Vec<u32>,
}

/// What the rows are read with.
pub(super) struct Reader<'r, 'v> {
    pub(super) view: &'r View<'v>,
    pub(super) file: &'r Arc<str>,
    pub(super) names: &'r Names,
    pub(super) set: &'r SetNames,
    pub(super) vocabulary: &'r Vocabulary,
    pub(super) table: &'r Table,
    pub(super) columns: &'r Columns,
}

/// Reads all rows of a table for one assessor.
pub(super) fn rows(reader: &Reader<'_, '_>, judged: &Judged) -> Rows {
    let mut rows = Rows::default();
    let placed: BTreeMap<u32, Placed> = reader.table.alignment.placed.iter().map(|p| (p.row, *p)).collect();
    let mut by_item: BTreeMap<ItemCode, Vec<Placed>> = BTreeMap::new();
    let mut sub_lines: Vec<SubLine> = Vec::new();
    let mut above: Option<ItemCode> = None;
    let last_placed = placed.keys().next_back().copied().unwrap_or(0);
    let body = reader.table.body.clone();
    let several = reader.rows_of_several();
    let listing: Vec<u32> = reader.listing_rows().into_iter().map(|(row, _)| row).collect();
    for row in reader.view.row_numbers().filter(|row| body.contains(row)) {
        if let Some(places) = several.get(&row) {
            for place in places {
                by_item.entry(reader.set.nodes[place.node].item).or_default().push(*place);
            }
            continue;
        }
        if let Some(place) = placed.get(&row) {
            let item = reader.set.nodes[place.node].item;
            by_item.entry(item).or_default().push(*place);
            above = Some(item);
            continue;
        }
        if listing.contains(&row) {
            continue;
        }
        if let Some(item) = reader.repeated(row, judged) {
            rows.diagnostics.push(reader.repetition(row, item, &placed));
            continue;
        }
        match reader.kind_of(row, above, last_placed, judged) {
            RowKind::Total => rows.totals.push(row),
            RowKind::SubLine(item) => sub_lines.push(SubLine { item, row }),
            RowKind::Unknown => {
                let text = reader.row_text(row);
                rows.diagnostics.push(problems::row_not_placed(reader.place_of_row(row), &text));
            }
            RowKind::JudgedAside => {
                let text = reader.row_text(row);
                rows.diagnostics.push(problems::judged_aside(reader.place_of_row(row), &text));
            }
            RowKind::Other => {}
        }
    }
    let codes = codes(&reader.table.alignment.placed, reader);
    if codes == Codes::Doubtful {
        let at = reader.table.keys.code.unwrap_or(0);
        let place = reader.place(reader.view.on_sheet(reader.table.header.end, at));
        rows.diagnostics.push(problems::codes_overruled(place));
    }
    for (item, places) in &by_item {
        if let Some(mut entry) = reader.entry(*item, places, judged, &mut rows.diagnostics) {
            // A figure beside several indicators is of none of them alone.
            if places.iter().any(|place| several.contains_key(&place.row)) {
                entry.value = None;
            }
            rows.entries.push(entry);
        }
        for place in places.iter().filter(|p| p.code == CodeFit::Neighbours) {
            rows.diagnostics.push(problems::placed_by_neighbours(reader.place_of_row(place.row), *item));
        }
        if codes == Codes::Kept {
            reader.report_overruled(*item, places, &mut rows.diagnostics);
        }
    }
    reader.add_listed(&mut rows);
    reader.weigh_sub_lines(&sub_lines, judged, &mut rows);
    reader.give_merged_to_criteria(judged, &mut rows);
    reader.report_criteria_alone(judged, &mut rows);
    // In the order of the sheet, as the sender wrote it.
    rows.entries.sort_by_key(|e| (e.cell, e.item));
    rows
}

/// How far the column of codes can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Codes {
    /// It holds codes: one that names and order overrule is named.
    Kept,
    /// It holds running numbers: they overrule nothing and are no slips.
    Running,
    /// It holds codes, and most of them are overruled: the table as a whole is in doubt.
    Doubtful,
}

fn codes(placed: &[Placed], reader: &Reader<'_, '_>) -> Codes {
    let coded: Vec<&Placed> =
        placed.iter().filter(|p| !matches!(p.code, CodeFit::Absent | CodeFit::Neighbours)).collect();
    let overruled = coded.iter().filter(|p| p.code == CodeFit::Overruled).count();
    let dotted = |p: &&&Placed| {
        cell_in(reader.view, p.row, reader.table.keys.code).is_some_and(|cell| cell.text.contains(['.', ',']))
    };
    if overruled * 2 <= coded.len() {
        Codes::Kept
    } else if coded.iter().filter(dotted).count() * 2 > coded.len() {
        Codes::Doubtful
    } else {
        Codes::Running
    }
}

/// Whether a text of a verdict tells a figure too: "Đạt (95%)", "Chưa đạt: 61". A number at the end of a remark, "thiếu nhà văn
/// hóa thôn 3", is none.
fn tells_figure(text: &str) -> bool {
    let Some(at) = text.find(|c: char| c.is_ascii_digit()) else { return false };
    let before = text[..at].rfind(['(', ',', ':', ';', '-', '–']).map_or(&text[..at], |from| &text[from + 1..at]);
    text.contains('%') || before.split_whitespace().count() <= 2
}

impl Reader<'_, '_> {
    fn place(&self, cell: CellRef) -> Place {
        Place::cells(self.file, &self.view.grid.sheet, cell)
    }

    fn place_of_row(&self, row: u32) -> Place {
        let cells = self.view.row(row);
        let cols = (cells.first().map_or(0, |c| c.col), cells.last().map_or(0, |c| c.col));
        Place::cells(
            self.file,
            &self.view.grid.sheet,
            CellRange::new(self.view.on_sheet(row, cols.0), self.view.on_sheet(row, cols.1)),
        )
    }

    fn row_text(&self, row: u32) -> String {
        self.view.row(row).iter().map(|c| c.text.as_str()).collect::<Vec<_>>().join(" | ")
    }

    /// The entry of an item from its rows; a criterion's own row counts only where it states a verdict.
    fn entry(
        &self,
        item: ItemCode,
        places: &[Placed],
        judged: &Judged,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Entry> {
        // A single indicator may have its criterion's row and its own: the own row counts, unless it states nothing.
        let own = |p: &&Placed| self.set.nodes[p.node].indicator > 0;
        let mut order: Vec<&Placed> = places.iter().filter(own).collect();
        order.extend(places.iter().filter(|p| !own(p)));
        let mut chosen: Option<(&Placed, Stated)> = None;
        let mut is_counted = false;
        for place in order {
            let counted = self.counted(place, judged);
            is_counted |= counted.is_some();
            let stated = counted.unwrap_or_else(|| self.stated(place.row, item, judged, diagnostics));
            if chosen.is_none() || matches!(chosen, Some((_, Stated::Nothing))) && stated != Stated::Nothing {
                chosen = Some((place, stated));
            }
        }
        let (place, mut stated) = chosen?;
        // An empty cell beside a criterion whose indicators are judged is no mark left out.
        let is_implied = matches!(stated, Stated::Implied { .. }) && !is_counted;
        if self.set.is_heading(place.node) && is_implied && self.has_parts(place.node) {
            stated = Stated::Nothing;
        }
        if self.set.is_heading(place.node) && stated == Stated::Nothing {
            return None;
        }
        let row = place.row;
        // Beside the commune's own verdict, what the columns they share say is the commune's word.
        let is_guest = judged.assessor == Assessor::District && self.columns.judged.len() > 1;
        let shared = |role| self.columns.col(role).filter(|_| !is_guest);
        let written = |role| shared(role).and_then(|col| self.own_or_merged(row, col)).map(|c| c.written());
        let figures = judged.value.or(shared(Role::Value));
        // Where figures have no column of their own, they stand with the verdict: "Đạt (98,5%)".
        let has_figure = |word: &Written| figures.is_none() && tells_figure(&word.text);
        let beside_verdict = || match (&stated, &judged.columns) {
            (Stated::Word(word), _) | (Stated::Mark { written: word, .. }, VerdictColumns::Filled(_)) => {
                Some(word).filter(|word| has_figure(word) && !self.vocabulary.is_mark(&word.text)).cloned()
            }
            _ => None,
        };
        let in_name = || match &judged.columns {
            VerdictColumns::InName(col) if figures.is_none() => {
                let cell = cell_in(self.view, row, Some(*col))?;
                let [_, figure, _] = super::lines::parts(&cell.text, self.vocabulary)?;
                (!figure.is_empty()).then(|| Written { text: figure, ..cell.written() })
            }
            _ => None,
        };
        let value = cell_in(self.view, row, figures).map(|c| c.written()).or_else(beside_verdict).or_else(in_name);
        let cell = cell_in(self.view, row, self.table.keys.code)
            .or_else(|| cell_in(self.view, row, self.table.keys.name))
            .or_else(|| self.view.row(row).first())
            .map_or(self.view.on_sheet(row, 0), |c| c.at());
        Some(Entry {
            item,
            sheet: Arc::clone(&self.view.grid.sheet),
            cell,
            stated,
            value,
            owner: written(Role::Owner),
            task: written(Role::Task),
            due: written(Role::Due),
            note: written(Role::Note),
        })
    }

    /// The rows that are each of several indicators, by the codes in their first key: where they are placed.
    fn rows_of_several(&self) -> BTreeMap<u32, Vec<Placed>> {
        let body = self.view.row_numbers().filter(|row| self.table.body.contains(row));
        let places = body.filter_map(|row| {
            let cell = cell_in(self.view, row, self.table.keys.code).filter(|cell| cell.is_text())?;
            let nodes = code::several(&cell.text).into_iter().map(|code| self.set.by_code(code.0, code.1));
            let nodes: Vec<usize> = nodes.collect::<Option<_>>()?;
            let place = |node| Placed { row, node, name: 0.0, code: CodeFit::Plain };
            (!nodes.is_empty()).then(|| (row, nodes.into_iter().map(place).collect()))
        });
        places.collect()
    }

    /// Whether rows of the table are indicators of a criterion.
    fn has_parts(&self, criterion: usize) -> bool {
        let nodes = &self.set.nodes;
        let is_part = |p: &Placed| nodes[p.node].indicator > 0 && nodes[p.node].criterion == nodes[criterion].criterion;
        self.table.alignment.placed.iter().any(is_part)
    }

    fn report_overruled(&self, item: ItemCode, places: &[Placed], diagnostics: &mut Vec<Diagnostic>) {
        for place in places.iter().filter(|p| p.code == CodeFit::Overruled) {
            if let Some(cell) = cell_in(self.view, place.row, self.table.keys.code) {
                // Roman numerals of groups say nothing of the criteria in them.
                if crate::text::roman::parse(&cell.text).is_none() {
                    diagnostics.push(problems::code_repaired(self.place(cell.at()), item, &cell.text));
                }
            }
        }
    }

    /// The item a row repeats: its very name or its plain code stands in the table already, and it states something.
    fn repeated(&self, row: u32, judged: &Judged) -> Option<usize> {
        let (_, node) = self.table.alignment.repeated.iter().find(|(r, _)| *r == row)?;
        let wanted = &self.set.nodes[*node];
        // A group named like its criterion stands right above it and is no repetition.
        let is_item = !wanted.is_criterion() || self.set.is_single(wanted.criterion);
        (is_item && self.states_something(row, judged)).then_some(*node)
    }

    fn repetition(&self, row: u32, node: usize, placed: &BTreeMap<u32, Placed>) -> Diagnostic {
        let item = self.set.nodes[node].item;
        let first = placed.values().find(|p| p.node == node).map_or(row, |p| p.row);
        let taken = if self.view.is_row_hidden(row) {
            Text::new("dòng nhìn thấy", "the one that can be seen")
        } else {
            Text::new("dòng đầu", "the first")
        };
        problems::item_repeated(self.place_of_row(row), item, self.place_of_row(first), taken)
    }
}
