//! Frames to Parquet files and back: one file a month (and set), partitioned the way Hive does.
//!
//! Each file carries two entries in its metadata: `ntm.schema`, the version of the schemas, and `ntm.sha256`, the
//! hash of the file itself with zeros in place of the hash. The format has no such guard that the library would write,
//! and a bit that turned on a stick would otherwise be read as another figure. Compression is Snappy, which every
//! reader knows.

use std::collections::BTreeSet;
use std::io::Cursor;
use std::ops::Range;
use std::path::{Component, Path, PathBuf};

use polars::prelude::*;
use polars_io::SerReader;
use polars_io::parquet::read::ParquetReader;
use polars_io::parquet::write::{KeyValueMetadata, ParquetCompression, ParquetWriter};
use sha2::{Digest, Sha256};

use super::{CorruptPart, Frames, Kind};
use crate::model::frames::{SCHEMA_VERSION, schema};
use crate::model::{Period, Text};

/// The metadata key of the schemas' version.
const SCHEMA_KEY: &str = "ntm.schema";

/// The metadata key of the file's hash.
const HASH_KEY: &str = "ntm.sha256";

/// How a text of 64 bytes follows its key in the footer (Thrift's compact protocol): the next field is text, 64 long.
const HASH_FOLLOWS: [u8; 2] = [0x18, 64];

/// The one file of a partition.
const PART: &str = "part-0.parquet";

/// The files of the given months, or of all, with their paths inside the store, in order.
///
/// The rows are in the order that [`merge`](super::merge) gives them, and stay in it. A month without rows in a frame
/// has no file there: one of an earlier run is the caller's to remove.
///
/// # Errors
///
/// A row has no month, or a set whose id cannot be a folder's name: faults of ours.
pub fn encode(frames: &Frames, periods: Option<&[Period]>) -> PolarsResult<Vec<(PathBuf, Vec<u8>)>> {
    let wanted: Option<Vec<String>> = periods.map(|periods| periods.iter().map(Period::to_string).collect());
    let mut parts = Vec::new();
    for (kind, frame) in frames.by_kind() {
        for partition in partitions(kind, frame)? {
            let (folder, period) = partition_folder(kind, &partition)?;
            if wanted.as_ref().is_none_or(|wanted| wanted.contains(&period)) {
                let rows = partition.drop_many(kind.hive_keys().iter().copied());
                parts.push((folder.join(PART), part_bytes(rows)?));
            }
        }
    }
    Ok(parts)
}

/// The rows of each part. They stand together, for the keys of the parts lead the order of all rows.
pub(super) fn partitions(kind: Kind, frame: &DataFrame) -> PolarsResult<Vec<DataFrame>> {
    let keys: Vec<&StringChunked> =
        kind.hive_keys().iter().map(|key| frame.column(key)?.str()).collect::<PolarsResult<_>>()?;
    let begins = |row: &usize| *row == 0 || keys.iter().any(|key| key.get(*row) != key.get(row - 1));
    let starts: Vec<usize> = (0..frame.height()).filter(begins).collect();
    let distinct: BTreeSet<Vec<Option<&str>>> =
        starts.iter().map(|row| keys.iter().map(|key| key.get(*row)).collect()).collect();
    polars_ensure!(distinct.len() == starts.len(), ComputeError: "the rows of {} are in no order", kind.folder());
    let ends = starts.iter().copied().skip(1).chain([frame.height()]);
    Ok(starts.iter().zip(ends).map(|(start, end)| frame.slice(*start as i64, end - start)).collect())
}

/// The frames of the store's files, in the order of the parts.
///
/// # Errors
///
/// The first part that is damaged, of another version, or not where it belongs.
pub fn decode(parts: Vec<(PathBuf, Vec<u8>)>) -> Result<Frames, CorruptPart> {
    let mut frames = Frames::empty();
    for (path, bytes) in parts {
        let part = Part::checked(path, bytes)?;
        let mut rows = part.rows(None, None).map_err(|error| part.corrupt(&error))?;
        rows.rechunk_mut();
        let frame = frames.get_mut(part.kind);
        frame.vstack_mut_owned(rows).map_err(|error| part.corrupt(&error))?;
    }
    Ok(frames)
}

