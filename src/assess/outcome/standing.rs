//! One commune under one set: the report it rests on, what that says, and what it was before.

use jiff::civil::DateTime;

use super::status::{Change, Counts, CriterionState, ItemState, Status};
use super::{Timeliness, Unmet};
use crate::assess::agreement::{self, Difference, Subject};
use crate::assess::by_value::ByValue;
use crate::assess::explain::{self, Explanation, Sums};
use crate::assess::hands::Disagreement;
use crate::assess::roadmap::Course;
use crate::assess::trail::Trail;
use crate::model::{CriteriaSet, ItemCode, Period, SetId};

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
pub(in crate::assess) struct Own<'a> {
    pub(in crate::assess) items: &'a [ItemState],
    pub(in crate::assess) criteria: &'a [CriterionState],
    pub(in crate::assess) item_counts: Counts,
    pub(in crate::assess) criteria_counts: Counts,
}

impl Standing {
    /// What the report itself says: a report is held against its own list, whoever's verdict counts.
    pub(in crate::assess) fn own(&self) -> Own<'_> {
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
