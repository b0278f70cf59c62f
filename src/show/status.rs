//! `ntm status`: who has sent a month's report, what each has reached, and what stands out.

use std::fmt::Write as _;

use serde::Serialize;

use super::attention::{self, Kind};
use super::columns;
use super::person::Colour;
use super::watching::Watching;
use super::words::{day, moment, said, set_name};
use crate::assess::{Arrival, Assessment, Basis, CommuneStatus, Counts, GoingBack, ListKind, Standing, Timeliness};
use crate::model::{CriteriaSet, Lang, Period};
use crate::pipeline::{ClosedOnce, OnRecord};
use crate::settings::Settings;

/// How many communes or files of a kind are named; JSON has all.
const SHOWN: usize = 12;

/// What a status is shown of.
#[derive(Debug, Clone, Copy)]
pub struct Status<'a> {
    /// The month.
    pub assessment: &'a Assessment,
    /// The office's settings.
    pub settings: &'a Settings,
    /// The sets of the catalogue.
    pub sets: &'a [CriteriaSet],
    /// The day on which it is asked: plans are overdue by it.
    pub today: jiff::civil::Date,
    /// What is on record of the month's closings.
    pub on_record: &'a OnRecord,
    /// The watch of the inbox, where there ever was one.
    pub watch: Option<&'a Watching<'a>>,
}

/// The status for people.
#[must_use]
pub fn text(status: Status<'_>, lang: Lang, colour: Colour) -> String {
    let Status { assessment, settings, sets, today, on_record, .. } = status;
    let (period, due) = (assessment.period.short(), day(assessment.due));
    let unit = &settings.unit.name;
    let mut out =
        said(lang, format!("{unit}, tháng {period} (hạn nộp {due})\n"), format!("{unit}, {period} (due {due})\n"));
    let _ = writeln!(out, "{}", counted(assessment, lang));
    on_record.closings.iter().for_each(|closing| {
        let _ = writeln!(out, "{}", closed(closing, lang));
    });
    on_record.diagnostics.iter().for_each(|one| super::person::diagnostic(&mut out, one, lang, colour));
    out.push('\n');
    let bold = |text: &str| super::person::bold(text, colour);
    for (place, line) in columns::lines(&table(status, lang), "  ").iter().enumerate() {
        let _ = writeln!(out, "{}", if place == 0 { bold(line) } else { line.clone() });
    }
    let kinds = attention::kinds(assessment, sets, today, lang);
    if kinds.is_empty() {
        let _ = writeln!(out, "\n{}", said(lang, "Không có nội dung nổi bật.", "Nothing stands out."));
    }
    for kind in &kinds {
        let _ = writeln!(out, "\n{}", bold(&format!("{} ({})", kind.heading, kind.notes.len())));
        for note in kind.notes.iter().take(SHOWN) {
            let text = if note.text.is_empty() { String::new() } else { format!(": {}", note.text) };
            let _ = writeln!(out, "  {}{text}", note.who);
        }
        let more = kind.notes.len().saturating_sub(SHOWN);
        if more > 0 {
            let _ = writeln!(out, "  {}", said(lang, format!("và {more} nữa"), format!("and {more} more")));
        }
    }
    out
}

fn counted(assessment: &Assessment, lang: Lang) -> String {
    let count =
        |wanted: &dyn Fn(Arrival) -> bool| assessment.communes.iter().filter(|status| wanted(status.arrival())).count();
    let expected = assessment.communes.len();
    let received = count(&|arrival| arrival != Arrival::Missing);
    let late = count(&|arrival| arrival == Arrival::Received(Timeliness::Late));
    let missing = expected - received;
    let aside = assessment.files.iter().filter(|file| file.submissions.is_none()).count();
    said(
        lang,
        format!("{expected} xã: {received} đã gửi ({late} muộn), {missing} chưa gửi; {aside} tệp để riêng"),
        format!("{expected} communes: {received} sent ({late} late), {missing} missing; {aside} files set aside"),
    )
}

/// `Đã chốt 28/4/2023 07:00; bổ sung 12/5/2023 09:30`, and why it is open again.
fn closed(closing: &ClosedOnce, lang: Lang) -> String {
    let at = moment(closing.at);
    let mut line = said(lang, format!("Đã chốt {at}"), format!("Closed {at}"));
    if !closing.supplements.is_empty() {
        let all = closing.supplements.iter().map(|at| moment(*at)).collect::<Vec<_>>().join(", ");
        line += &said(lang, format!("; bổ sung {all}"), format!("; supplements {all}"));
    }
    if let Some((at, reason)) = &closing.reopened {
        let at = moment(*at);
        line += &said(lang, format!("; mở lại {at}: {reason}"), format!("; opened again {at}: {reason}"));
    }
    line
}

