//! What fuzzing begins with: reports of every layout and format, in the form in which each target takes them.
//!
//! `NTM_SEEDS=fuzz/corpus cargo test --test it seeds` writes them, a folder a target.
#![expect(clippy::disallowed_methods, reason = "seeds are laid out for another program")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use ntm::read::{self, Grid, Value};

use crate::support::office::{THREE_COMMUNES, sample_folder};
use crate::support::sent;
use crate::support::workbook::package::unpack;
use crate::support::workbook::{FileFormat, write};

/// The parts that the target `sheet` puts into a package, in its order.
const PARTS: [&str; 4] = ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"];

#[test]
fn seeds_of_every_target_are_read_without_a_fault() {
    let seeds = seeds();
    for target in ["read", "sheet", "recognise", "settings"] {
        let of_target = seeds.keys().filter(|path| path.starts_with(target)).count();
        assert!(of_target > 2, "{target} has {of_target} seeds");
    }
    for (path, bytes) in seeds.iter().filter(|(path, _)| path.starts_with("read/")) {
        let read = read::workbook(&"tep".into(), bytes);
        assert!(!read.output.is_empty(), "{path}: {:?}", read.diagnostics);
    }
    if let Some(folder) = std::env::var_os("NTM_SEEDS") {
        for (path, bytes) in &seeds {
            let target = Path::new(&folder).join(path);
            fs::create_dir_all(target.parent().expect("a seed lies in a folder")).expect("the folder can be made");
            fs::write(target, bytes).expect("the folder can be written");
        }
    }
}

/// Seeds by target and name.
fn seeds() -> BTreeMap<String, Vec<u8>> {
    let mut seeds = BTreeMap::new();
    for format in FileFormat::ALL {
        seeds.insert(format!("read/report.{}", format.extension()), write(&super::attacks::workbook(), format));
    }
    for number in 0..40 {
        let report = sent::report(number);
        let ending = report.path.rsplit('.').next().expect("a name has an ending");
        let grids = read::workbook(&"tep".into(), &report.bytes).output;
        let sheets: Vec<String> = grids.iter().map(as_text).collect();
        seeds.insert(format!("recognise/{number:02}.txt"), sheets.join("\u{c}").into_bytes());
        if ["xlsx", "xlsm"].contains(&ending) {
            seeds.insert(format!("sheet/{number:02}.bin"), parts(&report.bytes));
        }
        // Small ones are changed the faster.
        if report.bytes.len() < 20_000 {
            seeds.insert(format!("read/{number:02}.{ending}"), report.bytes);
        }
    }
    let sample = fs::read(sample_folder().join("ntm.toml")).expect("the sample has settings");
    let shipped = include_bytes!("../../../templates/ntm.toml").to_vec();
    let answer =
        "[[answer]]\nasks = \"verdict-column\"\ncommune = \"13555\"\nlayout = \"C ket qua; D cot #\"\nanswer = \"D\"\n";
    let answered = format!("{THREE_COMMUNES}\u{c}{answer}").into_bytes();
    for (name, bytes) in [("sample", sample), ("shipped", shipped), ("answered", answered)] {
        seeds.insert(format!("settings/{name}.toml"), bytes);
    }
    seeds
}

fn parts(package: &[u8]) -> Vec<u8> {
    let members: BTreeMap<String, Vec<u8>> = unpack(package).into_iter().collect();
    PARTS.map(|part| members.get(part).cloned().unwrap_or_default()).join(&0)
}

/// A sheet as the target `recognise` takes it.
fn as_text(grid: &Grid) -> String {
    let mut text = String::new();
    let mut at = (0, 0);
    for cell in grid.cells() {
        // What lies far off is brought near: the target knows no gaps.
        let row = cell.at.row.min(at.0 + 3).max(at.0);
        while at.0 < row {
            text.push('\n');
            at = (at.0 + 1, 0);
        }
        while at.1 < cell.at.col.min(at.1 + 30) {
            text.push('|');
            at.1 += 1;
        }
        match &cell.value {
            Value::Text(words) => text.push_str(&words.replace(['\n', '\r', '|'], " ")),
            Value::Number(number) if cell.percent == Some(true) => text.push_str(&format!("%{number}")),
            Value::Number(number) | Value::Date { serial: number, .. } => text.push_str(&format!("#{number}")),
            Value::Bool(_) | Value::Error(_) | Value::NoStoredValue => {}
        }
    }
    text
}
