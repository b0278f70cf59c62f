//! Which number of a cell's words is the result: each number has its part in the sentence.
//!
//! «Yêu cầu 90%; đạt 95,5%» says 95,5; «tăng 2% so với 93,5%» says no result at all. A number is a result when the words
//! beside it say so, or when none of them says that it is something else.

use super::clauses::{Token, begins, dated, is_garbled, is_phrase, is_year, like, tokens};
use crate::catalogue::Figures;
use crate::text::number::{Found, numbers};

/// What a text says as its result.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Said {
    /// No figures, or only days, years and numbers of papers: words are an answer of their own.
    Words,
    /// Figures of which none is plainly the result.
    Unclear,
    /// The result.
    Result {
        value: f64,
        /// A percent sign or a ratio says that it is a share.
        percent: bool,
        doubtful: bool,
    },
}

/// What a text is held against.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'a> {
    /// The unit of the indicator in the set; empty where it has none.
    pub unit: &'a str,
    /// Whether less is better: what is left («còn») is then the result.
    pub less_is_better: bool,
    /// The year of the report.
    pub year: Option<i16>,
}

/// A number's part in the sentence.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Role {
    Result,
    Unmarked,
    /// A demand, a plan, an earlier figure, a change, what is missing.
    Other,
}

/// Reads the result out of a text.
pub(super) fn result(text: &str, asked: Asked<'_>, words: &Figures) -> Said {
    let found = numbers(text);
    if found.is_empty() {
        return if text.bytes().any(|b| b.is_ascii_digit()) { Said::Unclear } else { Said::Words };
    }
    if is_garbled(text, &found) {
        return Said::Unclear;
    }
    let tokens = tokens(text, &found);
    let dated = dated(text, &found, &tokens, &words.numbered);
    let figures: Vec<usize> = (0..found.len()).filter(|n| !dated[*n]).collect();
    if figures.is_empty() {
        return if text.chars().any(char::is_alphabetic) { Said::Words } else { Said::Unclear };
    }
    let sentence = Sentence { text, found: &found, tokens: &tokens, dated: &dated, asked, words };
    let shares: Vec<usize> = figures.iter().copied().filter(|n| found[*n].percent).collect();
    let plain: Vec<usize> = figures.iter().copied().filter(|n| !found[*n].percent).collect();
    let ratios: Vec<(usize, f64)> = plain.windows(2).filter_map(|two| sentence.ratio(two[0], two[1])).collect();
    let is_share = asked.unit == "%" || asked.unit.is_empty();
    if is_share && !shares.is_empty() {
        let pool = shares.iter().map(|n| (*n, found[*n].value)).collect();
        let Some((n, value)) = sentence.one(pool) else { return Said::Unclear };
        // «5/6 thôn 95,5%»: two results that are not the same.
        let disagrees = matches!(ratios.as_slice(), [(_, share)] if (share - value).abs() > 1.0);
        return if disagrees {
            Said::Unclear
        } else {
            Said::Result { value, percent: true, doubtful: found[n].doubtful }
        };
    }
    if is_share && !ratios.is_empty() {
        return match sentence.one(ratios) {
            Some((_, value)) => Said::Result { value, percent: true, doubtful: false },
            None => Said::Unclear,
        };
    }
    let Some((n, value)) = sentence.one(plain.iter().map(|n| (*n, found[*n].value)).collect()) else {
        return Said::Unclear;
    };
    match super::units::in_unit(value, &text[found[n].end..sentence.end_of(n)], asked.unit) {
        Some((value, converted)) => Said::Result { value, percent: false, doubtful: found[n].doubtful && !converted },
        None => Said::Unclear,
    }
}

struct Sentence<'a> {
    text: &'a str,
    found: &'a [Found],
    tokens: &'a [Token],
    dated: &'a [bool],
    asked: Asked<'a>,
    words: &'a Figures,
}

