//! A small model of a workbook that can be written in each format communes send: xlsx, xlsm, xls, ods, xlsb.
//!
//! All writers are deterministic: the same model gives the same bytes.

mod formula;
mod ods;
pub(crate) mod package;
mod palette;
mod xls;
mod xlsb;
mod xlsx;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

pub(crate) use formula::Formula;

/// The formats communes send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileFormat {
    Xlsx,
    Xlsm,
    Xls,
    Ods,
    Xlsb,
}

impl FileFormat {
    /// Every format, for tests that go through all of them.
    pub(crate) const ALL: [FileFormat; 5] =
        [FileFormat::Xlsx, FileFormat::Xlsm, FileFormat::Xls, FileFormat::Ods, FileFormat::Xlsb];

    /// The extension of the file's name, without the dot.
    pub(crate) fn extension(self) -> &'static str {
        match self {
            FileFormat::Xlsx => "xlsx",
            FileFormat::Xlsm => "xlsm",
            FileFormat::Xls => "xls",
            FileFormat::Ods => "ods",
            FileFormat::Xlsb => "xlsb",
        }
    }
}

/// The workbook as bytes of a format.
pub(crate) fn write(workbook: &Workbook, format: FileFormat) -> Vec<u8> {
    match format {
        FileFormat::Xlsx => xlsx::write(workbook),
        FileFormat::Xlsm => xlsx::write_with_macro_type(workbook),
        FileFormat::Xls => xls::write(workbook),
        FileFormat::Ods => ods::write(workbook),
        FileFormat::Xlsb => xlsb::write(workbook),
    }
}

/// A package with the text of one member changed.
pub(crate) fn rewritten(package: &[u8], member: &str, change: impl FnOnce(&str) -> String) -> Vec<u8> {
    let mut members = package::unpack(package);
    let (_, content) = members.iter_mut().find(|(name, _)| name == member).expect("the package has such a member");
    *content = change(std::str::from_utf8(content).expect("the member is text")).into_bytes();
    let members: Vec<_> = members.iter().map(|(n, c)| (n.as_str(), package::Packing::Deflated, c.as_slice())).collect();
    package::pack(&members)
}

/// An xlsx whose formulas were never calculated, as openpyxl writes it: the element of the value is there and empty.
pub(crate) fn never_calculated(package: &[u8]) -> Vec<u8> {
    rewritten(package, "xl/worksheets/sheet1.xml", |xml| {
        assert!(xml.contains(" t=\"str\"><f>"), "a formula has an empty text for its value");
        xml.replace(" t=\"str\"><f>", "><f>")
    })
}

/// Sheets in their order.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Workbook {
    pub(crate) sheets: Vec<Sheet>,
}

/// One sheet; positions are zero-based (row, column).
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sheet {
    pub(crate) name: String,
    pub(crate) visibility: Visibility,
    pub(crate) cells: BTreeMap<(u32, u16), Cell>,
    pub(crate) merges: Vec<Area>,
    pub(crate) hidden_rows: BTreeSet<u32>,
    pub(crate) hidden_columns: BTreeSet<u16>,
    /// Widths in characters.
    pub(crate) widths: BTreeMap<u16, f64>,
    /// Heights in points, where the default does not do.
    pub(crate) heights: BTreeMap<u32, f64>,
}

/// Whether a sheet's tab is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Visibility {
    Shown,
    Hidden,
}

/// A rectangle of cells, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Area {
    pub(crate) first: (u32, u16),
    pub(crate) last: (u32, u16),
}

/// What a cell holds and how it looks.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Cell {
    pub(crate) value: Value,
    pub(crate) look: Look,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    /// Nothing but a look.
    Blank,
    Text(String),
    /// A number and how it is shown: percentages and dates are numbers.
    Number(f64, NumberFormat),
    Formula(Formula, Stored),
    Error(Fault),
    Bool(bool),
}

/// What Excel stored as a formula's result when it last calculated.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Stored {
    /// Never calculated.
    Nothing,
    Number(f64, NumberFormat),
    Text(String),
}

