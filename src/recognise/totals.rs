//! The totals of a report out of its rows: a sentence, a ratio beside its label, a number at the foot of a column.

use std::sync::Arc;

use super::columns::{Columns, Judged, contains_words};
use super::declared::{self, Totals};
use super::mood::Mood;
use super::problems;
use super::view::{Seen, View};
use crate::catalogue::Sentences;
use crate::diag::Diagnostic;
use crate::model::{CellRef, CriteriaSet, Declared, Entry, Place};

/// The totals stated in rows: those of the set at hand that hold now, by the words of their sentence and the year of the
/// report; the first statement counts, one that differs is named.
pub(super) fn of_rows(
    file: &Arc<str>,
    view: &View<'_>,
    set: &CriteriaSet,
    rows: &[u32],
    said: (&Sentences, Option<i16>),
    diagnostics: &mut Vec<Diagnostic>,
) -> Declared {
    let mut declared = Declared::default();
    let mut first: Vec<(Totals, CellRef)> = Vec::new();
    for &row in rows {
        // Label and figure may stand in cells of their own.
        let text = view.row(row).iter().map(|c| c.text.as_str()).collect::<Vec<_>>().join(" ");
        let at = figure_cell(view, row);
        let stated = declared::statements(&text, said.0, said.1, Mood::Plain).into_iter();
        for (totals, _) in stated.filter(|(totals, mood)| mood.is_of_now() && is_of(*totals, set)) {
            if let Some((earlier, place)) = first.iter().find(|(earlier, _)| differ(*earlier, totals)) {
                let place_of = |at| Place::cells(file, &view.grid.sheet, at);
                let words = (print(*earlier), print(totals));
                diagnostics.push(problems::declared_conflict(place_of(*place), &words.0, &words.1, place_of(at)));
            }
            first.push((totals, at));
            add(&mut declared, totals, at);
        }
    }
    declared
}

/// How many items texts count as met now, and of how many.
pub(super) fn counts<'v>(
    texts: impl Iterator<Item = &'v Seen<'v>>,
    sentences: &Sentences,
    year: Option<i16>,
) -> Vec<(f64, f64)> {
    let stated = texts.flat_map(|cell| declared::statements(&cell.text, sentences, year, Mood::Plain));
    let of_now = stated.filter(|(_, mood)| mood.is_of_now());
    let both = of_now.flat_map(|(totals, _)| [totals.criteria, totals.indicators]);
    both.flatten().map(|(met, total)| (f64::from(met), f64::from(total))).collect()
}

/// The totals at the foot of a commune's or a month's column: a ratio, or a number beside "Tổng số tiêu chí đạt".
/// Where the label says no more than "Tổng", the size of the set or the items of the table tell what is counted.
pub(super) fn of_column(
    view: &View<'_>,
    set: &CriteriaSet,
    totals: &[u32],
    (judged, columns): (&Judged, &Columns),
    entries: &[Entry],
) -> Declared {
    let of_indicators = entries.iter().any(|e| e.item.indicator_number().is_some());
    let mut declared = Declared::default();
    for &row in totals {
        if judged.heading.is_none() {
            add_ratios(view, set, row, columns, &mut declared);
        }
        let Some(cell) = total_cell(view, row, judged) else { continue };
        let label = view.row(row).iter().find(|c| c.is_text() && c.col < cell.col).map_or("", |c| c.text.as_str());
        let stated = declared::totals(&format!("{label} {}", cell.text));
        if let Some(totals) = stated.into_iter().find(|totals| is_of(*totals, set)) {
            add(&mut declared, totals, cell.at());
        } else if let Some((met, total)) = bare_ratio(&cell.text) {
            let criteria = (total == set.criteria_total()).then_some((met, total));
            let indicators = (total == set.indicators_total).then_some((met, total));
            if criteria.is_some() != indicators.is_some() {
                add(&mut declared, Totals { criteria, indicators }, cell.at());
            }
        } else if let Ok(met) = cell.text.parse::<u32>() {
            let key = crate::text::fold(label);
            let says = |words: &[&str]| words.iter().any(|w| contains_words(&key, w));
            // "Số chỉ tiêu chưa đạt" counts something else.
            if says(&["chua", "khong"]) {
                continue;
            }
            let is_bare = key.split(' ').all(|word| matches!(word, "tong" | "cong" | "so" | "dat"));
            if (says(&["tieu chi", "tc"]) || (is_bare && !of_indicators)) && met <= set.criteria_total() {
                declared.criteria_met = declared.criteria_met.or(Some(met));
                declared.cell = declared.cell.or(Some(cell.at()));
            } else if (says(&["chi tieu", "ct"]) || (is_bare && of_indicators)) && met <= set.indicators_total {
                declared.indicators_met = declared.indicators_met.or(Some(met));
                declared.cell = declared.cell.or(Some(cell.at()));
            }
        }
    }
    declared
}

