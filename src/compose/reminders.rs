//! A reminder for each commune, short and polite, ready to be pasted into Zalo or an e-mail.

use super::words::{joined, of};
use super::{Material, asks, decide, reconcile};
use crate::assess::{Arrival, Basis, Change, CommuneStatus, ListKind, Outlook, Problem, Standing, Status, Unmet};
use crate::catalogue::wording::Said;
use crate::diag::Severity;
use crate::model::{Commune, CriteriaSet, ItemCode};
use crate::text::fold;

/// How many items a line names; a reminder that lists forty codes is not read.
const ITEMS: usize = 12;
/// How many errors are quoted.
const ERRORS: usize = 5;

/// The text of all reminders of a month.
pub(super) fn text(material: &Material<'_>) -> String {
    let wording = material.wording.reminders();
    let (period, day) = (material.assessment.period.short(), material.day(material.made_at.date()));
    let mut parts = vec![format!("{}\n{}", wording.title(&period, &material.settings.unit.name), wording.note(&day))];
    let mut nothing = Vec::new();
    for status in &material.assessment.communes {
        let mut asked = asked(material, status);
        asked.now.extend(errors(material, status));
        match asked.is_empty() {
            true => nothing.push(status.commune.name.as_str()),
            false => parts.push(letter(material, status, &asked)),
        }
    }
    let aside = decide::files_set_aside(material);
    if !aside.is_empty() {
        let files = aside.iter().map(|file| {
            let said = material.wording.decide().set_aside_file(&file.file, decide::reason(material, file));
            format!("- {said}")
        });
        parts.push(format!("{}\n{}", wording.set_aside(), joined(files, "\n")));
    }
    if !nothing.is_empty() {
        parts.push(wording.nothing(nothing.join(", ")).into());
    }
    parts.join("\n\n") + "\n"
}

fn letter(material: &Material<'_>, status: &CommuneStatus, asked: &Asked) -> String {
    let wording = material.wording.reminders();
    let commune = material.wording.words().commune(&status.commune.kind, &status.commune.name);
    let period = material.assessment.period.short();
    let lead = match asked.by_next.is_empty() {
        true => wording.lead_now(period),
        false => wording.lead(period, material.day(asks::next_report(material))),
    };
    let lines = joined(asked.now.iter().chain(&asked.by_next).map(|line| format!("- {line}")), "\n");
    let sender = material.settings.letterhead.issuer.join(" ");
    format!(
        "{}\n{}\n{lead}\n{lines}\n{}\n{sender}",
        wording.heading(material.full_name(&status.commune)),
        wording.to(commune),
        wording.closing()
    )
}

/// What a commune is asked for, most urgent first.
pub(super) struct Asked {
    /// Without waiting for its next report.
    pub(super) now: Vec<Said>,
    /// With its next report.
    pub(super) by_next: Vec<Said>,
}

impl Asked {
    fn is_empty(&self) -> bool {
        self.now.is_empty() && self.by_next.is_empty()
    }
}

/// What a commune is asked for, without the errors in its reports.
pub(super) fn asked(material: &Material<'_>, status: &CommuneStatus) -> Asked {
    Asked { now: to_send(material, status), by_next: of_reports(material, status) }
}

/// What has not come, or has to come again.
fn to_send(material: &Material<'_>, status: &CommuneStatus) -> Vec<Said> {
    let wording = material.wording.reminders();
    let mut lines = Vec::new();
    let name_of = |standing: &Standing| material.short_name(standing.set.as_str());
    let missing = status.standings.iter().filter(|standing| asks::is_owed(material, status, standing));
    let missing: Vec<String> = match status.standings.iter().all(|standing| standing.basis == Basis::Nothing) {
        true => status.standings.iter().map(name_of).collect(),
        false => missing.map(name_of).collect(),
    };
    let (due, period) = (material.day(material.assessment.due), material.assessment.period.short());
    if !missing.is_empty() {
        lines.push(wording.missing(missing.join(", "), period, due));
    }
    let aside = decide::files_set_aside(material);
    let own = aside.iter().filter(|file| names(&file.file, &status.commune) && status.arrival() == Arrival::Missing);
    lines.extend(own.map(|file| wording.send_again(&file.file, decide::reason(material, file))));
    lines
}

