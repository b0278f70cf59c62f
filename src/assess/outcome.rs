//! What the assessment of a month says: plain values, in the order of the settings and of the sets.

use jiff::civil::{Date, DateTime};
use polars::prelude::DataFrame;

use super::agreement::{self, Difference, Subject};
use super::by_value::ByValue;
use super::explain::{self, Explanation, Sums};
use super::hands::{Disagreement, Hand};
use super::ledger::{FileRecord, Unexpected};
use super::past::{Past, Reached};
use super::plans::Amendment;
use super::problems::Problem;
use super::roadmap::Course;
use super::trail::Trail;
use super::trend::Trend;
use super::unit::SetStatus;
use crate::model::{Commune, CriteriaSet, ItemCode, Period, SetId};

/// One month of one unit.
#[derive(Debug, Clone)]
pub struct Assessment {
    /// The month.
    pub period: Period,
    /// The last day on which its reports are in time.
    pub due: Date,
    /// The sets in force, in the order of the settings.
    pub sets: Vec<SetStatus>,
    /// What each of them came to month by month.
    pub trends: Vec<Trend>,
    /// The unit a month and a year before, as far as anything is stored of them.
    pub past: Vec<Past>,
    /// The conditions of the unit itself, with what is reached of them.
    pub reached: Vec<Reached>,
    /// The expected communes, in the order of the settings.
    pub communes: Vec<CommuneStatus>,
    /// Submissions of the month from communes or for sets that are not expected: kept, not counted.
    pub unexpected: Vec<Unexpected>,
    /// Files received for the month, and earlier ones that stand in for a missing report.
    pub files: Vec<FileRecord>,
    /// What was said about the month's files, without those that a later file replaces.
    pub problems: Vec<Problem>,
    /// How many diagnostics stand on replaced files.
    pub replaced_problems: usize,
    /// Current observations whose item the set does not have: in the data, in no figure.
    pub unplaced: usize,
    /// The rows behind all figures, in the order of communes, sets and items, with their own number in `row`.
    pub data: DataFrame,
}

impl Assessment {
    /// All standings with their communes, in order.
    pub fn standings(&self) -> impl Iterator<Item = (&CommuneStatus, &Standing)> {
        self.communes.iter().flat_map(|commune| commune.standings.iter().map(move |standing| (commune, standing)))
    }
}

/// One expected commune.
#[derive(Debug, Clone)]
pub struct CommuneStatus {
    /// The commune.
    pub commune: Commune,
    /// One for each set in force, in the order of the sets.
    pub standings: Vec<Standing>,
}

impl CommuneStatus {
    /// How the month's report arrived, over all sets.
    #[must_use]
    pub fn arrival(&self) -> Arrival {
        let this_month = || self.standings.iter().filter(|standing| standing.basis == Basis::ThisMonth);
        let late = this_month().any(|s| s.received.as_ref().is_some_and(|r| r.timeliness == Timeliness::Late));
        match this_month().count() {
            0 => Arrival::Missing,
            _ if late => Arrival::Received(Timeliness::Late),
            _ => Arrival::Received(Timeliness::InTime),
        }
    }

    /// Sets for which nothing came this month.
    pub fn missing_sets(&self) -> impl Iterator<Item = &SetId> {
        self.standings.iter().filter(|standing| standing.basis != Basis::ThisMonth).map(|standing| &standing.set)
    }
}

/// How a month's report arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrival {
    /// For at least one set.
    Received(Timeliness),
    /// For none.
    Missing,
}

/// Whether the first version came by the deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timeliness {
    /// By the deadline.
    InTime,
    /// After it.
    Late,
}

