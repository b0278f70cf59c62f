//! The workspace's `ntm.toml`, typed, resolved and checked: what we rely on.
//!
//! What the user wrote is read into values with their places (`file`), then checked for what it means (`resolve`).
//! All slips are collected and told together, each with its line, so that the file is mended in one go.

mod answers;
mod circumstances;
mod decisions;
mod duties;
mod file;
mod mergers;
mod plans;
mod register;
mod resolve;
mod section;
mod slip;
#[cfg(test)]
mod tests;
mod unattended;

use std::path::PathBuf;

use jiff::civil::{Date, DateTime};

use crate::model::{Answers, Assessor, Commune, CommuneCode, ItemCode, Merger, Period, SetId, Verdict};

pub use answers::{ANSWERS_FILE, joined, reply, with_answer};
pub use plans::{Part, PlanSet};
pub use resolve::{decode, parse};
pub use slip::{SettingsError, Slip};
pub use unattended::{AfterRun, Unattended};

/// The name of the settings file in a workspace.
pub const FILE_NAME: &str = "ntm.toml";

/// The folder of a unit's own templates where no settings can be read.
pub const TEMPLATES_FOLDER: &str = "mau";

/// The folder of the logs where no settings can be read.
pub const LOGS_FOLDER: &str = "nhat-ky";

/// The folders of a workspace where the settings say nothing else, in the order of the fields of [`Folders`].
pub const FOLDERS: [&str; 9] = [
    "hop-thu-den",
    "luu-tru",
    "du-lieu",
    "bao-cao",
    "tra-lai",
    TEMPLATES_FOLDER,
    "chot-so-lieu",
    "bieu-mau",
    LOGS_FOLDER,
];

/// The settings file with which a workspace begins: commented, with an example for each part.
pub const TEMPLATE: &str = include_str!("../../templates/ntm.toml");

/// What the office has set, after every check.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// The receiving unit.
    pub unit: Unit,
    /// What the papers are headed and signed with.
    pub letterhead: Letterhead,
    /// The register of communes, in the order of the file: the order of all papers.
    pub communes: Vec<Commune>,
    /// Which sets count, and in which months.
    pub sets: Vec<SetInForce>,
    /// By when a month's report is due.
    pub deadline: Deadline,
    /// Offices in charge.
    pub offices: Vec<Office>,
    /// Year in which a commune is to meet a set.
    pub roadmap: Vec<RoadmapTarget>,
    /// Communes that became one.
    pub mergers: Vec<Merger>,
    /// Verdicts on record, in the order of the file; of one item at most one stands in a month.
    pub decisions: Vec<Decision>,
    /// Plans that the office has set, in the order of the file.
    pub plans: Vec<PlanSet>,
    /// What a person has answered to the program's questions.
    pub answers: Answers,
    /// Where things lie in the workspace.
    pub folders: Folders,
    /// Leave the inbox as it is (read-only shares, samples).
    pub keep_inbox: bool,
    /// Whether each commune has a brief of its own beside the papers of the month.
    pub commune_briefs: bool,
    /// What is done while nobody sits at the program.
    pub unattended: Unattended,
}

impl Settings {
    /// The commune that bears a code in a month, else one that ever did.
    #[must_use]
    pub fn commune(&self, code: &CommuneCode, period: Period) -> Option<&Commune> {
        let bearers = || self.communes.iter().filter(|commune| commune.code == *code);
        bearers().find(|commune| commune.is_valid_on(period.day(31))).or_else(|| bearers().next())
    }

    /// The merger that a commune came out of.
    #[must_use]
    pub fn formed(&self, commune: &Commune) -> Option<&Merger> {
        let is_its = |merger: &&Merger| merger.into == commune.code && commune.valid_from == Some(merger.on);
        self.mergers.iter().find(is_its)
    }

    /// The merger that a commune went into.
    #[must_use]
    pub fn dissolved(&self, commune: &Commune) -> Option<&Merger> {
        let last = commune.valid_to?;
        let is_its = |merger: &&Merger| {
            merger.parts.iter().any(|part| part.code == commune.code) && merger.on.yesterday().ok() == Some(last)
        };
        self.mergers.iter().find(is_its)
    }

    /// The commune that a merger made.
    #[must_use]
    pub fn made_by(&self, merger: &Merger) -> Option<&Commune> {
        self.communes.iter().find(|commune| commune.code == merger.into && commune.valid_from == Some(merger.on))
    }

