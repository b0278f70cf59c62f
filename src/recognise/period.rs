//! Which months texts speak of, and what of them: the report's own, the day of its figures or of its signing, a month
//! of plans.

use super::columns::{contains_words, years};
use super::view::Seen;
use crate::catalogue::{Months, Vocabulary};
use crate::model::Period;
use crate::text::fold;
use crate::text::months::{self, Mention};

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
            let says = vocabulary.months.whole_year.iter().any(|phrase| contains_words(&key, phrase));
            let is_plain = words.len() == 2 || says || found.is_some_and(|other| other.is_plain);
            found = Some(WholeYear { year, is_plain });
        }
    }
    found
}

/// The one year that texts speak of, for months without one.
fn year_of_all(texts: &[&str]) -> Option<i16> {
    let mut years: Vec<i16> = texts.iter().flat_map(|text| years(&fold(text))).collect();
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

/// The one year that titles speak of, beside the years of a decision's period.
pub(super) fn year_of(titles: &[&Seen<'_>], periods: &[Period]) -> Option<i16> {
    let mut years: Vec<i16> = titles.iter().flat_map(|cell| years(&cell.key)).collect();
    years.extend(periods.iter().map(|p| p.year()));
    years.sort_unstable();
    years.dedup();
    if let [only] = years.as_slice() { Some(*only) } else { None }
}

/// The one year that a file's name speaks of.
pub(super) fn year_in(path: &str) -> Option<i16> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let digits = name.split(|c: char| !c.is_ascii_digit()).filter(|d| d.len() == 4).filter_map(|d| d.parse().ok());
    let mut years: Vec<i16> = digits.filter(|year| (2005..=2100).contains(year)).collect();
    years.dedup();
    if let [only] = years.as_slice() { Some(*only) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;

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
