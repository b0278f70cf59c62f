//! Layouts one by one, on grids made of the sets' own names: what is read, and what is said about it.

mod folded;
mod layouts;
mod lists;
mod parts;
mod remarks;
mod sentences;
mod shapes;
mod times;

use std::sync::Arc;

use super::*;
use crate::diag::Severity;
use crate::model::{Answer, Assessor, CellRef, Commune, CommuneCode, CriteriaSet, ItemCode, Stated, Verdict};
use crate::read::{Font, GridCell, Value};

/// A sheet of text cells; an empty string is an empty cell.
fn grid(sheet: &str, rows: &[Vec<String>]) -> Grid {
    let mut cells = Vec::new();
    for (r, row) in rows.iter().enumerate() {
        for (c, text) in row.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            let at = CellRef::new(r as u32, c as u32);
            cells.push(GridCell { at, value: Value::Text(text.clone()), percent: Some(false), font: Font::Unicode });
        }
    }
    Grid::new(sheet, Visibility::Visible, cells)
}

fn row(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|c| (*c).to_owned()).collect()
}

fn catalogue() -> Catalogue {
    Catalogue::embedded().unwrap()
}

/// A commune that has always been one.
pub(super) fn commune(code: &str, name: &str) -> Commune {
    Commune {
        code: CommuneCode(code.into()),
        name: name.into(),
        kind: "xã".into(),
        other_names: vec![],
        valid_from: None,
        valid_to: None,
        region: None,
        group: None,
    }
}

fn read(path: &str, grids: &[Grid]) -> Checked<Vec<Submission>> {
    let catalogue = catalogue();
    let communes: Vec<Commune> =
        [("13546", "Trung Lương"), ("13528", "An Ninh"), ("13525", "Đồn Xá"), ("13561", "An Lão")]
            .map(|(code, name)| commune(code, name))
            .to_vec();
    let context = Context {
        catalogue: &catalogue,
        names: &Names::of(&catalogue.sets),
        register: &Register::of(&communes),
        lexicon: &Lexicon::default(),
        answers: &Answers::default(),
        path,
        sha256: "",
        pictures: Pictures::Drawn,
    };
    submissions(&Arc::from(path), grids, &context)
}

#[test]
fn a_sheet_below_the_bar_is_a_report_if_a_person_says_so() {
    let catalogue = catalogue();
    let names = Names::of(&catalogue.sets);
    let register = Register::of(&[]);
    let set = catalogue.set(&"ntm-2021-2025".into()).unwrap();
    let mut rows = vec![row(&["Tháng 4 năm 2023"]), row(&["TT", "Nội dung", "Đánh giá"])];
    rows.extend(items(set, &|_| row(&["Đạt"])));
    let mut doubtful = read("BC xã An Ninh.xlsx", &[grid("Biểu", &rows)]).output.remove(0);
    doubtful.evidence.iter_mut().for_each(|evidence| evidence.score = BAR - 0.01);
    let above = |answers: Answers| {
        let context = Context {
            catalogue: &catalogue,
            names: &names,
            register: &register,
            lexicon: &Lexicon::default(),
            answers: &answers,
            path: "a.xlsx",
            sha256: "",
            pictures: Pictures::LeftOut,
        };
        above_the_bar(Settled { submission: doubtful.clone(), doubt: None }, &context)
    };
    let [set_aside] = above(Answers::default()).unwrap_err().try_into().unwrap();
    let question = set_aside.question.unwrap();
    assert_eq!((question.subject.asks, set_aside.code), (Asks::Report, Code::SheetNotRecognised));
    let answered = |reply| Answers::of(vec![Answer { subject: question.subject.clone(), reply }]);
    let taken = above(answered(Reply::Yes)).unwrap();
    assert_eq!(taken.diagnostics.last().map(|d| d.code), Some(Code::AnswerUsed));
    let [left] = above(answered(Reply::Skip)).unwrap_err().try_into().unwrap();
    assert_eq!((left.code, left.severity), (Code::AnswerUsed, Severity::Info));
}

