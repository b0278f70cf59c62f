//! Lists of what is not met, with a word on all the rest: one item a cell beside its criterion, with a column of verdicts or
//! without.

use super::*;

const TITLE: &str = "DANH MỤC CÁC CHỈ TIÊU NTM NÂNG CAO CHƯA ĐẠT";
const REST: &str = "Ngoài các chỉ tiêu chưa đạt trên, các chỉ tiêu còn lại đều đạt.";

/// Items that are not met, two of one criterion.
const UNMET: [&str; 4] = ["2.4", "5.1", "17.3", "17.10"];

fn reading(header: &[&str], items: Vec<Vec<String>>, rest: &str) -> Checked<Vec<Submission>> {
    let mut rows = vec![row(&["UBND XÃ TRUNG LƯƠNG"]), row(&[TITLE]), row(&["Tháng 4 năm 2023"]), row(header)];
    rows.extend(items);
    rows.extend([row(&[]), row(&[rest])]);
    read("BC.xlsx", &[grid("Sheet1", &rows)])
}

fn indicators() -> Vec<(String, String, String)> {
    let set = nang_cao();
    let listed = set.criteria.iter().flat_map(|c| c.indicators.iter().map(move |i| (c, i)));
    let listed = listed.filter(|(_, i)| UNMET.contains(&i.code.to_string().as_str()));
    let print = |(c, i): (&crate::model::Criterion, &crate::model::Indicator)| {
        (format!("Tiêu chí số {} - {}", c.number, c.name), i.code.to_string(), i.name.clone())
    };
    listed.map(print).collect()
}

/// The items that are not met, and how many are.
fn states(report: &Submission) -> (Vec<String>, usize) {
    let vocabulary = catalogue().vocabulary;
    let is_met = |e: &crate::model::Entry| match &e.stated {
        Stated::Implied { verdict, .. } | Stated::Mark { verdict, .. } => *verdict == Verdict::Met,
        Stated::Word(word) => vocabulary.verdict(&word.text) == Some(crate::catalogue::VerdictWord::Met),
        _ => false,
    };
    let unmet = report.entries.iter().filter(|e| !is_met(e)).map(|e| e.item.to_string());
    (unmet.collect(), report.entries.iter().filter(|e| is_met(e)).count())
}

#[test]
fn each_row_of_a_criterion_may_name_another_of_its_indicators() {
    let rows = indicators().into_iter().zip(1..).map(|((criterion, code, _), n)| {
        // Figures inside a name are no codes.
        let name = format!("{code} Nội dung mức độ 1, có 02 nhà");
        vec![n.to_string(), criterion, name, "55,5%".into(), "Thiếu vốn".into()]
    });
    let header = ["STT", "Tiêu chí", "Chỉ tiêu chưa đạt", "Hiện trạng", "Nguyên nhân"];
    let found = reading(&header, rows.collect(), REST);
    let report = &found.output[0];
    assert_eq!(states(report), (UNMET.map(str::to_owned).to_vec(), 71), "{:?}", codes(&found));
    let unmet = report.entries.iter().filter(|e| UNMET.contains(&e.item.to_string().as_str()));
    assert!(unmet.clone().all(|e| e.value.is_some() && e.note.is_some()), "what stands beside is of the item");
}

#[test]
fn an_indicator_may_be_listed_by_its_name_beside_its_criterion() {
    let rows = indicators().into_iter().zip(1..).map(|((criterion, _, name), n)| vec![n.to_string(), criterion, name]);
    let found = reading(&["STT", "Tiêu chí", "Chỉ tiêu chưa đạt"], rows.collect(), REST);
    assert_eq!(states(&found.output[0]), (UNMET.map(str::to_owned).to_vec(), 71), "{:?}", codes(&found));
}

#[test]
fn a_list_of_what_is_not_met_may_say_so_in_each_row() {
    let rows = || indicators().into_iter().map(|(_, code, name)| vec![code, name, "Chưa đạt".into()]).collect();
    let header = ["Mã", "Tên chỉ tiêu", "Đánh giá"];
    for rest in [REST, "Ghi chú: ngoài các chỉ tiêu trên, xã đã đạt tất cả các chỉ tiêu khác", "Các tiêu chí khác: đạt"]
    {
        let found = reading(&header, rows(), rest);
        assert_eq!(states(&found.output[0]), (UNMET.map(str::to_owned).to_vec(), 71), "{rest}");
    }
    for rest in ["Phấn đấu các chỉ tiêu còn lại đạt trong năm 2024", "Các chỉ tiêu còn lại chưa đạt", ""]
    {
        let found = reading(&header, rows(), rest);
        assert_eq!((states(&found.output[0]).1, codes(&found)), (0, vec!["item-missing"]), "{rest}");
    }
}

