//! The sheet of one set: head, headings, rows, totals, signatures; keys in the hidden first column and row.

use rust_xlsxwriter::utility::{column_number_to_name, row_col_to_cell};
use rust_xlsxwriter::{ConditionalFormatFormula, Format, ProtectionOptions, Worksheet, XlsxError};

use super::looks::Looks;
use super::sums::{self, Body};
use super::{checks, print};
use crate::model::Period;
use crate::model::form::{FormColumn, FormRow, FormSheet, RowKey, ValueCheck, verdict_word};
use crate::model::{ItemCode, Verdict};
use crate::render::xlsx::measure::{Face, HIGHEST_ROW, line_count};

/// The first and the last column that people see.
const FIRST: u16 = 1;
const LAST: u16 = FIRST + FormColumn::ALL.len() as u16 - 1;

/// Columns that stay in sight: the code and the wording.
const FROZEN: u16 = FIRST + 2;

/// A due day may be somewhat older than the month: a plan that was not kept is told as it is.
const YEARS_BACK: i32 = 3;

/// Draws the sheet.
pub(super) fn draw(worksheet: &mut Worksheet, form: &FormSheet, period: Period) -> Result<(), XlsxError> {
    let mut drawing = Drawing { worksheet, form, looks: Looks::new(), row: 0 };
    drawing.worksheet.set_name(&form.sheet_name)?;
    // Of an empty form a criterion is nothing, which is not the writer's own default, zero.
    drawing.worksheet.set_formula_result_default("");
    drawing.columns()?;
    drawing.head()?;
    let header_row = drawing.headings()?;
    let body = drawing.rows()?;
    drawing.watch(body)?;
    drawing.checks(body, period)?;
    drawing.totals(body)?;
    drawing.signatures()?;
    let last_row = drawing.row - 1;
    worksheet.set_freeze_panes(body.first, FROZEN)?;
    worksheet.set_selection(body.first, place(FormColumn::Verdict), body.first, place(FormColumn::Verdict))?;
    worksheet.set_screen_gridlines(false);
    worksheet.protect_with_options(&protection());
    print::lying(worksheet, form, (FIRST, LAST), (header_row, body.first - 1), last_row)
}

/// Locked without a password; widths, heights and looks are the commune's own to change.
pub(super) fn protection() -> ProtectionOptions {
    ProtectionOptions { format_cells: true, format_columns: true, format_rows: true, ..ProtectionOptions::default() }
}

/// The sheet while it is filled from the top.
struct Drawing<'w> {
    worksheet: &'w mut Worksheet,
    form: &'w FormSheet,
    looks: Looks,
    row: u32,
}

