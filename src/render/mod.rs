//! The report to bytes: workbook and paper.

pub mod pdf;
pub mod xlsx;
