//! Bình Lục's mergers of 1/1/2025 and 1/7/2025 told over the months: old boundaries, new ones, and who still sends.

use assert_cmd::Command;
use jiff::civil::date;
use ntm::diag::Code;
use ntm::model::Lang;

use super::support::host::TestHost;
use super::support::made::answers;
use super::support::office::Office;
use super::support::papers::workbook_texts;
use super::support::reports::{Report, Style, count, sheet};
use super::support::sets;
use super::support::workbook::{FileFormat, Workbook, write};

/// The communes that became Bình An, with the codes that were used again.
const SETTINGS: &str = r#"
[unit]
name = "cụm xã Bình Lục"
parent = "tỉnh Ninh Bình"
region = "dbsh"

[deadline]
day = 25

[[sets]]
id = "ntm-2021-2025"

[[communes]]
code = "13540"
name = "An Nội"
valid_to = 2024-12-31

[[communes]]
code = "13522"
name = "Hưng Công"
valid_to = 2024-12-31

[[communes]]
code = "13534"
name = "Bối Cầu"
valid_to = 2024-12-31

[[communes]]
code = "13540"
name = "Bình An"
valid_from = 2025-01-01
valid_to = 2025-06-30

[[communes]]
code = "13519"
name = "Ngọc Lũ"
valid_to = 2025-06-30

[[communes]]
code = "13546"
name = "Trung Lương"
valid_to = 2025-06-30

[[communes]]
code = "13540"
name = "Bình An"
valid_from = 2025-07-01

[[mergers]]
on = 2025-01-01
into = "13540"
parts = ["13540", "13522", "13534"]

[[mergers]]
on = 2025-07-01
into = "13540"
parts = ["13540", "13519", "13546"]
weights = [13000, 6000, 7000]
"#;

fn report(commune: &str, period: (i16, i8), unmet: &[&str]) -> Vec<u8> {
    let set = sets::ntm();
    let answers = answers(&set, unmet);
    let declared = Some(count(&set, &answers));
    let signed = date(period.0, period.1, 22);
    let report = Report { commune, period, signed, set: &set, answers, declared };
    write(&Workbook { sheets: vec![sheet(&report, &Style::COMMON, "NTM")] }, FileFormat::Xlsx)
}

/// What was sent from November 2024 to August 2025, by those that were there.
fn office() -> Office {
    let office = Office::of(SETTINGS);
    let sent: [(&str, (i16, i8), &[&str]); 8] = [
        ("An Nội", (2024, 11), &["11"]),
        ("Hưng Công", (2024, 11), &[]),
        ("Bối Cầu", (2024, 11), &["18.1"]),
        ("Bình An", (2025, 3), &["18.1"]),
        ("Ngọc Lũ", (2025, 3), &[]),
        ("Trung Lương", (2025, 3), &["11"]),
        ("Bình An", (2025, 7), &["5"]),
        ("Bình An", (2025, 8), &[]),
    ];
    for (commune, period, unmet) in sent {
        let (year, month) = period;
        office.send(&format!("{year}-{month:02}-22/{commune} {month}-{year}.xlsx"), &report(commune, period, unmet));
    }
    office.try_run(&TestHost::at(NOW)).expect("a sound disk");
    office
}

const NOW: &str = "2025-08-28T07:00:00";

fn ask(office: &Office, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ntm"));
    let asked = command.env_clear().env("NTM_NOW", NOW).current_dir(office.path()).args(arguments);
    String::from_utf8(asked.assert().get_output().stdout.clone()).expect("output is UTF-8")
}

