//! Every command that opens what senders sent is done by a process behind a fence; this one only keeps it.

use std::env;
use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use ntm::error::Error;
use ntm::fence::{Ended, keep};
use ntm::model::Text;

use crate::cli::How;
use crate::terminal::say;

/// Has the command line of this process done behind a fence. `None` where the system lets no other process be started:
/// then nothing was done yet, and it is to be done here.
pub(crate) fn kept(how: How) -> Option<Result<u8, Error>> {
    done(env::args_os().skip(1).collect(), how, |command| command)
}

/// Has another command done behind a fence, which goes on to its end though this process is told to stop.
pub(crate) fn kept_to_its_end(arguments: Vec<OsString>, how: How) -> Option<Result<u8, Error>> {
    done(arguments, how, apart)
}

/// Ctrl-C goes to all processes of a group.
fn apart(command: &mut Command) -> &mut Command {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    #[cfg(windows)]
    std::os::windows::process::CommandExt::creation_flags(command, CREATE_NEW_PROCESS_GROUP);
    command
}

/// As Windows has it.
#[cfg(windows)]
const CREATE_NEW_PROCESS_GROUP: u32 = 0x200;

fn done(arguments: Vec<OsString>, how: How, finish: fn(&mut Command) -> &mut Command) -> Option<Result<u8, Error>> {
    let program = env::current_exe().ok()?;
    let worker = |journal: &Path| {
        let mut command = Command::new(&program);
        finish(command.arg("--fenced").arg(journal).args(&arguments));
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
