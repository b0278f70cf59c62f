//! Reports of communes that are not there in the month they report.

use jiff::civil::Date;

use crate::diag::{Code, Diagnostic, Scope, Severity};
use crate::model::{Commune, Period, Place, Text};

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
