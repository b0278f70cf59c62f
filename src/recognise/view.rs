//! A grid as recognising sees it: every text repaired (encoding, NFC, spaces) with its folded key, the original kept.

use std::ops::{Deref, Range};
use std::rc::Rc;

use super::unfold::Piece;
use super::words::{Held, Texts, Words};
use crate::model::{CellRange, CellRef, Period, Written};
use crate::read::{Grid, GridCell, Value};
use crate::text::clean;

/// How the rows of a view lie on the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Orientation {
    /// Rows are rows: items stand below each other.
    Upright,
    /// Rows are columns: items stand side by side, and the same reading serves both.
    Turned,
    /// Each row is one cell of the sheet, taken apart into columns.
    Lines,
    /// The same of a table whose rows were pasted as text, a sign between their fields: it has headings as others have.
    Fields,
    /// Rows of the view's own: a table that was folded up on the sheet, laid out again with its headings.
    Unfolded,
}

/// A cell with its words repaired.
#[derive(Debug, Clone)]
pub(super) struct Seen<'a> {
    /// Its row in the view.
    pub(super) row: u32,
    /// Its column in the view.
    pub(super) col: u32,
    pub(super) cell: &'a GridCell,
    words: Held<'a>,
}

/// A cell is read by its words.
impl Deref for Seen<'_> {
    type Target = Words;

    fn deref(&self) -> &Words {
        &self.words
    }
}

impl Seen<'_> {
    /// Where it stands on the sheet, whatever the view.
    pub(super) fn at(&self) -> CellRef {
        self.cell.at
    }

    /// Whether it holds text, as against a number, a date or an error.
    pub(super) fn is_text(&self) -> bool {
        matches!(self.cell.value, Value::Text(_))
    }

    /// The lines of its text, as the sender broke them.
    pub(super) fn lines(&self) -> Vec<String> {
        match &self.cell.value {
            Value::Text(text) if text.contains('\n') => {
                let decoded = |line: &str| self.repaired.map_or_else(|| clean(line), |e| clean(&e.decode(line)));
                text.lines().map(decoded).filter(|line| !line.is_empty()).collect()
            }
            _ => vec![self.text.clone()],
        }
    }

    /// The fields of its text as the sender wrote it, between signs.
    pub(super) fn fields(&self, sign: char) -> Vec<String> {
        let Value::Text(text) = &self.cell.value else { return vec![self.text.clone()] };
        let decoded = |field: &str| self.repaired.map_or_else(|| clean(field), |e| clean(&e.decode(field)));
        text.split(sign).map(decoded).collect()
    }

    /// Whether its text, as the sender wrote it, has a letter or a sign.
    pub(super) fn has_raw(&self, sign: char) -> bool {
        matches!(&self.cell.value, Value::Text(text) if text.contains(sign))
    }

    /// What goes on to `normalise`.
    pub(super) fn written(&self) -> Written {
        let (number, date) = match self.cell.value {
            Value::Number(n) => (Some(n), None),
            Value::Date { date, serial } => (Some(serial), Some(date)),
            _ => (None, None),
        };
        let original = match &self.cell.value {
            Value::Text(text) if self.repaired.is_some() => Some(text.clone()),
            _ => None,
        };
        Written { text: self.text.clone(), original, number, percent: self.cell.percent, date, cell: self.at() }
    }
}

/// What the rows of a view are of, where a column that was taken out said so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct About {
    /// By its place in the register.
    pub(super) commune: Option<usize>,
    pub(super) period: Option<Period>,
    /// By its place in the catalogue.
    pub(super) set: Option<usize>,
}

impl About {
    /// The same beside what is said already.
    pub(super) fn within(self, other: Self) -> Self {
        About {
            commune: self.commune.or(other.commune),
            period: self.period.or(other.period),
            set: self.set.or(other.set),
        }
    }
}

/// A sheet of repaired cells.
#[derive(Debug)]
pub(super) struct View<'a> {
    pub(super) grid: &'a Grid,
    pub(super) orientation: Orientation,
    pub(super) about: About,
    cells: Vec<Seen<'a>>,
    /// For each row that has cells, its number and where they stand.
    rows: Vec<(u32, Range<usize>)>,
    /// Merged rectangles in the view's own rows and columns.
    merges: Vec<CellRange>,
}

