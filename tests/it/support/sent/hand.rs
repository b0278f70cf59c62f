//! How a clerk writes: codes, names, figures, verdicts, letters.

use jiff::civil::date;
use unicode_normalization::UnicodeNormalization;

use super::super::spelling::{self, spell};
use super::super::workbook::{Look, NumberFormat, Value, serial};
use super::chance::Chance;

/// How codes are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Codes {
    Text,
    /// `TC 2.1`
    Prefixed,
    /// `Chỉ tiêu 2.1`
    Worded,
    /// The number 2.1: 17.10 becomes 17.1.
    Number,
    /// The number 2.1 with the dust of a sum: 2.0999999999999996.
    Dusty,
    /// 2 January.
    Date,
    /// `2,1`
    Comma,
    /// `2.1.`
    Dotted,
    /// `17.01`
    Padded,
    /// 1, 2, 3 … down the table.
    Running,
    /// No codes: only names.
    Absent,
    /// In the cell of the name: `2.1. Tỷ lệ …`
    InName,
}

/// How names are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Names {
    Full,
    /// The first words, without what stands in brackets.
    Short,
    /// None: only codes.
    Absent,
}

/// How figures are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Figures {
    /// 0.955 shown as 95,5%.
    Percent,
    /// `95,5%`
    Text,
    /// `95,5% (191/200)`
    WithParts,
    /// The number 95.5.
    Plain,
    /// `Đạt 95,5%`
    Worded,
}

/// How verdicts are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdicts {
    /// Met and not met, in one column.
    Words(&'static str, &'static str),
    /// A mark in one of two columns, under these headings.
    Marks(&'static str, (&'static str, &'static str)),
    /// Signs in one column, with the legend that explains them.
    Signs(&'static str, &'static str, &'static str),
    /// Boxes in one column, one of two ticked.
    Boxes(&'static str, &'static str),
    /// No column: the verdict ends the name.
    InName,
}

/// What letters arrive as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Letters {
    Nfc,
    Nfd,
    Tcvn3,
    /// VNI, with its font.
    Vni,
    /// Eth for Đ.
    Eth,
    /// Tones on the other vowel: `thuỷ`, `hoá`.
    OldTones,
    Stray,
    Capitals,
    /// TCVN3 and Unicode cells side by side.
    Mingled,
}

/// How one clerk writes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hand {
    pub(super) codes: Codes,
    pub(super) names: Names,
    pub(super) figures: Figures,
    pub(super) verdicts: Verdicts,
    pub(super) letters: Letters,
}

const LOOK: Look = Look::of("Times New Roman", 12);

impl Hand {
    /// A text in a cell.
    pub(super) fn text(&self, text: &str, chance: &mut Chance) -> (Value, Look) {
        let (text, look) = match self.letters {
            Letters::Nfc => (text.to_owned(), LOOK),
            Letters::Nfd => (text.nfd().collect(), LOOK),
            Letters::Stray => spell(text, LOOK, spelling::Spelling::Stray),
            Letters::Tcvn3 => spell(text, LOOK, spelling::Spelling::Tcvn3),
            Letters::Mingled if chance.one_in(3) => spell(text, LOOK, spelling::Spelling::Tcvn3),
            Letters::Mingled => (text.to_owned(), LOOK),
            Letters::Vni => spell(text, LOOK, spelling::Spelling::Vni),
            Letters::Eth => (text.replace('Đ', "\u{d0}"), LOOK),
            Letters::OldTones => (spelling::old_tones(text), LOOK),
            Letters::Capitals => (text.to_uppercase(), LOOK),
        };
        (Value::Text(text), look)
    }

    /// A code as it is written, `None` where none is.
    pub(super) fn code(&self, code: &str, running: usize) -> Option<Written> {
        let number = || code.parse::<f64>().expect("a code is a decimal number");
        let general = |n: f64| Written::Value(Value::Number(n, NumberFormat::General));
        let text = |text: String| Written::Text(text);
        Some(match self.codes {
            Codes::Absent | Codes::InName => return None,
            Codes::Text => text(code.to_owned()),
            Codes::Prefixed => text(format!("TC {code}")),
            Codes::Worded => text(format!("Chỉ tiêu {code}")),
            Codes::Comma => text(code.replace('.', ",")),
            Codes::Dotted => text(format!("{code}.")),
            Codes::Running => general(running as f64),
            Codes::Number => general(number()),
            Codes::Dusty => general(number() + if code.contains('.') { 4.440_892_098_500_626e-16 } else { 0.0 }),
            Codes::Padded => text(code.split_once('.').map_or(code.to_owned(), |(c, i)| format!("{c}.{i:0>2}"))),
            Codes::Date => match code.split_once('.') {
                Some((day, month)) => {
                    let part = |text: &str| text.parse::<i8>().expect("a code has two small numbers");
                    Written::Value(Value::Number(serial(date(2023, part(month), part(day))), NumberFormat::DayMonth))
                }
                None => general(number()),
            },
        })
    }

    /// A name as it is written.
    pub(super) fn name(&self, code: &str, name: &str) -> Option<String> {
        let name = match self.names {
            Names::Absent => return None,
            Names::Full => name.to_owned(),
            Names::Short => shortened(name),
        };
        Some(if self.codes == Codes::InName { format!("{code}. {name}") } else { name })
    }

    /// A share or a number as it is written.
    pub(super) fn figure(&self, number: f64, unit: &str) -> Written {
        let comma = |n: f64| n.to_string().replace('.', ",");
        let plain = || Written::Value(Value::Number(number, NumberFormat::General));
        match (self.figures, unit) {
            (Figures::Percent, "%") => {
                Written::Value(Value::Number((number * 10.0).round() / 1000.0, NumberFormat::Percent1))
            }
            (Figures::Text, "%") => Written::Text(format!("{}%", comma(number))),
            (Figures::WithParts, "%") => {
                Written::Text(format!("{}% ({}/1.000)", comma(number), (number * 10.0).round() as u32))
            }
            (Figures::Worded, "%") => Written::Text(format!("Đạt {}%", comma(number))),
            (Figures::Text | Figures::Worded, "triệu đồng/người/năm") => {
                Written::Text(format!("{} triệu đồng/người/năm", comma(number)))
            }
            (Figures::Text | Figures::WithParts | Figures::Worded, _) => Written::Text(comma(number)),
            (Figures::Percent | Figures::Plain, _) => plain(),
        }
    }
}

/// Something to be put into a cell: a text still to be spelt, or a value.
pub(super) enum Written {
    Text(String),
    Value(Value),
}

/// The first words of a name, without what stands in brackets.
fn shortened(name: &str) -> String {
    let mut depth = 0;
    let plain: String = name
        .chars()
        .filter(|c| {
            depth += i32::from(*c == '(');
            let keep = depth == 0;
            depth -= i32::from(*c == ')');
            keep
        })
        .collect();
    let words: Vec<&str> = plain.split_whitespace().take(11).collect();
    words.join(" ").trim_end_matches([',', ';', ':']).to_owned()
}
