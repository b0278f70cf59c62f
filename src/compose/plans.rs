//! What is not met, as the paper has it: a line for each item that has a plan, a line of codes for each commune where
//! items have none.

use super::words::joined;
use super::{Material, assessed_sets, hands, table, unmet};
use crate::assess::{AmendedBy, Basis, CommuneStatus, Standing, Unmet};
use crate::model::CriteriaSet;
use crate::model::report::{Block, Cell, Column, Media, PageStart, Row, RowKind, Section, Table, Tone};

/// Items with a plan that a paper can carry: some twenty pages. Beyond it the paper has those that are overdue, and the
/// workbook all.
const MOST_PLANNED: usize = 400;

/// The annex of what is not met.
pub(super) fn section(material: &Material<'_>) -> Section {
    let wording = material.wording.unmet();
    let with_plan = |wanted: &dyn Fn(&Unmet) -> bool| {
        let items = with_set(material).flat_map(|(_, standing, _)| &standing.not_met);
        items.filter(|unmet| !unmet.plan.is_blank() && wanted(unmet)).count()
    };
    let (count, overdue) = (with_plan(&|_| true), with_plan(&|unmet| is_overdue(material, unmet)));
    let planned = match (count <= MOST_PLANNED, overdue <= MOST_PLANNED) {
        (true, _) => planned(material, &|_| true),
        (false, true) => planned(material, &|unmet| is_overdue(material, unmet)),
        (false, false) => None,
    };
    let unplanned = unplanned(material);
    let none = count == 0 && unplanned.is_none();
    let mut blocks = vec![Block::Note(wording.paper_note(hands::by_whom(material), wording.sheet()).into())];
    blocks.extend(none.then(|| table::paragraph(wording.none())));
    blocks.extend(unplanned.map(Block::Table));
    let unconfirmed = planned.is_some() && assessed_sets(material).any(|set| super::annex::unconfirmed(set) > 0);
    blocks.extend(
        (count > MOST_PLANNED).then(|| Block::Note(wording.planned_many(count, overdue, wording.sheet()).into())),
    );
    blocks.extend(planned.map(Block::Table));
    blocks.extend(unconfirmed.then(|| Block::Note(material.wording.words().unconfirmed_note().into())));
    Section {
        id: "unmet-paper".to_owned(),
        media: Media::Paper,
        title: wording.title().into(),
        sheet_name: wording.paper_sheet().into(),
        page: PageStart::NewLandscape,
        blocks,
    }
}

/// What to do, marked where the plan does not stand in the report itself.
pub(super) fn task(material: &Material<'_>, unmet: &Unmet) -> Option<String> {
    let (wording, task) = (material.wording.unmet(), unmet.plan.task.as_deref());
    match (sources(material, unmet), task) {
        (Some(sources), Some(task)) => Some(wording.sourced(task, sources).into()),
        (Some(sources), None) => Some(wording.sources(sources).into()),
        (None, task) => task.map(str::to_owned),
    }
}

/// Where a plan comes from, if not from the report itself: an earlier report, plan forms, the office.
pub(super) fn sources(material: &Material<'_>, unmet: &Unmet) -> Option<String> {
    let wording = material.wording.unmet();
    let carried = unmet.carried.as_ref().map(|carried| wording.carried(carried.period.short()));
    let amended = unmet.amended.iter().map(|one| match &one.by {
        AmendedBy::Form { file, .. } => wording.amended(file, material.day(one.at.date())),
        AmendedBy::Settings => wording.set(material.day(one.at.date())),
    });
    let sources = joined(carried.into_iter().chain(amended), "; ");
    (!sources.is_empty()).then_some(sources)
}

fn is_overdue(material: &Material<'_>, unmet: &Unmet) -> bool {
    unmet.plan.due.is_some_and(|due| due < material.made_at.date())
}

