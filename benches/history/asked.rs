//! The questions, asked of a store on the disk as the commands ask them.

use std::path::Path;
use std::time::Instant;

use ntm::host::Disk;
use ntm::model::ItemCode;
use ntm::pipeline::{Workspace, consult};

use crate::made;
use crate::measured::{Fault, Measured};

/// What a process of its own is asked for.
pub(crate) const MONTH: &str = "month";
pub(crate) const HISTORY: &str = "history";
pub(crate) const WHY: &str = "why";

/// The last month, assessed. Every commune must stand on its own report, or the time says nothing.
pub(crate) fn month(root: &Path) -> Result<Measured, Fault> {
    let start = Instant::now();
    let workspace = Workspace::open(&Disk, root)?;
    let stored = consult(&Disk, &workspace)?;
    let assessment = stored.month(made::last_month())?;
    let seconds = start.elapsed().as_secs_f64();
    if let Some(set) = assessment.sets.iter().find(|set| set.reported as usize != assessment.communes.len()) {
        return Err(format!("{} reports of {} communes", set.reported, assessment.communes.len()).into());
    }
    Ok(Measured::here(seconds, assessment.data.height() as u64))
}

/// All months of the first commune.
pub(crate) fn history(root: &Path) -> Result<Measured, Fault> {
    let start = Instant::now();
    let workspace = Workspace::open(&Disk, root)?;
    let stored = consult(&Disk, &workspace)?;
    let commune = stored.commune(&made::code(0), made::last_month())?;
    let history = stored.history(commune, made::last_month())?;
    let seconds = start.elapsed().as_secs_f64();
    Ok(Measured::here(seconds, history.sets.iter().map(|set| set.months.len() as u64).sum()))
}

/// The chain behind one item of the first commune.
pub(crate) fn why(root: &Path) -> Result<Measured, Fault> {
    let start = Instant::now();
    let workspace = Workspace::open(&Disk, root)?;
    let stored = consult(&Disk, &workspace)?;
    let commune = stored.commune(&made::code(0), made::last_month())?;
    let why = stored.why(commune, ItemCode::indicator(2, 1), made::last_month())?;
    let seconds = start.elapsed().as_secs_f64();
    Ok(Measured::here(seconds, why.len() as u64))
}
