//! The sample workspace: its inbox equals its builder byte for byte, and its settings name what the files hold.
//!
//! `UPDATE_SAMPLES=1 cargo test --test it samples` writes the files of all samples again.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use calamine::{Reader, open_workbook_auto_from_rs};

use super::support::binh_luc::{Truth, files, truth};
use super::support::figures::twin;
use super::support::reports::{Declared, Verdict};

#[test]
fn the_inbox_equals_its_builder_byte_for_byte() {
    let built: BTreeMap<String, Vec<u8>> = files().into_iter().map(|file| (file.path, file.bytes)).collect();
    equals_its_builder(&inbox(), &built);
}

#[test]
fn every_sample_is_small() {
    for file in files() {
        assert!(file.bytes.len() < 60_000, "{}: {} bytes", file.path, file.bytes.len());
    }
}

#[test]
fn every_whole_sample_opens_with_all_its_rows() {
    for file in files() {
        let Truth::Submissions(submissions) = file.truth else { continue };
        let mut workbook = open_workbook_auto_from_rs(Cursor::new(file.bytes)).expect("calamine opens it");
        let cells: usize = workbook.worksheets().iter().map(|(_, range)| range.used_cells().count()).sum();
        let answers: usize = submissions.iter().map(|submission| submission.answers.len()).sum();
        assert!(cells > answers * 3, "{}: {cells} cells for {answers} answers", file.path);
    }
}

#[test]
fn trung_luong_in_april_is_the_seed_case() {
    let truth = truth();
    let Truth::Submissions(submissions) = &truth["2023-04-24/BC Trung Lương.xlsx"] else { panic!("it is readable") };
    let [ntm, advanced] = submissions.as_slice() else { panic!("two sets") };
    let declared = |criteria_met, indicators_met, indicators_total| {
        Some(Declared { criteria_met, criteria_total: 19, indicators_met, indicators_total })
    };
    assert_eq!((ntm.declared, advanced.declared), (declared(15, 52, 57), declared(14, 60, 75)));
    let unmet: BTreeSet<&str> = advanced
        .answers
        .iter()
        .filter(|(_, answer)| answer.verdict == Verdict::NotMet)
        .map(|(code, _)| code.as_str())
        .collect();
    let named = "2.1 2.2 11 13.2 13.3 13.5 13.6 13.8 14.2 14.3 14.4 17.5 17.7 17.9";
    assert_eq!(unmet, named.split(' ').collect());
    assert_eq!(ntm.answers.values().filter(|answer| answer.verdict == Verdict::NotMet).count(), 5);
    let planned = advanced.answers.values().filter(|answer| answer.plan.is_some()).count();
    assert_eq!(planned, 14, "each has a person, a task and a day");
}

#[test]
fn all_but_the_named_exceptions_report_each_month() {
    let mut reported: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let truth = truth();
    for file in truth.values() {
        if let Truth::Submissions(submissions) = file {
            for submission in submissions.iter().filter(|s| s.set == "ntm-2021-2025") {
                reported.entry(submission.period).or_default().push(submission.commune);
            }
        }
    }
    assert_eq!(reported["2023-03"].len(), 16);
    // La Sơn did not send April's, Vũ Bản's broke off.
    let april: BTreeSet<&str> = reported["2023-04"].iter().copied().collect();
    let missing: Vec<&str> = reported["2023-03"].iter().copied().filter(|code| !april.contains(code)).collect();
    assert_eq!(BTreeSet::from_iter(missing), BTreeSet::from(["13543", "13555"]));
    assert!(matches!(truth["2023-04-25/Vu Ban_NTM_NC_thang4.xlsx"], Truth::Unreadable));
    let Truth::CopyOf(original) = &truth["2023-04-25/ĐỒNG DU_NTM_04.2023 (1).ods"] else { panic!("it is a copy") };
    assert!(matches!(truth[original], Truth::Submissions(_)));
}

