//! Declared totals against the list: both are said, neither is corrected.

use polars::prelude::*;

use crate::diag::{Code, Diagnostic, Scope, Severity};
use crate::model::{CellRef, CriteriaSet, ItemCode, Place, Submission, Text};

/// What the list of one submission adds up to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Listed {
    met: u32,
    not_met: u32,
    not_applicable: u32,
    silent: u32,
    /// Criteria with an indicator that is not met, in order.
    unmet_criteria: Vec<u32>,
}

/// For each submission whose list is complete and does not add up to its declared totals, what differs.
///
/// `observations` has a column `submission`, the position in `submissions`. An indicator that does not apply may be
/// counted as met or left out: communes do both, and either agrees.
///
/// # Errors
/// Only where polars fails.
pub fn declared(
    observations: &DataFrame,
    submissions: &[&Submission],
    sets: &[CriteriaSet],
) -> PolarsResult<Vec<(usize, Diagnostic)>> {
    let listed = listed(observations)?;
    let mut found = Vec::new();
    for (index, submission) in submissions.iter().enumerate() {
        let Some(set) = sets.iter().find(|set| set.id == submission.set) else { continue };
        let Some(list) = listed.get(index).and_then(Option::as_ref) else { continue };
        // A list with gaps proves nothing against a total.
        let complete = list.met + list.not_met + list.not_applicable == set.indicators_total;
        if complete && list.silent == 0 {
            found.extend(differences(submission, set, list).map(|d| (index, d)));
        }
    }
    Ok(found)
}

/// Criteria whose own verdict does not agree with those of their indicators.
///
/// A criterion is met when all its indicators that apply are met, so "met" beside an indicator that is not, and "not
/// met" beside indicators that all are, contradict each other. Indicators of which nothing is said prove nothing.
///
/// # Errors
/// Only where polars fails.
pub fn criteria(observations: &DataFrame, submissions: &[&Submission]) -> PolarsResult<Vec<(usize, Diagnostic)>> {
    let rows = observations.clone().lazy();
    let count = |verdict: &str| col("verdict").eq(lit(verdict)).sum().cast(DataType::UInt32).alias(verdict);
    let indicators = rows
        .clone()
        .filter(col("indicator").gt(lit(0)))
        .group_by_stable([col("submission"), col("criterion")])
        .agg([count("met"), count("not_met"), col("verdict").is_null().sum().cast(DataType::UInt32).alias("silent")]);
    let keys = [col("submission"), col("criterion")];
    let own = rows.filter(col("indicator").eq(lit(0))).select([
        col("submission"),
        col("criterion"),
        col("verdict"),
        col("sheet"),
        col("cell"),
    ]);
    let contradicted = own
        .join(indicators, keys.clone(), keys, JoinArgs::new(JoinType::Inner))
        .filter(
            col("verdict").eq(lit("met")).and(col("not_met").gt(lit(0))).or(col("verdict")
                .eq(lit("not_met"))
                .and(col("not_met").eq(lit(0)))
                .and(col("silent").eq(lit(0)))
                .and(col("met").gt(lit(0)))),
        )
        .sort(["submission", "criterion"], SortMultipleOptions::default())
        .collect()?;
    let text = |name: &str| contradicted.column(name).and_then(|c| c.str().cloned());
    let (verdicts, sheets, cells) = (text("verdict")?, text("sheet")?, text("cell")?);
    let number = |name: &str| contradicted.column(name).and_then(|c| c.u32().cloned());
    let (positions, criteria, unmet) = (number("submission")?, number("criterion")?, number("not_met")?);
    let mut found = Vec::new();
    for row in 0..contradicted.height() {
        let index = positions.get(row).unwrap_or(0) as usize;
        let item = ItemCode::criterion(criteria.get(row).unwrap_or(0) as u16);
        let place = match (sheets.get(row), cells.get(row).and_then(|cell| cell.parse::<CellRef>().ok())) {
            (Some(sheet), Some(cell)) => Place::cells(&submissions[index].file, &sheet.into(), cell),
            _ => Place::file(&submissions[index].file),
        };
        let met = verdicts.get(row) == Some("met");
        found.push((index, criterion_mismatch(item, met, unmet.get(row).unwrap_or(0)).at(place)));
    }
    Ok(found)
}

fn criterion_mismatch(item: ItemCode, met: bool, unmet: u32) -> Diagnostic {
    let message = if met {
        Text::new(
            format!("tiêu chí {item} ghi đạt nhưng có {unmet} chỉ tiêu chưa đạt"),
            format!("criterion {item} says met, {unmet} of its indicators are not"),
        )
    } else {
        Text::new(
            format!("tiêu chí {item} ghi chưa đạt nhưng các chỉ tiêu đều đạt"),
            format!("criterion {item} says not met, all its indicators are"),
        )
    };
    Diagnostic::new(Severity::Warning, Code::CriterionMismatch, message).about(Scope::Item(item)).with_hint(Text::new(
        "hỏi lại xã; báo cáo tính theo các chỉ tiêu",
        "ask the commune; the papers go by the indicators",
    ))
}

