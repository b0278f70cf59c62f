//! The one integration test binary: linking polars is slow, so every file here is a module of it.

mod answers;
mod architecture;
mod bulk;
mod cli;
mod faults;
mod pipeline;
mod properties;
mod provoked;
mod questions;
mod samples;
mod stages;
mod support;