/// A part as it lies, checked: its place, its seal, its version and its columns are as they should be.
pub(super) struct Part {
    /// Which frame it belongs to.
    pub(super) kind: Kind,
    path: PathBuf,
    keys: Vec<String>,
    bytes: Vec<u8>,
}

impl Part {
    /// # Errors
    ///
    /// The part is damaged, of another version, or not where it belongs.
    pub(super) fn checked(path: PathBuf, bytes: Vec<u8>) -> Result<Self, CorruptPart> {
        match check(&path, &bytes) {
            Ok((kind, keys)) => Ok(Part { kind, path, keys, bytes }),
            Err(reason) => Err(CorruptPart { path, reason }),
        }
    }

    /// The rows within a range, or all, with the columns of these names in their order, or all.
    ///
    /// # Errors
    ///
    /// The library cannot decode what its seal says is as it was written.
    pub(super) fn rows(&self, names: Option<&[PlSmallStr]>, range: Option<Range<usize>>) -> PolarsResult<DataFrame> {
        let all = || self.kind.columns().iter().map(|(name, _)| PlSmallStr::from_static(name)).collect();
        let names: Vec<PlSmallStr> = names.map_or_else(all, <[PlSmallStr]>::to_vec);
        let is_key = |name: &PlSmallStr| self.kind.hive_keys().contains(&name.as_str());
        let stored: Vec<String> = names.iter().filter(|name| !is_key(name)).map(ToString::to_string).collect();
        let mut reader = ParquetReader::new(Cursor::new(self.bytes.as_slice()));
        let height = range.as_ref().map_or(reader.num_rows()?, ExactSizeIterator::len);
        let reader = reader.with_slice(range.map(|range| (range.start, range.len())));
        let mut rows = match stored.is_empty() {
            true => DataFrame::empty_with_height(height),
            false => reader.with_columns(Some(stored)).finish()?,
        };
        for (key, value) in
            self.kind.hive_keys().iter().zip(&self.keys).filter(|(key, _)| names.contains(&(**key).into()))
        {
            rows.with_column(Column::new_scalar((*key).into(), Scalar::from(PlSmallStr::from_str(value)), height))?;
        }
        rows.select(names)
    }

    /// The values that its path gives to the hive keys, in their order.
    pub(super) fn keys(&self) -> &[String] {
        &self.keys
    }

    /// Its month.
    pub(super) fn month(&self) -> Option<Period> {
        self.kind.month(&self.keys)
    }

    /// That it cannot be read, and why.
    pub(super) fn corrupt(&self, error: &PolarsError) -> CorruptPart {
        CorruptPart { path: self.path.clone(), reason: unreadable(error) }
    }
}

/// `observations/set=ntm-2021-2025/period=2023-04`, and the month.
fn partition_folder(kind: Kind, partition: &DataFrame) -> PolarsResult<(PathBuf, String)> {
    let mut folder = PathBuf::from(kind.folder());
    for key in kind.hive_keys() {
        let value = partition.column(key)?.str()?.get(0).unwrap_or_default();
        polars_ensure!(is_key_value(key, value), ComputeError: "{} has {key} {value:?}, which no folder can bear", kind.folder());
        folder.push(format!("{key}={value}"));
    }
    let period = partition.column("period")?.str()?.get(0).unwrap_or_default();
    Ok((folder, period.to_owned()))
}

/// Months are months; ids of sets are letters, digits and dashes, which need no escape in any path.
fn is_key_value(key: &str, value: &str) -> bool {
    match key {
        "period" => value.parse::<Period>().is_ok(),
        _ => !value.is_empty() && value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'),
    }
}

fn part_bytes(mut rows: DataFrame) -> PolarsResult<Vec<u8>> {
    rows.rechunk_mut();
    let mut bytes = Vec::new();
    let entries = [(SCHEMA_KEY, SCHEMA_VERSION.to_string()), (HASH_KEY, "0".repeat(64))];
    let entries = entries.map(|(key, value)| (key.to_owned(), value));
    ParquetWriter::new(&mut bytes)
        .with_compression(ParquetCompression::Snappy)
        .with_key_value_metadata(Some(KeyValueMetadata::from_static(entries.into())))
        .finish(&mut rows)?;
    seal(&mut bytes).ok_or_else(|| polars_err!(ComputeError: "a part just written has no place for its hash"))?;
    Ok(bytes)
}

