//! Reports of small made worlds, as text.

use std::collections::BTreeMap;

use jiff::civil::date;

use super::*;
use crate::assess::made::{
    Report as Stored, Value, World, advanced_set, made_at, report as report_of, seed, set, small_set,
};
use crate::catalogue::wording;
use crate::model::Lang;
use crate::model::report::{Block, Cell, CellValue, Media, Row, Span, Table, Tone};
use crate::settings::{Office, RoadmapTarget};

pub(super) const FOUR: &[(&str, &str)] =
    &[("13546", "Trung Lương"), ("13516", "Đồng Du"), ("13531", "Bồ Đề"), ("13552", "An Đổ")];

pub(super) fn composed(world: &World, period: &str, lang: Lang) -> Report {
    let wording = wording::shipped(lang).unwrap();
    report(&world.assess(period), &world.settings, &world.sets, &wording, made_at())
}

fn section<'a>(report: &'a Report, id: &str) -> &'a Section {
    report.sections.iter().find(|section| section.id == id).unwrap_or_else(|| panic!("no section {id}"))
}

pub(super) fn table<'a>(report: &'a Report, id: &str) -> &'a Table {
    let blocks = report.sections.iter().flat_map(|section| &section.blocks);
    let mut tables = blocks.filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None });
    tables.find(|table| table.id == id).unwrap_or_else(|| panic!("no table {id}"))
}

fn spans(spans: &[Span]) -> String {
    spans.iter().map(|span| span.text.as_str()).collect()
}

fn cell(cell: &Cell) -> String {
    match &cell.value {
        CellValue::Empty => String::new(),
        CellValue::Text(text) => text.clone(),
        CellValue::Integer(number) => number.to_string(),
        CellValue::Decimal { value, .. } => value.to_string(),
        CellValue::Percent { share, .. } => share.to_string(),
        CellValue::Date(day) => day.to_string(),
    }
}

pub(super) fn row(row: &Row) -> String {
    row.cells.iter().map(cell).collect::<Vec<_>>().join(" | ")
}

/// A section as lines of text.
pub(super) fn lines(section: &Section) -> Vec<String> {
    let of_block = |block: &Block| match block {
        Block::Heading(text) => vec![format!("# {text}")],
        Block::Paragraph(text) => vec![spans(text)],
        Block::Bullet(text) => vec![format!("- {}", spans(text))],
        Block::Note(text) => vec![format!("({text})")],
        Block::Figures(figures) => figures.iter().map(|f| format!("[{}: {}; {}]", f.label, f.value, f.note)).collect(),
        Block::Drawing(chart) => std::iter::once(format!("chart {}: {} ({})", chart.id, chart.caption, chart.unit))
            .chain([chart.categories.join(" | ")])
            .chain(chart.series.iter().map(|series| format!("{}: {:?}", series.name, series.values)))
            .collect(),
        Block::Table(table) => std::iter::once(format!("table {}: {}", table.id, table.caption))
            .chain([table.columns.iter().map(|column| column.label.as_str()).collect::<Vec<_>>().join(" | ")])
            .chain(table.rows.iter().map(row))
            .collect(),
        Block::Data(data) => vec![format!("data of {} rows", data.frame.height())],
    };
    section.blocks.iter().flat_map(of_block).collect()
}

pub(super) fn text(report: &Report, id: &str) -> String {
    lines(section(report, id)).join("\n")
}

/// April 2023: the seed in one commune, another without a report of the month, one with nothing, one fallen back.
pub(super) fn april() -> World {
    let advanced = advanced_set();
    let basic = set("ntm-2021-2025", "NTM", &[("Quy hoạch", 2), ("Giao thông", 4), ("Điện", 1)]);
    let mut world = World::new(FOUR, vec![basic.clone(), advanced.clone()]);
    world.store(&seed(&advanced));
    world.note("13.2", "owner", "Nguyễn Văn A".into());
    world.note("13.2", "task", "Hoàn thiện hồ sơ OCOP".into());
    world.note("13.2", "due", Value::Day(date(2023, 4, 15)));
    world.note("2.1", "value", Value::Float(85.2));
    world.note("2.1", "unit", "%".into());
    world.store(&Stored {
        items: Vec::new(),
        declared: Some((2, 3, 5, 7)),
        file: "BC Trung Lương.xlsx".to_owned(),
        ..report_of("2023-04", "13546", &basic, &[])
    });
    world.store(&report_of("2023-03", "13516", &advanced, &[("4", Some("not_met"))]));
    world.store(&report_of("2023-03", "13552", &basic, &[("1.1", Some("not_met"))]));
    world.store(&Stored {
        received_at: date(2023, 4, 27).at(9, 5, 0, 0),
        ..report_of("2023-04", "13552", &basic, &[("2.3", Some("not_met")), ("2.4", None)])
    });
    world
}

