//! The sheet «Cần sửa»: one line a problem with a link to its cell, to be read on the screen and on A4.

use std::fmt::Write;

use super::styles::{Look, Looks};
use super::workbook::{MAIN, Sheet};
use crate::diag::Severity;
use crate::model::notice::{Column, Line, Notice};
use crate::render::xlsx::measure::{Face, column_pixels, line_count};
use crate::xml::escaped;

/// The row of the column headings: in view at all times, and at the head of each page. What stands above it is the
/// title, three facts, four instructions, and a row left empty.
pub(super) const HEADING_ROW: usize = 10;

/// Rows of facts, and of instructions.
const FACTS: usize = 3;
const INSTRUCTIONS: usize = 4;

/// How wide a column is, in letters.
fn width(column: Column) -> f32 {
    match column {
        Column::Number => 5.0,
        Column::Severity => 11.0,
        Column::Item => 13.0,
        Column::Sheet => 15.0,
        Column::Cell => 10.0,
        Column::Message => 46.0,
        Column::Hint => 40.0,
        Column::Before => 26.0,
    }
}

/// The sheet's XML. To a hidden sheet no link leads: the list says that it is hidden.
pub(super) fn sheet(notice: &Notice, looks: &Looks, sheets: &[Sheet]) -> String {
    let hidden = sheets.iter().filter(|sheet| sheet.hidden).map(|sheet| &*sheet.name).collect();
    let mut rows = Rows { xml: String::new(), number: 0, merged: Vec::new(), looks, hidden, word: &notice.hidden };
    let wide: u32 = Column::ALL.iter().map(|column| column_pixels(width(*column))).sum();
    rows.across(&notice.title, Look::Title, Face::bold(14), wide);
    for place in 0..FACTS {
        rows.across(notice.facts.get(place).map_or("", |fact| fact), Look::Fact, Face::regular(11), wide);
    }
    for place in 0..INSTRUCTIONS {
        let text = notice.instructions.get(place).map_or("", |text| text);
        rows.across(text, Look::Instruction, Face::regular(11), wide);
    }
    rows.gap();
    rows.heading(notice);
    let mut links = String::new();
    for (place, line) in notice.lines.iter().enumerate() {
        rows.line(place + 1, line);
        if let Some(location) = rows.location(line) {
            let _ = write!(
                links,
                "<hyperlink ref=\"E{}\" location=\"{}\" display=\"{}\"/>",
                rows.number,
                escaped(&location),
                escaped(&cell_words(line))
            );
        }
    }
    if let Some(rest) = &notice.rest {
        rows.across(rest, Look::Instruction, Face::regular(11), wide);
    }
    page(&rows, &links, &notice.footer)
}

fn page(rows: &Rows<'_>, links: &str, footer: &str) -> String {
    let columns: String = Column::ALL
        .iter()
        .zip(1..)
        .map(|(column, number)| {
            format!("<col min=\"{number}\" max=\"{number}\" width=\"{:.2}\" customWidth=\"1\"/>", width(*column) + 0.71)
        })
        .collect();
    let merged: String = rows.merged.iter().map(|row| format!("<mergeCell ref=\"A{row}:H{row}\"/>")).collect();
    let links = if links.is_empty() { String::new() } else { format!("<hyperlinks>{links}</hyperlinks>") };
    let below = HEADING_ROW + 1;
    let footer = escaped(&format!("&L{}&R&P/&N", footer.replace('&', "&&")));
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet xmlns=\"{MAIN}\">\
         <sheetPr><tabColor rgb=\"FFC00000\"/><pageSetUpPr fitToPage=\"1\"/></sheetPr>\
         <dimension ref=\"A1:H{last}\"/>\
         <sheetViews><sheetView showGridLines=\"0\" tabSelected=\"1\" workbookViewId=\"0\">\
         <pane ySplit=\"{HEADING_ROW}\" topLeftCell=\"A{below}\" activePane=\"bottomLeft\" state=\"frozen\"/>\
         <selection pane=\"bottomLeft\" activeCell=\"A{below}\" sqref=\"A{below}\"/></sheetView></sheetViews>\
         <sheetFormatPr defaultRowHeight=\"15\"/><cols>{columns}</cols><sheetData>{}</sheetData>\
         <mergeCells count=\"{}\">{merged}</mergeCells>{links}\
         <pageMargins left=\"0.5\" right=\"0.5\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/>\
         <pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/>\
         <headerFooter><oddFooter>{footer}</oddFooter></headerFooter></worksheet>",
        rows.xml,
        rows.merged.len(),
        last = rows.number,
    )
}

