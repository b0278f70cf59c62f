//! Drafts to submissions: commune and month from the content first, then the sheet's name, the file's other sheets, and
//! the file's name and folder; with what was assumed and what contradicts, and the confidence of it all.

use std::sync::Arc;

use super::columns::contains_words;
use super::commune::written_name;
use super::draft::{Draft, Layout};
use super::period;
use super::register::Found;
use super::view::View;
use super::{Context, evidence, problems, questions};
use crate::catalogue::Vocabulary;
use crate::diag::{Code, Diagnostic, Scope};
use crate::model::{
    Asks, CriteriaSet, Entry, Evidence, ItemCode, Period, Place, Question, Reply, Stated, Submission, Text,
};
use crate::text::{fold, months};

/// A cover says whose report it is and of when above this row.
const COVER_ROWS: u32 = 30;

/// A submission, with what to ask where its verdicts are the weak point.
#[derive(Debug)]
pub(super) struct Settled {
    pub(super) submission: Submission,
    pub(super) doubt: Option<Question>,
}

/// The submissions of a file's drafts.
pub(super) fn submissions(
    file: &Arc<str>,
    drafts: Vec<Draft>,
    cover: &Cover,
    context: &Context<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Settled> {
    let vocabulary = &context.catalogue.vocabulary;
    let of_path = |month| {
        context.register.find_in_name(
            context.path.rsplit_once('.').map_or(context.path, |(stem, _)| stem),
            vocabulary,
            month,
        )
    };
    let single = |values: Vec<Option<usize>>| -> Option<usize> {
        let mut known: Vec<usize> = values.into_iter().flatten().collect();
        known.sort_unstable();
        known.dedup();
        if let [only] = known.as_slice() { Some(*only) } else { None }
    };
    let tabled = |is_named: bool| {
        let found = drafts.iter().filter_map(|d| d.communes.first()).filter(|(f, _)| f.named || !is_named);
        single(found.map(|(f, _)| Some(f.commune)).collect())
    };
    let covered = || single(cover.communes.iter().copied().map(Some).collect());
    let elsewhere = tabled(true).or_else(covered).or_else(|| tabled(false));
    let mut months: Vec<Period> = drafts.iter().filter_map(|d| d.periods.first().copied()).collect();
    months.dedup();
    if months.is_empty() {
        months.clone_from(&cover.periods);
    }
    let other_month = if let [only] = months.as_slice() { Some(*only) } else { None };
    drafts
        .into_iter()
        .filter_map(|draft| {
            let place = Place::sheet(file, &draft.sheet);
            let mut notes: Vec<Diagnostic> = Vec::new();
            let period = told_period(&draft, context, &place, &mut notes)
                .or_else(|| settle_period(&draft, other_month, context, &place, &mut notes));
            if let Some(refused) = out_of_force(&draft, period, context, &place) {
                diagnostics.extend(refused);
                return None;
            }
            let commune = told_commune(&draft, period, context, &place, &mut notes)
                .or_else(|| settle_commune(&draft, elsewhere, &of_path(period), context, &place, &mut notes));
            if commune.is_none() && period.is_none() && has_blanks(&draft.titles) {
                diagnostics.push(problems::not_filled_in(place));
                return None;
            }
            note_answered_name(&draft, commune, context, &place, &mut notes);
            let commune = in_force(commune, period, context, &place, &mut notes);
            // One question a sheet: whose it is comes first.
            if commune.is_none() {
                notes.iter_mut().filter(|d| d.code == Code::PeriodUnknown).for_each(|d| d.question = None);
            }
            let known = |yes: bool| if yes { 1.0 } else { 0.0 };
            let mut own_evidence = draft.evidence;
            own_evidence.push(Evidence {
                name: "commune",
                score: known(commune.is_some()),
                detail: Text::new("tên xã", "the commune's name"),
            });
            own_evidence.push(Evidence {
                name: "period",
                score: known(period.is_some()),
                detail: Text::new("tháng báo cáo", "the month"),
            });
            let confidence = evidence::confidence(&own_evidence);
            let mut own = draft.diagnostics;
            own.extend(notes);
            let submission = Submission {
                file: Arc::clone(file),
                sheet: draft.sheet,
                commune: commune.map(|i| context.register.commune(i).code.clone()),
                commune_written: draft.communes.into_iter().next().map(|(_, written)| written),
                period,
                set: draft.set,
                assessor: draft.assessor,
                layout: draft.layout.as_str(),
                headings: draft.headings,
                shares: None,
                declared: draft.declared,
                entries: draft.entries,
                confidence,
                evidence: own_evidence,
                pictures: draft.picture.into_iter().collect(),
                diagnostics: own,
            };
            Some(Settled { submission: questions::told(submission, context), doubt: draft.doubt })
        })
        .collect()
}

/// A commune that is not there in its month is said. Where another one bears its code then, it is let go: its figures
/// would be taken for the other's.
fn in_force(
    commune: Option<usize>,
    period: Option<Period>,
    context: &Context<'_>,
    place: &Place,
    notes: &mut Vec<Diagnostic>,
) -> Option<usize> {
    let (at, period) = (commune?, period);
    let found = context.register.commune(at);
    let Some(period) = period.filter(|period| !found.is_valid_on(period.day(31))) else { return commune };
    let heir = context.register.bearer(&found.code, period);
    notes.push(problems::commune_not_in_force(place.clone(), found, period, heir));
    commune.filter(|_| heir.is_none())
}

/// `Xã: ..............`, `tháng ____`: dots and lines to write on.
fn has_blanks(titles: &str) -> bool {
    let is_line = |c: char| matches!(c, '.' | '_' | '…');
    titles.split(|c| !is_line(c)).any(|run| run.chars().map(|c| if c == '…' { 3 } else { 1 }).sum::<usize>() >= 4)
}

/// What the sheets of a file that hold no table say of it: a cover with the commune and the month.
#[derive(Debug, Default)]
pub(super) struct Cover {
    communes: Vec<usize>,
    periods: Vec<Period>,
}

impl Cover {
    /// Adds what the first rows of a sheet say; a commune must be called one, a month stated as the report's.
    pub(super) fn add(&mut self, view: &View<'_>, context: &Context<'_>) {
        let vocabulary = &context.catalogue.vocabulary;
        let texts = || view.cells().iter().filter(|cell| cell.row < COVER_ROWS && cell.is_text());
        let words: Vec<&str> = texts().map(|cell| cell.text.as_str()).collect();
        let dated = period::dated(&words, None, vocabulary);
        if dated.is_stated {
            self.periods.extend(dated.periods.first());
        }
        let found =
            words.iter().flat_map(|text| context.register.find(text, vocabulary, dated.periods.first().copied()));
        self.communes.extend(found.filter(|found| found.named).map(|found| found.commune));
        self.periods.dedup();
    }
}

/// The months of a set's reports are those of its validity. A report of another month is of another set, or its month
/// is not what it seems: it is set aside with the question which month it is.
fn out_of_force(
    draft: &Draft,
    period: Option<Period>,
    context: &Context<'_>,
    place: &Place,
) -> Option<Vec<Diagnostic>> {
    let set = context.catalogue.set(&draft.set)?;
    let period = period.filter(|period| !set.is_valid_in(*period))?;
    let subject = || questions::of_sheet(Asks::Period, &draft.sheet, context);
    if let Some(answer) = questions::answer(context, subject).filter(|answer| answer.reply == Reply::Skip) {
        return Some(vec![problems::answer_used(place.clone(), answer)]);
    }
    let question = questions::period(&draft.sheet, context, draft.picture.as_ref());
    Some(questions::asked(problems::out_of_force(place.clone(), set, period), question, context))
}

/// Months in the file's name, then in its folders; a folder named by a day says when it came, not what it is of. A month
/// without a year is of the one that the titles name.
fn path_periods(path: &str, year: Option<i16>, vocabulary: &Vocabulary) -> Vec<Period> {
    let mut parts = path.rsplit('/');
    let name = parts.next().unwrap_or_default();
    let stem = without_copy_numbers(name.rsplit_once('.').map_or(name, |(stem, _)| stem));
    let mut found = period::periods(&[&stem], vocabulary);
    if let [only] = months::mentions(&stem).as_slice()
        && found.is_empty()
    {
        found.extend(only.period(year));
    }
    let folders = parts.filter(|folder| crate::text::date::day(folder).is_none());
    found.extend(folders.flat_map(|folder| period::periods(&[folder], vocabulary)));
    found
}

/// A name without the numbers in brackets that systems give to copies: `NTM (1) 2023_11` says nothing of January.
fn without_copy_numbers(stem: &str) -> String {
    let is_copy = |inner: &str| (1..=2).contains(&inner.len()) && inner.bytes().all(|b| b.is_ascii_digit());
    let mut parts = stem.split('(');
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once(')').filter(|(inner, _)| is_copy(inner)) {
            Some((_, rest)) => kept.push_str(rest),
            None => kept.extend(["(", part]),
        }
    }
    kept
}

