//! A text taken apart for its numbers: words, signs, ends of clauses; and the numbers that are only days or footnotes.

use crate::text::fold;
use crate::text::number::Found;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// One of the numbers of the text, by its place among them.
    Number(usize),
    /// A word in small letters, as it is written.
    Word(String),
    /// A sign that what follows is only bounded.
    Below,
    /// The end of a clause.
    Break,
    /// A bracket, which begins a clause.
    Open,
}

/// Whether words are this phrase and nothing else.
pub(super) fn is_phrase(words: &[&str], phrase: &[&str]) -> bool {
    words.len() == phrase.len() && words.iter().zip(phrase).all(|(word, other)| like(word, other))
}

/// Whether words begin with a phrase.
pub(super) fn begins(words: &[&str], phrase: &str) -> bool {
    let mut words = words.iter();
    phrase.split(' ').all(|part| words.next().is_some_and(|word| like(word, part)))
}

/// The same word; marks may only be left out altogether.
pub(super) fn like(word: &str, known: &str) -> bool {
    if word == known {
        return true;
    }
    let is_close = word.starts_with(|c: char| c.is_ascii()) && word.len() <= known.len();
    is_close && word.is_ascii() && word == fold(known)
}

/// Four digits that are a year of our time.
pub(super) fn is_year(text: &str, found: &Found) -> bool {
    let digits = &text[found.start..found.end];
    digits.len() == 4
        && !found.percent
        && (1990.0..=2100.0).contains(&found.value)
        && digits.bytes().all(|b| b.is_ascii_digit())
}

/// Numbers that are days, years, numbers of papers and lines; `numbered` are the words before such.
pub(super) fn dated(text: &str, found: &[Found], tokens: &[Token], numbered: &[String]) -> Vec<bool> {
    let mut dated: Vec<bool> = found.iter().map(|one| is_year(text, one)).collect();
    for (at, token) in tokens.iter().enumerate() {
        let Token::Number(n) = token else { continue };
        let words: Vec<&str> = tokens[..at]
            .iter()
            .rev()
            .map_while(|t| if let Token::Word(w) = t { Some(w.as_str()) } else { None })
            .take(2)
            .collect();
        let words: Vec<&str> = words.into_iter().rev().collect();
        let is_named = numbered.iter().any(|name| {
            let parts = name.split(' ').count();
            words.len() >= parts && begins(&words[words.len() - parts..], name)
        });
        if is_named && !found[*n].percent {
            dated[*n] = true;
        }
    }
    // «95,5 (1)»: a footnote.
    for (n, one) in found.iter().enumerate().skip(1) {
        let is_alone = text[..one.start].ends_with('(') && text[one.end..].starts_with(')');
        dated[n] |= is_alone && one.end - one.start == 1;
    }
    // 31/12/2022: what stands before a slash and a year, or behind a slash and a day.
    let joined = |one: usize| matches!(text[found[one].end..found[one + 1].start].trim(), "/" | "-" | ".");
    for n in (1..found.len()).rev() {
        if joined(n - 1)
            && dated[n]
            && is_year(text, &found[n]) | (n + 1 < found.len() && joined(n))
            && found[n - 1].value < 1000.0
            && !found[n - 1].percent
        {
            dated[n - 1] = true;
        }
    }
    for n in 1..found.len() {
        if joined(n - 1) && dated[n - 1] && !is_year(text, &found[n - 1]) && !found[n].percent {
            dated[n] = true;
        }
    }
    dated
}

/// Digits with letters among them («9O,5»), a bracket that nothing opens («95,51)»), per mille.
pub(super) fn is_garbled(text: &str, found: &[Found]) -> bool {
    found.iter().any(|one| {
        let (before, after) = (&text[..one.start], &text[one.end..]);
        let cut = before.strip_suffix([',', '.']).is_some_and(|b| b.ends_with(char::is_alphanumeric));
        let glued: String = after.chars().take_while(|c| c.is_alphanumeric() || matches!(c, ',' | '.')).collect();
        let letters: String = glued.chars().skip_while(|c| !c.is_alphabetic()).collect();
        let is_unit = letters.to_lowercase().starts_with('m') || glued.starts_with(|c: char| !c.is_alphabetic());
        let mixed = !is_unit && letters.bytes().any(|b| b.is_ascii_digit());
        let sign = after.trim_start();
        let per_mille =
            sign.starts_with('‰') || sign.strip_prefix('%').is_some_and(|s| s.starts_with(['o', 'O', '0', 'º', '°']));
        let unopened = after.starts_with(')') && before.matches('(').count() <= before.matches(')').count();
        cut || mixed || per_mille || unopened
    })
}

/// The pieces of a text around its numbers.
pub(super) fn tokens(text: &str, found: &[Found]) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    for (n, one) in found.iter().enumerate() {
        words_into(&text[at..one.start], &mut tokens);
        tokens.push(Token::Number(n));
        at = one.end;
    }
    words_into(&text[at..], &mut tokens);
    tokens
}

fn words_into(text: &str, tokens: &mut Vec<Token>) {
    let mut word = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
            continue;
        }
        if !word.is_empty() {
            tokens.push(Token::Word(std::mem::take(&mut word)));
        }
        match c {
            '(' | '[' => tokens.push(Token::Open),
            ';' | ',' | ')' | ']' => tokens.push(Token::Break),
            '.' if chars.peek().is_none_or(|next| next.is_whitespace()) => tokens.push(Token::Break),
            '-' | '–' | '—' if chars.peek().is_some_and(|next| next.is_whitespace()) => tokens.push(Token::Break),
            '<' => tokens.push(Token::Below),
            _ => {}
        }
    }
    if !word.is_empty() {
        tokens.push(Token::Word(word));
    }
}
