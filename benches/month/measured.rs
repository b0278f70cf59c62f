//! One measurement: its time, its cells and the peak of memory of the process it was taken in.

use std::error::Error;
use std::fmt;
use std::path::Path;
use std::process::Command;
use std::str::FromStr;

/// What a failure is carried as, out of threads too.
pub(crate) type Fault = Box<dyn Error + Send + Sync>;

/// What a measurement found; printed by the process that measures, parsed by the one that asked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Measured {
    pub(crate) seconds: f64,
    /// Read or written; 0 where they are not counted.
    pub(crate) cells: u64,
    /// Unknown where the system does not tell it.
    pub(crate) peak_kib: Option<u64>,
}

impl Measured {
    /// A measurement of this process, with its peak of memory so far.
    pub(crate) fn here(seconds: f64, cells: u64) -> Self {
        Measured { seconds, cells, peak_kib: peak_kib() }
    }
}

impl fmt::Display for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let peak = self.peak_kib.map_or("-".to_owned(), |kib| kib.to_string());
        write!(f, "{} {} {peak}", self.seconds, self.cells)
    }
}

impl FromStr for Measured {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut parts = text.split_whitespace();
        let mut next = || parts.next().ok_or_else(|| format!("the measurement says {text:?}"));
        Ok(Measured { seconds: next()?.parse()?, cells: next()?.parse()?, peak_kib: next()?.parse().ok() })
    }
}

/// Takes a measurement in a process of its own.
pub(crate) fn measure_apart(what: &str, place: &Path) -> Result<Measured, Fault> {
    // The day after the month's deadline, for every run alike.
    let clock = ("NTM_NOW", "2023-04-26T08:00:00");
    // With the memory of a worker, which is what does the work of `ntm run`.
    let mut measured = Command::new(std::env::current_exe()?);
    let output = measured.arg(what).arg(place).env(clock.0, clock.1).envs(ntm::fence::THRIFT).output()?;
    if !output.status.success() {
        return Err(format!("{what} failed: {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    String::from_utf8(output.stdout)?.parse()
}

/// The measurement of the median time, with the highest peak of all.
pub(crate) fn median(rounds: &[Measured]) -> Measured {
    let mut sorted = rounds.to_vec();
    sorted.sort_by(|a, b| a.seconds.total_cmp(&b.seconds));
    let peak_kib = rounds.iter().map(|round| round.peak_kib).max().flatten();
    Measured { peak_kib, ..sorted[sorted.len() / 2] }
}

/// The most memory this process has held, as Linux tells it.
fn peak_kib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}
