//! What a sentence says of items, clause by clause: `chưa đạt: 2.1, 2.2`, `tiêu chí 3 và 4 đã đạt`, `trừ tiêu chí 10`,
//! `các chỉ tiêu còn lại đều đạt`.

use super::super::mood::{self, Mood};
use super::told::Told;
use super::words::{Words, kind_at, numeral};
use crate::catalogue::Sentences;
use crate::text::fold;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    Criteria,
    Indicators,
}

/// A clause that tells a verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Clause {
    pub(super) told: Told,
    /// The text that lists what it is told of; empty where a list is to follow, or nothing is listed.
    pub(super) items: String,
    /// "còn 3 chỉ tiêu chưa đạt"
    pub(super) count: Option<(Level, u32)>,
    /// "trong 57 chỉ tiêu"
    pub(super) of: Option<(Level, u32)>,
    /// Whether it says that all that is not listed is met.
    pub(super) rest_is_met: bool,
    /// Whether what it says of the rest is said of indicators.
    pub(super) of_indicators: bool,
    /// Whether it can only announce a list.
    pub(super) announces: bool,
    /// The words that tell it, where they tell no verdict.
    pub(super) words: String,
}

impl Clause {
    pub(super) fn of(told: Told, rest_is_met: bool) -> Self {
        let (items, words) = (String::new(), String::new());
        Clause { told, items, count: None, of: None, rest_is_met, of_indicators: false, announces: false, words }
    }
}

/// What tells the verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    NotMet,
    Met,
    NotJudged,
    /// "trừ", "ngoại trừ"
    Except,
    /// "còn lại đạt", "tất cả đều đạt", "không còn chỉ tiêu nào chưa đạt"
    RestIsMet,
}

#[derive(Debug, Clone, Copy)]
struct Cue {
    kind: Kind,
    /// Its words.
    first: usize,
    end: usize,
    /// Where the bracket ends that it stands in.
    bracket: Option<usize>,
}

/// The clauses of a sentence. `lists` says whether a text lists items.
pub(super) fn clauses(
    sentence: &str,
    sentences: &Sentences,
    year: Option<i16>,
    base: Mood,
    lists: &dyn Fn(&str) -> bool,
) -> Vec<Clause> {
    let words = Words::of(sentence);
    // Most sentences tell no verdict.
    if !words.keys.iter().any(|w| {
        matches!(w.as_str(), "dat" | "thanh" | "dam" | "thieu" | "no" | "ung" | "lai" | "tru" | "cho" | "dang" | "chua")
    }) {
        return Vec::new();
    }
    let keys: Vec<&str> = words.keys.iter().map(String::as_str).collect();
    let moods = mood::at_each_word(&keys, sentences, year, base);
    let cues = cues(&words, &keys, sentences, &moods, lists);
    let mut clauses = Vec::new();
    let mut from = 0;
    for (at, cue) in cues.iter().enumerate() {
        let start = words.start(cue.end).min(cue.bracket.unwrap_or(sentence.len()));
        let next = cues.get(at + 1);
        let limit = next.map_or(sentence.len(), |next| subject(&words, sentence, [cue, next], start, lists));
        let limit = cue.bracket.map_or(limit, |end| end.min(limit)).max(start);
        let before = &sentence[from.min(words.start(cue.first))..words.start(cue.first)];
        let after = &sentence[start..limit];
        from = limit;
        if cue.kind == Kind::RestIsMet {
            let of_indicators = keys.windows(2).any(|w| kind_at(w, 0) == Some(Level::Indicators));
            let of = size(&words, &keys).or_else(|| {
                let sized = |n: usize| Some((kind_at(&keys, n + 1)?, keys[n].parse().ok()?));
                (cue.first..cue.end).find_map(sized)
            });
            clauses.push(Clause { of, of_indicators, ..Clause::of(Told::Met, true) });
            continue;
        }
        let told = match cue.kind {
            Kind::Met => Told::Met,
            Kind::NotJudged => Told::NotJudged,
            _ => Told::NotMet,
        };
        let gap = words.gap(cue.end);
        let (after, own_count) = counted_only(&words, &keys, *cue, gap, after);
        // What is said to be met stands in the clause of that word: a plan before it is none of its list.
        let before = match cue.kind {
            Kind::Met => before.rsplit(';').next().unwrap_or(before),
            _ => before,
        };
        // "Tự đánh giá: chưa đạt." is an answer and no heading of a list.
        let is_answer = words.gap(cue.first).contains(':') && after.trim_matches(['.', ' ', ';']).is_empty();
        let announces = !is_answer && announces(sentence, &keys, *cue, after);
        let items = if own_count.is_some() && after.trim().is_empty() {
            ""
        } else if lists(after) {
            after
        } else if cue.bracket.is_none() && may_follow(&words, &keys, *cue) && lists(before) {
            before
        } else if gap.contains(':') && told == Told::NotMet && !announces {
            after
        } else {
            ""
        };
        let trimmed = items.trim_start_matches([',', ':', ' ', ';']);
        let count = own_count.or_else(|| count(&words, &keys, sentence, *cue));
        let only = keys[cue.first.saturating_sub(8)..cue.first].windows(2).any(|w| w == ["chi", "con"]);
        clauses.push(Clause {
            items: trimmed.to_owned(),
            count,
            of: size(&words, &keys),
            announces: items.is_empty() && announces,
            words: if told == Told::NotJudged { words.written_as(cue.first, cue.end) } else { String::new() },
            ..Clause::of(told, cue.kind == Kind::Except || only && told == Told::NotMet)
        });
    }
    clauses
}