/// An error shown in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    DivisionByZero,
    Reference,
    NotAvailable,
}

impl Fault {
    /// As Excel shows it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Fault::DivisionByZero => "#DIV/0!",
            Fault::Reference => "#REF!",
            Fault::NotAvailable => "#N/A",
        }
    }

    /// The byte of BIFF8 and BIFF12.
    fn code(self) -> u8 {
        match self {
            Fault::DivisionByZero => 0x07,
            Fault::Reference => 0x17,
            Fault::NotAvailable => 0x2A,
        }
    }
}

/// How a number is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum NumberFormat {
    General,
    /// `0%`
    Percent0,
    /// `0.0%`
    Percent1,
    /// `0.00%`
    Percent2,
    /// `0.00`
    Fixed2,
    /// `dd/mm/yyyy`
    DayMonthYear,
    /// `d/m`, what Excel makes of "2.1" typed into a cell.
    DayMonth,
}

impl NumberFormat {
    /// As a format code of Excel.
    pub(crate) fn code(self) -> &'static str {
        match self {
            NumberFormat::General => "General",
            NumberFormat::Percent0 => "0%",
            NumberFormat::Percent1 => "0.0%",
            NumberFormat::Percent2 => "0.00%",
            NumberFormat::Fixed2 => "0.00",
            NumberFormat::DayMonthYear => "dd/mm/yyyy",
            NumberFormat::DayMonth => "d/m",
        }
    }

    /// The number of the format in BIFF8 and BIFF12: built in, or from 164 on.
    fn id(self) -> u16 {
        match self {
            NumberFormat::General => 0,
            NumberFormat::Percent0 => 9,
            NumberFormat::Percent2 => 10,
            NumberFormat::Fixed2 => 2,
            NumberFormat::Percent1 => 164,
            NumberFormat::DayMonthYear => 165,
            NumberFormat::DayMonth => 166,
        }
    }

    /// The formats that are not built in, in the order of their numbers.
    const OWN: [NumberFormat; 3] = [NumberFormat::Percent1, NumberFormat::DayMonthYear, NumberFormat::DayMonth];

    /// Whether it shows a date.
    pub(crate) fn is_date(self) -> bool {
        matches!(self, NumberFormat::DayMonthYear | NumberFormat::DayMonth)
    }

    /// Decimals of a percentage; `None` for what is not one.
    pub(crate) fn percent_decimals(self) -> Option<usize> {
        match self {
            NumberFormat::Percent0 => Some(0),
            NumberFormat::Percent1 => Some(1),
            NumberFormat::Percent2 => Some(2),
            _ => None,
        }
    }
}

/// How a cell looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Look {
    pub(crate) font: &'static str,
    /// In points.
    pub(crate) size: u8,
    pub(crate) weight: Weight,
    pub(crate) slant: Slant,
    pub(crate) align: Align,
    pub(crate) frame: Frame,
}

/// How heavy the letters are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Weight {
    Regular,
    Bold,
}

/// Whether the letters lean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Slant {
    Upright,
    Italic,
}

/// Where the text stands; `Left` and `Centre` wrap, `Plain` is as Excel has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Align {
    Plain,
    Left,
    Centre,
}

/// Lines around the cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Frame {
    Open,
    Thin,
}

impl Look {
    /// Regular letters of a font and size, nothing else.
    pub(crate) const fn of(font: &'static str, size: u8) -> Look {
        Look { font, size, weight: Weight::Regular, slant: Slant::Upright, align: Align::Plain, frame: Frame::Open }
    }

    /// The same in bold.
    pub(crate) const fn bold(self) -> Look {
        Look { weight: Weight::Bold, ..self }
    }

    /// The same in italics.
    pub(crate) const fn italic(self) -> Look {
        Look { slant: Slant::Italic, ..self }
    }

    /// The same, centred and wrapped.
    pub(crate) const fn centred(self) -> Look {
        Look { align: Align::Centre, ..self }
    }

