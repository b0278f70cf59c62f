//! Layouts that other offices use, one by one: verdicts without a column of their own, tables in parts, marks and times.

use super::*;
use crate::model::{CellRange, SetId};

fn titles(set: &str) -> Vec<Vec<String>> {
    vec![row(&["UBND XÃ TRUNG LƯƠNG"]), row(&[&format!("KẾT QUẢ BỘ TIÊU CHÍ XÃ {set}")]), row(&["Tháng 4 năm 2023"])]
}

fn read_rows(rows: &[Vec<String>]) -> Checked<Vec<Submission>> {
    read("BC.xlsx", &[grid("Sheet1", rows)])
}

fn states(submission: &Submission, item: &str) -> Option<Verdict> {
    let entry = submission.entries.iter().find(|e| e.item.to_string() == item)?;
    match &entry.stated {
        Stated::Mark { verdict, .. } | Stated::Implied { verdict, .. } => Some(*verdict),
        Stated::Word(written) => match catalogue().vocabulary.verdict(&written.text)? {
            crate::catalogue::VerdictWord::Met => Some(Verdict::Met),
            _ => Some(Verdict::NotMet),
        },
        _ => None,
    }
}

#[test]
fn marks_mean_what_the_legend_below_the_table_says() {
    let mut rows = titles("NTM NÂNG CAO");
    rows.push(row(&["TT", "Nội dung", "Xã tự đánh giá"]));
    rows.extend(items(&nang_cao(), &|code| vec![(if is_met(code) { "A" } else { "B" }).into()]));
    assert_eq!(codes(&read_rows(&rows)), ["sheet-not-recognised"], "without a legend letters mean nothing");
    rows.push(row(&["Ghi chú: A - Đạt; B - Chưa đạt"]));
    assert_eq!(right(&read_rows(&rows).output[0]), 75);
}

#[test]
fn a_pair_of_signs_is_taken_by_custom_and_said() {
    let mut rows = titles("NTM NÂNG CAO");
    rows.push(row(&["TT", "Nội dung", "Đánh giá"]));
    rows.extend(items(&nang_cao(), &|code| vec![(if is_met(code) { "1" } else { "0" }).into()]));
    let found = read_rows(&rows);
    assert_eq!((right(&found.output[0]), codes(&found)), (75, vec!["column-assumed"]));
}

#[test]
fn columns_of_another_time_are_left_alone() {
    let mut rows = titles("NTM NÂNG CAO");
    let header = ["TT", "Nội dung", "Đến 31/12/2022 đánh giá", "Tháng 4/2023 đánh giá", "Kế hoạch cuối năm đánh giá"];
    rows.push(row(&header));
    rows.extend(items(&nang_cao(), &|code| vec!["Chưa đạt".into(), word(code), "Đạt".into()]));
    let found = read_rows(&rows);
    assert_eq!((found.output.len(), right(&found.output[0])), (1, 75));
}

#[test]
fn an_estimate_or_a_goal_is_no_result_where_one_stands_beside() {
    let pairs = [
        ("Thực hiện 4 tháng đầu năm 2023", "Ước thực hiện cả năm 2023"),
        ("Thực hiện 4 tháng đầu năm 2023", "Kế hoạch 8 tháng cuối năm 2023"),
        ("Hiện trạng", "Mục tiêu đến 2025"),
    ];
    for (result, other) in pairs {
        for result_first in [true, false] {
            let mut rows = titles("NTM NÂNG CAO");
            let [first, second] = if result_first { [result, other] } else { [other, result] };
            rows.push(row(&["TT", "Nội dung", first, second]));
            rows.extend(items(&nang_cao(), &|code| {
                if result_first { vec![word(code), "Đạt".into()] } else { vec!["Đạt".into(), word(code)] }
            }));
            let found = read_rows(&rows);
            assert_eq!(found.output.first().map(right), Some(75), "{first} | {second}");
        }
    }
    let mut rows = titles("NTM NÂNG CAO");
    rows.push(row(&["TT", "Nội dung", "Ước thực hiện 6 tháng", "Đánh giá"]));
    rows.extend(items(&nang_cao(), &|code| vec!["97%".into(), word(code)]));
    let report = read_rows(&rows).output.remove(0);
    assert!(report.entries.iter().all(|e| e.value.is_some()), "alone it is what there is");
}

