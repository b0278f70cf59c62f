//! Any markup as the parts of an xlsx: sheet, shared strings, styles and workbook, parted by a zero byte; what is
//! missing is as it should be.
#![no_main]

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const PARTS: [(&str, &str); 4] = [
    ("xl/worksheets/sheet1.xml", "<worksheet><sheetData/></worksheet>"),
    ("xl/sharedStrings.xml", "<sst/>"),
    ("xl/styles.xml", "<styleSheet/>"),
    (
        "xl/workbook.xml",
        "<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>\
         <sheet name=\"S\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
    ),
];

const FIXED: [(&str, &str); 2] = [
    (
        "_rels/.rels",
        "<Relationships><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" \
         Target=\"xl/workbook.xml\"/></Relationships>",
    ),
    (
        "xl/_rels/workbook.xml.rels",
        "<Relationships><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" \
         Target=\"worksheets/sheet1.xml\"/></Relationships>",
    ),
];

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut put = |name: &str, content: &[u8]| {
        package.start_file(name, stored).expect("a member in memory");
        package.write_all(content).expect("writing to memory");
    };
    for (name, content) in FIXED {
        put(name, content.as_bytes());
    }
    let mut given = bytes.split(|byte| *byte == 0);
    for (name, usual) in PARTS {
        put(name, given.next().filter(|part| !part.is_empty()).unwrap_or(usual.as_bytes()));
    }
    let package = package.finish().expect("writing to memory").into_inner();
    ntm_fuzz::guarded(|| {
        let _ = ntm::read::workbook(&"tep.xlsx".into(), &package);
    });
});
