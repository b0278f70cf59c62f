//! All that a month's papers say in figures, as plain values that can be kept: what a closed month is held against.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime};
use polars::prelude::PolarsResult;
use serde::{Deserialize, Serialize};

use super::columns::{dates, floats, texts};
use super::outcome::{Assessment, Basis, Standing, Status};
use super::unit::SetStatus;
use crate::model::{Commune, CommuneCode, ItemCode, Period, SetId};

/// The figures of a month, in the order of the sets and of the communes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Figures {
    /// What the unit adds up to.
    pub sets: Vec<SetFigures>,
    /// What it came to a month and a year before, as it stands beside.
    pub compared: Vec<ComparedFigures>,
    /// What each commune stands at.
    pub standings: Vec<StandingFigures>,
}

/// One set over the unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetFigures {
    /// The set.
    pub set: SetId,
    /// Communes expected.
    pub communes: usize,
    /// Communes with a report of the month.
    pub reported: u32,
    /// Communes that meet all criteria.
    pub complete: usize,
}

/// One set over the unit in an earlier month, told beside the month's own figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComparedFigures {
    /// The earlier month.
    pub compared: Period,
    /// The set.
    pub set: SetId,
    /// Communes expected then.
    pub communes: usize,
    /// Communes with a report of that month.
    pub reported: u32,
    /// Communes that met all criteria.
    pub complete: usize,
    /// Criteria met by a commune on average, in hundredths, as it is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mean_hundredths: Option<u32>,
}

/// One commune under one set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StandingFigures {
    /// The commune.
    pub commune: CommuneCode,
    /// Its name, as the papers have it.
    pub name: String,
    /// The set.
    pub set: SetId,
    /// The report it rests on; `None` where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub report: Option<Source>,
    /// Totals that the report states: criteria and indicators met.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub declared: Option<Totals>,
    /// Totals by the list.
    pub listed: Totals,
    /// Criteria of which something is said.
    pub criteria: BTreeMap<ItemCode, Status>,
    /// Items of which something is said.
    pub items: BTreeMap<ItemCode, Figure>,
}

/// The report that figures rest on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Its month: an earlier one where it stands in.
    pub period: Period,
    /// The file.
    pub file: String,
    /// Its hash.
    pub sha256: String,
    /// The sheet.
    pub sheet: String,
    /// When it was received.
    pub received_at: DateTime,
}

/// Criteria and indicators met, where they are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Criteria.
    pub criteria: Option<u32>,
    /// Indicators.
    pub indicators: Option<u32>,
}

/// One item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// What is known of it.
    pub status: Status,
    /// The number, in `unit`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// Its unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The value as written, where it is no number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// A remark.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Who is to meet it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// What is to be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task: Option<String>,
    /// By when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
    /// The cell it stands in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cell: Option<String>,
}

/// The figures of an assessment.
pub(super) fn figures(assessment: &Assessment) -> PolarsResult<Figures> {
    let rows = rows(assessment)?;
    let sets = assessment.sets.iter().map(|set| SetFigures {
        set: set.set.clone(),
        communes: assessment.communes.len(),
        reported: set.reported,
        complete: set.complete.total(),
    });
    let standings = assessment.standings().map(|(status, standing)| {
        let report = standing.received.as_ref().zip(month_of(standing.basis, assessment.period));
        StandingFigures {
            commune: status.commune.code.clone(),
            name: spoken(&status.commune),
            set: standing.set.clone(),
            report: report.map(|(received, period)| Source {
                period,
                file: received.file.clone(),
                sha256: received.sha256.clone(),
                sheet: received.sheet.clone(),
                received_at: received.received_at,
            }),
            declared: standing
                .declared
                .as_ref()
                .map(|declared| Totals { criteria: declared.criteria_met, indicators: declared.indicators_met }),
            listed: Totals { criteria: Some(standing.criteria_counts.met), indicators: Some(standing.item_counts.met) },
            criteria: criteria(standing),
            items: items(standing, &rows),
        }
    });
    let compared =
        assessment.past.iter().flat_map(|past| past.sets.iter().map(|set| compared(past.period, &set.status)));
    Ok(Figures { sets: sets.collect(), compared: compared.collect(), standings: standings.collect() })
}

fn compared(period: Period, status: &SetStatus) -> ComparedFigures {
    ComparedFigures {
        compared: period,
        set: status.set.clone(),
        communes: (status.reported + status.earlier + status.nothing) as usize,
        reported: status.reported,
        complete: status.complete.total(),
        mean_hundredths: status.mean_criteria.map(|mean| (mean * 100.0).round() as u32),
    }
}

fn month_of(basis: Basis, period: Period) -> Option<Period> {
    match basis {
        Basis::ThisMonth => Some(period),
        Basis::Earlier(earlier) => Some(earlier),
        Basis::Nothing => None,
    }
}

/// `xã Trung Lương`.
fn spoken(commune: &Commune) -> String {
    format!("{} {}", commune.kind, commune.name)
}

fn criteria(standing: &Standing) -> BTreeMap<ItemCode, Status> {
    let said = standing.criteria.iter().filter(|criterion| criterion.status != Status::NotReported);
    said.map(|criterion| (ItemCode::criterion(criterion.number), criterion.status)).collect()
}

fn items(standing: &Standing, rows: &[Figure]) -> BTreeMap<ItemCode, Figure> {
    let said = standing.items.iter().filter(|item| item.status != Status::NotReported);
    let figure = |status, source: Option<u32>| {
        let row = source.and_then(|row| rows.get(row as usize)).cloned();
        Figure { status, ..row.unwrap_or_else(|| Figure::bare(status)) }
    };
    said.map(|item| (item.code, figure(item.status, item.source))).collect()
}

/// The rows of the data as figures without their status.
fn rows(assessment: &Assessment) -> PolarsResult<Vec<Figure>> {
    let data = &assessment.data;
    let (values, due) = (floats(data, "value")?, dates(data, "due")?);
    let [unit, text, note, owner, task] = ["unit", "text", "note", "owner", "task"].map(|name| texts(data, name));
    let (unit, text, note, owner, task) = (unit?, text?, note?, owner?, task?);
    let (cell, value_cell) = (texts(data, "cell")?, texts(data, "value_cell")?);
    let own = |text: Option<&str>| text.map(str::to_owned);
    let row = |row: usize| Figure {
        status: Status::NotReported,
        value: values[row],
        unit: own(unit[row].filter(|_| values[row].is_some())),
        text: own(text[row].filter(|_| values[row].is_none())),
        note: own(note[row]),
        owner: own(owner[row]),
        task: own(task[row]),
        due: due[row],
        cell: own(cell[row].or(value_cell[row])),
    };
    Ok((0..data.height()).map(row).collect())
}

impl Figure {
    /// A status of which nothing else is known.
    #[must_use]
    pub fn bare(status: Status) -> Self {
        Figure {
            status,
            value: None,
            unit: None,
            text: None,
            note: None,
            owner: None,
            task: None,
            due: None,
            cell: None,
        }
    }
}
