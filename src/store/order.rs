//! The order of the rows of a frame, which is that of the bytes.

use polars::prelude::*;
use rayon::prelude::*;

use super::Kind;

/// The rows in their order, in one chunk. Rows that agree in all of its columns are of one file, whose rows never change
/// places among themselves: so the order is total.
pub(super) fn sorted(kind: Kind, frame: DataFrame) -> PolarsResult<DataFrame> {
    let height = frame.height();
    let order = order_of(kind, &frame)?;
    // Each column goes as soon as it is in order: of a province's month all of them twice weigh as much as the papers.
    let columns: PolarsResult<Vec<Column>> =
        frame.into_columns().into_par_iter().map(|column| Ok(column.take(&order)?.rechunk())).collect();
    DataFrame::new(height, columns?)
}

/// Which row comes first, which next.
fn order_of(kind: Kind, frame: &DataFrame) -> PolarsResult<IdxCa> {
    let by: Vec<Column> = kind.order().iter().map(|key| frame.column(key).cloned()).collect::<PolarsResult<_>>()?;
    let (first, rest) = by.split_first().expect("an order is one of columns");
    let options = SortMultipleOptions::default()
        .with_order_descending_multi(vec![false; by.len()])
        .with_nulls_last_multi(vec![false; by.len()])
        .with_maintain_order(true);
    first.as_materialized_series().arg_sort_multiple(rest, &options)
}