fn with_set<'a>(
    material: &Material<'a>,
) -> impl Iterator<Item = (&'a CommuneStatus, &'a Standing, &'a CriteriaSet)> + use<'a> {
    let Material { assessment, sets, .. } = *material;
    assessment
        .standings()
        .filter_map(move |(status, standing)| Some((status, standing, sets.iter().find(|s| s.id == standing.set)?)))
}

/// The items for which a person, a task or a day is named, under a heading for each commune and set.
fn planned(material: &Material<'_>, wanted: &dyn Fn(&Unmet) -> bool) -> Option<Table> {
    let mut rows = Vec::new();
    for (status, standing, set) in with_set(material) {
        let items: Vec<&Unmet> =
            standing.not_met.iter().filter(|unmet| !unmet.plan.is_blank() && wanted(unmet)).collect();
        if let Some(first) = items.first() {
            let mut cells = vec![Cell::text(group(material, status, standing, set, items.len(), first))];
            cells.resize_with(columns(material).len(), Cell::empty);
            rows.push(Row { cells, kind: RowKind::Group });
        }
        rows.extend(items.into_iter().map(|item| row(material, set, item)));
    }
    let caption = material.wording.unmet().planned();
    (!rows.is_empty())
        .then(|| table::without_empty_columns(table::of_text("planned", caption, columns(material), rows)))
}

fn group(
    material: &Material<'_>,
    status: &CommuneStatus,
    standing: &Standing,
    set: &CriteriaSet,
    count: usize,
    first: &Unmet,
) -> String {
    let wording = material.wording.unmet();
    let place = material.wording.words().file_and_sheet(&first.file, &first.sheet);
    let group = wording.group(&status.commune.name, &set.short_name, count, standing.not_met.len(), place);
    match standing.basis {
        Basis::Earlier(period) => wording.earlier(group, period.short()).into(),
        _ => group.into(),
    }
}

fn columns(material: &Material<'_>) -> Vec<Column> {
    let columns = material.wording.columns();
    let offices = (!material.settings.offices.is_empty()).then(|| table::text(columns.office(), 26.0));
    [
        table::mark(columns.item(), 6.0),
        table::text(columns.content(), 44.0),
        table::text(columns.value(), 10.0),
        table::mark(columns.since(), 8.0),
    ]
    .into_iter()
    .chain(offices)
    .chain([
        table::text(columns.owner(), 22.0),
        table::text(columns.task(), 38.0),
        table::mark(columns.due(), 10.0),
        table::mark(columns.cell(), 6.0),
    ])
    .collect()
}

fn row(material: &Material<'_>, set: &CriteriaSet, item: &Unmet) -> Row {
    let plan = &item.plan;
    let overdue = is_overdue(material, item);
    let due = table::day(plan.due);
    let offices = (!material.settings.offices.is_empty()).then(|| Cell::text(unmet::offices(material, set, item.code)));
    let what = [
        Cell::text(item.code.to_string()),
        Cell::text(material.brief_item_name(set, item.code)),
        table::optional(unmet::value(material, item)),
        table::optional(item.since.map(|period| period.short())),
    ];
    let who = [
        table::optional(plan.owner.as_deref()),
        table::optional(task(material, item)),
        if overdue { due.toned(Tone::Warning) } else { due },
        Cell::text(&item.cell).toned(Tone::Quiet),
    ];
    table::body(what.into_iter().chain(offices).chain(who).collect())
}

/// The codes of the items for which nothing is planned: a line for each commune, a column for each set.
fn unplanned(material: &Material<'_>) -> Option<Table> {
    let wording = material.wording.unmet();
    let columns = material.wording.columns();
    let bare = |standing: &Standing| -> Vec<String> {
        let items = standing.not_met.iter().filter(|unmet| unmet.plan.is_blank());
        items.map(|unmet| unmet.code.to_string()).collect()
    };
    let sets: Vec<&CriteriaSet> = assessed_sets(material)
        .filter(|set| material.assessment.standings().any(|(_, s)| s.set == set.id && !bare(s).is_empty()))
        .collect();
    let rows = material.assessment.communes.iter().filter_map(|status| {
        let standing = |set: &&CriteriaSet| status.standings.iter().find(|standing| standing.set == set.id);
        let standings: Vec<Option<&Standing>> = sets.iter().map(standing).collect();
        let count: usize = standings.iter().flatten().map(|standing| bare(standing).len()).sum();
        let cells = standings.into_iter().map(|standing| {
            let codes = standing.map(bare).filter(|codes| !codes.is_empty()).map(|codes| codes.join(", "));
            match (codes, standing.map(|standing| standing.basis)) {
                (Some(codes), Some(Basis::Earlier(period))) => {
                    Cell::text(wording.earlier(codes, period.short())).toned(Tone::Outdated)
                }
                (codes, _) => table::optional(codes),
            }
        });
        let name = Cell::text(&status.commune.name);
        (count > 0).then(|| table::body([name, table::count(count)].into_iter().chain(cells).collect()))
    });
    let rows: Vec<Row> = rows.collect();
    let labels = [table::text(columns.commune(), 16.0), table::figure(columns.count(), 8.0)];
    let labels = labels.into_iter().chain(sets.iter().map(|set| table::text(wording.codes(&set.short_name), 50.0)));
    (!rows.is_empty()).then(|| table::of_text("unplanned", wording.unplanned(), labels.collect(), rows))
}
