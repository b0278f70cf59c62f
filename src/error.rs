//! Faults of the machine, of the settings or of us, never of the data: those are diagnostics.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

use crate::model::Text;
use crate::settings::SettingsError;
use crate::store::CorruptPart;

/// Why the program could not do what it was asked to do.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The workspace's settings have slips.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// What was asked for cannot be done as it was asked; the text says why and what to do.
    #[error("{0}")]
    Usage(Text),
    /// The disk or the system refused.
    #[error("{}", io_text(*operation, path, source))]
    Io {
        /// What was tried.
        operation: Operation,
        /// On what.
        path: PathBuf,
        /// What the system answered.
        source: io::Error,
    },
    /// A file is larger than the limit it was to be read with; of a commune's file the caller makes a diagnostic.
    #[error("{}", too_large_text(path, *limit))]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// The limit in bytes.
        limit: u64,
    },
    /// Another run holds the workspace.
    #[error("{}", locked_text(path, holder.as_ref()))]
    Locked {
        /// The lock file.
        path: PathBuf,
        /// Who holds it, where that could be read.
        holder: Option<LockHolder>,
    },
    /// Another watch holds the workspace's inbox.
    #[error("{}", watched_text(holder.as_ref()))]
    Watched {
        /// Who holds it, where that could be read.
        holder: Option<LockHolder>,
    },
    /// A program of the system's refused what it was asked; the text has its words.
    #[error("{0}")]
    System(Text),
    /// A part of the store cannot be read.
    #[error("{}", corrupt_text(.0))]
    Store(#[from] CorruptPart),
    /// Several things failed, the others were done.
    #[error("{}", joined(.0))]
    Several(Vec<Error>),
    /// A fault of ours.
    #[error("{}", internal_text(.0))]
    Internal(String),
}

impl Error {
    /// A fault of ours, told by whatever reported it.
    pub fn internal(fault: impl fmt::Display) -> Self {
        Error::Internal(fault.to_string())
    }

    /// The process's exit code: 2 usage or settings, 3 could not read or write, 70 a fault of ours.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Error::Settings(_) | Error::Usage(_) => 2,
            Error::Io { .. }
            | Error::TooLarge { .. }
            | Error::Locked { .. }
            | Error::Watched { .. }
            | Error::System(_)
            | Error::Store(_) => 3,
            // The gravest counts.
            Error::Several(errors) => errors.iter().map(Error::exit_code).max().unwrap_or(70),
            Error::Internal(_) => 70,
        }
    }

    /// Whether what was to be found is not there.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        matches!(self, Error::Io { source, .. } if source.kind() == io::ErrorKind::NotFound)
    }

    /// What happened and what to do, in both languages.
    #[must_use]
    pub fn text(&self) -> Text {
        match self {
            Error::Settings(error) => error.text(),
            Error::Usage(text) | Error::System(text) => text.clone(),
            Error::Io { operation, path, source } => io_text(*operation, path, source),
            Error::TooLarge { path, limit } => too_large_text(path, *limit),
            Error::Locked { path, holder } => locked_text(path, holder.as_ref()),
            Error::Watched { holder } => watched_text(holder.as_ref()),
            Error::Store(part) => corrupt_text(part),
            Error::Several(errors) => joined(errors),
            Error::Internal(fault) => internal_text(fault),
        }
    }
}

/// What was tried on a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// List the files of a folder.
    List,
    /// Look whether it exists and when it was changed.
    Inspect,
    /// Read a file.
    Read,
    /// Write a file.
    Write,
    /// Make a folder.
    CreateFolder,
    /// Remove a file.
    Remove,
    /// Lock the workspace.
    Lock,
    /// Start a program.
    Start,
}

