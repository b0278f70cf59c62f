//! One sheet that holds several reports: told apart by a column, by lines between them, by months below each other.

use super::*;

fn sets() -> [CriteriaSet; 2] {
    ["ntm-2021-2025", "ntm-nang-cao-2021-2025"].map(|id| catalogue().set(&id.into()).unwrap().clone())
}

/// How many items of each report are right, with its commune, month and set.
fn reports(rows: &[Vec<String>]) -> Vec<String> {
    let found = read("BC.xlsx", &[grid("Sheet1", rows)]);
    let print = |s: &Submission| {
        let commune = s.commune.as_ref().map_or("-", |code| code.0.as_ref());
        let period = s.period.map_or("-".to_owned(), |period| period.to_string());
        format!("{commune} {period} {} {}", s.set.as_str(), right(s))
    };
    found.output.iter().map(print).collect()
}

#[test]
fn a_column_may_say_of_which_set_a_row_is() {
    let mut rows =
        vec![row(&["Xã An Lão - Số liệu tiêu chí tháng 4/2023"]), row(&["Mã", "Nội dung", "Đánh giá", "Thuộc bộ"])];
    for (set, name) in sets().iter().zip(["NTM", "NTM nâng cao"]) {
        rows.extend(items(set, &|code| vec![word(code), name.to_owned()]));
    }
    assert_eq!(reports(&rows), ["13561 2023-04 ntm-2021-2025 57", "13561 2023-04 ntm-nang-cao-2021-2025 75"]);
}

#[test]
fn a_column_may_say_of_which_commune_or_month_a_row_is() {
    let set = &sets()[0];
    let mut rows = vec![row(&["TIÊU CHÍ NÔNG THÔN MỚI THÁNG 4/2023"]), row(&["Mã", "Nội dung", "Xã", "Đánh giá"])];
    for name in ["An Lão", "Đồn Xá"] {
        rows.extend(items(set, &|code| vec![name.to_owned(), word(code)]));
    }
    assert_eq!(reports(&rows), ["13561 2023-04 ntm-2021-2025 57", "13525 2023-04 ntm-2021-2025 57"]);
    let mut rows = vec![row(&["UBND XÃ AN LÃO - NĂM 2023"]), row(&["Mã", "Nội dung", "Tháng", "Đánh giá"])];
    for month in ["3", "4"] {
        rows.extend(items(set, &|code| vec![month.to_owned(), word(code)]));
    }
    assert_eq!(reports(&rows), ["13561 2023-03 ntm-2021-2025 57", "13561 2023-04 ntm-2021-2025 57"]);
}

#[test]
fn a_commune_may_be_named_in_the_first_row_of_its_block_alone() {
    let set = &sets()[0];
    let block = |name: &str| {
        let rows = items(set, &|code| vec![String::new(), word(code)]).into_iter().enumerate();
        let named = |(at, cells): (usize, Vec<String>)| {
            let commune = if at == 0 { name.to_owned() } else { String::new() };
            [vec![commune], cells].concat()
        };
        rows.map(named).collect::<Vec<_>>()
    };
    let header = ["Xã", "Mã", "Nội dung", "Kết quả", "Đánh giá"];
    let mut rows = vec![row(&["CỤM II - TIÊU CHÍ NÔNG THÔN MỚI THÁNG 4/2023"]), row(&header)];
    rows.extend(["An Lão", "Đồn Xá"].iter().flat_map(|name| block(name)));
    assert_eq!(reports(&rows), ["13561 2023-04 ntm-2021-2025 57", "13525 2023-04 ntm-2021-2025 57"]);
    // A name beside an item inside a list begins no block: whose the rows below it are is not told.
    rows[30][0] = "An Ninh".into();
    assert!(!reports(&rows).iter().any(|report| report.starts_with("13528")), "{:?}", reports(&rows));
}

#[test]
fn a_lettered_line_may_begin_the_list_of_another_set() {
    let mut rows = vec![row(&["UBND XÃ AN LÃO"]), row(&["Tháng 4/2023"]), row(&["TT", "Nội dung", "Đánh giá"])];
    for (set, title) in sets().iter().zip(["XÃ NÔNG THÔN MỚI", "XÃ NÔNG THÔN MỚI NÂNG CAO"]) {
        rows.push(row(&[if title.ends_with("CAO") { "B" } else { "A" }, title]));
        rows.extend(items(set, &|code| vec![word(code)]));
    }
    assert_eq!(reports(&rows), ["13561 2023-04 ntm-2021-2025 57", "13561 2023-04 ntm-nang-cao-2021-2025 75"]);
}

