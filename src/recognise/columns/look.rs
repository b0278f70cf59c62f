//! What is known of a column before its role is: the words of its header, and the look of its cells.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Heading, Headings};
use crate::catalogue::{Role, RowWord, VerdictWord, Vocabulary};
use crate::model::Period;
use crate::read::Value;
use crate::recognise::code;
use crate::recognise::view::{Seen, View};
use crate::text::{date, fold};

/// A column described.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub(super) col: u32,
    /// The words of its header, from the top.
    pub(super) header: String,
    /// How well the header names each role; its own words and those it shares with neighbours.
    pub(super) roles: BTreeMap<Role, f64>,
    /// Whether the header speaks of the district's review.
    pub(super) is_district: bool,
    /// Which time the header speaks of.
    pub(super) time: Time,
    /// Whether the header speaks of an estimate, or of a goal with its year.
    pub(super) is_estimate: bool,
    /// The commune or month that the header names.
    pub(super) heading: Option<Heading>,
    /// The verdict that the column's own heading is: `Đ`, `Chưa đạt`.
    pub(super) own_verdict: Option<VerdictWord>,
    /// The different texts of its cells where they are few and short: what may be marks.
    pub(super) signs: Vec<String>,
    /// The two words of which one denies the other, `Về đích` and `Chưa về đích`, where its cells hold nothing else: what
    /// is met first.
    pub(super) contrast: Option<[String; 2]>,
    /// The different answers of its cells, `Có` and `Không`, where they hold nothing else.
    pub(super) answers: Vec<(String, VerdictWord)>,
    /// The verdict of what a heading of lists says that it lists: `Chỉ tiêu đạt`, `Nội dung chưa đạt`.
    pub(super) list_verdict: Option<VerdictWord>,
    /// Under such a heading: whether its cells list codes of their own rows' criteria.
    pub(super) lists_own_codes: bool,
    /// The rows in which it holds something.
    pub(super) filled: Vec<u32>,
    /// The figure below its last item, in a row that says that it is a total.
    pub(super) total: Option<f64>,
    pub(super) look: Look,
}

/// The time a column is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Time {
    /// That of the report.
    Now,
    /// An earlier one, by its words.
    Earlier,
    /// One yet to come: what is planned is no fact.
    Planned,
    /// Not that of the report, by the months and years that the header names.
    Other,
}

/// How the cells of a column look over the rows that are items: counts.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Look {
    pub(super) rows: f64,
    pub(super) filled: f64,
    pub(super) verdicts: f64,
    pub(super) yes_no: f64,
    pub(super) marks: f64,
    /// Cells that say that nothing is marked: `☐`.
    pub(super) blanks: f64,
    pub(super) numbers: f64,
    pub(super) comparisons: f64,
    pub(super) dates: f64,
    /// Verdicts that say not met.
    pub(super) unmet: f64,
    /// Marks of the table's legend.
    pub(super) signs: f64,
    /// Cells that list codes: `2.1, 2.2`.
    pub(super) codes: f64,
}

impl Column {
    /// How well the header names a role, 0 to 1.
    pub(super) fn fit(&self, role: Role) -> f64 {
        self.roles.get(&role).copied().unwrap_or(0.0)
    }

    /// Whether it is of the time of the report, as far as its header tells.
    pub(super) fn is_of_now(&self) -> bool {
        self.time == Time::Now
    }

    /// Whether its time fits a role: a value is of the report's time; a task or a day may speak of one to come.
    pub(super) fn serves(&self, role: Role) -> bool {
        self.is_of_now() || role != Role::Value && self.time != Time::Earlier
    }

