//! What a person or another program is shown of a checkup: text, and the JSON of the contract.
//!
//! Makes strings; `main` prints them.

pub mod json;
pub mod person;
