//! What was received for the month: files, and submissions that nobody expected.

use std::collections::BTreeSet;

use jiff::civil::DateTime;
use polars::prelude::{DataFrame, DataType, IntoLazy, JoinArgs, JoinType, PolarsResult, SortMultipleOptions, col, lit};

use super::Input;
use super::columns::{moments, numbers, texts};
use super::outcome::{Assessment, Basis, Standing};
use super::scope::Scope;
use super::statement::{self, Reports};
use crate::model::Period;

/// A submission of the month that nobody expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unexpected {
    /// Commune code as stored.
    pub commune: String,
    /// Set as stored.
    pub set: String,
    /// Whose verdicts.
    pub assessor: String,
    /// The file.
    pub file: String,
    /// The sheet.
    pub sheet: String,
    /// When it was received.
    pub received_at: DateTime,
}

/// A file as received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRecord {
    /// The month under which it is filed.
    pub period: Option<Period>,
    /// Its name.
    pub file: String,
    /// Its hash.
    pub sha256: String,
    /// When it was received.
    pub received_at: DateTime,
    /// How many submissions were read in it; `None` where it was set aside.
    pub submissions: Option<u32>,
    /// How many of them count.
    pub counting: u32,
    /// Its path below the archive.
    pub archive: String,
}

/// The month's reports that go back to their communes, for there is something to mend in their files.
#[derive(Debug, Clone)]
pub struct GoingBack<'a> {
    hashes: BTreeSet<&'a str>,
}

impl GoingBack<'_> {
    /// Whether a report of this month goes back.
    #[must_use]
    pub fn has(&self, standing: &Standing) -> bool {
        let received = standing.received.as_ref().filter(|_| standing.basis == Basis::ThisMonth);
        received.is_some_and(|received| self.hashes.contains(received.sha256.as_str()))
    }
}

impl Assessment {
    /// The reports that go back.
    #[must_use]
    pub fn going_back(&self) -> GoingBack<'_> {
        let to_be_mended = self.problems.iter().filter(|problem| problem.is_to_be_mended());
        GoingBack { hashes: to_be_mended.map(|problem| problem.sha256.as_str()).collect() }
    }
}

/// Files filed under the month, and those of earlier months that stand in, by time of receipt.
pub(super) fn files(input: &Input<'_>, reports: &Reports) -> PolarsResult<Vec<FileRecord>> {
    let standing_in = reports.now.clone().lazy().filter(col("sha256").is_not_null()).select([col("sha256")]);
    let standing_in = standing_in.unique_stable(None, polars::prelude::UniqueKeepStrategy::First);
    let counting = input
        .submissions
        .clone()
        .lazy()
        .group_by_stable([col("sha256")])
        .agg([col("current").sum().cast(DataType::UInt32).alias("counting")]);
    let by_hash = || [col("sha256")];
    let frame = input
        .files
        .clone()
        .lazy()
        .join(standing_in.with_column(lit(true).alias("used")), by_hash(), by_hash(), JoinArgs::new(JoinType::Left))
        .filter(col("period").eq(lit(input.period.to_string())).or(col("used").is_not_null()))
        .join(counting, by_hash(), by_hash(), JoinArgs::new(JoinType::Left))
        .sort(["received_at", "file", "sha256"], SortMultipleOptions::default())
        .collect()?;
    records(&frame)
}

/// This month's submissions of communes that are not expected, or for sets that do not count.
pub(super) fn unexpected(input: &Input<'_>, scope: &Scope<'_>) -> PolarsResult<Vec<Unexpected>> {
    let frame = statement::ranked(input.submissions.clone().lazy(), scope)
        .filter(
            col("current")
                .and(col("period").eq(lit(input.period.to_string())))
                .and(col("commune_rank").is_null().or(col("set_rank").is_null())),
        )
        .sort(["commune", "set", "assessor", "file", "sheet"], SortMultipleOptions::default())
        .collect()?;
    let text = |name| PolarsResult::Ok(texts(&frame, name)?.into_iter().map(|t| t.unwrap_or_default().to_owned()));
    let places = text("file")?.zip(text("sheet")?).zip(moments(&frame, "received_at")?);
    let rows = text("commune")?.zip(text("set")?).zip(text("assessor")?).zip(places);
    Ok(rows
        .filter_map(|(((commune, set), assessor), ((file, sheet), received_at))| {
            Some(Unexpected { commune, set, assessor, file, sheet, received_at: received_at? })
        })
        .collect())
}

fn records(frame: &DataFrame) -> PolarsResult<Vec<FileRecord>> {
    let names = texts(frame, "period")?.into_iter().zip(texts(frame, "file")?).zip(texts(frame, "sha256")?);
    let outcomes = texts(frame, "outcome")?
        .into_iter()
        .zip(numbers(frame, "submissions")?)
        .zip(numbers(frame, "counting")?)
        .zip(moments(frame, "received_at")?);
    let archived = texts(frame, "archive")?.into_iter();
    Ok(names
        .zip(outcomes)
        .zip(archived)
        .filter_map(|((((period, file), sha256), (((outcome, submissions), counting), received_at)), archive)| {
            Some(FileRecord {
                period: period.and_then(|month| month.parse().ok()),
                file: file?.to_owned(),
                sha256: sha256?.to_owned(),
                received_at: received_at?,
                submissions: matches!(outcome, Some("read" | "asked")).then(|| submissions.unwrap_or_default()),
                counting: counting.unwrap_or_default(),
                archive: archive.unwrap_or_default().to_owned(),
            })
        })
        .collect())
}
