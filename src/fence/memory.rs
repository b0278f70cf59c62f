//! How much memory files may take while they are in hand: at least one, so that the bound never meets the work on all
//! files together. Linux itself counts what a process may write to; elsewhere there is no such bound that safe code could
//! set, and the allocator counts what it gives.

use std::sync::{Mutex, PoisonError};

#[cfg(not(target_os = "linux"))]
use allocator as bound;
#[cfg(target_os = "linux")]
use system as bound;

/// What the environment of a worker says so that it holds less. glibc gives each thread memory of its own and keeps what is
/// freed there: of 1,000 files a run held a quarter more than without this. Other systems pay no heed.
pub const THRIFT: [(&str, &str); 1] = [("MALLOC_ARENA_MAX", "2")];

/// The bound on what files may take.
#[derive(Debug)]
pub(super) struct Memory {
    bytes: u64,
    in_hand: Mutex<usize>,
}

impl Memory {
    /// So many bytes above what the process holds when the first file is begun.
    pub(super) fn of_files(bytes: u64) -> Memory {
        Memory { bytes, in_hand: Mutex::new(0) }
    }

    /// A file is begun.
    pub(super) fn bound(&self) {
        let mut in_hand = self.in_hand.lock().unwrap_or_else(PoisonError::into_inner);
        *in_hand += 1;
        if *in_hand == 1 {
            bound::set(self.bytes);
        }
    }

    /// A file is done with.
    pub(super) fn free(&self) {
        let mut in_hand = self.in_hand.lock().unwrap_or_else(PoisonError::into_inner);
        *in_hand = in_hand.saturating_sub(1);
        if *in_hand == 0 {
            bound::lift();
        }
    }
}

/// The system's own bound.
#[cfg(target_os = "linux")]
mod system {
    use std::fs;

    use rlimit::Resource;

    /// Lets the process take so many bytes more; a system that refuses leaves it as bounded as it was.
    pub(super) fn set(more: u64) {
        if let Some(held) = held() {
            set_to(|most| held.saturating_add(more).min(most));
        }
    }

    /// Lets the process take what it may.
    pub(super) fn lift() {
        set_to(|most| most);
    }

    fn set_to(bytes: impl Fn(u64) -> u64) {
        if let Ok((_, most)) = Resource::DATA.get() {
            let _ = Resource::DATA.set(bytes(most), most);
        }
    }

    /// The private memory that this process can write to, in bytes.
    fn held() -> Option<u64> {
        let status = fs::read_to_string("/proc/self/status").ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmData:"))?;
        Some(line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()? << 10)
    }

    /// What the process may hold now.
    #[cfg(test)]
    pub(super) fn limit() -> u64 {
        Resource::DATA.get().unwrap().0
    }
}

/// An allocator that counts: one byte beyond the bound is refused, which ends the process.
#[cfg(not(target_os = "linux"))]
mod allocator {
    use std::alloc::System;

    use cap::Cap;

    #[global_allocator]
    static HEAP: Cap<System> = Cap::new(System, usize::MAX);

    /// Lets the process take so many bytes more.
    pub(super) fn set(more: u64) {
        let more = usize::try_from(more).unwrap_or(usize::MAX);
        // Less than what is held by now, in other threads, is no bound that could be set.
        let _ = HEAP.set_limit(HEAP.allocated().saturating_add(more));
    }

    /// Lets the process take what the system has.
    pub(super) fn lift() {
        let _ = HEAP.set_limit(usize::MAX);
    }

    /// What the process may hold now.
    #[cfg(test)]
    pub(super) fn limit() -> u64 {
        HEAP.limit() as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bound_stands_while_a_file_is_in_hand() {
        let before = bound::limit();
        // So wide that it bounds no other test.
        let memory = Memory::of_files(1 << 40);
        memory.bound();
        memory.bound();
        memory.free();
        let during = bound::limit();
        memory.free();
        assert!(during > 1 << 40 && during < before, "{during} of {before}");
        assert_eq!(bound::limit(), before);
    }
}
