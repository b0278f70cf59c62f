//! The disk with a clock that stands still, on which one operation can be made to fail.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use jiff::civil::DateTime;
use ntm::error::{Error, Operation};
use ntm::host::{Begun, Broke, Disk, Host, Lock, Look};
use ntm::pipeline::sha256;

/// How an operation fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It is refused; those after it are done.
    Refused,
    /// It is done, but the answer is lost: a flush that fails after the rename.
    DoneButDenied,
    /// It and all that come after are refused: the machine was switched off.
    LastBreath,
    /// It and all that come after are refused where they write, with this answer; the rest is done.
    Unwritable(io::ErrorKind),
}

/// A disk as tests want it.
#[derive(Debug)]
pub(crate) struct TestHost {
    now: DateTime,
    fault: Option<(usize, Fault)>,
    asked: Mutex<Vec<Operation>>,
    /// The hash of a file that broke the process that worked on it.
    broken: Option<(String, Broke)>,
}

impl TestHost {
    /// A sound disk at a moment.
    pub(crate) fn at(now: &str) -> TestHost {
        let now = now.parse().expect("a moment as tests write it");
        TestHost { now, fault: None, asked: Mutex::default(), broken: None }
    }

    /// The same, on which the n-th operation (from zero) fails.
    pub(crate) fn failing(self, nth: usize, fault: Fault) -> TestHost {
        TestHost { fault: Some((nth, fault)), ..self }
    }

    /// The same, which knows that a file broke the process that worked on it.
    pub(crate) fn broken_by(self, bytes: &[u8], how: Broke) -> TestHost {
        TestHost { broken: Some((sha256(bytes), how)), ..self }
    }

    /// The operations asked for, in their order.
    pub(crate) fn asked(&self) -> Vec<Operation> {
        self.asked.lock().expect("no thread panicked with it").clone()
    }

    fn perform<T>(
        &self,
        operation: Operation,
        path: &Path,
        work: impl FnOnce() -> Result<T, Error>,
    ) -> Result<T, Error> {
        let number = {
            let mut asked = self.asked.lock().expect("no thread panicked with it");
            asked.push(operation);
            asked.len() - 1
        };
        let refused = |source| Err(Error::Io { operation, path: path.to_owned(), source });
        let refusal = || refused(io::Error::other("the test pulled the plug"));
        let writes = matches!(operation, Operation::Write | Operation::CreateFolder | Operation::Remove);
        match self.fault {
            Some((nth, Fault::Refused)) if number == nth => refusal(),
            Some((nth, Fault::LastBreath)) if number >= nth => refusal(),
            Some((nth, Fault::Unwritable(kind))) if number >= nth && writes => refused(kind.into()),
            Some((nth, Fault::DoneButDenied)) if number == nth => work().and_then(|_| refusal()),
            _ => work(),
        }
    }
}

impl Host for TestHost {
    fn files(&self, folder: &Path) -> Result<Vec<PathBuf>, Error> {
        self.perform(Operation::List, folder, || Disk.files(folder))
    }

    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, Error> {
        self.perform(Operation::Read, path, || Disk.read(path, limit))
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), Error> {
        self.perform(Operation::Write, path, || Disk.write(path, bytes))
    }

    fn create_folder(&self, folder: &Path) -> Result<(), Error> {
        self.perform(Operation::CreateFolder, folder, || Disk.create_folder(folder))
    }

    fn remove_file(&self, path: &Path) -> Result<(), Error> {
        self.perform(Operation::Remove, path, || Disk.remove_file(path))
    }

    fn exists(&self, path: &Path) -> Result<bool, Error> {
        self.perform(Operation::Inspect, path, || Disk.exists(path))
    }

    fn look(&self, path: &Path) -> Result<Look, Error> {
        self.perform(Operation::Inspect, path, || Disk.look(path))
    }

    fn lock(&self, workspace: &Path) -> Result<Lock, Error> {
        self.perform(Operation::Lock, workspace, || Disk.lock(workspace))
    }

    fn sweep(&self, folder: &Path) -> Result<(), Error> {
        self.perform(Operation::List, folder, || Disk.sweep(folder))
    }

    fn begin<'a>(&'a self, sha256: &str) -> Result<Begun<'a>, Broke> {
        match &self.broken {
            Some((hash, how)) if hash == sha256 => Err(*how),
            _ => Ok(Begun::default()),
        }
    }

    fn now(&self) -> Result<DateTime, Error> {
        Ok(self.now)
    }
}
