//! The same report counted in three ways: as declared, by its list, by its values; only where they differ.

use super::words::joined;
use super::{Material, table, this_month};
use crate::assess::{CommuneStatus, Contradiction, Explanation, Standing, Status, ThreeWays};
use crate::catalogue::wording::Said;
use crate::model::CriteriaSet;
use crate::model::criteria::Better;
use crate::model::report::{Block, Cell, Media, PageStart, Row, Section, Tone};

/// The section, where any report of the month differs.
pub(super) fn section(material: &Material<'_>) -> Option<Section> {
    let wording = material.wording.reconcile();
    let rows: Vec<Row> =
        differing(material).map(|(status, standing, set)| row(material, status, standing, set)).collect();
    if rows.is_empty() {
        return None;
    }
    let columns = material.wording.columns();
    let three = |group: Said| {
        let labels = [wording.declared(), wording.listed(), wording.by_value()];
        labels.map(|label| table::under(group.to_string(), table::figure(label, 7.0)))
    };
    let labels = [table::text(columns.commune(), 12.0), table::text(columns.set(), 10.0)]
        .into_iter()
        .chain(three(wording.criteria()))
        .chain(three(wording.indicators()))
        .chain([table::text(wording.readings(), 44.0)]);
    Some(Section {
        id: "reconcile".to_owned(),
        media: Media::Both,
        title: wording.title().into(),
        sheet_name: wording.sheet().into(),
        page: PageStart::Flow,
        blocks: vec![
            Block::Note(wording.note().into()),
            Block::Table(table::of_text("reconcile", "", labels.collect(), rows)),
        ],
    })
}

/// This month's reports that declare, list or measure differently.
fn differing<'a>(
    material: &Material<'a>,
) -> impl Iterator<Item = (&'a CommuneStatus, &'a Standing, &'a CriteriaSet)> + use<'a> {
    let differs =
        |standing: &Standing| !standing.differences().is_empty() || !standing.by_value.contradictions.is_empty();
    this_month(material).filter(move |(_, standing, _)| differs(standing))
}

fn row(material: &Material<'_>, status: &CommuneStatus, standing: &Standing, set: &CriteriaSet) -> Row {
    let [criteria, mut indicators] = standing.three_ways().map(|(_, ways)| cells(ways));
    // By the values: a link to the first of the rows in which they contradict.
    indicators[2].source = standing.by_value.contradictions.first().and_then(|one| one.source);
    let readings = may_be(material, standing, set);
    let values = standing.by_value.contradictions.iter().map(|one| contradicted(material, one));
    let text = joined(readings.into_iter().chain(values), ". ");
    let lead = [Cell::text(&status.commune.name), Cell::text(&set.short_name)];
    let last = table::optional((!text.is_empty()).then_some(text));
    table::body(lead.into_iter().chain(criteria).chain(indicators).chain([last]).collect())
}

/// The readings under which the declared totals would be right: `Có thể: thiếu 1 chỉ tiêu …; hoặc …`.
pub(super) fn may_be(material: &Material<'_>, standing: &Standing, set: &CriteriaSet) -> Option<Said> {
    let wording = material.wording.reconcile();
    let readings = standing.explanations(set);
    let said = joined(readings.iter().map(|reading| explained(material, reading)), &wording.or().to_string());
    (!said.is_empty()).then(|| wording.may_be(said))
}

/// The three figures; what the list does not bear out is to be looked at.
fn cells(ways: ThreeWays) -> [Cell; 3] {
    let cell = |number: Option<u32>| {
        let shown = table::optional(number.map(|number| format!("{number}/{}", ways.total)));
        let differs = number.zip(ways.listed).is_some_and(|(number, listed)| number != listed);
        if differs { shown.toned(Tone::Warning) } else { shown }
    };
    [cell(ways.declared), cell(ways.listed), cell(ways.by_value)]
}

fn explained(material: &Material<'_>, reading: &Explanation) -> Said {
    let wording = material.wording.reconcile();
    match reading {
        Explanation::CountedByValue(items) => wording.counted_by_value(joined(items, ", ")),
        Explanation::NearlyMetCounted(items) => wording.nearly_met_counted(joined(items, ", ")),
        Explanation::TotalsOf(period) => wording.totals_of(period.short()),
        Explanation::MissingWithin { count, criteria } => wording.missing_within(count, joined(criteria, ", ")),
        Explanation::UncountedWithin { count, criteria } => wording.uncounted_within(count, joined(criteria, ", ")),
        Explanation::LinesCounted(items) => wording.lines_counted(joined(items, ", ")),
        Explanation::CountedTwice(criteria) => wording.counted_twice(joined(criteria, ", ")),
    }
}

/// `15.4 ghi đạt, kết quả 66,8%, mức quy định ≥ 70% (ô D58)`.
fn contradicted(material: &Material<'_>, one: &Contradiction) -> Said {
    let wording = material.wording.reconcile();
    let sign = match one.better {
        Better::Higher | Better::Yes => "≥",
        Better::Lower => "≤",
        Better::Exactly => "=",
    };
    let value = material.measured(one.value, Some(&one.unit));
    let target = format!("{sign} {}", material.measured(one.target, Some(&one.unit)));
    let cell = one.value_cell.as_deref().unwrap_or(&one.cell);
    match one.stated {
        Status::Met => wording.met_below(one.code, value, target, cell),
        _ => wording.not_met_above(one.code, value, target, cell),
    }
}
