//! Forms of our own: read by their mark and keys, to the last cell, whatever became of rows, columns and words.
//!
//! What a form does not say is not filled in: an empty verdict states nothing. What does not fit it any more is named:
//! a row without its key, a formula written over, a title of another commune or month than that of the mark.

mod problems;
mod rows;
mod sums;

use std::sync::Arc;

use super::commune;
use super::draft::{Draft, Layout, When};
use super::period;
use super::register::Found;
use super::view::{Seen, View};
use super::{Context, capitals, problems as general};
use crate::diag::{Diagnostic, Severity};
use crate::model::form::{FormColumn, FormMark, RowKey};
use crate::model::{Assessor, CriteriaSet, Declared, Evidence, Period, Place, Text, Traced};
use rows::Keyed;

/// How a sheet was read that bears the mark of a form.
pub(super) enum Read {
    /// As a form: what it states, and what there is to say of it.
    Form(Box<Draft>),
    /// It is one, and nobody has written in it.
    Blank(Diagnostic),
    /// It is not one any more: it is read like any other sheet, with what there is to say of its mark.
    Other(Vec<Diagnostic>),
}

/// A sheet read as a form; `None` where it bears no mark.
pub(super) fn read(file: &Arc<str>, view: &View<'_>, context: &Context<'_>) -> Option<Read> {
    let (cell, mark) = view.cells().iter().filter(|cell| cell.is_text()).find_map(|cell| {
        let mark = FormMark::find(&cell.text)?;
        Some((cell, mark))
    })?;
    let place = Place::cells(file, &view.grid.sheet, cell.at());
    let mark = match mark {
        Ok(mark) => mark,
        Err(fault) => return Some(Read::Other(vec![problems::mark_faulty(place, fault)])),
    };
    let set = context.catalogue.set(&mark.set);
    let (Some(set), Some(keyed)) = (set, Keyed::of(view)) else {
        return Some(Read::Other(vec![problems::keys_lost(place, set.is_none())]));
    };
    Some(draft(file, view, context, &Marked { mark, set, cell }, &keyed))
}

/// What there is to say of forms that nobody has written in: where the file reports something else, less.
pub(super) fn left_blank(blank: Vec<Diagnostic>, has_others: bool) -> Vec<Diagnostic> {
    let severity = if has_others { Severity::Warning } else { Severity::Error };
    blank.into_iter().map(|diagnostic| Diagnostic { severity, ..diagnostic }).collect()
}

/// A form with what its mark says.
struct Marked<'a, 'v> {
    mark: FormMark,
    set: &'a CriteriaSet,
    /// The cell of the mark.
    cell: &'v Seen<'a>,
}

fn draft(file: &Arc<str>, view: &View<'_>, context: &Context<'_>, marked: &Marked<'_, '_>, keyed: &Keyed) -> Read {
    let place = Place::sheet(file, &view.grid.sheet);
    let mut diagnostics = Vec::new();
    let mut entries = rows::entries(file, view, marked.set, keyed, &mut diagnostics);
    if !entries.iter().any(rows::says_something) {
        return Read::Blank(problems::blank(place, marked.mark.period));
    }
    sums::check(file, view, keyed, &mut diagnostics);
    diagnostics.extend(capitals::lower(&mut entries, file, context));
    let titles: Vec<&Seen<'_>> = keyed.rows_of(view, RowKey::Title).flat_map(|row| view.row(row)).collect();
    let titles: Vec<&Seen<'_>> = titles.into_iter().filter(|cell| RowKey::parse(&cell.text).is_none()).collect();
    let vocabulary = &context.catalogue.vocabulary;
    let texts: Vec<&str> = titles.iter().map(|cell| cell.text.as_str()).collect();
    let mut periods: Vec<Period> = vec![marked.mark.period];
    periods.extend(period::periods(&texts, vocabulary).into_iter().filter(|period| *period != marked.mark.period));
    let named = period::periods(&[view.grid.sheet.as_ref()], vocabulary).first().copied();
    let asked = marked.set.criteria.iter().map(|c| c.indicators.len().max(1)).sum::<usize>().max(1);
    let coverage = (entries.len() as f64 / asked as f64).min(1.0);
    Read::Form(Box::new(Draft {
        is_small: false,
        sheet: Arc::clone(&view.grid.sheet),
        set: marked.set.id.clone(),
        assessor: Assessor::Commune,
        declared: Declared::default(),
        entries,
        evidence: evidence(coverage),
        diagnostics,
        communes: communes(file, view, context, marked, &titles),
        periods,
        sheet_commune: None,
        sheet_period: named,
        when: When { year: Some(marked.mark.period.year()), ..When::default() },
        titles: texts.join("\n"),
        layout: Layout::Form,
        headings: String::new(),
        picture: None,
        doubt: None,
    }))
}

/// The commune of the mark; beside it one that the title names instead.
fn communes(
    file: &Arc<str>,
    view: &View<'_>,
    context: &Context<'_>,
    marked: &Marked<'_, '_>,
    titles: &[&Seen<'_>],
) -> Vec<(Found, Traced<String>)> {
    let period = Some(marked.mark.period);
    let titled = commune::communes_in(file, view, titles, context, period);
    let Some(own) = context.register.position(&marked.mark.commune, period) else { return titled };
    let place = Place::cells(file, &view.grid.sheet, marked.cell.at());
    let written = titled.iter().find(|(found, _)| found.commune == own).map(|(_, written)| written.clone());
    let written = written.unwrap_or(Traced { value: marked.cell.text.clone(), place });
    let others = titled.into_iter().filter(|(found, _)| found.commune != own);
    std::iter::once((Found { commune: own, named: true }, written)).chain(others).collect()
}

/// Rows and columns are known by their keys: nothing is left to be weighed but how many rows are still there.
fn evidence(coverage: f64) -> Vec<Evidence> {
    let by_keys = || Text::new("theo mã của biểu mẫu", "by the keys of the form");
    vec![
        Evidence { name: "rows", score: 1.0, detail: by_keys() },
        Evidence { name: "coverage", score: coverage, detail: by_keys() },
        Evidence { name: "verdicts", score: 1.0, detail: by_keys() },
    ]
}

/// Columns of a form that are read.
const READ: [FormColumn; 6] =
    [FormColumn::Verdict, FormColumn::Value, FormColumn::Owner, FormColumn::Task, FormColumn::Due, FormColumn::Note];

/// What a cell that states something holds; errors and formulas without a result state nothing.
fn filled<'v, 'a>(view: &'v View<'a>, row: u32, col: Option<u32>) -> Option<&'v Seen<'a>> {
    view.get(row, col?).filter(|cell| !cell.text.is_empty())
}

/// Says that a column of ours was written in beside the form's own.
fn stranger(place: Place, header: &str) -> Diagnostic {
    general::column_ignored(place, header)
}