#[test]
fn the_paragraph_of_the_seed_says_both_totals_and_what_is_not_met() {
    let mut world = april();
    let advanced = world.sets[1].id.clone();
    world.settings.roadmap.push(RoadmapTarget {
        commune: world.settings.communes[0].code.clone(),
        set: advanced,
        year: 2024,
    });
    let report = composed(&world, "2023-04", Lang::Vi);
    let paragraphs = lines(section(&report, "communes"));
    assert_eq!(
        paragraphs[1],
        "Xã Trung Lương: tự kê khai đạt 2/3 tiêu chí, 5/7 chỉ tiêu NTM, không kèm danh sách để đối chiếu; đạt 14/19 \
         tiêu chí, 61/75 chỉ tiêu NTM nâng cao theo danh sách (xã tự kê khai 60/75, lệch 1; trang «Biểu 1», ô A40). \
         Chưa đạt NTM nâng cao: giao thông 2.1, 2.2; nghèo đa chiều; tổ chức sản xuất 13.2, 13.3, 13.5, 13.6, 13.8; \
         y tế 14.2, 14.3, 14.4; môi trường 17.5, 17.7, 17.9. Lộ trình: đạt NTM nâng cao năm 2024."
    );
}

#[test]
fn a_commune_without_a_report_of_the_month_is_shown_with_its_last_one_and_said_so() {
    let report = composed(&april(), "2023-04", Lang::Vi);
    let paragraphs = lines(section(&report, "communes"));
    assert_eq!(
        paragraphs[2],
        "Xã Đồng Du (số liệu tháng 3/2023; tháng 4/2023 chưa có báo cáo): chưa có báo cáo NTM; đạt 18/19 tiêu chí, 74/75 \
         chỉ tiêu NTM nâng cao. Chưa đạt NTM nâng cao: điện."
    );
    assert_eq!(paragraphs[3], "Xã Bồ Đề: chưa có báo cáo nào.");
    let matrix = table(&report, "matrix-ntm-nang-cao-2021-2025");
    assert_eq!(cell(&matrix.rows[1].cells[0]), "Đồng Du (số liệu 3/2023)");
    assert_eq!((cell(&matrix.rows[1].cells[4]).as_str(), matrix.rows[1].cells[4].tone), ("C*", Tone::Outdated));
    assert_eq!(cell(&matrix.rows[4].cells[4]), "1", "the total counts this month's reports only");
}

#[test]
fn nothing_reported_is_a_dash_and_never_unmet() {
    let report = composed(&april(), "2023-04", Lang::Vi);
    let matrix = table(&report, "matrix-ntm-nang-cao-2021-2025");
    let nobody = &matrix.rows[2];
    assert_eq!(cell(&nobody.cells[0]), "Bồ Đề (chưa có báo cáo)");
    assert!(nobody.cells[1..20].iter().all(|c| cell(c) == "–" && c.tone == Tone::NotReported && c.source.is_none()));
    assert!(nobody.cells[20..].iter().all(|c| c.value == CellValue::Empty), "no total is not a total of zero");
    let seed = &matrix.rows[0];
    let marks: Vec<String> = [1, 2, 11, 13, 14, 17].map(|number| cell(&seed.cells[number])).to_vec();
    assert_eq!(marks, ["Đ", "C2", "C", "C5", "C3", "C3"]);
    let open = table(&report, "matrix-ntm-2021-2025");
    assert_eq!(row(&open.rows[3]), "An Đổ | Đ | C1 | Đ | 2 | 1 | 0 | 0 |  | 5 | ");
}

