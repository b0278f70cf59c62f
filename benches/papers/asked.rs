//! What is asked of the workspace, as `ntm run`, `ntm template` and `ntm plans` ask it.

use std::io;
use std::path::Path;
use std::time::Instant;

use ntm::host::{Disk, Host};
use ntm::model::{Lang, Period};
use ntm::pipeline::{self, Request, Whom, Workspace, consult};

use crate::measured::{Fault, Measured};

/// What a process of its own is asked for.
pub(crate) const ASSESSED: &str = "assessed";
pub(crate) const PAPERS: &str = "papers";
pub(crate) const FORMS: &str = "forms";
pub(crate) const PLANS: &str = "plans";

/// Where papers lie, and what goes back to communes.
const FOLDERS: [&str; 3] = ["bao-cao", "tra-lai", "bieu-mau"];

/// Takes all papers away.
pub(crate) fn clear(root: &Path) -> io::Result<()> {
    let standing = FOLDERS.map(|folder| root.join(folder)).into_iter().filter(|folder| folder.exists());
    standing.into_iter().try_for_each(std::fs::remove_dir_all)
}

/// The month opened and assessed, without any paper. Every commune must stand on its own report.
pub(crate) fn assessed(root: &Path) -> Result<Measured, Fault> {
    let start = Instant::now();
    let workspace = Workspace::open(&Disk, root)?;
    let stored = consult(&Disk, &workspace)?;
    let assessment = stored.month(month()?)?;
    let seconds = start.elapsed().as_secs_f64();
    if let Some(set) = assessment.sets.iter().find(|set| set.reported as usize != assessment.communes.len()) {
        return Err(format!("{} reports of {} communes", set.reported, assessment.communes.len()).into());
    }
    Ok(Measured::here(seconds, 0))
}

/// A run with nothing in its inbox, asked for the month: all its papers, and what goes back.
pub(crate) fn papers(root: &Path) -> Result<Measured, Fault> {
    let start = Instant::now();
    let workspace = Workspace::open(&Disk, root)?;
    let request = Request { period: Some(month()?), rebuild: false, lang: Lang::Vi, only: None, progress: &|_, _| {} };
    pipeline::run(&Disk, &workspace, request)?;
    let seconds = start.elapsed().as_secs_f64();
    let communes = workspace.settings.communes.len();
    for (folder, least) in [("bao-cao/2023-04/xa", communes), ("bao-cao/2023-04/phong", 8), ("tra-lai/2023-04", 2)] {
        let written = count(&root.join(folder))?;
        if written < least {
            return Err(format!("{written} files in {folder}, at least {least} expected").into());
        }
    }
    Ok(Measured::here(seconds, (count(&root.join("bao-cao"))? + count(&root.join("tra-lai"))?) as u64))
}

/// A form for each commune.
pub(crate) fn forms(root: &Path) -> Result<Measured, Fault> {
    let start = Instant::now();
    let workspace = Workspace::open(&Disk, root)?;
    let forms = pipeline::template(&Disk, &workspace, Some(month()?.plus_months(1)), None, Lang::Vi)?;
    Ok(Measured::here(start.elapsed().as_secs_f64(), forms.written.len() as u64))
}

/// A workbook of plans for each commune and each office.
pub(crate) fn plans(root: &Path) -> Result<Measured, Fault> {
    let start = Instant::now();
    let workspace = Workspace::open(&Disk, root)?;
    let mut written = 0;
    for whom in [Whom::Communes, Whom::Offices] {
        written += pipeline::hand_out(&Disk, &workspace, Some(month()?), whom, Lang::Vi)?.written.len();
    }
    Ok(Measured::here(start.elapsed().as_secs_f64(), written as u64))
}

fn month() -> Result<Period, Fault> {
    Period::new(2023, 4).ok_or_else(|| "April is a month".into())
}

/// Files below a folder.
fn count(folder: &Path) -> Result<usize, Fault> {
    Ok(Disk.files(folder)?.len())
}
