//! From a table to submissions: who, when, which set, with the evidence for it.

mod asking;
mod located;
mod notes;
mod stated;
mod time;
mod verdicts;

use std::sync::Arc;

use super::columns::{Columns, Heading, Judged};
use super::draft::{Draft, Layout, When};
use super::entries::{self, Reader};
use super::locate::Table;
use super::names::SetNames;
use super::register::Found;
use super::remarks::Remarks;
use super::view::{Seen, View};
use super::{capitals, commune, evidence, questions, set};
use crate::diag::Diagnostic;
use crate::model::{Assessor, CriteriaSet, Period, Place, Traced};
use crate::text::clean;
use time::{Time, Titled};

pub(super) use located::{InFile, Located};

/// The drafts of a table: one for each assessor. Where it has to be set aside, why, with one question.
pub(super) fn drafts(within: &InFile<'_, '_>, view: &View<'_>, table: &Table) -> Result<Vec<Draft>, Vec<Diagnostic>> {
    let located = Located::of(within, view, table);
    let titled = Titled::of(&located);
    let mut notes = Vec::new();
    let Some(columns) = verdicts::columns(&located, &titled, &mut notes)? else { return Ok(Vec::new()) };
    located.refuse_plans(&columns)?;
    let told = located.answered_set(&columns)?;
    let set = set::settle(&located, told, &mut notes).map_err(|sets| located.which_set(&sets, &columns))?;
    notes.extend(notes::of_columns(&located, &columns));
    let picture = located.picture(&columns, set);
    located.attach(&mut notes, &columns, picture.as_ref());
    let time = Time::of(titled, &located, &columns);
    let reading = Reading {
        table: &table.of_set(set),
        set: &located.context.catalogue.sets[set],
        names: &located.context.names.sets[set],
        communes: communes(&located, time.month()),
        located: &located,
        columns: &columns,
        time,
    };
    let mut drafts = Vec::new();
    for judged in &columns.judged {
        let general = if drafts.is_empty() { std::mem::take(&mut notes) } else { Vec::new() };
        let doubt = located.doubt(&columns, picture.as_ref());
        drafts.push(Draft { picture: picture.clone(), doubt, ..reading.draft(judged, general)? });
    }
    Ok(drafts)
}

/// A table of which all is known but what its rows state.
struct Reading<'r, 'v, 'l> {
    located: &'l Located<'r, 'v>,
    /// By the set it is of.
    table: &'l Table,
    set: &'l CriteriaSet,
    names: &'l SetNames,
    columns: &'l Columns,
    time: Time,
    communes: Vec<(Found, Traced<String>)>,
}

impl Reading<'_, '_, '_> {
    /// What one assessor's column states, or one commune's, or one month's; `general` is said of the whole table.
    fn draft(&self, judged: &Judged, general: Vec<Diagnostic>) -> Result<Draft, Vec<Diagnostic>> {
        let (located, columns) = (self.located, self.columns);
        let Located { file, view, context, .. } = *located;
        let vocabulary = &context.catalogue.vocabulary;
        let reader =
            Reader { view, file, names: context.names, set: self.names, vocabulary, table: self.table, columns };
        let mut rows = entries::rows(&reader, judged);
        let mut diagnostics = general;
        diagnostics.append(&mut rows.diagnostics);
        let declared = self.declared(judged, &rows, &mut diagnostics);
        self.add_rest(judged, &declared, &mut rows, &diagnostics)?;
        let mut entries = rows.entries;
        if judged.assessor == Assessor::Commune && judged.heading.is_none() {
            let remarks = Remarks { file, view, table: self.table, set: self.names, columns, vocabulary };
            diagnostics.extend(remarks.against(&entries));
        }
        diagnostics.extend(capitals::lower(&mut entries, file, context));
        let mut evidence = evidence::of_table(self.table, columns, self.set, &entries);
        evidence.push(evidence::stated(&entries, vocabulary));
        let sheet_name = clean(&view.grid.sheet);
        Ok(Draft {
            sheet: Arc::clone(&view.grid.sheet),
            set: self.set.id.clone(),
            assessor: judged.assessor,
            declared,
            entries,
            evidence,
            diagnostics,
            communes: self.communes_of(judged),
            periods: self.periods_of(judged),
            layout: layout(judged, view),
            sheet_commune: context.register.find_in_name(&sheet_name, vocabulary, self.time.month()).first().copied(),
            sheet_period: self.time.of_sheet,
            when: When {
                span: if judged.heading.is_none() { self.time.dated.span } else { 1 },
                year: self.time.year,
                whole_year: self.time.whole_year,
            },
            is_small: self.table.is_small,
            titles: located.title("\n"),
            headings: questions::layout(view, columns),
            picture: None,
            doubt: None,
        })
    }

    /// The commune of a column by its heading, else that of the table.
    fn communes_of(&self, judged: &Judged) -> Vec<(Found, Traced<String>)> {
        let Some(Heading::Commune(commune)) = judged.heading else { return self.communes.clone() };
        let col = judged.columns.cols().first().copied().unwrap_or(0);
        let written = Traced { value: self.columns.header(col).to_owned(), place: self.located.heading(col) };
        vec![(Found { commune, named: true }, written)]
    }

    fn periods_of(&self, judged: &Judged) -> Vec<Period> {
        if let Some(Heading::Month(month)) = judged.heading { vec![month] } else { self.time.dated.periods.clone() }
    }
}

fn layout(judged: &Judged, view: &View<'_>) -> Layout {
    match judged.heading {
        Some(Heading::Commune(_)) => Layout::Communes,
        Some(Heading::Month(_)) => Layout::Months,
        None if view.about.commune.is_some() => Layout::Communes,
        None if view.about.period.is_some() => Layout::Months,
        None => Layout::List,
    }
}

/// The communes that the texts around a table name: the titles first, then what stands below beside the day, then the
/// headings. Rows that say whose they are overrule them all.
fn communes(located: &Located<'_, '_>, month: Option<Period>) -> Vec<(Found, Traced<String>)> {
    let Located { file, view, context, .. } = *located;
    if let Some(commune) = view.about.commune {
        let value = context.register.commune(commune).name.clone();
        return vec![(Found { commune, named: true }, Traced { value, place: Place::sheet(file, &view.grid.sheet) })];
    }
    let of = |cells: &[&Seen<'_>]| commune::communes_in(file, view, cells, context, month);
    let found = of(&located.titles);
    if !found.is_empty() {
        return found;
    }
    let named = |cells: Vec<&Seen<'_>>| {
        let mut found = of(&cells);
        found.retain(|(found, _)| found.named);
        found
    };
    let below = named(located.alone_below().collect());
    if below.is_empty() { named(located.header().collect()) } else { below }
}
