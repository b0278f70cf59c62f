//! New frames into the stored ones: no file twice, and the version that counts marked.

use std::collections::BTreeMap;

use polars::prelude::*;

use super::order::sorted;
use super::{Frames, Kind};
use crate::model::frames::schema;

/// What makes a submission the same statement, whichever file it came in.
const STATEMENT: [&str; 4] = ["period", "commune", "set", "assessor"];

/// What tells the versions of a statement apart.
const VERSION: [&str; 4] = ["received_at", "file", "sha256", "sheet"];

/// The order of versions, from the one that counts least: a mended copy comes after what it mends, also where both
/// came on one day and no time is known.
const ORDER: [&str; 5] = ["received_at", MENDING, "file", "sha256", "sheet"];

/// How often the file was mended; only while versions are put in order.
const MENDING: &str = "mending";

/// Copies of copies beyond this are no honest ones.
const MOST_MENDED: u32 = 1_000;

/// The stored frames with the new ones, in their order.
///
/// A file is known by its hash. One that is already stored is left out with all its rows: the first reading and the
/// first time of receipt stand. Of one that is new but came twice, the copy received first counts, then by name.
///
/// Of all versions of a statement (month, commune, set, assessor) the one received last is `current`; where two came
/// at the same moment, the copy that mends the other, else the last by file name, then by hash, then by sheet. The others bear its hash in `replaced_by`
/// (their own file's hash, where a later sheet of the same file replaces them). Plans replace nothing and all count. A submission without a commune states
/// nothing that could count: it is neither current nor replaced.
///
/// # Errors
///
/// A frame is not in its schema, or a row belongs to no file or no submission of the frames: faults of ours.
pub fn merge(stored: Frames, new: Frames) -> PolarsResult<Frames> {
    check_schemas(&stored)?;
    check_schemas(&new)?;
    let new = once_each(new, &stored)?;
    let mut all = stored;
    all.append(new)?;
    let submissions = mark_versions(all.submissions, &all.files)?;
    let observations = mark_observations(all.observations, &submissions)?;
    Ok(Frames {
        observations: sorted(Kind::Observations, observations)?,
        submissions: sorted(Kind::Submissions, submissions)?,
        files: sorted(Kind::Files, all.files)?,
        diagnostics: sorted(Kind::Diagnostics, all.diagnostics)?,
    })
}

fn check_schemas(frames: &Frames) -> PolarsResult<()> {
    for (kind, frame) in frames.by_kind() {
        let (found, expected) = (frame.schema(), schema(kind.columns()));
        polars_ensure!(**found == expected, SchemaMismatch: "{} has {found:?}, expected {expected:?}", kind.folder());
    }
    Ok(())
}

/// The new frames without the files that are stored, and with one copy of each.
fn once_each(new: Frames, stored: &Frames) -> PolarsResult<Frames> {
    for (kind, frame) in new.by_kind() {
        refuse_strays(kind, frame, &new.files, &stored.files)?;
    }
    let copies = new
        .files
        .sort(["sha256", "received_at", "file", "period", "archive"], SortMultipleOptions::default())?
        .unique_stable(Some(&["sha256".into()]), UniqueKeepStrategy::First, None)?;
    let files = copies.lazy().join(
        stored.files.clone().lazy(),
        [col("sha256")],
        [col("sha256")],
        JoinArgs::new(JoinType::Anti),
    );
    let files = files.collect()?;
    let is_once = files.height() == new.files.height();
    let of_files = |frame: DataFrame, keys: &[&str]| -> PolarsResult<DataFrame> {
        if is_once {
            return Ok(frame);
        }
        let on: Vec<Expr> = keys.iter().map(|key| col(*key)).collect();
        let rows = frame.lazy().join(files.clone().lazy(), on.clone(), on, JoinArgs::new(JoinType::Semi)).collect()?;
        // Two copies of the same name and moment give the same rows twice, told apart by nothing.
        rows.unique_stable(None, UniqueKeepStrategy::First, None)
    };
    let filed = new.diagnostics.clone().lazy().filter(col("sha256").is_not_null()).collect()?;
    let diagnostics = of_files(filed, receipt(Kind::Diagnostics))?;
    let diagnostics = with_unfiled(&new.diagnostics, diagnostics, stored)?;
    Ok(Frames {
        observations: of_files(new.observations, receipt(Kind::Observations))?,
        submissions: of_files(new.submissions, receipt(Kind::Submissions))?,
        diagnostics,
        files,
    })
}

/// The columns that tie a row to the file it came in, as it came in.
fn receipt(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Observations | Kind::Submissions | Kind::Files => &["sha256", "file", "received_at"],
        Kind::Diagnostics => &["sha256", "file"],
    }
}

