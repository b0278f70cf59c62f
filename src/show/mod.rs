//! What a person or another program is shown of a checkup or of the store: text, and JSON.
//!
//! Makes strings; `main` prints them.

mod attention;
mod columns;
pub mod history;
pub mod json;
pub mod person;
pub mod status;
pub mod why;
mod words;
