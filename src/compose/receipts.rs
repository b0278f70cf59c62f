//! Which reports were received, when and how often; which are missing; what nobody expected; what could not be read.

use super::{Material, decide, table};
use crate::assess::{Basis, CommuneStatus, GoingBack, Received, Standing, Timeliness};
use crate::model::report::{Block, Cell, Media, PageStart, Row, Section, Table, Tone};

/// The sheet of the workbook, one line for each report, and the annex of the paper, one for each commune.
pub(super) fn sections(material: &Material<'_>) -> [Section; 2] {
    let wording = material.wording.receipts();
    let section = |id: &str, media, sheet_name: String, received| {
        let note = Block::Note(wording.note(material.day(material.assessment.due)).into());
        let mut blocks = vec![note, Block::Table(received)];
        blocks.extend(unexpected(material));
        blocks.extend(set_aside(material));
        let title = wording.title().into();
        Section { id: id.to_owned(), media, title, sheet_name, page: PageStart::NewPortrait, blocks }
    };
    [
        section("receipts", Media::Workbook, wording.sheet().into(), by_report(material)),
        section("receipts-paper", Media::Paper, wording.paper_sheet().into(), by_commune(material)),
    ]
}

fn by_report(material: &Material<'_>) -> Table {
    let wording = material.wording.receipts();
    let columns = material.wording.columns();
    let going_back = material.assessment.going_back();
    let rows = material.assessment.standings().map(|(status, standing)| row(material, status, standing, &going_back));
    table::of_text(
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
    )
}

/// A line for each commune: its files, when the last came, and how it stands with each set.
fn by_commune(material: &Material<'_>) -> Table {
    let columns = material.wording.columns();
    let going_back = material.assessment.going_back();
    let rows = material.assessment.communes.iter().map(|status| {
        let this_month = status.standings.iter().filter(|standing| standing.basis == Basis::ThisMonth);
        let received: Vec<&Received> = this_month.filter_map(|standing| standing.received.as_ref()).collect();
        let last = received.iter().map(|received| received.received_at).max();
        let mut files: Vec<&str> = received.iter().map(|received| received.file.as_str()).collect();
        files.dedup();
        let versions = received.iter().map(|received| received.versions).max();
        let lead = [
            Cell::text(&status.commune.name),
            table::optional(last.map(|at| material.moment(at))),
            versions.map_or_else(Cell::empty, |versions| Cell::integer(versions.into())),
        ];
        let states = status.standings.iter().map(|standing| match standing.basis {
            Basis::Earlier(period) => {
                Cell::text(material.wording.words().earlier_short(period.short())).toned(Tone::Outdated)
            }
            _ => state(material, standing, &going_back),
        });
        let files = table::optional((!files.is_empty()).then(|| files.join("; ")));
        table::body(lead.into_iter().chain(states).chain([files]).collect())
    });
    let rows: Vec<Row> = rows.collect();
    let sets = material
        .assessment
        .sets
        .iter()
        .map(|status| table::under(columns.state(), table::text(material.short_name(status.set.as_str()), 15.0)));
    let lead = [
        table::text(columns.commune(), 13.0),
        table::mark(columns.received_at(), 11.0),
        table::figure(columns.versions(), 6.0),
    ];
    let labels = lead.into_iter().chain(sets).chain([table::text(columns.file(), 40.0)]).collect();
    table::of_text("receipts-paper", "", labels, rows)
}

fn row(material: &Material<'_>, status: &CommuneStatus, standing: &Standing, going_back: &GoingBack<'_>) -> Row {
    let received = standing.received.as_ref().filter(|_| standing.basis == Basis::ThisMonth);
    table::body(vec![
        Cell::text(&status.commune.name),
        Cell::text(material.short_name(standing.set.as_str())),
        state(material, standing, going_back),
        table::optional(received.map(|received| material.moment(received.received_at))),
        received.map_or_else(Cell::empty, |received| Cell::integer(received.versions.into())),
        table::optional(received.map(|received| received.file.as_str())),
        table::optional(received.map(|received| received.sheet.as_str())),
    ])
}

fn state(material: &Material<'_>, standing: &Standing, going_back: &GoingBack<'_>) -> Cell {
    let words = material.wording.words();
    let late = standing.received.as_ref().is_some_and(|received| received.timeliness == Timeliness::Late);
    let (state, tone) = match standing.basis {
        Basis::ThisMonth if late => (words.late(), Tone::Warning),
        Basis::ThisMonth => (words.in_time(), Tone::Plain),
        Basis::Earlier(period) => (words.earlier(period.short()), Tone::Outdated),
        Basis::Nothing => (words.missing(), Tone::NotReported),
    };
    match going_back.has(standing) {
        true => Cell::text(words.sent_back(state)).toned(tone),
        false => Cell::text(state).toned(tone),
    }
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
            let assessor = match one.assessor.as_str() {
                "commune" => words.assessor_commune(),
                "plan" => words.assessor_plan(),
                _ => words.assessor_district(),
            };
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
                material.file_cell(file).toned(Tone::Error),
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
