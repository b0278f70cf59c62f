//! What a corrected file mends of the one it replaces: problems closed, still standing and new, and items that changed.

mod said;

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::{
    DataFrame, IntoLazy, JoinArgs, JoinType, LazyFrame, PolarsResult, SortMultipleOptions, UniqueKeepStrategy, col, df,
    lit,
};

use super::Input;
use super::columns::{floats, texts};
use super::problems::{Problem, problems};
use super::statement::by_names;
use crate::diag::Severity;
use crate::model::Verdict;

/// What a file mends of one it replaces.
#[derive(Debug, Clone, PartialEq)]
pub struct Correction {
    /// The hash of the new file.
    pub sha256: String,
    /// Its name.
    pub file: String,
    /// The name of the one it replaces.
    pub replaced: String,
    /// The hash of that.
    pub replaced_sha256: String,
    /// Problems of the old file that the new one has no more, with their old places.
    pub closed: Vec<Problem>,
    /// Problems of both, with their new places.
    pub standing: Vec<Problem>,
    /// How many of those are told in other words: the cell was changed, but not well.
    pub reworded: usize,
    /// Problems that only the new one has.
    pub appeared: Vec<Problem>,
    /// Items of which the two say different things.
    pub changes: Vec<Change>,
}

/// An item of which a file says another thing than the one it replaces.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The set.
    pub set: String,
    /// The item.
    pub item: String,
    /// The sheet on which the new file says it; of an item that it leaves out, none.
    pub sheet: Option<String>,
    /// The cell there.
    pub cell: Option<String>,
    /// Verdict and value of the old file.
    pub old: (Option<Verdict>, Option<f64>),
    /// Verdict and value of the new file.
    pub new: (Option<Verdict>, Option<f64>),
}

/// The corrections that some files make, in their order. A file that replaces several makes one of each.
pub(super) fn corrections(
    input: &Input<'_>,
    files: &[&str],
    origins: &[(&str, &str)],
) -> PolarsResult<Vec<Correction>> {
    let names = names(input.files)?;
    let mut pairs = replaced(input)?;
    // A copy of a file whose commune or month nobody could tell replaces it, though the two state nothing in common. A
    // copy of another file may be this month's report written over last month's.
    let stated: BTreeSet<&str> = texts(input.submissions, "sha256")?.into_iter().flatten().collect();
    let unlinked = |(new, old): &&(&str, &str)| !stated.contains(old) && !pairs.iter().any(|(known, _)| known == new);
    let linked: Vec<(String, String)> =
        origins.iter().filter(unlinked).map(|(new, old)| ((*new).to_owned(), (*old).to_owned())).collect();
    pairs.extend(linked);
    pairs.retain(|(new, _)| files.contains(&new.as_str()));
    if pairs.is_empty() {
        return Ok(Vec::new());
    }
    pairs.sort_by_key(|(new, _)| files.iter().position(|file| file == new));
    let rows = Rows::of(input, &pairs)?;
    let named = pairs.iter().filter_map(|(new, old)| Some(((new, names.get(new)?), (old, names.get(old)?))));
    named.map(|(new, old)| correction(&rows, (new.0, new.1), (old.0, old.1))).collect()
}

/// What is stored of the files in question.
struct Rows {
    observations: DataFrame,
    diagnostics: DataFrame,
}

impl Rows {
    fn of(input: &Input<'_>, pairs: &[(String, String)]) -> PolarsResult<Self> {
        let hashes: Vec<&str> = pairs.iter().flat_map(|(new, old)| [new.as_str(), old.as_str()]).collect();
        let wanted = df!["sha256" => hashes]?;
        let of = |rows: &LazyFrame| {
            let on = [col("sha256")];
            let args = JoinArgs::new(JoinType::Semi);
            rows.clone().join(wanted.clone().lazy(), on.clone(), on, args).collect()
        };
        Ok(Rows { observations: of(input.observations)?, diagnostics: of(input.diagnostics)? })
    }
}

