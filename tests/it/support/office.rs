//! A workspace in a temporary folder, run as `main` runs it.
#![expect(clippy::disallowed_methods, reason = "tests lay out workspaces and look at what became of them")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use ntm::error::Error;
use ntm::host::{Disk, Host};
use ntm::model::Lang;
use ntm::pipeline::{self, Outcome, Request, Workspace};
use tempfile::TempDir;

use super::binh_luc;
use super::host::TestHost;

/// When runs of tests take place, where they do not say otherwise.
pub(crate) const NOW: &str = "2023-04-28T07:00:00";

/// Settings of a small office: three communes, the NTM set, the inbox emptied by a run.
pub(crate) const THREE_COMMUNES: &str = r#"
[unit]
name = "huyện Bình Lục"
parent = "tỉnh Hà Nam"
region = "dbsh"

[deadline]
day = 25

[[sets]]
id = "ntm-2021-2025"

[[communes]]
code = "13546"
name = "Trung Lương"
kind = "xã"

[[communes]]
code = "13555"
name = "La Sơn"
kind = "xã"

[[communes]]
code = "13516"
name = "Đồng Du"
kind = "xã"
"#;

/// A workspace of its own, gone with the value.
#[derive(Debug)]
pub(crate) struct Office {
    root: TempDir,
}

impl Office {
    /// The sample workspace: its settings, and the files of its inbox as their builder makes them.
    pub(crate) fn sample() -> Office {
        let office =
            Office::of(&fs::read_to_string(sample_folder().join("ntm.toml")).expect("the sample has settings"));
        for file in binh_luc::files() {
            office.send(&file.path, &file.bytes);
        }
        office
    }

    /// A workspace of the given settings with an empty inbox.
    pub(crate) fn of(settings: &str) -> Office {
        let root = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir(root.path().join("hop-thu-den")).expect("the folder is new");
        fs::write(root.path().join("ntm.toml"), settings).expect("the folder can be written");
        Office { root }
    }

    /// Its folder.
    pub(crate) fn path(&self) -> &Path {
        self.root.path()
    }

    /// Drops a file into the inbox, at a path below it.
    pub(crate) fn send(&self, below_inbox: &str, bytes: &[u8]) {
        let path = self.inbox(below_inbox);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("the folder can be made");
        fs::write(path, bytes).expect("the inbox can be written");
    }

    /// The path of a file of the inbox.
    pub(crate) fn inbox(&self, below: &str) -> PathBuf {
        self.path().join("hop-thu-den").join(below)
    }

    /// The workspace opened.
    pub(crate) fn open(&self) -> Workspace {
        Workspace::open(&Disk, self.path()).expect("the settings are right")
    }

    /// A run that succeeds.
    pub(crate) fn run(&self) -> Outcome {
        self.try_run(&TestHost::at(NOW)).expect("a sound disk")
    }

    /// A run on a host that may fail.
    pub(crate) fn try_run(&self, host: &TestHost) -> Result<Outcome, Error> {
        self.go(host, false)
    }

    /// Store and papers made again from the archive.
    pub(crate) fn rebuild(&self) -> Outcome {
        self.try_rebuild(&TestHost::at(NOW)).expect("a sound disk")
    }

    /// The same on a host that may fail.
    pub(crate) fn try_rebuild(&self, host: &TestHost) -> Result<Outcome, Error> {
        self.go(host, true)
    }

    /// A run on any host.
    pub(crate) fn run_on(&self, host: &dyn Host) -> Outcome {
        self.go(host, false).expect("what goes wrong is told in the outcome")
    }

    fn go(&self, host: &dyn Host, rebuild: bool) -> Result<Outcome, Error> {
        let request = Request { period: None, rebuild, lang: Lang::Vi, only: None, progress: &|_, _| {} };
        pipeline::run(host, &self.open(), request)
    }

    /// The files below a folder of the workspace, by their paths with slashes.
    pub(crate) fn tree(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        tree(&self.path().join(folder))
    }

    /// All that is derived: store, papers, and what went back to communes.
    pub(crate) fn derived(&self) -> BTreeMap<String, Vec<u8>> {
        let mut all = BTreeMap::new();
        for folder in ["du-lieu", "bao-cao", "tra-lai"] {
            all.extend(self.tree(folder).into_iter().map(|(path, bytes)| (format!("{folder}/{path}"), bytes)));
        }
        all
    }
}

/// The sample workspace as it lies in the repository; tests never write into it.
pub(crate) fn sample_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/binh-luc")
}

/// The files below a folder by their paths with slashes; none where there is no folder.
pub(crate) fn tree(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries {
            let path = entry.expect("an entry of a folder").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let below = path.strip_prefix(root).expect("the entry lies below the folder");
            let name = below.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
            files.insert(name, fs::read(&path).expect("a readable file"));
        }
    }
    files
}
