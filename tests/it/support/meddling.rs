//! The disk while somebody else is at work on it.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use jiff::civil::DateTime;
use ntm::error::{Error, Operation};
use ntm::host::{Disk, Host, Lock, Look};

use super::office::NOW;

/// What somebody does.
type Meddle<'a> = Box<dyn FnOnce() -> Result<(), Error> + Send + 'a>;

/// The disk, on which somebody does something just before an operation is done for the first time.
pub(crate) struct Meddling<'a> {
    before: Operation,
    meddle: Mutex<Option<Meddle<'a>>>,
}

impl<'a> Meddling<'a> {
    /// Something is done before the first operation of a kind; that operation fails where the meddling says so.
    pub(crate) fn before(operation: Operation, meddle: impl FnOnce() -> Result<(), Error> + Send + 'a) -> Self {
        Meddling { before: operation, meddle: Mutex::new(Some(Box::new(meddle))) }
    }

    fn perform<T>(&self, operation: Operation, work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
        let mut meddle = self.meddle.lock().expect("no thread panicked with it");
        if operation == self.before
            && let Some(meddle) = meddle.take()
        {
            meddle()?;
        }
        drop(meddle);
        work()
    }
}

impl Host for Meddling<'_> {
    fn files(&self, folder: &Path) -> Result<Vec<PathBuf>, Error> {
        self.perform(Operation::List, || Disk.files(folder))
    }

    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, Error> {
        // What is done to the inbox is done before its files are read, not those of the workspace itself.
        if path.components().any(|part| part.as_os_str() == "hop-thu-den") {
            return self.perform(Operation::Read, || Disk.read(path, limit));
        }
        Disk.read(path, limit)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), Error> {
        self.perform(Operation::Write, || Disk.write(path, bytes))
    }

    fn create_folder(&self, folder: &Path) -> Result<(), Error> {
        self.perform(Operation::CreateFolder, || Disk.create_folder(folder))
    }

    fn remove_file(&self, path: &Path) -> Result<(), Error> {
        self.perform(Operation::Remove, || Disk.remove_file(path))
    }

    fn exists(&self, path: &Path) -> Result<bool, Error> {
        self.perform(Operation::Inspect, || Disk.exists(path))
    }

    fn look(&self, path: &Path) -> Result<Look, Error> {
        Disk.look(path)
    }

    fn lock(&self, workspace: &Path) -> Result<Lock, Error> {
        self.perform(Operation::Lock, || Disk.lock(workspace))
    }

    fn sweep(&self, folder: &Path) -> Result<(), Error> {
        self.perform(Operation::List, || Disk.sweep(folder))
    }

    fn now(&self) -> Result<DateTime, Error> {
        Ok(NOW.parse().expect("a moment as tests write it"))
    }
}
