//! How a table is set: the size of its text, the columns that stand on one page, the way its labels lie.

use std::collections::HashSet;

use crate::model::report::{Column, Row, Table, TableStyle};

use super::columns::{self, Need};
use super::fonts::Face;
use super::style::{Frame, Setting};
use super::table::{PADDING, face, spans};
use super::text::{cleaned, longest_word, plain_lines};

/// The length at size 1 up to which a text is taken for a name or a date, some 18 letters, and kept on one line.
const NAME: f32 = 8.0;
/// The part of its wanted width in which a table of text still reads well.
const DENSITY: f32 = 0.85;
/// Room for the title above a matrix and the notes below it.
const AROUND_MATRIX: f32 = 136.0;
/// How long a turned label may be.
pub(super) const TURNED_LENGTH: f32 = 96.0;

/// How a table is set.
#[derive(Debug)]
pub(super) struct Plan {
    pub setting: Setting,
    pub labels: Labels,
    /// What each column asks for.
    pub needs: Vec<Need>,
    /// The columns of each part.
    pub parts: Vec<Vec<usize>>,
}

/// How the labels of a matrix's columns lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Labels {
    Level,
    /// Read from below, so that columns of marks can be narrower than the names above them.
    Turned,
}

/// The fewest parts; among those one in which the table is as wide or as high as wished; among those level labels, then
/// the largest size.
pub(super) fn plan(table: &Table, texts: &[Vec<String>], frame: Frame) -> Plan {
    let width = frame.text_width();
    let sizes: &[f32] = match table.style {
        TableStyle::Text => &[11.0, 10.5, 10.0, 9.5, 9.0],
        TableStyle::Matrix => &[10.5, 10.0, 9.5, 9.0, 8.5, 8.0],
    };
    let ways: &[Labels] = match table.style {
        TableStyle::Text => &[Labels::Level],
        TableStyle::Matrix => &[Labels::Level, Labels::Turned],
    };
    let lengths: Vec<Lengths> = (0..table.columns.len()).map(|column| lengths_of(table, texts, column)).collect();
    let runs: Vec<usize> = table.columns.chunk_by(same_group).map(<[Column]>::len).collect();
    let plans = ways.iter().flat_map(|&labels| sizes.iter().map(move |&size| (labels, size))).map(|(labels, size)| {
        let setting = Setting { size, leading: (size * 2.4).round() / 2.0 };
        let needs = needs(table, &lengths, setting, labels, width);
        let parts = columns::parts(&needs, &runs, table.key_columns, width);
        Plan { setting, labels, needs, parts }
    });
    let plans: Vec<Plan> = plans.collect();
    let fewest = plans.iter().map(|plan| plan.parts.len()).min().expect("there are sizes");
    let mut plans: Vec<Plan> = plans.into_iter().filter(|plan| plan.parts.len() == fewest).collect();
    let chosen = plans.iter().position(|plan| plan.is_roomy(table, frame)).unwrap_or(match table.style {
        // Too much text is read best in few lines; a matrix that goes on over pages need not be small.
        TableStyle::Text => plans.len() - 1,
        TableStyle::Matrix => 0,
    });
    plans.swap_remove(chosen)
}

impl Plan {
    /// Whether a table of text has the width that its columns want, and a matrix stands on one page with its title and
    /// its notes.
    fn is_roomy(&self, table: &Table, frame: Frame) -> bool {
        match table.style {
            TableStyle::Text => {
                let wanted: f32 = self.needs.iter().map(|need| need.want.max(need.least)).sum();
                wanted * DENSITY <= frame.text_width()
            }
            TableStyle::Matrix => {
                let row = self.setting.leading + 2.0 * PADDING.1;
                // The header is counted as four rows.
                (table.rows.len() + 4) as f32 * row + AROUND_MATRIX <= frame.text_height()
            }
        }
    }
}

/// Whether two neighbours stand under one group heading.
pub(super) fn same_group(left: &Column, right: &Column) -> bool {
    left.group.is_some() && left.group == right.group
}

/// Lengths of a column's texts at size 1.
struct Lengths {
    /// Of the longest word of its label.
    label: f32,
    /// Of the longest word of its cells.
    word: f32,
    /// Of the longest cell on one line.
    cell: f32,
}

fn lengths_of(table: &Table, texts: &[Vec<String>], column: usize) -> Lengths {
    // Measured large and scaled down: widths are rounded.
    let word = |text: &str, face| longest_word(text, face, 100.0) / 100.0;
    let mut lengths = Lengths { label: word(&table.columns[column].label, Face::Bold), word: 0.0, cell: 0.0 };
    let rows = table.rows.iter().zip(texts).filter(|(row, _): &(&Row, _)| !spans(row));
    // Marks, units and names come again in most rows, and measure the same.
    let mut measured: HashSet<(&str, Face)> = HashSet::new();
    for (row, texts) in rows {
        let (Some(cell), Some(text)) = (row.cells.get(column), texts.get(column)) else { continue };
        let face = face(table.style, row.kind, cell.tone);
        if !measured.insert((text, face)) {
            continue;
        }
        lengths.word = lengths.word.max(word(text, face));
        lengths.cell = lengths.cell.max(face.width(&cleaned(text, face), 1.0));
    }
    lengths
}

/// What the columns ask for in a setting.
fn needs(table: &Table, lengths: &[Lengths], setting: Setting, labels: Labels, width: f32) -> Vec<Need> {
    let (size, padding) = (setting.size, 2.0 * PADDING.0 + 0.1);
    // A text column may cut a word (an address, a file's name) rather than take the page for itself.
    let most = if table.style == TableStyle::Text { width * 0.3 } else { width * 0.5 };
    let need = |(index, (column, lengths)): (usize, (&Column, &Lengths))| {
        let label = if is_turned(labels, table, index) {
            plain_lines(&column.label, Face::Bold, size, TURNED_LENGTH).len() as f32 * setting.leading - PADDING.0
        } else {
            lengths.label * size
        };
        let want = (column.width * size * 0.5 + padding).max(1.0);
        let least = (lengths.word * size).max(label).min(most - padding) + padding;
        let cell = lengths.cell * size + padding;
        let is_name = cell <= want * 1.4 && lengths.cell <= NAME;
        Need { want, least, snug: if is_name { cell.max(least) } else { least } }
    };
    let mut needs: Vec<Need> = table.columns.iter().zip(lengths).enumerate().map(need).collect();
    widen_for_groups(&table.columns.iter().collect::<Vec<_>>(), &mut needs, size);
    needs
}

/// Whether a column's label is turned: the names of the keys stay level.
pub(super) fn is_turned(labels: Labels, table: &Table, column: usize) -> bool {
    labels == Labels::Turned && column >= table.key_columns
}

/// Columns under one group heading are together at least as wide as its longest word.
pub(super) fn widen_for_groups(columns: &[&Column], needs: &mut [Need], size: f32) {
    let mut from = 0;
    for run in columns.chunk_by(|left, right| same_group(left, right)) {
        let needs = &mut needs[from..from + run.len()];
        from += run.len();
        let Some(group) = &run[0].group else { continue };
        let missing = longest_word(group, Face::Bold, size) + 2.0 * PADDING.0 + 0.1
            - needs.iter().map(|need| need.least).sum::<f32>();
        for need in needs {
            need.least += missing.max(0.0) / run.len() as f32;
            need.snug = need.snug.max(need.least);
        }
    }
}
