//! Words beside a verdict that take it back: `Đạt (nợ 01 nội dung)`, or the remark `Huyện đánh giá chưa đạt` beside `Đạt`.
//!
//! They settle nothing: a person does. The verdict stays what its words say, and what is said beside it is named.

use serde::Deserialize;

use super::choice::has_boxes;
use super::{VerdictWord, Vocabulary};
use crate::catalogue::phrases::Sentences;
use crate::text::{fold, toned};

/// The words as the template has them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DoubtsFile {
    anywhere: Vec<String>,
    beyond: Vec<String>,
    first: Vec<String>,
    parts: Vec<String>,
}

/// Words that take a verdict back.
#[derive(Debug, Clone)]
pub(super) struct Doubts {
    /// Folded, with a space at each end as all that are sought within sentences, wherever they stand.
    anywhere: Vec<String>,
    /// What is more than has to be met.
    beyond: Vec<String>,
    /// That something is not met, wherever it stands undenied.
    unmet: Vec<String>,
    /// Before it: that it was so.
    earlier: Vec<String>,
    /// That something is still to come.
    goal: Vec<String>,
    /// With their marks, where they stand first.
    first: Vec<String>,
    /// Folded: what an item is made of.
    parts: Vec<String>,
}

impl DoubtsFile {
    pub(super) fn read(self, sentences: &Sentences) -> Doubts {
        let all = |words: &[String], key: fn(&str) -> String| words.iter().map(|word| key(word)).collect();
        let within = |word: &str| format!(" {} ", fold(word));
        Doubts {
            anywhere: all(&self.anywhere, within),
            beyond: all(&self.beyond, within),
            unmet: all(&sentences.unmet, within),
            earlier: all(&sentences.earlier, within),
            goal: all(&sentences.goal, within),
            first: all(&self.first, |word| toned(word).trim().to_owned()),
            parts: all(&self.parts, fold),
        }
    }
}

impl Vocabulary {
    /// Whether a text begins with a verdict and goes on with words that take it back.
    #[must_use]
    pub fn takes_back(&self, text: &str) -> bool {
        // The words of a form are no words about its verdict.
        if self.verdicts.contains_key(&fold(text)) || has_boxes(text) || self.choice(text).is_some() {
            return false;
        }
        let Some((word, rest)) = self.led_by(text) else { return false };
        match word {
            VerdictWord::Met => {
                clauses(rest).any(|clause| self.doubts.begins(clause) || self.is_in_part(clause))
                    || self.doubts.within(rest)
            }
            VerdictWord::NotMet => clauses(rest).any(|clause| {
                matches!(self.verdicts.get(&fold(clause)), Some(VerdictWord::Met | VerdictWord::No | VerdictWord::Yes))
            }),
            _ => false,
        }
    }

    /// Whether a remark beside what is met says that it is not, not yet, or no more.
    #[must_use]
    pub fn doubts_met(&self, remark: &str) -> bool {
        let is_short = remark.split_whitespace().count() <= 4;
        self.doubts.within(remark) || is_short && self.doubts.is_first(remark)
    }

    /// The verdict with which a text begins, the longest, and what follows it.
    fn led_by<'t>(&self, text: &'t str) -> Option<(VerdictWord, &'t str)> {
        let ends = text.char_indices().filter(|(_, c)| !c.is_alphanumeric()).map(|(at, _)| at);
        let mut found = None;
        for end in ends.filter(|end| *end > 0).take(8) {
            if let Some(word) = self.verdicts.get(&fold(&text[..end])) {
                found = Some((*word, &text[end..]));
            }
        }
        found
    }

    /// `2/3 nội dung`, `ở 5/7 thôn`, `1/2`: not all the parts that an item has.
    fn is_in_part(&self, clause: &str) -> bool {
        let words: Vec<&str> = clause.split_whitespace().collect();
        let Some((at, (some, all))) = words.iter().enumerate().find_map(|(at, word)| Some((at, ratio(word)?))) else {
            return false;
        };
        let behind = fold(&words[at + 1..].join(" "));
        let is_of_parts = self.doubts.parts.iter().any(|part| begins_with(&behind, part));
        some < all && (is_of_parts || behind.is_empty() && at <= 1)
    }
}

impl Doubts {
    /// Whether a clause begins with a doubt: `nợ 01 nội dung`, `huyện chưa công nhận`.
    fn begins(&self, clause: &str) -> bool {
        let words = toned(clause);
        self.first.iter().any(|doubt| begins_with(words.trim(), doubt))
    }

    /// Whether a text is a doubt and what belongs to it.
    fn is_first(&self, text: &str) -> bool {
        let words = toned(text);
        let is_whole = |doubt: &String| words.trim() == doubt;
        // "Chưa phát sinh khiếu kiện" says nothing against what is met; "đang thi công nhà văn hóa" does.
        self.first.iter().any(|doubt| is_whole(doubt) || doubt.starts_with("đang ") && begins_with(words.trim(), doubt))
    }

    /// Whether doubts stand anywhere in a text.
    fn within(&self, text: &str) -> bool {
        let sentences = text.split([';', '\n']).flat_map(|part| part.split(". ")).flat_map(|part| part.split(", "));
        sentences.map(|sentence| format!(" {} ", fold(sentence))).any(|sentence| {
            // A share that is still to be reached is a goal beyond what is met, as the next set is.
            let is_beyond = || text.contains('%') || self.beyond.iter().any(|more| sentence.contains(more));
            let is_goal = |phrase: &str| self.goal.iter().any(|goal| phrase.starts_with(goal.trim_end()));
            let stands = |phrase: &String| sentence.contains(phrase) && !(is_goal(phrase) && is_beyond());
            self.anywhere.iter().any(stands) || self.unmet.iter().any(|phrase| self.denies(&sentence, phrase))
        })
    }

