//! What the sentences of a sheet say of each set and commune: totals, and the lists of what is not met.

use super::super::Context;
use super::super::context;
use super::super::declared::{self, Totals};
use super::super::mood::{self, Mood};
use super::super::view::{Seen, View};
use crate::catalogue::Sentences;
use crate::model::CriteriaSet;
use crate::text::fold;

/// What is said of one set of one commune.
pub(super) struct Said<'v, 'a> {
    /// The commune, where the sheet speaks of several.
    pub(super) commune: Option<usize>,
    pub(super) set: usize,
    pub(super) totals: Totals,
    /// Whether the totals are said to hold now.
    mood: Mood,
    /// Whether the sentence says that all that is not listed is met: "các chỉ tiêu còn lại đều đạt".
    pub(super) rest_is_met: bool,
    /// How many indicators are said to be not met.
    pub(super) unmet: Option<u32>,
    pub(super) cell: &'v Seen<'a>,
    /// The lists of what is not met, with the cells they stand in.
    pub(super) lists: Vec<(String, &'v Seen<'a>)>,
}

impl<'v, 'a> Said<'v, 'a> {
    pub(super) fn of(commune: Option<usize>, set: usize, totals: Totals, cell: &'v Seen<'a>) -> Self {
        Said { commune, set, totals, mood: Mood::Plain, rest_is_met: false, unmet: None, cell, lists: Vec::new() }
    }
}

/// A line of a sheet.
struct Line<'v, 'a> {
    text: String,
    cell: &'v Seen<'a>,
    /// The commune it begins with.
    commune: Option<usize>,
}