#[test]
fn the_first_page_says_what_changed_and_what_to_decide() {
    insta::assert_snapshot!(text(&composed(&april(), "2023-04", Lang::Vi), "overview"));
}

#[test]
fn a_month_in_which_all_came_says_so_and_names_who_did_not_change() {
    let set = small_set();
    let mut world = World::new(&FOUR[..2], vec![set.clone()]);
    for commune in ["13546", "13516"] {
        world.store(&report_of("2023-03", commune, &set, &[("3.1", Some("not_met"))]));
    }
    world.store(&report_of("2023-04", "13546", &set, &[]));
    world.store(&report_of("2023-04", "13516", &set, &[("3.1", Some("not_met"))]));
    let overview = text(&composed(&world, "2023-04", Lang::Vi), "overview");
    assert!(overview.contains("có 2 xã phải báo cáo"), "{overview}");
    assert!(overview.contains("; tất cả đã gửi."), "{overview}");
    assert!(overview.contains("[Xã đã gửi báo cáo: 2/2; tất cả đúng hạn]"), "{overview}");
    assert!(overview.contains("Không thay đổi: Đồng Du."), "{overview}");
}

#[test]
fn of_many_communes_the_first_page_names_the_first_with_figures_and_the_others() {
    const NINE: &[(&str, &str)] = &[
        ("1", "Một"),
        ("2", "Hai"),
        ("3", "Ba"),
        ("4", "Bốn"),
        ("5", "Năm"),
        ("6", "Sáu"),
        ("7", "Bảy"),
        ("8", "Tám"),
        ("9", "Chín"),
    ];
    let set = small_set();
    let mut world = World::new(NINE, vec![set.clone()]);
    for (code, _) in NINE {
        world.store(&report_of("2023-03", code, &set, &[]));
        world.store(&report_of("2023-04", code, &set, &[("3.1", Some("not_met"))]));
    }
    let overview = text(&composed(&world, "2023-04", Lang::Vi), "overview");
    assert!(overview.contains("Sáu (NTM: y tế 3.1); và: Bảy, Tám, Chín (xem mục II)."), "{overview}");
}

#[test]
fn a_set_is_asked_for_of_communes_that_sent_it_before_or_have_a_year_to_meet_it_in() {
    let mut world = april();
    let asks = |world: &World| -> Vec<String> {
        let report = composed(world, "2023-04", Lang::Vi);
        table(&report, "asks").rows.iter().map(row).filter(|ask| ask.contains("Gửi số liệu")).collect()
    };
    assert!(asks(&world).is_empty(), "An Đổ has never sent the advanced set: {:?}", asks(&world));
    let (commune, set) = (world.settings.communes[3].code.clone(), world.sets[1].id.clone());
    world.settings.roadmap.push(RoadmapTarget { commune, set, year: 2024 });
    assert_eq!(asks(&world), ["UBND xã An Đổ | Gửi số liệu NTM nâng cao | Ngay"]);
}

#[test]
fn who_will_not_meet_the_roadmap_is_asked_for_reasons_and_measures() {
    let world = april();
    let asks = table(&composed(&world, "2023-04", Lang::Vi), "asks").rows.iter().map(row).collect::<Vec<_>>();
    let late = asks.iter().find(|ask| ask.contains("Báo cáo nguyên nhân")).unwrap();
    assert!(late.starts_with("UBND xã Trung Lương | "), "what is past its date is Trung Lương's: {late}");
}

#[test]
fn another_month_than_the_last_is_named_where_changes_are_counted() {
    let set = small_set();
    let mut world = World::new(&FOUR[..1], vec![set.clone()]);
    world.store(&report_of("2023-02", "13546", &set, &[("3.1", Some("not_met"))]));
    world.store(&report_of("2023-04", "13546", &set, &[]));
    let report = composed(&world, "2023-04", Lang::Vi);
    let changes = row(&table(&report, "changes").rows[0]);
    assert!(changes.starts_with("Trung Lương | 2 → 3 (so với 2/2023) | "), "{changes}");
}

