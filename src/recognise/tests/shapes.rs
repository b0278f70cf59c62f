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

#[test]
fn a_year_over_figures_tells_their_time_beside_the_reports_own() {
    let mut rows = titles("TÌNH HÌNH THỰC HIỆN NÔNG THÔN MỚI");
    rows.push(row(&["TT", "Nội dung", "KQ 2022", "KQ 4/2023", "Đạt/chưa"]));
    rows.extend(items(&ntm(), &|code| vec!["11%".into(), "94,5%".into(), word(code)]));
    let report = read("BC.xlsx", &[grid("Sheet1", &rows)]).output.remove(0);
    assert!(report.entries.iter().all(|e| e.value.as_ref().is_some_and(|value| value.text == "94,5%")));
}

#[test]
fn numbers_of_remarks_and_of_criteria_are_no_results() {
    let mut rows = titles("TÌNH HÌNH THỰC HIỆN NÔNG THÔN MỚI");
    rows.push(row(&["TT", "Nội dung", "Đánh giá"]));
    let said = |code| if is_met(code) { "Đạt (95%)" } else { "Chưa đạt (thiếu nhà văn hóa thôn 3)" };
    rows.extend(items(&ntm(), &|code| row(&[said(code)])));
    let report = read("BC.xlsx", &[grid("Sheet1", &rows)]).output.remove(0);
    assert!(report.entries.iter().all(|e| e.value.is_some() == is_met(e.item)));
    let mut rows = titles("TÌNH HÌNH THỰC HIỆN NÔNG THÔN MỚI");
    rows.push(row(&["Đánh giá", "TC", "Chỉ tiêu số", "Tên chỉ tiêu"]));
    let cells = |i: &crate::model::Indicator| {
        vec![word(i.code), i.code.criterion_number().to_string(), i.code.to_string(), i.name.clone()]
    };
    rows.extend(ntm().indicators().map(cells));
    let report = read("BC.xlsx", &[grid("Sheet1", &rows)]).output.remove(0);
    assert_eq!((right(&report), report.entries.iter().filter(|e| e.value.is_some()).count()), (57, 0));
}

#[test]
fn numbers_within_their_criterion_may_stand_beside_its_own() {
    let mut rows = titles("KẾT QUẢ BỘ TIÊU CHÍ XÃ NÔNG THÔN MỚI");
    rows.push(row(&["TC", "CT", "Nội dung", "Đánh giá"]));
    for criterion in &ntm().criteria {
        let parts = criterion.indicators.iter().zip(1..);
        // The first of a criterion may bear the criterion's name.
        let name = |n: usize, own: &str| if n == 1 { criterion.name.clone() } else { own.to_owned() };
        rows.extend(
            parts.map(|(i, n)| vec![criterion.number.to_string(), n.to_string(), name(n, &i.name), word(i.code)]),
        );
    }
    let found = read("BC.xlsx", &[grid("Sheet1", &rows)]);
    assert_eq!(found.output.iter().map(right).collect::<Vec<_>>(), [57], "{:?}", codes(&found));
}

#[test]
fn what_is_not_marked_is_what_the_legend_says() {
    for (heading, mark, note) in [
        ("Chưa đạt (đánh dấu x)", "x", "Ghi chú: các chỉ tiêu không đánh dấu là đã đạt."),
        ("Đánh giá", "Chưa đạt", "Ghi chú: ô để trống là đạt."),
    ] {
        let mut rows = titles("BIỂU KẾT QUẢ XÃ NÔNG THÔN MỚI");
        rows.push(row(&["TT", "Chỉ tiêu", "Kết quả", heading]));
        rows.extend(items(&ntm(), &|code| row(&["", if is_met(code) { "" } else { mark }])));
        rows.extend([row(&[]), row(&[note])]);
        let found = read("BC.xlsx", &[grid("Sheet1", &rows)]);
        assert_eq!(found.output.iter().map(right).collect::<Vec<_>>(), [57], "{heading}");
    }
}