    /// Whether a sentence says that something is not met: not that nothing is left that is not, that it was so before, or
    /// that only what is beyond is not reached.
    fn denies(&self, sentence: &str, phrase: &str) -> bool {
        let Some(at) = sentence.find(phrase) else { return false };
        let (before, behind) = (&sentence[..=at], &sentence[at + phrase.len() - 1..]);
        let is_none = before.contains(" khong ");
        let is_earlier = self.earlier.iter().any(|time| before.contains(time));
        let is_beyond = self.beyond.iter().any(|more| behind.starts_with(more));
        !is_none && !is_earlier && !is_beyond
    }
}

fn clauses(text: &str) -> impl Iterator<Item = &str> {
    let ends = |c: char| matches!(c, ',' | ';' | ':' | '(' | ')' | '[' | ']' | '>' | '\n' | '-' | '–');
    text.split(ends).map(str::trim).filter(|clause| !clause.is_empty())
}

fn begins_with(words: &str, phrase: &str) -> bool {
    words.strip_prefix(phrase).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// `2/3` of few parts; a day with its month and year is none.
fn ratio(word: &str) -> Option<(u32, u32)> {
    let (some, all) = word.split_once('/')?;
    let (some, all): (u32, u32) = (some.parse().ok()?, all.parse().ok()?);
    (all <= 60).then_some((some, all))
}

#[cfg(test)]
mod tests {
    use crate::catalogue::Catalogue;

    #[test]
    fn a_verdict_may_be_taken_back_by_what_follows_it() {
        let v = Catalogue::embedded().unwrap().vocabulary;
        for text in [
            "Đã đạt, nay không còn đạt",
            "Đạt (huyện: chưa)",
            "Đạt (huyện chưa công nhận)",
            "Đạt, riêng thôn 3 chưa đạt",
            "Đạt > chưa bền",
            "Đạt nhưng chưa bền vững",
            "Đạt có điều kiện",
            "Đạt (nợ 01 nội dung)",
            "Đạt (thiếu hồ sơ)",
            "Đạt 2/3 nội dung",
            "Đạt 1/2",
            "Đạt mức 1/3",
            "Đạt ở 5/7 thôn",
            "Đạt tháng trước",
            "Đạt so với bộ tiêu chí cũ",
            "Đạt theo QĐ 491",
            "Đạt chuẩn 2016-2020",
            "Đạt kế hoạch tháng",
            "Đạt tiến độ",
            "Đ (ước)",
            "Đạt (chờ thẩm định)",
            "Đạt (đề nghị công nhận)",
            "Chưa đạt (huyện: đạt)",
            "Chưa đạt: không",
        ] {
            assert!(v.takes_back(text), "{text}");
        }
        for text in [
            "Đạt",
            "Đạt chuẩn",
            "Đạt 95%",
            "Đạt (425/450 hộ)",
            "Đạt 7/7 thôn",
            "Đạt năm 2022",
            "Đạt: 2 HTX",
            "Đạt 4 sao cấp tỉnh",
            "Đạt, tiếp tục duy trì và nâng cao chất lượng",
            "Đạt (không có hộ nào chưa đạt)",
            "Chưa đạt (đạt 85% so với 90%)",
            "Chưa đạt (thiếu NVH thôn 3)",
            "Chưa đạt, đang thực hiện",
            "Cơ bản đạt",
            "☑ Đạt ☐ Chưa đạt",
            "Đạt ( ) Không đạt (X)",
            "Đạt: x Chưa đạt:",
        ] {
            assert!(!v.takes_back(text), "{text}");
        }
    }

    #[test]
    fn a_remark_may_deny_what_is_met() {
        let v = Catalogue::embedded().unwrap().vocabulary;
        for remark in [
            "Huyện đánh giá chưa đạt",
            "Đính chính: chưa đạt",
            "Thực tế chưa đạt, đề nghị xem xét",
            "Hết hạn tháng 2/2023, chưa công nhận lại",
            "Chưa được công nhận",
            "Đã bị thu hồi quyết định công nhận",
            "Còn 02 thôn chưa đạt",
            "Phấn đấu đạt tháng 6/2023",
            "Sẽ hoàn thành quý III/2023",
            "Kế hoạch hoàn thành năm 2024",
            "Không đồng ý, chưa đạt",
            "Nợ",
            "Đang thi công",
            "Không có trên địa bàn",
        ] {
            assert!(v.doubts_met(remark), "{remark}");
        }
        for remark in [
            "",
            "Tiếp tục duy trì",
            "Không còn hộ nào chưa đạt",
            "Năm trước chưa đạt",
            "Chưa phát sinh khiếu kiện",
            "Phấn đấu đạt 100% vào cuối năm",
            "Phấn đấu đạt nâng cao năm 2025",
            "Thôn 3 chưa đạt mức tối đa",
            "Dân tộc thiểu số",
            "Xã đã có quyết định công nhận",
            "Đã hoàn thành năm 2022",
        ] {
            assert!(!v.doubts_met(remark), "{remark}");
        }
    }
}
