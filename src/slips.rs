//! A command line that was mistyped: what is wrong with it, and one line of what to do, in the reader's language.

use std::error::Error as _;
use std::ffi::OsString;
use std::fmt;

use clap::CommandFactory;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use ntm::model::{Lang, Text};

use crate::cli::Cli;

/// A value that cannot be taken: what it is not, and how to write it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Slip(pub(crate) Text);

impl fmt::Display for Slip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Slip {}

/// Whether it is a slip, and no wish to see the help or the version.
pub(crate) fn is_slip(error: &clap::Error) -> bool {
    !matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    )
}

/// What is told of a slip in these words.
pub(crate) fn told(error: &clap::Error, words: &[OsString], environment: Option<&str>) -> String {
    let lang = lang(words, environment);
    let (what, to_do) = (what(error), to_do(error, words));
    match lang {
        Lang::Vi => format!("lỗi: {}\n  cần làm: {}\n", what.vi, to_do.vi),
        Lang::En => format!("error: {}\n  hint: {}\n", what.en, to_do.en),
    }
}

/// The language asked for, where the words alone have to tell it.
fn lang(words: &[OsString], environment: Option<&str>) -> Lang {
    let words: Vec<&str> = words.iter().filter_map(|word| word.to_str()).collect();
    let asked = words.windows(2).filter(|pair| pair[0] == "--lang").map(|pair| pair[1]);
    let asked = asked.chain(words.iter().filter_map(|word| word.strip_prefix("--lang="))).last();
    if asked.or(environment) == Some("en") { Lang::En } else { Lang::Vi }
}

fn what(error: &clap::Error) -> Text {
    let of = |kind| context(error, kind).join(", ");
    let (arg, value) = (of(ContextKind::InvalidArg), of(ContextKind::InvalidValue));
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let word = of(ContextKind::InvalidSubcommand);
            Text::new(format!("không có lệnh «{word}»"), format!("there is no command {word:?}"))
        }
        ErrorKind::UnknownArgument if arg.starts_with('-') => {
            Text::new(format!("không có tùy chọn «{arg}»"), format!("there is no option {arg:?}"))
        }
        ErrorKind::UnknownArgument => Text::new(format!("thừa «{arg}»"), format!("{arg:?} is one word too many")),
        ErrorKind::InvalidValue if value.is_empty() => {
            Text::new(format!("«{arg}» chưa ghi giá trị"), format!("{arg:?} has no value"))
        }
        ErrorKind::InvalidValue => Text::new(
            format!("«{value}» không dùng được cho «{arg}»"),
            format!("{value:?} is not possible for {arg:?}"),
        ),
        ErrorKind::ValueValidation => match error.source().and_then(|source| source.downcast_ref::<Slip>()) {
            Some(Slip(text)) => text.clone(),
            None => Text::new(
                format!("«{value}» không dùng được cho «{arg}»"),
                format!("{value:?} is not possible for {arg:?}"),
            ),
        },
        ErrorKind::TooManyValues => {
            Text::new(format!("«{arg}» không nhận giá trị «{value}»"), format!("{arg:?} takes no value {value:?}"))
        }
        ErrorKind::ArgumentConflict => {
            let other = of(ContextKind::PriorArg);
            if other == arg {
                Text::new(format!("«{arg}» chỉ ghi một lần"), format!("{arg:?} can be given only once"))
            } else {
                Text::new(
                    format!("không dùng «{arg}» cùng với «{other}»"),
                    format!("{arg:?} cannot be used together with {other:?}"),
                )
            }
        }
        ErrorKind::MissingRequiredArgument => Text::new(format!("còn thiếu {arg}"), format!("{arg} is missing")),
        ErrorKind::InvalidUtf8 => {
            Text::new("dòng lệnh có ký tự không đọc được", "the command line has characters that cannot be read")
        }
        _ => Text::new("dòng lệnh không đúng", "the command line is wrong"),
    }
}

fn to_do(error: &clap::Error, words: &[OsString]) -> Text {
    let help = format!("ntm {}--help", command_of(words).map(|name| format!("{name} ")).unwrap_or_default());
    let similar = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue]
        .into_iter()
        .flat_map(|kind| context(error, kind))
        .next();
    if let Some(similar) = similar {
        return Text::new(
            format!("nếu ý là «{similar}» thì ghi lại như vậy; xem cách dùng: {help}"),
            format!("if {similar:?} is meant, write that; the usage is shown by: {help}"),
        );
    }
    let arg = context(error, ContextKind::InvalidArg).join(", ");
    let possible = context(error, ContextKind::ValidValue).join(", ");
    match error.kind() {
        ErrorKind::UnknownArgument if !arg.starts_with('-') => Text::new(
            format!("đường dẫn, tên có dấu cách phải đặt trong dấu ngoặc kép \"…\"; xem cách dùng: {help}"),
            format!("put a path or a name with spaces between quotes \"…\"; the usage is shown by: {help}"),
        ),
        ErrorKind::InvalidValue if !possible.is_empty() => {
            Text::new(format!("chọn một trong: {possible}"), format!("choose one of: {possible}"))
        }
        ErrorKind::MissingRequiredArgument => {
            let usage = context(error, ContextKind::Usage).join(" ");
            let usage = usage.trim_start_matches("Usage:").trim();
            Text::new(
                format!("ghi theo mẫu: {usage}; giải thích: {help}"),
                format!("write it as: {usage}; explained by: {help}"),
            )
        }
        ErrorKind::ArgumentConflict => Text::new(
            format!("bỏ bớt một trong hai; xem cách dùng: {help}"),
            format!("leave one of them out; the usage is shown by: {help}"),
        ),
        _ => Text::new(format!("xem cách dùng: {help}"), format!("the usage is shown by: {help}")),
    }
}

