//! xls: values by calamine, looks (percent formats, fonts, hidden rows) from the file's own records.

use std::io::Cursor;
use std::sync::Arc;

use calamine::{Reader, SheetType, SheetVisible, Xls, XlsError};

use super::biff::{self, SheetLooks};
use super::biff::{MAX_COLS, MAX_ROWS};
use super::compound;
use super::grid::{Font, Grid, GridCell, Visibility};
use super::{MAX_CELLS, Read, Sheets, owned_value_of, problems, returned, too_many};
use crate::diag::Diagnostic;
use crate::model::{CellRange, CellRef};

pub(super) fn grids(file: &Arc<str>, bytes: &[u8]) -> Read {
    if !compound::chains_end(bytes) {
        return Err(problems::damaged(file, "a chain of sectors goes round"));
    }
    // calamine lays out every sheet as a whole when it opens the file: what that would take is known before.
    let Some(mut looks) = biff::looks(bytes) else { return Err(problems::irregular(file)) };
    check_extents(file, &looks)?;
    let mut workbook: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|e| match e {
        XlsError::Password => problems::encrypted(file),
        other => problems::damaged(file, &other.to_string()),
    })?;
    let is_1904 = workbook.has_1904_epoch();
    let sheets: Vec<_> = workbook.sheets_metadata().iter().filter(|s| s.typ == SheetType::WorkSheet).cloned().collect();
    let mut grids = Vec::with_capacity(sheets.len());
    let mut left = MAX_CELLS;
    for sheet in sheets {
        let range = workbook.worksheet_range(&sheet.name).map_err(|e| problems::damaged(file, &e.to_string()))?;
        let look = looks.iter_mut().find(|(name, _)| *name == sheet.name);
        let look = look.map(|(_, look)| std::mem::take(look)).unwrap_or_default();
        let (first_row, first_col) = range.start().unwrap_or((0, 0));
        let mut cells = Vec::new();
        for (row, col, data) in range.used_cells() {
            // `used_cells` counts from the start of the range.
            let at = CellRef::new(first_row + row as u32, first_col + col as u32);
            if let Some(value) = owned_value_of(data, is_1904) {
                left = left.checked_sub(1).ok_or_else(|| problems::too_large(file, &too_many()))?;
                let (percent, font) = look_of(&look, at);
                cells.push(GridCell { at, value, percent, font });
            }
        }
        let visibility = if sheet.visible == SheetVisible::Visible { Visibility::Visible } else { Visibility::Hidden };
        let mut grid = Grid::new(&sheet.name, visibility, cells);
        grid.merges = workbook
            .merge_cells_by_sheet_name(&sheet.name)
            .unwrap_or_default()
            .iter()
            .map(|d| CellRange::new(CellRef::new(d.start.0, d.start.1), CellRef::new(d.end.0, d.end.1)))
            .collect();
        grid.hidden_rows = look.hidden_rows;
        grid.hidden_cols = look.hidden_cols;
        grid.widths = look.widths;
        grids.push(grid);
    }
    Ok(Sheets { grids, list: returned::list(workbook.defined_names()) })
}

/// Cells of all sheets laid out, empty ones too: one sheet filled to Excel's last cell, and then some.
const MAX_LAID_OUT: u64 = 20_000_000;

/// Refuses a file whose sheets, as they are declared or used, go beyond what the format allows or all together beyond
/// what can be laid out.
fn check_extents(file: &Arc<str>, looks: &[(String, SheetLooks)]) -> Result<(), Box<Diagnostic>> {
    let mut laid_out = 0;
    for (sheet, look) in looks {
        for extent in [look.declared, look.used] {
            if extent.rows > MAX_ROWS || extent.cols > MAX_COLS {
                return Err(problems::damaged(file, &format!("{sheet}: a cell lies beyond IV65536")));
            }
        }
        laid_out += look.declared.cells().max(look.used.cells());
        if laid_out > MAX_LAID_OUT {
            return Err(problems::too_large(file, &format!("{laid_out} cells with the empty ones between them")));
        }
    }
    Ok(())
}

fn look_of(look: &SheetLooks, at: CellRef) -> (Option<bool>, Font) {
    look.cells.get(&at).map_or((None, Font::Unknown), |format| (Some(format.percent), format.font))
}
