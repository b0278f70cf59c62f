//! Zip packages with fixed time stamps.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// How a member lies in the package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Packing {
    Deflated,
    /// As it is: the first member of an OpenDocument file.
    Stored,
}

/// A package of members in their order; time stamps are those of the format's first day, as no clock is read.
pub(crate) fn pack(members: &[(&str, Packing, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, packing, content) in members {
        let method = match packing {
            Packing::Deflated => CompressionMethod::Deflated,
            Packing::Stored => CompressionMethod::Stored,
        };
        let options = SimpleFileOptions::default().compression_method(method);
        zip.start_file(*name, options).expect("a member of a package in memory");
        zip.write_all(content).expect("writing to memory");
    }
    zip.finish().expect("writing to memory").into_inner()
}

/// The members of a package in their order.
pub(crate) fn unpack(package: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = ZipArchive::new(Cursor::new(package)).expect("a package of ours");
    (0..zip.len())
        .map(|index| {
            let mut member = zip.by_index(index).expect("the index is below the count");
            let mut content = Vec::new();
            member.read_to_end(&mut content).expect("a member of ours");
            (member.name().expect("a name of ours").to_string(), content)
        })
        .collect()
}

/// Text with the five characters of XML escaped.
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
