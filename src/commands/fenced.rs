//! Every command that opens what senders sent is done by a process behind a fence; this one only keeps it.

use std::env;
use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use ntm::error::Error;
use ntm::fence::{Ended, News, Said, keep};
use ntm::model::Text;

use crate::cli::How;
use crate::terminal::{Progress, Readers, data, say, tell};

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
    let readers = Readers::of_this_process().to_string();
    let worker = |journal: &Path| {
        let mut command = Command::new(&program);
        finish(command.arg("--fenced").arg(journal).arg("--readers").arg(&readers).args(&arguments));
        command
    };
    let (mut bar, mut printed) = (None, Ok(()));
    let ended = keep(worker, |news| {
        if let News::Said(Said::Progress { done, total }) = news {
            return bar.get_or_insert_with(|| Progress::new(how)).show(done, total);
        }
        if let Some(bar) = bar.take() {
            bar.end();
        }
        // What could not be printed is no reason to leave the work half done, but it is said.
        let passed_on = pass_on(news, how);
        printed = std::mem::replace(&mut printed, Ok(())).and(passed_on);
    });
    if let Some(bar) = bar {
        bar.end();
    }
    match ended.ok()? {
        Ended::With(code) => Some(printed.map(|()| code)),
        Ended::Died { words } => Some(Err(died(&words))),
    }
}

/// Why no worker came to an end by itself.
fn died(words: &str) -> Error {
    // As the runtime of the language says it, whatever the system.
    if words.contains("memory allocation of") {
        return Error::System(Text::new(
            "máy không còn đủ bộ nhớ để làm tiếp. Đóng bớt chương trình khác rồi chạy lại; tệp đã gửi vẫn còn đủ.",
            "the machine has not enough memory left to go on. Close other programs and run again; no file is lost.",
        ));
    }
    let words = if words.is_empty() { String::new() } else { format!(" ({words})") };
    Error::Internal(format!("the working process came to a sudden end{words}"))
}

/// Shows what a keeper has to tell, other than how far the work has come.
fn pass_on(news: News, how: How) -> Result<(), Error> {
    match news {
        News::Said(Said::Data(text)) => return data(&text),
        News::Said(Said::Message(text)) => tell(&text),
        News::Said(Said::Progress { .. } | Said::Over) => {}
        News::Words(words) if how.verbose => tell(&words),
        News::Words(_) => {}
        News::Again(files) => {
            let text = Text::new(
                format!("Một tệp làm việc đọc dừng giữa chừng; đang đọc lại riêng từng tệp nghi ngờ ({files} tệp)."),
                format!("A file ended the reading; the suspected ones ({files}) are being read alone."),
            );
            say(how, text.get(how.lang.into()));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn want_of_memory_is_told_in_plain_words_and_a_fault_of_ours_with_the_runtime_s() {
        let memory = died("memory allocation of 1073741824 bytes failed");
        assert_eq!(memory.exit_code(), 3);
        assert!(memory.text().vi.contains("bộ nhớ") && !memory.text().vi.contains("allocation"), "{memory}");
        let fault = died("thread 'main' has overflowed its stack");
        assert_eq!(fault.exit_code(), 70);
        assert!(fault.text().vi.contains("overflowed its stack"), "{fault}");
    }
}
