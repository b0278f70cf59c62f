//! The columns that say which item a row is: codes, names, names of criteria.

use std::collections::BTreeMap;

use super::super::code;
use super::super::names::{NameMatch, Names};
use super::super::view::{Orientation, Seen, View};
use super::segments::is_header;
use crate::catalogue::{Role, Vocabulary};

/// The columns that say which item a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::recognise) struct Keys {
    pub(in crate::recognise) code: Option<u32>,
    pub(in crate::recognise) name: Option<u32>,
    /// A column of criterion names beside the indicators' own.
    pub(in crate::recognise) criterion: Option<u32>,
    /// A column of the numbers that indicators have within their criterion, right of one of criteria.
    pub(in crate::recognise) part: Option<u32>,
}

impl Keys {
    pub(in crate::recognise) fn all(self) -> Vec<u32> {
        [self.code, self.name, self.criterion, self.part].into_iter().flatten().collect()
    }
}

/// The columns of codes and names of a list too short to tell them by their content: by its headings.
pub(super) fn keys_of_short_list(view: &View<'_>, vocabulary: &Vocabulary, rows: &[u32]) -> Option<Keys> {
    let &header = rows.iter().find(|&&row| is_header(view, vocabulary, row))?;
    let below = || rows.iter().filter(|&&row| row > header);
    let dotted = |col: u32| {
        let cells = below().filter_map(|&row| view.get(row, col));
        cells.filter(|c| code::readings(c).first().is_some_and(|r| r.indicator > 0)).count()
    };
    // A cell of several codes lists them beside what its row is of.
    let lists = |col: u32| {
        let mut cells = below().filter_map(|&row| view.get(row, col)).filter(|c| c.is_text());
        cells.any(|cell| code::list(cell, 0).0.len() > 1)
    };
    let heads = || view.row(header).iter().filter(|c| c.is_text());
    // "3,3" under a heading of results is a figure.
    let may_be_codes = |cell: &&Seen<'_>| {
        let role = cell.role(vocabulary, 0.5);
        role.is_none_or(|role| matches!(role, Role::Code | Role::Name | Role::Criterion))
    };
    let code = heads().filter(may_be_codes).map(|c| c.col).find(|&col| dotted(col) > 0 && !lists(col));
    let name = heads().find(|cell| {
        let role = cell.role(vocabulary, 0.5);
        Some(cell.col) != code && matches!(role, Some(Role::Name | Role::Criterion | Role::UnmetCodes | Role::NotMet))
    });
    let name = name.map(|cell| cell.col);
    (code.is_some() || name.is_some()).then_some(Keys { code, name, ..Keys::default() })
}

/// Which columns hold codes and names.
pub(super) fn keys(
    view: &View<'_>,
    names: &Names,
    vocabulary: &Vocabulary,
    rows: &[u32],
    exact: &BTreeMap<(u32, u32), &[NameMatch]>,
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
        let mut distinct: Vec<(u16, u16)> = Vec::new();
        for reading in cells.filter_map(|c| code::readings(c).first().copied()) {
            any += 1;
            dotted += usize::from(reading.indicator > 0);
            distinct.push((reading.criterion, reading.indicator));
        }
        distinct.sort_unstable();
        let most = distinct.chunk_by(|a, b| a == b).map(<[_]>::len).max().unwrap_or(0);
        // "x" down a column is a mark, not ten in Roman.
        if any > 4 && most * 2 > any { (0, 0) } else { (any, any + 2 * dotted) }
    };
    let by_indicators = hits.iter().filter(|(_, h)| h.1 >= 2).max_by_key(|(col, h)| (h.1, std::cmp::Reverse(**col)));
    let by_criteria = hits.iter().filter(|(_, h)| h.0 >= 3).max_by_key(|(col, h)| (h.0, std::cmp::Reverse(**col)));
    let (name, criterion) = match (by_indicators, by_criteria) {
        (Some((name, _)), Some((criterion, _))) if name != criterion => (Some(*name), Some(*criterion)),
        (Some((name, _)), _) => (Some(*name), None),
        (None, Some((criterion, _))) => {
            match longer_text_beside(view, &of_items(exact, rows, *criterion), *criterion) {
                Some(name) => (Some(name), Some(*criterion)),
                None => (Some(*criterion), None),
            }
        }
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
    let part = code.map(|col| col + 1).filter(|part| name.is_none_or(|name| *part < name) && criterion != Some(*part));
    let part = code.zip(part).filter(|(code, part)| are_parts(view, rows, *code, *part)).map(|(_, part)| part);
    (name.is_some() || code.is_some()).then_some(Keys { code, name, criterion, part })
}

