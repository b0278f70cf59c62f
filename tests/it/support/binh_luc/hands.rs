//! The sixteen communes: how each makes its file, when it sends it, and what it has not met.

use super::super::reports::{
    Codes, Column, ColumnNumbers, CriterionRows, CriterionVerdicts, Figures, Groups, Head, HeaderRows, HeaderWords,
    Naming, PeriodWords, Signature, SingleRows, Style, SubLines, TitleWords, Totals, Verdicts,
};
use super::super::spelling::Spelling;
use super::super::workbook::FileFormat;

/// One commune of the workspace.
#[derive(Debug)]
pub(super) struct Commune {
    pub(super) code: &'static str,
    pub(super) name: &'static str,
    pub(super) format: FileFormat,
    pub(super) style: Style,
    /// Names of its sheets: NTM, then nâng cao where it reports on it.
    pub(super) sheets: &'static [&'static str],
    pub(super) extra: Extra,
    pub(super) march: Sending,
    pub(super) april: Sending,
    pub(super) ntm: Unmet,
    pub(super) advanced: Unmet,
}

/// A sheet besides the reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extra {
    Nothing,
    /// How to fill the form, in front.
    Instructions,
    /// Last year's table, hidden, behind.
    OldSheet,
}

/// What became of a month's file; paths are below the inbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sending {
    InTime(&'static str),
    /// The file broke off on its way.
    CutOff(&'static str),
    Missing,
}

/// Codes of indicators not met, by month.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unmet {
    pub(super) march: &'static str,
    pub(super) april: &'static str,
}

const NOT_REPORTED: Unmet = Unmet { march: "", april: "" };
const ALL_MET: Unmet = Unmet { march: "", april: "" };

const WITH_MARKS: &[Column] =
    &[Column::Code, Column::Content, Column::Target, Column::Result, Column::Met, Column::NotMet, Column::Note];
const WITH_UNIT: &[Column] =
    &[Column::Code, Column::Content, Column::Unit, Column::Target, Column::Result, Column::Verdict, Column::Note];
const WITH_CRITERION: &[Column] =
    &[Column::Code, Column::Criterion, Column::Content, Column::Target, Column::Result, Column::Verdict, Column::Note];
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
const SHORT: &[Column] = &[Column::Code, Column::Content, Column::Result, Column::Verdict];

