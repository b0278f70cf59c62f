//! A task of the Windows Task Scheduler, as the XML that `schtasks /Create /XML` takes.

use std::fmt::Write as _;

use jiff::civil::DateTime;

use super::{Monthly, Plan};
use crate::xml::escaped;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Whose task it is, as Windows names accounts: `PHONG-NTM\lan`.
pub type Account = Option<String>;

/// The definition of a task.
pub(super) fn definition(plan: &Plan, account: &Account, now: DateTime) -> String {
    let start = plan.monthly.next_due(now).unwrap_or(now).strftime("%Y-%m-%dT%H:%M:%S").to_string();
    let all: Vec<&str> = MONTHS.to_vec();
    let without_february: Vec<&str> = MONTHS.into_iter().filter(|month| *month != "February").collect();
    let day = plan.monthly.day.to_string();
    let triggers = match plan.monthly.day {
        31 => trigger(&start, "Last", &all),
        _ if plan.monthly.is_beyond_february() => {
            trigger(&start, &day, &without_february) + &trigger(&start, "Last", &["February"])
        }
        _ => trigger(&start, &day, &all),
    };
    let user = account.as_ref().map(|user| format!("\n      <UserId>{}</UserId>", escaped(user))).unwrap_or_default();
    let (description, program) = (escaped(&plan.description()), escaped(&plan.program.display().to_string()));
    let workspace = plan.workspace.display().to_string();
    let (folder, arguments) = (escaped(&workspace), escaped(&format!("run --quiet {}", quoted(&workspace))));
    // The user's own rights, while the user is logged on: no password is kept, no administrator is needed. A run that was
    // missed takes place when it can (StartWhenAvailable); a laptop on its battery is as good as any.
    format!(
        r#"<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>{description}</Description>
  </RegistrationInfo>
  <Triggers>{triggers}
  </Triggers>
  <Principals>
    <Principal id="Author">{user}
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT4H</ExecutionTimeLimit>
    <Enabled>true</Enabled>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>{program}</Command>
      <Arguments>{arguments}</Arguments>
      <WorkingDirectory>{folder}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
"#
    )
}

/// A trigger without what is the rule anyway (`Enabled`): of its place Windows' own pages and its schema say two things.
fn trigger(start: &str, day: &str, months: &[&str]) -> String {
    let months = months.iter().fold(String::new(), |mut all, month| {
        let _ = write!(all, "<{month} />");
        all
    });
    format!(
        r"
    <CalendarTrigger>
      <StartBoundary>{start}</StartBoundary>
      <ScheduleByMonth>
        <DaysOfMonth><Day>{day}</Day></DaysOfMonth>
        <Months>{months}</Months>
      </ScheduleByMonth>
    </CalendarTrigger>"
    )
}

/// Whether a definition, as Windows gives it back, is for this time: it adds what it likes, and spells paths in its own
/// code page.
pub(super) fn is_at(definition: &str, monthly: Monthly) -> bool {
    let days = definition.split("<Day>").skip(1).filter_map(|rest| rest.split("</Day>").next());
    let ours: &[String] = &match monthly.day {
        31 => vec!["Last".to_owned()],
        day if monthly.is_beyond_february() => vec![day.to_string(), "Last".to_owned()],
        day => vec![day.to_string()],
    };
    days.eq(ours) && definition.contains(&monthly.at.strftime("T%H:%M:%S").to_string())
}

/// The bytes of a definition's file: UTF-16 with its mark, and the line ends of Windows.
#[must_use]
pub fn file(definition: &str) -> Vec<u8> {
    let text = definition.replace('\n', "\r\n");
    std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

/// An argument as Windows programs split their command line: a backslash before the closing quote would escape it.
fn quoted(word: &str) -> String {
    let backslashes = word.len() - word.trim_end_matches('\\').len();
    format!("\"{word}{}\"", "\\".repeat(backslashes))
}
