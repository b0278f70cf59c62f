//! `ntm schedule`: a monthly run by whatever the system has for that: systemd user timers, cron, Windows Task Scheduler.
//!
//! A [`Plan`] is written out for each of them without touching anything; [`install`] asks the system to keep it. None
//! needs more rights than the user has, and each makes up for a run that was missed because the machine was off.

mod cron;
mod install;
mod systemd;
mod windows;

use std::path::PathBuf;

use jiff::civil::{DateTime, Time};

use crate::model::Period;

pub use install::{Keeper, Kept, System, find, install, kept, remove};
pub use windows::{Account, file};

/// When a month's run takes place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Monthly {
    /// Day of the month; beyond a short month's end it is its last day.
    pub day: i8,
    /// Hour and minute, local time.
    pub at: Time,
}

impl Monthly {
    /// The day and time as typed: `25` and `07:00`.
    #[must_use]
    pub fn new(day: i8, at: Time) -> Option<Self> {
        (1..=31).contains(&day).then_some(Monthly { day, at })
    }

    /// The last moment, not after this one, at which a run was due.
    #[must_use]
    pub fn last_due(self, now: DateTime) -> Option<DateTime> {
        let this_month = Period::of(now.date())?;
        let due = |month: Period| month.day(self.day).to_datetime(self.at);
        Some(if due(this_month) <= now { due(this_month) } else { due(this_month.previous()) })
    }

    /// The first moment after this one at which a run is due.
    #[must_use]
    pub fn next_due(self, now: DateTime) -> Option<DateTime> {
        let this_month = Period::of(now.date())?;
        let due = |month: Period| month.day(self.day).to_datetime(self.at);
        Some(if due(this_month) > now { due(this_month) } else { due(this_month.plus_months(1)) })
    }

    /// Whether a run that was due has not taken place, where the last one that was looked after is known.
    ///
    /// ```
    /// # use ntm::schedule::Monthly;
    /// let monthly = Monthly::new(25, jiff::civil::time(7, 0, 0, 0)).unwrap();
    /// let at = |moment: &str| moment.parse().unwrap();
    /// assert!(!monthly.is_due(at("2026-10-25T07:00:00"), at("2026-11-25T06:59:00")));
    /// assert!(monthly.is_due(at("2026-10-25T07:00:00"), at("2026-11-27T09:30:00")), "the machine was off");
    /// ```
    #[must_use]
    pub fn is_due(self, last: DateTime, now: DateTime) -> bool {
        self.last_due(now).is_some_and(|due| last < due)
    }

    /// Days that not every month has.
    fn is_beyond_february(self) -> bool {
        self.day > 28
    }
}

/// A monthly run of a workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// What the system knows it by: letters, digits and hyphens, another for each workspace.
    pub name: String,
    /// When.
    pub monthly: Monthly,
    /// The program, as an absolute path.
    pub program: PathBuf,
    /// The workspace, as an absolute path.
    pub workspace: PathBuf,
}

impl Plan {
    /// What it is, for people who meet it in the system's own lists.
    fn description(&self) -> String {
        format!("ntm: tổng hợp báo cáo nông thôn mới hằng tháng ({})", self.workspace.display())
    }
}

#[cfg(test)]
mod tests;
