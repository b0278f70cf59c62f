//! What there is to say of a plan form.

use crate::diag::{Code, Diagnostic, Severity};
use crate::model::{Period, Place, Text};

pub(super) fn received(place: Place, period: Period, plans: usize, reports: usize) -> Diagnostic {
    let month = period.short();
    Diagnostic::new(
        Severity::Info,
        Code::PlansReceived,
        Text::new(
            format!("biểu kế hoạch tháng {month}: nhận {plans} nội dung ở {reports} bộ tiêu chí của các xã"),
            format!("a plan form of {month}: {plans} plans in {reports} sets of communes"),
        ),
    )
    .at(place)
}

pub(super) fn nothing_written(place: Place, period: Period) -> Diagnostic {
    let month = period.short();
    Diagnostic::new(
        Severity::Warning,
        Code::PlansUnread,
        Text::new(
            format!("biểu kế hoạch tháng {month} chưa điền nội dung nào"),
            format!("nobody has written in the plan form of {month}"),
        ),
    )
    .with_hint(Text::new(
        "điền người phụ trách, việc phải làm, hạn hoàn thành rồi gửi lại",
        "fill in person, task and day and send it again",
    ))
    .at(place)
}

pub(super) fn mark_changed(place: Place) -> Diagnostic {
    Diagnostic::new(
        Severity::Error,
        Code::PlansUnread,
        Text::new(
            "mã của biểu kế hoạch đã bị sửa hoặc là của phiên bản khác; không biết của tháng nào",
            "the mark of the plan form was changed or is of another version; its month is not known",
        ),
    )
    .with_hint(remake())
    .at(place)
}

pub(super) fn keys_lost(place: Place) -> Diagnostic {
    Diagnostic::new(
        Severity::Error,
        Code::PlansUnread,
        Text::new(
            "biểu kế hoạch đã mất cột hoặc dòng mã ẩn; không biết dòng nào của mục nào",
            "the plan form has lost its hidden keys; it cannot be told which row is which item",
        ),
    )
    .with_hint(remake())
    .at(place)
}

fn remake() -> Text {
    Text::new(
        "lấy lại biểu từ thư mục báo cáo của tháng và chép phần đã điền sang",
        "take the form again from the month's folder and copy into it what was filled in",
    )
}
