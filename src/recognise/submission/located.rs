//! A table with what stands around it on its sheet, and the file it is in.

use std::sync::Arc;

use crate::model::Place;
use crate::recognise::Context;
use crate::recognise::align::Placed;
use crate::recognise::locate::Table;
use crate::recognise::view::{Orientation, Seen, View};

/// The file of a table.
pub(in crate::recognise) struct InFile<'r, 'v> {
    pub(in crate::recognise) file: &'r Arc<str>,
    /// All its sheets.
    pub(in crate::recognise) views: &'r [View<'v>],
    pub(in crate::recognise) context: &'r Context<'r>,
    /// The one commune that other places of the file name.
    pub(in crate::recognise) elsewhere: &'r dyn Fn() -> Option<usize>,
}

/// A table where it stands.
pub(in crate::recognise) struct Located<'r, 'v> {
    pub(in crate::recognise) file: &'r Arc<str>,
    pub(in crate::recognise) views: &'r [View<'v>],
    pub(in crate::recognise) view: &'r View<'v>,
    pub(in crate::recognise) table: &'r Table,
    /// The rows by whose cells columns are judged.
    pub(super) items: Vec<u32>,
    /// The cells above the table.
    pub(in crate::recognise) titles: Vec<&'r Seen<'v>>,
    /// The texts below its last item: totals, sentences, the signature.
    pub(super) below: Vec<&'r Seen<'v>>,
    pub(in crate::recognise) context: &'r Context<'r>,
    pub(super) elsewhere: &'r dyn Fn() -> Option<usize>,
}

impl<'r, 'v> Located<'r, 'v> {
    pub(super) fn of(within: &InFile<'r, 'v>, view: &'r View<'v>, table: &'r Table) -> Self {
        let InFile { file, views, context, elsewhere } = *within;
        Located {
            file,
            views,
            view,
            table,
            items: item_rows(table, context),
            titles: view.cells().iter().filter(|c| table.titles.contains(&row_of_title(view, c))).collect(),
            below: below(view, table),
            context,
            elsewhere,
        }
    }

    /// The sheet.
    pub(in crate::recognise) fn place(&self) -> Place {
        Place::sheet(self.file, &self.view.grid.sheet)
    }

    /// A cell, by its row and column in the view.
    pub(super) fn cell(&self, row: u32, col: u32) -> Place {
        Place::cells(self.file, &self.view.grid.sheet, self.view.on_sheet(row, col))
    }

    /// Where the heading of a column stands.
    pub(super) fn heading(&self, col: u32) -> Place {
        self.cell(self.table.header.start, col)
    }

    /// The words of the titles, joined.
    pub(in crate::recognise) fn title(&self, between: &str) -> String {
        self.titles.iter().map(|c| c.text.as_str()).collect::<Vec<_>>().join(between)
    }

    /// The texts below that stand alone in their row: what stands in a row of several cells is of that row.
    pub(super) fn alone_below(&self) -> impl Iterator<Item = &'r Seen<'v>> {
        self.below.iter().copied().filter(|cell| self.view.row(cell.row).len() <= 2)
    }

    /// The cells of the table's header.
    pub(super) fn header(&self) -> impl Iterator<Item = &'r Seen<'v>> {
        let rows = self.table.header.clone();
        self.view.cells().iter().filter(move |cell| rows.contains(&cell.row))
    }
}

/// The rows by whose cells a column's look is judged: those of indicators, or of criteria where there are no others.
fn item_rows(table: &Table, context: &Context<'_>) -> Vec<u32> {
    let nodes = &context.names.sets[table.alignment.set].nodes;
    let single = |p: &&Placed| {
        let node = &nodes[p.node];
        node.indicator > 0 || nodes.iter().filter(|n| n.criterion == node.criterion).count() <= 2
    };
    let indicators: Vec<u32> = table.alignment.placed.iter().filter(single).map(|p| p.row).collect();
    let all = || table.alignment.placed.iter().map(|p| p.row).collect();
    if indicators.len() * 3 >= table.alignment.placed.len() { indicators } else { all() }
}

/// The row by which titles are found: beside items that stand side by side they keep the sheet's.
fn row_of_title(view: &View<'_>, cell: &Seen<'_>) -> u32 {
    if view.orientation == Orientation::Turned { cell.at().row } else { cell.row }
}

/// The texts below the last item: totals and sentences that are not part of a row.
fn below<'v, 'a>(view: &'v View<'a>, table: &Table) -> Vec<&'v Seen<'a>> {
    if view.orientation == Orientation::Turned {
        return Vec::new();
    }
    let last = table.alignment.placed.iter().map(|p| p.row).max().unwrap_or(table.segment.start);
    view.cells().iter().filter(|c| c.row > last && c.row < table.segment.end && c.is_text()).collect()
}
