//! The forms of a month: what each commune is asked by each set in force, with what it reported before.

use jiff::civil::Time;
use polars::prelude::PolarsResult;

use super::Material;
use super::values::Values;
use super::words::joined;
use crate::assess::{Assessment, Basis, CommuneStatus, Plan, Standing, Status, Unmet};
use crate::catalogue::wording::{FormWords, Wording};
use crate::model::criteria::{Better, IndicatorKind};
use crate::model::form::{
    BeforeCells, Form, FormMark, FormRow, FormSheet, FormTotal, Guide, Prompts, RowKey, ValueCheck, verdict_word,
};
use crate::model::{Commune, CriteriaSet, Criterion, Indicator, ItemCode, Verdict};
use crate::settings::Settings;

/// The forms of the assessed month, a commune each, in the order of the settings.
///
/// The assessment is one of the month with nothing reported in it yet: what stands for a commune then is its last
/// report before.
///
/// # Errors
///
/// Where the rows of the assessment lack a column of [`crate::model::frames`]: a fault of ours.
pub fn forms(
    assessment: &Assessment,
    settings: &Settings,
    sets: &[CriteriaSet],
    wording: &Wording,
) -> PolarsResult<Vec<(Commune, Form)>> {
    let made_at = assessment.period.day(1).to_datetime(Time::midnight());
    let material = Material { assessment, settings, sets, wording, made_at };
    let values = Values::of(&assessment.data)?;
    let with_sets = assessment.communes.iter().filter(|status| !status.standings.is_empty());
    Ok(with_sets.map(|status| (status.commune.clone(), form(&material, status, &values))).collect())
}

fn form(material: &Material<'_>, status: &CommuneStatus, values: &Values<'_>) -> Form {
    let words = material.wording.form();
    let period = material.assessment.period;
    let sets = status.standings.iter().filter_map(|standing| Some((standing, material.set(&standing.set)?)));
    Form {
        lang: material.wording.lang(),
        period,
        title: words.title(material.full_name(&status.commune), period.short()).into(),
        author: material.settings.letterhead.issuer.join(" "),
        guide: guide(material),
        sheets: sets.map(|(standing, set)| sheet(material, status, standing, set, values)).collect(),
    }
}

/// What is to be written where, a step a line.
fn guide(material: &Material<'_>) -> Guide {
    let words = material.wording.form();
    let period = material.assessment.period.short();
    let [met, not_met, not_applicable] = verdict_words();
    let due = material.day(material.assessment.due);
    let steps = [
        words.guide_cells(),
        words.guide_verdict(met, not_met, not_applicable),
        words.guide_value(),
        words.guide_plan(),
        words.guide_before(),
        words.guide_totals(),
        words.guide_locked(),
        words.guide_month(&period),
        words.guide_send(&material.settings.unit.name, due),
    ];
    Guide {
        sheet_name: words.guide_sheet().into(),
        title: words.guide_title(&period).into(),
        steps: steps.map(String::from).into(),
    }
}

fn verdict_words() -> [&'static str; 3] {
    [Verdict::Met, Verdict::NotMet, Verdict::NotApplicable].map(verdict_word)
}

fn sheet(
    material: &Material<'_>,
    status: &CommuneStatus,
    standing: &Standing,
    set: &CriteriaSet,
    values: &Values<'_>,
) -> FormSheet {
    let words = material.wording.form();
    let period = material.assessment.period;
    let commune = &status.commune;
    let name = material.full_name(commune);
    let mark = FormMark { commune: commune.code.clone(), period, set: set.id.clone() };
    let before = match standing.basis {
        Basis::Earlier(earlier) => words.before(earlier.short()),
        Basis::ThisMonth | Basis::Nothing => words.nothing_before(),
    };
    let unit = &material.settings.unit.name;
    FormSheet {
        mark_text: words.mark(&mark).into(),
        mark,
        sheet_name: words.sheet(&set.short_name).into(),
        issuer: words.issuer(name.to_uppercase()).into(),
        title: words.heading(set.name.to_uppercase()).into(),
        subtitle: words.subtitle(name, unit, period.month(), period.year()).into(),
        notes: notes(material, set),
        groups: [before, words.now(period.short()), words.plan()].map(String::from),
        headings: headings(material),
        rows: set
            .criteria
            .iter()
            .flat_map(|criterion| rows(material, commune, standing, set, criterion, values))
            .collect(),
        totals: totals(words),
        signatures: [words.prepared_by(), words.signed_by()].map(String::from),
        prompts: prompts(words),
        page_word: words.page().into(),
    }
}

/// By when and how; and what the mark behind a name means, where one bears it.
fn notes(material: &Material<'_>, set: &CriteriaSet) -> Vec<String> {
    let words = material.wording.form();
    let send = words.send(&material.settings.unit.name, material.day(material.assessment.due));
    let marked = super::annex::unconfirmed(set) > 0;
    let marked = marked.then(|| material.wording.words().unconfirmed_note());
    [send, words.fill()].into_iter().chain(marked).map(String::from).collect()
}

/// In the order of the form's columns.
fn headings(material: &Material<'_>) -> [String; 12] {
    let (columns, words) = (material.wording.columns(), material.wording.form());
    [
        columns.item(),
        columns.content(),
        words.unit_column(),
        columns.verdict(),
        columns.value(),
        words.before_plan(),
        columns.verdict(),
        columns.value(),
        columns.owner(),
        columns.task(),
        columns.due(),
        columns.note(),
    ]
    .map(String::from)
}

