//! One table and what a person has told or has to tell about it: answers looked up, questions put where it is set aside.

use std::sync::Arc;

use super::Located;
use crate::catalogue::Role;
use crate::diag::{Code, Diagnostic, Scope, Severity};
use crate::model::{Answer, Asks, Assessor, CellRange, CommuneCode, Picture, Question, Reply, Subject};
use crate::recognise::columns::{Columns, cell_in};
use crate::recognise::commune::communes_in;
use crate::recognise::{Pictures, picture, problems, questions};

/// Verdicts less clear than this are what to ask about first, where a table falls below the bar.
const UNCLEAR: f64 = 0.5;

impl<'r> Located<'r, '_> {
    /// The columns as a person has told them. `Err` where the sheet is no report, by the same word.
    pub(super) fn answered_columns(
        &self,
        columns: &mut Columns,
        notes: &mut Vec<Diagnostic>,
    ) -> Result<(), Vec<Diagnostic>> {
        if are_many(columns) {
            return Ok(());
        }
        let subject = || self.subject(Asks::VerdictColumn, columns);
        let Some(answer) = questions::answer(self.context, subject) else { return Ok(()) };
        let used = problems::answer_used(self.place(), answer);
        if answer.reply == Reply::Skip {
            return Err(vec![used]);
        }
        // Columns that the table does not have answer nothing: then it is asked again.
        if let Some(told) = questions::verdict_columns(&answer.reply, self.view, &self.items, columns, self.context) {
            columns.answered(told);
            notes.push(used.about(Scope::Submission));
        }
        Ok(())
    }

    /// The answer about the set. `Err` where the sheet is no report, by the same word.
    pub(super) fn answered_set(&self, columns: &Columns) -> Result<Option<&'r Answer>, Vec<Diagnostic>> {
        let answer = questions::answer(self.context, || self.subject(Asks::Set, columns));
        match answer {
            Some(answer) if answer.reply == Reply::Skip => Err(vec![problems::answer_used(self.place(), answer)]),
            answer => Ok(answer),
        }
    }

    /// Why the table is set aside, with the question which column holds the verdicts.
    pub(super) fn which_column(&self, why: Diagnostic, columns: &Columns) -> Vec<Diagnostic> {
        let picture = self.picture(columns, self.table.alignment.set);
        questions::asked(why, self.column_question(columns, picture.as_ref(), true), self.context)
    }

    /// That figures alone are kept while some column may hold verdicts in words nobody knows, with the question which.
    pub(super) fn verdicts_elsewhere(&self, columns: &Columns) -> Vec<Diagnostic> {
        if questions::likely_columns(self.view, &self.items, columns, self.context).is_empty() {
            return Vec::new();
        }
        self.which_column(problems::figures_alone(self.place()), columns)
    }

    /// What is to come is no result of the month, whatever its columns are called: whether it is one, a person says.
    pub(super) fn refuse_plans(&self, columns: &Columns) -> Result<(), Vec<Diagnostic>> {
        let titles: Vec<&str> = self.titles.iter().map(|title| title.text.as_str()).collect();
        let Some(title) = self.context.catalogue.vocabulary.titles.of_plan(&titles) else { return Ok(()) };
        let is_told = questions::answer(self.context, || self.subject(Asks::VerdictColumn, columns)).is_some();
        if is_told { Ok(()) } else { Err(self.which_column(problems::title_of_plan(self.place(), title), columns)) }
    }

    /// Columns of verdicts that say different things and that nothing tells apart are a question, not a choice.
    pub(super) fn refuse_tied(&self, columns: &Columns) -> Result<(), Vec<Diagnostic>> {
        if self.differ(columns) {
            Err(self.which_column(problems::verdicts_tied(self.place()), columns))
        } else {
            Ok(())
        }
    }

    /// That the set cannot be told, with the question which it is.
    pub(super) fn which_set(&self, candidates: &[usize], columns: &Columns) -> Vec<Diagnostic> {
        let sets = &self.context.catalogue.sets;
        let names: Vec<&str> = candidates.iter().map(|&i| sets[i].short_name.as_str()).collect();
        let picture = self.picture(columns, self.table.alignment.set);
        let question = questions::set(self.subject(Asks::Set, columns), candidates, self.context, picture.as_ref());
        questions::asked(problems::set_unknown(self.place(), &names), question, self.context)
    }

    /// The table as it was understood, where someone looks at it.
    pub(super) fn picture(&self, columns: &Columns, set: usize) -> Option<Arc<Picture>> {
        let names = &self.context.names.sets[set];
        let draw = || Arc::new(picture::draw(self.view, &self.table.of_set(set), columns, names, self.context));
        (self.context.pictures == Pictures::Drawn).then(draw)
    }

    /// Asks about the verdict column where it was assumed or another one looks like it: once a table. What was taken
    /// stands meanwhile.
    pub(super) fn attach(&self, notes: &mut Vec<Diagnostic>, columns: &Columns, picture: Option<&Arc<Picture>>) {
        let assumed = columns.assumed.iter().filter(|(_, role)| *role == Role::Verdict).map(|(col, _)| *col);
        let cols: Vec<u32> = assumed.chain(columns.passed_over.iter().copied()).collect();
        let is_about = |d: &Diagnostic| {
            let at = |col: u32| CellRange::from(self.view.on_sheet(self.table.header.start, col));
            let cells = d.place.as_ref().and_then(|place| place.cells);
            d.severity == Severity::Warning
                && matches!(d.code, Code::ColumnAssumed | Code::ColumnIgnored)
                && cols.iter().any(|&col| cells == Some(at(col)))
        };
        if let Some(at) = notes.iter().position(is_about) {
            let question = self.column_question(columns, picture, false);
            let asked = questions::asked(notes.remove(at), question, self.context);
            notes.splice(at..at, asked);
        }
    }

    /// What to ask should the table fall below the bar: which column holds the verdicts, where that is unclear.
    pub(super) fn doubt(&self, columns: &Columns, picture: Option<&Arc<Picture>>) -> Option<Question> {
        let is_unclear = columns.clarity < UNCLEAR && !are_many(columns);
        is_unclear.then(|| self.column_question(columns, picture, true))
    }

    fn column_question(&self, columns: &Columns, picture: Option<&Arc<Picture>>, blocks: bool) -> Question {
        let subject = self.subject(Asks::VerdictColumn, columns);
        questions::verdict_column(subject, self.view, &self.items, columns, self.context, picture, blocks)
    }

    /// What an answer about the table holds for: its commune, told by the table, its sheet or its file, and its layout.
    fn subject(&self, asks: Asks, columns: &Columns) -> Subject {
        let sheet = (asks != Asks::VerdictColumn).then_some(self.view.grid.sheet.as_ref());
        questions::of_table(asks, self.reporter(), &questions::layout(self.view, columns), sheet)
    }

    fn reporter(&self) -> Option<&'r CommuneCode> {
        let (register, vocabulary) = (self.context.register, &self.context.catalogue.vocabulary);
        let told = communes_in(self.file, self.view, &self.titles, self.context, None);
        let told = if let [(found, _)] = told.as_slice() { Some(found.commune) } else { None };
        let sheet = || {
            let name = crate::text::clean(&self.view.grid.sheet);
            register.find_in_name(&name, vocabulary, None).first().map(|found| found.commune)
        };
        Some(&register.commune(told.or_else(sheet).or_else(self.elsewhere)?).code)
    }

    fn differ(&self, columns: &Columns) -> bool {
        let key = |row: u32, col: u32| cell_in(self.view, row, Some(col)).map_or("", |cell| cell.key.as_str());
        let own = columns.judged.iter().find(|j| j.assessor == Assessor::Commune).map(|j| j.columns.cols());
        let Some([taken]) = own.as_deref() else { return false };
        columns.rivals.iter().any(|&rival| self.items.iter().any(|&row| key(row, rival) != key(row, *taken)))
    }
}

/// Whether communes or months stand side by side: then no one column holds the verdicts.
fn are_many(columns: &Columns) -> bool {
    columns.judged.iter().any(|j| j.heading.is_some())
}
