//! The months that a text mentions, each with the words before it: `6 tháng đầu năm 2023`, `quý I/2023`, `tháng 4`,
//! `từ ngày 26/3 đến ngày 25/4/2023`.

use super::date::{month_in_words, split_tokens};
use super::{fold, roman};
use crate::model::Period;

/// A month that a text mentions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The month of the year.
    pub month: i8,
    /// The year, where it stands beside the month or alone in the text.
    pub year: Option<i16>,
    /// Whether a day of the month is meant: a day of signing, or the day up to which figures go.
    pub is_day: bool,
    /// How many months it is the last of: 6 of "6 tháng đầu năm", 3 of a quarter, else 1.
    pub span: i8,
    /// The folded words before it, from the mention before.
    pub lead: String,
}

impl Mention {
    /// The month, with the year given for where the text has none.
    #[must_use]
    pub fn period(&self, year: Option<i16>) -> Option<Period> {
        Period::new(self.year.or(year)?, self.month)
    }
}

/// What stands at a token.
struct Hit {
    month: i8,
    year: Option<i16>,
    is_day: bool,
    span: i8,
    tokens: usize,
}

/// All mentions of a text in order; of a span of days only the last.
///
/// ```
/// let found = ntm::text::months::mentions("Kết quả tháng 4, nhiệm vụ tháng 5 năm 2023");
/// assert_eq!(found[0].period(None).unwrap().to_string(), "2023-04");
/// assert_eq!(found[1].lead, "nhiem vu");
/// ```
#[must_use]
pub fn mentions(text: &str) -> Vec<Mention> {
    let folded = fold(text);
    let tokens = split_tokens(&folded);
    let mut found: Vec<Mention> = Vec::new();
    let (mut at, mut lead) = (0, 0);
    while at < tokens.len() {
        let Some(hit) = hit_at(&tokens, at) else {
            at += 1;
            continue;
        };
        let lead_words = tokens[lead..at].join(" ");
        // "Từ ngày 26/3/2023 đến ngày 25/4/2023": the figures are of the end.
        let ends_a_span = hit.is_day && lead_words.split(' ').any(|w| w == "den");
        if ends_a_span && let Some(start) = found.last().filter(|m| m.is_day && m.lead.split(' ').any(|w| w == "tu")) {
            let before = format!("{} {lead_words}", start.lead);
            found.pop();
            found.push(Mention { month: hit.month, year: hit.year, is_day: true, span: 1, lead: before });
        } else {
            let Hit { month, year, is_day, span, .. } = hit;
            found.push(Mention { month, year, is_day, span, lead: lead_words });
        }
        at += hit.tokens;
        lead = at;
    }
    complete(&mut found, &tokens);
    found
}

/// Months without a year take that of the mention behind them, or the only one the text has.
fn complete(found: &mut [Mention], tokens: &[&str]) {
    for at in (0..found.len()).rev() {
        if found[at].year.is_none()
            && let Some(next) = found.get(at + 1).filter(|next| !next.is_day)
        {
            let (month, next_month) = (found[at].month, next.month);
            // "Kết quả tháng 12, nhiệm vụ tháng 1 năm 2024"
            found[at].year = next.year.map(|year| if month > next_month { year - 1 } else { year });
        }
    }
    let mut years: Vec<i16> = found.iter().filter_map(|m| m.year).collect();
    let named = tokens.windows(2).filter(|pair| pair[0] == "nam").filter_map(|pair| year_of(pair[1]));
    years.extend(named);
    years.sort_unstable();
    years.dedup();
    if let [only] = years.as_slice() {
        found.iter_mut().filter(|m| m.year.is_none()).for_each(|m| m.year = Some(*only));
    }
}

