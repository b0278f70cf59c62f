//! The workbook of plans: written with a month's papers, filled in by several hands, dropped back, merged.
#![expect(clippy::disallowed_methods, reason = "tests lay out workspaces and look at what became of them")]

use std::fs;

use jiff::civil::DateTime;
use ntm::diag::Code;
use ntm::host::Disk;
use ntm::model::{Assessor, Lang};
use ntm::pipeline::{self, Desk, Examined, Whom};

use super::support::mended::mended;
use super::support::office::{Office, THREE_COMMUNES};
use super::support::papers::workbook_texts;
use super::support::workbook::{FileFormat, Look, Sheet, Value, Workbook, rewritten, write};
use super::support::{made, sets};

const FORM: &str = "2023-04/Ke-hoach-NTM-2023-04.xlsx";

/// An office in April, whose communes do not meet 15.4 and 17.11.
fn april() -> Office {
    let office = Office::of(THREE_COMMUNES);
    for commune in ["Trung Lương", "La Sơn", "Đồng Du"] {
        let path = format!("2023-04-20/NTM {commune} 04-2023.xlsx");
        office.send(&path, &made::xlsx(commune, 4, &sets::ntm(), &["15.4", "17.11"]));
    }
    office.run();
    office
}

fn form(office: &Office) -> Vec<u8> {
    office.tree("bao-cao").remove(FORM).expect("the run writes the form")
}

/// The form with texts written in cells that were left empty.
fn filled(form: &[u8], cells: &[(&str, &str)]) -> Vec<u8> {
    rewritten(form, "xl/worksheets/sheet1.xml", |xml| {
        cells.iter().fold(xml.to_owned(), |xml, (cell, text)| {
            let (before, after) = xml.split_once(&format!("<c r=\"{cell}\" s=")).expect("the form has the cell");
            let (look, after) = after.split_once("/>").expect("the cell is empty");
            format!("{before}<c r=\"{cell}\" s={look} t=\"inlineStr\"><is><t>{text}</t></is></c>{after}")
        })
    })
}

/// A file as the office understands it.
fn examined(office: &Office, bytes: &[u8]) -> Examined {
    let workspace = office.open();
    let desk = Desk::new(&workspace.catalogue, &workspace.settings);
    pipeline::examine(&desk, "bieu.xlsx", bytes, pipeline::sha256(bytes), DateTime::default())
}

/// The form as another program saves it: its cells and its sheet's name.
fn saved(form: &[u8], format: FileFormat) -> Vec<u8> {
    let read = ntm::read::workbook(&"form.xlsx".into(), form);
    let mut sheet = Sheet::new(&*read.output[0].sheet);
    for cell in read.output[0].cells() {
        let ntm::read::Value::Text(text) = &cell.value else { panic!("the form holds texts") };
        sheet.put(cell.at.row, cell.at.col as u16, Value::text(text), Look::of("Arial", 11));
    }
    write(&Workbook { sheets: vec![sheet] }, format)
}

/// The rows of the month's workbook in which a text stands, for that is where people look.
fn told(office: &Office, text: &str) -> Vec<String> {
    let workbook = office.tree("bao-cao").remove("2023-04/Tong-hop-NTM-2023-04.xlsx").expect("the workbook");
    workbook_texts(&workbook).into_iter().filter(|cell| cell.contains(text)).collect()
}

#[test]
fn a_form_filled_in_comes_back_whole_with_confidence_1() {
    let office = april();
    let form = form(&office);
    let bytes = filled(&form, &[("I9", "Bà Hoa, Trạm Y tế"), ("J9", "Lập sổ điện tử"), ("K9", "30/6/2023")]);
    office.send("2023-04-26/tên khác.xlsx", &bytes);
    office.run();
    let file = examined(&office, &bytes);
    let [submission] = file.submissions.as_slice() else { panic!("one commune and set") };
    assert_eq!((submission.assessor, submission.confidence), (Assessor::Plan, 1.0));
    assert_eq!(submission.entries.len(), 1, "rows left empty are no plans");
    let codes: Vec<Code> = file.all_diagnostics().map(|diagnostic| diagnostic.code).collect();
    assert_eq!(codes, [Code::PlansReceived]);
    let task = "Lập sổ điện tử (theo biểu kế hoạch «tên khác.xlsx» nhận ngày 26/4/2023)";
    assert_eq!(told(&office, "Lập sổ điện tử").first().map(String::as_str), Some(task));
    let before = office.derived();
    office.rebuild();
    assert!(office.derived() == before, "made again from the archive, it is the same");
}

#[test]
fn what_several_hands_fill_in_is_merged_field_by_field_and_the_latest_counts() {
    let office = april();
    let form = form(&office);
    office.send("2023-04-25/a.xlsx", &filled(&form, &[("I9", "Bà Hoa"), ("J9", "Lập sổ"), ("I11", "Ông Bình")]));
    office.send("2023-04-26/b.xlsx", &filled(&form, &[("J9", "Lập sổ điện tử"), ("K9", "2023-06-30")]));
    office.run();
    let merged = "Lập sổ điện tử (theo biểu kế hoạch «a.xlsx» nhận ngày 25/4/2023; theo biểu kế hoạch «b.xlsx» nhận ngày \
                  26/4/2023)";
    assert!(told(&office, "Lập sổ").contains(&merged.to_owned()), "{:?}", told(&office, "Lập sổ"));
    assert!(told(&office, "Bà Hoa").iter().any(|text| text == "Bà Hoa"), "what the second leaves empty stays");
    assert!(told(&office, "Ông Bình").iter().any(|text| text == "Ông Bình"), "and no hand replaces another");
}

