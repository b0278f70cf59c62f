//! What a run leaves for those who were not there: its log, and the page of the last run.

use std::path::{Path, PathBuf};

use jiff::civil::DateTime;

use crate::error::Error;
use crate::host::Host;

/// The page of the last run.
pub const PAGE: &str = "Ket-qua-lan-chay.txt";

/// How the names of logs end.
const ENDING: &str = ".log";

/// How the names of logs begin: `2026-11-25T070000`.
const STAMP: &str = "%Y-%m-%dT%H%M%S";

/// Writes the log of a run that began at a moment, and removes the oldest beyond those to be kept.
///
/// # Errors
///
/// The disk. The log may be written all the same.
pub fn keep_log(host: &dyn Host, folder: &Path, begun: DateTime, text: &str, kept: u32) -> Result<PathBuf, Error> {
    host.create_folder(folder)?;
    let path = free_path(host, folder, begun)?;
    host.write(&path, text.as_bytes())?;
    let mut logs: Vec<PathBuf> = host.files(folder)?.into_iter().filter(|path| is_log(folder, path)).collect();
    // By their names they stand in the order of time.
    logs.sort();
    let beyond = logs.len().saturating_sub(usize::try_from(kept).unwrap_or(usize::MAX));
    for old in logs.iter().take(beyond).filter(|old| **old != path) {
        host.remove_file(old)?;
    }
    Ok(path)
}

/// Writes the page of the last run.
///
/// # Errors
///
/// The disk.
pub fn leave_page(host: &dyn Host, folder: &Path, text: &str) -> Result<PathBuf, Error> {
    host.create_folder(folder)?;
    let path = folder.join(PAGE);
    host.write(&path, text.as_bytes())?;
    Ok(path)
}

/// The name of a log: two runs may begin in one second.
fn free_path(host: &dyn Host, folder: &Path, begun: DateTime) -> Result<PathBuf, Error> {
    let stamp = begun.strftime(STAMP);
    for number in 1.. {
        let name = if number == 1 { format!("{stamp}{ENDING}") } else { format!("{stamp}-{number}{ENDING}") };
        let path = folder.join(name);
        if !host.exists(&path)? {
            return Ok(path);
        }
    }
    unreachable!("one of all numbers is free")
}

/// Whether a file is a log that a run wrote: nothing else of the folder is ever removed.
fn is_log(folder: &Path, path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let Some(stem) = name.strip_suffix(ENDING) else { return false };
    let stamp = stem.get(..17).unwrap_or_default();
    let number = stem.get(17..).unwrap_or_default();
    let is_numbered = number.strip_prefix('-').is_some_and(|digits| digits.parse::<u32>().is_ok());
    path.parent() == Some(folder) && DateTime::strptime(STAMP, stamp).is_ok() && (number.is_empty() || is_numbered)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::Disk;

    fn names(folder: &Path) -> Vec<String> {
        let files = Disk.files(folder).unwrap();
        files.iter().map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect()
    }

    fn log(folder: &Path, begun: &str, kept: u32) {
        keep_log(&Disk, folder, begun.parse().unwrap(), begun, kept).unwrap();
    }

    #[test]
    fn the_oldest_logs_go_and_nothing_else_does() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("nhat-ky");
        log(&folder, "2026-10-25T07:00:00", 2);
        for own in ["ghi chú.log", "2026-11-25.log", "2026-01-25T070000-của tôi.log", PAGE] {
            Disk.write(&folder.join(own), b"x").unwrap();
        }
        log(&folder, "2026-11-25T07:00:00", 2);
        log(&folder, "2026-12-25T07:00:00", 2);
        assert_eq!(
            names(&folder),
            [
                "2026-01-25T070000-của tôi.log",
                "2026-11-25.log",
                "2026-11-25T070000.log",
                "2026-12-25T070000.log",
                PAGE,
                "ghi chú.log"
            ]
        );
    }

    #[test]
    fn runs_of_one_second_do_not_overwrite_each_other_s_logs() {
        let root = tempfile::tempdir().unwrap();
        log(root.path(), "2026-11-25T07:00:00", 9);
        log(root.path(), "2026-11-25T07:00:00", 9);
        assert_eq!(names(root.path()), ["2026-11-25T070000-2.log", "2026-11-25T070000.log"]);
    }

    #[test]
    fn a_clock_that_was_set_back_does_not_cost_the_log_of_this_run() {
        let root = tempfile::tempdir().unwrap();
        log(root.path(), "2026-11-25T07:00:00", 1);
        log(root.path(), "2025-11-25T07:00:00", 1);
        assert!(names(root.path()).contains(&"2025-11-25T070000.log".to_owned()));
    }
}
