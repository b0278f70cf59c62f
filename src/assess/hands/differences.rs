//! Where the hands differ: each item of which commune, district and decisions say different things, with all of them.

use polars::prelude::{
    DataFrame, DataType, Expr, IntoLazy, JoinArgs, JoinType, LazyFrame, NULL, PolarsResult, SortMultipleOptions,
    UnionArgs, UniqueKeepStrategy, col, concat, lit, when,
};

use super::{COMMUNE, DISTRICT, Hand, Hands, firsts};
use crate::assess::Input;
use crate::assess::columns::{codes, flags, numbers, pairs, texts};
use crate::assess::grid::{agreed_verdict, columns};
use crate::assess::statement::by_names;
use crate::model::{ItemCode, Verdict};
use crate::settings::Decision;

/// An item of which the hands say different things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreement {
    /// The item; a criterion where the district judges it as a whole.
    pub code: ItemCode,
    /// What the commune says; of a whole criterion what its indicators come to.
    pub commune: Option<Said>,
    /// What the district says.
    pub district: Option<Said>,
    /// What is decided.
    pub decision: Option<Decision>,
    /// Whose verdict counts.
    pub counts: Hand,
}

/// A verdict and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The verdict.
    pub verdict: Verdict,
    /// The sheet.
    pub sheet: String,
    /// The cell.
    pub cell: String,
    /// The file.
    pub file: String,
    /// Its row in [`Assessment::data`](crate::assess::Assessment::data).
    pub source: Option<u32>,
}

impl Hands {
    /// Where the hands differ, by commune, set and item; `own` are the commune's rows, `criteria` what they come to.
    pub(in crate::assess) fn disagreements(
        &self,
        input: &Input<'_>,
        own: &LazyFrame,
        criteria: &DataFrame,
    ) -> PolarsResult<Vec<((u32, u32), Disagreement)>> {
        let said = [&self.reviewed, &self.decided];
        let item = self.item();
        let named: Vec<LazyFrame> =
            said.into_iter().flatten().map(|frame| frame.clone().lazy().select(columns(&item))).collect();
        if named.is_empty() {
            return Ok(Vec::new());
        }
        let place = ["sheet", "cell", "file", "row"];
        let of = |hand: &str, verdict: &str| {
            let renamed = place.map(|name| col(name).alias(format!("{hand}_{name}")));
            [columns(&item), vec![col(verdict).alias(format!("{hand}_verdict"))], renamed.to_vec()].concat()
        };
        let left = |frame: LazyFrame, other: LazyFrame, on: &[&str]| {
            frame.join(other, columns(on), columns(on), JoinArgs::new(JoinType::Left))
        };
        let stated = own.clone().group_by_stable(columns(&item)).agg([vec![agreed_verdict()], firsts(&place)].concat());
        let wholes = [&self.keys[..], &["criterion"]].concat();
        let of_whole = criteria.clone().lazy().select([columns(&wholes), vec![col("status").alias("whole")]].concat());
        let all = concat(named, UnionArgs::default())?.unique_stable(Some(by_names(&item)), UniqueKeepStrategy::First);
        let mut frame = left(left(all, stated.select(of(COMMUNE, "verdict")), &item), of_whole, &wholes);
        frame = match &self.reviewed {
            Some(reviewed) => {
                let reviewed = reviewed.clone().lazy();
                let counts = reviewed.clone().select([columns(&item), vec![col("counts")]].concat());
                left(left(frame, reviewed.select(of(DISTRICT, "verdict")), &item), counts, &item)
            }
            None => frame
                .with_columns([lit(NULL).cast(DataType::String).alias("district_verdict"), lit(false).alias("counts")]),
        };
        frame = match &self.decided {
            Some(decided) => left(
                frame,
                decided.clone().lazy().select([columns(&item), columns(&["decided", "decision"])].concat()),
                &item,
            ),
            None => frame.with_column(lit(NULL).cast(DataType::String).alias("decided")),
        };
        // A criterion of several indicators is what they come to; what it does not come to is no verdict.
        let whole = when(
            col("whole").eq(lit("met")).or(col("whole").eq(lit("not_met"))).or(col("whole").eq(lit("not_applicable"))),
        )
        .then(col("whole"))
        .otherwise(lit(NULL));
        let commune = || col("commune_verdict");
        let differs = |one: &str, other: Expr| col(one).is_not_null().and(col(one).neq_missing(other));
        let frame = frame
            .with_column(when(col("indicator").eq(lit(0u32))).then(whole).otherwise(commune()).alias("commune_verdict"))
            .filter(
                differs("district_verdict", commune()).or(differs("decided", commune())).or(differs(
                    "decided",
                    col("district_verdict"),
                )
                .and(col("district_verdict").is_not_null())),
            )
            .sort(item, SortMultipleOptions::default())
            .collect()?;
        read(&frame, &input.settings.decisions)
    }
}

/// The rows where they differ as values.
fn read(frame: &DataFrame, decisions: &[Decision]) -> PolarsResult<Vec<((u32, u32), Disagreement)>> {
    let codes = codes(frame)?;
    let said = |hand: &str| -> PolarsResult<Vec<Option<Said>>> {
        let verdicts = texts(frame, &format!("{hand}_verdict"))?;
        if frame.column(&format!("{hand}_sheet")).is_err() {
            return Ok(vec![None; frame.height()]);
        }
        let text = |name: &str| texts(frame, &format!("{hand}_{name}"));
        let (sheet, cell, file) = (text("sheet")?, text("cell")?, text("file")?);
        let source = numbers(frame, &format!("{hand}_row"))?;
        let owned = |text: Option<&str>| text.unwrap_or_default().to_owned();
        let one = |row: usize| {
            Some(Said {
                verdict: verdicts[row].and_then(Verdict::from_stored)?,
                sheet: owned(sheet[row]),
                cell: owned(cell[row]),
                file: owned(file[row]),
                source: source[row],
            })
        };
        Ok((0..frame.height()).map(one).collect())
    };
    let (mut commune, mut district) = (said(COMMUNE)?.into_iter(), said(DISTRICT)?.into_iter());
    let decision = match frame.column("decision") {
        Ok(_) => numbers(frame, "decision")?,
        Err(_) => vec![None; frame.height()],
    };
    let counts = flags(frame, "counts")?;
    let rows = pairs(frame)?.into_iter().enumerate().map(|(row, pair)| {
        let decision = decision[row].and_then(|place| decisions.get(place as usize)).cloned();
        let counts = match (&decision, counts[row]) {
            (Some(_), _) => Hand::Decision,
            (None, Some(true)) => Hand::District,
            (None, _) => Hand::Commune,
        };
        let (commune, district) = (commune.next().flatten(), district.next().flatten());
        (pair, Disagreement { code: codes[row], commune, district, decision, counts })
    });
    Ok(rows.collect())
}
