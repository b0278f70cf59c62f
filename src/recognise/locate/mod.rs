//! Tables of a sheet: where their headers, keys and rows of items stand, and in which set the rows fit.

mod keys;
mod segments;

use std::collections::BTreeMap;
use std::ops::Range;

use super::align::{self, Alignment, RowSigns};
use super::code;
use super::columns::contains_words;
use super::names::{NameMatch, Names};
use super::unmet;
use super::view::{Orientation, Seen, View};
use crate::catalogue::{Role, RowWord, Vocabulary};

pub(super) use keys::Keys;
pub(super) use segments::{beside, is_header, is_repeated};

use keys::{keys, keys_of_short_list};
use segments::segments;

/// A table found on a sheet.
#[derive(Debug, Clone)]
pub(super) struct Table {
    /// The rows of the whole segment of the view: titles above, header, body, signature.
    pub(super) segment: Range<u32>,
    /// The rows of the sheet that stand above the table: its titles.
    pub(super) titles: Range<u32>,
    /// Header rows.
    pub(super) header: Range<u32>,
    /// The rows below the header.
    pub(super) body: Range<u32>,
    pub(super) keys: Keys,
    pub(super) alignment: Alignment,
    /// Alignments with sets that fit as well, where names do not tell them apart.
    pub(super) rivals: Vec<Alignment>,
    /// Whether a few rows are all there is: a part of a list, where other parts stand elsewhere in the file.
    pub(super) is_small: bool,
}

impl Table {
    /// Whether a row stands between the table's header and its last item.
    pub(super) fn holds(&self, row: u32) -> bool {
        self.rows_of_items().contains(&row)
    }

    /// The rows from the table's header to its last item.
    pub(super) fn rows_of_items(&self) -> Range<u32> {
        let last = self.alignment.placed.iter().map(|p| p.row).max().unwrap_or(self.header.end);
        self.header.start..last + 1
    }

    /// The same table as one of another set that fits as well.
    pub(super) fn of_set(&self, set: usize) -> Self {
        let rival = self.rivals.iter().find(|a| a.set == set);
        Table { alignment: rival.unwrap_or(&self.alignment).clone(), rivals: Vec::new(), ..self.clone() }
    }
}

/// The tables of a sheet from the top.
pub(super) fn tables(view: &View<'_>, names: &Names, vocabulary: &Vocabulary) -> Vec<Table> {
    let segments = segments(view, vocabulary).into_iter();
    let mut tables: Vec<Table> = segments.filter_map(|segment| table(view, names, vocabulary, segment)).collect();
    // A part without headings of its own has those of the part above, where its columns are the same.
    for at in 1..tables.len() {
        let (above, own) = (&tables[at - 1], &tables[at]);
        if own.header.is_empty() && own.keys == above.keys {
            tables[at].header = above.header.clone();
        }
    }
    tables
}

