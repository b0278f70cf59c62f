//! Items out of what is said: listed as met or as not met, and what the lists leave out where the rest is told.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::Context;
use super::super::listing::{self, Listing};
use super::super::problems;
use super::super::unmet;
use super::super::view::Seen;
use super::said::Said;
use super::told::Told;
use crate::diag::Diagnostic;
use crate::model::{CellRef, Declared, Entry, ItemCode, Place, Stated, Verdict, Written};

/// What is listed under one verdict.
#[derive(Debug, Default)]
struct Listed {
    items: BTreeMap<ItemCode, CellRef>,
    /// Criteria whose indicators are not named.
    open: BTreeMap<u16, CellRef>,
}

impl Listed {
    fn add(&mut self, listing: Listing, cell: CellRef) {
        for item in listing.items {
            self.items.entry(item).or_insert(cell);
        }
        for criterion in listing.open {
            self.open.entry(criterion).or_insert(cell);
        }
    }

    /// A criterion whose indicators are named elsewhere in the list is not open.
    fn close(&mut self) {
        let items = &self.items;
        self.open.retain(|criterion, _| !items.keys().any(|item| item.criterion_number() == *criterion));
    }

    fn names_indicators(&self) -> bool {
        self.items.keys().any(|item| item.indicator_number().is_some())
    }

    fn criterion(&self, number: u16) -> Option<CellRef> {
        self.open.get(&number).or_else(|| self.items.get(&ItemCode::criterion(number))).copied()
    }

    /// How many criteria are listed here and not in another list.
    fn criteria_beside(&self, other: &Listed) -> usize {
        let mut both = Listed { items: other.items.clone(), open: other.open.clone() };
        both.items.extend(&self.items);
        both.open.extend(&self.open);
        both.criteria() - other.criteria()
    }

    /// How many criteria are listed, be it by one indicator.
    fn criteria(&self) -> usize {
        let mut numbers: Vec<u16> = self.items.keys().map(|item| item.criterion_number()).collect();
        numbers.extend(self.open.keys());
        numbers.sort_unstable();
        numbers.dedup();
        numbers.len()
    }
}

/// Every indicator of the set, or every criterion where only these are spoken of: as listed, and the rest as the totals, the
/// counts or a word about the rest tell it; what nothing is told of is left out, and named.
pub(super) fn entries(
    said: &Said<'_, '_>,
    sheet: &Arc<str>,
    context: &Context<'_>,
    place: &dyn Fn(&Seen<'_>) -> Place,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Entry> {
    let set = &context.catalogue.sets[said.set];
    let is_full = |(met, total): (u32, u32)| met == total;
    let counted_all = || said.is_counted && said.met[0] == Some(set.criteria_total());
    let all_met = said.totals.indicators.or(said.totals.criteria).map_or_else(counted_all, is_full);
    if said.lists.is_empty() && !all_met && !said.rest_is_met {
        diagnostics.push(problems::list_missing(place(said.cell)));
        return Vec::new();
    }
    let (mut unmet, mut met, mut unjudged) = (Listed::default(), Listed::default(), Listed::default());
    for list in &said.lists {
        let mut listing = listing::read(&list.text, said.set, context);
        diagnostics.extend(listing.strange.drain(..).map(|text| problems::row_not_placed(place(list.cell), &text)));
        let listed = match list.told {
            Told::Met => &mut met,
            Told::NotMet => &mut unmet,
            Told::NotJudged => &mut unjudged,
        };
        listed.add(listing, list.cell.at());
    }
    unmet.close();
    met.close();
    unjudged.close();
    let by_criterion = said.totals.indicators.is_none()
        && said.unmet[1].is_none()
        && !said.rest_of_indicators
        && !unmet.names_indicators()
        && !met.names_indicators()
        && !unjudged.names_indicators();
    let list_cell = said.lists.first().map_or(said.cell.at(), |list| list.cell.at());
    let all: Vec<ItemCode> = if by_criterion {
        set.criteria.iter().map(|c| c.code()).collect()
    } else {
        set.indicators().map(|indicator| indicator.code).collect()
    };
    let size = Size { all: &all, by_criterion, criteria: set.criteria_total() };
    let rest = rest(said, [&unmet, &met, &unjudged], &size, all_met);
    let mut entries = Vec::with_capacity(all.len());
    let mut left_out = Vec::new();
    for &item in &all {
        let own = |listed: &Listed| {
            let of_criterion = if by_criterion { listed.criterion(item.criterion_number()) } else { None };
            listed.items.get(&item).copied().or(of_criterion)
        };
        let of_open = |listed: &Listed| listed.open.get(&item.criterion_number()).copied();
        let stated = match (own(&unmet), own(&met).or_else(|| of_open(&met)), of_open(&unmet)) {
            (Some(cell), Some(other), _) if own(&met).is_some() => {
                let written = |at: CellRef| said.lists.iter().find(|l| l.cell.at() == at).map(|l| l.cell.written());
                (cell, Stated::Conflict([cell, other].into_iter().filter_map(written).collect()))
            }
            (Some(cell), _, _) => (cell, implied(Verdict::NotMet, cell)),
            (None, Some(cell), None) => (cell, implied(Verdict::Met, cell)),
            (None, _, Some(cell)) => (cell, Stated::Nothing),
            (None, None, None) => match (own(&unjudged).or_else(|| of_open(&unjudged)), rest) {
                (Some(cell), _) => (cell, unjudged_at(said, cell)),
                (None, Some(verdict)) => (list_cell, implied(verdict, list_cell)),
                (None, None) => {
                    left_out.push(item);
                    continue;
                }
            },
        };
        entries.push(entry(item, sheet, stated.0, stated.1));
    }
    if !by_criterion {
        for (&number, &cell) in &unmet.open {
            let criterion = ItemCode::criterion(number);
            let at = said.lists.iter().find(|list| list.cell.at() == cell).map_or(said.cell, |list| list.cell);
            diagnostics.push(problems::indicators_not_named(place(at), criterion));
            entries.push(entry(criterion, sheet, cell, implied(Verdict::NotMet, cell)));
        }
    }
    if !left_out.is_empty() {
        diagnostics.push(problems::list_too_short(place(said.cell), unmet.items.len(), &left_out));
    }
    entries
}

/// What the items of a report are, and how many.
struct Size<'s> {
    all: &'s [ItemCode],
    /// Whether only criteria are spoken of.
    by_criterion: bool,
    criteria: u32,
}

