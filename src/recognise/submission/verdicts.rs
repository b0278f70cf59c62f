//! Where the verdicts of a table stand: in columns of their own, else in one of the places that reports use instead.

use super::located::Located;
use super::time::Titled;
use crate::catalogue::Role;
use crate::diag::Diagnostic;
use crate::model::Assessor;
use crate::recognise::columns::{self, Columns, Headings, Judged, Legend, VerdictColumns};
use crate::recognise::view::Orientation;
use crate::recognise::{lines, problems, totals, unmet};

/// The columns of a table, those of its verdicts among them; `None` where it is no table but sentences. Where it has to be set
/// aside, why, with one question.
pub(super) fn columns(
    located: &Located<'_, '_>,
    titled: &Titled,
    notes: &mut Vec<Diagnostic>,
) -> Result<Option<Columns>, Vec<Diagnostic>> {
    let (view, table, context) = (located.view, located.table, located.context);
    let vocabulary = &context.catalogue.vocabulary;
    let around = located.titles.iter().copied().chain(located.header()).chain(located.below.iter().copied());
    let legend = Legend::of(around, vocabulary);
    let stated = located.titles.iter().chain(&located.below).copied();
    let headings = Headings {
        register: context.register,
        vocabulary,
        year: titled.year,
        period: titled.period(),
        legend: &legend,
        totals: &totals::counts(stated, &vocabulary.sentences, titled.year),
    };
    let mut columns = columns::roles(view, &headings, table.header.clone(), &located.items, &table.keys.all());
    located.answered_columns(&mut columns, notes)?;
    // Names with nothing beside them are sentences, not a table.
    if columns.headers.is_empty() && table.keys.code.is_none() {
        return Ok(None);
    }
    // A line that was taken apart has its figure in the second column.
    if view.orientation == Orientation::Lines && columns.col(Role::Value).is_none() {
        columns.single.insert(Role::Value, 1);
        columns.unused.retain(|&col| col != 1);
    }
    if columns.judged.is_empty() {
        add_verdicts_of_criteria(located, &headings, &mut columns);
    }
    if columns.judged.is_empty()
        && let Some((instead, clarity)) = in_names(located).or_else(|| beside_criteria(&columns))
    {
        columns.judge_by(instead, clarity);
    }
    let lists_unmet = unmet::phrase(view, &table.segment, vocabulary).is_some();
    let indicators = context.names.sets[table.alignment.set].nodes.len();
    if located.items.len() * 2 < indicators && lists_unmet {
        columns.leave_out_assumed_verdicts();
    }
    if columns.judged.is_empty()
        && let Some(instead) = listed(located, &columns, lists_unmet)
    {
        columns.judge_by(instead, 0.8);
    }
    if columns.judged.is_empty() && states_values(located, &columns) {
        // What is stated is kept: figures without a verdict.
        notes.extend(located.verdicts_elsewhere(&columns));
        columns.judge_by(VerdictColumns::Marks(Vec::new()), 0.7);
    }
    if columns.judged.is_empty() {
        let none = problems::no_verdict_column(located.place(), table.alignment.placed.len(), &columns.headers);
        return Err(located.which_column(none, &columns));
    }
    located.refuse_tied(&columns)?;
    Ok(Some(columns))
}

impl Columns {
    /// The verdicts of the commune stand in no columns of their own.
    fn judge_by(&mut self, instead: VerdictColumns, clarity: f64) {
        self.judged.push(Judged { assessor: Assessor::Commune, heading: None, value: None, columns: instead });
        self.clarity = clarity;
    }
}

/// Verdicts that stand in the criteria's own rows alone: in columns that say nothing else of the indicators.
fn add_verdicts_of_criteria(located: &Located<'_, '_>, headings: &Headings<'_>, columns: &mut Columns) {
    let (view, table) = (located.view, located.table);
    let set = &located.context.names.sets[table.alignment.set];
    let placed = table.alignment.placed.iter();
    let criteria = placed.filter(|p| set.is_heading(p.node) || set.is_single(set.nodes[p.node].criterion));
    let rows: Vec<u32> = criteria.map(|p| p.row).collect();
    if rows.len() < 5 || rows.len() == table.alignment.placed.len() {
        return;
    }
    let found = columns::roles(view, headings, table.header.clone(), &rows, &table.keys.all());
    let is_free = |judged: &Judged| judged.columns.cols().iter().all(|col| !columns.single.values().any(|c| c == col));
    if !found.judged.is_empty() && found.judged.iter().all(is_free) {
        let told: Vec<u32> = found.judged.iter().flat_map(|judged| judged.columns.cols()).collect();
        columns.unused.retain(|col| !told.contains(col));
        (columns.judged, columns.clarity) = (found.judged, found.clarity);
        (columns.by_custom, columns.nearly) = (found.by_custom, found.nearly);
    }
}

/// The names of most items end with their verdict.
fn in_names(located: &Located<'_, '_>) -> Option<(VerdictColumns, f64)> {
    let col = located.table.keys.name?;
    let items = &located.items;
    let texts = items.iter().filter_map(|&row| columns::cell_in(located.view, row, Some(col)));
    let vocabulary = &located.context.catalogue.vocabulary;
    let ended = texts.filter(|cell| lines::parts(&cell.text, vocabulary).is_some()).count();
    (ended * 10 >= items.len() * 6).then_some((VerdictColumns::InName(col), 0.8))
}

/// What is met and what is not stand as lists beside each criterion.
fn beside_criteria(columns: &Columns) -> Option<(VerdictColumns, f64)> {
    let has_both = columns.col(Role::UnmetCodes).is_some() && columns.col(Role::MetCodes).is_some();
    has_both.then_some((VerdictColumns::Marks(Vec::new()), 0.9))
}

/// The table is a list: sections of what is met and of what is not, codes of what is not, or rows that are not met.
fn listed(located: &Located<'_, '_>, columns: &Columns, lists_unmet: bool) -> Option<VerdictColumns> {
    let sections =
        unmet::sections(located.view, &located.table.segment, &located.items, &located.context.catalogue.vocabulary);
    if !sections.is_empty() {
        Some(VerdictColumns::Sections(sections))
    } else if columns.col(Role::UnmetCodes).is_some() {
        Some(VerdictColumns::Listed)
    } else {
        lists_unmet.then_some(VerdictColumns::Unmet)
    }
}

/// Whether a table without verdicts states the figures of most of a set's indicators.
fn states_values(located: &Located<'_, '_>, columns: &Columns) -> bool {
    let Some(col) = columns.col(Role::Value).filter(|col| !columns.assumed.iter().any(|(c, _)| c == col)) else {
        return false;
    };
    let items = &located.items;
    let nodes = &located.context.names.sets[located.table.alignment.set].nodes;
    let indicators = nodes.iter().filter(|n| n.indicator > 0).count();
    let filled = items.iter().filter(|&&row| columns::cell_in(located.view, row, Some(col)).is_some()).count();
    filled * 2 >= indicators && filled * 2 >= items.len()
}
