//! Reports for one purpose each: a commune's table with a few indicators that are not met.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};

use super::figures::{Standing, figure};
use super::reports::{Answer, Report, Style, Verdict, count, sheet};
use super::sets::Set;
use super::workbook::{FileFormat, Workbook, write};

/// What a commune states of a set: everything met but the codes named.
pub(crate) fn answers(set: &Set, unmet: &[&str]) -> BTreeMap<String, Answer> {
    set.indicators()
        .map(|indicator| {
            let is_unmet = unmet.contains(&indicator.code.as_str());
            let (verdict, standing) =
                if is_unmet { (Verdict::NotMet, Standing::Short) } else { (Verdict::Met, Standing::Met) };
            let figure = figure(&set.id, indicator, standing, &format!("{} {}", set.id, indicator.code));
            (indicator.code.clone(), Answer { verdict, figure, note: "", plan: None, reviewed: None })
        })
        .collect()
}

/// The report of a commune for a month of 2023 as a workbook of one sheet.
pub(crate) fn workbook(commune: &str, month: i8, set: &Set, style: &Style, unmet: &[&str]) -> Workbook {
    let answers = answers(set, unmet);
    let declared = Some(count(set, &answers));
    let report = Report { commune, period: (2023, month), signed: signed(month), set, answers, declared };
    Workbook { sheets: vec![sheet(&report, style, "Biểu")] }
}

/// The same in the commonest form, as xlsx.
pub(crate) fn xlsx(commune: &str, month: i8, set: &Set, unmet: &[&str]) -> Vec<u8> {
    write(&workbook(commune, month, set, &Style::COMMON, unmet), FileFormat::Xlsx)
}

fn signed(month: i8) -> Date {
    date(2023, month, 24)
}
