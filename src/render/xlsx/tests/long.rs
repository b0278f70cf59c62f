//! Long sheets, whose rows wait in files: the same cells as in memory, whichever thread is first, and nothing left behind.

use calamine::{Data, DataType as _, Reader};

use super::super::{
    WorkbookError, bound,
    page::{Binder, Pen},
    sheet::{self, Plan},
};
use super::sample::{frame, matrix, section, with_sections};
use super::{drawn, part, read, sample, sheet_part};
use crate::model::{
    Lang,
    report::{Block, PageStart, Report, Span},
};

fn packed(report: &Report, binder: Binder) -> Result<Vec<u8>, WorkbookError> {
    bound(report, binder)?.pack()
}

#[test]
fn a_frame_longer_than_a_sheet_goes_on_in_the_next() {
    let report = with_sections(vec![
        matrix(),
        section(
            "data",
            "Dữ liệu",
            "Dữ liệu",
            PageStart::Flow,
            vec![Block::Note("Mỗi dòng một mục.".to_owned()), Block::Data(frame())],
        ),
    ]);
    let bytes = packed(&report, Binder { rows_a_sheet: 60, ..Binder::new().expect("a binder") }).expect("a workbook");
    let mut book = read(&bytes);
    assert_eq!(book.sheet_names(), ["NTM 2021-2025", "Dữ liệu", "Dữ liệu (2)"]);
    let mut numbers = Vec::new();
    for (sheet, header_row) in [("Dữ liệu", 2), ("Dữ liệu (2)", 0)] {
        let range = book.worksheet_range(sheet).expect(sheet);
        assert_eq!(range.get_value((header_row, 1)), Some(&Data::String("Xã".to_owned())));
        let last = range.end().expect("cells").0;
        numbers.extend((header_row + 1..=last).filter_map(|row| range.get_value((row, 0))?.as_i64()));
    }
    assert_eq!(numbers, (1..=114).collect::<Vec<i64>>());
    // Row 60 of the frame is the fourth of the second sheet: 57 fit below the note on the first.
    assert!(sheet_part(&bytes, 1).contains("location=\"'Dữ liệu (2)'!A5\""));
}

#[test]
fn no_temporary_file_is_left() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut binder = Binder::new().expect("a binder");
    binder.workbook.set_tempdir(folder.path()).expect("it takes files");
    let report =
        with_sections(vec![section("data", "Dữ liệu", "Dữ liệu", PageStart::Flow, vec![Block::Data(frame())])]);
    assert_eq!(packed(&report, binder).expect("a workbook"), drawn(&report));
    assert_eq!(folder.path().read_dir().expect("the folder").count(), 0);
}

#[test]
fn a_folder_that_takes_no_temporary_file_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut binder = Binder::new().expect("a binder");
    binder.workbook.set_tempdir(folder.path()).expect("it takes files");
    std::fs::remove_dir(folder.path()).expect("an empty folder goes");
    let report =
        with_sections(vec![section("data", "Dữ liệu", "Dữ liệu", PageStart::Flow, vec![Block::Data(frame())])]);
    let error = packed(&report, binder).expect_err("there is no folder");
    assert!(matches!(&error, WorkbookError::TemporaryFile { folder: named, .. } if named == folder.path()), "{error}");
}

#[test]
fn a_sheet_whose_rows_wait_in_a_file_is_the_one_kept_in_memory() {
    let report = sample::report();
    let in_memory = packed(&report, Binder { cells_in_memory: usize::MAX, ..Binder::new().expect("a binder") });
    let in_files = packed(&report, Binder { cells_in_memory: 0, ..Binder::new().expect("a binder") });
    let (in_memory, in_files) = (in_memory.expect("a workbook"), in_files.expect("a workbook"));
    let names = read(&in_memory).sheet_names();
    assert!(names.len() > 3);
    for number in 1..=names.len() {
        let (mut in_file, in_memory) = (resolved(&in_files, number), resolved(&in_memory, number));
        // The empty row that ends it, its one cell, and the text of that.
        if in_file.len() > in_memory.len() {
            let rows = in_file.iter().rposition(|piece| piece.starts_with("row ")).expect("rows");
            in_file.drain(rows..rows + 2);
            in_file.remove(in_file.len() - 2);
        }
        for (in_file, in_memory) in in_file.iter().zip(&in_memory) {
            assert_eq!(in_file, in_memory, "{}", names[number - 1]);
        }
        assert_eq!(in_file.len(), in_memory.len(), "{}", names[number - 1]);
    }
}

