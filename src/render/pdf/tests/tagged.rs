//! What a reader that cannot see gets of a finished paper: all of its text, in order, in a tree of elements.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::super::tags::{self, Kind};
use super::*;
use crate::render::pdf;

fn finished() -> Document {
    Document::load_mem(&pdf::paper(&example::report()).unwrap()).unwrap()
}

/// Every element below one, with its marked contents: page and number.
fn walk(document: &Document, id: ObjectId, kinds: &mut BTreeMap<String, usize>, marks: &mut Vec<(ObjectId, i64)>) {
    let element = document.get_dictionary(id).unwrap();
    let kind = String::from_utf8_lossy(element.get(b"S").unwrap().as_name().unwrap()).into_owned();
    *kinds.entry(kind).or_default() += 1;
    let page = element.get(b"Pg").and_then(Object::as_reference).ok();
    for kid in element.get(b"K").unwrap().as_array().unwrap() {
        match kid {
            Object::Reference(id) => walk(document, *id, kinds, marks),
            Object::Integer(number) => marks.push((page.expect("a content has a page"), *number)),
            Object::Dictionary(reference) if reference.has(b"Obj") => {}
            Object::Dictionary(reference) => {
                let page = reference.get(b"Pg").unwrap().as_reference().unwrap();
                marks.push((page, reference.get(b"MCID").unwrap().as_i64().unwrap()));
            }
            other => panic!("{other:?}"),
        }
    }
}

fn root(document: &Document) -> &Dictionary {
    let root = document.catalog().unwrap().get(b"StructTreeRoot").unwrap().as_reference().unwrap();
    document.get_dictionary(root).unwrap()
}

#[test]
fn the_text_taken_out_of_the_file_is_what_was_laid_out_in_order() {
    let document = finished();
    let pages: Vec<u32> = document.get_pages().keys().copied().collect();
    let taken: String = document.extract_text(&pages).unwrap().split_whitespace().collect();
    let paper = layout::pages(&example::report());
    let drawn: String = paper.pages.iter().flat_map(runs).map(|run| run.text.replace(' ', "")).collect();
    assert_eq!(taken, drawn);
}

#[test]
fn of_a_paper_painted_in_parts_the_text_is_taken_out_the_same_tagged_or_not() {
    // More pages than are painted at a time; the last one more than are tagged.
    for (pages, is_tagged) in [(20, true), (130, false)] {
        let rows = (0..pages * 44).map(|row| vec![format!("{row}"), format!("Tỷ lệ hộ có nước sạch {row}")]).collect();
        let long = table(vec![column("Mã", 10.0), column("Nội dung", 60.0)], 1, TableStyle::Text, rows);
        let long = report(vec![section(PageStart::Flow, vec![Block::Table(long)])]);
        let document = Document::load_mem(&pdf::paper(&long).unwrap()).unwrap();
        assert!(document.get_pages().len() >= pages, "{} pages", document.get_pages().len());
        assert_eq!(document.catalog().unwrap().has(b"StructTreeRoot"), is_tagged);
        let numbers: Vec<u32> = document.get_pages().keys().copied().collect();
        let taken: String = document.extract_text(&numbers).unwrap().split_whitespace().collect();
        let drawn = layout::pages(&long);
        let drawn: String = drawn.pages.iter().flat_map(runs).map(|run| run.text.replace(' ', "")).collect();
        assert!(taken == drawn, "{pages} pages");
    }
}

#[test]
fn every_text_but_page_numbers_and_headers_that_come_again_is_in_the_tree() {
    let paper = layout::pages(&example::report());
    for (index, page) in paper.pages.iter().enumerate() {
        let left: Vec<&str> =
            runs(page).filter(|run| run.tag.kind == Kind::Artifact).map(|run| run.text.as_str()).collect();
        let number = (index + 1).to_string();
        let first = left.first().copied();
        assert!(index == 0 && left.is_empty() || first == Some(number.as_str()), "page {}: {left:?}", index + 1);
    }
}

