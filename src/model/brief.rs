//! A brief: a short paper about one commune or one office, for a working session. Like the [report](super::report) it is
//! decided to the last letter before it is drawn.

use jiff::civil::DateTime;

use super::Lang;
use super::report::{Block, Properties};

/// A short paper about one commune or one office.
#[derive(Debug, Clone)]
pub struct Brief {
    /// Language of all its text.
    pub lang: Lang,
    /// When what it tells of was received; goes into document properties.
    pub made_at: DateTime,
    /// Title, subject, author and keywords of the document.
    pub properties: Properties,
    /// Who hands it out: capitals, one line each.
    pub issuer: Vec<String>,
    /// The place and month it is of, opposite the issuer.
    pub occasion: Vec<String>,
    /// What it tells of, bold, in the middle.
    pub title: String,
    /// Of whom, below the title.
    pub subject: String,
    /// What it rests on, in italics below that; may be empty.
    pub source: String,
    /// In order.
    pub blocks: Vec<Block>,
}
