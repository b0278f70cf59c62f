//! xlsb: streamed like xlsx; the reader gives no styles, so whether a number is shown as a percentage stays open.

use std::io::Cursor;
use std::sync::Arc;

use calamine::{Reader, SheetType, SheetVisible, Xlsb, XlsbError};

use super::grid::{Font, Grid, GridCell, Visibility};
use super::package::Package;
use super::xlsx::{MAX_COLS, MAX_ROWS};
use super::{MAX_CELLS, Read, Sheets, problems, returned, too_many, value_of};
use crate::model::CellRef;

pub(super) fn grids(file: &Arc<str>, bytes: &[u8]) -> Read {
    let damaged = |e: XlsbError| match e {
        XlsbError::Password => problems::encrypted(file),
        other => problems::damaged(file, &other.to_string()),
    };
    Package::open(bytes).map_err(|r| problems::refused(file, &r))?;
    let mut workbook: Xlsb<_> = Xlsb::new(Cursor::new(bytes)).map_err(damaged)?;
    let is_1904 = workbook.has_1904_epoch();
    let sheets: Vec<_> = workbook.sheets_metadata().iter().filter(|s| s.typ == SheetType::WorkSheet).cloned().collect();
    let mut grids = Vec::with_capacity(sheets.len());
    let mut left = MAX_CELLS;
    for sheet in sheets {
        let mut cells = Vec::new();
        let mut reader = workbook.worksheet_cells_reader(&sheet.name).map_err(damaged)?;
        while let Some(cell) = reader.next_cell().map_err(damaged)? {
            let (row, col) = cell.get_position();
            if let Some(value) = value_of(cell.get_value().clone(), is_1904) {
                cells.push(GridCell { at: CellRef::new(row, col), value, percent: None, font: Font::Unknown });
            }
            if row >= MAX_ROWS || col >= MAX_COLS {
                return Err(problems::damaged(file, &format!("{}: a cell lies beyond XFD1048576", sheet.name)));
            }
            left = left.checked_sub(1).ok_or_else(|| problems::too_large(file, &too_many()))?;
        }
        let visibility = if sheet.visible == SheetVisible::Visible { Visibility::Visible } else { Visibility::Hidden };
        grids.push(Grid::new(&sheet.name, visibility, cells));
    }
    Ok(Sheets { grids, list: returned::list(workbook.defined_names()) })
}
