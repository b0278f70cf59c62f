//! `ntm check` for people: what each file was understood as, its problems with their cells, what it adds up to.

use std::fmt::Write as _;
use std::sync::Arc;

use polars::prelude::PolarsResult;

use super::Manner;
use super::alike;
use super::json::Rows;
use super::picture::picture;
use super::questions::how_to_answer;
use super::table::{cut, width_of, wrapped};
use crate::diag::{Code, Diagnostic, Severity};
use crate::model::{Assessor, CellRange, Lang, Picture, Submission, Text};
use crate::pipeline::Checkup;

/// Whether lines are coloured; without colour everything is still told by words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// Terminal colours.
    On,
    /// Plain text.
    Off,
}

/// The names that what is shown is told by.
#[derive(Clone, Copy)]
pub struct Names<'a> {
    /// A commune's name by its code.
    pub communes: &'a dyn Fn(&str) -> Option<String>,
    /// A set's short name by its id.
    pub sets: &'a dyn Fn(&str) -> String,
    /// An item's name by its set's id and its code.
    pub items: &'a dyn Fn(&str, &str) -> String,
}

/// The text of a checkup.
///
/// # Errors
/// Only where polars fails: a fault of ours.
pub fn text(checkup: &Checkup, names: Names<'_>, manner: &Manner<'_>) -> PolarsResult<String> {
    let rows = Rows::of(&checkup.judged.frames.observations)?;
    let mut out = String::new();
    let (mut first, mut position) = (0, 0);
    for file in &checkup.files {
        let _ = writeln!(out, "{}", bold(&file.path, manner.colour));
        let mut drawn: Vec<&Arc<Picture>> = Vec::new();
        for (nth, submission) in file.submissions.iter().enumerate() {
            out.push_str(if nth > 0 { "\n" } else { "" });
            let count = rows.count_from(first, position);
            let name = submission.commune.as_ref().and_then(|c| (names.communes)(&c.0));
            heading(&mut out, submission, name.as_deref(), &(names.sets)(submission.set.as_str()), manner);
            tally(&mut out, &rows, first, count, submission, manner);
            evidence(&mut out, submission, manner);
            // Communes side by side, or a commune and its review, stand in one table: it is drawn once.
            for sheet in &submission.pictures {
                if !drawn.iter().any(|other| Arc::ptr_eq(other, sheet)) {
                    out.push('\n');
                    picture(&mut out, sheet, manner.lang, manner.width());
                    drawn.push(sheet);
                }
            }
            out.push('\n');
            observations(&mut out, &rows, first..first + count, submission, names.items, manner);
            diagnostics(&mut out, &submission.diagnostics, manner);
            first += count;
            position += 1;
        }
        diagnostics(&mut out, &file.diagnostics, manner);
        for question in file.diagnostics.iter().filter_map(|d| d.question.as_ref()) {
            if let Some(sheet) = &question.picture {
                out.push('\n');
                picture(&mut out, sheet, manner.lang, manner.width());
            }
        }
        out.push('\n');
    }
    Ok(out)
}

/// The diagnostics, those that ask for nothing only where all is told; that an answer was used is always told.
fn diagnostics(out: &mut String, all: &[Diagnostic], manner: &Manner<'_>) {
    let is_told = |d: &&Diagnostic| manner.is_verbose || d.severity < Severity::Info || d.code == Code::AnswerUsed;
    for one in alike::joined(all.iter().filter(is_told)) {
        told(out, &one.diagnostic, &one.more, manner);
        answers(out, &one.diagnostic, manner);
    }
    let untold = all.iter().filter(|d| !is_told(d)).count();
    if untold > 0 {
        let _ = match manner.lang {
            Lang::Vi => writeln!(out, "    {untold} thông tin không cần xử lý; xem bằng --verbose"),
            Lang::En => writeln!(out, "    {untold} more for information; see them with --verbose"),
        };
    }
}

/// One diagnostic, and how to answer where it asks.
pub fn asked(out: &mut String, one: &Diagnostic, manner: &Manner<'_>) {
    told(out, one, &[], manner);
    answers(out, one, manner);
}

fn answers(out: &mut String, one: &Diagnostic, manner: &Manner<'_>) {
    if let Some(question) = &one.question {
        how_to_answer(out, question, manner, 6);
    }
}

