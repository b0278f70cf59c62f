//! What there is to say about columns: those of verdicts, those that were assumed and those left aside.

use super::hint;
use crate::diag::{Code, Diagnostic, Scope, Severity};
use crate::model::{CellRef, Place, Text};

pub(in crate::recognise) fn figures_alone(place: Place) -> Diagnostic {
    Diagnostic::new(
        Severity::Warning,
        Code::VerdictMissing,
        Text::new(
            "không rõ cột nào là đánh giá; chỉ lấy số liệu, các mục tính là chưa đánh giá",
            "no column of verdicts is known; figures alone were taken and the items count as not judged",
        ),
    )
    .about(Scope::Submission)
    .with_hint(hint(
        "trả lời câu hỏi, hoặc đặt tiêu đề «Đánh giá» cho cột ghi Đạt/Chưa đạt rồi gửi lại",
        "answer the question, or give the column with the verdicts the heading “Đánh giá” and send the file again",
    ))
    .at(place)
}

pub(in crate::recognise) fn title_of_plan(place: Place, title: &str) -> Diagnostic {
    let short: String = title.chars().take(60).collect();
    Diagnostic::new(
        Severity::Error,
        Code::SheetNotRecognised,
        Text::new(
            format!("tiêu đề «{short}» nói về việc sẽ làm, không phải kết quả của tháng; để riêng"),
            format!("the title {short:?} is of what is to come, not of the month's results; the sheet was set aside"),
        ),
    )
    .with_hint(hint(
        "nếu đây là kết quả của tháng thì trả lời câu hỏi kèm theo, hoặc đề nghị xã sửa tiêu đề rồi gửi lại",
        "where these are the month's results, answer the question with it, or have the commune mend the title",
    ))
    .at(place)
}

pub(in crate::recognise) fn verdicts_tied(place: Place) -> Diagnostic {
    Diagnostic::new(
        Severity::Error,
        Code::SheetNotRecognised,
        Text::new(
            "nhiều cột ghi đạt/chưa đạt khác nhau mà tiêu đề không phân biệt được, để riêng",
            "several columns of verdicts differ and their headings do not tell them apart; the sheet was set aside",
        ),
    )
    .with_hint(hint(
        "đặt tiêu đề «Đánh giá» cho cột đánh giá của kỳ này rồi gửi lại",
        "give the column of this period's verdicts the heading “Đánh giá” and send the file again",
    ))
    .at(place)
}

pub(in crate::recognise) fn no_verdict_column(place: Place, placed: usize, headers: &[(u32, String)]) -> Diagnostic {
    let columns: Vec<String> = headers
        .iter()
        .filter(|(_, words)| !words.is_empty())
        .map(|(col, words)| format!("{} «{words}»", CellRef::new(0, *col).column_letters()))
        .collect();
    let columns = columns.join(", ");
    Diagnostic::new(
        Severity::Error,
        Code::SheetNotRecognised,
        Text::new(
            format!("nhận ra {placed} dòng tiêu chí, chỉ tiêu nhưng không rõ cột nào là đánh giá; các cột: {columns}"),
            format!("{placed} rows of criteria were recognised, but no column of verdicts; columns: {columns}"),
        ),
    )
    .with_hint(hint(
        "đặt tiêu đề «Đánh giá» cho cột ghi Đạt/Chưa đạt rồi gửi lại",
        "give the column with the verdicts the heading “Đánh giá” and send the file again",
    ))
    .at(place)
}

pub(in crate::recognise) fn column_assumed(place: Place, header: &str, role: Text) -> Diagnostic {
    Diagnostic::new(
        Severity::Warning,
        Code::ColumnAssumed,
        Text::new(
            format!("tiêu đề cột «{header}» không rõ; hiểu là cột {} theo nội dung", role.vi),
            format!("the heading {header:?} is not clear; by its content the column was taken as {}", role.en),
        ),
    )
    .about(Scope::Submission)
    .with_hint(hint("kiểm tra lại, nên đặt tiêu đề cột rõ ràng", "check it, and give the column a clear heading"))
    .at(place)
}

pub(in crate::recognise) fn marks_by_custom(place: Place, header: &str, [met, not_met]: &[String; 2]) -> Diagnostic {
    Diagnostic::new(
        Severity::Warning,
        Code::ColumnAssumed,
        Text::new(
            format!("cột «{header}» không ghi đạt, chưa đạt mà không có chú thích; hiểu «{met}» là đạt, «{not_met}» là chưa đạt"),
            format!(
                "the column {header:?} uses marks without a legend; {met:?} was taken as met, {not_met:?} as not met"
            ),
        ),
    )
    .about(Scope::Submission)
    .with_hint(hint("kiểm tra lại; nên ghi Đạt hoặc Chưa đạt", "check it; better write met or not met in words"))
    .at(place)
}

pub(in crate::recognise) fn column_ignored(place: Place, header: &str) -> Diagnostic {
    Diagnostic::new(
        Severity::Warning,
        Code::ColumnIgnored,
        Text::new(
            format!("cột «{header}» cũng ghi đạt/chưa đạt nhưng không được dùng"),
            format!("the column {header:?} holds verdicts too and was not used"),
        ),
    )
    .about(Scope::Submission)
    .with_hint(hint("kiểm tra cột nào là đánh giá của kỳ này", "check which column is this period's verdict"))
    .at(place)
}

pub(in crate::recognise) fn column_unused(place: Place, header: &str) -> Diagnostic {
    Diagnostic::new(
        Severity::Info,
        Code::ColumnIgnored,
        Text::new(format!("cột «{header}» không được dùng"), format!("the column {header:?} was not used")),
    )
    .about(Scope::Submission)
    .at(place)
}
