//! The sample workspace of half a year: four communes, November 2022 to April 2023, and April a year before, one set;
//! what only months can show.
//!
//! All figures are invented. Names and codes are real, so that the register need not be.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use ntm::model::Period;

use super::figures::Figure;
use super::made::answers;
use super::reports::{Answer, Column, Declared, Plan, Report, Style, Verdict, count, sheet};
use super::returned_plans::{self, Row};
use super::sets::{self, Set};
use super::workbook::{FileFormat, Workbook, write};

const WITH_PLAN: &[Column] = &[
    Column::Code,
    Column::Content,
    Column::Target,
    Column::Result,
    Column::Verdict,
    Column::Owner,
    Column::Task,
    Column::Due,
];

/// The same with the district's review beside the commune's verdict.
const REVIEWED: &[Column] = &[
    Column::Code,
    Column::Content,
    Column::Target,
    Column::Result,
    Column::Verdict,
    Column::Review,
    Column::Owner,
    Column::Task,
    Column::Due,
];

/// Year and month: half a year in order, and the month a year before its last.
const MONTHS: [(i16, i8); 7] = [(2022, 11), (2022, 12), (2023, 1), (2023, 2), (2023, 3), (2023, 4), (2022, 4)];

/// The place of the month a year before.
const YEAR_AGO: usize = 6;

/// Figures by their items.
type Figures = &'static [(&'static str, f64)];

/// One report as it is sent.
struct Sent {
    commune: &'static str,
    month: usize,
    received: Date,
    /// Behind the commune's name in the file's.
    mark: &'static str,
    unmet: &'static str,
    /// Figures other than the usual.
    figures: Figures,
    /// Whether the plans are written down this month.
    planned: bool,
    /// What the district does not call met; `None` where it has not looked.
    reviewed: Option<&'static str>,
    /// Totals other than those of the list.
    declared: Option<(usize, usize)>,
}

const SENT: Sent = Sent {
    commune: "",
    month: 0,
    received: date(2022, 11, 22),
    mark: "",
    unmet: "",
    figures: &[],
    planned: false,
    reviewed: None,
    declared: None,
};

/// The files of the inbox by their paths.
pub(crate) fn files() -> BTreeMap<String, Vec<u8>> {
    let set = sets::ntm();
    let reports = sent().into_iter().chain(a_year_ago());
    reports.map(|sent| (path(&sent), bytes(&sent, &set))).chain([plans(&set)]).collect()
}

fn path(sent: &Sent) -> String {
    let (year, month) = MONTHS[sent.month];
    format!("{}/NTM {} {month:02}-{year}{}.xlsx", sent.received, sent.commune, sent.mark)
}

fn bytes(sent: &Sent, set: &Set) -> Vec<u8> {
    let unmet: Vec<&str> = sent.unmet.split_whitespace().collect();
    let mut answers = answers(set, &unmet);
    for (code, value) in sent.figures {
        answers.get_mut(*code).expect("a code of the set").figure = Figure::Number(*value);
    }
    if sent.planned {
        unmet.iter().for_each(|code| plan(answers.get_mut(*code).expect("a code of the set")));
    }
    if let Some(reviewed) = sent.reviewed {
        let is_unmet = |code: &str| reviewed.split_whitespace().any(|unmet| unmet == code);
        answers.iter_mut().for_each(|(code, answer)| {
            answer.reviewed = Some(if is_unmet(code) { Verdict::NotMet } else { Verdict::Met });
        });
    }
    let mut declared = count(set, &answers);
    if let Some((criteria_met, indicators_met)) = sent.declared {
        declared = Declared { criteria_met, indicators_met, ..declared };
    }
    let report = Report {
        commune: sent.commune,
        period: MONTHS[sent.month],
        signed: sent.received,
        set,
        answers,
        declared: Some(declared),
    };
    let columns = if sent.reviewed.is_some() { REVIEWED } else { WITH_PLAN };
    let style = Style { columns, ..Style::COMMON };
    write(&Workbook { sheets: vec![sheet(&report, &style, "NTM")] }, FileFormat::Xlsx)
}