/// A row for each commune: how its report came, and what it has reached by each set.
fn table(status: Status<'_>, lang: Lang) -> Vec<Vec<String>> {
    let heading = [said(lang, "Xã", "Commune"), said(lang, "Báo cáo", "Report")];
    let sets = status.assessment.sets.iter().map(|of| set_name(status.sets, &of.set));
    let mut rows = vec![heading.into_iter().chain(sets).collect::<Vec<_>>()];
    let going_back = status.assessment.going_back();
    rows.extend(status.assessment.communes.iter().map(|commune| {
        let reached = commune.standings.iter().map(|standing| reached(standing, lang));
        [commune.commune.name.clone(), arrival(commune, &going_back, lang)].into_iter().chain(reached).collect()
    }));
    rows
}

fn arrival(commune: &CommuneStatus, going_back: &GoingBack<'_>, lang: Lang) -> String {
    let received = commune.standings.iter().filter(|s| s.basis == Basis::ThisMonth).filter_map(|s| s.received.as_ref());
    let received = received.max_by_key(|received| received.received_at);
    let on = received.map(|received| day(received.first_received_at.date())).unwrap_or_default();
    let versions = received.map_or(1, |received| received.versions);
    let again = match versions {
        0 | 1 => String::new(),
        n => said(lang, format!(", gửi {n} lần"), format!(", sent {n} times")),
    };
    let back = match commune.standings.iter().any(|standing| going_back.has(standing)) {
        true => said(lang, ", trả lại để sửa", ", goes back to be mended"),
        false => String::new(),
    };
    match commune.arrival() {
        Arrival::Missing => said(lang, "CHƯA GỬI", "MISSING"),
        Arrival::Received(Timeliness::InTime) => {
            said(lang, format!("đúng hạn {on}{again}{back}"), format!("in time {on}{again}{back}"))
        }
        Arrival::Received(Timeliness::Late) => {
            said(lang, format!("MUỘN {on}{again}{back}"), format!("LATE {on}{again}{back}"))
        }
    }
}

/// `15/19 · 52/57`, with what has to be known of the figures behind it.
fn reached(standing: &Standing, lang: Lang) -> String {
    let of = |counts: Counts| format!("{}/{}", counts.met, counts.total());
    let figures = match standing.list {
        ListKind::Indicators => format!("{} · {}", of(standing.criteria_counts), of(standing.item_counts)),
        ListKind::Criteria => of(standing.criteria_counts),
        ListKind::None => match &standing.declared {
            None => return "–".to_owned(),
            Some(declared) => {
                let number = |number: Option<u32>| number.map_or_else(|| "–".to_owned(), |n| n.to_string());
                let (criteria, indicators) = (number(declared.criteria_met), number(declared.indicators_met));
                said(lang, format!("kê khai {criteria} · {indicators}"), format!("declared {criteria} · {indicators}"))
            }
        },
    };
    let unknown = match standing.list {
        ListKind::Indicators => standing.item_counts.unknown(),
        _ => standing.criteria_counts.unknown(),
    };
    let unknown = match unknown {
        0 => String::new(),
        n => said(lang, format!(", {n} chưa rõ"), format!(", {n} unknown")),
    };
    let earlier = match standing.basis {
        Basis::Earlier(period) => {
            said(lang, format!(" (số liệu {})", period.short()), format!(" (of {})", period.short()))
        }
        Basis::ThisMonth | Basis::Nothing => String::new(),
    };
    format!("{figures}{unknown}{earlier}")
}

#[derive(Serialize)]
struct Json<'a> {
    schema: u32,
    unit: &'a str,
    period: String,
    due: String,
    closings: Vec<JsonClosing<'a>>,
    communes: Vec<JsonCommune<'a>>,
    attention: Vec<JsonKind<'a>>,
    watch: Option<&'a Watching<'a>>,
}

#[derive(Serialize)]
struct JsonClosing<'a> {
    closed_at: String,
    supplements: Vec<String>,
    reopened_at: Option<String>,
    reason: Option<&'a str>,
}

