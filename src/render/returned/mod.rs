//! A commune's own workbook with its problems marked: cells coloured and noted, a list of them as its first sheet.
//!
//! *Takes* the bytes that were received and a [`Notice`], all of whose words are decided.
//! *Gives* the bytes of an xlsx or xlsm file, the same for the same input: what need not change is copied as it lies.
//! *Never* touches a value, a formula, a format or a width, runs a macro, or marks a file in which it meets something
//! it does not know: such a file goes back beside its list of problems.
//!
//! Cells are coloured by a conditional format that always holds, laid over the cells' own formats. So not one byte of
//! the cells changes, and what is marked can be unmarked without a trace when the mended copy comes back with
//! something left to mend.

mod anew;
mod list;
mod marks;
mod markup;
mod notes;
mod package;
mod plain;
mod seal;
mod shapes;
mod styles;
mod workbook;

#[cfg(test)]
mod tests;

use crate::model::notice::Notice;

pub use anew::{Anew, anew};
pub use plain::{is_unchanged_text, text};
pub use seal::{origin_of, unchanged_copy_of};

use package::Package;
use workbook::Book;

/// Why a workbook cannot be marked; the reason in English.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unmarkable {
    /// Something in the package is not as it should be, or is not known here.
    #[error("{0}")]
    Package(String),
    /// The package is signed: any change would break the signature.
    #[error("the workbook is signed")]
    Signed,
}

/// The workbook with its problems marked.
///
/// Marks that an earlier copy left in it are taken out first.
///
/// # Errors
///
/// Where the package cannot be changed safely. The caller returns the file as it is, beside [`text`].
pub fn copy(original: &[u8], notice: &Notice) -> Result<Vec<u8>, Unmarkable> {
    let mut package = Package::open(original)?;
    if !package.names_in("_xmlsignatures/").is_empty() {
        return Err(Unmarkable::Signed);
    }
    let mut book = Book::open(&mut package)?;
    if book.was_returned {
        for sheet in &book.sheets {
            marks::take_out(&mut package, sheet)?;
            notes::take_out(&mut package, sheet)?;
        }
    }
    let looks = styles::add(&mut package, &mut book)?;
    for sheet in &book.sheets {
        marks::put(&mut package, sheet, notice, &looks)?;
    }
    let list = book.put_list(&mut package, &notice.sheet_name)?;
    package.put(&list, list::sheet(notice, &looks, &book.sheets));
    seal::put(&mut package, &book, &notice.original)?;
    package.finish()
}
