//! All rows behind the report, with headings and words that people read.

use std::collections::BTreeSet;

use polars::df;
use polars::prelude::{
    DataFrame, Expr, IntoLazy, JoinArgs, JoinType, LazyFrame, MaintainOrderJoin, PolarsResult, col, lit, when,
};

use super::{Material, table};
use crate::model::report::{Block, Column, DataTable, Media, PageStart, Section};
use crate::model::{ItemCode, Period};

/// Where the columns of sheet and cell stand among those below.
const SHEET: usize = 17;
const CELL: usize = 18;

/// The section of all rows; its first row is row 0 of every `source`.
pub(super) fn section(material: &Material<'_>) -> Section {
    let wording = material.wording.data();
    let frame = readable(material).expect("the assessment's rows have the columns of model::frames");
    Section {
        id: "data".to_owned(),
        media: Media::Workbook,
        title: wording.title().into(),
        sheet_name: wording.sheet().into(),
        page: PageStart::NewLandscape,
        blocks: vec![Block::Data(DataTable {
            id: "data".to_owned(),
            caption: wording.caption(material.assessment.period.short()).into(),
            columns: columns(material),
            originals: material
                .originals(&material.assessment.data, CELL, (SHEET, CELL))
                .expect("the assessment's rows have the columns of model::frames"),
            frame,
        })],
    }
}

/// The columns in the order in which [`readable`] gives them.
fn columns(material: &Material<'_>) -> Vec<Column> {
    let columns = material.wording.columns();
    vec![
        table::text(columns.commune(), 16.0),
        table::text(columns.set(), 14.0),
        table::mark(columns.period(), 9.0),
        table::figure(columns.criterion(), 9.0),
        table::mark(columns.item(), 8.0),
        table::text(columns.content(), 50.0),
        table::text(columns.verdict(), 16.0),
        table::figure(columns.value(), 11.0),
        table::text(columns.unit(), 11.0),
        table::text(columns.text(), 18.0),
        table::text(columns.verdict_text(), 16.0),
        table::text(columns.note(), 24.0),
        table::text(columns.owner(), 20.0),
        table::text(columns.task(), 30.0),
        table::mark(columns.due(), 12.0),
        table::text(columns.assessor(), 11.0),
        table::text(columns.file(), 30.0),
        table::text(columns.sheet(), 16.0),
        table::mark(columns.cell(), 8.0),
        table::mark(columns.value_cell(), 9.0),
    ]
}

/// The rows of the assessment, in their order, with names for codes and words for verdicts.
fn readable(material: &Material<'_>) -> PolarsResult<DataFrame> {
    let data = &material.assessment.data;
    let words = material.wording.words();
    // Each key has one name: the rows stay what and where they are, and none of their columns is copied.
    let args = JoinArgs { maintain_order: MaintainOrderJoin::Left, ..JoinArgs::new(JoinType::Left) };
    let left = |rows: LazyFrame, names: DataFrame, keys: &[&str]| {
        let keys: Vec<Expr> = keys.iter().map(|key| col(*key)).collect();
        rows.join(names.lazy(), keys.clone(), keys, args.clone())
    };
    let rows = left(data.clone().lazy(), commune_names(material)?, &["commune"]);
    let rows = left(rows, set_names(material)?, &["set"]);
    let rows = left(rows, item_names(material)?, &["set", "item"]);
    let rows = left(rows, months(data)?, &["period"]);
    let verdict = when(col("verdict").eq(lit("met")))
        .then(lit(words.met().to_string()))
        .when(col("verdict").eq(lit("not_met")))
        .then(lit(words.not_met().to_string()))
        .when(col("verdict").eq(lit("not_applicable")))
        .then(lit(words.not_applicable().to_string()))
        .otherwise(lit(words.open().to_string()));
    let assessor = when(col("assessor").eq(lit("commune")))
        .then(lit(words.assessor_commune().to_string()))
        .when(col("assessor").eq(lit("plan")))
        .then(lit(words.assessor_plan().to_string()))
        .otherwise(lit(words.assessor_district().to_string()));
    let plain = ["value", "unit", "text", "verdict_text", "note", "owner", "task", "due"].map(col);
    let places = ["file", "sheet", "cell", "value_cell"].map(col);
    let names = vec![
        col("commune_name").fill_null(col("commune")),
        col("set_name").fill_null(col("set")),
        col("month"),
        col("criterion"),
        col("item"),
        col("item_name"),
        verdict.alias("verdict"),
    ];
    rows.select([names, plain.to_vec(), vec![assessor.alias("assessor")], places.to_vec()].concat()).collect()
}

fn commune_names(material: &Material<'_>) -> PolarsResult<DataFrame> {
    let codes: BTreeSet<&str> = material.settings.communes.iter().map(|commune| commune.code.0.as_str()).collect();
    let names: Vec<String> = codes.iter().map(|code| material.name_of_code(code)).collect();
    df!("commune" => codes.into_iter().collect::<Vec<_>>(), "commune_name" => names)
}

fn set_names(material: &Material<'_>) -> PolarsResult<DataFrame> {
    df!(
        "set" => material.sets.iter().map(|set| set.id.as_str()).collect::<Vec<_>>(),
        "set_name" => material.sets.iter().map(|set| set.short_name.as_str()).collect::<Vec<_>>(),
    )
}

fn item_names(material: &Material<'_>) -> PolarsResult<DataFrame> {
    let mut names: Vec<(&str, ItemCode, String)> = Vec::new();
    for set in material.sets {
        let wholes = set.criteria.iter().filter(|criterion| !criterion.is_single()).map(|criterion| criterion.code());
        let codes = wholes.chain(set.indicators().map(|indicator| indicator.code));
        names.extend(codes.map(|code| (set.id.as_str(), code, material.item_name(set, code))));
    }
    df!(
        "set" => names.iter().map(|(set, ..)| *set).collect::<Vec<_>>(),
        "item" => names.iter().map(|(_, code, _)| code.to_string()).collect::<Vec<_>>(),
        "item_name" => names.into_iter().map(|(.., name)| name).collect::<Vec<_>>(),
    )
}

/// The stored months with the form in which people write them.
fn months(data: &DataFrame) -> PolarsResult<DataFrame> {
    let months: BTreeSet<&str> = data.column("period")?.str()?.iter().flatten().collect();
    let short = |month: &&str| month.parse::<Period>().map_or_else(|_| (*month).to_owned(), Period::short);
    df!("month" => months.iter().map(short).collect::<Vec<_>>(), "period" => months.into_iter().collect::<Vec<_>>())
}
