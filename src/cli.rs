//! What may be typed. The help is Vietnamese, as the messages are.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Time;
use ntm::model::{ItemCode, Lang, Period};
use ntm::schedule::{Keeper, Monthly};

use crate::terminal::Readers;
use crate::values::{clock, day, item, monthly, period};

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "ntm",
    version,
    about = "Tổng hợp báo cáo nông thôn mới hằng tháng: đọc tệp Excel của các xã, ghi bảng tổng hợp và báo cáo",
    long_about = "Đọc tệp Excel báo cáo nông thôn mới của các xã dù bố trí thế nào, chỉ ra chỗ sai, ghi bảng tổng hợp (xlsx) và báo cáo (PDF).\n\nMã kết thúc: 0 xong, không cần người xem · 1 xong, nhưng có tệp để riêng hoặc lỗi cần người xử lý · 2 lệnh hoặc cài đặt sai · 3 không đọc, ghi được · 70 lỗi của chương trình.",
    disable_help_subcommand = true
)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) how: How,
    /// The journal of the keeper that started this process; nobody types it
    #[arg(long, hide = true, value_name = "TỆP")]
    pub(crate) fenced: Option<PathBuf>,
    /// Who reads what the keeper prints; nobody types it
    #[arg(long, hide = true, requires = "fenced", value_name = "AI")]
    pub(crate) readers: Option<Readers>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// How it speaks.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct How {
    /// Ngôn ngữ của thông báo và báo cáo
    #[arg(long, global = true, env = "NTM_LANG", value_enum, default_value_t = LangArg::Vi, value_name = "NGÔN NGỮ")]
    pub(crate) lang: LangArg,
    /// Chỉ in lỗi
    #[arg(short, long, global = true)]
    pub(crate) quiet: bool,
    /// In cả thông tin không cần xử lý
    #[arg(short, long, global = true)]
    pub(crate) verbose: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LangArg {
    Vi,
    En,
}

