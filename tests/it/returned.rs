//! What goes back to communes, and what becomes of it: marked, mended, sent again.

use ntm::diag::Code;
use ntm::model::Lang;
use ntm::pipeline::Outcome;
use ntm::read;

use super::support::desk::line;
use super::support::mended::{mended, part};
use super::support::office::{Office, THREE_COMMUNES};
use super::support::papers::workbook_texts;
use super::support::reports::{Head, Naming, Signature, Style};
use super::support::workbook::{FileFormat, Value, write};
use super::support::{made, sets};

/// What nobody understands in the verdict of one indicator.
const UNCLEAR: &str = "xem lại sau";

/// A report of La Sơn for a month in which one verdict is not understood: the last one of the list, 19.2.
fn unclear(month: i8, format: FileFormat) -> Vec<u8> {
    let mut workbook = made::workbook("La Sơn", month, &sets::ntm(), &Style::COMMON, &["11"]);
    let verdicts = workbook.sheets[0].cells.values_mut().filter(|cell| cell.value == Value::text("Đạt"));
    verdicts.last().expect("verdicts are written").value = Value::text(UNCLEAR);
    write(&workbook, format)
}

/// An office with La Sơn's reports of March, where all is well, and of April, where one verdict is not understood.
fn office() -> (Office, Outcome) {
    let office = Office::of(THREE_COMMUNES);
    office.send("2023-03-20/BC La Son T3.xlsx", &made::xlsx("La Sơn", 3, &sets::ntm(), &["11"]));
    office.send("2023-04-20/BC La Son.xlsx", &unclear(4, FileFormat::Xlsx));
    let outcome = office.run();
    (office, outcome)
}

const COPY: &str = "2023-04/BC La Son - cần sửa.xlsx";

fn copies(office: &Office) -> Vec<String> {
    office.tree("tra-lai").into_keys().collect()
}

fn copy(office: &Office) -> Vec<u8> {
    office.tree("tra-lai").remove(COPY).expect("the report goes back")
}

fn lines(outcome: &Outcome) -> Vec<String> {
    let told = |d: &ntm::diag::Diagnostic| {
        let related = d.related.iter().map(|(place, text)| format!("\n  {place}: {}", text.get(Lang::En)));
        line(d) + &related.collect::<String>()
    };
    outcome.corrections.iter().map(told).collect()
}

fn check_rebuild(office: &Office) {
    let before = office.derived();
    office.rebuild();
    assert!(before == office.derived(), "made again from the archive it is the same");
}

#[test]
fn a_report_with_a_problem_goes_back_with_its_cell_marked_and_what_was_said_last_month() {
    let (office, outcome) = office();
    assert_eq!(copies(&office), [COPY], "March has nothing to mend");
    assert!(outcome.written.iter().any(|path| path.ends_with(COPY)));
    let copy = copy(&office);
    let texts = workbook_texts(&copy);
    for said in ["Xã La Sơn, báo cáo tháng 4/2023", "NTM 19.2", "Tháng 3/2023: đạt"] {
        assert!(texts.iter().any(|text| text.contains(said)), "{said}: {texts:?}");
    }
    assert!(part(&copy, "xl/comments1.xml").contains("Báo cáo trước: Tháng 3/2023: đạt"));
    let grids = |bytes: &[u8]| read::workbook(&"BC.xlsx".into(), bytes).output;
    assert!(grids(&copy) == grids(&unclear(4, FileFormat::Xlsx)), "it reads as it was sent");
    check_rebuild(&office);
}

