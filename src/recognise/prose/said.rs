//! What the sentences of a sheet say of each set and commune: totals, and the lists of what is met and what is not.

use super::super::Context;
use super::super::declared::{self, Totals};
use super::super::listing;
use super::super::mood::{self, Mood};
use super::super::set;
use super::super::view::{Seen, View};
use super::clauses::{Clause, Level, clauses};
use super::lines::{self, Line};
use super::own::{self, Own};
use super::told::Told;
use crate::catalogue::Sentences;
use crate::model::CriteriaSet;
use crate::text::fold;

/// A list of items of one verdict, in the sender's words.
#[derive(Debug)]
pub(super) struct List<'v, 'a> {
    pub(super) told: Told,
    pub(super) text: String,
    pub(super) cell: &'v Seen<'a>,
    /// The words that tell it, where they tell no verdict.
    pub(super) words: String,
}

impl<'v, 'a> List<'v, 'a> {
    pub(super) fn of(told: Told, text: String, cell: &'v Seen<'a>) -> Self {
        List { told, text, cell, words: String::new() }
    }
}

/// What is said of one set of one commune.
pub(super) struct Said<'v, 'a> {
    /// The commune, where the sheet speaks of several.
    pub(super) commune: Option<usize>,
    pub(super) set: usize,
    pub(super) totals: Totals,
    /// Whether the totals are said to hold now.
    mood: Mood,
    /// Whether it is said that all that is not listed is met: "các chỉ tiêu còn lại đều đạt".
    pub(super) rest_is_met: bool,
    /// Whether that is said of indicators.
    pub(super) rest_of_indicators: bool,
    /// Whether it is said of as many as the set has.
    pub(super) rest_is_whole: bool,
    /// Whether what is met is counted for this commune in a column, rather than spoken of.
    pub(super) is_counted: bool,
    /// How many criteria and how many indicators are said to be not met.
    pub(super) unmet: [Option<u32>; 2],
    /// How many are said to be met.
    pub(super) met: [Option<u32>; 2],
    pub(super) cell: &'v Seen<'a>,
    /// In the order of the sheet.
    pub(super) lists: Vec<List<'v, 'a>>,
}

impl<'v, 'a> Said<'v, 'a> {
    pub(super) fn of(commune: Option<usize>, set: usize, totals: Totals, cell: &'v Seen<'a>) -> Self {
        let (unmet, met) = ([None; 2], [None; 2]);
        Said {
            commune,
            set,
            totals,
            mood: Mood::Plain,
            rest_is_met: false,
            rest_of_indicators: false,
            rest_is_whole: false,
            is_counted: false,
            unmet,
            met,
            cell,
            lists: Vec::new(),
        }
    }

    /// Whether no list is of what is met.
    pub(super) fn lists_nothing_met(&self) -> bool {
        !self.lists(Told::Met)
    }

    /// Whether anything is listed of which this is told.
    pub(super) fn lists(&self, told: Told) -> bool {
        self.lists.iter().any(|list| list.told == told)
    }
}

/// A list that goes on in the lines below its heading.
#[derive(Debug, Clone, Copy)]
struct Section {
    owner: usize,
    told: Told,
    /// Lines that listed nothing since the last that did.
    passed: usize,
}

/// Lines that list nothing may stand between two that do; more end the list.
const MOST_PASSED: usize = 2;

/// What is said, in the order in which it is first spoken of.
pub(super) fn said<'v, 'a>(
    view: &'v View<'a>,
    rows: &[u32],
    year: Option<i16>,
    context: &Context<'_>,
) -> Vec<Said<'v, 'a>> {
    of_lines(&lines::of_rows(view, rows, context), year, context)
}

