//! What tests stand on: workbooks made from nothing, communes' reports as such workbooks, workspaces to run.

pub(crate) mod binh_luc;
pub(crate) mod bulk;
pub(crate) mod desk;
pub(crate) mod figures;
pub(crate) mod filled;
pub(crate) mod grids;
pub(crate) mod half_year;
pub(crate) mod host;
pub(crate) mod made;
pub(crate) mod meddling;
pub(crate) mod mended;
pub(crate) mod office;
pub(crate) mod papers;
pub(crate) mod reports;
pub(crate) mod returned_plans;
pub(crate) mod sent;
pub(crate) mod sets;
pub(crate) mod spelling;
pub(crate) mod story;
pub(crate) mod truth;
pub(crate) mod workbook;
