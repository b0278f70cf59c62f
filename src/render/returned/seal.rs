//! The seal of a returned copy: of which file it is, and the hash of all the rest, so that a copy in which nobody
//! changed anything is known for what it is.

use sha2::{Digest, Sha256};

use super::Unmarkable;
use super::markup::{Edits, root};
use super::package::Package;
use super::workbook::{Book, is_named};
use crate::model::notice::ORIGIN_NAME;

/// Stands for the seal while the hash is taken: no hash is this.
const OPEN: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Seals a copy of a file.
pub(super) fn put(package: &mut Package<'_>, book: &Book, original: &str) -> Result<(), Unmarkable> {
    write(package, book, original, OPEN)?;
    let seal = package.digest(&book.part, OPEN, OPEN)?;
    write(package, book, original, &seal)
}

fn write(package: &mut Package<'_>, book: &Book, original: &str, seal: &str) -> Result<(), Unmarkable> {
    let xml = package.needed(&book.part)?;
    let mut edits = Edits::default();
    for name in root(&xml)?.grandchildren("definedNames")?.iter().filter(|name| is_named(name, ORIGIN_NAME)) {
        edits.replace(name.inner.clone(), format!("\"{original}:{seal}\""));
    }
    package.put(&book.part, edits.apply(&xml));
    Ok(())
}

/// The hash of the file of which these bytes are a copy, mended or not; `None` for every other file.
#[must_use]
pub fn origin_of(bytes: &[u8]) -> Option<String> {
    origin(bytes).map(|(original, ..)| original)
}

/// The hash of the file of which these bytes are a copy as it was returned; `None` for every other file, and for a copy
/// in which anything was changed since.
#[must_use]
pub fn unchanged_copy_of(bytes: &[u8]) -> Option<String> {
    let (original, seal, mut package, part) = origin(bytes)?;
    let rest = package.digest(&part, &seal, OPEN).ok()?;
    (seal.len() == OPEN.len() && rest == seal).then_some(original)
}

/// Of which file it is a copy, its seal, its package and the part in which both stand.
fn origin(bytes: &[u8]) -> Option<(String, String, Package<'_>, String)> {
    let mut package = Package::open(bytes).ok()?;
    let book = Book::open(&mut package).ok().filter(|book| book.was_returned)?;
    let xml = package.needed(&book.part).ok()?;
    let root = root(&xml).ok()?;
    let names = root.grandchildren("definedNames").ok()?;
    let origin = names.iter().find(|name| is_named(name, ORIGIN_NAME))?.content();
    let (original, seal) = origin.trim_matches('"').split_once(':')?;
    Some((original.to_owned(), seal.to_owned(), package, book.part))
}

/// The hash of some bytes, in hex.
pub(super) fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