#[test]
fn totals_on_a_sheet_of_their_own_are_those_of_the_list() {
    let list = |total: &str| {
        let mut rows = titles("BỘ TIÊU CHÍ XÃ NÔNG THÔN MỚI");
        rows.push(row(&["TT", "Nội dung", "Đánh giá"]));
        rows.extend(items(&ntm(), &|code| vec![word(code)]));
        rows.push(row(&[total]));
        grid("Phụ lục", &rows)
    };
    let summary = [
        row(&["TỔNG HỢP THÁNG 4 NĂM 2023"]),
        row(&["TT", "Bộ tiêu chí", "Số tiêu chí đạt", "Số chỉ tiêu đạt"]),
        row(&["1", "Xã nông thôn mới", "15/19", "51/57"]),
        row(&["2", "Xã nông thôn mới nâng cao", "14/19", "63/75"]),
    ];
    let sentence =
        [row(&["BÁO CÁO"]), row(&["Xã đạt 15/19 tiêu chí, 51/57 chỉ tiêu NTM (năm 2022 đạt 12/19 tiêu chí)."])];
    for sheet in [grid("Tổng hợp", &summary), grid("Báo cáo", &sentence)] {
        let found = read("BC.xlsx", &[sheet.clone(), list("")]);
        let declared = &found.output[0].declared;
        assert_eq!((declared.criteria_met, declared.indicators_met), (Some(15), Some(51)), "{}", sheet.sheet);
        assert_eq!(declared.sheet.as_deref(), Some(&*sheet.sheet));
        let found = read("BC.xlsx", &[sheet, list("Xã đạt 14/19 tiêu chí, 50/57 chỉ tiêu")]);
        assert_eq!(found.output[0].declared.indicators_met, Some(50), "the list's own counts");
        assert!(codes(&found).contains(&"declared-conflict"), "{:?}", codes(&found));
    }
    let mut of_many = summary.to_vec();
    of_many.push(row(&["3", "Xã nông thôn mới", "12/19", "40/57"]));
    assert!(read("BC.xlsx", &[grid("TH", &of_many), list("")]).output[0].declared.is_empty(), "of whom is not told");
    let mut of_march = summary.to_vec();
    of_march[0] = row(&["TỔNG HỢP THÁNG 3 NĂM 2023"]);
    assert!(read("BC.xlsx", &[grid("TH", &of_march), list("")]).output[0].declared.is_empty(), "of another month");
}

#[test]
fn a_mark_merged_down_over_rows_is_of_each_of_them() {
    let set = ntm();
    let reading = |header: &[&str], met: &str, unmet: &str, note: &str| {
        let mut rows = titles("BỘ TIÊU CHÍ XÃ NÔNG THÔN MỚI");
        rows.push(row(header));
        let first = rows.len() as u32;
        let columns = header.len() - 2;
        rows.extend(items(&set, &|code| {
            let mut cells = vec![String::new(); columns];
            // 2.3 and 2.4 lie below 2.2, in its cell.
            if !["2.3", "2.4"].contains(&code.to_string().as_str()) {
                let at = if columns == 1 || is_met(code) { 0 } else { 1 };
                cells[at] = if is_met(code) { met.to_owned() } else { unmet.to_owned() };
            }
            cells
        }));
        rows.extend([row(&[]), row(&[note])]);
        let at = set.indicators().position(|i| i.code.to_string() == "2.2").unwrap() as u32 + first;
        let mut sheet = grid("Sheet1", &rows);
        sheet.merges = (2..2 + columns as u32)
            .map(|col| CellRange::new(CellRef::new(at, col), CellRef::new(at + 2, col)))
            .collect();
        let report = read("BC.xlsx", &[sheet]).output.remove(0);
        let stated = |item: &str| report.entries.iter().find(|e| e.item.to_string() == item).map(|e| e.stated.clone());
        let verdict = |item: &str| match stated(item) {
            Some(Stated::Mark { verdict, .. } | Stated::Implied { verdict, .. }) => Some(verdict),
            _ => None,
        };
        ["2.2", "2.3", "2.4"].map(verdict)
    };
    let expected = [Some(Verdict::Met); 3];
    let legend = "Ghi chú: đánh dấu x: đạt; để trống: chưa đạt";
    assert_eq!(reading(&["TT", "Nội dung", "Đánh giá"], "x", "", legend), expected);
    assert_eq!(reading(&["TT", "Nội dung", "Đạt", "Chưa đạt"], "x", "x", ""), expected);
}

