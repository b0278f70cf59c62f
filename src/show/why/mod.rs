//! `ntm why`: the chain from a figure back to version, file, sheet, cell and archive, with the rule that was used.

mod json;
mod rules;

use std::fmt::Write as _;

use jiff::civil::Date;

pub use json::json;
pub(super) use json::{Json, object};

use self::rules::{of_verdict, rules};
use super::history::value;
use super::merged::verdict;
use super::person::Colour;
use super::words::{day, item_name, moment, place, said, set_name, status};
use crate::assess::{Line, Plan, Statement, Status, Version, Why};
use crate::model::criteria::Better;
use crate::model::{Amount, Assessor, Commune, CriteriaSet, Lang};
use crate::settings::Part;

/// What is needed to name things: the catalogue, and where the archive lies.
#[derive(Debug, Clone, Copy)]
pub struct Names<'a> {
    /// The commune asked about.
    pub commune: &'a Commune,
    /// The sets of the catalogue.
    pub sets: &'a [CriteriaSet],
    /// The archive's folder as people see it.
    pub archive: &'a str,
}

/// The chain for people, one for each set that has the item.
#[must_use]
pub fn text(chains: &[Why], names: Names<'_>, lang: Lang, colour: Colour) -> String {
    let mut out = String::new();
    for why in chains {
        one(&mut out, why, names, lang, colour);
        out.push('\n');
    }
    out
}

fn one(out: &mut String, why: &Why, names: Names<'_>, lang: Lang, colour: Colour) {
    let Names { commune, sets, .. } = names;
    let bold = |text: &str| super::person::bold(text, colour);
    let (period, item, set) = (why.period.short(), why.item, set_name(sets, &why.set));
    // What an earlier month says is not this month's, not even in a heading.
    let made = why.composed.as_ref().filter(|composed| composed.period == why.period);
    let state = match (state(why), made) {
        (Some(state), _) => status(state).get(lang).to_owned(),
        (None, Some(made)) => {
            let made = verdict(made.status, lang);
            said(lang, format!("{made} (ghép từ các xã cũ)"), format!("{made} (made from its parts)"))
        }
        (None, None) => said(lang, "chưa có báo cáo", "no report"),
    };
    let head = said(
        lang,
        format!("{} ({}), mục {item} {set}, tháng {period}: {state}", commune.name, commune.code),
        format!("{} ({}), item {item} of {set}, {period}: {state}", commune.name, commune.code),
    );
    let _ = writeln!(out, "{}", bold(&head));
    if let Some(name) = item_name(sets, &why.set, item) {
        let _ = writeln!(out, "  {name}");
    }
    if item_name(sets, &why.set, item).is_some_and(|name| name.ends_with("(*)")) {
        let _ =
            writeln!(out, "  {}", said(lang, "(*) chưa đối chiếu văn bản gốc", "(*) not checked against the decision"));
    }
    if let Some(composed) = &why.composed {
        super::composed::text(out, composed, lang);
        return;
    }
    let (Some(basis), Some(reported)) = (why.basis, &why.reported) else {
        let none = said(
            lang,
            format!("Xã chưa có báo cáo nào cho bộ này đến tháng {period}: không tính là chưa đạt."),
            format!("No report for this set up to {period}: that is not the same as not met."),
        );
        let _ = writeln!(out, "  {none}");
        return;
    };
    if basis != why.period {
        let was = why.line().map_or(Status::NotReported, |line| line.status);
        let was = status(was).get(lang).to_lowercase();
        let earlier = said(
            lang,
            format!("Báo cáo gần nhất là của tháng {}: {was}; không tính vào tháng {period}.", basis.short()),
            format!("The last report is that of {}: {was}; it is in no count of {period}.", basis.short()),
        );
        let _ = writeln!(out, "  {earlier}");
    }
    section(out, &said(lang, "Bản báo cáo", "Versions"), versions(&reported.versions, names, lang));
    section(out, &said(lang, "Ô", "Cells"), cells(why.line(), lang));
    section(out, &said(lang, "Mức quy định", "Target"), target(why, names, lang));
    section(out, &said(lang, "Cách tính", "Rule"), rules(why, lang));
    section(out, &said(lang, "Trước đó", "Before"), before(why, lang));
    section(out, &said(lang, "Cần biết", "Said of it"), problems(why, lang));
}

