//! Which commune, month and set a text speaks of.

use std::collections::HashMap;

use super::view::{Seen, View};
use crate::catalogue::{Months, Vocabulary};
use crate::model::{Answers, Commune, CommuneCode, Period, SetId};
use crate::text::months::{self, Mention};
use crate::text::{fold, toned};

/// Titles stand above this row.
pub(super) const TITLE_ROWS: u32 = 12;

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
        let named = |name: &str| keys.iter().any(|key| super::columns::contains_words(key, name));
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

/// The words that stand where a commune's name stands: after the word xã, up to what is no part of a name.
pub(super) fn written_name(titles: &str, vocabulary: &Vocabulary) -> Option<String> {
    let stops = |word: &str| {
        let is_word = |list: &[String]| list.iter().any(|w| w.split(' ').next() == Some(word));
        // "Cộng hòa xã hội chủ nghĩa" names no commune.
        word.is_empty()
            || matches!(word, "hoi" | "thang" | "nong" | "ntm")
            || word.bytes().any(|b| b.is_ascii_digit())
            || is_word(&vocabulary.months.as_of)
            || is_word(&vocabulary.other_kinds)
    };
    titles.lines().find_map(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let keys: Vec<String> = words.iter().map(|word| fold(word)).collect();
        (1..words.len()).find_map(|start| {
            let before = keys[..start].join(" ");
            let ends =
                |kinds: &[String]| kinds.iter().any(|kind| before == *kind || before.ends_with(&format!(" {kind}")));
            if !ends(&vocabulary.commune_kinds) || ends(&vocabulary.other_kinds) {
                return None;
            }
            let mut name: Vec<&str> = Vec::new();
            for (word, key) in words[start..].iter().zip(&keys[start..]).take(4) {
                let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
                if stops(key) || !bare.starts_with(char::is_uppercase) {
                    break;
                }
                name.push(bare);
                if !word.ends_with(char::is_alphanumeric) {
                    break;
                }
            }
            (!name.is_empty()).then(|| name.join(" "))
        })
    })
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

/// What a month that a text mentions is of, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Of {
    /// The report: "Tháng 4/2023".
    Report,
    /// The day up to which its figures go.
    Figures,
    /// The day of signing or sending.
    Signing,
    /// What is to be done in it.
    Plan,
    /// Something else: a paper that is cited, a month compared with, a deadline.
    Other,
}

/// The months that texts state as the time of their figures; the day of a place-and-date line, or a month of tasks, only
/// where there is no other.
pub(super) fn periods(texts: &[&str], vocabulary: &Vocabulary) -> Vec<Period> {
    dated(texts, None, vocabulary).periods
}

/// The months that texts speak of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Dated {
    /// The first is that of the report.
    pub(super) periods: Vec<Period>,
    /// Whether they are stated as the time of the figures; else days of signing and months of tasks are all there is.
    pub(super) is_stated: bool,
    /// How many months the first is the last of: 6 of "6 tháng đầu năm".
    pub(super) span: i8,
}

/// The months that texts speak of, with what they rest on; `year` is that of months without one.
pub(super) fn dated(texts: &[&str], year: Option<i16>, vocabulary: &Vocabulary) -> Dated {
    let year = year_of_all(texts).or(year);
    let mut found: Vec<(Of, Period, i8)> = Vec::new();
    for text in texts {
        for mention in months::mentions(text) {
            let Some(period) = mention.period(year) else { continue };
            found.push((of(&mention, text, &vocabulary.months), period, mention.span));
        }
    }
    let among = |wanted: &[Of]| {
        let mut months: Vec<Period> = Vec::new();
        let mut span = 1;
        for of in wanted {
            for (_, period, own) in found.iter().filter(|(own, ..)| own == of) {
                if months.is_empty() {
                    span = *own;
                }
                if !months.contains(period) {
                    months.push(*period);
                }
            }
        }
        Dated { is_stated: wanted.contains(&Of::Report), periods: months, span }
    };
    let all = [among(&[Of::Report, Of::Figures]), among(&[Of::Signing]), among(&[Of::Plan])];
    all.into_iter().find(|dated| !dated.periods.is_empty()).unwrap_or_default()
}

/// A year that titles report on as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WholeYear {
    pub(super) year: i16,
    /// Whether it stands where the month of a report stands, `Năm 2023`, or the words say that the whole year is meant.
    pub(super) is_plain: bool,
}

