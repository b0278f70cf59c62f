//! `ntm check --json`: one object a file, one a line, schema 1.

use polars::prelude::*;
use serde::Serialize;

use crate::diag::{Diagnostic, Scope};
use crate::model::{Lang, Submission};
use crate::pipeline::{Checkup, Examined};

#[derive(Serialize)]
struct File<'a> {
    schema: u32,
    file: &'a str,
    sha256: &'a str,
    submissions: Vec<Sub<'a>>,
    diagnostics: Vec<Diag>,
}

#[derive(Serialize)]
struct Sub<'a> {
    commune: Option<&'a str>,
    commune_name: Option<&'a str>,
    period: Option<String>,
    criteria_set: &'a str,
    assessor: &'a str,
    confidence: f64,
    declared: Declared,
    observations: Vec<Observation<'a>>,
    diagnostics: Vec<Diag>,
}

#[derive(Serialize)]
struct Declared {
    #[serde(skip_serializing_if = "Option::is_none")]
    criteria_met: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    criteria_total: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    indicators_met: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    indicators_total: Option<u32>,
}

#[derive(Serialize)]
struct Observation<'a> {
    item: &'a str,
    verdict: Option<&'a str>,
    value: Option<f64>,
    unit: Option<&'a str>,
    text: Option<&'a str>,
    note: Option<&'a str>,
    owner: Option<&'a str>,
    task: Option<&'a str>,
    due: Option<String>,
    sheet: &'a str,
    cell: &'a str,
    value_cell: Option<&'a str>,
}

#[derive(Serialize)]
struct Diag {
    severity: &'static str,
    code: &'static str,
    scope: &'static str,
    item: Option<String>,
    message: String,
    hint: Option<String>,
    sheet: Option<String>,
    cell: Option<String>,
    related: Vec<Related>,
}

#[derive(Serialize)]
struct Related {
    sheet: Option<String>,
    cell: Option<String>,
    message: String,
}

/// The lines of a checkup, one a file, in the order in which the files were named.
///
/// `names` gives a commune's name by its code; `paths` the files as they were named.
///
/// # Errors
/// Only where polars or serde fails: a fault of ours.
pub fn lines(
    checkup: &Checkup,
    paths: &[String],
    names: &dyn Fn(&str) -> Option<String>,
    lang: Lang,
) -> PolarsResult<Vec<String>> {
    let observations = &checkup.judged.frames.observations;
    let rows = Rows::of(observations)?;
    let mut first = 0;
    let mut position = 0;
    let mut lines = Vec::new();
    for (file, path) in checkup.files.iter().zip(paths) {
        let mut submissions = Vec::new();
        let communes: Vec<Option<String>> =
            file.submissions.iter().map(|s| s.commune.as_ref().and_then(|c| names(&c.0))).collect();
        for (submission, name) in file.submissions.iter().zip(&communes) {
            let count = rows.count_from(first, position);
            submissions.push(sub(submission, name.as_deref(), rows.range(first, count), lang));
            first += count;
            position += 1;
        }
        let line = serde_json::to_string(&whole(file, path, submissions, lang));
        lines.push(line.map_err(|e| polars_err!(ComputeError: "{e}"))?);
    }
    Ok(lines)
}

fn whole<'a>(file: &'a Examined, path: &'a str, submissions: Vec<Sub<'a>>, lang: Lang) -> File<'a> {
    File {
        schema: 1,
        file: path,
        sha256: &file.sha256,
        submissions,
        diagnostics: file.diagnostics.iter().map(|d| diag(d, lang)).collect(),
    }
}

fn sub<'a>(
    submission: &'a Submission,
    name: Option<&'a str>,
    observations: Vec<Observation<'a>>,
    lang: Lang,
) -> Sub<'a> {
    let declared = &submission.declared;
    Sub {
        commune: submission.commune.as_ref().map(|c| c.0.as_str()),
        commune_name: name,
        period: submission.period.map(|p| p.to_string()),
        criteria_set: submission.set.as_str(),
        assessor: submission.assessor.as_str(),
        confidence: submission.confidence,
        declared: Declared {
            criteria_met: declared.criteria_met,
            criteria_total: declared.criteria_total,
            indicators_met: declared.indicators_met,
            indicators_total: declared.indicators_total,
        },
        observations,
        diagnostics: submission.diagnostics.iter().map(|d| diag(d, lang)).collect(),
    }
}