fn totals(words: FormWords<'_>) -> Vec<(FormTotal, String)> {
    let items = [Verdict::Met, Verdict::NotMet, Verdict::NotApplicable]
        .map(|verdict| (FormTotal::Items(verdict), words.items(verdict_word(verdict).to_lowercase()).into()));
    let criteria = (FormTotal::CriteriaMet, words.criteria_met().into());
    let unanswered = (FormTotal::Unanswered, words.unanswered().into());
    std::iter::once(criteria).chain(items).chain([unanswered]).collect()
}

fn prompts(words: FormWords<'_>) -> Prompts {
    let [met, not_met, not_applicable] = verdict_words();
    Prompts {
        title: words.prompt_title().into(),
        verdict: words.prompt_verdict(met, not_met, not_applicable).into(),
        share: words.prompt_share().into(),
        number: words.prompt_number().into(),
        due: words.prompt_due().into(),
    }
}

/// The criterion, then its indicators; one row where the criterion is answered itself.
fn rows(
    material: &Material<'_>,
    commune: &Commune,
    standing: &Standing,
    set: &CriteriaSet,
    criterion: &Criterion,
    values: &Values<'_>,
) -> Vec<FormRow> {
    let before = |code| before(material, standing, code, values);
    let name = |code| material.item_name(set, code);
    let asked = |key, indicator: &Indicator| FormRow {
        key,
        code: indicator.code.to_string(),
        name: name(indicator.code),
        unit: unit(material, commune, indicator),
        check: check(indicator),
        before: before(indicator.code),
    };
    if criterion.is_single() {
        return vec![asked(RowKey::Single(criterion.code()), &criterion.indicators[0])];
    }
    let key = if criterion.indicators.is_empty() { RowKey::Single } else { RowKey::Criterion };
    let own = FormRow {
        key: key(criterion.code()),
        code: criterion.number.to_string(),
        name: material.criterion_name(criterion),
        unit: String::new(),
        check: ValueCheck::Free,
        before: match criterion.indicators.is_empty() {
            true => before(criterion.code()),
            false => BeforeCells { verdict: criterion_before(standing, criterion.number), ..BeforeCells::default() },
        },
    };
    let below = criterion.indicators.iter().map(|indicator| asked(RowKey::Indicator(indicator.code), indicator));
    std::iter::once(own).chain(below).collect()
}

/// The unit, and what is asked for where that was read in a decision.
fn unit(material: &Material<'_>, commune: &Commune, indicator: &Indicator) -> String {
    let words = material.wording.form();
    let target = indicator.measure(commune.circumstances(material.assessment.period)).map(|measure| {
        let amount = material.measured(measure.amount, Some(measure.unit).filter(|unit| *unit == "%"));
        match measure.better {
            Better::Lower => words.at_most(amount),
            Better::Exactly => words.exactly(amount),
            Better::Higher | Better::Yes => words.at_least(amount),
        }
    });
    let unit = (!indicator.unit.is_empty()).then(|| indicator.unit.clone());
    joined(unit.into_iter().chain(target.map(String::from)), ", ")
}

/// A share is held to 0 to 100 only where it counts parts of a whole; words are no slip where classes are asked for.
fn check(indicator: &Indicator) -> ValueCheck {
    match indicator.kind {
        IndicatorKind::RatioPct => ValueCheck::Share,
        IndicatorKind::Money | IndicatorKind::Count | IndicatorKind::AreaPerCapita | IndicatorKind::VolumePerCapita => {
            ValueCheck::Number
        }
        IndicatorKind::YesNo | IndicatorKind::Grade => ValueCheck::Free,
    }
}

fn before(material: &Material<'_>, standing: &Standing, code: ItemCode, values: &Values<'_>) -> BeforeCells {
    let state = standing.items.iter().find(|item| item.code == code);
    let unmet = standing.not_met.iter().find(|unmet| unmet.code == code);
    BeforeCells {
        verdict: state.map_or("", |state| word(state.status)).to_owned(),
        value: state.and_then(|state| values.shown(material, state.source?)).unwrap_or_default(),
        plan: unmet.map(|unmet| plan(material, unmet)).unwrap_or_default(),
    }
}

fn criterion_before(standing: &Standing, number: u16) -> String {
    let state = standing.criteria.iter().find(|criterion| criterion.number == number);
    state.map_or("", |state| word(state.status)).to_owned()
}

/// The word of the drop-down list; nothing where nothing was stated.
fn word(status: Status) -> &'static str {
    match status {
        Status::Met => verdict_word(Verdict::Met),
        Status::NotMet => verdict_word(Verdict::NotMet),
        Status::NotApplicable => verdict_word(Verdict::NotApplicable),
        Status::Open | Status::NotReported => "",
    }
}

/// Person, task and day in one line, with their month where they are older than the report.
fn plan(material: &Material<'_>, unmet: &Unmet) -> String {
    let Plan { owner, task, due } = &unmet.plan;
    let due = due.map(|due| material.day(due));
    let plan = joined(owner.iter().chain(task).chain(&due), "; ");
    match &unmet.carried {
        Some(carried) if !plan.is_empty() => material.wording.form().plan_of(plan, carried.period.short()).into(),
        _ => plan,
    }
}
