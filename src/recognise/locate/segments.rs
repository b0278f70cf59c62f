//! Where tables begin and end on a sheet: below each other, beside each other, with headers printed again.

use std::ops::Range;

use super::super::code;
use super::super::columns::contains_words;
use super::super::declared;
use super::super::set;
use super::super::totals::bare_ratio;
use super::super::view::{Seen, View};
use super::numbers_columns;
use crate::catalogue::{Role, Vocabulary};

/// Where tables may stand beside each other: the first header row whose columns begin anew, and the columns of each.
pub(in crate::recognise) fn beside(view: &View<'_>, vocabulary: &Vocabulary) -> Option<(u32, Vec<Range<u32>>)> {
    let heads = |row: &u32| is_header(view, vocabulary, *row) || repeats_itself(view, vocabulary, *row);
    let row = view.row_numbers().find(heads)?;
    let cells = view.row(row);
    let role = |cell: &Seen<'_>| cell.role(vocabulary, 0.5);
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

/// Whether a row is two or more headings over and over, `Chỉ tiêu | Đánh giá | Chỉ tiêu | Đánh giá`, one of verdicts.
fn repeats_itself(view: &View<'_>, vocabulary: &Vocabulary, row: u32) -> bool {
    let cells = view.row(row);
    let keys: Vec<&str> = cells.iter().filter(|cell| cell.is_text()).map(|cell| cell.key.as_str()).collect();
    let recurs = |length: &usize| {
        let (length, mut all) = (*length, keys.iter().zip(0..));
        keys.len().is_multiple_of(length) && all.all(|(key, at)| *key == keys[at % length])
    };
    let Some(length) = (2..=keys.len() / 2).find(recurs) else { return false };
    cells[..length].iter().any(|cell| cell.role(vocabulary, 0.5) == Some(Role::Verdict))
}

/// The sheet cut at its header rows, and where numbering begins anew below a title; the titles above the first belong to
/// the first.
pub(super) fn segments(view: &View<'_>, vocabulary: &Vocabulary) -> Vec<Range<u32>> {
    let rows: Vec<u32> = view.row_numbers().collect();
    let (Some(&first), Some(&last)) = (rows.first(), rows.last()) else { return Vec::new() };
    // Items side by side: the sheet holds one table.
    if !view.is_upright() {
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
                    || is_of_items(view, row)
                    || is_repeated(view, start, row)
                        && !titles_above(view, vocabulary, row).any(|title| names_a_part(view, vocabulary, title))
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
        if code.criterion == 1
            && highest >= 10
            && titles_above(view, vocabulary, row).any(|t| names_a_part(view, vocabulary, t))
        {
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

/// How far other rows of a table are looked at.
const NEAR: u32 = 8;

/// Whether a row with the words of headings is one of items: two of its texts stand in the same columns of rows nearby that
/// are not the same from end to end, as headings that are printed again are.
fn is_of_items(view: &View<'_>, row: u32) -> bool {
    let words = |row: u32| view.row(row).iter().map(|cell| (cell.col, cell.key.as_str()));
    let near = || (row.saturating_sub(NEAR)..row + NEAR).filter(|&other| other != row && !words(other).eq(words(row)));
    let recurs = |cell: &&Seen<'_>| {
        let same = |other: u32| view.get(other, cell.col).is_some_and(|c| c.key == cell.key);
        cell.is_text() && !cell.key.is_empty() && near().any(same)
    };
    view.row(row).iter().filter(recurs).count() >= 2
}

/// Whether a header row has the words of another, column by column.
pub(in crate::recognise) fn is_repeated(view: &View<'_>, header: u32, row: u32) -> bool {
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
fn titles_above<'v>(view: &'v View<'_>, vocabulary: &'v Vocabulary, row: u32) -> impl Iterator<Item = u32> + 'v {
    let mut top = row;
    std::iter::from_fn(move || {
        let above = top.checked_sub(1)?;
        let gap = view.row(above).is_empty() && above > 0 && view.row(above - 1).len() == 1;
        top = if gap { above - 1 } else { above };
        (view.row(top).len() == 1 || is_section(view.row(top), vocabulary)).then_some(top)
    })
}

/// `B | XÃ NÔNG THÔN MỚI NÂNG CAO`: a letter or a Roman numeral and a title. One that names a set may have its total beside it,
/// `14/19 TC`, or its verdict.
fn is_section(cells: &[Seen<'_>], vocabulary: &Vocabulary) -> bool {
    let [number, title, rest @ ..] = cells else { return false };
    let numbers = number.text.len() == 1 && number.text.bytes().all(|b| b.is_ascii_uppercase());
    if !numbers && crate::text::roman::parse(&number.text).is_none() || !title.is_text() {
        return false;
    }
    let totals = |cell: &Seen<'_>| {
        let figure = cell.text.split(' ').next().unwrap_or_default();
        bare_ratio(figure).is_some() || cell.is_number() || cell.verdict(vocabulary).is_some()
    };
    rest.is_empty() || rest.iter().all(totals) && set::set_named(&title.text, vocabulary).is_some()
}

/// Whether a title says that another commune, set or part begins.
fn names_a_part(view: &View<'_>, vocabulary: &Vocabulary, row: u32) -> bool {
    view.row(row).iter().filter(|cell| cell.is_text()).any(|cell| {
        let has = |words: &[String]| words.iter().any(|w| contains_words(&cell.key, w));
        let says_part = ["phan", "bieu", "bang"].iter().any(|w| contains_words(&cell.key, w));
        declared::totals(&cell.text).is_empty()
            && (says_part || has(&vocabulary.commune_kinds) || set::set_named(&cell.text, vocabulary).is_some())
    })
}

/// The first of the rows of single cells right above a header that are the titles of its table: what closes the table
/// above, its totals and signatures, is not among them where a title stands below.
fn title_above(view: &View<'_>, vocabulary: &Vocabulary, header: u32) -> u32 {
    let mut top = header;
    let mut named = false;
    for row in titles_above(view, vocabulary, header) {
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
pub(in crate::recognise) fn is_header(view: &View<'_>, vocabulary: &Vocabulary, row: u32) -> bool {
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
        .filter_map(|cell| cell.role(vocabulary, 0.4))
        .collect();
    roles.sort();
    roles.dedup();
    roles.len() >= 3 && roles.iter().any(|r| matches!(r, Role::Code | Role::Name | Role::Criterion | Role::Verdict))
}
