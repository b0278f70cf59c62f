//! A month of many communes: what a whole run takes, beside the least that reading and writing alone would take.
//!
//! `cargo bench` makes the communes' workbooks, then measures in turns, each time in a process of its own so that the
//! peak of memory is that of one measurement: (a) the whole run, (b) calamine decoding the same files, (c)
//! rust_xlsxwriter writing the cells of the run's own workbook. The ratio is (a) / ((b) + (c)), of the medians.
#![expect(clippy::print_stdout, reason = "the table is what the bench is for")]

#[path = "../../tests/it/support/bulk.rs"]
mod bulk;
mod floor;
mod measured;
#[path = "../../tests/it/support/sets.rs"]
mod sets;
mod whole;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use measured::{Fault, Measured, measure_apart, median};

/// How many workbooks, and how often each measurement is taken.
const SIZES: [(usize, usize); 2] = [(200, 7), (1_000, 5)];

/// The same workbooks on every machine.
const SEED: u64 = 7;

/// What a process of its own is asked for, in the order in which a round asks.
const WHOLE: &str = "whole";
const DECODE: &str = "decode";
const WRITE: &str = "write";

/// Makes a workspace to be looked at by a profiler: `cargo bench -- make 1000 FOLDER`.
const MAKE: &str = "make";

fn main() -> Result<(), Fault> {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    match arguments.as_slice() {
        [what, place] if what == WHOLE => print!("{}", whole::run(Path::new(place))?),
        [what, place] if what == DECODE => print!("{}", floor::decode(Path::new(place))?),
        [what, place] if what == WRITE => print!("{}", floor::write(Path::new(place))?),
        [what, communes, place] if what == MAKE => {
            let communes = communes.to_str().ok_or("a number of communes is expected")?.parse()?;
            whole::prepare(Path::new(place), &bulk::settings(communes), &bulk::month(communes, SEED, None))?;
        }
        // Whatever else cargo passes on (`--bench`, a filter) changes nothing.
        _ => {
            println!("{} threads; medians of rounds taken in turns\n", rayon::current_num_threads());
            for (communes, rounds) in SIZES {
                compare(communes, rounds)?;
            }
        }
    }
    Ok(())
}

/// Measures one size and prints its table.
fn compare(communes: usize, rounds: usize) -> Result<(), Fault> {
    let folder = tempfile::tempdir()?;
    let month = bulk::month(communes, SEED, None);
    let files = folder.path().join("files");
    std::fs::create_dir(&files)?;
    for (name, bytes) in &month {
        whole::put(&files.join(name), bytes)?;
    }
    let (mut runs, mut decodes, mut writes) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..rounds {
        let workspace = folder.path().join(format!("workspace-{round}"));
        whole::prepare(&workspace, &bulk::settings(communes), &month)?;
        runs.push(measure_apart(WHOLE, &workspace)?);
        decodes.push(measure_apart(DECODE, &files)?);
        writes.push(measure_apart(WRITE, &workbook_in(&workspace)?)?);
        std::fs::remove_dir_all(&workspace)?;
    }
    let [run, decode, write] = [&runs, &decodes, &writes].map(|rounds| median(rounds));
    println!("{communes} workbooks of two sheets, {} cells, {rounds} rounds", decode.cells);
    println!("{:<44}{:>9}{:>10}{:>12}{:>14}", "", "seconds", "files/s", "cells/s", "peak memory");
    line("whole run: inbox to archive, store, papers", run, communes, decode.cells);
    line("floor: calamine alone, the same files", decode, communes, decode.cells);
    line(&format!("floor: rust_xlsxwriter alone, {} cells", write.cells), write, communes, write.cells);
    println!("{:<44}{:>9.2}\n", "ratio of the run to both floors", run.seconds / (decode.seconds + write.seconds));
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "counts far below the 53 bits of a double")]
fn line(what: &str, measured: Measured, files: usize, cells: u64) {
    let (files, cells) = (files as f64 / measured.seconds, cells as f64 / measured.seconds);
    let memory = measured.peak_kib.map_or("not measured".to_owned(), |kib| format!("{} MiB", kib.div_ceil(1024)));
    println!("{what:<44}{:>9.3}{files:>10.0}{cells:>12.0}{memory:>14}", measured.seconds);
}

/// The workbook that a run has written.
fn workbook_in(workspace: &Path) -> Result<PathBuf, Fault> {
    let folder = workspace.join("bao-cao/2023-04");
    let mut names = std::fs::read_dir(&folder)?.collect::<Result<Vec<_>, _>>()?.into_iter().map(|entry| entry.path());
    let workbook = names.find(|path| path.extension().is_some_and(|extension| extension == "xlsx"));
    workbook.ok_or_else(|| format!("no workbook in {}", folder.display()).into())
}
