//! The one integration test binary: linking polars is slow, so every file here is a module of it.

mod answers;
mod architecture;
mod bulk;
mod cli;
mod closing;
mod faults;
mod half_year;
mod hostile;
mod kills;
mod mergers;
mod pipeline;
mod properties;
mod provoked;
mod questions;
mod returned;
mod samples;
mod stages;
mod story;
mod support;
mod verify;