/// The files that count in some statement, each with the file of the version that came last before.
fn replaced(input: &Input<'_>) -> PolarsResult<Vec<(String, String)>> {
    let statement = ["period", "commune", "set", "assessor"].map(col).to_vec();
    let versions = || input.submissions.clone().lazy().filter(col("commune").is_not_null());
    let before = versions()
        .filter(col("current").not())
        .sort(["received_at", "file", "sha256"], SortMultipleOptions::default())
        .group_by_stable(statement.clone())
        .agg([col("sha256").last().alias("before")]);
    let pairs = versions()
        .filter(col("current"))
        .join(before, statement.clone(), statement, JoinArgs::new(JoinType::Inner))
        .filter(col("before").neq(col("sha256")))
        .sort(["sha256", "before"], SortMultipleOptions::default())
        .select([col("sha256"), col("before")])
        .unique_stable(Some(by_names(&["sha256", "before"])), UniqueKeepStrategy::First)
        .collect()?;
    let both = texts(&pairs, "sha256")?.into_iter().zip(texts(&pairs, "before")?);
    Ok(both.filter_map(|(new, old)| Some((new?.to_owned(), old?.to_owned()))).collect())
}

fn names(files: &DataFrame) -> PolarsResult<BTreeMap<String, String>> {
    let both = texts(files, "sha256")?.into_iter().zip(texts(files, "file")?);
    Ok(both.filter_map(|(hash, name)| Some((hash?.to_owned(), name?.to_owned()))).collect())
}

fn correction(rows: &Rows, new: (&str, &str), old: (&str, &str)) -> PolarsResult<Correction> {
    let Compared { closed, standing, reworded, appeared } = compare(of_file(rows, old.0)?, of_file(rows, new.0)?);
    Ok(Correction {
        sha256: new.0.to_owned(),
        file: new.1.to_owned(),
        replaced: old.1.to_owned(),
        replaced_sha256: old.0.to_owned(),
        closed,
        standing,
        reworded,
        appeared,
        changes: changes(rows, new.0, old.0)?,
    })
}

/// The errors and warnings of a file, whether it counts or not.
fn of_file(rows: &Rows, sha256: &str) -> PolarsResult<Vec<Problem>> {
    let of_file = col("sha256").eq(lit(sha256.to_owned()));
    let frame = rows.diagnostics.clone().lazy().filter(of_file.and(col("severity").neq(lit("info")))).collect()?;
    let mut found = problems(&frame)?;
    // One sheet with two sets has what is said of its title twice.
    let mut seen = BTreeSet::new();
    found.retain(|p| seen.insert((p.message.clone(), p.sheet.clone(), p.cells.clone(), p.item.clone())));
    found.sort_by_key(|problem| problem.severity != Severity::Error);
    Ok(found)
}

/// The problems of two files held against each other.
struct Compared {
    closed: Vec<Problem>,
    standing: Vec<Problem>,
    reworded: usize,
    appeared: Vec<Problem>,
}

/// Rows may have moved and counts in the words changed: a problem is the same where code, set and item are, the very
/// same words first.
fn compare(old: Vec<Problem>, new: Vec<Problem>) -> Compared {
    let kind = |p: &Problem| (p.code.clone(), p.set.clone(), p.item.clone());
    let mut left: Vec<Option<Problem>> = new.into_iter().map(Some).collect();
    let mut standing = Vec::new();
    let mut closed = old;
    let mut in_same_words = 0;
    for same_words in [true, false] {
        closed.retain(|problem| {
            let same =
                |other: &Problem| kind(other) == kind(problem) && (!same_words || other.message == problem.message);
            let found = left.iter().position(|other| other.as_ref().is_some_and(same));
            standing.extend(found.and_then(|place| left[place].take()));
            found.is_none()
        });
        if same_words {
            in_same_words = standing.len();
        }
    }
    let reworded = standing.len() - in_same_words;
    Compared { closed, standing, reworded, appeared: left.into_iter().flatten().collect() }
}

