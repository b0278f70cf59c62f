//! The form that a commune fills in for a month: every word decided, what it asks for, and what it is known again by.
//!
//! `compose` makes it, `render` draws it, and `recognise` reads it back by its [`FormMark`] and keys, never by its
//! words: these are the workspace's own and may change.

mod keys;
mod mark;

use super::{Lang, Period, Verdict};

pub use keys::{FormColumn, RowKey};
pub use mark::{FormMark, MarkFault};

/// The words of the drop-down list. They are the same in every workspace and language, so that every form can be read
/// back by every copy of the program.
pub const VERDICTS: [(Verdict, &str); 3] =
    [(Verdict::Met, "Đạt"), (Verdict::NotMet, "Chưa đạt"), (Verdict::NotApplicable, "Không áp dụng")];

/// The word of the drop-down list for a verdict.
#[must_use]
pub fn verdict_word(verdict: Verdict) -> &'static str {
    VERDICTS.into_iter().find(|(own, _)| *own == verdict).map_or("", |(_, word)| word)
}

/// A commune's forms of a month: one sheet for each set in force, after the instructions.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    /// The language of its words.
    pub lang: Lang,
    /// The month.
    pub period: Period,
    /// The document's title.
    pub title: String,
    /// Who asks: the document's author.
    pub author: String,
    /// The instructions.
    pub guide: Guide,
    /// One for each set.
    pub sheets: Vec<FormSheet>,
}

/// The sheet of instructions.
#[derive(Debug, Clone, PartialEq)]
pub struct Guide {
    /// Its name.
    pub sheet_name: String,
    /// Over the text.
    pub title: String,
    /// One a line, numbered.
    pub steps: Vec<String>,
}

/// The sheet of one set.
#[derive(Debug, Clone, PartialEq)]
pub struct FormSheet {
    /// What it is known by.
    pub mark: FormMark,
    /// The words around the mark, the mark among them.
    pub mark_text: String,
    /// Its name.
    pub sheet_name: String,
    /// Who reports, at the top left.
    pub issuer: String,
    /// What it is.
    pub title: String,
    /// Commune and month.
    pub subtitle: String,
    /// Where to send it by when, and how to fill it in; one line each.
    pub notes: Vec<String>,
    /// The headings over what was reported before, what is reported now, and the plan.
    pub groups: [String; 3],
    /// The headings in the order of [`FormColumn::ALL`].
    pub headings: [String; 12],
    /// Its rows, in the order of the set.
    pub rows: Vec<FormRow>,
    /// What the totals below count.
    pub totals: Vec<(FormTotal, String)>,
    /// Who prepares and who signs.
    pub signatures: [String; 2],
    /// What pops up beside the cells.
    pub prompts: Prompts,
    /// At the foot of a printed page, before its number.
    pub page_word: String,
}

/// What pops up beside a cell to be filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct Prompts {
    /// Over all of them; at most 32 letters.
    pub title: String,
    /// Beside a verdict.
    pub verdict: String,
    /// Beside a share.
    pub share: String,
    /// Beside another number.
    pub number: String,
    /// Beside a day.
    pub due: String,
}

/// A row of a form.
#[derive(Debug, Clone, PartialEq)]
pub struct FormRow {
    /// What it is.
    pub key: RowKey,
    /// The item's code.
    pub code: String,
    /// Its wording.
    pub name: String,
    /// The unit of its value.
    pub unit: String,
    /// What its value must be.
    pub check: ValueCheck,
    /// What was reported before.
    pub before: BeforeCells,
}

/// What was reported of an item before, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BeforeCells {
    /// The verdict.
    pub verdict: String,
    /// The value.
    pub value: String,
    /// Person, task and day.
    pub plan: String,
}

/// What a value must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueCheck {
    /// Anything: a word, a class, yes or no.
    Free,
    /// A share, 0 to 100.
    Share,
    /// A number not below 0.
    Number,
}

/// What a total counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormTotal {
    /// Criteria met.
    CriteriaMet,
    /// Items of a verdict.
    Items(Verdict),
    /// Items without one.
    Unanswered,
}