#[derive(Serialize)]
struct JsonCommune<'a> {
    commune: &'a str,
    commune_name: &'a str,
    arrival: &'static str,
    /// Whether the report goes back to be mended.
    returned: bool,
    sets: Vec<JsonSet<'a>>,
}

#[derive(Serialize)]
struct JsonSet<'a> {
    criteria_set: &'a str,
    period: Option<String>,
    criteria: JsonCounts,
    indicators: JsonCounts,
    declared_criteria_met: Option<u32>,
    declared_indicators_met: Option<u32>,
    file: Option<&'a str>,
    sheet: Option<&'a str>,
}

#[derive(Serialize)]
struct JsonCounts {
    met: u32,
    not_met: u32,
    not_applicable: u32,
    unknown: u32,
}

#[derive(Serialize)]
struct JsonKind<'a> {
    kind: &'static str,
    notes: Vec<JsonNote<'a>>,
}

#[derive(Serialize)]
struct JsonNote<'a> {
    about: &'a str,
    commune: Option<&'a str>,
    criteria_set: Option<&'a str>,
    items: Vec<String>,
    text: &'a str,
}

/// The status as one JSON object on one line.
///
/// # Errors
/// Only where serde fails: a fault of ours.
pub fn json(status: Status<'_>, lang: Lang) -> Result<String, serde_json::Error> {
    let assessment = status.assessment;
    let kinds = attention::kinds(assessment, status.sets, status.today, lang);
    let going_back = assessment.going_back();
    serde_json::to_string(&Json {
        schema: 1,
        unit: &status.settings.unit.name,
        period: assessment.period.to_string(),
        due: assessment.due.to_string(),
        closings: status.on_record.closings.iter().map(json_closing).collect(),
        communes: assessment.communes.iter().map(|c| json_commune(assessment.period, c, &going_back)).collect(),
        attention: kinds.iter().map(json_kind).collect(),
        watch: status.watch,
    })
}

fn json_closing(closing: &ClosedOnce) -> JsonClosing<'_> {
    JsonClosing {
        closed_at: closing.at.to_string(),
        supplements: closing.supplements.iter().map(ToString::to_string).collect(),
        reopened_at: closing.reopened.as_ref().map(|(at, _)| at.to_string()),
        reason: closing.reopened.as_ref().map(|(_, reason)| reason.as_str()),
    }
}

fn json_commune<'a>(period: Period, status: &'a CommuneStatus, going_back: &GoingBack<'_>) -> JsonCommune<'a> {
    JsonCommune {
        commune: &status.commune.code.0,
        commune_name: &status.commune.name,
        arrival: match status.arrival() {
            Arrival::Missing => "missing",
            Arrival::Received(Timeliness::InTime) => "in_time",
            Arrival::Received(Timeliness::Late) => "late",
        },
        returned: status.standings.iter().any(|standing| going_back.has(standing)),
        sets: status.standings.iter().map(|standing| json_set(period, standing)).collect(),
    }
}

fn json_set(period: Period, standing: &Standing) -> JsonSet<'_> {
    let counts = |counts: Counts| JsonCounts {
        met: counts.met,
        not_met: counts.not_met,
        not_applicable: counts.not_applicable,
        unknown: counts.unknown(),
    };
    let declared = standing.declared.as_ref();
    let received = standing.received.as_ref();
    JsonSet {
        criteria_set: standing.set.as_str(),
        period: match standing.basis {
            Basis::ThisMonth => Some(period.to_string()),
            Basis::Earlier(period) => Some(period.to_string()),
            Basis::Nothing => None,
        },
        criteria: counts(standing.criteria_counts),
        indicators: counts(standing.item_counts),
        declared_criteria_met: declared.and_then(|declared| declared.criteria_met),
        declared_indicators_met: declared.and_then(|declared| declared.indicators_met),
        file: received.map(|received| received.file.as_str()),
        sheet: received.map(|received| received.sheet.as_str()),
    }
}

fn json_kind(kind: &Kind) -> JsonKind<'_> {
    JsonKind {
        kind: kind.name,
        notes: kind
            .notes
            .iter()
            .map(|note| JsonNote {
                about: &note.who,
                commune: note.commune.as_deref(),
                criteria_set: note.set.as_ref().map(|set| set.as_str()),
                items: note.items.iter().map(ToString::to_string).collect(),
                text: &note.text,
            })
            .collect(),
    }
}
