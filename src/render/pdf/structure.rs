//! The structure tree of a tagged PDF, from the marked contents of its pages.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, text_string};

use super::page::Paper;
use super::tags::{Kind, Tag};

/// A marked content: its page and its number there.
type Place = (usize, usize);

/// An element made of marked contents alone.
#[derive(Debug)]
struct Leaf {
    tag: Tag,
    places: Vec<Place>,
}

/// A block of the paper.
#[derive(Debug)]
enum Element {
    /// A heading, a paragraph, a chart.
    Leaf(Leaf),
    /// Items that follow each other.
    List(Vec<Leaf>),
    /// A caption and rows of cells.
    Table(Option<Leaf>, Vec<(u32, Vec<Leaf>)>),
}

/// Adds the structure of the contents of all pages to the document.
pub(super) fn add(
    document: &mut Document,
    paper: &Paper,
    contents: &[Vec<Tag>],
    links: &[ObjectId],
    lang: &str,
) -> lopdf::Result<()> {
    let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
    let (parents, linked) = (BTreeMap::new(), BTreeMap::new());
    let mut tree = Tree { document, pages: &pages, paper, contents, links, parents, linked };
    let root = tree.document.new_object_id();
    let body = tree.document.new_object_id();
    let mut kids = Vec::new();
    for element in elements(contents) {
        kids.push(Object::Reference(tree.element(&element, body)));
    }
    let mut whole = element_of("Document", root);
    whole.set("K", Object::Array(kids));
    whole.set("Lang", text_string(lang));
    tree.document.set_object(body, whole);
    let Tree { parents, linked, .. } = tree;
    let numbers = (0..pages.len()).flat_map(|page| {
        let of_page = parents.range((page, 0)..(page + 1, 0)).map(|(_, id)| Object::Reference(*id)).collect();
        [Object::Integer(page as i64), Object::Array(of_page)]
    });
    // Behind the pages come the links, which belong to one element each.
    let next = pages.len() + links.len();
    let numbers =
        numbers.chain(linked.iter().flat_map(|(link, (_, element))| {
            [Object::Integer((pages.len() + link) as i64), Object::Reference(*element)]
        }));
    let numbers = Dictionary::from_iter([("Nums", Object::Array(numbers.collect()))]);
    let numbers = document.add_object(numbers);
    let structure = Dictionary::from_iter([
        ("Type", Object::Name(b"StructTreeRoot".to_vec())),
        ("K", Object::Array(vec![Object::Reference(body)])),
        ("ParentTree", Object::Reference(numbers)),
        ("ParentTreeNextKey", Object::Integer(next as i64)),
    ]);
    document.set_object(root, structure);
    for (number, page) in pages.iter().enumerate() {
        let page = document.get_object_mut(*page)?.as_dict_mut()?;
        page.set("StructParents", Object::Integer(number as i64));
        page.set("Tabs", Object::Name(b"S".to_vec()));
    }
    for (link, (annotation, _)) in &linked {
        let annotation = document.get_object_mut(*annotation)?.as_dict_mut()?;
        annotation.set("StructParent", Object::Integer((pages.len() + link) as i64));
    }
    let catalog = document.catalog_mut()?;
    catalog.set("StructTreeRoot", Object::Reference(root));
    catalog.set("MarkInfo", Dictionary::from_iter([("Marked", Object::Boolean(true))]));
    Ok(())
}

/// The blocks of the paper, in reading order.
fn elements(contents: &[Vec<Tag>]) -> Vec<Element> {
    let mut elements: Vec<Element> = Vec::new();
    let mut block = (0, 0);
    let placed = contents
        .iter()
        .enumerate()
        .flat_map(|(page, tags)| tags.iter().enumerate().map(move |(number, tag)| (*tag, (page, number))));
    for (tag, place) in placed {
        let same = block == (tag.block, tag.part);
        block = (tag.block, tag.part);
        match (tag.kind, elements.last_mut()) {
            (Kind::Caption | Kind::Head | Kind::Cell, Some(Element::Table(caption, rows))) if same => {
                add_to_table(caption, rows, tag, place);
            }
            (Kind::Caption | Kind::Head | Kind::Cell, _) => {
                let (mut caption, mut rows) = (None, Vec::new());
                add_to_table(&mut caption, &mut rows, tag, place);
                elements.push(Element::Table(caption, rows));
            }
            (Kind::Item, Some(Element::List(items))) => match items.last_mut() {
                Some(item) if same => item.places.push(place),
                _ => items.push(Leaf { tag, places: vec![place] }),
            },
            (Kind::Item, _) => elements.push(Element::List(vec![Leaf { tag, places: vec![place] }])),
            (_, Some(Element::Leaf(leaf))) if same => leaf.places.push(place),
            _ => elements.push(Element::Leaf(Leaf { tag, places: vec![place] })),
        }
    }
    elements
}

fn add_to_table(caption: &mut Option<Leaf>, rows: &mut Vec<(u32, Vec<Leaf>)>, tag: Tag, place: Place) {
    if tag.kind == Kind::Caption {
        caption.get_or_insert(Leaf { tag, places: Vec::new() }).places.push(place);
        return;
    }
    // The two rows of a header take turns; a row that goes on over a page comes after no other.
    let row = match rows.iter().rposition(|(row, _)| *row == tag.row) {
        Some(row) => row,
        None => {
            rows.push((tag.row, Vec::new()));
            rows.len() - 1
        }
    };
    let cells = &mut rows[row].1;
    match cells.iter_mut().find(|cell| cell.tag.column == tag.column) {
        Some(cell) => cell.places.push(place),
        None => cells.push(Leaf { tag, places: vec![place] }),
    }
}

