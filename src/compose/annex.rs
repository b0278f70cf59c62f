//! Sources: the files with their hashes, the sets with their decisions, how it is counted, and what is not confirmed.

use super::{Material, assessed_sets, hands, table};
use crate::assess::FileRecord;
use crate::model::CriteriaSet;
use crate::model::report::{Block, Cell, Media, PageStart, Row, Section, Tone};

/// The annex.
pub(super) fn section(material: &Material<'_>) -> Section {
    let wording = material.wording.annex();
    let mut blocks = vec![Block::Table(files(material)), Block::Table(sets(material))];
    let doubtful = assessed_sets(material).filter(|set| unconfirmed(set) > 0);
    blocks.extend(
        doubtful.map(|set| Block::Note(wording.unconfirmed(unconfirmed(set), &set.short_name, named(set)).into())),
    );
    blocks.push(Block::Heading(wording.rules().into()));
    let rules = [
        if hands::others_count(material) { wording.rule_hands() } else { wording.rule_commune() },
        wording.rule_criterion(),
        wording.rule_not_reported(),
        wording.rule_not_applicable(),
        wording.rule_earlier(),
        wording.rule_declared(),
    ];
    blocks.extend(rules.map(|rule| Block::Bullet(rule.into_spans())));
    blocks.push(Block::Note(wording.made_at(material.moment(material.made_at)).into()));
    Section {
        id: "annex".to_owned(),
        media: Media::Both,
        title: wording.title().into(),
        sheet_name: wording.sheet().into(),
        page: PageStart::Flow,
        blocks,
    }
}

/// How many names of a set were recalled and not read in the decision.
pub(super) fn unconfirmed(set: &CriteriaSet) -> usize {
    let criteria = set.criteria.iter().filter(|criterion| !criterion.confirmed).count();
    criteria + set.indicators().filter(|indicator| !indicator.confirmed).count()
}

fn named(set: &CriteriaSet) -> usize {
    set.criteria.len() + set.indicators().count()
}

fn files(material: &Material<'_>) -> crate::model::report::Table {
    let wording = material.wording.annex();
    let columns = material.wording.columns();
    let rows: Vec<Row> = material.assessment.files.iter().map(|file| file_row(material, file)).collect();
    table::of_text(
        "files",
        wording.files(),
        vec![
            table::text(columns.file(), 38.0),
            table::mark(columns.hash(), 16.0),
            table::mark(columns.received_at(), 13.0),
            table::mark(columns.period(), 8.0),
            table::figure(columns.submissions(), 9.0),
            table::figure(columns.counting(), 8.0),
        ],
        rows,
    )
}

fn file_row(material: &Material<'_>, file: &FileRecord) -> Row {
    let short_hash: String = file.sha256.chars().take(12).collect();
    let set_aside = || Cell::text(material.wording.annex().set_aside()).toned(Tone::Error);
    table::body(vec![
        material.file_cell(file),
        Cell::text(short_hash),
        Cell::text(material.moment(file.received_at)),
        table::optional(file.period.map(|period| period.short())),
        file.submissions.map_or_else(set_aside, |submissions| Cell::integer(submissions.into())),
        Cell::integer(file.counting.into()),
    ])
}

fn sets(material: &Material<'_>) -> crate::model::report::Table {
    let columns = material.wording.columns();
    let rows = assessed_sets(material).map(|set| {
        table::body(vec![
            Cell::text(&set.name),
            Cell::text(&set.decision),
            Cell::integer(set.criteria_total().into()),
            Cell::integer(set.indicators_total.into()),
            table::count(unconfirmed(set)),
        ])
    });
    table::of_text(
        "sets",
        material.wording.annex().sets(),
        vec![
            table::text(columns.set(), 50.0),
            table::text(columns.decision(), 18.0),
            table::figure(columns.criteria(), 9.0),
            table::figure(columns.indicators(), 9.0),
            table::figure(columns.unconfirmed(), 16.0),
        ],
        rows.collect(),
    )
}
