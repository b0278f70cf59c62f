//! Tables folded up on their sheet: items as lines within cells, cards, blocks side by side, and what is no such table.

use super::*;
use crate::model::Criterion;

/// The lines of a cell beside a criterion, one for each of its indicators.
fn lines(criterion: &Criterion, line: &dyn Fn(&crate::model::Indicator) -> String) -> String {
    criterion.indicators.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// A row a criterion, as Word tables have it.
fn by_criterion(told: &dyn Fn(&Criterion) -> [String; 2]) -> Checked<Vec<Submission>> {
    let header = ["TT", "Tiêu chí", "Nội dung, chỉ tiêu", "Kết quả", "Đánh giá"];
    let mut rows = titled("NÔNG THÔN MỚI NÂNG CAO", "Tháng 4 năm 2023", &header);
    for criterion in &nang_cao().criteria {
        let is_single = criterion.indicators.len() == 1;
        let name = |i: &crate::model::Indicator| {
            if is_single { i.name.clone() } else { format!("{}. {}", i.code, i.name) }
        };
        let [value, verdict] = told(criterion);
        let names = lines(criterion, &name);
        rows.push(vec![criterion.number.to_string(), criterion.name.clone(), names, value, verdict]);
    }
    read("BC.xlsx", &[grid("Sheet1", &rows)])
}

#[test]
fn the_lines_of_the_cells_beside_a_criterion_are_of_its_indicators() {
    let found = by_criterion(&|c| [lines(c, &|_| "98%".to_owned()), lines(c, &|i| word(i.code))]);
    let report = &found.output[0];
    assert_eq!((report.entries.len(), right(report)), (75, 75), "{:?}", found.diagnostics);
    assert!(report.entries.iter().all(|e| e.value.as_ref().is_some_and(|v| v.text == "98%")));
    // By the codes before them, whatever their order and number.
    let coded = by_criterion(&|c| {
        let own = |i: &crate::model::Indicator| match i.code.indicator_number() {
            Some(_) => format!("{}: {}", i.code, word(i.code)),
            None => word(i.code),
        };
        [String::new(), lines(c, &own)]
    });
    assert_eq!(right(&coded.output[0]), 75, "{:?}", coded.diagnostics);
}

#[test]
fn lines_that_are_more_or_fewer_than_the_items_are_of_none_of_them() {
    let found = by_criterion(&|c| {
        let mut told = lines(c, &|i| word(i.code));
        if c.number == 2 {
            told = "Đạt\nChưa đạt".to_owned();
        }
        [String::new(), told]
    });
    let report = &found.output[0];
    let said = |code: &str| report.entries.iter().find(|e| e.item.to_string() == code).map(|e| &e.stated);
    for code in ["2.1", "2.2", "2.3", "2.4"] {
        assert!(said(code).is_none_or(|stated| *stated == Stated::Nothing), "{code} {:?}", said(code));
    }
    assert_eq!(right(report), 75 - 4);
}

#[test]
fn blocks_of_items_side_by_side_are_one_list() {
    for names in [true, false] {
        let mut rows = titled("NÔNG THÔN MỚI NÂNG CAO", "Tháng 4 năm 2023", &[]);
        for criterion in &nang_cao().criteria {
            let mut label = |label: &str, said: &dyn Fn(&crate::model::Indicator) -> String| {
                let cells = criterion.indicators.iter().map(said);
                rows.push(std::iter::once(label.to_owned()).chain(cells).collect());
            };
            label("Chỉ tiêu", &|i| i.code.to_string());
            if names {
                label("Nội dung", &|i| i.name.clone());
            }
            label("Kết quả", &|_| "98%".to_owned());
            label("Đánh giá", &|i| word(i.code));
            rows.push(row(&[&format!("Tiêu chí {}. {}", criterion.number + 1, "tiếp theo")]));
        }
        let found = read("BC.xlsx", &[grid("Sheet1", &rows)]);
        let report = found.output.first().map(|report| (report.entries.len(), right(report)));
        assert_eq!(report, Some((75, 75)), "{names} {:?}", found.diagnostics);
        assert!(found.output[0].entries.iter().all(|e| e.value.as_ref().is_some_and(|v| v.text == "98%")));
    }
}

/// Cards: an item and lines with labels below it.
fn cards(card: &dyn Fn(&crate::model::Indicator) -> Vec<Vec<String>>) -> Checked<Vec<Submission>> {
    let mut rows = titled("NÔNG THÔN MỚI NÂNG CAO", "Tháng 4 năm 2023", &[]);
    rows.extend(nang_cao().indicators().flat_map(card));
    read("BC.xlsx", &[grid("Sheet1", &rows)])
}

#[test]
fn cards_below_each_other_are_one_list() {
    let beside = cards(&|i| {
        vec![
            row(&[&format!("Chỉ tiêu {}:", i.code), &i.name]),
            row(&["Kết quả:", if is_met(i.code) { "98%" } else { "" }]),
            row(&["Đánh giá:", &word(i.code)]),
            row(&[]),
        ]
    });
    let behind = cards(&|i| {
        vec![
            row(&[&i.code.to_string(), &i.name]),
            row(&["", &format!("- Số liệu: {}", if is_met(i.code) { "98%" } else { "không" })]),
            row(&["", &format!("- Tự đánh giá: {}", word(i.code))]),
        ]
    });
    for found in [beside, behind] {
        let report = found.output.first().map(|report| (report.entries.len(), right(report)));
        assert_eq!(report, Some((75, 75)), "{:?}", found.diagnostics);
        let entries = &found.output[0].entries;
        assert!(entries.iter().filter(|e| is_met(e.item)).all(|e| e.value.as_ref().is_some_and(|v| v.text == "98%")));
    }
}

#[test]
fn a_card_that_says_two_verdicts_is_read_as_none() {
    let found = cards(&|i| {
        vec![
            row(&[&format!("Chỉ tiêu {}:", i.code), &i.name]),
            row(&["Đánh giá:", "Đạt"]),
            row(&["Kết luận:", "Chưa đạt"]),
        ]
    });
    let stated = found.output.iter().flat_map(|r| &r.entries).filter(|e| e.stated != Stated::Nothing).count();
    assert_eq!(stated, 0, "{:?}", codes(&found));
}
