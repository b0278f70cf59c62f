//! What is said of files that are not taken in, or not as they lie there: one constructor a code.

use crate::diag::{Code, Diagnostic, Severity};
use crate::error::Error;
use crate::model::{Place, Text};

/// Bytes that are known already.
pub(super) fn same_bytes(sent: &str, earlier: Option<&str>) -> Diagnostic {
    let file = sent.rsplit('/').next().unwrap_or(sent);
    let message = match earlier {
        Some(earlier) => Text::new(
            format!("tệp trùng từng byte với «{earlier}», không nhận lại"),
            format!("byte for byte the same as {earlier:?}, not taken in again"),
        ),
        None => Text::new(
            "tệp trùng từng byte với tệp đã nhận, không nhận lại",
            "byte for byte a file received before, not taken in again",
        ),
    };
    Diagnostic::new(Severity::Info, Code::DuplicateFile, message).at(Place::file(&file.into()))
}

/// A file that may still be copied.
pub(super) fn unfinished(sent: &str) -> Diagnostic {
    let file = sent.rsplit('/').next().unwrap_or(sent);
    let message = Text::new(
        "tệp vừa được ghi và chưa trọn vẹn, có lẽ đang chép; để lại trong hộp thư đến",
        "just written and not whole, perhaps it is still being copied; left in the inbox",
    );
    let hint = Text::new(
        "chờ chép xong rồi chạy lại; sau một phút tệp vẫn như vậy thì được nhận như tệp hỏng",
        "wait until it is copied and run again; if it is the same after a minute, it is taken in as a broken file",
    );
    Diagnostic::new(Severity::Error, Code::FileUnfinished, message).with_hint(hint).at(Place::file(&file.into()))
}

/// A returned copy in which nothing was changed.
pub(super) fn unmended(sent: &str) -> Diagnostic {
    let file = sent.rsplit('/').next().unwrap_or(sent);
    let message = Text::new(
        "bản trả lại gửi về y nguyên, chưa sửa gì, không nhận",
        "a returned copy came back as it was sent, nothing is mended, not taken in",
    );
    let hint = Text::new(
        "nhắc xã sửa các chỗ ghi ở trang đầu của tệp rồi gửi lại",
        "ask the commune to mend what the first sheet of the file lists and to send it again",
    );
    Diagnostic::new(Severity::Info, Code::CopyUnmended, message).with_hint(hint).at(Place::file(&file.into()))
}

/// A file of the inbox that was written to while it was taken in.
pub(super) fn saved_anew(sent: &str) -> Diagnostic {
    let reason = Text::new(
        "tệp vừa được ghi lại trong khi nhận; bản mới sẽ được nhận ở lần chạy sau",
        "it was written to while it was taken in; the new version is taken in by the next run",
    );
    uncleared(sent, reason)
}

/// A file taken in that could not be removed from the inbox.
pub(super) fn not_removed(sent: &str, error: &Error) -> Diagnostic {
    let Text { vi, en } = error.text();
    let reason = Text::new(
        format!("tệp đã nhận và lưu, nhưng còn nằm trong hộp thư đến: {vi}"),
        format!("it was taken in and archived, but still lies in the inbox: {en}"),
    );
    uncleared(sent, reason)
}

fn uncleared(sent: &str, reason: Text) -> Diagnostic {
    let file = sent.rsplit('/').next().unwrap_or(sent);
    Diagnostic::new(Severity::Warning, Code::InboxNotCleared, reason).at(Place::file(&file.into()))
}
