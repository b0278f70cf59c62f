//! The workbook of plans that goes out to be filled in: what is not met, with the plan that stands for it.

use super::{Material, unmet};
use crate::assess::{Basis, CommuneStatus, Plan, Unmet, in_charge};
use crate::model::plan_form::{PlanForm, PlanKey, PlanMark, PlanRow};
use crate::model::{CommuneCode, CriteriaSet};

/// Whom a workbook of plans is for.
#[derive(Debug, Clone, Copy)]
pub enum For<'a> {
    /// Everybody.
    All,
    /// One commune.
    Commune(&'a CommuneCode),
    /// One office: what it is in charge of.
    Office(&'a str),
}

/// The workbook; `None` where there is nothing to plan.
pub(super) fn plan_form(material: &Material<'_>, whom: For<'_>) -> Option<PlanForm> {
    let rows: Vec<PlanRow> = material
        .assessment
        .standings()
        .filter(|(status, _)| !matches!(whom, For::Commune(code) if *code != status.commune.code))
        .filter_map(|(status, standing)| Some((status, standing, material.set(&standing.set)?)))
        .flat_map(|(status, standing, set)| {
            let theirs = standing.not_met.iter().filter(move |unmet| is_theirs(material, whom, set, unmet));
            theirs.map(move |unmet| row(material, status, standing.basis, set, unmet))
        })
        .collect();
    if rows.is_empty() {
        return None;
    }
    let wording = material.wording.plan_form();
    let period = material.assessment.period;
    let columns = material.wording.columns();
    let unit = &material.settings.unit.name;
    Some(PlanForm {
        lang: material.wording.lang(),
        period,
        title: wording.title(unit, period.short()).into(),
        author: material.settings.letterhead.issuer.join(" "),
        sheet_name: wording.sheet().into(),
        mark_text: wording.mark(PlanMark(period)).into(),
        steps: [wording.step_what(), wording.step_fill(), wording.step_empty(), wording.step_send(unit)]
            .map(String::from)
            .to_vec(),
        headings: [
            columns.commune(),
            columns.set(),
            columns.item(),
            columns.content(),
            columns.office(),
            columns.since(),
            wording.standing(),
            columns.owner(),
            columns.task(),
            columns.due(),
        ]
        .map(String::from),
        no_day: wording.no_day().into(),
        footer: wording.footer(unit, period.short()).into(),
        rows,
    })
}

fn is_theirs(material: &Material<'_>, whom: For<'_>, set: &CriteriaSet, unmet: &Unmet) -> bool {
    let For::Office(name) = whom else { return true };
    in_charge(material.settings, &set.id, unmet.code).iter().any(|office| office.name == name)
}

fn row(material: &Material<'_>, status: &CommuneStatus, basis: Basis, set: &CriteriaSet, unmet: &Unmet) -> PlanRow {
    let commune = match basis {
        Basis::Earlier(period) => {
            material.wording.matrix().earlier_commune(&status.commune.name, period.short()).into()
        }
        _ => status.commune.name.clone(),
    };
    PlanRow {
        key: PlanKey { commune: status.commune.code.clone(), set: set.id.clone(), item: unmet.code },
        given: [
            commune,
            set.short_name.clone(),
            unmet.code.to_string(),
            material.item_name(set, unmet.code),
            unmet::offices(material, set, unmet.code),
            unmet.since.map(|period| period.short()).unwrap_or_default(),
            standing(material, unmet),
        ],
        overdue: unmet.plan.due.is_some_and(|due| due < material.made_at.date()),
    }
}

/// `Phó Chủ tịch UBND xã – Hoàn thiện hồ sơ – 31/3/2023 (kế hoạch ghi ở báo cáo tháng 1/2023)`.
fn standing(material: &Material<'_>, unmet: &Unmet) -> String {
    let Plan { owner, task, due } = &unmet.plan;
    let due = due.map(|due| material.day(due));
    let parts: Vec<&str> = [owner, task, &due].into_iter().flatten().map(String::as_str).collect();
    let said = parts.join(" – ");
    match super::plans::sources(material, unmet) {
        Some(sources) if !said.is_empty() => material.wording.unmet().sourced(said, sources).into(),
        _ => said,
    }
}
