//! Which reports were received, when and how often; which are missing; what nobody expected; what could not be read.

use super::{Material, decide, table};
use crate::assess::{Basis, CommuneStatus, Standing, Timeliness};
use crate::model::report::{Block, Cell, Media, PageStart, Row, Section, Tone};

/// The section of what was received.
pub(super) fn section(material: &Material<'_>) -> Section {
    let wording = material.wording.receipts();
    let columns = material.wording.columns();
    let rows = material.assessment.standings().map(|(status, standing)| row(material, status, standing));
    let received = table::of_text(
        "receipts",
        wording.table(),
        vec![
            table::text(columns.commune(), 16.0),
            table::text(columns.set(), 14.0),
            table::text(columns.state(), 22.0),
            table::text(columns.received_at(), 20.0),
            table::figure(columns.versions(), 8.0),
            table::text(columns.file(), 34.0),
            table::text(columns.sheet(), 14.0),
        ],
        rows.collect(),
    );
    let mut blocks =
        vec![Block::Note(wording.note(material.day(material.assessment.due)).into()), Block::Table(received)];
    blocks.extend(unexpected(material));
    blocks.extend(set_aside(material));
    Section {
        id: "receipts".to_owned(),
        media: Media::Both,
        title: wording.title().into(),
        sheet_name: wording.sheet().into(),
        page: PageStart::NewPortrait,
        blocks,
    }
}

fn row(material: &Material<'_>, status: &CommuneStatus, standing: &Standing) -> Row {
    let words = material.wording.words();
    let late = standing.received.as_ref().is_some_and(|received| received.timeliness == Timeliness::Late);
    let (state, tone) = match standing.basis {
        Basis::ThisMonth if late => (words.late(), Tone::Warning),
        Basis::ThisMonth => (words.in_time(), Tone::Plain),
        Basis::Earlier(period) => (words.earlier(period.short()), Tone::Outdated),
        Basis::Nothing => (words.missing(), Tone::NotReported),
    };
    let received = standing.received.as_ref().filter(|_| standing.basis == Basis::ThisMonth);
    table::body(vec![
        Cell::text(&status.commune.name),
        Cell::text(material.short_name(standing.set.as_str())),
        Cell::text(state).toned(tone),
        table::optional(received.map(|received| material.moment(received.received_at))),
        received.map_or_else(Cell::empty, |received| Cell::integer(received.versions.into())),
        table::optional(received.map(|received| received.file.as_str())),
        table::optional(received.map(|received| received.sheet.as_str())),
    ])
}

fn unexpected(material: &Material<'_>) -> Vec<Block> {
    let wording = material.wording.receipts();
    let columns = material.wording.columns();
    let words = material.wording.words();
    let rows: Vec<Row> = material
        .assessment
        .unexpected
        .iter()
        .map(|one| {
            let assessor = if one.assessor == "commune" { words.assessor_commune() } else { words.assessor_district() };
            table::body(vec![
                Cell::text(material.name_of_code(&one.commune)),
                Cell::text(material.short_name(&one.set)),
                Cell::text(assessor),
                Cell::text(material.moment(one.received_at)),
                Cell::text(&one.file),
                Cell::text(&one.sheet),
            ])
        })
        .collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let columns = vec![
        table::text(columns.commune(), 16.0),
        table::text(columns.set(), 14.0),
        table::text(columns.assessor(), 10.0),
        table::text(columns.received_at(), 20.0),
        table::text(columns.file(), 34.0),
        table::text(columns.sheet(), 14.0),
    ];
    let table = table::of_text("unexpected", wording.unexpected(), columns, rows);
    vec![Block::Table(table), Block::Note(wording.unexpected_note().into())]
}

fn set_aside(material: &Material<'_>) -> Option<Block> {
    let columns = material.wording.columns();
    let rows: Vec<Row> = decide::files_set_aside(material)
        .into_iter()
        .map(|file| {
            table::body(vec![
                Cell::text(&file.file).toned(Tone::Error),
                Cell::text(material.moment(file.received_at)),
                Cell::text(decide::reason(material, file)),
            ])
        })
        .collect();
    let columns = vec![
        table::text(columns.file(), 34.0),
        table::text(columns.received_at(), 20.0),
        table::text(columns.message(), 60.0),
    ];
    let caption = material.wording.receipts().set_aside();
    (!rows.is_empty()).then(|| Block::Table(table::of_text("set-aside", caption, columns, rows)))
}