/// What lines say.
pub(super) fn of_lines<'v, 'a>(lines: &[Line<'v, 'a>], year: Option<i16>, context: &Context<'_>) -> Vec<Said<'v, 'a>> {
    let sentences = &context.catalogue.vocabulary.sentences;
    let sets = &context.catalogue.sets;
    let titled = titled(lines, context);
    let mut teller = Teller { said: Vec::new(), current: None, titled, section: None, year, context };
    let orders = lines.iter().take(8).any(|line| is_order(&line.text, sentences));
    let mut base = Mood::Plain;
    for line in lines {
        let set = teller.current.or(titled).unwrap_or(0);
        if !orders
            && base.is_of_now()
            && let Some(own) = own::judged(&line.text, set, context)
        {
            teller.take_own(line, own);
            continue;
        }
        let heads = is_heading(&line.text);
        if heads {
            let mood = mood::of_heading(&line.text, sentences);
            base = if mood == Mood::Goal { Mood::Goal } else { Mood::Plain };
        }
        let mut tells = false;
        let mut says = false;
        for sentence in split(&line.text) {
            let named = set_named(&sentence, context);
            let stated = declared::statements(&sentence, sentences, year, base);
            for (totals, mood) in stated {
                if !mood.is_of_now() || (orders && mood != Mood::Result) {
                    continue;
                }
                if let Some(set) = set_of(totals, named.or(teller.current).or(titled), sets) {
                    teller.tell(line, set, totals, mood);
                    teller.current = Some(set);
                    tells = true;
                }
            }
            if heads && named.is_some() {
                teller.current = named;
            }
            says |= teller.hear(line, &sentence, named, base, tells);
        }
        if says {
            continue;
        }
        teller.go_on(line, heads || tells);
    }
    teller.said
}

/// What is gathered while the lines are read.
struct Teller<'c, 'v, 'a> {
    said: Vec<Said<'v, 'a>>,
    /// The set that the last heading or total spoke of.
    current: Option<usize>,
    titled: Option<usize>,
    section: Option<Section>,
    year: Option<i16>,
    context: &'c Context<'c>,
}

