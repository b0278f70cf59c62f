//! What each column of a table is for: the words of its header and the look of its cells, joined.

use std::collections::BTreeMap;
use std::ops::Range;

use super::view::{Seen, View};
use crate::catalogue::{Role, VerdictWord, Vocabulary};
use crate::model::{Assessor, Verdict};
use crate::read::Value;
use crate::text::{fold, number};

/// What is known of a column before its role is.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub(super) col: u32,
    /// The words of its header, from the top.
    pub(super) header: String,
    /// How well the header names each role; its own words before those it shares with neighbours.
    roles: BTreeMap<Role, f64>,
    /// Whether the header speaks of the district's review.
    is_district: bool,
    /// The one commune the header names.
    commune: Option<usize>,
    look: Look,
}

/// How the cells of a column look over the rows that are items.
#[derive(Debug, Clone, Copy, Default)]
struct Look {
    filled: f64,
    verdicts: f64,
    yes_no: f64,
    marks: f64,
    numbers: f64,
    comparisons: f64,
    dates: f64,
    rows: f64,
}

/// How verdicts are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum VerdictColumns {
    /// One column of words.
    Words(u32),
    /// Columns to be marked, each meaning one verdict.
    Marks(Vec<(u32, Verdict)>),
}

/// The verdict column or columns of one assessor, or of one commune where communes are columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Judged {
    pub(super) assessor: Assessor,
    /// The commune that the heading names, by its place in the register.
    pub(super) commune: Option<usize>,
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
    /// All columns with their headers, for `check`.
    pub(super) headers: Vec<(u32, String)>,
}

impl Columns {
    pub(super) fn col(&self, role: Role) -> Option<u32> {
        self.single.get(&role).copied()
    }
}

/// What the columns of a table are for. `header` are its header rows, `items` the rows that are items, `keys` the
/// columns of codes and names.
pub(super) fn roles(
    view: &View<'_>,
    vocabulary: &Vocabulary,
    commune_of: &dyn Fn(&str) -> Option<usize>,
    header: Range<u32>,
    items: &[u32],
    keys: &[u32],
) -> Columns {
    let columns = describe(view, vocabulary, commune_of, header, items, keys);
    let mut found =
        Columns { headers: columns.iter().map(|c| (c.col, c.header.clone())).collect(), ..Columns::default() };
    let mut used: Vec<u32> = keys.to_vec();
    if commune_columns(&columns, &mut found) {
        return found;
    }
    mark_columns(&columns, &mut found, &mut used);
    word_columns(&columns, &mut found, &mut used);
    for role in [
        Role::Target,
        Role::Value,
        Role::Due,
        Role::Owner,
        Role::Task,
        Role::Note,
        Role::Unit,
        Role::Points,
        Role::UnmetCodes,
        Role::Roadmap,
    ] {
        let best = columns
            .iter()
            .filter(|c| !used.contains(&c.col))
            .map(|c| (c, c.header_fit(role)))
            .filter(|(c, fit)| *fit >= 0.3 && c.best_role() == Some(role))
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.col.cmp(&a.0.col)));
        if let Some((column, _)) = best {
            found.single.insert(role, column.col);
            used.push(column.col);
        }
    }
    assume_value(&columns, &mut found, &used);
    found
}

impl Column {
    fn header_fit(&self, role: Role) -> f64 {
        self.roles.get(&role).copied().unwrap_or(0.0)
    }

    fn best_role(&self) -> Option<Role> {
        self.roles.iter().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(a.0))).map(|(role, _)| *role)
    }
}

fn describe(
    view: &View<'_>,
    vocabulary: &Vocabulary,
    commune_of: &dyn Fn(&str) -> Option<usize>,
    header: Range<u32>,
    items: &[u32],
    keys: &[u32],
) -> Vec<Column> {
    let mut cols: Vec<u32> = items.iter().flat_map(|&row| view.row(row)).map(|cell| cell.col).collect();
    cols.extend(header.clone().flat_map(|row| view.row(row)).map(|cell| cell.col));
    cols.extend(
        header
            .clone()
            .flat_map(|row| view.row(row))
            .filter_map(|cell| view.merge_at(cell.row, cell.col))
            .filter(|m| m.last.col - m.first.col < 40)
            .flat_map(|m| m.first.col..=m.last.col),
    );
    cols.sort_unstable();
    cols.dedup();
    cols.retain(|col| !keys.contains(col));
    cols.into_iter()
        .map(|col| {
            let words = header_words(view, header.clone(), col);
            let joined = words.join(" · ");
            let mut roles = vocabulary.header_roles(&fold(&joined));
            // The column's own words, below those it shares, say more.
            if let Some(own) = words.last() {
                for (role, score) in vocabulary.header_roles(&fold(own)) {
                    let best = roles.entry(role).or_insert(0.0);
                    *best = best.max(score);
                }
            }
            let key = fold(&joined);
            let is_district = vocabulary.district_words.iter().any(|w| contains_words(&key, w));
            Column {
                col,
                commune: words.iter().find_map(|w| commune_of(w)),
                header: joined,
                roles,
                is_district,
                look: look(view, vocabulary, items, col),
            }
        })
        .collect()
}

