//! A user timer of systemd, and the service that it starts.

use super::{Monthly, Plan};

/// The names and texts of the two unit files.
pub(super) fn units(plan: &Plan) -> [(String, String); 2] {
    let description = plan.description().replace('%', "%%");
    // Variables are put into the words after the program, not into its own path.
    let program = quoted(&plan.program.display().to_string());
    let workspace = quoted(&plan.workspace.display().to_string()).replace('$', "$$");
    // Exit code 1 says that a person is needed, not that the run failed.
    let service = format!(
        "[Unit]\nDescription={description}\n\n[Service]\nType=oneshot\nSuccessExitStatus=1\nExecStart={program} run --quiet {workspace}\n"
    );
    let calendar: String = calendar(plan.monthly).iter().map(|when| format!("OnCalendar={when}\n")).collect();
    // Persistent: a run that was missed takes place as soon as the timer is there again.
    let timer = format!(
        "[Unit]\nDescription={description}\n\n[Timer]\n{calendar}Persistent=true\n\n[Install]\nWantedBy=timers.target\n"
    );
    [(format!("{}.service", plan.name), service), (format!("{}.timer", plan.name), timer)]
}

/// `~01` is a month's last day.
fn calendar(monthly: Monthly) -> Vec<String> {
    let (day, at) = (monthly.day, monthly.at.strftime("%H:%M:%S"));
    match day {
        31 => vec![format!("*-*~01 {at}")],
        _ if monthly.is_beyond_february() => {
            vec![format!("*-01,03,04,05,06,07,08,09,10,11,12-{day} {at}"), format!("*-02~01 {at}")]
        }
        _ => vec![format!("*-*-{day:02} {at}")],
    }
}

/// A word of a command line as systemd reads it.
fn quoted(word: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in word.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            '%' => quoted.push_str("%%"),
            _ => quoted.push(letter),
        }
    }
    quoted + "\""
}
