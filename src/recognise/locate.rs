//! Tables of a sheet: where their headers, keys and rows of items stand, and in which set the rows fit.

use std::collections::BTreeMap;
use std::ops::Range;

use super::align::{self, Alignment, RowSigns};
use super::code;
use super::columns::contains_words;
use super::context;
use super::declared;
use super::doubt;
use super::names::{NameMatch, Names};
use super::unmet;
use super::view::{Orientation, Seen, View};
use crate::catalogue::{Role, RowWord, Vocabulary};

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
}

impl Table {
    /// Whether a row stands between the table's header and its last item.
    pub(super) fn holds(&self, row: u32) -> bool {
        let last = self.alignment.placed.iter().map(|p| p.row).max().unwrap_or(self.header.end);
        (self.header.start..=last).contains(&row)
    }

    /// The same table as one of another set that fits as well.
    pub(super) fn of_set(&self, set: usize) -> Self {
        let rival = self.rivals.iter().find(|a| a.set == set);
        Table { alignment: rival.unwrap_or(&self.alignment).clone(), rivals: Vec::new(), ..self.clone() }
    }
}

/// The columns that say which item a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Keys {
    pub(super) code: Option<u32>,
    pub(super) name: Option<u32>,
    /// A column of criterion names beside the indicators' own.
    pub(super) criterion: Option<u32>,
}

