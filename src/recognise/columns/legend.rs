//! What the marks of a table mean: by the legend beside it (`1: đạt; 0: chưa đạt`, `● Đạt ○ Chưa đạt`), or by custom.

use crate::catalogue::{RowWord, VerdictWord, Vocabulary};
use crate::model::Verdict;
use crate::recognise::view::Seen;
use crate::text::fold;

/// A text that is no shorter, in bytes, is no legend.
const LONGEST: usize = 400;

/// The marks that stand for verdicts in one column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::recognise) struct Legend {
    marks: Vec<(String, Verdict)>,
    /// What an empty cell means, where the legend says it.
    empty: Option<Verdict>,
    /// Marks that a text explains in words that are not understood: custom must not be held against it.
    obscure: Vec<String>,
}

impl Legend {
    /// The legend that texts of a sheet give: met and not met both, or said to be a legend.
    pub(in crate::recognise) fn of<'v>(texts: impl Iterator<Item = &'v Seen<'v>>, vocabulary: &Vocabulary) -> Self {
        let mut legend = Legend::default();
        for own in texts.filter(|cell| cell.is_text()).filter_map(|cell| cell.legend(vocabulary)) {
            legend.marks.extend_from_slice(&own.marks);
            legend.empty = legend.empty.or(own.empty);
            legend.obscure.extend_from_slice(&own.obscure);
        }
        legend
    }

    /// The legend that one text gives.
    pub(in crate::recognise) fn stated(text: &str, key: &str, vocabulary: &Vocabulary) -> Option<Self> {
        if text.len() >= LONGEST {
            return None;
        }
        let mut own = Legend::default();
        for piece in text.split([';', ',', '.', '\n']).flat_map(statements) {
            own.add(&piece, vocabulary);
        }
        let says_so = vocabulary.row_word(key) == Some(RowWord::Legend);
        let has = |verdict| own.marks.iter().any(|(_, v)| *v == verdict) || own.empty == Some(verdict);
        if says_so || has(Verdict::Met) && has(Verdict::NotMet) {
            return Some(own);
        }
        let obscure: Vec<String> = text
            .split([';', ',', '.', '\n'])
            .filter_map(|piece| explained(piece, vocabulary))
            .map(str::to_owned)
            .collect();
        (!obscure.is_empty()).then(|| Legend { obscure, ..Legend::default() })
    }

    /// By custom: the first mark means met, the second not met.
    pub(in crate::recognise) fn of_pair(met: &str, not_met: &str) -> Self {
        Legend {
            marks: vec![(met.to_owned(), Verdict::Met), (not_met.to_owned(), Verdict::NotMet)],
            ..Legend::default()
        }
    }

    /// By a heading that denies, `Chưa đạt (có/không)`: yes means not met.
    pub(in crate::recognise) fn of_denied(answers: &[(String, VerdictWord)]) -> Self {
        let verdict = |word| if word == VerdictWord::Yes { Verdict::NotMet } else { Verdict::Met };
        Legend {
            marks: answers.iter().map(|(text, word)| (text.clone(), verdict(*word))).collect(),
            ..Legend::default()
        }
    }

    /// By a total that counts the marks: the mark means met, an empty cell not met.
    pub(in crate::recognise) fn of_counted(met: &str) -> Self {
        Legend { marks: vec![(met.to_owned(), Verdict::Met)], empty: Some(Verdict::NotMet), ..Legend::default() }
    }

    /// Whether one of these marks is explained beside the table in words that are not understood.
    pub(in crate::recognise) fn leaves_open(&self, marks: &[String]) -> bool {
        self.obscure.iter().any(|mark| marks.iter().any(|own| bare(own) == mark))
    }

    /// What a cell's text stands for.
    pub(in crate::recognise) fn verdict(&self, text: &str) -> Option<Verdict> {
        if self.marks.is_empty() {
            return None;
        }
        let text = bare(text);
        self.marks.iter().find(|(mark, _)| mark == text).map(|(_, verdict)| *verdict)
    }

    /// What an empty cell stands for.
    pub(in crate::recognise) fn empty(&self) -> Option<Verdict> {
        self.empty
    }

    /// One statement of a legend: a mark, a sign between, a verdict; or several marks each before its words.
    fn add(&mut self, piece: &str, vocabulary: &Vocabulary) {
        // "Đạt = 1", "Đạt ghi x", "Chưa đạt để trống": the verdict first.
        let in_brackets = piece.trim_end().strip_suffix(')').and_then(|piece| piece.split_once(" ("));
        let in_brackets = in_brackets.filter(|(_, mark)| !mark.bytes().any(|b| b.is_ascii_digit()));
        let first =
            [piece.split_once(['=', ':']), piece.split_once(" ghi "), piece.split_once(" đánh dấu "), in_brackets];
        // "Đạt: 15; chưa đạt: 4" counts.
        let counts = |mark: &str| piece.contains(':') && mark.bytes().all(|b| b.is_ascii_digit());
        let stands = |(left, right): (&str, &str)| -> Option<(Verdict, Option<String>)> {
            // "Trong đó: đạt ghi x"
            let verdict = stands_for(left.rsplit(':').next().unwrap_or(left), vocabulary)?;
            let mark = bare(right.trim().trim_start_matches("là ").trim_start_matches("dấu "));
            let is_sign = is_mark(mark) && !counts(mark) && stands_for(right, vocabulary) != Some(verdict);
            if fold(right).ends_with("trong") {
                Some((verdict, None))
            } else {
                is_sign.then(|| (verdict, Some(mark.to_owned())))
            }
        };
        match first.into_iter().flatten().find_map(stands) {
            Some((verdict, Some(mark))) => return self.marks.push((mark, verdict)),
            Some((verdict, None)) => {
                self.empty = Some(verdict);
                return;
            }
            None => {}
        }
        let empty =
            ["để trống", "bỏ trống", "không ghi", "không đánh dấu"].iter().find_map(|words| piece.split_once(words));
        if let Some(verdict) = empty.and_then(|(left, _)| stands_for(left.trim_end_matches("thì "), vocabulary)) {
            self.empty = Some(verdict);
            return;
        }
        // "Ghi 1 nếu chưa đạt, 0 nếu đạt"
        let ways = [
            piece.rsplit_once(" nếu "),
            piece.rsplit_once(" là "),
            piece.rsplit_once(" - "),
            piece.rsplit_once([':', '=', '–']),
            // "(x) chưa đạt"
            piece.trim_start().starts_with('(').then(|| piece.split_once(')')).flatten(),
        ];
        let apart = ways.into_iter().flatten().find_map(|(left, right)| Some((left, stands_for(right, vocabulary)?)));
        if let Some((left, verdict)) = apart {
            let key = fold(left);
            if ["trong", "khong danh dau", "khong ghi", "khong tich"].iter().any(|words| key.ends_with(words)) {
                self.empty = Some(verdict);
            } else if let Some(mark) = left.split_whitespace().next_back().map(bare).filter(|m| is_mark(m)) {
                self.marks.push((mark.to_owned(), verdict));
            }
            return;
        }
        let mut mark: Option<&str> = None;
        let mut words: Vec<&str> = Vec::new();
        for token in piece.split_whitespace().chain([""]) {
            let is_sign = !token.chars().any(char::is_alphanumeric);
            if is_sign {
                let verdict = stands_for(&words.join(" "), vocabulary);
                self.marks.extend(mark.zip(verdict).map(|(mark, verdict)| (mark.to_owned(), verdict)));
                (mark, words) = (Some(bare(token)).filter(|m| !m.is_empty()), Vec::new());
            } else {
                words.push(token);
            }
        }
    }
}

