//! The machine's own disk, lock and clock.

use std::env;
use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;

use super::{Host, Look};
use crate::error::{Error, LockHolder, Operation};
use crate::model::Text;

/// The lock file of a workspace. It stays when the lock is released; what counts is the system's lock on it.
pub const LOCK_FILE: &str = ".ntm-lock";

/// Who holds the lock. A file of its own: Windows lets nobody read a file that another process has locked.
pub(super) const HOLDER_FILE: &str = ".ntm-lock-holder";

/// What the holder file is allowed to be long.
const HOLDER_LIMIT: u64 = 4096;

/// How the names of temporary files begin and end.
const TEMPORARY: (&str, &str) = (".ntm-", ".tmp");

/// The environment variable that sets the clock.
const NOW_VARIABLE: &str = "NTM_NOW";

/// Vietnam has one time all year; no time zone database is needed.
const OFFSET: Offset = Offset::constant(7);

/// A workspace held by this run; dropping it, or the end of the process however it comes, lets it go.
#[derive(Debug, Default)]
pub struct Lock {
    /// The locked file, with which the system's lock ends, and the holder file. `None` for hosts without a disk.
    held: Option<(File, PathBuf)>,
    /// The holder before left its name: it was cut off.
    after_a_cut: bool,
}

impl Lock {
    /// Whether whoever held the workspace before was cut off, so that something may lie about half written.
    #[must_use]
    pub fn comes_after_a_cut(&self) -> bool {
        self.after_a_cut
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        if let Some((_, holder)) = &self.held {
            // While the lock still stands, so that nobody else's name is removed. A name left behind does no harm.
            let _ = fs::remove_file(holder);
        }
    }
}

/// The machine's own disk and clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct Disk;

impl Host for Disk {
    fn files(&self, folder: &Path) -> Result<Vec<PathBuf>, Error> {
        let mut files = Vec::new();
        let mut folders = vec![folder.to_owned()];
        while let Some(folder) = folders.pop() {
            let fault = |source| io_error(Operation::List, &folder, source);
            for entry in fs::read_dir(&folder).map_err(fault)? {
                let entry = entry.map_err(fault)?;
                let kind = entry.file_type().map_err(fault)?;
                if is_left_out(&entry.file_name().to_string_lossy()) || is_marked_hidden(&entry).map_err(fault)? {
                    continue;
                }
                // A link is neither: what it points to may lie outside the workspace or lead round in a circle.
                if kind.is_dir() {
                    folders.push(entry.path());
                } else if kind.is_file() {
                    files.push(entry.path());
                }
            }
        }
        files.sort();
        Ok(files)
    }

    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, Error> {
        let fault = |source| io_error(Operation::Read, path, source);
        let mut bytes = Vec::new();
        // One byte more than allowed tells a file that grew after its size was asked.
        opened(path).and_then(|file| file.take(limit.saturating_add(1)).read_to_end(&mut bytes)).map_err(fault)?;
        if bytes.len() as u64 > limit {
            return Err(Error::TooLarge { path: path.to_owned(), limit });
        }
        Ok(bytes)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), Error> {
        write_whole(path, bytes).map_err(|source| io_error(Operation::Write, path, source))
    }

    fn create_folder(&self, folder: &Path) -> Result<(), Error> {
        fs::create_dir_all(folder).map_err(|source| io_error(Operation::CreateFolder, folder, source))
    }

    fn remove_file(&self, path: &Path) -> Result<(), Error> {
        fs::remove_file(path).map_err(|source| io_error(Operation::Remove, path, source))
    }

    fn exists(&self, path: &Path) -> Result<bool, Error> {
        path.try_exists().map_err(|source| io_error(Operation::Inspect, path, source))
    }

    fn look(&self, path: &Path) -> Result<Look, Error> {
        let fault = |source| io_error(Operation::Inspect, path, source);
        let about = opened(path).and_then(|file| file.metadata()).map_err(fault)?;
        let modified = about.modified().map_err(fault)?;
        let modified = local(modified).map_err(|error| fault(io::Error::other(error)))?;
        Ok(Look { bytes: about.len(), modified })
    }