/// The verdict of what no list names: met where what is listed as not met is as many as the totals or a count leave, or
/// where it is said; not met where what is listed as met is all that the totals count.
fn rest(said: &Said<'_, '_>, [unmet, met, unjudged]: [&Listed; 3], size: &Size<'_>, all_met: bool) -> Option<Verdict> {
    let Size { all, by_criterion, criteria: criteria_total } = *size;
    let lists_unmet = !unmet.items.is_empty() || !unmet.open.is_empty();
    if !lists_unmet && all_met {
        return Some(Verdict::Met);
    }
    let counted_met = said.met[0].zip(said.totals.criteria.is_none().then_some(criteria_total));
    let criteria_left =
        said.totals.criteria.or(counted_met).and_then(|(met, total)| total.checked_sub(met)).map(|left| left as usize);
    let indicators_left = said.totals.indicators.map(|(met, total)| total.saturating_sub(met) as usize);
    // What nobody has judged yet is not counted as met.
    let unjudged_items = if by_criterion { 0 } else { unjudged.items.len() };
    let criteria_left = criteria_left.map(|left| left.saturating_sub(unjudged.criteria_beside(unmet)));
    let indicators_left = indicators_left.map(|left| left.saturating_sub(unjudged_items));
    // Of a criterion that is named alone, one indicator at least and all at most may be meant.
    let of_open = |item: &&ItemCode| unmet.open.contains_key(&item.criterion_number());
    let least = unmet.items.len() + unmet.open.len();
    let most = if by_criterion { least } else { unmet.items.len() + all.iter().filter(of_open).count() };
    let counted = |count: u32, least: usize, most: usize| (least..=most).contains(&(count as usize));
    let counts_agree = said.unmet[1].is_none_or(|count| by_criterion || counted(count, least, most))
        && said.unmet[0].is_none_or(|count| count as usize == unmet.criteria());
    let is_counted = said.unmet[1].is_some() || said.unmet[0].is_some() && by_criterion;
    if lists_unmet {
        let fits = match (criteria_left, indicators_left) {
            (Some(left), _) if by_criterion => unmet.criteria() == left,
            (_, Some(left)) if unmet.open.is_empty() => {
                let declared = Declared { indicators_met: said.totals.indicators.map(|t| t.0), ..Declared::default() };
                unmet::is_plausible(least, all.len(), &declared) || said.rest_is_met && least == left
            }
            (_, Some(left)) => (least..=most).contains(&left),
            (Some(left), None) => unmet.criteria() == left,
            (None, None) => {
                counts_agree && (said.rest_is_met || is_counted && said.met[0].is_none() && said.lists_nothing_met())
            }
        };
        if fits {
            return Some(Verdict::Met);
        }
    } else if said.rest_is_met {
        // "Không có chỉ tiêu nào chưa đạt", and no total that says otherwise.
        let left = criteria_left.unwrap_or(0) + indicators_left.unwrap_or(0);
        return (left == 0).then_some(Verdict::Met);
    }
    let listed_met = if by_criterion { met.criteria() } else { met.items.len() };
    let told_met = if by_criterion {
        said.totals.criteria.map(|t| t.0).or(said.met[0])
    } else {
        said.totals.indicators.map(|t| t.0)
    };
    let is_all = listed_met > 0 && met.open.is_empty() | by_criterion && told_met == Some(listed_met as u32);
    is_all.then_some(Verdict::NotMet)
}

/// What is said of items that nobody has judged yet: the words themselves state no verdict.
fn unjudged_at(said: &Said<'_, '_>, cell: CellRef) -> Stated {
    let list = said.lists.iter().find(|list| list.told == Told::NotJudged && list.cell.at() == cell);
    list.map_or(Stated::Nothing, |list| Stated::Word(Written { text: list.words.clone(), ..list.cell.written() }))
}

fn implied(verdict: Verdict, cell: CellRef) -> Stated {
    Stated::Implied { verdict, cell }
}

pub(super) fn is_not_met(entry: &Entry) -> bool {
    matches!(entry.stated, Stated::Implied { verdict: Verdict::NotMet, .. })
}

fn entry(item: ItemCode, sheet: &Arc<str>, cell: CellRef, stated: Stated) -> Entry {
    Entry { item, sheet: Arc::clone(sheet), cell, stated, value: None, owner: None, task: None, due: None, note: None }
}
