//! The one integration test binary: linking polars is slow, so every file here is a module of it.

mod after_run;
mod answers;
mod architecture;
mod bulk;
mod cli;
mod closing;
mod faults;
mod forms;
mod half_year;
mod hostile;
mod inbox;
mod kills;
mod mergers;
mod pipeline;
mod plans;
mod properties;
mod provoked;
mod questions;
mod returned;
mod samples;
mod schedule;
mod stages;
mod story;
mod support;
mod verify;
mod watch;
