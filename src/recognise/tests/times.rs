//! Months, stretches of months and years: what a report is of, and of which set it can be.

use super::*;

/// A list of the set of 2021-2025 under titles, with lines below it.
fn report(titles: &[&str], below: &[&str]) -> Vec<Vec<String>> {
    let set = catalogue().set(&"ntm-2021-2025".into()).unwrap().clone();
    let mut rows: Vec<Vec<String>> = titles.iter().map(|title| row(&[title])).collect();
    rows.push(row(&["TT", "Nội dung", "Đánh giá"]));
    rows.extend(items(&set, &|code| vec![word(code)]));
    rows.extend(below.iter().map(|line| row(&[line])));
    rows
}

/// The month of a workbook's one report, and what is said of it.
fn month(path: &str, rows: Vec<Vec<String>>) -> (Option<String>, Vec<&'static str>) {
    let found = read(path, &[grid("Sheet1", &rows)]);
    let period = found.output.first().and_then(|s| s.period).map(|period| period.to_string());
    (period, codes(&found))
}

#[test]
fn a_report_of_several_months_is_that_of_the_last() {
    for (title, expected) in
        [("6 tháng đầu năm 2023", "2023-06"), ("9 tháng năm 2023", "2023-09"), ("Quý III năm 2023", "2023-09")]
    {
        let rows = report(&["UBND XÃ AN LÃO", title], &["An Lão, ngày 05 tháng 10 năm 2023"]);
        assert_eq!(month("BC.xlsx", rows), (Some(expected.into()), vec!["period-assumed"]), "{title}");
    }
}

#[test]
fn a_report_of_a_year_is_not_of_the_month_it_was_signed_in() {
    let titles = ["UBND XÃ AN LÃO", "KẾT QUẢ THỰC HIỆN TIÊU CHÍ NTM NĂM 2023"];
    let signed = |day: &str| month("BC.xlsx", report(&titles, &[&format!("An Lão, ngày {day}")]));
    assert_eq!(signed("10 tháng 01 năm 2024"), (Some("2023-12".into()), vec!["period-assumed"]));
    // Within the year a title of the year heads the report of a month.
    assert_eq!(signed("25 tháng 4 năm 2023"), (Some("2023-04".into()), vec![]));
    // With nothing but the year the month is in doubt, unless the year stands where a month would.
    assert_eq!(month("BC.xlsx", report(&titles, &[])), (None, vec!["period-unknown"]));
    assert_eq!(month("BC T4.xlsx", report(&titles, &[])), (Some("2023-04".into()), vec!["period-assumed"]));
    let plain = report(&["UBND XÃ AN LÃO", "KẾT QUẢ TIÊU CHÍ NTM", "(Năm 2023)"], &[]);
    assert_eq!(month("BC.xlsx", plain), (Some("2023-12".into()), vec!["period-assumed"]));
}

#[test]
fn a_month_outside_the_validity_of_the_set_is_asked_and_not_taken() {
    for period in ["Tháng 12 năm 2019", "Tháng 4 năm 2027"] {
        let found = read("BC.xlsx", &[grid("Sheet1", &report(&["UBND XÃ AN LÃO", period], &[]))]);
        assert_eq!((found.output.len(), codes(&found)), (0, vec!["set-conflict"]), "{period}");
        assert_eq!(found.diagnostics[0].question.as_ref().map(|q| q.subject.asks), Some(Asks::Period));
    }
}

#[test]
fn a_cover_says_whose_report_the_other_sheets_are() {
    let cover = grid("Bìa", &[row(&["ỦY BAN NHÂN DÂN XÃ AN LÃO"]), row(&["BÁO CÁO NTM THÁNG 4 NĂM 2023"])]);
    let list = grid("Chi tiết", &report(&["CHI TIẾT KẾT QUẢ"], &[]));
    let found = read("BC.xlsx", &[cover, list]);
    let only = &found.output[0];
    assert_eq!(only.commune, Some(CommuneCode("13561".into())));
    assert_eq!(only.period.map(|p| p.to_string()).as_deref(), Some("2023-04"));
}
