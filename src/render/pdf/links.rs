//! Links inside a paper: where its text names an annex, the name leads to it.

use super::page::{Item, Paper, Run, Turn};
use super::tags::Kind;

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

/// The links of a paper, in reading order. Texts that lead somewhere are told by the number of their link.
pub(super) fn of(paper: &mut Paper) -> Vec<Link> {
    let found = found(paper);
    for (number, (link, item)) in (1..).zip(&found) {
        if let Some(tag) = paper.pages[link.page].items[*item].tag_mut()
            && tag.kind != Kind::Artifact
        {
            tag.link = number;
        }
    }
    found.into_iter().map(|(link, _)| link).collect()
}

/// The links, each with the place of its text on its page.
fn found(paper: &Paper) -> Vec<(Link, usize)> {
    let named: Vec<(usize, &str)> = (0..)
        .zip(&paper.bookmarks)
        .filter_map(|(place, bookmark)| Some((place, bookmark.reference.as_deref()?)))
        .collect();
    if named.is_empty() {
        return Vec::new();
    }
    let texts = paper.pages.iter().enumerate().flat_map(|(page, items)| {
        items.items.iter().enumerate().filter_map(move |(place, item)| match item {
            Item::Text(run) if run.turn == Turn::Level => Some((page, place, run)),
            _ => None,
        })
    });
    texts
        .filter_map(|(page, place, run)| {
            let (bookmark, _) = named.iter().find(|(_, name)| names(&run.text, name))?;
            // An annex does not lead to itself.
            let link = || (Link { page, area: area(run), bookmark: *bookmark }, place);
            (paper.bookmarks[*bookmark].page != page).then(link)
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
