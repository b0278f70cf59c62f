//! `ntm check` for people: what each file was understood as, its problems with their cells, what it adds up to.

use std::fmt::Write as _;

use polars::prelude::PolarsResult;

use super::json::Rows;
use crate::diag::{Diagnostic, Severity};
use crate::model::{Assessor, Lang, Submission, Text};
use crate::pipeline::Checkup;

/// Whether lines are coloured; without colour everything is still told by words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// Terminal colours.
    On,
    /// Plain text.
    Off,
}

/// The text of a checkup.
///
/// # Errors
/// Only where polars fails: a fault of ours.
pub fn text(
    checkup: &Checkup,
    names: &dyn Fn(&str) -> Option<String>,
    sets: &dyn Fn(&str) -> String,
    lang: Lang,
    colour: Colour,
) -> PolarsResult<String> {
    let rows = Rows::of(&checkup.judged.frames.observations)?;
    let mut out = String::new();
    let (mut first, mut position) = (0, 0);
    for file in &checkup.files {
        let _ = writeln!(out, "{}", bold(&file.path, colour));
        for submission in &file.submissions {
            let count = rows.count_from(first, position);
            let name = submission.commune.as_ref().and_then(|c| names(&c.0));
            heading(&mut out, submission, name.as_deref(), &sets(submission.set.as_str()), lang);
            tally(&mut out, &rows, first, count, submission, lang);
            for evidence in &submission.evidence {
                let _ = writeln!(out, "      {:>3.0}%  {}", evidence.score * 100.0, evidence.detail.get(lang));
            }
            for diagnostic in &submission.diagnostics {
                self::diagnostic(&mut out, diagnostic, lang, colour);
            }
            first += count;
            position += 1;
        }
        for diagnostic in &file.diagnostics {
            self::diagnostic(&mut out, diagnostic, lang, colour);
        }
        out.push('\n');
    }
    Ok(out)
}

fn heading(out: &mut String, submission: &Submission, commune: Option<&str>, set: &str, lang: Lang) {
    let unknown = Text::new("chưa rõ", "not known");
    let commune = commune.unwrap_or(unknown.get(lang));
    let period = submission.period.map_or_else(|| unknown.get(lang).to_owned(), |p| p.short());
    let line = match lang {
        Lang::Vi => {
            let by = if submission.assessor == Assessor::District { ", đánh giá của huyện" } else { "" };
            let confidence = format!("{:.2}", submission.confidence).replace('.', ",");
            format!(
                "  Xã {commune} · tháng {period} · bộ {set}{by} · trang «{}» · độ tin cậy {confidence}",
                submission.sheet
            )
        }
        Lang::En => {
            let by = if submission.assessor == Assessor::District { ", the district's verdicts" } else { "" };
            format!(
                "  {commune} · {period} · {set}{by} · sheet {:?} · confidence {:.2}",
                submission.sheet, submission.confidence
            )
        }
    };
    let _ = writeln!(out, "{line}");
}

fn tally(out: &mut String, rows: &Rows<'_>, first: usize, count: usize, submission: &Submission, lang: Lang) {
    let of = |verdict: Option<&str>| (first..first + count).filter(|&row| rows.text(row, "verdict") == verdict).count();
    let (met, not_met, not_applicable, silent) =
        (of(Some("met")), of(Some("not_met")), of(Some("not_applicable")), of(None));
    let values = (first..first + count).filter(|&row| rows.value(row).is_some()).count();
    let declared = declared(submission, lang);
    let _ = match lang {
        Lang::Vi => writeln!(
            out,
            "    {count} mục: {met} đạt, {not_met} chưa đạt, {not_applicable} không áp dụng, {silent} không ghi; {values} số liệu{declared}"
        ),
        Lang::En => writeln!(
            out,
            "    {count} items: {met} met, {not_met} not met, {not_applicable} not applicable, {silent} silent; {values} values{declared}"
        ),
    };
}

fn declared(submission: &Submission, lang: Lang) -> String {
    let declared = &submission.declared;
    let part = |met: Option<u32>, total: Option<u32>| met.zip(total).map(|(m, t)| format!("{m}/{t}"));
    let criteria = part(declared.criteria_met, declared.criteria_total);
    let indicators = part(declared.indicators_met, declared.indicators_total);
    match (criteria, indicators, lang) {
        (None, None, _) => String::new(),
        (criteria, indicators, Lang::Vi) => {
            let parts = [criteria.map(|c| format!("{c} tiêu chí")), indicators.map(|i| format!("{i} chỉ tiêu"))];
            format!("; tự kê khai {}", parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
        }
        (criteria, indicators, Lang::En) => {
            let parts = [criteria.map(|c| format!("{c} criteria")), indicators.map(|i| format!("{i} indicators"))];
            format!("; declares {}", parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
        }
    }
}

/// One diagnostic: severity, code and message, then its place and what to do.
pub fn diagnostic(out: &mut String, diagnostic: &Diagnostic, lang: Lang, colour: Colour) {
    let word = match (diagnostic.severity, lang) {
        (Severity::Error, Lang::Vi) => "lỗi",
        (Severity::Error, Lang::En) => "error",
        (Severity::Warning, Lang::Vi) => "cảnh báo",
        (Severity::Warning, Lang::En) => "warning",
        (Severity::Info, Lang::Vi) => "thông tin",
        (Severity::Info, Lang::En) => "info",
    };
    let tint = match diagnostic.severity {
        Severity::Error => "31;1",
        Severity::Warning => "33;1",
        Severity::Info => "36",
    };
    let head = format!("{word}[{}]", diagnostic.code);
    let head = if colour == Colour::On { format!("\u{1b}[{tint}m{head}\u{1b}[0m") } else { head };
    let _ = writeln!(out, "    {head}: {}", diagnostic.message.get(lang));
    if let Some(place) = &diagnostic.place {
        let _ = writeln!(out, "      --> {place}");
    }
    for (place, what) in &diagnostic.related {
        let _ = writeln!(out, "      --> {place}: {}", what.get(lang));
    }
    if let Some(hint) = &diagnostic.hint {
        let label = if lang == Lang::Vi { "cần làm" } else { "hint" };
        let _ = writeln!(out, "      {label}: {}", hint.get(lang));
    }
}

pub(super) fn bold(text: &str, colour: Colour) -> String {
    if colour == Colour::On { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() }
}
