//! What the program asks a person where it cannot know, and what a person has answered.
//!
//! A question is a value of a small closed set: what is asked, what the answer will hold for, and what may be answered.
//! An answer holds for its [`Subject`] and nothing else: another layout, another name or another file is asked anew.

use std::fmt;
use std::sync::Arc;

use super::{CommuneCode, Period, Picture, SetId, Text, Verdict};

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Asks {
    /// Which column holds the verdicts.
    VerdictColumn,
    /// Which criteria set a table is of.
    Set,
    /// Which commune reports.
    Commune,
    /// Which month is reported.
    Period,
    /// Whether a sheet is a report at all.
    Report,
    /// What a word in the column of verdicts means.
    Word,
    /// How numbers that are shares are written.
    Shares,
}

impl Asks {
    /// All that may be asked.
    pub const ALL: [Asks; 7] =
        [Asks::VerdictColumn, Asks::Set, Asks::Commune, Asks::Period, Asks::Report, Asks::Word, Asks::Shares];

    /// The word of the file of answers.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Asks::VerdictColumn => "verdict-column",
            Asks::Set => "set",
            Asks::Commune => "commune",
            Asks::Period => "period",
            Asks::Report => "report",
            Asks::Word => "word",
            Asks::Shares => "shares",
        }
    }
}

/// What an answer holds for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Of {
    /// Tables of these headings in these columns, of one commune, or of any where none is named.
    Layout {
        /// The commune.
        commune: Option<CommuneCode>,
        /// Column letters and folded headings: `C ket qua; E xep loai`, numbers as `#`.
        layout: String,
        /// The sheet's folded name, where the answer rests on it.
        sheet: Option<String>,
    },
    /// Reports that name their commune so, folded.
    Name(String),
    /// Verdicts that a commune, or any where none is named, writes so, folded.
    Word {
        /// The commune.
        commune: Option<CommuneCode>,
        /// The word.
        word: String,
    },
    /// One sheet of one file.
    Sheet {
        /// The head of the file's hash.
        sha256: String,
        /// The sheet's name.
        sheet: String,
    },
}

/// How much of a file's hash stands in an answer.
pub const ANSWER_HASH: usize = 16;

/// What is asked of what: the identity of a question and of its answer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Subject {
    /// What is asked.
    pub asks: Asks,
    /// What the answer holds for.
    pub of: Of,
}

impl Subject {
    /// The number under which a person answers: six digits made of the subject alone, the same on every day and machine.
    #[must_use]
    pub fn number(&self) -> u32 {
        let (commune, words, sheet) = match &self.of {
            Of::Layout { commune, layout, sheet } => {
                (commune.as_ref().map_or("", |c| c.0.as_str()), layout.as_str(), sheet.as_deref().unwrap_or(""))
            }
            Of::Name(name) => ("", name.as_str(), ""),
            Of::Word { commune, word } => (commune.as_ref().map_or("", |c| c.0.as_str()), word.as_str(), ""),
            Of::Sheet { sha256, sheet } => ("", sha256.as_str(), sheet.as_str()),
        };
        // FNV-1a: small, and the same for ever.
        let parts = [self.asks.as_str(), commune, words, sheet].join("\u{0}");
        let hash = parts
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        100_000 + (hash % 900_000) as u32
    }

    /// The commune an answer is kept for.
    #[must_use]
    pub fn commune(&self) -> Option<&CommuneCode> {
        match &self.of {
            Of::Layout { commune, .. } | Of::Word { commune, .. } => commune.as_ref(),
            Of::Name(_) | Of::Sheet { .. } => None,
        }
    }
}

/// What a person answers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reply {
    /// The verdicts stand in this column (a row, where items stand side by side), as Excel names it.
    Column(String),
    /// What is met is marked in the first column, what is not in the second.
    Marks(String, String),
    /// The criteria set.
    Set(SetId),
    /// The commune.
    Commune(CommuneCode),
    /// The month.
    Period(Period),
    /// The verdict that a word means.
    Verdict(Verdict),
    /// How numbers that are shares are meant.
    Shares(Shares),
    /// It is a report.
    Yes,
    /// It is no report of ours: nothing is to be taken from it.
    Skip,
}

