//! How a workbook is printed, and a small one part by part.

use super::*;

#[test]
fn printed_pages_of_several_tables_end_between_them() {
    let rows = || (0..14).map(|row| body(vec![Cell::integer(row), Cell::text("Trung Lương")])).collect();
    let tables = ["mot", "hai", "ba"].map(|id| {
        let table = Table { caption: format!("Bảng {id}"), ..small_table(id, &["TT", "Xã"], rows()) };
        Block::Table(Table { columns: vec![table.columns[0].clone(), column(None, id, 30.0, Align::Left)], ..table })
    });
    let section = sample::section("x", "Nhiều bảng", "Sau", PageStart::NewLandscape, tables.into());
    let mut report = one_sheet(Vec::new());
    report.sections.push(section);
    let sheet = sheet_part(&drawn(&report), 2);
    let breaks: Vec<&str> = sheet.split("<brk id=\"").skip(1).filter_map(|part| part.split('"').next()).collect();
    // Title, then tables of caption, headings, rows and a gap: the second and the third begin a page each.
    assert_eq!(breaks, ["18", "35"], "{sheet}");
}

#[test]
fn a_small_workbook_is_as_it_was_agreed_part_by_part() {
    let group = Row { cells: vec![Cell::text("Hạ tầng"), Cell::empty(), Cell::empty()], kind: RowKind::Group };
    let share = Cell { value: CellValue::Percent { share: 0.855, decimals: 1 }, ..Cell::empty() };
    let day = Cell { value: CellValue::Date(date(2023, 4, 24)), ..Cell::empty() };
    let total = Row { cells: vec![Cell::text("Cộng"), Cell::integer(1), Cell::empty()], kind: RowKind::Total };
    let rows = vec![group, body(vec![Cell::text("17.10"), share, day]), total];
    let blocks = vec![
        Block::Heading("1. Kết quả".to_owned()),
        Block::Table(small_table("ket-qua", &["Mã", "Kết quả", "Hạn"], rows)),
        Block::Note("Theo báo cáo của xã.".to_owned()),
    ];
    let mut report = one_sheet(Vec::new());
    report.sections.push(sample::section("x", "Kết quả", "Kết quả", PageStart::NewPortrait, blocks));
    let bytes = drawn(&report);
    let parts = ["docProps/core.xml", "xl/workbook.xml", "xl/worksheets/sheet2.xml"];
    let parts = parts.map(|name| format!("{name}\n{}", part(&bytes, name).replace("><", ">\n<")));
    insta::assert_snapshot!(parts.join("\n\n"));
}