/// One commune under one set.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// The set.
    pub set: SetId,
    /// Which month's report it rests on.
    pub basis: Basis,
    /// The submission it rests on.
    pub received: Option<Received>,
    /// Totals that the submission itself states.
    pub declared: Option<DeclaredTotals>,
    /// How far its list goes.
    pub list: ListKind,
    /// All items that are judged by themselves, in order, by the verdicts that count.
    pub items: Vec<ItemState>,
    /// All criteria, in order.
    pub criteria: Vec<CriterionState>,
    /// Both as the commune states them, where another hand counts.
    pub stated: Option<Stated>,
    /// Items of which commune, district and decisions say different things, in order.
    pub disagreements: Vec<Disagreement>,
    /// Items counted.
    pub item_counts: Counts,
    /// Criteria counted.
    pub criteria_counts: Counts,
    /// What is not met, in order; a whole criterion where its indicators do not say.
    pub not_met: Vec<Unmet>,
    /// The report before this month's.
    pub before: Option<Before>,
    /// What its values say by confirmed targets.
    pub by_value: ByValue,
    /// Items written as nearly met, which count as not met.
    pub nearly_met: Vec<ItemCode>,
    /// What it looks like beside the reports before it.
    pub trail: Trail,
    /// Where it stands on its way to the year that is set for it.
    pub course: Option<Course>,
}

/// Items and criteria of one report as its commune states them.
#[derive(Debug, Clone, PartialEq)]
pub struct Stated {
    /// Items, in order.
    pub items: Vec<ItemState>,
    /// Criteria, in order.
    pub criteria: Vec<CriterionState>,
}

/// The same, counted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Own<'a> {
    pub(super) items: &'a [ItemState],
    pub(super) criteria: &'a [CriterionState],
    pub(super) item_counts: Counts,
    pub(super) criteria_counts: Counts,
}

impl Standing {
    /// What the report itself says: a report is held against its own list, whoever's verdict counts.
    pub(super) fn own(&self) -> Own<'_> {
        match &self.stated {
            None => Own {
                items: &self.items,
                criteria: &self.criteria,
                item_counts: self.item_counts,
                criteria_counts: self.criteria_counts,
            },
            Some(stated) => Own {
                items: &stated.items,
                criteria: &stated.criteria,
                item_counts: Counts::of(stated.items.iter().map(|item| item.status)),
                criteria_counts: Counts::of(stated.criteria.iter().map(|criterion| criterion.status)),
            },
        }
    }

    /// Criteria and items as the commune's own list has them, where another hand's verdicts count.
    #[must_use]
    pub fn own_counts(&self) -> Option<(Counts, Counts)> {
        self.stated.is_some().then(|| self.own()).map(|own| (own.criteria_counts, own.item_counts))
    }

    /// Criteria and items met as declared, by the list, and as its values would have it; what is not known is `None`.
    #[must_use]
    pub fn three_ways(&self) -> [(Subject, ThreeWays); 2] {
        let declared = self.declared.as_ref();
        let own = self.own();
        let (criteria, items) = self.by_value.counts(own.items, own.criteria);
        let by_value = !self.by_value.contradictions.is_empty() && self.list == ListKind::Indicators;
        let of = |declared, listed: Counts, computed: Counts, is_listed: bool| ThreeWays {
            declared,
            listed: is_listed.then_some(listed.met),
            by_value: by_value.then_some(computed.met),
            total: listed.total(),
        };
        let is_list = self.list != ListKind::None;
        let is_items = self.list == ListKind::Indicators;
        [
            (Subject::Criteria, of(declared.and_then(|d| d.criteria_met), own.criteria_counts, criteria, is_list)),
            (Subject::Indicators, of(declared.and_then(|d| d.indicators_met), own.item_counts, items, is_items)),
        ]
    }

    /// What would explain declared totals that the list does not give; nothing where the list has gaps.
    #[must_use]
    pub fn explanations(&self, set: &CriteriaSet) -> Vec<Explanation> {
        let Some(declared) = self.declared.as_ref().filter(|_| !self.differences().is_empty()) else {
            return Vec::new();
        };
        let own = self.own();
        if self.list != ListKind::Indicators || own.item_counts.unknown() > 0 {
            return Vec::new();
        }
        let items: Vec<(ItemCode, Status)> = own.items.iter().map(|item| (item.code, item.status)).collect();
        let contradicted: Vec<ItemCode> = self.by_value.contradictions.iter().map(|c| c.code).collect();
        let before = self.before.filter(|before| before.list == ListKind::Indicators && before.items.unknown() == 0);
        explain::explanations(&Sums {
            set,
            declared: (declared.criteria_met, declared.indicators_met),
            items: &items,
            nearly_met: &self.nearly_met,
            contradicted: &contradicted,
            before: before.map(|before| (before.period, (before.criteria.met, before.items.met))),
        })
    }

    /// Declared totals that the list cannot give.
    #[must_use]
    pub fn differences(&self) -> Vec<Difference> {
        agreement::differences(self)
    }

    /// Declared sizes of the set that are not its own: what is counted, declared, of the set.
    #[must_use]
    pub fn wrong_totals(&self, criteria: u32, indicators: u32) -> Vec<(Subject, u32, u32)> {
        self.declared.as_ref().map_or_else(Vec::new, |d| agreement::wrong_totals(d, criteria, indicators))
    }

    /// Items that changed against the report before, in one way.
    pub fn changed(&self, change: Change) -> impl Iterator<Item = ItemCode> + '_ {
        self.items.iter().filter(move |item| item.change == Some(change)).map(|item| item.code)
    }

    /// Criteria that changed against the report before, in one way.
    pub fn criteria_changed(&self, change: Change) -> impl Iterator<Item = u16> + '_ {
        self.criteria.iter().filter(move |criterion| criterion.change == Some(change)).map(|c| c.number)
    }

    /// Fewest and most criteria that may be met or not apply: by the list, or as declared where there is none.
    #[must_use]
    pub fn criteria_range(&self) -> Option<(u32, u32)> {
        let counts = self.criteria_counts;
        match self.list {
            ListKind::None => self.declared.as_ref()?.criteria_met.map(|met| (met, met)),
            _ => Some((counts.fulfilled(), counts.fulfilled() + counts.unknown())),
        }
    }
}