impl Keys {
    pub(super) fn all(self) -> Vec<u32> {
        [self.code, self.name, self.criterion].into_iter().flatten().collect()
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

/// Where tables may stand beside each other: the first header row whose columns begin anew, and the columns of each.
pub(super) fn beside(view: &View<'_>, vocabulary: &Vocabulary) -> Option<(u32, Vec<Range<u32>>)> {
    let row = view.row_numbers().find(|&row| is_header(view, vocabulary, row))?;
    let cells = view.row(row);
    let role = |cell: &Seen<'_>| {
        let roles = vocabulary.header_roles(&cell.key).into_iter().filter(|(_, fit)| *fit >= 0.5);
        roles.max_by(|a, b| a.1.total_cmp(&b.1)).map(|(role, _)| role)
    };
    let key = role(cells.first()?).filter(|role| matches!(role, Role::Code | Role::Name | Role::Criterion))?;
    let mut starts: Vec<u32> =
        cells.iter().filter(|cell| cell.is_text() && role(cell) == Some(key)).map(|cell| cell.col).collect();
    // A table has its key and at least one column more.
    starts.dedup_by(|next, before| *next < *before + 2);
    if starts.len() < 2 {
        return None;
    }
    let last = view.cells().iter().map(|cell| cell.col).max()?;
    starts[0] = 0;
    starts.push(last + 1);
    Some((row, starts.windows(2).map(|pair| pair[0]..pair[1]).collect()))
}

/// The sheet cut at its header rows, and where numbering begins anew below a title; the titles above the first belong to
/// the first.
fn segments(view: &View<'_>, vocabulary: &Vocabulary) -> Vec<Range<u32>> {
    let rows: Vec<u32> = view.row_numbers().collect();
    let (Some(&first), Some(&last)) = (rows.first(), rows.last()) else { return Vec::new() };
    // Items side by side: the sheet holds one table.
    if view.orientation != Orientation::Upright {
        return std::iter::once(first..last + 1).collect();
    }
    let mut starts: Vec<u32> = Vec::new();
    let mut highest = 0;
    for &row in &rows {
        if is_header(view, vocabulary, row) {
            // A second header row belongs to the first; one that is printed again on each page, or above each criterion,
            // goes on with the table, unless a title says what begins.
            let goes_on = starts.last().is_some_and(|&start| {
                row <= start + 2
                    || is_repeated(view, start, row)
                        && !titles_above(view, row).any(|title| names_a_part(view, vocabulary, title))
                        && first_criterion(view, &rows, row).is_some_and(|criterion| criterion >= highest)
            });
            if !goes_on {
                starts.push(row);
                highest = 0;
            }
            continue;
        }
        let code = view.row(row).first().and_then(|cell| code::readings(cell).first().copied());
        let Some(code) = code.filter(|_| view.row(row).len() > 1) else { continue };
        if code.criterion == 1 && highest >= 10 && titles_above(view, row).any(|t| names_a_part(view, vocabulary, t)) {
            starts.push(row);
            highest = 1;
        }
        highest = highest.max(code.criterion);
    }
    let mut cuts: Vec<u32> = starts.iter().skip(1).map(|&start| title_above(view, vocabulary, start)).collect();
    // The first start has all that is above it.
    cuts.insert(0, first);
    cuts.push(last + 1);
    cuts.windows(2).map(|pair| pair[0]..pair[1]).filter(|segment| !segment.is_empty()).collect()
}

/// Whether a header row has the words of another, column by column.
pub(super) fn is_repeated(view: &View<'_>, header: u32, row: u32) -> bool {
    let (first, again) = (view.row(header), view.row(row));
    let same = again.iter().filter(|cell| view.get(header, cell.col).is_some_and(|c| c.key == cell.key)).count();
    again.len() >= 2 && same * 3 >= again.len() * 2 && same * 3 >= first.len() * 2
}

/// The criterion of the first code below a row.
fn first_criterion(view: &View<'_>, rows: &[u32], row: u32) -> Option<u16> {
    let below = rows.iter().filter(|&&below| below > row && !numbers_columns(view.row(below))).take(4);
    below.filter_map(|&row| view.row(row).first()).find_map(|cell| code::readings(cell).first().map(|r| r.criterion))
}

/// The rows of single cells right above a row, from the lowest up; one empty row may stand between two of them.
fn titles_above<'v>(view: &'v View<'_>, row: u32) -> impl Iterator<Item = u32> + 'v {
    let mut top = row;
    std::iter::from_fn(move || {
        let above = top.checked_sub(1)?;
        let gap = view.row(above).is_empty() && above > 0 && view.row(above - 1).len() == 1;
        top = if gap { above - 1 } else { above };
        (view.row(top).len() == 1).then_some(top)
    })
}

/// Whether a title says that another commune, set or part begins.
fn names_a_part(view: &View<'_>, vocabulary: &Vocabulary, row: u32) -> bool {
    view.row(row).iter().filter(|cell| cell.is_text()).any(|cell| {
        let has = |words: &[String]| words.iter().any(|w| contains_words(&cell.key, w));
        let says_part = ["phan", "bieu", "bang"].iter().any(|w| contains_words(&cell.key, w));
        declared::totals(&cell.text).is_empty()
            && (says_part || has(&vocabulary.commune_kinds) || context::set_named(&cell.text, vocabulary).is_some())
    })
}

/// The first of the rows of single cells right above a header that are the titles of its table: what closes the table
/// above, its totals and signatures, is not among them where a title stands below.
fn title_above(view: &View<'_>, vocabulary: &Vocabulary, header: u32) -> u32 {
    let mut top = header;
    let mut named = false;
    for row in titles_above(view, header) {
        let closes = view.row(row).iter().any(|cell| {
            let word = vocabulary.row_word(&cell.key);
            word.is_some() || !declared::totals(&cell.text).is_empty()
        });
        if closes && named {
            break;
        }
        named |= names_a_part(view, vocabulary, row);
        top = row;
    }
    top
}

/// Whether a row names at least three roles of columns, one of them a key or a result.
fn is_header(view: &View<'_>, vocabulary: &Vocabulary, row: u32) -> bool {
    let cells = view.row(row);
    if cells.len() < 3 {
        return false;
    }
    // A row with a code is an item, whatever words stand beside it.
    if cells.iter().take(3).any(|cell| !code::readings(cell).is_empty()) {
        return false;
    }
    let mut roles: Vec<Role> = cells
        .iter()
        .filter(|cell| cell.is_text() && !cell.key.bytes().any(|b| b.is_ascii_digit()))
        .filter_map(|cell| {
            let roles = vocabulary.header_roles(&cell.key);
            roles.into_iter().filter(|(_, fit)| *fit >= 0.4).max_by(|a, b| a.1.total_cmp(&b.1)).map(|(role, _)| role)
        })
        .collect();
    roles.sort();
    roles.dedup();
    roles.len() >= 3 && roles.iter().any(|r| matches!(r, Role::Code | Role::Name | Role::Criterion | Role::Verdict))
}

fn table(view: &View<'_>, names: &Names, vocabulary: &Vocabulary, segment: Range<u32>) -> Option<Table> {
    let rows: Vec<u32> = view.row_numbers().filter(|row| segment.contains(row)).collect();
    let exact: BTreeMap<(u32, u32), Vec<NameMatch>> = rows
        .iter()
        .flat_map(|&row| view.row(row))
        .filter(|cell| cell.is_text() && cell.key.len() >= 3)
        .filter_map(|cell| {
            let found = names.exact(&cell.text, &cell.key);
            (!found.is_empty()).then_some(((cell.row, cell.col), found))
        })
        .collect();
    let placing = Placing { view, names, vocabulary, rows: &rows, exact: &exact };
    let found = keys(view, names, vocabulary, &rows, &exact).and_then(|keys| {
        let alignments = placing.alignments(keys);
        let is_table = alignments.first().is_some_and(|a| doubt::is_table(a, names, view, vocabulary, keys));
        is_table.then_some((keys, alignments))
    });
    // A list of what is not met may be too short to tell its columns by their content.
    let lists_unmet = || view.orientation == Orientation::Upright && unmet::phrase(view, &segment).is_some();
    let short = || {
        let keys = lists_unmet().then(|| keys_of_short_list(view, vocabulary, &rows)).flatten()?;
        let alignments = placing.alignments(keys);
        let is_list = alignments.first().is_some_and(|a| doubt::is_short_list(a, names));
        is_list.then_some((keys, alignments))
    };
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
        Orientation::Upright => header_rows(view, vocabulary, segment.start, first_item),
        Orientation::Lines => first_item..first_item,
        Orientation::Turned => turned_header(view, &segment, keys, first_item),
    };
    let titles = match view.orientation {
        Orientation::Upright | Orientation::Lines => segment.start..header.start,
        // The keys of items side by side are rows of the sheet.
        Orientation::Turned => 0..keys.all().into_iter().min().unwrap_or(0),
    };
    let body = header.end..segment.end;
    Some(Table { segment, titles, header, body, keys, alignment: best, rivals })
}

