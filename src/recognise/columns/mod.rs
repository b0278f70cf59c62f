//! What each column of a table is for: the words of its header and the look of its cells, joined.

mod legend;
mod look;
mod verdicts;

use std::collections::BTreeMap;
use std::ops::Range;

use super::register::Register;
use super::view::{Seen, View};
use crate::catalogue::{Role, VerdictWord, Vocabulary};
use crate::model::{Assessor, Period, Verdict};
use crate::text::{date, fold};

pub(super) use legend::Legend;
use look::Column;
use verdicts::Signs;

/// What the heading of a column may name beside its role, where what is reported stands side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Heading {
    /// A commune, by its place in the register.
    Commune(usize),
    /// A month.
    Month(Period),
}

/// How headings are read.
pub(super) struct Headings<'a> {
    pub(super) register: &'a Register<'a>,
    pub(super) vocabulary: &'a Vocabulary,
    /// The year the titles speak of, for headings that name a month alone.
    pub(super) year: Option<i16>,
    /// The month the titles speak of.
    pub(super) period: Option<Period>,
    /// What marks mean by the legend of the table.
    pub(super) legend: &'a Legend,
    /// The totals that titles and sentences state: how many are met, and of how many.
    pub(super) totals: &'a [(f64, f64)],
}

impl Headings<'_> {
    fn of(&self, words: &str) -> Option<Heading> {
        if let [only] = self.register.find(words, self.vocabulary, None).as_slice() {
            return Some(Heading::Commune(only.commune));
        }
        if let [month] = date::months(words).as_slice() {
            return Some(Heading::Month(*month));
        }
        bare_month(words, self.year).map(Heading::Month)
    }
}

/// `Tháng 4`, `T4`: a month whose year stands elsewhere.
pub(super) fn bare_month(words: &str, year: Option<i16>) -> Option<Period> {
    let key = fold(words);
    let digits = ["thang", "thg", "th", "t"].iter().find_map(|word| key.strip_prefix(word))?.trim_start();
    Period::new(year?, digits.parse().ok()?)
}

/// The years that a folded text names: `nam 2022`.
pub(super) fn years(key: &str) -> Vec<i16> {
    let words: Vec<&str> = key.split(' ').collect();
    let named = words.windows(2).filter(|pair| pair[0] == "nam").filter_map(|pair| pair[1].parse::<i16>().ok());
    named.filter(|year| (2005..=2100).contains(year)).collect()
}

/// How verdicts are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum VerdictColumns {
    /// One column of words.
    Words(u32),
    /// One column of marks, each standing for a verdict.
    Signs(u32, Legend),
    /// Columns to be marked, each meaning one verdict.
    Marks(Vec<(u32, Verdict)>),
    /// Columns of which the one that is filled, with a figure or a mark, means its verdict.
    Filled(Vec<(u32, Verdict)>),
    /// None: sections of the table, each from a row on, are of what is met and of what is not.
    Sections(Vec<(u32, Verdict)>),
    /// None: cells beside the criteria list the codes of what is met and of what is not.
    Listed,
    /// None of its own: the verdict ends the name, `Đường xã: 95,4%, đạt`.
    InName(u32),
    /// None: the table lists what is not met.
    Unmet,
}

impl VerdictColumns {
    /// The columns from the left.
    pub(super) fn cols(&self) -> Vec<u32> {
        match self {
            VerdictColumns::Words(col) | VerdictColumns::Signs(col, _) | VerdictColumns::InName(col) => vec![*col],
            VerdictColumns::Marks(cols) | VerdictColumns::Filled(cols) => cols.iter().map(|(col, _)| *col).collect(),
            VerdictColumns::Unmet | VerdictColumns::Listed | VerdictColumns::Sections(_) => Vec::new(),
        }
    }
}

/// The verdict column or columns of one assessor, or of one commune or month where these stand side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Judged {
    pub(super) assessor: Assessor,
    /// The commune or month that the heading names.
    pub(super) heading: Option<Heading>,
    /// Its own column of values, where it has one.
    pub(super) value: Option<u32>,
    pub(super) columns: VerdictColumns,
}

/// The roles of a table's columns.
#[derive(Debug, Clone, Default)]
pub(super) struct Columns {
    pub(super) judged: Vec<Judged>,
    pub(super) single: BTreeMap<Role, u32>,
    /// Columns whose role rests on their look alone, with the role.
    pub(super) assumed: Vec<(u32, Role)>,
    /// How well header and look agree for the verdicts, 0 to 1.
    pub(super) clarity: f64,
    /// Columns of verdicts beside those of communes, whose heading names no commune of the register.
    pub(super) strangers: Vec<u32>,
    /// Columns that look like verdicts and were not taken.
    pub(super) passed_over: Vec<u32>,
    /// Columns to be marked where something is nearly met: not met, with a warning.
    pub(super) nearly: Vec<u32>,
    /// Columns whose marks were taken for verdicts by custom: the marks.
    pub(super) by_custom: Vec<(u32, [String; 2])>,
    /// What an empty cell among verdicts means, where the legend says it.
    pub(super) empty: Option<Verdict>,
    /// Of these, the ones that heading and look do not tell from the one taken.
    pub(super) rivals: Vec<u32>,
    /// Columns with something in them that no role was found for, or whose role is an earlier period's.
    pub(super) unused: Vec<u32>,
    /// All columns with their headers, for messages.
    pub(super) headers: Vec<(u32, String)>,
}

