//! What would explain declared totals that the list does not give, as far as arithmetic tells. No reading is proved:
//! each is offered to be asked about.

use super::outcome::Status;
use crate::model::{CriteriaSet, ItemCode, Period, Text};

/// A reading under which the declared totals would be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Explanation {
    /// The verdicts that their values contradict were counted by the values.
    CountedByValue(Vec<ItemCode>),
    /// "Cơ bản đạt" was counted as met.
    NearlyMetCounted(Vec<ItemCode>),
    /// The totals are those of an earlier month's list.
    TotalsOf(Period),
    /// So many indicators are missing from the list of what is not met. They lie inside criteria that are not met
    /// anyway, for the criteria agree.
    MissingWithin {
        /// How many.
        count: u32,
        /// The criteria that are not met.
        criteria: Vec<u16>,
    },
    /// So many indicators of the list were not counted as unmet, each beside another of its criterion.
    UncountedWithin {
        /// How many.
        count: u32,
        /// The criteria with more than one indicator that is not met.
        criteria: Vec<u16>,
    },
    /// The lines in which forms print these indicators were counted, not the indicators.
    LinesCounted(Vec<ItemCode>),
    /// These criteria with one indicator were counted as two, criterion and indicator.
    CountedTwice(Vec<u16>),
}

/// What is known of one report.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sums<'a> {
    pub(super) set: &'a CriteriaSet,
    /// Declared criteria and indicators met.
    pub(super) declared: (Option<u32>, Option<u32>),
    /// Every item with its status.
    pub(super) items: &'a [(ItemCode, Status)],
    /// Items written as nearly met.
    pub(super) nearly_met: &'a [ItemCode],
    /// Items whose value contradicts their verdict.
    pub(super) contradicted: &'a [ItemCode],
    /// The report before: its month, criteria and indicators met.
    pub(super) before: Option<(Period, (u32, u32))>,
}

/// The readings that fit, those that explain most first.
pub(super) fn explanations(sums: &Sums<'_>) -> Vec<Explanation> {
    let listed = totals(sums.set, sums.items, &|_, status| status);
    let fits = |(criteria, indicators): (u32, u32)| {
        sums.declared.0.is_none_or(|declared| declared == criteria)
            && sums.declared.1.is_none_or(|declared| declared == indicators)
    };
    let mut found = Vec::new();
    let by_value = |code: ItemCode, status| match status {
        Status::Met if sums.contradicted.contains(&code) => Status::NotMet,
        Status::NotMet if sums.contradicted.contains(&code) => Status::Met,
        status => status,
    };
    if !sums.contradicted.is_empty() && fits(totals(sums.set, sums.items, &by_value)) {
        found.push(Explanation::CountedByValue(sums.contradicted.to_vec()));
    }
    let as_met = |code: ItemCode, status| if sums.nearly_met.contains(&code) { Status::Met } else { status };
    if !sums.nearly_met.is_empty() && fits(totals(sums.set, sums.items, &as_met)) {
        found.push(Explanation::NearlyMetCounted(sums.nearly_met.to_vec()));
    }
    // A total that only one of two months could have is no sign of the other.
    found.extend(sums.before.filter(|(_, before)| fits(*before)).map(|(period, _)| Explanation::TotalsOf(period)));
    if let (Some(criteria), Some(indicators)) = sums.declared
        && criteria == listed.0
    {
        let not_applicable = sums.items.iter().filter(|(_, status)| *status == Status::NotApplicable).count() as u32;
        // What does not apply may be counted as met or left out.
        let apart = match indicators {
            fewer if fewer < listed.1 => (listed.1 - fewer).cast_signed(),
            more => -(more.saturating_sub(listed.1 + not_applicable).cast_signed()),
        };
        found.extend(inside_criteria(sums, apart));
    }
    found
}

