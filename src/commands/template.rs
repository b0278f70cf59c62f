//! `ntm template`: forms for communes to fill in.

use std::path::Path;

use ntm::error::Error;
use ntm::host::Disk;
use ntm::model::{Lang, Period, Text};
use ntm::pipeline::{self, Workspace};

use crate::cli::How;
use crate::terminal::{print, say};

pub(crate) fn template(root: &Path, period: Option<Period>, commune: Option<&str>, how: How) -> Result<u8, Error> {
    let lang = Lang::from(how.lang);
    let workspace = Workspace::open(&Disk, root)?;
    let forms = pipeline::template(&Disk, &workspace, period, commune, lang)?;
    for path in &forms.written {
        print(&path.display().to_string())?;
    }
    for path in &forms.kept {
        let kept = Text::new(
            format!("{}: đã có người ghi, giữ nguyên, không ghi đè", path.display()),
            format!("{}: someone has written in it; it stays as it is", path.display()),
        );
        say(how, kept.get(lang));
    }
    let (month, written) = (forms.period.short(), forms.written.len());
    let sum = Text::new(
        format!("Tháng {month}: {written} biểu. Gửi mỗi xã tệp của xã; xã ghi xong gửi về, chép vào hộp thư đến."),
        format!("{month}: {written} forms. Send each commune its own; drop what comes back into the inbox."),
    );
    say(how, sum.get(lang));
    Ok(0)
}
