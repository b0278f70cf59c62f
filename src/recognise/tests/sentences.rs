//! Reports in sentences, cards and tables of communes: what counts as a result, and what does not.

use super::*;
use crate::catalogue::VerdictWord;

/// Commune, set and what is not met of each submission of a sheet of lines.
fn told(lines: &[&[&str]]) -> Vec<String> {
    let rows: Vec<Vec<String>> = lines.iter().map(|line| row(line)).collect();
    let found = read("BC.xlsx", &[grid("BC", &rows)]);
    let unmet = |s: &Submission| {
        let is_unmet = |e: &&crate::model::Entry| matches!(e.stated, Stated::Implied { verdict: Verdict::NotMet, .. });
        s.entries.iter().filter(is_unmet).map(|e| e.item.to_string()).collect::<Vec<_>>().join(" ")
    };
    let commune = |s: &Submission| s.commune.as_ref().map_or("-".to_owned(), |c| c.0.to_string());
    found.output.iter().map(|s| format!("{} {}: {} of {}", commune(s), s.set, unmet(s), s.entries.len())).collect()
}

const TITLES: [&[&str]; 2] = [&["BÁO CÁO NTM NÂNG CAO XÃ TRUNG LƯƠNG"], &["Tháng 4/2023"]];

fn told_below(lines: &[&[&str]]) -> Vec<String> {
    told(&[&TITLES, lines].concat())
}

#[test]
fn goals_rules_and_last_years_totals_are_no_report() {
    for line in [
        "Mục tiêu: đến hết năm 2024 xã đạt 19/19 tiêu chí, 75/75 chỉ tiêu.",
        "Phấn đấu hoàn thành 19/19 tiêu chí, 75/75 chỉ tiêu trong năm.",
        "Xã nông thôn mới nâng cao phải đạt 19/19 tiêu chí, 75/75 chỉ tiêu.",
        "Cuối năm 2022, xã đạt 19/19 tiêu chí, 75/75 chỉ tiêu.",
    ] {
        assert_eq!(told_below(&[&[line]]), Vec::<String>::new(), "{line}");
    }
    let order: [&[&str]; 3] =
        [&["NGHỊ QUYẾT về NTM nâng cao"], &["Xã Trung Lương, tháng 4/2023"], &["Đạt 19/19 tiêu chí, 75/75 chỉ tiêu"]];
    assert_eq!(told(&order), Vec::<String>::new());
}

#[test]
fn what_holds_now_counts_beside_goals_and_earlier_figures() {
    let found = told_below(&[
        &["Năm 2022 xã đạt 12/19 tiêu chí, 60/75 chỉ tiêu."],
        &["Đến nay xã đã đạt 17/19 tiêu chí, 73/75 chỉ tiêu."],
        &["Những nội dung chưa đạt gồm"],
        &["1. Giao thông: 2.1"],
        &["2. Nghèo đa chiều"],
        &["Mục tiêu năm 2023: 19/19 tiêu chí, 75/75 chỉ tiêu."],
    ]);
    assert_eq!(found, ["13546 ntm-nang-cao-2021-2025: 2.1 11 of 75"]);
}

#[test]
fn a_list_far_from_its_total_says_nothing_of_what_it_leaves_out() {
    let found = told_below(&[&["Xã đạt 14/19 tiêu chí, 60/75 chỉ tiêu. Chưa đạt: 2.1, 2.2."]]);
    assert_eq!(found, ["13546 ntm-nang-cao-2021-2025: 2.1 2.2 of 2"]);
}

#[test]
fn a_criterion_named_alone_does_not_make_up_for_what_a_list_lacks() {
    let found = told_below(&[&["Xã đạt 8/19 tiêu chí, 51/75 chỉ tiêu. Chưa đạt: giao thông; y tế 14.2, 14.3."]]);
    // The criterion is said to be not met; of its four indicators nothing is.
    assert_eq!(found, ["13546 ntm-nang-cao-2021-2025: 14.2 14.3 2 of 7"]);
}

#[test]
fn a_list_goes_on_where_the_line_was_broken_in_its_cell() {
    let found = told_below(&[
        &["Xã đạt 16/19 tiêu chí, 71/75 chỉ tiêu."],
        &["Chưa đạt: tổ chức sản xuất\nvà phát triển kinh tế 13.2, 13.3; y tế 14.2;\nmôi trường 17.5."],
    ]);
    assert_eq!(found, ["13546 ntm-nang-cao-2021-2025: 13.2 13.3 14.2 17.5 of 75"]);
}

