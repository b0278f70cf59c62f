//! Diagnostics of the month's files that still matter: those of replaced versions are counted, not repeated.

use polars::prelude::{DataFrame, Expr, IntoLazy, JoinArgs, JoinType, LazyFrame, PolarsResult, col, lit};

use super::Input;
use super::columns::texts;
use crate::diag::{Code, Severity};
use crate::model::Text;

/// Something said about a file of the month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// How much it matters.
    pub severity: Severity,
    /// The stable code.
    pub code: String,
    /// The commune, where it is known.
    pub commune: Option<String>,
    /// The set, where it is known.
    pub set: Option<String>,
    /// The item, where it is about one.
    pub item: Option<String>,
    /// What was found.
    pub message: Text,
    /// What to do.
    pub hint: Option<Text>,
    /// The file.
    pub file: String,
    /// Its hash.
    pub sha256: String,
    /// The sheet, where it is known.
    pub sheet: Option<String>,
    /// The cells, where they are known.
    pub cells: Option<String>,
}

impl Problem {
    /// Whether its file goes back to the commune: a fault of ours is nothing that a commune could mend.
    #[must_use]
    pub fn is_to_be_mended(&self) -> bool {
        self.severity != Severity::Info && self.code != Code::InternalFault.as_str()
    }
}

/// Diagnostics of files and submissions that count, worst first, otherwise in their stored order.
pub(super) fn live(input: &Input<'_>) -> PolarsResult<Vec<Problem>> {
    let mut problems = problems(&marked(input).filter(col("live")).collect()?)?;
    problems.sort_by_key(|problem| problem.severity);
    Ok(problems)
}

/// How many diagnostics stand on versions that a later one replaces.
pub(super) fn replaced(input: &Input<'_>) -> PolarsResult<usize> {
    Ok(marked(input).filter(col("live").not()).collect()?.height())
}

/// The month's diagnostics, each `live` or not.
fn marked(input: &Input<'_>) -> LazyFrame {
    let of_month = col("period").eq(lit(input.period.to_string()));
    with_liveness(input.diagnostics.clone().filter(of_month), input)
}

/// Diagnostics, each `live` or not: by its submission where it is about one, else by its file. Of a file without any
/// submission all that is said stands, until its mended copy comes.
pub(super) fn with_liveness(diagnostics: LazyFrame, input: &Input<'_>) -> LazyFrame {
    let submissions = || input.submissions.clone().lazy();
    let mended = input.files.clone().lazy().filter(col("mends").is_not_null());
    let mended = mended.group_by_stable([col("mends").alias("sha256")]).agg([lit(false).first().alias("unmended")]);
    let by_submission: Vec<Expr> = ["sha256", "commune", "set"].map(col).to_vec();
    let of_submission =
        submissions().group_by_stable(by_submission.clone()).agg([col("current").any(true).alias("submission_live")]);
    let of_file = submissions().group_by_stable([col("sha256")]).agg([col("current").any(true).alias("file_live")]);
    diagnostics
        .with_row_index("order", None)
        .join(of_submission, by_submission.clone(), by_submission, JoinArgs::new(JoinType::Left))
        .join(of_file, [col("sha256")], [col("sha256")], JoinArgs::new(JoinType::Left))
        .join(mended, [col("sha256")], [col("sha256")], JoinArgs::new(JoinType::Left))
        .with_column(
            col("submission_live")
                .fill_null(col("file_live"))
                .fill_null(col("unmended"))
                .fill_null(lit(true))
                .alias("live"),
        )
        .sort(["order"], Default::default())
}

/// Rows of diagnostics as values, in their order.
pub(super) fn problems(frame: &DataFrame) -> PolarsResult<Vec<Problem>> {
    let owned = |name| PolarsResult::Ok(texts(frame, name)?.into_iter().map(|text| text.map(str::to_owned)));
    let [mut commune, mut set, mut item] = [owned("commune")?, owned("set")?, owned("item")?];
    let [mut code, mut file, mut sha256] = [owned("code")?, owned("file")?, owned("sha256")?];
    let [mut message_vi, mut message_en] = [owned("message_vi")?, owned("message_en")?];
    let [mut hint_vi, mut hint_en] = [owned("hint_vi")?, owned("hint_en")?];
    let [mut sheet, mut cells] = [owned("sheet")?, owned("cells")?];
    let text = |or_empty: &mut dyn Iterator<Item = Option<String>>| or_empty.next().flatten().unwrap_or_default();
    let rows = texts(frame, "severity")?.into_iter().map(|word| Problem {
        severity: severity(word),
        code: text(&mut code),
        commune: commune.next().flatten(),
        set: set.next().flatten(),
        item: item.next().flatten(),
        message: Text { vi: text(&mut message_vi), en: text(&mut message_en) },
        hint: hint_vi.next().flatten().zip(hint_en.next().flatten()).map(|(vi, en)| Text { vi, en }),
        file: text(&mut file),
        sha256: text(&mut sha256),
        sheet: sheet.next().flatten(),
        cells: cells.next().flatten(),
    });
    Ok(rows.collect())
}

/// A word that is none of ours is taken for the worst.
fn severity(word: Option<&str>) -> Severity {
    [Severity::Warning, Severity::Info].into_iter().find(|s| Some(s.as_str()) == word).unwrap_or(Severity::Error)
}
