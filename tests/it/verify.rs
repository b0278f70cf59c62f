//! What is kept is held against its hashes: archive, store, closed months.
#![expect(clippy::disallowed_methods, reason = "what is kept is damaged on the disk")]

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use ntm::diag::Code;
use ntm::model::Lang;
use ntm::pipeline::{self, Verified};

use super::support::host::TestHost;
use super::support::office::{NOW, Office, THREE_COMMUNES};
use super::support::{made, sets};

/// Two communes' reports of April, closed, and one that came later.
fn office() -> Office {
    let office = Office::of(THREE_COMMUNES);
    office.send("2023-04-24/Trung Luong.xlsx", &made::xlsx("Trung Lương", 4, &sets::ntm(), &["2.1"]));
    office.send("2023-04-24/La Son.xlsx", &made::xlsx("La Sơn", 4, &sets::ntm(), &[]));
    office.run();
    let april = "2023-04".parse().expect("a month");
    pipeline::close(&TestHost::at(NOW), &office.open(), april, Lang::Vi).expect("a sound disk");
    office.send("2023-05-10/Dong Du.xlsx", &made::xlsx("Đồng Du", 4, &sets::ntm(), &["5"]));
    office.try_run(&TestHost::at("2023-05-12T09:30:00")).expect("a sound disk");
    office
}

fn verify(office: &Office) -> Verified {
    pipeline::verify(&TestHost::at(NOW), &office.open()).expect("a sound disk")
}

fn codes(office: &Office) -> Vec<Code> {
    verify(office).diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
}

/// Changes the only file below a folder whose path ends so.
fn spoil(office: &Office, folder: &str, ending: &str) {
    let found = office.tree(folder).into_iter().find(|(path, _)| path.ends_with(ending));
    let (path, mut bytes) = found.unwrap_or_else(|| panic!("no {ending} in {folder}"));
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(office.path().join(folder).join(path), bytes).expect("it can be written");
}

#[test]
fn a_sound_workspace_has_nothing_amiss_and_is_not_changed() {
    let office = office();
    let before = office.tree("");
    let found = verify(&office);
    assert_eq!((found.archived, found.stored, found.closings), (3, 3, 1));
    assert_eq!(found.diagnostics, []);
    let mut after = office.tree("");
    after.retain(|path, _| !path.starts_with(".ntm-lock"));
    assert_eq!(after, before.into_iter().filter(|(path, _)| !path.starts_with(".ntm-lock")).collect());
}

#[test]
fn the_sample_has_nothing_amiss_but_what_its_files_are() {
    let office = Office::sample();
    office.run();
    assert_eq!(codes(&office), []);
}

#[test]
fn every_damage_is_named_by_its_own_code() {
    type Damage = (fn(&Office), &'static [Code]);
    let damages: [Damage; 7] = [
        (|office| spoil(office, "luu-tru", "La Son.xlsx"), &[Code::ArchiveChanged, Code::ArchiveMissing]),
        (|office| spoil(office, "du-lieu/submissions", "parquet"), &[Code::StoreMismatch]),
        (|office| spoil(office, "bao-cao", "Bao-cao-NTM-2023-04.pdf"), &[Code::ClosedPaperChanged]),
        (|office| spoil(office, "bao-cao", "2023-05-12.pdf"), &[Code::ClosedPaperChanged]),
        (|office| spoil(office, "chot-so-lieu", "bo-sung-1/so-lieu.jsonl"), &[Code::ClosingDamaged]),
        (|office| spoil(office, "chot-so-lieu", "lan-1/Bao-cao-NTM-2023-04.pdf"), &[Code::ClosingDamaged]),
        (|office| fs::remove_dir_all(office.path().join("bao-cao")).expect("gone"), &[Code::ClosedPaperMissing; 7]),
    ];
    for (at, (damage, expected)) in damages.into_iter().enumerate() {
        let office = office();
        damage(&office);
        assert_eq!(codes(&office), expected, "damage {at}");
    }
}

#[test]
fn rows_that_were_taken_out_or_a_part_that_is_gone_are_seen_though_every_seal_holds() {
    let office = office();
    let path = office.path().join("du-lieu/observations");
    fs::remove_dir_all(path).expect("it can be deleted");
    let found = codes(&office);
    assert!(!found.is_empty() && found.iter().all(|code| *code == Code::StoreMismatch), "{found:?}");
    office.rebuild();
    assert_eq!(codes(&office), []);
}

#[test]
fn a_file_lost_from_the_archive_is_named_also_when_the_store_was_made_again_without_it() {
    let office = office();
    let found = office.tree("luu-tru").into_keys().find(|path| path.ends_with("La Son.xlsx"));
    let path = found.expect("it was archived");
    fs::remove_file(office.path().join("luu-tru").join(path)).expect("it can be deleted");
    assert_eq!(codes(&office), [Code::ArchiveMissing]);
    office.try_rebuild(&TestHost::at("2023-06-01T07:00:00")).expect("a sound disk");
    assert_eq!(codes(&office), [Code::ArchiveMissing], "the record of the closed month still knows it");
}

#[test]
fn the_command_speaks_and_exits_as_the_contract_says() {
    let office = office();
    let ask = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ntm"));
        command.env_clear().env("NTM_NOW", NOW).current_dir(office.path()).args(arguments).output().expect("it runs")
    };
    let sound = ask(&["verify"]);
    assert_eq!(sound.status.code(), Some(0));
    let said = String::from_utf8(sound.stderr).expect("UTF-8");
    assert_eq!(said, "Đã kiểm tra 3 tệp lưu trữ, 3 tệp trong dữ liệu, 1 lần chốt số liệu: không có gì sai.\n");
    let status = String::from_utf8(ask(&["status"]).stdout).expect("UTF-8");
    assert!(status.contains("Đã chốt 28/4/2023 07:00; bổ sung 12/5/2023 09:30\n"), "{status}");
    spoil(&office, "bao-cao", "Bao-cao-NTM-2023-04.pdf");
    let spoiled = ask(&["verify", "--json", "--lang", "en"]);
    assert_eq!(spoiled.status.code(), Some(1));
    let json: serde_json::Value = serde_json::from_slice(&spoiled.stdout).expect("one JSON object");
    assert_eq!(json["diagnostics"][0]["code"], "closed-paper-changed");
    assert_eq!(json["diagnostics"][0]["file"], "Bao-cao-NTM-2023-04.pdf");
    assert_eq!(ask(&["status"]).status.code(), Some(1));
    assert_eq!(ask(&["close", "2023-04", "--reopen"]).status.code(), Some(2), "without a reason it stays closed");
    assert_eq!(ask(&["close", "2023-04", "--reopen", "--reason", "rà soát lại"]).status.code(), Some(0));
    let status = String::from_utf8(ask(&["status"]).stdout).expect("UTF-8");
    assert!(status.contains("; mở lại 28/4/2023 07:00: rà soát lại\n"), "{status}");
    assert!(
        Path::new(&office.path().join("bao-cao/2023-04/Bao-cao-NTM-2023-04.pdf")).exists(),
        "what was changed stays"
    );
}
