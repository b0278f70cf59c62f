//! The few formulas communes' reports hold, as text of Excel and OpenDocument and as tokens of BIFF8 and BIFF12.

use super::{Area, cell_name};

/// A formula as a tree.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Formula {
    Number(f64),
    Text(&'static str),
    /// A cell of the same sheet.
    Cell(u32, u16),
    /// `COUNTIF(area,"text")`
    CountIf(Area, String),
    /// `left/right`
    Divide(Box<Formula>, Box<Formula>),
    /// `left&right`
    Join(Box<Formula>, Box<Formula>),
}

/// Which binary form tokens take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Biff {
    Eight,
    Twelve,
}

impl Formula {
    /// `left/right`
    pub(crate) fn divide(left: Formula, right: Formula) -> Formula {
        Formula::Divide(Box::new(left), Box::new(right))
    }

    /// `left&right`
    pub(crate) fn join(left: Formula, right: Formula) -> Formula {
        Formula::Join(Box::new(left), Box::new(right))
    }

    /// As Excel's formula bar shows it, without the equals sign.
    pub(super) fn excel(&self) -> String {
        match self {
            Formula::Number(number) => number.to_string(),
            Formula::Text(text) => format!("\"{text}\""),
            Formula::Cell(row, column) => cell_name(*row, *column),
            Formula::CountIf(area, text) => format!(
                "COUNTIF({}:{},\"{text}\")",
                cell_name(area.first.0, area.first.1),
                cell_name(area.last.0, area.last.1)
            ),
            Formula::Divide(left, right) => format!("{}/{}", left.excel(), right.excel()),
            Formula::Join(left, right) => format!("{}&{}", left.excel(), right.excel()),
        }
    }

    /// As `table:formula` holds it, with its prefix.
    pub(super) fn open_document(&self) -> String {
        format!("of:={}", self.open_formula())
    }

    fn open_formula(&self) -> String {
        match self {
            Formula::Number(_) | Formula::Text(_) => self.excel(),
            Formula::Cell(row, column) => format!("[.{}]", cell_name(*row, *column)),
            Formula::CountIf(area, text) => format!(
                "COUNTIF([.{}:.{}];\"{text}\")",
                cell_name(area.first.0, area.first.1),
                cell_name(area.last.0, area.last.1)
            ),
            Formula::Divide(left, right) => format!("{}/{}", left.open_formula(), right.open_formula()),
            Formula::Join(left, right) => format!("{}&{}", left.open_formula(), right.open_formula()),
        }
    }

    /// As parsed expression (`rgce`) of a binary workbook.
    pub(super) fn tokens(&self, biff: Biff) -> Vec<u8> {
        let mut out = Vec::new();
        self.push_tokens(biff, &mut out);
        out
    }

    fn push_tokens(&self, biff: Biff, out: &mut Vec<u8>) {
        match self {
            Formula::Number(number) => {
                out.push(0x1F);
                out.extend(number.to_le_bytes());
            }
            Formula::Text(text) => push_text(text, biff, out),
            Formula::Cell(row, column) => {
                out.push(0x44);
                push_row(*row, biff, out);
                push_relative_column(*column, out);
            }
            Formula::CountIf(area, text) => {
                out.push(0x25);
                push_row(area.first.0, biff, out);
                push_row(area.last.0, biff, out);
                push_relative_column(area.first.1, out);
                push_relative_column(area.last.1, out);
                push_text(text, biff, out);
                // A function of fixed arity that gives a value; 346 is COUNTIF.
                out.push(0x41);
                out.extend(346_u16.to_le_bytes());
            }
            Formula::Divide(left, right) => push_operator(left, right, 0x06, biff, out),
            Formula::Join(left, right) => push_operator(left, right, 0x08, biff, out),
        }
    }
}

fn push_operator(left: &Formula, right: &Formula, operator: u8, biff: Biff, out: &mut Vec<u8>) {
    left.push_tokens(biff, out);
    right.push_tokens(biff, out);
    out.push(operator);
}

fn push_row(row: u32, biff: Biff, out: &mut Vec<u8>) {
    match biff {
        Biff::Eight => out.extend((row as u16).to_le_bytes()),
        Biff::Twelve => out.extend(row.to_le_bytes()),
    }
}

/// Both relative bits are set: the formula has no dollar signs.
fn push_relative_column(column: u16, out: &mut Vec<u8>) {
    out.extend((column | 0xC000).to_le_bytes());
}

fn push_text(text: &str, biff: Biff, out: &mut Vec<u8>) {
    let units: Vec<u16> = text.encode_utf16().collect();
    out.push(0x17);
    match biff {
        Biff::Eight => out.extend([units.len() as u8, 1]),
        Biff::Twelve => out.extend((units.len() as u16).to_le_bytes()),
    }
    out.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
}
