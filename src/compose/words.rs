//! Names, numbers and lists as sentences need them.

use std::fmt::Display;

use jiff::civil::{Date, DateTime, Time};

use super::Material;
use crate::assess::{CommuneStatus, Subject};
use crate::catalogue::wording::Said;
use crate::diag::Severity;
use crate::model::{Commune, CriteriaSet, Criterion, ItemCode, Lang, SetId, Verdict};

impl Material<'_> {
    /// `Xã Trung Lương`, as a sentence begins.
    pub(super) fn full_name(&self, commune: &Commune) -> String {
        capitalised(&self.wording.words().commune(&commune.kind, &commune.name).to_string())
    }

    /// The name of a code, of the commune that bears it in this month where it is known, else of one that ever did.
    pub(super) fn name_of_code(&self, code: &str) -> String {
        let bearers = || self.settings.communes.iter().filter(|commune| commune.code.0 == code);
        let day = self.assessment.period.day(31);
        let bearer = bearers().find(|commune| commune.is_valid_on(day)).or_else(|| bearers().next());
        bearer.map_or_else(|| code.to_owned(), |commune| commune.name.clone())
    }

    /// The short name of a set, or its id where the catalogue does not have it.
    pub(super) fn short_name(&self, id: &str) -> String {
        self.sets.iter().find(|set| set.id.as_str() == id).map_or_else(|| id.to_owned(), |set| set.short_name.clone())
    }

    /// The set of an id.
    pub(super) fn set(&self, id: &SetId) -> Option<&CriteriaSet> {
        self.sets.iter().find(|set| set.id == *id)
    }

    /// The wording of an item, marked where it was not read in the decision.
    pub(super) fn item_name(&self, set: &CriteriaSet, code: ItemCode) -> String {
        let indicator = set.indicator(code).map(|indicator| (indicator.name.as_str(), indicator.confirmed));
        let criterion = || set.criterion(code.criterion_number());
        match indicator {
            Some((name, confirmed)) => self.marked(name, confirmed),
            None if code.indicator_number().is_some() => String::new(),
            None => criterion().map_or_else(String::new, |criterion| {
                let name = self.criterion_name(criterion);
                if criterion.indicators.is_empty() { name } else { self.wording.words().whole_criterion(name).into() }
            }),
        }
    }

    /// The name of a criterion, marked where it was not read in the decision.
    pub(super) fn criterion_name(&self, criterion: &Criterion) -> String {
        self.marked(&criterion.name, criterion.confirmed)
    }

    /// The wording of an item in a line of a table on paper; the workbook has it whole.
    pub(super) fn brief_item_name(&self, set: &CriteriaSet, code: ItemCode) -> String {
        let indicator = set.indicator(code);
        indicator.map_or_else(|| self.item_name(set, code), |found| self.marked(&brief(&found.name), found.confirmed))
    }

    fn marked(&self, name: &str, confirmed: bool) -> String {
        if confirmed { name.to_owned() } else { self.wording.words().unconfirmed(name).into() }
    }

    /// Items by criterion as reports write them: `giao thông 2.1, 2.2; nghèo đa chiều; tổ chức sản xuất 13.2`.
    pub(super) fn items(&self, set: &CriteriaSet, codes: impl IntoIterator<Item = ItemCode>) -> String {
        let mut by_criterion: Vec<(u16, Vec<String>)> = Vec::new();
        for code in codes {
            let number = code.criterion_number();
            if by_criterion.last().is_none_or(|(last, _)| *last != number) {
                by_criterion.push((number, Vec::new()));
            }
            if let (Some((_, codes)), Some(_)) = (by_criterion.last_mut(), code.indicator_number()) {
                codes.push(code.to_string());
            }
        }
        let said = by_criterion.into_iter().map(|(number, codes)| {
            let name = set.criterion(number).map_or_else(|| number.to_string(), |c| lowered(short_name(set, c)));
            let communes = self.wording.communes();
            if codes.is_empty() { communes.whole(name) } else { communes.items(name, codes.join(", ")) }
        });
        joined(said, "; ")
    }

    /// `25/4/2023`.
    pub(super) fn day(&self, day: Date) -> String {
        self.wording.words().day(day.day(), day.month(), day.year()).into()
    }

    /// `07:30 ngày 25/4/2023`; the day alone where no time is known, as in folders named by the day.
    pub(super) fn moment(&self, at: DateTime) -> String {
        if at.time() == Time::midnight() {
            return self.day(at.date());
        }
        let time = format!("{:02}:{:02}", at.hour(), at.minute());
        self.wording.words().moment(self.day(at.date()), time).into()
    }

    /// A number with so many decimals, in the language's own sign.
    pub(super) fn decimal(&self, number: f64, decimals: usize) -> String {
        self.own_sign(&format!("{number:.decimals$}"))
    }

    /// A number as short as it can be written, in the language's own sign.
    pub(super) fn number(&self, number: f64) -> String {
        self.own_sign(&number.to_string())
    }

    /// A number with its unit: `85,2%`, `58 triệu đồng/người/năm`.
    pub(super) fn measured(&self, number: f64, unit: Option<&str>) -> String {
        let number = self.number(number);
        match unit {
            None | Some("") => number,
            Some("%") => format!("{number}%"),
            Some(unit) => format!("{number} {unit}"),
        }
    }

    fn own_sign(&self, number: &str) -> String {
        match self.wording.lang() {
            Lang::Vi => number.replace('.', ","),
            Lang::En => number.to_owned(),
        }
    }

    /// `Lỗi`, `Cần kiểm tra`, `Thông tin`.
    pub(super) fn severity(&self, severity: Severity) -> Said {
        let words = self.wording.words();
        match severity {
            Severity::Error => words.error(),
            Severity::Warning => words.warning(),
            Severity::Info => words.info(),
        }
    }

    /// `tiêu chí` or `chỉ tiêu`.
    pub(super) fn subject(&self, subject: Subject) -> Said {
        match subject {
            Subject::Criteria => self.wording.words().criteria(),
            Subject::Indicators => self.wording.words().indicators(),
        }
    }

    /// `chỉ tiêu NTM nâng cao`.
    pub(super) fn subject_of_set(&self, subject: Subject, set: &CriteriaSet) -> Said {
        self.wording.words().of_set(self.subject(subject), &set.short_name)
    }

    /// Where a declared total stands: the cell, or the sheet where no cell is known.
    pub(super) fn at(&self, sheet: &str, cell: Option<&str>) -> Said {
        match cell {
            Some(cell) => self.wording.words().at_cell(sheet, cell),
            None => self.wording.words().at_sheet(sheet),
        }
    }
}

