//! XML as a text that is changed in a few places: elements with the bytes they take, and edits of those bytes.
//!
//! A part that is parsed and written anew comes out with other bytes, and what the parser did not know is lost. Here
//! everything that is not edited stays as it stands.

use std::cell::OnceCell;
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::Unmarkable;

/// An element and where it stands in its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Element<'a> {
    xml: &'a str,
    /// With its tags.
    pub(super) at: Range<usize>,
    /// Its opening tag.
    pub(super) open: Range<usize>,
    /// What stands between its tags; empty, at its end, where it has one tag only.
    pub(super) inner: Range<usize>,
    /// The elements directly inside, once somebody asked.
    children: OnceCell<Vec<Element<'a>>>,
}

impl<'a> Element<'a> {
    /// The name with its prefix.
    pub(super) fn name(&self) -> &'a str {
        let tag = &self.xml[self.open.start + 1..self.open.end];
        &tag[..tag.find(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>').unwrap_or(tag.len())]
    }

    /// The name without its prefix.
    pub(super) fn local(&self) -> &'a str {
        local(self.name())
    }

    /// The prefix with its colon; empty where there is none.
    pub(super) fn prefix(&self) -> &'a str {
        let name = self.name();
        &name[..name.len() - local(name).len()]
    }

    /// Whether it has one tag only.
    pub(super) fn is_single(&self) -> bool {
        self.at == self.open
    }

    /// All its bytes.
    pub(super) fn text(&self) -> &'a str {
        &self.xml[self.at.clone()]
    }

    /// What stands between its tags, as it stands.
    pub(super) fn raw(&self) -> &'a str {
        &self.xml[self.inner.clone()]
    }

    /// What stands between its tags, entities resolved.
    pub(super) fn content(&self) -> String {
        unescape(self.raw())
    }

    /// Its attributes: name with prefix, and where the value stands between its quotes.
    pub(super) fn attributes(&self) -> Vec<(&'a str, Range<usize>)> {
        let mut found = Vec::new();
        let mut at = self.open.start + 1 + self.name().len();
        let rest = |at: usize| &self.xml[at..self.open.end];
        while let Some(equals) = rest(at).find('=') {
            let key = rest(at)[..equals].trim();
            let Some(quote) = rest(at + equals).find(['"', '\'']) else { break };
            let start = at + equals + quote + 1;
            let mark = char::from(self.xml.as_bytes()[start - 1]);
            let Some(len) = rest(start).find(mark) else { break };
            found.push((key, start..start + len));
            at = start + len + 1;
        }
        found
    }

    /// The value of an attribute by its name without prefix.
    pub(super) fn attribute(&self, key: &str) -> Option<String> {
        self.attribute_at(key).map(|at| unescape(&self.xml[at]))
    }

    /// Where the value of an attribute stands.
    pub(super) fn attribute_at(&self, key: &str) -> Option<Range<usize>> {
        self.attributes()
            .into_iter()
            .find(|(name, _)| local(name) == key && !name.starts_with("xmlns"))
            .map(|(_, at)| at)
    }

    /// The prefix, with its colon, that stands for a namespace on this element; `None` where none is declared.
    pub(super) fn prefix_of(&self, namespace: &str) -> Option<String> {
        self.attributes().into_iter().filter(|(_, at)| &self.xml[at.clone()] == namespace).find_map(|(name, _)| {
            if name == "xmlns" { Some(String::new()) } else { name.strip_prefix("xmlns:").map(|p| format!("{p}:")) }
        })
    }

    /// The elements directly inside; they are looked for once.
    pub(super) fn children(&self) -> Result<&[Element<'a>], Unmarkable> {
        if self.children.get().is_none() {
            let _ = self.children.set(elements(self.xml, self.inner.clone())?);
        }
        Ok(self.children.get().map_or(&[], Vec::as_slice))
    }

    /// The first element of a local name directly inside.
    pub(super) fn child(&self, name: &str) -> Result<Option<&Element<'a>>, Unmarkable> {
        Ok(self.children()?.iter().find(|child| child.local() == name))
    }

    /// The elements inside the first of a local name.
    pub(super) fn grandchildren(&self, name: &str) -> Result<&[Element<'a>], Unmarkable> {
        self.child(name)?.map_or(Ok(&[]), Element::children)
    }
}

