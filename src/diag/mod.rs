//! What is said about data: severity, a stable code, a message in both languages, a place, and what to do.

mod code;
mod example;

use crate::model::{ItemCode, Place, Question, Text};

pub use code::Code;

/// How much a diagnostic matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something was left out or cannot be trusted: a person has to act.
    Error,
    /// Kept, on an assumption that the message states.
    Warning,
    /// Nothing to do.
    Info,
}

impl Severity {
    /// The word of JSON and Parquet.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        }
    }
}

/// What a diagnostic is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// The file as a whole.
    File,
    /// One submission of it.
    Submission,
    /// One item of a submission.
    Item(ItemCode),
}

/// One thing said about data. Bad data is never an `Err`: it is this, and the batch goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// Stable, kebab-case, explained in the README.
    pub code: Code,
    /// What it is about.
    pub scope: Scope,
    /// A fragment without full stop: found before expected, data in quotes.
    pub message: Text,
    /// What to do, in the imperative.
    pub hint: Option<Text>,
    /// Where it stands.
    pub place: Option<Place>,
    /// Other places that belong to it, each with what it is ("first reported here").
    pub related: Vec<(Place, Text)>,
    /// What a person is asked, where an answer would settle it.
    pub question: Option<Box<Question>>,
}

impl Diagnostic {
    /// A diagnostic about a whole file; the `with_` and `of_` methods say more.
    #[must_use]
    pub fn new(severity: Severity, code: Code, message: Text) -> Self {
        Diagnostic {
            severity,
            code,
            scope: Scope::File,
            message,
            hint: None,
            place: None,
            related: Vec::new(),
            question: None,
        }
    }

    /// The same, about something narrower.
    #[must_use]
    pub fn about(mut self, scope: Scope) -> Self {
        self.scope = scope;
        self
    }

    /// The same, with what to do.
    #[must_use]
    pub fn with_hint(mut self, hint: Text) -> Self {
        self.hint = Some(hint);
        self
    }

    /// The same, with its place.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// The same, with another place that belongs to it.
    #[must_use]
    pub fn related_to(mut self, place: Place, what: Text) -> Self {
        self.related.push((place, what));
        self
    }

    /// The same, with what a person is asked: the question and its number stand in the message too.
    #[must_use]
    pub fn asking(mut self, question: Question) -> Self {
        let number = question.subject.number();
        self.message.vi += &format!("; câu hỏi {number}: {}", question.text.vi);
        self.message.en += &format!("; question {number}: {}", question.text.en);
        self.question = Some(Box::new(question));
        self
    }
}

/// How every stage answers: a value, and what is to be said about it. Results are joined, not short-cut.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked<T> {
    /// What the stage made.
    pub output: T,
    /// What there is to say.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Checked<T> {
    /// A value with nothing to say about it.
    pub fn clean(output: T) -> Self {
        Checked { output, diagnostics: Vec::new() }
    }
}

/// The order in which diagnostics are shown: file, sheet, row, column, severity, code, message.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(|a, b| {
        let key = |d: &Diagnostic| {
            let place = d.place.clone();
            (place.is_some(), place, d.severity, d.code)
        };
        key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message))
    });
}