fn table(view: &View<'_>, names: &Names, vocabulary: &Vocabulary, segment: Range<u32>) -> Option<Table> {
    let rows: Vec<u32> = view.row_numbers().filter(|row| segment.contains(row)).collect();
    let exact: BTreeMap<(u32, u32), &[NameMatch]> = rows
        .iter()
        .flat_map(|&row| view.row(row))
        .filter(|cell| cell.is_text() && cell.key.len() >= 3)
        .filter_map(|cell| {
            let found = cell.exact(names);
            (!found.is_empty()).then_some(((cell.row, cell.col), found))
        })
        .collect();
    let placing = Placing { view, names, vocabulary, rows: &rows, exact: &exact };
    let found = keys(view, names, vocabulary, &rows, &exact).and_then(|keys| {
        let alignments = placing.alignments(keys);
        let is_table = alignments.first().is_some_and(|a| is_table(a, names, view, vocabulary, keys));
        is_table.then_some((keys, alignments))
    });
    // A list of what is not met, or a part of one, may be too short to tell its columns by their content.
    let lists_unmet = || view.is_upright() && unmet::phrase(view, &segment, vocabulary).is_some();
    let is_part = || view.is_upright() && rows.iter().any(|&row| judges(view, vocabulary, row));
    let short = || {
        let keys = (lists_unmet() || is_part()).then(|| keys_of_short_list(view, vocabulary, &rows)).flatten()?;
        let alignments = placing.alignments(keys);
        let is_list = alignments.first().is_some_and(|a| is_short_list(a, names));
        is_list.then_some((keys, alignments))
    };
    let is_small = found.is_none() && !lists_unmet();
    let (keys, alignments) = found.or_else(short)?;
    let mut best = alignments.first()?.clone();
    if let Some(col) = keys.name {
        let alike = |row: u32, node: usize| {
            let cell = view.get(row, col).filter(|c| c.is_text() && vocabulary.row_word(&c.key).is_none());
            // A line below an item shares words with its neighbours too: it has to share more.
            cell.is_some_and(|c| names.likeness(best.set, node, &c.key) >= if is_line(&c.text) { 0.7 } else { 0.34 })
        };
        let mut filled = best.clone();
        filled.fill_gaps(&rows, &names.sets[best.set], &alike);
        best = filled;
    }
    let rivals = alignments[1..].iter().filter(|a| a.score >= 0.97 * best.score).cloned().collect();
    let first_item = best.placed.iter().map(|p| p.row).min()?;
    let header = match view.orientation {
        _ if view.is_upright() => header_rows(view, vocabulary, segment.start, first_item),
        Orientation::Turned => turned_header(view, &segment, keys, first_item),
        _ => first_item..first_item,
    };
    let titles = match view.orientation {
        // The keys of items side by side are rows of the sheet.
        Orientation::Turned => 0..keys.all().into_iter().min().unwrap_or(0),
        _ => segment.start..header.start,
    };
    let body = header.end..segment.end;
    Some(Table { segment, titles, header, body, keys, alignment: best, rivals, is_small })
}

/// What rows are placed with.
struct Placing<'p, 'v> {
    view: &'p View<'v>,
    names: &'p Names,
    vocabulary: &'p Vocabulary,
    rows: &'p [u32],
    exact: &'p BTreeMap<(u32, u32), &'p [NameMatch]>,
}

impl Placing<'_, '_> {
    /// The rows placed in each set, the heaviest first.
    fn alignments(&self, keys: Keys) -> Vec<Alignment> {
        let (view, names) = (self.view, self.names);
        let mut signs: Vec<RowSigns> = self.rows.iter().map(|&row| signs(view, names, row, keys, self.exact)).collect();
        // A criterion's name over an indicator's code is no name of the indicator, not even a similar one.
        // Nor do headings resemble names.
        let heads = |row: u32| view.is_upright() && is_header(view, self.vocabulary, row);
        let has_exact: Vec<bool> = signs
            .iter()
            .map(|s| !s.names.is_empty() || keys.criterion.is_none() && s.within.is_some() || heads(s.row))
            .collect();
        let mut alignments: Vec<Alignment> = Vec::new();
        for (set_index, set) in names.sets.iter().enumerate() {
            for ((sign, &exact), &row) in signs.iter_mut().zip(&has_exact).zip(self.rows) {
                if !exact {
                    sign.names = keys
                        .name
                        .and_then(|col| view.get(row, col))
                        .map_or_else(Vec::new, |cell| similar(names, set_index, cell, self.vocabulary));
                }
            }
            alignments.push(align::align(&signs, set_index, set));
        }
        alignments.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.set.cmp(&b.set)));
        alignments
    }
}

/// Names that resemble an item's, for a text that reads like one.
fn similar(names: &Names, set: usize, cell: &Seen<'_>, vocabulary: &Vocabulary) -> Vec<NameMatch> {
    let words = cell.key.split(' ').count();
    if !cell.is_text() || words < 2 || vocabulary.row_word(&cell.key) == Some(RowWord::Signature) {
        return Vec::new();
    }
    cell.similar(names, set).to_vec()
}

