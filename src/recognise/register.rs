//! The register of communes, by the words of their names.

use std::collections::HashMap;

use super::columns::contains_words;
use crate::catalogue::Vocabulary;
use crate::model::{Answers, Commune, CommuneCode, Period};
use crate::text::{fold, toned};

/// The register of communes by the words of their names, built once.
#[derive(Debug)]
pub struct Register<'a> {
    communes: &'a [Commune],
    by_key: HashMap<String, Vec<usize>>,
    /// The names of several words, squeezed into one.
    squeezed: Vec<(String, Vec<usize>)>,
    longest: usize,
}

/// A commune found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) commune: usize,
    /// Whether the word xã (or its like) stands before it.
    pub(super) named: bool,
}

impl<'a> Register<'a> {
    /// The register of the settings' communes.
    #[must_use]
    pub fn of(communes: &'a [Commune]) -> Self {
        Register::with_answers(communes, &Answers::default())
    }

    /// The register with the names that a person has told the communes of.
    #[must_use]
    pub fn with_answers(communes: &'a [Commune], answers: &Answers) -> Self {
        let mut by_key: HashMap<String, Vec<usize>> = HashMap::new();
        let mut name = |name: &str, commune: usize| {
            let bearers = by_key.entry(fold(name)).or_default();
            if !bearers.contains(&commune) {
                bearers.push(commune);
            }
        };
        for (i, commune) in communes.iter().enumerate() {
            std::iter::once(&commune.name).chain(&commune.other_names).for_each(|own| name(own, i));
        }
        for (told, code, _) in answers.names() {
            communes.iter().enumerate().filter(|(_, c)| c.code == *code).for_each(|(i, _)| name(told, i));
        }
        let longest = by_key.keys().map(|key| key.split(' ').count()).max().unwrap_or(0);
        let mut squeezed: Vec<(String, Vec<usize>)> = by_key
            .iter()
            .filter(|(name, _)| name.contains(' '))
            .map(|(name, bearers)| (name.replace(' ', ""), bearers.clone()))
            .collect();
        squeezed.sort_unstable();
        Register { communes, by_key, squeezed, longest }
    }

