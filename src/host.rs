//! The outside: files, folders, the lock and the clock. The only module that touches the disk.
//!
//! [`Host`] is what the rest of the program asks of the outside, so that tests can let the n-th write fail;
//! [`Disk`] is the real one. Every error names what was tried and on what path.
//!
//! Environment: `NTM_NOW=2023-04-28T07:00:00` sets the clock, so that a run can be repeated with the same bytes.

use std::env;
use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;

use crate::error::{Error, LockHolder, Operation};
use crate::model::Text;

/// The lock file of a workspace. It stays when the lock is released; what counts is the system's lock on it.
pub const LOCK_FILE: &str = ".ntm-lock";

/// Who holds the lock. A file of its own: Windows lets nobody read a file that another process has locked.
const HOLDER_FILE: &str = ".ntm-lock-holder";

/// What the holder file is allowed to be long.
const HOLDER_LIMIT: u64 = 4096;

/// How the names of temporary files begin and end.
const TEMPORARY: (&str, &str) = (".ntm-", ".tmp");

/// The environment variable that sets the clock.
const NOW_VARIABLE: &str = "NTM_NOW";

/// Vietnam has one time all year; no time zone database is needed.
const OFFSET: Offset = Offset::constant(7);

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

fn set_clock(moment: &str) -> Result<DateTime, Error> {
    moment.parse().map(whole_seconds).map_err(|_| {
        Error::Usage(Text::new(
            format!(
                "{NOW_VARIABLE} là «{moment}», không phải thời điểm. Ghi dạng 2023-04-28T07:00:00 hoặc bỏ biến này."
            ),
            format!("{NOW_VARIABLE} is \"{moment}\", which is no moment. Write it as 2023-04-28T07:00:00 or unset it."),
        ))
    })
}

fn local(moment: SystemTime) -> Result<DateTime, jiff::Error> {
    Ok(OFFSET.to_datetime(Timestamp::try_from(moment)?))
}

