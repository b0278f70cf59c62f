//! The rows of a table one by one: items with what they state, sub-lines, totals, groups, signatures, and what is none
//! of these.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::align::{CodeFit, Placed};
use super::columns::{Columns, Judged, VerdictColumns, cell_in};
use super::locate::{Table, numbers_columns};
use super::names::SetNames;
use super::problems;
use super::view::View;
use crate::catalogue::{Role, RowWord, VerdictWord, Vocabulary};
use crate::diag::{Diagnostic, Severity};
use crate::model::{Assessor, CellRange, CellRef, Entry, ItemCode, Place, Stated, Text};

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
    pub(super) set: &'r SetNames,
    pub(super) vocabulary: &'r Vocabulary,
    pub(super) table: &'r Table,
    pub(super) columns: &'r Columns,
}

/// A row that belongs to the item above it.
#[derive(Debug, Clone, Copy)]
struct SubLine {
    item: ItemCode,
    row: u32,
}

/// Reads all rows of a table for one assessor.
pub(super) fn rows(reader: &Reader<'_, '_>, judged: &Judged) -> Rows {
    let mut rows = Rows::default();
    let placed: BTreeMap<u32, Placed> = reader.table.alignment.placed.iter().map(|p| (p.row, *p)).collect();
    let mut by_item: BTreeMap<ItemCode, Vec<Placed>> = BTreeMap::new();
    let mut sub_lines: Vec<SubLine> = Vec::new();
    let mut above: Option<ItemCode> = None;
    let last_placed = placed.keys().next_back().copied().unwrap_or(0);
    let body = reader.table.header.end..reader.table.segment.end;
    for row in reader.view.row_numbers().filter(|row| body.contains(row)) {
        if let Some(place) = placed.get(&row) {
            let item = reader.set.nodes[place.node].item;
            by_item.entry(item).or_default().push(*place);
            above = Some(item);
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
        if let Some(entry) = reader.entry(*item, places, judged, &mut rows.diagnostics) {
            rows.entries.push(entry);
        }
        if codes == Codes::Kept {
            reader.report_overruled(*item, places, &mut rows.diagnostics);
        }
    }
    reader.listed_as_unmet(&mut rows);
    reader.weigh_sub_lines(&sub_lines, judged, &mut rows);
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
    let coded: Vec<&Placed> = placed.iter().filter(|p| p.code != CodeFit::Absent).collect();
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

enum RowKind {
    Total,
    SubLine(ItemCode),
    /// A group, a heading, a signature, column numbers, a legend.
    Other,
    /// It says something and fits nothing.
    Unknown,
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

    fn kind_of(&self, row: u32, above: Option<ItemCode>, last_placed: u32, judged: &Judged) -> RowKind {
        let cells = self.view.row(row);
        let Some(first) = cells.iter().find(|c| c.is_text() && c.key.len() >= 2).or(cells.first()) else {
            return RowKind::Other;
        };
        let words = cells.iter().filter(|c| c.is_text()).filter_map(|c| self.vocabulary.row_word(&c.key)).min();
        if words == Some(RowWord::Total) || cells.iter().any(|c| !super::declared::totals(&c.text).is_empty()) {
            return RowKind::Total;
        }
        if words.is_some() || numbers_columns(cells) {
            return RowKind::Other;
        }
        let keys = self.table.keys.all();
        let says = self.states_something(row, judged);
        let is_group = cells.iter().any(|c| self.set.is_group(&c.key));
        if is_group || (!says && cells.len() <= 2 && row < last_placed && !keys_with_code(self, row)) {
            return if is_line(&first.text) { above.map_or(RowKind::Other, RowKind::SubLine) } else { RowKind::Other };
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
    fn states_something(&self, row: u32, judged: &Judged) -> bool {
        let mut cols = judged.columns.cols();
        cols.extend(judged.value.or(self.columns.col(Role::Value)));
        cols.into_iter().any(|col| cell_in(self.view, row, Some(col)).is_some())
    }

    /// Whether a row has a verdict or a mark where verdicts stand.
    fn states_verdict(&self, row: u32, judged: &Judged) -> bool {
        let reads = |col: u32| {
            cell_in(self.view, row, Some(col))
                .is_some_and(|c| self.vocabulary.is_mark(&c.text) || self.vocabulary.verdict(&c.text).is_some())
        };
        judged.columns.cols().into_iter().any(reads)
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
        for place in order {
            let stated = self.stated(place.row, item, judged, diagnostics);
            if chosen.is_none() || matches!(chosen, Some((_, Stated::Nothing))) && stated != Stated::Nothing {
                chosen = Some((place, stated));
            }
        }
        let (place, stated) = chosen?;
        if self.set.is_heading(place.node) && stated == Stated::Nothing {
            return None;
        }
        let row = place.row;
        // Beside the commune's own verdict, what the columns they share say is the commune's word.
        let is_guest = judged.assessor == Assessor::District && self.columns.judged.len() > 1;
        let shared = |role| self.columns.col(role).filter(|_| !is_guest);
        let written = |role| cell_in(self.view, row, shared(role)).map(|c| c.written());
        let cell = cell_in(self.view, row, self.table.keys.code)
            .or_else(|| cell_in(self.view, row, self.table.keys.name))
            .or_else(|| self.view.row(row).first())
            .map_or(self.view.on_sheet(row, 0), |c| c.at());
        Some(Entry {
            item,
            sheet: Arc::clone(&self.view.grid.sheet),
            cell,
            stated,
            value: cell_in(self.view, row, judged.value.or(shared(Role::Value))).map(|c| c.written()),
            owner: written(Role::Owner),
            task: written(Role::Task),
            due: written(Role::Due),
            note: written(Role::Note),
        })
    }

    /// What a row states as its verdict.
    fn stated(&self, row: u32, item: ItemCode, judged: &Judged, diagnostics: &mut Vec<Diagnostic>) -> Stated {
        let stated = match &judged.columns {
            VerdictColumns::Words(col) => {
                cell_in(self.view, row, Some(*col)).map_or(Stated::Nothing, |c| Stated::Word(c.written()))
            }
            VerdictColumns::Marks(cols) => self.marked(row, cols),
        };
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

    fn marked(&self, row: u32, cols: &[(u32, crate::model::Verdict)]) -> Stated {
        let filled: Vec<_> =
            cols.iter().filter_map(|(col, verdict)| Some((cell_in(self.view, row, Some(*col))?, *verdict))).collect();
        match filled.as_slice() {
            [] => Stated::Nothing,
            [(cell, verdict)] => {
                let written = cell.written();
                let is_word = !self.vocabulary.is_mark(&cell.text) && self.vocabulary.verdict(&cell.text).is_some();
                let is_mark = self.vocabulary.is_mark(&cell.text);
                // A word that is no mark and no verdict is left for `normalise` to name.
                if is_word || !is_mark { Stated::Word(written) } else { Stated::Mark { verdict: *verdict, written } }
            }
            _ => Stated::Conflict(filled.iter().map(|(cell, _)| cell.written()).collect()),
        }
    }

    /// The codes in a column of what is not met, beside the criterion they belong to.
    fn listed_as_unmet(&self, rows: &mut Rows) {
        let Some(col) = self.columns.col(Role::UnmetCodes) else { return };
        let mut listed: Vec<Entry> = Vec::new();
        for placed in &self.table.alignment.placed {
            let Some(cell) = cell_in(self.view, placed.row, Some(col)) else { continue };
            let criterion = self.set.nodes[placed.node].criterion;
            let (codes, rest) = super::code::list(cell, criterion);
            for code in codes {
                let node = self.set.by_code(code.0, code.1).map(|n| self.set.nodes[n].item);
                match node {
                    Some(item) if !listed.iter().any(|e| e.item == item) => listed.push(Entry {
                        item,
                        sheet: Arc::clone(&self.view.grid.sheet),
                        cell: cell.at(),
                        stated: Stated::Implied { verdict: crate::model::Verdict::NotMet, cell: cell.at() },
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
        problems::item_repeated(self.place_of_row(row), item, self.place_of_row(first))
    }

    /// Sub-lines speak where their indicator does not, and are heard where they contradict it.
    fn weigh_sub_lines(&self, lines: &[SubLine], judged: &Judged, rows: &mut Rows) {
        let mut by_item: BTreeMap<ItemCode, Vec<(u32, VerdictWord, crate::model::Written)>> = BTreeMap::new();
        for line in lines {
            let word = match &judged.columns {
                VerdictColumns::Words(col) => cell_in(self.view, line.row, Some(*col))
                    .and_then(|c| Some((self.vocabulary.verdict(&c.text)?, c.written()))),
                VerdictColumns::Marks(cols) => match self.marked(line.row, cols) {
                    Stated::Mark { verdict: crate::model::Verdict::Met, written } => Some((VerdictWord::Met, written)),
                    Stated::Mark { verdict: crate::model::Verdict::NotMet, written } => {
                        Some((VerdictWord::NotMet, written))
                    }
                    _ => None,
                },
            };
            if let Some((word, written)) = word {
                by_item.entry(line.item).or_default().push((line.row, word, written));
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
                    let (_, _, written) = worst.unwrap_or(&lines[0]);
                    entry.stated = match &judged.columns {
                        VerdictColumns::Words(_) => Stated::Word(written.clone()),
                        VerdictColumns::Marks(_) => Stated::Mark {
                            verdict: if worst.is_some() {
                                crate::model::Verdict::NotMet
                            } else {
                                crate::model::Verdict::Met
                            },
                            written: written.clone(),
                        },
                    };
                }
                (stated, Some((row, ..))) if self.is_met(stated) => {
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

    fn is_met(&self, stated: &Stated) -> bool {
        match stated {
            Stated::Word(written) => self.vocabulary.verdict(&written.text) == Some(VerdictWord::Met),
            Stated::Mark { verdict, .. } => *verdict == crate::model::Verdict::Met,
            _ => false,
        }
    }
}

/// `- cứng hóa`, `+ …`, `a) …`: a line below an item.
fn is_line(text: &str) -> bool {
    let text = text.trim_start();
    let mut chars = text.chars();
    let first = chars.next();
    matches!(first, Some('-' | '+' | '•' | '*' | '–' | '·'))
        || (first.is_some_and(|c| c.is_ascii_lowercase()) && matches!(chars.next(), Some(')' | '.')))
}

/// Whether a row has something in its code column that is meant as a code, be it one of the set or not: a code that
/// the set does not have makes its row no line of the item above.
fn keys_with_code(reader: &Reader<'_, '_>, row: u32) -> bool {
    cell_in(reader.view, row, reader.table.keys.code).is_some_and(|cell| {
        let is_code = !super::code::readings(cell).is_empty() || is_two_numbers(&cell.text);
        is_code && crate::text::roman::parse(&cell.text).is_none()
    })
}

/// `99.1`, `45,9`
fn is_two_numbers(text: &str) -> bool {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    text.trim().split_once(['.', ',']).is_some_and(|(first, second)| is_number(first) && is_number(second))
}
