//! Each format, written and read back with calamine: every cell, merge and visibility as in the model.

use std::io::Cursor;

use calamine::{Data, Reader, SheetVisible, Sheets, open_workbook_auto_from_rs};
use jiff::civil::date;

use super::*;

#[test]
fn every_format_reads_back_as_the_model() {
    let workbook = specimen();
    for format in FileFormat::ALL {
        let bytes = write(&workbook, format);
        let mut read = open_workbook_auto_from_rs(Cursor::new(bytes)).expect("calamine opens it");
        assert_eq!(read.sheet_names(), ["NTM", "Cũ"], "{format:?}");
        assert_eq!(read.sheets_metadata()[1].visible, SheetVisible::Hidden, "{format:?}");
        for sheet in &workbook.sheets {
            compare(sheet, &mut read, format);
        }
    }
}

#[test]
fn merges_survive_in_xlsx_and_xls() {
    let workbook = specimen();
    let expected = [((0, 0), (0, 3)), ((4, 0), (5, 0))];
    let Sheets::Xlsx(mut xlsx) = open(&workbook, FileFormat::Xlsx) else { panic!("an xlsx file") };
    let merges = xlsx.merge_cells_by_sheet_name("NTM").expect("the sheet is there");
    assert_eq!(merges.iter().map(|m| (m.start, m.end)).collect::<Vec<_>>(), expected);
    let Sheets::Xls(xls) = open(&workbook, FileFormat::Xls) else { panic!("an xls file") };
    let merges = xls.merge_cells_by_sheet_name("NTM").expect("the sheet is there");
    assert_eq!(merges.iter().map(|m| (m.start, m.end)).collect::<Vec<_>>(), expected);
}

#[test]
fn writing_twice_gives_the_same_bytes() {
    for format in FileFormat::ALL {
        assert_eq!(write(&specimen(), format), write(&specimen(), format), "{format:?}");
    }
}

#[test]
fn an_xlsm_says_that_it_may_hold_macros() {
    let members = package::unpack(&write(&specimen(), FileFormat::Xlsm));
    let types = members.iter().find(|(name, _)| name == "[Content_Types].xml").expect("a package has content types");
    assert!(String::from_utf8_lossy(&types.1).contains("sheet.macroEnabled.main+xml"));
}

#[test]
fn more_strings_than_one_record_holds_are_continued() {
    let mut sheet = Sheet::new("NTM");
    for row in 0..400 {
        let text = format!("Nội dung dòng {row}: {}", "đường thôn, xóm được bê tông hóa ".repeat(3));
        sheet.put(row, 0, Value::text(text), Look::of("Times New Roman", 12));
    }
    let workbook = Workbook { sheets: vec![sheet] };
    let mut read = open(&workbook, FileFormat::Xls);
    compare(&workbook.sheets[0], &mut read, FileFormat::Xls);
}