#[test]
fn ratios_of_a_row_of_totals_are_told_by_the_size_of_the_set() {
    let mut rows = titles("TIẾN ĐỘ XÂY DỰNG XÃ NÔNG THÔN MỚI");
    rows.push(row(&["TT", "Tiêu chí", "Số chỉ tiêu đạt", "Đánh giá"]));
    rows.extend(ntm().criteria.iter().map(|c| row(&[&c.number.to_string(), &c.name, "1/2", "Đạt"])));
    rows.push(row(&["", "Cộng", "53/57", "16/19"]));
    let declared = read("BC.xlsx", &[grid("Sheet1", &rows)]).output.remove(0).declared;
    assert_eq!((declared.criteria_met, declared.indicators_met), (Some(16), Some(53)));
}

#[test]
fn a_remark_that_contradicts_a_row_is_named() {
    let reading = |note: &str, below: &str| {
        let mut rows = titles("BỘ TIÊU CHÍ XÃ NÔNG THÔN MỚI");
        rows.push(row(&["TT", "Nội dung", "Đánh giá", "Ghi chú"]));
        let noted = |code: ItemCode| if code.to_string() == "2.3" { note } else { "" };
        rows.extend(items(&ntm(), &|code| row(&["Đạt", noted(code)])));
        rows.extend([row(&[]), row(&[below])]);
        let found = read("BC.xlsx", &[grid("Sheet1", &rows)]);
        assert_eq!(found.output[0].entries.len(), 57, "the row counts");
        codes(&found).into_iter().filter(|code| *code == "verdict-conflict").count()
    };
    for (note, below) in [
        ("Chưa đạt", ""),
        ("CT 2.3 chưa đạt do thiếu vốn", ""),
        ("", "Ghi chú: tiêu chí 2.3 chưa đạt"),
        ("", "Lưu ý: chỉ tiêu 4.1 hiện vẫn chưa đạt."),
        ("Còn 2.3 km chưa đạt", ""),
        ("Huyện đánh giá chưa đạt", ""),
        ("Hết hạn tháng 2/2023, chưa công nhận lại", ""),
        ("Sẽ hoàn thành quý III/2023", ""),
        ("Nợ", ""),
    ] {
        assert_eq!(reading(note, below), 1, "{note} {below}");
    }
    for (note, below) in [
        ("Năm trước chỉ tiêu 2.3 chưa đạt", ""),
        ("Tiếp tục duy trì, phấn đấu đạt nâng cao", ""),
        ("Thôn 3 chưa đạt mức tối đa", ""),
        ("hồ sơ chưa hoàn chỉnh, xem lại", ""),
        ("", "Không có chỉ tiêu nào chưa đạt"),
        ("", "Phấn đấu chỉ tiêu 4.1 không còn chưa đạt"),
    ] {
        assert_eq!(reading(note, below), 0, "{note} {below}");
    }
}

#[test]
fn a_table_whose_title_is_of_what_is_to_come_is_asked_about() {
    let reading = |title: &str| {
        let mut rows = titles(title);
        rows.push(row(&["TT", "Nội dung", "Kết quả", "Đánh giá"]));
        rows.extend(items(&ntm(), &|code| vec!["95%".to_owned(), word(code)]));
        read("BC.xlsx", &[grid("Sheet1", &rows)])
    };
    for title in ["KẾ HOẠCH THỰC HIỆN BỘ TIÊU CHÍ XÃ NÔNG THÔN MỚI", "ĐĂNG KÝ THỰC HIỆN TIÊU CHÍ NÔNG THÔN MỚI"]
    {
        let found = reading(title);
        assert!(found.output.is_empty(), "{title}");
        assert!(codes(&found).contains(&"sheet-not-recognised"), "{title}");
    }
    let results = reading("KẾT QUẢ THỰC HIỆN KẾ HOẠCH XÂY DỰNG NÔNG THÔN MỚI");
    assert_eq!(right(&results.output[0]), 57);
}

