//! A plan's way to the parts of the store: of those that its conditions allow, the rows and columns that it wants.

use std::any::Any;
use std::collections::BTreeSet;
use std::sync::Arc;

use polars::prelude::*;

use super::Kind;
use super::parquet::{Part, partitions};
use crate::model::Period;
use crate::model::frames::schema;

/// The rows that count of one part.
#[derive(Clone)]
pub(super) struct Source {
    kind: Kind,
    keys: Vec<String>,
    rows: Rows,
}

#[derive(Clone)]
enum Rows {
    /// All of the part.
    AsTheyLie(Arc<Part>),
    /// Others than those that lie there: a run was cut off, or has just merged what came.
    Kept(DataFrame),
}

impl Source {
    /// The rows of files that are on record, where there are any; and whether there are others.
    pub(super) fn of(part: Part, known: &BTreeSet<&str>) -> PolarsResult<(Option<Self>, bool)> {
        let (kind, keys) = (part.kind, part.keys().to_vec());
        let hashes = part.rows(Some(&["sha256".into()]), None)?;
        let hashes = hashes.column("sha256")?.str()?;
        // The rows of a file stand together: most are of the one before.
        let mut before = None;
        let is_stray = |hash: &str| !known.contains(hash);
        if !hashes.iter().flatten().any(|hash| before.replace(hash) != Some(hash) && is_stray(hash)) {
            return Ok((Some(Source { kind, keys, rows: Rows::AsTheyLie(Arc::new(part)) }), false));
        }
        let counts: BooleanChunked = hashes.iter().map(|hash| hash.is_none_or(|hash| !is_stray(hash))).collect();
        let kept = part.rows(None, None)?.filter(&counts)?;
        Ok(((kept.height() > 0).then_some(Source { kind, keys, rows: Rows::Kept(kept) }), true))
    }

    /// The rows of a frame by the parts in which they would stand.
    pub(super) fn of_frame(kind: Kind, frame: &DataFrame) -> PolarsResult<Vec<Self>> {
        let one = |rows: DataFrame| {
            let key = |key: &&str| Ok(rows.column(key)?.str()?.get(0).unwrap_or_default().to_owned());
            let keys = kind.hive_keys().iter().map(key).collect::<PolarsResult<_>>()?;
            Ok(Source { kind, keys, rows: Rows::Kept(rows) })
        };
        partitions(kind, frame)?.into_iter().map(one).collect()
    }

    /// Its month.
    pub(super) fn month(&self) -> Option<Period> {
        self.kind.month(&self.keys)
    }

    /// Sources with others in the place of some months, in their order.
    pub(super) fn replaced(sources: &[Self], by: Vec<Self>, months: &BTreeSet<Period>) -> Vec<Self> {
        let is_kept = |source: &&Self| source.month().is_none_or(|month| !months.contains(&month));
        let mut all: Vec<Self> = sources.iter().filter(is_kept).cloned().chain(by).collect();
        all.sort_by(|a, b| a.keys.cmp(&b.keys));
        all
    }

    /// All rows of sources of one kind.
    pub(super) fn all_rows<'a>(kind: Kind, sources: impl Iterator<Item = &'a Self>) -> PolarsResult<DataFrame> {
        let all = schema(kind.columns());
        let names: Vec<PlSmallStr> = all.iter_names().cloned().collect();
        let mut rows = DataFrame::empty_with_schema(&all);
        for source in sources {
            rows.vstack_mut_owned(source.rows(&names, None)?)?;
        }
        Ok(rows)
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
#[derive(Clone)]
pub(super) struct Scan {
    pub(super) kind: Kind,
    /// In the order of their keys.
    pub(super) sources: Vec<Source>,
}

impl Scan {
    pub(super) fn plan(self) -> PolarsResult<LazyFrame> {
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
