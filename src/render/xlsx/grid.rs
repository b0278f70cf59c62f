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
    /// Whether its edges may be moved.
    pub(super) claim: Claim,
}

/// How much a layout insists on its edges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Claim {
    /// A table: its columns are as wide as they are, save for a few pixels.
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
    /// what a screen shows.
    pub(super) fn text_span(&self, line_width: u32) -> Span {
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
    // A table's column keeps most of its width whatever it leans on: a number that does not fit is drawn as "####".
    let (snap, kept_percent) = match layout.claim {
        Claim::Firm => (SNAP, 85),
        Claim::Loose => (SNAP * 4, 60),
    };
    let mut ends = Vec::with_capacity(layout.widths.len());
    let mut wanted = 0;
    let mut last_end = 0;
    for width in &layout.widths {
        wanted = (wanted + width).max(last_end + 1);
        // Only edges of other blocks are taken: this block's own lie at or before its last one.
        let least = (last_end + 1).max(last_end + width * kept_percent / 100);
        let near = edges
            .range(wanted.saturating_sub(snap).max(least).min(wanted)..=wanted + snap)
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
        Layout { widths: widths.to_vec(), claim: Claim::Firm }
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