#[test]
fn unmet_items_come_with_plan_office_and_place() {
    let mut world = april();
    let advanced = world.sets[1].id.clone();
    let items = ["2", "13.2"].map(|code| (advanced.clone(), code.parse().unwrap())).to_vec();
    world.settings.offices.push(Office { name: "Phòng Kinh tế và Hạ tầng".to_owned(), items });
    let report = composed(&world, "2023-04", Lang::Vi);
    let unmet = table(&report, "unmet");
    let rows: Vec<String> = unmet.rows.iter().map(row).collect();
    assert_eq!(
        rows[0],
        "Trung Lương | NTM nâng cao | 2.1 | Giao thông 1 (*) | 85,2% | 4/2023 | Phòng Kinh tế và Hạ tầng |  |  |  | \
         BC Trung Lương.xlsx, trang «Biểu 1», ô E8"
    );
    assert_eq!(
        rows[3],
        "Trung Lương | NTM nâng cao | 13.2 | Tổ chức sản xuất và phát triển kinh tế nông thôn 2 (*) |  | 4/2023 | \
         Phòng Kinh tế và Hạ tầng | Nguyễn Văn A | Hoàn thiện hồ sơ OCOP | 2023-04-15 | \
         BC Trung Lương.xlsx, trang «Biểu 1», ô E41"
    );
    assert_eq!(unmet.rows[3].cells[9].tone, Tone::Warning, "its date is past");
}

#[test]
fn on_paper_items_with_a_plan_have_a_line_and_the_others_their_codes() {
    let report = composed(&april(), "2023-04", Lang::Vi);
    let planned: Vec<String> = table(&report, "planned").rows.iter().map(row).collect();
    assert_eq!(
        planned,
        [
            "Trung Lương – NTM nâng cao: 1/14 nội dung chưa đạt (BC Trung Lương.xlsx, trang «Biểu 1») |  |  |  |  |  | ",
            "13.2 | Tổ chức sản xuất và phát triển kinh tế nông thôn 2 (*) | 4/2023 | Nguyễn Văn A | \
             Hoàn thiện hồ sơ OCOP | 2023-04-15 | E41"
        ],
        "no column stands empty"
    );
    let unplanned: Vec<String> = table(&report, "unplanned").rows.iter().map(row).collect();
    assert_eq!(
        unplanned,
        [
            "Trung Lương | 13 |  | 2.1, 2.2, 11, 13.3, 13.5, 13.6, 13.8, 14.2, 14.3, 14.4, 17.5, 17.7, 17.9",
            "Đồng Du | 1 |  | 4 (số liệu tháng 3/2023)",
            "An Đổ | 1 | 2.3 | "
        ]
    );
}

#[test]
fn shares_written_bare_are_shown_as_they_were_understood() {
    let mut world = april();
    world.note("2.1", "text", "0.852".into());
    let report = composed(&world, "2023-04", Lang::Vi);
    assert!(row(&table(&report, "unmet").rows[0]).contains("| 85,2% |"));
}

#[test]
fn problems_of_one_kind_in_one_report_are_one_line_with_their_cells() {
    let mut world = april();
    for cell in ["F9", "F12", "F15", "F20", "F21", "F30", "F31", "F40"] {
        let texts = [
            ("period", "2023-04"),
            ("code", "verdict-nearly-met"),
            ("severity", "warning"),
            ("commune", "13546"),
            ("file", "BC.xlsx"),
            ("sheet", "NTM"),
            ("cells", cell),
            ("message_vi", "ghi «Cơ bản đạt»"),
        ];
        world.diagnostics.push(texts.map(|(column, text)| (column, text.into())).into());
    }
    let report = composed(&world, "2023-04", Lang::Vi);
    assert_eq!(table(&report, "problems").rows.len(), 9, "the workbook has them all");
    let grouped: Vec<String> = table(&report, "problems-paper").rows.iter().map(row).collect();
    let expected = "Cần kiểm tra | Trung Lương | ghi «Cơ bản đạt» | 8 | \
                    BC.xlsx, trang «NTM», ô F9, F12, F15, F20, F21, F30 và 2 ô khác";
    assert!(grouped.len() == 2 && grouped.contains(&expected.to_owned()), "{grouped:?}");
}