#[test]
fn rows_sorted_cut_out_or_saved_by_another_program_keep_their_keys() {
    let office = april();
    let bytes = filled(&form(&office), &[("I10", "Ông Bình"), ("I13", "Bà Hoa")]);
    for format in [FileFormat::Xls, FileFormat::Ods, FileFormat::Xlsb] {
        let file = examined(&office, &saved(&bytes, format));
        let items: Vec<(String, String)> = file
            .submissions
            .iter()
            .flat_map(|submission| submission.entries.iter().map(move |entry| (submission, entry)))
            .map(|(submission, entry)| (submission.commune.as_ref().unwrap().to_string(), entry.item.to_string()))
            .collect();
        let expected = [("13546", "17.11"), ("13516", "15.4")].map(|(c, i)| (c.to_owned(), i.to_owned()));
        assert_eq!(items, expected, "{format:?}");
    }
}

#[test]
fn a_plan_is_closed_when_its_item_is_met_and_does_not_come_back_with_a_fall() {
    let office = april();
    office.send("2023-04-26/a.xlsx", &filled(&form(&office), &[("I9", "Bà Hoa")]));
    office.run();
    let report = |month: i8, unmet: &[&str]| {
        office.send(
            &format!("2023-{month:02}-20/NTM Trung Lương {month:02}-2023.xlsx"),
            &made::xlsx("Trung Lương", month, &sets::ntm(), unmet),
        );
        office.run();
        let paper = format!("2023-{month:02}/Tong-hop-NTM-2023-{month:02}.xlsx");
        workbook_texts(&office.tree("bao-cao").remove(&paper).expect("the workbook"))
    };
    assert!(report(5, &["15.4"]).iter().any(|text| text == "Bà Hoa"), "carried over while it is not met");
    assert!(!report(6, &[]).iter().any(|text| text == "Bà Hoa"), "closed by itself");
    assert!(!report(7, &["15.4"]).iter().any(|text| text == "Bà Hoa"), "what falls back needs a new plan");
}

#[test]
fn what_cannot_be_placed_is_named_and_an_empty_form_is_no_report() {
    let office = april();
    let form = form(&office);
    let unkeyed = mended(&filled(&form, &[("I9", "Bà Hoa")]), "xl/sharedStrings.xml", "ntm:13546/", "ntm:99999/");
    office.send("2023-04-26/a.xlsx", &unkeyed);
    office.send("2023-04-26/b.xlsx", &form);
    let other_month = mended(&filled(&form, &[("I9", "Bà Hoa")]), "xl/sharedStrings.xml", "KH1/2023-04", "KH1/2023-05");
    office.send("2023-04-26/c.xlsx", &other_month);
    let outcome = office.run();
    let codes: Vec<Vec<Code>> =
        outcome.files.iter().map(|file| file.all_diagnostics().map(|d| d.code).collect()).collect();
    assert_eq!(codes, [vec![Code::PlansUnread, Code::RowNotPlaced], vec![Code::PlansUnread], vec![Code::PlansUnread]]);
}

#[test]
fn a_form_in_which_somebody_writes_where_it_lies_is_left_alone_until_it_came_in() {
    let office = april();
    let path = office.path().join("bao-cao").join(FORM);
    let bytes = filled(&form(&office), &[("I9", "Bà Hoa")]);
    fs::write(&path, &bytes).expect("the folder can be written");
    office.send("2023-04-21/NTM La Sơn 04-2023 sua.xlsx", &made::xlsx("La Sơn", 4, &sets::ntm(), &["15.4"]));
    office.run();
    assert!(fs::read(&path).expect("it is there") == bytes, "nobody's work is written over");
    office.send("2023-04-26/a.xlsx", &bytes);
    office.run();
    assert!(fs::read(&path).expect("it is there") != bytes, "what came in is in the next form");
}

#[test]
fn communes_and_offices_are_handed_a_form_of_their_own() {
    let settings =
        THREE_COMMUNES.to_owned() + "[[offices]]\nname = \"Phòng Y tế\"\nset = \"ntm-2021-2025\"\nitems = [\"15\"]\n";
    let office = Office::of(&settings);
    for commune in ["Trung Lương", "La Sơn"] {
        let path = format!("2023-04-20/NTM {commune} 04-2023.xlsx");
        office.send(&path, &made::xlsx(commune, 4, &sets::ntm(), &["15.4", "17.11"]));
    }
    office.run();
    let hand_out = |whom| pipeline::hand_out(&Disk, &office.open(), None, whom, Lang::Vi).expect("there is work");
    let names = |out: &pipeline::HandedOut| -> Vec<String> {
        out.written.iter().map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect()
    };
    let communes = ["Ke-hoach-trung-luong-13546-2023-04.xlsx", "Ke-hoach-la-son-13555-2023-04.xlsx"];
    assert_eq!(names(&hand_out(Whom::Communes)), communes);
    assert_eq!(names(&hand_out(Whom::Commune("la son"))), communes[1..]);
    let of_office = hand_out(Whom::Offices);
    assert_eq!(names(&of_office), ["Ke-hoach-phong-y-te-2023-04.xlsx"]);
    let texts = workbook_texts(&fs::read(&of_office.written[0]).expect("it is there"));
    assert_eq!(texts.iter().filter(|text| *text == "15.4").count(), 2, "the item in each commune");
    assert!(!texts.iter().any(|text| text == "17.11"), "and nothing of other offices");
}