    pub(super) fn commune(&self, index: usize) -> &'a Commune {
        &self.communes[index]
    }

    /// The commune of a code that exists in a month, or at any time where the month is not known.
    pub(super) fn position(&self, code: &CommuneCode, period: Option<Period>) -> Option<usize> {
        let mut bearers = self.communes.iter().enumerate().filter(|(_, c)| c.code == *code).map(|(i, _)| i);
        bearers.find(|i| self.exists(*i, period))
    }

    /// The commune that bears a code on the last day of a month.
    pub(super) fn bearer(&self, code: &CommuneCode, period: Period) -> Option<&'a Commune> {
        self.communes.iter().find(|commune| commune.code == *code && commune.is_valid_on(period.day(31)))
    }

    fn exists(&self, commune: usize, period: Option<Period>) -> bool {
        let commune = &self.communes[commune];
        period.is_none_or(|p| commune.is_valid_on(p.day(1)) || commune.is_valid_on(p.day(31)))
    }

    /// The names of all communes.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.communes.iter().map(|commune| commune.name.as_str())
    }

    /// The communes a text names, those with the word xã before them first; names of other levels are left alone.
    pub(super) fn find(&self, text: &str, vocabulary: &Vocabulary, period: Option<Period>) -> Vec<Found> {
        let key = fold(text);
        let words: Vec<&str> = key.split(' ').filter(|w| !w.is_empty()).collect();
        let mut found: Vec<Found> = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let hit = (1..=self.longest.min(words.len() - at)).rev().find_map(|n| {
                let communes = self.by_key.get(words[at..at + n].join(" ").as_str())?;
                Some((n, self.choose(communes, text, period)?))
            });
            // "chỉ tiêu Đồng Du" is no Tiêu Động.
            let is_within =
                words[at] == "tieu" && at.checked_sub(1).is_some_and(|at| matches!(words[at], "chi" | "muc"));
            let Some((n, commune)) = hit.filter(|_| !is_within) else {
                at += 1;
                continue;
            };
            let before = words[..at].join(" ");
            let ends =
                |kinds: &[String]| kinds.iter().any(|kind| before == *kind || before.ends_with(&format!(" {kind}")));
            // "thị xã" ends with "xã": other levels are asked first. "Gửi huyện" in a name says to whom, not what of.
            let addressed = ["gui", "nop", "trinh", "len"]
                .iter()
                .any(|to| before == format!("{to} huyen") || before.ends_with(&format!(" {to} huyen")));
            let other = (ends(&vocabulary.other_kinds) && !addressed) || is_mentioned(&before, vocabulary);
            if !other && !found.iter().any(|f| f.commune == commune) {
                found.push(Found { commune, named: ends(&vocabulary.commune_kinds) });
            }
            at += n;
        }
        if found.is_empty() {
            found.extend(self.by_code(&words, period, |before| ends_with_any(before, &vocabulary.commune_codes)));
        }
        if found.iter().any(|f| f.named) {
            found.retain(|f| f.named);
        }
        found
    }

    /// The communes whose codes a text gives, where what stands before a code may say so.
    fn by_code(&self, words: &[&str], period: Option<Period>, says: impl Fn(&str) -> bool) -> Vec<Found> {
        let codes = words.iter().enumerate().filter(|(_, w)| w.len() == 5 && w.bytes().all(|b| b.is_ascii_digit()));
        let with_code = |code: &str| {
            let exists = |c: &Commune| period.is_none_or(|p| c.is_valid_on(p.day(1)) || c.is_valid_on(p.day(31)));
            let mut own =
                (0..self.communes.len()).filter(|&i| self.communes[i].code.0 == code && exists(&self.communes[i]));
            own.next().filter(|_| own.next().is_none())
        };
        let said = codes.filter(|(at, _)| says(&words[..*at].join(" ")));
        said.filter_map(|(_, code)| with_code(code)).map(|commune| Found { commune, named: true }).collect()
    }

    /// The communes that the name of a file or a sheet holds, also squeezed into one word: `BC_TrungLuong`.
    pub(super) fn find_in_name(&self, name: &str, vocabulary: &Vocabulary, period: Option<Period>) -> Vec<Found> {
        let mut found = self.find(name, vocabulary, period);
        if found.is_empty() {
            let key = fold(name);
            // A short word has to be the whole name, `LaSon`.
            let words: Vec<&str> = key.split(' ').filter(|word| word.len() >= 4).collect();
            let is_in = |word: &str, name: &str| word == name || word.len() >= 6 && word.contains(name);
            let held = self.squeezed.iter().filter(|(name, _)| words.iter().any(|word| is_in(word, name)));
            found.extend(held.filter_map(|(_, communes)| {
                Some(Found { commune: self.choose(communes, name, period)?, named: false })
            }));
            found.sort_by_key(|f| f.commune);
            if found.is_empty() {
                let words: Vec<&str> = key.split(' ').collect();
                found = self.by_code(&words, period, |_| true);
            }
        }
        found
    }

    /// Of communes with the same letters, the one whose marks the text has, and that exists in the month.
    fn choose(&self, communes: &[usize], text: &str, period: Option<Period>) -> Option<usize> {
        if let [only] = communes {
            return Some(*only);
        }
        let marked = toned(text);
        let exists = |i: &usize| self.exists(*i, period);
        let same_marks = |i: &usize| {
            let commune = &self.communes[*i];
            std::iter::once(&commune.name).chain(&commune.other_names).any(|name| marked.contains(&toned(name)))
        };
        let existing: Vec<usize> = communes.iter().copied().filter(exists).collect();
        let mut best: Vec<usize> = existing.iter().copied().filter(same_marks).collect();
        if best.is_empty() {
            best = existing;
        }
        // Two that differ in nothing are a question, not an answer.
        if let [only] = best.as_slice() { Some(*only) } else { None }
    }

    /// The communes that texts name by letters that several of them share, so that none could be chosen.
    pub(super) fn alike(&self, texts: &[&str]) -> Vec<usize> {
        let keys: Vec<String> = texts.iter().map(|text| fold(text)).collect();
        let named = |name: &str| keys.iter().any(|key| contains_words(key, name));
        let shared = self.by_key.iter().filter(|(name, bearers)| bearers.len() > 1 && named(name));
        let mut alike: Vec<usize> = shared.flat_map(|(_, bearers)| bearers.iter().copied()).collect();
        alike.sort_unstable();
        alike.dedup();
        alike
    }

    /// The commune whose name comes nearest to what follows the word xã in a text, to be asked about, never taken.
    pub(super) fn nearest(&self, text: &str, vocabulary: &Vocabulary) -> Option<(String, &'a Commune)> {
        let key = fold(text);
        let words: Vec<&str> = key.split(' ').collect();
        let starts = (0..words.len()).filter(|&i| {
            let before = words[..i].join(" ");
            vocabulary.commune_kinds.iter().any(|kind| before == *kind || before.ends_with(&format!(" {kind}")))
                && !vocabulary.other_kinds.iter().any(|kind| before == *kind || before.ends_with(&format!(" {kind}")))
        });
        starts
            .flat_map(|start| (1..=self.longest.min(words.len() - start)).map(move |n| (start, n)))
            .map(|(start, n)| words[start..start + n].join(" "))
            .flat_map(|written| {
                self.communes.iter().map(move |c| {
                    (strsim::normalized_damerau_levenshtein(&written, &fold(&c.name)), written.clone(), c)
                })
            })
            .filter(|(similarity, ..)| *similarity >= 0.75)
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.2.code.cmp(&a.2.code)))
            .map(|(_, written, commune)| (written, commune))
    }
}

