//! Every command that opens what senders sent is done by a process behind a fence; this one only keeps it.

use std::env;
use std::process::Command;

use ntm::error::Error;
use ntm::fence::{Ended, keep};
use ntm::model::Text;

use crate::cli::How;
use crate::terminal::say;

/// Has the command line of this process done behind a fence. `None` where the system lets no other process be started:
/// then nothing was done yet, and it is to be done here.
pub(crate) fn kept(how: How) -> Option<Result<u8, Error>> {
    let program = env::current_exe().ok()?;
    let worker = |journal: &std::path::Path| {
        let mut command = Command::new(&program);
        command.arg("--fenced").arg(journal).args(env::args_os().skip(1));
        command
    };
    let again = |files: usize| {
        let text = Text::new(
            format!("Một tệp làm việc đọc dừng giữa chừng; đang đọc lại riêng từng tệp nghi ngờ ({files} tệp)."),
            format!("A file ended the reading; the suspected ones ({files}) are being read alone."),
        );
        say(how, text.get(how.lang.into()));
    };
    match keep(worker, again).ok()? {
        Ended::With(code) => Some(Ok(code)),
        Ended::Died => Some(Err(Error::Internal("the working process came to a sudden end".into()))),
    }
}