/// The cues of a sentence in order.
fn cues(
    words: &Words<'_>,
    keys: &[&str],
    sentences: &Sentences,
    moods: &[Mood],
    lists: &dyn Fn(&str) -> bool,
) -> Vec<Cue> {
    let mut cues: Vec<Cue> = Vec::new();
    let mut at = 0;
    while at < keys.len() {
        let Some((kind, end)) = cue_at(words, keys, sentences, at) else {
            at += 1;
            continue;
        };
        let bracket = words.bracket(at);
        let is_told = match (kind, moods[at]) {
            (Kind::NotMet, mood) => mood != Mood::Earlier,
            (_, mood) => mood.is_of_now(),
        };
        // A remark in brackets is no statement of its own, unless it lists.
        let is_remark = bracket.is_some_and(|close| {
            let within = &words.text[words.start(end).min(close)..close];
            let is_nested = cues.last().is_some_and(|c| matches!(c.kind, Kind::NotMet | Kind::Except));
            matches!(kind, Kind::Met | Kind::RestIsMet) || is_nested || !lists(within)
        });
        // "Hệ thống điện đạt chuẩn" among what is not met is a name.
        let is_named = kind == Kind::Met && is_weak(keys, at) && {
            let listing = cues.iter().any(|c| matches!(c.kind, Kind::NotMet | Kind::Except));
            listing && !words.gap(end).contains(':')
        };
        if is_told && !is_remark && !is_named {
            cues.push(Cue { kind, first: at, end, bracket });
        }
        at = end;
    }
    cues
}

/// The cue that begins at a word, and the word behind it.
fn cue_at(words: &Words<'_>, keys: &[&str], sentences: &Sentences, at: usize) -> Option<(Kind, usize)> {
    let phrase = |phrases: &[String], at: usize| {
        let own = phrases.iter().filter(|p| p.split(' ').eq(keys[at..].iter().copied().take(p.split(' ').count())));
        own.map(|p| p.split(' ').count()).max()
    };
    let met = |at: usize| phrase(&sentences.met, at).filter(|_| !is_negated(keys, at));
    if let Some(length) = phrase(&sentences.unmet, at) {
        // "Không còn chỉ tiêu nào chưa đạt" says that all is met.
        let before = &keys[at.saturating_sub(7)..at];
        let none = before.windows(2).any(|w| matches!(w, ["khong", "con" | "co"]))
            && (before.contains(&"nao") || before.windows(2).any(|w| kind_at(w, 0).is_some()));
        return Some((if none { Kind::RestIsMet } else { Kind::NotMet }, at + length));
    }
    if let Some(length) = phrase(&sentences.unjudged, at) {
        return Some((Kind::NotJudged, at + length));
    }
    // "lưu trú", "Vĩnh Trụ" are other words.
    let is_except = || matches!(words.written(at).as_str(), "trừ" | "tru");
    if keys[at] == "tru" && is_except() && (keys[at.saturating_sub(1)] == "ngoai" || words.written(at) == "trừ") {
        return Some((Kind::Except, at + 1));
    }
    let whole = |from: usize| {
        let mut behind = from..keys.len().min(from + 12);
        let found = behind.find(|&n| phrase(&sentences.unmet, n).is_some() || met(n).is_some())?;
        met(found).map(|length| found + length)
    };
    let is_rest =
        keys[at..].starts_with(&["con", "lai"]) || keys[at] == "khac" && at >= 2 && kind_at(keys, at - 2).is_some();
    if is_rest {
        let length = if keys[at] == "khac" { 1 } else { 2 };
        let said_before = (at.saturating_sub(5)..at).any(|n| met(n).is_some())
            && !(at..keys.len()).any(|n| phrase(&sentences.unmet, n).is_some());
        return whole(at + length).or(said_before.then_some(at + length)).map(|end| (Kind::RestIsMet, end));
    }
    if keys[at..].starts_with(&["tat", "ca"]) || keys[at..].starts_with(&["toan", "bo"]) {
        let counted = (at + 2..keys.len().min(at + 7)).any(|n| kind_at(keys, n).is_some());
        return whole(at + 2).filter(|_| counted).map(|end| (Kind::RestIsMet, end));
    }
    met(at).filter(|length| states_no_figure(words, keys, at + length)).map(|length| (Kind::Met, at + length))
}