impl<'a> View<'a> {
    /// A sheet with its words, which are those of its place in the file.
    pub(super) fn of(grid: &'a Grid, sheet: usize, texts: &'a Texts) -> Self {
        let words = texts.of_sheet(sheet, grid.cells());
        let seen = |(cell, words): (&'a GridCell, _)| Seen { row: cell.at.row, col: cell.at.col, cell, words };
        let cells = grid.cells().iter().zip(words).map(seen).collect();
        View::arranged(grid, Orientation::Upright, cells)
    }

    /// The same sheet with rows for columns.
    pub(super) fn turned(&self) -> Self {
        let mut cells = self.cells.clone();
        for cell in &mut cells {
            std::mem::swap(&mut cell.row, &mut cell.col);
        }
        cells.sort_by_key(|cell| (cell.row, cell.col));
        View::arranged(self.grid, Orientation::Turned, cells)
    }

    /// Cells of lines that were taken apart: name, figure and verdict in columns of their own, all at the line's place.
    /// Rows of several cells are titles and totals and stay as they are.
    pub(super) fn of_lines(&self, lines: &[(&Seen<'a>, [String; 3])]) -> Self {
        let several = self.cells.iter().filter(|cell| self.row(cell.row).len() > 1).cloned().collect();
        self.taken_apart(Orientation::Lines, lines, several)
    }

    /// Rows that were pasted as text taken apart into their fields; the others stay as they are.
    pub(super) fn of_fields(&self, rows: &[(&Seen<'a>, Vec<String>)]) -> Self {
        let is_apart = |cell: &Seen<'_>| rows.binary_search_by_key(&cell.row, |(line, _)| line.row).is_ok();
        let others = self.cells.iter().filter(|cell| !is_apart(cell)).cloned().collect();
        self.taken_apart(Orientation::Fields, rows, others)
    }

    fn taken_apart(
        &self,
        orientation: Orientation,
        lines: &[(&Seen<'a>, impl AsRef<[String]>)],
        others: Vec<Seen<'a>>,
    ) -> Self {
        let mut cells = others;
        cells.extend(lines.iter().flat_map(|(line, parts)| {
            parts.as_ref().iter().zip(0..).filter(|(text, _)| !text.is_empty()).map(|(text, col)| Seen {
                row: line.row,
                col,
                cell: line.cell,
                words: Held::Made(Rc::new(Words::of(text.clone(), line.repaired))),
            })
        }));
        cells.sort_by_key(|cell| (cell.row, cell.col));
        View::arranged(self.grid, orientation, cells)
    }

    /// The sheet with its rows laid out again: cells keep their places, and some only a part of their words.
    pub(super) fn unfolded(&self, rows: &[Vec<Piece<'_, 'a>>]) -> Self {
        let mut cells: Vec<Seen<'a>> = Vec::with_capacity(self.cells.len());
        for (pieces, row) in rows.iter().filter(|pieces| !pieces.is_empty()).zip(0..) {
            cells.extend(pieces.iter().map(|Piece { cell, col, text }| Seen {
                row,
                col: *col,
                cell: cell.cell,
                words: match text {
                    Some(text) => Held::Made(Rc::new(Words::of(text.clone(), cell.repaired))),
                    None => cell.words.clone(),
                },
            }));
        }
        View { about: self.about, ..View::arranged(self.grid, Orientation::Unfolded, cells) }
    }

    /// Whether items stand below each other under headings.
    pub(super) fn is_upright(&self) -> bool {
        matches!(self.orientation, Orientation::Upright | Orientation::Fields | Orientation::Unfolded)
    }

    /// The part of the sheet between two columns, with what stands alone in its row above a row: the titles of all.
    pub(super) fn part(&self, cols: Range<u32>, header: u32) -> Self {
        let is_title = |cell: &Seen<'_>| cell.row < header && self.row(cell.row).len() == 1;
        let cells = self.cells.iter().filter(|cell| cols.contains(&cell.col) || is_title(cell));
        View::arranged(self.grid, self.orientation, cells.cloned().collect())
    }

    /// Some rows of the sheet without one column below a row, which told what they are of; titles stand in any column.
    pub(super) fn of_rows(&self, keep: &dyn Fn(u32) -> bool, (without, header): (u32, u32), about: About) -> Self {
        let is_own = |cell: &&Seen<'_>| keep(cell.row) && (cell.col != without || cell.row < header);
        let cells = self.cells.iter().filter(is_own);
        View { about, ..View::arranged(self.grid, self.orientation, cells.cloned().collect()) }
    }

    fn arranged(grid: &'a Grid, orientation: Orientation, cells: Vec<Seen<'a>>) -> Self {
        let mut rows: Vec<(u32, Range<usize>)> = Vec::new();
        for (i, cell) in cells.iter().enumerate() {
            match rows.last_mut() {
                Some((row, range)) if *row == cell.row => range.end = i + 1,
                _ => rows.push((cell.row, i..i + 1)),
            }
        }
        let turn = |at: CellRef| turn(orientation, at);
        let is_whole = matches!(orientation, Orientation::Upright | Orientation::Turned);
        let own = if is_whole { &grid.merges[..] } else { &[][..] };
        let merges = own.iter().map(|m| CellRange::new(turn(m.first), turn(m.last))).collect();
        View { grid, orientation, about: About::default(), cells, rows, merges }
    }

    /// The cell of the sheet at a row and column of the view.
    pub(super) fn on_sheet(&self, row: u32, col: u32) -> CellRef {
        match self.orientation {
            Orientation::Lines | Orientation::Fields => {
                self.row(row).first().map_or(CellRef::new(row, 0), |cell| cell.at())
            }
            Orientation::Unfolded => {
                let near = || self.row(row).first().or_else(|| self.cells.iter().rev().find(|cell| cell.row <= row));
                let own = self.get(row, col).or_else(near).or(self.cells.first());
                own.map_or(CellRef::new(0, 0), |cell| cell.at())
            }
            _ => turn(self.orientation, CellRef::new(row, col)),
        }
    }

    /// The name of a column of the view as people know it: its letters, or the number of the row that it is.
    pub(super) fn col_name(&self, col: u32) -> String {
        let own = |cell: &&Seen<'_>| cell.col == col;
        let at = match self.orientation {
            // Fields have the letters of the columns that they would fill.
            Orientation::Fields => CellRef::new(0, col),
            Orientation::Unfolded => self.cells.iter().find(own).map_or(CellRef::new(0, col), |cell| cell.at()),
            _ => self.on_sheet(0, col),
        };
        if self.orientation == Orientation::Turned { at.row_number().to_string() } else { at.column_letters() }
    }

    /// The name of a row of the view: its number, or the letters of the column that it is.
    pub(super) fn row_name(&self, row: u32) -> String {
        let at = self.on_sheet(row, 0);
        if self.orientation == Orientation::Turned { at.column_letters() } else { at.row_number().to_string() }
    }

    /// Whether a row of the view is hidden on the sheet.
    pub(super) fn is_row_hidden(&self, row: u32) -> bool {
        match self.orientation {
            Orientation::Upright | Orientation::Lines | Orientation::Fields => self.grid.is_row_hidden(row),
            Orientation::Unfolded => self.grid.is_row_hidden(self.on_sheet(row, 0).row),
            Orientation::Turned => self.grid.is_col_hidden(row),
        }
    }

    /// Whether a column of the view is hidden on the sheet.
    pub(super) fn is_col_hidden(&self, col: u32) -> bool {
        match self.orientation {
            Orientation::Upright => self.grid.is_col_hidden(col),
            Orientation::Lines | Orientation::Fields | Orientation::Unfolded => false,
            Orientation::Turned => self.grid.is_row_hidden(col),
        }
    }

    /// All cells, row by row from the left.
    pub(super) fn cells(&self) -> &[Seen<'a>] {
        &self.cells
    }

    /// The numbers of the rows that have cells.
    pub(super) fn row_numbers(&self) -> impl Iterator<Item = u32> + '_ {
        self.rows.iter().map(|(row, _)| *row)
    }

    /// The cells of a row.
    pub(super) fn row(&self, row: u32) -> &[Seen<'a>] {
        self.rows.binary_search_by_key(&row, |(row, _)| *row).map_or(&[], |i| &self.cells[self.rows[i].1.clone()])
    }

    /// The cell at a place.
    pub(super) fn get(&self, row: u32, col: u32) -> Option<&Seen<'a>> {
        let cells = self.row(row);
        cells.binary_search_by_key(&col, |cell| cell.col).ok().map(|i| &cells[i])
    }

    /// The cell at a place, or the one whose merged rectangle covers it.
    pub(super) fn covering(&self, row: u32, col: u32) -> Option<&Seen<'a>> {
        self.get(row, col).or_else(|| {
            let merge = self.merge_at(row, col)?;
            self.get(merge.first.row, merge.first.col)
        })
    }

    /// The merged rectangle a cell belongs to.
    pub(super) fn merge_at(&self, row: u32, col: u32) -> Option<CellRange> {
        let at = CellRef::new(row, col);
        self.merges.iter().copied().find(|merge| merge.contains(at))
    }

    /// Whether a row of the view has a cell merged across columns within that row.
    pub(super) fn has_spanning_cell(&self, row: u32) -> bool {
        self.merges.iter().any(|m| m.first.row == row && m.last.row == row && m.first.col < m.last.col)
    }
}

fn turn(orientation: Orientation, at: CellRef) -> CellRef {
    match orientation {
        Orientation::Upright | Orientation::Lines | Orientation::Fields | Orientation::Unfolded => at,
        Orientation::Turned => CellRef::new(at.col, at.row),
    }
}
