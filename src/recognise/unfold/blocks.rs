//! Items side by side in blocks below each other, a block a criterion: `Chỉ tiêu | 2.1 | 2.2`, `Kết quả | …`, `Đánh giá | …`.

use super::super::code;
use super::super::view::{Seen, View};
use super::{FEWEST_ITEMS, Piece, Rows};
use crate::catalogue::{Role, Vocabulary};

/// One block is a table on its side, which is read as such.
const FEWEST_BLOCKS: usize = 3;

/// The rows of the table that the blocks make; none where the sheet is none of blocks.
pub(super) fn rows<'v, 'a>(view: &'v View<'a>, vocabulary: &Vocabulary) -> Option<Rows<'v, 'a>> {
    let numbers: Vec<u32> = view.row_numbers().collect();
    let mut rows: Rows<'v, 'a> = Vec::new();
    // The labels of all blocks, each with the column it becomes.
    let mut labels: Vec<&'v Seen<'a>> = Vec::new();
    let mut first_block = None;
    let (mut blocks, mut items) = (0, 0);
    let mut at = 0;
    while at < numbers.len() {
        let cells = view.row(numbers[at]);
        if !is_head(cells, vocabulary) {
            // `Tiêu chí 2. Giao thông` above a block says no more than the codes in it.
            let is_title = cells.len() == 1 && code::leading(&cells[0].text).is_some();
            if first_block.is_none() || !is_title {
                rows.push(Piece::row(cells));
            }
            at += 1;
            continue;
        }
        first_block = first_block.or(Some(rows.len()));
        let below = numbers[at + 1..].iter().map(|&row| view.row(row));
        let said: Vec<&'v [Seen<'a>]> = below.take_while(|cells| label(cells, vocabulary).is_some()).collect();
        for row in std::iter::once(&cells).chain(&said) {
            if !labels.iter().any(|known| known.key == row[0].key) {
                labels.push(&row[0]);
            }
        }
        let col =
            |label: &Seen<'_>| labels.iter().zip(0..).find(|(known, _)| known.key == label.key).map(|(_, col)| col);
        rows.extend(cells[1..].iter().map(|item| {
            let mut pieces = vec![Piece::whole(item, col(&cells[0]).unwrap_or(0))];
            pieces.extend(said.iter().filter_map(|row| {
                let own = row.iter().skip(1).find(|cell| cell.col == item.col)?;
                Some(Piece::whole(own, col(&row[0])?))
            }));
            pieces.sort_by_key(|piece| piece.col);
            pieces
        }));
        (blocks, items) = (blocks + 1, items + cells.len() - 1);
        at += 1 + said.len();
    }
    if blocks < FEWEST_BLOCKS || items < FEWEST_ITEMS {
        return None;
    }
    rows.insert(first_block?, labels.into_iter().zip(0..).map(|(label, col)| Piece::whole(label, col)).collect());
    Some(rows)
}

/// Whether a row heads a block: a heading of items, and nothing but codes beside it.
fn is_head(cells: &[Seen<'_>], vocabulary: &Vocabulary) -> bool {
    let [first, items @ ..] = cells else { return false };
    let names_items = matches!(first.role(vocabulary, 0.5), Some(Role::Code | Role::Name | Role::Criterion));
    names_items && first.is_text() && !items.is_empty() && items.iter().all(|cell| !code::readings(cell).is_empty())
}

/// The label of a row that says something of each item of its block.
fn label(cells: &[Seen<'_>], vocabulary: &Vocabulary) -> Option<Role> {
    let first = cells.first().filter(|cell| cell.is_text() && !is_head(cells, vocabulary))?;
    let is_label = first.key.split(' ').count() <= 4 && code::leading(&first.text).is_none();
    first.role(vocabulary, 0.5).filter(|_| is_label)
}
