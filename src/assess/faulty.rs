//! Files that go back to their communes: what is wrong with the version that counts, and what the report before said
//! of the items in question.

use std::collections::BTreeMap;

use jiff::civil::DateTime;
use polars::prelude::{
    DataFrame, IntoLazy, JoinArgs, JoinType, LazyFrame, PolarsResult, SortMultipleOptions, UniqueKeepStrategy,
    coalesce, col, lit,
};

use super::Input;
use super::columns::{floats, moments, texts};
use super::problems::{Problem, problems, with_liveness};
use super::statement::by_names;
use crate::diag::Code;
use crate::model::{Period, Verdict};

/// A file with something to mend.
#[derive(Debug, Clone, PartialEq)]
pub struct Faulty {
    /// Its name as received.
    pub file: String,
    /// Its hash.
    pub sha256: String,
    /// Its path inside the archive.
    pub archive: String,
    /// When it was received.
    pub received_at: Option<DateTime>,
    /// The codes of the communes that report in it, in order.
    pub communes: Vec<String>,
    /// The months it reports of, in order.
    pub periods: Vec<Period>,
    /// What is wrong, in the stored order.
    pub faults: Vec<Fault>,
}

/// Something to mend.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// What is wrong. Where it names cells but no item, the item whose verdict or value stands there.
    pub problem: Problem,
    /// What the last report of an earlier month said of the item.
    pub before: Option<Earlier>,
}

/// What a report of an earlier month said of an item.
#[derive(Debug, Clone, PartialEq)]
pub struct Earlier {
    /// The month.
    pub period: Period,
    /// The verdict.
    pub verdict: Option<Verdict>,
    /// The value, in its unit.
    pub value: Option<f64>,
    /// The unit.
    pub unit: Option<String>,
    /// The value as written.
    pub text: Option<String>,
}

/// The files kept under the month of which an error or a warning stands, by name and hash.
pub(super) fn files(input: &Input<'_>) -> PolarsResult<Vec<Faulty>> {
    let of_month = col("period").eq(lit(input.period.to_string()));
    let filed = input.files.clone().lazy().filter(of_month).sort(["file", "sha256"], SortMultipleOptions::default());
    let faults = faults(input, &filed)?;
    if faults.height() == 0 {
        return Ok(Vec::new());
    }
    let filed = filed.collect()?;
    let (names, hashes, paths) = (texts(&filed, "file")?, texts(&filed, "sha256")?, texts(&filed, "archive")?);
    let received = moments(&filed, "received_at")?;
    let mut files: Vec<Faulty> = Vec::with_capacity(names.len());
    for (((file, sha256), archive), received_at) in names.into_iter().zip(hashes).zip(paths).zip(received) {
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        let (communes, periods) = (Vec::new(), Vec::new());
        let (file, sha256, archive) = (text(file), text(sha256), text(archive));
        files.push(Faulty { file, sha256, archive, received_at, communes, periods, faults: Vec::new() });
    }
    let places: BTreeMap<String, usize> = files.iter().map(|file| file.sha256.clone()).zip(0..).collect();
    for fault in rows(&faults)? {
        if let Some(&place) = places.get(&fault.problem.sha256) {
            files[place].faults.push(fault);
        }
    }
    let (hashes, communes, periods) = (
        texts(input.submissions, "sha256")?,
        texts(input.submissions, "commune")?,
        texts(input.submissions, "period")?,
    );
    for ((hash, commune), period) in hashes.into_iter().zip(communes).zip(periods) {
        let Some(&place) = hash.and_then(|hash| places.get(hash)) else { continue };
        files[place].communes.extend(commune.map(str::to_owned));
        files[place].periods.extend(period.and_then(|period| period.parse::<Period>().ok()));
    }
    files.retain(|file| !file.faults.is_empty());
    for file in &mut files {
        file.communes.sort();
        file.communes.dedup();
        file.periods.sort();
        file.periods.dedup();
    }
    Ok(files)
}