#[test]
fn a_sentence_may_give_the_size_of_the_set_and_say_that_the_rest_is_met() {
    let line = "Trong 75 chỉ tiêu, xã còn 2 chỉ tiêu chưa đạt là 9, 14.3; các chỉ tiêu còn lại đều đạt.";
    assert_eq!(told_below(&[&[line]]), ["13546 ntm-nang-cao-2021-2025: 9 14.3 of 75"]);
}

#[test]
fn what_is_met_and_what_is_not_may_both_be_listed() {
    let expected = ["13546 ntm-nang-cao-2021-2025: 6 14 17 of 19"];
    let written: [&[&[&str]]; 4] = [
        &[&["Các tiêu chí đạt: từ tiêu chí số 1 đến số 5, 7-13, 15, 16, 18 và 19."], &["Chưa đạt: số 6, 14, 17."]],
        &[&["Đã đạt 16 tiêu chí: 1-5; 7-13; 15; 16; 18; 19."], &["Chưa đạt 03 tiêu chí: văn hóa, y tế, môi trường."]],
        &[
            &["Tiêu chí đạt", "Tiêu chí chưa đạt"],
            &["1-5", "6. Văn hóa"],
            &["7-13", "14. Y tế"],
            &["15, 16, 18, 19", "17. Môi trường"],
        ],
        &[
            &["I. CÁC TIÊU CHÍ ĐẠT"],
            &["1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 13, 15, 16, 18, 19"],
            &["II. CÁC TIÊU CHÍ CHƯA ĐẠT"],
            &["1. Văn hóa"],
            &["2. Y tế"],
            &["3. Môi trường"],
        ],
    ];
    for lines in written {
        assert_eq!(told_below(lines), expected, "{lines:?}");
    }
}

#[test]
fn an_exception_says_that_the_rest_is_met() {
    for line in [
        "Xã đạt 17/19 tiêu chí, trừ tiêu chí Thu nhập và tiêu chí số 11.",
        "Toàn bộ các tiêu chí đều đạt, ngoại trừ: thu nhập; nghèo đa chiều.",
        "Chỉ còn 02 tiêu chí chưa đạt là tiêu chí 10 và 11.",
        "Trong tổng số 19 tiêu chí, xã đã đạt mười bảy tiêu chí; còn hai tiêu chí chưa đạt: thu nhập, nghèo đa chiều.",
    ] {
        assert_eq!(told_below(&[&[line]]), ["13546 ntm-nang-cao-2021-2025: 10 11 of 19"], "{line}");
    }
}

#[test]
fn what_communes_count_or_rules_ask_is_no_result() {
    for line in [
        "Số xã đạt 19 tiêu chí",
        "Xã được công nhận khi tất cả các tiêu chí đều đạt.",
        "Phấn đấu đạt các tiêu chí 2, 10, 17.",
        "Đề nghị huyện hỗ trợ để đạt tiêu chí 2, 10.",
    ] {
        assert_eq!(told_below(&[&[line]]), Vec::<String>::new(), "{line}");
    }
}

#[test]
fn names_of_items_and_measured_values_turn_no_list_around() {
    let found = told_below(&[
        &["Xã đạt 15/19 tiêu chí, 71/75 chỉ tiêu."],
        &["Chưa đạt:"],
        &["- 4: Hệ thống điện đạt chuẩn"],
        &["- 14.1: mới đạt 85%"],
        &["- 14.2 (đạt 60%), 17.9"],
        &["Giải pháp: duy trì các chỉ tiêu đã đạt; phấn đấu đạt chỉ tiêu 14.1 trong quý III."],
    ]);
    assert_eq!(found, ["13546 ntm-nang-cao-2021-2025: 4 14.1 14.2 17.9 of 75"]);
}

#[test]
fn a_total_that_nothing_is_missing_from_leaves_an_empty_list() {
    let found = told_below(&[&["Xã đạt 19/19 tiêu chí, 75/75 chỉ tiêu. Các chỉ tiêu chưa đạt gồm:"]]);
    assert_eq!(found, ["13546 ntm-nang-cao-2021-2025:  of 75"]);
}

