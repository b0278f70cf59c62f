//! A month is closed, files come late, and what was told stays told.
#![expect(clippy::disallowed_methods, reason = "closed papers are tampered with and looked at on the disk")]

use std::collections::BTreeMap;
use std::fs;

use ntm::diag::{Code, Diagnostic};
use ntm::error::Error;
use ntm::model::{Lang, Period};
use ntm::pipeline::{self, Closed, Outcome};

use super::support::host::{Fault, TestHost};
use super::support::office::{Office, THREE_COMMUNES};
use super::support::papers::{dense, paper_text, workbook_texts};
use super::support::{made, sets};

const CLOSED_AT: &str = "2023-04-28T07:00:00";
const LATER: &str = "2023-05-12T09:30:00";

fn april() -> Period {
    "2023-04".parse().expect("a month")
}

/// A report of April in which these are not met.
fn report(commune: &str, unmet: &[&str]) -> Vec<u8> {
    made::xlsx(commune, 4, &sets::ntm(), unmet)
}

/// Two of three communes have sent April; then it is closed.
fn closed() -> Office {
    let office = Office::of(THREE_COMMUNES);
    office.send("2023-04-24/Trung Luong.xlsx", &report("Trung Lương", &["2.1", "11"]));
    office.send("2023-04-24/La Son.xlsx", &report("La Sơn", &["17.5"]));
    office.run();
    close(&office, CLOSED_AT).expect("the month can be closed");
    office
}

fn close(office: &Office, at: &str) -> Result<Closed, Error> {
    pipeline::close(&TestHost::at(at), &office.open(), april(), Lang::Vi)
}

fn reopen(office: &Office, at: &str, reason: &str) -> Result<(), Error> {
    pipeline::reopen(&TestHost::at(at), &office.open(), april(), reason).map(|_| ())
}

fn run(office: &Office, at: &str) -> Outcome {
    office.try_run(&TestHost::at(at)).expect("a sound disk")
}

/// The papers of April by name.
fn papers(office: &Office) -> BTreeMap<String, Vec<u8>> {
    let mut papers = office.tree("bao-cao/2023-04");
    // A form to be filled in tells nothing, and a brief is for one session: neither is on record.
    papers.retain(|name, _| !name.starts_with("Ke-hoach") && !is_brief(name));
    papers
}

fn is_brief(name: &str) -> bool {
    name.split('/').any(|part| part == "xa" || part == "phong")
}

/// The papers of April that are supplements.
fn supplements(office: &Office) -> Vec<String> {
    papers(office).into_keys().filter(|name| name.starts_with("Bo-sung")).collect()
}

fn codes(diagnostics: &[Diagnostic]) -> Vec<Code> {
    diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
}

#[test]
fn a_record_names_inputs_rules_papers_and_what_was_open() {
    let office = closed();
    let record = String::from_utf8(office.tree("chot-so-lieu")["2023-04/lan-1/ho-so.toml"].clone()).expect("text");
    for line in [
        "at = \"2023-04-28T07:00:00\"",
        "missing = [\"13516 Đồng Du\"]",
        "errors = 0",
        "name = \"Tong-hop-NTM-2023-04.xlsx\"",
        "name = \"ntm.toml\"",
        "name = \"templates/criteria/ntm-2021-2025.toml\"",
        "file = \"La Son.xlsx\"",
    ] {
        assert!(record.lines().any(|one| one == line), "{line}\n{record}");
    }
    let kept = office.tree("chot-so-lieu/2023-04/lan-1");
    for (name, bytes) in papers(&office) {
        assert_eq!(kept.get(&name), Some(&bytes), "{name} is kept beside the record");
    }
}

#[test]
fn closing_again_changes_no_byte() {
    let office = closed();
    let before = (office.derived(), office.tree("chot-so-lieu"));
    let again = close(&office, LATER).expect("it is closed");
    assert!(again.before && again.diagnostics.is_empty());
    assert_eq!(again.record.at.to_string(), CLOSED_AT);
    assert_eq!((office.derived(), office.tree("chot-so-lieu")), before);
}

