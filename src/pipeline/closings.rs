//! The closed months as they lie in the workspace: records, kept papers, supplements, reopenings.
//!
//! ```text
//! chot-so-lieu/2023-04/lan-1/            the papers, so-lieu.jsonl, and last of all ho-so.toml: then it is closed
//! chot-so-lieu/2023-04/lan-1/bo-sung-1/  the same of what was told later
//! chot-so-lieu/2023-04/lan-1/mo-lai.toml then it is open again
//! ```
//!
//! Every file is written once. A folder without its record is of a run that was cut off, and is written anew.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::briefs;
use super::examine::sha256;
use super::workspace::{Workspace, below};
use crate::assess::Figures;
use crate::closing::{self, Named, Record, Reopening, Sealed};
use crate::error::Error;
use crate::host::Host;
use crate::model::{Period, Text};
use crate::publish::{Artifact, publish};

/// The files of a closing beside its papers.
pub(super) const RECORD: &str = "ho-so.toml";
pub(super) const FIGURES: &str = "so-lieu.jsonl";
pub(super) const REOPENING: &str = "mo-lai.toml";

/// Records list the files of a month; figures are a line a commune.
const RECORD_LIMIT: u64 = 64 << 20;
/// A paper is never larger.
pub(super) const PAPER_LIMIT: u64 = 1 << 30;

/// All closings by month, in their order.
#[derive(Debug, Default)]
pub(super) struct Closings(BTreeMap<Period, Vec<Closing>>);

/// One closing of a month. Its records are read when they are asked for: of years of months, a run looks at few.
#[derive(Debug)]
pub(super) struct Closing {
    /// What was frozen.
    pub(super) kept: Kept,
    /// What was told later, in order.
    pub(super) supplements: Vec<Kept>,
    /// The file that says that it was opened again.
    reopening: Option<PathBuf>,
}

/// A folder with a record and what it names.
#[derive(Debug)]
pub(super) struct Kept {
    pub(super) folder: PathBuf,
    /// Its number, as its folder says.
    pub(super) number: usize,
    /// The names of the papers that lie in it.
    pub(super) papers: Vec<String>,
}

/// A text of the program's that was read: what it says, or what is wrong with it.
pub(super) type Said<T> = Result<Sealed<T>, Text>;

/// Finds all closings.
///
/// # Errors
/// The disk.
pub(super) fn read(host: &dyn Host, workspace: &Workspace) -> Result<Closings, Error> {
    let root = &workspace.settings.folders.closings;
    let mut closings = Closings::default();
    if !host.exists(root)? {
        return Ok(closings);
    }
    let mut folders: BTreeMap<PathBuf, Vec<String>> = BTreeMap::new();
    for path in host.files(root)? {
        folders.entry(path.parent().unwrap_or(root).to_owned()).or_default().push(name_of(&path));
    }
    let is_kept = |names: &[String]| names.iter().any(|name| name == RECORD);
    for (folder, names) in folders.iter().filter(|(_, names)| is_kept(names)) {
        let relative = below(root, folder);
        let parts: Vec<&str> = relative.split('/').collect();
        let (month, closing, supplement) = match parts[..] {
            [month, closing] => (month, closing, None),
            [month, closing, supplement] => (month, closing, Some(supplement)),
            _ => continue,
        };
        let (Ok(month), Some(number)) = (month.parse::<Period>(), numbered(closing, CLOSING)) else { continue };
        let papers = names.iter().filter(|name| ![RECORD, FIGURES, REOPENING].contains(&name.as_str()));
        let kept = |number| Kept { folder: folder.clone(), number, papers: papers.cloned().collect() };
        let of_month = closings.0.entry(month).or_default();
        // Folders come before what lies in them; a supplement without its closing is of nothing that counts.
        match supplement {
            None => {
                let reopening = names.iter().any(|name| name == REOPENING).then(|| folder.join(REOPENING));
                of_month.push(Closing { kept: kept(number), supplements: Vec::new(), reopening });
            }
            Some(supplement) => {
                let of = of_month.iter_mut().find(|closing| closing.kept.number == number);
                if let Some((closing, number)) = of.zip(numbered(supplement, SUPPLEMENT)) {
                    closing.supplements.push(kept(number));
                }
            }
        }
    }
    for closing in closings.0.values_mut().flatten() {
        closing.supplements.sort_by_key(|kept| kept.number);
    }
    closings.0.values_mut().for_each(|all| all.sort_by_key(|closing| closing.kept.number));
    closings.0.retain(|_, all| !all.is_empty());
    Ok(closings)
}

/// The folders of a closing and of a supplement, before their numbers.
const CLOSING: &str = "lan-";
const SUPPLEMENT: &str = "bo-sung-";

fn numbered(folder: &str, word: &str) -> Option<usize> {
    folder.strip_prefix(word)?.parse().ok().filter(|number| *number > 0)
}

impl Closings {
    /// All closings of all months.
    pub(super) fn all(&self) -> impl Iterator<Item = (Period, &Closing)> {
        self.0.iter().flat_map(|(period, closings)| closings.iter().map(|closing| (*period, closing)))
    }

    /// All closings of a month, also those that were opened again.
    pub(super) fn of(&self, period: Period) -> &[Closing] {
        self.0.get(&period).map_or(&[], Vec::as_slice)
    }

    /// The closing that holds a month closed.
    pub(super) fn closed(&self, period: Period) -> Option<&Closing> {
        self.of(period).last().filter(|closing| closing.reopening.is_none())
    }

