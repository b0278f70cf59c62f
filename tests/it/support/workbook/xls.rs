//! xls (BIFF8), written by hand: a `Workbook` stream of records inside a compound file.
//!
//! Only what communes' files need: fonts, formats, shared strings, numbers, formulas with their stored results,
//! merges, hidden sheets, rows and columns. Record layouts follow MS-XLS.

use std::io::{Cursor, Write};

use cfb::{CompoundFile, Version};

use super::formula::Biff;
use super::palette::{Font, Palette, Style};
use super::{Align, Cell, Frame, NumberFormat, Sheet, Slant, Stored, Value, Visibility, Weight, Workbook};

/// The longest body a record may have; longer ones go on in CONTINUE records.
const RECORD_LIMIT: usize = 8224;

/// Excel expects 15 style formats and the default cell format before the formats of cells.
const FIRST_CELL_FORMAT: usize = 16;

/// The workbook as xls.
pub(super) fn write(workbook: &Workbook) -> Vec<u8> {
    let palette = Palette::of(workbook);
    let strings = SharedStrings::of(workbook);
    let sheets: Vec<Vec<u8>> =
        workbook.sheets.iter().enumerate().map(|(i, s)| sheet_stream(s, i, &palette, &strings)).collect();
    let mut stream = globals(workbook, &palette, &strings, &vec![0; sheets.len()]);
    // The globals hold each sheet's offset, so they are written again once their own length is known.
    let mut offset = stream.len();
    let offsets: Vec<usize> = sheets
        .iter()
        .map(|sheet| {
            let start = offset;
            offset += sheet.len();
            start
        })
        .collect();
    stream = globals(workbook, &palette, &strings, &offsets);
    stream.extend(sheets.concat());
    compound_file(&stream)
}

fn compound_file(stream: &[u8]) -> Vec<u8> {
    let mut file = CompoundFile::create_with_version(Version::V3, Cursor::new(Vec::new())).expect("writing to memory");
    file.create_stream("/Workbook").and_then(|mut s| s.write_all(stream)).expect("writing to memory");
    file.flush().expect("writing to memory");
    file.into_inner().into_inner()
}

/// The texts of all cells, each once.
struct SharedStrings<'a> {
    unique: Vec<&'a str>,
    total: usize,
}

impl<'a> SharedStrings<'a> {
    fn of(workbook: &'a Workbook) -> Self {
        let mut strings = SharedStrings { unique: Vec::new(), total: 0 };
        for cell in workbook.sheets.iter().flat_map(|sheet| sheet.cells.values()) {
            if let Value::Text(text) = &cell.value {
                strings.total += 1;
                if !strings.unique.contains(&text.as_str()) {
                    strings.unique.push(text);
                }
            }
        }
        strings
    }

    fn index(&self, text: &str) -> u32 {
        self.unique.iter().position(|known| *known == text).expect("all texts were collected") as u32
    }

    /// SST with its CONTINUE records, cut between strings: none of a commune's texts is longer than a record.
    fn push(&self, out: &mut Vec<u8>) {
        let mut id = 0x00FC;
        let mut body = [(self.total as u32).to_le_bytes(), (self.unique.len() as u32).to_le_bytes()].concat();
        for text in &self.unique {
            let entry = long_string(text);
            assert!(entry.len() <= RECORD_LIMIT, "a text longer than a record has to be cut");
            if body.len() + entry.len() > RECORD_LIMIT {
                push_record(out, id, &body);
                (id, body) = (0x003C, Vec::new());
            }
            body.extend(entry);
        }
        push_record(out, id, &body);
    }
}

fn globals(workbook: &Workbook, palette: &Palette, strings: &SharedStrings<'_>, offsets: &[usize]) -> Vec<u8> {
    let mut out = Vec::new();
    push_record(&mut out, 0x0809, &begin_of(0x0005));
    push_record(&mut out, 0x0042, &1200_u16.to_le_bytes());
    push_record(&mut out, 0x003D, &words(&[0, 0, 0x3A5C, 0x23BE, 0x0038, 0, 0, 1, 600]));
    push_record(&mut out, 0x0022, &words(&[0]));
    // Four fonts have to be there; number 4 is never used by any reader, so the list goes on with number 5.
    let standard = palette.fonts.first().copied();
    for font in std::iter::repeat_n(standard.as_ref(), 4).flatten().chain(&palette.fonts) {
        push_record(&mut out, 0x0031, &font_body(font));
    }
    for format in NumberFormat::OWN {
        push_record(&mut out, 0x041E, &[format.id().to_le_bytes().to_vec(), long_string(format.code())].concat());
    }
    for _ in 0..FIRST_CELL_FORMAT - 1 {
        push_record(&mut out, 0x00E0, &style_format());
    }
    push_record(&mut out, 0x00E0, &default_cell_format());
    for style in &palette.styles {
        push_record(&mut out, 0x00E0, &cell_format(style, palette));
    }
    push_record(&mut out, 0x0293, &[0x00, 0x80, 0x00, 0xFF]);
    for (sheet, offset) in workbook.sheets.iter().zip(offsets) {
        let state = u8::from(sheet.visibility == Visibility::Hidden);
        let mut body = (*offset as u32).to_le_bytes().to_vec();
        body.extend([state, 0]);
        body.extend(short_string(&sheet.name));
        push_record(&mut out, 0x0085, &body);
    }
    strings.push(&mut out);
    push_record(&mut out, 0x000A, &[]);
    out
}

