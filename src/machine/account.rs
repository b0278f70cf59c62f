//! Who runs the program, and where it lies.

use std::env;
use std::path::PathBuf;

use crate::error::{Error, Operation};

/// Where the user's own settings of programs lie on Unix; `None` where the user has no home.
#[must_use]
pub fn config_folder() -> Option<PathBuf> {
    let named = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    named("XDG_CONFIG_HOME").or_else(|| named("HOME").map(|home| home.join(".config")))
}

/// The account as Windows names it: `PHONG-NTM\lan`; `None` elsewhere.
#[must_use]
pub fn account() -> Option<String> {
    let (domain, user) = (env::var("USERDOMAIN").ok()?, env::var("USERNAME").ok()?);
    Some(format!("{domain}\\{user}"))
}

/// The program's own file, as an absolute path.
///
/// # Errors
///
/// The system does not say.
pub fn this_program() -> Result<PathBuf, Error> {
    env::current_exe().map_err(|source| Error::Io { operation: Operation::Inspect, path: "ntm".into(), source })
}
