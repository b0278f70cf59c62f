//! Other programs, run without a shell and for a limited time: the system's scheduler, the office's own program.

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::error::{Error, Operation};

/// What a program prints beyond this is let go.
const OUTPUT_LIMIT: usize = 64 << 10;

/// How often a program is looked at.
const LOOK: Duration = Duration::from_millis(20);

/// When a program has ended, what it printed is waited for no longer than this: a program of its own that it left running
/// may hold the stream open for ever.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// What became of a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finished {
    /// How it ended.
    pub end: End,
    /// What it printed, cut at a limit.
    pub output: String,
    /// What it printed as an error, cut at a limit.
    pub complaint: String,
    /// Whether that is all it printed.
    pub is_whole: bool,
}

/// How a program ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// By itself, with this exit code; `None` where a signal ended it.
    Exit(Option<i32>),
    /// It took too long and was ended.
    TimeUp,
}

impl Finished {
    /// Whether it did what it was asked to.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.end == End::Exit(Some(0))
    }
}

/// Whoever runs programs.
pub trait Programs {
    /// Runs a program in a folder, gives it its input, and waits until it ends or the time is up.
    ///
    /// # Errors
    ///
    /// It cannot be started.
    fn run(&self, command: &[String], folder: &Path, input: &[u8], limit: Duration) -> Result<Finished, Error>;
}

/// The system itself.
#[derive(Debug, Clone, Copy, Default)]
pub struct System;

impl Programs for System {
    fn run(&self, command: &[String], folder: &Path, input: &[u8], limit: Duration) -> Result<Finished, Error> {
        let [program, arguments @ ..] = command else { return Err(Error::internal("no program to run")) };
        let mut child = Command::new(program)
            .args(arguments)
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|source| Error::Io { operation: Operation::Start, path: program.into(), source })?;
        let until = Instant::now() + limit;
        feed(&mut child, input);
        let words = [child.stdout.take().map(listen), child.stderr.take().map(listen)];
        let end = wait(&mut child, until);
        let until = Instant::now() + LAST_WORDS;
        let [(output, first), (complaint, second)] =
            words.map(|words| words.map_or_else(Default::default, |w| heard(&w, until)));
        Ok(Finished { end, output, complaint, is_whole: first && second })
    }
}

/// Gives a program its input. It is no fault that it does not read it.
fn feed(child: &mut Child, input: &[u8]) {
    let Some(mut stdin) = child.stdin.take() else { return };
    let input = input.to_owned();
    thread::spawn(move || {
        let _ = stdin.write_all(&input);
    });
}

/// Reads a stream to its end, so that the program is never kept waiting.
fn listen(mut stream: impl Read + Send + 'static) -> Receiver<Vec<u8>> {
    let (say, words) = channel();
    thread::spawn(move || {
        let mut piece = [0; 4096];
        while let Ok(read @ 1..) = stream.read(&mut piece) {
            // Nobody may listen any more: the stream is read all the same.
            let _ = say.send(piece[..read].to_vec());
        }
    });
    words
}

/// What a stream has said until its end, or until the time is up; and whether that is all.
fn heard(words: &Receiver<Vec<u8>>, until: Instant) -> (String, bool) {
    let mut all = Vec::new();
    loop {
        match words.recv_timeout(until.saturating_duration_since(Instant::now())) {
            Ok(piece) if all.len() + piece.len() <= OUTPUT_LIMIT => all.extend(piece),
            end => {
                let is_whole = matches!(end, Err(RecvTimeoutError::Disconnected));
                return (String::from_utf8_lossy(&all).into_owned(), is_whole);
            }
        }
    }
}

fn wait(child: &mut Child, until: Instant) -> End {
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return End::Exit(status.code()),
            Ok(None) if Instant::now() < until => thread::park_timeout(LOOK),
            _ => break,
        }
    }
    let _ = child.kill();
    let _ = child.wait();
    End::TimeUp
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    fn run(script: &str, input: &[u8], limit: Duration) -> Finished {
        let command = ["/bin/sh", "-c", script].map(str::to_owned);
        System.run(&command, Path::new("/"), input, limit).unwrap()
    }

    const PLENTY: Duration = Duration::from_secs(60);

    #[test]
    fn a_program_is_given_its_input_and_its_words_are_kept() {
        let finished = run("read line; echo \"got $line\"; echo oh >&2", b"this\n", PLENTY);
        assert!(finished.is_good());
        assert_eq!((finished.output.as_str(), finished.complaint.as_str()), ("got this\n", "oh\n"));
        assert!(finished.is_whole);
    }

    #[test]
    fn a_program_that_fails_says_so_by_its_exit_code() {
        assert_eq!(run("exit 3", b"", PLENTY).end, End::Exit(Some(3)));
    }

    #[test]
    fn a_program_that_reads_nothing_and_says_too_much_is_no_danger() {
        let finished = run("head -c 1000000 /dev/zero | tr '\\0' 'x'", &vec![b'x'; 1 << 20], PLENTY);
        assert!(finished.is_good());
        assert!(finished.output.len() <= OUTPUT_LIMIT && !finished.is_whole);
    }

    #[test]
    fn a_program_that_takes_too_long_is_ended() {
        let finished = run("echo begun; sleep 600", b"", Duration::from_millis(300));
        assert_eq!((finished.end, finished.output.as_str()), (End::TimeUp, "begun\n"));
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let error = System.run(&["/no/such/program".into()], Path::new("/"), b"", PLENTY).unwrap_err();
        assert!(error.text().vi.contains("/no/such/program"), "{}", error.text().vi);
        assert_eq!(error.exit_code(), 3);
    }
}