/// The root of a document.
pub(super) fn root(xml: &str) -> Result<Element<'_>, Unmarkable> {
    let mut all = elements(xml, 0..xml.len())?;
    if all.len() == 1 { Ok(all.remove(0)) } else { Err(Unmarkable::Package("a part has no single root".into())) }
}

/// The elements that lie directly in a stretch of text.
fn elements(xml: &str, within: Range<usize>) -> Result<Vec<Element<'_>>, Unmarkable> {
    let mut reader = Reader::from_str(&xml[within.clone()]);
    let mut found = Vec::new();
    let mut opened: Vec<Range<usize>> = Vec::new();
    loop {
        let start = within.start + position(&reader);
        let event = reader.read_event().map_err(|e| Unmarkable::Package(e.to_string()))?;
        let end = within.start + position(&reader);
        match event {
            Event::Start(_) => opened.push(start..end),
            Event::End(_) => {
                if let (Some(open), true) = (opened.pop(), opened.is_empty()) {
                    let children = OnceCell::new();
                    found.push(Element { xml, at: open.start..end, inner: open.end..start, open, children });
                }
            }
            Event::Empty(_) if opened.is_empty() => {
                let children = OnceCell::new();
                found.push(Element { xml, at: start..end, open: start..end, inner: end..end, children });
            }
            Event::DocType(_) => return Err(Unmarkable::Package("a part has a document type".into())),
            Event::Eof => return Ok(found),
            _ => {}
        }
    }
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// Text with its entities resolved; as it stands where one is not known.
pub(super) fn unescape(text: &str) -> String {
    quick_xml::escape::unescape(text).map_or_else(|_| text.to_owned(), std::borrow::Cow::into_owned)
}

/// Changes to a text, made together so that none moves another.
#[derive(Debug, Default)]
pub(super) struct Edits(Vec<(Range<usize>, String)>);

impl Edits {
    /// Puts a text at a place; of several at one place the first stands first.
    pub(super) fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.0.push((at..at, text.into()));
    }

    /// Puts a text for another.
    pub(super) fn replace(&mut self, at: Range<usize>, text: impl Into<String>) {
        self.0.push((at, text.into()));
    }

    /// Takes a text out.
    pub(super) fn remove(&mut self, at: Range<usize>) {
        self.replace(at, "");
    }

    /// Puts elements at the end of what an element holds, giving it a second tag where it has one only.
    pub(super) fn append(&mut self, to: &Element<'_>, text: &str) {
        if to.is_single() {
            let tag = to.text().trim_end_matches('>').trim_end_matches('/');
            self.replace(to.at.clone(), format!("{tag}>{text}</{}>", to.name()));
        } else {
            self.insert(to.inner.end, text);
        }
    }

    /// Whether nothing is to be changed.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text with all changes.
    pub(super) fn apply(mut self, text: &str) -> String {
        self.0.sort_by_key(|(at, _)| (at.start, at.end));
        let mut changed = String::with_capacity(text.len() + self.0.iter().map(|(_, new)| new.len()).sum::<usize>());
        let mut done = 0;
        for (at, new) in self.0 {
            changed.push_str(&text[done..at.start.max(done)]);
            changed.push_str(&new);
            done = done.max(at.end);
        }
        changed.push_str(&text[done..]);
        changed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_found_with_the_bytes_they_take() {
        let xml = "<?xml version=\"1.0\"?>\n<x:a xmlns:x='u' k = \"1 &amp; 2\"><x:b/><c><b/></c> text </x:a>";
        let root = root(xml).unwrap();
        assert_eq!((root.name(), root.local(), root.prefix()), ("x:a", "a", "x:"));
        assert_eq!(root.attribute("k").as_deref(), Some("1 & 2"));
        assert_eq!(root.prefix_of("u").as_deref(), Some("x:"));
        let children: Vec<&str> = root.children().unwrap().iter().map(Element::text).collect();
        assert_eq!(children, ["<x:b/>", "<c><b/></c>"]);
    }

    #[test]
    fn edits_leave_all_else_as_it_stands() {
        let xml = "<a><b/><c>1</c></a>";
        let root = root(xml).unwrap();
        let children = root.children().unwrap();
        let mut edits = Edits::default();
        edits.append(&children[0], "<d/>");
        edits.replace(children[1].inner.clone(), "2");
        edits.insert(root.inner.end, "<e/>");
        assert_eq!(edits.apply(xml), "<a><b><d/></b><c>2</c><e/></a>");
    }

    #[test]
    fn a_document_type_is_refused() {
        assert!(root("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>").is_err());
    }
}
