//! Frames to the report: all words, numbers and order.
