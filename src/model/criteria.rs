//! A criteria set: data with dates, proved by its only constructor in `catalogue`.

use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{ItemCode, Merging, Period, Target};

/// The name of a set in files, folders and JSON: `ntm-nang-cao-2021-2025`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SetId(pub Arc<str>);

impl SetId {
    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for SetId {
    fn from(id: &str) -> Self {
        SetId(id.into())
    }
}

impl fmt::Display for SetId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A dated list of criteria with their indicators.
#[derive(Debug, Clone, PartialEq)]
pub struct CriteriaSet {
    /// Id, unique in the catalogue.
    pub id: SetId,
    /// Full name, as titles write it.
    pub name: String,
    /// Short name for headings and sheet names: `NTM`, `NTM nâng cao`.
    pub short_name: String,
    /// Number of the decision: `318/QĐ-TTg`.
    pub decision: String,
    /// First day on which it counts.
    pub valid_from: Date,
    /// Last day on which it counts.
    pub valid_to: Date,
    /// In the order of the decision, numbered 1, 2, 3 without a gap.
    pub criteria: Vec<Criterion>,
    /// How many indicators the decision counts.
    pub indicators_total: u32,
    /// Whether the indicators are listed here; where they are not, criteria alone are judged.
    pub indicators_known: bool,
    /// Ids of the groups of communes that it asks differently, where it has such groups.
    pub commune_groups: Vec<String>,
}

impl CriteriaSet {
    /// The criterion of a number.
    #[must_use]
    pub fn criterion(&self, number: u16) -> Option<&Criterion> {
        self.criteria.get(usize::from(number).checked_sub(1)?)
    }

    /// The indicator of a code; a criterion's own number finds its single indicator.
    #[must_use]
    pub fn indicator(&self, code: ItemCode) -> Option<&Indicator> {
        self.criterion(code.criterion_number())?.indicators.iter().find(|i| i.code == code)
    }

    /// The item that a code means: `11.1` for a criterion with the one indicator 11 is understood.
    #[must_use]
    pub fn item(&self, code: ItemCode) -> Option<ItemCode> {
        let criterion = self.criterion(code.criterion_number())?;
        let is_own = criterion.code() == code || self.indicator(code).is_some();
        let by_alias = || criterion.indicators.iter().find(|i| i.aliases.contains(&code)).map(|i| i.code);
        if is_own { Some(code) } else { by_alias() }
    }

    /// The name of an item.
    #[must_use]
    pub fn name_of(&self, code: ItemCode) -> Option<&str> {
        let criterion =
            || self.criterion(code.criterion_number()).filter(|c| c.code() == code).map(|c| c.name.as_str());
        self.indicator(code).map(|i| i.name.as_str()).or_else(criterion)
    }

    /// All indicators in order.
    pub fn indicators(&self) -> impl Iterator<Item = &Indicator> {
        self.criteria.iter().flat_map(|c| &c.indicators)
    }

    /// How many criteria the set has.
    #[must_use]
    pub fn criteria_total(&self) -> u32 {
        self.criteria.len() as u32
    }

    /// Whether the set counts in a month (its validity touches the month).
    #[must_use]
    pub fn is_valid_in(&self, period: Period) -> bool {
        self.valid_from <= period.day(31) && period.day(1) <= self.valid_to
    }
}

/// One criterion.
#[derive(Debug, Clone, PartialEq)]
pub struct Criterion {
    /// Its number in the set, from 1.
    pub number: u16,
    /// Its name: `Giao thông`.
    pub name: String,
    /// The group it stands under: `Hạ tầng kinh tế - xã hội`.
    pub group: Option<String>,
    /// Whether the name was read in the decision; otherwise it is shown as unconfirmed.
    pub confirmed: bool,
    /// In the order of the decision; empty where the set's indicators are not known.
    pub indicators: Vec<Indicator>,
}

impl Criterion {
    /// The item of the criterion as a whole.
    #[must_use]
    pub fn code(&self) -> ItemCode {
        ItemCode::criterion(self.number)
    }

    /// Whether its one indicator bears the criterion's own number.
    #[must_use]
    pub fn is_single(&self) -> bool {
        self.indicators.len() == 1 && self.indicators[0].code == self.code()
    }
}

/// One indicator.
#[derive(Debug, Clone, PartialEq)]
pub struct Indicator {
    /// Its code; a single indicator has its criterion's number.
    pub code: ItemCode,
    /// Its wording.
    pub name: String,
    /// What kind of answer it asks for.
    pub kind: IndicatorKind,
    /// Unit of its value: `%`, `triệu đồng/người/năm`; empty for yes or no.
    pub unit: String,
    /// Which way is good.
    pub better: Better,
    /// Other codes under which it is written: `11.1` for `11`.
    pub aliases: Vec<ItemCode>,
    /// Whether the wording was read in the decision.
    pub confirmed: bool,
    /// How many lines printed forms give it, where it is more than one: what some offices count instead of indicators.
    pub lines: u32,
    /// What it asks for, only where it was read; of those that apply the last counts.
    pub targets: Vec<Target>,
    /// How figures of communes become that of the one they are merged into.
    pub merging: Merging,
}

/// The kind of answer an indicator asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IndicatorKind {
    /// Yes or no.
    YesNo,
    /// A share in percent.
    RatioPct,
    /// A level or class.
    Grade,
    /// An amount of money.
    Money,
    /// A number of things.
    Count,
    /// An area for each person.
    AreaPerCapita,
    /// A volume for each person.
    VolumePerCapita,
}

/// Which way of a value is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Better {
    /// More is better.
    #[serde(rename = ">=")]
    Higher,
    /// Less is better.
    #[serde(rename = "<=")]
    Lower,
    /// Only one value is good: no makeshift house.
    #[serde(rename = "=")]
    Exactly,
    /// Yes is good.
    #[serde(rename = "yes")]
    Yes,
}
