//! Text from files that looks like a formula stays text in every output.

use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx};

use crate::support::office::{Office, THREE_COMMUNES};
use crate::support::reports::{Column, Style};
use crate::support::workbook::{FileFormat, Look, Value, write};
use crate::support::{made, sets};

/// What a sender may write into a cell.
const TEXTS: [&str; 5] = [
    "=HYPERLINK(\"http://example.invalid\";\"bấm\")",
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
];

const WITH_PLAN: &[Column] =
    &[Column::Code, Column::Content, Column::Result, Column::Verdict, Column::Owner, Column::Task, Column::Due];

#[test]
fn text_that_looks_like_a_formula_stays_text_in_papers_and_returned_copies() {
    for format in [FileFormat::Xlsx, FileFormat::Xls] {
        let style = Style { columns: WITH_PLAN, ..Style::COMMON };
        let unmet = ["2.1", "2.2", "2.3", "2.4", "3.1"];
        let mut workbook = made::workbook("La Sơn", 4, &sets::ntm(), &style, &unmet);
        let sheet = &mut workbook.sheets[0];
        for (item, text) in unmet.into_iter().zip(TEXTS) {
            let row = sheet.cells.iter().find(|(_, cell)| cell.value == Value::text(item)).expect("a row").0.0;
            // Owner, task and, so that the file goes back, a verdict that nobody understands.
            for column in [4, 5] {
                sheet.put(row, column, Value::text(text), Look::of("Arial", 11));
            }
        }
        let row = sheet.cells.iter().find(|(_, cell)| cell.value == Value::text("1.1")).expect("a row").0.0;
        sheet.put(row, 3, Value::text("=1+1"), Look::of("Arial", 11));
        let office = Office::of(THREE_COMMUNES);
        office.send(&format!("BC.{}", format.extension()), &write(&workbook, format));
        office.run();
        let mut written = office.tree("bao-cao");
        written.extend(office.tree("tra-lai"));
        let books: Vec<_> = written.iter().filter(|(path, _)| path.ends_with(".xlsx")).collect();
        assert_eq!(books.len(), 3, "a month's workbook, its plans and a returned copy: {:?}", written.keys());
        for (path, bytes) in books {
            let texts = texts(bytes);
            // A form for plans has the plans that stand, not what a verdict's cell says.
            assert!(
                path.contains("Ke-hoach") || TEXTS.iter().all(|text| texts.contains(&text.trim().to_owned())),
                "{path} has them as text"
            );
            assert_eq!(formulas(bytes), Vec::<String>::new(), "{path}");
        }
    }
}

/// The texts of all cells, without blanks around them.
fn texts(book: &[u8]) -> Vec<String> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(book)).expect("a workbook of ours");
    let mut texts = Vec::new();
    for sheet in book.sheet_names() {
        let range = book.worksheet_range(&sheet).expect("the sheet is there");
        texts.extend(range.used_cells().filter_map(|(_, _, data)| match data {
            Data::String(text) => Some(text.trim().to_owned()),
            _ => None,
        }));
    }
    texts
}

/// Formulas that have anything of the texts in them.
fn formulas(book: &[u8]) -> Vec<String> {
    let mut package = zip::ZipArchive::new(Cursor::new(book)).expect("a workbook of ours");
    let mut found = Vec::new();
    for index in 0..package.len() {
        let mut xml = String::new();
        if package.by_index(index).expect("it is there").read_to_string(&mut xml).is_err() {
            continue;
        }
        let formulas = xml.split("<f>").skip(1).filter_map(|rest| rest.split_once("</f>"));
        found.extend(
            formulas
                .map(|(formula, _)| formula.to_owned())
                .filter(|formula| ["cmd", "HYPERLINK(&quot;http", "1+1"].iter().any(|word| formula.contains(word))),
        );
    }
    found
}
