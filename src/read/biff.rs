//! The records of an xls workbook that say how its cells look. calamine gives the values, this the formats: whether a
//! number is shown as a percentage, which font a text is in, what is hidden.
//!
//! Record numbers and layouts are those of [MS-XLS]. Whatever does not fit ends the walk: looks are then not known,
//! and the reader says so where it matters.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::ops::Range;

use super::grid::Font;
use super::sheet_xml::extend;
use super::xlsx::is_percent_format;
use crate::model::CellRef;

/// What is known of a sheet's looks.
#[derive(Debug, Default)]
pub(super) struct SheetLooks {
    pub(super) cells: BTreeMap<CellRef, Look>,
    pub(super) hidden_rows: Vec<Range<u32>>,
    pub(super) hidden_cols: Vec<Range<u32>>,
    pub(super) widths: Vec<(Range<u32>, f32)>,
    /// As far as the sheet says that it goes.
    pub(super) declared: Extent,
    /// As far as its cells go.
    pub(super) used: Extent,
}

/// A rectangle from the first row and column on.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Extent {
    pub(super) rows: u32,
    pub(super) cols: u32,
}

impl Extent {
    /// How many cells it has.
    pub(super) fn cells(self) -> u64 {
        u64::from(self.rows) * u64::from(self.cols)
    }

    fn reach(&mut self, row: u16, col: u16) {
        self.take_in(Extent { rows: u32::from(row) + 1, cols: u32::from(col) + 1 });
    }

    fn take_in(&mut self, other: Extent) {
        self.rows = self.rows.max(other.rows);
        self.cols = self.cols.max(other.cols);
    }
}

/// The format's own limits.
pub(super) const MAX_ROWS: u32 = 1 << 16;
pub(super) const MAX_COLS: u32 = 1 << 8;

/// The look of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) percent: bool,
    pub(super) font: Font,
}

const BOF: u16 = 0x0809;
const EOF: u16 = 0x000A;
const FONT: u16 = 0x0031;
const FORMAT: u16 = 0x041E;
const XF: u16 = 0x00E0;
const BOUNDSHEET: u16 = 0x0085;
const ROW: u16 = 0x0208;
const COLINFO: u16 = 0x007D;
const DIMENSIONS: u16 = 0x0200;

/// The looks of all sheets with their names, in order; `None` where the records cannot be found. A sheet whose name is
/// damaged, or that bears another's, is one of them: the reader lays it out like any.
pub(super) fn looks(bytes: &[u8]) -> Option<Vec<(String, SheetLooks)>> {
    workbook_stream(bytes).map(|stream| Walk::globals(&stream).sheets(&stream))
}

fn workbook_stream(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).ok()?;
    let name = ["/Workbook", "/Book"].into_iter().find(|name| file.is_stream(name))?;
    let mut stream = Vec::new();
    file.open_stream(name).ok()?.take(256 << 20).read_to_end(&mut stream).ok()?;
    Some(stream)
}

/// The records from an offset on: number and body. Continuations are left alone, no record here needs them.
fn records(stream: &[u8], mut at: usize) -> impl Iterator<Item = (u16, &[u8])> {
    std::iter::from_fn(move || {
        let head = stream.get(at..at + 4)?;
        let (number, len) =
            (u16::from_le_bytes([head[0], head[1]]), usize::from(u16::from_le_bytes([head[2], head[3]])));
        let body = stream.get(at + 4..at + 4 + len)?;
        at += 4 + len;
        Some((number, body))
    })
}

fn u16_at(body: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes([*body.get(at)?, *body.get(at + 1)?]))
}

/// The globals of a workbook, as far as looks need them.
#[derive(Default)]
struct Walk {
    fonts: Vec<Font>,
    percent_formats: BTreeMap<u16, bool>,
    xfs: Vec<Look>,
    sheets: Vec<(String, usize)>,
}

impl Walk {
    fn globals(stream: &[u8]) -> Self {
        let mut walk = Walk { percent_formats: BTreeMap::from([(9, true), (10, true)]), ..Walk::default() };
        let mut xfs = Vec::new();
        let mut is_biff8 = true;
        for (number, body) in records(stream, 0) {
            match number {
                BOF => is_biff8 = u16_at(body, 0) == Some(0x0600),
                FONT => walk.fonts.push(font_name(body, is_biff8).map_or(Font::Unknown, |name| Font::of_name(&name))),
                FORMAT => {
                    let code = if is_biff8 { unicode_string(body, 2, 2) } else { byte_string(body, 2) };
                    if let Some((id, code)) = u16_at(body, 0).zip(code) {
                        walk.percent_formats.insert(id, is_percent_format(&code));
                    }
                }
                XF => xfs.push((u16_at(body, 0).unwrap_or(0), u16_at(body, 2).unwrap_or(0))),
                BOUNDSHEET => {
                    let name = if is_biff8 { unicode_string(body, 6, 1) } else { byte_string(body, 6) };
                    let offset = body.first_chunk::<4>().map(|b| u32::from_le_bytes(*b) as usize);
                    walk.sheets.extend(offset.map(|offset| (name.unwrap_or_default(), offset)));
                }
                EOF => break,
                _ => {}
            }
        }
        let look = |(font, format): (u16, u16)| Look {
            percent: walk.percent_formats.get(&format).copied().unwrap_or(false),
            // Font number 4 does not exist in a file: numbers above it are one too high.
            font: walk.fonts.get(usize::from(if font > 4 { font - 1 } else { font })).copied().unwrap_or(Font::Unknown),
        };
        walk.xfs = xfs.into_iter().map(look).collect();
        walk
    }

