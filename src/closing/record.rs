//! Records as TOML and back, with a seal: the hash of all that stands above it, so that a changed record is seen.

use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::{Record, Reopening};
use crate::model::Text;

/// What stands before the seal, in the last line.
const SEAL: &str = "# sha256: ";

/// A record as it was read, and whether it is as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed<T> {
    /// What it says.
    pub value: T,
    /// Whether its seal holds.
    pub intact: bool,
}

/// A text that is no record: what is wrong with it, as a fragment.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unreadable(pub Text);

/// A record as text.
///
/// # Errors
///
/// Only where TOML cannot hold it: a fault of ours.
pub fn record_text(record: &Record) -> Result<String, toml::ser::Error> {
    let head = format!(
        "# Hồ sơ chốt số liệu tháng {}. Chương trình ghi một lần, không bao giờ sửa; dòng cuối là mã kiểm tra của tệp.\n\
         # errors: số lỗi còn lại khi chốt; missing: xã chưa có báo cáo; papers: báo cáo đã chốt; rules: cài đặt, mẫu\n\
         # đã dùng; inputs: tệp của xã trong thư mục lưu trữ. Mã ghi kèm là SHA-256 của tệp.\n\n",
        record.period.short()
    );
    sealed(head, record)
}

/// The reopening of a closed month as text.
///
/// # Errors
///
/// As [`record_text`].
pub fn reopening_text(reopening: &Reopening) -> Result<String, toml::ser::Error> {
    let head = format!(
        "# Mở lại số liệu tháng {} đã chốt. Chương trình ghi một lần, không bao giờ sửa.\n\n",
        reopening.period.short()
    );
    sealed(head, reopening)
}

/// The record that a text holds.
///
/// # Errors
///
/// The text is no record, or one of a later program.
pub fn record_of(bytes: &[u8]) -> Result<Sealed<Record>, Unreadable> {
    parsed(bytes)
}

/// The reopening that a text holds.
///
/// # Errors
///
/// As [`record_of`].
pub fn reopening_of(bytes: &[u8]) -> Result<Sealed<Reopening>, Unreadable> {
    parsed(bytes)
}

fn sealed(mut text: String, value: &impl Serialize) -> Result<String, toml::ser::Error> {
    text.push_str(&toml::to_string(value)?);
    text.push('\n');
    let seal = hash(&text);
    Ok(format!("{text}{SEAL}{seal}\n"))
}

fn parsed<T: DeserializeOwned>(bytes: &[u8]) -> Result<Sealed<T>, Unreadable> {
    let text = std::str::from_utf8(bytes)
        .map_err(|_| Unreadable(Text::new("không phải tệp văn bản UTF-8", "it is no UTF-8 text")))?;
    let value = toml::from_str(text).map_err(|error| {
        let why = error.message();
        Unreadable(Text::new(format!("không đọc được ({why})"), format!("it cannot be read ({why})")))
    })?;
    let intact = text.rsplit_once(SEAL).is_some_and(|(above, seal)| seal.trim_end() == hash(above));
    Ok(Sealed { value, intact })
}

fn hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::closing::{Named, Original, SCHEMA_VERSION};

    fn record() -> Record {
        let named = |name: &str| Named { name: name.to_owned(), sha256: "ab".repeat(32) };
        Record {
            schema: SCHEMA_VERSION,
            period: "2023-04".parse().unwrap(),
            number: 1,
            at: "2023-04-28T07:00:00".parse().unwrap(),
            program: "ntm 0.1.0".to_owned(),
            errors: 1,
            missing: vec!["13555 La Sơn".to_owned()],
            figures: "cd".repeat(32),
            papers: vec![named("Tong-hop-NTM-2023-04.xlsx")],
            rules: vec![named("ntm.toml")],
            inputs: vec![Original {
                file: "BC «Trung Lương» \"sửa\".xlsx".to_owned(),
                sha256: "ef".repeat(32),
                received_at: "2023-04-24T00:00:00".parse().unwrap(),
                archive: "13546/20230424T000000-ef/BC.xlsx".to_owned(),
            }],
        }
    }

    #[test]
    fn a_record_is_read_as_it_was_written() {
        let text = record_text(&record()).unwrap();
        assert_eq!(record_of(text.as_bytes()), Ok(Sealed { value: record(), intact: true }));
        for line in
            ["period = \"2023-04\"", "at = \"2023-04-28T07:00:00\"", "[[papers]]", "missing = [\"13555 La Sơn\"]"]
        {
            assert!(text.lines().any(|one| one == line), "{line}\n{text}");
        }
    }

    #[test]
    fn a_record_with_a_letter_changed_is_read_and_said_to_be_changed() {
        let text = record_text(&record()).unwrap().replace("errors = 1", "errors = 0");
        let read = record_of(text.as_bytes()).unwrap();
        assert_eq!((read.value.errors, read.intact), (0, false));
        assert!(record_of(&text.as_bytes()[..text.len() / 2]).is_err(), "half a record is none");
    }

    #[test]
    fn a_reopening_keeps_its_reason_whatever_is_written_in_it() {
        let reopening = Reopening {
            schema: SCHEMA_VERSION,
            period: "2023-04".parse().unwrap(),
            number: 2,
            at: "2023-05-12T09:30:00".parse().unwrap(),
            reason: "Tỉnh yêu cầu \"rà soát\" lại\n# sha256: 0".to_owned(),
        };
        let text = reopening_text(&reopening).unwrap();
        assert_eq!(reopening_of(text.as_bytes()), Ok(Sealed { value: reopening, intact: true }));
    }
}
