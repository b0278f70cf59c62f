//! Which columns hold verdicts, and whose: one of words or several of marks, of the commune or of the district's
//! review, of one commune or of many side by side, of one month or of many.

use super::look::{Column, Time};
use super::{Columns, Heading, Headings, Judged, Legend, VerdictColumns, contains_words};
use crate::catalogue::{Role, VerdictWord};
use crate::model::{Assessor, Verdict};
use crate::recognise::view::{Seen, View};
use crate::text::fold;

/// Communes or months side by side: what each states stands in its own columns. Tells whether the table is one of these;
/// what titles and legend say is in `headings`.
pub(super) fn by_heading(columns: &[Column], headings: &Headings<'_>, found: &mut Columns) -> bool {
    let may_state = |c: &Column| matches!(c.time, Time::Now | Time::Other);
    let mut named: Vec<Heading> = columns.iter().filter(|c| may_state(c)).filter_map(|c| c.heading).collect();
    named.sort();
    named.dedup();
    // One other month beside the report's own is what it is compared with.
    let own = headings.period.map(Heading::Month);
    if named.len() == 2 && named.iter().any(|h| Some(*h) == own) {
        return false;
    }
    let mut judged = Vec::new();
    for &heading in &named {
        let own: Vec<Column> = columns.iter().filter(|c| c.heading == Some(heading) && may_state(c)).cloned().collect();
        let own: Vec<Column> = own.into_iter().map(|c| Column { time: Time::Now, ..c }).collect();
        let mut part = Columns::default();
        let mut used = Vec::new();
        by_mark(&own, &mut part, &mut used);
        by_sign(&own, headings, Signs::OfLegend, &mut part, &mut used);
        if part.judged.is_empty() {
            by_word(&own, &mut part, &mut used);
        }
        by_sign(&own, headings, Signs::OfCustom, &mut part, &mut used);
        by_count(&own, headings, &mut part, &mut used);
        found.by_custom.append(&mut part.by_custom);
        found.clarity = found.clarity.max(part.clarity);
        let value =
            own.iter().filter(|c| !used.contains(&c.col)).find(|c| c.look.numbers > 0.0 && c.look.comparisons == 0.0);
        let value = value.map(|c| c.col);
        judged.extend(part.judged.into_iter().map(|j| Judged { heading: Some(heading), value, ..j }));
    }
    let mut stated: Vec<Heading> = judged.iter().filter_map(|j| j.heading).collect();
    stated.dedup();
    if stated.len() < 2 {
        return false;
    }
    found.judged = judged;
    let of_communes = matches!(stated[0], Heading::Commune(_));
    let is_stranger = |c: &&Column| of_communes && c.heading.is_none() && c.is_of_now() && c.looks_like_verdicts();
    found.strangers = columns.iter().filter(is_stranger).map(|c| c.col).collect();
    true
}

/// What signs are read by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Signs {
    /// The legend of the table, which is sure.
    OfLegend,
    /// Custom too.
    OfCustom,
}

