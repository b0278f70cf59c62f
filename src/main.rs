//! The binary: parse, run, show diagnostics, exit. The only place that prints or exits.
#![expect(clippy::print_stderr, reason = "the one place that speaks to the console")]

mod cli;

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use console::Term;
use indicatif::{ProgressBar, ProgressStyle};
use ntm::diag::{Code, Diagnostic, Severity};
use ntm::error::Error;
use ntm::host::Disk;
use ntm::model::{ItemCode, Lang, Period, Text};
use ntm::pipeline::{self, Checkup, Outcome, Request, Stored, Workspace};
use ntm::show::{Manner, history, json, person, person::Colour, questions, status, why};

use cli::{Cli, Command, How};

fn main() -> ExitCode {
    let cli = Cli::parse();
    // A panic inside a file's work becomes that file's diagnostic; the trace is for developers.
    if !cli.how.verbose {
        std::panic::set_hook(Box::new(|_| {}));
    }
    let lang = Lang::from(cli.how.lang);
    let done = std::panic::catch_unwind(|| command(&cli));
    let code = done.unwrap_or_else(|_| Err(Error::Internal("panic".into()))).unwrap_or_else(|error| {
        let word = if lang == Lang::Vi { "lỗi" } else { "error" };
        eprintln!("{word}: {}", error.text().get(lang));
        error.exit_code()
    });
    ExitCode::from(code)
}

fn command(cli: &Cli) -> Result<u8, Error> {
    match &cli.command {
        Command::Init { dir } => init(dir, cli.how),
        Command::Run { workspace, period } => run(workspace, *period, Sources::Inbox, cli.how),
        Command::Rebuild { workspace } => run(workspace, None, Sources::Archive, cli.how),
        Command::Check { files, workspace, json } => check(files, workspace, *json, cli.how),
        Command::Answer { words, every_commune } => answer(words, *every_commune, cli.how),
        Command::Status { workspace, period, json } => status(workspace, *period, *json, cli.how),
        Command::History { commune, item, workspace, json } => history(commune, *item, workspace, *json, cli.how),
        Command::Why { commune, item, period, workspace, json } => {
            why((commune, *item, *period), workspace, *json, cli.how)
        }
        Command::Explain { code } => explain(code.as_deref(), cli.how.lang.into()),
    }
}

/// What a run goes by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sources {
    /// The store, and what came since.
    Inbox,
    /// The archive alone: the store is made again.
    Archive,
}

fn init(dir: &Path, how: How) -> Result<u8, Error> {
    let made = ntm::init::workspace(&Disk, dir)?;
    for path in &made {
        print(&path.display().to_string())?;
    }
    let next = Text::new(
        format!(
            "Đã tạo nơi làm việc. Việc tiếp theo: sửa {}, chép tệp của các xã vào hop-thu-den, rồi chạy: ntm run {}",
            dir.join("ntm.toml").display(),
            dir.display()
        ),
        format!(
            "Workspace made. Next: edit {}, drop the communes' files into hop-thu-den, then: ntm run {}",
            dir.join("ntm.toml").display(),
            dir.display()
        ),
    );
    say(how, next.get(how.lang.into()));
    Ok(0)
}

fn run(root: &Path, period: Option<Period>, sources: Sources, how: How) -> Result<u8, Error> {
    let lang = Lang::from(how.lang);
    let workspace = Workspace::open(&Disk, root)?;
    let bar = progress(how);
    let tick = |done: usize, total: usize| {
        bar.set_length(total as u64);
        bar.set_position(done as u64);
    };
    let request = Request { period, rebuild: sources == Sources::Archive, lang, progress: &tick };
    let outcome = pipeline::run(&Disk, &workspace, request);
    bar.finish_and_clear();
    let outcome = outcome?;
    tell(&outcome, root, how);
    for path in &outcome.written {
        print(&path.display().to_string())?;
    }
    // Something is left undone that only the disk can let us do.
    let unopened = outcome.left.iter().flat_map(|f| &f.diagnostics).any(|d| d.code == Code::FileUnreadable);
    Ok(if unopened { UNOPENED } else { u8::from(outcome.needs_person) })
}

