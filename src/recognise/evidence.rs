//! What the confidence in a reading is made of, and what each part of it weighs.

use super::align::CodeFit;
use super::columns::Columns;
use super::locate::Table;
use crate::catalogue::Vocabulary;
use crate::model::{CriteriaSet, Entry, Evidence, Stated, Text};

/// What the confidence is made of.
pub(super) fn of_table(table: &Table, columns: &Columns, set: &CriteriaSet, entries: &[Entry]) -> Vec<Evidence> {
    let placed = table.alignment.placed.len().max(1) as f64;
    let names = table.alignment.placed.iter().map(|p| p.name).sum::<f64>() / placed;
    let coded = table.alignment.placed.iter().filter(|p| matches!(p.code, CodeFit::Plain | CodeFit::Repaired)).count()
        as f64
        / placed;
    let total = set.indicators().count().max(set.criteria.len()) as f64;
    let coverage = (entries.len() as f64 / total).min(1.0);

    vec![
        Evidence {
            name: "rows",
            score: names.max(0.85 * coded),
            detail: Text::new(
                format!("{:.0}% dòng khớp tên, {:.0}% khớp mã", names * 100.0, coded * 100.0),
                format!("{:.0}% of the rows fit by name, {:.0}% by code", names * 100.0, coded * 100.0),
            ),
        },
        Evidence {
            name: "coverage",
            score: coverage,
            detail: Text::new(
                format!("{} mục trên {total}", entries.len()),
                format!("{} items of {total}", entries.len()),
            ),
        },
        Evidence {
            name: "verdicts",
            score: columns.clarity.min(1.0),
            detail: Text::new("cột đánh giá theo tiêu đề và nội dung", "verdict columns by heading and content"),
        },
    ]
}

/// Of the items, the share with a verdict that is understood, their own or their criterion's.
pub(super) fn stated(entries: &[Entry], vocabulary: &Vocabulary) -> Evidence {
    let states = |entry: &Entry| match &entry.stated {
        Stated::Nothing | Stated::Conflict(_) => false,
        Stated::Word(written) => vocabulary.verdict(&written.text).is_some(),
        Stated::Mark { .. } | Stated::Implied { .. } => true,
    };
    let criteria: Vec<u16> = entries
        .iter()
        .filter(|e| e.item.indicator_number().is_none() && states(e))
        .map(|e| e.item.criterion_number())
        .collect();
    let of = entries.iter().filter(|e| states(e) || criteria.contains(&e.item.criterion_number())).count();
    Evidence {
        name: "stated",
        score: of as f64 / entries.len().max(1) as f64,
        detail: Text::new(
            format!("{of} mục trên {} có đánh giá", entries.len()),
            format!("{of} items of {} have a verdict", entries.len()),
        ),
    }
}

/// Readings less sure than this are set aside: of some 850 made workbooks none below it was right, and of those above
/// it more than 99 % were.
pub(super) const BAR: f64 = 0.65;

/// How sure it is that a sheet is a report of a set: the weights are those of what goes wrong most when it is missing.
pub(super) fn reading(evidence: &[Evidence]) -> f64 {
    let weight = |name: &str| match name {
        "rows" => 0.35,
        "verdicts" => 0.25,
        "coverage" => 0.15,
        "commune" | "period" => 0.125,
        _ => 0.0,
    };
    let sum: f64 = evidence.iter().map(|e| weight(e.name) * e.score).sum();
    (sum * 100.0).round() / 100.0
}

/// How far what is stated can be relied on: a sheet that is surely a report, but of nobody knows whom or of few verdicts,
/// is worth less than its reading.
pub(super) fn confidence(evidence: &[Evidence]) -> f64 {
    let score = |name: &str| evidence.iter().find(|e| e.name == name).map_or(1.0, |e| e.score);
    let is_known = score("commune") > 0.0 && score("period") > 0.0;
    let worth = reading(evidence) * (0.5 + 0.5 * score("stated")) * if is_known { 1.0 } else { 0.6 };
    (worth * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(scores: &[(&'static str, f64)]) -> Vec<Evidence> {
        scores.iter().map(|&(name, score)| Evidence { name, score, detail: Text::new("", "") }).collect()
    }

    #[test]
    fn a_report_of_nobody_or_of_no_verdict_is_below_every_good_one() {
        let good =
            [("rows", 0.8), ("coverage", 0.3), ("verdicts", 0.8), ("commune", 1.0), ("period", 1.0), ("stated", 1.0)];
        let with = |name: &str, score: f64| of(&good.map(|(own, was)| (own, if own == name { score } else { was })));
        assert!(confidence(&of(&good)) >= BAR);
        for missing in ["commune", "stated"] {
            assert!(confidence(&with(missing, 0.0)) < BAR, "{missing}");
        }
        // What is not stated makes no worse reading of what is.
        assert_eq!(reading(&with("stated", 0.0)), reading(&of(&good)));
    }
}