#[test]
fn a_table_of_what_is_not_met_is_no_section_of_what_its_total_counts() {
    let item = |code: &str, name: &str| vec![format!("{code} {name}"), "Thiếu kinh phí".into(), "Vận động".into()];
    let mut rows = titled("CÁC TIÊU CHÍ NTM NÂNG CAO CHƯA ĐẠT", "Tháng 4/2023", &[]);
    rows.pop();
    rows.push(row(&["Tổng số đạt: 18/19 tiêu chí, 73/75 chỉ tiêu"]));
    rows.push(row(&["Tiêu chí chưa đạt", "Nguyên nhân", "Giải pháp"]));
    rows.push(item("14.1", "Tỷ lệ người dân tham gia bảo hiểm y tế"));
    rows.push(item("14.2", "Tỷ lệ dân số được quản lý sức khỏe"));
    let found = read("BC.xlsx", &[grid("BC", &rows)]);
    let is_unmet = |e: &&crate::model::Entry| matches!(e.stated, Stated::Implied { verdict: Verdict::NotMet, .. });
    let entries = &found.output[0].entries;
    let unmet: Vec<String> = entries.iter().filter(is_unmet).map(|e| e.item.to_string()).collect();
    assert_eq!((unmet.join(" ").as_str(), entries.len()), ("14.1 14.2", 75));
}

#[test]
fn the_headings_over_a_list_do_not_end_it() {
    let announced = "Toàn xã đạt 17/19 TC (73/75 CT), các CT chưa đạt như sau:";
    let lines: [&[&str]; 4] = [
        &[announced],
        &["STT", "Nội dung", "Lý do", "Đề nghị huyện", "Ghi chú"],
        &["1", "Chỉ tiêu 2.4: Đường trục chính nội đồng", "Thiếu kinh phí"],
        &["2", "Chỉ tiêu 17.10: Hỏa táng", "Thiếu kinh phí"],
    ];
    assert_eq!(told_below(&lines), ["13546 ntm-nang-cao-2021-2025: 2.4 17.10 of 75"]);
}

#[test]
fn a_card_of_labels_is_read_like_a_sentence() {
    let found = told_below(&[
        &["Số tiêu chí đạt", "18/19"],
        &["Số chỉ tiêu đạt", "72/75"],
        &["Các chỉ tiêu chưa đạt", "13.2-13.4"],
    ]);
    assert_eq!(found, ["13546 ntm-nang-cao-2021-2025: 13.2 13.3 13.4 of 75"]);
}

#[test]
fn communes_are_told_line_by_line_and_row_by_row() {
    let expected =
        ["13528 ntm-nang-cao-2021-2025: 2.1 5.2 of 75", "13561 ntm-nang-cao-2021-2025:  of 75"].map(str::to_owned);
    let lines = told(&[
        &["TỔNG HỢP NTM NÂNG CAO CÁC XÃ - THÁNG 4/2023"],
        &["1. Xã An Ninh: đạt 17/19 tiêu chí, 73/75 chỉ tiêu; chưa đạt: 2.1, 5.2."],
        &["2. Xã An Lão: đạt 19/19 tiêu chí, 75/75 chỉ tiêu."],
    ]);
    assert_eq!(lines, expected);
    let rows = told(&[
        &["TỔNG HỢP NTM NÂNG CAO CÁC XÃ - THÁNG 4/2023"],
        &["TT", "Tên xã", "Số tiêu chí đạt", "Số chỉ tiêu đạt", "Các chỉ tiêu chưa đạt"],
        &["1", "An Ninh", "17/19", "73/75", "2.1; 5.2"],
        &["2", "An Lão", "19/19", "75/75", ""],
    ]);
    assert_eq!(rows, expected);
}

#[test]
fn a_form_that_nobody_filled_in_is_no_report() {
    let mut rows = titled("NTM NÂNG CAO", "Tháng ....../20......", &["TT", "Nội dung", "Đánh giá"]);
    rows[0] = row(&["Xã: ..................."]);
    rows.extend(items(&nang_cao(), &|_| row(&["Chưa đạt"])));
    let found = read("mau.xlsx", &[grid("Mẫu", &rows)]);
    assert_eq!((found.output.len(), codes(&found)), (0, vec!["no-report"]));
}

