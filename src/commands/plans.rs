//! `ntm plans`: workbooks of plans for communes or offices to fill in.

use std::path::Path;

use ntm::error::Error;
use ntm::host::Disk;
use ntm::model::{Lang, Period, Text};
use ntm::pipeline::{self, Whom, Workspace};

use crate::cli::How;
use crate::terminal::{print, say};

pub(crate) fn plans(
    root: &Path,
    period: Option<Period>,
    commune: Option<&str>,
    offices: bool,
    how: How,
) -> Result<u8, Error> {
    let lang = Lang::from(how.lang);
    let workspace = Workspace::open(&Disk, root)?;
    let whom = match (commune, offices) {
        (Some(commune), _) => Whom::Commune(commune),
        (None, true) => Whom::Offices,
        (None, false) => Whom::Communes,
    };
    let out = pipeline::hand_out(&Disk, &workspace, period, whom, lang)?;
    for path in &out.written {
        print(&path.display().to_string())?;
    }
    for path in &out.kept {
        let path = path.display();
        let kept = Text::new(
            format!("{path}: đã có người điền, giữ nguyên; chép vào hộp thư đến để nhận"),
            format!("{path}: somebody has written in it, it was left alone; copy it into the inbox"),
        );
        say(how, kept.get(lang));
    }
    Ok(0)
}
