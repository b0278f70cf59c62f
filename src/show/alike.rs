//! What is said of several items in the same words, told once with all their cells.

use crate::diag::{Diagnostic, Scope};
use crate::model::{CellRange, Text};

/// A diagnostic as it is told, and the cells beside its own of which it is told too.
pub(super) struct Told {
    pub(super) diagnostic: Diagnostic,
    pub(super) more: Vec<CellRange>,
}

/// The diagnostics in their order, each of those that say the same of another item of their sheet with the first.
pub(super) fn joined<'d>(all: impl Iterator<Item = &'d Diagnostic>) -> Vec<Told> {
    let mut told: Vec<(Option<[String; 2]>, Vec<String>, Told)> = Vec::new();
    for one in all {
        let words = behind_item(one);
        let same = |known: &(Option<[String; 2]>, Vec<String>, Told)| {
            let first = &known.2.diagnostic;
            let places = (&first.place, &one.place);
            let on_one_sheet = matches!(places, (Some(a), Some(b)) if a.sheet == b.sheet && b.cells.is_some());
            words.is_some()
                && known.0 == words
                && on_one_sheet
                && (first.severity, first.code, &first.hint) == (one.severity, one.code, &one.hint)
        };
        match (told.iter_mut().find(|known| same(known)), one.scope) {
            (Some((_, items, known)), Scope::Item(item)) => {
                items.push(item.to_string());
                known.more.extend(one.place.as_ref().and_then(|place| place.cells));
            }
            (_, scope) => {
                let own = if let Scope::Item(item) = scope { vec![item.to_string()] } else { Vec::new() };
                told.push((words, own, Told { diagnostic: one.clone(), more: Vec::new() }));
            }
        }
    }
    told.into_iter()
        .map(|(words, items, mut known)| {
            if let Some([vi, en]) = words.filter(|_| items.len() > 1) {
                let items = items.join(", ");
                known.diagnostic.message = Text::new(format!("{items}{vi}"), format!("{items}{en}"));
            }
            known
        })
        .collect()
}

/// The message behind the item that it begins with, in both languages; none where it speaks of nothing else beside it.
fn behind_item(one: &Diagnostic) -> Option<[String; 2]> {
    let Scope::Item(item) = one.scope else { return None };
    if one.question.is_some() || !one.related.is_empty() {
        return None;
    }
    let item = format!("{item} ");
    let behind = |text: &str| text.strip_prefix(item.as_str()).map(|rest| format!(" {rest}"));
    Some([behind(&one.message.vi)?, behind(&one.message.en)?])
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diag::{Code, Severity};
    use crate::model::{CellRef, Place};

    fn said(item: &str, row: u32, word: &str) -> Diagnostic {
        let message = Text::new(format!("{item} ghi «{word}», không hiểu"), format!("{item} says {word:?}"));
        let place = Place::cells(&Arc::from("a.xlsx"), &Arc::from("BC"), CellRef::new(row, 3));
        Diagnostic::new(Severity::Error, Code::VerdictUnclear, message)
            .about(Scope::Item(item.parse().unwrap()))
            .at(place)
    }

    #[test]
    fn the_same_words_of_several_items_are_told_once_with_all_cells() {
        let all = [said("1.1", 4, "Đạy"), said("2.1", 6, "hm"), said("17.10", 9, "Đạy")];
        let told = joined(all.iter());
        let messages: Vec<&str> = told.iter().map(|told| told.diagnostic.message.vi.as_str()).collect();
        assert_eq!(messages, ["1.1, 17.10 ghi «Đạy», không hiểu", "2.1 ghi «hm», không hiểu"]);
        assert_eq!(told[0].more.iter().map(ToString::to_string).collect::<Vec<_>>(), ["D10"]);
    }
}
