//! One commune month by month: what its reports say of each item, how that rolls up, and the cells it stands in.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime};
use polars::prelude::{
    DataFrame, DataType, Expr, IntoLazy, JoinArgs, JoinType, LazyFrame, PolarsResult, SortMultipleOptions, col, lit,
};

use super::Input;
use super::columns::{dates, flags, floats, keys, moments, statuses, texts};
use super::grid::{self, MONTHLY};
use super::hands::{Hand, Hands};
use super::merged::{self, Formed};
use super::outcome::{Counts, DeclaredTotals, Plan, Status};
use super::scope::{self, Scope};
use super::standing;
use crate::model::{Assessor, Commune, ItemCode, Period, SetId, Verdict};

/// One commune over all stored months up to one.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    /// The commune.
    pub commune: Commune,
    /// The sets it has reported on, in the order of the settings.
    pub sets: Vec<SetHistory>,
    /// How it came to be, where a merger made it: its months before, as its parts had them.
    pub formed: Option<Formed>,
    /// What it became, where it went into a merger, and on which day.
    pub became: Option<(Commune, Date)>,
}

/// One set of one commune.
#[derive(Debug, Clone, PartialEq)]
pub struct SetHistory {
    /// The set.
    pub set: SetId,
    /// Every month from the first report to the month asked for, also those in which nothing came.
    pub months: Vec<(Period, Option<Reported>)>,
}

impl SetHistory {
    /// The months in which a report came.
    pub fn reported(&self) -> impl DoubleEndedIterator<Item = (Period, &Reported)> {
        self.months.iter().filter_map(|(period, reported)| Some((*period, reported.as_ref()?)))
    }
}

/// What one month's report says.
#[derive(Debug, Clone, PartialEq)]
pub struct Reported {
    /// All versions received, the one that counts marked, in the order of receipt.
    pub versions: Vec<Version>,
    /// Totals that the version that counts states.
    pub declared: Option<DeclaredTotals>,
    /// All items that are judged by themselves, in order.
    pub items: Vec<Line>,
    /// All criteria, in order.
    pub criteria: Vec<Line>,
}

impl Reported {
    /// The version that counts.
    #[must_use]
    pub fn counting(&self) -> Option<&Version> {
        self.versions.iter().find(|version| version.current)
    }

    /// The line of an item or a criterion; of a criterion with one indicator, which is both, the item's.
    #[must_use]
    pub fn line(&self, code: ItemCode) -> Option<&Line> {
        self.items.iter().chain(&self.criteria).find(|line| line.code == code)
    }

    /// Criteria by status.
    #[must_use]
    pub fn criteria_counts(&self) -> Counts {
        self.criteria.iter().fold(Counts::default(), |counts, line| counts.with(line.status))
    }

    /// Items by status.
    #[must_use]
    pub fn item_counts(&self) -> Counts {
        self.items.iter().fold(Counts::default(), |counts, line| counts.with(line.status))
    }
}

/// One version of a month's report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// File name as received.
    pub file: String,
    /// Its hash.
    pub sha256: String,
    /// The sheet.
    pub sheet: String,
    /// Its path below the archive.
    pub archive: Option<String>,
    /// When it was received.
    pub received_at: DateTime,
    /// Whether it came after the deadline.
    pub late: bool,
    /// Whether it counts.
    pub current: bool,
}

/// An item or a criterion in one month.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Its code.
    pub code: ItemCode,
    /// What is known of it.
    pub status: Status,
    /// Whose verdict it rests on.
    pub hand: Hand,
    /// The rows that name it: of the version that counts first, then of replaced ones, the district's among them.
    pub statements: Vec<Statement>,
    /// The rows of plan forms for it.
    pub plans: Vec<Statement>,
}

impl Line {
    /// The commune's own row in the version that counts.
    #[must_use]
    pub fn own(&self) -> Option<&Statement> {
        self.statements.iter().find(|statement| statement.counts())
    }

