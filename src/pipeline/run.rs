//! `ntm run`: take in what came, bring the store up to date, write the papers of each month touched.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use polars::prelude::*;

use super::again;
use super::closings::{self, Closings};
use super::examine::{Desk, Examined, Judged, judge};
use super::frames;
use super::held::{Keeper, Look};
use super::intake::{self, Intake, Taken, Uncleared, Wanted};
use super::papers::{Telling, Told, without_papers};
use super::parts::{archived, save, stored};
use super::returned;
use super::summary::{self, Month};
use super::workspace::{Workspace, below};
use crate::assess;
use crate::diag::{Diagnostic, Severity};
use crate::error::Error;
use crate::host::Host;
use crate::model::{Lang, Period};
use crate::publish::publish;
use crate::store::{self, Frames, Opened, Reread, Store};

/// What is asked for.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// The month whose papers are wanted, beside those touched.
    pub period: Option<Period>,
    /// Make the store again from the archive instead of going on from what it holds.
    pub rebuild: bool,
    /// Language of the papers.
    pub lang: Lang,
    /// The files of the inbox that are to be taken in, where not all are.
    pub only: Option<&'a BTreeSet<PathBuf>>,
    /// Told after each file: how many of how many.
    pub progress: &'a (dyn Fn(usize, usize) + Sync),
}

/// What a run came to.
#[derive(Debug)]
pub struct Outcome {
    /// The files taken in, as understood; their entries are in the store.
    pub files: Vec<Examined>,
    /// Files received before that came out otherwise: an answer, a setting or the program has changed.
    pub again: Vec<Examined>,
    /// Files that are byte for byte others, and copies that came back as they were sent.
    pub repeated: Vec<Diagnostic>,
    /// What the files taken in mend of those they replace, one a file.
    pub corrections: Vec<Diagnostic>,
    /// Files that could not be opened, or are not whole yet: they stay in the inbox.
    pub left: Vec<Examined>,
    /// What is to be said of closed months: supplements, and papers that are not what was closed.
    pub closed: Vec<Diagnostic>,
    /// Files taken in that still lie in the inbox.
    pub uncleared: Vec<Uncleared>,
    /// The months whose papers were written.
    pub periods: Vec<Period>,
    /// What was written for people: papers, and what goes back to communes.
    pub written: Vec<PathBuf>,
    /// Who has sent the months touched, and the month that is due.
    pub months: Vec<Month>,
    /// Whether a file was set aside or an error stands in one of the months.
    pub needs_person: bool,
}

