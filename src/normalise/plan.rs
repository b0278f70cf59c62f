//! The lazy plan: sender's words to verdicts, numbers, units and dates, column by column.

use std::collections::HashMap;
use std::sync::Arc;

use polars::prelude::*;

use super::frame::{CONFLICT, IMPLIED, MARK, NOTHING, WORD, days};
use super::said::{self, Asked, Said};
use crate::catalogue::{Catalogue, Figures, VerdictWord, Vocabulary};
use crate::model::frames::{OBSERVATIONS, schema};
use crate::text::date;

/// Entries with what was made of them and, in `verdict_flag`, `value_flag`, `due_flag`, what there is to say.
pub(super) fn judged(entries: DataFrame, catalogue: &Catalogue) -> PolarsResult<DataFrame> {
    let vocabulary = Arc::new(catalogue.vocabulary.clone());
    let figures = Arc::clone(&vocabulary);
    let word = move |columns: &mut [Column]| verdict_words(&columns[0], &vocabulary);
    let value = move |columns: &mut [Column]| values(columns, &figures.figures);
    let text = |_: &Schema, fields: &[Field]| Ok(Field::new(fields[0].name().clone(), DataType::String));
    let stated = |how: &str| col("stated").eq(lit(how));
    entries
        .lazy()
        .with_column(map_multiple(word, [col("verdict_text")], text).alias("word"))
        .with_column(shares()?.alias("shares"))
        .with_columns([
            when(stated(WORD))
                .then(verdict_of_word())
                .when(stated(MARK).or(stated(IMPLIED)))
                .then(col("mark"))
                .otherwise(lit(NULL))
                .alias("verdict"),
            when(stated(NOTHING))
                .then(lit("missing"))
                .when(stated(CONFLICT))
                .then(lit("conflict"))
                .when(stated(WORD))
                .then(flag_of_word())
                .otherwise(lit(NULL))
                .alias("verdict_flag"),
            map_multiple(
                value,
                [
                    col("value_text"),
                    col("value_number"),
                    col("value_percent"),
                    col("value_is_date"),
                    col("set_unit"),
                    col("is_figure"),
                    col("less_is_better"),
                    col("shares"),
                    col("period"),
                ],
                figure_type,
            )
            .alias("figure"),
            map_multiple(dues, [col("due_text"), col("due_date")], due_type).alias("due"),
        ])
        .with_columns([
            col("figure").struct_().field_by_name("value"),
            col("figure").struct_().field_by_name("unit"),
            col("figure").struct_().field_by_name("value_flag"),
            when(col("due_text").is_not_null().and(col("due").is_null()))
                .then(lit("unclear"))
                .otherwise(lit(NULL))
                .alias("due_flag"),
            col("value_text").alias("text"),
        ])
        .drop(by_name(["figure"], true, false))
        .collect()
}

/// The observation frame with the position of the submission before it.
pub(super) fn observations(judged: DataFrame) -> PolarsResult<DataFrame> {
    let mut columns = vec![col("submission")];
    columns.extend(
        schema(OBSERVATIONS)
            .iter()
            .filter(|(name, _)| name.as_str() != "current")
            .map(|(name, dtype)| col(name.clone()).cast(dtype.clone())),
    );
    columns.push(lit(false).alias("current"));
    judged.lazy().select(columns).collect()
}

/// How a submission writes its shares, told by all of them together: `plain` (95.5 for 95,5 %), `fractions` (0.955), or
/// open. Only number cells that are not shown as percentages can be in doubt.
fn shares() -> PolarsResult<Expr> {
    let number = col("value_number");
    let share = col("set_unit").eq(lit("%")).and(col("value_percent").fill_null(lit(false)).not());
    let count = |expr: Expr| expr.fill_null(lit(false)).sum().over([col("submission")]);
    let big = count(share.clone().and(number.clone().gt(lit(1.5))))?;
    let small = count(share.and(number.clone().gt(lit(0.0))).and(number.lt_eq(lit(1.0))))?;
    let told = when(col("told_shares").is_not_null())
        .then(col("told_shares"))
        .when(big.clone().gt_eq(lit(3)).and(big.clone().gt_eq(small.clone() * lit(3))))
        .then(lit("plain"))
        .when(big.eq(lit(0)).and(small.gt_eq(lit(5))))
        .then(lit("fractions"))
        .otherwise(lit("open"));
    Ok(told)
}

/// The verdict of each kind of word; what is only nearly met is not met.
fn verdict_of_word() -> Expr {
    let is = |words: &[&str]| words.iter().map(|w| col("word").eq(lit(*w))).reduce(Expr::or).unwrap_or(lit(false));
    when(is(&["met", "yes"]))
        .then(lit("met"))
        .when(is(&["not_met", "nearly_met", "in_progress", "no"]))
        .then(lit("not_met"))
        .when(is(&["not_applicable"]))
        .then(lit("not_applicable"))
        .otherwise(lit(NULL))
}

