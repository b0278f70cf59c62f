//! The papers of months: told to people, or, where a month is closed, held against what was told.

use std::collections::BTreeSet;
use std::path::PathBuf;

use jiff::civil::{DateTime, Time};
use polars::prelude::*;

use super::closings::Closings;
use super::held::Keeper;
use super::run::input;
use super::workspace::Workspace;
use super::{briefs, plans, returned};
use crate::assess::{self, Assessment, Faulty};
use crate::compose;
use crate::diag::Diagnostic;
use crate::error::{Error, Operation};
use crate::host::Host;
use crate::model::report::Report;
use crate::model::{Lang, Period};
use crate::publish::{Artifact, joined, publish};
use crate::render::{self, xlsx::WorkbookError};
use crate::store::Opened;

/// How months are told to people.
pub(super) struct Telling<'a> {
    pub(super) host: &'a dyn Host,
    pub(super) workspace: &'a Workspace,
    pub(super) closings: &'a Closings,
    pub(super) keeper: &'a Keeper<'a>,
    /// Whether a file is known by its hash.
    pub(super) is_known: &'a (dyn Fn(&str) -> bool + Sync),
    pub(super) lang: Lang,
}

/// What came of it.
pub(super) struct Told {
    /// Papers, what goes back to communes, and supplements of closed months.
    pub(super) written: Vec<PathBuf>,
    /// About closed months.
    pub(super) said: Vec<Diagnostic>,
}

impl Telling<'_> {
    /// Writes the papers of the months and what goes back to communes. What cannot be written does not keep the rest
    /// back. Of what is stored, the observations are let go when the last month is assessed: they weigh as much as all that
    /// follows.
    pub(super) fn months(
        &self,
        opened: &mut Opened,
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
            let assessment = assess::month(&input(workspace, opened, period)).map_err(Error::internal)?;
            if periods.last() == Some(&period) {
                opened.observations = Opened::empty().observations;
            }
            // A month that is closed is worked on all the same.
            let form = plans::of_month(host, workspace, &assessment, &opened.files, lang, self.is_known)?;
            if let Some(closing) = self.closings.closed(period) {
                let (paths, differences) = self.keeper.compare(closing, &assessment, &opened.files)?;
                supplements.extend(paths);
                said.extend(differences);
                put(form.into_iter().collect());
                continue;
            }
            // Before the papers, by which a run that was cut off is told.
            briefs::write(host, workspace, &assessment, &opened.files, lang, &mut put)?;
            put(papers(workspace, assessment, &opened.files, lang)?);
            put(form.into_iter().collect());
        }
        for (period, faulty) in faulty {
            returned::publish_copies(host, workspace, &opened.files, *period, faulty, lang, &mut put)?;
        }
        joined(failed)?;
        written.dedup();
        written.extend(supplements);
        Ok(Told { written, said })
    }
}

/// The names of a month's papers.
pub(super) fn paper_paths(workspace: &Workspace, period: Period) -> [PathBuf; 3] {
    let folder = workspace.settings.folders.reports.join(period.to_string());
    [format!("Tong-hop-NTM-{period}.xlsx"), format!("Bao-cao-NTM-{period}.pdf"), format!("Nhac-viec-{period}.txt")]
        .map(|name| folder.join(name))
}

/// Months in the store whose papers are not there: a run that was cut off before it wrote them.
pub(super) fn without_papers(
    host: &dyn Host,
    workspace: &Workspace,
    opened: &Opened,
    closings: &Closings,
) -> Result<Vec<Period>, Error> {
    let mut missing = Vec::new();
    let mut all = opened.periods.clone();
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
    let mut papers = drawn_papers(report, workbook, paper)?;
    papers.push(Artifact { path: reminders, bytes: letters.into_bytes() });
    Ok(papers)
}

/// A report as workbook and paper.
pub(super) fn drawn_papers(report: Report, workbook: PathBuf, paper: PathBuf) -> Result<Vec<Artifact>, Error> {
    let book = render::xlsx::workbook(&report).map_err(workbook_fault)?;
    // To pack a long workbook takes one thread; the paper is drawn meanwhile, and the report let go.
    let draw = || {
        let pdf = render::pdf::paper(&report);
        drop(report);
        pdf
    };
    let (packed, pdf) = rayon::join(|| book.pack(), draw);
    Ok(vec![
        Artifact { path: workbook, bytes: packed.map_err(workbook_fault)? },
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