/// The exit code of the contract for what could not be read or written.
const UNOPENED: u8 = 3;

/// What a person should know of a run, the problems before the sum.
fn tell(outcome: &Outcome, root: &Path, how: How) {
    let root = root.display().to_string();
    let manner = manner(how, &root, &Term::stderr());
    let (lang, colour) = (manner.lang, manner.colour);
    let least = if how.verbose {
        Severity::Info
    } else if how.quiet {
        Severity::Error
    } else {
        Severity::Warning
    };
    let mut text = String::new();
    for file in outcome.files.iter().chain(&outcome.again).chain(&outcome.left) {
        let shown: Vec<&Diagnostic> = file.all_diagnostics().filter(|d| d.severity <= least).collect();
        if !shown.is_empty() {
            text.push_str(&format!("{}\n", file.path));
            shown.into_iter().for_each(|d| person::asked(&mut text, d, &manner));
        }
    }
    for diagnostic in outcome.repeated.iter().filter(|_| !how.quiet) {
        person::diagnostic(&mut text, diagnostic, lang, colour);
    }
    eprint!("{text}");
    let set_aside = outcome.files.iter().filter(|f| f.submissions.is_empty()).count();
    let count = |severity| {
        outcome
            .files
            .iter()
            .chain(&outcome.again)
            .flat_map(|f| f.all_diagnostics())
            .filter(|d| d.severity == severity)
            .count()
    };
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let months = outcome.periods.iter().map(|p| p.short()).collect::<Vec<_>>().join(", ");
    let (files, repeated) = (outcome.files.len(), outcome.repeated.len());
    let again = match outcome.again.len() {
        0 => Text::new("", ""),
        n => Text::new(format!(", đọc lại {n} tệp đã nhận"), format!(", {n} received before read again")),
    };
    let (again_vi, again_en) = (again.vi, again.en);
    let sum = if files + repeated + outcome.again.len() == 0 && outcome.periods.is_empty() {
        Text::new("Không có tệp mới.", "No new files.")
    } else {
        Text::new(
            format!(
                "Đã nhận {files} tệp ({set_aside} để riêng, {repeated} trùng){again_vi}, {errors} lỗi, {warnings} cảnh báo; tháng: {months}."
            ),
            format!(
                "{files} files taken in ({set_aside} set aside, {repeated} repeated){again_en}, {errors} errors, {warnings} warnings; months: {months}."
            ),
        )
    };
    say(how, sum.get(lang));
}

fn check(files: &[PathBuf], root: &Path, as_json: bool, how: How) -> Result<u8, Error> {
    let lang = Lang::from(how.lang);
    let workspace = Workspace::open(&Disk, root)?;
    let checkup = pipeline::check(&Disk, &workspace, files)?;
    let communes = &workspace.settings.communes;
    let names = |code: &str| communes.iter().find(|c| c.code.0 == code).map(|c| c.name.clone());
    if as_json {
        let paths: Vec<String> = files.iter().map(|f| f.display().to_string()).collect();
        for line in json::lines(&checkup, &paths, &names, lang).map_err(Error::internal)? {
            print(&line)?;
        }
    } else {
        let sets = |id: &str| {
            let set = workspace.catalogue.sets.iter().find(|s| s.id.as_str() == id);
            set.map_or_else(|| id.to_owned(), |s| s.short_name.clone())
        };
        let items = |set: &str, item: &str| {
            let set = workspace.catalogue.sets.iter().find(|s| s.id.as_str() == set);
            let code = item.parse::<ntm::model::ItemCode>().ok();
            set.zip(code).and_then(|(set, code)| set.name_of(code)).unwrap_or_default().to_owned()
        };
        let names = person::Names { communes: &names, sets: &sets, items: &items };
        let root = root.display().to_string();
        print(&person::text(&checkup, names, &manner(how, &root, &Term::stdout())).map_err(Error::internal)?)?;
    }
    // What could not be opened is no data: it is said beside it too.
    for file in checkup.files.iter().filter(|f| f.sha256.is_empty()) {
        let mut text = format!("{}\n", file.path);
        file.diagnostics
            .iter()
            .for_each(|d| person::diagnostic(&mut text, d, lang, colour(std::io::stderr().is_terminal())));
        eprint!("{text}");
    }
    Ok(if checkup.unopened { UNOPENED } else { u8::from(needs_person(&checkup)) })
}