/// Whether what was placed is enough to be a list of a set's items, rather than a coincidence of numbers.
fn is_table(alignment: &Alignment, names: &Names, view: &View<'_>, vocabulary: &Vocabulary, keys: Keys) -> bool {
    let placed = alignment.placed.len();
    let named: f64 = alignment.placed.iter().map(|p| p.name).sum();
    let nodes = &names.sets[alignment.set].nodes;
    let dotted =
        alignment.placed.iter().filter(|p| nodes[p.node].indicator > 0 && p.code != align::CodeFit::Absent).count();
    // Names that are there and are none of the set's speak against it, whatever the codes: budgets are numbered alike.
    let text_at =
        |row: u32| keys.name.and_then(|col| view.get(row, col)).is_some_and(|c| c.is_text() && !c.key.is_empty());
    let texts = alignment.placed.iter().filter(|p| text_at(p.row)).count();
    let has_other_names = keys.code.is_some_and(|code| holds_other_names(alignment, view, vocabulary, code));
    let contradicted = (texts * 2 > placed && named < 0.2 * texts as f64) || (named == 0.0 && has_other_names);
    // Codes without names count only where most rows have one with its dot: "1, 2, 3" numbers any list.
    let coded = keys.code.is_some() && !contradicted && dotted >= 8 && dotted as f64 >= 0.6 * placed as f64;
    // "TC 1, TC 2 …" over columns: the word says that they are criteria.
    let worded = keys.code.is_some_and(|col| {
        let cells = alignment.placed.iter().filter_map(|p| view.get(p.row, col));
        cells.filter(|c| c.is_text() && c.key.bytes().any(|b| b.is_ascii_alphabetic())).count() * 5 >= placed * 4
    });
    // Names of criteria without any code stand in many lists; a list of criteria holds most of them.
    let is_coded = |p: &&align::Placed| matches!(p.code, align::CodeFit::Plain | align::CodeFit::Repaired);
    let criteria_alone = alignment.placed.iter().all(|p| nodes[p.node].item.indicator_number().is_none());
    let criteria = nodes.iter().filter(|n| n.is_criterion()).count();
    if criteria_alone && placed * 2 < criteria && alignment.placed.iter().filter(is_coded).count() * 5 < placed * 4 {
        return false;
    }
    let numbered = || view.orientation == Orientation::Turned && is_numbered(alignment, names, view, vocabulary, keys);
    placed >= 4 && (named >= 0.4 * placed as f64 || coded || (worded && placed >= 10) || numbered())
}

/// Whether columns headed by nothing but the numbers of all criteria, from the first to the last, hold nothing but
/// verdicts and marks, on a sheet that speaks of criteria.
fn is_numbered(alignment: &Alignment, names: &Names, view: &View<'_>, vocabulary: &Vocabulary, keys: Keys) -> bool {
    let nodes = &names.sets[alignment.set].nodes;
    let mut criteria: Vec<u16> = alignment.placed.iter().map(|p| nodes[p.node].criterion).collect();
    criteria.dedup();
    let last = nodes.iter().map(|n| n.criterion).max().unwrap_or(0);
    let Some(code) = keys.code.filter(|_| criteria.iter().copied().eq(1..=last)) else { return false };
    let cells = || alignment.placed.iter().flat_map(|p| view.row(p.row)).filter(|c| c.col > code && !c.text.is_empty());
    let verdicts = cells().filter(|c| vocabulary.is_mark(&c.text) || c.verdict(vocabulary).is_some()).count();
    verdicts * 10 >= cells().count() * 9
        && verdicts >= alignment.placed.len()
        && view.cells().iter().any(|c| c.is_text() && contains_words(&c.key, "tieu chi"))
}

/// Whether texts stand right beside codes, each another: where none is a name of the set, they are the items of something
/// else. Tasks and remarks differ too, and say above what they are.
fn holds_other_names(alignment: &Alignment, view: &View<'_>, vocabulary: &Vocabulary, code: u32) -> bool {
    let beside = |p: &align::Placed| view.row(p.row).iter().find(|c| c.col > code);
    let is_name = |c: &&Seen<'_>| {
        c.is_text()
            && c.verdict(vocabulary).is_none()
            && !c.key.is_empty()
            && !c.key.bytes().any(|b| b.is_ascii_digit())
    };
    let texts: Vec<&Seen<'_>> = alignment.placed.iter().filter_map(beside).filter(is_name).collect();
    let Some(col) = texts.first().map(|c| c.col) else { return false };
    let mut distinct: Vec<&str> = texts.iter().filter(|c| c.col == col).map(|c| c.key.as_str()).collect();
    distinct.sort_unstable();
    distinct.dedup();
    let first = alignment.placed.iter().map(|p| p.row).min().unwrap_or(0);
    let heading = (0..first).rev().take(4).filter_map(|row| view.get(row, col)).find(|c| c.is_text());
    let roles = heading.map(|cell| cell.roles(vocabulary).clone()).unwrap_or_default();
    let says =
        [Role::Task, Role::Note, Role::Owner, Role::Value, Role::Due].iter().any(|role| roles.contains_key(role));
    // Under a heading of names stand names, alike or not.
    let best = roles.into_iter().filter(|(_, fit)| *fit >= 0.5).max_by(|a, b| a.1.total_cmp(&b.1));
    let is_named = best.is_some_and(|(role, _)| matches!(role, Role::Name | Role::Criterion));
    let own = texts.iter().filter(|c| c.col == col).count();
    distinct.len() * 5 >= alignment.placed.len() * 4 && !says || is_named && own * 2 > alignment.placed.len()
}