/// The ratios of a row of totals, each told by the size of the set: `Tổng | 52/57 | 14/19`. Under a heading of what is not met
/// it is no total of what is.
fn add_ratios(view: &View<'_>, set: &CriteriaSet, row: u32, columns: &Columns, declared: &mut Declared) {
    let denies = |text: &str| {
        let key = crate::text::fold(text);
        ["chua", "khong"].iter().any(|word| contains_words(&key, word))
    };
    if view.row(row).iter().any(|cell| cell.is_text() && denies(&cell.text)) {
        return;
    }
    for cell in view.row(row).iter().filter(|cell| !denies(columns.header(cell.col))) {
        let Some(ratio) = bare_ratio(&cell.text) else { continue };
        let criteria = (ratio.1 == set.criteria_total()).then_some(ratio);
        let indicators = (ratio.1 == set.indicators_total).then_some(ratio);
        if criteria.is_some() != indicators.is_some() {
            add(declared, Totals { criteria, indicators }, cell.at());
        }
    }
}

/// The total of a row: in the column of verdicts, or, of a list of one commune, the only number there is.
fn total_cell<'v, 'a>(view: &'v View<'a>, row: u32, judged: &Judged) -> Option<&'v Seen<'a>> {
    let has_figure = |c: &&Seen<'_>| c.text.bytes().any(|b| b.is_ascii_digit());
    let own = judged.columns.cols().into_iter().find_map(|col| view.get(row, col)).filter(has_figure);
    let mut numbers = view.row(row).iter().skip(1).filter(|c| c.text.bytes().all(|b| b.is_ascii_digit() || b == b'/'));
    own.or_else(|| if judged.heading.is_none() { numbers.next().filter(|_| numbers.next().is_none()) } else { None })
}

/// `14/19` and nothing else.
pub(super) fn bare_ratio(text: &str) -> Option<(u32, u32)> {
    let (met, total) = text.split_once('/')?;
    met.trim().parse().ok().zip(total.trim().parse().ok()).filter(|(met, total)| met <= total)
}

/// The cell of a row that holds the ratio, else its first.
fn figure_cell(view: &View<'_>, row: u32) -> CellRef {
    let cells = view.row(row);
    let has_ratio = |c: &&Seen<'_>| c.text.contains('/') && c.text.bytes().any(|b| b.is_ascii_digit());
    cells.iter().find(has_ratio).or(cells.first()).map_or(view.on_sheet(row, 0), |c| c.at())
}

/// Whether totals count the criteria and indicators of a set.
fn is_of(totals: Totals, set: &CriteriaSet) -> bool {
    totals.criteria.is_none_or(|(_, total)| total == set.criteria_total())
        && totals.indicators.is_none_or(|(_, total)| total == set.indicators_total)
}

fn add(declared: &mut Declared, totals: Totals, at: CellRef) {
    declared.criteria_met = declared.criteria_met.or(totals.criteria.map(|t| t.0));
    declared.criteria_total = declared.criteria_total.or(totals.criteria.map(|t| t.1));
    declared.indicators_met = declared.indicators_met.or(totals.indicators.map(|t| t.0));
    declared.indicators_total = declared.indicators_total.or(totals.indicators.map(|t| t.1));
    declared.cell = declared.cell.or(Some(at));
}

pub(super) fn differ(a: Totals, b: Totals) -> bool {
    let apart = |a: Option<(u32, u32)>, b: Option<(u32, u32)>| a.zip(b).is_some_and(|(a, b)| a != b);
    apart(a.criteria, b.criteria) || apart(a.indicators, b.indicators)
}

pub(super) fn print(totals: Totals) -> String {
    let part = |t: Option<(u32, u32)>| t.map(|(met, total)| format!("{met}/{total}"));
    [part(totals.criteria), part(totals.indicators)].into_iter().flatten().collect::<Vec<_>>().join(", ")
}
