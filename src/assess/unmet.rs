//! Sorted frames to what is not met, each with the plan that counts for it.

use std::collections::BTreeMap;

use jiff::civil::DateTime;
use polars::prelude::{DataFrame, PolarsResult};

use super::Input;
use super::columns::{Pair, codes, dates, floats, group, moments, months, numbers, pairs, texts};
use super::hands::Hand;
use super::outcome::{CarriedPlan, Plan, Unmet};
use super::plans;
use super::scope::Scope;
use crate::model::Period;

/// What is not met, by commune and set.
pub(super) fn unmet(
    input: &Input<'_>,
    scope: &Scope<'_>,
    frame: &DataFrame,
) -> PolarsResult<BTreeMap<Pair, Vec<Unmet>>> {
    let owned = |name| PolarsResult::Ok(texts(frame, name)?.into_iter().map(|text| text.map(str::to_owned)));
    let [mut unit, mut text, mut note, mut owner, mut task] =
        [owned("unit")?, owned("text")?, owned("note")?, owned("owner")?, owned("task")?];
    let [mut sheet, mut cell, mut file] = [owned("sheet")?, owned("cell")?, owned("file")?];
    let mut hands = texts(frame, "hand")?.into_iter().map(Hand::from_word);
    let mut since = months(frame, "unmet_since")?.into_iter();
    let mut unmoved_since = months(frame, "unmoved_since")?.into_iter();
    let mut value = floats(frame, "value")?.into_iter();
    let mut due = dates(frame, "due")?.into_iter();
    let mut source = numbers(frame, "row")?.into_iter();
    let mut earlier = earlier_plans(frame)?.into_iter();
    let rows = codes(frame)?.into_iter().map(|code| Unmet {
        code,
        hand: hands.next().unwrap_or(Hand::Commune),
        since: since.next().flatten(),
        unmoved_since: unmoved_since.next().flatten(),
        value: value.next().flatten(),
        unit: unit.next().flatten(),
        text: text.next().flatten(),
        note: note.next().flatten(),
        plan: Plan { owner: owner.next().flatten(), task: task.next().flatten(), due: due.next().flatten() },
        carried: earlier.next().flatten(),
        amended: Vec::new(),
        sheet: sheet.next().flatten().unwrap_or_default(),
        cell: cell.next().flatten().unwrap_or_default(),
        file: file.next().flatten().unwrap_or_default(),
        source: source.next().flatten(),
    });
    let amendments = plans::amendments(input, scope)?;
    let of_reports = months(frame, "period")?.into_iter().zip(moments(frame, "received_at")?);
    let met = months(frame, "last_otherwise")?;
    let deadline = input.settings.deadline;
    let since = |reported: Option<(Period, DateTime)>| {
        reported.map(|(period, received_at)| plans::effective(deadline, period, received_at))
    };
    let mut unmet = Vec::with_capacity(frame.height());
    let pairs = pairs(frame)?.into_iter().zip(rows);
    for (((pair, mut one), (period, received_at)), met) in pairs.zip(of_reports).zip(met) {
        // A plan of this report's own counts; what it leaves out is not filled in from another.
        let since = if one.plan.is_blank() {
            one.plan = one.carried.as_ref().map(|carried| carried.plan.clone()).unwrap_or_default();
            since(one.carried.as_ref().map(|carried| (carried.period, carried.received_at)))
        } else {
            one.carried = None;
            since(period.zip(received_at))
        };
        if let Some(all) = amendments.get(&(pair, one.code)) {
            one.amended = plans::amended(&mut one.plan, since, met, all);
        }
        unmet.push((pair, one));
    }
    Ok(group(unmet.into_iter()))
}

/// The last plan of an earlier report, where there is one.
fn earlier_plans(frame: &DataFrame) -> PolarsResult<Vec<Option<CarriedPlan>>> {
    let text = |name: &str| -> PolarsResult<Vec<Option<String>>> {
        Ok(texts(frame, name)?.into_iter().map(|text| text.map(str::to_owned)).collect())
    };
    let (owner, task, due) = (text("plan_owner")?, text("plan_task")?, dates(frame, "plan_due")?);
    let [file, sheet, cell] = [text("plan_file")?, text("plan_sheet")?, text("plan_cell")?];
    let (period, received_at) = (months(frame, "plan_period")?, moments(frame, "plan_received_at")?);
    let one = |row: usize| {
        Some(CarriedPlan {
            plan: Plan { owner: owner[row].clone(), task: task[row].clone(), due: due[row] },
            period: period[row]?,
            received_at: received_at[row]?,
            file: file[row].clone().unwrap_or_default(),
            sheet: sheet[row].clone().unwrap_or_default(),
            cell: cell[row].clone().unwrap_or_default(),
        })
    };
    Ok((0..frame.height()).map(one).collect())
}
