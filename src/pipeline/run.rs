//! `ntm run`: take in what came, bring the store up to date, write the papers of each month touched.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use jiff::civil::{DateTime, Time};
use polars::prelude::*;

use super::again;
use super::briefs;
use super::closings::{self, Closings};
use super::examine::{Desk, Examined, Judged, judge};
use super::frames;
use super::held::{Keeper, Look};
use super::intake::{self, Intake, Taken, Uncleared, Wanted};
use super::plans;
use super::returned;
use super::summary::{self, Month};
use super::workspace::{Workspace, below};
use crate::assess::{self, Assessment, Faulty};
use crate::compose;
use crate::diag::{Diagnostic, Severity};
use crate::error::{Error, Operation};
use crate::host::Host;
use crate::model::report::Report;
use crate::model::{Lang, Period};
use crate::publish::{Artifact, joined, publish};
use crate::render::{self, xlsx::WorkbookError};
use crate::store::{self, Frames, Reread};

/// A part of the store is not larger than this.
pub(super) const PART_LIMIT: u64 = 1 << 30;

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
    let (stored, unfinished) =
        if request.rebuild { (Frames::empty(), BTreeSet::new()) } else { load(host, &folders.store)? };
    let known = archived(&stored.files).map_err(Error::internal)?;
    let now = intake::after_all(host.now()?, known.values().map(String::as_str));
    let keeper = Keeper { host, workspace, closings: &closings, now, lang: request.lang };
    // What was read by the same rules comes out the same.
    let is_same = again::read_by(host, &folders.store)?.as_ref() == Some(&workspace.rules);
    let (mut again, reread) =
        if is_same { (Vec::new(), Reread::nothing(stored)) } else { read_again(host, workspace, stored, &known)? };
    let Reread { stored, mut new, periods: left_behind, .. } = reread;
    let mut frame = |taken: &mut [Taken]| {
        let judged = judge_taken(workspace, taken)?;
        new.append(frames::of(taken, judged).map_err(Error::internal)?).map_err(Error::internal)?;
        // The frames have them now.
        taken.iter_mut().flat_map(|t| &mut t.examined.submissions).for_each(|s| s.entries = Vec::new());
        Ok(())
    };
    let wanted = Wanted { only: request.only, now };
    let Intake { taken, repeated, left, uncleared, .. } =
        intake::take_in(host, workspace, &known, wanted, &mut frame, request.progress)?;
    let mut periods: BTreeSet<Period> = new.periods().map_err(Error::internal)?;
    periods.extend(unfinished);
    periods.extend(left_behind);
    let mut merged = store::merge(stored, new).map_err(Error::internal)?;
    let parts = merged.clone();
    let touched = (!request.rebuild).then(|| periods.clone());
    // A month is told against the months before it: what changed in one reaches the papers of all that follow.
    let later = |first: Period| merged.periods().map(|all| all.into_iter().filter(move |p| *p > first));
    if let Some(&first) = periods.first() {
        periods.extend(later(first).map_err(Error::internal)?);
    }
    periods.extend(without_papers(host, workspace, &merged, &closings)?);
    // By other rules the figures of a closed month may be others, whatever came.
    if !is_same {
        periods.extend(closings.closed_months().map(|(period, _)| period));
    }
    let faulty = returned::faulty(workspace, &merged, &periods).map_err(Error::internal)?;
    let all = merged.periods().map_err(Error::internal)?;
    let stays = |period: &Period| all.contains(period) || closings.closed(*period).is_some();
    let empty: Vec<Period> = periods.iter().copied().filter(|p| !stays(p)).collect();
    periods.retain(stays);
    periods.extend(request.period);
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

/// How months are told to people.
struct Telling<'a> {
    host: &'a dyn Host,
    workspace: &'a Workspace,
    closings: &'a Closings,
    keeper: &'a Keeper<'a>,
    /// Whether a file is known by its hash.
    is_known: &'a (dyn Fn(&str) -> bool + Sync),
    lang: Lang,
}

