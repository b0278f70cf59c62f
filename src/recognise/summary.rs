//! Totals of a report that stand on another sheet than its list: in the sentences of a report with an annex, or in a summary of
//! a line a set.

use std::sync::Arc;

use super::declared::{self, Totals};
use super::draft::{Draft, Layout};
use super::mood::Mood;
use super::period;
use super::set::{self, TITLE_ROWS};
use super::totals::{bare_ratio, differ, print};
use super::view::{Seen, View};
use super::{Context, problems};
use crate::model::{Assessor, CellRef, CriteriaSet, Declared, Period, Place};
use crate::read::Visibility;

/// Lays totals on sheets without a list to the one list of their set: as declared where it states none of its own, else to be
/// compared with those.
pub(super) fn lay_totals(file: &Arc<str>, views: &[View<'_>], drafts: &mut [Draft], context: &Context<'_>) {
    let vocabulary = &context.catalogue.vocabulary;
    let has_list = |view: &View<'_>, drafts: &[Draft]| drafts.iter().any(|draft| draft.sheet == view.grid.sheet);
    let of_all: Vec<(Stated, Arc<str>)> = views
        .iter()
        .filter(|view| view.grid.visibility == Visibility::Visible && !has_list(view, drafts))
        .filter(|view| !vocabulary.sheets.is_retired(&view.grid.sheet))
        .flat_map(|view| stated(view, context).into_iter().map(|found| (found, Arc::clone(&view.grid.sheet))))
        .collect();
    for (at, set) in context.catalogue.sets.iter().enumerate() {
        let mut own = of_all.iter().filter(|(stated, _)| stated.set == at);
        let Some((first, sheet)) = own.next() else { continue };
        // Totals of several communes or months, side by side, are of nobody's list.
        if own.any(|(other, _)| differ(other.totals, first.totals)) {
            continue;
        }
        // Those of another month say nothing of this list.
        let is_of_then = |draft: &Draft| {
            draft.periods.first().is_none_or(|own| first.periods.is_empty() || first.periods.contains(own))
        };
        let is_own = |draft: &&mut Draft| {
            let is_list = draft.assessor == Assessor::Commune && draft.layout == Layout::List;
            draft.set == set.id && is_list && is_of_then(draft)
        };
        let mut lists: Vec<&mut Draft> = drafts.iter_mut().filter(is_own).filter(|draft| !draft.is_small).collect();
        if let [draft] = lists.as_mut_slice() {
            lay(file, draft, first, sheet);
        }
    }
}

fn lay(file: &Arc<str>, draft: &mut Draft, stated: &Stated, sheet: &Arc<str>) {
    let pair = |met: Option<u32>, total: Option<u32>| met.zip(total);
    let declared = &draft.declared;
    let own = Totals {
        criteria: pair(declared.criteria_met, declared.criteria_total),
        indicators: pair(declared.indicators_met, declared.indicators_total),
    };
    if declared.is_empty() {
        draft.declared = Declared {
            criteria_met: stated.totals.criteria.map(|t| t.0),
            criteria_total: stated.totals.criteria.map(|t| t.1),
            indicators_met: stated.totals.indicators.map(|t| t.0),
            indicators_total: stated.totals.indicators.map(|t| t.1),
            cell: Some(stated.cell),
            sheet: Some(Arc::clone(sheet)),
        };
    } else if let (Some(cell), true) = (declared.cell, differ(own, stated.totals)) {
        let own_place = Place::cells(file, &draft.sheet, cell);
        let there = Place::cells(file, sheet, stated.cell);
        let conflict = problems::declared_conflict(own_place, &print(own), &print(stated.totals), there);
        draft.diagnostics.push(conflict);
    }
}

/// Totals of one set with the cell they stand in.
struct Stated {
    set: usize,
    /// The months that its sheet says it is of, where it says so.
    periods: Vec<Period>,
    totals: Totals,
    cell: CellRef,
}

/// What a sheet states of each set, row by row.
fn stated(view: &View<'_>, context: &Context<'_>) -> Vec<Stated> {
    let catalogue = context.catalogue;
    let titles = view.cells().iter().filter(|cell| cell.row < TITLE_ROWS && cell.is_text());
    let titles: Vec<&str> = titles.map(|cell| cell.text.as_str()).collect();
    let dated = period::dated(&titles, None, &catalogue.vocabulary);
    let year = dated.periods.first().map(|period| period.year());
    // A day of signing may be of the next month.
    let periods = if dated.is_stated { dated.periods } else { Vec::new() };
    let mut found = Vec::new();
    for row in view.row_numbers() {
        let cells = view.row(row);
        let text = cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join(" ");
        let sentences = declared::statements(&text, &catalogue.vocabulary.sentences, year, Mood::Plain);
        let mut totals: Vec<Totals> =
            sentences.into_iter().filter(|(_, mood)| mood.is_of_now()).map(|(totals, _)| totals).collect();
        if totals.is_empty() {
            totals.extend(in_cells(cells, &catalogue.sets));
        }
        let named = set::set_named(&text, &catalogue.vocabulary)
            .and_then(|id| catalogue.sets.iter().position(|set| set.id == id));
        let several = totals.len() > 1;
        for totals in totals {
            if let Some(set) = set_of(totals, named.filter(|_| !several), &catalogue.sets) {
                let has_ratio = |cell: &&Seen<'_>| cell.text.contains('/');
                let cell = cells.iter().find(has_ratio).or(cells.first());
                found.extend(cell.map(|cell| Stated { set, periods: periods.clone(), totals, cell: cell.at() }));
            }
        }
    }
    found
}

/// `14/19 | 63/75` in cells of their own: told by the sizes of a set.
fn in_cells(cells: &[Seen<'_>], sets: &[CriteriaSet]) -> Option<Totals> {
    let ratios: Vec<(u32, u32)> = cells.iter().filter_map(|cell| bare_ratio(&cell.text)).collect();
    let indicators = ratios.iter().find(|(_, total)| sets.iter().any(|set| set.indicators_total == *total)).copied()?;
    let criteria = ratios.iter().find(|(_, total)| sets.iter().any(|set| set.criteria_total() == *total)).copied();
    Some(Totals { criteria, indicators: Some(indicators) })
}

/// The set whose sizes totals have: by its indicators, or of criteria alone the one that is named beside them.
fn set_of(totals: Totals, named: Option<usize>, sets: &[CriteriaSet]) -> Option<usize> {
    let fits = |set: &CriteriaSet| {
        totals.criteria.is_none_or(|(_, total)| total == set.criteria_total())
            && totals.indicators.is_none_or(|(_, total)| total == set.indicators_total)
    };
    match totals.indicators {
        Some(_) => {
            sets.iter().position(fits).filter(|set| named.is_none_or(|named| named == *set || !fits(&sets[named])))
        }
        None => named.filter(|&set| fits(&sets[set])),
    }
}
