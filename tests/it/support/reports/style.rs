//! The choices in which clerks' forms differ, each as its own type.

use super::super::spelling::Spelling;
use super::{HeaderWords, TitleWords};

/// How one commune lays out its report.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    pub(crate) font: &'static str,
    pub(crate) size: u8,
    pub(crate) head: Head,
    pub(crate) title: TitleWords,
    pub(crate) naming: Naming,
    pub(crate) period: PeriodWords,
    pub(crate) columns: &'static [Column],
    pub(crate) header: HeaderWords,
    pub(crate) header_rows: HeaderRows,
    pub(crate) column_numbers: ColumnNumbers,
    pub(crate) groups: Groups,
    pub(crate) criteria: CriterionRows,
    pub(crate) criterion_verdicts: CriterionVerdicts,
    pub(crate) singles: SingleRows,
    pub(crate) sub_lines: SubLines,
    pub(crate) codes: Codes,
    pub(crate) figures: Figures,
    pub(crate) verdicts: Verdicts,
    pub(crate) totals: Totals,
    pub(crate) signature: Signature,
    pub(crate) spelling: Spelling,
}

/// What stands over the title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Head {
    Nothing,
    /// The commune's people's committee at the left.
    Unit,
    /// The same, and the country's name and motto at the right.
    National,
}

/// Where the commune is named, apart from the head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Naming {
    UnderTitle,
    /// `(Kèm theo Báo cáo … của UBND xã …)`
    Enclosure,
    /// Nowhere in the sheet: the file's name has to say it.
    Nowhere,
}

/// How the month is worded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PeriodWords {
    /// `Tháng 4 năm 2023`
    Month,
    /// `T4/2023`
    Short,
    /// `Kỳ báo cáo: 04/2023`
    Term,
    /// `(Số liệu đến hết tháng 4 năm 2023)`
    UpTo,
    /// `(Tính đến ngày 25/4/2023)`
    Day,
    /// Nowhere in the title: the file's name has to say it.
    Nowhere,
}

/// The columns of forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    Code,
    /// The criterion's name, merged down its indicators.
    Criterion,
    Content,
    Unit,
    Target,
    Result,
    Verdict,
    /// The district's verdict.
    Review,
    /// One of two columns to mark.
    Met,
    /// The other.
    NotMet,
    Note,
    Owner,
    Task,
    Due,
}

/// Rows of the header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HeaderRows {
    One,
    /// Columns that belong together stand under a common heading.
    Two,
}

/// A row (1) (2) (3) under the header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ColumnNumbers {
    Absent,
    Shown,
}

/// Rows of the criteria's groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Groups {
    Absent,
    /// `I HẠ TẦNG KINH TẾ - XÃ HỘI`
    Roman,
}

/// Rows of the criteria.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CriterionRows {
    /// `2 Giao thông`
    Numbered,
    /// `II Giao thông`
    Roman,
    /// No number: `Tiêu chí số 2: Giao thông`
    NameOnly,
    /// No row: the name is merged down a column of its own.
    Merged,
}

/// Whether rows of criteria state a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CriterionVerdicts {
    Absent,
    Shown,
}

/// Where a criterion with one indicator is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SingleRows {
    /// On the criterion's own row.
    OnCriterion,
    /// On a row of its own, `10.1` under `10`.
    Own,
}

/// Dash lines under some indicators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SubLines {
    Absent,
    Dashes,
}

/// How codes are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Codes {
    /// `2.1` as text.
    Text,
    /// `TC 2.1`
    Prefixed,
    /// The number 2.1, so that 17.10 is 17.1.
    Number,
    /// What Excel makes of 2.1 where the day comes first: 2 January.
    Date,
    /// `2,1`
    Comma,
    /// `2.1.`
    Dotted,
}

/// How percentages are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Figures {
    /// 0.955 with a percent format.
    PercentFormat,
    /// `95,5%`
    Text,
    /// The number 95.5.
    Plain,
}

/// How verdicts are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdicts {
    /// Met and not met in words, in one column.
    Words(&'static str, &'static str),
    /// A mark in one of two columns.
    Mark(&'static str),
}

/// Where totals are stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Totals {
    Nowhere,
    /// A sentence above the table.
    Sentence,
    /// Two rows at its foot.
    Rows,
    /// Two rows at its foot, the indicators counted by a formula.
    Formula,
}

/// What stands under the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Signature {
    Absent,
    /// Who made it at the left, the chairman at the right.
    Chairman,
}

impl Style {
    /// The commonest form; other hands are this with differences.
    pub(crate) const COMMON: Style = Style {
        font: "Times New Roman",
        size: 12,
        head: Head::National,
        title: TitleWords::Table,
        naming: Naming::UnderTitle,
        period: PeriodWords::Month,
        columns: &[Column::Code, Column::Content, Column::Target, Column::Result, Column::Verdict, Column::Note],
        header: HeaderWords::First,
        header_rows: HeaderRows::One,
        column_numbers: ColumnNumbers::Absent,
        groups: Groups::Roman,
        criteria: CriterionRows::Numbered,
        criterion_verdicts: CriterionVerdicts::Absent,
        singles: SingleRows::OnCriterion,
        sub_lines: SubLines::Absent,
        codes: Codes::Text,
        figures: Figures::PercentFormat,
        verdicts: Verdicts::Words("Đạt", "Chưa đạt"),
        totals: Totals::Sentence,
        signature: Signature::Chairman,
        spelling: Spelling::Nfc,
    };

    /// Whether the form has a column.
    pub(crate) fn has(&self, column: Column) -> bool {
        self.columns.contains(&column)
    }
}
