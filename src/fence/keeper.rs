//! The keeper's side: starts the worker, passes on what it says, and learns from its journal which file broke it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::process::{ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use tempfile::NamedTempFile;

use super::journal::{InHand, Record};
use super::speech::Said;
use crate::host::Broke;

/// How a command came to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// By itself or by whoever stopped it, with this exit code.
    With(u8),
    /// The worker died without a file in hand, or none could be started in its place: a fault of ours or of the machine.
    Died {
        /// What its error stream said last.
        words: String,
    },
}

/// What there is to be told while a command is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// What the worker says.
    Said(Said),
    /// What the runtime and the libraries wrote to the error stream of a worker that has ended: for developers.
    Words(String),
    /// Another worker has to be started, as so many files are suspected or broken.
    Again(usize),
}

/// Has a command done by workers, as many as it takes; `worker` makes the command line of one, given its journal.
///
/// # Errors
/// No journal can be kept or no process started: then nothing was done yet.
pub fn keep(worker: impl Fn(&Path) -> Command, mut tell: impl FnMut(News)) -> io::Result<Ended> {
    let mut journal = NamedTempFile::new()?;
    let mut record = Record::default();
    loop {
        let mut errors = tempfile::tempfile()?;
        let started = begin(journal.as_file_mut(), &record).and_then(|()| {
            let mut worker = worker(journal.path());
            worker.envs(super::thrift());
            worker.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(errors.try_clone()?).spawn()
        });
        let mut child = match started {
            Ok(child) => child,
            Err(error) if record == Record::default() => return Err(error),
            Err(error) => return Ok(Ended::Died { words: error.to_string() }),
        };
        let (tether, speech) = (child.stdin.take(), child.stdout.take());
        let (over, is_over) = mpsc::channel::<()>();
        let path = journal.path();
        let (status, was_slow) = thread::scope(|scope| {
            let watch = scope.spawn(move || watch(path, tether, super::seconds(), &is_over));
            // Where it is through, nobody listens any more.
            let mut speech = speech.map(BufReader::new);
            while let Some(said) = speech.as_mut().and_then(Said::hear) {
                tell(News::Said(said));
            }
            drop(speech);
            let status = child.wait();
            drop(over);
            (status, watch.join().unwrap_or(false))
        });
        let words = last_words(&mut errors).unwrap_or_default();
        if let Some(code) = status.ok().and_then(code_of)
            && !was_slow
        {
            tell(News::Words(words));
            return Ok(Ended::With(code));
        }
        let in_hand = in_hand(journal.path()).unwrap_or_default();
        if in_hand.is_empty() {
            return Ok(Ended::Died { words: shortened(&words) });
        }
        record.learn(&in_hand, if was_slow { Broke::Slow } else { Broke::Died });
        record.words.extend(Some(shortened(&words)).filter(|words| !words.is_empty()));
        tell(News::Words(words));
        tell(News::Again(record.suspected.len() + record.broken.len()));
    }
}

/// How much of an error stream is kept, in bytes.
const WORDS_LIMIT: u64 = 64 << 10;

/// The end of what was written to an error stream.
fn last_words(errors: &mut File) -> io::Result<String> {
    let length = errors.seek(SeekFrom::End(0))?;
    errors.seek(SeekFrom::Start(length.saturating_sub(WORDS_LIMIT)))?;
    let mut words = Vec::new();
    errors.take(WORDS_LIMIT).read_to_end(&mut words)?;
    Ok(String::from_utf8_lossy(&words).into_owned())
}

/// The last lines of it in one, short enough for a log.
fn shortened(words: &str) -> String {
    const LINES: usize = 3;
    const LETTERS: usize = 200;
    let lines: Vec<&str> = words.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let last = lines.get(lines.len().saturating_sub(LINES)..).unwrap_or_default().join(" · ");
    last.chars().filter(|letter| !letter.is_control()).take(LETTERS).collect()
}

/// A journal with nothing but what is known.
fn begin(journal: &mut File, record: &Record) -> io::Result<()> {
    journal.set_len(0)?;
    journal.seek(SeekFrom::Start(0))?;
    journal.write_all(record.lines().as_bytes())
}

fn in_hand(journal: &Path) -> io::Result<BTreeSet<String>> {
    let mut lines = String::new();
    File::open(journal)?.read_to_string(&mut lines)?;
    let mut files = InHand::default();
    files.follow(&lines);
    Ok(files.hashes())
}

/// Lets go of a worker that is too long at one file, and says so. Seconds are counted, not read from a clock: a machine
/// that sleeps ages nobody's file.
fn watch(journal: &Path, tether: Option<ChildStdin>, seconds: u32, is_over: &Receiver<()>) -> bool {
    let mut journal = File::open(journal);
    let (mut files, mut ages) = (InHand::default(), BTreeMap::<String, u32>::new());
    while is_over.recv_timeout(Duration::from_secs(1)) == Err(RecvTimeoutError::Timeout) {
        let mut lines = String::new();
        if journal.as_mut().is_ok_and(|journal| journal.read_to_string(&mut lines).is_ok()) {
            files.follow(&lines);
        }
        let older = |hash: String| (ages.get(&hash).map_or(1, |age| age + 1), hash);
        let aged: Vec<(u32, String)> = files.hashes().into_iter().map(older).collect();
        if aged.iter().any(|(age, _)| *age > seconds) {
            // The worker ends with its input.
            drop(tether);
            return true;
        }
        ages = aged.into_iter().map(|(age, hash)| (hash, age)).collect();
    }
    false
}

/// The exit code of a process that ended by itself, or was told to by a person or the system.
#[cfg(unix)]
fn code_of(status: ExitStatus) -> Option<u8> {
    use std::os::unix::process::ExitStatusExt;
    /// SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGTERM.
    const STOP: [i32; 5] = [1, 2, 3, 13, 15];
    let stopped = status.signal().filter(|signal| STOP.contains(signal)).map(|signal| 128 + signal);
    status.code().or(stopped).and_then(|code| u8::try_from(code).ok())
}

/// The exit code of a process that ended by itself; Windows ends one that broke with a code of its own beyond these.
#[cfg(not(unix))]
fn code_of(status: ExitStatus) -> Option<u8> {
    status.code().and_then(|code| u8::try_from(code).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_what_a_process_said_last_one_short_line_is_kept() {
        assert_eq!(
            shortened("memory allocation of 104857600 bytes failed\n"),
            "memory allocation of 104857600 bytes failed"
        );
        assert_eq!(shortened("a\n\nb\r\n  c\u{1b}[31m\nd\n"), "b · c[31m · d");
        assert_eq!(shortened(&"ờ".repeat(500)).chars().count(), 200);
        assert_eq!(shortened(" \n\n"), "");
    }

    #[test]
    fn of_a_long_error_stream_the_end_is_kept() {
        let mut errors = tempfile::tempfile().unwrap();
        errors.write_all("x".repeat(100_000).as_bytes()).unwrap();
        errors.write_all(b"\nthe end\n").unwrap();
        let words = last_words(&mut errors).unwrap();
        assert_eq!(words.len(), 64 << 10);
        assert!(words.ends_with("x\nthe end\n"));
    }
}
