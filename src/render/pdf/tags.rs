//! What each text of a page is, for those who read a paper with their ears: headings, paragraphs, lists, tables, charts.
//!
//! The texts of a page that belong to one element and follow each other are one marked content, numbered from zero on
//! each page; everything else (grounds, lines, page numbers, headers that come again) is an artifact.

use super::page::{Item, Page};

/// Papers of more pages are not tagged: a structure of every cell of a province would be longer than the paper.
pub(super) const MOST_PAGES: usize = 120;

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) enum Kind {
    /// No part of what is said.
    #[default]
    Artifact,
    /// A line of the head or of the end, a paragraph, a note.
    Paragraph,
    /// The paper's title.
    Title,
    /// The title of a section.
    Section,
    /// A heading inside a section.
    Heading,
    /// An item of a list.
    Item,
    /// The caption of a table.
    Caption,
    /// A cell that heads a column or a row.
    Head,
    /// A cell.
    Cell,
    /// A text of a chart.
    Chart,
}

/// Which element of the paper a text belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Tag {
    pub kind: Kind,
    /// Counts the blocks of the paper.
    pub block: u32,
    /// Counts the parts of a table that is cut by columns.
    pub part: u16,
    /// Of a cell: counts the rows of its table, two of them its header's.
    pub row: u32,
    /// Of a cell: counts from the left.
    pub column: u16,
    /// Of a cell: over how many columns and rows it goes, where it is more than one.
    pub span: (u8, u8),
    /// Of a text that leads elsewhere: its number among the paper's links, from one.
    pub link: u16,
}

impl Tag {
    /// A cell of a table.
    pub(super) fn cell(kind: Kind, row: u32, column: usize) -> Self {
        Tag { kind, row, column: u16::try_from(column).unwrap_or(u16::MAX), ..Tag::default() }
    }
}

/// Says what the texts among these items are, where nothing is said of them yet.
pub(super) fn set<'a>(items: impl IntoIterator<Item = &'a mut Item>, tag: Tag) {
    for item in items {
        if let Item::Text(run) = item
            && run.tag.kind == Kind::Artifact
        {
            run.tag = tag;
        }
    }
}

/// Counts the blocks of a paper.
#[derive(Debug, Default)]
pub(super) struct Blocks(u32);

impl Blocks {
    /// Says which block all texts among these items belong to; those of which nothing is said yet are of a kind.
    pub(super) fn add<'a>(&mut self, items: impl IntoIterator<Item = &'a mut Item>, kind: Kind) -> u32 {
        self.0 += 1;
        for item in items {
            if let Item::Text(run) = item {
                run.tag.kind = if run.tag.kind == Kind::Artifact { kind } else { run.tag.kind };
                run.tag.block = self.0;
            }
        }
        self.0
    }
}

/// The marked contents of a page, in order: their number there is their place.
pub(super) fn contents(page: &Page) -> Vec<Tag> {
    let mut contents: Vec<Tag> = Vec::new();
    let mut last = Tag::default();
    for item in &page.items {
        let Item::Text(run) = item else { continue };
        if run.text.is_empty() {
            continue;
        }
        if run.tag != last && run.tag.kind != Kind::Artifact {
            contents.push(run.tag);
        }
        last = run.tag;
    }
    contents
}