/// What there is to say of a verdict's word, by its kind.
fn flag_of_word() -> Expr {
    let is = |word: &str| col("word").eq(lit(word));
    when(col("word").is_null())
        .then(lit("unclear"))
        .when(is("nearly_met").or(is("in_progress")))
        .then(lit("nearly_met"))
        .when(is("not_stated"))
        .then(lit("missing"))
        .when(is("no"))
        .then(lit("no"))
        .otherwise(lit(NULL))
}

/// The kind of word each text is; null where it is none. Each distinct text is read once.
fn verdict_words(texts: &Column, vocabulary: &Vocabulary) -> PolarsResult<Column> {
    let texts = texts.str()?;
    let mut known: HashMap<&str, Option<&'static str>> = HashMap::new();
    let words: StringChunked = texts
        .iter()
        .map(|text| {
            let text = text?;
            *known.entry(text).or_insert_with(|| vocabulary.verdict(text).map(name))
        })
        .collect();
    Ok(words.with_name(texts.name().clone()).into_column())
}

fn name(word: VerdictWord) -> &'static str {
    match word {
        VerdictWord::Met => "met",
        VerdictWord::NotMet => "not_met",
        VerdictWord::NearlyMet => "nearly_met",
        VerdictWord::InProgress => "in_progress",
        VerdictWord::NotApplicable => "not_applicable",
        VerdictWord::NotStated => "not_stated",
        VerdictWord::Yes => "yes",
        VerdictWord::No => "no",
    }
}

fn figure_type(_: &Schema, fields: &[Field]) -> PolarsResult<Field> {
    let parts = vec![
        Field::new("value".into(), DataType::Float64),
        Field::new("unit".into(), DataType::String),
        Field::new("value_flag".into(), DataType::String),
    ];
    Ok(Field::new(fields[0].name().clone(), DataType::Struct(parts)))
}

/// A value as it was made out.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Figure {
    value: Option<f64>,
    percent: bool,
    flag: Option<&'static str>,
}

const NO_FIGURE: Figure = Figure { value: None, percent: false, flag: None };

/// Values, units and what is doubtful about them.
fn values(columns: &mut [Column], words: &Figures) -> PolarsResult<Column> {
    let [texts, numbers, percents, dates, units, figures, lower, shares, periods] = columns else {
        polars_bail!(ComputeError: "nine columns make a value");
    };
    let (lower, shares, periods) = (lower.bool()?, shares.str()?, periods.str()?);
    let (texts, numbers, percents) = (texts.str()?, numbers.f64()?, percents.bool()?);
    let (dates, units, figures) = (dates.bool()?, units.str()?, figures.bool()?);
    let len = texts.len();
    let (mut value, mut unit, mut flag) = (Vec::with_capacity(len), Vec::with_capacity(len), Vec::with_capacity(len));
    for row in 0..len {
        let set_unit = units.get(row).unwrap_or("");
        let wants_figure = figures.get(row).unwrap_or(false);
        let figure = match (texts.get(row), numbers.get(row)) {
            (None, _) => NO_FIGURE,
            _ if dates.get(row) == Some(true) => Figure { flag: Some("unclear"), ..NO_FIGURE },
            (_, Some(n)) => {
                let shown = Shown {
                    percent: percents.get(row),
                    share: set_unit == "%",
                    less_is_better: lower.get(row).unwrap_or(false),
                    shares: shares.get(row).unwrap_or("open"),
                };
                of_number(n, shown)
            }
            (Some(text), None) => {
                let asked = Asked {
                    unit: set_unit,
                    less_is_better: lower.get(row).unwrap_or(false),
                    year: periods.get(row).and_then(|period| period.get(..4)?.parse().ok()),
                };
                of_text(text, asked, wants_figure, words)
            }
        };
        let figure = in_millions(figure, texts.get(row).unwrap_or(""), set_unit);
        let figure = if wants_figure { in_range(figure, set_unit) } else { figure };
        value.push(figure.value);
        unit.push(figure.value.and(if figure.percent { Some("%") } else { Some(set_unit).filter(|u| !u.is_empty()) }));
        flag.push(figure.flag);
    }
    let parts =
        [Column::new("value".into(), value), Column::new("unit".into(), unit), Column::new("value_flag".into(), flag)];
    Ok(StructChunked::from_columns(texts.name().clone(), len, &parts)?.into_column())
}

