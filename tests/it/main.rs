//! The one integration test binary: linking polars is slow, so every file here is a module of it.

mod bulk;
mod cli;
mod faults;
mod pipeline;
mod samples;
mod support;
