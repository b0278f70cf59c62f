//! A workspace whose store holds years of reports, made as the stages give them: frames of each month, merged, encoded.

use std::fmt::Write as _;
use std::fs::File;
use std::io::Write as _;
use std::path::Path;

use ntm::model::Period;
use ntm::model::frames::{DIAGNOSTICS, FILES, OBSERVATIONS, SUBMISSIONS, schema};
use ntm::store::{self, Frames};
use polars::prelude::*;

use crate::measured::Fault;
use crate::sets::{self, Set};

/// The last stored month: both sets end with it.
pub(crate) fn last_month() -> Period {
    Period::new(2025, 12).expect("a month of the calendar")
}

/// The code of a commune by its place.
pub(crate) fn code(commune: usize) -> String {
    format!("{:05}", 10_000 + commune)
}

/// Makes settings and store; gives the number of observations.
pub(crate) fn workspace(root: &Path, communes: usize, months: usize) -> Result<u64, Fault> {
    std::fs::create_dir_all(root)?;
    let sets = [sets::ntm(), sets::nang_cao()];
    put(&root.join("ntm.toml"), settings(communes, &sets).as_bytes())?;
    let mut rows = 0;
    for age in (0..months).rev() {
        let month = month(communes, age, &sets)?;
        rows += month.observations.height() as u64;
        for (path, bytes) in store::encode(&store::merge(Frames::empty(), month)?, None)? {
            let path = root.join("du-lieu").join(path);
            std::fs::create_dir_all(path.parent().ok_or("a part lies in a folder")?)?;
            put(&path, &bytes)?;
        }
    }
    Ok(rows)
}

fn put(path: &Path, bytes: &[u8]) -> Result<(), Fault> {
    Ok(File::create(path)?.write_all(bytes)?)
}

/// Every commune is to meet both sets in a year, so that each has a pace to be told.
fn settings(communes: usize, sets: &[Set]) -> String {
    let mut text = String::from("[unit]\nname = \"huyện Mẫu\"\nparent = \"tỉnh Mẫu\"\n\n[deadline]\nday = 25\n");
    let written = "writing to a string";
    for set in sets {
        write!(text, "\n[[sets]]\nid = \"{}\"\n", set.id).expect(written);
    }
    for code in (0..communes).map(code) {
        write!(text, "\n[[communes]]\ncode = \"{code}\"\nname = \"Mẫu {code}\"\n").expect(written);
        for set in sets {
            write!(text, "\n[[roadmap]]\ncommune = \"{code}\"\nset = \"{}\"\nyear = 2026\n", set.id).expect(written);
        }
    }
    text
}

/// The reports of all communes of the month so many months before the last one.
fn month(communes: usize, age: usize, sets: &[Set]) -> PolarsResult<Frames> {
    let period = last_month().plus_months(-i32::try_from(age).unwrap_or(i32::MAX));
    let mut frames = Frames::empty();
    for commune in 0..communes {
        frames.append(report(commune, age, period, sets)?)?;
    }
    for frame in [&mut frames.observations, &mut frames.submissions, &mut frames.files, &mut frames.diagnostics] {
        frame.rechunk_mut();
    }
    Ok(frames)
}

/// One workbook of one commune.
fn report(commune: usize, age: usize, period: Period, sets: &[Set]) -> PolarsResult<Frames> {
    let file = Sent {
        period: period.to_string(),
        commune: code(commune),
        name: format!("BC NTM xã Mẫu {} {period}.xlsx", code(commune)),
        sha256: format!("{:064x}", (commune as u128) << 32 | age as u128),
        received_at: moment(period, mixed(commune as u64, age as u64) % 10),
    };
    let mut frames = Frames { files: file.files()?, diagnostics: file.diagnostics(&sets[0])?, ..Frames::empty() };
    for set in sets {
        frames.submissions.vstack_mut_owned(file.submission(set)?)?;
        frames.observations.vstack_mut_owned(file.observations(set, commune, age)?)?;
    }
    Ok(frames)
}

/// A file as received.
struct Sent {
    period: String,
    commune: String,
    name: String,
    sha256: String,
    received_at: i64,
}

impl Sent {
    fn observations(&self, set: &Set, commune: usize, age: usize) -> PolarsResult<DataFrame> {
        let answers: Vec<Answer> =
            (0..).zip(set.indicators()).map(|(place, _)| Answer::of(commune, place, age)).collect();
        let codes: Vec<&str> = set.indicators().map(|indicator| indicator.code.as_str()).collect();
        let numbers = |of: fn(&str) -> &str| codes.iter().map(|code| of(code).parse::<u32>().unwrap_or(0)).collect();
        let criterion: Vec<u32> = numbers(|code| code.split('.').next().unwrap_or_default());
        let indicator: Vec<u32> = numbers(|code| code.split('.').nth(1).unwrap_or_default());
        let planned = |text: &'static str| answers.iter().map(|a| a.is_planned.then_some(text)).collect::<Vec<_>>();
        let cells = |column: char| (6..).zip(&codes).map(|(row, _)| format!("{column}{row}")).collect::<Vec<_>>();
        let met: Vec<&str> = answers.iter().map(|answer| if answer.is_met { "met" } else { "not_met" }).collect();
        let words: Vec<&str> = answers.iter().map(|answer| if answer.is_met { "Đạt" } else { "Chưa đạt" }).collect();
        let written: Vec<Option<String>> =
            answers.iter().map(|answer| answer.value.map(|value| format!("{value:.1}%"))).collect();
        let given = df!(
            "item" => &codes,
            "criterion" => criterion,
            "indicator" => indicator,
            "verdict" => met,
            "verdict_text" => words,
            "value" => answers.iter().map(|answer| answer.value).collect::<Vec<_>>(),
            "unit" => answers.iter().map(|answer| answer.value.map(|_| "%")).collect::<Vec<_>>(),
            "text" => written,
            "owner" => planned("Phó Chủ tịch UBND xã"),
            "task" => planned("Hoàn thiện hồ sơ, trình huyện thẩm tra"),
            "due" => answers.iter().map(|a| a.is_planned.then_some(20_800i32)).collect::<Vec<_>>(),
            "cell" => cells('E'),
            "value_cell" => cells('D'),
        )?;
        self.fitted(OBSERVATIONS, given, Some(set))
    }

