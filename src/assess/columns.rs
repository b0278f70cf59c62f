//! Columns of collected frames as plain values: the one place where frames become structs.

use jiff::civil::{Date, DateTime};
use jiff::{SignedDuration, ToSpan};
use polars::prelude::{DataFrame, PolarsResult};

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