/// In the order of their codes.
pub(super) const COMMUNES: [Commune; 16] = [
    Commune {
        code: "13504",
        name: "Bình Nghĩa",
        format: FileFormat::Xlsx,
        style: Style { column_numbers: ColumnNumbers::Shown, ..Style::COMMON },
        sheets: &["NTM", "NTM nâng cao"],
        extra: Extra::Nothing,
        march: Sending::InTime("2023-03-24/BC NTM xã Bình Nghĩa tháng 3.2023.xlsx"),
        april: Sending::InTime("2023-04-24/BC NTM xã Bình Nghĩa tháng 4.2023.xlsx"),
        ntm: Unmet { march: "15.4", april: "" },
        advanced: Unmet { march: "3.3 8.2 13.5 14.3 14.4 17.5", april: "3.3 13.5 14.3 17.5" },
    },
    Commune {
        code: "13510",
        name: "Tràng An",
        format: FileFormat::Xls,
        style: Style {
            title: TitleWords::Review,
            period: PeriodWords::UpTo,
            columns: WITH_MARKS,
            header: HeaderWords::Second,
            header_rows: HeaderRows::Two,
            groups: Groups::Absent,
            criteria: CriterionRows::Roman,
            singles: SingleRows::Own,
            figures: Figures::Text,
            verdicts: Verdicts::Mark("x"),
            totals: Totals::Rows,
            ..Style::COMMON
        },
        sheets: &["Biểu 1", "Biểu 2"],
        extra: Extra::Nothing,
        march: Sending::InTime("2023-03-25/Trang An - bieu NTM T3.xls"),
        april: Sending::InTime("2023-04-25/Trang An - bieu NTM T4.xls"),
        ntm: Unmet { march: "17.11", april: "17.11" },
        advanced: Unmet { march: "2.4 13.5 13.6 14.3 17.5 17.7 18.6", april: "2.4 13.6 14.3 17.5 18.6" },
    },
    Commune {
        code: "13516",
        name: "Đồng Du",
        format: FileFormat::Ods,
        style: Style {
            font: "Liberation Serif",
            head: Head::Unit,
            title: TitleWords::Situation,
            columns: WITH_UNIT,
            header: HeaderWords::Third,
            groups: Groups::Absent,
            criterion_verdicts: CriterionVerdicts::Shown,
            singles: SingleRows::Own,
            sub_lines: SubLines::Dashes,
            ..Style::COMMON
        },
        sheets: &["NTM", "NC"],
        extra: Extra::Nothing,
        march: Sending::InTime("2023-03-24/ĐỒNG DU_NTM_03.2023.ods"),
        april: Sending::InTime(super::COPIED),
        ntm: ALL_MET,
        advanced: Unmet { march: "3.3 13.5 14.3 17.5 18.6", april: "3.3 14.3 17.5 18.4" },
    },
    Commune {
        code: "13519",
        name: "Ngọc Lũ",
        format: FileFormat::Xlsx,
        style: Style {
            head: Head::Unit,
            title: TitleWords::Enclosure,
            naming: Naming::Enclosure,
            columns: WITH_CRITERION,
            header: HeaderWords::Fourth,
            groups: Groups::Absent,
            criteria: CriterionRows::Merged,
            codes: Codes::Number,
            ..Style::COMMON
        },
        sheets: &["57 chỉ tiêu", "75 chỉ tiêu"],
        extra: Extra::Nothing,
        march: Sending::InTime("2023-03-23/Biểu rà soát NTM Ngọc Lũ.xlsx"),
        april: Sending::InTime("2023-04-24/Biểu rà soát NTM Ngọc Lũ.xlsx"),
        ntm: Unmet { march: "2.2 13.3 15.4 17.2 17.9 17.11", april: "2.2 13.3 15.1 17.2 17.9 17.11" },
        advanced: Unmet {
            march: "1.3 2.1 2.2 3.3 6.1 8.2 10 12.2 13.4 13.5 14.1 14.3 14.4 17.2 17.5 17.8 18.1 18.6",
            april: "1.3 2.1 2.2 3.3 6.1 8.2 10 12.2 13.4 13.5 14.1 14.3 14.4 17.2 17.5 17.8 18.1 18.6",
        },
    },
    Commune {
        code: "13522",
        name: "Hưng Công",
        format: FileFormat::Xls,
        style: Style {
            head: Head::Unit,
            period: PeriodWords::Day,
            figures: Figures::Plain,
            totals: Totals::Rows,
            spelling: Spelling::Tcvn3,
            ..Style::COMMON
        },
        sheets: &["NTM"],
        extra: Extra::Nothing,
        march: Sending::InTime("2023-03-25/HUNG CONG BAO CAO NTM 3-2023.xls"),
        april: Sending::InTime("2023-04-25/HUNG CONG BAO CAO NTM 4-2023.xls"),
        ntm: Unmet { march: "5 9.2 15.4 17.1 17.6 17.11 18.4", april: "5 15.4 17.6 17.11 18.4" },
        advanced: NOT_REPORTED,
    },
    Commune {
        code: "13525",
        name: "Đồn Xá",
        format: FileFormat::Xlsm,
        style: Style {
            head: Head::Nothing,
            title: TitleWords::Review,
            naming: Naming::Nowhere,
            period: PeriodWords::Term,
            columns: WITH_MARKS,
            header: HeaderWords::First,
            header_rows: HeaderRows::Two,
            figures: Figures::Plain,
            verdicts: Verdicts::Mark("X"),
            totals: Totals::Nowhere,
            signature: Signature::Absent,
            ..Style::COMMON
        },
        sheets: &["NTM", "NTM nâng cao"],
        extra: Extra::Nothing,
        march: Sending::InTime("2023-03-24/Don Xa bao cao thang 3.xlsm"),
        april: Sending::InTime("2023-04-24/Don Xa bao cao thang 4.xlsm"),
        ntm: ALL_MET,
        advanced: Unmet { march: "3.3 13.5 14.3 14.4 17.5 17.10", april: "3.3 13.5 17.5 17.10" },
    },
    Commune {
        code: "13528",
        name: "An Ninh",
        format: FileFormat::Xlsx,
        style: Style {
            head: Head::Unit,
            title: TitleWords::Situation,
            groups: Groups::Absent,
            criteria: CriterionRows::NameOnly,
            singles: SingleRows::Own,
            codes: Codes::Date,
            verdicts: Verdicts::Words("đạt", "không đạt"),
            ..Style::COMMON
        },
        sheets: &["Sheet1"],
        extra: Extra::Nothing,
        march: Sending::InTime("2023-03-24/An Ninh T3.xlsx"),
        april: Sending::InTime("2023-04-24/An Ninh T4.xlsx"),
        ntm: Unmet { march: "2.3 7 11 12.2 15.4 17.2 17.11 18.3", april: "2.3 7 11 12.2 17.2 17.11 18.3" },
        advanced: NOT_REPORTED,
    },
    Commune {
        code: "13531",
        name: "Bồ Đề",
        format: FileFormat::Xlsx,
        style: Style { totals: Totals::Formula, ..Style::COMMON },
        sheets: &["NTM", "NTM nâng cao"],
        extra: Extra::Instructions,
        march: Sending::InTime("2023-03-23/Bồ Đề - tự đánh giá tháng 3.xlsx"),
        april: Sending::InTime("2023-04-21/Bồ Đề - tự đánh giá tháng 4.xlsx"),
        ntm: Unmet { march: "17.11", april: "" },
        advanced: Unmet { march: "2.1 13.5 14.2 14.3 14.4 17.5 17.7 18.1", april: "2.1 14.3 14.4 17.7" },
    },
    Commune {
        code: "13534",
        name: "Bối Cầu",
        format: FileFormat::Xlsb,
        style: Style {
            font: "Arial",
            size: 11,
            head: Head::Unit,
            title: TitleWords::Review,
            columns: WITH_UNIT,
            header: HeaderWords::Second,
            groups: Groups::Absent,
            codes: Codes::Prefixed,
            spelling: Spelling::Stray,
            ..Style::COMMON
        },
        sheets: &["BC"],
        extra: Extra::Nothing,
        march: Sending::InTime("2023-03-25/boi cau 3.2023.xlsb"),
        april: Sending::InTime("2023-04-25/boi cau 4.2023.xlsb"),
        ntm: Unmet { march: "2.2 6.1 10 13.2 15.4 17.6 17.10 17.11", april: "2.2 6.1 10 13.2 17.6 17.10 17.11" },
        advanced: NOT_REPORTED,
    },
    Commune {
        code: "13540",
        name: "An Nội",
        format: FileFormat::Xlsx,
        style: Style {
            title: TitleWords::Review,
            period: PeriodWords::Short,
            columns: WITH_MARKS,
            header: HeaderWords::Third,
            header_rows: HeaderRows::Two,
            column_numbers: ColumnNumbers::Shown,
            groups: Groups::Absent,
            codes: Codes::Dotted,
            figures: Figures::Text,
            verdicts: Verdicts::Mark("✓"),
            ..Style::COMMON
        },
        sheets: &["Rà soát NTM"],
        extra: Extra::Nothing,
        march: Sending::InTime("2023-03-24/BC NTM An Noi (3-2023).xlsx"),
        april: Sending::InTime("2023-04-28/BC NTM An Noi (4-2023).xlsx"),
        ntm: Unmet { march: "2.2 2.4 12.2 15.4 16 17.1 17.11", april: "2.2 12.2 15.4 16 17.11" },
        advanced: NOT_REPORTED,
    },
    Commune {
        code: "13543",
        name: "Vũ Bản",
        format: FileFormat::Xlsx,
        style: Style {
            title: TitleWords::Review,
            columns: WITH_PLAN,
            header: HeaderWords::Second,
            groups: Groups::Absent,
            singles: SingleRows::Own,
            verdicts: Verdicts::Words("Đ", "CĐ"),
            ..Style::COMMON
        },
        sheets: &["NTM", "NC"],
        extra: Extra::Nothing,
        march: Sending::InTime("2023-03-25/Vu Ban_NTM_NC_thang3.xlsx"),
        april: Sending::CutOff("2023-04-25/Vu Ban_NTM_NC_thang4.xlsx"),
        ntm: Unmet { march: "3.1 15.4 17.8 17.11", april: "3.1 15.4 17.11" },
        advanced: Unmet {
            march: "2.1 2.2 3.1 3.3 6.1 11 13.2 13.5 14.3 14.4 17.5 17.7 18.1 18.7",
            april: "2.1 2.2 3.1 3.3 6.1 11 13.5 14.3 14.4 17.5 17.7 18.1",
        },
    },
    Commune {
        code: "13546",
        name: "Trung Lương",
        format: FileFormat::Xlsx,
        style: Style {
            columns: WITH_PLAN,
            header_rows: HeaderRows::Two,
            column_numbers: ColumnNumbers::Shown,
            criterion_verdicts: CriterionVerdicts::Shown,
            ..Style::COMMON
        },
        sheets: &["NTM", "NTM NC"],
        extra: Extra::Nothing,
        march: Sending::InTime("2023-03-24/BC Trung Lương.xlsx"),
        april: Sending::InTime("2023-04-24/BC Trung Lương.xlsx"),
        ntm: Unmet { march: "2.2 11 12.2 15.4 17.5 17.6 17.11", april: "2.2 11 15.4 17.5 17.11" },
        advanced: Unmet {
            march: "2.1 2.2 3.3 11 12.2 13.2 13.3 13.5 13.6 13.8 14.2 14.3 14.4 17.3 17.5 17.7 17.9 17.10",
            april: "2.1 2.2 11 13.2 13.3 13.5 13.6 13.8 14.2 14.3 14.4 17.5 17.7 17.9",
        },
    },
    Commune {
        code: "13552",
        name: "An Đổ",
        format: FileFormat::Ods,
        style: Style {
            font: "Liberation Serif",
            head: Head::Unit,
            title: TitleWords::Enclosure,
            columns: SHORT,
            header: HeaderWords::Third,
            groups: Groups::Absent,
            criteria: CriterionRows::Roman,
            singles: SingleRows::Own,
            codes: Codes::Comma,
            figures: Figures::Text,
            totals: Totals::Rows,
            ..Style::COMMON
        },
        sheets: &["NTM", "NTM nâng cao"],
        extra: Extra::Nothing,
        march: Sending::InTime("2023-03-24/an do thang 03 nam 2023.ods"),
        april: Sending::InTime("2023-04-24/an do thang 04 nam 2023.ods"),
        ntm: ALL_MET,
        advanced: Unmet { march: "3.3 13.5 17.5", april: "3.3 17.5" },
    },
    Commune {
        code: "13555",
        name: "La Sơn",
        format: FileFormat::Xls,
        style: Style {
            font: "Arial",
            size: 10,
            head: Head::Unit,
            title: TitleWords::Situation,
            period: PeriodWords::Nowhere,
            columns: WITH_UNIT,
            header: HeaderWords::Fourth,
            figures: Figures::Plain,
            signature: Signature::Absent,
            ..Style::COMMON
        },
        sheets: &["NTM", "NTM nang cao"],
        extra: Extra::Nothing,
        march: Sending::InTime("2023-03-25/LA SON T3-2023.xls"),
        april: Sending::Missing,
        ntm: Unmet { march: "15.4", april: "15.4" },
        advanced: Unmet { march: "2.3 3.3 13.5 14.3 14.4 17.5 17.7", april: "2.3 3.3 13.5 14.3 14.4 17.5 17.7" },
    },
    Commune {
        code: "13558",
        name: "Tiêu Động",
        format: FileFormat::Xlsx,
        style: Style {
            title: TitleWords::Enclosure,
            naming: Naming::Enclosure,
            period: PeriodWords::UpTo,
            header: HeaderWords::Second,
            totals: Totals::Rows,
            ..Style::COMMON
        },
        sheets: &["NTM 2023", "NTM NC 2023"],
        extra: Extra::OldSheet,
        march: Sending::InTime("2023-03-25/Tieu Dong NTM 2023.xlsx"),
        april: Sending::InTime("2023-04-25/Tieu Dong NTM 2023 (ban moi).xlsx"),
        ntm: Unmet { march: "2.2 13.1 15.4 17.11 18.6", april: "2.2 13.1 17.11" },
        advanced: Unmet {
            march: "2.2 3.3 5.1 12.2 13.1 13.2 13.5 14.2 14.3 14.4 17.5 17.7 17.10 18.1",
            april: "2.2 3.3 12.2 13.1 13.2 13.5 14.2 14.3 14.4 17.5 17.7 17.10 18.1",
        },
    },
    Commune {
        code: "13561",
        name: "An Lão",
        format: FileFormat::Xlsm,
        style: Style {
            title: TitleWords::Review,
            period: PeriodWords::Day,
            header: HeaderWords::Third,
            totals: Totals::Rows,
            spelling: Spelling::Nfd,
            ..Style::COMMON
        },
        sheets: &["NTM", "Nâng cao"],
        extra: Extra::Nothing,
        march: Sending::InTime("2023-03-24/BC xa An Lao T3 gui VPDP.xlsm"),
        april: Sending::InTime("2023-04-25/BC xa An Lao T4 gui VPDP.xlsm"),
        ntm: Unmet { march: "4.2 15.4 17.4 17.11", april: "15.4 17.4 17.11" },
        advanced: Unmet {
            march: "2.3 4 9 13.3 13.5 14.3 14.4 17.5 17.11 18.1 18.6",
            april: "2.3 9 13.3 13.5 14.3 14.4 17.5 17.11 18.1 18.6",
        },
    },
];