/// The month that a person has told for this very sheet.
fn told_period(draft: &Draft, context: &Context<'_>, place: &Place, notes: &mut Vec<Diagnostic>) -> Option<Period> {
    let answer = questions::answer(context, || questions::of_sheet(Asks::Period, &draft.sheet, context))?;
    let Reply::Period(period) = answer.reply else { return None };
    notes.push(problems::answer_used(place.clone(), answer).about(Scope::Submission));
    Some(period)
}

/// The commune that a person has told for this very sheet.
fn told_commune(
    draft: &Draft,
    period: Option<Period>,
    context: &Context<'_>,
    place: &Place,
    notes: &mut Vec<Diagnostic>,
) -> Option<usize> {
    let answer = questions::answer(context, || questions::of_sheet(Asks::Commune, &draft.sheet, context))?;
    let Reply::Commune(code) = &answer.reply else { return None };
    let commune = context.register.position(code, period)?;
    notes.push(problems::answer_used(place.clone(), answer).about(Scope::Submission));
    Some(commune)
}

/// A name that a person has told the commune of is in the register; that it was used is said.
fn note_answered_name(
    draft: &Draft,
    commune: Option<usize>,
    context: &Context<'_>,
    place: &Place,
    notes: &mut Vec<Diagnostic>,
) {
    let Some(commune) = commune.map(|i| context.register.commune(i)).filter(|_| !context.answers.is_empty()) else {
        return;
    };
    let written = draft.communes.first().map_or("", |(_, written)| written.value.as_str());
    let texts = [written, &draft.titles, &draft.sheet, context.path].map(fold);
    let own = std::iter::once(&commune.name).chain(&commune.other_names);
    if own.map(|name| fold(name)).any(|name| contains_words(&texts[0], &name)) {
        return;
    }
    let used = context
        .answers
        .names()
        .find(|(name, code, _)| **code == commune.code && texts.iter().any(|text| contains_words(text, name)));
    notes.extend(used.map(|(.., answer)| problems::answer_used(place.clone(), answer).about(Scope::Submission)));
}

