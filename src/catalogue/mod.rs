//! What ships in `templates/`: criteria sets and vocabulary, read and checked at start, each file replaceable by one of
//! the same name in the workspace.
//!
//! *Takes* the text of template files. *Gives* [`Catalogue`], proved consistent. *Never* invents a fact: what the
//! files mark as unconfirmed stays marked.

mod conditions;
pub mod criteria;
mod mergers;
mod phrases;
mod targets;
pub mod vocabulary;
pub mod wording;

use std::collections::BTreeMap;

use crate::model::condition::Condition;
use crate::model::{CriteriaSet, SetId, Text};

pub use phrases::{Figures, Months, Sentences, Sheets, Titles};
pub use vocabulary::{Role, RowWord, VerdictWord, Vocabulary};

/// The files embedded in the binary, by their path below `templates/`.
const EMBEDDED: &[(&str, &str)] = &[
    ("criteria/ntm-2021-2025.toml", include_str!("../../templates/criteria/ntm-2021-2025.toml")),
    ("criteria/ntm-nang-cao-2021-2025.toml", include_str!("../../templates/criteria/ntm-nang-cao-2021-2025.toml")),
    ("criteria/ntm-2026-2030.toml", include_str!("../../templates/criteria/ntm-2026-2030.toml")),
    ("vocabulary.toml", include_str!("../../templates/vocabulary.toml")),
    ("mergers.toml", include_str!("../../templates/mergers.toml")),
    ("conditions.toml", include_str!("../../templates/conditions.toml")),
];

/// Criteria sets and vocabulary as they ship, by their path below `templates/`: what a closed month names by hash.
pub fn shipped() -> impl Iterator<Item = (&'static str, &'static str)> {
    EMBEDDED.iter().copied()
}

/// Criteria sets and vocabulary, checked.
#[derive(Debug, Clone)]
pub struct Catalogue {
    /// All sets, the oldest first.
    pub sets: Vec<CriteriaSet>,
    /// The words of reports.
    pub vocabulary: Vocabulary,
    /// What share of its communes a unit needs.
    pub conditions: Vec<Condition>,
}

impl Catalogue {
    /// What ships with the program.
    ///
    /// # Errors
    /// Only when a shipped file has a slip, which a test rules out.
    pub fn embedded() -> Result<Self, TemplateError> {
        Catalogue::with_overrides(&BTreeMap::new())
    }

    /// What ships, with files replaced or added by the workspace's own (path below its templates folder, text).
    ///
    /// # Errors
    /// The first slip found, with file, line and column.
    pub fn with_overrides(overrides: &BTreeMap<String, String>) -> Result<Self, TemplateError> {
        let mut files: BTreeMap<&str, &str> = EMBEDDED.iter().copied().collect();
        files.extend(overrides.iter().map(|(path, text)| (path.as_str(), text.as_str())));
        let mut sets = Vec::new();
        for (path, text) in files.iter().filter(|(path, _)| path.starts_with("criteria/") && path.ends_with(".toml")) {
            sets.push(criteria::parse(path, text)?);
        }
        sets.sort_by(|a, b| (a.valid_from, &a.id).cmp(&(b.valid_from, &b.id)));
        if let Some(pair) = sets.windows(2).find(|pair| pair[0].id == pair[1].id) {
            return Err(TemplateError::whole_file(
                "criteria",
                Text::new(
                    format!("hai bộ tiêu chí cùng mã «{}»", pair[0].id),
                    format!("two criteria sets have the id {:?}", pair[0].id.as_str()),
                ),
            ));
        }
        for (path, text) in files.iter().filter(|(path, _)| path.starts_with("targets/") && path.ends_with(".toml")) {
            targets::lay_over(&mut sets, path, text)?;
        }
        mergers::lay_over(&mut sets, "mergers.toml", files["mergers.toml"])?;
        let vocabulary = vocabulary::parse("vocabulary.toml", files["vocabulary.toml"], &sets)?;
        let conditions = conditions::parse("conditions.toml", files["conditions.toml"], &sets)?;
        Ok(Catalogue { sets, vocabulary, conditions })
    }

    /// The set of an id.
    #[must_use]
    pub fn set(&self, id: &SetId) -> Option<&CriteriaSet> {
        self.sets.iter().find(|set| set.id == *id)
    }
}

/// A slip in a template file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}:{column}: {message}")]
pub struct TemplateError {
    /// Path below the templates folder.
    pub file: String,
    /// Line from 1; 0 where the slip is in the file as a whole.
    pub line: usize,
    /// Column from 1.
    pub column: usize,
    /// What is wrong.
    pub message: Text,
}

impl TemplateError {
    fn whole_file(file: &str, message: Text) -> Self {
        TemplateError { file: file.to_owned(), line: 0, column: 0, message }
    }

    fn of_toml(file: &str, text: &str, error: &toml::de::Error) -> Self {
        let (line, column) = error.span().map_or((0, 0), |span| position(text, span.start));
        let message =
            Text::new(format!("tệp mẫu sai: {}", error.message()), format!("template file: {}", error.message()));
        TemplateError { file: file.to_owned(), line, column, message }
    }
}

/// Line and column, from 1, of a byte offset.
fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = &text[..offset.min(text.len())];
    let line_start = before.rfind('\n').map_or(0, |i| i + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_sets_have_the_totals_of_their_decisions() {
        let catalogue = Catalogue::embedded().unwrap();
        let totals: Vec<_> =
            catalogue.sets.iter().map(|s| (s.id.as_str(), s.criteria_total(), s.indicators().count())).collect();
        assert_eq!(totals, [("ntm-2021-2025", 19, 57), ("ntm-nang-cao-2021-2025", 19, 75), ("ntm-2026-2030", 10, 0)]);
        assert!(!catalogue.sets[2].indicators_known);
    }

    #[test]
    fn a_slip_in_a_replaced_file_is_named_with_its_line() {
        let overrides = BTreeMap::from([("vocabulary.toml".to_owned(), "[columns]\ncode = [1]\n".to_owned())]);
        let error = Catalogue::with_overrides(&overrides).unwrap_err();
        assert_eq!((error.file.as_str(), error.line), ("vocabulary.toml", 2));
    }
}
