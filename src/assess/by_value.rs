//! Verdicts held against values: what a value says by a confirmed target. It never overrules; a contradiction is named.

use std::collections::BTreeMap;

use polars::df;
use polars::prelude::{
    DataFrame, Expr, IntoLazy, JoinArgs, JoinType, LazyFrame, PolarsResult, SortMultipleOptions, col, lit, when,
};

use super::columns::{floats, keys, numbers, texts};
use super::grid::columns;
use super::outcome::{Counts, CriterionState, ItemState, Status};
use super::scope::Scope;
use crate::model::criteria::Better;
use crate::model::{Commune, CriteriaSet, ItemCode, Period};

/// Values are given with at most a few decimals; what is closer than this is equal.
const EQUAL: f64 = 1e-9;

/// What the values of one report say.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ByValue {
    /// How many verdicts could be held against a value.
    pub checked: u32,
    /// Verdicts that their value contradicts, in order.
    pub contradictions: Vec<Contradiction>,
}

/// A verdict that its value contradicts.
#[derive(Debug, Clone, PartialEq)]
pub struct Contradiction {
    /// The indicator.
    pub code: ItemCode,
    /// What the report states: met or not met.
    pub stated: Status,
    /// The value.
    pub value: f64,
    /// Its unit.
    pub unit: String,
    /// What is asked for.
    pub target: f64,
    /// Which way is good.
    pub better: Better,
    /// The decision, where it is another than that of the set.
    pub decision: Option<String>,
    /// The sheet.
    pub sheet: String,
    /// The cell of the verdict.
    pub cell: String,
    /// The cell of the value.
    pub value_cell: Option<String>,
    /// Its row in [`Assessment::data`](super::Assessment::data), where it is of one.
    pub source: Option<u32>,
}

impl ByValue {
    /// Criteria and items as they would count if the values of contradicted verdicts counted instead.
    pub(super) fn counts(&self, items: &[ItemState], criteria: &[CriterionState]) -> (Counts, Counts) {
        let status = |item: &ItemState| {
            let contradicted = self.contradictions.iter().find(|c| c.code == item.code);
            contradicted.map_or(item.status, |c| if c.stated == Status::Met { Status::NotMet } else { Status::Met })
        };
        let counted = items.iter().fold(Counts::default(), |counts, item| counts.with(status(item)));
        let touched = |number: u16| self.contradictions.iter().any(|c| c.code.criterion_number() == number);
        let by_criterion = criteria.iter().fold(Counts::default(), |counts, criterion| {
            if !touched(criterion.number) {
                return counts.with(criterion.status);
            }
            let own: Vec<Status> =
                items.iter().filter(|i| i.code.criterion_number() == criterion.number).map(status).collect();
            let open = |status: &Status| matches!(status, Status::Open | Status::NotReported);
            counts.with(match () {
                () if own.contains(&Status::NotMet) => Status::NotMet,
                () if own.iter().any(open) => Status::Open,
                () => Status::Met,
            })
        });
        (by_criterion, counted)
    }
}

/// Confirmed targets of reports: for each the pair of numbers it is known by, its set and its commune.
pub(super) fn measures<'a>(
    of: impl IntoIterator<Item = ((u32, u32), &'a CriteriaSet, Option<&'a Commune>, Period)>,
    names: [&str; 2],
) -> PolarsResult<DataFrame> {
    let rows: Vec<_> = of
        .into_iter()
        .flat_map(|(key, set, commune, period)| {
            let nowhere = crate::model::Circumstances { region: None, group: None, period };
            let circumstances = commune.map_or(nowhere, |commune| commune.circumstances(period));
            set.indicators().filter_map(move |indicator| Some((key, indicator.measure(circumstances)?)))
        })
        .collect();
    let number = |f: &dyn Fn(ItemCode) -> u16| rows.iter().map(|(_, m)| u32::from(f(m.code))).collect::<Vec<_>>();
    df!(
        names[0] => rows.iter().map(|((first, _), _)| *first).collect::<Vec<_>>(),
        names[1] => rows.iter().map(|((_, second), _)| *second).collect::<Vec<_>>(),
        "criterion" => number(&|code| code.criterion_number()),
        "indicator" => number(&|code| code.indicator_number().unwrap_or(0)),
        "target" => rows.iter().map(|(_, measure)| measure.amount).collect::<Vec<_>>(),
        "better" => rows.iter().map(|(_, measure)| word(measure.better)).collect::<Vec<_>>(),
        "target_unit" => rows.iter().map(|(_, measure)| measure.unit).collect::<Vec<_>>(),
        "decision" => rows.iter().map(|(_, measure)| measure.decision).collect::<Vec<_>>(),
    )
}

