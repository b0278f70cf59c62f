//! One cell: its value as Excel keeps it, and what Excel could not keep.

use std::borrow::Cow;

use jiff::civil::Date;
use rust_xlsxwriter::{Worksheet, XlsxError};

use super::formats::{CellLook, Formats, Guard, Look, Number};
use crate::model::{Lang, report::CellValue};

/// Excel's limit for the text of a cell, in UTF-16 units.
const LONGEST_TEXT: usize = 32_767;

/// Excel keeps 15 digits of a number; a longer one is written as text, so that none of it is changed.
const LARGEST_INTEGER: u64 = 999_999_999_999_999;

/// Days from Excel's day 0 to 1/1/1970.
const EPOCH_SERIAL: i32 = 25_569;

/// Excel takes 1900 for a leap year: only from its day 61, 1/3/1900, do its days agree with the calendar.
const FIRST_SERIAL: i32 = 61;

/// 31/12/9999, the last day Excel knows.
const LAST_SERIAL: i32 = 2_958_465;

/// What Excel is given for a value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Written<'v> {
    /// Nothing.
    Blank,
    /// Text.
    Text(Cow<'v, str>),
    /// A number and how it is shown.
    Number(f64, Number),
}

impl<'v> Written<'v> {
    /// The form in which Excel keeps the value.
    pub(super) fn of(value: &'v CellValue, lang: Lang) -> Self {
        match value {
            CellValue::Empty => Written::Blank,
            CellValue::Text(text) if text.is_empty() => Written::Blank,
            CellValue::Text(text) => Written::Text(fit(text, lang)),
            CellValue::Integer(number) => integer(*number),
            CellValue::Decimal { value, decimals } => Written::Number(*value, Number::Decimal(*decimals)),
            CellValue::Percent { share, decimals } => Written::Number(*share, Number::Percent(*decimals)),
            CellValue::Date(date) => day(*date),
        }
    }

    /// How the number is shown, where it is one.
    pub(super) fn number(&self) -> Number {
        match self {
            Written::Number(_, number) => *number,
            Written::Blank | Written::Text(_) => Number::General,
        }
    }

    /// What must be done so that it stays text.
    pub(super) fn guard(&self) -> Guard {
        match self {
            Written::Text(text) => Guard::of(text),
            Written::Blank | Written::Number(..) => Guard::None,
        }
    }

    /// The value about as Excel shows it, to know how wide it is.
    pub(super) fn shown(&self) -> Cow<'_, str> {
        match self {
            Written::Blank => Cow::Borrowed(""),
            Written::Text(text) => Cow::Borrowed(text),
            Written::Number(value, Number::Percent(decimals)) => {
                Cow::Owned(format!("{:.*}%", usize::from(*decimals), value * 100.0))
            }
            Written::Number(_, Number::Date) => Cow::Borrowed("00/00/0000"),
            Written::Number(_, Number::Moment) => Cow::Borrowed("00/00/0000 00:00"),
            Written::Number(value, Number::Decimal(decimals)) => {
                Cow::Owned(with_separators(&format!("{value:.*}", usize::from(*decimals))))
            }
            Written::Number(value, Number::Integer | Number::General) => {
                Cow::Owned(with_separators(&value.to_string()))
            }
        }
    }
}

/// Writes a value into a cell, in the look of a table's cell. Text goes in as text, never as a formula.
pub(super) fn write(
    sheet: &mut Worksheet,
    formats: &mut Formats,
    (row, col): (u32, u16),
    written: &Written<'_>,
    look: CellLook,
) -> Result<(), XlsxError> {
    let look = CellLook { number: written.number(), guard: written.guard(), ..look };
    let format = formats.get(Look::Cell(look));
    match written {
        Written::Blank => sheet.write_blank(row, col, format)?,
        Written::Text(text) => sheet.write_string_with_format(row, col, text.as_ref(), format)?,
        Written::Number(value, _) => sheet.write_number_with_format(row, col, *value, format)?,
    };
    Ok(())
}

