//! The rules of PDF/A-2u (ISO 19005-2) that a paper could break, one by one, in the finished file.

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, Stream};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, GlyphId, MetadataProvider};

use super::example;
use crate::render::pdf;

fn file() -> Vec<u8> {
    pdf::paper(&example::report()).unwrap()
}

fn finished() -> Document {
    Document::load_mem(&file()).unwrap()
}

/// Every dictionary of the document, also those inside others.
fn dictionaries(document: &Document) -> Vec<&Dictionary> {
    fn below<'a>(object: &'a Object, found: &mut Vec<&'a Dictionary>) {
        let dictionary = match object {
            Object::Dictionary(dictionary) => dictionary,
            Object::Stream(stream) => &stream.dict,
            Object::Array(objects) => return objects.iter().for_each(|object| below(object, found)),
            _ => return,
        };
        found.push(dictionary);
        dictionary.iter().for_each(|(_, object)| below(object, found));
    }
    let mut found = Vec::new();
    document.objects.values().for_each(|object| below(object, &mut found));
    found
}

fn name<'a>(dictionary: &'a Dictionary, key: &[u8]) -> Option<&'a [u8]> {
    dictionary.get(key).and_then(Object::as_name).ok()
}

fn stream<'a>(document: &'a Document, dictionary: &Dictionary, key: &[u8]) -> &'a Stream {
    document.get_object(dictionary.get(key).unwrap().as_reference().unwrap()).unwrap().as_stream().unwrap()
}

#[test]
fn the_file_begins_and_ends_as_the_standard_says() {
    let bytes = file();
    assert!(bytes.starts_with(b"%PDF-1.7\n%"));
    assert!(bytes[10..14].iter().all(|byte| *byte > 127), "readers are to take it for binary");
    assert!(bytes.ends_with(b"%%EOF"), "nothing follows the end");
    let document = finished();
    assert_eq!(document.trailer.get(b"ID").unwrap().as_array().unwrap().len(), 2);
    assert!(!document.trailer.has(b"Encrypt"));
}

#[test]
fn it_says_what_it_is_with_the_properties_that_its_dictionary_has() {
    let document = finished();
    let metadata = stream(&document, document.catalog().unwrap(), b"Metadata");
    assert!(!metadata.dict.has(b"Filter"), "archives read it without knowing PDF");
    let packet = String::from_utf8(metadata.content.clone()).unwrap();
    let mut reader = quick_xml::Reader::from_str(&packet);
    while reader.read_event().unwrap() != quick_xml::events::Event::Eof {}
    assert!(packet.contains("<pdfaid:part>2</pdfaid:part>\n<pdfaid:conformance>U</pdfaid:conformance>"), "{packet}");
    let information = document.trailer.get(b"Info").unwrap().as_reference().unwrap();
    let information = document.get_dictionary(information).unwrap();
    for (key, value) in information {
        let value = lopdf::decode_text_string(value).unwrap();
        let value = match value.strip_prefix("D:") {
            // 20230428070000+07'00' is 2023-04-28T07:00:00+07:00 there.
            Some(day) => format!("{}-{}-{}T", &day[..4], &day[4..6], &day[6..8]),
            None => value.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"),
        };
        assert!(packet.contains(&value), "{key:?} {value} in {packet}");
    }
}

#[test]
fn its_colours_are_numbers_of_one_profile() {
    let document = finished();
    let intents = document.catalog().unwrap().get(b"OutputIntents").unwrap().as_array().unwrap();
    let [intent] = intents.as_slice() else { panic!("{intents:?}") };
    let intent = intent.as_dict().unwrap();
    assert_eq!(name(intent, b"S"), Some(b"GTS_PDFA1".as_slice()));
    let profile = stream(&document, intent, b"DestOutputProfile");
    assert_eq!(profile.dict.get(b"N").unwrap().as_i64().unwrap(), 3);
    let profile = profile.decompressed_content().unwrap_or_else(|_| profile.content.clone());
    assert_eq!((&profile[12..20], &profile[36..40]), (b"mntrRGB ".as_slice(), b"acsp".as_slice()));
}