#[test]
fn a_verdict_in_the_row_of_a_criterion_is_its_own_and_said_once() {
    let mut rows = titles("NTM NÂNG CAO");
    rows.push(row(&["TT", "Nội dung", "Kết quả", "Đánh giá"]));
    for criterion in &nang_cao().criteria {
        rows.push(vec![criterion.number.to_string(), criterion.name.clone(), String::new(), "Chưa đạt".into()]);
        rows.extend(
            criterion
                .indicators
                .iter()
                .filter(|i| i.code.indicator_number().is_some())
                .map(|i| vec![i.code.to_string(), i.name.clone(), "97%".into(), String::new()]),
        );
    }
    let found = read_rows(&rows);
    let report = &found.output[0];
    assert_eq!((states(report, "2"), states(report, "2.1")), (Some(Verdict::NotMet), None));
    let part = report.entries.iter().find(|e| e.item.to_string() == "2.1").unwrap();
    assert_eq!(part.value.as_ref().map(|v| v.text.as_str()), Some("97%"));
    assert_eq!(codes(&found), ["verdict-missing"]);
}

#[test]
fn a_verdict_merged_over_the_rows_of_a_criterion_is_the_criterions() {
    let mut rows = titles("NTM NÂNG CAO");
    rows.push(row(&["TT", "Nội dung", "Đánh giá tiêu chí"]));
    let mut merges = Vec::new();
    for criterion in &nang_cao().criteria {
        let first = rows.len() as u32;
        for (i, indicator) in criterion.indicators.iter().enumerate() {
            let verdict = if i == 0 { "Chưa đạt" } else { "" };
            rows.push(vec![indicator.code.to_string(), indicator.name.clone(), verdict.into()]);
        }
        merges.push(CellRange::new(CellRef::new(first, 2), CellRef::new(rows.len() as u32 - 1, 2)));
    }
    let mut sheet = grid("Sheet1", &rows);
    let plain = read("BC.xlsx", std::slice::from_ref(&sheet)).output.remove(0);
    assert_eq!(states(&plain, "2"), None, "a cell of its own is of its row");
    sheet.merges = merges;
    let found = read("BC.xlsx", &[sheet]);
    let report = &found.output[0];
    assert_eq!(
        (states(report, "2"), states(report, "2.1"), states(report, "2.2")),
        (Some(Verdict::NotMet), None, None)
    );
}

#[test]
fn what_is_reached_stands_beside_the_verdicts_under_many_names() {
    for name in ["ĐẠT ĐƯỢC", "Đã đạt", "Tỷ lệ (%)", "Hiện có"] {
        let mut rows = titles("NTM NÂNG CAO");
        rows.push(row(&["TT", "Nội dung", "Mục tiêu", name, "Xếp loại"]));
        rows.extend(items(&nang_cao(), &|code| vec!["≥ 90%".into(), "97%".into(), word(code)]));
        let report = read_rows(&rows).output.remove(0);
        assert_eq!(right(&report), 75, "{name}");
        assert!(report.entries.iter().all(|e| e.value.as_ref().is_some_and(|v| v.text == "97%")), "{name}");
    }
}

/// Communes below each other, criteria side by side; `cell` is what a commune (from 1) states of a criterion (from 1).
fn matrix(heads: &dyn Fn(u16) -> String, cell: &dyn Fn(u16, u16) -> &'static str) -> Vec<Vec<String>> {
    let mut rows = vec![row(&["KẾT QUẢ THỰC HIỆN CÁC TIÊU CHÍ XÃ NTM NÂNG CAO"]), row(&["Tháng 4 năm 2023"])];
    let header = ["TT".to_owned(), "Tên xã".to_owned()].into_iter();
    rows.push(header.chain((1..=19).map(heads)).chain(["Tổng số tiêu chí đạt".to_owned()]).collect());
    for (commune, name) in (1..).zip(["Trung Lương", "An Ninh", "Đồn Xá", "An Lão"]) {
        let cells: Vec<&str> = (1..=19).map(|criterion| cell(commune, criterion)).collect();
        let met = cells.iter().filter(|cell| ["Đ", "x"].contains(cell)).count();
        let key = [commune.to_string(), name.to_owned()].into_iter();
        rows.push(key.chain(cells.into_iter().map(str::to_owned)).chain([met.to_string()]).collect());
    }
    rows
}