#[test]
fn the_line_that_begins_another_set_may_have_its_total_beside_it() {
    let mut rows =
        vec![row(&["UBND XÃ AN LÃO"]), row(&["Tháng 4/2023"]), row(&["TT", "Nội dung", "Kết quả", "Đánh giá"])];
    for (set, title, total) in [(&sets()[0], "A", "15/19 TC"), (&sets()[1], "B", "14/19")] {
        let name = if title == "A" {
            "BỘ TIÊU CHÍ XÃ NÔNG THÔN MỚI"
        } else {
            "BỘ TIÊU CHÍ XÃ NÔNG THÔN MỚI NÂNG CAO"
        };
        rows.push(row(&[title, name, "", total]));
        rows.extend(items(set, &|code| vec![String::new(), word(code)]));
    }
    assert_eq!(reports(&rows), ["13561 2023-04 ntm-2021-2025 57", "13561 2023-04 ntm-nang-cao-2021-2025 75"]);
    // A criterion with a Roman numeral and its verdict begins none.
    let set = &sets()[0];
    let mut rows = vec![row(&["UBND XÃ AN LÃO"]), row(&["Tháng 4/2023"]), row(&["TT", "Nội dung", "Đánh giá"])];
    rows.extend(items(set, &|code| vec![word(code)]));
    rows.push(row(&["XX", "Tự đánh giá chung", "Đạt"]));
    assert_eq!(reports(&rows), ["13561 2023-04 ntm-2021-2025 57"]);
}

#[test]
fn months_below_each_other_are_of_the_year_that_the_title_names() {
    let mut rows = vec![row(&["SỔ THEO DÕI NTM XÃ AN LÃO NĂM 2023"])];
    for month in ["Tháng 3", "Tháng 4"] {
        rows.extend([row(&[]), row(&[month]), row(&["TT", "Nội dung", "Đánh giá"])]);
        rows.extend(items(&sets()[0], &|code| vec![word(code)]));
    }
    assert_eq!(reports(&rows), ["13561 2023-03 ntm-2021-2025 57", "13561 2023-04 ntm-2021-2025 57"]);
}

#[test]
fn a_day_by_which_something_is_to_be_done_makes_no_parts() {
    let mut rows = vec![row(&["UBND XÃ AN LÃO - THÁNG 4/2023"]), row(&["TT", "Nội dung", "Hạn", "Đánh giá"])];
    let due = |code: ItemCode| if is_met(code) { "Tháng 6/2023" } else { "Tháng 12/2023" };
    rows.extend(items(&sets()[0], &|code| vec![due(code).to_owned(), word(code)]));
    assert_eq!(reports(&rows), ["13561 2023-04 ntm-2021-2025 57"]);
}

#[test]
fn a_sheet_for_each_criterion_is_part_of_one_report() {
    let set = &sets()[0];
    let cover = grid("Bìa", &[row(&["XÃ AN LÃO: TIÊU CHÍ NÔNG THÔN MỚI"]), row(&["Tháng 4 năm 2023"])]);
    let mut grids = vec![cover];
    for criterion in 1..=19 {
        let own = items(set, &|code| vec![word(code)]).into_iter().zip(set.indicators());
        let own = own.filter(|(_, i)| i.code.criterion_number() == criterion).map(|(cells, _)| cells);
        let rows: Vec<Vec<String>> = std::iter::once(row(&["TT", "Nội dung", "Đánh giá"])).chain(own).collect();
        grids.push(grid(&format!("TC{criterion}"), &rows));
    }
    let found = read("BC.xlsx", &grids);
    assert_eq!(found.output.iter().map(right).collect::<Vec<_>>(), [57]);
    // Two rows in a file of something else are no report.
    assert!(read("BC.xlsx", &grids[19..]).output.is_empty());
}

#[test]
fn a_commune_is_not_taken_from_the_name_of_a_criterion() {
    let titles = [row(&["Tiêu chí số 19: Quốc phòng và An ninh"]), row(&["Tháng 4/2023"])];
    let mut rows = [titles.to_vec(), vec![row(&["TT", "Nội dung", "Đánh giá"])]].concat();
    rows.extend(items(&sets()[0], &|code| vec![word(code)]));
    assert_eq!(reports(&rows), ["- 2023-04 ntm-2021-2025 57"]);
}
