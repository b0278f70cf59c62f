//! A table drawn as it was understood: which column was taken for what, and the rows by which a person can see it.

use super::columns::{Columns, Heading, VerdictColumns};
use super::locate::Table;
use super::names::SetNames;
use super::view::View;
use super::{Context, align::Placed};
use crate::catalogue::Role;
use crate::model::picture::PICTURE_CELL;
use crate::model::{Assessor, Picture, PictureColumn, PictureRow, Text, Verdict};
use crate::read::Value;

/// Header rows and first items that are drawn; after these, the last item.
const HEADER_ROWS: usize = 3;
const FIRST_ITEMS: usize = 5;

/// Columns that are drawn: more stand in no terminal.
const COLUMNS: usize = 30;

/// The picture of a table.
pub(super) fn draw(
    view: &View<'_>,
    table: &Table,
    columns: &Columns,
    set: &SetNames,
    context: &Context<'_>,
) -> Picture {
    let mut cols: Vec<u32> = table.keys.all();
    cols.extend(columns.headers.iter().map(|(col, _)| *col));
    cols.sort_unstable();
    cols.dedup();
    cols.truncate(COLUMNS);
    let roles = roles(table, columns, context);
    let role = |col: u32| roles.iter().find(|(c, _)| *c == col).map(|(_, role)| role.clone());
    let texts = |row: u32| cols.iter().map(|&col| shortened(view, row, col)).collect();
    let header = view.row_numbers().filter(|row| table.header.contains(row)).take(HEADER_ROWS);
    let mut rows: Vec<PictureRow> =
        header.map(|row| PictureRow { name: view.row_name(row), item: None, left_out: 0, texts: texts(row) }).collect();
    let mut placed: Vec<&Placed> = table.alignment.placed.iter().collect();
    placed.sort_by_key(|p| p.row);
    let last = placed.len().saturating_sub(1);
    let mut left_out = 0;
    for (at, place) in placed.iter().enumerate() {
        if at >= FIRST_ITEMS && at < last {
            left_out += 1;
            continue;
        }
        let item = Some(set.nodes[place.node].item);
        rows.push(PictureRow { name: view.row_name(place.row), item, left_out, texts: texts(place.row) });
        left_out = 0;
    }
    let is_name = |col: u32| [table.keys.name, table.keys.criterion].contains(&Some(col));
    let column = |&col: &u32| PictureColumn { name: view.col_name(col), role: role(col), is_name: is_name(col) };
    let columns = cols.iter().map(column).collect();
    Picture { columns, rows, items: placed.len() }
}

/// The words of a cell, as many as a picture can show.
fn shortened(view: &View<'_>, row: u32, col: u32) -> String {
    view.get(row, col).map_or_else(String::new, |cell| match cell.cell.percent {
        percent if matches!(cell.cell.value, Value::Number(_)) => shown(&cell.text, percent == Some(true)),
        _ => cell.text.chars().take(PICTURE_CELL).collect(),
    })
}

/// A number as its cell shows it in a Vietnamese Excel.
fn shown(text: &str, is_percent: bool) -> String {
    let share = text.parse::<f64>().ok().filter(|_| is_percent).map(|n| (n * 1000.0).round() / 10.0);
    share.map_or_else(|| text.to_owned(), |share| format!("{share}%")).replace('.', ",")
}

/// What each column was taken for.
fn roles(table: &Table, columns: &Columns, context: &Context<'_>) -> Vec<(u32, Text)> {
    let mut roles: Vec<(u32, Text)> = Vec::new();
    let keys = [
        (table.keys.code, Text::new("mã", "code")),
        (table.keys.name, Text::new("tên", "name")),
        (table.keys.criterion, Text::new("tiêu chí", "criterion")),
    ];
    roles.extend(keys.into_iter().filter_map(|(col, role)| Some((col?, role))));
    for judged in &columns.judged {
        let of = |role: Text| match (judged.heading, judged.assessor) {
            (Some(Heading::Commune(commune)), _) => {
                // Whose it is comes first: that is what a narrow column still shows.
                let name = &context.register.commune(commune).name;
                Text::new(format!("{name}: {}", role.vi), format!("{name}: {}", role.en))
            }
            (Some(Heading::Month(month)), _) => {
                Text::new(format!("T{}: {}", month.short(), role.vi), format!("{month}: {}", role.en))
            }
            (None, Assessor::District) => Text::new(format!("cấp trên {}", role.vi), format!("district {}", role.en)),
            (None, Assessor::Commune | Assessor::Plan) => role,
        };
        match &judged.columns {
            VerdictColumns::Words(col) | VerdictColumns::Signs(col, _) => {
                roles.push((*col, of(Text::new("đánh giá", "verdict"))));
            }
            VerdictColumns::InName(col) => roles.push((*col, of(Text::new("tên và đánh giá", "name and verdict")))),
            // What rows or sentences say stands in no column.
            VerdictColumns::Sections(_) | VerdictColumns::Unmet | VerdictColumns::Listed => {}
            VerdictColumns::Marks(cols) | VerdictColumns::Filled(cols) => {
                roles.extend(cols.iter().map(|(col, verdict)| (*col, of(marked(*verdict)))))
            }
        }
        roles.extend(judged.value.map(|col| (col, of(Text::new("kết quả", "value")))));
    }
    roles.extend(columns.single.iter().map(|(role, col)| (*col, label(*role))));
    roles
}

fn marked(verdict: Verdict) -> Text {
    match verdict {
        Verdict::Met => Text::new("dấu đạt", "mark met"),
        Verdict::NotMet => Text::new("dấu chưa đạt", "mark not met"),
        Verdict::NotApplicable => Text::new("dấu không áp dụng", "mark n/a"),
    }
}

fn label(role: Role) -> Text {
    let (vi, en) = match role {
        Role::Code => ("mã", "code"),
        Role::Criterion => ("tiêu chí", "criterion"),
        Role::Name => ("tên", "name"),
        Role::Target => ("mức yêu cầu", "target"),
        Role::Unit => ("đơn vị tính", "unit"),
        Role::Value => ("kết quả", "value"),
        Role::Verdict => ("đánh giá", "verdict"),
        Role::Met => ("dấu đạt", "mark met"),
        Role::NotMet => ("dấu chưa đạt", "mark not met"),
        Role::NotApplicable => ("dấu không áp dụng", "mark n/a"),
        Role::Points => ("điểm", "points"),
        Role::Owner => ("phụ trách", "owner"),
        Role::Task => ("nhiệm vụ", "task"),
        Role::Due => ("hạn", "due"),
        Role::Note => ("ghi chú", "note"),
        Role::UnmetCodes => ("mã chưa đạt", "codes not met"),
        Role::MetCodes => ("mã đạt", "codes met"),
        Role::Roadmap => ("lộ trình", "roadmap"),
        Role::Commune => ("xã", "commune"),
        Role::Total => ("tổng số", "total"),
        Role::Previous => ("kỳ trước", "earlier"),
        Role::Planned => ("kế hoạch", "planned"),
        Role::Estimated => ("số ước", "estimate"),
        Role::Part => ("phần", "part"),
    };
    Text::new(vi, en)
}