/// What the item is in the month asked for; `None` where nothing came for it.
fn state(why: &Why) -> Option<Status> {
    (why.basis == Some(why.period)).then(|| why.line().map_or(Status::NotReported, |line| line.status))
}

pub(super) fn section(out: &mut String, heading: &str, lines: Vec<String>) {
    for (place, line) in lines.iter().enumerate() {
        let heading = if place == 0 { heading } else { "" };
        let _ = writeln!(out, "  {heading:14}{line}");
    }
}

fn versions(versions: &[Version], names: Names<'_>, lang: Lang) -> Vec<String> {
    let of_version = |version: &Version| {
        let state = match (version.current, versions.len()) {
            (true, 1) => said(lang, "bản duy nhất", "the only version"),
            (true, _) => said(lang, "được tính: nhận sau cùng", "counts: received last"),
            (false, _) => said(lang, "đã được thay", "replaced"),
        };
        let late = if version.late { said(lang, ", muộn", ", late") } else { String::new() };
        let archive = match &version.archive {
            Some(below) => format!("{}/{below}", names.archive),
            None => said(lang, "không rõ nơi lưu", "not known where it is kept"),
        };
        let hash: String = version.sha256.chars().take(12).collect();
        let received = moment(version.received_at);
        [
            said(
                lang,
                format!("{} – nhận {received}{late} – {state}", version.file),
                format!("{} – received {received}{late} – {state}", version.file),
            ),
            format!("  {archive} (SHA-256 {hash}…)"),
        ]
    };
    versions.iter().flat_map(of_version).collect()
}

/// Where the verdict and the value stand, in the version that counts and in those it replaced.
pub(super) fn cells(line: Option<&Line>, lang: Lang) -> Vec<String> {
    let Some(line) = line.filter(|line| !line.statements.is_empty()) else {
        let none = said(
            lang,
            "không có dòng nào ghi mục này: tính là không báo cáo, không phải chưa đạt",
            "no row names the item: it counts as not reported, which is not the same as not met",
        );
        return vec![none];
    };
    line.statements.iter().map(|statement| cell(statement, lang)).collect()
}

fn cell(statement: &Statement, lang: Lang) -> String {
    let at = place(&statement.sheet, &statement.cell, lang);
    let written = match &statement.verdict_text {
        Some(text) => said(lang, format!("ghi «{text}»"), format!("says {text:?}")),
        None => said(lang, "không ghi đánh giá bằng chữ", "no verdict in words"),
    };
    let understood = statement.verdict.map(|verdict| {
        let word = status(of_verdict(verdict)).get(lang).to_lowercase();
        said(lang, format!(", hiểu là {word}"), format!(", taken as {word}"))
    });
    let value = value(statement, lang).map(|value| {
        let cell = statement.value_cell.as_deref().map(|cell| format!(" ({cell})")).unwrap_or_default();
        let text = statement.text.as_deref().filter(|text| *text != value);
        let text = text.map(|text| said(lang, format!(", ghi «{text}»"), format!(", written {text:?}")));
        said(
            lang,
            format!("; kết quả {value}{cell}{}", text.as_deref().unwrap_or_default()),
            format!("; value {value}{cell}{}", text.as_deref().unwrap_or_default()),
        )
    });
    let aside = match (statement.current, statement.assessor) {
        (true, Assessor::Commune) => String::new(),
        (true, Assessor::District) => said(lang, " – đánh giá của cấp trên", " – the district's verdict"),
        (_, Assessor::Plan) => said(lang, " – biểu kế hoạch", " – a plan form"),
        (false, Assessor::Commune) => said(
            lang,
            format!(" – bản đã được thay, {}", statement.file),
            format!(" – a replaced version, {}", statement.file),
        ),
        (false, Assessor::District) => {
            said(lang, " – đánh giá của cấp trên trong bản đã được thay", " – the district's verdict, replaced")
        }
    };
    let (understood, value) = (understood.unwrap_or_default(), value.unwrap_or_default());
    format!("{at} {written}{understood}{value}{aside}")
}

