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

/// For each submission, the criteria whose own row says otherwise than their indicators. Both are said; the indicators
/// count.
///
/// A criterion that is called unmet is contradicted only where all its indicators are listed and none is open.
///
/// # Errors
/// Only where polars fails.
pub fn criteria(
    observations: &DataFrame,
    submissions: &[&Submission],
    sets: &[CriteriaSet],
) -> PolarsResult<Vec<(usize, Diagnostic)>> {
    let keys = [col("submission"), col("criterion")];
    let is = |verdict: &str| col("verdict").eq(lit(verdict));
    let indicators =
        observations.clone().lazy().filter(col("indicator").gt(lit(0))).group_by_stable(keys.clone()).agg([
            is("not_met").sum().cast(DataType::UInt32).alias("unmet"),
            col("verdict").is_not_null().sum().cast(DataType::UInt32).alias("told"),
        ]);
    let stated = observations
        .clone()
        .lazy()
        .filter(col("indicator").eq(lit(0)).and(is("met").or(is("not_met"))))
        .select([col("submission"), col("criterion"), col("verdict"), col("cell")])
        .join(indicators, keys.clone(), keys, JoinArgs::new(JoinType::Inner))
        .sort(["submission", "criterion"], SortMultipleOptions::default())
        .collect()?;
    let number = |name: &str| stated.column(name).and_then(|c| c.u32().cloned());
    let text = |name: &str| stated.column(name).and_then(|c| c.str().cloned());
    let (positions, criteria, unmet, told) =
        (number("submission")?, number("criterion")?, number("unmet")?, number("told")?);
    let (verdicts, cells) = (text("verdict")?, text("cell")?);
    let mut found = Vec::new();
    for row in 0..stated.height() {
        let index = positions.get(row).unwrap_or(0) as usize;
        let submission = submissions[index];
        let Some(criterion) = criteria.get(row).and_then(|number| u16::try_from(number).ok()) else { continue };
        let set = sets.iter().find(|set| set.id == submission.set).and_then(|set| set.criterion(criterion));
        let is_whole = set.is_some_and(|c| c.indicators.len() as u32 == told.get(row).unwrap_or(0));
        let unmet = unmet.get(row).unwrap_or(0);
        let message = match verdicts.get(row) {
            Some("met") if unmet > 0 => Text::new(
                format!("tiêu chí {criterion} ghi đạt nhưng có {unmet} chỉ tiêu ghi chưa đạt; tính theo các chỉ tiêu"),
                format!("criterion {criterion} says met, {unmet} of its indicators not met; the indicators count"),
            ),
            Some("not_met") if unmet == 0 && is_whole => Text::new(
                format!("tiêu chí {criterion} ghi chưa đạt nhưng không chỉ tiêu nào chưa đạt; tính theo các chỉ tiêu"),
                format!("criterion {criterion} says not met, none of its indicators does; the indicators count"),
            ),
            _ => continue,
        };
        let cell = cells.get(row).and_then(|cell| cell.parse::<CellRef>().ok());
        let place = cell.map(|cell| Place::cells(&submission.file, &submission.sheet, cell));
        let diagnostic = Diagnostic::new(Severity::Warning, Code::CriterionMismatch, message)
            .about(Scope::Item(ItemCode::criterion(criterion)))
            .with_hint(Text::new("hỏi lại xã: tiêu chí hay chỉ tiêu ghi đúng", "ask the commune which is right"))
            .at(place.unwrap_or_else(|| Place::sheet(&submission.file, &submission.sheet)));
        found.push((index, diagnostic));
    }
    Ok(found)
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
