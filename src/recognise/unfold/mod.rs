//! Tables that are folded up on their sheet, laid out again with a row for each item, so that one reading serves all:
//! items as lines within cells, cards below each other, blocks of items side by side.

mod blocks;
mod cards;
mod lined;

use super::view::{Seen, View};
use crate::catalogue::Vocabulary;

/// A cell of a table laid out again: what it was made of, its new column, and its words where they are only a part.
#[derive(Debug)]
pub(super) struct Piece<'v, 'a> {
    pub(super) cell: &'v Seen<'a>,
    pub(super) col: u32,
    pub(super) text: Option<String>,
}

impl<'v, 'a> Piece<'v, 'a> {
    /// A whole cell.
    fn whole(cell: &'v Seen<'a>, col: u32) -> Self {
        Piece { cell, col, text: None }
    }

    /// Words of a cell, or words for it.
    fn of(cell: &'v Seen<'a>, col: u32, text: impl Into<String>) -> Self {
        Piece { cell, col, text: Some(text.into()) }
    }

    /// A row of the sheet as it is.
    fn row(cells: &'v [Seen<'a>]) -> Vec<Self> {
        cells.iter().map(|cell| Piece::whole(cell, cell.col)).collect()
    }
}

/// The rows of a table laid out again, from the top.
type Rows<'v, 'a> = Vec<Vec<Piece<'v, 'a>>>;

/// Items from which on a sheet is taken for a table of them.
const FEWEST_ITEMS: usize = 5;

/// The sheet laid out again; none where nothing on it is folded up.
pub(super) fn sheet<'a>(view: &View<'a>, vocabulary: &Vocabulary) -> Option<View<'a>> {
    let rows = lined::rows(view, vocabulary)
        .or_else(|| cards::rows(view, vocabulary))
        .or_else(|| blocks::rows(view, vocabulary))?;
    Some(view.unfolded(&rows))
}
