//! The store opened for questions: its parts stay as they lie, and a plan over them decodes what it asks for.
//!
//! A part whose month or set a plan does not want is not touched; of the others only the wanted columns are decoded, one
//! part after the other, so that years of a province are asked within little memory. The parts themselves are checked and
//! kept when the store is opened: what is asked later is asked of one and the same store, whatever a run writes meanwhile.

use std::any::Any;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use polars::prelude::*;

use super::finished::finished;
use super::parquet::Part;
use super::{CorruptPart, Frames, Kind};
use crate::model::Period;
use crate::model::frames::schema;

/// The rows of runs that were finished: the large frames as plans, the small ones as they are.
#[derive(Clone)]
pub struct Opened {
    /// One row an item of a submission, all versions.
    pub observations: LazyFrame,
    /// One row a diagnostic.
    pub diagnostics: LazyFrame,
    /// One row a submission, all versions.
    pub submissions: DataFrame,
    /// One row a file as received.
    pub files: DataFrame,
    /// The months of which anything is stored.
    pub periods: BTreeSet<Period>,
    /// The months of rows that a run left behind which was cut off: they count nowhere.
    pub unfinished: BTreeSet<Period>,
}

impl Opened {
    /// Nothing received yet.
    #[must_use]
    pub fn empty() -> Self {
        let Frames { observations, submissions, files, diagnostics } = Frames::empty();
        let (observations, diagnostics) = (observations.lazy(), diagnostics.lazy());
        Opened { observations, diagnostics, submissions, files, periods: BTreeSet::new(), unfinished: BTreeSet::new() }
    }

    /// The store of frames that are all in memory.
    ///
    /// # Errors
    ///
    /// A frame has no period in a row: a fault of ours.
    pub fn of(frames: &Frames) -> PolarsResult<Self> {
        Ok(Opened {
            observations: frames.observations.clone().lazy(),
            diagnostics: frames.diagnostics.clone().lazy(),
            submissions: frames.submissions.clone(),
            files: frames.files.clone(),
            periods: frames.periods()?,
            unfinished: BTreeSet::new(),
        })
    }
}

/// The parts of a store, checked; what of their rows counts is not settled yet.
pub struct Parts {
    observations: Vec<Part>,
    diagnostics: Vec<Part>,
    small: Frames,
}

/// Opens the store of these parts.
///
/// # Errors
///
/// The first part that is damaged, of another version, or not where it belongs.
pub fn open(parts: Vec<(PathBuf, Vec<u8>)>) -> Result<Parts, CorruptPart> {
    let (mut observations, mut diagnostics, mut small) = (Vec::new(), Vec::new(), Frames::empty());
    for (path, bytes) in parts {
        let part = Part::checked(path, bytes)?;
        match part.kind {
            Kind::Observations => observations.push(part),
            Kind::Diagnostics => diagnostics.push(part),
            kind => {
                let rows =
                    part.rows(None, None).and_then(|rows| small.get_mut(kind).vstack_mut_owned(rows).map(|_| ()));
                rows.map_err(|error| part.corrupt(&error))?;
            }
        }
    }
    Ok(Parts { observations, diagnostics, small })
}

impl Parts {
    /// The rows that count, as [`finished`](super::finished()) has them.
    ///
    /// # Errors
    ///
    /// A frame has no period in a row, or the library cannot decode what was checked: faults of ours.
    pub fn finished(self) -> PolarsResult<Opened> {
        let (small, mut unfinished) = finished(self.small)?;
        let known: BTreeSet<&str> = small.files.column("sha256")?.str()?.iter().flatten().collect();
        let mut periods = small.periods()?;
        let mut scan = |kind: Kind, parts: Vec<Part>| -> PolarsResult<LazyFrame> {
            let mut sources = Vec::with_capacity(parts.len());
            for part in parts {
                let month = part.month();
                let (source, is_cut) = Source::of(part, &known)?;
                unfinished.extend(month.filter(|_| is_cut));
                periods.extend(month.filter(|_| source.is_some()));
                sources.extend(source);
            }
            Scan { kind, sources }.plan()
        };
        let observations = scan(Kind::Observations, self.observations)?;
        let diagnostics = scan(Kind::Diagnostics, self.diagnostics)?;
        let Frames { submissions, files, .. } = small;
        Ok(Opened { observations, diagnostics, submissions, files, periods, unfinished })
    }
}

/// The rows that count of one part.
struct Source {
    keys: Vec<String>,
    rows: Rows,
}

enum Rows {
    /// All of the part.
    AsTheyLie(Part),
    /// Some of it: a run was cut off.
    Kept(DataFrame),
}

impl Source {
    /// The rows of files that are on record, where there are any; and whether there are others.
    fn of(part: Part, known: &BTreeSet<&str>) -> PolarsResult<(Option<Self>, bool)> {
        let keys = part.keys().to_vec();
        let hashes = part.rows(Some(&["sha256".into()]), None)?;
        let hashes = hashes.column("sha256")?.str()?;
        // The rows of a file stand together: most are of the one before.
        let mut before = None;
        let is_stray = |hash: &str| !known.contains(hash);
        if !hashes.iter().flatten().any(|hash| before.replace(hash) != Some(hash) && is_stray(hash)) {
            return Ok((Some(Source { keys, rows: Rows::AsTheyLie(part) }), false));
        }
        let counts: BooleanChunked = hashes.iter().map(|hash| hash.is_none_or(|hash| !is_stray(hash))).collect();
        let kept = part.rows(None, None)?.filter(&counts)?;
        Ok(((kept.height() > 0).then_some(Source { keys, rows: Rows::Kept(kept) }), true))
    }

