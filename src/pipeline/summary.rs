//! What a run came to, in plain values: for its log, for the page it leaves, for the office's own program.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use jiff::civil::{Date, DateTime};
use polars::prelude::*;
use serde::Serialize;

use super::examine::Examined;
use super::run::{Outcome, shown};
use super::workspace::Workspace;
use crate::diag::{Diagnostic, Severity};
use crate::error::Error;
use crate::model::{Lang, Period};
use crate::settings::Settings;

/// What a run came to. It is given to the office's own program as JSON: a change of it raises `schema`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Summary {
    /// Version of this shape.
    pub schema: u32,
    /// The receiving unit.
    pub unit: String,
    /// When the run began, local time.
    pub begun: DateTime,
    /// When it ended.
    pub ended: DateTime,
    /// The exit code of the contract.
    pub exit_code: u8,
    /// Why nothing came of it, where nothing did.
    pub fault: Option<String>,
    /// The files taken in.
    pub received: Vec<Received>,
    /// How many files received before were read again, because an answer or a setting changed, and came out otherwise.
    pub read_again: usize,
    /// Files that were known already.
    pub repeated: Vec<Told>,
    /// What files mend of those they replace.
    pub corrections: Vec<Told>,
    /// What is to be said of closed months.
    pub closed: Vec<Told>,
    /// Files that still lie in the inbox, and why.
    pub left: Vec<Told>,
    /// The papers written, below the workspace.
    pub papers: Vec<String>,
    /// What goes back to communes, below the workspace.
    pub returned: Vec<String>,
    /// How many open questions keep something from being counted.
    pub questions: usize,
    /// Who has sent and who has not, by month.
    pub months: Vec<Month>,
}

/// A file taken in.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Received {
    /// Its path as sent.
    pub file: String,
    /// The communes that it speaks of.
    pub communes: Vec<String>,
    /// The months.
    #[serde(serialize_with = "all_as_text")]
    pub periods: Vec<Period>,
    /// How many problems of severity error it has.
    pub errors: usize,
    /// How many of severity warning.
    pub warnings: usize,
    /// The first of its errors.
    pub first_error: Option<String>,
}

/// Something said of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Told {
    /// The file.
    pub file: String,
    /// What is said.
    pub message: String,
}

/// Who has sent a month's report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Month {
    /// The month.
    #[serde(serialize_with = "as_text")]
    pub period: Period,
    /// By when reports are due.
    pub due: Date,
    /// How many communes are to report.
    pub expected: usize,
    /// The communes that have sent nothing.
    pub missing: Vec<String>,
}

/// When a run took place, and how it ended.
#[derive(Debug, Clone, Copy)]
pub struct Course {
    /// Its begin.
    pub begun: DateTime,
    /// Its end.
    pub ended: DateTime,
    /// The exit code of the contract.
    pub exit_code: u8,
}

impl Summary {
    /// Of a run that came to something.
    #[must_use]
    pub fn of(workspace: &Workspace, outcome: &Outcome, course: Course, lang: Lang) -> Self {
        let told = |file: &str, diagnostic: &Diagnostic| Told {
            file: file.to_owned(),
            message: diagnostic.message.get(lang).to_owned(),
        };
        let of_place = |diagnostic: &Diagnostic| {
            let file = diagnostic.place.as_ref().map(|place| place.file.to_string()).unwrap_or_default();
            told(&file, diagnostic)
        };
        let left = outcome.left.iter().flat_map(|file| file.diagnostics.iter().map(|one| told(&file.path, one)));
        let uncleared = outcome.uncleared.iter().map(|one| told(&one.path, &one.diagnostic));
        let (returned, papers): (Vec<_>, Vec<_>) =
            outcome.written.iter().partition(|path| path.starts_with(&workspace.settings.folders.returned));
        let below = |paths: Vec<&PathBuf>| paths.into_iter().map(|path| shown(workspace, path)).collect();
        Summary {
            received: outcome.files.iter().map(|file| received(&workspace.settings, file, lang)).collect(),
            read_again: outcome.again.len(),
            repeated: outcome.repeated.iter().map(of_place).collect(),
            corrections: outcome.corrections.iter().map(of_place).collect(),
            closed: outcome.closed.iter().map(of_place).collect(),
            left: left.chain(uncleared).collect(),
            papers: below(papers),
            returned: below(returned),
            questions: questions(outcome),
            months: outcome.months.clone(),
            ..Summary::nothing(&workspace.settings.unit.name, course)
        }
    }