#[test]
fn a_late_file_leaves_the_closed_papers_and_gives_one_dated_supplement() {
    let office = closed();
    let told = papers(&office);
    office.send("2023-05-10/Dong Du.xlsx", &report("Đồng Du", &["5"]));
    let outcome = run(&office, LATER);
    assert_eq!(codes(&outcome.closed), [Code::ClosedMonthAmended]);
    let now = papers(&office);
    for (name, bytes) in &told {
        assert_eq!(now.get(name), Some(bytes), "{name} stays");
    }
    assert_eq!(supplements(&office), ["Bo-sung-NTM-2023-04-2023-05-12.pdf", "Bo-sung-NTM-2023-04-2023-05-12.xlsx"]);
    let texts = workbook_texts(&now["Bo-sung-NTM-2023-04-2023-05-12.xlsx"]);
    let paper = paper_text(&now["Bo-sung-NTM-2023-04-2023-05-12.pdf"]);
    for said in [
        "Xã Đồng Du – NTM",
        "chưa có báo cáo",
        "tháng 4/2023: Dong Du.xlsx, nhận 10/5/2023",
        "số xã có báo cáo tháng 2/3 → 3/3",
        "Tệp nhận sau khi chốt: Dong Du.xlsx (nhận 10/5/2023).",
    ] {
        assert!(texts.iter().any(|text| text.contains(said)), "workbook: {said}\n{texts:#?}");
        assert!(paper.contains(&dense(said)), "paper: {said}");
    }
    assert!(!texts.iter().any(|text| text.contains("La Sơn")), "only the difference");
}

#[test]
fn a_corrected_file_is_told_item_by_item_with_its_cells_and_only_once() {
    let office = closed();
    office.send("2023-05-11/Trung Luong sua.xlsx", &report("Trung Lương", &["11"]));
    run(&office, LATER);
    let texts = workbook_texts(&papers(&office)["Bo-sung-NTM-2023-04-2023-05-12.xlsx"]);
    let row = texts.iter().position(|text| text == "2.1").unwrap_or_else(|| panic!("2.1 is told: {texts:#?}"));
    let told = &texts[row + 2..row + 5];
    assert!(told[0].starts_with("chưa đạt") && told[1].starts_with("đạt"), "{told:?}");
    assert!(
        told[2].starts_with("Trung Luong sua.xlsx, trang «") && told[2].contains("(trước: Trung Luong.xlsx"),
        "{told:?}"
    );
    assert!(!texts.iter().any(|text| text == "11"), "what did not change is not told");
    let before = (office.derived(), office.tree("chot-so-lieu"));
    let again = run(&office, "2023-05-20T08:00:00");
    assert_eq!(codes(&again.closed), []);
    assert_eq!((office.derived(), office.tree("chot-so-lieu")), before, "running again gives the same bytes");
}

#[test]
fn a_second_supplement_says_only_what_the_first_did_not() {
    let office = closed();
    office.send("2023-05-11/Trung Luong sua.xlsx", &report("Trung Lương", &["11"]));
    run(&office, LATER);
    office.send("2023-05-12/La Son sua.xlsx", &report("La Sơn", &[]));
    run(&office, LATER);
    let name = "Bo-sung-NTM-2023-04-2023-05-12-lan-2.xlsx";
    let texts = workbook_texts(&papers(&office)[name]);
    assert!(texts.iter().any(|text| text == "17.5") && !texts.iter().any(|text| text == "2.1"), "{texts:#?}");
    assert!(texts.iter().any(|text| text.contains("gồm cả bổ sung lập lúc 09:30 ngày 12/5/2023")), "{texts:#?}");
    assert!(texts.iter().any(|text| text.contains("số xã đạt đủ tiêu chí 0/3 → 1/3")), "{texts:#?}");
}

