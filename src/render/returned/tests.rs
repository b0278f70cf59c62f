//! What a returned copy keeps and what it adds, on workbooks as Excel and others write them.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use rust_xlsxwriter::{
    ConditionalFormatCell, ConditionalFormatCellRule, DataValidation, Format, Formula, Note, Workbook,
};

use super::*;
use crate::diag::Severity;
use crate::model::notice::Line;
use crate::model::{CellRange, CellRef};
use crate::read;

/// A notice of an error in E12 and a warning in a merged cell.
pub(super) fn notice() -> Notice {
    let line = |severity, word: &str, cells: CellRange, message: &str| Line {
        severity,
        severity_word: word.to_owned(),
        code: "verdict-unclear".to_owned(),
        item: "NTM 2.1".to_owned(),
        sheet: Some("Biểu".to_owned()),
        cells: Some(cells),
        message: message.to_owned(),
        hint: "ghi «Đạt» hoặc «Chưa đạt»".to_owned(),
        before: "tháng 3/2023: chưa đạt, 85,2%".to_owned(),
        note: format!("{word}: {message}"),
    };
    Notice {
        original: "ab".repeat(32),
        author: "Văn phòng điều phối".to_owned(),
        sheet_name: "Cần sửa".to_owned(),
        title: "NHỮNG CHỖ CẦN SỬA".to_owned(),
        facts: vec!["Xã Trung Lương, tháng 4/2023".to_owned()],
        instructions: vec!["Sửa ngay trong tệp này rồi gửi lại.".to_owned()],
        hidden: "(trang ẩn)".to_owned(),
        headings: ["STT", "Mức độ", "Mục", "Trang", "Ô", "Có gì sai", "Cần làm", "Tháng trước"].map(str::to_owned),
        lines: vec![
            line(Severity::Error, "Lỗi", CellRef::new(11, 4).into(), "không hiểu «xem lại»"),
            line(Severity::Warning, "Cần kiểm tra", CellRef::new(5, 0).into(), "tự kê khai 60/75"),
        ],
        rest: None,
        footer: "ntm".to_owned(),
    }
}

/// A commune's workbook with everything that has to outlive the marks: two sheets, a merge over A6, formulas, a list
/// of answers, a conditional format, a note on B3, names, and the second sheet in view.
fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let bold = Format::new().set_bold();
    let first = book.add_worksheet();
    first.set_name("Trang bìa").unwrap().write_string(0, 0, "Xã Trung Lương").unwrap();
    let sheet = book.add_worksheet();
    sheet.set_name("Biểu").unwrap().set_column_width(1, 33.5).unwrap().set_active(true);
    sheet.merge_range(5, 0, 5, 3, "Đạt 60/75 chỉ tiêu", &bold).unwrap();
    sheet.write_string(11, 4, "xem lại").unwrap().write_number(12, 4, 85.2).unwrap();
    sheet.write_formula(13, 4, Formula::new("=E13*2").set_result("170.4")).unwrap();
    let answers = DataValidation::new().allow_list_strings(&["Đạt", "Chưa đạt"]).unwrap();
    sheet.add_data_validation(11, 4, 40, 4, &answers).unwrap();
    let rule = ConditionalFormatCell::new().set_rule(ConditionalFormatCellRule::GreaterThan(80)).set_format(&bold);
    sheet.add_conditional_format(11, 4, 40, 4, &rule).unwrap();
    sheet.insert_note(2, 1, &Note::new("Số của xã").set_author("Xã")).unwrap();
    sheet.set_print_area(0, 0, 40, 5).unwrap();
    book.define_name("TongSo", "='Biểu'!$A$6").unwrap();
    book.save_to_buffer().unwrap()
}

fn parts(package: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(package)).unwrap();
    let count = archive.len();
    let mut part = |index| {
        let mut member = archive.by_index(index).unwrap();
        let mut bytes = Vec::new();
        member.read_to_end(&mut bytes).unwrap();
        (member.name().unwrap().into_owned(), bytes)
    };
    (0..count).map(&mut part).collect()
}

fn text_of(package: &[u8], part: &str) -> String {
    String::from_utf8(parts(package).remove(part).unwrap()).unwrap()
}

/// A package of these parts.
fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn grids(bytes: &[u8]) -> Vec<read::Grid> {
    read::workbook(&"BC.xlsx".into(), bytes).output
}