/// What bears on how a number is meant.
#[derive(Debug, Clone, Copy)]
struct Shown<'a> {
    /// Whether the cell shows a percentage; `None` where the file does not tell.
    percent: Option<bool>,
    /// Whether the indicator is a share.
    share: bool,
    /// Whether a small share is what the indicator wants.
    less_is_better: bool,
    /// How the submission writes its shares.
    shares: &'a str,
}

/// A number cell: 0.955 shown as a percentage is 95.5. A share of one or less that is shown as a plain number is what
/// the rest of its column says it is; where the column does not tell, it is left open.
fn of_number(n: f64, shown: Shown<'_>) -> Figure {
    if shown.percent == Some(true) {
        // 93.5 typed into a percent cell shows as 9350 %: nobody means that.
        let absurd = n.abs() > 10.0;
        return Figure { value: (!absurd).then(|| round(n * 100.0)), percent: true, flag: absurd.then_some("percent") };
    }
    if !shown.share || n <= 0.0 || n > 1.5 {
        return Figure { value: Some(round(n)), percent: shown.share, flag: None };
    }
    match shown.shares {
        "fractions" => Figure { value: Some(round(n * 100.0)), percent: true, flag: Some("fractions") },
        // A person has told it.
        "told_fractions" => Figure { value: Some(round(n * 100.0)), percent: true, flag: None },
        "told_plain" => Figure { value: Some(round(n)), percent: true, flag: None },
        "plain" if shown.less_is_better => Figure { value: Some(round(n)), percent: true, flag: None },
        "plain" if n > 1.0 => Figure { value: Some(round(n)), percent: true, flag: None },
        _ => Figure { value: None, percent: true, flag: Some("percent") },
    }
}

fn of_text(text: &str, asked: Asked<'_>, wants_figure: bool, words: &Figures) -> Figure {
    // Where yes or no is asked, a number inside a sentence is a decision's or a date's.
    let is_sentence = text.chars().filter(|c| c.is_alphabetic()).count() > 3;
    if !wants_figure && is_sentence {
        return NO_FIGURE;
    }
    match said::result(text, asked, words) {
        // 0,955 without its sign is a share of one or a hundredth of it, as in a number cell.
        Said::Result { value, percent: false, .. } if asked.unit == "%" && is_small(value, asked.less_is_better) => {
            Figure { value: None, percent: true, flag: Some("percent") }
        }
        Said::Result { value, percent, doubtful } => Figure {
            value: Some(round(value)),
            percent: percent || asked.unit == "%",
            flag: doubtful.then_some("doubtful"),
        },
        // Words are an answer; figures that do not make a number are a question.
        Said::Unclear if wants_figure => Figure { flag: Some("unclear"), ..NO_FIGURE },
        Said::Unclear | Said::Words => NO_FIGURE,
    }
}

/// Whether a plain number may as well be a fraction as a percentage.
fn is_small(n: f64, less_is_better: bool) -> bool {
    n > 0.0 && n <= if less_is_better { 0.1 } else { 1.0 }
}

/// An amount a head of this many is counted in another unit.
const MOST_A_HEAD: f64 = 1000.0;

/// No share lies outside 0 to 100: above it is a share of the plan. No count is below nothing.
fn in_range(figure: Figure, set_unit: &str) -> Figure {
    let Some(n) = figure.value else { return figure };
    let is_beyond = set_unit == "%" && !(0.0..=100.0).contains(&n);
    let is_unclear = n < 0.0 || (set_unit.contains("/người") && n >= MOST_A_HEAD);
    match (is_beyond, is_unclear) {
        (true, _) => Figure { value: None, flag: Some("beyond"), ..figure },
        (_, true) => Figure { value: None, flag: Some("unclear"), ..figure },
        _ => figure,
    }
}

/// 65.200.000 đồng is 65,2 where the set counts in millions; without the word it is most likely so, and said.
fn in_millions(figure: Figure, text: &str, set_unit: &str) -> Figure {
    match figure.value {
        Some(n) if n >= 100_000.0 && set_unit.starts_with("triệu") => {
            let key = crate::text::fold(text);
            let says_so =
                key.split(' ').any(|w| w == "dong" || w.trim_start_matches(|c: char| c.is_ascii_digit()) == "d");
            Figure { value: Some(round(n / 1e6)), flag: figure.flag.or((!says_so).then_some("millions")), ..figure }
        }
        _ => figure,
    }
}

/// Float noise goes at the tenth decimal: 0.937 * 100 is 93.7.
fn round(n: f64) -> f64 {
    (n * 1e10).round() / 1e10
}

fn due_type(_: &Schema, fields: &[Field]) -> PolarsResult<Field> {
    Ok(Field::new(fields[0].name().clone(), DataType::Date))
}

