//! One file a command: it asks the library and says what came of it.

mod afterwards;
pub(crate) mod answer;
pub(crate) mod check;
pub(crate) mod close;
pub(crate) mod explain;
pub(crate) mod fenced;
pub(crate) mod history;
pub(crate) mod init;
pub(crate) mod plans;
pub(crate) mod run;
pub(crate) mod schedule;
pub(crate) mod status;
pub(crate) mod template;
pub(crate) mod verify;
pub(crate) mod watch;
pub(crate) mod why;

use ntm::error::Error;
use ntm::model::{ItemCode, Lang, Period, Text};
use ntm::pipeline::{Stored, Workspace};

use crate::cli::How;
use crate::terminal::say;

/// The exit code of the contract for what could not be read or written.
const UNOPENED: u8 = 3;

/// The month asked for, else the latest of the store; what the store does not have yet is said.
fn known_month(stored: &Stored<'_>, period: Option<Period>, how: How) -> Result<Option<Period>, Error> {
    let lang = Lang::from(how.lang);
    if !stored.unfinished().is_empty() {
        let cut_off = Text::new(
            "Một lần chạy trước bị dừng giữa chừng; chạy «ntm run» để hoàn tất.",
            "A run was cut off; `ntm run` takes in what it left.",
        );
        say(how, cut_off.get(lang));
    }
    if let Some(waiting @ 1..) = stored.waiting {
        let waiting = Text::new(
            format!("Hộp thư đến còn {waiting} tệp chưa nhận; chạy «ntm run» để nhận."),
            format!("{waiting} files wait in the inbox; `ntm run` takes them in."),
        );
        say(how, waiting.get(lang));
    }
    let latest = stored.latest();
    if latest.is_none() {
        let empty =
            Text::new("Chưa có dữ liệu nào; chạy «ntm run» trước.", "Nothing is stored yet; use `ntm run` first.");
        say(how, empty.get(lang));
    }
    Ok(latest.and(period.or(latest)))
}

/// An item that no set has is a slip of the finger.
fn known_item(item: ItemCode, workspace: &Workspace) -> Result<(), Error> {
    if workspace.catalogue.sets.iter().any(|set| set.item(item).is_some()) {
        return Ok(());
    }
    Err(Error::Usage(Text::new(
        format!("không bộ tiêu chí nào có mục {item}; ghi mã tiêu chí như 2 hoặc chỉ tiêu như 2.1"),
        format!("no criteria set has an item {item}; write a criterion such as 2 or an indicator such as 2.1"),
    )))
}
