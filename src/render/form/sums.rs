//! The formulas of a form: the verdict of a criterion from its indicators, and the totals.

use rust_xlsxwriter::{Formula, utility::row_col_to_cell_absolute};

use crate::model::Verdict;
use crate::model::form::{FormTotal, RowKey, verdict_word};

/// The rows of a form's items, between which everything is counted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Body {
    pub(super) first: u32,
    pub(super) last: u32,
    /// The column of verdicts.
    pub(super) verdicts: u16,
}

/// The verdict of a criterion whose indicators stand in these rows: not met where one is not, nothing while one says
/// nothing or something else, not applicable where none applies.
pub(super) fn of_criterion(rows: (u32, u32), verdicts: u16) -> Formula {
    let range = range(rows, verdicts);
    let count = |verdict| format!("COUNTIF({range},\"{}\")", verdict_word(verdict));
    let (met, not_met, not_applicable) = (count(Verdict::Met), count(Verdict::NotMet), count(Verdict::NotApplicable));
    let [is_met, is_not_met, does_not_apply] =
        [Verdict::Met, Verdict::NotMet, Verdict::NotApplicable].map(verdict_word);
    let formula = format!(
        "=IF({not_met}>0,\"{is_not_met}\",IF({met}+{not_applicable}<ROWS({range}),\"\",IF({met}=0,\"{does_not_apply}\",\"{is_met}\")))"
    );
    Formula::new(formula)
}

/// How many of the body's rows a total counts; of a form that is empty, `items` for what is unanswered, else none.
pub(super) fn of_total(total: FormTotal, body: Body, items: usize) -> Formula {
    let counted = |letters: &[char], words: &str| {
        let keys = range((body.first, body.last), 0);
        let verdicts = range((body.first, body.last), body.verdicts);
        let one = |letter: &char| format!("COUNTIFS({keys},\"{}\",{verdicts},\"{words}\")", RowKey::pattern(*letter));
        letters.iter().map(one).collect::<Vec<_>>().join("+")
    };
    let items_of = |words: &str| counted(&[RowKey::INDICATOR, RowKey::SINGLE], words);
    match total {
        FormTotal::CriteriaMet => {
            let met = counted(&[RowKey::CRITERION, RowKey::SINGLE], verdict_word(Verdict::Met));
            Formula::new(format!("={met}")).set_result("0")
        }
        FormTotal::Items(verdict) => Formula::new(format!("={}", items_of(verdict_word(verdict)))).set_result("0"),
        // An empty condition fits empty cells.
        FormTotal::Unanswered => Formula::new(format!("={}", items_of(""))).set_result(items.to_string()),
    }
}

fn range((first, last): (u32, u32), column: u16) -> String {
    format!("{}:{}", row_col_to_cell_absolute(first, column), row_col_to_cell_absolute(last, column))
}
