//! The binary: parse, run, show diagnostics, exit. The only place that prints or exits.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "the one place that speaks to the console")]

use ntm::{
    host::Disk,
    model::Lang,
    pipeline::{self, Workspace},
    show,
};
use std::path::PathBuf;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let ws = args.iter().position(|a| a == "--workspace").unwrap();
    let w = Workspace::open(&Disk, std::path::Path::new(&args[ws + 1])).map_err(|e| e.text().vi).unwrap();
    let files: Vec<String> = args[ws + 2..].to_vec();
    let paths: Vec<PathBuf> = files.iter().map(PathBuf::from).collect();
    let c = pipeline::check(&Disk, &w, &paths).unwrap();
    let names = |code: &str| w.settings.communes.iter().find(|c| c.code.0 == code).map(|c| c.name.clone());
    if args.iter().any(|a| a == "--json") {
        for l in show::json::lines(&c, &files, &names, Lang::En).unwrap() {
            println!("{l}");
        }
    } else {
        print!("{}", show::person::text(&c, &names, &|s| s.to_owned(), Lang::Vi, show::person::Colour::Off).unwrap());
    }
}