/// Columns of marks that stand for verdicts: by the legend, or by custom where the heading is one of verdicts.
pub(super) fn by_sign(
    columns: &[Column],
    headings: &Headings<'_>,
    by: Signs,
    found: &mut Columns,
    used: &mut Vec<u32>,
) {
    let names_verdicts = |c: &Column| c.heading.is_some() || c.fit(Role::Verdict).max(c.fit(Role::Met)) >= 0.5;
    for column in columns.iter().filter(|c| c.is_of_now() && c.look.filled >= 0.25 * c.look.rows && c.look.filled > 0.0)
    {
        let assessor = if column.is_district { Assessor::District } else { Assessor::Commune };
        if used.contains(&column.col) || found.judged.iter().any(|j| j.assessor == assessor) {
            continue;
        }
        let all = |count: f64| count >= 0.9 * column.look.filled;
        let only = headings.legend.empty().is_some() && names_verdicts(column);
        let contrast = column.contrast.as_ref().filter(|_| by == Signs::OfCustom && names_verdicts(column));
        let contrast = contrast.filter(|pair| !headings.legend.leaves_open(&pair[..]));
        let legend = if denies(column) && !column.answers.is_empty() {
            let first = |wanted, usual: &str| {
                let own = column.answers.iter().find(|(_, word)| *word == wanted);
                own.map_or_else(|| usual.to_owned(), |(text, _)| text.clone())
            };
            found.by_custom.push((column.col, [first(VerdictWord::No, "Không"), first(VerdictWord::Yes, "Có")]));
            Legend::of_denied(&column.answers)
        } else if let Some(pair) = contrast {
            found.by_custom.push((column.col, pair.clone()));
            Legend::of_pair(&pair[0], &pair[1])
        } else if all(column.look.signs) && (only || !column.signs.is_empty() || names_verdicts(column)) {
            headings.legend.clone()
        } else if by == Signs::OfLegend {
            continue;
        } else {
            let pairs = &headings.vocabulary.mark_pairs;
            let fits =
                |pair: &&[String; 2]| column.signs.iter().all(|s| pair.contains(s)) && column.signs.contains(&pair[0]);
            let full = column.look.filled >= 0.8 * column.look.rows && column.signs.len() == 2;
            let is_custom = full && names_verdicts(column) && !headings.legend.leaves_open(&column.signs);
            let Some(pair) = pairs.iter().find(fits).filter(|_| is_custom) else { continue };
            found.by_custom.push((column.col, pair.clone()));
            Legend::of_pair(&pair[0], &pair[1])
        };
        used.push(column.col);
        found.clarity = found.clarity.max(if names_verdicts(column) { 0.9 } else { 0.7 });
        let columns = VerdictColumns::Signs(column.col, legend);
        found.judged.push(Judged { assessor, heading: None, value: None, columns });
    }
    found.judged.sort_by_key(|j| j.assessor);
}

/// Whether a heading says not met and nothing else, so that "Có" below it means the contrary of what it means elsewhere.
fn denies(column: &Column) -> bool {
    column.own_verdict == Some(VerdictWord::NotMet)
}

/// A column of one mark and empty cells, where the total below it, or in a sentence, counts the marks: what is marked is met, the rest not.
pub(super) fn by_count(columns: &[Column], headings: &Headings<'_>, found: &mut Columns, used: &mut Vec<u32>) {
    let is_counted = |c: &&Column| {
        let one_mark = c.signs.len() == 1 && c.look.marks > 0.0 && c.look.marks >= c.look.filled;
        // The sum that agrees speaks for a column whose heading says little: "Đạt (đánh dấu x)".
        let names_verdicts = c.heading.is_some() || c.fit(Role::Verdict).max(c.fit(Role::Met)) > 0.0;
        let counts =
            |(met, total): &(f64, f64)| *met == c.look.marks && (0.8 * c.look.rows..=1.1 * c.look.rows).contains(total);
        let is_total = c.total == Some(c.look.marks) || headings.totals.iter().any(counts);
        c.is_of_now() && !used.contains(&c.col) && one_mark && names_verdicts && is_total
    };
    let counted: Vec<&Column> = columns.iter().filter(is_counted).collect();
    let [column] = counted.as_slice() else { return };
    if !found.judged.is_empty() {
        return;
    }
    used.push(column.col);
    found.clarity = found.clarity.max(0.8);
    let legend = Legend::of_counted(&column.signs[0]);
    let assessor = if column.is_district { Assessor::District } else { Assessor::Commune };
    let columns = VerdictColumns::Signs(column.col, legend);
    found.judged.push(Judged { assessor, heading: None, value: None, columns });
}

