//! The batch as frames: one row an entry, still in the sender's words; one row a submission.

use jiff::civil::{Date, DateTime};
use polars::prelude::*;

use super::Received;
use crate::catalogue::Catalogue;
use crate::model::frames::{MOMENT, SUBMISSIONS, schema};
use crate::model::submission::Stated;
use crate::model::{CellRef, Declared, Shares, Written};
use crate::settings::Deadline;

/// How a verdict is stated, as the plan branches on it.
pub(super) const WORD: &str = "word";
pub(super) const MARK: &str = "mark";
pub(super) const CONFLICT: &str = "conflict";
pub(super) const IMPLIED: &str = "implied";
pub(super) const NOTHING: &str = "nothing";

/// Columns of a batch while they are filled.
#[derive(Default)]
struct Columns<'a> {
    submission: Vec<u32>,
    item: Vec<String>,
    sheet: Vec<&'a str>,
    criterion: Vec<u32>,
    indicator: Vec<u32>,
    stated: Vec<&'static str>,
    mark: Vec<Option<&'static str>>,
    verdict_text: Vec<Option<&'a str>>,
    cell: Vec<String>,
    value_text: Vec<Option<&'a str>>,
    value_number: Vec<Option<f64>>,
    value_percent: Vec<Option<bool>>,
    value_is_date: Vec<bool>,
    value_cell: Vec<Option<String>>,
    unit: Vec<&'a str>,
    is_figure: Vec<bool>,
    told_shares: Vec<Option<&'static str>>,
    less_is_better: Vec<bool>,
    note: Vec<Option<&'a str>>,
    owner: Vec<Option<&'a str>>,
    task: Vec<Option<&'a str>>,
    due_text: Vec<Option<&'a str>>,
    due_date: Vec<Option<i32>>,
    due_cell: Vec<Option<String>>,
}