/// The criteria agree, so what the indicators are apart by lies inside the criteria that are not met.
fn inside_criteria(sums: &Sums<'_>, apart: i32) -> Vec<Explanation> {
    let count = apart.unsigned_abs();
    let unmet: Vec<ItemCode> =
        sums.items.iter().filter(|(_, status)| *status == Status::NotMet).map(|(code, _)| *code).collect();
    let in_criterion = |number: u16| unmet.iter().filter(|code| code.criterion_number() == number).count() as u32;
    let mut criteria: Vec<u16> = unmet.iter().map(|code| code.criterion_number()).collect();
    criteria.dedup();
    let mut found = Vec::new();
    if apart < 0 {
        let several: Vec<u16> = criteria.into_iter().filter(|number| in_criterion(*number) > 1).collect();
        let room: u32 = several.iter().map(|number| in_criterion(*number) - 1).sum();
        if room >= count {
            found.push(Explanation::UncountedWithin { count, criteria: several });
        }
        return found;
    }
    let met = |number: u16| {
        let of_criterion = sums.items.iter().filter(move |(code, _)| code.criterion_number() == number);
        of_criterion.filter(|(_, status)| *status == Status::Met).count() as u32
    };
    if apart == 0 {
        return found;
    }
    if criteria.iter().map(|number| met(*number)).sum::<u32>() >= count {
        found.push(Explanation::MissingWithin { count, criteria: criteria.clone() });
    }
    let more_lines = |code: &ItemCode| sums.set.indicator(*code).map_or(0, |indicator| indicator.lines - 1);
    let lines: Vec<ItemCode> = unmet.iter().copied().filter(|code| more_lines(code) > 0).collect();
    if !lines.is_empty() && lines.iter().map(more_lines).sum::<u32>() >= count {
        found.push(Explanation::LinesCounted(lines));
    }
    let is_single = |number: &u16| sums.set.criterion(*number).is_some_and(crate::model::Criterion::is_single);
    let singles: Vec<u16> = criteria.into_iter().filter(is_single).collect();
    if singles.len() as u32 >= count {
        found.push(Explanation::CountedTwice(singles));
    }
    found
}

/// Criteria and indicators met, if each item counted as `status_of` says.
fn totals(
    set: &CriteriaSet,
    items: &[(ItemCode, Status)],
    status_of: &dyn Fn(ItemCode, Status) -> Status,
) -> (u32, u32) {
    let statuses = |number: u16| {
        let of_criterion = items.iter().filter(move |(code, _)| code.criterion_number() == number);
        of_criterion.map(|(code, status)| status_of(*code, *status))
    };
    let is_met = |number: u16| {
        statuses(number).all(|status| matches!(status, Status::Met | Status::NotApplicable))
            && statuses(number).any(|status| status == Status::Met)
    };
    let criteria = set.criteria.iter().filter(|criterion| is_met(criterion.number)).count() as u32;
    let indicators = items.iter().filter(|(code, status)| status_of(*code, *status) == Status::Met).count() as u32;
    (criteria, indicators)
}

impl Explanation {
    /// A fragment for a hint: "thiếu 1 chỉ tiêu trong các tiêu chí 2, 11".
    #[must_use]
    pub fn text(&self) -> Text {
        match self {
            Explanation::CountedByValue(items) => {
                let items = listed(items);
                Text::new(format!("tính {items} theo số liệu"), format!("{items} counted by their values"))
            }
            Explanation::NearlyMetCounted(items) => {
                let items = listed(items);
                Text::new(format!("tính «Cơ bản đạt» ở {items} là đạt"), format!("{items}, nearly met, counted as met"))
            }
            Explanation::TotalsOf(period) => {
                let period = period.short();
                Text::new(
                    format!("còn ghi tổng số của tháng {period}"),
                    format!("the totals are still those of {period}"),
                )
            }
            Explanation::MissingWithin { count, criteria } => {
                let criteria = listed(criteria);
                Text::new(
                    format!("thiếu {count} chỉ tiêu trong các tiêu chí {criteria}"),
                    format!("{count} missing among criteria {criteria}"),
                )
            }
            Explanation::UncountedWithin { count, criteria } => {
                let criteria = listed(criteria);
                Text::new(
                    format!("chưa trừ {count} chỉ tiêu trong các tiêu chí {criteria}"),
                    format!("{count} not counted as unmet in criteria {criteria}"),
                )
            }
            Explanation::LinesCounted(items) => {
                let items = listed(items);
                Text::new(format!("đếm dòng của {items}"), format!("the lines of {items} counted"))
            }
            Explanation::CountedTwice(criteria) => {
                let criteria = listed(criteria);
                Text::new(
                    format!("đếm tiêu chí {criteria} (chỉ có một chỉ tiêu) thành hai"),
                    format!("criterion {criteria}, which has one indicator, counted twice"),
                )
            }
        }
    }
}

fn listed<T: ToString>(all: &[T]) -> String {
    all.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