/// Lines with single spaces.
fn lines(text: &str) -> Vec<String> {
    text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn the_history_of_the_new_commune_reaches_back_to_its_parts_and_says_that_it_is_made() {
    let office = office();
    let told = lines(&ask(&office, &["history", "binh an", "18.1"]));
    for line in [
        "Bình An (13540) lập ngày 1/7/2025 từ: Bình An (13540), Ngọc Lũ (13519), Trung Lương (13546). Tháng có dấu * là số ghép từ các xã cũ, không phải số báo cáo.",
        "11/2024* Chưa đạt mọi xã đều phải đạt: Bình An chưa đạt, Ngọc Lũ không báo cáo, Trung Lương không báo cáo",
        "3/2025* Chưa đạt mọi xã đều phải đạt: Bình An chưa đạt, Ngọc Lũ đạt, Trung Lương đạt",
        "7/2025 Đạt Đảm bảo Bình An 7-2025.xlsx, trang «NTM», ô E",
    ] {
        assert!(told.iter().any(|one| one.starts_with(line)), "{line}\n{told:#?}");
    }
    let all = lines(&ask(&office, &["history", "binh an"]));
    assert!(all.iter().any(|line| line == "Mục 11/2024* 3/2025* 7/2025 8/2025"), "{all:#?}");
    assert!(all.iter().any(|line| line.starts_with("1.1 L L Đ Đ")), "the plan is made anew: {all:#?}");
    let json: serde_json::Value =
        serde_json::from_str(&ask(&office, &["history", "binh an", "11", "--json"])).expect("one object");
    assert_eq!(json["formed"]["on"], "2025-07-01");
    let made = &json["sets"][0]["made_months"][1]["items"][0];
    assert_eq!(
        (made["rule"].as_str(), made["status"].as_str()),
        (Some("weighted-mean"), Some("assess_anew")),
        "{made}"
    );
    assert_eq!(json["sets"][0]["months"].as_array().map(Vec::len), Some(2), "what was reported stands apart");
}

#[test]
fn why_leads_from_a_month_before_the_merger_to_the_cells_of_the_parts() {
    let office = office();
    let told = lines(&ask(&office, &["why", "binh an", "18.1", "2024-11"]));
    assert!(told[0].ends_with("tháng 11/2024: Chưa đạt (ghép từ các xã cũ)"), "{told:#?}");
    for line in [
        "Cách ghép mọi xã đều phải đạt → chưa đạt",
        "Bình An mọi xã đều phải đạt → chưa đạt",
        "An Nội: đạt; An Nội 11-2024.xlsx",
        "Bối Cầu: chưa đạt; Bối Cầu 11-2024.xlsx",
        "Ngọc Lũ không có báo cáo tháng đó",
    ] {
        assert!(told.iter().any(|one| one == line), "{line}\n{told:#?}");
    }
    assert!(told.iter().any(|line| line.starts_with("Bối Cầu: trang «NTM», ô")), "down to the cell: {told:#?}");
    let json: serde_json::Value =
        serde_json::from_str(&ask(&office, &["why", "binh an", "18.1", "2024-11", "--json"])).expect("one object");
    let nested = &json["composed"]["parts"][0]["chain"]["composed"];
    assert_eq!((json["status"].is_null(), nested["on"].as_str()), (true, Some("2025-01-01")), "{json}");
    assert_eq!(nested["parts"][2]["chain"]["statements"][0]["verdict"], "not_met", "{nested}");
    assert_eq!((nested["rule"].as_str(), nested["status"].as_str()), (Some("all"), Some("not_met")), "{nested}");
    let anew = lines(&ask(&office, &["why", "binh an", "11", "2024-11"]));
    assert!(anew.iter().any(|line| line == "Cách ghép bình quân theo trọng số → đánh giá lại"), "{anew:#?}");
}

#[test]
fn the_history_of_an_old_commune_ends_with_what_it_became() {
    let office = office();
    let told = lines(&ask(&office, &["history", "trung luong", "11"]));
    assert_eq!(told[0], "Trung Lương (13546) nhập vào Bình An (13540) từ ngày 1/7/2025.");
    assert!(told.iter().any(|line| line.starts_with("3/2025 Chưa đạt")), "{told:#?}");
    let old = lines(&ask(&office, &["history", "An Nội", "11"]));
    assert_eq!(old[0], "An Nội (13540) nhập vào Bình An (13540) từ ngày 1/1/2025.");
    assert!(old.iter().any(|line| line.starts_with("11/2024 Chưa đạt")), "{old:#?}");
    assert!(!old.iter().any(|line| line.starts_with("3/2025")), "what the code means later is none of its own");
}

#[test]
fn a_dissolved_commune_that_still_sends_is_named_and_counts_nowhere() {
    let office = office();
    office.send("2025-08-20/TL.xlsx", &report("Trung Lương", (2025, 8), &["2.1"]));
    office.send("2025-08-20/AN.xlsx", &report("An Nội", (2025, 8), &["2.1"]));
    let outcome = office.try_run(&TestHost::at(NOW)).expect("a sound disk");
    let said: Vec<&str> = outcome
        .files
        .iter()
        .flat_map(|file| file.all_diagnostics())
        .filter(|diagnostic| diagnostic.code == Code::CommuneNotInForce)
        .map(|diagnostic| diagnostic.message.get(Lang::Vi))
        .collect();
    assert_eq!(
        said,
        [
            "xã An Nội (13540) chỉ có đến ngày 31/12/2024, báo cáo tháng 8/2025 không được tính; mã 13540 nay là của xã Bình An",
            "xã Trung Lương (13546) chỉ có đến ngày 30/6/2025, báo cáo tháng 8/2025 không được tính",
        ]
    );
    assert!(outcome.needs_person);
    let status = ask(&office, &["status"]);
    assert!(status.contains("19/19 · 57/57"), "Bình An's own report stands as it was sent\n{status}");
    let texts = workbook_texts(&office.tree("bao-cao")["2025-08/Tong-hop-NTM-2025-08.xlsx"]);
    assert!(texts.iter().any(|text| text.contains("An Nội (13540) chỉ có đến ngày 31/12/2024")), "the paper names it");
}

#[test]
fn the_papers_of_a_unit_that_is_no_district_bear_its_name_and_say_what_is_not_compared() {
    let office = office();
    let texts = workbook_texts(&office.tree("bao-cao")["2025-07/Tong-hop-NTM-2025-07.xlsx"]);
    for said in ["trên địa bàn cụm xã Bình Lục", "Xã Bình An lập ngày 1/7/2025 từ Bình An, Ngọc Lũ, Trung Lương."]
    {
        assert!(texts.iter().any(|text| text.contains(said)), "{said}\n{texts:#?}");
    }
    assert!(!texts.iter().any(|text| text.to_lowercase().contains("huyện bình lục")), "no district is named");
    assert!(!texts.iter().any(|text| text.contains("xuống chưa đạt:")), "5 was met by a part, which is no fall");
}