/// How numbers that are shares are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shares {
    /// 0.95 means 0.95 %.
    Percent,
    /// 0.95 means 95 %.
    Fractions,
}

/// As the file of answers has it.
impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reply::Column(column) => f.write_str(column),
            Reply::Marks(met, not_met) => write!(f, "{met}, {not_met}"),
            Reply::Set(set) => write!(f, "{set}"),
            Reply::Commune(commune) => write!(f, "{commune}"),
            Reply::Period(period) => write!(f, "{period}"),
            Reply::Verdict(Verdict::Met) => f.write_str("đạt"),
            Reply::Verdict(Verdict::NotMet) => f.write_str("chưa đạt"),
            Reply::Verdict(Verdict::NotApplicable) => f.write_str("không áp dụng"),
            Reply::Shares(Shares::Fractions) => f.write_str("nhan-100"),
            Reply::Shares(Shares::Percent) => f.write_str("giu-nguyen"),
            Reply::Yes => f.write_str("có"),
            Reply::Skip => f.write_str("bo-qua"),
        }
    }
}

impl Reply {
    /// What it says, as a fragment.
    #[must_use]
    pub fn statement(&self) -> Text {
        match self {
            Reply::Column(column) => {
                Text::new(format!("đánh giá nằm ở cột {column}"), format!("verdicts stand in column {column}"))
            }
            Reply::Marks(met, not_met) => Text::new(
                format!("cột {met} đánh dấu đạt, cột {not_met} đánh dấu chưa đạt"),
                format!("column {met} marks what is met, column {not_met} what is not"),
            ),
            Reply::Set(set) => Text::new(format!("bộ tiêu chí là {set}"), format!("the criteria set is {set}")),
            Reply::Commune(commune) => {
                Text::new(format!("xã báo cáo mang mã {commune}"), format!("the commune's code is {commune}"))
            }
            Reply::Period(period) => {
                Text::new(format!("tháng báo cáo là {}", period.short()), format!("the month is {period}"))
            }
            Reply::Verdict(verdict) => {
                Text::new(format!("từ này nghĩa là {self}"), format!("the word means {}", verdict.as_str()))
            }
            Reply::Shares(Shares::Fractions) => Text::new("0,95 là 95%", "0.95 is 95%"),
            Reply::Shares(Shares::Percent) => Text::new("0,95 là 0,95%", "0.95 is 0.95%"),
            Reply::Yes => Text::new("đây là báo cáo", "it is a report"),
            Reply::Skip => Text::new("không phải báo cáo, bỏ qua", "it is no report, leave it aside"),
        }
    }
}

/// One of the answers a question proposes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// What is answered.
    pub reply: Reply,
    /// What it means here: the heading of the column, the name of the commune.
    pub means: Text,
}

/// A question to a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// What is asked of what.
    pub subject: Subject,
    /// The question itself, one sentence.
    pub text: Text,
    /// Likely answers, the likeliest first.
    pub offers: Vec<Offer>,
    /// Whether the first of them is what the sentence asks about, so that "có" means it.
    pub is_yes_or_no: bool,
    /// Whether nothing is taken from the sheet before it is answered; else an assumption stands meanwhile.
    pub blocks: bool,
    /// The sheet, to look at while answering.
    pub picture: Option<Arc<Picture>>,
}

/// What was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// To what.
    pub subject: Subject,
    /// What.
    pub reply: Reply,
}

impl Answer {
    /// What is said wherever it is used. It says nothing that is not in the answer: a stored use is held against the
    /// answers of today word for word.
    #[must_use]
    pub fn used(&self) -> Text {
        let (number, said) = (self.subject.number(), self.reply.statement());
        Text::new(
            format!("theo câu trả lời {number}: {}", said.vi),
            format!("as answered to question {number}: {}", said.en),
        )
    }
}

