//! Small worlds made by hand for tests: settings, sets and frames as the store holds them.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime, date, datetime};
use polars::prelude::{Column, DataFrame, DataType, IntoColumn, IntoLazy, NamedFrom, PolarsResult, Series, TimeUnit};

use super::{Assessment, History, Input, Why, history, month, why};
use crate::model::condition::Condition;
use crate::model::criteria::{Better, IndicatorKind};
use crate::model::frames::{DIAGNOSTICS, FILES, MOMENT, OBSERVATIONS, SUBMISSIONS};
use crate::model::{Assessor, Commune, CommuneCode, CriteriaSet, Criterion, Indicator, ItemCode, Merging, Period};
use crate::settings::{Deadline, Folders, Letterhead, SetInForce, Settings, Unit};

/// A set of three criteria and six indicators: 1.1 and 1.2, 2, 3.1 to 3.3.
pub(crate) fn small_set() -> CriteriaSet {
    set("nho", "NTM", &[("Quy hoạch", 2), ("Điện", 1), ("Y tế", 3)])
}

/// The shape of the national set of 19 criteria and 75 indicators.
pub(crate) fn advanced_set() -> CriteriaSet {
    let criteria = [
        ("Quy hoạch", 3),
        ("Giao thông", 4),
        ("Thủy lợi và phòng, chống thiên tai", 6),
        ("Điện", 1),
        ("Giáo dục", 6),
        ("Văn hóa", 3),
        ("Cơ sở hạ tầng thương mại nông thôn", 1),
        ("Thông tin và Truyền thông", 5),
        ("Nhà ở dân cư", 1),
        ("Thu nhập", 1),
        ("Nghèo đa chiều", 1),
        ("Lao động", 3),
        ("Tổ chức sản xuất và phát triển kinh tế nông thôn", 8),
        ("Y tế", 4),
        ("Hành chính công", 3),
        ("Tiếp cận pháp luật", 3),
        ("Môi trường", 12),
        ("Chất lượng môi trường sống", 8),
        ("Quốc phòng và An ninh", 2),
    ];
    set("ntm-nang-cao-2021-2025", "NTM nâng cao", &criteria)
}

/// A set of named criteria with so many indicators each.
pub(crate) fn set(id: &str, short_name: &str, criteria: &[(&str, u16)]) -> CriteriaSet {
    let criteria: Vec<Criterion> = (1u16..)
        .zip(criteria)
        .map(|(number, (name, indicators))| Criterion {
            number,
            name: (*name).to_owned(),
            group: None,
            confirmed: true,
            indicators: match indicators {
                1 => vec![indicator(ItemCode::criterion(number), name)],
                n => (1..=*n).map(|i| indicator(ItemCode::indicator(number, i), &format!("{name} {i}"))).collect(),
            },
        })
        .collect();
    CriteriaSet {
        id: id.into(),
        name: format!("Bộ tiêu chí {short_name}"),
        short_name: short_name.to_owned(),
        decision: "318/QĐ-TTg".to_owned(),
        valid_from: date(2021, 1, 1),
        valid_to: date(2025, 12, 31),
        indicators_total: criteria.iter().map(|c| c.indicators.len() as u32).sum(),
        indicators_known: true,
        commune_groups: Vec::new(),
        criteria,
    }
}

fn indicator(code: ItemCode, name: &str) -> Indicator {
    Indicator {
        code,
        name: name.to_owned(),
        kind: IndicatorKind::YesNo,
        unit: String::new(),
        better: Better::Yes,
        aliases: Vec::new(),
        confirmed: false,
        lines: 1,
        targets: Vec::new(),
        merging: Merging::default(),
    }
}

/// A register, sets and everything stored.
pub(crate) struct World {
    pub(crate) settings: Settings,
    pub(crate) sets: Vec<CriteriaSet>,
    pub(crate) conditions: Vec<Condition>,
    pub(crate) observations: Vec<Stored>,
    pub(crate) submissions: Vec<Stored>,
    pub(crate) files: Vec<Stored>,
    pub(crate) diagnostics: Vec<Stored>,
}

