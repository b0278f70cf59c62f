//! Observations, submissions, files and diagnostics by month, as Parquet.