#[test]
fn declared_totals_that_disagree_are_a_problem_with_its_cell_said_once() {
    let mut world = april();
    let said = "Trung Lương | NTM nâng cao |  | tự kê khai 60/75 chỉ tiêu NTM nâng cao, theo danh sách 61/75, lệch 1";
    let rows = |world: &World| -> Vec<String> {
        table(&composed(world, "2023-04", Lang::Vi), "problems").rows.iter().map(row).collect()
    };
    let alone = rows(&world);
    assert!(alone.len() == 1 && alone[0].contains(said), "{alone:?}");
    assert!(alone[0].ends_with("BC Trung Lương.xlsx | Biểu 1 | A40"), "{alone:?}");
    let stored = [
        ("period", "2023-04"),
        ("code", "declared-mismatch"),
        ("severity", "warning"),
        ("commune", "13546"),
        ("set", "ntm-nang-cao-2021-2025"),
        ("message_vi", "đã nói"),
    ];
    world.diagnostics.push(stored.map(|(column, text)| (column, text.into())).into());
    let once = rows(&world);
    assert!(once.len() == 1 && once[0].contains("đã nói"), "{once:?}");
}

#[test]
fn files_set_aside_are_named_with_their_question() {
    let mut world = april();
    let common = [("period", "2023-04"), ("file", "bieu.xls"), ("sha256", "abcdef0123456789")];
    let received_at = ("received_at", Value::Moment(date(2023, 4, 20).at(8, 0, 0, 0)));
    let file = common.map(|(column, text)| (column, text.into())).into_iter();
    world.files.push(file.clone().chain([("outcome", "set_aside".into()), received_at]).collect());
    let texts: [(&str, Value); 3] =
        [("severity", "error".into()), ("code", "commune-unknown".into()), ("message_vi", "không rõ xã".into())];
    world.diagnostics.push(file.chain(texts).collect());
    let report = composed(&world, "2023-04", Lang::Vi);
    assert!(text(&report, "overview").contains("| Xử lý 1 tệp chưa đọc được: bieu.xls: không rõ xã | Ngay"));
    assert!(!text(&report, "overview").contains("lỗi trong các báo cáo"), "it is said with its file");
    assert!(text(&report, "receipts").contains("bieu.xls | 08:00 ngày 20/4/2023 | không rõ xã"));
    assert!(
        text(&report, "annex").contains("bieu.xls | abcdef012345 | 08:00 ngày 20/4/2023 | 4/2023 | Chưa đọc được | 0")
    );
}

#[test]
fn a_report_with_something_to_mend_is_told_as_going_back_wherever_it_was_received() {
    let mut world = april();
    let theirs =
        |row: &&BTreeMap<&str, Value>| matches!(&row["file"], Value::Text(name) if name == "BC Trung Lương.xlsx");
    let hash = world.files.iter().find(theirs).unwrap()["sha256"].clone();
    let said = [("period", "2023-04"), ("severity", "warning"), ("code", "verdict-missing"), ("message_vi", "thiếu")];
    world
        .diagnostics
        .push(said.map(|(column, text)| (column, text.into())).into_iter().chain([("sha256", hash)]).collect());
    let report = composed(&world, "2023-04", Lang::Vi);
    let received = text(&report, "receipts");
    assert!(received.contains("Trung Lương | NTM | Đúng hạn, trả lại để sửa | 08:00 ngày 20/4/2023"), "{received}");
    assert!(received.contains("An Đổ | NTM | Muộn | 09:05"), "{received}");
    let by_commune = text(&report, "receipts-paper");
    assert!(by_commune.contains("Trung Lương | 08:00 ngày 20/4/2023 | 1 | Đúng hạn, trả lại để sửa"), "{by_commune}");
}

#[test]
fn names_that_were_not_read_in_the_decision_are_marked_everywhere() {
    let report = composed(&april(), "2023-04", Lang::Vi);
    assert!(text(&report, "annex").contains(
        "NTM nâng cao: 75/94 tên tiêu chí, chỉ tiêu chưa đối chiếu văn bản gốc (đánh dấu *), không dùng làm căn cứ pháp lý."
    ));
    for id in ["overview", "hard", "unmet", "unmet-paper"] {
        assert!(text(&report, id).contains("((*) Tên tiêu chí, chỉ tiêu chưa đối chiếu văn bản gốc.)"), "{id}");
    }
}