/// The rows of a set: code, name and what `cells` adds, one row an indicator.
fn items(set: &CriteriaSet, cells: &dyn Fn(ItemCode) -> Vec<String>) -> Vec<Vec<String>> {
    set.indicators().map(|i| [vec![i.code.to_string(), i.name.clone()], cells(i.code)].concat()).collect()
}

/// Every third indicator is not met.
fn is_met(code: ItemCode) -> bool {
    !(code.criterion_number() + code.indicator_number().unwrap_or(0)).is_multiple_of(3)
}

fn word(code: ItemCode) -> String {
    (if is_met(code) { "Đạt" } else { "Chưa đạt" }).into()
}

fn titled(set: &str, period: &str, header: &[&str]) -> Vec<Vec<String>> {
    vec![row(&["UBND XÃ TRUNG LƯƠNG"]), row(&[&format!("KẾT QUẢ BỘ TIÊU CHÍ XÃ {set}")]), row(&[period]), row(header)]
}

fn nang_cao() -> CriteriaSet {
    catalogue().sets[1].clone()
}

/// How many entries state what they should, by words or marks.
fn right(submission: &Submission) -> usize {
    let vocabulary = catalogue().vocabulary;
    let states = |stated: &Stated| match stated {
        Stated::Word(written) => Some(vocabulary.verdict(&written.text) == Some(crate::catalogue::VerdictWord::Met)),
        Stated::Mark { verdict, .. } | Stated::Implied { verdict, .. } => Some(*verdict == Verdict::Met),
        _ => None,
    };
    submission.entries.iter().filter(|e| states(&e.stated) == Some(is_met(e.item))).count()
}

fn codes(found: &Checked<Vec<Submission>>) -> Vec<&'static str> {
    let all = found.diagnostics.iter().chain(found.output.iter().flat_map(|s| &s.diagnostics));
    all.map(|d| d.code.as_str()).collect()
}

#[test]
fn a_plain_list_is_read_with_commune_month_and_set() {
    let mut rows = titled("NÔNG THÔN MỚI NÂNG CAO", "Tháng 4 năm 2023", &["TT", "Nội dung", "Đánh giá"]);
    rows.extend(items(&nang_cao(), &|code| vec![word(code)]));
    rows.push(row(&["Tổng cộng", "14/19 tiêu chí; 50/75 chỉ tiêu"]));
    rows.push(row(&["", "", "CHỦ TỊCH"]));
    let found = read("BC.xlsx", &[grid("Sheet1", &rows)]);
    let only = &found.output[0];
    assert_eq!(
        (only.commune.as_ref().unwrap().0.as_str(), only.period.unwrap().to_string()),
        ("13546", "2023-04".into())
    );
    assert_eq!((only.set.as_str(), right(only)), ("ntm-nang-cao-2021-2025", 75));
    assert_eq!((only.declared.indicators_met, only.declared.cell.unwrap().to_string()), (Some(50), "B80".into()));
    assert_eq!(codes(&found), Vec::<&str>::new());
}

#[test]
fn marks_in_columns_are_verdicts_and_a_remark_says_why_there_is_none() {
    let mut rows = titled("NTM NÂNG CAO", "Tháng 4/2023", &["TT", "Nội dung", "Đạt", "Chưa đạt", "Ghi chú"]);
    rows.extend(items(&nang_cao(), &|code| if is_met(code) { row(&["x", "", ""]) } else { row(&["", "x", ""]) }));
    rows[4][2] = String::new();
    rows[4][4] = "Không áp dụng".into();
    let found = read("BC.xlsx", &[grid("Sheet1", &rows)]);
    assert_eq!(right(&found.output[0]), 74);
    assert_eq!(codes(&found), ["verdict-assumed"]);
    let both = rows.iter_mut().find(|r| r[0] == "2.1").unwrap();
    (both[2], both[3]) = ("x".into(), "x".into());
    let found = read("BC.xlsx", &[grid("Sheet1", &rows)]);
    let conflict = found.output[0].entries.iter().find(|e| e.item.to_string() == "2.1").unwrap();
    assert!(matches!(conflict.stated, Stated::Conflict(_)));
}

