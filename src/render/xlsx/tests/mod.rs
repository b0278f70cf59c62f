//! Workbooks read back: every text and number of the report stands in them, and so does what makes them good to use.

mod long;
mod pinned;
mod sample;

use std::io::{Cursor, Read};

use calamine::{Data, DataType as _, Range, Reader, Xlsx};
use jiff::civil::date;
use polars::prelude::{DataFrame, DataType, IntoColumn, NamedFrom, Series};
use zip::ZipArchive;

use self::sample::{column, frame, section, sourced, with_sections};
use super::{Book, MOST_LINKS, WorkbookError, workbook};
use crate::model::report::{
    Align, Block, Cell, CellValue, Chart, ChartKind, DataTable, Original, PageStart, Report, Row, RowKind, Section,
    Span, Table, TableStyle,
};

/// The workbook as calamine reads it.
fn read(bytes: &[u8]) -> Xlsx<Cursor<&[u8]>> {
    Xlsx::new(Cursor::new(bytes)).expect("a workbook")
}

fn drawn(report: &Report) -> Vec<u8> {
    workbook(report).and_then(Book::pack).expect("a report that can be drawn")
}

/// A part of the package as text.
fn part(bytes: &[u8], name: &str) -> String {
    let mut package = ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut text = String::new();
    package.by_name(name).expect(name).read_to_string(&mut text).expect("text");
    text
}

fn sheet_part(bytes: &[u8], number: usize) -> String {
    part(bytes, &format!("xl/worksheets/sheet{number}.xml"))
}

/// What is not empty on a sheet, row by row from the left.
fn rows_of(range: &Range<Data>) -> Vec<Vec<Data>> {
    range.rows().map(|row| row.iter().filter(|value| !value.is_empty()).cloned().collect()).collect()
}

/// The texts of a sheet, from the top and the left.
fn texts(bytes: &[u8], sheet: &str) -> Vec<String> {
    let range = read(bytes).worksheet_range(sheet).expect(sheet);
    rows_of(&range).into_iter().flatten().filter_map(|value| value.get_string().map(str::to_owned)).collect()
}

/// The rows of the range with this name, headings first.
fn named_rows(bytes: &[u8], name: &str) -> Vec<Vec<Data>> {
    let mut book = read(bytes);
    let reference = book.defined_names().iter().find(|(known, _)| known == name).expect(name).1.clone();
    let (sheet, cells) = reference.rsplit_once('!').expect("a sheet and its cells");
    let range = book.worksheet_range(&sheet.trim_matches('\'').replace("''", "'")).expect(sheet);
    let corner = |text: &str| {
        let (column, row) = text.trim_start_matches('$').split_once('$').expect("an absolute cell");
        let column = column.bytes().fold(0, |sum, letter| sum * 26 + u32::from(letter - b'A') + 1) - 1;
        (row.parse::<u32>().expect("a row") - 1, column)
    };
    let (first, last) = cells.split_once(':').expect("two corners");
    let (first, last) = (corner(first), corner(last));
    (first.0..=last.0)
        .map(|row| (first.1..=last.1).filter_map(|column| range.get_value((row, column)).cloned()).collect())
        .collect()
}

/// What a cell of the report must be read back as.
fn expected(value: &CellValue) -> Option<Data> {
    match value {
        CellValue::Empty => None,
        CellValue::Text(text) => Some(Data::String(text.clone())),
        CellValue::Integer(number) => Some(Data::Float(*number as f64)),
        CellValue::Decimal { value, .. } => Some(Data::Float(*value)),
        CellValue::Percent { share, .. } => Some(Data::Float(*share)),
        CellValue::Date(day) => Some(Data::Float(f64::from((*day - date(1899, 12, 30)).get_days()))),
    }
}

/// Days and moments are compared by their number.
fn plain(value: &Data) -> Option<Data> {
    match value {
        Data::Empty => None,
        Data::DateTime(moment) => Some(Data::Float(moment.as_f64())),
        other => Some(other.clone()),
    }
}

