//! ods, written by hand: OpenDocument XML in a zip, with the value types of percentages and dates.

use std::fmt::Write;

use super::package::{Packing, escape, pack};
use super::palette::Palette;
use super::{
    Align, Cell, Frame, Look, NumberFormat, Sheet, Slant, Stored, Value, Visibility, Weight, Workbook, day_of,
};

const MIME: &str = "application/vnd.oasis.opendocument.spreadsheet";

const NAMESPACES: &str = concat!(
    r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" "#,
    r#"xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" "#,
    r#"xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" "#,
    r#"xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" "#,
    r#"xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" "#,
    r#"xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" "#,
    r#"xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" "#,
    r#"xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" "#,
    r#"office:version="1.3""#
);

const MANIFEST: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8"?>"#,
    r#"<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">"#,
    r#"<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>"#,
    r#"<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>"#,
    r#"</manifest:manifest>"#
);

/// The workbook as ods.
pub(super) fn write(workbook: &Workbook) -> Vec<u8> {
    pack(&[
        ("mimetype", Packing::Stored, MIME.as_bytes()),
        ("content.xml", Packing::Deflated, content(workbook).as_bytes()),
        ("META-INF/manifest.xml", Packing::Deflated, MANIFEST.as_bytes()),
    ])
}

fn content(workbook: &Workbook) -> String {
    let palette = Palette::of(workbook);
    let mut xml = format!(r#"<?xml version="1.0" encoding="UTF-8"?><office:document-content {NAMESPACES}>"#);
    xml += "<office:automatic-styles>";
    push_number_styles(&mut xml);
    for (index, (look, number)) in palette.styles.iter().enumerate() {
        push_cell_style(&mut xml, index, *look, *number);
    }
    for (index, sheet) in workbook.sheets.iter().enumerate() {
        push_sheet_styles(&mut xml, index, sheet);
    }
    xml += "</office:automatic-styles><office:body><office:spreadsheet>";
    for (index, sheet) in workbook.sheets.iter().enumerate() {
        push_sheet(&mut xml, index, sheet, &palette);
    }
    xml += "</office:spreadsheet></office:body></office:document-content>";
    xml
}

fn push_number_styles(xml: &mut String) {
    for format in [NumberFormat::Percent0, NumberFormat::Percent1, NumberFormat::Percent2] {
        let decimals = format.percent_decimals().expect("a percentage has decimals");
        push(
            xml,
            format_args!(
                r#"<number:percentage-style style:name="{}"><number:number number:decimal-places="{decimals}" number:min-integer-digits="1"/><number:text>%</number:text></number:percentage-style>"#,
                data_style(format)
            ),
        );
    }
    push(
        xml,
        format_args!(
            r#"<number:number-style style:name="{}"><number:number number:decimal-places="2" number:min-integer-digits="1"/></number:number-style>"#,
            data_style(NumberFormat::Fixed2)
        ),
    );
    push(
        xml,
        format_args!(
            r#"<number:date-style style:name="{}"><number:day number:style="long"/><number:text>/</number:text><number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/></number:date-style>"#,
            data_style(NumberFormat::DayMonthYear)
        ),
    );
    push(
        xml,
        format_args!(
            r#"<number:date-style style:name="{}"><number:day/><number:text>/</number:text><number:month/></number:date-style>"#,
            data_style(NumberFormat::DayMonth)
        ),
    );
}

fn data_style(format: NumberFormat) -> String {
    format!("N{}", format.id())
}

fn push_cell_style(xml: &mut String, index: usize, look: Look, number: NumberFormat) {
    let data = if number == NumberFormat::General {
        String::new()
    } else {
        format!(r#" style:data-style-name="{}""#, data_style(number))
    };
    push(xml, format_args!(r#"<style:style style:name="ce{index}" style:family="table-cell"{data}>"#));
    let wrap = if look.align == Align::Plain { "" } else { r#" fo:wrap-option="wrap" style:vertical-align="middle""# };
    let frame = if look.frame == Frame::Thin { r##" fo:border="0.5pt solid #000000""## } else { "" };
    push(xml, format_args!("<style:table-cell-properties{wrap}{frame}/>"));
    match look.align {
        Align::Plain => {}
        Align::Left => xml.push_str(r#"<style:paragraph-properties fo:text-align="start"/>"#),
        Align::Centre => xml.push_str(r#"<style:paragraph-properties fo:text-align="center"/>"#),
    }
    let weight = if look.weight == Weight::Bold { r#" fo:font-weight="bold""# } else { "" };
    let slant = if look.slant == Slant::Italic { r#" fo:font-style="italic""# } else { "" };
    push(
        xml,
        format_args!(
            r#"<style:text-properties fo:font-family="{}" fo:font-size="{}pt"{weight}{slant}/></style:style>"#,
            look.font, look.size
        ),
    );
}

fn push_sheet_styles(xml: &mut String, index: usize, sheet: &Sheet) {
    let display = sheet.visibility == Visibility::Shown;
    push(
        xml,
        format_args!(
            r#"<style:style style:name="ta{index}" style:family="table"><style:table-properties table:display="{display}"/></style:style>"#
        ),
    );
    for (column, width) in &sheet.widths {
        push(
            xml,
            format_args!(
                r#"<style:style style:name="co{index}-{column}" style:family="table-column"><style:table-column-properties style:column-width="{:.2}cm"/></style:style>"#,
                width * 0.21
            ),
        );
    }
    for (row, height) in &sheet.heights {
        push(
            xml,
            format_args!(
                r#"<style:style style:name="ro{index}-{row}" style:family="table-row"><style:table-row-properties style:row-height="{height}pt" style:use-optimal-row-height="false"/></style:style>"#
            ),
        );
    }
}

fn push_sheet(xml: &mut String, index: usize, sheet: &Sheet, palette: &Palette) {
    let (last_row, last_column) = sheet.extent();
    push(xml, format_args!(r#"<table:table table:name="{}" table:style-name="ta{index}">"#, escape(&sheet.name)));
    for column in 0..=last_column {
        let style = match sheet.widths.contains_key(&column) {
            true => format!(r#" table:style-name="co{index}-{column}""#),
            false => String::new(),
        };
        push(xml, format_args!("<table:table-column{style}{}/>", collapsed(sheet.hidden_columns.contains(&column))));
    }
    for row in 0..=last_row {
        let style = match sheet.heights.contains_key(&row) {
            true => format!(r#" table:style-name="ro{index}-{row}""#),
            false => String::new(),
        };
        push(xml, format_args!("<table:table-row{style}{}>", collapsed(sheet.hidden_rows.contains(&row))));
        push_row(xml, sheet, row, palette);
        xml.push_str("</table:table-row>");
    }
    xml.push_str("</table:table>");
}

fn collapsed(hidden: bool) -> &'static str {
    if hidden { r#" table:visibility="collapse""# } else { "" }
}

fn push_row(xml: &mut String, sheet: &Sheet, row: u32, palette: &Palette) {
    let mut next = 0;
    for (column, cell) in sheet.row(row) {
        push_gap(xml, column - next);
        push_cell(xml, sheet, (row, column), cell, palette);
        next = column + 1;
    }
    if next == 0 {
        xml.push_str("<table:table-cell/>");
    }
}

fn push_gap(xml: &mut String, columns: u16) {
    if columns > 0 {
        push(xml, format_args!(r#"<table:table-cell table:number-columns-repeated="{columns}"/>"#));
    }
}

fn push_cell(xml: &mut String, sheet: &Sheet, (row, column): (u32, u16), cell: &Cell, palette: &Palette) {
    let element = if sheet.is_covered(row, column) { "table:covered-table-cell" } else { "table:table-cell" };
    push(xml, format_args!(r#"<{element} table:style-name="ce{}""#, palette.style(cell)));
    if let Some(area) = sheet.merge_at(row, column) {
        push(
            xml,
            format_args!(
                r#" table:number-columns-spanned="{}" table:number-rows-spanned="{}""#,
                area.last.1 - column + 1,
                area.last.0 - row + 1
            ),
        );
    }
    let shown = match &cell.value {
        Value::Blank => None,
        Value::Text(text) => {
            xml.push_str(r#" office:value-type="string""#);
            Some(text.clone())
        }
        Value::Number(number, format) => Some(push_number(xml, *number, *format)),
        Value::Bool(truth) => {
            push(xml, format_args!(r#" office:value-type="boolean" office:boolean-value="{truth}""#));
            Some(if *truth { "TRUE" } else { "FALSE" }.to_string())
        }
        Value::Error(fault) => {
            xml.push_str(r#" office:value-type="string" office:string-value="" calcext:value-type="error""#);
            Some(fault.as_str().to_string())
        }
        Value::Formula(formula, stored) => {
            push(xml, format_args!(r#" table:formula="{}""#, escape(&formula.open_document())));
            match stored {
                Stored::Nothing => None,
                Stored::Number(number, format) => Some(push_number(xml, *number, *format)),
                Stored::Text(text) => {
                    xml.push_str(r#" office:value-type="string""#);
                    Some(text.clone())
                }
            }
        }
    };
    match shown {
        None => xml.push_str("/>"),
        Some(text) => {
            xml.push('>');
            for line in text.split('\n') {
                push(xml, format_args!("<text:p>{}</text:p>", spaced(line)));
            }
            push(xml, format_args!("</{element}>"));
        }
    }
}

/// Attributes of a number, and the text it shows.
fn push_number(xml: &mut String, number: f64, format: NumberFormat) -> String {
    if format.is_date() {
        let day = day_of(number);
        push(xml, format_args!(r#" office:value-type="date" office:date-value="{day}""#));
        return match format {
            NumberFormat::DayMonth => format!("{}/{}", day.day(), day.month()),
            _ => format!("{:02}/{:02}/{}", day.day(), day.month(), day.year()),
        };
    }
    if let Some(decimals) = format.percent_decimals() {
        push(xml, format_args!(r#" office:value-type="percentage" office:value="{number}""#));
        return format!("{:.decimals$}%", number * 100.0).replace('.', ",");
    }
    push(xml, format_args!(r#" office:value-type="float" office:value="{number}""#));
    match format {
        NumberFormat::Fixed2 => format!("{number:.2}"),
        _ => number.to_string(),
    }
    .replace('.', ",")
}

/// Text in which runs of spaces survive: XML of OpenDocument folds them.
fn spaced(line: &str) -> String {
    let mut out = String::new();
    let mut spaces = 0_usize;
    for letter in escape(line).chars() {
        if letter == ' ' {
            spaces += 1;
            continue;
        }
        push_spaces(&mut out, spaces);
        spaces = 0;
        out.push(letter);
    }
    push_spaces(&mut out, spaces);
    out
}

fn push_spaces(out: &mut String, spaces: usize) {
    match (spaces, out.is_empty()) {
        (0, _) => {}
        (1, false) => out.push(' '),
        _ => push(out, format_args!(r#"<text:s text:c="{spaces}"/>"#)),
    }
}

fn push(xml: &mut String, text: std::fmt::Arguments<'_>) {
    xml.write_fmt(text).expect("writing to a string");
}
