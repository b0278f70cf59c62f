//! A line that speaks of the one item it begins with, and ends with its verdict: `Tiêu chí số 5 - Trường học: xã đã chỉ
//! đạo các thôn. Tự đánh giá: Chưa đạt.`

use super::super::Context;
use super::super::code;
use super::super::listing;
use super::said::without_number;
use super::told::Told;
use crate::catalogue::VerdictWord;
use crate::text::fold;

/// What a line says of its own item.
pub(super) struct Own {
    pub(super) item: String,
    pub(super) told: Told,
    /// The words that tell it, where they tell no verdict.
    pub(super) words: String,
}

/// The item and the verdict of a line that is one item's alone; none where it speaks of several, or lists what follows.
pub(super) fn judged(text: &str, set: usize, context: &Context<'_>) -> Option<Own> {
    let text = text.trim().trim_end_matches(['.', ',', ' ']);
    let (at, sign) = SIGNS.iter().filter_map(|sign| Some((text.rfind(sign)?, sign))).max_by_key(|(at, _)| *at)?;
    let (before, behind) = (&text[..at], text[at + sign.len()..].trim());
    // Figures behind a verdict count, or list what it is of.
    if before.contains(';') || behind.split_whitespace().count() > 4 || behind.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let told = match context.catalogue.vocabulary.verdict(behind)? {
        VerdictWord::Met => Told::Met,
        VerdictWord::NotMet => Told::NotMet,
        VerdictWord::NotStated => Told::NotJudged,
        _ => return None,
    };
    let bare = before.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '+' | '•' | '*' | '–' | '·'));
    let counted = without_number(bare);
    let item = [counted, bare].into_iter().map(head).find(|head| names_one(head, set, context))?;
    let words = if told == Told::NotJudged { behind.to_owned() } else { String::new() };
    Some(Own { item: item.to_owned(), told, words })
}

/// What may stand before a verdict that ends a line.
const SIGNS: &[&str] = &[":", ". ", "→", "=>", "->"];

/// What stands before the first sign behind an item's number.
fn head(text: &str) -> &str {
    let number = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ' ')).len();
    let rest = &text[number..];
    let end = SIGNS.iter().filter_map(|sign| rest.find(sign)).min().unwrap_or(rest.len());
    text[..number + end].trim_end()
}

/// Whether a text is the number or the name of one item and of nothing else.
fn names_one(text: &str, set: usize, context: &Context<'_>) -> bool {
    let key = fold(text);
    let begins = ["tieu chi ", "chi tieu ", "tc ", "ct "].iter().any(|word| key.starts_with(word))
        || code::leading(text).is_some()
        || !context.names.exact(text, &key).is_empty();
    let found = listing::read(text, set, context);
    begins && found.items.len() + found.open.len() == 1 && found.strange.is_empty()
}
