//! What the store holds, for questions: nothing is taken in, nothing is locked, nothing is written.

use std::collections::BTreeSet;

use jiff::civil::{Date, DateTime};
use polars::prelude::{DataFrame, IntoLazy, PolarsResult, col, lit};

use super::closings;
use super::held::Keeper;
use super::run;
use super::workspace::Workspace;
use super::{papers, parts};
use crate::assess::{self, Assessment, History, Why};
use crate::diag::Diagnostic;
use crate::error::Error;
use crate::host::Host;
use crate::model::{Commune, ItemCode, Lang, Period, Text};
use crate::store::Opened;
use crate::text::{fold, toned};

/// The store of a workspace, opened for reading.
pub struct Stored<'a> {
    workspace: &'a Workspace,
    opened: Opened,
    /// The day on which it is asked.
    today: Date,
    /// Files that lie in the inbox and wait for a run; `None` where the inbox is left as it is.
    pub waiting: Option<usize>,
}

/// Opens the store.
///
/// # Errors
/// The disk, or a part of the store that is damaged.
pub fn consult<'a>(host: &dyn Host, workspace: &'a Workspace) -> Result<Stored<'a>, Error> {
    let folders = &workspace.settings.folders;
    let opened = parts::opened(host, &folders.store)?;
    let waiting = match workspace.settings.keep_inbox {
        true => None,
        false if !host.exists(&folders.inbox)? => Some(0),
        false => Some(host.files(&folders.inbox)?.len()),
    };
    Ok(Stored { workspace, opened, today: host.now()?.date(), waiting })
}

/// What is on record of a month's closings.
#[derive(Debug, Clone, Default)]
pub struct OnRecord {
    /// Its closings, in order; the last one holds the month closed where it was not opened again.
    pub closings: Vec<ClosedOnce>,
    /// What is not as it was told.
    pub diagnostics: Vec<Diagnostic>,
}

/// One closing of a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosedOnce {
    /// When it was closed.
    pub at: DateTime,
    /// When supplements were made.
    pub supplements: Vec<DateTime>,
    /// When and why it was opened again.
    pub reopened: Option<(DateTime, String)>,
}

