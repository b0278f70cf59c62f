//! A table of the settings file and what may be asked of it: each answer has its place, each refusal is a slip.
//!
//! The parsed document is walked rather than deserialised: serde stops at the first slip, and a float such as an
//! unquoted `17.10` would have lost its last digit before anyone could say so.

use std::ops::Range;

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use unicode_normalization::UnicodeNormalization;

use super::slip::{Slips, nearest};
use crate::model::{Period, Text};

/// A table with its name, as `[name]` or `[[name]]` writes it.
pub(super) struct Section<'a> {
    name: &'a str,
    span: Range<usize>,
    table: &'a DeTable<'a>,
}

/// The document itself.
pub(super) fn document<'a>(table: &'a Spanned<DeTable<'a>>) -> Section<'a> {
    Section { name: "", span: 0..0, table: table.get_ref() }
}

impl<'a> Section<'a> {
    /// Where it begins.
    pub(super) fn span(&self) -> &Range<usize> {
        &self.span
    }

    /// Every key that is not one of these is a slip, with the nearest of them proposed.
    pub(super) fn refuse_others(&self, keys: &[&str], slips: &mut Slips<'_>) {
        for key in self.table.keys() {
            let written = key.get_ref().as_ref();
            if keys.contains(&written) {
                continue;
            }
            let path = self.path(written);
            let all = keys.join(", ");
            let otherwise = Text::new(format!("chỉ dùng: {all}"), format!("use one of: {all}"));
            let hint = nearest(written, keys.iter().copied(), otherwise);
            let message =
                Text::new(format!("không có mục cài đặt «{path}»"), format!("there is no setting \"{path}\""));
            slips.add(&key.span(), message, hint);
        }
    }