    fn lock(&self, workspace: &Path) -> Result<Lock, Error> {
        let path = workspace.join(LOCK_FILE);
        let fault = |source| io_error(Operation::Lock, &path, source);
        let file = File::options().create(true).write(true).truncate(false).open(&path).map_err(fault)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(Error::Locked { holder: holder(self, workspace), path });
            }
            Err(TryLockError::Error(source)) => return Err(fault(source)),
        }
        let holder = LockHolder { pid: std::process::id(), host: machine_name(), since: self.now()? };
        let text = serde_json::to_vec(&holder).expect("a number, a text and a moment are always JSON");
        let holder_path = workspace.join(HOLDER_FILE);
        let after_a_cut = self.exists(&holder_path)?;
        self.write(&holder_path, &text)?;
        Ok(Lock { held: Some((file, holder_path)), after_a_cut })
    }

    fn sweep(&self, folder: &Path) -> Result<(), Error> {
        let mut folders = vec![folder.to_owned()];
        while let Some(folder) = folders.pop() {
            let fault = |source| io_error(Operation::List, &folder, source);
            let entries = match fs::read_dir(&folder) {
                Ok(entries) => entries,
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => return Err(fault(error)),
            };
            for entry in entries {
                let entry = entry.map_err(fault)?;
                let (name, kind) = (entry.file_name(), entry.file_type().map_err(fault)?);
                let name = name.to_string_lossy();
                if kind.is_dir() {
                    folders.push(entry.path());
                } else if kind.is_file() && name.starts_with(TEMPORARY.0) && name.ends_with(TEMPORARY.1) {
                    self.remove_file(&entry.path())?;
                }
            }
        }
        Ok(())
    }

    fn now(&self) -> Result<DateTime, Error> {
        match env::var_os(NOW_VARIABLE) {
            Some(moment) => set_clock(&moment.to_string_lossy()),
            None => Ok(whole_seconds(OFFSET.to_datetime(Timestamp::now()))),
        }
    }
}

fn io_error(operation: Operation, path: &Path, source: io::Error) -> Error {
    Error::Io { operation, path: path.to_owned(), source }
}

/// An ordinary file opened for reading. It is looked at before: opening a pipe would wait for ever.
fn opened(path: &Path) -> io::Result<File> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    File::open(path)
}

/// How browsers, mail programs and copying programs end the names of files that are not whole yet.
const UNFINISHED: [&str; 7] = [".tmp", ".temp", ".part", ".partial", ".filepart", ".crdownload", ".download"];

/// Whether a name is of what nobody sent: see [`Host::files`].
fn is_left_out(name: &str) -> bool {
    let name = name.to_lowercase();
    let unfinished = UNFINISHED.iter().any(|ending| name.ends_with(ending));
    unfinished || name.starts_with('.') || name.starts_with("~$") || name == "thumbs.db" || name == "desktop.ini"
}

/// Whether the system marks an entry as hidden beside its name.
#[cfg(windows)]
fn is_marked_hidden(entry: &fs::DirEntry) -> io::Result<bool> {
    const HIDDEN: u32 = 2;
    let about = entry.metadata()?;
    Ok(std::os::windows::fs::MetadataExt::file_attributes(&about) & HIDDEN != 0)
}

/// Elsewhere the name alone hides a file.
#[cfg(not(windows))]
fn is_marked_hidden(_: &fs::DirEntry) -> io::Result<bool> {
    Ok(false)
}

fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // In this form (`\\?\…`) Windows allows paths of more than 260 letters: the standard library brings its own calls into
    // it, tempfile does not.
    #[cfg(windows)]
    let whole = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    #[cfg(windows)]
    let (folder, path) = (whole.as_path(), whole.join(path.file_name().unwrap_or_default()));
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY.0).suffix(TEMPORARY.1);
    // A temporary file is private; what takes its name is read by others as far as the user's mask allows.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    // On Unix the new name is safe only when the folder is on the disk too; Windows has no such call.
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    Ok(())
}

/// Who holds a locked workspace; a holder that is just taking it may not have written its name yet.
fn holder(host: &dyn Host, workspace: &Path) -> Option<LockHolder> {
    let bytes = host.read(&workspace.join(HOLDER_FILE), HOLDER_LIMIT).ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// The machine's name: as Windows has it, else as Linux has it, else as the shell has it.
#[must_use]
pub fn machine_name() -> String {
    let kernel = || fs::read_to_string("/proc/sys/kernel/hostname").ok();
    let name = env::var("COMPUTERNAME").ok().or_else(kernel).or_else(|| env::var("HOSTNAME").ok());
    name.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).unwrap_or_else(|| "?".to_owned())
}

pub(super) fn set_clock(moment: &str) -> Result<DateTime, Error> {
    moment.parse().map(whole_seconds).map_err(|_| {
        Error::Usage(Text::new(
            format!(
                "{NOW_VARIABLE} là «{moment}», không phải thời điểm. Ghi dạng 2023-04-28T07:00:00 hoặc bỏ biến này."
            ),
            format!("{NOW_VARIABLE} is \"{moment}\", which is no moment. Write it as 2023-04-28T07:00:00 or unset it."),
        ))
    })
}

pub(super) fn local(moment: SystemTime) -> Result<DateTime, jiff::Error> {
    Ok(OFFSET.to_datetime(Timestamp::try_from(moment)?))
}

/// Without the part of a second: moments stand in names, sentences and frames, and are to be the same in all.
pub(super) fn whole_seconds(moment: DateTime) -> DateTime {
    moment.with().subsec_nanosecond(0).build().unwrap_or(moment)
}