/// Due days: of the cell where it holds a date, else of its text.
fn dues(columns: &mut [Column]) -> PolarsResult<Column> {
    let (texts, dates) = (columns[0].str()?, columns[1].i32()?);
    let mut known: HashMap<&str, Option<i32>> = HashMap::new();
    let parsed: Int32Chunked = texts
        .iter()
        .zip(dates.iter())
        .map(|(text, date)| {
            date.or_else(|| {
                let text = text?;
                *known
                    .entry(text)
                    .or_insert_with(|| date::day(text).or_else(|| date::month_or_quarter_end(text)).map(days))
            })
        })
        .collect();
    parsed.with_name(texts.name().clone()).into_column().cast(&DataType::Date)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(percent: Option<bool>, shares: &str) -> Shown<'_> {
        Shown { percent, share: true, less_is_better: false, shares }
    }

    #[test]
    fn percentages_are_told_from_plain_numbers() {
        assert_eq!(of_number(0.955, shown(Some(true), "open")).value, Some(95.5));
        assert_eq!(of_number(0.9762000000000001, shown(Some(true), "open")).value, Some(97.62));
        assert_eq!(of_number(95.5, shown(Some(false), "open")).value, Some(95.5));
        assert_eq!(of_number(1.477, shown(Some(true), "plain")).value, Some(147.7));
        assert_eq!(of_number(0.5, Shown { share: false, ..shown(Some(false), "open") }).value, Some(0.5));
    }

    #[test]
    fn a_share_of_one_or_less_is_what_the_rest_of_its_column_says() {
        assert_eq!(
            of_number(0.955, shown(None, "fractions")),
            Figure { value: Some(95.5), percent: true, flag: Some("fractions") }
        );
        assert_eq!(of_number(0.9, Shown { less_is_better: true, ..shown(Some(false), "plain") }).value, Some(0.9));
        for shown in [shown(Some(false), "open"), shown(None, "open"), shown(Some(false), "plain")] {
            let figure = of_number(0.955, shown);
            assert_eq!((figure.value, figure.flag), (None, Some("percent")), "{shown:?}");
        }
        assert_eq!(
            of_number(93.5, shown(Some(true), "open")),
            Figure { value: None, percent: true, flag: Some("percent") }
        );
    }

    fn read(text: &str, asked: Asked<'_>, wants_figure: bool) -> Figure {
        of_text(text, asked, wants_figure, &Catalogue::embedded().unwrap().vocabulary.figures)
    }

    #[test]
    fn money_in_full_is_turned_into_the_millions_of_the_set() {
        let unit = "triệu đồng/người/năm";
        let asked = Asked { unit, less_is_better: false, year: Some(2023) };
        let figure = |text| in_range(in_millions(read(text, asked, true), text, unit), unit);
        assert_eq!((figure("65.200.000 đồng").value, figure("65.200.000 đồng").flag), (Some(65.2), None));
        assert_eq!((figure("62.700.000đ/người").value, figure("62.700.000đ/người").flag), (Some(62.7), None));
        assert_eq!((figure("65.200.000").value, figure("65.200.000").flag), (Some(65.2), Some("millions")));
        assert_eq!(figure("65,2 triệu đồng").value, Some(65.2));
    }

    #[test]
    fn words_are_no_question_where_no_figure_is_asked() {
        let share = Asked { unit: "%", less_is_better: false, year: Some(2023) };
        let none = Asked { unit: "", ..share };
        assert_eq!(read("Có", none, false), NO_FIGURE);
        assert_eq!(read("QĐ 12/2022 và 15/2023", none, false), NO_FIGURE);
        assert_eq!(read("87,4% 99% 80%", none, false), NO_FIGURE);
        assert_eq!(read("từ 10 đến 20", share, true).flag, Some("unclear"));
    }

    #[test]
    fn what_no_share_and_no_head_can_have_is_left_empty() {
        let figure = |n| Figure { value: Some(n), percent: true, flag: None };
        for (n, unit, flag) in [
            (147.7, "%", Some("beyond")),
            (-95.5, "%", Some("beyond")),
            (62_500.0, "triệu đồng/người/năm", Some("unclear")),
            (4200.0, "m2/người", Some("unclear")),
            (-3.0, "nhà", Some("unclear")),
            (100.0, "%", None),
            (0.0, "%", None),
            (82.3, "triệu đồng/người/năm", None),
            (1200.0, "nhà", None),
        ] {
            let read = in_range(figure(n), unit);
            assert_eq!((read.value.is_none(), read.flag), (flag.is_some(), flag), "{n} {unit}");
        }
    }
}