/// Whether numbers count the indicators of the criteria left of them: `12 | 1`, `12 | 2`, `13 | 1`.
fn are_parts(view: &View<'_>, rows: &[u32], code: u32, part: u32) -> bool {
    let whole = |row: u32, col: u32| {
        let reading = code::readings(view.get(row, col)?).first().copied()?;
        (reading.indicator == 0).then_some(reading.criterion)
    };
    let pairs: Vec<(u16, u16)> = rows.iter().filter_map(|&row| whole(row, code).zip(whole(row, part))).collect();
    let goes_on = |pair: &[(u16, u16)]| match pair {
        [above, below] if above.0 == below.0 => below.1 == above.1 + 1,
        [_, below] => below.1 == 1,
        _ => false,
    };
    let steps = pairs.windows(2).filter(|pair| goes_on(pair)).count();
    pairs.len() >= 8 && steps * 10 >= (pairs.len() - 1) * 9
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

/// The rows from the first that names a criterion on: titles have texts in other columns.
fn of_items(exact: &BTreeMap<(u32, u32), &[NameMatch]>, rows: &[u32], criterion: u32) -> Vec<u32> {
    let first = exact.keys().find(|(_, col)| *col == criterion).map_or(0, |(row, _)| *row);
    rows.iter().copied().filter(|&row| row >= first).collect()
}

/// A column of longer texts right of the criteria, whose names are not the set's words: shortened indicators.
fn longer_text_beside(view: &View<'_>, rows: &[u32], criterion: u32) -> Option<u32> {
    let words = |col: u32| -> (usize, usize) {
        // Lists of codes are no names.
        let has_letters = |c: &&Seen<'_>| c.is_text() && c.key.bytes().any(|b| b.is_ascii_alphabetic());
        let cells = rows.iter().filter_map(|&r| view.get(r, col)).filter(has_letters);
        cells.fold((0, 0), |(n, sum), c| (n + 1, sum + c.key.split(' ').count()))
    };
    let filled = words(criterion).0;
    (criterion + 1..criterion + 3).find(|&col| {
        let (n, sum) = words(col);
        n > filled && n >= 8 && sum >= 4 * n
    })
}

/// The first column whose texts are long and many: names that are nowhere the set's very words. `Chỉ tiêu 2.1` has words
/// too, but is a code.
fn longest_text(view: &View<'_>, rows: &[u32]) -> Option<u32> {
    #[derive(Default)]
    struct Texts {
        count: usize,
        words: usize,
        codes: usize,
    }
    let mut columns: BTreeMap<u32, Texts> = BTreeMap::new();
    // Titles, legends and signatures stand alone in their rows and are no column.
    let beside = rows.iter().map(|&row| view.row(row)).filter(|cells| cells.len() > 1);
    for cell in beside.flatten().filter(|c| c.is_text()) {
        let texts = columns.entry(cell.col).or_default();
        texts.count += 1;
        texts.words += cell.key.split(' ').filter(|w| !w.is_empty()).count();
        texts.codes += usize::from(!code::readings(cell).is_empty());
    }
    columns
        .into_iter()
        .filter(|(_, t)| t.count >= 5 && t.words >= 3 * t.count && t.codes * 2 < t.count)
        .max_by_key(|(col, t)| (t.words, std::cmp::Reverse(*col)))
        .map(|(col, _)| col)
}

/// Whether a column of long texts may hold names: tasks, results and remarks are long too, and say so above.
fn may_be_names(view: &View<'_>, vocabulary: &Vocabulary, rows: &[u32], col: u32) -> bool {
    let heading = |cell: &Seen<'_>| cell.role(vocabulary, 0.5);
    let roles = rows.iter().filter_map(|&row| view.get(row, col)).filter(|c| c.is_text()).find_map(heading);
    roles.is_none_or(|role| matches!(role, Role::Name | Role::Criterion | Role::Code))
}
