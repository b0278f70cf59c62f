//! A look at a package before it is opened: how many members, how many bytes once inflated. Declared sizes can lie, so
//! they are not asked: what a member can inflate to at most follows from what it takes compressed, and where that is too
//! much it is inflated and counted. Keeps the small parts that calamine does not tell about.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Read};

use quick_xml::events::{BytesStart, Event};

/// Members beyond which no honest workbook goes.
const MAX_MEMBERS: usize = 4_000;
/// Inflated bytes of one part and of all parts together.
const MAX_PART: u64 = 256 << 20;
const MAX_TOTAL: u64 = 768 << 20;
/// Deflate never makes one byte into more than this.
const MOST_A_BYTE: u64 = 1_032;

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
        let mut package = Package { archive, budget: MAX_TOTAL };
        package.weigh()?;
        Ok(package)
    }

    /// Makes sure that no part which a reader opens is larger than it may be. Pictures and the like nobody inflates.
    fn weigh(&mut self) -> Result<(), Refused> {
        let mut heavy = Vec::new();
        let mut most: u64 = 0;
        for index in 0..self.archive.len() {
            let member = self.archive.by_index_raw(index).map_err(|e| Refused::Damaged(e.to_string()))?;
            let name = member.name().map_err(|e| Refused::Damaged(e.to_string()))?.to_ascii_lowercase();
            if [".xml", ".rels", ".bin"].iter().any(|end| name.ends_with(end)) {
                most = most.saturating_add(member.compressed_size().saturating_mul(MOST_A_BYTE));
                heavy.push((index, name));
            }
        }
        if most <= MAX_PART {
            return Ok(());
        }
        let mut total = 0;
        for (index, name) in heavy {
            let member = self.archive.by_index(index).map_err(|e| Refused::Damaged(e.to_string()))?;
            let bytes = io::copy(&mut member.take(MAX_PART + 1), &mut io::sink())
                .map_err(|e| Refused::Damaged(format!("{name}: {e}")))?;
            total += bytes;
            if bytes > MAX_PART || total > MAX_TOTAL {
                return Err(Refused::TooLarge(format!(
                    "{name} inflates to more than {MAX_PART} bytes, or all parts to more than {MAX_TOTAL}"
                )));
            }
        }
        Ok(())
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
        member.take(limit + 1).read_to_end(&mut bytes).map_err(|e| without_memory(&e, name))?;
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

/// A part that cannot be inflated is damaged; but where memory is short, that says nothing of the file: it ends like any
/// other allocation that fails, and is tried again alone.
fn without_memory(error: &io::Error, name: &str) -> Refused {
    if error.kind() == io::ErrorKind::OutOfMemory {
        std::alloc::handle_alloc_error(std::alloc::Layout::new::<u8>());
    }
    Refused::Damaged(format!("{name}: {error}"))
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
            Ok(Event::Start(e) | Event::Empty(e)) if e.local_name().as_ref() == name => found.push(attributes(&e)),
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}

/// The attributes of the first element of a local name, in bytes of which not all need be text.
pub(super) fn first_element(xml: &[u8], name: &str) -> Option<BTreeMap<String, String>> {
    let mut reader = quick_xml::Reader::from_reader(xml);
    loop {
        match reader.read_event() {
            Ok(Event::Start(e) | Event::Empty(e)) if e.local_name().as_ref() == name => return Some(attributes(&e)),
            Ok(Event::Eof) | Err(_) => return None,
            Ok(_) => {}
        }
    }
}

fn attributes(element: &BytesStart<'_>) -> BTreeMap<String, String> {
    let pairs = element.attributes().flatten().map(|a| {
        let value = a.normalized_value(quick_xml::XmlVersion::Implicit1_0).unwrap_or_default();
        (a.key.local_name().as_ref().to_owned(), value.into_owned())
    });
    pairs.collect()
}