/// Whether a row heads a table of verdicts.
fn judges(view: &View<'_>, vocabulary: &Vocabulary, row: u32) -> bool {
    let is_of_verdicts = |cell: &Seen<'_>| vocabulary.header_roles(&cell.key).contains_key(&Role::Verdict);
    is_header(view, vocabulary, row) && view.row(row).iter().any(is_of_verdicts)
}

/// Whether a few rows are all items: each has an item's very name, or the plain code of one that has no parts.
fn is_short_list(alignment: &Alignment, names: &Names) -> bool {
    let set = &names.sets[alignment.set];
    let is_sure = |p: &align::Placed| {
        let node = &set.nodes[p.node];
        p.name >= 1.0 || p.code == align::CodeFit::Plain && (node.indicator > 0 || set.is_single(node.criterion))
    };
    !alignment.placed.is_empty() && alignment.placed.iter().all(is_sure)
}

/// What a row says of itself by its code and its name.
fn signs(view: &View<'_>, names: &Names, row: u32, keys: Keys, exact: &BTreeMap<(u32, u32), &[NameMatch]>) -> RowSigns {
    // "(1) (2) (3)" below a header numbers the columns.
    if numbers_columns(view.row(row)) {
        return RowSigns { row, ..RowSigns::default() };
    }
    let name_of = |col: Option<u32>| col.and_then(|col| exact.get(&(row, col))).map_or_else(Vec::new, |m| m.to_vec());
    let mut codes = keys.code.and_then(|col| view.get(row, col)).map_or_else(Vec::new, code::readings);
    if let Some(part) = keys.part.and_then(|col| view.get(row, col)) {
        let part = code::readings(part).first().filter(|part| part.indicator == 0).map(|part| part.criterion);
        let own = codes.first().copied().filter(|own| own.indicator == 0);
        if let (Some(own), Some(indicator)) = (own, part) {
            codes = vec![code::Reading { indicator, weight: 6.0, ..own }];
        }
    }
    let name_cell = keys.name.and_then(|col| view.get(row, col)).filter(|c| c.is_text());
    if codes.is_empty() {
        codes.extend(name_cell.and_then(|cell| code::leading(&cell.text)).map(|(reading, _)| reading));
    }
    let mut own = name_of(keys.name);
    let mut within = None;
    // A criterion's name over the codes of its indicators names what they stand in.
    let has_code_in = |m: &NameMatch| {
        let node = &names.sets[m.set].nodes[m.node];
        node.is_criterion()
            && codes.first().is_some_and(|c| c.plain && c.indicator > 0 && c.criterion == node.criterion)
    };
    // Another set may have a criterion of the same name at another place.
    let are_criteria = own.iter().all(|m| names.sets[m.set].nodes[m.node].is_criterion());
    if keys.criterion.is_none() && are_criteria && own.iter().any(has_code_in) {
        within = codes.first().map(|c| c.criterion);
        own.clear();
    }
    if let Some(col) = keys.criterion {
        let criterion = view.covering(row, col).and_then(|cell| exact.get(&(cell.row, col)));
        let has_own_name = name_cell.is_some_and(|c| !c.key.is_empty());
        match criterion {
            // Sets may number criteria of one name differently: the code tells which is meant.
            Some(found) if has_own_name => {
                let named = found.iter().find(|m| has_code_in(m)).or(found.first());
                within = named.map(|m| names.sets[m.set].nodes[m.node].criterion);
            }
            Some(found) if view.get(row, col).is_some() => own.extend(found.iter().copied()),
            _ => {}
        }
    }
    RowSigns { row, codes, names: own, within, is_hidden: view.is_row_hidden(row) }
}