/// What rows are placed with.
struct Placing<'p, 'v> {
    view: &'p View<'v>,
    names: &'p Names,
    vocabulary: &'p Vocabulary,
    rows: &'p [u32],
    exact: &'p BTreeMap<(u32, u32), Vec<NameMatch>>,
}

impl Placing<'_, '_> {
    /// The rows placed in each set, the heaviest first.
    fn alignments(&self, keys: Keys) -> Vec<Alignment> {
        let (view, names) = (self.view, self.names);
        let mut signs: Vec<RowSigns> = self.rows.iter().map(|&row| signs(view, names, row, keys, self.exact)).collect();
        // A criterion's name over an indicator's code is no name of the indicator, not even a similar one.
        let has_exact: Vec<bool> =
            signs.iter().map(|s| !s.names.is_empty() || keys.criterion.is_none() && s.within.is_some()).collect();
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
    names.similar(set, &cell.key)
}

/// The columns of codes and names of a list too short to tell them by their content: by its headings.
fn keys_of_short_list(view: &View<'_>, vocabulary: &Vocabulary, rows: &[u32]) -> Option<Keys> {
    let &header = rows.iter().find(|&&row| is_header(view, vocabulary, row))?;
    let below = || rows.iter().filter(|&&row| row > header);
    let dotted = |col: u32| {
        let cells = below().filter_map(|&row| view.get(row, col));
        cells.filter(|c| code::readings(c).first().is_some_and(|r| r.indicator > 0)).count()
    };
    let heads = || view.row(header).iter().filter(|c| c.is_text());
    let code = heads().map(|c| c.col).find(|&col| dotted(col) > 0);
    let name = heads().find(|cell| {
        let roles = vocabulary.header_roles(&cell.key).into_iter().filter(|(_, fit)| *fit >= 0.5);
        let role = roles.max_by(|a, b| a.1.total_cmp(&b.1)).map(|(role, _)| role);
        Some(cell.col) != code && matches!(role, Some(Role::Name | Role::Criterion | Role::UnmetCodes | Role::NotMet))
    });
    let name = name.map(|cell| cell.col);
    (code.is_some() || name.is_some()).then_some(Keys { code, name, criterion: None })
}

/// Which columns hold codes and names.
fn keys(
    view: &View<'_>,
    names: &Names,
    vocabulary: &Vocabulary,
    rows: &[u32],
    exact: &BTreeMap<(u32, u32), Vec<NameMatch>>,
) -> Option<Keys> {
    let mut hits: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    for ((_, col), found) in exact {
        let hit = hits.entry(*col).or_default();
        let is_criterion = found.iter().all(|m| names.sets[m.set].nodes[m.node].is_criterion());
        if is_criterion { hit.0 += 1 } else { hit.1 += 1 }
    }
    // Running numbers beside codes read as criteria; what has indicators is the column of codes.
    let code_counts = |col: u32| {
        let cells = rows.iter().filter_map(|&r| view.get(r, col));
        let (mut any, mut dotted) = (0, 0);
        for reading in cells.filter_map(|c| code::readings(c).first().copied()) {
            any += 1;
            dotted += usize::from(reading.indicator > 0);
        }
        (any, any + 2 * dotted)
    };
    let by_indicators = hits.iter().filter(|(_, h)| h.1 >= 2).max_by_key(|(col, h)| (h.1, std::cmp::Reverse(**col)));
    let by_criteria = hits.iter().filter(|(_, h)| h.0 >= 3).max_by_key(|(col, h)| (h.0, std::cmp::Reverse(**col)));
    let (name, criterion) = match (by_indicators, by_criteria) {
        (Some((name, _)), Some((criterion, _))) if name != criterion => (Some(*name), Some(*criterion)),
        (Some((name, _)), _) => (Some(*name), None),
        (None, Some((criterion, _))) => match longer_text_beside(view, rows, *criterion) {
            Some(name) => (Some(name), Some(*criterion)),
            None => (Some(*criterion), None),
        },
        (None, None) => (longest_text(view, rows).filter(|&col| may_be_names(view, vocabulary, rows, col)), None),
    };
    let left_of = [name, criterion].into_iter().flatten().min().unwrap_or(u32::MAX);
    let mut cols: Vec<u32> = rows.iter().flat_map(|&r| view.row(r)).map(|c| c.col).collect();
    cols.sort_unstable();
    cols.dedup();
    let named_rows = name.map_or(0, |col| rows.iter().filter(|&&r| view.get(r, col).is_some()).count());
    let code = cols
        .iter()
        .copied()
        // Codes stand left of names; over items side by side they may stand on either side.
        .filter(|&col| {
            col < left_of || (view.orientation == Orientation::Turned && Some(col) != name && col <= left_of + 2)
        })
        .map(|col| (code_counts(col), col))
        .filter(|((n, _), _)| *n >= 4 && *n as f64 >= 0.3 * named_rows as f64)
        .max_by_key(|((_, weight), col)| (*weight, std::cmp::Reverse(*col)))
        .map(|(_, col)| col);
    let code = code.filter(|&col| !is_running(view, rows, col, name));
    (name.is_some() || code.is_some()).then_some(Keys { code, name, criterion })
}

/// Whether numbers only count the rows: codes stand at the head of the names beside them.
fn is_running(view: &View<'_>, rows: &[u32], col: u32, name: Option<u32>) -> bool {
    let Some(name) = name else { return false };
    let has_part = |reading: Option<code::Reading>| reading.is_some_and(|r| r.indicator > 0);
    let count = |is_code: &dyn Fn(u32) -> bool| rows.iter().filter(|&&row| is_code(row)).count();
    let texts = count(&|row| view.get(row, name).is_some_and(Seen::is_text));
    let in_names = count(&|row| {
        let text = view.get(row, name).filter(|c| c.is_text());
        text.is_some_and(|c| has_part(code::leading(&c.text).map(|(reading, _)| reading)))
    });
    let own = count(&|row| view.get(row, col).is_some_and(|c| has_part(code::readings(c).first().copied())));
    in_names * 2 >= texts && own * 2 <= in_names
}

/// A column of longer texts right of the criteria, whose names are not the set's words: shortened indicators.
fn longer_text_beside(view: &View<'_>, rows: &[u32], criterion: u32) -> Option<u32> {
    let words = |col: u32| -> (usize, usize) {
        let cells = rows.iter().filter_map(|&r| view.get(r, col)).filter(|c| c.is_text() && !c.key.is_empty());
        cells.fold((0, 0), |(n, sum), c| (n + 1, sum + c.key.split(' ').count()))
    };
    let filled = words(criterion).0;
    (criterion + 1..criterion + 3).find(|&col| {
        let (n, sum) = words(col);
        n > filled && n >= 8 && sum >= 4 * n
    })
}

/// The first column whose texts are long and many: names that are nowhere the set's very words.
fn longest_text(view: &View<'_>, rows: &[u32]) -> Option<u32> {
    let mut words: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    for cell in rows.iter().flat_map(|&r| view.row(r)).filter(|c| c.is_text()) {
        let entry = words.entry(cell.col).or_default();
        entry.0 += 1;
        entry.1 += cell.key.split(' ').filter(|w| !w.is_empty()).count();
    }
    words
        .into_iter()
        .filter(|(_, (n, sum))| *n >= 5 && *sum >= 3 * n)
        .max_by_key(|(col, (_, sum))| (*sum, std::cmp::Reverse(*col)))
        .map(|(col, _)| col)
}

/// Whether a column of long texts may hold names: tasks, results and remarks are long too, and say so above.
fn may_be_names(view: &View<'_>, vocabulary: &Vocabulary, rows: &[u32], col: u32) -> bool {
    let heading = |cell: &Seen<'_>| {
        let roles = vocabulary.header_roles(&cell.key).into_iter().filter(|(_, fit)| *fit >= 0.5);
        roles.max_by(|a, b| a.1.total_cmp(&b.1)).map(|(role, _)| role)
    };
    let roles = rows.iter().filter_map(|&row| view.get(row, col)).filter(|c| c.is_text()).find_map(heading);
    roles.is_none_or(|role| matches!(role, Role::Name | Role::Criterion | Role::Code))
}

