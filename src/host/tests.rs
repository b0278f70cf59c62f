//! The real disk, lock and clock.
#![expect(clippy::disallowed_methods, reason = "the disk itself is what is tested here")]

use std::fs::{self, File};
use std::time::SystemTime;

use super::disk::{HOLDER_FILE, local, set_clock, whole_seconds};
use super::*;
use crate::error::Operation;

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
    let relative: Vec<_> = listed.iter().map(|path| path.strip_prefix(root.path()).unwrap()).collect();
    assert_eq!(relative, ["a.XLSX", "xã b/BC.xls", "z.xlsx"].map(Path::new));
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

#[test]
fn paths_longer_than_windows_usually_allows_are_written_listed_read_and_removed() {
    let root = folder();
    let name = |nth: u32| format!("{nth} {}", "báo cáo ".repeat(6).trim_end());
    let deep = (0..6).fold(root.path().to_owned(), |path, nth| path.join(name(nth)));
    let path = deep.join("BC.xlsx");
    assert!(path.to_str().unwrap().encode_utf16().count() > 260);
    Disk.create_folder(&deep).unwrap();
    drop(Disk.lock(&deep).unwrap());
    Disk.write(&path, b"first").unwrap();
    Disk.write(&path, b"second").unwrap();
    assert_eq!(Disk.files(root.path()).unwrap(), std::slice::from_ref(&path));
    assert_eq!(Disk.read(&path, 6).unwrap(), b"second");
    assert_eq!(Disk.look(&path).unwrap().bytes, 6);
    Disk.sweep(root.path()).unwrap();
    Disk.remove_file(&path).unwrap();
    assert!(!Disk.exists(&path).unwrap());
}

#[cfg(windows)]
#[test]
fn a_file_that_another_program_holds_is_listed_and_neither_read_nor_replaced_nor_removed() {
    let root = folder();
    let path = root.path().join("BC.xlsx");
    fs::write(&path, "x").unwrap();
    let held = std::os::windows::fs::OpenOptionsExt::share_mode(File::options().write(true), 0).open(&path).unwrap();
    assert_eq!(Disk.files(root.path()).unwrap(), std::slice::from_ref(&path));
    assert!(Disk.look(&path).is_err() && Disk.read(&path, 1).is_err());
    assert!(Disk.write(&path, b"y").is_err() && Disk.remove_file(&path).is_err());
    drop(held);
    assert_eq!(Disk.read(&path, 1).unwrap(), b"x");
    assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1, "no part of a file lies beside it");
}

#[cfg(windows)]
#[test]
fn a_file_that_windows_marks_as_hidden_is_left_out() {
    let root = folder();
    let mut hidden = File::options();
    std::os::windows::fs::OpenOptionsExt::attributes(hidden.write(true).create(true), 2);
    drop(hidden.open(root.path().join("a.xlsx")).unwrap());
    fs::write(root.path().join("b.xlsx"), "x").unwrap();
    assert_eq!(Disk.files(root.path()).unwrap(), [root.path().join("b.xlsx")]);
}
