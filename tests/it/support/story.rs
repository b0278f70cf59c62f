//! A whole month's story, and the month after it: a first run, corrected files, an answer, the next month's reports.
#![expect(clippy::disallowed_methods, reason = "a workspace is laid out as it was")]

use std::collections::BTreeMap;
use std::fs;
use std::sync::LazyLock;

use ntm::error::Error;
use ntm::host::Disk;
use ntm::model::Asks;
use ntm::pipeline;
use rayon::ThreadPoolBuilder;

use super::host::TestHost;
use super::mended::mended;
use super::office::{Office, THREE_COMMUNES};
use super::reports::Style;
use super::workbook::{FileFormat, Look, Value, Workbook, write};
use super::{made, sets};

/// The files of a workspace by their paths, without what only says who runs.
pub(crate) type Tree = BTreeMap<String, Vec<u8>>;

/// What happens between two runs, and when the second one takes place.
pub(crate) struct Step {
    pub(crate) name: &'static str,
    pub(crate) now: &'static str,
    /// Dropped into the inbox.
    sent: Vec<(&'static str, Vec<u8>)>,
    /// The column that answers the one question about verdict columns, where it is answered before the run.
    answer: Option<&'static str>,
    /// The workspace before it, files already in the inbox.
    pub(crate) before: Tree,
    /// The workspace after it.
    pub(crate) after: Tree,
}

/// The story, played once without a fault.
pub(crate) static STORY: LazyLock<Vec<Step>> = LazyLock::new(|| {
    let office = Office::of(THREE_COMMUNES);
    let mut steps: Vec<Step> = Vec::new();
    for step in [first_run, corrected, answered, next_month] {
        let mut step = step(&steps.last().map(|step| step.after.clone()).unwrap_or_default());
        for (path, bytes) in &step.sent {
            office.send(path, bytes);
        }
        step.before = all(&office);
        step.go(&office, &TestHost::at(step.now)).expect("nothing fails");
        step.after = all(&office);
        assert_ne!(step.before, step.after, "{} changes something", step.name);
        steps.push(step);
    }
    steps
});

impl Step {
    fn of(name: &'static str, now: &'static str, sent: Vec<(&'static str, Vec<u8>)>) -> Step {
        Step { name, now, sent, answer: None, before: Tree::new(), after: Tree::new() }
    }

    /// A workspace as it lies before this step.
    pub(crate) fn office(&self) -> Office {
        let office = Office::of(THREE_COMMUNES);
        for (path, bytes) in &self.before {
            let target = office.path().join(path);
            fs::create_dir_all(target.parent().expect("a file lies in a folder")).expect("the folder can be made");
            fs::write(target, bytes).expect("the folder can be written");
        }
        office
    }

    /// What an officer does: answers where an answer is due, then runs.
    pub(crate) fn go(&self, office: &Office, host: &TestHost) -> Result<(), Error> {
        if let Some((number, words)) = self.answer_in(office) {
            pipeline::answer(host, &office.open(), number, words, false)?;
        }
        office.try_run(host).map(drop)
    }

    /// The number of the question that is answered before the run, and the answer.
    pub(crate) fn answer_in(&self, office: &Office) -> Option<(u32, &'static str)> {
        let words = self.answer?;
        let open = pipeline::questions(&Disk, &office.open()).expect("the workspace can be read");
        let asked = open.iter().find(|one| one.question.subject.asks == Asks::VerdictColumn)?;
        Some((asked.question.subject.number(), words))
    }
}

/// All files of a workspace, but not what says who holds it, and not the logs: each attempt leaves its own.
pub(crate) fn all(office: &Office) -> Tree {
    let mut all = office.tree("");
    all.retain(|path, _| !path.starts_with(".ntm-lock") && !path.starts_with("nhat-ky/"));
    all
}

/// The paths at which two workspaces differ.
pub(crate) fn differing(one: &Tree, other: &Tree) -> Vec<String> {
    let mut paths: Vec<&String> = one.keys().chain(other.keys()).collect();
    paths.sort();
    paths.dedup();
    paths.into_iter().filter(|path| one.get(*path) != other.get(*path)).cloned().collect()
}

/// On one thread, so that operations come in the same order each time.
pub(crate) fn alone<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    ThreadPoolBuilder::new().num_threads(1).build().expect("one thread").install(work)
}

/// Two reports, one of them with a verdict that nobody understands, and a broken file.
fn first_run(_: &Tree) -> Step {
    let mut unclear = made::workbook("Trung Lương", 3, &sets::ntm(), &Style::COMMON, &["2.1"]);
    put(&mut unclear, "2.3", VERDICT, "xem lại sau");
    let sent = vec![
        ("2023-03-24/BC Trung Luong.xlsx", write(&unclear, FileFormat::Xlsx)),
        (
            "2023-03-24/BC La Son.xls",
            write(&made::workbook("La Sơn", 3, &sets::ntm(), &Style::COMMON, &["11"]), FileFormat::Xls),
        ),
        ("2023-03-24/BC Dong Du.xlsx", b"PK\x03\x04 cut off".to_vec()),
    ];
    Step::of("first run", "2023-03-28T07:00:00", sent)
}

/// The returned copy comes back mended; a file comes once more, and once more with another verdict; the broken one whole.
fn corrected(before: &Tree) -> Step {
    let copy = before.iter().find(|(path, _)| path.starts_with("tra-lai/") && path.contains("cần sửa"));
    let mended = mended(copy.expect("a copy went back").1, "xl/sharedStrings.xml", "xem lại sau", "Chưa đạt");
    let again = made::workbook("La Sơn", 3, &sets::ntm(), &Style::COMMON, &["11"]);
    let sent = vec![
        ("2023-03-29/BC Trung Luong sua.xlsx", mended),
        ("2023-03-29/BC La Son lan 2.xls", write(&again, FileFormat::Xls)),
        ("2023-03-29/BC La Son moi.xlsx", made::xlsx("La Sơn", 3, &sets::ntm(), &["11", "2.1"])),
        ("2023-03-29/BC Dong Du.xlsx", write(&odd(), FileFormat::Xlsx)),
    ];
    Step::of("corrected", "2023-03-30T07:00:00", sent)
}

/// The question about that last file is answered.
fn answered(_: &Tree) -> Step {
    Step { answer: Some("E"), ..Step::of("answered", "2023-03-31T07:00:00", Vec::new()) }
}

/// A month later, with a report for the month before among the others.
fn next_month(_: &Tree) -> Step {
    let sent = vec![
        ("2023-04-24/BC Trung Luong T4.xlsx", made::xlsx("Trung Lương", 4, &sets::ntm(), &["2.1"])),
        ("2023-04-24/BC La Son T4.xlsx", made::xlsx("La Sơn", 4, &sets::ntm(), &[])),
        ("2023-04-24/BC La Son T3 sua.xlsx", made::xlsx("La Sơn", 3, &sets::ntm(), &["2.1"])),
    ];
    Step::of("next month", "2023-04-28T07:00:00", sent)
}

/// The column of verdicts in the commonest form.
const VERDICT: u16 = 4;

/// A report with verdicts in two columns that nothing tells apart.
fn odd() -> Workbook {
    let mut workbook = made::workbook("Đồng Du", 3, &sets::ntm(), &Style::COMMON, &["2.1"]);
    let look = Look::of("Arial", 11);
    let sheet = &mut workbook.sheets[0];
    let header = sheet.cells.iter().find(|(_, cell)| cell.value == Value::text("Xã tự đánh giá"));
    let header = header.expect("the form has a header").0.0;
    sheet.put(header, VERDICT, Value::text("Cột 5"), look);
    sheet.put(header, VERDICT + 1, Value::text("Cột 6"), look);
    let is_verdict = |value: &Value| [Value::text("Đạt"), Value::text("Chưa đạt")].contains(value);
    let judged = sheet.cells.iter().filter(|(at, cell)| at.1 == VERDICT && is_verdict(&cell.value));
    for row in judged.map(|(at, _)| at.0).collect::<Vec<_>>() {
        sheet.put(row, VERDICT + 1, Value::text("Đạt"), look);
    }
    workbook
}

fn put(workbook: &mut Workbook, code: &str, column: u16, text: &str) {
    let sheet = &mut workbook.sheets[0];
    let row = sheet.cells.iter().find(|(_, cell)| cell.value == Value::text(code)).expect("the code has a row").0.0;
    sheet.put(row, column, Value::text(text), Look::of("Times New Roman", 12));
}