#[test]
fn a_column_that_is_not_read_is_heard_where_it_denies_a_verdict() {
    let reading = |header: &str, said: &str| {
        let mut rows = titles("BỘ TIÊU CHÍ XÃ NÔNG THÔN MỚI");
        rows.push(row(&["TT", "Nội dung", "Kết quả", "Đánh giá", header]));
        let beside = |code: ItemCode| if code.to_string() == "2.3" { said } else { "" };
        rows.extend(items(&ntm(), &|code| row(&["95%", "Đạt", beside(code)])));
        let found = read("BC.xlsx", &[grid("Sheet1", &rows)]);
        assert_eq!(found.output[0].entries.len(), 57, "the verdict counts");
        codes(&found).into_iter().filter(|code| *code == "verdict-conflict").count()
    };
    for header in ["Đính chính", "Ý kiến của huyện", "Phúc tra", "Nhận xét", "Sau kiểm tra"] {
        assert_eq!(reading(header, "Chưa đạt"), 1, "{header}");
        assert_eq!(reading(header, "Chưa được công nhận"), 1, "{header}");
        assert_eq!(reading(header, "Nhất trí"), 0, "{header}");
    }
    for header in ["Tháng trước", "Năm 2022", "Kỳ trước"] {
        assert_eq!(reading(header, "Chưa đạt"), 0, "{header}");
    }
}

#[test]
fn words_behind_a_verdict_that_take_it_back_are_named() {
    let reading = |verdict: &str| {
        let mut rows = titles("BỘ TIÊU CHÍ XÃ NÔNG THÔN MỚI");
        rows.push(row(&["TT", "Nội dung", "Đánh giá"]));
        let said = |code: ItemCode| if code.to_string() == "2.3" { verdict } else { "Đạt" };
        rows.extend(items(&ntm(), &|code| row(&[said(code)])));
        let found = read("BC.xlsx", &[grid("Sheet1", &rows)]);
        assert_eq!(found.output[0].entries.len(), 57, "the verdict counts");
        codes(&found).into_iter().filter(|code| *code == "verdict-conflict").count()
    };
    for verdict in ["Đạt (nợ 01 nội dung)", "Đạt nhưng chưa bền vững", "Đạt ở 5/7 thôn", "Chưa đạt (huyện: đạt)"]
    {
        assert_eq!(reading(verdict), 1, "{verdict}");
    }
    for verdict in ["Đạt (95,5%)", "Đạt 7/7 thôn", "Chưa đạt (thiếu 2 nhà văn hóa)"] {
        assert_eq!(reading(verdict), 0, "{verdict}");
    }
}

#[test]
fn the_month_and_its_year_may_stand_beside_their_labels() {
    let mut rows = vec![row(&["Đơn vị:", "Xã An Ninh"]), row(&["Tháng:", "2"]), row(&["Năm:", "2023"])];
    rows.extend([row(&["", "KẾT QUẢ BỘ TIÊU CHÍ XÃ NÔNG THÔN MỚI"]), row(&["TT", "Chỉ tiêu", "Kết quả", "Đánh giá"])]);
    rows.extend(items(&ntm(), &|code| vec![String::new(), word(code)]));
    let report = read("BC.xlsx", &[grid("Sheet1", &rows)]).output.remove(0);
    assert_eq!(report.period.map(|p| p.to_string()).as_deref(), Some("2023-02"));
}

#[test]
fn a_heading_of_results_over_nothing_but_verdicts_is_no_question() {
    for heading in ["Kết quả", "Kết quả thực hiện", "Hiện trạng"] {
        let mut rows = titles("BỘ TIÊU CHÍ XÃ NÔNG THÔN MỚI");
        rows.push(row(&["TT", "Nội dung", heading]));
        rows.extend(items(&ntm(), &|code| vec![word(code)]));
        let found = read("BC.xlsx", &[grid("Sheet1", &rows)]);
        assert_eq!((right(&found.output[0]), codes(&found)), (57, vec![]), "{heading}");
    }
}

#[test]
fn a_short_name_in_one_word_is_found_in_the_name_of_a_file_and_no_name_in_a_word() {
    let mut rows = vec![row(&["BỘ TIÊU CHÍ XÃ NÔNG THÔN MỚI"]), row(&["TT", "Nội dung", "Đánh giá"])];
    rows.extend(items(&ntm(), &|code| vec![word(code)]));
    let report = read("AnLao_NTM_202304.xlsx", &[grid("Sheet1", &rows)]).output.remove(0);
    assert_eq!(report.commune.map(|code| code.0.to_string()).as_deref(), Some("13561"));
}