/// All entries of a batch.
pub(super) fn entries(received: &[Received<'_>], catalogue: &Catalogue) -> PolarsResult<DataFrame> {
    let mut c = Columns::default();
    for (index, one) in (0u32..).zip(received) {
        let set = catalogue.set(&one.submission.set);
        for entry in &one.submission.entries {
            let indicator = set.and_then(|set| set.indicator(entry.item));
            c.submission.push(index);
            c.item.push(entry.item.to_string());
            c.sheet.push(&entry.sheet);
            c.criterion.push(entry.item.criterion_number().into());
            c.indicator.push(entry.item.indicator_number().unwrap_or(0).into());
            let (stated, mark, text, cell) = stated(&entry.stated, entry.cell);
            c.stated.push(stated);
            c.mark.push(mark);
            c.verdict_text.push(text);
            c.cell.push(cell.to_string());
            let value = entry.value.as_ref();
            c.value_text.push(value.map(|w| w.text.as_str()));
            c.value_number.push(value.and_then(|w| w.number));
            c.value_percent.push(value.and_then(|w| w.percent));
            c.value_is_date.push(value.is_some_and(|w| w.date.is_some()));
            c.value_cell.push(value.map(|w| w.cell.to_string()));
            c.unit.push(indicator.map_or("", |i| i.unit.as_str()));
            c.is_figure.push(indicator.is_some_and(|i| i.kind != crate::model::criteria::IndicatorKind::YesNo));
            c.told_shares.push(one.submission.shares.map(|shares| match shares {
                Shares::Percent => "told_plain",
                Shares::Fractions => "told_fractions",
            }));
            c.less_is_better.push(indicator.is_some_and(|i| i.better == crate::model::criteria::Better::Lower));
            c.note.push(text_of(&entry.note));
            c.owner.push(text_of(&entry.owner));
            c.task.push(text_of(&entry.task));
            c.due_text.push(text_of(&entry.due));
            c.due_date.push(entry.due.as_ref().and_then(day_of));
            c.due_cell.push(entry.due.as_ref().map(|w| w.cell.to_string()));
        }
    }
    df![
        "submission" => c.submission, "item" => c.item, "sheet" => c.sheet, "criterion" => c.criterion, "indicator" => c.indicator,
        "stated" => c.stated, "mark" => c.mark, "verdict_text" => c.verdict_text, "cell" => c.cell,
        "value_text" => c.value_text, "value_number" => c.value_number, "value_percent" => c.value_percent,
        "value_is_date" => c.value_is_date, "value_cell" => c.value_cell, "set_unit" => c.unit, "is_figure" => c.is_figure, "less_is_better" => c.less_is_better, "told_shares" => c.told_shares,
        "note" => c.note, "owner" => c.owner, "task" => c.task, "due_text" => c.due_text, "due_date" => c.due_date, "due_cell" => c.due_cell,
    ]?
    .lazy()
    .left_join(origins(received)?.lazy().drop(by_name(["sheet"], true, false)), col("submission"), col("submission"))
    .collect()
}

fn stated(stated: &Stated, place: CellRef) -> (&'static str, Option<&'static str>, Option<&str>, CellRef) {
    match stated {
        Stated::Word(written) => (WORD, None, Some(&written.text), written.cell),
        Stated::Mark { verdict, written } => (MARK, Some(verdict.as_str()), Some(&written.text), written.cell),
        Stated::Conflict(marks) => {
            let first = marks.first();
            (CONFLICT, None, first.map(|w| w.text.as_str()), first.map_or(place, |w| w.cell))
        }
        Stated::Implied { verdict, cell } => (IMPLIED, Some(verdict.as_str()), None, *cell),
        Stated::Nothing => (NOTHING, None, None, place),
    }
}

fn text_of(written: &Option<Written>) -> Option<&str> {
    written.as_ref().map(|w| w.text.as_str())
}

/// The day of a cell that holds one: a date, or a serial number that can only be a day of our time.
fn day_of(written: &Written) -> Option<i32> {
    let serial = || {
        written
            .number
            .filter(|n| (36_500.0..73_100.0).contains(n))
            .and_then(|n| crate::text::date::from_serial(n, false))
    };
    written.date.or_else(serial).map(days)
}

/// Days since 1970, as polars keeps dates.
pub(super) fn days(date: Date) -> i32 {
    (date - Date::constant(1970, 1, 1)).get_days()
}

fn milliseconds(moment: DateTime) -> i64 {
    let time = moment.time();
    let seconds = i64::from(days(moment.date())) * 86_400
        + i64::from(time.hour()) * 3_600
        + i64::from(time.minute()) * 60
        + i64::from(time.second());
    seconds * 1_000 + i64::from(time.millisecond())
}

/// What every row of a submission shares.
fn origins(received: &[Received<'_>]) -> PolarsResult<DataFrame> {
    let text = |f: &dyn Fn(&Received<'_>) -> String| received.iter().map(f).collect::<Vec<String>>();
    let frame = df![
        "submission" => (0..received.len() as u32).collect::<Vec<u32>>(),
        "set" => text(&|r| r.submission.set.to_string()),
        "period" => received.iter().map(|r| r.submission.period.map(|p| p.to_string())).collect::<Vec<_>>(),
        "commune" => received.iter().map(|r| r.submission.commune.as_ref().map(ToString::to_string)).collect::<Vec<_>>(),
        "assessor" => text(&|r| r.submission.assessor.as_str().to_owned()),
        "sheet" => text(&|r| r.submission.sheet.to_string()),
        "file" => text(&|r| r.submission.file.to_string()),
        "sha256" => text(&|r| r.sha256.to_owned()),
        "received_at" => received.iter().map(|r| milliseconds(r.received_at)).collect::<Vec<i64>>(),
    ]?;
    frame.lazy().with_column(col("received_at").cast(MOMENT)).collect()
}

/// One row a submission.
pub(super) fn submissions(received: &[Received<'_>], deadline: Deadline) -> PolarsResult<DataFrame> {
    let declared = |f: &dyn Fn(&crate::model::Declared) -> Option<u32>| {
        received.iter().map(|r| f(&r.submission.declared)).collect::<Vec<_>>()
    };
    let late = |r: &Received<'_>| r.submission.period.is_some_and(|p| deadline.is_late(p, r.received_at));
    let own = df![
        "submission" => (0..received.len() as u32).collect::<Vec<u32>>(),
        "layout" => received.iter().map(|r| r.submission.layout).collect::<Vec<_>>(),
        "confidence" => received.iter().map(|r| r.submission.confidence).collect::<Vec<_>>(),
        "declared_criteria_met" => declared(&|d| d.criteria_met),
        "declared_criteria_total" => declared(&|d| d.criteria_total),
        "declared_indicators_met" => declared(&|d| d.indicators_met),
        "declared_indicators_total" => declared(&|d| d.indicators_total),
        "declared_cell" => received.iter().map(|r| own_cell(&r.submission.declared)).collect::<Vec<_>>(),
        "observations" => received.iter().map(|r| r.submission.entries.len() as u32).collect::<Vec<_>>(),
        "late" => received.iter().map(late).collect::<Vec<_>>(),
    ]?;
    let schema = schema(SUBMISSIONS);
    own.lazy()
        .left_join(origins(received)?.lazy(), col("submission"), col("submission"))
        .with_columns([lit(false).alias("current"), lit(NULL).cast(DataType::String).alias("replaced_by")])
        .select(schema.iter().map(|(name, dtype)| col(name.clone()).cast(dtype.clone())).collect::<Vec<_>>())
        .collect()
}

/// The cell of the totals, where it is on the report's own sheet: the store names no other.
fn own_cell(declared: &Declared) -> Option<String> {
    declared.cell.filter(|_| declared.sheet.is_none()).map(|cell| cell.to_string())
}
