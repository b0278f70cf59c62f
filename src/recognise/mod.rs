//! Grids to submissions.
