//! What there is to say about whose report it is.

use jiff::civil::Date;

use super::hint;
use crate::diag::{Code, Diagnostic, Scope, Severity};
use crate::model::{Commune, Period, Place, Text};

pub(in crate::recognise) fn commune_unknown(place: Place, near: Option<(String, String)>) -> Diagnostic {
    let (message, advice) = match near {
        Some((written, name)) => (
            Text::new(
                format!("không rõ xã nào: «{written}» gần giống {name}"),
                format!("commune not known: {written:?} is near to {name}"),
            ),
            Text::new(
                format!(
                    "nếu đúng, thêm «{written}» vào other_names của xã {name} trong ntm.toml; nếu không, hỏi lại xã"
                ),
                format!("if so, add {written:?} to other_names of {name} in ntm.toml; if not, ask the commune"),
            ),
        ),
        None => (
            Text::new(
                "không xác định được xã từ tiêu đề, tên trang và tên tệp",
                "neither title, sheet name nor file name tells the commune",
            ),
            hint(
                "ghi tên xã ở tiêu đề («UBND xã …») hoặc ở tên tệp rồi gửi lại",
                "write the commune's name in the title or the file name and send it again",
            ),
        ),
    };
    Diagnostic::new(Severity::Error, Code::CommuneUnknown, message).about(Scope::Submission).with_hint(advice).at(place)
}

pub(in crate::recognise) fn commune_not_registered(place: Place, written: &str) -> Diagnostic {
    Diagnostic::new(
        Severity::Error,
        Code::CommuneUnknown,
        Text::new(
            format!("xã «{written}» không có trong danh sách xã"),
            format!("{written:?} is not in the list of communes"),
        ),
    )
    .about(Scope::Submission)
    .with_hint(Text::new(
        format!("nếu là tên gọi khác, trả lời câu hỏi hoặc thêm «{written}» vào other_names của xã đó trong ntm.toml"),
        format!(
            "if it is another name of a commune, answer the question or add {written:?} to its other_names in ntm.toml"
        ),
    ))
    .at(place)
}

pub(in crate::recognise) fn commune_assumed(place: Place, name: &str, from: Text) -> Diagnostic {
    Diagnostic::new(
        Severity::Info,
        Code::CommuneAssumed,
        Text::new(
            format!("nội dung không ghi tên xã; lấy {name} theo {}", from.vi),
            format!("the content names no commune; {name} was taken from {}", from.en),
        ),
    )
    .about(Scope::Submission)
    .with_hint(hint("kiểm tra lại tên xã", "check the commune"))
    .at(place)
}

pub(in crate::recognise) fn commune_conflict(place: Place, content: &str, other: &str, from: Text) -> Diagnostic {
    Diagnostic::new(
        Severity::Warning,
        Code::CommuneConflict,
        Text::new(
            format!("nội dung ghi xã {content} nhưng {} ghi {other}; lấy {content}", from.vi),
            format!("the content says {content}, {} says {other}; {content} was taken", from.en),
        ),
    )
    .about(Scope::Submission)
    .with_hint(hint("hỏi lại xã báo cáo là của xã nào", "ask whose report it is"))
    .at(place)
}

/// A report that names a commune before its first or after its last day. `heir` bears its code in the month: the report
/// is none of its own.
pub(in crate::recognise) fn commune_not_in_force(
    place: Place,
    commune: &Commune,
    period: Period,
    heir: Option<&Commune>,
) -> Diagnostic {
    let (name, code, month) = (&commune.name, &commune.code, period.short());
    let said = |day: Date| format!("{}/{}/{}", day.day(), day.month(), day.year());
    let until = commune.valid_to.filter(|last| *last < period.day(31));
    let span = match (until, commune.valid_from) {
        (Some(last), _) => Text::new(format!("chỉ có đến ngày {}", said(last)), format!("ended on {last}")),
        (None, Some(first)) => Text::new(format!("chỉ có từ ngày {}", said(first)), format!("began on {first}")),
        (None, None) => Text::new("không có trong tháng này", "is not there in this month"),
    };
    let mut message = Text::new(
        format!("xã {name} ({code}) {}, báo cáo tháng {month} không được tính", span.vi),
        format!("{name} ({code}) {}, its report of {month} does not count", span.en),
    );
    if let Some(heir) = heir.filter(|heir| heir.name != *name) {
        message.vi += &format!("; mã {code} nay là của xã {}", heir.name);
        message.en += &format!("; the code {code} is that of {} now", heir.name);
    }
    Diagnostic::new(Severity::Error, Code::CommuneNotInForce, message)
        .about(Scope::Submission)
        .with_hint(Text::new(
            "hỏi xã: nếu ghi nhầm tháng thì sửa tháng; nếu là xã mới dùng tên cũ thì ghi tên mới, hoặc thêm tên cũ vào other_names của xã mới trong ntm.toml",
            "ask the commune: where the month is wrong, mend it; where a new commune uses an old name, write the new one, or add the old one to its other_names in ntm.toml",
        ))
        .at(place)
}
