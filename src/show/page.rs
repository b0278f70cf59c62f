//! The page that a finished run leaves for the officer: what came, what was wrong with it, what was written, what to do.

use std::fmt::Write as _;

use super::words::{day, moment, quoted, said};
use crate::model::Lang;
use crate::pipeline::{Month, Received, Summary, Told};

/// How many of a kind are named: it is one page.
const SHOWN: usize = 15;

/// The page; `workspace` is how the workspace is named on the command line.
#[must_use]
pub fn text(summary: &Summary, workspace: &str, lang: Lang) -> String {
    let say = |vi: &str, en: &str| said(lang, vi, en);
    let mut out = String::new();
    let heading = say("KẾT QUẢ LẦN CHẠY", "WHAT THE LAST RUN CAME TO");
    let _ = writeln!(out, "{heading}: {}\n{}", moment(summary.begun), summary.unit);
    if let Some(fault) = &summary.fault {
        let undone = say("KHÔNG CHẠY ĐƯỢC", "NOTHING WAS DONE");
        let _ = writeln!(out, "\n{undone}\n  {fault}");
        return out;
    }
    let (good, wrong): (Vec<_>, Vec<_>) = summary.received.iter().partition(|file| file.errors == 0);
    part(&mut out, &say("Đã nhận", "Taken in"), good.iter().map(|file| received(file, lang)).collect(), lang);
    part(
        &mut out,
        &say("Đã nhận nhưng có lỗi cần xã sửa", "Taken in, with errors that the commune has to mend"),
        wrong.iter().map(|file| received(file, lang)).collect(),
        lang,
    );
    part(&mut out, &say("Còn nằm trong hộp thư đến", "Still in the inbox"), told(&summary.left), lang);
    part(
        &mut out,
        &say("Đã nhận từ trước, không nhận lại", "Known before, not taken in again"),
        told(&summary.repeated),
        lang,
    );
    part(&mut out, &say("Tệp sửa lại", "Corrected files"), told(&summary.corrections), lang);
    part(&mut out, &say("Tháng đã chốt", "Closed months"), told(&summary.closed), lang);
    part(&mut out, &say("Giấy tờ đã ghi", "Papers written"), summary.papers.clone(), lang);
    part(&mut out, &say("Tệp trả lại xã", "Going back to communes"), summary.returned.clone(), lang);
    if summary.received.is_empty() && summary.left.is_empty() && summary.repeated.is_empty() {
        let _ = writeln!(out, "\n{}", say("Không có tệp mới.", "No new files."));
    }
    let steps = steps(summary, workspace, lang);
    let _ = writeln!(out, "\n{}", say("VIỆC CẦN LÀM TIẾP", "WHAT TO DO NEXT"));
    if steps.is_empty() {
        let _ = writeln!(out, "  {}", say("Không có việc gì.", "Nothing."));
    }
    for (number, step) in (1..).zip(steps) {
        let _ = writeln!(out, "  {number}. {step}");
    }
    out
}

/// A heading with its number, and what stands under it.
fn part(out: &mut String, heading: &str, lines: Vec<String>, lang: Lang) {
    if lines.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{heading} ({})", lines.len());
    for line in lines.iter().take(SHOWN) {
        let _ = writeln!(out, "  {line}");
    }
    if let more @ 1.. = lines.len().saturating_sub(SHOWN) {
        let _ = writeln!(out, "  {}", said(lang, format!("và {more} nữa"), format!("and {more} more")));
    }
}

/// `BC La Sơn.xlsx: La Sơn, tháng 4/2023; 2 lỗi: …`.
fn received(file: &Received, lang: Lang) -> String {
    let mut line = file.file.clone();
    let periods: Vec<String> = file.periods.iter().map(|period| period.short()).collect();
    let communes = file.communes.join(", ");
    match (file.communes.is_empty(), periods.is_empty()) {
        (false, false) => {
            line += &said(
                lang,
                format!(": {communes}, tháng {}", periods.join(", ")),
                format!(": {communes}, {}", periods.join(", ")),
            )
        }
        (false, true) => line += &format!(": {communes}"),
        (true, false) => {
            line += &said(lang, format!(": tháng {}", periods.join(", ")), format!(": {}", periods.join(", ")))
        }
        (true, true) => {}
    }
    if let Some(first) = &file.first_error {
        let errors = file.errors;
        line += &said(lang, format!("; {errors} lỗi: {first}"), format!("; {errors} errors: {first}"));
    }
    if file.warnings > 0 {
        let warnings = file.warnings;
        line += &said(lang, format!("; {warnings} chỗ cần xem lại"), format!("; {warnings} to look at again"));
    }
    line
}

fn told(all: &[Told]) -> Vec<String> {
    all.iter().map(|told| format!("{}: {}", told.file, told.message)).collect()
}

