//! All papers of a month, of a district and of a province: what they take beside assessing.
//!
//! `cargo bench --bench papers` takes a made month in, then asks for its papers again and again, each time in a process
//! of its own: nothing is in the inbox and no paper is there, so that a run opens the workspace, assesses the month and
//! writes every paper. What opening and assessing take is measured for itself, in the same turns.
#![expect(clippy::print_stdout, reason = "the table is what the bench is for")]

mod asked;
#[path = "../../tests/it/support/bulk.rs"]
mod bulk;
#[path = "../month/measured.rs"]
mod measured;
#[path = "../../tests/it/support/sets.rs"]
mod sets;
#[path = "../month/whole.rs"]
mod whole;

use std::ffi::OsString;
use std::fmt::Write;
use std::path::Path;

use measured::{Fault, Measured, measure_apart, median};

/// Whose month, of how many communes, how often measured, and the seconds that its papers may take.
const SIZES: [(&str, usize, usize, f64); 2] = [("a district", 16, 9, 1.0), ("a province", 300, 5, 15.0)];

/// The same workbooks on every machine.
const SEED: u64 = 7;

/// One commune of so many has its file returned.
const RETURNED: usize = 8;

/// Who is in charge of which criteria, in both sets.
const OFFICES: [(&str, &[u32]); 8] = [
    ("Phòng Kinh tế và Hạ tầng", &[1, 2, 4, 7, 9]),
    ("Phòng Nông nghiệp và Phát triển nông thôn", &[3, 13]),
    ("Phòng Giáo dục và Đào tạo", &[5]),
    ("Phòng Văn hóa và Thông tin", &[6, 8, 16]),
    ("Phòng Lao động - Thương binh và Xã hội", &[10, 11, 12]),
    ("Phòng Y tế", &[15]),
    ("Phòng Tài nguyên và Môi trường", &[17]),
    ("Phòng Nội vụ", &[18, 19]),
];

fn main() -> Result<(), Fault> {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    match arguments.as_slice() {
        [what, place] if what == asked::ASSESSED => print!("{}", asked::assessed(Path::new(place))?),
        [what, place] if what == asked::PAPERS => print!("{}", asked::papers(Path::new(place))?),
        [what, place] if what == asked::FORMS => print!("{}", asked::forms(Path::new(place))?),
        [what, place] if what == asked::PLANS => print!("{}", asked::plans(Path::new(place))?),
        // Whatever else cargo passes on (`--bench`, a filter) changes nothing.
        _ => {
            println!("{} threads; medians of rounds taken in turns\n", rayon::current_num_threads());
            for size in SIZES {
                measure(size)?;
            }
        }
    }
    Ok(())
}

/// Measures the papers of one size and prints its table.
fn measure((whose, communes, rounds, limit): (&str, usize, usize, f64)) -> Result<(), Fault> {
    let folder = tempfile::tempdir()?;
    let root = folder.path();
    whole::prepare(root, &settings(communes)?, &bulk::month(communes, SEED, Some(RETURNED)))?;
    whole::run(root)?;
    let mut taken = [asked::ASSESSED, asked::PAPERS, asked::FORMS, asked::PLANS].map(|what| (what, Vec::new()));
    for _ in 0..rounds {
        for (what, measured) in &mut taken {
            asked::clear(root)?;
            measured.push(measure_apart(what, root)?);
        }
    }
    let [assessed, papers, forms, plans] = taken.map(|(_, measured)| median(&measured));
    println!("{whose} of {communes} communes, {rounds} rounds");
    println!("{:<52}{:>9}{:>8}{:>14}", "", "seconds", "files", "peak memory");
    line("opened and assessed", assessed);
    line("opened, assessed, and all papers of a run written", papers);
    let after = papers.seconds - assessed.seconds;
    println!("{:<52}{after:>9.2}   of {limit} s that they may take", "  papers alone, as the difference of the two");
    line("`ntm template`: opened, assessed, a form a commune", forms);
    line("`ntm plans`: the same, for communes, then offices", plans);
    println!();
    Ok(())
}

fn line(what: &str, measured: Measured) {
    let memory = measured.peak_kib.map_or("not measured".to_owned(), |kib| format!("{} MiB", kib.div_ceil(1024)));
    let files = if measured.cells == 0 { String::new() } else { measured.cells.to_string() };
    println!("{what:<52}{:>9.2}{files:>8}{memory:>14}", measured.seconds);
}

/// The settings of the made month, with offices in charge.
fn settings(communes: usize) -> Result<String, Fault> {
    let mut settings = bulk::settings(communes);
    for set in [sets::ntm(), sets::nang_cao()] {
        for (office, criteria) in OFFICES {
            let items: Vec<String> = criteria.iter().map(u32::to_string).collect();
            write!(settings, "\n[[offices]]\nname = \"{office}\"\nset = \"{}\"\nitems = {items:?}\n", set.id)?;
        }
    }
    Ok(settings)
}
