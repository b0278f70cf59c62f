//! Several hands on one report: the commune's verdict, the district's, a decision on record. Which of them counts is a
//! setting; a decision counts before both. What the others say is kept, and where they differ is listed.
//!
//! The verdicts that count are laid over the commune's rows, so that everything after it counts them and nothing else
//! needs to know whose they are. Where the settings name no other hand and no decision, nothing is laid over anything.

mod decisions;
mod differences;
mod reviews;
#[cfg(test)]
mod tests;

use polars::prelude::{
    DataFrame, DataType, Expr, IntoLazy, JoinArgs, JoinType, LazyFrame, MaintainOrderJoin, NULL, PolarsResult, Schema,
    UnionArgs, UniqueKeepStrategy, col, concat, lit, when,
};

pub use differences::{Disagreement, Said};

use self::decisions::decided;
use self::reviews::{counting, reviewed, reviews};
use super::Input;
use super::grid::{MONTHLY, columns};
use super::scope::Scope;
use crate::model::Assessor;

/// Whose verdict counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hand {
    /// The commune's own.
    Commune,
    /// The district's.
    District,
    /// A decision on record.
    Decision,
}

impl Hand {
    /// The word of JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Hand::Commune => COMMUNE,
            Hand::District => DISTRICT,
            Hand::Decision => DECISION,
        }
    }

    /// The hand of a word in the frames of this stage.
    pub(super) fn from_word(word: Option<&str>) -> Self {
        match word {
            Some(DISTRICT) => Hand::District,
            Some(DECISION) => Hand::Decision,
            _ => Hand::Commune,
        }
    }
}

const COMMUNE: &str = "commune";
const DISTRICT: &str = "district";
const DECISION: &str = "decision";

/// What a row has from the hand whose verdict counts; its value, remark and plan stay the commune's.
const LAID: [&str; 7] = ["verdict", "verdict_text", "file", "sha256", "sheet", "cell", "row"];

/// What the other hands say of the reports that the keys tell apart.
pub(super) struct Hands {
    keys: Vec<&'static str>,
    /// The district's verdicts, whether they count or not; `counts` says it.
    reviewed: Option<DataFrame>,
    /// Decisions that stand, `decision` their place in the settings.
    decided: Option<DataFrame>,
    /// The verdicts that count in place of the commune's.
    over: Option<DataFrame>,
}

impl Hands {
    /// What is said of reports besides what communes say. `reports` has the keys and `period`, its own month; decisions
    /// count by the month of `as_of`, the setting of the hand by that of the report. `reviews` are the district's rows.
    pub(super) fn of(
        input: &Input<'_>,
        scope: &Scope<'_>,
        reports: &LazyFrame,
        as_of: &Expr,
        reviews: LazyFrame,
        keys: &[&'static str],
    ) -> PolarsResult<Self> {
        let reports = reports.clone().filter(col("period").is_not_null());
        let reviewed = reviewed(scope, reviews, keys)?;
        let reviewed = match reviewed.height() {
            0 => None,
            _ => Some(counting(input, scope, &reports, reviewed, keys)?),
        };
        let decided = decided(input, scope, &reports, as_of, keys)?;
        let over = over(reviewed.as_ref(), decided.as_ref(), keys)?;
        Ok(Hands { keys: keys.to_vec(), reviewed, decided, over })
    }

    /// Whether every verdict that counts is the commune's own.
    pub(super) fn is_plain(&self) -> bool {
        self.over.is_none()
    }

    /// The commune's rows with the verdicts that count, `hand` saying whose they are; with rows of items that only
    /// another hand names.
    pub(super) fn lay_over(&self, own: LazyFrame) -> PolarsResult<LazyFrame> {
        let Some(over) = &self.over else { return Ok(as_stated(&own)) };
        let item = self.item();
        let schema = own.clone().collect_schema()?;
        let named = over.clone().lazy().select(
            [columns(&item), vec![col("hand")], LAID.map(|name| col(name).alias(format!("{name}_over"))).to_vec()]
                .concat(),
        );
        let replaced: Vec<Expr> = LAID
            .iter()
            .filter(|name| schema.contains(name))
            .map(|name| {
                let over = col(format!("{name}_over"));
                when(over.clone().is_not_null()).then(over).otherwise(col(*name)).alias(*name)
            })
            .collect();
        let kept: Vec<Expr> = schema.iter_names().map(|name| col(name.clone())).collect();
        let in_order = JoinArgs { maintain_order: MaintainOrderJoin::Left, ..JoinArgs::new(JoinType::Left) };
        let laid = own
            .clone()
            .join(named, columns(&item), columns(&item), in_order)
            .with_columns([replaced, vec![col("hand").fill_null(lit(COMMUNE))]].concat())
            .select([kept, vec![col("hand")]].concat());
        let alone = over.clone().lazy().join(own, columns(&item), columns(&item), JoinArgs::new(JoinType::Anti));
        concat([laid, alone.select(filled(&schema, &item))], UnionArgs::default())
    }

    fn item(&self) -> Vec<&'static str> {
        [&self.keys[..], &["criterion", "indicator"]].concat()
    }
}

