//! What there is to say of forms.

use crate::diag::{Code, Diagnostic, Scope, Severity};
use crate::model::form::MarkFault;
use crate::model::{ItemCode, Period, Place, Text};

/// A form in which nobody has written.
pub(super) fn blank(place: Place, period: Period) -> Diagnostic {
    let month = period.short();
    Diagnostic::new(
        Severity::Error,
        Code::FormBlank,
        Text::new(
            format!("biểu tháng {month} chưa ghi gì, không tính là báo cáo"),
            format!("nothing is written in the form for {month}; it is no report"),
        ),
    )
    .with_hint(Text::new("đề nghị xã ghi biểu rồi gửi lại", "ask the commune to fill in the form and send it again"))
    .at(place)
}

/// A mark that does not count.
pub(super) fn mark_faulty(place: Place, fault: MarkFault) -> Diagnostic {
    let message = match fault {
        MarkFault::Changed => Text::new(
            "«Mã biểu» bị sửa nên không dùng; trang được đọc như báo cáo thường",
            "the form code was changed and does not count; the sheet is read like any report",
        ),
        MarkFault::OtherVersion => Text::new(
            "biểu của phiên bản khác; trang được đọc như báo cáo thường",
            "the form is of another version; the sheet is read like any report",
        ),
    };
    changed(place, message)
}

/// A form without what it is read by.
pub(super) fn keys_lost(place: Place, set_unknown: bool) -> Diagnostic {
    let message = if set_unknown {
        Text::new(
            "biểu của bộ tiêu chí mà chương trình không có; trang được đọc như báo cáo thường",
            "the form is of a set that is not known here; the sheet is read like any report",
        )
    } else {
        Text::new(
            "biểu mất dòng, cột ẩn chứa mã; trang được đọc như báo cáo thường",
            "the form has lost its hidden row or column of keys; the sheet is read like any report",
        )
    };
    changed(place, message)
}

/// A cell of a formula that holds something else.
pub(super) fn formula_written_over(place: Place, item: ItemCode, found: &str, expected: &str) -> Diagnostic {
    let shown = |word: &str| if word.is_empty() { "—".to_owned() } else { word.to_owned() };
    changed(
        place,
        Text::new(
            format!("tiêu chí {item}: ô công thức ghi «{}», theo các chỉ tiêu là «{}»", shown(found), shown(expected)),
            format!("criterion {item}: its formula's cell says {:?}, its indicators give {:?}", found, expected),
        ),
    )
}

fn changed(place: Place, message: Text) -> Diagnostic {
    Diagnostic::new(Severity::Warning, Code::FormChanged, message)
        .about(Scope::Submission)
        .with_hint(Text::new(
            "hỏi lại xã; đề nghị dùng biểu mới, không sửa phần đã khóa",
            "ask the commune; let it use a new form and leave what is locked as it is",
        ))
        .at(place)
}
