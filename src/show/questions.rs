//! Questions as a person reads them: the sentence, what it is about, and the command line that answers it.

use std::fmt::Write as _;

use super::Manner;
use super::picture::picture;
use super::table::{width_of, wrapped};
use super::words::quoted;
use crate::model::{Asks, Lang, Question};
use crate::pipeline::{Answered, Open};

/// The questions that are open, with the pictures of their sheets where `drawn`.
#[must_use]
pub fn list(open: &[Open], drawn: bool, names: &dyn Fn(&str) -> Option<String>, manner: &Manner<'_>) -> String {
    let mut out = String::new();
    let head = match (open.len(), manner.lang) {
        (0, Lang::Vi) => "Không có câu hỏi nào.".to_owned(),
        (0, Lang::En) => "No questions.".to_owned(),
        (n, Lang::Vi) => format!("{n} câu hỏi:"),
        (n, Lang::En) => format!("{n} question(s):"),
    };
    let _ = writeln!(out, "{head}");
    for one in open {
        out.push('\n');
        single(&mut out, one, names, manner);
        if let Some(sheet) = one.question.picture.as_ref().filter(|_| drawn) {
            out.push('\n');
            picture(&mut out, sheet, manner.lang, manner.width());
        }
    }
    out
}

fn single(out: &mut String, open: &Open, names: &dyn Fn(&str) -> Option<String>, manner: &Manner<'_>) {
    let (question, lang) = (&open.question, manner.lang);
    let text = wrapped(question.text.get(lang), 8, 8, manner.terminal);
    let _ = writeln!(out, "{}  {text}", question.subject.number());
    let commune = question.subject.commune().and_then(|code| names(&code.0));
    let files = match (open.files.as_slice(), lang) {
        ([], _) => String::new(),
        ([only], _) => only.clone(),
        ([first, rest @ ..], Lang::Vi) => format!("{first} và {} tệp khác", rest.len()),
        ([first, rest @ ..], Lang::En) => format!("{first} and {} more", rest.len()),
    };
    let state = match (question.blocks, lang) {
        (true, Lang::Vi) => "chưa tính",
        (true, Lang::En) => "not counted yet",
        (false, Lang::Vi) => "tạm tính",
        (false, Lang::En) => "counted on an assumption",
    };
    let commune = commune.map(|name| if lang == Lang::Vi { format!("xã {name} · ") } else { format!("{name} · ") });
    let about = format!("{}{files} · {state}", commune.unwrap_or_default());
    let _ = writeln!(out, "        {}", wrapped(&about, 8, 8, manner.terminal));
    how_to_answer(out, question, manner, 8);
}

/// The command line that answers a question, and what else may be answered.
pub(super) fn how_to_answer(out: &mut String, question: &Question, manner: &Manner<'_>, indent: usize) {
    let lang = manner.lang;
    let example = match question.offers.first() {
        Some(offer) => offer.reply.to_string(),
        None => placeholder(question.subject.asks, lang).to_owned(),
    };
    let (answer, or) = if lang == Lang::Vi { ("trả lời", "hoặc") } else { ("answer", "or") };
    let workspace = if manner.workspace == "." { String::new() } else { format!("{} ", quoted(manner.workspace)) };
    let command = format!("ntm answer {workspace}{} {example}", question.subject.number());
    let _ = writeln!(out, "{:indent$}{answer}: {command}", "");
    let mut others: Vec<String> = question
        .offers
        .iter()
        .skip(1)
        .take(MOST)
        .map(|offer| match (offer.reply.to_string(), offer.means.get(lang)) {
            (reply, means) if reply == means => reply,
            (reply, means) => format!("{reply} ({means})"),
        })
        .collect();
    if question.offers.is_empty() && question.subject.asks == Asks::Commune {
        others.push(if lang == Lang::Vi { "mã xã".to_owned() } else { "the commune's code".to_owned() });
    }
    if question.is_yes_or_no && question.subject.asks == Asks::VerdictColumn {
        others.push(if lang == Lang::Vi {
            "chữ cái của cột khác".to_owned()
        } else {
            "another column".to_owned()
        });
    }
    if question.is_yes_or_no && question.subject.asks == Asks::Commune {
        others.push(if lang == Lang::Vi { "tên xã khác".to_owned() } else { "another commune".to_owned() });
    }
    let skip = match (question.subject.asks, lang) {
        (Asks::Shares, _) => None,
        (Asks::Word, Lang::Vi) => Some("bo-qua (không tính từ này)"),
        (Asks::Word, Lang::En) => Some("bo-qua (the word says nothing)"),
        (_, Lang::Vi) => Some("bo-qua (không phải báo cáo)"),
        (_, Lang::En) => Some("bo-qua (no report: leave it aside)"),
    };
    others.extend(skip.map(str::to_owned));
    let text = others.join(", ");
    let inner = indent + width_of(or) + 2;
    let _ = writeln!(out, "{:indent$}{or}: {}", "", wrapped(&text, inner, inner, manner.terminal));
}

/// Other answers that are named.
const MOST: usize = 4;

/// What stands for an answer that nobody can guess.
fn placeholder(asks: Asks, lang: Lang) -> &'static str {
    match (asks, lang) {
        (Asks::Commune, Lang::Vi) => "\"Tên xã\"",
        (Asks::Commune, Lang::En) => "\"Commune\"",
        (Asks::Period, _) => "2023-04",
        _ => "E",
    }
}

/// What was written down, and what comes next.
#[must_use]
pub fn answered(answered: &Answered, manner: &Manner<'_>) -> String {
    let (number, said) = (answered.answer.subject.number(), answered.answer.reply.statement());
    let path = answered.path.display();
    let workspace = if manner.workspace == "." { String::new() } else { format!(" {}", quoted(manner.workspace)) };
    match manner.lang {
        Lang::Vi => {
            format!("Đã ghi vào {path}: câu {number}, {}. Chạy «ntm run{workspace}» để dùng câu trả lời.", said.vi)
        }
        Lang::En => format!("Written to {path}: question {number}, {}. Run `ntm run{workspace}` to use it.", said.en),
    }
}
