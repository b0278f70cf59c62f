//! What is decided of the items of reports, in the months from which it stands.

use polars::df;
use polars::prelude::{
    DataFrame, Expr, IntoLazy, JoinArgs, JoinType, LazyFrame, PolarsResult, SortMultipleOptions, col,
};

use super::LAST;
use crate::assess::Input;
use crate::assess::grid::columns;
use crate::assess::scope::Scope;
use crate::settings::Decision;

/// The decisions that stand for reports.
pub(super) fn decided(
    input: &Input<'_>,
    scope: &Scope<'_>,
    reports: &LazyFrame,
    as_of: &Expr,
    keys: &[&'static str],
) -> PolarsResult<Option<DataFrame>> {
    let known: Vec<(u32, u32, u32, &Decision)> = (0u32..)
        .zip(&input.settings.decisions)
        .filter_map(|(place, decision)| {
            let commune = scope.communes.iter().position(|commune| commune.code == decision.commune)?;
            let set = scope.sets.iter().position(|set| set.id == decision.set)?;
            Some((commune as u32, set as u32, place, decision))
        })
        .collect();
    if known.is_empty() {
        return Ok(None);
    }
    let number = |f: &dyn Fn(&Decision) -> u32| known.iter().map(|one| f(one.3)).collect::<Vec<_>>();
    let decisions = df!(
        "commune_rank" => known.iter().map(|one| one.0).collect::<Vec<_>>(),
        "set_rank" => known.iter().map(|one| one.1).collect::<Vec<_>>(),
        "decision" => known.iter().map(|one| one.2).collect::<Vec<_>>(),
        "criterion" => number(&|one| one.item.criterion_number().into()),
        "indicator" => number(&|one| one.item.indicator_number().unwrap_or(0).into()),
        "decided" => known.iter().map(|one| one.3.verdict.as_str()).collect::<Vec<_>>(),
        "decided_from" => known.iter().map(|one| one.3.from.to_string()).collect::<Vec<_>>(),
        "decided_to" =>
            known.iter().map(|one| one.3.to.map_or_else(|| LAST.to_owned(), |to| to.to_string())).collect::<Vec<_>>(),
    )?;
    let pair = columns(&["commune_rank", "set_rank"]);
    let item = [keys, &["criterion", "indicator"]].concat();
    let standing = reports
        .clone()
        .select([columns(keys), vec![as_of.clone().alias("as_of")]].concat())
        .join(decisions.lazy(), pair.clone(), pair, JoinArgs::new(JoinType::Inner))
        .filter(col("as_of").gt_eq(col("decided_from")).and(col("as_of").lt_eq(col("decided_to"))))
        .select([columns(&item), columns(&["decided", "decision"])].concat())
        .sort(item, SortMultipleOptions::default())
        .collect()?;
    Ok((standing.height() > 0).then_some(standing))
}
