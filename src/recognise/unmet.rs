//! Tables that list what is not met and nothing else: the rows are not met, and where the report says its total, what it
//! does not list is met.

use std::ops::Range;
use std::sync::Arc;

use super::columns::contains_words;
use super::declared;
use super::names::SetNames;
use super::view::{Seen, View};
use crate::catalogue::{VerdictWord, Vocabulary};
use crate::model::{CellRef, CriteriaSet, Declared, Entry, ItemCode, Stated, Verdict};

/// The cell that says of the table below it that it lists what is not met: `Các chỉ tiêu chưa đạt gồm:`, or the heading
/// `Chỉ tiêu chưa đạt` over the names.
/// `Chưa đạt chỉ tiêu` in a column of verdicts is one.
pub(super) fn phrase<'v, 'a>(
    view: &'v View<'a>,
    segment: &Range<u32>,
    vocabulary: &Vocabulary,
) -> Option<&'v Seen<'a>> {
    let rows = view.row_numbers().filter(|row| segment.contains(row)).take(16);
    rows.flat_map(|row| view.row(row)).find(|cell| {
        let says = |words: &[&str]| words.iter().any(|w| contains_words(&cell.key, w));
        // "Hồ sơ còn thiếu" heads a column of something else; a title speaks of the whole table.
        let titles = || view.row(cell.row).len() == 1 && says(&["con thieu", "chua hoan thanh", "con no"]);
        cell.is_text()
            && (cell.key.contains("dat") && says(&["chua dat", "khong dat", "chua dat chuan"]) || titles())
            && says(&["chi tieu", "tieu chi", "noi dung"])
            && (cell.text.ends_with(':') || vocabulary.verdict(&cell.text).is_none())
    })
}

/// The cell outside the rows of items that says that all else is met: `Các chỉ tiêu còn lại đều đạt`, `Ngoài các chỉ tiêu trên, xã
/// đã đạt tất cả các chỉ tiêu khác`. What is to be met one day, or is not, is no such statement.
pub(super) fn rest_is_met<'v, 'a>(
    view: &'v View<'a>,
    segment: &Range<u32>,
    items: &Range<u32>,
    vocabulary: &Vocabulary,
) -> Option<&'v Seen<'a>> {
    let outside = view.row_numbers().filter(|row| segment.contains(row) && !items.contains(row));
    let alone = outside.map(|row| view.row(row)).filter(|cells| cells.len() <= 2).flatten();
    let says_so = |sentence: &str| {
        // What the rest is the rest of may be what is not met: "Ngoài các chỉ tiêu chưa đạt trên, …".
        let apart = sentence.split_once(',').filter(|(first, _)| contains_words(&crate::text::fold(first), "ngoai"));
        let key = crate::text::fold(apart.map_or(sentence, |(_, rest)| rest));
        let says = |words: &[&str]| words.iter().any(|w| contains_words(&key, w));
        let is_goal = || vocabulary.sentences.goal.iter().any(|phrase| contains_words(&key, phrase));
        says(&["con lai", "khac"])
            && says(&["dat", "hoan thanh"])
            && says(&["chi tieu", "tieu chi", "noi dung", "ct", "tc"])
            && !says(&["chua", "khong", "ko", "tru", "se"])
            && !is_goal()
    };
    alone.filter(|cell| cell.is_text()).find(|cell| cell.text.split(['.', ';', '\n']).any(says_so))
}

/// The sections of a table without verdicts: `A. Các chỉ tiêu đã đạt`, `B. Các chỉ tiêu chưa đạt`, each from its row on.
/// `items` are the rows of items: each verdict has to have some, for titles and totals speak of both verdicts too.
pub(super) fn sections(
    view: &View<'_>,
    rows: &Range<u32>,
    items: &[u32],
    vocabulary: &Vocabulary,
) -> Vec<(u32, Verdict)> {
    let titles = view.row_numbers().filter(|row| rows.contains(row)).map(|row| view.row(row));
    let mut sections: Vec<(u32, Verdict)> = Vec::new();
    for cell in titles.filter_map(title) {
        let says = |words: &[&str]| words.iter().any(|w| contains_words(&cell.key, w));
        let states = !declared::totals(&cell.text).is_empty();
        // "I. Đã đạt", "CHƯA ĐẠT": a verdict and nothing else.
        let plain = cell.is_text().then(|| vocabulary.verdict(without_mark(&cell.text))).flatten();
        match plain.filter(|_| !states && cell.key.split(' ').count() <= 6) {
            Some(VerdictWord::Met) => sections.push((cell.row, Verdict::Met)),
            Some(VerdictWord::NotMet) => sections.push((cell.row, Verdict::NotMet)),
            _ => {}
        }
        if sections.last().is_some_and(|(row, _)| *row == cell.row) {
            continue;
        }
        if !cell.is_text() || states || !says(&["chi tieu", "tieu chi", "noi dung"]) || cell.key.split(' ').count() > 14
        {
            continue;
        }
        if says(&["chua dat", "khong dat", "chua hoan thanh"]) {
            sections.push((cell.row, Verdict::NotMet));
        } else if says(&["dat", "da dat", "hoan thanh"]) {
            sections.push((cell.row, Verdict::Met));
        }
    }
    let of = |row: u32| sections.iter().rev().find(|(start, _)| *start <= row).map(|(_, verdict)| *verdict);
    let has = |verdict| items.iter().any(|&row| of(row) == Some(verdict));
    if has(Verdict::Met) && has(Verdict::NotMet) { sections } else { Vec::new() }
}