/// Writes the hash of a part into its place; `None` where it has no such place.
pub(super) fn seal(bytes: &mut [u8]) -> Option<()> {
    let mark = [HASH_KEY.as_bytes(), &HASH_FOLLOWS].concat();
    // The last one: the footer's entries stand behind all text that came from reports.
    let start = memchr::memmem::rfind(bytes, &mark)? + mark.len();
    let place = start..start.checked_add(64)?;
    bytes.get_mut(place.clone())?.fill(b'0');
    let hash: String = Sha256::digest(&*bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    bytes[place].copy_from_slice(hash.as_bytes());
    Some(())
}

/// Which frame a part belongs to, and the values of its hive keys; the reason where it cannot be relied on.
fn check(path: &Path, bytes: &[u8]) -> Result<(Kind, Vec<String>), Text> {
    let (kind, keys) = parse_path(path)?;
    check_seal(bytes)?;
    let mut reader = ParquetReader::new(Cursor::new(bytes));
    let metadata = reader.get_metadata().map_err(|error| unreadable(&error))?.clone();
    let entries = metadata.key_value_metadata().iter().flatten();
    check_version(entries.filter(|entry| entry.key == SCHEMA_KEY).find_map(|entry| entry.value.as_deref()))?;
    let found = Schema::from_arrow_schema(reader.schema().map_err(|error| unreadable(&error))?.as_ref());
    let stored: Vec<_> = kind.columns().iter().filter(|(name, _)| !kind.hive_keys().contains(name)).cloned().collect();
    if found != schema(&stored) {
        return Err(Text::new(
            "các cột không đúng tên hoặc kiểu dữ liệu",
            "its columns are not of the names and types they should be",
        ));
    }
    Ok((kind, keys))
}

/// Which frame a part belongs to, and the values its path gives to the hive keys.
fn parse_path(path: &Path) -> Result<(Kind, Vec<String>), Text> {
    let wrong = || Text::new("đường dẫn không phải của một tệp dữ liệu", "its path is not that of a part of the store");
    let names: Option<Vec<&str>> =
        path.components().map(|part| if let Component::Normal(name) = part { name.to_str() } else { None }).collect();
    let names = names.ok_or_else(wrong)?;
    let [folder, keys @ .., PART] = names.as_slice() else { return Err(wrong()) };
    let kind = Kind::ALL.into_iter().find(|kind| kind.folder() == *folder).ok_or_else(wrong)?;
    if keys.len() != kind.hive_keys().len() {
        return Err(wrong());
    }
    let values = kind.hive_keys().iter().zip(keys).map(|(key, written)| {
        let value = written.strip_prefix(key)?.strip_prefix('=')?;
        is_key_value(key, value).then(|| value.to_owned())
    });
    let values: Option<Vec<String>> = values.collect();
    Ok((kind, values.ok_or_else(wrong)?))
}

/// Before anything is parsed: a library that meets damaged bytes may do worse than to refuse them.
fn check_seal(bytes: &[u8]) -> Result<(), Text> {
    let mut again = bytes.to_owned();
    match seal(&mut again) {
        Some(()) if again == bytes => Ok(()),
        Some(()) => {
            Err(Text::new("nội dung đã bị thay đổi sau khi ghi", "its content was changed after it was written"))
        }
        None => Err(Text::new(
            "không do chương trình này ghi, hoặc bị cắt cụt",
            "it was not written by this program, or was cut short",
        )),
    }
}

fn check_version(found: Option<&str>) -> Result<(), Text> {
    match found {
        Some(version) if version == SCHEMA_VERSION.to_string() => Ok(()),
        Some(version) => Err(Text::new(
            format!("thuộc phiên bản {version}, cần phiên bản {SCHEMA_VERSION}"),
            format!("it is of schema version {version}, expected {SCHEMA_VERSION}"),
        )),
        None => Err(Text::new("không ghi phiên bản", "it has no version")),
    }
}

fn unreadable(error: &PolarsError) -> Text {
    Text::new(format!("không đọc được ({error})"), format!("it cannot be read ({error})"))
}