fn hit_at(tokens: &[&str], at: usize) -> Option<Hit> {
    let token = |at: usize| tokens.get(at).copied().unwrap_or("");
    let number = |at: usize| -> Option<i16> { Some(token(at)).filter(|t| (1..=2).contains(&t.len()))?.parse().ok() };
    let month = |at: usize| number(at).filter(|m| (1..=12).contains(m)).map(|m| m as i8);
    let year = |at: usize| -> (Option<i16>, usize) {
        let skip = usize::from(token(at) == "nam");
        match year_of(token(at + skip)) {
            Some(year) => (Some(year), skip + 1),
            None => (None, 0),
        }
    };
    let short_year = |at: usize| number(at).filter(|y| token(at).len() == 2 && (10..=60).contains(y)).map(|y| y + 2000);
    match token(at) {
        "quy" => {
            let quarter = number(at + 1).or_else(|| roman::parse(token(at + 1)).map(|n| n as i16));
            let quarter = quarter.filter(|q| (1..=4).contains(q))?;
            let (year, tokens) = year(at + 2);
            return Some(Hit { month: quarter as i8 * 3, year, is_day: false, span: 3, tokens: 2 + tokens });
        }
        "thang" | "thg" | "t" | "th" | "ky" => {
            let in_words = month_in_words(&tokens[at + 1..]).filter(|_| token(at) == "thang");
            let by_roman = || {
                let parsed = roman::parse(token(at + 1)).map(|n| n as i16).filter(|m| (1..=12).contains(m));
                parsed.filter(|_| token(at) == "thang").map(|m| (m as i8, 1))
            };
            let (month, words) =
                month(at + 1).map(|m| (m, 1)).or_else(by_roman).or(in_words.map(|(m, words)| (m as i8, words)))?;
            let (mut known, mut more) = year(at + 1 + words);
            if known.is_none() && token(at + 1).bytes().all(|b| b.is_ascii_digit()) {
                known = short_year(at + 1 + words);
                more = usize::from(known.is_some());
            }
            // "Tháng năm 2023" is a gap and a year; "kỳ 1", "T2" alone may be anything.
            if known.is_none() && (token(at) != "thang" && token(at) != "t" || in_words.is_some() && words == 1) {
                return None;
            }
            let before = |back: usize| at.checked_sub(back).map_or("", token);
            let is_day = before(1) == "ngay" || (before(2) == "ngay" && number(at - 1).is_some());
            return Some(Hit { month, year: known, is_day, span: 1, tokens: 1 + words + more });
        }
        _ => {}
    }
    // "6 tháng đầu năm 2023", "9 tháng năm 2023", "6T/2023"; "ngày 6 tháng Năm 2023" is a day.
    let is_count =
        matches!(token(at + 1), "thang" | "t") && at.checked_sub(1).is_none_or(|before| token(before) != "ngay");
    if let Some(count) = month(at).or_else(|| count_in_words(token(at))).filter(|_| is_count) {
        let part = token(at + 2);
        let (known, more) = year(at + 2 + usize::from(matches!(part, "dau" | "cuoi")));
        let of_year = matches!(part, "dau" | "cuoi") && token(at + 3) == "nam";
        if of_year || known.is_some() && !matches!(part, "dau" | "cuoi") {
            let month = if part == "cuoi" { 12 } else { count };
            let tokens = if of_year { 3 + more.max(1) } else { 2 + more };
            return Some(Hit { month, year: known, is_day: false, span: count, tokens });
        }
    }
    let plain_year = |at: usize| year_of(token(at));
    let is_day = |at: usize| number(at).is_some_and(|d| (1..=31).contains(&d));
    if is_day(at)
        && let Some(found) = month(at + 1)
    {
        if let Some(year) = plain_year(at + 2) {
            return Some(Hit { month: found, year: Some(year), is_day: true, span: 1, tokens: 3 });
        }
        let before = at.checked_sub(1).map_or("", token);
        if let Some(year) = short_year(at + 2).filter(|_| matches!(before, "den" | "ngay")) {
            return Some(Hit { month: found, year: Some(year), is_day: true, span: 1, tokens: 3 });
        }
        // "từ 26/3 đến 25/4/2023"
        if matches!(before, "tu") || (before == "ngay" && token(at + 2) == "den") {
            return Some(Hit { month: found, year: None, is_day: true, span: 1, tokens: 2 });
        }
    }
    if let Some(found) = month(at) {
        if let Some(year) = plain_year(at + 1) {
            return Some(Hit { month: found, year: Some(year), is_day: false, span: 1, tokens: 2 });
        }
        // "4/23" and nothing else
        if tokens.len() == 2
            && at == 0
            && let Some(year) = short_year(1).filter(|year| *year > 2020)
        {
            return Some(Hit { month: found, year: Some(year), is_day: false, span: 1, tokens: 2 });
        }
    }
    if let (Some(year), Some(found)) = (plain_year(at), month(at + 1)) {
        let is_day = is_day(at + 2) && plain_year(at + 2).is_none();
        return Some(Hit { month: found, year: Some(year), is_day, span: 1, tokens: if is_day { 3 } else { 2 } });
    }
    english(token(at)).zip(short_year(at + 1).or(plain_year(at + 1))).map(|(month, year)| Hit {
        month,
        span: 1,
        year: Some(year),
        is_day: false,
        tokens: 2,
    })
}