fn needs_person(checkup: &Checkup) -> bool {
    checkup.files.iter().flat_map(|f| f.all_diagnostics()).any(|d| d.severity == Severity::Error)
}

/// Exit code 1 where an error stands in the month, as for the run that wrote its papers.
fn status(root: &Path, period: Option<Period>, as_json: bool, how: How) -> Result<u8, Error> {
    let lang = Lang::from(how.lang);
    let workspace = Workspace::open(&Disk, root)?;
    let stored = pipeline::consult(&Disk, &workspace)?;
    let Some(period) = known_month(&stored, period, how)? else { return Ok(0) };
    let assessment = stored.month(period)?;
    let Workspace { settings, catalogue, .. } = &workspace;
    let shown = status::Status { assessment: &assessment, settings, sets: &catalogue.sets, today: stored.today() };
    print(&match as_json {
        true => status::json(shown, lang).map_err(Error::internal)?,
        false => status::text(shown, lang, colour(std::io::stdout().is_terminal())).trim_end().to_owned(),
    })?;
    Ok(u8::from(assessment.problems.iter().any(|problem| problem.severity == Severity::Error)))
}

fn history(commune: &str, item: Option<ItemCode>, root: &Path, as_json: bool, how: How) -> Result<u8, Error> {
    let lang = Lang::from(how.lang);
    let workspace = Workspace::open(&Disk, root)?;
    let stored = pipeline::consult(&Disk, &workspace)?;
    let sets = &workspace.catalogue.sets;
    item.map_or(Ok(()), |item| known_item(item, &workspace))?;
    let Some(period) = known_month(&stored, None, how)? else { return Ok(0) };
    let history = stored.history(stored.commune(commune, period)?, period)?;
    print(&match as_json {
        true => history::json(&history, sets, item).map_err(Error::internal)?,
        false => {
            let colour = colour(std::io::stdout().is_terminal());
            history::text(&history, sets, item, lang, colour).trim_end().to_owned()
        }
    })?;
    Ok(0)
}

fn why(
    (commune, item, period): (&str, ItemCode, Option<Period>),
    root: &Path,
    as_json: bool,
    how: How,
) -> Result<u8, Error> {
    let lang = Lang::from(how.lang);
    let workspace = Workspace::open(&Disk, root)?;
    let stored = pipeline::consult(&Disk, &workspace)?;
    known_item(item, &workspace)?;
    let Some(period) = known_month(&stored, period, how)? else { return Ok(0) };
    let commune = stored.commune(commune, period)?;
    let chains = stored.why(commune, item, period)?;
    let archive = pipeline::shown(&workspace, &workspace.settings.folders.archive);
    let names = why::Names { commune, sets: &workspace.catalogue.sets, archive: &archive };
    if as_json {
        for line in why::json(&chains, names, lang).map_err(Error::internal)? {
            print(&line)?;
        }
    } else if chains.is_empty() {
        let name = &commune.name;
        let none = Text::new(
            format!("Xã {name} chưa có báo cáo nào có mục {item} đến tháng {}.", period.short()),
            format!("{name} has sent no report with an item {item} up to {}.", period.short()),
        );
        say(how, none.get(lang));
    } else {
        let colour = colour(std::io::stdout().is_terminal());
        print(why::text(&chains, names, lang, colour).trim_end())?;
    }
    Ok(0)
}

