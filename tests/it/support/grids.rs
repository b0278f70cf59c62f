//! Sheets written as text: a row a line, cells between bars.
//!
//! `n:2.1` is a number, `p:0.955` a number shown as a percentage, `d:2023-01-02` a date, `e:#N/A` an error, `?` a formula
//! without a stored value; `<` belongs to the cell at its left and `^` to the one above, as merged cells do. `@2.1` is
//! the name of an NTM indicator, `@2` that of a criterion. All else is text.

use jiff::civil::Date;
use ntm::model::{CellRange, CellRef};
use ntm::read::{Font, Grid, GridCell, Value, Visibility};

/// The sheet of a text; empty lines are empty rows, except the first and the last.
pub(crate) fn grid(text: &str) -> Grid {
    let mut cells: Vec<GridCell> = Vec::new();
    let mut merges: Vec<CellRange> = Vec::new();
    let lines = text.strip_prefix('\n').unwrap_or(text).trim_end().lines();
    for (row, line) in lines.enumerate() {
        for (col, written) in line.split('|').map(str::trim).enumerate() {
            let at = CellRef::new(row as u32, col as u32);
            match written {
                "" => {}
                "<" => grow(&mut merges, CellRef::new(at.row, at.col - 1), at),
                "^" => grow(&mut merges, CellRef::new(at.row - 1, at.col), at),
                _ => cells.push(cell(at, written)),
            }
        }
    }
    let mut grid = Grid::new("Biểu", Visibility::Visible, cells);
    grid.merges = merges;
    grid
}

fn cell(at: CellRef, written: &str) -> GridCell {
    let number = |text: &str| text.parse::<f64>().expect("a number");
    let (value, percent) = match written.split_once(':') {
        Some(("n", text)) => (Value::Number(number(text)), false),
        Some(("p", text)) => (Value::Number(number(text)), true),
        Some(("d", text)) => {
            let date: Date = text.parse().expect("a day");
            let serial = f64::from((date - Date::constant(1899, 12, 30)).get_days());
            (Value::Date { date, serial }, false)
        }
        Some(("e", "#N/A")) => (Value::Error("#N/A"), false),
        _ if written == "?" => (Value::NoStoredValue, false),
        _ => match written.strip_prefix('@') {
            Some(code) => (Value::Text(name_of(code)), false),
            None => (Value::Text(written.to_owned()), false),
        },
    };
    GridCell { at, value, percent: Some(percent), font: Font::Unicode }
}

/// The name of an indicator or, without a dot in the code, of a criterion.
fn name_of(code: &str) -> String {
    let set = super::sets::ntm();
    let indicator = set.indicators().find(|indicator| indicator.code == code && code.contains('.'));
    let criterion = || set.criteria.iter().find(|criterion| criterion.number.to_string() == code);
    let name = indicator.map(|i| i.name.clone()).or_else(|| criterion().map(|c| c.name.clone()));
    name.expect("an item of the NTM set")
}

/// The merge that ends at a neighbour takes in this cell too, or a new one begins there.
fn grow(merges: &mut Vec<CellRange>, neighbour: CellRef, at: CellRef) {
    match merges.iter_mut().find(|merge| merge.contains(neighbour)) {
        Some(merge) => *merge = CellRange::new(merge.first, at),
        None => merges.push(CellRange::new(neighbour, at)),
    }
}

/// A list of criteria alone, that fits any set.
pub(crate) const CRITERIA_OF_ANY_SET: &str = "
    KẾT QUẢ THỰC HIỆN CÁC TIÊU CHÍ
    Xã La Sơn - Tháng 4 năm 2023
    TT | Tiêu chí | Đánh giá
    1 | Quy hoạch | Đạt
    2 | Giao thông | Đạt
    3 | Thủy lợi và phòng, chống thiên tai | Đạt
    4 | Điện | Đạt
    10 | Thu nhập | Đạt
    11 | Nghèo đa chiều | Chưa đạt
    12 | Lao động | Đạt
    ";