fn plan(answer: &mut Answer) {
    let (owner, task, due) = ("Phó Chủ tịch UBND xã", "Hoàn thiện hồ sơ, trình huyện thẩm tra", date(2023, 3, 31));
    answer.plan = Some(Plan { owner, task, due });
}

/// The plan form of March as the health office sends it back in April: La Sơn has a plan for 15.4, which it never wrote
/// itself, and Trung Lương until the end of June for the same.
fn plans(set: &Set) -> (String, Vec<u8>) {
    let end_of_june = Some(date(2023, 6, 30));
    let row = Row {
        commune: ("13516", "Đồng Du"),
        item: "15.4",
        since: "11/2022",
        standing: "",
        owner: "",
        task: "",
        due: None,
    };
    let rows = [
        Row {
            commune: ("13546", "Trung Lương"),
            standing: "Phó Chủ tịch UBND xã: Hoàn thiện hồ sơ, trình huyện thẩm tra (31/3/2023)",
            due: end_of_june,
            ..row
        },
        Row {
            commune: ("13555", "La Sơn"),
            owner: "Trạm trưởng Trạm Y tế xã La Sơn",
            task: "Lập sổ khám chữa bệnh điện tử cho số hộ còn lại",
            due: end_of_june,
            ..row
        },
        row,
        Row { item: "17.8", since: "2/2023", ..row },
    ];
    let march = Period::new(2023, 3).expect("a month of the calendar");
    let path = "2023-04-10/Ke-hoach-phong-y-te-2023-03.xlsx".to_owned();
    (path, returned_plans::xlsx(march, "Phòng Y tế", (set, "NTM"), &rows))
}

/// April a year before: every commune meets less than now.
fn a_year_ago() -> impl Iterator<Item = Sent> {
    let told: [(&str, &str, Figures); 4] = [
        ("Trung Lương", "2.2 3.1 7 11 12.2 15.4 17.5 17.6 17.8 17.11 18.4", &[("15.1", 89.0), ("15.4", 46.5)]),
        ("La Sơn", "5 7 12.2 15.4 17.11", &[("15.1", 91.2), ("15.4", 45.0)]),
        ("Đồng Du", "2.2 3.1 5 7 12.2 15.4 17.4 17.6 17.8 17.11 18.4", &[("2.2", 65.0), ("15.1", 86.9)]),
        ("Bồ Đề", "5 11 15.4 17.11", &[("15.1", 93.2), ("15.4", 55.0)]),
    ];
    told.into_iter().map(|(commune, unmet, figures)| Sent {
        commune,
        month: YEAR_AGO,
        received: in_time(YEAR_AGO),
        unmet,
        figures,
        ..SENT
    })
}

fn sent() -> Vec<Sent> {
    [trung_luong(), la_son(), dong_du(), bo_de()].into_iter().flatten().collect()
}

/// The day of a month in time, and one that is late.
fn in_time(month: usize) -> Date {
    let (year, month) = MONTHS[month];
    date(year, month, 22)
}

/// Gains an indicator or two each month and is on course; its plans are written until January and carried over since;
/// in April the share of 15.1 is a tenth of what it was.
fn trung_luong() -> Vec<Sent> {
    let unmet = [
        "2.2 3.1 11 12.2 15.4 17.5 17.6 17.11",
        "2.2 3.1 11 12.2 15.4 17.5 17.11",
        "2.2 11 12.2 15.4 17.5 17.11",
        "2.2 11 12.2 15.4 17.5",
        "2.2 11 15.4 17.5",
        "2.2 11 15.4",
    ];
    let share: [&[(&str, f64)]; 6] = [
        &[("15.1", 90.2), ("15.4", 52.0)],
        &[("15.1", 90.6), ("15.4", 54.5)],
        &[("15.1", 91.1), ("15.4", 57.0)],
        &[("15.1", 91.4), ("15.4", 60.5)],
        &[("15.1", 91.9), ("15.4", 63.0)],
        &[("15.1", 9.2), ("15.4", 66.0)],
    ];
    let months = unmet.into_iter().zip(share).enumerate();
    let of_month = |(month, (unmet, figures))| Sent {
        commune: "Trung Lương",
        month,
        received: in_time(month),
        unmet,
        figures,
        planned: month < 3,
        ..SENT
    };
    months.map(of_month).collect()
}

