//! Sheets of an unusual shape: headings over and over, a criterion's name over its first indicator, sets of other levels.

use super::*;

fn ntm() -> CriteriaSet {
    catalogue().set(&"ntm-2021-2025".into()).unwrap().clone()
}

fn titles(what: &str) -> Vec<Vec<String>> {
    vec![row(&["UBND XÃ TRUNG LƯƠNG"]), row(&[what]), row(&["Tháng 4 năm 2023"])]
}

#[test]
fn a_list_may_go_on_beside_itself_under_the_same_headings() {
    let set = nang_cao();
    let all: Vec<Vec<String>> = set.indicators().map(|i| vec![i.code.to_string(), word(i.code)]).collect();
    let height = all.len().div_ceil(4);
    let mut rows = titles("KẾT QUẢ BỘ TIÊU CHÍ XÃ NÔNG THÔN MỚI NÂNG CAO");
    rows.push(row(&["Chỉ tiêu", "Đánh giá"].repeat(4)));
    for at in 0..height {
        let cells = (0..4).map(|part| all.get(part * height + at).cloned().unwrap_or_default());
        rows.push(cells.flatten().collect());
    }
    let found = read("BC.xlsx", &[grid("Sheet1", &rows)]);
    assert_eq!(found.output.iter().map(right).collect::<Vec<_>>(), [75]);
}

#[test]
fn the_name_of_a_criterion_is_none_of_its_first_indicator_whatever_its_number_elsewhere() {
    let set = nang_cao();
    let (mut names, mut items) = (row(&["STT", "Xã"]), row(&["", ""]));
    let (mut first, mut second) = (row(&["1", "An Ninh"]), row(&["2", "Đồn Xá"]));
    for criterion in &set.criteria {
        for (at, indicator) in criterion.indicators.iter().enumerate() {
            let name = format!("{}. {}", criterion.number, criterion.name);
            names.push(if at == 0 { name } else { String::new() });
            items.push(match indicator.code.indicator_number() {
                Some(_) => indicator.code.to_string(),
                None => format!("{}.1", criterion.number),
            });
            first.push(word(indicator.code));
            second.push(word(indicator.code));
        }
    }
    let rows = [row(&["TỔNG HỢP CHỈ TIÊU NTM NÂNG CAO THÁNG 4 NĂM 2023"]), names, items, first, second];
    let found = read("TH.xlsx", &[grid("TH", &rows)]);
    assert_eq!(found.output.iter().map(right).collect::<Vec<_>>(), [75, 75]);
}

#[test]
fn sheets_of_one_criterion_are_of_the_set_on_the_cover_whatever_their_rows_speak_of() {
    let set = nang_cao();
    let cover = grid("Bìa", &titles("BIỂU TỰ CHẤM BỘ TIÊU CHÍ NTM NÂNG CAO"));
    let mut grids = vec![cover];
    for criterion in &set.criteria {
        let mut rows =
            vec![row(&[&format!("Tiêu chí số {}", criterion.number)]), row(&["Mã chỉ tiêu", "Đánh giá", "Ghi chú"])];
        let own = criterion.indicators.iter();
        rows.extend(own.map(|i| vec![i.code.to_string(), word(i.code), "như xã NTM".to_owned()]));
        grids.push(grid(&format!("TC{}", criterion.number), &rows));
    }
    let found = read("BC.xlsx", &grids);
    assert!(!found.output.is_empty() && found.output.iter().all(|report| report.set == set.id));
    assert!(!codes(&found).contains(&"set-unknown"), "{:?}", found.diagnostics);
}

#[test]
fn a_table_by_the_criteria_of_another_level_is_no_report_of_a_commune() {
    for title in ["KẾT QUẢ BỘ TIÊU CHÍ HUYỆN NÔNG THÔN MỚI", "RÀ SOÁT TIÊU CHÍ THÔN NTM KIỂU MẪU"]
    {
        let mut rows = titles(title);
        rows.push(row(&["TT", "Tiêu chí", "Kết quả", "Đánh giá"]));
        let criteria = ntm().criteria;
        rows.extend(criteria.iter().map(|c| row(&[&c.number.to_string(), &c.name, "", "Đạt"])));
        let found = read("BC.xlsx", &[grid("Sheet1", &rows)]);
        assert_eq!((found.output.len(), codes(&found)), (0, vec!["sheet-ignored", "no-report"]), "{title}");
    }
    let mut rows = titles("BỘ TIÊU CHÍ XÃ NÔNG THÔN MỚI (phục vụ xét huyện nông thôn mới)");
    rows.push(row(&["TT", "Nội dung", "Đánh giá"]));
    rows.extend(items(&ntm(), &|code| vec![word(code)]));
    assert_eq!(read("BC.xlsx", &[grid("Sheet1", &rows)]).output.iter().map(right).sum::<usize>(), 57);
}

#[test]
fn an_empty_cell_beside_a_criterion_is_no_mark_left_out() {
    let mut rows = titles("TỰ ĐÁNH GIÁ BỘ TIÊU CHÍ NÔNG THÔN MỚI");
    rows.push(row(&["TT", "Nội dung", "Đạt (đánh dấu x, chưa đạt để trống)"]));
    for criterion in &ntm().criteria {
        rows.push(row(&[&criterion.number.to_string(), &criterion.name]));
        let own = criterion.indicators.iter().filter(|i| i.code.indicator_number().is_some());
        let mark = |code| if is_met(code) { "x" } else { "" };
        rows.extend(own.map(|i| row(&[&i.code.to_string(), &i.name, mark(i.code)])));
    }
    rows.push(row(&["Ghi chú: Đạt đánh dấu x; chưa đạt để trống"]));
    let found = read("BC.xlsx", &[grid("Sheet1", &rows)]);
    let criterion = |e: &&crate::model::Entry| e.item == ItemCode::criterion(2);
    assert!(found.output[0].entries.iter().find(criterion).is_none(), "criterion 2 states nothing of its own");
}

#[test]
fn figures_under_a_long_heading_are_the_results() {
    let mut rows = titles("KẾT QUẢ BỘ TIÊU CHÍ XÃ NÔNG THÔN MỚI");
    rows.push(row(&["TT", "Nội dung", "Xã Trung Lương thực hiện đến hết tháng 4 năm 2023", "Xã tự đánh giá"]));
    rows.extend(items(&ntm(), &|code| vec!["94,5%".into(), word(code)]));
    let report = read("BC.xlsx", &[grid("Sheet1", &rows)]).output.remove(0);
    assert!(report.entries.iter().all(|e| e.value.is_some()));
}