    /// The district's row in the version that counts.
    #[must_use]
    pub fn reviewed(&self) -> Option<&Statement> {
        self.statements.iter().find(|statement| statement.current && statement.assessor == Assessor::District)
    }
}

/// One row of a report.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// Whose verdict.
    pub assessor: Assessor,
    /// Whether its version counts.
    pub current: bool,
    /// The verdict, where it states one.
    pub verdict: Option<Verdict>,
    /// The verdict as written.
    pub verdict_text: Option<String>,
    /// The number, in `unit`.
    pub value: Option<f64>,
    /// Its unit.
    pub unit: Option<String>,
    /// The value as written.
    pub text: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// Who does what by when.
    pub plan: Plan,
    /// The file.
    pub file: String,
    /// Its hash.
    pub sha256: String,
    /// The sheet.
    pub sheet: String,
    /// The cell of the verdict.
    pub cell: String,
    /// The cell of the value.
    pub value_cell: Option<String>,
}

impl Statement {
    /// Whether it is the commune's own, in the version that counts.
    #[must_use]
    pub fn counts(&self) -> bool {
        self.current && self.assessor == Assessor::Commune
    }
}

/// Place of a set, and a month.
type Key = (u32, Period);

/// A commune's months up to that of the input.
///
/// # Errors
///
/// As [`super::month`].
pub fn history(input: &Input<'_>, commune: &Commune) -> PolarsResult<History> {
    let scope = scope::of_commune(input, commune)?;
    let rows = rows(input, &scope)?;
    let submissions = submissions(input, &scope)?;
    let counting = rows.clone().lazy().filter(col("current").and(col("assessor").eq(lit("commune"))));
    let reports = submissions.clone().lazy().filter(col("current")).select(grid::columns(&MONTHLY));
    let reports = reports.unique_stable(None, polars::prelude::UniqueKeepStrategy::First).collect()?;
    let reviews = rows.clone().lazy().filter(col("current").and(col("assessor").eq(lit("district"))));
    let of_reports = reports.clone().lazy();
    let hands = Hands::of(input, &scope, &of_reports, &col("period"), reviews, &MONTHLY)?;
    let grids = grid::status_grids(&scope, &reports, &hands.lay_over(counting)?, &MONTHLY)?;
    let statements = statements(&rows)?;
    let mut items = lines(&grids.items, &statements)?;
    let mut criteria = lines(&grids.criteria, &statements)?;
    let mut versions = versions(&submissions)?;
    let mut declared = declared(&submissions)?;
    let reported: BTreeMap<Key, Reported> = months(&reports)?
        .into_iter()
        .map(|key| {
            let reported = Reported {
                versions: versions.remove(&key).unwrap_or_default(),
                declared: declared.remove(&key),
                items: items.remove(&key).unwrap_or_default(),
                criteria: criteria.remove(&key).unwrap_or_default(),
            };
            (key, reported)
        })
        .collect();
    let merger = input.settings.dissolved(commune);
    let became = merger.and_then(|merger| Some((input.settings.made_by(merger)?.clone(), merger.on)));
    Ok(History {
        commune: commune.clone(),
        sets: sets(input, &scope, reported),
        formed: merged::formed(input, commune)?,
        became,
    })
}

/// The sets with every month from the first report on; a set that ended is not carried on to the month asked for.
fn sets(input: &Input<'_>, scope: &Scope<'_>, mut reported: BTreeMap<Key, Reported>) -> Vec<SetHistory> {
    let of_set = |(rank, set): (u32, &&crate::model::CriteriaSet)| {
        let stored: Vec<Period> = reported.keys().filter(|(r, _)| *r == rank).map(|(_, period)| *period).collect();
        let (first, last) = (*stored.first()?, *stored.last()?);
        let counts = |period: Period| {
            set.is_valid_in(period)
                && input.settings.sets.iter().any(|in_force| in_force.id == set.id && in_force.counts_in(period))
                && scope.communes[0].is_valid_on(period.day(31))
        };
        let all = std::iter::successors(Some(first), |period| Some(period.plus_months(1)));
        let months = all.take_while(|period| *period <= input.period.max(last));
        let months = months.filter(|period| counts(*period) || stored.contains(period));
        Some(SetHistory { set: set.id.clone(), months: months.map(|p| (p, reported.remove(&(rank, p)))).collect() })
    };
    (0u32..).zip(&scope.sets).filter_map(of_set).collect()
}