#[test]
fn criteria_side_by_side_may_be_headed_by_their_numbers_alone() {
    let is_met = |commune: u16, criterion: u16| !(commune + criterion).is_multiple_of(3);
    let words = |commune, criterion| if is_met(commune, criterion) { "Đ" } else { "CĐ" };
    let heads: [&dyn Fn(u16) -> String; 2] = [&|n| n.to_string(), &|n| format!("Tiêu chí số {n:02}")];
    for head in heads {
        let found = read_rows(&matrix(head, &words));
        assert_eq!(found.output.len(), 4, "{}", head(1));
        let verdict = |commune: u16, item: &str| states(&found.output[usize::from(commune) - 1], item);
        assert_eq!(
            (verdict(1, "1"), verdict(1, "2"), verdict(2, "1")),
            (Some(Verdict::Met), Some(Verdict::NotMet), Some(Verdict::NotMet))
        );
    }
    let tasks = read_rows(&matrix(&|n| n.to_string(), &|_, _| "Họp giao ban"));
    assert!(tasks.output.is_empty(), "numbers over anything else are no criteria");
}

#[test]
fn marks_and_empty_cells_are_verdicts_where_the_total_counts_the_marks() {
    let marks = |commune: u16, criterion: u16| if (commune + criterion).is_multiple_of(3) { "" } else { "x" };
    let mut rows = matrix(&|n| format!("Tiêu chí {n}"), &marks);
    let found = read_rows(&rows);
    assert_eq!(found.output.len(), 4);
    assert_eq!(
        (states(&found.output[0], "1"), states(&found.output[0], "2")),
        (Some(Verdict::Met), Some(Verdict::NotMet))
    );
    for row in rows.iter_mut().skip(3) {
        *row.last_mut().unwrap() = "19".into();
    }
    assert!(read_rows(&rows).output.is_empty(), "a total of something else says nothing of empty cells");
}

#[test]
fn a_signature_below_a_short_list_of_what_is_not_met_is_none_of_it() {
    let mut rows = titles("NTM NÂNG CAO");
    rows.push(row(&["Đến nay xã đạt 17/19 tiêu chí, 72/75 chỉ tiêu; các chỉ tiêu chưa đạt như sau:"]));
    rows.push(row(&["TT", "Tiêu chí", "Chỉ tiêu chưa đạt", "Nguyên nhân"]));
    rows.push(row(&["1", "Tiêu chí số 2 - Giao thông", "2.1, 2.3", "Thiếu kinh phí"]));
    rows.push(row(&["2", "Tiêu chí số 13 - Tổ chức sản xuất và phát triển kinh tế nông thôn", "13.3", "Chưa có vốn"]));
    let signature = [
        row(&["", "", "Trung Lương, ngày 25 tháng 4 năm 2023"]),
        row(&["", "NGƯỜI LẬP BIỂU", "TM. ỦY BAN NHÂN DÂN"]),
        row(&["", "", "CHỦ TỊCH"]),
        row(&["", "Nguyễn Thị Hương", "Trần Văn Đạt"]),
    ];
    rows.extend(signature);
    let found = read_rows(&rows);
    let report = found.output.first().expect("a report");
    assert_eq!((states(report, "2.3"), states(report, "2.2")), (Some(Verdict::NotMet), Some(Verdict::Met)));
    assert_eq!(
        report.entries.iter().filter(|e| e.item.indicator_number().is_some() || e.stated != Stated::Nothing).count(),
        75
    );
}

#[test]
fn a_table_of_what_is_not_met_leaves_the_rest_met_where_the_total_agrees() {
    let listed = |total: &str| {
        let mut rows = titles("NTM NÂNG CAO");
        rows.push(row(&[&format!("Xã đạt {total} chỉ tiêu. Các chỉ tiêu chưa đạt gồm:")]));
        rows.push(row(&["STT", "Mã chỉ tiêu", "Nội dung", "Việc cần làm", "Hạn hoàn thành"]));
        for (n, code) in ["2.2", "17.5"].into_iter().enumerate() {
            let name = &nang_cao().indicator(code.parse().unwrap()).unwrap().name.clone();
            rows.push(row(&[&(n + 1).to_string(), code, name, "Vận động nhân dân", "30/6/2024"]));
        }
        read_rows(&rows)
    };
    let found = listed("17/19 tiêu chí, 73/75");
    let only = &found.output[0];
    assert_eq!((only.entries.len(), only.period.unwrap().to_string()), (75, "2023-04".into()));
    assert_eq!((states(only, "2.2"), states(only, "2.1")), (Some(Verdict::NotMet), Some(Verdict::Met)));
    // Nine not met by the total, two listed: what is left out is not known.
    assert_eq!(listed("12/19 tiêu chí, 60/75").output.len(), 0);
}

