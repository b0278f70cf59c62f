//! After a run: its log, its page, and the office's own program. None of them can spoil what the run did.

use std::path::Path;
use std::time::Duration;

use ntm::error::Error;
use ntm::host::{Disk, Host};
use ntm::machine::{End, Programs, System};
use ntm::model::{Lang, Text};
use ntm::pipeline::{self, Summary, Workspace};
use ntm::settings::{self, AfterRun, Unattended};
use ntm::show::{log, page};

use super::run::{Job, Sources};
use crate::cli::How;
use crate::terminal::tell;

/// Leaves log and page, and calls the office's own program.
pub(crate) fn leave(host: &dyn Host, workspace: &Workspace, job: Job<'_>, summary: &Summary, how: How) {
    let lang = Lang::from(how.lang);
    let logs = &workspace.settings.folders.logs;
    let Unattended { logs_kept, after_run, .. } = &workspace.settings.unattended;
    let mut more = Vec::new();
    // Made again from the archive, nothing has happened of which anybody has to hear.
    if job.sources == Sources::Inbox {
        let page = page::text(summary, &job.root.display().to_string(), lang);
        let left = pipeline::leave_page(&Disk, logs, &page);
        more.extend(after_run.as_ref().and_then(|program| call(program, job.root, summary, lang)));
        more.extend(left.err().map(|error| error.text().get(lang).to_owned()));
    }
    more.iter().for_each(|line| warn(line, lang));
    // For developers: no warning, and in the log alone.
    let befell = host.befell().iter();
    more.extend(befell.map(|words| {
        let ended = Text::new("tiến trình đọc dừng đột ngột", "the reading process came to a sudden end");
        format!("{}: {words}", ended.get(lang))
    }));
    keep(logs, *logs_kept, job, summary, &more, lang);
}

/// Leaves the log alone.
pub(crate) fn leave_log(workspace: &Workspace, job: Job<'_>, summary: &Summary, how: How) {
    let Unattended { logs_kept, .. } = workspace.settings.unattended;
    keep(&workspace.settings.folders.logs, logs_kept, job, summary, &[], how.lang.into());
}

/// Leaves the log of a run whose settings could not be read: where a workspace has its logs if it says nothing else.
pub(crate) fn leave_log_of_unopened(job: Job<'_>, summary: &Summary, how: How) {
    let is_workspace = Disk.exists(&job.root.join(settings::FILE_NAME)).unwrap_or(false);
    if is_workspace {
        let logs = job.root.join(settings::LOGS_FOLDER);
        keep(&logs, Unattended::default().logs_kept, job, summary, &[], how.lang.into());
    }
}

fn keep(logs: &Path, kept: u32, job: Job<'_>, summary: &Summary, more: &[String], lang: Lang) {
    let word = if job.sources == Sources::Inbox { "run" } else { "rebuild" };
    let command = format!("ntm {word} {}", job.root.display());
    let text = log::text(summary, &command, more, lang);
    if let Err(error) = pipeline::keep_log(&Disk, logs, summary.begun, &text, kept) {
        warn(error.text().get(lang), lang);
    }
}

/// Calls the office's own program; what went wrong with it.
fn call(program: &AfterRun, root: &Path, summary: &Summary, lang: Lang) -> Option<String> {
    let name = program.command.first().map(String::as_str).unwrap_or_default();
    let finished = serde_json::to_vec(summary).map_err(Error::internal).and_then(|input| {
        let limit = Duration::from_secs(program.seconds.into());
        System.run(&program.command, root, &input, limit)
    });
    let fault = match finished {
        Ok(finished) if finished.is_good() => return None,
        Ok(finished) => {
            let end = match finished.end {
                End::Exit(Some(code)) => Text::new(format!("kết thúc với mã {code}"), format!("exit code {code}")),
                End::Exit(None) => Text::new("bị hệ thống dừng", "ended by the system"),
                End::TimeUp => Text::new(
                    format!("quá {} giây nên bị dừng", program.seconds),
                    format!("ended after {} seconds", program.seconds),
                ),
            };
            let words = [&finished.complaint, &finished.output].into_iter().find_map(|said| said.trim().lines().last());
            let words = words.map(|line| format!(": {line}")).unwrap_or_default();
            format!("{}{words}", end.get(lang))
        }
        Err(error) => error.text().get(lang).to_owned(),
    };
    let whole = Text::new(
        format!("chương trình của đơn vị «{name}» (mục after_run): {fault}"),
        format!("the office's own program {name:?} (after_run): {fault}"),
    );
    Some(whole.get(lang).to_owned())
}

fn warn(line: &str, lang: Lang) {
    let word = if lang == Lang::Vi { "cảnh báo" } else { "warning" };
    tell(&format!("{word}: {line}\n"));
}