impl Sentence<'_> {
    /// The one of these numbers that is the result; none where it is open which.
    fn one(&self, pool: Vec<(usize, f64)>) -> Option<(usize, f64)> {
        let roles: Vec<Role> = pool.iter().map(|(n, _)| self.role(*n)).collect();
        let of = |role: Role| pool.iter().zip(&roles).filter(move |(_, r)| **r == role).map(|(one, _)| *one);
        let chosen = of(Role::Result).next().or_else(|| of(Role::Unmarked).next())?;
        let others = of(Role::Result).chain(of(Role::Unmarked));
        let is_alone = others.into_iter().all(|(_, value)| (value - chosen.1).abs() < 1e-9);
        // An unmarked number behind a plan or a change may be anything.
        let is_plain = of(Role::Result).next().is_some() || of(Role::Other).all(|(n, _)| n > chosen.0);
        (is_alone && is_plain).then_some(chosen)
    }

    fn at(&self, n: usize) -> usize {
        self.tokens.iter().position(|token| *token == Token::Number(n)).unwrap_or(0)
    }

    fn is_figure(&self, token: &Token) -> bool {
        matches!(token, Token::Number(n) if !self.dated[*n])
    }

    fn role(&self, n: usize) -> Role {
        let at = self.at(n);
        let start = self.tokens[..at]
            .iter()
            .rposition(|t| matches!(t, Token::Break | Token::Open) || self.is_figure(t))
            .map_or(0, |place| place + 1);
        // «Đạt (KH 98%)» opens a clause of its own; «Chưa đạt (55%)» has its words before the bracket.
        let before = &self.tokens[start..at];
        if before.contains(&Token::Below) {
            return Role::Other;
        }
        let (words, years) = self.words_of(before);
        let starts = !self.tokens[..start].iter().any(|t| matches!(t, Token::Word(_) | Token::Number(_)));
        match self.behind(at) {
            Role::Unmarked => {}
            role => return role,
        }
        let from = self.before(&words, starts, start);
        match (from, years.last()) {
            (Role::Other, _) | (_, None) => from,
            (role, Some(year)) => match self.asked.year {
                None => role,
                Some(own) if own == *year => Role::Result,
                Some(_) => Role::Other,
            },
        }
    }

    /// The words of some tokens, and the years among them.
    fn words_of<'t>(&self, tokens: &'t [Token]) -> (Vec<&'t str>, Vec<i16>) {
        let words = tokens.iter().filter_map(|t| if let Token::Word(word) = t { Some(word.as_str()) } else { None });
        let years = tokens.iter().filter_map(|t| match t {
            Token::Number(n) if is_year(self.text, &self.found[*n]) => Some(self.found[*n].value as i16),
            _ => None,
        });
        (words.collect(), years.collect())
    }

    /// The part that the words before a number give it: the nearest that speak of something else than a result win.
    fn before(&self, words: &[&str], starts: bool, start: usize) -> Role {
        let verdict = |words: &[&str]| is_phrase(words, &["chưa", "đạt"]) || is_phrase(words, &["không", "đạt"]);
        // «Chưa đạt 60,7%» is a verdict with its figure.
        if starts && verdict(words) {
            return Role::Result;
        }
        let mut role = Role::Unmarked;
        for from in (0..words.len()).rev() {
            let rest = &words[from..];
            let is = |list: &[String]| list.iter().any(|phrase| begins(rest, phrase));
            if is(&self.words.changed_to) && rest.len() == 1 {
                return Role::Result;
            }
            if begins(rest, "còn") {
                let is_rest = from > 0 && (like(words[from - 1], "giảm") || like(words[from - 1], "xuống"));
                let is_wanting = is(&self.words.wanting);
                let left = is_rest || self.asked.less_is_better && !is_wanting;
                return if left { Role::Result } else { Role::Other };
            }
            if is(&self.words.plan) || is(&self.words.demand) || is(&self.words.other) || is(&self.words.earlier) {
                return Role::Other;
            }
            if is(&self.words.result) || is(&self.words.done) {
                role = Role::Result;
            }
        }
        // A bracket right behind a word that marks it: «KH (98%)».
        if words.is_empty() && start > 0 && self.tokens[start - 1] == Token::Open {
            let (outer, _) = self.words_of(&self.tokens[..start - 1]);
            let ends = |phrase: &String| {
                outer.len() >= phrase.split(' ').count() && {
                    let from = outer.len() - phrase.split(' ').count();
                    begins(&outer[from..], phrase)
                }
            };
            let follows_number = matches!(self.tokens[..start - 1].last(), Some(Token::Number(_)));
            if !follows_number && self.words.plan.iter().chain(&self.words.demand).any(ends) {
                return Role::Other;
            }
        }
        role
    }

    /// The part that the words behind a number give it.
    fn behind(&self, at: usize) -> Role {
        let rest = &self.tokens[at + 1..];
        let end = rest.iter().position(|t| matches!(t, Token::Break | Token::Open) || self.is_figure(t));
        let tail = &rest[..end.unwrap_or(rest.len())];
        let meets_number = end.is_some_and(|end| self.is_figure(&rest[end]));
        let (words, years) = self.words_of(tail);
        let has =
            |list: &[String]| (0..words.len()).any(|from| list.iter().any(|phrase| begins(&words[from..], phrase)));
        let is_verdict = words.first().is_some_and(|first| like(first, "đạt") || like(first, "vượt"));
        if has(&self.words.behind)
            || has(&self.words.earlier)
            || (!meets_number && !is_verdict && has(&self.words.plan))
        {
            return Role::Other;
        }
        if !meets_number && words.first().is_some_and(|w| like(w, "năm")) && self.is_other_year(&years) {
            return Role::Other;
        }
        // A bracket without a figure: «98% (KH)», «93% (năm 2022)».
        let Some(Token::Open) = end.map(|end| &rest[end]) else { return Role::Unmarked };
        let inner = &rest[end.unwrap_or(0) + 1..];
        let inner = &inner[..inner.iter().position(|t| *t == Token::Break).unwrap_or(inner.len())];
        if inner.iter().any(|t| self.is_figure(t)) {
            return Role::Unmarked;
        }
        let (words, years) = self.words_of(inner);
        let is = |list: &[String]| list.iter().any(|phrase| begins(&words, phrase));
        let only_dates = words.iter().all(|word| self.words.dates.iter().any(|date| like(word, date)));
        let is_denied = self.asked.less_is_better && begins(&words, "không") && !begins(&words, "không đạt");
        if is(&self.words.plan) || is(&self.words.demand) || is(&self.words.earlier) || is_denied {
            return Role::Other;
        }
        if is(&self.words.done) {
            return Role::Result;
        }
        if only_dates && self.is_other_year(&years) { Role::Other } else { Role::Unmarked }
    }

    fn is_other_year(&self, years: &[i16]) -> bool {
        self.asked.year.is_some_and(|own| !years.is_empty() && !years.contains(&own))
    }

    /// Two numbers with nothing but a slash between them, as a share; for a count of what is left, the part.
    fn ratio(&self, one: usize, other: usize) -> Option<(usize, f64)> {
        let (part, whole) = (self.found[one].value, self.found[other].value);
        let between = self.text[self.found[one].end..self.found[other].start].trim();
        (between == "/" && whole > 0.0 && (0.0..=whole).contains(&part)).then(|| (one, part / whole * 100.0))
    }

    /// Where the clause of a number ends, in bytes.
    fn end_of(&self, n: usize) -> usize {
        let next = self.found.get(n + 1).map_or(self.text.len(), |next| next.start);
        let tail = &self.text[self.found[n].end..next];
        self.found[n].end + tail.find([';', '(', ')', ',', ':']).unwrap_or(tail.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;

    const SHARE: Asked<'static> = Asked { unit: "%", less_is_better: false, year: Some(2023) };
    const POVERTY: Asked<'static> = Asked { less_is_better: true, ..SHARE };
    const INCOME: Asked<'static> = Asked { unit: "triệu đồng/người/năm", ..SHARE };
    const HOUSES: Asked<'static> = Asked { unit: "nhà", ..POVERTY };
    const GREEN: Asked<'static> = Asked { unit: "m2/người", ..SHARE };

    fn result(text: &str, asked: Asked<'_>) -> Said {
        super::result(text, asked, &Catalogue::embedded().unwrap().vocabulary.figures)
    }

    fn value(text: &str, asked: Asked<'_>) -> Option<f64> {
        match result(text, asked) {
            Said::Result { value, .. } => Some((value * 1e6).round() / 1e6),
            Said::Words | Said::Unclear => None,
        }
    }

    #[test]
    fn the_result_is_told_from_the_demand_the_plan_and_the_earlier_figure() {
        for (text, expected) in [
            ("kế hoạch 98%, thực hiện 95,5%", 95.5),
            ("KE HOACH 98%, THUC HIEN 95,5%", 95.5),
            ("Yêu cầu 90%; đạt 95,5%", 95.5),
            ("tăng từ 90% lên 95,5%", 95.5),
            ("95,5%, tăng 2% so với năm trước", 95.5),
            ("95,5% (năm 2022: 93%)", 95.5),
            ("năm 2022: 93%; 2023: 95,5%", 95.5),
            ("Đạt 87% so với quy định ≥85%", 87.0),
            ("88% (QĐ: ≥85%)", 88.0),
            ("98% (KH); 95,5% (TH)", 95.5),
        ] {
            assert_eq!(value(text, SHARE), Some(expected), "{text}");
        }
        assert_eq!(value("Đạt 78,1 so với quy định ≥75", INCOME), Some(78.1));
        assert_eq!(value("62,5 tr.đ (KH 65)", INCOME), Some(62.5));
        assert_eq!(value("giảm còn 1,2%", POVERTY), Some(1.2));
    }

    #[test]
    fn a_number_that_is_not_plainly_the_result_is_no_result() {
        for text in [
            "tăng 2% so với 93,5%",
            "còn 4,5% chưa đạt",
            "thiếu 4,5%",
            "chưa tưới: 4,5%",
            "dưới 90%",
            "120% kế hoạch",
            "đạt 102% KH",
            "Đạt 95,5% KH (82%)",
            "phấn đấu đạt 98%",
            "85%/90%",
            "95,5% diện tích vụ xuân; 80% vụ mùa",
            "5/6 thôn 95,5%",
            "93% (năm 2022)",
            "từ 90% đến 95%",
            "đạt từ 80% trở lên",
        ] {
            assert_eq!(result(text, SHARE), Said::Unclear, "{text}");
        }
        for text in ["giảm 1,2%", "98,8% không nghèo", "Hộ nghèo 0,5%, cận nghèo 0,7%", "90,5% (không SDD)"]
        {
            assert_eq!(result(text, POVERTY), Said::Unclear, "{text}");
        }
    }

    #[test]
    fn what_is_plain_stays_read() {
        for (text, expected) in [
            ("≥ 90", 90.0),
            ("Đạt 69%", 69.0),
            ("Chưa đạt 60,7%", 60.7),
            ("82,84% - Chưa đạt", 82.84),
            ("71,68% (chưa đạt)", 71.68),
            ("Chưa đạt (55%)", 55.0),
            ("1.738/1.920 = 90,52%", 90.52),
            ("61% (1.223/2.005 người)", 61.0),
            ("15/20", 75.0),
            ("90,8% số hộ", 90.8),
            ("Toàn xã có 2.785 ha đất SXNN, được tưới tiêu chủ động 2.314 ha, đạt 83,09%", 83.09),
            ("100% (1)", 100.0),
            ("95,5 (1)", 95.5),
            ("Hạ tầng đạt 95,5%", 95.5),
            ("95,5% (QĐ 318 năm 2022)", 95.5),
        ] {
            assert_eq!(value(text, SHARE), Some(expected), "{text}");
        }
        assert_eq!(value("Toàn xã còn 25 hộ nghèo; tỷ lệ nghèo đa chiều 1,16%", POVERTY), Some(1.16));
        assert_eq!(value("Thu nhập bình quân năm 2023 ước đạt 65,8 triệu đồng/người/năm", INCOME), Some(65.8));
    }

    #[test]
    fn a_number_of_another_unit_is_no_result() {
        for (text, asked) in [
            ("25 hộ", POVERTY),
            ("95,5 điểm", SHARE),
            ("95,5‰", SHARE),
            ("95,5 %o", SHARE),
            ("5,2 triệu đồng/tháng", INCOME),
            ("0,0625 tỷ", INCOME),
            ("62,5 USD", INCOME),
            ("120 triệu đồng/hộ", INCOME),
            ("4,2 ha", GREEN),
            ("4,2 m2/hộ", GREEN),
            ("0%", HOUSES),
            ("đã xóa 12/14 nhà", HOUSES),
            ("xoá 3 nhà", HOUSES),
        ] {
            assert_eq!(result(text, asked), Said::Unclear, "{text}");
        }
        for (text, asked, expected) in [
            ("62.500 nghìn đồng", INCOME, 62.5),
            ("82,3 tr.đ/người/năm", INCOME, 82.3),
            ("69,8 trđ", INCOME, 69.8),
            ("4,2m2/người", GREEN, 4.2),
            ("6,99 m²/người", GREEN, 6.99),
            ("còn 2 nhà", HOUSES, 2.0),
            ("5 lít/người/ngày đêm", Asked { unit: "lít/người/ngày đêm", ..SHARE }, 5.0),
        ] {
            assert_eq!(value(text, asked), Some(expected), "{text}");
        }
    }

    #[test]
    fn garbled_digits_are_asked_and_days_are_words() {
        for text in ["9O,5%", "95,51)", "62tr5", "12/4/2023"] {
            assert_eq!(result(text, SHARE), Said::Unclear, "{text}");
        }
        for text in ["Đạt - có QĐ công nhận năm 2022", "Chưa đạt, phấn đấu cuối năm 2025", "Đạt tháng 12/2022", "Có"]
        {
            assert_eq!(result(text, SHARE), Said::Words, "{text}");
        }
    }
}
