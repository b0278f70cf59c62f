//! The archive: members in the order of their names, without a moment, so that the same bytes give the same archive.

use std::error::Error;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// A file of the archive.
pub(crate) struct Member {
    /// Its path, with forward slashes.
    pub(crate) path: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) is_program: bool,
}

/// The bytes of an archive that unpacks into one folder.
pub(crate) fn packed(folder: &str, mut members: Vec<Member>) -> Result<Vec<u8>, Box<dyn Error>> {
    members.sort_by(|a, b| a.path.cmp(&b.path));
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for Member { path, bytes, is_program } in members {
        let rights = if is_program { 0o755 } else { 0o644 };
        let options =
            SimpleFileOptions::default().last_modified_time(zip::DateTime::default()).unix_permissions(rights);
        archive.start_file(format!("{folder}/{path}"), options)?;
        archive.write_all(&bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}

/// Unpacks an archive of ours.
pub(crate) fn unpack(bytes: &[u8], into: &Path) -> Result<(), Box<dyn Error>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))?;
    for nth in 0..archive.len() {
        let mut member = archive.by_index(nth)?;
        let path = into.join(member.enclosed_name().ok_or("a path leads out of the archive")?);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut content = Vec::new();
        member.read_to_end(&mut content)?;
        fs::write(&path, content)?;
        #[cfg(unix)]
        if let Some(rights) = member.unix_mode() {
            fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(rights))?;
        }
    }
    Ok(())
}
