//! What the sheets say that the workbook alone has.

use super::tests::{april, composed, row, table, text};
use crate::model::Lang;
use crate::model::report::{Block, Media, Report, RowKind};

fn rows(report: &Report, id: &str) -> Vec<String> {
    table(report, id).rows.iter().map(row).collect()
}

#[test]
fn plans_stand_by_their_day_with_what_is_left_of_it() {
    let report = composed(&april(), "2023-04", Lang::Vi);
    let rows = rows(&report, "plans");
    assert!(rows[0].starts_with("2023-04-15 | Quá hạn 13 ngày | Trung Lương | NTM nâng cao | 13.2"), "{rows:#?}");
    assert!(rows[0].contains("Nguyễn Văn A | Hoàn thiện hồ sơ OCOP"), "{rows:#?}");
}

#[test]
fn what_fell_back_stands_before_what_is_newly_met() {
    let report = composed(&april(), "2023-04", Lang::Vi);
    let rows = rows(&report, "item-changes");
    assert!(rows[0].starts_with("Xuống chưa đạt | "), "{rows:#?}");
}

#[test]
fn a_communes_sheet_has_every_item_of_every_set() {
    let world = april();
    let report = composed(&world, "2023-04", Lang::Vi);
    let own = table(&report, "commune-13546-ntm-nang-cao-2021-2025");
    let items = own.rows.iter().filter(|row| row.kind == RowKind::Body).count();
    assert_eq!(items, world.sets[1].indicators().count());
    assert!(own.rows.iter().filter(|row| row.kind == RowKind::Body).all(|row| row.cells[0].source.is_some()));
    let said = text(&report, "commune-13546");
    assert!(said.contains("NTM nâng cao: đạt 14/19 tiêu chí, 61/75 chỉ tiêu"), "{said}");
    assert!(said.contains("13. Tổ chức sản xuất và phát triển kinh tế nông thôn: Chưa đạt"), "{said}");
    assert!(text(&report, "commune-13552").contains("NTM nâng cao: chưa có số liệu nào"));
}

#[test]
fn the_last_months_stand_side_by_side_with_their_charts() {
    let world = april();
    let report = composed(&world, "2023-04", Lang::Vi);
    let months: Vec<&str> = table(&report, "trend-mean").columns.iter().map(|column| column.label.as_str()).collect();
    assert_eq!(months, ["Bộ tiêu chí, xã", "Tăng, giảm", "3/2023", "4/2023", "Diễn biến"]);
    assert_eq!(rows(&report, "trend-mean").len(), world.sets.len());
    let communes = rows(&report, "trend-communes-ntm-nang-cao-2021-2025");
    assert!(communes[0].starts_with("Trung Lương | ") && communes[0].contains(" | 14 | "), "{communes:#?}");
    for chart in &report.charts {
        assert!(table(&report, &chart.table).rows.iter().all(|row| row.kind == RowKind::Body), "{}", chart.table);
    }
    assert!(composed(&world, "2023-03", Lang::Vi).charts.is_empty(), "one month is no trend");
}

#[test]
fn beyond_sixty_communes_there_is_no_sheet_for_each() {
    let mut world = april();
    let more = |number: usize| {
        let mut commune = world.settings.communes[0].clone();
        commune.code.0 = format!("2{number:04}");
        commune
    };
    let more: Vec<_> = (0..57).map(more).collect();
    world.settings.communes.extend(more);
    let report = composed(&world, "2023-04", Lang::Vi);
    assert!(!report.sections.iter().any(|section| section.id.starts_with("commune-")));
}

#[test]
fn each_row_of_the_data_leads_to_its_original_in_the_archive() {
    let report = composed(&april(), "2023-04", Lang::Vi);
    let blocks = || report.sections.iter().flat_map(|section| &section.blocks);
    let data = blocks().find_map(|block| if let Block::Data(data) = block { Some(data) } else { None }).unwrap();
    let originals = data.originals.as_ref().unwrap();
    assert_eq!(originals.of_rows.len(), data.frame.height());
    assert!(originals.of_rows.iter().all(Option::is_some));
    assert!(originals.paths.iter().all(|path| path.starts_with("../../luu-tru/")), "{:?}", originals.paths);
    let files = table(&report, "files");
    assert!(files.rows.iter().all(|row| row.cells[0].original.is_some()));
}

#[test]
fn the_paper_has_none_of_them() {
    let report = composed(&april(), "2023-04", Lang::Vi);
    for id in ["plans", "item-changes", "dictionary", "commune-13546"] {
        let section = report.sections.iter().find(|section| section.id == id).unwrap();
        assert_eq!(section.media, Media::Workbook, "{id}");
    }
}