fn settle_period(
    draft: &Draft,
    other: Option<Period>,
    context: &Context<'_>,
    place: &Place,
    notes: &mut Vec<Diagnostic>,
) -> Option<Period> {
    let path = path_periods(context.path, draft.when.year, &context.catalogue.vocabulary);
    let sheet = || Text::new("tên trang", "the sheet's name");
    let file = || Text::new("tên tệp", "the file's name");
    if draft.layout == Layout::Form {
        return period_of_form(draft, &path, context, place, notes);
    }
    if let Some(&taken) = draft.periods.first() {
        if let Some(&second) = draft.periods.get(1) {
            notes.push(problems::period_conflict(place.clone(), taken, second, Text::new("chỗ khác", "another place")));
        }
        if let Some(named) = draft.sheet_period.filter(|p| *p != taken && draft.layout != Layout::Months) {
            notes.push(problems::period_conflict(place.clone(), taken, named, sheet()));
        }
        if let Some(&named) = path.first().filter(|p| **p != taken && draft.layout != Layout::Months) {
            notes.push(problems::period_conflict(place.clone(), taken, named, file()));
        }
        if draft.when.span > 1 {
            notes.push(problems::period_of_span(place.clone(), taken, draft.when.span));
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
        None if let Some(december) = draft.when.whole_year.and_then(|year| Period::new(year, 12)) => {
            let question =
                Question { blocks: false, ..questions::period(&draft.sheet, context, draft.picture.as_ref()) };
            notes.push(problems::period_of_year(place.clone(), december).asking(question));
            Some(december)
        }
        None => {
            let question = questions::period(&draft.sheet, context, draft.picture.as_ref());
            notes.push(problems::period_unknown(place.clone()).asking(question));
            None
        }
    }
}

/// The month of a form's mark. A title, a sheet's or a file's name that says another month is what a commune writes that
/// fills in an old form for a new month: which one is meant is asked, for either would replace a true report.
fn period_of_form(
    draft: &Draft,
    path: &[Period],
    context: &Context<'_>,
    place: &Place,
    notes: &mut Vec<Diagnostic>,
) -> Option<Period> {
    let (&marked, titled) = draft.periods.split_first()?;
    let title = titled.first().map(|period| (*period, Text::new("tiêu đề", "the title")));
    let sheet = draft.sheet_period.map(|period| (period, Text::new("tên trang", "the sheet's name")));
    let file = path.first().map(|period| (*period, Text::new("tên tệp", "the file's name")));
    let other = title.into_iter().chain(sheet).chain(file).find(|(period, _)| *period != marked);
    let Some((other, from)) = other else { return Some(marked) };
    let question = questions::period(&draft.sheet, context, draft.picture.as_ref());
    notes.push(problems::form_of_other_month(place.clone(), marked, other, from).asking(question));
    None
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
            let vocabulary = &context.catalogue.vocabulary;
            let near = context.register.nearest(&draft.titles, vocabulary);
            let near = near.map(|(written, c)| (written, c.code.clone(), c.name.clone()));
            let mut named: Vec<usize> = draft.communes.iter().map(|(f, _)| f.commune).collect();
            if named.is_empty() {
                named = context.register.alike(&[&draft.titles, &draft.sheet, context.path]);
            }
            let picture = draft.picture.as_ref();
            let question = questions::commune(&draft.titles, &draft.sheet, near.as_ref(), &named, context, picture);
            let unknown = match (near, written_name(&draft.titles, vocabulary).filter(|_| named.is_empty())) {
                (None, Some(written)) => problems::commune_not_registered(place.clone(), &written),
                (near, _) => problems::commune_unknown(place.clone(), near.map(|(written, _, name)| (written, name))),
            };
            notes.push(unknown.asking(question));
            None
        }
    }
}

