//! The binary: parse, do the command, exit. With `commands` and `terminal` the only part that prints or exits.

mod cli;
mod commands;
mod slips;
mod terminal;
mod values;

use std::process::ExitCode;

use clap::Parser;
use ntm::error::Error;
use ntm::fence::Fenced;
use ntm::host::{Disk, Host};
use ntm::model::Lang;

use cli::{Cli, Command};
use commands::fenced::kept;
use commands::run::{Job, Sources, run};
use commands::{
    answer::answer, check::check, close, explain::explain, history::history, init::init, plans::plans,
    schedule::schedule, status::status, template::template, verify::verify, watch, why::why,
};

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return terminal::mistyped(&error),
    };
    // A panic inside a file's work becomes that file's diagnostic; the trace is for developers.
    if !cli.how.verbose {
        std::panic::set_hook(Box::new(|_| {}));
    }
    let lang = Lang::from(cli.how.lang);
    if let Some(readers) = cli.readers {
        terminal::speak_to_the_keeper(readers);
    }
    let done = std::panic::catch_unwind(|| match &cli.fenced {
        Some(journal) => command(&cli, &Fenced::of(journal)?),
        None if cli.command.opens_files() => match kept(cli.how) {
            Some(done) => done,
            None => command(&cli, &Disk),
        },
        None => command(&cli, &Disk),
    });
    let code = done.unwrap_or_else(|_| Err(Error::Internal("panic".into()))).unwrap_or_else(|error| {
        let word = if lang == Lang::Vi { "lỗi" } else { "error" };
        terminal::tell(&format!("{word}: {}\n", error.text().get(lang)));
        error.exit_code()
    });
    terminal::over();
    ExitCode::from(code)
}

fn command(cli: &Cli, host: &dyn Host) -> Result<u8, Error> {
    match &cli.command {
        Command::Init { dir } => init(dir, cli.how),
        Command::Run { workspace, period, only, if_due } => {
            let only = only.as_ref().map(|list| watch::listed(host, list)).transpose()?;
            run(
                host,
                Job { only: only.as_ref(), if_due: *if_due, ..Job::of(workspace, *period, Sources::Inbox) },
                cli.how,
            )
        }
        Command::Schedule(asked) => schedule(asked, cli.how),
        Command::Watch { workspace } => watch::watch(workspace, cli.how),
        Command::Rebuild { workspace } => run(host, Job::of(workspace, None, Sources::Archive), cli.how),
        Command::Check { files, workspace, json } => check(host, files, workspace, *json, cli.how),
        Command::Answer { words, every_commune } => answer(host, words, *every_commune, cli.how),
        Command::Status { workspace, period, json } => status(workspace, *period, *json, cli.how),
        Command::Plans { workspace, period, commune, offices } => {
            plans(workspace, *period, commune.as_deref(), *offices, cli.how)
        }
        Command::History { commune, item, workspace, json } => history(commune, *item, workspace, *json, cli.how),
        Command::Why { commune, item, period, workspace, json } => {
            why((commune, *item, *period), workspace, *json, cli.how)
        }
        Command::Close { period, workspace, reopen: false, .. } => close::close(*period, workspace, cli.how),
        Command::Close { period, workspace, reopen: true, reason } => {
            close::reopen(*period, workspace, reason.as_deref().unwrap_or_default(), cli.how)
        }
        Command::Verify { workspace, json } => verify(workspace, *json, cli.how),
        Command::Template { workspace, period, commune } => template(workspace, *period, commune.as_deref(), cli.how),
        Command::Explain { code } => explain(code.as_deref(), cli.how.lang.into()),
    }
}