/// `Đạt`, `Chưa đạt`, `Không áp dụng`.
pub(super) fn of_verdict(material: &Material<'_>, verdict: Verdict) -> Said {
    let words = material.wording.words();
    match verdict {
        Verdict::Met => words.met(),
        Verdict::NotMet => words.not_met(),
        Verdict::NotApplicable => words.not_applicable(),
    }
}

/// Names of communes, one after the other.
pub(super) fn names<'a>(communes: impl IntoIterator<Item = &'a CommuneStatus>) -> String {
    joined(communes.into_iter().map(|status| status.commune.name.as_str()), ", ")
}

/// Texts one after the other, with something between them.
pub(super) fn joined(texts: impl IntoIterator<Item = impl Display>, between: &str) -> String {
    texts.into_iter().map(|text| text.to_string()).collect::<Vec<_>>().join(between)
}

/// `61/75`.
pub(super) fn of(part: u32, whole: u32) -> String {
    format!("{part}/{whole}")
}

/// Letters of an item's wording in a line of a table.
const BRIEF: usize = 60;
/// The length from which a criterion's name is shortened inside a sentence.
const LONG: usize = 30;

/// A wording cut to one line: at the end of a word, and marked where something is left out.
pub(super) fn brief(text: &str) -> String {
    if text.chars().count() <= BRIEF {
        return text.to_owned();
    }
    // The mark takes a place of its own.
    let end = text.char_indices().nth(BRIEF - 1).map_or(text.len(), |(at, _)| at);
    let words = text[..end].rfind(' ').map_or(&text[..end], |space| &text[..space]);
    // An opened bracket would stay open.
    let words = match (words.rfind('('), words.rfind(')')) {
        (Some(open), close) if open > 0 && close.is_none_or(|close| close < open) => &words[..open],
        _ => words,
    };
    format!("{}…", words.trim_end_matches(|letter: char| !letter.is_alphanumeric()))
}

