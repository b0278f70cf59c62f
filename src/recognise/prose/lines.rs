//! The lines of a sheet of sentences, put together again where cells or the width of a cell cut them.

use super::super::Context;
use super::super::code;
use super::super::locate;
use super::super::view::{Seen, View};
use super::columns;
use crate::text::fold;

/// A line of text in a cell.
#[derive(Debug, Clone)]
pub(super) struct Line<'v, 'a> {
    pub(super) text: String,
    pub(super) cell: &'v Seen<'a>,
    /// The commune that it speaks of, where the sheet speaks of several.
    pub(super) commune: Option<usize>,
}

/// The lines of rows; a label with what stands beside it is one line, as is an item behind its number or bullet, and what
/// stands below headings of lists is read column by column.
pub(super) fn of_rows<'v, 'a>(view: &'v View<'a>, rows: &[u32], context: &Context<'_>) -> Vec<Line<'v, 'a>> {
    let mut lines = Vec::new();
    let mut passed = 0;
    // The column of the value beside the last label, and the row down to which it goes.
    let mut value: Option<(u32, u32)> = None;
    for (at, &row) in rows.iter().enumerate() {
        if at < passed {
            continue;
        }
        if let Some(columns) = columns::headed(view, row, context) {
            passed = at + 1 + columns::put(view, &columns, &rows[at + 1..], &mut lines);
            continue;
        }
        // Headings of a list say nothing of its items.
        if locate::is_header(view, &context.catalogue.vocabulary, row) {
            continue;
        }
        let all: Vec<&Seen<'a>> = view.row(row).iter().filter(|c| !c.text.is_empty()).collect();
        let (counted, cells) = match all.as_slice() {
            [first, rest @ ..] if !rest.is_empty() && counts(&first.text) => (true, rest),
            cells => (false, cells),
        };
        let is_below_value = |cell: &Seen<'_>| value.is_some_and(|(col, last)| col == cell.col && last + 1 == row);
        if let [only] = all.as_slice()
            && is_below_value(only)
            && let Some(line) = lines.last_mut()
        {
            // What is listed beside a label goes on below it.
            line.text.push_str("; ");
            line.text.push_str(&only.text);
            value = Some((only.col, row));
            continue;
        }
        value = None;
        match cells {
            codes if codes.len() > 1 && codes.iter().all(|cell| is_code(cell)) => {
                let text = codes.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join("; ");
                lines.push(Line { text: format!("- {text}"), cell: codes[0], commune: None });
            }
            [code, beside, ..] if is_code(code) => {
                lines.push(Line { text: format!("- {} {}", code.text, beside.text), cell: code, commune: None });
            }
            [label, beside] if label.is_text() && label.key.split(' ').count() <= 8 => {
                value = Some((beside.col, row));
                let label = label.text.trim_end_matches(':');
                lines.push(Line { text: format!("{label}: {}", beside.text), cell: beside, commune: None });
            }
            // What stands behind an item in a row of its own tells why, by whom and until when.
            [item, ..] if counted && item.is_text() => of_cell(item, "- ", context, &mut lines),
            cells => cells.iter().filter(|c| c.is_text()).for_each(|c| of_cell(c, "", context, &mut lines)),
        }
    }
    // A sheet that speaks of one commune says so anywhere; only several need their lines.
    let mut communes: Vec<usize> = lines.iter().filter_map(|l| l.commune).collect();
    communes.sort_unstable();
    communes.dedup();
    if communes.len() < 2 {
        lines.iter_mut().for_each(|l| l.commune = None);
    }
    lines
}

fn of_cell<'v, 'a>(cell: &'v Seen<'a>, bullet: &str, context: &Context<'_>, lines: &mut Vec<Line<'v, 'a>>) {
    for text in unbroken(cell.lines()) {
        let commune = head_commune(&text, context);
        lines.push(Line { text: format!("{bullet}{text}"), cell, commune });
    }
}