#[test]
fn the_name_of_a_sheet_tells_which_of_two_counts() {
    let sheet = |name: &str, said: &str| {
        let mut rows = titled("NTM NÂNG CAO", "Tháng 4/2023", &["TT", "Nội dung", "Đánh giá"]);
        rows.extend(items(&nang_cao(), &|_| row(&[said])));
        grid(name, &rows)
    };
    let found = read("BC.xlsx", &[sheet("Bản nháp (bỏ)", "Chưa đạt"), sheet("Chính thức", "Đạt")]);
    assert_eq!((found.output.len(), found.output[0].sheet.as_ref()), (1, "Chính thức"));
    assert_eq!(codes(&found), ["submission-ambiguous"]);
}

/// What each item of the one submission of a sheet of lines states: `+`, `-`, or in a word.
fn stated_below(titles: &[&[&str]], lines: &[&str]) -> Vec<String> {
    let titles = titles.iter().map(|line| row(line));
    let rows: Vec<Vec<String>> = titles.chain(lines.iter().map(|line| row(&[line]))).collect();
    let found = read("BC.xlsx", &[grid("BC", &rows)]);
    let vocabulary = catalogue().vocabulary;
    let print = |e: &crate::model::Entry| match &e.stated {
        Stated::Implied { verdict: Verdict::Met, .. } => format!("+{}", e.item),
        Stated::Implied { .. } => format!("-{}", e.item),
        Stated::Word(word) => match vocabulary.verdict(&word.text) {
            Some(VerdictWord::Met) => format!("+{}", e.item),
            Some(VerdictWord::NotMet) => format!("-{}", e.item),
            _ => format!("{}: {}", e.item, word.text),
        },
        other => format!("{}: {other:?}", e.item),
    };
    found.output.iter().flat_map(|s| &s.entries).map(print).collect()
}

#[test]
fn a_line_of_one_criterion_speaks_of_no_other() {
    let titles: [&[&str]; 2] = [&["BÁO CÁO NTM XÃ TRUNG LƯƠNG"], &["Tháng 4/2023"]];
    let sets = catalogue();
    let criteria = &sets.set(&"ntm-2021-2025".into()).unwrap().criteria;
    // Not met are 5 and 8; that of 5 comes behind a sentence.
    for (behind, verdicts) in [
        (["Xã đã chỉ đạo các thôn.", ""], ["Tự đánh giá: Chưa đạt.", "Tự đánh giá: Đạt."]),
        (["", "Đã rà soát hồ sơ, cập nhật số liệu."], ["Kết quả: chưa đạt", "Kết quả: đạt"]),
        (["Trong tháng đã họp dân. Thiếu vốn.", "Hồ sơ đầy đủ."], ["Chưa đạt.", "Đạt."]),
    ] {
        let line = |number: u16, name: &str| {
            let at = usize::from(!matches!(number, 5 | 8));
            format!("Tiêu chí số {number} - {name}: {} {}", behind[at], verdicts[at])
        };
        let lines: Vec<String> = criteria.iter().map(|c| line(c.number, &c.name)).collect();
        let found = stated_below(&titles, &lines.iter().map(String::as_str).collect::<Vec<_>>());
        let expected: Vec<String> =
            (1..=19).map(|n| format!("{}{n}", if matches!(n, 5 | 8) { "-" } else { "+" })).collect();
        assert_eq!(found, expected, "{verdicts:?}");
    }
}

#[test]
fn what_nobody_has_judged_is_not_reported_and_not_counted_as_met() {
    let of = |found: Vec<String>| found.into_iter().filter(|e| !e.starts_with('+')).collect::<Vec<_>>();
    for line in [
        "Xã đạt 72/75 chỉ tiêu. Chưa đạt: 2.1. Các chỉ tiêu chưa thẩm định: 13.2, 17.5.",
        "Chỉ tiêu 2.1 chưa đạt; chỉ tiêu 13.2, 17.5 đang thẩm định; các chỉ tiêu còn lại đều đạt.",
    ] {
        let words = if line.contains("đang") { "đang thẩm định" } else { "chưa thẩm định" };
        let expected = ["-2.1".to_owned(), format!("13.2: {words}"), format!("17.5: {words}")];
        assert_eq!(of(stated_below(&TITLES, &[line])), expected, "{line}");
    }
    let lines = ["Trong 75 chỉ tiêu, còn 2 chỉ tiêu chưa đạt là 2.1, 2.2; còn lại đạt.", "Chỉ tiêu 14.2: Chờ kết quả."];
    assert_eq!(of(stated_below(&TITLES, &lines)), ["-2.1", "-2.2", "14.2: Chờ kết quả"]);
}