#[test]
fn every_matrix_cell_points_at_its_own_row_of_the_data() {
    let world = april();
    let report = composed(&world, "2023-04", Lang::Vi);
    let Block::Data(data) = &section(&report, "data").blocks[0] else { panic!("no data") };
    assert_eq!(data.columns.len(), data.frame.width());
    let items = data.frame.column("item").unwrap().str().unwrap().clone();
    let communes = data.frame.column("commune_name").unwrap().str().unwrap().clone();
    for set in &world.sets {
        let matrix = table(&report, &format!("matrix-indicators-{}", set.id));
        let linked = matrix.rows.iter().flat_map(|row| row.cells.iter().zip(&matrix.columns).map(move |c| (row, c)));
        for (row, (cell_of_item, column)) in linked {
            if let Some(source) = cell_of_item.source {
                let source = source as usize;
                assert_eq!(items.get(source), Some(column.label.as_str()));
                assert!(cell(&row.cells[0]).starts_with(communes.get(source).unwrap()));
            }
        }
    }
    let verdicts = data.frame.column("verdict").unwrap().str().unwrap().clone();
    assert_eq!(verdicts.iter().flatten().filter(|verdict| *verdict == "Không ghi đánh giá").count(), 1);
}

#[test]
fn sections_are_complete_and_their_tables_whole() {
    for lang in [Lang::Vi, Lang::En] {
        let report = composed(&april(), "2023-04", lang);
        let ids: Vec<&str> = report.sections.iter().map(|section| section.id.as_str()).collect();
        assert_eq!(
            ids,
            [
                "overview",
                "trend",
                "communes",
                "closing",
                "matrix-ntm-2021-2025",
                "matrix-indicators-ntm-2021-2025",
                "matrix-ntm-nang-cao-2021-2025",
                "matrix-indicators-ntm-nang-cao-2021-2025",
                "district",
                "hard",
                "unmet",
                "unmet-paper",
                "plans",
                "item-changes",
                "receipts",
                "receipts-paper",
                "reconcile",
                "problems",
                "problems-paper",
                "data",
                "dictionary",
                "annex",
                "commune-13546",
                "commune-13516",
                "commune-13531",
                "commune-13552"
            ]
        );
        for block in report.sections.iter().flat_map(|section| &section.blocks) {
            if let Block::Table(table) = block {
                assert!(table.rows.iter().all(|row| row.cells.len() == table.columns.len()), "{}", table.id);
            }
        }
        let on_paper = report.sections.iter().filter(|section| section.media != Media::Workbook);
        let titles: Vec<&str> = on_paper.map(|section| section.title.split(['.', '\n']).next().unwrap()).collect();
        let annex = if lang == Lang::Vi { "Phụ lục" } else { "Annex" };
        let annexes = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII"].map(|number| format!("{annex} {number}"));
        assert_eq!(titles[..3], ["I", "II", ""]);
        let ids: Vec<&str> = report.sections.iter().filter(|s| s.media.on_paper()).map(|s| s.id.as_str()).collect();
        assert_eq!(titles[3..], annexes, "{ids:?}");
    }
}

#[test]
fn sheets_bear_the_names_an_officer_expects() {
    let report = composed(&april(), "2023-04", Lang::Vi);
    let names: Vec<&str> = report.sections.iter().map(|section| section.sheet_name.as_str()).collect();
    assert_eq!(
        names,
        [
            "Tổng quan",
            "Diễn biến",
            "Từng xã",
            "BÁO CÁO",
            "Ma trận NTM",
            "Chỉ tiêu NTM",
            "Ma trận NTM nâng cao",
            "Chỉ tiêu NTM nâng cao",
            "So sánh các kỳ",
            "Tiêu chí khó",
            "Chưa đạt",
            "Chưa đạt (tóm tắt)",
            "Kế hoạch",
            "Thay đổi",
            "Nhận báo cáo",
            "Nhận báo cáo (tóm tắt)",
            "Đối chiếu",
            "Vấn đề",
            "Vấn đề (tóm tắt)",
            "Dữ liệu",
            "Giải thích dữ liệu",
            "Nguồn số liệu",
            "Trung Lương",
            "Đồng Du",
            "Bồ Đề",
            "An Đổ"
        ]
    );
}