    /// The role the header names best.
    pub(super) fn best_role(&self) -> Option<Role> {
        self.roles.iter().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(a.0))).map(|(role, _)| *role)
    }

    /// Whether many of its cells are figures, none of them a target: a long heading that says little is then enough.
    pub(super) fn holds_figures(&self) -> bool {
        let look = &self.look;
        look.numbers >= 0.4 * look.filled && look.filled >= 0.3 * look.rows && look.comparisons == 0.0
    }

    /// How well the header names verdicts. "Đạt (có/không)" over answers and nothing else is one of them.
    pub(super) fn names_verdicts(&self) -> f64 {
        let named = [Role::Verdict, Role::Met, Role::NotMet].iter().map(|&r| self.fit(r)).fold(0.0, f64::max);
        let is_answered = self.own_verdict == Some(VerdictWord::Met) && !self.answers.is_empty();
        if is_answered { named.max(0.6) } else { named }
    }

    /// Whether most of its cells are verdicts in words, and it is no list of targets.
    pub(super) fn looks_like_verdicts(&self) -> bool {
        let header = self.names_verdicts();
        // "Có" and "Không" are answers; under a header of verdicts they are verdicts.
        // So they are where nearly all cells are answers or verdicts and some say "chưa".
        let answers = self.look.verdicts + self.look.yes_no;
        let tells =
            self.look.unmet > 0.0 && answers >= 0.9 * self.look.filled && self.look.filled >= 0.8 * self.look.rows;
        let words = if header >= 0.5 || tells { answers } else { self.look.verdicts };
        self.look.filled > 0.0
            && words >= 0.6 * self.look.filled
            && self.look.comparisons == 0.0
            && self.look.filled >= 0.25 * self.look.rows
    }
}

/// Describes all columns of a table but those of its keys.
pub(super) fn describe(
    view: &View<'_>,
    vocabulary: &Vocabulary,
    headings: &Headings<'_>,
    header: Range<u32>,
    items: &[u32],
    keys: &[u32],
) -> Vec<Column> {
    let mut cols: Vec<u32> = items.iter().flat_map(|&row| view.row(row)).map(|cell| cell.col).collect();
    for cell in header.clone().flat_map(|row| view.row(row)) {
        cols.push(cell.col);
        // A heading over several columns may stand over empty ones; one over half the sheet is a title.
        cols.extend(
            view.merge_at(cell.row, cell.col)
                .filter(|m| m.last.col - m.first.col < 40)
                .into_iter()
                .flat_map(|m| m.first.col..=m.last.col),
        );
    }
    cols.sort_unstable();
    cols.dedup();
    cols.retain(|col| !keys.contains(col));
    let totals = total_rows(view, vocabulary, items);
    let described = |col| {
        let cells: Vec<&Seen<'_>> = items.iter().filter_map(|&row| view.get(row, col)).collect();
        let total = totals.iter().find_map(|&row| view.get(row, col)?.text.parse().ok());
        let look = look(headings, items.len(), &cells);
        let column = column(view, vocabulary, headings, header.clone(), &cells, col);
        let lists_own_codes = column.list_verdict.is_some() && lists_own_codes(view, keys, &cells);
        Column { total, look, lists_own_codes, ..column }
    };
    let mut columns: Vec<Column> = cols.into_iter().map(described).collect();
    // The month of the report may be another than its columns say: what they name is then all there is.
    let states = |c: &Column| c.looks_like_verdicts() || c.look.marks > 0.0;
    if !columns.iter().any(|c| c.is_of_now() && !c.is_estimate && states(c)) {
        columns.iter_mut().filter(|c| c.time == Time::Other).for_each(|c| c.time = Time::Now);
    }
    set_other_years_apart(&mut columns, headings.period);
    set_estimates_apart(&mut columns);
    columns
}

/// "KQ 2023" beside "KQ 1/2024": a year that stands alone over figures tells their time where the report's own time stands
/// over others.
fn set_other_years_apart(columns: &mut [Column], period: Option<Period>) {
    let Some(period) = period else { return };
    let named = |c: &Column| -> Vec<i16> {
        let numbers = c.header.split(|sign: char| !sign.is_ascii_digit()).filter(|digits| digits.len() == 4);
        numbers.filter_map(|digits| digits.parse().ok()).filter(|year| (2005..=2100).contains(year)).collect()
    };
    let is_of_values = |c: &Column| c.is_of_now() && c.best_role() == Some(Role::Value);
    let is_own = |c: &Column| date::months(&c.header).contains(&period) || named(c).contains(&period.year());
    if !columns.iter().any(|c| is_of_values(c) && is_own(c)) {
        return;
    }
    let is_other = |c: &Column| is_of_values(c) && !is_own(c) && !named(c).is_empty();
    columns.iter_mut().filter(|c| is_other(c)).for_each(|c| c.time = Time::Other);
}

