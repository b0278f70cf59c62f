//! Years of many communes: what assessing one month over all that is stored takes.
//!
//! `cargo bench --bench history` makes a store of five years by the program's own types, without any workbook, then asks
//! it questions as `ntm status`, `ntm history` and `ntm why` do, each in a process of its own, so that the peak of
//! memory is that of one question.
#![expect(clippy::print_stdout, reason = "the table is what the bench is for")]

mod asked;
mod made;
#[path = "../month/measured.rs"]
mod measured;
#[expect(dead_code, reason = "a store holds codes, a workbook names and groups too")]
#[path = "../../tests/it/support/sets.rs"]
mod sets;

use std::ffi::OsString;
use std::path::Path;

use measured::{Fault, measure_apart, median};

/// How many communes, over how many months, and how often each question is asked.
const SIZES: [(usize, usize, usize); 2] = [(16, 60, 7), (3_000, 60, 3)];

/// Makes a store to be looked at by a profiler: `cargo bench --bench history -- make 3000 60 FOLDER`.
const MAKE: &str = "make";

fn main() -> Result<(), Fault> {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    match arguments.as_slice() {
        [what, place] if what == asked::MONTH => print!("{}", asked::month(Path::new(place))?),
        [what, place] if what == asked::HISTORY => print!("{}", asked::history(Path::new(place))?),
        [what, place] if what == asked::WHY => print!("{}", asked::why(Path::new(place))?),
        [what, communes, months, place] if what == MAKE => {
            let number = |text: &OsString| -> Result<usize, Fault> { Ok(text.to_str().ok_or("a number")?.parse()?) };
            made::workspace(Path::new(place), number(communes)?, number(months)?)?;
        }
        // Whatever else cargo passes on (`--bench`, a filter) changes nothing.
        _ => {
            println!("{} threads; medians, each question in a process of its own\n", rayon::current_num_threads());
            for (communes, months, rounds) in SIZES {
                ask(communes, months, rounds)?;
            }
        }
    }
    Ok(())
}

/// Measures one size and prints its table.
fn ask(communes: usize, months: usize, rounds: usize) -> Result<(), Fault> {
    let folder = tempfile::tempdir()?;
    let rows = made::workspace(folder.path(), communes, months)?;
    println!("{communes} communes, {months} months, two sets: {rows} observations, {rounds} rounds");
    println!("{:<44}{:>9}{:>14}", "", "seconds", "peak memory");
    let questions = [
        ("the last month assessed, from the disk", asked::MONTH),
        ("the history of one commune, from the disk", asked::HISTORY),
        ("why one figure is what it is, from the disk", asked::WHY),
    ];
    for (what, question) in questions {
        let rounds = (0..rounds).map(|_| measure_apart(question, folder.path())).collect::<Result<Vec<_>, _>>()?;
        let median = median(&rounds);
        let memory = median.peak_kib.map_or("not measured".to_owned(), |kib| format!("{} MiB", kib.div_ceil(1024)));
        println!("{what:<44}{:>9.3}{memory:>14}", median.seconds);
    }
    println!();
    Ok(())
}
