//! The values of cells as they are read: `1.234,5` and `95,5%` in Vietnamese, `1,234.5` and `95.5%` in English.

use crate::model::Lang;
use crate::model::report::CellValue;

/// The text of a cell.
pub(super) fn shown(value: &CellValue, lang: Lang) -> String {
    match value {
        CellValue::Empty => String::new(),
        CellValue::Text(text) => text.clone(),
        CellValue::Integer(number) => signed(*number < 0, grouped(&number.unsigned_abs().to_string(), lang)),
        CellValue::Decimal { value, decimals } => decimal(*value, *decimals, lang),
        CellValue::Percent { share, decimals } => decimal(share * 100.0, *decimals, lang) + "%",
        CellValue::Date(day) => format!("{}/{}/{}", day.day(), day.month(), day.year()),
    }
}

fn decimal(value: f64, decimals: u8, lang: Lang) -> String {
    if !value.is_finite() {
        return value.to_string();
    }
    // 0.285 as a share is 28.499999999999996 as a percentage: the last bit must not decide how a half is rounded,
    // and the workbook, where Excel rounds, must not say another figure.
    let scaled = value * 10f64.powi(i32::from(decimals));
    let whole = (scaled * (1.0 + 1e-12)).round() as i128;
    let digits = format!("{:0width$}", whole.unsigned_abs(), width = usize::from(decimals) + 1);
    let (integer, fraction) = digits.split_at(digits.len() - usize::from(decimals));
    let mut text = grouped(integer, lang);
    if !fraction.is_empty() {
        text.push(match lang {
            Lang::Vi => ',',
            Lang::En => '.',
        });
        text.push_str(fraction);
    }
    signed(whole < 0, text)
}

fn signed(negative: bool, digits: String) -> String {
    if negative { format!("-{digits}") } else { digits }
}

fn grouped(digits: &str, lang: Lang) -> String {
    let mark = match lang {
        Lang::Vi => '.',
        Lang::En => ',',
    };
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(mark);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn both(value: CellValue) -> (String, String) {
        (shown(&value, Lang::Vi), shown(&value, Lang::En))
    }

    fn check(value: CellValue, vietnamese: &str, english: &str) {
        assert_eq!(both(value), (vietnamese.to_owned(), english.to_owned()));
    }

    #[test]
    fn numbers_follow_the_language() {
        check(CellValue::Integer(1_234_567), "1.234.567", "1,234,567");
        check(CellValue::Integer(-1000), "-1.000", "-1,000");
        check(CellValue::Integer(999), "999", "999");
        check(CellValue::Decimal { value: 1234.5, decimals: 2 }, "1.234,50", "1,234.50");
        check(CellValue::Decimal { value: -0.04, decimals: 1 }, "0,0", "0.0");
        check(CellValue::Percent { share: 0.955, decimals: 1 }, "95,5%", "95.5%");
        check(CellValue::Date(date(2023, 4, 5)), "5/4/2023", "5/4/2023");
        check(CellValue::Empty, "", "");
    }

    #[test]
    fn a_half_is_rounded_up_as_excel_does() {
        check(CellValue::Percent { share: 0.285, decimals: 0 }, "29%", "29%");
        check(CellValue::Decimal { value: 2.5, decimals: 0 }, "3", "3");
        check(CellValue::Decimal { value: 1.005, decimals: 2 }, "1,01", "1.01");
        check(CellValue::Decimal { value: 0.05, decimals: 2 }, "0,05", "0.05");
    }
}
