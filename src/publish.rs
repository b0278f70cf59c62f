//! Artifacts to files: made folder by folder, written beside, then renamed.
//!
//! *Takes* artifacts with their paths and bytes. *Gives* files. *Never* writes one whose bytes already stand there,
//! and never lets one that cannot be written keep the others back.

use std::panic::resume_unwind;
use std::path::PathBuf;
use std::thread::{self, ScopedJoinHandle};

use crate::error::Error;
use crate::host::Host;

/// A file to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// Where.
    pub path: PathBuf,
    /// What stands in it.
    pub bytes: Vec<u8>,
}

/// How many threads write: waiting for the disk is no work.
const WRITERS: usize = 4;

/// Writes all artifacts, some at a time, with the folders they need.
///
/// # Errors
///
/// The one that could not be written, or [`Error::Several`] in the order of the artifacts; all the others are written
/// all the same.
pub fn publish(host: &dyn Host, artifacts: &[Artifact]) -> Result<(), Error> {
    let write = |some: &[Artifact]| -> Vec<Error> {
        some.iter().filter_map(|artifact| publish_one(host, artifact).err()).collect()
    };
    if let [_] = artifacts {
        return joined(write(artifacts));
    }
    let share = artifacts.len().div_ceil(WRITERS).max(1);
    let errors = thread::scope(|scope| {
        let writers: Vec<_> = artifacts.chunks(share).map(|some| scope.spawn(move || write(some))).collect();
        let written = writers.into_iter().map(ScopedJoinHandle::join);
        written.flat_map(|errors| errors.unwrap_or_else(|panic| resume_unwind(panic))).collect()
    });
    joined(errors)
}

/// What went wrong, as one.
///
/// # Errors
///
/// Where anything did.
pub fn joined(mut errors: Vec<Error>) -> Result<(), Error> {
    match errors.len() {
        0 => Ok(()),
        1 => Err(errors.remove(0)),
        _ => Err(Error::Several(errors)),
    }
}

fn publish_one(host: &dyn Host, artifact: &Artifact) -> Result<(), Error> {
    if let Some(folder) = artifact.path.parent() {
        host.create_folder(folder)?;
    }
    if stands_already(host, artifact) { Ok(()) } else { host.write(&artifact.path, &artifact.bytes) }
}

/// Whether the very bytes stand there. What cannot be read, or is longer, is written anew: writing tells what is wrong.
fn stands_already(host: &dyn Host, artifact: &Artifact) -> bool {
    let limit = artifact.bytes.len() as u64;
    host.read(&artifact.path, limit).is_ok_and(|bytes| bytes == artifact.bytes)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "what was published is looked at on the disk")]

    use std::fs;
    use std::path::Path;

    use super::*;
    use crate::error::Operation;
    use crate::host::Disk;

    fn artifact(root: &Path, path: &str, bytes: &[u8]) -> Artifact {
        Artifact { path: root.join(path), bytes: bytes.to_owned() }
    }

    #[test]
    fn artifacts_are_written_with_the_folders_they_need() {
        let root = tempfile::tempdir().unwrap();
        publish(&Disk, &[artifact(root.path(), "bao-cao/2023-04/xa/13546.pdf", b"pdf")]).unwrap();
        assert_eq!(fs::read(root.path().join("bao-cao/2023-04/xa/13546.pdf")).unwrap(), b"pdf");
    }

    #[test]
    fn unchanged_bytes_are_not_written_again_and_changed_ones_are() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("a");
        let long_ago = std::time::SystemTime::UNIX_EPOCH;
        for (bytes, is_written) in [(b"same", false), (b"more", true)] {
            fs::write(&path, b"same").unwrap();
            fs::File::options().write(true).open(&path).unwrap().set_modified(long_ago).unwrap();
            publish(&Disk, &[artifact(root.path(), "a", bytes)]).unwrap();
            assert_eq!(fs::metadata(&path).unwrap().modified().unwrap() != long_ago, is_written);
            assert_eq!(fs::read(&path).unwrap(), bytes);
        }
    }

    #[test]
    fn one_that_cannot_be_written_is_named_and_the_others_are_written() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("file"), b"").unwrap();
        let artifacts = [
            artifact(root.path(), "file/inside.xlsx", b"1"),
            artifact(root.path(), "good.xlsx", b"2"),
            artifact(root.path(), "file/too.pdf", b"3"),
        ];
        let Err(Error::Several(errors)) = publish(&Disk, &artifacts) else { panic!("two have a file for a folder") };
        assert_eq!(errors.len(), 2);
        assert!(
            matches!(&errors[0], Error::Io { operation: Operation::CreateFolder, path, .. } if path.ends_with("file"))
        );
        assert_eq!(fs::read(root.path().join("good.xlsx")).unwrap(), b"2");
    }

    #[test]
    fn a_target_that_cannot_be_replaced_is_named() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("a.xlsx/in the way")).unwrap();
        let error = publish(&Disk, &[artifact(root.path(), "a.xlsx", b"1")]).unwrap_err();
        assert!(matches!(&error, Error::Io { operation: Operation::Write, path, .. } if path.ends_with("a.xlsx")));
    }
}
