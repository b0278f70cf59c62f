//! The words of a sentence: folded, each with its place, and the brackets it stands in.

use super::clauses::Level;
use crate::text::fold;

/// The words of a sentence.
pub(super) struct Words<'t> {
    pub(super) text: &'t str,
    /// Folded.
    pub(super) keys: Vec<String>,
    /// Where each begins and ends.
    places: Vec<(usize, usize)>,
    /// The inside of each bracket.
    brackets: Vec<(usize, usize)>,
}

impl<'t> Words<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let (mut keys, mut places, mut brackets) = (Vec::new(), Vec::new(), Vec::new());
        let (mut start, mut open) = (None, None);
        for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
            match (c.is_alphanumeric(), start) {
                (true, None) => start = Some(at),
                (false, Some(begin)) => {
                    places.push((begin, at));
                    keys.push(fold(&text[begin..at]));
                    start = None;
                }
                _ => {}
            }
            match c {
                '(' => open = Some(at + 1),
                ')' => brackets.extend(open.take().map(|open| (open, at))),
                _ => {}
            }
        }
        Words { text, keys, places, brackets }
    }

    /// Where a word begins; the end of the text where there is none.
    pub(super) fn start(&self, word: usize) -> usize {
        self.places.get(word).map_or(self.text.len(), |place| place.0)
    }

    /// Where a word ends.
    pub(super) fn stop(&self, word: usize) -> usize {
        self.places.get(word).map_or(self.text.len(), |place| place.1)
    }

    /// What stands between a word and the one before it.
    pub(super) fn gap(&self, word: usize) -> &'t str {
        let from = word.checked_sub(1).map_or(0, |before| self.stop(before));
        &self.text[from..self.start(word)]
    }

    /// Where the bracket ends that a word stands in.
    pub(super) fn bracket(&self, word: usize) -> Option<usize> {
        let at = self.start(word);
        self.brackets.iter().find(|(open, close)| (*open..*close).contains(&at)).map(|(_, close)| *close)
    }

    /// Words as they stand.
    pub(super) fn written_as(&self, first: usize, end: usize) -> String {
        self.text[self.start(first)..self.stop(end.saturating_sub(1))].to_owned()
    }

    /// A word in small letters, with its marks.
    pub(super) fn written(&self, word: usize) -> String {
        self.text[self.start(word)..self.stop(word)].to_lowercase()
    }
}

/// Whether criteria or indicators are named at a word.
pub(super) fn kind_at(keys: &[&str], at: usize) -> Option<Level> {
    match (keys.get(at).copied(), keys.get(at + 1).copied()) {
        (Some("tieu"), Some("chi")) | (Some("tc"), _) => Some(Level::Criteria),
        (Some("chi"), Some("tieu")) | (Some("ct"), _) => Some(Level::Indicators),
        _ => None,
    }
}

/// A number at a word, in figures or in words to nineteen, and how many words it takes.
pub(super) fn numeral(keys: &[&str], at: usize) -> Option<(u32, usize)> {
    let word = keys.get(at)?;
    if let Ok(number) = word.parse() {
        return Some((number, 1));
    }
    super::super::declared::numeral(keys, at)
}