#[test]
fn running_numbers_instead_of_codes_are_read_past() {
    let mut rows = titled("NÔNG THÔN MỚI", "Tháng 4/2023", &["STT", "Nội dung chỉ tiêu", "Tự đánh giá"]);
    for (n, mut item) in items(&catalogue().sets[0], &|code| vec![word(code)]).into_iter().enumerate() {
        item[0] = (n + 1).to_string();
        rows.push(item);
    }
    let found = read("BC.xlsx", &[grid("Sheet1", &rows)]);
    assert_eq!((found.output[0].set.as_str(), right(&found.output[0])), ("ntm-2021-2025", 57));
    assert_eq!(codes(&found), Vec::<&str>::new());
}

#[test]
fn a_wrong_code_is_settled_by_name_and_named() {
    let mut rows = titled("NTM NÂNG CAO", "Tháng 4/2023", &["TT", "Nội dung", "Đánh giá"]);
    rows.extend(items(&nang_cao(), &|code| vec![word(code)]));
    rows.iter_mut().find(|r| r[0] == "13.3").unwrap()[0] = "13.2".into();
    let found = read("BC.xlsx", &[grid("Sheet1", &rows)]);
    assert_eq!(right(&found.output[0]), 75);
    assert_eq!(codes(&found), ["code-repaired"]);
    assert_eq!(found.output[0].diagnostics[0].scope, crate::diag::Scope::Item("13.3".parse().unwrap()));
}

#[test]
fn rows_that_fit_nothing_repeat_or_are_missing_are_named() {
    let mut rows = titled("NTM NÂNG CAO", "Tháng 4/2023", &["TT", "Nội dung", "Đánh giá"]);
    rows.extend(items(&nang_cao(), &|code| vec![word(code)]));
    let gone = rows.iter().position(|r| r[0] == "8.4").unwrap();
    rows.remove(gone);
    let again = rows.iter().find(|r| r[0] == "8.5").unwrap().clone();
    rows.insert(gone + 1, again);
    rows.insert(gone + 2, row(&["31.7", "Số máy cày của hợp tác xã", "Đạt"]));
    let mut found = codes(&read("BC.xlsx", &[grid("Sheet1", &rows)]));
    found.sort_unstable();
    assert_eq!(found, ["item-missing", "item-repeated", "row-not-placed"]);
}

#[test]
fn sub_lines_count_only_where_their_indicator_is_silent() {
    let mut rows = titled("NTM NÂNG CAO", "Tháng 4/2023", &["TT", "Nội dung", "Đánh giá"]);
    rows.extend(items(&nang_cao(), &|code| vec![word(code)]));
    let at = rows.iter().position(|r| r[0] == "2.2").unwrap();
    rows[at][2] = String::new();
    rows.insert(at + 1, row(&["", "- được cứng hóa và bảo trì hàng năm", "Đạt"]));
    rows.insert(at + 2, row(&["", "- có các hạng mục cần thiết", "Chưa đạt"]));
    let found = read("BC.xlsx", &[grid("Sheet1", &rows)]);
    let entry = found.output[0].entries.iter().find(|e| e.item.to_string() == "2.2").unwrap();
    assert!(matches!(&entry.stated, Stated::Word(written) if written.text == "Chưa đạt"));
    assert_eq!((found.output[0].entries.len(), codes(&found)), (75, vec!["verdict-assumed"]));
}

#[test]
fn an_earlier_period_beside_this_one_is_left_alone() {
    let header = ["TT", "Nội dung", "Đánh giá năm trước", "Đánh giá kỳ này"];
    let mut rows = titled("NTM NÂNG CAO", "Tháng 4/2023", &header);
    rows.extend(items(&nang_cao(), &|code| vec!["Chưa đạt".into(), word(code)]));
    let found = read("BC.xlsx", &[grid("Sheet1", &rows)]);
    assert_eq!((found.output.len(), right(&found.output[0])), (1, 75));
}

