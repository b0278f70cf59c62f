//! Declared totals against the list: both are said, neither is corrected.

use std::collections::BTreeMap;

use polars::prelude::*;

use super::by_value::{self, Contradiction};
use super::explain::{Sums, explanations};
use super::outcome::Status;
use crate::diag::{Code, Diagnostic, Scope, Severity};
use crate::model::{CellRef, CriteriaSet, ItemCode, Place, Submission, Text};
use crate::settings::Settings;

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

/// What the submissions of a batch say against themselves: declared totals against the list, criteria against their
/// indicators, verdicts against values by confirmed targets. Each with the position of its submission.
///
/// `observations` has a column `submission`, the position in `submissions`; `said` is what is said of them already.
///
/// # Errors
/// Only where polars fails.
pub fn all(
    observations: &DataFrame,
    submissions: &[&Submission],
    sets: &[CriteriaSet],
    settings: &Settings,
    said: &[(usize, Diagnostic)],
) -> PolarsResult<Vec<(usize, Diagnostic)>> {
    let contradictions = contradictions(observations, submissions, sets, settings)?;
    let mut found = declared(observations, submissions, sets, &contradictions, said)?;
    found.extend(criteria(observations, submissions)?);
    for (index, contradictions) in &contradictions {
        let submission = submissions[*index];
        let decision = sets.iter().find(|set| set.id == submission.set).map_or("", |set| set.decision.as_str());
        found.extend(contradictions.iter().map(|c| (*index, value_contradiction(c, decision, submission))));
    }
    Ok(found)
}

/// Verdicts that their values contradict, by the position of their submission.
fn contradictions(
    observations: &DataFrame,
    submissions: &[&Submission],
    sets: &[CriteriaSet],
    settings: &Settings,
) -> PolarsResult<BTreeMap<usize, Vec<Contradiction>>> {
    let names = ["submission", "one"];
    let measured = (0u32..).zip(submissions).filter_map(|(index, submission)| {
        let set = sets.iter().find(|set| set.id == submission.set)?;
        let period = submission.period?;
        let commune = submission.commune.as_ref().and_then(|code| settings.commune(code, period));
        Some(((index, 0), set, commune, period))
    });
    let rows = observations.clone().lazy().with_column(lit(0u32).cast(DataType::UInt32).alias(names[1]));
    let frame = by_value::held(rows, by_value::measures(measured, names)?, names).collect()?;
    let mut found: BTreeMap<usize, Vec<Contradiction>> = BTreeMap::new();
    let positions = super::columns::keys(&frame, names[0])?;
    for (index, contradiction) in positions.into_iter().zip(by_value::contradictions(&frame)?) {
        if let Some(contradiction) = contradiction {
            found.entry(index as usize).or_default().push(contradiction);
        }
    }
    Ok(found)
}

fn value_contradiction(one: &Contradiction, decision: &str, submission: &Submission) -> Diagnostic {
    let unit = |lang_comma: bool, number: f64| {
        let number = if lang_comma { number.to_string().replace('.', ",") } else { number.to_string() };
        match one.unit.as_str() {
            "" => number,
            "%" => format!("{number}%"),
            unit => format!("{number} {unit}"),
        }
    };
    let (code, sign) = (one.code, sign(one.better));
    let (value, target) = ([true, false].map(|vi| unit(vi, one.value)), [true, false].map(|vi| unit(vi, one.target)));
    let decision = one.decision.as_deref().unwrap_or(decision);
    let message = match one.stated {
        Status::Met => Text::new(
            format!("{code} ghi đạt nhưng kết quả {} chưa đạt mức quy định {sign} {}", value[0], target[0]),
            format!("{code} says met, but its value {} does not reach the target {sign} {}", value[1], target[1]),
        ),
        _ => Text::new(
            format!("{code} ghi chưa đạt nhưng kết quả {} đã đạt mức quy định {sign} {}", value[0], target[0]),
            format!("{code} says not met, but its value {} reaches the target {sign} {}", value[1], target[1]),
        ),
    };
    let hint = Text::new(
        format!("hỏi lại xã đánh giá hay kết quả đúng; không sửa thay (mức quy định theo {decision})"),
        format!("ask the commune which is right, the verdict or the value; neither is corrected (target: {decision})"),
    );
    let sheet = one.sheet.as_str().into();
    let at = |cell: &str| match cell.parse::<CellRef>() {
        Ok(cell) => Place::cells(&submission.file, &sheet, cell),
        Err(_) => Place::sheet(&submission.file, &sheet),
    };
    let diagnostic = Diagnostic::new(Severity::Warning, Code::ValueContradiction, message)
        .about(Scope::Item(code))
        .with_hint(hint)
        .at(at(&one.cell));
    match one.value_cell.as_deref().filter(|cell| *cell != one.cell) {
        Some(cell) => diagnostic.related_to(at(cell), Text::new("kết quả", "the value")),
        None => diagnostic,
    }
}

/// `≥`, `≤`, `=`.
fn sign(better: crate::model::criteria::Better) -> &'static str {
    use crate::model::criteria::Better;
    match better {
        Better::Higher | Better::Yes => "≥",
        Better::Lower => "≤",
        Better::Exactly => "=",
    }
}

