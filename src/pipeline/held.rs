//! What a run does with months that are closed: their papers stay as they were told, and what came since is told in a
//! supplement of its own, once.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use jiff::civil::DateTime;
use polars::prelude::DataFrame;

use super::close::{PROGRAM, inputs};
use super::closings::{self, Closing, Closings, Kept, PAPER_LIMIT, name_of, place_of};
use super::examine::sha256;
use super::papers::drawn_papers;
use super::problems;
use super::workspace::Workspace;
use crate::assess::{self, Assessment, Supplement};
use crate::closing::{Named, Record, SCHEMA_VERSION};
use crate::compose::{self, Since};
use crate::diag::{Diagnostic, Severity};
use crate::error::Error;
use crate::host::Host;
use crate::model::{Lang, Period, Text};
use crate::publish::{Artifact, publish};

/// What a closed month is looked at with.
#[derive(Clone, Copy)]
pub(super) struct Keeper<'a> {
    pub(super) host: &'a dyn Host,
    pub(super) workspace: &'a Workspace,
    pub(super) closings: &'a Closings,
    pub(super) now: DateTime,
    pub(super) lang: Lang,
}

/// How closely papers are looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// Whether they are there.
    Present,
    /// Whether they are, to the last byte, what was told.
    Whole,
}

/// How people know a paper: by its place below the folder of its month.
fn told_as(name: &str) -> String {
    place_of(name).display().to_string().replace('\\', "/")
}

