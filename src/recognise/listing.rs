//! What a list of items names: codes, runs of codes, criteria by their number or name, as in "2.1, 2.2; 13.2-13.4;
//! TC 16; nghèo đa chiều".

use std::ops::Range;

use super::Context;
use super::names::SetNames;
use crate::model::ItemCode;
use crate::text::fold;

/// The items of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Listing {
    /// Indicators, and criteria with one indicator only.
    pub(super) items: Vec<ItemCode>,
    /// Criteria with several indicators, none of which is named.
    pub(super) open: Vec<u16>,
    /// What reads like an item and is none of the set's.
    pub(super) strange: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Code(u16, u16),
    Number(u16),
    /// From one code to another.
    To,
    /// A comma, a bracket, a colon.
    Mark,
    Word(String),
    /// A figure that can be no code: a date, a share, an amount.
    Other,
}

/// Whether a text lists any item of a set.
pub(super) fn lists(text: &str, set: usize, context: &Context<'_>) -> bool {
    let found = read(text, set, context);
    !found.items.is_empty() || !found.open.is_empty()
}

/// What a text lists of a set.
pub(super) fn read(text: &str, set: usize, context: &Context<'_>) -> Listing {
    let names = &context.names.sets[set];
    let mut found = Listing::default();
    let mut heads: Vec<u16> = Vec::new();
    let commas = commas_are_points(text);
    for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        let tokens = tokens(part, commas);
        let before = (found.items.len(), heads.len());
        codes(&tokens, names, &mut found, &mut heads);
        let has_codes = (found.items.len(), heads.len()) != before;
        if has_codes {
            // A name alone between the codes: "nghèo đa chiều, tổ chức sản xuất 13.2", "thu nhập và tiêu chí số 11".
            for piece in pieces(part).into_iter().map(|place| &part[place]) {
                if !piece.bytes().any(|b| b.is_ascii_digit())
                    && let Some(node) = exact(piece, set, context)
                {
                    put(node, names, &mut found, &mut heads);
                }
            }
        } else if !by_name(part, set, context, &mut found, &mut heads)
            && !tokens.iter().any(|t| matches!(t, Token::Code(..)))
            && fold(part).split(' ').count() > 2
        {
            found.strange.push(part.to_owned());
        }
    }
    heads.sort_unstable();
    heads.dedup();
    found.open = heads.into_iter().filter(|c| !found.items.iter().any(|i| i.criterion_number() == *c)).collect();
    found
}

/// Whether commas stand for the points of codes: `2,1; 2,2`.
fn commas_are_points(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    let tight = |mark: u8| {
        (0..bytes.len()).any(|at| bytes[at] == mark && is_digit(at.checked_sub(1)) && is_digit(Some(at + 1)))
    };
    tight(b',') && !tight(b'.') && (text.contains(';') || text.contains(", "))
}

fn tokens(text: &str, commas_are_points: bool) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text;
    let mut depth = 0_usize;
    while let Some(first) = rest.chars().next() {
        match first {
            '(' => depth += 1,
            // "1) Giao thông; 2) Thu nhập": such a number only counts.
            ')' if depth == 0 && rest[1..].starts_with(' ') && matches!(tokens.last(), Some(Token::Number(_))) => {
                tokens.pop();
            }
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if first.is_ascii_digit() {
            let (token, tail) = figure(rest, commas_are_points);
            tokens.push(token);
            rest = tail;
        } else if first.is_alphabetic() {
            let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
            let word = fold(&rest[..end]);
            let follows_code = matches!(tokens.last(), Some(Token::Code(..) | Token::Number(_)));
            tokens.push(if word == "den" && follows_code { Token::To } else { Token::Word(word) });
            rest = &rest[end..];
        } else {
            match first {
                '-' | '–' | '—' | '÷' | '→' | '~' => tokens.push(Token::To),
                ',' | '(' | ')' | ':' | '[' | ']' | '+' => tokens.push(Token::Mark),
                _ => {}
            }
            rest = &rest[first.len_utf8()..];
        }
    }
    tokens
}