/// Whether a row numbers the columns under a header: `(1) (2) (3)`, `A B 1 2 3=2/1`.
pub(super) fn numbers_columns(cells: &[Seen<'_>]) -> bool {
    let mut last = 0;
    let mut rises = |cell: &Seen<'_>| {
        let inner = cell.text.trim_matches(['(', ')', '[', ']', ' ']);
        let number = inner.split('=').next().unwrap_or(inner).trim();
        match number.parse::<u32>() {
            Ok(n) if n > last => {
                last = n;
                true
            }
            Ok(_) => false,
            Err(_) => number.len() == 1 && number.bytes().all(|b| b.is_ascii_uppercase()) && last == 0,
        }
    };
    cells.len() >= 3 && cells.iter().all(&mut rises) && last >= 2
}

/// `- cứng hóa`, `+ …`, `a) …`: a line below an item.
pub(super) fn is_line(text: &str) -> bool {
    let text = text.trim_start();
    let mut chars = text.chars();
    let first = chars.next();
    matches!(first, Some('-' | '+' | '•' | '*' | '–' | '·'))
        || (first.is_some_and(|c| c.is_ascii_lowercase()) && matches!(chars.next(), Some(')' | '.')))
}

/// The headings beside the first of items that stand side by side: the columns of the sheet left of it that hold text
/// where the items' answers are. Titles stand in the same columns, above.
fn turned_header(view: &View<'_>, segment: &Range<u32>, keys: Keys, first_item: u32) -> Range<u32> {
    let answers = keys.all().into_iter().max().unwrap_or(0);
    let has_heading = |row: &u32| view.row(*row).iter().any(|c| c.col > answers && c.is_text());
    let start = (segment.start..first_item).rev().take(3).take_while(has_heading).last();
    start.unwrap_or(first_item)..first_item
}

/// The header rows above the first item: the rows of several cells, back to the first that names roles of columns.
fn header_rows(view: &View<'_>, vocabulary: &Vocabulary, top: u32, first_item: u32) -> Range<u32> {
    let rows: Vec<u32> = view.row_numbers().filter(|&row| (top..first_item).contains(&row)).collect();
    let named = rows.iter().copied().find(|&row| is_header(view, vocabulary, row));
    let start = named.map(|row| {
        // A row of shared headings right above it, told by a merge across columns.
        let above = row.checked_sub(1).filter(|&r| r >= top && view.row(r).len() >= 2);
        above.filter(|&r| view.has_spanning_cell(r)).unwrap_or(row)
    });
    let start = start.or_else(|| {
        let mut start = None;
        // Three rows of headings at most; numbers below them are none.
        for &row in rows.iter().rev().filter(|&&row| !numbers_columns(view.row(row))).take(3) {
            let short = view.row(row).iter().all(|c| c.key.split(' ').count() <= 12);
            if view.row(row).len() < 2 || !short {
                break;
            }
            start = Some(row);
        }
        start
    });
    // A title of a section may stand between the headings and the first item. A row below a heading that is merged down
    // over it is one of headings, even where it holds a single one.
    let end = rows.iter().rev().find(|&&row| view.row(row).len() >= 2).map_or(first_item, |row| row + 1);
    start.map_or(first_item..first_item, |start| {
        let merged = view.row(start).iter().filter_map(|cell| view.merge_at(start, cell.col)).map(|m| m.last.row + 1);
        let end = merged.filter(|last| *last <= first_item).max().unwrap_or(start + 1).max(end.max(start + 1));
        // Not every format tells merges: a single heading right of the names is one too.
        let is_heading = |row: &u32| match view.row(*row) {
            [only] => {
                only.is_text() && only.col > 0 && vocabulary.header_roles(&only.key).values().any(|fit| *fit >= 0.8)
            }
            _ => false,
        };
        let headings = (end..first_item).take_while(is_heading).count();
        start..end + headings as u32
    })
}