/// What came of it.
struct Told {
    /// Papers, what goes back to communes, and supplements of closed months.
    written: Vec<PathBuf>,
    /// About closed months.
    said: Vec<Diagnostic>,
}

impl Telling<'_> {
    /// Writes the papers of the months and what goes back to communes. What cannot be written does not keep the rest
    /// back. Of the frames, the observations are let go when the last month is assessed: they weigh as much as all that
    /// follows.
    fn months(
        &self,
        frames: &mut Frames,
        periods: &BTreeSet<Period>,
        faulty: &[(Period, Vec<Faulty>)],
    ) -> Result<Told, Error> {
        let Telling { host, workspace, lang, .. } = *self;
        let (mut written, mut failed) = (Vec::new(), Vec::new());
        let (mut supplements, mut said) = (Vec::new(), Vec::new());
        let mut put = |artifacts: Vec<Artifact>| {
            failed.extend(publish(host, &artifacts).err());
            written.extend(artifacts.into_iter().map(|artifact| briefs::told(&workspace.settings, artifact.path)));
        };
        for &period in periods {
            let assessment = assess::month(&input(workspace, frames, period)).map_err(Error::internal)?;
            if periods.last() == Some(&period) {
                frames.observations = Frames::empty().observations;
            }
            // A month that is closed is worked on all the same.
            let form = plans::of_month(host, workspace, &assessment, &frames.files, lang, self.is_known)?;
            if let Some(closing) = self.closings.closed(period) {
                let (paths, differences) = self.keeper.compare(closing, &assessment, &frames.files)?;
                supplements.extend(paths);
                said.extend(differences);
                put(form.into_iter().collect());
                continue;
            }
            // Before the papers, by which a run that was cut off is told.
            briefs::write(host, workspace, &assessment, &frames.files, lang, &mut put)?;
            put(papers(workspace, assessment, &frames.files, lang)?);
            put(form.into_iter().collect());
        }
        for (period, faulty) in faulty {
            returned::publish_copies(host, workspace, &frames.files, *period, faulty, lang, &mut put)?;
        }
        joined(failed)?;
        written.dedup();
        written.extend(supplements);
        Ok(Told { written, said })
    }
}