/// Indicators of the set that a list leaves out, unless it is one of criteria: what is said of a criterion as a whole is said.
pub(super) fn report_missing(submission: &mut Submission, set: &CriteriaSet) {
    let total = set.indicators().count();
    let entries = &submission.entries;
    let listed = set.indicators().filter(|i| entries.iter().any(|e| e.item == i.code)).count();
    let are_criteria = listed * 3 < total;
    let has = |code: ItemCode| {
        let by_criterion = ItemCode::criterion(code.criterion_number());
        let is_told = |e: &&Entry| are_criteria && e.item == by_criterion && e.stated != Stated::Nothing;
        entries.iter().any(|e| e.item == code) || entries.iter().find(is_told).is_some()
    };
    let missing: Vec<ItemCode> = set.indicators().map(|i| i.code).filter(|code| !has(*code)).collect();
    let has_parts = entries.iter().any(|e| e.item.indicator_number().is_some());
    if total > 0 && (has_parts || entries.len() * 2 < set.criteria.len()) && !missing.is_empty() {
        let place = Place::sheet(&submission.file, &submission.sheet);
        submission.diagnostics.push(problems::items_missing(place, &missing, total));
    }
}

#[cfg(test)]
mod tests {
    use super::without_copy_numbers;

    #[test]
    fn the_number_of_a_copy_is_no_month() {
        for (name, expected) in [
            ("NTM (1) 2023_11", "NTM  2023_11"),
            ("BC (12)", "BC "),
            ("BC (T4.2023)", "BC (T4.2023)"),
            ("BC (4-2023) (2)", "BC (4-2023) "),
            ("BC (4", "BC (4"),
        ] {
            assert_eq!(without_copy_numbers(name), expected);
        }
    }
}
