//! Papers of worlds told over several months, and of reports that contradict themselves.

use jiff::civil::date;

use super::tests::{FOUR, april, composed, row, table, text};
use crate::assess::made::{Report as Stored, World, made_at, report as report_of, small_set};
use crate::model::Lang;
use crate::settings::{Office, RoadmapTarget};

#[test]
fn what_is_declared_listed_and_measured_stands_side_by_side_with_what_would_explain_it() {
    let mut world = april();
    let advanced = &mut world.sets[1];
    let indicator = &mut advanced.criteria[1].indicators[0];
    (indicator.better, indicator.unit) = (crate::model::criteria::Better::Higher, "%".to_owned());
    indicator.targets = vec![crate::model::Target {
        amount: crate::model::Amount::Number(80.0),
        region: None,
        group: None,
        from: None,
        to: None,
        confirmed: true,
        decision: None,
    }];
    world.note("2.1", "value_cell", "D8".into());
    let report = composed(&world, "2023-04", Lang::Vi);
    let rows: Vec<String> = table(&report, "reconcile").rows.iter().map(row).collect();
    assert_eq!(
        rows,
        [
            "Trung Lương | NTM nâng cao | 14/19 | 14/19 | 14/19 | 60/75 | 61/75 | 62/75 | Có thể: thiếu 1 chỉ tiêu trong \
          các tiêu chí 2, 11, 13, 14, 17; hoặc đếm tiêu chí 11 (chỉ có một chỉ tiêu) thành hai. 2.1 ghi chưa đạt nhưng \
          kết quả 85,2%, mức quy định ≥ 80% (ô D8)"
        ]
    );
    let overview = text(&report, "overview");
    assert!(overview.contains("- Đánh giá trái với mức quy định: Trung Lương (NTM nâng cao: 2.1)."));
}

#[test]
fn what_months_show_of_a_report_stands_in_one_table() {
    let set = small_set();
    let mut world = World::new(&FOUR[..1], vec![set.clone()]);
    for (month, value) in (1..).zip([60.0, 60.5, 61.0, 61.5, 62.0, 6.25]) {
        let period = format!("2022-{:02}", month + 5);
        world.store(&report_of(&period, "13546", &set, &[("2", Some("not_met"))]));
        world.value("2", 40.5).value("3.1", value);
    }
    let rows: Vec<String> = table(&composed(&world, "2022-11", Lang::Vi), "months").rows.iter().map(row).collect();
    assert_eq!(
        rows,
        [
            "Trung Lương | NTM | Thay đổi bất thường | 3.1 | từ 62% (tháng 10/2022) thành 6,25%; trang «Biểu 1», ô E8; so \
             với 5 tháng trước",
            "Trung Lương | NTM | Số liệu đứng yên |  | 2 40,5% (6 tháng)",
            "Trung Lương | NTM | Chưa đạt kéo dài |  | 2 (6 tháng)",
        ]
    );
    let overview = text(&composed(&world, "2022-11", Lang::Vi), "overview");
    assert!(overview.contains("bất thường: Trung Lương (NTM: 3.1)."), "{overview}");
    assert!(overview.contains("UBND xã Trung Lương | Kiểm tra, xác nhận đánh giá, số liệu"), "{overview}");
}

#[test]
fn a_report_sent_again_says_what_it_changed_and_one_that_repeats_says_what_it_repeats() {
    let set = small_set();
    let mut world = World::new(&FOUR[..2], vec![set.clone()]);
    world.store(&Stored { current: false, ..report_of("2023-04", "13546", &set, &[("2", Some("not_met"))]) });
    world.value("3.1", 8.52);
    world.store(&Stored {
        file: "BC sửa.xlsx".to_owned(),
        received_at: date(2023, 4, 24).at(9, 0, 0, 0),
        ..report_of("2023-04", "13546", &set, &[])
    });
    world.value("3.1", 85.2);
    for period in ["2023-03", "2023-04"] {
        world.store(&report_of(period, "13516", &set, &[]));
        for item in ["1.1", "1.2", "2", "3.1", "3.2"] {
            world.value(item, 90.0);
        }
    }
    let rows: Vec<String> = table(&composed(&world, "2023-04", Lang::Vi), "months").rows.iter().map(row).collect();
    assert_eq!(
        rows,
        [
            "Trung Lương | NTM | Gửi lại |  | so với BC 13546 2023-04 nho.xlsx nhận 08:00 ngày 20/4/2023: 2 chưa đạt → đạt; \
             3.1 8,52% → 85,2%",
            "Đồng Du | NTM | Lặp lại kỳ trước |  | đánh giá, kết quả, ghi chú, kế hoạch giống hệt báo cáo tháng 3/2023",
        ]
    );
}

