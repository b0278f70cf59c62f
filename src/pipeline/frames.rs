//! What was taken in as frames for the store.

use std::collections::BTreeSet;

use polars::prelude::*;

use super::examine::{Examined, Judged};
use super::intake::Taken;
use crate::diag::{Code, Diagnostic, Scope};
use crate::model::frames::{DIAGNOSTICS, FILES, MOMENT, OBSERVATIONS, SUBMISSIONS, schema};
use crate::model::{Answers, Period, Submission};
use crate::store::{Frames, Opened};

/// The outcomes of files.
const SET_ASIDE: &str = "set_aside";
const ASKED: &str = "asked";
const READ: &str = "read";

/// The files that may come out otherwise when they are read again: what was set aside, what a person was asked about,
/// and what was read by an answer that no longer stands word for word.
pub(super) fn unsettled(stored: &Opened, answers: &Answers) -> PolarsResult<BTreeSet<String>> {
    let standing: BTreeSet<String> = answers.iter().map(|answer| answer.used().vi).collect();
    let (outcomes, hashes) = (stored.files.column("outcome")?.str()?, stored.files.column("sha256")?.str()?);
    let open = outcomes.iter().zip(hashes.iter()).filter(|(outcome, _)| *outcome != Some(READ));
    let mut found: BTreeSet<String> = open.filter_map(|(_, hash)| hash.map(str::to_owned)).collect();
    let is_used = col("code").eq(lit(Code::AnswerUsed.as_str()));
    let used = stored.diagnostics.clone().filter(is_used).select([col("message_vi"), col("sha256")]).collect()?;
    let (messages, hashes) = (used.column("message_vi")?.str()?, used.column("sha256")?.str()?);
    for (message, hash) in messages.iter().zip(hashes.iter()) {
        if !message.is_some_and(|message| standing.contains(message)) {
            found.extend(hash.map(str::to_owned));
        }
    }
    Ok(found)
}

/// The frames of a batch. Submissions whose commune or month is not known are in the diagnostics only: their figures
/// count nowhere, and say so.
pub(super) fn of(taken: &[Taken], judged: Judged) -> PolarsResult<Frames> {
    let known = col("commune").is_not_null().and(col("period").is_not_null());
    let select =
        |columns: &[(&str, DataType)]| schema(columns).iter_names().map(|name| col(name.clone())).collect::<Vec<_>>();
    let normalised = judged.frames;
    Ok(Frames {
        observations: normalised.observations.lazy().filter(known.clone()).select(select(OBSERVATIONS)).collect()?,
        submissions: normalised.submissions.lazy().filter(known).select(select(SUBMISSIONS)).collect()?,
        files: files(taken)?,
        diagnostics: diagnostics(taken)?,
    })
}

/// The month under which a file is kept: of its first report, else of its name, else of the day it came.
pub(super) fn month(examined: &Examined) -> Period {
    let stated = examined.submissions.iter().find_map(|s| s.period);
    let named =
        || crate::text::date::months(examined.path.rsplit('/').next().unwrap_or(&examined.path)).first().copied();
    let received = || Period::of(examined.received_at.date());
    stated.or_else(named).or_else(received).unwrap_or_else(|| Period::new(2021, 1).expect("a month of the programme"))
}