fn font_body(font: &Font) -> Vec<u8> {
    let slant = if font.slant == Slant::Italic { 0x0002 } else { 0 };
    let weight = if font.weight == Weight::Bold { 700 } else { 400 };
    let mut body = words(&[u16::from(font.size) * 20, slant, 0x7FFF, weight, 0]);
    body.extend([0, 0, 0, 0]);
    body.extend(short_string(font.name));
    body
}

fn style_format() -> Vec<u8> {
    let mut body = words(&[0, 0, 0xFFF5]);
    body.extend([0x20, 0, 0, 0xF4, 0, 0, 0, 0, 0, 0, 0, 0]);
    body.extend(words(&[0x20C0]));
    body
}

fn default_cell_format() -> Vec<u8> {
    let mut body = words(&[0, 0, 0x0001]);
    body.extend([0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    body.extend(words(&[0x20C0]));
    body
}

fn cell_format((look, number): &Style, palette: &Palette) -> Vec<u8> {
    // Bottom, or wrapped and in the middle of the row.
    let align = match look.align {
        Align::Plain => 0x20,
        Align::Left => 0x08 | 0x10 | 0x01,
        Align::Centre => 0x08 | 0x10 | 0x02,
    };
    // Thin on each side, in the colour of the window's text.
    let (sides, colours) = match look.frame {
        Frame::Open => (0_u32, 0_u32),
        Frame::Thin => (0x1111 | (64 << 16) | (64 << 23), 64 | (64 << 7)),
    };
    let mut body = words(&[font_number(palette.font(*look)), number.id(), 0x0001]);
    body.extend([align, 0, 0, 0xFC]);
    body.extend(sides.to_le_bytes());
    body.extend(colours.to_le_bytes());
    body.extend(words(&[0x20C0]));
    body
}

/// The palette's fonts follow the four standard ones, and number 4 is skipped.
fn font_number(index: usize) -> u16 {
    index as u16 + 5
}

fn sheet_stream(sheet: &Sheet, index: usize, palette: &Palette, strings: &SharedStrings<'_>) -> Vec<u8> {
    let (last_row, last_column) = sheet.extent();
    let mut out = Vec::new();
    push_record(&mut out, 0x0809, &begin_of(0x0010));
    // A4 across, as wide as the page.
    push_record(&mut out, 0x0081, &words(&[0x05C1]));
    let mut setup = words(&[9, 100, 1, 1, 0, 0, 600, 600]);
    setup.extend([0.3_f64.to_le_bytes(), 0.3_f64.to_le_bytes()].concat());
    setup.extend(words(&[1]));
    push_record(&mut out, 0x00A1, &setup);
    push_columns(&mut out, sheet);
    let mut dimensions = 0_u32.to_le_bytes().to_vec();
    dimensions.extend((last_row + 1).to_le_bytes());
    dimensions.extend(words(&[0, last_column + 1, 0]));
    push_record(&mut out, 0x0200, &dimensions);
    for row in 0..=last_row {
        push_record(&mut out, 0x0208, &row_body(sheet, row, last_column));
    }
    for (&(row, column), cell) in &sheet.cells {
        push_cell(&mut out, (row, column), cell, palette, strings);
    }
    let selected = if index == 0 { 0x06B6 } else { 0x00B6 };
    push_record(&mut out, 0x023E, &words(&[selected, 0, 0, 64, 0, 0, 0, 0, 0]));
    if !sheet.merges.is_empty() {
        let mut body = words(&[sheet.merges.len() as u16]);
        for area in &sheet.merges {
            body.extend(words(&[area.first.0 as u16, area.last.0 as u16, area.first.1, area.last.1]));
        }
        push_record(&mut out, 0x00E5, &body);
    }
    push_record(&mut out, 0x000A, &[]);
    out
}

fn push_columns(out: &mut Vec<u8>, sheet: &Sheet) {
    push_record(out, 0x0055, &words(&[8]));
    for column in 0..=sheet.extent().1 {
        let hidden = u16::from(sheet.hidden_columns.contains(&column));
        let width = sheet.widths.get(&column).copied();
        if width.is_some() || hidden == 1 {
            let width = (width.unwrap_or(8.43) * 256.0) as u16;
            push_record(out, 0x007D, &words(&[column, column, width, 15, hidden, 0]));
        }
    }
}

fn row_body(sheet: &Sheet, row: u32, last_column: u16) -> Vec<u8> {
    let height = sheet.heights.get(&row).map(|points| (points * 20.0) as u16);
    let mut flags = 0x0100;
    if sheet.hidden_rows.contains(&row) {
        flags |= 0x0020;
    }
    if height.is_some() {
        flags |= 0x0040;
    }
    words(&[row as u16, 0, last_column + 1, height.unwrap_or(300), 0, 0, flags, 15])
}

fn push_cell(
    out: &mut Vec<u8>,
    (row, column): (u32, u16),
    cell: &Cell,
    palette: &Palette,
    strings: &SharedStrings<'_>,
) {
    let format = (palette.style(cell) + FIRST_CELL_FORMAT) as u16;
    let mut body = words(&[row as u16, column, format]);
    match &cell.value {
        Value::Blank => push_record(out, 0x0201, &body),
        Value::Text(text) => {
            body.extend(strings.index(text).to_le_bytes());
            push_record(out, 0x00FD, &body);
        }
        Value::Number(number, _) if is_short_integer(*number) => {
            // RK: 30 bits of a whole number, and the bit that says so.
            body.extend((((*number as i32) << 2) | 2).to_le_bytes());
            push_record(out, 0x027E, &body);
        }
        Value::Number(number, _) => {
            body.extend(number.to_le_bytes());
            push_record(out, 0x0203, &body);
        }
        Value::Bool(truth) => {
            body.extend([u8::from(*truth), 0]);
            push_record(out, 0x0205, &body);
        }
        Value::Error(fault) => {
            body.extend([fault.code(), 1]);
            push_record(out, 0x0205, &body);
        }
        Value::Formula(formula, stored) => {
            let tokens = formula.tokens(Biff::Eight);
            body.extend(match stored {
                Stored::Number(number, _) => number.to_le_bytes(),
                Stored::Text(_) => [0, 0, 0, 0, 0, 0, 0xFF, 0xFF],
                Stored::Nothing => [3, 0, 0, 0, 0, 0, 0xFF, 0xFF],
            });
            body.extend([0; 6]);
            body.extend((tokens.len() as u16).to_le_bytes());
            body.extend(tokens);
            push_record(out, 0x0006, &body);
            if let Stored::Text(text) = stored {
                push_record(out, 0x0207, &long_string(text));
            }
        }
    }
}

fn is_short_integer(number: f64) -> bool {
    number.fract() == 0.0 && number.abs() < f64::from(1 << 29)
}

fn begin_of(kind: u16) -> Vec<u8> {
    words(&[0x0600, kind, 0x0DBB, 0x07CC, 0x00C1, 0, 0x0006, 0])
}

fn words(values: &[u16]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_le_bytes()).collect()
}

/// A string with a length of two bytes.
fn long_string(text: &str) -> Vec<u8> {
    let (units, tail) = string_body(text);
    [(units as u16).to_le_bytes().to_vec(), tail].concat()
}

/// A string with a length of one byte.
fn short_string(text: &str) -> Vec<u8> {
    let (units, tail) = string_body(text);
    [vec![units as u8], tail].concat()
}

/// Length in units, and flag with characters: one byte each where Latin-1 is enough, as Excel itself writes.
fn string_body(text: &str) -> (usize, Vec<u8>) {
    let units: Vec<u16> = text.encode_utf16().collect();
    let narrow = units.iter().all(|unit| *unit < 0x100);
    let mut body = vec![u8::from(!narrow)];
    if narrow {
        body.extend(units.iter().map(|unit| *unit as u8));
    } else {
        body.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
    }
    (units.len(), body)
}

fn push_record(out: &mut Vec<u8>, id: u16, body: &[u8]) {
    assert!(body.len() <= RECORD_LIMIT, "a record of this kind has to be continued");
    out.extend(id.to_le_bytes());
    out.extend((body.len() as u16).to_le_bytes());
    out.extend(body);
}
