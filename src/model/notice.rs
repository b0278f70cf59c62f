//! What goes back to a commune about one of its files: every word decided, each problem with the cells it is about.

use crate::diag::Severity;
use crate::model::CellRange;

/// The defined name, hidden, by which a returned copy knows its own first sheet whatever it is called by then.
pub const LIST_NAME: &str = "_ntm_can_sua";

/// The defined name, hidden, of the text that says of which file the copy is: its hash, a colon, and the seal.
pub const ORIGIN_NAME: &str = "_ntm_ban_goc";

/// The contents of the sheet «Cần sửa» and of the notes, to the last letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The hash of the file that was received.
    pub original: String,
    /// Who speaks in the notes: the receiving unit.
    pub author: String,
    /// The name of the first sheet.
    pub sheet_name: String,
    /// Over the list.
    pub title: String,
    /// Commune, month, file, when it was received: one line each.
    pub facts: Vec<String>,
    /// What the commune is asked to do with this file, one sentence each.
    pub instructions: Vec<String>,
    /// Behind the name of a sheet that is hidden: `(trang ẩn)`.
    pub hidden: String,
    /// The headings of the list's columns, in the order of [`Column::ALL`].
    pub headings: [String; 8],
    /// The problems, in the order of the sheets.
    pub lines: Vec<Line>,
    /// That there are more problems than the list holds.
    pub rest: Option<String>,
    /// At the foot of each printed page.
    pub footer: String,
}

/// One problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// How much it matters: what the cell is coloured by.
    pub severity: Severity,
    /// The same in a word.
    pub severity_word: String,
    /// The stable code, for those who ask back.
    pub code: String,
    /// The item it is about, as `NTM 2.1`; empty where it is about none.
    pub item: String,
    /// The sheet, where it is known.
    pub sheet: Option<String>,
    /// The cells, where they are known.
    pub cells: Option<CellRange>,
    /// What is wrong.
    pub message: String,
    /// What to do; empty where there is nothing to say.
    pub hint: String,
    /// What the report before said of the item; empty where it said nothing.
    pub before: String,
    /// The note on the cell, all of it; empty where the cell gets none.
    pub note: String,
}

/// A column of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// The problem's number.
    Number,
    /// How much it matters.
    Severity,
    /// The item.
    Item,
    /// The sheet.
    Sheet,
    /// The cell, as a link.
    Cell,
    /// What is wrong.
    Message,
    /// What to do.
    Hint,
    /// What the report before said.
    Before,
}

impl Column {
    /// All columns, from the left.
    pub const ALL: [Column; 8] = [
        Column::Number,
        Column::Severity,
        Column::Item,
        Column::Sheet,
        Column::Cell,
        Column::Message,
        Column::Hint,
        Column::Before,
    ];
}
