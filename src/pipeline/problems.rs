//! What is said of closed months, and of an archive and a store that do not agree: one constructor a code.

use std::path::Path;

use super::workspace::{Workspace, below};
use crate::assess::Supplement;
use crate::diag::{Code, Diagnostic, Severity};
use crate::model::{Period, Place, Text};

/// A closed month whose figures are others now: a supplement says so.
pub(super) fn amended(period: Period, paper: &str, difference: &Supplement) -> Diagnostic {
    let (items, communes) = difference.size();
    let month = period.short();
    let message = Text::new(
        format!(
            "tháng {month} đã chốt, nay khác ở {items} mục, {communes} xã; đã lập bổ sung, báo cáo đã chốt giữ nguyên"
        ),
        format!(
            "{month} is closed and differs now in {items} items of {communes} communes; a supplement is written, the closed papers stay"
        ),
    );
    let hint = Text::new(
        "gửi kèm bản bổ sung cho nơi đã nhận báo cáo",
        "send the supplement to whoever has received the report",
    );
    of(Severity::Warning, Code::ClosedMonthAmended, message, paper).with_hint(hint)
}

/// A closed paper that was gone and is there again.
pub(super) fn put_back(period: Period, paper: &str) -> Diagnostic {
    let month = period.short();
    let message = Text::new(
        format!("báo cáo đã chốt của tháng {month} bị mất, đã chép lại từ hồ sơ chốt"),
        format!("a closed paper of {month} was gone and is put back from the record"),
    );
    of(Severity::Warning, Code::ClosedPaperMissing, message, paper)
}

/// A closed paper that is gone.
pub(super) fn gone(period: Period, paper: &str) -> Diagnostic {
    let month = period.short();
    let message =
        Text::new(format!("báo cáo đã chốt của tháng {month} bị mất"), format!("a closed paper of {month} is gone"));
    let hint = Text::new("chạy «ntm run» để chép lại từ hồ sơ chốt", "use `ntm run`: it is put back from the record");
    of(Severity::Warning, Code::ClosedPaperMissing, message, paper).with_hint(hint)
}

/// A closed paper that somebody has changed.
pub(super) fn changed(period: Period, paper: &str) -> Diagnostic {
    let month = period.short();
    let message = Text::new(
        format!("báo cáo đã chốt của tháng {month} đã bị sửa, không còn đúng bản đã chốt"),
        format!("a closed paper of {month} was changed and is no more what was closed"),
    );
    let hint = Text::new(
        "nếu không cần bản đã sửa, xóa nó rồi chạy «ntm run»: bản đã chốt được chép lại",
        "where the changed one is not needed, delete it and run `ntm run`: the closed one is put back",
    );
    of(Severity::Error, Code::ClosedPaperChanged, message, paper).with_hint(hint)
}

/// A closing that cannot be relied on.
pub(super) fn damaged(workspace: &Workspace, period: Period, folder: &Path, why: &Text) -> Diagnostic {
    let shown = below(&workspace.root, folder);
    let month = period.short();
    let message = Text::new(
        format!("hồ sơ chốt số liệu tháng {month} hỏng: {}", why.vi),
        format!("the record of closed {month} is damaged: {}", why.en),
    );
    let hint = Text::new(
        format!("chép lại thư mục «{shown}» từ bản sao lưu; báo cáo đã chốt vẫn được giữ nguyên"),
        format!("put the folder {shown:?} back from a backup; the closed papers are left as they are"),
    );
    of(Severity::Error, Code::ClosingDamaged, message, &shown).with_hint(hint)
}

/// What is wrong with a record whose seal does not hold.
pub(super) fn record_changed() -> Text {
    Text::new("hồ sơ đã bị sửa sau khi ghi", "the record was changed after it was written")
}

/// What is wrong with a closing whose copy of a paper is not what was closed.
pub(super) fn copy_amiss(paper: &str) -> Text {
    Text::new(
        format!("bản lưu của «{paper}» mất hoặc đã bị sửa"),
        format!("the kept copy of {paper:?} is gone or was changed"),
    )
}

fn of(severity: Severity, code: Code, message: Text, file: &str) -> Diagnostic {
    Diagnostic::new(severity, code, message).at(Place::file(&file.into()))
}

/// An original whose bytes are not those that were received.
pub(super) fn original_changed(path: &str) -> Diagnostic {
    let message = Text::new(
        "tệp lưu trữ đã bị sửa hoặc hỏng: nội dung không còn khớp mã kiểm tra",
        "the archived file was changed or is damaged: its content does not match its hash",
    );
    let hint = Text::new(
        "chép lại tệp này từ bản sao lưu, hoặc xin xã gửi lại; không sửa tệp trong thư mục lưu trữ",
        "put it back from a backup, or ask the commune to send it again; never edit files of the archive",
    );
    of(Severity::Error, Code::ArchiveChanged, message, path).with_hint(hint)
}

/// An original that was received and is not there.
pub(super) fn original_gone(file: &str, path: &str) -> Diagnostic {
    let message = Text::new(
        format!("tệp đã nhận «{file}» không còn trong thư mục lưu trữ"),
        format!("{file:?} was received and is not in the archive"),
    );
    let hint = Text::new(
        "chép lại từ bản sao lưu vào đúng chỗ này; chưa chép lại thì không chạy «ntm rebuild», số liệu của tệp sẽ mất",
        "put it back from a backup at this place; do not use `ntm rebuild` before, its figures would be lost",
    );
    of(Severity::Error, Code::ArchiveMissing, message, path).with_hint(hint)
}

/// An original that the store does not know.
pub(super) fn not_stored(path: &str) -> Diagnostic {
    let message = Text::new("tệp trong thư mục lưu trữ chưa có trong dữ liệu", "the archived file is not in the store");
    let hint = Text::new("chạy «ntm run» để đọc tệp này", "use `ntm run`: it is read then");
    of(Severity::Warning, Code::ArchiveUnknown, message, path).with_hint(hint)
}

/// A file in the archive that the program did not put there.
pub(super) fn not_ours(path: &str) -> Diagnostic {
    let message = Text::new(
        "tệp trong thư mục lưu trữ không do chương trình đặt vào nên không được đọc",
        "a file of the archive was not put there by the program and is not read",
    );
    let hint = Text::new(
        "nếu là báo cáo của xã, chép vào hộp thư đến rồi chạy «ntm run»",
        "if it is a commune's report, copy it into the inbox and use `ntm run`",
    );
    of(Severity::Warning, Code::ArchiveUnknown, message, path).with_hint(hint)
}

/// A part of the store that cannot be relied on.
pub(super) fn store_amiss(path: &str, why: &Text) -> Diagnostic {
    let message = Text::new(format!("tệp dữ liệu hỏng: {}", why.vi), format!("a stored file is damaged: {}", why.en));
    of(Severity::Error, Code::StoreMismatch, message, path).with_hint(made_again())
}

/// A file of which the store has not all rows.
pub(super) fn miscounted(file: &str) -> Diagnostic {
    let message = Text::new(
        "dữ liệu của tệp này không đủ dòng như đã ghi nhận",
        "the store has not as many rows of this file as it says",
    );
    of(Severity::Error, Code::StoreMismatch, message, file).with_hint(made_again())
}

/// What is wrong with a part that is not what its rows give.
pub(super) fn not_in_order() -> Text {
    Text::new("không đúng như khi lập lại từ các dòng của nó", "it is not what its rows give when written again")
}

fn made_again() -> Text {
    Text::new(
        "chạy «ntm rebuild» để lập lại dữ liệu từ lưu trữ",
        "use `ntm rebuild` to make the store again from the archive",
    )
}
