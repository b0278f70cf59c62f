//! What was read of a file against what it truly states.

use std::collections::{BTreeMap, BTreeSet};

use ntm::model::frames::OBSERVATIONS;
use polars::prelude::{AnyValue, DataFrame};

use super::reports::Answer;

/// One row of a frame: its columns by name, nulls left out.
pub(crate) type Row = BTreeMap<&'static str, String>;

/// The rows of the observation frame as text; a number as its shortest decimal form.
pub(crate) fn rows(frame: &DataFrame) -> Vec<Row> {
    let names: Vec<&'static str> = OBSERVATIONS.iter().map(|(name, _)| *name).collect();
    (0..frame.height())
        .map(|row| {
            let cell = |name: &'static str| {
                let column = frame.column(name).expect("the frame has the schema's columns");
                let text = match column.get(row).expect("the row is inside the frame") {
                    AnyValue::Null => return None,
                    AnyValue::String(text) => text.to_owned(),
                    AnyValue::StringOwned(text) => text.to_string(),
                    AnyValue::Float64(number) => number.to_string(),
                    other => other.to_string(),
                };
                Some((name, text))
            };
            names.iter().filter_map(|name| cell(name)).collect()
        })
        .collect()
}

/// Where an observation differs from the answer; a value may be missing where `doubted` names the item.
pub(crate) fn differences(code: &str, answer: &Answer, row: Option<&Row>, doubted: &BTreeSet<String>) -> Vec<String> {
    let Some(row) = row else { return vec![format!("{code} was not read")] };
    let mut found = Vec::new();
    let mut compare = |what: &str, stated: Option<String>, read: Option<&String>| {
        if stated.as_ref() != read {
            found.push(format!("{code}: {what} stated {stated:?}, read {read:?}"));
        }
    };
    compare("verdict", Some(answer.verdict.stated().to_owned()), row.get("verdict"));
    if !doubted.contains(code) || row.contains_key("value") {
        compare("value", answer.figure.number().map(|number| number.to_string()), row.get("value"));
    }
    let stated = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    compare("note", stated(answer.note), row.get("note"));
    let plan = answer.plan.as_ref();
    compare("owner", plan.map(|plan| plan.owner.to_owned()), row.get("owner"));
    compare("task", plan.map(|plan| plan.task.to_owned()), row.get("task"));
    compare("due", plan.map(|plan| plan.due.to_string()), row.get("due"));
    found
}
