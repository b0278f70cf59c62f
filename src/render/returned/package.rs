//! The package of a workbook: parts that are not touched are copied as they lie, compressed, byte for byte.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::Unmarkable;
use super::markup::{Element, root};
use crate::xml::escaped;

/// A part beyond this is not changed: a sheet of a report has some hundred kilobytes.
const MAX_PART: u64 = 64 << 20;
/// All parts together, when they are looked through.
const MAX_TOTAL: u64 = 256 << 20;
/// Members beyond which no honest workbook goes.
const MAX_MEMBERS: usize = 4_000;

/// A package and the changes to it.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// The members as the archive names them, by their names in small letters: names of parts know no case.
    names: BTreeMap<String, String>,
    changed: BTreeMap<String, Vec<u8>>,
    added: Vec<(String, Vec<u8>)>,
}

impl<'a> Package<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Unmarkable> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(unreadable)?;
        if archive.len() > MAX_MEMBERS {
            return Err(Unmarkable::Package(format!("{} members", archive.len())));
        }
        let mut names = BTreeMap::new();
        for index in 0..archive.len() {
            let member = archive.by_index_raw(index).map_err(unreadable)?;
            let name = member.name().map_err(unreadable)?.into_owned();
            if member.encrypted() {
                return Err(Unmarkable::Package(format!("{name} is encrypted")));
            }
            if names.insert(key(&name), name.clone()).is_some() {
                return Err(Unmarkable::Package(format!("{name} is there twice")));
            }
        }
        Ok(Package { archive, names, changed: BTreeMap::new(), added: Vec::new() })
    }

    /// Whether a part is there.
    pub(super) fn has(&self, name: &str) -> bool {
        self.names.contains_key(&key(name)) || self.added.iter().any(|(added, _)| key(added) == key(name))
    }

    /// The names of all parts whose name begins so, in order.
    pub(super) fn names_in(&self, start: &str) -> Vec<String> {
        let added = self.added.iter().map(|(name, _)| name);
        self.names.values().chain(added).filter(|name| key(name).starts_with(&key(start))).cloned().collect()
    }

    /// A name for a new part that none has: the number stands where the template has `{}`.
    pub(super) fn free_name(&self, template: &str) -> String {
        let name = |number: usize| template.replace("{}", &number.to_string());
        (1..).map(name).find(|name| !self.has(name)).expect("a package has fewer parts than there are numbers")
    }

    /// The text of a part as it stands now; `None` where there is none.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, Unmarkable> {
        if let Some((_, bytes)) = self.added.iter().find(|(added, _)| key(added) == key(name)) {
            return text_of(name, bytes.clone()).map(Some);
        }
        let Some(name) = self.names.get(&key(name)).cloned() else { return Ok(None) };
        let bytes = match self.changed.get(&name) {
            Some(bytes) => bytes.clone(),
            None => self.inflate(&name, MAX_PART)?,
        };
        text_of(&name, bytes).map(Some)
    }

    /// The text of a part that has to be there.
    pub(super) fn needed(&mut self, name: &str) -> Result<String, Unmarkable> {
        self.text(name)?.ok_or_else(|| Unmarkable::Package(format!("{name} is not there")))
    }

    /// Puts a text for a part, or adds it.
    pub(super) fn put(&mut self, name: &str, text: String) {
        match self.names.get(&key(name)) {
            Some(name) => {
                self.changed.insert(name.clone(), text.into_bytes());
            }
            None => match self.added.iter_mut().find(|(added, _)| key(added) == key(name)) {
                Some((_, bytes)) => *bytes = text.into_bytes(),
                None => self.added.push((name.to_owned(), text.into_bytes())),
            },
        }
    }

    fn inflate(&mut self, name: &str, limit: u64) -> Result<Vec<u8>, Unmarkable> {
        let member = self.archive.by_name(name).map_err(unreadable)?;
        let mut bytes = Vec::new();
        member.take(limit + 1).read_to_end(&mut bytes).map_err(unreadable)?;
        if bytes.len() as u64 > limit {
            return Err(Unmarkable::Package(format!("{name} inflates to more than {limit} bytes")));
        }
        Ok(bytes)
    }

    /// The hash of all parts, their names and contents in order, with something put for a text wherever it stands in
    /// one of them.
    pub(super) fn digest(&mut self, in_part: &str, text: &str, put: &str) -> Result<String, Unmarkable> {
        let mut hash = Sha256::new();
        let mut budget = MAX_TOTAL;
        let mut names: Vec<String> = self.names.values().cloned().collect();
        names.extend(self.added.iter().map(|(name, _)| name.clone()));
        names.sort();
        for name in names {
            let added = self.added.iter().find(|(added, _)| *added == name).map(|(_, bytes)| bytes.clone());
            let mut bytes = match added.or_else(|| self.changed.get(&name).cloned()) {
                Some(bytes) => bytes,
                None => self.inflate(&name, budget)?,
            };
            budget = budget.saturating_sub(bytes.len() as u64);
            if key(&name) == key(in_part) {
                bytes = String::from_utf8_lossy(&bytes).replace(text, put).into_bytes();
            }
            hash.update((name.len() as u64).to_le_bytes());
            hash.update(&name);
            hash.update((bytes.len() as u64).to_le_bytes());
            hash.update(&bytes);
        }
        Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// The bytes of the package with its changes.
    pub(super) fn finish(mut self) -> Result<Vec<u8>, Unmarkable> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        for index in 0..self.archive.len() {
            let member = self.archive.by_index_raw(index).map_err(unreadable)?;
            let name = member.name().map_err(unreadable)?.into_owned();
            match self.changed.get(&name) {
                None => writer.raw_copy_file(member).map_err(unreadable)?,
                Some(bytes) => {
                    writer.start_file(&*name, options).map_err(unreadable)?;
                    writer.write_all(bytes).map_err(unreadable)?;
                }
            }
        }
        for (name, bytes) in &self.added {
            writer.start_file(&**name, options).map_err(unreadable)?;
            writer.write_all(bytes).map_err(unreadable)?;
        }
        Ok(writer.finish().map_err(unreadable)?.into_inner())
    }
}

