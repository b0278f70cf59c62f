//! A slip in the settings file: where it stands, what was found and expected, what to do.

use std::fmt;
use std::ops::Range;

use crate::model::Text;

/// One slip.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slip {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What was found, and what is expected; a fragment.
    pub message: Text,
    /// What to do, in the imperative.
    pub hint: Text,
}

/// The settings file cannot be relied on; all its slips, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsError {
    /// The file, as the user knows it.
    pub file_name: String,
    /// At least one.
    pub slips: Vec<Slip>,
}

impl SettingsError {
    /// All slips with their places, one under the other.
    #[must_use]
    pub fn text(&self) -> Text {
        let (file, count) = (&self.file_name, self.slips.len());
        let mut text =
            Text::new(format!("{file} có {count} chỗ cần sửa:"), format!("{file} has {count} slip(s) to mend:"));
        for Slip { line, column, message, hint } in &self.slips {
            text.vi += &format!("\n{file}:{line}:{column}: {}\n  gợi ý: {}", message.vi, hint.vi);
            text.en += &format!("\n{file}:{line}:{column}: {}\n  hint: {}", message.en, hint.en);
        }
        text
    }
}

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().fmt(f)
    }
}

impl std::error::Error for SettingsError {}

/// Collects the slips of one file.
pub(super) struct Slips<'a> {
    source: &'a str,
    found: Vec<Slip>,
}

impl<'a> Slips<'a> {
    pub(super) fn of(source: &'a str) -> Self {
        Slips { source, found: Vec::new() }
    }

    /// One slip at a byte range of the source.
    pub(super) fn add(&mut self, at: &Range<usize>, message: Text, hint: Text) {
        let (line, column) = position(self.source, at.start);
        self.found.push(Slip { line, column, message, hint });
    }

    /// What stands at a byte range, shortened where it is long.
    pub(super) fn quoted(&self, at: &Range<usize>) -> String {
        let written = self.source.get(at.clone()).unwrap_or_default();
        let line = written.lines().next().unwrap_or_default();
        let short: String = line.chars().take(40).collect();
        if short.len() < written.len() { format!("{short}…") } else { short }
    }

    /// The line number of a byte offset.
    pub(super) fn line(&self, at: &Range<usize>) -> usize {
        position(self.source, at.start).0
    }

    /// The value, if nothing slipped.
    pub(super) fn settle<T>(mut self, file_name: &str, value: Option<T>) -> Result<T, SettingsError> {
        self.found.sort();
        match value {
            Some(value) if self.found.is_empty() => Ok(value),
            _ => Err(SettingsError { file_name: file_name.to_owned(), slips: self.found }),
        }
    }
}

/// Line and column, from 1, of a byte offset; columns are counted in characters.
pub(super) fn position(source: &str, offset: usize) -> (usize, usize) {
    let before = &source[..source.floor_char_boundary(offset)];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line, column)
}

/// Asks for the candidate that a mistyped word most likely means; where none is near, says something else.
pub(super) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>, otherwise: Text) -> Text {
    let word = word.to_lowercase();
    let bound = (word.chars().count() / 3).max(1);
    let distance = |candidate: &str| strsim::osa_distance(&word, &candidate.to_lowercase());
    let near = candidates.into_iter().map(|c| (distance(c), c)).filter(|(d, _)| *d <= bound);
    match near.min_by_key(|(d, _)| *d) {
        Some((_, near)) => Text::new(format!("có phải là «{near}»?"), format!("did you mean \"{near}\"?")),
        None => otherwise,
    }
}
