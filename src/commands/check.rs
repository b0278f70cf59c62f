//! `ntm check`: what was understood of files, and why.

use std::path::{Path, PathBuf};

use ntm::diag::Severity;
use ntm::error::Error;
use ntm::host::Host;
use ntm::model::{ItemCode, Lang};
use ntm::pipeline::{self, Checkup, Workspace};
use ntm::show::{json, person};

use super::UNOPENED;
use crate::cli::How;
use crate::terminal::{Stream, colour, manner, print, tell};

pub(crate) fn check(host: &dyn Host, files: &[PathBuf], root: &Path, as_json: bool, how: How) -> Result<u8, Error> {
    let lang = Lang::from(how.lang);
    let workspace = Workspace::open(host, root)?;
    let checkup = pipeline::check(host, &workspace, files)?;
    let communes = &workspace.settings.communes;
    let names = |code: &str| communes.iter().find(|c| c.code.0 == code).map(|c| c.name.clone());
    if as_json {
        let paths: Vec<String> = files.iter().map(|f| f.display().to_string()).collect();
        for line in json::lines(&checkup, &paths, &names, lang).map_err(Error::internal)? {
            print(&line)?;
        }
    } else {
        let sets = |id: &str| {
            let set = workspace.catalogue.sets.iter().find(|s| s.id.as_str() == id);
            set.map_or_else(|| id.to_owned(), |s| s.short_name.clone())
        };
        let items = |set: &str, item: &str| {
            let set = workspace.catalogue.sets.iter().find(|s| s.id.as_str() == set);
            let code = item.parse::<ItemCode>().ok();
            set.zip(code).and_then(|(set, code)| set.name_of(code)).unwrap_or_default().to_owned()
        };
        let names = person::Names { communes: &names, sets: &sets, items: &items };
        let root = root.display().to_string();
        print(&person::text(&checkup, names, &manner(how, &root, Stream::Out)).map_err(Error::internal)?)?;
    }
    // What could not be opened is no data: it is said beside it too.
    for file in checkup.files.iter().filter(|f| f.sha256.is_empty()) {
        let mut text = format!("{}\n", file.path);
        file.diagnostics.iter().for_each(|d| person::diagnostic(&mut text, d, lang, colour(Stream::Err)));
        tell(&text);
    }
    Ok(if checkup.unopened { UNOPENED } else { u8::from(needs_person(&checkup)) })
}

fn needs_person(checkup: &Checkup) -> bool {
    checkup.files.iter().flat_map(|f| f.all_diagnostics()).any(|d| d.severity == Severity::Error)
}