#[test]
fn a_row_that_cannot_be_read_leaves_the_rest_open() {
    let mut rows: Vec<Vec<String>> = indicators()
        .into_iter()
        .zip(1..)
        .map(|((criterion, code, _), n)| vec![n.to_string(), criterion, code])
        .collect();
    rows[2][2] = "99.9".into();
    let found = reading(&["STT", "Tiêu chí", "Chỉ tiêu chưa đạt"], rows, REST);
    assert_eq!(states(&found.output[0]).1, 0, "the row may be any of them");
    assert!(codes(&found).ends_with(&["row-not-placed", "item-missing"]), "{:?}", codes(&found));
}

#[test]
fn counts_of_what_is_not_met_may_stand_before_the_codes() {
    let rows = [("2. Giao thông", "1", "2.4"), ("5. Giáo dục", "1", "5.1"), ("17. Môi trường", "2", "17.3; 17.10")];
    let rows = rows.iter().zip(1..).map(|((name, count, codes), n)| row(&[&format!("{n}"), name, count, codes]));
    let found = reading(&["STT", "Tiêu chí", "Số chỉ tiêu chưa đạt", "Cụ thể"], rows.collect(), REST);
    assert_eq!(states(&found.output[0]), (UNMET.map(str::to_owned).to_vec(), 71), "{:?}", codes(&found));
}

#[test]
fn a_line_a_criterion_may_say_more_before_its_verdict() {
    let set = catalogue().set(&"ntm-2021-2025".into()).unwrap().clone();
    let mut rows = titled("NÔNG THÔN MỚI", "Tháng 4 năm 2023", &[]);
    let verdict = |number: u16| if number.is_multiple_of(3) { "Chưa đạt" } else { "Đạt" };
    rows.extend(set.criteria.iter().map(|c| {
        let remark = if c.number % 2 == 0 { "" } else { "Xã đã chỉ đạo các thôn thực hiện. " };
        row(&[&format!("Tiêu chí số {} - {}: {remark}Tự đánh giá: {}.", c.number, c.name, verdict(c.number))])
    }));
    let found = read("BC.xlsx", &[grid("Sheet1", &rows)]);
    assert_eq!(states(&found.output[0]).1, 13, "{:?}", codes(&found));
}

#[test]
fn a_criterion_with_one_indicator_is_listed_by_its_number() {
    let rows = [("Giao thông", "2.1; 2.4"), ("Văn hóa", "6.3"), ("Thu nhập", "10")];
    let rows = rows.iter().zip(1..).map(|((name, codes), n)| row(&[&n.to_string(), name, codes, "Thiếu vốn"]));
    let found = reading(&["STT", "Tiêu chí", "Chỉ tiêu chưa đạt", "Nguyên nhân"], rows.collect(), REST);
    let unmet = ["2.1", "2.4", "6.3", "10"].map(str::to_owned).to_vec();
    assert_eq!(states(&found.output[0]), (unmet, 71), "{:?}", codes(&found));
}

/// Criteria with the codes of what is met and of what is not beside them, under two headings.
fn beside_criteria(header: &[&str; 2], unmet: &[&str]) -> Checked<Vec<Submission>> {
    let set = catalogue().set(&"ntm-2021-2025".into()).unwrap().clone();
    let mut rows = titled("NÔNG THÔN MỚI", "Tháng 4 năm 2023", &["TT", "Tiêu chí", header[0], header[1], "Ghi chú"]);
    let is_unmet = |code: &String| unmet.contains(&code.as_str());
    let mut cells = Vec::new();
    for criterion in &set.criteria {
        let codes: Vec<String> = criterion.indicators.iter().map(|i| i.code.to_string()).collect();
        let (unmet, met): (Vec<String>, Vec<String>) = codes.into_iter().partition(is_unmet);
        let number = criterion.number.to_string();
        rows.push(vec![number, criterion.name.clone(), met.join(", "), unmet.join(", "), String::new()]);
        cells.extend(unmet.first().and_then(|code| code.parse().ok()).map(|code: f64| (rows.len() as u32 - 1, code)));
    }
    // Excel takes a code that stands alone for a number.
    let sheet = grid("Sheet1", &rows);
    let typed = sheet.cells().iter().map(|cell| {
        let number = cells.iter().find(|(row, _)| cell.at == CellRef::new(*row, 3));
        GridCell { value: number.map_or(cell.value.clone(), |(_, n)| Value::Number(*n)), ..cell.clone() }
    });
    read("BC.xlsx", &[Grid::new("Sheet1", Visibility::Visible, typed.collect())])
}

