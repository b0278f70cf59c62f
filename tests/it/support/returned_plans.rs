//! A workbook of plans as an office sends it back: the program's own, filled in and saved by another program.

use jiff::civil::Date;
use ntm::model::plan_form::{PlanColumn, PlanKey, PlanMark};
use ntm::model::{CommuneCode, Period, SetId};

use super::sets::Set;
use super::workbook::{FileFormat, Look, Sheet, Value, Workbook, write};

/// A row: an item that a commune does not meet, the plan that stands, and what the office has filled in.
#[derive(Clone, Copy)]
pub(crate) struct Row<'a> {
    pub(crate) commune: (&'a str, &'a str),
    pub(crate) item: &'a str,
    pub(crate) since: &'a str,
    pub(crate) standing: &'a str,
    pub(crate) owner: &'a str,
    pub(crate) task: &'a str,
    pub(crate) due: Option<Date>,
}

const HEADINGS: [&str; PlanColumn::ALL.len()] = [
    "Xã",
    "Bộ tiêu chí",
    "Mã",
    "Nội dung",
    "Cơ quan theo dõi",
    "Chưa đạt từ",
    "Kế hoạch đang có",
    "Người, cơ quan phụ trách",
    "Nhiệm vụ",
    "Hạn hoàn thành",
];

const WIDTHS: [f64; PlanColumn::ALL.len()] = [15.0, 12.0, 7.0, 42.0, 20.0, 9.0, 34.0, 22.0, 34.0, 13.0];

/// The rows begin below title, mark, keys of columns and headings.
const FIRST_ROW: u32 = 4;

/// The workbook of a month as xlsx.
pub(crate) fn xlsx(period: Period, office: &str, set: (&Set, &str), rows: &[Row<'_>]) -> Vec<u8> {
    let base = Look::of("Times New Roman", 11);
    let (title, heading, text) = (base.bold(), base.bold().centred().framed(), base.left().framed());
    let mut sheet = Sheet::new("Kế hoạch");
    sheet.hidden_columns.insert(0);
    sheet.hidden_rows.insert(FIRST_ROW - 2);
    sheet.put(0, 1, Value::text(format!("Kế hoạch thực hiện các nội dung chưa đạt, tháng {}", period.short())), title);
    sheet.put(1, 1, Value::text(format!("Mã biểu: {} (không sửa dòng này)", PlanMark(period))), base);
    for ((col, column), (label, width)) in (1u16..).zip(PlanColumn::ALL).zip(HEADINGS.into_iter().zip(WIDTHS)) {
        sheet.widths.insert(col, width);
        sheet.put(FIRST_ROW - 1, col, Value::text(label), heading);
        if let Some(key) = column.key() {
            sheet.put(FIRST_ROW - 2, col, Value::text(key), base);
        }
    }
    let (set, short_name) = set;
    for (at, row) in (FIRST_ROW..).zip(rows) {
        let item = row.item.parse().expect("a code");
        let key = PlanKey { commune: CommuneCode(row.commune.0.to_owned()), set: SetId::from(set.id.as_str()), item };
        sheet.put(at, 0, Value::text(key.to_string()), base);
        let indicator = set.indicators().find(|indicator| indicator.code == row.item).expect("an item of the set");
        let texts = [
            row.commune.1,
            short_name,
            row.item,
            &indicator.name,
            office,
            row.since,
            row.standing,
            row.owner,
            row.task,
        ];
        for (col, written) in (1u16..).zip(texts).filter(|(_, written)| !written.is_empty()) {
            sheet.put(at, col, Value::text(written), text);
        }
        if let Some(due) = row.due {
            sheet.put(at, PlanColumn::ALL.len() as u16, Value::date(due), text);
        }
    }
    write(&Workbook { sheets: vec![sheet] }, FileFormat::Xlsx)
}
