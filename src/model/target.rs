//! What an indicator asks for: by region, group of communes and month, with where it was read.

use super::criteria::Better;
use super::{Indicator, ItemCode, Period};

/// The seven economic regions of the national sets, by the keys of `targets` in `templates/criteria`.
pub const REGIONS: [&str; 7] = ["tdmnpb", "dbsh", "btb", "dhntb", "tn", "dnb", "dbscl"];

/// What is asked for, and of whom.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// A figure, or words.
    pub amount: Amount,
    /// Of the communes of one region only.
    pub region: Option<String>,
    /// Of one group of communes only.
    pub group: Option<String>,
    /// First month.
    pub from: Option<Period>,
    /// Last month.
    pub to: Option<Period>,
    /// Whether it was read where it is decided. What is not confirmed never overrules a commune.
    pub confirmed: bool,
    /// The decision, where it is another than that of the set.
    pub decision: Option<String>,
}

/// A target as a decision gives it.
#[derive(Debug, Clone, PartialEq)]
pub enum Amount {
    /// A figure in the indicator's unit.
    Number(f64),
    /// In words.
    Words(String),
}

/// Whose target, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Circumstances<'a> {
    /// The commune's region.
    pub region: Option<&'a str>,
    /// The commune's group.
    pub group: Option<&'a str>,
    /// The month.
    pub period: Period,
}

impl Target {
    /// Whether it is asked of a commune in a month.
    #[must_use]
    pub fn applies(&self, to: Circumstances<'_>) -> bool {
        let fits = |asked: &Option<String>, own: Option<&str>| asked.is_none() || asked.as_deref() == own;
        fits(&self.region, to.region)
            && fits(&self.group, to.group)
            && self.from.is_none_or(|from| from <= to.period)
            && self.to.is_none_or(|last| to.period <= last)
    }
}

impl Indicator {
    /// The target that counts: of those that apply the last, for a province's stand behind the national ones.
    #[must_use]
    pub fn target(&self, of: Circumstances<'_>) -> Option<&Target> {
        self.targets.iter().rev().find(|target| target.applies(of))
    }

    /// The figure that a value can be held against: a confirmed one, of an indicator that is measured.
    #[must_use]
    pub fn measure(&self, of: Circumstances<'_>) -> Option<Measure<'_>> {
        let target = self.target(of).filter(|target| target.confirmed)?;
        let Amount::Number(amount) = target.amount else { return None };
        (self.better != Better::Yes).then_some(Measure {
            code: self.code,
            amount,
            better: self.better,
            unit: &self.unit,
            decision: target.decision.as_deref(),
        })
    }
}

/// A figure that a value can be held against.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measure<'a> {
    /// The indicator.
    pub code: ItemCode,
    /// The figure.
    pub amount: f64,
    /// Which way of a value is good.
    pub better: Better,
    /// Its unit.
    pub unit: &'a str,
    /// The decision, where it is another than that of the set.
    pub decision: Option<&'a str>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::made::small_set;

    fn target(amount: f64) -> Target {
        let amount = Amount::Number(amount);
        Target { amount, region: None, group: None, from: None, to: None, confirmed: true, decision: None }
    }

    #[test]
    fn the_last_target_that_applies_counts_and_only_a_confirmed_one_measures() {
        let mut indicator = small_set().criteria[1].indicators[0].clone();
        indicator.better = Better::Higher;
        let of = |region, month: &'static str| Circumstances { region, group: None, period: month.parse().unwrap() };
        indicator.targets = vec![
            target(50.0),
            Target { region: Some("dbsh".to_owned()), ..target(70.0) },
            Target { from: Some("2023-06".parse().unwrap()), ..target(80.0) },
            Target { from: Some("2024-01".parse().unwrap()), confirmed: false, ..target(90.0) },
        ];
        let amount = |region, month| indicator.measure(of(region, month)).map(|measure| measure.amount);
        assert_eq!(amount(None, "2023-05"), Some(50.0));
        assert_eq!(amount(Some("tn"), "2023-05"), Some(50.0));
        assert_eq!(amount(Some("dbsh"), "2023-05"), Some(70.0));
        assert_eq!(amount(Some("dbsh"), "2023-06"), Some(80.0));
        assert_eq!(amount(Some("dbsh"), "2024-01"), None, "an unconfirmed one hides what it replaces");
        indicator.better = Better::Yes;
        assert_eq!(indicator.measure(of(Some("dbsh"), "2023-05")), None, "a yes or no is not measured");
    }
}