/// What is asked for, and whether a value may be held against it.
fn target(why: &Why, names: Names<'_>, lang: Lang) -> Vec<String> {
    let set = names.sets.iter().find(|set| set.id == why.set);
    let indicator = set.and_then(|set| set.indicator(why.item));
    let circumstances = names.commune.circumstances(why.basis.unwrap_or(why.period));
    let target = indicator.and_then(|indicator| Some((indicator, indicator.target(circumstances)?)));
    let Some((indicator, target)) = target else { return Vec::new() };
    let amount = match &target.amount {
        Amount::Number(number) => {
            let sign = match indicator.better {
                Better::Higher | Better::Yes => "≥",
                Better::Lower => "≤",
                Better::Exactly => "=",
            };
            format!("{sign} {}", super::words::measured(*number, Some(&indicator.unit), lang))
        }
        Amount::Words(words) => words.clone(),
    };
    let decision = target.decision.as_deref().or(set.map(|set| set.decision.as_str())).unwrap_or_default();
    let confirmed = match target.confirmed {
        true => String::new(),
        false => said(
            lang,
            "; chưa đối chiếu văn bản, không dùng để đối chiếu kết quả",
            "; not checked, never held against a value",
        ),
    };
    vec![format!("{amount} ({decision}{confirmed})")]
}

fn before(why: &Why, lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some((period, was)) = why.before {
        let was = status(was).get(lang).to_lowercase();
        lines.push(format!("{}: {was}", period.short()));
    }
    if let Some(since) = why.unmet_since {
        lines.push(said(
            lang,
            format!("chưa đạt liên tục từ tháng {}", since.short()),
            format!("not met in every report since {}", since.short()),
        ));
    }
    for (period, named) in &why.plans {
        let Plan { owner, task, due } = &named.plan;
        let (parts, at) = (parts(owner.as_deref(), task.as_deref(), *due), place(&named.sheet, &named.cell, lang));
        let file = &named.file;
        let period = period.short();
        lines.push(match named.assessor {
            Assessor::Plan => said(
                lang,
                format!("kế hoạch gửi về trong biểu tháng {period}: {parts} ({file}, {at})"),
                format!("plan that came back in the form of {period}: {parts} ({file}, {at})"),
            ),
            _ => said(
                lang,
                format!("kế hoạch ghi ở báo cáo tháng {period}: {parts} ({file}, {at})"),
                format!("plan of the report of {period}: {parts} ({file}, {at})"),
            ),
        });
    }
    lines.extend(why.assigned.iter().map(|set| {
        let Part { owner, task, due } = &set.plan;
        let (parts, on) = (parts(owner.as_deref(), task.as_deref(), *due), day(set.date));
        said(
            lang,
            format!("kế hoạch đơn vị giao ngày {on}: {parts} (ntm.toml)"),
            format!("plan set by the office on {on}: {parts} (ntm.toml)"),
        )
    }));
    lines
}

/// Who, what, by when, as far as it is named.
fn parts(owner: Option<&str>, task: Option<&str>, due: Option<Date>) -> String {
    let due = due.map(day);
    [owner, task, due.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" – ")
}

fn problems(why: &Why, lang: Lang) -> Vec<String> {
    why.problems
        .iter()
        .map(|problem| {
            let at = problem.cells.as_deref().map(|cells| format!(" ({cells})")).unwrap_or_default();
            format!("[{}] {}{at}", problem.code, problem.message.get(lang))
        })
        .collect()
}