#[test]
fn the_reviewers_verdicts_are_a_submission_of_their_own() {
    let header = ["TT", "Nội dung", "Xã tự đánh giá", "Kết quả thẩm tra của huyện"];
    let mut rows = titled("NTM NÂNG CAO", "Tháng 4/2023", &header);
    rows.extend(items(&nang_cao(), &|code| vec![word(code), "Đạt".into()]));
    let found = read("BC.xlsx", &[grid("Sheet1", &rows)]);
    let assessors: Vec<Assessor> = found.output.iter().map(|s| s.assessor).collect();
    assert_eq!(assessors, [Assessor::Commune, Assessor::District]);
    assert_eq!(right(&found.output[0]), 75);
}

#[test]
fn months_side_by_side_are_submissions_of_their_own() {
    let mut rows = titled("NTM NÂNG CAO", "Năm 2023", &["TT", "Nội dung", "Tháng 1", "Tháng 2"]);
    rows.extend(items(&nang_cao(), &|code| vec!["Đạt".into(), word(code)]));
    let found = read("BC.xlsx", &[grid("Sheet1", &rows)]);
    let periods: Vec<String> = found.output.iter().map(|s| s.period.unwrap().to_string()).collect();
    assert_eq!(periods, ["2023-01", "2023-02"]);
    assert_eq!(right(&found.output[1]), 75);
}

#[test]
fn communes_side_by_side_and_below_each_other_are_read_alike() {
    let communes = ["Trung Lương", "Đồn Xá", "An Lão"];
    let mut upright = vec![row(&["TỔNG HỢP NTM NÂNG CAO HUYỆN BÌNH LỤC"]), row(&["Tháng 4/2023"])];
    upright.push(row(&["TT", "Nội dung", communes[0], communes[1], communes[2]]));
    upright.extend(items(&nang_cao(), &|code| vec![word(code), "Đạt".into(), "Chưa đạt".into()]));
    let mut turned = upright[..2].to_vec();
    for col in 0..5 {
        turned.push(upright[2..].iter().map(|r| r[col].clone()).collect());
    }
    for rows in [upright, turned] {
        let found = read("BC.xlsx", &[grid("Sheet1", &rows)]);
        let named: Vec<&str> = found.output.iter().map(|s| s.commune.as_ref().unwrap().0.as_str()).collect();
        assert_eq!(named, ["13546", "13525", "13561"], "in the order of the register");
        assert_eq!(right(&found.output[0]), 75);
    }
}

#[test]
fn two_tables_beside_each_other_are_two_reports() {
    let set = catalogue().sets[0].clone();
    let mut rows = vec![row(&["UBND XÃ TRUNG LƯƠNG, THÁNG 4/2023"]), vec![]];
    let header = ["TT", "Nội dung", "Kết quả", "Đánh giá", ""];
    rows.push(row(&[&header[..], &header[..]].concat()));
    let left = items(&set, &|code| vec!["Có".into(), word(code), String::new()]);
    let right_side = items(&nang_cao(), &|code| vec!["Có".into(), word(code), String::new()]);
    for (n, item) in right_side.into_iter().enumerate() {
        let mut row = left.get(n).cloned().unwrap_or_else(|| vec![String::new(); 5]);
        row.extend(item);
        rows.push(row);
    }
    let found = read("BC.xlsx", &[grid("Sheet1", &rows)]);
    let read: Vec<(&str, usize)> = found.output.iter().map(|s| (s.set.as_str(), right(s))).collect();
    assert_eq!(read, [("ntm-2021-2025", 57), ("ntm-nang-cao-2021-2025", 75)]);
}

