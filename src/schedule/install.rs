//! Asking the system to keep a plan, to say whether it does, and to forget it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::civil::DateTime;

use super::windows::{self, Account};
use super::{Plan, cron, systemd};
use crate::error::Error;
use crate::host::Host;
use crate::machine::{Finished, Programs};
use crate::model::Text;

/// The file from which Windows takes a task; it is removed once the task is there.
const TASK_FILE: &str = ".ntm-lich.xml";

/// The system's own programs answer at once; one that does not is stuck.
const LIMIT: Duration = Duration::from_secs(30);

/// What keeps plans.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeper {
    /// User timers of systemd.
    Systemd,
    /// The user's crontab.
    Cron,
    /// The Task Scheduler of Windows.
    Windows,
}

impl Keeper {
    /// What a plan is written as.
    #[must_use]
    pub fn text(self, plan: &Plan, account: &Account, now: DateTime) -> String {
        match self {
            Keeper::Systemd => {
                systemd::units(plan).map(|(name, text)| format!("# {name}\n{text}")).join("\n").trim_end().to_owned()
                    + "\n"
            }
            Keeper::Cron => cron::lines(plan),
            Keeper::Windows => windows::definition(plan, account, now),
        }
    }
}

/// Whether a plan is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// It is not.
    No,
    /// One of its name is, for another time, program or folder.
    Otherwise,
    /// As it is.
    Yes,
}

/// The system as a plan is kept by it.
#[derive(Clone, Copy)]
pub struct System<'a> {
    /// Its disk.
    pub host: &'a dyn Host,
    /// Its programs.
    pub programs: &'a dyn Programs,
    /// Where the user's own settings of programs lie, on Unix: `~/.config`.
    pub config: Option<&'a Path>,
    /// Whose tasks these are, on Windows.
    pub account: &'a Account,
}

/// What this machine has to keep plans with.
///
/// # Errors
///
/// Nothing of it.
pub fn find(system: System<'_>) -> Result<Keeper, Error> {
    if cfg!(windows) {
        return Ok(Keeper::Windows);
    }
    let answers = |command: &[&str]| run(system, command, b"").is_ok_and(|finished| finished.is_good());
    if system.config.is_some() && answers(&["systemctl", "--user", "show-environment"]) {
        return Ok(Keeper::Systemd);
    }
    if crontab(system).is_ok() {
        return Ok(Keeper::Cron);
    }
    Err(Error::Usage(Text::new(
        "máy này không có systemd của người dùng, cũng không có cron; xem lịch bằng «ntm schedule show --for …» rồi tự đặt",
        "this machine has neither systemd for users nor cron; see what to set with `ntm schedule show --for …`",
    )))
}

/// Has a plan kept, in the place of an earlier one of its name.
///
/// # Errors
///
/// The disk, or the system's own program says no.
pub fn install(system: System<'_>, keeper: Keeper, plan: &Plan, now: DateTime) -> Result<(), Error> {
    match keeper {
        Keeper::Systemd => {
            let folder = unit_folder(system)?;
            system.host.create_folder(&folder)?;
            for (name, text) in systemd::units(plan) {
                system.host.write(&folder.join(name), text.as_bytes())?;
            }
            must(system, &["systemctl", "--user", "daemon-reload"], b"")?;
            must(system, &["systemctl", "--user", "enable", "--now", &timer(plan)], b"")
        }
        Keeper::Cron => {
            let crontab = cron::with(&crontab(system)?, plan);
            must(system, &["crontab", "-"], crontab.as_bytes())
        }
        Keeper::Windows => {
            let path = plan.workspace.join(TASK_FILE);
            system.host.write(&path, &windows::file(&windows::definition(plan, system.account, now)))?;
            let file = path.display().to_string();
            let made = must(system, &["schtasks.exe", "/Create", "/F", "/TN", &plan.name, "/XML", &file], b"");
            made.and(system.host.remove_file(&path))
        }
    }
}