impl Drawing<'_> {
    fn columns(&mut self) -> Result<(), XlsxError> {
        self.worksheet.set_column_hidden(0)?;
        for column in FormColumn::ALL {
            self.worksheet.set_column_width_pixels(place(column), width(column))?;
        }
        Ok(())
    }

    /// Who reports, the mark, the title, and what to do.
    fn head(&mut self) -> Result<(), XlsxError> {
        let middle = place(FormColumn::BeforeValue);
        self.merged(FIRST, middle, &self.form.issuer, |looks| &looks.issuer)?;
        self.merged(middle + 1, LAST, &self.form.mark_text, |looks| &looks.mark)?;
        self.next(24)?;
        self.merged(FIRST, LAST, &self.form.title, |looks| &looks.title)?;
        self.next(28)?;
        self.key(RowKey::Title)?;
        self.merged(FIRST, LAST, &self.form.subtitle, |looks| &looks.subtitle)?;
        self.next(24)?;
        let all: u32 = FormColumn::ALL.into_iter().map(width).sum();
        for note in &self.form.notes {
            self.merged(FIRST, LAST, note, |looks| &looks.note)?;
            let face = Face::regular(11);
            self.next(face.line_height() * line_count(note, face, all) + 4)?;
        }
        self.next(8)
    }

    /// The hidden row of keys, then two rows of headings. Gives the first of these.
    fn headings(&mut self) -> Result<u32, XlsxError> {
        self.key(RowKey::Columns)?;
        for column in FormColumn::ALL {
            self.worksheet.write_string(self.row, place(column), column.key())?;
        }
        self.worksheet.set_row_hidden(self.row)?;
        self.row += 1;
        let header_row = self.row;
        let groups = [
            (FormColumn::BeforeVerdict, FormColumn::BeforePlan),
            (FormColumn::Verdict, FormColumn::Value),
            (FormColumn::Owner, FormColumn::Due),
        ];
        for ((first, last), words) in groups.into_iter().zip(&self.form.groups) {
            self.merged(place(first), place(last), words, |looks| &looks.header)?;
        }
        for (column, heading) in FormColumn::ALL.into_iter().zip(&self.form.headings) {
            let (at, row) = (place(column), self.row);
            if groups.iter().any(|(first, last)| (*first..=*last).contains(&column)) {
                self.worksheet.write_string_with_format(row + 1, at, heading, &self.looks.header)?;
            } else {
                self.worksheet.merge_range(row, at, row + 1, at, heading, &self.looks.header)?;
            }
        }
        self.next(24)?;
        self.next(40)?;
        Ok(header_row)
    }

    /// The items. Gives the rows they take.
    fn rows(&mut self) -> Result<Body, XlsxError> {
        let first = self.row;
        let form = self.form;
        for (index, row) in form.rows.iter().enumerate() {
            self.key(row.key)?;
            self.item(row)?;
            if let RowKey::Criterion(_) = row.key {
                let below = form.rows[index + 1..].iter().take_while(|row| matches!(row.key, RowKey::Indicator(_)));
                let last = self.row + u32::try_from(below.count()).unwrap_or(u32::MAX);
                let verdicts = place(FormColumn::Verdict);
                let formula = sums::of_criterion((self.row + 1, last), verdicts);
                self.worksheet.write_formula_with_format(self.row, verdicts, formula, &self.looks.derived)?;
            }
            self.next(height(row))?;
        }
        Ok(Body { first, last: self.row - 1, verdicts: place(FormColumn::Verdict) })
    }

    fn item(&mut self, row: &FormRow) -> Result<(), XlsxError> {
        let of_criterion = row.key.asked().is_none_or(|code| code == ItemCode::criterion(code.criterion_number()));
        let looks = &self.looks;
        let cells = [
            (FormColumn::Code, &row.code, &looks.code),
            (FormColumn::Name, &row.name, &looks.name),
            (FormColumn::Unit, &row.unit, &looks.unit),
            (FormColumn::BeforeVerdict, &row.before.verdict, &looks.before),
            (FormColumn::BeforeValue, &row.before.value, &looks.before),
            (FormColumn::BeforePlan, &row.before.plan, &looks.before_text),
        ];
        for (column, text, look) in cells {
            let look = if of_criterion { &look.criterion } else { &look.item };
            self.worksheet.write_string_with_format(self.row, place(column), text, look)?;
        }
        for column in FormColumn::ALL.into_iter().filter(|column| column.is_answer()) {
            let look = match (column, row.key.asked()) {
                (_, None) => &self.looks.derived,
                (FormColumn::Verdict, _) => &self.looks.verdict,
                (FormColumn::Value, _) => &self.looks.value,
                (FormColumn::Due, _) => &self.looks.day,
                _ => &self.looks.words,
            };
            self.worksheet.write_blank(self.row, place(column), look)?;
        }
        Ok(())
    }

    /// Tints what is not met, a plan that lacks something, and what was met and is not any more.
    fn watch(&mut self, body: Body) -> Result<(), XlsxError> {
        let not_met = verdict_word(Verdict::NotMet);
        let is_not_met = format!("{}=\"{not_met}\"", column_of(FormColumn::Verdict, body.first));
        let (key, criterion) = (format!("$A{}", body.first + 1), RowKey::start(RowKey::CRITERION));
        let is_asked = format!("LEFT({key},{})<>\"{criterion}\"", criterion.len());
        let fell = format!("{}=\"{}\"", column_of(FormColumn::BeforeVerdict, body.first), verdict_word(Verdict::Met));
        self.tint(body, (FormColumn::Verdict, FormColumn::Verdict), &is_not_met, |looks| &looks.not_met)?;
        let own = row_col_to_cell(body.first, place(FormColumn::Owner));
        let lacks = format!("AND({is_not_met},{is_asked},LEN({own})=0)");
        self.tint(body, (FormColumn::Owner, FormColumn::Due), &lacks, |looks| &looks.missing)?;
        let fell_back = format!("AND({is_not_met},{fell})");
        self.tint(body, (FormColumn::BeforeVerdict, FormColumn::BeforeVerdict), &fell_back, |looks| &looks.missing)
    }

    fn tint(
        &mut self,
        body: Body,
        (first, last): (FormColumn, FormColumn),
        rule: &str,
        look: fn(&Looks) -> &Format,
    ) -> Result<(), XlsxError> {
        let format =
            ConditionalFormatFormula::new().set_rule(format!("={rule}").as_str()).set_format(look(&self.looks));
        self.worksheet.add_conditional_format(body.first, place(first), body.last, place(last), &format)?;
        Ok(())
    }

    /// Lists and limits for the cells that are answered, a run of rows at a time.
    fn checks(&mut self, body: Body, period: Period) -> Result<(), XlsxError> {
        let rows: Vec<(u32, &FormRow)> = (body.first..).zip(&self.form.rows).collect();
        let prompts = &self.form.prompts;
        let (verdict, due) =
            (checks::verdict(prompts)?, checks::due(period.plus_months(-12 * YEARS_BACK).day(1), prompts)?);
        for run in rows.chunk_by(|(_, one), (_, other)| one.key.asked().is_some() == other.key.asked().is_some()) {
            let [(first, row), ..] = run else { continue };
            if row.key.asked().is_some() {
                let last = first + u32::try_from(run.len()).unwrap_or(1) - 1;
                let mut check = |column, check| -> Result<(), XlsxError> {
                    self.worksheet.add_data_validation(*first, place(column), last, place(column), check)?;
                    Ok(())
                };
                check(FormColumn::Verdict, &verdict)?;
                check(FormColumn::Due, &due)?;
            }
        }
        for run in rows.chunk_by(|(_, one), (_, other)| kind(one) == kind(other)) {
            let [(first, row), ..] = run else { continue };
            let last = first + u32::try_from(run.len()).unwrap_or(1) - 1;
            if let Some(check) = checks::value(kind(row), prompts)? {
                let column = place(FormColumn::Value);
                self.worksheet.add_data_validation(*first, column, last, column, &check)?;
            }
        }
        Ok(())
    }

    /// Counted by formulas over the rows.
    fn totals(&mut self, body: Body) -> Result<(), XlsxError> {
        let verdicts = place(FormColumn::Verdict);
        let items = self.form.rows.iter().filter(|row| row.key.asked().is_some()).count();
        for (total, words) in &self.form.totals {
            self.key(RowKey::Total)?;
            self.merged(FIRST, verdicts - 1, words, |looks| &looks.total_label)?;
            let formula = sums::of_total(*total, body, items);
            self.worksheet.write_formula_with_format(self.row, verdicts, formula, &self.looks.total)?;
            self.next(24)?;
        }
        Ok(())
    }

    /// Who prepares and who signs, with room for their names.
    fn signatures(&mut self) -> Result<(), XlsxError> {
        self.next(16)?;
        let [prepared, signed] = &self.form.signatures;
        let sides = [(FIRST, FROZEN - 1), (place(FormColumn::Owner), LAST)];
        for ((first, last), words) in sides.into_iter().zip([prepared, signed]) {
            self.merged(first, last, words, |looks| &looks.signature)?;
        }
        self.next(24)?;
        self.next(64)?;
        for (first, last) in sides {
            self.merged(first, last, "", |looks| &looks.signed)?;
        }
        self.next(24)
    }

    fn key(&mut self, key: RowKey) -> Result<(), XlsxError> {
        self.worksheet.write_string_with_format(self.row, 0, key.to_string(), &self.looks.plain)?;
        Ok(())
    }

    fn merged(&mut self, first: u16, last: u16, text: &str, look: fn(&Looks) -> &Format) -> Result<(), XlsxError> {
        self.worksheet.merge_range(self.row, first, self.row, last, text, look(&self.looks))?;
        Ok(())
    }

    fn next(&mut self, height: u32) -> Result<(), XlsxError> {
        self.worksheet.set_row_height_pixels(self.row, height)?;
        self.row += 1;
        Ok(())
    }
}