/// The one column of remarks that state a verdict each, where there is no other: `Xã đã làm xong; tự đánh giá: Đạt`.
pub(super) fn by_remark(
    (view, items): (&View<'_>, &[u32]),
    columns: &[Column],
    headings: &Headings<'_>,
    found: &mut Columns,
    used: &mut Vec<u32>,
) {
    if !found.judged.is_empty() {
        return;
    }
    let may_tell = |c: &&Column| {
        let says = matches!(c.best_role(), Some(Role::Value | Role::Verdict | Role::Met | Role::Note));
        says && c.is_of_now() && !c.is_district && !used.contains(&c.col) && c.look.filled >= 0.8 * c.look.rows
    };
    let states = |cell: &Seen<'_>| {
        let word = cell.verdict(headings.vocabulary);
        word.or_else(|| headings.vocabulary.verdict_within(&cell.text).map(|(word, _)| word))
    };
    let tells = |c: &&Column| {
        let cells = items.iter().filter_map(|&row| view.get(row, c.col)).filter(|cell| cell.is_text());
        let words: Vec<VerdictWord> = cells.filter_map(states).collect();
        words.len() as f64 >= 0.9 * c.look.filled && words.contains(&VerdictWord::Met)
    };
    let mut telling = columns.iter().filter(may_tell).filter(tells);
    let (Some(column), None) = (telling.next(), telling.next()) else { return };
    used.push(column.col);
    if column.fit(Role::Verdict) < 0.5 {
        found.assumed.push((column.col, Role::Verdict));
    }
    found.clarity = found.clarity.max(0.8);
    let columns = VerdictColumns::Words(column.col);
    found.judged.push(Judged { assessor: Assessor::Commune, heading: None, value: None, columns });
}

/// The figures that a review states of its own, beside the commune's.
pub(super) fn figures_of_review(columns: &[Column], found: &mut Columns, used: &mut Vec<u32>) {
    let is_figure = |c: &&Column| c.is_of_now() && !used.contains(&c.col) && c.best_role() == Some(Role::Value);
    let (own, others): (Vec<&Column>, Vec<&Column>) = columns.iter().filter(is_figure).partition(|c| c.is_district);
    let review = found.judged.iter_mut().find(|j| j.assessor == Assessor::District);
    if let (Some(review), Some(column), false) = (review, own.first(), others.is_empty()) {
        review.value = Some(column.col);
        used.push(column.col);
    }
}

/// Columns headed "Đạt", "Chưa đạt" whose cells are marks, in groups that stand side by side.
pub(super) fn by_mark(columns: &[Column], found: &mut Columns, used: &mut Vec<u32>) {
    let mut groups: Vec<Vec<(&Column, Verdict)>> = Vec::new();
    for column in columns.iter().filter(|column| !used.contains(&column.col)) {
        let Some(verdict) = marked_meaning(column) else { continue };
        match groups.last_mut() {
            Some(group)
                if group.last().is_some_and(|l| l.0.col + 1 == column.col)
                    && group.iter().all(|g| {
                        g.1 != verdict || is_nearly(column) != is_nearly(g.0) || are_before_and_new(g.0, column)
                    }) =>
            {
                group.push((column, verdict));
            }
            _ => groups.push(vec![(column, verdict)]),
        }
    }
    for group in groups {
        let met = group.iter().any(|g| g.1 == Verdict::Met);
        let marks: f64 = group.iter().map(|g| g.0.look.marks).sum();
        let rows = columns.first().map_or(0.0, |c| c.look.rows);
        // One column alone does not say what an empty cell means; it takes a pair.
        if !met || group.len() < 2 || marks < 0.5 * rows && !exclude_each_other(&group, rows) {
            continue;
        }
        let assessor = if group.iter().any(|g| g.0.is_district) { Assessor::District } else { Assessor::Commune };
        if found.judged.iter().any(|j| j.assessor == assessor) {
            continue;
        }
        used.extend(group.iter().map(|g| g.0.col));
        found.nearly.extend(group.iter().filter(|g| is_nearly(g.0)).map(|g| g.0.col));
        let cols: Vec<(u32, Verdict)> = group.into_iter().map(|(column, verdict)| (column.col, verdict)).collect();
        let columns = if marks < 0.5 * rows { VerdictColumns::Filled(cols) } else { VerdictColumns::Marks(cols) };
        found.judged.push(Judged { assessor, heading: None, value: None, columns });
        found.clarity = (marks / rows).clamp(0.7, 1.0);
    }
}

