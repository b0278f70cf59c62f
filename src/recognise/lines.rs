//! Reports with an item in each line of text (`- 2.1. Đường xã: 95,4%, đạt`): the line taken apart into the cells that a
//! table would have, so that one reading serves both.

use super::code;
use super::declared;
use super::view::{Seen, View};
use crate::catalogue::{Role, VerdictWord, Vocabulary};
use crate::text::fold;

/// Lines from which on a sheet is one of lines.
const MIN_LINES: usize = 5;

/// The name, the figure and the verdict of each line, with the cell it stands in; nothing where the sheet is no list of
/// lines.
pub(super) fn apart<'v, 'a>(view: &'v View<'a>, vocabulary: &Vocabulary) -> Vec<(&'v Seen<'a>, [String; 3])> {
    let alone = || view.row_numbers().map(|row| view.row(row)).filter(|cells| cells.len() == 1).map(|cells| &cells[0]);
    // Most sheets are tables; those whose rows are mostly single texts are looked at.
    if alone().count() * 2 < view.row_numbers().count() {
        return Vec::new();
    }
    let mut lines: Vec<(&'v Seen<'a>, [String; 3])> = Vec::new();
    let (mut stated, mut met) = (0, false);
    for cell in alone().filter(|cell| cell.is_text()) {
        // "- Kết quả: 95%", "- Đánh giá: đạt" below an item say what its own line does not.
        if let (Some((role, said)), Some((_, item))) = (labelled(&cell.text, vocabulary), lines.last_mut()) {
            let item: &mut [String; 3] = item;
            match role {
                Role::Verdict if item[2].is_empty() && vocabulary.verdict(said).is_some() => {
                    said.clone_into(&mut item[2]);
                    stated += 1;
                    met |= vocabulary.verdict(said) == Some(VerdictWord::Met);
                    continue;
                }
                Role::Value if item[1].is_empty() => {
                    said.clone_into(&mut item[1]);
                    continue;
                }
                Role::Target | Role::Unit => continue,
                _ => {}
            }
        }
        match parts(&cell.text, vocabulary).filter(|_| declared::totals(&cell.text).is_empty()) {
            Some(parts) => {
                stated += 1;
                met |= vocabulary.verdict(&parts[2]) == Some(VerdictWord::Met);
                lines.push((cell, parts));
            }
            None => lines.push((cell, [cell.text.clone(), String::new(), String::new()])),
        }
    }
    // Lines of what is not met alone belong to sentences, which say what the rest is.
    if met && stated >= MIN_LINES { lines } else { Vec::new() }
}

/// The role that the word at the head of a line names, and what is said behind it: `- Đánh giá: đạt.`
fn labelled<'t>(text: &'t str, vocabulary: &Vocabulary) -> Option<(Role, &'t str)> {
    let (label, said) = text.trim_start_matches(['-', '+', '•', '*', '–', ' ']).split_once(':')?;
    let roles = vocabulary.header_roles(&fold(label)).into_iter().filter(|(_, fit)| *fit >= 0.8);
    let role = roles.max_by(|a, b| a.1.total_cmp(&b.1)).map(|(role, _)| role)?;
    Some((role, said.trim().trim_end_matches(['.', ';'])))
}

/// What stands before the figure and the verdict that end a line, the figure, and the verdict.
pub(super) fn parts(text: &str, vocabulary: &Vocabulary) -> Option<[String; 3]> {
    let text = text.trim_start_matches(['-', '+', '•', '*', '–', ' ']);
    let mut rest = text.trim_end_matches(['.', ';', ',', ' ', ')']);
    let (mut figure, mut verdict) = (String::new(), None);
    loop {
        let at = last_separator(rest);
        let (before, piece) = at.map_or(("", rest), |(start, end)| (&rest[..start], &rest[end..]));
        let piece = piece.trim().trim_matches(['(', ')']);
        let plain = |word: &VerdictWord| {
            !matches!(word, VerdictWord::Yes | VerdictWord::No) && piece.split_whitespace().count() <= 4
        };
        if verdict.is_none() && vocabulary.verdict(piece).filter(plain).is_some() {
            verdict = Some(piece.to_owned());
        } else if figure.is_empty() && is_figure(piece) {
            figure = piece.to_owned();
        } else if !piece.is_empty() {
            break;
        }
        if at.is_none() {
            break;
        }
        rest = before.trim_end_matches([' ', ')', ',', ';', ':']);
    }
    // "Tiêu chí số 5 - Trường học: Xã đã chỉ đạo các thôn. Tự đánh giá: đạt" names its item before the remark.
    let item = text.split_once(": ").map(|(item, _)| item).filter(|item| rest.len() > item.len());
    let rest = item.filter(|item| code::leading(item).is_some()).unwrap_or(rest);
    let name = rest.trim_end_matches([':', '-', '→', '=', '>', '–', ',', ' ', '(']).to_owned();
    verdict.filter(|_| !name.is_empty()).map(|verdict| [name, figure, verdict])
}

/// Where the last sign that sets pieces apart begins and ends.
fn last_separator(text: &str) -> Option<(usize, usize)> {
    const SIGNS: &[&str] = &["→", "=>", "->", ": ", "; ", ", ", " - ", " – ", "(", ":"];
    SIGNS.iter().filter_map(|sign| text.rfind(sign).map(|at| (at, at + sign.len()))).max()
}

/// A number with its unit, not a sentence with a number in it.
fn is_figure(piece: &str) -> bool {
    let starts = piece.trim_start_matches(['≥', '≤', '>', '<', ' ']).starts_with(|c: char| c.is_ascii_digit());
    starts && piece.split_whitespace().count() <= 5 && code::leading(piece).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;

    #[test]
    fn a_line_is_taken_apart_from_its_end() {
        let vocabulary = Catalogue::embedded().unwrap().vocabulary;
        for (line, expected) in [
            ("- 2.1. Đường xã, liên xã: 95,4%, đạt", Some(["2.1. Đường xã, liên xã", "95,4%", "đạt"])),
            ("2.1 Đường xã: đạt (95,4%)", Some(["2.1 Đường xã", "95,4%", "đạt"])),
            ("- Chỉ tiêu 2.1 (Đường xã): 95,4% - Đạt", Some(["Chỉ tiêu 2.1 (Đường xã", "95,4%", "Đạt"])),
            (
                "Tiêu chí số 5 - Trường học: Xã đã họp, phân công. Tự đánh giá: Chưa đạt.",
                Some(["Tiêu chí số 5 - Trường học", "", "Chưa đạt"]),
            ),
            ("5. Tiêu chí Trường học: chưa đạt.", Some(["5. Tiêu chí Trường học", "", "chưa đạt"])),
            ("UBND xã An Lão báo cáo kết quả, cụ thể:", None),
        ] {
            let found = parts(line, &vocabulary);
            assert_eq!(found, expected.map(|parts| parts.map(str::to_owned)), "{line}");
        }
    }
}
