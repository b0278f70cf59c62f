//! The log of a run: what happened, a line each.

use super::words::said;
use crate::model::Lang;
use crate::pipeline::Summary;

/// The lines of a run's log, each with its moment before it; `more` is what came after the run itself.
#[must_use]
pub fn text(summary: &Summary, command: &str, more: &[String], lang: Lang) -> String {
    let say = |vi: &str, en: &str| said(lang, vi, en);
    let mut lines = vec![(summary.begun, format!("{}: {command} ({})", say("bắt đầu", "begun"), summary.unit))];
    let mut add = |what: String, about: String| lines.push((summary.ended, format!("{what}: {about}")));
    for file in &summary.received {
        let mut about = file.communes.clone();
        about.extend(file.periods.iter().map(ToString::to_string));
        let about = if about.is_empty() { String::new() } else { format!(" [{}]", about.join(", ")) };
        let (errors, warnings) = (file.errors, file.warnings);
        let problems =
            said(lang, format!("{errors} lỗi, {warnings} cảnh báo"), format!("{errors} errors, {warnings} warnings"));
        let first = file.first_error.as_ref().map(|error| format!(": {error}")).unwrap_or_default();
        add(say("nhận", "taken in"), format!("{}{about} {problems}{first}", file.file));
    }
    if let again @ 1.. = summary.read_again {
        add(say("đọc lại", "read again"), again.to_string());
    }
    for (what, told) in [
        (say("không nhận lại", "known before"), &summary.repeated),
        (say("tệp sửa lại", "corrected"), &summary.corrections),
        (say("tháng đã chốt", "closed month"), &summary.closed),
        (say("còn trong hộp thư đến", "still in the inbox"), &summary.left),
    ] {
        told.iter().for_each(|told| add(what.clone(), format!("{}: {}", told.file, told.message)));
    }
    for path in summary.papers.iter().chain(&summary.returned) {
        add(say("ghi", "written"), path.clone());
    }
    for month in summary.months.iter().filter(|month| !month.missing.is_empty()) {
        add(format!("{} {}", say("chưa gửi", "not sent"), month.period), month.missing.join(", "));
    }
    if let Some(fault) = &summary.fault {
        add(say("lỗi", "error"), fault.clone());
    }
    more.iter().for_each(|line| add(say("sau khi chạy", "after the run"), line.clone()));
    add(say("kết thúc", "ended"), format!("{} {}", say("mã", "code"), summary.exit_code));
    // A name or a message may have line ends of its own: each entry is one line all the same.
    let line = |(moment, text): (jiff::civil::DateTime, String)| {
        let text = text.split(['\r', '\n']).filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join(" · ");
        format!("{} {text}\n", moment.strftime("%Y-%m-%d %H:%M:%S"))
    };
    lines.into_iter().map(line).collect()
}
