//! A correction in words: how much was mended, then each problem and each item that changed, with its place.

use super::{Change, Correction};
use crate::assess::Problem;
use crate::diag::{Code, Diagnostic, Severity};
use crate::model::{CellRange, CriteriaSet, Place, Text, Verdict};

/// How many lines of one kind are told; the rest is counted.
const TOLD: usize = 8;

impl Correction {
    /// Whether the new file says nothing else than the old one.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.closed.is_empty() && self.reworded == 0 && self.appeared.is_empty() && self.changes.is_empty()
    }

    /// The correction as a diagnostic of the new file; `None` where there was nothing to mend and nothing changed.
    #[must_use]
    pub fn diagnostic(&self, sets: &[CriteriaSet]) -> Option<Diagnostic> {
        let place = Place::file(&self.file.as_str().into());
        if self.is_nothing() {
            let count = self.standing.len();
            let message = Text::new(
                format!("chưa sửa gì so với «{}»: còn nguyên {count} chỗ cần sửa", self.replaced),
                format!("nothing is mended of {:?}: all {count} problems stand", self.replaced),
            );
            return (count > 0).then(|| Diagnostic::new(Severity::Info, Code::CopyUnmended, message).at(place));
        }
        let (closed, standing, appeared) = (self.closed.len(), self.standing.len(), self.appeared.len());
        let (before, changed) = (closed + standing, self.changes.len());
        let message = Text::new(
            format!(
                "thay «{}»: đã sửa xong {closed}/{before} chỗ, còn {standing}, mới {appeared}; {changed} mục ghi khác trước",
                self.replaced
            ),
            format!(
                "replaces {:?}: {closed} of {before} problems closed, {standing} stand, {appeared} new; {changed} items changed",
                self.replaced
            ),
        );
        let mut diagnostic = Diagnostic::new(Severity::Info, Code::ProblemsClosed, message).at(place);
        let kinds = [
            (&self.closed, Text::new("đã sửa xong", "closed")),
            (&self.standing, Text::new("còn", "stands")),
            (&self.appeared, Text::new("mới", "new")),
        ];
        for (problems, word) in kinds {
            let told = problems.iter().map(|problem| {
                let said = |text: fn(&Text) -> &str| format!("{}: {}", text(&word), text(&problem.message));
                (place_of(problem), Text::new(said(|t| &t.vi), said(|t| &t.en)))
            });
            diagnostic.related.extend(short(told.collect(), &self.file));
        }
        let told = self.changes.iter().map(|change| (self.place_of(change), words_of(change, sets))).collect();
        diagnostic.related.extend(short(told, &self.file));
        Some(diagnostic)
    }

    fn place_of(&self, change: &Change) -> Place {
        let file = self.file.as_str().into();
        match &change.sheet {
            None => Place::file(&file),
            Some(sheet) => {
                Place { file, sheet: Some(sheet.as_str().into()), cells: change.cell.as_deref().and_then(cells) }
            }
        }
    }
}

/// The first lines, and how many more there are.
fn short(mut lines: Vec<(Place, Text)>, file: &str) -> Vec<(Place, Text)> {
    let more = lines.len().saturating_sub(TOLD);
    if more > 0 {
        lines.truncate(TOLD);
        let rest = Text::new(format!("… và {more} chỗ khác"), format!("… and {more} more"));
        lines.push((Place::file(&file.into()), rest));
    }
    lines
}

fn place_of(problem: &Problem) -> Place {
    Place {
        file: problem.file.as_str().into(),
        sheet: problem.sheet.as_deref().map(Into::into),
        cells: problem.cells.as_deref().and_then(cells),
    }
}

/// `E12` or `E12:F14`.
fn cells(text: &str) -> Option<CellRange> {
    let (first, last) = text.split_once(':').unwrap_or((text, text));
    Some(CellRange::new(first.parse().ok()?, last.parse().ok()?))
}

/// `NTM 2.1: chưa đạt, 85,2 → đạt, 100`.
fn words_of(change: &Change, sets: &[CriteriaSet]) -> Text {
    let set = sets.iter().find(|set| set.id.as_str() == change.set).map_or(change.set.as_str(), |set| &set.short_name);
    let side = |(verdict, value): (Option<Verdict>, Option<f64>)| {
        let verdict = match verdict {
            Some(Verdict::Met) => Text::new("đạt", "met"),
            Some(Verdict::NotMet) => Text::new("chưa đạt", "not met"),
            Some(Verdict::NotApplicable) => Text::new("không áp dụng", "not applicable"),
            None => Text::new("không ghi đánh giá", "no verdict"),
        };
        let number = value.map(|value| format!("{}", (value * 1e6).round() / 1e6));
        Text::new(
            number.as_ref().map_or(verdict.vi.clone(), |n| format!("{}, {}", verdict.vi, n.replace('.', ","))),
            number.as_ref().map_or(verdict.en.clone(), |n| format!("{}, {n}", verdict.en)),
        )
    };
    let (old, new) = (side(change.old), side(change.new));
    Text::new(
        format!("{set} {}: {} → {}", change.item, old.vi, new.vi),
        format!("{set} {}: {} → {}", change.item, old.en, new.en),
    )
}
