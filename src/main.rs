//! The binary: parse, run, show diagnostics, exit. The only place that prints or exits.

fn main() {}