impl<'v, 'a> Teller<'_, 'v, 'a> {
    /// Adds a statement of totals: what is said to hold now counts before what is merely said, the first before the
    /// others.
    fn tell(&mut self, line: &Line<'v, 'a>, set: usize, totals: Totals, mood: Mood) {
        match self.said.iter_mut().find(|s| s.set == set && s.commune == line.commune) {
            Some(known) if mood == Mood::Result && known.mood == Mood::Plain && totals.indicators.is_some() => {
                (known.totals, known.mood, known.cell) = (totals, mood, line.cell);
            }
            Some(known) => {
                if known.totals == Totals::default() {
                    (known.mood, known.cell) = (mood, line.cell);
                }
                known.totals.criteria = known.totals.criteria.or(totals.criteria);
                known.totals.indicators = known.totals.indicators.or(totals.indicators);
            }
            None => self.said.push(Said { mood, ..Said::of(line.commune, set, totals, line.cell) }),
        }
    }

    /// Hears what a sentence says of items; whether it says anything.
    fn hear(&mut self, line: &Line<'v, 'a>, sentence: &str, named: Option<usize>, base: Mood, tells: bool) -> bool {
        let sentences = &self.context.catalogue.vocabulary.sentences;
        let set = named.or(self.current).or(self.titled).unwrap_or(0);
        let lists = |text: &str| listing::lists(text, set, self.context);
        let mut found = clauses(sentence, sentences, self.year, base, &lists);
        if found.is_empty() {
            return false;
        }
        // Among what is not met, "đạt" stands in names: only a heading ends the list.
        if self.section.is_some_and(|section| section.told == Told::NotMet) {
            found.retain(|c| c.told != Told::Met || c.announces || c.rest_is_met || c.items.is_empty());
            if found.is_empty() {
                return false;
            }
        }
        let mut says = false;
        for clause in found {
            let is_told = !clause.items.is_empty() || clause.rest_is_met || clause.count.is_some() || clause.announces;
            if !is_told
                || clause.told == Told::Met
                    && clause.items.is_empty()
                    && !clause.rest_is_met
                    && !clause.announces
                    && tells
            {
                continue;
            }
            let Some(at) = self.owner(line, named, &clause) else { continue };
            says |= !clause.items.is_empty() || clause.announces || clause.rest_is_met;
            self.take(at, line, clause, sentence);
        }
        says
    }

    /// Takes what a line says of its own item: it begins no list, and ends none.
    fn take_own(&mut self, line: &Line<'v, 'a>, own: Own) {
        let clause = Clause { items: own.item, words: own.words, ..Clause::of(own.told, false) };
        let Some(at) = self.owner(line, None, &clause) else { return };
        self.said[at].lists.push(List { words: clause.words, ..List::of(clause.told, clause.items, line.cell) });
    }

    fn take(&mut self, at: usize, line: &Line<'v, 'a>, clause: Clause, sentence: &str) {
        let owner = &mut self.said[at];
        let set = &self.context.catalogue.sets[owner.set];
        owner.rest_is_whole |= clause.told == Told::Met
            && clause.rest_is_met
            && clause.of.is_some_and(|(level, of)| match level {
                Level::Criteria => of == set.criteria_total(),
                Level::Indicators => of == set.indicators_total,
            });
        owner.rest_is_met |=
            clause.rest_is_met || clause.of.is_some() && clause.count.is_some() && clause.told == Told::NotMet;
        owner.rest_of_indicators |= clause.of_indicators;
        if let Some((level, count)) = clause.count.filter(|_| clause.told != Told::NotJudged) {
            let slot = if clause.told == Told::Met { &mut owner.met } else { &mut owner.unmet };
            let slot = &mut slot[usize::from(level == Level::Indicators)];
            *slot = slot.or(Some(count));
        }
        let ends_open =
            sentence.trim_end().ends_with([':', ';', ',']) && line.text.trim_end().ends_with([':', ';', ',']);
        if !clause.items.is_empty() {
            owner.lists.push(List { words: clause.words, ..List::of(clause.told, clause.items, line.cell) });
        } else if !clause.announces {
            return;
        }
        let is_below = self.section.is_some_and(|s| s.told == clause.told && is_listed(&line.text));
        if clause.announces || ends_open || is_below {
            self.section = Some(Section { owner: at, told: clause.told, passed: 0 });
        } else if !is_listed(&line.text) {
            self.section = None;
        }
    }

    /// Whose a clause is: the set it names, else the one spoken of last.
    fn owner(&mut self, line: &Line<'v, 'a>, named: Option<usize>, clause: &Clause) -> Option<usize> {
        let sets = &self.context.catalogue.sets;
        let by_size = clause.of.and_then(|(level, of)| match level {
            Level::Indicators => set_of_size(of, sets),
            Level::Criteria => None,
        });
        let of_line = |s: &Said<'_, '_>| line.commune.is_none() || s.commune == line.commune;
        let wanted = by_size.or(named).or(self.current);
        let own = wanted.and_then(|set| self.said.iter().position(|s| s.set == set && of_line(s)));
        // A set named in passing does not take a list away from the totals it follows.
        let last = || {
            self.said
                .iter()
                .rposition(of_line)
                .filter(|_| by_size.is_none() && (named.is_none() || wanted != self.current))
        };
        own.or_else(last).or_else(|| {
            let set = wanted.or(self.titled)?;
            self.said.push(Said::of(line.commune, set, Totals::default(), line.cell));
            Some(self.said.len() - 1)
        })
    }

    /// A line without a verdict of its own may go on with the list above it.
    fn go_on(&mut self, line: &Line<'v, 'a>, ends: bool) {
        let Some(mut section) = self.section else { return };
        let set = self.said[section.owner].set;
        let text = without_number(&line.text);
        let begins = text.split([';', ',', ':', '(']).next().unwrap_or(text);
        let bullet = is_listed(&line.text);
        let lists = listing::lists(text, set, self.context);
        if lists && (bullet || listing::lists(begins, set, self.context)) || bullet && !ends && section.passed == 0 {
            section.passed = usize::from(!lists);
            self.section = Some(section);
            let list = List::of(section.told, text.to_owned(), line.cell);
            self.said[section.owner].lists.push(list);
            return;
        }
        section.passed += 1;
        let is_over = ends || section.passed > MOST_PASSED;
        self.section = if is_over { None } else { Some(section) };
    }
}

