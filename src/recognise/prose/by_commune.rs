//! The commonest table of a district: a commune a row, its totals, and what it has not met in one cell.

use std::sync::Arc;

use super::super::Context;
use super::super::columns::contains_words;
use super::super::declared::{self, Totals};
use super::super::problems;
use super::super::set;
use super::super::view::{Seen, View};
use super::said::{List, Said};
use super::told::Told;
use crate::catalogue::Role;
use crate::diag::Diagnostic;
use crate::model::Place;

/// The columns of such a table.
struct Header {
    row: u32,
    commune: u32,
    list: u32,
    /// Columns of totals with their headings.
    totals: Vec<(u32, String)>,
}

/// What the rows say, one commune each; none where the sheet has no such table.
pub(super) fn said<'v, 'a>(
    file: &Arc<str>,
    view: &'v View<'a>,
    context: &Context<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Said<'v, 'a>> {
    let vocabulary = &context.catalogue.vocabulary;
    let Some(header) = view.row_numbers().take(24).find_map(|row| header(view, row, context)) else {
        return Vec::new();
    };
    let sets = &context.catalogue.sets;
    let titles = view.cells().iter().take_while(|c| c.row <= header.row).filter(|c| c.is_text());
    let titles: Vec<&str> = titles.map(|c| c.text.as_str()).collect();
    let titled = set::set_named(&titles.join(" "), vocabulary)
        .or_else(|| set::set_named(&view.grid.sheet, vocabulary))
        .or_else(|| set::set_named(context.path, vocabulary))
        .and_then(|id| sets.iter().position(|set| set.id == id));
    let mut found: Vec<Said<'v, 'a>> = Vec::new();
    for row in view.row_numbers().filter(|row| *row > header.row) {
        let Some(name) = view.get(row, header.commune).filter(|c| c.is_text()) else { continue };
        let totals = totals_of(view, row, &header);
        let list = view.get(row, header.list);
        if totals == Totals::default() && list.is_none() && counts_of(view, row, &header) == [None; 2] {
            continue;
        }
        let place = Place::cells(file, &view.grid.sheet, name.at());
        let communes = context.register.find(&name.text, vocabulary, None);
        let [commune] = communes.as_slice() else {
            if vocabulary.row_word(&name.key).is_none() {
                let near = context.register.nearest(&format!("xã {}", name.text), vocabulary);
                let near = near.map(|(_, commune)| (name.text.clone(), commune.name.clone()));
                diagnostics.push(problems::commune_unknown(place, near));
            }
            continue;
        };
        let by_size = totals.indicators.and_then(|(_, size)| sets.iter().position(|s| s.indicators_total == size));
        let Some(set) = by_size.or(titled) else { continue };
        let mut said = Said::of(Some(commune.commune), set, totals, name);
        said.met = counts_of(view, row, &header);
        said.is_counted = said.met != [None; 2];
        // A number alone in such a cell counts and lists nothing.
        if let Some(list) = list.filter(|c| !c.text.is_empty()) {
            said.lists.push(List::of(Told::NotMet, list.text.clone(), list));
        }
        found.push(said);
    }
    found
}

/// The header, where a row names a column of communes and one of what is not met.
fn header(view: &View<'_>, row: u32, context: &Context<'_>) -> Option<Header> {
    let vocabulary = &context.catalogue.vocabulary;
    let cells: Vec<&Seen<'_>> = view.row(row).iter().filter(|c| c.is_text()).collect();
    let says_unmet = |cell: &Seen<'_>| cell.speaks_of_unmet(vocabulary);
    // The rarer sign first: what a heading means takes longer to tell.
    cells.iter().find(|cell| says_unmet(cell))?;
    let is_commune = |cell: &&&Seen<'_>| cell.roles(vocabulary).get(&Role::Commune).is_some_and(|f| *f >= 0.5);
    let commune = cells.iter().find(is_commune)?.col;
    let counts = |cell: &Seen<'_>| cell.key.starts_with("so ") || cell.key.starts_with("tong ");
    let list = cells.iter().find(|c| says_unmet(c) && !counts(c) && holds_lists(view, row, c.col))?.col;
    let is_total = |cell: &&&Seen<'_>| !says_unmet(cell) && cell.col != commune && cell.key.contains("ti");
    let totals = cells.iter().filter(is_total).map(|c| (c.col, c.text.clone())).collect();
    Some(Header { row, commune, list, totals })
}

/// Whether a column holds codes and names rather than marks.
fn holds_lists(view: &View<'_>, header: u32, col: u32) -> bool {
    let below: Vec<&Seen<'_>> =
        view.row_numbers().filter(|row| *row > header).filter_map(|row| view.get(row, col)).collect();
    let lists = below.iter().filter(|c| c.text.bytes().any(|b| b.is_ascii_digit()) || c.key.contains(' ')).count();
    lists > 0 && lists * 2 >= below.len()
}

/// The totals of a row: a ratio below a heading that says of what.
fn totals_of(view: &View<'_>, row: u32, header: &Header) -> Totals {
    let mut totals = Totals::default();
    for (col, heading) in &header.totals {
        let Some(cell) = view.get(row, *col) else { continue };
        for stated in declared::totals(&format!("{heading} {}", cell.text)) {
            totals.criteria = totals.criteria.or(stated.criteria);
            totals.indicators = totals.indicators.or(stated.indicators);
        }
    }
    totals
}

/// How many criteria and indicators a row counts as met: numbers without their totals below a heading that says of what.
fn counts_of(view: &View<'_>, row: u32, header: &Header) -> [Option<u32>; 2] {
    let mut counts = [None; 2];
    for (col, heading) in &header.totals {
        let key = crate::text::fold(heading);
        let says = |words: &[&str]| words.iter().any(|word| contains_words(&key, word));
        let number = view.get(row, *col).and_then(|cell| cell.text.parse::<u32>().ok()).filter(|n| *n < 100);
        if says(&["dat"]) && says(&["tieu chi", "tc"]) {
            counts[0] = counts[0].or(number);
        } else if says(&["dat"]) && says(&["chi tieu", "ct"]) {
            counts[1] = counts[1].or(number);
        }
    }
    counts
}
