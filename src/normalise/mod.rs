//! Entries to the observation frame.
