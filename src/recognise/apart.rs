//! A list whose rows say in a column of their own whose they are: of which set, which commune or which month. It is one
//! list for each.

use std::collections::BTreeMap;

use super::Context;
use super::columns::{bare_month, contains_words, years};
use super::locate;
use super::set;
use super::view::{About, View};
use crate::model::Period;
use crate::text::date;

/// A part has at least as many rows on average: communes below each other with a row each are no lists.
const FEWEST_ROWS: usize = 5;

/// More different texts in a column name no parts.
const MOST_PARTS: usize = 40;

/// The lists that a sheet's one list is made of; none where no column tells them apart.
pub(super) fn lists<'a>(view: &View<'a>, context: &Context<'_>) -> Vec<View<'a>> {
    let Some(header) = view.row_numbers().find(|&row| locate::is_header(view, &context.catalogue.vocabulary, row))
    else {
        return Vec::new();
    };
    let year = one_year(view);
    let heads = view.row(header).iter().filter(|cell| cell.is_text());
    let Some((col, parts)) =
        heads.map(|head| head.col).find_map(|col| Some((col, parts(view, header, col, year, context)?)))
    else {
        return Vec::new();
    };
    let last = parts.iter().flat_map(|(_, rows)| rows).max().copied().unwrap_or(header);
    let of_all = |row: u32| row <= header || row > last;
    let views = parts.into_iter().map(|(about, rows)| {
        let about = about.within(view.about);
        view.of_rows(&|row| of_all(row) || rows.contains(&row), (col, header), about)
    });
    // Communes and sets may both have their column.
    let apart = views.flat_map(|part| {
        let within = lists(&part, context);
        if within.is_empty() { vec![part] } else { within }
    });
    apart.collect()
}

/// What a column says the rows below a header are of, each with its rows.
fn parts(
    view: &View<'_>,
    header: u32,
    col: u32,
    year: Option<i16>,
    context: &Context<'_>,
) -> Option<Vec<(About, Vec<u32>)>> {
    let rows: Vec<u32> = view.row_numbers().filter(|&row| row > header && view.row(row).len() >= 3).collect();
    let mut texts: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    let mut filled = 0;
    for &row in &rows {
        let Some(cell) = view.covering(row, col).filter(|cell| cell.row > header && !cell.text.is_empty()) else {
            continue;
        };
        filled += 1;
        texts.entry(cell.text.as_str()).or_default().push(row);
        if texts.len() > MOST_PARTS {
            return None;
        }
    }
    let is_filled = filled * 10 >= rows.len() * 9 && filled >= FEWEST_ROWS * texts.len();
    let texts = if is_filled { texts } else { blocks(view, header, col)? };
    if texts.len() < 2 {
        return None;
    }
    let heading = view.get(header, col).map_or("", |cell| cell.key.as_str());
    let is_of_months = ["thang", "ky"].iter().any(|word| heading == *word || heading == format!("{word} bao cao"));
    let mut parts: Vec<(About, Vec<u32>)> = Vec::new();
    for (text, rows) in texts {
        let about = about(text, year.filter(|_| is_of_months), is_of_months, context)?;
        match parts.iter_mut().find(|(known, _)| *known == about) {
            Some((_, known)) => known.extend(rows),
            None => parts.push((about, rows)),
        }
    }
    parts.sort_by_key(|(_, rows)| rows.iter().min().copied());
    (parts.len() >= 2).then_some(parts)
}

/// The rows below a header by what the first row of each block says for all of it: `An Đổ`, and nothing below it until the list
/// begins anew with its first item beside `Bình Nghĩa`.
fn blocks<'v>(view: &'v View<'_>, header: u32, col: u32) -> Option<BTreeMap<&'v str, Vec<u32>>> {
    let mut blocks: Vec<(&str, Vec<u32>)> = Vec::new();
    for row in view.row_numbers().filter(|&row| row > header && view.row(row).len() >= 2) {
        match view.covering(row, col).filter(|cell| cell.row > header && !cell.text.is_empty()) {
            Some(cell) if blocks.len() < MOST_PARTS => blocks.push((&cell.text, vec![row])),
            Some(_) => return None,
            None => blocks.last_mut()?.1.push(row),
        }
    }
    // What stands below the lists, a total or signatures, may fill the column once more.
    while blocks.last().is_some_and(|(_, rows)| rows.len() < FEWEST_ROWS) {
        blocks.pop();
    }
    let begin = |rows: &[u32]| view.row(rows[0]).iter().find(|cell| cell.col != col).map(|cell| cell.key.as_str());
    let (_, first) = blocks.first()?;
    let begins = begin(first)?;
    let is_list = |rows: &[u32]| rows.len() >= FEWEST_ROWS && begin(rows) == Some(begins);
    let count = blocks.len();
    let is_block = blocks.iter().all(|(_, rows)| is_list(rows));
    let texts: BTreeMap<&str, Vec<u32>> = blocks.into_iter().collect();
    (is_block && texts.len() == count).then_some(texts)
}

/// What a text is the name of, if it names nothing else.
fn about(text: &str, year: Option<i16>, is_of_months: bool, context: &Context<'_>) -> Option<About> {
    let vocabulary = &context.catalogue.vocabulary;
    if is_of_months {
        let of_digits = || Period::new(year?, text.trim().parse().ok()?);
        let period = date::months(text).first().copied().or_else(|| bare_month(text, year)).or_else(of_digits)?;
        return Some(About { period: Some(period), ..About::default() });
    }
    if text.split(' ').count() > 12 {
        return None;
    }
    if let [found] = context.register.find(text, vocabulary, None).as_slice() {
        return Some(About { commune: Some(found.commune), ..About::default() });
    }
    let set = set::set_named(text, vocabulary)?;
    let position = context.catalogue.sets.iter().position(|own| own.id == set)?;
    Some(About { set: Some(position), ..About::default() })
}

/// The one year that the titles of a sheet name.
pub(super) fn one_year(view: &View<'_>) -> Option<i16> {
    let titles = view.row_numbers().filter(|&row| view.row(row).len() <= 2).flat_map(|row| view.row(row));
    let mut found: Vec<i16> = titles
        .filter(|cell| cell.is_text() && contains_words(&cell.key, "nam"))
        .flat_map(|cell| years(&cell.key))
        .collect();
    found.sort_unstable();
    found.dedup();
    if let [only] = found.as_slice() { Some(*only) } else { None }
}
