//! Verdicts that stand in remarks, and columns that part what is met.

use super::*;

/// A list with one column beside the names.
fn with_column(heading: &str, told: &dyn Fn(ItemCode) -> String) -> Checked<Vec<Submission>> {
    let mut rows = titled("NÔNG THÔN MỚI NÂNG CAO", "Tháng 4 năm 2023", &["TT", "Chỉ tiêu", heading]);
    rows.extend(items(&nang_cao(), &|code| vec![told(code)]));
    read("BC.xlsx", &[grid("Sheet1", &rows)])
}

fn remark(code: ItemCode) -> String {
    let met = ["Đạt. Tiếp tục duy trì", "Xã đã thực hiện xong; tự đánh giá: Đạt", "Đảm bảo theo quy định, đạt"];
    let unmet = ["Còn vướng GPMB nên chưa đạt", "Chưa đạt, phấn đấu cuối năm 2025"];
    let at = usize::from(code.criterion_number() + code.indicator_number().unwrap_or(0));
    (if is_met(code) { met[at % 3] } else { unmet[at % 2] }).to_owned()
}

#[test]
fn remarks_that_end_or_begin_with_a_verdict_state_it() {
    for heading in ["Tình hình thực hiện", "Kết quả thực hiện", "Kết quả tự đánh giá"] {
        let found = with_column(heading, &remark);
        let report = found.output.first().map(|report| (report.entries.len(), right(report)));
        assert_eq!(report, Some((75, 75)), "{heading} {:?}", codes(&found));
        assert!(codes(&found).contains(&"column-assumed") == (heading != "Kết quả tự đánh giá"), "{heading}");
        // What was written is kept beside what was taken from it.
        let original = found.output[0].entries.iter().find_map(|e| match &e.stated {
            Stated::Word(written) => written.original.clone(),
            _ => None,
        });
        assert!(original.is_some_and(|text| text.split(' ').count() > 3));
    }
}

#[test]
fn remarks_that_wish_or_name_what_is_wanting_state_nothing() {
    for wish in ["Phấn đấu cuối năm 2025, đạt", "Đường trục: đạt, đường nhánh chưa xong"] {
        let found = with_column("Kết quả tự đánh giá", &|code| {
            if code.to_string() == "2.1" { wish.to_owned() } else { word(code) }
        });
        let entry = found.output[0].entries.iter().find(|e| e.item.to_string() == "2.1");
        let Some(Stated::Word(written)) = entry.map(|e| &e.stated) else { panic!("{wish} {entry:?}") };
        assert_eq!(catalogue().vocabulary.verdict(&written.text), None, "{wish}");
    }
}

/// A list marked in three columns.
fn marked(headings: [&str; 3], marks: &dyn Fn(ItemCode, usize) -> [bool; 3]) -> Checked<Vec<Submission>> {
    let header = [&["TT", "Chỉ tiêu"], &headings[..]].concat();
    let mut rows = titled("NÔNG THÔN MỚI NÂNG CAO", "Tháng 4 năm 2023", &header);
    let all: Vec<ItemCode> = nang_cao().indicators().map(|i| i.code).collect();
    let at = |code: ItemCode| all.iter().position(|own| *own == code).unwrap_or(0);
    let cells = |code: ItemCode| marks(code, at(code)).map(|mark| if mark { "x".to_owned() } else { String::new() });
    rows.extend(items(&nang_cao(), &|code| cells(code).to_vec()));
    read("BC.xlsx", &[grid("Sheet1", &rows)])
}

#[test]
fn what_was_met_before_and_what_is_newly_met_are_both_met() {
    for headings in [
        ["Đã đạt từ trước", "Đạt mới trong tháng", "Chưa đạt"],
        ["Đạt trước kỳ BC", "Đạt trong kỳ BC", "Chưa đạt"],
        ["Giữ vững", "Đạt mới", "Chưa đạt"],
    ] {
        let found = marked(headings, &|code, at| {
            let new = at.is_multiple_of(4);
            [is_met(code) && !new, is_met(code) && new, !is_met(code)]
        });
        assert_eq!(found.output.iter().map(right).collect::<Vec<_>>(), [75], "{headings:?} {:?}", codes(&found));
    }
}

#[test]
fn columns_of_what_is_met_that_nothing_parts_are_no_one_verdict() {
    let parted = |code: ItemCode, at: usize| {
        let second = at.is_multiple_of(4);
        [is_met(code) && !second, is_met(code) && second, !is_met(code)]
    };
    let twice = |code: ItemCode, _: usize| [is_met(code), is_met(code), !is_met(code)];
    let same_words = marked(["Đạt", "Đạt", "Chưa đạt"], &parted);
    assert!(same_words.output.iter().all(|report| right(report) < 75), "{:?}", codes(&same_words));
    let both = marked(["Đã đạt từ trước", "Đạt mới trong tháng", "Chưa đạt"], &twice);
    let conflicts = both.output.iter().flat_map(|r| &r.entries).filter(|e| matches!(e.stated, Stated::Conflict(_)));
    assert_eq!(conflicts.count(), 0, "{:?}", codes(&both));
}

/// Items below titles that say what they are, without a column of verdicts.
fn below_titles(met: &[&str], not_met: &[&str]) -> Checked<Vec<Submission>> {
    let mut rows = titled("NÔNG THÔN MỚI NÂNG CAO", "Tháng 4 năm 2023", &["TT", "Chỉ tiêu", "Số liệu", "Ghi chú"]);
    for (title, verdict) in [(not_met, false), (met, true)] {
        rows.push(row(title));
        let own = items(&nang_cao(), &|_| row(&["98%"]))
            .into_iter()
            .zip(nang_cao().indicators().map(|i| i.code).collect::<Vec<_>>());
        rows.extend(own.filter(|(_, code)| is_met(*code) == verdict).map(|(cells, _)| cells));
    }
    rows.push(row(&["CHỦ TỊCH"]));
    read("BC.xlsx", &[grid("Sheet1", &rows)])
}

#[test]
fn a_verdict_alone_above_items_is_theirs() {
    for (met, not_met) in
        [(&["ĐẠT"][..], &["CHƯA ĐẠT"][..]), (&["II. Đã đạt"], &["I. Chưa đạt"]), (&["B", "Đã đạt"], &["A", "Chưa đạt"])]
    {
        let found = below_titles(met, not_met);
        assert_eq!(found.output.iter().map(right).collect::<Vec<_>>(), [75], "{met:?} {:?}", codes(&found));
    }
    // One of the two alone says nothing of the other.
    let found = below_titles(&["ĐẠT"], &["Ghi chú của xã"]);
    let stated = found.output.iter().flat_map(|r| &r.entries).filter(|e| e.stated != Stated::Nothing).count();
    assert_eq!(stated, 0, "{:?}", codes(&found));
}