/// Stands still: the same three all the while, with the same values; April repeats March in every figure.
fn la_son() -> Vec<Sent> {
    let share: [&[(&str, f64)]; 6] = [
        &[("15.1", 92.0), ("15.4", 48.5)],
        &[("15.1", 92.3), ("15.4", 48.5)],
        &[("15.1", 92.5), ("15.4", 48.5)],
        &[("15.1", 92.8), ("15.4", 48.5)],
        &[("15.1", 93.0), ("15.4", 48.5)],
        &[("15.1", 93.0), ("15.4", 48.5)],
    ];
    let of_month = |(month, figures)| Sent {
        commune: "La Sơn",
        month,
        received: in_time(month),
        unmet: "5 15.4 17.11",
        figures,
        ..SENT
    };
    share.into_iter().enumerate().map(of_month).collect()
}

/// Late in January, silent in March; loses 17.8 in February and has it again; sends April twice, the second time with 2.2
/// and 7 met and 15.1 mended, reviewed by the district, which does not call 2.2 met; is behind.
fn dong_du() -> Vec<Sent> {
    let of_month =
        |month, unmet, figures| Sent { commune: "Đồng Du", month, received: in_time(month), unmet, figures, ..SENT };
    vec![
        of_month(0, "2.2 3.1 7 12.2 15.4 17.4 17.6 17.11 18.4", &[("2.2", 70.0), ("15.1", 88.0)]),
        of_month(1, "2.2 3.1 7 12.2 15.4 17.4 17.6 17.11 18.4", &[("2.2", 74.0), ("15.1", 88.4)]),
        Sent {
            received: date(2023, 1, 30),
            ..of_month(2, "2.2 3.1 7 12.2 15.4 17.4 17.6 17.11", &[("2.2", 78.5), ("15.1", 88.7)])
        },
        of_month(3, "2.2 3.1 7 12.2 15.4 17.4 17.6 17.8 17.11", &[("2.2", 82.0), ("15.1", 89.0)]),
        of_month(5, "2.2 3.1 7 12.2 15.4 17.4 17.6 17.11", &[("2.2", 87.0), ("15.1", 98.5)]),
        Sent {
            received: date(2023, 4, 24),
            mark: " sua",
            reviewed: Some("2.2 3.1 12.2 15.4 17.4 17.6 17.11"),
            ..of_month(5, "3.1 12.2 15.4 17.4 17.6 17.11", &[("2.2", 90.5), ("15.1", 89.5)])
        },
    ]
}

/// Has met all but one since February; April still declares the totals of March; 15.4 is called met below its target.
fn bo_de() -> Vec<Sent> {
    let unmet = ["11 15.4 17.11", "11 15.4 17.11", "11 17.11", "17.11", "2.2 17.11", "17.11"];
    let share: [&[(&str, f64)]; 6] = [
        &[("15.1", 94.0), ("15.4", 61.0)],
        &[("15.1", 94.1), ("15.4", 64.0)],
        &[("15.1", 94.3), ("15.4", 71.0)],
        &[("15.1", 94.6), ("15.4", 72.5)],
        &[("15.1", 94.8), ("15.4", 73.0)],
        &[("15.1", 95.0), ("15.4", 66.8)],
    ];
    let months = unmet.into_iter().zip(share).enumerate();
    let of_month = |(month, (unmet, figures))| Sent {
        commune: "Bồ Đề",
        month,
        received: in_time(month),
        unmet,
        figures,
        declared: (month == 5).then_some((17, 55)),
        ..SENT
    };
    months.map(of_month).collect()
}