/// The one year that texts without a month report on: not that of a paper, a plan or a comparison.
pub(super) fn whole_year(texts: &[&str], vocabulary: &Vocabulary) -> Option<WholeYear> {
    let mut found: Option<WholeYear> = None;
    for text in texts {
        let key = fold(text);
        let words: Vec<&str> = key.split(' ').filter(|w| !w.is_empty()).collect();
        for at in (0..words.len().saturating_sub(1)).filter(|&at| words[at] == "nam") {
            let Some(year) = words[at + 1].parse::<i16>().ok().filter(|year| (2005..=2100).contains(year)) else {
                continue;
            };
            let lead = words[..at].join(" ");
            let mention = Mention { month: 12, year: Some(year), is_day: true, span: 12, lead };
            if of(&mention, text, &vocabulary.months) != Of::Figures {
                continue;
            }
            if found.is_some_and(|other| other.year != year) {
                return None;
            }
            let says = vocabulary.months.whole_year.iter().any(|phrase| super::columns::contains_words(&key, phrase));
            let is_plain = words.len() == 2 || says || found.is_some_and(|other| other.is_plain);
            found = Some(WholeYear { year, is_plain });
        }
    }
    found
}

/// The one year that texts speak of, for months without one.
fn year_of_all(texts: &[&str]) -> Option<i16> {
    let mut years: Vec<i16> = texts.iter().flat_map(|text| super::columns::years(&fold(text))).collect();
    years.sort_unstable();
    years.dedup();
    if let [only] = years.as_slice() { Some(*only) } else { None }
}

/// What a mentioned month is of, by the last phrase before it.
fn of(mention: &Mention, text: &str, phrases: &Months) -> Of {
    let words: Vec<&str> = mention.lead.split(' ').filter(|w| !w.is_empty()).collect();
    let ends = |phrases: &[String]| -> Option<usize> {
        let last = |phrase: &String| {
            let own: Vec<&str> = phrase.split(' ').collect();
            let at = words.windows(own.len()).rposition(|w| w == own)?;
            // "Thực hiện nhiệm vụ tháng 4" reports on it.
            let is_done = at > 0 && words[at - 1] == "hien";
            (!is_done).then_some(at + own.len())
        };
        phrases.iter().filter_map(last).max()
    };
    let (planned, compared) = (ends(&phrases.planned), ends(&phrases.compared));
    let (papers, signed, as_of) = (ends(&phrases.papers), ends(&phrases.signed), ends(&phrases.as_of));
    let later = |a: Option<usize>, b: Option<usize>| a.is_some() && a > b;
    if compared.is_some() && !later(as_of, compared) {
        return Of::Other;
    }
    if planned.is_some() && !(later(as_of, planned) || later(signed, planned) || later(papers, planned)) {
        return if mention.is_day { Of::Other } else { Of::Plan };
    }
    if !mention.is_day {
        return Of::Report;
    }
    if signed.is_some() && !later(as_of, signed) {
        return Of::Signing;
    }
    if papers.is_some() && !later(as_of, papers) {
        return Of::Other;
    }
    if as_of.is_none() && is_place_and_date(text, &words) { Of::Signing } else { Of::Figures }
}

/// "Bình Lục, ngày 25 tháng 4 năm 2023": a place, a comma, a day in words.
fn is_place_and_date(text: &str, before: &[&str]) -> bool {
    let key = fold(text);
    let in_words = key.contains(" thang ") || key.starts_with("thang ");
    let a_day = before.iter().rev().take(2).any(|word| *word == "ngay");
    in_words && a_day && (text.contains(',') || key.starts_with("ngay"))
}

/// The set a text calls by one of its names, the longest name first.
///
/// A name does not reach over a mark: "kinh tế nông thôn; môi trường" names no set.
pub(super) fn set_named(text: &str, vocabulary: &Vocabulary) -> Option<SetId> {
    let parts: Vec<String> = text.split([';', ',', ':', '(', ')', '\n']).map(fold).collect();
    let names = |word: &str| parts.iter().any(|part| super::columns::contains_words(part, word));
    vocabulary.sets.iter().find(|(word, _)| names(word)).map(|(_, set)| set.clone())
}

