//! `ntm close`: a month closed, or a closed one opened again.

use std::path::Path;

use ntm::diag::Severity;
use ntm::error::Error;
use ntm::host::Disk;
use ntm::model::{Lang, Period, Text};
use ntm::pipeline::{self, Closed, Workspace};
use ntm::show::person;

use crate::cli::How;
use crate::terminal::{Stream, manner, print, say, tell};

/// Exit code 1 where an error stood in the month, or a closed paper is not what was closed.
pub(crate) fn close(period: Period, root: &Path, how: How) -> Result<u8, Error> {
    let lang = Lang::from(how.lang);
    let workspace = Workspace::open(&Disk, root)?;
    let closed = pipeline::close(&Disk, &workspace, period, lang)?;
    let root = root.display().to_string();
    let manner = manner(how, &root, Stream::Err);
    let mut text = String::new();
    closed.diagnostics.iter().for_each(|one| person::diagnostic(&mut text, one, lang, manner.colour));
    tell(&text);
    for line in said(&closed, period) {
        say(how, line.get(lang));
    }
    let folder = workspace.settings.folders.reports.join(period.to_string());
    for paper in &closed.record.papers {
        print(&folder.join(pipeline::place_of(&paper.name)).display().to_string())?;
    }
    let amiss = closed.diagnostics.iter().any(|one| one.severity == Severity::Error);
    Ok(u8::from(amiss || (!closed.before && closed.record.errors > 0)))
}

fn said(closed: &Closed, period: Period) -> Vec<Text> {
    let (record, month) = (&closed.record, period.short());
    let at = record.at.strftime("%H:%M %d/%m/%Y");
    if closed.before {
        return vec![Text::new(
            format!("Tháng {month} đã chốt từ {at}; không có gì thay đổi."),
            format!("{month} was closed at {at}; nothing is changed."),
        )];
    }
    let files = record.inputs.len();
    let mut lines = vec![Text::new(
        format!(
            "Đã chốt số liệu tháng {month} ({files} tệp). Tệp nhận sau sẽ có bản bổ sung, báo cáo đã chốt giữ nguyên."
        ),
        format!("{month} is closed ({files} files). What comes later gives a supplement; the closed papers stay."),
    )];
    if record.errors > 0 {
        let errors = record.errors;
        lines.push(Text::new(
            format!("Chú ý: khi chốt còn {errors} lỗi chưa xử lý; điều này được ghi trong hồ sơ."),
            format!("Note: {errors} errors stood open; the record says so."),
        ));
    }
    if !record.missing.is_empty() {
        let (count, names) = (record.missing.len(), record.missing.join(", "));
        lines.push(Text::new(
            format!("Chú ý: {count} xã chưa có báo cáo: {names}; điều này được ghi trong hồ sơ."),
            format!("Note: no report of {count} communes: {names}; the record says so."),
        ));
    }
    if closed.waiting > 0 {
        let waiting = closed.waiting;
        lines.push(Text::new(
            format!("Chú ý: hộp thư đến còn {waiting} tệp chưa nhận, không nằm trong số liệu đã chốt."),
            format!("Note: {waiting} files wait in the inbox and are not in what was closed."),
        ));
    }
    lines
}

pub(crate) fn reopen(period: Period, root: &Path, reason: &str, how: How) -> Result<u8, Error> {
    let workspace = Workspace::open(&Disk, root)?;
    pipeline::reopen(&Disk, &workspace, period, reason)?;
    let month = period.short();
    let opened = Text::new(
        format!("Đã mở lại tháng {month}, lý do được ghi vào hồ sơ; chạy «ntm run» để lập lại báo cáo."),
        format!("{month} is open again, the reason is on record; use `ntm run` to make its papers anew."),
    );
    say(how, opened.get(how.lang.into()));
    Ok(0)
}
