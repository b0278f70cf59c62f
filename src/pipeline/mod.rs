//! The stages in order, with a fault boundary around each file.
//!
//! Only this module knows all stages; they do not know each other, nor the disk, the clock or the console.

mod again;
mod answer;
mod archive;
mod briefs;
mod check;
mod close;
mod closings;
mod consult;
mod examine;
mod frames;
mod held;
mod intake;
mod journal;
mod papers;
mod parts;
mod plans;
mod problems;
mod returned;
mod run;
mod summary;
mod template;
mod verify;
mod workspace;

pub use answer::{Answered, Open, answer, questions};
pub use check::{Checkup, check};
pub use close::{Closed, close, reopen};
pub use closings::place_of;
pub use consult::{ClosedOnce, OnRecord, Stored, consult};
pub use examine::{Desk, Examined, Judged, examine, judge, sha256};
pub use intake::Uncleared;
pub use journal::{PAGE, keep_log, leave_page};
pub use plans::{HandedOut, Whom, hand_out};
pub use run::{Outcome, Request, run, shown};
pub use summary::{Course, Month, Received, Summary, Told};
pub use template::{Forms, template};
pub use verify::{Verified, verify};
pub use workspace::Workspace;
