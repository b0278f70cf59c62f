//! The store opened for questions: its parts stay as they lie, and a plan over them decodes what it asks for.
//!
//! A part whose month or set a plan does not want is not touched; of the others only the wanted columns are decoded, one
//! part after the other, so that years of a province are asked within little memory. The parts themselves are checked and
//! kept when the store is opened: what is asked later is asked of one and the same store, whatever a run writes meanwhile.

use std::collections::BTreeSet;
use std::path::PathBuf;

use polars::prelude::*;

use super::finished::finished;
use super::parquet::Part;
use super::scan::{Scan, Source};
use super::{CorruptPart, Frames, Kind};
use crate::model::Period;

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
    pub fn finished(self) -> PolarsResult<Store> {
        let (small, mut unfinished) = finished(self.small)?;
        let known: BTreeSet<&str> = small.files.column("sha256")?.str()?.iter().flatten().collect();
        let mut periods = small.periods()?;
        let mut scan = |kind: Kind, parts: Vec<Part>| -> PolarsResult<Scan> {
            let mut sources = Vec::with_capacity(parts.len());
            for part in parts {
                let month = part.month();
                let (source, is_cut) = Source::of(part, &known)?;
                unfinished.extend(month.filter(|_| is_cut));
                periods.extend(month.filter(|_| source.is_some()));
                sources.extend(source);
            }
            Ok(Scan { kind, sources })
        };
        let observations = scan(Kind::Observations, self.observations)?;
        let diagnostics = scan(Kind::Diagnostics, self.diagnostics)?;
        let Frames { submissions, files, .. } = small;
        let (rows, said) = (observations.clone().plan()?, diagnostics.clone().plan()?);
        let opened = Opened { observations: rows, diagnostics: said, submissions, files, periods, unfinished };
        Ok(Store { opened, observations, diagnostics })
    }
}

/// The parts of a store as they lie, with what of their rows counts: months are taken out and others put in their place.
pub struct Store {
    /// What can be asked of it.
    pub opened: Opened,
    observations: Scan,
    diagnostics: Scan,
}

impl Store {
    /// Nothing received yet.
    ///
    /// # Errors
    ///
    /// As [`Parts::finished`].
    pub fn empty() -> PolarsResult<Self> {
        Parts { observations: Vec::new(), diagnostics: Vec::new(), small: Frames::empty() }.finished()
    }

    /// The months in which anything stands of the files of these hashes.
    ///
    /// # Errors
    ///
    /// A frame has no period in a row: a fault of ours.
    pub fn months_of(&self, hashes: &BTreeSet<String>) -> PolarsResult<BTreeSet<Period>> {
        if hashes.is_empty() {
            return Ok(BTreeSet::new());
        }
        let Opened { submissions, files, diagnostics, .. } = &self.opened;
        let wanted = df!["sha256" => hashes.iter().map(String::as_str).collect::<Vec<_>>()]?;
        let mut months = BTreeSet::new();
        // An observation stands in the month of its submission.
        for rows in [submissions.clone().lazy(), files.clone().lazy(), diagnostics.clone()] {
            let on = [col("sha256")];
            let rows = rows.select([col("period"), col("sha256")]);
            let theirs = rows.join(wanted.clone().lazy(), on.clone(), on, JoinArgs::new(JoinType::Semi)).collect()?;
            months.extend(theirs.column("period")?.str()?.iter().filter_map(|month| month?.parse::<Period>().ok()));
        }
        Ok(months)
    }

    /// The rows of some months as frames in memory, with all files.
    ///
    /// # Errors
    ///
    /// The library cannot decode what was checked: a fault of ours.
    pub fn months(&self, months: &BTreeSet<Period>) -> PolarsResult<Frames> {
        let rows = |kind: Kind, sources: &[Source]| {
            let is_wanted = |source: &&Source| source.month().is_some_and(|month| months.contains(&month));
            Source::all_rows(kind, sources.iter().filter(is_wanted))
        };
        let submissions = Source::of_frame(Kind::Submissions, &self.opened.submissions)?;
        Ok(Frames {
            observations: rows(Kind::Observations, &self.observations.sources)?,
            submissions: rows(Kind::Submissions, &submissions)?,
            files: self.opened.files.clone(),
            diagnostics: rows(Kind::Diagnostics, &self.diagnostics.sources)?,
        })
    }

    /// What can be asked once these frames stand in the place of some months; they hold all files, and nothing else of
    /// other months.
    ///
    /// # Errors
    ///
    /// A frame has no period in a row: a fault of ours.
    pub fn with(self, frames: &Frames, months: &BTreeSet<Period>) -> PolarsResult<Opened> {
        if self.opened.periods.is_subset(months) {
            return Opened::of(frames);
        }
        let mut periods = frames.periods()?;
        let mut laid = |kind: Kind, sources: &[Source], frame: &DataFrame| -> PolarsResult<Vec<Source>> {
            let sources = Source::replaced(sources, Source::of_frame(kind, frame)?, months);
            periods.extend(sources.iter().filter_map(Source::month));
            Ok(sources)
        };
        let observations = laid(Kind::Observations, &self.observations.sources, &frames.observations)?;
        let diagnostics = laid(Kind::Diagnostics, &self.diagnostics.sources, &frames.diagnostics)?;
        let submissions = Source::of_frame(Kind::Submissions, &self.opened.submissions)?;
        let submissions = laid(Kind::Submissions, &submissions, &frames.submissions)?;
        Ok(Opened {
            observations: Scan { kind: Kind::Observations, sources: observations }.plan()?,
            diagnostics: Scan { kind: Kind::Diagnostics, sources: diagnostics }.plan()?,
            submissions: Source::all_rows(Kind::Submissions, submissions.iter())?,
            files: frames.files.clone(),
            periods,
            unfinished: BTreeSet::new(),
        })
    }
}
