//! A returned copy as a commune mends it: texts changed inside its package.

use super::workbook::package::{Packing, pack, unpack};

/// The copy with a text changed in all parts whose names begin so.
pub(crate) fn mended(copy: &[u8], part: &str, from: &str, to: &str) -> Vec<u8> {
    let mut found = false;
    let members: Vec<(String, Vec<u8>)> = unpack(copy)
        .into_iter()
        .map(|(name, content)| match String::from_utf8(content) {
            Ok(text) if name.starts_with(part) && text.contains(from) => {
                found = true;
                (name, text.replace(from, to).into_bytes())
            }
            Ok(text) => (name, text.into_bytes()),
            Err(binary) => (name, binary.into_bytes()),
        })
        .collect();
    assert!(found, "{from:?} stands in no part {part}");
    let members: Vec<_> = members.iter().map(|(n, c)| (n.as_str(), Packing::Deflated, c.as_slice())).collect();
    pack(&members)
}

/// All text of a part of a package.
pub(crate) fn part(package: &[u8], name: &str) -> String {
    let found = unpack(package).into_iter().find(|(part, _)| part == name);
    String::from_utf8(found.expect("the part is there").1).expect("its text is UTF-8")
}
