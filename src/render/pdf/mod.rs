//! The report as a PDF, laid out as Nghị định 30/2020/NĐ-CP asks of an administrative document.
//!
//! *Takes* a [`Report`] or a [`Brief`]; *gives* the bytes of a PDF, the same for the same value; *never* decides a word
//! or a figure, and never leaves one out that is meant for paper.
//!
//! Layout is pure: `layout` turns sections into slabs (`head`, `blocks`, `table`), and `flow` sets these on pages of
//! positioned text, lines and tints. `paint` alone knows printpdf; `finish`, `structure` and `archival` know lopdf.

mod archival;
mod blocks;
mod chart;
mod columns;
mod finish;
mod flow;
mod fonts;
mod head;
mod header;
mod layout;
mod links;
mod numbers;
mod page;
mod paint;
mod plan;
mod profile;
mod structure;
mod style;
mod table;
mod tags;
mod text;

#[cfg(test)]
mod tests;

use jiff::civil::DateTime;

use crate::model::Lang;
use crate::model::brief::Brief;
use crate::model::report::{Properties, Report};

/// A paper that could not be made: a fault of ours, never of the data.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    /// A face could not be cut to the letters used.
    #[error("cannot embed {face}: {reason}")]
    Face {
        /// Its name in the document.
        face: &'static str,
        /// What the library says.
        reason: String,
    },
    /// The drawn document has no catalogue.
    #[error("the drawn document is not whole: {0}")]
    Structure(String),
    /// The document could not be written into memory.
    #[error("cannot write the document")]
    Write(#[from] std::io::Error),
}

/// Draws the report for paper.
///
/// # Errors
///
/// When a library cannot embed a face or write the document; no report causes that.
pub fn paper(report: &Report) -> Result<Vec<u8>, PaperError> {
    let about = About { lang: report.lang, made_at: report.made_at, properties: &report.properties };
    drawn(layout::pages(report), &about)
}

/// Draws a brief: the first of several, from the fullest to the shortest, that takes no more pages than it may, else the
/// last. `None` where there is none.
///
/// # Errors
///
/// As [`paper`].
pub fn brief(briefs: impl IntoIterator<Item = Brief>, most_pages: usize) -> Result<Option<Vec<u8>>, PaperError> {
    let mut shortest = None;
    for brief in briefs {
        let paper = layout::brief_pages(&brief);
        let fits = paper.pages.len() <= most_pages;
        shortest = Some((brief, paper));
        if fits {
            break;
        }
    }
    let Some((brief, paper)) = shortest else { return Ok(None) };
    let about = About { lang: brief.lang, made_at: brief.made_at, properties: &brief.properties };
    drawn(paper, &about).map(Some)
}

/// What a document says of itself.
struct About<'a> {
    lang: Lang,
    made_at: DateTime,
    properties: &'a Properties,
}

fn drawn(mut paper: page::Paper, about: &About<'_>) -> Result<Vec<u8>, PaperError> {
    let links = links::of(&mut paper);
    let contents: Vec<Vec<tags::Tag>> = match paper.pages.len() {
        few if few <= tags::MOST_PAGES => paper.pages.iter().map(tags::contents).collect(),
        _ => Vec::new(),
    };
    let document = paint::document(&mut paper, !contents.is_empty())?;
    finish::bytes(document, &paper, &contents, &links, about)
}