/// A code, a number or another figure at the head of a text, and what follows it.
fn figure(text: &str, commas_are_points: bool) -> (Token, &str) {
    let digits = |s: &str| s.bytes().take_while(u8::is_ascii_digit).count();
    let mut parts: Vec<&str> = Vec::new();
    let mut rest = text;
    loop {
        let n = digits(rest);
        parts.push(&rest[..n]);
        rest = &rest[n..];
        let point = rest.starts_with('.') || (commas_are_points && rest.starts_with(','));
        if !(point && digits(&rest[1..]) > 0) {
            break;
        }
        rest = &rest[1..];
    }
    let small = |part: &&str| part.len() <= 2;
    let is_amount = rest.starts_with(['%', '/']) || rest.chars().next().is_some_and(char::is_alphabetic);
    let number = |part: &str| part.parse::<u16>().unwrap_or(u16::MAX);
    let token = match parts.as_slice() {
        _ if is_amount || !parts.iter().all(small) => Token::Other,
        [criterion, indicator] => Token::Code(number(criterion), number(indicator)),
        [only] => Token::Number(number(only)),
        _ => Token::Other,
    };
    // What is no code is read past as a whole: "12/4/2023", "5%".
    let end = if token == Token::Other {
        rest.find(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ')')).unwrap_or(rest.len())
    } else {
        0
    };
    (token, &rest[end..])
}

/// The codes and numbers among tokens.
fn codes(tokens: &[Token], names: &SetNames, found: &mut Listing, heads: &mut Vec<u16>) {
    let mut at = 0;
    while at < tokens.len() {
        match &tokens[at] {
            Token::Code(criterion, first) => {
                let end = run_end(tokens, at);
                let last = match end.map(|end| &tokens[end]) {
                    Some(Token::Code(same, last)) if same == criterion => Some(*last),
                    Some(Token::Number(last)) => Some(*last),
                    _ => None,
                };
                let last = last.filter(|last| last > first);
                for indicator in *first..=last.unwrap_or(*first) {
                    match names.by_code(*criterion, indicator) {
                        Some(node) => put(node, names, found, heads),
                        None => found.strange.push(format!("{criterion}.{indicator}")),
                    }
                }
                at = end.filter(|_| last.is_some()).unwrap_or(at) + 1;
            }
            Token::Number(number) => {
                let is_own = is_criterion(tokens, at);
                let last = run_end(tokens, at).and_then(|end| match tokens[end] {
                    Token::Number(last) if last > *number && is_own && ends(tokens, end) => Some((last, end)),
                    _ => None,
                });
                for criterion in *number..=last.map_or(*number, |(last, _)| last) {
                    if is_own && let Some(node) = names.by_code(criterion, 0) {
                        put(node, names, found, heads);
                    }
                }
                at = last.map_or(at, |(_, end)| end) + 1;
            }
            _ => at += 1,
        }
    }
}

/// Where a run ends that begins at a token: "2.1-2.4", "từ tiêu chí số 1 đến số 5".
fn run_end(tokens: &[Token], at: usize) -> Option<usize> {
    tokens.get(at + 1).filter(|token| **token == Token::To)?;
    let is_word = |token: &Token| matches!(token, Token::Word(word) if CALLING.contains(&word.as_str()));
    let end = (at + 2..tokens.len().min(at + 6)).find(|&end| !is_word(&tokens[end]))?;
    matches!(tokens[end], Token::Number(_) | Token::Code(..)).then_some(end)
}

/// Words before the number of a criterion or an indicator.
const CALLING: &[&str] = &["tieu", "chi", "so", "tc", "ct", "clt"];

/// Whether a number may end what it lists.
fn ends(tokens: &[Token], at: usize) -> bool {
    match tokens.get(at + 1) {
        Some(Token::Word(word)) => word == "va" || word == "den",
        Some(Token::Other) => false,
        _ => true,
    }
}

/// Whether a bare number is a criterion's: it stands among codes, or a word says so. "Còn 12 chỉ tiêu" counts, "năm 5"
/// and "5 tuổi" are of something else.
fn is_criterion(tokens: &[Token], at: usize) -> bool {
    let word = |at: Option<usize>| match at.and_then(|at| tokens.get(at)) {
        Some(Token::Word(word)) => word.as_str(),
        _ => "",
    };
    let (last, earlier) = (word(at.checked_sub(1)), word(at.checked_sub(2)));
    let is_called =
        matches!(last, "tc" | "ct" | "so" | "clt") || matches!((earlier, last), ("tieu", "chi") | ("chi", "tieu"));
    let begins = !matches!(at.checked_sub(1).map(|at| &tokens[at]), Some(Token::Word(_) | Token::Other | Token::To));
    let joined = matches!(last, "va" | "gom" | "la");
    // "Tiêu chí 2 chỉ tiêu" counts: "2 chỉ tiêu" is no criterion, whatever stands before it.
    let counts = matches!((tokens.get(at + 1), tokens.get(at + 2)), (Some(Token::Word(a)), Some(Token::Word(b)))
        if matches!((a.as_str(), b.as_str()), ("chi", "tieu") | ("tieu", "chi")) && last != "so");
    (is_called && !counts) || ((begins || joined) && ends(tokens, at))
}