/// The relationships of a part: which other parts it names, and as what.
#[derive(Debug, Clone)]
pub(super) struct Relations {
    /// Their own part.
    part: String,
    /// The part they are of.
    of: String,
    xml: String,
}

/// One relationship.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Relation {
    pub(super) id: String,
    /// The last word of its type: `worksheet`, `comments`.
    pub(super) kind: String,
    /// The part it names, by its name in the package.
    pub(super) target: String,
}

impl Relations {
    /// Those of a part; none where it has no such part of its own. An empty name means the package itself.
    pub(super) fn of(package: &mut Package<'_>, part: &str) -> Result<Self, Unmarkable> {
        let (folder, file) = part.rsplit_once('/').map_or(("", part), |(folder, file)| (folder, file));
        let slash = if folder.is_empty() { "" } else { "/" };
        let own = format!("{folder}{slash}_rels/{file}.rels");
        let xml = package.text(&own)?.unwrap_or_else(|| EMPTY_RELATIONS.to_owned());
        Ok(Relations { part: own, of: part.to_owned(), xml })
    }

    pub(super) fn all(&self) -> Result<Vec<Relation>, Unmarkable> {
        let read = |element: &Element<'_>| {
            if element.attribute("TargetMode").is_some_and(|mode| mode == "External") {
                return None;
            }
            let kind = element.attribute("Type")?.rsplit('/').next()?.to_owned();
            let target = resolve(&self.of, &element.attribute("Target")?);
            Some(Relation { id: element.attribute("Id")?, kind, target })
        };
        Ok(root(&self.xml)?.children()?.iter().filter_map(read).collect())
    }

    /// The first of a kind.
    pub(super) fn first(&self, kind: &str) -> Result<Option<Relation>, Unmarkable> {
        Ok(self.all()?.into_iter().find(|relation| relation.kind == kind))
    }

    /// Adds one and gives its id.
    pub(super) fn add(&mut self, package: &mut Package<'_>, kind: &str, target: &str) -> Result<String, Unmarkable> {
        let root = root(&self.xml)?;
        let taken: Vec<String> = root.children()?.iter().filter_map(|e| e.attribute("Id")).collect();
        let id = (1..).map(|n| format!("rIdNtm{n}")).find(|id| !taken.contains(id)).expect("ids are never used up");
        let relation = format!(
            "<{}Relationship Id=\"{id}\" Type=\"{OFFICE}/{kind}\" Target=\"/{}\"/>",
            root.prefix(),
            escaped(target)
        );
        let mut edits = super::markup::Edits::default();
        edits.append(&root, &relation);
        self.xml = edits.apply(&self.xml);
        package.put(&self.part, self.xml.clone());
        Ok(id)
    }
}

/// The namespace of relationship types and of the attribute `r:id`, as Excel writes it.
pub(super) const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

const EMPTY_RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
    <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"/>";

/// The part that a target names, seen from another part.
fn resolve(from: &str, target: &str) -> String {
    let mut path: Vec<&str> = match target.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => from.rsplit_once('/').map_or(Vec::new(), |(folder, _)| folder.split('/').collect()),
    };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            step => path.push(step),
        }
    }
    path.join("/")
}

/// Names of parts know no case, and some programs write them with the other slash.
fn key(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

fn text_of(name: &str, bytes: Vec<u8>) -> Result<String, Unmarkable> {
    let text = String::from_utf8(bytes).map_err(|_| Unmarkable::Package(format!("{name} is not in UTF-8")))?;
    Ok(text.trim_start_matches('\u{feff}').to_owned())
}

fn unreadable(error: impl std::fmt::Display) -> Unmarkable {
    Unmarkable::Package(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_seen_from_the_part_that_names_them() {
        assert_eq!(resolve("xl/workbook.xml", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolve("xl/worksheets/sheet1.xml", "../comments1.xml"), "xl/comments1.xml");
        assert_eq!(resolve("xl/workbook.xml", "/xl/styles.xml"), "xl/styles.xml");
        assert_eq!(resolve("", "xl/workbook.xml"), "xl/workbook.xml");
    }
}
