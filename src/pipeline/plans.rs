//! The workbooks of plans of a month: written with its papers, handed out for each commune or office, and never over
//! one in which somebody has written.

use std::path::{Path, PathBuf};

use jiff::civil::DateTime;
use polars::prelude::DataFrame;
use rayon::prelude::*;

use super::check::FILE_LIMIT;
use super::consult::consult;
use super::examine::{Desk, examine, sha256};
use super::papers::made_at;
use super::parts::archived;
use super::workspace::{Workspace, below};
use crate::assess::Assessment;
use crate::compose::{self, For};
use crate::error::Error;
use crate::host::Host;
use crate::model::plan_form::PlanForm;
use crate::model::{Lang, Period, Text};
use crate::publish::{Artifact, publish};
use crate::render;
use crate::text::fold;

/// Rows that one workbook for everybody may have: more than that nobody fills in, and each commune or office is handed
/// its own.
const MOST_ROWS: usize = 3_000;

/// The folder of a month's papers in which workbooks for communes and offices stand.
const FOLDER: &str = "ke-hoach";

/// For whom workbooks are handed out.
#[derive(Debug, Clone, Copy)]
pub enum Whom<'a> {
    /// A commune each.
    Communes,
    /// One commune, by its name or code.
    Commune(&'a str),
    /// An office each.
    Offices,
}

/// What became of the workbooks.
#[derive(Debug)]
pub struct HandedOut {
    /// The month.
    pub period: Period,
    /// Those that stand there now as they should.
    pub written: Vec<PathBuf>,
    /// Those in which someone has written and that did not come in yet: they stay as they are.
    pub kept: Vec<PathBuf>,
}

/// The name of the workbook for everybody.
pub(super) fn path(workspace: &Workspace, period: Period) -> PathBuf {
    workspace.settings.folders.reports.join(period.to_string()).join(format!("Ke-hoach-NTM-{period}.xlsx"))
}

/// The workbook of a month for everybody, where it has not too many rows, and nobody writes in the one that stands
/// there. One that stands there and is of no use any more goes.
pub(super) fn of_month(
    host: &dyn Host,
    workspace: &Workspace,
    assessment: &Assessment,
    files: &DataFrame,
    lang: Lang,
    is_known: &dyn Fn(&str) -> bool,
) -> Result<Option<Artifact>, Error> {
    let path = path(workspace, assessment.period);
    if is_in_use(host, workspace, &path, is_known)? {
        return Ok(None);
    }
    let count: usize = assessment.standings().map(|(_, standing)| standing.not_met.len()).sum();
    let made_at = made_at(files, assessment.period).map_err(Error::internal)?;
    let form = match count {
        0..=MOST_ROWS => form(workspace, assessment, made_at, lang, For::All)?,
        _ => None,
    };
    if form.is_none() && host.exists(&path)? {
        host.remove_file(&path)?;
    }
    form.map(|form| artifact(path, &form)).transpose()
}

/// Whether somebody has written in a workbook that stands at a path, and sent it nowhere yet.
fn is_in_use(
    host: &dyn Host,
    workspace: &Workspace,
    path: &Path,
    is_known: &dyn Fn(&str) -> bool,
) -> Result<bool, Error> {
    if !host.exists(path)? {
        return Ok(false);
    }
    let bytes = host.read(path, FILE_LIMIT)?;
    let hash = sha256(&bytes);
    if is_known(&hash) {
        return Ok(false);
    }
    let desk = Desk::new(&workspace.catalogue, &workspace.settings).without_pictures();
    let shown = below(&workspace.root, path);
    Ok(!examine(&desk, &shown, &bytes, hash, DateTime::default()).submissions.is_empty())
}

/// Writes a workbook for each commune or office that has something to plan in a month; without a month, in the latest.
///
/// # Errors
/// Nothing stored, nothing to plan, or no such commune; the disk, a damaged store, or a fault of ours.
pub fn hand_out(
    host: &dyn Host,
    workspace: &Workspace,
    period: Option<Period>,
    whom: Whom<'_>,
    lang: Lang,
) -> Result<HandedOut, Error> {
    let _lock = host.lock(&workspace.root)?;
    let stored = consult(host, workspace)?;
    let Some(period) = period.or(stored.latest()) else {
        let empty =
            Text::new("chưa có dữ liệu nào; chạy «ntm run» trước", "nothing is stored yet; use `ntm run` first");
        return Err(Error::Usage(empty));
    };
    let assessment = stored.month(period)?;
    let wanted = match whom {
        Whom::Commune(word) => Some(stored.commune(word, period)?.code.clone()),
        Whom::Communes | Whom::Offices => None,
    };
    let communes = assessment.communes.iter().map(|status| &status.commune);
    let names: Vec<(String, For<'_>)> = match whom {
        Whom::Offices => {
            workspace.settings.offices.iter().map(|office| (plain(&office.name), For::Office(&office.name))).collect()
        }
        _ => communes
            .filter(|commune| wanted.as_ref().is_none_or(|code| *code == commune.code))
            .map(|commune| (format!("{}-{}", plain(&commune.name), commune.code), For::Commune(&commune.code)))
            .collect(),
    };
    let folder = workspace.settings.folders.reports.join(period.to_string()).join(FOLDER);
    let made_at = stored.made_at(period)?;
    let drawn: Result<Vec<Option<Artifact>>, Error> = names
        .par_iter()
        .map(|(name, whom)| {
            let path = folder.join(format!("Ke-hoach-{name}-{period}.xlsx"));
            form(workspace, &assessment, made_at, lang, *whom)?.map(|form| artifact(path, &form)).transpose()
        })
        .collect();
    let known = archived(stored.files()).map_err(Error::internal)?;
    let mut out = HandedOut { period, written: Vec::new(), kept: Vec::new() };
    let mut fresh = Vec::new();
    for one in drawn?.into_iter().flatten() {
        match is_in_use(host, workspace, &one.path, &|hash| known.contains_key(hash))? {
            true => out.kept.push(one.path),
            false => fresh.push(one),
        }
    }
    if fresh.is_empty() && out.kept.is_empty() {
        return Err(Error::Usage(Text::new(
            format!("tháng {} không có nội dung chưa đạt nào để lập kế hoạch", period.short()),
            format!("nothing is left to be planned in {}", period.short()),
        )));
    }
    publish(host, &fresh)?;
    out.written.extend(fresh.into_iter().map(|artifact| artifact.path));
    Ok(out)
}

fn form(
    workspace: &Workspace,
    assessment: &Assessment,
    made_at: DateTime,
    lang: Lang,
    whom: For<'_>,
) -> Result<Option<PlanForm>, Error> {
    let wording = workspace.wording(lang)?;
    Ok(compose::plan_form(assessment, &workspace.settings, &workspace.catalogue.sets, &wording, made_at, whom))
}

fn artifact(path: PathBuf, form: &PlanForm) -> Result<Artifact, Error> {
    Ok(Artifact { path, bytes: render::plans::workbook(form).map_err(Error::internal)? })
}

/// Letters that every system and every mail takes.
fn plain(name: &str) -> String {
    fold(name).split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}