fn diag(diagnostic: &Diagnostic, lang: Lang) -> Diag {
    let place = diagnostic.place.as_ref();
    Diag {
        severity: diagnostic.severity.as_str(),
        code: diagnostic.code.as_str(),
        scope: match diagnostic.scope {
            Scope::File => "file",
            Scope::Submission => "submission",
            Scope::Item(_) => "item",
        },
        item: match diagnostic.scope {
            Scope::Item(item) => Some(item.to_string()),
            _ => None,
        },
        message: diagnostic.message.get(lang).to_owned(),
        hint: diagnostic.hint.as_ref().map(|h| h.get(lang).to_owned()),
        sheet: place.and_then(|p| p.sheet.as_ref()).map(ToString::to_string),
        cell: place.and_then(|p| p.cells).map(|c| c.to_string()),
        related: diagnostic
            .related
            .iter()
            .map(|(place, what)| Related {
                sheet: place.sheet.as_ref().map(ToString::to_string),
                cell: place.cells.map(|c| c.to_string()),
                message: what.get(lang).to_owned(),
            })
            .collect(),
    }
}

/// The observation frame's columns, for reading row by row.
pub(super) struct Rows<'a> {
    submission: &'a UInt32Chunked,
    text: Vec<(&'static str, &'a StringChunked)>,
    value: &'a Float64Chunked,
    due: Vec<Option<String>>,
}

const TEXTS: &[&str] = &["item", "verdict", "unit", "text", "note", "owner", "task", "sheet", "cell", "value_cell"];

impl<'a> Rows<'a> {
    pub(super) fn of(frame: &'a DataFrame) -> PolarsResult<Self> {
        let text =
            TEXTS.iter().map(|&name| Ok((name, frame.column(name)?.str()?))).collect::<PolarsResult<Vec<_>>>()?;
        let epoch = jiff::civil::Date::constant(1970, 1, 1);
        let due = frame.column("due")?.cast(&DataType::Int32)?;
        let due = due
            .i32()?
            .iter()
            .map(|days| days.and_then(|d| epoch.checked_add(jiff::Span::new().days(d)).ok()).map(|d| d.to_string()));
        Ok(Rows {
            submission: frame.column("submission")?.u32()?,
            text,
            value: frame.column("value")?.f64()?,
            due: due.collect(),
        })
    }

    /// How many rows from one on belong to a submission.
    pub(super) fn count_from(&self, first: usize, position: u32) -> usize {
        (first..self.submission.len()).take_while(|&row| self.submission.get(row) == Some(position)).count()
    }

    pub(super) fn text(&self, row: usize, name: &str) -> Option<&'a str> {
        self.text.iter().find(|(n, _)| *n == name).and_then(|(_, column)| column.get(row))
    }

    pub(super) fn value(&self, row: usize) -> Option<f64> {
        self.value.get(row)
    }

    /// Whether a row says anything of its item: an indicator below a criterion that is judged as a whole does not.
    fn states_something(&self, row: usize) -> bool {
        let told = ["verdict", "text", "note", "owner", "task"].iter().any(|name| self.text(row, name).is_some());
        told || self.value.get(row).is_some() || self.due[row].is_some()
    }

    fn range(&self, first: usize, count: usize) -> Vec<Observation<'a>> {
        (first..first + count)
            .filter(|&row| self.states_something(row))
            .map(|row| Observation {
                item: self.text(row, "item").unwrap_or_default(),
                verdict: self.text(row, "verdict"),
                value: self.value.get(row),
                unit: self.text(row, "unit"),
                text: self.text(row, "text"),
                note: self.text(row, "note"),
                owner: self.text(row, "owner"),
                task: self.text(row, "task"),
                due: self.due[row].clone(),
                sheet: self.text(row, "sheet").unwrap_or_default(),
                cell: self.text(row, "cell").unwrap_or_default(),
                value_cell: self.text(row, "value_cell"),
            })
            .collect()
    }
}