/// One row to store: columns that are not named are null.
pub(crate) type Stored = BTreeMap<&'static str, Value>;

/// A value of a stored row.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    Text(String),
    Number(u32),
    Float(f64),
    Flag(bool),
    Day(Date),
    Moment(DateTime),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::Text(text.to_owned())
    }
}

/// One report to store, with what most tests leave as it is.
#[derive(Debug, Clone)]
pub(crate) struct Report<'a> {
    pub(crate) period: &'a str,
    pub(crate) commune: &'a str,
    pub(crate) set: &'a str,
    pub(crate) items: Vec<(String, Option<&'a str>)>,
    pub(crate) declared: Option<(u32, u32, u32, u32)>,
    pub(crate) received_at: DateTime,
    pub(crate) file: String,
    pub(crate) current: bool,
}

impl World {
    /// Communes of huyện Bình Lục by code and name, and the sets, all in force.
    pub(crate) fn new(communes: &[(&str, &str)], sets: Vec<CriteriaSet>) -> Self {
        let communes = communes.iter().map(|(code, name)| commune(code, name)).collect();
        let in_force = sets
            .iter()
            .map(|set| SetInForce { id: set.id.clone(), from: None, to: None, hand: Assessor::Commune })
            .collect();
        World {
            settings: settings(communes, in_force),
            sets,
            conditions: Vec::new(),
            observations: Vec::new(),
            submissions: Vec::new(),
            files: Vec::new(),
            diagnostics: Vec::new(),
        }
    }

    /// Stores a report with its file.
    pub(crate) fn store(&mut self, report: &Report<'_>) -> &mut Self {
        let sha256 = format!("{:x}-{}", report.received_at.nanosecond(), report.file).replace(' ', "");
        let common: Stored = [
            ("period", report.period.into()),
            ("commune", report.commune.into()),
            ("set", report.set.into()),
            ("assessor", "commune".into()),
            ("sheet", "Biểu 1".into()),
            ("file", report.file.as_str().into()),
            ("sha256", sha256.as_str().into()),
            ("received_at", Value::Moment(report.received_at)),
            ("current", Value::Flag(report.current)),
        ]
        .into();
        for (row, (item, verdict)) in (5u32..).zip(&report.items) {
            let code: ItemCode = item.parse().unwrap();
            let mut stored = common.clone();
            stored.insert("item", item.as_str().into());
            stored.insert("criterion", Value::Number(code.criterion_number().into()));
            stored.insert("indicator", Value::Number(code.indicator_number().unwrap_or(0).into()));
            stored.insert("cell", format!("E{row}").as_str().into());
            verdict.map(|verdict| stored.insert("verdict", verdict.into()));
            self.observations.push(stored);
        }
        let mut submission = common.clone();
        if let Some((criteria, of_criteria, indicators, of_indicators)) = report.declared {
            submission.insert("declared_criteria_met", Value::Number(criteria));
            submission.insert("declared_criteria_total", Value::Number(of_criteria));
            submission.insert("declared_indicators_met", Value::Number(indicators));
            submission.insert("declared_indicators_total", Value::Number(of_indicators));
            submission.insert("declared_cell", "A40".into());
        }
        let period: Period = report.period.parse().unwrap();
        submission.insert("observations", Value::Number(report.items.len() as u32));
        submission.insert("late", Value::Flag(self.settings.deadline.is_late(period, report.received_at)));
        self.submissions.push(submission);
        let mut file: Stored = common.into_iter().filter(|(name, _)| FILES.iter().any(|(c, _)| c == name)).collect();
        file.insert("outcome", "read".into());
        file.insert("archive", format!("{}/{}", report.commune, report.file).as_str().into());
        file.insert("submissions", Value::Number(1));
        self.files.push(file);
        self
    }

    /// Sets a column of the stored observation of an item.
    pub(crate) fn note(&mut self, item: &str, column: &'static str, value: Value) -> &mut Self {
        let is_item = |row: &&mut Stored| matches!(row.get("item"), Some(Value::Text(code)) if code == item);
        self.observations.iter_mut().filter(is_item).for_each(|row| {
            row.insert(column, value.clone());
        });
        self
    }

