//! `ntm answer`: the open questions, and an answer to one.

use ntm::error::Error;
use ntm::host::Host;
use ntm::model::Text;
use ntm::pipeline::{self, Workspace};
use ntm::show::questions;

use crate::cli::{self, How};
use crate::terminal::{Stream, manner, print, say};

pub(crate) fn answer(host: &dyn Host, words: &[String], every_commune: bool, how: How) -> Result<u8, Error> {
    let asked = cli::asked(words).map_err(|wrong| Error::Usage(Text::new(wrong.clone(), wrong)))?;
    let workspace = Workspace::open(host, &asked.workspace)?;
    let root = asked.workspace.display().to_string();
    if let (Some(number), Some(reply)) = (asked.number, &asked.reply) {
        let done = pipeline::answer(host, &workspace, number, reply, every_commune)?;
        say(how, &questions::answered(&done, &manner(how, &root, Stream::Err)));
        return Ok(0);
    }
    let mut open = pipeline::questions(host, &workspace)?;
    if let Some(number) = asked.number {
        open.retain(|one| one.question.subject.number() == number);
    }
    let communes = &workspace.settings.communes;
    let names = |code: &str| communes.iter().find(|c| c.code.0 == code).map(|c| c.name.clone());
    // One question, or all told: then with the sheets to look at.
    let drawn = asked.number.is_some() || how.verbose;
    print(questions::list(&open, drawn, &names, &manner(how, &root, Stream::Out)).trim_end())?;
    Ok(u8::from(open.iter().any(|one| one.question.blocks)))
}