/// Has a plan kept no more; one that is not kept is no fault.
///
/// # Errors
///
/// As [`install`].
pub fn remove(system: System<'_>, keeper: Keeper, plan: &Plan) -> Result<(), Error> {
    if kept(system, keeper, plan)? == Kept::No {
        return Ok(());
    }
    match keeper {
        Keeper::Systemd => {
            must(system, &["systemctl", "--user", "disable", "--now", &timer(plan)], b"")?;
            let folder = unit_folder(system)?;
            for (name, _) in systemd::units(plan) {
                system.host.remove_file(&folder.join(name)).or_else(not_there)?;
            }
            must(system, &["systemctl", "--user", "daemon-reload"], b"")
        }
        Keeper::Cron => {
            let crontab = cron::without(&crontab(system)?, &plan.name);
            must(system, &["crontab", "-"], crontab.as_bytes())
        }
        Keeper::Windows => must(system, &["schtasks.exe", "/Delete", "/F", "/TN", &plan.name], b""),
    }
}

/// Whether a plan is kept.
///
/// # Errors
///
/// As [`install`].
pub fn kept(system: System<'_>, keeper: Keeper, plan: &Plan) -> Result<Kept, Error> {
    let same = |is_same| if is_same { Kept::Yes } else { Kept::Otherwise };
    match keeper {
        Keeper::Systemd => {
            let folder = unit_folder(system)?;
            if !system.host.exists(&folder.join(timer(plan)))? {
                return Ok(Kept::No);
            }
            let read = |name: &str| system.host.read(&folder.join(name), UNIT_LIMIT);
            let is_so = |(name, text): &(String, String)| read(name).is_ok_and(|read| read == text.as_bytes());
            Ok(same(systemd::units(plan).iter().all(is_so)))
        }
        Keeper::Cron => Ok(cron::kept(&crontab(system)?, plan)),
        Keeper::Windows => {
            let found = run(system, &["schtasks.exe", "/Query", "/XML", "/TN", &plan.name], b"")?;
            Ok(if found.is_good() { same(windows::is_at(&found.output, plan.monthly)) } else { Kept::No })
        }
    }
}

/// A unit of ours is shorter by far.
const UNIT_LIMIT: u64 = 64 << 10;

fn timer(plan: &Plan) -> String {
    format!("{}.timer", plan.name)
}

fn unit_folder(system: System<'_>) -> Result<PathBuf, Error> {
    let config = system.config.ok_or_else(|| {
        Error::Usage(Text::new(
            "không biết thư mục cài đặt của người dùng (biến HOME)",
            "the folder of the user's settings is not known (HOME)",
        ))
    })?;
    Ok(config.join("systemd/user"))
}

/// The user's crontab; empty where there is none yet. What cannot be read must not be written over.
fn crontab(system: System<'_>) -> Result<String, Error> {
    let command = ["crontab", "-l"];
    let finished = run(system, &command, b"")?;
    match finished.is_good() {
        true if finished.is_whole => Ok(finished.output),
        false if finished.complaint.contains("no crontab for") => Ok(String::new()),
        _ => Err(refused(&command, &finished)),
    }
}

fn run(system: System<'_>, command: &[&str], input: &[u8]) -> Result<Finished, Error> {
    let command: Vec<String> = command.iter().map(|word| (*word).to_owned()).collect();
    system.programs.run(&command, Path::new("."), input, LIMIT)
}

fn must(system: System<'_>, command: &[&str], input: &[u8]) -> Result<(), Error> {
    let finished = run(system, command, input)?;
    if finished.is_good() { Ok(()) } else { Err(refused(command, &finished)) }
}

fn refused(command: &[&str], finished: &Finished) -> Error {
    let said = if finished.complaint.trim().is_empty() { &finished.output } else { &finished.complaint };
    let (command, said) = (command.join(" "), said.trim());
    Error::System(Text::new(
        format!("hệ thống không nhận lệnh «{command}»: {said}"),
        format!("the system refused `{command}`: {said}"),
    ))
}

fn not_there(error: Error) -> Result<(), Error> {
    if error.is_not_found() { Ok(()) } else { Err(error) }
}
