//! What sentences tell of the items they list.

/// A verdict, or that there is none yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    Met,
    NotMet,
    /// "chưa thẩm định", "chưa đánh giá": not reported, which is not the same as not met.
    NotJudged,
}
