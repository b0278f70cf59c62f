//! Tables with a row a criterion, whose cells hold a line for each of its indicators, as they come from Word: `1.1. Quy
//! hoạch chung…` above `1.2. …` in one cell, `Đạt` above `Chưa đạt` in another.

use super::super::code;
use super::super::view::{Seen, View};
use super::{Piece, Rows};
use crate::catalogue::Vocabulary;

/// Rows that are taken apart, from which on a sheet is one of these.
const FEWEST_ROWS: usize = 3;

/// The rows of the table; none where few have such lines.
pub(super) fn rows<'v, 'a>(view: &'v View<'a>, vocabulary: &Vocabulary) -> Option<Rows<'v, 'a>> {
    let mut apart = 0;
    let mut rows: Rows<'v, 'a> = Vec::new();
    for row in view.row_numbers() {
        let cells = view.row(row);
        match lines(cells, vocabulary) {
            Some((mut lines, states)) => {
                apart += usize::from(states);
                rows.append(&mut lines);
            }
            None => rows.push(Piece::row(cells)),
        }
    }
    (apart >= FEWEST_ROWS).then_some(rows)
}

/// A row taken apart: what is of the criterion, and a row for each of its indicators; and whether any of these has a verdict.
fn lines<'v, 'a>(cells: &'v [Seen<'a>], vocabulary: &Vocabulary) -> Option<(Rows<'v, 'a>, bool)> {
    if cells.len() < 2 || !cells.iter().any(|cell| cell.is_text() && cell.has_raw('\n')) {
        return None;
    }
    let broken: Vec<Vec<String>> =
        cells.iter().map(|cell| if cell.is_text() { cell.lines() } else { vec![] }).collect();
    let (lead, items) = broken.iter().enumerate().find_map(|(at, lines)| Some((at, items(lines)?)))?;
    let mut whole: Vec<Piece<'v, 'a>> = Vec::new();
    let mut each: Rows<'v, 'a> =
        items.iter().map(|(_, line)| vec![Piece::of(&cells[lead], cells[lead].col, line.clone())]).collect();
    let mut states = false;
    for (at, (cell, lines)) in cells.iter().zip(&broken).enumerate().filter(|(at, _)| *at != lead) {
        match told(lines, &items) {
            Some(told) => {
                states |= told.iter().any(|(_, text)| vocabulary.verdict(text).is_some() || vocabulary.is_mark(text));
                for (item, text) in told.into_iter().filter(|(_, text)| text.chars().any(char::is_alphanumeric)) {
                    let place = if at < lead { 0 } else { each[item].len() };
                    each[item].insert(place, Piece::of(cell, cell.col, text));
                }
            }
            // What is not said line by line is of the criterion, or of nothing that can be told.
            None => whole.push(Piece::whole(cell, cell.col)),
        }
    }
    Some((std::iter::once(whole).chain(each).filter(|row| !row.is_empty()).collect(), states))
}

/// The lines of a cell with the code before each, all of one criterion and rising; a line without one goes on with the
/// line above.
fn items(lines: &[String]) -> Option<Vec<((u16, u16), String)>> {
    let mut items: Vec<((u16, u16), String)> = Vec::new();
    for line in lines {
        let bare = bare(line);
        match code::leading(bare).map(|(reading, _)| (reading.criterion, reading.indicator)).filter(|code| code.1 > 0) {
            Some(code) => items.push((code, bare.to_owned())),
            None => {
                let above = items.last_mut()?;
                above.1 = format!("{} {bare}", above.1);
            }
        }
    }
    let rises = items.windows(2).all(|pair| pair[0].0.0 == pair[1].0.0 && pair[0].0.1 < pair[1].0.1);
    (items.len() >= 2 && rises).then_some(items)
}

/// What the lines of another cell say of each item: by the code before them, else one line each.
fn told(lines: &[String], items: &[((u16, u16), String)]) -> Option<Vec<(usize, String)>> {
    let coded: Option<Vec<(usize, String)>> = lines
        .iter()
        .map(|line| {
            let (code, rest) = headed(bare(line))?;
            let item = items.iter().position(|(own, _)| *own == code)?;
            Some((item, rest.to_owned()))
        })
        .collect();
    let is_each_once = |told: &[(usize, String)]| told.windows(2).all(|pair| pair[0].0 < pair[1].0);
    match coded {
        Some(coded) if !coded.is_empty() => is_each_once(&coded).then_some(coded),
        _ if lines.iter().any(|line| headed(bare(line)).is_some_and(|(code, _)| items.iter().any(|i| i.0 == code))) => {
            None
        }
        _ => (lines.len() == items.len()).then(|| lines.iter().map(|line| bare(line).to_owned()).enumerate().collect()),
    }
}

/// The code that a line begins with, and what stands behind the sign that follows it: `2.1: 98%`.
fn headed(line: &str) -> Option<((u16, u16), &str)> {
    let (head, rest) = line.split_once([':', ')', '-', '–', ' '])?;
    let (criterion, indicator) = head.trim_end_matches('.').split_once('.')?;
    let number = |digits: &str| (1..=2).contains(&digits.len()).then(|| digits.parse::<u16>().ok()).flatten();
    let code = number(criterion).zip(number(indicator))?;
    let rest = rest.trim_start_matches([':', '-', '–', ' ']);
    Some((code, rest))
}

/// A line without its bullet.
fn bare(line: &str) -> &str {
    line.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '+' | '•' | '*' | '–' | '·'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn lines_are_of_the_items_whose_codes_they_bear_or_one_each() {
        let items = items(&lines("1.1. Quy hoạch\nchung\n1.2. Quy chế")).unwrap();
        assert_eq!(items[0].1, "1.1. Quy hoạch chung");
        let texts = |text: &str| told(&lines(text), &items).map(|told| told.into_iter().map(|(_, t)| t).collect());
        assert_eq!(texts("Đạt\nChưa đạt"), Some(vec!["Đạt".to_owned(), "Chưa đạt".to_owned()]));
        assert_eq!(texts("1.1: Đạt\n1.2: Chưa đạt"), Some(vec!["Đạt".to_owned(), "Chưa đạt".to_owned()]));
        assert_eq!(told(&lines("1.2: Chưa đạt"), &items), Some(vec![(1, "Chưa đạt".to_owned())]));
        // Three lines for two items, and codes that are none of them, say nothing of either.
        assert_eq!(texts("Đạt\nChưa đạt\nĐạt"), None);
        assert_eq!(texts("1.1: Đạt\nChưa đạt"), None);
        assert!(super::items(&lines("Đường xã\nliên xã")).is_none());
    }
}
