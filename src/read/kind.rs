//! What kind of file it is, told by its content.

use std::io::Cursor;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// No bytes, or nothing but zeros.
    Empty,
    /// Excel 2007 and later, with or without macros.
    Xlsx,
    /// Excel's binary package.
    Xlsb,
    /// OpenDocument.
    Ods,
    /// Excel 97 to 2003, and 5 to 95.
    Xls,
    /// A workbook behind a password.
    Encrypted,
    /// Begins as a package but cannot be opened as one.
    DamagedPackage,
    /// Something else, in a word for people.
    Other(&'static str),
}

/// The kind of a file's bytes.
#[must_use]
pub(super) fn of(bytes: &[u8]) -> Kind {
    if bytes.iter().all(|&b| b == 0) {
        return Kind::Empty;
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return of_package(bytes);
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
        return of_compound(bytes);
    }
    of_text(bytes)
}

fn of_package(bytes: &[u8]) -> Kind {
    let Ok(package) = zip::ZipArchive::new(Cursor::new(bytes)) else { return Kind::DamagedPackage };
    let names: Vec<String> = package.file_names().flatten().map(|n| format!("/{}", n.to_lowercase())).collect();
    let has = |name: &str| names.iter().any(|n| n.ends_with(&format!("/{name}")));
    if has("workbook.xml") {
        Kind::Xlsx
    } else if has("workbook.bin") {
        Kind::Xlsb
    } else if has("content.xml") && has("meta-inf/manifest.xml") {
        Kind::Ods
    } else if has("document.xml") {
        Kind::Other("Word")
    } else if has("presentation.xml") {
        Kind::Other("PowerPoint")
    } else {
        Kind::Other("zip")
    }
}

/// A compound file is an old workbook, an encrypted package, or another Office document.
fn of_compound(bytes: &[u8]) -> Kind {
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(bytes, &wide).is_some()
    };
    if has("EncryptedPackage") {
        Kind::Encrypted
    } else if has("Workbook") || has("Book") {
        Kind::Xls
    } else if has("WordDocument") {
        Kind::Other("Word")
    } else {
        Kind::Other("Office")
    }
}

fn of_text(bytes: &[u8]) -> Kind {
    let head: String = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_lowercase();
    let head = head.trim_start_matches('\u{feff}').trim_start();
    if bytes.starts_with(b"%PDF") {
        Kind::Other("PDF")
    } else if bytes.starts_with(&[0x09, 0x00]) || bytes.starts_with(&[0x09, 0x02]) || bytes.starts_with(&[0x09, 0x04]) {
        Kind::Other("Excel 2-4")
    } else if bytes.starts_with(&[0x09, 0x08]) {
        // A bare BIFF stream without its compound file.
        Kind::Other("BIFF")
    } else if bytes.starts_with(&[0xFF, 0xD8]) || bytes.starts_with(b"\x89PNG") {
        Kind::Other("image")
    } else if head.starts_with("<html") || head.starts_with("<!doctype html") || head.starts_with("<table") {
        Kind::Other("HTML")
    } else if head.starts_with("<?xml") {
        Kind::Other("XML")
    } else if head.starts_with("{\\rtf") {
        Kind::Other("RTF")
    } else if bytes.iter().take(2048).any(|&b| b == 0) {
        Kind::Other("binary")
    } else {
        Kind::Other("text")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_tells_the_kind() {
        for (bytes, kind) in [
            (&b""[..], Kind::Empty),
            (&[0; 64], Kind::Empty),
            (b"PK\x03\x04 cut off", Kind::DamagedPackage),
            (b"STT,Ten", Kind::Other("text")),
            (b"  <html><table>", Kind::Other("HTML")),
            (b"%PDF-1.7", Kind::Other("PDF")),
        ] {
            assert_eq!(of(bytes), kind);
        }
    }
}