fn heading(out: &mut String, submission: &Submission, commune: Option<&str>, set: &str, manner: &Manner<'_>) {
    let lang = manner.lang;
    let unknown = Text::new("chưa rõ", "not known");
    let commune = commune.unwrap_or(unknown.get(lang));
    let period = submission.period.map_or_else(|| unknown.get(lang).to_owned(), |p| p.short());
    let line = match lang {
        Lang::Vi => {
            let by = match submission.assessor {
                Assessor::Commune => "",
                Assessor::District => ", đánh giá của cấp trên",
                Assessor::Plan => ", biểu kế hoạch",
            };
            let confidence = format!("{:.2}", submission.confidence).replace('.', ",");
            format!(
                "Xã {commune} · tháng {period} · bộ {set}{by} · trang «{}» · độ tin cậy {confidence}",
                submission.sheet
            )
        }
        Lang::En => {
            let by = match submission.assessor {
                Assessor::Commune => "",
                Assessor::District => ", the district's verdicts",
                Assessor::Plan => ", a plan form",
            };
            format!(
                "{commune} · {period} · {set}{by} · sheet {:?} · confidence {:.2}",
                submission.sheet, submission.confidence
            )
        }
    };
    let _ = writeln!(out, "  {}", wrapped(&line, 2, 4, manner.terminal));
}

fn tally(out: &mut String, rows: &Rows<'_>, first: usize, count: usize, submission: &Submission, manner: &Manner<'_>) {
    let lang = manner.lang;
    let of = |verdict: Option<&str>| (first..first + count).filter(|&row| rows.text(row, "verdict") == verdict).count();
    let (met, not_met, not_applicable, silent) =
        (of(Some("met")), of(Some("not_met")), of(Some("not_applicable")), of(None));
    let values = (first..first + count).filter(|&row| rows.value(row).is_some()).count();
    let declared = declared(submission, lang);
    let line = match lang {
        Lang::Vi => format!(
            "{count} mục: {met} đạt, {not_met} chưa đạt, {not_applicable} không áp dụng, {silent} không ghi; {values} số liệu{declared}"
        ),
        Lang::En => format!(
            "{count} items: {met} met, {not_met} not met, {not_applicable} not applicable, {silent} silent; {values} values{declared}"
        ),
    };
    let _ = writeln!(out, "    {}", wrapped(&line, 4, 6, manner.terminal));
}

/// What the confidence is made of: in a line, or one by one with its words.
fn evidence(out: &mut String, submission: &Submission, manner: &Manner<'_>) {
    if manner.is_verbose {
        for evidence in &submission.evidence {
            let _ = writeln!(out, "      {:>3.0}%  {}", evidence.score * 100.0, evidence.detail.get(manner.lang));
        }
        return;
    }
    let word = |name: &str| {
        match (name, manner.lang) {
            ("rows", Lang::Vi) => "dòng khớp",
            ("rows", Lang::En) => "rows fit",
            ("coverage", Lang::Vi) => "đủ mục",
            ("coverage", Lang::En) => "items covered",
            ("verdicts", Lang::Vi) => "cột đánh giá",
            ("verdicts", Lang::En) => "verdict columns",
            ("commune", Lang::Vi) => "tên xã",
            ("commune", Lang::En) => "commune",
            ("period", Lang::Vi) => "tháng",
            ("period", Lang::En) => "month",
            ("stated", Lang::Vi) => "mục có đánh giá",
            ("stated", Lang::En) => "items judged",
            (other, _) => other,
        }
        .to_owned()
    };
    let parts = submission.evidence.iter().map(|e| format!("{} {:.0}%", word(e.name), e.score * 100.0));
    let label = if manner.lang == Lang::Vi { "căn cứ" } else { "evidence" };
    let line = format!("{label}: {}", parts.collect::<Vec<_>>().join(", "));
    let _ = writeln!(out, "    {}", wrapped(&line, 4, 6, manner.terminal));
}

