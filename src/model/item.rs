//! The code of a criterion or an indicator.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// `"17"` is criterion 17, `"17.10"` its tenth indicator: text outside, two whole numbers inside, never a float.
///
/// A criterion with a single indicator has one item only, its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct ItemCode {
    criterion: u16,
    /// Zero: the criterion itself.
    indicator: u16,
}

impl ItemCode {
    /// The item of a whole criterion.
    #[must_use]
    pub fn criterion(criterion: u16) -> Self {
        ItemCode { criterion, indicator: 0 }
    }

    /// The item of an indicator; `indicator` counts from one.
    #[must_use]
    pub fn indicator(criterion: u16, indicator: u16) -> Self {
        ItemCode { criterion, indicator }
    }

    /// The number of the criterion it is or belongs to.
    #[must_use]
    pub fn criterion_number(self) -> u16 {
        self.criterion
    }

    /// The number of the indicator inside its criterion.
    #[must_use]
    pub fn indicator_number(self) -> Option<u16> {
        (self.indicator > 0).then_some(self.indicator)
    }
}

impl fmt::Display for ItemCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.indicator_number() {
            None => write!(f, "{}", self.criterion),
            Some(indicator) => write!(f, "{}.{indicator}", self.criterion),
        }
    }
}

/// The text is not the code of an item in its canonical form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no item code; expected a number such as \"17\" or \"17.10\"")]
pub struct NoItemCode(pub String);

impl FromStr for ItemCode {
    type Err = NoItemCode;

    fn from_str(text: &str) -> Result<Self, NoItemCode> {
        let number = |part: &str| -> Option<u16> {
            let canonical = !part.starts_with('0') && part.bytes().all(|b| b.is_ascii_digit());
            canonical.then(|| part.parse().ok()).flatten()
        };
        let code = match text.split_once('.') {
            None => number(text).map(ItemCode::criterion),
            Some((criterion, indicator)) => {
                number(criterion).zip(number(indicator)).map(|(c, i)| ItemCode::indicator(c, i))
            }
        };
        code.ok_or_else(|| NoItemCode(text.to_owned()))
    }
}

impl From<ItemCode> for String {
    fn from(code: ItemCode) -> Self {
        code.to_string()
    }
}

impl TryFrom<String> for ItemCode {
    type Error = NoItemCode;

    fn try_from(text: String) -> Result<Self, NoItemCode> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_text_ordered_by_their_numbers() {
        let mut codes: Vec<ItemCode> =
            ["17.10", "2", "17.2", "17", "17.1"].iter().map(|c| c.parse().unwrap()).collect();
        codes.sort();
        let printed: Vec<String> = codes.iter().map(ToString::to_string).collect();
        assert_eq!(printed, ["2", "17", "17.1", "17.2", "17.10"]);
    }

    #[test]
    fn only_the_canonical_form_is_a_code() {
        for wrong in ["", "17.", ".1", "17.0", "017", "17,1", "1.2.3", "a", "17.01", "+1"] {
            assert!(wrong.parse::<ItemCode>().is_err(), "{wrong}");
        }
    }
}
