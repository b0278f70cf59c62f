//! What goes back to communes: of each file with something to mend, its marked copy; of one that cannot be marked, the
//! file itself and its list of problems.
//!
//! The folder of a month is a function of the store and the archive, like the papers. What an earlier run put there and
//! no longer counts is removed, but only where it is, to the last byte, something this program wrote: a copy that
//! somebody has begun to mend stays.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use polars::prelude::*;
use rayon::prelude::*;

use super::check::FILE_LIMIT;
use super::examine::sha256;
use super::run::input;
use super::workspace::Workspace;
use crate::assess::{self, Faulty};
use crate::catalogue::wording::Wording;
use crate::compose::{self, Form};
use crate::error::Error;
use crate::host::Host;
use crate::model::notice::Notice;
use crate::model::{Lang, Period};
use crate::publish::{Artifact, joined};
use crate::read::{self, Font, Grid, Kind, Value};
use crate::render::returned;
use crate::store::Opened;

/// How many files are marked before their copies are written: they do not all lie in memory.
const TOGETHER: usize = 64;

/// The months touched and those under which files are kept that say something of them, each with its files that go back.
pub(super) fn faulty(
    workspace: &Workspace,
    opened: &Opened,
    touched: &BTreeSet<Period>,
) -> PolarsResult<Vec<(Period, Vec<Faulty>)>> {
    let of_month = |month| Ok((month, assess::faulty(&input(workspace, opened, month))?));
    folders(opened, touched)?.into_iter().map(of_month).collect()
}

/// Puts what goes back into a month's folder, some files at a time, and takes out what goes back no more.
pub(super) fn publish_copies(
    host: &dyn Host,
    workspace: &Workspace,
    files: &DataFrame,
    month: Period,
    faulty: &[Faulty],
    lang: Lang,
    put: &mut dyn FnMut(Vec<Artifact>),
) -> Result<(), Error> {
    let wording = workspace.wording(lang)?;
    let archived = archived(files).map_err(Error::internal)?;
    let folder = workspace.settings.folders.returned.join(month.to_string());
    let reason = if lang == Lang::Vi { "ly-do.txt" } else { "reason.txt" };
    let mut kept: BTreeSet<String> = BTreeSet::new();
    for some in faulty.chunks(TOGETHER) {
        let backs: Result<Vec<Back>, Error> = some.par_iter().map(|one| back(host, workspace, one, &wording)).collect();
        let mut artifacts = Vec::new();
        for back in backs? {
            let name = free_name(host, &folder, &back, &kept, &archived, reason)?;
            kept.insert(key(&name));
            if let Some(text) = back.text {
                let reason = format!("{name}.{reason}");
                kept.insert(key(&reason));
                artifacts.push(Artifact { path: folder.join(reason), bytes: text });
            }
            artifacts.push(Artifact { path: folder.join(name), bytes: back.bytes });
        }
        put(artifacts);
    }
    remove_stale(host, &folder, &kept, &archived)
}

/// The files of the store by their hash: what is byte for byte one of them is no work of anybody's.
type Archived = BTreeSet<String>;

fn archived(files: &DataFrame) -> PolarsResult<Archived> {
    Ok(files.column("sha256")?.str()?.iter().flatten().map(str::to_owned).collect())
}

/// The months under which files are kept that say something of the months touched.
fn folders(opened: &Opened, touched: &BTreeSet<Period>) -> PolarsResult<Vec<Period>> {
    let mut of_hash: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let (hashes, periods) = (opened.submissions.column("sha256")?.str()?, opened.submissions.column("period")?.str()?);
    for (hash, period) in hashes.iter().zip(periods.iter()) {
        of_hash.entry(hash.unwrap_or_default()).or_default().extend(period);
    }
    let mut folders = touched.clone();
    let touched: BTreeSet<String> = touched.iter().map(ToString::to_string).collect();
    let (hashes, periods) = (opened.files.column("sha256")?.str()?, opened.files.column("period")?.str()?);
    for (hash, period) in hashes.iter().zip(periods.iter()) {
        let Some(period) = period else { continue };
        let stated = hash.and_then(|hash| of_hash.get(hash));
        let is_touched =
            touched.contains(period) || stated.is_some_and(|all| all.iter().any(|month| touched.contains(*month)));
        folders.extend(is_touched.then(|| period.parse::<Period>().ok()).flatten());
    }
    Ok(folders.into_iter().collect())
}

/// What goes back of one file.
struct Back {
    sha256: String,
    name: String,
    bytes: Vec<u8>,
    /// The list of problems, where it could not be put into the file itself.
    text: Option<Vec<u8>>,
}

fn back(host: &dyn Host, workspace: &Workspace, faulty: &Faulty, wording: &Wording) -> Result<Back, Error> {
    let original = host.read(&workspace.settings.folders.archive.join(&faulty.archive), FILE_LIMIT)?;
    let marked = match host.begin(&faulty.sha256) {
        // Nothing is kept of the work on one file when it goes wrong.
        Ok(_begun) => catch_unwind(AssertUnwindSafe(|| marked(&original, workspace, faulty, wording))).unwrap_or(None),
        Err(_) => None,
    };
    let sha256 = faulty.sha256.clone();
    if let Some((name, bytes)) = marked {
        return Ok(Back { sha256, name, bytes, text: None });
    }
    let notice = notice(workspace, faulty, Form::Own, wording);
    let text = Some(returned::text(&notice).into_bytes());
    Ok(Back { sha256, name: compose::own_name(&faulty.file), bytes: original, text })
}

