//! Drafts to submissions: commune and month from the content first, then the sheet's name, the file's other sheets, and
//! the file's name and folder; with what was assumed and what contradicts, and the confidence of it all.

use std::sync::Arc;

use super::context::Found;
use super::submission::{Draft, Layout};
use super::{Context, problems};
use crate::diag::{Diagnostic, Scope};
use crate::model::{CriteriaSet, Evidence, ItemCode, Period, Place, Submission, Text};

/// The submissions of a file's drafts.
pub(super) fn submissions(file: &Arc<str>, drafts: Vec<Draft>, context: &Context<'_>) -> Vec<Submission> {
    let vocabulary = &context.catalogue.vocabulary;
    let of_path = |month| {
        context.register.find_in_name(
            context.path.rsplit_once('.').map_or(context.path, |(stem, _)| stem),
            vocabulary,
            month,
        )
    };
    let path_periods = path_periods(context.path);
    let single = |values: Vec<Option<usize>>| -> Option<usize> {
        let mut known: Vec<usize> = values.into_iter().flatten().collect();
        known.sort_unstable();
        known.dedup();
        if let [only] = known.as_slice() { Some(*only) } else { None }
    };
    let elsewhere = single(drafts.iter().map(|d| d.communes.first().map(|(f, _)| f.commune)).collect());
    let mut months: Vec<Period> = drafts.iter().filter_map(|d| d.periods.first().copied()).collect();
    months.dedup();
    let other_month = if let [only] = months.as_slice() { Some(*only) } else { None };
    drafts
        .into_iter()
        .map(|draft| {
            let place = Place::sheet(file, &draft.sheet);
            let mut notes: Vec<Diagnostic> = Vec::new();
            let period = settle_period(&draft, other_month, &path_periods, &place, &mut notes);
            let commune = settle_commune(&draft, elsewhere, &of_path(period), context, &place, &mut notes);
            let known = |yes: bool| if yes { 1.0 } else { 0.0 };
            let mut evidence = draft.evidence;
            evidence.push(Evidence {
                name: "commune",
                score: known(commune.is_some()),
                detail: Text::new("tên xã", "the commune's name"),
            });
            evidence.push(Evidence {
                name: "period",
                score: known(period.is_some()),
                detail: Text::new("tháng báo cáo", "the month"),
            });
            let confidence = confidence(&evidence);
            let mut diagnostics = draft.diagnostics;
            diagnostics.extend(notes);
            Submission {
                file: Arc::clone(file),
                sheet: draft.sheet,
                commune: commune.map(|i| context.register.commune(i).code.clone()),
                commune_written: draft.communes.into_iter().next().map(|(_, written)| written),
                period,
                set: draft.set,
                assessor: draft.assessor,
                layout: draft.layout.as_str(),
                declared: draft.declared,
                entries: draft.entries,
                confidence,
                evidence,
                diagnostics,
            }
        })
        .collect()
}

/// The weights are those of what goes wrong most when it is missing: rows, then verdicts.
fn confidence(evidence: &[Evidence]) -> f64 {
    let weight = |name: &str| match name {
        "rows" => 0.35,
        "verdicts" => 0.25,
        "coverage" => 0.15,
        _ => 0.125,
    };
    let sum: f64 = evidence.iter().map(|e| weight(e.name) * e.score).sum();
    (sum * 100.0).round() / 100.0
}

/// Months in the file's name, then in its folders; a folder named by a day says when it came, not what it is of.
fn path_periods(path: &str) -> Vec<Period> {
    let mut parts = path.rsplit('/');
    let name = parts.next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let mut found = crate::text::date::months(stem);
    found.extend(parts.filter(|folder| crate::text::date::day(folder).is_none()).flat_map(crate::text::date::months));
    found
}

