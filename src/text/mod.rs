//! Vietnamese as clerks type it: forms of Unicode, legacy encodings, numbers, dates, Roman numerals.
//!
//! Small parsers without places: the caller, who knows the cell, adds it. No stage lives here; `recognise` and
//! `normalise` both read with these.

pub mod capitals;
pub mod date;
pub mod file_name;
pub mod fold;
pub mod legacy;
pub mod months;
pub mod number;
pub mod roman;
pub mod short;

pub use fold::{clean, fold, toned};
