//! Columns of collected frames as plain values: the one place where frames become structs.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime};
use jiff::{SignedDuration, ToSpan};
use polars::prelude::{DataFrame, PolarsResult};

use super::outcome::{Change, Counts, Status};
use crate::model::{ItemCode, Period};

/// Places of a commune and of a set in their orders.
pub(super) type Pair = (u32, u32);

/// A string column.
pub(super) fn texts<'a>(frame: &'a DataFrame, name: &str) -> PolarsResult<Vec<Option<&'a str>>> {
    Ok(frame.column(name)?.str()?.iter().collect())
}

/// A u32 column.
pub(super) fn numbers(frame: &DataFrame, name: &str) -> PolarsResult<Vec<Option<u32>>> {
    Ok(frame.column(name)?.u32()?.iter().collect())
}

/// A u32 column that has no nulls.
pub(super) fn keys(frame: &DataFrame, name: &str) -> PolarsResult<Vec<u32>> {
    Ok(frame.column(name)?.u32()?.iter().map(Option::unwrap_or_default).collect())
}

/// An f64 column.
pub(super) fn floats(frame: &DataFrame, name: &str) -> PolarsResult<Vec<Option<f64>>> {
    Ok(frame.column(name)?.f64()?.iter().collect())
}

/// A bool column.
pub(super) fn flags(frame: &DataFrame, name: &str) -> PolarsResult<Vec<Option<bool>>> {
    Ok(frame.column(name)?.bool()?.iter().collect())
}

/// A date column.
pub(super) fn dates(frame: &DataFrame, name: &str) -> PolarsResult<Vec<Option<Date>>> {
    let day = |days: i32| Date::constant(1970, 1, 1).checked_add(days.days()).ok();
    Ok(frame.column(name)?.date()?.physical().iter().map(|days| days.and_then(day)).collect())
}

/// A column of moments in milliseconds.
pub(super) fn moments(frame: &DataFrame, name: &str) -> PolarsResult<Vec<Option<DateTime>>> {
    let moment = |ms: i64| DateTime::constant(1970, 1, 1, 0, 0, 0, 0).checked_add(SignedDuration::from_millis(ms)).ok();
    Ok(frame.column(name)?.datetime()?.physical().iter().map(|ms| ms.and_then(moment)).collect())
}

/// Places of commune and set of each row.
pub(super) fn pairs(frame: &DataFrame) -> PolarsResult<Vec<Pair>> {
    Ok(keys(frame, "commune_rank")?.into_iter().zip(keys(frame, "set_rank")?).collect())
}

/// A column of months.
pub(super) fn months(frame: &DataFrame, name: &str) -> PolarsResult<Vec<Option<Period>>> {
    Ok(texts(frame, name)?.into_iter().map(|text| text.and_then(|month| month.parse().ok())).collect())
}

/// The item of each row.
pub(super) fn codes(frame: &DataFrame) -> PolarsResult<Vec<ItemCode>> {
    let numbers = keys(frame, "criterion")?.into_iter().zip(keys(frame, "indicator")?);
    Ok(numbers.map(|(criterion, indicator)| ItemCode::indicator(criterion as u16, indicator as u16)).collect())
}

/// What is known of each row.
pub(super) fn statuses(frame: &DataFrame) -> PolarsResult<Vec<Status>> {
    let status = |word: Option<&str>| word.and_then(Status::from_word).unwrap_or(Status::NotReported);
    Ok(texts(frame, "status")?.into_iter().map(status).collect())
}

/// Changes against the report before; that one itself has none.
pub(super) fn changes(frame: &DataFrame) -> PolarsResult<Vec<Option<Change>>> {
    if frame.column("change").is_err() {
        return Ok(vec![None; frame.height()]);
    }
    let change = |word: &str| match word {
        "newly_met" => Some(Change::NewlyMet),
        "fell_back" => Some(Change::FellBack),
        "no_longer_stated" => Some(Change::NoLongerStated),
        _ => None,
    };
    Ok(texts(frame, "change")?.into_iter().map(|word| word.and_then(change)).collect())
}

/// Counts by status.
pub(super) fn counts(frame: &DataFrame) -> PolarsResult<Vec<Counts>> {
    let column = |status: &str| keys(frame, status);
    let stated = column("met")?.into_iter().zip(column("not_met")?).zip(column("not_applicable")?);
    let rest = column("open")?.into_iter().zip(column("not_reported")?);
    Ok(stated
        .zip(rest)
        .map(|(((met, not_met), not_applicable), (open, not_reported))| Counts {
            met,
            not_met,
            not_applicable,
            open,
            not_reported,
        })
        .collect())
}

/// Rows by the commune and the set they belong to, in their order.
pub(super) fn group<T>(rows: impl Iterator<Item = (Pair, T)>) -> BTreeMap<Pair, Vec<T>> {
    rows.fold(BTreeMap::new(), |mut groups, (pair, row)| {
        groups.entry(pair).or_insert_with(Vec::new).push(row);
        groups
    })
}