    /// The table of a key.
    pub(super) fn section(&self, key: &'a str, slips: &mut Slips<'_>) -> Option<Section<'a>> {
        let value = self.table.get(key)?;
        match value.get_ref() {
            DeValue::Table(table) => Some(Section { name: key, span: value.span(), table }),
            _ => {
                let hint =
                    Text::new(format!("ghi [{key}] ở dòng riêng"), format!("write [{key}] on a line of its own"));
                self.refuse(key, value, Text::new("một bảng", "a table"), hint, slips);
                None
            }
        }
    }

    /// The tables of a key, in their order.
    pub(super) fn sections(&self, key: &'a str, slips: &mut Slips<'_>) -> Vec<Section<'a>> {
        let Some(value) = self.table.get(key) else { return Vec::new() };
        let expected = Text::new("các bảng", "tables");
        let hint = Text::new(
            format!("ghi [[{key}]] (hai dấu ngoặc vuông) trước mỗi mục"),
            format!("write [[{key}]] (two brackets) before each entry"),
        );
        let DeValue::Array(array) = value.get_ref() else {
            self.refuse(key, value, expected, hint, slips);
            return Vec::new();
        };
        let mut sections = Vec::new();
        for entry in array {
            match entry.get_ref() {
                DeValue::Table(table) => sections.push(Section { name: key, span: entry.span(), table }),
                _ => self.refuse(key, entry, expected.clone(), hint.clone(), slips),
            }
        }
        sections
    }

    /// The text of a key, trimmed and in NFC.
    pub(super) fn text(&self, key: &str, slips: &mut Slips<'_>) -> Option<Spanned<String>> {
        self.as_text(key, self.table.get(key)?, slips)
    }

    /// A key that is not there is a slip, with an example of what to write.
    pub(super) fn require(&self, key: &str, example: &str, slips: &mut Slips<'_>) {
        if !self.table.contains_key(key) {
            let path = self.path(key);
            let message = Text::new(format!("thiếu «{path}»"), format!("\"{path}\" is missing"));
            let hint = Text::new(format!("thêm dòng {key} = {example}"), format!("add a line {key} = {example}"));
            slips.add(&self.span, message, hint);
        }
    }

    /// A table that is not there is a slip, with an example of what to write under its name.
    pub(super) fn require_section(&self, key: &str, example: &str, slips: &mut Slips<'_>) {
        if !self.table.contains_key(key) {
            let message = Text::new(format!("thiếu phần [{key}]"), format!("the part [{key}] is missing"));
            let hint = Text::new(
                format!("thêm dòng [{key}], dưới đó ghi {example}"),
                format!("add a line [{key}] and below it {example}"),
            );
            slips.add(&self.span, message, hint);
        }
    }

    /// The text of a key that has to be there and to say something.
    pub(super) fn required(&self, key: &str, slips: &mut Slips<'_>) -> Option<Spanned<String>> {
        self.require(key, "\"…\"", slips);
        let text = self.text(key, slips)?;
        if text.get_ref().is_empty() {
            let path = self.path(key);
            let message = Text::new(format!("«{path}» để trống"), format!("\"{path}\" is empty"));
            slips.add(
                &text.span(),
                message,
                Text::new("ghi nội dung giữa hai dấu ngoặc kép", "write it between the quotes"),
            );
            return None;
        }
        Some(text)
    }

    /// The texts of a key: a list, or a single one.
    pub(super) fn texts(&self, key: &str, slips: &mut Slips<'_>) -> Option<Vec<Spanned<String>>> {
        let value = self.table.get(key)?;
        match value.get_ref() {
            DeValue::Array(array) => Some(array.iter().filter_map(|entry| self.as_text(key, entry, slips)).collect()),
            _ => self.as_text(key, value, slips).map(|text| vec![text]),
        }
    }

    /// The whole number of a key.
    pub(super) fn integer(&self, key: &str, slips: &mut Slips<'_>) -> Option<Spanned<i64>> {
        self.as_integer(key, self.table.get(key)?, slips)
    }

    /// The whole numbers of a key: a list, or a single one.
    pub(super) fn integers(&self, key: &str, slips: &mut Slips<'_>) -> Option<Vec<Spanned<i64>>> {
        let value = self.table.get(key)?;
        match value.get_ref() {
            DeValue::Array(array) => {
                Some(array.iter().filter_map(|entry| self.as_integer(key, entry, slips)).collect())
            }
            _ => self.as_integer(key, value, slips).map(|number| vec![number]),
        }
    }

    fn as_integer(&self, key: &str, value: &Spanned<DeValue<'_>>, slips: &mut Slips<'_>) -> Option<Spanned<i64>> {
        let number = match value.get_ref() {
            DeValue::Integer(integer) => i64::from_str_radix(integer.as_str(), integer.radix()).ok(),
            _ => None,
        };
        if number.is_none() {
            let hint = Text::new(
                format!("ghi số không có ngoặc kép, ví dụ {key} = 25"),
                format!("write a number without quotes, such as {key} = 25"),
            );
            self.refuse(key, value, Text::new("một số nguyên", "a whole number"), hint, slips);
        }
        number.map(|number| Spanned::new(value.span(), number))
    }

    /// The yes or no of a key.
    pub(super) fn boolean(&self, key: &str, slips: &mut Slips<'_>) -> Option<bool> {
        let value = self.table.get(key)?;
        let answer = value.get_ref().as_bool();
        if answer.is_none() {
            let hint = Text::new(
                format!("ghi {key} = true (có) hoặc {key} = false (không)"),
                format!("write {key} = true or {key} = false"),
            );
            self.refuse(key, value, Text::new("true hoặc false", "true or false"), hint, slips);
        }
        answer
    }

    /// The day of a key, with or without quotes.
    pub(super) fn date(&self, key: &str, slips: &mut Slips<'_>) -> Option<Spanned<Date>> {
        let value = self.table.get(key)?;
        let day = match value.get_ref() {
            DeValue::Datetime(moment) if moment.time.is_none() => moment
                .date
                .and_then(|d| Date::new(i16::try_from(d.year).ok()?, d.month.cast_signed(), d.day.cast_signed()).ok()),
            DeValue::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        if day.is_none() {
            let hint = Text::new(
                format!("ghi năm-tháng-ngày, ví dụ {key} = 2025-07-01"),
                format!("write year-month-day, such as {key} = 2025-07-01"),
            );
            self.refuse(key, value, Text::new("một ngày", "a day"), hint, slips);
        }
        day.map(|day| Spanned::new(value.span(), day))
    }

    /// The month of a key.
    pub(super) fn month(&self, key: &str, slips: &mut Slips<'_>) -> Option<Spanned<Period>> {
        let value = self.table.get(key)?;
        let month: Option<Period> = value.get_ref().as_str().and_then(|text| text.trim().parse().ok());
        if month.is_none() {
            let hint = Text::new(
                format!("ghi năm-tháng trong ngoặc kép, ví dụ {key} = \"2023-04\""),
                format!("write year-month in quotes, such as {key} = \"2023-04\""),
            );
            self.refuse(key, value, Text::new("một tháng", "a month"), hint, slips);
        }
        month.map(|month| Spanned::new(value.span(), month))
    }

    /// A value as text. A number is refused with its own digits in quotes: TOML itself would read 17.10 as 17.1.
    fn as_text(&self, key: &str, value: &Spanned<DeValue<'_>>, slips: &mut Slips<'_>) -> Option<Spanned<String>> {
        let hint = match value.get_ref() {
            DeValue::String(text) => return Some(Spanned::new(value.span(), text.trim().nfc().collect())),
            DeValue::Float(_) | DeValue::Integer(_) => number_hint(&slips.quoted(&value.span())),
            _ => Text::new(
                "ghi chữ trong ngoặc kép, ví dụ \"Trung Lương\"",
                "write text in quotes, such as \"Trung Lương\"",
            ),
        };
        self.refuse(key, value, Text::new("chữ trong ngoặc kép", "text in quotes"), hint, slips);
        None
    }

    /// The slip of a value that is not what is expected.
    fn refuse(&self, key: &str, value: &Spanned<DeValue<'_>>, expected: Text, hint: Text, slips: &mut Slips<'_>) {
        let (path, found) = (self.path(key), slips.quoted(&value.span()));
        let message = Text::new(
            format!("«{path}» là {found}, cần {}", expected.vi),
            format!("\"{path}\" is {found}, expected {}", expected.en),
        );
        slips.add(&value.span(), message, hint);
    }

    fn path(&self, key: &str) -> String {
        if self.name.is_empty() { key.to_owned() } else { format!("{}.{key}", self.name) }
    }
}

/// What to do about a number where text belongs: `17.10` is worth its own words.
fn number_hint(digits: &str) -> Text {
    let mut hint = Text::new(format!("đặt trong ngoặc kép: \"{digits}\""), format!("put it in quotes: \"{digits}\""));
    if digits.contains('.') && digits.ends_with('0') {
        let read = digits.trim_end_matches('0');
        hint.vi += &format!("; không có ngoặc kép thì {digits} bị hiểu là {read}");
        hint.en += &format!("; without them {digits} is read as {read}");
    }
    hint
}