fn put(node: usize, names: &SetNames, found: &mut Listing, heads: &mut Vec<u16>) {
    let node = &names.nodes[node];
    if node.is_criterion() && !names.is_single(node.criterion) {
        heads.push(node.criterion);
    } else if !found.items.contains(&node.item) {
        found.items.push(node.item);
    }
}

/// A part without codes names criteria, one or several.
fn by_name(part: &str, set: usize, context: &Context<'_>, found: &mut Listing, heads: &mut Vec<u16>) -> bool {
    let names = &context.names.sets[set];
    // What is told of an item stands behind its name: in brackets, behind a dash or a colon.
    let behind = part.split_once(':').map(|(_, rest)| rest);
    let head = part.split([':', '(']).next();
    let before_dash = part.split_once(" - ").or(part.split_once(" – ")).map(|(head, _)| head);
    let before_reason = part.split_once(" do ").map(|(head, _)| head);
    let before_figure = part.find(|c: char| c.is_ascii_digit()).map(|at| &part[..at]);
    let readings = [Some(part), behind, head, before_dash, before_reason, before_figure];
    let several = |text: &str| text.contains([',', ';']) || text.contains(" và ");
    let mut readings = readings.into_iter().flatten();
    // The words of several names are like one of them; only the very name of one has a comma.
    let one = readings.find_map(|text| match exact(text, set, context) {
        None if several(text) => None,
        found => found.or_else(|| criterion(text, set, context)),
    });
    if let Some(node) = one {
        put(node, names, found, heads);
        return true;
    }
    let whole = behind.filter(|rest| !rest.trim().is_empty()).unwrap_or(part);
    let pieces = pieces(whole);
    let (mut any, mut unknown) = (false, Vec::new());
    let mut at = 0;
    while at < pieces.len() {
        // Names have commas and "và" of their own: the longest run of pieces that is a name counts.
        let joined = |end: usize| &whole[pieces[at].start..pieces[end].end];
        let most = pieces.len().min(at + 4);
        let run = (at + 1..most).rev().find_map(|end| Some((exact(joined(end), set, context)?, end)));
        let one = run.or_else(|| Some((criterion(joined(at), set, context)?, at)));
        match one {
            Some((node, end)) => {
                put(node, names, found, heads);
                any = true;
                at = end;
            }
            None => unknown.push(joined(at).trim().to_owned()),
        }
        at += 1;
    }
    if any {
        // Among names, what is none is named; the words that lead to them are not.
        found.strange.extend(unknown.into_iter().filter(|piece| {
            let (_, key) = bare(piece);
            key.len() > 3 && !key.bytes().any(|b| b.is_ascii_digit()) && !leads(&key)
        }));
    }
    any
}

/// "cụ thể", "như sau", "bao gồm": words before a list.
fn leads(key: &str) -> bool {
    key.split(' ')
        .all(|word| matches!(word, "cu" | "the" | "nhu" | "sau" | "bao" | "gom" | "cac" | "la" | "tieu" | "chi"))
}

/// The places of a text between its commas, brackets and "và".
fn pieces(text: &str) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        let length = if matches!(c, ',' | '(' | ')') {
            c.len_utf8()
        } else if text[at..].starts_with(" và ") {
            " và ".len()
        } else {
            continue;
        };
        pieces.push(start..at);
        start = at + length;
    }
    pieces.push(start..text.len());
    pieces.retain(|piece| piece.start < piece.end);
    pieces
}

/// A text without what leads to a name: "gồm các tiêu chí về".
fn bare(text: &str) -> (&str, String) {
    let marks = |c: char| c.is_whitespace() || matches!(c, '.' | ',' | '-' | '–' | '+' | '•' | '*' | ':' | ')' | '(');
    let text = text.trim_matches(marks);
    let mut key = fold(text);
    while let Some(rest) =
        ["gom ", "la ", "cac ", "co ", "tieu chi ", "chi tieu ", "tc ", "ve ", "noi dung ", "linh vuc "]
            .iter()
            .find_map(|w| key.strip_prefix(w))
    {
        key = rest.to_owned();
    }
    (text, key)
}

/// The item whose very name a text is.
fn exact(text: &str, set: usize, context: &Context<'_>) -> Option<usize> {
    let (text, key) = bare(text);
    context.names.exact(text, &key).into_iter().find(|m| m.set == set).map(|m| m.node)
}

/// The criterion that a text names: by its words, by most of them, or by their first letters.
fn criterion(text: &str, set: usize, context: &Context<'_>) -> Option<usize> {
    if let Some(node) = exact(text, set, context) {
        return Some(node);
    }
    let names = &context.names.sets[set];
    let (text, key) = bare(text);
    let mut similar = context.names.similar(set, &key);
    similar.retain(|m| names.nodes[m.node].is_criterion() && m.score >= 0.6);
    similar.first().map(|m| m.node).or_else(|| abbreviated(text, set, context))
}

