//! A closed month on record: what was known, by which rules, and what was told, so that it can be looked at years later.
//!
//! *Takes* and *gives* plain values and their text: a [`Record`] or a [`Reopening`] as TOML that a person can read, the
//! figures as lines of JSON. Each text is sealed by its own hash. *Never* touches the disk, and never changes a record
//! that was made: what comes later is a record of its own beside it.

mod figures;
mod record;

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

use crate::model::Period;

pub use figures::{figures_of, text_of};
pub use record::{Sealed, Unreadable, record_of, record_text, reopening_of, reopening_text};

/// The version of what a record holds.
pub const SCHEMA_VERSION: u32 = 1;

/// A month as it was closed, or what was told of it later: inputs, rules and papers by their hashes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// [`SCHEMA_VERSION`].
    pub schema: u32,
    /// The month.
    pub period: Period,
    /// Which closing of the month, or which supplement of a closing, from 1.
    pub number: usize,
    /// When it was made.
    pub at: DateTime,
    /// The program with its version.
    pub program: String,
    /// Errors that stood in the month.
    pub errors: usize,
    /// Communes of which no report had come, by code and name.
    pub missing: Vec<String>,
    /// Hash of the figures kept beside the record.
    pub figures: String,
    /// The papers kept beside the record.
    pub papers: Vec<Named>,
    /// The settings, answers and templates that were used.
    pub rules: Vec<Named>,
    /// The files that were received for the month, and earlier ones that stood in.
    pub inputs: Vec<Original>,
}

/// A file by its name and hash.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// Its name, or its path with slashes.
    pub name: String,
    /// Its hash.
    pub sha256: String,
}

/// A commune's file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Original {
    /// Its name as received.
    pub file: String,
    /// Its hash.
    pub sha256: String,
    /// When it was received.
    pub received_at: DateTime,
    /// Its path below the archive.
    pub archive: String,
}

/// A closed month made open again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reopening {
    /// [`SCHEMA_VERSION`].
    pub schema: u32,
    /// The month.
    pub period: Period,
    /// Which of its closings is opened.
    pub number: usize,
    /// When.
    pub at: DateTime,
    /// Why, in the words of whoever did it.
    pub reason: String,
}
