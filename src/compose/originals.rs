//! From a report to the originals in the archive: addresses that hold as long as the workspace stays together.

use std::collections::BTreeMap;
use std::path::{Component, Path};
use std::sync::Arc;

use polars::prelude::{DataFrame, PolarsResult};

use super::Material;
use crate::assess::FileRecord;
use crate::model::report::{Cell, Original, Originals};

/// Rows that lead to their originals. Excel takes 65,530 links a sheet and opens slowly long before; beyond it the list
/// of files leads there.
const MOST_LINKED: usize = 20_000;

impl Material<'_> {
    /// The way from the folder of a month's papers to an original; `None` where the store does not know its path.
    fn path_to(&self, file: &FileRecord) -> Option<Arc<str>> {
        let folders = &self.settings.folders;
        let up = way(&folders.reports, &folders.archive)?;
        // The papers of a month lie in a folder of their own below that of the reports.
        (!file.archive.is_empty()).then(|| format!("../{up}/{}", file.archive).into())
    }

    /// The name of a file as a cell that leads to the original.
    pub(super) fn file_cell(&self, file: &FileRecord) -> Cell {
        let original = self.path_to(file).map(|path| Box::new(Original { path, place: None }));
        Cell { original, ..Cell::text(&file.file) }
    }

    /// The originals of the rows of the data, whose columns are at these places.
    pub(super) fn originals(
        &self,
        data: &DataFrame,
        column: usize,
        place: (usize, usize),
    ) -> PolarsResult<Option<Originals>> {
        if data.height() > MOST_LINKED {
            return Ok(None);
        }
        let mut paths = Vec::new();
        let mut by_hash: BTreeMap<&str, u32> = BTreeMap::new();
        for file in &self.assessment.files {
            if let Some(path) = self.path_to(file) {
                by_hash.insert(&file.sha256, u32::try_from(paths.len()).unwrap_or(u32::MAX));
                paths.push(path);
            }
        }
        let hashes = data.column("sha256")?.str()?;
        let of_rows = hashes.iter().map(|hash| by_hash.get(hash?).copied()).collect();
        Ok(Some(Originals { column, place, paths, of_rows }))
    }
}

/// The way from one folder to another with slashes, where both lie below one: `../luu-tru`.
fn way(from: &Path, to: &Path) -> Option<String> {
    let plain = |path: &Path| -> Vec<String> {
        let parts = path.components().filter(|part| *part != Component::CurDir);
        parts.map(|part| part.as_os_str().to_string_lossy().into_owned()).collect()
    };
    let (from, to) = (plain(from), plain(to));
    let shared = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
    let leaves = from[shared..].iter().any(|part| part == "..");
    let up = std::iter::repeat_n("..", from.len() - shared);
    let down = to[shared..].iter().map(String::as_str);
    (!leaves).then(|| up.chain(down).collect::<Vec<_>>().join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_leads_over_what_both_folders_share() {
        let way = |from: &str, to: &str| way(Path::new(from), Path::new(to));
        assert_eq!(way("bl/bao-cao", "bl/luu-tru").as_deref(), Some("../luu-tru"));
        assert_eq!(way("/a/bl/ra/bao-cao", "/a/bl/vao/luu-tru").as_deref(), Some("../../vao/luu-tru"));
        assert_eq!(way("./bao-cao", "luu-tru").as_deref(), Some("../luu-tru"));
    }
}