#[test]
fn parts_that_need_not_change_are_copied_byte_for_byte() {
    let original = workbook();
    let marked = copy(&original, &notice()).unwrap();
    let (before, after) = (parts(&original), parts(&marked));
    let changed: Vec<&str> = before.iter().filter(|(name, b)| after[*name] != **b).map(|(name, _)| &**name).collect();
    let expected = [
        "[Content_Types].xml",
        "xl/_rels/workbook.xml.rels",
        "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
        "xl/styles.xml",
        "xl/workbook.xml",
        "xl/worksheets/sheet2.xml",
    ];
    assert_eq!(changed, expected);
    let added: Vec<&str> = after.keys().filter(|name| !before.contains_key(*name)).map(|name| &**name).collect();
    assert_eq!(added, ["xl/worksheets/sheet3.xml"]);
}

#[test]
fn a_marked_sheet_keeps_its_cells_to_the_last_byte_and_all_that_stands_around_them() {
    let original = workbook();
    let before = text_of(&original, "xl/worksheets/sheet2.xml");
    let after = text_of(&copy(&original, &notice()).unwrap(), "xl/worksheets/sheet2.xml");
    let marks = "<conditionalFormatting sqref=\"E12\"><cfRule type=\"expression\" dxfId=\"1\" priority=\"1\">\
                 <formula>&quot;_ntm&quot;&lt;&gt;&quot;&quot;</formula></cfRule></conditionalFormatting>\
                 <conditionalFormatting sqref=\"A6:D6\"><cfRule type=\"expression\" dxfId=\"2\" priority=\"2\">\
                 <formula>&quot;_ntm&quot;&lt;&gt;&quot;&quot;</formula></cfRule></conditionalFormatting>";
    assert!(after.contains(&format!("</mergeCells>{marks}<conditionalFormatting ")), "{after}");
    let back = after.replace(marks, "").replace("tabSelected=\"0\"", "tabSelected=\"1\"");
    assert_eq!(back, before);
}

#[test]
fn a_marked_copy_reads_as_the_file_did_and_its_list_is_known_as_ours() {
    let original = workbook();
    let marked = copy(&original, &notice()).unwrap();
    assert_eq!(grids(&marked), grids(&original));
    let said = read::workbook(&"BC.xlsx".into(), &marked).diagnostics;
    let [only] = said.as_slice() else { panic!("{said:?}") };
    assert_eq!(only.code.as_str(), "returned-copy");
    assert_eq!(only.place.as_ref().unwrap().to_string(), "'[BC.xlsx]Cần sửa'");
}

#[test]
fn the_list_comes_first_and_is_in_view_and_names_follow_their_sheets() {
    let marked = copy(&workbook(), &notice()).unwrap();
    let book = text_of(&marked, "xl/workbook.xml");
    assert!(book.contains("<sheets><sheet name=\"Cần sửa\" sheetId=\"3\" r:id=\"rIdNtm1\"/><sheet name=\"Trang bìa\""));
    assert!(book.contains("activeTab=\"0\""), "{book}");
    assert!(book.contains("name=\"_xlnm.Print_Area\" localSheetId=\"2\""), "{book}");
    assert!(book.contains("<definedName name=\"TongSo\">'Biểu'!$A$6</definedName>"), "{book}");
    let list = text_of(&marked, "xl/worksheets/sheet3.xml");
    assert!(list.contains("<hyperlink ref=\"E11\" location=\"'Biểu'!E12\" display=\"E12\"/>"), "{list}");
    assert!(list.contains("tháng 3/2023: chưa đạt, 85,2%"), "{list}");
}

#[test]
fn no_link_leads_to_a_hidden_sheet() {
    let mut book = Workbook::new();
    book.add_worksheet();
    book.add_worksheet().set_name("Biểu").unwrap().set_hidden(true);
    let list = text_of(&copy(&book.save_to_buffer().unwrap(), &notice()).unwrap(), "xl/worksheets/sheet3.xml");
    assert!(list.contains("Biểu (trang ẩn)") && !list.contains("<hyperlink"), "{list}");
}

#[test]
fn a_sheet_of_the_communes_that_is_called_like_the_list_keeps_its_name() {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("cần SỬA").unwrap();
    let marked = copy(&book.save_to_buffer().unwrap(), &notice()).unwrap();
    assert!(text_of(&marked, "xl/workbook.xml").contains("<sheet name=\"Cần sửa (2)\""));
    assert_eq!(grids(&marked).iter().map(|grid| &*grid.sheet).collect::<Vec<_>>(), ["cần SỬA"]);
}