impl Keeper<'_> {
    /// Holds a closed month's figures against what was told of it last; where they differ, makes the supplement, keeps
    /// it, and gives what was written for people and what is to be said.
    pub(super) fn compare(
        &self,
        closing: &Closing,
        assessment: &Assessment,
        files: &DataFrame,
    ) -> Result<(Vec<PathBuf>, Option<Diagnostic>), Error> {
        let period = assessment.period;
        let last = closing.last();
        let damaged = |why: &Text| Ok((Vec::new(), Some(problems::damaged(self.workspace, period, &last.folder, why))));
        let record = match last.record(self.host)? {
            Ok(sealed) => sealed.value,
            Err(why) => return damaged(&why),
        };
        let told = match last.figures(self.host, &record)? {
            Ok(told) => told,
            Err(why) => return damaged(&why),
        };
        let now = assess::figures(assessment).map_err(Error::internal)?;
        let difference = assess::supplement(&told, &now);
        if difference.is_empty() {
            return Ok((Vec::new(), None));
        }
        let inputs = inputs(assessment, files).map_err(Error::internal)?;
        let papers = self.papers(closing, &record, assessment, &difference)?;
        let (folder, number) = closing.next_supplement();
        let record = Record {
            schema: SCHEMA_VERSION,
            period,
            number,
            at: self.now,
            program: PROGRAM.to_owned(),
            errors: assessment.problems.iter().filter(|problem| problem.severity == Severity::Error).count(),
            missing: super::close::missing(assessment),
            figures: String::new(),
            papers: Vec::new(),
            rules: self.workspace.rule_files.clone(),
            inputs,
        };
        closings::keep(self.host, &folder, &papers, &now, record)?;
        publish(self.host, &papers)?;
        let first = papers.first().map(|paper| name_of(&paper.path)).unwrap_or_default();
        let said = problems::amended(period, &first, &difference);
        Ok((papers.into_iter().map(|paper| paper.path).collect(), Some(said)))
    }

    /// The workbook and the paper of a supplement.
    fn papers(
        &self,
        closing: &Closing,
        last: &Record,
        assessment: &Assessment,
        supplement: &Supplement,
    ) -> Result<Vec<Artifact>, Error> {
        let period = assessment.period;
        // Each record names all files that were known when it was made.
        let known: BTreeSet<&str> = last.inputs.iter().map(|input| input.sha256.as_str()).collect();
        let files: Vec<(String, DateTime)> = assessment
            .files
            .iter()
            .filter(|file| !known.contains(file.sha256.as_str()))
            .map(|file| (file.file.clone(), file.received_at))
            .collect();
        let rules = changed_rules(last, &self.workspace.rule_files);
        let closed_at = closing.kept.record(self.host)?.map_or(last.at, |sealed| sealed.value.at);
        let since = Since {
            closed_at,
            told_at: (!closing.supplements.is_empty()).then_some(last.at),
            supplement,
            files: &files,
            rules: &rules,
        };
        let wording = self.workspace.wording(self.lang)?;
        let (settings, sets) = (&self.workspace.settings, &self.workspace.catalogue.sets);
        let report = compose::supplement(since, assessment, settings, sets, &wording, self.now);
        let folder = settings.folders.reports.join(period.to_string());
        let told: BTreeSet<&str> = self.closings.told(period).collect();
        let named = |time| compose::supplement_name(period, self.now.date(), time);
        let free = (1..).map(named).find(|name| !told.contains(format!("{name}.xlsx").as_str()));
        let name = free.expect("numbers do not run out");
        drawn_papers(report, folder.join(format!("{name}.xlsx")), folder.join(format!("{name}.pdf")))
    }

    /// Puts back papers of a closed month that are gone, and says what is not as it was told. Where only the presence
    /// is looked at, no record is read.
    pub(super) fn check(&self, period: Period, closing: &Closing, look: Look) -> Result<Vec<Diagnostic>, Error> {
        let mut said = Vec::new();
        for kept in closing.told() {
            let gone = kept.papers.iter().map(|name| Ok((name, self.host.exists(&self.told_at(period, name))?)));
            let gone: Vec<(&String, bool)> = gone.collect::<Result<_, Error>>()?;
            if look == Look::Present && gone.iter().all(|(_, is_there)| *is_there) {
                continue;
            }
            let record = match kept.record(self.host)? {
                Ok(sealed) => sealed,
                Err(why) => {
                    said.push(problems::damaged(self.workspace, period, &kept.folder, &why));
                    continue;
                }
            };
            if !record.intact {
                said.push(problems::damaged(self.workspace, period, &kept.folder, &problems::record_changed()));
            }
            for paper in &record.value.papers {
                said.extend(self.check_paper(period, kept, paper, look)?);
            }
        }
        Ok(said)
    }

    fn check_paper(&self, period: Period, kept: &Kept, paper: &Named, look: Look) -> Result<Option<Diagnostic>, Error> {
        let path = self.told_at(period, &paper.name);
        if self.host.exists(&path)? {
            let is_told = look == Look::Present || sha256(&self.host.read(&path, PAPER_LIMIT)?) == paper.sha256;
            return Ok((!is_told).then(|| problems::changed(period, &told_as(&paper.name))));
        }
        let Some(bytes) = kept.paper(self.host, paper)? else {
            let why = problems::copy_amiss(&paper.name);
            return Ok(Some(problems::damaged(self.workspace, period, &kept.folder, &why)));
        };
        publish(self.host, &[Artifact { path, bytes }])?;
        Ok(Some(problems::put_back(period, &told_as(&paper.name))))
    }

    /// What is not as it was told, of one closing of a month; nothing is put back.
    pub(super) fn amiss(&self, period: Period, closing: &Closing) -> Result<Vec<Diagnostic>, Error> {
        let holds = self.closings.closed(period).is_some_and(|one| one.kept.number == closing.kept.number);
        let mut said = Vec::new();
        for kept in closing.told() {
            let damaged = |why: &Text| problems::damaged(self.workspace, period, &kept.folder, why);
            let record = match kept.record(self.host)? {
                Ok(sealed) => sealed,
                Err(why) => {
                    said.push(damaged(&why));
                    continue;
                }
            };
            said.extend((!record.intact).then(|| damaged(&problems::record_changed())));
            said.extend(kept.figures(self.host, &record.value)?.err().map(|why| damaged(&why)));
            for paper in &record.value.papers {
                if kept.paper(self.host, paper)?.is_none() {
                    said.push(damaged(&problems::copy_amiss(&paper.name)));
                }
                let path = self.told_at(period, &paper.name);
                if !holds {
                    continue;
                }
                if !self.host.exists(&path)? {
                    said.push(problems::gone(period, &told_as(&paper.name)));
                } else if sha256(&self.host.read(&path, PAPER_LIMIT)?) != paper.sha256 {
                    said.push(problems::changed(period, &told_as(&paper.name)));
                }
            }
        }
        let reopened = closing.reopened(self.host)?;
        let why = reopened.and_then(|said| match said {
            Ok(sealed) => (!sealed.intact).then(problems::record_changed),
            Err(why) => Some(why),
        });
        said.extend(why.map(|why| problems::damaged(self.workspace, period, &closing.kept.folder, &why)));
        Ok(said)
    }

    /// Takes a closing's papers from where people look for them; one that somebody has changed stays.
    pub(super) fn withdraw(&self, period: Period, closing: &Closing) -> Result<(), Error> {
        for kept in closing.told() {
            for name in &kept.papers {
                let (path, copy) = (self.told_at(period, name), kept.folder.join(name));
                let read = |path: &Path| self.host.read(path, PAPER_LIMIT);
                if self.host.exists(&path)? && read(&path)? == read(&copy)? {
                    self.host.remove_file(&path)?;
                }
            }
        }
        Ok(())
    }

    /// Where a paper that a record names lies for people. A name leads nowhere but into the month's folder.
    fn told_at(&self, period: Period, name: &str) -> PathBuf {
        self.workspace.settings.folders.reports.join(period.to_string()).join(place_of(name))
    }
}

/// Settings, templates and programs that are not what a record names.
fn changed_rules(record: &Record, now: &[Named]) -> Vec<String> {
    let hash =
        |rules: &[Named], name: &str| rules.iter().find(|rule| rule.name == name).map(|rule| rule.sha256.clone());
    let names: BTreeSet<&str> = record.rules.iter().chain(now).map(|rule| rule.name.as_str()).collect();
    let changed = names.into_iter().filter(|name| hash(&record.rules, name) != hash(now, name)).map(str::to_owned);
    let program = (record.program != PROGRAM).then(|| format!("{} → {PROGRAM}", record.program));
    changed.chain(program).collect()
}