/// An estimate counts where no result stands beside it; beside one it is a plan.
fn set_estimates_apart(columns: &mut [Column]) {
    let judges = |c: &Column| c.looks_like_verdicts() || c.look.marks > 0.0;
    let is_result = |c: &&Column| c.is_of_now() && !c.is_estimate && !c.is_district;
    let has_verdicts = columns.iter().filter(is_result).any(judges);
    let has_figures = columns.iter().filter(is_result).any(|c| c.fit(Role::Value) > 0.0 && !judges(c));
    for column in columns.iter_mut().filter(|c| c.is_of_now() && c.is_estimate) {
        let is_beside =
            if judges(column) { has_verdicts } else { has_figures && column.best_role() != Some(Role::Target) };
        if is_beside {
            column.time = Time::Planned;
        }
    }
}

fn column(
    view: &View<'_>,
    vocabulary: &Vocabulary,
    headings: &Headings<'_>,
    header: Range<u32>,
    cells: &[&Seen<'_>],
    col: u32,
) -> Column {
    let words = header_words(view, header, col);
    let joined = words.join(" · ");
    let key = fold(&joined);
    let mut roles = vocabulary.header_roles(&key);
    let time = time(&joined, &key, &roles, headings.period);
    let names_goal = |word: &String| {
        let roles = vocabulary.header_roles(&fold(word));
        roles.contains_key(&Role::Target) && word.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() == 4)
    };
    let is_estimate = roles.remove(&Role::Estimated).is_some() || words.iter().any(names_goal);
    // The column's own words, below those it shares, say more.
    if let Some(own) = words.last() {
        for (role, score) in vocabulary.header_roles(&fold(own)) {
            let best = roles.entry(role).or_insert(0.0);
            *best = best.max(score);
        }
        roles.remove(&Role::Estimated);
    }
    let is_district = vocabulary.district_words.iter().any(|w| super::contains_words(&key, w));
    let heading = words.iter().find_map(|w| headings.of(w));
    let own_verdict = words.last().and_then(|own| vocabulary.verdict(own));
    let list_verdict = words.last().and_then(|own| listed_verdict(own, vocabulary));
    Column {
        col,
        header: joined,
        roles,
        is_district,
        time,
        is_estimate,
        heading,
        own_verdict,
        list_verdict,
        signs: signs(cells),
        contrast: contrast(cells),
        filled: cells.iter().filter(|cell| !cell.text.is_empty()).map(|cell| cell.row).collect(),
        answers: answers(vocabulary, cells),
        lists_own_codes: false,
        total: None,
        look: Look::default(),
    }
}

/// The verdict that a heading says of the items below it: `Đạt`, `Các chỉ tiêu chưa đạt`, `Nội dung đã đạt`.
fn listed_verdict(heading: &str, vocabulary: &Vocabulary) -> Option<VerdictWord> {
    let key = fold(heading);
    let mut rest = key.as_str();
    let items = ["cac ", "nhung ", "ma ", "ten ", "chi tieu ", "tieu chi ", "noi dung ", "ct ", "tc ", "so hieu "];
    while let Some(own) = items.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = own;
    }
    let is_plain = |word: &VerdictWord| matches!(word, VerdictWord::Met | VerdictWord::NotMet);
    vocabulary.verdict(rest).filter(is_plain).filter(|_| rest.split(' ').count() <= 4)
}