/// What the two files say differently of items that both, or one of them, state.
fn changes(rows: &Rows, new: &str, old: &str) -> PolarsResult<Vec<Change>> {
    let keys = ["period", "commune", "set", "assessor", "criterion", "indicator", "item"];
    let of = |hash: &str, end: &str| {
        let frame = rows.observations.clone().lazy().filter(col("sha256").eq(lit(hash.to_owned())));
        let said = ["verdict", "value", "sheet", "cell"].map(|name| col(name).alias(format!("{name}_{end}")));
        frame
            .select([keys.map(col).as_slice(), &said, &[lit(true).alias(format!("is_{end}"))]].concat())
            .unique_stable(Some(by_names(&keys)), UniqueKeepStrategy::First)
    };
    // Only what both files report of: a report that the new file has besides is no change of the old one.
    let statement = ["period", "commune", "set", "assessor"].map(col).to_vec();
    let semi = |a: polars::prelude::LazyFrame, b: polars::prelude::LazyFrame| {
        a.join(b, statement.clone(), statement.clone(), JoinArgs::new(JoinType::Semi))
    };
    let (new_rows, old_rows) = (semi(of(new, "new"), of(old, "old")), semi(of(old, "old"), of(new, "new")));
    let on = keys.map(col).to_vec();
    let args = JoinArgs::new(JoinType::Full).with_coalesce(polars::prelude::JoinCoalesce::CoalesceColumns);
    let differs = |name: &str| col(format!("{name}_old")).neq_missing(col(format!("{name}_new")));
    let frame = new_rows
        .join(old_rows, on.clone(), on, args)
        .filter(differs("verdict").or(differs("value")))
        .sort(keys, SortMultipleOptions::default())
        .collect()?;
    let (set, item) = (texts(&frame, "set")?, texts(&frame, "item")?);
    let (sheet, cell) = (texts(&frame, "sheet_new")?, texts(&frame, "cell_new")?);
    let (old_verdict, new_verdict) = (texts(&frame, "verdict_old")?, texts(&frame, "verdict_new")?);
    let (old_value, new_value) = (floats(&frame, "value_old")?, floats(&frame, "value_new")?);
    let owned = |text: Option<&str>| text.map(str::to_owned);
    let stored = |word: Option<&str>| word.and_then(Verdict::from_stored);
    let row = |row: usize| Change {
        set: owned(set[row]).unwrap_or_default(),
        item: owned(item[row]).unwrap_or_default(),
        sheet: owned(sheet[row]),
        cell: owned(cell[row]),
        old: (stored(old_verdict[row]), old_value[row]),
        new: (stored(new_verdict[row]), new_value[row]),
    };
    Ok((0..frame.height()).map(row).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Text;

    fn problem(code: &str, item: Option<&str>, message: &str) -> Problem {
        Problem {
            severity: Severity::Warning,
            code: code.to_owned(),
            commune: Some("13546".to_owned()),
            set: Some("ntm-2021-2025".to_owned()),
            item: item.map(str::to_owned),
            message: Text::new(message, message),
            hint: None,
            file: "BC.xlsx".to_owned(),
            sha256: "ab".to_owned(),
            sheet: Some("Biểu".to_owned()),
            cells: None,
        }
    }

    #[test]
    fn a_problem_is_the_same_when_only_its_words_changed() {
        let old = vec![
            problem("declared-mismatch", None, "60/75, list 61/75"),
            problem("row-not-placed", None, "row A"),
            problem("row-not-placed", None, "row B"),
            problem("verdict-unclear", Some("2.1"), "xem lại"),
        ];
        let new = vec![
            problem("declared-mismatch", None, "60/75, list 62/75"),
            problem("row-not-placed", None, "row B"),
            problem("verdict-unclear", Some("5"), "?"),
        ];
        let Compared { closed, standing, reworded, appeared } = compare(old, new);
        let words = |all: &[Problem]| all.iter().map(|p| p.message.en.clone()).collect::<Vec<_>>();
        assert_eq!(words(&closed), ["row A", "xem lại"]);
        assert_eq!(words(&standing), ["row B", "60/75, list 62/75"]);
        assert_eq!(words(&appeared), ["?"]);
        assert_eq!(reworded, 1);
    }
}
