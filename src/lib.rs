//! Communes' monthly NTM reports in, one checked workbook and one paper out.

pub mod assess;
pub mod catalogue;
pub mod compose;
pub mod diag;
pub mod error;
pub mod host;
pub mod init;
pub mod model;
pub mod normalise;
pub mod pipeline;
pub mod publish;
pub mod read;
pub mod recognise;
pub mod render;
pub mod settings;
pub mod show;
pub mod store;
pub mod text;
