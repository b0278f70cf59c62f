//! What is printed, to which stream, in which manner: nothing else of the program speaks.
#![expect(clippy::print_stderr, reason = "the one place that speaks to the console")]

use std::io::{IsTerminal, Write};

use console::Term;
use indicatif::{ProgressBar, ProgressStyle};
use ntm::error::Error;
use ntm::show::{Manner, person::Colour};

use crate::cli::How;

/// What a person is told at length goes to stderr as it stands.
pub(crate) fn tell(text: &str) {
    eprint!("{text}");
}

/// Data goes to stdout. A reader that has seen enough (`| head`) is no fault.
pub(crate) fn print(line: &str) -> Result<(), Error> {
    match writeln!(std::io::stdout(), "{line}") {
        Err(e) if e.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        other => other.map_err(Error::internal),
    }
}

/// Everything else goes to stderr.
pub(crate) fn say(how: How, line: &str) {
    if !how.quiet {
        eprintln!("{line}");
    }
}

pub(crate) fn colour(terminal: bool) -> Colour {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
    if terminal && !refused { Colour::On } else { Colour::Off }
}

/// How what is printed to a stream speaks.
pub(crate) fn manner<'a>(how: How, workspace: &'a str, stream: &Term) -> Manner<'a> {
    let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let terminal = stream.is_term().then(|| stream.size_checked().map(|(_, columns)| usize::from(columns))).flatten();
    Manner {
        lang: how.lang.into(),
        colour: colour(stream.is_term()),
        terminal: columns.or(terminal).map(|columns: usize| columns.max(40)),
        is_verbose: how.verbose,
        workspace,
    }
}

/// A bar on a terminal, nothing elsewhere.
pub(crate) fn progress(how: How) -> ProgressBar {
    if how.quiet || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(0);
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} tệp, còn {eta}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}
