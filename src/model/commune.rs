//! A commune of the register.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Circumstances, Period};

/// The official five-digit code, as text. Codes are re-used after mergers: a commune is its code **and** its days.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CommuneCode(pub String);

impl fmt::Display for CommuneCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One commune as the settings register it, valid from a day to a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commune {
    /// Official code.
    pub code: CommuneCode,
    /// Name without its kind: `Trung Lương`.
    pub name: String,
    /// `xã`, `thị trấn`, `phường`.
    pub kind: String,
    /// Other names under which it reports (old names, abbreviations).
    pub other_names: Vec<String>,
    /// First day of validity, where it is known.
    pub valid_from: Option<Date>,
    /// Last day of validity, where it has one.
    pub valid_to: Option<Date>,
    /// The region whose targets it has to meet (`dbsh`), where it is set.
    pub region: Option<String>,
    /// The group of communes whose targets it has to meet (`nhom-2`), where it is set.
    pub group: Option<String>,
}

impl Commune {
    /// What decides which targets it has to meet in a month.
    #[must_use]
    pub fn circumstances(&self, period: Period) -> Circumstances<'_> {
        Circumstances { region: self.region.as_deref(), group: self.group.as_deref(), period }
    }

    /// Whether the commune exists on a day.
    #[must_use]
    pub fn is_valid_on(&self, day: Date) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }
}
