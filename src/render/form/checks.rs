//! What pops up beside the cells of a form, and what they warn of: lists of verdicts, figures, days.
//!
//! A word that is not of the list is refused; a figure or a day out of the ordinary is asked about and may stay, because
//! what a commune means to say is not to be lost to a rule of ours.

use jiff::civil::Date;
use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, XlsxError};

use crate::model::form::{Prompts, VERDICTS, ValueCheck};

/// A list of the three verdicts.
pub(super) fn verdict(prompts: &Prompts) -> Result<DataValidation, XlsxError> {
    let list = DataValidation::new().allow_list_strings(&VERDICTS.map(|(_, word)| word))?;
    told(list, &prompts.title, &prompts.verdict)
}

/// A figure of the kind; nothing where words are as good.
pub(super) fn value(check: ValueCheck, prompts: &Prompts) -> Result<Option<DataValidation>, XlsxError> {
    let (rule, prompt) = match check {
        ValueCheck::Free => return Ok(None),
        ValueCheck::Share => (DataValidationRule::Between(0.0, 100.0), &prompts.share),
        ValueCheck::Number => (DataValidationRule::GreaterThanOrEqualTo(0.0), &prompts.number),
    };
    let figure = DataValidation::new().allow_decimal_number(rule).set_error_style(DataValidationErrorStyle::Warning);
    told(figure, &prompts.title, prompt).map(Some)
}

/// A day not before one.
pub(super) fn due(not_before: Date, prompts: &Prompts) -> Result<DataValidation, XlsxError> {
    let part = |number: i8| u8::try_from(number).unwrap_or_default();
    let year = u16::try_from(not_before.year()).unwrap_or_default();
    let first = ExcelDateTime::from_ymd(year, part(not_before.month()), part(not_before.day()))?;
    let day = DataValidation::new()
        .allow_date(DataValidationRule::GreaterThanOrEqualTo(first))
        .set_error_style(DataValidationErrorStyle::Warning);
    told(day, &prompts.title, &prompts.due)
}

/// Excel takes 32 letters of a title and 255 of a message: a wording of the workspace's own may be longer.
fn told(check: DataValidation, title: &str, message: &str) -> Result<DataValidation, XlsxError> {
    let (title, message) = (cut(title, 32), cut(message, 255));
    check
        .ignore_blank(true)
        .set_input_title(title.clone())?
        .set_input_message(message.clone())?
        .set_error_title(title)?
        .set_error_message(message)
}

fn cut(text: &str, letters: usize) -> String {
    let mut units = 0;
    let fits = |letter: &char| {
        units += letter.len_utf16();
        units <= letters
    };
    text.chars().take_while(fits).collect()
}
