//! Grids to submissions: which commune, month and set, and what each row says, in the sender's own words.
//!
//! *Takes* the grids of one file, its path, the catalogue and the register of communes. *Gives* [`Submission`]s with
//! named evidence and a confidence. *Never* rests on fixed cells or a template, and never guesses in silence: what is
//! assumed is a diagnostic, what is not recognised is set aside with its reason.

mod align;
mod apart;
mod capitals;
mod code;
mod columns;
mod commune;
mod declared;
mod draft;
mod entries;
mod evidence;
mod fields;
mod form;
mod lines;
mod listing;
mod locate;
mod mood;
mod names;
mod period;
mod picture;
mod plans;
mod problems;
mod prose;
mod questions;
mod register;
mod remarks;
mod set;
mod settle;
mod submission;
mod summary;
#[cfg(test)]
mod tests;
mod totals;
mod unfold;
mod unmet;
mod view;
mod words;

use std::sync::Arc;

use crate::catalogue::{Catalogue, Vocabulary};
use crate::diag::{Checked, Code, Diagnostic, Scope, Severity};
use crate::model::{Answers, Asks, CellRange, Place, Reply, SetId, Stated, Submission, Text};
use crate::read::{Grid, Visibility};

pub use names::Names;
pub use register::Register;
pub use words::Lexicon;

use draft::Draft;
use evidence::BAR;
use settle::{Cover, Settled};
use submission::InFile;
use view::{Orientation, View};
use words::Texts;

/// An alignment lighter than this (some twenty rows that fit by name and code) may be a chance: the sheet is also tried
/// with rows for columns.
const WEAK: f64 = 330.0;

/// Whether tables are drawn as they were understood: for a person who looks at them, not for a run over thousands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pictures {
    /// With each table, and with each question.
    Drawn,
    /// Nobody looks.
    LeftOut,
}

/// What recognising a file rests on, beside its grids.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// Sets and words.
    pub catalogue: &'a Catalogue,
    /// The names of the catalogue's sets, in its order.
    pub names: &'a Names,
    /// The communes that report here.
    pub register: &'a Register<'a>,
    /// The texts of the files read so far by this catalogue.
    pub lexicon: &'a Lexicon,
    /// What a person has answered.
    pub answers: &'a Answers,
    /// The file's path below the inbox: folders and name.
    pub path: &'a str,
    /// The file's hash in hex: what an answer about this very file is known by.
    pub sha256: &'a str,
    /// Whether tables are drawn.
    pub pictures: Pictures,
}