    /// The same, to the left and wrapped.
    pub(crate) const fn left(self) -> Look {
        Look { align: Align::Left, ..self }
    }

    /// The same with thin lines around.
    pub(crate) const fn framed(self) -> Look {
        Look { frame: Frame::Thin, ..self }
    }
}

impl Value {
    /// Text of any kind.
    pub(crate) fn text(text: impl Into<String>) -> Value {
        Value::Text(text.into())
    }

    /// A day shown as `dd/mm/yyyy`.
    pub(crate) fn date(day: Date) -> Value {
        Value::Number(serial(day), NumberFormat::DayMonthYear)
    }

    /// The format that belongs to the value.
    pub(crate) fn number_format(&self) -> NumberFormat {
        match self {
            Value::Number(_, format) | Value::Formula(_, Stored::Number(_, format)) => *format,
            _ => NumberFormat::General,
        }
    }
}

impl Sheet {
    /// An empty sheet that is shown.
    pub(crate) fn new(name: impl Into<String>) -> Sheet {
        Sheet {
            name: name.into(),
            visibility: Visibility::Shown,
            cells: BTreeMap::new(),
            merges: Vec::new(),
            hidden_rows: BTreeSet::new(),
            hidden_columns: BTreeSet::new(),
            widths: BTreeMap::new(),
            heights: BTreeMap::new(),
        }
    }

    /// Puts a value into a cell, over what stood there.
    pub(crate) fn put(&mut self, row: u32, column: u16, value: Value, look: Look) {
        self.cells.insert((row, column), Cell { value, look });
    }

    /// Merges cells; those without content take the look of the first, as Excel does.
    pub(crate) fn merge(&mut self, first: (u32, u16), last: (u32, u16)) {
        if first == last {
            return;
        }
        if let Some(look) = self.cells.get(&first).map(|cell| cell.look) {
            for row in first.0..=last.0 {
                for column in first.1..=last.1 {
                    self.cells.entry((row, column)).or_insert(Cell { value: Value::Blank, look });
                }
            }
        }
        self.merges.push(Area { first, last });
    }

    /// The last row and column in use.
    pub(crate) fn extent(&self) -> (u32, u16) {
        let row = self.cells.keys().map(|at| at.0).max().unwrap_or(0);
        let column = self.cells.keys().map(|at| at.1).max().unwrap_or(0);
        (row, column)
    }

    /// The cells of a row in order.
    fn row(&self, row: u32) -> impl Iterator<Item = (u16, &Cell)> {
        self.cells.range((row, 0)..=(row, u16::MAX)).map(|(at, cell)| (at.1, cell))
    }

    /// The merge of which a cell is the first.
    fn merge_at(&self, row: u32, column: u16) -> Option<&Area> {
        self.merges.iter().find(|area| area.first == (row, column))
    }

    /// Whether a cell lies under a merge without being its first.
    fn is_covered(&self, row: u32, column: u16) -> bool {
        self.merges.iter().any(|area| {
            area.first != (row, column)
                && (area.first.0..=area.last.0).contains(&row)
                && (area.first.1..=area.last.1).contains(&column)
        })
    }
}

/// A day as Excel counts it (1900 system).
pub(crate) fn serial(day: Date) -> f64 {
    let start = jiff::civil::date(1899, 12, 30);
    f64::from(start.until(day).expect("both are civil days").get_days())
}

/// The day of a whole serial number.
fn day_of(serial: f64) -> Date {
    jiff::civil::date(1899, 12, 30)
        .checked_add(jiff::Span::new().days(serial as i64))
        .expect("a day of Excel's calendar")
}

/// A cell's name as Excel writes it: `B7`.
pub(crate) fn cell_name(row: u32, column: u16) -> String {
    let mut letters = String::new();
    let mut rest = u32::from(column) + 1;
    while rest > 0 {
        letters.insert(0, char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    format!("{letters}{}", row + 1)
}