impl Stored<'_> {
    /// What is on record of a month's closings; nothing is put back.
    ///
    /// # Errors
    /// The disk.
    pub fn on_record(&self, host: &dyn Host, period: Period) -> Result<OnRecord, Error> {
        let closings = closings::read(host, self.workspace)?;
        let now = host.now()?;
        let keeper = Keeper { host, workspace: self.workspace, closings: &closings, now, lang: Lang::Vi };
        let mut found = OnRecord::default();
        for closing in closings.of(period) {
            found.diagnostics.extend(keeper.amiss(period, closing)?);
            let Ok(record) = closing.kept.record(host)? else { continue };
            let mut supplements = Vec::new();
            for kept in &closing.supplements {
                supplements.extend(kept.record(host)?.ok().map(|sealed| sealed.value.at));
            }
            let reopened = closing.reopened(host)?.and_then(Result::ok);
            let reopened = reopened.map(|sealed| (sealed.value.at, sealed.value.reason));
            found.closings.push(ClosedOnce { at: record.value.at, supplements, reopened });
        }
        Ok(found)
    }

    /// Months of which a run that was cut off left something behind: a run takes it in again.
    #[must_use]
    pub fn unfinished(&self) -> &BTreeSet<Period> {
        &self.opened.unfinished
    }

    /// The day on which it is asked.
    #[must_use]
    pub fn today(&self) -> Date {
        self.today
    }

    /// The month that is meant where none is named: the last stored one that has begun, else the last stored one.
    #[must_use]
    pub fn latest(&self) -> Option<Period> {
        let periods = &self.opened.periods;
        let begun = periods.iter().rev().find(|period| period.day(1) <= self.today);
        begun.or(periods.last()).copied()
    }

    /// A month as its papers have it.
    ///
    /// # Errors
    /// A fault of ours.
    pub fn month(&self, period: Period) -> Result<Assessment, Error> {
        assess::month(&self.input(period)).map_err(Error::internal)
    }

    /// A month before anything is reported for it: what stands for each commune is its last report before.
    ///
    /// # Errors
    /// A fault of ours.
    pub fn before(&self, period: Period) -> Result<Assessment, Error> {
        let is_earlier = || col("period").lt(lit(period.to_string()));
        let observations = self.opened.observations.clone().filter(is_earlier());
        let submissions = self.opened.submissions.clone().lazy().filter(is_earlier()).collect();
        let submissions = submissions.map_err(Error::internal)?;
        let input = assess::Input { observations: &observations, submissions: &submissions, ..self.input(period) };
        assess::month(&input).map_err(Error::internal)
    }

    /// All months of a commune up to one.
    ///
    /// # Errors
    /// A fault of ours.
    pub fn history(&self, commune: &Commune, period: Period) -> Result<History, Error> {
        assess::history(&self.input(period), commune).map_err(Error::internal)
    }

    /// What an item of a commune in a month rests on, for each set that has the item.
    ///
    /// # Errors
    /// A fault of ours.
    pub fn why(&self, commune: &Commune, item: ItemCode, period: Period) -> Result<Vec<Why>, Error> {
        let input = self.input(period);
        let chain = || -> PolarsResult<Vec<Why>> { assess::why(&input, &assess::history(&input, commune)?, item) };
        chain().map_err(Error::internal)
    }

    /// The commune that a word of the command line means: its code, or its name however it is typed.
    ///
    /// Codes and names are used again after mergers: the one that exists in the month is meant.
    ///
    /// # Errors
    /// No commune, or several, which are named.
    pub fn commune(&self, word: &str, period: Period) -> Result<&Commune, Error> {
        let communes = &self.workspace.settings.communes;
        let key = fold(word);
        let names = |commune: &Commune, same: &dyn Fn(&str) -> bool| {
            same(&commune.name)
                || same(&format!("{} {}", commune.kind, commune.name))
                || commune.other_names.iter().any(|name| same(name))
        };
        let mut found: Vec<&Commune> = communes
            .iter()
            .filter(|commune| commune.code.0 == word.trim() || names(commune, &|name| fold(name) == key))
            .collect();
        narrow(&mut found, |commune| names(commune, &|name| toned(name) == toned(word)));
        narrow(&mut found, |commune| commune.is_valid_on(period.day(31)));
        // Of one commune under two names or in two spans of time, the last in the order of the settings.
        narrow(&mut found, |commune| commune.code.0 == word.trim());
        match found.as_slice() {
            [] => Err(Error::Usage(unknown(word, communes))),
            [only] => Ok(only),
            [.., last] if found.iter().all(|commune| commune.code == last.code) => Ok(last),
            several => Err(Error::Usage(ambiguous(word, several))),
        }
    }

    /// The record of files.
    pub(super) fn files(&self) -> &DataFrame {
        &self.opened.files
    }

    /// The moment that a month's papers bear.
    pub(super) fn made_at(&self, period: Period) -> Result<DateTime, Error> {
        papers::made_at(&self.opened.files, period).map_err(Error::internal)
    }

    fn input(&self, period: Period) -> assess::Input<'_> {
        run::input(self.workspace, &self.opened, period)
    }
}

/// Keeps those that are wanted, where there are any.
fn narrow<'c>(found: &mut Vec<&'c Commune>, wanted: impl Fn(&'c Commune) -> bool) {
    if found.iter().any(|commune| wanted(commune)) {
        found.retain(|commune| wanted(commune));
    }
}

fn unknown(word: &str, communes: &[Commune]) -> Text {
    let key = fold(word);
    let near = communes
        .iter()
        .map(|commune| (strsim::osa_distance(&fold(&commune.name), &key), commune))
        .filter(|(distance, _)| *distance <= 2)
        .min_by_key(|(distance, _)| *distance);
    match near {
        Some((_, near)) => Text::new(
            format!("không có xã «{word}» trong ntm.toml; có phải là «{}»?", near.name),
            format!("there is no commune {word:?} in ntm.toml; did you mean {:?}?", near.name),
        ),
        None => Text::new(
            format!("không có xã «{word}» trong ntm.toml; ghi tên hoặc mã xã"),
            format!("there is no commune {word:?} in ntm.toml; write its name or its code"),
        ),
    }
}

fn ambiguous(word: &str, several: &[&Commune]) -> Text {
    let all = several.iter().map(|c| format!("{} {} ({})", c.kind, c.name, c.code)).collect::<Vec<_>>().join(", ");
    Text::new(format!("«{word}» có thể là: {all}; ghi mã xã"), format!("{word:?} may be: {all}; write the code"))
}
