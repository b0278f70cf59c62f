//! What a run does with months that are closed: their papers stay as they were told, and what came since is told in a
//! supplement of its own, once.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use jiff::civil::DateTime;
use polars::prelude::DataFrame;

use super::close::{PROGRAM, inputs};
use super::closings::{self, Closing, Closings, Kept, PAPER_LIMIT, name_of};
use super::examine::sha256;
use super::run::drawn_papers;
use super::workspace::Workspace;
use crate::assess::{self, Assessment, Supplement};
use crate::closing::{Named, Record, SCHEMA_VERSION};
use crate::compose::{self, Since};
use crate::diag::{Code, Diagnostic, Severity};
use crate::error::Error;
use crate::host::Host;
use crate::model::{Lang, Period, Place, Text};
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
        let told = match closing.last().figures(self.host)? {
            Ok(told) => told,
            Err(why) => return Ok((Vec::new(), Some(self.damaged(period, &closing.last().folder, &why)))),
        };
        let now = assess::figures(assessment).map_err(Error::internal)?;
        let difference = assess::supplement(&told, &now);
        if difference.is_empty() {
            return Ok((Vec::new(), None));
        }
        let inputs = inputs(assessment, files).map_err(Error::internal)?;
        let papers = self.papers(closing, assessment, &difference)?;
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
        let said = amended(period, &papers, &difference);
        Ok((papers.into_iter().map(|paper| paper.path).collect(), Some(said)))
    }

    /// The workbook and the paper of a supplement.
    fn papers(
        &self,
        closing: &Closing,
        assessment: &Assessment,
        supplement: &Supplement,
    ) -> Result<Vec<Artifact>, Error> {
        let period = assessment.period;
        let records = || closing.told().filter_map(|kept| kept.record.as_ref().ok()).map(|sealed| &sealed.value);
        let known: BTreeSet<&str> =
            records().flat_map(|record| &record.inputs).map(|input| input.sha256.as_str()).collect();
        let files: Vec<(String, DateTime)> = assessment
            .files
            .iter()
            .filter(|file| !known.contains(file.sha256.as_str()))
            .map(|file| (file.file.clone(), file.received_at))
            .collect();
        let rules =
            records().last().map(|record| changed_rules(record, &self.workspace.rule_files)).unwrap_or_default();
        let since = Since {
            closed_at: records().next().map_or(self.now, |record| record.at),
            told_at: records().skip(1).last().map(|record| record.at),
            supplement,
            files: &files,
            rules: &rules,
        };
        let wording = self.workspace.wording(self.lang)?;
        let (settings, sets) = (&self.workspace.settings, &self.workspace.catalogue.sets);
        let report = compose::supplement(since, assessment, settings, sets, &wording, self.now);
        let folder = settings.folders.reports.join(period.to_string());
        let told: BTreeSet<&str> = self.closings.told(period).collect();
        let named = |time| compose::supplement_name(period, self.now.date(), time, self.lang);
        let free = (1..).map(named).find(|name| !told.contains(format!("{name}.xlsx").as_str()));
        let name = free.expect("numbers do not run out");
        drawn_papers(&report, folder.join(format!("{name}.xlsx")), folder.join(format!("{name}.pdf")))
    }

    /// Puts back papers of closed months that are gone, and says what is not as it was told. Where only the presence is
    /// looked at, nothing is read.
    pub(super) fn check(&self, period: Period, closing: &Closing, look: Look) -> Result<Vec<Diagnostic>, Error> {
        let mut said = Vec::new();
        for kept in closing.told() {
            let record = match &kept.record {
                Ok(sealed) if look == Look::Whole && !sealed.intact => {
                    said.push(self.damaged(period, &kept.folder, &record_changed()));
                    &sealed.value
                }
                Ok(sealed) => &sealed.value,
                Err(why) => {
                    said.push(self.damaged(period, &kept.folder, why));
                    continue;
                }
            };
            for paper in &record.papers {
                said.extend(self.check_paper(period, kept, paper, look)?);
            }
        }
        Ok(said)
    }

    fn check_paper(&self, period: Period, kept: &Kept, paper: &Named, look: Look) -> Result<Option<Diagnostic>, Error> {
        let (name, path) = (name_of(Path::new(&paper.name)), self.told_at(period, &paper.name));
        if self.host.exists(&path)? {
            let is_told = look == Look::Present || sha256(&self.host.read(&path, PAPER_LIMIT)?) == paper.sha256;
            return Ok((!is_told).then(|| changed(period, &name)));
        }
        let kept = kept.folder.join(&name);
        let bytes = if self.host.exists(&kept)? { self.host.read(&kept, PAPER_LIMIT)? } else { Vec::new() };
        if sha256(&bytes) != paper.sha256 {
            let why = Text::new(
                format!("bản lưu của «{name}» mất hoặc đã bị sửa"),
                format!("the kept copy of {name:?} is gone or was changed"),
            );
            return Ok(Some(self.damaged(period, kept.parent().unwrap_or(&kept), &why)));
        }
        publish(self.host, &[Artifact { path, bytes }])?;
        Ok(Some(missing(period, &name)))
    }

    /// Takes a closing's papers from where people look for them; one that somebody has changed stays.
    pub(super) fn withdraw(&self, period: Period, closing: &Closing) -> Result<(), Error> {
        let records = closing.told().filter_map(|kept| kept.record.as_ref().ok());
        for paper in records.flat_map(|sealed| &sealed.value.papers) {
            let path = self.told_at(period, &paper.name);
            if self.host.exists(&path)? && sha256(&self.host.read(&path, PAPER_LIMIT)?) == paper.sha256 {
                self.host.remove_file(&path)?;
            }
        }
        Ok(())
    }

    /// Where a paper that a record names lies for people. A name leads nowhere but into the month's folder.
    fn told_at(&self, period: Period, name: &str) -> PathBuf {
        self.workspace.settings.folders.reports.join(period.to_string()).join(name_of(Path::new(name)))
    }

    /// What is said of a closing that cannot be relied on.
    pub(super) fn damaged(&self, period: Period, folder: &Path, why: &Text) -> Diagnostic {
        let shown = super::run::shown(self.workspace, folder);
        let month = period.short();
        let message = Text::new(
            format!("hồ sơ chốt số liệu tháng {month} hỏng: {}", why.vi),
            format!("the record of closed {month} is damaged: {}", why.en),
        );
        let hint = Text::new(
            format!("chép lại thư mục «{shown}» từ bản sao lưu; báo cáo đã chốt vẫn được giữ nguyên"),
            format!("put the folder {shown:?} back from a backup; the closed papers are left as they are"),
        );
        Diagnostic::new(Severity::Error, Code::ClosingDamaged, message)
            .with_hint(hint)
            .at(Place::file(&shown.as_str().into()))
    }
}

