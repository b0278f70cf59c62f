//! Reports in sentences: totals, and what is not met, as in "xã đạt 14/19 tiêu chí, 60/75 chỉ tiêu NTM nâng cao; chưa
//! đạt: giao thông 2.1, 2.2; nghèo đa chiều; …". Where the report says its total, what it does not list is met.

mod by_commune;
mod clauses;
mod columns;
mod entries;
mod lines;
mod own;
mod said;
mod told;
mod words;

use std::sync::Arc;

use super::Context;
use super::commune::communes_in;
use super::draft::{Draft, Layout, When};
use super::period;
use super::register::Found;
use super::view::{Seen, View};
use crate::diag::Diagnostic;
use crate::model::{Assessor, CriteriaSet, Declared, Entry, Evidence, Period, Place, SetId, Text, Traced};
use entries::is_not_met;
use said::Said;
use told::Told;

/// The drafts of a sheet of sentences: one for each set it gives totals of, and for each commune.
pub(super) fn drafts(file: &Arc<str>, view: &View<'_>, context: &Context<'_>) -> Vec<Draft> {
    let rows: Vec<u32> = view.row_numbers().collect();
    let periods = periods(view, context);
    let said = said::said(view, &rows, periods.first().map(|p| p.year()), context);
    of_sheet(file, view, &said, &periods, Vec::new(), context)
}

/// The drafts of a table of communes with what each has not met; none where the sheet has no such table.
pub(super) fn by_commune(file: &Arc<str>, view: &View<'_>, context: &Context<'_>) -> Vec<Draft> {
    let mut diagnostics = Vec::new();
    let said = by_commune::said(file, view, context, &mut diagnostics);
    if said.is_empty() {
        return Vec::new();
    }
    of_sheet(file, view, &said, &periods(view, context), diagnostics, context)
}

/// The drafts of a sheet whose only columns are lists of what is met and of what is not; none where it has other ones.
pub(super) fn in_columns(file: &Arc<str>, view: &View<'_>, context: &Context<'_>) -> Vec<Draft> {
    let heads = |row: u32| columns::headed(view, row, context).is_some_and(|headed| headed.alone && headed.has_both());
    if view.row_numbers().take(24).any(heads) { drafts(file, view, context) } else { Vec::new() }
}

/// The months of a sheet; a day in a row of several cells is of what stands in that row.
fn periods(view: &View<'_>, context: &Context<'_>) -> Vec<Period> {
    let few = |row: u32| match view.row(row) {
        [first, rest @ ..] if lines::counts(&first.text) => rest.len() <= 2,
        cells => cells.len() <= 2,
    };
    let alone = view.cells().iter().filter(|c| c.is_text() && few(c.row));
    let words: Vec<&str> = alone.map(|c| c.text.as_str()).collect();
    period::periods(&words, &context.catalogue.vocabulary)
}

/// The drafts of all that is said on a sheet.
fn of_sheet(
    file: &Arc<str>,
    view: &View<'_>,
    said: &[Said<'_, '_>],
    periods: &[Period],
    mut general: Vec<Diagnostic>,
    context: &Context<'_>,
) -> Vec<Draft> {
    let vocabulary = &context.catalogue.vocabulary;
    let texts: Vec<&Seen<'_>> = view.cells().iter().filter(|c| c.is_text()).collect();
    let sheet_name = crate::text::clean(&view.grid.sheet);
    let communes = communes_in(file, view, &texts, context, periods.first().copied());
    let year = periods.first().map(|p| p.year());
    let months = || crate::text::date::months(&sheet_name).first().copied();
    let mut drafts = Vec::new();
    for said in said {
        let Some(mut draft) = draft(file, view, said, context) else { continue };
        if let Some(commune) = said.commune {
            let place = Place::cells(file, &view.grid.sheet, said.cell.at());
            let written = Traced { value: said.cell.text.clone(), place };
            draft.communes = vec![(Found { commune, named: true }, written)];
            draft.layout = Layout::Communes;
        } else {
            draft.communes.clone_from(&communes);
        }
        draft.periods = periods.to_vec();
        draft.sheet_commune = context.register.find(&sheet_name, vocabulary, None).first().copied();
        draft.sheet_period = months().or_else(|| super::columns::bare_month(&sheet_name, year));
        draft.titles = texts.iter().map(|c| c.text.as_str()).collect::<Vec<_>>().join("\n");
        draft.diagnostics.splice(0..0, general.drain(..));
        drafts.push(draft);
    }
    drafts
}

/// What the sentences beside tables say of sets that no table is of: only a list that adds up to its total is taken.
pub(super) fn beside_tables(
    file: &Arc<str>,
    view: &View<'_>,
    rows: &[u32],
    tabled: &[&Draft],
    context: &Context<'_>,
) -> Vec<Draft> {
    let Some(first) = tabled.first() else { return Vec::new() };
    let year = first.periods.first().map(|p| p.year());
    let is_tabled = |set: &SetId| tabled.iter().any(|draft| draft.set == *set);
    let said = said::said(view, rows, year, context);
    let apart = said.into_iter().filter(|s| s.commune.is_none() && !is_tabled(&context.catalogue.sets[s.set].id));
    apart
        .filter_map(|said| draft(file, view, &said, context).filter(|draft| adds_up(draft, &said, context)))
        .map(|draft| Draft {
            communes: first.communes.clone(),
            periods: first.periods.clone(),
            sheet_commune: first.sheet_commune,
            sheet_period: first.sheet_period,
            when: first.when,
            titles: first.titles.clone(),
            ..draft
        })
        .collect()
}