/// Whether a text ends with one of some phrases, as whole words.
fn ends_with_any(text: &str, phrases: &[String]) -> bool {
    phrases.iter().any(|phrase| text == *phrase || text.ends_with(&format!(" {phrase}")))
}

/// Whether what stands before a commune says that it is merely spoken of: "giáp xã …", "sao gửi xã …".
fn is_mentioned(before: &str, vocabulary: &Vocabulary) -> bool {
    let kind = vocabulary.commune_kinds.iter().find_map(|kind| before.strip_suffix(kind.as_str()));
    kind.is_some_and(|head| ends_with_any(head.trim_end(), &vocabulary.mentioned))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;
    use crate::recognise::tests::commune;

    fn names(text: &str) -> Vec<String> {
        let vocabulary = Catalogue::embedded().unwrap().vocabulary;
        let communes = [
            commune("1", "An Ninh"),
            commune("13546", "Trung Lương"),
            commune("3", "Bình Lục"),
            commune("4", "Đồn Xá"),
            commune("5", "Tiêu Động"),
            commune("6", "Đồng Du"),
            commune("7", "La Sơn"),
        ];
        let register = Register::of(&communes);
        register
            .find_in_name(text, &vocabulary, None)
            .iter()
            .map(|f| register.commune(f.commune).name.clone())
            .collect()
    }

    #[test]
    fn a_commune_is_found_beside_names_of_other_levels() {
        assert_eq!(names("Xã Đồn Xá, huyện Bình Lục (Tính đến tháng 11/2023)"), ["Đồn Xá"]);
        assert_eq!(names("UBND XÃ AN NINH"), ["An Ninh"]);
        assert_eq!(names("BC_TrungLuong_T4.xlsx"), ["Trung Lương"]);
        assert_eq!(names("Huyện Bình Lục, tỉnh Hà Nam"), Vec::<String>::new());
        assert_eq!(names("Quốc phòng và An ninh xã Trung Lương"), ["Trung Lương"]);
        assert_eq!(names("UBND xã Trung Lương (giáp xã An Ninh)"), ["Trung Lương"]);
        assert_eq!(names("UBND xã Đồn Xá, sao gửi xã An Ninh"), ["Đồn Xá"]);
        assert_eq!(names("57 chi tieu Đồng Du 4.2022"), ["Đồng Du"]);
        assert_eq!(names("LaSon_NTMNC_202504"), ["La Sơn"]);
        assert_eq!(names("BC Tieu Dong"), ["Tiêu Động"]);
        assert_eq!(names("Mã xã: 13546"), ["Trung Lương"]);
        assert_eq!(names("13546_2023-04"), ["Trung Lương"]);
    }

    #[test]
    fn a_near_name_is_proposed() {
        let vocabulary = Catalogue::embedded().unwrap().vocabulary;
        let communes = [commune("2", "Trung Lương"), commune("4", "Đồn Xá")];
        let register = Register::of(&communes);
        assert_eq!(register.nearest("UBND xã Trung Lươn", &vocabulary).unwrap().1.name, "Trung Lương");
        assert!(register.nearest("UBND xã Hoàng Tây", &vocabulary).is_none());
    }
}
