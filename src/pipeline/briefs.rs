//! The briefs of a month: one for each commune, one for each office in charge, drawn in parallel.

use std::path::{Path, PathBuf};

use polars::prelude::DataFrame;
use rayon::prelude::*;

use super::papers::made_at;
use super::workspace::Workspace;
use crate::assess::{self, Assessment, CommuneStatus};
use crate::compose::{self, Detail, Material};
use crate::error::Error;
use crate::host::Host;
use crate::model::{Lang, Period};
use crate::publish::Artifact;
use crate::render;
use crate::settings::Settings;

/// The folder of the communes' briefs in that of a month's papers.
const COMMUNES: &str = "xa";
/// The folder of the offices' briefs.
const OFFICES: &str = "phong";
/// A brief of a commune fits one sheet, printed on both sides.
const MOST_PAGES: usize = 2;
/// The folders of briefs.
pub(super) const FOLDERS: [&str; 2] = [COMMUNES, OFFICES];
/// So many are held at a time, for a province has hundreds.
const AT_A_TIME: usize = 64;

/// Writes the briefs of a month, each batch as it is drawn, and removes those of which nothing is to be told any more.
pub(super) fn write(
    host: &dyn Host,
    workspace: &Workspace,
    assessment: &Assessment,
    files: &DataFrame,
    lang: Lang,
    put: &mut impl FnMut(Vec<Artifact>),
) -> Result<(), Error> {
    let (settings, period) = (&workspace.settings, assessment.period);
    let made_at = made_at(files, period).map_err(Error::internal)?;
    let wording = workspace.wording(lang)?;
    let material = &Material::new(assessment, settings, &workspace.catalogue.sets, &wording, made_at);
    let status = |code: &str| assessment.communes.iter().find(|status| status.commune.code.0 == code);
    let communes = commune_paths(settings, period).into_iter();
    let communes: Vec<(PathBuf, Option<&CommuneStatus>)> =
        communes.map(|(code, path)| (path, status(code).filter(|_| settings.commune_briefs))).collect();
    for batch in communes.chunks(AT_A_TIME) {
        let drawn = batch.par_iter().map(|(path, status)| {
            let briefs = status.iter().flat_map(|status| {
                Detail::ALL.iter().map_while(|detail| compose::commune_brief(material, status, *detail))
            });
            Ok((path, render::pdf::brief(briefs, MOST_PAGES).map_err(Error::internal)?))
        });
        settle(host, drawn.collect::<Result<_, Error>>()?, put)?;
    }
    let duties = assess::duties(assessment, settings);
    let offices = office_paths(settings, period);
    let drawn = offices.par_iter().map(|(office, path)| {
        let duty = duties.iter().find(|duty| duty.office.as_deref() == Some(*office));
        let brief = duty.map(|duty| compose::office_brief(material, duty));
        Ok((path, render::pdf::brief(brief, usize::MAX).map_err(Error::internal)?))
    });
    settle(host, drawn.collect::<Result<_, Error>>()?, put)
}

/// Puts what was drawn, and removes what an earlier run drew where there is nothing now.
fn settle(
    host: &dyn Host,
    drawn: Vec<(&PathBuf, Option<Vec<u8>>)>,
    put: &mut impl FnMut(Vec<Artifact>),
) -> Result<(), Error> {
    let mut artifacts = Vec::new();
    for (path, bytes) in drawn {
        match bytes {
            Some(bytes) => artifacts.push(Artifact { path: path.clone(), bytes }),
            None => remove(host, path)?,
        }
    }
    put(artifacts);
    Ok(())
}

/// Removes the briefs of a month that nothing stands in any more.
pub(super) fn clear(host: &dyn Host, settings: &Settings, period: Period) -> Result<(), Error> {
    let communes = commune_paths(settings, period).into_iter().map(|(_, path)| path);
    let offices = office_paths(settings, period).into_iter().map(|(_, path)| path);
    communes.chain(offices).try_for_each(|path| remove(host, &path))
}

fn remove(host: &dyn Host, path: &Path) -> Result<(), Error> {
    if host.exists(path)? { host.remove_file(path) } else { Ok(()) }
}

/// What a person is told of a file that was written: the briefs of a month by their folder.
pub(super) fn told(settings: &Settings, path: PathBuf) -> PathBuf {
    let folder = path.parent().filter(|folder| FOLDERS.iter().any(|name| folder.ends_with(name)));
    let in_month = folder.and_then(Path::parent).and_then(Path::parent) == Some(settings.folders.reports.as_path());
    folder.filter(|_| in_month).map(Path::to_owned).unwrap_or(path)
}

/// Codes of the communes of a month, each with the path of its brief.
fn commune_paths(settings: &Settings, period: Period) -> Vec<(&str, PathBuf)> {
    let communes = || settings.communes.iter().filter(|commune| commune.is_valid_on(period.day(31)));
    let names = compose::file_names(communes().map(|commune| (commune.name.as_str(), commune.code.0.as_str())));
    communes().map(|commune| commune.code.0.as_str()).zip(paths(settings, period, COMMUNES, names)).collect()
}

/// Names of the offices in charge, each with the path of its brief.
fn office_paths(settings: &Settings, period: Period) -> Vec<(&str, PathBuf)> {
    let offices: Vec<&str> = settings.offices.iter().map(|office| office.name.as_str()).collect();
    let numbers: Vec<String> = (1..=offices.len()).map(|number| number.to_string()).collect();
    let names = compose::file_names(offices.iter().copied().zip(numbers.iter().map(String::as_str)));
    offices.into_iter().zip(paths(settings, period, OFFICES, names)).collect()
}

fn paths(settings: &Settings, period: Period, kind: &str, names: Vec<String>) -> impl Iterator<Item = PathBuf> + use<> {
    let folder = settings.folders.reports.join(period.to_string()).join(kind);
    names.into_iter().map(move |name| folder.join(format!("{name}-{period}.pdf")))
}
