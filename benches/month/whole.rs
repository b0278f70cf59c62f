//! The whole run of a fresh workspace, on the disk, as `ntm run` does it.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::time::Instant;

use ntm::host::Disk;
use ntm::model::Lang;
use ntm::pipeline::{self, Request, Workspace};

use crate::measured::{Fault, Measured};

/// Makes a workspace with the month in its inbox.
pub(crate) fn prepare(root: &Path, settings: &str, month: &[(String, Vec<u8>)]) -> io::Result<()> {
    let inbox = root.join("hop-thu-den");
    std::fs::create_dir_all(&inbox)?;
    put(&root.join("ntm.toml"), settings.as_bytes())?;
    for (name, bytes) in month {
        put(&inbox.join(name), bytes)?;
    }
    Ok(())
}

/// Writes a file.
pub(crate) fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    File::create(path)?.write_all(bytes)
}

/// Opens and runs the workspace. Every file must have been understood as its own commune's, or the time says nothing.
pub(crate) fn run(root: &Path) -> Result<Measured, Fault> {
    let start = Instant::now();
    let workspace = Workspace::open(&Disk, root)?;
    let request = Request { period: None, rebuild: false, lang: Lang::Vi, only: None, progress: &|_, _| {} };
    let outcome = pipeline::run(&Disk, &workspace, request)?;
    let seconds = start.elapsed().as_secs_f64();
    if let Some(file) = outcome.files.iter().find(|file| file.submissions.len() != 2) {
        return Err(format!("{} was not understood: {:?}", file.path, file.diagnostics).into());
    }
    let submissions = outcome.files.iter().flat_map(|file| &file.submissions);
    let communes: BTreeSet<_> = submissions.filter_map(|submission| submission.commune.as_ref()).collect();
    if communes.len() != outcome.files.len() {
        return Err(format!("{} files of {} communes", outcome.files.len(), communes.len()).into());
    }
    Ok(Measured::here(seconds, 0))
}