#[test]
fn each_marked_content_stands_once_in_the_tree_and_leads_back_to_its_element() {
    let document = finished();
    let body = root(&document).get(b"K").unwrap().as_array().unwrap()[0].as_reference().unwrap();
    let (mut kinds, mut marks) = (BTreeMap::new(), Vec::new());
    walk(&document, body, &mut kinds, &mut marks);
    let paper = layout::pages(&example::report());
    let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
    let expected: Vec<(ObjectId, i64)> = pages
        .iter()
        .zip(&paper.pages)
        .flat_map(|(id, page)| (0..tags::contents(page).len()).map(|number| (*id, number as i64)))
        .collect();
    marks.sort_unstable();
    let mut sorted = expected.clone();
    sorted.sort_unstable();
    assert_eq!(marks, sorted);
    let sections = paper.bookmarks.iter().filter(|bookmark| bookmark.level == Level::Section).count();
    assert_eq!((kinds["H1"], kinds["H2"]), (1, sections), "{kinds:?}");
    let tables = paper.pages.iter().flat_map(runs).filter(|run| run.tag.kind == Kind::Cell);
    let tables: std::collections::BTreeSet<(u32, u16)> = tables.map(|run| (run.tag.block, run.tag.part)).collect();
    assert_eq!(kinds["Table"], tables.len(), "{kinds:?}");
    assert!(kinds["TH"] > 0 && kinds["TD"] > kinds["TH"] && kinds["LI"] == kinds["LBody"], "{kinds:?}");
    let numbers = document.get_dictionary(root(&document).get(b"ParentTree").unwrap().as_reference().unwrap()).unwrap();
    let numbers = numbers.get(b"Nums").unwrap().as_array().unwrap();
    let counted: usize = numbers.iter().filter_map(|one| one.as_array().ok()).map(Vec::len).sum();
    assert_eq!((numbers.len(), counted), (2 * pages.len(), expected.len()));
}

#[test]
fn an_annex_that_is_named_in_the_text_is_a_link_to_its_page() {
    let named = Section {
        title: "I. Phần".into(),
        ..section(
            PageStart::Flow,
            vec![Block::Bullet(span("Phụ lục II: Bảng hai")), Block::Bullet(span("Phụ lục III"))],
        )
    };
    let annex = |title: &str| Section { title: title.into(), ..section(PageStart::NewPortrait, Vec::new()) };
    let report = report(vec![named, annex("Phụ lục I\nBảng một"), annex("Phụ lục II\nBảng hai")]);
    let document = Document::load_mem(&pdf::paper(&report).unwrap()).unwrap();
    let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
    let links: Vec<(usize, ObjectId)> = pages
        .iter()
        .enumerate()
        .flat_map(|(place, page)| {
            document.get_page_annotations(*page).unwrap().into_iter().map(move |one| (place, one))
        })
        .map(|(place, link)| (place, link.get(b"Dest").unwrap().as_array().unwrap()[0].as_reference().unwrap()))
        .collect();
    assert_eq!(links, [(0, pages[2])], "III is not there, and II does not lead to I");
    let annotation = document.get_page_annotations(pages[0]).unwrap()[0];
    let key = annotation.get(b"StructParent").unwrap().as_i64().unwrap();
    let numbers = document.get_dictionary(root(&document).get(b"ParentTree").unwrap().as_reference().unwrap()).unwrap();
    let numbers = numbers.get(b"Nums").unwrap().as_array().unwrap();
    let at = numbers.iter().position(|one| one.as_i64().is_ok_and(|one| one == key)).unwrap();
    let element = document.get_dictionary(numbers[at + 1].as_reference().unwrap()).unwrap();
    assert_eq!(element.get(b"S").unwrap().as_name().unwrap(), b"Link");
    let kids = element.get(b"K").unwrap().as_array().unwrap();
    let leads = kids[1].as_dict().unwrap().get(b"Obj").unwrap().as_reference().unwrap();
    assert!(std::ptr::eq(document.get_dictionary(leads).unwrap(), annotation), "the element holds its annotation");
}

#[test]
fn a_chart_is_said_in_words_for_those_who_cannot_see_it() {
    use crate::model::report::{Drawing, DrawingKind, Series};
    let chart = Drawing {
        id: "hinh".into(),
        caption: "Số xã".into(),
        kind: DrawingKind::Bars,
        unit: "xã".into(),
        decimals: 0,
        categories: vec!["15-18".into(), "10-14".into()],
        series: vec![Series { name: "NTM".into(), values: vec![Some(7.0), None] }],
    };
    let report = report(vec![section(PageStart::Flow, vec![Block::Drawing(chart)])]);
    let document = Document::load_mem(&pdf::paper(&report).unwrap()).unwrap();
    let said = document.objects.values().filter_map(|object| object.as_dict().ok()?.get(b"Alt").ok());
    let said: Vec<String> = said.map(|text| lopdf::decode_text_string(text).unwrap()).collect();
    assert_eq!(said, ["Số xã (xã). NTM: 15-18 7"]);
}
