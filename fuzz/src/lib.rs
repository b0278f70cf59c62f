//! What the fuzz targets share.

use std::panic::{self, AssertUnwindSafe};
use std::process::abort;
use std::sync::Once;

/// Work that the pipeline does behind its boundary. A panic of the library that decodes workbooks is known and becomes
/// the file's diagnostic there; one of our own is a finding.
pub fn guarded(work: impl FnOnce()) {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |about| {
            let is_known = about.location().is_some_and(|at| at.file().contains("/calamine-"));
            if !is_known {
                usual(about);
                abort();
            }
        }));
    });
    let _ = panic::catch_unwind(AssertUnwindSafe(work));
}
