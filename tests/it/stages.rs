//! Small sheets in, what was understood and what was said of it out, side by side.

use std::fmt::Write;

use super::support::desk::{lines, recognised};
use super::support::grids::grid;
use super::support::truth::rows;

/// What a sheet of this text is understood as, in a file called `BC.xlsx`.
fn understood(text: &str) -> String {
    let (examined, judged) = recognised("BC.xlsx", &[grid(text)]);
    let mut out = String::new();
    for submission in &examined.submissions {
        let commune = submission.commune.as_ref().map_or("-".to_owned(), ToString::to_string);
        let period = submission.period.map_or("-".to_owned(), |period| period.to_string());
        let declared = &submission.declared;
        let total = |met: Option<u32>, all: Option<u32>| {
            met.zip(all).map_or("-".to_owned(), |(met, all)| format!("{met}/{all}"))
        };
        let criteria = total(declared.criteria_met, declared.criteria_total);
        let indicators = total(declared.indicators_met, declared.indicators_total);
        let (set, by) = (&submission.set, submission.assessor.as_str());
        writeln!(out, "{commune} {period} {set} {by}, declares {criteria} {indicators}").expect("text can be written");
    }
    for row in rows(&judged.frames.observations) {
        let text = |name: &str| row.get(name).map_or("-", String::as_str);
        let shown = ["item", "verdict", "value", "unit", "owner", "due", "note", "cell", "value_cell"].map(text);
        writeln!(out, "{}", shown.join(" | ")).expect("text can be written");
    }
    for line in lines(examined.all_diagnostics()) {
        writeln!(out, "{line}").expect("text can be written");
    }
    out
}

/// A snapshot without its input, which stands in the test.
fn check(name: &str, text: &str) {
    insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(name, understood(text)) });
}

#[test]
fn two_header_rows_with_marks_in_two_columns() {
    check(
        "marks",
        "
        KẾT QUẢ THỰC HIỆN BỘ TIÊU CHÍ NÔNG THÔN MỚI
        Xã La Sơn - Tháng 4 năm 2023

        STT | Nội dung tiêu chí | Kết quả thực hiện | Tự đánh giá | <        | Ghi chú
        ^   | ^                 | ^                 | Đạt         | Chưa đạt | ^
        2   | @2
        2.1 | @2.1 | p:0.955 | x | |
        2.2 | @2.2 | 87,5% | | x | đang làm
        2.3 | @2.3 | n:90 | x | x |
        2.4 | @2.4 | n:70 | | |
        3.1 | @3.1 | 1/2 | x | |
        ",
    );
}

#[test]
fn names_of_criteria_merged_down_and_codes_as_numbers() {
    check(
        "merged_names",
        "
        BIỂU TIÊU CHÍ NÔNG THÔN MỚI
        Xã Trung Lương, tháng 4/2023
        TT | Tiêu chí | Nội dung | Kết quả | Đánh giá
        n:2.1 | 2. Giao thông | @2.1 | 100% | Đạt
        n:2.2 | ^ | @2.2 | 91,5 % | Đạt
        n:17.8 | 17. Môi trường và an toàn thực phẩm | @17.8 | 95% | Cơ bản đạt
        n:17.9 | ^ | @17.9 | 100% | Đạt
        n:17.1 | ^ | @17.10 | 100% | Đạt
        n:17.11 | ^ | @17.11 | 25% | Chưa đạt
        ",
    );
}

#[test]
fn lines_below_an_indicator_speak_where_it_is_silent_and_are_heard_where_they_contradict() {
    check(
        "lines_below",
        "
        KẾT QUẢ TIÊU CHÍ NÔNG THÔN MỚI XÃ ĐỒNG DU THÁNG 4 NĂM 2023
        TT | Nội dung | Kết quả | Đánh giá
        2 | @2
        2.1 | @2.1 | 100% | Đạt
         | - đường trục xã | 80% | Chưa đạt
        2.2 | @2.2 | 95% |
         | - đường trục thôn | 95% | Đạt
         | - đường liên thôn | 60% | Chưa đạt
        2.3 | @2.3 | 100% | Đạt
        2.4 | @2.4 | 100% | Đạt
        ",
    );
}

#[test]
fn codes_that_excel_made_dates_of_and_a_code_that_is_wrong() {
    check(
        "damaged_codes",
        "
        KẾT QUẢ TIÊU CHÍ NÔNG THÔN MỚI
        Xã La Sơn - Tháng 4 năm 2023
        TT | Nội dung | Kết quả | Đánh giá
        2 | @2
        d:2023-01-02 | @2.1 | 100% | Đạt
        d:2023-02-02 | @2.2 | 95% | Đạt
        2,3 | @2.3 | 100% | Đạt
        2.9 | @2.4 | 100% | Chưa đạt
        3 | @3
        3.1 | @3.1 | 85% | Đạt
        3.2 | @3.2 | Đảm bảo | Đạt
        99.1 | Số máy cày | 12 | Đạt
        4.1 | @4.1 | | Đạt
        ",
    );
}

#[test]
fn who_does_what_by_when_and_totals_at_the_foot() {
    check(
        "plans_and_totals",
        "
        TỔNG HỢP TIÊU CHÍ NÔNG THÔN MỚI
        Xã La Sơn - Kỳ báo cáo: 04/2023
        TT | Nội dung tiêu chí | Kết quả thực hiện | Xã tự đánh giá | Người phụ trách | Nhiệm vụ | Thời hạn
        2 | @2 | | Đạt | | |
        2.1 | @2.1 | e:#N/A | Đạt | | |
        2.2 | @2.2 | 75,5% | Chưa đạt | Ông A | Làm 1,2 km | d:2023-11-09
        2.3 | @2.3 | ? | Chưa đạt | Bà B | Vận động | khi có vốn
        2.4 | @2.4 | 100% | tạm ổn | | |
         | Tổng số tiêu chí đạt | | 18/19 | | |
         | Tổng số chỉ tiêu đạt | | 55/57 | | |
        ",
    );
}