/// Whether a word for met stands alone, as it does in names too.
fn is_weak(keys: &[&str], at: usize) -> bool {
    !matches!(keys[at], "da" | "deu")
}

/// Whether a cue may tell a verdict of what stands before it: a lone "đạt" only behind a number, a colon, a dash, or near
/// the word for criterion or indicator.
fn may_follow(words: &Words<'_>, keys: &[&str], cue: Cue) -> bool {
    let at = cue.first;
    cue.kind != Kind::Met
        || !is_weak(keys, at)
        || words.gap(at).contains([':', '-', '–', '→', '='])
        || at.checked_sub(1).is_some_and(|before| keys[before].bytes().all(|b| b.is_ascii_digit()))
        || keys[at.saturating_sub(5)..at].windows(2).any(|w| kind_at(w, 0).is_some())
}

/// Whether a word for met is denied, wished for or only nearly so.
fn is_negated(keys: &[&str], at: usize) -> bool {
    const DENYING: &[&str] = &[
        "chua", "khong", "ko", "k", "phai", "can", "de", "se", "ban", "gan", "sap", "nham", "muon", "da", "deu", "duoc",
    ];
    let before = at.checked_sub(1).map_or("", |before| keys[before]);
    let denied = at.checked_sub(2).map_or("", |before| keys[before]);
    match before {
        // "chưa được đạt", "chưa đều đạt"
        "da" | "deu" | "duoc" => matches!(denied, "chua" | "khong"),
        _ => DENYING.contains(&before),
    }
}

/// Whether what follows a word for met is no measured value: "đạt 85%" tells a figure, not a verdict.
fn states_no_figure(words: &Words<'_>, keys: &[&str], end: usize) -> bool {
    let Some(next) = keys.get(end) else { return true };
    if *next == "duoc" || *next == "muc" {
        return false;
    }
    if !next.bytes().all(|b| b.is_ascii_digit()) {
        return true;
    }
    let gap = &words.text[words.stop(end - 1)..words.start(end)];
    let is_ratio = words.text[words.stop(end)..].starts_with('/');
    gap.contains([':', '(']) || is_ratio || kind_at(keys, end + 1).is_some()
}

/// Where the clause of the next cue begins: its subject may stand before it, or its list behind.
fn subject(
    words: &Words<'_>,
    sentence: &str,
    [own, next]: [&Cue; 2],
    from: usize,
    lists: &dyn Fn(&str) -> bool,
) -> usize {
    let place = words.start(next.first).max(from);
    let between = &sentence[from..place];
    let behind = &sentence[words.start(next.end).min(sentence.len())..];
    let ends = words.gap(next.end).contains(';');
    let lists_behind = next.kind == Kind::RestIsMet || next.kind == Kind::Except || !ends && lists(behind);
    // The point of a code ends nothing.
    let is_in_code = |at: usize| between.as_bytes().get(at + 1).is_some_and(u8::is_ascii_digit);
    let last = |marks: &[char]| between.rmatch_indices(marks).map(|(at, _)| at).find(|&at| !is_in_code(at));
    let at_once = words.gap(own.end).trim_start().starts_with(';').then_some(0);
    let strong = last(&[';', '.']).or(at_once);
    let any = last(&[';', '.', ',', '(']);
    let cut = if lists_behind { any } else { strong.or(any) };
    cut.map_or(place, |at| from + at)
}

