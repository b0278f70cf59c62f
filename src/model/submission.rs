//! What one commune states for one set and one month in one file, still in the sender's words.

use std::sync::Arc;

use super::{CellRef, CommuneCode, ItemCode, Period, Picture, SetId, Shares, Traced, Verdict};

/// Whose verdict it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Assessor {
    /// The commune's own.
    Commune,
    /// The district's review.
    District,
    /// Nobody's: plans of a [`plan_form`](super::plan_form), which judge nothing.
    Plan,
}

impl Assessor {
    /// The word of JSON and Parquet.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Assessor::Commune => "commune",
            Assessor::District => "district",
            Assessor::Plan => "plan",
        }
    }
}

/// A cell's content as written, with what the file says of its look.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    /// The text after repair of its encoding (NFC, plain spaces); a number as its shortest decimal form.
    pub text: String,
    /// The text as the file has it, where repair changed more than spaces.
    pub original: Option<String>,
    /// The number, where the cell holds one.
    pub number: Option<f64>,
    /// Whether the cell shows its number as a percentage; `None` where the file does not tell.
    pub percent: Option<bool>,
    /// The day, where the cell holds a date.
    pub date: Option<jiff::civil::Date>,
    /// Where.
    pub cell: CellRef,
}

/// How an entry states its verdict.
#[derive(Debug, Clone, PartialEq)]
pub enum Stated {
    /// In a word, to be understood by `normalise`.
    Word(Written),
    /// By a mark in a column that means one verdict.
    Mark {
        /// What the column means.
        verdict: Verdict,
        /// The mark.
        written: Written,
    },
    /// By marks in columns that exclude each other.
    Conflict(Vec<Written>),
    /// By being absent from the report's list of what is not met.
    Implied {
        /// What follows.
        verdict: Verdict,
        /// The cell of the list.
        cell: CellRef,
    },
    /// Not at all.
    Nothing,
}

/// One row of a report that is an item of its set.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Which item.
    pub item: ItemCode,
    /// The sheet it stands on: a set may be cut over several.
    pub sheet: Arc<str>,
    /// The cell of its code, or of its name where it has none.
    pub cell: CellRef,
    /// The verdict.
    pub stated: Stated,
    /// The value.
    pub value: Option<Written>,
    /// Person or office.
    pub owner: Option<Written>,
    /// What to do.
    pub task: Option<Written>,
    /// By when.
    pub due: Option<Written>,
    /// A remark.
    pub note: Option<Written>,
}

/// One named piece of evidence for how a sheet was understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// What it is: `codes`, `names`, `header`, `verdicts`, `commune`, `period`, `set`.
    pub name: &'static str,
    /// How well it fits, 0 to 1.
    pub score: f64,
    /// In words, for `check`.
    pub detail: super::Text,
}

/// Totals as the report itself states them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Declared {
    /// Criteria met.
    pub criteria_met: Option<u32>,
    /// Criteria of the set.
    pub criteria_total: Option<u32>,
    /// Indicators met.
    pub indicators_met: Option<u32>,
    /// Indicators of the set.
    pub indicators_total: Option<u32>,
    /// The cell of the statement.
    pub cell: Option<CellRef>,
    /// Its sheet, where that is another than the report's.
    pub sheet: Option<Arc<str>>,
}

impl Declared {
    /// Whether nothing is stated.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.criteria_met.is_none() && self.indicators_met.is_none()
    }
}

/// What one commune states for one set and one month in one file.
#[derive(Debug, Clone, PartialEq)]
pub struct Submission {
    /// The file's name as received.
    pub file: Arc<str>,
    /// The sheet, the first where there are several.
    pub sheet: Arc<str>,
    /// The commune, where it can be told.
    pub commune: Option<CommuneCode>,
    /// The words in which the report names it.
    pub commune_written: Option<Traced<String>>,
    /// The month, where it can be told.
    pub period: Option<Period>,
    /// The criteria set.
    pub set: SetId,
    /// Whose verdict.
    pub assessor: Assessor,
    /// The layout it was recognised as.
    pub layout: &'static str,
    /// The layout as an answer about it is kept by; empty for sentences.
    pub headings: String,
    /// How a person has told that its numbers are meant.
    pub shares: Option<Shares>,
    /// Totals the report states.
    pub declared: Declared,
    /// In the order of the sheet.
    pub entries: Vec<Entry>,
    /// From the evidence, 0 to 1.
    pub confidence: f64,
    /// What the confidence is made of.
    pub evidence: Vec<Evidence>,
    /// Its tables as they were understood, one a sheet or part of one.
    pub pictures: Vec<Arc<Picture>>,
    /// What there is to say about this submission and its items.
    pub diagnostics: Vec<crate::diag::Diagnostic>,
}