/// A list pasted as text, a sign between its fields, and all its rows in one column.
fn pasted(sign: &str, header: &str, fields: &dyn Fn(ItemCode, &str) -> Vec<String>) -> Checked<Vec<Submission>> {
    let mut rows = titled("NÔNG THÔN MỚI NÂNG CAO", "Tháng 4 năm 2023", &[&header.replace('|', sign)]);
    let line = |i: &crate::model::Indicator| vec![fields(i.code, &i.name.replace(sign, " ")).join(sign)];
    rows.extend(nang_cao().indicators().map(line));
    read("BC.xlsx", &[grid("Sheet1", &rows)])
}

#[test]
fn rows_pasted_as_text_are_the_table_that_the_sender_saw() {
    for sign in ["\t", ";", " | ", ","] {
        let found = pasted(sign, "TT|Chỉ tiêu|Kết quả|Đánh giá", &|code, name| {
            row(&[&code.to_string(), name, if is_met(code) { "98%" } else { "" }, &word(code)])
        });
        let report = &found.output[0];
        assert_eq!((report.entries.len(), right(report)), (75, 75), "{sign:?} {:?}", found.diagnostics);
        let values = report.entries.iter().filter(|e| e.value.as_ref().is_some_and(|v| v.text == "98%")).count();
        assert_eq!(values, report.entries.iter().filter(|e| is_met(e.item)).count());
        assert_eq!((report.entries[0].cell, codes(&found)), (CellRef::new(4, 0), Vec::new()));
    }
}

#[test]
fn a_pasted_row_with_a_sign_inside_a_field_is_named_and_not_shifted() {
    let found = pasted(";", "TT|Chỉ tiêu|Kết quả|Đánh giá", &|code, name| {
        let split = code.to_string() == "2.1";
        row(&[&code.to_string(), name, if split { "Đạt; 95%" } else { "" }, if split { "Chưa đạt" } else { "Đạt" }])
    });
    let stated = found.output[0].entries.iter().find(|e| e.item.to_string() == "2.1").map(|e| &e.stated);
    assert!(stated.is_none_or(|stated| *stated == Stated::Nothing), "{stated:?}");
    assert!(
        codes(&found).contains(&"row-not-placed") || codes(&found).contains(&"item-missing"),
        "{:?}",
        codes(&found)
    );
}

#[test]
fn an_answer_under_a_heading_that_denies_is_the_contrary() {
    for heading in ["Chưa đạt (có/không)", "Còn thiếu"] {
        let mut rows = titled("NÔNG THÔN MỚI NÂNG CAO", "Tháng 4 năm 2023", &["TT", "Nội dung", "Kết quả", heading]);
        rows.extend(items(&nang_cao(), &|code| row(&["98%", if is_met(code) { "Không" } else { "Có" }])));
        let found = read("BC.xlsx", &[grid("Sheet1", &rows)]);
        assert_eq!((right(&found.output[0]), codes(&found)), (75, vec!["column-assumed"]), "{heading}");
    }
    let mut rows = titled("NÔNG THÔN MỚI NÂNG CAO", "Tháng 4 năm 2023", &["TT", "Nội dung", "Đạt (có/không)"]);
    rows.extend(items(&nang_cao(), &|code| row(&[if is_met(code) { "Có" } else { "Không" }])));
    let found = read("BC.xlsx", &[grid("Sheet1", &rows)]);
    let stated = found.output[0]
        .entries
        .iter()
        .map(|e| if let Stated::Word(word) = &e.stated { word.text.as_str() } else { "" });
    assert!(
        stated.eq(nang_cao().indicators().map(|i| if is_met(i.code) { "Có" } else { "Không" })),
        "{:?}",
        codes(&found)
    );
}

