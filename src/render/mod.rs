//! The report to bytes: workbook and paper; and communes' own workbooks with their problems marked.

pub mod form;
pub mod pdf;
pub mod returned;
pub mod xlsx;