impl Columns {
    /// The column of a role.
    pub(super) fn col(&self, role: Role) -> Option<u32> {
        self.single.get(&role).copied()
    }

    /// Takes back verdicts that only their look made such, where there are no others: in a list of what is not met, what
    /// tells why reads like a verdict.
    pub(super) fn leave_out_assumed_verdicts(&mut self) {
        let assumed = |col: &u32| self.assumed.iter().any(|(c, role)| c == col && *role == Role::Verdict);
        if self.judged.iter().all(|judged| judged.columns.cols().iter().all(assumed)) {
            self.judged.clear();
            self.assumed.retain(|(_, role)| *role != Role::Verdict);
        }
    }

    /// The columns as a person has told them: those of the commune's verdicts are known, whatever their heading and look.
    pub(super) fn answered(&mut self, columns: VerdictColumns) {
        let told = columns.cols();
        let is_told = |col: &u32| told.contains(col);
        self.judged.retain(|j| j.assessor != Assessor::Commune && !j.columns.cols().iter().any(is_told));
        self.judged.insert(0, Judged { assessor: Assessor::Commune, heading: None, value: None, columns });
        self.single.retain(|_, col| !is_told(col));
        self.assumed.retain(|(col, role)| *role != Role::Verdict && !is_told(col));
        self.unused.retain(|col| !is_told(col));
        self.by_custom.retain(|(col, _)| !is_told(col));
        self.passed_over.clear();
        self.rivals.clear();
        self.clarity = 1.0;
    }

    /// The words of a column's header.
    pub(super) fn header(&self, col: u32) -> &str {
        self.headers.iter().find(|(c, _)| *c == col).map_or("", |(_, words)| words.as_str())
    }
}

/// Roles that one column each may have, by their headers.
const SINGLE: &[Role] = &[
    Role::Target,
    Role::Value,
    Role::Due,
    Role::Owner,
    Role::Task,
    Role::Note,
    Role::Unit,
    Role::Points,
    Role::UnmetCodes,
    Role::MetCodes,
    Role::Roadmap,
];

/// What the columns of a table are for. `header` are its header rows, `items` the rows that are items, `keys` the
/// columns of codes and names.
pub(super) fn roles(
    view: &View<'_>,
    headings: &Headings<'_>,
    header: Range<u32>,
    items: &[u32],
    keys: &[u32],
) -> Columns {
    let columns = look::describe(view, headings.vocabulary, headings, header, items, keys);
    let mut found =
        Columns { headers: columns.iter().map(|c| (c.col, c.header.clone())).collect(), ..Columns::default() };
    found.empty = headings.legend.empty();
    if verdicts::by_heading(&columns, headings, &mut found) {
        return found;
    }
    // Numbers left of all names number the rows.
    let first_key = keys.iter().copied().min().unwrap_or(0);
    let mut used: Vec<u32> = keys.to_vec();
    lists_beside_criteria(&columns, &mut found, &mut used);
    verdicts::by_mark(&columns, &mut found, &mut used);
    verdicts::by_only_mark(&columns, headings, &mut found, &mut used);
    verdicts::by_sign(&columns, headings, Signs::OfLegend, &mut found, &mut used);
    verdicts::by_word(&columns, &mut found, &mut used);
    verdicts::by_sign(&columns, headings, Signs::OfCustom, &mut found, &mut used);
    verdicts::by_count(&columns, headings, &mut found, &mut used);
    verdicts::by_remark((view, items), &columns, headings, &mut found, &mut used);
    verdicts::figures_of_review(&columns, &mut found, &mut used);
    for &role in SINGLE {
        let best = columns
            .iter()
            .filter(|c| !used.contains(&c.col) && c.serves(role) && c.best_role() == Some(role))
            .map(|c| (c, c.fit(role)))
            .filter(|(c, fit)| *fit >= 0.3 || role == Role::Value && c.holds_figures())
            // "Số chỉ tiêu chưa đạt" is over counts; "10" under "Chỉ tiêu chưa đạt" is a criterion with one indicator.
            .filter(|(c, _)| {
                role != Role::UnmetCodes || !counts(c) || c.look.numbers < c.look.filled || c.look.codes > 0.0
            })
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.col.cmp(&a.0.col)));
        if let Some((column, _)) = best {
            found.single.insert(role, column.col);
            used.push(column.col);
        }
    }
    assume(&columns, &mut found, &used, first_key);
    let taken: Vec<u32> = found.single.values().copied().chain(used).chain(found.passed_over.iter().copied()).collect();
    found.unused = columns.iter().filter(|c| c.look.filled > 0.0 && !taken.contains(&c.col)).map(|c| c.col).collect();
    found
}

