//! Reports in sentences, cards and tables of communes: what counts as a result, and what does not.

use super::*;

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
    assert_eq!(found, ["13546 ntm-nang-cao-2021-2025: 14.2 14.3 of 2"]);
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
