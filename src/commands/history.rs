//! `ntm history`: a commune through its months.

use std::path::Path;

use ntm::error::Error;
use ntm::host::Disk;
use ntm::model::{ItemCode, Lang};
use ntm::pipeline::{self, Workspace};
use ntm::show::{Manner, fitted, history};

use super::{known_item, known_month};
use crate::cli::How;
use crate::terminal::{Stream, manner, print};

pub(crate) fn history(
    commune: &str,
    item: Option<ItemCode>,
    root: &Path,
    as_json: bool,
    how: How,
) -> Result<u8, Error> {
    let lang = Lang::from(how.lang);
    let workspace = Workspace::open(&Disk, root)?;
    let stored = pipeline::consult(&Disk, &workspace)?;
    let sets = &workspace.catalogue.sets;
    item.map_or(Ok(()), |item| known_item(item, &workspace))?;
    let Some(period) = known_month(&stored, None, how)? else { return Ok(0) };
    let history = stored.history(stored.commune(commune, period)?, period)?;
    print(&match as_json {
        true => history::json(&history, sets, item).map_err(Error::internal)?,
        false => {
            let Manner { colour, terminal, .. } = manner(how, "", Stream::Out);
            fitted(history::text(&history, sets, item, lang, colour, terminal).trim_end(), terminal)
        }
    })?;
    Ok(0)
}