impl From<LangArg> for Lang {
    fn from(arg: LangArg) -> Self {
        match arg {
            LangArg::Vi => Lang::Vi,
            LangArg::En => Lang::En,
        }
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Tạo nơi làm việc: tệp ntm.toml có chú thích và các thư mục
    Init {
        /// Thư mục sẽ tạo
        #[arg(value_name = "THƯ MỤC")]
        dir: PathBuf,
    },
    /// Nhận tệp trong hộp thư đến, tổng hợp, ghi báo cáo của các tháng có thay đổi
    Run {
        /// Nơi làm việc
        #[arg(default_value = ".", value_name = "NƠI LÀM VIỆC")]
        workspace: PathBuf,
        /// Ghi thêm báo cáo của tháng này, ví dụ 2023-04
        #[arg(long, value_parser = period, value_name = "THÁNG")]
        period: Option<Period>,
        /// The list of the files that a watch found at rest; nobody types it
        #[arg(long, hide = true, value_name = "TỆP")]
        only: Option<PathBuf>,
        /// Chỉ chạy nếu đã đến lịch mà chưa chạy, ví dụ 25@07:00; dùng cho cron
        #[arg(long, hide = true, value_parser = monthly)]
        if_due: Option<Monthly>,
    },
    /// Theo dõi hộp thư đến: tệp nào chép vào xong thì nhận và ghi báo cáo ngay; bấm Ctrl-C để dừng
    Watch {
        /// Nơi làm việc
        #[arg(default_value = ".", value_name = "NƠI LÀM VIỆC")]
        workspace: PathBuf,
    },
    /// Đặt lịch chạy hằng tháng bằng bộ hẹn giờ của máy (systemd, cron, Task Scheduler), không cần quyền quản trị
    #[command(subcommand)]
    Schedule(Schedule),
    /// Đọc thử tệp và cho thấy chương trình hiểu thế nào; không thay đổi gì
    Check {
        /// Các tệp cần đọc
        #[arg(required = true, value_name = "TỆP")]
        files: Vec<PathBuf>,
        /// Nơi làm việc: danh sách xã, bộ tiêu chí
        #[arg(long, default_value = ".", value_name = "NƠI LÀM VIỆC")]
        workspace: PathBuf,
        /// In dạng JSON, mỗi tệp một dòng
        #[arg(long)]
        json: bool,
    },
    /// Xã nào đã gửi, muộn, chưa gửi, tệp nào để riêng, điều gì nổi bật; chỉ đọc dữ liệu
    Status {
        /// Nơi làm việc
        #[arg(default_value = ".", value_name = "NƠI LÀM VIỆC")]
        workspace: PathBuf,
        /// Tháng, ví dụ 2023-04; không ghi thì lấy tháng mới nhất có dữ liệu
        #[arg(long, value_parser = period, value_name = "THÁNG")]
        period: Option<Period>,
        /// In dạng JSON
        #[arg(long)]
        json: bool,
    },
    /// Lập biểu kế hoạch cho từng xã hoặc từng cơ quan điền: nội dung chưa đạt, ai làm, làm gì, khi nào xong
    Plans {
        /// Nơi làm việc
        #[arg(default_value = ".", value_name = "NƠI LÀM VIỆC")]
        workspace: PathBuf,
        /// Tháng, ví dụ 2023-04; không ghi thì lấy tháng mới nhất có dữ liệu
        #[arg(long, value_parser = period, value_name = "THÁNG")]
        period: Option<Period>,
        /// Chỉ một xã: tên (không cần dấu) hoặc mã
        #[arg(long, value_name = "XÃ")]
        commune: Option<String>,
        /// Mỗi cơ quan phụ trách một biểu, thay cho mỗi xã một biểu
        #[arg(long, conflicts_with = "commune")]
        offices: bool,
    },
    /// Một xã qua các tháng: từng mục, hoặc một mục với tệp và ô ghi số liệu; chỉ đọc dữ liệu
    History {
        /// Xã: tên (không cần dấu) hoặc mã
        #[arg(value_name = "XÃ")]
        commune: String,
        /// Mã mục, ví dụ 2.1 hoặc 17; không ghi thì tất cả
        #[arg(value_parser = item, value_name = "MỤC")]
        item: Option<ItemCode>,
        /// Nơi làm việc
        #[arg(long, default_value = ".", value_name = "NƠI LÀM VIỆC")]
        workspace: PathBuf,
        /// In dạng JSON
        #[arg(long)]
        json: bool,
    },
    /// Vì sao một mục được ghi như vậy: bản báo cáo, tệp, trang, ô, cách tính; chỉ đọc dữ liệu
    Why {
        /// Xã: tên (không cần dấu) hoặc mã
        #[arg(value_name = "XÃ")]
        commune: String,
        /// Mã mục, ví dụ 2.1 hoặc 17
        #[arg(value_parser = item, value_name = "MỤC")]
        item: ItemCode,
        /// Tháng, ví dụ 2023-04; không ghi thì lấy tháng mới nhất có dữ liệu
        #[arg(value_parser = period, value_name = "THÁNG")]
        period: Option<Period>,
        /// Nơi làm việc
        #[arg(long, default_value = ".", value_name = "NƠI LÀM VIỆC")]
        workspace: PathBuf,
        /// In dạng JSON, mỗi bộ tiêu chí một dòng
        #[arg(long)]
        json: bool,
    },
    /// Làm lại dữ liệu và báo cáo từ thư mục lưu trữ
    Rebuild {
        /// Nơi làm việc
        #[arg(default_value = ".", value_name = "NƠI LÀM VIỆC")]
        workspace: PathBuf,
    },
    /// Chốt số liệu một tháng: báo cáo giữ nguyên từ đây, tệp nhận sau được lập bản bổ sung riêng
    Close {
        /// Tháng, ví dụ 2023-04
        #[arg(value_parser = period, value_name = "THÁNG")]
        period: Period,
        /// Nơi làm việc
        #[arg(default_value = ".", value_name = "NƠI LÀM VIỆC")]
        workspace: PathBuf,
        /// Mở lại tháng đã chốt; phải ghi lý do
        #[arg(long, requires = "reason")]
        reopen: bool,
        /// Lý do mở lại, được ghi vào hồ sơ
        #[arg(long, requires = "reopen", value_name = "LÝ DO")]
        reason: Option<String>,
    },
    /// Kiểm tra lưu trữ, dữ liệu và các tháng đã chốt còn nguyên vẹn không; không thay đổi gì
    Verify {
        /// Nơi làm việc
        #[arg(default_value = ".", value_name = "NƠI LÀM VIỆC")]
        workspace: PathBuf,
        /// In dạng JSON
        #[arg(long)]
        json: bool,
    },
    /// Xem các câu hỏi chương trình cần người trả lời, hoặc trả lời một câu: ntm answer 417205 E
    #[command(override_usage = "ntm answer [NƠI LÀM VIỆC] [SỐ CÂU HỎI [TRẢ LỜI]]")]
    Answer {
        /// Nơi làm việc (mặc định: thư mục hiện tại), rồi số câu hỏi và câu trả lời; chỉ ghi số thì xem câu đó
        #[arg(value_name = "NƠI LÀM VIỆC, SỐ, TRẢ LỜI")]
        words: Vec<String>,
        /// Dùng câu trả lời cho mọi xã có cùng bố trí cột
        #[arg(long)]
        every_commune: bool,
    },
    /// Lập biểu cho các xã ghi, mỗi xã một tệp Excel, điền sẵn số liệu đã báo cáo; biểu ghi xong đọc lại được trọn vẹn
    Template {
        /// Nơi làm việc
        #[arg(default_value = ".", value_name = "NƠI LÀM VIỆC")]
        workspace: PathBuf,
        /// Tháng, ví dụ 2023-05; không ghi thì lấy tháng hiện tại
        #[arg(long, value_parser = period, value_name = "THÁNG")]
        period: Option<Period>,
        /// Chỉ một xã: tên (không cần dấu) hoặc mã
        #[arg(long, value_name = "XÃ")]
        commune: Option<String>,
    },
    /// Giải thích một mã thông báo, ví dụ declared-mismatch; không ghi mã thì liệt kê tất cả
    Explain {
        /// Mã
        #[arg(value_name = "MÃ")]
        code: Option<String>,
    },
}

impl Command {
    /// Whether it opens what senders sent.
    pub(crate) fn opens_files(&self) -> bool {
        match self {
            Command::Run { .. }
            | Command::Rebuild { .. }
            | Command::Check { .. }
            | Command::Answer { .. }
            | Command::Template { .. } => true,
            Command::Init { .. }
            | Command::Status { .. }
            | Command::Watch { .. }
            | Command::Schedule(_)
            | Command::History { .. }
            | Command::Why { .. }
            | Command::Plans { .. }
            | Command::Close { .. }
            | Command::Verify { .. }
            | Command::Explain { .. } => false,
        }
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Schedule {
    /// Đặt lịch; đặt lại thì thay lịch cũ
    Install(ScheduleArgs),
    /// Xem những gì sẽ được đặt, và đã đặt chưa
    Show(ScheduleArgs),
    /// Bỏ lịch
    Remove(ScheduleArgs),
}

#[derive(Debug, Args)]
pub(crate) struct ScheduleArgs {
    /// Nơi làm việc
    #[arg(default_value = ".", value_name = "NƠI LÀM VIỆC")]
    pub(crate) workspace: PathBuf,
    /// Ngày trong tháng (mặc định: hạn nộp trong ntm.toml); tháng không có ngày đó thì là ngày cuối tháng
    #[arg(long, value_parser = day, value_name = "NGÀY")]
    pub(crate) day: Option<i8>,
    /// Giờ, ví dụ 07:00
    #[arg(long, value_parser = clock, value_name = "GIỜ")]
    pub(crate) at: Option<Time>,
    /// Bộ hẹn giờ; không ghi thì tự tìm
    #[arg(long = "for", value_enum, value_name = "BỘ HẸN GIỜ")]
    pub(crate) keeper: Option<KeeperArg>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum KeeperArg {
    Systemd,
    Cron,
    Windows,
}

impl From<KeeperArg> for Keeper {
    fn from(arg: KeeperArg) -> Self {
        match arg {
            KeeperArg::Systemd => Keeper::Systemd,
            KeeperArg::Cron => Keeper::Cron,
            KeeperArg::Windows => Keeper::Windows,
        }
    }
}

/// What `ntm answer` is asked for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) workspace: PathBuf,
    /// The number of one question.
    pub(crate) number: Option<u32>,
    /// The words that answer it.
    pub(crate) reply: Option<String>,
}

/// The words of `ntm answer` in their order: a workspace unless the first is a number, a number, an answer.
pub(crate) fn asked(words: &[String]) -> Result<Asked, String> {
    let number = |word: &String| word.parse::<u32>().ok();
    let (workspace, rest) = match words {
        [first, rest @ ..] if number(first).is_none() => (PathBuf::from(first), rest),
        all => (PathBuf::from("."), all),
    };
    let (number, reply) = match rest {
        [] => (None, None),
        [first, reply @ ..] => {
            let number = number(first).ok_or_else(|| format!("«{first}» không phải số của câu hỏi"))?;
            (Some(number), (!reply.is_empty()).then(|| reply.join(" ")))
        }
    };
    Ok(Asked { workspace, number, reply })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Result<Asked, String> {
        asked(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    fn is(workspace: &str, number: Option<u32>, reply: Option<&str>) -> Result<Asked, String> {
        Ok(Asked { workspace: workspace.into(), number, reply: reply.map(str::to_owned) })
    }

    #[test]
    fn an_answer_is_typed_with_or_without_a_workspace_and_quotes() {
        assert_eq!(words(""), is(".", None, None));
        assert_eq!(words("binh-luc"), is("binh-luc", None, None));
        assert_eq!(words("417205"), is(".", Some(417_205), None));
        assert_eq!(words("417205 Trung Lương"), is(".", Some(417_205), Some("Trung Lương")));
        assert_eq!(words("binh-luc 417205 E, F"), is("binh-luc", Some(417_205), Some("E, F")));
        assert!(words("binh-luc E").is_err());
    }
}