/// The rows whose verdict can be held against their value, each `contradicted` or not.
pub(super) fn held(rows: LazyFrame, measures: DataFrame, names: [&str; 2]) -> LazyFrame {
    let keys = [names[0], names[1], "criterion", "indicator"];
    let is = |word: &'static str| col("better").eq(lit(word));
    let (above, below) =
        (col("value").gt_eq(col("target") - lit(EQUAL)), col("value").lt_eq(col("target") + lit(EQUAL)));
    let reached: Expr =
        when(is(">=")).then(above.clone()).when(is("<=")).then(below.clone()).otherwise(above.and(below));
    let met = || col("verdict").eq(lit("met"));
    rows.filter(met().or(col("verdict").eq(lit("not_met"))).and(col("value").is_not_null()))
        .join(measures.lazy(), columns(&keys), columns(&keys), JoinArgs::new(JoinType::Inner))
        // A value in another unit says nothing about the target.
        .filter(col("unit").fill_null(lit("")).eq(col("target_unit")))
        .with_column(met().neq(reached).alias("contradicted"))
        .sort(keys, SortMultipleOptions::default().with_maintain_order(true))
}

/// What the values of reports say, by the places of commune and set; each goes by the targets of its own month.
pub(super) fn by_value(
    scope: &Scope<'_>,
    reported: &[((u32, u32), Period)],
    rows: LazyFrame,
) -> PolarsResult<BTreeMap<(u32, u32), ByValue>> {
    let names = ["commune_rank", "set_rank"];
    let reports = reported
        .iter()
        .map(|(pair, period)| (*pair, scope.sets[pair.1 as usize], Some(scope.communes[pair.0 as usize]), *period));
    let frame = held(rows, measures(reports, names)?, names).collect()?;
    let pairs = keys(&frame, names[0])?.into_iter().zip(keys(&frame, names[1])?);
    let mut found: BTreeMap<(u32, u32), ByValue> = BTreeMap::new();
    for (pair, contradiction) in pairs.zip(contradictions(&frame)?) {
        let of_pair = found.entry(pair).or_default();
        of_pair.checked += 1;
        of_pair.contradictions.extend(contradiction);
    }
    Ok(found)
}

/// The rows of [`held`] as values; `None` where a value agrees with its verdict.
pub(super) fn contradictions(frame: &DataFrame) -> PolarsResult<Vec<Option<Contradiction>>> {
    let contradicted = super::columns::flags(frame, "contradicted")?;
    let codes = keys(frame, "criterion")?.into_iter().zip(keys(frame, "indicator")?);
    let codes: Vec<ItemCode> = codes.map(|(c, i)| ItemCode::indicator(c as u16, i as u16)).collect();
    let [verdict, unit, better, decision] =
        [texts(frame, "verdict")?, texts(frame, "unit")?, texts(frame, "better")?, texts(frame, "decision")?];
    let [sheet, cell, value_cell] = [texts(frame, "sheet")?, texts(frame, "cell")?, texts(frame, "value_cell")?];
    let (value, target) = (floats(frame, "value")?, floats(frame, "target")?);
    let source = match frame.column("row") {
        Ok(_) => numbers(frame, "row")?,
        Err(_) => vec![None; frame.height()],
    };
    let one = |row: usize| Contradiction {
        code: codes[row],
        stated: if verdict[row] == Some("met") { Status::Met } else { Status::NotMet },
        value: value[row].unwrap_or_default(),
        unit: unit[row].unwrap_or_default().to_owned(),
        target: target[row].unwrap_or_default(),
        better: of_word(better[row]),
        decision: decision[row].map(str::to_owned),
        sheet: sheet[row].unwrap_or_default().to_owned(),
        cell: cell[row].unwrap_or_default().to_owned(),
        value_cell: value_cell[row].map(str::to_owned),
        source: source[row],
    };
    Ok((0..frame.height()).map(|row| (contradicted[row] == Some(true)).then(|| one(row))).collect())
}

fn word(better: Better) -> &'static str {
    match better {
        Better::Higher | Better::Yes => ">=",
        Better::Lower => "<=",
        Better::Exactly => "=",
    }
}

fn of_word(word: Option<&str>) -> Better {
    match word {
        Some("<=") => Better::Lower,
        Some("=") => Better::Exactly,
        _ => Better::Higher,
    }
}