fn steps(summary: &Summary, workspace: &str, lang: Lang) -> Vec<String> {
    let mut steps = Vec::new();
    let workspace = quoted(workspace);
    if let questions @ 1.. = summary.questions {
        steps.push(said(
            lang,
            format!("Trả lời {questions} câu hỏi để số liệu được tính: ntm answer {workspace}"),
            format!("Answer {questions} questions, so that everything counts: ntm answer {workspace}"),
        ));
    }
    if !summary.left.is_empty() {
        steps.push(said(
            lang,
            format!("Đóng các tệp còn nằm trong hộp thư đến rồi chạy lại: ntm run {workspace}"),
            format!("Close the files that still lie in the inbox and run again: ntm run {workspace}"),
        ));
    }
    if !summary.returned.is_empty() {
        steps.push(said(
            lang,
            "Gửi lại xã các tệp ghi ở «Tệp trả lại xã» trên đây.",
            "Send the files listed above back to their communes.",
        ));
    }
    steps.extend(summary.months.iter().filter(|month| !month.missing.is_empty()).map(|month| missing(month, lang)));
    if let Some(paper) = summary.papers.iter().rfind(|paper| paper.ends_with(".pdf")) {
        steps.push(said(lang, format!("Đọc trang đầu của {paper}."), format!("Read the first page of {paper}.")));
    }
    steps
}

/// Whom to remind.
fn missing(month: &Month, lang: Lang) -> String {
    let (period, due, count) = (month.period.short(), day(month.due), month.missing.len());
    if count == month.expected {
        return said(
            lang,
            format!("Tháng {period} (hạn {due}): chưa xã nào gửi; nhắc các xã."),
            format!("{period} (due {due}): no commune has sent; remind them."),
        );
    }
    let mut names = month.missing.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(", ");
    if count > SHOWN {
        let more = count - SHOWN;
        names += &said(lang, format!(" và {more} xã nữa"), format!(" and {more} more"));
    }
    said(
        lang,
        format!("Tháng {period} (hạn {due}): nhắc {count} xã chưa gửi: {names}."),
        format!("{period} (due {due}): remind {count} communes that have not sent: {names}."),
    )
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::error::Error;
    use crate::pipeline::Course;

    fn summary() -> Summary {
        let (begun, ended) = (date(2026, 11, 25).at(7, 0, 0, 0), date(2026, 11, 25).at(7, 0, 3, 0));
        let course = Course { begun, ended, exit_code: 1 };
        let november = "2026-11".parse().unwrap();
        let received = |file: &str, commune: &str, first_error: Option<&str>| Received {
            file: file.into(),
            communes: vec![commune.into()],
            periods: vec![november],
            errors: usize::from(first_error.is_some()),
            warnings: 2,
            first_error: first_error.map(str::to_owned),
        };
        Summary {
            fault: None,
            received: vec![
                received("BC La Son.xlsx", "La Sơn", None),
                received("BC DD.xls", "Đồng Du", Some("không hiểu «??» ở cột đánh giá")),
            ],
            left: vec![Told { file: "mở.xlsx".into(), message: "không đọc được «mở.xlsx»".into() }],
            papers: vec!["bao-cao/2026-11/Bao-cao-NTM-2026-11.pdf".into()],
            returned: vec!["tra-lai/2026-11/BC DD - cần sửa.xlsx".into()],
            questions: 1,
            months: vec![Month {
                period: november,
                due: date(2026, 11, 25),
                expected: 3,
                missing: vec!["Trung Lương".into()],
            }],
            ..Summary::failed("huyện Bình Lục", &Error::internal(""), course, Lang::Vi)
        }
    }

    #[test]
    fn the_page_says_what_came_what_is_wrong_and_what_to_do() {
        insta::assert_snapshot!(text(&summary(), "binh-luc", Lang::Vi));
    }

    #[test]
    fn a_run_that_failed_says_why() {
        let failed = Summary { fault: Some("ổ đĩa hết chỗ".into()), ..summary() };
        let page = text(&failed, "binh-luc", Lang::Vi);
        assert!(page.ends_with("KHÔNG CHẠY ĐƯỢC\n  ổ đĩa hết chỗ\n"), "{page}");
    }

    #[test]
    fn a_long_list_is_cut_so_that_it_stays_a_page_and_says_so() {
        let mut long = summary();
        long.months[0] =
            Month { expected: 200, missing: (0..150).map(|n| format!("Xã {n}")).collect(), ..long.months[0].clone() };
        long.received = vec![long.received[0].clone(); 150];
        let page = text(&long, "binh-luc", Lang::Vi);
        assert!(page.lines().count() < 50, "{page}");
        assert!(page.contains("  và 135 nữa\n") && page.contains(" và 135 xã nữa."), "{page}");
    }
}
