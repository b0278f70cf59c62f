//! `ntm verify`: whether all that is kept is as it should be.

use std::path::Path;

use ntm::error::Error;
use ntm::host::Disk;
use ntm::model::{Lang, Text};
use ntm::pipeline::{self, Workspace};
use ntm::show::{person, verified};

use crate::cli::How;
use crate::terminal::{Stream, manner, print, say, tell};

/// Exit code 1 where something kept is damaged, changed or gone.
pub(crate) fn verify(root: &Path, as_json: bool, how: How) -> Result<u8, Error> {
    let lang = Lang::from(how.lang);
    let workspace = Workspace::open(&Disk, root)?;
    let found = pipeline::verify(&Disk, &workspace)?;
    if as_json {
        print(&verified::json(&found, lang).map_err(Error::internal)?)?;
    } else {
        let root = root.display().to_string();
        let manner = manner(how, &root, Stream::Err);
        let mut text = String::new();
        found.diagnostics.iter().for_each(|one| person::diagnostic(&mut text, one, lang, manner.colour));
        tell(&text);
    }
    let (archived, stored, closings) = (found.archived, found.stored, found.closings);
    let looked = Text::new(
        format!("Đã kiểm tra {archived} tệp lưu trữ, {stored} tệp trong dữ liệu, {closings} lần chốt số liệu"),
        format!("{archived} archived files, {stored} stored files and {closings} closings were checked"),
    );
    let count = found.diagnostics.len();
    let came_to = match count {
        0 => Text::new("không có gì sai", "nothing is amiss"),
        _ => Text::new(format!("{count} vấn đề"), format!("{count} problems")),
    };
    say(how, &format!("{}: {}.", looked.get(lang), came_to.get(lang)));
    Ok(u8::from(found.needs_person()))
}
