//! The sample workspace of huyện Bình Lục: the files of its inbox and what they truly state.
//!
//! All figures are invented, except the totals and unmet indicators of Trung Lương for nâng cao in April 2023.

mod hands;
mod standings;
mod tasks;

use std::collections::BTreeMap;

use jiff::civil::{Date, date};

use super::reports::{Answer, Column, Declared, Report, Totals, Verdict, count, sheet};
use super::sets::{self, Set};
use super::workbook::{Look, Sheet, Value, Visibility, Workbook, write};
use hands::{COMMUNES, Commune, Extra, Sending};
use standings::{Month, answers};

/// One file of the inbox.
#[derive(Debug)]
pub(crate) struct SampleFile {
    /// Below the inbox, with slashes: `2023-04-24/BC Trung Lương.xlsx`.
    pub(crate) path: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) truth: Truth,
}

/// What a file truly holds.
#[derive(Debug)]
pub(crate) enum Truth {
    Submissions(Vec<SubmissionTruth>),
    /// Cut off on its way: nothing can be read.
    Unreadable,
    /// Byte for byte the file of this path.
    CopyOf(String),
}

/// What one commune truly states for one set and month.
#[derive(Debug)]
pub(crate) struct SubmissionTruth {
    /// Official code.
    pub(crate) commune: &'static str,
    /// `2023-04`
    pub(crate) period: &'static str,
    pub(crate) set: String,
    pub(crate) declared: Option<Declared>,
    /// By indicator code; notes and plans only where the form has their columns.
    pub(crate) answers: BTreeMap<String, Answer>,
}

/// The files of the inbox in the order of their paths.
pub(crate) fn files() -> Vec<SampleFile> {
    let (ntm, advanced) = (sets::ntm(), sets::nang_cao());
    let mut files = Vec::new();
    for commune in &COMMUNES {
        for month in [Month::March, Month::April] {
            files.extend(file(commune, month, &ntm, &advanced));
        }
    }
    let original = files.iter().find(|f| f.path == COPIED).expect("the copied file is one of them");
    let copy = SampleFile {
        path: "2023-04-25/ĐỒNG DU_NTM_04.2023 (1).ods".to_string(),
        bytes: original.bytes.clone(),
        truth: Truth::CopyOf(COPIED.to_string()),
    };
    files.push(copy);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

const COPIED: &str = "2023-04-24/ĐỒNG DU_NTM_04.2023.ods";

/// What the files truly hold, by path.
pub(crate) fn truth() -> BTreeMap<String, Truth> {
    files().into_iter().map(|file| (file.path, file.truth)).collect()
}

fn file(commune: &Commune, month: Month, ntm: &Set, advanced: &Set) -> Option<SampleFile> {
    let sending = match month {
        Month::March => &commune.march,
        Month::April => &commune.april,
    };
    let (Sending::InTime(path) | Sending::CutOff(path)) = sending else { return None };
    assert!(path.ends_with(commune.format.extension()), "{path} is no {:?}", commune.format);
    let mut workbook = Workbook::default();
    let mut submissions = Vec::new();
    for (set, name) in [ntm, advanced].into_iter().zip(commune.sheets) {
        let report = report(commune, month, set, day_of(path));
        workbook.sheets.push(sheet(&report, &commune.style, name));
        submissions.push(submission(commune, month, report));
    }
    add_extra(&mut workbook, commune, ntm);
    let mut bytes = write(&workbook, commune.format);
    let mut truth = Truth::Submissions(submissions);
    if let Sending::CutOff(_) = sending {
        bytes.truncate(bytes.len() * 3 / 5);
        truth = Truth::Unreadable;
    }
    Some(SampleFile { path: (*path).to_string(), bytes, truth })
}

/// The day of receipt is the folder's name; reports are signed on it.
fn day_of(path: &str) -> Date {
    path.split('/').next().and_then(|folder| folder.parse().ok()).expect("each file lies in a folder named by a day")
}

fn report<'a>(commune: &'a Commune, month: Month, set: &'a Set, signed: Date) -> Report<'a> {
    let answers = answers(commune, month, set);
    let mut declared = count(set, &answers);
    // The headline of the seed, which its own list contradicts by one.
    if commune.code == "13546" && month == Month::April && set.indicators().count() == 75 {
        declared.indicators_met = 60;
    }
    let declared = (commune.style.totals != Totals::Nowhere).then_some(declared);
    Report { commune: commune.name, period: month.period(), signed, set, answers, declared }
}

fn submission(commune: &Commune, month: Month, report: Report<'_>) -> SubmissionTruth {
    let mut answers = report.answers;
    for answer in answers.values_mut() {
        if !commune.style.has(Column::Note) {
            answer.note = "";
        }
        if !commune.style.has(Column::Owner) {
            answer.plan = None;
        }
    }
    SubmissionTruth {
        commune: commune.code,
        period: month.name(),
        set: report.set.id.clone(),
        declared: report.declared,
        answers,
    }
}

fn add_extra(workbook: &mut Workbook, commune: &Commune, ntm: &Set) {
    match commune.extra {
        Extra::Nothing => {}
        Extra::Instructions => workbook.sheets.insert(0, instructions()),
        Extra::OldSheet => {
            // Last year's table, kept in the file and hidden; in it less was met.
            let mut answers = answers(commune, Month::March, ntm);
            for code in ["5", "12.1", "17.1"] {
                answers.get_mut(code).expect("a code of the set").verdict = Verdict::NotMet;
            }
            let declared = Some(count(ntm, &answers));
            let signed = date(2022, 12, 23);
            let old = Report { commune: commune.name, period: (2022, 12), signed, set: ntm, answers, declared };
            let mut old = sheet(&old, &commune.style, "NTM 2022");
            old.visibility = Visibility::Hidden;
            workbook.sheets.push(old);
        }
    }
}

fn instructions() -> Sheet {
    let look = Look::of("Times New Roman", 13);
    let mut sheet = Sheet::new("Hướng dẫn");
    sheet.widths.insert(0, 90.0);
    sheet.put(0, 0, Value::text("HƯỚNG DẪN GHI BIỂU"), look.bold().centred());
    let lines = [
        "1. Mỗi chỉ tiêu ghi một dòng, không thêm bớt dòng và cột.",
        "2. Cột «Kết quả thực hiện» ghi số liệu đến cuối tháng báo cáo; tỷ lệ ghi theo %.",
        "3. Cột «Xã tự đánh giá» chỉ ghi «Đạt» hoặc «Chưa đạt».",
        "4. Chỉ tiêu chưa đạt thì ghi lý do vào cột «Ghi chú».",
        "5. Gửi biểu về Văn phòng Điều phối nông thôn mới huyện trước ngày 25 hằng tháng.",
    ];
    for (index, line) in lines.into_iter().enumerate() {
        sheet.put(index as u32 + 2, 0, Value::text(line), look.left());
    }
    sheet
}