fn tables(report: &Report) -> impl Iterator<Item = &Table> {
    let blocks = report.sections.iter().flat_map(|section| &section.blocks);
    blocks.filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None })
}

fn small_table(id: &str, labels: &[&str], rows: Vec<Row>) -> Table {
    let columns = labels.iter().map(|label| column(None, label, 12.0, Align::Left)).collect();
    Table { id: id.to_owned(), caption: String::new(), columns, rows, key_columns: 1, style: TableStyle::Text }
}

fn body(cells: Vec<Cell>) -> Row {
    Row { cells, kind: RowKind::Body }
}

fn one_sheet(blocks: Vec<Block>) -> Report {
    with_sections(vec![section("one", "Một", "Một", PageStart::Flow, blocks)])
}

/// A report whose second sheet is the block.
fn second_sheet(block: Block) -> Report {
    with_sections(vec![
        section("first", "Đầu", "Đầu", PageStart::Flow, vec![]),
        section("second", "Sau", "Sau", PageStart::Flow, vec![block]),
    ])
}

#[test]
fn every_cell_of_every_table_is_read_back() {
    let report = sample::report();
    let bytes = drawn(&report);
    for table in tables(&report) {
        let rows = named_rows(&bytes, &super::names::range_name(&table.id));
        let headers = rows.len() - table.rows.len();
        let headings: Vec<String> = rows[..headers].iter().flatten().filter_map(|cell| cell.as_string()).collect();
        for column in &table.columns {
            assert!(headings.contains(&column.label), "{:?} in {headings:?}", column.label);
            assert!(column.group.iter().all(|group| headings.contains(group)), "{:?} in {headings:?}", column.group);
        }
        for (read, row) in rows[headers..].iter().zip(&table.rows) {
            let read: Vec<Data> = read.iter().filter_map(plain).collect();
            let wanted: Vec<Data> = row.cells.iter().filter_map(|cell| expected(&cell.value)).collect();
            assert_eq!(read, wanted, "table {}", table.id);
        }
    }
}

#[test]
fn every_cell_of_the_frame_is_read_back() {
    let bytes = drawn(&sample::report());
    let rows = named_rows(&bytes, "ntm_observations");
    let frame = frame();
    assert_eq!(rows.len(), frame.frame.height() + 1);
    let headings: Vec<String> = rows[0].iter().filter_map(|cell| cell.as_string()).collect();
    assert_eq!(headings, ["TT", "Xã", "Mục", "Nguyên văn", "Giá trị", "Thời hạn", "Nhận lúc", "Đang dùng"]);
    let columns = frame.frame.columns();
    for (index, row) in rows[1..].iter().enumerate() {
        for (column, read) in columns.iter().zip(row) {
            let value = column.get(index).expect("a row of the frame");
            let wanted = match column.dtype() {
                _ if value.is_null() => None,
                DataType::String => Some(Data::String(value.get_str().expect("text").to_owned())),
                DataType::Boolean => Some(Data::Bool(value.extract_bool().expect("a truth"))),
                DataType::Date => value.extract::<f64>().map(|days| Data::Float(days + 25_569.0)),
                DataType::Datetime(..) => {
                    let read = plain(read)
                        .and_then(|read| read.as_f64())
                        .map(|days| ((days - 25_569.0) * 86_400_000.0).round());
                    assert_eq!(read, value.extract::<f64>(), "row {index}: the moment to the millisecond");
                    continue;
                }
                _ => value.extract::<f64>().map(Data::Float),
            };
            assert_eq!(plain(read), wanted, "row {index}, column {}", column.name());
        }
    }
}

