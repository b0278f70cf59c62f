//! Workbook bytes to grids.