#[test]
fn changed_rules_are_named_and_do_not_touch_the_closed_papers() {
    let office = closed();
    let told = papers(&office);
    let more = "\n[[communes]]\ncode = \"13531\"\nname = \"Bồ Đề\"\nkind = \"xã\"\n";
    fs::write(office.path().join("ntm.toml"), format!("{THREE_COMMUNES}{more}")).expect("settings can be written");
    let outcome = run(&office, LATER);
    assert_eq!(codes(&outcome.closed), [Code::ClosedMonthAmended]);
    let now = papers(&office);
    assert!(told.iter().all(|(name, bytes)| now.get(name) == Some(bytes)));
    let texts = workbook_texts(&now["Bo-sung-NTM-2023-04-2023-05-12.xlsx"]);
    assert!(texts.iter().any(|text| text.ends_with("đã thay đổi sau khi chốt: ntm.toml.")), "{texts:#?}");
    assert!(texts.iter().any(|text| text.contains("số xã có báo cáo tháng 2/3 → 2/4")), "{texts:#?}");
}

#[test]
fn a_rebuild_keeps_what_is_closed_and_puts_back_what_is_gone() {
    let office = closed();
    office.send("2023-05-10/Dong Du.xlsx", &report("Đồng Du", &["5"]));
    run(&office, LATER);
    let (mut derived, kept) = (office.derived(), office.tree("chot-so-lieu"));
    derived.retain(|name, _| !is_brief(name));
    for folder in ["bao-cao", "du-lieu", "tra-lai"] {
        fs::remove_dir_all(office.path().join(folder))
            .or_else(|_| fs::create_dir(office.path().join(folder)))
            .expect("gone");
    }
    let outcome = office.try_rebuild(&TestHost::at("2023-06-01T07:00:00")).expect("a sound disk");
    assert_eq!(office.derived(), derived);
    assert_eq!(office.tree("chot-so-lieu"), kept);
    assert_eq!(codes(&outcome.closed), [Code::ClosedPaperMissing; 5]);
}

#[test]
fn a_closed_paper_that_somebody_changed_is_said_and_left_alone() {
    let office = closed();
    let path = office.path().join("bao-cao/2023-04/Nhac-viec-2023-04.txt");
    fs::write(&path, "khác").expect("it can be changed");
    let again = close(&office, LATER).expect("it is closed");
    assert_eq!(codes(&again.diagnostics), [Code::ClosedPaperChanged]);
    office.send("2023-05-10/Dong Du.xlsx", &report("Đồng Du", &["5"]));
    let outcome = run(&office, LATER);
    assert_eq!(codes(&outcome.closed), [Code::ClosedPaperChanged, Code::ClosedMonthAmended]);
    assert!(outcome.needs_person);
    assert_eq!(fs::read_to_string(&path).expect("it is there"), "khác");
    fs::remove_file(&path).expect("it can be deleted");
    assert_eq!(codes(&run(&office, LATER).closed), [Code::ClosedPaperMissing]);
    assert_ne!(fs::read_to_string(&path).expect("it is back"), "khác");
}

#[test]
fn a_record_that_was_changed_or_lost_its_figures_is_said_and_nothing_is_made_of_it() {
    for (file, code) in [("ho-so.toml", Code::ClosingDamaged), ("so-lieu.jsonl", Code::ClosingDamaged)] {
        let office = closed();
        let told = papers(&office);
        let path = office.path().join("chot-so-lieu/2023-04/lan-1").join(file);
        let text = fs::read_to_string(&path).expect("it is text");
        fs::write(&path, text.replace("not_met", "met").replace("errors = 0", "errors = 9"))
            .expect("it can be changed");
        office.send("2023-05-10/Trung Luong sua.xlsx", &report("Trung Lương", &["11"]));
        let outcome = run(&office, LATER);
        assert!(codes(&outcome.closed).contains(&code), "{file}: {:?}", codes(&outcome.closed));
        let now = papers(&office);
        assert!(told.iter().all(|(name, bytes)| now.get(name) == Some(bytes)), "{file}");
    }
}

