//! The last months of the unit, set by set: how many items a commune meets on average, over the reports with a whole
//! list.

use polars::prelude::{
    DataType, IntoLazy, JoinArgs, JoinType, PolarsResult, SortMultipleOptions, UniqueKeepStrategy, col, len, lit,
};

use super::Input;
use super::columns::{floats, keys};
use super::grid::columns;
use super::scope::Scope;
use super::standing::months;
use super::statement::{self, by_names};
use crate::model::Period;

/// How far back it is told, in months with that of the report.
const LOOK_BACK: i32 = 6;

/// One month of a set over the unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TrendMonth {
    /// The month.
    pub period: Period,
    /// How many communes have a whole list of it.
    pub communes: u32,
    /// How many items one of them meets on average.
    pub mean_met: f64,
}

/// The last months of each set, in the order of the sets; nothing of a set of which there is but one.
pub(super) fn of_sets(input: &Input<'_>, scope: &Scope<'_>) -> PolarsResult<Vec<Vec<TrendMonth>>> {
    const ITEM: [&str; 5] = ["commune_rank", "set_rank", "period", "criterion", "indicator"];
    let nothing = || scope.sets.iter().map(|_| Vec::new()).collect::<Vec<Vec<TrendMonth>>>();
    let first = lit(input.period.plus_months(1 - LOOK_BACK).to_string());
    let recent = statement::own(input).and(col("period").gt_eq(first));
    // A store of a single month is not looked through for others.
    let stored =
        input.submissions.clone().lazy().filter(recent.clone()).select([col("period").n_unique()]).collect()?;
    if stored.column("period")?.cast(&DataType::UInt32)?.u32()?.get(0).unwrap_or(0) < 2 {
        return Ok(nothing());
    }
    let items = scope.item_frame.clone().lazy();
    let sizes = items.clone().group_by_stable([col("set_rank")]).agg([len().cast(DataType::UInt32).alias("size")]);
    let of_set = ["set_rank", "criterion", "indicator"];
    let observations = input.observations.clone().lazy().filter(recent.and(col("verdict").is_not_null()));
    let observations = observations.select(columns(&[
        "commune",
        "set",
        "period",
        "criterion",
        "indicator",
        "verdict",
        "current",
        "assessor",
    ]));
    let frame = statement::ranked(observations, scope)
        .filter(statement::counts(input))
        .join(items, columns(&of_set), columns(&of_set), JoinArgs::new(JoinType::Semi))
        .unique_stable(Some(by_names(&ITEM)), UniqueKeepStrategy::First)
        .group_by_stable(columns(&ITEM[..3]))
        .agg([
            col("verdict").eq(lit("met")).sum().cast(DataType::Float64).alias("met"),
            len().cast(DataType::UInt32).alias("stated"),
        ])
        .join(sizes, [col("set_rank")], [col("set_rank")], JoinArgs::new(JoinType::Inner))
        .filter(col("stated").eq(col("size")))
        .group_by_stable(columns(&["set_rank", "period"]))
        .agg([col("met").mean().alias("mean_met"), len().cast(DataType::UInt32).alias("communes")])
        .sort(["set_rank", "period"], SortMultipleOptions::default())
        .collect()?;
    let mut trends = nothing();
    let figures = keys(&frame, "communes")?.into_iter().zip(floats(&frame, "mean_met")?);
    for ((set, period), (communes, mean_met)) in
        keys(&frame, "set_rank")?.into_iter().zip(months(&frame, "period")?).zip(figures)
    {
        let month = period.zip(mean_met).map(|(period, mean_met)| TrendMonth { period, communes, mean_met });
        trends[set as usize].extend(month);
    }
    trends.iter_mut().filter(|trend| trend.len() < 2).for_each(Vec::clear);
    Ok(trends)
}

#[cfg(test)]
mod tests {
    use crate::assess::made::{World, report, small_set};

    fn told(world: &World, period: &str) -> Vec<(String, u32, f64)> {
        let sets = world.assess(period).sets;
        sets[0].trend.iter().map(|month| (month.period.to_string(), month.communes, month.mean_met)).collect()
    }

    #[test]
    fn the_last_months_tell_what_a_commune_meets_on_average() {
        let set = small_set();
        let size = set.indicators().count() as f64;
        let mut world = World::new(&[("1", "A"), ("2", "B")], vec![set.clone()]);
        world.store(&report("2023-03", "1", &set, &[("3.1", Some("not_met")), ("3.2", Some("not_met"))]));
        world.store(&report("2023-04", "1", &set, &[]));
        world.store(&report("2023-04", "2", &set, &[("3.1", Some("not_met"))]));
        assert_eq!(
            told(&world, "2023-04"),
            [("2023-03".to_owned(), 1, size - 2.0), ("2023-04".to_owned(), 2, size - 0.5)]
        );
    }

    #[test]
    fn a_list_with_gaps_is_not_counted_and_one_month_is_no_trend() {
        let set = small_set();
        let mut world = World::new(&[("1", "A")], vec![set.clone()]);
        world.store(&report("2023-03", "1", &set, &[("3.1", None)]));
        world.store(&report("2023-04", "1", &set, &[]));
        assert!(told(&world, "2023-04").is_empty());
        assert!(told(&world, "2023-03").is_empty());
    }
}
