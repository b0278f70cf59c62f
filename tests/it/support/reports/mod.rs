//! A commune's report as a workbook sheet: what it states is data, how it is laid out is a style.

mod heights;
mod layout;
mod page;
mod rows;
mod style;
mod words;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::figures::Figure;
use super::sets::Set;
use super::workbook::Sheet;

pub(crate) use style::{
    Codes, Column, ColumnNumbers, CriterionRows, CriterionVerdicts, Figures, Groups, Head, HeaderRows, Naming,
    PeriodWords, Signature, SingleRows, Style, SubLines, Totals, Verdicts,
};
pub(crate) use words::{HeaderWords, TitleWords};

/// What one commune states for one set and one month.
#[derive(Debug)]
pub(crate) struct Report<'a> {
    /// Without its kind: `Trung Lương`.
    pub(crate) commune: &'a str,
    pub(crate) period: (i16, i8),
    /// The day on which it is signed.
    pub(crate) signed: Date,
    pub(crate) set: &'a Set,
    /// By indicator code.
    pub(crate) answers: BTreeMap<String, Answer>,
    /// The totals it states, right or wrong.
    pub(crate) declared: Option<Declared>,
}

/// What is stated for one indicator.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Answer {
    pub(crate) verdict: Verdict,
    pub(crate) figure: Figure,
    pub(crate) note: &'static str,
    pub(crate) plan: Option<Plan>,
    /// What the district says of it, in a column of its own.
    pub(crate) reviewed: Option<Verdict>,
}

/// A verdict as the commune words it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Met,
    /// «Cơ bản đạt»: not met, in the contract's words.
    NearlyMet,
    NotMet,
    NotApplicable,
}

impl Verdict {
    /// In the words of `check --json`: what counts for the program.
    pub(crate) fn stated(self) -> &'static str {
        match self {
            Verdict::Met => "met",
            Verdict::NearlyMet | Verdict::NotMet => "not_met",
            Verdict::NotApplicable => "not_applicable",
        }
    }
}

/// Who does what by when.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Plan {
    pub(crate) owner: &'static str,
    pub(crate) task: &'static str,
    pub(crate) due: Date,
}

/// Totals as a report states them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Declared {
    pub(crate) criteria_met: usize,
    pub(crate) criteria_total: usize,
    pub(crate) indicators_met: usize,
    pub(crate) indicators_total: usize,
}

/// The sheet a clerk of this style makes of the report.
pub(crate) fn sheet(report: &Report<'_>, style: &Style, name: &str) -> Sheet {
    layout::sheet(report, style, name)
}

/// The totals as a commune counts them: everything that it does not call unmet is met.
pub(crate) fn count(set: &Set, answers: &BTreeMap<String, Answer>) -> Declared {
    let is_met = |code: &str| answers[code].verdict != Verdict::NotMet;
    Declared {
        criteria_met: set.criteria.iter().filter(|c| c.indicators.iter().all(|i| is_met(&i.code))).count(),
        criteria_total: set.criteria.len(),
        indicators_met: set.indicators().filter(|i| is_met(&i.code)).count(),
        indicators_total: set.indicators().count(),
    }
}
