//! The least that reading and writing take: the libraries alone, on the same files and the same cells.

use std::collections::HashMap;
use std::fs::File;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::time::Instant;

use calamine::{Data, Reader, Xlsx};
use rayon::prelude::*;
use rust_xlsxwriter::Workbook;

use crate::measured::{Fault, Measured};

/// Decodes every cell of every file with its style, on all threads, and keeps nothing.
pub(crate) fn decode(folder: &Path) -> Result<Measured, Fault> {
    let start = Instant::now();
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    paths.sort();
    let counts: Result<Vec<u64>, Fault> = paths.par_iter().map(|path| decode_one(path)).collect();
    let cells = counts?.iter().sum();
    Ok(Measured::here(start.elapsed().as_secs_f64(), cells))
}

fn decode_one(path: &Path) -> Result<u64, Fault> {
    let mut bytes = Vec::new();
    File::open(path)?.read_to_end(&mut bytes)?;
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes))?;
    let mut cells = 0;
    for sheet in workbook.sheet_names() {
        let mut reader = workbook.worksheet_cells_reader(&sheet)?;
        while let Some((cell, style)) = reader.next_cell_with_style_id()? {
            std::hint::black_box((cell.get_value(), style));
            cells += 1;
        }
    }
    Ok(cells)
}

/// A cell to be written; equal texts are kept once, so that keeping them weighs little.
enum Cell {
    Empty,
    Text(usize),
    Number(f64),
}

/// The rows of a sheet.
type Rows = Vec<Vec<Cell>>;

/// Writes the values of a workbook again, without looks, in the writer's mode for long sheets, into memory.
pub(crate) fn write(path: &Path) -> Result<Measured, Fault> {
    let (sheets, texts) = cells_of(path)?;
    let start = Instant::now();
    let mut workbook = Workbook::new();
    workbook.set_zip_compression_level(4);
    let mut cells = 0;
    for rows in &sheets {
        let sheet = workbook.add_worksheet_with_low_memory()?;
        for (row, values) in (0..).zip(rows) {
            for (column, value) in (0..).zip(values) {
                match value {
                    Cell::Empty => continue,
                    Cell::Text(text) => sheet.write_string(row, column, &texts[*text])?,
                    Cell::Number(number) => sheet.write_number(row, column, *number)?,
                };
                cells += 1;
            }
        }
    }
    std::hint::black_box(workbook.save_to_buffer()?);
    Ok(Measured::here(start.elapsed().as_secs_f64(), cells))
}

/// All values of a workbook by sheet and row, and the distinct texts among them.
fn cells_of(path: &Path) -> Result<(Vec<Rows>, Vec<String>), Fault> {
    let mut bytes = Vec::new();
    File::open(path)?.read_to_end(&mut bytes)?;
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes))?;
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut texts: Vec<String> = Vec::new();
    let mut sheets = Vec::new();
    for sheet in workbook.sheet_names() {
        let range = workbook.worksheet_range(&sheet)?;
        let mut cell = |data: &Data| match data {
            Data::Empty => Cell::Empty,
            Data::Float(number) => Cell::Number(*number),
            Data::DateTime(moment) => Cell::Number(moment.as_f64()),
            other => {
                let text = other.to_string();
                Cell::Text(*known.entry(text).or_insert_with_key(|text| {
                    texts.push(text.clone());
                    texts.len() - 1
                }))
            }
        };
        sheets.push(range.rows().map(|row| row.iter().map(&mut cell).collect()).collect());
    }
    Ok((sheets, texts))
}