#[test]
fn codes_under_met_and_not_met_are_of_the_heading_they_stand_under() {
    for unmet in [&["2.3", "3.2", "10", "13.4"][..], &["2.3"], &["10"], &[]] {
        let found = beside_criteria(&["Đạt", "Chưa đạt"], unmet);
        assert_eq!(found.output.len(), 1, "{unmet:?} {:?}", found.diagnostics);
        let unmet = unmet.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>();
        let met = 57 - unmet.len();
        assert_eq!(states(&found.output[0]), (unmet, met), "{:?}", codes(&found));
    }
}

#[test]
fn codes_under_met_alone_are_never_taken_for_what_is_not() {
    let found = beside_criteria(&["Đạt", "Ý kiến"], &["2.3", "3.2", "10", "13.4"]);
    let says_unmet = |s: &Submission| {
        s.entries.iter().any(|e| matches!(&e.stated, Stated::Implied { verdict: Verdict::NotMet, .. }))
    };
    assert!(!found.output.iter().any(says_unmet), "{:?}", codes(&found));
}

#[test]
fn what_is_met_and_what_is_not_may_be_listed_by_name_a_line_each() {
    let set = nang_cao();
    for header in [["Đạt", "Chưa đạt"], ["Nội dung đã đạt", "Nội dung chưa đạt"], ["Chỉ tiêu đạt", "Chỉ tiêu chưa đạt"]]
    {
        let mut rows = vec![
            row(&["ỦY BAN NHÂN DÂN", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]),
            row(&["XÃ TRUNG LƯƠNG", "", "Độc lập - Tự do - Hạnh phúc"]),
            row(&["KẾT QUẢ BỘ TIÊU CHÍ NTM NÂNG CAO"]),
            row(&["Tháng 4 năm 2023"]),
            row(&["TT", "Tiêu chí", header[0], header[1]]),
        ];
        for criterion in &set.criteria {
            let said = |met: bool| {
                let own = criterion.indicators.iter().filter(|i| is_met(i.code) == met);
                let line = |i: &crate::model::Indicator| match i.code.indicator_number() {
                    Some(_) => format!("- {} Nội dung rút gọn", i.code),
                    None => "- Nội dung rút gọn".to_owned(),
                };
                own.map(line).collect::<Vec<_>>().join("\n")
            };
            rows.push(vec![criterion.number.to_string(), criterion.name.clone(), said(true), said(false)]);
        }
        let found = read("BC.xlsx", &[grid("Sheet1", &rows)]);
        let report = found.output.first().map(|report| (report.entries.len(), right(report)));
        assert_eq!(report, Some((75, 75)), "{header:?} {:?}", codes(&found));
    }
}

#[test]
fn a_title_may_call_what_is_not_met_wanting_and_say_that_the_rest_is_done() {
    let sentence = "Số chỉ tiêu đạt 71/75. Những chỉ tiêu còn thiếu (các chỉ tiêu khác đã hoàn thành):";
    let header = ["TT", "Mã CT", "Tên chỉ tiêu", "Vướng mắc", "Kiến nghị"];
    let titles = ["UBND XÃ TRUNG LƯƠNG", "CÁC CHỈ TIÊU NTM NÂNG CAO CÒN THIẾU", "Tháng 4 năm 2023", sentence];
    let mut rows: Vec<Vec<String>> = titles.iter().map(|title| row(&[title])).collect();
    rows.push(row(&header));
    let listed = indicators().into_iter().zip(1..);
    rows.extend(listed.map(|((_, code, name), at)| row(&[&at.to_string(), &code, &name, "Thiếu vốn", "Hỗ trợ"])));
    let found = read("BC.xlsx", &[grid("Sheet1", &rows)]);
    let unmet = UNMET.map(str::to_owned).to_vec();
    assert_eq!(found.output.iter().map(states).collect::<Vec<_>>(), [(unmet, 71)], "{:?}", codes(&found));
}

#[test]
fn a_column_of_what_is_wanting_makes_no_list_of_what_is_not_met() {
    let header = ["TT", "Mã CT", "Tên chỉ tiêu", "Nội dung còn thiếu"];
    let mut rows = vec![row(&["UBND XÃ TRUNG LƯƠNG"]), row(&["CHỈ TIÊU NTM NÂNG CAO"]), row(&["Tháng 4 năm 2023"])];
    rows.push(row(&header));
    let listed = indicators().into_iter().zip(1..);
    rows.extend(listed.map(|((_, code, name), at)| row(&[&at.to_string(), &code, &name, "Hồ sơ"])));
    let found = read("BC.xlsx", &[grid("Sheet1", &rows)]);
    assert!(found.output.iter().all(|report| states(report).1 == 0), "{:?}", codes(&found));
}