/// The text as long as a cell may hold it; what had to be cut is marked.
pub(super) fn fit(text: &str, lang: Lang) -> Cow<'_, str> {
    // A text has no more UTF-16 units than bytes.
    if text.len() <= LONGEST_TEXT || text.encode_utf16().count() <= LONGEST_TEXT {
        return Cow::Borrowed(text);
    }
    let mark = match lang {
        Lang::Vi => "… (còn nữa)",
        Lang::En => "… (more)",
    };
    let room = LONGEST_TEXT - mark.encode_utf16().count();
    let mut units = 0;
    let kept = text.char_indices().find_map(|(at, letter)| {
        units += letter.len_utf16();
        (units > room).then_some(at)
    });
    Cow::Owned(format!("{}{mark}", &text[..kept.unwrap_or(text.len())]))
}

/// What is written where a frame holds a number that is none.
pub(super) fn not_a_number(lang: Lang) -> &'static str {
    match lang {
        Lang::Vi => "không phải số",
        Lang::En => "not a number",
    }
}

/// Excel's number of a day counted from 1/1/1970, where Excel has one.
pub(super) fn serial_of_epoch_day(days: i32) -> Option<f64> {
    let serial = days.checked_add(EPOCH_SERIAL)?;
    (FIRST_SERIAL..=LAST_SERIAL).contains(&serial).then(|| f64::from(serial))
}

#[expect(clippy::cast_precision_loss, reason = "15 digits fit into the 53 bits of a double")]
fn integer(number: i64) -> Written<'static> {
    if number.unsigned_abs() > LARGEST_INTEGER {
        Written::Text(Cow::Owned(number.to_string()))
    } else {
        Written::Number(number as f64, Number::Integer)
    }
}

fn day(date: Date) -> Written<'static> {
    let epoch = Date::constant(1970, 1, 1);
    match serial_of_epoch_day(epoch.until(date).map_or(i32::MAX, |span| span.get_days())) {
        Some(serial) => Written::Number(serial, Number::Date),
        None => Written::Text(Cow::Owned(date.strftime("%d/%m/%Y").to_string())),
    }
}

/// Digits with a separator before each three.
fn with_separators(digits: &str) -> String {
    let whole = digits.find('.').unwrap_or(digits.len());
    let mut shown = digits.to_owned();
    let first = 1 + usize::from(digits.starts_with('-'));
    for at in (first..whole).rev().filter(|at| (whole - at).is_multiple_of(3)) {
        shown.insert(at, '.');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_are_those_of_excel() {
        assert_eq!(day(date(2023, 4, 25)), Written::Number(45_041.0, Number::Date));
        assert_eq!(day(date(1900, 3, 1)), Written::Number(61.0, Number::Date));
        assert_eq!(day(date(9999, 12, 31)), Written::Number(2_958_465.0, Number::Date));
    }

    #[test]
    fn days_that_excel_does_not_know_are_text() {
        assert_eq!(day(date(1899, 12, 31)), Written::Text("31/12/1899".into()));
        assert_eq!(day(date(1900, 2, 28)), Written::Text("28/02/1900".into()));
    }

    #[test]
    fn numbers_longer_than_excel_keeps_are_text() {
        assert_eq!(integer(-999_999_999_999_999), Written::Number(-999_999_999_999_999.0, Number::Integer));
        assert_eq!(integer(1_000_000_000_000_001), Written::Text("1000000000000001".into()));
    }

    #[test]
    fn long_text_is_cut_with_a_mark() {
        let long = "Đ".repeat(LONGEST_TEXT + 1);
        let cut = fit(&long, Lang::Vi);
        assert_eq!(cut.encode_utf16().count(), LONGEST_TEXT);
        assert!(cut.ends_with("Đ… (còn nữa)"));
        let fitting = "Đ".repeat(LONGEST_TEXT);
        assert_eq!(fit(&fitting, Lang::Vi), fitting.as_str());
    }

    #[test]
    fn letters_of_two_units_are_not_cut_in_half() {
        let long = format!("a{}", "😀".repeat(LONGEST_TEXT));
        let cut = fit(&long, Lang::En);
        assert!(cut.encode_utf16().count() <= LONGEST_TEXT);
        assert!(cut.ends_with("😀… (more)"));
    }

    #[test]
    fn separators_stand_before_each_three_digits() {
        assert_eq!(with_separators("1234567"), "1.234.567");
        assert_eq!(with_separators("999"), "999");
        assert_eq!(with_separators("-123456"), "-123.456");
        assert_eq!(with_separators("1000.25"), "1.000.25");
    }
}
