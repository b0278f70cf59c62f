//! What is printed, to which stream, in which manner: nothing else of the program speaks. A worker behind the fence says
//! it to its keeper, which speaks for it.

use std::ffi::OsString;
use std::fmt;
use std::io::{self, Write};
use std::process::ExitCode;
use std::str::FromStr;
use std::sync::OnceLock;

use console::Term;
use indicatif::{ProgressBar, ProgressStyle};
use ntm::error::{Error, Operation};
use ntm::fence::Said;
use ntm::show::{Manner, person::Colour};

use crate::cli::How;
use crate::slips;

/// A stream that is spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stream {
    /// Data.
    Out,
    /// Everything else.
    Err,
}

/// Who reads a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reader {
    /// A file or a program.
    Machine,
    /// A person.
    Person {
        /// How many columns the terminal has, where that can be told.
        columns: Option<usize>,
        /// Whether it shows colours; the older window of Windows does once it was asked to.
        has_colours: bool,
    },
}

/// Who reads the two streams of a process; as text, which a keeper gives its worker: `80c,no`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Readers {
    out: Reader,
    err: Reader,
}

/// Who reads the streams of the keeper, where this process is its worker.
static KEEPER: OnceLock<Readers> = OnceLock::new();

/// From now on the keeper is told, whose streams have these readers.
pub(crate) fn speak_to_the_keeper(readers: Readers) {
    // Told twice it would be the same.
    let _ = KEEPER.set(readers);
}

impl Readers {
    pub(crate) fn of_this_process() -> Readers {
        Readers { out: of_terminal(&Term::stdout()), err: of_terminal(&Term::stderr()) }
    }
}

fn of_terminal(term: &Term) -> Reader {
    if !term.is_term() {
        return Reader::Machine;
    }
    let columns = term.size_checked().map(|(_, columns)| columns.into());
    Reader::Person { columns, has_colours: term.features().colors_supported() }
}

impl fmt::Display for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reader::Machine => f.write_str("no"),
            Reader::Person { columns, has_colours } => {
                let colours = if *has_colours { "c" } else { "" };
                let columns = columns.map_or("?".to_owned(), |columns| columns.to_string());
                write!(f, "{columns}{colours}")
            }
        }
    }
}

impl fmt::Display for Readers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{},{}", self.out, self.err)
    }
}

impl FromStr for Readers {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let reader = |text: &str| match text {
            "no" => Some(Reader::Machine),
            person => {
                let (columns, has_colours) =
                    person.strip_suffix('c').map_or((person, false), |columns| (columns, true));
                let columns = if columns == "?" { None } else { Some(columns.parse().ok()?) };
                Some(Reader::Person { columns, has_colours })
            }
        };
        let both = text.split_once(',').and_then(|(out, err)| Some(Readers { out: reader(out)?, err: reader(err)? }));
        both.ok_or_else(|| text.to_owned())
    }
}

/// That nothing more is said by this process.
pub(crate) fn over() {
    let _ = KEEPER.get().is_some_and(|_| told(&Said::Over));
}

/// Whether the keeper was told; one that is gone takes this process with it.
fn told(said: &Said) -> bool {
    said.send(&mut io::stdout().lock()).is_ok()
}

/// What a person is told at length goes to stderr as it stands.
pub(crate) fn tell(text: &str) {
    match KEEPER.get() {
        Some(_) => _ = told(&Said::Message(text.to_owned())),
        // Where nobody listens any more, the work goes on all the same.
        None => _ = io::stderr().write_all(text.as_bytes()),
    }
}

/// A command line that cannot be followed, or that asks for the help alone.
pub(crate) fn mistyped(error: &clap::Error) -> ExitCode {
    if slips::is_slip(error) {
        let words: Vec<OsString> = std::env::args_os().skip(1).collect();
        tell(&slips::told(error, &words, std::env::var("NTM_LANG").ok().as_deref()));
    } else {
        // A reader that has seen enough of the help is no fault.
        let _ = error.print();
    }
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}

/// Data goes to stdout. A reader that has seen enough (`| head`) is no fault.
pub(crate) fn print(line: &str) -> Result<(), Error> {
    data(&format!("{line}\n"))
}

/// Data as it stands.
pub(crate) fn data(text: &str) -> Result<(), Error> {
    if KEEPER.get().is_some() {
        told(&Said::Data(text.to_owned()));
        return Ok(());
    }
    match io::stdout().write_all(text.as_bytes()) {
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other.map_err(|source| Error::Io { operation: Operation::Write, path: "stdout".into(), source }),
    }
}

/// Everything else goes to stderr.
pub(crate) fn say(how: How, line: &str) {
    if !how.quiet {
        tell(&format!("{line}\n"));
    }
}

/// Who reads a stream.
fn reader(stream: Stream) -> Reader {
    let readers = KEEPER.get().copied().unwrap_or_else(Readers::of_this_process);
    if stream == Stream::Out { readers.out } else { readers.err }
}

pub(crate) fn colour(stream: Stream) -> Colour {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
    let has_colours = matches!(reader(stream), Reader::Person { has_colours: true, .. });
    if has_colours && !refused { Colour::On } else { Colour::Off }
}

/// How what is printed to a stream speaks.
pub(crate) fn manner(how: How, workspace: &str, stream: Stream) -> Manner<'_> {
    let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let terminal = match reader(stream) {
        Reader::Person { columns, .. } => columns,
        Reader::Machine => None,
    };
    Manner {
        lang: how.lang.into(),
        colour: colour(stream),
        terminal: columns.or(terminal).map(|columns: usize| columns.max(40)),
        is_verbose: how.verbose,
        workspace,
    }
}

/// How far work has come: a bar on a terminal, nothing elsewhere.
pub(crate) struct Progress {
    bar: ProgressBar,
    to_the_keeper: bool,
}

impl Progress {
    pub(crate) fn new(how: How) -> Progress {
        let is_seen = !how.quiet && reader(Stream::Err) != Reader::Machine;
        let to_the_keeper = is_seen && KEEPER.get().is_some();
        let bar = if is_seen && !to_the_keeper { ProgressBar::new(0) } else { ProgressBar::hidden() };
        let style = ProgressStyle::with_template("{bar:40} {pos}/{len} tệp, còn {eta}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Progress { bar, to_the_keeper }
    }

    pub(crate) fn show(&self, done: u64, total: u64) {
        if self.to_the_keeper {
            told(&Said::Progress { done, total });
        }
        self.bar.set_length(total);
        self.bar.set_position(done);
    }

    /// Takes the bar away.
    pub(crate) fn end(self) {
        self.bar.finish_and_clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_worker_is_told_who_reads_what_it_says() {
        let person = |columns, has_colours| Reader::Person { columns, has_colours };
        for (out, err) in [
            (Reader::Machine, person(Some(80), true)),
            (person(None, true), Reader::Machine),
            (person(Some(211), false), person(None, false)),
        ] {
            let readers = Readers { out, err };
            assert_eq!(readers.to_string().parse(), Ok(readers));
        }
        assert!("80".parse::<Readers>().is_err());
    }
}
