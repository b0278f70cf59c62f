//! What ships in `templates/`: criteria sets, vocabulary and wording, read and checked.

pub mod wording;
