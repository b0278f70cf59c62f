//! What printpdf leaves open or writes wrong: version, properties, language, nested outline, links, an identity that
//! depends on the content alone.

use std::io::{self, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use jiff::civil::DateTime;
use lopdf::{Dictionary, Document, Object, ObjectId, SaveOptions, Stream, StringFormat, text_string};
use sha2::{Digest, Sha256};

use super::links::Link;
use super::page::{Bookmark, Level, Paper};
use super::structure;
use super::tags::Tag;
use super::{About, PaperError, archival};

/// The finished document as bytes, the same for the same pages and properties.
pub(super) fn bytes(
    mut document: Document,
    paper: &Paper,
    contents: &[Vec<Tag>],
    links: &[Link],
    about: &About<'_>,
) -> Result<Vec<u8>, PaperError> {
    // printpdf says 1.3, and uses fonts that came with 1.4 and later.
    document.version = "1.7".to_owned();
    document.trailer.remove(b"Info");
    // Before the structure is added: to walk through its thousands of elements takes as long as to write them.
    document.prune_objects();
    let info = document.add_object(information(about));
    let outline = outline(&mut document, paper);
    let not_whole = |error: lopdf::Error| PaperError::Structure(error.to_string());
    let links = link(&mut document, paper, links).map_err(not_whole)?;
    if !contents.is_empty() {
        structure::add(&mut document, paper, contents, &links, about.lang.tag()).map_err(not_whole)?;
    }
    archival::declare(&mut document, about).map_err(not_whole)?;
    let catalog = document.catalog_mut().map_err(not_whole)?;
    catalog.set("Lang", text_string(about.lang.tag()));
    catalog.set("ViewerPreferences", Dictionary::from_iter([("DisplayDocTitle", Object::Boolean(true))]));
    if let Some(outline) = outline {
        catalog.set("Outlines", Object::Reference(outline));
        catalog.set("PageMode", Object::Name(b"UseOutlines".to_vec()));
    }
    document.trailer.set("Info", Object::Reference(info));
    let place = Object::String(PLACE_OF_IDENTITY.to_vec(), StringFormat::Hexadecimal);
    document.trailer.set("ID", Object::Array(vec![place.clone(), place]));
    for object in document.objects.values_mut() {
        if let Object::Stream(stream) = object {
            compress(stream)?;
        }
    }
    let mut bytes = saved(&mut document)?;
    identify(&mut bytes)?;
    Ok(bytes)
}

/// What stands where the identity will: no document has it by chance.
const PLACE_OF_IDENTITY: &[u8; 16] = b"<identity of it>";

/// Gives the document an identity that is the hash of all the rest.
fn identify(bytes: &mut [u8]) -> Result<(), PaperError> {
    let identity: Vec<u8> = hexadecimal(&Sha256::digest(&*bytes)[..16]);
    let place = hexadecimal(PLACE_OF_IDENTITY);
    // The trailer is written last.
    for _ in 0..2 {
        let at = memchr::memmem::rfind(bytes, &place);
        let at = at.ok_or_else(|| PaperError::Structure("the identity has no place".to_owned()))?;
        bytes[at..at + place.len()].copy_from_slice(&identity);
    }
    Ok(())
}

/// As lopdf writes bytes.
fn hexadecimal(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().flat_map(|byte| format!("{byte:02X}").into_bytes()).collect()
}

/// The contents of a document's pages, compressed.
pub(super) fn contents(mut document: Document) -> Result<Vec<Stream>, PaperError> {
    let places = content_ids(&document)?;
    let streams = places.into_iter().map(|id| match document.objects.remove(&id) {
        Some(Object::Stream(mut stream)) => compress(&mut stream).map(|()| stream).map_err(PaperError::from),
        _ => Err(no_content()),
    });
    streams.collect()
}

/// The document with these contents on its pages.
pub(super) fn filled(mut document: Document, contents: impl Iterator<Item = Stream>) -> Result<Document, PaperError> {
    for (id, content) in content_ids(&document)?.into_iter().zip(contents) {
        document.set_object(id, content);
    }
    Ok(document)
}

/// Where the contents of the pages stand.
fn content_ids(document: &Document) -> Result<Vec<ObjectId>, PaperError> {
    let content = |page: ObjectId| document.get_dictionary(page).and_then(|page| page.get(b"Contents")?.as_reference());
    document.get_pages().into_values().map(|page| content(page).map_err(|_| no_content())).collect()
}

fn no_content() -> PaperError {
    PaperError::Structure("a page has no content".to_owned())
}

/// Compresses a stream, quicker than lopdf would: it does so as hard as can be, which for a paper of many pages takes
/// longer than to lay them out.
fn compress(stream: &mut Stream) -> io::Result<()> {
    if !stream.allows_compression || stream.dict.has(b"Filter") {
        return Ok(());
    }
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(&stream.content)?;
    let compressed = encoder.finish()?;
    if compressed.len() < stream.content.len() {
        stream.dict.set("Filter", "FlateDecode");
        stream.set_content(compressed);
    }
    Ok(())
}

fn saved(document: &mut Document) -> Result<Vec<u8>, PaperError> {
    let mut bytes = Vec::new();
    // Thousands of small objects, one for each cell of a tagged table, are packed together.
    let packed = SaveOptions::builder().use_object_streams(true).use_xref_streams(true);
    let packed = packed.max_objects_per_stream(400).compression_level(6).build();
    document.save_with_options(&mut bytes, packed).map_err(|error| PaperError::Structure(error.to_string()))?;
    Ok(bytes)
}

/// What a paper is made with.
pub(super) const CREATOR: &str = concat!("ntm ", env!("CARGO_PKG_VERSION"));
pub(super) const PRODUCER: &str = "printpdf, lopdf";

/// The document's properties. printpdf's own carry keys by which readers take any file for PDF/X.
fn information(about: &About<'_>) -> Dictionary {
    let properties = about.properties;
    let made = Object::string_literal(pdf_date(about.made_at));
    Dictionary::from_iter([
        ("Title", text_string(&properties.title)),
        ("Subject", text_string(&properties.subject)),
        ("Author", text_string(&properties.author)),
        ("Keywords", text_string(&properties.keywords)),
        ("Creator", text_string(CREATOR)),
        ("Producer", text_string(PRODUCER)),
        ("CreationDate", made.clone()),
        ("ModDate", made),
    ])
}

/// The clock of Viet Nam, which has one time zone.
fn pdf_date(time: DateTime) -> String {
    format!("D:{}+07'00'", time.strftime("%Y%m%d%H%M%S"))
}

/// Of the flags of an annotation the one that is set: what is seen is printed.
const PRINTED: i64 = 4;

/// Links as annotations of their pages; gives them in the same order.
fn link(document: &mut Document, paper: &Paper, links: &[Link]) -> lopdf::Result<Vec<ObjectId>> {
    let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
    let mut all = Vec::with_capacity(links.len());
    for of_page in links.chunk_by(|left, right| left.page == right.page) {
        let height = paper.pages[of_page[0].page].height;
        let annotations: Vec<ObjectId> = of_page
            .iter()
            .map(|link| {
                let [left, top, right, bottom] = link.area;
                let corners = [left, height - bottom, right, height - top];
                let corners = corners.map(|length| Object::Real((length * 100.0).round() / 100.0));
                document.add_object(Dictionary::from_iter([
                    ("Type", Object::Name(b"Annot".to_vec())),
                    ("Subtype", Object::Name(b"Link".to_vec())),
                    ("Rect", Object::Array(corners.to_vec())),
                    ("Border", Object::Array(vec![0.into(), 0.into(), 0.into()])),
                    ("F", Object::Integer(PRINTED)),
                    ("Contents", text_string(&paper.bookmarks[link.bookmark].title)),
                    ("Dest", destination(&paper.bookmarks[link.bookmark], paper, &pages)),
                ]))
            })
            .collect();
        all.extend_from_slice(&annotations);
        let annotations = Object::Array(annotations.into_iter().map(Object::Reference).collect());
        document.get_object_mut(pages[of_page[0].page])?.as_dict_mut()?.set("Annots", annotations);
    }
    Ok(all)
}

/// Sections with their headings under them; `None` where nothing is to be listed.
fn outline(document: &mut Document, paper: &Paper) -> Option<ObjectId> {
    if paper.bookmarks.is_empty() {
        return None;
    }
    let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
    let root = document.new_object_id();
    let ids: Vec<ObjectId> = paper.bookmarks.iter().map(|_| document.new_object_id()).collect();
    let branches = branches(&paper.bookmarks);
    let sections: Vec<ObjectId> = branches.iter().map(|(section, _)| ids[*section]).collect();
    for (place, (section, headings)) in branches.iter().enumerate() {
        let children: Vec<ObjectId> = headings.iter().map(|&heading| ids[heading]).collect();
        for (place, &heading) in headings.iter().enumerate() {
            let mut entry = entry(&paper.bookmarks[heading], paper, &pages);
            set_place(&mut entry, ids[*section], &children, place);
            document.set_object(ids[heading], entry);
        }
        let mut entry = entry(&paper.bookmarks[*section], paper, &pages);
        set_place(&mut entry, root, &sections, place);
        // A negative count: the headings are there, but folded.
        set_children(&mut entry, &children, -(children.len() as i64));
        document.set_object(ids[*section], entry);
    }
    let mut outlines = Dictionary::from_iter([("Type", Object::Name(b"Outlines".to_vec()))]);
    set_children(&mut outlines, &sections, sections.len() as i64);
    document.set_object(root, outlines);
    Some(root)
}

/// Each section with the headings below it, as places in the list of bookmarks.
fn branches(bookmarks: &[Bookmark]) -> Vec<(usize, Vec<usize>)> {
    let mut branches: Vec<(usize, Vec<usize>)> = Vec::new();
    for (index, bookmark) in bookmarks.iter().enumerate() {
        match (bookmark.level, branches.last_mut()) {
            // A heading before any section stands beside the sections.
            (Level::Section, _) | (Level::Heading, None) => branches.push((index, Vec::new())),
            (Level::Heading, Some((_, below))) => below.push(index),
        }
    }
    branches
}

/// The title of a bookmark and the place it leads to.
fn entry(bookmark: &Bookmark, paper: &Paper, pages: &[ObjectId]) -> Dictionary {
    let place = destination(bookmark, paper, pages);
    Dictionary::from_iter([("Title", text_string(&bookmark.title)), ("Dest", place)])
}

/// The place of a bookmark, somewhat above its heading, so that this does not stick to the window's edge.
fn destination(bookmark: &Bookmark, paper: &Paper, pages: &[ObjectId]) -> Object {
    let top = (paper.pages[bookmark.page].height - bookmark.y + 8.0).round();
    let page = Object::Reference(pages[bookmark.page]);
    Object::Array(vec![page, "XYZ".into(), Object::Null, Object::Real(top), Object::Null])
}

fn set_place(entry: &mut Dictionary, parent: ObjectId, siblings: &[ObjectId], place: usize) {
    entry.set("Parent", Object::Reference(parent));
    if let Some(&before) = place.checked_sub(1).and_then(|before| siblings.get(before)) {
        entry.set("Prev", Object::Reference(before));
    }
    if let Some(&after) = siblings.get(place + 1) {
        entry.set("Next", Object::Reference(after));
    }
}

fn set_children(entry: &mut Dictionary, children: &[ObjectId], count: i64) {
    if let (Some(&first), Some(&last)) = (children.first(), children.last()) {
        entry.set("First", Object::Reference(first));
        entry.set("Last", Object::Reference(last));
        entry.set("Count", count);
    }
}
