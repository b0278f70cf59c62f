//! The journal between worker and keeper: which files are in hand, and what is known of files that broke a worker.
//!
//! One line each: `+ HASH` begun, `- HASH` through with it, both written by the worker; `? HASH` suspected,
//! `! HASH died` and `! HASH slow` broken, `# WORDS` what a worker that broke said last, written by the keeper before it
//! starts a worker.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::host::Broke;

/// What is known of files that broke a worker.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Record {
    /// They were in hand when a worker broke: to be taken alone.
    pub(super) suspected: BTreeSet<String>,
    /// They broke it alone: not to be touched.
    pub(super) broken: BTreeMap<String, Broke>,
    /// What the workers that broke said last, a line each.
    pub(super) words: Vec<String>,
}

impl Record {
    /// What the keeper wrote into a journal.
    pub(super) fn read(journal: &str) -> Record {
        let mut record = Record::default();
        for line in journal.lines() {
            if let Some(words) = line.strip_prefix("# ") {
                record.words.push(words.to_owned());
                continue;
            }
            match line.split(' ').collect::<Vec<_>>()[..] {
                ["?", hash] => {
                    record.suspected.insert(hash.to_owned());
                }
                ["!", hash, how] => {
                    let how = if how == "slow" { Broke::Slow } else { Broke::Died };
                    record.broken.insert(hash.to_owned(), how);
                }
                _ => {}
            }
        }
        record
    }

    /// A journal to begin with.
    pub(super) fn lines(&self) -> String {
        let mut lines = String::new();
        for hash in &self.suspected {
            writeln!(lines, "? {hash}").expect("writing to a string");
        }
        for (hash, how) in &self.broken {
            let how = if *how == Broke::Slow { "slow" } else { "died" };
            writeln!(lines, "! {hash} {how}").expect("writing to a string");
        }
        for words in &self.words {
            writeln!(lines, "# {words}").expect("writing to a string");
        }
        lines
    }

    /// What follows from a worker that broke with these files in hand. Each time at least one file is suspected or
    /// found broken that was not before, so that it comes to an end.
    pub(super) fn learn(&mut self, in_hand: &BTreeSet<String>, how: Broke) {
        let news: BTreeSet<String> = in_hand.difference(&self.suspected).cloned().collect();
        if news.is_empty() {
            // It was suspected, so it was alone.
            for hash in in_hand {
                self.suspected.remove(hash);
                self.broken.insert(hash.clone(), how);
            }
        }
        self.suspected.extend(news);
    }
}

/// The files in hand, as one reads on in a journal.
#[derive(Debug, Default)]
pub(super) struct InHand {
    /// How often each is in hand.
    files: BTreeMap<String, u32>,
    /// The beginning of a line whose end was not there yet.
    begun: String,
}

impl InHand {
    /// Goes on by what was written since.
    pub(super) fn follow(&mut self, written: &str) {
        self.begun.push_str(written);
        let end = self.begun.rfind('\n').map_or(0, |end| end + 1);
        let lines: String = self.begun.drain(..end).collect();
        for line in lines.lines() {
            match line.split_once(' ') {
                Some(("+", hash)) => *self.files.entry(hash.to_owned()).or_default() += 1,
                Some(("-", hash)) => {
                    let left = self.files.remove(hash).and_then(|times| times.checked_sub(1));
                    self.files.extend(left.filter(|times| *times > 0).map(|times| (hash.to_owned(), times)));
                }
                _ => {}
            }
        }
    }

    /// Their hashes.
    pub(super) fn hashes(&self) -> BTreeSet<String> {
        self.files.keys().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_hand(journal: &str) -> BTreeSet<String> {
        let mut files = InHand::default();
        files.follow(journal);
        files.hashes()
    }

    #[test]
    fn what_was_begun_and_not_ended_is_in_hand() {
        assert_eq!(in_hand("? a\n+ a\n- a\n+ b\n+ c\n- b\n+ c\n- c\n"), BTreeSet::from(["c".to_owned()]));
        assert_eq!(in_hand("! a died\n- d\n"), BTreeSet::new());
    }

    #[test]
    fn half_a_line_waits_for_its_end() {
        let mut files = InHand::default();
        files.follow("+ a\n+ b");
        assert_eq!(files.hashes(), BTreeSet::from(["a".to_owned()]));
        files.follow("cd\n- a\n");
        assert_eq!(files.hashes(), BTreeSet::from(["bcd".to_owned()]));
    }

    #[test]
    fn a_file_is_broken_when_it_breaks_the_worker_a_second_time_alone() {
        let (both, second) = (BTreeSet::from(["a".to_owned(), "b".to_owned()]), BTreeSet::from(["b".to_owned()]));
        let mut record = Record::default();
        record.learn(&both, Broke::Died);
        assert_eq!((record.suspected.clone(), record.broken.len()), (both, 0));
        record.learn(&second, Broke::Slow);
        assert_eq!(record.broken, BTreeMap::from([("b".to_owned(), Broke::Slow)]));
        assert_eq!(record.suspected, BTreeSet::from(["a".to_owned()]));
    }

    #[test]
    fn what_the_keeper_writes_the_worker_reads() {
        let record = Record {
            suspected: BTreeSet::from(["a".to_owned(), "b".to_owned()]),
            broken: BTreeMap::from([("c".to_owned(), Broke::Died), ("d".to_owned(), Broke::Slow)]),
            words: vec!["memory allocation of 104857600 bytes failed".to_owned()],
        };
        assert_eq!(Record::read(&(record.lines() + "+ e\n- e\n")), record);
    }
}
