//! The workbook part: its sheets, the list put before them, and the names that tell a returned copy.

use super::Unmarkable;
use super::markup::{Edits, Element, root};
use super::package::{OFFICE, Package, Relations};
use crate::model::notice::{LIST_NAME, ORIGIN_NAME};
use crate::xml::escaped;

/// The namespace of workbooks as all programs write them; the strict one of ISO 29500 is not marked.
pub(super) const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/// The part that says what kind each part is.
const TYPES: &str = "[Content_Types].xml";

/// A sheet and its part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) part: String,
    pub(super) hidden: bool,
}

/// The workbook part of a package.
pub(super) struct Book {
    pub(super) part: String,
    relations: Relations,
    /// The commune's sheets, in their order: without the list of an earlier copy.
    pub(super) sheets: Vec<Sheet>,
    /// Whether it is a returned copy, also where its list has been deleted.
    pub(super) was_returned: bool,
    /// The list of an earlier copy: its place among all sheets.
    list: Option<(usize, Sheet)>,
}

impl Book {
    pub(super) fn open(package: &mut Package<'_>) -> Result<Self, Unmarkable> {
        let whole = Relations::of(package, "")?;
        let Some(document) = whole.first("officeDocument")? else {
            return Err(Unmarkable::Package("the package names no workbook".into()));
        };
        let part = document.target;
        let xml = package.needed(&part)?;
        let root = root(&xml)?;
        if root.local() != "workbook" || root.prefix_of(MAIN).is_none_or(|prefix| prefix != root.prefix()) {
            return Err(Unmarkable::Package(format!("{part} is no workbook of the usual namespace")));
        }
        let relations = Relations::of(package, &part)?;
        let targets = relations.all()?;
        let mut sheets = Vec::new();
        for element in root.grandchildren("sheets")? {
            let (name, id) = (element.attribute("name").unwrap_or_default(), element.attribute("id"));
            let target = targets.iter().find(|relation| Some(&relation.id) == id.as_ref());
            let Some(target) = target.filter(|relation| package.has(&relation.target)) else {
                return Err(Unmarkable::Package(format!("the part of the sheet {name:?} is not there")));
            };
            if sheets.iter().any(|sheet: &Sheet| sheet.part == target.target) {
                return Err(Unmarkable::Package(format!("{} is named twice", target.target)));
            }
            let hidden = element.attribute("state").is_some_and(|state| state != "visible");
            sheets.push(Sheet { name, part: target.target.clone(), hidden });
        }
        let names = root.grandchildren("definedNames")?;
        let was_returned = names.iter().any(|e| is_named(e, ORIGIN_NAME) || is_named(e, LIST_NAME));
        let own = names.iter().find(|e| is_named(e, LIST_NAME)).and_then(|name| sheet_of(&name.content()));
        let list = own.and_then(|own| sheets.iter().position(|sheet| sheet.name == own));
        let list = list.map(|place| (place, sheets.remove(place)));
        Ok(Book { part, relations, sheets, was_returned, list })
    }

    /// The part of another kind that the workbook names.
    pub(super) fn part_of(&self, kind: &str) -> Result<Option<String>, Unmarkable> {
        Ok(self.relations.first(kind)?.map(|relation| relation.target))
    }

    /// Adds a part of the workbook's own.
    pub(super) fn add_part(&mut self, package: &mut Package<'_>, kind: &str, part: &str) -> Result<String, Unmarkable> {
        self.relations.add(package, kind, part)
    }

    /// Puts the list before all sheets, or takes the one that an earlier copy left; gives its part.
    pub(super) fn put_list(&mut self, package: &mut Package<'_>, name: &str) -> Result<String, Unmarkable> {
        if let Some((place, sheet)) = self.list.clone() {
            self.name_origin(package)?;
            self.show_first(package, place)?;
            return Ok(sheet.part);
        }
        let taken = |name: &str| self.sheets.iter().any(|sheet| sheet.name.to_lowercase() == name.to_lowercase());
        let numbered = (2..).map(|number| format!("{name} ({number})"));
        let name = std::iter::once(name.to_owned()).chain(numbered).find(|name| !taken(name)).unwrap_or_default();
        let folder = self.part.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        let part = package.free_name(&format!("{folder}worksheets/sheet{{}}.xml"));
        package.put(&part, String::new());
        add_type(package, &part, "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml")?;
        let id = self.add_part(package, "worksheet", &part)?;

        let xml = package.needed(&self.part)?;
        let root = root(&xml)?;
        let prefix = root.prefix();
        let mut edits = Edits::default();
        let Some(sheets) = root.child("sheets")? else {
            return Err(Unmarkable::Package("the workbook has no sheets".into()));
        };
        let known = sheets.children()?;
        let numbers = known.iter().filter_map(|sheet| sheet.attribute("sheetId")?.parse::<u32>().ok());
        let number = numbers.max().unwrap_or(0).saturating_add(1);
        let relation = match root.prefix_of(OFFICE).filter(|prefix| !prefix.is_empty()) {
            Some(prefix) => format!("{prefix}id=\"{id}\""),
            None => format!("xmlns:r=\"{OFFICE}\" r:id=\"{id}\""),
        };
        let sheet = format!("<{prefix}sheet name=\"{}\" sheetId=\"{number}\" {relation}/>", escaped(&name));
        edits.insert(sheets.inner.start, sheet);
        let quoted = escaped(&format!("'{}'", name.replace('\'', "''")));
        let own = format!(
            "<{prefix}definedName name=\"_xlnm.Print_Titles\" localSheetId=\"0\">{quoted}!${heading}:${heading}</{prefix}definedName>\
             {}<{prefix}definedName name=\"{LIST_NAME}\" hidden=\"1\">{quoted}!$A$1</{prefix}definedName>",
            origin_name(prefix),
            heading = super::list::HEADING_ROW,
        );
        match root.child("definedNames")? {
            Some(names) => {
                for element in names.children()? {
                    // A copy of which only the sheet was deleted: its names stand for nothing any more.
                    if is_named(element, LIST_NAME) || is_named(element, ORIGIN_NAME) {
                        edits.remove(element.at.clone());
                    } else if let Some(at) = element.attribute_at("localSheetId") {
                        let place: u32 = xml[at.clone()].parse().map_err(|_| no_number("localSheetId"))?;
                        edits.replace(at, (place + 1).to_string());
                    }
                }
                edits.append(names, &own);
            }
            None => {
                let before = ["sheets", "functionGroups", "externalReferences"];
                let children = root.children()?;
                let last = children.iter().rfind(|child| before.contains(&child.local()));
                let at = last.map_or(sheets.at.end, |child| child.at.end);
                edits.insert(at, format!("<{prefix}definedNames>{own}</{prefix}definedNames>"));
            }
        }
        package.put(&self.part, edits.apply(&xml));
        self.list = Some((0, Sheet { name, part: part.clone(), hidden: false }));
        self.show_first(package, 0)?;
        Ok(part)
    }

