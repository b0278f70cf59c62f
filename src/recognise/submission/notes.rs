//! What there is to say of a table's columns and rows whatever they state: assumed, hidden, left aside, of a stranger.

use super::located::Located;
use crate::catalogue::Role;
use crate::diag::Diagnostic;
use crate::model::{CellRange, CellRef, Place, Text};
use crate::recognise::columns::Columns;
use crate::recognise::problems;
use crate::recognise::view::Orientation;

pub(super) fn of_columns(located: &Located<'_, '_>, columns: &Columns) -> Vec<Diagnostic> {
    let named = |col: u32| (located.heading(col), columns.header(col));
    let mut notes = assumed(located, columns);
    notes.extend(columns.by_custom.iter().map(|(col, pair)| {
        let (at, heading) = named(*col);
        problems::marks_by_custom(at, heading, pair)
    }));
    notes.extend(hidden(located, columns));
    notes.extend(columns.passed_over.iter().map(|&col| {
        let (at, heading) = named(col);
        problems::column_ignored(at, heading)
    }));
    notes.extend(columns.unused.iter().map(|&col| {
        let (at, heading) = named(col);
        problems::column_unused(at, heading)
    }));
    notes.extend(columns.strangers.iter().map(|&col| {
        let (at, heading) = named(col);
        let context = located.context;
        let near = context.register.nearest(&format!("xã {heading}"), &context.catalogue.vocabulary);
        problems::commune_unknown(at, near.map(|(_, commune)| (heading.to_owned(), commune.name.clone())))
    }));
    notes
}

fn assumed(located: &Located<'_, '_>, columns: &Columns) -> Vec<Diagnostic> {
    // What is taken apart has no headings that could be clear.
    if located.view.orientation == Orientation::Lines {
        return Vec::new();
    }
    let note = |&(col, role): &(u32, Role)| {
        let name = match role {
            Role::Verdict => Text::new("đánh giá", "verdicts"),
            Role::Due => Text::new("hạn hoàn thành", "due days"),
            _ => Text::new("kết quả", "values"),
        };
        problems::column_assumed(located.heading(col), columns.header(col), name)
    };
    columns.assumed.iter().map(note).collect()
}

fn hidden(located: &Located<'_, '_>, columns: &Columns) -> Vec<Diagnostic> {
    let view = located.view;
    let mut notes = Vec::new();
    let rows: Vec<u32> = located.items.iter().copied().filter(|&row| view.is_row_hidden(row)).collect();
    if let (Some(&first), Some(&last)) = (rows.first(), rows.last()) {
        let what = Text::new(format!("{} dòng chỉ tiêu", rows.len()), format!("{} row(s) of items", rows.len()));
        let cells = CellRange::new(view.on_sheet(first, 0), view.on_sheet(last, 0));
        notes.push(problems::hidden(Place::cells(located.file, &view.grid.sheet, cells), what));
    }
    let used = columns.single.values().copied().chain(columns.judged.iter().flat_map(|j| j.columns.cols()));
    let first_item = located.items.first().copied().unwrap_or(0);
    notes.extend(used.filter(|&col| view.is_col_hidden(col)).map(|col| {
        let what = match view.orientation {
            Orientation::Upright | Orientation::Fields => {
                let letters = CellRef::new(0, col).column_letters();
                Text::new(format!("cột {letters}"), format!("column {letters}"))
            }
            _ => Text::new(format!("dòng {}", col + 1), format!("row {}", col + 1)),
        };
        problems::hidden(located.cell(first_item, col), what)
    }));
    notes
}
