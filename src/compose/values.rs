//! The values behind the standings, as people write them.

use polars::prelude::{DataFrame, Float64Chunked, PolarsResult, StringChunked};

use super::Material;

/// Values by the number of their row.
pub(super) struct Values<'a> {
    value: &'a Float64Chunked,
    unit: &'a StringChunked,
    text: &'a StringChunked,
}

impl<'a> Values<'a> {
    /// Those of the rows of an assessment.
    pub(super) fn of(data: &'a DataFrame) -> PolarsResult<Self> {
        Ok(Values {
            value: data.column("value")?.f64()?,
            unit: data.column("unit")?.str()?,
            text: data.column("text")?.str()?,
        })
    }

    /// The number with its unit, else what was written.
    pub(super) fn shown(&self, material: &Material<'_>, row: u32) -> Option<String> {
        let row = row as usize;
        let number = self.value.get(row).map(|value| material.measured(value, self.unit.get(row)));
        number.or_else(|| self.text.get(row).map(str::to_owned))
    }
}