/// `TCSX`, `QPAN`, `TT&TT`: the first letters of one criterion's name, "và" left out.
fn abbreviated(text: &str, set: usize, context: &Context<'_>) -> Option<usize> {
    let letters = |c: &char| c.is_alphabetic();
    let is_short =
        text.chars().filter(letters).count() >= 2 && !text.contains(' ') && !text.chars().any(char::is_lowercase);
    let key: String = if is_short { fold(text).replace(' ', "") } else { return None };
    let names = &context.names.sets[set];
    let begins = |criterion: &crate::model::Criterion| {
        let name = fold(&criterion.name);
        let initials: String = name.split(' ').filter(|w| *w != "va").filter_map(|w| w.chars().next()).collect();
        initials.starts_with(&key)
    };
    let mut own = context.catalogue.sets[set].criteria.iter().filter(|criterion| begins(criterion));
    let only = own.next().filter(|_| own.next().is_none())?;
    names.by_code(only.number, 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;
    use crate::model::Answers;
    use crate::recognise::{Lexicon, Names, Pictures, Register};

    /// The items and the criteria left open that a text lists of the advanced set.
    fn listed(text: &str) -> (String, Vec<u16>) {
        let catalogue = Catalogue::embedded().unwrap();
        let names = Names::of(&catalogue.sets);
        let (register, answers) = (Register::of(&[]), Answers::default());
        let context = Context {
            catalogue: &catalogue,
            names: &names,
            register: &register,
            lexicon: &Lexicon::default(),
            answers: &answers,
            path: "BC.xlsx",
            sha256: "",
            pictures: Pictures::LeftOut,
        };
        let found = read(text, 1, &context);
        (found.items.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "), found.open)
    }

    #[test]
    fn codes_and_runs_of_codes_are_listed_one_by_one() {
        for (text, items) in [
            ("2.1, 2.2; 13.2-13.4", "2.1 2.2 13.2 13.3 13.4"),
            ("từ 17.5 đến 17.7", "17.5 17.6 17.7"),
            ("13.2 ÷ 13.4,14.1", "13.2 13.3 13.4 14.1"),
            ("3,2; 17,10; 18,1", "3.2 17.10 18.1"),
            ("CT 2.1, CT 5.3 và 5.4.", "2.1 5.3 5.4"),
            ("tổ chức sản xuất còn 02 chỉ tiêu (13.2; 13.3)", "13.2 13.3"),
        ] {
            assert_eq!(listed(text), (items.to_owned(), Vec::new()), "{text}");
        }
    }

    #[test]
    fn criteria_are_listed_by_number_or_by_name() {
        for (text, items, open) in [
            ("9,14.3", "9 14.3", vec![]),
            ("chỉ tiêu 1.2, 10, 11, 17.1", "1.2 10 11 17.1", vec![]),
            ("TC 2 (2.1, 2.2); TC 11 (11)", "2.1 2.2 11", vec![]),
            ("tiêu chí số 6 văn hóa (chỉ tiêu 6.3); tiêu chí 7; chỉ tiêu 13.5", "6.3 7 13.5", vec![]),
            ("nghèo đa chiều, tổ chức sản xuất 13.2", "13.2 11", vec![]),
            ("tiêu chí Thu nhập và tiêu chí số 11", "11 10", vec![]),
            ("thu nhập; nghèo đa chiều", "10 11", vec![]),
            ("số 2; số 10; số 13", "10", vec![2, 13]),
            ("1 (Quy hoạch), 9 (Nhà ở dân cư)", "9", vec![1]),
            ("1) Tiêu chí 5 (5.1, 5.2); 2) Tiêu chí 7; 3) Tiêu chí 9", "5.1 5.2 7 9", vec![]),
            ("từ tiêu chí số 1 đến số 3, 7-9", "7 9", vec![1, 2, 3, 8]),
            ("Thủy lợi và phòng, chống thiên tai, y tế và giáo dục", "", vec![3, 5, 14]),
            ("TCSX, QP&AN", "", vec![13, 19]),
            ("Giao thông (mới đạt 2/3 tuyến)", "", vec![2]),
            ("tiêu chí Y tế 2 chỉ tiêu", "", vec![14]),
        ] {
            assert_eq!(listed(text), (items.to_owned(), open), "{text}");
        }
    }

    #[test]
    fn amounts_and_days_are_no_items() {
        for text in ["còn 12 chỉ tiêu", "năm 2023", "tháng 5", "95%, 4,2 m2", "ngày 12/4/2023", "trẻ 5 tuổi"]
        {
            assert_eq!(listed(text).0, "", "{text}");
        }
    }
}