/// Whether a draft of sentences lists as many items as not met as its own totals leave.
pub(super) fn proves_itself(draft: &Draft) -> bool {
    let agrees = draft.evidence.iter().all(|evidence| evidence.score >= 1.0);
    agrees && !draft.declared.is_empty() && !draft.entries.is_empty()
}

/// Whether the items listed as not met are as many as the total leaves.
fn adds_up(draft: &Draft, said: &Said<'_, '_>, context: &Context<'_>) -> bool {
    let is_indicator = |e: &&Entry| context.catalogue.sets[said.set].indicator(e.item).is_some();
    let unmet = draft.entries.iter().filter(is_indicator).filter(|e| is_not_met(e)).count() as u32;
    let total = context.catalogue.sets[said.set].indicators_total;
    said.totals.indicators.is_some_and(|(met, _)| total - met == unmet)
}

/// The draft of what is said of one set, without commune and month.
fn draft(file: &Arc<str>, view: &View<'_>, said: &Said<'_, '_>, context: &Context<'_>) -> Option<Draft> {
    let set = &context.catalogue.sets[said.set];
    let mut diagnostics = Vec::new();
    let place = |cell: &Seen<'_>| Place::cells(file, &view.grid.sheet, cell.at());
    let entries = entries::entries(said, &view.grid.sheet, context, &place, &mut diagnostics);
    // Without totals there is only the list: it has to speak of all, or count what it names.
    if said.totals == super::declared::Totals::default() {
        let is_whole = said.rest_is_whole
            || said.rest_is_met && !said.lists.is_empty()
            || said.lists(Told::Met) && said.lists(Told::NotMet);
        let counts = said.unmet != [None; 2] || said.met != [None; 2];
        let is_counted = counts && (said.is_counted || !said.lists.is_empty());
        if entries.is_empty() || !(is_whole || is_counted) {
            return None;
        }
    }
    Some(Draft {
        sheet: Arc::clone(&view.grid.sheet),
        set: set.id.clone(),
        assessor: Assessor::Commune,
        declared: declared_of(said),
        evidence: evidence(said, set, &entries),
        entries,
        diagnostics,
        communes: Vec::new(),
        periods: Vec::new(),
        sheet_commune: None,
        sheet_period: None,
        when: When::default(),
        is_small: false,
        titles: String::new(),
        layout: Layout::Prose,
        headings: Layout::Prose.as_str().to_owned(),
        picture: None,
        doubt: None,
    })
}

fn declared_of(said: &Said<'_, '_>) -> Declared {
    Declared {
        criteria_met: said.totals.criteria.map(|t| t.0),
        criteria_total: said.totals.criteria.map(|t| t.1),
        indicators_met: said.totals.indicators.map(|t| t.0),
        indicators_total: said.totals.indicators.map(|t| t.1),
        cell: Some(said.cell.at()),
        sheet: None,
    }
}

/// A list that adds up to the stated total proves itself.
fn evidence(said: &Said<'_, '_>, set: &CriteriaSet, entries: &[Entry]) -> Vec<Evidence> {
    let unmet = entries.iter().filter(|e| is_not_met(e));
    let mut criteria: Vec<u16> = unmet.clone().map(|e| e.item.criterion_number()).collect();
    criteria.dedup();
    let (criteria, unmet) = (criteria.len() as u32, unmet.count() as u32);
    let listed = set.indicators_total.saturating_sub(unmet);
    let agrees = match (said.totals.indicators, said.totals.criteria) {
        (Some((met, _)), _) => met == listed,
        (None, Some((met, total))) => total.saturating_sub(criteria) == met,
        (None, None) if said.met[0].is_some() => said.met[0] == Some(set.criteria_total().saturating_sub(criteria)),
        (None, None) => said.unmet == [Some(criteria), None] || said.unmet[1] == Some(unmet) || said.lists(Told::Met),
    };
    let score = if agrees { 1.0 } else { 0.7 };
    let detail = Text::new(
        format!("nêu {unmet} chỉ tiêu chưa đạt{}", if agrees { ", khớp với tổng số" } else { "" }),
        format!("{unmet} indicators listed as not met{}", if agrees { ", which agrees with the total" } else { "" }),
    );
    vec![
        Evidence { name: "rows", score, detail },
        Evidence {
            name: "coverage",
            score: if entries.is_empty() { 0.0 } else { 1.0 },
            detail: Text::new("theo câu văn", "from sentences"),
        },
        Evidence {
            name: "verdicts", score, detail: Text::new("phần không nêu là đạt", "what is not listed is met")
        },
    ]
}
