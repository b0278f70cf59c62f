//! What a person or another program is shown of a checkup or of the store: text, and JSON.
//!
//! Makes strings; `main` prints them.

mod alike;
mod attention;
mod columns;
mod composed;
pub mod history;
pub mod json;
pub mod log;
mod merged;
pub mod page;
pub mod person;
mod picture;
pub mod questions;
pub mod status;
mod table;
pub mod verified;
pub mod watching;
pub mod why;
mod words;

use crate::model::Lang;

pub use person::Colour;
pub use table::fitted;
pub use words::quoted;

/// How a person is spoken to.
#[derive(Debug, Clone, Copy)]
pub struct Manner<'a> {
    /// In which language.
    pub lang: Lang,
    /// With colours or without.
    pub colour: Colour,
    /// How many columns the terminal has; `None` where there is none, and lines may be as long as they are.
    pub terminal: Option<usize>,
    /// Whether all is told.
    pub is_verbose: bool,
    /// The workspace as it was named, for command lines to be typed.
    pub workspace: &'a str,
}

/// Columns of what is drawn where there is no terminal.
const WIDTH: usize = 100;

impl Manner<'_> {
    /// The columns for what is drawn.
    fn width(&self) -> usize {
        self.terminal.unwrap_or(WIDTH)
    }
}