fn notice(workspace: &Workspace, faulty: &Faulty, form: Form, wording: &Wording) -> Notice {
    compose::notice(faulty, form, &workspace.settings, &workspace.catalogue.sets, wording)
}

/// The marked copy and its name; `None` where the file cannot be marked, or where the copy does not read as the file
/// did: that would be a figure changed.
fn marked(original: &[u8], workspace: &Workspace, faulty: &Faulty, wording: &Wording) -> Option<(String, Vec<u8>)> {
    let file: Arc<str> = faulty.file.as_str().into();
    let form = match read::kind(original) {
        Kind::Xlsx => Form::Own,
        Kind::Xls => Form::Anew(".xls"),
        Kind::Xlsb => Form::Anew(".xlsb"),
        Kind::Ods => Form::Anew(".ods"),
        _ => return None,
    };
    let grids = read::workbook(&file, original).output;
    if grids.is_empty() {
        return None;
    }
    let mut notice = notice(workspace, faulty, form, wording);
    let bytes = if form == Form::Own {
        returned::copy(original, &notice).ok()?
    } else {
        let anew = returned::anew(&grids).ok()?;
        for line in &mut notice.lines {
            let place = grids.iter().position(|grid| Some(&*grid.sheet) == line.sheet.as_deref());
            line.sheet = place.map(|place| anew.names[place].clone());
        }
        returned::copy(&anew.bytes, &notice).ok()?
    };
    let again = read::workbook(&file, &bytes).output;
    let reads_as_before = if form == Form::Own { again == grids } else { same_content(&grids, &again) };
    reads_as_before.then(|| (compose::returned_name(&faulty.file, form, wording.lang()), bytes))
}

/// Whether two workbooks hold the same, whatever is known of their looks; texts of a legacy encoding are made readable.
fn same_content(grids: &[Grid], again: &[Grid]) -> bool {
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let same = |(a, b): (&Value, &Value), font: Font| match (a, b) {
        (Value::Text(a), Value::Text(b)) => matches!(font, Font::Legacy(_)) || words(a) == words(b),
        (Value::Number(a) | Value::Date { serial: a, .. }, Value::Number(b) | Value::Date { serial: b, .. }) => a == b,
        (a, b) => a == b,
    };
    grids.len() == again.len()
        && grids.iter().zip(again).all(|(grid, again)| {
            let (cells, others) = (grid.cells(), again.cells());
            cells.len() == others.len()
                && cells.iter().zip(others).all(|(a, b)| a.at == b.at && same((&a.value, &b.value), a.font))
        })
}

/// The name under which a file goes back: its own, with the head of its hash before it where another file has that
/// name, be it one of ours or somebody's work.
fn free_name(
    host: &dyn Host,
    folder: &Path,
    back: &Back,
    kept: &BTreeSet<String>,
    archived: &Archived,
    reason: &str,
) -> Result<String, Error> {
    let is_free = |name: &str, bytes: &[u8]| -> Result<bool, Error> {
        let path = folder.join(name);
        if kept.contains(&key(name)) || !host.exists(&path)? {
            return Ok(!kept.contains(&key(name)));
        }
        let standing = host.read(&path, FILE_LIMIT)?;
        Ok(standing == bytes || is_ours(&standing, archived))
    };
    let prefixed = [8, 16, 32].map(|letters| format!("{}-{}", &back.sha256[..letters], back.name));
    for name in std::iter::once(&back.name).chain(&prefixed) {
        let text_is_free = |text: &Vec<u8>| is_free(&format!("{name}.{reason}"), text);
        if is_free(name, &back.bytes)? && back.text.as_ref().map_or(Ok(true), text_is_free)? {
            return Ok(name.clone());
        }
    }
    Ok(format!("{}-{}", back.sha256, back.name))
}

/// Removes what earlier runs put into a folder and this one does not. What cannot be read now may be such a copy, which
/// nobody is to send again: the run says so, and the next one tries anew.
fn remove_stale(host: &dyn Host, folder: &Path, kept: &BTreeSet<String>, archived: &Archived) -> Result<(), Error> {
    if !host.exists(folder)? {
        return Ok(());
    }
    let mut unread = Vec::new();
    for path in host.files(folder)? {
        let name = path.file_name().map(|name| key(&name.to_string_lossy())).unwrap_or_default();
        // What somebody put into a folder of its own is left alone.
        if path.parent() != Some(folder) || kept.contains(&name) {
            continue;
        }
        match host.read(&path, FILE_LIMIT) {
            Ok(bytes) if is_ours(&bytes, archived) => host.remove_file(&path)?,
            Ok(_) | Err(Error::TooLarge { .. }) => {}
            Err(error) => unread.push(error),
        }
    }
    joined(unread)
}

/// Whether these are, to the last byte, something this program put there: a sealed copy, a sealed list, or a file as it
/// was received, which the archive has.
fn is_ours(bytes: &[u8], archived: &Archived) -> bool {
    returned::is_unchanged_text(bytes)
        || archived.contains(&sha256(bytes))
        || catch_unwind(|| returned::unchanged_copy_of(bytes)).is_ok_and(|original| original.is_some())
}

/// Names that differ in capitals only are one name on most systems.
fn key(name: &str) -> String {
    name.to_lowercase()
}