/// The command that was typed, with the one below it.
fn command_of(words: &[OsString]) -> Option<String> {
    let root = Cli::command();
    let mut words = words.iter().filter_map(|word| word.to_str());
    let command = words.find_map(|word| root.find_subcommand(word))?;
    let below = words.find_map(|word| command.find_subcommand(word));
    Some([Some(command), below].into_iter().flatten().map(clap::Command::get_name).collect::<Vec<_>>().join(" "))
}

/// What the parser knows of a slip, as it would print it.
fn context(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(one)) => vec![one.clone()],
        Some(ContextValue::Strings(all)) => all.clone(),
        Some(ContextValue::StyledStr(text)) => vec![text.to_string()],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    fn told_of(line: &str) -> String {
        let words: Vec<OsString> = line.split(' ').filter(|word| !word.is_empty()).map(OsString::from).collect();
        let whole = std::iter::once(OsString::from("ntm")).chain(words.iter().cloned());
        let error = Cli::try_parse_from(whole).expect_err("it is mistyped");
        assert!(is_slip(&error), "{line}");
        told(&error, &words, None)
    }

    #[test]
    fn what_is_mistyped_is_named_with_one_line_of_what_to_do() {
        for (line, what, to_do) in [
            ("rum", "không có lệnh «rum»", "nếu ý là «run»"),
            ("chay", "không có lệnh «chay»", "xem cách dùng: ntm --help"),
            ("run --perod 2023-04", "không có tùy chọn «--perod»", "nếu ý là «--period»"),
            ("run --xyz", "không có tùy chọn «--xyz»", "xem cách dùng: ntm run --help"),
            ("run Bình Lục", "thừa «Lục»", "dấu cách phải đặt trong dấu ngoặc kép"),
            ("run --period", "«--period <THÁNG>» chưa ghi giá trị", "xem cách dùng: ntm run --help"),
            ("run --period 4/2023", "«4/2023» không phải tháng; ghi dạng 2023-04", "ntm run --help"),
            ("run --period 2023-04 --period 2023-05", "«--period <THÁNG>» chỉ ghi một lần", "bỏ bớt"),
            ("run --quiet=3", "«--quiet» không nhận giá trị «3»", "ntm run --help"),
            ("--lang fr run", "«fr» không dùng được cho «--lang <NGÔN NGỮ>»", "chọn một trong: vi, en"),
            ("schedule install --day 40", "«40» không phải ngày; ghi số từ 1 đến 31", "ntm schedule install --help"),
            ("schedule install --day hai", "«hai» không phải ngày", "ntm schedule install --help"),
            ("schedule install --at 7h", "«7h» không phải giờ; ghi dạng 07:00", "ntm schedule install --help"),
            ("schedule install --for linux", "«linux» không dùng được", "chọn một trong: systemd, cron, windows"),
            ("plans --commune a --offices", "không dùng «--commune <XÃ>» cùng với «--offices»", "bỏ bớt"),
            ("close", "còn thiếu <THÁNG>", "ghi theo mẫu: ntm close <THÁNG> [NƠI LÀM VIỆC]"),
            ("close 2023-04 --reopen", "còn thiếu --reason <LÝ DO>", "ghi theo mẫu: ntm close --reopen --reason"),
            ("close 2023-04 --reason x", "còn thiếu --reopen", "ghi theo mẫu: ntm close"),
            ("check", "còn thiếu <TỆP>...", "ghi theo mẫu: ntm check <TỆP>..."),
            ("why la-son", "còn thiếu <MỤC>", "ghi theo mẫu: ntm why <XÃ> <MỤC>"),
            ("why la-son hai", "«hai» không phải mã mục; ghi dạng 2.1 hoặc 17", "ntm why --help"),
        ] {
            let told = told_of(line);
            let [first, second] = told.lines().collect::<Vec<_>>()[..] else { panic!("{line}: {told}") };
            assert!(first.starts_with("lỗi: ") && first.contains(what), "{line}: {first}");
            assert!(second.starts_with("  cần làm: ") && second.contains(to_do), "{line}: {second}");
            for english in ["error", "Usage", "unexpected", "invalid", "required", "argument"] {
                assert!(!told.contains(english), "{line}: {told}");
            }
        }
    }

    #[test]
    fn english_is_told_where_it_is_asked_for() {
        for (line, environment) in [("run --period x --lang en", None), ("run --period x", Some("en"))] {
            let words: Vec<OsString> = line.split(' ').map(OsString::from).collect();
            let error = Cli::try_parse_from(std::iter::once(OsString::from("ntm")).chain(words.iter().cloned()));
            let told = told(&error.expect_err("it is mistyped"), &words, environment);
            assert_eq!(
                told,
                "error: \"x\" is no month; write it as 2023-04\n  hint: the usage is shown by: ntm run --help\n"
            );
        }
        assert_eq!(lang(&["--lang=vi".into()], Some("en")), Lang::Vi);
    }
}
