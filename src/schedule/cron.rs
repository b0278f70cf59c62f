//! A line of the user's crontab.
//!
//! cron forgets what it missed, and knows no last day of a month: the line asks every hour, and the program itself tells
//! whether a run is due.

use super::{Kept, Plan};

/// How the program is asked: `25@07:00`.
fn when(plan: &Plan) -> String {
    format!("{}@{}", plan.monthly.day, plan.monthly.at.strftime("%H:%M"))
}

/// The two lines of a plan.
pub(super) fn lines(plan: &Plan) -> String {
    let (program, workspace) =
        (quoted(&plan.program.display().to_string()), quoted(&plan.workspace.display().to_string()));
    let (mark, minute, when) = (mark(&plan.name), plan.monthly.at.minute(), when(plan));
    format!("{mark}\n{minute} * * * * {program} run --quiet --if-due {when} {workspace}\n")
}

/// The line before ours, by which it is found again.
fn mark(name: &str) -> String {
    format!("# {name}: ntm schedule")
}

/// A crontab with the lines of a plan, once.
pub(super) fn with(crontab: &str, plan: &Plan) -> String {
    let mut others = without(crontab, &plan.name);
    if !others.is_empty() && !others.ends_with('\n') {
        others.push('\n');
    }
    others + &lines(plan)
}

/// A crontab without the lines of a plan; all others stay as they are.
pub(super) fn without(crontab: &str, name: &str) -> String {
    let mark = mark(name);
    let mut kept = String::new();
    let mut lines = crontab.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        if line.trim_end() != mark {
            kept.push_str(line);
            continue;
        }
        // Somebody may have removed our line and left its mark.
        lines.next_if(|line| line.contains(" --if-due "));
    }
    kept
}

/// Whether a crontab has a plan of this name, and whether it is this one.
pub(super) fn kept(crontab: &str, plan: &Plan) -> Kept {
    let (mark, ours) = (mark(&plan.name), lines(plan));
    let mut found = crontab.lines().skip_while(|line| line.trim_end() != mark);
    match (found.next(), found.next()) {
        (None, _) => Kept::No,
        (Some(_), line) if line.map(str::trim_end) == ours.lines().nth(1) => Kept::Yes,
        (Some(_), _) => Kept::Otherwise,
    }
}

/// A word as the shell reads it; cron itself makes line ends of percent signs.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', "'\\''").replace('%', "\\%"))
}
