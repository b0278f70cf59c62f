//! What can be wrong with a file or a cell, one constructor each.

use std::sync::Arc;

use super::package::Refused;
use super::{Grid, GridCell, MAX_TEXT, Value};
use crate::diag::{Code, Diagnostic, Severity};
use crate::model::{Place, Text};

fn whole_file(file: &Arc<str>, code: Code, message: Text, hint: Text) -> Box<Diagnostic> {
    Box::new(Diagnostic::new(Severity::Error, code, message).with_hint(hint).at(Place::file(file)))
}

pub(super) fn empty(file: &Arc<str>) -> Box<Diagnostic> {
    whole_file(
        file,
        Code::FileEmpty,
        Text::new("tệp rỗng, không có nội dung", "the file is empty"),
        Text::new("đề nghị xã gửi lại tệp", "ask the commune to send the file again"),
    )
}

pub(super) fn encrypted(file: &Arc<str>) -> Box<Diagnostic> {
    whole_file(
        file,
        Code::FileEncrypted,
        Text::new("tệp có mật khẩu nên không đọc được", "the file has a password and cannot be read"),
        Text::new(
            "mở tệp bằng Excel, bỏ mật khẩu (Tệp > Thông tin > Bảo vệ sổ làm việc), lưu lại rồi gửi",
            "open it in Excel, remove the password (File > Info > Protect Workbook), save it and send it again",
        ),
    )
}

/// A package whose directory, which stands at its end, is not there: the usual broken download.
pub(super) fn cut_off(file: &Arc<str>) -> Box<Diagnostic> {
    whole_file(
        file,
        Code::FileUnreadable,
        Text::new(
            "tệp bị cắt cụt (thiếu phần cuối), thường do tải hoặc chép dở dang",
            "the file is cut off (its end is missing), often a broken download or copy",
        ),
        Text::new("đề nghị xã gửi lại tệp", "ask the commune to send the file again"),
    )
}

pub(super) fn damaged(file: &Arc<str>, why: &str) -> Box<Diagnostic> {
    whole_file(
        file,
        Code::FileUnreadable,
        Text::new(
            format!("tệp hỏng hoặc tải về chưa đủ, không đọc được (chi tiết kỹ thuật: {why})"),
            format!("the file is damaged or incomplete and cannot be read ({why})"),
        ),
        Text::new(
            "mở thử bằng Excel; nếu không mở được, đề nghị xã gửi lại tệp",
            "try to open it in Excel; if it does not open, ask the commune to send it again",
        ),
    )
}

/// A compound file that does not keep to the rules of its kind: what its sheets take cannot be told before they are laid
/// out. Excel, which asks less, may open it and write it anew.
pub(super) fn irregular(file: &Arc<str>) -> Box<Diagnostic> {
    whole_file(
        file,
        Code::FileUnreadable,
        Text::new(
            "tệp xls không theo đúng chuẩn hoặc bị hỏng, không đọc an toàn được",
            "the xls file does not keep to its format or is damaged, it cannot be read safely",
        ),
        Text::new(
            "mở bằng Excel, chọn Lưu thành > Sổ làm việc Excel (.xlsx), gửi lại tệp đó; nếu Excel cũng không mở được, đề nghị xã gửi lại",
            "open it in Excel, choose Save As > Excel Workbook (.xlsx) and send that file; if Excel cannot open it either, ask the commune to send it again",
        ),
    )
}

pub(super) fn unsupported(file: &Arc<str>, what: &str) -> Box<Diagnostic> {
    let vi = match what {
        "text" => "tệp văn bản thường",
        "HTML" => "trang web (HTML)",
        "image" => "tệp ảnh",
        "binary" | "BIFF" => "tệp lạ",
        "zip" => "tệp nén",
        "Excel 2-4" => "tệp Excel đời rất cũ (2-4)",
        other => &format!("tệp {other}"),
    };
    whole_file(
        file,
        Code::FileUnsupported,
        Text::new(
            format!("nội dung là {vi}, không phải sổ tính xlsx, xlsm, xls, xlsb, ods"),
            format!("the content is {what}, not a workbook (xlsx, xlsm, xls, xlsb, ods)"),
        ),
        Text::new(
            "mở bằng Excel rồi chọn Lưu thành > Sổ làm việc Excel (.xlsx), gửi lại tệp đó",
            "open it in Excel, choose Save As > Excel Workbook (.xlsx) and send that file",
        ),
    )
}

