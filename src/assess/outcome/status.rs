//! What is known of an item or a criterion, counted, and how it changed.

use crate::assess::hands::Hand;
use crate::model::ItemCode;

/// What is known of an item or a criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Met.
    Met,
    /// Not met.
    NotMet,
    /// Does not apply.
    NotApplicable,
    /// Named without a verdict; of a criterion: some of its indicators say nothing and none is unmet.
    Open,
    /// Nothing is said of it. Not the same as not met.
    NotReported,
}

impl Status {
    /// The status of a word in the frames of this stage.
    pub(in crate::assess) fn from_word(word: &str) -> Option<Self> {
        match word {
            "met" => Some(Status::Met),
            "not_met" => Some(Status::NotMet),
            "not_applicable" => Some(Status::NotApplicable),
            "open" => Some(Status::Open),
            "not_reported" => Some(Status::NotReported),
            _ => None,
        }
    }
}

/// How many items or criteria are of which status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Met.
    pub met: u32,
    /// Not met.
    pub not_met: u32,
    /// Do not apply.
    pub not_applicable: u32,
    /// Named without a verdict, or known in part.
    pub open: u32,
    /// Nothing is said of them.
    pub not_reported: u32,
}

impl Counts {
    /// All of them.
    #[must_use]
    pub fn total(&self) -> u32 {
        self.met + self.not_met + self.not_applicable + self.open + self.not_reported
    }

    /// Those that stand in nobody's way: met, or not applicable.
    #[must_use]
    pub fn fulfilled(&self) -> u32 {
        self.met + self.not_applicable
    }

    /// Those of which it is not known.
    #[must_use]
    pub fn unknown(&self) -> u32 {
        self.open + self.not_reported
    }

    /// Statuses counted.
    pub(in crate::assess) fn of(statuses: impl Iterator<Item = Status>) -> Self {
        statuses.fold(Counts::default(), Counts::with)
    }

    /// With one more of a status.
    pub(in crate::assess) fn with(mut self, status: Status) -> Self {
        match status {
            Status::Met => self.met += 1,
            Status::NotMet => self.not_met += 1,
            Status::NotApplicable => self.not_applicable += 1,
            Status::Open => self.open += 1,
            Status::NotReported => self.not_reported += 1,
        }
        self
    }
}

/// How something changed against the report before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Change {
    /// It was not met and is met.
    NewlyMet,
    /// It was met and is not met.
    FellBack,
    /// It was met and nothing is said of it any more.
    NoLongerStated,
}

/// One item that is judged by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ItemState {
    /// Its code.
    pub code: ItemCode,
    /// What is known of it.
    pub status: Status,
    /// Whose verdict that is.
    pub hand: Hand,
    /// How it changed against the report before.
    pub change: Option<Change>,
    /// Its row in [`Assessment::data`](crate::assess::Assessment::data).
    pub source: Option<u32>,
}

/// One criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CriterionState {
    /// Its number.
    pub number: u16,
    /// What is known of it.
    pub status: Status,
    /// Its items counted.
    pub items: Counts,
    /// How it changed against the report before.
    pub change: Option<Change>,
    /// Its first row in [`Assessment::data`](crate::assess::Assessment::data).
    pub source: Option<u32>,
}
