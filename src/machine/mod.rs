//! The machine beside its disk: what it tells of a folder, the wish to stop, and programs that it runs.

mod account;
mod bell;
mod program;

pub use account::{account, config_folder, this_program};
pub use bell::SystemBell;
pub use program::{End, Finished, Programs, System};
