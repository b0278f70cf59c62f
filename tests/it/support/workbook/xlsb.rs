//! xlsb (BIFF12), written by hand: binary parts in a zip. Record layouts follow MS-XLSB.

use std::fmt::Write;

use super::formula::Biff;
use super::package::{Packing, pack};
use super::palette::{Font, Palette, Style};
use super::{Align, Cell, Frame, NumberFormat, Sheet, Slant, Stored, Value, Visibility, Weight, Workbook};

const ROOT_RELATIONS: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#,
    r#"<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.bin"/>"#,
    r#"</Relationships>"#
);

/// The workbook as xlsb.
pub(super) fn write(workbook: &Workbook) -> Vec<u8> {
    let palette = Palette::of(workbook);
    let strings = shared_strings(workbook);
    let sheets: Vec<(String, Vec<u8>)> = workbook
        .sheets
        .iter()
        .enumerate()
        .map(|(i, sheet)| (format!("xl/worksheets/sheet{}.bin", i + 1), sheet_part(sheet, &palette, &strings)))
        .collect();
    let types = content_types(workbook.sheets.len());
    let relations = workbook_relations(workbook.sheets.len());
    let (book, styles, table) = (workbook_part(workbook), styles_part(&palette), strings_part(&strings, workbook));
    let mut members: Vec<(&str, Packing, &[u8])> = vec![
        ("[Content_Types].xml", Packing::Deflated, types.as_bytes()),
        ("_rels/.rels", Packing::Deflated, ROOT_RELATIONS.as_bytes()),
        ("xl/workbook.bin", Packing::Deflated, &book),
        ("xl/_rels/workbook.bin.rels", Packing::Deflated, relations.as_bytes()),
        ("xl/styles.bin", Packing::Deflated, &styles),
        ("xl/sharedStrings.bin", Packing::Deflated, &table),
    ];
    members.extend(sheets.iter().map(|(name, part)| (name.as_str(), Packing::Deflated, part.as_slice())));
    pack(&members)
}

fn content_types(sheets: usize) -> String {
    let mut xml = String::from(concat!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
        r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">"#,
        r#"<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>"#,
        r#"<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>"#,
        r#"<Override PartName="/xl/styles.bin" ContentType="application/vnd.ms-excel.styles"/>"#,
        r#"<Override PartName="/xl/sharedStrings.bin" ContentType="application/vnd.ms-excel.sharedStrings"/>"#,
    ));
    for number in 1..=sheets {
        write!(
            xml,
            r#"<Override PartName="/xl/worksheets/sheet{number}.bin" ContentType="application/vnd.ms-excel.worksheet"/>"#
        )
        .expect("writing to a string");
    }
    xml + "</Types>"
}

fn workbook_relations(sheets: usize) -> String {
    const KIND: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let mut xml = String::from(concat!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#
    ));
    let targets = (1..=sheets)
        .map(|number| ("worksheet", format!("worksheets/sheet{number}.bin")))
        .chain([("styles", "styles.bin".to_string()), ("sharedStrings", "sharedStrings.bin".to_string())]);
    for (index, (kind, target)) in targets.enumerate() {
        write!(xml, r#"<Relationship Id="rId{}" Type="{KIND}/{kind}" Target="{target}"/>"#, index + 1)
            .expect("writing to a string");
    }
    xml + "</Relationships>"
}

fn workbook_part(workbook: &Workbook) -> Vec<u8> {
    let mut out = Vec::new();
    push_record(&mut out, 131, &[]);
    push_record(&mut out, 153, &[doubles(&[0x0001_0020, 0]), wide_string("")].concat());
    push_record(&mut out, 143, &[]);
    for (index, sheet) in workbook.sheets.iter().enumerate() {
        let state = u32::from(sheet.visibility == Visibility::Hidden);
        let number = index as u32 + 1;
        let relation = wide_string(&format!("rId{number}"));
        push_record(&mut out, 156, &[doubles(&[state, number]), relation, wide_string(&sheet.name)].concat());
    }
    push_record(&mut out, 144, &[]);
    push_record(&mut out, 132, &[]);
    out
}

fn shared_strings(workbook: &Workbook) -> Vec<&str> {
    let mut strings: Vec<&str> = Vec::new();
    for cell in workbook.sheets.iter().flat_map(|sheet| sheet.cells.values()) {
        if let Value::Text(text) = &cell.value
            && !strings.contains(&text.as_str())
        {
            strings.push(text);
        }
    }
    strings
}