#[test]
fn the_head_follows_the_decree() {
    let report = composed(&april(), "2023-04", Lang::Vi);
    assert_eq!(report.head.place_and_date, "Bình Lục, ngày 28 tháng 4 năm 2023");
    assert_eq!(report.head.number, "Số:        /BC-BCĐ");
    assert_eq!(
        report.head.summary,
        "Kết quả thực hiện các bộ tiêu chí nông thôn mới tháng 4 năm 2023 trên địa bàn huyện Bình Lục"
    );
    assert_eq!(report.signature.recipients, ["- Ban Chỉ đạo huyện;", "- UBND các xã;", "- Lưu: VT."]);
}

#[test]
fn a_list_of_whole_criteria_is_not_a_loss_of_indicators() {
    let set = small_set();
    let mut world = World::new(&FOUR[..1], vec![set.clone()]);
    world.store(&report_of("2023-03", "13546", &set, &[]));
    let wholes = [("1", "met"), ("2", "met"), ("3", "not_met")].map(|(code, verdict)| (code.to_owned(), Some(verdict)));
    world.store(&Stored { items: wholes.to_vec(), ..report_of("2023-04", "13546", &set, &[]) });
    let report = composed(&world, "2023-04", Lang::Vi);
    assert_eq!(
        lines(section(&report, "communes"))[1..],
        ["Xã Trung Lương: đạt 2/3 tiêu chí NTM (không báo cáo từng chỉ tiêu). Từ đạt xuống chưa đạt NTM so với \
             tháng 3/2023: y tế. Chưa đạt NTM: y tế."]
    );
    let changes = table(&report, "changes");
    assert_eq!(row(&changes.rows[0]), "Trung Lương | 3 → 2 |  |  | 3");
}

#[test]
fn a_list_of_indicators_after_one_of_whole_criteria_is_no_gain_of_indicators() {
    let set = small_set();
    let mut world = World::new(&FOUR[..1], vec![set.clone()]);
    let wholes = [("1", "not_met"), ("2", "met"), ("3", "met")].map(|(code, verdict)| (code.to_owned(), Some(verdict)));
    world.store(&Stored { items: wholes.to_vec(), ..report_of("2023-03", "13546", &set, &[]) });
    world.store(&report_of("2023-04", "13546", &set, &[]));
    let report = composed(&world, "2023-04", Lang::Vi);
    assert_eq!(row(&table(&report, "changes").rows[0]), "Trung Lương | 2 → 3 |  | 1 | ");
}

#[test]
fn a_set_whose_indicators_are_not_known_is_judged_by_its_criteria() {
    let mut set = set("ntm-2026-2030", "NTM", &[("Quy hoạch", 1), ("Văn hóa, giáo dục, y tế", 1), ("Giảm nghèo", 1)]);
    let mut world = World::new(&FOUR[..1], vec![set.clone()]);
    world.store(&Stored {
        declared: Some((2, 3, 40, 47)),
        ..report_of("2023-04", "13546", &set, &[("2", Some("not_met"))])
    });
    set.criteria.iter_mut().for_each(|criterion| criterion.indicators.clear());
    world.sets = vec![CriteriaSet { indicators_known: false, indicators_total: 47, ..set }];
    let report = composed(&world, "2023-04", Lang::Vi);
    assert_eq!(
        lines(section(&report, "communes"))[1..],
        ["Xã Trung Lương: đạt 2/3 tiêu chí NTM. Chưa đạt NTM: văn hóa, giáo dục, y tế."]
    );
    assert!(report.sections.iter().all(|section| !section.id.starts_with("matrix-indicators")));
    assert_eq!(row(&table(&report, "matrix-ntm-2026-2030").rows[0]), "Trung Lương | Đ | C | Đ | 2 | 1 | 0 | 0 | 2");
}

#[test]
fn an_empty_month_is_a_report_too() {
    for world in [World::new(FOUR, vec![small_set()]), World::new(&[], vec![])] {
        let report = composed(&world, "2023-04", Lang::Vi);
        assert!(text(&report, "overview").contains("Chưa có số liệu kỳ trước để so sánh."));
        assert!(text(&report, "unmet").contains("Không có nội dung nào được báo cáo là chưa đạt."));
    }
}
