//! Briefs: what one commune, and what one office in charge, takes along to a working session.

mod commune;
mod office;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use super::Material;
use super::words::capitalised;
use crate::model::brief::Brief;
use crate::model::report::{Block, Properties};

pub use commune::commune_brief;
pub use office::office_brief;

/// How much a brief tells; a shorter one is taken where a fuller one would not fit its pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// Every item in its full wording, with its plan.
    Full,
    /// Every item by the first words of its wording, with its plan.
    Named,
    /// Every item with its plan, cut to a line or two.
    Short,
    /// The most pressing items with their plans, the others by their codes.
    Pressing,
    /// All items by their codes.
    Codes,
}

impl Detail {
    /// From the fullest to the shortest.
    pub const ALL: [Detail; 5] = [Detail::Full, Detail::Named, Detail::Short, Detail::Pressing, Detail::Codes];
}

/// A file name for each name, without ending: the name itself with nothing in it that a folder could not take, and what
/// tells it apart where another has the same.
#[must_use]
pub fn file_names<'a>(names: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let named = names.into_iter().map(|(name, apart)| {
        let legal: String = name.chars().map(|letter| if is_legal(letter) { letter } else { '-' }).collect();
        // Windows drops dots and spaces at the end of a name, and takes capitals and small letters for the same.
        let legal = legal.trim_matches(|letter: char| letter == '.' || letter.is_whitespace()).to_owned();
        let free = !legal.is_empty() && taken.insert(legal.to_lowercase());
        if free { legal } else { format!("{legal} {apart}").trim_start().to_owned() }
    });
    named.collect()
}

fn is_legal(letter: char) -> bool {
    !letter.is_control() && !r#"<>:"/\|?*"#.contains(letter)
}

/// Headings numbered as they come.
struct Parts<'a> {
    material: &'a Material<'a>,
    count: usize,
    blocks: Vec<Block>,
}

impl<'a> Parts<'a> {
    fn new(material: &'a Material<'a>) -> Self {
        Parts { material, count: 0, blocks: Vec::new() }
    }

    /// Adds a part under its heading; nothing where it has no blocks.
    fn add(&mut self, title: impl Into<String>, blocks: Vec<Block>) {
        if blocks.is_empty() {
            return;
        }
        self.count += 1;
        let heading = self.material.wording.brief().numbered(self.count, title.into());
        self.blocks.push(Block::Heading(heading.into()));
        self.blocks.extend(blocks);
    }
}

/// What stands in the document's properties.
fn properties(material: &Material<'_>, title: String) -> Properties {
    let paper = material.wording.paper();
    let (unit, period) = (&material.settings.unit.name, material.assessment.period.short());
    Properties {
        title,
        subject: paper.subject(unit, &period).into(),
        author: material.settings.letterhead.issuer.join(" "),
        keywords: paper.keywords(unit, &period).into(),
    }
}

/// Who hands a brief out, and of what month it is.
fn heads(material: &Material<'_>) -> (Vec<String>, Vec<String>) {
    let (wording, letterhead) = (material.wording.brief(), &material.settings.letterhead);
    let issuer = match letterhead.issuer.iter().all(|line| line.trim().is_empty()) {
        true => vec![capitalised(&material.settings.unit.name)],
        false => letterhead.issuer.clone(),
    };
    (issuer, vec![wording.kind().into(), wording.month(material.assessment.period.short()).into()])
}

/// A brief in the frame that all have.
fn brief(
    material: &Material<'_>,
    made_at: jiff::civil::DateTime,
    [document, title, subject, source]: [String; 4],
    blocks: Vec<Block>,
) -> Brief {
    let (issuer, occasion) = heads(material);
    let properties = properties(material, document);
    Brief { lang: material.wording.lang(), made_at, properties, issuer, occasion, title, subject, source, blocks }
}
