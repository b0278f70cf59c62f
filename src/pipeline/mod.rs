//! The stages in order, with a fault boundary around each file.
//!
//! Only this module knows all stages; they do not know each other, nor the disk, the clock or the console.

mod again;
mod answer;
mod archive;
mod briefs;
mod check;
mod consult;
mod examine;
mod frames;
mod intake;
mod returned;
mod run;
mod workspace;

pub use answer::{Answered, Open, answer, questions};
pub use check::{Checkup, check};
pub use consult::{Stored, consult};
pub use examine::{Desk, Examined, Judged, examine, judge, sha256};
pub use run::{Outcome, Request, run, shown};
pub use workspace::Workspace;