/// All submissions of a file.
///
/// ```
/// use ntm::{catalogue::Catalogue, model::Answers, recognise::{self, Context, Lexicon, Names, Pictures, Register}};
/// let catalogue = Catalogue::embedded()?;
/// let (names, register, answers) = (Names::of(&catalogue.sets), Register::of(&[]), Answers::default());
/// let context = Context {
///     catalogue: &catalogue, names: &names, register: &register, lexicon: &Lexicon::default(), answers: &answers,
///     path: "a.xlsx", sha256: "", pictures: Pictures::LeftOut,
/// };
/// let found = recognise::submissions(&"a.xlsx".into(), &[], &context);
/// assert_eq!(found.diagnostics[0].code.as_str(), "no-report");
/// # Ok::<(), ntm::catalogue::TemplateError>(())
/// ```
#[must_use]
pub fn submissions(file: &Arc<str>, grids: &[Grid], context: &Context<'_>) -> Checked<Vec<Submission>> {
    let texts = Texts::of(grids, context.lexicon);
    let seen = |(sheet, grid)| {
        let view = View::of(grid, sheet, &texts);
        fields::apart(&view, &context.catalogue.vocabulary).unwrap_or(view)
    };
    let views: Vec<View<'_>> = grids.iter().enumerate().map(seen).collect();
    let mut diagnostics = Vec::new();
    let mut drafts: Vec<Draft> = Vec::new();
    let mut cover = Cover::default();
    let mut plans: Vec<Submission> = Vec::new();
    let mut has_plans = false;
    let mut blank_forms: Vec<Diagnostic> = Vec::new();
    let named_in_file = || commune::named_in_file(&views, context);
    for upright in &views {
        if let Some(found) = plans::read(file, upright, context) {
            has_plans = true;
            plans.extend(found.submissions);
            diagnostics.extend(found.diagnostics);
            continue;
        }
        let place = Place::sheet(file, &upright.grid.sheet);
        let vocabulary = &context.catalogue.vocabulary;
        match form::read(file, upright, context) {
            Some(form::Read::Form(draft)) => {
                drafts.push(*draft);
                continue;
            }
            Some(form::Read::Blank(blank)) => {
                blank_forms.push(blank);
                continue;
            }
            Some(form::Read::Other(said)) => diagnostics.extend(said),
            None => {}
        }
        if let Some(title) = set::of_another_level(upright, vocabulary) {
            diagnostics.push(problems::of_another_level(place, title));
            continue;
        }
        // A commune a row, with a list of what it has not met: nothing else looks like it.
        let by_commune = prose::by_commune(file, upright, context);
        // What is met and what is not in columns of their own would be rows of one table.
        let lists = if by_commune.is_empty() { prose::in_columns(file, upright, context) } else { by_commune };
        if !lists.is_empty() {
            drafts.extend(lists);
            continue;
        }
        let mut parts: Vec<View<'_>> = Vec::new();
        if let Some((header, cols)) = locate::beside(upright, vocabulary) {
            parts.extend(cols.into_iter().map(|cols| upright.part(cols, header)));
        }
        let read = |view| (view, locate::tables(view, context.names, vocabulary));
        let weight = |found: &[(&View<'_>, Vec<locate::Table>)]| {
            found.iter().flat_map(|(_, tables)| tables).map(|t| t.alignment.score).sum::<f64>()
        };
        let mut found: Vec<(&View<'_>, Vec<locate::Table>)> = vec![read(upright)];
        // Tables may stand beside each other, and items side by side: what fits better counts.
        if !parts.is_empty() {
            let apart: Vec<_> = parts.iter().map(read).collect();
            if weight(&apart) > weight(&found) {
                found = apart;
            }
        }
        let unfolded = unfold::sheet(upright, vocabulary);
        if let Some(view) = &unfolded {
            let apart = vec![read(view)];
            // A row an item says more than a row a criterion.
            if weight(&apart) >= WEAK.max(0.8 * weight(&found)) {
                found = apart;
            }
        }
        let is_unfolded = found.iter().any(|(view, _)| view.orientation == Orientation::Unfolded);
        let lines = if is_unfolded { Vec::new() } else { lines::apart(upright, vocabulary) };
        let of_lines = (!lines.is_empty()).then(|| upright.of_lines(&lines));
        if let Some(view) = &of_lines {
            let apart = vec![read(view)];
            // Names alone weigh the same as names with what stands behind them.
            if weight(&apart) >= 0.8 * weight(&found) {
                found = apart;
            }
        }
        let weak = weight(&found) < WEAK && upright.cells().len() > 20;
        let turned = weak.then(|| upright.turned());
        if let Some(view) = &turned {
            let across = vec![read(view)];
            if weight(&across) > weight(&found) {
                found = across;
            }
        }
        let lists = apart::lists(upright, context);
        if !lists.is_empty() {
            found = lists.iter().map(read).collect();
        }
        found.retain(|(_, tables)| !tables.is_empty());
        if found.is_empty() {
            if !upright.cells().is_empty() {
                diagnostics.push(problems::sheet_ignored(place));
            }
            if upright.grid.visibility == Visibility::Visible && !vocabulary.sheets.is_retired(&upright.grid.sheet) {
                cover.add(upright, context);
            }
            continue;
        }
        let mut repaired = upright.cells().iter().filter_map(|c| c.repaired);
        if let Some(encoding) = repaired.next() {
            diagnostics.push(problems::legacy(place, encoding.name(), repaired.count() + 1));
        }
        let before = drafts.len();
        let within = InFile { file, views: &views, context, elsewhere: &named_in_file };
        for (view, tables) in &found {
            for table in tables {
                match submission::drafts(&within, view, table) {
                    Ok(found) => drafts.extend(found),
                    Err(set_aside) => diagnostics.extend(set_aside),
                }
            }
        }
        // A sentence below the table of one set may speak of the other.
        if let [(view, tables)] = found.as_slice() {
            let tabled: Vec<&Draft> = drafts[before..].iter().collect();
            let outside: Vec<u32> = view.row_numbers().filter(|row| !tables.iter().any(|t| t.holds(*row))).collect();
            let beside = prose::beside_tables(file, view, &outside, &tabled, context);
            drafts.extend(beside);
        }
    }
    let (mut drafts, strays) = draft::without_strays(drafts, &context.catalogue.sets);
    diagnostics.extend(strays.iter().map(|stray| left_aside(file, stray, &drafts, &context.catalogue.vocabulary)));
    diagnostics.extend(form::left_blank(blank_forms, !drafts.is_empty()));
    summary::lay_totals(file, &views, &mut drafts, context);
    // Sentences are looked for only where there is no table: an instruction sheet is full of them, and a table that was
    // set aside is not made up for by the totals above it. Beside sheets with tables only lists that prove themselves, of
    // sets that no table is of, are taken.
    let set_aside = has_plans || diagnostics.iter().any(|d| is_settled(d.code));
    if !set_aside {
        let tabled: Vec<(SetId, Arc<str>)> = drafts.iter().map(|d| (d.set.clone(), Arc::clone(&d.sheet))).collect();
        let vocabulary = &context.catalogue.vocabulary;
        let is_open = |view: &&View<'_>| {
            !tabled.iter().any(|(_, sheet)| *sheet == view.grid.sheet)
                && set::of_another_level(view, vocabulary).is_none()
        };
        for view in views.iter().filter(is_open) {
            let mut found = prose::drafts(file, view, context);
            if !tabled.is_empty() {
                found.retain(|draft| prose::proves_itself(draft) && !tabled.iter().any(|(set, _)| *set == draft.set));
            }
            if !found.is_empty() {
                let ignored = Place::sheet(file, &view.grid.sheet);
                diagnostics.retain(|d| d.code != Code::SheetIgnored || d.place.as_ref() != Some(&ignored));
            }
            drafts.extend(found);
        }
    }
    if drafts.is_empty() && !set_aside {
        diagnostics.push(problems::no_report(Place::file(file), grids.len()));
    }
    let mut settled = Vec::new();
    for one in settle::submissions(file, drafts, &cover, context, &mut diagnostics) {
        match above_the_bar(one, context) {
            Ok(submission) => settled.push(submission),
            Err(set_aside) => diagnostics.extend(set_aside),
        }
    }
    let mut output = join(file, &views, settled, &context.catalogue.vocabulary, &mut diagnostics);
    for submission in &mut output {
        if let Some(set) = context.catalogue.set(&submission.set) {
            settle::report_missing(submission, set);
        }
    }
    output.append(&mut plans);
    Checked { output, diagnostics }
}

/// Whether what is said of a sheet leaves nothing to be looked for in it.
fn is_settled(code: Code) -> bool {
    matches!(code, Code::SheetNotRecognised | Code::SetUnknown | Code::AnswerUsed | Code::FormBlank)
}

/// What there is to say of a small part of a list that was left aside.
fn left_aside(file: &Arc<str>, stray: &Draft, kept: &[Draft], vocabulary: &Vocabulary) -> Diagnostic {
    let sheet = Place::sheet(file, &stray.sheet);
    let cells = stray.entries.iter().map(|entry| entry.cell);
    let place = match (cells.clone().min(), cells.max()) {
        (Some(first), Some(last)) => Place::cells(file, &stray.sheet, CellRange::new(first, last)),
        _ => sheet.clone(),
    };
    match draft::told_otherwise(stray, kept, vocabulary) {
        None => problems::sheet_ignored(sheet),
        Some(items) if items.is_empty() => problems::said_again(place),
        Some(items) => {
            // On a sheet of its own it may be an example of how to fill in.
            let is_beside = kept.iter().any(|draft| draft.set == stray.set && draft.sheet == stray.sheet);
            problems::said_otherwise(place, &items, if is_beside { Severity::Error } else { Severity::Warning })
        }
    }
}

/// The submission, if it is sure enough or a person has said that it is a report; else why it is set aside, with the
/// question whose answer would help most.
fn above_the_bar(settled: Settled, context: &Context<'_>) -> Result<Submission, Vec<Diagnostic>> {
    let Settled { mut submission, doubt } = settled;
    let reading = evidence::reading(&submission.evidence);
    let place = Place::sheet(&submission.file, &submission.sheet);
    let (commune, layout) = (submission.commune.as_ref(), &submission.headings);
    let subject = questions::of_table(Asks::Report, commune, layout, Some(submission.sheet.as_ref()));
    let answer = questions::answer(context, || subject.clone());
    match answer.map(|a| (a, &a.reply)) {
        Some((answer, Reply::Skip)) => return Err(vec![problems::answer_used(place, answer)]),
        Some((answer, _)) if reading < BAR => {
            submission.diagnostics.push(problems::answer_used(place, answer).about(Scope::Submission));
            return Ok(submission);
        }
        _ => {}
    }
    let mut open = submission.diagnostics.iter().filter_map(|d| d.question.as_deref());
    let left_aside = open.find_map(|q| questions::answer(context, || q.subject.clone()));
    if let Some(answer) = left_aside.filter(|answer| answer.reply == Reply::Skip) {
        return Err(vec![problems::answer_used(place, answer)]);
    }
    if reading >= BAR {
        return Ok(submission);
    }
    let below = problems::below_the_bar(place, reading, &submission.evidence);
    // What is missing altogether weighs more than what is weak.
    let open = submission.diagnostics.iter().find_map(|d| d.question.as_deref().filter(|q| q.blocks).cloned());
    let question =
        open.or(doubt).unwrap_or_else(|| questions::report(subject, &submission.sheet, submission.pictures.first()));
    Err(questions::asked(below, question, context))
}

/// Of tables that state the same report: a hidden one, or one on a sheet called out of use, is an old copy, parts of one
/// list are joined, and two that say the
/// same items are a question.
fn join(
    file: &Arc<str>,
    views: &[View<'_>],
    found: Vec<Submission>,
    vocabulary: &Vocabulary,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Submission> {
    let hidden =
        |s: &Submission| views.iter().any(|v| v.grid.sheet == s.sheet && v.grid.visibility == Visibility::Hidden);
    let key = |s: &Submission| (s.commune.clone(), s.period, s.set.clone(), s.assessor);
    // What is hidden beside a visible sheet of the same commune and set is old, whatever month it says.
    let same = |kept: &Submission, s: &Submission| {
        if hidden(s) {
            kept.commune == s.commune && kept.set == s.set && kept.assessor == s.assessor
        } else {
            key(kept) == key(s)
        }
    };
    let apart = |a: &Submission, b: &Submission| !a.entries.iter().any(|x| b.entries.iter().any(|y| x.item == y.item));
    let mut kept: Vec<Submission> = Vec::new();
    // Visible sheets first, then those whose name says that they are out of use, each in the order of the file.
    let retired = |s: &Submission| !hidden(s) && vocabulary.sheets.is_retired(&s.sheet);
    let (concealed, visible): (Vec<Submission>, Vec<Submission>) = found.into_iter().partition(hidden);
    let (old, current): (Vec<Submission>, Vec<Submission>) = visible.into_iter().partition(retired);
    for submission in current.into_iter().chain(old).chain(concealed) {
        let place = Place::sheet(file, &submission.sheet);
        match kept.iter_mut().find(|k| same(k, &submission)) {
            Some(_) if hidden(&submission) => diagnostics.push(problems::hidden_copy(place)),
            Some(first) if retired(&submission) => {
                diagnostics.push(problems::retired_copy(place, Place::sheet(file, &first.sheet)));
            }
            Some(first) if apart(first, &submission) => {
                first.entries.extend(submission.entries);
                if first.declared.is_empty() {
                    first.declared = submission.declared;
                }
                first.diagnostics.extend(submission.diagnostics);
                first.pictures.extend(submission.pictures);
            }
            Some(first) if are_levels(first, &submission) => levels(first, submission),
            Some(first) => diagnostics.push(problems::same_report_twice(place, Place::sheet(file, &first.sheet))),
            None => {
                if hidden(&submission) {
                    diagnostics.push(problems::hidden(place, Text::new("trang", "the sheet")));
                } else if retired(&submission) {
                    diagnostics.push(problems::retired_alone(place));
                }
                kept.push(submission);
            }
        }
    }
    kept
}

/// Whether one of two tables states criteria alone and the other their indicators: the two levels of one report.
fn are_levels(a: &Submission, b: &Submission) -> bool {
    let has_indicators = |s: &Submission| s.entries.iter().any(|e| e.item.indicator_number().is_some());
    has_indicators(a) != has_indicators(b)
}

/// Criteria and indicators put together; a criterion with one indicator stands in both, and what its row says counts.
fn levels(first: &mut Submission, second: Submission) {
    let is_above = !first.entries.iter().any(|e| e.item.indicator_number().is_some());
    let (criteria, indicators) = (&mut first.entries, second.entries);
    let (mut above, mut below) =
        if is_above { (std::mem::take(criteria), indicators) } else { (indicators, std::mem::take(criteria)) };
    for summary in &above {
        if let Some(own) = below.iter_mut().find(|e| e.item == summary.item) {
            let (Stated::Word(here), Stated::Word(there)) = (&own.stated, &summary.stated) else { continue };
            if crate::text::fold(&here.text) != crate::text::fold(&there.text) {
                own.stated = Stated::Conflict(vec![here.clone(), there.clone()]);
            }
        }
    }
    above.retain(|summary| !below.iter().any(|e| e.item == summary.item));
    above.append(&mut below);
    first.entries = above;
    first.diagnostics.extend(second.diagnostics);
    if first.declared.is_empty() {
        first.declared = second.declared;
    }
}