/// Runs a workspace.
///
/// # Errors
/// Disk, lock, a damaged store, or a fault of ours; what is wrong in a commune's file is in the outcome.
pub fn run(host: &dyn Host, workspace: &Workspace, request: Request<'_>) -> Result<Outcome, Error> {
    let _lock = workspace.hold(host)?;
    let folders = &workspace.settings.folders;
    let closings = closings::read(host, workspace)?;
    // Made again from the archive, what is stored is not asked.
    let store = if request.rebuild { Store::empty().map_err(Error::internal)? } else { stored(host, &folders.store)? };
    let known = archived(&store.opened.files).map_err(Error::internal)?;
    let now = intake::after_all(host.now()?, known.values().map(String::as_str));
    let keeper = Keeper { host, workspace, closings: &closings, now, lang: request.lang };
    // What was read by the same rules comes out the same.
    let is_same = again::read_by(host, &folders.store)?.as_ref() == Some(&workspace.rules);
    let (mut again, read) =
        if is_same { (Vec::new(), Frames::empty()) } else { read_again(host, workspace, &store.opened, &known)? };
    let mut new = Frames::empty();
    let mut frame = |taken: &mut [Taken]| {
        let framed = framed(workspace, taken)?;
        new.append(framed).map_err(Error::internal)
    };
    let wanted = Wanted { only: request.only, now };
    let Intake { taken, repeated, left, uncleared, .. } =
        intake::take_in(host, workspace, &known, wanted, &mut frame, request.progress)?;
    let Merged { parts, mut merged, periods, changed } = merged(store, read, &again, new).map_err(Error::internal)?;
    again.retain(|t| changed.contains(&t.examined.sha256));
    let touched = (!request.rebuild).then(|| periods.clone());
    let Touched { periods, empty } = to_be_told(host, workspace, &merged, &closings, periods, is_same)?;
    let faulty = returned::faulty(workspace, &merged, &periods).map_err(Error::internal)?;
    let periods: BTreeSet<Period> = periods.into_iter().filter(|p| !empty.contains(p)).chain(request.period).collect();
    // Made again from the archive, what was mended long ago is no news.
    let news = if request.rebuild { &[] } else { taken.as_slice() };
    let corrections = corrections(workspace, &merged, news).map_err(Error::internal)?;
    let mut closed = Vec::new();
    for (period, closing) in closings.closed_months() {
        let look = if request.rebuild || periods.contains(&period) { Look::Whole } else { Look::Present };
        closed.extend(keeper.check(period, closing, look)?);
    }
    let is_known = |hash: &str| known.contains_key(hash) || taken.iter().any(|t| t.examined.sha256 == hash);
    let told =
        Telling { host, workspace, closings: &closings, keeper: &keeper, is_known: &is_known, lang: request.lang };
    // The store waits for the disk; the papers do not wait for it.
    let (record, told) = rayon::join(
        || save(host, &folders.store, parts, touched.as_ref()),
        || told.months(&mut merged, &periods, &faulty),
    );
    let (record, Told { written, said }) = (record?, told?);
    closed.extend(said);
    again::clear(host, workspace, &empty)?;
    // Last of all: only now are the new files known, so that a run cut off before this is done again as a whole.
    publish(host, &record)?;
    if !is_same {
        again::keep_rules(host, workspace)?;
    }
    let amiss = closed.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    let months =
        summary::months(&workspace.settings, &merged.submissions, &periods, now.date()).map_err(Error::internal)?;
    let needs_person =
        !left.is_empty() || amiss || errors_stand(workspace, &merged, &periods).map_err(Error::internal)?;
    Ok(Outcome {
        files: taken.into_iter().map(|t| t.examined).collect(),
        again: again.drain(..).map(|t| t.examined).collect(),
        repeated,
        corrections,
        left,
        closed,
        uncleared,
        periods: periods.into_iter().collect(),
        written,
        months,
        needs_person,
    })
}

/// The months of a run.
struct Touched {
    /// All whose papers may come out otherwise.
    periods: BTreeSet<Period>,
    /// Those of which nothing is left.
    empty: Vec<Period>,
}

/// The months to be told when some are touched.
fn to_be_told(
    host: &dyn Host,
    workspace: &Workspace,
    opened: &Opened,
    closings: &Closings,
    mut periods: BTreeSet<Period>,
    is_same: bool,
) -> Result<Touched, Error> {
    let all = &opened.periods;
    // A month is told against the months before it: what changed in one reaches the papers of all that follow.
    if let Some(first) = periods.first().copied() {
        periods.extend(all.iter().copied().filter(|p| *p > first));
    }
    periods.extend(without_papers(host, workspace, opened, closings)?);
    // By other rules the figures of a closed month may be others, whatever came.
    if !is_same {
        periods.extend(closings.closed_months().map(|(period, _)| period));
    }
    let stays = |period: &Period| all.contains(period) || closings.closed(*period).is_some();
    let empty = periods.iter().copied().filter(|p| !stays(p)).collect();
    Ok(Touched { periods, empty })
}

/// The store with what was read.
struct Merged {
    /// The months touched, as they are to be written; with all files.
    parts: Frames,
    /// All that is stored then.
    merged: Opened,
    /// The months touched.
    periods: BTreeSet<Period>,
    /// The hashes of files that were read again and came out otherwise.
    changed: BTreeSet<String>,
}

