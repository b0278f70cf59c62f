//! `ntm why`: the chain from a figure back to version, file, sheet, cell and archive, with the rule that was used.

use std::fmt::Write as _;

use jiff::civil::Date;
use serde::Serialize;

use super::composed::JsonComposed;
use super::history::value;
use super::merged::verdict;
use super::person::Colour;
use super::words::{day, item_name, moment, place, said, set_name, status, word};
use crate::assess::{Hand, Line, Plan, Statement, Status, Version, Why};
use crate::model::criteria::Better;
use crate::model::{Amount, Assessor, Commune, CriteriaSet, Lang, Period, Text, Verdict};
use crate::settings::{Part, PlanSet};

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

/// The rules in the order in which they were used.
fn rules(why: &Why, lang: Lang) -> Vec<String> {
    let mut rules = Vec::new();
    if why.reported.as_ref().is_some_and(|reported| reported.versions.len() > 1) {
        rules.push(said(
            lang,
            "của cùng xã, tháng và bộ, bản nhận sau cùng được tính",
            "of one commune, month and set, the version received last counts",
        ));
    }
    rules.push(hand(why, lang));
    rules.extend(differing(why, lang));
    if why.line().is_some_and(named_twice) {
        rules.push(said(
            lang,
            "mục được ghi nhiều lần với đánh giá khác nhau: tính là không ghi đánh giá",
            "the item is named more than once with different verdicts: it states none",
        ));
    }
    if let Some((criterion, items)) = why.criterion() {
        rules.push(said(
            lang,
            "tiêu chí đạt khi mọi chỉ tiêu áp dụng đều đạt; một chỉ tiêu chưa đạt thì tiêu chí chưa đạt",
            "a criterion is met when all its indicators that apply are met; one that is not makes it not met",
        ));
        let parts = items.iter().map(|line| format!("{} {}", line.code, status(line.status).get(lang).to_lowercase()));
        let parts = parts.collect::<Vec<_>>().join(", ");
        let result = status(criterion.status).get(lang).to_lowercase();
        rules.push(said(
            lang,
            format!("tiêu chí {}: {parts} → {result}", criterion.code),
            format!("criterion {}: {parts} → {result}", criterion.code),
        ));
        let silent = |line: &Line| matches!(line.status, Status::Open | Status::NotReported);
        if criterion.own().is_some() && items.iter().any(|line| silent(line)) {
            rules.push(said(
                lang,
                "dòng riêng của tiêu chí chỉ được dùng khi các chỉ tiêu không ghi, hoặc khi nó ghi chưa đạt",
                "the criterion's own row counts only where its indicators are silent, or where it says not met",
            ));
        }
    }
    rules
}

/// Whose verdict counts.
fn hand(why: &Why, lang: Lang) -> String {
    let mut hand = why.line().map_or(Hand::Commune, |line| line.hand);
    // What is decided for a month without a report is laid over the one that stands in.
    if why.decision.is_some() && why.basis != Some(why.period) {
        hand = Hand::Decision;
    }
    let reviewed = why.line().is_some_and(|line| line.reviewed().is_some());
    match (hand, &why.decision, reviewed) {
        (Hand::Decision, Some(decision), _) => said(
            lang,
            format!(
                "tính theo quyết định {} ngày {}, từ tháng {}",
                decision.number,
                day(decision.date),
                decision.from.short()
            ),
            format!("decision {} of {} counts, from {}", decision.number, day(decision.date), decision.from.short()),
        ),
        (Hand::Decision, None, _) => said(lang, "tính theo quyết định đã ban hành", "a decision on record counts"),
        (Hand::District, ..) => said(
            lang,
            "tính theo đánh giá của cấp trên, như cài đặt hand; đánh giá của xã được giữ kèm",
            "the district's verdict counts, as the setting hand says; the commune's is kept beside it",
        ),
        (Hand::Commune, _, true) => said(
            lang,
            "tính theo đánh giá của xã; đánh giá của cấp trên được giữ kèm, không tính",
            "the commune's own verdict counts; the district's is kept beside it",
        ),
        (Hand::Commune, _, false) => said(lang, "tính theo đánh giá của xã", "the commune's own verdict counts"),
    }
}

