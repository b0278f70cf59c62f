//! One file: read and recognised behind a boundary that turns a panic into that file's diagnostic; then all files of a
//! batch normalised and reconciled together.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use jiff::civil::DateTime;
use polars::prelude::PolarsResult;
use sha2::{Digest, Sha256};

use crate::assess::reconcile;
use crate::catalogue::Catalogue;
use crate::diag::{Code, Diagnostic, Severity, sort};
use crate::error::Error;
use crate::host::{Broke, Host};
use crate::model::{Place, Question, Submission, Text};
use crate::normalise::{self, Normalised, Received};
use crate::read;
use crate::recognise::{self, Context, Lexicon, Names, Pictures, Register};
use crate::settings::Settings;

/// What every file is examined with, made once.
#[derive(Debug)]
pub struct Desk<'a> {
    catalogue: &'a Catalogue,
    settings: &'a Settings,
    names: Names,
    register: Register<'a>,
    lexicon: Lexicon,
    pictures: Pictures,
}

impl<'a> Desk<'a> {
    /// The desk of an office.
    #[must_use]
    pub fn new(catalogue: &'a Catalogue, settings: &'a Settings) -> Self {
        Desk {
            catalogue,
            settings,
            names: Names::of(&catalogue.sets),
            register: Register::with_answers(&settings.communes, &settings.answers),
            lexicon: Lexicon::default(),
            pictures: Pictures::Drawn,
        }
    }

    /// The same, where nobody looks at the sheets.
    #[must_use]
    pub fn without_pictures(self) -> Self {
        Desk { pictures: Pictures::LeftOut, ..self }
    }
}

/// A file as understood.
#[derive(Debug, Clone)]
pub struct Examined {
    /// Its name, without folders.
    pub file: Arc<str>,
    /// Its path below the inbox.
    pub path: String,
    /// Of its bytes, in hex.
    pub sha256: String,
    /// When it was received.
    pub received_at: DateTime,
    /// What was recognised.
    pub submissions: Vec<Submission>,
    /// About the file as a whole.
    pub diagnostics: Vec<Diagnostic>,
}

impl Examined {
    /// What a person is asked about it.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.all_diagnostics().filter_map(|d| d.question.as_deref())
    }

    /// All that was said of the file and its submissions.
    pub fn all_diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter().chain(self.submissions.iter().flat_map(|s| &s.diagnostics))
    }
}

/// The hash by which a file is known.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

/// Reads and recognises one file; its hash is the caller's to know.
#[must_use]
pub fn examine(desk: &Desk<'_>, path: &str, bytes: &[u8], sha256: String, received_at: DateTime) -> Examined {
    let file: Arc<str> = path.rsplit('/').next().unwrap_or(path).into();
    let (submissions, diagnostics) = guarded(&file, || {
        let mut grids = read::workbook(&file, bytes);
        if grids.output.is_empty() && grids.diagnostics.iter().any(|d| d.severity == Severity::Error) {
            return (Vec::new(), grids.diagnostics);
        }
        let context = Context {
            catalogue: desk.catalogue,
            names: &desk.names,
            register: &desk.register,
            lexicon: &desk.lexicon,
            answers: &desk.settings.answers,
            path,
            sha256: &sha256,
            pictures: desk.pictures,
        };
        let found = recognise::submissions(&file, &grids.output, &context);
        grids.diagnostics.extend(found.diagnostics);
        bounded(&file, found.output, grids.diagnostics)
    });
    Examined { file, path: path.to_owned(), sha256, received_at, submissions, diagnostics }
}

/// Messages about one file beyond which it is set aside: the reports of a district's communes in one file have some
/// thousands at worst.
const MAX_MESSAGES: usize = 20_000;

/// What a file came to, unless it would drown everything else.
fn bounded(file: &Arc<str>, submissions: Vec<Submission>, diagnostics: Vec<Diagnostic>) -> Found {
    let messages = diagnostics.len() + submissions.iter().map(|s| s.diagnostics.len()).sum::<usize>();
    if messages <= MAX_MESSAGES {
        return (submissions, diagnostics);
    }
    let message = Text::new(
        format!("tệp có {messages} chỗ phải nhắc, vượt giới hạn {MAX_MESSAGES}"),
        format!("{messages} things would have to be said about the file, more than {MAX_MESSAGES}"),
    );
    let hint = Text::new("xóa trang và dòng thừa rồi gửi lại", "delete needless sheets and rows and send it again");
    let only = Diagnostic::new(Severity::Error, Code::FileTooLarge, message).with_hint(hint).at(Place::file(file));
    (Vec::new(), vec![only])
}

/// The same behind the host's fence; a file that broke it before is set aside unread.
pub(super) fn examine_fenced(
    host: &dyn Host,
    desk: &Desk<'_>,
    path: &str,
    bytes: &[u8],
    sha256: String,
    received_at: DateTime,
) -> Examined {
    match host.begin(&sha256) {
        Ok(_begun) => examine(desk, path, bytes, sha256, received_at),
        Err(how) => broken(path, sha256, received_at, how),
    }
}

