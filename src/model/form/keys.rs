//! What stands in the hidden column and the hidden row of a form: which item a row is, and what a column is for.
//!
//! They move with their rows and columns when these are moved, sorted, inserted or deleted, and no program takes them
//! for numbers or dates, as it may `2.1`.

use std::fmt;

use crate::model::ItemCode;

/// Before every key, so that nothing that people type is taken for one.
const PREFIX: &str = "ntm:";

/// What a row of a form is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKey {
    /// The line that names the commune and the month.
    Title,
    /// The hidden row of column keys.
    Columns,
    /// A criterion whose verdict a formula draws from its indicators.
    Criterion(ItemCode),
    /// An indicator below a criterion.
    Indicator(ItemCode),
    /// A criterion that is answered itself: it has one indicator, or its indicators are not known.
    Single(ItemCode),
    /// A total, by formula.
    Total,
}

impl RowKey {
    /// The letter of the rows of a criterion, by which formulas count them.
    pub const CRITERION: char = 'T';
    /// The letter of indicators below a criterion.
    pub const INDICATOR: char = 'C';
    /// The letter of criteria that are answered themselves.
    pub const SINGLE: char = 'S';

    /// What all keys of a letter begin with.
    #[must_use]
    pub fn start(letter: char) -> String {
        format!("{PREFIX}{letter}")
    }

    /// The pattern of all keys of a letter, as formulas take it.
    #[must_use]
    pub fn pattern(letter: char) -> String {
        format!("{}*", RowKey::start(letter))
    }

    /// The key that a cell holds.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let key = text.trim().strip_prefix(PREFIX)?;
        match key {
            "title" => return Some(RowKey::Title),
            "columns" => return Some(RowKey::Columns),
            "total" => return Some(RowKey::Total),
            _ => {}
        }
        let letter = key.chars().next()?;
        let code: ItemCode = key[letter.len_utf8()..].parse().ok()?;
        match letter {
            RowKey::CRITERION => Some(RowKey::Criterion(code)),
            RowKey::INDICATOR => Some(RowKey::Indicator(code)),
            RowKey::SINGLE => Some(RowKey::Single(code)),
            _ => None,
        }
    }

    /// The item that a row asks for.
    #[must_use]
    pub fn asked(self) -> Option<ItemCode> {
        match self {
            RowKey::Indicator(code) | RowKey::Single(code) => Some(code),
            RowKey::Title | RowKey::Columns | RowKey::Criterion(_) | RowKey::Total => None,
        }
    }
}

impl fmt::Display for RowKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(PREFIX)?;
        match self {
            RowKey::Title => f.write_str("title"),
            RowKey::Columns => f.write_str("columns"),
            RowKey::Total => f.write_str("total"),
            RowKey::Criterion(code) => write!(f, "{}{code}", RowKey::CRITERION),
            RowKey::Indicator(code) => write!(f, "{}{code}", RowKey::INDICATOR),
            RowKey::Single(code) => write!(f, "{}{code}", RowKey::SINGLE),
        }
    }
}

/// A column of a form, behind the hidden one of row keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FormColumn {
    /// The item's code.
    Code,
    /// Its wording.
    Name,
    /// The unit of its value.
    Unit,
    /// The verdict reported before, greyed.
    BeforeVerdict,
    /// The value reported before, greyed.
    BeforeValue,
    /// The plan reported before, greyed.
    BeforePlan,
    /// The verdict asked for.
    Verdict,
    /// The value asked for.
    Value,
    /// The person or office asked for.
    Owner,
    /// The task asked for.
    Task,
    /// The day asked for.
    Due,
    /// Room for a remark.
    Note,
}

impl FormColumn {
    /// All of them, from the left.
    pub const ALL: [FormColumn; 12] = [
        FormColumn::Code,
        FormColumn::Name,
        FormColumn::Unit,
        FormColumn::BeforeVerdict,
        FormColumn::BeforeValue,
        FormColumn::BeforePlan,
        FormColumn::Verdict,
        FormColumn::Value,
        FormColumn::Owner,
        FormColumn::Task,
        FormColumn::Due,
        FormColumn::Note,
    ];

    /// Its key.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            FormColumn::Code => "ntm:code",
            FormColumn::Name => "ntm:name",
            FormColumn::Unit => "ntm:unit",
            FormColumn::BeforeVerdict => "ntm:before-verdict",
            FormColumn::BeforeValue => "ntm:before-value",
            FormColumn::BeforePlan => "ntm:before-plan",
            FormColumn::Verdict => "ntm:verdict",
            FormColumn::Value => "ntm:value",
            FormColumn::Owner => "ntm:owner",
            FormColumn::Task => "ntm:task",
            FormColumn::Due => "ntm:due",
            FormColumn::Note => "ntm:note",
        }
    }

    /// The column whose key a cell holds.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        FormColumn::ALL.into_iter().find(|column| column.key() == text.trim())
    }

    /// Whether the commune writes in it.
    #[must_use]
    pub fn is_answer(self) -> bool {
        self >= FormColumn::Verdict
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_survive_being_written_and_read() {
        let code = ItemCode::indicator(17, 10);
        for key in [
            RowKey::Title,
            RowKey::Columns,
            RowKey::Total,
            RowKey::Criterion(ItemCode::criterion(17)),
            RowKey::Indicator(code),
            RowKey::Single(ItemCode::criterion(11)),
        ] {
            assert_eq!(RowKey::parse(&key.to_string()), Some(key));
        }
        assert_eq!(RowKey::parse("ntm:C17.010"), None);
        assert_eq!(RowKey::parse("17.10"), None);
        for column in FormColumn::ALL {
            assert_eq!(FormColumn::parse(column.key()), Some(column));
        }
    }
}