#[test]
fn a_row_may_be_of_several_indicators_by_its_codes() {
    let set = nang_cao();
    for (of_criterion_3, of_criterion_2) in [("Từ 3.1 đến 3.6", "2.2 - 2.3"), ("3.1 ÷ 3.6", "2.2; 2.3")] {
        let mut rows =
            titled("NÔNG THÔN MỚI NÂNG CAO", "Tháng 4 năm 2023", &["Chỉ tiêu", "Nội dung", "Kết quả", "Đánh giá"]);
        for criterion in &set.criteria {
            let line = |code: &str, verdict: &str| row(&[code, &criterion.name, "95%", verdict]);
            let own = |i: &crate::model::Indicator| row(&[&i.code.to_string(), &i.name, "95%", "Đạt"]);
            let plain = criterion.indicators.iter().map(own);
            match criterion.number {
                2 => {
                    let [first, _, _, last] = &plain.collect::<Vec<_>>()[..] else { panic!("2.1 to 2.4") };
                    rows.extend([first.clone(), line(of_criterion_2, "Chưa đạt"), last.clone()]);
                }
                3 => rows.push(line(of_criterion_3, "Đạt")),
                _ => rows.extend(plain),
            }
        }
        let found = read("BC.xlsx", &[grid("Sheet1", &rows)]);
        assert_eq!(found.output.len(), 1, "{:?}", found.diagnostics);
        let report = &found.output[0];
        let stated = |item: &str| {
            let entry = report.entries.iter().find(|e| e.item.to_string() == item);
            entry.map(|e| (e.value.is_some(), matches!(&e.stated, Stated::Word(word) if word.text == "Đạt")))
        };
        assert_eq!(report.entries.len(), 75, "{:?}", found.diagnostics);
        for (item, expected) in [
            ("2.1", (true, true)),
            ("2.2", (false, false)),
            ("2.3", (false, false)),
            ("2.4", (true, true)),
            ("3.5", (false, true)),
        ] {
            assert_eq!(stated(item), Some(expected), "{item}");
        }
    }
}

#[test]
fn a_criterions_row_may_count_its_indicators() {
    let set = nang_cao();
    let counts = |criterion: &crate::model::Criterion| {
        let met = criterion.indicators.iter().filter(|i| is_met(i.code)).count();
        (met, criterion.indicators.len())
    };
    let of = |cells: &dyn Fn(usize, usize) -> Vec<String>, own: &dyn Fn(ItemCode) -> Vec<String>, header: &[&str]| {
        let mut rows = titled("NÔNG THÔN MỚI NÂNG CAO", "Tháng 4 năm 2023", header);
        for criterion in &set.criteria {
            let (met, all) = counts(criterion);
            if all > 1 {
                rows.push([row(&[&criterion.number.to_string(), &criterion.name]), cells(met, all)].concat());
            }
            rows.extend(
                criterion.indicators.iter().map(|i| [row(&[&i.code.to_string(), &i.name]), own(i.code)].concat()),
            );
        }
        let found = read("BC.xlsx", &[grid("Sheet1", &rows)]);
        let report = &found.output[0];
        let unmet: Vec<String> = report
            .entries
            .iter()
            .filter(|e| e.item.indicator_number().is_none())
            .filter_map(|e| match e.stated {
                Stated::Implied { verdict: Verdict::NotMet, .. } => Some(e.item.to_string()),
                _ => None,
            })
            .collect();
        let expected = set.criteria.iter().filter(|c| c.indicators.len() > 1 && counts(c).0 < counts(c).1);
        assert_eq!(unmet, expected.map(|c| c.number.to_string()).collect::<Vec<_>>());
        assert_eq!(codes(&found), Vec::<&str>::new());
    };
    let words = |code: ItemCode| vec![word(code)];
    of(&|met, all| vec![format!("{met}/{all}")], &words, &["TT", "Nội dung", "Đánh giá"]);
    of(&|met, all| vec![format!("Đạt {met}/{all} chỉ tiêu")], &words, &["TT", "Nội dung", "Đánh giá"]);
    let marks = |code: ItemCode| if is_met(code) { row(&["1", "0"]) } else { row(&["0", "1"]) };
    of(&|met, all| vec![met.to_string(), (all - met).to_string()], &marks, &["TT", "Nội dung", "Đạt", "Chưa đạt"]);
}

#[test]
fn a_page_number_above_a_heading_that_is_printed_again_is_no_row() {
    let header = ["TT", "Nội dung", "Đánh giá"];
    let mut rows = titled("NÔNG THÔN MỚI NÂNG CAO", "Tháng 4 năm 2023", &header);
    let mut list = items(&nang_cao(), &|code| vec![word(code)]);
    let second = list.split_off(40);
    rows.extend(list);
    rows.extend([row(&["Trang 2"]), row(&header)]);
    rows.extend(second);
    let found = read("BC.xlsx", &[grid("Sheet1", &rows)]);
    assert_eq!((right(&found.output[0]), codes(&found)), (75, Vec::new()));
}
