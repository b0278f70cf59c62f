//! Some eight hundred malformed workbooks, made of a good one in each format: none breaks the worker, takes long or takes
//! much memory.
#![expect(clippy::disallowed_methods, reason = "files are laid out as they come")]

use std::collections::BTreeMap;
use std::fs;

use assert_cmd::Command;
use ntm::diag::Code;
use serde_json::Value;

use super::attacks::workbook;
use crate::support::office::{NOW, Office, THREE_COMMUNES};
use crate::support::sent::chance::Chance;
use crate::support::workbook::package::{Packing, pack, unpack};
use crate::support::workbook::{FileFormat, write};

#[test]
fn malformed_workbooks_end_in_time_and_memory() {
    let office = Office::of(THREE_COMMUNES);
    let files = all();
    assert!(files.len() >= 500, "{}", files.len());
    let folder = office.path().join("hong");
    fs::create_dir(&folder).expect("the workspace is new");
    for (name, bytes) in &files {
        fs::write(folder.join(name), bytes).expect("the folder can be written");
    }
    let mut check = assert_cmd::cargo_bin_cmd!("ntm");
    let check: &mut Command = check.args(["check", "--json"]).args(files.keys().map(|name| folder.join(name)));
    // A good one takes a hundredth of this.
    let bounded = check.env("NTM_FILE_SECONDS", "30").env("NTM_FILE_MEMORY", "256").env("NTM_NOW", NOW);
    let output = bounded.current_dir(office.path()).assert().code(1).get_output().clone();
    let objects: Vec<Value> = String::from_utf8(output.stdout)
        .expect("JSON is UTF-8")
        .lines()
        .map(|line| serde_json::from_str(line).expect("each line is JSON"))
        .collect();
    assert_eq!(objects.len(), files.len(), "each file is told of");
    let mut wrong = Vec::new();
    for object in &objects {
        let codes: Vec<&str> =
            object["diagnostics"].as_array().expect("a list").iter().filter_map(|d| d["code"].as_str()).collect();
        let is_read = object["submissions"].as_array().is_some_and(|all| !all.is_empty());
        if codes.contains(&Code::FileBreaksReader.as_str()) || (!is_read && codes.is_empty()) {
            wrong.push(object["file"].to_string());
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// Malformed workbooks by name, the same on every machine.
fn all() -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    let mut chance = Chance::of(6);
    for format in FileFormat::ALL {
        let (good, ending) = (write(&workbook(), format), format.extension());
        for hundredth in 0..100 {
            all.insert(format!("cut {hundredth:02}.{ending}"), good[..good.len() * hundredth / 100].to_vec());
        }
        for number in 0..30 {
            let mut bytes = good.clone();
            for _ in 0..1 + number {
                let at = chance.below(bytes.len());
                bytes[at] ^= 1 << chance.below(8);
            }
            all.insert(format!("flipped {number:02}.{ending}"), bytes);
        }
        let parts = if format == FileFormat::Xls { of_blocks(&good, &mut chance) } else { of_members(&good) };
        all.extend(parts.into_iter().map(|(what, bytes)| (format!("{what}.{ending}"), bytes)));
    }
    all
}

/// A package without one of its members, with one emptied, with two swapped, with one twice as long.
fn of_members(good: &[u8]) -> Vec<(String, Vec<u8>)> {
    let members = unpack(good);
    let packed = |members: &[(String, Vec<u8>)]| {
        let members: Vec<_> = members.iter().map(|(n, c)| (n.as_str(), Packing::Deflated, c.as_slice())).collect();
        pack(&members)
    };
    let mut all = Vec::new();
    for at in 0..members.len() {
        let mut without = members.clone();
        without.remove(at);
        let mut emptied = members.clone();
        emptied[at].1.clear();
        let mut swapped = members.clone();
        let next = (at + 1) % members.len();
        (swapped[at].1, swapped[next].1) = (members[next].1.clone(), members[at].1.clone());
        let mut doubled = members.clone();
        doubled[at].1.extend(&members[at].1);
        for (what, changed) in [("without", without), ("emptied", emptied), ("swapped", swapped), ("doubled", doubled)]
        {
            all.push((format!("{what} {at:02}"), packed(&changed)));
        }
    }
    all
}

/// A compound file with blocks removed, emptied and swapped.
fn of_blocks(good: &[u8], chance: &mut Chance) -> Vec<(String, Vec<u8>)> {
    const BLOCK: usize = 512;
    let blocks: Vec<&[u8]> = good.chunks(BLOCK).collect();
    let mut all = Vec::new();
    for number in 0..20 {
        let (one, other) = (chance.below(blocks.len()), chance.below(blocks.len()));
        let mut without = blocks.clone();
        without.remove(one);
        let mut emptied = blocks.clone();
        emptied[one] = &[0; BLOCK];
        let mut swapped = blocks.clone();
        swapped.swap(one, other);
        for (what, changed) in [("without", without), ("emptied", emptied), ("swapped", swapped)] {
            all.push((format!("{what} {number:02}"), changed.concat()));
        }
    }
    all
}
