//! `ntm answer`: the questions that are open, and an answer written down.

use std::path::PathBuf;

use super::examine::{Desk, judge};
use super::frames;
use super::intake;
use super::parts::{archived, opened};
use super::workspace::{Workspace, answers_text};
use crate::error::Error;
use crate::host::Host;
use crate::model::{Answer, CommuneCode, Of, Question, Reply, Subject, Text};
use crate::settings;

/// A question that is open, and the files it is asked about.
#[derive(Debug, Clone)]
pub struct Open {
    /// The question, as the first of the files asks it.
    pub question: Question,
    /// Where they lie below the inbox, or lay when they came.
    pub files: Vec<String>,
}

/// An answer as it was written down.
#[derive(Debug, Clone)]
pub struct Answered {
    /// The answer.
    pub answer: Answer,
    /// Where it stands now.
    pub path: PathBuf,
}

/// The questions that are open, each once: those about the inbox and about what was received. Those that hold something
/// back come first; then in the order of the files.
///
/// # Errors
/// A store or a file that cannot be read.
pub fn questions(host: &dyn Host, workspace: &Workspace) -> Result<Vec<Open>, Error> {
    let stored = opened(host, &workspace.settings.folders.store)?;
    let archived = archived(&stored.files).map_err(Error::internal)?;
    let unsettled = frames::unsettled(&stored, &workspace.settings.answers).map_err(Error::internal)?;
    let desk = Desk::new(&workspace.catalogue, &workspace.settings);
    let mut examined = intake::waiting(host, workspace, &desk, &archived, host.now()?)?;
    examined.extend(intake::again(host, workspace, &desk, &archived, &unsettled)?.into_iter().map(|t| t.examined));
    judge(&desk, &mut examined).map_err(Error::internal)?;
    examined.sort_by(|a, b| (&a.path, &a.sha256).cmp(&(&b.path, &b.sha256)));
    let mut open: Vec<Open> = Vec::new();
    for file in &examined {
        for question in file.questions() {
            match open.iter_mut().find(|o| o.question.subject == question.subject) {
                Some(same) if same.files.contains(&file.path) => {}
                Some(same) => same.files.push(file.path.clone()),
                None => open.push(Open { question: question.clone(), files: vec![file.path.clone()] }),
            }
        }
    }
    open.sort_by_key(|o| !o.question.blocks);
    Ok(open)
}

/// Writes down the answer to a question that is open, or another answer to one that was answered. `everywhere` keeps it
/// for all communes of that layout.
///
/// # Errors
/// No such question, words that do not answer it, or a file that cannot be read or written.
pub fn answer(
    host: &dyn Host,
    workspace: &Workspace,
    number: u32,
    words: &str,
    everywhere: bool,
) -> Result<Answered, Error> {
    let _lock = workspace.hold(host)?;
    let open = questions(host, workspace)?;
    let asked: Vec<&Open> = open.iter().filter(|o| o.question.subject.number() == number).collect();
    let (mut subject, question) = match asked.as_slice() {
        [only] => (only.question.subject.clone(), Some(&only.question)),
        [] => (answered(workspace, number)?, None),
        _ => return Err(shared_number(number)),
    };
    let reply = reply(workspace, &subject, question, words)?;
    if everywhere && let Of::Layout { commune, .. } | Of::Word { commune, .. } = &mut subject.of {
        *commune = None;
    }
    let text = answers_text(host, &workspace.root)?.unwrap_or_default();
    let remark = question.map_or_else(String::new, |q| remark(workspace, &subject, q, &asked[0].files));
    let answer = Answer { subject, reply };
    let text = settings::with_answer(&text, &answer, &remark);
    // What we write we can read: a slip here would stop the next run.
    settings::joined(&text, settings::ANSWERS_FILE, &workspace.settings_alone(), &workspace.catalogue.sets)?;
    let path = workspace.root.join(settings::ANSWERS_FILE);
    host.write(&path, text.as_bytes())?;
    Ok(Answered { answer, path })
}

/// What a person's words say, held against the question and its table.
fn reply(workspace: &Workspace, subject: &Subject, question: Option<&Question>, words: &str) -> Result<Reply, Error> {
    let is_yes = ["có", "co", "yes", "y"].contains(&words.trim().to_lowercase().as_str());
    if let Some(offer) = question.filter(|q| q.is_yes_or_no && is_yes).and_then(|q| q.offers.first()) {
        return Ok(offer.reply.clone());
    }
    let (communes, sets) = (&workspace.settings.communes, &workspace.catalogue.sets);
    let reply =
        settings::reply(subject.asks, words, communes, sets).map_err(|expected| not_an_answer(words, &expected))?;
    let columns = match &reply {
        Reply::Column(column) => vec![column],
        Reply::Marks(met, not_met) => vec![met, not_met],
        _ => Vec::new(),
    };
    if let Some(picture) = question.and_then(|q| q.picture.as_ref()) {
        let names: Vec<&str> = picture.columns.iter().map(|c| c.name.as_str()).collect();
        if let Some(missing) = columns.iter().find(|column| !names.contains(&column.as_str())) {
            let all = names.join(", ");
            return Err(Error::Usage(Text::new(
                format!("bảng không có cột {missing}; các cột: {all}"),
                format!("the table has no column {missing}; its columns: {all}"),
            )));
        }
    }
    Ok(reply)
}

/// The subject of an answer that was given before.
fn answered(workspace: &Workspace, number: u32) -> Result<Subject, Error> {
    let found = workspace.settings.answers.iter().find(|answer| answer.subject.number() == number);
    let Some(answer) = found else {
        return Err(Error::Usage(Text::new(
            format!("không có câu hỏi số {number}; chạy «ntm answer» để xem các câu hỏi"),
            format!("there is no question {number}; run `ntm answer` for the list"),
        )));
    };
    if workspace.settings_alone().answers.iter().any(|own| own.subject == answer.subject) {
        return Err(Error::Usage(Text::new(
            format!("câu hỏi {number} được trả lời trong ntm.toml; sửa ở đó"),
            format!("question {number} is answered in ntm.toml; change it there"),
        )));
    }
    Ok(answer.subject.clone())
}

/// What stands above an answer for a person to read: the commune, the file and the question.
fn remark(workspace: &Workspace, subject: &Subject, question: &Question, files: &[String]) -> String {
    let name = |code: &CommuneCode| {
        workspace.settings.communes.iter().find(|c| c.code == *code).map(|c| format!("Xã {}, ", c.name))
    };
    let commune = subject.commune().and_then(name).unwrap_or_default();
    let file = files.first().map_or("", String::as_str);
    format!("{}: {commune}tệp {file}: {}", subject.number(), question.text.vi)
}

fn not_an_answer(words: &str, expected: &Text) -> Error {
    Error::Usage(Text::new(
        format!("«{words}» không trả lời được câu hỏi này, cần {}", expected.vi),
        format!("{words:?} is no answer to this question, expected {}", expected.en),
    ))
}

/// Two questions of one number: nobody can tell which is meant.
fn shared_number(number: u32) -> Error {
    Error::Usage(Text::new(
        format!("số {number} chỉ hai câu hỏi khác nhau; sửa tệp của xã hoặc ghi câu trả lời vào tra-loi.toml bằng tay"),
        format!(
            "the number {number} is that of two questions; mend the file or write the answer into tra-loi.toml by hand"
        ),
    ))
}
