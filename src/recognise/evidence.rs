//! What the confidence in a reading is made of, and what each part of it weighs.

use super::align::CodeFit;
use super::columns::Columns;
use super::locate::Table;
use crate::model::{CriteriaSet, Entry, Evidence, Text};

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

/// The weights are those of what goes wrong most when it is missing: rows, then verdicts.
pub(super) fn confidence(evidence: &[Evidence]) -> f64 {
    let weight = |name: &str| match name {
        "rows" => 0.35,
        "verdicts" => 0.25,
        "coverage" => 0.15,
        _ => 0.125,
    };
    let sum: f64 = evidence.iter().map(|e| weight(e.name) * e.score).sum();
    (sum * 100.0).round() / 100.0
}
