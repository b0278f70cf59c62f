//! What there is to say about totals, and about reports that list what is not met.

use super::hint;
use crate::diag::{Code, Diagnostic, Scope, Severity};
use crate::model::{ItemCode, Place, Text};

pub(in crate::recognise) fn criteria_alone(place: Place) -> Diagnostic {
    Diagnostic::new(
        Severity::Warning,
        Code::VerdictMissing,
        Text::new(
            "chỉ đánh giá tiêu chí, không đánh giá từng chỉ tiêu; các chỉ tiêu tính là chưa báo cáo",
            "criteria alone are judged and not their indicators, which count as not reported",
        ),
    )
    .about(Scope::Submission)
    .with_hint(hint("đề nghị xã đánh giá từng chỉ tiêu", "ask the commune to judge each indicator"))
    .at(place)
}

pub(in crate::recognise) fn declared_conflict(place: Place, first: &str, second: &str, other: Place) -> Diagnostic {
    Diagnostic::new(
        Severity::Warning,
        Code::DeclaredConflict,
        Text::new(
            format!("tổng số ghi hai chỗ khác nhau: {first} và {second}; lấy {first}"),
            format!("the totals are stated differently in two places: {first} and {second}; {first} was taken"),
        ),
    )
    .about(Scope::Submission)
    .with_hint(hint("hỏi lại xã", "ask the commune"))
    .at(place)
    .related_to(other, Text::new("chỗ thứ hai ở đây", "the second stands here"))
}

pub(in crate::recognise) fn list_missing(place: Place) -> Diagnostic {
    Diagnostic::new(
        Severity::Warning,
        Code::ItemMissing,
        Text::new(
            "báo cáo chỉ ghi tổng số, không nêu chỉ tiêu nào chưa đạt; không kiểm tra được từng mục",
            "the report states totals only and does not list what is not met; items cannot be checked",
        ),
    )
    .about(Scope::Submission)
    .with_hint(hint("đề nghị xã nêu mã các chỉ tiêu chưa đạt", "ask the commune for the codes of what is not met"))
    .at(place)
}

pub(in crate::recognise) fn list_too_short(place: Place, listed: usize, left_out: &[ItemCode]) -> Diagnostic {
    let items = left_out.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    Diagnostic::new(
        Severity::Warning,
        Code::ItemMissing,
        Text::new(
            format!("danh sách chưa đạt nêu {listed} mục, không khớp với tổng số; các mục không nêu tính là chưa báo cáo: {items}"),
            format!("the list of what is not met names {listed} item(s), which does not fit the total; what it leaves out counts as not reported: {items}"),
        ),
    )
    .about(Scope::Submission)
    .with_hint(hint("đề nghị xã nêu đủ mã các chỉ tiêu chưa đạt", "ask the commune for all codes of what is not met"))
    .at(place)
}

pub(in crate::recognise) fn indicators_not_named(place: Place, criterion: ItemCode) -> Diagnostic {
    Diagnostic::new(
        Severity::Warning,
        Code::VerdictAssumed,
        Text::new(
            format!("tiêu chí {criterion} ghi chưa đạt nhưng không nêu chỉ tiêu nào; các chỉ tiêu của tiêu chí này tính là chưa báo cáo"),
            format!("criterion {criterion} is listed as not met without its indicators; they count as not reported"),
        ),
    )
    .about(Scope::Item(criterion))
    .with_hint(hint("đề nghị xã nêu mã chỉ tiêu", "ask the commune for the indicators' codes"))
    .at(place)
}