pub(super) fn refused(file: &Arc<str>, refused: &Refused) -> Box<Diagnostic> {
    match refused {
        Refused::Damaged(why) => damaged(file, why),
        Refused::TooLarge(why) => too_large(file, why),
    }
}

pub(super) fn too_large(file: &Arc<str>, why: &str) -> Box<Diagnostic> {
    whole_file(
        file,
        Code::FileTooLarge,
        Text::new(
            format!("tệp vượt giới hạn an toàn (chi tiết kỹ thuật: {why})"),
            format!("the file is beyond the safe limits ({why})"),
        ),
        Text::new(
            "kiểm tra tệp, xóa trang và dòng thừa, lưu lại rồi gửi",
            "check the file, delete needless sheets and rows, save it and send it again",
        ),
    )
}

/// A returned copy that came back: its list is ours.
pub(super) fn returned_copy(file: &Arc<str>, sheet: &Arc<str>) -> Diagnostic {
    Diagnostic::new(
        Severity::Info,
        Code::ReturnedCopy,
        Text::new(
            "bản trả lại đã gửi về; trang này là danh sách cần sửa, không đọc như báo cáo",
            "a returned copy came back; this sheet is its list of problems and is not read as a report",
        ),
    )
    .at(Place::sheet(file, sheet))
}

/// A cell with more text than a cell can have.
pub(super) fn endless_text(file: &Arc<str>, grid: &Grid) -> Option<Diagnostic> {
    let is_endless = |value: &Value| matches!(value, Value::Text(text) if text.len() > MAX_TEXT);
    let cell = grid.cells().iter().find(|cell| is_endless(&cell.value))?;
    Some(too_large(file, &format!("{}!{}: more text than a cell of Excel holds", grid.sheet, cell.at)).as_ref().clone())
}

/// Cells of a sheet that are named one by one; a sheet of which nothing is left has many.
const NAMED: usize = 500;

/// Cells that hold no value one could use.
pub(super) fn of_cells<'a>(file: &'a Arc<str>, grid: &'a Grid) -> impl Iterator<Item = Diagnostic> + 'a {
    let has_none = |value: &Value| matches!(value, Value::NoStoredValue | Value::Error(_));
    let without: Vec<&GridCell> = grid.cells().iter().filter(|cell| has_none(&cell.value)).collect();
    let more = without.len().saturating_sub(NAMED);
    let rest = (more > 0).then(|| more_without_value(file, grid, more));
    without.into_iter().take(NAMED).filter_map(move |cell| of_cell(file, grid, cell)).chain(rest)
}

fn more_without_value(file: &Arc<str>, grid: &Grid, more: usize) -> Diagnostic {
    let message = Text::new(
        format!("còn {more} ô khác báo lỗi hoặc không lưu kết quả công thức, không lấy số liệu ở các ô này"),
        format!("{more} more cells show an error or hold no result of their formula, nothing is taken from them"),
    );
    let hint = Text::new("sửa công thức hoặc nhập lại số liệu", "mend the formulas or type the figures");
    Diagnostic::new(Severity::Warning, Code::ErrorCell, message).with_hint(hint).at(Place::sheet(file, &grid.sheet))
}

fn of_cell(file: &Arc<str>, grid: &Grid, cell: &GridCell) -> Option<Diagnostic> {
    let place = Place::cells(file, &grid.sheet, cell.at);
    match &cell.value {
        Value::NoStoredValue => Some(
            Diagnostic::new(
                Severity::Warning,
                Code::FormulaWithoutValue,
                Text::new(
                    "ô có công thức nhưng tệp không lưu kết quả, coi như để trống",
                    "the formula has no stored result, the cell counts as empty",
                ),
            )
            .with_hint(Text::new(
                "mở tệp bằng Excel, bấm Lưu rồi gửi lại",
                "open the file in Excel, save it and send it again",
            ))
            .at(place),
        ),
        Value::Error(error) => Some(
            Diagnostic::new(
                Severity::Warning,
                Code::ErrorCell,
                Text::new(
                    format!("ô báo lỗi {error}, không lấy số liệu ở ô này"),
                    format!("the cell shows {error}, nothing is taken from it"),
                ),
            )
            .with_hint(Text::new("sửa công thức hoặc nhập lại số liệu", "mend the formula or type the figure"))
            .at(place),
        ),
        _ => None,
    }
}