    /// Adds the name of the origin where a program left only that of the list.
    fn name_origin(&self, package: &mut Package<'_>) -> Result<(), Unmarkable> {
        let xml = package.needed(&self.part)?;
        let root = root(&xml)?;
        let Some(names) = root.child("definedNames")? else { return Ok(()) };
        if !names.children()?.iter().any(|name| is_named(name, ORIGIN_NAME)) {
            let mut edits = Edits::default();
            edits.append(names, &origin_name(root.prefix()));
            package.put(&self.part, edits.apply(&xml));
        }
        Ok(())
    }

    /// The workbook opens with the sheet at a place.
    fn show_first(&self, package: &mut Package<'_>, place: usize) -> Result<(), Unmarkable> {
        let xml = package.needed(&self.part)?;
        let mut edits = Edits::default();
        for view in root(&xml)?.grandchildren("bookViews")? {
            for (key, value) in [("activeTab", place), ("firstSheet", 0)] {
                if let Some(at) = view.attribute_at(key) {
                    edits.replace(at, value.to_string());
                } else if value != 0 {
                    edits.insert(view.open.start + 1 + view.name().len(), format!(" {key}=\"{value}\""));
                }
            }
        }
        package.put(&self.part, edits.apply(&xml));
        Ok(())
    }
}

/// The name that will hold the origin, still open.
fn origin_name(prefix: &str) -> String {
    format!("<{prefix}definedName name=\"{ORIGIN_NAME}\" hidden=\"1\">\"\"</{prefix}definedName>")
}

/// The sheet that a reference such as `'Cần sửa'!$A$1` names.
fn sheet_of(reference: &str) -> Option<String> {
    let (sheet, _) = reference.rsplit_once('!')?;
    let bare = sheet.strip_prefix('\'').and_then(|s| s.strip_suffix('\''));
    Some(bare.map_or_else(|| sheet.to_owned(), |bare| bare.replace("''", "'")))
}

/// Whether a defined name is the one.
pub(super) fn is_named(element: &Element<'_>, name: &str) -> bool {
    element.attribute("name").is_some_and(|found| found.eq_ignore_ascii_case(name))
}

/// Says what kind of part a new part is.
pub(super) fn add_type(package: &mut Package<'_>, part: &str, kind: &str) -> Result<(), Unmarkable> {
    let xml = package.needed(TYPES)?;
    let root = root(&xml)?;
    let mut edits = Edits::default();
    let element = format!("<{}Override PartName=\"/{}\" ContentType=\"{kind}\"/>", root.prefix(), escaped(part));
    edits.append(&root, &element);
    package.put(TYPES, edits.apply(&xml));
    Ok(())
}

/// Says what kind all parts with an ending are, where nothing says it yet: so programs write it for drawings of notes.
pub(super) fn add_ending(package: &mut Package<'_>, ending: &str, kind: &str) -> Result<(), Unmarkable> {
    let xml = package.needed(TYPES)?;
    let root = root(&xml)?;
    let is_known = |e: &Element<'_>| e.attribute("Extension").is_some_and(|known| known.eq_ignore_ascii_case(ending));
    if root.children()?.iter().any(is_known) {
        return Ok(());
    }
    let element = format!("<{}Default Extension=\"{ending}\" ContentType=\"{kind}\"/>", root.prefix());
    let mut edits = Edits::default();
    if root.is_single() {
        edits.append(&root, &element);
    } else {
        edits.insert(root.inner.start, element);
    }
    package.put(TYPES, edits.apply(&xml));
    Ok(())
}

fn no_number(what: &str) -> Unmarkable {
    Unmarkable::Package(format!("{what} is no number"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sheet_of_a_reference_is_told_without_its_quotes() {
        assert_eq!(sheet_of("'Cần sửa'!$A$1").as_deref(), Some("Cần sửa"));
        assert_eq!(sheet_of("'Ủy ''ban'!$A$1").as_deref(), Some("Ủy 'ban"));
        assert_eq!(sheet_of("Sheet1!$A$1").as_deref(), Some("Sheet1"));
        assert_eq!(sheet_of("#REF!"), Some("#REF".to_owned()));
    }
}