/// The statements of a piece with nothing between them: `V: đạt  X: chưa đạt` are two.
fn statements(piece: &str) -> Vec<String> {
    let tokens: Vec<&str> = piece.split_whitespace().collect();
    let mut found: Vec<String> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let own = token.strip_suffix([':', '=']);
        let sign_behind = tokens.get(at + 1).is_some_and(|next| matches!(*next, ":" | "=" | "là"));
        let begins = own.is_some_and(|mark| is_mark(bare(mark))) || sign_behind && is_mark(bare(token));
        match found.last_mut() {
            Some(last) if !begins => {
                last.push(' ');
                last.push_str(token);
            }
            _ => found.push((*token).to_owned()),
        }
    }
    found
}

/// The mark that a piece of text explains, in whatever words: «+ là còn phải làm».
fn explained<'t>(piece: &'t str, vocabulary: &Vocabulary) -> Option<&'t str> {
    const WORDS: &[&str] = &["dat", "chua", "con", "dang", "khong", "xong", "hoan", "ton", "chuan"];
    let ways = [piece.split_once(" nếu "), piece.split_once(" là "), piece.split_once([':', '='])];
    ways.into_iter().flatten().find_map(|(left, right)| {
        let mut before = left.split_whitespace().rev();
        let mark = before.next().map(bare).filter(|mark| is_mark(mark))?;
        let alone = before.all(|word| ["ghi", "dau", "danh", "o", "ky", "hieu"].contains(&fold(word).as_str()));
        let is_obscure = stands_for(right, vocabulary).is_none();
        (alone && is_obscure && fold(right).split(' ').any(|word| WORDS.contains(&word))).then_some(mark)
    })
}