/// The texts above a column, from the top, each once; column numbers are no words.
fn header_words(view: &View<'_>, header: Range<u32>, col: u32) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for row in header {
        if let Some(cell) = view.covering(row, col) {
            let is_number = cell.key.bytes().all(|b| b.is_ascii_digit());
            if !is_number && words.last() != Some(&cell.text) {
                words.push(cell.text.clone());
            }
        }
    }
    words
}

/// Whether whole words stand in a folded text.
pub(super) fn contains_words(key: &str, words: &str) -> bool {
    !words.is_empty() && format!(" {key} ").contains(&format!(" {words} "))
}

fn look(view: &View<'_>, vocabulary: &Vocabulary, items: &[u32], col: u32) -> Look {
    let mut look = Look { rows: items.len() as f64, ..Look::default() };
    for cell in items.iter().filter_map(|&row| view.get(row, col)) {
        let text = cell.text.as_str();
        if text.is_empty() {
            continue;
        }
        look.filled += 1.0;
        if vocabulary.is_mark(text) {
            look.marks += 1.0;
        }
        match vocabulary.verdict(text).filter(|_| cell.is_text()) {
            Some(VerdictWord::Yes | VerdictWord::No) => look.yes_no += 1.0,
            Some(_) => look.verdicts += 1.0,
            None => {}
        }
        if matches!(cell.cell.value, Value::Date { .. }) {
            look.dates += 1.0;
        } else if matches!(cell.cell.value, Value::Number(_)) || number::parse(text).is_some() {
            look.numbers += 1.0;
        }
        if text.contains(['≥', '≤', '>', '<']) || cell.key.ends_with("tro len") {
            look.comparisons += 1.0;
        }
    }
    look
}

/// Communes side by side: the verdicts of each stand in its own column (or its own pair of marked ones). Tells whether
/// the table is one of these.
fn commune_columns(columns: &[Column], found: &mut Columns) -> bool {
    let mut communes: Vec<usize> = columns.iter().filter_map(|c| c.commune).collect();
    communes.dedup();
    let mut distinct = communes.clone();
    distinct.sort_unstable();
    distinct.dedup();
    if distinct.len() < 2 {
        return false;
    }
    for commune in distinct {
        let own: Vec<Column> = columns.iter().filter(|c| c.commune == Some(commune)).cloned().collect();
        let mut part = Columns::default();
        let mut used = Vec::new();
        mark_columns(&own, &mut part, &mut used);
        if part.judged.is_empty() {
            word_columns(&own, &mut part, &mut used);
        }
        found.clarity = found.clarity.max(part.clarity);
        found.judged.extend(part.judged.into_iter().map(|judged| Judged { commune: Some(commune), ..judged }));
    }
    let is_verdicts = |c: &&Column| {
        c.commune.is_none()
            && c.look.filled >= 0.5 * c.look.rows
            && c.look.verdicts + c.look.marks >= 0.6 * c.look.filled
    };
    found.strangers = columns.iter().filter(is_verdicts).map(|c| c.col).collect();
    !found.judged.is_empty()
}

