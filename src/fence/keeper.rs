//! The keeper's side: starts the worker, waits, and learns from its journal which file broke it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::process::{ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use tempfile::NamedTempFile;

use super::journal::{InHand, Record};
use crate::host::Broke;

/// How a command came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// By itself or by whoever stopped it, with this exit code.
    With(u8),
    /// The worker died without a file in hand, or none could be started in its place: a fault of ours or of the machine.
    Died,
}

/// Has a command done by workers, as many as it takes; `worker` makes the command line of one, given its journal, and
/// `again` is told how many files are suspected or broken whenever another has to be started.
///
/// # Errors
/// No journal can be kept or no process started: then nothing was done yet.
pub fn keep(worker: impl Fn(&Path) -> Command, again: impl Fn(usize)) -> io::Result<Ended> {
    let mut journal = NamedTempFile::new()?;
    let mut record = Record::default();
    loop {
        let started = begin(journal.as_file_mut(), &record).and_then(|()| {
            let mut worker = worker(journal.path());
            worker.envs(super::thrift());
            worker.stdin(Stdio::piped()).spawn()
        });
        let mut child = match started {
            Ok(child) => child,
            Err(error) if record == Record::default() => return Err(error),
            Err(_) => return Ok(Ended::Died),
        };
        let tether = child.stdin.take();
        let (over, is_over) = mpsc::channel::<()>();
        let path = journal.path();
        let (status, was_slow) = thread::scope(|scope| {
            let watch = scope.spawn(move || watch(path, tether, super::seconds(), &is_over));
            let status = child.wait();
            drop(over);
            (status, watch.join().unwrap_or(false))
        });
        if let Some(code) = status.ok().and_then(code_of)
            && !was_slow
        {
            return Ok(Ended::With(code));
        }
        let in_hand = in_hand(journal.path()).unwrap_or_default();
        if in_hand.is_empty() {
            return Ok(Ended::Died);
        }
        record.learn(&in_hand, if was_slow { Broke::Slow } else { Broke::Died });
        again(record.suspected.len() + record.broken.len());
    }
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