fn year_of(token: &str) -> Option<i16> {
    token.parse().ok().filter(|y| token.len() == 4 && (2005..=2100).contains(y))
}

/// `Apr`, as Excel shows months.
fn english(token: &str) -> Option<i8> {
    const NAMES: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    NAMES.iter().position(|name| *name == token).map(|at| at as i8 + 1)
}

/// `Sáu tháng đầu năm`: the counts of months that reports are of.
fn count_in_words(token: &str) -> Option<i8> {
    match token {
        "ba" => Some(3),
        "sau" => Some(6),
        "chin" => Some(9),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> String {
        let found = mentions(text);
        found.iter().map(|m| m.period(None).map_or("-".to_owned(), |p| p.to_string())).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn months_quarters_and_half_years_are_mentioned_in_every_wording() {
        for (text, expected) in [
            ("Quý I năm 2023", "2023-03"),
            ("quý 2/2023", "2023-06"),
            ("6 tháng đầu năm 2023", "2023-06"),
            ("9 tháng đầu năm 2023", "2023-09"),
            ("6 tháng cuối năm 2023", "2023-12"),
            ("9 tháng năm 2023", "2023-09"),
            ("BC 6T/2023", "2023-06"),
            ("Chín tháng đầu năm 2023", "2023-09"),
            ("ngày 6 tháng Năm năm 2023", "2023-05"),
            ("tháng tư năm 2023", "2023-04"),
            ("Tháng Tư/2023", "2023-04"),
            ("tháng IV/2023", "2023-04"),
            ("năm 2023 (tháng 4)", "2023-04"),
            ("Đến 30/04/23", "2023-04"),
            ("4/23", "2023-04"),
            ("Apr-23", "2023-04"),
            ("T4/23", "2023-04"),
            ("202304", "2023-04"),
            ("20230425", "2023-04"),
            ("Tháng:4 Năm:2023", "2023-04"),
            ("Từ ngày 26/3/2023 đến ngày 25/4/2023", "2023-04"),
            ("(từ 26/3 đến 25/4/2023)", "2023-04"),
            ("Kết quả tháng 12, nhiệm vụ tháng 1 năm 2024", "2023-12 2024-01"),
            ("ngày 03 tháng 5 năm 2023 - Báo cáo tháng 4", "2023-05 2023-04"),
            ("Tháng 4", "-"),
        ] {
            assert_eq!(all(text), expected, "{text}");
        }
    }

    #[test]
    fn decisions_shares_and_spans_of_years_mention_none() {
        for text in [
            "Quyết định 318/QĐ-TTg",
            "17/19 tiêu chí, 70/75 chỉ tiêu",
            "giai đoạn 2021-2025",
            "19.2",
            "năm 2023",
            "Tháng      năm 2023",
            "12/19",
        ] {
            assert_eq!(all(text), "", "{text}");
        }
    }
}