/// One column to be marked, where the legend says that what is not marked is the contrary: "Chưa đạt (đánh dấu x)", "không đánh dấu
/// là đã đạt".
pub(super) fn by_only_mark(columns: &[Column], headings: &Headings<'_>, found: &mut Columns, used: &mut Vec<u32>) {
    let Some(empty) = headings.legend.empty().filter(|_| found.judged.is_empty()) else { return };
    let is_contrary = |verdict: Verdict| {
        matches!((verdict, empty), (Verdict::Met, Verdict::NotMet) | (Verdict::NotMet, Verdict::Met))
    };
    let is_marked = |c: &&Column| c.look.filled > 0.0 && c.look.marks >= c.look.filled;
    let mut marked = columns.iter().filter(is_marked).filter_map(|c| Some((c, marked_meaning(c)?)));
    let (Some((column, verdict)), None) = (marked.next(), marked.next()) else { return };
    if is_contrary(verdict) {
        used.push(column.col);
        found.clarity = found.clarity.max(0.9);
        let assessor = if column.is_district { Assessor::District } else { Assessor::Commune };
        let columns = VerdictColumns::Marks(vec![(column.col, verdict)]);
        found.judged.push(Judged { assessor, heading: None, value: None, columns });
    }
}

/// Whether two columns part what is met into what was so before and what is new, and no row is marked in both: `Đã đạt từ
/// trước`, `Đạt mới trong tháng`.
fn are_before_and_new(first: &Column, second: &Column) -> bool {
    const BEFORE: &[&str] = &["truoc", "duy tri", "giu", "giu vung", "cu"];
    const NEW: &[&str] = &["moi", "them", "trong ky", "trong thang", "trong quy", "phat sinh"];
    let says = |column: &Column, words: &[&str]| {
        let key = fold(&column.header);
        words.iter().any(|word| contains_words(&key, word))
    };
    let is_parted = says(first, BEFORE) && says(second, NEW) || says(first, NEW) && says(second, BEFORE);
    is_parted && first.is_district == second.is_district && !first.filled.iter().any(|row| second.filled.contains(row))
}

/// Whether a column to be marked means that something is only nearly met.
fn is_nearly(column: &Column) -> bool {
    matches!(column.own_verdict, Some(VerdictWord::NearlyMet | VerdictWord::InProgress))
}

/// Whether nearly every row is filled in one column of a group and no more: figures may stand where marks do.
fn exclude_each_other(group: &[(&Column, Verdict)], rows: f64) -> bool {
    let filled: usize = group.iter().map(|g| g.0.filled.len()).sum();
    let mut all: Vec<u32> = group.iter().flat_map(|g| g.0.filled.iter().copied()).collect();
    all.sort_unstable();
    all.dedup();
    all.len() as f64 >= 0.9 * rows && filled as f64 <= 1.05 * all.len() as f64
}

/// The verdict that a mark in a column means, by its heading.
fn marked_meaning(column: &Column) -> Option<Verdict> {
    if !column.is_of_now() {
        return None;
    }
    // A heading that is a verdict and nothing else may stand over figures too.
    let heads = matches!(column.own_verdict, Some(VerdictWord::Met | VerdictWord::NotMet))
        && column.look.verdicts <= 0.3 * column.look.filled;
    if column.look.filled > 0.0 && column.look.marks + column.look.blanks < 0.6 * column.look.filled && !heads {
        return None;
    }
    match column.own_verdict {
        Some(VerdictWord::Met) => return Some(Verdict::Met),
        Some(VerdictWord::NotMet) => return Some(Verdict::NotMet),
        Some(VerdictWord::NotApplicable) => return Some(Verdict::NotApplicable),
        Some(VerdictWord::NearlyMet | VerdictWord::InProgress) => return Some(Verdict::NotMet),
        // "Có" and "Không" under one heading of verdicts.
        Some(VerdictWord::Yes) if column.fit(Role::Verdict) > 0.0 => return Some(Verdict::Met),
        Some(VerdictWord::No) if column.fit(Role::Verdict) > 0.0 => return Some(Verdict::NotMet),
        _ => {}
    }
    // "Đạt/Chưa đạt" names both and is a column of words.
    let roles =
        [(Role::Met, Verdict::Met), (Role::NotMet, Verdict::NotMet), (Role::NotApplicable, Verdict::NotApplicable)];
    let best = roles.into_iter().max_by(|a, b| column.fit(a.0).total_cmp(&column.fit(b.0)))?;
    (column.fit(best.0) >= 0.5).then_some(best.1)
}

