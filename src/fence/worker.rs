//! The worker's side: the machine's disk and clock, and a line in the journal for each file begun and ended.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError, RwLock};
use std::thread;

use jiff::civil::DateTime;

use super::journal::Record;
use super::memory::Memory;
use crate::error::{Error, Operation};
use crate::host::{Begun, Broke, Disk, Host, Lock, Look};

/// The machine as a worker has it.
#[derive(Debug)]
pub struct Fenced {
    journal: Mutex<File>,
    record: Record,
    /// Held by each file in hand, by a suspected one alone. What is done with it in hand starts no parallel work of its
    /// own: a thread that waits here takes no other's task.
    gate: RwLock<()>,
    memory: Memory,
}

impl Fenced {
    /// A worker of the keeper that wrote this journal. It ends when its keeper ends, or lets go of its input.
    ///
    /// # Errors
    /// The journal cannot be read or written.
    pub fn of(journal: &Path) -> Result<Fenced, Error> {
        let fault = |source| Error::Io { operation: Operation::Read, path: journal.to_owned(), source };
        let mut file = File::options().read(true).append(true).open(journal).map_err(fault)?;
        let mut lines = String::new();
        file.read_to_string(&mut lines).map_err(fault)?;
        thread::spawn(end_with_the_keeper);
        Ok(Fenced {
            journal: Mutex::new(file),
            record: Record::read(&lines),
            gate: RwLock::new(()),
            memory: Memory::of_files(super::memory()),
        })
    }

    fn write_down(&self, sign: char, sha256: &str) {
        let mut journal = self.journal.lock().unwrap_or_else(PoisonError::into_inner);
        // One write a line, so that no line is ever half there. A journal that takes none leaves the keeper without
        // knowledge, and the file without a fence: that is no reason not to read it.
        let _ = journal.write_all(format!("{sign} {sha256}\n").as_bytes());
    }
}

/// Waits until the keeper has ended or lets go, then ends the process: nobody is to go on unwatched.
#[expect(clippy::exit, reason = "a thread at work on a file that never ends cannot be ended otherwise")]
fn end_with_the_keeper() {
    let mut input = io::stdin().lock();
    let mut nothing = [0];
    while matches!(input.read(&mut nothing), Ok(1..)) {}
    std::process::exit(70);
}

impl Host for Fenced {
    fn befell(&self) -> &[String] {
        &self.record.words
    }

    fn begin<'a>(&'a self, sha256: &str) -> Result<Begun<'a>, Broke> {
        if let Some(broke) = self.record.broken.get(sha256) {
            return Err(*broke);
        }
        let (mut alone, mut beside) = (None, None);
        if self.record.suspected.contains(sha256) {
            alone = Some(self.gate.write().unwrap_or_else(PoisonError::into_inner));
        } else {
            beside = Some(self.gate.read().unwrap_or_else(PoisonError::into_inner));
        }
        let sha256 = sha256.to_owned();
        self.write_down('+', &sha256);
        self.memory.bound();
        Ok(Begun::until(move || {
            self.memory.free();
            self.write_down('-', &sha256);
            drop((alone, beside));
        }))
    }

    fn files(&self, folder: &Path) -> Result<Vec<PathBuf>, Error> {
        Disk.files(folder)
    }

    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, Error> {
        Disk.read(path, limit)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), Error> {
        Disk.write(path, bytes)
    }

    fn create_folder(&self, folder: &Path) -> Result<(), Error> {
        Disk.create_folder(folder)
    }

    fn remove_file(&self, path: &Path) -> Result<(), Error> {
        Disk.remove_file(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, Error> {
        Disk.exists(path)
    }

    fn look(&self, path: &Path) -> Result<Look, Error> {
        Disk.look(path)
    }

    fn lock(&self, workspace: &Path) -> Result<Lock, Error> {
        Disk.lock(workspace)
    }

    fn sweep(&self, folder: &Path) -> Result<(), Error> {
        Disk.sweep(folder)
    }

    fn now(&self) -> Result<DateTime, Error> {
        Disk.now()
    }
}
