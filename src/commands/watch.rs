//! `ntm watch`: takes in what is dropped into the inbox, until it is told to stop.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::SignedDuration;
use jiff::civil::DateTime;
use ntm::error::Error;
use ntm::host::{Disk, Host, machine_name};
use ntm::machine::SystemBell;
use ntm::model::{Lang, Text};
use ntm::pipeline::Workspace;
use ntm::settings::Unattended;
use ntm::watch::life::{self, Sign, State};
use ntm::watch::{self, Inbox, Work};

use super::fenced;
use super::run::{self, Job, Sources};
use crate::cli::How;
use crate::terminal::{say, tell};

pub(crate) fn watch(root: &Path, how: How) -> Result<u8, Error> {
    let workspace = Workspace::open(&Disk, root)?;
    let folders = &workspace.settings.folders;
    Disk.create_folder(&folders.inbox)?;
    Disk.create_folder(&folders.logs)?;
    // The lock of the logs is the watch's own: that of the workspace is each run's.
    let _alone = Disk.lock(&folders.logs).map_err(only_one)?;
    let mut bell = SystemBell::new()?;
    let begun = Disk.now()?;
    let Unattended { rest_seconds, every_seconds, .. } = workspace.settings.unattended;
    let seconds = |seconds: u32| Duration::from_secs(seconds.into());
    let inbox = Inbox::new(seconds(rest_seconds), seconds(every_seconds), workspace.settings.keep_inbox);
    let sign = Sign {
        pid: std::process::id(),
        host: machine_name(),
        since: begun,
        at: begun,
        state: State::Waiting,
        trouble: None,
    };
    let mut watcher =
        Watcher { root, is_kept: workspace.settings.keep_inbox, logs: &folders.logs, how, sign, shown: None };
    let shown = folders.inbox.display();
    let started =
        Text::new(format!("Đang theo dõi {shown}; bấm Ctrl-C để dừng."), format!("Watching {shown}; Ctrl-C stops it."));
    say(how, started.get(how.lang.into()));
    watch::watch(&Disk, &folders.inbox, inbox, &mut bell, &mut watcher);
    watcher.show(State::Stopped, None);
    say(how, Text::new("Đã dừng theo dõi.", "Stopped watching.").get(how.lang.into()));
    Ok(0)
}

/// Of two watches one would find the other's files gone.
fn only_one(error: Error) -> Error {
    match error {
        Error::Locked { holder, .. } => Error::Watched { holder },
        other => other,
    }
}

/// Exit codes beyond it say that the run could not do what it was to do.
const NEEDS_A_PERSON: u8 = 1;

/// How often a watch shows that it lives, where nothing has changed.
const SIGN_EVERY: SignedDuration = SignedDuration::from_secs(20);

struct Watcher<'a> {
    root: &'a Path,
    is_kept: bool,
    logs: &'a Path,
    how: How,
    sign: Sign,
    /// When the last sign was given.
    shown: Option<DateTime>,
}

/// The list of files for a run, beside the logs.
const LIST: &str = ".ntm-nhan.json";

const LIST_LIMIT: u64 = 64 << 20;

/// The files that a watch has listed for a run.
pub(crate) fn listed(host: &dyn Host, list: &Path) -> Result<BTreeSet<PathBuf>, Error> {
    serde_json::from_slice(&host.read(list, LIST_LIMIT)?).map_err(Error::internal)
}

impl Work for Watcher<'_> {
    fn take_in(&mut self, files: &BTreeSet<PathBuf>) -> BTreeSet<PathBuf> {
        self.show(State::AtWork, None);
        self.announce(files.len());
        let code = self.run(files).unwrap_or_else(|error| {
            self.complain(error.text());
            error.exit_code()
        });
        self.show(State::Waiting, None);
        // Where files stay when they were taken in, the exit code alone tells whether they were.
        let is_left =
            |path: &PathBuf| if self.is_kept { code > NEEDS_A_PERSON } else { Disk.exists(path).unwrap_or(true) };
        files.iter().filter(|path| is_left(path)).cloned().collect()
    }

    fn beat(&mut self, trouble: Option<&Error>) {
        let lang = Lang::from(self.how.lang);
        let trouble = trouble.map(|error| error.text());
        let told = trouble.as_ref().map(|text| text.get(lang).to_owned());
        // The same trouble is told once.
        if let Some(text) = trouble.filter(|_| self.sign.trouble != told) {
            self.complain(text);
        }
        self.show(State::Waiting, told);
    }
}

impl Watcher<'_> {
    /// A run for these files, behind a fence of its own: a file that breaks it does not break the watch.
    fn run(&self, files: &BTreeSet<PathBuf>) -> Result<u8, Error> {
        let list = self.logs.join(LIST);
        // A name that is no text cannot be listed: then all that is there is meant.
        let names = serde_json::to_vec(files).ok();
        let mut arguments: Vec<OsString> = vec!["run".into()];
        if let Some(names) = &names {
            Disk.write(&list, names)?;
            arguments.extend(["--only".into(), list.clone().into()]);
        }
        arguments.extend(["--lang".into(), if Lang::from(self.how.lang) == Lang::Vi { "vi" } else { "en" }.into()]);
        let flags = [(self.how.quiet, "--quiet"), (self.how.verbose, "--verbose")];
        arguments.extend(flags.iter().filter(|(is_set, _)| *is_set).map(|(_, flag)| OsString::from(flag)));
        arguments.extend(["--".into(), self.root.into()]);
        let done = fenced::kept_to_its_end(arguments, self.how).unwrap_or_else(|| {
            let only = names.is_some().then_some(files);
            run::run(&Disk, Job { only, ..Job::of(self.root, None, Sources::Inbox) }, self.how)
        });
        if names.is_some() {
            Disk.remove_file(&list)?;
        }
        done
    }

    /// A watch goes on for days: what a run says is told under its moment.
    fn announce(&self, files: usize) {
        let at = self.sign.at.strftime("%H:%M:%S %d/%m/%Y");
        let text = Text::new(format!("── {at}: có {files} tệp để nhận"), format!("── {at}: files to take in: {files}"));
        say(self.how, text.get(self.how.lang.into()));
    }

    fn complain(&self, text: Text) {
        let lang = Lang::from(self.how.lang);
        let word = if lang == Lang::Vi { "lỗi" } else { "error" };
        tell(&format!("{word}: {}\n", text.get(lang)));
    }

    /// Shows that the watch lives. That this cannot be written is no reason to stop taking files in: a run tells of it.
    fn show(&mut self, state: State, trouble: Option<String>) {
        let Ok(now) = Disk.now() else { return };
        let is_fresh = self.shown.is_some_and(|shown| now.duration_since(shown).abs() < SIGN_EVERY);
        let is_news = self.sign.state != state || self.sign.trouble != trouble;
        if is_fresh && !is_news {
            return;
        }
        self.sign = Sign { at: now, state, trouble, ..self.sign.clone() };
        if life::show(&Disk, self.logs, &self.sign).is_ok() {
            self.shown = Some(now);
        }
    }
}