/// The counts of each submission's indicators, by its position.
fn listed(observations: &DataFrame) -> PolarsResult<Vec<Option<Listed>>> {
    let count = |verdict: &str| col("verdict").eq(lit(verdict)).sum().cast(DataType::UInt32).alias(verdict);
    // A single indicator bears its criterion's number; other rows of criteria are no indicators.
    let rows = observations.clone().lazy();
    let has_indicators = rows
        .clone()
        .filter(col("indicator").gt(lit(0)))
        .select([col("submission"), col("criterion"), lit(true).alias("divided")])
        .unique(Some(by_name(["submission", "criterion"], true, false)), UniqueKeepStrategy::Any);
    let keys = [col("submission"), col("criterion")];
    let counted = rows
        .join(has_indicators, keys.clone(), keys, JoinArgs::new(JoinType::Left))
        .filter(col("indicator").gt(lit(0)).or(col("divided").is_null()))
        .group_by_stable([col("submission")])
        .agg([
            count("met"),
            count("not_met"),
            count("not_applicable"),
            col("verdict").is_null().sum().cast(DataType::UInt32).alias("silent"),
        ])
        .sort(["submission"], SortMultipleOptions::default())
        .collect()?;
    let column = |name: &str| counted.column(name).and_then(|c| c.u32().cloned());
    let (positions, met, not_met, not_applicable) =
        (column("submission")?, column("met")?, column("not_met")?, column("not_applicable")?);
    let silent = column("silent")?;
    let mut listed = Vec::new();
    for row in 0..counted.height() {
        let at = positions.get(row).unwrap_or(0) as usize;
        listed.resize(at + 1, None);
        let value = |c: &UInt32Chunked| c.get(row).unwrap_or(0);
        listed[at] = Some(Listed {
            met: value(&met),
            not_met: value(&not_met),
            not_applicable: value(&not_applicable),
            silent: value(&silent),
            unmet_criteria: Vec::new(),
        });
    }
    for (at, criterion) in unmet_criteria(observations)? {
        if let Some(Some(list)) = listed.get_mut(at) {
            list.unmet_criteria.push(criterion);
        }
    }
    Ok(listed)
}

/// Each submission's criteria with something that is not met, in order.
fn unmet_criteria(observations: &DataFrame) -> PolarsResult<Vec<(usize, u32)>> {
    let unmet = observations
        .clone()
        .lazy()
        .filter(col("verdict").eq(lit("not_met")))
        .select([col("submission"), col("criterion")])
        .unique(None, UniqueKeepStrategy::Any)
        .sort(["submission", "criterion"], SortMultipleOptions::default())
        .collect()?;
    let (submissions, criteria) = (unmet.column("submission")?.u32()?, unmet.column("criterion")?.u32()?);
    Ok(submissions.iter().zip(criteria.iter()).filter_map(|(s, c)| Some((s? as usize, c?))).collect())
}

fn differences(submission: &Submission, set: &CriteriaSet, list: &Listed) -> Option<Diagnostic> {
    let declared = &submission.declared;
    let agrees = |stated: Option<u32>, met: u32, not_applicable: u32| {
        stated.is_none_or(|s| (met..=met + not_applicable).contains(&s))
    };
    let criteria_met = set.criteria_total() - list.unmet_criteria.len() as u32;
    let indicators_agree = agrees(declared.indicators_met, list.met, list.not_applicable);
    let criteria_agree = agrees(declared.criteria_met, criteria_met, 0);
    if indicators_agree && criteria_agree {
        return None;
    }
    let total = set.indicators_total;
    let listed_met = list.met + list.not_applicable;
    let not_applicable = |vi: bool| match (list.not_applicable, vi) {
        (0, _) => String::new(),
        (n, true) => format!(" (có {n} không áp dụng)"),
        (n, false) => format!(" ({n} not applicable among them)"),
    };
    let mut vi = Vec::new();
    let mut en = Vec::new();
    if let Some(stated) = declared.indicators_met.filter(|_| !indicators_agree) {
        let apart = stated.abs_diff(listed_met);
        vi.push(format!(
            "tự kê khai {stated}/{total} chỉ tiêu, theo danh sách {listed_met}/{total}{}, lệch {apart}",
            not_applicable(true)
        ));
        en.push(format!(
            "{stated}/{total} indicators declared met, the list gives {listed_met}/{total}{}, {apart} apart",
            not_applicable(false)
        ));
    }
    if let Some(stated) = declared.criteria_met.filter(|_| !criteria_agree) {
        let all = set.criteria_total();
        let apart = stated.abs_diff(criteria_met);
        vi.push(format!("tự kê khai {stated}/{all} tiêu chí, theo danh sách {criteria_met}/{all}, lệch {apart}"));
        en.push(format!("{stated}/{all} criteria declared met, the list gives {criteria_met}/{all}, {apart} apart"));
    }
    let cells = declared.cell.map(|cell| Place::cells(&submission.file, &submission.sheet, cell));
    let place = cells.unwrap_or_else(|| Place::sheet(&submission.file, &submission.sheet));
    let hint = hint(submission, list, criteria_agree);
    Some(
        Diagnostic::new(Severity::Warning, Code::DeclaredMismatch, Text::new(vi.join("; "), en.join("; ")))
            .about(Scope::Submission)
            .with_hint(hint)
            .at(place),
    )
}

/// Where the difference must lie, as far as arithmetic tells: when the count of criteria agrees, an indicator declared
/// unmet and not listed can only be in a criterion that is unmet already.
fn hint(submission: &Submission, list: &Listed, criteria_agree: bool) -> Text {
    let fewer = submission.declared.indicators_met.is_some_and(|stated| stated < list.met);
    if !(fewer && criteria_agree && submission.declared.criteria_met.is_some() && !list.unmet_criteria.is_empty()) {
        return Text::new(
            "hỏi lại xã: tổng số hay danh sách đúng",
            "ask the commune which is right, the totals or the list",
        );
    }
    let criteria = list.unmet_criteria.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    Text::new(
        format!("hỏi lại xã chỉ tiêu nào của các tiêu chí {criteria} còn thiếu trong danh sách chưa đạt"),
        format!("ask the commune which indicator of criteria {criteria} is missing from its list of what is not met"),
    )
}