impl Operation {
    /// `không … được`, and its English counterpart after `cannot`.
    fn text(self) -> Text {
        match self {
            Operation::List => Text::new("liệt kê được thư mục", "list the folder"),
            Operation::Inspect => Text::new("xem được thông tin của", "inspect"),
            Operation::Read => Text::new("đọc được", "read"),
            Operation::Write => Text::new("ghi được", "write"),
            Operation::CreateFolder => Text::new("tạo được thư mục", "make the folder"),
            Operation::Remove => Text::new("xóa được", "remove"),
            Operation::Lock => Text::new("khóa được", "lock"),
            Operation::Start => Text::new("chạy được chương trình", "start the program"),
        }
    }
}

/// Who holds the workspace's lock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LockHolder {
    /// Its process id.
    pub pid: u32,
    /// The machine it runs on.
    pub host: String,
    /// Since when, local time.
    pub since: DateTime,
}

fn io_text(operation: Operation, path: &Path, source: &io::Error) -> Text {
    let tried = operation.text();
    let why = reason(source);
    let path = path.display();
    Text::new(format!("không {} «{path}»: {}", tried.vi, why.vi), format!("cannot {} \"{path}\": {}", tried.en, why.en))
}

/// What the system's answer means to the person at the desk, and what to do.
fn reason(source: &io::Error) -> Text {
    // Windows answers 32 or 33 for a file that another program holds, mostly Excel with the report open.
    if cfg!(windows) && matches!(source.raw_os_error(), Some(32 | 33)) {
        return Text::new(
            "tệp đang mở trong chương trình khác (thường là Excel). Đóng tệp đó rồi chạy lại.",
            "the file is open in another program (mostly Excel). Close it and run again.",
        );
    }
    match source.kind() {
        io::ErrorKind::NotFound => Text::new(
            "không tìm thấy. Kiểm tra lại đường dẫn; nếu ở ổ mạng hoặc USB, kiểm tra kết nối.",
            "not found. Check the path; if it is on a network drive or a stick, check the connection.",
        ),
        io::ErrorKind::PermissionDenied => Text::new(
            "không có quyền, hoặc tệp đang mở trong chương trình khác. Đóng tệp trong Excel, kiểm tra quyền rồi chạy lại.",
            "no permission, or the file is open in another program. Close it in Excel, check the permissions and run again.",
        ),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Text::new(
            "ổ đĩa hết chỗ. Giải phóng dung lượng rồi chạy lại.",
            "the disk is full. Free some space and run again.",
        ),
        io::ErrorKind::ReadOnlyFilesystem => Text::new(
            "ổ đĩa chỉ cho đọc. Chép thư mục làm việc sang ổ ghi được rồi chạy lại.",
            "the disk is read-only. Copy the workspace to one that can be written and run again.",
        ),
        io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => Text::new(
            "đã có một tệp mang tên của thư mục. Đổi tên hoặc chuyển tệp đó đi rồi chạy lại.",
            "a file bears the name of the folder. Rename or move that file and run again.",
        ),
        io::ErrorKind::IsADirectory => Text::new(
            "đây là thư mục hoặc tệp đặc biệt. Kiểm tra lại đường dẫn.",
            "it is a folder or a special file. Check the path.",
        ),
        _ => Text::new(
            format!("hệ thống báo «{source}». Kiểm tra ổ đĩa rồi chạy lại."),
            format!("the system says \"{source}\". Check the disk and run again."),
        ),
    }
}

fn too_large_text(path: &Path, limit: u64) -> Text {
    let (path, megabytes) = (path.display(), limit / (1024 * 1024));
    Text::new(
        format!("tệp «{path}» lớn hơn giới hạn {megabytes} MB. Kiểm tra xem có đúng là tệp báo cáo không."),
        format!("the file \"{path}\" is larger than the limit of {megabytes} MB. Check that it is a report."),
    )
}

fn watched_text(holder: Option<&LockHolder>) -> Text {
    let by = holder_text(holder);
    Text::new(
        format!("hộp thư đến đang được theo dõi ({}); không cần chạy thêm «ntm watch».", by.vi),
        format!("the inbox is being watched ({}); no second `ntm watch` is needed.", by.en),
    )
}

