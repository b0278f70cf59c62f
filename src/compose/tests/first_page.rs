//! What changed, what to decide, and who is asked for what by when.

use super::*;

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
