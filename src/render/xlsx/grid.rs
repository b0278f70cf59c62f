//! The columns of a sheet: those of its tables laid over each other.
//!
//! A sheet has one set of columns, but a section may hold tables of different columns. Their edges are laid over each
//! other; where a column of a table covers several columns of the sheet, its cells are merged. A sheet with one table
//! has that table's columns and no merged cell in it, so it can be sorted.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

/// Two edges nearer than this become one, in pixels.
const SNAP: u32 = 24;

/// How a block wants its columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Layout {
    /// Widths from the left, in pixels.
    pub(super) widths: Vec<u32>,
    /// For each column the width below which it must not be drawn, because a number that does not fit is shown as
    /// `####`.
    pub(super) least: Vec<u32>,
    /// Whether its edges may be moved.
    pub(super) claim: Claim,
}

impl Layout {
    /// Columns of text that may move to any edge not far away.
    pub(super) fn loose(widths: Vec<u32>) -> Self {
        let least = widths.iter().map(|width| width * 6 / 10).collect();
        Layout { widths, least, claim: Claim::Loose }
    }
}

/// How much a layout insists on its edges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Claim {
    /// A table: its edges are where they are, save for a few pixels.
    Firm,
    /// A letterhead, key figures: any edge not far away will do.
    Loose,
}

/// The columns of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Grid {
    /// Widths from the left, in pixels.
    pub(super) widths: Vec<u32>,
}

/// The sheet's columns that one column of a block covers.
pub(super) type Span = RangeInclusive<u16>;

impl Grid {
    /// The grid for blocks of these layouts, at least so many pixels wide, and for each layout the span of each of its
    /// columns.
    pub(super) fn new(layouts: &[Layout], least_width: u32) -> (Grid, Vec<Vec<Span>>) {
        let mut order: Vec<usize> = (0..layouts.len()).collect();
        // The layout with the most columns comes first: the others lean on its edges.
        order.sort_by_key(|&index| (layouts[index].claim, std::cmp::Reverse(layouts[index].widths.len())));
        let mut edges = BTreeSet::from([0]);
        let mut placed = vec![Vec::new(); layouts.len()];
        for index in order {
            placed[index] = place(&layouts[index], &mut edges);
        }
        let widest = edges.last().copied().unwrap_or(0);
        if widest + SNAP < least_width {
            edges.insert(least_width);
        }
        let edges: Vec<u32> = edges.into_iter().collect();
        let widths = edges.windows(2).map(|pair| pair[1] - pair[0]).collect();
        let spans = placed.iter().map(|ends| spans(ends, &edges)).collect();
        (Grid { widths }, spans)
    }

    /// The width of a span, in pixels.
    pub(super) fn width(&self, span: &Span) -> u32 {
        self.widths[usize::from(*span.start())..=usize::from(*span.end())].iter().sum()
    }

    /// The columns from the left over which running text is set: enough for a line that can be read, and not beyond
    /// what a screen shows. On a sheet that is hardly wider than the line it ends with the tables.
    pub(super) fn text_span(&self, line_width: u32) -> Span {
        if self.widths.iter().sum::<u32>() <= line_width * 14 / 10 {
            return 0..=column_number(self.widths.len().saturating_sub(1));
        }
        let mut width = 0;
        let last = self.widths.iter().position(|column| {
            width += column;
            width + SNAP >= line_width
        });
        0..=column_number(last.unwrap_or(self.widths.len().saturating_sub(1)))
    }
}

/// Adds a layout's edges to those of the sheet, or takes those that are near; gives the right edge of each column.
fn place(layout: &Layout, edges: &mut BTreeSet<u32>) -> Vec<u32> {
    let snap = match layout.claim {
        Claim::Firm => SNAP,
        Claim::Loose => SNAP * 4,
    };
    let mut ends = Vec::with_capacity(layout.widths.len());
    let mut planned = 0;
    let mut last_end = 0;
    for (width, least) in layout.widths.iter().zip(&layout.least) {
        planned += width;
        let nearest_end = last_end + (*least).max(1);
        let wanted = planned.max(nearest_end);
        // Only edges of other blocks are taken: this block's own lie at or before its last one.
        let near = edges
            .range(wanted.saturating_sub(snap).max(nearest_end)..=wanted + snap)
            .min_by_key(|edge| edge.abs_diff(wanted))
            .copied();
        last_end = near.unwrap_or(wanted);
        edges.insert(last_end);
        ends.push(last_end);
    }
    ends
}

/// The spans between the right edges of a block's columns.
fn spans(ends: &[u32], edges: &[u32]) -> Vec<Span> {
    let mut first = 0;
    ends.iter()
        .map(|end| {
            let after = edges.partition_point(|edge| edge <= end) - 1;
            let span = column_number(first)..=column_number(after - 1);
            first = after;
            span
        })
        .collect()
}

/// A column's number as Excel counts, which ends long before the type does.
fn column_number(index: usize) -> u16 {
    u16::try_from(index).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn firm(widths: &[u32]) -> Layout {
        Layout { widths: widths.to_vec(), least: vec![1; widths.len()], claim: Claim::Firm }
    }

    #[test]
    fn one_table_keeps_its_columns() {
        let (grid, spans) = Grid::new(&[firm(&[40, 200, 90])], 0);
        assert_eq!(grid.widths, [40, 200, 90]);
        assert_eq!(spans, [[0..=0, 1..=1, 2..=2]]);
    }

    #[test]
    fn tables_of_other_columns_cover_each_others() {
        let (grid, spans) = Grid::new(&[firm(&[100, 230]), firm(&[40, 190, 100])], 0);
        assert_eq!(grid.widths, [40, 60, 130, 100]);
        assert_eq!(spans[0], [0..=1, 2..=3]);
        assert_eq!(spans[1], [0..=0, 1..=2, 3..=3]);
    }

    #[test]
    fn near_edges_become_one() {
        let (grid, spans) = Grid::new(&[firm(&[40, 200, 90]), firm(&[46, 180])], 0);
        assert_eq!(grid.widths, [40, 200, 90]);
        assert_eq!(spans[1], [0..=0, 1..=1]);
    }

    #[test]
    fn a_column_is_never_narrower_than_its_numbers() {
        let numbers = Layout { least: vec![46, 180], ..firm(&[46, 180]) };
        let (grid, spans) = Grid::new(&[firm(&[40, 200, 90]), numbers], 0);
        assert!(grid.width(&spans[1][0]) >= 46);
        assert!(grid.width(&spans[1][1]) >= 180);
    }

    #[test]
    fn a_narrow_sheet_is_filled_up() {
        let (grid, _) = Grid::new(&[firm(&[40, 60])], 500);
        assert_eq!(grid.widths, [40, 60, 400]);
        assert_eq!(grid.text_span(500), 0..=2);
    }

    #[test]
    fn narrow_columns_never_fall_together() {
        let (grid, spans) = Grid::new(&[firm(&[100, 100, 100]), firm(&[5, 5, 5, 285])], 0);
        assert!(grid.widths.iter().all(|width| *width > 0));
        assert_eq!(spans.iter().map(Vec::len).collect::<Vec<_>>(), [3, 4]);
        for table in spans {
            assert!(table.windows(2).all(|pair| pair[0].end() + 1 == *pair[1].start()), "{table:?}");
        }
    }

    #[test]
    fn a_sheet_without_tables_is_one_column() {
        let (grid, spans) = Grid::new(&[], 700);
        assert_eq!(grid.widths, [700]);
        assert!(spans.is_empty());
    }
}
