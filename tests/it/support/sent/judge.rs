//! What was read of a file against what it truly states: right, named, or silently wrong.

use std::collections::{BTreeMap, BTreeSet};

use super::super::truth::{Row, rows};
use super::Sent;
use super::statement::{Answer, Statement};
use ntm::diag::{Code, Scope, Severity};
use ntm::pipeline::{Examined, Judged};

/// The rows of one submission by item.
type Items = BTreeMap<String, Row>;

/// How a file was read.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    /// Observations that are as stated.
    pub(crate) right: usize,
    /// Observations that are not, and are named.
    pub(crate) named: usize,
    /// Observations that are wrong, missing or extra without a word.
    pub(crate) silent: Vec<String>,
}

/// Codes that put the whole of a submission in doubt, where they are no mere remark.
const DOUBTS_ALL: &[Code] = &[Code::ColumnAssumed, Code::SubmissionAmbiguous, Code::SetConflict];

/// Codes whose message lists the items that it is of.
const LIST_ITEMS: &[Code] = &[Code::ItemMissing, Code::VerdictMissing, Code::VerdictAssumed];

/// Compares each of a batch of files with what was read of it.
pub(crate) fn findings(sent: &[Sent], files: &[Examined], batch: &Judged) -> Vec<Findings> {
    let mut observations = by_submission(batch, files.iter().map(|f| f.submissions.len()).sum()).into_iter();
    let own = |file: &Examined, all: &mut dyn Iterator<Item = Items>| -> Vec<Items> {
        all.take(file.submissions.len()).collect()
    };
    sent.iter().zip(files).map(|(sent, file)| of_file(sent, file, &own(file, &mut observations))).collect()
}

fn of_file(sent: &Sent, file: &Examined, observations: &[Items]) -> Findings {
    let mut findings = Findings::default();
    // What is set aside as a whole is named as a whole.
    let set_aside = file.diagnostics.iter().any(|d| d.severity == Severity::Error);
    let mut seen = BTreeSet::new();
    for statement in &sent.statements {
        let own = file.submissions.iter().position(|s| {
            let commune = s.commune.as_ref().map(|c| c.0.as_str());
            let period = s.period.map(|p| p.to_string());
            commune == Some(statement.commune.0)
                && period.as_deref() == Some(month(statement.period).as_str())
                && s.set.as_str() == statement.set.id
                && s.assessor.as_str() == statement.assessor
        });
        match own {
            Some(at) => {
                seen.insert(at);
                compare(statement, &observations[at], &file.submissions[at], &mut findings);
            }
            None if set_aside || is_unknown(file) => findings.named += statement.answers.len(),
            None => findings.silent.push(format!("{} {:?} was not read", statement.commune.1, statement.period)),
        }
    }
    for (at, submission) in file.submissions.iter().enumerate().filter(|(at, _)| !seen.contains(at)) {
        let what = format!("{:?} {:?} {}", submission.commune, submission.period, submission.set);
        if !observations[at].is_empty() && submission.commune.is_some() && submission.period.is_some() {
            findings.silent.push(format!("{what} is stated by nobody"));
        }
    }
    findings
}

/// Whether a submission was kept without its commune or month: an error names that.
fn is_unknown(file: &Examined) -> bool {
    file.all_diagnostics()
        .any(|d| d.severity == Severity::Error && matches!(d.code, Code::CommuneUnknown | Code::PeriodUnknown))
}

fn month((year, month): (i16, i8)) -> String {
    format!("{year}-{month:02}")
}

fn compare(statement: &Statement, rows: &Items, read: &ntm::model::Submission, findings: &mut Findings) {
    let doubted = |item: &str| {
        read.diagnostics.iter().any(|d| match d.scope {
            Scope::Item(of) => d.severity != Severity::Info && of.to_string() == item,
            Scope::Submission => {
                d.severity != Severity::Info
                    && (DOUBTS_ALL.contains(&d.code) || LIST_ITEMS.contains(&d.code) && lists(&d.message.en, item))
            }
            Scope::File => false,
        })
    };
    for (item, answer) in &statement.answers {
        let wrong = rows.get(item).map_or_else(|| missing(answer), |row| differences(answer, row));
        match wrong {
            None => findings.right += 1,
            Some(_) if doubted(item) => findings.named += 1,
            Some(what) => {
                findings.silent.push(format!("{} {:?} {item}: {what}", statement.commune.1, statement.period))
            }
        }
    }
    for (item, row) in rows.iter().filter(|(item, _)| !statement.answers.contains_key(*item)) {
        // A criterion's own verdict follows from its indicators.
        let is_criterion = !item.contains('.') && statement.answers.keys().any(|k| k.starts_with(&format!("{item}.")));
        if row.contains_key("verdict") && !is_criterion && !doubted(item) {
            findings.silent.push(format!("{} {item} is stated by nobody", statement.commune.1));
        }
    }
    let stated = statement.declared;
    let found = read.declared.criteria_met.zip(read.declared.indicators_met);
    if let Some((criteria, indicators)) = found
        && stated.is_some_and(|s| s != (criteria as usize, indicators as usize))
    {
        findings.silent.push(format!("{}: totals read as {found:?}, stated {stated:?}", statement.commune.1));
    }
}

/// Whether a list of codes in a message names an item.
fn lists(message: &str, item: &str) -> bool {
    message.rsplit(": ").next().is_some_and(|list| list.split(", ").any(|code| code == item))
}

fn missing(answer: &Answer) -> Option<String> {
    answer.verdict.is_some().then(|| "was not read".to_owned())
}

fn differences(answer: &Answer, row: &Row) -> Option<String> {
    let verdict = answer.verdict.map(super::super::reports::Verdict::stated);
    if row.get("verdict").map(String::as_str) != verdict {
        return Some(format!("verdict {verdict:?}, read {:?}", row.get("verdict")));
    }
    let figure = answer.figure.number().filter(|_| answer.shows_figure).map(|n| n.to_string());
    if figure.is_some() && row.get("value") != figure.as_ref() || figure.is_none() && row.contains_key("value") {
        return Some(format!("value {figure:?}, read {:?}", row.get("value")));
    }
    if let Some((owner, task, due)) = &answer.plan {
        let read = |name: &str| row.get(name).map(|text| text.to_lowercase());
        if read("owner") != Some(owner.to_lowercase()) || read("task") != Some(task.to_lowercase()) {
            return Some(format!("plan {owner} {task}, read {:?} {:?}", row.get("owner"), row.get("task")));
        }
        if row.get("due") != Some(&due.to_string()) {
            return Some(format!("due {due}, read {:?}", row.get("due")));
        }
    }
    None
}

/// The rows of each submission of a batch by item.
fn by_submission(batch: &Judged, count: usize) -> Vec<Items> {
    let frame = &batch.frames.observations;
    let owners = frame.column("submission").and_then(|c| c.u32().cloned()).expect("the frame has that column");
    let mut items = vec![Items::new(); count];
    for (row, owner) in rows(frame).into_iter().zip(owners.iter()) {
        let owner = owner.expect("each row has its submission");
        items[owner as usize].insert(row["item"].clone(), row);
    }
    items
}
