//! The archive: where an original lies in it, told by who sent it, when, and what is in it.

use std::path::Path;

use jiff::civil::DateTime;

use super::examine::Examined;
use crate::error::Error;
use crate::host::Host;
use crate::text::file_name::{original, portable};

/// How many hex digits of a hash stand in the archive's paths.
pub(super) const SHORT_HASH: usize = 16;

/// Puts an original into the archive.
pub(super) fn write(host: &dyn Host, target: &Path, bytes: &[u8]) -> Result<(), Error> {
    if let Some(folder) = target.parent() {
        host.create_folder(folder)?;
    }
    host.write(target, bytes)
}

/// `13546/20230424T000000-0123456789abcdef/2023-04-24/BC Trung Lương.xlsx`: commune, time, hash, and the path as sent,
/// in names that every system allows.
pub(super) fn path_of(examined: &Examined) -> String {
    let mut communes: Vec<&str> =
        examined.submissions.iter().filter_map(|s| s.commune.as_ref()).map(|c| c.0.as_str()).collect();
    communes.dedup();
    let commune = match communes.as_slice() {
        [] => "chua-ro",
        [only] => only,
        _ => "nhieu-xa",
    };
    let time = examined.received_at.strftime("%Y%m%dT%H%M%S");
    format!("{commune}/{time}-{}/{}", &examined.sha256[..SHORT_HASH], portable(&examined.path))
}

/// Time, short hash and path as sent of a path below the archive; `None` for what the program did not put there.
pub(super) fn parse(archived: &str) -> Option<(DateTime, String, String)> {
    let (_, rest) = archived.split_once('/')?;
    let (stamp, sent) = rest.split_once('/')?;
    let (time, hash) = stamp.split_once('-')?;
    let received_at = DateTime::strptime("%Y%m%dT%H%M%S", time).ok()?;
    (hash.len() == SHORT_HASH).then(|| (received_at, hash.to_owned(), original(sent)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn archive_paths_keep_time_hash_and_the_path_as_sent() {
        let examined = Examined {
            path: "2023-04-24/BC Trung Lương.xlsx".into(),
            received_at: "2023-04-24T00:00:00".parse().unwrap(),
            sha256: "0123456789abcdef".repeat(4),
            ..super::super::intake::empty()
        };
        let path = path_of(&examined);
        assert_eq!(path, "chua-ro/20230424T000000-0123456789abcdef/2023-04-24/BC Trung Lương.xlsx");
        let (received_at, hash, sent) = parse(&path).unwrap();
        assert_eq!((received_at, hash.as_str(), sent), (examined.received_at, "0123456789abcdef", examined.path));
        assert!(parse("ghi chú.txt").is_none());
    }

    #[test]
    fn a_name_that_windows_cannot_have_is_archived_all_the_same_and_told_as_sent() {
        let examined =
            Examined { path: "Zalo: 24-4/nul.xlsx".into(), sha256: "0".repeat(64), ..super::super::intake::empty() };
        let path = path_of(&examined);
        assert!(path.ends_with("/Zalo%3A 24-4/%6Eul.xlsx"), "{path}");
        assert_eq!(parse(&path).unwrap().2, examined.path);
    }
}
