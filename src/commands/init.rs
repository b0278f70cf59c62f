//! `ntm init`: a new workspace.

use std::path::Path;

use ntm::error::Error;
use ntm::host::Disk;
use ntm::model::Text;
use ntm::show::quoted;

use crate::cli::How;
use crate::terminal::{print, say};

pub(crate) fn init(dir: &Path, how: How) -> Result<u8, Error> {
    let made = ntm::init::workspace(&Disk, dir)?;
    for path in &made {
        print(&path.display().to_string())?;
    }
    let next = Text::new(
        format!(
            "Đã tạo nơi làm việc. Việc tiếp theo: sửa {}, chép tệp của các xã vào hop-thu-den, rồi chạy: ntm run {}",
            dir.join("ntm.toml").display(),
            quoted(&dir.display().to_string())
        ),
        format!(
            "Workspace made. Next: edit {}, drop the communes' files into hop-thu-den, then: ntm run {}",
            dir.join("ntm.toml").display(),
            quoted(&dir.display().to_string())
        ),
    );
    say(how, next.get(how.lang.into()));
    Ok(0)
}
