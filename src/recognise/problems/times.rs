//! What there is to say about the month of a report.

use super::hint;
use crate::diag::{Code, Diagnostic, Scope, Severity};
use crate::model::{CriteriaSet, Period, Place, Text};

pub(in crate::recognise) fn period_unknown(place: Place) -> Diagnostic {
    Diagnostic::new(
        Severity::Error,
        Code::PeriodUnknown,
        Text::new("không xác định được tháng của báo cáo", "the month of the report cannot be told"),
    )
    .about(Scope::Submission)
    .with_hint(hint(
        "ghi «Tháng … năm …» dưới tiêu đề rồi gửi lại",
        "write the month and year below the title and send it again",
    ))
    .at(place)
}

pub(in crate::recognise) fn period_assumed(place: Place, period: Period, from: Text) -> Diagnostic {
    Diagnostic::new(
        Severity::Info,
        Code::PeriodAssumed,
        Text::new(
            format!("nội dung không ghi tháng; lấy tháng {} theo {}", period.short(), from.vi),
            format!("the content states no month; {period} was taken from {}", from.en),
        ),
    )
    .about(Scope::Submission)
    .with_hint(hint("kiểm tra lại tháng báo cáo", "check the month"))
    .at(place)
}

/// That a report of several months is kept with the last of them.
pub(in crate::recognise) fn period_of_span(place: Place, period: Period, months: i8) -> Diagnostic {
    let (short, span) = (period.short(), span(months));
    Diagnostic::new(
        Severity::Info,
        Code::PeriodAssumed,
        Text::new(
            format!("báo cáo của {}; ghi vào tháng cuối là tháng {short}", span.vi),
            format!("the report is of {}; it was taken as that of the last month, {period}", span.en),
        ),
    )
    .about(Scope::Submission)
    .with_hint(hint("kiểm tra lại tháng báo cáo", "check the month"))
    .at(place)
}

fn span(months: i8) -> Text {
    match months {
        3 => Text::new("một quý", "a quarter"),
        12 => Text::new("cả năm", "a whole year"),
        several => Text::new(format!("{several} tháng"), format!("{several} months")),
    }
}

/// That nothing but a year is named, so that its last month was taken.
pub(in crate::recognise) fn period_of_year(place: Place, period: Period) -> Diagnostic {
    let (short, year) = (period.short(), period.year());
    Diagnostic::new(
        Severity::Warning,
        Code::PeriodAssumed,
        Text::new(
            format!("chỉ ghi năm {year}, không ghi tháng; hiểu là báo cáo cả năm, lấy tháng {short}"),
            format!("only the year {year} is named, no month; it was taken as the report of the year, in {period}"),
        ),
    )
    .about(Scope::Submission)
    .with_hint(hint("nếu là báo cáo tháng, trả lời câu hỏi", "if it is of one month, answer the question"))
    .at(place)
}

/// That a set does not count in the month of its report.
pub(in crate::recognise) fn out_of_force(place: Place, set: &CriteriaSet, period: Period) -> Diagnostic {
    let (name, decision, short) = (&set.short_name, &set.decision, period.short());
    let (from, to) = (set.valid_from.year(), set.valid_to.year());
    Diagnostic::new(
        Severity::Error,
        Code::SetConflict,
        Text::new(
            format!("các dòng là của bộ {name} ({decision}) áp dụng {from}-{to}, mà báo cáo là của tháng {short}; để riêng"),
            format!("the rows are of {name} ({decision}), which counts {from}-{to}, but the report is of {period}; it was set aside"),
        ),
    )
    .with_hint(hint(
        "nếu tháng bị nhận sai, trả lời câu hỏi; nếu là báo cáo theo bộ tiêu chí khác, không dùng ở đây",
        "if the month was misread, answer the question; a report of another set has no place here",
    ))
    .at(place)
}

pub(in crate::recognise) fn form_of_other_month(place: Place, marked: Period, other: Period, from: Text) -> Diagnostic {
    let (marked, other) = (marked.short(), other.short());
    Diagnostic::new(
        Severity::Error,
        Code::PeriodConflict,
        Text::new(
            format!("biểu lập cho tháng {marked} nhưng {} ghi tháng {other}; chưa tính cho tháng nào", from.vi),
            format!("the form is for {marked}, {} says {other}; it counts for no month yet", from.en),
        ),
    )
    .about(Scope::Submission)
    .at(place)
}

pub(in crate::recognise) fn period_conflict(place: Place, taken: Period, other: Period, from: Text) -> Diagnostic {
    Diagnostic::new(
        Severity::Warning,
        Code::PeriodConflict,
        Text::new(
            format!(
                "nội dung ghi tháng {} nhưng {} ghi tháng {}; lấy tháng {}",
                taken.short(),
                from.vi,
                other.short(),
                taken.short()
            ),
            format!("the content says {taken}, {} says {other}; {taken} was taken", from.en),
        ),
    )
    .about(Scope::Submission)
    .with_hint(hint("hỏi lại xã số liệu của tháng nào", "ask which month the figures are of"))
    .at(place)
}