/// Columns whose fits differ by less are told apart by a person only.
const CLOSE: f64 = 0.05;

/// Whether a heading of results, or one that names verdicts, stands over nothing but verdicts in every row: there is nothing to
/// ask then.
fn is_plain(column: &Column) -> bool {
    let says = [Role::Value, Role::Verdict, Role::Met, Role::NotMet].iter().any(|&role| column.fit(role) >= 0.25);
    let look = &column.look;
    says && look.unmet > 0.0 && look.verdicts >= 0.95 * look.filled && look.filled >= 0.9 * look.rows
}

/// Columns of verdict words: at most one an assessor, the one whose header and look agree best. Others that look like
/// verdicts are kept apart, to be named.
pub(super) fn by_word(columns: &[Column], found: &mut Columns, used: &mut Vec<u32>) {
    let is_answered = |c: &Column| denies(c) && c.look.yes_no > 0.0;
    let looks = |c: &&Column| !used.contains(&c.col) && c.is_of_now() && c.looks_like_verdicts() && !is_answered(c);
    let header = Column::names_verdicts;
    // Figures and verdicts may share the cells of a column of results, where no other column is one of verdicts.
    let has_own = columns.iter().filter(looks).any(|c| header(c) >= 0.5);
    let mut candidates: Vec<(&Column, f64)> = columns
        .iter()
        .filter(looks)
        .filter_map(|c| {
            let header = header(c);
            // A target is nowhere "chưa đạt": what a column says is weighed against its heading.
            let other = c.best_role().is_some_and(|r| match r {
                Role::Note | Role::Task | Role::Owner => true,
                Role::Value => has_own,
                Role::Target => c.look.unmet == 0.0,
                _ => false,
            });
            let words = ((c.look.verdicts + c.look.yes_no) / c.look.filled).min(1.0);
            let spread = c.look.filled / c.look.rows.max(1.0);
            (!other || header >= 0.5).then_some((c, 0.5 * header + 0.3 * words + 0.2 * spread))
        })
        .collect();
    // Verdicts in the remarks, where no other column has any.
    if candidates.is_empty() && found.judged.is_empty() {
        let in_remarks = |c: &&Column| {
            looks(c) && c.best_role() == Some(Role::Note) && c.look.filled >= 0.6 * c.look.rows && c.look.unmet > 0.0
        };
        candidates.extend(columns.iter().filter(in_remarks).map(|c| (c, 0.6)));
    }
    candidates.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.col.cmp(&b.0.col)));
    let mut best: Vec<(Assessor, f64)> = Vec::new();
    let is_only = candidates.len() == 1;
    for (column, fit) in candidates {
        let assessor = if column.is_district { Assessor::District } else { Assessor::Commune };
        if found.judged.iter().any(|j| j.assessor == assessor) {
            found.passed_over.push(column.col);
            if best.iter().any(|(taken, first)| *taken == assessor && first - fit < CLOSE) {
                found.rivals.push(column.col);
            }
            continue;
        }
        best.push((assessor, fit));
        if column.fit(Role::Verdict).max(column.fit(Role::Met)) < 0.3 && !(is_only && is_plain(column)) {
            found.assumed.push((column.col, Role::Verdict));
        }
        used.push(column.col);
        found.judged.push(Judged { assessor, heading: None, value: None, columns: VerdictColumns::Words(column.col) });
        found.clarity = found.clarity.max(fit);
    }
    found.judged.sort_by_key(|j| j.assessor);
}