/// Reads again what may come out otherwise now; only what does is given back.
fn read_again(
    host: &dyn Host,
    workspace: &Workspace,
    stored: Frames,
    known: &BTreeMap<String, String>,
) -> Result<(Vec<Taken>, Reread), Error> {
    let unsettled = frames::unsettled(&stored, &workspace.settings.answers).map_err(Error::internal)?;
    let desk = Desk::new(&workspace.catalogue, &workspace.settings).without_pictures();
    let mut again = intake::again(host, workspace, &desk, known, &unsettled)?;
    if again.is_empty() {
        return Ok((again, Reread::nothing(stored)));
    }
    let judged = judge_taken(workspace, &mut again)?;
    let read = frames::of(&again, judged).map_err(Error::internal)?;
    let hashes = again.iter().map(|t| t.examined.sha256.clone()).collect();
    let reread = store::reread(stored, read, &hashes).map_err(Error::internal)?;
    again.retain(|t| reread.changed.contains(&t.examined.sha256));
    again.iter_mut().flat_map(|t| &mut t.examined.submissions).for_each(|s| s.entries = Vec::new());
    Ok((again, reread))
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

/// What is stored of files that a run took in to the end, and the months of what a run that was cut off left behind.
pub(super) fn load(host: &dyn Host, folder: &Path) -> Result<(Frames, BTreeSet<Period>), Error> {
    let mut parts = Vec::new();
    for path in parts_in(host, folder)? {
        let relative = path.strip_prefix(folder).unwrap_or(&path).to_owned();
        parts.push((relative, host.read(&path, PART_LIMIT)?));
    }
    store::finished(store::decode(parts)?).map_err(Error::internal)
}

/// The store's files; none where there is no store yet.
pub(super) fn parts_in(host: &dyn Host, folder: &Path) -> Result<Vec<PathBuf>, Error> {
    if !host.exists(folder)? {
        return Ok(Vec::new());
    }
    Ok(host.files(folder)?.into_iter().filter(|p| p.extension().is_some_and(|e| e == "parquet")).collect())
}

/// Writes the parts of the touched months, or of all, except the record of files, which is given back: it makes the
/// rest count and is to be written when everything else stands.
fn save(
    host: &dyn Host,
    folder: &Path,
    frames: Frames,
    touched: Option<&BTreeSet<Period>>,
) -> Result<Vec<Artifact>, Error> {
    let months: Option<Vec<Period>> = touched.map(|periods| periods.iter().copied().collect());
    let parts = store::encode(&frames, months.as_deref()).map_err(Error::internal)?;
    drop(frames);
    let (record, parts): (Vec<Artifact>, Vec<Artifact>) = parts
        .into_iter()
        .map(|(path, bytes)| Artifact { path: folder.join(path), bytes })
        .partition(|part| store::is_record(folder, &part.path));
    let kept: BTreeSet<&PathBuf> = parts.iter().chain(&record).map(|part| &part.path).collect();
    let is_written_anew =
        |path: &Path| months.as_ref().is_none_or(|months| store::month_of(path).is_some_and(|m| months.contains(&m)));
    // A record of what is made again as a whole counts no more; first of all, so that no half of it is believed.
    let (records, others): (Vec<PathBuf>, Vec<PathBuf>) = parts_in(host, folder)?
        .into_iter()
        .filter(|path| is_written_anew(path))
        .partition(|path| store::is_record(folder, path));
    for stale in records.iter().filter(|path| months.is_none() || !kept.contains(path)) {
        host.remove_file(stale)?;
    }
    for stale in others.iter().filter(|path| !kept.contains(path)) {
        host.remove_file(stale)?;
    }
    publish(host, &parts)?;
    Ok(record)
}

/// The files of the store by their hash, each with its path below the archive.
pub(super) fn archived(files: &DataFrame) -> PolarsResult<BTreeMap<String, String>> {
    let (hashes, paths) = (files.column("sha256")?.str()?, files.column("archive")?.str()?);
    let both = hashes.iter().zip(paths.iter());
    Ok(both.filter_map(|(hash, path)| Some((hash?.to_owned(), path?.to_owned()))).collect())
}

/// The names of a month's papers.
pub(super) fn paper_paths(workspace: &Workspace, period: Period) -> [PathBuf; 3] {
    let folder = workspace.settings.folders.reports.join(period.to_string());
    [format!("Tong-hop-NTM-{period}.xlsx"), format!("Bao-cao-NTM-{period}.pdf"), format!("Nhac-viec-{period}.txt")]
        .map(|name| folder.join(name))
}

/// Months in the store whose papers are not there: a run that was cut off before it wrote them.
fn without_papers(
    host: &dyn Host,
    workspace: &Workspace,
    frames: &Frames,
    closings: &Closings,
) -> Result<Vec<Period>, Error> {
    let mut missing = Vec::new();
    let mut all = frames.periods().map_err(Error::internal)?;
    all.retain(|period| closings.closed(*period).is_none());
    for period in all {
        for path in paper_paths(workspace, period) {
            if !host.exists(&path)? {
                missing.push(period);
                break;
            }
        }
    }
    Ok(missing)
}

/// A month's workbook, paper and reminders.
pub(super) fn papers(
    workspace: &Workspace,
    assessment: Assessment,
    files: &DataFrame,
    lang: Lang,
) -> Result<Vec<Artifact>, Error> {
    let period = assessment.period;
    let made_at = made_at(files, period).map_err(Error::internal)?;
    let wording = workspace.wording(lang)?;
    let (settings, sets) = (&workspace.settings, &workspace.catalogue.sets);
    let report = compose::report(&assessment, settings, sets, &wording, made_at);
    let letters = compose::reminders(&assessment, settings, sets, &wording, made_at);
    drop(assessment);
    let [workbook, paper, reminders] = paper_paths(workspace, period);
    let mut papers = drawn_papers(&report, workbook, paper)?;
    papers.push(Artifact { path: reminders, bytes: letters.into_bytes() });
    Ok(papers)
}

/// A report as workbook and paper.
pub(super) fn drawn_papers(report: &Report, workbook: PathBuf, paper: PathBuf) -> Result<Vec<Artifact>, Error> {
    let drawn = render::xlsx::drawn(report).map_err(workbook_fault)?;
    // To pack a workbook takes one thread, to draw the paper another.
    let (book, pdf) = rayon::join(|| drawn.bytes(), || render::pdf::paper(report));
    Ok(vec![
        Artifact { path: workbook, bytes: book.map_err(workbook_fault)? },
        Artifact { path: paper, bytes: pdf.map_err(Error::internal)? },
    ])
}

/// A folder that takes no temporary file is a fault of the machine; everything else is ours.
fn workbook_fault(error: WorkbookError) -> Error {
    match error {
        WorkbookError::TemporaryFile { folder, source } => {
            Error::Io { operation: Operation::Write, path: folder, source }
        }
        other => Error::internal(other),
    }
}

/// A month's papers bear the moment when its last file was received: the same files give the same bytes.
pub(super) fn made_at(files: &DataFrame, period: Period) -> PolarsResult<DateTime> {
    let last = files
        .clone()
        .lazy()
        .filter(col("period").eq(lit(period.to_string())))
        .select([col("received_at").max().cast(DataType::Int64)])
        .collect()?;
    let milliseconds = last.column("received_at")?.i64()?.get(0);
    let epoch = DateTime::constant(1970, 1, 1, 0, 0, 0, 0);
    let moment = milliseconds.and_then(|ms| epoch.checked_add(jiff::SignedDuration::from_millis(ms)).ok());
    Ok(moment.unwrap_or_else(|| period.day(31).to_datetime(Time::midnight())))
}

/// What the files taken in mend of those they replace.
fn corrections(workspace: &Workspace, frames: &Frames, taken: &[Taken]) -> PolarsResult<Vec<Diagnostic>> {
    let Some(period) = frames.periods()?.last().copied() else { return Ok(Vec::new()) };
    let files: Vec<&str> = taken.iter().map(|t| t.examined.sha256.as_str()).collect();
    let origins: Vec<(&str, &str)> =
        taken.iter().filter_map(|t| Some((t.examined.sha256.as_str(), t.copy_of.as_deref()?))).collect();
    let corrections = assess::corrections(&input(workspace, frames, period), &files, &origins)?;
    Ok(corrections.iter().filter_map(|correction| correction.diagnostic(&workspace.catalogue.sets)).collect())
}

/// Whether an error stands in one of the months, or in the latest one where nothing was touched. What was said of a
/// version that a later one replaces stands no more.
fn errors_stand(workspace: &Workspace, frames: &Frames, periods: &BTreeSet<Period>) -> PolarsResult<bool> {
    let all = frames.periods()?;
    let months = if periods.is_empty() { all.last().copied().into_iter().collect() } else { periods.clone() };
    for period in months {
        let problems = assess::problems(&input(workspace, frames, period))?;
        if problems.iter().any(|problem| problem.severity == Severity::Error) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What a month is assessed from.
pub(super) fn input<'a>(workspace: &'a Workspace, frames: &'a Frames, period: Period) -> assess::Input<'a> {
    assess::Input {
        period,
        observations: &frames.observations,
        submissions: &frames.submissions,
        files: &frames.files,
        diagnostics: &frames.diagnostics,
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