/// Whether cells list codes of the criteria that the keys of their rows name, most of them in full: `2.1, 2.4` beside 2, or a
/// line with its name for each, `- 2.1 Đường xã`. A figure is seldom a code, and never of its own row all the way down.
fn lists_own_codes(view: &View<'_>, keys: &[u32], cells: &[&Seen<'_>]) -> bool {
    let criterion = |row: u32| {
        let keys = keys.iter().filter_map(|&col| view.get(row, col));
        keys.flat_map(code::readings).next().map(|reading| reading.criterion)
    };
    let filled = || cells.iter().filter(|cell| !cell.text.is_empty());
    let (mut in_full, mut count) = (0, 0);
    for cell in filled() {
        let Some(own) = criterion(cell.row) else { return false };
        if cell.is_text() && code::has_words(&cell.text) {
            // A name alone is that of the only indicator.
            let heads: Vec<(u16, u16)> = cell.lines().iter().flat_map(|line| code::at_heads(line)).collect();
            if heads.iter().any(|code| code.0 != own) {
                return false;
            }
            count += 1;
            in_full += usize::from(!heads.is_empty());
            continue;
        }
        let is_number = matches!(cell.cell.value, Value::Number(_));
        let (codes, is_left) = if is_number { code::list_in(&cell.text, own) } else { code::list(cell, own) };
        if is_left || codes.is_empty() || codes.iter().any(|code| code.0 != own) {
            return false;
        }
        count += 1;
        in_full += usize::from(cell.text.contains('.'));
    }
    in_full >= 2 && in_full * 2 > count
}

/// The rows of totals below the items.
fn total_rows(view: &View<'_>, vocabulary: &Vocabulary, items: &[u32]) -> Vec<u32> {
    let Some(last) = items.iter().max() else { return Vec::new() };
    let below = view.row_numbers().filter(|row| row > last);
    let is_total = |row: &u32| {
        let says = |key: &str| vocabulary.row_word(key) == Some(RowWord::Total);
        view.row(*row).iter().any(|c| c.is_text() && (says(&c.key) || c.roles(vocabulary).contains_key(&Role::Total)))
    };
    below.take(6).filter(is_total).collect()
}

/// The time that a header speaks of: words first, then the months it names, then its years, against the report's month.
fn time(header: &str, key: &str, roles: &BTreeMap<Role, f64>, period: Option<Period>) -> Time {
    if roles.contains_key(&Role::Previous) {
        return Time::Earlier;
    }
    if roles.contains_key(&Role::Planned) {
        return Time::Planned;
    }
    let Some(period) = period.filter(|_| key.bytes().any(|b| b.is_ascii_digit())) else { return Time::Now };
    let months = date::months(header);
    let is_other = if months.is_empty() {
        let years = super::years(key);
        !years.is_empty() && !years.contains(&period.year())
    } else {
        !months.contains(&period)
    };
    if is_other { Time::Other } else { Time::Now }
}

/// The texts above a column, from the top, each once; column numbers are no words.
fn header_words(view: &View<'_>, header: Range<u32>, col: u32) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for row in header.clone() {
        if let Some(cell) = heading_over(view, &header, row, col) {
            let is_number = cell.key.bytes().all(|b| b.is_ascii_digit());
            let is_date = matches!(cell.cell.value, Value::Date { .. });
            if (!is_number || is_date) && words.last() != Some(&cell.text) {
                words.push(cell.text.clone());
            }
        }
    }
    words
}

/// The heading over a column in a row of the header: its own, the merged one, or, where nothing is merged, the one at the
/// left that has headings below it all the way here.
fn heading_over<'v, 'a>(view: &'v View<'a>, header: &Range<u32>, row: u32, col: u32) -> Option<&'v Seen<'a>> {
    view.covering(row, col).or_else(|| {
        let below = row + 1;
        let is_heading =
            |col: u32| view.get(below, col).is_some_and(|c| c.is_text() && !c.key.bytes().all(|b| b.is_ascii_digit()));
        if !header.contains(&below) || !is_heading(col) {
            return None;
        }
        let left = view.row(row).iter().rev().find(|cell| cell.col < col)?;
        (view.merge_at(row, left.col).is_none() && (left.col..col).all(is_heading)).then_some(left)
    })
}