#[test]
fn ours_stands_behind_a_note_of_the_communes() {
    let mut notice = notice();
    notice.lines[0].cells = Some(CellRef::new(2, 1).into());
    let marked = copy(&workbook(), &notice).unwrap();
    let comments = text_of(&marked, "xl/comments1.xml");
    let (own, ours) = (comments.find("Số của xã").unwrap(), comments.find("Lỗi: không hiểu").unwrap());
    assert!(own < ours && comments.matches("ref=\"B3\"").count() == 1, "{comments}");
    let boxes = text_of(&marked, "xl/drawings/vmlDrawing1.vml");
    assert_eq!(boxes.matches("<v:shape ").count(), 2, "one for B3, one for A6");
}

#[test]
fn marks_of_an_earlier_copy_go_without_a_trace() {
    let original = workbook();
    let mut both = notice();
    both.lines[0].cells = Some(CellRef::new(2, 1).into());
    let once = copy(&original, &both).unwrap();
    let clean = copy(&once, &Notice { lines: Vec::new(), ..notice() }).unwrap();
    let sheet =
        |bytes: &[u8]| text_of(bytes, "xl/worksheets/sheet2.xml").replace("tabSelected=\"1\"", "tabSelected=\"0\"");
    assert_eq!(sheet(&clean), sheet(&original));
    let boxes = |bytes: &[u8]| text_of(bytes, "xl/drawings/vmlDrawing1.vml");
    assert_eq!(boxes(&clean), boxes(&original));
    let comments = text_of(&clean, "xl/comments1.xml");
    assert!(comments.contains("Số của xã") && !comments.contains("Lỗi"), "{comments}");
    // Marked again and again, it does not grow by lists.
    let again = copy(&copy(&once, &both).unwrap(), &notice()).unwrap();
    assert_eq!(text_of(&again, "xl/workbook.xml").matches("<sheet name=").count(), 3);
    assert_eq!(grids(&again), grids(&original));
}

#[test]
fn a_list_that_the_commune_deleted_is_put_back() {
    let marked = copy(&workbook(), &notice()).unwrap();
    // What Excel leaves of our names when the sheet is deleted.
    let book = text_of(&marked, "xl/workbook.xml");
    let book = book.replace("<sheet name=\"Cần sửa\" sheetId=\"3\" r:id=\"rIdNtm1\"/>", "");
    let book = book.replace("'Cần sửa'!$A$1", "#REF!");
    let mut all = parts(&marked);
    all.insert("xl/workbook.xml".to_owned(), book.into_bytes());
    let texts: Vec<(String, String)> =
        all.into_iter().map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap())).collect();
    let deleted = package(&texts.iter().map(|(name, text)| (&**name, &**text)).collect::<Vec<_>>());
    assert_eq!(origin_of(&deleted).as_deref(), Some(&*notice().original));
    let again = copy(&deleted, &notice()).unwrap();
    assert_eq!(text_of(&again, "xl/worksheets/sheet2.xml").matches("_ntm").count(), 2, "marked once");
    assert_eq!(grids(&again), grids(&workbook()));
}

#[test]
fn the_same_file_and_notice_give_the_same_bytes() {
    assert!(copy(&workbook(), &notice()).unwrap() == copy(&workbook(), &notice()).unwrap());
}

#[test]
fn a_copy_is_known_as_unchanged_until_a_byte_of_it_changes() {
    let marked = copy(&workbook(), &notice()).unwrap();
    assert_eq!(unchanged_copy_of(&marked).as_deref(), Some(&*notice().original));
    assert_eq!(origin_of(&marked).as_deref(), Some(&*notice().original));
    let mut all = parts(&marked);
    let strings = String::from_utf8(all["xl/sharedStrings.xml"].clone()).unwrap().replace("xem lại", "Đạt");
    all.insert("xl/sharedStrings.xml".to_owned(), strings.into_bytes());
    let texts: Vec<(String, String)> =
        all.into_iter().map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap())).collect();
    let mended = package(&texts.iter().map(|(name, text)| (&**name, &**text)).collect::<Vec<_>>());
    assert_eq!(unchanged_copy_of(&mended), None);
    assert_eq!(origin_of(&mended).as_deref(), Some(&*notice().original));
    assert_eq!(unchanged_copy_of(&workbook()), None);
}