#[test]
fn sections_say_what_is_met_and_what_is_not() {
    let mut rows = titles("NTM NÂNG CAO");
    rows.push(row(&["TT", "Nội dung", "Kết quả"]));
    let all = items(&nang_cao(), &|_| vec!["Có".into()]);
    let (met, unmet): (Vec<_>, Vec<_>) = all.into_iter().partition(|r| is_met(r[0].parse().unwrap()));
    rows.push(row(&["A. CÁC CHỈ TIÊU ĐÃ ĐẠT"]));
    rows.extend(met);
    rows.push(row(&["B. CÁC CHỈ TIÊU CHƯA ĐẠT"]));
    rows.extend(unmet);
    assert_eq!(right(&read_rows(&rows).output[0]), 75);
}

#[test]
fn an_item_a_line_is_read_like_a_table() {
    let mut rows = titles("NTM NÂNG CAO");
    let lines = nang_cao();
    rows.extend(lines.indicators().map(|i| row(&[&format!("- {}. {}: {}", i.code, i.name, word(i.code))])));
    assert_eq!(right(&read_rows(&rows).output[0]), 75);
}

#[test]
fn criteria_above_and_indicators_below_are_one_report() {
    let set = nang_cao();
    let mut rows = titles("NTM NÂNG CAO");
    rows.push(row(&["TT", "Tiêu chí", "Đánh giá"]));
    rows.extend(set.criteria.iter().map(|c| row(&[&c.number.to_string(), &c.name, "Đạt"])));
    rows.push(row(&[""]));
    rows.push(row(&["Phần II: CHI TIẾT CÁC CHỈ TIÊU"]));
    rows.push(row(&["TT", "Nội dung", "Kết quả", "Đánh giá"]));
    rows.extend(items(&set, &|_| row(&["Có", "Đạt"])));
    let found = read_rows(&rows);
    let singles = set.criteria.iter().filter(|c| c.is_single()).count();
    assert_eq!((found.output.len(), found.output[0].entries.len()), (1, 75 + 19 - singles));
}

#[test]
fn a_header_printed_again_goes_on_with_its_table() {
    let header = row(&["TT", "Nội dung", "Đánh giá"]);
    let mut rows = titles("NTM NÂNG CAO");
    for (n, item) in items(&nang_cao(), &|code| vec![word(code)]).into_iter().enumerate() {
        if n % 20 == 0 {
            rows.push(header.clone());
        }
        rows.push(item);
    }
    let found = read_rows(&rows);
    assert_eq!((found.output.len(), right(&found.output[0]), codes(&found)), (1, 75, vec![]));
}

#[test]
fn numbering_that_begins_anew_below_a_title_begins_another_set() {
    let ntm = catalogue().sets[0].clone();
    let mut rows = vec![row(&["UBND XÃ TRUNG LƯƠNG, THÁNG 4/2023"]), row(&["A. XÃ NÔNG THÔN MỚI"])];
    rows.push(row(&["TT", "Nội dung", "Đánh giá"]));
    rows.extend(items(&ntm, &|code| vec![word(code)]));
    rows.push(row(&["TỔNG CỘNG: 16/19 tiêu chí, 40/57 chỉ tiêu"]));
    rows.push(row(&["B. XÃ NÔNG THÔN MỚI NÂNG CAO"]));
    rows.extend(items(&nang_cao(), &|code| vec![word(code)]));
    let found = read_rows(&rows);
    let read: Vec<(&SetId, usize, Option<u32>)> =
        found.output.iter().map(|s| (&s.set, right(s), s.declared.indicators_met)).collect();
    let sets = catalogue().sets.iter().map(|s| s.id.clone()).collect::<Vec<_>>();
    assert_eq!(read, [(&sets[0], 57, Some(40)), (&sets[1], 75, None)]);
}

#[test]
fn of_a_hidden_row_and_a_visible_one_the_visible_counts() {
    let mut rows = titles("NTM NÂNG CAO");
    rows.push(row(&["TT", "Nội dung", "Đánh giá"]));
    rows.extend(items(&nang_cao(), &|code| vec![word(code)]));
    let at = rows.iter().position(|r| r[0] == "2.1").unwrap();
    let old = row(&["2.1", &rows[at][1].clone(), if is_met("2.1".parse().unwrap()) { "Chưa đạt" } else { "Đạt" }]);
    rows.insert(at, old);
    let mut sheet = grid("Sheet1", &rows);
    sheet.hidden_rows.push(at as u32..at as u32 + 1);
    let found = read("BC.xlsx", &[sheet]);
    assert_eq!((right(&found.output[0]), codes(&found)), (75, vec!["item-repeated"]));
}

