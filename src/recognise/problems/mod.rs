//! What there is to say about how sheets were understood, one constructor each.

mod columns;
mod communes;
mod items;
mod lists;
mod sheets;
mod times;

use crate::diag::{Code, Diagnostic, Severity};
use crate::model::{Answer, Place, Text};

pub(super) use columns::*;
pub(super) use communes::*;
pub(super) use items::*;
pub(super) use lists::*;
pub(super) use sheets::*;
pub(super) use times::*;

fn hint(vi: &str, en: &str) -> Text {
    Text::new(vi, en)
}

pub(super) fn answer_used(place: Place, answer: &Answer) -> Diagnostic {
    Diagnostic::new(Severity::Info, Code::AnswerUsed, answer.used()).at(place)
}

pub(super) fn answer_outdated(answer: &Answer) -> Diagnostic {
    let (number, said) = (answer.subject.number(), answer.reply.statement());
    Diagnostic::new(
        Severity::Warning,
        Code::AnswerOutdated,
        Text::new(
            format!("câu trả lời {number} ({}) là cho bố trí cột khác, không dùng", said.vi),
            format!("the answer to question {number} ({}) is for another layout and was not used", said.en),
        ),
    )
    .with_hint(hint("trả lời câu hỏi mới", "answer the new question"))
}
