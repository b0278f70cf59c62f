//! Reports in sentences: totals, and what is not met, as in "xã đạt 14/19 tiêu chí, 60/75 chỉ tiêu NTM nâng cao; chưa
//! đạt: giao thông 2.1, 2.2; nghèo đa chiều; …". Where the report says its total, what it does not list is met.

use std::sync::Arc;

use super::Context;
use super::context;
use super::declared::{self, Totals};
use super::names::SetNames;
use super::problems;
use super::submission::{Draft, Layout, communes_in};
use super::unmet;
use super::view::{Seen, View};
use crate::diag::Diagnostic;
use crate::model::{Assessor, CellRef, CriteriaSet, Declared, Entry, Evidence, ItemCode, Place, Stated, Text, Verdict};
use crate::text::fold;

/// What the sentences of a sheet say of one set.
struct Said<'v, 'a> {
    set: usize,
    totals: Totals,
    cell: &'v Seen<'a>,
    /// The sentences that list what is not met, with the cells they stand in.
    lists: Vec<(String, &'v Seen<'a>)>,
}

/// The drafts of a sheet of sentences: one for each set it gives totals of.
pub(super) fn drafts(file: &Arc<str>, view: &View<'_>, context: &Context<'_>) -> Vec<Draft> {
    let texts: Vec<&Seen<'_>> = view.cells().iter().filter(|c| c.is_text()).collect();
    let said = said(&texts, context);
    // A day in a row of several cells is of what stands in that row.
    let alone = texts.iter().filter(|c| view.row(c.row).len() <= 2);
    let words: Vec<&str> = alone.map(|c| c.text.as_str()).collect();
    let vocabulary = &context.catalogue.vocabulary;
    let periods = context::periods(&words, vocabulary);
    let sheet_name = crate::text::clean(&view.grid.sheet);
    let communes = communes_in(file, view, &texts, context, periods.first().copied());
    said.into_iter()
        .map(|said| {
            let set = &context.catalogue.sets[said.set];
            let mut diagnostics = Vec::new();
            let place = |cell: &Seen<'_>| Place::cells(file, &view.grid.sheet, cell.at());
            let entries =
                entries(&said, &view.grid.sheet, set, &context.names.sets[said.set], context, &place, &mut diagnostics);
            Draft {
                sheet: Arc::clone(&view.grid.sheet),
                set: set.id.clone(),
                assessor: Assessor::Commune,
                declared: declared_of(&said),
                evidence: evidence(&said, set, &entries),
                entries,
                diagnostics,
                communes: communes.clone(),
                periods: periods.clone(),
                sheet_commune: context.register.find(&sheet_name, vocabulary, None).first().copied(),
                sheet_period: crate::text::date::months(&sheet_name).first().copied(),
                titles: words.join("\n"),
                layout: Layout::Prose,
                headings: Layout::Prose.as_str().to_owned(),
                picture: None,
                doubt: None,
            }
        })
        .collect()
}

/// What is said of each set, in the order in which the sets are first spoken of.
fn said<'v, 'a>(texts: &[&'v Seen<'a>], context: &Context<'_>) -> Vec<Said<'v, 'a>> {
    let sets = &context.catalogue.sets;
    let mut said: Vec<Said<'v, 'a>> = Vec::new();
    for cell in texts {
        for sentence in sentences(&cell.text) {
            let named = context::set_named(&sentence, &context.catalogue.vocabulary)
                .and_then(|id| sets.iter().position(|s| s.id == id));
            for totals in declared::totals(&sentence) {
                if let Some(set) = set_of(totals, named, sets) {
                    match said.iter_mut().find(|s| s.set == set) {
                        Some(_) => {}
                        None => said.push(Said { set, totals, cell, lists: Vec::new() }),
                    }
                }
            }
            if let Some(list) = unmet_list(&sentence) {
                // A list belongs to the set it names, else to the one spoken of last.
                let owner = match named.filter(|set| said.iter().any(|s| s.set == *set)) {
                    Some(set) => said.iter_mut().find(|s| s.set == set),
                    None => said.last_mut(),
                };
                if let Some(owner) = owner {
                    owner.lists.push((list, cell));
                }
            }
        }
    }
    said
}

/// Sentences: a full stop that is not inside a code or a number ends one.
fn sentences(text: &str) -> Vec<String> {
    let mut sentences = Vec::new();
    let mut current = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        current.push(c);
        let ends = c == '.' && chars.peek().is_none_or(|next| next.is_whitespace());
        if ends {
            sentences.push(std::mem::take(&mut current));
        }
    }
    sentences.push(current);
    sentences.retain(|s| !s.trim().is_empty());
    sentences
}

/// The set whose totals these are: by the number of indicators, and where only criteria are counted by its name.
fn set_of(totals: Totals, named: Option<usize>, sets: &[CriteriaSet]) -> Option<usize> {
    let fits = |set: &CriteriaSet| {
        totals.indicators.is_none_or(|(_, total)| total == set.indicators_total)
            && totals.criteria.is_none_or(|(_, total)| total == set.criteria_total())
    };
    let candidates: Vec<usize> = (0..sets.len()).filter(|&i| fits(&sets[i])).collect();
    match candidates.as_slice() {
        [only] => Some(*only),
        _ => named.filter(|set| candidates.contains(set)),
    }
}

