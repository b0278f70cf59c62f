//! A report as its table or sentences tell it, before the rest of the file says whose it is and of when.

use std::sync::Arc;

use super::register::Found;
use crate::catalogue::{VerdictWord, Vocabulary};
use crate::diag::Diagnostic;
use crate::model::{
    Assessor, CriteriaSet, Declared, Entry, Evidence, ItemCode, Period, Picture, Question, SetId, Stated, Traced,
    Verdict,
};

/// A submission whose commune and month may still have to come from elsewhere in the file.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) sheet: Arc<str>,
    pub(super) set: SetId,
    pub(super) assessor: Assessor,
    pub(super) declared: Declared,
    pub(super) entries: Vec<Entry>,
    pub(super) evidence: Vec<Evidence>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// From the texts around the table.
    pub(super) communes: Vec<(Found, Traced<String>)>,
    pub(super) periods: Vec<Period>,
    /// From the sheet's name.
    pub(super) sheet_commune: Option<Found>,
    pub(super) sheet_period: Option<Period>,
    /// What the texts say of the time beside the months they name.
    pub(super) when: When,
    /// Whether it is a few rows, that count as part of a list only.
    pub(super) is_small: bool,
    /// One line a cell.
    pub(super) titles: String,
    pub(super) layout: Layout,
    /// The layout as an answer about it is kept by.
    pub(super) headings: String,
    /// The table as it was understood; none of sentences.
    pub(super) picture: Option<Arc<Picture>>,
    /// What to ask where the verdicts are the weak point.
    pub(super) doubt: Option<Question>,
}

/// Small parts of a list, a sheet or a table for each criterion, count where together with the rest of the file they
/// make a list of which none repeats another: `Err` are those that do not.
pub(super) fn without_strays(drafts: Vec<Draft>, sets: &[CriteriaSet]) -> (Vec<Draft>, Vec<Draft>) {
    let overlaps = |a: &Draft, b: &Draft| a.entries.iter().any(|x| b.entries.iter().any(|y| x.item == y.item));
    let counts = |at: usize| {
        let own = &drafts[at];
        let others = || drafts.iter().enumerate().filter(|(i, other)| *i != at && other.set == own.set).map(|(_, o)| o);
        let total = sets.iter().find(|set| set.id == own.set).map_or(0, |set| set.indicators().count());
        let together: usize = others().map(|other| other.entries.len()).sum::<usize>() + own.entries.len();
        !own.is_small || !others().any(|other| overlaps(own, other)) && together * 3 >= total
    };
    let kept: Vec<bool> = (0..drafts.len()).map(counts).collect();
    let mut flags = kept.into_iter();
    drafts.into_iter().partition(|_| flags.next().unwrap_or(true))
}

/// The items that a small part left aside states otherwise than the lists of its set that are kept, or alone; `None`
/// where nothing is kept of its set.
pub(super) fn told_otherwise(stray: &Draft, kept: &[Draft], vocabulary: &Vocabulary) -> Option<Vec<ItemCode>> {
    let lists: Vec<&Draft> = kept.iter().filter(|draft| draft.set == stray.set).collect();
    let said = |entry: &Entry| match &entry.stated {
        Stated::Word(written) => vocabulary.verdict(&written.text),
        Stated::Mark { verdict, .. } | Stated::Implied { verdict, .. } => Some(match verdict {
            Verdict::Met => VerdictWord::Met,
            Verdict::NotMet => VerdictWord::NotMet,
            Verdict::NotApplicable => VerdictWord::NotApplicable,
        }),
        Stated::Conflict(_) | Stated::Nothing => None,
    };
    let is_in_lists = |entry: &&Entry| {
        let mut same = lists.iter().flat_map(|list| &list.entries).filter(|own| own.item == entry.item);
        same.any(|own| said(own) == said(entry))
    };
    let others = stray.entries.iter().filter(|entry| !is_in_lists(entry)).map(|entry| entry.item);
    (!lists.is_empty()).then(|| others.collect())
}

/// What texts say of the time of a report beside its month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct When {
    /// How many months the report's month is the last of: 6 of "6 tháng đầu năm"; 0 and 1 are the month alone.
    pub(super) span: i8,
    /// The one year that titles or the file's name speak of, for names that say a month alone.
    pub(super) year: Option<i16>,
    /// The year that the titles report on as a whole, where they name no month.
    pub(super) whole_year: Option<i16>,
}

/// How a report is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// A list of items of one commune.
    List,
    /// Communes side by side, or below each other: names of sheet and file then say nothing against one of them.
    Communes,
    /// Months side by side: the same of names that say a month.
    Months,
    /// Sentences.
    Prose,
    /// A form of our own, known by its mark.
    Form,
}

impl Layout {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Layout::List => "list",
            Layout::Communes => "communes",
            Layout::Months => "months",
            Layout::Prose => "prose",
            Layout::Form => "form",
        }
    }
}