/// A mark without brackets and quotes around it.
fn bare(mark: &str) -> &str {
    let inner = mark.trim().trim_matches(['(', ')', '[', ']', '"', '\'', '«', '»', '“', '”']);
    if inner.is_empty() { mark.trim() } else { inner }
}

/// One or two letters or signs, or a word in capitals.
fn is_mark(mark: &str) -> bool {
    let letters = mark.chars().count();
    (1..=2).contains(&letters) || (3..=5).contains(&letters) && mark.bytes().all(|b| b.is_ascii_uppercase())
}

fn stands_for(words: &str, vocabulary: &Vocabulary) -> Option<Verdict> {
    match vocabulary.verdict(words)? {
        VerdictWord::Met => Some(Verdict::Met),
        VerdictWord::NotMet | VerdictWord::NearlyMet | VerdictWord::InProgress => Some(Verdict::NotMet),
        VerdictWord::NotApplicable => Some(Verdict::NotApplicable),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;

    fn of(text: &str) -> Legend {
        let vocabulary = Catalogue::embedded().unwrap().vocabulary;
        let mut legend = Legend::default();
        text.split([';', ',', '.']).flat_map(statements).for_each(|piece| legend.add(&piece, &vocabulary));
        legend
    }

    #[test]
    fn marks_mean_what_the_legend_says() {
        for (text, met, not_met) in [
            ("Ghi chú: 1: đạt; 0: chưa đạt", "1", "0"),
            ("Dấu (+): đạt; dấu (-): chưa đạt", "(+)", "-"),
            ("● Đạt ○ Chưa đạt", "●", "○"),
            ("A - Đạt; B - Chưa đạt", "A", "B"),
            ("Ghi chú: A - Đạt; B - Chưa đạt", "A", "B"),
            ("Y = Đạt, N = Không đạt", "Y", "N"),
            ("Đạt (+), chưa đạt (-)", "+", "-"),
            ("TRUE: đạt; FALSE: chưa đạt", "TRUE", "FALSE"),
            ("Quy ước: Đ là đạt; C là chưa đạt", "Đ", "C"),
            ("Đạt = 1; Chưa đạt = 0", "1", "0"),
            ("Đạt ghi x, chưa đạt ghi o", "x", "o"),
            ("Trong đó: đạt ghi (+), chưa đạt ghi (-)", "+", "-"),
            ("V: đạt   X: chưa đạt", "V", "X"),
            ("✔: đạt ✖: chưa đạt", "✔", "✖"),
            ("Ghi 1 nếu chưa đạt, 0 nếu đạt", "0", "1"),
            ("(-) đạt; (x) chưa đạt", "-", "x"),
            ("C: hoàn thành, Đ: đang thực hiện", "C", "Đ"),
        ] {
            let legend = of(text);
            assert_eq!(legend.verdict(met), Some(Verdict::Met), "{text}");
            assert_eq!(legend.verdict(not_met), Some(Verdict::NotMet), "{text}");
        }
        for text in ["Ghi chú: ô để trống là đạt", "Các chỉ tiêu không đánh dấu là đã đạt"] {
            assert_eq!(of(text).empty(), Some(Verdict::Met), "{text}");
        }
        let legend = of("Đánh dấu x: đạt; để trống: chưa đạt");
        assert_eq!((legend.verdict("x"), legend.empty()), (Some(Verdict::Met), Some(Verdict::NotMet)));
        for text in ["Đạt đánh dấu x; chưa đạt để trống", "Đạt: x; chưa đạt: bỏ trống"] {
            let legend = of(text);
            assert_eq!((legend.verdict("x"), legend.empty()), (Some(Verdict::Met), Some(Verdict::NotMet)), "{text}");
        }
        assert_eq!(of("Kết luận của đoàn: Đạt"), Legend::default());
    }

    #[test]
    fn marks_explained_in_words_that_are_not_understood_are_left_open() {
        let vocabulary = Catalogue::embedded().unwrap().vocabulary;
        let stated = |text: &str| Legend::stated(text, &fold(text), &vocabulary).unwrap_or_default();
        let open = |text: &str, mark: &str| stated(text).leaves_open(&[mark.to_owned()]);
        assert!(open("+ là còn phải làm", "+"));
        assert!(open("Đánh dấu x nếu còn tồn tại", "x"));
        assert!(open("Đ: đang thực hiện; C: chuẩn", "C"));
        assert!(!open("- Còn 3 chỉ tiêu chưa đạt", "-"));
        assert!(!open("x: đạt; o: chưa đạt", "x"));
        assert!(!open("1: đạt", "1"));
        assert!(!open("Tiêu chí số 1: chưa đạt", "1"));
    }
}
