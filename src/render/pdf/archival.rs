//! What makes a paper one to be kept: PDF/A-2u, ISO 19005-2, whose text can be read out.
//!
//! What it forbids (scripts, encryption, transparency, fonts that are not embedded) no paper has; what it asks beside is
//! told here: of what standard the file is, with its properties in XML, and what its colours mean. The rules that a file
//! can break are held by `tests/archival.rs`, one by one.

use jiff::civil::DateTime;
use lopdf::{Dictionary, Document, Object, Stream, text_string};

use super::finish::{CREATOR, PRODUCER};
use super::{About, profile};
use crate::xml::escaped;

/// Tells the standard and the colours.
pub(super) fn declare(document: &mut Document, about: &About<'_>) -> lopdf::Result<()> {
    let metadata = [("Type", "Metadata"), ("Subtype", "XML")];
    let metadata = Dictionary::from_iter(metadata.map(|(key, name)| (key, Object::Name(name.into()))));
    // Not compressed, so that archives find it without reading PDF.
    let metadata = Stream::new(metadata, packet(about).into_bytes()).with_compression(false);
    let metadata = document.add_object(metadata);
    let colours = Dictionary::from_iter([("N", Object::Integer(3))]);
    let colours = document.add_object(Stream::new(colours, profile::srgb()));
    let intent = Dictionary::from_iter([
        ("Type", Object::Name(b"OutputIntent".to_vec())),
        ("S", Object::Name(b"GTS_PDFA1".to_vec())),
        ("OutputConditionIdentifier", text_string("sRGB")),
        ("Info", text_string("sRGB IEC61966-2-1")),
        ("DestOutputProfile", Object::Reference(colours)),
    ]);
    let catalog = document.catalog_mut()?;
    catalog.set("Metadata", Object::Reference(metadata));
    catalog.set("OutputIntents", Object::Array(vec![Object::Dictionary(intent)]));
    Ok(())
}

/// The properties as the Extensible Metadata Platform has them; they are those of the document's own dictionary.
fn packet(about: &About<'_>) -> String {
    let properties = about.properties;
    let [title, subject, author, keywords] =
        [&properties.title, &properties.subject, &properties.author, &properties.keywords].map(|text| escaped(text));
    let moment = moment(about.made_at);
    format!(
        r#"<?xpacket begin="{begin}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>U</pdfaid:conformance>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdf:Keywords>{keywords}</pdf:Keywords>
<pdf:Producer>{PRODUCER}</pdf:Producer>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<xmp:CreatorTool>{CREATOR}</xmp:CreatorTool>
<xmp:CreateDate>{moment}</xmp:CreateDate>
<xmp:ModifyDate>{moment}</xmp:ModifyDate>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"#,
        begin = '\u{feff}',
    )
}

/// The clock of Viet Nam, which has one time zone.
fn moment(time: DateTime) -> String {
    format!("{}+07:00", time.strftime("%Y-%m-%dT%H:%M:%S"))
}