#[test]
fn the_first_sheet_reads_like_the_paper() {
    let bytes = drawn(&sample::report());
    let texts = texts(&bytes, "Tổng hợp");
    let wanted = [
        "ỦY BAN NHÂN DÂN HUYỆN BÌNH LỤC",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "BAN CHỈ ĐẠO CÁC CHƯƠNG TRÌNH",
        "Độc lập - Tự do - Hạnh phúc",
        "MỤC TIÊU QUỐC GIA",
        "Số:      /BC-BCĐ",
        "Bình Lục, ngày 28 tháng 4 năm 2023",
        "BÁO CÁO",
        "I. Tình hình chung",
        "Xã đã gửi báo cáo",
        "6/6",
        "trong đó 1 xã gửi sau hạn 25/4",
        "1. Việc cần Ban Chỉ đạo cho ý kiến",
        "- Xã Trung Lương: số chỉ tiêu tự kê khai lệch 1 so với danh sách gửi kèm.",
        "Bảng 1. Số xã theo số tiêu chí đạt",
        "Cộng",
        "Nguồn: báo cáo tháng 4/2023 của 6 xã; số liệu theo từng dòng ở trang Dữ liệu.",
    ];
    let mut rest = texts.iter();
    for text in wanted {
        assert!(rest.any(|read| read == text), "{text:?} in its place in {texts:#?}");
    }
}