#[test]
fn a_sheet_drawn_beside_others_has_no_look_without_a_number() {
    let note = Block::Note("Mỗi dòng một mục.".to_owned());
    let bold = Block::Paragraph(vec![Span { text: "Chú ý".to_owned(), bold: true }]);
    let blocks = vec![Block::Heading("Các mục".to_owned()), bold, note, Block::Data(frame())];
    let section = section("data", "Dữ liệu", "Dữ liệu", PageStart::Flow, blocks);
    let plan =
        Plan { section: &section, sheet_name: "Dữ liệu".to_owned(), head: None, document_title: "Báo cáo" };
    let mut pen = Pen::new(Lang::Vi, None);
    sheet::draw_long(&plan, &mut Binder::new().expect("a binder"), &mut pen).expect("sheets");
    let numbered = sheet::looks(&section);
    for look in pen.formats.looks() {
        assert!(numbered.contains(look), "{look:?}");
    }
}

/// A sheet with its texts and looks in place of their numbers, which go by who came first.
fn resolved(bytes: &[u8], number: usize) -> Vec<String> {
    let strings = part(bytes, "xl/sharedStrings.xml");
    let strings = elements(&strings, "<si>", "</si>");
    let styles = part(bytes, "xl/styles.xml");
    let looks = styles.split("<cellXfs").nth(1).and_then(|rest| rest.split("</cellXfs>").next()).expect("looks");
    let looks = elements(looks, "<xf ", "");
    let look_of = |number: &str| {
        let look = looks[number.parse::<usize>().expect("a number")];
        let inner = ["fontId", "fillId", "borderId"].map(|kind| {
            let (list, begin, end) = match kind {
                "fontId" => ("<fonts", "<font>", "</font>"),
                "fillId" => ("<fills", "<fill>", "</fill>"),
                _ => ("<borders", "<border", "</border>"),
            };
            let which = attribute(look, kind).parse::<usize>().expect("a number");
            elements(styles.split(&format!("{list} ")).nth(1).expect(list), begin, end)[which].to_owned()
        });
        let number = attribute(look, "numFmtId");
        let code =
            styles.split(&format!("numFmtId=\"{number}\" formatCode")).nth(1).map_or("", |rest| attribute(rest, ""));
        let applied = look.split("xfId").last().unwrap_or_default();
        format!("{code} {applied} {}", inner.join(" "))
    };
    let sheet = sheet_part(bytes, number);
    let (head, rest) = sheet.split_once("<sheetData").expect("cells");
    let (cells, tail) = rest.split_once("</sheetData>").unwrap_or((rest, ""));
    let views_and_columns = head.split("<sheetViews").nth(1).expect("views").split("style=\"");
    let mut found: Vec<String> = views_and_columns
        .enumerate()
        .map(|(index, piece)| match piece.split_once('"') {
            Some((look, rest)) if index > 0 => format!("{}{rest}", look_of(look)),
            _ => piece.to_owned(),
        })
        .collect();
    for piece in cells.split('<').filter(|piece| piece.starts_with("row ") || piece.starts_with("c ")) {
        let look = if piece.contains(" s=\"") { look_of(attribute(piece, "s")) } else { String::new() };
        found.push(format!("{} {look}", piece.split([' ', '>']).take(2).collect::<Vec<_>>().join(" ")));
    }
    let mut of_cells = cells.split("<c ").skip(1).map(|cell| {
        let inner = |begin, end| cell.split(begin).nth(1).and_then(|rest| rest.split(end).next()).unwrap_or_default();
        let value = inner("<v>", "</v>");
        if cell.contains("t=\"inlineStr\"") {
            inner("<is>", "</is>")
        } else if cell.contains("t=\"s\"") {
            strings[value.parse::<usize>().expect("a number")]
        } else {
            value
        }
        .to_owned()
    });
    found.extend(&mut of_cells);
    found.push(tail.to_owned());
    found
}

/// The value of an attribute.
fn attribute<'t>(tag: &'t str, name: &str) -> &'t str {
    let rest = tag.split(&format!("{name}=\"")).nth(1).unwrap_or_default();
    rest.split('"').next().unwrap_or_default()
}

/// What follows each beginning, up to its end or the next beginning.
fn elements<'t>(text: &'t str, begin: &str, end: &str) -> Vec<&'t str> {
    let up_to = |piece: &'t str| if end.is_empty() { piece } else { piece.split(end).next().unwrap_or(piece) };
    text.split(begin).skip(1).map(up_to).collect()
}
