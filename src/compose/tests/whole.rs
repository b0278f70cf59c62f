//! The report as a whole: its head, its sections and sheets, and links from figures to their rows.

use super::*;

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
fn an_empty_month_is_a_report_too() {
    for world in [World::new(FOUR, vec![small_set()]), World::new(&[], vec![])] {
        let report = composed(&world, "2023-04", Lang::Vi);
        assert!(text(&report, "overview").contains("Chưa có số liệu kỳ trước để so sánh."));
        assert!(text(&report, "unmet").contains("Không có nội dung nào được báo cáo là chưa đạt."));
    }
}
