//! `ntm schedule`: a monthly run kept by the system.

use std::path::{Path, PathBuf};

use jiff::civil::{DateTime, Time, time};
use ntm::error::Error;
use ntm::host::{Disk, Host};
use ntm::machine::{self, account, config_folder, this_program};
use ntm::model::{Lang, Text};
use ntm::pipeline::{Workspace, sha256};
use ntm::schedule::{Keeper, Kept, Monthly, Plan, System, find, install, kept, remove};
use ntm::text::fold;

use crate::cli::{How, Schedule, ScheduleArgs};
use crate::terminal::{print, say};

/// A month's run begins at this hour where nothing else is said.
const AT: Time = time(7, 0, 0, 0);

pub(crate) fn schedule(asked: &Schedule, how: How) -> Result<u8, Error> {
    let (Schedule::Install(args) | Schedule::Show(args) | Schedule::Remove(args)) = asked;
    let workspace = Workspace::open(&Disk, &args.workspace)?;
    let (config, account, now) = (config_folder(), account(), Disk.now()?);
    let system = System { host: &Disk, programs: &machine::System, config: config.as_deref(), account: &account };
    let monthly = Monthly::new(args.day.unwrap_or(workspace.settings.deadline.day), args.at.unwrap_or(AT));
    let monthly = monthly.ok_or_else(|| Error::internal("the day was checked where it was typed"))?;
    let plan = plan(&args.workspace, monthly)?;
    let keeper = |args: &ScheduleArgs| args.keeper.map_or_else(|| find(system), |keeper| Ok(keeper.into()));
    let lang = Lang::from(how.lang);
    match asked {
        Schedule::Install(args) => {
            let keeper = keeper(args)?;
            install(system, keeper, &plan, now)?;
            // What was due before today is nobody's fault.
            mark(&Disk, &workspace, now)?;
            say(how, installed(keeper, monthly, now).get(lang));
        }
        Schedule::Show(args) => {
            let keeper = keeper(args).or_else(|error| args.keeper.map_or(Err(error), |keeper| Ok(keeper.into())))?;
            print(keeper.text(&plan, &account, now).trim_end())?;
            // What this machine does not have, it cannot be asked.
            if find(system).is_ok_and(|here| here == keeper) {
                say(how, told(kept(system, keeper, &plan)?).get(lang));
            }
        }
        Schedule::Remove(args) => {
            let keeper = keeper(args)?;
            let done = match kept(system, keeper, &plan)? {
                Kept::No => Text::new("Không có lịch nào đang được đặt.", "Nothing was scheduled."),
                _ => Text::new("Đã bỏ lịch chạy hằng tháng.", "The monthly run is no longer scheduled."),
            };
            remove(system, keeper, &plan)?;
            say(how, done.get(lang));
        }
    }
    Ok(0)
}

/// Whether a scheduled run is due, for a scheduler that does not know; the moment of the last one is kept with the logs.
pub(crate) fn is_due(host: &dyn Host, workspace: &Workspace, monthly: Monthly, now: DateTime) -> Result<bool, Error> {
    let path = mark_path(workspace);
    let last = match host.exists(&path)? {
        true => String::from_utf8_lossy(&host.read(&path, MARK_LIMIT)?).trim().parse::<DateTime>().ok(),
        false => None,
    };
    // Nobody knows when the last one was: then one more does no harm.
    Ok(last.is_none_or(|last| monthly.is_due(last, now)))
}

/// The file that holds the moment of the last scheduled run.
const MARK: &str = "lan-chay-theo-lich.txt";

const MARK_LIMIT: u64 = 64;

fn mark_path(workspace: &Workspace) -> PathBuf {
    workspace.settings.folders.logs.join(MARK)
}

/// Notes that up to this moment no run is due any more.
pub(crate) fn mark(host: &dyn Host, workspace: &Workspace, now: DateTime) -> Result<(), Error> {
    host.create_folder(&workspace.settings.folders.logs)?;
    host.write(&mark_path(workspace), now.to_string().as_bytes())
}

fn plan(root: &Path, monthly: Monthly) -> Result<Plan, Error> {
    let workspace = std::path::absolute(root).map_err(Error::internal)?;
    let program = this_program()?;
    // Schedules are lines of text: what is no text, or breaks a line, would be another path there, or another command.
    let is_text = |path: &Path| path.to_str().is_some_and(|text| !text.chars().any(char::is_control));
    if let Some(path) = [&workspace, &program].into_iter().find(|path| !is_text(path)) {
        let path = path.display().to_string().replace(char::is_control, "\u{fffd}");
        return Err(Error::Usage(Text::new(
            format!("«{path}»: tên thư mục có ký tự đặc biệt nên không đặt lịch được. Đổi tên thư mục rồi đặt lại."),
            format!("\"{path}\" has letters that no schedule can hold. Rename the folder and try again."),
        )));
    }
    let folder = workspace.file_name().map(|name| fold(&name.to_string_lossy())).unwrap_or_default();
    let words: Vec<&str> = folder.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    // Folders of one name lie in several places.
    let hash = sha256(workspace.to_string_lossy().as_bytes());
    let name = format!("ntm-{}-{}", words.join("-"), &hash[..8]);
    Ok(Plan { name, monthly, program, workspace })
}

fn installed(keeper: Keeper, monthly: Monthly, now: DateTime) -> Text {
    let Monthly { day, at } = monthly;
    let at = at.strftime("%H:%M");
    let next = monthly.next_due(now).unwrap_or(now).strftime("%H:%M %d/%m/%Y");
    let short = if day > 28 {
        ("; tháng không có ngày đó thì chạy ngày cuối tháng", "; in shorter months on their last day")
    } else {
        ("", "")
    };
    let missed = match keeper {
        Keeper::Systemd => (
            "Máy tắt vào giờ đó thì chạy bù khi đăng nhập lại; muốn chạy cả khi chưa đăng nhập, gõ: loginctl enable-linger.",
            "If the machine is off then, it runs at the next login; to have it run without one: loginctl enable-linger.",
        ),
        Keeper::Cron => (
            "Máy tắt vào giờ đó thì chạy bù trong vòng một giờ sau khi bật lại.",
            "If the machine is off then, it runs within an hour of being switched on.",
        ),
        Keeper::Windows => (
            "Máy tắt vào giờ đó thì chạy bù khi đăng nhập lại.",
            "If the machine is off then, it runs at the next logon.",
        ),
    };
    Text::new(
        format!("Đã đặt lịch: ngày {day} hằng tháng lúc {at}{}. Lần tới: {next}. {}", short.0, missed.0),
        format!("Scheduled: day {day} of each month at {at}{}. Next: {next}. {}", short.1, missed.1),
    )
}

fn told(kept: Kept) -> Text {
    match kept {
        Kept::Yes => Text::new("Lịch này đang được đặt trên máy.", "It is scheduled on this machine."),
        Kept::Otherwise => Text::new(
            "Máy đang có một lịch khác của nơi làm việc này (khác ngày, giờ hoặc chỗ để chương trình); thay bằng lịch trên: «ntm schedule install» với cùng các tùy chọn.",
            "This machine has another schedule of this workspace (another day, time or place of the program); `ntm schedule install` with the same options puts the above in its place.",
        ),
        Kept::No => Text::new(
            "Lịch này chưa được đặt; đặt bằng «ntm schedule install».",
            "It is not scheduled; do so with `ntm schedule install`.",
        ),
    }
}