    /// The communes that a merger was made of, as they were on the day before, with what they weigh.
    pub fn parts_of<'a>(&'a self, merger: &'a Merger) -> impl Iterator<Item = (&'a Commune, Option<f64>)> {
        let day = merger.on.yesterday().unwrap_or(merger.on);
        merger.parts.iter().filter_map(move |part| {
            let commune = self.communes.iter().find(|c| c.code == part.code && c.is_valid_on(day))?;
            Some((commune, part.weight))
        })
    }

    /// The decision that stands for an item in a month.
    #[must_use]
    pub fn decision(&self, commune: &CommuneCode, set: &SetId, item: ItemCode, period: Period) -> Option<&Decision> {
        self.decisions
            .iter()
            .find(|one| one.commune == *commune && one.set == *set && one.item == item && one.stands_in(period))
    }
}

/// The receiving unit: a district, a province or a group of communes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// With its kind: `huyện Bình Lục`.
    pub name: String,
    /// The unit above: `tỉnh Hà Nam`.
    pub parent: String,
    /// The region whose targets its communes have to meet, where they have no other: `dbsh`.
    pub region: Option<String>,
}

/// What the papers are headed and signed with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letterhead {
    /// `ỦY BAN NHÂN DÂN HUYỆN BÌNH LỤC`, one line each.
    pub superior: Vec<String>,
    /// `BAN CHỈ ĐẠO CÁC CHƯƠNG TRÌNH MTQG`, one line each.
    pub issuer: Vec<String>,
    /// The symbol after the number: `BC-BCĐ`.
    pub symbol: String,
    /// The place before the date: `Bình Lục`.
    pub place: String,
    /// `TM. BAN CHỈ ĐẠO`, `TRƯỞNG BAN`.
    pub authority: Vec<String>,
    /// The signer's name; empty where it is written by hand.
    pub signer: String,
    /// Recipients without dash and punctuation; the last is usually `Lưu: VT`.
    pub recipients: Vec<String>,
}

/// A criteria set and the months in which it counts here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetInForce {
    /// The set.
    pub id: SetId,
    /// First month, where it is limited further than the set itself.
    pub from: Option<Period>,
    /// Last month.
    pub to: Option<Period>,
    /// Whose verdict counts where both are stated and nothing is decided.
    pub hand: Assessor,
}

impl SetInForce {
    /// Whether it counts here in a month.
    #[must_use]
    pub fn counts_in(&self, period: Period) -> bool {
        self.from.is_none_or(|from| from <= period) && self.to.is_none_or(|to| period <= to)
    }
}

/// By when a month's report is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline {
    /// Day of the month; beyond a short month's end it is its last day.
    pub day: i8,
    /// Months after the reported one: 0 is the same month.
    pub months_after: i32,
}

impl Deadline {
    /// The last day on which a month's report is in time.
    #[must_use]
    pub fn date(self, period: Period) -> Date {
        period.plus_months(self.months_after).day(self.day)
    }

    /// Whether something received at a moment is late for a month.
    #[must_use]
    pub fn is_late(self, period: Period, received_at: DateTime) -> bool {
        received_at.date() > self.date(period)
    }
}

/// An office in charge of criteria or indicators of a set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// `Phòng Kinh tế và Hạ tầng`.
    pub name: String,
    /// What it is in charge of, by set.
    pub items: Vec<(SetId, ItemCode)>,
}

/// The year in which a commune is to meet a set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoadmapTarget {
    /// The commune.
    pub commune: CommuneCode,
    /// The set.
    pub set: SetId,
    /// The year.
    pub year: i16,
}

/// A verdict on record: it counts before the commune's and the district's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The commune.
    pub commune: CommuneCode,
    /// The set.
    pub set: SetId,
    /// An item that is judged by itself.
    pub item: ItemCode,
    /// What is decided.
    pub verdict: Verdict,
    /// `125/QĐ-UBND`.
    pub number: String,
    /// Its day.
    pub date: Date,
    /// The first month in which it counts.
    pub from: Period,
    /// The last one: before that of a later decision on the same item.
    pub to: Option<Period>,
}

impl Decision {
    /// Whether it counts in a month.
    #[must_use]
    pub fn stands_in(&self, period: Period) -> bool {
        self.from <= period && self.to.is_none_or(|to| period <= to)
    }
}

/// Where things lie, as absolute paths or relative to where the program runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folders {
    /// Communes' files are dropped here.
    pub inbox: PathBuf,
    /// Originals as received: the truth.
    pub archive: PathBuf,
    /// Parquet, derived.
    pub store: PathBuf,
    /// Papers, one folder a month.
    pub reports: PathBuf,
    /// What went back to communes, one folder a month.
    pub returned: PathBuf,
    /// The workspace's own criteria sets, vocabulary and wording.
    pub templates: PathBuf,
    /// Closed months on record: truth, as the archive is.
    pub closings: PathBuf,
    /// Forms for communes, one folder a month.
    pub forms: PathBuf,
    /// Logs, the page of the last run, the sign of life of a watch.
    pub logs: PathBuf,
}
