//! The form that a commune fills in, as a workbook: locked but for the answers, with lists to choose from and sums that
//! add themselves up.
//!
//! *Takes* a [`Form`], all of whose words are decided. *Gives* the bytes of an xlsx file, the same for the same form.
//! *Never* locks with a password, or rests on anything that another program would not keep: rows and columns are known
//! by keys in cells of their own, which are hidden, and the whole by a mark that can be seen.

mod checks;
mod guide;
mod looks;
mod print;
mod sheet;
mod sums;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use crate::model::form::Form;

/// Draws a form.
///
/// # Errors
///
/// Where the writer refuses something: a fault of ours.
///
/// # Examples
///
/// ```
/// use ntm::model::{Lang, Period, form::{Form, Guide}};
///
/// let form = Form {
///     lang: Lang::Vi,
///     period: Period::new(2023, 5).expect("a month"),
///     title: "Biểu tháng 5/2023".to_owned(),
///     author: "Văn phòng điều phối".to_owned(),
///     guide: Guide { sheet_name: "Hướng dẫn".to_owned(), title: "HƯỚNG DẪN".to_owned(), steps: Vec::new() },
///     sheets: Vec::new(),
/// };
/// assert!(ntm::render::form::workbook(&form)?.starts_with(b"PK"));
/// # Ok::<(), ntm::render::form::FormError>(())
/// ```
pub fn workbook(form: &Form) -> Result<Vec<u8>, FormError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(form)?);
    // The form itself comes first: it is what is to be filled in.
    for own in &form.sheets {
        sheet::draw(workbook.add_worksheet(), own, form.period)?;
    }
    guide::draw(workbook.add_worksheet(), &form.guide)?;
    Ok(workbook.save_to_buffer()?)
}

/// Why no form could be made.
#[derive(Debug, thiserror::Error)]
#[error("the form could not be written: {0}")]
pub struct FormError(#[from] XlsxError);

/// A form is as old as the month it is for: the same month gives the same bytes.
fn properties(form: &Form) -> Result<DocProperties, XlsxError> {
    let day = form.period.day(1);
    let part = |number: i8| u8::try_from(number).unwrap_or_default();
    let year = u16::try_from(day.year()).unwrap_or_default();
    let created = ExcelDateTime::from_ymd(year, part(day.month()), part(day.day()))?;
    Ok(DocProperties::new()
        .set_title(&form.title)
        .set_author(&form.author)
        .set_company(&form.author)
        .set_creation_datetime(&created))
}