#[test]
fn pages_are_painted_by_known_operators_in_red_green_and_blue_and_with_letters_that_are_there() {
    let document = finished();
    let allowed =
        ["BMC", "BDC", "EMC", "BT", "ET", "Tf", "Td", "Tm", "Tj", "TJ", "rg", "RG", "w", "m", "l", "S", "re", "f"];
    for page in document.get_pages().into_values() {
        let content = Content::decode(&document.get_page_content(page)).unwrap();
        for operation in &content.operations {
            assert!(allowed.contains(&operation.operator.as_str()), "{operation:?}");
            let texts = operation.operands.iter().flat_map(|operand| match operand {
                Object::Array(parts) => parts.as_slice(),
                one => std::slice::from_ref(one),
            });
            let mut glyphs = texts.filter_map(|text| text.as_str().ok()).flat_map(|text| text.chunks(2));
            assert!(glyphs.all(|glyph| glyph != [0, 0]), "a letter that the face does not have: {operation:?}");
        }
    }
}

#[test]
fn nothing_is_in_it_that_acts_hides_or_shines_through() {
    let document = finished();
    let forbidden: [&[u8]; 14] = [
        b"A",
        b"AA",
        b"OpenAction",
        b"JavaScript",
        b"JS",
        b"EmbeddedFiles",
        b"SMask",
        b"BM",
        b"ca",
        b"CA",
        b"TR",
        b"HTP",
        b"OCProperties",
        b"AcroForm",
    ];
    for dictionary in dictionaries(&document) {
        // An element of the structure keeps its attributes under A.
        let is_element = name(dictionary, b"Type") == Some(b"StructElem");
        for key in forbidden.iter().filter(|key| !(is_element && **key == b"A")) {
            assert!(!dictionary.has(key), "{dictionary:?}");
        }
        if let Some(filter) = name(dictionary, b"Filter") {
            assert_eq!(filter, b"FlateDecode");
        }
        if name(dictionary, b"Type") == Some(b"Annot") {
            assert_eq!(name(dictionary, b"Subtype"), Some(b"Link".as_slice()));
            assert_eq!(dictionary.get(b"F").unwrap().as_i64().unwrap(), 4, "printed, and neither hidden nor invisible");
        }
    }
}

#[test]
fn its_fonts_are_in_it_with_the_widths_that_it_tells_and_every_letter_can_be_read_out() {
    let document = finished();
    let mut fonts = 0;
    for whole in dictionaries(&document) {
        if name(whole, b"Subtype") != Some(b"Type0") {
            continue;
        }
        fonts += 1;
        assert_eq!(name(whole, b"Encoding"), Some(b"Identity-H".as_slice()));
        let readable = stream(&document, whole, b"ToUnicode").decompressed_content().unwrap();
        let readable = String::from_utf8(readable).unwrap();
        let [font] = whole.get(b"DescendantFonts").unwrap().as_array().unwrap().as_slice() else { panic!("{whole:?}") };
        let font = font.as_dict().unwrap();
        assert_eq!(name(font, b"CIDToGIDMap"), Some(b"Identity".as_slice()));
        let descriptor = document.get_dictionary(font.get(b"FontDescriptor").unwrap().as_reference().unwrap()).unwrap();
        let program = stream(&document, descriptor, b"FontFile2").decompressed_content().unwrap();
        let program = FontRef::new(&program).unwrap();
        let metrics = program.glyph_metrics(Size::new(1000.0), LocationRef::default());
        let widths = font.get(b"W").unwrap().as_array().unwrap();
        let mut told = 0;
        for pair in widths.chunks(2) {
            let first = u32::try_from(pair[0].as_i64().unwrap()).unwrap();
            for (glyph, width) in (first..).zip(pair[1].as_array().unwrap()) {
                let drawn = metrics.advance_width(GlyphId::new(glyph)).unwrap();
                assert!((drawn - width.as_float().unwrap()).abs() <= 1.0, "glyph {glyph}: {drawn} and {width:?}");
                assert!(readable.contains(&format!("<{glyph:04X}> <")), "glyph {glyph} means no letter");
                told += 1;
            }
        }
        assert!(told > 0, "{font:?}");
    }
    assert!(fonts > 0);
}