/// The part of a sentence that lists what is not met.
fn unmet_list(sentence: &str) -> Option<String> {
    const PHRASES: &[&str] = &["chưa đạt", "không đạt", "chưa hoàn thành", "chưa bảo đảm", "chưa đảm bảo", "còn thiếu"];
    let lower = sentence.to_lowercase();
    let at = PHRASES.iter().filter_map(|p| lower.find(p).map(|i| i + p.len())).min()?;
    // Lower-casing keeps the length of Vietnamese letters; a sentence where it does not is left alone.
    let (before, after) = (sentence.get(..at)?, sentence.get(at..)?);
    let has_items =
        |text: &str| !codes(text).is_empty() || text.contains([':', ';']) || fold(text).contains("tieu chi");
    if has_items(after) {
        Some(after.trim_start_matches([',', ':', ' ']).to_owned())
    } else {
        (!codes(before).is_empty() || criterion_number(before).is_some()).then(|| before.to_owned())
    }
}

/// The criterion that a text calls by its number: `Tiêu chí số 10 (Thu nhập)`.
fn criterion_number(text: &str) -> Option<u16> {
    let key = fold(text);
    let words: Vec<&str> = key.split(' ').collect();
    let after = |at: usize| words.get(at + 2).filter(|w| **w != "so").or(words.get(at + 3));
    let named = (0..words.len()).filter(|&at| words[at] == "tieu" && words.get(at + 1) == Some(&"chi"));
    named.filter_map(after).find_map(|word| word.parse().ok())
}

/// The codes with a dot in a text.
fn codes(text: &str) -> Vec<(u16, u16)> {
    let mut found = Vec::new();
    for word in text.split(|c: char| c.is_whitespace() || matches!(c, ';' | '(' | ')' | ':')) {
        for part in word.trim_matches([',', '.']).split(',') {
            let Some((criterion, indicator)) = part.split_once('.') else { continue };
            let number = |s: &str| (s.len() <= 2).then(|| s.parse::<u16>().ok()).flatten();
            found.extend(number(criterion.trim_start_matches(|c: char| c.is_alphabetic())).zip(number(indicator)));
        }
    }
    found
}

/// The whole numbers between the codes of a list.
fn bare_numbers(list: &str) -> Vec<u16> {
    let words = list.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':'));
    let tokens: Vec<&str> = words.map(|w| w.trim_matches(['.', '(', ')'])).filter(|w| !w.is_empty()).collect();
    let is_code =
        |t: &str| t.split_once('.').is_some_and(|(a, b)| a.parse::<u16>().is_ok() && b.parse::<u16>().is_ok());
    let is_number = |t: &str| t.len() <= 2 && t.parse::<u16>().is_ok();
    // Numbers with words on both sides are amounts; in a run of codes they are items.
    let in_run = |at: usize| {
        let near = |other: Option<&&str>| other.is_some_and(|t| is_code(t) || is_number(t));
        near(at.checked_sub(1).and_then(|b| tokens.get(b))) || near(tokens.get(at + 1))
    };
    (0..tokens.len())
        .filter(|&at| is_number(tokens[at]) && in_run(at))
        .filter_map(|at| tokens[at].parse().ok())
        .collect()
}