/// What is wrong with a record whose seal does not hold.
pub(super) fn record_changed() -> Text {
    Text::new("hồ sơ đã bị sửa sau khi ghi", "the record was changed after it was written")
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

fn amended(period: Period, papers: &[Artifact], difference: &Supplement) -> Diagnostic {
    let (items, communes) = difference.size();
    let month = period.short();
    let message = Text::new(
        format!(
            "tháng {month} đã chốt, nay khác ở {items} mục, {communes} xã; đã lập bổ sung, báo cáo đã chốt giữ nguyên"
        ),
        format!(
            "{month} is closed and differs now in {items} items of {communes} communes; a supplement is written, the closed papers stay"
        ),
    );
    let hint = Text::new(
        "gửi kèm bản bổ sung cho nơi đã nhận báo cáo",
        "send the supplement to whoever has received the report",
    );
    let name = papers.first().map(|paper| name_of(&paper.path)).unwrap_or_default();
    Diagnostic::new(Severity::Warning, Code::ClosedMonthAmended, message)
        .with_hint(hint)
        .at(Place::file(&name.as_str().into()))
}

fn missing(period: Period, name: &str) -> Diagnostic {
    let month = period.short();
    let message = Text::new(
        format!("báo cáo đã chốt của tháng {month} bị mất, đã chép lại từ hồ sơ chốt"),
        format!("a closed paper of {month} was gone and is put back from the record"),
    );
    Diagnostic::new(Severity::Warning, Code::ClosedPaperMissing, message).at(Place::file(&name.into()))
}

/// What is said of a closed paper that somebody has changed.
pub(super) fn changed(period: Period, name: &str) -> Diagnostic {
    let month = period.short();
    let message = Text::new(
        format!("báo cáo đã chốt của tháng {month} đã bị sửa, không còn đúng bản đã chốt"),
        format!("a closed paper of {month} was changed and is no more what was closed"),
    );
    let hint = Text::new(
        "nếu không cần bản đã sửa, xóa nó rồi chạy «ntm run»: bản đã chốt được chép lại",
        "where the changed one is not needed, delete it and run `ntm run`: the closed one is put back",
    );
    Diagnostic::new(Severity::Error, Code::ClosedPaperChanged, message).with_hint(hint).at(Place::file(&name.into()))
}
