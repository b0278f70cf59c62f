//! Workbooks of plans of our own: read by their mark and keys, to the last cell, whatever became of rows and words.
//!
//! Only what someone has written is a plan: a row left empty says nothing, and takes nothing back.

mod problems;

use std::sync::Arc;

use super::Context;
use super::problems::{item_repeated, row_not_placed};
use super::view::{Seen, View};
use crate::diag::Diagnostic;
use crate::model::plan_form::{PlanColumn, PlanKey, PlanMark};
use crate::model::{Assessor, Declared, Entry, Evidence, Period, Place, SetId, Stated, Submission, Text};

/// What a sheet of plans says.
pub(super) struct Plans {
    /// One for each commune and set that has a plan, in the order of the sheet.
    pub(super) submissions: Vec<Submission>,
    /// What there is to say of the sheet.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// A sheet read as a plan form; `None` where it bears no mark.
pub(super) fn read(file: &Arc<str>, view: &View<'_>, context: &Context<'_>) -> Option<Plans> {
    let marked = view.cells().iter().filter(|cell| cell.is_text());
    let (cell, mark) = marked.into_iter().find_map(|cell| Some((cell, PlanMark::find(&cell.text)?)))?;
    let place = Place::cells(file, &view.grid.sheet, cell.at());
    let refused = |diagnostic| Some(Plans { submissions: Vec::new(), diagnostics: vec![diagnostic] });
    let Ok(PlanMark(period)) = mark else { return refused(problems::mark_changed(place)) };
    let Some(columns) = Columns::of(view) else { return refused(problems::keys_lost(place)) };
    let mut plans = Plans { submissions: Vec::new(), diagnostics: Vec::new() };
    for row in view.row_numbers().filter(|row| *row >= columns.first) {
        take(file, view, context, period, &columns, row, &mut plans);
    }
    let count: usize = plans.submissions.iter().map(|submission| submission.entries.len()).sum();
    let said = match count {
        0 => problems::nothing_written(place, period),
        count => problems::received(place, period, count, plans.submissions.len()),
    };
    plans.diagnostics.push(said);
    Some(plans)
}

/// Where the keys and the answers stand.
struct Columns {
    /// The first row that has a key: above it stand title, steps and headings.
    first: u32,
    keys: u32,
    asked: Vec<(PlanColumn, u32)>,
}

impl Columns {
    fn of(view: &View<'_>) -> Option<Self> {
        let keyed: Vec<(PlanColumn, &Seen<'_>)> =
            view.cells().iter().filter_map(|cell| Some((PlanColumn::parse(&cell.text)?, cell))).collect();
        let header = keyed.first()?.1.row;
        let asked: Vec<(PlanColumn, u32)> =
            keyed.iter().filter(|(_, cell)| cell.row == header).map(|(column, cell)| (*column, cell.col)).collect();
        let first = view.cells().iter().find(|cell| PlanKey::parse(&cell.text).is_some())?;
        let is_whole = asked.len() == PlanColumn::ASKED.len();
        is_whole.then_some(Columns { first: first.row, keys: first.col, asked })
    }

    fn col(&self, wanted: PlanColumn) -> Option<u32> {
        self.asked.iter().find(|(column, _)| *column == wanted).map(|(_, col)| *col)
    }

    fn cell<'v, 'a>(&self, view: &'v View<'a>, row: u32, column: PlanColumn) -> Option<&'v Seen<'a>> {
        view.get(row, self.col(column)?).filter(|cell| !cell.text.is_empty())
    }
}

/// The plan of a row, where there is one.
fn take(
    file: &Arc<str>,
    view: &View<'_>,
    context: &Context<'_>,
    period: Period,
    columns: &Columns,
    row: u32,
    plans: &mut Plans,
) {
    let cell = |column| columns.cell(view, row, column);
    let Some(first) = PlanColumn::ASKED.into_iter().find_map(cell) else { return };
    let key = view.get(row, columns.keys).and_then(|cell| PlanKey::parse(&cell.text));
    let place = || Place::cells(file, &view.grid.sheet, first.at());
    let set = key.as_ref().and_then(|key| context.catalogue.set(&key.set));
    let known = key.as_ref().zip(set).filter(|(key, set)| {
        set.item(key.item) == Some(key.item) && context.register.position(&key.commune, Some(period)).is_some()
    });
    let Some((key, set)) = known else {
        let texts: Vec<&str> = view.row(row).iter().map(|cell| cell.text.as_str()).collect();
        // Below the table people sign and remark; what stands under the headings is an answer.
        plans.diagnostics.push(row_not_placed(place(), texts.join(" · ").trim()));
        return;
    };
    let written = |column| cell(column).map(Seen::written);
    let entry = Entry {
        item: key.item,
        sheet: Arc::clone(&view.grid.sheet),
        cell: first.at(),
        stated: Stated::Nothing,
        value: None,
        owner: written(PlanColumn::Owner),
        task: written(PlanColumn::Task),
        due: written(PlanColumn::Due),
        note: None,
    };
    let submission = of(file, view, period, key, &set.id, &mut plans.submissions);
    match submission.entries.iter().find(|other| other.item == key.item) {
        Some(other) => {
            let earlier = Place::cells(file, &view.grid.sheet, other.cell);
            submission.diagnostics.push(item_repeated(place(), key.item, earlier, Text::new("dòng đầu", "the first")));
        }
        None => submission.entries.push(entry),
    }
}

/// The submission of a commune and set.
fn of<'s>(
    file: &Arc<str>,
    view: &View<'_>,
    period: Period,
    key: &PlanKey,
    set: &SetId,
    submissions: &'s mut Vec<Submission>,
) -> &'s mut Submission {
    let is_of = |one: &Submission| one.commune.as_ref() == Some(&key.commune) && one.set == *set;
    let at = submissions.iter().position(is_of).unwrap_or_else(|| {
        submissions.push(Submission {
            file: Arc::clone(file),
            sheet: Arc::clone(&view.grid.sheet),
            commune: Some(key.commune.clone()),
            commune_written: None,
            period: Some(period),
            set: set.clone(),
            assessor: Assessor::Plan,
            layout: "plans",
            headings: String::new(),
            shares: None,
            declared: Declared::default(),
            entries: Vec::new(),
            confidence: 1.0,
            evidence: vec![Evidence {
                name: "rows",
                score: 1.0,
                detail: Text::new("theo mã của biểu kế hoạch", "by the keys of the plan form"),
            }],
            pictures: Vec::new(),
            diagnostics: Vec::new(),
        });
        submissions.len() - 1
    });
    &mut submissions[at]
}
