//! What the program does while nobody sits at it: watch the inbox, keep a log, call a program of the office's.

use toml::Spanned;

use super::resolve::within;
use super::section::Section;
use super::slip::Slips;
use crate::model::Text;

/// `[watch]`, `[log]` and `[after_run]`, after every check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unattended {
    /// How long a file's size and time must not have changed before it counts as copied to its end.
    pub rest_seconds: u32,
    /// How often the inbox is looked at where the system tells of no change, as on network shares.
    pub every_seconds: u32,
    /// Of how many runs the logs are kept.
    pub logs_kept: u32,
    /// The office's own program, called with the result of each run.
    pub after_run: Option<AfterRun>,
}

impl Default for Unattended {
    fn default() -> Self {
        Unattended { rest_seconds: 5, every_seconds: 30, logs_kept: 60, after_run: None }
    }
}

/// A program that is called after a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AfterRun {
    /// The program and its arguments; no shell looks at them.
    pub command: Vec<String>,
    /// How long it may take.
    pub seconds: u32,
}

/// A watch shows that it lives each time it looks: it has to look this often at least.
const EVERY: i64 = 60;

/// A program that is not told otherwise may take a minute.
const AFTER_RUN_SECONDS: u32 = 60;

/// The three parts as they are written.
#[derive(Default)]
pub(super) struct UnattendedFile {
    rest: Option<Spanned<i64>>,
    every: Option<Spanned<i64>>,
    keep: Option<Spanned<i64>>,
    after_run: Option<AfterRunFile>,
}

struct AfterRunFile {
    span: std::ops::Range<usize>,
    command: Option<Vec<Spanned<String>>>,
    seconds: Option<Spanned<i64>>,
}

/// The parts in their shape.
pub(super) fn read(document: &Section<'_>, slips: &mut Slips<'_>) -> UnattendedFile {
    let mut file = UnattendedFile::default();
    if let Some(watch) = document.section("watch", slips) {
        watch.refuse_others(&["rest", "every"], slips);
        file.rest = watch.integer("rest", slips);
        file.every = watch.integer("every", slips);
    }
    if let Some(log) = document.section("log", slips) {
        log.refuse_others(&["keep"], slips);
        file.keep = log.integer("keep", slips);
    }
    file.after_run = document.section("after_run", slips).map(|section| {
        section.refuse_others(&["command", "seconds"], slips);
        section.require("command", "[\"gui-thu.cmd\"]", slips);
        AfterRunFile {
            span: section.span().clone(),
            command: section.texts("command", slips),
            seconds: section.integer("seconds", slips),
        }
    });
    file
}

/// The parts as we rely on them.
pub(super) fn resolve(file: &UnattendedFile, slips: &mut Slips<'_>) -> Unattended {
    let default = Unattended::default();
    let mut number = |written: &Option<Spanned<i64>>, range, names, default| {
        within(written, range, names, slips).and_then(|n| u32::try_from(n).ok()).unwrap_or(default)
    };
    let rest = ("số giây tệp nằm yên", "the number of seconds a file rests");
    let every = ("số giây giữa hai lần xem", "the number of seconds between two looks");
    let keep = ("số lần chạy giữ nhật ký", "the number of runs whose logs are kept");
    let limit =
        ("số giây cho chương trình gọi sau khi chạy", "the number of seconds for the program called after a run");
    let rest_seconds = number(&file.rest, 1..=3600, rest, default.rest_seconds);
    let every_seconds = number(&file.every, 1..=EVERY, every, default.every_seconds);
    let logs_kept = number(&file.keep, 1..=10_000, keep, default.logs_kept);
    let written = file.after_run.as_ref();
    let seconds = written.and_then(|after| after.seconds.clone());
    let seconds = number(&seconds, 1..=3600, limit, AFTER_RUN_SECONDS);
    let after_run = written.and_then(|after| {
        let command: Vec<String> = after.command.as_ref()?.iter().map(|word| word.get_ref().clone()).collect();
        if command.first().is_none_or(String::is_empty) {
            let message = Text::new("«after_run.command» để trống", "\"after_run.command\" is empty");
            let hint = Text::new(
                "ghi tên chương trình rồi các tham số, ví dụ command = [\"gui-thu.cmd\"]; không dùng thì bỏ cả phần này",
                "write the program and its arguments, such as command = [\"send.cmd\"]; else leave the part out",
            );
            slips.add(&after.span, message, hint);
        }
        Some(AfterRun { command, seconds })
    });
    Unattended { rest_seconds, every_seconds, logs_kept, after_run }
}