    /// The months that are closed, with the closings that hold them.
    pub(super) fn closed_months(&self) -> impl Iterator<Item = (Period, &Closing)> {
        self.0.keys().filter_map(|period| Some((*period, self.closed(*period)?)))
    }

    /// Where the next closing of a month goes, and its number.
    pub(super) fn next(&self, workspace: &Workspace, period: Period) -> (PathBuf, usize) {
        let number = self.of(period).last().map_or(1, |closing| closing.kept.number + 1);
        let folder = workspace.settings.folders.closings.join(period.to_string());
        (folder.join(format!("{CLOSING}{number}")), number)
    }

    /// The names of all papers that were ever told of a month.
    pub(super) fn told(&self, period: Period) -> impl Iterator<Item = &str> {
        self.of(period).iter().flat_map(Closing::told).flat_map(|kept| kept.papers.iter().map(String::as_str))
    }
}

impl Closing {
    /// What was frozen and what was told later, in order.
    pub(super) fn told(&self) -> impl Iterator<Item = &Kept> {
        std::iter::once(&self.kept).chain(&self.supplements)
    }

    /// What was told last.
    pub(super) fn last(&self) -> &Kept {
        self.supplements.last().unwrap_or(&self.kept)
    }

    /// Where the next supplement goes, and its number.
    pub(super) fn next_supplement(&self) -> (PathBuf, usize) {
        let number = self.supplements.last().map_or(1, |kept| kept.number + 1);
        (self.kept.folder.join(format!("{SUPPLEMENT}{number}")), number)
    }

    /// Why and when it was opened again, where it was.
    pub(super) fn reopened(&self, host: &dyn Host) -> Result<Option<Said<Reopening>>, Error> {
        let Some(path) = &self.reopening else { return Ok(None) };
        Ok(Some(closing::reopening_of(&host.read(path, RECORD_LIMIT)?).map_err(|unreadable| unreadable.0)))
    }
}

impl Kept {
    /// Its record.
    pub(super) fn record(&self, host: &dyn Host) -> Result<Said<Record>, Error> {
        let bytes = host.read(&self.folder.join(RECORD), RECORD_LIMIT)?;
        Ok(closing::record_of(&bytes).map_err(|unreadable| unreadable.0))
    }

    /// A paper that the record names, where its kept copy is what was told.
    pub(super) fn paper(&self, host: &dyn Host, paper: &Named) -> Result<Option<Vec<u8>>, Error> {
        // A name from a record leads nowhere but into this folder.
        let path = self.folder.join(name_of(Path::new(&paper.name)));
        let bytes = if host.exists(&path)? { host.read(&path, PAPER_LIMIT)? } else { return Ok(None) };
        Ok((sha256(&bytes) == paper.sha256).then_some(bytes))
    }

    /// The figures that were told; what is wrong where they are not as the record names them.
    pub(super) fn figures(&self, host: &dyn Host, record: &Record) -> Result<Result<Figures, Text>, Error> {
        let path = self.folder.join(FIGURES);
        if !host.exists(&path)? {
            return Ok(Err(Text::new("thiếu tệp số liệu", "its figures are gone")));
        }
        let bytes = host.read(&path, RECORD_LIMIT)?;
        if sha256(&bytes) != record.figures {
            return Ok(Err(Text::new("tệp số liệu đã bị sửa", "its figures were changed")));
        }
        Ok(closing::figures_of(&bytes).map_err(|unreadable| unreadable.0))
    }
}

/// Writes what is kept of a month, its record last: only then it counts. Gives the record with all hashes.
///
/// # Errors
/// The disk.
pub(super) fn keep(
    host: &dyn Host,
    folder: &Path,
    papers: &[Artifact],
    figures: &Figures,
    mut record: Record,
) -> Result<Record, Error> {
    let figures = closing::text_of(figures).map_err(Error::internal)?.into_bytes();
    record.figures = sha256(&figures);
    record.papers =
        papers.iter().map(|paper| Named { name: kept_name(&paper.path), sha256: sha256(&paper.bytes) }).collect();
    let beside = papers.iter().map(|paper| (kept_name(&paper.path), paper.bytes.clone()));
    let mut kept: Vec<Artifact> = beside.map(|(name, bytes)| Artifact { path: folder.join(name), bytes }).collect();
    kept.push(Artifact { path: folder.join(FIGURES), bytes: figures });
    publish(host, &kept)?;
    let text = closing::record_text(&record).map_err(Error::internal)?;
    publish(host, &[Artifact { path: folder.join(RECORD), bytes: text.into_bytes() }])?;
    Ok(record)
}

/// The name under which a paper is kept: briefs lie in folders of a month, a closing has none.
fn kept_name(path: &Path) -> String {
    let folder = path.parent().map(name_of).filter(|folder| briefs::FOLDERS.contains(&folder.as_str()));
    folder.map_or_else(|| name_of(path), |folder| format!("{folder}{WITHIN}{}", name_of(path)))
}

/// Where a paper of a record belongs below the folder of its month.
#[must_use]
pub fn place_of(name: &str) -> PathBuf {
    let brief = name.split_once(WITHIN).filter(|(folder, _)| briefs::FOLDERS.contains(folder));
    brief.map_or_else(
        || name_of(Path::new(name)).into(),
        |(folder, name)| Path::new(folder).join(name_of(Path::new(name))),
    )
}

/// Stands between the folder and the name of a brief that is kept.
const WITHIN: char = '~';

/// The last part of a path, as text.
pub(super) fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
