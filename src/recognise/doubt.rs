//! Whether rows that were placed in a set are a list of its items, or of something else that is numbered alike.

use super::align::{self, Alignment};
use super::locate::Keys;
use super::names::Names;
use super::view::{Seen, View};
use crate::catalogue::{Role, Vocabulary};

/// Whether what was placed is enough to be a list of a set's items, rather than a coincidence of numbers.
pub(super) fn is_table(
    alignment: &Alignment,
    names: &Names,
    view: &View<'_>,
    vocabulary: &Vocabulary,
    keys: Keys,
) -> bool {
    let placed = alignment.placed.len();
    let named: f64 = alignment.placed.iter().map(|p| p.name).sum();
    let nodes = &names.sets[alignment.set].nodes;
    let dotted =
        alignment.placed.iter().filter(|p| nodes[p.node].indicator > 0 && p.code != align::CodeFit::Absent).count();
    // Names that are there and are none of the set's speak against it, whatever the codes: budgets are numbered alike.
    let text_at =
        |row: u32| keys.name.and_then(|col| view.get(row, col)).is_some_and(|c| c.is_text() && !c.key.is_empty());
    let texts = alignment.placed.iter().filter(|p| text_at(p.row)).count();
    let has_other_names = keys.code.is_some_and(|code| holds_other_names(alignment, view, vocabulary, code));
    let contradicted = (texts * 2 > placed && named < 0.2 * texts as f64) || (named == 0.0 && has_other_names);
    // Codes without names count only where most rows have one with its dot: "1, 2, 3" numbers any list.
    let coded = keys.code.is_some() && !contradicted && dotted >= 8 && dotted as f64 >= 0.6 * placed as f64;
    // "TC 1, TC 2 …" over columns: the word says that they are criteria.
    let worded = keys.code.is_some_and(|col| {
        let cells = alignment.placed.iter().filter_map(|p| view.get(p.row, col));
        cells.filter(|c| c.is_text() && c.key.bytes().any(|b| b.is_ascii_alphabetic())).count() * 5 >= placed * 4
    });
    // Names of criteria without any code stand in many lists; a list of criteria holds most of them.
    let is_coded = |p: &&align::Placed| matches!(p.code, align::CodeFit::Plain | align::CodeFit::Repaired);
    let criteria_alone = alignment.placed.iter().all(|p| nodes[p.node].item.indicator_number().is_none());
    let criteria = nodes.iter().filter(|n| n.is_criterion()).count();
    if criteria_alone && placed * 2 < criteria && alignment.placed.iter().filter(is_coded).count() * 5 < placed * 4 {
        return false;
    }
    placed >= 4 && (named >= 0.4 * placed as f64 || coded || (worded && placed >= 10))
}

/// Whether a few rows are all items: each has an item's very name, or the plain code of one that has no parts.
pub(super) fn is_short_list(alignment: &Alignment, names: &Names) -> bool {
    let set = &names.sets[alignment.set];
    let is_sure = |p: &align::Placed| {
        let node = &set.nodes[p.node];
        p.name >= 1.0 || p.code == align::CodeFit::Plain && (node.indicator > 0 || set.is_single(node.criterion))
    };
    !alignment.placed.is_empty() && alignment.placed.iter().all(is_sure)
}

/// Whether texts stand right beside codes, each another: where none is a name of the set, they are the items of something
/// else. Tasks and remarks differ too, and say above what they are.
fn holds_other_names(alignment: &Alignment, view: &View<'_>, vocabulary: &Vocabulary, code: u32) -> bool {
    let beside = |p: &align::Placed| view.row(p.row).iter().find(|c| c.col > code);
    let is_name = |c: &&Seen<'_>| {
        c.is_text()
            && vocabulary.verdict(&c.text).is_none()
            && !c.key.is_empty()
            && !c.key.bytes().any(|b| b.is_ascii_digit())
    };
    let texts: Vec<&Seen<'_>> = alignment.placed.iter().filter_map(beside).filter(is_name).collect();
    let Some(col) = texts.first().map(|c| c.col) else { return false };
    let mut distinct: Vec<&str> = texts.iter().filter(|c| c.col == col).map(|c| c.key.as_str()).collect();
    distinct.sort_unstable();
    distinct.dedup();
    let first = alignment.placed.iter().map(|p| p.row).min().unwrap_or(0);
    let heading = (0..first).rev().take(4).filter_map(|row| view.get(row, col)).find(|c| c.is_text());
    let says = |cell: &Seen<'_>| {
        let roles = vocabulary.header_roles(&cell.key);
        [Role::Task, Role::Note, Role::Owner, Role::Value, Role::Due].iter().any(|role| roles.contains_key(role))
    };
    distinct.len() * 5 >= alignment.placed.len() * 4 && !heading.is_some_and(says)
}
