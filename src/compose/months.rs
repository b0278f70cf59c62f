//! What a report looks like beside those before it: long unmet, standing still, repeated, jumping, sent again.

use super::words::{joined, of_verdict};
use super::{Material, table, this_month};
use crate::assess::{CommuneStatus, LONG_UNMET, STANDS_STILL, Standing, Unmet, VersionChange};
use crate::catalogue::wording::Said;
use crate::model::report::{Block, Cell, Media, PageStart, Row, Section, Tone};
use crate::model::{CriteriaSet, Verdict};

/// Rows that a paper can carry, some four pages; beyond them the workbook alone has the table.
const MOST_ON_PAPER: usize = 120;

/// The section, where there is anything to tell.
pub(super) fn section(material: &Material<'_>) -> Option<Section> {
    let wording = material.wording.months();
    let rows: Vec<Row> =
        this_month(material).flat_map(|(status, standing, set)| rows(material, status, standing, set)).collect();
    if rows.is_empty() {
        return None;
    }
    let columns = material.wording.columns();
    let labels = vec![
        table::text(columns.commune(), 12.0),
        table::text(columns.set(), 11.0),
        table::text(wording.what(), 22.0),
        table::mark(columns.item(), 7.0),
        table::text(wording.detail(), 60.0),
    ];
    Some(Section {
        id: "months".to_owned(),
        media: if rows.len() <= MOST_ON_PAPER { Media::Both } else { Media::Workbook },
        title: wording.title().into(),
        sheet_name: wording.sheet().into(),
        page: PageStart::Flow,
        blocks: vec![
            Block::Note(wording.note(LONG_UNMET, STANDS_STILL).into()),
            Block::Table(table::of_text("months", "", labels, rows)),
        ],
    })
}

/// The rows of one report, what needs an answer first.
fn rows(material: &Material<'_>, status: &CommuneStatus, standing: &Standing, set: &CriteriaSet) -> Vec<Row> {
    let wording = material.wording.months();
    let row = |what: Said, tone: Tone, item: Cell, detail: String| {
        let lead = [Cell::text(&status.commune.name), Cell::text(&set.short_name), Cell::text(what).toned(tone)];
        table::body(lead.into_iter().chain([item, Cell::text(detail)]).collect())
    };
    let mut rows = Vec::new();
    for jump in &standing.trail.jumps {
        let (before, now) = (jump.before, jump.now);
        let figures = [before, now].map(|value| material.measured(value, jump.unit.as_deref()));
        let [before, now] = figures;
        let detail = wording.jump(
            before,
            jump.before_period.short(),
            now,
            material.at(&jump.sheet, Some(&jump.cell)),
            jump.months,
        );
        let item = Cell { source: jump.source, ..Cell::text(jump.code.to_string()) };
        rows.push(row(wording.jumps(), Tone::Warning, item, detail.into()));
    }
    if let Some(period) = standing.trail.same_as {
        let detail = wording.same(period.short()).into();
        rows.push(row(wording.repeated(), Tone::Warning, Cell::empty(), detail));
    }
    if let Some(resubmitted) = &standing.trail.resubmitted {
        let changes = joined(resubmitted.changes.iter().map(|change| changed(material, change)), "; ");
        let changes = if changes.is_empty() { wording.nothing_changed().into() } else { changes };
        let detail = wording.against(&resubmitted.replaced, material.moment(resubmitted.received_at), changes);
        rows.push(row(wording.resubmitted(), Tone::Plain, Cell::empty(), detail.into()));
    }
    let period = material.assessment.period;
    let still: Vec<&Unmet> =
        standing.not_met.iter().filter(|unmet| unmet.unmoved_months(period) >= STANDS_STILL).collect();
    if !still.is_empty() {
        let one = |unmet: &&Unmet| {
            let value = unmet.value.map(|value| material.measured(value, unmet.unit.as_deref())).unwrap_or_default();
            wording.still(unmet.code, value, unmet.unmoved_months(period))
        };
        let detail = joined(still.iter().map(one), "; ");
        rows.push(row(wording.stands_still(), Tone::Plain, Cell::empty(), detail));
    }
    let long: Vec<&Unmet> = standing.not_met.iter().filter(|unmet| unmet.months(period) >= LONG_UNMET).collect();
    if !long.is_empty() {
        let detail = joined(long.iter().map(|unmet| wording.for_months(unmet.code, unmet.months(period))), "; ");
        rows.push(row(wording.long_unmet(), Tone::Plain, Cell::empty(), detail));
    }
    rows
}

/// `2 chưa đạt → đạt`, `3.1 8,52% → 85,2%`, both where both differ.
fn changed(material: &Material<'_>, change: &VersionChange) -> Said {
    let wording = material.wording.months();
    let verdict = |verdict: Option<Verdict>| {
        let said = verdict.map_or_else(|| wording.nothing(), |verdict| of_verdict(material, verdict));
        said.to_string().to_lowercase()
    };
    let value = |value: Option<f64>| match value {
        Some(value) => material.measured(value, change.unit.as_deref()),
        None => wording.nothing().into(),
    };
    let verdicts = (change.verdict.0 != change.verdict.1)
        .then(|| wording.from_to(verdict(change.verdict.0), verdict(change.verdict.1)));
    let values =
        (change.value.0 != change.value.1).then(|| wording.from_to(value(change.value.0), value(change.value.1)));
    wording.change(change.code, joined(verdicts.into_iter().chain(values), ", "))
}
