//! How much memory files may take while they are in hand. Linux counts what a process may write to; elsewhere there is
//! no such bound that safe code could set.

/// What the environment of a worker says so that it holds less. glibc gives each thread memory of its own and keeps what is
/// freed there: of 1,000 files a run held a quarter more than without this. Other systems pay no heed.
pub const THRIFT: [(&str, &str); 1] = [("MALLOC_ARENA_MAX", "2")];

#[cfg(target_os = "linux")]
pub(super) use linux::Memory;

#[cfg(not(target_os = "linux"))]
pub(super) use elsewhere::Memory;

#[cfg(target_os = "linux")]
mod linux {
    use std::fs;
    use std::sync::{Mutex, PoisonError};

    use rlimit::Resource;

    /// The bound: it stands while at least one file is in hand, so that it never meets the work on all files together.
    #[derive(Debug)]
    pub(in super::super) struct Memory {
        bytes: u64,
        in_hand: Mutex<usize>,
    }

    impl Memory {
        /// So many bytes above what the process holds when the first file is begun.
        pub(in super::super) fn of_files(bytes: u64) -> Memory {
            Memory { bytes, in_hand: Mutex::new(0) }
        }

        /// A file is begun.
        pub(in super::super) fn bound(&self) {
            let mut in_hand = self.in_hand.lock().unwrap_or_else(PoisonError::into_inner);
            *in_hand += 1;
            if *in_hand == 1
                && let Some(held) = held()
            {
                set(Some(held.saturating_add(self.bytes)));
            }
        }

        /// A file is done with.
        pub(in super::super) fn free(&self) {
            let mut in_hand = self.in_hand.lock().unwrap_or_else(PoisonError::into_inner);
            *in_hand = in_hand.saturating_sub(1);
            if *in_hand == 0 {
                set(None);
            }
        }
    }

    /// Sets or lifts the bound; a system that refuses leaves the process as bounded as it was.
    fn set(bytes: Option<u64>) {
        if let Ok((_, most)) = Resource::DATA.get() {
            let _ = Resource::DATA.set(bytes.map_or(most, |bytes| bytes.min(most)), most);
        }
    }

    /// The private memory that this process can write to, in bytes.
    fn held() -> Option<u64> {
        let status = fs::read_to_string("/proc/self/status").ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmData:"))?;
        Some(line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()? << 10)
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn the_bound_stands_while_a_file_is_in_hand() {
            let before = Resource::DATA.get().unwrap().0;
            // So wide that it bounds no other test.
            let memory = Memory::of_files(1 << 40);
            memory.bound();
            memory.bound();
            memory.free();
            let during = Resource::DATA.get().unwrap().0;
            memory.free();
            assert!(during > 1 << 40 && during < before, "{during} of {before}");
            assert_eq!(Resource::DATA.get().unwrap().0, before);
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod elsewhere {
    /// No bound.
    #[derive(Debug)]
    pub(in super::super) struct Memory;

    impl Memory {
        pub(in super::super) fn of_files(_bytes: u64) -> Memory {
            Memory
        }

        pub(in super::super) fn bound(&self) {}

        pub(in super::super) fn free(&self) {}
    }
}