#[test]
fn a_mended_copy_replaces_the_report_and_its_closed_problem_is_told() {
    let (office, _) = office();
    let good = mended(&copy(&office), "xl/sharedStrings.xml", UNCLEAR, "Đạt");
    office.send("2023-04-22/BC La Son - cần sửa.xlsx", &good);
    let outcome = office.run();
    insta::assert_snapshot!(lines(&outcome).join("\n"), @r#"
    info[problems-closed] [BC La Son - cần sửa.xlsx]: replaces "BC La Son.xlsx": 1 of 1 problems closed, 0 stand, 0 new; 1 items changed
      '[BC La Son.xlsx]Biểu'!E84: closed: 19.2 says "xem lại sau" in the verdict column, which is not understood; it counts as not reported
      '[BC La Son - cần sửa.xlsx]Biểu'!E84: NTM 19.2: no verdict → met
    "#);
    let said: Vec<Code> = outcome.files[0].all_diagnostics().map(|d| d.code).collect();
    assert_eq!(said, [Code::ReturnedCopy]);
    assert!(!outcome.needs_person);
    assert_eq!(copies(&office), Vec::<String>::new(), "nothing is left to mend, so nothing lies there to mislead");
    check_rebuild(&office);
}

#[test]
fn a_copy_mended_in_part_goes_back_again_with_what_is_left() {
    let (office, _) = office();
    let mended = mended(&copy(&office), "xl/sharedStrings.xml", UNCLEAR, "để xem");
    office.send("2023-04-22/BC La Son - cần sửa.xlsx", &mended);
    let outcome = office.run();
    insta::assert_snapshot!(lines(&outcome).join("\n"), @r#"
    info[problems-closed] [BC La Son - cần sửa.xlsx]: replaces "BC La Son.xlsx": 0 of 1 problems closed, 1 stand, 0 new; 0 items changed
      '[BC La Son - cần sửa.xlsx]Biểu'!E84: stands: 19.2 says "để xem" in the verdict column, which is not understood; it counts as not reported
    "#);
    assert_eq!(copies(&office), [COPY]);
    let again = copy(&office);
    let texts = workbook_texts(&again);
    assert!(texts.iter().any(|text| text.contains("để xem")) && !texts.iter().any(|text| text.contains(UNCLEAR)));
    assert_eq!(part(&again, "xl/comments1.xml").matches("<comment ").count(), 1, "the first note is gone");
    check_rebuild(&office);
}

#[test]
fn a_copy_that_comes_back_as_it_was_sent_is_told_and_not_taken_in() {
    let (office, _) = office();
    let archived = office.tree("luu-tru");
    office.send("2023-04-22/BC La Son - cần sửa.xlsx", &copy(&office));
    let outcome = office.run();
    let [only] = outcome.repeated.as_slice() else { panic!("{:?}", outcome.repeated) };
    assert_eq!(
        line(only),
        "info[copy-unmended] [BC La Son - cần sửa.xlsx]: a returned copy came back as it was sent, nothing is mended, not taken in"
    );
    assert!(outcome.files.is_empty() && !office.inbox("2023-04-22/BC La Son - cần sửa.xlsx").exists());
    assert!(archived == office.tree("luu-tru"));
}

#[test]
fn a_copy_that_was_saved_without_mending_anything_is_taken_in_and_told() {
    let (office, _) = office();
    let saved = mended(&copy(&office), "docProps/core.xml", "2023-01-01", "2023-04-22");
    office.send("2023-04-22/BC La Son - cần sửa.xlsx", &saved);
    let outcome = office.run();
    assert_eq!(
        lines(&outcome),
        [
            "info[copy-unmended] [BC La Son - cần sửa.xlsx]: nothing is mended of \"BC La Son.xlsx\": all 1 problems stand"
        ]
    );
    assert!(office.tree("luu-tru").into_values().any(|bytes| bytes == saved), "nothing sent is lost");
    check_rebuild(&office);
}

#[test]
fn a_corrected_file_of_the_communes_own_closes_problems_too() {
    let (office, _) = office();
    office.send("2023-04-22/BC La Son moi.xlsx", &made::xlsx("La Sơn", 4, &sets::ntm(), &["11", "5"]));
    let outcome = office.run();
    insta::assert_snapshot!(lines(&outcome).join("\n"), @r#"
    info[problems-closed] [BC La Son moi.xlsx]: replaces "BC La Son.xlsx": 1 of 1 problems closed, 0 stand, 0 new; 2 items changed
      '[BC La Son.xlsx]Biểu'!E84: closed: 19.2 says "xem lại sau" in the verdict column, which is not understood; it counts as not reported
      '[BC La Son moi.xlsx]Biểu'!E25: NTM 5: met, 100 → not met, 64.8
      '[BC La Son moi.xlsx]Biểu'!E84: NTM 19.2: no verdict → met
    "#);
    assert_eq!(copies(&office), Vec::<String>::new());
}

#[test]
fn a_copy_that_somebody_has_begun_to_mend_stays() {
    let (office, _) = office();
    let begun = mended(&copy(&office), "xl/sharedStrings.xml", UNCLEAR, "Đạt");
    office.send("../tra-lai/2023-04/BC La Son - cần sửa.xlsx", &begun);
    office.send("../tra-lai/2023-04/ghi chu.txt", b"goi dien cho xa");
    office.send("2023-04-22/BC La Son moi.xlsx", &made::xlsx("La Sơn", 4, &sets::ntm(), &["11"]));
    office.run();
    assert_eq!(copies(&office), [COPY, "2023-04/ghi chu.txt"]);
    assert!(copy(&office) == begun);
}

#[test]
fn work_of_others_under_the_name_of_a_copy_is_not_written_over() {
    let (office, _) = office();
    let begun = mended(&copy(&office), "xl/sharedStrings.xml", UNCLEAR, "Đạt");
    office.send("../tra-lai/2023-04/BC La Son - cần sửa.xlsx", &begun);
    // The month is touched again.
    office.send("2023-04-21/BC Dong Du.xlsx", &made::xlsx("Đồng Du", 4, &sets::ntm(), &["11"]));
    office.run();
    assert!(copy(&office) == begun);
    assert_eq!(copies(&office).len(), 2, "{:?}", copies(&office));
}

#[test]
fn a_file_of_another_kind_goes_back_as_a_workbook_of_the_same_content() {
    for (format, name) in [(FileFormat::Xls, "BC.xls"), (FileFormat::Ods, "BC.ods"), (FileFormat::Xlsb, "BC.xlsb")] {
        let office = Office::of(THREE_COMMUNES);
        office.send(&format!("2023-04-20/{name}"), &unclear(4, format));
        office.run();
        let copy = office.tree("tra-lai").remove("2023-04/BC - cần sửa.xlsx");
        let copy = copy.unwrap_or_else(|| panic!("{name}: {:?}", copies(&office)));
        office.send("2023-04-22/BC - cần sửa.xlsx", &mended(&copy, "xl/sharedStrings.xml", UNCLEAR, "Đạt"));
        let outcome = office.run();
        let told = lines(&outcome);
        let closed = "19.2: no verdict → met";
        assert!(told.len() == 1 && told[0].contains("1 items changed") && told[0].contains(closed), "{told:?}");
        // An xlsb does not tell that its shares are shown as percentages, so that question stays.
        assert_eq!(copies(&office).is_empty(), format != FileFormat::Xlsb);
    }
}

#[test]
fn macros_stay_as_they_are_and_are_not_run() {
    let office = Office::of(THREE_COMMUNES);
    let sent = unclear(4, FileFormat::Xlsm);
    office.send("2023-04-20/BC.xlsm", &sent);
    office.run();
    let copy = office.tree("tra-lai").remove("2023-04/BC - cần sửa.xlsm").expect("it goes back under its own kind");
    assert!(part(&copy, "[Content_Types].xml").contains("macroEnabled"));
}

#[test]
fn files_of_one_name_go_back_under_two() {
    let office = Office::of(THREE_COMMUNES);
    office.send("2023-04-20/BC.xlsx", &unclear(4, FileFormat::Xlsx));
    office.send("2023-04-21/BC.xlsx", b"not a workbook");
    office.send("2023-04-22/bc.xlsx", b"not a workbook either");
    office.run();
    let names = copies(&office);
    assert_eq!(names.len(), 5, "{names:?}");
    check_rebuild(&office);
}

#[test]
fn what_nobody_could_place_is_replaced_by_its_mended_copy() {
    let office = Office::of(THREE_COMMUNES);
    let nowhere = Style { naming: Naming::Nowhere, head: Head::Nothing, signature: Signature::Absent, ..Style::COMMON };
    let unnamed = made::workbook("La Sơn", 4, &sets::ntm(), &nowhere, &["11"]);
    office.send("2023-04-20/BC.xlsx", &write(&unnamed, FileFormat::Xlsx));
    assert!(office.run().needs_person, "no commune, so it counts nowhere");
    let copy = office.tree("tra-lai").into_values().next().expect("it goes back");
    let good = mended(&copy, "xl/sharedStrings.xml", "Tháng 4 năm 2023", "Xã La Sơn, tháng 4 năm 2023");
    office.send("2023-04-22/BC - cần sửa.xlsx", &good);
    let outcome = office.run();
    assert!(!outcome.needs_person, "what was said of the first stands no more: {:?}", lines(&outcome));
    let told = lines(&outcome).join("\n");
    assert!(told.contains("replaces \"BC.xlsx\": 1 of 1 problems closed, 0 stand, 0 new; 0 items changed"), "{told}");
    assert!(told.contains("closed: neither title, sheet name nor file name tells the commune"), "{told}");
    assert_eq!(copies(&office), Vec::<String>::new());
    check_rebuild(&office);
}