/// Whether a cell only counts its row or is its bullet: `1`, `2.`, `a)`, `IV`, `-`.
pub(super) fn counts(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| matches!(c, '.' | ')' | '(' | ' '));
    let is_number = !bare.is_empty() && bare.len() <= 2 && bare.bytes().all(|b| b.is_ascii_digit());
    let is_letter = bare.len() == 1 && bare.bytes().all(|b| b.is_ascii_alphabetic());
    let is_bullet = !bare.is_empty() && bare.chars().all(|c| matches!(c, '-' | '+' | '•' | '*' | '–' | '·'));
    is_number || is_letter || is_bullet || crate::text::roman::parse(bare).is_some()
}

/// `2.3`, `CT 17.10`: the code of an indicator and nothing else.
fn is_code(cell: &Seen<'_>) -> bool {
    code::readings(cell).first().is_some_and(|reading| reading.indicator > 0)
}

/// The lines of a cell, with those joined that only the width of the cell made the sender break.
fn unbroken(lines: Vec<String>) -> Vec<String> {
    let mut joined: Vec<String> = Vec::with_capacity(lines.len());
    for line in lines {
        match joined.last_mut() {
            Some(above) if goes_on(above, &line) => {
                above.push(' ');
                above.push_str(&line);
            }
            _ => joined.push(line),
        }
    }
    joined
}

/// Words after which a sentence cannot end.
const OPEN_WORDS: &[&str] = &["va", "chi", "so", "xa", "dat", "thang", "nam", "gom", "la", "cua", "voi"];

/// Whether a line is the rest of the one above: that has not come to an end, and this begins in small letters, with the
/// end of a bracket, or with a figure that numbers no line.
fn goes_on(above: &str, line: &str) -> bool {
    if above.ends_with(['.', '!', '?']) {
        return false;
    }
    if line.starts_with(|c: char| c.is_lowercase()) {
        let enumerates = line.chars().nth(1).is_some_and(|c| matches!(c, ')' | '.'));
        return !enumerates;
    }
    let last = above.rsplit(' ').next().map(fold).unwrap_or_default();
    if above.ends_with([':', ';']) {
        return false;
    }
    let is_item = code::leading(line).is_some();
    let is_open = !is_item && (above.ends_with([',', '(']) || OPEN_WORDS.contains(&last.as_str()));
    let figure = line.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '/'));
    let begins_with_figure = figure.len() < line.len() && line.starts_with(|c: char| c.is_ascii_digit());
    let numbers_nothing = begins_with_figure
        && (figure.is_empty()
            || figure.starts_with([';', ')', '%'])
            || line[..line.len() - figure.len()].contains('/')
            || line[..line.len() - figure.len()].ends_with(','));
    let is_bullet = line.starts_with(['-', '+', '•', '*', '–']);
    !is_bullet && (numbers_nothing || line.starts_with('(') || is_open)
}

/// The commune that a line begins with, before the figures: `2. Xã Đồn Xá: đạt 13/19 tiêu chí`.
fn head_commune(text: &str, context: &Context<'_>) -> Option<usize> {
    let (head, rest) = text.split_once(':')?;
    if !rest.contains('/') || head.split(' ').count() > 8 {
        return None;
    }
    let found = context.register.find(head, &context.catalogue.vocabulary, None);
    if let [only] = found.as_slice() { Some(only.commune) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_joined_only_where_the_one_above_has_not_ended() {
        let joined = |text: &str| unbroken(text.lines().map(str::to_owned).collect());
        for one in [
            "gồm: điện 4.1; lao động\n12.2; giáo dục 14.1.",
            "xã đạt 15/19 tiêu chí,\n52/57 chỉ tiêu",
            "Chưa đạt: giao thông\n(chỉ tiêu 2.1)",
            "Các chỉ tiêu chưa\nđạt: 2.1",
            "Xã\nTrung Lương",
        ] {
            assert_eq!(joined(one).len(), 1, "{one}");
        }
        for several in [
            "Chưa đạt:\n2.1",
            "2.1. Đường xã chưa đạt\n2.2. Đường thôn chưa đạt",
            "1. Giao thông;\n2. Thu nhập",
            "Xã đạt 15/19 tiêu chí.\nChưa đạt: 2.1",
            "a) Giao thông\nb) Thu nhập",
            "- 5: Trường học,\n- 14.1: Giáo dục",
        ] {
            assert!(joined(several).len() > 1, "{several}");
        }
    }
}