/// What stands behind a cue without the number that only counts, and that count: "chưa đạt 5", "số tiêu chí chưa đạt: 5",
/// "tiêu chí đạt (16): 1, 2, …".
fn counted_only<'t>(
    words: &Words<'_>,
    keys: &[&str],
    cue: Cue,
    gap: &str,
    after: &'t str,
) -> (&'t str, Option<(Level, u32)>) {
    let before = &keys[cue.first.saturating_sub(6)..cue.first];
    let kind = before.windows(2).rev().find_map(|w| kind_at(w, 0));
    let is_counted = keys[cue.end..].starts_with(&["so", "luong"]);
    let at = cue.end + if is_counted { 2 } else { 0 };
    let Some(number) = keys.get(at).and_then(|word| word.parse::<u32>().ok()) else { return (after, None) };
    let Some(rest) = after.get(words.stop(at) - words.start(cue.end)..) else { return (after, None) };
    if gap.ends_with('(') && rest.starts_with(')') {
        return (&rest[1..], kind.map(|kind| (kind, number)));
    }
    let is_alone = rest.trim_matches([' ', '.', ',', ';']).is_empty();
    let is_labelled = is_counted || before.windows(2).any(|w| w == ["so", "tieu"] || w == ["so", "chi"]);
    if is_alone && (is_labelled || !gap.contains(':')) {
        return ("", kind.map(|kind| (kind, number)));
    }
    (after, None)
}

/// "còn 3 chỉ tiêu chưa đạt", "chưa đạt 03 tiêu chí", "chưa đạt chuẩn (04 tiêu chí)", "số tiêu chí chưa đạt: 4/19"
fn count(words: &Words<'_>, keys: &[&str], sentence: &str, cue: Cue) -> Option<(Level, u32)> {
    let is_part = |at: usize| sentence[..words.start(at)].ends_with('/') || sentence[..words.start(at)].ends_with('.');
    let counted = |at: usize| {
        let number = numeral(keys, at)?;
        let level = kind_at(keys, at + number.1)?;
        (!is_part(at) && number.0 <= 99).then_some((level, number.0))
    };
    let clause = sentence[..words.start(cue.first)].rfind([';', ',']).unwrap_or(0);
    let before = (cue.first.saturating_sub(8)..cue.first).rev().filter(|&at| words.start(at) >= clause);
    let behind = cue.end..keys.len().min(cue.end + 3);
    let own = before.chain(behind).find_map(counted);
    own.or_else(|| {
        let level = kind_at(keys, cue.first.checked_sub(2)?)?;
        let number = keys.get(cue.end)?.parse().ok()?;
        let is_ratio = sentence[words.stop(cue.end)..].starts_with('/');
        is_ratio.then_some((level, number))
    })
}

/// "trong (tổng số) 57 chỉ tiêu"
fn size(words: &Words<'_>, keys: &[&str]) -> Option<(Level, u32)> {
    let at = keys.iter().position(|key| *key == "trong")?;
    (at + 1..keys.len().min(at + 4)).find_map(|n| {
        let number: u32 = keys[n].parse().ok()?;
        let is_part = words.text[words.stop(n)..].starts_with('/');
        kind_at(keys, n + 1).filter(|_| !is_part).map(|level| (level, number))
    })
}

/// Words that may stand between a cue and the list that follows in the lines below.
const INTRODUCING: &[&str] = &[
    "", "gom", "nhu", "sau", "cu", "the", "la", "bao", "co", "chuan", "so", "cac", "nhung", "duoi", "day", "tieu",
    "chi", "tc", "ct", "noi", "dung", "ntm", "nang", "cao", "con",
];

/// Words of headings that speak of work, not of a list.
const OF_WORK: &[&str] = &["qua", "hinh", "hien", "gia", "do", "duoc", "bao", "muc", "phap", "vu"];

