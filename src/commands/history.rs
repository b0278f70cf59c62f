//! `ntm history`: a commune through its months.

use std::io::IsTerminal;
use std::path::Path;

use ntm::error::Error;
use ntm::host::Disk;
use ntm::model::{ItemCode, Lang};
use ntm::pipeline::{self, Workspace};
use ntm::show::history;

use super::{known_item, known_month};
use crate::cli::How;
use crate::terminal::{colour, print};

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
            let colour = colour(std::io::stdout().is_terminal());
            history::text(&history, sets, item, lang, colour).trim_end().to_owned()
        }
    })?;
    Ok(0)
}
