//! Words and small forms that the answers to questions share.

use jiff::civil::{Date, DateTime, Time};

use crate::assess::Status;
use crate::model::{CriteriaSet, ItemCode, Lang, SetId, Text};

/// A text in the language asked for, as text of its own.
pub(super) fn said(lang: Lang, vi: impl Into<String>, en: impl Into<String>) -> String {
    let text = Text::new(vi, en);
    text.get(lang).to_owned()
}

/// A path as a command line takes it: in quotes where it has spaces or signs that the shells of Windows and Unix read as
/// their own.
#[must_use]
pub fn quoted(path: &str) -> String {
    let is_plain = |letter: char| letter.is_alphanumeric() || "-_./\\:".contains(letter);
    if path.chars().all(is_plain) { path.to_owned() } else { format!("\"{path}\"") }
}

/// `Đạt`, and so on.
pub(super) fn status(status: Status) -> Text {
    match status {
        Status::Met => Text::new("Đạt", "Met"),
        Status::NotMet => Text::new("Chưa đạt", "Not met"),
        Status::NotApplicable => Text::new("Không áp dụng", "Not applicable"),
        Status::Open => Text::new("Không ghi đánh giá", "No verdict"),
        Status::NotReported => Text::new("Không báo cáo", "Not reported"),
    }
}

/// One or two letters for a narrow column; the legend explains them.
pub(super) fn mark(status: Status) -> Text {
    match status {
        Status::Met => Text::new("Đ", "M"),
        Status::NotMet => Text::new("C", "N"),
        Status::NotApplicable => Text::new("K", "-"),
        Status::Open => Text::new("?", "?"),
        Status::NotReported => Text::new("·", "·"),
    }
}

/// The word of JSON: that of Parquet where the store has one.
pub(super) fn word(status: Status) -> &'static str {
    match status {
        Status::Met => "met",
        Status::NotMet => "not_met",
        Status::NotApplicable => "not_applicable",
        Status::Open => "open",
        Status::NotReported => "not_reported",
    }
}

/// `25/4/2023`.
pub(super) fn day(day: Date) -> String {
    format!("{}/{}/{}", day.day(), day.month(), day.year())
}

/// `25/4/2023 07:30`; the day alone where no time is known, as in folders named by the day.
pub(super) fn moment(at: DateTime) -> String {
    match at.time() == Time::midnight() {
        true => day(at.date()),
        false => format!("{} {:02}:{:02}", day(at.date()), at.hour(), at.minute()),
    }
}

/// Codes one after the other.
pub(super) fn codes(codes: impl IntoIterator<Item = ItemCode>) -> String {
    codes.into_iter().map(|code| code.to_string()).collect::<Vec<_>>().join(", ")
}

/// A number as short as it can be written, in the language's own sign.
pub(super) fn number(number: f64, lang: Lang) -> String {
    match lang {
        Lang::Vi => number.to_string().replace('.', ","),
        Lang::En => number.to_string(),
    }
}

/// A number with its unit: `85,2%`, `58 triệu đồng/người/năm`.
pub(super) fn measured(value: f64, unit: Option<&str>, lang: Lang) -> String {
    let number = number(value, lang);
    match unit {
        None | Some("") => number,
        Some("%") => format!("{number}%"),
        Some(unit) => format!("{number} {unit}"),
    }
}

/// The short name of a set, or its id where the catalogue does not have it.
pub(super) fn set_name(sets: &[CriteriaSet], id: &SetId) -> String {
    sets.iter().find(|set| set.id == *id).map_or_else(|| id.to_string(), |set| set.short_name.clone())
}

/// The wording of an item, marked where it was not read in the decision.
pub(super) fn item_name(sets: &[CriteriaSet], id: &SetId, code: ItemCode) -> Option<String> {
    let set = sets.iter().find(|set| set.id == *id)?;
    let criterion = set.criterion(code.criterion_number())?;
    let (name, confirmed) = match set.indicator(code) {
        Some(indicator) => (&indicator.name, indicator.confirmed),
        None => (&criterion.name, criterion.confirmed),
    };
    Some(if confirmed { name.clone() } else { format!("{name} (*)") })
}

/// `trang «NTM NC», ô E12` or `sheet "NTM NC", cell E12`.
pub(super) fn place(sheet: &str, cell: &str, lang: Lang) -> String {
    said(lang, format!("trang «{sheet}», ô {cell}"), format!("sheet {sheet:?}, cell {cell}"))
}
