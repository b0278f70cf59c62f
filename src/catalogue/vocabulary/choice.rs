//! Verdicts that a form offers to choose from in one cell: boxes, marks beside words, or nothing chosen yet.

use super::{VerdictWord, Vocabulary};
use crate::text::fold;

/// Signs that begin a box to be ticked.
const BOXES: &[char] = &['☐', '☑', '☒', '□', '■', '[', '('];

/// Boxes, empty and ticked.
const BOX_SIGNS: &[(&str, bool)] = &[
    ("☐", false),
    ("□", false),
    ("[ ]", false),
    ("[]", false),
    ("( )", false),
    ("()", false),
    ("☑", true),
    ("☒", true),
    ("■", true),
    ("[x]", true),
    ("[X]", true),
    ("[v]", true),
    ("(x)", true),
    ("(X)", true),
    ("(v)", true),
];

/// Whether a text has boxes to be ticked: brackets alone are a remark, boxes come at least in twos.
pub(super) fn has_boxes(text: &str) -> bool {
    text.contains(BOXES) && BOX_SIGNS.iter().map(|(sign, _)| text.matches(sign).count()).sum::<usize>() >= 2
}

/// A text that offers verdicts of which one is the contrary of another.
pub(super) struct Choice {
    /// The one that is marked, where one is.
    pub(super) made: Option<VerdictWord>,
}

/// What a text that offers a choice is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    /// A verdict, and whether a colon behind it leaves room for a mark.
    Label(VerdictWord, bool),
    Mark,
}

impl Vocabulary {
    /// `☐ Đạt ☑ Chưa đạt`, `Đạt ( ) Chưa đạt (x)`: the words beside the one box that is ticked, before the boxes where the
    /// text begins with words. Where it both begins and ends with a box, or with words, nobody can tell whose a box is.
    pub(super) fn ticked(&self, text: &str) -> Option<VerdictWord> {
        let mut boxes: Vec<(usize, usize, bool)> = Vec::new();
        for (sign, ticked) in BOX_SIGNS {
            boxes.extend(text.match_indices(sign).map(|(at, _)| (at, at + sign.len(), *ticked)));
        }
        boxes.sort_unstable();
        let mut ticked = boxes.iter().enumerate().filter(|(_, (.., ticked))| *ticked);
        let (at, &(start, end, _)) = ticked.next().filter(|_| boxes.len() >= 2)?;
        if ticked.next().is_some() {
            return None;
        }
        let has_words = |text: &str| text.contains(char::is_alphanumeric);
        let begins = has_words(&text[..boxes.first()?.0]);
        let ends = has_words(&text[boxes.last()?.1..]);
        let words = match (begins, ends) {
            (false, true) => &text[end..boxes.get(at + 1).map_or(text.len(), |next| next.0)],
            (true, false) => &text[at.checked_sub(1).map_or(0, |before| boxes[before].1)..start],
            _ => return None,
        };
        self.verdicts.get(&fold(words)).copied()
    }

    /// The choice that a text is, if it is made of nothing but contrary verdicts and marks: `Đạt/Chưa đạt`,
    /// `Đạt: … Chưa đạt: x`. A mark is of the words before it where colons say so, or where the text ends with it; of those behind it
    /// where the text begins with it.
    pub(super) fn choice(&self, text: &str) -> Option<Choice> {
        let pieces = self.pieces(text)?;
        let label = |piece: &Piece| if let Piece::Label(word, _) = piece { Some(*word) } else { None };
        let says = |met: bool| pieces.iter().filter_map(label).any(|word| is_met(word) == met);
        if !says(true) || !says(false) {
            return None;
        }
        let mut marks = pieces.iter().enumerate().filter(|(_, piece)| **piece == Piece::Mark).map(|(at, _)| at);
        let made = marks.next().filter(|_| marks.next().is_none()).and_then(|at| {
            let have_room = pieces.iter().all(|piece| matches!(piece, Piece::Mark | Piece::Label(_, true)));
            let chosen = match at {
                0 if !have_room => pieces.get(1),
                _ if have_room || at + 1 == pieces.len() => at.checked_sub(1).and_then(|before| pieces.get(before)),
                _ => None,
            };
            chosen.and_then(label)
        });
        Some(Choice { made })
    }

    /// A text without what stands in brackets and is no mark.
    fn without_remarks(&self, text: &str) -> String {
        let mut parts = text.split('(');
        let mut kept = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (inner, behind) = part.split_once(')').unwrap_or((part, ""));
            let mark = if self.is_mark(inner) { inner } else { "" };
            kept.extend([" ", mark, " ", behind]);
        }
        kept
    }

    /// A text taken apart into verdicts and marks; `None` where it has other words.
    fn pieces(&self, text: &str) -> Option<Vec<Piece>> {
        if text.len() > 80 {
            return None;
        }
        let spaced = self.without_remarks(text).replace(['/', '|', '\\', ';', ','], " ");
        let is_rest = |word: &str| {
            let key = fold(word);
            key.is_empty() && !self.is_mark(word) || matches!(key.as_str(), "hoac" | "hay") || self.is_blank(word)
        };
        let words: Vec<&str> = spaced.split_whitespace().filter(|word| !is_rest(word)).collect();
        let mut pieces = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let of = |n: usize| self.verdicts.get(&fold(&words[at..at + n].join(" "))).copied();
            let longest = (1..=words.len().min(at + 5) - at).rev().find_map(|n| Some((n, of(n)?)));
            let mark = words[at].trim_end_matches(['.', ':']);
            if let Some((n, word)) = longest.filter(|(n, _)| *n > 1 || mark.chars().count() > 1) {
                pieces.push(Piece::Label(word, words[at + n - 1].contains(':')));
                at += n;
            } else if self.is_mark(mark) {
                pieces.push(Piece::Mark);
                at += 1;
            } else {
                return None;
            }
        }
        Some(pieces)
    }
}

fn is_met(word: VerdictWord) -> bool {
    matches!(word, VerdictWord::Met | VerdictWord::Yes)
}
