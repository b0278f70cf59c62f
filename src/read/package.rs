//! A look at a package before it is opened: how many members, how many bytes once inflated, counted while inflating
//! because declared sizes can lie. Keeps the small parts that calamine does not tell about.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use quick_xml::events::Event;

/// Members beyond which no honest workbook goes.
const MAX_MEMBERS: usize = 4_000;
/// Inflated bytes of one part and of all parts together.
const MAX_PART: u64 = 256 << 20;
const MAX_TOTAL: u64 = 768 << 20;

/// A package whose parts are known to be of bounded size.
pub(super) struct Package<'a> {
    archive: zip::ZipArchive<Cursor<&'a [u8]>>,
    budget: u64,
}

/// Why a package is not opened.
#[derive(Debug)]
pub(super) enum Refused {
    /// It is not what a package should be; the reason in English.
    Damaged(String),
    /// It is beyond the limits; the reason in English.
    TooLarge(String),
}

impl<'a> Package<'a> {
    /// Opens the directory of a package.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Refused> {
        let archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|e| Refused::Damaged(e.to_string()))?;
        if archive.len() > MAX_MEMBERS {
            return Err(Refused::TooLarge(format!("{} members, at most {MAX_MEMBERS}", archive.len())));
        }
        Ok(Package { archive, budget: MAX_TOTAL })
    }

    /// The names of all members.
    pub(super) fn names(&self) -> Vec<String> {
        self.archive.file_names().flatten().map(std::borrow::Cow::into_owned).collect()
    }

    /// The inflated bytes of a part, `None` where there is none of that name.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, Refused> {
        let Some(index) = self.archive.index_for_name(name) else { return Ok(None) };
        let member = self.archive.by_index(index).map_err(|e| Refused::Damaged(e.to_string()))?;
        let limit = MAX_PART.min(self.budget);
        let mut bytes = Vec::with_capacity(usize::try_from(member.size().min(1 << 20)).unwrap_or(0));
        member.take(limit + 1).read_to_end(&mut bytes).map_err(|e| Refused::Damaged(format!("{name}: {e}")))?;
        let len = bytes.len() as u64;
        if len > limit {
            return Err(Refused::TooLarge(format!("{name} inflates to more than {limit} bytes")));
        }
        self.budget -= len;
        Ok(Some(bytes))
    }

    /// The part's bytes as text without a byte order mark; other encodings than UTF-8 are left to the reader proper.
    pub(super) fn text_part(&mut self, name: &str) -> Result<Option<String>, Refused> {
        Ok(self.part(name)?.map(|bytes| {
            let text = String::from_utf8_lossy(&bytes);
            text.trim_start_matches('\u{feff}').to_owned()
        }))
    }
}

/// The sheets of an xlsx or xlsb package by name, each with the path of its part.
pub(super) fn sheet_parts(package: &mut Package<'_>) -> Result<BTreeMap<String, String>, Refused> {
    let names = package.names();
    let find = |end: &str| names.iter().find(|n| n.to_ascii_lowercase().ends_with(end)).cloned();
    let (Some(workbook), Some(rels)) = (find("workbook.xml"), find("_rels/workbook.xml.rels")) else {
        return Ok(BTreeMap::new());
    };
    let folder = workbook.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let targets: BTreeMap<String, String> = elements(&package.text_part(&rels)?.unwrap_or_default(), "Relationship")
        .into_iter()
        .filter_map(|mut a| Some((a.remove("Id")?, a.remove("Target")?)))
        .collect();
    let sheets = elements(&package.text_part(&workbook)?.unwrap_or_default(), "sheet");
    Ok(sheets
        .into_iter()
        .filter_map(|mut a| {
            let target = targets.get(&a.remove("id")?)?;
            let path = target.strip_prefix('/').map_or_else(|| format!("{folder}{target}"), str::to_owned);
            Some((a.remove("name")?, path))
        })
        .collect())
}

/// The attributes of all elements of a local name, by their local names.
pub(super) fn elements(xml: &str, name: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut found = Vec::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(e) | Event::Empty(e)) if e.local_name().as_ref() == name => {
                let attributes = e.attributes().flatten().map(|a| {
                    let value = a.normalized_value(quick_xml::XmlVersion::Implicit1_0).unwrap_or_default();
                    (a.key.local_name().as_ref().to_owned(), value.into_owned())
                });
                found.push(attributes.collect());
            }
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}