/// The lines of a sheet: a label and what stands beside it are one.
fn lines<'v, 'a>(view: &'v View<'a>, rows: &[u32], context: &Context<'_>) -> Vec<Line<'v, 'a>> {
    let mut lines = Vec::new();
    for &row in rows {
        let cells = view.row(row);
        if let [label, beside] = cells
            && label.is_text()
            && label.key.split(' ').count() <= 8
            && !beside.text.is_empty()
        {
            let label = label.text.trim_end_matches(':');
            lines.push(Line { text: format!("{label}: {}", beside.text), cell: beside, commune: None });
            continue;
        }
        for cell in cells.iter().filter(|c| c.is_text()) {
            let commune = |text: &str| head_commune(text, context);
            let of_cell = unbroken(cell.lines()).into_iter();
            lines.extend(of_cell.map(|text| Line { commune: commune(&text), text, cell }));
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

/// The lines of a cell, with those joined that only the width of the cell made the sender break: the next goes on in small
/// letters where the one above has not come to an end.
fn unbroken(lines: Vec<String>) -> Vec<String> {
    let mut joined: Vec<String> = Vec::with_capacity(lines.len());
    for line in lines {
        let goes_on = line.starts_with(|c: char| c.is_lowercase());
        match joined.last_mut() {
            Some(above) if goes_on && !above.ends_with(['.', '!', '?']) => {
                above.push(' ');
                above.push_str(&line);
            }
            _ => joined.push(line),
        }
    }
    joined
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

/// What is said, in the order in which it is first spoken of. `named` is the set the titles name.
pub(super) fn said<'v, 'a>(
    view: &'v View<'a>,
    rows: &[u32],
    year: Option<i16>,
    context: &Context<'_>,
) -> Vec<Said<'v, 'a>> {
    let lines = lines(view, rows, context);
    let vocabulary = &context.catalogue.vocabulary;
    let sentences = &vocabulary.sentences;
    let sets = &context.catalogue.sets;
    let position =
        |text: &str| context::set_named(text, vocabulary).and_then(|id| sets.iter().position(|s| s.id == id));
    let by_size = |text: &str| sizes(text).into_iter().find_map(|size| set_of_size(size, sets));
    let titled = lines.iter().find_map(|line| position(&line.text).or_else(|| by_size(&line.text)));
    let orders = lines.iter().take(8).any(|line| is_order(&line.text, sentences));
    let mut said: Vec<Said<'v, 'a>> = Vec::new();
    let mut section = Mood::Plain;
    let mut listing: Option<usize> = None;
    for line in &lines {
        if is_heading(&line.text) {
            section = mood::of_heading(&line.text, sentences);
        }
        let base = if section == Mood::Goal { Mood::Goal } else { Mood::Plain };
        let (mut listed, mut opens) = (None, false);
        for sentence in split(&line.text) {
            let named = position(&sentence);
            for (totals, mood) in declared::statements(&sentence, sentences, year, base) {
                if !mood.is_of_now() || (orders && mood != Mood::Result) {
                    continue;
                }
                if let Some(set) = set_of(totals, named.or(titled), sets) {
                    tell(&mut said, line, set, totals, mood);
                }
            }
            let Some(list) = unmet_list(&sentence, sentences, year, base) else { continue };
            let of_line = |s: &Said<'_, '_>| line.commune.is_none() || s.commune == line.commune;
            let is_told = list.rest_is_met || (list.of.is_some() && list.count.is_some());
            if is_told
                && !said.iter().any(of_line)
                && let Some(set) = list.of.and_then(|of| set_of_size(of, sets)).or(named).or(titled)
            {
                said.push(Said::of(line.commune, set, Totals::default(), line.cell));
            }
            // A list belongs to the set it names, else to the one spoken of last.
            let by_name = named.and_then(|set| said.iter().position(|s| s.set == set && of_line(s)));
            let Some(at) = by_name.or_else(|| said.iter().rposition(of_line)) else { continue };
            let owner = &mut said[at];
            owner.rest_is_met |= is_told;
            owner.unmet = owner.unmet.or(list.count);
            opens = list.items.is_empty() || line.text.trim_end().ends_with(':');
            if !list.items.is_empty() {
                owner.lists.push((list.items, line.cell));
            }
            listed = Some(at);
        }
        // The lines below "các chỉ tiêu chưa đạt gồm:" go on with its list.
        match (listed, listing) {
            (Some(at), _) if opens => listing = Some(at),
            (Some(_), _) => {}
            (None, Some(at)) if is_listed(&line.text) => {
                said[at].lists.push((without_number(&line.text).to_owned(), line.cell));
            }
            _ => listing = None,
        }
    }
    said
}

/// Adds a statement of totals: what is said to hold now counts before what is merely said, the first before the others.
fn tell<'v, 'a>(said: &mut Vec<Said<'v, 'a>>, line: &Line<'v, 'a>, set: usize, totals: Totals, mood: Mood) {
    match said.iter_mut().find(|s| s.set == set && s.commune == line.commune) {
        Some(known) if mood == Mood::Result && known.mood == Mood::Plain && totals.indicators.is_some() => {
            (known.totals, known.mood, known.cell) = (totals, mood, line.cell);
        }
        Some(known) => {
            known.totals.criteria = known.totals.criteria.or(totals.criteria);
            known.totals.indicators = known.totals.indicators.or(totals.indicators);
        }
        None => said.push(Said { mood, ..Said::of(line.commune, set, totals, line.cell) }),
    }
}

/// Whether a text is the title of a paper that gives orders, sets goals or quotes rules.
fn is_order(text: &str, sentences: &Sentences) -> bool {
    let key = fold(text);
    sentences.orders.iter().any(|kind| key == *kind || key.starts_with(&format!("{kind} ")))
}

/// `II. Kết quả thực hiện`, `Mục tiêu:`
fn is_heading(text: &str) -> bool {
    let words = text.split(' ').count();
    let mark = text.split(['.', ')', '/']).next().unwrap_or(text);
    let numbered = text.len() > mark.len() && (crate::text::roman::parse(mark).is_some() || mark.parse::<u8>().is_ok());
    words <= 16 && !text.contains('/') && (numbered || text.trim_end().ends_with(':'))
}

/// A line that goes on with a list: it begins with a dash, or with an item.
fn is_listed(text: &str) -> bool {
    let key = fold(text);
    let begins_with_item = ["tieu chi ", "chi tieu ", "tc ", "ct "].iter().any(|word| key.starts_with(word));
    super::super::locate::is_line(text) || begins_with_item || super::super::code::leading(text).is_some()
}

/// A line without the number that counts it: `3. Nghèo đa chiều`.
fn without_number(text: &str) -> &str {
    let (number, rest) = text.split_once(['.', ')']).unwrap_or(("", text));
    let counts = (1..=2).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    if counts && rest.starts_with(' ') { rest.trim_start() } else { text }
}

/// Sentences: a full stop that is not inside a code or a number ends one.
pub(super) fn split(text: &str) -> Vec<String> {
    let mut sentences = Vec::new();
    let mut current = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        current.push(c);
        let ends = c == '.' && chars.peek().is_none_or(|next| next.is_whitespace());
        // "II. Kết quả": the point behind a number ends nothing.
        if ends && current.trim().len() > 4 {
            sentences.push(std::mem::take(&mut current));
        }
    }
    sentences.push(current);
    sentences.retain(|s| !s.trim().is_empty());
    sentences
}

/// The set whose totals these are: by the number of indicators, and where only criteria are counted by its name.
fn set_of(totals: Totals, named: Option<usize>, sets: &[CriteriaSet]) -> Option<usize> {
    let fits = |set: &CriteriaSet| {
        totals.indicators.is_none_or(|(_, total)| total == set.indicators_total)
            && totals.criteria.is_none_or(|(_, total)| total == set.criteria_total())
    };
    let candidates: Vec<usize> = (0..sets.len()).filter(|&i| fits(&sets[i])).collect();
    match candidates.as_slice() {
        [only] => Some(*only),
        _ => named.filter(|set| candidates.contains(set)),
    }
}

/// The numbers of indicators that a text names: `57 chỉ tiêu`.
fn sizes(text: &str) -> Vec<u32> {
    let key = fold(text);
    let words: Vec<&str> = key.split(' ').collect();
    let counted = words.windows(3).filter(|w| w[1] == "chi" && w[2] == "tieu");
    counted.filter_map(|w| w[0].parse().ok()).collect()
}

fn set_of_size(indicators: u32, sets: &[CriteriaSet]) -> Option<usize> {
    let mut fitting = (0..sets.len()).filter(|&i| sets[i].indicators_total == indicators);
    fitting.next().filter(|_| fitting.next().is_none())
}

/// What a sentence lists as not met.
#[derive(Debug, PartialEq, Eq)]
struct Unmet {
    items: String,
    /// "còn 3 chỉ tiêu chưa đạt"
    count: Option<u32>,
    /// "trong 57 chỉ tiêu"
    of: Option<u32>,
    rest_is_met: bool,
}

/// Words that say that a list follows.
const INTRODUCING: &[&str] = &["", "gom", "nhu", "sau", "cu", "the", "la", "bao", "co"];

/// The part of a sentence that lists what is not met: behind its phrase, or before it.
fn unmet_list(sentence: &str, sentences: &Sentences, year: Option<i16>, base: Mood) -> Option<Unmet> {
    let (places, words) = words_at(sentence);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let (at, length) = find(&words, &sentences.unmet, 0)?;
    let moods = mood::at_each_word(&words, sentences, year, base);
    // "Không còn chỉ tiêu nào chưa đạt"
    let none_left = words[..at].windows(2).any(|pair| matches!(pair, ["khong", "con"]));
    if moods[at] == Mood::Earlier || none_left {
        return None;
    }
    let start = places.get(at + length).copied().unwrap_or(sentence.len());
    // What follows may go on with what is met.
    let met = find(&words, &sentences.met, at + length);
    let end = met.map_or(sentence.len(), |(met, _)| clause_start(sentence, places[met]).max(start));
    let (before, after) = (&sentence[..places[at]], &sentence[start..end]);
    let has_digit = |text: &str| text.bytes().any(|b| b.is_ascii_digit());
    let has_items = has_digit(after) || after.contains([':', ';']) || fold(after).contains("tieu chi");
    let items = if has_items {
        after
    } else if has_digit(before) || fold(before).contains("tieu chi") {
        before
    } else if fold(after).split(' ').all(|word| INTRODUCING.contains(&word)) {
        ""
    } else {
        return None;
    };
    let counted = |wanted: fn(&[&str]) -> bool| {
        let pairs = words[..at].windows(4).find(|w| wanted(w));
        pairs.and_then(|w| w[1].parse::<u32>().ok())
    };
    let is_indicators = |w: &[&str]| w[2] == "chi" && w[3] == "tieu";
    Some(Unmet {
        items: items.trim_start_matches([',', ':', ' ']).trim_start_matches("là ").to_owned(),
        count: counted(|w| w[0] == "con" && w[2] == "chi" && w[3] == "tieu"),
        of: words[..at].windows(4).find(|w| w[0] == "trong" && is_indicators(w)).and_then(|w| w[1].parse().ok()),
        rest_is_met: met.is_some_and(|(met, length)| {
            let rest = &words[met..];
            rest.first() == Some(&"con") && rest.iter().skip(length).any(|w| *w == "dat")
        }),
    })
}

/// The first phrase from a word on, and its length in words.
fn find(words: &[&str], phrases: &[String], from: usize) -> Option<(usize, usize)> {
    (from..words.len()).find_map(|at| {
        phrases.iter().find_map(|phrase| {
            let length = phrase.split(' ').count();
            let own = words.get(at..at + length)?;
            phrase.split(' ').eq(own.iter().copied()).then_some((at, length))
        })
    })
}

/// The folded words of a sentence and where each begins.
fn words_at(sentence: &str) -> (Vec<usize>, Vec<String>) {
    let mut places = Vec::new();
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in sentence.char_indices().chain([(sentence.len(), ' ')]) {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(begin)) => {
                places.push(begin);
                words.push(fold(&sentence[begin..at]));
                start = None;
            }
            _ => {}
        }
    }
    (places, words)
}

/// Where the clause begins that a place stands in.
fn clause_start(sentence: &str, at: usize) -> usize {
    sentence[..at].rfind([';', ',', '.']).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;

    fn listed(sentence: &str) -> Option<Unmet> {
        unmet_list(sentence, &Catalogue::embedded().unwrap().vocabulary.sentences, Some(2023), Mood::Plain)
    }

    #[test]
    fn sentences_end_at_full_stops_outside_codes() {
        let text = "Xã đạt 13/19 tiêu chí. Chưa đạt: giao thông 2.1, 2.2; nghèo đa chiều.";
        assert_eq!(split(text).len(), 2);
    }

    #[test]
    fn the_list_stands_behind_its_phrase_or_before_it() {
        for (text, items) in [
            ("Các chỉ tiêu chưa đạt, gồm: 2.1, 2.2.", "gồm: 2.1, 2.2."),
            ("Chỉ tiêu 2.1, 2.2 chưa đạt.", "Chỉ tiêu 2.1, 2.2 "),
            ("Con lai chua dat gom: thu nhap; 13.1", "gom: thu nhap; 13.1"),
            ("Chưa đạt 2.1, 2.2; đã đạt 3.1.", "2.1, 2.2"),
            ("Những nội dung chưa đạt gồm", ""),
        ] {
            assert_eq!(listed(text).unwrap().items, items, "{text}");
        }
        for text in ["Xã đạt 17/19 tiêu chí.", "Không còn chỉ tiêu nào chưa đạt.", "Các xã chưa đạt phải có lộ trình."]
        {
            assert_eq!(listed(text), None, "{text}");
        }
    }

    #[test]
    fn a_sentence_may_say_how_many_and_that_the_rest_is_met() {
        let found = listed("Trong 57 chỉ tiêu, xã còn 2 chỉ tiêu chưa đạt là 2.1, 7; các chỉ tiêu còn lại đều đạt.");
        let expected =
            Unmet { items: "2.1, 7; các chỉ tiêu".into(), count: Some(2), of: Some(57), rest_is_met: true };
        assert_eq!(found.unwrap(), Unmet { items: "2.1, 7".into(), ..expected });
    }
}
