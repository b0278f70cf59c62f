//! `ntm init`: a new workspace with its commented settings file and its folders.

use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::host::Host;
use crate::model::Text;
use crate::settings::{FILE_NAME, FOLDERS, TEMPLATE};

/// Makes a workspace and tells what was made, in the order in which it was made.
///
/// The settings file comes last: where it stands, the workspace is whole.
///
/// # Errors
///
/// The folder already has settings, which are never overwritten; or the disk refuses.
pub fn workspace(host: &dyn Host, dir: &Path) -> Result<Vec<PathBuf>, Error> {
    let settings = dir.join(FILE_NAME);
    if host.exists(&settings)? {
        return Err(Error::Usage(already_text(&settings)));
    }
    let mut made = Vec::new();
    for folder in FOLDERS.map(|name| dir.join(name)) {
        if !host.exists(&folder)? {
            host.create_folder(&folder)?;
            made.push(folder);
        }
    }
    host.write(&settings, TEMPLATE.as_bytes())?;
    made.push(settings);
    Ok(made)
}

fn already_text(settings: &Path) -> Text {
    let path = settings.display();
    Text::new(
        format!("đã có «{path}»; tệp cài đặt không bị ghi đè. Dùng thư mục khác, hoặc sửa tệp đó."),
        format!("there already is \"{path}\"; settings are never overwritten. Use another folder, or edit that file."),
    )
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "the workspace made is looked at on the disk")]

    use std::fs;

    use super::*;
    use crate::host::Disk;

    #[test]
    fn a_workspace_has_its_settings_and_the_folders_they_name() {
        let root = tempfile::tempdir().unwrap();
        let dir = root.path().join("huyện/binh-luc");
        let made = workspace(&Disk, &dir).unwrap();
        assert_eq!(made.last(), Some(&dir.join("ntm.toml")));
        for folder in ["hop-thu-den", "luu-tru", "du-lieu", "bao-cao", "tra-lai", "mau", "chot-so-lieu", "bieu-mau"] {
            assert!(dir.join(folder).is_dir(), "{folder}");
        }
        assert_eq!(fs::read_to_string(dir.join("ntm.toml")).unwrap(), TEMPLATE);
    }

    #[test]
    fn settings_that_stand_there_are_never_overwritten() {
        let root = tempfile::tempdir().unwrap();
        let settings = root.path().join("ntm.toml");
        fs::write(&settings, "# của tôi").unwrap();
        let error = workspace(&Disk, root.path()).unwrap_err();
        assert_eq!(error.exit_code(), 2);
        assert!(error.text().vi.contains("không bị ghi đè"), "{}", error.text().vi);
        assert_eq!(fs::read_to_string(&settings).unwrap(), "# của tôi");
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1);
    }
}