fn specimen() -> Workbook {
    let plain = Look::of("Times New Roman", 12);
    let boxed = plain.framed();
    let mut sheet = Sheet::new("NTM");
    sheet.put(0, 0, Value::text("BÁO CÁO  kết quả\n«nông thôn mới» & <xã>"), plain.bold().centred());
    sheet.merge((0, 0), (0, 3));
    sheet.put(2, 0, Value::text("TT"), boxed.bold().centred());
    sheet.put(3, 0, Value::Number(2.1, NumberFormat::General), boxed);
    sheet.put(3, 1, Value::Number(0.955, NumberFormat::Percent1), boxed.centred());
    sheet.put(3, 2, Value::date(date(2023, 11, 9)), boxed);
    sheet.put(3, 3, Value::Number(serial(date(2023, 1, 2)), NumberFormat::DayMonth), boxed);
    sheet.put(4, 0, Value::Number(17.0, NumberFormat::General), boxed);
    sheet.merge((4, 0), (5, 0));
    sheet.put(4, 1, Value::Bool(true), boxed.left());
    sheet.put(4, 2, Value::Error(Fault::Reference), boxed);
    sheet.put(4, 3, Value::Error(Fault::DivisionByZero), boxed.italic());
    sheet.put(5, 1, Value::Number(17.1, NumberFormat::Fixed2), boxed);
    sheet.put(5, 2, Value::Error(Fault::NotAvailable), boxed);
    sheet.put(5, 3, Value::Number(1.0, NumberFormat::Percent0), boxed);
    let met = Formula::CountIf(Area { first: (3, 1), last: (5, 1) }, "Đạt".to_string());
    sheet.put(7, 0, Value::Formula(Formula::join(met, Formula::Text("/57")), Stored::Text("52/57".into())), boxed);
    let share = Formula::divide(Formula::Cell(3, 0), Formula::Number(4.0));
    sheet.put(7, 1, Value::Formula(share.clone(), Stored::Number(0.525, NumberFormat::Percent2)), boxed);
    sheet.put(7, 2, Value::Formula(share, Stored::Nothing), boxed);
    sheet.hidden_rows.insert(5);
    sheet.hidden_columns.insert(3);
    sheet.widths.extend([(0, 6.0), (1, 40.0)]);
    sheet.heights.insert(0, 40.0);
    let mut old = Sheet::new("Cũ");
    old.visibility = Visibility::Hidden;
    old.put(1, 1, Value::text("  Số liệu tháng trước "), Look::of("Arial", 10));
    Workbook { sheets: vec![sheet, old] }
}

fn open(workbook: &Workbook, format: FileFormat) -> Sheets<Cursor<Vec<u8>>> {
    open_workbook_auto_from_rs(Cursor::new(write(workbook, format))).expect("calamine opens it")
}

fn compare(sheet: &Sheet, read: &mut Sheets<Cursor<Vec<u8>>>, format: FileFormat) {
    let range = read.worksheet_range(&sheet.name).expect("the sheet is there");
    for (&(row, column), cell) in &sheet.cells {
        let found = range.get_value((row, u32::from(column))).unwrap_or(&Data::Empty);
        let at = format!("{format:?} {} {}", sheet.name, cell_name(row, column));
        match &cell.value {
            Value::Blank | Value::Formula(_, Stored::Nothing) => assert!(is_nothing(found), "{at}: {found:?}"),
            Value::Text(text) | Value::Formula(_, Stored::Text(text)) => {
                assert_eq!(found, &Data::String(text.clone()), "{at}");
            }
            Value::Number(number, shown) | Value::Formula(_, Stored::Number(number, shown)) => {
                compare_number(found, *number, *shown, &at);
            }
            Value::Bool(truth) => assert_eq!(found, &Data::Bool(*truth), "{at}"),
            Value::Error(fault) => assert_eq!(found.to_string(), fault.as_str(), "{at}"),
        }
    }
    let stray = range.used_cells().filter(|(_, _, data)| !is_nothing(data)).count();
    let kept = sheet.cells.values().filter(|c| !matches!(c.value, Value::Blank | Value::Formula(_, Stored::Nothing)));
    assert_eq!(stray, kept.count(), "{format:?} {}: cells that the model does not have", sheet.name);
}

fn compare_number(found: &Data, number: f64, shown: NumberFormat, at: &str) {
    match found {
        Data::Float(read) => assert_eq!(*read, number, "{at}"),
        Data::Int(read) => assert_eq!(*read as f64, number, "{at}"),
        Data::DateTime(read) => assert_eq!((read.as_f64(), shown.is_date()), (number, true), "{at}"),
        Data::DateTimeIso(read) => assert_eq!(read, &day_of(number).to_string(), "{at}"),
        other => panic!("{at}: {other:?} is no number"),
    }
}

fn is_nothing(data: &Data) -> bool {
    matches!(data, Data::Empty) || matches!(data, Data::String(text) if text.is_empty())
}
