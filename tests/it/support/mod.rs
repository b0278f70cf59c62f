//! What tests stand on: workbooks made from nothing, communes' reports as such workbooks, the sample workspace.

pub(crate) mod binh_luc;
pub(crate) mod bulk;
pub(crate) mod figures;
pub(crate) mod reports;
pub(crate) mod sets;
pub(crate) mod spelling;
pub(crate) mod workbook;
