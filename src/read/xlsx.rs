//! xlsx and xlsm: one streaming pass a sheet, with the style of each cell.

use std::io::Cursor;
use std::sync::Arc;

use calamine::{Reader, SheetType, SheetVisible, Style, Xlsx, XlsxError};

use super::grid::{Font, Grid, GridCell, Value, Visibility};
use super::package::{self, Package, Refused};
use super::sheet_xml::{self, SheetExtras};
use super::{MAX_CELLS, Read, Sheets, problems, returned, too_many, value_of};
use crate::model::CellRef;

/// Excel's own limits: a reference beyond them is a lie of the file.
pub(super) const MAX_ROWS: u32 = 1 << 20;
pub(super) const MAX_COLS: u32 = 1 << 14;

pub(super) fn grids(file: &Arc<str>, bytes: &[u8]) -> Read {
    let damaged = |e: XlsxError| match e {
        XlsxError::Password => problems::encrypted(file),
        other => problems::damaged(file, &other.to_string()),
    };
    let mut package = Package::open(bytes).map_err(|r| problems::refused(file, &r))?;
    let parts = package::sheet_parts(&mut package).map_err(|r| problems::refused(file, &r))?;
    check_shared_strings(&mut package).map_err(|r| problems::refused(file, &r))?;
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let is_1904 = workbook.has_1904_epoch();
    let sheets: Vec<_> = workbook.sheets_metadata().iter().filter(|s| s.typ == SheetType::WorkSheet).cloned().collect();
    let mut grids = Vec::with_capacity(sheets.len());
    let mut left = MAX_CELLS;
    for sheet in sheets {
        let extras = match parts.get(&sheet.name) {
            Some(path) => {
                package.part(path).map_err(|r| problems::refused(file, &r))?.map(|xml| sheet_xml::extras(&xml))
            }
            None => None,
        };
        let extras = extras.unwrap_or_default();
        let cells = match cells(&mut workbook, &sheet.name, is_1904, &extras, &mut left) {
            Ok(cells) => cells,
            Err(Failed::Reader(e)) => return Err(damaged(e)),
            Err(Failed::TooMany) => {
                return Err(problems::too_large(file, &too_many()));
            }
            Err(Failed::Beyond) => {
                return Err(problems::damaged(file, &format!("{}: a cell lies beyond XFD1048576", sheet.name)));
            }
        };
        let visibility = if sheet.visible == SheetVisible::Visible { Visibility::Visible } else { Visibility::Hidden };
        let mut grid = Grid::new(&sheet.name, visibility, cells);
        grid.merges = extras.merges;
        grid.hidden_rows = extras.hidden_rows;
        grid.hidden_cols = extras.hidden_cols;
        grids.push(grid);
    }
    Ok(Sheets { grids, list: returned::list(workbook.defined_names()) })
}

/// The table of shared strings is allocated by its declared count: one that cannot be true would end the process.
fn check_shared_strings(package: &mut Package<'_>) -> Result<(), Refused> {
    let tables = package.names().into_iter().filter(|n| n.to_ascii_lowercase().ends_with("sharedstrings.xml"));
    for name in tables.collect::<Vec<_>>() {
        let Some(bytes) = package.part(&name)? else { continue };
        // The shortest shared string, <si/>, takes five bytes.
        let possible = bytes.len() as u64 / 5 + 1;
        match package::first_element(&bytes, "sst").and_then(|mut sst| sst.remove("uniqueCount")).map(|n| n.parse()) {
            Some(Ok(count)) if count > possible => {
                return Err(Refused::TooLarge(format!("{count} shared strings declared, {possible} possible")));
            }
            Some(Err::<u64, _>(_)) => {
                return Err(Refused::Damaged("the count of shared strings is no number".into()));
            }
            _ => {}
        }
    }
    Ok(())
}

enum Failed {
    Reader(XlsxError),
    TooMany,
    Beyond,
}

fn cells(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    sheet: &str,
    is_1904: bool,
    extras: &SheetExtras,
    left: &mut usize,
) -> Result<Vec<GridCell>, Failed> {
    let mut reader = workbook.worksheet_cells_reader(sheet).map_err(Failed::Reader)?;
    let looks: Vec<Look> = reader.styles().iter().map(Look::of).collect();
    let mut cells = Vec::new();
    while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(Failed::Reader)? {
        let (row, col) = cell.get_position();
        if row >= MAX_ROWS || col >= MAX_COLS {
            return Err(Failed::Beyond);
        }
        let at = CellRef::new(row, col);
        let value = value_of(cell.get_value().clone(), is_1904);
        let unanswered = value.is_none() && extras.unanswered.contains(&at);
        let Some(value) = value.or(unanswered.then_some(Value::NoStoredValue)) else { continue };
        let look = looks.get(style).copied().unwrap_or(Look { percent: false, font: Font::Unknown });
        cells.push(GridCell { at, value, percent: Some(look.percent), font: look.font });
        *left = left.checked_sub(1).ok_or(Failed::TooMany)?;
    }
    Ok(cells)
}

/// What is kept of a cell format.
#[derive(Clone, Copy)]
struct Look {
    percent: bool,
    font: Font,
}

impl Look {
    fn of(style: &Style) -> Self {
        let percent = style.number_format.as_ref().is_some_and(|f| is_percent_format(&f.format_code));
        let font = style.font.as_ref().and_then(|f| f.name.as_deref()).map_or(Font::Unknown, Font::of_name);
        Look { percent, font }
    }
}

/// Whether a number format shows percentages: a percent sign outside quotes and not escaped.
pub(super) fn is_percent_format(code: &str) -> bool {
    let mut quoted = false;
    let mut escaped = false;
    code.chars().any(|c| {
        if std::mem::take(&mut escaped) {
            return false;
        }
        match c {
            '"' => quoted = !quoted,
            '\\' => escaped = true,
            '%' => return !quoted,
            _ => {}
        }
        false
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quoted_percent_sign_is_text() {
        assert!(is_percent_format("0.0%"));
        assert!(is_percent_format("0.00%;[Red]-0.00%"));
        assert!(!is_percent_format("0\"%\""));
        assert!(!is_percent_format("0\\%"));
        assert!(!is_percent_format("General"));
    }
}