/// A file that broke the process that worked on it.
pub(super) fn broken(path: &str, sha256: String, received_at: DateTime, how: Broke) -> Examined {
    let file: Arc<str> = path.rsplit('/').next().unwrap_or(path).into();
    let message = match how {
        Broke::Died => Text::new(
            "tệp làm bộ đọc dừng đột ngột, cả khi đọc riêng tệp này",
            "the file ended the reading process, even when it was read alone",
        ),
        Broke::Slow => Text::new(
            "đọc tệp quá lâu không xong, cả khi đọc riêng tệp này",
            "reading the file came to no end, even when it was read alone",
        ),
    };
    let hint = Text::new(
        "mở tệp bằng Excel, chép nội dung sang tệp xlsx mới rồi gửi lại",
        "open it in Excel, copy its content into a new xlsx file and send that",
    );
    let diagnostic =
        Diagnostic::new(Severity::Error, Code::FileBreaksReader, message).with_hint(hint).at(Place::file(&file));
    let (submissions, diagnostics) = (Vec::new(), vec![diagnostic]);
    Examined { file, path: path.to_owned(), sha256, received_at, submissions, diagnostics }
}

/// A file that the system does not let us read: it stays where it is.
pub(super) fn unread(path: &str, error: &Error, received_at: DateTime) -> Examined {
    let file: Arc<str> = path.rsplit('/').next().unwrap_or(path).into();
    let (code, hint) = match error {
        Error::TooLarge { .. } => (
            Code::FileTooLarge,
            Text::new("xóa trang và dòng thừa rồi gửi lại", "delete needless sheets and rows and send it again"),
        ),
        _ => (
            Code::FileUnreadable,
            Text::new(
                "đóng tệp nếu đang mở trong Excel, kiểm tra quyền đọc, rồi chạy lại; tệp vẫn ở nguyên chỗ cũ",
                "close it if it is open in Excel, check that it may be read, and run again; the file stays where it is",
            ),
        ),
    };
    let diagnostic = Diagnostic::new(Severity::Error, code, error.text()).with_hint(hint).at(Place::file(&file));
    Examined {
        file,
        path: path.to_owned(),
        sha256: String::new(),
        received_at,
        submissions: Vec::new(),
        diagnostics: vec![diagnostic],
    }
}

/// What a file came to.
type Found = (Vec<Submission>, Vec<Diagnostic>);

/// Work on one file, behind the boundary that turns a panic into the file's diagnostic.
fn guarded(file: &Arc<str>, work: impl FnOnce() -> Found) -> Found {
    // The stages take and give values only: nothing half-changed survives a panic.
    let worked = catch_unwind(AssertUnwindSafe(work));
    worked.unwrap_or_else(|panic| (Vec::new(), vec![fault(file, &*panic)]))
}

fn fault(file: &Arc<str>, panic: &(dyn std::any::Any + Send)) -> Diagnostic {
    let what = panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("panic");
    Diagnostic::new(
        Severity::Error,
        Code::InternalFault,
        Text::new(
            format!("lỗi của chương trình khi đọc tệp này: {what}"),
            format!("a fault of the program while reading this file: {what}"),
        ),
    )
    .with_hint(Text::new(
        "tệp vẫn được lưu; gửi tệp và thông báo này cho người phát triển",
        "the file is kept; send it and this message to the developers",
    ))
    .at(Place::file(file))
}

/// A batch normalised, with its diagnostics laid to the submissions they belong to.
#[derive(Debug)]
pub struct Judged {
    /// The frames; `submission` in the observations counts over all submissions of the batch in order.
    pub frames: Normalised,
}

/// Normalises a batch and adds to each submission what normalising and reconciling have to say of it.
///
/// # Errors
/// Only where polars fails: a fault of ours.
pub fn judge(desk: &Desk<'_>, batch: &mut [Examined]) -> PolarsResult<Judged> {
    let received: Vec<Received<'_>> = batch
        .iter()
        .flat_map(|e| {
            e.submissions.iter().map(|submission| Received {
                submission,
                sha256: &e.sha256,
                received_at: e.received_at,
            })
        })
        .collect();
    let mut frames = normalise::batch(&received, desk.catalogue, desk.settings.deadline)?;
    let submissions: Vec<&Submission> = received.iter().map(|r| r.submission).collect();
    let mut found = std::mem::take(&mut frames.diagnostics);
    let sets = &desk.catalogue.sets;
    found.extend(reconcile::all(&frames.observations, &submissions, sets, desk.settings, &found)?);
    drop(received);
    let mut owners: Vec<&mut Submission> = batch.iter_mut().flat_map(|e| &mut e.submissions).collect();
    for (index, diagnostic) in found {
        owners[index].diagnostics.push(diagnostic);
    }
    for owner in owners {
        sort(&mut owner.diagnostics);
    }
    batch.iter_mut().for_each(|e| sort(&mut e.diagnostics));
    Ok(Judged { frames })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_the_diagnostic_of_its_file() {
        let file = "BC La Son.xlsx".into();
        for work in [|| panic!("a text"), || panic!("a text with {}", 1)] {
            let (submissions, diagnostics) = guarded(&file, work);
            assert!(submissions.is_empty());
            let [only] = diagnostics.as_slice() else { panic!("one diagnostic") };
            assert_eq!((only.code, only.severity), (Code::InternalFault, Severity::Error));
            assert_eq!(only.place, Some(Place::file(&file)));
            assert!(only.message.en.contains("a text"), "{}", only.message.en);
        }
    }
}
