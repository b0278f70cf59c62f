//! Workbook bytes to grids: every cell of every sheet with its place and what the file says of its look.
//!
//! *Takes* the bytes of one file and its name. *Gives* its [`Grid`]s, or a diagnostic that says why it cannot be read.
//! *Never* runs a formula, follows a link, trims, guesses, or trusts a size that the file declares.

mod biff;
mod compound;
mod grid;
mod kind;
mod ods;
mod package;
mod problems;
mod returned;
mod sheet_xml;
mod xls;
mod xlsb;
mod xlsx;

use std::panic::catch_unwind;
use std::sync::Arc;

use calamine::{CellErrorType, Data, DataRef, ExcelDateTime};

pub use grid::{Font, Grid, GridCell, Value, Visibility};
pub use kind::Kind;

use crate::diag::{Checked, Diagnostic};

/// Cells of all sheets beyond which a file is set aside: a report has some thousands.
const MAX_CELLS: usize = 500_000;

/// Bytes of a cell's text beyond which a file is set aside: Excel stops at 32,767 characters.
const MAX_TEXT: usize = 4 * 32_767;

/// All sheets of a workbook, hidden ones too, in the order of the file; without the list of a returned copy, which is
/// ours and no report.
///
/// The kind of file is told by its content, not by its name.
///
/// ```
/// let read = ntm::read::workbook(&"trong.xlsx".into(), b"");
/// assert!(read.output.is_empty());
/// assert_eq!(read.diagnostics[0].code.as_str(), "file-empty");
/// ```
#[must_use]
pub fn workbook(file: &Arc<str>, bytes: &[u8]) -> Checked<Vec<Grid>> {
    let grids = match kind::of(bytes) {
        Kind::Empty => Err(problems::empty(file)),
        Kind::Encrypted => Err(problems::encrypted(file)),
        Kind::Xlsx => of_format(xlsx::grids, file, bytes),
        Kind::Xlsb => of_format(xlsb::grids, file, bytes),
        Kind::Ods => of_format(ods::grids, file, bytes),
        Kind::Xls => of_format(xls::grids, file, bytes),
        Kind::DamagedPackage => Err(problems::cut_off(file)),
        Kind::Other(what) => Err(problems::unsupported(file, what)),
    };
    match grids {
        Ok(Sheets { mut grids, list }) => {
            if let Some(diagnostic) = grids.iter().find_map(|grid| problems::endless_text(file, grid)) {
                return Checked { output: Vec::new(), diagnostics: vec![diagnostic] };
            }
            let list = list.and_then(|list| grids.iter().position(|grid| *grid.sheet == *list));
            let list = list.map(|place| grids.remove(place));
            let mut diagnostics: Vec<Diagnostic> =
                grids.iter().flat_map(|grid| problems::of_cells(file, grid)).collect();
            diagnostics.extend(list.map(|list| problems::returned_copy(file, &list.sheet)));
            Checked { output: grids, diagnostics }
        }
        Err(diagnostic) => Checked { output: Vec::new(), diagnostics: vec![*diagnostic] },
    }
}

/// The reader of a format on a file. The crate behind it panics on some damaged files: those are damaged files too.
fn of_format(grids: fn(&Arc<str>, &[u8]) -> Read, file: &Arc<str>, bytes: &[u8]) -> Read {
    // It is given bytes and gives values: nothing half-changed survives.
    catch_unwind(|| grids(file, bytes)).unwrap_or_else(|panic| {
        let said = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref().copied());
        Err(problems::damaged(file, said.unwrap_or("the reader gave up")))
    })
}

/// Why a file of too many cells is set aside.
fn too_many() -> String {
    format!("more than {MAX_CELLS} cells")
}

/// The kind of a file, told by its content.
#[must_use]
pub fn kind(bytes: &[u8]) -> Kind {
    kind::of(bytes)
}

/// What a reader gives.
struct Sheets {
    grids: Vec<Grid>,
    /// The sheet that is the list of a returned copy.
    list: Option<String>,
}

/// The sheets, or why the file could not be read: one diagnostic for the whole of it.
type Read = Result<Sheets, Box<Diagnostic>>;

fn value_of(data: DataRef<'_>, is_1904: bool) -> Option<Value> {
    Some(match data {
        DataRef::Empty => return None,
        DataRef::Int(n) => Value::Number(n as f64),
        DataRef::Float(n) => Value::Number(n),
        DataRef::String(text) => text_value(&text)?,
        DataRef::SharedString(text) => text_value(text)?,
        DataRef::Bool(flag) => Value::Bool(flag),
        DataRef::DateTime(moment) => date_value(&moment, is_1904),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => iso_value(&text),
        DataRef::Error(error) => Value::Error(error_text(&error)),
    })
}

fn owned_value_of(data: &Data, is_1904: bool) -> Option<Value> {
    Some(match data {
        Data::Empty => return None,
        Data::Int(n) => Value::Number(*n as f64),
        Data::Float(n) => Value::Number(*n),
        Data::String(text) => text_value(text)?,
        Data::Bool(flag) => Value::Bool(*flag),
        Data::DateTime(moment) => date_value(moment, is_1904),
        Data::DateTimeIso(text) | Data::DurationIso(text) => iso_value(text),
        Data::Error(error) => Value::Error(error_text(error)),
    })
}

/// A cell of blanks alone is an empty cell.
fn text_value(text: &str) -> Option<Value> {
    (!text.trim().is_empty()).then(|| Value::Text(text.to_owned()))
}

fn date_value(moment: &ExcelDateTime, is_1904: bool) -> Value {
    let serial = moment.as_f64();
    let date = moment.is_datetime().then(|| crate::text::date::from_serial(serial, is_1904)).flatten();
    date.map_or(Value::Number(serial), |date| Value::Date { date, serial })
}

/// `2023-11-09` or `2023-11-09T00:00:00`, as ods has it.
fn iso_value(text: &str) -> Value {
    let date = text.get(..10).and_then(|day| day.parse::<jiff::civil::Date>().ok());
    date.map_or_else(
        || Value::Text(text.to_owned()),
        |date| {
            let epoch = jiff::civil::Date::constant(1899, 12, 30);
            let days = (date - epoch).get_days();
            Value::Date { date, serial: f64::from(days) }
        },
    )
}

fn error_text(error: &CellErrorType) -> &'static str {
    match error {
        CellErrorType::Div0 => "#DIV/0!",
        CellErrorType::NA => "#N/A",
        CellErrorType::Name => "#NAME?",
        CellErrorType::Null => "#NULL!",
        CellErrorType::Num => "#NUM!",
        CellErrorType::Ref => "#REF!",
        CellErrorType::Value => "#VALUE!",
        _ => "#ERROR",
    }
}
