//! What is said of each commune: its figures, what it does not meet, and what nobody reported.

use super::*;

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
