//! `ntm why`: the chain from a figure back to its cell.

use std::path::Path;

use ntm::error::Error;
use ntm::host::Disk;
use ntm::model::{ItemCode, Lang, Period, Text};
use ntm::pipeline::{self, Workspace};
use ntm::show::{Manner, fitted, why};

use super::{known_item, known_month};
use crate::cli::How;
use crate::terminal::{Stream, manner, print, say};

pub(crate) fn why(
    (commune, item, period): (&str, ItemCode, Option<Period>),
    root: &Path,
    as_json: bool,
    how: How,
) -> Result<u8, Error> {
    let lang = Lang::from(how.lang);
    let workspace = Workspace::open(&Disk, root)?;
    let stored = pipeline::consult(&Disk, &workspace)?;
    known_item(item, &workspace)?;
    let Some(period) = known_month(&stored, period, how)? else { return Ok(0) };
    let commune = stored.commune(commune, period)?;
    let chains = stored.why(commune, item, period)?;
    let archive = pipeline::shown(&workspace, &workspace.settings.folders.archive);
    let names = why::Names { commune, sets: &workspace.catalogue.sets, archive: &archive };
    if as_json {
        for line in why::json(&chains, names, lang).map_err(Error::internal)? {
            print(&line)?;
        }
    } else if chains.is_empty() {
        let name = &commune.name;
        let none = Text::new(
            format!("Xã {name} chưa có báo cáo nào có mục {item} đến tháng {}.", period.short()),
            format!("{name} has sent no report with an item {item} up to {}.", period.short()),
        );
        say(how, none.get(lang));
    } else {
        let Manner { colour, terminal, .. } = manner(how, "", Stream::Out);
        print(&fitted(why::text(&chains, names, lang, colour).trim_end(), terminal))?;
    }
    Ok(0)
}