    /// Gives the observation of an item that was stored last its number, in percent.
    pub(crate) fn value(&mut self, item: &str, value: f64) -> &mut Self {
        let is_item = |row: &&mut Stored| matches!(row.get("item"), Some(Value::Text(code)) if code == item);
        let row = self.observations.iter_mut().rev().find(is_item).unwrap();
        row.extend([("value", Value::Float(value)), ("unit", "%".into())]);
        self
    }

    /// The assessment of a month.
    pub(crate) fn assess(&self, period: &str) -> Assessment {
        self.ask(period, |input| month(input).unwrap())
    }

    /// The history of a commune up to a month.
    pub(crate) fn history(&self, commune: &str, period: &str) -> History {
        let commune = self.settings.communes.iter().find(|known| known.code.0 == commune).unwrap();
        self.ask(period, |input| history(input, commune).unwrap())
    }

    /// What an item rests on, for each set that has it.
    pub(crate) fn why(&self, commune: &str, item: &str, period: &str) -> Vec<Why> {
        let history = self.history(commune, period);
        self.ask(period, |input| why(input, &history, item.parse().unwrap()).unwrap())
    }

    /// Asks a question of all that is stored, as of a month.
    pub(crate) fn ask<T>(&self, period: &str, question: impl FnOnce(&Input<'_>) -> T) -> T {
        let frame = |rows: &[Stored], schema| frame(rows, schema).unwrap();
        question(&Input {
            period: period.parse().unwrap(),
            observations: &frame(&self.observations, OBSERVATIONS).lazy(),
            submissions: &frame(&self.submissions, SUBMISSIONS),
            files: &frame(&self.files, FILES),
            diagnostics: &frame(&self.diagnostics, DIAGNOSTICS).lazy(),
            settings: &self.settings,
            sets: &self.sets,
            conditions: &self.conditions,
        })
    }
}

/// A report of all items of a set: met, but for those named.
pub(crate) fn report<'a>(
    period: &'a str,
    commune: &'a str,
    set: &'a CriteriaSet,
    other: &[(&str, Option<&'a str>)],
) -> Report<'a> {
    let verdict = |code: &str| other.iter().find(|(item, _)| *item == code).map_or(Some("met"), |(_, v)| *v);
    let month: Period = period.parse().unwrap();
    Report {
        period,
        commune,
        set: set.id.as_str(),
        items: set.indicators().map(|i| i.code.to_string()).map(|code| (code.clone(), verdict(&code))).collect(),
        declared: None,
        received_at: month.day(20).at(8, 0, 0, 0),
        file: format!("BC {commune} {period} {}.xlsx", set.id),
        current: true,
    }
}

/// The report of the seed: Trung Lương, April 2023, its list and its declared totals.
pub(crate) fn seed(set: &CriteriaSet) -> Report<'_> {
    let unmet = "2.1 2.2 11 13.2 13.3 13.5 13.6 13.8 14.2 14.3 14.4 17.5 17.7 17.9";
    let unmet: Vec<(&str, Option<&str>)> = unmet.split(' ').map(|code| (code, Some("not_met"))).collect();
    Report {
        declared: Some((14, 19, 60, 75)),
        file: "BC Trung Lương.xlsx".to_owned(),
        ..report("2023-04", "13546", set, &unmet)
    }
}

/// A frame of a schema from rows.
pub(crate) fn frame(rows: &[Stored], schema: &[(&str, DataType)]) -> PolarsResult<DataFrame> {
    let columns: Vec<Column> = schema
        .iter()
        .map(|(name, dtype)| column(rows, name, dtype).map(IntoColumn::into_column))
        .collect::<PolarsResult<_>>()?;
    DataFrame::new(rows.len(), columns)
}