/// The title by which a sheet is one of another level's criteria, `BỘ TIÊU CHÍ HUYỆN NÔNG THÔN MỚI`: none of its titles speaks
/// of a commune's.
pub(super) fn of_another_level<'v>(view: &'v View<'_>, vocabulary: &Vocabulary) -> Option<&'v str> {
    let is_title = |cell: &&Seen<'_>| cell.row < TITLE_ROWS && cell.is_text() && view.row(cell.row).len() <= 2;
    let titles = || view.cells().iter().filter(is_title).filter(|cell| cell.key.split(' ').count() <= 30);
    let says = |key: &str, phrase: &str| super::columns::contains_words(key, phrase);
    let own = ["xa nong thon moi", "xa ntm", "tieu chi xa", "xa dat chuan", "cua xa", "cac xa"];
    let other = titles().find(|cell| vocabulary.other_levels.iter().any(|phrase| says(&cell.key, phrase)))?;
    (!titles().any(|cell| own.iter().any(|phrase| says(&cell.key, phrase)))).then_some(other.text.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;

    #[test]
    fn a_set_is_named_in_one_breath() {
        let vocabulary = Catalogue::embedded().unwrap().vocabulary;
        let named = |text: &str| set_named(text, &vocabulary).map(|set| set.as_str().to_owned());
        assert_eq!(named("Xã đạt chuẩn nông thôn mới").as_deref(), Some("ntm-2021-2025"));
        assert_eq!(named("phát triển kinh tế nông thôn; môi trường"), None);
        assert_eq!(named("hạ tầng thương mại nông thôn, môi trường: chưa đạt"), None);
    }

    fn commune(code: &str, name: &str) -> Commune {
        Commune {
            code: CommuneCode(code.into()),
            name: name.into(),
            kind: "xã".into(),
            other_names: vec![],
            valid_from: None,
            valid_to: None,
            region: None,
            group: None,
        }
    }

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

    #[test]
    fn an_unknown_name_is_taken_out_of_the_words_around_it() {
        let vocabulary = Catalogue::embedded().unwrap().vocabulary;
        let written = |titles: &str| written_name(titles, &vocabulary);
        assert_eq!(written("ỦY BAN NHÂN DÂN\nXÃ MỸ LẠ").as_deref(), Some("MỸ LẠ"));
        assert_eq!(written("Xã Mỹ Lạ - Tháng 4 năm 2023").as_deref(), Some("Mỹ Lạ"));
        assert_eq!(written("BÁO CÁO XÃ HOÀNG TÂY THÁNG 4/2023").as_deref(), Some("HOÀNG TÂY"));
        assert_eq!(written("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), None);
        assert_eq!(written("Kết quả các tiêu chí của xã trong tháng"), None);
    }

    #[test]
    fn a_title_may_report_a_whole_year() {
        let vocabulary = Catalogue::embedded().unwrap().vocabulary;
        let year = |texts: &[&str]| whole_year(texts, &vocabulary).map(|found| (found.year, found.is_plain));
        assert_eq!(year(&["KẾT QUẢ THỰC HIỆN TIÊU CHÍ NTM", "(Năm 2023)"]), Some((2023, true)));
        assert_eq!(year(&["Báo cáo tổng kết năm 2023"]), Some((2023, true)));
        assert_eq!(year(&["BIỂU THEO DÕI NTM NĂM 2023"]), Some((2023, false)));
        assert_eq!(year(&["KẾ HOẠCH NĂM 2024"]), None);
        assert_eq!(year(&["Phấn đấu đạt chuẩn năm 2024", "Năm 2023"]), Some((2023, true)));
        assert_eq!(year(&["Năm 2022", "Năm 2023"]), None);
    }

    #[test]
    fn the_month_of_the_figures_is_not_the_day_of_signing() {
        let vocabulary = Catalogue::embedded().unwrap().vocabulary;
        let texts = ["Trung Lương, ngày 03 tháng 5 năm 2023", "(Số liệu đến ngày 28/04/2023)"];
        assert_eq!(periods(&texts, &vocabulary), ["2023-04".parse().unwrap()]);
        assert_eq!(periods(&texts[..1], &vocabulary), ["2023-05".parse().unwrap()]);
        for text in [
            "Báo cáo kết quả tháng 4, phương hướng nhiệm vụ tháng 5 năm 2023",
            "Kết quả thực hiện nhiệm vụ tháng 4 năm 2023",
            "(Theo Kế hoạch số 12/KH-UBND ngày 10/01/2023) - Tháng 4/2023",
            "Ngày báo cáo: 03/05/2023 - Kỳ báo cáo: tháng 4",
            "Trung Lương, ngày 03 tháng 5 năm 2023 - Báo cáo tháng 4",
            "So với tháng 3/2023 - Tháng 4/2023",
            "Báo cáo tháng 4/2023 (lập ngày 03/5/2023)",
            "Tháng 4/2023 (so với cùng kỳ tháng 4/2022)",
            "(Kèm theo Báo cáo số 47/BC-UBND ngày 27/4/2023 của UBND xã)",
            "BC T4 xa Trung Luong gui 02.5.2023",
            "Zalo_2023-05-03_BC T4-2023 Trung Luong",
        ] {
            assert_eq!(periods(&[text], &vocabulary)[0], "2023-04".parse().unwrap(), "{text}");
        }
        let deadline = ["Hoàn thành trước ngày 28/6/2024", "Tháng Năm năm 2023"];
        assert_eq!(periods(&deadline, &vocabulary), ["2023-05".parse().unwrap()]);
        let over = ["BÁO CÁO NĂM 2023", "Kỳ báo cáo: tháng 4"];
        assert_eq!(periods(&over, &vocabulary), ["2023-04".parse().unwrap()]);
    }
}
