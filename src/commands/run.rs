//! `ntm run` and `ntm rebuild`: the month's work, and what a person should know of it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use ntm::diag::{Code, Diagnostic, Severity};
use ntm::error::Error;
use ntm::host::Host;
use ntm::model::{Lang, Period, Text};
use ntm::pipeline::{self, Course, Outcome, Request, Summary, Workspace};
use ntm::schedule::Monthly;
use ntm::show::person;

use super::{UNOPENED, afterwards, schedule};
use crate::cli::How;
use crate::terminal::{Progress, Stream, manner, print, say, tell};

/// What a run goes by.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sources {
    /// The store, and what came since.
    Inbox,
    /// The archive alone: the store is made again.
    Archive,
}

/// What is to be done in one run.
#[derive(Clone, Copy)]
pub(crate) struct Job<'a> {
    pub(crate) root: &'a Path,
    pub(crate) period: Option<Period>,
    pub(crate) sources: Sources,
    /// The files of the inbox that are meant, where not all are.
    pub(crate) only: Option<&'a BTreeSet<PathBuf>>,
    /// For a scheduler that asks more often than it means: nothing is done unless the month's run is due.
    pub(crate) if_due: Option<Monthly>,
}

impl<'a> Job<'a> {
    /// All that is there to be done in a workspace.
    pub(crate) fn of(root: &'a Path, period: Option<Period>, sources: Sources) -> Self {
        Job { root, period, sources, only: None, if_due: None }
    }
}

/// One run: its messages, its log, its page, and the office's own program after it.
pub(crate) fn run(host: &dyn Host, job: Job<'_>, how: How) -> Result<u8, Error> {
    let lang = Lang::from(how.lang);
    let begun = host.now()?;
    let course = |exit_code| Ok::<_, Error>(Course { begun, ended: host.now()?, exit_code });
    let workspace = match Workspace::open(host, job.root) {
        Ok(workspace) => workspace,
        Err(error) => {
            let summary = Summary::failed(&job.root.display().to_string(), &error, course(error.exit_code())?, lang);
            afterwards::leave_log_of_unopened(job, &summary, how);
            return Err(error);
        }
    };
    if let Some(monthly) = job.if_due
        && !schedule::is_due(host, &workspace, monthly, begun)?
    {
        return Ok(0);
    }
    let outcome = match work(host, &workspace, job, how) {
        Ok(outcome) => outcome,
        Err(error) => {
            let summary = Summary::failed(&workspace.settings.unit.name, &error, course(error.exit_code())?, lang);
            match error {
                // The run that holds the workspace leaves its own page.
                Error::Locked { .. } => afterwards::leave_log(&workspace, job, &summary, how),
                _ => afterwards::leave(host, &workspace, job, &summary, how),
            }
            return Err(error);
        }
    };
    report(&outcome, job.root, how);
    for path in &outcome.written {
        print(&path.display().to_string())?;
    }
    let code = code(&outcome);
    let summary = Summary::of(&workspace, &outcome, course(code)?, lang);
    afterwards::leave(host, &workspace, job, &summary, how);
    // One that failed is tried again the next time.
    job.if_due.map_or(Ok(()), |_| schedule::mark(host, &workspace, begun))?;
    Ok(code)
}

fn work(host: &dyn Host, workspace: &Workspace, job: Job<'_>, how: How) -> Result<Outcome, Error> {
    let bar = Progress::new(how);
    let tick = |done: usize, total: usize| bar.show(done as u64, total as u64);
    let Job { period, only, .. } = job;
    let rebuild = job.sources == Sources::Archive;
    let request = Request { period, rebuild, lang: how.lang.into(), only, progress: &tick };
    let outcome = pipeline::run(host, workspace, request);
    bar.end();
    outcome
}

fn code(outcome: &Outcome) -> u8 {
    // Something is left undone that only the disk can let us do.
    let unopened = outcome.left.iter().flat_map(|f| &f.diagnostics).any(|d| d.code == Code::FileUnreadable);
    if unopened || !outcome.uncleared.is_empty() { UNOPENED } else { u8::from(outcome.needs_person) }
}

/// What a person should know of a run, the problems before the sum.
fn report(outcome: &Outcome, root: &Path, how: How) {
    let root = root.display().to_string();
    let manner = manner(how, &root, Stream::Err);
    let (lang, colour) = (manner.lang, manner.colour);
    let least = if how.verbose {
        Severity::Info
    } else if how.quiet {
        Severity::Error
    } else {
        Severity::Warning
    };
    let mut text = String::new();
    for file in outcome.files.iter().chain(&outcome.again).chain(&outcome.left) {
        let shown: Vec<&Diagnostic> = file.all_diagnostics().filter(|d| d.severity <= least).collect();
        if !shown.is_empty() {
            text.push_str(&format!("{}\n", file.path));
            shown.into_iter().for_each(|d| person::asked(&mut text, d, &manner));
        }
    }
    for one in &outcome.uncleared {
        text.push_str(&format!("{}\n", one.path));
        person::diagnostic(&mut text, &one.diagnostic, lang, colour);
    }
    for diagnostic in outcome.repeated.iter().chain(&outcome.corrections).filter(|_| !how.quiet) {
        person::diagnostic(&mut text, diagnostic, lang, colour);
    }
    for diagnostic in outcome.closed.iter().filter(|one| !how.quiet || one.severity == Severity::Error) {
        person::diagnostic(&mut text, diagnostic, lang, colour);
    }
    tell(&text);
    let set_aside = outcome.files.iter().filter(|f| f.submissions.is_empty()).count();
    let count = |severity| {
        outcome
            .files
            .iter()
            .chain(&outcome.again)
            .flat_map(|f| f.all_diagnostics())
            .filter(|d| d.severity == severity)
            .count()
    };
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let months = outcome.periods.iter().map(|p| p.short()).collect::<Vec<_>>().join(", ");
    let (files, repeated) = (outcome.files.len(), outcome.repeated.len());
    let again = match outcome.again.len() {
        0 => Text::new("", ""),
        n => Text::new(format!(", đọc lại {n} tệp đã nhận"), format!(", {n} received before read again")),
    };
    let (again_vi, again_en) = (again.vi, again.en);
    let sum = if files + repeated + outcome.again.len() == 0 && outcome.periods.is_empty() {
        Text::new("Không có tệp mới.", "No new files.")
    } else {
        Text::new(
            format!(
                "Đã nhận {files} tệp ({set_aside} để riêng, {repeated} trùng){again_vi}, {errors} lỗi, {warnings} cảnh báo; tháng: {months}."
            ),
            format!(
                "{files} files taken in ({set_aside} set aside, {repeated} repeated){again_en}, {errors} errors, {warnings} warnings; months: {months}."
            ),
        )
    };
    say(how, sum.get(lang));
}
