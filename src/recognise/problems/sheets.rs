//! What there is to say about whole sheets and tables: what is no report, what does not count, which set it is of.

use super::hint;
use crate::diag::{Code, Diagnostic, Scope, Severity};
use crate::model::{Evidence, ItemCode, Place, Text};

pub(in crate::recognise) fn no_report(place: Place, sheets: usize) -> Diagnostic {
    Diagnostic::new(
        Severity::Error,
        Code::NoReport,
        Text::new(
            format!("không tìm thấy bảng tiêu chí nông thôn mới trong {sheets} trang của tệp"),
            format!("no table of NTM criteria in the file's {sheets} sheet(s)"),
        ),
    )
    .with_hint(hint(
        "nếu đây là báo cáo, kiểm tra tiêu đề cột, mã và tên chỉ tiêu; nếu không, chuyển tệp ra khỏi hộp thư đến",
        "if it is a report, look at its column headings, codes and names; if not, move the file out of the inbox",
    ))
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

pub(in crate::recognise) fn sheet_ignored(place: Place) -> Diagnostic {
    Diagnostic::new(
        Severity::Info,
        Code::SheetIgnored,
        Text::new("trang không có bảng tiêu chí, không dùng", "the sheet holds no table of criteria and was not used"),
    )
    .at(place)
}

/// A sheet by the set of a district, of a hamlet, of a garden.
pub(in crate::recognise) fn of_another_level(place: Place, title: &str) -> Diagnostic {
    Diagnostic::new(
        Severity::Info,
        Code::SheetIgnored,
        Text::new(
            format!("trang theo bộ tiêu chí của cấp khác («{title}»), không phải của xã; không dùng"),
            format!("the sheet is by the criteria of another level ({title:?}), not of a commune, and was not used"),
        ),
    )
    .at(place)
}

pub(in crate::recognise) fn below_the_bar(place: Place, confidence: f64, evidence: &[Evidence]) -> Diagnostic {
    let weakest = evidence
        .iter()
        .filter(|e| e.name != "stated")
        .min_by(|a, b| a.score.total_cmp(&b.score))
        .map(|e| e.detail.clone());
    let weakest = weakest.unwrap_or_else(|| Text::new("", ""));
    let percent = confidence * 100.0;
    Diagnostic::new(
        Severity::Error,
        Code::SheetNotRecognised,
        Text::new(
            format!("trang giống bảng tiêu chí nhưng chỉ chắc {percent:.0}%, để riêng; yếu nhất: {}", weakest.vi),
            format!("the sheet looks like a table of criteria with {percent:.0}% confidence only and was set aside; weakest: {}", weakest.en),
        ),
    )
    .with_hint(hint(
        "kiểm tra tiêu đề cột, mã và tên chỉ tiêu, tên xã, tháng rồi gửi lại",
        "check column headings, codes and names, commune and month, and send it again",
    ))
    .at(place)
}

pub(in crate::recognise) fn set_conflict(place: Place, titled: &str, found: &str) -> Diagnostic {
    Diagnostic::new(
        Severity::Warning,
        Code::SetConflict,
        Text::new(
            format!("tiêu đề ghi bộ {titled} nhưng các dòng là của bộ {found}; lấy {found}"),
            format!("the title says {titled}, the rows are of {found}; {found} was taken"),
        ),
    )
    .about(Scope::Submission)
    .with_hint(hint("hỏi lại xã báo cáo theo bộ tiêu chí nào", "ask which set the report is for"))
    .at(place)
}

pub(in crate::recognise) fn set_unknown(place: Place, candidates: &[&str]) -> Diagnostic {
    let list = candidates.join(", ");
    Diagnostic::new(
        Severity::Error,
        Code::SetUnknown,
        Text::new(format!("không rõ bộ tiêu chí nào ({list})"), format!("the criteria set cannot be told ({list})")),
    )
    .about(Scope::Submission)
    .with_hint(hint(
        "ghi rõ «NTM» hay «NTM nâng cao» ở tiêu đề rồi gửi lại",
        "name the set in the title and send it again",
    ))
    .at(place)
}

pub(in crate::recognise) fn hidden(place: Place, what: Text) -> Diagnostic {
    Diagnostic::new(
        Severity::Warning,
        Code::HiddenContent,
        Text::new(
            format!("{} bị ẩn; nội dung vẫn được đọc", what.vi),
            format!("{} is hidden; its content was read", what.en),
        ),
    )
    .about(Scope::Submission)
    .with_hint(hint("kiểm tra phần ẩn có phải bản cũ không", "check that the hidden part is not an old copy"))
    .at(place)
}

pub(in crate::recognise) fn hidden_copy(place: Place) -> Diagnostic {
    Diagnostic::new(
        Severity::Warning,
        Code::HiddenContent,
        Text::new(
            "trang bị ẩn chứa báo cáo của cùng xã, cùng bộ tiêu chí với một trang nhìn thấy; không tính trang ẩn",
            "a hidden sheet holds a report of the same commune and set as a visible one; the hidden one does not count",
        ),
    )
    .with_hint(hint("xóa trang ẩn nếu là bản cũ", "delete the hidden sheet if it is an old copy"))
    .at(place)
}

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

pub(in crate::recognise) fn same_report_twice(place: Place, first: Place) -> Diagnostic {
    Diagnostic::new(
        Severity::Error,
        Code::SubmissionAmbiguous,
        Text::new(
            "hai bảng của cùng xã, cùng tháng, cùng bộ tiêu chí trong một tệp; lấy bảng đầu",
            "two tables of one commune, month and set in one file; the first was taken",
        ),
    )
    .about(Scope::Submission)
    .with_hint(hint("hỏi lại xã bảng nào đúng, xóa bảng kia", "ask which one is right and delete the other"))
    .at(place)
    .related_to(first, Text::new("bảng đầu ở đây", "the first stands here"))
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

pub(in crate::recognise) fn legacy(place: Place, encoding: &str, cells: usize) -> Diagnostic {
    Diagnostic::new(
        Severity::Info,
        Code::LegacyEncoding,
        Text::new(
            format!("{cells} ô gõ bằng {encoding}, đã chuyển sang Unicode"),
            format!("{cells} cells in {encoding} were turned into Unicode"),
        ),
    )
    .at(place)
}

pub(in crate::recognise) fn capitals(place: Place, cells: usize, example: (&str, &str)) -> Diagnostic {
    Diagnostic::new(
        Severity::Info,
        Code::CapitalsLowered,
        Text::new(
            format!("{cells} ô viết toàn chữ hoa, đã đổi sang chữ thường: «{}» thành «{}»", example.0, example.1),
            format!("{cells} cells in capitals were turned into small letters: {:?} into {:?}", example.0, example.1),
        ),
    )
    .about(Scope::Submission)
    .at(place)
}