    /// The rows that a predicate wants, or all, with the columns of these names.
    fn rows(&self, names: &[PlSmallStr], predicate: Option<&Expr>) -> PolarsResult<DataFrame> {
        let selected = || names.iter().map(|name| col(name.clone())).collect::<Vec<_>>();
        match (&self.rows, predicate) {
            (Rows::Kept(rows), None) => rows.select(names.iter().cloned()),
            (Rows::Kept(rows), Some(wanted)) => rows.clone().lazy().filter(wanted.clone()).select(selected()).collect(),
            (Rows::AsTheyLie(part), None) => part.rows(Some(names), None),
            (Rows::AsTheyLie(part), Some(wanted)) => matching(part, names, wanted),
        }
    }
}

/// The rows of a part that a predicate wants. Its own columns are decoded first: of the others, only what lies between
/// the first and the last row that it wants.
fn matching(part: &Part, names: &[PlSmallStr], wanted: &Expr) -> PolarsResult<DataFrame> {
    let leaves = leaves(wanted);
    // A condition may name no column at all; even then it is asked of each row.
    let asked = if leaves.is_empty() { &names[..names.len().min(1)] } else { &leaves };
    let mask = part.rows(Some(asked), None)?.lazy().with_column(wanted.clone().alias("wanted")).collect()?;
    let mask = mask.column("wanted")?.bool()?.clone();
    let is_wanted = |row: Option<bool>| row == Some(true);
    let (first, last) = (mask.iter().position(is_wanted), mask.iter().rev().position(is_wanted));
    let range = first.zip(last).map_or(0..0, |(first, last)| first..mask.len() - last);
    let mask = mask.slice(range.start as i64, range.len());
    let rows = part.rows(Some(names), Some(range))?;
    if mask.iter().all(is_wanted) { Ok(rows) } else { rows.filter(&mask) }
}

/// The columns that an expression names.
fn leaves(expression: &Expr) -> Vec<PlSmallStr> {
    let names =
        expression.into_iter().filter_map(|part| if let Expr::Column(name) = part { Some(name.clone()) } else { None });
    names.collect::<BTreeSet<_>>().into_iter().collect()
}

/// The conditions that all have to hold.
fn conditions(expression: &Expr) -> Vec<&Expr> {
    match expression {
        Expr::BinaryExpr { left, op: Operator::And | Operator::LogicalAnd, right } => {
            [conditions(left), conditions(right)].concat()
        }
        other => vec![other],
    }
}

/// A plan's way to the parts of one frame.
struct Scan {
    kind: Kind,
    sources: Vec<Source>,
}

impl Scan {
    fn plan(self) -> PolarsResult<LazyFrame> {
        let schema = Some(Arc::new(schema(self.kind.columns())));
        LazyFrame::anonymous_scan(Arc::new(self), ScanArgsAnonymous { schema, name: "STORE", ..Default::default() })
    }

    /// For each source, whether its keys allow what is wanted.
    fn allowed(&self, wanted: Option<&Expr>) -> PolarsResult<Vec<bool>> {
        let keys = self.kind.hive_keys();
        let is_of_keys = |condition: &&Expr| {
            let names = leaves(condition);
            !names.is_empty() && names.iter().all(|name| keys.contains(&name.as_str()))
        };
        let of_keys = wanted.map(conditions).unwrap_or_default().into_iter().filter(is_of_keys).cloned();
        let Some(allowed) = of_keys.reduce(Expr::and) else { return Ok(vec![true; self.sources.len()]) };
        let column = |(place, key): (usize, &&'static str)| {
            Column::new(
                (*key).into(),
                self.sources.iter().map(|source| source.keys[place].as_str()).collect::<Vec<_>>(),
            )
        };
        let frame = DataFrame::new(self.sources.len(), keys.iter().enumerate().map(column).collect())?;
        let allowed = frame.lazy().with_column(allowed.alias("allowed")).collect()?;
        Ok(allowed.column("allowed")?.bool()?.iter().map(|allowed| allowed == Some(true)).collect())
    }
}

impl AnonymousScan for Scan {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn allows_predicate_pushdown(&self) -> bool {
        true
    }

    fn allows_projection_pushdown(&self) -> bool {
        true
    }

    fn scan(&self, asked: AnonymousScanArgs) -> PolarsResult<DataFrame> {
        let all = schema(self.kind.columns());
        let names: Vec<PlSmallStr> = match &asked.with_columns {
            Some(names) => names.to_vec(),
            None => all.iter_names().cloned().collect(),
        };
        let allowed = self.allowed(asked.predicate.as_ref())?;
        let mut rows = DataFrame::empty_with_schema(&all.try_project(&names)?);
        for (source, _) in self.sources.iter().zip(allowed).filter(|(_, allowed)| *allowed) {
            rows.vstack_mut_owned(source.rows(&names, asked.predicate.as_ref())?)?;
        }
        Ok(match asked.n_rows {
            Some(most) => rows.head(Some(most)),
            None => rows,
        })
    }
}