/// The set that the titles above all statements name, the narrower where they name two; else the first named at all.
fn titled(lines: &[Line<'_, '_>], context: &Context<'_>) -> Option<usize> {
    let states = |line: &&Line<'_, '_>| !declared::totals(&line.text).is_empty();
    let titles = lines.iter().take(6).take_while(|line| !states(line)).map(|line| line.text.as_str());
    let above = set_named(&titles.collect::<Vec<_>>().join("\n"), context);
    let sets = &context.catalogue.sets;
    let by_size = |text: &str| sizes(text).into_iter().find_map(|size| set_of_size(size, sets));
    above.or_else(|| lines.iter().find_map(|line| set_named(&line.text, context).or_else(|| by_size(&line.text))))
}

fn set_named(text: &str, context: &Context<'_>) -> Option<usize> {
    let id = set::set_named(text, &context.catalogue.vocabulary)?;
    context.catalogue.sets.iter().position(|set| set.id == id)
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
    let is_letter = mark.len() == 1 && mark.bytes().all(|b| b.is_ascii_uppercase());
    let numbered = text.len() > mark.len()
        && (is_letter || crate::text::roman::parse(mark).is_some() || mark.parse::<u8>().is_ok());
    words <= 16 && !text.contains('/') && (numbered || text.trim_end().ends_with(':'))
}

/// A line that goes on with a list: it begins with a dash, a number, or an item.
fn is_listed(text: &str) -> bool {
    let key = fold(text);
    let begins_with_item = ["tieu chi ", "chi tieu ", "tc ", "ct "].iter().any(|word| key.starts_with(word));
    super::super::locate::is_line(text)
        || begins_with_item
        || without_number(text) != text
        || super::super::code::leading(text).is_some()
}

/// A line without its dash and the number that counts it: `3. Nghèo đa chiều`, `a) Giao thông`.
pub(super) fn without_number(text: &str) -> &str {
    let bare = text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '+' | '•' | '*' | '–' | '·'));
    let (number, rest) = bare.split_once(['.', ')']).unwrap_or(("", bare));
    let counts = (1..=2).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit())
        || number.len() == 1 && number.bytes().all(|b| b.is_ascii_alphabetic());
    if counts && rest.starts_with(' ') { rest.trim_start() } else { bare }
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
        let is_mark = |text: &str| {
            text.trim_matches(|c: char| matches!(c, '.' | '(' | ' ')).len() <= 4 && !text.trim().contains(' ')
        };
        if ends && !is_mark(&current) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_at_full_stops_outside_codes() {
        let text = "Xã đạt 13/19 tiêu chí. Chưa đạt: giao thông 2.1, 2.2; nghèo đa chiều.";
        assert_eq!(split(text).len(), 2);
        assert_eq!(split("II. Kết quả: đạt 13/19 tiêu chí").len(), 1);
    }

    #[test]
    fn a_line_is_told_from_the_number_that_counts_it() {
        for (text, bare) in [
            ("- 2.1 Đường xã", "2.1 Đường xã"),
            ("3. Nghèo đa chiều", "Nghèo đa chiều"),
            ("a) Giao thông", "Giao thông"),
            ("2.1. Đường xã", "2.1. Đường xã"),
        ] {
            assert_eq!(without_number(text), bare, "{text}");
        }
    }
}