/// All rows of the commune in its months, all versions, with their own number in `row`.
fn rows(input: &Input<'_>, scope: &Scope<'_>) -> PolarsResult<DataFrame> {
    let order = ["set_rank", "period", "criterion", "indicator"];
    of_commune(input.observations.clone(), input, scope)
        .sort(order, SortMultipleOptions::default().with_maintain_order(true))
        .with_row_index("row", None)
        .collect()
}

fn submissions(input: &Input<'_>, scope: &Scope<'_>) -> PolarsResult<DataFrame> {
    let archive = input.files.clone().lazy().select([col("sha256"), col("archive")]);
    let archive = archive
        .unique_stable(Some(super::statement::by_names(&["sha256"])), polars::prelude::UniqueKeepStrategy::First);
    of_commune(input.submissions.clone().lazy(), input, scope)
        .filter(col("assessor").eq(lit("commune")))
        .join(archive, [col("sha256")], [col("sha256")], JoinArgs::new(JoinType::Left))
        .sort(["set_rank", "period", "received_at", "file", "sha256", "sheet"], SortMultipleOptions::default())
        .collect()
}

/// The rows of the commune for its sets, in the months in which its code means it.
fn of_commune(frame: LazyFrame, input: &Input<'_>, scope: &Scope<'_>) -> LazyFrame {
    let commune = scope.communes[0];
    let mut wanted: Expr =
        col("commune").eq(lit(commune.code.0.clone())).and(col("period").lt_eq(lit(input.period.to_string())));
    if let Some(from) = commune.valid_from.and_then(Period::of) {
        wanted = wanted.and(col("period").gt_eq(lit(from.to_string())));
    }
    if let Some(to) = commune.valid_to.and_then(Period::of) {
        wanted = wanted.and(col("period").lt_eq(lit(to.to_string())));
    }
    frame
        .filter(wanted)
        .join(scope.set_frame.clone().lazy(), [col("set")], [col("set")], JoinArgs::new(JoinType::Inner))
        .with_column(lit(0u32).cast(DataType::UInt32).alias("commune_rank"))
}

fn months(frame: &DataFrame) -> PolarsResult<Vec<Key>> {
    let month = |text: Option<&str>| text.and_then(|month| month.parse().ok());
    let both = keys(frame, "set_rank")?.into_iter().zip(texts(frame, "period")?);
    Ok(both.filter_map(|(rank, period)| Some((rank, month(period)?))).collect())
}

/// Lines of a grid by set and month, with the rows that name them.
fn lines(
    frame: &DataFrame,
    statements: &BTreeMap<(Key, ItemCode), Vec<Statement>>,
) -> PolarsResult<BTreeMap<Key, Vec<Line>>> {
    let indicators = match frame.column("indicator") {
        Ok(_) => keys(frame, "indicator")?,
        Err(_) => vec![0; frame.height()],
    };
    let codes = keys(frame, "criterion")?.into_iter().zip(indicators);
    let codes = codes.map(|(criterion, indicator)| ItemCode::indicator(criterion as u16, indicator as u16));
    let mut lines: BTreeMap<Key, Vec<Line>> = BTreeMap::new();
    let hands = texts(frame, "hand")?.into_iter().map(Hand::from_word);
    let states = statuses(frame)?.into_iter().zip(hands);
    for ((key, code), (status, hand)) in months(frame)?.into_iter().zip(codes).zip(states) {
        let all = statements.get(&(key, code)).cloned().unwrap_or_default();
        let (plans, statements) = all.into_iter().partition(|one| one.assessor == Assessor::Plan);
        lines.entry(key).or_default().push(Line { code, status, hand, statements, plans });
    }
    Ok(lines)
}

