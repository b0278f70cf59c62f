//! `ntm template`: the forms of a month, one workbook a commune, with what it reported before.

use std::path::{Path, PathBuf};

use jiff::civil::DateTime;
use rayon::prelude::*;

use super::check::FILE_LIMIT;
use super::consult::consult;
use super::examine::{Desk, examine, sha256};
use super::workspace::{Workspace, below};
use crate::compose;
use crate::error::Error;
use crate::host::Host;
use crate::model::form::Form;
use crate::model::{Commune, Lang, Period, Text};
use crate::publish::{Artifact, publish};
use crate::render;
use crate::text::fold;

/// How many forms are held in memory at a time.
const BATCH: usize = 128;

/// What became of the forms of a month.
#[derive(Debug)]
pub struct Forms {
    /// The month.
    pub period: Period,
    /// Those that stand there now as they should, in the order of the settings.
    pub written: Vec<PathBuf>,
    /// Those in which someone has written since: they stay as they are.
    pub kept: Vec<PathBuf>,
}

/// Writes the forms of a month, for all communes or one; without a month those of the one that it is.
///
/// # Errors
/// Nothing to ask in that month, or no such commune; the disk, a damaged store, or a fault of ours.
pub fn template(
    host: &dyn Host,
    workspace: &Workspace,
    period: Option<Period>,
    commune: Option<&str>,
    lang: Lang,
) -> Result<Forms, Error> {
    let _lock = host.lock(&workspace.root)?;
    let stored = consult(host, workspace)?;
    let today = stored.today();
    let period = period.or_else(|| Period::of(today)).ok_or_else(|| Error::Internal("a day of no month".into()))?;
    let assessment = stored.before(period)?;
    let wording = workspace.wording(lang)?;
    let all = compose::forms(&assessment, &workspace.settings, &workspace.catalogue.sets, &wording);
    let mut all = all.map_err(Error::internal)?;
    if let Some(word) = commune {
        let wanted = stored.commune(word, period)?.code.clone();
        all.retain(|(commune, _)| commune.code == wanted);
    }
    if all.is_empty() {
        return Err(Error::Usage(nothing_asked(period)));
    }
    let mut forms = Forms { period, written: Vec::new(), kept: Vec::new() };
    for batch in all.chunks(BATCH) {
        let drawn: Result<Vec<Drawn>, Error> =
            batch.par_iter().map(|(commune, form)| draw(host, workspace, commune, form)).collect();
        let mut fresh = Vec::new();
        for one in drawn? {
            match one {
                Drawn::Fresh(artifact) => fresh.push(artifact),
                Drawn::InUse(path) => forms.kept.push(path),
            }
        }
        publish(host, &fresh)?;
        forms.written.extend(fresh.into_iter().map(|artifact| artifact.path));
    }
    Ok(forms)
}

/// A form as it came out.
enum Drawn {
    /// To be written.
    Fresh(Artifact),
    /// Someone has written in the one that stands there.
    InUse(PathBuf),
}

fn draw(host: &dyn Host, workspace: &Workspace, commune: &Commune, form: &Form) -> Result<Drawn, Error> {
    let folder = workspace.settings.folders.forms.join(form.period.to_string());
    let path = folder.join(file_name(commune, form.period));
    if host.exists(&path)? && is_in_use(workspace, &path, &host.read(&path, FILE_LIMIT)?) {
        return Ok(Drawn::InUse(path));
    }
    let bytes = render::form::workbook(form).map_err(Error::internal)?;
    Ok(Drawn::Fresh(Artifact { path, bytes }))
}

/// Whether a file says anything: a form that somebody fills in where it lies.
fn is_in_use(workspace: &Workspace, path: &Path, bytes: &[u8]) -> bool {
    let desk = Desk::new(&workspace.catalogue, &workspace.settings).without_pictures();
    let path = below(&workspace.root, path);
    !examine(&desk, &path, bytes, sha256(bytes), DateTime::default()).submissions.is_empty()
}

/// `Bieu-NTM-Trung-Luong-13546-2023-05.xlsx`: letters that every system and every mail takes, the code because names
/// come twice.
fn file_name(commune: &Commune, period: Period) -> String {
    let words: Vec<String> = fold(&commune.name).split(' ').map(capital).collect();
    format!("Bieu-NTM-{}-{}-{period}.xlsx", words.join("-"), commune.code)
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn nothing_asked(period: Period) -> Text {
    let month = period.short();
    Text::new(
        format!("tháng {month} không có bộ tiêu chí nào áp dụng hoặc không có xã nào; chọn tháng khác bằng --period"),
        format!("no criteria set is in force in {month}, or there is no commune; choose a month with --period"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::CommuneCode;

    #[test]
    fn a_form_is_called_by_its_commune_and_month() {
        let commune = Commune {
            code: CommuneCode("13531".into()),
            name: "Đồn Xá".into(),
            kind: "xã".into(),
            other_names: Vec::new(),
            valid_from: None,
            valid_to: None,
            region: None,
            group: None,
        };
        let period = Period::new(2023, 5).unwrap();
        assert_eq!(file_name(&commune, period), "Bieu-NTM-Don-Xa-13531-2023-05.xlsx");
    }
}