/// All answers of a workspace.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answers(Vec<Answer>);

impl Answers {
    /// The given answers, each subject once.
    #[must_use]
    pub fn of(answers: Vec<Answer>) -> Self {
        Answers(answers)
    }

    /// All of them, in the order in which they were written.
    pub fn iter(&self) -> impl Iterator<Item = &Answer> {
        self.0.iter()
    }

    /// Whether nothing has been answered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The answer to a subject: its own, else one for the same layout that names no commune or no sheet.
    #[must_use]
    pub fn to(&self, subject: &Subject) -> Option<&Answer> {
        let own = self.0.iter().find(|answer| answer.subject == *subject);
        own.or_else(|| {
            let holds_for = |own: &Option<CommuneCode>, asked: &Option<CommuneCode>| own.is_none() || own == asked;
            let same = self.0.iter().filter(|answer| answer.subject.asks == subject.asks);
            let mut wider = same.filter(|answer| match (&answer.subject.of, &subject.of) {
                (
                    Of::Layout { commune: own, layout: kept, sheet: on },
                    Of::Layout { commune: asked, layout, sheet },
                ) => kept == layout && holds_for(own, asked) && (on.is_none() || on == sheet),
                (Of::Word { commune: own, word: kept }, Of::Word { commune: asked, word }) => {
                    kept == word && holds_for(own, asked)
                }
                _ => false,
            });
            wider.next()
        })
    }

    /// An answer to the same question about another layout of the same commune: the layout has changed since.
    #[must_use]
    pub fn of_another_layout(&self, subject: &Subject) -> Option<&Answer> {
        let commune = subject.commune().filter(|_| matches!(subject.of, Of::Layout { .. }))?;
        self.0.iter().find(|answer| {
            answer.subject.asks == subject.asks
                && answer.subject.commune() == Some(commune)
                && answer.subject.of != subject.of
        })
    }

    /// Names of communes that were answered for, folded.
    pub fn names(&self) -> impl Iterator<Item = (&str, &CommuneCode, &Answer)> {
        self.0.iter().filter_map(|answer| match (&answer.subject.of, &answer.reply) {
            (Of::Name(name), Reply::Commune(commune)) => Some((name.as_str(), commune, answer)),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subject(commune: Option<&str>, layout: &str) -> Subject {
        let commune = commune.map(|code| CommuneCode(code.into()));
        Subject { asks: Asks::VerdictColumn, of: Of::Layout { commune, layout: layout.into(), sheet: None } }
    }

    fn answered(commune: Option<&str>, layout: &str, column: &str) -> Answer {
        Answer { subject: subject(commune, layout), reply: Reply::Column(column.into()) }
    }

    #[test]
    fn the_number_of_a_question_is_that_of_its_subject_for_ever() {
        assert_eq!(subject(Some("13546"), "C ket qua; E xep hang").number(), 937_037);
        assert_ne!(subject(Some("13546"), "C ket qua").number(), subject(Some("13555"), "C ket qua").number());
    }

    #[test]
    fn an_answer_holds_for_its_commune_and_layout_and_one_without_commune_for_all() {
        let answers = Answers::of(vec![answered(Some("1"), "a", "E"), answered(None, "a", "F")]);
        let column = |commune, layout| answers.to(&subject(commune, layout)).map(|a| a.reply.to_string());
        assert_eq!(column(Some("1"), "a").as_deref(), Some("E"));
        assert_eq!(column(Some("2"), "a").as_deref(), Some("F"));
        assert_eq!(column(Some("1"), "b"), None, "the layout has changed");
        assert_eq!(answers.of_another_layout(&subject(Some("1"), "b")), Some(&answers.0[0]));
        assert_eq!(answers.of_another_layout(&subject(Some("1"), "a")), None);
    }
}
