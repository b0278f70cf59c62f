//! The schemas of all frames: column names and types stand here and nowhere else.
//!
//! Each schema is a list of `(name, type)` in the order of the columns. Stored frames carry [`SCHEMA_VERSION`] in
//! their Parquet metadata; a change of a name or a type raises it.

use polars::prelude::{DataType, Schema, TimeUnit};

/// The version of the stored schemas.
pub const SCHEMA_VERSION: u32 = 2;

/// Moments are stored in milliseconds of local time (+07:00), without a zone.
pub const MOMENT: DataType = DataType::Datetime(TimeUnit::Milliseconds, None);

/// The stored observations, all versions: one row an item of a submission.
///
/// | column | type | meaning |
/// |---|---|---|
/// | `set` | str | criteria set id (hive key) |
/// | `period` | str | month, `2023-04` (hive key) |
/// | `commune` | str | commune code |
/// | `assessor` | str | `commune`, `district`, or `plan` for rows of a plan form, which state no verdict |
/// | `item` | str | item code, `2.1` |
/// | `criterion`, `indicator` | u32 | the numbers of the code, indicator 0 for a whole criterion: what rows are sorted by |
/// | `verdict` | str, null | `met`, `not_met`, `not_applicable`; null where nothing is stated or it is in doubt |
/// | `value` | f64, null | in `unit` |
/// | `unit` | str, null | |
/// | `text` | str, null | the value as written |
/// | `verdict_text` | str, null | the verdict as written |
/// | `note` | str, null | |
/// | `owner`, `task` | str, null | plan: person or office, what to do |
/// | `due` | date, null | plan: by when |
/// | `sheet` | str | sheet name |
/// | `cell` | str | cell of the verdict, or of the code where there is none |
/// | `value_cell` | str, null | cell of the value |
/// | `file` | str | name as received |
/// | `sha256` | str | of the file |
/// | `received_at` | datetime | when it was received |
/// | `current` | bool | whether this version counts |
pub const OBSERVATIONS: &[(&str, DataType)] = &[
    ("set", DataType::String),
    ("period", DataType::String),
    ("commune", DataType::String),
    ("assessor", DataType::String),
    ("item", DataType::String),
    ("criterion", DataType::UInt32),
    ("indicator", DataType::UInt32),
    ("verdict", DataType::String),
    ("value", DataType::Float64),
    ("unit", DataType::String),
    ("text", DataType::String),
    ("verdict_text", DataType::String),
    ("note", DataType::String),
    ("owner", DataType::String),
    ("task", DataType::String),
    ("due", DataType::Date),
    ("sheet", DataType::String),
    ("cell", DataType::String),
    ("value_cell", DataType::String),
    ("file", DataType::String),
    ("sha256", DataType::String),
    ("received_at", MOMENT),
    ("current", DataType::Boolean),
];

/// The stored submissions, all versions: one row what one commune states for one set and month in one file.
///
/// `declared_*` are the totals the report itself states (null where it states none), `declared_cell` the cell of the
/// statement. `criteria_stated_met` and the like are not here: `assess` counts them from the observations.
/// `replaced_by` is the hash of the file that replaces this version.
pub const SUBMISSIONS: &[(&str, DataType)] = &[
    ("period", DataType::String),
    ("commune", DataType::String),
    ("set", DataType::String),
    ("assessor", DataType::String),
    ("sheet", DataType::String),
    ("layout", DataType::String),
    ("confidence", DataType::Float64),
    ("declared_criteria_met", DataType::UInt32),
    ("declared_criteria_total", DataType::UInt32),
    ("declared_indicators_met", DataType::UInt32),
    ("declared_indicators_total", DataType::UInt32),
    ("declared_cell", DataType::String),
    ("observations", DataType::UInt32),
    ("file", DataType::String),
    ("sha256", DataType::String),
    ("received_at", MOMENT),
    ("late", DataType::Boolean),
    ("current", DataType::Boolean),
    ("replaced_by", DataType::String),
];

/// The stored files: one row a file as received, readable or not.
///
/// `period` is the month under which it is filed: that of its first submission, else of its name, else of the day it
/// was received. `outcome` is `read`, `asked` (read, and a person was asked about it) or `set_aside`; `archive` its path
/// inside the archive folder. `mends` is the hash of the file of which it is the returned copy, mended.
pub const FILES: &[(&str, DataType)] = &[
    ("period", DataType::String),
    ("file", DataType::String),
    ("sha256", DataType::String),
    ("received_at", MOMENT),
    ("archive", DataType::String),
    ("outcome", DataType::String),
    ("submissions", DataType::UInt32),
    ("mends", DataType::String),
];

/// The stored diagnostics of files, submissions and items.
///
/// `scope` is `file`, `submission` or `item`; the messages and hints stand in both languages. `sheet` and `cells` are
/// null where they are not known; `commune`, `set` where the diagnostic is about a whole file.
pub const DIAGNOSTICS: &[(&str, DataType)] = &[
    ("period", DataType::String),
    ("file", DataType::String),
    ("sha256", DataType::String),
    ("commune", DataType::String),
    ("set", DataType::String),
    ("severity", DataType::String),
    ("code", DataType::String),
    ("scope", DataType::String),
    ("item", DataType::String),
    ("message_vi", DataType::String),
    ("message_en", DataType::String),
    ("hint_vi", DataType::String),
    ("hint_en", DataType::String),
    ("sheet", DataType::String),
    ("cells", DataType::String),
];

/// A polars schema of one of the lists above.
#[must_use]
pub fn schema(columns: &[(&str, DataType)]) -> Schema {
    columns.iter().map(|(name, dtype)| ((*name).into(), dtype.clone())).collect()
}