#[test]
fn a_set_cut_over_two_sheets_is_one_report() {
    let mut rows = titled("NTM NÂNG CAO", "Tháng 4/2023", &["TT", "Nội dung", "Đánh giá"]);
    rows.extend(items(&nang_cao(), &|code| vec![word(code)]));
    let rest = rows.split_off(40);
    let second = [vec![row(&["TT", "Nội dung", "Đánh giá"])], rest].concat();
    let found = read("BC.xlsx", &[grid("Trang 1", &rows), grid("Trang 2", &second)]);
    assert_eq!((found.output.len(), right(&found.output[0])), (1, 75));
    let last = found.output[0].entries.iter().find(|e| e.item.to_string() == "19.2").unwrap();
    assert_eq!(&*last.sheet, "Trang 2");
}

#[test]
fn a_hidden_copy_does_not_count() {
    let mut rows = titled("NTM NÂNG CAO", "Tháng 4/2023", &["TT", "Nội dung", "Đánh giá"]);
    rows.extend(items(&nang_cao(), &|code| vec![word(code)]));
    let mut old = grid("Cũ", &rows);
    old.visibility = Visibility::Hidden;
    let found = read("BC.xlsx", &[old, grid("Mới", &rows)]);
    assert_eq!((found.output.len(), &*found.output[0].sheet), (1, "Mới"));
    assert_eq!(codes(&found), ["hidden-content"]);
}

#[test]
fn the_seed_in_its_own_sentences_lists_fourteen_and_declares_sixty() {
    let text = "Tính đến tháng 4/2023, xã Trung Lương đạt 15/19 tiêu chí, 52/57 chỉ tiêu NTM; đạt 14/19 tiêu chí, 60/75 chỉ tiêu NTM \
                nâng cao. Chưa đạt NTM nâng cao: giao thông 2.1, 2.2; nghèo đa chiều; tổ chức sản xuất 13.2, 13.3, 13.5, 13.6, 13.8; \
                y tế 14.2, 14.3, 14.4; môi trường 17.5, 17.7, 17.9.";
    let found = read("BC.xlsx", &[grid("Sheet1", &[row(&[text])])]);
    let unmet = |s: &Submission| {
        s.entries.iter().filter(|e| matches!(e.stated, Stated::Implied { verdict: Verdict::NotMet, .. })).count()
    };
    let [ntm, nang_cao] = found.output.as_slice() else { panic!("two sets are spoken of") };
    assert_eq!((ntm.declared.indicators_met, ntm.entries.len()), (Some(52), 0));
    assert_eq!((nang_cao.declared.indicators_met, nang_cao.entries.len(), unmet(nang_cao)), (Some(60), 75, 14));
}

#[test]
fn what_is_no_report_gives_no_observation() {
    let mut rows =
        vec![row(&["DANH SÁCH CÁN BỘ XÃ TRUNG LƯƠNG THÁNG 4/2023"]), row(&["STT", "Nội dung", "Kết quả", "Đánh giá"])];
    rows.extend((1..40).map(|n| row(&[&n.to_string(), "Nguyễn Văn A", "5", "Hoàn thành"])));
    let found = read("Danh sách.xlsx", &[grid("Sheet1", &rows)]);
    assert_eq!((found.output.len(), codes(&found)), (0, vec!["sheet-ignored", "no-report"]));
}

#[test]
fn contradictions_between_title_and_file_name_are_named() {
    let mut rows = titled("NTM NÂNG CAO", "Tháng 4/2023", &["TT", "Nội dung", "Đánh giá"]);
    rows.extend(items(&nang_cao(), &|code| vec![word(code)]));
    let found = read("BC xã Đồn Xá tháng 5-2023.xlsx", &[grid("Sheet1", &rows)]);
    let only = &found.output[0];
    assert_eq!(
        (only.commune.as_ref().unwrap().0.as_str(), only.period.unwrap().to_string()),
        ("13546", "2023-04".into())
    );
    assert_eq!(codes(&found), ["period-conflict", "commune-conflict"]);
}
