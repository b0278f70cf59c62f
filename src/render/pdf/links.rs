//! Links inside a paper: where its text names an annex, the name leads to it.

use super::page::{Item, Paper, Run, Turn};

/// A link from a rectangle of a page to a bookmark.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Link {
    /// The page it stands on, zero-based.
    pub page: usize,
    /// Left, top, right and bottom.
    pub area: [f32; 4],
    /// Its place among the bookmarks.
    pub bookmark: usize,
}

/// The links of a paper, in reading order.
pub(super) fn of(paper: &Paper) -> Vec<Link> {
    let named: Vec<(usize, &str)> = (0..)
        .zip(&paper.bookmarks)
        .filter_map(|(place, bookmark)| Some((place, bookmark.reference.as_deref()?)))
        .collect();
    if named.is_empty() {
        return Vec::new();
    }
    let texts = paper.pages.iter().enumerate().flat_map(|(page, items)| {
        items.items.iter().filter_map(move |item| match item {
            Item::Text(run) if run.turn == Turn::Level => Some((page, run)),
            _ => None,
        })
    });
    texts
        .filter_map(|(page, run)| {
            let (bookmark, _) = named.iter().find(|(_, name)| names(&run.text, name))?;
            // An annex does not lead to itself.
            (paper.bookmarks[*bookmark].page != page).then(|| Link { page, area: area(run), bookmark: *bookmark })
        })
        .collect()
}

/// Whether a text names an annex: `Phụ lục I` is not named by `Phụ lục II`.
fn names(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| !text[at + name.len()..].starts_with(char::is_alphanumeric))
}

fn area(run: &Run) -> [f32; 4] {
    let spaces = run.text.matches(' ').count() as f32;
    let right = run.x + run.face.width(&run.text, run.size) + spaces * run.stretch;
    [run.x, run.y - run.size * 0.8, right, run.y + run.size * 0.25]
}
