//! Files examined in memory, as a run and `check` examine them, for the three communes of the small office.

use std::path::Path;
use std::sync::LazyLock;

use ntm::catalogue::Catalogue;
use ntm::diag::{Diagnostic, sort};
use ntm::model::Lang;
use ntm::pipeline::{Desk, Examined, Judged, examine, judge, sha256};
use ntm::read::Grid;
use ntm::recognise::{self, Context, Lexicon, Names, Pictures, Register};
use ntm::settings::{self, Settings};

use super::office::{NOW, THREE_COMMUNES};

static RULES: LazyLock<(Catalogue, Settings)> = LazyLock::new(|| rules(THREE_COMMUNES));

/// The sample's sixteen communes.
static SAMPLE: LazyLock<(Catalogue, Settings)> =
    LazyLock::new(|| rules(include_str!("../../../samples/binh-luc/ntm.toml")));

fn rules(settings: &str) -> (Catalogue, Settings) {
    let catalogue = Catalogue::embedded().expect("the shipped templates are right");
    let settings = settings::parse(settings, "ntm.toml", Path::new(""), &catalogue.sets);
    let settings = settings.expect("the settings are right");
    (catalogue, settings)
}

/// Files as understood, in their order, with their observations.
pub(crate) fn examined(files: &[(&str, &[u8])]) -> (Vec<Examined>, Judged) {
    examined_by(&RULES, files)
}

/// The same for the sample's communes.
pub(crate) fn examined_in_sample(files: &[(&str, &[u8])]) -> (Vec<Examined>, Judged) {
    examined_by(&SAMPLE, files)
}

fn examined_by(rules: &(Catalogue, Settings), files: &[(&str, &[u8])]) -> (Vec<Examined>, Judged) {
    let desk = Desk::new(&rules.0, &rules.1);
    let now = NOW.parse().expect("a moment");
    let mut batch: Vec<Examined> =
        files.iter().map(|(path, bytes)| examine(&desk, path, bytes, sha256(bytes), now)).collect();
    let judged = judge(&desk, &mut batch).expect("polars does its work");
    (batch, judged)
}

/// Grids as understood, as if they had been read from a file of this path.
pub(crate) fn recognised(path: &str, grids: &[Grid]) -> (Examined, Judged) {
    recognised_with("", path, grids)
}

/// The same with what was answered, as the file of answers has it.
pub(crate) fn recognised_with(answers: &str, path: &str, grids: &[Grid]) -> (Examined, Judged) {
    let (catalogue, settings) = &*RULES;
    let answers = settings::joined(answers, "tra-loi.toml", settings, &catalogue.sets).expect("answers without a slip");
    let names = Names::of(&catalogue.sets);
    let register = Register::with_answers(&settings.communes, &answers);
    let file = path.rsplit('/').next().unwrap_or(path).into();
    let context = Context {
        catalogue,
        names: &names,
        register: &register,
        lexicon: &Lexicon::default(),
        answers: &answers,
        path,
        sha256: "",
        pictures: Pictures::Drawn,
    };
    let found = recognise::submissions(&file, grids, &context);
    let received_at = NOW.parse().expect("a moment");
    let (submissions, diagnostics) = (found.output, found.diagnostics);
    let one = Examined { file, path: path.to_owned(), sha256: String::new(), received_at, submissions, diagnostics };
    let mut batch = vec![one];
    let judged = judge(&Desk::new(catalogue, settings), &mut batch).expect("polars does its work");
    (batch.remove(0), judged)
}

/// Diagnostics one a line, in the order in which they are shown.
pub(crate) fn lines<'a>(diagnostics: impl Iterator<Item = &'a Diagnostic>) -> Vec<String> {
    let mut all: Vec<Diagnostic> = diagnostics.cloned().collect();
    sort(&mut all);
    all.iter().map(line).collect()
}

/// A diagnostic on one line, in English.
pub(crate) fn line(diagnostic: &Diagnostic) -> String {
    let place = diagnostic.place.as_ref().map(ToString::to_string).unwrap_or_default();
    let (severity, code) = (diagnostic.severity.as_str(), diagnostic.code);
    format!("{severity}[{code}] {place}: {}", diagnostic.message.get(Lang::En))
}
