//! What there is to say about lists of what is not met, and about sheets that do not count.

use super::hint;
use crate::diag::{Code, Diagnostic, Scope, Severity};
use crate::model::{ItemCode, Place, Text, Verdict};

pub(in crate::recognise) fn retired_copy(place: Place, first: Place) -> Diagnostic {
    Diagnostic::new(
        Severity::Warning,
        Code::SubmissionAmbiguous,
        Text::new(
            "tên trang cho biết trang không còn dùng; tính trang kia của cùng xã, cùng tháng, cùng bộ tiêu chí",
            "the sheet's name says that it is out of use; the other one of the commune, month and set counts",
        ),
    )
    .with_hint(hint("xóa trang không dùng", "delete the sheet that is out of use"))
    .at(place)
    .related_to(first, Text::new("trang được tính", "the sheet that counts"))
}

pub(in crate::recognise) fn retired_alone(place: Place) -> Diagnostic {
    Diagnostic::new(
        Severity::Warning,
        Code::SubmissionAmbiguous,
        Text::new(
            "tên trang cho biết trang không còn dùng, nhưng tệp không có trang khác của báo cáo này; vẫn tính",
            "the sheet's name says that it is out of use, but the file has no other of this report; it counts",
        ),
    )
    .with_hint(hint("hỏi lại xã, đổi tên trang nếu đúng", "ask the commune; rename the sheet if it is right"))
    .at(place)
}

pub(in crate::recognise) fn not_filled_in(place: Place) -> Diagnostic {
    Diagnostic::new(
        Severity::Error,
        Code::NoReport,
        Text::new(
            "biểu mẫu để trống tên xã và tháng, chưa điền; không tính",
            "a form with the commune and the month left blank is not filled in and does not count",
        ),
    )
    .with_hint(hint("điền tên xã, tháng rồi gửi lại", "fill in the commune and the month and send it again"))
    .at(place)
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

/// A remark that says of an item the contrary of its row.
pub(in crate::recognise) fn remark_against(
    place: Place,
    item: ItemCode,
    said: Verdict,
    text: &str,
    row: Place,
) -> Diagnostic {
    let short: String = text.chars().take(60).collect();
    let (vi, en) = if said == Verdict::Met { ("đạt", "met") } else { ("chưa đạt", "not met") };
    Diagnostic::new(
        Severity::Warning,
        Code::VerdictConflict,
        Text::new(
            format!("ghi chú «{short}» nói {item} {vi}, trái với đánh giá ở dòng của mục; lấy theo dòng"),
            format!("the remark {short:?} says that {item} is {en}, its row says otherwise; the row was taken"),
        ),
    )
    .about(Scope::Item(item))
    .with_hint(hint("hỏi lại xã chỗ nào đúng, sửa chỗ sai", "ask the commune which is right and mend the other"))
    .at(place)
    .related_to(row, Text::new("dòng của mục", "the item's row"))
}

/// A small table that says of items what their list says too.
pub(in crate::recognise) fn said_again(place: Place) -> Diagnostic {
    Diagnostic::new(
        Severity::Info,
        Code::SheetIgnored,
        Text::new(
            "bảng nhỏ nêu lại đánh giá đã có ở danh sách, không dùng",
            "a small table says again what the list says and was not used",
        ),
    )
    .at(place)
}

/// A small table that says otherwise.
pub(in crate::recognise) fn said_otherwise(place: Place, items: &[ItemCode], severity: Severity) -> Diagnostic {
    let codes = items.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    Diagnostic::new(
        severity,
        Code::SubmissionAmbiguous,
        Text::new(
            format!("bảng nhỏ ngoài danh sách ghi khác danh sách ở mục {codes}; lấy theo danh sách"),
            format!("a small table beside the list says otherwise than the list of {codes}; the list was taken"),
        ),
    )
    .with_hint(Text::new(
        "hỏi lại xã chỗ nào đúng, ghi vào dòng của mục trong danh sách rồi bỏ bảng nhỏ",
        "ask which one is right, write it into the item's row of the list and take the small table out",
    ))
    .at(place)
}
