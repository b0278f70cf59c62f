//! The chains of sectors of a compound file: whether each of them ends.
//!
//! The reader of xls follows them without counting: one that goes round would have it ask for memory until there is
//! none. A file in which one does is damaged; whatever else is wrong with a file, the reader finds itself.

/// Marks above this are no sectors: the end of a chain, a free sector, sectors of the tables themselves.
const LAST_SECTOR: u32 = 0xffff_fffa;

/// Where in the header stand the power of two that sectors are long, the first sector of the small chains' table, the
/// first that continues the list of the tables' sectors, and that list.
const SECTOR_SHIFT: usize = 0x1e;
const FIRST_MINI: usize = 0x3c;
const FIRST_CONTINUATION: usize = 0x44;
const LIST: std::ops::Range<usize> = 0x4c..0x200;

/// Whether every chain ends, as far as the tables can be read.
pub(super) fn chains_end(bytes: &[u8]) -> bool {
    let Some(file) = Compound::of(bytes) else { return true };
    let Some(next) = file.table() else { return false };
    if goes_round(&next) {
        return false;
    }
    let mini = file.word(FIRST_MINI).unwrap_or(u32::MAX);
    let chain = std::iter::successors(Some(mini), |at| next.get(*at as usize).copied());
    let mini: Vec<u32> = chain.map_while(|sector| file.sector(sector)).flat_map(words).collect();
    !goes_round(&mini)
}

struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
}

impl<'a> Compound<'a> {
    fn of(bytes: &'a [u8]) -> Option<Self> {
        let shift = u16::from_le_bytes(bytes.get(SECTOR_SHIFT..SECTOR_SHIFT + 2)?.try_into().ok()?);
        // Version 3 has sectors of 512 bytes, version 4 of 4,096.
        matches!(shift, 9 | 12).then(|| Compound { bytes, sector: 1 << shift })
    }

    fn word(&self, at: usize) -> Option<u32> {
        self.bytes.get(at..at + 4).and_then(|word| word.try_into().ok()).map(u32::from_le_bytes)
    }

    /// The bytes of a sector; the last may be cut short.
    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        if number >= LAST_SECTOR {
            return None;
        }
        let start = (number as usize).checked_add(1)?.checked_mul(self.sector)?;
        let rest = self.bytes.get(start..)?;
        rest.get(..self.sector.min(rest.len())).filter(|sector| !sector.is_empty())
    }

    /// For each sector the next of its chain; `None` where the list of the table's own sectors goes round.
    fn table(&self) -> Option<Vec<u32>> {
        let mut sectors: Vec<u32> = words(self.bytes.get(LIST).unwrap_or_default()).collect();
        let mut continuation = self.word(FIRST_CONTINUATION).unwrap_or(u32::MAX);
        let mut left = self.bytes.len() / self.sector;
        while let Some(more) = self.sector(continuation) {
            left = left.checked_sub(1)?;
            sectors.extend(words(more));
            continuation = sectors.pop().unwrap_or(u32::MAX);
        }
        Some(sectors.into_iter().filter_map(|number| self.sector(number)).flat_map(words).collect())
    }
}

fn words(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    bytes.as_chunks::<4>().0.iter().map(|word| u32::from_le_bytes(*word))
}

/// Whether a chain comes back to a sector of its own.
fn goes_round(next: &[u32]) -> bool {
    // By which walk a sector was reached first; a walk that meets its own number has gone round.
    let mut walks: Vec<u32> = vec![0; next.len()];
    (0..next.len()).zip(1..).any(|(start, walk)| {
        let mut at = start;
        while let Some(reached) = walks.get_mut(at) {
            if *reached != 0 {
                return *reached == walk;
            }
            *reached = walk;
            at = next[at] as usize;
        }
        false
    })
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use super::*;

    fn compound() -> Vec<u8> {
        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        for (name, length) in [("/Workbook", 9_000), ("/Small", 100), ("/Smaller", 70)] {
            file.create_stream(name).unwrap().write_all(&vec![7; length]).unwrap();
        }
        file.flush().unwrap();
        file.into_inner().into_inner()
    }

    /// Where the table's word for a sector stands.
    fn word_of(bytes: &[u8], sector: u32) -> usize {
        let file = Compound::of(bytes).unwrap();
        (file.word(LIST.start).unwrap() as usize + 1) * file.sector + sector as usize * 4
    }

    #[test]
    fn the_chains_of_a_sound_file_end_and_so_do_those_of_a_file_cut_off() {
        let bytes = compound();
        for length in [bytes.len(), bytes.len() - 1, bytes.len() / 2, 600, 512, 40, 0] {
            assert!(chains_end(&bytes[..length]), "{length}");
        }
    }

    #[test]
    fn a_chain_that_goes_round_is_seen_in_each_table() {
        let sound = compound();
        let file = Compound::of(&sound).unwrap();
        let (directory, mini) = (file.word(0x30).unwrap(), file.word(FIRST_MINI).unwrap());
        // A sector that is next to itself, in the table of sectors and in that of small ones; a list of tables that
        // continues where it stands.
        let small = (mini as usize + 1) * file.sector;
        let places = [(word_of(&sound, directory), directory), (small, 0), (FIRST_CONTINUATION, directory)];
        for (place, word) in places {
            let mut bytes = sound.clone();
            bytes[place..place + 4].copy_from_slice(&word.to_le_bytes());
            if place == FIRST_CONTINUATION {
                let last = (directory as usize + 2) * 4_096.min(file.sector) - 4;
                bytes[last..last + 4].copy_from_slice(&directory.to_le_bytes());
            }
            assert!(!chains_end(&bytes), "{place:#x}");
        }
    }
}