/// What the hands say where they differ.
fn differing(why: &Why, lang: Lang) -> Option<String> {
    let line = why.line()?;
    let of = |statement: Option<&Statement>| statement.and_then(|statement| statement.verdict);
    let (commune, district) = (of(line.own()), of(line.reviewed()));
    let decided = why.decision.as_ref().map(|decision| decision.verdict);
    let differs = |one: Option<Verdict>, other: Option<Verdict>| one.is_some() && one != other;
    let agree =
        !(differs(district, commune) || differs(decided, commune) || district.is_some() && differs(decided, district));
    if agree {
        return None;
    }
    let word = |verdict: Option<Verdict>| match verdict {
        Some(verdict) => status(of_verdict(verdict)).get(lang).to_lowercase(),
        None => said(lang, "không ghi", "nothing"),
    };
    let mut parts = vec![said(lang, format!("xã {}", word(commune)), format!("commune {}", word(commune)))];
    parts.extend(
        district.map(|_| said(lang, format!("cấp trên {}", word(district)), format!("district {}", word(district)))),
    );
    parts.extend(
        decided.map(|_| said(lang, format!("quyết định {}", word(decided)), format!("decision {}", word(decided)))),
    );
    let parts = parts.join(", ");
    Some(said(
        lang,
        format!("các bên đánh giá khác nhau ({parts}): cần kiểm tra ở đợt thẩm tra tới"),
        format!("the hands differ ({parts}): to be looked at in the next inspection"),
    ))
}

fn of_verdict(verdict: Verdict) -> Status {
    match verdict {
        Verdict::Met => Status::Met,
        Verdict::NotMet => Status::NotMet,
        Verdict::NotApplicable => Status::NotApplicable,
    }
}

fn named_twice(line: &Line) -> bool {
    let own = || line.statements.iter().filter(|statement| statement.counts()).filter_map(|s| s.verdict);
    own().any(|verdict| Some(verdict) != own().next())
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

#[derive(Serialize)]
pub(super) struct Json<'a> {
    schema: u32,
    commune: &'a str,
    commune_name: &'a str,
    criteria_set: &'a str,
    item: String,
    period: String,
    status: Option<&'static str>,
    basis: Option<String>,
    basis_status: Option<&'static str>,
    unmet_since: Option<String>,
    plans: Vec<JsonPlan<'a>>,
    counts: Option<&'static str>,
    decision: Option<JsonDecision<'a>>,
    versions: Vec<JsonVersion<'a>>,
    statements: Vec<JsonStatement<'a>>,
    criterion: Option<JsonCriterion>,
    rules: Vec<String>,
    problems: Vec<JsonProblem<'a>>,
    /// Only where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    composed: Option<JsonComposed<'a>>,
}

#[derive(Serialize)]
struct JsonDecision<'a> {
    verdict: &'static str,
    number: &'a str,
    date: String,
    from: String,
}

/// Who is to do what by when, as named in a report, in a plan form, or in the settings.
#[derive(Serialize)]
struct JsonPlan<'a> {
    by: &'static str,
    period: Option<String>,
    set_on: Option<String>,
    owner: Option<&'a str>,
    task: Option<&'a str>,
    due: Option<String>,
    file: Option<&'a str>,
    sheet: Option<&'a str>,
    cell: Option<&'a str>,
}

#[derive(Serialize)]
struct JsonVersion<'a> {
    file: &'a str,
    sha256: &'a str,
    archive: Option<&'a str>,
    received_at: String,
    late: bool,
    current: bool,
}

#[derive(Serialize)]
struct JsonStatement<'a> {
    assessor: &'static str,
    current: bool,
    verdict: Option<&'static str>,
    verdict_text: Option<&'a str>,
    value: Option<f64>,
    unit: Option<&'a str>,
    text: Option<&'a str>,
    file: &'a str,
    sheet: &'a str,
    cell: &'a str,
    value_cell: Option<&'a str>,
}

