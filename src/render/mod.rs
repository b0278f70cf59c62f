//! The report to bytes: workbook and paper; and communes' own workbooks with their problems marked; and the workbook of plans.

pub mod form;
pub mod pdf;
pub mod plans;
pub mod returned;
pub mod xlsx;