fn settle_period(
    draft: &Draft,
    other: Option<Period>,
    path: &[Period],
    place: &Place,
    notes: &mut Vec<Diagnostic>,
) -> Option<Period> {
    let sheet = || Text::new("tên trang", "the sheet's name");
    let file = || Text::new("tên tệp", "the file's name");
    if let Some(&taken) = draft.periods.first() {
        if let Some(&second) = draft.periods.get(1) {
            notes.push(problems::period_conflict(place.clone(), taken, second, Text::new("chỗ khác", "another place")));
        }
        if let Some(named) = draft.sheet_period.filter(|p| *p != taken) {
            notes.push(problems::period_conflict(place.clone(), taken, named, sheet()));
        }
        if let Some(&named) = path.first().filter(|p| **p != taken) {
            notes.push(problems::period_conflict(place.clone(), taken, named, file()));
        }
        return Some(taken);
    }
    let taken = draft
        .sheet_period
        .map(|p| (p, sheet()))
        .or(other.map(|p| (p, Text::new("trang khác trong tệp", "another sheet of the file"))))
        .or(path.first().map(|p| (*p, file())));
    match taken {
        Some((period, from)) => {
            notes.push(problems::period_assumed(place.clone(), period, from));
            Some(period)
        }
        None => {
            notes.push(problems::period_unknown(place.clone()));
            None
        }
    }
}

fn settle_commune(
    draft: &Draft,
    elsewhere: Option<usize>,
    path: &[Found],
    context: &Context<'_>,
    place: &Place,
    notes: &mut Vec<Diagnostic>,
) -> Option<usize> {
    let name = |i: usize| context.register.commune(i).name.as_str();
    let path_commune = if let [only] = path { Some(only.commune) } else { None };
    if let [(found, _)] = draft.communes.as_slice() {
        if let Some(other) = path_commune.filter(|&other| other != found.commune && draft.layout != Layout::Communes) {
            let from = Text::new("tên tệp", "the file's name");
            notes.push(problems::commune_conflict(place.clone(), name(found.commune), name(other), from));
        }
        if let Some(other) =
            draft.sheet_commune.filter(|other| other.commune != found.commune && draft.layout != Layout::Communes)
        {
            let from = Text::new("tên trang", "the sheet's name");
            notes.push(problems::commune_conflict(place.clone(), name(found.commune), name(other.commune), from));
        }
        return Some(found.commune);
    }
    let assumed = draft
        .sheet_commune
        .map(|f| (f.commune, Text::new("tên trang", "the sheet's name")))
        .or_else(|| {
            elsewhere
                .filter(|_| draft.communes.is_empty())
                .map(|i| (i, Text::new("trang khác trong tệp", "another sheet of the file")))
        })
        .or_else(|| path_commune.map(|i| (i, Text::new("tên tệp", "the file's name"))));
    // Several communes in the content, and the name of sheet or file is one of them: that one is meant.
    let assumed =
        assumed.filter(|(i, _)| draft.communes.is_empty() || draft.communes.iter().any(|(f, _)| f.commune == *i));
    match assumed {
        Some((commune, from)) => {
            notes.push(problems::commune_assumed(place.clone(), name(commune), from));
            Some(commune)
        }
        None => {
            let near = context
                .register
                .nearest(&draft.titles, &context.catalogue.vocabulary)
                .map(|(written, c)| (written, c.name.clone()));
            notes.push(problems::commune_unknown(place.clone(), near).about(Scope::Submission));
            None
        }
    }
}

/// Indicators of the set that a list leaves out, unless it is one of criteria.
pub(super) fn report_missing(submission: &mut Submission, set: &CriteriaSet) {
    let total = set.indicators().count();
    let has = |code: ItemCode| submission.entries.iter().any(|e| e.item == code);
    let missing: Vec<ItemCode> = set.indicators().map(|i| i.code).filter(|code| !has(*code)).collect();
    let listed = total - missing.len();
    if total > 0 && listed * 3 >= total && !missing.is_empty() {
        let place = Place::sheet(&submission.file, &submission.sheet);
        submission.diagnostics.push(problems::items_missing(place, &missing, total));
    }
}