#[derive(Serialize)]
struct JsonCriterion {
    item: String,
    status: &'static str,
    items: Vec<(String, &'static str)>,
}

#[derive(Serialize)]
struct JsonProblem<'a> {
    severity: &'static str,
    code: &'a str,
    message: &'a str,
}

/// The chains as JSON objects, one a line.
///
/// # Errors
/// Only where serde fails: a fault of ours.
pub fn json(chains: &[Why], names: Names<'_>, lang: Lang) -> Result<Vec<String>, serde_json::Error> {
    chains.iter().map(|why| serde_json::to_string(&object(why, names, lang))).collect()
}

pub(super) fn object<'a>(why: &'a Why, names: Names<'a>, lang: Lang) -> Json<'a> {
    let versions = why.reported.iter().flat_map(|reported| &reported.versions);
    Json {
        schema: 1,
        commune: &names.commune.code.0,
        commune_name: &names.commune.name,
        criteria_set: why.set.as_str(),
        item: why.item.to_string(),
        period: why.period.to_string(),
        status: state(why).map(word),
        basis: why.basis.map(|basis| basis.to_string()),
        basis_status: why.line().map(|line| word(line.status)),
        unmet_since: why.unmet_since.map(|since| since.to_string()),
        plans: why.plans.iter().map(plan_named).chain(why.assigned.iter().map(plan_set)).collect(),
        counts: why.line().map(|line| line.hand.as_str()),
        decision: why.decision.as_ref().map(|decision| JsonDecision {
            verdict: decision.verdict.as_str(),
            number: &decision.number,
            date: decision.date.to_string(),
            from: decision.from.to_string(),
        }),
        versions: versions
            .map(|version| JsonVersion {
                file: &version.file,
                sha256: &version.sha256,
                archive: version.archive.as_deref(),
                received_at: version.received_at.to_string(),
                late: version.late,
                current: version.current,
            })
            .collect(),
        statements: why.line().iter().flat_map(|line| &line.statements).map(statement).collect(),
        criterion: why.criterion().map(|(criterion, items)| JsonCriterion {
            item: criterion.code.to_string(),
            status: word(criterion.status),
            items: items.iter().map(|line| (line.code.to_string(), word(line.status))).collect(),
        }),
        rules: rules(why, lang),
        problems: why
            .problems
            .iter()
            .map(|problem| JsonProblem {
                severity: problem.severity.as_str(),
                code: &problem.code,
                message: Text::get(&problem.message, lang),
            })
            .collect(),
        composed: why.composed.as_ref().map(|composed| super::composed::json(composed, names, lang)),
    }
}

fn statement(statement: &Statement) -> JsonStatement<'_> {
    JsonStatement {
        assessor: statement.assessor.as_str(),
        current: statement.current,
        verdict: statement.verdict.map(crate::model::Verdict::as_str),
        verdict_text: statement.verdict_text.as_deref(),
        value: statement.value,
        unit: statement.unit.as_deref(),
        text: statement.text.as_deref(),
        file: &statement.file,
        sheet: &statement.sheet,
        cell: &statement.cell,
        value_cell: statement.value_cell.as_deref(),
    }
}

fn plan_named((period, named): &(Period, Statement)) -> JsonPlan<'_> {
    JsonPlan {
        by: if named.assessor == Assessor::Plan { "form" } else { "report" },
        period: Some(period.to_string()),
        set_on: None,
        owner: named.plan.owner.as_deref(),
        task: named.plan.task.as_deref(),
        due: named.plan.due.map(|due| due.to_string()),
        file: Some(&named.file),
        sheet: Some(&named.sheet),
        cell: Some(&named.cell),
    }
}

fn plan_set(set: &PlanSet) -> JsonPlan<'_> {
    JsonPlan {
        by: "settings",
        period: None,
        set_on: Some(set.date.to_string()),
        owner: set.plan.owner.as_deref(),
        task: set.plan.task.as_deref(),
        due: set.plan.due.map(|due| due.to_string()),
        file: None,
        sheet: None,
        cell: None,
    }
}
