//! The outside: files, folders, the lock and the clock. The only module that touches the disk.
//!
//! [`Host`] is what the rest of the program asks of the outside, so that tests can let the n-th write fail;
//! [`Disk`] is the real one. Every error names what was tried and on what path.
//!
//! Environment: `NTM_NOW=2023-04-28T07:00:00` sets the clock, so that a run can be repeated with the same bytes.

mod disk;

use std::path::{Path, PathBuf};

use jiff::civil::DateTime;

use crate::error::Error;

pub use disk::{Disk, LOCK_FILE, Lock, machine_name};

/// The outside world as the program knows it.
pub trait Host: Sync {
    /// All files of a folder and its subfolders, sorted by path.
    ///
    /// Left out are what is not a report sent: hidden files (`.…`, `Thumbs.db`, `desktop.ini`, what Windows marks as
    /// hidden), Office's owner files (`~$…`) and files still being written or downloaded (`.tmp`, `.part`,
    /// `.crdownload` and their like). Links are not followed.
    ///
    /// # Errors
    ///
    /// The folder or one of its subfolders cannot be listed.
    fn files(&self, folder: &Path) -> Result<Vec<PathBuf>, Error>;

    /// The bytes of a file of at most `limit` bytes.
    ///
    /// # Errors
    ///
    /// [`Error::TooLarge`] beyond the limit, [`Error::Io`] where it cannot be read or is no ordinary file.
    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, Error>;

    /// Writes a whole file or nothing: beside, to the disk, then renamed over what was there.
    ///
    /// # Errors
    ///
    /// The folder does not exist, or the file cannot be written or replaced; what was there before still stands.
    fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), Error>;

    /// Makes a folder and those above it; one that exists is fine.
    ///
    /// # Errors
    ///
    /// It cannot be made.
    fn create_folder(&self, folder: &Path) -> Result<(), Error>;

    /// Removes a file.
    ///
    /// # Errors
    ///
    /// It cannot be removed, or is not there.
    fn remove_file(&self, path: &Path) -> Result<(), Error>;

    /// Whether there is a file or a folder.
    ///
    /// # Errors
    ///
    /// That cannot be told, for want of permission.
    fn exists(&self, path: &Path) -> Result<bool, Error>;

    /// What a file looks like from outside. It is opened for that, so that one held by another program is refused.
    ///
    /// # Errors
    ///
    /// The file is not there, cannot be opened now, or is no ordinary file.
    fn look(&self, path: &Path) -> Result<Look, Error>;

    /// Takes a workspace for this run, until the [`Lock`] is dropped.
    ///
    /// # Errors
    ///
    /// [`Error::Locked`] where another run holds it.
    fn lock(&self, workspace: &Path) -> Result<Lock, Error>;

    /// Removes the temporary files that a process left in a folder and its subfolders when it was cut off while it
    /// wrote; a folder that is not there has none.
    ///
    /// # Errors
    ///
    /// A folder cannot be listed, or such a file not be removed.
    fn sweep(&self, folder: &Path) -> Result<(), Error>;

    /// The local time (+07:00), whole seconds. Asked once a run.
    ///
    /// # Errors
    ///
    /// `NTM_NOW` is set to what is no moment.
    fn now(&self) -> Result<DateTime, Error>;

    /// Says that work on a sender's file begins, known by its hash; it is over when what is given back is dropped. A
    /// host that stands behind a [`fence`](crate::fence) lays to the file what befalls the process until then.
    ///
    /// # Errors
    ///
    /// The file broke the process before: it is not to be touched.
    fn begin<'a>(&'a self, _sha256: &str) -> Result<Begun<'a>, Broke> {
        Ok(Begun::default())
    }

    /// What the processes said last that came to a sudden end over this work before, a line each: words for a log.
    fn befell(&self) -> &[String] {
        &[]
    }
}

/// How a file broke the process that worked on it, alone and not for the first time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Broke {
    /// The process came to a sudden end: no memory or no stack left.
    Died,
    /// It did not come to an end.
    Slow,
}

/// Work on a file that has begun.
#[derive(Default)]
pub struct Begun<'a>(Option<Box<dyn FnOnce() + 'a>>);

impl<'a> Begun<'a> {
    /// Work whose end is to be told.
    pub(crate) fn until(end: impl FnOnce() + 'a) -> Self {
        Begun(Some(Box::new(end)))
    }
}

impl Drop for Begun<'_> {
    fn drop(&mut self) {
        if let Some(end) = self.0.take() {
            end();
        }
    }
}

/// A file from outside: while its look stays the same, nobody has written to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Its size.
    pub bytes: u64,
    /// When it was last changed, local time, to the fraction of a second that the system keeps.
    pub modified: DateTime,
}

#[cfg(test)]
mod tests;
