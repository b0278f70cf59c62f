//! Forms of the program, and what a commune writes in them.
#![expect(clippy::disallowed_methods, reason = "a form that was written is read from the disk")]

use std::fs;

use jiff::civil::Date;
use ntm::model::form::{FormColumn, RowKey};
use ntm::model::{CellRef, Lang, Period};
use ntm::pipeline;
use ntm::read::{Font, Grid, GridCell, Value};

use super::host::TestHost;
use super::office::{NOW, Office};
use super::workbook::rewritten;

/// The form of a commune for May 2023, as `ntm template` writes it.
pub(crate) fn form(office: &Office, commune: &str) -> Vec<u8> {
    form_in(office, commune, Lang::Vi)
}

/// The same in a language.
pub(crate) fn form_in(office: &Office, commune: &str, lang: Lang) -> Vec<u8> {
    let period = Period::new(2023, 5);
    let forms = pipeline::template(&TestHost::at(NOW), &office.open(), period, Some(commune), lang);
    let written = forms.expect("a form can be made").written;
    let [path] = written.as_slice() else { panic!("one form for one commune: {written:?}") };
    fs::read(path).expect("the form was written")
}

/// The sheets of a form.
pub(crate) fn sheets(form: &[u8]) -> Vec<Grid> {
    ntm::read::workbook(&"form.xlsx".into(), form).output
}

/// Where an item's cell of a column stands.
pub(crate) fn cell_of(sheet: &Grid, code: &str, column: FormColumn) -> CellRef {
    let text = |cell: &GridCell| if let Value::Text(text) = &cell.value { text.clone() } else { String::new() };
    let is_row = |key: RowKey| key.asked().is_some_and(|own| own.to_string() == code);
    let row = sheet.cells().iter().find(|cell| RowKey::parse(&text(cell)).is_some_and(is_row));
    let col = sheet.cells().iter().find(|cell| text(cell) == column.key());
    CellRef::new(row.expect("the form asks for the item").at.row, col.expect("the form has the column").at.col)
}

/// What a commune writes in a cell: an item, a column, and `n:85.2`, `d:2023-06-30` or plain text.
pub(crate) type Answer<'a> = (&'a str, FormColumn, &'a str);

/// The form with answers written in one of its sheets, as a program saves them that leaves all else as it is.
pub(crate) fn filled(form: &[u8], sheet: usize, answers: &[Answer<'_>]) -> Vec<u8> {
    let grid = &sheets(form)[sheet];
    rewritten(form, &format!("xl/worksheets/sheet{}.xml", sheet + 1), |xml| {
        let mut xml = xml.to_owned();
        for (code, column, written) in answers {
            let at = cell_of(grid, code, *column);
            let start = xml.find(&format!("<c r=\"{at}\" ")).expect("the cell is there to be filled in");
            let end = start + xml[start..].find("/>").expect("it is empty");
            let content = match value(written) {
                Value::Number(number) => format!("><v>{number}</v></c>"),
                Value::Date { serial, .. } => format!("><v>{serial}</v></c>"),
                _ => format!(" t=\"inlineStr\"><is><t>{written}</t></is></c>"),
            };
            xml.replace_range(end..end + 2, &content);
        }
        xml
    })
}

/// A sheet with answers in it.
pub(crate) fn answered(sheet: &Grid, answers: &[Answer<'_>]) -> Grid {
    let written = answers.iter().map(|(code, column, written)| {
        let at = cell_of(sheet, code, *column);
        GridCell { at, value: value(written), percent: Some(false), font: Font::Unicode }
    });
    rebuilt(sheet, sheet.cells().iter().cloned().chain(written).collect())
}

/// A sheet with other cells in it.
pub(crate) fn rebuilt(sheet: &Grid, cells: Vec<GridCell>) -> Grid {
    let mut grid = Grid::new(&sheet.sheet, sheet.visibility, cells);
    grid.merges.clone_from(&sheet.merges);
    grid.hidden_rows.clone_from(&sheet.hidden_rows);
    grid.hidden_cols.clone_from(&sheet.hidden_cols);
    grid
}

/// A sheet in which each row stands elsewhere, or nowhere.
pub(crate) fn rows_moved(sheet: &Grid, to: impl Fn(u32) -> Option<u32>) -> Grid {
    let moved = |cell: &GridCell| Some(GridCell { at: CellRef::new(to(cell.at.row)?, cell.at.col), ..cell.clone() });
    rebuilt(sheet, sheet.cells().iter().filter_map(moved).collect())
}

fn value(written: &str) -> Value {
    match written.split_once(':') {
        Some(("n", number)) => Value::Number(number.parse().expect("a number")),
        Some(("d", day)) => {
            let date: Date = day.parse().expect("a day");
            Value::Date { date, serial: f64::from((date - Date::constant(1899, 12, 30)).get_days()) }
        }
        _ => Value::Text(written.to_owned()),
    }
}
