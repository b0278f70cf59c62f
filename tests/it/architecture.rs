//! Which module may name which, read from the sources; and what every source file has to have.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use ntm::diag::Code;

use super::support::office::tree;

/// What each part of the library may name beside itself; below the stages, what all of them rest on.
const MAY_NAME: &[(&str, &[&str])] = &[
    ("model", &["diag"]),
    ("diag", &["model"]),
    ("text", &["model"]),
    ("xml", &[]),
    ("catalogue", &["model", "text"]),
    ("settings", &["model", "text"]),
    // The stages: none names another, except that each knows the values the one before it gives.
    ("read", &["model", "diag", "text"]),
    ("recognise", &["model", "diag", "text", "catalogue", "read"]),
    ("normalise", &["model", "diag", "text", "catalogue", "settings"]),
    ("store", &["model", "diag"]),
    ("assess", &["model", "diag", "settings"]),
    ("compose", &["model", "diag", "text", "settings", "catalogue", "assess"]),
    // A file that is no xlsx goes back as what was read of it.
    ("render", &["model", "diag", "read", "xml"]),
    ("closing", &["model", "assess"]),
    // The outside.
    ("error", &["model", "settings", "store"]),
    ("host", &["model", "error"]),
    ("fence", &["error", "host"]),
    ("publish", &["error", "host"]),
    ("watch", &["error", "host"]),
    ("machine", &["error", "watch"]),
    ("schedule", &["model", "xml", "error", "host", "machine"]),
    ("init", &["model", "error", "host", "settings"]),
    ("show", &["model", "diag", "settings", "assess", "pipeline", "watch"]),
];

/// Where an outside crate may be met: files and folders of `src`.
const MET_IN: &[(&str, &[&str])] = &[
    ("calamine", &["read/"]),
    ("quick_xml", &["read/", "render/returned/markup.rs"]),
    ("cfb", &["read/"]),
    ("zip", &["read/", "render/returned/package.rs"]),
    ("rust_xlsxwriter", &["render/form/", "render/plans.rs", "render/xlsx/", "render/returned/anew.rs"]),
    ("printpdf", &["render/pdf/"]),
    ("lopdf", &["render/pdf/"]),
    ("subsetter", &["render/pdf/"]),
    ("skrifa", &["render/pdf/"]),
    ("unicode_linebreak", &["render/pdf/"]),
    ("polars_io", &["store/parquet.rs"]),
    ("tempfile", &["host/disk.rs", "fence/keeper.rs"]),
    ("rlimit", &["fence/memory.rs"]),
    ("cap", &["fence/memory.rs"]),
    ("clap", &["main.rs", "cli.rs", "slips.rs", "terminal.rs"]),
    ("indicatif", &["terminal.rs"]),
    ("console", &["terminal.rs", "commands/"]),
    ("flate2", &["render/pdf/finish.rs"]),
    ("notify", &["machine/bell.rs"]),
    ("ctrlc", &["machine/bell.rs"]),
    ("rayon", &["pipeline/", "render/pdf/paint.rs", "render/xlsx/mod.rs", "store/order.rs"]),
];

/// Files that may touch what lies outside, by the words that do so.
const OUTSIDE: &[(&str, &[&str])] = &[
    ("std::fs", &["host/disk.rs", "fence/keeper.rs", "fence/memory.rs", "fence/worker.rs"]),
    (
        "std::process",
        &[
            "host/disk.rs",
            "main.rs",
            "terminal.rs",
            "fence/keeper.rs",
            "fence/worker.rs",
            "commands/fenced.rs",
            "commands/watch.rs",
            "machine/program.rs",
        ],
    ),
    ("std::env", &["host/disk.rs", "machine/account.rs", "terminal.rs", "fence/mod.rs", "commands/fenced.rs"]),
    ("use std::env", &["host/disk.rs", "machine/account.rs", "fence/mod.rs", "commands/fenced.rs"]),
    ("SystemTime", &["host/disk.rs"]),
    ("Timestamp::now", &["host/disk.rs"]),
    ("Instant::now", &["machine/bell.rs", "machine/program.rs"]),
    ("println!", &[]),
    ("eprint!", &[]),
    ("io::stdout", &["terminal.rs"]),
    ("io::stderr", &["terminal.rs"]),
    ("process::exit", &["fence/worker.rs"]),
    ("static mut", &[]),
    ("thread_local!", &[]),
    ("thread::sleep", &[]),
];