#[test]
fn the_roadmap_says_what_follows_from_the_pace_and_how_it_was_told() {
    let set = small_set();
    let mut world = World::new(FOUR, vec![set.clone()]);
    let unmet = |codes: &[&'static str]| codes.iter().map(|code| (*code, Some("not_met"))).collect::<Vec<_>>();
    for (period, missing) in
        [("2023-01", &["1.1", "2", "3.1", "3.2"][..]), ("2023-02", &["2", "3.1", "3.2"]), ("2023-03", &["3.1", "3.2"])]
    {
        world.store(&report_of(period, "13546", &set, &unmet(missing)));
        world.store(&report_of(period, "13516", &set, &unmet(&["3.1"])));
    }
    world.store(&report_of("2023-03", "13531", &set, &[]));
    world.store(&report_of("2023-03", "13552", &set, &unmet(&["2"])));
    for (place, year) in [(0, 2023), (1, 2024), (2, 2023), (3, 2023)] {
        let (commune, set) = (world.settings.communes[place].code.clone(), set.id.clone());
        world.settings.roadmap.push(RoadmapTarget { commune, set, year });
    }
    let report = composed(&world, "2023-03", Lang::Vi);
    let rows: Vec<String> = table(&report, "roadmap").rows.iter().map(row).collect();
    assert_eq!(
        rows,
        [
            "Trung Lương | NTM | 2023 | Đúng tiến độ | 1 tiêu chí, 2 chỉ tiêu | từ 1/2023 đến 3/2023 (2 tháng) thêm 2 chỉ \
             tiêu; đến hết năm 2023 còn 9 tháng: giữ nhịp độ này thêm được 9, cần 2 chỉ tiêu",
            "Đồng Du | NTM | 2024 | Khó đạt | 1 tiêu chí, 1 chỉ tiêu | từ 1/2023 đến 3/2023 (2 tháng) không thêm chỉ tiêu \
             nào; đến hết năm 2024 còn 21 tháng, cần thêm 1 chỉ tiêu",
            "Bồ Đề | NTM | 2023 | Đã đạt | 0 tiêu chí, 0 chỉ tiêu | ",
        ]
    );
    let untold = "(Chưa tính được nhịp độ: An Đổ (NTM, mới có 1 tháng đủ số liệu).)";
    assert!(text(&report, "roadmap").contains(untold), "{}", text(&report, "roadmap"));
    let overview = text(&report, "overview");
    assert!(overview.contains("- Có nguy cơ không kịp lộ trình: Đồng Du (NTM năm 2024: khó đạt)."), "{overview}");
}

#[test]
fn each_commune_has_a_letter_with_what_it_is_asked_for() {
    let mut world = april();
    world.store(&Stored { declared: Some((3, 3, 6, 7)), ..report_of("2023-04", "13516", &world.sets[0].clone(), &[]) });
    let assessment = world.assess("2023-04");
    let wording = crate::catalogue::wording::shipped(Lang::Vi).unwrap();
    let text = crate::compose::reminders(&assessment, &world.settings, &world.sets, &wording, made_at());
    insta::assert_snapshot!(text);
}

#[test]
fn a_month_in_which_nothing_is_to_be_asked_says_so() {
    let set = small_set();
    let mut world = World::new(&FOUR[..1], vec![set.clone()]);
    let assessment = world.store(&report_of("2023-04", "13546", &set, &[])).assess("2023-04");
    let wording = crate::catalogue::wording::shipped(Lang::Vi).unwrap();
    let text = crate::compose::reminders(&assessment, &world.settings, &world.sets, &wording, made_at());
    assert!(text.ends_with("\n\nKhông có việc cần nhắc: Trung Lương.\n"), "{text}");
    assert!(!text.contains("Kính gửi"), "{text}");
}

#[test]
fn each_office_has_a_line_on_paper_and_its_items_in_the_workbook() {
    let mut world = april();
    let advanced = world.sets[1].id.clone();
    let office = |name: &str, codes: &[&str]| Office {
        name: name.to_owned(),
        items: codes.iter().map(|code| (advanced.clone(), code.parse().unwrap())).collect(),
    };
    world.settings.offices = vec![office("Phòng Kinh tế", &["13", "4"]), office("Phòng Y tế", &["14"])];
    let report = composed(&world, "2023-04", Lang::Vi);
    let brief: Vec<String> = table(&report, "offices-paper").rows.iter().map(row).collect();
    assert_eq!(
        brief,
        [
            "Phòng Kinh tế | 6 | 6 | 1 |  | 5 |  | 13.2 NTM nâng cao (1 xã); 4 NTM nâng cao (1 xã); 13.3 NTM nâng cao (1 xã); \
             13.5 NTM nâng cao (1 xã); 13.6 NTM nâng cao (1 xã)",
            "Phòng Y tế | 3 | 3 |  |  | 3 |  | 14.2 NTM nâng cao (1 xã); 14.3 NTM nâng cao (1 xã); 14.4 NTM nâng cao (1 xã)",
            "Chưa phân công | 7 | 7 |  | 1 | 7 |  | 2.3 NTM (1 xã); 2.1 NTM nâng cao (1 xã); 2.2 NTM nâng cao (1 xã); \
             11 NTM nâng cao (1 xã); 17.5 NTM nâng cao (1 xã)",
        ]
    );
    let all: Vec<String> = table(&report, "offices").rows.iter().map(row).collect();
    assert!(all[0].starts_with("Phòng Kinh tế | NTM nâng cao | 13.2 | "), "{}", all[0]);
    assert!(all[0].ends_with(" | 1 | 1 |  |  | Trung Lương (quá hạn 15/4/2023)"), "{}", all[0]);
    assert!(all[1].ends_with(" | Đồng Du*"), "an earlier month is marked: {}", all[1]);
}

#[test]
fn what_commune_district_and_decision_say_differently_is_listed_with_cells_and_whose_verdict_counts() {
    let set = small_set();
    let mut world = World::new(&FOUR[..2], vec![set.clone()]);
    for (commune, _) in &FOUR[..2] {
        world.store(&report_of("2022-11", commune, &set, &[]));
    }
    let reviewed = [("1.1", "not_met", "G5"), ("2", "met", "G7")];
    for (item, verdict, cell) in reviewed {
        let is_item = |row: &&crate::assess::made::Stored| {
            let text = |name| match row.get(name) {
                Some(crate::assess::made::Value::Text(text)) => text.as_str(),
                _ => "",
            };
            text("item") == item && text("commune") == "13546"
        };
        let mut row = world.observations.iter().find(is_item).unwrap().clone();
        row.extend([("assessor", "district".into()), ("verdict", verdict.into()), ("cell", cell.into())]);
        world.observations.push(row);
    }
    let told = |world: &World| -> Vec<String> {
        let report = composed(world, "2022-11", Lang::Vi);
        ["hands", "hands-paper"].iter().flat_map(|id| table(&report, id).rows.iter().map(row)).collect()
    };
    assert_eq!(
        told(&world),
        [
            "Trung Lương | NTM | 1.1 | Quy hoạch 1 (*) | Đạt (trang «Biểu 1», ô E5) | Chưa đạt (trang «Biểu 1», ô G5) |  | Xã",
            "Trung Lương | NTM | 1 | 1.1 (xã: đạt; cấp trên: chưa đạt; tính theo xã)",
        ]
    );
    let overview = text(&composed(&world, "2022-11", Lang::Vi), "overview");
    assert!(overview.contains("Xã và cấp trên đánh giá khác nhau: 1 nội dung (Trung Lương 1)"), "{overview}");
    assert!(
        overview.contains("Cơ quan tổng hợp | Kiểm tra 1 nội dung xã và cấp trên đánh giá khác nhau"),
        "{overview}"
    );
    assert!(text(&composed(&world, "2022-11", Lang::Vi), "unmet").contains("Theo đánh giá của xã."));
    world.settings.sets[0].hand = crate::model::Assessor::District;
    world.settings.decisions = vec![crate::settings::Decision {
        commune: world.settings.communes[1].code.clone(),
        set: set.id,
        item: "3.1".parse().unwrap(),
        verdict: crate::model::Verdict::NotMet,
        number: "12/QĐ-UBND".to_owned(),
        date: date(2022, 11, 3),
        from: "2022-11".parse().unwrap(),
        to: None,
    }];
    let told = told(&world);
    assert!(told[0].ends_with("| Cấp trên"), "{told:?}");
    let name = FOUR[1].1;
    assert_eq!(
        told[1],
        format!(
            "{name} | NTM | 3.1 | Y tế 1 (*) | Đạt (trang «Biểu 1», ô E8) | Không ghi | Chưa đạt, quyết định 12/QĐ-UBND \
             ngày 3/11/2022 | Quyết định"
        )
    );
    let unmet = text(&composed(&world, "2022-11", Lang::Vi), "unmet");
    assert!(unmet.contains("Theo quyết định đã ban hành, sau đó theo đánh giá của cấp trên hoặc của xã"), "{unmet}");
}