    fn sheets(self, stream: &[u8]) -> Vec<(String, SheetLooks)> {
        self.sheets.iter().map(|(name, offset)| (name.clone(), self.sheet(stream, *offset))).collect()
    }

    fn sheet(&self, stream: &[u8], offset: usize) -> SheetLooks {
        let mut looks = SheetLooks::default();
        // How many substreams are open; a sheet that lacks its own beginning is read all the same.
        let mut depth = 0;
        for (number, body) in records(stream, offset) {
            match number {
                // A chart inside a sheet is a substream of its own.
                BOF => depth += 1,
                EOF if depth <= 1 => break,
                EOF => depth -= 1,
                ROW if depth <= 1 && u16_at(body, 12).is_some_and(|flags| flags & 0x20 != 0) => {
                    extend(&mut looks.hidden_rows, u32::from(u16_at(body, 0).unwrap_or(0)));
                }
                COLINFO if depth <= 1 => {
                    if let (Some(first), Some(last), Some(width), Some(flags)) =
                        (u16_at(body, 0), u16_at(body, 2), u16_at(body, 4), u16_at(body, 8))
                    {
                        let cols = u32::from(first)..u32::from(last) + 1;
                        if flags & 1 != 0 {
                            looks.hidden_cols.push(cols.clone());
                        }
                        looks.widths.push((cols, f32::from(width) / 256.0));
                    }
                }
                DIMENSIONS if depth <= 1 => looks.declared.take_in(declared(body)),
                _ if depth <= 1 => self.cell(number, body, &mut looks),
                _ => {}
            }
        }
        looks
    }

    /// The formats of a cell record: row, column, format number, then content.
    fn cell(&self, number: u16, body: &[u8], looks: &mut SheetLooks) {
        let (Some(row), Some(col)) = (u16_at(body, 0), u16_at(body, 2)) else { return };
        let mut put = |col: u16, xf: Option<u16>| {
            looks.used.reach(row, col);
            if let Some(look) = xf.and_then(|xf| self.xfs.get(usize::from(xf))) {
                looks.cells.insert(CellRef::new(row.into(), col.into()), *look);
            }
        };
        match number {
            // FORMULA, NUMBER, LABEL, BOOLERR, RSTRING, LABELSST, RK
            0x0006 | 0x0203 | 0x0204 | 0x0205 | 0x00D6 | 0x00FD | 0x027E => put(col, u16_at(body, 4)),
            // MULRK: six bytes a cell from the fifth byte on, the last column at the end.
            0x00BD => {
                let count = body.len().saturating_sub(6) / 6;
                for i in 0..count {
                    put(col.saturating_add(i as u16), u16_at(body, 4 + 6 * i));
                }
            }
            _ => {}
        }
    }
}

/// BIFF8 has rows of four bytes, BIFF5 of two; then columns of two. Both say where the next one would begin.
fn declared(body: &[u8]) -> Extent {
    let wide = |at: usize| Some(u32::from(u16_at(body, at)?) | u32::from(u16_at(body, at + 2)?) << 16);
    let (rows, cols) = match body.len() {
        10 => (u16_at(body, 2).map(u32::from), u16_at(body, 6)),
        _ => (wide(4), u16_at(body, 10)),
    };
    Extent { rows: rows.unwrap_or(0), cols: cols.unwrap_or(0).into() }
}

fn font_name(body: &[u8], is_biff8: bool) -> Option<String> {
    if is_biff8 { unicode_string(body, 14, 1) } else { byte_string(body, 14) }
}

/// A BIFF8 string: a count of one or two bytes, an option byte, then Latin-1 or UTF-16 units.
fn unicode_string(body: &[u8], at: usize, count_bytes: usize) -> Option<String> {
    let count = if count_bytes == 1 { usize::from(*body.get(at)?) } else { usize::from(u16_at(body, at)?) };
    let wide = body.get(at + count_bytes)? & 1 == 1;
    let start = at + count_bytes + 1;
    if wide {
        let units: Vec<u16> = (0..count).map(|i| u16_at(body, start + 2 * i)).collect::<Option<_>>()?;
        Some(String::from_utf16_lossy(&units))
    } else {
        Some(body.get(start..start + count)?.iter().map(|&b| char::from(b)).collect())
    }
}

/// A string of BIFF5 and before: a count and bytes in the file's code page; names here are ASCII.
fn byte_string(body: &[u8], at: usize) -> Option<String> {
    let count = usize::from(*body.get(at)?);
    Some(body.get(at + 1..at + 1 + count)?.iter().map(|&b| char::from(b)).collect())
}