    fn submission(&self, set: &Set) -> PolarsResult<DataFrame> {
        let given = df!(
            "layout" => ["table"],
            "confidence" => [0.98],
            "observations" => [u32::try_from(set.indicators().count()).unwrap_or(u32::MAX)],
            "late" => [false],
        )?;
        self.fitted(SUBMISSIONS, given, Some(set))
    }

    fn files(&self) -> PolarsResult<DataFrame> {
        let archive = format!("{}/{}", self.commune, self.name);
        self.fitted(FILES, df!("archive" => [archive], "outcome" => ["read"], "submissions" => [2u32])?, None)
    }

    /// Two things are said of each file.
    fn diagnostics(&self, set: &Set) -> PolarsResult<DataFrame> {
        let given = df!(
            "severity" => ["warning"; 2],
            "code" => ["verdict-missing", "value-unclear"],
            "scope" => ["item"; 2],
            "item" => ["17.10", "2.1"],
            "message_vi" => ["«17.10» không ghi đánh giá", "không đọc được số «khoảng 85»"],
            "message_en" => ["\"17.10\" states no verdict", "no number can be read from \"khoảng 85\""],
            "hint_vi" => ["ghi «Đạt» hoặc «Chưa đạt»", "ghi lại số"],
            "hint_en" => ["write «Đạt» or «Chưa đạt»", "write the number again"],
            "cells" => ["E60", "D7"],
        )?;
        self.fitted(DIAGNOSTICS, given, Some(set))
    }

    /// A frame in its schema: the given columns, those that all rows of a file share, and nulls.
    fn fitted(&self, columns: &[(&str, DataType)], given: DataFrame, set: Option<&Set>) -> PolarsResult<DataFrame> {
        let height = given.height();
        let column = |name: &str, dtype: &DataType| -> PolarsResult<Column> {
            let shared = |text: &str| Scalar::from(PlSmallStr::from_str(text));
            let scalar = match name {
                _ if given.column(name).is_ok() => return given.column(name)?.cast(dtype),
                "period" => shared(&self.period),
                "commune" => shared(&self.commune),
                "file" => shared(&self.name),
                "sha256" => shared(&self.sha256),
                "assessor" => shared("commune"),
                "sheet" => shared("NTM"),
                "set" => set.map_or(Scalar::null(DataType::String), |set| shared(&set.id)),
                "received_at" => Scalar::from(self.received_at),
                "current" => Scalar::from(true),
                _ => return Ok(Column::full_null(name.into(), height, dtype)),
            };
            Column::new_scalar(name.into(), scalar, height).cast(dtype)
        };
        let all = columns.iter().map(|(name, dtype)| column(name, dtype)).collect::<PolarsResult<Vec<_>>>()?;
        let frame = DataFrame::new(height, all)?;
        polars_ensure!(**frame.schema() == schema(columns), SchemaMismatch: "a frame is not in its schema");
        Ok(frame)
    }
}

/// What a commune says of an item in a month.
struct Answer {
    is_met: bool,
    value: Option<f64>,
    is_planned: bool,
}

impl Answer {
    /// Four of five items are met from the first month on; of the rest most are met one month or another, and their
    /// figures rise on the way; a few fall back for a while. What is not met is planned for once a quarter.
    #[expect(clippy::cast_precision_loss, reason = "numbers far below the 53 bits of a double")]
    fn of(commune: usize, item: usize, age: usize) -> Self {
        let fate = mixed(commune as u64, item as u64);
        let met_since = match fate % 10 {
            0..=6 => usize::MAX,
            7 | 8 => (fate >> 8) as usize % 60,
            _ => 0,
        };
        let has_fallen = fate.is_multiple_of(97) && (10..14).contains(&age);
        let is_met = age < met_since && !has_fallen;
        let rise = 0.1 * (60 - age.min(60)) as f64;
        let value = (fate >> 16).is_multiple_of(2).then(|| {
            let base = if is_met { 85.0 } else { 60.0 };
            ((base + rise + (fate >> 24) as f64 % 5.0) * 10.0).round() / 10.0
        });
        Answer { is_met, value, is_planned: !is_met && age.is_multiple_of(3) }
    }
}

/// SplitMix64 of two numbers: enough for made-up figures, and the same everywhere.
fn mixed(a: u64, b: u64) -> u64 {
    let seed = (a << 20).wrapping_add(b).wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mixed = (seed ^ (seed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

/// A moment of the month, in milliseconds: the 16th and so many days.
fn moment(period: Period, days: u64) -> i64 {
    let day = period.day(16) - jiff::civil::date(1970, 1, 1);
    (i64::from(day.get_days()) + days as i64) * 86_400_000 + 8 * 3_600_000
}
