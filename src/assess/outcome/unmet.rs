//! What is not met, and who is to do what about it by when.

use jiff::civil::{Date, DateTime};

use crate::assess::hands::Hand;
use crate::assess::plans::Amendment;
use crate::model::{ItemCode, Period};

/// Something that is not met, as the commune states it.
#[derive(Debug, Clone, PartialEq)]
pub struct Unmet {
    /// The item; a criterion where its indicators do not say.
    pub code: ItemCode,
    /// Whose verdict says so.
    pub hand: Hand,
    /// The first stored month since which every report says so.
    pub since: Option<Period>,
    /// The first stored month since which every report that gives a number for it gives the same.
    pub unmoved_since: Option<Period>,
    /// The number the commune gives.
    pub value: Option<f64>,
    /// Its unit.
    pub unit: Option<String>,
    /// The value as written.
    pub text: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// Who does what by when: of this report, else of the last one that names it since the item is not met; with what was
    /// filled in in plan forms or set by the office since.
    pub plan: Plan,
    /// The earlier plan, where this report names none.
    pub carried: Option<CarriedPlan>,
    /// What has changed the plan since, in order; the last counts, field by field.
    pub amended: Vec<Amendment>,
    /// The sheet of the verdict.
    pub sheet: String,
    /// The cell of the verdict.
    pub cell: String,
    /// The file.
    pub file: String,
    /// Its row in [`Assessment::data`](crate::assess::Assessment::data).
    pub source: Option<u32>,
}

impl Unmet {
    /// For how many months, with that of the report, it has not been met.
    #[must_use]
    pub fn months(&self, period: Period) -> u32 {
        self.since.map_or(1, |since| since.months_until(period) + 1)
    }

    /// For how many months, with that of the report, its number has not moved; 0 where it gives none.
    #[must_use]
    pub fn unmoved_months(&self, period: Period) -> u32 {
        self.unmoved_since.map_or(0, |since| since.months_until(period) + 1)
    }
}

/// Who does what by when.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// Person or office.
    pub owner: Option<String>,
    /// What to do.
    pub task: Option<String>,
    /// By when.
    pub due: Option<Date>,
}

/// A plan carried over from an earlier month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarriedPlan {
    /// Who does what by when.
    pub plan: Plan,
    /// The month of the report that names it.
    pub period: Period,
    /// When that was received.
    pub received_at: DateTime,
    /// The file.
    pub file: String,
    /// The sheet.
    pub sheet: String,
    /// The cell of the item's verdict.
    pub cell: String,
}

impl Plan {
    /// Whether nobody, nothing and no day is named.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.owner.is_none() && self.task.is_none() && self.due.is_none()
    }

    /// Whether person, task and date are all named.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.owner.is_some() && self.task.is_some() && self.due.is_some()
    }
}