#[test]
fn what_both_sets_ask_has_one_figure() {
    for (path, file) in truth() {
        let Truth::Submissions(submissions) = file else { continue };
        let [ntm, advanced] = submissions.as_slice() else { continue };
        let mut compared = 0;
        for (code, answer) in &ntm.answers {
            let Some(other) = twin(&ntm.set, code) else { continue };
            assert_eq!(answer.figure.number(), advanced.answers[other].figure.number(), "{path} {code}");
            compared += 1;
        }
        assert!(compared > 10, "{path}: {compared} indicators of both sets");
    }
}

#[test]
fn two_indicators_fall_back_from_march_to_april() {
    let mut verdicts: BTreeMap<(String, String, &str), BTreeMap<&str, &str>> = BTreeMap::new();
    for file in truth().into_values() {
        let Truth::Submissions(submissions) = file else { continue };
        for submission in submissions {
            for (code, answer) in submission.answers {
                let key = (submission.set.clone(), code, submission.commune);
                verdicts.entry(key).or_default().insert(submission.period, answer.verdict.stated());
            }
        }
    }
    let back: Vec<String> = verdicts
        .iter()
        .filter(|(_, by_month)| by_month["2023-03"] != "not_met" && by_month.get("2023-04") == Some(&"not_met"))
        .map(|((set, code, commune), _)| format!("{set} {commune} {code}"))
        .collect();
    assert_eq!(back, ["ntm-2021-2025 13519 15.1", "ntm-nang-cao-2021-2025 13516 18.4"]);
}

#[test]
fn settings_register_each_commune_that_reports() {
    let text = fs::read_to_string(workspace().join("ntm.toml")).expect("the workspace has settings");
    let settings: toml::Table = text.parse().expect("the settings are TOML");
    let registered: BTreeSet<&str> = settings["communes"]
        .as_array()
        .expect("a list of communes")
        .iter()
        .map(|commune| commune["code"].as_str().expect("a code is text"))
        .collect();
    assert_eq!(registered.len(), 16);
    for file in truth().into_values() {
        if let Truth::Submissions(submissions) = file {
            for submission in submissions {
                assert!(registered.contains(submission.commune), "{}", submission.commune);
            }
        }
    }
}

/// Holds an inbox against what its builder makes, after writing it where that is asked for.
pub(super) fn equals_its_builder(inbox: &Path, built: &BTreeMap<String, Vec<u8>>) {
    if std::env::var_os("UPDATE_SAMPLES").is_some() {
        write_inbox(inbox, built);
    }
    let mut stored = BTreeMap::new();
    collect(inbox, inbox, &mut stored);
    let names = |map: &BTreeMap<String, Vec<u8>>| map.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&stored), names(built), "UPDATE_SAMPLES=1 writes them again");
    for (path, bytes) in built {
        assert!(stored[path] == *bytes, "{path} differs from its builder: UPDATE_SAMPLES=1 writes it again");
    }
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/binh-luc")
}

fn inbox() -> PathBuf {
    workspace().join("hop-thu-den")
}

#[expect(clippy::disallowed_methods, reason = "tests read the files they stand on")]
fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("the inbox is a folder") {
        let path = entry.expect("an entry of the inbox").path();
        if path.is_dir() {
            collect(root, &path, files);
            continue;
        }
        let below = path.strip_prefix(root).expect("the entry lies below the inbox");
        let name = below.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
        files.insert(name, fs::read(&path).expect("a readable file"));
    }
}

#[expect(clippy::disallowed_methods, reason = "the builder writes its own samples, on demand")]
fn write_inbox(inbox: &Path, files: &BTreeMap<String, Vec<u8>>) {
    if inbox.is_dir() {
        fs::remove_dir_all(inbox).expect("the samples can be replaced");
    }
    for (path, bytes) in files {
        let target = inbox.join(path);
        fs::create_dir_all(target.parent().expect("a file lies in a folder")).expect("the folder can be made");
        fs::write(target, bytes).expect("the sample can be written");
    }
}
