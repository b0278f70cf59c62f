//! A month, the period of every report.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A month: `2023-04` in files and folders, `4/2023` in sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Period {
    year: i16,
    month: i8,
}

impl Period {
    /// The month of a year; the NTM programme began in 2010, later than 2100 is a slip.
    #[must_use]
    pub fn new(year: i16, month: i8) -> Option<Self> {
        ((2005..=2100).contains(&year) && (1..=12).contains(&month)).then_some(Period { year, month })
    }

    /// The month a day lies in.
    #[must_use]
    pub fn of(date: Date) -> Option<Self> {
        Period::new(date.year(), date.month())
    }

    /// Year.
    #[must_use]
    pub fn year(self) -> i16 {
        self.year
    }

    /// Month, from 1.
    #[must_use]
    pub fn month(self) -> i8 {
        self.month
    }

    /// The month before.
    #[must_use]
    pub fn previous(self) -> Self {
        self.plus_months(-1)
    }

    /// The month `n` months later (earlier for negative `n`).
    #[must_use]
    pub fn plus_months(self, n: i32) -> Self {
        let months = i32::from(self.year) * 12 + i32::from(self.month) - 1 + n;
        let (year, month) = (months.div_euclid(12), months.rem_euclid(12) + 1);
        Period { year: year as i16, month: month as i8 }
    }

    /// How many months later another month is; 0 where it is not later.
    #[must_use]
    pub fn months_until(self, later: Period) -> u32 {
        let months = |period: Period| i32::from(period.year) * 12 + i32::from(period.month);
        (months(later) - months(self)).max(0).unsigned_abs()
    }

    /// The given day of this month, or its last day when the month is shorter.
    #[must_use]
    pub fn day(self, day: i8) -> Date {
        let first = Date::new(self.year, self.month, 1).expect("a period's year and month are valid");
        let last = first.last_of_month();
        first.with().day(day.clamp(1, last.day())).build().unwrap_or(last)
    }

    /// As sentences write it: `4/2023`.
    #[must_use]
    pub fn short(self) -> String {
        format!("{}/{}", self.month, self.year)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

/// The text is no month of the form `2023-04`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no month; expected a form such as 2023-04")]
pub struct NoPeriod(pub String);

impl FromStr for Period {
    type Err = NoPeriod;

    fn from_str(text: &str) -> Result<Self, NoPeriod> {
        let parsed = text
            .split_once('-')
            .filter(|(y, m)| y.len() == 4 && m.len() == 2)
            .and_then(|(y, m)| Period::new(y.parse().ok()?, m.parse().ok()?));
        parsed.ok_or_else(|| NoPeriod(text.to_owned()))
    }
}

impl From<Period> for String {
    fn from(period: Period) -> Self {
        period.to_string()
    }
}

impl TryFrom<String> for Period {
    type Error = NoPeriod;

    fn try_from(text: String) -> Result<Self, NoPeriod> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_step_over_years() {
        let january: Period = "2023-01".parse().unwrap();
        assert_eq!(january.previous().to_string(), "2022-12");
        assert_eq!(january.plus_months(14).to_string(), "2024-03");
        assert_eq!(january.short(), "1/2023");
        assert_eq!("2022-11".parse::<Period>().unwrap().months_until(january), 2);
        assert_eq!(january.months_until(january.previous()), 0);
    }

    #[test]
    fn a_deadline_day_beyond_the_month_is_its_last_day() {
        let february: Period = "2023-02".parse().unwrap();
        assert_eq!(february.day(31).to_string(), "2023-02-28");
        assert_eq!(february.day(25).to_string(), "2023-02-25");
    }

    #[test]
    fn only_year_dash_month_is_a_period() {
        for wrong in ["2023", "2023-13", "23-04", "2023-4", "1899-01", "2023-04-01"] {
            assert!(wrong.parse::<Period>().is_err(), "{wrong}");
        }
    }
}