fn locked_text(path: &Path, holder: Option<&LockHolder>) -> Text {
    let by = holder_text(holder);
    let path = path.display();
    Text::new(
        format!(
            "thư mục làm việc đang được một lần chạy khác sử dụng ({}; tệp khóa «{path}»). Chờ lần chạy đó xong rồi chạy lại.",
            by.vi
        ),
        format!(
            "another run is using the workspace ({}; lock file \"{path}\"). Wait until it is done and run again.",
            by.en
        ),
    )
}

fn holder_text(holder: Option<&LockHolder>) -> Text {
    match holder {
        Some(LockHolder { pid, host, since }) => {
            let clock = since.strftime("%H:%M %d/%m/%Y");
            Text::new(
                format!("do tiến trình {pid} trên máy «{host}», từ {clock}"),
                format!("by process {pid} on \"{host}\", since {clock}"),
            )
        }
        None => Text::new("do một tiến trình không rõ", "by an unknown process"),
    }
}

fn corrupt_text(part: &CorruptPart) -> Text {
    let (path, reason) = (part.path.display(), &part.reason);
    Text::new(
        format!("tệp dữ liệu «{path}» hỏng: {}. Chạy «ntm rebuild» để lập lại dữ liệu từ lưu trữ.", reason.vi),
        format!(
            "the stored file \"{path}\" is damaged: {}. Run \"ntm rebuild\" to make the store again from the archive.",
            reason.en
        ),
    )
}

fn internal_text(fault: &str) -> Text {
    Text::new(
        format!("lỗi của chương trình: {fault}. Gửi thông báo này cho người phát triển."),
        format!("a fault of the program: {fault}. Send this message to the developers."),
    )
}

fn joined(errors: &[Error]) -> Text {
    let texts: Vec<Text> = errors.iter().map(Error::text).collect();
    let lines = |pick: fn(&Text) -> &str| texts.iter().map(pick).collect::<Vec<_>>().join("\n");
    Text::new(lines(|t| &t.vi), lines(|t| &t.en))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn io(kind: io::ErrorKind) -> Error {
        Error::Io { operation: Operation::Write, path: "bao-cao/a.xlsx".into(), source: kind.into() }
    }

    #[test]
    fn a_full_disk_says_what_was_tried_on_what_and_what_to_do() {
        let text = io(io::ErrorKind::StorageFull).text();
        assert_eq!(text.vi, "không ghi được «bao-cao/a.xlsx»: ổ đĩa hết chỗ. Giải phóng dung lượng rồi chạy lại.");
        assert_eq!(text.en, "cannot write \"bao-cao/a.xlsx\": the disk is full. Free some space and run again.");
    }

    #[test]
    fn a_lock_names_who_holds_it_and_since_when() {
        let holder = LockHolder { pid: 42, host: "PC-NTM".into(), since: "2023-04-28T07:05:00".parse().unwrap() };
        let error = Error::Locked { path: "binh-luc/ntm.lock".into(), holder: Some(holder) };
        assert!(
            error.text().vi.contains("tiến trình 42 trên máy «PC-NTM», từ 07:05 28/04/2023"),
            "{}",
            error.text().vi
        );
        assert_eq!(error.exit_code(), 3);
    }

    #[test]
    fn exit_codes_tell_usage_disk_and_our_own_faults_apart() {
        assert_eq!(Error::Usage(Text::new("", "")).exit_code(), 2);
        assert_eq!(io(io::ErrorKind::NotFound).exit_code(), 3);
        assert_eq!(Error::internal("x").exit_code(), 70);
    }

    #[test]
    fn of_several_faults_each_is_told_and_the_gravest_counts() {
        let several =
            Error::Several(vec![io(io::ErrorKind::NotFound), Error::internal("x"), io(io::ErrorKind::StorageFull)]);
        assert_eq!(several.exit_code(), 70);
        assert_eq!(several.text().vi.lines().count(), 3);
        assert_eq!(several.to_string(), several.text().en);
    }
}