/// For each submission whose list is complete and does not add up to its declared totals, what differs.
///
/// An indicator that does not apply may be counted as met or left out: communes do both, and either agrees.
fn declared(
    observations: &DataFrame,
    submissions: &[&Submission],
    sets: &[CriteriaSet],
    contradictions: &BTreeMap<usize, Vec<Contradiction>>,
    said: &[(usize, Diagnostic)],
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
    let apart: Vec<u32> = found.iter().map(|(index, _)| *index as u32).collect();
    let items = items(observations, &apart)?;
    for (index, diagnostic) in &mut found {
        let submission = submissions[*index];
        let Some(set) = sets.iter().find(|set| set.id == submission.set) else { continue };
        let nearly_met: Vec<ItemCode> = said.iter().filter(|(at, _)| at == index).filter_map(nearly_met).collect();
        let contradicted: Vec<ItemCode> =
            contradictions.get(index).into_iter().flatten().map(|contradiction| contradiction.code).collect();
        let sums = Sums {
            set,
            declared: (submission.declared.criteria_met, submission.declared.indicators_met),
            items: items.get(index).map_or(&[], Vec::as_slice),
            nearly_met: &nearly_met,
            contradicted: &contradicted,
            before: None,
        };
        diagnostic.hint = Some(hint(&sums));
    }
    Ok(found)
}

fn nearly_met((_, diagnostic): &(usize, Diagnostic)) -> Option<ItemCode> {
    match diagnostic.scope {
        Scope::Item(item) if diagnostic.code == Code::VerdictNearlyMet => Some(item),
        _ => None,
    }
}

/// The items of some submissions that are judged by themselves, with their status.
fn items(observations: &DataFrame, wanted: &[u32]) -> PolarsResult<BTreeMap<usize, Vec<(ItemCode, Status)>>> {
    let wanted = df!("submission" => wanted)?.lazy();
    let of_wanted = JoinArgs::new(JoinType::Semi);
    let rows = judged(observations)?.join(wanted, [col("submission")], [col("submission")], of_wanted);
    let rows = rows.sort(["submission", "criterion", "indicator"], SortMultipleOptions::default()).collect()?;
    let number = |name: &str| super::columns::keys(&rows, name);
    let codes = number("criterion")?.into_iter().zip(number("indicator")?);
    let codes = codes.map(|(criterion, indicator)| ItemCode::indicator(criterion as u16, indicator as u16));
    let status = |word: Option<&str>| word.and_then(Status::from_word).unwrap_or(Status::Open);
    let statuses = super::columns::texts(&rows, "verdict")?.into_iter().map(status);
    let mut items: BTreeMap<usize, Vec<(ItemCode, Status)>> = BTreeMap::new();
    for (index, item) in number("submission")?.into_iter().zip(codes.zip(statuses)) {
        items.entry(index as usize).or_default().push(item);
    }
    Ok(items)
}

/// The rows of indicators; a single indicator bears its criterion's number, other rows of criteria are no indicators.
fn judged(observations: &DataFrame) -> PolarsResult<LazyFrame> {
    let rows = observations.clone().lazy();
    let has_indicators = rows
        .clone()
        .filter(col("indicator").gt(lit(0)))
        .select([col("submission"), col("criterion"), lit(true).alias("divided")])
        .unique(Some(by_name(["submission", "criterion"], true, false)), UniqueKeepStrategy::Any);
    let keys = [col("submission"), col("criterion")];
    Ok(rows
        .join(has_indicators, keys.clone(), keys, JoinArgs::new(JoinType::Left))
        .filter(col("indicator").gt(lit(0)).or(col("divided").is_null())))
}

/// Criteria whose own verdict does not agree with those of their indicators.
///
/// A criterion is met when all its indicators that apply are met, so "met" beside an indicator that is not, and "not
/// met" beside indicators that all are, contradict each other. Indicators of which nothing is said prove nothing.
fn criteria(observations: &DataFrame, submissions: &[&Submission]) -> PolarsResult<Vec<(usize, Diagnostic)>> {
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
    let counted = judged(observations)?
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
    let sheet = declared.sheet.as_ref().unwrap_or(&submission.sheet);
    let cells = declared.cell.map(|cell| Place::cells(&submission.file, sheet, cell));
    let place = cells.unwrap_or_else(|| Place::sheet(&submission.file, &submission.sheet));
    Some(
        Diagnostic::new(Severity::Warning, Code::DeclaredMismatch, Text::new(vi.join("; "), en.join("; ")))
            .about(Scope::Submission)
            .at(place),
    )
}

/// What to ask the commune: the readings that fit, else which of the two is right.
fn hint(sums: &Sums<'_>) -> Text {
    let readings: Vec<Text> = explanations(sums).iter().map(super::explain::Explanation::text).collect();
    if readings.is_empty() {
        return Text::new(
            "hỏi lại xã: tổng số hay danh sách đúng",
            "ask the commune which is right, the totals or the list",
        );
    }
    let joined = |lang: fn(&Text) -> &str, or: &str| readings.iter().map(lang).collect::<Vec<_>>().join(or);
    Text::new(
        format!("hỏi lại xã; có thể: {}", joined(|text| &text.vi, "; hoặc ")),
        format!("ask the commune; it may be: {}", joined(|text| &text.en, "; or ")),
    )
}
