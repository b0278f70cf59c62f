//! The cells of a form that a formula fills: where they hold something else, someone has written over them.
//!
//! They state nothing of their own, so nothing is read from them; but a figure that a person has put there must not be
//! lost without a word.

use std::sync::Arc;

use super::rows::Keyed;
use super::{filled, problems};
use crate::diag::Diagnostic;
use crate::model::form::{FormColumn, RowKey, verdict_word};
use crate::model::{Place, Verdict};
use crate::recognise::view::View;

/// Holds the criteria's verdicts against those of their indicators.
pub(super) fn check(file: &Arc<str>, view: &View<'_>, keyed: &Keyed, diagnostics: &mut Vec<Diagnostic>) {
    let Some(col) = keyed.col(FormColumn::Verdict) else { return };
    for (row, key) in &keyed.rows {
        let RowKey::Criterion(code) = key else { continue };
        let Some(cell) = filled(view, *row, Some(col)) else { continue };
        let below = keyed.rows.iter().filter_map(|(row, key)| match key {
            RowKey::Indicator(own) if own.criterion_number() == code.criterion_number() => Some(*row),
            _ => None,
        });
        let words = below.map(|row| filled(view, row, Some(col)).map_or("", |cell| cell.text.as_str()));
        let expected = of_criterion(&words.collect::<Vec<_>>());
        if cell.text != expected {
            let place = Place::cells(file, &view.grid.sheet, cell.at());
            diagnostics.push(problems::formula_written_over(place, *code, &cell.text, expected));
        }
    }
}

/// What the formula gives.
fn of_criterion(words: &[&str]) -> &'static str {
    let count = |verdict| words.iter().filter(|word| **word == verdict_word(verdict)).count();
    let (met, not_met) = (count(Verdict::Met), count(Verdict::NotMet));
    if not_met > 0 {
        verdict_word(Verdict::NotMet)
    } else if met + count(Verdict::NotApplicable) < words.len() {
        ""
    } else if met == 0 {
        verdict_word(Verdict::NotApplicable)
    } else {
        verdict_word(Verdict::Met)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_criterion_is_what_its_indicators_are() {
        assert_eq!(of_criterion(&["Đạt", "Không áp dụng"]), "Đạt");
        assert_eq!(of_criterion(&["Đạt", ""]), "");
        assert_eq!(of_criterion(&["Đạt", "Chưa đạt", ""]), "Chưa đạt");
        assert_eq!(of_criterion(&["Không áp dụng"]), "Không áp dụng");
        assert_eq!(of_criterion(&["Đạt", "đạt rồi"]), "");
    }
}