/// Items as read, each with its cells: those not met or not stated, or all.
fn observations(
    out: &mut String,
    rows: &Rows<'_>,
    range: std::ops::Range<usize>,
    submission: &Submission,
    names: &dyn Fn(&str, &str) -> String,
    manner: &Manner<'_>,
) {
    let lang = manner.lang;
    let shown: Vec<usize> =
        range.clone().filter(|&row| manner.is_verbose || rows.text(row, "verdict") != Some("met")).collect();
    let lines: Vec<[String; 5]> = shown.iter().map(|&row| observation(rows, row, submission, names, lang)).collect();
    if !lines.is_empty() {
        let head = match lang {
            Lang::Vi => ["mục", "đánh giá", "số liệu", "ô", "tên"],
            Lang::En => ["item", "verdict", "value", "cells", "name"],
        };
        let head = head.map(str::to_owned);
        let wide = |at: usize, most: usize| {
            let natural = std::iter::once(&head).chain(&lines).map(|line| width_of(&line[at])).max();
            natural.unwrap_or(0).min(most)
        };
        let widths = [wide(0, 8), wide(1, 18), wide(2, 16), wide(3, 24)];
        let name = manner.width().saturating_sub(4 + widths.iter().map(|width| width + 2).sum::<usize>());
        for line in std::iter::once(&head).chain(&lines) {
            let mut text = String::from("    ");
            for (cell, &width) in line.iter().zip(&widths) {
                let _ = write!(text, "{:<width$}  ", cut(cell, width));
            }
            let _ = writeln!(out, "{}", (text + &cut(&line[4], name)).trim_end());
        }
    }
    let untold = range.len() - shown.len();
    if untold > 0 {
        let _ = match lang {
            Lang::Vi => writeln!(out, "    {untold} mục đạt không liệt kê; xem bằng --verbose"),
            Lang::En => writeln!(out, "    {untold} items met are not listed; see them with --verbose"),
        };
    }
}

/// An item's line: code, verdict, value, cells, name.
fn observation(
    rows: &Rows<'_>,
    row: usize,
    submission: &Submission,
    names: &dyn Fn(&str, &str) -> String,
    lang: Lang,
) -> [String; 5] {
    let text = |name: &str| rows.text(row, name);
    let verdict = match (text("verdict"), lang) {
        (Some("met"), Lang::Vi) => "đạt",
        (Some("met"), Lang::En) => "met",
        (Some("not_met"), Lang::Vi) => "chưa đạt",
        (Some("not_met"), Lang::En) => "not met",
        (Some("not_applicable"), Lang::Vi) => "không áp dụng",
        (Some("not_applicable"), Lang::En) => "not applicable",
        (_, Lang::Vi) => "không ghi",
        (_, Lang::En) => "silent",
    };
    let value = rows.value(row).map(|value| {
        let number = if lang == Lang::Vi { value.to_string().replace('.', ",") } else { value.to_string() };
        format!("{number} {}", text("unit").unwrap_or_default()).trim_end().to_owned()
    });
    // A figure that was not understood is shown as it is written.
    let value = value.or_else(|| text("text").map(|written| format!("«{written}»"))).unwrap_or_default();
    let sheet = text("sheet").filter(|sheet| **sheet != *submission.sheet);
    let cells = [text("cell"), text("value_cell")].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let cells = sheet.map_or_else(|| cells.clone(), |sheet| format!("{sheet}!{cells}"));
    let item = text("item").unwrap_or_default();
    [item.to_owned(), verdict.to_owned(), value, cells, names(submission.set.as_str(), item)]
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
    let manner = Manner { lang, colour, terminal: None, is_verbose: false, workspace: "" };
    told(out, diagnostic, &[], &manner);
}

/// A diagnostic with its cell, and the cells of which it is told too.
fn told(out: &mut String, diagnostic: &Diagnostic, more: &[CellRange], manner: &Manner<'_>) {
    let (lang, colour, width) = (manner.lang, manner.colour, manner.terminal);
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
    let plain = format!("{word}[{}]", diagnostic.code);
    let message = wrapped(diagnostic.message.get(lang), 6 + width_of(&plain), 6, width);
    let head = if colour == Colour::On { format!("\u{1b}[{tint}m{plain}\u{1b}[0m") } else { plain };
    let _ = writeln!(out, "    {head}: {message}");
    if let Some(place) = &diagnostic.place {
        let place = place.to_string();
        let more: String = more.iter().map(|cells| format!(", {cells}")).collect();
        let _ = writeln!(out, "      --> {place}{}", wrapped(&more, 10 + width_of(&place), 10, width));
    }
    for (place, what) in &diagnostic.related {
        let _ = writeln!(out, "      --> {place}: {}", what.get(lang));
    }
    if let Some(hint) = &diagnostic.hint {
        let label = if lang == Lang::Vi { "cần làm" } else { "hint" };
        let first = 8 + width_of(label);
        let _ = writeln!(out, "      {label}: {}", wrapped(hint.get(lang), first, first, width));
    }
}

pub(super) fn bold(text: &str, colour: Colour) -> String {
    if colour == Colour::On { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() }
}