fn column(rows: &[Stored], name: &str, dtype: &DataType) -> PolarsResult<Series> {
    let values = || rows.iter().map(|row| row.get(name));
    let series = match dtype {
        DataType::String => {
            let texts: Vec<Option<&str>> =
                values().map(|v| if let Some(Value::Text(text)) = v { Some(text.as_str()) } else { None }).collect();
            Series::new(name.into(), texts)
        }
        DataType::UInt32 => {
            let numbers: Vec<Option<u32>> =
                values().map(|v| if let Some(Value::Number(number)) = v { Some(*number) } else { None }).collect();
            Series::new(name.into(), numbers)
        }
        DataType::Float64 => {
            let floats: Vec<Option<f64>> =
                values().map(|v| if let Some(Value::Float(float)) = v { Some(*float) } else { None }).collect();
            Series::new(name.into(), floats)
        }
        DataType::Boolean => {
            let flags: Vec<Option<bool>> =
                values().map(|v| if let Some(Value::Flag(flag)) = v { Some(*flag) } else { None }).collect();
            Series::new(name.into(), flags)
        }
        DataType::Date => {
            let days: Vec<Option<i32>> =
                values().map(|v| if let Some(Value::Day(day)) = v { Some(days(*day)) } else { None }).collect();
            Series::new(name.into(), days)
        }
        _ => {
            let ms: Vec<Option<i64>> = values()
                .map(|v| if let Some(Value::Moment(at)) = v { Some(milliseconds(*at)) } else { None })
                .collect();
            Series::new(name.into(), ms).cast(&DataType::Datetime(TimeUnit::Milliseconds, None))?
        }
    };
    series.cast(if *dtype == MOMENT { &MOMENT } else { dtype })
}

fn days(day: Date) -> i32 {
    (day - date(1970, 1, 1)).get_days()
}

fn milliseconds(at: DateTime) -> i64 {
    i64::from(days(at.date())) * 86_400_000
        + i64::from(at.hour()) * 3_600_000
        + i64::from(at.minute()) * 60_000
        + i64::from(at.second()) * 1_000
}

/// A commune valid at all times.
pub(crate) fn commune(code: &str, name: &str) -> Commune {
    Commune {
        code: CommuneCode(code.to_owned()),
        name: name.to_owned(),
        kind: "xã".to_owned(),
        other_names: Vec::new(),
        valid_from: None,
        valid_to: None,
        region: None,
        group: None,
    }
}

/// When the papers of these tests are made.
pub(crate) fn made_at() -> DateTime {
    datetime(2023, 4, 28, 7, 0, 0, 0)
}

fn settings(communes: Vec<Commune>, sets: Vec<SetInForce>) -> Settings {
    let text = str::to_owned;
    Settings {
        unit: Unit { name: text("huyện Bình Lục"), parent: text("tỉnh Hà Nam"), region: None },
        letterhead: Letterhead {
            superior: vec![text("ỦY BAN NHÂN DÂN"), text("HUYỆN BÌNH LỤC")],
            issuer: vec![text("BAN CHỈ ĐẠO CÁC CHƯƠNG TRÌNH MTQG")],
            symbol: text("BC-BCĐ"),
            place: text("Bình Lục"),
            authority: vec![text("TM. BAN CHỈ ĐẠO"), text("TRƯỞNG BAN")],
            signer: String::new(),
            recipients: vec![text("Ban Chỉ đạo huyện"), text("UBND các xã"), text("Lưu: VT")],
        },
        communes,
        sets,
        deadline: Deadline { day: 25, months_after: 0 },
        offices: Vec::new(),
        roadmap: Vec::new(),
        mergers: Vec::new(),
        decisions: Vec::new(),
        plans: Vec::new(),
        answers: Default::default(),
        folders: Folders {
            inbox: "hop-thu-den".into(),
            archive: "luu-tru".into(),
            store: "du-lieu".into(),
            reports: "bao-cao".into(),
            returned: "tra-lai".into(),
            templates: "mau".into(),
            closings: "chot-so-lieu".into(),
            forms: "bieu-mau".into(),
            logs: "nhat-ky".into(),
        },
        keep_inbox: false,
        commune_briefs: true,
        unattended: Default::default(),
    }
}