/// The verdicts that count in place of the commune's: decisions, then the district's where it is the hand.
fn over(
    reviewed: Option<&DataFrame>,
    decided: Option<&DataFrame>,
    keys: &[&'static str],
) -> PolarsResult<Option<DataFrame>> {
    let item = [keys, &["criterion", "indicator"]].concat();
    let kept = [&item[..], &["hand"], &LAID].concat();
    let nothing =
        |name: &str| lit(NULL).cast(if name == "row" { DataType::UInt32 } else { DataType::String }).alias(name);
    let decided = decided.map(|decided| {
        let places: Vec<Expr> = LAID.iter().filter(|name| **name != "verdict").map(|name| nothing(name)).collect();
        let verdict = [col("decided").alias("verdict"), lit(DECISION).alias("hand")];
        decided.clone().lazy().with_columns([places, verdict.to_vec()].concat()).select(columns(&kept))
    });
    let reviewed = reviewed.map(|reviewed| {
        let counting = reviewed.clone().lazy().filter(col("counts")).with_column(lit(DISTRICT).alias("hand"));
        let counting = counting.select(columns(&kept));
        match &decided {
            Some(decided) => {
                counting.join(decided.clone(), columns(&item), columns(&item), JoinArgs::new(JoinType::Anti))
            }
            None => counting,
        }
    });
    let laid: Vec<LazyFrame> = [decided, reviewed].into_iter().flatten().collect();
    if laid.is_empty() {
        return Ok(None);
    }
    let over = concat(laid, UnionArgs::default())?.collect()?;
    Ok((over.height() > 0).then_some(over))
}

/// The commune's rows, each marked as its own.
pub(super) fn as_stated(own: &LazyFrame) -> LazyFrame {
    own.clone().with_column(lit(COMMUNE).alias("hand"))
}

/// Rows of some months with the verdicts that counted in them; the district's only of `items`, where they are named.
pub(super) fn laid_over_months(
    input: &Input<'_>,
    scope: &Scope<'_>,
    own: LazyFrame,
    months: &Expr,
    items: Option<LazyFrame>,
) -> PolarsResult<LazyFrame> {
    let of_district = input.settings.sets.iter().any(|set| set.hand == Assessor::District);
    if !of_district && input.settings.decisions.is_empty() {
        return Ok(as_stated(&own));
    }
    let reviews = match (of_district, items) {
        (true, None) => reviews(input, scope, months),
        // A whole criterion speaks of its indicators.
        (true, Some(items)) => {
            let criterion = columns(&["commune_rank", "set_rank", "criterion"]);
            reviews(input, scope, months).join(items, criterion.clone(), criterion, JoinArgs::new(JoinType::Semi))
        }
        (false, _) => reviews(input, scope, &lit(false)),
    };
    let reports = own.clone().select(columns(&MONTHLY)).unique_stable(None, UniqueKeepStrategy::First);
    Hands::of(input, scope, &reports, &col("period"), reviews, &MONTHLY)?.lay_over(own)
}

/// The columns of a schema, with nothing in those that only a commune's row has.
fn filled(schema: &Schema, item: &[&str]) -> Vec<Expr> {
    let known = |name: &str| item.contains(&name) || LAID.contains(&name);
    let one = |(name, dtype): (&polars::prelude::PlSmallStr, &DataType)| {
        if known(name) { col(name.clone()) } else { lit(NULL).cast(dtype.clone()).alias(name.clone()) }
    };
    schema.iter().map(one).chain([col("hand")]).collect()
}

/// The first of each column of a group.
fn firsts(names: &[&str]) -> Vec<Expr> {
    names.iter().map(|name| col(*name).first()).collect()
}

/// Before all months and after them, as text.
const FIRST: &str = "0000-00";
const LAST: &str = "9999-99";