fn strings_part(strings: &[&str], workbook: &Workbook) -> Vec<u8> {
    let cells = workbook.sheets.iter().flat_map(|sheet| sheet.cells.values());
    let total = cells.filter(|cell| matches!(cell.value, Value::Text(_))).count();
    let mut out = Vec::new();
    push_record(&mut out, 159, &doubles(&[total as u32, strings.len() as u32]));
    for text in strings {
        push_record(&mut out, 19, &[vec![0], wide_string(text)].concat());
    }
    push_record(&mut out, 160, &[]);
    out
}

fn styles_part(palette: &Palette) -> Vec<u8> {
    let mut out = Vec::new();
    push_record(&mut out, 278, &[]);
    push_record(&mut out, 615, &doubles(&[NumberFormat::OWN.len() as u32]));
    for format in NumberFormat::OWN {
        push_record(&mut out, 44, &[format.id().to_le_bytes().to_vec(), wide_string(format.code())].concat());
    }
    push_record(&mut out, 616, &[]);
    push_record(&mut out, 611, &doubles(&[palette.fonts.len() as u32]));
    for font in &palette.fonts {
        push_record(&mut out, 43, &font_body(font));
    }
    push_record(&mut out, 612, &[]);
    push_record(&mut out, 603, &doubles(&[2]));
    push_record(&mut out, 45, &fill_body(0));
    push_record(&mut out, 45, &fill_body(17));
    push_record(&mut out, 604, &[]);
    push_record(&mut out, 613, &doubles(&[2]));
    push_record(&mut out, 46, &border_body(Frame::Open));
    push_record(&mut out, 46, &border_body(Frame::Thin));
    push_record(&mut out, 614, &[]);
    push_record(&mut out, 626, &doubles(&[1]));
    push_record(&mut out, 47, &format_body(0xFFFF, 0, 0, 0, 0x0010));
    push_record(&mut out, 627, &[]);
    // The first cell format is that of empty cells.
    push_record(&mut out, 617, &doubles(&[palette.styles.len() as u32 + 1]));
    push_record(&mut out, 47, &format_body(0, 0, 0, 0, 0x0010));
    for style in &palette.styles {
        push_record(&mut out, 47, &cell_format(style, palette));
    }
    push_record(&mut out, 618, &[]);
    push_record(&mut out, 619, &doubles(&[1]));
    push_record(&mut out, 48, &[doubles(&[0, 1]), vec![0, 0], wide_string("Normal")].concat());
    push_record(&mut out, 620, &[]);
    push_record(&mut out, 279, &[]);
    out
}

fn font_body(font: &Font) -> Vec<u8> {
    let slant: u16 = if font.slant == Slant::Italic { 0x0002 } else { 0 };
    let weight: u16 = if font.weight == Weight::Bold { 700 } else { 400 };
    let mut body = words(&[u16::from(font.size) * 20, slant, weight, 0]);
    body.extend([0, 0, 0, 0]);
    // Colour: the text colour of the theme.
    body.extend([0x07, 0x01, 0, 0, 0, 0, 0, 0xFF]);
    body.push(0);
    body.extend(wide_string(font.name));
    body
}

fn fill_body(pattern: u32) -> Vec<u8> {
    let mut body = pattern.to_le_bytes().to_vec();
    body.extend([0x03, 0x40, 0, 0, 0, 0, 0, 0xFF]);
    body.extend([0x03, 0x41, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF]);
    body.extend([0; 48]);
    body
}

fn border_body(frame: Frame) -> Vec<u8> {
    let mut body = vec![0];
    let line = match frame {
        Frame::Open => [0, 0, 0x01, 0, 0, 0, 0, 0, 0, 0],
        Frame::Thin => [1, 0, 0x03, 0x40, 0, 0, 0, 0, 0, 0xFF],
    };
    for _ in 0..4 {
        body.extend(line);
    }
    body.extend([0, 0, 0x01, 0, 0, 0, 0, 0, 0, 0]);
    body
}

fn cell_format((look, number): &Style, palette: &Palette) -> Vec<u8> {
    // Horizontal in three bits, vertical in three, then the bit of wrapping; the default is at the bottom.
    let align: u16 = match look.align {
        Align::Plain => 0x0010,
        Align::Left => 0x0001 | (1 << 3) | (1 << 6),
        Align::Centre => 0x0002 | (1 << 3) | (1 << 6),
    };
    let border = u16::from(look.frame == Frame::Thin);
    format_body(0, number.id(), palette.font(*look) as u16, border, align)
}

fn format_body(parent: u16, number: u16, font: u16, border: u16, align: u16) -> Vec<u8> {
    // Rotation and indent lie between the border and the alignment; locked, and all parts apply.
    let mut body = words(&[parent, number, font, 0, border]);
    body.extend([0, 0]);
    body.extend(words(&[align | 0x1000]));
    body.extend(words(&[if parent == 0xFFFF { 0 } else { 0x003F }]));
    body
}