/// Every indicator of the set: not met where listed, met where a total is stated and the list leaves it out.
fn entries(
    said: &Said<'_, '_>,
    sheet: &Arc<str>,
    set: &CriteriaSet,
    names: &SetNames,
    context: &Context<'_>,
    place: &dyn Fn(&Seen<'_>) -> Place,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Entry> {
    let all_met = said.totals.indicators.is_some_and(|(met, total)| met == total);
    if said.lists.is_empty() && !all_met {
        diagnostics.push(problems::list_missing(place(said.cell)));
        return Vec::new();
    }
    let mut unmet: Vec<(ItemCode, CellRef)> = Vec::new();
    let mut open: Vec<u16> = Vec::new();
    for (list, cell) in &said.lists {
        for part in list.split(';').map(str::trim).filter(|p| !p.is_empty()) {
            let listed = codes(part);
            // Among codes a bare number is a criterion: `1.2, 2.3, 16, 17.1`.
            let key = fold(part);
            let of_items = !listed.is_empty() || key.contains("chi tieu") || key.contains("tieu chi");
            let bare: Vec<u16> = if of_items { bare_numbers(part) } else { Vec::new() };
            for &number in &bare {
                match names.by_code(number, 0).map(|n| names.nodes[n].item) {
                    Some(item) => {
                        unmet.push((item, cell.at()));
                        if !names.is_single(number) {
                            open.push(number);
                            diagnostics.push(problems::indicators_not_named(place(cell), item));
                        }
                    }
                    None => diagnostics.push(problems::row_not_placed(place(cell), part)),
                }
            }
            for (criterion, indicator) in &listed {
                match names.by_code(*criterion, *indicator).map(|n| names.nodes[n].item) {
                    Some(item) => unmet.push((item, cell.at())),
                    None => diagnostics.push(problems::row_not_placed(place(cell), part)),
                }
            }
            if listed.is_empty() && bare.is_empty() {
                by_name(part, said.set, names, context, cell, place, &mut unmet, &mut open, diagnostics);
            }
        }
    }
    // A list that is far from the total says nothing of what it leaves out.
    if !said.lists.is_empty()
        && open.is_empty()
        && !unmet::is_plausible(unmet.len(), set.indicators().count(), &declared_of(said))
    {
        diagnostics.push(problems::list_too_short(place(said.cell), unmet.len()));
        let listed = unmet.into_iter();
        return listed.map(|(item, cell)| entry(item, sheet, cell, not_met(cell))).collect();
    }
    let list_cell = said.lists.first().map_or(said.cell.at(), |(_, cell)| cell.at());
    let implied =
        |item: ItemCode, verdict: Verdict, cell: CellRef| entry(item, sheet, cell, Stated::Implied { verdict, cell });
    set.indicators()
        .map(|indicator| match unmet.iter().find(|(item, _)| *item == indicator.code) {
            Some((item, cell)) => implied(*item, Verdict::NotMet, *cell),
            None if open.contains(&indicator.code.criterion_number()) => {
                entry(indicator.code, sheet, list_cell, Stated::Nothing)
            }
            None => implied(indicator.code, Verdict::Met, list_cell),
        })
        .collect()
}

/// A part of a list without codes names criteria: a single indicator is meant by its criterion's name, several are not.
#[expect(clippy::too_many_arguments, reason = "the two lists it fills and what it reads them with")]
fn by_name(
    part: &str,
    set: usize,
    names: &SetNames,
    context: &Context<'_>,
    cell: &Seen<'_>,
    place: &dyn Fn(&Seen<'_>) -> Place,
    unmet: &mut Vec<(ItemCode, CellRef)>,
    open: &mut Vec<u16>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let name = part.trim_end_matches('.').trim_start_matches("gồm").trim_start_matches([':', ' ', ',']);
    let name = name.rsplit_once("gồm:").map_or(name, |(_, rest)| rest).trim();
    let by_number = criterion_number(part).and_then(|number| names.by_code(number, 0));
    let found = by_number.map(|node| super::names::NameMatch { set, node, score: 1.0 });
    let key = fold(name);
    let found = found.or_else(|| {
        context.names.exact(name, &key).into_iter().find(|m| m.set == set && names.nodes[m.node].is_criterion())
    });
    let found = found.or_else(|| {
        let mut similar = context.names.similar(set, &key);
        similar.retain(|m| names.nodes[m.node].is_criterion() && m.score >= 0.6);
        similar.into_iter().next()
    });
    let Some(found) = found else {
        // Connecting words are no items.
        if fold(name).split(' ').count() > 2 {
            diagnostics.push(problems::row_not_placed(place(cell), part));
        }
        return;
    };
    let node = &names.nodes[found.node];
    unmet.push((node.item, cell.at()));
    if !names.is_single(node.criterion) {
        open.push(node.criterion);
        diagnostics.push(problems::indicators_not_named(place(cell), node.item));
    }
}

fn not_met(cell: CellRef) -> Stated {
    Stated::Implied { verdict: Verdict::NotMet, cell }
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
    let unmet =
        entries.iter().filter(|e| matches!(e.stated, Stated::Implied { verdict: Verdict::NotMet, .. })).count() as u32;
    let listed = set.indicators_total.saturating_sub(unmet);
    let agrees = said.totals.indicators.is_some_and(|(met, _)| met == listed);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_at_full_stops_outside_codes() {
        let text = "Xã đạt 13/19 tiêu chí. Chưa đạt: giao thông 2.1, 2.2; nghèo đa chiều.";
        assert_eq!(sentences(text).len(), 2);
    }

    #[test]
    fn codes_are_found_in_running_text() {
        assert_eq!(
            codes("tổ chức sản xuất 13.2,13.3, 13.8; y tế (chỉ tiêu 14.2)."),
            [(13, 2), (13, 3), (13, 8), (14, 2)]
        );
        assert_eq!(codes("đạt 17/19 tiêu chí năm 2023"), []);
    }

    #[test]
    fn the_list_stands_behind_its_phrase_or_before_it() {
        assert_eq!(unmet_list("Các chỉ tiêu chưa đạt, gồm: 2.1, 2.2.").unwrap(), "gồm: 2.1, 2.2.");
        assert_eq!(unmet_list("Chỉ tiêu 2.1, 2.2 chưa đạt.").unwrap(), "Chỉ tiêu 2.1, 2.2 chưa đạt");
        assert!(unmet_list("Xã đạt 17/19 tiêu chí.").is_none());
    }
}
