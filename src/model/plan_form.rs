//! The workbook of plans that communes and offices fill in: every word decided, and what it is known by when it comes
//! back. `compose` makes it, `render` draws it, `recognise` reads it by its [`PlanMark`] and keys, never by its words.

use std::fmt;

use super::{CommuneCode, ItemCode, Lang, Period, SetId, mark};

/// What every mark of this version begins with. A workbook laid out otherwise gets another number.
const VERSION: &str = "NTM-KH1";

/// Before every key, so that nothing that people type is taken for one.
const PREFIX: &str = "ntm:";

/// The workbook.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanForm {
    /// The language of its words.
    pub lang: Lang,
    /// The month whose unmet items it lists.
    pub period: Period,
    /// Over the table, and in the document's properties.
    pub title: String,
    /// Who asks: the document's author.
    pub author: String,
    /// The name of the sheet.
    pub sheet_name: String,
    /// The words around the mark, the mark among them.
    pub mark_text: String,
    /// How it is filled in, one line each.
    pub steps: Vec<String>,
    /// The headings, in the order of [`PlanColumn::ALL`].
    pub headings: [String; PlanColumn::ALL.len()],
    /// What is refused as a day, and why.
    pub no_day: String,
    /// At the foot of each printed page.
    pub footer: String,
    /// One for each commune and item.
    pub rows: Vec<PlanRow>,
}

/// One item of one commune.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanRow {
    /// What it is known by.
    pub key: PlanKey,
    /// The texts of the columns that are given, in the order of [`PlanColumn::ALL`].
    pub given: [String; GIVEN],
    /// Whether the day of the plan that stands has passed.
    pub overdue: bool,
}

/// How many columns are given; the others are asked for.
pub const GIVEN: usize = 7;

/// A column, behind the hidden one of row keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PlanColumn {
    /// The commune.
    Commune,
    /// The set.
    Set,
    /// The item's code.
    Code,
    /// Its wording.
    Name,
    /// The offices in charge.
    Office,
    /// Since when it is not met.
    Since,
    /// The plan that stands.
    Standing,
    /// The person or office asked for.
    Owner,
    /// The task asked for.
    Task,
    /// The day asked for.
    Due,
}

impl PlanColumn {
    /// All of them, from the left.
    pub const ALL: [PlanColumn; 10] = [
        PlanColumn::Commune,
        PlanColumn::Set,
        PlanColumn::Code,
        PlanColumn::Name,
        PlanColumn::Office,
        PlanColumn::Since,
        PlanColumn::Standing,
        PlanColumn::Owner,
        PlanColumn::Task,
        PlanColumn::Due,
    ];

    /// Those that are filled in.
    pub const ASKED: [PlanColumn; 3] = [PlanColumn::Owner, PlanColumn::Task, PlanColumn::Due];

    /// The key in the hidden row, of columns that are asked for.
    #[must_use]
    pub fn key(self) -> Option<&'static str> {
        match self {
            PlanColumn::Owner => Some("ntm:owner"),
            PlanColumn::Task => Some("ntm:task"),
            PlanColumn::Due => Some("ntm:due"),
            _ => None,
        }
    }

    /// The column whose key a cell holds.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        PlanColumn::ASKED.into_iter().find(|column| column.key() == Some(text.trim()))
    }
}

/// Which item of which commune a row is: `ntm:13546/ntm-2021-2025/15.4`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanKey {
    /// The commune.
    pub commune: CommuneCode,
    /// The set.
    pub set: SetId,
    /// The item.
    pub item: ItemCode,
}

impl PlanKey {
    /// The key that a cell holds.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.trim().strip_prefix(PREFIX)?.split('/').collect();
        let [commune, set, item] = parts.as_slice() else { return None };
        Some(PlanKey { commune: CommuneCode((*commune).into()), set: SetId::from(*set), item: item.parse().ok()? })
    }
}

impl fmt::Display for PlanKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{PREFIX}{}/{}/{}", self.commune.0, self.set, self.item)
    }
}

/// The month a workbook of plans was made for, as it stands on its sheet: `NTM-KH1/2023-04/A3F0`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlanMark(pub Period);

impl PlanMark {
    /// The mark in a text; `Err` for one that is not whole or of another version, `None` where there is none.
    #[must_use]
    pub fn find(text: &str) -> Option<Result<Self, ()>> {
        // Every cell of every file is asked.
        if !text.as_bytes().contains(&b'/') {
            return None;
        }
        let word = text.split_whitespace().find(|word| word.starts_with("NTM-KH") && word.contains('/'))?;
        Some(mark::said(word, VERSION).and_then(|month| month.parse().ok()).map(PlanMark).ok_or(()))
    }
}

impl fmt::Display for PlanMark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&mark::written(VERSION, &self.0.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_keys_survive_being_written_and_read() {
        let mark = PlanMark("2023-04".parse().unwrap());
        assert_eq!(PlanMark::find(&format!("Mã biểu: {mark} (không sửa)")), Some(Ok(mark)));
        let key = PlanKey {
            commune: CommuneCode("13546".into()),
            set: SetId::from("ntm-2021-2025"),
            item: ItemCode::indicator(17, 10),
        };
        assert_eq!(PlanKey::parse(&key.to_string()), Some(key));
        assert_eq!(PlanKey::parse("13546/ntm-2021-2025/17.10"), None);
        assert_eq!(PlanColumn::parse("ntm:due "), Some(PlanColumn::Due));
    }

    #[test]
    fn a_mark_that_was_typed_over_does_not_count() {
        let other = PlanMark("2023-04".parse().unwrap()).to_string().replace("2023-04", "2023-05");
        assert_eq!(PlanMark::find(&other), Some(Err(())));
        assert_eq!(PlanMark::find("NTM-KH7/2023-04/0000"), Some(Err(())));
        assert_eq!(PlanMark::find("Biểu NTM tháng 4/2023"), None);
    }
}