/// What the reports of the month leave to be asked.
fn of_reports(material: &Material<'_>, status: &CommuneStatus) -> Vec<Said> {
    let this_month = status.standings.iter().filter(|standing| standing.basis == Basis::ThisMonth);
    let with_sets = this_month.filter_map(|standing| Some((standing, material.set(&standing.set)?)));
    with_sets.flat_map(|(standing, set)| of_report(material, standing, set)).collect()
}

/// Whether a file that nobody could read bears the commune's name: a hint for the letter, counted nowhere.
fn names(file: &str, commune: &Commune) -> bool {
    let file = format!(" {} ", fold(file));
    let mut names = std::iter::once(&commune.name).chain(&commune.other_names);
    names.any(|name| file.contains(&format!(" {} ", fold(name))))
}

/// Errors on the commune's reports in use.
fn errors<'a>(material: &'a Material<'a>, status: &'a CommuneStatus) -> impl Iterator<Item = Said> + 'a {
    let wording = material.wording.reminders();
    let is_error = |problem: &&Problem| {
        problem.severity == Severity::Error && problem.commune.as_deref() == Some(status.commune.code.0.as_str())
    };
    let lang = material.wording.lang();
    material.assessment.problems.iter().filter(is_error).take(ERRORS).map(move |problem| {
        let place = match (&problem.sheet, &problem.cells) {
            (Some(sheet), cells) => material.at(sheet, cells.as_deref()).to_string(),
            (None, _) => problem.file.clone(),
        };
        wording.error(problem.message.get(lang), place)
    })
}

/// What one report of the month leaves to be asked.
fn of_report(material: &Material<'_>, standing: &Standing, set: &CriteriaSet) -> Vec<Said> {
    let wording = material.wording.reminders();
    let name = &set.short_name;
    let today = material.made_at.date();
    let mut lines = Vec::new();
    if standing.list == ListKind::None {
        lines.push(wording.no_list(name));
    }
    let differences = standing.differences();
    if !differences.is_empty() {
        let figures = differences.iter().map(|d| {
            let (declared, listed) = (of(d.declared, d.total), of(d.listed, d.total));
            material.wording.decide().difference(material.subject(d.subject), declared, listed, d.amount())
        });
        let asked = wording.difference(name, joined(figures, "; "));
        let readings = reconcile::may_be(material, standing, set);
        lines.push(readings.into_iter().fold(asked, |asked, readings| asked.then(" ").then(readings).then(".")));
    }
    let silent = standing.items.iter().filter(|item| matches!(item.status, Status::Open | Status::NotReported));
    if standing.list == ListKind::Indicators {
        lines.extend(items(material, silent.map(|item| item.code)).map(|items| wording.incomplete(name, items)));
    }
    let contradicted = standing.by_value.contradictions.iter().map(|one| one.code);
    lines.extend(items(material, contradicted).map(|items| wording.contradicted(name, items)));
    let jumping = standing.trail.jumps.iter().map(|jump| jump.code);
    lines.extend(items(material, jumping).map(|items| wording.jumping(name, items)));
    lines.extend(standing.trail.same_as.map(|period| wording.repeated(name, period.short())));
    let fallen = standing.changed(Change::FellBack);
    lines.extend(items(material, fallen).map(|items| wording.fell_back(name, items)));
    let unmet = |wanted: &dyn Fn(&Unmet) -> bool| -> Vec<ItemCode> {
        standing.not_met.iter().filter(|unmet| wanted(unmet)).map(|unmet| unmet.code).collect()
    };
    let overdue = unmet(&|unmet| unmet.plan.due.is_some_and(|due| due < today));
    lines.extend(items(material, overdue).map(|items| wording.overdue(name, items)));
    let behind = standing.course.filter(|course| matches!(course.outlook, Outlook::Behind | Outlook::OutOfReach));
    lines.extend(behind.map(|course| wording.behind(name, course.year)));
    let without = unmet(&|unmet| !unmet.plan.is_complete());
    lines.extend(items(material, without).map(|items| wording.no_plan(name, items)));
    lines
}

/// The first codes, and how many more there are; nothing where there is none.
fn items(material: &Material<'_>, codes: impl IntoIterator<Item = ItemCode>) -> Option<String> {
    let codes: Vec<ItemCode> = codes.into_iter().collect();
    let named = joined(codes.iter().take(ITEMS), ", ");
    match codes.len() {
        0 => None,
        count if count > ITEMS => Some(material.wording.reminders().and_more(named, count - ITEMS).into()),
        _ => Some(named),
    }
}
