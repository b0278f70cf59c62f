//! `ntm close`: a month's inputs, rules and papers frozen on record, and a closed month made open again.

use jiff::civil::DateTime;
use polars::prelude::{DataFrame, PolarsResult};

use super::closings::{self, Closing, REOPENING};
use super::held::{Keeper, Look};
use super::papers::papers;
use super::parts::{archived, opened};
use super::problems;
use super::run::input;
use super::workspace::Workspace;
use crate::assess::{self, Arrival, Assessment};
use crate::closing::{self, Original, Record, Reopening, SCHEMA_VERSION};
use crate::diag::{Diagnostic, Severity};
use crate::error::Error;
use crate::host::Host;
use crate::model::{Lang, Period, Text};
use crate::publish::{Artifact, publish};
use crate::store::Opened;

/// The program that makes a record.
pub(super) const PROGRAM: &str = concat!("ntm ", env!("CARGO_PKG_VERSION"));

/// What closing a month came to.
#[derive(Debug)]
pub struct Closed {
    /// The record that holds the month closed: new, or the one that did before.
    pub record: Record,
    /// Whether it was closed before.
    pub before: bool,
    /// Files that wait in the inbox and are not in what was closed.
    pub waiting: usize,
    /// What is not as it was closed, where it was closed before.
    pub diagnostics: Vec<Diagnostic>,
}

/// Closes a month; one that is closed stays as it is, to the byte.
///
/// # Errors
/// The disk, the lock, a month of which nothing is stored, a run that was cut off, or a fault of ours.
pub fn close(host: &dyn Host, workspace: &Workspace, period: Period, lang: Lang) -> Result<Closed, Error> {
    let _lock = workspace.hold(host)?;
    let now = host.now()?;
    let folders = &workspace.settings.folders;
    let closings = closings::read(host, workspace)?;
    if let Some(closing) = closings.closed(period) {
        return closed_before(&Keeper { host, workspace, closings: &closings, now, lang }, period, closing);
    }
    let stored = opened(host, &folders.store)?;
    refuse_unready(&stored, period, now)?;
    let waiting = match workspace.settings.keep_inbox || !host.exists(&folders.inbox)? {
        true => 0,
        false => host.files(&folders.inbox)?.len(),
    };
    let assessment = assess::month(&input(workspace, &stored, period)).map_err(Error::internal)?;
    let figures = assess::figures(&assessment).map_err(Error::internal)?;
    let (folder, number) = closings.next(workspace, period);
    let record = Record {
        schema: SCHEMA_VERSION,
        period,
        number,
        at: now,
        program: PROGRAM.to_owned(),
        errors: assessment.problems.iter().filter(|problem| problem.severity == Severity::Error).count(),
        missing: missing(&assessment),
        figures: String::new(),
        papers: Vec::new(),
        rules: workspace.rule_files.clone(),
        inputs: inputs(&assessment, &stored.files).map_err(Error::internal)?,
    };
    let mut briefs = Vec::new();
    super::briefs::write(host, workspace, &assessment, &stored.files, lang, &mut |drawn| briefs.extend(drawn))?;
    let mut papers = papers(workspace, assessment, &stored.files, lang)?;
    papers.extend(briefs);
    // What is told lies where people look for it before it is closed, so that a run that is cut off closes nothing else.
    publish(host, &papers)?;
    let record = closings::keep(host, &folder, &papers, &figures, record)?;
    Ok(Closed { record, before: false, waiting, diagnostics: Vec::new() })
}

/// Makes a closed month open again, for a reason that is kept: its papers are made anew by the next run.
///
/// # Errors
/// The disk, the lock, a month that is not closed, or a reason of no letters.
pub fn reopen(host: &dyn Host, workspace: &Workspace, period: Period, reason: &str) -> Result<Reopening, Error> {
    let reason = reason.trim();
    if !reason.contains(char::is_alphanumeric) {
        return Err(Error::Usage(Text::new(
            "mở lại một tháng đã chốt phải ghi lý do: --reason \"…\"",
            "to open a closed month again, say why: --reason \"…\"",
        )));
    }
    let _lock = workspace.hold(host)?;
    let now = host.now()?;
    let closings = closings::read(host, workspace)?;
    let Some(closing) = closings.closed(period) else {
        let month = period.short();
        return Err(Error::Usage(Text::new(format!("tháng {month} chưa chốt"), format!("{month} is not closed"))));
    };
    // What was told of it goes from where people look, so that the next run makes the papers anew; it stays on record.
    // Were this cut off here, the month would still be closed, and a run would put them back.
    let keeper = Keeper { host, workspace, closings: &closings, now, lang: Lang::Vi };
    keeper.withdraw(period, closing)?;
    let number = closing.kept.number;
    let reopening = Reopening { schema: SCHEMA_VERSION, period, number, at: now, reason: reason.to_owned() };
    let text = closing::reopening_text(&reopening).map_err(Error::internal)?;
    publish(host, &[Artifact { path: closing.kept.folder.join(REOPENING), bytes: text.into_bytes() }])?;
    Ok(reopening)
}

/// What holds a month closed, and whether all of it is as it was.
fn closed_before(keeper: &Keeper<'_>, period: Period, closing: &Closing) -> Result<Closed, Error> {
    let diagnostics = keeper.check(period, closing, Look::Whole)?;
    let kept = &closing.kept;
    match kept.record(keeper.host)? {
        Ok(sealed) => Ok(Closed { record: sealed.value, before: true, waiting: 0, diagnostics }),
        Err(why) => Err(Error::Usage(problems::damaged(keeper.workspace, period, &kept.folder, &why).message)),
    }
}

/// Only a month that is stored as a whole and has begun can be closed.
fn refuse_unready(stored: &Opened, period: Period, now: DateTime) -> Result<(), Error> {
    let month = period.short();
    let refused = |vi: String, en: String| Err(Error::Usage(Text::new(vi, en)));
    if !stored.unfinished.is_empty() {
        return refused(
            "một lần chạy trước bị dừng giữa chừng; chạy «ntm run» rồi chốt".to_owned(),
            "a run was cut off; use `ntm run`, then close".to_owned(),
        );
    }
    if !stored.periods.contains(&period) {
        return refused(
            format!("chưa có dữ liệu nào của tháng {month} để chốt"),
            format!("nothing is stored of {month} that could be closed"),
        );
    }
    if period.day(1) > now.date() {
        return refused(format!("tháng {month} chưa đến, chưa chốt được"), format!("{month} has not begun"));
    }
    Ok(())
}

/// The files behind a month, with their places in the archive.
pub(super) fn inputs(assessment: &Assessment, files: &DataFrame) -> PolarsResult<Vec<Original>> {
    let archived = archived(files)?;
    let original = |file: &assess::FileRecord| Original {
        file: file.file.clone(),
        sha256: file.sha256.clone(),
        received_at: file.received_at,
        archive: archived.get(&file.sha256).cloned().unwrap_or_default(),
    };
    Ok(assessment.files.iter().map(original).collect())
}

/// The communes whose report had not come, by code and name.
pub(super) fn missing(assessment: &Assessment) -> Vec<String> {
    let missing = assessment.communes.iter().filter(|status| status.arrival() == Arrival::Missing);
    missing.map(|status| format!("{} {}", status.commune.code, status.commune.name)).collect()
}