#[test]
fn a_row_without_code_is_the_one_item_its_neighbours_leave() {
    let mut rows = titles("NÔNG THÔN MỚI");
    rows.push(row(&["TT", "Nội dung", "Đánh giá"]));
    rows.extend(items(&catalogue().sets[0], &|code| vec![word(code)]));
    let at = rows.iter().position(|r| r[0] == "4.2").unwrap();
    (rows[at][0], rows[at][1]) = (String::new(), "Hộ dùng điện thường xuyên, an toàn".into());
    let found = read_rows(&rows);
    assert_eq!((right(&found.output[0]), codes(&found)), (57, vec!["code-repaired"]));
}

#[test]
fn rows_that_fit_two_sets_are_of_the_one_that_the_title_names() {
    let mut rows = vec![row(&["TỔNG HỢP TIÊU CHÍ XÃ NTM NÂNG CAO, THÁNG 4/2023"]), vec![]];
    let codes: Vec<String> = (1..=19).map(|n| format!("TC{n}")).collect();
    rows.push([row(&["STT", "Xã"]), codes].concat());
    for (n, commune) in ["Trung Lương", "Đồn Xá"].into_iter().enumerate() {
        let verdicts = (1..=19).map(|c| if c == 17 { "Chưa đạt" } else { "Đạt" }.to_owned());
        rows.push([row(&[&(n + 1).to_string(), commune]), verdicts.collect()].concat());
    }
    let found = read_rows(&rows);
    let only = &found.output[0];
    assert_eq!((only.set.as_str(), only.entries.len()), ("ntm-nang-cao-2021-2025", 19));
    assert_eq!((states(only, "17"), states(only, "5")), (Some(Verdict::NotMet), Some(Verdict::Met)));
}

#[test]
fn a_budget_numbered_like_a_set_is_no_report() {
    let mut rows = vec![row(&["DỰ TOÁN CHI XÃ TRUNG LƯƠNG THÁNG 4/2023"])];
    rows.push(row(&["TT", "Nội dung chi", "Số tiền", "Kết quả"]));
    let numbered = (1..8).flat_map(|c| (1..5).map(move |i| format!("{c}.{i}")));
    rows.extend(numbered.map(|code| row(&[&code, "Mua sắm thiết bị văn phòng", "120", "Đạt"])));
    assert_eq!(read_rows(&rows).output.len(), 0);
}

#[test]
fn boxes_in_two_columns_are_ticked_or_empty() {
    let mut rows = titles("NTM NÂNG CAO");
    rows.push(row(&["TT", "Nội dung", "Đạt", "Chưa đạt"]));
    rows.extend(items(&nang_cao(), &|code| {
        if is_met(code) { row(&["☑", "☐"]) } else { row(&["☐", "☑"]) }
    }));
    let found = read_rows(&rows);
    assert_eq!((right(&found.output[0]), codes(&found)), (75, vec![]));
}

#[test]
fn a_heading_may_be_the_legend_of_its_column() {
    let mut rows = titles("NTM NÂNG CAO");
    rows.push(row(&["TT", "Nội dung", "Đạt = 1; Chưa đạt = 0"]));
    rows.extend(items(&nang_cao(), &|code| vec![(if is_met(code) { "1" } else { "0" }).into()]));
    assert_eq!(right(&read_rows(&rows).output[0]), 75);
}

#[test]
fn marks_and_empty_cells_are_verdicts_where_a_sentence_counts_the_marks() {
    let met = nang_cao().indicators().filter(|i| is_met(i.code)).count();
    let read_with = |total: usize| {
        let mut rows = titles("NTM NÂNG CAO");
        rows.push(row(&["TT", "Nội dung", "Đạt (đánh dấu x)"]));
        rows.extend(items(&nang_cao(), &|code| vec![(if is_met(code) { "x" } else { "" }).into()]));
        rows.push(row(&[&format!("Tổng hợp: xã đạt {total}/75 chỉ tiêu.")]));
        read_rows(&rows)
    };
    assert_eq!(right(&read_with(met).output[0]), 75);
    assert_eq!(codes(&read_with(met + 1)), ["sheet-not-recognised"], "what does not add up is asked");
}