/// Rows written so far.
struct Rows<'a> {
    xml: String,
    number: usize,
    merged: Vec<usize>,
    looks: &'a Looks,
    hidden: Vec<&'a str>,
    /// That a sheet is hidden.
    word: &'a str,
}

impl Rows<'_> {
    /// A text over the whole width; no program fits the height of merged cells by itself.
    fn across(&mut self, text: &str, look: Look, face: Face, width: u32) {
        let lines = if text.is_empty() { 0 } else { line_count(text, face, width) };
        let height = if lines == 0 { 6.0 } else { points(lines * face.line_height()) };
        self.open(height);
        self.text('A', text, look);
        self.close();
        self.merged.push(self.number);
    }

    fn gap(&mut self) {
        self.open(8.0);
        self.close();
    }

    fn heading(&mut self, notice: &Notice) {
        let face = Face::bold(11);
        let lines = Column::ALL.iter().zip(&notice.headings).map(|(column, text)| lines(text, *column, face)).max();
        self.open(points(lines.unwrap_or(1) * face.line_height()) + 6.0);
        for (letter, text) in ('A'..).zip(&notice.headings) {
            self.text(letter, text, Look::Heading);
        }
        self.close();
    }

    fn line(&mut self, place: usize, line: &Line) {
        let severity = if line.severity == Severity::Error { Look::Error } else { Look::Warning };
        let mut sheet = line.sheet.clone().unwrap_or_default();
        if self.hidden.contains(&&*sheet) {
            sheet = format!("{sheet} {}", self.word);
        }
        let (link, cell) = match self.location(line) {
            Some(_) => (Look::Link, cell_words(line)),
            None => (Look::Centred, line.cells.map(|cells| cells.to_string()).unwrap_or_default()),
        };
        let cells: [(Column, Look, String); 7] = [
            (Column::Severity, severity, line.severity_word.clone()),
            (Column::Item, Look::Centred, line.item.clone()),
            (Column::Sheet, Look::Text, sheet),
            (Column::Cell, link, cell),
            (Column::Message, Look::Text, line.message.clone()),
            (Column::Hint, Look::Text, line.hint.clone()),
            (Column::Before, Look::Text, line.before.clone()),
        ];
        let face = if line.severity == Severity::Error { Face::bold(11) } else { Face::regular(11) };
        let tallest = cells.iter().map(|(column, _, text)| lines(text, *column, face)).max().unwrap_or(1);
        self.open(points(tallest * face.line_height()) + 3.0);
        let style = self.looks.cell(Look::Centred);
        let _ = write!(self.xml, "<c r=\"A{}\" s=\"{style}\"><v>{place}</v></c>", self.number);
        for (letter, (_, look, text)) in ('B'..).zip(&cells) {
            self.text(letter, text, *look);
        }
        self.close();
    }

    fn open(&mut self, height: f64) {
        self.number += 1;
        let height = height.min(409.0);
        let _ = write!(self.xml, "<row r=\"{}\" ht=\"{height:.2}\" customHeight=\"1\">", self.number);
    }

    fn close(&mut self) {
        self.xml.push_str("</row>");
    }

    /// Where the link of a line leads: its cells, or its sheet where no cell is known.
    fn location(&self, line: &Line) -> Option<String> {
        let sheet = line.sheet.as_deref().filter(|sheet| !self.hidden.contains(sheet))?;
        let cells = line.cells.map_or_else(|| "A1".to_owned(), |cells| cells.to_string());
        Some(format!("'{}'!{cells}", sheet.replace('\'', "''")))
    }

    /// A text of its own, never a formula, in no table that the workbook's other cells share.
    fn text(&mut self, letter: char, text: &str, look: Look) {
        let (row, style) = (self.number, self.looks.cell(look));
        if text.is_empty() {
            let _ = write!(self.xml, "<c r=\"{letter}{row}\" s=\"{style}\"/>");
        } else {
            // Excel takes no longer text.
            let text: String = text.chars().take(32_000).collect();
            let _ = write!(
                self.xml,
                "<c r=\"{letter}{row}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
                escaped(&text)
            );
        }
    }
}

/// What the link of a line says: its cells, or only that it leads somewhere.
fn cell_words(line: &Line) -> String {
    line.cells.map_or_else(|| "→".to_owned(), |cells| cells.to_string())
}

fn lines(text: &str, column: Column, face: Face) -> u32 {
    line_count(text, face, column_pixels(width(column)))
}

fn points(pixels: u32) -> f64 {
    f64::from(pixels) * 0.75
}