fn files(taken: &[Taken]) -> PolarsResult<DataFrame> {
    let text = |f: &dyn Fn(&Taken) -> String| taken.iter().map(f).collect::<Vec<String>>();
    let outcome = |t: &Taken| match &t.examined {
        examined if examined.submissions.is_empty() => SET_ASIDE,
        examined if examined.questions().next().is_some() => ASKED,
        // Other settings may give its report a commune.
        examined if examined.all_diagnostics().any(|d| d.code == Code::CommuneNotInForce) => ASKED,
        _ => READ,
    };
    let milliseconds = |t: &Taken| {
        let epoch = jiff::civil::DateTime::constant(1970, 1, 1, 0, 0, 0, 0);
        let span = t.examined.received_at.duration_since(epoch);
        i64::try_from(span.as_millis()).unwrap_or(0)
    };
    let frame = df![
        "period" => text(&|t| month(&t.examined).to_string()),
        "file" => text(&|t| t.examined.file.to_string()),
        "sha256" => text(&|t| t.examined.sha256.clone()),
        "received_at" => taken.iter().map(milliseconds).collect::<Vec<i64>>(),
        "archive" => text(&|t| t.archive.clone()),
        "outcome" => taken.iter().map(outcome).collect::<Vec<_>>(),
        "submissions" => taken.iter().map(|t| t.examined.submissions.len() as u32).collect::<Vec<u32>>(),
        "mends" => taken.iter().map(|t| t.copy_of.clone()).collect::<Vec<Option<String>>>(),
    ]?;
    let columns = schema(FILES);
    frame
        .lazy()
        .with_column(col("received_at").cast(MOMENT))
        .select(columns.iter_names().map(|name| col(name.clone())).collect::<Vec<_>>())
        .collect()
}

/// A diagnostic with the file and the submission it is about.
type About<'a> = (&'a Examined, Option<&'a Submission>, &'a Diagnostic);

fn diagnostics(taken: &[Taken]) -> PolarsResult<DataFrame> {
    let mut rows: Vec<About<'_>> = Vec::new();
    for one in taken {
        rows.extend(one.examined.diagnostics.iter().map(|d| (&one.examined, None, d)));
        for submission in &one.examined.submissions {
            rows.extend(submission.diagnostics.iter().map(|d| (&one.examined, Some(submission), d)));
        }
    }
    let text = |f: &dyn Fn(&About<'_>) -> String| rows.iter().map(f).collect::<Vec<String>>();
    let maybe = |f: &dyn Fn(&About<'_>) -> Option<String>| rows.iter().map(f).collect::<Vec<Option<String>>>();
    let period = |about: &About<'_>| about.1.and_then(|s| s.period).unwrap_or_else(|| month(about.0)).to_string();
    let frame = df![
        "period" => text(&period),
        "file" => text(&|a| a.0.file.to_string()),
        "sha256" => text(&|a| a.0.sha256.clone()),
        "commune" => maybe(&|a| a.1.and_then(|s| s.commune.as_ref()).map(ToString::to_string)),
        "set" => maybe(&|a| a.1.map(|s| s.set.to_string())),
        "severity" => text(&|a| a.2.severity.as_str().to_owned()),
        "code" => text(&|a| a.2.code.to_string()),
        "scope" => text(&|a| scope(a.2.scope).to_owned()),
        "item" => maybe(&|a| match a.2.scope { Scope::Item(item) => Some(item.to_string()), _ => None }),
        "message_vi" => text(&|a| a.2.message.vi.clone()),
        "message_en" => text(&|a| a.2.message.en.clone()),
        "hint_vi" => maybe(&|a| a.2.hint.as_ref().map(|h| h.vi.clone())),
        "hint_en" => maybe(&|a| a.2.hint.as_ref().map(|h| h.en.clone())),
        "sheet" => maybe(&|a| a.2.place.as_ref().and_then(|p| p.sheet.as_ref()).map(ToString::to_string)),
        "cells" => maybe(&|a| a.2.place.as_ref().and_then(|p| p.cells).map(|c| c.to_string())),
    ]?;
    let columns = schema(DIAGNOSTICS);
    frame.lazy().select(columns.iter_names().map(|name| col(name.clone())).collect::<Vec<_>>()).collect()
}

/// The word of JSON and Parquet for what a diagnostic is about.
pub(super) fn scope(scope: Scope) -> &'static str {
    match scope {
        Scope::File => "file",
        Scope::Submission => "submission",
        Scope::Item(_) => "item",
    }
}