/// The two texts of a column, where one is the other with a word before it that denies it.
fn contrast(cells: &[&Seen<'_>]) -> Option<[String; 2]> {
    let mut texts: Vec<(&str, &str)> = Vec::new();
    for cell in cells.iter().filter(|c| c.is_text() && !c.key.is_empty()) {
        if cell.key.len() > 30 || texts.len() > 2 {
            return None;
        }
        if !texts.iter().any(|(key, _)| *key == cell.key) {
            texts.push((&cell.key, &cell.text));
        }
    }
    let [first, second] = texts.as_slice() else { return None };
    let denies = |denied: &str, plain: &str| {
        let rest = ["chua ", "khong ", "ko "].iter().find_map(|word| denied.strip_prefix(word));
        rest.is_some_and(|rest| rest == plain.strip_prefix("da ").unwrap_or(plain))
    };
    let pair = |met: &(&str, &str), not_met: &(&str, &str)| Some([met.1.to_owned(), not_met.1.to_owned()]);
    match (denies(second.0, first.0), denies(first.0, second.0)) {
        (true, _) => pair(first, second),
        (_, true) => pair(second, first),
        _ => None,
    }
}

/// The different answers of a column of nothing but answers.
fn answers(vocabulary: &Vocabulary, cells: &[&Seen<'_>]) -> Vec<(String, VerdictWord)> {
    let mut answers: Vec<(String, VerdictWord)> = Vec::new();
    for cell in cells.iter().filter(|cell| !cell.text.is_empty()) {
        match cell.verdict(vocabulary).filter(|_| cell.is_text()) {
            Some(word @ (VerdictWord::Yes | VerdictWord::No)) => {
                if !answers.iter().any(|(text, _)| *text == cell.text) {
                    answers.push((cell.text.clone(), word));
                }
            }
            _ => return Vec::new(),
        }
    }
    answers
}

/// The different texts of a column, where there are at most three and none is long.
fn signs(cells: &[&Seen<'_>]) -> Vec<String> {
    let mut signs: Vec<String> = Vec::new();
    for cell in cells.iter().filter(|c| !c.text.is_empty()) {
        if cell.text.chars().count() > 3 || signs.len() > 3 {
            return Vec::new();
        }
        if !signs.contains(&cell.text) {
            signs.push(cell.text.clone());
        }
    }
    signs
}

fn look(headings: &Headings<'_>, rows: usize, cells: &[&Seen<'_>]) -> Look {
    let vocabulary = headings.vocabulary;
    let mut look = Look { rows: rows as f64, ..Look::default() };
    for cell in cells {
        let text = cell.text.as_str();
        if text.is_empty() {
            continue;
        }
        look.filled += 1.0;
        if vocabulary.is_mark(text) {
            look.marks += 1.0;
        } else if vocabulary.is_blank(text) {
            look.blanks += 1.0;
        }
        match cell.is_text().then(|| cell.verdict(vocabulary)).flatten() {
            Some(VerdictWord::Yes | VerdictWord::No) => look.yes_no += 1.0,
            Some(word) => {
                look.verdicts += 1.0;
                look.unmet += if word == VerdictWord::NotMet { 1.0 } else { 0.0 };
            }
            None if vocabulary.is_ditto(text) => look.verdicts += 1.0,
            None => {}
        }
        if headings.legend.verdict(text).is_some() {
            look.signs += 1.0;
        }
        let is_date = matches!(cell.cell.value, Value::Date { .. });
        if is_date || cell.is_day() {
            look.dates += 1.0;
        }
        if !is_date && (matches!(cell.cell.value, Value::Number(_)) || cell.is_number()) {
            look.numbers += 1.0;
        }
        if text.contains(['≥', '≤', '>', '<']) || cell.key.ends_with("tro len") {
            look.comparisons += 1.0;
        }
        if cell.is_text() && text.contains('.') {
            let (codes, rest) = code::list(cell, 0);
            if !codes.is_empty() && !rest {
                look.codes += 1.0;
            }
        }
    }
    look
}