/// A criterion's name as reports write it in a list: `Tổ chức sản xuất` for `Tổ chức sản xuất và phát triển kinh tế
/// nông thôn`, as long as no other criterion of the set can be meant.
fn short_name<'a>(set: &CriteriaSet, criterion: &'a Criterion) -> &'a str {
    let name = criterion.name.as_str();
    let first = name.split(" và ").next().unwrap_or(name);
    let others = set.criteria.iter().filter(|other| other.number != criterion.number);
    let is_own = others.into_iter().all(|other| !other.name.starts_with(first));
    if name.chars().count() >= LONG && is_own { first } else { name }
}

/// A text that begins a sentence.
pub(super) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A name inside a sentence: small where it begins and after `và`, unless the word is an abbreviation.
fn lowered(text: &str) -> String {
    text.split(" và ").map(lowered_first).collect::<Vec<_>>().join(" và ")
}

fn lowered_first(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(_), Some(second)) if second.is_uppercase() => text.to_owned(),
        (Some(first), _) => first.to_lowercase().chain(letters).collect(),
        (None, _) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::made::set;

    #[test]
    fn a_long_wording_is_cut_at_a_word_and_marked() {
        assert_eq!(brief("Tỷ lệ hộ có nhà ở kiên cố"), "Tỷ lệ hộ có nhà ở kiên cố");
        let long = "Tỷ lệ diện tích cây trồng chủ lực của địa phương được tưới tiên tiến, tiết kiệm nước";
        assert_eq!(brief(long), "Tỷ lệ diện tích cây trồng chủ lực của địa phương được tưới…");
        let comma = "Tỷ lệ đường thôn, bản, ấp và đường liên thôn, bản, ấp ít, nhất được cứng hóa";
        assert_eq!(brief(comma), "Tỷ lệ đường thôn, bản, ấp và đường liên thôn, bản, ấp ít…");
        assert!(brief(&"a".repeat(99)).chars().count() == BRIEF);
        let bracket = "Tỷ lệ lao động qua đào tạo có bằng cấp, chứng chỉ (áp dụng đạt cho cả nam và nữ)";
        assert_eq!(brief(bracket), "Tỷ lệ lao động qua đào tạo có bằng cấp, chứng chỉ…");
    }

    #[test]
    fn a_long_name_is_shortened_only_where_no_other_criterion_is_meant() {
        let production = "Tổ chức sản xuất và phát triển kinh tế nông thôn";
        let own = set("a", "A", &[(production, 1), ("Giáo dục và Đào tạo", 1)]);
        assert_eq!(short_name(&own, &own.criteria[0]), "Tổ chức sản xuất");
        assert_eq!(short_name(&own, &own.criteria[1]), "Giáo dục và Đào tạo");
        let two = set("b", "B", &[(production, 1), ("Tổ chức sản xuất hàng hóa", 1)]);
        assert_eq!(short_name(&two, &two.criteria[0]), production);
    }

    #[test]
    fn names_take_their_place_in_a_sentence() {
        assert_eq!(lowered("Đất đai"), "đất đai");
        assert_eq!(lowered("OCOP"), "OCOP");
        assert_eq!(lowered("Y tế"), "y tế");
        assert_eq!(lowered("Thông tin và Truyền thông"), "thông tin và truyền thông");
        assert_eq!(lowered("Sản xuất và OCOP"), "sản xuất và OCOP");
        assert_eq!(capitalised("xã Trung Lương"), "Xã Trung Lương");
    }
}
