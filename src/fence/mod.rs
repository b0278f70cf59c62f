//! A fence around the work on senders' files: one process of this binary works, another of it keeps watch.
//!
//! A file may do what no code can catch: overflow the stack, ask for more memory than there is, never come to an end.
//! So the binary starts itself once more with the same words: that process, the worker, does everything, file after
//! file; the one that was called, the [keeper](keep), only waits. Before the worker touches a file its host
//! ([`Fenced`]) writes the file's hash into a journal, and again when it is through with it. Where the worker dies, or
//! is too long at one file, the journal tells the keeper which files it had in hand. These are *suspected*: the worker
//! is started anew and takes each of them alone. A file that breaks it once more, alone, is *broken*: it is not touched
//! again, and the third start sets it aside with a diagnostic like any other file that cannot be read.
//!
//! What the worker has to say goes through the keeper ([`Said`]), which alone speaks to the person at the desk: a worker
//! that dies leaves words of the runtime in its error stream, English and of no use to them. They go into the log.
//!
//! That costs a run one more process and two short lines a file; no file is copied from one to the other. It rests on what [`pipeline`](crate::pipeline) promises anyway: a run cut off anywhere is finished by the next. A machine that
//! stumbles (memory taken by other programs, a person who ends the worker) harms no file, because once is not enough.
//!
//! | bounded | by |
//! |---|---|
//! | time | `NTM_FILE_SECONDS`, 60 where it is not set, counted by the keeper |
//! | memory | `NTM_FILE_MEMORY` MiB, 1024 where it is not set, for all files in hand together, above what the process held before: counted by the system on Linux, by the allocator elsewhere; and the look before a package is opened ([`read`](crate::read)) |
//! | output | the limits of `read` on cells and messages |

mod journal;
mod keeper;
mod memory;
mod speech;
mod worker;

pub use keeper::{Ended, News, keep};
pub use memory::THRIFT;
pub use speech::Said;
pub use worker::Fenced;

use std::env;

/// How long a file may be worked on, in seconds.
fn seconds() -> u32 {
    number("NTM_FILE_SECONDS").unwrap_or(60)
}

/// How much memory files may take, in bytes.
fn memory() -> u64 {
    number::<u64>("NTM_FILE_MEMORY").unwrap_or(1024) << 20
}

/// What a worker's environment says of memory, unless it says something of it already.
fn thrift() -> impl Iterator<Item = (&'static str, &'static str)> {
    THRIFT.into_iter().filter(|(name, _)| env::var_os(name).is_none())
}

/// A number out of the environment; what is none counts as not set.
fn number<T: std::str::FromStr>(name: &str) -> Option<T> {
    env::var(name).ok()?.trim().parse().ok()
}