/// What a row says of itself by its code and its name.
fn signs(
    view: &View<'_>,
    names: &Names,
    row: u32,
    keys: Keys,
    exact: &BTreeMap<(u32, u32), Vec<NameMatch>>,
) -> RowSigns {
    // "(1) (2) (3)" below a header numbers the columns.
    if numbers_columns(view.row(row)) {
        return RowSigns { row, ..RowSigns::default() };
    }
    let name_of = |col: Option<u32>| col.and_then(|col| exact.get(&(row, col))).cloned().unwrap_or_default();
    let mut codes = keys.code.and_then(|col| view.get(row, col)).map_or_else(Vec::new, code::readings);
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
    if keys.criterion.is_none() && !own.is_empty() && own.iter().all(has_code_in) {
        within = codes.first().map(|c| c.criterion);
        own.clear();
    }
    if let Some(col) = keys.criterion {
        let criterion = view.covering(row, col).and_then(|cell| exact.get(&(cell.row, col)));
        let has_own_name = name_cell.is_some_and(|c| !c.key.is_empty());
        match criterion {
            Some(found) if has_own_name => within = found.first().map(|m| names.sets[m.set].nodes[m.node].criterion),
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
        for &row in rows.iter().rev().take(3) {
            let short = view.row(row).iter().all(|c| c.key.split(' ').count() <= 12);
            if view.row(row).len() < 2 || !short {
                break;
            }
            start = Some(row);
        }
        start
    });
    // A title of a section may stand between the headings and the first item.
    let end = rows.iter().rev().find(|&&row| view.row(row).len() >= 2).map_or(first_item, |row| row + 1);
    start.map_or(first_item..first_item, |start| start..end.max(start + 1))
}
