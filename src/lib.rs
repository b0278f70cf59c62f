//! Communes' monthly NTM reports in, one checked workbook and one paper out.
//!
//! # The line of stages
//!
//! ```text
//! bytes  -read->       Grid*            one file: every cell with its place, format, merge, hidden, font
//! Grid*  -recognise->  Submission*      which commune, month, set; each entry still in the sender's words
//! entry* -normalise->  observations     one frame for all files: verdicts, numbers, units, dates
//!        -store->      Parquet          all versions, months, communes
//!        -assess->     Assessment       roll-up, change since last month, declared against listed, ledger
//!        -compose->    Report           every word, number and order decided
//!        -render->     bytes            workbook and paper
//!        -publish->    files            written beside, then renamed
//! ```
//!
//! Data goes one way. A stage takes values and gives values with [diagnostics](diag); it does not know another stage,
//! the disk, the clock or the console. [`pipeline`] calls them in order and is the only one that knows them all;
//! [`host`] is the only one that touches the outside; the binary alone prints and exits. Work on a sender's file stands
//! behind a [`fence`].
//!
//! | stage | entry | library met there and nowhere else |
//! |---|---|---|
//! | [`read`] | [`read::workbook`] | calamine |
//! | [`recognise`] | [`recognise::submissions`] | |
//! | [`normalise`] | [`normalise::batch`] | polars, as all after it |
//! | [`store`] | [`store::merge`], [`store::encode`], [`store::decode`] | polars-io |
//! | [`assess`] | [`assess::month`], [`assess::history`], [`assess::why`], [`assess::reconcile`] | |
//! | [`compose`] | [`compose::report`] | |
//! | [`render`] | [`render::xlsx::workbook`], [`render::pdf::paper`], [`render::returned::copy`] | rust_xlsxwriter; printpdf, lopdf |
//! | [`publish`] | [`publish::publish`] | |
//!
//! What a closed month keeps of itself is a record of its own: [`closing`].
//!
//! Beside the line stand what all share: the nouns in [`model`], what ships as data in [`catalogue`], Vietnamese as
//! clerks type it in [`text`], the office's [`settings`]. Read [`pipeline`] next, then the `mod.rs` of one stage.

// In reading order.
pub mod pipeline;

pub mod read;
pub mod recognise;

pub mod normalise;
pub mod store;

pub mod assess;
pub mod compose;
pub mod render;

pub mod publish;

pub mod closing;
pub mod watch;

pub mod show;

pub mod catalogue;
pub mod diag;
pub mod model;
pub mod settings;
pub mod text;
pub mod xml;

pub mod error;
pub mod fence;
pub mod host;
pub mod init;
pub mod machine;
pub mod schedule;