/// Without the part of a second: moments stand in names, sentences and frames, and are to be the same in all.
fn whole_seconds(moment: DateTime) -> DateTime {
    moment.with().subsec_nanosecond(0).build().unwrap_or(moment)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "the disk itself is what is tested here")]

    use super::*;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().unwrap()
    }

    #[test]
    fn files_are_listed_with_subfolders_in_order_and_without_what_nobody_sent() {
        let root = folder();
        fs::create_dir_all(root.path().join("xã b/.git")).unwrap();
        let names = [
            "z.xlsx",
            "a.XLSX",
            "xã b/BC.xls",
            "~$a.XLSX",
            "a.xlsx.crdownload",
            "b.PART",
            "c.tmp",
            ".ẩn.xlsx",
            "a.xlsx.filepart",
        ];
        for name in names.into_iter().chain(["Thumbs.db", "xã b/.git/d.xlsx"]) {
            fs::write(root.path().join(name), "x").unwrap();
        }
        let listed = Disk.files(root.path()).unwrap();
        let relative: Vec<_> = listed.iter().map(|p| p.strip_prefix(root.path()).unwrap().to_str().unwrap()).collect();
        assert_eq!(relative, ["a.XLSX", "xã b/BC.xls", "z.xlsx"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed_out_of_the_folder() {
        let (inside, outside) = (folder(), folder());
        fs::write(outside.path().join("secret.xlsx"), "x").unwrap();
        std::os::unix::fs::symlink(outside.path(), inside.path().join("out")).unwrap();
        std::os::unix::fs::symlink(outside.path().join("secret.xlsx"), inside.path().join("a.xlsx")).unwrap();
        std::os::unix::fs::symlink(inside.path(), inside.path().join("round")).unwrap();
        assert_eq!(Disk.files(inside.path()).unwrap(), Vec::<PathBuf>::new());
    }

    #[test]
    fn a_folder_that_is_not_there_is_an_error_that_names_it() {
        let missing = folder().path().join("hop-thu-den");
        let error = Disk.files(&missing).unwrap_err();
        assert!(matches!(&error, Error::Io { operation: Operation::List, path, .. } if *path == missing), "{error}");
    }

    #[test]
    fn a_file_is_read_up_to_its_limit_and_refused_beyond_it() {
        let root = folder();
        let path = root.path().join("a");
        fs::write(&path, [7; 10]).unwrap();
        assert_eq!(Disk.read(&path, 10).unwrap(), [7; 10]);
        assert!(matches!(Disk.read(&path, 9), Err(Error::TooLarge { limit: 9, .. })));
        assert!(matches!(Disk.read(root.path(), 9), Err(Error::Io { operation: Operation::Read, .. })));
    }

    #[test]
    fn a_write_replaces_the_whole_file_and_leaves_nothing_beside_it() {
        let root = folder();
        let path = root.path().join("a.xlsx");
        Disk.write(&path, b"first, and longer").unwrap();
        Disk.write(&path, b"second").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"second");
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_write_that_fails_leaves_no_part_of_a_file() {
        let root = folder();
        let taken = root.path().join("a.xlsx");
        fs::create_dir_all(taken.join("a folder in the way")).unwrap();
        let error = Disk.write(&taken, b"x").unwrap_err();
        assert!(matches!(error, Error::Io { operation: Operation::Write, .. }));
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_written_file_may_be_read_by_others_as_any_new_file() {
        use std::os::unix::fs::PermissionsExt;
        let root = folder();
        Disk.write(&root.path().join("ours"), b"x").unwrap();
        fs::write(root.path().join("usual"), b"x").unwrap();
        let mode = |name| fs::metadata(root.path().join(name)).unwrap().permissions().mode();
        assert_eq!(mode("ours"), mode("usual"));
    }

    #[test]
    fn a_second_run_is_told_who_holds_the_workspace_until_the_first_lets_go() {
        let root = folder();
        let first = Disk.lock(root.path()).unwrap();
        let Err(Error::Locked { holder: Some(holder), .. }) = Disk.lock(root.path()) else {
            panic!("the workspace is held, and its holder has said who it is");
        };
        assert_eq!(holder.pid, std::process::id());
        drop(first);
        assert!(!root.path().join(HOLDER_FILE).exists());
        assert!(Disk.lock(root.path()).is_ok());
    }

    #[test]
    fn what_was_being_written_when_a_process_was_cut_off_is_swept_up_and_nothing_else() {
        let root = folder();
        drop(Disk.lock(root.path()).unwrap());
        assert!(!Disk.lock(root.path()).unwrap().comes_after_a_cut());
        // What a process leaves that is killed: its name, and half a file.
        fs::write(root.path().join(HOLDER_FILE), "{}").unwrap();
        fs::create_dir_all(root.path().join("bao-cao/2023-04")).unwrap();
        for name in ["bao-cao/2023-04/.ntm-a1.tmp", ".ntm-b2.tmp", "bao-cao/.ntm-c.xlsx", "c.tmp"] {
            fs::write(root.path().join(name), "half").unwrap();
        }
        let lock = Disk.lock(root.path()).unwrap();
        assert!(lock.comes_after_a_cut());
        Disk.sweep(root.path()).unwrap();
        Disk.sweep(&root.path().join("khong-co")).unwrap();
        let left = |name: &str| root.path().join(name).exists();
        assert!(!left("bao-cao/2023-04/.ntm-a1.tmp") && !left(".ntm-b2.tmp"));
        assert!(left("bao-cao/.ntm-c.xlsx") && left("c.tmp"));
    }

    #[test]
    fn the_clock_can_be_set_and_refuses_what_is_no_moment() {
        assert_eq!(set_clock("2023-04-28T07:00:00").unwrap().to_string(), "2023-04-28T07:00:00");
        let error = set_clock("hôm qua").unwrap_err();
        assert_eq!(error.exit_code(), 2);
        assert!(error.text().vi.contains("«hôm qua»"));
    }

    #[test]
    fn moments_are_local_and_those_of_a_run_in_whole_seconds() {
        let moment = SystemTime::UNIX_EPOCH + std::time::Duration::from_millis(1_682_640_000_750);
        assert_eq!(local(moment).unwrap().to_string(), "2023-04-28T07:00:00.75");
        assert_eq!(whole_seconds(local(moment).unwrap()).to_string(), "2023-04-28T07:00:00");
    }

    #[test]
    fn a_file_looks_otherwise_once_somebody_wrote_to_it() {
        let root = folder();
        let path = root.path().join("a");
        fs::write(&path, "x").unwrap();
        let moment = SystemTime::UNIX_EPOCH + std::time::Duration::from_millis(1_682_640_000_750);
        File::options().write(true).open(&path).unwrap().set_modified(moment).unwrap();
        let modified = "2023-04-28T07:00:00.75".parse().unwrap();
        assert_eq!(Disk.look(&path).unwrap(), Look { bytes: 1, modified });
        fs::write(&path, "y").unwrap();
        assert_ne!(Disk.look(&path).unwrap(), Look { bytes: 1, modified });
        assert!(matches!(Disk.look(root.path()), Err(Error::Io { operation: Operation::Inspect, .. })));
    }
}
