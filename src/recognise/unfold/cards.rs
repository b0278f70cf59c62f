//! Cards below each other, one an item: its code and name, then lines with a label each, `Kết quả: 95%`, `Đánh giá: Đạt`.

use super::super::code;
use super::super::view::{Seen, View};
use super::{FEWEST_ITEMS, Piece, Rows};
use crate::catalogue::{Role, Vocabulary};
use crate::text::fold;

/// A card as it stands on the sheet.
struct Card<'v, 'a> {
    head: Vec<Piece<'v, 'a>>,
    said: Vec<(Role, Piece<'v, 'a>)>,
}

/// The rows of the table that the cards make; none where the sheet is none of cards.
pub(super) fn rows<'v, 'a>(view: &'v View<'a>, vocabulary: &Vocabulary) -> Option<Rows<'v, 'a>> {
    let mut rows: Rows<'v, 'a> = Vec::new();
    let mut cards: Vec<Card<'v, 'a>> = Vec::new();
    let mut below: Rows<'v, 'a> = Vec::new();
    let mut labels: Vec<(Role, &'v Seen<'a>, String)> = Vec::new();
    for row in view.row_numbers() {
        let cells = view.row(row);
        if let Some(head) = head(cells) {
            below.clear();
            cards.push(Card { head, said: Vec::new() });
        } else if let (Some(card), Some((role, label, said))) = (cards.last_mut(), labelled(cells, vocabulary)) {
            if !labels.iter().any(|(known, ..)| *known == role) {
                labels.push((role, &cells[0], label));
            }
            // The same label twice on a card says two things of one item: then these are no cards.
            if card.said.iter().any(|(known, _)| *known == role) {
                return None;
            }
            card.said.extend(said.map(|said| (role, said)));
        } else if cards.is_empty() {
            rows.push(Piece::row(cells));
        } else {
            below.push(Piece::row(cells));
        }
    }
    let judged = cards.iter().filter(|card| card.said.iter().any(|(role, _)| *role == Role::Verdict)).count();
    if judged < FEWEST_ITEMS || judged * 2 < cards.len() {
        return None;
    }
    // A number is no heading, whatever words are put to it.
    let first = cards.first()?.head.last()?.cell;
    let mut header = vec![Piece::of(first, 0, "TT"), Piece::of(first, 1, "Chỉ tiêu")];
    header.extend(labels.iter().zip(2..).map(|((_, cell, label), col)| Piece::of(cell, col, label.clone())));
    rows.push(header);
    let col = |role: Role| labels.iter().zip(2..).find(|((known, ..), _)| *known == role).map_or(2, |(_, col)| col);
    rows.extend(cards.into_iter().map(|card| {
        let mut said: Vec<Piece<'v, 'a>> =
            card.said.into_iter().map(|(role, said)| Piece { col: col(role), ..said }).collect();
        said.sort_by_key(|said| said.col);
        card.head.into_iter().chain(said).collect()
    }));
    rows.append(&mut below);
    Some(rows)
}

/// The code and the name that begin a card: `Chỉ tiêu 1.1:` beside the name, or both in one cell.
fn head<'v, 'a>(cells: &'v [Seen<'a>]) -> Option<Vec<Piece<'v, 'a>>> {
    let is_item = |cell: &Seen<'_>| !code::readings(cell).is_empty();
    match cells {
        [only] => {
            let (reading, _) = code::leading(&only.text).filter(|_| only.is_text())?;
            (reading.indicator > 0).then(|| vec![Piece::of(only, 1, only.text.clone())])
        }
        [code, name] if is_item(code) && name.is_text() => Some(vec![Piece::whole(code, 0), Piece::whole(name, 1)]),
        _ => None,
    }
}

/// The role that a label names, the label, and what is said behind it or beside it, if anything.
fn labelled<'v, 'a>(cells: &'v [Seen<'a>], vocabulary: &Vocabulary) -> Option<(Role, String, Option<Piece<'v, 'a>>)> {
    let role = |label: &str| {
        let roles = vocabulary.header_roles(&fold(label)).into_iter().filter(|(_, fit)| *fit >= 0.8);
        roles.max_by(|a, b| a.1.total_cmp(&b.1)).map(|(role, _)| role)
    };
    let first = cells.first().filter(|cell| cell.is_text())?;
    let text = first.text.trim_start_matches(['-', '+', '•', '*', '–', ' ']);
    let (label, said) = text.split_once(':').map_or((text, ""), |(label, said)| (label.trim_end(), said.trim()));
    match cells {
        [only] if text.contains(':') => {
            let said = said.trim_end_matches(['.', ';']);
            Some((role(label)?, label.to_owned(), (!said.is_empty()).then(|| Piece::of(only, 2, said))))
        }
        [_, beside] if said.is_empty() => Some((role(label)?, label.to_owned(), Some(Piece::whole(beside, 2)))),
        _ => None,
    }
}