/// Where a column stands: behind the hidden one of keys.
fn place(column: FormColumn) -> u16 {
    FIRST + column as u16
}

/// A cell of a column, whose column stays where it is when the formula is laid over others.
fn column_of(column: FormColumn, row: u32) -> String {
    format!("${}{}", column_number_to_name(place(column)), row + 1)
}

/// What the value of an answered row must be.
fn kind(row: &FormRow) -> ValueCheck {
    if row.key.asked().is_some() { row.check } else { ValueCheck::Free }
}

/// In pixels.
fn width(column: FormColumn) -> u32 {
    match column {
        FormColumn::Code => 44,
        FormColumn::Name => 300,
        FormColumn::Unit | FormColumn::Due => 84,
        FormColumn::BeforeVerdict | FormColumn::Verdict | FormColumn::Value => 78,
        // `71,4 triệu đồng/người/năm`, in bold where the criterion is answered itself.
        FormColumn::BeforeValue => 104,
        FormColumn::BeforePlan => 150,
        FormColumn::Owner => 120,
        FormColumn::Task => 160,
        FormColumn::Note => 110,
    }
}

/// The height that a row's own words need.
fn height(row: &FormRow) -> u32 {
    let face = if row.key.asked().is_some() { Face::regular(11) } else { Face::bold(11) };
    let texts = [
        (&row.name, FormColumn::Name),
        (&row.unit, FormColumn::Unit),
        (&row.before.value, FormColumn::BeforeValue),
        (&row.before.plan, FormColumn::BeforePlan),
    ];
    let lines = texts.into_iter().map(|(text, column)| line_count(text, face, width(column))).max().unwrap_or(1);
    (face.line_height() * lines + 6).min(HIGHEST_ROW)
}