fn sheet_part(sheet: &Sheet, palette: &Palette, strings: &[&str]) -> Vec<u8> {
    let (last_row, last_column) = sheet.extent();
    let mut out = Vec::new();
    push_record(&mut out, 129, &[]);
    push_record(&mut out, 148, &doubles(&[0, last_row, 0, u32::from(last_column)]));
    push_columns(&mut out, sheet);
    push_record(&mut out, 145, &[]);
    for row in 0..=last_row {
        push_record(&mut out, 0, &row_body(sheet, row));
        for (column, cell) in sheet.row(row) {
            push_cell(&mut out, column, cell, palette, strings);
        }
    }
    push_record(&mut out, 146, &[]);
    if !sheet.merges.is_empty() {
        push_record(&mut out, 177, &doubles(&[sheet.merges.len() as u32]));
        for area in &sheet.merges {
            let (first, last) = (area.first, area.last);
            push_record(&mut out, 176, &doubles(&[first.0, last.0, u32::from(first.1), u32::from(last.1)]));
        }
        push_record(&mut out, 178, &[]);
    }
    push_record(&mut out, 130, &[]);
    out
}

fn push_columns(out: &mut Vec<u8>, sheet: &Sheet) {
    let columns: Vec<u16> = (0..=sheet.extent().1)
        .filter(|column| sheet.widths.contains_key(column) || sheet.hidden_columns.contains(column))
        .collect();
    if columns.is_empty() {
        return;
    }
    push_record(out, 390, &[]);
    for column in columns {
        let width = (sheet.widths.get(&column).copied().unwrap_or(8.43) * 256.0) as u32;
        let flags: u16 = u16::from(sheet.hidden_columns.contains(&column)) | 0x0002;
        let place = u32::from(column);
        push_record(out, 60, &[doubles(&[place, place, width, 0]), words(&[flags])].concat());
    }
    push_record(out, 391, &[]);
}

fn row_body(sheet: &Sheet, row: u32) -> Vec<u8> {
    let height = sheet.heights.get(&row).map(|points| (points * 20.0) as u16);
    // The second byte: hidden (bit 4), height set by hand (bit 5).
    let mut flags = 0_u8;
    if sheet.hidden_rows.contains(&row) {
        flags |= 0x10;
    }
    if height.is_some() {
        flags |= 0x20;
    }
    let mut body = doubles(&[row, 0]);
    body.extend(words(&[height.unwrap_or(300)]));
    body.extend([0, flags, 0]);
    body.extend(doubles(&[0]));
    body
}

fn push_cell(out: &mut Vec<u8>, column: u16, cell: &Cell, palette: &Palette, strings: &[&str]) {
    let mut body = doubles(&[u32::from(column), palette.style(cell) as u32 + 1]);
    match &cell.value {
        Value::Blank => push_record(out, 1, &body),
        Value::Text(text) => {
            let index = strings.iter().position(|known| known == text).expect("all texts were collected");
            body.extend((index as u32).to_le_bytes());
            push_record(out, 7, &body);
        }
        Value::Number(number, _) => {
            body.extend(number.to_le_bytes());
            push_record(out, 5, &body);
        }
        Value::Bool(truth) => {
            body.push(u8::from(*truth));
            push_record(out, 4, &body);
        }
        Value::Error(fault) => {
            body.push(fault.code());
            push_record(out, 3, &body);
        }
        Value::Formula(formula, stored) => {
            let (id, result) = match stored {
                Stored::Number(number, _) => (9, number.to_le_bytes().to_vec()),
                Stored::Text(text) => (8, wide_string(text)),
                Stored::Nothing => (8, wide_string("")),
            };
            body.extend(result);
            let tokens = formula.tokens(Biff::Twelve);
            body.extend(words(&[0]));
            body.extend(doubles(&[tokens.len() as u32]));
            body.extend(tokens);
            body.extend(doubles(&[0]));
            push_record(out, id, &body);
        }
    }
}

fn words(values: &[u16]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_le_bytes()).collect()
}

fn doubles(values: &[u32]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_le_bytes()).collect()
}

fn wide_string(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut out = (units.len() as u32).to_le_bytes().to_vec();
    out.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
    out
}

/// A record: its number in one or two bytes of seven bits, its length in up to four.
fn push_record(out: &mut Vec<u8>, id: u16, body: &[u8]) {
    if id < 0x80 {
        out.push(id as u8);
    } else {
        out.extend([(id & 0x7F) as u8 | 0x80, (id >> 7) as u8]);
    }
    let mut length = body.len();
    while length >= 0x80 {
        out.push((length & 0x7F) as u8 | 0x80);
        length >>= 7;
    }
    out.push(length as u8);
    out.extend(body);
}
