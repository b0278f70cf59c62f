//! What a report says of an item.

use serde::{Deserialize, Serialize};

/// Met, not met or not applicable. Nothing stated is `Option::None`, and only that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Đạt.
    Met,
    /// Chưa đạt; "Cơ bản đạt" is this, with a warning.
    NotMet,
    /// Không áp dụng, không đánh giá, không xét.
    NotApplicable,
}

impl Verdict {
    /// The word of JSON and Parquet: `met`, `not_met`, `not_applicable`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Met => "met",
            Verdict::NotMet => "not_met",
            Verdict::NotApplicable => "not_applicable",
        }
    }

    /// The verdict of a word of JSON or Parquet.
    #[must_use]
    pub fn from_stored(word: &str) -> Option<Self> {
        [Verdict::Met, Verdict::NotMet, Verdict::NotApplicable].into_iter().find(|v| v.as_str() == word)
    }
}