/// The month asked for, else the latest of the store; what the store does not have yet is said.
fn known_month(stored: &Stored<'_>, period: Option<Period>, how: How) -> Result<Option<Period>, Error> {
    let lang = Lang::from(how.lang);
    if !stored.unfinished.is_empty() {
        let cut_off = Text::new(
            "Một lần chạy trước bị dừng giữa chừng; chạy «ntm run» để hoàn tất.",
            "A run was cut off; `ntm run` takes in what it left.",
        );
        say(how, cut_off.get(lang));
    }
    if let Some(waiting @ 1..) = stored.waiting {
        let waiting = Text::new(
            format!("Hộp thư đến còn {waiting} tệp chưa nhận; chạy «ntm run» để nhận."),
            format!("{waiting} files wait in the inbox; `ntm run` takes them in."),
        );
        say(how, waiting.get(lang));
    }
    let latest = stored.latest()?;
    if latest.is_none() {
        let empty =
            Text::new("Chưa có dữ liệu nào; chạy «ntm run» trước.", "Nothing is stored yet; use `ntm run` first.");
        say(how, empty.get(lang));
    }
    Ok(latest.and(period.or(latest)))
}

/// An item that no set has is a slip of the finger.
fn known_item(item: ItemCode, workspace: &Workspace) -> Result<(), Error> {
    if workspace.catalogue.sets.iter().any(|set| set.item(item).is_some()) {
        return Ok(());
    }
    Err(Error::Usage(Text::new(
        format!("không bộ tiêu chí nào có mục {item}; ghi mã tiêu chí như 2 hoặc chỉ tiêu như 2.1"),
        format!("no criteria set has an item {item}; write a criterion such as 2 or an indicator such as 2.1"),
    )))
}

fn answer(words: &[String], every_commune: bool, how: How) -> Result<u8, Error> {
    let asked = cli::asked(words).map_err(|wrong| Error::Usage(Text::new(wrong.clone(), wrong)))?;
    let workspace = Workspace::open(&Disk, &asked.workspace)?;
    let root = asked.workspace.display().to_string();
    if let (Some(number), Some(reply)) = (asked.number, &asked.reply) {
        let done = pipeline::answer(&Disk, &workspace, number, reply, every_commune)?;
        say(how, &questions::answered(&done, &manner(how, &root, &Term::stderr())));
        return Ok(0);
    }
    let mut open = pipeline::questions(&Disk, &workspace)?;
    if let Some(number) = asked.number {
        open.retain(|one| one.question.subject.number() == number);
    }
    let communes = &workspace.settings.communes;
    let names = |code: &str| communes.iter().find(|c| c.code.0 == code).map(|c| c.name.clone());
    // One question, or all told: then with the sheets to look at.
    let drawn = asked.number.is_some() || how.verbose;
    print(questions::list(&open, drawn, &names, &manner(how, &root, &Term::stdout())).trim_end())?;
    Ok(u8::from(open.iter().any(|one| one.question.blocks)))
}

fn explain(code: Option<&str>, lang: Lang) -> Result<u8, Error> {
    let known: Vec<&Code> = Code::ALL.iter().filter(|c| code.is_none_or(|wanted| wanted == c.as_str())).collect();
    if known.is_empty() {
        let code = code.unwrap_or_default();
        return Err(Error::Usage(Text::new(
            format!("không có mã «{code}»; chạy «ntm explain» để xem các mã"),
            format!("there is no code {code:?}; run `ntm explain` for the list"),
        )));
    }
    let label = if lang == Lang::Vi { "Ví dụ" } else { "Example" };
    let is_one = known.len() == 1;
    for code in known {
        print(&format!("{code}: {}", code.explanation().get(lang)))?;
        if is_one {
            print(&format!("{label}: {}", code.example().get(lang)))?;
        }
    }
    Ok(0)
}

/// Data goes to stdout. A reader that has seen enough (`| head`) is no fault.
fn print(line: &str) -> Result<(), Error> {
    match writeln!(std::io::stdout(), "{line}") {
        Err(e) if e.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        other => other.map_err(Error::internal),
    }
}

/// Everything else goes to stderr.
fn say(how: How, line: &str) {
    if !how.quiet {
        eprintln!("{line}");
    }
}

fn colour(terminal: bool) -> Colour {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
    if terminal && !refused { Colour::On } else { Colour::Off }
}

/// How what is printed to a stream speaks.
fn manner<'a>(how: How, workspace: &'a str, stream: &Term) -> Manner<'a> {
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
fn progress(how: How) -> ProgressBar {
    if how.quiet || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(0);
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} tệp, còn {eta}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}