/// A workbook as other programs write them: a prefix before every name, no styles, other slashes.
const FOREIGN: [(&str, &str); 5] = [
    (
        "[Content_Types].xml",
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>",
    ),
    (
        "_rels/.rels",
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"/xl/workbook.xml\"/></Relationships>",
    ),
    (
        "xl/workbook.xml",
        "\u{feff}<x:workbook xmlns:x=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><x:sheets><x:sheet name=\"Biểu\" sheetId=\"7\" d:id=\"r9\" xmlns:d=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"/></x:sheets></x:workbook>",
    ),
    (
        "xl/_rels/workbook.xml.rels",
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r9\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/Sheet1.xml\"/></Relationships>",
    ),
    (
        "xl/worksheets/sheet1.xml",
        "<x:worksheet xmlns:x=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><x:sheetData><x:row r=\"12\"><x:c r=\"E12\" t=\"inlineStr\"><x:is><x:t>xem lại</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>",
    ),
];

#[test]
fn a_workbook_of_other_prefixes_and_without_styles_is_marked() {
    let marked = copy(&package(&FOREIGN), &notice()).unwrap();
    let sheet = text_of(&marked, "xl/worksheets/sheet1.xml");
    let tail = &sheet[sheet.find("</x:sheetData>").unwrap()..];
    assert!(tail.starts_with("</x:sheetData><x:conditionalFormatting sqref=\"E12\">"), "{tail}");
    assert!(tail.contains("<x:legacyDrawing xmlns:r="), "{tail}");
    let book = text_of(&marked, "xl/workbook.xml");
    assert!(book.contains("<x:sheets><x:sheet name=\"Cần sửa\" sheetId=\"8\""), "{book}");
    assert!(book.contains("</x:sheets><x:definedNames><x:definedName "), "{book}");
}

#[test]
fn what_is_not_known_here_is_not_marked() {
    let replaced = |part: &str, from: &str, to: &str| {
        let texts =
            FOREIGN.map(|(name, text)| (name, if name == part { text.replace(from, to) } else { text.to_owned() }));
        copy(&package(&texts.each_ref().map(|(name, text)| (*name, &**text))), &notice())
    };
    assert!(replaced("xl/workbook.xml", "", "").is_ok());
    // The strict namespace, another encoding, a document type, a sheet without its part.
    assert!(
        replaced(
            "xl/workbook.xml",
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            "http://purl.oclc.org/ooxml/spreadsheetml/main"
        )
        .is_err()
    );
    assert!(replaced("xl/worksheets/sheet1.xml", "<x:worksheet", "<!DOCTYPE a><x:worksheet").is_err());
    assert!(replaced("xl/_rels/workbook.xml.rels", "Sheet1", "Sheet2").is_err());
    let mut signed = FOREIGN.to_vec();
    signed.push(("_xmlsignatures/origin.sigs", ""));
    assert_eq!(copy(&package(&signed), &notice()), Err(Unmarkable::Signed));
    assert!(copy(b"PK\x03\x04 cut", &notice()).is_err());
}

#[test]
fn a_workbook_made_anew_holds_what_was_read() {
    let mut book = Workbook::new();
    let percent = Format::new().set_num_format("0.0%");
    let sheet = book.add_worksheet();
    sheet.set_name("Biểu").unwrap();
    sheet.merge_range(0, 0, 0, 3, "BÁO CÁO", &Format::new()).unwrap();
    for (col, text) in (0..).zip(["Mã", "Kết quả", "=1+1", "Đạt"]) {
        sheet.write_string(2, col, text).unwrap();
    }
    sheet.write_number_with_format(3, 1, 0.853, &percent).unwrap().write_boolean(3, 2, true).unwrap();
    sheet.set_row_hidden(3).unwrap().set_column_hidden(3).unwrap();
    book.add_worksheet().set_name("Cũ").unwrap().set_hidden(true);
    let original = grids(&book.save_to_buffer().unwrap());
    let anew = anew(&original).unwrap();
    assert_eq!(anew.names, ["Biểu", "Cũ"]);
    assert_eq!(grids(&anew.bytes), original);
    assert_eq!(grids(&copy(&anew.bytes, &notice()).unwrap()), original);
}

#[test]
fn names_that_excel_does_not_take_are_changed_and_told() {
    let grid = |name: &str| read::Grid::new(name, read::Visibility::Visible, Vec::new());
    let made = anew(&[grid("a/b"), grid("A_B"), grid(""), grid(&"x".repeat(40))]).unwrap();
    assert_eq!(made.names, ["a_b", "A_B (2)", "Trang", &"x".repeat(31)]);
}

#[test]
fn a_package_with_a_byte_turned_is_marked_as_it_reads_or_refused() {
    let original = workbook();
    for at in (0..original.len()).step_by(61) {
        let mut turned = original.clone();
        turned[at] ^= 0x55;
        if let Ok(marked) = copy(&turned, &notice()) {
            assert_eq!(grids(&marked), grids(&turned), "byte {at}");
        }
    }
}