/// A row of a file that is neither new nor stored would be lost on the way.
fn refuse_strays(kind: Kind, rows: &DataFrame, new: &DataFrame, stored: &DataFrame) -> PolarsResult<()> {
    let without = |rows: LazyFrame, files: &DataFrame, keys: &[&str]| {
        let on: Vec<Expr> = keys.iter().map(|key| col(*key)).collect();
        rows.join(files.clone().lazy(), on.clone(), on, JoinArgs::new(JoinType::Anti))
    };
    // Of the keys alone: what is not asked for is not copied.
    let keys = rows.clone().lazy().select(receipt(kind).iter().map(|key| col(*key)).collect::<Vec<_>>());
    let filed = keys.filter(col("sha256").is_not_null());
    let strays = without(without(filed, new, receipt(kind)), stored, &["sha256"]).collect()?.height();
    polars_ensure!(strays == 0, ComputeError: "{strays} rows of {} belong to no file", kind.folder());
    Ok(())
}

/// Diagnostics of new files, and those of no file at all (a report that is missing) that are not stored yet.
fn with_unfiled(new: &DataFrame, of_files: DataFrame, stored: &Frames) -> PolarsResult<DataFrame> {
    let unfiled = new.clone().lazy().filter(col("sha256").is_null()).collect()?;
    let all: Vec<Expr> = Kind::Diagnostics.columns().iter().map(|(name, _)| col(*name)).collect();
    let args = JoinArgs { nulls_equal: true, ..JoinArgs::new(JoinType::Anti) };
    let unfiled = unfiled.unique_stable(None, UniqueKeepStrategy::First, None)?.lazy();
    let fresh = unfiled.join(stored.diagnostics.clone().lazy(), all.clone(), all, args).collect()?;
    of_files.vstack(&fresh)
}

/// Of each file that mends another, how often it was mended.
fn mending(files: &DataFrame) -> PolarsResult<DataFrame> {
    let (hashes, mends) = (files.column("sha256")?.str()?, files.column("mends")?.str()?);
    let both = hashes.iter().zip(mends.iter());
    let of: BTreeMap<&str, &str> = both.filter_map(|(hash, mends)| Some((hash?, mends?))).collect();
    let depth = |hash: &&str| {
        let (mut at, mut depth) = (*hash, 0);
        while let Some(before) = of.get(at).filter(|_| depth < MOST_MENDED) {
            (at, depth) = (before, depth + 1);
        }
        depth
    };
    let depths: Vec<u32> = of.keys().map(depth).collect();
    df!["sha256" => of.into_keys().collect::<Vec<&str>>(), MENDING => depths]
}

/// `current` and `replaced_by` of all submissions.
fn mark_versions(submissions: DataFrame, files: &DataFrame) -> PolarsResult<DataFrame> {
    let order: Vec<&str> = STATEMENT.into_iter().chain(ORDER).collect();
    let of_statement = |column: &str| col(column).last().over(STATEMENT.map(col));
    let has_commune = col("commune").is_not_null();
    // Several hands fill in plans, each in a copy of its own: none of them replaces another.
    let is_plan = col("assessor").eq(lit("plan")).and(has_commune.clone());
    let mut counts = has_commune.clone();
    for column in VERSION {
        counts = counts.and(col(column).eq_missing(of_statement(column)?));
    }
    let by_hash = [col("sha256")];
    submissions
        .lazy()
        .join(mending(files)?.lazy(), by_hash.clone(), by_hash, JoinArgs::new(JoinType::Left))
        .with_column(col(MENDING).fill_null(lit(0u32)))
        .sort(order, SortMultipleOptions::default())
        .drop(cols([MENDING]))
        .with_column(counts.or(is_plan).alias("current"))
        .with_column(
            when(col("current").or(has_commune.not()))
                .then(lit(NULL).cast(DataType::String))
                .otherwise(of_statement("sha256")?)
                .alias("replaced_by"),
        )
        .collect()
}

/// `current` of all observations: that of their submission.
fn mark_observations(mut observations: DataFrame, submissions: &DataFrame) -> PolarsResult<DataFrame> {
    let key: Vec<&str> = STATEMENT.into_iter().chain(VERSION).collect();
    let on: Vec<Expr> = key.iter().map(|name| col(*name)).collect();
    // Two tables of one sheet may state the same thing; they count or are replaced together.
    let flags = submissions.select(key.iter().copied().chain(["current"]))?.unique_stable(
        None,
        UniqueKeepStrategy::First,
        None,
    )?;
    // The keys alone are joined: of a province's month all columns weigh as much as all else of a run.
    let keys = observations.select(key)?.lazy();
    let args = JoinArgs { nulls_equal: true, maintain_order: MaintainOrderJoin::Left, ..JoinArgs::new(JoinType::Left) };
    let current = keys.join(flags.lazy(), on.clone(), on, args).select([col("current")]).collect()?;
    let current = current.column("current")?.clone();
    let strays = current.null_count();
    polars_ensure!(strays == 0, ComputeError: "{strays} observations belong to no submission");
    observations.with_column(current)?;
    Ok(observations)
}