/// Whether a clause without a list is the heading of one: nothing but introducing words stands behind it.
fn announces(sentence: &str, keys: &[&str], cue: Cue, after: &str) -> bool {
    let introduces = |word: &str| INTRODUCING.contains(&word) || word.bytes().all(|b| b.is_ascii_digit());
    let leads = fold(after).split(' ').all(introduces);
    let short = keys.len() <= 18;
    let before = &keys[..cue.first];
    let names_items =
        before.windows(2).any(|w| kind_at(w, 0).is_some()) || before.windows(2).any(|w| w == ["noi", "dung"]);
    match cue.kind {
        Kind::Met => {
            leads
                && short
                && !before.iter().any(|w| OF_WORK.contains(w))
                && (names_items || sentence.trim_end().ends_with(':') && before.is_empty())
        }
        Kind::RestIsMet => false,
        Kind::NotJudged => sentence.trim_end().ends_with(':') && leads && short && names_items,
        _ => leads || sentence.trim_end().ends_with(':') && short,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;

    /// Verdict and list of each clause; a text lists items where it has a digit outside a share, or a criterion's name.
    fn listed(sentence: &str) -> Vec<String> {
        let sentences = Catalogue::embedded().unwrap().vocabulary.sentences;
        let lists = |text: &str| {
            let bare =
                text.replace("85%", "").replace("16 tiêu chí", "").replace("3 tiêu chí", "").replace("15/19", "");
            bare.bytes().any(|b| b.is_ascii_digit()) || fold(&bare).contains("thong")
        };
        let print = |c: &Clause| {
            let verdict = match c.told {
                Told::Met => "+",
                Told::NotMet => "-",
                Told::NotJudged => "?",
            };
            format!("{verdict}{}{}", c.items.trim(), if c.rest_is_met { " *" } else { "" })
        };
        clauses(sentence, &sentences, Some(2023), Mood::Plain, &lists).iter().map(print).collect()
    }

    #[test]
    fn the_list_stands_behind_its_cue_or_before_it() {
        for (text, expected) in [
            ("Các chỉ tiêu chưa đạt, gồm: 2.1, 2.2.", vec!["-gồm: 2.1, 2.2."]),
            ("Chỉ tiêu 2.1, 2.2 chưa đạt.", vec!["-Chỉ tiêu 2.1, 2.2"]),
            ("Chưa đạt 2.1, 2.2; đã đạt: 3.1.", vec!["-2.1, 2.2", "+3.1."]),
            ("Chưa đạt: 2.1; tiêu chí 3, 4 đã đạt", vec!["-2.1", "+tiêu chí 3, 4"]),
            ("Tiêu chí Giao thông chưa đạt, các tiêu chí còn lại đạt", vec!["-Tiêu chí Giao thông", "+ *"]),
            ("Xã đạt 15/19 tiêu chí (chưa đạt: 2, 10)", vec!["+", "-2, 10"]),
            ("Những nội dung chưa đạt gồm", vec!["-"]),
        ] {
            assert_eq!(listed(text), expected, "{text}");
        }
    }

    #[test]
    fn exceptions_and_what_is_left_say_that_the_rest_is_met() {
        for (text, expected) in [
            ("Tất cả các tiêu chí đều đạt, ngoại trừ tiêu chí 10", vec!["+ *", "-tiêu chí 10 *"]),
            ("Xã đạt 15/19 tiêu chí trừ tiêu chí 10", vec!["+", "-tiêu chí 10 *"]),
            ("Chỉ còn chỉ tiêu 2.1 chưa đạt", vec!["-Chỉ còn chỉ tiêu 2.1 *"]),
            ("Không có chỉ tiêu nào chưa đạt", vec!["+ *"]),
            ("Các tiêu chí khác đạt chuẩn", vec!["+ *"]),
        ] {
            assert_eq!(listed(text), expected, "{text}");
        }
    }

    #[test]
    fn figures_remarks_and_wishes_tell_no_verdict() {
        for text in [
            "Chỉ tiêu 2.1 đạt 85%",
            "2.1 (đã đạt 85%)",
            "Phấn đấu đạt chỉ tiêu 2.1",
            "Để đạt chỉ tiêu 2.1 cần vốn",
            "Khách lưu trú 2.1",
        ] {
            assert_eq!(listed(text), Vec::<String>::new(), "{text}");
        }
        assert_eq!(listed("Chưa đạt: 2.1 (mới đạt 85%), 2.2 đạt 85%"), ["-2.1 (mới đạt 85%), 2.2 đạt 85%"]);
    }
}