/// The title that a row is: one text, behind its letter or Roman numeral where that has a cell of its own.
fn title<'v, 'a>(cells: &'v [Seen<'a>]) -> Option<&'v Seen<'a>> {
    match cells {
        [only] => Some(only),
        [mark, title] if is_mark(mark.text.trim_end_matches(['.', ')'])) => Some(title),
        _ => None,
    }
}

/// A text without the letter or the Roman numeral that counts it: `I. Đã đạt`.
fn without_mark(text: &str) -> &str {
    let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '+' | '*' | ':' | '.'));
    let (mark, rest) = text.split_once(['.', ')', '-']).unwrap_or(("", text));
    if is_mark(mark) { rest.trim() } else { text }
}

fn is_mark(text: &str) -> bool {
    text.len() == 1 && text.bytes().all(|b| b.is_ascii_alphabetic()) || crate::text::roman::parse(text).is_some()
}

/// Whether a few entries are all there are, and each says that its item is not met.
pub(super) fn are_all_unmet(entries: &[Entry], set: &CriteriaSet, vocabulary: &Vocabulary) -> bool {
    let is_unmet = |entry: &Entry| match &entry.stated {
        Stated::Word(written) => vocabulary.verdict(&written.text) == Some(VerdictWord::NotMet),
        Stated::Mark { verdict, .. } | Stated::Implied { verdict, .. } => *verdict == Verdict::NotMet,
        Stated::Conflict(_) | Stated::Nothing => false,
    };
    !entries.is_empty() && entries.len() * 2 <= set.indicators().count() && entries.iter().all(is_unmet)
}

/// Whether so many listed items can be all that is not met, by the totals where they are stated: a list may be one item
/// short, as people count rows, yet not of another kind.
pub(super) fn is_plausible(listed: usize, indicators: usize, declared: &Declared) -> bool {
    match declared.indicators_met.and_then(|met| indicators.checked_sub(met as usize)) {
        Some(unmet) => listed > 0 && listed.abs_diff(unmet) <= 1.max(unmet / 5),
        None => listed > 0 && listed * 2 <= indicators,
    }
}

/// Whether a list of criteria alone is all that the total of criteria leaves.
pub(super) fn are_criteria(listed: &[Entry], set: &SetNames, declared: &Declared) -> bool {
    let left = declared.criteria_met.zip(declared.criteria_total).and_then(|(met, total)| total.checked_sub(met));
    let are_criteria = listed.iter().all(|e| e.item.indicator_number().is_none());
    let has_parts = listed.iter().any(|e| !set.is_single(e.item.criterion_number()));
    declared.indicators_met.is_none() && are_criteria && has_parts && left == Some(listed.len() as u32)
}

/// The indicators that the list leaves out: met where a total is stated; those of a criterion that is listed without its
/// indicators stay open. Of a list of criteria alone, the criteria.
pub(super) fn left_out(
    listed: &[Entry],
    set: &SetNames,
    declared: &Declared,
    sheet: &Arc<str>,
    cell: CellRef,
) -> Vec<Entry> {
    let is_listed = |item: ItemCode| listed.iter().any(|e| e.item == item);
    let by_criterion = are_criteria(listed, set, declared);
    let open = |criterion: u16| {
        let own = |e: &&Entry| e.item.criterion_number() == criterion;
        is_listed(ItemCode::criterion(criterion)) && !set.is_single(criterion) && listed.iter().filter(own).count() == 1
    };
    let wanted = set.nodes.iter().filter(|n| if by_criterion { n.indicator == 0 } else { n.indicator > 0 });
    wanted
        .filter(|n| !is_listed(n.item))
        .map(|node| {
            let stated =
                if open(node.criterion) { Stated::Nothing } else { Stated::Implied { verdict: Verdict::Met, cell } };
            Entry {
                item: node.item,
                sheet: Arc::clone(sheet),
                cell,
                stated,
                value: None,
                owner: None,
                task: None,
                due: None,
                note: None,
            }
        })
        .collect()
}