/// Merges what was read again and what is new. Only months in which something of it stands, or stood, are decoded.
fn merged(store: Store, read: Frames, again: &[Taken], new: Frames) -> PolarsResult<Merged> {
    let hashes: BTreeSet<String> = again.iter().map(|t| t.examined.sha256.clone()).collect();
    let mut periods = new.periods()?;
    periods.extend(&store.opened.unfinished);
    let mut months = periods.clone();
    months.extend(read.periods()?);
    months.extend(store.months_of(&hashes)?);
    let Reread { stored, new: mut otherwise, changed, periods: left_behind } =
        store::reread(store.months(&months)?, read, &hashes)?;
    periods.extend(otherwise.periods()?);
    periods.extend(left_behind);
    otherwise.append(new)?;
    let parts = store::merge(stored, otherwise)?;
    let merged = store.with(&parts, &months)?;
    Ok(Merged { parts, merged, periods, changed })
}

/// Reads again what may come out otherwise now.
fn read_again(
    host: &dyn Host,
    workspace: &Workspace,
    stored: &Opened,
    known: &BTreeMap<String, String>,
) -> Result<(Vec<Taken>, Frames), Error> {
    let unsettled = frames::unsettled(stored, &workspace.settings.answers).map_err(Error::internal)?;
    let desk = Desk::new(&workspace.catalogue, &workspace.settings).without_pictures();
    let mut again = intake::again(host, workspace, &desk, known, &unsettled)?;
    if again.is_empty() {
        return Ok((again, Frames::empty()));
    }
    let read = framed(workspace, &mut again)?;
    Ok((again, read))
}

/// Files as frames, which have their entries from then on.
fn framed(workspace: &Workspace, taken: &mut [Taken]) -> Result<Frames, Error> {
    let judged = judge_taken(workspace, taken)?;
    let frames = frames::of(taken, judged).map_err(Error::internal)?;
    taken.iter_mut().flat_map(|t| &mut t.examined.submissions).for_each(|s| s.entries = Vec::new());
    Ok(frames)
}

fn judge_taken(workspace: &Workspace, taken: &mut [Taken]) -> Result<Judged, Error> {
    let desk = Desk::new(&workspace.catalogue, &workspace.settings);
    let mut batch: Vec<Examined> =
        taken.iter_mut().map(|t| std::mem::replace(&mut t.examined, intake::empty())).collect();
    let judged = judge(&desk, &mut batch).map_err(Error::internal)?;
    for (one, examined) in taken.iter_mut().zip(batch) {
        one.examined = examined;
    }
    Ok(judged)
}

/// What the files taken in mend of those they replace.
fn corrections(workspace: &Workspace, opened: &Opened, taken: &[Taken]) -> PolarsResult<Vec<Diagnostic>> {
    let Some(period) = opened.periods.last().copied() else { return Ok(Vec::new()) };
    let files: Vec<&str> = taken.iter().map(|t| t.examined.sha256.as_str()).collect();
    let origins: Vec<(&str, &str)> =
        taken.iter().filter_map(|t| Some((t.examined.sha256.as_str(), t.copy_of.as_deref()?))).collect();
    let corrections = assess::corrections(&input(workspace, opened, period), &files, &origins)?;
    Ok(corrections.iter().filter_map(|correction| correction.diagnostic(&workspace.catalogue.sets)).collect())
}

/// Whether an error stands in one of the months, or in the latest one where nothing was touched. What was said of a
/// version that a later one replaces stands no more.
fn errors_stand(workspace: &Workspace, opened: &Opened, periods: &BTreeSet<Period>) -> PolarsResult<bool> {
    let months =
        if periods.is_empty() { opened.periods.last().copied().into_iter().collect() } else { periods.clone() };
    for period in months {
        let problems = assess::problems(&input(workspace, opened, period))?;
        if problems.iter().any(|problem| problem.severity == Severity::Error) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What a month is assessed from.
pub(super) fn input<'a>(workspace: &'a Workspace, opened: &'a Opened, period: Period) -> assess::Input<'a> {
    assess::Input {
        period,
        observations: &opened.observations,
        submissions: &opened.submissions,
        files: &opened.files,
        diagnostics: &opened.diagnostics,
        settings: &workspace.settings,
        sets: &workspace.catalogue.sets,
        conditions: &workspace.catalogue.conditions,
    }
}

/// A path as people see it: below the workspace where it lies in it.
#[must_use]
pub fn shown(workspace: &Workspace, path: &Path) -> String {
    below(&workspace.root, path)
}