/// "Đạt" and "Chưa đạt" beside the criteria, over the codes of their indicators; one of the two may be empty.
fn lists_beside_criteria(columns: &[Column], found: &mut Columns, used: &mut Vec<u32>) {
    let own = |word| columns.iter().filter(move |c| c.list_verdict == Some(word) && c.is_of_now() && !c.is_district);
    let only = |word| own(word).next().filter(|_| own(word).count() == 1);
    let (Some(met), Some(unmet)) = (only(VerdictWord::Met), only(VerdictWord::NotMet)) else { return };
    let fits = |column: &Column| column.lists_own_codes || column.look.filled == 0.0;
    // A single code under one heading is plain beside the lists under the other.
    let is_short = |column: &Column| column.look.filled <= 2.0 && column.look.marks + column.look.verdicts == 0.0;
    let (lists_met, lists_unmet) = (met.lists_own_codes, unmet.lists_own_codes);
    if (lists_met || lists_unmet) && (fits(met) || is_short(met)) && (fits(unmet) || is_short(unmet)) {
        for (role, column) in [(Role::MetCodes, met), (Role::UnmetCodes, unmet)] {
            found.single.insert(role, column.col);
            used.push(column.col);
        }
    }
}

/// Whether a heading is over counts: `Số chỉ tiêu chưa đạt`, `SL chỉ tiêu chưa đạt`.
fn counts(column: &Column) -> bool {
    let key = fold(&column.header);
    ["so ", "sl ", "tong "].iter().any(|word| key.starts_with(word))
}

/// Roles that the look of a column tells where no header does.
fn assume(columns: &[Column], found: &mut Columns, used: &[u32], first_key: u32) {
    let free = |c: &&Column| !used.contains(&c.col) && c.is_of_now();
    if found.col(Role::UnmetCodes).is_none() {
        // A column of codes beside the list's own can only list what it speaks of.
        let is_of_unmet = |c: &Column| c.fit(Role::NotMet) > 0.0 || c.fit(Role::UnmetCodes) > 0.0;
        let has_counts =
            columns.iter().any(|c| is_of_unmet(c) && c.look.filled > 0.0 && c.look.numbers >= c.look.filled);
        let lists = columns.iter().filter(free).find(|c| {
            let share = if has_counts { 0.6 } else { 0.8 };
            let is_of_met = c.own_verdict == Some(VerdictWord::Met) || c.fit(Role::Met) > c.fit(Role::NotMet);
            c.look.codes >= 2.0 && c.look.codes >= share * c.look.filled && (is_of_unmet(c) || has_counts) && !is_of_met
        });
        found.single.extend(lists.map(|c| (Role::UnmetCodes, c.col)));
    }
    if found.col(Role::Due).is_none() {
        // A roadmap in days is one of due days.
        let is_days = |c: &&Column| c.look.dates >= 0.6 * c.look.filled && c.look.filled > 0.0;
        let roadmap = found.col(Role::Roadmap);
        if let Some(column) = columns.iter().filter(|c| Some(c.col) == roadmap).find(is_days) {
            found.single.insert(Role::Due, column.col);
            return assume_values(columns, found, used, first_key);
        }
        // Days beside a list of what is to be done are the days by which.
        let days = columns.iter().filter(free).find(|c| c.look.dates >= 0.6 * c.look.filled && c.look.filled > 0.0);
        if let Some(column) = days {
            found.single.insert(Role::Due, column.col);
            found.assumed.push((column.col, Role::Due));
        }
    }
    assume_values(columns, found, used, first_key);
}

/// The one column of figures that no heading names is that of values, unless it stands before the columns that tell the
/// items.
fn assume_values(columns: &[Column], found: &mut Columns, used: &[u32], first_key: u32) {
    let free = |c: &&Column| !used.contains(&c.col) && c.is_of_now() && c.col > first_key;
    if found.col(Role::Value).is_none() {
        // Beside the verdicts, "Đã đạt" is over what is reached.
        let is_open = |c: &&Column| match c.best_role() {
            None => true,
            Some(role) => role == Role::Met && !found.judged.is_empty() && c.look.marks * 2.0 < c.look.filled,
        };
        let mut figures = columns.iter().filter(free).filter(is_open).filter(|c| c.holds_figures());
        if let (Some(column), None) = (figures.next(), figures.next()) {
            found.single.insert(Role::Value, column.col);
            found.assumed.push((column.col, Role::Value));
        }
    }
}

/// Whether whole words stand in a folded text.
pub(super) fn contains_words(key: &str, words: &str) -> bool {
    let is_edge = |at: Option<usize>| at.is_none_or(|at| key.as_bytes().get(at).is_none_or(|byte| *byte == b' '));
    !words.is_empty()
        && key.match_indices(words).any(|(at, _)| is_edge(at.checked_sub(1)) && is_edge(Some(at + words.len())))
}

/// The cell of a column in a row, if it holds anything.
pub(super) fn cell_in<'v, 'a>(view: &'v View<'a>, row: u32, col: Option<u32>) -> Option<&'v Seen<'a>> {
    view.get(row, col?).filter(|cell| !cell.text.is_empty())
}
