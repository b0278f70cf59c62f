//! The bell of a watch: the system's own events of a folder, Ctrl-C and its like, and the time.

use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::error::Error;
use crate::watch::{Bell, Wake};

/// The bell that the system rings.
#[derive(Debug)]
pub struct SystemBell {
    rung: Arc<Rung>,
    begun: Instant,
    /// Listens as long as it is held.
    listener: Option<RecommendedWatcher>,
}

/// What was told and not yet heard.
#[derive(Debug, Default)]
struct Rung {
    told: Mutex<Told>,
    changed: Condvar,
}

#[derive(Debug, Default, Clone, Copy)]
struct Told {
    is_changed: bool,
    is_stopped: bool,
}

impl Rung {
    fn tell(&self, tell: impl FnOnce(&mut Told)) {
        tell(&mut self.told.lock().unwrap_or_else(PoisonError::into_inner));
        self.changed.notify_all();
    }
}

impl SystemBell {
    /// A bell that is rung by Ctrl-C, by SIGTERM and, on Windows, by closing the window or ending the session.
    ///
    /// # Errors
    ///
    /// The system refuses to tell of them.
    pub fn new() -> Result<Self, Error> {
        let rung = Arc::new(Rung::default());
        let stopped = Arc::clone(&rung);
        ctrlc::set_handler(move || stopped.tell(|told| told.is_stopped = true)).map_err(Error::internal)?;
        Ok(SystemBell { rung, begun: Instant::now(), listener: None })
    }
}

impl Bell for SystemBell {
    fn elapsed(&self) -> Duration {
        self.begun.elapsed()
    }

    fn wait(&mut self, at_most: Duration, only_stop: bool) -> Wake {
        let told = self.rung.told.lock().unwrap_or_else(PoisonError::into_inner);
        let is_quiet = |told: &mut Told| !told.is_stopped && (only_stop || !told.is_changed);
        let waited = self.rung.changed.wait_timeout_while(told, at_most, is_quiet);
        let (mut told, _) = waited.unwrap_or_else(PoisonError::into_inner);
        if told.is_stopped {
            Wake::Stop
        } else if !only_stop && std::mem::take(&mut told.is_changed) {
            Wake::Changed
        } else {
            Wake::TimeUp
        }
    }

    fn listen(&mut self, folder: &Path) {
        let rung = Arc::clone(&self.rung);
        let tell = move |event: notify::Result<notify::Event>| {
            // A system that lost events says so: then anything may have changed.
            if event.map_or(true, |event| is_change(event.kind)) {
                rung.tell(|told| told.is_changed = true);
            }
        };
        let listener = notify::recommended_watcher(tell).and_then(|mut listener| {
            listener.watch(folder, RecursiveMode::Recursive)?;
            Ok(listener)
        });
        // Where the system cannot tell, the inbox is looked at all the same, only not at once.
        self.listener = listener.ok();
    }
}

/// Whether a file may have come or become whole. That one is opened is no change: looking at it opens it.
fn is_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(kind) => kind == AccessKind::Close(AccessMode::Write),
        _ => true,
    }
}