#[test]
fn bold_pieces_stay_bold() {
    let strings = part(&drawn(&sample::report()), "xl/sharedStrings.xml");
    assert!(strings.contains("<r><rPr><b/>"), "a bold run");
    assert!(strings.contains(r#"<t>6/6 xã</t>"#), "the bold words");
}

#[test]
fn text_is_never_a_formula() {
    let bytes = drawn(&sample::report());
    for number in 1..=4 {
        let sheet = sheet_part(&bytes, number);
        assert!(!sheet.contains("<f>") && !sheet.contains("<f "), "a formula on sheet {number}");
    }
    assert!(texts(&bytes, "Kế hoạch").contains(&"=HYPERLINK(\"http://x\")".to_owned()));
    assert!(texts(&bytes, "Dữ liệu").contains(&"=1+1".to_owned()));
    assert!(part(&bytes, "xl/styles.xml").contains(r#"quotePrefix="1""#));
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    let report = sample::report();
    assert_eq!(drawn(&report), drawn(&report));
}

#[test]
fn the_workbook_says_when_it_was_made_in_utc() {
    let core = part(&drawn(&sample::report()), "docProps/core.xml");
    assert!(core.contains("2023-04-28T01:30:00Z"), "{core}");
    assert!(core.contains("<dc:title>Tổng hợp kết quả xây dựng nông thôn mới tháng 4/2023</dc:title>"), "{core}");
}

#[test]
fn a_long_table_is_printed_over_as_many_pages_as_it_needs() {
    let mut report = sample::report();
    for block in report.sections.iter_mut().flat_map(|section| &mut section.blocks) {
        if let Block::Table(table) = block {
            table.rows = table.rows.iter().cloned().cycle().take(table.rows.len() * 20).collect();
        }
    }
    let sheet = sheet_part(&drawn(&report), 2);
    assert!(sheet.contains(r#"<pageSetup paperSize="9" fitToHeight="0" orientation="landscape""#));
}

#[test]
fn a_single_table_is_frozen_filtered_and_repeated_in_print() {
    let bytes = drawn(&sample::report());
    let sheet = sheet_part(&bytes, 2);
    assert!(sheet.contains(r#"<pane xSplit="2" ySplit="5" topLeftCell="C6""#), "{}", &sheet[..900]);
    assert!(sheet.contains(r#"<autoFilter ref="A5:V11"/>"#), "the filter leaves out the total");
    assert!(sheet.contains(r#"<pageSetup paperSize="9" orientation="landscape""#), "it stands on one page");
    let book = part(&bytes, "xl/workbook.xml");
    assert!(book.contains(r#"localSheetId="1">'NTM 2021-2025'!$4:$5</definedName>"#), "{book}");
}

#[test]
fn a_frame_is_frozen_filtered_and_repeated_in_print() {
    let bytes = drawn(&sample::report());
    let sheet = sheet_part(&bytes, 4);
    assert!(sheet.contains(r#"<pane ySplit="1" topLeftCell="A2""#), "{}", &sheet[..900]);
    assert!(sheet.contains(r#"<autoFilter ref="A1:H115"/>"#));
    assert!(part(&bytes, "xl/workbook.xml").contains("'Dữ liệu'!$1:$1</definedName>"));
}

#[test]
fn headings_are_not_frozen_above_another_table() {
    let row = || vec![body(vec![Cell::text("a"), Cell::text("b")])];
    let different = one_sheet(vec![
        Block::Table(small_table("one", &["Xã", "Đạt"], row())),
        Block::Table(small_table("two", &["Tiêu chí", "Chưa đạt"], row())),
    ]);
    let sheet = sheet_part(&drawn(&different), 1);
    assert!(!sheet.contains("<pane") && !sheet.contains("<autoFilter"), "{sheet}");
    let alike = one_sheet(vec![
        Block::Table(small_table("one", &["Xã", "Đạt"], row())),
        Block::Table(small_table("two", &["Xã", "Đạt"], row())),
    ]);
    assert!(sheet_part(&drawn(&alike), 1).contains("<pane"));
}

#[test]
fn grouped_headings_are_merged() {
    let sheet = sheet_part(&drawn(&sample::report()), 2);
    // "Hạ tầng kinh tế - xã hội" over criteria 2 to 9; "Xã" beside the groups over both rows.
    assert!(sheet.contains(r#"<mergeCell ref="D4:K4"/>"#), "the group");
    assert!(sheet.contains(r#"<mergeCell ref="B4:B5"/>"#), "the column without a group");
    assert!(!sheet.contains(r#"<mergeCell ref="C4:C5"/>"#), "a group of one column keeps its own row");
}

#[test]
fn tables_without_rows_keep_their_headings() {
    let table = small_table("none", &["Xã", "Đạt"], vec![]);
    let bytes = drawn(&second_sheet(Block::Table(table)));
    assert_eq!(texts(&bytes, "Sau"), ["Sau", "Xã", "Đạt"]);
    let empty = DataTable { frame: frame().frame.clear(), ..frame() };
    let bytes = drawn(&second_sheet(Block::Data(empty)));
    assert_eq!(texts(&bytes, "Sau").len(), 8);
    assert_eq!(read(&bytes).sheet_names(), ["Đầu", "Sau"]);
}

#[test]
fn figures_lead_to_the_rows_behind_them() {
    let bytes = drawn(&sample::report());
    let sheet = sheet_part(&bytes, 2);
    assert_eq!(sheet.matches("<hyperlink ").count(), 6 * 19);
    // Criterion 1 of the second commune rests on row 19 of the frame, below the headings in row 21 of the sheet.
    assert!(sheet.contains(r#"<hyperlink ref="C7" location="'Dữ liệu'!A21""#), "the link");
    assert!(!part(&bytes, "xl/styles.xml").contains(r#"name="Hyperlink""#), "no look of a link");
}

#[test]
fn a_link_never_leads_to_a_row_that_is_not_there() {
    let mut cells = vec![sourced(Cell::integer(1), 113), sourced(Cell::integer(2), 114)];
    cells.push(Cell::integer(3));
    let table = small_table("links", &["Xã", "Đạt", "Chưa"], vec![body(cells)]);
    let mut report = second_sheet(Block::Table(table));
    report.sections.push(section("data", "Dữ liệu", "Dữ liệu", PageStart::Flow, vec![Block::Data(frame())]));
    let sheet = sheet_part(&drawn(&report), 2);
    assert_eq!(sheet.matches("<hyperlink ").count(), 1);
    assert!(sheet.contains("'Dữ liệu'!A115"));
}

#[test]
fn a_workbook_of_very_many_figures_has_no_links() {
    let linked = |rows: usize| {
        let rows = (0..rows).map(|_| body((0..100).map(|_| sourced(Cell::integer(1), 0)).collect())).collect();
        let table = small_table("many", &["x"; 100], rows);
        let mut report = second_sheet(Block::Table(table));
        report.sections.push(section("data", "Dữ liệu", "Dữ liệu", PageStart::Flow, vec![Block::Data(frame())]));
        sheet_part(&drawn(&report), 2).matches("<hyperlink ").count()
    };
    assert_eq!(linked(MOST_LINKS / 100), 0);
    assert_eq!(linked(MOST_LINKS / 100 - 1), MOST_LINKS - 100);
}

#[test]
fn odd_values_of_a_frame_are_shown_as_what_they_are() {
    let columns = vec![
        Series::new("value".into(), [f64::NAN, f64::INFINITY, 0.1]).into_column(),
        Series::new("day".into(), [-40_000, 45_000, 0]).cast(&DataType::Date).expect("days").into_column(),
        Series::new("large".into(), [9_007_199_254_740_993_i64, 1, 2]).into_column(),
    ];
    let table = DataTable {
        id: "odd".to_owned(),
        caption: String::new(),
        columns: ["Giá trị", "Ngày", "Số lớn"].map(|label| column(None, label, 10.0, Align::Right)).to_vec(),
        frame: DataFrame::new(3, columns).expect("three rows"),
        originals: None,
    };
    let bytes = drawn(&second_sheet(Block::Data(table)));
    let read = texts(&bytes, "Sau");
    assert_eq!(read.iter().filter(|text| *text == "không phải số").count(), 2, "{read:?}");
    assert!(read.contains(&"26/06/1860".to_owned()), "{read:?}");
    assert!(read.contains(&"9007199254740993".to_owned()), "{read:?}");
}

#[test]
fn a_long_paragraph_goes_on_in_the_next_row() {
    let sentence = "Xã chưa báo cáo tiêu chí môi trường và chất lượng môi trường sống. ";
    let text = sentence.repeat(200);
    let pieces = vec![Span { text: "Nhận xét: ".to_owned(), bold: true }, Span { text: text.clone(), bold: false }];
    let bytes = drawn(&one_sheet(vec![Block::Paragraph(pieces)]));
    let texts = texts(&bytes, "Một");
    let start = texts.iter().position(|text| text.starts_with("Nhận xét: ")).expect("the paragraph");
    assert!(texts[start..].len() > 3, "several rows");
    assert_eq!(texts[start..].concat(), format!("Nhận xét: {text}"));
}

#[test]
fn text_that_a_cell_cannot_hold_is_cut_with_a_mark() {
    let row = body(vec![Cell::text("Đ".repeat(40_000)), Cell::text("b")]);
    let bytes = drawn(&second_sheet(Block::Table(small_table("long", &["Xã", "Đạt"], vec![row]))));
    assert!(texts(&bytes, "Sau").iter().any(|text| text.ends_with("Đ… (còn nữa)")));
}

#[test]
fn sheet_names_are_made_legal_and_unique() {
    let named = |name: &str| section(name, name, name, PageStart::Flow, vec![]);
    let report = with_sections(vec![named("Xã: Đồn Xá/1"), named("xã- đồn xá-1"), named("")]);
    assert_eq!(read(&drawn(&report)).sheet_names(), ["Xã- Đồn Xá-1", "xã- đồn xá-1 (2)", "Sheet"]);
}

#[test]
fn a_report_without_sections_still_opens() {
    let bytes = drawn(&with_sections(Vec::<Section>::new()));
    assert_eq!(read(&bytes).sheet_names(), ["BÁO CÁO"]);
    assert!(texts(&bytes, "BÁO CÁO").contains(&"Độc lập - Tự do - Hạnh phúc".to_owned()));
}

#[test]
fn tables_of_one_name_get_two_ranges() {
    let table = || small_table("t", &["Xã", "Đạt"], vec![body(vec![Cell::text("a"), Cell::text("b")])]);
    let bytes = drawn(&one_sheet(vec![Block::Table(table()), Block::Table(table())]));
    assert_eq!(named_rows(&bytes, "ntm_t").len(), 2);
    assert_eq!(named_rows(&bytes, "ntm_t_2").len(), 2);
}

#[test]
fn a_table_of_uneven_rows_is_refused() {
    let table = small_table("uneven", &["Xã"], vec![body(vec![Cell::text("a"), Cell::text("lost")])]);
    let refused = workbook(&one_sheet(vec![Block::Table(table)])).expect_err("a cell without a column");
    assert!(matches!(&refused, WorkbookError::Uneven { table } if table == "uneven"), "{refused}");
    let mut table = frame();
    table.columns.pop();
    let refused = workbook(&one_sheet(vec![Block::Data(table)])).expect_err("a column without a heading");
    assert!(matches!(&refused, WorkbookError::Uneven { table } if table == "observations"), "{refused}");
}

#[test]
fn the_caption_of_a_frame_stands_above_each_printed_page() {
    assert!(sheet_part(&drawn(&sample::report()), 4).contains("Kết quả từng mục của từng xã&amp;R"));
}

#[test]
fn charts_and_small_lines_are_drawn_from_the_cells_of_their_table() {
    let row = |name: &str, figures: [i64; 2]| {
        let figures = figures.map(Cell::integer);
        body([Cell::text(name)].into_iter().chain(figures).chain([Cell::empty()]).collect())
    };
    let rows = vec![row("NTM", [14, 15]), row("NTM nâng cao", [12, 14])];
    let table = small_table("trend", &["Bộ", "3/2023", "4/2023", "Diễn biến"], rows);
    let chart = Chart {
        table: "trend".to_owned(),
        title: "Số tiêu chí đạt".to_owned(),
        axis: "tiêu chí".to_owned(),
        kind: ChartKind::Lines,
    };
    let report = Report { charts: vec![chart], ..second_sheet(Block::Table(table)) };
    let bytes = drawn(&report);
    let lines = sheet_part(&bytes, 2);
    assert_eq!(lines.matches("<xm:f>Sau!B").count(), 2, "{lines}");
    // One chart below its table, one beside the letterhead, of the same cells.
    for number in [1, 2] {
        let chart = part(&bytes, &format!("xl/charts/chart{number}.xml"));
        assert_eq!(chart.matches("<c:ser>").count(), 2, "{chart}");
        assert!(chart.contains("<c:v>15</c:v>") && chart.contains("NTM nâng cao"), "{chart}");
    }
    assert_eq!(bytes, drawn(&report));
}

#[test]
fn a_cell_opens_its_original_by_a_path_from_the_workbook() {
    let original =
        |path: &str| Some(Box::new(Original { path: path.into(), place: Some(("NTM NC".into(), "E12".into())) }));
    let rows = vec![
        body(vec![Cell { original: original("../../luu-tru/13546/BC Trung Lương.xlsx"), ..Cell::text("BC") }]),
        body(vec![Cell { original: original("../../luu-tru/13546/BC #2.xlsx"), ..Cell::text("BC 2") }]),
    ];
    let bytes = drawn(&second_sheet(Block::Table(small_table("files", &["Tệp"], rows))));
    let links = part(&bytes, "xl/worksheets/_rels/sheet2.xml.rels");
    assert!(links.contains("Target=\"../../luu-tru/13546/BC%20Trung%20Lương.xlsx\""), "{links}");
    assert_eq!(links.matches("<Relationship ").count(), 1, "a path that the writer would cut is no link");
    assert!(sheet_part(&bytes, 2).contains("location=\"'NTM NC'!E12\""));
    assert_eq!(texts(&bytes, "Sau")[1..], ["Tệp", "BC", "BC 2"]);
}