/// Columns headed "Đạt", "Chưa đạt" whose cells are marks, in groups that stand side by side.
fn mark_columns(columns: &[Column], found: &mut Columns, used: &mut Vec<u32>) {
    let meaning = |c: &Column| -> Option<Verdict> {
        let (role, fit) = [Role::Met, Role::NotMet, Role::NotApplicable]
            .into_iter()
            .map(|role| (role, c.header_fit(role)))
            .max_by(|a, b| a.1.total_cmp(&b.1))?;
        let marked = c.look.filled == 0.0 || c.look.marks >= 0.6 * c.look.filled;
        let verdict = match role {
            Role::Met => Verdict::Met,
            Role::NotMet => Verdict::NotMet,
            _ => Verdict::NotApplicable,
        };
        // "Đạt/Chưa đạt" names both and is a column of words.
        (fit >= 0.5 && marked).then_some(verdict)
    };
    let mut groups: Vec<Vec<(u32, Verdict, bool)>> = Vec::new();
    for column in columns {
        let Some(verdict) = meaning(column) else { continue };
        match groups.last_mut() {
            Some(group)
                if group.last().is_some_and(|l| l.0 + 1 == column.col) && group.iter().all(|g| g.1 != verdict) =>
            {
                group.push((column.col, verdict, column.is_district));
            }
            _ => groups.push(vec![(column.col, verdict, column.is_district)]),
        }
    }
    for group in groups {
        let met = group.iter().any(|g| g.1 == Verdict::Met);
        let marks: f64 = group.iter().filter_map(|g| columns.iter().find(|c| c.col == g.0)).map(|c| c.look.marks).sum();
        let rows = columns.first().map_or(0.0, |c| c.look.rows);
        // One column alone does not say what an empty cell means; it takes a pair.
        if !met || group.len() < 2 || marks < 0.5 * rows {
            continue;
        }
        let assessor = if group.iter().any(|g| g.2) { Assessor::District } else { Assessor::Commune };
        if found.judged.iter().any(|j| j.assessor == assessor) {
            continue;
        }
        used.extend(group.iter().map(|g| g.0));
        let columns = VerdictColumns::Marks(group.into_iter().map(|(col, verdict, _)| (col, verdict)).collect());
        found.judged.push(Judged { assessor, commune: None, columns });
        found.clarity = (marks / rows).min(1.0);
    }
}

/// Columns of verdict words: at most one an assessor, the one whose header and look agree best.
fn word_columns(columns: &[Column], found: &mut Columns, used: &mut Vec<u32>) {
    let mut candidates: Vec<(&Column, f64)> = columns
        .iter()
        .filter(|c| !used.contains(&c.col) && c.look.filled > 0.0)
        .filter_map(|c| {
            let look = &c.look;
            let header = [Role::Verdict, Role::Met, Role::NotMet].iter().map(|&r| c.header_fit(r)).fold(0.0, f64::max);
            let other = c
                .best_role()
                .is_some_and(|r| matches!(r, Role::Target | Role::Previous | Role::Note | Role::Task | Role::Owner));
            // "Có" and "Không" are answers; under a header of verdicts they are verdicts.
            let words = (look.verdicts + if header >= 0.5 { look.yes_no } else { 0.0 }) / look.filled;
            let spread = look.filled / look.rows.max(1.0);
            let is_verdict = words >= 0.6 && look.comparisons == 0.0 && spread >= 0.25 && !(other && header < 0.5);
            is_verdict.then_some((c, 0.5 * header + 0.3 * words + 0.2 * spread))
        })
        .collect();
    candidates.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.col.cmp(&b.0.col)));
    for (column, fit) in candidates {
        let assessor = if column.is_district { Assessor::District } else { Assessor::Commune };
        if found.judged.iter().any(|j| j.assessor == assessor) {
            continue;
        }
        if column.header_fit(Role::Verdict).max(column.header_fit(Role::Met)) < 0.3 {
            found.assumed.push((column.col, Role::Verdict));
        }
        used.push(column.col);
        found.judged.push(Judged { assessor, commune: None, columns: VerdictColumns::Words(column.col) });
        found.clarity = found.clarity.max(fit);
    }
    found.judged.sort_by_key(|j| j.assessor);
}

/// Without a header that names it, the one column of figures left is the value.
fn assume_value(columns: &[Column], found: &mut Columns, used: &[u32]) {
    if found.col(Role::Value).is_some() {
        return;
    }
    let mut figures = columns.iter().filter(|c| {
        !used.contains(&c.col)
            && c.best_role().is_none()
            && c.look.numbers >= 0.6 * c.look.filled
            && c.look.filled >= 0.3 * c.look.rows
            && c.look.comparisons == 0.0
    });
    if let (Some(column), None) = (figures.next(), figures.next()) {
        found.single.insert(Role::Value, column.col);
        found.assumed.push((column.col, Role::Value));
    }
}

/// The cell of a column in a row, if it holds anything.
pub(super) fn cell_in<'v, 'a>(view: &'v View<'a>, row: u32, col: Option<u32>) -> Option<&'v Seen<'a>> {
    view.get(row, col?).filter(|cell| !cell.text.is_empty())
}
