//! Reports in sentences: totals, and what is not met, as in "xã đạt 14/19 tiêu chí, 60/75 chỉ tiêu NTM nâng cao; chưa
//! đạt: giao thông 2.1, 2.2; nghèo đa chiều; …". Where the report says its total, what it does not list is met.

mod by_commune;
mod said;

use std::sync::Arc;

use super::context::{self, Found};
use super::draft::{Draft, Layout, When};
use super::listing;
use super::problems;
use super::submission::communes_in;
use super::unmet;
use super::view::{Seen, View};
use super::{Context, columns};
use crate::diag::Diagnostic;
use crate::model::{
    Assessor, CellRef, CriteriaSet, Declared, Entry, Evidence, ItemCode, Period, Place, SetId, Stated, Text, Traced,
    Verdict,
};
use said::Said;

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

/// The months of a sheet; a day in a row of several cells is of what stands in that row.
fn periods(view: &View<'_>, context: &Context<'_>) -> Vec<Period> {
    let alone = view.cells().iter().filter(|c| c.is_text() && view.row(c.row).len() <= 2);
    let words: Vec<&str> = alone.map(|c| c.text.as_str()).collect();
    context::periods(&words, &context.catalogue.vocabulary)
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
        draft.sheet_period = months().or_else(|| columns::bare_month(&sheet_name, year));
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

/// Whether the items listed as not met are as many as the total leaves.
fn adds_up(draft: &Draft, said: &Said<'_, '_>, context: &Context<'_>) -> bool {
    let unmet = draft.entries.iter().filter(|e| is_not_met(e)).count() as u32;
    let total = context.catalogue.sets[said.set].indicators_total;
    said.totals.indicators.is_some_and(|(met, _)| total - met == unmet)
}

/// The draft of what is said of one set, without commune and month.
fn draft(file: &Arc<str>, view: &View<'_>, said: &Said<'_, '_>, context: &Context<'_>) -> Option<Draft> {
    let set = &context.catalogue.sets[said.set];
    let mut diagnostics = Vec::new();
    let place = |cell: &Seen<'_>| Place::cells(file, &view.grid.sheet, cell.at());
    let entries = entries(said, &view.grid.sheet, context, &place, &mut diagnostics);
    // Without totals there is only the list.
    if entries.is_empty() && said.totals == super::declared::Totals::default() {
        return None;
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

/// Every indicator of the set, or every criterion where only these are counted: not met where listed, met where a total
/// is stated and the list leaves it out.
fn entries(
    said: &Said<'_, '_>,
    sheet: &Arc<str>,
    context: &Context<'_>,
    place: &dyn Fn(&Seen<'_>) -> Place,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Entry> {
    let set = &context.catalogue.sets[said.set];
    let is_full = |(met, total): (u32, u32)| met == total;
    let by_criterion = said.totals.indicators.is_none() && said.totals.criteria.is_some();
    let all_met = said.totals.indicators.or(said.totals.criteria).is_some_and(is_full);
    if said.lists.is_empty() && !all_met {
        diagnostics.push(problems::list_missing(place(said.cell)));
        return Vec::new();
    }
    let mut unmet: Vec<(ItemCode, CellRef)> = Vec::new();
    let mut open: Vec<(ItemCode, CellRef)> = Vec::new();
    for (list, cell) in &said.lists {
        let listing = listing::read(list, said.set, context);
        unmet.extend(listing.items.into_iter().map(|item| (item, cell.at())));
        open.extend(listing.open.into_iter().map(|criterion| (ItemCode::criterion(criterion), cell.at())));
        diagnostics.extend(listing.strange.iter().map(|text| problems::row_not_placed(place(cell), text)));
    }
    open.retain(|(criterion, _)| {
        !unmet.iter().any(|(item, _)| item.criterion_number() == criterion.criterion_number())
    });
    let is_indicator = |item: &ItemCode| item.indicator_number().is_some();
    if by_criterion && !unmet.iter().any(|(item, _)| is_indicator(item)) {
        unmet.append(&mut open);
    }
    let by_criterion = by_criterion && open.is_empty() && !unmet.iter().any(|(item, _)| is_indicator(item));
    let all: Vec<ItemCode> = if by_criterion {
        set.criteria.iter().map(|c| c.code()).collect()
    } else {
        set.indicators().map(|indicator| indicator.code).collect()
    };
    let plausible = match said.totals.criteria.filter(|_| by_criterion) {
        Some((met, total)) => unmet.len().abs_diff((total - met) as usize) <= 1,
        None if said.rest_is_met => said.unmet.is_none_or(|n| n as usize == unmet.len()),
        None if open.is_empty() => unmet::is_plausible(unmet.len(), all.len(), &declared_of(said)),
        None => {
            // Of a criterion that is named alone, one indicator at least and all at most may be meant.
            let of_open = |item: &&ItemCode| open.iter().any(|(o, _)| o.criterion_number() == item.criterion_number());
            let most = unmet.len() + all.iter().filter(of_open).count();
            let told = said.totals.indicators.map(|(met, total)| total.saturating_sub(met) as usize);
            told.is_none_or(|told| (unmet.len() + open.len()..=most).contains(&told))
        }
    };
    for (criterion, cell) in &open {
        let at = said.lists.iter().find(|(_, c)| c.at() == *cell).map_or(said.cell, |(_, c)| *c);
        diagnostics.push(problems::indicators_not_named(place(at), *criterion));
    }
    // A list that is far from the total says nothing of what it leaves out.
    if !said.lists.is_empty() && !plausible {
        diagnostics.push(problems::list_too_short(place(said.cell), unmet.len()));
        let listed = unmet.into_iter();
        return listed.map(|(item, cell)| entry(item, sheet, cell, implied(Verdict::NotMet, cell))).collect();
    }
    let list_cell = said.lists.first().map_or(said.cell.at(), |(_, cell)| cell.at());
    let is_open = |item: ItemCode| open.iter().any(|(open, _)| open.criterion_number() == item.criterion_number());
    all.into_iter()
        .map(|item| match unmet.iter().find(|(listed, _)| *listed == item) {
            Some((_, cell)) => entry(item, sheet, *cell, implied(Verdict::NotMet, *cell)),
            None if is_open(item) => entry(item, sheet, list_cell, Stated::Nothing),
            None => entry(item, sheet, list_cell, implied(Verdict::Met, list_cell)),
        })
        .collect()
}

fn implied(verdict: Verdict, cell: CellRef) -> Stated {
    Stated::Implied { verdict, cell }
}

fn is_not_met(entry: &Entry) -> bool {
    matches!(entry.stated, Stated::Implied { verdict: Verdict::NotMet, .. })
}

fn entry(item: ItemCode, sheet: &Arc<str>, cell: CellRef, stated: Stated) -> Entry {
    Entry { item, sheet: Arc::clone(sheet), cell, stated, value: None, owner: None, task: None, due: None, note: None }
}

fn declared_of(said: &Said<'_, '_>) -> Declared {
    Declared {
        criteria_met: said.totals.criteria.map(|t| t.0),
        criteria_total: said.totals.criteria.map(|t| t.1),
        indicators_met: said.totals.indicators.map(|t| t.0),
        indicators_total: said.totals.indicators.map(|t| t.1),
        cell: Some(said.cell.at()),
    }
}

/// A list that adds up to the stated total proves itself.
fn evidence(said: &Said<'_, '_>, set: &CriteriaSet, entries: &[Entry]) -> Vec<Evidence> {
    let unmet = entries.iter().filter(|e| is_not_met(e)).count() as u32;
    let listed = set.indicators_total.saturating_sub(unmet);
    let agrees = match (said.totals.indicators, said.totals.criteria) {
        (Some((met, _)), _) => met == listed,
        (None, Some((met, total))) => total.saturating_sub(unmet) == met,
        (None, None) => said.unmet == Some(unmet),
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