/// The errors and warnings that stand of some files, each with its item and what was said of it before.
fn faults(input: &Input<'_>, filed: &LazyFrame) -> PolarsResult<DataFrame> {
    let hash = [col("sha256")];
    let of = |rows: &LazyFrame, files: LazyFrame| {
        let args = JoinArgs::new(JoinType::Semi);
        rows.clone().join(files.select([col("sha256")]), hash.clone(), hash.clone(), args)
    };
    let standing = with_liveness(of(input.diagnostics, filed.clone()), input)
        .filter(col("live").and(col("severity").neq(lit("info"))))
        // A fault of ours is nothing that a commune could mend.
        .filter(col("code").neq(lit(Code::InternalFault.as_str())))
        .collect()?;
    if standing.height() == 0 {
        return Ok(standing);
    }
    // Most files have nothing to mend, and their observations weigh the most.
    let observations = of(input.observations, standing.clone().lazy());
    let standing = standing.lazy();
    // A file as a whole is said to have an error in D12; that this is the value of 2.1 the observations know.
    let at = |cell: &str, end: &str| {
        let named = |name: &str| col(name).alias(format!("{name}_{end}"));
        let keys = [col("sha256"), col("sheet"), col(cell).alias("cells")];
        let frame = observations.clone().filter(col(cell).is_not_null());
        let frame = frame.select([keys.as_slice(), &["commune", "set", "item"].map(named)].concat());
        frame.unique_stable(Some(by_names(&["sha256", "sheet", "cells"])), UniqueKeepStrategy::First)
    };
    let place = ["sha256", "sheet", "cells"].map(col).to_vec();
    let placed = standing
        .join(at("cell", "of_cell"), place.clone(), place.clone(), JoinArgs::new(JoinType::Left))
        .join(at("value_cell", "of_value"), place.clone(), place, JoinArgs::new(JoinType::Left))
        .with_columns(["commune", "set", "item"].map(|name| {
            let found = [col(name), col(format!("{name}_of_cell")), col(format!("{name}_of_value"))];
            coalesce(&found).alias(name)
        }))
        .sort(["order"], SortMultipleOptions::default());
    let item = ["commune", "set", "item"].map(col).to_vec();
    let said = ["period", "verdict", "value", "unit", "text"];
    let before = input
        .observations
        .clone()
        .filter(col("current").and(col("assessor").eq(lit("commune"))))
        .select([item.as_slice(), &said.map(|name| col(name).alias(format!("{name}_before")))].concat());
    let last = placed
        .clone()
        .select([item.as_slice(), &[col("order"), col("period")]].concat())
        .join(before, item.clone(), item, JoinArgs::new(JoinType::Inner))
        .filter(col("period_before").lt(col("period")))
        .sort(["order", "period_before"], SortMultipleOptions::default())
        .group_by_stable([col("order")])
        .agg(said.map(|name| col(format!("{name}_before")).last()));
    let order = [col("order")];
    placed
        .join(last, order.clone(), order, JoinArgs::new(JoinType::Left))
        .sort(["order"], SortMultipleOptions::default())
        .collect()
}

fn rows(frame: &DataFrame) -> PolarsResult<Vec<Fault>> {
    let (period, verdict) = (texts(frame, "period_before")?, texts(frame, "verdict_before")?);
    let (value, unit, text) =
        (floats(frame, "value_before")?, texts(frame, "unit_before")?, texts(frame, "text_before")?);
    let rows = problems(frame)?.into_iter().enumerate().map(|(row, problem)| {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        let before = period[row].and_then(|period| period.parse().ok()).map(|period| Earlier {
            period,
            verdict: verdict[row].and_then(Verdict::from_stored),
            value: value[row],
            unit: owned(unit[row]),
            text: owned(text[row]),
        });
        Fault { problem, before }
    });
    Ok(rows.collect())
}