#[test]
fn of_two_words_the_one_that_denies_the_other_means_not_met() {
    let mut rows = titles("NTM NÂNG CAO");
    rows.push(row(&["TT", "Nội dung", "Tự đánh giá"]));
    rows.extend(items(&nang_cao(), &|code| vec![(if is_met(code) { "Ổn" } else { "Chưa ổn" }).into()]));
    let found = read_rows(&rows);
    assert_eq!((right(&found.output[0]), codes(&found)), (75, vec!["column-assumed"]));
}

#[test]
fn a_guide_to_verdicts_states_none() {
    let mut rows = vec![row(&["HƯỚNG DẪN CHẤM TIÊU CHÍ NTM NÂNG CAO"]), row(&["TT", "Nội dung", "Chuẩn", "Cách chấm"])];
    rows.extend(items(&nang_cao(), &|_| row(&["≥ 95%", "Đạt khi đủ hồ sơ, số liệu"])));
    assert!(read_rows(&rows).output.is_empty());
}

#[test]
fn a_column_of_x_is_not_one_of_codes() {
    let marks = |commune: u16, criterion: u16| if commune == 1 || criterion == 3 { "x" } else { "" };
    let mut rows = matrix(&|n| format!("Tiêu chí {n}"), &marks);
    let totals = rows.len() - 3;
    for (at, row) in rows.iter_mut().skip(3).enumerate() {
        *row.last_mut().unwrap() = if at == 0 { "19" } else { "1" }.into();
    }
    assert_eq!(read_rows(&rows).output.len(), totals);
}

#[test]
fn a_verdict_on_an_item_outside_the_column_of_verdicts_is_named_wherever_it_stands() {
    let set = nang_cao();
    let name = set.name_of("2.2".parse().unwrap()).unwrap().to_owned();
    for stray in [
        &["2.2", &name, "Chưa đạt"][..],
        &["2.2", "Đường ngõ", "Đạt"],
        &["2.99", "Nội dung khác", "Chưa đạt"],
        &["", &name, "Chưa đạt"],
        &["Bổ sung", "2.2", "chưa đạt"],
    ] {
        for total in [&["", "Tổng số: 19/19 tiêu chí"][..], &[]] {
            let mut rows = titles("NTM NÂNG CAO");
            rows.push(row(&["TT", "Nội dung", "Mức yêu cầu", "Kết quả", "Đánh giá"]));
            rows.extend(items(&set, &|_| row(&["Có", "có", "Đạt"])));
            rows.push(row(total));
            rows.push(row(stray));
            let found = read_rows(&rows);
            assert_eq!(codes(&found), ["row-not-placed"], "{stray:?}");
            assert_eq!(states(&found.output[0], "2.2"), Some(Verdict::Met), "{stray:?}");
        }
    }
    let mut rows = titles("NTM NÂNG CAO");
    rows.push(row(&["TT", "Nội dung", "Mức yêu cầu", "Kết quả", "Đánh giá"]));
    rows.extend(items(&set, &|_| row(&["Có", "có", "Đạt"])));
    for below in [&["", "Xếp loại", "Đạt"][..], &["", "", "Nguyễn Văn Đạt"], &["Ngày 24.4", "Người lập", "Chủ tịch"]]
    {
        rows.push(row(below));
    }
    assert!(codes(&read_rows(&rows)).is_empty(), "what speaks of no item is passed over");
}

#[test]
fn a_small_table_below_a_list_that_says_otherwise_is_named_and_one_that_says_the_same_is_no_trouble() {
    let set = nang_cao();
    let name = set.name_of("2.2".parse().unwrap()).unwrap().to_owned();
    for (verdict, severity) in [("Chưa đạt", Severity::Error), ("Đạt", Severity::Info)] {
        let mut rows = titles("NTM NÂNG CAO");
        rows.push(row(&["TT", "Nội dung", "Kết quả", "Đánh giá"]));
        rows.extend(items(&set, &|_| row(&["có", "Đạt"])));
        rows.extend([vec![], row(&["TT", "Nội dung", "Đánh giá"]), row(&["2.2", &name, verdict])]);
        let found = read_rows(&rows);
        let said: Vec<Severity> = found.diagnostics.iter().map(|d| d.severity).collect();
        assert_eq!(said, [severity], "{verdict}: {:?}", found.diagnostics);
        assert_eq!(states(&found.output[0], "2.2"), Some(Verdict::Met));
    }
}