fn element_of(kind: &str, parent: ObjectId) -> Dictionary {
    Dictionary::from_iter([
        ("Type", Object::Name(b"StructElem".to_vec())),
        ("S", Object::Name(kind.as_bytes().to_vec())),
        ("P", Object::Reference(parent)),
    ])
}

/// The tree as far as it is written.
struct Tree<'a> {
    document: &'a mut Document,
    pages: &'a [ObjectId],
    paper: &'a Paper,
    contents: &'a [Vec<Tag>],
    /// The annotations of the links.
    links: &'a [ObjectId],
    /// The element of each marked content.
    parents: BTreeMap<Place, ObjectId>,
    /// Of each link that stands in the tree its annotation and its element.
    linked: BTreeMap<usize, (ObjectId, ObjectId)>,
}

impl Tree<'_> {
    fn element(&mut self, element: &Element, parent: ObjectId) -> ObjectId {
        match element {
            Element::Leaf(leaf) => self.leaf(leaf, parent),
            Element::List(items) => self.branch("L", parent, |tree, list| {
                items.iter().map(|item| tree.branch("LI", list, |tree, one| vec![tree.leaf(item, one)])).collect()
            }),
            Element::Table(caption, rows) => self.branch("Table", parent, |tree, table| {
                let mut kids: Vec<ObjectId> = caption.iter().map(|caption| tree.leaf(caption, table)).collect();
                kids.extend(rows.iter().map(|(_, cells)| {
                    tree.branch("TR", table, |tree, row| cells.iter().map(|cell| tree.leaf(cell, row)).collect())
                }));
                kids
            }),
        }
    }

    fn branch(
        &mut self,
        kind: &str,
        parent: ObjectId,
        kids: impl FnOnce(&mut Self, ObjectId) -> Vec<ObjectId>,
    ) -> ObjectId {
        let id = self.document.new_object_id();
        let kids = kids(self, id).into_iter().map(Object::Reference).collect();
        let mut branch = element_of(kind, parent);
        branch.set("K", Object::Array(kids));
        self.document.set_object(id, branch);
        id
    }

    fn leaf(&mut self, leaf: &Leaf, parent: ObjectId) -> ObjectId {
        let id = self.document.new_object_id();
        let mut element = element_of(role(leaf.tag.kind), parent);
        let first = leaf.places.first().map_or(0, |place| place.0);
        element.set("Pg", Object::Reference(self.pages[first]));
        let kids: Vec<Object> = leaf.places.iter().map(|place| self.kid(*place, first, id)).collect();
        element.set("K", Object::Array(kids));
        if let Some(attributes) = attributes(leaf.tag) {
            element.set("A", attributes);
        }
        let said = self.paper.alternatives.get(&leaf.tag.block).filter(|_| leaf.tag.kind == Kind::Chart);
        if let Some(said) = said {
            element.set("Alt", text_string(said));
        }
        self.document.set_object(id, element);
        id
    }

    /// A marked content below an element whose own are on a page; one that leads elsewhere has an element of its own.
    fn kid(&mut self, place: Place, page_of_element: usize, element: ObjectId) -> Object {
        let (page, number) = place;
        let sheet = Object::Reference(self.pages[page]);
        let link = usize::from(self.contents[page][number].link).checked_sub(1);
        let number = Object::Integer(number as i64);
        if let Some((link, annotation)) = link.and_then(|link| Some((link, *self.links.get(link)?))) {
            let id = self.document.new_object_id();
            let reference = [
                ("Type", Object::Name(b"OBJR".to_vec())),
                ("Pg", sheet.clone()),
                ("Obj", Object::Reference(annotation)),
            ];
            let mut around = element_of("Link", element);
            around.set("Pg", sheet);
            around.set("K", Object::Array(vec![number, Object::Dictionary(Dictionary::from_iter(reference))]));
            self.document.set_object(id, around);
            self.parents.insert(place, id);
            self.linked.insert(link, (annotation, id));
            return Object::Reference(id);
        }
        self.parents.insert(place, element);
        if page == page_of_element {
            return number;
        }
        let reference = [("Type", Object::Name(b"MCR".to_vec())), ("Pg", sheet), ("MCID", number)];
        Object::Dictionary(Dictionary::from_iter(reference))
    }
}

/// The standard structure type of a kind.
pub(super) fn role(kind: Kind) -> &'static str {
    match kind {
        Kind::Artifact | Kind::Paragraph => "P",
        Kind::Title => "H1",
        Kind::Section => "H2",
        Kind::Heading => "H3",
        Kind::Item => "LBody",
        Kind::Caption => "Caption",
        Kind::Head => "TH",
        Kind::Cell => "TD",
        Kind::Chart => "Figure",
    }
}

/// Of a heading cell whether it heads a column or a row, of any cell how far it goes.
fn attributes(tag: Tag) -> Option<Dictionary> {
    let mut attributes = Dictionary::from_iter([("O", Object::Name(b"Table".to_vec()))]);
    if tag.kind == Kind::Head {
        let scope: &[u8] = if tag.row < 2 { b"Column" } else { b"Row" };
        attributes.set("Scope", Object::Name(scope.to_vec()));
    }
    for (key, cells) in [("ColSpan", tag.span.0), ("RowSpan", tag.span.1)] {
        if cells > 1 {
            attributes.set(key, Object::Integer(cells.into()));
        }
    }
    (attributes.len() > 1).then_some(attributes)
}