#[test]
fn a_closed_month_opens_only_for_a_reason_and_closes_again_beside_the_first() {
    let office = closed();
    office.send("2023-05-10/Dong Du.xlsx", &report("Đồng Du", &["5"]));
    run(&office, LATER);
    assert!(matches!(reopen(&office, LATER, " … "), Err(Error::Usage(_))));
    let first = office.tree("chot-so-lieu/2023-04/lan-1");
    reopen(&office, LATER, "Tỉnh yêu cầu rà soát lại").expect("it is closed");
    assert!(papers(&office).is_empty(), "what was told is on record alone");
    run(&office, LATER);
    assert_eq!(papers(&office).len(), 3, "the papers are made anew, the supplement's content is in them");
    let second = close(&office, "2023-05-13T08:00:00").expect("it is open");
    assert_eq!((second.record.number, second.before), (2, false));
    let kept = office.tree("chot-so-lieu/2023-04");
    for (name, bytes) in first {
        assert_eq!(kept.get(&format!("lan-1/{name}")), Some(&bytes), "{name} of the first closing stays");
    }
    let opened = String::from_utf8(kept["lan-1/mo-lai.toml"].clone()).expect("text");
    for line in ["reason = \"Tỉnh yêu cầu rà soát lại\"", "at = \"2023-05-12T09:30:00\""] {
        assert!(opened.lines().any(|one| one == line), "{opened}");
    }
    assert!(matches!(reopen(&Office::of(THREE_COMMUNES), LATER, "lý do"), Err(Error::Usage(_))), "none is closed");
}

#[test]
fn a_month_that_is_not_there_or_has_not_begun_cannot_be_closed() {
    let office = Office::of(THREE_COMMUNES);
    assert!(matches!(close(&office, CLOSED_AT), Err(Error::Usage(_))));
    office.send("2023-03-30/Trung Luong.xlsx", &report("Trung Lương", &[]));
    run(&office, "2023-03-30T07:00:00");
    assert!(matches!(close(&office, "2023-03-30T07:00:00"), Err(Error::Usage(_))), "April is not there yet");
    assert!(office.tree("chot-so-lieu").is_empty());
}

#[test]
fn a_supplement_cut_off_at_any_call_of_the_run_is_made_once_by_the_next() {
    let late = report("Đồng Du", &["5"]);
    let whole = closed();
    whole.send("2023-05-10/Dong Du.xlsx", &late);
    run(&whole, LATER);
    let office = closed();
    office.send("2023-05-10/Dong Du.xlsx", &late);
    // Each run is cut off a call later than the one before and goes on from what that left.
    let done = (0..500).any(|call| office.try_run(&TestHost::at(LATER).failing(call, Fault::LastBreath)).is_ok());
    assert!(done, "a run that is left in peace comes to its end");
    run(&office, LATER);
    assert_eq!(office.tree("chot-so-lieu"), whole.tree("chot-so-lieu"));
    assert_eq!(office.derived(), whole.derived());
}

#[test]
fn a_closing_cut_off_at_any_of_its_calls_is_done_by_the_next_and_closes_nothing_by_half() {
    let whole = closed();
    let calls = {
        let office = Office::of(THREE_COMMUNES);
        office.send("2023-04-24/Trung Luong.xlsx", &report("Trung Lương", &["2.1", "11"]));
        office.send("2023-04-24/La Son.xlsx", &report("La Sơn", &["17.5"]));
        office.run();
        let host = TestHost::at(CLOSED_AT);
        pipeline::close(&host, &office.open(), april(), Lang::Vi).expect("a sound disk");
        host.asked().len()
    };
    let office = Office::of(THREE_COMMUNES);
    office.send("2023-04-24/Trung Luong.xlsx", &report("Trung Lương", &["2.1", "11"]));
    office.send("2023-04-24/La Son.xlsx", &report("La Sơn", &["17.5"]));
    office.run();
    for call in 0..calls {
        let host = TestHost::at(CLOSED_AT).failing(call, Fault::LastBreath);
        let outcome = pipeline::close(&host, &office.open(), april(), Lang::Vi);
        let is_closed = office.tree("chot-so-lieu").contains_key("2023-04/lan-1/ho-so.toml");
        assert_eq!(outcome.is_ok(), is_closed, "call {call}");
        // What stands already needs no call: later ones get further.
        if is_closed {
            break;
        }
    }
    close(&office, CLOSED_AT).expect("a sound disk");
    assert_eq!(office.tree("chot-so-lieu"), whole.tree("chot-so-lieu"));
    assert_eq!(office.derived(), whole.derived());
}