#[test]
fn a_part_names_only_what_it_may() {
    let rules: BTreeMap<&str, &[&str]> = MAY_NAME.iter().copied().collect();
    let mut wrong = Vec::new();
    for (path, code) in sources() {
        let part = path.split(['/', '.']).next().expect("a path has a first part").to_owned();
        if ["main", "cli", "slips", "values", "commands", "terminal", "lib", "pipeline"].contains(&part.as_str()) {
            continue;
        }
        let Some(allowed) = rules.get(part.as_str()) else {
            wrong.push(format!("{path}: {part} has no rule"));
            continue;
        };
        let named = named_parts(&code).into_iter().filter(|name| *name != part && !allowed.contains(&name.as_str()));
        wrong.extend(named.map(|name| format!("{path} names {name}")));
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn a_crate_is_met_only_where_it_may_be() {
    let mut wrong = Vec::new();
    for (path, code) in sources() {
        for (name, places) in MET_IN {
            let is_met = code.contains(&format!("{name}::"));
            if is_met && !places.iter().any(|place| path.starts_with(place)) {
                wrong.push(format!("{path} meets {name}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn the_outside_is_touched_only_where_it_may_be() {
    let mut wrong = Vec::new();
    for (path, code) in sources() {
        for (words, places) in OUTSIDE {
            if code.contains(words) && !places.contains(&path.as_str()) {
                wrong.push(format!("{path} has {words}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_file_begins_by_saying_what_it_is_and_a_stage_what_it_takes_gives_and_never_does() {
    let files = tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    let mut wrong = Vec::new();
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".rs")) {
        let text = String::from_utf8_lossy(bytes);
        if !text.starts_with("//! ") {
            wrong.push(format!("{path} does not begin with //!"));
        }
        let is_stage = ["read", "recognise", "normalise", "store", "assess", "compose"]
            .iter()
            .any(|stage| *path == format!("{stage}/mod.rs"));
        if is_stage
            || ["render/xlsx/mod.rs", "render/form/mod.rs", "render/pdf/mod.rs", "render/returned/mod.rs", "publish.rs"]
                .contains(&path.as_str())
        {
            let head: String = text.lines().take_while(|line| line.starts_with("//!")).collect();
            let head = head.to_lowercase();
            let missing = ["*takes*", "*gives*", "*never*"].into_iter().filter(|word| !head.contains(word));
            wrong.extend(missing.map(|word| format!("{path} does not say {word}")));
        }
        if text.lines().count() > 600 {
            wrong.push(format!("{path} is longer than 600 lines"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn codes_are_unique_kebab_case_and_explained() {
    let names: BTreeSet<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(names.len(), Code::ALL.len());
    for code in Code::ALL {
        let name = code.as_str();
        assert!(name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{name}");
        let explanation = code.explanation();
        for text in [&explanation.vi, &explanation.en] {
            assert!(text.ends_with('.') && text.len() > 20, "{name}: {text}");
        }
        assert_ne!(explanation.vi, explanation.en, "{name}");
    }
}

#[test]
fn the_readme_lists_every_code_with_its_explanation_and_no_other() {
    let readme = include_str!("../../README.md");
    let (_, table) = readme.split_once("\n| code |").expect("the README has a table of codes");
    let listed: BTreeMap<&str, &str> = table
        .lines()
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .filter_map(|line| line.strip_prefix("| `")?.strip_suffix(" |")?.split_once("` | "))
        .collect();
    for code in Code::ALL {
        assert_eq!(listed.get(code.as_str()), Some(&code.explanation().vi.as_str()), "{code}");
    }
    let known: BTreeSet<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    let unknown: Vec<&&str> = listed.keys().filter(|code| !known.contains(**code)).collect();
    assert_eq!(unknown, Vec::<&&str>::new());
}

#[test]
fn each_promise_of_the_readme_is_held_by_tests_that_are_there() {
    let readme = include_str!("../../README.md");
    let (_, table) = readme.split_once("\n| promise |").expect("the README has a table of promises");
    let rows: Vec<&str> = table.lines().skip(2).take_while(|line| line.starts_with('|')).collect();
    assert!(rows.len() > 10, "{rows:?}");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (tests, sources) = (tree(&root.join("tests/it")), tree(&root.join("src")));
    let mut missing = Vec::new();
    for row in rows {
        let (mut held, mut code) = (0, String::new());
        let held_by = row.trim_end_matches(['|', ' ']).rsplit(" | ").next().unwrap_or_default();
        for word in held_by.split('`').skip(1).step_by(2).filter(|word| !word.contains(' ')) {
            if word.ends_with(".rs") {
                let file = word.strip_prefix("src/").map_or_else(|| tests.get(word), |source| sources.get(source));
                code = file.map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default();
                continue;
            }
            let name = word.strip_suffix('…').map_or_else(|| format!("fn {word}("), |begin| format!("fn {begin}"));
            if code.contains(&name) {
                held += 1;
            } else {
                missing.push(word.to_owned());
            }
        }
        if held == 0 {
            missing.push(row.to_owned());
        }
    }
    assert_eq!(missing, Vec::<String>::new());
}

/// The sources by their path below `src`: without comments, and without what only tests have.
fn sources() -> BTreeMap<String, String> {
    let files = tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    let of_tests = |path: &str| path.contains("/tests/") || path.ends_with("tests.rs") || path.ends_with("made.rs");
    let rust = files.into_iter().filter(|(path, _)| path.ends_with(".rs") && !of_tests(path));
    rust.map(|(path, bytes)| {
        let text = String::from_utf8(bytes).expect("sources are UTF-8");
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
        (path, lines.collect::<Vec<_>>().join("\n"))
    })
    .collect()
}

/// The parts of the library that a source names, as `crate::part`, also in a list of one `use`.
fn named_parts(code: &str) -> BTreeSet<String> {
    let word = |text: &str| -> String { text.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect() };
    let mut names = BTreeSet::new();
    for after in code.split("crate::").skip(1) {
        match after.strip_prefix('{') {
            Some(list) => {
                let list = list.split("};").next().unwrap_or_default();
                names.extend(list.split(',').map(|item| word(item.trim_start())));
            }
            None => {
                names.insert(word(after));
            }
        }
    }
    names.remove("");
    names
}
