//! `ntm run` and `ntm rebuild`: the month's work, and what a person should know of it.

use std::path::Path;

use console::Term;
use ntm::diag::{Code, Diagnostic, Severity};
use ntm::error::Error;
use ntm::host::Host;
use ntm::model::{Lang, Period, Text};
use ntm::pipeline::{self, Outcome, Request, Workspace};
use ntm::show::person;

use super::UNOPENED;
use crate::cli::How;
use crate::terminal::{manner, print, progress, say, tell};

/// What a run goes by.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sources {
    /// The store, and what came since.
    Inbox,
    /// The archive alone: the store is made again.
    Archive,
}

pub(crate) fn run(
    host: &dyn Host,
    root: &Path,
    period: Option<Period>,
    sources: Sources,
    how: How,
) -> Result<u8, Error> {
    let lang = Lang::from(how.lang);
    let workspace = Workspace::open(host, root)?;
    let bar = progress(how);
    let tick = |done: usize, total: usize| {
        bar.set_length(total as u64);
        bar.set_position(done as u64);
    };
    let request = Request { period, rebuild: sources == Sources::Archive, lang, only: None, progress: &tick };
    let outcome = pipeline::run(host, &workspace, request);
    bar.finish_and_clear();
    let outcome = outcome?;
    report(&outcome, root, how);
    for path in &outcome.written {
        print(&path.display().to_string())?;
    }
    // Something is left undone that only the disk can let us do.
    let unopened = outcome.left.iter().flat_map(|f| &f.diagnostics).any(|d| d.code == Code::FileUnreadable);
    Ok(if unopened { UNOPENED } else { u8::from(outcome.needs_person) })
}

/// What a person should know of a run, the problems before the sum.
fn report(outcome: &Outcome, root: &Path, how: How) {
    let root = root.display().to_string();
    let manner = manner(how, &root, &Term::stderr());
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