fn statements(frame: &DataFrame) -> PolarsResult<BTreeMap<(Key, ItemCode), Vec<Statement>>> {
    let text = |name: &str| -> PolarsResult<Vec<Option<String>>> {
        Ok(texts(frame, name)?.into_iter().map(|text| text.map(str::to_owned)).collect())
    };
    let [verdict, verdict_text, unit, written] =
        [text("verdict")?, text("verdict_text")?, text("unit")?, text("text")?];
    let [note, owner, task, assessor] = [text("note")?, text("owner")?, text("task")?, text("assessor")?];
    let [file, sha256, sheet, cell] = [text("file")?, text("sha256")?, text("sheet")?, text("cell")?];
    let (value_cell, value, due) = (text("value_cell")?, floats(frame, "value")?, dates(frame, "due")?);
    let (current, item) = (flags(frame, "current")?, text("item")?);
    let mut statements: BTreeMap<(Key, ItemCode), Vec<Statement>> = BTreeMap::new();
    for (row, key) in months(frame)?.into_iter().enumerate() {
        let Some(code) = item[row].as_deref().and_then(|item| item.parse().ok()) else { continue };
        statements.entry((key, code)).or_default().push(Statement {
            assessor: match assessor[row].as_deref() {
                Some("district") => Assessor::District,
                Some("plan") => Assessor::Plan,
                _ => Assessor::Commune,
            },
            current: current[row] == Some(true),
            verdict: verdict[row].as_deref().and_then(Verdict::from_stored),
            verdict_text: verdict_text[row].clone(),
            value: value[row],
            unit: unit[row].clone(),
            text: written[row].clone(),
            note: note[row].clone(),
            plan: Plan { owner: owner[row].clone(), task: task[row].clone(), due: due[row] },
            file: file[row].clone().unwrap_or_default(),
            sha256: sha256[row].clone().unwrap_or_default(),
            sheet: sheet[row].clone().unwrap_or_default(),
            cell: cell[row].clone().unwrap_or_default(),
            value_cell: value_cell[row].clone(),
        });
    }
    statements.values_mut().for_each(|rows| rows.sort_by_key(|row| (!row.current, row.assessor)));
    Ok(statements)
}

fn versions(frame: &DataFrame) -> PolarsResult<BTreeMap<Key, Vec<Version>>> {
    let text = |name: &str| -> PolarsResult<Vec<String>> {
        Ok(texts(frame, name)?.into_iter().map(|text| text.unwrap_or_default().to_owned()).collect())
    };
    let [file, sha256, sheet] = [text("file")?, text("sha256")?, text("sheet")?];
    let (archive, received_at) = (texts(frame, "archive")?, moments(frame, "received_at")?);
    let (late, current) = (flags(frame, "late")?, flags(frame, "current")?);
    let mut versions: BTreeMap<Key, Vec<Version>> = BTreeMap::new();
    for (row, key) in months(frame)?.into_iter().enumerate() {
        let Some(received_at) = received_at[row] else { continue };
        versions.entry(key).or_default().push(Version {
            file: file[row].clone(),
            sha256: sha256[row].clone(),
            sheet: sheet[row].clone(),
            archive: archive[row].map(str::to_owned),
            received_at,
            late: late[row] == Some(true),
            current: current[row] == Some(true),
        });
    }
    Ok(versions)
}

fn declared(frame: &DataFrame) -> PolarsResult<BTreeMap<Key, DeclaredTotals>> {
    let current = frame.clone().lazy().filter(col("current")).collect()?;
    Ok(months(&current)?.into_iter().zip(standing::totals(&current)?).filter(|(_, t)| t.is_stated()).collect())
}
