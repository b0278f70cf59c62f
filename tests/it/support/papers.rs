//! What stands in the papers, as one who reads them sees it.

use std::io::Cursor;

use calamine::{Reader, Xlsx, open_workbook_from_rs};

/// Every text of a workbook, sheet by sheet and row by row.
pub(crate) fn workbook_texts(bytes: &[u8]) -> Vec<String> {
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).expect("the workbook opens");
    let mut texts = Vec::new();
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).expect("the sheet can be read");
        texts.extend(range.used_cells().map(|(_, _, cell)| cell.to_string()));
    }
    texts
}

/// The text of all pages without any space: where lines and pages break does not matter.
pub(crate) fn paper_text(bytes: &[u8]) -> String {
    let paper = lopdf::Document::load_mem(bytes).expect("the paper is a PDF");
    let pages: Vec<u32> = paper.get_pages().keys().copied().collect();
    dense(&paper.extract_text(&pages).expect("its text can be taken out"))
}

/// A text without any space.
pub(crate) fn dense(text: &str) -> String {
    text.split_whitespace().collect()
}