/// How many are met, counted in three ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ThreeWays {
    /// As declared.
    pub declared: Option<u32>,
    /// By the list.
    pub listed: Option<u32>,
    /// By the list, if the values of contradicted verdicts counted instead; `None` where no value contradicts any.
    pub by_value: Option<u32>,
    /// Of how many.
    pub total: u32,
}

/// Which month's report a standing rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// This month's.
    ThisMonth,
    /// An earlier month's, for want of this month's.
    Earlier(Period),
    /// There is none.
    Nothing,
}

/// How far the list of a submission goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListKind {
    /// No item is stated: at most totals are declared.
    None,
    /// Criteria as wholes only; all that can be said where the set's indicators are not known.
    Criteria,
    /// Indicators.
    Indicators,
}

/// The submission a standing rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// File name as received.
    pub file: String,
    /// Its hash.
    pub sha256: String,
    /// The sheet.
    pub sheet: String,
    /// When the version that counts was received.
    pub received_at: DateTime,
    /// When the first version was received.
    pub first_received_at: DateTime,
    /// Whether the first version was in time.
    pub timeliness: Timeliness,
    /// How many versions were received.
    pub versions: u32,
}

/// Totals that a submission states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclaredTotals {
    /// Criteria met.
    pub criteria_met: Option<u32>,
    /// Criteria of the set, as stated.
    pub criteria_total: Option<u32>,
    /// Indicators met.
    pub indicators_met: Option<u32>,
    /// Indicators of the set, as stated.
    pub indicators_total: Option<u32>,
    /// The cell in which it stands.
    pub cell: Option<String>,
}

impl DeclaredTotals {
    /// Whether a number of what is met is stated.
    #[must_use]
    pub fn is_stated(&self) -> bool {
        self.criteria_met.is_some() || self.indicators_met.is_some()
    }
}

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
    pub(super) fn from_word(word: &str) -> Option<Self> {
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
    pub(super) fn of(statuses: impl Iterator<Item = Status>) -> Self {
        statuses.fold(Counts::default(), Counts::with)
    }

    /// With one more of a status.
    pub(super) fn with(mut self, status: Status) -> Self {
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
    /// Its row in [`Assessment::data`].
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
    /// Its first row in [`Assessment::data`].
    pub source: Option<u32>,
}

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
    /// Its row in [`Assessment::data`].
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

/// The report before this month's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Before {
    /// Its month.
    pub period: Period,
    /// How far its list goes.
    pub list: ListKind,
    /// Its criteria.
    pub criteria: Counts,
    /// Its items.
    pub items: Counts,
}
