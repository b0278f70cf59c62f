//! The chain of a figure as JSON, for other programs.

use serde::Serialize;

use super::rules::rules;
use super::{Names, state};
use crate::assess::{Statement, Why};
use crate::model::{Assessor, Lang, Period, Text};
use crate::settings::PlanSet;
use crate::show::composed::{self, JsonComposed};
use crate::show::words::word;

#[derive(Serialize)]
pub(in crate::show) struct Json<'a> {
    schema: u32,
    commune: &'a str,
    commune_name: &'a str,
    criteria_set: &'a str,
    item: String,
    period: String,
    status: Option<&'static str>,
    basis: Option<String>,
    basis_status: Option<&'static str>,
    unmet_since: Option<String>,
    plans: Vec<JsonPlan<'a>>,
    counts: Option<&'static str>,
    decision: Option<JsonDecision<'a>>,
    versions: Vec<JsonVersion<'a>>,
    statements: Vec<JsonStatement<'a>>,
    criterion: Option<JsonCriterion>,
    rules: Vec<String>,
    problems: Vec<JsonProblem<'a>>,
    /// Only where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    composed: Option<JsonComposed<'a>>,
}

#[derive(Serialize)]
struct JsonDecision<'a> {
    verdict: &'static str,
    number: &'a str,
    date: String,
    from: String,
}

/// Who is to do what by when, as named in a report, in a plan form, or in the settings.
#[derive(Serialize)]
struct JsonPlan<'a> {
    by: &'static str,
    period: Option<String>,
    set_on: Option<String>,
    owner: Option<&'a str>,
    task: Option<&'a str>,
    due: Option<String>,
    file: Option<&'a str>,
    sheet: Option<&'a str>,
    cell: Option<&'a str>,
}

#[derive(Serialize)]
struct JsonVersion<'a> {
    file: &'a str,
    sha256: &'a str,
    archive: Option<&'a str>,
    received_at: String,
    late: bool,
    current: bool,
}

#[derive(Serialize)]
struct JsonStatement<'a> {
    assessor: &'static str,
    current: bool,
    verdict: Option<&'static str>,
    verdict_text: Option<&'a str>,
    value: Option<f64>,
    unit: Option<&'a str>,
    text: Option<&'a str>,
    file: &'a str,
    sheet: &'a str,
    cell: &'a str,
    value_cell: Option<&'a str>,
}

#[derive(Serialize)]
struct JsonCriterion {
    item: String,
    status: &'static str,
    items: Vec<(String, &'static str)>,
}

#[derive(Serialize)]
struct JsonProblem<'a> {
    severity: &'static str,
    code: &'a str,
    message: &'a str,
}

/// The chains as JSON objects, one a line.
///
/// # Errors
/// Only where serde fails: a fault of ours.
pub fn json(chains: &[Why], names: Names<'_>, lang: Lang) -> Result<Vec<String>, serde_json::Error> {
    chains.iter().map(|why| serde_json::to_string(&object(why, names, lang))).collect()
}

pub(in crate::show) fn object<'a>(why: &'a Why, names: Names<'a>, lang: Lang) -> Json<'a> {
    let versions = why.reported.iter().flat_map(|reported| &reported.versions);
    Json {
        schema: 1,
        commune: &names.commune.code.0,
        commune_name: &names.commune.name,
        criteria_set: why.set.as_str(),
        item: why.item.to_string(),
        period: why.period.to_string(),
        status: state(why).map(word),
        basis: why.basis.map(|basis| basis.to_string()),
        basis_status: why.line().map(|line| word(line.status)),
        unmet_since: why.unmet_since.map(|since| since.to_string()),
        plans: why.plans.iter().map(plan_named).chain(why.assigned.iter().map(plan_set)).collect(),
        counts: why.line().map(|line| line.hand.as_str()),
        decision: why.decision.as_ref().map(|decision| JsonDecision {
            verdict: decision.verdict.as_str(),
            number: &decision.number,
            date: decision.date.to_string(),
            from: decision.from.to_string(),
        }),
        versions: versions
            .map(|version| JsonVersion {
                file: &version.file,
                sha256: &version.sha256,
                archive: version.archive.as_deref(),
                received_at: version.received_at.to_string(),
                late: version.late,
                current: version.current,
            })
            .collect(),
        statements: why.line().iter().flat_map(|line| &line.statements).map(statement).collect(),
        criterion: why.criterion().map(|(criterion, items)| JsonCriterion {
            item: criterion.code.to_string(),
            status: word(criterion.status),
            items: items.iter().map(|line| (line.code.to_string(), word(line.status))).collect(),
        }),
        rules: rules(why, lang),
        problems: why
            .problems
            .iter()
            .map(|problem| JsonProblem {
                severity: problem.severity.as_str(),
                code: &problem.code,
                message: Text::get(&problem.message, lang),
            })
            .collect(),
        composed: why.composed.as_ref().map(|composed| composed::json(composed, names, lang)),
    }
}

fn statement(statement: &Statement) -> JsonStatement<'_> {
    JsonStatement {
        assessor: statement.assessor.as_str(),
        current: statement.current,
        verdict: statement.verdict.map(crate::model::Verdict::as_str),
        verdict_text: statement.verdict_text.as_deref(),
        value: statement.value,
        unit: statement.unit.as_deref(),
        text: statement.text.as_deref(),
        file: &statement.file,
        sheet: &statement.sheet,
        cell: &statement.cell,
        value_cell: statement.value_cell.as_deref(),
    }
}

fn plan_named((period, named): &(Period, Statement)) -> JsonPlan<'_> {
    JsonPlan {
        by: if named.assessor == Assessor::Plan { "form" } else { "report" },
        period: Some(period.to_string()),
        set_on: None,
        owner: named.plan.owner.as_deref(),
        task: named.plan.task.as_deref(),
        due: named.plan.due.map(|due| due.to_string()),
        file: Some(&named.file),
        sheet: Some(&named.sheet),
        cell: Some(&named.cell),
    }
}

fn plan_set(set: &PlanSet) -> JsonPlan<'_> {
    JsonPlan {
        by: "settings",
        period: None,
        set_on: Some(set.date.to_string()),
        owner: set.plan.owner.as_deref(),
        task: set.plan.task.as_deref(),
        due: set.plan.due.map(|due| due.to_string()),
        file: None,
        sheet: None,
        cell: None,
    }
}
