//! What each column of the data means and holds, and how to make a pivot of it.

use super::words::joined;
use super::{Material, table};
use crate::catalogue::wording::Said;
use crate::model::report::{Block, Cell, Media, PageStart, Row, Section};

/// The name of the range of the data: [`super::data`] has the table of this id.
const RANGE: &str = "ntm_data";

/// The section.
pub(super) fn section(material: &Material<'_>) -> Section {
    let wording = material.wording.sheets();
    let rows: Vec<Row> = columns(material)
        .into_iter()
        .map(|(column, meaning, kind)| table::body(vec![Cell::text(column), Cell::text(meaning), Cell::text(kind)]))
        .collect();
    let labels = vec![
        table::text(wording.column(), 22.0),
        table::text(wording.meaning(), 70.0),
        table::text(wording.type_of_value(), 30.0),
    ];
    let note = wording.dictionary_note(RANGE, material.wording.data().sheet());
    Section {
        id: "dictionary".to_owned(),
        media: Media::Workbook,
        title: wording.dictionary_title().into(),
        sheet_name: wording.dictionary_sheet().into(),
        page: PageStart::NewPortrait,
        blocks: vec![Block::Note(note.into()), Block::Table(table::of_text("dictionary", "", labels, rows))],
    }
}

/// Name, meaning and type of each column of the data, in its order.
fn columns(material: &Material<'_>) -> Vec<(Said, Said, Said)> {
    let (names, says, words) = (material.wording.columns(), material.wording.sheets(), material.wording.words());
    let verdicts = [words.met(), words.not_met(), words.not_applicable(), words.open()];
    let verdicts = || says.type_words(joined(&verdicts, ", "));
    let assessors = says.type_words(joined([words.assessor_commune(), words.assessor_district()], ", "));
    vec![
        (names.commune(), says.meaning_commune(), says.type_text()),
        (names.set(), says.meaning_set(), says.type_text()),
        (names.period(), says.meaning_period(), says.type_text()),
        (names.criterion(), says.meaning_criterion(), says.type_number()),
        (names.item(), says.meaning_item(), says.type_code()),
        (names.content(), says.meaning_content(), says.type_text()),
        (names.verdict(), says.meaning_verdict(), verdicts()),
        (names.value(), says.meaning_value(), says.type_number()),
        (names.unit(), says.meaning_unit(), says.type_text()),
        (names.text(), says.meaning_text(), says.type_text()),
        (names.verdict_text(), says.meaning_verdict_text(), says.type_text()),
        (names.note(), says.meaning_note(), says.type_text()),
        (names.owner(), says.meaning_owner(), says.type_text()),
        (names.task(), says.meaning_task(), says.type_text()),
        (names.due(), says.meaning_due(), says.type_day()),
        (names.assessor(), says.meaning_assessor(), assessors),
        (names.file(), says.meaning_file(), says.type_text()),
        (names.sheet(), says.meaning_sheet(), says.type_text()),
        (names.cell(), says.meaning_cell(), says.type_text()),
        (names.value_cell(), says.meaning_value_cell(), says.type_text()),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::tests::{april, composed, row, table};
    use crate::model::Lang;
    use crate::model::report::Block;

    #[test]
    fn every_column_of_the_data_is_explained_in_its_order() {
        let report = composed(&april(), "2023-04", Lang::Vi);
        let blocks = || report.sections.iter().flat_map(|section| &section.blocks);
        let data = blocks().find_map(|block| if let Block::Data(data) = block { Some(data) } else { None });
        let shown: Vec<&str> = data.unwrap().columns.iter().map(|column| column.label.as_str()).collect();
        let rows: Vec<String> = table(&report, "dictionary").rows.iter().map(row).collect();
        let explained: Vec<&str> = rows.iter().filter_map(|row| row.split(" | ").next()).collect();
        assert_eq!(explained, shown);
    }
}