    /// Of a run that failed.
    #[must_use]
    pub fn failed(unit: &str, error: &Error, course: Course, lang: Lang) -> Self {
        Summary { fault: Some(error.text().get(lang).to_owned()), ..Summary::nothing(unit, course) }
    }

    fn nothing(unit: &str, course: Course) -> Self {
        let Course { begun, ended, exit_code } = course;
        Summary {
            schema: 1,
            unit: unit.to_owned(),
            begun,
            ended,
            exit_code,
            fault: None,
            received: Vec::new(),
            read_again: 0,
            repeated: Vec::new(),
            corrections: Vec::new(),
            closed: Vec::new(),
            left: Vec::new(),
            papers: Vec::new(),
            returned: Vec::new(),
            questions: 0,
            months: Vec::new(),
        }
    }
}

fn received(settings: &Settings, file: &Examined, lang: Lang) -> Received {
    let mut communes = Vec::new();
    let mut periods = BTreeSet::new();
    for submission in &file.submissions {
        periods.extend(submission.period);
        let Some(code) = &submission.commune else { continue };
        let commune = submission.period.and_then(|period| settings.commune(code, period));
        let name = commune.map_or_else(|| code.to_string(), |commune| commune.name.clone());
        if !communes.contains(&name) {
            communes.push(name);
        }
    }
    let of = |severity| file.all_diagnostics().filter(move |diagnostic| diagnostic.severity == severity);
    Received {
        file: file.path.clone(),
        communes,
        periods: periods.into_iter().collect(),
        errors: of(Severity::Error).count(),
        warnings: of(Severity::Warning).count(),
        first_error: of(Severity::Error).next().map(|diagnostic| diagnostic.message.get(lang).to_owned()),
    }
}

/// How many different questions of a run's files keep something from being counted.
fn questions(outcome: &Outcome) -> usize {
    let all = outcome.files.iter().chain(&outcome.again).flat_map(Examined::all_diagnostics);
    let open = all.filter_map(|diagnostic| diagnostic.question.as_ref()).filter(|question| question.blocks);
    open.map(|question| question.subject.number()).collect::<BTreeSet<_>>().len()
}

/// Who has sent the months touched, and the month that is due around a day, where anything is stored of late.
pub(super) fn months(
    settings: &Settings,
    submissions: &DataFrame,
    touched: &BTreeSet<Period>,
    today: Date,
) -> PolarsResult<Vec<Month>> {
    let mut sent: BTreeMap<Period, BTreeSet<&str>> = BTreeMap::new();
    let (periods, communes) = (submissions.column("period")?.str()?, submissions.column("commune")?.str()?);
    for (period, commune) in periods.iter().zip(communes.iter()) {
        let Some(period) = period.and_then(|period| period.parse().ok()) else { continue };
        sent.entry(period).or_default().extend(commune);
    }
    let due = Period::of(today).map(|month| month.plus_months(-settings.deadline.months_after));
    let is_alive = |due: &Period| sent.keys().last().is_some_and(|last| last.months_until(*due) <= MONTHS_OF_SILENCE);
    let mut wanted = touched.clone();
    wanted.extend(due.filter(is_alive));
    Ok(wanted.into_iter().map(|period| month(settings, period, sent.get(&period))).collect())
}

/// A workspace in which nothing was stored for longer than this is one of the past, and nobody is late in it.
const MONTHS_OF_SILENCE: u32 = 3;

fn month(settings: &Settings, period: Period, sent: Option<&BTreeSet<&str>>) -> Month {
    let expected: Vec<_> = settings.communes.iter().filter(|commune| commune.is_valid_on(period.day(31))).collect();
    let has_sent = |code: &str| sent.is_some_and(|sent| sent.contains(code));
    Month {
        period,
        due: settings.deadline.date(period),
        expected: expected.len(),
        missing: expected.iter().filter(|c| !has_sent(&c.code.0)).map(|commune| commune.name.clone()).collect(),
    }
}

fn all_as_text<S: serde::Serializer>(periods: &[Period], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(periods.iter().map(ToString::to_string))
}

fn as_text<S: serde::Serializer>(period: &Period, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(period)
}
